// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-path-switch.h"

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

/** maxnoofAllowedS-NSSAIs. */
constexpr uint64_t MAX_ALLOWED_SNSSAIS = 8;

/** Layout of a list of PDU sessions, each with a transfer. */
constexpr auto TRANSFER_LIST = [](auto& coder, auto& list) {
    coder.List(list, 1, NGAP_MAX_PDU_SESSIONS, [](auto& c, auto& item) {
        const auto sequence = c.Begin({});
        c.Integer(item.pduSessionId, 0, UINT8_MAX);
        c.OctetString(item.transfer);
        c.End(sequence);
    });
};

/** Layout of AllowedNSSAI, whose items wrap an S-NSSAI. */
constexpr auto ALLOWED_NSSAI = [](auto& coder, auto& list) {
    coder.List(list, 1, MAX_ALLOWED_SNSSAIS, [](auto& c, auto& sNssai) {
        const auto sequence = c.Begin({});
        Code(c, sNssai);
        c.End(sequence);
    });
};

/** Layout of SecurityContext. */
constexpr auto SECURITY_CONTEXT = [](auto& coder, auto& value) {
    const auto sequence = coder.Begin({});
    coder.Integer(value.nextHopChainingCount, 0, 7);
    NGAP_CODE_KEY(coder, value.nextHopNh);
    coder.End(sequence);
};

constexpr auto REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::RAN_UE_NGAP_ID, REJECT, message.ranUeNgapId, NGAP_CODE_RAN_UE_NGAP_ID);
    ies.Mandatory(NgapIeId::SOURCE_AMF_UE_NGAP_ID,
                  REJECT,
                  message.sourceAmfUeNgapId,
                  NGAP_CODE_AMF_UE_NGAP_ID);
    ies.Mandatory(NgapIeId::USER_LOCATION_INFORMATION,
                  IGNORE,
                  message.userLocationInformation,
                  NGAP_CODE);
    ies.Mandatory(NgapIeId::UE_SECURITY_CAPABILITIES,
                  IGNORE,
                  message.ueSecurityCapabilities,
                  NGAP_CODE);
    ies.Mandatory(NgapIeId::PDU_SESSION_RESOURCE_TO_BE_SWITCHED_DL_LIST,
                  REJECT,
                  message.toBeSwitched,
                  TRANSFER_LIST);
    ies.OptionalList(NgapIeId::PDU_SESSION_RESOURCE_FAILED_TO_SETUP_LIST_PS_REQ,
                     IGNORE,
                     message.failedToSetup,
                     TRANSFER_LIST);
};

constexpr auto ACKNOWLEDGE = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, IGNORE);
    ies.Mandatory(NgapIeId::SECURITY_CONTEXT, REJECT, message.securityContext, SECURITY_CONTEXT);
    ies.Mandatory(NgapIeId::PDU_SESSION_RESOURCE_SWITCHED_LIST,
                  IGNORE,
                  message.switched,
                  TRANSFER_LIST);
    ies.OptionalList(NgapIeId::PDU_SESSION_RESOURCE_RELEASED_LIST_PS_ACK,
                     IGNORE,
                     message.released,
                     TRANSFER_LIST);
    ies.Mandatory(NgapIeId::ALLOWED_NSSAI, REJECT, message.allowedNssai, ALLOWED_NSSAI);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

constexpr auto FAILURE = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, IGNORE);
    ies.Mandatory(NgapIeId::PDU_SESSION_RESOURCE_RELEASED_LIST_PS_FAIL,
                  IGNORE,
                  message.released,
                  TRANSFER_LIST);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

constexpr auto NON_DELIVERY = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, REJECT);
    ies.Mandatory(NgapIeId::NAS_PDU, IGNORE, message.nasPdu, NGAP_CODE_OCTET_STRING);
    ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
};

constexpr auto REQUEST_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence =
        coder.Begin({transfer.dlNguTnlInformationReused, false}, // userPlaneSecurityInformation
                    transfer.mbsSupportIndicator.has_value());
    Code(coder, transfer.dlNguUpTnlInformation);
    coder.Flag(sequence.present[0], transfer.dlNguTnlInformationReused);
    if (sequence.present[1])
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.List(transfer.qosFlowsAccepted, 1, NGAP_MAX_QOS_FLOWS, NGAP_CODE_QFI_ITEM);
    coder.End(sequence, [&](auto& ies) {
        ies.Optional(NgapIeId::MBS_SUPPORT_INDICATOR,
                     IGNORE,
                     transfer.mbsSupportIndicator,
                     NGAP_CODE_MBS_SUPPORT_INDICATOR);
    });
};

constexpr auto ACKNOWLEDGE_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence =
        coder.Begin({transfer.ulNguUpTnlInformation.has_value(), false}); // securityIndication
    coder.Optional(sequence.present[0], transfer.ulNguUpTnlInformation, NGAP_CODE);
    if (sequence.present[1])
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.End(sequence);
};

constexpr auto CAUSE_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({});
    Code(coder, transfer.cause);
    coder.End(sequence);
};

} // namespace

Bytes
NgapPathSwitchRequest::Encode() const
{
    return NgapEncodeMessage(*this, REQUEST);
}

Decoded<NgapPathSwitchRequest>
NgapPathSwitchRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapPathSwitchRequest>(pdu, REQUEST);
}

Bytes
NgapPathSwitchRequestAcknowledge::Encode() const
{
    return NgapEncodeMessage(*this, ACKNOWLEDGE);
}

Decoded<NgapPathSwitchRequestAcknowledge>
NgapPathSwitchRequestAcknowledge::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapPathSwitchRequestAcknowledge>(pdu, ACKNOWLEDGE);
}

Bytes
NgapPathSwitchRequestFailure::Encode() const
{
    return NgapEncodeMessage(*this, FAILURE);
}

Decoded<NgapPathSwitchRequestFailure>
NgapPathSwitchRequestFailure::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapPathSwitchRequestFailure>(pdu, FAILURE);
}

Bytes
NgapNasNonDeliveryIndication::Encode() const
{
    return NgapEncodeMessage(*this, NON_DELIVERY);
}

Decoded<NgapNasNonDeliveryIndication>
NgapNasNonDeliveryIndication::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapNasNonDeliveryIndication>(pdu, NON_DELIVERY);
}

Bytes
NgapPathSwitchRequestTransfer::Encode() const
{
    return NgapEncode(*this, REQUEST_TRANSFER);
}

Decoded<NgapPathSwitchRequestTransfer>
NgapPathSwitchRequestTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapPathSwitchRequestTransfer>(bytes, REQUEST_TRANSFER);
}

Bytes
NgapPathSwitchRequestAcknowledgeTransfer::Encode() const
{
    return NgapEncode(*this, ACKNOWLEDGE_TRANSFER);
}

Decoded<NgapPathSwitchRequestAcknowledgeTransfer>
NgapPathSwitchRequestAcknowledgeTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapPathSwitchRequestAcknowledgeTransfer>(bytes, ACKNOWLEDGE_TRANSFER);
}

Bytes
NgapPathSwitchRequestCauseTransfer::Encode() const
{
    return NgapEncode(*this, CAUSE_TRANSFER);
}

Decoded<NgapPathSwitchRequestCauseTransfer>
NgapPathSwitchRequestCauseTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapPathSwitchRequestCauseTransfer>(bytes, CAUSE_TRANSFER);
}

} // namespace ns3::mbs
