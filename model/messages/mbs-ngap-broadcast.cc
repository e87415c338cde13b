// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-broadcast.h"

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

/** @cond layouts of the types that only these messages have */
template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsSessionTnlInfoNgRanItem> value)
{
    const auto sequence = coder.Begin({value.sharedNguUnicastTnlInformation.has_value()});
    NGAP_CODE_AREA_SESSION_ID(coder, value.mbsAreaSessionId);
    coder.Optional(sequence.present[0], value.sharedNguUnicastTnlInformation, NGAP_CODE);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsSessionTnlInfoNgRan> value)
{
    CodeByArea(coder, value);
}

/** @endcond */

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

constexpr auto REQUEST_TRANSFER_IES = [](auto& ies, auto& transfer) {
    ies.Optional(NgapIeId::MBS_SESSION_TNL_INFO_5GC,
                 REJECT,
                 transfer.mbsSessionTnlInfo5Gc,
                 NGAP_CODE);
    ies.Mandatory(NgapIeId::MBS_QOS_FLOWS_TO_BE_SETUP_MOD_LIST,
                  REJECT,
                  transfer.mbsQosFlowsToBeSetupModList,
                  NgapCodeList(NGAP_MAX_QOS_FLOWS));
};

/** Layout of the transfers that hold nothing but the gNB's tunnels. */
constexpr auto TUNNEL_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({transfer.mbsSessionTnlInfoNgRan.has_value()});
    coder.Optional(sequence.present[0], transfer.mbsSessionTnlInfoNgRan, NGAP_CODE);
    coder.End(sequence);
};

constexpr auto FAILURE_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({transfer.criticalityDiagnostics.has_value()});
    Code(coder, transfer.cause);
    coder.Optional(sequence.present[0], transfer.criticalityDiagnostics, NGAP_CODE);
    coder.End(sequence);
};

constexpr auto SETUP_REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Mandatory(NgapIeId::S_NSSAI, REJECT, message.snssai, NGAP_CODE);
    ies.Mandatory(NgapIeId::MBS_SERVICE_AREA, REJECT, message.mbsServiceArea, NGAP_CODE);
    ies.Mandatory(NgapIeId::MBS_SESSION_SETUP_REQUEST_TRANSFER,
                  REJECT,
                  message.transfer,
                  NGAP_CODE_OCTET_STRING);
};

constexpr auto MODIFICATION_REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_SERVICE_AREA, REJECT, message.mbsServiceArea, NGAP_CODE);
    ies.OptionalList(NgapIeId::MBS_SESSION_MODIFICATION_REQUEST_TRANSFER,
                     REJECT,
                     message.transfer,
                     NGAP_CODE_OCTET_STRING);
};

/**
 * @param transfer ID of the transfer's IE
 * @param criticality its criticality
 * @return layout of the responses, which differ in nothing else
 */
constexpr auto
Response(uint16_t transfer, NgapCriticality criticality)
{
    return [transfer, criticality](auto& ies, auto& message) {
        ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
        ies.OptionalList(transfer, criticality, message.transfer, NGAP_CODE_OCTET_STRING);
        ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                     IGNORE,
                     message.criticalityDiagnostics,
                     NGAP_CODE);
    };
}

constexpr auto SETUP_RESPONSE = Response(NgapIeId::MBS_SESSION_SETUP_RESPONSE_TRANSFER, REJECT);
constexpr auto MODIFICATION_RESPONSE =
    Response(NgapIeId::MBS_SESSION_MODIFICATION_RESPONSE_TRANSFER, REJECT);
constexpr auto RELEASE_RESPONSE = Response(NgapIeId::MBS_SESSION_RELEASE_RESPONSE_TRANSFER, IGNORE);

/** @param transfer ID of the transfer's IE @return layout of the failures */
constexpr auto
Failure(uint16_t transfer)
{
    return [transfer](auto& ies, auto& message) {
        ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
        ies.OptionalList(transfer, IGNORE, message.transfer, NGAP_CODE_OCTET_STRING);
        ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
        ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                     IGNORE,
                     message.criticalityDiagnostics,
                     NGAP_CODE);
    };
}

constexpr auto SETUP_FAILURE = Failure(NgapIeId::MBS_SESSION_SETUP_FAILURE_TRANSFER);
constexpr auto MODIFICATION_FAILURE = Failure(NgapIeId::MBS_SESSION_MODIFICATION_FAILURE_TRANSFER);

/** Release request and release required are alike. */
constexpr auto RELEASE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
};

} // namespace

