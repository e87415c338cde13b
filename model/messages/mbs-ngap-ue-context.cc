// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-ue-context.h"

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

constexpr auto INITIAL_UE_MESSAGE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::RAN_UE_NGAP_ID, REJECT, message.ranUeNgapId, NGAP_CODE_RAN_UE_NGAP_ID);
    ies.Mandatory(NgapIeId::NAS_PDU, REJECT, message.nasPdu, NGAP_CODE_OCTET_STRING);
    ies.Mandatory(NgapIeId::USER_LOCATION_INFORMATION,
                  REJECT,
                  message.userLocationInformation,
                  NGAP_CODE);
    ies.Mandatory(NgapIeId::RRC_ESTABLISHMENT_CAUSE,
                  IGNORE,
                  message.rrcEstablishmentCause,
                  [](auto& coder, auto& value) { coder.Enumerated(value, 10, true); });
    ies.Optional(NgapIeId::FIVE_G_S_TMSI, REJECT, message.fiveGSTmsi, NGAP_CODE);
};

constexpr auto RELEASE_REQUEST = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, REJECT);
    ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
};

/** Layout of UE-NGAP-IDs with a pair of IDs. */
constexpr auto UE_NGAP_ID_PAIR = [](auto& coder, auto& message) {
    coder.Choice(0, 3);
    const auto sequence = coder.Begin({});
    NGAP_CODE_AMF_UE_NGAP_ID(coder, message.amfUeNgapId);
    NGAP_CODE_RAN_UE_NGAP_ID(coder, message.ranUeNgapId);
    coder.End(sequence);
};

constexpr auto RELEASE_COMMAND = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::UE_NGAP_IDS, REJECT, message, UE_NGAP_ID_PAIR);
    ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
};

constexpr auto RELEASE_COMPLETE = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, IGNORE);
    ies.Optional(NgapIeId::USER_LOCATION_INFORMATION,
                 IGNORE,
                 message.userLocationInformation,
                 NGAP_CODE);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

} // namespace

Bytes
NgapInitialUeMessage::Encode() const
{
    return NgapEncodeMessage(*this, INITIAL_UE_MESSAGE);
}

Decoded<NgapInitialUeMessage>
NgapInitialUeMessage::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapInitialUeMessage>(pdu, INITIAL_UE_MESSAGE);
}

Bytes
NgapUeContextReleaseRequest::Encode() const
{
    return NgapEncodeMessage(*this, RELEASE_REQUEST);
}

Decoded<NgapUeContextReleaseRequest>
NgapUeContextReleaseRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapUeContextReleaseRequest>(pdu, RELEASE_REQUEST);
}

Bytes
NgapUeContextReleaseCommand::Encode() const
{
    return NgapEncodeMessage(*this, RELEASE_COMMAND);
}

Decoded<NgapUeContextReleaseCommand>
NgapUeContextReleaseCommand::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapUeContextReleaseCommand>(pdu, RELEASE_COMMAND);
}

Bytes
NgapUeContextReleaseComplete::Encode() const
{
    return NgapEncodeMessage(*this, RELEASE_COMPLETE);
}

Decoded<NgapUeContextReleaseComplete>
NgapUeContextReleaseComplete::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapUeContextReleaseComplete>(pdu, RELEASE_COMPLETE);
}

} // namespace ns3::mbs
