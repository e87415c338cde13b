// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-lone-function.h"

#include "ns3/mbs-mb-smf.h"
#include "ns3/mbs-ngap-distribution.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <string>

namespace ns3::mbs
{

namespace
{

/** The session of the tests. */
const Tmgi SESSION(0x123456, PlmnId());

/** Group and C-TEID that the MB-UPF chooses. */
const PfcpMulticastTransport GROUP{77, {Ipv4Address("10.1.0.2"), Ipv4Address("232.0.1.0")}};

/** An MB-SMF, and a node that plays MB-UPF, MBSF, SMF and AMF. */
struct LoneMbSmf : LoneFunction<MbSmf>
{
    /** Changes an answer of the MB-UPF for the worse. */
    using Spoil = void (*)(PfcpSessionEstablishmentResponse& response);

    LoneMbSmf()
        : upf(CreateObject<N4Endpoint>())
    {
        function->SetMbUpf(Peer());
        function->TraceConnectWithoutContext("SecurityContextReceived",
                                             MakeCallback(&LoneMbSmf::KeysReceived, this));
        upf->Install(net.At(1));
        upf->SetRequestHandler(
            [this](Ipv4Address, Bytes request, const N4Endpoint::Responder& respond) {
                respond(AnswerOf(request));
            });
        upf->Listen();
    }

    ~LoneMbSmf()
    {
        upf->Dispose();
    }

    /** @param request PFCP @return what the MB-UPF answers */
    Bytes AnswerOf(const Bytes& request)
    {
        const auto header = PfcpHeader::Peek(request);
        if (header->type == PfcpType::ASSOCIATION_SETUP_REQUEST)
        {
            PfcpAssociationSetupResponse response;
            response.sequence = header->sequence;
            response.cause = associationCause;
            return response.Encode();
        }
        if (header->type == PfcpType::SESSION_ESTABLISHMENT_REQUEST)
        {
            establishments.push_back(*PfcpSessionEstablishmentRequest::Decode(request));
            PfcpSessionEstablishmentResponse response;
            response.sequence = header->sequence;
            response.seid = establishments.back().cpFSeid.seid;
            response.upFSeid = PfcpFSeid{9, net.Address(1)};
            response.multicast = GROUP;
            PfcpCreatedPdr pdr;
            pdr.pdrId = 1;
            pdr.localIngressTunnel = PfcpLocalIngressTunnel{false, 20000, net.Address(1)};
            response.createdPdrs.push_back(pdr);
            if (spoil != nullptr)
            {
                spoil(response);
            }
            return response.Encode();
        }
        if (header->type == PfcpType::SESSION_DELETION_REQUEST)
        {
            deletions.push_back(*PfcpSessionDeletionRequest::Decode(request));
            PfcpSessionDeletionResponse response;
            response.sequence = header->sequence;
            response.cause = deletionCause;
            return response.Encode();
        }
        modifications.push_back(*PfcpSessionModificationRequest::Decode(request));
        PfcpSessionModificationResponse response;
        response.sequence = header->sequence;
        response.cause = modificationCause;
        return response.Encode();
    }

    void KeysReceived(const Tmgi& tmgi, const SecurityContext& context)
    {
        keysReceived += tmgi == SESSION ? context.size() : 100;
    }

    /** @param tmgi the session @return the answer to Create, with keys */
    SbiResponse Create(const std::optional<Tmgi>& tmgi = SESSION, bool withKeys = true)
    {
        nmbsmf::CreateReqData request;
        if (tmgi)
        {
            request.mbsSession.mbsSessionId.emplace();
            request.mbsSession.mbsSessionId->tmgi = tmgi;
        }
        request.mbsSession.tmgiAllocReq = !tmgi;
        request.mbsSession.ingressTunAddrReq = true;
        request.mbsSession.anyUeInd = true;
        if (withKeys)
        {
            request.mbsSession.mbsSecurityContext = Keys(1);
        }
        return Ask("POST", sbi::path::MBS_SESSIONS, request.Encode());
    }

    /** @param number Key Number part of the MSK ID @return a security context */
    static SecurityContext Keys(uint16_t number)
    {
        KeySet keys;
        keys.keyDomainId = KeyDomainId(PlmnId());
        keys.mskId = MskId(1, number);
        keys.msk = Key128({1, 2, 3});
        return {keys};
    }

