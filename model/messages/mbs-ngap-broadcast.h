// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_BROADCAST_H
#define MBS_NGAP_BROADCAST_H

#include "mbs-ngap-ue.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * NGAP messages about a broadcast session at a gNB (TS 23.247 clauses 7.3.1 to 7.3.3; TS 38.413
 * clauses 9.4.4 and 9.4.5), and their transfers, which MB-SMF and gNB exchange through the AMF.
 *
 * TYPE, Encode() and Decode() are as in mbs-ngap-ue.h.
 */

/**
 * @ingroup mbs
 * @brief MBS-SessionTNLInfoNGRANItem (TS 38.413 clause 9.4.5).
 */
struct NgapMbsSessionTnlInfoNgRanItem
{
    uint16_t mbsAreaSessionId{0};                                //!< area session
    std::optional<NgapGtpTunnel> sharedNguUnicastTnlInformation; //!< the gNB's tunnel for it
};

/**
 * @ingroup mbs
 * @brief MBS-SessionTNLInfoNGRAN (TS 38.413 clause 9.4.5): the gNB's own tunnels of a session.
 */
struct NgapMbsSessionTnlInfoNgRan
{
    NgapGtpTunnel locationIndependent; //!< unless locationDependent is used
    std::vector<NgapMbsSessionTnlInfoNgRanItem> locationDependent; //!< at most 256
};

/**
 * @ingroup mbs
 * @brief MBSSessionSetupOrModRequestTransfer: MB-SMF to gNB.
 *
 * An N3mb failure indication is refused as DecodeError::UNSUPPORTED; frequency selection areas and
 * types of UEs are passed over.
 */
struct NgapMbsSessionSetupOrModRequestTransfer
{
    std::optional<NgapMbsSessionTnlInfo5Gc> mbsSessionTnlInfo5Gc; //!< multicast tunnels, if any
    std::vector<NgapMbsQosFlowsToBeSetupItem> mbsQosFlowsToBeSetupModList; //!< 1 to 64 flows

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMbsSessionSetupOrModRequestTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MBSSessionSetupOrModResponseTransfer: gNB to MB-SMF.
 */
struct NgapMbsSessionSetupOrModResponseTransfer
{
    std::optional<NgapMbsSessionTnlInfoNgRan> mbsSessionTnlInfoNgRan; //!< unicast tunnels, if any

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMbsSessionSetupOrModResponseTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MBSSessionSetupOrModFailureTransfer: gNB to MB-SMF.
 */
struct NgapMbsSessionSetupOrModFailureTransfer
{
    NgapCause cause;                                                  //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was not understood

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMbsSessionSetupOrModFailureTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MBSSessionReleaseResponseTransfer: gNB to MB-SMF.
 */
struct NgapMbsSessionReleaseResponseTransfer
{
    std::optional<NgapMbsSessionTnlInfoNgRan> mbsSessionTnlInfoNgRan; //!< tunnels that end, if any

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMbsSessionReleaseResponseTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION SETUP REQUEST: AMF to gNB.
 */
struct NgapBroadcastSessionSetupRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::BROADCAST_SESSION_SETUP};

    NgapMbsSessionId mbsSessionId;     //!< which session
    NgapSnssai snssai;                 //!< its slice
    NgapMbsServiceArea mbsServiceArea; //!< where it is broadcast
    Bytes transfer;                    //!< NgapMbsSessionSetupOrModRequestTransfer

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionSetupRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION SETUP RESPONSE: gNB to AMF.
 */
struct NgapBroadcastSessionSetupResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::BROADCAST_SESSION_SETUP};

    NgapMbsSessionId mbsSessionId; //!< which session
    Bytes transfer;                //!< NgapMbsSessionSetupOrModResponseTransfer; absent when empty
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionSetupResponse> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION SETUP FAILURE: gNB to AMF.
 */
struct NgapBroadcastSessionSetupFailure
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::UNSUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::BROADCAST_SESSION_SETUP};

    NgapMbsSessionId mbsSessionId; //!< which session
    Bytes transfer;                //!< NgapMbsSessionSetupOrModFailureTransfer; absent when empty
    NgapCause cause;               //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionSetupFailure> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION MODIFICATION REQUEST: AMF to gNB.
 */
struct NgapBroadcastSessionModificationRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::BROADCAST_SESSION_MODIFICATION};

    NgapMbsSessionId mbsSessionId;                    //!< which session
    std::optional<NgapMbsServiceArea> mbsServiceArea; //!< where it is broadcast from now on
    Bytes transfer; //!< NgapMbsSessionSetupOrModRequestTransfer; absent when empty

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionModificationRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION MODIFICATION RESPONSE: gNB to AMF.
 */
struct NgapBroadcastSessionModificationResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::BROADCAST_SESSION_MODIFICATION};

    NgapMbsSessionId mbsSessionId; //!< which session
    Bytes transfer;                //!< NgapMbsSessionSetupOrModResponseTransfer; absent when empty
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionModificationResponse> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION MODIFICATION FAILURE: gNB to AMF.
 */
struct NgapBroadcastSessionModificationFailure
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::UNSUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::BROADCAST_SESSION_MODIFICATION};

    NgapMbsSessionId mbsSessionId; //!< which session
    Bytes transfer;                //!< NgapMbsSessionSetupOrModFailureTransfer; absent when empty
    NgapCause cause;               //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionModificationFailure> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION RELEASE REQUEST: AMF to gNB.
 */
struct NgapBroadcastSessionReleaseRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::BROADCAST_SESSION_RELEASE};

    NgapMbsSessionId mbsSessionId; //!< which session
    NgapCause cause;               //!< why it ends

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionReleaseRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION RELEASE RESPONSE: gNB to AMF.
 */
struct NgapBroadcastSessionReleaseResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::BROADCAST_SESSION_RELEASE};

    NgapMbsSessionId mbsSessionId; //!< which session
    Bytes transfer;                //!< NgapMbsSessionReleaseResponseTransfer; absent when empty
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionReleaseResponse> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief BROADCAST SESSION RELEASE REQUIRED: gNB to AMF.
 */
struct NgapBroadcastSessionReleaseRequired
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::BROADCAST_SESSION_RELEASE_REQUIRED};

    NgapMbsSessionId mbsSessionId; //!< which session
    NgapCause cause;               //!< why it has to end

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapBroadcastSessionReleaseRequired> Decode(ByteView pdu);
};

} // namespace ns3::mbs

#endif // MBS_NGAP_BROADCAST_H
