// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mb-smf.h"

#include "mbs-sbi-operations.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(MbSmf);

namespace
{

/** Content ID of the NGAP part in answers to ContextUpdate. */
constexpr const char* N2_MBS_PART = "n2mbs";

/** How long a TMGI is given out for; TS 29.532 wants a time, and none here ends a session. */
const Time TMGI_LIFETIME = Hours(24);

} // namespace

TypeId
MbSmf::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::MbSmf")
            .SetParent<SbiFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<MbSmf>()
            .AddAttribute("Mcc",
                          "Mobile country code of the TMGIs, three digits.",
                          StringValue("001"),
                          MakeStringAccessor(&MbSmf::m_mcc),
                          MakeStringChecker())
            .AddAttribute("Mnc",
                          "Mobile network code of the TMGIs, two or three digits.",
                          StringValue("01"),
                          MakeStringAccessor(&MbSmf::m_mnc),
                          MakeStringChecker())
            .AddAttribute("FirstServiceId",
                          "MBS service ID of the first TMGI; the next follow.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&MbSmf::m_nextServiceId),
                          MakeUintegerChecker<uint32_t>(0, 0xffffff))
            .AddAttribute("Qfi",
                          "QoS flow identifier of the sessions' packets.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&MbSmf::m_qfi),
                          MakeUintegerChecker<uint8_t>(0, 63))
            .AddAttribute("FiveQi",
                          "5QI of that QoS flow (TS 23.501 table 5.7.4-1).",
                          UintegerValue(9),
                          MakeUintegerAccessor(&MbSmf::m_fiveQi),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("RenewOnLeave",
                          "When a new MSK is asked for because a UE has left: never, for each one, "
                          "or batched, for all that left within RenewalBatch. The SMFs must have "
                          "ReportMembership.",
                          StringValue("never"),
                          MakeEnumAttributeAccessor(&MbSmf::m_renewOnLeave),
                          MakeEnumAttributeChecker(RenewalPolicy::NEVER,
                                                   "never",
                                                   RenewalPolicy::EACH,
                                                   "each",
                                                   RenewalPolicy::BATCHED,
                                                   "batched"))
            .AddAttribute("RenewOnJoin",
                          "When a new key is asked for because a UE has joined: never, each or "
                          "batched. The SMFs must have ReportMembership.",
                          StringValue("never"),
                          MakeEnumAttributeAccessor(&MbSmf::m_renewOnJoin),
                          MakeEnumAttributeChecker(RenewalPolicy::NEVER,
                                                   "never",
                                                   RenewalPolicy::EACH,
                                                   "each",
                                                   RenewalPolicy::BATCHED,
                                                   "batched"))
            .AddAttribute("RenewedOnJoin",
                          "Which key that is: msk, or mtk for an MTK alone, which does not help "
                          "against one that has recorded MIKEY messages.",
                          StringValue("msk"),
                          MakeEnumAttributeAccessor(&MbSmf::m_renewedOnJoin),
                          MakeEnumAttributeChecker(RenewedKey::MSK, "msk", RenewedKey::MTK, "mtk"))
            .AddAttribute("RenewalBatch",
                          "From the first join or leave of a batch to the renewal.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&MbSmf::m_renewalBatch),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("BroadcastResponseTime",
                          "How long an AMF waits for its gNBs before it reports that the start or "
                          "update of a broadcast session is incomplete, whole seconds.",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(&MbSmf::m_broadcastResponseTime),
                          MakeTimeChecker(Seconds(1), Hours(1)))
            .AddAttribute("HeartbeatInterval",
                          "Time between signs of life that the MB-UPF is asked for (PFCP "
                          "heartbeats); 0s = never.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&MbSmf::m_heartbeatInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("SecurityContextReceived",
                            "Keys have arrived from the MBSF.",
                            MakeTraceSourceAccessor(&MbSmf::m_securityContextReceived),
                            "ns3::mbs::MbSmf::SecurityContextCallback"));
    return tid;
}