    Ptr<N4Endpoint> upf;                                         //!< the MB-UPF's end
    PfcpCause associationCause{PfcpCause::ACCEPTED};             //!< of the MB-UPF
    PfcpCause modificationCause{PfcpCause::ACCEPTED};            //!< of the MB-UPF
    Spoil spoil{nullptr};                                        //!< what is wrong with it
    std::vector<PfcpSessionEstablishmentRequest> establishments; //!< that the MB-UPF got
    std::vector<PfcpSessionModificationRequest> modifications;   //!< that the MB-UPF got
    std::vector<PfcpSessionDeletionRequest> deletions;           //!< that the MB-UPF got
    PfcpCause deletionCause{PfcpCause::ACCEPTED};                //!< of the MB-UPF
    std::size_t keysReceived{0};                                 //!< trace source
};

/**
 * @param lone the MB-SMF
 * @param event of interest
 * @param immediate true for a report in the answer
 * @param uri where to notify
 * @param tmgi the session
 * @return the answer to ContextStatusSubscribe
 */
SbiResponse
Subscribe(LoneMbSmf& lone,
          const std::string& event,
          bool immediate,
          const std::string& uri,
          const Tmgi& tmgi = SESSION)
{
    nmbsmf::ContextStatusSubscribeReqData request;
    request.subscription.nfcInstanceId = sbi::NfInstanceIdFor(1);
    request.subscription.mbsSessionId.tmgi = tmgi;
    request.subscription.eventList.push_back({event, immediate, ""});
    request.subscription.notifyUri = uri;
    request.subscription.notifyCorrelationId = "mine";
    return lone.Ask("POST", sbi::path::CONTEXT_SUBSCRIPTIONS, request.Encode());
}

/** Events. */
constexpr const char* SECURITY = nmbsmf::ContextStatusEventType::SECURITY_INFO;
constexpr const char* STATUS = nmbsmf::ContextStatusEventType::STATUS_INFO;

void
AllocatesTmgis(Check& check)
{
    LoneMbSmf lone;
    lone.function->SetAttribute("FirstServiceId", UintegerValue(0xfffffd));
    lone.Start();
    const auto allocate = [&](const std::string& body) {
        return lone.Ask("POST", sbi::path::TMGI, body);
    };
    const auto first = allocate(R"({"tmgiNumber": 2})");
    const auto body = nmbsmf::TmgiAllocated::Decode(first.body);
    check.Expect(first.status == 200 && body && body->tmgiList.size() == 2 &&
                     body->tmgiList[0] == Tmgi(0xfffffd, PlmnId()) &&
                     body->tmgiList[1] == Tmgi(0xfffffe, PlmnId()),
                 "two in a row");
    LoneMbSmf::ExpectProblem(check, allocate(R"({"tmgiNumber": 2})"), 500, "only one is left");
    check.Equal(allocate(R"({"tmgiNumber": 1})").status, 200, "which can be had");
    LoneMbSmf::ExpectProblem(check, allocate(R"({"tmgiNumber": 1})"), 500, "none is left");
    LoneMbSmf::ExpectProblem(check, allocate("{}"), 400, "no number");
    LoneMbSmf::ExpectProblem(check, allocate("rubbish"), 400, "no JSON");
    LoneMbSmf::ExpectProblem(check, allocate(R"({"tmgiNumber": 0})"), 400, "none wanted");
}

void
WrongPlmn(Check& check)
{
    LoneMbSmf lone;
    lone.function->SetAttribute("Mcc", StringValue("12"));
    lone.Start();
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask("POST", sbi::path::TMGI, R"({"tmgiNumber": 1})"),
                             500,
                             "no TMGI without a network");
}

void
CreatesSessions(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    check.Equal(lone.dropped.size(), 0u, "associated with the MB-UPF");
    const SbiResponse answer = lone.Create();
    check.Equal(answer.status, 201, "created");
    check.Expect(bool(sbi::path::Match(sbi::path::MBS_SESSION, answer.location)), "a resource");
    const auto body = nmbsmf::CreateRspData::Decode(answer.body);
    check.Expect(body && body->mbsSession.ingressTunAddr.size() == 1 &&
                     body->mbsSession.ingressTunAddr[0].portNumber == 20000,
                 "with the MB-UPF's tunnel");
    check.Equal(lone.function->GetSessionCount(), 1u, "one session");
    check.Equal(lone.keysReceived, 1u, "keys seen on arrival");
    const auto& establish = lone.establishments.at(0);
    check.Expect(establish.control.sessionId.tmgi == SESSION && establish.control.provideLlSsm &&
                     establish.createFars.at(0).action.multicast,
                 "the MB-UPF got the session's name and was asked for a group");
    LoneMbSmf::ExpectProblem(check, lone.Create(), 403, "the same TMGI again");
    LoneMbSmf::ExpectProblem(check, lone.Create(std::nullopt), 400, "no TMGI");
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask("POST", sbi::path::MBS_SESSIONS, "{}"),
                             400,
                             "no session");
    check.Equal(lone.Create(Tmgi(9, PlmnId())).status, 201, "another session");
    check.Equal(lone.function->GetSessionCount(), 2u, "two sessions");
}

void
CreatesSessionsAgain(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    lone.On("POST", "/keys", NoContent());
    const auto create = [&lone](const std::string& uri, uint16_t msk) {
        nmbsmf::CreateReqData request;
        request.mbsSession.mbsSessionId.emplace();
        request.mbsSession.mbsSessionId->tmgi = SESSION;
        request.mbsSession.mbsSessionSubsc.emplace();
        request.mbsSession.mbsSessionSubsc->eventList = {
            {nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST}};
        request.mbsSession.mbsSessionSubsc->notifyUri = uri;
        request.mbsSession.mbsSecurityContext = LoneMbSmf::Keys(msk);
        return lone.Ask("POST", sbi::path::MBS_SESSIONS, request.Encode());
    };
    const SbiResponse first = create("http://10.0.0.1:80/1", 1);
    check.Equal(first.status, 201, "created");
    Subscribe(lone, SECURITY, false, "http://10.1.0.2:80/keys");
    const SbiResponse repeated = create("http://10.0.0.1:80/1", 1);
    check.Expect(repeated.status == 201 && repeated.location == first.location,
                 "an MBSF that repeats itself gets the same session");
    check.Equal(lone.heard.size(), 0u, "of which nothing new is to be told");
    const SbiResponse again = create("http://10.0.0.1:80/2", 2);
    check.Expect(again.status == 201 && again.location == first.location,
                 "as does one that has forgotten it");
    check.Equal(lone.heard.size(), 1u, "whose new keys go to the SMFs");
    check.Equal(lone.establishments.size(), 1u, "the MB-UPF hears of it once");
    LoneMbSmf::ExpectProblem(check, create("http://10.0.0.9:80/1", 1), 403, "another MBSF");
    LoneMbSmf::ExpectProblem(check, lone.Create(), 403, "one that says not where it is");
}

