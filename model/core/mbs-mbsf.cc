// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mbsf.h"

#include "mbs-node-keys.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/boolean.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Mbsf);

namespace
{

/** Where the MBSTF notifies; the standard leaves this path to the consumer. */
constexpr const char* NOTIFY_PATH = "/nmbstf-callback/v1/dist-session-status/{sessionId}";

/** Where the MB-SMF notifies. */
constexpr const char* MBS_SESSION_NOTIFY_PATH =
    "/nmbsmf-callback/v1/mbs-session-status/{sessionId}";

} // namespace

TypeId
Mbsf::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Mbsf")
            .SetParent<SbiFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Mbsf>()
            .AddAttribute("MskInterval",
                          "Time between new MSKs; 0s keeps the first one.",
                          TimeValue(Seconds(20)),
                          MakeTimeAccessor(&Mbsf::m_mskInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "MskOverlap",
                "How long UEs that join still get the last MSK beside a new one: until the "
                "new one is in use for certain; 0s gives them the new one only.",
                TimeValue(Seconds(2)),
                MakeTimeAccessor(&Mbsf::m_mskOverlap),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute("OrderMskActivation",
                          "Whether the MBSTF is told to use a new MSK when the MB-SMF or the MBSSF "
                          "reports that UEs have it; until then its ActivationDelay runs.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&Mbsf::m_orderMskActivation),
                          MakeBooleanChecker())
            .AddAttribute("KeyGroup",
                          "Key Group part of the first session's MSK IDs; the next take those "
                          "that follow.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&Mbsf::m_keyGroup),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("Procedure",
                          "How keys reach the UEs: cp is the control-plane procedure of TS 33.501 "
                          "W.4.1.2, up the user-plane procedure of W.4.1.3; must be that of the "
                          "MBSTF.",
                          StringValue("cp"),
                          MakeEnumAttributeAccessor(&Mbsf::m_procedure),
                          MakeSecurityProcedureChecker())
            .AddAttribute("MbssfPlacement",
                          "Which function has the MBSSF and makes the MSKs, mbsf or mbstf; must be "
                          "that of the MBSTF.",
                          StringValue("mbsf"),
                          MakeEnumAttributeAccessor(&Mbsf::m_placement),
                          MakeMbssfPlacementChecker())
            .AddAttribute("Nmb2Keys",
                          "How keys cross Nmb2: push sends each, pull has the MBSTF ask for MSKs, "
                          "internal lets none cross.",
                          StringValue("push"),
                          MakeEnumAttributeAccessor(&Mbsf::m_nmb2Keys),
                          MakeNmb2KeysChecker())
            .AddAttribute("FirstGroup",
                          "Destination of the first session's IP packets; the next take those "
                          "that follow.",
                          Ipv4AddressValue("232.1.0.1"),
                          MakeIpv4AddressAccessor(&Mbsf::m_firstGroup),
                          MakeIpv4AddressChecker())
            .AddAttribute("TrafficPort",
                          "UDP port of the sessions' traffic.",
                          UintegerValue(5004),
                          MakeUintegerAccessor(&Mbsf::m_trafficPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddTraceSource("MskGenerated",
                            "A new MSK was made.",
                            MakeTraceSourceAccessor(&Mbsf::m_mskGenerated),
                            "ns3::mbs::Mbsf::MskGeneratedCallback"));
    return tid;
}

Mbsf::Mbsf()
    : m_keys(CreateObject<KeyGenerator>())
{
}

Mbsf::~Mbsf() = default;

void
Mbsf::DoDispose()
{
    for (auto& [id, session] : m_sessions)
    {
        session.renewal.Cancel();
    }
    m_sessions.clear();
    m_keys->Dispose();
    SbiFunction::DoDispose();
}

void
Mbsf::SetMbstf(const SbiPeer& peer)
{
    m_mbstf = peer;
}

void
Mbsf::SetMbSmf(const SbiPeer& peer)
{
    m_mbSmf = peer;
}

void
Mbsf::NumberSession(const Tmgi& tmgi, uint32_t number)
{
    m_numbers[tmgi] = number;
    m_nextNumber = std::max(m_nextNumber, number + 1);
}

int64_t
Mbsf::AssignStreams(int64_t stream)
{
    const int64_t taken = SbiFunction::AssignStreams(stream);
    return taken + m_keys->AssignStreams(stream + taken);
}

std::size_t
Mbsf::GetActiveSessionCount() const
{
    return static_cast<std::size_t>(
        std::count_if(m_sessions.begin(), m_sessions.end(), [](const auto& entry) {
            return entry.second.active;
        }));
}

void
Mbsf::StartApplication()
{
    SbiFunction::StartApplication();
    Connect(m_mbstf);
    Connect(m_mbSmf);
    const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode());
    if (shared && m_orderMskActivation && m_placement == MbssfPlacement::MBSF)
    {
        shared->ListenForCompletion([this](const Tmgi& tmgi, const MskId& mskId) {
            for (const auto& [id, session] : m_sessions)
            {
                if (session.tmgi == tmgi && session.keys.mskId == mskId)
                {
                    OrderActivation(session);
                }
            }
        });
    }
}

void
Mbsf::StopApplication()
{
    SbiFunction::StopApplication();
    for (auto& [id, session] : m_sessions)
    {
        session.renewal.Cancel();
    }
}

void
Mbsf::OfferServices()
{
    using namespace operations;
    Serve("POST",
          sbi::path::MBS_USER_SERVICES,
          USER_SERVICE_CREATE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              CreateUserService(request, respond);
          });
    Serve("POST",
          sbi::path::INGEST_SESSIONS,
          USER_DATA_INGEST_CREATE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              CreateIngestSession(request, respond);
          });
    Serve("PATCH",
          sbi::path::INGEST_SESSION,
          USER_DATA_INGEST_UPDATE,
          [this](const SbiRequest& request, const std::string& id, const Responder& respond) {
              ModifyIngestSession(id, request, respond);
          });
    Serve("GET",
          sbi::path::INGEST_SESSION,
          USER_DATA_INGEST_RETRIEVE,
          [this](const SbiRequest&, const std::string& id, const Responder& respond) {
              RetrieveIngestSession(id, respond);
          });
    Serve("DELETE",
          sbi::path::MBS_USER_SERVICE,
          USER_SERVICE_DELETE,
          [this](const SbiRequest&, const std::string& id, const Responder& respond) {
              DeleteUserService(id, respond);
          });
    Serve("DELETE",
          sbi::path::INGEST_SESSION,
          USER_DATA_INGEST_DELETE,
          [this](const SbiRequest&, const std::string& id, const Responder& respond) {
              DeleteIngestSession(id, respond);
          });
    Serve("POST",
          MBS_SESSION_NOTIFY_PATH,
          MBS_SESSION_STATUS_NOTIFY,
          [this](const SbiRequest& request, const std::string& id, const Responder& respond) {
              KeyWanted(id, request, respond);
          });
    Serve("POST",
          NOTIFY_PATH,
          DIST_SESSION_STATUS_NOTIFY,
          [this](const SbiRequest& request, const std::string& id, const Responder& respond) {
              Notified(id, request, respond);
          });
}