MbSmf::MbSmf()
    : m_n4(CreateObject<N4Endpoint>())
{
}

MbSmf::~MbSmf() = default;

void
MbSmf::DoDispose()
{
    m_n4->Dispose();
    for (auto& [ref, session] : m_sessions)
    {
        session.batch.Cancel();
    }
    m_sessions.clear();
    SbiFunction::DoDispose();
}

void
MbSmf::SetMbUpf(const SbiPeer& peer)
{
    m_mbUpf = peer;
}

Ptr<N4Endpoint>
MbSmf::GetN4() const
{
    return m_n4;
}

std::size_t
MbSmf::GetSessionCount() const
{
    return m_sessions.size();
}

void
MbSmf::StartApplication()
{
    SbiFunction::StartApplication();
    m_n4->Install(GetNode());
    m_n4->Listen();
    m_n4->SetRequestHandler([this](Ipv4Address,
                                   Bytes request,
                                   const N4Endpoint::Responder& respond) {
        Process([this, request = std::move(request), respond] { HandlePfcp(request, respond); });
    });
    Associate();
    ScheduleHeartbeat();
}

void
MbSmf::OfferServices()
{
    using namespace operations;
    Serve("POST",
          sbi::path::TMGI,
          TMGI_ALLOCATE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              AllocateTmgi(request, respond);
          });
    Serve(
        "POST",
        sbi::path::MBS_SESSIONS,
        MBS_SESSION_CREATE,
        [this](const SbiRequest& request, const std::string&, const Responder& respond) {
            CreateSession(request, respond);
        },
        [this](const SbiRequest& request, const std::string&) {
            TraceSecurityContext("", request);
        });
    Serve(
        "PATCH",
        sbi::path::MBS_SESSION,
        MBS_SESSION_UPDATE,
        [this](const SbiRequest& request, const std::string& ref, const Responder& respond) {
            UpdateSession(ref, request, respond);
        },
        [this](const SbiRequest& request, const std::string& ref) {
            TraceSecurityContext(ref, request);
        });
    Serve("DELETE",
          sbi::path::TMGI,
          TMGI_DEALLOCATE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              DeallocateTmgi(request, respond);
          });
    Serve("DELETE",
          sbi::path::MBS_SESSION,
          MBS_SESSION_DELETE,
          [this](const SbiRequest&, const std::string& ref, const Responder& respond) {
              DeleteSession(ref, respond);
          });
    Serve("DELETE",
          sbi::path::CONTEXT_SUBSCRIPTION,
          CONTEXT_STATUS_UNSUBSCRIBE,
          [this](const SbiRequest&, const std::string& id, const Responder& respond) {
              Unsubscribe(id, respond);
          });
    Serve("PATCH",
          sbi::path::CONTEXT_SUBSCRIPTION,
          CONTEXT_STATUS_SUBSCRIBE_MOD,
          [this](const SbiRequest& request, const std::string& id, const Responder& respond) {
              ModifySubscription(id, request, respond);
          });
    Serve("POST",
          sbi::path::CONTEXT_SUBSCRIPTIONS,
          CONTEXT_STATUS_SUBSCRIBE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              Subscribe(request, respond);
          });
    Serve("POST",
          BROADCAST_NOTIFY_PATH,
          BROADCAST_CONTEXT_STATUS_NOTIFY,
          [this](const SbiRequest& request, const std::string& id, const Responder& respond) {
              BroadcastNotified(id, request, respond);
          });
    Serve("POST",
          sbi::path::CONTEXT_UPDATE,
          CONTEXT_UPDATE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              UpdateContext(request, respond);
          });
}

MbSmf::Session*
MbSmf::Find(const std::optional<Tmgi>& tmgi)
{
    if (!tmgi)
    {
        return nullptr;
    }
    const auto it = m_refOfTmgi.find(*tmgi);
    return it == m_refOfTmgi.end() ? nullptr : &m_sessions.at(it->second);
}

