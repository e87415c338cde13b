// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-lone-function.h"

#include "ns3/mbs-mbsf.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-paths.h"

#include <set>
#include <string>

namespace ns3::mbs
{

namespace
{

/** The session of the tests. */
const Tmgi SESSION(0x123456, PlmnId());

/** An MBSF, and a node that plays AF, MBSTF and MB-SMF. */
struct LoneMbsf : LoneFunction<Mbsf>
{
    /** @param interval attribute MskInterval @param stop when the MBSF stops, 0 for never */
    explicit LoneMbsf(Time interval = Seconds(0), Time stop = Seconds(0))
    {
        function->SetInstance(3);
        function->SetMbstf(Peer());
        function->SetMbSmf(Peer());
        function->SetAttribute("MskInterval", TimeValue(interval));
        function->AssignStreams(1);
        function->TraceConnectWithoutContext("MskGenerated", MakeCallback(&LoneMbsf::Msk, this));
        Cooperate();
        Start(stop);
    }

    void Msk(const Tmgi& /* tmgi */, const KeySet& keys, bool /* first */)
    {
        msks.push_back(keys);
    }

    /** @brief Every neighbour does what it should from now on. */
    void Cooperate()
    {
        On("POST", sbi::path::TMGI, [](const SbiRequest&) {
            nmbsmf::TmgiAllocated allocated;
            allocated.tmgiList = {SESSION};
            return JsonResponse(200, allocated.Encode());
        });
        On("POST", sbi::path::DIST_SESSIONS, [this](const SbiRequest& request) {
            created.push_back(nmbstf::CreateReqData::Decode(request.body)->distSession);
            nmbstf::CreateRspData answer;
            answer.distSession = created.back();
            answer.distSession.pktDistributionData.mbStfIngestAddr.mbStfListenAddr =
                sbi::TunnelAddress{net.Address(1), 30000};
            return JsonResponse(201,
                                answer.Encode(),
                                sbi::path::DistSession(std::to_string(created.size())));
        });
        On("POST", sbi::path::DIST_SESSION_SUBSCRIPTIONS, [this](const SbiRequest& request) {
            nmbstf::StatusSubscribeRspData answer;
            answer.subscription =
                nmbstf::StatusSubscribeReqData::Decode(request.body)->subscription;
            notifyUri = *SbiUri::FromText(answer.subscription.notifyUri);
            answer.reportList = Report(created.back().mbsSecurityContext.at(0).mskId);
            return JsonResponse(201, answer.Encode(), "/subscription");
        });
        On("POST", sbi::path::MBS_SESSIONS, [this](const SbiRequest& request) {
            nmbsmf::CreateRspData answer;
            answer.mbsSession = nmbsmf::CreateReqData::Decode(request.body)->mbsSession;
            mbsKeys = answer.mbsSession.mbsSecurityContext;
            answer.mbsSession.mbsSecurityContext.clear();
            answer.mbsSession.ingressTunAddr.push_back({net.Address(1), 20000});
            return JsonResponse(201, answer.Encode(), sbi::path::MbsSession("1"));
        });
        On("PATCH", sbi::path::DIST_SESSION, [this](const SbiRequest& request) {
            patches.push_back(*nmbstf::DistSessionPatch::Decode(request.body));
            return NoContent();
        });
        On("PATCH", sbi::path::MBS_SESSION, [this](const SbiRequest& request) {
            mbsKeys = nmbsmf::MbsSessionPatch::Decode(request.body)->mbsSecurityContext;
            ++updates;
            return NoContent();
        });
    }

    /** @param mskId name of an MSK @return a report of MTK 1 under it */
    static nmbstf::DistSessionEventReportList Report(const MskId& mskId)
    {
        nmbstf::DistSessionEventReport report;
        report.eventType = nmbstf::DistSessionEventType::V17_MTK_UPDATE;
        KeySet keys;
        keys.keyDomainId = KeyDomainId(PlmnId());
        keys.mskId = mskId;
        keys.mtk = Mtk{MtkId(1), Key128({1, 2, 3})};
        report.mbsSecurityContext = {keys};
        nmbstf::DistSessionEventReportList list;
        list.eventReportList.push_back(report);
        return list;
    }

