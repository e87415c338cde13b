// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_CODE_H
#define MBS_NGAP_CODE_H

#include "mbs-ngap-container.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * Layouts of the types that several messages share (TS 38.413 clause 9.4.5). Each function takes
 * an NgapEncoder or NgapDecoder and the value.
 */

/** Layout of AMF-UE-NGAP-ID. */
inline constexpr auto NGAP_CODE_AMF_UE_NGAP_ID = [](auto& coder, auto& value) {
    coder.Integer(value, 0, 0xFFFFFFFFFF);
};
/** Layout of RAN-UE-NGAP-ID. */
inline constexpr auto NGAP_CODE_RAN_UE_NGAP_ID = [](auto& coder, auto& value) {
    coder.Integer(value, 0, UINT32_MAX);
};

/**
 * @brief Writes or reads the two IDs that start most messages about a UE.
 * @param ies coder of the message's IEs
 * @param message has amfUeNgapId and ranUeNgapId
 * @param criticality of both
 */
template <typename I, typename M>
void
NgapCodeUeIds(I& ies, M& message, NgapCriticality criticality)
{
    ies.Mandatory(NgapIeId::AMF_UE_NGAP_ID,
                  criticality,
                  message.amfUeNgapId,
                  NGAP_CODE_AMF_UE_NGAP_ID);
    ies.Mandatory(NgapIeId::RAN_UE_NGAP_ID,
                  criticality,
                  message.ranUeNgapId,
                  NGAP_CODE_RAN_UE_NGAP_ID);
}

/** Layout of MBS-AreaSessionID. */
inline constexpr auto NGAP_CODE_AREA_SESSION_ID = [](auto& coder, auto& value) {
    coder.ExtensibleInteger(value, 0, UINT16_MAX);
};
/** Layout of QosFlowIdentifier. */
inline constexpr auto NGAP_CODE_QFI = [](auto& coder, auto& value) {
    coder.ExtensibleInteger(value, 0, 63);
};
/** Layout of a SEQUENCE of nothing but a QosFlowIdentifier: QosFlowAcceptedItem and others. */
inline constexpr auto NGAP_CODE_QFI_ITEM = [](auto& coder, auto& qfi) {
    const auto sequence = coder.Begin({});
    NGAP_CODE_QFI(coder, qfi);
    coder.End(sequence);
};
/** Layout of MBS-SupportIndicator. */
inline constexpr auto NGAP_CODE_MBS_SUPPORT_INDICATOR = [](auto& coder, auto& value) {
    coder.Enumerated(value, 1, true);
};
/** Layout of a SEQUENCE of two QosFlowIdentifiers: a multicast flow and its unicast flow. */
inline constexpr auto NGAP_CODE_QFI_PAIR = [](auto& coder, auto& multicast, auto& unicast) {
    const auto sequence = coder.Begin({});
    NGAP_CODE_QFI(coder, multicast);
    NGAP_CODE_QFI(coder, unicast);
    coder.End(sequence);
};
/** Layout of E-RAB-ID. */
inline constexpr auto NGAP_CODE_E_RAB_ID = [](auto& coder, auto& value) {
    coder.ExtensibleInteger(value, 0, 15);
};
/** Layout of an OCTET STRING without size constraint: NAS-PDU and the transfers. */
inline constexpr auto NGAP_CODE_OCTET_STRING = [](auto& coder, auto& value) {
    coder.OctetString(value);
};
/** Layout of PagingDRX. */
inline constexpr auto NGAP_CODE_PAGING_DRX = [](auto& coder, auto& value) {
    coder.Enumerated(value, 4, true);
};
/** Layout of Criticality. */
inline constexpr auto NGAP_CODE_CRITICALITY = [](auto& coder, auto& value) {
    coder.Enumerated(value, 3, false);
};

