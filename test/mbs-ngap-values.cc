// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-values.h"

#include "ns3/mbs-ngap.h"

namespace ns3::mbs
{

namespace
{

/** @param text hexadecimal digits @return the octets */
Bytes
Hex(const std::string& text)
{
    return FromHex(text).value_or(Bytes());
}

/** @param name a name @param value a message or transfer @return the sample */
template <typename T>
NgapValue
Make(const std::string& name, const T& value)
{
    return {name, value.Encode(), [](ByteView octets) -> Decoded<Bytes> {
                const auto decoded = T::Decode(octets);
                if (!decoded)
                {
                    return decoded.Error();
                }
                return decoded->Encode();
            }};
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

/** @return QoS with every optional part */
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

/** @return diagnostics with every optional part */
NgapCriticalityDiagnostics
FullDiagnostics()
{
    return {NgapProcedureCode::DISTRIBUTION_SETUP,
            NgapPduKind::INITIATING_MESSAGE,
            NgapCriticality::REJECT,
            {{NgapCriticality::REJECT, 299, true}, {NgapCriticality::NOTIFY, 301, false}}};
}

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
    samples.push_back(Make("DownlinkNASTransport",
                           NgapDownlinkNasTransport{0xFFFFFFFFFF, 0xFFFFFFFF, Hex("7e0054")}));
    NgapUplinkNasTransport uplink;
    uplink.amfUeNgapId = 300;
    uplink.ranUeNgapId = 70000;
    uplink.nasPdu = Hex("7e02a1b2c3d401"); // ciphered
    uplink.nasPdu.resize(200, 0x5a);
    uplink.userLocationInformation = {CELL, TAI, 0xE0000001};
    samples.push_back(Make("UplinkNASTransport", uplink));

    NgapPduSessionResourceModifyRequestTransfer request;
    request.qosFlowAddOrModifyRequestList = {{2, FullQos(), 5}, {3, {}, {}}};
    request.qosFlowToReleaseList = {{4, {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE}}};
    request.mbsSessionSetupOrModifyRequestList = {{SESSION, 7, {{1, 2}, {63, 3}}, {}},
                                                  {SESSION, {}, {}, {{9, {}}}}};
    request.mbsSessionToReleaseList = {{SESSION, {NgapCauseGroup::NAS, 0}}};
    samples.push_back(
        Make("PDUSessionResourceModifyRequest",
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
    samples.push_back(Make("PDUSessionResourceModifyResponse", modified));
    samples.push_back(
        Make("Paging", NgapPaging{{0x3FF, 0x3F, 0xDEADBEEF}, NgapPagingDrx::V128, {TAI, TAI}}));
    samples.push_back(Make(
        "ErrorIndication",
        NgapErrorIndication{300, 1, NgapCause{NgapCauseGroup::PROTOCOL, 1}, FullDiagnostics()}));
    samples.push_back(Make("NGReset", NgapNgReset{NgapCause{NgapCauseGroup::MISC, 2}}));
    samples.push_back(Make("NGResetAcknowledge", NgapNgResetAcknowledge{FullDiagnostics()}));
    samples.push_back(Make("InitialUEMessage",
                           NgapInitialUeMessage{70000,
                                                Hex("7e004c200007f4ffffdeadbeef"),
                                                uplink.userLocationInformation,
                                                NgapRrcEstablishmentCause::MT_ACCESS,
                                                NgapFiveGSTmsi{0x3FF, 0x3F, 0xDEADBEEF}}));
    const NgapCause inactive{NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_USER_INACTIVITY};
    samples.push_back(
        Make("UEContextReleaseRequest", NgapUeContextReleaseRequest{300, 70000, inactive}));
    samples.push_back(
        Make("UEContextReleaseCommand", NgapUeContextReleaseCommand{300, 70000, inactive}));
    samples.push_back(Make("UEContextReleaseComplete",
                           NgapUeContextReleaseComplete{300,
                                                        70000,
                                                        uplink.userLocationInformation,
                                                        FullDiagnostics()}));
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
    return {Make("", request),
            Make("", response),
            Make("", NgapPduSessionResourceModifyUnsuccessfulTransfer{{}, FullDiagnostics()})};
}

/** @return messages about the shared tunnel, and their transfers */
std::vector<NgapValue>
DistributionSamples()
{
    std::vector<NgapValue> samples;
    const NgapMbsDistributionSetupRequestTransfer request{SESSION, 7, NgapGtpTunnel{GNB, 0x0A0B}};
    samples.push_back(Make("", request));
    samples.push_back(Make("DistributionSetupRequest",
                           NgapDistributionSetupRequest{SESSION, 7, request.Encode()}));

    NgapMbsDistributionSetupResponseTransfer response;
    response.mbsSessionId = {SESSION.tmgi, 0xABCDEF01234};
    response.sharedNguMulticastTnlInformation = TUNNEL;
    response.mbsQosFlowsToBeSetupList = {{1, {}}, {2, FullQos()}};
    response.mbsSessionStatus = NgapMbsSessionStatus::DEACTIVATED;
    response.mbsServiceArea = NgapMbsServiceArea{{{CELL, CELL}, {TAI}}, {}};
    samples.push_back(Make("", response));
    samples.push_back(
        Make("DistributionSetupResponse/multicast",
             NgapDistributionSetupResponse{SESSION, {}, response.Encode(), FullDiagnostics()}));
    response.sharedNguMulticastTnlInformation.reset();
    samples.push_back(
        Make("DistributionSetupResponse",
             NgapDistributionSetupResponse{SESSION, {}, response.Encode(), FullDiagnostics()}));

    const NgapMbsDistributionSetupUnsuccessfulTransfer unsuccessful{
        SESSION,
        7,
        {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID},
        FullDiagnostics()};
    samples.push_back(Make("", unsuccessful));
    samples.push_back(Make("DistributionSetupFailure",
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
    samples.push_back(Make("", release));
    samples.push_back(Make("DistributionReleaseRequest",
                           NgapDistributionReleaseRequest{SESSION, 7, release.Encode(), {}}));
    samples.push_back(Make("DistributionReleaseResponse",
                           NgapDistributionReleaseResponse{SESSION, 7, FullDiagnostics()}));
    return samples;
}

/** @return messages about multicast sessions, and their transfers */
std::vector<NgapValue>
MulticastSamples()
{
    std::vector<NgapValue> samples;
    const NgapMulticastSessionActivationRequestTransfer activate{SESSION};
    samples.push_back(Make("", activate));
    samples.push_back(Make("MulticastSessionActivationRequest",
                           NgapMulticastSessionActivationRequest{SESSION, activate.Encode()}));
    samples.push_back(Make("MulticastSessionActivationResponse",
                           NgapMulticastSessionActivationResponse{SESSION, {}}));
    samples.push_back(Make("MulticastSessionActivationFailure",
                           NgapMulticastSessionActivationFailure{SESSION, {}, FullDiagnostics()}));
    const NgapMulticastSessionDeactivationRequestTransfer deactivate{SESSION};
    samples.push_back(Make("", deactivate));
    samples.push_back(Make("MulticastSessionDeactivationRequest",
                           NgapMulticastSessionDeactivationRequest{SESSION, deactivate.Encode()}));
    samples.push_back(Make("MulticastSessionDeactivationResponse",
                           NgapMulticastSessionDeactivationResponse{SESSION, FullDiagnostics()}));
    const NgapMulticastSessionUpdateRequestTransfer update{SESSION,
                                                           DependentArea(),
                                                           {{1, FullQos()}},
                                                           {{2, {}}},
                                                           NgapMbsSessionTnlInfo5Gc{TUNNEL, {}}};
    samples.push_back(Make("", update));
    samples.push_back(Make("MulticastSessionUpdateRequest",
                           NgapMulticastSessionUpdateRequest{SESSION, 65535, update.Encode()}));
    NgapMulticastSessionUpdateRequestTransfer byArea;
    byArea.mbsSessionId = SESSION;
    byArea.mbsSessionTnlInfo5Gc = NgapMbsSessionTnlInfo5Gc{{}, {{7, TUNNEL}, {8, TUNNEL}}};
    samples.push_back(Make("MulticastSessionUpdateRequest/by-area",
                           NgapMulticastSessionUpdateRequest{SESSION, {}, byArea.Encode()}));
    samples.push_back(Make("MulticastSessionUpdateResponse",
                           NgapMulticastSessionUpdateResponse{SESSION, 0, FullDiagnostics()}));
    samples.push_back(Make(
        "MulticastSessionUpdateFailure",
        NgapMulticastSessionUpdateFailure{SESSION, 7, {NgapCauseGroup::RADIO_NETWORK, 54}, {}}));
    NgapMulticastGroupPaging paging;
    paging.mbsSessionId = SESSION;
    paging.mbsServiceArea = DependentArea();
    paging.multicastGroupPagingAreaList = {{{TAI, TAI}, {{1023, NgapPagingDrx::V32}, {5, {}}}},
                                           {{TAI}, {}}};
    samples.push_back(Make("MulticastGroupPaging", paging));
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
    samples.push_back(Make("", request));
    samples.push_back(Make("BroadcastSessionSetupRequest",
                           NgapBroadcastSessionSetupRequest{SESSION,
                                                            {1, 0xABCDEF},
                                                            {{{CELL}, {TAI, TAI}}, {}},
                                                            request.Encode()}));
    NgapMbsSessionSetupOrModResponseTransfer response;
    response.mbsSessionTnlInfoNgRan = NgapMbsSessionTnlInfoNgRan{{GNB, 0x0A0B}, {}};
    samples.push_back(Make("", response));
    samples.push_back(
        Make("BroadcastSessionSetupResponse",
             NgapBroadcastSessionSetupResponse{SESSION, response.Encode(), FullDiagnostics()}));
    samples.push_back(Make("BroadcastSessionSetupResponse/multicast",
                           NgapBroadcastSessionSetupResponse{SESSION, {}, {}}));
    const NgapMbsSessionSetupOrModFailureTransfer failure{
        {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_MBS_AREA_NOT_SERVED},
        FullDiagnostics()};
    samples.push_back(Make("", failure));
    samples.push_back(Make("BroadcastSessionSetupFailure",
                           NgapBroadcastSessionSetupFailure{SESSION,
                                                            failure.Encode(),
                                                            {NgapCauseGroup::TRANSPORT, 0},
                                                            FullDiagnostics()}));
    samples.push_back(
        Make("BroadcastSessionModificationRequest",
             NgapBroadcastSessionModificationRequest{SESSION, DependentArea(), request.Encode()}));
    response.mbsSessionTnlInfoNgRan =
        NgapMbsSessionTnlInfoNgRan{{}, {{1, NgapGtpTunnel{GNB, 0x0C0D}}, {70, {}}}};
    samples.push_back(Make("", response));
    samples.push_back(
        Make("BroadcastSessionModificationResponse",
             NgapBroadcastSessionModificationResponse{SESSION, response.Encode(), {}}));
    samples.push_back(
        Make("BroadcastSessionModificationFailure",
             NgapBroadcastSessionModificationFailure{SESSION, failure.Encode(), {}, {}}));
    samples.push_back(Make(
        "BroadcastSessionReleaseRequest",
        NgapBroadcastSessionReleaseRequest{SESSION,
                                           {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE}}));
    NgapMbsSessionReleaseResponseTransfer release;
    release.mbsSessionTnlInfoNgRan = NgapMbsSessionTnlInfoNgRan{{GNB, 0x0A0B}, {}};
    samples.push_back(Make("", release));
    samples.push_back(
        Make("BroadcastSessionReleaseResponse",
             NgapBroadcastSessionReleaseResponse{SESSION, release.Encode(), FullDiagnostics()}));
    samples.push_back(
        Make("BroadcastSessionReleaseRequired",
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