void
Mbsf::CreateUserService(const SbiRequest& request, const Responder& respond)
{
    const auto body = nmbsf::MbsUserService::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    const std::string id = std::to_string(m_nextId++);
    m_userServices[id] = *body;
    respond(JsonResponse(201, body->Encode(), sbi::path::MbsUserService(id)));
}

void
Mbsf::CreateIngestSession(const SbiRequest& request, const Responder& respond)
{
    const auto body = nmbsf::MbsUserDataIngSession::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    if (m_userServices.count(body->mbsUserServId) == 0)
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such MBS user service"));
        return;
    }
    if (body->mbsDisSessInfos.size() != 1)
    {
        respond(Problem(403, "MODIFICATION_NOT_ALLOWED", "one distribution session at a time"));
        return;
    }
    const auto& [infoKey, info] = *body->mbsDisSessInfos.begin();
    const bool broadcast =
        m_userServices.at(body->mbsUserServId).servType == sbi::MbsServiceType::BROADCAST;
    if (broadcast && m_procedure == SecurityProcedure::CONTROL_PLANE)
    {
        respond(
            Problem(403,
                    "MODIFICATION_NOT_ALLOWED",
                    "keys of a broadcast session go by the user-plane procedure only (TS 33.501 "
                    "W.4.1.1)"));
        return;
    }
    if (broadcast && !info.tgtServAreas)
    {
        respond(Problem(400,
                        "MANDATORY_IE_MISSING",
                        "a broadcast session needs tgtServAreas (TS 23.247 clause 7.3.1)"));
        return;
    }
    if (info.mbsSessionId && info.mbsSessionId->tmgi && Repeats(*body, respond))
    {
        return;
    }
    const std::string id = std::to_string(m_nextId++);
    Session& session = m_sessions[id];
    session.id = id;
    session.infoKey = infoKey;
    session.request = *body;
    session.broadcast = broadcast;
    session.respond = respond;
    if (info.mbsSessionId && info.mbsSessionId->tmgi)
    {
        session.tmgi = *info.mbsSessionId->tmgi;
        CreateDistSession(id);
    }
    else
    {
        AllocateTmgi(id);
    }
}

