// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nmbsf.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-body-nmbstf.h"
#include "ns3/mbs-sbi-body-nsmf.h"

#include <map>
#include <nlohmann/json.hpp>

namespace ns3::mbs
{

namespace
{

using Json = nlohmann::json;

/** @param sample whose decoder to use @param json the body @return why it is refused */
DecodeError
Try(const SbiSample& sample, const std::string& json)
{
    DecodeError error = DecodeError::NONE;
    sample.again(sbi::ViewOf(json), error);
    return error;
}

/** @param schema name of a schema @param file its file @return the first sample of it */
SbiSample
SampleOf(const std::string& schema, const std::string& file = "")
{
    for (const SbiSample& sample : SbiBodySamples())
    {
        if (sample.schema == schema && (file.empty() || sample.file == file))
        {
            return sample;
        }
    }
    return {};
}

void
CreateRequestOfMbsf(Check& check)
{
    const auto request = nmbsmf::CreateReqData::Decode(sbi::ViewOf(
        R"({"mbsSession":{"mbsSessionId":{"tmgi":{"mbsServiceId":"00A1B2","plmnId":{"mcc":"001","mnc":"01"}}},
 "serviceType":"MULTICAST","dnn":"mbs","snssai":{"sst":1},
 "mbsSecurityContext":{"keyList":{"k1":{"keyDomainId":"APEQ","mskId":"AAEAAQ==",
  "msk":"AAAAAAAAAAAAAAAAAAAAAA==","mskLifetime":"2026-01-01T00:00:00Z","mtkId":"AAE=","mtk":"EREREREREREREREREREREQ=="}}}}})"));
    check.Expect(bool(request), "read");
    if (!request)
    {
        return;
    }
    const nmbsmf::ExtMbsSession& session = request->mbsSession;
    check.Expect(session.mbsSessionId && session.mbsSessionId->tmgi == Tmgi(0x00a1b2, PlmnId()),
                 "TMGI");
    check.Equal(session.serviceType, sbi::MbsServiceType::MULTICAST, "type");
    check.Equal(session.dnn, "mbs", "DNN");
    check.Expect(session.snssai && *session.snssai == sbi::Snssai(), "slice");
    check.Expect(!session.tmgiAllocReq && !session.anyUeInd && !session.ingressTunAddrReq,
                 "defaults");
    check.Equal(session.mbsSecurityContext.size(), 1U, "key sets");
    const KeySet& keys = session.mbsSecurityContext.at(0);
    check.Expect(keys.keyDomainId == KeyDomainId(PlmnId()), "key domain of 001/01");
    check.Expect(keys.mskId == MskId(1, 1), "MSK ID");
    check.Expect(keys.msk && ToHex(keys.msk->View()) == std::string(32, '0'), "MSK");
    check.Expect(keys.mskLifetime == Time(), "lifetime");
    check.Expect(keys.mtk && keys.mtk->id == MtkId(1), "MTK ID");
    check.Expect(keys.mtk && ToHex(keys.mtk->key.View()) == std::string(32, '1'), "MTK");
}

void
NotificationOfMbSmf(Check& check)
{
    const auto notify = nmbsmf::ContextStatusNotifyReqData::Decode(sbi::ViewOf(
        R"({"reportList":[{"eventType":"SECURITY_INFO","timeStamp":"2026-01-01T00:00:00Z",
 "mbsSecurityContext":{"keyList":{"k2":{"keyDomainId":"APEQ","mskId":"AAEAAg==","msk":"AAAAAAAAAAAAAAAAAAAAAA=="}}}}],
 "notifyCorrelationId":"c1"})"));
    check.Expect(notify && notify->reportList.size() == 1, "read");
    if (!notify || notify->reportList.empty())
    {
        return;
    }
    const nmbsmf::ContextStatusEventReport& report = notify->reportList[0];
    check.Equal(report.eventType, nmbsmf::ContextStatusEventType::SECURITY_INFO, "event");
    check.Expect(report.timeStamp.IsZero(), "time");
    check.Expect(report.mbsSecurityContext.size() == 1 &&
                     report.mbsSecurityContext[0].mskId == MskId(1, 2) &&
                     report.mbsSecurityContext[0].msk && !report.mbsSecurityContext[0].mtk,
                 "an MSK without MTK");
    check.Equal(notify->notifyCorrelationId, "c1", "correlation");
}