    /** @param list of reports @return the MBSF's answer to StatusNotify */
    SbiResponse Notify(const nmbstf::DistSessionEventReportList& list)
    {
        nmbstf::StatusNotifyReqData notify;
        notify.reportList = list;
        return Ask("POST", notifyUri.path, notify.Encode());
    }

    /** @return name of a new user service */
    std::string CreateService()
    {
        nmbsf::MbsUserService service;
        service.extServiceIds = {"stream.example"};
        service.servClass = "urn:oma:bcast:oma_bsc:st:1.0";
        service.servAnnModes = {nmbsf::ServiceAnnouncementMode::PASSED_BACK};
        nmbsf::ServiceNameDescription name;
        name.servName = "stream";
        service.servNameDescs = {name};
        const auto answer = Ask("POST", sbi::path::MBS_USER_SERVICES, service.Encode());
        const auto ids = sbi::path::Match(sbi::path::MBS_USER_SERVICE, answer.location);
        return ids ? ids->front() : "";
    }

    /**
     * @param service name of a user service
     * @param tmgi of the session, or nothing
     * @param sessions how many distribution sessions are wanted
     * @return the answer to MBSUserDataIngestSession_Create
     */
    SbiResponse CreateIngest(const std::string& service,
                             const std::optional<Tmgi>& tmgi = SESSION,
                             int sessions = 1)
    {
        nmbsf::MbsUserDataIngSession request;
        request.mbsUserServId = service;
        for (int i = 0; i < sessions; ++i)
        {
            auto& info = request.mbsDisSessInfos["stream" + std::to_string(i)];
            info.pckDistrInfo.emplace();
            info.maxContBitRate.bps = 1000;
            if (tmgi)
            {
                info.mbsSessionId.emplace();
                info.mbsSessionId->tmgi = tmgi;
            }
        }
        return Ask("POST", sbi::path::INGEST_SESSIONS, request.Encode());
    }

    std::vector<nmbstf::DistSession> created;      //!< distribution sessions
    std::vector<nmbstf::DistSessionPatch> patches; //!< of distribution sessions
    SecurityContext mbsKeys;                       //!< that the MB-SMF got last
    uint32_t updates{0};                           //!< of the MBS session
    SbiUri notifyUri;                              //!< where the MBSTF notifies
    std::vector<KeySet> msks;                      //!< trace source MskGenerated
};

void
RefusesRequests(Check& check)
{
    LoneMbsf lone;
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("POST", sbi::path::MBS_USER_SERVICES, "{}"),
                            400,
                            "no user service");
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("POST", sbi::path::INGEST_SESSIONS, "rubbish"),
                            400,
                            "no ingest session");
    LoneMbsf::ExpectProblem(check, lone.CreateIngest("99"), 404, "unknown user service");
    const std::string service = lone.CreateService();
    LoneMbsf::ExpectProblem(check, lone.CreateIngest(service, SESSION, 2), 403, "two sessions");
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("POST", "/nmbstf-callback/v1/dist-session-status/9", "{}"),
                            404,
                            "a notification of an unknown session");
    check.Equal(lone.heard.size(), 0u, "no neighbour hears of it");
    check.Equal(lone.msks.size(), 0u, "and no key is made");
}

