// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-values.h"

#include "ns3/mbs-xnap.h"

namespace ns3::mbs
{

namespace
{

const PlmnId PLMN = *PlmnId::From("262", "01");                   //!< network of the samples
const NgapMbsSessionId SESSION{Tmgi(0x00A1B2, PLMN), {}};         //!< session of the samples
const NgapTai TAI{PLMN, 0x000075};                                //!< tracking area of the samples
const NgapNrCgi CELL{PLMN, 0x123456789};                          //!< cell of the samples
const NgapTransportLayerAddress GNB{Ipv4Address("10.0.0.7"), {}}; //!< gNB of the samples

/** @return a request with nothing optional */
XnapHandoverRequest
PlainRequest()
{
    XnapHandoverRequest request;
    request.sourceUeXnapId = 7;
    request.cause = {XnapCauseGroup::RADIO_NETWORK,
                     XnapCause::RADIO_HANDOVER_DESIRABLE_FOR_RADIO_REASONS};
    request.targetCell = CELL;
    request.amfUeNgapId = 300;
    request.cpTnlSource = GNB;
    XnapPduSessionToBeSetup session;
    session.pduSessionId = 5;
    session.ulNguTnlAtUpf = {GNB, 1};
    session.qosFlowsToBeSetup = {{1, {}, {}}};
    request.pduSessions = {session};
    request.rrcContext = {0x01, 0x02};
    request.ueHistory = {{CELL, XnapCellSize::MEDIUM, 0}};
    return request;
}

/** @return a request with everything optional but forwarding */
XnapHandoverRequest
FullRequest()
{
    XnapHandoverRequest request = PlainRequest();
    request.sourceUeXnapId = 0xFFFFFFFF;
    request.guami = {PLMN, 0x81, 0x3FF, 0x3F};
    request.amfUeNgapId = 0xFFFFFFFFFF;
    request.ueSecurityCapabilities = {0x8000, 0x4000, 0x2000, 0xFFFF};
    request.securityInformation.keyNgRanStar.assign(32, 0xA5);
    request.securityInformation.ncc = 7;
    request.rfsp = 256;
    request.ueAmbr = {4000000000000, 64000};
    XnapPduSessionToBeSetup& session = request.pduSessions[0];
    session.sNssai = {2, 0xABCDEF};
    session.pduSessionAmbr = XnapBitRates{1000000, 2000000};
    session.sourceDlNguTnl = NgapGtpTunnel{{{}, Ipv6Address("2001:db8::1")}, 0x01020304};
    session.type = XnapPduSessionType::IPV4V6;
    session.networkInstance = 256;
    session.qosFlowsToBeSetup = {{2, FullQos(), 5}, {3, {}, {}}};
    session.mbsSessionAssociatedInformation = {{SESSION, {{1, 2}, {63, 3}}}};
    XnapActiveMbsSession active;
    active.qosFlowsToAdd = {{2, FullQos()}};
    active.serviceArea = NgapMbsServiceArea{{}, {{1, {{CELL}, {}}}, {70, {{}, {TAI}}}}};
    request.mbsSessions = {{SESSION, 7, active}, {{SESSION.tmgi, 0xABCDEF01234}, {}, {}}};
    request.ueHistory = {{CELL, XnapCellSize::LARGE, 4095}, {CELL, XnapCellSize::VERY_SMALL, 1}};
    return request;
}

/** @return a request that offers to forward packets of multicast radio bearers */
XnapHandoverRequest
ForwardingRequest()
{
    XnapHandoverRequest request = PlainRequest();
    XnapActiveMbsSession active;
    active.qosFlowsToAdd = {{2, {}}};
    active.forwarding = {{1, {2, 3}, XnapMrbProgress{XnapPdcpSnSize::SN12, 4095}},
                         {512, {4}, XnapMrbProgress{XnapPdcpSnSize::SN18, 262143}},
                         {2, {5}, {}}};
    request.mbsSessions = {{SESSION, {}, active}};
    return request;
}

} // namespace

std::vector<NgapValue>
XnapValues()
{
    const XnapCause refused{XnapCauseGroup::RADIO_NETWORK,
                            XnapCause::RADIO_NO_RADIO_RESOURCES_IN_TARGET_CELL};
    XnapHandoverRequestAcknowledge acknowledge;
    acknowledge.sourceUeXnapId = 7;
    acknowledge.targetUeXnapId = 9;
    acknowledge.admitted = {{5, false, {1}, {}}};
    acknowledge.targetToSourceContainer = {0x03};
    XnapHandoverRequestAcknowledge full = acknowledge;
    full.admitted = {{5, true, {1, 63}, {{2, refused}, {3, {}}}}};
    full.notAdmitted = {{6, refused}, {7, {}}};
    full.mbsSessions = {{SESSION, {}}};
    XnapHandoverRequestAcknowledge forwarding = acknowledge;
    forwarding.mbsSessions = {
        {SESSION,
         {{1, {GNB, 0x0A0B}, XnapMrbProgress{XnapPdcpSnSize::SN18, 70000}}, {2, {GNB, 1}, {}}}},
        {SESSION, {}}};
    full.criticalityDiagnostics = FullDiagnostics();
    return {
        MakeNgapValue("HandoverRequest", PlainRequest()),
        MakeNgapValue("HandoverRequest/full", FullRequest()),
        MakeNgapValue("HandoverRequest/forwarding", ForwardingRequest()),
        MakeNgapValue("HandoverRequestAcknowledge", acknowledge),
        MakeNgapValue("HandoverRequestAcknowledge/full", full),
        MakeNgapValue("HandoverRequestAcknowledge/forwarding", forwarding),
        MakeNgapValue("HandoverPreparationFailure",
                      XnapHandoverPreparationFailure{7, refused, FullDiagnostics(), CELL}),
        MakeNgapValue("HandoverCancel",
                      XnapHandoverCancel{
                          7,
                          9,
                          {XnapCauseGroup::RADIO_NETWORK, XnapCause::RADIO_TXNRELOCPREP_EXPIRY}}),
        MakeNgapValue("HandoverCancel/unanswered", XnapHandoverCancel{7, {}, {}}),
        MakeNgapValue("UEContextRelease", XnapUeContextRelease{7, 9}),
    };
}

} // namespace ns3::mbs
