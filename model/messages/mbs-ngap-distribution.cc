// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-distribution.h"

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

constexpr auto SETUP_REQUEST_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({transfer.mbsAreaSessionId.has_value(),
                                       transfer.sharedNguUnicastTnlInformation.has_value()});
    Code(coder, transfer.mbsSessionId);
    coder.Optional(sequence.present[0], transfer.mbsAreaSessionId, NGAP_CODE_AREA_SESSION_ID);
    coder.Optional(sequence.present[1], transfer.sharedNguUnicastTnlInformation, NGAP_CODE);
    coder.End(sequence);
};

constexpr auto SETUP_RESPONSE_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({transfer.mbsAreaSessionId.has_value(),
                                       transfer.sharedNguMulticastTnlInformation.has_value(),
                                       transfer.mbsServiceArea.has_value()});
    Code(coder, transfer.mbsSessionId);
    coder.Optional(sequence.present[0], transfer.mbsAreaSessionId, NGAP_CODE_AREA_SESSION_ID);
    coder.Optional(sequence.present[1], transfer.sharedNguMulticastTnlInformation, NGAP_CODE);
    coder.List(transfer.mbsQosFlowsToBeSetupList, 1, NGAP_MAX_QOS_FLOWS, NGAP_CODE);
    coder.Enumerated(transfer.mbsSessionStatus, 2, true);
    coder.Optional(sequence.present[2], transfer.mbsServiceArea, NGAP_CODE);
    coder.End(sequence);
};

constexpr auto SETUP_UNSUCCESSFUL_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin(
        {transfer.mbsAreaSessionId.has_value(), transfer.criticalityDiagnostics.has_value()});
    Code(coder, transfer.mbsSessionId);
    coder.Optional(sequence.present[0], transfer.mbsAreaSessionId, NGAP_CODE_AREA_SESSION_ID);
    Code(coder, transfer.cause);
    coder.Optional(sequence.present[1], transfer.criticalityDiagnostics, NGAP_CODE);
    coder.End(sequence);
};

constexpr auto RELEASE_REQUEST_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({transfer.mbsAreaSessionId.has_value(),
                                       transfer.sharedNguUnicastTnlInformation.has_value()});
    Code(coder, transfer.mbsSessionId);
    coder.Optional(sequence.present[0], transfer.mbsAreaSessionId, NGAP_CODE_AREA_SESSION_ID);
    coder.Optional(sequence.present[1], transfer.sharedNguUnicastTnlInformation, NGAP_CODE);
    Code(coder, transfer.cause);
    coder.End(sequence);
};

constexpr auto SETUP_REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_AREA_SESSION_ID,
                 REJECT,
                 message.mbsAreaSessionId,
                 NGAP_CODE_AREA_SESSION_ID);
    ies.Mandatory(NgapIeId::MBS_DISTRIBUTION_SETUP_REQUEST_TRANSFER,
                  REJECT,
                  message.transfer,
                  NGAP_CODE_OCTET_STRING);
};

constexpr auto SETUP_RESPONSE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_AREA_SESSION_ID,
                 REJECT,
                 message.mbsAreaSessionId,
                 NGAP_CODE_AREA_SESSION_ID);
    ies.Mandatory(NgapIeId::MBS_DISTRIBUTION_SETUP_RESPONSE_TRANSFER,
                  REJECT,
                  message.transfer,
                  NGAP_CODE_OCTET_STRING);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

constexpr auto SETUP_FAILURE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_AREA_SESSION_ID,
                 REJECT,
                 message.mbsAreaSessionId,
                 NGAP_CODE_AREA_SESSION_ID);
    ies.Mandatory(NgapIeId::MBS_DISTRIBUTION_SETUP_UNSUCCESSFUL_TRANSFER,
                  IGNORE,
                  message.transfer,
                  NGAP_CODE_OCTET_STRING);
    ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

