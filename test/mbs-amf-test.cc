// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-lone-function.h"

#include "ns3/mbs-amf.h"
#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-ngap-multicast.h"
#include "ns3/mbs-ngap-session.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/nstime.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** The UE that is registered. */
constexpr const char* SUPI = "imsi-001010000000001";

/** The session of the tests. */
const Tmgi SESSION(0x123456, PlmnId());

/** An AMF with one UE, and a node that plays gNB, SMF and MB-SMF. */
struct LoneAmf : LoneFunction<Amf>
{
    LoneAmf()
        : gnb(CreateObject<N2Endpoint>())
    {
        function->SetInstance(3);
        function->SetMbSmf(Peer());
        Amf::UeContext ue;
        ue.supi = SUPI;
        ue.amfUeNgapId = 1;
        ue.ranUeNgapId = 7;
        ue.gnb = net.Address(1);
        ue.pduSessionId = 2;
        ue.smf = Peer();
        ue.smContextRef = "sm-1";
        function->AddUe(ue);
        ue.supi = "imsi-001010000000002";
        ue.amfUeNgapId = 2;
        ue.gnb = Ipv4Address("10.77.0.1");
        function->AddUe(ue);
        function->TraceConnectWithoutContext("N1Received", MakeCallback(&LoneAmf::N1, this));
        gnb->Install(net.At(1));
        gnb->SetReceiver([this](Ipv4Address, Bytes pdu) { pdus.push_back(std::move(pdu)); });
        On("POST", sbi::path::SM_CONTEXT_MODIFY, NoContent());
        Start();
        gnb->Connect(net.Address(0));
        Run();
    }

    ~LoneAmf()
    {
        gnb->Dispose();
    }

    void N1(const std::string& supi, ByteView n1)
    {
        n1Trace.push_back(supi + " " + ToHex(n1));
    }

    /** @param pdu NGAP, from the gNB */
    void Send(const Bytes& pdu)
    {
        gnb->Send(net.Address(0), pdu, "test");
        Run();
    }

    Ptr<N2Endpoint> gnb;              //!< the gNB's end
    std::vector<Bytes> pdus;          //!< NGAP from the AMF
    std::vector<std::string> n1Trace; //!< trace source N1Received
};

/**
 * @param parts binary parts, "n1" and "n2" being the ones referred to
 * @param supi whose
 * @return N1N2MessageTransfer that refers to both
 */
SbiRequest
Transfer(const std::vector<SbiPart>& parts, bool n1, bool n2, const std::string& supi = SUPI)
{
    namf::N1N2MessageTransferReqData body;
    body.pduSessionId = 2;
    if (n1)
    {
        body.n1MessageContainer = namf::N1MessageContainer{namf::CLASS_SM, {"n1"}};
    }
    if (n2)
    {
        namf::N2SmInformation information;
        information.pduSessionId = 2;
        information.n2InfoContent = namf::N2InfoContent{namf::NgapIeType::PDU_RES_MOD_REQ, {"n2"}};
        body.n2InfoContainer = namf::N2InfoContainer{namf::CLASS_SM, information};
    }
    return MultipartRequest(sbi::path::N1N2Messages(supi), body.Encode(), parts, {});
}

/** Binary parts. */
const std::array<uint8_t, 4> N1{0x2e, 0x02, 0x01, 0xcb};
const std::array<uint8_t, 2> N2{0x00, 0x00};
const SbiPart N1_PART{SBI_NAS_TYPE, "n1", N1};
const SbiPart N2_PART{SBI_NGAP_TYPE, "n2", N2};

void
RefusesTransfers(Check& check)
{
    LoneAmf lone;
    LoneAmf::ExpectProblem(check,
                           lone.Ask(Transfer({N1_PART}, true, false, "imsi-999")),
                           404,
                           "unknown UE");
    LoneAmf::ExpectProblem(check,
                           lone.Ask("POST", sbi::path::N1N2Messages(SUPI), "rubbish"),
                           400,
                           "no JSON");
    SbiRequest broken = Transfer({N1_PART}, true, false);
    broken.body = broken.body.Get().Sub(0, 10);
    LoneAmf::ExpectProblem(check, lone.Ask(broken), 400, "no multipart");
    LoneAmf::ExpectProblem(check, lone.Ask(Transfer({}, false, false)), 400, "neither N1 nor N2");
    LoneAmf::ExpectProblem(check,
                           lone.Ask(Transfer({N2_PART}, true, false)),
                           400,
                           "the part that is referred to is not there");
    LoneAmf::ExpectProblem(check, lone.Ask("POST", "/nothing", "{}"), 404, "unknown path");
    check.Equal(lone.pdus.size(), 0u, "nothing reaches the gNB");
    check.Equal(lone.n1Trace.size(), 1u, "N1 of the unknown UE was seen on arrival only");
}