void
AnswersMayLeaveOutWhatIsWriteOnly(Check& check)
{
    const auto session = nmbsmf::CreateRspData::Decode(sbi::ViewOf(
        R"({"mbsSession":{"ingressTunAddr":[{"ipv4Addr":"10.0.0.1","portNumber":7}]}})"));
    check.Expect(session && session->mbsSession.serviceType.empty(), "no type in an answer");
    check.Expect(session && session->mbsSession.ingressTunAddr.size() == 1 &&
                     session->mbsSession.ingressTunAddr[0].portNumber == 7,
                 "ingress address");
    const auto dist = nmbstf::CreateRspData::Decode(sbi::ViewOf(
        R"({"distSession":{"distSessionId":"1","distSessionState":"ACTIVE","pktDistributionData":)"
        R"({"pktDistributionOperatingMode":"PACKET_PROXY","mbStfIngestAddr":{}}}})"));
    check.Expect(dist && !dist->distSession.mbUpfTunAddr && !dist->distSession.mbr, "no tunnel");
}

void
RequestsMayNot(Check& check)
{
    struct Case
    {
        const char* schema;
        const char* json;
        DecodeError error;
    };

    for (const Case& c :
         {Case{"TmgiAllocate", R"({"tmgiNumber":0})", DecodeError::OUT_OF_RANGE},
          Case{"TmgiAllocate", R"({"tmgiNumber":256})", DecodeError::OUT_OF_RANGE},
          Case{"TmgiAllocate", R"({})", DecodeError::NONE},
          Case{"Tmgi[]", R"([])", DecodeError::OUT_OF_RANGE},
          Case{"Tmgi[]", R"([1])", DecodeError::MALFORMED},
          Case{"MBSUserDataIngSession",
               R"({"mbsUserServId":"1","mbsDisSessInfos":{}})",
               DecodeError::OUT_OF_RANGE},
          Case{"MBSUserDataIngSession",
               R"({"mbsUserServId":"1","mbsDisSessInfos":null})",
               DecodeError::MALFORMED},
          Case{"SmContextUpdateData", R"({"n2SmInfo":{"contentId":"n2"}})", DecodeError::MALFORMED},
          Case{"SmContextUpdateData", R"([])", DecodeError::MALFORMED},
          Case{"N1N2MessageTransferReqData", R"({"pduSessionId":256})", DecodeError::OUT_OF_RANGE},
          Case{"N1N2MessageTransferReqData",
               R"({"n1MessageContainer":{"n1MessageClass":"SM"}})",
               DecodeError::MALFORMED},
          Case{"DistSession",
               R"({"distSessionId":"1","distSessionState":"ACTIVE","objDistributionData":{}})",
               DecodeError::UNSUPPORTED},
          Case{"DistSession",
               R"({"distSessionId":"1","distSessionState":"ACTIVE"})",
               DecodeError::MALFORMED}})
    {
        check.Equal(ToString(Try(SampleOf(c.schema), c.json)), ToString(c.error), c.json);
    }

    const auto report = [](const std::string& qos) {
        return R"({"reportList":[{"eventType":"QOS_INFO","timeStamp":"2026-01-01T00:00:00Z","qosInfo":)" +
               qos + "}]}";
    };
    const SbiSample notify = SampleOf("ContextStatusNotifyReqData");
    const auto rates = [](const std::string& loss) {
        return R"({"qosFlowsAddModRequestList":[{"qfi":1,"qosFlowProfile":{"5qi":1,"gbrQosFlowInfo":)"
               R"({"maxFbrDl":"1 bps","guaFbrDl":"1 bps","maxPacketLossRateDl":)" +
               loss + "}}}]}";
    };
    const auto priority = [](const std::string& level) {
        return R"({"qosFlowsAddModRequestList":[{"qfi":1,"qosFlowProfile":{"5qi":1,"arp":)"
               R"({"preemptCap":"NOT_PREEMPT","preemptVuln":"PREEMPTABLE","priorityLevel":)" +
               level + "}}}]}";
    };
    check.Expect(Try(notify, report(R"({"qosFlowsRelRequestList":[63]})")) == DecodeError::NONE,
                 "QFI 63");
    for (const std::string& qos : {std::string(R"({"qosFlowsRelRequestList":[64]})"),
                                   std::string(R"({"qosFlowsAddModRequestList":[{"qfi":64}]})"),
                                   rates("1001"),
                                   priority("0"),
                                   priority("16")})
    {
        check.Expect(Try(notify, report(qos)) == DecodeError::OUT_OF_RANGE, qos);
    }
    check.Expect(Try(notify, report(rates("1000"))) == DecodeError::NONE, "all packets lost");
    check.Expect(Try(notify, report(priority("15"))) == DecodeError::NONE, "last priority");
}

