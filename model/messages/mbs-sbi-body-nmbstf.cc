// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-nmbstf.h"

namespace ns3::mbs::nmbstf
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

/** JSON pointer of the end of Nmb9. */
constexpr const char* MB_UPF_TUNNEL = "/mbUpfTunAddr";

/** JSON pointer of the state. */
constexpr const char* STATE = "/distSessionState";

} // namespace

/** @param archive where from or to @param value a group and port */
template <typename A>
void
Describe(A& archive, Of<A, ExtSsm>& value)
{
    archive.Required("ssm", value.ssm);
    archive.Required("portNumber", value.portNumber);
}

/** @param archive where from or to @param value ingest addresses */
template <typename A>
void
DescribeIngest(A& archive, Of<A, MbStfIngestAddr>& value)
{
    archive.Optional("afEgressTunAddr", value.afEgressTunAddr);
    archive.Optional("mbStfIngressTunAddr", value.mbStfIngressTunAddr);
    archive.Optional("afSsm", value.afSsm);
    archive.Optional("mbStfListenAddr", value.mbStfListenAddr);
}

void
Describe(JsonReader& archive, MbStfIngestAddr& value)
{
    DescribeIngest(archive, value);
}

void
Describe(JsonWriter& archive, const MbStfIngestAddr& value)
{
    DescribeIngest(archive, value);
}

/** @param archive where from or to @param value parameters of the packet distribution method */
template <typename A>
void
Describe(A& archive, Of<A, PktDistributionData>& value)
{
    archive.Required("pktDistributionOperatingMode", value.pktDistributionOperatingMode);
    archive.OptionalText("pktIngestMethod", value.pktIngestMethod);
    archive.Required("mbStfIngestAddr", value.mbStfIngestAddr);
}

/** @param archive where from or to @param value inner destination */
template <typename A>
void
Describe(A& archive, Of<A, UpTrafficFlowInfo>& value)
{
    RequiredIpAddr(archive, "destIpAddr", value.destIpAddr);
    archive.Optional("portNumber", value.portNumber);
}

/** @param archive where from or to @param value a session */
template <typename A>
void
Describe(A& archive, Of<A, DistSession>& value)
{
    archive.Required("distSessionId", value.distSessionId);
    archive.Required("distSessionState", value.distSessionState);
    archive.Optional("mbUpfTunAddr", value.mbUpfTunAddr);
    archive.Optional("upTrafficFlowInfo", value.upTrafficFlowInfo);
    archive.Optional("mbsSessionId", value.mbsSessionId);
    archive.Optional("mbr", value.mbr);
    if constexpr (A::READING)
    {
        archive.Expect(!archive.Find("objDistributionData"), DecodeError::UNSUPPORTED);
    }
    archive.Required("pktDistributionData", value.pktDistributionData);
    OptionalSecurityContext(archive, value.mbsSecurityContext);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, CreateReqData>& value)
{
    archive.Required("distSession", value.distSession);
    archive.Expect(value.distSession.mbUpfTunAddr && value.distSession.mbr, DecodeError::MALFORMED);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, CreateRspData>& value)
{
    archive.Required("distSession", value.distSession);
}

/** @param archive where from or to @param value a subscription */
template <typename A>
void
Describe(A& archive, Of<A, DistSessionSubscription>& value)
{
    archive.OptionalText("nfcInstanceId", value.nfcInstanceId);
    archive.Expect(value.nfcInstanceId.empty() || sbi::IsUuid(value.nfcInstanceId),
                   DecodeError::MALFORMED);
    archive.List("eventList", value.eventList);
    archive.Required("notifyUri", value.notifyUri);
    archive.OptionalText("notifyCorrelationId", value.notifyCorrelationId);
    archive.Optional("expiryTime", value.expiryTime);
    archive.OptionalText("distSessionSubscUri", value.distSessionSubscUri);
}

/** @param archive where from or to @param value a report */
template <typename A>
void
Describe(A& archive, Of<A, DistSessionEventReport>& value)
{
    archive.Required("eventType", value.eventType);
    archive.Optional("timeStamp", value.timeStamp);
    OptionalSecurityContext(archive, value.mbsSecurityContext);
}

/** @param archive where from or to @param value reports */
template <typename A>
void
Describe(A& archive, Of<A, DistSessionEventReportList>& value)
{
    archive.List("eventReportList", value.eventReportList);
    archive.OptionalText("notifyCorrelationId", value.notifyCorrelationId);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, StatusSubscribeReqData>& value)
{
    archive.Required("subscription", value.subscription);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, StatusSubscribeRspData>& value)
{
    archive.Required("subscription", value.subscription);
    archive.Optional("reportList", value.reportList);
}

/** @param archive where from or to @param value a notification */
template <typename A>
void
Describe(A& archive, Of<A, StatusNotifyReqData>& value)
{
    archive.Required("reportList", value.reportList);
}

std::string
DistSession::Encode() const
{
    return EncodeJson(*this);
}

Decoded<DistSession>
DistSession::Decode(ByteView body)
{
    return DecodeJson<DistSession>(body);
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
DistSessionPatch::Encode() const
{
    std::vector<PatchItem> items;
    if (!mbsSecurityContext.empty())
    {
        items.push_back(PatchItem::Replace(SECURITY_CONTEXT, EncodeJson(mbsSecurityContext)));
    }
    if (mbUpfTunAddr)
    {
        items.push_back(PatchItem::Replace(MB_UPF_TUNNEL, EncodeJson(*mbUpfTunAddr)));
    }
    if (distSessionState)
    {
        items.push_back(PatchItem::Replace(STATE, EncodeJson(*distSessionState)));
    }
    return sbi::EncodePatch(items);
}

Decoded<DistSessionPatch>
DistSessionPatch::Decode(ByteView body)
{
    const Decoded<std::vector<PatchItem>> items = sbi::DecodePatch(body);
    DecodeError error = items.Error();
    DistSessionPatch patch;
    for (std::size_t i = 0; error == DecodeError::NONE && i < items->size(); ++i)
    {
        const PatchItem& item = (*items)[i];
        error = item.path == SECURITY_CONTEXT ? TakePatchValue(item, patch.mbsSecurityContext)
                : item.path == MB_UPF_TUNNEL  ? TakePatchValue(item, patch.mbUpfTunAddr)
                : item.path == STATE          ? TakePatchValue(item, patch.distSessionState)
                                              : DecodeError::UNSUPPORTED;
    }
    if (error != DecodeError::NONE)
    {
        return error;
    }
    return patch;
}

std::string
StatusSubscribeReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<StatusSubscribeReqData>
StatusSubscribeReqData::Decode(ByteView body)
{
    return DecodeJson<StatusSubscribeReqData>(body);
}

std::string
StatusSubscribeRspData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<StatusSubscribeRspData>
StatusSubscribeRspData::Decode(ByteView body)
{
    return DecodeJson<StatusSubscribeRspData>(body);
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

} // namespace ns3::mbs::nmbstf