constexpr auto RELEASE_REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_AREA_SESSION_ID,
                 REJECT,
                 message.mbsAreaSessionId,
                 NGAP_CODE_AREA_SESSION_ID);
    ies.Mandatory(NgapIeId::MBS_DISTRIBUTION_RELEASE_REQUEST_TRANSFER,
                  REJECT,
                  message.transfer,
                  NGAP_CODE_OCTET_STRING);
    ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
};

constexpr auto RELEASE_RESPONSE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_AREA_SESSION_ID,
                 REJECT,
                 message.mbsAreaSessionId,
                 NGAP_CODE_AREA_SESSION_ID);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

} // namespace

Bytes
NgapMbsDistributionSetupRequestTransfer::Encode() const
{
    return NgapEncode(*this, SETUP_REQUEST_TRANSFER);
}

Decoded<NgapMbsDistributionSetupRequestTransfer>
NgapMbsDistributionSetupRequestTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMbsDistributionSetupRequestTransfer>(bytes, SETUP_REQUEST_TRANSFER);
}

Bytes
NgapMbsDistributionSetupResponseTransfer::Encode() const
{
    return NgapEncode(*this, SETUP_RESPONSE_TRANSFER);
}

Decoded<NgapMbsDistributionSetupResponseTransfer>
NgapMbsDistributionSetupResponseTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMbsDistributionSetupResponseTransfer>(bytes, SETUP_RESPONSE_TRANSFER);
}

Bytes
NgapMbsDistributionSetupUnsuccessfulTransfer::Encode() const
{
    return NgapEncode(*this, SETUP_UNSUCCESSFUL_TRANSFER);
}

Decoded<NgapMbsDistributionSetupUnsuccessfulTransfer>
NgapMbsDistributionSetupUnsuccessfulTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMbsDistributionSetupUnsuccessfulTransfer>(bytes,
                                                                    SETUP_UNSUCCESSFUL_TRANSFER);
}

Bytes
NgapMbsDistributionReleaseRequestTransfer::Encode() const
{
    return NgapEncode(*this, RELEASE_REQUEST_TRANSFER);
}

Decoded<NgapMbsDistributionReleaseRequestTransfer>
NgapMbsDistributionReleaseRequestTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMbsDistributionReleaseRequestTransfer>(bytes, RELEASE_REQUEST_TRANSFER);
}

Bytes
NgapDistributionSetupRequest::Encode() const
{
    return NgapEncodeMessage(*this, SETUP_REQUEST);
}

Decoded<NgapDistributionSetupRequest>
NgapDistributionSetupRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapDistributionSetupRequest>(pdu, SETUP_REQUEST);
}

Bytes
NgapDistributionSetupResponse::Encode() const
{
    return NgapEncodeMessage(*this, SETUP_RESPONSE);
}

Decoded<NgapDistributionSetupResponse>
NgapDistributionSetupResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapDistributionSetupResponse>(pdu, SETUP_RESPONSE);
}

Bytes
NgapDistributionSetupFailure::Encode() const
{
    return NgapEncodeMessage(*this, SETUP_FAILURE);
}

Decoded<NgapDistributionSetupFailure>
NgapDistributionSetupFailure::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapDistributionSetupFailure>(pdu, SETUP_FAILURE);
}

Bytes
NgapDistributionReleaseRequest::Encode() const
{
    return NgapEncodeMessage(*this, RELEASE_REQUEST);
}

Decoded<NgapDistributionReleaseRequest>
NgapDistributionReleaseRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapDistributionReleaseRequest>(pdu, RELEASE_REQUEST);
}

Bytes
NgapDistributionReleaseResponse::Encode() const
{
    return NgapEncodeMessage(*this, RELEASE_RESPONSE);
}

Decoded<NgapDistributionReleaseResponse>
NgapDistributionReleaseResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapDistributionReleaseResponse>(pdu, RELEASE_RESPONSE);
}

} // namespace ns3::mbs
