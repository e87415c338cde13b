// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mb-upf.h"

#include "mbs-octets-header.h"
#include "mbs-pfcp-recovery.h"

#include "ns3/mbs-gtpu.h"

#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(MbUpf);

TypeId
MbUpf::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::MbUpf")
            .SetParent<NetworkFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<MbUpf>()
            .AddAttribute("FirstGroup",
                          "Lower layer multicast address of the first session; further sessions "
                          "take those that follow.",
                          Ipv4AddressValue("232.0.1.0"),
                          MakeIpv4AddressAccessor(&MbUpf::m_firstGroup),
                          MakeIpv4AddressChecker())
            .AddAttribute("FirstIngressPort",
                          "UDP port of the first session's tunnel at Nmb9; further sessions take "
                          "those that follow.",
                          UintegerValue(20000),
                          MakeUintegerAccessor(&MbUpf::m_firstIngressPort),
                          MakeUintegerChecker<uint16_t>(1024, 60000))
            .AddTraceSource("Forwarded",
                            "A packet of a session was sent towards the gNBs.",
                            MakeTraceSourceAccessor(&MbUpf::m_forwarded),
                            "ns3::mbs::MbUpf::ForwardedCallback"));
    return tid;
}

MbUpf::MbUpf()
    : m_n4(CreateObject<N4Endpoint>())
{
}

MbUpf::~MbUpf() = default;

void
MbUpf::DoDispose()
{
    m_n4->Dispose();
    m_sessions.clear();
    m_gtpu = nullptr;
    NetworkFunction::DoDispose();
}

void
MbUpf::SetN4mb(Ipv4Address address)
{
    m_n4mbAddress = address;
}

void
MbUpf::SetNmb9(Ipv4Address address)
{
    m_nmb9Address = address;
}

void
MbUpf::SetN3mb(Ipv4Address address)
{
    m_n3mbAddress = address;
}

Ptr<N4Endpoint>
MbUpf::GetN4() const
{
    return m_n4;
}

void
MbUpf::StartApplication()
{
    m_n4->Install(GetNode());
    m_n4->SetRequestHandler([this](Ipv4Address peer, Bytes request, Respond respond) {
        m_mbSmf = peer;
        Process([this, request = std::move(request), respond = std::move(respond)] {
            HandlePfcp(request, respond);
        });
    });
    m_n4->Listen();
    OpenGtpu();
}

void
MbUpf::StopApplication()
{
    for (auto& [seid, session] : m_sessions)
    {
        session.ingress->Close();
    }
    if (m_gtpu)
    {
        m_gtpu->Close();
    }
}

template <typename Request>
void
MbUpf::DecodeAndHandle(ByteView octets, PfcpType type, const Respond& respond)
{
    const auto request = Request::Decode(octets);
    if (!request)
    {
        Drop(ToString(type), ToString(request.Error()));
        return;
    }
    respond(Handle(*request).Encode());
}

void
MbUpf::HandlePfcp(const Bytes& request, const Respond& respond)
{
    const auto header = PfcpHeader::Peek(request);
    if (!header)
    {
        Drop("PFCP message", ToString(header.Error()));
        return;
    }
    switch (header->type)
    {
    case PfcpType::HEARTBEAT_REQUEST:
        DecodeAndHandle<PfcpHeartbeatRequest>(request, header->type, respond);
        break;
    case PfcpType::ASSOCIATION_SETUP_REQUEST:
        DecodeAndHandle<PfcpAssociationSetupRequest>(request, header->type, respond);
        break;
    case PfcpType::SESSION_ESTABLISHMENT_REQUEST:
        DecodeAndHandle<PfcpSessionEstablishmentRequest>(request, header->type, respond);
        break;
    case PfcpType::SESSION_MODIFICATION_REQUEST:
        DecodeAndHandle<PfcpSessionModificationRequest>(request, header->type, respond);
        break;
    case PfcpType::SESSION_DELETION_REQUEST:
        DecodeAndHandle<PfcpSessionDeletionRequest>(request, header->type, respond);
        break;
    default:
        Drop(ToString(header->type), "not a request");
        break;
    }
}

PfcpHeartbeatResponse
MbUpf::Handle(const PfcpHeartbeatRequest& request)
{
    PfcpHeartbeatResponse response;
    response.sequence = request.sequence;
    response.recoveryTimeStamp = PfcpRecoveryTimeStamp(m_began);
    return response;
}

PfcpAssociationSetupResponse
MbUpf::Handle(const PfcpAssociationSetupRequest& request)
{
    if (m_cpRecovery && *m_cpRecovery != request.recoveryTimeStamp)
    {
        // TS 23.527 clause 4.2: the MB-SMF has forgotten its sessions.
        ForgetSessions();
    }
    m_cpRecovery = request.recoveryTimeStamp;
    PfcpAssociationSetupResponse response;
    response.sequence = request.sequence;
    response.nodeId.address = m_n4mbAddress;
    response.recoveryTimeStamp = PfcpRecoveryTimeStamp(m_began);
    return response;
}