void
SetsUp(Check& check)
{
    LoneMbsf lone;
    const auto answer = lone.CreateIngest(lone.CreateService(), std::nullopt);
    check.Equal(answer.status, 201, "created");
    const auto body = nmbsf::MbsUserDataIngSession::Decode(answer.body);
    check.Expect(body && body->mbsDisSessInfos.size() == 1, "one distribution session");
    const auto& info = body->mbsDisSessInfos.begin()->second;
    check.Expect(info.mbsSessionId && info.mbsSessionId->tmgi == SESSION,
                 "the TMGI is the MB-SMF's, since the AF gave none");
    check.Expect(info.pckDistrInfo &&
                     info.pckDistrInfo->ingEndpointAddrs.mbStfListenAddr->portNumber == 30000,
                 "the AF gets the MBSTF's address");
    std::string paths;
    for (const SbiRequest& request : lone.heard)
    {
        paths += request.method + " " + request.path + "\n";
    }
    check.Equal(paths,
                std::string("POST ") + sbi::path::TMGI + "\nPOST " + sbi::path::DIST_SESSIONS +
                    "\nPOST " + sbi::path::DistSessionSubscriptions("1") + "\nPOST " +
                    sbi::path::MBS_SESSIONS + "\nPATCH " + sbi::path::DistSession("1") + "\n",
                "the steps");
    check.Equal(lone.mbsKeys.size(), 1u, "one key set for the MB-SMF");
    check.Expect(lone.mbsKeys.at(0).msk == lone.msks.at(0).msk && lone.mbsKeys[0].mtk &&
                     !lone.mbsKeys[0].mskLifetime,
                 "with MSK and MTK, without the lifetime");
    check.Expect(lone.created.at(0).distSessionState == nmbstf::DistSessionState::INACTIVE &&
                     lone.patches.at(0).distSessionState == nmbstf::DistSessionState::ACTIVE &&
                     lone.patches.at(0).mbUpfTunAddr->portNumber == 20000,
                 "the MBSTF begins inactive and is activated with the tunnel");
    check.Equal(lone.function->GetActiveSessionCount(), 1u, "one session");
    LoneMbsf::Run(100);
    check.Equal(lone.msks.size(), 1u, "MskInterval 0 keeps the first MSK");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

void
NeighboursFail(Check& check)
{
    static const std::pair<const char*, const char*> STEPS[] = {
        {"POST", sbi::path::TMGI},
        {"POST", sbi::path::DIST_SESSIONS},
        {"POST", sbi::path::DIST_SESSION_SUBSCRIPTIONS},
        {"POST", sbi::path::MBS_SESSIONS},
        {"PATCH", sbi::path::DIST_SESSION}};
    LoneMbsf lone(Seconds(1000));
    const std::string service = lone.CreateService();
    for (const auto& [method, path] : STEPS)
    {
        for (const SbiResponse& answer : {Problem(503, "NF_CONGESTION", ""),
                                          JsonResponse(404, "rubbish"),
                                          JsonResponse(201, "{}"),
                                          JsonResponse(201, "rubbish", "/x")})
        {
            lone.Cooperate();
            const bool patch = std::string(method) == "PATCH";
            if (patch && answer.status == 201)
            {
                continue; // a success without a body to read
            }
            lone.On(method, path, answer);
            const std::size_t before = lone.dropped.size();
            LoneMbsf::ExpectProblem(check,
                                    lone.CreateIngest(service, std::nullopt),
                                    504,
                                    std::string(path) + " " + std::to_string(answer.status));
            check.Equal(lone.dropped.size(), before + 1, "counted once");
        }
    }
    check.Equal(lone.function->GetActiveSessionCount(), 0u, "no session came of it");
    lone.Cooperate();
    check.Equal(lone.CreateIngest(service).status, 201, "afterwards one does");
    LoneMbsf::Run(1100);
    check.Equal(lone.patches.size(), 2u, "only the living session gets a new MSK");
}

void
EmptyReport(Check& check)
{
    LoneMbsf lone;
    const std::string service = lone.CreateService();
    lone.On("POST", sbi::path::DIST_SESSION_SUBSCRIPTIONS, [](const SbiRequest& request) {
        const ByteView body = request.body;
        const std::string text(body.begin(), body.end());
        // The subscription as it was asked for, with a report list of nothing.
        return JsonResponse(201,
                            text.substr(0, text.size() - 1) +
                                R"(,"reportList":{"eventReportList":[]}})",
                            "/subscription");
    });
    LoneMbsf::ExpectProblem(check, lone.CreateIngest(service), 504, "a list without reports");
    lone.On("POST", sbi::path::DIST_SESSION_SUBSCRIPTIONS, [](const SbiRequest& request) {
        nmbstf::StatusSubscribeRspData answer;
        answer.subscription = nmbstf::StatusSubscribeReqData::Decode(request.body)->subscription;
        answer.reportList = LoneMbsf::Report(MskId(9, 9));
        return JsonResponse(201, answer.Encode(), "/subscription");
    });
    LoneMbsf::ExpectProblem(check, lone.CreateIngest(service), 504, "an MTK under another MSK");
}

void
SessionsOfTheirOwn(Check& check)
{
    LoneMbsf lone;
    const std::string service = lone.CreateService();
    lone.On("POST", sbi::path::MBS_SESSIONS, Problem(503, "NF_CONGESTION", ""));
    lone.CreateIngest(service, Tmgi(100, PlmnId()));
    lone.Cooperate();
    std::set<uint32_t> groups;
    std::set<uint16_t> keyGroups;
    std::set<std::string> names;
    for (uint32_t i = 0; i < 15; ++i)
    {
        if (i == 3)
        {
            lone.On("POST", sbi::path::MBS_SESSIONS, Problem(503, "NF_CONGESTION", ""));
            lone.CreateIngest(service, Tmgi(200, PlmnId()));
            lone.Cooperate();
        }
        check.Equal(lone.CreateIngest(service, Tmgi(i, PlmnId())).status, 201, "created");
        const auto& session = lone.created.back();
        groups.insert(session.upTrafficFlowInfo->destIpAddr.Get());
        keyGroups.insert(session.mbsSecurityContext.at(0).mskId.Group());
        names.insert(session.distSessionId);
    }
    check.Equal(lone.function->GetActiveSessionCount(), 15u, "fifteen sessions");
    check.Equal(groups.size(), 15u, "fifteen groups");
    check.Equal(keyGroups.size(), 15u, "fifteen key groups");
    check.Equal(names.size(), 15u, "fifteen names");
}

/** An MBSF with a session whose second MSK, at 20 s, was just made. */
struct SecondMsk : LoneMbsf
{
    SecondMsk()
        : LoneMbsf(Seconds(20), Seconds(39))
    {
        CreateIngest(CreateService());
        On("PATCH", sbi::path::MBS_SESSION, [this](const SbiRequest& request) {
            asked.push_back(Simulator::Now().GetSeconds());
            if (asked.size() <= refusals)
            {
                return Problem(refusal, "REFUSED", "");
            }
            mbsKeys = nmbsmf::MbsSessionPatch::Decode(request.body)->mbsSecurityContext;
            return NoContent();
        });
    }

    int refusal{403};          //!< with which status the MB-SMF refuses
    std::size_t refusals{0};   //!< how often it does
    std::vector<double> asked; //!< when the MB-SMF was asked to update
};

void
RepeatsUpdates(Check& check)
{
    for (const int status : {403, 429, 500, 503})
    {
        SecondMsk lone;
        lone.refusal = status;
        lone.refusals = 3;
        LoneMbsf::Run(20);
        lone.Notify(LoneMbsf::Report(lone.msks.at(1).mskId));
        LoneMbsf::Run(10);
        check.Equal(lone.asked.size(), 4u, "asked until it agrees");
        check.Expect(lone.mbsKeys.at(0).mskId == lone.msks.at(1).mskId, "to the newest MSK");
        for (std::size_t i = 1; i < lone.asked.size(); ++i)
        {
            // 1 s, 2 s, 4 s, and the way there and back.
            const double pause = lone.asked[i] - lone.asked[i - 1] - (1 << (i - 1));
            check.Expect(pause >= 0 && pause < 0.1, "each pause is twice the one before");
        }
    }
    {
        SecondMsk lone;
        uint32_t refused = 2;
        lone.On("PATCH", sbi::path::DIST_SESSION, [&](const SbiRequest& request) {
            lone.patches.push_back(*nmbstf::DistSessionPatch::Decode(request.body));
            return refused-- > 0 ? Problem(503, "NF_CONGESTION", "") : NoContent();
        });
        lone.patches.clear();
        LoneMbsf::Run(24);
        check.Equal(lone.patches.size(), 3u, "the MBSTF is asked until it agrees, too");
        check.Equal(lone.msks.size(), 2u, "with one MSK");
    }
    {
        SecondMsk forgotten;
        forgotten.refusal = 404;
        forgotten.refusals = 1;
        LoneMbsf::Run(20);
        forgotten.Notify(LoneMbsf::Report(forgotten.msks.at(1).mskId));
        LoneMbsf::Run(10);
        check.Equal(forgotten.asked.size(), 1u, "a session that is not known is not offered again");
    }
    SecondMsk stopped;
    stopped.refusals = 1000;
    LoneMbsf::Run(20);
    stopped.Notify(LoneMbsf::Report(stopped.msks.at(1).mskId));
    LoneMbsf::Run(20);
    const std::size_t asked = stopped.asked.size();
    TwoNodes::RunUntil(200);
    check.Expect(asked > 3 && stopped.asked.size() == asked, "a stopped MBSF asks no more");
}

void
RenewsMsks(Check& check)
{
    LoneMbsf lone(Seconds(20), Seconds(100));
    lone.CreateIngest(lone.CreateService());
    check.Expect(lone.created.at(0).mbsSecurityContext.at(0).mskLifetime.has_value(),
                 "the MBSTF is told the lifetime");
    LoneMbsf::Run(20);
    check.Equal(lone.msks.size(), 2u, "a second MSK");
    check.Expect(lone.msks.at(1).mskId == lone.msks.at(0).mskId.Next() &&
                     lone.msks[1].msk != lone.msks[0].msk,
                 "the next name, another key");
    check.Equal(lone.patches.size(), 2u, "the MBSTF gets it");
    check.Equal(lone.updates, 0u, "the MB-SMF not before there is an MTK");

    check.Equal(lone.Notify(LoneMbsf::Report(lone.msks[0].mskId)).status, 204, "an MTK");
    check.Equal(lone.LastDrop(),
                "StatusNotify: an MTK under another MSK than the newest",
                "under the old MSK is dropped");
    nmbstf::DistSessionEventReportList other = LoneMbsf::Report(lone.msks[1].mskId);
    other.eventReportList[0].eventType = nmbstf::DistSessionEventType::V17_MSK_REQUEST;
    lone.Notify(other);
    check.Equal(lone.updates, 0u, "another event changes nothing");
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("POST", lone.notifyUri.path, "rubbish"),
                            400,
                            "no notification");
    lone.Notify(LoneMbsf::Report(lone.msks[1].mskId));
    check.Equal(lone.updates, 1u, "an MTK under the new MSK brings both to the MB-SMF");
    check.Expect(lone.mbsKeys.at(0).mskId == lone.msks[1].mskId && lone.mbsKeys[0].mtk &&
                     !lone.mbsKeys[0].mskLifetime,
                 "without the lifetime");
    lone.Notify(LoneMbsf::Report(lone.msks[1].mskId));
    check.Equal(lone.updates, 1u, "a further MTK under it does not");

    // Both neighbours have forgotten the session.
    uint32_t updates = 0;
    lone.On("PATCH", sbi::path::DIST_SESSION, [&updates](const SbiRequest&) {
        return ++updates == 1 ? Problem(404, "NOT_FOUND", "") : NoContent();
    });
    lone.On("PATCH", sbi::path::MBS_SESSION, Problem(404, "NOT_FOUND", ""));
    LoneMbsf::Run(18);
    check.Equal(lone.created.size(), 2u, "the MBSTF gets it anew");
    check.Expect(lone.created.at(1).mbsSecurityContext.at(0).mskId == lone.msks.at(2).mskId,
                 "with the MSK that it was to be told");
    check.Equal(updates, 2u, "and is told of its tunnel");
    check.Equal(lone.LastDrop(),
                "Nmbsmf_MBSSession_Update: the MB-SMF answered status 404",
                "the MB-SMF's refusal is counted");
    check.Expect(lone.mbsKeys.back().mskId == lone.msks[2].mskId, "it gets it anew, too");
    TwoNodes::RunUntil(200);
    check.Equal(lone.msks.size(), 5u, "a stopped MBSF makes no more MSKs");
}

