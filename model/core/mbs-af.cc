// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-af.h"

#include "mbs-sbi-operations.h"

#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Af);

TypeId
Af::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Af")
            .SetParent<SbiFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Af>()
            .AddAttribute("ServiceId",
                          "External name of the MBS user service.",
                          StringValue("stream.example"),
                          MakeStringAccessor(&Af::m_serviceId),
                          MakeStringChecker())
            .AddAttribute("TrafficStart",
                          "Simulated time before which no media packet is sent, even if the "
                          "session is set up.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&Af::m_trafficStart),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("RtpSent",
                            "A media packet goes to the MBSTF.",
                            MakeTraceSourceAccessor(&Af::m_rtpSent),
                            "ns3::mbs::Af::RtpSentCallback")
            .AddTraceSource("Established",
                            "The session is set up.",
                            MakeTraceSourceAccessor(&Af::m_establishedTrace),
                            "ns3::mbs::Af::EstablishedCallback")
            .AddTraceSource("Released",
                            "The session that was set up has been ended.",
                            MakeTraceSourceAccessor(&Af::m_releasedTrace),
                            "ns3::mbs::Af::EstablishedCallback"));
    return tid;
}

Af::Af() = default;
Af::~Af() = default;

void
Af::DoDispose()
{
    m_sending.Cancel();
    m_port = nullptr;
    SbiFunction::DoDispose();
}

void
Af::SetMbsf(const SbiPeer& peer)
{
    m_mbsf = peer;
}

void
Af::SetTmgi(const Tmgi& tmgi)
{
    m_tmgi = tmgi;
}

void
Af::SetRestricted(bool restricted)
{
    m_restricted = restricted;
}

void
Af::SetBroadcast(const sbi::MbsServiceArea& area)
{
    m_broadcastArea = area;
}

void
Af::SetTraffic(std::shared_ptr<const TrafficPlan> traffic)
{
    m_traffic = std::move(traffic);
}

bool
Af::IsEstablished() const
{
    return m_established;
}

void
Af::OfferServices()
{
    // The AF only uses services.
}

void
Af::StartApplication()
{
    SbiFunction::StartApplication();
    CreateUserService();
}

void
Af::StopApplication()
{
    SbiFunction::StopApplication();
    m_sending.Cancel();
}

void
Af::CreateUserService()
{
    nmbsf::MbsUserService service;
    service.extServiceIds = {m_serviceId};
    service.servType =
        m_broadcastArea ? sbi::MbsServiceType::BROADCAST : sbi::MbsServiceType::MULTICAST;
    service.servClass = "urn:oma:bcast:oma_bsc:st:1.0";
    service.servAnnModes = {nmbsf::ServiceAnnouncementMode::PASSED_BACK};
    nmbsf::ServiceNameDescription name;
    name.servName = m_serviceId;
    service.servNameDescs = {name};
    Request(m_mbsf,
            JsonRequest("POST",
                        sbi::path::MBS_USER_SERVICES,
                        service.Encode(),
                        operations::USER_SERVICE_CREATE),
            [this](const SbiResponse& response) {
                const auto ids = sbi::path::Match(sbi::path::MBS_USER_SERVICE, response.location);
                if (response.status != 201 || !ids)
                {
                    Drop("Nmbsf_MBSUserService_Create",
                         "the MBSF answered " + StatusText(response));
                    return;
                }
                m_userServicePath = response.location;
                CreateIngestSession(ids->front());
            });
}

void
Af::CreateIngestSession(const std::string& userServiceId)
{
    nmbsf::MbsUserDataIngSession session;
    session.mbsUserServId = userServiceId;
    session.mbsDisSessInfos[AF_DISTRIBUTION] = DescribeSession();
    session.mbsDisSessInfos[AF_DISTRIBUTION].tgtServAreas = m_broadcastArea;
    Request(m_mbsf,
            JsonRequest("POST",
                        sbi::path::INGEST_SESSIONS,
                        session.Encode(),
                        operations::USER_DATA_INGEST_CREATE),
            [this](const SbiResponse& response) {
                const auto body = nmbsf::MbsUserDataIngSession::Decode(response.body);
                if (response.status != 201 || !body)
                {
                    Drop("Nmbsf_MBSUserDataIngestSession_Create",
                         "the MBSF answered " + StatusText(response));
                    return;
                }
                m_ingestSessionPath = response.location;
                StartSending(*body);
            });
}

nmbsf::MbsDistributionSessionInfo
Af::DescribeSession() const
{
    nmbsf::MbsDistributionSessionInfo info;
    if (m_tmgi)
    {
        info.mbsSessionId.emplace();
        info.mbsSessionId->tmgi = m_tmgi;
    }
    info.maxContBitRate.bps = m_traffic ? static_cast<uint64_t>(m_traffic->MeanRate()) : 0;
    info.distrMethod = nmbsf::DistributionMethod::PACKET;
    info.pckDistrInfo.emplace();
    info.restrictedFlag = m_restricted;
    return info;
}