void
Mbsf::AllocateTmgi(const std::string& id)
{
    nmbsmf::TmgiAllocate request;
    request.tmgiNumber = 1;
    Request(m_mbSmf,
            JsonRequest("POST", sbi::path::TMGI, request.Encode(), operations::TMGI_ALLOCATE),
            [this, id](const SbiResponse& response) {
                const auto body = nmbsmf::TmgiAllocated::Decode(response.body);
                if (!IsSuccess(response) || !body)
                {
                    Fail(id, "Nmbsmf_TMGI_Allocate", response);
                    return;
                }
                Session& session = m_sessions.at(id);
                session.tmgi = body->tmgiList.front();
                session.allocated = true;
                CreateDistSession(id);
            });
}

void
Mbsf::MakeMsk(Session& session)
{
    KeySet& keys = session.keys;
    Lasting& lasting = m_lasting.at(session.tmgi);
    const bool first = lasting.lastMsk == MskId();
    if (keys.msk && keys.mtk && m_mskOverlap.IsStrictlyPositive())
    {
        session.previous = keys;
        session.previous->mskLifetime = Simulator::Now() + m_mskOverlap;
    }
    session.last = keys.mskId;
    keys.keyDomainId = KeyDomainId(session.tmgi.Plmn());
    keys.mskId = first ? MskId(static_cast<uint16_t>(m_keyGroup + session.number), 1)
                       : lasting.lastMsk.Next();
    lasting.lastMsk = keys.mskId;
    keys.msk.reset();
    keys.mtk.reset();
    session.reported = false;
    session.renewAgain = false;
    session.mskMade = Simulator::Now();
    if (m_mskInterval.IsStrictlyPositive())
    {
        keys.mskLifetime = Simulator::Now() + m_mskInterval;
        ScheduleRenewal(session);
    }
    if (m_placement == MbssfPlacement::MBSTF)
    {
        // It is named here and made there.
        return;
    }
    keys.msk = m_keys->NewKey();
    m_mskGenerated(session.tmgi, keys, first);
    Share(session);
}

void
Mbsf::Share(const Session& session)
{
    const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode());
    if (shared && m_placement == MbssfPlacement::MBSF)
    {
        shared->Put(session.tmgi, session.keys);
    }
}

KeySet
Mbsf::KeysForMbstf(const Session& session) const
{
    KeySet keys = session.keys;
    if (m_nmb2Keys == Nmb2Keys::INTERNAL)
    {
        keys.msk.reset();
        keys.mtk.reset();
    }
    return keys;
}

void
Mbsf::ScheduleRenewal(Session& session)
{
    session.renewal.Cancel();
    // A session that is being set up is finished first.
    if (session.active && session.keys.mskLifetime && m_nmb2Keys != Nmb2Keys::PULL)
    {
        session.renewal =
            Simulator::Schedule(Max(*session.keys.mskLifetime - Simulator::Now(), Seconds(0)),
                                &Mbsf::RenewMsk,
                                this,
                                session.id);
    }
}

