// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ue.h"

#include "mbs-gnb-radio-device.h"

#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-ngap-code.h"

#include "ns3/packet.h"
#include "ns3/simulator.h"

namespace ns3::mbs
{

Ue::Ue() = default;
Ue::~Ue() = default;

void
Ue::DoDispose()
{
    for (UeSession& session : m_sessions)
    {
        session.StopTimer();
    }
    if (m_connection)
    {
        m_connection->guard.Cancel();
        EndHandover();
        m_connection.reset();
    }
    m_sessions.clear();
    m_device = nullptr;
    NetworkFunction::DoDispose();
}

void
Ue::SetNumber(uint32_t number)
{
    m_number = number;
}

uint32_t
Ue::GetNumber() const
{
    return m_number;
}

void
Ue::SetDevice(Ptr<UeRadioDevice> device)
{
    m_device = device;
    device->SetUser(this);
}

void
Ue::SetPduSessionId(uint8_t id)
{
    NS_ASSERT_MSG(id >= 1 && id <= NasSmHeader::MAX_PDU_SESSION_ID, "no such PDU session ID");
    m_pduSessionId = id;
}

bool
Ue::HasIpStack() const
{
    return m_ipStack;
}

UeSession*
Ue::Find(const Tmgi& tmgi)
{
    for (UeSession& session : m_sessions)
    {
        if (session.tmgi == tmgi)
        {
            return &session;
        }
    }
    return nullptr;
}

bool
Ue::IsMember(const Tmgi& tmgi) const
{
    for (const UeSession& session : m_sessions)
    {
        if (session.tmgi == tmgi)
        {
            return session.IsMember();
        }
    }
    return false;
}

UeSession&
Ue::Keep(const Tmgi& tmgi)
{
    UeSession* session = Find(tmgi);
    if (session == nullptr)
    {
        session = &m_sessions.emplace_back(*this);
        session->policy = MakeSrtpPolicy(m_srtpProfile, m_srtpRocMode, m_srtpRocRate);
        session->mikeyPort = m_mikeyPort;
        session->toIpStack = m_multicastToIpStack;
        session->tmgi = tmgi;
        session->keys.SetRetention(m_keyRetention);
    }
    return *session;
}

void
Ue::SetMikeyPort(uint16_t port)
{
    m_mikeyPort = port;
    for (UeSession& session : m_sessions)
    {
        session.mikeyPort = port;
    }
}

uint16_t
Ue::GetMikeyPort() const
{
    return m_mikeyPort;
}

void
Ue::SetMulticastToIpStack(bool wanted)
{
    m_multicastToIpStack = wanted;
    for (UeSession& session : m_sessions)
    {
        session.toIpStack = wanted;
    }
}

bool
Ue::GetMulticastToIpStack() const
{
    return m_multicastToIpStack;
}

void
Ue::Join(Tmgi tmgi)
{
    JoinTogether({tmgi});
}

static_assert(Ue::MAX_TOGETHER == NGAP_MAX_MBS_SESSIONS, "what the network can answer at once");

void
Ue::JoinTogether(const std::vector<Tmgi>& tmgis)
{
    NS_ASSERT_MSG(tmgis.size() <= MAX_TOGETHER, "more sessions than a request names");
    std::vector<UeSession*> sessions;
    for (const Tmgi& tmgi : tmgis)
    {
        UeSession& session = Keep(tmgi);
        if (session.state == UeSession::State::IDLE)
        {
            m_joinRequested(m_number, tmgi);
            sessions.push_back(&session);
        }
    }
    if (!sessions.empty())
    {
        BeginRequest(sessions, UeSession::State::JOINING);
    }
}

void
Ue::Leave(Tmgi tmgi)
{
    UeSession* session = Find(tmgi);
    if (session == nullptr)
    {
        return;
    }
    if (session->broadcast)
    {
        StopReceiving(*session);
        return;
    }
    // One request at a time: who waits to join leaves when the answer has come.
    session->leaveWanted = session->state == UeSession::State::JOINING ||
                           session->state == UeSession::State::REJOINING;
    if (session->state != UeSession::State::JOINED)
    {
        return;
    }
    m_leaveRequested(m_number, tmgi);
    session->state = UeSession::State::DEPARTING;
    if (m_service == nullptr || !m_service->LeaveService(tmgi))
    {
        ServiceLeft(tmgi);
    }
}

void
Ue::SetService(UeService* service)
{
    m_service = service;
}

void
Ue::ServiceLeft(const Tmgi& tmgi)
{
    UeSession* session = Find(tmgi);
    // It may be out by now.
    if (session != nullptr && session->state == UeSession::State::DEPARTING)
    {
        BeginRequest({session}, UeSession::State::LEAVING);
    }
}

void
Ue::BeginRequest(const std::vector<UeSession*>& sessions, UeSession::State state)
{
    for (UeSession* session : sessions)
    {
        session->state = state;
        session->leaveWanted = false;
        session->requests = 0;
        session->pti = m_nextPti;
    }
    m_nextPti = m_nextPti == NasSmHeader::MAX_PTI ? 1 : m_nextPti + 1;
    SendRequest(*sessions.front());
}

void
Ue::SendRequest(UeSession& session)
{
    PduSessionModificationRequest request;
    request.pduSessionId = m_pduSessionId;
    request.pti = session.pti;
    const MbsOperation operation =
        session.state == UeSession::State::LEAVING ? MbsOperation::LEAVE : MbsOperation::JOIN;
    request.requestedMbs = RequestedMbsContainer{{{operation, session.tmgi}}};
    for (const UeSession& other : m_sessions)
    {
        if (&other != &session && other.pti == session.pti && other.state == session.state)
        {
            request.requestedMbs->requests.push_back({operation, other.tmgi});
        }
    }
    ++session.requests;
    session.t3581 = Simulator::Schedule(m_t3581, &Ue::T3581Expired, this, session.tmgi);
    SendSm(request.Encode(), NasRequestType::MODIFICATION_REQUEST);
}

void
Ue::T3581Expired(Tmgi tmgi)
{
    UeSession& session = *Find(tmgi);
    if (session.requests <= m_maxRetransmissions)
    {
        SendRequest(session);
        return;
    }
    if (session.state == UeSession::State::LEAVING)
    {
        // Nobody is going to take the bearer away.
        StopListening(session);
        Forget(session);
        m_left(m_number, tmgi);
        return;
    }
    if (session.state == UeSession::State::REJOINING)
    {
        Lose(session, "no answer");
        return;
    }
    const uint8_t pti = session.pti;
    for (UeSession& asked : m_sessions)
    {
        if (asked.pti == pti && asked.state == UeSession::State::JOINING)
        {
            asked.state = UeSession::State::IDLE;
            asked.leaveWanted = false;
            m_joinRejected(m_number, asked.tmgi, "no answer");
        }
    }
}

GroupReceiver*
Ue::ReceiverOf(uint16_t gRnti)
{
    if (gRnti == MCCH_RNTI)
    {
        return m_mcch.get();
    }
    for (UeSession& session : m_sessions)
    {
        if (session.gRnti == gRnti)
        {
            return &session;
        }
    }
    return nullptr;
}

void
Ue::Listen(UeSession& session, uint16_t gRnti)
{
    for (UeSession& other : m_sessions)
    {
        // A gNB that has restarted gives its groups' identities anew.
        if (other.gRnti == gRnti)
        {
            StopListening(other);
        }
    }
    session.gRnti = gRnti;
    m_device->GetRadioChannel()->Listen(m_device, gRnti);
    m_device->GetRadioChannel()->ReportReception(m_number, session.tmgi, Reception::LISTENING);
}

void
Ue::StopListening(UeSession& session, Reception reception)
{
    if (reception != Reception::NO_CELL)
    {
        m_device->EndSuspended(&session);
    }
    if (session.gRnti)
    {
        m_device->GetRadioChannel()->StopListening(m_device, *session.gRnti);
        session.gRnti.reset();
        m_device->GetRadioChannel()->ReportReception(m_number, session.tmgi, reception);
    }
}

void
UeSession::GroupEnded()
{
    ue.StopListening(*this);
}

void
Ue::Forget(UeSession& session)
{
    session.StopTimer();
    session.state = UeSession::State::IDLE;
    session.leaveWanted = false;
    session.keysFromN1 = false;
    session.missing.reset();
    session.keys.Clear();
    session.stream = UeSession::Stream();
    session.used.reset();
    m_device->GetRadioChannel()->GetKeyStore().Purge();
}

void
Ue::SendSm(const Bytes& message, std::optional<NasRequestType> requestType)
{
    UlNasTransport transport;
    transport.payload = message;
    transport.pduSessionId = m_pduSessionId;
    transport.requestType = requestType;
    RrcMessage rrc;
    rrc.type = RrcType::UL_INFORMATION_TRANSFER;
    rrc.nas = transport.Encode();
    SendRrc(rrc);
}

void
Ue::SendRrc(const RrcMessage& message)
{
    if (!HoldsBack(message))
    {
        SendPdu(message.Encode());
    }
}

void
Ue::ReceiveSignalling(Ptr<const Packet> pdu)
{
    Bytes octets(pdu->GetSize());
    pdu->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    if (m_connection && !octets.empty() && octets.front() == RrcPaging::TYPE)
    {
        Process([this, octets = std::move(octets)] { ReceivePaging(octets); });
        return;
    }
    auto message = RrcMessage::Decode(octets);
    if (!message)
    {
        Drop("RRC message", ToString(message.Error()));
        return;
    }
    Process([this, rrc = std::move(*message)] { HandleRrc(rrc); });
}

void
Ue::HandleRrc(const RrcMessage& message)
{
    if (m_connection && m_connection->state != RrcState::CONNECTED && !m_connection->accessing)
    {
        Drop("RRC message", "the UE sleeps");
        return;
    }
    if (m_connection && m_connection->cellLost && message.type != RrcType::REESTABLISHMENT &&
        message.type != RrcType::SETUP)
    {
        // RLC of the cell before, or of the same cell from before.
        Drop("RRC message", "the UE has lost its cell");
        return;
    }
    if (message.type == RrcType::RECONFIGURATION || message.type == RrcType::RESUME)
    {
        SetUpBearers(message.bearers);
    }
    if (message.type == RrcType::RECONFIGURATION)
    {
        RrcMessage complete;
        complete.type = RrcType::RECONFIGURATION_COMPLETE;
        complete.transaction = message.transaction;
        SendRrc(complete);
        if (message.nas.empty())
        {
            // What comes with a NAS message is another matter.
            BearersRestored();
        }
    }
    else if (message.type == RrcType::RELEASE)
    {
        HandleRelease();
    }
    else if (m_connection && message.type >= RrcType::SUSPEND)
    {
        HandleConnection(message);
        return;
    }
    else if (message.type != RrcType::DL_INFORMATION_TRANSFER)
    {
        Drop("RRC message", "not one that a gNB sends");
        return;
    }
    if (!message.nas.empty())
    {
        HandleNas(message.nas);
    }
}

void
Ue::SetUpBearers(const std::vector<MrbConfig>& bearers)
{
    for (const MrbConfig& bearer : bearers)
    {
        UeSession* session = Find(bearer.tmgi);
        if (session == nullptr)
        {
            Drop("RRC RECONFIGURATION", "bearer of a session that the UE did not ask for");
            continue;
        }
        if (!bearer.release && session->gRnti == bearer.gRnti)
        {
            // It has kept it while it was inactive, and with it what waits for others.
            session->statusReport = bearer.statusReport;
            continue;
        }
        if (bearer.release || session->gRnti)
        {
            StopListening(*session);
        }
        if (!bearer.release)
        {
            Listen(*session, bearer.gRnti);
            ResumeBearer(*session, bearer);
        }
    }
}

} // namespace ns3::mbs