void
PatchesOfSessions(Check& check)
{
    const auto session = nmbsmf::MbsSessionPatch::Decode(sbi::ViewOf(
        R"([{"op":"replace","path":"/mbsSecurityContext","value":{"keyList":{"k":{"keyDomainId":"APEQ","mskId":"AAEAAQ=="}}}}])"));
    check.Expect(session && session->mbsSecurityContext.size() == 1 && !session->activityStatus,
                 "keys only");
    const auto dist = nmbstf::DistSessionPatch::Decode(sbi::ViewOf(
        R"([{"op":"add","path":"/distSessionState","value":"INACTIVE"},{"op":"replace","path":"/distSessionState","value":"ACTIVE"}])"));
    check.Expect(dist && dist->distSessionState == std::string("ACTIVE") && !dist->mbUpfTunAddr,
                 "the last operation holds");

    struct Case
    {
        const char* json;
        DecodeError error;
    };

    for (const Case& c :
         {Case{R"([{"op":"replace","path":"/other","value":1}])", DecodeError::UNSUPPORTED},
          Case{R"([{"op":"remove","path":"/mbsSecurityContext"}])", DecodeError::UNSUPPORTED},
          Case{R"([{"op":"replace","path":"/mbsSecurityContext","value":{}}])",
               DecodeError::MALFORMED},
          Case{R"([{"op":"replace","path":"/mbsSecurityContext","value":{"keyList":{}}}])",
               DecodeError::OUT_OF_RANGE},
          Case{R"([])", DecodeError::OUT_OF_RANGE},
          Case{R"({})", DecodeError::MALFORMED}})
    {
        check.Equal(ToString(nmbsmf::MbsSessionPatch::Decode(sbi::ViewOf(c.json)).Error()),
                    ToString(c.error),
                    c.json);
        check.Equal(ToString(nmbstf::DistSessionPatch::Decode(sbi::ViewOf(c.json)).Error()),
                    ToString(c.error),
                    c.json);
    }
}

void
ShapesOfNmb2(Check& check)
{
    for (const SbiSample& sample : SbiBodySamples())
    {
        if (sample.file == "TS29581_Nmbstf_DistSession.yaml")
        {
            check.Expect(sample.json.find("mbsSecurityContext") == std::string::npos,
                         "no keys from V17.6.0 on");
        }
    }
    const auto notify = nmbstf::StatusNotifyReqData::Decode(sbi::ViewOf(
        R"({"reportList":{"eventReportList":[{"eventType":"MSK_REQUEST","mbsSecurityContext":{"keyList":{"k1":{"keyDomainId":"APEQ","mskId":"AAEAAQ=="}}}},)"
        R"({"eventType":"MTK_UPDATE","timeStamp":"2026-01-01T00:00:05Z","mbsSecurityContext":{"keyList":{"k1":{"keyDomainId":"APEQ","mskId":"AAEAAQ==","mtkId":"AAI=","mtk":"EREREREREREREREREREREQ=="}}}}]}})"));
    check.Expect(notify && notify->reportList.eventReportList.size() == 2, "two reports");
    if (notify && notify->reportList.eventReportList.size() == 2)
    {
        const auto& request = notify->reportList.eventReportList[0];
        const auto& update = notify->reportList.eventReportList[1];
        check.Expect(request.eventType == nmbstf::DistSessionEventType::V17_MSK_REQUEST &&
                         !request.timeStamp && !request.mbsSecurityContext.at(0).msk,
                     "the MSK asked for is named only");
        check.Expect(update.eventType == nmbstf::DistSessionEventType::V17_MTK_UPDATE &&
                         update.timeStamp == Seconds(5) &&
                         update.mbsSecurityContext.at(0).mtk->id == MtkId(2) &&
                         !update.mbsSecurityContext.at(0).msk,
                     "the new MTK comes without its MSK");
    }
}