void
MbSmf::TraceSecurityContext(const std::string& ref, const SbiRequest& request)
{
    if (m_securityContextReceived.IsEmpty())
    {
        return;
    }
    if (ref.empty())
    {
        const auto body = nmbsmf::CreateReqData::Decode(request.body);
        if (body && body->mbsSession.mbsSessionId && body->mbsSession.mbsSessionId->tmgi)
        {
            m_securityContextReceived(*body->mbsSession.mbsSessionId->tmgi,
                                      body->mbsSession.mbsSecurityContext);
        }
        return;
    }
    const auto session = m_sessions.find(ref);
    const auto body = nmbsmf::MbsSessionPatch::Decode(request.body);
    if (session != m_sessions.end() && body)
    {
        m_securityContextReceived(session->second.tmgi, body->mbsSecurityContext);
    }
}

void
MbSmf::AllocateTmgi(const SbiRequest& request, const Responder& respond)
{
    const auto body = nmbsmf::TmgiAllocate::Decode(request.body);
    const auto plmn = PlmnId::From(m_mcc, m_mnc);
    if (!body || !body->tmgiNumber)
    {
        respond(Problem(400, "MANDATORY_IE_INCORRECT", "tmgiNumber is missing"));
        return;
    }
    if (!plmn || m_nextServiceId + *body->tmgiNumber > 0x1000000)
    {
        respond(Problem(500, "INSUFFICIENT_RESOURCES", "no TMGI is left"));
        return;
    }
    nmbsmf::TmgiAllocated allocated;
    for (uint32_t i = 0; i < *body->tmgiNumber; ++i)
    {
        allocated.tmgiList.emplace_back(m_nextServiceId++, *plmn);
        m_allocated.insert(allocated.tmgiList.back());
    }
    allocated.expirationTime = Simulator::Now() + TMGI_LIFETIME;
    respond(JsonResponse(200, allocated.Encode()));
}

void
MbSmf::CreateSession(const SbiRequest& request, const Responder& respond)
{
    const auto body = nmbsmf::CreateReqData::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    const nmbsmf::ExtMbsSession& wanted = body->mbsSession;
    if (!wanted.mbsSessionId || !wanted.mbsSessionId->tmgi)
    {
        respond(Problem(400, "MANDATORY_IE_MISSING", "mbsSessionId without a TMGI"));
        return;
    }
    if (const auto refusal = WhyNotCreated(wanted))
    {
        respond(*refusal);
        return;
    }
    if (Session* session = Find(wanted.mbsSessionId->tmgi))
    {
        CreateAgain(*session, wanted, respond);
        return;
    }
    const std::string ref = std::to_string(m_nextRef++);
    Session& session = m_sessions[ref];
    session.ref = ref;
    session.tmgi = *wanted.mbsSessionId->tmgi;
    session.anyUe = wanted.anyUeInd;
    session.security = wanted.mbsSecurityContext;
    session.fiveQi = m_fiveQi;
    session.active = wanted.activityStatus != sbi::MbsSessionActivityStatus::INACTIVE;
    session.area = wanted.mbsServiceArea;
    if (wanted.mbsServInfo)
    {
        session.fiveQi = FiveQiOf(*wanted.mbsServInfo).value_or(session.fiveQi);
    }
    NoteCreator(session, wanted);
    session.serviceType = wanted.serviceType;
    session.respond = respond;
    m_refOfTmgi[session.tmgi] = ref;
    session.number = m_nextRef - 1;
    session.action.multicast = true;
    Establish(session, false, [this, ref](bool accepted) {
        Session& session = m_sessions.at(ref);
        const Responder respond = std::move(session.respond);
        session.respond = nullptr;
        if (!accepted)
        {
            m_refOfTmgi.erase(session.tmgi);
            m_sessions.erase(ref);
            respond(Problem(504, "UPSTREAM_SERVER_ERROR", "the MB-UPF did not set the session up"));
            return;
        }
        AnswerCreate(session, respond);
        if (session.IsBroadcast())
        {
            StartBroadcast(session);
        }
    });
}

