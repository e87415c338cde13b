// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_NMBSMF_H
#define MBS_SBI_BODY_NMBSMF_H

#include "mbs-sbi-body-common.h"

#include <map>

/**
 * @ingroup mbs
 * @brief Nmbsmf_TMGI and Nmbsmf_MBSSession (TS 29.532): what MBSF, SMF and AMF ask of MB-SMF over
 *        Nmb1, N16mb and N11mb.
 */
namespace ns3::mbs::nmbsmf
{

/**
 * @ingroup mbs
 * @brief What MB-SMF reports about a session's context (TS 29.532); an open enumeration.
 */
struct ContextStatusEventType
{
    static constexpr const char* QOS_INFO = "QOS_INFO";                   //!< QoS flows
    static constexpr const char* STATUS_INFO = "STATUS_INFO";             //!< active or inactive
    static constexpr const char* SERVICE_AREA_INFO = "SERVICE_AREA_INFO"; //!< service area
    static constexpr const char* SESSION_RELEASE = "SESSION_RELEASE";     //!< session is gone
    static constexpr const char* MULT_TRANS_ADD_CHANGE =
        "MULT_TRANS_ADD_CHANGE";                                  //!< multicast address on N3mb
    static constexpr const char* SECURITY_INFO = "SECURITY_INFO"; //!< keys
};

/**
 * @ingroup mbs
 * @brief How often an event is reported (TS 29.532); an open enumeration.
 */
struct ReportingMode
{
    static constexpr const char* CONTINUOUS = "CONTINUOUS"; //!< each time
    static constexpr const char* ONE_TIME = "ONE_TIME";     //!< once
};

/**
 * @ingroup mbs
 * @brief What AMF wants of a session for its gNBs (TS 29.532); an open enumeration.
 */
struct ContextUpdateAction
{
    static constexpr const char* START = "START";         //!< begin to receive
    static constexpr const char* TERMINATE = "TERMINATE"; //!< receive no more
};

/**
 * @ingroup mbs
 * @brief NGAP information in Nmbsmf_MBSSession_ContextUpdate (TS 29.532); an open enumeration.
 */
struct NgapIeType
{
    static constexpr const char* MBS_DIS_SETUP_REQ = "MBS_DIS_SETUP_REQ";   //!< setup request
    static constexpr const char* MBS_DIS_SETUP_RSP = "MBS_DIS_SETUP_RSP";   //!< setup response
    static constexpr const char* MBS_DIS_SETUP_FAIL = "MBS_DIS_SETUP_FAIL"; //!< setup failure
    static constexpr const char* MBS_DIS_REL_REQ = "MBS_DIS_REL_REQ";       //!< release request
};

/**
 * @ingroup mbs
 * @brief Body of Nmbsmf_TMGI_Allocate: how many new ones, which ones to keep longer, or both.
 */
struct TmgiAllocate
{
    std::optional<uint8_t> tmgiNumber; //!< how many, 1 to 255
    std::vector<Tmgi> tmgiList;        //!< to refresh; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<TmgiAllocate> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Nmbsmf_TMGI_Allocate.
 */
struct TmgiAllocated
{
    std::vector<Tmgi> tmgiList; //!< at least one
    Time expirationTime;        //!< until when they are valid, simulated time

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<TmgiAllocated> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Query parameter `tmgi-list` of Nmbsmf_TMGI_Deallocate, which has no body: a JSON array.
 */
struct TmgiList
{
    std::vector<Tmgi> tmgiList; //!< at least one

    /** @return the array as JSON text, not yet percent-encoded */
    std::string Encode() const;