void
RelaysDown(Check& check)
{
    LoneAmf lone;
    check.Equal(lone.Ask(Transfer({N1_PART}, true, false)).status, 200, "N1 alone");
    const auto down = NgapDownlinkNasTransport::Decode(lone.pdus.at(0));
    check.Expect(down && down->amfUeNgapId == 1 && down->ranUeNgapId == 7,
                 "DOWNLINK NAS TRANSPORT for the UE");
    const auto nas = DlNasTransport::Decode(down->nasPdu);
    check.Expect(nas && SameBytes(nas->payload, N1_PART.body) && nas->pduSessionId == 2,
                 "with the N1 part");
    check.Equal(lone.n1Trace.at(0), std::string(SUPI) + " 2e0201cb", "N1 seen on arrival");

    check.Equal(lone.Ask(Transfer({N1_PART, N2_PART}, true, true)).status, 200, "N1 and N2");
    const auto both = NgapPduSessionResourceModifyRequest::Decode(lone.pdus.at(1));
    check.Expect(both && both->sessions.size() == 1 && both->sessions[0].nasPdu &&
                     SameBytes(both->sessions[0].transfer, N2_PART.body),
                 "PDU SESSION RESOURCE MODIFY REQUEST with both");
    check.Equal(lone.Ask(Transfer({N2_PART}, false, true)).status, 200, "N2 alone");
    const auto n2 = NgapPduSessionResourceModifyRequest::Decode(lone.pdus.at(2));
    check.Expect(n2 && !n2->sessions.at(0).nasPdu, "without NAS");
}

/** @param amfId AMF UE NGAP ID @param pduSessionId PDU session @return UPLINK NAS TRANSPORT */
Bytes
Uplink(uint64_t amfId, uint8_t pduSessionId = 2)
{
    UlNasTransport nas;
    nas.payload = Bytes{0x2e, 0x02, 0x01, 0xcc};
    nas.pduSessionId = pduSessionId;
    NgapUplinkNasTransport message;
    message.amfUeNgapId = amfId;
    message.ranUeNgapId = 7;
    message.nasPdu = nas.Encode();
    return message.Encode();
}

void
DropsWrongNgap(Check& check)
{
    LoneAmf lone;
    const auto expectDropped = [&](const Bytes& pdu, const std::string& why) {
        const std::size_t before = lone.dropped.size();
        lone.Send(pdu);
        check.Equal(lone.dropped.size(), before + 1, why);
        check.Expect(lone.LastDrop().find(why) != std::string::npos, lone.LastDrop());
    };
    expectDropped(Bytes{0xff, 0xff, 0xff}, "NGAP PDU");
    expectDropped(Uplink(0), "unknown AMF UE NGAP ID");
    expectDropped(Uplink(3), "unknown AMF UE NGAP ID");
    expectDropped(Uplink(2), "unknown AMF UE NGAP ID"); // of another gNB
    expectDropped(Uplink(1, 5), "unknown PDU session");
    NgapUplinkNasTransport message;
    message.amfUeNgapId = 1;
    message.ranUeNgapId = 7;
    message.nasPdu = Bytes{0x7e, 0x00};
    expectDropped(message.Encode(), "UL NAS TRANSPORT");
    NgapErrorIndication indication;
    indication.cause = NgapCause();
    expectDropped(indication.Encode(), "not one that this AMF handles");
    NgapPduSessionResourceModifyResponse response;
    response.amfUeNgapId = 9;
    response.modified.push_back({2, Bytes{0}});
    expectDropped(response.Encode(), "unknown AMF UE NGAP ID");
    // An envelope of the right type with no IE in it.
    for (const NgapMessageType& type : {NgapUplinkNasTransport::TYPE,
                                        NgapPduSessionResourceModifyResponse::TYPE,
                                        NgapDistributionSetupRequest::TYPE,
                                        NgapDistributionReleaseRequest::TYPE})
    {
        expectDropped({static_cast<uint8_t>(static_cast<uint8_t>(type.kind) << 5),
                       type.procedureCode,
                       0,
                       3,
                       0,
                       0,
                       0},
                      NgapMessageName(type));
    }
    check.Expect(lone.function->GetN2() && lone.function->GetSbi(), "endpoints for trace sources");
    const Bytes whole = Uplink(1);
    for (std::size_t size = 1; size < whole.size(); ++size)
    {
        const std::size_t before = lone.dropped.size();
        lone.Send(ByteView(whole).Sub(0, size).ToBytes());
        check.Equal(lone.dropped.size(), before + 1, "cut off to " + std::to_string(size));
    }
    check.Equal(lone.heard.size(), 0u, "none of it reaches an SMF");
}

