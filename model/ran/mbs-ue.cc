// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ue.h"

#include "mbs-gnb-radio-device.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-ngap-code.h"

#include "ns3/boolean.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Ue);

TypeId
Ue::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Ue")
            .SetParent<NetworkFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Ue>()
            .AddAttribute("KeyRetention",
                          "How long an MTK is kept after a newer one was installed.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&Ue::m_keyRetention),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("T3581",
                          "Until a PDU SESSION MODIFICATION REQUEST without an answer is sent "
                          "again (TS 24.501 table 10.3.1).",
                          TimeValue(Seconds(16)),
                          MakeTimeAccessor(&Ue::m_t3581),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MaxRequestRetransmissions",
                          "How often a request is sent again before the UE gives up.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Ue::m_maxRetransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("MissingMskTimeout",
                          "How long after the first packet under an MSK that the SMF should have "
                          "given to it the UE joins once more to get it; 0s = never.",
                          TimeValue(Seconds(20)),
                          MakeTimeAccessor(&Ue::m_missingMskTimeout),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "HandoverInterruption",
                "From the order to go to another cell to random access there: until the "
                "UE has found the cell, is ready for it and knows its timing (TS 38.133 "
                "clause 6.1.1.2: here of a known cell, 20 ms + 20 ms + 2 ms).",
                TimeValue(MilliSeconds(42)),
                MakeTimeAccessor(&Ue::SetHandoverInterruption, &Ue::GetHandoverInterruption),
                MakeTimeChecker(Seconds(0), Seconds(4)))
            .AddAttribute("SrtpProfile",
                          "How the traffic is protected; must be that of the MBSTF.",
                          StringValue("aes-cm"),
                          MakeEnumAttributeAccessor(&Ue::m_srtpProfile),
                          MakeSrtpProfileChecker())
            .AddAttribute("SrtpRocMode",
                          "Whether and how packets carry the roll-over counter (RFC 4771); must "
                          "be that of the MBSTF.",
                          StringValue("auto"),
                          MakeEnumAttributeAccessor(&Ue::m_srtpRocMode),
                          MakeSrtpRocChoiceChecker())
            .AddAttribute("SrtpRocRate",
                          "RFC 4771's R: packets whose sequence number is 0 mod R carry it; must "
                          "be that of the MBSTF.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&Ue::m_srtpRocRate),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("MtkWrap",
                          "How the MTK of the N1 container is encrypted; must be that of the SMF.",
                          StringValue("aes-block"),
                          MakeEnumAttributeAccessor(&Ue::m_mtkWrap),
                          MakeMtkWrapChecker())
            .AddAttribute("MikeyPort",
                          "UDP port to which MIKEY messages are sent.",
                          UintegerValue(2269),
                          MakeUintegerAccessor(&Ue::m_mikeyPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("IpStack",
                          "Whether the UE's node gets an IP stack on its PDU session, so that ns-3 "
                          "applications run there. It costs memory: some 6 kB for each UE.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&Ue::m_ipStack),
                          MakeBooleanChecker())
            .AddAttribute("MulticastToIpStack",
                          "Whether decrypted packets of the sessions are handed to the UE's IP "
                          "stack too, as the group's UDP packets.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&Ue::m_multicastToIpStack),
                          MakeBooleanChecker())
            .AddAttribute("SharedUnprotect",
                          "Whether UEs of a cell that hold the same key share the result of "
                          "unprotecting a packet. The results are the same either way.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&Ue::m_sharedUnprotect),
                          MakeBooleanChecker())
            .AddTraceSource("JoinRequested",
                            "The UE asked to join a session, or waits for a broadcast session.",
                            MakeTraceSourceAccessor(&Ue::m_joinRequested),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource("Joined",
                            "The UE was accepted and has installed the keys that came with it, or "
                            "it has found a broadcast session in its cell.",
                            MakeTraceSourceAccessor(&Ue::m_joined),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource("RejoinRequested",
                            "The UE asked to join a session that it is in, since it lacks an MSK "
                            "or the gNB has forgotten its bearer.",
                            MakeTraceSourceAccessor(&Ue::m_rejoinRequested),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource("LeaveRequested",
                            "The UE asked to leave a session.",
                            MakeTraceSourceAccessor(&Ue::m_leaveRequested),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource("Left",
                            "The UE has left a session, as it had asked to, and wiped its keys.",
                            MakeTraceSourceAccessor(&Ue::m_left),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource(
                "Removed",
                "The network removed the UE from a session, or its cell broadcasts it no "
                "more, and the UE has wiped its keys.",
                MakeTraceSourceAccessor(&Ue::m_removed),
                "ns3::mbs::Ue::RefusalCallback")
            .AddTraceSource("JoinRejected",
                            "The network refused to let the UE join, or did not answer.",
                            MakeTraceSourceAccessor(&Ue::m_joinRejected),
                            "ns3::mbs::Ue::RefusalCallback")
            .AddTraceSource("MskInstalled",
                            "A new MSK can be used.",
                            MakeTraceSourceAccessor(&Ue::m_mskInstalled),
                            "ns3::mbs::Ue::KeyCallback")
            .AddTraceSource("MskMissing",
                            "A packet or MIKEY message names an MSK that the UE does not hold.",
                            MakeTraceSourceAccessor(&Ue::m_mskMissing),
                            "ns3::mbs::Ue::MskMissingCallback")
            .AddTraceSource("MtkInstalled",
                            "A new MTK that came in a MIKEY message can be used.",
                            MakeTraceSourceAccessor(&Ue::m_mtkInstalled),
                            "ns3::mbs::Ue::KeyCallback")
            .AddTraceSource("KeyFirstUsed",
                            "A packet was decrypted with another key than the one before it.",
                            MakeTraceSourceAccessor(&Ue::m_keyFirstUsed),
                            "ns3::mbs::Ue::KeyCallback")
            .AddTraceSource("Delivered",
                            "A traffic packet was decrypted.",
                            MakeTraceSourceAccessor(&Ue::m_delivered),
                            "ns3::mbs::Ue::DeliveredCallback")
            .AddTraceSource("Lost",
                            "A traffic packet was received but could not be delivered.",
                            MakeTraceSourceAccessor(&Ue::m_lost),
                            "ns3::mbs::Ue::LostCallback")
            .AddTraceSource("MtkMessageRefused",
                            "A MIKEY message was dropped: a repetition, a replay, a forgery or "
                            "one under an MSK that the UE does not hold.",
                            MakeTraceSourceAccessor(&Ue::m_mtkMessageRefused),
                            "ns3::mbs::Ue::MtkMessageRefusedCallback"));
    return tid;
}

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
        session->tmgi = tmgi;
        session->keys.SetRetention(m_keyRetention);
    }
    return *session;
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
    session.stream.reset();
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

void
Ue::HandleNas(ByteView nas)
{
    if (HandleService(nas))
    {
        return;
    }
    const auto transport = DlNasTransport::Decode(nas);
    if (!transport)
    {
        Drop("DL NAS TRANSPORT", ToString(transport.Error()));
        return;
    }
    const auto header = NasSmHeader::Peek(transport->payload);
    if (!header)
    {
        Drop("5GSM message", ToString(header.Error()));
        return;
    }
    if (header->pduSessionId != m_pduSessionId)
    {
        Drop(ToString(header->type), "not for a PDU session of this UE");
        return;
    }
    if (header->type == NasSmType::MODIFICATION_COMMAND)
    {
        const auto command = PduSessionModificationCommand::Decode(transport->payload);
        if (!command)
        {
            Drop(ToString(header->type), ToString(command.Error()));
            PduSessionModificationCommandReject reject;
            reject.pduSessionId = m_pduSessionId;
            reject.pti = header->pti;
            reject.cause = NasSmCause::SEMANTICALLY_INCORRECT;
            SendSm(reject.Encode());
            return;
        }
        HandleCommand(*command);
    }
    else if (header->type == NasSmType::MODIFICATION_REJECT)
    {
        const auto reject = PduSessionModificationReject::Decode(transport->payload);
        if (!reject)
        {
            Drop(ToString(header->type), ToString(reject.Error()));
            return;
        }
        HandleReject(*reject);
    }
    else
    {
        Drop(ToString(header->type), "not one that a network sends");
    }
}

void
Ue::HandleCommand(const PduSessionModificationCommand& command)
{
    if (command.receivedMbs)
    {
        for (const ReceivedMbsInformation& information : command.receivedMbs->sessions)
        {
            HandleDecision(information);
        }
    }
    for (UeSession& session : m_sessions)
    {
        // A request is answered once; a session that has lost its timer would wait for ever.
        if (session.state == UeSession::State::JOINING && session.pti == command.pti &&
            session.t3581.IsExpired())
        {
            session.state = UeSession::State::IDLE;
            session.leaveWanted = false;
            m_joinRejected(m_number, session.tmgi, "not in the answer");
        }
    }
    PduSessionModificationComplete complete;
    complete.pduSessionId = m_pduSessionId;
    complete.pti = command.pti;
    SendSm(complete.Encode());
    for (UeSession& session : m_sessions)
    {
        if (session.leaveWanted && session.state == UeSession::State::JOINED)
        {
            Leave(session.tmgi);
        }
    }
}

void
Ue::HandleReject(const PduSessionModificationReject& reject)
{
    bool known = false;
    for (UeSession& session : m_sessions)
    {
        // Of the sessions of one request the first has the timer.
        const bool waits = !session.t3581.IsExpired() || session.state == UeSession::State::JOINING;
        if (session.pti != reject.pti || !waits)
        {
            continue;
        }
        known = true;
        session.StopTimer();
        const std::string cause = "5GSM cause " + std::to_string(static_cast<int>(reject.cause));
        if (session.state == UeSession::State::LEAVING)
        {
            session.state = UeSession::State::JOINED;
            Drop("PDU SESSION MODIFICATION REJECT", "the UE cannot leave: " + cause);
            if (m_service != nullptr)
            {
                m_service->StayInService(session.tmgi);
            }
            return;
        }
        if (session.state == UeSession::State::REJOINING)
        {
            Lose(session, cause);
            return;
        }
        session.state = UeSession::State::IDLE;
        session.leaveWanted = false;
        m_joinRejected(m_number, session.tmgi, cause);
    }
    if (!known)
    {
        Drop("PDU SESSION MODIFICATION REJECT", "no request with this PTI");
    }
}

void
Ue::HandleDecision(const ReceivedMbsInformation& information)
{
    UeSession* session = Find(information.tmgi);
    if (session == nullptr)
    {
        Drop("Received MBS container", "session that the UE did not ask for");
        return;
    }
    switch (information.decision)
    {
    case MbsDecision::JOIN_ACCEPTED:
        InstallKeySets(*session, information.keySets);
        // A command that was sent again finds the UE joined, or about to leave.
        if (!session->IsMember())
        {
            session->StopTimer();
            session->state = UeSession::State::JOINED;
            m_joined(m_number, session->tmgi);
        }
        else if (session->state == UeSession::State::REJOINING)
        {
            session->StopTimer();
            session->state = UeSession::State::JOINED;
        }
        break;
    case MbsDecision::SECURITY_UPDATE:
        if (!session->IsMember())
        {
            Drop("Received MBS container", "security update for a session that the UE is not in");
            return;
        }
        InstallKeySets(*session, information.keySets);
        break;
    case MbsDecision::JOIN_REJECTED:
        if (session->state == UeSession::State::JOINING)
        {
            session->StopTimer();
            session->state = UeSession::State::IDLE;
            session->leaveWanted = false;
            m_joinRejected(m_number, session->tmgi, ToString(information.cause));
        }
        else if (session->state == UeSession::State::REJOINING)
        {
            Lose(*session, ToString(information.cause));
        }
        break;
    case MbsDecision::REMOVED:
        // A command that was sent again finds the UE out, or about to join once more.
        if (session->IsMember())
        {
            const bool asked = session->state == UeSession::State::LEAVING;
            Forget(*session);
            if (asked)
            {
                m_left(m_number, session->tmgi);
            }
            else
            {
                m_removed(m_number, session->tmgi, ToString(information.cause));
            }
        }
        break;
    case MbsDecision::SERVICE_AREA_UPDATE:
    case MbsDecision::NONE:
        // Nothing that concerns keys.
        break;
    }
}

void
Ue::InstallKeySets(UeSession& session, const std::vector<N1KeySet>& keySets)
{
    for (const N1KeySet& keySet : keySets)
    {
        session.keysFromN1 = true;
        const bool newMsk = session.keys.InstallMsk(keySet.keyDomainId, keySet.mskId, keySet.msk);
        Mki mki{keySet.mskId, MtkId()};
        if (keySet.mtk)
        {
            mki.mtk = keySet.mtk->mtkId;
            const Key128 mtk = GetMtkWrap(m_mtkWrap).Unwrap(keySet.msk,
                                                            keySet.keyDomainId,
                                                            keySet.mskId,
                                                            keySet.mtk->mtkId,
                                                            keySet.mtk->encryptedMtk);
            const Salt112 salt = DeriveTrafficSalt(mtk, keySet.keyDomainId, keySet.mskId, mki.mtk);
            session.keys.InstallMtk(mki,
                                    MakeTrafficKey(session, keySet.keyDomainId, mki, mtk, salt),
                                    Simulator::Now());
            // MIKEY messages with this MTK or older ones are of no more use.
            session.keys.FindMsk(keySet.keyDomainId, keySet.mskId)->state.Skip(mki.mtk);
        }
        if (newMsk)
        {
            m_mskInstalled(m_number, session.tmgi, mki);
        }
    }
}

bool
Ue::InstallMsk(const Tmgi& tmgi, const MikeyMskMessage& message)
{
    UeSession* session = Find(tmgi);
    if (session == nullptr || !session->IsMember() || !message.msk)
    {
        return false;
    }
    if (!session->keys.InstallMsk(message.keyDomainId, message.mskId, *message.msk))
    {
        // The UE holds it already; its interval may be a new one.
        session->keys.FindMsk(message.keyDomainId, message.mskId)
            ->state.Renew(message.seqLow, message.seqHigh);
        return false;
    }
    UeSession::MskState state;
    static_cast<MikeyReplay&>(state) = MikeyReplay(message.seqLow, message.seqHigh);
    state.hasRand = message.rand.size() == state.rand.size();
    if (state.hasRand)
    {
        std::copy(message.rand.begin(), message.rand.end(), state.rand.begin());
    }
    session->keys.FindMsk(message.keyDomainId, message.mskId)->state = state;
    if (message.policy)
    {
        // RFC 4563 clause 3: the policy travels with the MSK, and a change of it means a new one.
        session->policy = SrtpPolicy(message.policy->profile, message.policy->carriage);
    }
    m_mskInstalled(m_number, tmgi, {message.mskId, MtkId()});
    return true;
}

} // namespace ns3::mbs