    /** @param body JSON text @return the TMGIs, or why not */
    static Decoded<TmgiList> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief QoS that a media component needs (TS 29.571 MbsQoSReq).
 */
struct MbsQosReq
{
    uint8_t fiveQi{0};                       //!< `5qi`
    std::optional<sbi::BitRate> guarBitRate; //!< guaranteed bit rate
    std::optional<sbi::BitRate> maxBitRate;  //!< greatest bit rate
};

/**
 * @ingroup mbs
 * @brief A media component of a service (TS 29.571 MbsMediaComp).
 */
struct MbsMediaComp
{
    uint32_t mbsMedCompNum{1};          //!< its number
    std::optional<MbsQosReq> mbsQosReq; //!< `mbsQoSReq`: what it needs
};

/**
 * @ingroup mbs
 * @brief What a service consists of (TS 29.571 MbsServiceInfo).
 */
struct MbsServiceInfo
{
    std::map<std::string, MbsMediaComp> mbsMediaComps; //!< by number, as text; at least one
};

/**
 * @ingroup mbs
 * @brief Events of a session that its creator can be notified of (TS 29.571 MbsSessionEventType);
 * an open enumeration.
 *
 * All three are this module's own. TS 33.501 W.4.1.2 has the MB-SMF trigger a key update, and no
 * service operation carries that, nor that one is complete.
 */
struct MbsSessionEventType
{
    static constexpr const char* MSK_UPDATE_REQUEST = "MSK_UPDATE_REQUEST"; //!< a new MSK is wanted
    static constexpr const char* MTK_UPDATE_REQUEST = "MTK_UPDATE_REQUEST"; //!< a new MTK is wanted
    static constexpr const char* MSK_UPDATE_COMPLETED =
        "MSK_UPDATE_COMPLETED"; //!< UEs have the newest MSK
};

/**
 * @ingroup mbs
 * @brief An event that is subscribed to, or its report (TS 29.571 MbsSessionEvent,
 * MbsSessionEventReport).
 */
struct MbsSessionEvent
{
    std::string eventType;           //!< see MbsSessionEventType
    std::optional<Time> timeStamp{}; //!< in a report: when it happened, simulated time
};

/**
 * @ingroup mbs
 * @brief Subscription that a session is created with (TS 29.571 MbsSessionSubscription).
 */
struct MbsSessionSubscription
{
    std::vector<MbsSessionEvent> eventList; //!< at least one
    std::string notifyUri;                  //!< where notifications go
    std::string notifyCorrelationId;        //!< comes back in them; absent when empty
};

/**
 * @ingroup mbs
 * @brief Events in one notification (TS 29.571 MbsSessionEventReportList).
 */
struct MbsSessionEventReportList
{
    std::vector<MbsSessionEvent> eventReportList; //!< at least one
    std::string notifyCorrelationId;              //!< of the subscription; absent when empty
};

/**
 * @ingroup mbs
 * @brief Body of Nmbsmf_MBSSession_StatusNotify.
 */
struct StatusNotifyReqData
{
    MbsSessionEventReportList eventList; //!< what happened

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the notification, or why not */
    static Decoded<StatusNotifyReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief An MBS session (TS 29.571 MbsSession) with what Nmbsmf_MBSSession adds to it.
 */
struct ExtMbsSession
{
    std::optional<sbi::MbsSessionId> mbsSessionId;           //!< its name; or tmgiAllocReq
    bool tmgiAllocReq{false};                                //!< MB-SMF shall choose a TMGI
    std::optional<Tmgi> tmgi;                                //!< the TMGI chosen, in the answer
    std::optional<Time> expirationTime;                      //!< of the TMGI, in the answer
    std::string serviceType{sbi::MbsServiceType::MULTICAST}; //!< see sbi::MbsServiceType
    bool ingressTunAddrReq{false};                         //!< unicast ingress at MB-UPF is wanted
    std::vector<sbi::TunnelAddress> ingressTunAddr;        //!< MB-UPF's end of Nmb9, in the answer
    std::optional<SsmIpv4> ssm;                            //!< multicast ingress at MB-UPF
    std::optional<sbi::MbsServiceArea> mbsServiceArea;     //!< where; everywhere if absent
    std::string dnn;                                       //!< data network; absent when empty
    std::optional<sbi::Snssai> snssai;                     //!< slice
    std::optional<Time> startTime;                         //!< simulated time
    std::optional<Time> terminationTime;                   //!< simulated time
    std::optional<MbsServiceInfo> mbsServInfo;             //!< QoS wanted
    std::optional<MbsSessionSubscription> mbsSessionSubsc; //!< events that the creator wants
    std::string activityStatus;         //!< see sbi::MbsSessionActivityStatus; absent when empty
    bool anyUeInd{false};               //!< true: open to every UE
    SecurityContext mbsSecurityContext; //!< keys; absent when empty
};

/**
 * @ingroup mbs
 * @brief Body of Nmbsmf_MBSSession_Create.
 */
struct CreateReqData
{
    ExtMbsSession mbsSession; //!< what to make

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<CreateReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Nmbsmf_MBSSession_Create.
 *
 * OpenAPI lets an answer leave out serviceType (`writeOnly`); plain JSON schema wants it. It is
 * written, and read as empty if it is not there.
 */
struct CreateRspData
{
    ExtMbsSession mbsSession; //!< what was made

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<CreateRspData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Body of Nmbsmf_MBSSession_Update, a JSON patch: what is there replaces what was.
 *
 * The pointers `/mbsSecurityContext`, `/activityStatus`, `/mbsServInfo` and `/mbsServiceArea` are
 * known, with the operations `add` and `replace`; everything else is UNSUPPORTED. That a patch may
 * touch the keys is read out of TS 23.247 clause 7.1.1.6; TS 29.532 names no pointers.
 */
struct MbsSessionPatch
{
    SecurityContext mbsSecurityContext;                //!< new keys; none when empty
    std::optional<std::string> activityStatus;         //!< see sbi::MbsSessionActivityStatus
    std::optional<MbsServiceInfo> mbsServInfo;         //!< new QoS
    std::optional<sbi::MbsServiceArea> mbsServiceArea; //!< new service area

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the changes, or why not */
    static Decoded<MbsSessionPatch> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief An event that is subscribed to.
 */
struct ContextStatusEvent
{
    std::string eventType;          //!< see ContextStatusEventType
    bool immediateReportInd{false}; //!< report the state at once, in the answer
    std::string reportingMode;      //!< see ReportingMode; absent when empty
};

/**
 * @ingroup mbs
 * @brief A subscription to reports about a session's context.
 */
struct ContextStatusSubscription
{
    std::string nfcInstanceId;                 //!< who subscribes, a UUID
    sbi::MbsSessionId mbsSessionId;            //!< session
    std::vector<ContextStatusEvent> eventList; //!< at least one
    std::string notifyUri;                     //!< where reports go
    std::string notifyCorrelationId;           //!< comes back in reports; absent when empty
    std::optional<Time> expiryTime;            //!< until when, simulated time