void
ChangesASession(Check& check)
{
    LoneMbsf lone(Seconds(0));
    lone.CreateIngest(lone.CreateService());
    const std::string path = sbi::path::IngestSession("2");
    const auto change = [&](const nmbsf::MbsDistributionSessionInfo& info,
                            const std::string& name = "stream0") {
        nmbsf::MbsUserDataIngSessionPatch patch;
        patch.mbsDisSessInfos[name] = info;
        return lone.Ask("PATCH", path, patch.Encode());
    };
    nmbsf::MbsDistributionSessionInfo info;
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("PATCH", sbi::path::IngestSession("9"), "{}"),
                            404,
                            "unknown session");
    LoneMbsf::ExpectProblem(check, lone.Ask("PATCH", path, "{"), 400, "no patch");
    LoneMbsf::ExpectProblem(check, change(info, "other"), 400, "another distribution session");
    const std::size_t before = lone.patches.size();
    check.Equal(change(info).status, 204, "it is as the AF wants it");
    info.mbsDistSessState = nmbstf::DistSessionState::ACTIVE;
    check.Equal(change(info).status, 204, "as it is now");
    check.Equal(lone.patches.size(), before, "so nobody is told");
    info.mbsDistSessState = nmbstf::DistSessionState::INACTIVE;
    check.Equal(change(info).status, 204, "deactivated");
    check.Expect(lone.patches.size() == before + 1 &&
                     lone.patches.back().distSessionState == nmbstf::DistSessionState::INACTIVE &&
                     lone.updates == 1,
                 "MBSTF and MB-SMF are told");
    const std::string wanted = "/nmbsmf-callback/v1/mbs-session-status/2";
    const nmbsmf::StatusNotifyReqData msk{
        {{{nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST}}, ""}};
    lone.Ask("POST", wanted, msk.Encode());
    lone.Ask("POST", wanted, msk.Encode());
    check.Equal(lone.msks.size(), 1u, "an MSK that is asked for is held back");
    info.mbsDistSessState = nmbstf::DistSessionState::ACTIVE;
    lone.On("PATCH", sbi::path::MBS_SESSION, Problem(500, "UNSPECIFIED_NF_FAILURE", ""));
    LoneMbsf::ExpectProblem(check, change(info), 504, "the MB-SMF cannot activate it");
    check.Equal(lone.msks.size(), 1u, "it stays inactive");
    lone.Cooperate();
    check.Equal(change(info).status, 204, "activated");
    check.Equal(lone.msks.size(), 2u, "then one MSK is made for both requests");
    info.mbsServInfo.emplace().mbsMediaComps["1"].mbsQosReq.emplace().fiveQi = 7;
    const std::size_t keys = lone.msks.size();
    const uint32_t updates = lone.updates;
    check.Equal(change(info).status, 204, "another QoS");
    check.Expect(lone.updates == updates + 1 && lone.msks.size() == keys,
                 "the MB-SMF is told, and no key is made");

    info.mbsServInfo->mbsMediaComps["1"].mbsQosReq->fiveQi = 8;
    info.mbsDistSessState = nmbstf::DistSessionState::INACTIVE;
    check.Equal(change(info).status, 204, "QoS and state in one patch");
    check.Equal(lone.updates, updates + 3, "are two updates of the MB-SMF");
    info.mbsDistSessState = nmbstf::DistSessionState::ACTIVE;
    change(info);
}

