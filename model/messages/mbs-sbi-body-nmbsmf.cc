// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-nmbsmf.h"

namespace ns3::mbs::nmbsmf
{

using sbi::DecodeJson;
using sbi::EncodeJson;
using sbi::JsonReader;
using sbi::JsonWriter;
using sbi::Of;
using sbi::PatchItem;

namespace
{

/** JSON pointer of the keys. */
constexpr const char* SECURITY_CONTEXT = "/mbsSecurityContext";

/** JSON pointer of the activity status. */
constexpr const char* ACTIVITY_STATUS = "/activityStatus";

/** JSON pointer of the QoS. */
constexpr const char* SERVICE_INFO = "/mbsServInfo";

/** JSON pointer of the service area. */
constexpr const char* SERVICE_AREA = "/mbsServiceArea";

/** Greatest QoS flow identifier, 6 bits. */
constexpr uint8_t MAX_QFI = 63;

} // namespace

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, TmgiAllocate>& value)
{
    archive.Optional("tmgiNumber", value.tmgiNumber);
    archive.OptionalList("tmgiList", value.tmgiList);
    archive.Expect(!value.tmgiNumber || *value.tmgiNumber > 0);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, TmgiAllocated>& value)
{
    archive.List("tmgiList", value.tmgiList);
    archive.Required("expirationTime", value.expirationTime);
}

/** @param archive where from or to @param value QoS */
template <typename A>
void
Describe(A& archive, Of<A, MbsQosReq>& value)
{
    archive.Required("5qi", value.fiveQi);
    archive.Optional("guarBitRate", value.guarBitRate);
    archive.Optional("maxBitRate", value.maxBitRate);
}

/** @param archive where from or to @param value a media component */
template <typename A>
void
Describe(A& archive, Of<A, MbsMediaComp>& value)
{
    archive.Required("mbsMedCompNum", value.mbsMedCompNum);
    archive.Optional("mbsQoSReq", value.mbsQosReq);
}

void
Describe(JsonReader& archive, MbsServiceInfo& value)
{
    archive.Map("mbsMediaComps", value.mbsMediaComps);
}

void
Describe(JsonWriter& archive, const MbsServiceInfo& value)
{
    archive.Map("mbsMediaComps", value.mbsMediaComps);
}

/** @param archive where from or to @param value an event */
template <typename A>
void
Describe(A& archive, Of<A, MbsSessionEvent>& value)
{
    archive.Required("eventType", value.eventType);
    archive.Optional("timeStamp", value.timeStamp);
}

/** @param archive where from or to @param value a subscription */
template <typename A>
void
Describe(A& archive, Of<A, MbsSessionSubscription>& value)
{
    archive.List("eventList", value.eventList);
    archive.Required("notifyUri", value.notifyUri);
    archive.OptionalText("notifyCorrelationId", value.notifyCorrelationId);
}

/** @param archive where from or to @param value events */
template <typename A>
void
Describe(A& archive, Of<A, MbsSessionEventReportList>& value)
{
    archive.List("eventReportList", value.eventReportList);
    archive.OptionalText("notifyCorrelationId", value.notifyCorrelationId);
}

/** @param archive where from or to @param value a notification */
template <typename A>
void
Describe(A& archive, Of<A, StatusNotifyReqData>& value)
{
    archive.Required("eventList", value.eventList);
}

