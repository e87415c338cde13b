// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mbstf.h"

#include "mbs-node-keys.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Mbstf);

TypeId
Mbstf::GetTypeId()
{
    static TypeId tid = AddActivationAttributes(AddProcessingAttributes(
        TypeId("ns3::mbs::Mbstf")
            .SetParent<SbiFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Mbstf>()
            .AddAttribute("MtkInterval",
                          "Time between new MTKs; 0s makes no new one until the MSK changes.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&Mbstf::m_mtkInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MtkRepetitions",
                          "How often a MIKEY message with an MTK is sent again.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&Mbstf::m_mtkRepetitions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("MtkRepetitionInterval",
                          "Time between two transmissions of the same MIKEY message.",
                          TimeValue(MilliSeconds(200)),
                          MakeTimeAccessor(&Mbstf::m_mtkRepetitionInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MtkRetransmissionInterval",
                          "Time between further transmissions of the newest MTK's MIKEY message, "
                          "for UEs that have got the MSK since; 0s sends none.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&Mbstf::m_mtkRetransmissionInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("SrtpProfile",
                          "How the traffic is protected; must be that of the UEs.",
                          StringValue("aes-cm"),
                          MakeEnumAttributeAccessor(&Mbstf::m_srtpProfile),
                          MakeSrtpProfileChecker())
            .AddAttribute("SrtpRocMode",
                          "Whether and how packets carry the roll-over counter (RFC 4771); must "
                          "be that of the UEs.",
                          StringValue("auto"),
                          MakeEnumAttributeAccessor(&Mbstf::m_srtpRocMode),
                          MakeSrtpRocChoiceChecker())
            .AddAttribute("SrtpRocRate",
                          "RFC 4771's R: packets whose sequence number is 0 mod R carry it; must "
                          "be that of the UEs.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&Mbstf::m_srtpRocRate),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("Procedure",
                          "How keys reach the UEs: cp is the control-plane procedure of TS 33.501 "
                          "W.4.1.2, up the user-plane procedure of W.4.1.3; must be that of the "
                          "MBSF.",
                          StringValue("cp"),
                          MakeEnumAttributeAccessor(&Mbstf::m_procedure),
                          MakeSecurityProcedureChecker())
            .AddAttribute("MbssfPlacement",
                          "Which function has the MBSSF and makes the MSKs, mbsf or mbstf; must be "
                          "that of the MBSF.",
                          StringValue("mbsf"),
                          MakeEnumAttributeAccessor(&Mbstf::m_placement),
                          MakeMbssfPlacementChecker())
            .AddAttribute("MikeyPort",
                          "UDP port to which MIKEY messages are sent.",
                          UintegerValue(2269),
                          MakeUintegerAccessor(&Mbstf::m_mikeyPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("FirstIngestPort",
                          "UDP port at which the first session's packets come from the AF; "
                          "further sessions take those that follow.",
                          UintegerValue(30000),
                          MakeUintegerAccessor(&Mbstf::m_firstIngestPort),
                          MakeUintegerChecker<uint16_t>(1024, 60000))
            .AddTraceSource("MtkGenerated",
                            "A new MTK was made.",
                            MakeTraceSourceAccessor(&Mbstf::m_mtkGenerated),
                            "ns3::mbs::Mbstf::MtkGeneratedCallback")
            .AddTraceSource("MskGenerated",
                            "A new MSK was made here, since the MBSSF is in the MBSTF.",
                            MakeTraceSourceAccessor(&Mbstf::m_mskGenerated),
                            "ns3::mbs::Mbstf::MskGeneratedCallback")
            .AddTraceSource("KeyActivated",
                            "Another key protects the packets from now on.",
                            MakeTraceSourceAccessor(&Mbstf::m_keyActivated),
                            "ns3::mbs::Mbstf::KeyActivatedCallback")
            .AddTraceSource("TrafficSent",
                            "A traffic packet was protected and goes to the MB-UPF.",
                            MakeTraceSourceAccessor(&Mbstf::m_trafficSent),
                            "ns3::mbs::Mbstf::TrafficSentCallback")
            .AddTraceSource("MtkMessageSent",
                            "A MIKEY message with an MTK goes to the MB-UPF.",
                            MakeTraceSourceAccessor(&Mbstf::m_mtkMessageSent),
                            "ns3::mbs::Mbstf::MtkMessageSentCallback")));
    return tid;
}

Mbstf::Mbstf()
    : m_keys(CreateObject<KeyGenerator>())
{
}

Mbstf::~Mbstf() = default;

void
Mbstf::DoDispose()
{
    for (auto& [ref, session] : m_sessions)
    {
        CancelTimers(session);
    }
    m_sessions.clear();
    m_tunnel = nullptr;
    m_keys->Dispose();
    SbiFunction::DoDispose();
}

void
Mbstf::SetNmb8(Ipv4Address address)
{
    m_nmb8Address = address;
}

void
Mbstf::SetNmb9(Ipv4Address address)
{
    m_nmb9Address = address;
}

int64_t
Mbstf::AssignStreams(int64_t stream)
{
    const int64_t taken = SbiFunction::AssignStreams(stream);
    return taken + m_keys->AssignStreams(stream + taken);
}

void
Mbstf::OfferServices()
{
    OpenTunnel();

    const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode());
    if (shared && m_placement == MbssfPlacement::MBSTF)
    {
        shared->ListenForCompletion(
            [this](const Tmgi& tmgi, const MskId& mskId) { MskCompleted(tmgi, mskId); });
    }

    using namespace operations;
    Serve("POST",
          sbi::path::DIST_SESSIONS,
          DIST_SESSION_CREATE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              CreateSession(request, respond);
          });
    Serve("PATCH",
          sbi::path::DIST_SESSION,
          DIST_SESSION_UPDATE,
          [this](const SbiRequest& request, const std::string& ref, const Responder& respond) {
              UpdateSession(ref, request, respond);
          });
    Serve("GET",
          sbi::path::DIST_SESSION,
          DIST_SESSION_RETRIEVE,
          [this](const SbiRequest&, const std::string& ref, const Responder& respond) {
              RetrieveSession(ref, respond);
          });
    Serve("DELETE",
          sbi::path::DIST_SESSION,
          DIST_SESSION_DESTROY,
          [this](const SbiRequest&, const std::string& ref, const Responder& respond) {
              DestroySession(ref, respond);
          });
    Serve("POST",
          sbi::path::DIST_SESSION_SUBSCRIPTIONS,
          DIST_SESSION_STATUS_SUBSCRIBE,
          [this](const SbiRequest& request, const std::string& ref, const Responder& respond) {
              Subscribe(ref, request, respond);
          });
}

void
Mbstf::StopApplication()
{
    SbiFunction::StopApplication();
    for (auto& [ref, session] : m_sessions)
    {
        CancelTimers(session);
        session.ingest->Close();
    }
    if (m_tunnel)
    {
        m_tunnel->Close();
    }
}

void
Mbstf::CreateSession(const SbiRequest& request, const Responder& respond)
{
    const auto body = nmbstf::CreateReqData::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    const nmbstf::DistSession& wanted = body->distSession;
    if (!wanted.mbsSessionId || !wanted.mbsSessionId->tmgi || !wanted.upTrafficFlowInfo ||
        !wanted.upTrafficFlowInfo->portNumber)
    {
        respond(Problem(400, "MANDATORY_IE_MISSING", "mbsSessionId or upTrafficFlowInfo"));
        return;
    }
    const Tmgi tmgi = *wanted.mbsSessionId->tmgi;
    const bool known = m_lasting.count(tmgi) > 0;
    Lasting& lasting = m_lasting[tmgi];
    if (!known)
    {
        lasting.ingestPort = static_cast<uint16_t>(m_firstIngestPort + m_nextPort++);
    }
    ReplaceSession(tmgi);
    const std::string ref = std::to_string(m_nextRef++);
    const uint16_t port = lasting.ingestPort;
    const Ptr<UdpPort> ingest = OpenIngest(ref, port);
    if (!ingest)
    {
        m_lasting.erase(tmgi);
        respond(Problem(500, "INSUFFICIENT_RESOURCES", "no ingest port is left"));
        return;
    }
    Session& session = m_sessions[ref];
    session.ref = ref;
    session.description = wanted;
    session.tmgi = tmgi;
    session.csbId = m_keys->NewUint32();
    session.ingest = ingest;
    session.lasting = &lasting;

    nmbstf::CreateRspData created;
    created.distSession = wanted;
    created.distSession.mbsSecurityContext.clear();
    created.distSession.pktDistributionData.mbStfIngestAddr.mbStfListenAddr =
        sbi::TunnelAddress{m_nmb8Address, port};
    session.description.pktDistributionData = created.distSession.pktDistributionData;
    respond(JsonResponse(201, created.Encode(), sbi::path::DistSession(ref)));

    for (const KeySet& keys : wanted.mbsSecurityContext)
    {
        SetMsk(session, keys);
    }
}

void
Mbstf::UpdateSession(const std::string& ref, const SbiRequest& request, const Responder& respond)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such distribution session"));
        return;
    }
    const auto body = nmbstf::DistSessionPatch::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    respond(NoContent());
    Session& session = it->second;
    if (body->mbUpfTunAddr)
    {
        session.description.mbUpfTunAddr = body->mbUpfTunAddr;
    }
    if (body->distSessionState)
    {
        session.description.distSessionState = *body->distSessionState;
        StateChanged(session);
    }
    for (const KeySet& keys : body->mbsSecurityContext)
    {
        if (!keys.msk && keys.mskLifetime && session.hasKeys &&
            !keys.mskId.IsNewerThan(session.keys.mskId))
        {
            EndMsk(session, keys);
            continue;
        }
        if (!keys.msk && session.hasKeys && keys.mskId == session.keys.mskId)
        {
            // TS 33.501 W.4.1.2: the MBSF triggers the update of an MTK.
            if (session.description.distSessionState == nmbstf::DistSessionState::ACTIVE)
            {
                RenewMtk(ref);
            }
            else
            {
                session.mtkHeldBack = true;
            }
            continue;
        }
        SetMsk(session, keys);
        NotifyMtk(session);
    }
}