void
GoesOnIfItCannotBeDeactivated(Check& check)
{
    LoneMbsf lone(Seconds(0));
    lone.CreateIngest(lone.CreateService());
    nmbsf::MbsUserDataIngSessionPatch patch;
    patch.mbsDisSessInfos["stream0"].mbsDistSessState = nmbstf::DistSessionState::INACTIVE;
    const auto deactivate = [&] {
        return lone.Ask("PATCH", sbi::path::IngestSession("2"), patch.Encode());
    };
    const nmbsmf::StatusNotifyReqData msk{
        {{{nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST}}, ""}};
    const auto want = [&] {
        lone.Ask("POST", "/nmbsmf-callback/v1/mbs-session-status/2", msk.Encode());
        lone.Notify(LoneMbsf::Report(lone.msks.back().mskId));
    };
    lone.On("PATCH", sbi::path::DIST_SESSION, Problem(500, "UNSPECIFIED_NF_FAILURE", ""));
    LoneMbsf::ExpectProblem(check, deactivate(), 504, "the MBSTF cannot stop");
    lone.Cooperate();
    want();
    check.Equal(lone.msks.size(), 2u, "keys are made as before");

    lone.On("PATCH", sbi::path::MBS_SESSION, Problem(500, "UNSPECIFIED_NF_FAILURE", ""));
    LoneMbsf::ExpectProblem(check, deactivate(), 504, "the MB-SMF cannot deactivate it");
    check.Expect(lone.patches.back().distSessionState == nmbstf::DistSessionState::ACTIVE,
                 "the MBSTF is told to go on");
    lone.Cooperate();
    want();
    check.Equal(lone.msks.size(), 3u, "and keys are made");
}

