// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-xnap-handover-request.h"

#include "mbs-xnap-code.h"

namespace ns3::mbs
{

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

/** maxnoofCellsinUEHistoryInfo. */
constexpr uint64_t MAX_HISTORY_CELLS = 16;

/** Layout of BitRate. */
constexpr auto BIT_RATE = [](auto& coder, auto& value) {
    coder.ExtensibleInteger(value, 0, 4000000000000);
};

/** Layout of UEAggregateMaximumBitRate and PDUSessionAggregateMaximumBitRate. */
constexpr auto BIT_RATES = [](auto& coder, auto& value) {
    const auto sequence = coder.Begin({});
    BIT_RATE(coder, value.downlink);
    BIT_RATE(coder, value.uplink);
    coder.End(sequence);
};

/** Layout of AllocationandRetentionPriority: that of NGAP has another range and no extension. */
constexpr auto ARP = [](auto& coder, auto& value) {
    const auto sequence = coder.Begin({});
    coder.ExtensibleInteger(value.priorityLevel, 0, 15);
    coder.Enumerated(value.mayTriggerPreemption, 2, true);
    coder.Enumerated(value.preemptable, 2, true);
    coder.End(sequence);
};

/** Layout of QoSFlowLevelQoSParameters. */
constexpr auto QOS = [](auto& coder, auto& value) { CodeQos(coder, value, ARP); };

/** Layout of QoSFlowsToBeSetup-Item. */
constexpr auto FLOW_TO_BE_SETUP = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.eRabId.has_value()});
    NGAP_CODE_QFI(coder, item.qfi);
    QOS(coder, item.parameters);
    coder.Optional(sequence.present[0], item.eRabId, NGAP_CODE_E_RAB_ID);
    coder.End(sequence);
};

/** Layout of MBS-SessionAssociatedInformation. */
constexpr auto ASSOCIATED_INFORMATION = [](auto& coder, auto& list) {
    coder.List(list, 1, NGAP_MAX_MBS_SESSIONS, [](auto& c, auto& item) {
        const auto sequence = c.Begin({});
        Code(c, item.mbsSessionId);
        c.List(item.flows, 1, NGAP_MAX_QOS_FLOWS, [](auto& inner, auto& flow) {
            NGAP_CODE_QFI_PAIR(inner, flow.mbsQfi, flow.associatedUnicastQfi);
        });
        c.End(sequence);
    });
};

/** Layout of PDUSessionResourcesToBeSetup-Item. */
constexpr auto TO_BE_SETUP = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.pduSessionAmbr.has_value(),
                                       item.sourceDlNguTnl.has_value(),
                                       false, // securityIndication
                                       item.networkInstance.has_value(),
                                       false}, // dataforwardinginfofromSource
                                      !item.mbsSessionAssociatedInformation.empty());
    coder.Integer(item.pduSessionId, 0, UINT8_MAX);
    Code(coder, item.sNssai);
    coder.Optional(sequence.present[0], item.pduSessionAmbr, BIT_RATES);
    Code(coder, item.ulNguTnlAtUpf);
    coder.Optional(sequence.present[1], item.sourceDlNguTnl, NGAP_CODE);
    if (sequence.present[2] || sequence.present[4])
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.Enumerated(item.type, 5, true);
    coder.Optional(sequence.present[3], item.networkInstance, [](auto& c, auto& v) {
        c.ExtensibleInteger(v, 1, 256);
    });
    coder.List(item.qosFlowsToBeSetup, 1, NGAP_MAX_QOS_FLOWS, FLOW_TO_BE_SETUP);
    coder.End(sequence, [&](auto& ies) {
        ies.OptionalList(XnapIeId::MBS_SESSION_ASSOCIATED_INFORMATION,
                         IGNORE,
                         item.mbsSessionAssociatedInformation,
                         ASSOCIATED_INFORMATION);
    });
};

/** Layout of MBS-QoSFlowsToAdd-Item. */
constexpr auto FLOW_TO_ADD = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({});
    NGAP_CODE_QFI(coder, item.mbsQosFlowIdentifier);
    QOS(coder, item.mbsQosFlowLevelQosParameters);
    coder.End(sequence);
};

/** Layout of MBS-MappingandDataForwardingRequestInfofromSource-Item. */
constexpr auto FORWARDING_REQUEST = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.progress.has_value()});
    XNAP_CODE_MRB_ID(coder, item.mrbId);
    coder.List(item.qosFlows, 1, NGAP_MAX_QOS_FLOWS, NGAP_CODE_QFI);
    coder.Optional(sequence.present[0], item.progress, NGAP_CODE);
    coder.End(sequence);
};

/** Layout of Active-MBS-SessionInformation. */
constexpr auto ACTIVE = [](auto& coder, auto& value) {
    const auto sequence = coder.Begin({value.serviceArea.has_value(), !value.forwarding.empty()});
    coder.List(value.qosFlowsToAdd, 1, NGAP_MAX_QOS_FLOWS, FLOW_TO_ADD);
    coder.Optional(sequence.present[0], value.serviceArea, NGAP_CODE);
    if (sequence.present[1])
    {
        coder.List(value.forwarding, 1, XNAP_MAX_MRBS, FORWARDING_REQUEST);
    }
    coder.End(sequence);
};

