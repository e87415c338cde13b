// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_PATH_SWITCH_H
#define MBS_NGAP_PATH_SWITCH_H

#include "mbs-ngap-pdu.h"
#include "mbs-ngap-session.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * NGAP messages with which a UE's connection on N2 follows it to another gNB (TS 38.413 clauses
 * 8.4.4 and 8.6.4; TS 23.502 clause 4.9.1.2), and what SMF and gNB tell each other in them.
 *
 * TYPE, Encode() and Decode() are as in mbs-ngap-ue.h.
 */

/**
 * @ingroup mbs
 * @brief A PDU session and what the SMF has to hear, or says, about it.
 */
struct NgapPduSessionTransferItem
{
    uint8_t pduSessionId{0}; //!< PDU session
    Bytes transfer;          //!< one of the transfers below, as the list wants it
};

/**
 * @ingroup mbs
 * @brief PATH SWITCH REQUEST: gNB to AMF, a UE has come by handover.
 */
struct NgapPathSwitchRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::PATH_SWITCH_REQUEST};

    uint32_t ranUeNgapId{0};                               //!< the UE at the new gNB
    uint64_t sourceAmfUeNgapId{0};                         //!< the UE at the AMF, 40 bits
    NgapUserLocationInformationNr userLocationInformation; //!< where the UE is
    NgapUeSecurityCapabilities ueSecurityCapabilities;     //!< as the old gNB said
    /** Those that come along, with NgapPathSwitchRequestTransfer; 1 to 256. */
    std::vector<NgapPduSessionTransferItem> toBeSwitched;
    /** Those that do not, with NgapPathSwitchRequestCauseTransfer; at most 256. */
    std::vector<NgapPduSessionTransferItem> failedToSetup;

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapPathSwitchRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief SecurityContext (TS 38.413 clause 9.3.1.88): what the next handover's key is made of.
 */
struct NgapSecurityContext
{
    uint8_t nextHopChainingCount{0}; //!< NCC, 0 to 7
    Bytes nextHopNh = Bytes(32);     //!< NH, 32 octets
};

/**
 * @ingroup mbs
 * @brief PATH SWITCH REQUEST ACKNOWLEDGE: AMF to the new gNB.
 */
struct NgapPathSwitchRequestAcknowledge
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::PATH_SWITCH_REQUEST};

    uint64_t amfUeNgapId{0};             //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0};             //!< the UE at the new gNB
    NgapSecurityContext securityContext; //!< for the next handover
    /** Those that came along, with NgapPathSwitchRequestAcknowledgeTransfer; 1 to 256. */
    std::vector<NgapPduSessionTransferItem> switched;
    /** Those that go, with NgapPathSwitchRequestCauseTransfer; at most 256. */
    std::vector<NgapPduSessionTransferItem> released;
    std::vector<NgapSnssai> allowedNssai;                             //!< slices, 1 to 8
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapPathSwitchRequestAcknowledge> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief PATH SWITCH REQUEST FAILURE: AMF to the new gNB, none of the PDU sessions comes along.
 */
struct NgapPathSwitchRequestFailure
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::UNSUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::PATH_SWITCH_REQUEST};

    uint64_t amfUeNgapId{0}; //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0}; //!< the UE at the new gNB
    /** All of them, with NgapPathSwitchRequestCauseTransfer; 1 to 256. */
    std::vector<NgapPduSessionTransferItem> released;
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapPathSwitchRequestFailure> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief NAS NON DELIVERY INDICATION: gNB to AMF, a NAS message that did not reach the UE.
 */
struct NgapNasNonDeliveryIndication
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::NAS_NON_DELIVERY_INDICATION};

    uint64_t amfUeNgapId{0}; //!< the UE at the AMF, 40 bits
    uint32_t ranUeNgapId{0}; //!< the UE at the gNB
    Bytes nasPdu;            //!< the NAS message as the AMF sent it
    NgapCause cause;         //!< why

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapNasNonDeliveryIndication> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief PathSwitchRequestTransfer: new gNB to SMF.
 *
 * A transfer with user plane security information is refused as DecodeError::UNSUPPORTED.
 */
struct NgapPathSwitchRequestTransfer
{
    NgapGtpTunnel dlNguUpTnlInformation;   //!< tunnel at the new gNB
    bool dlNguTnlInformationReused{false}; //!< it is the old one
    std::vector<uint8_t> qosFlowsAccepted; //!< QFIs, 1 to 64
    /** What the new gNB can do; absent: no multicast. */
    std::optional<NgapMbsSupportIndicator> mbsSupportIndicator;

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapPathSwitchRequestTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief PathSwitchRequestAcknowledgeTransfer: SMF to the new gNB.
 *
 * A transfer with a security indication is refused as DecodeError::UNSUPPORTED.
 */
struct NgapPathSwitchRequestAcknowledgeTransfer
{
    std::optional<NgapGtpTunnel> ulNguUpTnlInformation; //!< at the UPF; absent: the old one

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapPathSwitchRequestAcknowledgeTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief PathSwitchRequestUnsuccessfulTransfer (SMF or AMF to the new gNB) and
 * PathSwitchRequestSetupFailedTransfer (new gNB to SMF), which have the same layout.
 */
struct NgapPathSwitchRequestCauseTransfer
{
    NgapCause cause; //!< why

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapPathSwitchRequestCauseTransfer> Decode(ByteView bytes);
};

} // namespace ns3::mbs

#endif // MBS_NGAP_PATH_SWITCH_H