/** @param archive where from or to @param value a session */
template <typename A>
void
Describe(A& archive, Of<A, ExtMbsSession>& value)
{
    if constexpr (A::READING)
    {
        value.serviceType.clear();
    }
    archive.Optional("mbsSessionId", value.mbsSessionId);
    archive.Flag("tmgiAllocReq", value.tmgiAllocReq);
    archive.Optional("tmgi", value.tmgi);
    archive.Optional("expirationTime", value.expirationTime);
    archive.OptionalText("serviceType", value.serviceType);
    archive.Flag("ingressTunAddrReq", value.ingressTunAddrReq);
    archive.OptionalList("ingressTunAddr", value.ingressTunAddr);
    archive.Optional("ssm", value.ssm);
    archive.Optional("mbsServiceArea", value.mbsServiceArea);
    archive.OptionalText("dnn", value.dnn);
    archive.Optional("snssai", value.snssai);
    archive.Optional("startTime", value.startTime);
    archive.Optional("terminationTime", value.terminationTime);
    archive.Optional("mbsServInfo", value.mbsServInfo);
    archive.Optional("mbsSessionSubsc", value.mbsSessionSubsc);
    archive.OptionalText("activityStatus", value.activityStatus);
    archive.Flag("anyUeInd", value.anyUeInd);
    OptionalSecurityContext(archive, value.mbsSecurityContext);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, CreateReqData>& value)
{
    archive.Required("mbsSession", value.mbsSession);
    archive.Expect(!value.mbsSession.serviceType.empty() &&
                       (value.mbsSession.mbsSessionId || value.mbsSession.tmgiAllocReq),
                   DecodeError::MALFORMED);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, CreateRspData>& value)
{
    archive.Required("mbsSession", value.mbsSession);
}

/** @param archive where from or to @param value an event */
template <typename A>
void
Describe(A& archive, Of<A, ContextStatusEvent>& value)
{
    archive.Required("eventType", value.eventType);
    archive.Flag("immediateReportInd", value.immediateReportInd);
    archive.OptionalText("reportingMode", value.reportingMode);
}

/** @param archive where from or to @param value a subscription */
template <typename A>
void
Describe(A& archive, Of<A, ContextStatusSubscription>& value)
{
    RequiredNfInstanceId(archive, "nfcInstanceId", value.nfcInstanceId);
    archive.Required("mbsSessionId", value.mbsSessionId);
    archive.List("eventList", value.eventList);
    archive.Required("notifyUri", value.notifyUri);
    archive.OptionalText("notifyCorrelationId", value.notifyCorrelationId);
    archive.Optional("expiryTime", value.expiryTime);
}

/** @param archive where from or to @param value multicast address and tunnel */
template <typename A>
void
Describe(A& archive, Of<A, MulticastTransportAddressChangeInfo>& value)
{
    archive.Required("llSsm", value.llSsm);
    archive.Required("cTeid", value.cTeid);
    archive.Optional("areaSessionId", value.areaSessionId);
}

/** @param archive where from or to @param value bit rates */
template <typename A>
void
Describe(A& archive, Of<A, GbrQosFlowInformation>& value)
{
    archive.Required("maxFbrDl", value.maxFbrDl);
    archive.Required("guaFbrDl", value.guaFbrDl);
    archive.Optional("maxPacketLossRateDl", value.maxPacketLossRateDl);
    archive.Expect(value.maxPacketLossRateDl.value_or(0) <= 1000);
}

/** @param archive where from or to @param value a priority */
template <typename A>
void
Describe(A& archive, Of<A, Arp>& value)
{
    archive.Required("priorityLevel", value.priorityLevel);
    archive.Required("preemptCap", value.preemptCap);
    archive.Required("preemptVuln", value.preemptVuln);
    archive.Expect(value.priorityLevel >= 1 && value.priorityLevel <= 15);
}

/** @param archive where from or to @param value what a QoS flow is */
template <typename A>
void
Describe(A& archive, Of<A, QosFlowProfile>& value)
{
    archive.Required("5qi", value.fiveQi);
    archive.Optional("arp", value.arp);
    archive.Optional("gbrQosFlowInfo", value.gbrQosFlowInfo);
}

/** @param archive where from or to @param value a QoS flow */
template <typename A>
void
Describe(A& archive, Of<A, QosFlowAddModifyRequestItem>& value)
{
    archive.Required("qfi", value.qfi);
    archive.Optional("qosFlowProfile", value.qosFlowProfile);
    archive.Expect(value.qfi <= MAX_QFI);
}