void
MbUpfFails(Check& check)
{
    static const std::pair<const char*, LoneMbSmf::Spoil> CASES[] = {
        {"rejected", [](PfcpSessionEstablishmentResponse& r) { r.cause = PfcpCause::REJECTED; }},
        {"no SEID", [](PfcpSessionEstablishmentResponse& r) { r.upFSeid.reset(); }},
        {"no group", [](PfcpSessionEstablishmentResponse& r) { r.multicast.reset(); }},
        {"no PDR", [](PfcpSessionEstablishmentResponse& r) { r.createdPdrs.clear(); }},
        {"no tunnel",
         [](PfcpSessionEstablishmentResponse& r) { r.createdPdrs[0].localIngressTunnel.reset(); }}};
    LoneMbSmf lone;
    lone.Start();
    for (const auto& [name, spoil] : CASES)
    {
        const std::size_t before = lone.dropped.size();
        lone.spoil = spoil;
        LoneMbSmf::ExpectProblem(check, lone.Create(), 504, name);
        check.Equal(lone.dropped.size(), before + 1, std::string(name) + ": counted");
        check.Equal(lone.function->GetSessionCount(), 0u, std::string(name) + ": no session");
    }
    lone.spoil = nullptr;
    check.Equal(lone.Create().status, 201, "afterwards the TMGI can be used");
}

void
MbUpfIsSilent(Check& check)
{
    LoneMbSmf lone;
    lone.upf->SetRequestHandler(N4Endpoint::RequestHandler());
    lone.Start();
    SbiResponse answer;
    nmbsmf::CreateReqData request;
    request.mbsSession.mbsSessionId.emplace();
    request.mbsSession.mbsSessionId->tmgi = SESSION;
    lone.sbi->SetAttribute("RequestTimeout", TimeValue(Seconds(100)));
    const std::string json = request.Encode();
    lone.sbi->Send(lone.net.Address(0),
                   80,
                   {"POST",
                    sbi::path::MBS_SESSIONS,
                    SBI_JSON_TYPE,
                    Bytes(json.begin(), json.end()),
                    {"test", "create"}},
                   [&answer](const SbiResponse& response) { answer = response; });
    LoneMbSmf::Run(5);
    check.Equal(answer.status, 0, "it waits for the MB-UPF");
    LoneMbSmf::ExpectProblem(check,
                             Subscribe(lone, SECURITY, true, "http://10.1.0.2/notify"),
                             404,
                             "a session that is not set up yet");
    LoneMbSmf::Run(60);
    LoneMbSmf::ExpectProblem(check, answer, 504, "until it gives up");
    check.Equal(lone.dropped.size(), 2u, "no association and no session");
    check.Equal(lone.function->GetSessionCount(), 0u, "no session");
}

void
AssociationRefused(Check& check)
{
    LoneMbSmf lone;
    lone.associationCause = PfcpCause::REJECTED;
    lone.Start();
    check.Equal(lone.dropped.size(), 1u, "counted");
}

void
Updates(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    const std::string path = lone.Create().location;
    nmbsmf::MbsSessionPatch patch;
    patch.mbsSecurityContext = LoneMbSmf::Keys(2);
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask("PATCH", sbi::path::MbsSession("99"), patch.Encode()),
                             404,
                             "unknown session");
    LoneMbSmf::ExpectProblem(check, lone.Ask("PATCH", path, "rubbish"), 400, "no patch");

    lone.On("POST", "/notify/{id}", NoContent());
    lone.On("POST", "/refuse/{id}", Problem(404, "SUBSCRIPTION_NOT_FOUND", ""));
    Subscribe(lone, SECURITY, false, "http://10.1.0.2:80/notify/1");
    Subscribe(lone, STATUS, true, "http://10.1.0.2:80/notify/2");
    Subscribe(lone, SECURITY, true, "http://10.1.0.2/refuse/3");
    check.Equal(lone.Ask("PATCH", path, patch.Encode()).status, 204, "new keys");
    check.Equal(lone.heard.size(), 2u, "those who asked for keys are told");
    const auto notify = nmbsmf::ContextStatusNotifyReqData::Decode(lone.heard.at(0).body);
    check.Expect(notify && notify->notifyCorrelationId == "mine" &&
                     notify->reportList.at(0).mbsSecurityContext.at(0).mskId == MskId(1, 2),
                 "the new keys");
    check.Equal(lone.LastDrop(),
                "ContextStatusNotify: the SMF answered status 404",
                "a refusal is counted");
    check.Equal(lone.keysReceived, 2u, "keys were seen on arrival, twice");
    nmbsmf::MbsSessionPatch status;
    status.activityStatus = sbi::MbsSessionActivityStatus::INACTIVE;
    check.Equal(lone.Ask("PATCH", path, status.Encode()).status, 204, "another state");
    check.Equal(lone.heard.size(), 3u, "those who asked for keys are told of keys only");
    const auto told = nmbsmf::ContextStatusNotifyReqData::Decode(lone.heard.back().body);
    check.Expect(lone.heard.back().path == "/notify/2" && told &&
                     told->reportList.at(0).eventType == STATUS &&
                     told->reportList.at(0).statusInfo == sbi::MbsSessionActivityStatus::INACTIVE,
                 "those who asked for the status of that");
    lone.Ask("PATCH", path, status.Encode());
    check.Equal(lone.heard.size(), 3u, "the same state again is none");
}