void
RelaysUp(Check& check)
{
    LoneAmf lone;
    lone.Send(Uplink(1));
    check.Equal(lone.heard.size(), 1u, "UpdateSMContext");
    check.Equal(lone.heard.at(0).path, sbi::path::SmContextModify("sm-1"), "of the UE's context");
    const auto parts = SbiParts::Read(lone.heard[0].contentType, lone.heard[0].body);
    const auto body = nsmf::SmContextUpdateData::Decode(parts->json);
    check.Expect(body && body->n1SmMsg && parts->Find(*body->n1SmMsg), "with N1");

    NgapPduSessionResourceModifyResponse response;
    response.amfUeNgapId = 1;
    response.ranUeNgapId = 7;
    response.modified.push_back({2, NgapPduSessionResourceModifyResponseTransfer().Encode()});
    response.failed.push_back({2, NgapPduSessionResourceModifyUnsuccessfulTransfer().Encode()});
    lone.Send(response.Encode());
    check.Equal(lone.heard.size(), 3u, "two more");
    const char* const types[] = {nsmf::N2SmInfoType::PDU_RES_MOD_RSP,
                                 nsmf::N2SmInfoType::PDU_RES_MOD_FAIL};
    for (std::size_t i = 0; i < 2; ++i)
    {
        const SbiRequest& request = lone.heard.at(1 + i);
        const auto n2 = SbiParts::Read(request.contentType, request.body);
        const auto update = nsmf::SmContextUpdateData::Decode(n2->json);
        check.Expect(update && update->n2SmInfo && update->n2SmInfoType == types[i], types[i]);
    }
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
    lone.On("POST", sbi::path::SM_CONTEXT_MODIFY, Problem(404, "CONTEXT_NOT_FOUND", ""));
    lone.Send(Uplink(1));
    check.Equal(lone.LastDrop(),
                "UpdateSMContext: the SMF answered status 404",
                "the SMF's refusal is counted");
}

/** @return DISTRIBUTION SETUP REQUEST */
Bytes
SetupRequest()
{
    NgapMbsDistributionSetupRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    NgapDistributionSetupRequest request;
    request.mbsSessionId.tmgi = SESSION;
    request.transfer = transfer.Encode();
    return request.Encode();
}

/** @param contentId of the part that is there @return answer to ContextUpdate that names "n2" */
SbiResponse
ContextUpdated(const std::string& contentId)
{
    nmbsmf::ContextUpdateRspData body;
    body.n2MbsSmInfo = nmbsmf::N2MbsSmInfo{nmbsmf::NgapIeType::MBS_DIS_SETUP_RSP, {"n2"}};
    const std::string json = body.Encode();
    const auto multipart = EncodeMultipart(
        {{SBI_JSON_TYPE, "json", sbi::ViewOf(json)}, {SBI_NGAP_TYPE, contentId, Bytes{0xab}}});
    SbiResponse response;
    response.status = 200;
    response.contentType = multipart.contentType;
    response.body = multipart.body;
    return response;
}

