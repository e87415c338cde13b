// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-lone-smf.h"

#include "ns3/mbs-mtk-wrap.h"
#include "ns3/mbs-ngap-path-switch.h"
#include "ns3/mbs-ngap-session.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nsmf.h"
#include "ns3/mbs-sbi-paths.h"
#include "ns3/mbs-smf.h"

#include "ns3/boolean.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <string>

namespace ns3::mbs
{

namespace
{

void
RefusesRequests(Check& check)
{
    LoneSmf lone;
    check.Equal(lone.function->GetNumber(), 6u, "number");
    LoneSmf::ExpectProblem(check, lone.FromUe("nobody", RequestOf(1)), 404, "unknown context");
    LoneSmf::ExpectProblem(check,
                           lone.Ask("POST", sbi::path::SmContextModify("member"), "{"),
                           400,
                           "no JSON");
    nsmf::SmContextUpdateData update;
    update.n1SmMsg = sbi::RefToBinaryData{"n1msg"};
    LoneSmf::ExpectProblem(check,
                           lone.Ask("POST", sbi::path::SmContextModify("member"), update.Encode()),
                           400,
                           "a part that is referred to is missing");
    SbiRequest broken = MultipartRequest(sbi::path::SmContextModify("member"),
                                         update.Encode(),
                                         {{SBI_NAS_TYPE, "n1msg", RequestOf(1)}},
                                         {});
    broken.body = broken.body.Get().Sub(0, 20);
    LoneSmf::ExpectProblem(check, lone.Ask(broken), 400, "no multipart");

    LoneSmf::ExpectProblem(check, lone.Ask("POST", NOTIFY, "{}"), 404, "not subscribed");
    LoneSmf::ExpectProblem(check,
                           lone.Ask("POST", "/nmbsmf-callback/v1/context-status/xyz", "{}"),
                           404,
                           "no session's name");
    lone.Join("member");
    LoneSmf::ExpectProblem(check, lone.Ask("POST", NOTIFY, "[1"), 400, "no notification");
    check.Equal(lone.toUe.size(), 1u, "only the real request was answered to the UE");
    check.Equal(lone.dropped.size(), 0u, "what is answered with an error is not dropped");
}

void
DropsWrongN1(Check& check)
{
    LoneSmf lone;
    const auto expectDropped = [&](const Bytes& n1, const std::string& why) {
        const std::size_t before = lone.dropped.size();
        check.Equal(lone.FromUe("member", n1).status, 204, "the AMF did nothing wrong");
        check.Equal(lone.dropped.size(), before + 1, why);
        check.Expect(lone.LastDrop().find(why) != std::string::npos, lone.LastDrop());
    };
    expectDropped(Bytes{0x2e}, "5GSM message");
    expectDropped(Bytes{0xff, 0xff, 0xff, 0xff}, "5GSM message");
    PduSessionModificationCommand command;
    command.pduSessionId = 2;
    expectDropped(command.Encode(), "not one that a UE sends");
    PduSessionModificationComplete complete;
    complete.pduSessionId = 2;
    complete.pti = 1;
    expectDropped(complete.Encode(), "no command waits for it");
    PduSessionModificationRequest nothing;
    nothing.pduSessionId = 2;
    nothing.pti = 1;
    expectDropped(nothing.Encode(), "it asks for nothing about multicast");
    const Bytes whole = RequestOf(1);
    for (std::size_t size = 1; size < whole.size(); ++size)
    {
        expectDropped(ByteView(whole).Sub(0, size).ToBytes(), "");
    }
    check.Equal(lone.subscriptions, 0u, "the MB-SMF hears nothing");
    check.Equal(lone.toUe.size(), 0u, "nor does the UE");

    lone.Join("member");
    expectDropped(whole, "a repetition; its answer is on the way");
    complete.pti = 9;
    expectDropped(complete.Encode(), "no command waits for it");
    PduSessionModificationCommandReject reject;
    reject.pduSessionId = 2;
    reject.pti = 1;
    expectDropped(reject.Encode(), "the UE did not carry the command out");
    check.Expect(lone.rejected == std::vector<std::string>{"imsi-member " + ToHex(lone.n1.front())},
                 "it is told which command was refused");
    expectDropped(reject.Encode(), "no command waits for it");
}

void
WhatIsNotSupported(Check& check)
{
    LoneSmf lone;
    const SsmIpv4 ssm{Ipv4Address("10.0.0.1"), Ipv4Address("232.1.1.1")};
    for (const Bytes& request :
         {RequestOf(5, ssm, MbsOperation::LEAVE), RequestOf(5, ssm, MbsOperation::JOIN)})
    {
        lone.FromUe("member", request);
        const auto reject = PduSessionModificationReject::Decode(lone.n1.back());
        check.Expect(reject && reject->pti == 5 &&
                         reject->cause == NasSmCause::SERVICE_OPTION_NOT_SUPPORTED,
                     "PDU SESSION MODIFICATION REJECT, cause 32");
    }
    check.Equal(lone.toUe.size(), 2u, "each is answered once");
}

void
AnswersAllSessionsOfARequestAtOnce(Check& check)
{
    LoneSmf lone(false);
    const Tmgi other(7, PlmnId());
    const Tmgi third(8, PlmnId());
    PduSessionModificationRequest request;
    request.pduSessionId = 2;
    request.pti = 9;
    request.requestedMbs = RequestedMbsContainer{
        {{MbsOperation::JOIN, SESSION},
         {MbsOperation::JOIN, other},
         {MbsOperation::LEAVE, third},
         {MbsOperation::JOIN, SsmIpv4{Ipv4Address("10.0.0.1"), Ipv4Address("232.1.1.1")}}}};
    lone.FromUe("member", request.Encode());
    lone.FromUe("member", request.Encode());
    check.Equal(lone.toUe.size(), 1u, "one command answers for all, and to a repetition too");
    const auto command = PduSessionModificationCommand::Decode(lone.n1.back());
    check.Expect(command && command->receivedMbs && command->pti == 9, "it is the answer");
    const auto& sessions = command->receivedMbs->sessions;
    check.Equal(sessions.size(), std::size_t{3}, "sessions in it");
    check.Expect(sessions[0].tmgi == SESSION &&
                     sessions[0].decision == MbsDecision::JOIN_ACCEPTED &&
                     sessions[0].keySets.size() == 1,
                 "the first is joined, with keys");
    check.Expect(sessions[1].tmgi == other && sessions[1].decision == MbsDecision::JOIN_REJECTED &&
                     sessions[1].cause == MbsRejectionCause::NOT_AUTHORIZED &&
                     sessions[1].keySets.empty(),
                 "the second is refused");
    check.Expect(sessions[2].tmgi == third && sessions[2].decision == MbsDecision::REMOVED,
                 "the third is left");
    check.Expect(lone.n2.back(), "the gNB is told in the same transfer");
    check.Equal(lone.subscriptions, 2u, "each session that was not known is asked for once");
    check.Equal(lone.unsubscribed.size(), std::size_t{1}, "and the one nobody is in given up");
    check.Equal(lone.function->GetJoinedCount(SESSION), 1u, "one UE joined");
    check.Equal(lone.function->GetJoinedCount(other), 0u, "and is not in the second session");
    lone.Complete("member", 9);
    LoneSmf::Run(100);
    check.Equal(lone.retransmitted, 0u, "one COMPLETE ends it");
    request.requestedMbs->requests.assign(33, {MbsOperation::JOIN, SESSION});
    lone.FromUe("member", request.Encode());
    const auto reject = PduSessionModificationReject::Decode(lone.n1.back());
    check.Expect(reject && reject->cause == NasSmCause::INSUFFICIENT_RESOURCES,
                 "more sessions than a gNB can be told of are refused");
}

void
JoinOfSeveralIsGivenUp(Check& check)
{
    LoneSmf lone;
    const Tmgi other(7, PlmnId());
    PduSessionModificationRequest request;
    request.pduSessionId = 2;
    request.pti = 9;
    request.requestedMbs =
        RequestedMbsContainer{{{MbsOperation::JOIN, SESSION}, {MbsOperation::JOIN, other}}};
    lone.FromUe("guest", request.Encode());
    check.Equal(lone.function->GetJoinedCount(SESSION) + lone.function->GetJoinedCount(other),
                2u,
                "it counts as joined until it is known to be out");
    LoneSmf::Run(1000);
    check.Equal(lone.givenUp, 1u, "no COMPLETE ever comes");
    check.Equal(lone.function->GetJoinedCount(SESSION) + lone.function->GetJoinedCount(other),
                0u,
                "it is in neither session");
    check.Equal(lone.unsubscribed.size(), std::size_t{2}, "and both subscriptions end");
}

void
JoinsOnce(Check& check)
{
    LoneSmf lone;
    lone.Join("member", 4);
    check.Expect(lone.Decision().decision == MbsDecision::JOIN_ACCEPTED, "accepted");
    check.Expect(lone.Decision().tmgi == SESSION && lone.Decision().keySets.size() == 1 &&
                     lone.Decision().keySets[0].msk == *Keys()[0].msk &&
                     lone.Decision().keySets[0].mtk,
                 "with MSK and MTK");
    check.Expect(lone.n2.back(), "and bearers for the gNB");
    check.Equal(lone.function->GetJoinedCount(SESSION), 1u, "one UE joined");
    lone.Complete("member", 4);
    lone.Join("guest", 5);
    check.Equal(lone.subscriptions, 1u, "one subscription for both");
    check.Equal(lone.function->GetJoinedCount(SESSION), 2u, "two UEs joined");
    lone.Complete("guest", 5);
    lone.Join("member", 6);
    check.Equal(lone.function->GetJoinedCount(SESSION), 2u, "who joins again counts once");
    lone.Complete("member", 6);
    LoneSmf::Run(100);
    check.Equal(lone.retransmitted, 0u, "what is completed is not sent again");
    check.Equal(lone.toUe.size(), 3u, "three commands");
    check.Equal(lone.function->GetJoinedCount(Tmgi(1, PlmnId())), 0u, "none in another session");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

void
WhoMayNotJoin(Check& check)
{
    LoneSmf lone(false);
    const auto expectRejected = [&](const char* ref) {
        lone.Join(ref);
        check.Expect(lone.Decision().decision == MbsDecision::JOIN_REJECTED &&
                         lone.Decision().cause == MbsRejectionCause::NOT_AUTHORIZED &&
                         lone.Decision().keySets.empty(),
                     std::string(ref) + " is not authorized and gets no key");
        check.Expect(!lone.n2.back(), "and no bearer");
        lone.Complete(ref);
    };
    expectRejected("barred");
    check.Equal(lone.subscriptions, 0u, "for a barred UE the MB-SMF is not asked");
    expectRejected("guest");
    check.Equal(lone.subscriptions, 1u, "for a guest it is");
    check.Equal(lone.unsubscribed.size(), 1u, "but keys that nobody may have are not kept");
    lone.Join("member");
    check.Expect(lone.Decision().decision == MbsDecision::JOIN_ACCEPTED, "a member may");
    check.Equal(lone.function->GetJoinedCount(SESSION), 1u, "one UE joined");
}

void
SubscriptionFails(Check& check)
{
    LoneSmf lone;
    for (const SbiResponse& answer : {Problem(404, "MBS_SESSION_NOT_FOUND", ""),
                                      JsonResponse(201, "rubbish"),
                                      JsonResponse(200, "{}")})
    {
        const std::size_t before = lone.dropped.size();
        lone.On("POST", sbi::path::CONTEXT_SUBSCRIPTIONS, answer);
        lone.Join("member");
        check.Equal(lone.dropped.size(), before + 1, "the answer is dropped");
        check.Expect(lone.Decision().decision == MbsDecision::JOIN_REJECTED &&
                         lone.Decision().cause == MbsRejectionCause::CONTEXT_NOT_FOUND,
                     "the UE is told that there is no such session");
        lone.Complete("member");
    }
    lone.On("POST", sbi::path::CONTEXT_SUBSCRIPTIONS, [](const SbiRequest& request) {
        return Subscribed(request, true, {});
    });
    lone.Join("member");
    check.Expect(lone.Decision().decision == MbsDecision::JOIN_ACCEPTED &&
                     lone.Decision().keySets.empty(),
                 "the next UE makes it ask again; a session without keys can be joined");
}

void
CommandIsSentAgain(Check& check)
{
    LoneSmf lone;
    lone.Join("member");
    LoneSmf::Run(79);
    check.Equal(lone.retransmitted, 4u, "four times, 16 s apart");
    check.Equal(lone.toUe.size(), 5u, "five commands");
    check.Equal(lone.toUe.at(4), lone.toUe.at(0), "all the same");
    check.Equal(lone.givenUp, 0u, "not given up before T3591 ran out once more");
    LoneSmf::Run(1);
    check.Equal(lone.givenUp, 1u, "then it is");
    LoneSmf::Run(100);
    check.Equal(lone.toUe.size(), 5u, "and nothing more is sent");
}

void
OneProcedureAtATime(Check& check)
{
    LoneSmf lone;
    lone.Join("member");
    check.Equal(
        lone.Ask("POST", NOTIFY, Notification(nmbsmf::ContextStatusEventType::SECURITY_INFO))
            .status,
        204,
        "the MB-SMF is answered at once");
    check.Equal(lone.keysReceived, 1u, "the keys were seen on arrival");
    check.Equal(lone.toUe.size(), 1u, "the UE's first command is still under way");
    lone.Complete("member");
    check.Equal(lone.toUe.size(), 2u, "then comes the second");
    check.Expect(lone.Decision().decision == MbsDecision::SECURITY_UPDATE &&
                     lone.Decision().keySets.size() == 1,
                 "with the new keys");
    check.Expect(!lone.n2.back(), "which changes no bearer");
    lone.Complete("member", 0);
    lone.Ask("POST", NOTIFY, Notification(nmbsmf::ContextStatusEventType::STATUS_INFO));
    check.Equal(lone.toUe.size(), 2u, "another event sends nothing");
}

/** @brief Brings two updates to a UE that takes two seconds to answer. @param lone an SMF */
void
UpdateTwice(LoneSmf& lone)
{
    lone.Join("member");
    LoneSmf::Run(1);
    lone.Complete("member");
    for (uint16_t msk = 2; msk <= 3; ++msk)
    {
        lone.Ask("POST", NOTIFY, Notification(nmbsmf::ContextStatusEventType::SECURITY_INFO, msk));
    }
}

void
LateAnswersDoNotEndTheNextProcedure(Check& check)
{
    LoneSmf lone;
    UpdateTwice(lone);
    LoneSmf::Run(14.5);
    check.Equal(lone.toUe.size(), 3u, "join, update, the same update again");
    lone.Complete("member", 0);
    check.Equal(lone.toUe.size(), 4u, "the first copy's answer ends the first update");
    lone.Complete("member", 0);
    check.Expect(lone.LastDrop().find("a command that was answered before") != std::string::npos,
                 "the second copy's is none to the second update: " + lone.LastDrop());
    LoneSmf::Run(16);
    check.Equal(lone.retransmitted, 2u, "so the second update is sent again");
    LoneSmf::Run(2);
    lone.Complete("member", 0);
    LoneSmf::Run(100);
    check.Equal(lone.retransmitted, 2u, "until it is answered itself");
    check.Equal(lone.givenUp, 0u, "and it is over");
}

void
LostCopiesAreNotWaitedFor(Check& check)
{
    LoneSmf lone;
    UpdateTwice(lone);
    LoneSmf::Run(18);
    lone.Complete("member", 0);
    lone.Complete("member", 0);
    LoneSmf::Run(100);
    check.Equal(lone.retransmitted, 1u, "each update is ended by its own answer");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

void
LostLateAnswerCostsOneCopy(Check& check)
{
    LoneSmf lone;
    UpdateTwice(lone);
    LoneSmf::Run(14.5);
    lone.Complete("member", 0);
    LoneSmf::Run(2);
    lone.Complete("member", 0);
    check.Equal(lone.dropped.size(), 1u, "taken for the one that was lost");
    LoneSmf::Run(18);
    lone.Complete("member", 0);
    LoneSmf::Run(100);
    check.Equal(lone.retransmitted, 2u, "the next answer counts");
    check.Equal(lone.givenUp, 0u, "and the update is over");
}

void
OnlyWhatIsNew(Check& check)
{
    LoneSmf lone;
    lone.Join("member");
    lone.Complete("member");
    nmbsmf::ContextStatusNotifyReqData notify;
    nmbsmf::ContextStatusEventReport report;
    report.eventType = nmbsmf::ContextStatusEventType::SECURITY_INFO;
    SecurityContext both = Keys();
    both[0].mskLifetime = Simulator::Now() + Seconds(10);
    both.push_back(Keys()[0]);
    both[1].mskId = MskId(1, 2);
    report.mbsSecurityContext = both;
    notify.reportList.push_back(report);
    lone.Ask("POST", NOTIFY, notify.Encode());
    check.Expect(lone.Decision().keySets.size() == 1 &&
                     lone.Decision().keySets[0].mskId == MskId(1, 2),
                 "who is in gets the new MSK only");
    lone.Complete("member", 0);
    const std::size_t before = lone.n1.size();
    lone.Ask("POST", NOTIFY, notify.Encode());
    check.Equal(lone.n1.size(), before, "and nothing if there is none");
    lone.Join("guest");
    check.Equal(lone.Decision().keySets.size(), 2u, "who joins gets both");
    lone.Complete("guest");
    LoneSmf::Run(10);
    lone.FromUe("guest", RequestOf(2, SESSION, MbsOperation::LEAVE));
    lone.Complete("guest", 2);
    lone.Join("guest", 3);
    check.Equal(lone.Decision().keySets.size(), 1u, "until the lifetime of the old one is over");
}

void
EncryptsAsTheAttributeSays(Check& check)
{
    LoneSmf lone;
    const KeySet keys = Keys()[0];
    const auto expected = [&keys](const std::string& wrap) {
        return ToHex(MtkWrap::Create(wrap)->Wrap(*keys.msk,
                                                 keys.keyDomainId,
                                                 keys.mskId,
                                                 keys.mtk->id,
                                                 keys.mtk->key));
    };
    const auto given = [&lone]() {
        const ReceivedMbsInformation decision = lone.Decision();
        return decision.keySets.empty() || !decision.keySets[0].mtk
                   ? std::string()
                   : ToHex(decision.keySets[0].mtk->encryptedMtk);
    };
    lone.Join("member");
    check.Equal(given(), expected("aes-block"), "the default");
    lone.Complete("member");
    lone.function->SetAttribute("MtkWrap", StringValue("aes-cm"));
    lone.Join("guest");
    check.Equal(given(), expected("aes-cm"), "what was encrypted before is not given any more");
}

void
ReportsMembership(Check& check)
{
    LoneSmf lone;
    lone.function->SetAttribute("ReportMembership", BooleanValue(true));
    std::vector<std::string> reports;
    lone.On("POST", sbi::path::CONTEXT_UPDATE, [&reports](const SbiRequest& request) {
        const auto body = nmbsmf::ContextUpdateReqData::Decode(request.body);
        reports.push_back(body && body->mbsSessionId.tmgi == SESSION && !body->n2MbsSmInfo &&
                                  !body->leaveInd
                              ? body->requestedAction
                              : "rubbish");
        return reports.size() < 3 ? NoContent() : Problem(404, "MBS_SESSION_NOT_FOUND", "");
    });
    lone.Join("member");
    check.Equal(reports.size(), 0u, "nothing before the join is completed");
    lone.Complete("member");
    lone.FromUe("member", RequestOf(2, SESSION, MbsOperation::LEAVE));
    check.Expect(reports == std::vector<std::string>{"START", "TERMINATE"},
                 "a join, and a leave before the UE is told");
    lone.Complete("member", 2);
    lone.Join("member", 3);
    lone.Complete("member", 3);
    check.Equal(lone.LastDrop(),
                "ContextUpdate: the MB-SMF answered status 404",
                "a refusal is counted");
}

void
NamesWithoutMsk(Check& check)
{
    LoneSmf lone;
    lone.On("POST", sbi::path::CONTEXT_SUBSCRIPTIONS, [](const SbiRequest& request) {
        SecurityContext keys = Keys();
        keys.push_back(keys[0]);
        keys[1].mskId = MskId(1, 2);
        keys[1].mtk.reset();
        keys.push_back(keys[0]);
        keys[2].mskId = MskId(1, 3);
        keys[2].msk.reset();
        return Subscribed(request, true, keys);
    });
    lone.Join("member");
    check.Equal(lone.Decision().keySets.size(), 2u, "two MSKs; one that is only named is left out");
    check.Expect(lone.Decision().keySets.size() == 2 && lone.Decision().keySets[0].mtk &&
                     !lone.Decision().keySets[1].mtk,
                 "the second one without an MTK");
}

void
AsksTwiceBeforeTheAnswer(Check& check)
{
    LoneSmf lone;
    nsmf::SmContextUpdateData update;
    update.n1SmMsg = sbi::RefToBinaryData{"n1msg"};
    for (uint8_t pti = 1; pti <= 2; ++pti)
    {
        lone.sbi->Send(lone.net.Address(0),
                       80,
                       MultipartRequest(sbi::path::SmContextModify("member"),
                                        update.Encode(),
                                        {{SBI_NAS_TYPE, "n1msg", RequestOf(pti)}},
                                        {"test", "request"}),
                       [](const SbiResponse&) {});
    }
    LoneSmf::Run();
    check.Equal(lone.subscriptions, 1u, "one subscription");
    check.Equal(lone.toUe.size(), 1u, "one command");
    check.Equal(lone.function->GetJoinedCount(SESSION), 1u, "one UE joined");
}

/**
 * @param lone an SMF
 * @param type of the information from the gNB
 * @param transfer the information
 * @return the answer, for the PDU session "member"
 */
SbiResponse
FromGnb(LoneSmf& lone, const char* type, const Bytes& transfer)
{
    nsmf::SmContextUpdateData update;
    update.toBeSwitched = std::string(type) == nsmf::N2SmInfoType::PATH_SWITCH_REQ;
    update.n2SmInfo = sbi::RefToBinaryData{"n2info"};
    update.n2SmInfoType = type;
    return lone.Ask(MultipartRequest(sbi::path::SmContextModify("member"),
                                     update.Encode(),
                                     {{SBI_NGAP_TYPE, "n2info", transfer}},
                                     {}));
}

void
WrongN2(Check& check)
{
    LoneSmf lone;
    const auto answer = [&](const char* type, const Bytes& transfer) {
        return FromGnb(lone, type, transfer).status;
    };
    check.Equal(answer(nsmf::N2SmInfoType::PDU_RES_MOD_RSP,
                       NgapPduSessionResourceModifyResponseTransfer().Encode()),
                204,
                "a good answer of the gNB");
    check.Equal(lone.dropped.size(), 0u, "is taken");
    check.Equal(answer(nsmf::N2SmInfoType::PDU_RES_MOD_RSP, Bytes{0xff, 0xff}), 204, "rubbish");
    check.Equal(lone.dropped.size(), 1u, "is dropped");
    check.Equal(answer(nsmf::N2SmInfoType::PDU_RES_MOD_FAIL, Bytes{0}), 204, "a failure");
    check.Equal(lone.dropped.size(), 2u, "is counted");
}

/** @param lone an SMF whose UE comes to a gNB with multicast @return its answer */
SbiResponse
SwitchPath(LoneSmf& lone)
{
    NgapPathSwitchRequestTransfer transfer;
    transfer.dlNguUpTnlInformation = {{Ipv4Address("10.0.0.7"), {}}, 77};
    transfer.qosFlowsAccepted = {1};
    transfer.mbsSupportIndicator = NgapMbsSupportIndicator::MULTICAST_SUPPORTED;
    return FromGnb(lone, nsmf::N2SmInfoType::PATH_SWITCH_REQ, transfer.Encode());
}

/** Trace source PathSwitched: what it says, as text. */
void
OnPathSwitched(std::vector<std::string>* list,
               const std::string& supi,
               const NgapGtpTunnel& downlink,
               bool multicast)
{
    list->push_back(supi + " " + std::to_string(downlink.gtpTeid) + (multicast ? " MBS" : ""));
}

void
SwitchesPaths(Check& check)
{
    LoneSmf lone;
    std::vector<std::string> switched;
    lone.function->TraceConnectWithoutContext("PathSwitched",
                                              MakeBoundCallback(&OnPathSwitched, &switched));
    const SbiResponse answer = SwitchPath(lone);
    const auto parts = SbiParts::Read(answer.contentType, answer.body);
    const auto body = parts ? nsmf::SmContextUpdatedData::Decode(parts->json)
                            : Decoded<nsmf::SmContextUpdatedData>(parts.Error());
    const auto n2 = body && body->n2SmInfo ? parts->Find(*body->n2SmInfo) : std::nullopt;
    check.Expect(n2 && body->n2SmInfoType == nsmf::N2SmInfoType::PATH_SWITCH_REQ_ACK &&
                     NgapPathSwitchRequestAcknowledgeTransfer::Decode(*n2),
                 "Path Switch Request Acknowledge Transfer");
    check.Equal(switched.size(), 1u, "traced once");
    check.Equal(switched.at(0), std::string("imsi-member 77 MBS"), "with the new gNB's tunnel");
    LoneSmf::ExpectProblem(check,
                           FromGnb(lone, nsmf::N2SmInfoType::PATH_SWITCH_REQ, Bytes{0xff}),
                           400,
                           "rubbish");
    check.Equal(lone.toUe.size(), 0u, "a UE without command gets none");
}

void
SendsCommandAfterHandover(Check& check)
{
    const NgapPduSessionResourceModifyUnsuccessfulTransfer leaving{
        {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_XN_HANDOVER_TRIGGERED},
        {}};
    for (const bool switchedFirst : {false, true})
    {
        LoneSmf lone;
        lone.Join("member");
        check.Equal(lone.toUe.size(), 1u, "a command is under way");
        if (switchedFirst)
        {
            SwitchPath(lone);
            check.Equal(lone.toUe.size(), 1u, "it may have arrived before the UE moved");
        }
        FromGnb(lone, nsmf::N2SmInfoType::PDU_RES_MOD_FAIL, leaving.Encode());
        if (!switchedFirst)
        {
            check.Equal(lone.toUe.size(), 1u, "it waits for the UE to arrive");
            SwitchPath(lone);
        }
        check.Equal(lone.toUe.size(), 2u, "it is sent to the new gNB at once");
        check.Equal(lone.toUe.at(1), lone.toUe.at(0), "as it was");
        check.Expect(lone.n2.at(1), "with the bearers of the session");
        check.Equal(lone.retransmitted, 0u, "T3591 has nothing to do with it");
        check.Equal(lone.dropped.size(), 0u, "nothing is dropped");
        lone.Complete("member");
        LoneSmf::Run(100);
        check.Equal(lone.toUe.size(), 2u, "and is answered");
        FromGnb(lone, nsmf::N2SmInfoType::PDU_RES_MOD_FAIL, leaving.Encode());
        SwitchPath(lone);
        check.Equal(lone.toUe.size(), 2u, "a UE without command gets none");
    }
}

void
AmfRefuses(Check& check)
{
    LoneSmf lone;
    lone.On("POST", sbi::path::N1_N2_MESSAGES, Problem(404, "CONTEXT_NOT_FOUND", ""));
    lone.Join("member");
    check.Equal(lone.LastDrop(),
                "N1N2MessageTransfer: the AMF answered status 404",
                "the AMF's refusal is counted");
    check.Equal(lone.function->GetJoinedCount(SESSION), 1u, "T3591 will try again");
}

/** @param check where to report @param lone an SMF @param cause why @param n2 for the gNB */
void
ExpectRemoval(Check& check, const LoneSmf& lone, MbsRejectionCause cause)
{
    check.Expect(lone.Decision().decision == MbsDecision::REMOVED &&
                     lone.Decision().cause == cause && lone.Decision().tmgi == SESSION &&
                     lone.Decision().keySets.empty(),
                 "remove UE, with the cause, without keys");
    check.Expect(lone.n2.back(), "and the gNB is told");
}

void
Leaves(Check& check)
{
    LoneSmf lone;
    lone.Join("member", 1);
    lone.Complete("member", 1);
    lone.Join("guest", 2);
    lone.Complete("guest", 2);
    lone.FromUe("member", RequestOf(3, SESSION, MbsOperation::LEAVE));
    ExpectRemoval(check, lone, MbsRejectionCause::NONE);
    check.Equal(lone.function->GetJoinedCount(SESSION), 1u, "one UE is left");
    lone.Complete("member", 3);
    check.Equal(lone.unsubscribed.size(), 0u, "for which the subscription stays");
    const std::size_t before = lone.n1.size();
    lone.Ask("POST", NOTIFY, Notification(nmbsmf::ContextStatusEventType::SECURITY_INFO));
    check.Equal(lone.n1.size(), before + 1, "new keys go to the UE that is left only");
    lone.Complete("guest", 0);
    lone.FromUe("guest", RequestOf(4, SESSION, MbsOperation::LEAVE));
    check.Equal(lone.unsubscribed.size(), 0u, "until the last one is told");
    lone.Complete("guest", 4);
    check.Equal(lone.unsubscribed.size(), 1u, "then the subscription ends");
    check.Equal(lone.unsubscribed.at(0), sbi::path::ContextSubscription("1"), "that one");
    LoneSmf::ExpectProblem(check, lone.Ask("POST", NOTIFY, "{}"), 404, "not subscribed any more");
    lone.FromUe("guest", RequestOf(5, SESSION, MbsOperation::LEAVE));
    ExpectRemoval(check, lone, MbsRejectionCause::NONE);
    lone.Complete("guest", 5);
    lone.Join("guest", 6);
    check.Equal(lone.subscriptions, 2u, "who comes back makes it subscribe again");
    lone.Complete("guest", 6);
    lone.On("DELETE", sbi::path::CONTEXT_SUBSCRIPTION, Problem(404, "SUBSCRIPTION_NOT_FOUND", ""));
    lone.FromUe("guest", RequestOf(7, SESSION, MbsOperation::LEAVE));
    lone.Complete("guest", 7);
    check.Equal(lone.LastDrop(),
                "ContextStatusUnSubscribe: the MB-SMF answered status 404",
                "a refusal is counted");
}

void
KeysDoNotFollowALeaver(Check& check)
{
    LoneSmf lone;
    lone.Join("member", 1);
    // The join is not completed yet, so that all that follows waits behind it.
    lone.Ask("POST", NOTIFY, Notification(nmbsmf::ContextStatusEventType::SECURITY_INFO));
    lone.FromUe("member", RequestOf(2, SESSION, MbsOperation::LEAVE));
    lone.Ask("POST", NOTIFY, Notification(nmbsmf::ContextStatusEventType::SECURITY_INFO, 3));
    check.Equal(lone.n1.size(), 1u, "one command at a time");
    lone.Complete("member", 1);
    check.Equal(lone.n1.size(), 2u, "the next one");
    ExpectRemoval(check, lone, MbsRejectionCause::NONE);
    lone.Complete("member", 2);
    check.Equal(lone.n1.size(), 2u, "is the last: no keys before or after it");
}

void
LeavesWhileItWaits(Check& check)
{
    LoneSmf lone;
    nsmf::SmContextUpdateData update;
    update.n1SmMsg = sbi::RefToBinaryData{"n1msg"};
    for (const Bytes& request : {RequestOf(1), RequestOf(2, SESSION, MbsOperation::LEAVE)})
    {
        lone.sbi->Send(lone.net.Address(0),
                       80,
                       MultipartRequest(sbi::path::SmContextModify("member"),
                                        update.Encode(),
                                        {{SBI_NAS_TYPE, "n1msg", request}},
                                        {"test", "request"}),
                       [](const SbiResponse&) {});
    }
    LoneSmf::Run();
    check.Equal(lone.n1.size(), 1u, "one command");
    ExpectRemoval(check, lone, MbsRejectionCause::NONE);
    check.Equal(lone.function->GetJoinedCount(SESSION), 0u, "it is not in");
    check.Equal(lone.unsubscribed.size(), 1u, "and nobody wants the session");
}

void
RemovesUes(Check& check)
{
    {
        LoneSmf lone(false);
        lone.function->RemoveUe("member", SESSION);
        LoneSmf::Run();
        check.Equal(lone.n1.size(), 0u, "a UE that is not in is told nothing");
        lone.Join("member");
        check.Expect(lone.Decision().decision == MbsDecision::JOIN_REJECTED, "and may not join");
    }
    LoneSmf other(false);
    other.Join("member", 1);
    other.Complete("member", 1);
    other.function->RemoveUe("member", SESSION);
    LoneSmf::Run();
    ExpectRemoval(check, other, MbsRejectionCause::NOT_AUTHORIZED);
    check.Equal(other.function->GetJoinedCount(SESSION), 0u, "no UE is left");
    other.Complete("member", 0);
    check.Equal(other.unsubscribed.size(), 1u, "and the subscription ends");
    other.Join("member", 2);
    check.Expect(other.Decision().decision == MbsDecision::JOIN_REJECTED, "it may not come back");
}

void
RemovalIsGivenUp(Check& check)
{
    LoneSmf lone;
    lone.Join("member", 1);
    lone.Complete("member", 1);
    lone.FromUe("member", RequestOf(2, SESSION, MbsOperation::LEAVE));
    LoneSmf::Run(80);
    check.Equal(lone.givenUp, 1u, "nobody completes");
    check.Equal(lone.unsubscribed.size(), 1u, "the UE is out all the same");
}

void
JoinIsGivenUp(Check& check)
{
    LoneSmf lone;
    lone.Join("member", 1);
    LoneSmf::Run(81);
    check.Equal(lone.givenUp, 1u, "nobody completes");
    check.Equal(lone.function->GetJoinedCount(SESSION), 0u, "the UE is not in");
    check.Equal(lone.unsubscribed.size(), 1u, "and the subscription ends");
    lone.Join("member", 2);
    lone.FromUe("member", RequestOf(3, SESSION, MbsOperation::LEAVE));
    lone.FromUe("member", RequestOf(4));
    LoneSmf::Run(79);
    check.Equal(lone.givenUp, 2u, "a join that is given up");
    check.Equal(lone.function->GetJoinedCount(SESSION), 1u, "does not undo a later one");
}

void
SessionIsReleased(Check& check)
{
    LoneSmf lone;
    for (const char* ref : {"member", "guest"})
    {
        lone.Join(ref, 1);
        lone.Complete(ref, 1);
    }
    const std::size_t before = lone.n1.size();
    check.Equal(
        lone.Ask("POST", NOTIFY, Notification(nmbsmf::ContextStatusEventType::SESSION_RELEASE))
            .status,
        204,
        "the MB-SMF is answered");
    check.Equal(lone.n1.size(), before + 2, "both UEs are told");
    ExpectRemoval(check, lone, MbsRejectionCause::SESSION_RELEASED);
    check.Equal(lone.function->GetJoinedCount(SESSION), 0u, "nobody is in");
    lone.Complete("member", 0);
    lone.Complete("guest", 0);
    check.Equal(lone.unsubscribed.size(), 0u, "the subscription has ended by itself");
    check.Equal(lone.keysReceived, 0u, "no keys came with the release");
    lone.Join("member", 2);
    check.Equal(lone.subscriptions, 2u, "who asks again makes it ask again");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of an SMF alone */
void
AddSmfTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an SMF ") + name, body));
    };
    add("refuses requests about unknown resources, of rubbish and without parts", RefusesRequests);
    add("drops N1 messages that are wrong, cut off or unexpected", DropsWrongN1);
    add("rejects requests that it does not support", WhatIsNotSupported);
    add("answers for all sessions of a request in one command", AnswersAllSessionsOfARequestAtOnce);
    add("counts a UE as out of every session of a join that it never completes",
        JoinOfSeveralIsGivenUp);
    add("subscribes once and lets UEs join with the keys", JoinsOnce);
    add("encrypts MTKs as the attribute says, also when it was set meanwhile",
        EncryptsAsTheAttributeSays);
    add("gives no key to a UE that may not join", WhoMayNotJoin);
    add("tells a UE when the MB-SMF does not know the session", SubscriptionFails);
    add("switches the path of a UE that comes to another gNB", SwitchesPaths);
    add("sends a command again that a handover kept from its UE", SendsCommandAfterHandover);
    add("sends a command again when T3591 runs out, then gives up", CommandIsSentAgain);
    add("has one procedure at a time with a UE", OneProcedureAtATime);
    add("does not take a late answer to a copy of a command for one to the next",
        LateAnswersDoNotEndTheNextProcedure);
    add("does not wait for answers to copies that were lost", LostCopiesAreNotWaitedFor);
    add("sends a command once more if a late answer before it is lost", LostLateAnswerCostsOneCopy);
    add("brings every MSK of the context, with or without an MTK", NamesWithoutMsk);
    add("lets a UE that asks twice before the MB-SMF answers join once", AsksTwiceBeforeTheAnswer);
    add("drops N2 answers that are wrong and counts failures", WrongN2);
    add("counts what the AMF refuses", AmfRefuses);
    add("brings members the MSKs that they do not have, and joiners all that are valid",
        OnlyWhatIsNew);
    add("reports joins and leaves if it shall", ReportsMembership);
    add("lets UEs leave and unsubscribes when the last one is out", Leaves);
    add("sends no keys to a UE that leaves", KeysDoNotFollowALeaver);
    add("lets a UE leave that still waits to join", LeavesWhileItWaits);
    add("removes a UE and does not let it in again", RemovesUes);
    add("counts a UE as out even if it never completes its removal", RemovalIsGivenUp);
    add("counts a UE as out if it never completes its join", JoinIsGivenUp);
    add("removes every UE when the session is released", SessionIsReleased);
}

} // namespace ns3::mbs