void
MbSmf::UpdateSession(const std::string& ref, const SbiRequest& request, const Responder& respond)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "MBS_SESSION_NOT_FOUND", "no such MBS session"));
        return;
    }
    const auto body = nmbsmf::MbsSessionPatch::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    if (const auto refusal = WhyNotUpdated(it->second, *body))
    {
        respond(*refusal);
        return;
    }
    respond(NoContent());
    Session& session = it->second;
    if (body->activityStatus)
    {
        SetActive(session, *body->activityStatus != sbi::MbsSessionActivityStatus::INACTIVE);
    }
    if (body->mbsServInfo)
    {
        SetQos(session, *body->mbsServInfo);
    }
    if (body->mbsServiceArea)
    {
        SetServiceArea(session, *body->mbsServiceArea);
    }
    // The MBSF repeats itself when it does not know whether a request arrived.
    if (!body->mbsSecurityContext.empty() && !(body->mbsSecurityContext == session.security))
    {
        session.security = body->mbsSecurityContext;
        ++session.version;
        NotifySecurityContext(session);
        AwaitCompletion(session);
    }
}

nmbsmf::ContextStatusEventReport
MbSmf::SecurityReport(const Session& session)
{
    nmbsmf::ContextStatusEventReport report;
    report.eventType = nmbsmf::ContextStatusEventType::SECURITY_INFO;
    report.timeStamp = Simulator::Now();
    report.mbsSecurityContext = ValidKeys(session);
    return report;
}

void
MbSmf::NotifySecurityContext(const Session& session)
{
    Notify(session, SecurityReport(session));
}

void
MbSmf::Notify(const Session& session, const nmbsmf::ContextStatusEventReport& report)
{
    for (const auto& [id, subscription] : session.subscriptions)
    {
        const auto& events = subscription.events;
        if (std::find(events.begin(), events.end(), report.eventType) != events.end())
        {
            NotifySubscriber(session, id, report, 0);
        }
    }
}

void
MbSmf::Subscribe(const SbiRequest& request, const Responder& respond)
{
    const auto body = nmbsmf::ContextStatusSubscribeReqData::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    Session* session = Find(body->subscription.mbsSessionId.tmgi);
    if (session == nullptr || session->upSeid == 0 || session->IsBroadcast())
    {
        respond(Problem(404, "MBS_SESSION_NOT_FOUND", "no such MBS session"));
        return;
    }
    const auto notifyUri = SbiUri::FromText(body->subscription.notifyUri);
    if (!notifyUri)
    {
        respond(Problem(400, "MANDATORY_IE_INCORRECT", "notifyUri is not an http URI"));
        return;
    }
    Subscription subscription{*notifyUri,
                              body->subscription.notifyCorrelationId,
                              {},
                              body->subscription};
    nmbsmf::ContextStatusSubscribeRspData answer;
    answer.subscription = body->subscription;
    for (const nmbsmf::ContextStatusEvent& event : body->subscription.eventList)
    {
        subscription.events.push_back(event.eventType);
        // Keys can only come back in the report list: mbsContextInfo has no member for them.
        if (event.immediateReportInd &&
            event.eventType == nmbsmf::ContextStatusEventType::SECURITY_INFO &&
            !session->security.empty())
        {
            answer.reportList.push_back(SecurityReport(*session));
        }
    }
    answer.mbsContextInfo.emplace();
    answer.mbsContextInfo->anyUeInd = session->anyUe;
    answer.mbsContextInfo->mbsServiceArea = session->area;
    answer.mbsContextInfo->llSsm = session->multicast.llSsm;
    answer.mbsContextInfo->cTeid = session->multicast.cTeid;
    // An SMF that asks again, not knowing whether it was heard, has one subscription still.
    const auto same =
        std::find_if(session->subscriptions.begin(),
                     session->subscriptions.end(),
                     [&notifyUri](const auto& entry) {
                         return entry.second.notifyUri.ToText() == notifyUri->ToText();
                     });
    const std::string id =
        same != session->subscriptions.end() ? same->first : std::to_string(m_nextSubscription++);
    session->subscriptions[id] = subscription;
    m_subscribed[id] = session->ref;
    respond(JsonResponse(201, answer.Encode(), sbi::path::ContextSubscription(id)));
}