void
Subscriptions(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    const std::string uri = "http://10.1.0.2/notify/1";
    LoneMbSmf::ExpectProblem(check, Subscribe(lone, SECURITY, true, uri), 404, "unknown session");
    lone.Create();
    lone.Create(Tmgi(9, PlmnId()), false);
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask("POST", sbi::path::CONTEXT_SUBSCRIPTIONS, "{}"),
                             400,
                             "no subscription");
    for (const char* wrong : {"ftp://10.1.0.2/x", "http://10.1.0.2", "http://mbsf/x", "x"})
    {
        LoneMbSmf::ExpectProblem(check, Subscribe(lone, SECURITY, true, wrong), 400, wrong);
    }
    const auto answer = Subscribe(lone, SECURITY, true, uri);
    const auto body = nmbsmf::ContextStatusSubscribeRspData::Decode(answer.body);
    check.Expect(answer.status == 201 && body && body->reportList.size() == 1 &&
                     body->reportList[0].mbsSecurityContext.size() == 1,
                 "with an immediate report of the keys");
    check.Expect(body && body->mbsContextInfo && body->mbsContextInfo->anyUeInd &&
                     body->mbsContextInfo->cTeid == GROUP.cTeid,
                 "and the session's context");
    const auto same = Subscribe(lone, SECURITY, true, uri);
    check.Expect(same.status == 201 && same.location == answer.location,
                 "who asks again has one subscription still");
    const auto later = Subscribe(lone, SECURITY, false, uri + "/later");
    const auto none = nmbsmf::ContextStatusSubscribeRspData::Decode(later.body);
    check.Expect(later.status == 201 && none && none->reportList.empty() &&
                     later.location != answer.location,
                 "without one if none is wanted");
    const auto open = nmbsmf::ContextStatusSubscribeRspData::Decode(
        Subscribe(lone, SECURITY, true, uri, Tmgi(9, PlmnId())).body);
    check.Expect(open && open->reportList.empty(), "nor if the session has no keys");
}

/**
 * @param transfer DISTRIBUTION SETUP REQUEST TRANSFER
 * @param action START or TERMINATE
 * @param tmgi the session
 * @param part content ID of the binary part
 * @return ContextUpdate that refers to "n2"
 */
SbiRequest
ContextUpdate(const Bytes& transfer,
              const char* action = nmbsmf::ContextUpdateAction::START,
              const Tmgi& tmgi = SESSION,
              const std::string& part = "n2")
{
    nmbsmf::ContextUpdateReqData body;
    body.nfcInstanceId = sbi::NfInstanceIdFor(1);
    body.mbsSessionId.tmgi = tmgi;
    body.requestedAction = action;
    body.n2MbsSmInfo = nmbsmf::N2MbsSmInfo{nmbsmf::NgapIeType::MBS_DIS_SETUP_REQ, {"n2"}};
    return MultipartRequest(sbi::path::CONTEXT_UPDATE,
                            body.Encode(),
                            {{SBI_NGAP_TYPE, part, transfer}},
                            {});
}

/** @param response to ContextUpdate @return the transfer in it */
Decoded<NgapMbsDistributionSetupResponseTransfer>
TransferOf(const SbiResponse& response)
{
    const auto parts = SbiParts::Read(response.contentType, response.body);
    const auto body = parts ? nmbsmf::ContextUpdateRspData::Decode(parts->json)
                            : Decoded<nmbsmf::ContextUpdateRspData>(parts.Error());
    if (!body || !body->n2MbsSmInfo || !parts->Find(body->n2MbsSmInfo->ngapData))
    {
        return DecodeError::MALFORMED;
    }
    return NgapMbsDistributionSetupResponseTransfer::Decode(
        *parts->Find(body->n2MbsSmInfo->ngapData));
}