PfcpSessionEstablishmentResponse
MbUpf::Handle(const PfcpSessionEstablishmentRequest& request)
{
    PfcpSessionEstablishmentResponse response;
    response.seid = request.cpFSeid.seid;
    response.sequence = request.sequence;
    response.nodeId.address = m_n4mbAddress;

    const uint64_t seid = m_nextSeid++;
    Session session;
    session.tmgi = request.control.sessionId.tmgi.value_or(Tmgi());
    const uint32_t number = NumberOf(session.tmgi);
    session.cpSeid = request.cpFSeid.seid;
    session.action = request.createFars.front().action;
    for (const PfcpAddUnicast& add : request.createFars.front().addUnicast)
    {
        session.unicast[add.id] = add.tunnel;
    }
    session.multicast.cTeid = number + 1;
    session.multicast.llSsm = {m_n3mbAddress, Ipv4Address(m_firstGroup.Get() + number)};
    if (!request.createQers.empty())
    {
        session.qfi = request.createQers.front().qfi;
        session.insertSequenceNumber = request.createQers.front().insertSequenceNumber;
    }

    const auto port = static_cast<uint16_t>(m_firstIngressPort + number);
    session.port = port;
    session.ingress = port < m_firstIngressPort ? nullptr : OpenIngress(seid, port);
    if (!session.ingress)
    {
        response.cause = PfcpCause::NO_RESOURCES;
        return response;
    }

    m_numbers[session.tmgi] = number;

    PfcpCreatedPdr created;
    created.pdrId = request.createPdrs.front().pdrId;
    created.localIngressTunnel = PfcpLocalIngressTunnel{false, port, m_nmb9Address};
    response.createdPdrs.push_back(created);
    response.upFSeid = PfcpFSeid{seid, m_n4mbAddress};
    if (request.control.provideLlSsm)
    {
        response.multicast = session.multicast;
    }
    m_sessions.emplace(seid, std::move(session));
    return response;
}

PfcpSessionModificationResponse
MbUpf::Handle(const PfcpSessionModificationRequest& request)
{
    PfcpSessionModificationResponse response;
    response.sequence = request.sequence;
    const auto it = m_sessions.find(request.seid);
    if (it == m_sessions.end())
    {
        response.cause = PfcpCause::SESSION_NOT_FOUND;
        return response;
    }
    Session& session = it->second;
    response.seid = session.cpSeid;
    if (request.deleteUnicastTunnels)
    {
        session.unicast.clear();
    }
    for (const PfcpUpdateFar& update : request.updateFars)
    {
        session.action = update.action.value_or(session.action);
        for (const uint16_t id : update.removeUnicast)
        {
            session.unicast.erase(id);
        }
        for (const PfcpAddUnicast& add : update.addUnicast)
        {
            session.unicast[add.id] = add.tunnel;
        }
    }
    return response;
}

PfcpSessionDeletionResponse
MbUpf::Handle(const PfcpSessionDeletionRequest& request)
{
    PfcpSessionDeletionResponse response;
    response.sequence = request.sequence;
    const auto it = m_sessions.find(request.seid);
    if (it == m_sessions.end())
    {
        response.cause = PfcpCause::SESSION_NOT_FOUND;
        return response;
    }
    response.seid = it->second.cpSeid;
    it->second.ingress->Close();
    m_sessions.erase(it);
    return response;
}

void
MbUpf::ReceiveIngress(uint64_t seid, const Ptr<Packet>& packet)
{
    const auto it = m_sessions.find(seid);
    if (it != m_sessions.end())
    {
        Forward(it->second, packet);
    }
}

void
MbUpf::Forward(Session& session, const Ptr<Packet>& packet)
{
    std::optional<DlPduSessionInformation> information;
    if (session.qfi)
    {
        information.emplace();
        information->qfi = *session.qfi;
        if (session.insertSequenceNumber)
        {
            information->mbsSequenceNumber = session.sequenceNumber++;
        }
    }
    const auto send = [&](uint32_t teid, Ipv4Address destination) {
        const Ptr<Packet> copy = packet->Copy();
        copy->AddHeader(OctetsHeader(EncodeGtpuPrefix(teid, information, packet->GetSize())));
        m_gtpu->SendTo(copy, destination, GTPU_PORT);
    };
    uint32_t copies = 0;
    if (session.action.multicast)
    {
        send(session.multicast.cTeid, session.multicast.llSsm.destination);
        ++copies;
    }
    if (session.action.unicast)
    {
        for (const auto& [id, tunnel] : session.unicast)
        {
            send(tunnel.teid, tunnel.address);
            ++copies;
        }
    }
    m_forwarded(session.tmgi, packet, copies);
}

} // namespace ns3::mbs
