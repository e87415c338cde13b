// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-xnap-handover.h"

#include "mbs-xnap-code.h"

namespace ns3::mbs
{

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

/** Layout of QoSFlowwithCause-Item. */
constexpr auto FLOW_WITH_CAUSE = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.cause.has_value()});
    NGAP_CODE_QFI(coder, item.qfi);
    coder.Optional(sequence.present[0], item.cause, NGAP_CODE);
    coder.End(sequence);
};

/** Layout of PDUSessionResourceAdmittedInfo. */
constexpr auto ADMITTED_INFO = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.dlNguTnlUnchanged,
                                       !item.qosFlowsNotAdmitted.empty(),
                                       false}); // dataForwardingInfoFromTarget
    coder.Flag(sequence.present[0], item.dlNguTnlUnchanged);
    coder.List(item.qosFlowsAdmitted, 1, NGAP_MAX_QOS_FLOWS, NGAP_CODE_QFI_ITEM);
    if (sequence.present[1])
    {
        coder.List(item.qosFlowsNotAdmitted, 1, NGAP_MAX_QOS_FLOWS, FLOW_WITH_CAUSE);
    }
    if (sequence.present[2])
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.End(sequence);
};

/** Layout of PDUSessionResourcesAdmitted-List. */
constexpr auto ADMITTED_LIST = [](auto& coder, auto& list) {
    coder.List(list, 1, NGAP_MAX_PDU_SESSIONS, [](auto& c, auto& item) {
        const auto sequence = c.Begin({});
        c.Integer(item.pduSessionId, 0, UINT8_MAX);
        ADMITTED_INFO(c, item);
        c.End(sequence);
    });
};

/** Layout of PDUSessionResourcesNotAdmitted-List. */
constexpr auto NOT_ADMITTED_LIST = [](auto& coder, auto& list) {
    coder.List(list, 1, NGAP_MAX_PDU_SESSIONS, [](auto& c, auto& item) {
        const auto sequence = c.Begin({item.cause.has_value()});
        c.Integer(item.pduSessionId, 0, UINT8_MAX);
        c.Optional(sequence.present[0], item.cause, NGAP_CODE);
        c.End(sequence);
    });
};

/** Layout of MBS-DataForwardingResponseInfofromTarget-Item. */
constexpr auto FORWARDING_RESPONSE = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.progress.has_value()});
    XNAP_CODE_MRB_ID(coder, item.mrbId);
    Code(coder, item.dlForwardingUpTnl);
    coder.Optional(sequence.present[0], item.progress, NGAP_CODE);
    coder.End(sequence);
};

/** Layout of MBS-SessionInformationResponse-List. */
constexpr auto MBS_RESPONSE_LIST = [](auto& coder, auto& list) {
    coder.List(list, 1, XNAP_MAX_MBS_SESSIONS, [](auto& c, auto& item) {
        const auto sequence = c.Begin({!item.forwarding.empty()});
        Code(c, item.mbsSessionId);
        if (sequence.present[0])
        {
            c.List(item.forwarding, 1, XNAP_MAX_MRBS, FORWARDING_RESPONSE);
        }
        c.End(sequence);
    });
};

/**
 * @brief Writes or reads both IDs of a UE.
 * @param ies coder of the message's IEs
 * @param message has sourceUeXnapId and targetUeXnapId
 * @param criticality of both
 */
template <typename I, typename M>
void
CodeUeIds(I& ies, M& message, NgapCriticality criticality)
{
    ies.Mandatory(XnapIeId::SOURCE_NG_RAN_NODE_UE_XNAP_ID,
                  criticality,
                  message.sourceUeXnapId,
                  XNAP_CODE_UE_XNAP_ID);
    ies.Mandatory(XnapIeId::TARGET_NG_RAN_NODE_UE_XNAP_ID,
                  criticality,
                  message.targetUeXnapId,
                  XNAP_CODE_UE_XNAP_ID);
}