/** Layout of a BIT STRING (SIZE (16, ...)) with a bit for each algorithm. */
inline constexpr auto NGAP_CODE_ALGORITHMS = [](auto& coder, auto& value) {
    uint8_t extended = 0;
    coder.FixedBits(extended, 1);
    if (extended != 0)
    {
        coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.FixedBits(value, 16);
};
/** Layout of a BIT STRING (SIZE (256)) that holds a key. */
inline constexpr auto NGAP_CODE_KEY = [](auto& coder, auto& value) { coder.Key(value); };

/**
 * @param maximum largest size
 * @return layout of a SEQUENCE (SIZE(1..maximum)) OF something that has a Code()
 */
inline auto
NgapCodeList(uint64_t maximum)
{
    return [maximum](auto& coder, auto& value) { coder.List(value, 1, maximum, NGAP_CODE); };
}

/** maxnoofMBSQoSFlows, maxnoofQosFlows. */
constexpr uint64_t NGAP_MAX_QOS_FLOWS = 64;
/** maxnoofMBSSessions. */
constexpr uint64_t NGAP_MAX_MBS_SESSIONS = 32;
/** maxnoofPDUSessions. */
constexpr uint64_t NGAP_MAX_PDU_SESSIONS = 256;
/** maxnoofTAIforPaging. */
constexpr uint64_t NGAP_MAX_PAGING_TAIS = 16;

/** @cond the pairs that differ by direction, in mbs-ngap-code.cc */
void Code(NgapEncoder& coder, const PlmnId& value);
void Code(NgapDecoder& coder, PlmnId& value);
void Code(NgapEncoder& coder, const Tmgi& value);
void Code(NgapDecoder& coder, Tmgi& value);
void Code(NgapEncoder& coder, const NgapTransportLayerAddress& value);
void Code(NgapDecoder& coder, NgapTransportLayerAddress& value);

template <typename C>
void
Code(C& coder, typename C::template Field<NgapCause> value)
{
    // sizes of the roots, in the order of the CHOICE; the sixth alternative is an extension
    static constexpr std::array<uint64_t, 6> ROOTS{45, 2, 4, 7, 6, 0};
    coder.Enumerated(value.group, ROOTS.size(), false);
    const uint64_t root = ROOTS[static_cast<std::size_t>(value.group)];
    if (root == 0)
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.Enumerated(value.value, root, true);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapCriticalityDiagnosticsIe> value)
{
    const auto sequence = coder.Begin({});
    coder.Enumerated(value.criticality, 3, false);
    coder.Integer(value.id, 0, UINT16_MAX);
    coder.Enumerated(value.missing, 2, true);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapCriticalityDiagnostics> value)
{
    const auto sequence = coder.Begin({value.procedureCode.has_value(),
                                       value.triggeringMessage.has_value(),
                                       value.procedureCriticality.has_value(),
                                       !value.ies.empty()});
    coder.Optional(sequence.present[0], value.procedureCode, [](auto& c, auto& v) {
        c.Integer(v, 0, UINT8_MAX);
    });
    coder.Optional(sequence.present[1], value.triggeringMessage, [](auto& c, auto& v) {
        c.Enumerated(v, 3, false);
    });
    coder.Optional(sequence.present[2], value.procedureCriticality, NGAP_CODE_CRITICALITY);
    if (sequence.present[3])
    {
        coder.List(value.ies, 1, 256, NGAP_CODE);
    }
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapGtpTunnel> value)
{
    coder.Choice(0, 2);
    const auto sequence = coder.Begin({});
    Code(coder, value.transportLayerAddress);
    coder.FixedOctets(value.gtpTeid, 4);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapSharedNguMulticastTnlInformation> value)
{
    const auto sequence = coder.Begin({});
    Code(coder, value.ipMulticastAddress);
    Code(coder, value.ipSourceAddress);
    coder.FixedOctets(value.gtpTeid, 4);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapSnssai> value)
{
    const auto sequence = coder.Begin({value.sd.has_value()});
    coder.FixedOctets(value.sst, 1);
    coder.Optional(sequence.present[0], value.sd, [](auto& c, auto& v) { c.FixedOctets(v, 3); });
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapTai> value)
{
    const auto sequence = coder.Begin({});
    Code(coder, value.plmn);
    coder.FixedOctets(value.tac, 3);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapNrCgi> value)
{
    const auto sequence = coder.Begin({});
    Code(coder, value.plmn);
    coder.FixedBits(value.nrCellIdentity, 36);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapUserLocationInformationNr> value)
{
    coder.Choice(1, 4);
    const auto sequence = coder.Begin({value.timeStamp.has_value()});
    Code(coder, value.nrCgi);
    Code(coder, value.tai);
    coder.Optional(sequence.present[0], value.timeStamp, [](auto& c, auto& v) {
        c.FixedOctets(v, 4);
    });
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapFiveGSTmsi> value)
{
    const auto sequence = coder.Begin({});
    coder.FixedBits(value.amfSetId, 10);
    coder.FixedBits(value.amfPointer, 6);
    coder.FixedOctets(value.fiveGTmsi, 4);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapGuami> value)
{
    const auto sequence = coder.Begin({});
    Code(coder, value.plmn);
    coder.FixedBits(value.amfRegionId, 8);
    coder.FixedBits(value.amfSetId, 10);
    coder.FixedBits(value.amfPointer, 6);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapUeSecurityCapabilities> value)
{
    const auto sequence = coder.Begin({});
    NGAP_CODE_ALGORITHMS(coder, value.nrEncryption);
    NGAP_CODE_ALGORITHMS(coder, value.nrIntegrity);
    NGAP_CODE_ALGORITHMS(coder, value.eutraEncryption);
    NGAP_CODE_ALGORITHMS(coder, value.eutraIntegrity);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsSessionId> value)
{
    const auto sequence = coder.Begin({value.nid.has_value()});
    Code(coder, value.tmgi);
    coder.Optional(sequence.present[0], value.nid, [](auto& c, auto& v) { c.FixedBits(v, 44); });
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsServiceAreaInformation> value)
{
    const auto sequence = coder.Begin({!value.cells.empty(), !value.tais.empty()});
    if (sequence.present[0])
    {
        coder.List(value.cells, 1, 8192, NGAP_CODE);
    }
    if (sequence.present[1])
    {
        coder.List(value.tais, 1, 1024, NGAP_CODE);
    }
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsServiceAreaInformationItem> value)
{
    const auto sequence = coder.Begin({});
    NGAP_CODE_AREA_SESSION_ID(coder, value.mbsAreaSessionId);
    Code(coder, value.information);
    coder.End(sequence);
}

/** Layout of a CHOICE between one value for everywhere and a list by area session. */
template <typename C, typename V>
void
CodeByArea(C& coder, V& value)
{
    uint8_t alternative = value.locationDependent.empty() ? 0 : 1;
    coder.Enumerated(alternative, 3, false);
    switch (alternative)
    {
    case 0:
        return Code(coder, value.locationIndependent);
    case 1:
        return coder.List(value.locationDependent, 1, 256, NGAP_CODE);
    default:
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsServiceArea> value)
{
    CodeByArea(coder, value);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsSessionTnlInfo5GcItem> value)
{
    const auto sequence = coder.Begin({});
    NGAP_CODE_AREA_SESSION_ID(coder, value.mbsAreaSessionId);
    Code(coder, value.multicast);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsSessionTnlInfo5Gc> value)
{
    CodeByArea(coder, value);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapAllocationAndRetentionPriority> value)
{
    const auto sequence = coder.Begin({});
    coder.Integer(value.priorityLevel, 1, 15);
    coder.Enumerated(value.mayTriggerPreemption, 2, true);
    coder.Enumerated(value.preemptable, 2, true);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapGbrQosInformation> value)
{
    static constexpr uint64_t MAX_BIT_RATE = 4000000000000;
    static constexpr auto LOSS_RATE = [](auto& c, auto& v) { c.ExtensibleInteger(v, 0, 1000); };
    const auto sequence = coder.Begin({value.notificationRequested,
                                       value.maximumPacketLossRateDl.has_value(),
                                       value.maximumPacketLossRateUl.has_value()});
    coder.ExtensibleInteger(value.maximumFlowBitRateDl, 0, MAX_BIT_RATE);
    coder.ExtensibleInteger(value.maximumFlowBitRateUl, 0, MAX_BIT_RATE);
    coder.ExtensibleInteger(value.guaranteedFlowBitRateDl, 0, MAX_BIT_RATE);
    coder.ExtensibleInteger(value.guaranteedFlowBitRateUl, 0, MAX_BIT_RATE);
    coder.Flag(sequence.present[0], value.notificationRequested);
    coder.Optional(sequence.present[1], value.maximumPacketLossRateDl, LOSS_RATE);
    coder.Optional(sequence.present[2], value.maximumPacketLossRateUl, LOSS_RATE);
    coder.End(sequence);
}

/** Layout of NonDynamic5QIDescriptor within QosCharacteristics. */
template <typename C>
void
CodeNonDynamic5Qi(C& coder, typename C::template Field<NgapQosFlowLevelQosParameters> value)
{
    coder.Choice(0, 3);
    const auto sequence = coder.Begin({value.priorityLevel.has_value(),
                                       value.averagingWindow.has_value(),
                                       value.maximumDataBurstVolume.has_value()});
    coder.ExtensibleInteger(value.fiveQi, 0, 255);
    coder.Optional(sequence.present[0], value.priorityLevel, [](auto& c, auto& v) {
        c.ExtensibleInteger(v, 1, 127);
    });
    coder.Optional(sequence.present[1], value.averagingWindow, [](auto& c, auto& v) {
        c.ExtensibleInteger(v, 0, 4095);
    });
    coder.Optional(sequence.present[2], value.maximumDataBurstVolume, [](auto& c, auto& v) {
        c.ExtensibleInteger(v, 0, 4095);
    });
    coder.End(sequence);
}

/** Layout of QosFlowLevelQosParameters, of NGAP or XnAP. @param arp layout of the ARP in it */
template <typename C, typename F>
void
CodeQos(C& coder, typename C::template Field<NgapQosFlowLevelQosParameters> value, F arp)
{
    const auto sequence =
        coder.Begin({value.gbr.has_value(), value.reflectiveQos, value.moreLikely});
    CodeNonDynamic5Qi(coder, value);
    arp(coder, value.arp);
    coder.Optional(sequence.present[0], value.gbr, NGAP_CODE);
    coder.Flag(sequence.present[1], value.reflectiveQos);
    coder.Flag(sequence.present[2], value.moreLikely);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapQosFlowLevelQosParameters> value)
{
    CodeQos(coder, value, NGAP_CODE);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapMbsQosFlowsToBeSetupItem> value)
{
    const auto sequence = coder.Begin({});
    NGAP_CODE_QFI(coder, value.mbsQosFlowIdentifier);
    Code(coder, value.mbsQosFlowLevelQosParameters);
    coder.End(sequence);
}

template <typename C>
void
Code(C& coder, typename C::template Field<NgapQosFlowWithCauseItem> value)
{
    const auto sequence = coder.Begin({});
    NGAP_CODE_QFI(coder, value.qosFlowIdentifier);
    Code(coder, value.cause);
    coder.End(sequence);
}

/** @endcond */

} // namespace ns3::mbs

#endif // MBS_NGAP_CODE_H