void
Af::StartSending(const nmbsf::MbsUserDataIngSession& session)
{
    const auto it = session.mbsDisSessInfos.find(AF_DISTRIBUTION);
    if (it == session.mbsDisSessInfos.end() || !it->second.pckDistrInfo ||
        !it->second.pckDistrInfo->ingEndpointAddrs.mbStfListenAddr || !it->second.mbsSessionId ||
        !it->second.mbsSessionId->tmgi)
    {
        Drop("Nmbsf_MBSUserDataIngestSession_Create", "no session name or ingest address in it");
        return;
    }
    m_ingest = *it->second.pckDistrInfo->ingEndpointAddrs.mbStfListenAddr;
    if (m_established)
    {
        // The MBSF had forgotten the session; packets go where they are to go now.
        return;
    }
    m_established = true;
    m_tmgi = it->second.mbsSessionId->tmgi;
    m_establishedTrace(*m_tmgi);
    if (m_releaseWanted)
    {
        Release();
        return;
    }
    if (m_traffic)
    {
        m_port = UdpPort::Open(GetNode(), Ipv4Address::GetAny(), 0);
        Resume();
    }
}

void
Af::PeerLost(Ipv4Address peer)
{
    if (peer == m_mbsf.remote && m_established && !m_released)
    {
        // It may have restarted, and may have forgotten the session.
        TryLater(0, [this] { CheckSession(0); });
    }
}

void
Af::CheckSession(uint32_t attempt)
{
    if (m_released)
    {
        return;
    }
    Request(m_mbsf,
            GetRequest(m_ingestSessionPath, operations::USER_DATA_INGEST_RETRIEVE),
            [this, attempt](const SbiResponse& response) {
                if (response.status == 404 && !m_released)
                {
                    Drop(operations::USER_DATA_INGEST_RETRIEVE.name,
                         "the MBSF has forgotten the session; it is created anew");
                    CreateUserService();
                }
                else if (!IsSuccess(response))
                {
                    TryLater(attempt, [this, attempt] { CheckSession(attempt + 1); });
                }
            });
}

void
Af::Release()
{
    if (!m_established)
    {
        m_releaseWanted = true;
        return;
    }
    if (m_released)
    {
        return;
    }
    m_released = true;
    m_sending.Cancel();
    const auto ended = [this](std::string_view name, const SbiResponse& response) {
        if (!IsSuccess(response))
        {
            Drop(name, "the MBSF answered " + StatusText(response));
        }
    };
    const auto deleteService = [this, ended](const SbiResponse& response) {
        ended(operations::USER_DATA_INGEST_DELETE.name, response);
        if (!IsSuccess(response) && response.status != 404)
        {
            // The session lives on, and may be released again.
            m_released = false;
            return;
        }
        m_releasedTrace(*m_tmgi);
        Request(m_mbsf,
                DeleteRequest(m_userServicePath, operations::USER_SERVICE_DELETE),
                [ended](const SbiResponse& last) {
                    ended(operations::USER_SERVICE_DELETE.name, last);
                });
    };
    Request(m_mbsf,
            DeleteRequest(m_ingestSessionPath, operations::USER_DATA_INGEST_DELETE),
            deleteService);
}

void
Af::Renumber(Bytes& rtp)
{
    constexpr std::size_t SEQUENCE_NUMBER = 2; // its place in an RTP header (RFC 3550 clause 5.1)
    const auto number =
        static_cast<uint16_t>(rtp.at(SEQUENCE_NUMBER) << 8 | rtp.at(SEQUENCE_NUMBER + 1));
    if (m_next == 0)
    {
        m_firstSequenceNumber = number;
    }
    const auto renumbered = static_cast<uint16_t>(number - m_firstSequenceNumber);
    rtp[SEQUENCE_NUMBER] = static_cast<uint8_t>(renumbered >> 8);
    rtp[SEQUENCE_NUMBER + 1] = static_cast<uint8_t>(renumbered);
}

void
Af::SendNext()
{
    m_traffic->Build(m_next, m_rtp);
    Renumber(m_rtp);
    m_rtpSent(m_next, m_rtp);
    m_port->SendTo(Create<Packet>(m_rtp.data(), static_cast<uint32_t>(m_rtp.size())),
                   m_ingest.ipv4Addr,
                   m_ingest.portNumber);
    ++m_next;
    const Time due = m_began + m_traffic->OffsetOf(m_next);
    m_sending = Simulator::Schedule(due - Simulator::Now(), &Af::SendNext, this);
}

} // namespace ns3::mbs