void
DistributionSetup(Check& check)
{
    LoneAmf lone;
    lone.On("POST", sbi::path::CONTEXT_UPDATE, ContextUpdated("n2"));
    lone.Send(SetupRequest());
    const auto asked = SbiParts::Read(lone.heard.at(0).contentType, lone.heard[0].body);
    const auto body = nmbsmf::ContextUpdateReqData::Decode(asked->json);
    check.Expect(body && body->mbsSessionId.tmgi == SESSION &&
                     body->requestedAction == nmbsmf::ContextUpdateAction::START &&
                     body->nfcInstanceId == lone.function->GetNfInstanceId(),
                 "ContextUpdate, START");
    const auto response = NgapDistributionSetupResponse::Decode(lone.pdus.at(0));
    check.Expect(response && response->mbsSessionId.tmgi == SESSION &&
                     response->transfer == Bytes{0xab},
                 "the MB-SMF's transfer goes to the gNB");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");

    SbiResponse broken = ContextUpdated("n2");
    broken.body = ByteView(broken.body).Sub(0, broken.body.size() / 2).ToBytes();
    for (const SbiResponse& answer :
         {Problem(404, "MBS_SESSION_NOT_FOUND", ""), ContextUpdated("other"), broken, NoContent()})
    {
        const std::size_t before = lone.pdus.size();
        lone.On("POST", sbi::path::CONTEXT_UPDATE, answer);
        lone.Send(SetupRequest());
        check.Equal(lone.pdus.size(), before + 1, "the gNB is answered");
        const auto failure = NgapDistributionSetupFailure::Decode(lone.pdus.back());
        check.Expect(failure && failure->mbsSessionId.tmgi == SESSION &&
                         failure->cause.value == NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID,
                     "with DISTRIBUTION SETUP FAILURE");
    }
    check.Equal(lone.dropped.size(), 4u, "each useless answer is counted");
}

void
DistributionRelease(Check& check)
{
    LoneAmf lone;
    NgapMbsDistributionReleaseRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    NgapDistributionReleaseRequest request;
    request.mbsSessionId.tmgi = SESSION;
    request.transfer = transfer.Encode();
    request.cause = transfer.cause;
    const auto lastUpdate = [&] {
        const auto parts = SbiParts::Read(lone.heard.back().contentType, lone.heard.back().body);
        return nmbsmf::ContextUpdateReqData::Decode(parts->json);
    };
    lone.On("POST", sbi::path::CONTEXT_UPDATE, ContextUpdated("n2"));
    lone.Send(SetupRequest());
    lone.On("POST", sbi::path::CONTEXT_UPDATE, NoContent());
    lone.Send(request.Encode());
    const auto body = lastUpdate();
    check.Expect(body && body->mbsSessionId.tmgi == SESSION &&
                     body->requestedAction == nmbsmf::ContextUpdateAction::TERMINATE &&
                     body->n2MbsSmInfo &&
                     body->n2MbsSmInfo->ngapIeType == nmbsmf::NgapIeType::MBS_DIS_REL_REQ,
                 "ContextUpdate, TERMINATE");
    check.Expect(body && body->leaveInd, "the AMF's only gNB has left");
    const auto response = NgapDistributionReleaseResponse::Decode(lone.pdus.back());
    check.Expect(response && response->mbsSessionId.tmgi == SESSION, "the gNB is answered");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");

    lone.On("POST", sbi::path::CONTEXT_UPDATE, Problem(404, "MBS_SESSION_NOT_FOUND", ""));
    const std::size_t before = lone.pdus.size();
    lone.Send(request.Encode());
    check.Expect(lastUpdate() && !lastUpdate()->leaveInd, "it does not leave twice");
    check.Equal(lone.pdus.size(), before + 1, "the gNB is answered whatever the MB-SMF says");
    check.Equal(lone.LastDrop(),
                "ContextUpdate: the MB-SMF answered status 404",
                "which is counted");
}

