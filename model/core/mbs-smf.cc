// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-smf.h"

#include "mbs-sbi-operations.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-ngap-session.h"
#include "ns3/mbs-sbi-body-nsmf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Smf);

namespace
{

/** Where the MB-SMF notifies; the standard leaves this path to the consumer. */
constexpr const char* CONTEXT_NOTIFY_PATH = "/nmbsmf-callback/v1/context-status/{tmgi}";

} // namespace

TypeId
Smf::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Smf")
            .SetParent<SbiFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Smf>()
            .AddAttribute("T3591",
                          "Until a PDU SESSION MODIFICATION COMMAND without an answer is sent "
                          "again (TS 24.501 table 10.3.2).",
                          TimeValue(Seconds(16)),
                          MakeTimeAccessor(&Smf::m_t3591),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MaxCommandRetransmissions",
                          "How often a command is sent again before it is given up (TS 24.501 "
                          "clause 6.3.2.5).",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Smf::m_maxRetransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("MaxTransfers",
                          "How many commands an AMF may have in hand that it has not answered; "
                          "further ones wait at the SMF (number).",
                          UintegerValue(1000),
                          MakeUintegerAccessor(&Smf::m_maxTransfers),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute(
                "MskCompletionShare",
                "Share of its UEs in a session, 0 to 1, that must have answered COMPLETE to "
                "a new MSK before the MB-SMF is told so; 0 does not tell it.",
                DoubleValue(0),
                MakeDoubleAccessor(&Smf::m_mskCompletionShare),
                MakeDoubleChecker<double>(0, 1))
            .AddAttribute("ReportMembership",
                          "Whether the MB-SMF is told of each UE that joins or leaves, so that it "
                          "can have keys renewed.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&Smf::m_reportMembership),
                          MakeBooleanChecker())
            .AddAttribute("MtkWrap",
                          "How the MTK of the N1 container is encrypted; must be that of the UEs.",
                          StringValue("aes-block"),
                          MakeEnumAttributeAccessor(&Smf::m_mtkWrap),
                          MakeMtkWrapChecker())
            .AddTraceSource("SecurityContextReceived",
                            "New keys have arrived from the MB-SMF.",
                            MakeTraceSourceAccessor(&Smf::m_securityContextReceived),
                            "ns3::mbs::Smf::SecurityContextCallback")
            .AddTraceSource("CommandRetransmitted",
                            "T3591 ran out and a command was sent again.",
                            MakeTraceSourceAccessor(&Smf::m_commandRetransmitted),
                            "ns3::mbs::Smf::CommandCallback")
            .AddTraceSource("CommandGivenUp",
                            "T3591 ran out for the last time.",
                            MakeTraceSourceAccessor(&Smf::m_commandGivenUp),
                            "ns3::mbs::Smf::CommandGivenUpCallback")
            .AddTraceSource("CommandRejected",
                            "The UE answered PDU SESSION MODIFICATION COMMAND REJECT.",
                            MakeTraceSourceAccessor(&Smf::m_commandRejected),
                            "ns3::mbs::Smf::CommandGivenUpCallback")
            .AddTraceSource("PathSwitched",
                            "A UE has come to another gNB.",
                            MakeTraceSourceAccessor(&Smf::m_pathSwitched),
                            "ns3::mbs::Smf::PathSwitchedCallback"));
    return tid;
}

Smf::Smf()
    : m_t3591s([this](State* state) { T3591Expired(*state); })
{
}

Smf::~Smf() = default;

void
Smf::DoDispose()
{
    m_t3591s.Clear();
    m_turns.clear();
    m_sessions.clear();
    m_stateOfRef.Clear();
    m_states.clear();
    SbiFunction::DoDispose();
}

void
Smf::SetMbSmf(const SbiPeer& peer)
{
    m_mbSmf = peer;
}

void
Smf::SetNumber(uint32_t number)
{
    m_number = number;
}

uint32_t
Smf::GetNumber() const
{
    return m_number;
}

void
Smf::AddSmContext(const SmContext& context)
{
    // UEs that come one after the other may mostly join the same sessions.
    if (!m_allowed || *m_allowed != context.allowed)
    {
        m_allowed = std::make_shared<const AllowedSessions>(context.allowed);
    }
    m_states.push_back(std::make_unique<State>());
    State& state = *m_states.back();
    state.context = {context.ref,
                     context.supi,
                     context.pduSessionId,
                     context.multicastAllowed,
                     context.amf,
                     m_allowed};
    m_stateOfRef.Add(state.context.ref, state);
}

Smf::State*
Smf::FindState(std::string_view ref) const
{
    return m_stateOfRef.Find(ref, [](const State& state) {
        return std::string_view(state.context.ref);
    });
}