void
Mbsf::CreateDistSession(const std::string& id)
{
    Session& session = m_sessions.at(id);
    const auto fixed = m_numbers.find(session.tmgi);
    const bool hasNumber = fixed != m_numbers.end();
    const auto [lasting, isNew] =
        m_lasting.try_emplace(session.tmgi, Lasting{hasNumber ? fixed->second : m_nextNumber, {}});
    m_nextNumber += isNew && !hasNumber ? 1 : 0;
    session.number = lasting->second.number;
    // One that the MBSTF has used is not used again: MTK IDs would begin anew under it.
    if (m_nmb2Keys != Nmb2Keys::PULL && (session.reported || session.keys.mskId == MskId()))
    {
        MakeMsk(session);
    }
    const auto& info = session.request.mbsDisSessInfos.at(session.infoKey);

    nmbstf::CreateReqData request;
    nmbstf::DistSession& dist = request.distSession;
    dist.distSessionId = id;
    // The tunnel is not known before the MB-SMF has the keys, and the keys are not whole before
    // the MBSTF has made the MTK: so the session begins inactive, with no tunnel.
    dist.distSessionState = nmbstf::DistSessionState::INACTIVE;
    dist.mbUpfTunAddr = sbi::TunnelAddress{Ipv4Address::GetAny(), 0};
    dist.mbr = info.maxContBitRate;
    dist.mbsSessionId.emplace();
    dist.mbsSessionId->tmgi = session.tmgi;
    dist.upTrafficFlowInfo =
        nmbstf::UpTrafficFlowInfo{Ipv4Address(m_firstGroup.Get() + session.number), m_trafficPort};
    dist.pktDistributionData.pktDistributionOperatingMode =
        nmbstf::PktDistributionOperatingMode::V17_PROXY;
    dist.pktDistributionData.pktIngestMethod = nmbstf::PktIngestMethod::UNICAST;
    if (m_nmb2Keys != Nmb2Keys::PULL)
    {
        dist.mbsSecurityContext = {KeysForMbstf(session)};
    }
    Request(m_mbstf,
            JsonRequest("POST",
                        sbi::path::DIST_SESSIONS,
                        request.Encode(),
                        operations::DIST_SESSION_CREATE),
            [this, id](const SbiResponse& response) {
                const auto body = nmbstf::CreateRspData::Decode(response.body);
                if (m_sessions.count(id) == 0)
                {
                    AbandonDistSession(response);
                    return;
                }
                if (response.status != 201 || !body || response.location.empty() ||
                    !body->distSession.pktDistributionData.mbStfIngestAddr.mbStfListenAddr)
                {
                    FailOrCheck(id, "Nmbstf_MBSDistributionSession_Create", response);
                    return;
                }
                Session& session = m_sessions.at(id);
                session.distSessionPath = response.location;
                session.ingest =
                    *body->distSession.pktDistributionData.mbStfIngestAddr.mbStfListenAddr;
                SubscribeDistSession(id);
            });
}

void
Mbsf::SubscribeDistSession(const std::string& id)
{
    const Session& session = m_sessions.at(id);
    nmbstf::StatusSubscribeReqData request;
    request.subscription.nfcInstanceId = GetNfInstanceId();
    request.subscription.eventList = {nmbstf::DistSessionEventType::V17_MTK_UPDATE};
    if (m_nmb2Keys == Nmb2Keys::PULL)
    {
        request.subscription.eventList.emplace_back(nmbstf::DistSessionEventType::V17_MSK_REQUEST);
    }
    request.subscription.notifyUri = OwnUri(m_mbstf, sbi::path::Fill(NOTIFY_PATH, {id}));
    request.subscription.notifyCorrelationId = id;
    Request(m_mbstf,
            JsonRequest("POST",
                        session.distSessionPath + "/subscriptions",
                        request.Encode(),
                        operations::DIST_SESSION_STATUS_SUBSCRIBE),
            [this, id](const SbiResponse& response) {
                const auto it = m_sessions.find(id);
                if (it == m_sessions.end())
                {
                    return;
                }
                const auto body = nmbstf::StatusSubscribeRspData::Decode(response.body);
                // With pull the MBSTF asks for an MSK, and reports the MTK when it has made one.
                const bool pull = m_nmb2Keys == Nmb2Keys::PULL;
                const bool hasMtk =
                    !pull && body && body->reportList &&
                    NoteMtk(it->second,
                            body->reportList->eventReportList.front().mbsSecurityContext);
                if (response.status != 201 || !body || (!pull && !hasMtk))
                {
                    FailOrCheck(id, "Nmbstf_MBSDistributionSession_StatusSubscribe", response);
                }
                else if (it->second.active)
                {
                    DistSessionRestored(it->second);
                }
                else if (!pull)
                {
                    CreateMbsSession(id);
                }
            });
}