void
RelaysToGnbsOfASession(Check& check)
{
    LoneAmf lone;
    const auto transfer = [](const std::string& type, const std::string& part, bool named) {
        namf::MbsN2MessageTransferReqData body;
        if (named)
        {
            body.mbsSessionId.tmgi = SESSION;
        }
        else
        {
            body.mbsSessionId.ssm = SsmIpv4{Ipv4Address("10.0.0.1"), Ipv4Address("232.0.0.1")};
        }
        body.n2MbsSmInfo = {type, {"n2"}};
        return MultipartRequest(sbi::path::MBS_N2_TRANSFER,
                                body.Encode(),
                                {{SBI_NGAP_TYPE, part, Bytes{0xab}}},
                                {});
    };
    const char* activation = namf::NgapIeType::MBS_SES_ACT_REQ;
    check.Equal(lone.Ask(transfer(activation, "n2", true)).status, 200, "no gNB receives it");
    check.Equal(lone.pdus.size(), 0u, "so none is told");
    lone.On("POST", sbi::path::CONTEXT_UPDATE, ContextUpdated("n2"));
    lone.Send(SetupRequest());
    const std::size_t before = lone.pdus.size();
    lone.Ask(transfer(activation, "n2", true));
    lone.Ask(transfer(namf::NgapIeType::MBS_SES_DEACT_REQ, "n2", true));
    lone.Ask(transfer(namf::NgapIeType::MBS_SES_UPD_REQ, "n2", true));
    check.Equal(lone.pdus.size(), before + 3, "three messages to the gNB");
    const auto activate = NgapMulticastSessionActivationRequest::Decode(lone.pdus.at(before));
    const auto deactivate =
        NgapMulticastSessionDeactivationRequest::Decode(lone.pdus.at(before + 1));
    const auto update = NgapMulticastSessionUpdateRequest::Decode(lone.pdus.at(before + 2));
    check.Expect(activate && activate->mbsSessionId.tmgi == SESSION &&
                     activate->transfer == Bytes{0xab} && deactivate && update,
                 "each with the MB-SMF's transfer");
    LoneAmf::ExpectProblem(check,
                           lone.Ask(transfer(namf::NgapIeType::PDU_RES_MOD_REQ, "n2", true)),
                           400,
                           "not for an MBS session");
    LoneAmf::ExpectProblem(check,
                           lone.Ask(transfer(activation, "other", true)),
                           400,
                           "without the part");
    LoneAmf::ExpectProblem(check,
                           lone.Ask(transfer(activation, "n2", false)),
                           400,
                           "without a TMGI");
    LoneAmf::ExpectProblem(check,
                           lone.Ask("POST", sbi::path::MBS_N2_TRANSFER, "{"),
                           400,
                           "rubbish");
    NgapMulticastSessionActivationResponse response;
    response.mbsSessionId.tmgi = SESSION;
    lone.Send(response.Encode());
    check.Equal(lone.dropped.size(), 0u, "an answer needs nothing");
    NgapMulticastSessionUpdateFailure failure;
    failure.mbsSessionId.tmgi = SESSION;
    lone.Send(failure.Encode());
    check.Equal(lone.LastDrop(),
                "MulticastSessionUpdateFailure: a gNB could not do it",
                "a failure is counted");
}

