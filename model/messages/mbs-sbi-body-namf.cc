// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-namf.h"

namespace ns3::mbs::namf
{

using sbi::DecodeJson;
using sbi::EncodeJson;
using sbi::Of;

/** @param archive where from or to @param value a NAS message */
template <typename A>
void
Describe(A& archive, Of<A, N1MessageContainer>& value)
{
    archive.Required("n1MessageClass", value.n1MessageClass);
    archive.Required("n1MessageContent", value.n1MessageContent);
}

/** @param archive where from or to @param value an NGAP information element */
template <typename A>
void
Describe(A& archive, Of<A, N2InfoContent>& value)
{
    archive.OptionalText("ngapIeType", value.ngapIeType);
    archive.Required("ngapData", value.ngapData);
}

/** @param archive where from or to @param value N2 information of a PDU session */
template <typename A>
void
Describe(A& archive, Of<A, N2SmInformation>& value)
{
    archive.Required("pduSessionId", value.pduSessionId);
    archive.Optional("n2InfoContent", value.n2InfoContent);
    archive.Optional("sNssai", value.sNssai);
}

/** @param archive where from or to @param value N2 information */
template <typename A>
void
Describe(A& archive, Of<A, N2InfoContainer>& value)
{
    archive.Required("n2InformationClass", value.n2InformationClass);
    archive.Optional("smInfo", value.smInfo);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, N1N2MessageTransferReqData>& value)
{
    archive.Optional("n1MessageContainer", value.n1MessageContainer);
    archive.Optional("n2InfoContainer", value.n2InfoContainer);
    archive.Optional("pduSessionId", value.pduSessionId);
    archive.OptionalText("n1n2FailureTxfNotifURI", value.n1n2FailureTxfNotifUri);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, N1N2MessageTransferRspData>& value)
{
    archive.Required("cause", value.cause);
}

/** @param archive where from or to @param value an error */
template <typename A>
void
Describe(A& archive, Of<A, N1N2MessageTransferError>& value)
{
    archive.Required("error", value.error);
}

/** @param archive where from or to @param value UEs */
template <typename A>
void
Describe(A& archive, Of<A, UeInfo>& value)
{
    archive.OptionalList("ueList", value.ueList);
    archive.Expect(!value.ueList.empty(), DecodeError::MALFORMED);
    archive.Optional("pduSessionId", value.pduSessionId);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, EnableGroupReachabilityReqData>& value)
{
    archive.OptionalList("ueInfoList", value.ueInfoList);
    archive.Expect(!value.ueInfoList.empty(), DecodeError::MALFORMED);
    archive.Required("tmgi", value.tmgi);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, EnableGroupReachabilityRspData>& value)
{
    archive.OptionalList("ueConnectedList", value.ueConnectedList);
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
Describe(A& archive, Of<A, MbsN2MessageTransferReqData>& value)
{
    archive.Required("mbsSessionId", value.mbsSessionId);
    archive.Optional("areaSessionId", value.areaSessionId);
    archive.Required("n2MbsSmInfo", value.n2MbsSmInfo);
    archive.OptionalList("ranNodeIdList", value.ranNodeIdList);
    archive.OptionalText("notifyUri", value.notifyUri);
    archive.OptionalText("notifyCorrelationId", value.notifyCorrelationId);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, MbsN2MessageTransferRspData>& value)
{
    archive.Required("result", value.result);
}

std::string
N1N2MessageTransferReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<N1N2MessageTransferReqData>
N1N2MessageTransferReqData::Decode(ByteView body)
{
    return DecodeJson<N1N2MessageTransferReqData>(body);
}

std::string
N1N2MessageTransferRspData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<N1N2MessageTransferRspData>
N1N2MessageTransferRspData::Decode(ByteView body)
{
    return DecodeJson<N1N2MessageTransferRspData>(body);
}

std::string
N1N2MessageTransferError::Encode() const
{
    return EncodeJson(*this);
}

Decoded<N1N2MessageTransferError>
N1N2MessageTransferError::Decode(ByteView body)
{
    return DecodeJson<N1N2MessageTransferError>(body);
}

std::string
EnableGroupReachabilityReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<EnableGroupReachabilityReqData>
EnableGroupReachabilityReqData::Decode(ByteView body)
{
    return DecodeJson<EnableGroupReachabilityReqData>(body);
}

std::string
EnableGroupReachabilityRspData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<EnableGroupReachabilityRspData>
EnableGroupReachabilityRspData::Decode(ByteView body)
{
    return DecodeJson<EnableGroupReachabilityRspData>(body);
}

std::string
MbsN2MessageTransferReqData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<MbsN2MessageTransferReqData>
MbsN2MessageTransferReqData::Decode(ByteView body)
{
    return DecodeJson<MbsN2MessageTransferReqData>(body);
}

std::string
MbsN2MessageTransferRspData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<MbsN2MessageTransferRspData>
MbsN2MessageTransferRspData::Decode(ByteView body)
{
    return DecodeJson<MbsN2MessageTransferRspData>(body);
}

} // namespace ns3::mbs::namf