constexpr auto ACKNOWLEDGE = [](auto& ies, auto& message) {
    CodeUeIds(ies, message, IGNORE);
    ies.Mandatory(XnapIeId::PDU_SESSION_RESOURCES_ADMITTED_LIST,
                  IGNORE,
                  message.admitted,
                  ADMITTED_LIST);
    ies.OptionalList(XnapIeId::PDU_SESSION_RESOURCES_NOT_ADMITTED_LIST,
                     IGNORE,
                     message.notAdmitted,
                     NOT_ADMITTED_LIST);
    ies.Mandatory(XnapIeId::TARGET_TO_SOURCE_NG_RAN_NODE_TRANSP_CONTAINER,
                  IGNORE,
                  message.targetToSourceContainer,
                  NGAP_CODE_OCTET_STRING);
    ies.Optional(XnapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
    ies.OptionalList(XnapIeId::MBS_SESSION_INFORMATION_RESPONSE_LIST,
                     IGNORE,
                     message.mbsSessions,
                     MBS_RESPONSE_LIST);
};

constexpr auto PREPARATION_FAILURE = [](auto& ies, auto& message) {
    ies.Mandatory(XnapIeId::SOURCE_NG_RAN_NODE_UE_XNAP_ID,
                  IGNORE,
                  message.sourceUeXnapId,
                  XNAP_CODE_UE_XNAP_ID);
    ies.Mandatory(XnapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
    ies.Optional(XnapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
    ies.Optional(XnapIeId::REQUESTED_TARGET_CELL_GLOBAL_ID,
                 REJECT,
                 message.requestedTargetCell,
                 XNAP_CODE_TARGET_CGI);
};

constexpr auto CANCEL = [](auto& ies, auto& message) {
    ies.Mandatory(XnapIeId::SOURCE_NG_RAN_NODE_UE_XNAP_ID,
                  REJECT,
                  message.sourceUeXnapId,
                  XNAP_CODE_UE_XNAP_ID);
    ies.Optional(XnapIeId::TARGET_NG_RAN_NODE_UE_XNAP_ID,
                 IGNORE,
                 message.targetUeXnapId,
                 XNAP_CODE_UE_XNAP_ID);
    ies.Mandatory(XnapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
};

constexpr auto CONTEXT_RELEASE = [](auto& ies, auto& message) { CodeUeIds(ies, message, REJECT); };

} // namespace

Bytes
XnapHandoverRequestAcknowledge::Encode() const
{
    return NgapEncodeMessage(*this, ACKNOWLEDGE);
}

Decoded<XnapHandoverRequestAcknowledge>
XnapHandoverRequestAcknowledge::Decode(ByteView pdu)
{
    return NgapDecodeMessage<XnapHandoverRequestAcknowledge>(pdu, ACKNOWLEDGE);
}

Bytes
XnapHandoverPreparationFailure::Encode() const
{
    return NgapEncodeMessage(*this, PREPARATION_FAILURE);
}

Decoded<XnapHandoverPreparationFailure>
XnapHandoverPreparationFailure::Decode(ByteView pdu)
{
    return NgapDecodeMessage<XnapHandoverPreparationFailure>(pdu, PREPARATION_FAILURE);
}

Bytes
XnapHandoverCancel::Encode() const
{
    return NgapEncodeMessage(*this, CANCEL);
}

Decoded<XnapHandoverCancel>
XnapHandoverCancel::Decode(ByteView pdu)
{
    return NgapDecodeMessage<XnapHandoverCancel>(pdu, CANCEL);
}

Bytes
XnapUeContextRelease::Encode() const
{
    return NgapEncodeMessage(*this, CONTEXT_RELEASE);
}

Decoded<XnapUeContextRelease>
XnapUeContextRelease::Decode(ByteView pdu)
{
    return NgapDecodeMessage<XnapUeContextRelease>(pdu, CONTEXT_RELEASE);
}

} // namespace ns3::mbs
