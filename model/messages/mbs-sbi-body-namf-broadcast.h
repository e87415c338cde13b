// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_NAMF_BROADCAST_H
#define MBS_SBI_BODY_NAMF_BROADCAST_H

#include "mbs-sbi-body-common.h"

/**
 * @file
 * @ingroup mbs
 * @brief Namf_MBSBroadcast (TS 29.518): what MB-SMF and AMF tell one another about a broadcast
 *        session (N11mb). N2 information travels as binary parts that the JSON refers to.
 *
 * Sessions are location-independent: a list of area sessions is not read.
 */
namespace ns3::mbs::namf
{

/**
 * @ingroup mbs
 * @brief NGAP information in this service (TS 29.518, NgapIeType of Namf_MBSBroadcast); open.
 */
struct BroadcastNgapIeType
{
    static constexpr const char* MBS_SES_REQ = "MBS_SES_REQ";         //!< setup or modification
    static constexpr const char* MBS_SES_RSP = "MBS_SES_RSP";         //!< it is done
    static constexpr const char* MBS_SES_FAIL = "MBS_SES_FAIL";       //!< it failed
    static constexpr const char* MBS_SES_REL_RSP = "MBS_SES_REL_RSP"; //!< it has ended
};

/**
 * @ingroup mbs
 * @brief How far the start or update of a broadcast session is (TS 29.518); open.
 */
struct OperationStatus
{
    static constexpr const char* MBS_SESSION_START_COMPLETE =
        "MBS_SESSION_START_COMPLETE"; //!< all gNBs have answered
    static constexpr const char* MBS_SESSION_START_INCOMPLETE =
        "MBS_SESSION_START_INCOMPLETE"; //!< some have not, and are not waited for
    static constexpr const char* MBS_SESSION_UPDATE_COMPLETE =
        "MBS_SESSION_UPDATE_COMPLETE"; //!< all gNBs have answered
    static constexpr const char* MBS_SESSION_UPDATE_INCOMPLETE =
        "MBS_SESSION_UPDATE_INCOMPLETE"; //!< some have not, and are not waited for
};

/**
 * @ingroup mbs
 * @brief What has happened to a broadcast session (TS 29.518); open.
 */
struct OpEventType
{
    static constexpr const char* AMF_CHANGE = "AMF_CHANGE";     //!< another AMF serves it
    static constexpr const char* NG_RAN_EVENT = "NG_RAN_EVENT"; //!< something at gNBs
};

/**
 * @ingroup mbs
 * @brief What has happened to a gNB (TS 29.518); open.
 */
struct NgranFailureIndication
{
    static constexpr const char* NG_RAN_RESTART_OR_START =
        "NG_RAN_RESTART_OR_START"; //!< it has lost the session, and is there
    static constexpr const char* NG_RAN_REQUIRED_RELEASE =
        "NG_RAN_REQUIRED_RELEASE"; //!< it cannot go on with the session
};

/**
 * @ingroup mbs
 * @brief NGAP information about a broadcast session in a part of its own.
 */
struct BroadcastN2MbsSmInfo
{
    std::string ngapIeType;                    //!< see BroadcastNgapIeType
    sbi::RefToBinaryData ngapData;             //!< the part that has it
    std::optional<sbi::GlobalRanNodeId> ranId; //!< the gNB that it is from
};

/** Most elements of a list of BroadcastN2MbsSmInfo. */
inline constexpr std::size_t MAX_N2_MBS_SM_INFO = 10;

/**
 * @ingroup mbs
 * @brief Body of Namf_MBSBroadcast_ContextCreate.
 */
struct ContextCreateReqData
{
    sbi::MbsSessionId mbsSessionId;                    //!< session
    std::optional<sbi::MbsServiceArea> mbsServiceArea; //!< where it is; this or a list of areas
    BroadcastN2MbsSmInfo n2MbsSmInfo;                  //!< for the gNBs
    std::string notifyUri;                             //!< where ContextStatusNotify goes
    std::optional<uint32_t> maxResponseTime;           //!< seconds until INCOMPLETE
    sbi::Snssai snssai;                                //!< slice
    std::string mbsmfId;                               //!< NF instance; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<ContextCreateReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Namf_MBSBroadcast_ContextCreate.
 */
struct ContextCreateRspData
{
    sbi::MbsSessionId mbsSessionId;                    //!< session
    std::vector<BroadcastN2MbsSmInfo> n2MbsSmInfoList; //!< of gNBs, at most MAX_N2_MBS_SM_INFO
    std::string operationStatus;                       //!< see OperationStatus; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<ContextCreateRspData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Body of Namf_MBSBroadcast_ContextUpdate.
 */
struct ContextUpdateReqData
{
    std::optional<sbi::MbsServiceArea> mbsServiceArea; //!< where it is from now on
    std::optional<BroadcastN2MbsSmInfo> n2MbsSmInfo;   //!< for the gNBs
    std::vector<sbi::GlobalRanNodeId> ranIdList;       //!< gNBs; all that are concerned if empty
    std::string notifyUri;                             //!< a new one; absent when empty
    std::optional<uint32_t> maxResponseTime;           //!< seconds until INCOMPLETE

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<ContextUpdateReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Namf_MBSBroadcast_ContextUpdate.
 */
struct ContextUpdateRspData
{
    std::vector<BroadcastN2MbsSmInfo> n2MbsSmInfoList; //!< of gNBs, at most MAX_N2_MBS_SM_INFO
    std::string operationStatus;                       //!< see OperationStatus; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<ContextUpdateRspData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief What has happened to one gNB.
 */
struct NgranFailureEvent
{
    sbi::GlobalRanNodeId ngranId;       //!< which gNB
    std::string ngranFailureIndication; //!< see NgranFailureIndication
};

/**
 * @ingroup mbs
 * @brief What has happened to a broadcast session.
 */
struct OperationEvent
{
    std::string opEventType;                              //!< see OpEventType
    std::string amfId;                                    //!< NF instance; absent when empty
    std::vector<NgranFailureEvent> ngranFailureEventList; //!< with NG_RAN_EVENT
};

/**
 * @ingroup mbs
 * @brief Body of Namf_MBSBroadcast_ContextStatusNotify, which is answered without one.
 */
struct ContextStatusNotification
{
    sbi::MbsSessionId mbsSessionId;                    //!< session
    std::vector<BroadcastN2MbsSmInfo> n2MbsSmInfoList; //!< of gNBs, at most MAX_N2_MBS_SM_INFO
    std::vector<OperationEvent> operationEvents;       //!< what has happened
    std::string operationStatus;                       //!< see OperationStatus; absent when empty
    bool releasedInd{false};                           //!< the AMF has given the session up

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the notification, or why not */
    static Decoded<ContextStatusNotification> Decode(ByteView body);
};

} // namespace ns3::mbs::namf

#endif // MBS_SBI_BODY_NAMF_BROADCAST_H
