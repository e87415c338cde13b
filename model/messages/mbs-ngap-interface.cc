// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-interface.h"

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

namespace
{

/** Reset Type of the whole interface: the only value of its ENUMERATED, with no content. */
struct ResetAll
{
    uint8_t value{0}; //!< reset-all
};

constexpr auto NG_RESET = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::CAUSE, NgapCriticality::IGNORE, message.cause, NGAP_CODE);
    ResetAll all;
    ies.Mandatory(NgapIeId::RESET_TYPE, NgapCriticality::REJECT, all, [](auto& coder, auto& type) {
        coder.Choice(0, 3);
        coder.Enumerated(type.value, 1, true);
    });
};

constexpr auto NG_RESET_ACKNOWLEDGE = [](auto& ies, auto& message) {
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 NgapCriticality::IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

} // namespace

Bytes
NgapNgReset::Encode() const
{
    return NgapEncodeMessage(*this, NG_RESET);
}

Decoded<NgapNgReset>
NgapNgReset::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapNgReset>(pdu, NG_RESET);
}

Bytes
NgapNgResetAcknowledge::Encode() const
{
    return NgapEncodeMessage(*this, NG_RESET_ACKNOWLEDGE);
}

Decoded<NgapNgResetAcknowledge>
NgapNgResetAcknowledge::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapNgResetAcknowledge>(pdu, NG_RESET_ACKNOWLEDGE);
}

} // namespace ns3::mbs