std::size_t
Smf::GetJoinedCount(const Tmgi& tmgi) const
{
    const auto it = m_sessions.find(tmgi);
    return it == m_sessions.end() ? 0 : it->second.joined.Size();
}

void
Smf::StartApplication()
{
    SbiFunction::StartApplication();
    Connect(m_mbSmf);
}

void
Smf::OfferServices()
{
    Serve("POST",
          sbi::path::SM_CONTEXT_MODIFY,
          operations::UPDATE_SM_CONTEXT,
          [this](const SbiRequest& request, const std::string& ref, const Responder& respond) {
              UpdateSmContext(ref, request, respond);
          });
    Serve(
        "POST",
        CONTEXT_NOTIFY_PATH,
        operations::CONTEXT_STATUS_NOTIFY,
        [this](const SbiRequest& request, const std::string& key, const Responder& respond) {
            Notified(key, request, respond);
        },
        [this](const SbiRequest& request, const std::string& key) {
            TraceNotification(key, request);
        });
}

std::string
Smf::KeyOf(const Tmgi& tmgi)
{
    return ToHex(tmgi.Encode());
}

std::optional<Tmgi>
Smf::TmgiOf(const std::string& key)
{
    const auto octets = FromHex(key);
    if (!octets || octets->size() != Tmgi::SIZE)
    {
        return std::nullopt;
    }
    return Tmgi::Decode(ByteReader(*octets).Array<Tmgi::SIZE>());
}

void
Smf::UpdateSmContext(const std::string& ref, const SbiRequest& request, const Responder& respond)
{
    State* state = FindState(ref);
    if (state == nullptr)
    {
        respond(Problem(404, "CONTEXT_NOT_FOUND", "no such SM context"));
        return;
    }
    const auto read = m_updates.Read(request.contentType, request.body);
    if (!*read)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(read->Error())));
        return;
    }
    const SbiParts& parts = (*read)->parts;
    const nsmf::SmContextUpdateData* body = &(*read)->body;
    const auto n1 = body->n1SmMsg ? parts.Find(*body->n1SmMsg) : std::nullopt;
    const auto n2 = body->n2SmInfo ? parts.Find(*body->n2SmInfo) : std::nullopt;
    if ((body->n1SmMsg && !n1) || (body->n2SmInfo && !n2))
    {
        respond(Problem(400, "MANDATORY_IE_MISSING", "a binary part that is referred to"));
        return;
    }
    if (n2 && body->n2SmInfoType == nsmf::N2SmInfoType::PATH_SWITCH_REQ)
    {
        SwitchPath(*state, *n2, respond);
        return;
    }
    respond(body->upCnxState.empty() ? NoContent() : ChangeUpConnection(*state, body->upCnxState));
    if (n1)
    {
        HandleN1(*state, *n1);
    }
    if (n2)
    {
        HandleN2(*state, *n2, body->n2SmInfoType);
    }
}

void
Smf::HandleN1(State& state, ByteView n1)
{
    const auto header = NasSmHeader::Peek(n1);
    if (!header)
    {
        Drop("5GSM message", ToString(header.Error()));
        return;
    }
    if (header->type == NasSmType::MODIFICATION_REQUEST)
    {
        const auto request = PduSessionModificationRequest::Decode(n1);
        if (!request)
        {
            Drop(ToString(header->type), ToString(request.Error()));
            return;
        }
        HandleRequest(state, *request);
        return;
    }
    if (header->type != NasSmType::MODIFICATION_COMPLETE &&
        header->type != NasSmType::MODIFICATION_COMMAND_REJECT)
    {
        Drop(ToString(header->type), "not one that a UE sends");
        return;
    }
    if (IsOwed(state, header->pti))
    {
        Drop(ToString(header->type), "it answers a copy of a command that was answered before");
        return;
    }
    if (state.procedures.empty() || state.procedures.front().sent == 0 ||
        state.procedures.front().plan->command.pti != header->pti)
    {
        Drop(ToString(header->type), "no command waits for it");
        return;
    }
    NoteAnswer(state);
    if (header->type == NasSmType::MODIFICATION_COMMAND_REJECT)
    {
        Drop(ToString(header->type), "the UE did not carry the command out");
        m_commandRejected(state.context.supi, state.procedures.front().plan->command.Encode());
        Abort(state);
        return;
    }
    End(state);
}

bool
Smf::IsOwed(State& state, uint8_t pti)
{
    if (pti != NasSmHeader::PTI_UNASSIGNED || state.owed == 0)
    {
        return false;
    }
    --state.owed;
    return true;
}