void
RequiredMembersAreRequired(Check& check)
{
    // Members that the OpenAPI files require, as JSON pointers into the first sample of a schema.
    const std::map<std::string, std::vector<const char*>> required{
        {"MBSUserService",
         {"/extServiceIds",
          "/servType",
          "/servClass",
          "/servAnnModes",
          "/servNameDescs",
          "/servNameDescs/0/language",
          "/servNameDescs/0/servName"}},
        {"MBSUserDataIngSession",
         {"/mbsUserServId",
          "/mbsDisSessInfos",
          "/mbsDisSessInfos/d1/distrMethod",
          "/mbsDisSessInfos/d1/maxContBitRate",
          "/mbsDisSessInfos/d1/pckDistrInfo/operatingMode",
          "/mbsDisSessInfos/d1/pckDistrInfo/pckIngMethod",
          "/mbsDisSessInfos/d1/pckDistrInfo/ingEndpointAddrs",
          "/mbsDisSessInfos/d1/tgtServAreas/ncgiList/0/tai",
          "/mbsDisSessInfos/d1/tgtServAreas/ncgiList/0/cellList",
          "/mbsDisSessInfos/d1/tgtServAreas/ncgiList/0/cellList/0/nrCellId",
          "/mbsDisSessInfos/d1/tgtServAreas/ncgiList/0/cellList/0/plmnId",
          "/mbsDisSessInfos/d1/tgtServAreas/taiList/0/tac",
          "/mbsDisSessInfos/d1/tgtServAreas/taiList/0/plmnId"}},
        {"DistSession",
         {"/distSessionId",
          "/distSessionState",
          "/pktDistributionData",
          "/pktDistributionData/pktDistributionOperatingMode",
          "/pktDistributionData/mbStfIngestAddr",
          "/upTrafficFlowInfo/destIpAddr"}},
        {"StatusSubscribeReqData",
         {"/subscription", "/subscription/eventList", "/subscription/notifyUri"}},
        {"StatusSubscribeRspData",
         {"/subscription",
          "/reportList/eventReportList",
          "/reportList/eventReportList/0/eventType"}},
        {"StatusNotifyReqData", {"/reportList"}},
        {"TmgiAllocated", {"/tmgiList", "/expirationTime"}},
        {"ContextStatusSubscribeReqData",
         {"/subscription",
          "/subscription/nfcInstanceId",
          "/subscription/mbsSessionId",
          "/subscription/eventList",
          "/subscription/eventList/0/eventType",
          "/subscription/notifyUri"}},
        {"ContextStatusSubscribeRspData",
         {"/subscription",
          "/reportList/0/eventType",
          "/reportList/0/timeStamp",
          "/mbsContextInfo/llSsm/sourceIpAddr"}},
        {"ContextStatusNotifyReqData",
         {"/reportList",
          "/reportList/1/qosInfo/qosFlowsAddModRequestList/0/qfi",
          "/reportList/1/qosInfo/qosFlowsAddModRequestList/0/qosFlowProfile/5qi",
          "/reportList/1/qosInfo/qosFlowsAddModRequestList/0/qosFlowProfile/arp/priorityLevel",
          "/reportList/1/qosInfo/qosFlowsAddModRequestList/0/qosFlowProfile/arp/preemptCap",
          "/reportList/1/qosInfo/qosFlowsAddModRequestList/0/qosFlowProfile/arp/preemptVuln",
          "/reportList/1/qosInfo/qosFlowsAddModRequestList/0/qosFlowProfile/gbrQosFlowInfo/"
          "maxFbrDl",
          "/reportList/1/qosInfo/qosFlowsAddModRequestList/0/qosFlowProfile/gbrQosFlowInfo/"
          "guaFbrDl",
          "/reportList/4/multicastTransAddInfo/llSsm",
          "/reportList/4/multicastTransAddInfo/cTeid"}},
        {"ContextUpdateReqData",
         {"/nfcInstanceId",
          "/mbsSessionId",
          "/n2MbsSmInfo/ngapIeType",
          "/n2MbsSmInfo/ngapData",
          "/n2MbsSmInfo/ngapData/contentId",
          "/ranNodeId/plmnId",
          "/ranNodeId/gNbId/bitLength",
          "/ranNodeId/gNbId/gNBValue"}},
        {"N1N2MessageTransferReqData",
         {"/n1MessageContainer/n1MessageClass",
          "/n1MessageContainer/n1MessageContent",
          "/n2InfoContainer/n2InformationClass",
          "/n2InfoContainer/smInfo/pduSessionId",
          "/n2InfoContainer/smInfo/n2InfoContent/ngapData",
          "/n2InfoContainer/smInfo/sNssai/sst"}},
        {"N1N2MessageTransferRspData", {"/cause"}},
        {"N1N2MessageTransferError", {"/error"}},
        {"MbsN2MessageTransferReqData",
         {"/mbsSessionId", "/n2MbsSmInfo", "/n2MbsSmInfo/ngapIeType", "/n2MbsSmInfo/ngapData"}},
        {"MbsN2MessageTransferRspData", {"/result"}},
        {"SmContextUpdateData", {"/n1SmMsg/contentId"}},
        {"TunnelAddress", {"/ipv4Addr", "/portNumber"}},
    };
    for (const auto& [schema, pointers] : required)
    {
        const SbiSample sample = SampleOf(schema);
        check.Expect(sample.again != nullptr, schema + " has a sample");
        for (const char* pointer : pointers)
        {
            const Json::json_pointer where(pointer);
            Json body = Json::parse(sample.json);
            check.Expect(body.contains(where), schema + pointer + std::string(" is there"));
            body[where.parent_pointer()].erase(where.back());
            check.Equal(ToString(Try(sample, body.dump())),
                        ToString(DecodeError::MALFORMED),
                        schema + pointer);
        }
    }

    // Both services have a CreateReqData.
    for (const SbiSample& sample : SbiBodySamples())
    {
        if (sample.schema != "CreateReqData")
        {
            continue;
        }
        const bool dist = sample.json.find("distSession") != std::string::npos;
        for (const char* pointer : {dist ? "/distSession" : "/mbsSession",
                                    dist ? "/distSession/mbUpfTunAddr" : "/mbsSession/serviceType",
                                    dist ? "/distSession/mbr" : "/mbsSession/serviceType"})
        {
            const Json::json_pointer where(pointer);
            Json body = Json::parse(sample.json);
            body[where.parent_pointer()].erase(where.back());
            check.Equal(ToString(Try(sample, body.dump())),
                        ToString(DecodeError::MALFORMED),
                        pointer);
        }
    }
    check.Expect(Try(SampleOf("CreateReqData", "TS29532_Nmbsmf_MBSSession.yaml"),
                     R"({"mbsSession":{"serviceType":"MULTICAST"}})") == DecodeError::MALFORMED,
                 "neither a session ID nor the wish for one");
}