Bytes
NgapMbsSessionSetupOrModRequestTransfer::Encode() const
{
    return NgapEncode(*this, NgapIesOnly(REQUEST_TRANSFER_IES));
}

Decoded<NgapMbsSessionSetupOrModRequestTransfer>
NgapMbsSessionSetupOrModRequestTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMbsSessionSetupOrModRequestTransfer>(bytes,
                                                               NgapIesOnly(REQUEST_TRANSFER_IES));
}

Bytes
NgapMbsSessionSetupOrModResponseTransfer::Encode() const
{
    return NgapEncode(*this, TUNNEL_TRANSFER);
}

Decoded<NgapMbsSessionSetupOrModResponseTransfer>
NgapMbsSessionSetupOrModResponseTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMbsSessionSetupOrModResponseTransfer>(bytes, TUNNEL_TRANSFER);
}

Bytes
NgapMbsSessionSetupOrModFailureTransfer::Encode() const
{
    return NgapEncode(*this, FAILURE_TRANSFER);
}

Decoded<NgapMbsSessionSetupOrModFailureTransfer>
NgapMbsSessionSetupOrModFailureTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMbsSessionSetupOrModFailureTransfer>(bytes, FAILURE_TRANSFER);
}

Bytes
NgapMbsSessionReleaseResponseTransfer::Encode() const
{
    return NgapEncode(*this, TUNNEL_TRANSFER);
}

Decoded<NgapMbsSessionReleaseResponseTransfer>
NgapMbsSessionReleaseResponseTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMbsSessionReleaseResponseTransfer>(bytes, TUNNEL_TRANSFER);
}

Bytes
NgapBroadcastSessionSetupRequest::Encode() const
{
    return NgapEncodeMessage(*this, SETUP_REQUEST);
}

Decoded<NgapBroadcastSessionSetupRequest>
NgapBroadcastSessionSetupRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionSetupRequest>(pdu, SETUP_REQUEST);
}

Bytes
NgapBroadcastSessionSetupResponse::Encode() const
{
    return NgapEncodeMessage(*this, SETUP_RESPONSE);
}

Decoded<NgapBroadcastSessionSetupResponse>
NgapBroadcastSessionSetupResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionSetupResponse>(pdu, SETUP_RESPONSE);
}

Bytes
NgapBroadcastSessionSetupFailure::Encode() const
{
    return NgapEncodeMessage(*this, SETUP_FAILURE);
}

Decoded<NgapBroadcastSessionSetupFailure>
NgapBroadcastSessionSetupFailure::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionSetupFailure>(pdu, SETUP_FAILURE);
}

Bytes
NgapBroadcastSessionModificationRequest::Encode() const
{
    return NgapEncodeMessage(*this, MODIFICATION_REQUEST);
}

Decoded<NgapBroadcastSessionModificationRequest>
NgapBroadcastSessionModificationRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionModificationRequest>(pdu, MODIFICATION_REQUEST);
}

Bytes
NgapBroadcastSessionModificationResponse::Encode() const
{
    return NgapEncodeMessage(*this, MODIFICATION_RESPONSE);
}

Decoded<NgapBroadcastSessionModificationResponse>
NgapBroadcastSessionModificationResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionModificationResponse>(pdu, MODIFICATION_RESPONSE);
}

Bytes
NgapBroadcastSessionModificationFailure::Encode() const
{
    return NgapEncodeMessage(*this, MODIFICATION_FAILURE);
}

Decoded<NgapBroadcastSessionModificationFailure>
NgapBroadcastSessionModificationFailure::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionModificationFailure>(pdu, MODIFICATION_FAILURE);
}

Bytes
NgapBroadcastSessionReleaseRequest::Encode() const
{
    return NgapEncodeMessage(*this, RELEASE);
}

Decoded<NgapBroadcastSessionReleaseRequest>
NgapBroadcastSessionReleaseRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionReleaseRequest>(pdu, RELEASE);
}

Bytes
NgapBroadcastSessionReleaseResponse::Encode() const
{
    return NgapEncodeMessage(*this, RELEASE_RESPONSE);
}

Decoded<NgapBroadcastSessionReleaseResponse>
NgapBroadcastSessionReleaseResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionReleaseResponse>(pdu, RELEASE_RESPONSE);
}

Bytes
NgapBroadcastSessionReleaseRequired::Encode() const
{
    return NgapEncodeMessage(*this, RELEASE);
}

Decoded<NgapBroadcastSessionReleaseRequired>
NgapBroadcastSessionReleaseRequired::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapBroadcastSessionReleaseRequired>(pdu, RELEASE);
}

} // namespace ns3::mbs