void
MbSmf::UpdateContext(const SbiRequest& request, const Responder& respond)
{
    const auto parts = SbiParts::Read(request.contentType, request.body);
    const auto body = parts ? nmbsmf::ContextUpdateReqData::Decode(parts->json)
                            : Decoded<nmbsmf::ContextUpdateReqData>(parts.Error());
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    const bool terminate = body->requestedAction == nmbsmf::ContextUpdateAction::TERMINATE;
    Session* session = Find(body->mbsSessionId.tmgi);
    if (session == nullptr || session->upSeid == 0 || session->IsBroadcast())
    {
        const auto released = m_released.find(body->mbsSessionId.tmgi.value_or(Tmgi()));
        if (terminate && released != m_released.end())
        {
            if (body->leaveInd && released->second.erase(body->nfcInstanceId) > 0 &&
                released->second.empty())
            {
                m_released.erase(released);
            }
            respond(NoContent());
            return;
        }
        respond(Problem(404, "MBS_SESSION_NOT_FOUND", "no such MBS session"));
        return;
    }
    const bool start = body->requestedAction == nmbsmf::ContextUpdateAction::START;
    if (!body->n2MbsSmInfo && (start || terminate))
    {
        respond(NoContent());
        MembershipChanged(*session, start);
        return;
    }
    const auto ngap = body->n2MbsSmInfo ? parts->Find(body->n2MbsSmInfo->ngapData) : std::nullopt;
    if (!ngap || (!terminate && !start))
    {
        respond(Problem(400,
                        "MANDATORY_IE_MISSING",
                        "neither a DISTRIBUTION SETUP REQUEST nor a DISTRIBUTION RELEASE REQUEST"));
        return;
    }
    if (terminate)
    {
        EndDistribution(*session, *body, *ngap, respond);
    }
    else
    {
        StartDistribution(*session, body->nfcInstanceId, *ngap, respond);
    }
}

void
MbSmf::AnswerDistributionSetup(const Session& session,
                               const Responder& respond,
                               bool multicast) const
{
    NgapMbsDistributionSetupResponseTransfer transfer;
    transfer.mbsSessionId.tmgi = session.tmgi;
    nmbsmf::ContextUpdateRspData answer;
    if (multicast)
    {
        NgapSharedNguMulticastTnlInformation information;
        information.ipMulticastAddress.ipv4 = session.multicast.llSsm.destination;
        information.ipSourceAddress.ipv4 = session.multicast.llSsm.source;
        information.gtpTeid = session.multicast.cTeid;
        transfer.sharedNguMulticastTnlInformation = information;
        answer.llSsm = session.multicast.llSsm;
        answer.cTeid = session.multicast.cTeid;
    }
    transfer.mbsQosFlowsToBeSetupList.push_back(FlowOf(session));
    transfer.mbsSessionStatus =
        session.active ? NgapMbsSessionStatus::ACTIVATED : NgapMbsSessionStatus::DEACTIVATED;

    answer.n2MbsSmInfo = nmbsmf::N2MbsSmInfo{nmbsmf::NgapIeType::MBS_DIS_SETUP_RSP, {N2_MBS_PART}};
    respond(MultipartResponse(answer.Encode(), {{SBI_NGAP_TYPE, N2_MBS_PART, transfer.Encode()}}));
}

} // namespace ns3::mbs