/** @param archive where from or to @param value QoS flows */
template <typename A>
void
Describe(A& archive, Of<A, QosInfo>& value)
{
    archive.OptionalList("qosFlowsAddModRequestList", value.qosFlowsAddModRequestList);
    archive.OptionalList("qosFlowsRelRequestList", value.qosFlowsRelRequestList);
    for (const uint8_t qfi : value.qosFlowsRelRequestList)
    {
        archive.Expect(qfi <= MAX_QFI);
    }
}

/** @param archive where from or to @param value a report */
template <typename A>
void
Describe(A& archive, Of<A, ContextStatusEventReport>& value)
{
    archive.Required("eventType", value.eventType);
    archive.Required("timeStamp", value.timeStamp);
    archive.Optional("qosInfo", value.qosInfo);
    archive.OptionalText("statusInfo", value.statusInfo);
    archive.Optional("mbsServiceArea", value.mbsServiceArea);
    archive.Optional("multicastTransAddInfo", value.multicastTransAddInfo);
    OptionalSecurityContext(archive, value.mbsSecurityContext);
}

/** @param archive where from or to @param value a session's context */
template <typename A>
void
Describe(A& archive, Of<A, MbsContextInfo>& value)
{
    archive.Optional("startTime", value.startTime);
    archive.Flag("anyUeInd", value.anyUeInd);
    archive.Optional("llSsm", value.llSsm);
    archive.Optional("cTeid", value.cTeid);
    archive.Optional("mbsServiceArea", value.mbsServiceArea);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, ContextStatusSubscribeReqData>& value)
{
    archive.Required("subscription", value.subscription);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, ContextStatusSubscribeRspData>& value)
{
    archive.Required("subscription", value.subscription);
    archive.OptionalList("reportList", value.reportList);
    archive.Optional("mbsContextInfo", value.mbsContextInfo);
}

/** @param archive where from or to @param value a notification */
template <typename A>
void
Describe(A& archive, Of<A, ContextStatusNotifyReqData>& value)
{
    archive.List("reportList", value.reportList);
    archive.OptionalText("notifyCorrelationId", value.notifyCorrelationId);
}

/** @param archive where from or to @param value NGAP information */
template <typename A>
void
Describe(A& archive, Of<A, N2MbsSmInfo>& value)
{
    archive.Required("ngapIeType", value.ngapIeType);
    archive.Required("ngapData", value.ngapData);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, ContextUpdateReqData>& value)
{
    RequiredNfInstanceId(archive, "nfcInstanceId", value.nfcInstanceId);
    archive.Required("mbsSessionId", value.mbsSessionId);
    archive.Optional("areaSessionId", value.areaSessionId);
    archive.OptionalText("requestedAction", value.requestedAction);
    archive.Optional("n2MbsSmInfo", value.n2MbsSmInfo);
    archive.Optional("ranNodeId", value.ranNodeId);
    archive.Flag("leaveInd", value.leaveInd);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, ContextUpdateRspData>& value)
{
    archive.Optional("llSsm", value.llSsm);
    archive.Optional("cTeid", value.cTeid);
    archive.Optional("n2MbsSmInfo", value.n2MbsSmInfo);
}

std::string
TmgiList::Encode() const
{
    return EncodeJson(tmgiList);
}

Decoded<TmgiList>
TmgiList::Decode(ByteView body)
{
    Decoded<std::vector<Tmgi>> list = DecodeJson<std::vector<Tmgi>>(body);
    if (!list)
    {
        return list.Error();
    }
    return TmgiList{*list};
}

std::string
MbsSessionPatch::Encode() const
{
    std::vector<PatchItem> items;
    if (!mbsSecurityContext.empty())
    {
        items.push_back(PatchItem::Replace(SECURITY_CONTEXT, EncodeJson(mbsSecurityContext)));
    }
    if (activityStatus)
    {
        items.push_back(PatchItem::Replace(ACTIVITY_STATUS, EncodeJson(*activityStatus)));
    }
    if (mbsServInfo)
    {
        items.push_back(PatchItem::Replace(SERVICE_INFO, EncodeJson(*mbsServInfo)));
    }
    if (mbsServiceArea)
    {
        items.push_back(PatchItem::Replace(SERVICE_AREA, EncodeJson(*mbsServiceArea)));
    }
    return EncodeJson(items);
}

