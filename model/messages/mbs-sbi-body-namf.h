// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_NAMF_H
#define MBS_SBI_BODY_NAMF_H

#include "mbs-sbi-body-common.h"

/**
 * @ingroup mbs
 * @brief Namf_Communication and Namf_MBSCommunication (TS 29.518): what SMF (N11) and MB-SMF
 *        (N11mb) ask of AMF. N1 and N2 messages travel as binary parts that the JSON refers to.
 */
namespace ns3::mbs::namf
{

/**
 * @ingroup mbs
 * @brief NGAP information in these services (TS 29.518 NgapIeType, MbsNgapIeType); open.
 */
struct NgapIeType
{
    static constexpr const char* PDU_RES_SETUP_REQ = "PDU_RES_SETUP_REQ"; //!< PDU session setup
    static constexpr const char* PDU_RES_REL_CMD = "PDU_RES_REL_CMD";     //!< PDU session release
    static constexpr const char* PDU_RES_MOD_REQ = "PDU_RES_MOD_REQ";     //!< PDU session change
    static constexpr const char* MBS_SES_ACT_REQ = "MBS_SES_ACT_REQ";     //!< session activation
    static constexpr const char* MBS_SES_DEACT_REQ = "MBS_SES_DEACT_REQ"; //!< session deactivation
    static constexpr const char* MBS_SES_UPD_REQ = "MBS_SES_UPD_REQ";     //!< session update
};

/**
 * @ingroup mbs
 * @brief What became of an N1/N2 message (TS 29.518); an open enumeration.
 */
struct N1N2MessageTransferCause
{
    static constexpr const char* N1_N2_TRANSFER_INITIATED =
        "N1_N2_TRANSFER_INITIATED"; //!< on its way
    static constexpr const char* ATTEMPTING_TO_REACH_UE =
        "ATTEMPTING_TO_REACH_UE"; //!< the UE is idle and paged
    static constexpr const char* WAITING_FOR_ASYNCHRONOUS_TRANSFER =
        "WAITING_FOR_ASYNCHRONOUS_TRANSFER"; //!< sent when the UE wakes
    static constexpr const char* UE_NOT_RESPONDING = "UE_NOT_RESPONDING"; //!< paged in vain
};

/** What AMF answers when an MBS N2 message is on its way (N2InformationTransferResult). */
inline constexpr const char* N2_INFO_TRANSFER_INITIATED = "N2_INFO_TRANSFER_INITIATED";

/** Class of N1 messages and of N2 information for session management. */
inline constexpr const char* CLASS_SM = "SM";

/**
 * @ingroup mbs
 * @brief A NAS message in a part of its own.
 */
struct N1MessageContainer
{
    std::string n1MessageClass{CLASS_SM};  //!< what kind of NAS message
    sbi::RefToBinaryData n1MessageContent; //!< the part that has it
};

/**
 * @ingroup mbs
 * @brief An NGAP information element in a part of its own.
 */
struct N2InfoContent
{
    std::string ngapIeType;        //!< see NgapIeType; absent when empty
    sbi::RefToBinaryData ngapData; //!< the part that has it
};

/**
 * @ingroup mbs
 * @brief N2 information of a PDU session.
 */
struct N2SmInformation
{
    uint8_t pduSessionId{1};                    //!< PDU session
    std::optional<N2InfoContent> n2InfoContent; //!< the information
    std::optional<sbi::Snssai> sNssai;          //!< slice
};

/**
 * @ingroup mbs
 * @brief N2 information.
 */
struct N2InfoContainer
{
    std::string n2InformationClass{CLASS_SM}; //!< what kind
    std::optional<N2SmInformation> smInfo;    //!< with class SM
};

/**
 * @ingroup mbs
 * @brief Body of Namf_Communication_N1N2MessageTransfer.
 */
struct N1N2MessageTransferReqData
{
    std::optional<N1MessageContainer> n1MessageContainer; //!< for the UE
    std::optional<N2InfoContainer> n2InfoContainer;       //!< for the gNB
    std::optional<uint8_t> pduSessionId;                  //!< PDU session
    std::string n1n2FailureTxfNotifUri; //!< `n1n2FailureTxfNotifURI`; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<N1N2MessageTransferReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Namf_Communication_N1N2MessageTransfer.
 */
struct N1N2MessageTransferRspData
{
    std::string cause{N1N2MessageTransferCause::N1_N2_TRANSFER_INITIATED}; //!< see that enumeration

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<N1N2MessageTransferRspData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Error answer to Namf_Communication_N1N2MessageTransfer.
 */
struct N1N2MessageTransferError
{
    sbi::ProblemDetails error; //!< what went wrong

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the error, or why it cannot be read */
    static Decoded<N1N2MessageTransferError> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief UEs whose PDU sessions have one identity.
 */
struct UeInfo
{
    std::vector<std::string> ueList;     //!< SUPIs, at least one
    std::optional<uint8_t> pduSessionId; //!< that the multicast session is associated with
};

/**
 * @ingroup mbs
 * @brief Body of Namf_MT_EnableGroupReachability (TS 29.518 clause 6.3.6.2.7).
 */
struct EnableGroupReachabilityReqData
{
    std::vector<UeInfo> ueInfoList; //!< whom, at least one
    Tmgi tmgi;                      //!< for which session

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<EnableGroupReachabilityReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Namf_MT_EnableGroupReachability.
 */
struct EnableGroupReachabilityRspData
{
    std::vector<std::string> ueConnectedList; //!< SUPIs of those that are connected

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<EnableGroupReachabilityRspData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief NGAP information about an MBS session in a part of its own.
 */
struct N2MbsSmInfo
{
    std::string ngapIeType;        //!< see NgapIeType
    sbi::RefToBinaryData ngapData; //!< the part that has it
};

/**
 * @ingroup mbs
 * @brief Body of Namf_MBSCommunication_N2MessageTransfer.
 */
struct MbsN2MessageTransferReqData
{
    sbi::MbsSessionId mbsSessionId;                  //!< session
    std::optional<uint16_t> areaSessionId;           //!< of a location-dependent session
    N2MbsSmInfo n2MbsSmInfo;                         //!< the information
    std::vector<sbi::GlobalRanNodeId> ranNodeIdList; //!< gNBs; all concerned ones when empty
    std::string notifyUri;                           //!< where failures go; absent when empty
    std::string notifyCorrelationId;                 //!< comes back; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<MbsN2MessageTransferReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Namf_MBSCommunication_N2MessageTransfer.
 */
struct MbsN2MessageTransferRspData
{
    std::string result{
        N2_INFO_TRANSFER_INITIATED}; //!< open enumeration N2InformationTransferResult

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<MbsN2MessageTransferRspData> Decode(ByteView body);
};

} // namespace ns3::mbs::namf

#endif // MBS_SBI_BODY_NAMF_H