void
SharedDelivery(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    NgapMbsDistributionSetupRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    const Bytes multicast = transfer.Encode();
    LoneMbSmf::ExpectProblem(check, lone.Ask(ContextUpdate(multicast)), 404, "unknown session");
    lone.Create();
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask("POST", sbi::path::CONTEXT_UPDATE, "rubbish"),
                             400,
                             "no JSON");
    SbiRequest broken = ContextUpdate(multicast);
    broken.body = broken.body.Get().Sub(0, 30);
    LoneMbSmf::ExpectProblem(check, lone.Ask(broken), 400, "no multipart");
    LoneMbSmf::ExpectProblem(
        check,
        lone.Ask(ContextUpdate(multicast, nmbsmf::ContextUpdateAction::START, SESSION, "other")),
        400,
        "the part is not there");
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask(ContextUpdate(multicast, "PAUSE")),
                             400,
                             "neither START nor TERMINATE");
    LoneMbSmf::ExpectProblem(
        check,
        lone.Ask(ContextUpdate(Bytes{0xff}, nmbsmf::ContextUpdateAction::TERMINATE)),
        400,
        "no transfer to end with");
    LoneMbSmf::ExpectProblem(check, lone.Ask(ContextUpdate(Bytes{0xff})), 400, "no transfer");

    const auto group = TransferOf(lone.Ask(ContextUpdate(multicast)));
    check.Expect(group && group->sharedNguMulticastTnlInformation &&
                     group->sharedNguMulticastTnlInformation->gtpTeid == GROUP.cTeid &&
                     group->sharedNguMulticastTnlInformation->ipMulticastAddress.ipv4 ==
                         GROUP.llSsm.destination,
                 "a gNB without a tunnel gets the group");
    check.Equal(lone.modifications.size(), 0u, "of which the MB-UPF knows");

    NgapGtpTunnel tunnel;
    tunnel.transportLayerAddress.ipv4 = Ipv4Address("10.9.0.1");
    tunnel.gtpTeid = 5;
    transfer.sharedNguUnicastTnlInformation = tunnel;
    const auto unicast = TransferOf(lone.Ask(ContextUpdate(transfer.Encode())));
    check.Expect(unicast && !unicast->sharedNguMulticastTnlInformation,
                 "a gNB with a tunnel gets none");
    const PfcpUpdateFar far = lone.modifications.at(0).updateFars.at(0);
    check.Expect(lone.modifications[0].seid == 9 && far.action && far.action->unicast &&
                     far.addUnicast.at(0).tunnel.teid == 5,
                 "the MB-UPF gets the tunnel");
    check.Equal(lone.Ask(ContextUpdate(transfer.Encode())).status, 200, "asked once more");
    check.Equal(lone.modifications.size(), 1u, "it has the tunnel already");
    transfer.sharedNguUnicastTnlInformation->gtpTeid = 6;
    check.Equal(lone.Ask(ContextUpdate(transfer.Encode())).status, 200, "a new tunnel");
    check.Expect(lone.modifications.at(1).updateFars.at(0).removeUnicast ==
                     std::vector<uint16_t>{far.addUnicast.at(0).id},
                 "of a gNB that has forgotten the old one replaces it");
    transfer.sharedNguUnicastTnlInformation->transportLayerAddress.ipv4 = Ipv4Address("10.9.0.2");
    lone.modificationCause = PfcpCause::SESSION_NOT_FOUND;
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask(ContextUpdate(transfer.Encode())),
                             504,
                             "the MB-UPF refuses the tunnel");
    check.Expect(lone.modifications.at(0).updateFars[0].addUnicast[0].id !=
                     lone.modifications.at(2).updateFars.at(0).addUnicast.at(0).id,
                 "each tunnel has a name of its own");
}

void
MulticastOnlyWhereWanted(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    lone.Create();
    check.Expect(lone.function->GetN4() != nullptr, "endpoint for trace sources");
    NgapMbsDistributionSetupRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    const Bytes multicast = transfer.Encode();
    NgapGtpTunnel tunnel;
    tunnel.transportLayerAddress.ipv4 = Ipv4Address("10.9.0.1");
    transfer.sharedNguUnicastTnlInformation = tunnel;
    check.Equal(lone.Ask(ContextUpdate(transfer.Encode())).status, 200, "a gNB with a tunnel");
    const auto action = [&] { return *lone.modifications.back().updateFars.at(0).action; };
    check.Expect(action().unicast && !action().multicast, "alone needs no multicast");
    check.Equal(lone.Ask(ContextUpdate(multicast)).status, 200, "a gNB without one");
    check.Expect(action().unicast && action().multicast, "brings multicast back");
    check.Equal(lone.modifications.size(), 2u, "two changes at the MB-UPF");
    check.Equal(lone.Ask(ContextUpdate(multicast)).status, 200, "a further one");
    check.Equal(lone.modifications.size(), 2u, "changes nothing more");
}

/**
 * @param tunnel of the gNB that leaves, if it has one
 * @param last true if it is the AMF's last one
 * @param amf number of the AMF
 * @return ContextUpdate, TERMINATE
 */
SbiRequest
Leave(const std::optional<NgapGtpTunnel>& tunnel, bool last, uint32_t amf = 1)
{
    NgapMbsDistributionReleaseRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    transfer.sharedNguUnicastTnlInformation = tunnel;
    nmbsmf::ContextUpdateReqData body;
    body.nfcInstanceId = sbi::NfInstanceIdFor(amf);
    body.mbsSessionId.tmgi = SESSION;
    body.requestedAction = nmbsmf::ContextUpdateAction::TERMINATE;
    body.n2MbsSmInfo = nmbsmf::N2MbsSmInfo{nmbsmf::NgapIeType::MBS_DIS_REL_REQ, {"n2"}};
    body.leaveInd = last;
    return MultipartRequest(sbi::path::CONTEXT_UPDATE,
                            body.Encode(),
                            {{SBI_NGAP_TYPE, "n2", transfer.Encode()}},
                            {});
}

