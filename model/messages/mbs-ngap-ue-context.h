// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_UE_CONTEXT_H
#define MBS_NGAP_UE_CONTEXT_H

#include "mbs-ngap-pdu.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * NGAP messages with which the connection of a UE on N2 begins and ends (TS 38.413 clauses 8.3 and
 * 8.6.1; TS 23.502 clauses 4.2.3 and 4.2.6).
 *
 * TYPE, Encode() and Decode() are as in mbs-ngap-ue.h.
 */

/**
 * @ingroup mbs
 * @brief RRCEstablishmentCause (TS 38.413 clause 9.3.1.111); the values that this module uses.
 */
enum class NgapRrcEstablishmentCause : uint8_t
{
    EMERGENCY,            //!< emergency call
    HIGH_PRIORITY_ACCESS, //!< access identities 11 to 15
    MT_ACCESS,            //!< answer to paging
    MO_SIGNALLING,        //!< signalling of the UE
    MO_DATA               //!< data of the UE
};

/**
 * @ingroup mbs
 * @brief INITIAL UE MESSAGE: gNB to AMF, the first NAS message of a connection.
 */
struct NgapInitialUeMessage
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::INITIAL_UE_MESSAGE};

    uint32_t ranUeNgapId{0};                               //!< the UE at the gNB
    Bytes nasPdu;                                          //!< NAS message
    NgapUserLocationInformationNr userLocationInformation; //!< where the UE is
    NgapRrcEstablishmentCause rrcEstablishmentCause{
        NgapRrcEstablishmentCause::MO_SIGNALLING}; //!< why it connects
    std::optional<NgapFiveGSTmsi> fiveGSTmsi;      //!< the UE at the AMF

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapInitialUeMessage> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief UE CONTEXT RELEASE REQUEST: gNB to AMF, the gNB wants to release a UE.
 */
struct NgapUeContextReleaseRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::UE_CONTEXT_RELEASE_REQUEST};

    uint64_t amfUeNgapId{0}; //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0}; //!< the UE at the gNB
    NgapCause cause;         //!< why

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapUeContextReleaseRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief UE CONTEXT RELEASE COMMAND: AMF to gNB. Of the CHOICE UE NGAP IDs the pair is known.
 */
struct NgapUeContextReleaseCommand
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::UE_CONTEXT_RELEASE};

    uint64_t amfUeNgapId{0}; //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0}; //!< the UE at the gNB
    NgapCause cause;         //!< why

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /**
     * @param pdu an NGAP-PDU
     * @return the message, or why there is none; UNSUPPORTED if it names no pair of IDs
     */
    static Decoded<NgapUeContextReleaseCommand> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief UE CONTEXT RELEASE COMPLETE: gNB to AMF, the connection is over.
 */
struct NgapUeContextReleaseComplete
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::UE_CONTEXT_RELEASE};

    uint64_t amfUeNgapId{0};                                              //!< at the AMF, 40 bits
    uint32_t ranUeNgapId{0};                                              //!< the UE at the gNB
    std::optional<NgapUserLocationInformationNr> userLocationInformation; //!< where the UE was
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics;     //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapUeContextReleaseComplete> Decode(ByteView pdu);
};

} // namespace ns3::mbs

#endif // MBS_NGAP_UE_CONTEXT_H
