// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_NMBSTF_H
#define MBS_SBI_BODY_NMBSTF_H

#include "mbs-sbi-body-common.h"

/**
 * @ingroup mbs
 * @brief Nmbstf_DistSession (TS 29.581): what MBSF asks of MBSTF over Nmb2.
 *
 * One set of types serves both shapes of the service. V17.0.0 carries keys: the members
 * mbsSecurityContext and the events MTK_UPDATE and MSK_REQUEST. From V17.6.0 on they are gone; a
 * body whose security context is empty has that shape. The names of operating modes and events
 * differ too; the constants say which version they belong to.
 */
namespace ns3::mbs::nmbstf
{

/**
 * @ingroup mbs
 * @brief State of a distribution session (TS 29.581 clause 6.1.6.3.3); an open enumeration.
 */
struct DistSessionState
{
    static constexpr const char* INACTIVE = "INACTIVE";         //!< nothing flows, not even ingest
    static constexpr const char* ESTABLISHED = "ESTABLISHED";   //!< ready to be activated
    static constexpr const char* ACTIVE = "ACTIVE";             //!< MBSTF sends
    static constexpr const char* DEACTIVATING = "DEACTIVATING"; //!< on the way back
};

/**
 * @ingroup mbs
 * @brief What MBSTF does to packets; an open enumeration.
 */
struct PktDistributionOperatingMode
{
    static constexpr const char* V17_PROXY = "PROXY";               //!< V17.0.0: UDP payloads
    static constexpr const char* V17_FORWARD_ONLY = "FORWARD_ONLY"; //!< V17.0.0: IP packets
    static constexpr const char* PACKET_PROXY = "PACKET_PROXY";     //!< V18: UDP payloads
    static constexpr const char* PACKET_FORWARD_ONLY = "PACKET_FORWARD_ONLY"; //!< V18: IP packets
};

/**
 * @ingroup mbs
 * @brief How the application's packets come in; an open enumeration.
 */
struct PktIngestMethod
{
    static constexpr const char* MULTICAST = "MULTICAST"; //!< MBSTF joins the application's group
    static constexpr const char* UNICAST = "UNICAST";     //!< sent to an address of MBSTF
};

/**
 * @ingroup mbs
 * @brief What MBSTF reports; an open enumeration.
 */
struct DistSessionEventType
{
    static constexpr const char* DATA_INGEST_FAILURE = "DATA_INGEST_FAILURE";   //!< no data came in
    static constexpr const char* V17_SESSION_TERMINATED = "SESSION_TERMINATED"; //!< V17.0.0: ended
    static constexpr const char* V17_DELIVERY_STARTED_VIA_NMB9 =
        "DELIVERY_STARTED_VIA_NMB9";                              //!< V17.0.0: MBSTF sends
    static constexpr const char* V17_MTK_UPDATE = "MTK_UPDATE";   //!< V17.0.0: here is a new MTK
    static constexpr const char* V17_MSK_REQUEST = "MSK_REQUEST"; //!< V17.0.0: a new MSK is needed
    static constexpr const char* SESSION_DEACTIVATED = "SESSION_DEACTIVATED"; //!< V18: stopped
    static constexpr const char* SESSION_ACTIVATED = "SESSION_ACTIVATED";     //!< V18: started
    static constexpr const char* SERVICE_MANAGEMENT_FAILURE =
        "SERVICE_MANAGEMENT_FAILURE"; //!< V18: cannot do it
    static constexpr const char* DATA_INGEST_SESSION_ESTABLISHED =
        "DATA_INGEST_SESSION_ESTABLISHED"; //!< V18: data come in
    static constexpr const char* DATA_INGEST_SESSION_TERMINATED =
        "DATA_INGEST_SESSION_TERMINATED"; //!< V18: data ended
};

/**
 * @ingroup mbs
 * @brief The application's multicast group and port.
 */
struct ExtSsm
{
    SsmIpv4 ssm;            //!< sender and group
    uint16_t portNumber{0}; //!< UDP destination port
};

/**
 * @ingroup mbs
 * @brief Where the application's data enter MBSTF over Nmb8.
 *
 * By their names and by who may write them: MBSTF answers with mbStfListenAddr, where it listens
 * for UDP payloads (proxy), or with mbStfIngressTunAddr, its end of a tunnel from afEgressTunAddr
 * (forward only). The text of TS 29.581 was not at hand for this reading.
 */
struct MbStfIngestAddr
{
    std::optional<sbi::TunnelAddress> afEgressTunAddr;     //!< the application's end of a tunnel
    std::optional<sbi::TunnelAddress> mbStfIngressTunAddr; //!< MBSTF's end of that tunnel
    std::optional<ExtSsm> afSsm;                           //!< multicast group to join
    std::optional<sbi::TunnelAddress> mbStfListenAddr;     //!< where MBSTF listens
};

/**
 * @ingroup mbs
 * @brief The packet distribution method's parameters.
 */
struct PktDistributionData
{
    std::string pktDistributionOperatingMode{
        PktDistributionOperatingMode::PACKET_PROXY}; //!< see PktDistributionOperatingMode
    std::string pktIngestMethod;                     //!< see PktIngestMethod; absent when empty
    MbStfIngestAddr mbStfIngestAddr;                 //!< where data come in
};

/**
 * @ingroup mbs
 * @brief Destination that MBSTF gives to what it multicasts.
 */
struct UpTrafficFlowInfo
{
    Ipv4Address destIpAddr;             //!< group
    std::optional<uint16_t> portNumber; //!< UDP port; mandatory from V17.6.0 on
};

/**
 * @ingroup mbs
 * @brief A distribution session. Only the packet distribution method: a body with
 *        objDistributionData is UNSUPPORTED.
 */
struct DistSession
{
    std::string distSessionId;                              //!< its name
    std::string distSessionState{DistSessionState::ACTIVE}; //!< see DistSessionState
    std::optional<sbi::TunnelAddress> mbUpfTunAddr;         //!< MB-UPF's end of Nmb9; in a request
    std::optional<UpTrafficFlowInfo> upTrafficFlowInfo;     //!< inner destination
    std::optional<sbi::MbsSessionId> mbsSessionId;          //!< MBS session; V17.0.0 only
    std::optional<sbi::BitRate> mbr;                        //!< greatest bit rate; in a request
    PktDistributionData pktDistributionData;                //!< the method's parameters
    SecurityContext mbsSecurityContext;                     //!< keys; V17.0.0 only, absent if empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the session, or why not */
    static Decoded<DistSession> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Body of Nmbstf_DistSession_Create.
 */
struct CreateReqData
{
    DistSession distSession; //!< what to make; mbUpfTunAddr and mbr are mandatory

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<CreateReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Nmbstf_DistSession_Create.
 *
 * OpenAPI lets an answer leave out mbUpfTunAddr and mbr (`writeOnly`); plain JSON schema wants
 * them. Fill them in to please both; either is read.
 */
struct CreateRspData
{
    DistSession distSession; //!< what was made, with the ingest address

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<CreateRspData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Body of Nmbstf_DistSession_Update, a JSON patch: what is there replaces what was.
 *
 * The pointers `/mbsSecurityContext`, `/mbUpfTunAddr` and `/distSessionState` are known, with the
 * operations `add` and `replace`; everything else is UNSUPPORTED.
 */
struct DistSessionPatch
{
    SecurityContext mbsSecurityContext;             //!< new keys; none when empty
    std::optional<sbi::TunnelAddress> mbUpfTunAddr; //!< new end of Nmb9
    std::optional<std::string> distSessionState;    //!< new state

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the changes, or why not */
    static Decoded<DistSessionPatch> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief A subscription to reports about a distribution session.
 */
struct DistSessionSubscription
{
    std::string nfcInstanceId;          //!< who subscribes; absent when empty
    std::vector<std::string> eventList; //!< see DistSessionEventType; at least one
    std::string notifyUri;              //!< where reports go
    std::string notifyCorrelationId;    //!< comes back in reports; absent when empty
    std::optional<Time> expiryTime;     //!< until when, simulated time
    std::string distSessionSubscUri; //!< the subscription's name, in the answer; absent when empty
};

/**
 * @ingroup mbs
 * @brief One report.
 */
struct DistSessionEventReport
{
    std::string eventType;              //!< see DistSessionEventType
    std::optional<Time> timeStamp;      //!< when it happened, simulated time
    SecurityContext mbsSecurityContext; //!< V17.0.0: the MTK, or the name of the MSK asked for
};

/**
 * @ingroup mbs
 * @brief Reports, at least one.
 */
struct DistSessionEventReportList
{
    std::vector<DistSessionEventReport> eventReportList; //!< the reports
    std::string notifyCorrelationId;                     //!< of the subscription; absent when empty
};

/**
 * @ingroup mbs
 * @brief Body of Nmbstf_DistSession_StatusSubscribe.
 */
struct StatusSubscribeReqData
{
    DistSessionSubscription subscription; //!< what is wanted

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<StatusSubscribeReqData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Nmbstf_DistSession_StatusSubscribe.
 */
struct StatusSubscribeRspData
{
    DistSessionSubscription subscription;                 //!< what was granted
    std::optional<DistSessionEventReportList> reportList; //!< what can be reported at once

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<StatusSubscribeRspData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Body of Nmbstf_DistSession_StatusNotify.
 */
struct StatusNotifyReqData
{
    DistSessionEventReportList reportList; //!< the reports

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the reports, or why not */
    static Decoded<StatusNotifyReqData> Decode(ByteView body);
};

/**
 * @name How types that other services share become JSON
 * @{
 */
/** @param archive where from @param value ingest addresses */
void Describe(sbi::JsonReader& archive, MbStfIngestAddr& value);
/** @param archive where to @param value ingest addresses */
void Describe(sbi::JsonWriter& archive, const MbStfIngestAddr& value);
/** @} */

} // namespace ns3::mbs::nmbstf

#endif // MBS_SBI_BODY_NMBSTF_H