void
RenewsWhenAsked(Check& check)
{
    LoneMbsf lone(Seconds(0));
    lone.function->SetAttribute("MskOverlap", TimeValue(Seconds(60)));
    lone.CreateIngest(lone.CreateService());
    const std::string path = "/nmbsmf-callback/v1/mbs-session-status/";
    const auto want = [&](const char* event, const std::string& id = "2") {
        return lone.Ask("POST", path + id, nmbsmf::StatusNotifyReqData{{{{event}}, ""}}.Encode());
    };
    LoneMbsf::ExpectProblem(check,
                            want(nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST, "99"),
                            404,
                            "unknown session");
    LoneMbsf::ExpectProblem(check, lone.Ask("POST", path + "2", "{"), 400, "no notification");
    check.Equal(want("SOMETHING_ELSE").status, 204, "another event");
    check.Equal(lone.msks.size(), 1u, "changes nothing");
    check.Equal(want(nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST).status, 204, "an MSK");
    check.Equal(lone.msks.size(), 2u, "is made");
    want(nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST);
    want(nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST);
    check.Equal(lone.msks.size(), 2u, "the next one waits until this one is with the MB-SMF");
    lone.Notify(LoneMbsf::Report(lone.msks[1].mskId));
    check.Equal(lone.updates, 1u, "there it is");
    check.Equal(lone.msks.size(), 3u, "and one more follows for both");
    check.Expect(lone.mbsKeys.size() == 2 && lone.mbsKeys[0].mskId == lone.msks[0].mskId &&
                     lone.mbsKeys[0].mskLifetime && !lone.mbsKeys[1].mskLifetime,
                 "the last MSK stays in the context, with an end");
    lone.Notify(LoneMbsf::Report(lone.msks[2].mskId));
    check.Equal(lone.msks.size(), 3u, "but no more");
    const std::size_t patches = lone.patches.size();
    want(nmbsmf::MbsSessionEventType::MTK_UPDATE_REQUEST);
    check.Expect(lone.patches.size() == patches + 1 &&
                     lone.patches.back().mbsSecurityContext.size() == 1 &&
                     lone.patches.back().mbsSecurityContext[0].mskId == lone.msks[2].mskId &&
                     !lone.patches.back().mbsSecurityContext[0].msk,
                 "an MTK is asked for by the name of its MSK");
    const nmbsmf::MbsSessionEvent late{nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED,
                                       Simulator::Now() - Seconds(10)};
    lone.Ask("POST", path + "2", nmbsmf::StatusNotifyReqData{{{late}, ""}}.Encode());
    check.Equal(lone.patches.size(), patches + 1, "that UEs have the MSK before is late news");
    want(nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED);
    const KeySet over = lone.patches.back().mbsSecurityContext.at(0);
    check.Expect(lone.patches.size() == patches + 2 && over.mskId == lone.msks[1].mskId &&
                     !over.msk && over.mskLifetime && *over.mskLifetime <= Simulator::Now(),
                 "when UEs have the MSK, the one before is over");
    want(nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST);
    const std::size_t before = lone.patches.size();
    want(nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED);
    check.Equal(lone.patches.size(), before, "not while another MSK is on its way");
    lone.On("PATCH", sbi::path::DIST_SESSION, Problem(404, "NOT_FOUND", ""));
    want(nmbsmf::MbsSessionEventType::MTK_UPDATE_REQUEST);
    check.Equal(lone.LastDrop(),
                "Nmbstf_MBSDistributionSession_Update: the MBSTF answered status 404",
                "a refusal is counted");
}

