// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-samples.h"

#include "ns3/mbs-sbi-body-namf-broadcast.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nmbsf.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-body-nmbstf.h"
#include "ns3/mbs-sbi-body-nsmf.h"

namespace ns3::mbs
{

namespace
{

constexpr const char* COMMON = "TS29571_CommonData.yaml";
constexpr const char* USER_SERVICE = "TS29580_Nmbsf_MBSUserService.yaml";
constexpr const char* INGEST = "TS29580_Nmbsf_MBSUserDataIngestSession.yaml";
constexpr const char* DIST_V17 = "TS29581_Nmbstf_DistSession-v17.0.0.yaml";
constexpr const char* DIST_V18 = "TS29581_Nmbstf_DistSession.yaml";
constexpr const char* TMGI = "TS29532_Nmbsmf_TMGI.yaml";
constexpr const char* SESSION = "TS29532_Nmbsmf_MBSSession.yaml";
constexpr const char* AMF = "TS29518_Namf_Communication.yaml";
constexpr const char* AMF_MBS = "TS29518_Namf_MBSCommunication.yaml";
constexpr const char* AMF_MT = "TS29518_Namf_MT.yaml";
constexpr const char* AMF_BROADCAST = "TS29518_Namf_MBSBroadcast.yaml";
constexpr const char* SMF = "TS29502_Nsmf_PDUSession.yaml";

/** @param body any octets @param error why it was refused @return the text encoded again */
template <typename T>
std::string
Again(ByteView body, DecodeError& error)
{
    const Decoded<T> value = T::Decode(body);
    error = value.Error();
    return value ? value->Encode() : std::string();
}

/** @copydoc Again() */
std::string
SecurityContextAgain(ByteView body, DecodeError& error)
{
    const auto value = sbi::DecodeSecurityContext(body);
    error = value.Error();
    return value ? sbi::EncodeSecurityContext(*value) : std::string();
}

/** @copydoc Again() */
std::string
PatchAgain(ByteView body, DecodeError& error)
{
    const auto value = sbi::DecodePatch(body);
    error = value.Error();
    return value ? sbi::EncodePatch(*value) : std::string();
}

/** @param file OpenAPI file @param schema schema in it @param value a body @return its sample */
template <typename T>
SbiSample
Sample(const char* file, const char* schema, const T& value)
{
    return {file, schema, value.Encode(), &Again<T>};
}

/** @return one key set with an MSK and an MTK, one that names an MSK only */
SecurityContext
Keys()
{
    KeySet first;
    first.keyDomainId = KeyDomainId(PlmnId());
    first.mskId = MskId(1, 1);
    first.msk =
        Key128(std::array<uint8_t, 16>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
    first.mskLifetime = Seconds(3600);
    first.mtk = Mtk{MtkId(7), Key128(std::array<uint8_t, 16>{0x11, 0x22, 0x33})};
    KeySet second;
    second.keyDomainId = KeyDomainId(PlmnId());
    second.mskId = MskId(1, 2);
    return {first, second};
}

/** @return a session's name with TMGI */
sbi::MbsSessionId
SessionId()
{
    sbi::MbsSessionId id;
    id.tmgi = ns3::mbs::Tmgi(0x00a1b2, PlmnId());
    return id;
}

/** @return a lower layer multicast address */
SsmIpv4
Ssm()
{
    return {Ipv4Address("10.1.2.3"), Ipv4Address("232.0.0.7")};
}

/** @return a service area with both kinds of list */
sbi::MbsServiceArea
Area()
{
    const Tai tai{PlmnId(), 0x000102};
    sbi::MbsServiceArea area;
    area.ncgiList.push_back({tai, {NrCgi{0x000000123, PlmnId()}, NrCgi{0xfedcba987, PlmnId()}}});
    area.taiList.push_back(tai);
    return area;
}

/** @return Nmbsf samples */
std::vector<SbiSample>
NmbsfSamples()
{
    nmbsf::MbsUserService service;
    service.extServiceIds = {"urn:example:mbs:1"};
    service.servClass = "urn:oma:bcast:oma_bsc:1.0";
    service.servAnnModes = {nmbsf::ServiceAnnouncementMode::PASSED_BACK};
    service.servNameDescs = {{"Football", "", "eng"}, {"", "Fussball \xc3\xbc\"\\\n", "deu"}};
    service.mainServLang = "eng";

    nmbsf::MbsUserDataIngSession request;
    request.mbsUserServId = "us1";
    nmbsf::MbsDistributionSessionInfo info;
    info.mbsSessionId = SessionId();
    info.maxContBitRate = {1500000};
    info.pckDistrInfo.emplace();
    info.tgtServAreas = Area();
    info.restrictedFlag = true;
    request.mbsDisSessInfos["d1"] = info;

    nmbsf::MbsUserDataIngSession answer = request;
    nmbsf::MbsDistributionSessionInfo& granted = answer.mbsDisSessInfos["d1"];
    granted.mbsDistSessionId = "ds-1";
    granted.mbsDistSessState = nmbstf::DistSessionState::ACTIVE;
    granted.pckDistrInfo->ingEndpointAddrs.mbStfListenAddr =
        sbi::TunnelAddress{Ipv4Address("10.0.8.2"), 5000};

    nmbsf::MbsUserDataIngSession multicast = request;
    nmbsf::PacketDistrMethInfo& method = *multicast.mbsDisSessInfos["d1"].pckDistrInfo;
    method.pckIngMethod = nmbstf::PktIngestMethod::MULTICAST;
    method.ingEndpointAddrs.afSsm = nmbstf::ExtSsm{Ssm(), 5004};

    nmbsf::MbsUserDataIngSessionPatch patch;
    patch.mbsDisSessInfos = request.mbsDisSessInfos;
    patch.mbsDisSessInfos["d1"].mbsDistSessState = nmbstf::DistSessionState::INACTIVE;
    nmbsmf::MbsMediaComp component;
    component.mbsQosReq = nmbsmf::MbsQosReq{7, {}, {}};
    patch.mbsDisSessInfos["d1"].mbsServInfo.emplace().mbsMediaComps["1"] = component;

    return {
        Sample(USER_SERVICE, "MBSUserService", service),
        Sample(INGEST, "MBSUserDataIngSession", request),
        Sample(INGEST, "MBSUserDataIngSession", answer),
        Sample(INGEST, "MBSUserDataIngSession", multicast),
        Sample(INGEST, "MBSUserDataIngSessionPatch", patch),
    };
}

/** @return Nmbstf samples in both shapes */
std::vector<SbiSample>
NmbstfSamples()
{
    nmbstf::CreateReqData plain;
    plain.distSession.distSessionId = "ds-1";
    plain.distSession.distSessionState = nmbstf::DistSessionState::INACTIVE;
    plain.distSession.mbUpfTunAddr = sbi::TunnelAddress{Ipv4Address("10.0.9.1"), 6000};
    plain.distSession.upTrafficFlowInfo = nmbstf::UpTrafficFlowInfo{Ipv4Address("232.1.1.1"), 5004};
    plain.distSession.mbr = sbi::BitRate{1500000};
    plain.distSession.pktDistributionData.pktIngestMethod = nmbstf::PktIngestMethod::UNICAST;

    nmbstf::CreateRspData plainAnswer{plain.distSession};
    nmbstf::MbStfIngestAddr& ingest = plainAnswer.distSession.pktDistributionData.mbStfIngestAddr;
    ingest.mbStfListenAddr = sbi::TunnelAddress{Ipv4Address("10.0.8.2"), 5000};

    nmbstf::CreateReqData keyed = plain;
    keyed.distSession.mbsSessionId = SessionId();
    keyed.distSession.mbsSecurityContext = Keys();
    keyed.distSession.pktDistributionData.pktDistributionOperatingMode =
        nmbstf::PktDistributionOperatingMode::V17_FORWARD_ONLY;
    nmbstf::MbStfIngestAddr& tunnel = keyed.distSession.pktDistributionData.mbStfIngestAddr;
    tunnel.afEgressTunAddr = sbi::TunnelAddress{Ipv4Address("10.0.8.1"), 5001};
    tunnel.mbStfIngressTunAddr = sbi::TunnelAddress{Ipv4Address("10.0.8.2"), 5002};
    tunnel.afSsm = nmbstf::ExtSsm{Ssm(), 5004};
    const nmbstf::CreateRspData keyedAnswer{keyed.distSession};

    nmbstf::DistSessionPatch patch;
    patch.mbsSecurityContext = Keys();
    patch.mbUpfTunAddr = sbi::TunnelAddress{Ipv4Address("10.0.9.2"), 6001};
    patch.distSessionState = nmbstf::DistSessionState::ACTIVE;

    nmbstf::StatusSubscribeReqData subscribe;
    subscribe.subscription.nfcInstanceId = sbi::NfInstanceIdFor(3);
    subscribe.subscription.eventList = {nmbstf::DistSessionEventType::V17_MTK_UPDATE,
                                        nmbstf::DistSessionEventType::V17_MSK_REQUEST};
    subscribe.subscription.notifyUri = "http://10.0.2.1/notify/1";
    subscribe.subscription.notifyCorrelationId = "c1";
    subscribe.subscription.expiryTime = Seconds(86400);

    nmbstf::DistSessionEventReport update;
    update.eventType = nmbstf::DistSessionEventType::V17_MTK_UPDATE;
    update.timeStamp = NanoSeconds(1500000001);
    update.mbsSecurityContext = {Keys()[0]};
    nmbstf::DistSessionEventReport request;
    request.eventType = nmbstf::DistSessionEventType::V17_MSK_REQUEST;
    request.mbsSecurityContext = {Keys()[1]};
    const nmbstf::DistSessionEventReportList reports{{update, request}, "c1"};

    nmbstf::StatusSubscribeRspData subscribed{subscribe.subscription, reports};
    subscribed.subscription.distSessionSubscUri = "/nmbstf-distsession/v1/dist-sessions/1";

    nmbstf::StatusNotifyReqData started;
    started.reportList.eventReportList.resize(1);
    started.reportList.eventReportList[0].eventType =
        nmbstf::DistSessionEventType::SESSION_ACTIVATED;

    return {
        Sample(DIST_V18, "CreateReqData", plain),
        Sample(DIST_V18, "CreateRspData", plainAnswer),
        Sample(DIST_V18, "DistSession", plain.distSession),
        Sample(DIST_V18, "StatusNotifyReqData", started),
        Sample(DIST_V17, "CreateReqData", keyed),
        Sample(DIST_V17, "CreateRspData", keyedAnswer),
        Sample(COMMON, "PatchItem[]", patch),
        Sample(DIST_V17, "StatusSubscribeReqData", subscribe),
        Sample(DIST_V17, "StatusSubscribeRspData", subscribed),
        Sample(DIST_V17, "StatusNotifyReqData", nmbstf::StatusNotifyReqData{reports}),
    };
}

/** @return Nmbsmf_TMGI samples and those of creation and update of a session */
std::vector<SbiSample>
NmbsmfSessionSamples()
{
    const ns3::mbs::Tmgi tmgi(0x00a1b2, PlmnId());
    nmbsmf::TmgiAllocate allocate;
    allocate.tmgiNumber = 2;
    allocate.tmgiList = {tmgi};
    const nmbsmf::TmgiAllocated allocated{{tmgi}, Seconds(7200)};

    nmbsmf::CreateReqData create;
    create.mbsSession.mbsSessionId = SessionId();
    create.mbsSession.ingressTunAddrReq = true;
    create.mbsSession.ssm = Ssm();
    create.mbsSession.mbsServiceArea = Area();
    create.mbsSession.dnn = "mbs";
    create.mbsSession.snssai = sbi::Snssai{1, 0x0000ab};
    create.mbsSession.startTime = Seconds(1);
    create.mbsSession.terminationTime = Seconds(100);
    nmbsmf::MbsMediaComp component;
    component.mbsQosReq = nmbsmf::MbsQosReq{9, sbi::BitRate{64000}, sbi::BitRate{2000000}};
    create.mbsSession.mbsServInfo.emplace().mbsMediaComps["1"] = component;
    create.mbsSession.activityStatus = sbi::MbsSessionActivityStatus::ACTIVE;
    create.mbsSession.anyUeInd = true;
    create.mbsSession.mbsSessionSubsc =
        nmbsmf::MbsSessionSubscription{{{nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST},
                                        {nmbsmf::MbsSessionEventType::MTK_UPDATE_REQUEST}},
                                       "http://10.0.5.1/mbs-session-status/1",
                                       "c3"};
    create.mbsSession.mbsSecurityContext = Keys();

    nmbsmf::CreateReqData choose;
    choose.mbsSession.tmgiAllocReq = true;

    nmbsmf::CreateRspData created;
    created.mbsSession.mbsSessionId = SessionId();
    created.mbsSession.tmgi = tmgi;
    created.mbsSession.expirationTime = Seconds(7200);
    created.mbsSession.ingressTunAddr = {sbi::TunnelAddress{Ipv4Address("10.0.9.1"), 6000}};

    nmbsmf::MbsSessionPatch patch;
    patch.mbsSecurityContext = Keys();
    patch.activityStatus = sbi::MbsSessionActivityStatus::INACTIVE;
    patch.mbsServInfo = create.mbsSession.mbsServInfo;
    patch.mbsServiceArea = Area();

    return {
        Sample(TMGI, "TmgiAllocate", allocate),
        Sample(TMGI, "TmgiAllocated", allocated),
        Sample(COMMON, "Tmgi[]", nmbsmf::TmgiList{{tmgi}}),
        Sample(SESSION, "CreateReqData", create),
        Sample(SESSION, "CreateReqData", choose),
        Sample(SESSION, "CreateRspData", created),
        Sample(COMMON, "PatchItem[]", patch),
    };
}

/** @return samples of Nmbsmf_MBSSession about contexts */
std::vector<SbiSample>
NmbsmfContextSamples()
{
    nmbsmf::ContextStatusSubscribeReqData subscribe;
    subscribe.subscription.nfcInstanceId = sbi::NfInstanceIdFor(4);
    subscribe.subscription.mbsSessionId = SessionId();
    subscribe.subscription.mbsSessionId.ssm = Ssm();
    subscribe.subscription.eventList = {
        {nmbsmf::ContextStatusEventType::SECURITY_INFO, true, nmbsmf::ReportingMode::CONTINUOUS},
        {nmbsmf::ContextStatusEventType::SESSION_RELEASE, false, ""}};
    subscribe.subscription.notifyUri = "http://10.0.3.1/notify/1";
    subscribe.subscription.notifyCorrelationId = "c1";
    subscribe.subscription.expiryTime = Seconds(86400);

    nmbsmf::ContextSubscriptionPatch completed;
    completed.mbsSecurityContext = Keys();
    completed.mbsSecurityContext.front().msk.reset();

    nmbsmf::ContextStatusEventReport security;
    security.eventType = nmbsmf::ContextStatusEventType::SECURITY_INFO;
    security.timeStamp = MilliSeconds(20);
    security.mbsSecurityContext = Keys();

    nmbsmf::QosFlowProfile profile;
    profile.fiveQi = 4;
    profile.arp.emplace();
    profile.gbrQosFlowInfo =
        nmbsmf::GbrQosFlowInformation{sbi::BitRate{2000000}, sbi::BitRate{1000000}, 10};
    nmbsmf::ContextStatusEventReport qos;
    qos.eventType = nmbsmf::ContextStatusEventType::QOS_INFO;
    qos.qosInfo.emplace();
    qos.qosInfo->qosFlowsAddModRequestList = {{1, profile}, {2, std::nullopt}};
    qos.qosInfo->qosFlowsRelRequestList = {3, 63};

    nmbsmf::ContextStatusEventReport status;
    status.eventType = nmbsmf::ContextStatusEventType::STATUS_INFO;
    status.statusInfo = sbi::MbsSessionActivityStatus::INACTIVE;

    nmbsmf::ContextStatusEventReport area;
    area.eventType = nmbsmf::ContextStatusEventType::SERVICE_AREA_INFO;
    area.mbsServiceArea = Area();

    nmbsmf::ContextStatusEventReport transport;
    transport.eventType = nmbsmf::ContextStatusEventType::MULT_TRANS_ADD_CHANGE;
    transport.multicastTransAddInfo =
        nmbsmf::MulticastTransportAddressChangeInfo{Ssm(), 0xffffffff, 1};

    nmbsmf::ContextStatusEventReport release;
    release.eventType = nmbsmf::ContextStatusEventType::SESSION_RELEASE;

    nmbsmf::ContextStatusSubscribeRspData subscribed;
    subscribed.subscription = subscribe.subscription;
    subscribed.reportList = {security};
    subscribed.mbsContextInfo.emplace();
    subscribed.mbsContextInfo->startTime = Seconds(1);
    subscribed.mbsContextInfo->anyUeInd = true;
    subscribed.mbsContextInfo->llSsm = Ssm();
    subscribed.mbsContextInfo->cTeid = 0x01020304;
    subscribed.mbsContextInfo->mbsServiceArea = Area();

    const nmbsmf::ContextStatusNotifyReqData notify{
        {security, qos, status, area, transport, release},
        "c1"};

    nmbsmf::ContextUpdateReqData update;
    update.nfcInstanceId = sbi::NfInstanceIdFor(5);
    update.mbsSessionId = SessionId();
    update.areaSessionId = 1;
    update.requestedAction = nmbsmf::ContextUpdateAction::START;
    update.n2MbsSmInfo = nmbsmf::N2MbsSmInfo{nmbsmf::NgapIeType::MBS_DIS_SETUP_REQ, {"n2"}};
    update.ranNodeId = sbi::GlobalRanNodeId{PlmnId(), 0x00abcd, 24};
    nmbsmf::ContextUpdateReqData leave;
    leave.nfcInstanceId = sbi::NfInstanceIdFor(5);
    leave.mbsSessionId = SessionId();
    leave.requestedAction = nmbsmf::ContextUpdateAction::TERMINATE;
    leave.leaveInd = true;

    nmbsmf::ContextUpdateRspData updated;
    updated.llSsm = Ssm();
    updated.cTeid = 7;
    updated.n2MbsSmInfo = nmbsmf::N2MbsSmInfo{nmbsmf::NgapIeType::MBS_DIS_SETUP_RSP, {"n2"}};

    const nmbsmf::StatusNotifyReqData keyWanted{
        {{{nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST},
          {nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED, MilliSeconds(1500)}},
         "c3"}};

    return {
        Sample(SESSION, "StatusNotifyReqData", keyWanted),
        Sample(SESSION, "ContextStatusSubscribeReqData", subscribe),
        Sample(SESSION, "ContextStatusSubscribeRspData", subscribed),
        Sample(SESSION, "ContextStatusSubscription", subscribed.subscription),
        Sample(COMMON, "PatchItem[]", completed),
        Sample(SESSION, "ContextStatusNotifyReqData", notify),
        Sample(SESSION, "ContextUpdateReqData", update),
        Sample(SESSION, "ContextUpdateReqData", leave),
        Sample(SESSION, "ContextUpdateRspData", updated),
    };
}

/** @return samples of Namf and Nsmf */
std::vector<SbiSample>
NamfNsmfSamples()
{
    namf::N1N2MessageTransferReqData transfer;
    transfer.n1MessageContainer = namf::N1MessageContainer{namf::CLASS_SM, {"n1"}};
    transfer.n2InfoContainer.emplace().smInfo.emplace();
    transfer.n2InfoContainer->smInfo->n2InfoContent =
        namf::N2InfoContent{namf::NgapIeType::PDU_RES_MOD_REQ, {"n2"}};
    transfer.n2InfoContainer->smInfo->sNssai = sbi::Snssai();
    transfer.pduSessionId = 1;
    transfer.n1n2FailureTxfNotifUri = "http://10.0.3.1/failed/1";

    namf::N1N2MessageTransferError refused;
    refused.error.status = 504;
    refused.error.cause = "UE_NOT_REACHABLE";

    namf::MbsN2MessageTransferReqData group;
    group.mbsSessionId = SessionId();
    group.areaSessionId = 1;
    group.n2MbsSmInfo = {namf::NgapIeType::MBS_SES_UPD_REQ, {"n2"}};
    group.ranNodeIdList = {sbi::GlobalRanNodeId{PlmnId(), 0x3fffff, 22},
                           sbi::GlobalRanNodeId{PlmnId(), 0xffffffff, 32}};
    group.notifyUri = "http://10.0.4.1/failed";
    group.notifyCorrelationId = "c2";

    namf::EnableGroupReachabilityReqData reachable;
    reachable.ueInfoList = {{{"imsi-001010000000001", "imsi-001010000000002"}, 5},
                            {{"imsi-1"}, {}}};
    reachable.tmgi = Tmgi(0x00A1B2, PlmnId());
    namf::EnableGroupReachabilityRspData connected;
    connected.ueConnectedList = {"imsi-001010000000001"};

    nsmf::SmContextUpdateData idle;
    idle.upCnxState = nsmf::UpCnxState::DEACTIVATED;
    nsmf::SmContextUpdateData update;
    update.n1SmMsg = sbi::RefToBinaryData{"n1"};
    update.n2SmInfo = sbi::RefToBinaryData{"n2"};
    update.n2SmInfoType = nsmf::N2SmInfoType::PDU_RES_MOD_RSP;
    nsmf::SmContextUpdateData moved;
    moved.toBeSwitched = true;
    moved.n2SmInfo = sbi::RefToBinaryData{"n2"};
    moved.n2SmInfoType = nsmf::N2SmInfoType::PATH_SWITCH_REQ;
    nsmf::SmContextUpdatedData switched;
    switched.upCnxState = nsmf::UpCnxState::ACTIVATED;
    switched.n2SmInfo = sbi::RefToBinaryData{"n2"};
    switched.n2SmInfoType = nsmf::N2SmInfoType::PATH_SWITCH_REQ_ACK;
    nsmf::SmContextUpdatedData updated;
    updated.upCnxState = nsmf::UpCnxState::ACTIVATING;
    updated.n1SmMsg = sbi::RefToBinaryData{"n1"};
    updated.n2SmInfo = sbi::RefToBinaryData{"n2"};
    updated.n2SmInfoType = nsmf::N2SmInfoType::PDU_RES_MOD_REQ;

    return {
        Sample(AMF, "N1N2MessageTransferReqData", transfer),
        Sample(AMF, "N1N2MessageTransferRspData", namf::N1N2MessageTransferRspData()),
        Sample(AMF, "N1N2MessageTransferError", refused),
        Sample(AMF_MT, "EnableGroupReachabilityReqData", reachable),
        Sample(AMF_MT, "EnableGroupReachabilityRspData", connected),
        Sample(AMF_MBS, "MbsN2MessageTransferReqData", group),
        Sample(AMF_MBS, "MbsN2MessageTransferRspData", namf::MbsN2MessageTransferRspData()),
        Sample(SMF, "SmContextUpdateData", update),
        Sample(SMF, "SmContextUpdateData", idle),
        Sample(SMF, "SmContextUpdateData", moved),
        Sample(SMF, "SmContextUpdatedData", switched),
        Sample(SMF, "SmContextUpdatedData", updated),
        Sample(SMF, "SmContextUpdatedData", nsmf::SmContextUpdatedData()),
    };
}

/** @return samples of Namf_MBSBroadcast */
std::vector<SbiSample>
NamfBroadcastSamples()
{
    const sbi::GlobalRanNodeId gnb{PlmnId(), 7, 24};
    const namf::BroadcastN2MbsSmInfo request{namf::BroadcastNgapIeType::MBS_SES_REQ, {"n2"}, {}};
    const namf::BroadcastN2MbsSmInfo answer{namf::BroadcastNgapIeType::MBS_SES_RSP, {"n2-0"}, gnb};
    const namf::BroadcastN2MbsSmInfo failure{namf::BroadcastNgapIeType::MBS_SES_FAIL,
                                             {"n2-1"},
                                             gnb};
    sbi::MbsServiceArea cells;
    cells.ncgiList = {{Tai{PlmnId(), 1}, {NrCgi{0x123456789, PlmnId()}}}};

    namf::ContextCreateReqData create;
    create.mbsSessionId = SessionId();
    create.mbsServiceArea = cells;
    create.n2MbsSmInfo = request;
    create.notifyUri = "http://10.0.4.1/broadcast/1";
    create.maxResponseTime = 10;
    create.snssai.sd = 0xabcdef;
    create.mbsmfId = "4947a69a-f61b-4bc1-b9da-47c9c5d14b64";
    namf::ContextCreateRspData created;
    created.mbsSessionId = SessionId();
    created.n2MbsSmInfoList = {answer, failure};
    created.operationStatus = namf::OperationStatus::MBS_SESSION_START_COMPLETE;

    namf::ContextUpdateReqData update;
    update.mbsServiceArea.emplace().taiList = {{PlmnId(), 0x75}};
    update.n2MbsSmInfo = request;
    update.ranIdList = {gnb};
    update.notifyUri = "http://10.0.4.1/broadcast/2";
    update.maxResponseTime = 5;
    namf::ContextUpdateRspData updated;
    updated.n2MbsSmInfoList = {answer};
    updated.operationStatus = namf::OperationStatus::MBS_SESSION_UPDATE_INCOMPLETE;

    namf::ContextStatusNotification restarted;
    restarted.mbsSessionId = SessionId();
    restarted.operationEvents = {{namf::OpEventType::NG_RAN_EVENT,
                                  "4947a69a-f61b-4bc1-b9da-47c9c5d14b64",
                                  {{gnb, namf::NgranFailureIndication::NG_RAN_RESTART_OR_START}}}};
    namf::ContextStatusNotification released;
    released.mbsSessionId = SessionId();
    released.n2MbsSmInfoList = {{namf::BroadcastNgapIeType::MBS_SES_REL_RSP, {"n2-0"}, gnb}};
    released.operationStatus = namf::OperationStatus::MBS_SESSION_UPDATE_COMPLETE;
    released.releasedInd = true;

    return {
        Sample(AMF_BROADCAST, "ContextCreateReqData", create),
        Sample(AMF_BROADCAST, "ContextCreateRspData", created),
        Sample(AMF_BROADCAST, "ContextUpdateReqData", update),
        Sample(AMF_BROADCAST, "ContextUpdateReqData", namf::ContextUpdateReqData()),
        Sample(AMF_BROADCAST, "ContextUpdateRspData", updated),
        Sample(AMF_BROADCAST, "ContextStatusNotification", restarted),
        Sample(AMF_BROADCAST, "ContextStatusNotification", released),
    };
}

/** @return samples of common types, which are values of patch operations or bodies */
std::vector<SbiSample>
CommonSamples()
{
    sbi::MbsSessionId ssmOnly;
    ssmOnly.ssm = Ssm();
    sbi::ProblemDetails problem;
    problem.type = "about:blank";
    problem.title = "Not Found";
    problem.status = 404;
    problem.detail = "no such session";
    problem.instance = "/nmbsmf-mbssession/v1/mbs-sessions/9";
    problem.cause = "CONTEXT_NOT_FOUND";
    problem.invalidParams = {{"/mbsSession", "unknown"}, {"/dnn", ""}};

    sbi::PatchItem move;
    move.op = "move";
    move.path = "/a";
    move.from = "/b";
    sbi::PatchItem remove;
    remove.op = "remove";
    remove.path = "";
    const std::vector<sbi::PatchItem> patch{sbi::PatchItem::Replace("/x", R"({"y":[1,"z",null]})"),
                                            move,
                                            remove};

    // More than nine entries, so that the map's keys need two digits to stay in order.
    SecurityContext many;
    for (uint16_t number = 1; number <= 11; ++number)
    {
        KeySet set;
        set.mskId = MskId(2, number);
        many.push_back(set);
    }

    return {
        Sample(COMMON, "MbsSessionId", ssmOnly),
        Sample(COMMON, "TunnelAddress", sbi::TunnelAddress{Ipv4Address("192.0.2.255"), 65535}),
        Sample(COMMON, "ProblemDetails", problem),
        {COMMON, "MbsSecurityContext", sbi::EncodeSecurityContext(many), &SecurityContextAgain},
        {COMMON, "PatchItem[]", sbi::EncodePatch(patch), &PatchAgain},
    };
}

} // namespace

std::vector<SbiSample>
SbiBodySamples()
{
    std::vector<SbiSample> all;
    for (const auto& part : {NmbsfSamples(),
                             NmbstfSamples(),
                             NmbsmfSessionSamples(),
                             NmbsmfContextSamples(),
                             NamfNsmfSamples(),
                             NamfBroadcastSamples(),
                             CommonSamples()})
    {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

} // namespace ns3::mbs