void
SamplesComeBack(Check& check)
{
    for (const SbiSample& sample : SbiBodySamples())
    {
        DecodeError error = DecodeError::NONE;
        check.Equal(sample.again(sbi::ViewOf(sample.json), error), sample.json, sample.schema);
        const std::string spaced = Json::parse(sample.json).dump(3);
        check.Equal(sample.again(sbi::ViewOf(spaced), error),
                    sample.json,
                    sample.schema + " with spaces and in another order");
    }
}

/** @param json a value @param visit is called with every value in it, itself included */
template <typename Visit>
void
ForEachValue(Json& json, const Visit& visit)
{
    visit(json);
    if (json.is_structured())
    {
        for (Json& element : json)
        {
            ForEachValue(element, visit);
        }
    }
}

void
WrongTypesDoNotThrow(Check& check)
{
    const Json others[] = {nullptr,
                           true,
                           -1,
                           1.5,
                           1e300,
                           "x",
                           "",
                           Json::array(),
                           Json::object(),
                           Json::array({nullptr}),
                           {{"x", 1}}};
    std::size_t refused = 0;
    std::size_t tried = 0;
    for (const SbiSample& sample : SbiBodySamples())
    {
        Json body = Json::parse(sample.json);
        ForEachValue(body, [&](Json& value) {
            const Json kept = value;
            for (const Json& other : others)
            {
                value = other;
                DecodeError error = DecodeError::NONE;
                const std::string text = sample.again(sbi::ViewOf(body.dump()), error);
                ++tried;
                refused += error != DecodeError::NONE;
                // What is accepted must be stable.
                check.Expect(error != DecodeError::NONE ||
                                 sample.again(sbi::ViewOf(text), error) == text,
                             sample.schema + ": " + text);
            }
            value = kept;
        });
    }
    // Strings may be any string; all else must be refused.
    check.Expect(refused > tried * 3 / 4, "most wrong types are refused");
}