void
Smf::NoteAnswer(State& state)
{
    const Procedure& procedure = state.procedures.front();
    const Time waited = Simulator::Now() - procedure.lastSent;
    if (procedure.sent == 1)
    {
        state.fastest = std::min(waited, state.fastest.value_or(waited));
    }
    else if (procedure.plan->command.pti == NasSmHeader::PTI_UNASSIGNED &&
             waited < state.fastest.value_or(Time::Max()))
    {
        state.owed = procedure.sent - 1;
    }
}

void
Smf::SubscribeContext(const Tmgi& tmgi)
{
    nmbsmf::ContextStatusSubscribeReqData request;
    request.subscription.nfcInstanceId = GetNfInstanceId();
    request.subscription.mbsSessionId.tmgi = tmgi;
    request.subscription.eventList.push_back(
        {nmbsmf::ContextStatusEventType::SECURITY_INFO, true, nmbsmf::ReportingMode::CONTINUOUS});
    request.subscription.eventList.push_back(
        {nmbsmf::ContextStatusEventType::SESSION_RELEASE, false, nmbsmf::ReportingMode::ONE_TIME});
    for (const char* event : {nmbsmf::ContextStatusEventType::STATUS_INFO,
                              nmbsmf::ContextStatusEventType::QOS_INFO,
                              nmbsmf::ContextStatusEventType::SERVICE_AREA_INFO})
    {
        request.subscription.eventList.push_back({event, false, nmbsmf::ReportingMode::CONTINUOUS});
    }
    request.subscription.notifyUri =
        OwnUri(m_mbSmf, sbi::path::Fill(CONTEXT_NOTIFY_PATH, {KeyOf(tmgi)}));
    request.subscription.notifyCorrelationId = KeyOf(tmgi);
    Request(m_mbSmf,
            JsonRequest("POST",
                        sbi::path::CONTEXT_SUBSCRIPTIONS,
                        request.Encode(),
                        operations::CONTEXT_STATUS_SUBSCRIBE),
            [this, tmgi](const SbiResponse& response) { SubscriptionAnswered(tmgi, response); });
}

void
Smf::SubscriptionAnswered(const Tmgi& tmgi, const SbiResponse& response)
{
    const auto body = nmbsmf::ContextStatusSubscribeRspData::Decode(response.body);
    if (response.status != 201 || !body)
    {
        Drop("ContextStatusSubscribe", "the MB-SMF answered " + StatusText(response));
        if (SubscribeLater(tmgi))
        {
            return;
        }
        // The session is forgotten, so that the next UE that asks makes the SMF ask again.
        const std::vector<Waiting> waiting = std::move(m_sessions[tmgi].waiting);
        m_sessions.erase(tmgi);
        for (const Waiting& ue : waiting)
        {
            Resume(*ue.state, tmgi, MbsRejectionCause::CONTEXT_NOT_FOUND);
        }
        return;
    }
    Session& session = m_sessions[tmgi];
    const bool again = session.known;
    session.known = true;
    session.attempts = 0;
    session.subscription = response.location;
    session.anyUe = body->mbsContextInfo && body->mbsContextInfo->anyUeInd;
    for (const nmbsmf::ContextStatusEventReport& report : body->reportList)
    {
        if (report.eventType != nmbsmf::ContextStatusEventType::SECURITY_INFO)
        {
            continue;
        }
        if (again)
        {
            m_securityContextReceived(m_number, tmgi, report.mbsSecurityContext);
            UpdateKeys(tmgi, session, report.mbsSecurityContext);
        }
        else if (session.security.empty())
        {
            // Else a notification that overtook the answer has brought newer keys.
            SetSecurity(session, report.mbsSecurityContext);
        }
    }
    const std::vector<Waiting> waiting = std::move(session.waiting);
    session.waiting.clear();
    for (const Waiting& ue : waiting)
    {
        Resume(*ue.state, tmgi, std::nullopt);
    }
    // Those that waited may have given up meanwhile.
    UnsubscribeIfUnused(tmgi);
}

void
Smf::Decide(const Tmgi& tmgi, Session& session, State& state, uint8_t pti)
{
    if (!session.anyUe && state.context.allowed->count(tmgi) == 0)
    {
        RejectJoin(tmgi, state, pti, MbsRejectionCause::NOT_AUTHORIZED);
        return;
    }
    AbortKeyUpdates(tmgi, state);
    if (state.joined.count(tmgi) == 0)
    {
        state.joined.emplace(tmgi, session.joined.Add(&state));
    }
    ReceivedMbsInformation information;
    information.decision = MbsDecision::JOIN_ACCEPTED;
    information.tmgi = tmgi;
    information.keySets = MakeKeySets(session, {});
    Plan plan;
    plan.command = MakeCommand(state, pti, information);

    NgapPduSessionResourceModifyRequestTransfer transfer;
    NgapMbsSessionSetupOrModifyRequestItem item;
    item.mbsSessionId.tmgi = tmgi;
    transfer.mbsSessionSetupOrModifyRequestList.push_back(item);
    plan.n2 = transfer.Encode();
    plan.joining.push_back(tmgi);
    Begin(state, std::move(plan));
}

