// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-values.h"

#include "ns3/mbs-ngap.h"

namespace ns3::mbs
{

NgapQosFlowLevelQosParameters
FullQos()
{
    NgapQosFlowLevelQosParameters qos;
    qos.fiveQi = 4;
    qos.priorityLevel = 50;
    qos.averagingWindow = 2000;
    qos.maximumDataBurstVolume = 5000;
    qos.arp = {3, true, true};
    NgapGbrQosInformation gbr;
    gbr.maximumFlowBitRateDl = 4000000000000;
    gbr.maximumFlowBitRateUl = 0;
    gbr.guaranteedFlowBitRateDl = 5000000;
    gbr.guaranteedFlowBitRateUl = 64000;
    gbr.notificationRequested = true;
    gbr.maximumPacketLossRateDl = 10;
    gbr.maximumPacketLossRateUl = 1000;
    qos.gbr = gbr;
    qos.reflectiveQos = true;
    qos.moreLikely = true;
    return qos;
}

NgapCriticalityDiagnostics
FullDiagnostics()
{
    return {NgapProcedureCode::DISTRIBUTION_SETUP,
            NgapPduKind::INITIATING_MESSAGE,
            NgapCriticality::REJECT,
            {{NgapCriticality::REJECT, 299, true}, {NgapCriticality::NOTIFY, 301, false}}};
}

namespace
{

/** @param text hexadecimal digits @return the octets */
Bytes
Hex(const std::string& text)
{
    return FromHex(text).value_or(Bytes());
}

const PlmnId PLMN = *PlmnId::From("262", "01");                   //!< network of the samples
const NgapMbsSessionId SESSION{Tmgi(0x00A1B2, PLMN), {}};         //!< session of the samples
const NgapTai TAI{PLMN, 0x000075};                                //!< tracking area of the samples
const NgapNrCgi CELL{PLMN, 0x123456789};                          //!< cell of the samples
const NgapTransportLayerAddress GNB{Ipv4Address("10.0.0.7"), {}}; //!< gNB of the samples

/** Multicast tunnel of the samples. */
const NgapSharedNguMulticastTnlInformation TUNNEL{
    {Ipv4Address("232.1.2.3"), {}},
    {Ipv4Address("10.0.0.1"), Ipv6Address("2001:db8::2")},
    0xC0FFEE01};

/** @return a service area by area session */
NgapMbsServiceArea
DependentArea()
{
    return {{}, {{1, {{CELL}, {}}}, {70, {{}, {TAI}}}}};
}

/** @return messages about one UE */
std::vector<NgapValue>
UeSamples()
{
    std::vector<NgapValue> samples;
    samples.push_back(
        MakeNgapValue("DownlinkNASTransport",
                      NgapDownlinkNasTransport{0xFFFFFFFFFF, 0xFFFFFFFF, Hex("7e0054")}));
    NgapUplinkNasTransport uplink;
    uplink.amfUeNgapId = 300;
    uplink.ranUeNgapId = 70000;
    uplink.nasPdu = Hex("7e02a1b2c3d401"); // ciphered
    uplink.nasPdu.resize(200, 0x5a);
    uplink.userLocationInformation = {CELL, TAI, 0xE0000001};
    samples.push_back(MakeNgapValue("UplinkNASTransport", uplink));

    NgapPduSessionResourceModifyRequestTransfer request;
    request.qosFlowAddOrModifyRequestList = {{2, FullQos(), 5}, {3, {}, {}}};
    request.qosFlowToReleaseList = {{4, {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE}}};
    request.mbsSessionSetupOrModifyRequestList = {{SESSION, 7, {{1, 2}, {63, 3}}, {}},
                                                  {SESSION, {}, {}, {{9, {}}}}};
    request.mbsSessionToReleaseList = {{SESSION, {NgapCauseGroup::NAS, 0}}};
    samples.push_back(
        MakeNgapValue("PDUSessionResourceModifyRequest",
                      NgapPduSessionResourceModifyRequest{
                          1,
                          2,
                          {{5, Hex("7e0054"), request.Encode(), NgapSnssai{1, 0xABCDEF}},
                           {6, {}, NgapPduSessionResourceModifyRequestTransfer().Encode(), {}}}}));

    NgapPduSessionResourceModifyResponseTransfer response;
    response.dlNguUpTnlInformation = NgapGtpTunnel{GNB, 0x01020304};
    response.ulNguUpTnlInformation = NgapGtpTunnel{{{}, Ipv6Address("2001:db8::1")}, 5};
    response.qosFlowAddOrModifyResponseList = {2};
    response.qosFlowFailedToAddOrModifyList = {{3, {NgapCauseGroup::RADIO_NETWORK, 34}}};
    response.mbsSupportIndicator = NgapMbsSupportIndicator::MULTICAST_SUPPORTED;
    response.mbsSessionSetupOrModifyResponseList = {{SESSION, 7}, {SESSION, {}}};
    response.mbsSessionFailedToSetupOrModifyList = {
        {SESSION, 8, {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID}}};
    NgapPduSessionResourceModifyUnsuccessfulTransfer failed{{NgapCauseGroup::RADIO_NETWORK, 26},
                                                            FullDiagnostics()};
    NgapPduSessionResourceModifyResponse modified;
    modified.amfUeNgapId = 1;
    modified.ranUeNgapId = 2;
    modified.modified = {{5, response.Encode()}};
    modified.failed = {{6, failed.Encode()}};
    modified.userLocationInformation = uplink.userLocationInformation;
    modified.criticalityDiagnostics = FullDiagnostics();
    samples.push_back(MakeNgapValue("PDUSessionResourceModifyResponse", modified));
    samples.push_back(
        MakeNgapValue("Paging",
                      NgapPaging{{0x3FF, 0x3F, 0xDEADBEEF}, NgapPagingDrx::V128, {TAI, TAI}}));
    samples.push_back(MakeNgapValue(
        "ErrorIndication",
        NgapErrorIndication{300, 1, NgapCause{NgapCauseGroup::PROTOCOL, 1}, FullDiagnostics()}));
    samples.push_back(MakeNgapValue("NGReset", NgapNgReset{NgapCause{NgapCauseGroup::MISC, 2}}));
    samples.push_back(
        MakeNgapValue("NGResetAcknowledge", NgapNgResetAcknowledge{FullDiagnostics()}));
    samples.push_back(MakeNgapValue("InitialUEMessage",
                                    NgapInitialUeMessage{70000,
                                                         Hex("7e004c200007f4ffffdeadbeef"),
                                                         uplink.userLocationInformation,
                                                         NgapRrcEstablishmentCause::MT_ACCESS,
                                                         NgapFiveGSTmsi{0x3FF, 0x3F, 0xDEADBEEF}}));
    const NgapCause inactive{NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_USER_INACTIVITY};
    samples.push_back(MakeNgapValue("UEContextReleaseRequest",
                                    NgapUeContextReleaseRequest{300, 70000, inactive}));
    samples.push_back(MakeNgapValue("UEContextReleaseCommand",
                                    NgapUeContextReleaseCommand{300, 70000, inactive}));
    samples.push_back(MakeNgapValue("UEContextReleaseComplete",
                                    NgapUeContextReleaseComplete{300,
                                                                 70000,
                                                                 uplink.userLocationInformation,
                                                                 FullDiagnostics()}));
    return samples;
}

/** @return messages of a handover, and their transfers */
std::vector<NgapValue>
PathSwitchSamples()
{
    std::vector<NgapValue> samples;
    NgapPathSwitchRequestTransfer transfer;
    transfer.dlNguUpTnlInformation = {GNB, 0x01020304};
    transfer.qosFlowsAccepted = {1, 63};
    transfer.mbsSupportIndicator = NgapMbsSupportIndicator::MULTICAST_SUPPORTED;
    const NgapPathSwitchRequestCauseTransfer failed{
        {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_RESOURCES_NOT_AVAILABLE}};
    samples.push_back(MakeNgapValue("", transfer));
    samples.push_back(MakeNgapValue("", failed));
    samples.push_back(MakeNgapValue("PathSwitchRequest",
                                    NgapPathSwitchRequest{70000,
                                                          300,
                                                          {CELL, TAI, 0xE0000001},
                                                          {0x8000, 0x4000, 0x2000, 0xFFFF},
                                                          {{5, transfer.Encode()}},
                                                          {{6, failed.Encode()}}}));
    transfer.dlNguTnlInformationReused = true;
    transfer.mbsSupportIndicator.reset();
    samples.push_back(MakeNgapValue("", transfer));
    NgapPathSwitchRequestAcknowledgeTransfer acknowledge;
    samples.push_back(MakeNgapValue("", acknowledge));
    acknowledge.ulNguUpTnlInformation = NgapGtpTunnel{{{}, Ipv6Address("2001:db8::1")}, 5};
    samples.push_back(MakeNgapValue("", acknowledge));
    NgapSecurityContext security;
    security.nextHopChainingCount = 7;
    security.nextHopNh.assign(32, 0xA5);
    samples.push_back(MakeNgapValue("PathSwitchRequestAcknowledge",
                                    NgapPathSwitchRequestAcknowledge{300,
                                                                     70000,
                                                                     security,
                                                                     {{5, acknowledge.Encode()}},
                                                                     {{6, failed.Encode()}},
                                                                     {{1, {}}, {2, 0xABCDEF}},
                                                                     FullDiagnostics()}));
    samples.push_back(
        MakeNgapValue("PathSwitchRequestFailure",
                      NgapPathSwitchRequestFailure{300,
                                                   70000,
                                                   {{5, failed.Encode()}, {6, failed.Encode()}},
                                                   FullDiagnostics()}));
    samples.push_back(
        MakeNgapValue("NASNonDeliveryIndication",
                      NgapNasNonDeliveryIndication{300,
                                                   70000,
                                                   Hex("7e0054"),
                                                   {NgapCauseGroup::RADIO_NETWORK,
                                                    NgapCause::RADIO_XN_HANDOVER_TRIGGERED}}));
    return samples;
}

/** @return transfers that are not also in a message below */
std::vector<NgapValue>
TransferSamples()
{
    NgapPduSessionResourceModifyRequestTransfer request;
    request.qosFlowAddOrModifyRequestList = {{2, FullQos(), 5}, {3, {}, {}}};
    request.mbsSessionSetupOrModifyRequestList = {{SESSION, 7, {{1, 2}}, {{9, {}}}}};
    request.mbsSessionToReleaseList = {{SESSION, {NgapCauseGroup::NAS, 0}}};
    NgapPduSessionResourceModifyResponseTransfer response;
    response.dlNguUpTnlInformation = NgapGtpTunnel{GNB, 1};
    response.qosFlowAddOrModifyResponseList = {2};
    response.mbsSessionSetupOrModifyResponseList = {{SESSION, 7}};
    response.mbsSupportIndicator =
        NgapMbsSupportIndicator::MULTICAST_SUPPORTED_WITH_RECEPTION_IN_RRC_INACTIVE;
    return {
        MakeNgapValue("", request),
        MakeNgapValue("", response),
        MakeNgapValue("", NgapPduSessionResourceModifyUnsuccessfulTransfer{{}, FullDiagnostics()})};
}

/** @return messages about the shared tunnel, and their transfers */
std::vector<NgapValue>
DistributionSamples()
{
    std::vector<NgapValue> samples;
    const NgapMbsDistributionSetupRequestTransfer request{SESSION, 7, NgapGtpTunnel{GNB, 0x0A0B}};
    samples.push_back(MakeNgapValue("", request));
    samples.push_back(MakeNgapValue("DistributionSetupRequest",
                                    NgapDistributionSetupRequest{SESSION, 7, request.Encode()}));

    NgapMbsDistributionSetupResponseTransfer response;
    response.mbsSessionId = {SESSION.tmgi, 0xABCDEF01234};
    response.sharedNguMulticastTnlInformation = TUNNEL;
    response.mbsQosFlowsToBeSetupList = {{1, {}}, {2, FullQos()}};
    response.mbsSessionStatus = NgapMbsSessionStatus::DEACTIVATED;
    response.mbsServiceArea = NgapMbsServiceArea{{{CELL, CELL}, {TAI}}, {}};
    samples.push_back(MakeNgapValue("", response));
    samples.push_back(MakeNgapValue(
        "DistributionSetupResponse/multicast",
        NgapDistributionSetupResponse{SESSION, {}, response.Encode(), FullDiagnostics()}));
    response.sharedNguMulticastTnlInformation.reset();
    samples.push_back(MakeNgapValue(
        "DistributionSetupResponse",
        NgapDistributionSetupResponse{SESSION, {}, response.Encode(), FullDiagnostics()}));

    const NgapMbsDistributionSetupUnsuccessfulTransfer unsuccessful{
        SESSION,
        7,
        {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID},
        FullDiagnostics()};
    samples.push_back(MakeNgapValue("", unsuccessful));
    samples.push_back(MakeNgapValue("DistributionSetupFailure",
                                    NgapDistributionSetupFailure{SESSION,
                                                                 7,
                                                                 unsuccessful.Encode(),
                                                                 {NgapCauseGroup::TRANSPORT, 0},
                                                                 FullDiagnostics()}));
    const NgapMbsDistributionReleaseRequestTransfer release{
        SESSION,
        7,
        NgapGtpTunnel{GNB, 0x0A0B},
        {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE}};
    samples.push_back(MakeNgapValue("", release));
    samples.push_back(
        MakeNgapValue("DistributionReleaseRequest",
                      NgapDistributionReleaseRequest{SESSION, 7, release.Encode(), {}}));
    samples.push_back(
        MakeNgapValue("DistributionReleaseResponse",
                      NgapDistributionReleaseResponse{SESSION, 7, FullDiagnostics()}));
    return samples;
}

/** @return messages about multicast sessions, and their transfers */
std::vector<NgapValue>
MulticastSamples()
{
    std::vector<NgapValue> samples;
    const NgapMulticastSessionActivationRequestTransfer activate{SESSION};
    samples.push_back(MakeNgapValue("", activate));
    samples.push_back(
        MakeNgapValue("MulticastSessionActivationRequest",
                      NgapMulticastSessionActivationRequest{SESSION, activate.Encode()}));
    samples.push_back(MakeNgapValue("MulticastSessionActivationResponse",
                                    NgapMulticastSessionActivationResponse{SESSION, {}}));
    samples.push_back(
        MakeNgapValue("MulticastSessionActivationFailure",
                      NgapMulticastSessionActivationFailure{SESSION, {}, FullDiagnostics()}));
    const NgapMulticastSessionDeactivationRequestTransfer deactivate{SESSION};
    samples.push_back(MakeNgapValue("", deactivate));
    samples.push_back(
        MakeNgapValue("MulticastSessionDeactivationRequest",
                      NgapMulticastSessionDeactivationRequest{SESSION, deactivate.Encode()}));
    samples.push_back(
        MakeNgapValue("MulticastSessionDeactivationResponse",
                      NgapMulticastSessionDeactivationResponse{SESSION, FullDiagnostics()}));
    const NgapMulticastSessionUpdateRequestTransfer update{SESSION,
                                                           DependentArea(),
                                                           {{1, FullQos()}},
                                                           {{2, {}}},
                                                           NgapMbsSessionTnlInfo5Gc{TUNNEL, {}}};
    samples.push_back(MakeNgapValue("", update));
    samples.push_back(
        MakeNgapValue("MulticastSessionUpdateRequest",
                      NgapMulticastSessionUpdateRequest{SESSION, 65535, update.Encode()}));
    NgapMulticastSessionUpdateRequestTransfer byArea;
    byArea.mbsSessionId = SESSION;
    byArea.mbsSessionTnlInfo5Gc = NgapMbsSessionTnlInfo5Gc{{}, {{7, TUNNEL}, {8, TUNNEL}}};
    samples.push_back(
        MakeNgapValue("MulticastSessionUpdateRequest/by-area",
                      NgapMulticastSessionUpdateRequest{SESSION, {}, byArea.Encode()}));
    samples.push_back(
        MakeNgapValue("MulticastSessionUpdateResponse",
                      NgapMulticastSessionUpdateResponse{SESSION, 0, FullDiagnostics()}));
    samples.push_back(MakeNgapValue(
        "MulticastSessionUpdateFailure",
        NgapMulticastSessionUpdateFailure{SESSION, 7, {NgapCauseGroup::RADIO_NETWORK, 54}, {}}));
    NgapMulticastGroupPaging paging;
    paging.mbsSessionId = SESSION;
    paging.mbsServiceArea = DependentArea();
    paging.multicastGroupPagingAreaList = {{{TAI, TAI}, {{1023, NgapPagingDrx::V32}, {5, {}}}},
                                           {{TAI}, {}}};
    samples.push_back(MakeNgapValue("MulticastGroupPaging", paging));
    return samples;
}

/** @return messages about broadcast sessions, and their transfers */
std::vector<NgapValue>
BroadcastSamples()
{
    std::vector<NgapValue> samples;
    NgapMbsSessionSetupOrModRequestTransfer request;
    request.mbsSessionTnlInfo5Gc = NgapMbsSessionTnlInfo5Gc{TUNNEL, {}};
    request.mbsQosFlowsToBeSetupModList = {{1, FullQos()}, {2, {}}};
    samples.push_back(MakeNgapValue("", request));
    samples.push_back(MakeNgapValue("BroadcastSessionSetupRequest",
                                    NgapBroadcastSessionSetupRequest{SESSION,
                                                                     {1, 0xABCDEF},
                                                                     {{{CELL}, {TAI, TAI}}, {}},
                                                                     request.Encode()}));
    NgapMbsSessionSetupOrModResponseTransfer response;
    response.mbsSessionTnlInfoNgRan = NgapMbsSessionTnlInfoNgRan{{GNB, 0x0A0B}, {}};
    samples.push_back(MakeNgapValue("", response));
    samples.push_back(MakeNgapValue(
        "BroadcastSessionSetupResponse",
        NgapBroadcastSessionSetupResponse{SESSION, response.Encode(), FullDiagnostics()}));
    samples.push_back(MakeNgapValue("BroadcastSessionSetupResponse/multicast",
                                    NgapBroadcastSessionSetupResponse{SESSION, {}, {}}));
    const NgapMbsSessionSetupOrModFailureTransfer failure{
        {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_MBS_AREA_NOT_SERVED},
        FullDiagnostics()};
    samples.push_back(MakeNgapValue("", failure));
    samples.push_back(MakeNgapValue("BroadcastSessionSetupFailure",
                                    NgapBroadcastSessionSetupFailure{SESSION,
                                                                     failure.Encode(),
                                                                     {NgapCauseGroup::TRANSPORT, 0},
                                                                     FullDiagnostics()}));
    samples.push_back(MakeNgapValue(
        "BroadcastSessionModificationRequest",
        NgapBroadcastSessionModificationRequest{SESSION, DependentArea(), request.Encode()}));
    response.mbsSessionTnlInfoNgRan =
        NgapMbsSessionTnlInfoNgRan{{}, {{1, NgapGtpTunnel{GNB, 0x0C0D}}, {70, {}}}};
    samples.push_back(MakeNgapValue("", response));
    samples.push_back(
        MakeNgapValue("BroadcastSessionModificationResponse",
                      NgapBroadcastSessionModificationResponse{SESSION, response.Encode(), {}}));
    samples.push_back(
        MakeNgapValue("BroadcastSessionModificationFailure",
                      NgapBroadcastSessionModificationFailure{SESSION, failure.Encode(), {}, {}}));
    samples.push_back(MakeNgapValue(
        "BroadcastSessionReleaseRequest",
        NgapBroadcastSessionReleaseRequest{SESSION,
                                           {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE}}));
    NgapMbsSessionReleaseResponseTransfer release;
    release.mbsSessionTnlInfoNgRan = NgapMbsSessionTnlInfoNgRan{{GNB, 0x0A0B}, {}};
    samples.push_back(MakeNgapValue("", release));
    samples.push_back(MakeNgapValue(
        "BroadcastSessionReleaseResponse",
        NgapBroadcastSessionReleaseResponse{SESSION, release.Encode(), FullDiagnostics()}));
    samples.push_back(MakeNgapValue(
        "BroadcastSessionReleaseRequired",
        NgapBroadcastSessionReleaseRequired{
            SESSION,
            {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_RESOURCES_NOT_AVAILABLE}}));
    return samples;
}

} // namespace

std::vector<NgapValue>
NgapValues()
{
    std::vector<NgapValue> all;
    for (auto&& some : {UeSamples(),
                        PathSwitchSamples(),
                        TransferSamples(),
                        DistributionSamples(),
                        MulticastSamples(),
                        BroadcastSamples()})
    {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

} // namespace ns3::mbs