void
BrokenTextDoesNotThrow(Check& check)
{
    for (const SbiSample& sample : SbiBodySamples())
    {
        for (std::size_t size = 0; size < sample.json.size(); ++size)
        {
            check.Expect(Try(sample, sample.json.substr(0, size)) != DecodeError::NONE,
                         sample.schema + " cut short is refused");
        }
        for (std::size_t i = 0; i < sample.json.size(); i += 3)
        {
            for (const char c : {'\0', '\xff', '"', '{', ']', '9'})
            {
                std::string broken = sample.json;
                broken[i] = c;
                DecodeError error = DecodeError::NONE;
                const std::string text = sample.again(sbi::ViewOf(broken), error);
                check.Expect(text.empty() == (error != DecodeError::NONE), "a value or an error");
            }
        }
    }
}

} // namespace

/** @param suite where to add the tests of the bodies of all services */
void AddSbiBodyServicesTests(MbsTestSuite& suite);

void
AddSbiBodyServicesTests(MbsTestSuite& suite)
{
    suite.Add(
        new FunctionTestCase("SBI: MBSF's session request gives its keys", CreateRequestOfMbsf));
    suite.Add(
        new FunctionTestCase("SBI: MB-SMF's notification gives a new MSK", NotificationOfMbSmf));
    suite.Add(new FunctionTestCase("SBI: answers may leave out write-only members",
                                   AnswersMayLeaveOutWhatIsWriteOnly));
    suite.Add(
        new FunctionTestCase("SBI: values that the standard forbids are refused", RequestsMayNot));
    suite.Add(new FunctionTestCase("SBI: patches of sessions touch known members only",
                                   PatchesOfSessions));
    suite.Add(new FunctionTestCase("SBI: Nmb2 has keys in V17.0.0 and none later", ShapesOfNmb2));
    suite.Add(new FunctionTestCase("SBI: a missing required member is refused",
                                   RequiredMembersAreRequired));
    suite.Add(new FunctionTestCase("SBI: every body comes back as it was", SamplesComeBack));
    suite.Add(new FunctionTestCase("SBI: values of wrong types are refused without a throw",
                                   WrongTypesDoNotThrow));
    suite.Add(new FunctionTestCase("SBI: broken text is refused without a throw",
                                   BrokenTextDoesNotThrow));
}

} // namespace ns3::mbs