void
EndsSessions(Check& check)
{
    LoneMbsf lone;
    const std::string service = lone.CreateService();
    const std::string path = lone.CreateIngest(service, std::nullopt).location;
    std::vector<std::string> deleted;
    const auto gone = [&deleted](const SbiRequest& request) {
        deleted.push_back(request.path);
        return NoContent();
    };
    lone.On("DELETE", sbi::path::DIST_SESSION, gone);
    lone.On("DELETE", sbi::path::MBS_SESSION, gone);
    lone.On("DELETE", sbi::path::TMGI, gone);
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("DELETE", sbi::path::IngestSession("99"), ""),
                            404,
                            "unknown session");
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("DELETE", sbi::path::MbsUserService("99"), ""),
                            404,
                            "unknown service");
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("DELETE", sbi::path::MbsUserService(service), ""),
                            403,
                            "a service that is in use");
    check.Equal(lone.Ask("DELETE", path, "").status, 204, "the session ends");
    check.Equal(lone.function->GetActiveSessionCount(), 0u, "it is forgotten");
    check.Expect(deleted.size() == 3 && deleted[0] == sbi::path::DistSession("1") &&
                     deleted[1] == sbi::path::MbsSession("1") &&
                     deleted[2].rfind(sbi::path::TMGI, 0) == 0,
                 "at the MBSTF, then at the MB-SMF, and its name is given back");
    LoneMbsf::ExpectProblem(check, lone.Ask("DELETE", path, ""), 404, "once");
    check.Equal(lone.Ask("DELETE", sbi::path::MbsUserService(service), "").status,
                204,
                "the service ends");
    const std::size_t msks = lone.msks.size();
    LoneMbsf::Run(100);
    check.Equal(lone.msks.size(), msks, "no more MSKs are made");
    LoneMbsf::ExpectProblem(check,
                            lone.Notify(LoneMbsf::Report(lone.msks.at(0).mskId)),
                            404,
                            "nobody wants to hear of MTKs");
}

