// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-namf-broadcast.h"

namespace ns3::mbs::namf
{

using sbi::DecodeJson;
using sbi::EncodeJson;
using sbi::Of;

/** @param archive where from or to @param value NGAP information */
template <typename A>
void
Describe(A& archive, Of<A, BroadcastN2MbsSmInfo>& value)
{
    archive.Required("ngapIeType", value.ngapIeType);
    archive.Required("ngapData", value.ngapData);
    archive.Optional("ranId", value.ranId);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, ContextCreateReqData>& value)
{
    archive.Required("mbsSessionId", value.mbsSessionId);
    archive.Optional("mbsServiceArea", value.mbsServiceArea);
    archive.Required("n2MbsSmInfo", value.n2MbsSmInfo);
    archive.Required("notifyUri", value.notifyUri);
    archive.Optional("maxResponseTime", value.maxResponseTime);
    archive.Required("snssai", value.snssai);
    archive.OptionalText("mbsmfId", value.mbsmfId);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, ContextCreateRspData>& value)
{
    archive.Required("mbsSessionId", value.mbsSessionId);
    archive.OptionalList("n2MbsSmInfoList", value.n2MbsSmInfoList);
    archive.OptionalText("operationStatus", value.operationStatus);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, ContextUpdateReqData>& value)
{
    archive.Optional("mbsServiceArea", value.mbsServiceArea);
    archive.Optional("n2MbsSmInfo", value.n2MbsSmInfo);
    archive.OptionalList("ranIdList", value.ranIdList);
    archive.OptionalText("notifyUri", value.notifyUri);
    archive.Optional("maxResponseTime", value.maxResponseTime);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, ContextUpdateRspData>& value)
{
    archive.OptionalList("n2MbsSmInfoList", value.n2MbsSmInfoList);
    archive.OptionalText("operationStatus", value.operationStatus);
}

/** @param archive where from or to @param value what has happened to a gNB */
template <typename A>
void
Describe(A& archive, Of<A, NgranFailureEvent>& value)
{
    archive.Required("ngranId", value.ngranId);
    archive.Required("ngranFailureIndication", value.ngranFailureIndication);
}

/** @param archive where from or to @param value what has happened to a session */
template <typename A>
void
Describe(A& archive, Of<A, OperationEvent>& value)
{
    archive.Required("opEventType", value.opEventType);
    archive.OptionalText("amfId", value.amfId);
    archive.OptionalList("ngranFailureEventList", value.ngranFailureEventList);
}

/** @param archive where from or to @param value a notification */
template <typename A>
void
Describe(A& archive, Of<A, ContextStatusNotification>& value)
{
    archive.Required("mbsSessionId", value.mbsSessionId);
    archive.OptionalList("n2MbsSmInfoList", value.n2MbsSmInfoList);
    archive.OptionalList("operationEvents", value.operationEvents);
    archive.OptionalText("operationStatus", value.operationStatus);
    archive.Flag("releasedInd", value.releasedInd);
}

std::string
ContextCreateReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextCreateReqData>
ContextCreateReqData::Decode(ByteView body)
{
    return DecodeJson<ContextCreateReqData>(body);
}

std::string
ContextCreateRspData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextCreateRspData>
ContextCreateRspData::Decode(ByteView body)
{
    return DecodeJson<ContextCreateRspData>(body);
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

std::string
ContextStatusNotification::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ContextStatusNotification>
ContextStatusNotification::Decode(ByteView body)
{
    return DecodeJson<ContextStatusNotification>(body);
}

} // namespace ns3::mbs::namf