void
TransportEndsWithItsLastConsumer(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    lone.Create();
    NgapMbsDistributionSetupRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    const Bytes multicast = transfer.Encode();
    NgapGtpTunnel tunnels[2];
    for (uint32_t i = 0; i < 2; ++i)
    {
        tunnels[i].transportLayerAddress.ipv4 = Ipv4Address(Ipv4Address("10.9.0.1").Get() + i);
        tunnels[i].gtpTeid = 5 + i;
        transfer.sharedNguUnicastTnlInformation = tunnels[i];
        lone.Ask(ContextUpdate(transfer.Encode()));
    }
    lone.Ask(ContextUpdate(multicast));
    check.Equal(lone.modifications.size(), 3u, "two tunnels and the group");
    const auto far = [&] { return lone.modifications.back().updateFars.at(0); };

    check.Equal(lone.Ask(Leave(tunnels[0], false)).status, 204, "a gNB with a tunnel leaves");
    check.Expect(far().removeUnicast.size() == 1 &&
                     far().removeUnicast[0] == lone.modifications[0].updateFars[0].addUnicast[0].id,
                 "its tunnel goes");
    check.Expect(far().action->unicast && far().action->multicast, "the others stay");
    check.Equal(lone.Ask(Leave(tunnels[0], false)).status, 204, "leaving twice");
    check.Equal(lone.Ask(Leave(std::nullopt, false)).status, 204, "a gNB of the group leaves");
    check.Equal(lone.modifications.size(), 4u, "changes nothing: the AMF has others");
    check.Equal(lone.Ask(Leave(std::nullopt, true, 2)).status, 204, "an AMF that never asked");
    check.Equal(lone.modifications.size(), 4u, "changes nothing either");
    check.Equal(lone.Ask(Leave(std::nullopt, true)).status, 204, "the AMF's last one leaves");
    check.Expect(!far().action->multicast && far().action->unicast, "the group is not sent to");
    check.Equal(lone.Ask(Leave(tunnels[1], true)).status, 204, "the last tunnel");
    check.Expect(far().action->drop && !far().action->unicast, "leaves nobody: DROP");
    lone.modificationCause = PfcpCause::SESSION_NOT_FOUND;
    LoneMbSmf::ExpectProblem(check, lone.Ask(ContextUpdate(multicast)), 504, "a change that fails");
    lone.modificationCause = PfcpCause::ACCEPTED;
    const std::size_t before = lone.modifications.size();
    check.Equal(lone.Ask(ContextUpdate(multicast)).status, 200, "is tried again");
    check.Equal(lone.modifications.size(), before + 1, "at the MB-UPF");
    check.Expect(far().action->multicast, "for the group");
}

void
EndsSubscriptions(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    const std::string path = lone.Create().location;
    lone.On("POST", "/notify/{id}", NoContent());
    const std::string first = Subscribe(lone, SECURITY, false, "http://10.1.0.2/notify/1").location;
    Subscribe(lone, SECURITY, false, "http://10.1.0.2/notify/2");
    check.Equal(lone.Ask("DELETE", first, "").status, 204, "a subscription ends");
    LoneMbSmf::ExpectProblem(check, lone.Ask("DELETE", first, ""), 404, "once");
    nmbsmf::MbsSessionPatch patch;
    patch.mbsSecurityContext = LoneMbSmf::Keys(2);
    lone.Ask("PATCH", path, patch.Encode());
    check.Equal(lone.heard.size(), 1u, "the other SMF only is told of new keys");
    check.Equal(lone.heard.at(0).path, std::string("/notify/2"), "that one");
}

void
ReportsCompletedUpdates(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    lone.On("POST", "/notify/{id}", NoContent());
    lone.On("POST", "/keys", NoContent());
    nmbsmf::CreateReqData create;
    create.mbsSession.mbsSessionId.emplace();
    create.mbsSession.mbsSessionId->tmgi = SESSION;
    create.mbsSession.mbsSecurityContext = LoneMbSmf::Keys(1);
    create.mbsSession.mbsSessionSubsc =
        nmbsmf::MbsSessionSubscription{{{nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED}},
                                       "http://10.1.0.2:80/keys",
                                       "c"};
    const std::string path = lone.Ask("POST", sbi::path::MBS_SESSIONS, create.Encode()).location;
    const auto completions = [&lone] {
        return std::count_if(lone.heard.begin(), lone.heard.end(), [](const SbiRequest& request) {
            return request.path == "/keys";
        });
    };
    const auto update = [&](uint16_t number) {
        nmbsmf::MbsSessionPatch patch;
        patch.mbsSecurityContext = LoneMbSmf::Keys(number);
        lone.Ask("PATCH", path, patch.Encode());
    };
    const auto completed = [&](const std::string& subscription, uint16_t number) {
        nmbsmf::ContextSubscriptionPatch patch;
        patch.mbsSecurityContext = LoneMbSmf::Keys(number);
        patch.mbsSecurityContext.front().msk.reset();
        return lone.Ask("PATCH", subscription, patch.Encode());
    };
    update(2);
    check.Equal(completions(), 1, "without SMFs it is complete at once");
    const std::string first = Subscribe(lone, SECURITY, false, "http://10.1.0.2/notify/1").location;
    const std::string second =
        Subscribe(lone, SECURITY, false, "http://10.1.0.2/notify/2").location;
    update(3);
    const SbiResponse answer = completed(first, 3);
    const auto subscription = nmbsmf::ContextStatusSubscription::Decode(answer.body);
    check.Expect(answer.status == 200 && subscription &&
                     subscription->notifyUri == "http://10.1.0.2/notify/1",
                 "the answer is the subscription, as the standard has it");
    completed(first, 3);
    const Time before = Simulator::Now();
    completed(second, 2);
    check.Equal(completions(), 1, "one SMF twice, and one about an MSK before, are not enough");
    completed(second, 3);
    check.Equal(completions(), 2, "both are");
    const auto report = nmbsmf::StatusNotifyReqData::Decode(lone.heard.back().body);
    const auto since = report ? report->eventList.eventReportList.at(0).timeStamp : std::nullopt;
    check.Expect(since && *since > before && *since <= Simulator::Now(),
                 "the report says since when");
    update(4);
    completed(first, 4);
    lone.Ask("DELETE", second, "");
    check.Equal(completions(), 3, "an SMF that has no UE any more is not waited for");
    LoneMbSmf::ExpectProblem(check, completed(second, 4), 404, "no such subscription");
    LoneMbSmf::ExpectProblem(check, lone.Ask("PATCH", first, "{"), 400, "no patch");
    nmbsmf::MbsSessionPatch other;
    other.activityStatus = sbi::MbsSessionActivityStatus::INACTIVE;
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask("PATCH", first, other.Encode()),
                             400,
                             "a patch of something else");
}

