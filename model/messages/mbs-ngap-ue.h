// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_UE_H
#define MBS_NGAP_UE_H

#include "mbs-ngap-pdu.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * NGAP messages about one UE (TS 38.413 clause 9.4.4).
 *
 * All have the same three members: TYPE to dispatch on; Encode(), which gives an NGAP-PDU, or the
 * empty string if a value is not one the standard allows; Decode(), which gives
 * DecodeError::MALFORMED if a mandatory IE is missing or one comes twice, and
 * DecodeError::UNSUPPORTED if the PDU is another message or has an unknown IE with criticality
 * reject. Unknown IEs with another criticality are passed over.
 */

/**
 * @ingroup mbs
 * @brief DOWNLINK NAS TRANSPORT: AMF to gNB, a NAS message for the UE.
 */
struct NgapDownlinkNasTransport
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::DOWNLINK_NAS_TRANSPORT};

    uint64_t amfUeNgapId{0}; //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0}; //!< the UE at the gNB
    Bytes nasPdu;            //!< NAS message

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapDownlinkNasTransport> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief UPLINK NAS TRANSPORT: gNB to AMF, a NAS message from the UE.
 */
struct NgapUplinkNasTransport
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::UPLINK_NAS_TRANSPORT};

    uint64_t amfUeNgapId{0};                               //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0};                               //!< the UE at the gNB
    Bytes nasPdu;                                          //!< NAS message
    NgapUserLocationInformationNr userLocationInformation; //!< where the UE is

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapUplinkNasTransport> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief PDUSessionResourceModifyItemModReq: what the gNB is to change in one PDU session.
 */
struct NgapPduSessionResourceModifyItemModReq
{
    uint8_t pduSessionId{0};          //!< PDU session
    std::optional<Bytes> nasPdu;      //!< NAS message to be sent with the change
    Bytes transfer;                   //!< NgapPduSessionResourceModifyRequestTransfer, from the SMF
    std::optional<NgapSnssai> sNssai; //!< slice
};

/**
 * @ingroup mbs
 * @brief PDU SESSION RESOURCE MODIFY REQUEST: AMF to gNB.
 */
struct NgapPduSessionResourceModifyRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::PDU_SESSION_RESOURCE_MODIFY};

    uint64_t amfUeNgapId{0};                                      //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0};                                      //!< the UE at the gNB
    std::vector<NgapPduSessionResourceModifyItemModReq> sessions; //!< 1 to 256

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapPduSessionResourceModifyRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief PDUSessionResourceModifyItemModRes and PDUSessionResourceFailedToModifyItemModRes.
 */
struct NgapPduSessionResourceModifyItemModRes
{
    uint8_t pduSessionId{0}; //!< PDU session
    Bytes transfer; //!< NgapPduSessionResourceModifyResponseTransfer, or ...Unsuccessful...
};

/**
 * @ingroup mbs
 * @brief PDU SESSION RESOURCE MODIFY RESPONSE: gNB to AMF.
 */
struct NgapPduSessionResourceModifyResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::PDU_SESSION_RESOURCE_MODIFY};

    uint64_t amfUeNgapId{0};                                      //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0};                                      //!< the UE at the gNB
    std::vector<NgapPduSessionResourceModifyItemModRes> modified; //!< done, at most 256
    std::vector<NgapPduSessionResourceModifyItemModRes> failed;   //!< not done, at most 256
    std::optional<NgapUserLocationInformationNr> userLocationInformation; //!< where the UE is
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics;     //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapPduSessionResourceModifyResponse> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief PagingDRX: the UE's paging cycle in radio frames of 10 ms.
 */
enum class NgapPagingDrx : uint8_t
{
    V32,  //!< 320 ms
    V64,  //!< 640 ms
    V128, //!< 1.28 s
    V256  //!< 2.56 s
};

/**
 * @ingroup mbs
 * @brief PAGING: AMF to gNB, look for an idle UE.
 */
struct NgapPaging
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::PAGING};

    NgapFiveGSTmsi uePagingIdentity;        //!< whom
    std::optional<NgapPagingDrx> pagingDrx; //!< how often it listens
    std::vector<NgapTai> taiListForPaging;  //!< where, 1 to 16

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapPaging> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief ERROR INDICATION: either side, a received message was wrong.
 */
struct NgapErrorIndication
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::ERROR_INDICATION};

    std::optional<uint64_t> amfUeNgapId;                              //!< the UE at the AMF
    std::optional<uint32_t> ranUeNgapId;                              //!< the UE at the gNB
    std::optional<NgapCause> cause;                                   //!< what was wrong
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< and with which IE

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapErrorIndication> Decode(ByteView pdu);
};

} // namespace ns3::mbs

#endif // MBS_NGAP_UE_H