/** Layout of MBS-SessionInformation-List. */
constexpr auto MBS_SESSIONS = [](auto& coder, auto& list) {
    coder.List(list, 1, XNAP_MAX_MBS_SESSIONS, [](auto& c, auto& item) {
        const auto sequence = c.Begin({item.mbsAreaSessionId.has_value(), item.active.has_value()});
        Code(c, item.mbsSessionId);
        c.Optional(sequence.present[0], item.mbsAreaSessionId, NGAP_CODE_AREA_SESSION_ID);
        c.Optional(sequence.present[1], item.active, ACTIVE);
        c.End(sequence);
    });
};

/** Layout of AS-SecurityInformation. */
constexpr auto SECURITY = [](auto& coder, auto& value) {
    const auto sequence = coder.Begin({});
    NGAP_CODE_KEY(coder, value.keyNgRanStar);
    coder.Integer(value.ncc, 0, 7);
    coder.End(sequence);
};

/** Layout of UEContextInfoHORequest, of whose members the message is made. */
constexpr auto UE_CONTEXT = [](auto& coder, auto& message) {
    const auto sequence = coder.Begin({message.rfsp.has_value(),
                                       false,  // locationReportingInformation
                                       false}, // mrl
                                      !message.mbsSessions.empty());
    NGAP_CODE_AMF_UE_NGAP_ID(coder, message.amfUeNgapId);
    coder.Choice(0, 2); // endpointIPAddress
    Code(coder, message.cpTnlSource);
    Code(coder, message.ueSecurityCapabilities);
    SECURITY(coder, message.securityInformation);
    coder.Optional(sequence.present[0], message.rfsp, [](auto& c, auto& v) {
        c.Integer(v, 1, 256);
    });
    BIT_RATES(coder, message.ueAmbr);
    coder.List(message.pduSessions, 1, NGAP_MAX_PDU_SESSIONS, TO_BE_SETUP);
    coder.OctetString(message.rrcContext);
    if (sequence.present[1] || sequence.present[2])
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.End(sequence, [&](auto& ies) {
        ies.OptionalList(XnapIeId::MBS_SESSION_INFORMATION_LIST,
                         IGNORE,
                         message.mbsSessions,
                         MBS_SESSIONS);
    });
};

/** Layout of LastVisitedNGRANCellInformation (TS 38.413 clause 9.3.1.97) with an NR cell. */
constexpr auto LAST_VISITED_CELL = [](auto& coder, auto& cell) {
    const auto sequence = coder.Begin({false,   // timeUEStayedInCellEnhancedGranularity
                                       false}); // hOCauseValue
    coder.Choice(0, 3);                         // nR-CGI
    Code(coder, cell.cell);
    const auto type = coder.Begin({});
    coder.Enumerated(cell.size, 4, true);
    coder.End(type);
    coder.Integer(cell.timeStayed, 0, 4095);
    if (sequence.present[0] || sequence.present[1])
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.End(sequence);
};

/** @param coder writes @param cell as an octet string that holds a complete encoding of NGAP */
void
CodeContained(NgapEncoder& coder, const XnapLastVisitedCell& cell)
{
    const Bytes octets = NgapEncode(cell, LAST_VISITED_CELL);
    if (octets.empty())
    {
        coder.Aper().Fail();
    }
    coder.OctetString(octets);
}

/** @param coder reads @param cell from an octet string that holds a complete encoding of NGAP */
void
CodeContained(NgapDecoder& coder, XnapLastVisitedCell& cell)
{
    Bytes octets;
    coder.OctetString(octets);
    const auto decoded = NgapDecode<XnapLastVisitedCell>(octets, LAST_VISITED_CELL);
    if (!decoded)
    {
        return coder.Fail(decoded.Error());
    }
    cell = *decoded;
}

/** Layout of UEHistoryInformation. */
constexpr auto HISTORY = [](auto& coder, auto& list) {
    coder.List(list, 1, MAX_HISTORY_CELLS, [](auto& c, auto& cell) {
        c.Choice(0, 5); // nG-RAN-Cell
        CodeContained(c, cell);
    });
};

constexpr auto REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(XnapIeId::SOURCE_NG_RAN_NODE_UE_XNAP_ID,
                  REJECT,
                  message.sourceUeXnapId,
                  XNAP_CODE_UE_XNAP_ID);
    ies.Mandatory(XnapIeId::CAUSE, REJECT, message.cause, NGAP_CODE);
    ies.Mandatory(XnapIeId::TARGET_CELL_GLOBAL_ID,
                  REJECT,
                  message.targetCell,
                  XNAP_CODE_TARGET_CGI);
    ies.Mandatory(XnapIeId::GUAMI, REJECT, message.guami, NGAP_CODE);
    ies.Mandatory(XnapIeId::UE_CONTEXT_INFO_HO_REQUEST, REJECT, message, UE_CONTEXT);
    ies.Mandatory(XnapIeId::UE_HISTORY_INFORMATION, IGNORE, message.ueHistory, HISTORY);
};

} // namespace

Bytes
XnapHandoverRequest::Encode() const
{
    return NgapEncodeMessage(*this, REQUEST);
}

Decoded<XnapHandoverRequest>
XnapHandoverRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<XnapHandoverRequest>(pdu, REQUEST);
}

} // namespace ns3::mbs