void
Smf::RejectJoin(const Tmgi& tmgi, State& state, uint8_t pti, MbsRejectionCause cause)
{
    ReceivedMbsInformation information;
    information.decision = MbsDecision::JOIN_REJECTED;
    information.cause = cause;
    information.tmgi = tmgi;
    Plan plan;
    plan.command = MakeCommand(state, pti, information);
    Begin(state, std::move(plan));
}

void
Smf::TraceNotification(const std::string& key, const SbiRequest& request)
{
    const auto tmgi = TmgiOf(key);
    if (m_securityContextReceived.IsEmpty() || !tmgi)
    {
        return;
    }
    if (const auto body = nmbsmf::ContextStatusNotifyReqData::Decode(request.body))
    {
        for (const auto& report : body->reportList)
        {
            if (report.eventType != nmbsmf::ContextStatusEventType::SECURITY_INFO)
            {
                continue;
            }
            m_securityContextReceived(m_number, *tmgi, report.mbsSecurityContext);
        }
    }
}

void
Smf::Notified(const std::string& key, const SbiRequest& request, const Responder& respond)
{
    const auto tmgi = TmgiOf(key);
    const auto it = tmgi ? m_sessions.find(*tmgi) : m_sessions.end();
    if (it == m_sessions.end())
    {
        respond(Problem(404, "SUBSCRIPTION_NOT_FOUND", "no such subscription"));
        return;
    }
    const auto body = nmbsmf::ContextStatusNotifyReqData::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    respond(NoContent());
    for (const nmbsmf::ContextStatusEventReport& report : body->reportList)
    {
        if (report.eventType == nmbsmf::ContextStatusEventType::SESSION_RELEASE)
        {
            SessionReleased(*tmgi);
            return;
        }
        if (report.eventType == nmbsmf::ContextStatusEventType::SERVICE_AREA_INFO &&
            report.mbsServiceArea)
        {
            ServiceAreaChanged(*tmgi, *report.mbsServiceArea);
        }
        if (report.eventType == nmbsmf::ContextStatusEventType::STATUS_INFO &&
            report.statusInfo == sbi::MbsSessionActivityStatus::ACTIVE)
        {
            MakeReachable(*tmgi, it->second);
        }
        if (report.eventType != nmbsmf::ContextStatusEventType::SECURITY_INFO)
        {
            // QoS and inactivity concern gNBs, which hear of them from the MB-SMF.
            continue;
        }
        UpdateKeys(*tmgi, it->second, report.mbsSecurityContext);
    }
}

bool
Smf::IsUnderWay(const State& state, uint8_t pti)
{
    return std::any_of(state.procedures.begin(), state.procedures.end(), [pti](const Procedure& p) {
        return p.plan->command.pti == pti;
    });
}

void
Smf::Abort(State& state)
{
    const std::shared_ptr<const Plan> plan = state.procedures.front().plan;
    CountAnswer(plan->mskUpdate, false);
    for (const Tmgi& tmgi : plan->joining)
    {
        const auto joinsLater = [&tmgi](const Procedure& later) {
            const std::vector<Tmgi>& joining = later.plan->joining;
            return std::count(joining.begin(), joining.end(), tmgi) > 0;
        };
        if (std::none_of(state.procedures.begin() + 1, state.procedures.end(), joinsLater) &&
            Forget(tmgi, state))
        {
            // Nobody waits for this UE to be told that it is out: it does not know that it was in.
            UnsubscribeIfUnused(tmgi);
        }
    }
    Finish(state);
}

void
Smf::End(State& state)
{
    CountAnswer(state.procedures.front().plan->mskUpdate, true);
    Finish(state);
}

void
Smf::Finish(State& state)
{
    m_t3591s.Stop(state.t3591);
    const std::shared_ptr<const Plan> done = std::move(state.procedures.front().plan);
    state.procedures.erase(state.procedures.begin());
    if (state.procedures.empty())
    {
        state.procedures.shrink_to_fit();
    }
    for (const Tmgi& joined : done->joining)
    {
        if (state.joined.count(joined) > 0)
        {
            ReportMembership(joined, true);
        }
    }
    for (const Tmgi& left : done->leaving)
    {
        UnsubscribeIfUnused(left);
    }
    if (!state.procedures.empty())
    {
        SendCommand(state);
    }
}

} // namespace ns3::mbs