Decoded<MbsSessionPatch>
MbsSessionPatch::Decode(ByteView body)
{
    const auto items = DecodeJson<std::vector<PatchItem>>(body);
    DecodeError error = items.Error();
    MbsSessionPatch patch;
    for (std::size_t i = 0; error == DecodeError::NONE && i < items->size(); ++i)
    {
        const PatchItem& item = (*items)[i];
        error = item.path == SECURITY_CONTEXT  ? TakePatchValue(item, patch.mbsSecurityContext)
                : item.path == ACTIVITY_STATUS ? TakePatchValue(item, patch.activityStatus)
                : item.path == SERVICE_INFO    ? TakePatchValue(item, patch.mbsServInfo)
                : item.path == SERVICE_AREA    ? TakePatchValue(item, patch.mbsServiceArea)
                                               : DecodeError::UNSUPPORTED;
    }
    if (error != DecodeError::NONE)
    {
        return error;
    }
    return patch;
}

std::string
ContextSubscriptionPatch::Encode() const
{
    return EncodeJson(std::vector<PatchItem>{
        PatchItem::Replace(SECURITY_CONTEXT, EncodeJson(mbsSecurityContext))});
}

Decoded<ContextSubscriptionPatch>
ContextSubscriptionPatch::Decode(ByteView body)
{
    // It may say of the keys what a patch of a session may, and nothing else.
    const auto patch = MbsSessionPatch::Decode(body);
    if (!patch || patch->activityStatus || patch->mbsServInfo || patch->mbsServiceArea)
    {
        return patch ? DecodeError::UNSUPPORTED : patch.Error();
    }
    return ContextSubscriptionPatch{patch->mbsSecurityContext};
}

std::string
ContextStatusSubscription::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextStatusSubscription>
ContextStatusSubscription::Decode(ByteView body)
{
    return DecodeJson<ContextStatusSubscription>(body);
}

std::string
TmgiAllocate::Encode() const
{
    return EncodeJson(*this);
}

Decoded<TmgiAllocate>
TmgiAllocate::Decode(ByteView body)
{
    return DecodeJson<TmgiAllocate>(body);
}

std::string
TmgiAllocated::Encode() const
{
    return EncodeJson(*this);
}

Decoded<TmgiAllocated>
TmgiAllocated::Decode(ByteView body)
{
    return DecodeJson<TmgiAllocated>(body);
}

std::string
CreateReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<CreateReqData>
CreateReqData::Decode(ByteView body)
{
    return DecodeJson<CreateReqData>(body);
}

std::string
CreateRspData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<CreateRspData>
CreateRspData::Decode(ByteView body)
{
    return DecodeJson<CreateRspData>(body);
}

std::string
ContextStatusSubscribeReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextStatusSubscribeReqData>
ContextStatusSubscribeReqData::Decode(ByteView body)
{
    return DecodeJson<ContextStatusSubscribeReqData>(body);
}

std::string
ContextStatusSubscribeRspData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextStatusSubscribeRspData>
ContextStatusSubscribeRspData::Decode(ByteView body)
{
    return DecodeJson<ContextStatusSubscribeRspData>(body);
}

std::string
ContextStatusNotifyReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextStatusNotifyReqData>
ContextStatusNotifyReqData::Decode(ByteView body)
{
    return DecodeJson<ContextStatusNotifyReqData>(body);
}

std::string
StatusNotifyReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<StatusNotifyReqData>
StatusNotifyReqData::Decode(ByteView body)
{
    return DecodeJson<StatusNotifyReqData>(body);
}

std::string
ContextUpdateReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextUpdateReqData>
ContextUpdateReqData::Decode(ByteView body)
{
    return DecodeJson<ContextUpdateReqData>(body);
}

std::string
ContextUpdateRspData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextUpdateRspData>
ContextUpdateRspData::Decode(ByteView body)
{
    return DecodeJson<ContextUpdateRspData>(body);
}

} // namespace ns3::mbs::nmbsmf
