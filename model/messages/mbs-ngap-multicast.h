// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_MULTICAST_H
#define MBS_NGAP_MULTICAST_H

#include "mbs-ngap-ue.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * NGAP messages about a multicast session at a gNB (TS 23.247 clauses 7.2.5 and 7.2.6;
 * TS 38.413 clauses 9.4.4 and 9.4.5), and their transfers, which come from the MB-SMF.
 *
 * TYPE, Encode() and Decode() are as in mbs-ngap-ue.h.
 */

/**
 * @ingroup mbs
 * @brief MulticastSessionActivationRequestTransfer: MB-SMF to gNB.
 */
struct NgapMulticastSessionActivationRequestTransfer
{
    NgapMbsSessionId mbsSessionId; //!< which session

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMulticastSessionActivationRequestTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MulticastSessionDeactivationRequestTransfer: MB-SMF to gNB.
 */
struct NgapMulticastSessionDeactivationRequestTransfer
{
    NgapMbsSessionId mbsSessionId; //!< which session

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMulticastSessionDeactivationRequestTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MulticastSessionUpdateRequestTransfer: MB-SMF to gNB.
 *
 * A user plane failure indication is refused as DecodeError::UNSUPPORTED.
 */
struct NgapMulticastSessionUpdateRequestTransfer
{
    NgapMbsSessionId mbsSessionId;                    //!< which session
    std::optional<NgapMbsServiceArea> mbsServiceArea; //!< new service area
    std::vector<NgapMbsQosFlowsToBeSetupItem>
        mbsQosFlowsToBeSetupModList; //!< new or changed flows, at most 64
    std::vector<NgapQosFlowWithCauseItem> mbsQosFlowToReleaseList; //!< flows that go, at most 64
    std::optional<NgapMbsSessionTnlInfo5Gc> mbsSessionTnlInfo5Gc;  //!< new multicast tunnels

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMulticastSessionUpdateRequestTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MULTICAST SESSION ACTIVATION REQUEST: AMF to gNB.
 */
struct NgapMulticastSessionActivationRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::MULTICAST_SESSION_ACTIVATION};

    NgapMbsSessionId mbsSessionId; //!< which session
    Bytes transfer;                //!< NgapMulticastSessionActivationRequestTransfer

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastSessionActivationRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief MULTICAST SESSION ACTIVATION RESPONSE: gNB to AMF.
 */
struct NgapMulticastSessionActivationResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::MULTICAST_SESSION_ACTIVATION};

    NgapMbsSessionId mbsSessionId;                                    //!< which session
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastSessionActivationResponse> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief MULTICAST SESSION ACTIVATION FAILURE: gNB to AMF.
 */
struct NgapMulticastSessionActivationFailure
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::UNSUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::MULTICAST_SESSION_ACTIVATION};

    NgapMbsSessionId mbsSessionId;                                    //!< which session
    NgapCause cause;                                                  //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastSessionActivationFailure> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief MULTICAST SESSION DEACTIVATION REQUEST: AMF to gNB.
 */
struct NgapMulticastSessionDeactivationRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::MULTICAST_SESSION_DEACTIVATION};

    NgapMbsSessionId mbsSessionId; //!< which session
    Bytes transfer;                //!< NgapMulticastSessionDeactivationRequestTransfer

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastSessionDeactivationRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief MULTICAST SESSION DEACTIVATION RESPONSE: gNB to AMF.
 */
struct NgapMulticastSessionDeactivationResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::MULTICAST_SESSION_DEACTIVATION};

    NgapMbsSessionId mbsSessionId;                                    //!< which session
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastSessionDeactivationResponse> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief MULTICAST SESSION UPDATE REQUEST: AMF to gNB.
 */
struct NgapMulticastSessionUpdateRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::MULTICAST_SESSION_UPDATE};

    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    Bytes transfer;                           //!< NgapMulticastSessionUpdateRequestTransfer

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastSessionUpdateRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief MULTICAST SESSION UPDATE RESPONSE: gNB to AMF.
 */
struct NgapMulticastSessionUpdateResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::MULTICAST_SESSION_UPDATE};

    NgapMbsSessionId mbsSessionId;                                    //!< which session
    std::optional<uint16_t> mbsAreaSessionId;                         //!< which part of it
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastSessionUpdateResponse> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief MULTICAST SESSION UPDATE FAILURE: gNB to AMF.
 */
struct NgapMulticastSessionUpdateFailure
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::UNSUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::MULTICAST_SESSION_UPDATE};

    NgapMbsSessionId mbsSessionId;                                    //!< which session
    std::optional<uint16_t> mbsAreaSessionId;                         //!< which part of it
    NgapCause cause;                                                  //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastSessionUpdateFailure> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief UE-PagingItem: when a UE of the group listens.
 */
struct NgapUePagingItem
{
    uint16_t ueIdentityIndexValue{0};       //!< 5G-S-TMSI modulo 1024
    std::optional<NgapPagingDrx> pagingDrx; //!< how often it listens
};

/**
 * @ingroup mbs
 * @brief MulticastGroupPagingAreaItem.
 */
struct NgapMulticastGroupPagingAreaItem
{
    std::vector<NgapTai> mbsAreaTaiList;        //!< where, 1 to 16
    std::vector<NgapUePagingItem> uePagingList; //!< when, at most 4096
};

/**
 * @ingroup mbs
 * @brief MULTICAST GROUP PAGING: AMF to gNB, look for the idle UEs of a session.
 */
struct NgapMulticastGroupPaging
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::MULTICAST_GROUP_PAGING};

    NgapMbsSessionId mbsSessionId;                    //!< which session
    std::optional<NgapMbsServiceArea> mbsServiceArea; //!< where the session is
    std::vector<NgapMulticastGroupPagingAreaItem> multicastGroupPagingAreaList; //!< 1 to 64

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapMulticastGroupPaging> Decode(ByteView pdu);
};

} // namespace ns3::mbs

#endif // MBS_NGAP_MULTICAST_H
