// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_XNAP_HANDOVER_REQUEST_H
#define MBS_XNAP_HANDOVER_REQUEST_H

#include "mbs-xnap-types.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Two bit rates (UEAggregateMaximumBitRate, PDUSessionAggregateMaximumBitRate).
 */
struct XnapBitRates
{
    uint64_t downlink{0}; //!< bit/s, at most 4 Tbit/s
    uint64_t uplink{0};   //!< bit/s, at most 4 Tbit/s
};

/**
 * @ingroup mbs
 * @brief AS-SecurityInformation: the key of the UE's connection in the target cell.
 */
struct XnapAsSecurityInformation
{
    Bytes keyNgRanStar = Bytes(32); //!< K_NG-RAN*, 32 octets
    uint8_t ncc{0};                 //!< NCC that it belongs to, 0 to 7
};

/**
 * @ingroup mbs
 * @brief PDUSessionType.
 */
enum class XnapPduSessionType : uint8_t
{
    IPV4,        //!< IPv4
    IPV6,        //!< IPv6
    IPV4V6,      //!< both
    ETHERNET,    //!< Ethernet
    UNSTRUCTURED //!< anything
};

/**
 * @ingroup mbs
 * @brief QoSFlowsToBeSetup-Item.
 */
struct XnapQosFlowToBeSetup
{
    uint8_t qfi{0};                           //!< QFI, 0 to 63
    NgapQosFlowLevelQosParameters parameters; //!< its treatment
    std::optional<uint8_t> eRabId;            //!< 4G bearer, 0 to 15
};

/**
 * @ingroup mbs
 * @brief Associated-QoSFlowInfo-Item: a multicast flow and the unicast flow that stands for it.
 */
struct XnapAssociatedQosFlow
{
    uint8_t mbsQfi{0};               //!< QFI in the MBS session, 0 to 63
    uint8_t associatedUnicastQfi{0}; //!< QFI in the PDU session, 0 to 63
};

/**
 * @ingroup mbs
 * @brief MBS-SessionAssociatedInformation-Item: an MBS session that is joined in a PDU session and
 * has unicast flows there.
 */
struct XnapMbsSessionAssociatedInformation
{
    NgapMbsSessionId mbsSessionId;            //!< which session
    std::vector<XnapAssociatedQosFlow> flows; //!< 1 to 64
};

/**
 * @ingroup mbs
 * @brief PDUSessionResourcesToBeSetup-Item: a PDU session that is to go along.
 *
 * An item with a security indication or data forwarding information is refused as
 * DecodeError::UNSUPPORTED.
 */
struct XnapPduSessionToBeSetup
{
    uint8_t pduSessionId{0};                             //!< PDU session
    NgapSnssai sNssai;                                   //!< slice
    std::optional<XnapBitRates> pduSessionAmbr;          //!< limits of its flows without guarantee
    NgapGtpTunnel ulNguTnlAtUpf;                         //!< where its uplink packets go
    std::optional<NgapGtpTunnel> sourceDlNguTnl;         //!< where its downlink packets come now
    XnapPduSessionType type{XnapPduSessionType::IPV4};   //!< what its packets are
    std::optional<uint16_t> networkInstance;             //!< 1 to 256
    std::vector<XnapQosFlowToBeSetup> qosFlowsToBeSetup; //!< 1 to 64
    /** MBS-SessionAssociatedInformation, at most 32. */
    std::vector<XnapMbsSessionAssociatedInformation> mbsSessionAssociatedInformation;
};

/**
 * @ingroup mbs
 * @brief MBS-MappingandDataForwardingRequestInfofromSource-Item: a multicast radio bearer of the
 * source cell, whose packets the target may have forwarded.
 */
struct XnapMrbForwardingRequest
{
    uint16_t mrbId{1};                       //!< 1 to 512
    std::vector<uint8_t> qosFlows;           //!< QFIs on this bearer, 1 to 64
    std::optional<XnapMrbProgress> progress; //!< how far the source cell is
};

/**
 * @ingroup mbs
 * @brief Active-MBS-SessionInformation: of a session whose packets flow.
 */
struct XnapActiveMbsSession
{
    std::vector<NgapMbsQosFlowsToBeSetupItem> qosFlowsToAdd; //!< 1 to 64
    std::optional<NgapMbsServiceArea> serviceArea;           //!< where it is; everywhere if absent
    std::vector<XnapMrbForwardingRequest> forwarding;        //!< at most 32
};

/**
 * @ingroup mbs
 * @brief MBS-SessionInformation-Item: an MBS session that the UE has joined.
 */
struct XnapMbsSessionInformation
{
    NgapMbsSessionId mbsSessionId;              //!< which session
    std::optional<uint16_t> mbsAreaSessionId;   //!< which part of it
    std::optional<XnapActiveMbsSession> active; //!< absent: the session is inactive
};

/**
 * @ingroup mbs
 * @brief CellSize in LastVisitedNGRANCellInformation (TS 38.413 clause 9.3.1.98).
 */
enum class XnapCellSize : uint8_t
{
    VERY_SMALL, //!< very small
    SMALL,      //!< small
    MEDIUM,     //!< medium
    LARGE       //!< large
};

/**
 * @ingroup mbs
 * @brief LastVisitedCell-Item with an NR cell: where the UE was.
 */
struct XnapLastVisitedCell
{
    NgapNrCgi cell;                          //!< which cell
    XnapCellSize size{XnapCellSize::MEDIUM}; //!< of the cell
    uint16_t timeStayed{0};                  //!< seconds, 0 to 4095
};

/**
 * @ingroup mbs
 * @brief HANDOVER REQUEST: source gNB to target gNB (TS 38.423 clause 9.1.1.1).
 *
 * One with location reporting information or a mobility restriction list in the UE context is
 * refused as DecodeError::UNSUPPORTED.
 */
struct XnapHandoverRequest
{
    /** Which message this is. */
    static constexpr XnapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          XnapProcedureCode::HANDOVER_PREPARATION};

    uint32_t sourceUeXnapId{0};            //!< the UE at the source gNB
    XnapCause cause;                       //!< why
    NgapNrCgi targetCell;                  //!< where to
    NgapGuami guami;                       //!< the UE's AMF
    uint64_t amfUeNgapId{0};               //!< the UE there (NG-C UE reference), 40 bits
    NgapTransportLayerAddress cpTnlSource; //!< the AMF's address on N2
    NgapUeSecurityCapabilities ueSecurityCapabilities;  //!< algorithms of the UE
    XnapAsSecurityInformation securityInformation;      //!< key of its connection
    std::optional<uint16_t> rfsp;                       //!< index of RAT and frequencies, 1 to 256
    XnapBitRates ueAmbr;                                //!< of its flows without guarantee
    std::vector<XnapPduSessionToBeSetup> pduSessions;   //!< 1 to 256
    Bytes rrcContext;                                   //!< HandoverPreparationInformation of RRC
    std::vector<XnapMbsSessionInformation> mbsSessions; //!< MBS-SessionInformation-List, max. 256
    std::vector<XnapLastVisitedCell> ueHistory;         //!< the newest first, 1 to 16

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an XnAP-PDU @return the message, or why there is none */
    static Decoded<XnapHandoverRequest> Decode(ByteView pdu);
};

} // namespace ns3::mbs

#endif // MBS_XNAP_HANDOVER_REQUEST_H