void
EndsSessionsInSpiteOfErrors(Check& check)
{
    LoneMbsf lone;
    const std::string path = lone.CreateIngest(lone.CreateService(), SESSION).location;
    lone.On("DELETE", sbi::path::DIST_SESSION, Problem(404, "NOT_FOUND", ""));
    lone.On("DELETE", sbi::path::MBS_SESSION, Problem(404, "NOT_FOUND", ""));
    const std::size_t before = lone.dropped.size();
    check.Equal(lone.Ask("DELETE", path, "").status, 204, "it ends whatever the peers say");
    check.Equal(lone.dropped.size(), before + 2, "which is counted");
}

void
AnswersRepetitions(Check& check)
{
    LoneMbsf lone;
    const std::string service = lone.CreateService();
    const SbiResponse first = lone.CreateIngest(service);
    const SbiResponse again = lone.CreateIngest(service);
    check.Expect(again.status == 201 && again.location == first.location &&
                     again.body == first.body,
                 "an AF that repeats itself gets the same session");
    check.Equal(lone.created.size(), 1u, "which is not set up again");
    LoneMbsf::ExpectProblem(check,
                            lone.CreateIngest(lone.CreateService()),
                            403,
                            "another user service with the same TMGI");
    const SbiResponse retrieved = lone.Ask("GET", first.location, "");
    check.Expect(retrieved.status == 200 && retrieved.body == first.body, "it can be retrieved");
    LoneMbsf::ExpectProblem(check,
                            lone.Ask("GET", sbi::path::IngestSession("99"), ""),
                            404,
                            "one that is not there cannot");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of an MBSF alone */
void
AddMbsfTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an MBSF ") + name, body));
    };
    add("refuses requests about unknown resources and of rubbish", RefusesRequests);
    add("sets a session up step by step, with a TMGI of the MB-SMF", SetsUp);
    add("answers the AF 504 when a neighbour fails, whichever", NeighboursFail);
    add("repeats with growing pauses what a neighbour refuses", RepeatsUpdates);
    add("answers the AF 504 when the MBSTF reports no MTK", EmptyReport);
    add("gives every session a group and a key group of its own", SessionsOfTheirOwn);
    add("renews MSKs and brings them to the MB-SMF with their MTK", RenewsMsks);
    add("changes a session for the AF and holds keys back while it is inactive", ChangesASession);
    add("a session that cannot be deactivated goes on", GoesOnIfItCannotBeDeactivated);
    add("makes keys when the MB-SMF asks for them", RenewsWhenAsked);
    add("ends a session at the MBSTF, then at the MB-SMF", EndsSessions);
    add("ends a session in spite of errors", EndsSessionsInSpiteOfErrors);
    add("answers an AF that repeats itself with the session there is", AnswersRepetitions);
}

} // namespace ns3::mbs