void
AsksForKeys(Check& check)
{
    LoneMbSmf lone;
    lone.function->SetAttribute("RenewOnLeave", StringValue("each"));
    lone.function->SetAttribute("RenewOnJoin", StringValue("batched"));
    lone.function->SetAttribute("RenewedOnJoin", StringValue("mtk"));
    lone.function->SetAttribute("RenewalBatch", TimeValue(Seconds(5)));
    lone.Start();
    lone.On("POST", "/keys", NoContent());
    const auto report = [&](const Tmgi& tmgi, const char* action) {
        nmbsmf::ContextUpdateReqData body;
        body.nfcInstanceId = sbi::NfInstanceIdFor(1);
        body.mbsSessionId.tmgi = tmgi;
        body.requestedAction = action;
        return lone.Ask("POST", sbi::path::CONTEXT_UPDATE, body.Encode()).status;
    };
    const auto asked = [&] {
        const auto body = nmbsmf::StatusNotifyReqData::Decode(lone.heard.back().body);
        return body ? body->eventList.eventReportList.at(0).eventType : "nothing";
    };
    check.Equal(report(SESSION, nmbsmf::ContextUpdateAction::START), 404, "unknown session");
    lone.Create();
    check.Equal(report(SESSION, nmbsmf::ContextUpdateAction::TERMINATE), 204, "a UE leaves");
    check.Equal(lone.LastDrop(),
                "key update: the session's creator did not say where to ask",
                "nobody can be asked");
    const Tmgi other(9, PlmnId());
    nmbsmf::CreateReqData create;
    create.mbsSession.mbsSessionId.emplace();
    create.mbsSession.mbsSessionId->tmgi = other;
    create.mbsSession.mbsSessionSubsc =
        nmbsmf::MbsSessionSubscription{{{nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST}},
                                       "http://10.1.0.2:80/keys",
                                       "c"};
    lone.Ask("POST", sbi::path::MBS_SESSIONS, create.Encode());
    report(other, nmbsmf::ContextUpdateAction::TERMINATE);
    check.Equal(lone.heard.size(), 1u, "each leave");
    check.Equal(asked(), std::string("MSK_UPDATE_REQUEST"), "asks for an MSK");
    report(other, nmbsmf::ContextUpdateAction::START);
    report(other, nmbsmf::ContextUpdateAction::START);
    check.Equal(lone.heard.size(), 1u, "joins wait");
    LoneMbSmf::Run(5);
    check.Equal(lone.heard.size(), 2u, "and ask once");
    check.Equal(asked(), std::string("MTK_UPDATE_REQUEST"), "for an MTK");
    lone.On("POST", "/keys", Problem(404, "SUBSCRIPTION_NOT_FOUND", ""));
    report(other, nmbsmf::ContextUpdateAction::TERMINATE);
    check.Equal(lone.LastDrop(),
                "StatusNotify: the MBSF answered status 404",
                "a refusal is counted");
    report(other, nmbsmf::ContextUpdateAction::START);
    const std::size_t before = lone.heard.size();
    lone.Ask("DELETE", sbi::path::MbsSession("2"), "");
    LoneMbSmf::Run(10);
    check.Equal(lone.heard.size(), before, "a session that is gone wants no keys");
}