void
NgReset(Check& check)
{
    LoneAmf lone;
    lone.On("POST", sbi::path::CONTEXT_UPDATE, ContextUpdated("n2"));
    lone.Send(SetupRequest());
    lone.On("POST", sbi::path::CONTEXT_UPDATE, NoContent());
    lone.Send(NgapNgReset().Encode());
    const auto parts = SbiParts::Read(lone.heard.back().contentType, lone.heard.back().body);
    const auto body = nmbsmf::ContextUpdateReqData::Decode(parts->json);
    check.Expect(body && body->mbsSessionId.tmgi == SESSION && body->leaveInd &&
                     body->requestedAction == nmbsmf::ContextUpdateAction::TERMINATE,
                 "the MB-SMF hears that the gNB receives no more");
    check.Expect(bool(NgapNgResetAcknowledge::Decode(lone.pdus.back())), "the gNB is answered");
    const std::size_t heard = lone.heard.size();
    const std::size_t pdus = lone.pdus.size();
    lone.Send(NgapNgReset().Encode());
    check.Equal(lone.heard.size(), heard, "a gNB that receives nothing has nothing to end");
    check.Equal(lone.pdus.size(), pdus + 1, "and is answered");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

/** The SMF's part of a path switch: what the new gNB gets. */
const Bytes ACKNOWLEDGE_TRANSFER{0x00};

/** @return the SMF's answer to a path switch */
SbiResponse
PathSwitched()
{
    nsmf::SmContextUpdatedData answer;
    answer.upCnxState = nsmf::UpCnxState::ACTIVATED;
    answer.n2SmInfo = sbi::RefToBinaryData{"n2"};
    answer.n2SmInfoType = nsmf::N2SmInfoType::PATH_SWITCH_REQ_ACK;
    return MultipartResponse(answer.Encode(), {{SBI_NGAP_TYPE, "n2", ACKNOWLEDGE_TRANSFER}});
}

/** @param amfId the UE @param sessions its PDU sessions @return PATH SWITCH REQUEST, from UE 9 */
Bytes
PathSwitchOf(uint64_t amfId, const std::vector<uint8_t>& sessions)
{
    NgapPathSwitchRequest request;
    request.ranUeNgapId = 9;
    request.sourceAmfUeNgapId = amfId;
    for (const uint8_t session : sessions)
    {
        request.toBeSwitched.push_back({session, Bytes{0x12, session}});
    }
    return request.Encode();
}

void
SwitchesPaths(Check& check)
{
    LoneAmf lone;
    lone.On("POST", sbi::path::SM_CONTEXT_MODIFY, PathSwitched());
    lone.Send(PathSwitchOf(2, {2, 5}));
    const auto parts = SbiParts::Read(lone.heard.back().contentType, lone.heard.back().body);
    const auto body = nsmf::SmContextUpdateData::Decode(parts->json);
    check.Expect(body && body->toBeSwitched && body->n2SmInfo &&
                     body->n2SmInfoType == nsmf::N2SmInfoType::PATH_SWITCH_REQ &&
                     SameBytes(*parts->Find(*body->n2SmInfo), Bytes({0x12, 2})),
                 "the SMF is asked, with what the gNB has for it");
    const auto answer = NgapPathSwitchRequestAcknowledge::Decode(lone.pdus.back());
    check.Expect(answer && answer->amfUeNgapId == 2 && answer->ranUeNgapId == 9 &&
                     answer->switched.size() == 1 && answer->switched[0].pduSessionId == 2 &&
                     answer->switched[0].transfer == ACKNOWLEDGE_TRANSFER,
                 "PATH SWITCH REQUEST ACKNOWLEDGE with what the SMF has for the gNB");
    check.Expect(answer && answer->released.size() == 1 && answer->released[0].pduSessionId == 5,
                 "a session that the UE has not is released");
    check.Equal(lone.Ask(Transfer({N1_PART}, true, false, "imsi-001010000000002")).status,
                200,
                "N1 for the UE");
    const auto down = NgapDownlinkNasTransport::Decode(lone.pdus.back());
    check.Expect(down && down->amfUeNgapId == 2 && down->ranUeNgapId == 9,
                 "goes to the new gNB from now on");
    lone.Send(Uplink(2));
    check.Equal(lone.dropped.size(), 0u, "and what comes from there is taken");
}

void
RefusesPathSwitches(Check& check)
{
    LoneAmf lone;
    const auto expectFailure =
        [&](uint64_t amfId, const std::vector<uint8_t>& sessions, const std::string& what) {
            lone.pdus.clear();
            lone.Send(PathSwitchOf(amfId, sessions));
            const auto failure =
                NgapPathSwitchRequestFailure::Decode(lone.pdus.empty() ? Bytes() : lone.pdus.at(0));
            check.Expect(failure && failure->amfUeNgapId == amfId && failure->ranUeNgapId == 9 &&
                             failure->released.size() == sessions.size(),
                         what + ": FAILURE that releases all sessions");
            check.Equal(lone.pdus.size(), 1u, what + ": and nothing else");
        };
    expectFailure(9, {2}, "unknown UE");
    expectFailure(2, {5, 6}, "without the UE's PDU session");
    lone.On("POST", sbi::path::SM_CONTEXT_MODIFY, NoContent());
    expectFailure(2, {2}, "the SMF has nothing for the gNB");
    lone.On("POST", sbi::path::SM_CONTEXT_MODIFY, Problem(404, "CONTEXT_NOT_FOUND", ""));
    expectFailure(2, {2}, "the SMF does not know the session");
    check.Equal(lone.dropped.size(), 4u, "each is counted");
    lone.Send(Uplink(2));
    check.Equal(lone.dropped.size(), 5u, "the UE is where it was");
    lone.On("POST", sbi::path::SM_CONTEXT_MODIFY, PathSwitched());
    lone.function->SetAttribute("PathSwitchTimeout", TimeValue(MilliSeconds(1)));
    expectFailure(2, {2}, "the SMF answers too late");
}

/** @param ue its AMF UE NGAP ID @param cause why @return NAS NON DELIVERY INDICATION with N1_PART
 */
Bytes
NotDelivered(uint64_t ue, uint8_t cause = NgapCause::RADIO_XN_HANDOVER_TRIGGERED)
{
    DlNasTransport nas;
    nas.payload = N1_PART.body.ToBytes();
    nas.pduSessionId = 2;
    NgapNasNonDeliveryIndication message;
    message.amfUeNgapId = ue;
    message.ranUeNgapId = 7;
    message.nasPdu = nas.Encode();
    message.cause = {NgapCauseGroup::RADIO_NETWORK, cause};
    return message.Encode();
}

void
SendsNasAfterHandover(Check& check)
{
    LoneAmf lone;
    lone.function->SetAttribute("HandoverGuardTime", TimeValue(Seconds(100)));
    lone.On("POST", sbi::path::SM_CONTEXT_MODIFY, PathSwitched());
    lone.Send(NotDelivered(1));
    const Bytes n1{0x2e, 0x02, 0x02, 0xcb};
    const SbiPart second{SBI_NAS_TYPE, "n1", n1};
    check.Equal(lone.Ask(Transfer({second}, true, false)).status, 200, "N1 meanwhile");
    check.Equal(lone.pdus.size(), 0u, "waits behind the one that was not delivered");
    lone.Send(NotDelivered(1, NgapCause::RADIO_CONNECTION_WITH_UE_LOST));
    check.Equal(lone.dropped.size(), 1u, "one that is lost for another cause is dropped");
    lone.Send(PathSwitchOf(1, {2}));
    check.Equal(lone.pdus.size(), 3u, "the path is switched");
    check.Expect(bool(NgapPathSwitchRequestAcknowledge::Decode(lone.pdus.at(0))), "acknowledged");
    for (std::size_t i = 0; i < 2; ++i)
    {
        const auto down = NgapDownlinkNasTransport::Decode(lone.pdus.at(1 + i));
        const auto nas = down ? DlNasTransport::Decode(down->nasPdu) : DecodeError::TRUNCATED;
        check.Expect(nas && down->ranUeNgapId == 9 &&
                         SameBytes(nas->payload, (i == 0 ? N1_PART : second).body),
                     "then N1 goes to the new gNB, in its order");
    }
    lone.pdus.clear();
    lone.Send(NotDelivered(1));
    LoneAmf::Run(98);
    check.Equal(lone.pdus.size(), 0u, "a UE that stays on its way");
    LoneAmf::Run(2);
    check.Equal(lone.pdus.size(), 1u, "gets it where it was, after the guard time");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of an AMF alone */
void
AddAmfTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an AMF ") + name, body));
    };
    add("refuses transfers for unknown UEs, of rubbish and without parts", RefusesTransfers);
    add("relays N1 and N2 to the UE's gNB", RelaysDown);
    add("drops NGAP that is wrong, cut off or about unknown UEs", DropsWrongNgap);
    add("relays N1 and N2 to the UE's SMF", RelaysUp);
    add("tells the MB-SMF that a gNB leaves, and that it was the last one", DistributionRelease);
    add("ends shared delivery to a gNB that resets the interface", NgReset);
    add("relays what the MB-SMF has for the gNBs of a session", RelaysToGnbsOfASession);
    add("moves a UE to the gNB that asks to switch its path", SwitchesPaths);
    add("refuses to switch a path without UE, PDU session or SMF", RefusesPathSwitches);
    add("sends NAS that was not delivered during a handover to the new gNB", SendsNasAfterHandover);
    add("answers a gNB with failure unless the MB-SMF gives a transfer", DistributionSetup);
}

} // namespace ns3::mbs