void
Mbstf::DestroySession(const std::string& ref, const Responder& respond)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such distribution session"));
        return;
    }
    CancelTimers(it->second);
    it->second.ingest->Close();
    it->second.lasting->sequence = SrtpSequence();
    if (const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode()))
    {
        shared->Remove(it->second.tmgi);
    }
    m_sessions.erase(it);
    respond(NoContent());
}

void
Mbstf::Subscribe(const std::string& ref, const SbiRequest& request, const Responder& respond)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such distribution session"));
        return;
    }
    const auto body = nmbstf::StatusSubscribeReqData::Decode(request.body);
    const auto uri = body ? SbiUri::FromText(body->subscription.notifyUri) : std::nullopt;
    if (!uri)
    {
        respond(Problem(400, "MANDATORY_IE_INCORRECT", "notifyUri is not an http URI"));
        return;
    }
    Session& session = it->second;
    session.notifyUri = *uri;
    session.correlationId = body->subscription.notifyCorrelationId;
    session.subscribed = true;
    const auto& events = body->subscription.eventList;
    session.asksForMsk =
        std::find(events.begin(), events.end(), nmbstf::DistSessionEventType::V17_MSK_REQUEST) !=
        events.end();
    nmbstf::StatusSubscribeRspData answer;
    answer.subscription = body->subscription;
    if (session.hasKeys)
    {
        answer.reportList.emplace();
        answer.reportList->eventReportList.push_back(MtkReport(session));
        answer.reportList->notifyCorrelationId = session.correlationId;
    }
    respond(JsonResponse(201, answer.Encode(), sbi::path::DistSessionSubscription(ref, "1")));
    if (session.asksForMsk && !session.hasKeys)
    {
        AskForMsk(ref);
    }
}