void
DeletesSessions(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask("DELETE", sbi::path::MbsSession("1"), ""),
                             404,
                             "unknown session");
    const std::string path = lone.Create().location;
    lone.On("POST", "/notify/{id}", NoContent());
    Subscribe(lone, SECURITY, false, "http://10.1.0.2/notify/1");
    const std::string subscription = Subscribe(lone,
                                               nmbsmf::ContextStatusEventType::SESSION_RELEASE,
                                               false,
                                               "http://10.1.0.2/notify/2")
                                         .location;
    NgapMbsDistributionSetupRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    lone.Ask(ContextUpdate(transfer.Encode()));
    check.Equal(lone.Ask("DELETE", path, "").status, 204, "deleted");
    check.Equal(lone.deletions.size(), 1u, "at the MB-UPF too");
    check.Equal(lone.deletions.at(0).seid, 9u, "that session");
    check.Equal(lone.heard.size(), 1u, "who wanted to know of the release is told");
    const auto notify = nmbsmf::ContextStatusNotifyReqData::Decode(lone.heard.at(0).body);
    check.Expect(notify && notify->reportList.at(0).eventType ==
                               nmbsmf::ContextStatusEventType::SESSION_RELEASE,
                 "of that");
    check.Equal(lone.function->GetSessionCount(), 0u, "it is gone");
    LoneMbSmf::ExpectProblem(check, lone.Ask("DELETE", subscription, ""), 404, "with those");
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask(ContextUpdate(transfer.Encode())),
                             404,
                             "no gNB can join it any more");
    check.Equal(lone.Ask(Leave(std::nullopt, true)).status, 204, "those that are in leave");
    LoneMbSmf::ExpectProblem(check, lone.Ask(Leave(std::nullopt, true)), 404, "once");
    check.Equal(lone.Create().status, 201, "the TMGI can be used again");
    lone.deletionCause = PfcpCause::SESSION_NOT_FOUND;
    check.Equal(lone.Ask("DELETE", sbi::path::MbsSession("2"), "").status,
                204,
                "what the MB-UPF does not know is gone too");
    check.Equal(lone.LastDrop(), "PFCP Session Deletion Response: not accepted", "but counted");
}

void
DeletedWhileItChanges(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    const std::string path = lone.Create().location;
    // From now on the MB-UPF answers nothing until it is told to.
    std::vector<std::pair<Bytes, N4Endpoint::Responder>> held;
    lone.upf->SetRequestHandler(
        [&held](Ipv4Address, Bytes request, const N4Endpoint::Responder& respond) {
            held.emplace_back(std::move(request), respond);
        });
    NgapMbsDistributionSetupRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    NgapGtpTunnel tunnel;
    tunnel.transportLayerAddress.ipv4 = Ipv4Address("10.9.0.1");
    transfer.sharedNguUnicastTnlInformation = tunnel;
    SbiResponse answer;
    SbiRequest request = ContextUpdate(transfer.Encode());
    request.operation = {"test", "update"};
    lone.sbi->Send(lone.net.Address(0), 80, request, [&answer](const SbiResponse& response) {
        answer = response;
    });
    LoneMbSmf::Run(0.1);
    lone.sbi->Send(lone.net.Address(0),
                   80,
                   {"DELETE", path, "", {}, {"test", "delete"}},
                   [](const SbiResponse&) {});
    LoneMbSmf::Run(0.1);
    for (const auto& [octets, respond] : held)
    {
        respond(lone.AnswerOf(octets));
    }
    LoneMbSmf::Run();
    LoneMbSmf::ExpectProblem(check, answer, 404, "who waited is told that the session is gone");
}

void
TakesTmgisBack(Check& check)
{
    LoneMbSmf lone;
    lone.Start();
    nmbsmf::TmgiAllocate request;
    request.tmgiNumber = 2;
    const auto allocated =
        nmbsmf::TmgiAllocated::Decode(lone.Ask("POST", sbi::path::TMGI, request.Encode()).body);
    const auto remove = [&](const std::vector<Tmgi>& tmgis) {
        return lone.Ask("DELETE", sbi::path::TmgiDeallocate(nmbsmf::TmgiList{tmgis}.Encode()), "");
    };
    LoneMbSmf::ExpectProblem(check,
                             remove({allocated->tmgiList.at(0), SESSION}),
                             404,
                             "one that was not given out");
    check.Equal(remove(allocated->tmgiList).status, 204, "both");
    LoneMbSmf::ExpectProblem(check, remove(allocated->tmgiList), 404, "once");
    LoneMbSmf::ExpectProblem(check, lone.Ask("DELETE", sbi::path::TMGI, ""), 400, "no list");
    LoneMbSmf::ExpectProblem(check,
                             lone.Ask("DELETE", std::string(sbi::path::TMGI) + "?tmgi-list=%5", ""),
                             400,
                             "a broken query");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of an MB-SMF alone */
void
AddMbSmfTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an MB-SMF ") + name, body));
    };
    add("gives out TMGIs until none is left", AllocatesTmgis);
    add("gives out no TMGI without a network's name", WrongPlmn);
    add("creates a session once and refuses wrong requests", CreatesSessions);
    add("gives an MBSF that creates its session again the one there is", CreatesSessionsAgain);
    add("answers 504 when the MB-UPF does not set a session up", MbUpfFails);
    add("answers 504 when the MB-UPF never answers", MbUpfIsSilent);
    add("counts that the MB-UPF refuses the association", AssociationRefused);
    add("notifies new keys to those who want to know", Updates);
    add("reports keys at once to a subscriber who wants that", Subscriptions);
    add("has the MB-UPF multicast only where a gNB wants it", MulticastOnlyWhereWanted);
    add("sets shared delivery up, multicast or unicast, and refuses the rest", SharedDelivery);
    add("ends transport on N3mb with its last consumer", TransportEndsWithItsLastConsumer);
    add("ends subscriptions", EndsSubscriptions);
    add("reports an MSK that the UEs of all SMFs have", ReportsCompletedUpdates);
    add("asks the MBSF for keys when UEs join or leave, as the policies say", AsksForKeys);
    add("deletes a session, tells the SMFs and lets gNBs leave", DeletesSessions);
    add("answers who waits for a session that is deleted meanwhile", DeletedWhileItChanges);
    add("takes back the TMGIs that it gave out", TakesTmgisBack);
}

} // namespace ns3::mbs
