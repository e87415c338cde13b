// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_SESSION_H
#define MBS_NGAP_SESSION_H

#include "mbs-ngap-types.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * What SMF and gNB tell each other about a PDU session and the MBS sessions joined in it
 * (TS 38.413 clause 9.4.5). The AMF passes these on as octet strings; between SMF and AMF they are
 * the N2 SM information.
 */

/**
 * @ingroup mbs
 * @brief AssociatedMBSQosFlowSetuporModifyRequestItem: the unicast flow that carries a multicast
 * flow where shared delivery is not possible.
 */
struct NgapAssociatedMbsQosFlow
{
    uint8_t mbsQosFlowIdentifier{0};               //!< QFI in the MBS session, 0 to 63
    uint8_t associatedUnicastQosFlowIdentifier{0}; //!< QFI in the PDU session, 0 to 63
};

/**
 * @ingroup mbs
 * @brief MBSSessionSetuporModifyRequestItem: an MBS session that the UE is in.
 */
struct NgapMbsSessionSetupOrModifyRequestItem
{
    NgapMbsSessionId mbsSessionId;                            //!< which session
    std::optional<uint16_t> mbsAreaSessionId;                 //!< which part of it
    std::vector<NgapAssociatedMbsQosFlow> associatedQosFlows; //!< at most 64
    std::vector<NgapQosFlowWithCauseItem> qosFlowsToRelease;  //!< at most 64
};

/**
 * @ingroup mbs
 * @brief MBSSessionToReleaseItem: an MBS session that the UE is no longer in.
 */
struct NgapMbsSessionToReleaseItem
{
    NgapMbsSessionId mbsSessionId; //!< which session
    NgapCause cause;               //!< why
};

/**
 * @ingroup mbs
 * @brief QosFlowAddOrModifyRequestItem.
 */
struct NgapQosFlowAddOrModifyRequestItem
{
    uint8_t qosFlowIdentifier{0};                            //!< QFI, 0 to 63
    std::optional<NgapQosFlowLevelQosParameters> parameters; //!< its treatment
    std::optional<uint8_t> eRabId;                           //!< 4G bearer, 0 to 15
};

/**
 * @ingroup mbs
 * @brief PDUSessionResourceModifyRequestTransfer: SMF to gNB.
 */
struct NgapPduSessionResourceModifyRequestTransfer
{
    std::vector<NgapQosFlowAddOrModifyRequestItem> qosFlowAddOrModifyRequestList; //!< at most 64
    std::vector<NgapQosFlowWithCauseItem> qosFlowToReleaseList;                   //!< at most 64
    /** MBSSessionSetuporModifyRequestList, at most 32. */
    std::vector<NgapMbsSessionSetupOrModifyRequestItem> mbsSessionSetupOrModifyRequestList;
    std::vector<NgapMbsSessionToReleaseItem> mbsSessionToReleaseList; //!< at most 32

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapPduSessionResourceModifyRequestTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief MBS-SupportIndicator: what the gNB can do.
 */
enum class NgapMbsSupportIndicator : uint8_t
{
    MULTICAST_SUPPORTED,                               //!< shared delivery
    MULTICAST_SUPPORTED_WITH_RECEPTION_IN_RRC_INACTIVE //!< the same, also to inactive UEs
};

/**
 * @ingroup mbs
 * @brief MBSSessionSetupResponseItem: an MBS session that the gNB took note of.
 */
struct NgapMbsSessionSetupResponseItem
{
    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
};

/**
 * @ingroup mbs
 * @brief MBSSessionFailedtoSetupItem: an MBS session that the gNB cannot serve.
 */
struct NgapMbsSessionFailedToSetupItem
{
    NgapMbsSessionId mbsSessionId;            //!< which session
    std::optional<uint16_t> mbsAreaSessionId; //!< which part of it
    NgapCause cause;                          //!< why
};

/**
 * @ingroup mbs
 * @brief PDUSessionResourceModifyResponseTransfer: gNB to SMF.
 *
 * A transfer with additional downlink tunnels is refused as DecodeError::UNSUPPORTED.
 */
struct NgapPduSessionResourceModifyResponseTransfer
{
    std::optional<NgapGtpTunnel> dlNguUpTnlInformation;                   //!< tunnel at the gNB
    std::optional<NgapGtpTunnel> ulNguUpTnlInformation;                   //!< tunnel at the UPF
    std::vector<uint8_t> qosFlowAddOrModifyResponseList;                  //!< QFIs, at most 64
    std::vector<NgapQosFlowWithCauseItem> qosFlowFailedToAddOrModifyList; //!< at most 64
    std::optional<NgapMbsSupportIndicator> mbsSupportIndicator;           //!< absent: none
    /** MBSSessionSetuporModifyResponseList, at most 32. */
    std::vector<NgapMbsSessionSetupResponseItem> mbsSessionSetupOrModifyResponseList;
    /** MBSSessionFailedtoSetuporModifyList, at most 32. */
    std::vector<NgapMbsSessionFailedToSetupItem> mbsSessionFailedToSetupOrModifyList;

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapPduSessionResourceModifyResponseTransfer> Decode(ByteView bytes);
};

/**
 * @ingroup mbs
 * @brief PDUSessionResourceModifyUnsuccessfulTransfer: gNB to SMF.
 */
struct NgapPduSessionResourceModifyUnsuccessfulTransfer
{
    NgapCause cause;                                                  //!< why
    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< and with which IE

    /** @return the octets; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param bytes the octets @return the transfer, or why there is none */
    static Decoded<NgapPduSessionResourceModifyUnsuccessfulTransfer> Decode(ByteView bytes);
};

} // namespace ns3::mbs

#endif // MBS_NGAP_SESSION_H