void
Mbsf::CreateMbsSession(const std::string& id)
{
    Session& session = m_sessions.at(id);
    session.asked = true;
    const auto& info = session.request.mbsDisSessInfos.at(session.infoKey);
    nmbsmf::CreateReqData request;
    nmbsmf::ExtMbsSession& mbs = request.mbsSession;
    mbs.mbsSessionId.emplace();
    mbs.mbsSessionId->tmgi = session.tmgi;
    mbs.serviceType =
        session.broadcast ? sbi::MbsServiceType::BROADCAST : sbi::MbsServiceType::MULTICAST;
    mbs.mbsServiceArea = info.tgtServAreas;
    mbs.mbsServInfo = info.mbsServInfo;
    mbs.ingressTunAddrReq = true;
    nmbsmf::MbsSessionSubscription subscription;
    subscription.eventList = {{nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST},
                              {nmbsmf::MbsSessionEventType::MTK_UPDATE_REQUEST}};
    if (m_orderMskActivation)
    {
        subscription.eventList.push_back({nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED});
    }
    subscription.notifyUri = OwnUri(m_mbSmf, sbi::path::Fill(MBS_SESSION_NOTIFY_PATH, {id}));
    mbs.mbsSessionSubsc = subscription;
    if (!session.broadcast)
    {
        mbs.anyUeInd = !info.restrictedFlag;
        mbs.activityStatus = session.deactivated ? sbi::MbsSessionActivityStatus::INACTIVE
                                                 : sbi::MbsSessionActivityStatus::ACTIVE;
    }
    if (m_procedure == SecurityProcedure::CONTROL_PLANE)
    {
        mbs.mbsSecurityContext = KeysForMbSmf(session);
    }
    Request(m_mbSmf,
            JsonRequest("POST",
                        sbi::path::MBS_SESSIONS,
                        request.Encode(),
                        operations::MBS_SESSION_CREATE),
            [this, id, msk = session.keys.mskId](const SbiResponse& response) {
                const auto it = m_sessions.find(id);
                if (it == m_sessions.end())
                {
                    return;
                }
                const auto body = nmbsmf::CreateRspData::Decode(response.body);
                if (response.status != 201 || !body || response.location.empty() ||
                    body->mbsSession.ingressTunAddr.empty())
                {
                    FailOrCheck(id, "Nmbsmf_MBSSession_Create", response);
                    return;
                }
                Session& session = it->second;
                session.mbsSessionPath = response.location;
                session.told = msk;
                const sbi::TunnelAddress& tunnel = body->mbsSession.ingressTunAddr.front();
                if (!session.active || !(session.tunnel == tunnel))
                {
                    ActivateDistSession(id, tunnel);
                }
            });
}

void
Mbsf::ActivateDistSession(const std::string& id, const sbi::TunnelAddress& tunnel)
{
    m_sessions.at(id).tunnel = tunnel;
    nmbstf::DistSessionPatch patch;
    patch.mbUpfTunAddr = tunnel;
    patch.distSessionState = m_sessions.at(id).deactivated ? nmbstf::DistSessionState::INACTIVE
                                                           : nmbstf::DistSessionState::ACTIVE;
    Request(m_mbstf,
            PatchRequest(m_sessions.at(id).distSessionPath,
                         patch.Encode(),
                         operations::DIST_SESSION_UPDATE),
            [this, id](const SbiResponse& response) {
                const auto it = m_sessions.find(id);
                if (it == m_sessions.end())
                {
                    return;
                }
                if (!IsSuccess(response))
                {
                    FailOrCheck(id, "Nmbstf_MBSDistributionSession_Update", response);
                }
                else if (!it->second.active)
                {
                    Established(id);
                }
            });
}