    /** @return the answer to Nmbsmf_MBSSession_ContextStatusSubscribeMod as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the subscription, or why not */
    static Decoded<ContextStatusSubscription> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Multicast address and tunnel on N3mb.
 */
struct MulticastTransportAddressChangeInfo
{
    SsmIpv4 llSsm;                         //!< lower layer source specific multicast address
    uint32_t cTeid{0};                     //!< common tunnel endpoint ID
    std::optional<uint16_t> areaSessionId; //!< of a location-dependent session
};

/**
 * @ingroup mbs
 * @brief Bit rates of a QoS flow with guaranteed bit rate.
 */
struct GbrQosFlowInformation
{
    sbi::BitRate maxFbrDl;                       //!< greatest, downlink
    sbi::BitRate guaFbrDl;                       //!< guaranteed, downlink
    std::optional<uint16_t> maxPacketLossRateDl; //!< tenths of a percent, 0 to 1000
};

/**
 * @ingroup mbs
 * @brief Allocation and retention priority (TS 29.571 Arp).
 */
struct Arp
{
    uint8_t priorityLevel{1};                   //!< 1 (first) to 15
    std::string preemptCap{"NOT_PREEMPT"};      //!< NOT_PREEMPT or MAY_PREEMPT
    std::string preemptVuln{"NOT_PREEMPTABLE"}; //!< NOT_PREEMPTABLE or PREEMPTABLE
};

/**
 * @ingroup mbs
 * @brief What a QoS flow is.
 */
struct QosFlowProfile
{
    uint8_t fiveQi{0};                                   //!< `5qi`
    std::optional<Arp> arp;                              //!< priority
    std::optional<GbrQosFlowInformation> gbrQosFlowInfo; //!< bit rates
};

/**
 * @ingroup mbs
 * @brief A QoS flow to make or to change.
 */
struct QosFlowAddModifyRequestItem
{
    uint8_t qfi{0};                               //!< QoS flow identifier, 0 to 63
    std::optional<QosFlowProfile> qosFlowProfile; //!< what it shall be
};

/**
 * @ingroup mbs
 * @brief The session's QoS flows.
 */
struct QosInfo
{
    std::vector<QosFlowAddModifyRequestItem> qosFlowsAddModRequestList; //!< absent when empty
    std::vector<uint8_t> qosFlowsRelRequestList; //!< identifiers to release; absent when empty
};

/**
 * @ingroup mbs
 * @brief One report about a session's context.
 */
struct ContextStatusEventReport
{
    std::string eventType;          //!< see ContextStatusEventType
    Time timeStamp;                 //!< when it happened, simulated time
    std::optional<QosInfo> qosInfo; //!< with QOS_INFO
    std::string statusInfo;         //!< with STATUS_INFO: see sbi::MbsSessionActivityStatus
    std::optional<sbi::MbsServiceArea> mbsServiceArea; //!< with SERVICE_AREA_INFO
    std::optional<MulticastTransportAddressChangeInfo>
        multicastTransAddInfo;          //!< with MULT_TRANS_ADD_CHANGE
    SecurityContext mbsSecurityContext; //!< with SECURITY_INFO; absent when empty
};

/**
 * @ingroup mbs
 * @brief What a subscriber learns of the session at once. It has no keys: those come in a report.
 */
struct MbsContextInfo
{
    std::optional<Time> startTime;                     //!< simulated time
    bool anyUeInd{false};                              //!< true: open to every UE
    std::optional<SsmIpv4> llSsm;                      //!< multicast address on N3mb
    std::optional<uint32_t> cTeid;                     //!< common tunnel endpoint ID
    std::optional<sbi::MbsServiceArea> mbsServiceArea; //!< where; everywhere if absent
};

/**
 * @ingroup mbs
 * @brief Body of Nmbsmf_MBSSession_ContextStatusSubscribe.
 */
struct ContextStatusSubscribeReqData
{
    ContextStatusSubscription subscription; //!< what is wanted

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<ContextStatusSubscribeReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Nmbsmf_MBSSession_ContextStatusSubscribe.
 */
struct ContextStatusSubscribeRspData
{
    ContextStatusSubscription subscription;           //!< what was granted
    std::vector<ContextStatusEventReport> reportList; //!< immediate reports; absent when empty
    std::optional<MbsContextInfo> mbsContextInfo;     //!< the session's context

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<ContextStatusSubscribeRspData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Body of Nmbsmf_MBSSession_ContextStatusSubscribeMod, a JSON patch.
 *
 * The pointer `/mbsSecurityContext` is known, with the operations `add` and `replace`. It is this
 * module's own, and says by name which MSK the UEs of the subscriber have.
 */
struct ContextSubscriptionPatch
{
    SecurityContext mbsSecurityContext; //!< names of MSKs; none when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the changes, or why not */
    static Decoded<ContextSubscriptionPatch> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Body of Nmbsmf_MBSSession_ContextStatusNotify.
 */
struct ContextStatusNotifyReqData
{
    std::vector<ContextStatusEventReport> reportList; //!< at least one
    std::string notifyCorrelationId;                  //!< of the subscription; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the reports, or why not */
    static Decoded<ContextStatusNotifyReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief NGAP information in a part of its own.
 */
struct N2MbsSmInfo
{
    std::string ngapIeType;        //!< see NgapIeType
    sbi::RefToBinaryData ngapData; //!< the part that has it
};

/**
 * @ingroup mbs
 * @brief Body of Nmbsmf_MBSSession_ContextUpdate.
 */
struct ContextUpdateReqData
{
    std::string nfcInstanceId;                     //!< who asks, a UUID
    sbi::MbsSessionId mbsSessionId;                //!< session
    std::optional<uint16_t> areaSessionId;         //!< of a location-dependent session
    std::string requestedAction;                   //!< see ContextUpdateAction; absent when empty
    std::optional<N2MbsSmInfo> n2MbsSmInfo;        //!< what the gNB said
    std::optional<sbi::GlobalRanNodeId> ranNodeId; //!< which gNB
    bool leaveInd{false};                          //!< the AMF's last gNB has left

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<ContextUpdateReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Nmbsmf_MBSSession_ContextUpdate.
 */
struct ContextUpdateRspData
{
    std::optional<SsmIpv4> llSsm;           //!< multicast address on N3mb
    std::optional<uint32_t> cTeid;          //!< common tunnel endpoint ID
    std::optional<N2MbsSmInfo> n2MbsSmInfo; //!< answer for the gNB

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<ContextUpdateRspData> Decode(ByteView body);
};

/**
 * @name How types that other services share become JSON
 * @{
 */
/** @param archive where from @param value what a service consists of */
void Describe(sbi::JsonReader& archive, MbsServiceInfo& value);
/** @param archive where to @param value what a service consists of */
void Describe(sbi::JsonWriter& archive, const MbsServiceInfo& value);
/** @} */

} // namespace ns3::mbs::nmbsmf

#endif // MBS_SBI_BODY_NMBSMF_H
