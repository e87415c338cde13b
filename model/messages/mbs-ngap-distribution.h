// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_DISTRIBUTION_H
#define MBS_NGAP_DISTRIBUTION_H

#include "mbs-ngap-pdu.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * NGAP messages that set up and release the shared tunnel between MB-UPF and gNB, N3mb
 * (TS 23.247 clause 7.2.1.4; TS 38.413 clauses 9.4.4 and 9.4.5), and their transfers, which the AMF
 * passes on as octet strings between gNB and MB-SMF.
 *
 * TYPE, Encode() and Decode() are as in mbs-ngap-ue.h.
 */

/**
 * @ingroup mbs
 * @brief MBS-DistributionSetupRequestTransfer: gNB to MB-SMF.
 */
struct NgapMbsDistributionSetupRequestTransfer
{
    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    std::optional<NgapGtpTunnel>
        sharedNguUnicastTnlInformation; //!< tunnel at the gNB, if it wants unicast

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMbsDistributionSetupRequestTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MBSSessionStatus.
 */
enum class NgapMbsSessionStatus : uint8_t
{
    ACTIVATED,  //!< data may be sent
    DEACTIVATED //!< no data is sent, no radio resources are needed
};

/**
 * @ingroup mbs
 * @brief MBS-DistributionSetupResponseTransfer: MB-SMF to gNB.
 *
 * Delivery on N3mb is multicast if there is a multicast tunnel.
 */
struct NgapMbsDistributionSetupResponseTransfer
{
    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    std::optional<NgapSharedNguMulticastTnlInformation>
        sharedNguMulticastTnlInformation;                                   //!< multicast tunnel
    std::vector<NgapMbsQosFlowsToBeSetupItem> mbsQosFlowsToBeSetupList;     //!< 1 to 64
    NgapMbsSessionStatus mbsSessionStatus{NgapMbsSessionStatus::ACTIVATED}; //!< whether data flows
    std::optional<NgapMbsServiceArea> mbsServiceArea; //!< where; absent: everywhere

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMbsDistributionSetupResponseTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MBS-DistributionSetupUnsuccessfulTransfer: MB-SMF to gNB.
 */
struct NgapMbsDistributionSetupUnsuccessfulTransfer
{
    NgapMbsSessionId mbsSessionId;                                    //!< which session
    std::optional<uint16_t> mbsAreaSessionId;                         //!< which part of it
    NgapCause cause;                                                  //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMbsDistributionSetupUnsuccessfulTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MBS-DistributionReleaseRequestTransfer: gNB to MB-SMF.
 */
struct NgapMbsDistributionReleaseRequestTransfer
{
    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    std::optional<NgapGtpTunnel>
        sharedNguUnicastTnlInformation; //!< tunnel at the gNB, if it was unicast
    NgapCause cause;                    //!< why

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapMbsDistributionReleaseRequestTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief DISTRIBUTION SETUP REQUEST: gNB to AMF.
 */
struct NgapDistributionSetupRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::DISTRIBUTION_SETUP};

    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    Bytes transfer;                           //!< NgapMbsDistributionSetupRequestTransfer

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapDistributionSetupRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief DISTRIBUTION SETUP RESPONSE: AMF to gNB.
 */
struct NgapDistributionSetupResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::DISTRIBUTION_SETUP};

    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    Bytes transfer;                           //!< NgapMbsDistributionSetupResponseTransfer
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapDistributionSetupResponse> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief DISTRIBUTION SETUP FAILURE: AMF to gNB.
 */
struct NgapDistributionSetupFailure
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::UNSUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::DISTRIBUTION_SETUP};

    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    Bytes transfer;                           //!< NgapMbsDistributionSetupUnsuccessfulTransfer
    NgapCause cause;                          //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapDistributionSetupFailure> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief DISTRIBUTION RELEASE REQUEST: gNB to AMF.
 */
struct NgapDistributionReleaseRequest
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::DISTRIBUTION_RELEASE};

    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    Bytes transfer;                           //!< NgapMbsDistributionReleaseRequestTransfer
    NgapCause cause;                          //!< why

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapDistributionReleaseRequest> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief DISTRIBUTION RELEASE RESPONSE: AMF to gNB.
 */
struct NgapDistributionReleaseResponse
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::DISTRIBUTION_RELEASE};

    NgapMbsSessionId mbsSessionId;                                    //!< which session
    std::optional<uint16_t> mbsAreaSessionId;                         //!< which part of it
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapDistributionReleaseResponse> Decode(ByteView pdu);
};

} // namespace ns3::mbs

#endif // MBS_NGAP_DISTRIBUTION_H
