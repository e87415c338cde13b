// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_XNAP_HANDOVER_H
#define MBS_XNAP_HANDOVER_H

#include "mbs-xnap-types.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * XnAP messages of a handover but for HANDOVER REQUEST (TS 38.423 clause 9.1.1).
 *
 * TYPE, Encode() and Decode() are as in mbs-ngap-ue.h, with an XnAP-PDU instead of an NGAP-PDU.
 */

/**
 * @ingroup mbs
 * @brief QoSFlowwithCause-Item: a flow that does not go along.
 */
struct XnapQosFlowWithCause
{
    uint8_t qfi{0};                 //!< QFI, 0 to 63
    std::optional<XnapCause> cause; //!< why
};

/**
 * @ingroup mbs
 * @brief PDUSessionResourcesAdmitted-Item.
 *
 * An item with data forwarding information is refused as DecodeError::UNSUPPORTED.
 */
struct XnapPduSessionAdmitted
{
    uint8_t pduSessionId{0};                               //!< PDU session
    bool dlNguTnlUnchanged{false};                         //!< its tunnel is the old one
    std::vector<uint8_t> qosFlowsAdmitted;                 //!< QFIs, 1 to 64
    std::vector<XnapQosFlowWithCause> qosFlowsNotAdmitted; //!< at most 64
};

/**
 * @ingroup mbs
 * @brief PDUSessionResourcesNotAdmitted-Item.
 */
struct XnapPduSessionNotAdmitted
{
    uint8_t pduSessionId{0};        //!< PDU session
    std::optional<XnapCause> cause; //!< why
};

/**
 * @ingroup mbs
 * @brief MBS-DataForwardingResponseInfofromTarget-Item: where to forward a bearer's packets.
 */
struct XnapMrbForwardingResponse
{
    uint16_t mrbId{1};                       //!< 1 to 512
    NgapGtpTunnel dlForwardingUpTnl;         //!< tunnel at the target gNB
    std::optional<XnapMrbProgress> progress; //!< first packet that the target cell has not
};

/**
 * @ingroup mbs
 * @brief MBS-SessionInformationResponse-Item: an MBS session that the target took note of.
 */
struct XnapMbsSessionInformationResponse
{
    NgapMbsSessionId mbsSessionId;                     //!< which session
    std::vector<XnapMrbForwardingResponse> forwarding; //!< at most 32; empty: nothing is forwarded
};

/**
 * @ingroup mbs
 * @brief HANDOVER REQUEST ACKNOWLEDGE: target gNB to source gNB.
 */
struct XnapHandoverRequestAcknowledge
{
    /** Which message this is. */
    static constexpr XnapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          XnapProcedureCode::HANDOVER_PREPARATION};

    uint32_t sourceUeXnapId{0};                         //!< the UE at the source gNB
    uint32_t targetUeXnapId{0};                         //!< the UE at the target gNB
    std::vector<XnapPduSessionAdmitted> admitted;       //!< 1 to 256
    std::vector<XnapPduSessionNotAdmitted> notAdmitted; //!< at most 256
    Bytes targetToSourceContainer;                      //!< HandoverCommand of RRC, for the UE
    /** MBS-SessionInformationResponse-List, at most 256. */
    std::vector<XnapMbsSessionInformationResponse> mbsSessions;
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an XnAP-PDU @return the message, or why there is none */
    static Decoded<XnapHandoverRequestAcknowledge> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief HANDOVER PREPARATION FAILURE: target gNB to source gNB, the UE cannot come.
 */
struct XnapHandoverPreparationFailure
{
    /** Which message this is. */
    static constexpr XnapMessageType TYPE{NgapPduKind::UNSUCCESSFUL_OUTCOME,
                                          XnapProcedureCode::HANDOVER_PREPARATION};

    uint32_t sourceUeXnapId{0};                                       //!< the UE at the source gNB
    XnapCause cause;                                                  //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< and with which IE
    std::optional<NgapNrCgi> requestedTargetCell;                     //!< where it was to go

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an XnAP-PDU @return the message, or why there is none */
    static Decoded<XnapHandoverPreparationFailure> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief HANDOVER CANCEL: source gNB to target gNB, the UE will not come.
 */
struct XnapHandoverCancel
{
    /** Which message this is. */
    static constexpr XnapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          XnapProcedureCode::HANDOVER_CANCEL};

    uint32_t sourceUeXnapId{0};             //!< the UE at the source gNB
    std::optional<uint32_t> targetUeXnapId; //!< the UE at the target gNB, if that has answered
    XnapCause cause;                        //!< why

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an XnAP-PDU @return the message, or why there is none */
    static Decoded<XnapHandoverCancel> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief UE CONTEXT RELEASE: target gNB to source gNB, the UE has come and the path is switched.
 */
struct XnapUeContextRelease
{
    /** Which message this is. */
    static constexpr XnapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          XnapProcedureCode::UE_CONTEXT_RELEASE};

    uint32_t sourceUeXnapId{0}; //!< the UE at the source gNB
    uint32_t targetUeXnapId{0}; //!< the UE at the target gNB

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an XnAP-PDU @return the message, or why there is none */
    static Decoded<XnapUeContextRelease> Decode(ByteView pdu);
};

} // namespace ns3::mbs

#endif // MBS_XNAP_HANDOVER_H