void
Mbstf::ReceiveIngest(const std::string& ref, const Packet& packet)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end() || !it->second.current ||
        it->second.description.distSessionState != nmbstf::DistSessionState::ACTIVE)
    {
        Drop("traffic packet", "the session is not active");
        return;
    }
    SendTraffic(it->second, packet);
}

void
Mbstf::SendTraffic(Session& session, const Packet& packet)
{
    // It is protected where it lies.
    SrtpTransform& transform = *session.current->transform;
    uint8_t* octets = PlaceForPayload(packet.GetSize() + transform.Overhead());
    packet.CopyData(octets, packet.GetSize());
    const ByteView rtp(octets, packet.GetSize());
    const auto header = SrtpHeaderView::Parse(rtp);
    if (!header)
    {
        Drop("traffic packet", "it is not RTP");
        return;
    }
    std::size_t size = 0;
    if (!transform.Protect(rtp, RocOf(session.lasting->sequence.Next(header->seq)), octets, size))
    {
        Drop("traffic packet", "it cannot be protected");
        return;
    }
    const Ptr<Packet> protectedPacket =
        MakeIpPacket(session, *session.description.upTrafficFlowInfo->portNumber, size);
    m_trafficSent(session.tmgi, protectedPacket, session.lasting->sent++);
    SendToMbUpf(session, protectedPacket);
}

uint8_t*
Mbstf::PlaceForPayload(std::size_t size)
{
    const std::size_t needed = InnerUdp::HEADER_SIZE + size;
    if (m_buffer.size() < needed)
    {
        m_buffer.resize(needed);
    }
    return m_buffer.data() + InnerUdp::HEADER_SIZE;
}

Ptr<Packet>
Mbstf::MakeIpPacket(const Session& session, uint16_t port, std::size_t size)
{
    InnerUdp udp;
    udp.source = m_nmb9Address;
    udp.destination = session.description.upTrafficFlowInfo->destIpAddr;
    udp.sourcePort = port;
    udp.destinationPort = port;
    udp.payload = ByteView(PlaceForPayload(size), size);
    const auto header = EncodeInnerUdpHeader(udp);
    std::copy(header.begin(), header.end(), m_buffer.begin());
    return Create<Packet>(m_buffer.data(), static_cast<uint32_t>(header.size() + size));
}

void
Mbstf::SendToMbUpf(const Session& session, Ptr<Packet> packet)
{
    const sbi::TunnelAddress& tunnel = *session.description.mbUpfTunAddr;
    // A copy: who was told of the packet may have kept it.
    m_tunnel->SendTo(packet->Copy(), tunnel.ipv4Addr, tunnel.portNumber);
}

} // namespace ns3::mbs