void
Mbsf::Established(const std::string& id)
{
    Session& session = m_sessions.at(id);
    session.active = true;
    ScheduleRenewal(session);
    session.respond(JsonResponse(201, Describe(session).Encode(), sbi::path::IngestSession(id)));
    session.respond = nullptr;
}

nmbsf::MbsUserDataIngSession
Mbsf::Describe(const Session& session)
{
    nmbsf::MbsUserDataIngSession answer = session.request;
    nmbsf::MbsDistributionSessionInfo& info = answer.mbsDisSessInfos.at(session.infoKey);
    info.mbsDistSessionId = session.id;
    info.mbsDistSessState = nmbstf::DistSessionState::ACTIVE;
    info.mbsSessionId.emplace();
    info.mbsSessionId->tmgi = session.tmgi;
    info.pckDistrInfo.emplace();
    info.pckDistrInfo->ingEndpointAddrs.mbStfListenAddr = session.ingest;
    return answer;
}

void
Mbsf::Fail(const std::string& id, const std::string& step, const SbiResponse& response)
{
    Drop(step, "the peer answered " + StatusText(response));
    Session& session = m_sessions.at(id);
    session.renewal.Cancel();
    const Responder respond = session.respond;
    m_sessions.erase(id);
    respond(Problem(504, "UPSTREAM_SERVER_ERROR", step + " failed"));
}

bool
Mbsf::NoteMtk(Session& session, const SecurityContext& keys)
{
    const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode());
    for (const KeySet& reported : keys)
    {
        if (reported.mskId != session.keys.mskId)
        {
            continue;
        }
        if (m_nmb2Keys == Nmb2Keys::INTERNAL)
        {
            // The report names the keys; where this function has a use for them, they are here.
            const KeySet* found = shared ? shared->Find(session.tmgi, reported.mskId) : nullptr;
            if (found != nullptr)
            {
                session.keys.msk = found->msk;
                session.keys.mtk = found->mtk;
            }
            session.reported = true;
            return true;
        }
        if (!reported.mtk || (!session.keys.msk && !reported.msk))
        {
            return false;
        }
        if (!session.keys.msk)
        {
            session.keys.msk = reported.msk;
        }
        session.keys.mtk = reported.mtk;
        session.reported = true;
        Share(session);
        return true;
    }
    return false;
}

void
Mbsf::Notified(const std::string& id, const SbiRequest& request, const Responder& respond)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "SUBSCRIPTION_NOT_FOUND", "no such subscription"));
        return;
    }
    const auto body = nmbstf::StatusNotifyReqData::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    respond(NoContent());
    Session& session = it->second;
    for (const nmbstf::DistSessionEventReport& report : body->reportList.eventReportList)
    {
        if (report.eventType == nmbstf::DistSessionEventType::V17_MSK_REQUEST &&
            m_nmb2Keys == Nmb2Keys::PULL)
        {
            MskRequested(session, report);
            continue;
        }
        if (report.eventType != nmbstf::DistSessionEventType::V17_MTK_UPDATE)
        {
            continue;
        }
        // An MSK without an MTK is one that the MB-SMF has not been told about yet.
        // While the session is set up, it is told in the request that creates it there.
        const bool newMsk = session.active && !session.reported;
        if (!NoteMtk(session, report.mbsSecurityContext))
        {
            Drop("StatusNotify", "an MTK under another MSK than the newest");
        }
        else if (newMsk)
        {
            session.updateHeldBack = session.deactivated;
            if (m_procedure == SecurityProcedure::CONTROL_PLANE && !session.deactivated)
            {
                UpdateMbsSession(session, 0);
            }
            ScheduleRenewal(session);
            if (session.renewAgain)
            {
                session.renewAgain = false;
                RenewMskNow(id);
            }
        }
        else if (m_nmb2Keys == Nmb2Keys::PULL && !session.asked)
        {
            CreateMbsSession(id);
        }
    }
}

} // namespace ns3::mbs
