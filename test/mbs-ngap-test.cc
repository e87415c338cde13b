// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-ngap.h"

#include <functional>
#include <random>

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

/** A value with its type forgotten. */
struct Sample
{
    std::string name; //!< its name in NGAP_SAMPLES
    Bytes octets;     //!< what it encodes to
    /** Decodes octets and encodes the result: the octets, or why they were refused. */
    std::function<Decoded<Bytes>(ByteView)> recode;
};

/** @param name a name @param value a message or transfer @return the sample */
template <typename T>
Sample
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

const PlmnId PLMN = *PlmnId::From("262", "01");                //!< network of the samples
const NgapMbsSessionId SESSION{Tmgi(0x00A1B2, PLMN), {}};       //!< session of the samples
const NgapTai TAI{PLMN, 0x000075};                             //!< tracking area of the samples
const NgapNrCgi CELL{PLMN, 0x123456789};                       //!< cell of the samples
const NgapTransportLayerAddress GNB{Ipv4Address("10.0.0.7"), {}}; //!< gNB of the samples

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
std::vector<Sample>
UeSamples()
{
    std::vector<Sample> samples;
    samples.push_back(
        Make("DownlinkNASTransport",
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
        {SESSION,
         8,
         {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID}}};
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
    samples.push_back(Make("ErrorIndication",
                           NgapErrorIndication{300,
                                               1,
                                               NgapCause{NgapCauseGroup::PROTOCOL, 1},
                                               FullDiagnostics()}));
    return samples;
}

/** @return transfers that are not also in a message below */
std::vector<Sample>
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
std::vector<Sample>
DistributionSamples()
{
    std::vector<Sample> samples;
    const NgapMbsDistributionSetupRequestTransfer request{SESSION, 7, NgapGtpTunnel{GNB, 0x0A0B}};
    samples.push_back(Make("", request));
    samples.push_back(Make("DistributionSetupRequest",
                           NgapDistributionSetupRequest{SESSION, 7, request.Encode()}));

    NgapMbsDistributionSetupResponseTransfer response;
    response.mbsSessionId = {SESSION.tmgi, 0xABCDEF01234};
    response.sharedNguMulticastTnlInformation =
        NgapSharedNguMulticastTnlInformation{{Ipv4Address("232.1.2.3"), {}},
                                             {Ipv4Address("10.0.0.1"), Ipv6Address("2001:db8::2")},
                                             0xC0FFEE01};
    response.mbsQosFlowsToBeSetupList = {{1, {}}, {2, FullQos()}};
    response.mbsSessionStatus = NgapMbsSessionStatus::DEACTIVATED;
    response.mbsServiceArea = NgapMbsServiceArea{{{CELL, CELL}, {TAI}}, {}};
    samples.push_back(Make("", response));
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
std::vector<Sample>
MulticastSamples()
{
    std::vector<Sample> samples;
    const NgapMulticastSessionActivationRequestTransfer activate{SESSION};
    samples.push_back(Make("", activate));
    samples.push_back(Make("MulticastSessionActivationRequest",
                           NgapMulticastSessionActivationRequest{SESSION, activate.Encode()}));
    samples.push_back(Make("MulticastSessionActivationResponse",
                           NgapMulticastSessionActivationResponse{SESSION, {}}));
    samples.push_back(
        Make("MulticastSessionActivationFailure",
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
                                                           {{2, {}}}};
    samples.push_back(Make("", update));
    samples.push_back(Make("MulticastSessionUpdateRequest",
                           NgapMulticastSessionUpdateRequest{SESSION, 65535, update.Encode()}));
    samples.push_back(Make("MulticastSessionUpdateResponse",
                           NgapMulticastSessionUpdateResponse{SESSION, 0, FullDiagnostics()}));
    samples.push_back(Make("MulticastSessionUpdateFailure",
                           NgapMulticastSessionUpdateFailure{SESSION,
                                                             7,
                                                             {NgapCauseGroup::RADIO_NETWORK, 54},
                                                             {}}));
    NgapMulticastGroupPaging paging;
    paging.mbsSessionId = SESSION;
    paging.mbsServiceArea = DependentArea();
    paging.multicastGroupPagingAreaList = {
        {{TAI, TAI}, {{1023, NgapPagingDrx::V32}, {5, {}}}},
        {{TAI}, {}}};
    samples.push_back(Make("MulticastGroupPaging", paging));
    return samples;
}

/** @return all samples */
std::vector<Sample>
AllSamples()
{
    std::vector<Sample> all;
    for (auto&& some : {UeSamples(), TransferSamples(), DistributionSamples(), MulticastSamples()})
    {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

void
SamplesHaveTheirOctets(Check& check)
{
    std::size_t found = 0;
    for (const Sample& sample : AllSamples())
    {
        for (const NgapSample& expected : NGAP_SAMPLES)
        {
            if (sample.name == expected.name)
            {
                check.Equal(ToHex(sample.octets), ToHex(Hex(expected.hex)), sample.name);
                ++found;
            }
        }
    }
    check.Equal(found, NGAP_SAMPLES.size(), "each sample is made once");
}

void
SamplesSurviveARoundTrip(Check& check)
{
    for (const Sample& sample : AllSamples())
    {
        check.Expect(!sample.octets.empty(), sample.name + " is encoded");
        const auto again = sample.recode(sample.octets);
        check.Expect(static_cast<bool>(again), sample.name + " is decoded");
        check.Equal(again ? ToHex(*again) : std::string(ToString(again.Error())),
                    ToHex(sample.octets),
                    sample.name);
    }
}

void
SamplesAreNamed(Check& check)
{
    for (const NgapSample& sample : NGAP_SAMPLES)
    {
        const auto type = NgapPeek(Hex(sample.hex));
        check.Equal(std::string(type ? NgapMessageName(*type) : "refused"),
                    std::string(sample.name),
                    "name");
    }
    check.Equal(std::string(NgapMessageName({NgapPduKind::INITIATING_MESSAGE, 21})),
                std::string("unknown"),
                "NGSetup is none of ours");
    check.Equal(std::string(NgapMessageName({NgapPduKind::UNSUCCESSFUL_OUTCOME, 4})),
                std::string("unknown"),
                "no outcome of a NAS transport");
}

/** A PDU that another implementation made, from the repository aligungr/UERANSIM. */
void
DownlinkOfAnotherImplementation(Check& check)
{
    const Bytes pdu = Hex("00044018000003000A0002000C00550002000100260005047E00446F");
    const auto type = NgapPeek(pdu);
    check.Expect(type && *type == NgapDownlinkNasTransport::TYPE, "type");
    const auto message = NgapDownlinkNasTransport::Decode(pdu);
    check.Expect(static_cast<bool>(message), "decoded");
    check.Equal(message->amfUeNgapId, 12U, "AMF-UE-NGAP-ID");
    check.Equal(message->ranUeNgapId, 1U, "RAN-UE-NGAP-ID");
    check.Equal(ToHex(message->nasPdu), std::string("7e00446f"), "NAS-PDU");
    check.Equal(ToHex(message->Encode()), ToHex(pdu), "encoded again");
    check.Expect(NgapUplinkNasTransport::Decode(pdu).Error() == DecodeError::UNSUPPORTED,
                 "another message");
}

/** User location as UERANSIM coded it, in an uplink message put together by hand. */
void
UplinkByHand(Check& check)
{
    const Bytes pdu = Hex("002e402b 000004"
                          "000a 00 02 0001"
                          "0055 00 02 0001"
                          "0026 00 04 037e0044"
                          "0079 40 0f 40 000110 0000011000 000110 000075");
    const auto message = NgapUplinkNasTransport::Decode(pdu);
    check.Expect(static_cast<bool>(message), "decoded");
    const auto& location = message->userLocationInformation;
    check.Equal(location.nrCgi.plmn.Mcc() + location.nrCgi.plmn.Mnc(), std::string("00001"), "PLMN");
    check.Equal(location.nrCgi.nrCellIdentity, 0x0000011000U >> 4, "cell");
    check.Equal(location.tai.tac, 0x75U, "TAC");
    check.Expect(!location.timeStamp.has_value(), "no time stamp");
    check.Equal(ToHex(message->Encode()), ToHex(pdu), "encoded again");
}

void
FieldsComeBack(Check& check)
{
    NgapMbsDistributionSetupResponseTransfer sent;
    sent.mbsSessionId = SESSION;
    sent.sharedNguMulticastTnlInformation =
        NgapSharedNguMulticastTnlInformation{{Ipv4Address("232.1.2.3"), {}},
                                             {Ipv4Address("10.0.0.1"), Ipv6Address("2001:db8::2")},
                                             0xC0FFEE01};
    sent.mbsQosFlowsToBeSetupList = {{2, FullQos()}};
    sent.mbsServiceArea = DependentArea();
    const auto got = NgapMbsDistributionSetupResponseTransfer::Decode(sent.Encode());
    check.Expect(static_cast<bool>(got), "decoded");
    check.Expect(got->mbsSessionId.tmgi == SESSION.tmgi, "TMGI");
    const auto& tunnel = *got->sharedNguMulticastTnlInformation;
    check.Expect(tunnel.ipMulticastAddress.ipv4 == Ipv4Address("232.1.2.3"), "group");
    check.Expect(!tunnel.ipMulticastAddress.ipv6, "no IPv6 group");
    check.Expect(tunnel.ipSourceAddress.ipv4 == Ipv4Address("10.0.0.1"), "source");
    check.Expect(tunnel.ipSourceAddress.ipv6 == Ipv6Address("2001:db8::2"), "IPv6 source");
    check.Equal(tunnel.gtpTeid, 0xC0FFEE01U, "C-TEID");
    check.Expect(got->mbsSessionStatus == NgapMbsSessionStatus::ACTIVATED, "status");
    const auto& flow = got->mbsQosFlowsToBeSetupList.at(0);
    check.Equal(int(flow.mbsQosFlowIdentifier), 2, "QFI");
    check.Equal(int(flow.mbsQosFlowLevelQosParameters.fiveQi), 4, "5QI");
    check.Equal(*flow.mbsQosFlowLevelQosParameters.maximumDataBurstVolume, 5000U, "burst");
    check.Equal(flow.mbsQosFlowLevelQosParameters.gbr->maximumFlowBitRateDl,
                4000000000000U,
                "rate");
    check.Expect(flow.mbsQosFlowLevelQosParameters.reflectiveQos, "reflective");
    const auto& area = got->mbsServiceArea->locationDependent;
    check.Equal(area.size(), 2U, "areas");
    check.Equal(area.at(1).mbsAreaSessionId, 70U, "area session");
    check.Equal(area.at(0).information.cells.at(0).nrCellIdentity, CELL.nrCellIdentity, "cell");
}

/** Outcome of decoding a DownlinkNASTransport with these IEs. */
struct IeCase
{
    const char* name;  //!< what is shown
    const char* hex;   //!< message: preamble, number of IEs, IEs
    DecodeError error; //!< outcome
};

void
UnknownAndMissingIes(Check& check)
{
    const std::string good = "000a0002000c 005500020001 002600020144";
    const std::array<IeCase, 10> cases{{
        {"all there", "000003 000a0002000c 005500020001 002600020144", DecodeError::NONE},
        {"in another order", "000003 002600020144 000a0002000c 005500020001", DecodeError::NONE},
        {"unknown, ignore",
         "000004 000a0002000c 005500020001 002600020144 ffff400100",
         DecodeError::NONE},
        {"unknown, notify",
         "000004 000a0002000c 005500020001 002600020144 ffff800100",
         DecodeError::NONE},
        {"unknown, reject",
         "000004 000a0002000c 005500020001 002600020144 ffff000100",
         DecodeError::UNSUPPORTED},
        {"one missing", "000002 000a0002000c 005500020001", DecodeError::MALFORMED},
        {"one twice",
         "000004 000a0002000c 005500020001 002600020144 002600020144",
         DecodeError::MALFORMED},
        {"trailing octet in an IE",
         "000003 000a0003000c00 005500020001 002600020144",
         DecodeError::TRAILING},
        {"truncated IE", "000003 000a000100 005500020001 002600020144", DecodeError::TRUNCATED},
        {"extension addition of a later release",
         "800003 000a0002000c 005500020001 002600020144 01 01aa",
         DecodeError::NONE},
    }};
    for (const IeCase& c : cases)
    {
        const Bytes message = Hex(c.hex);
        Bytes pdu{0x00, 0x04, 0x40, static_cast<uint8_t>(message.size())};
        pdu.insert(pdu.end(), message.begin(), message.end());
        check.Equal(std::string(ToString(NgapDownlinkNasTransport::Decode(pdu).Error())),
                    std::string(ToString(c.error)),
                    c.name);
    }
}

void
EnvelopesAreChecked(Check& check)
{
    check.Expect(NgapPeek(Hex("")).Error() == DecodeError::TRUNCATED, "empty");
    check.Expect(NgapPeek(Hex("0004400200")).Error() == DecodeError::TRUNCATED, "short");
    check.Expect(NgapPeek(Hex("00044001000b")).Error() == DecodeError::TRAILING, "long");
    check.Expect(NgapPeek(Hex("8004400100")).Error() == DecodeError::UNSUPPORTED, "extension");
    check.Expect(NgapPeek(Hex("6004400100")).Error() == DecodeError::OUT_OF_RANGE ||
                     !NgapPeek(Hex("6004400100")),
                 "fourth alternative");
    const auto other = NgapPeek(Hex("4015000100"));
    check.Expect(other && other->kind == NgapPduKind::UNSUCCESSFUL_OUTCOME &&
                     other->procedureCode == 21,
                 "a procedure that we do not know has a type");
    check.Expect(NgapDownlinkNasTransport::Decode({}).Error() == DecodeError::TRUNCATED, "empty");
}

void
AlternativesThatAreNotOurs(Check& check)
{
    // cause with alternative choice-Extensions: 0 0 101
    check.Expect(NgapPduSessionResourceModifyUnsuccessfulTransfer::Decode(Hex("2800")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "cause");
    // TMGI whose PLMN has a nibble that is no digit
    check.Expect(NgapMulticastSessionActivationRequestTransfer::Decode(Hex("00 000001 abcdef"))
                         .Error() == DecodeError::OUT_OF_RANGE,
                 "TMGI");
    // PDUSessionResourceModifyResponseTransfer with additionalDLQosFlowPerTNLInformation
    check.Expect(NgapPduSessionResourceModifyResponseTransfer::Decode(Hex("0800")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "additional tunnels");
    // an address of 8 bits, and one longer than the root allows
    const std::string head = "20 00 00a1b262f210 ";
    check.Expect(NgapMbsDistributionSetupRequestTransfer::Decode(Hex(head + "00 38 0a 00000001"))
                         .Error() != DecodeError::NONE,
                 "address of eight bits");
    // a transfer of a later release: one addition behind the root, and an extension to be ignored
    const auto later = NgapMulticastSessionActivationRequestTransfer::Decode(
        Hex("a0 00 00a1b262f210 0000 ffff40 0100 01 01aa"));
    check.Equal(std::string(ToString(later.Error())), std::string("none"), "later release");
}

void
WrongValuesAreNotSent(Check& check)
{
    check.Expect(NgapDownlinkNasTransport{1ULL << 40, 0, {}}.Encode().empty(), "41 bits");
    check.Expect(NgapDownlinkNasTransport{0, 0, Bytes(16384)}.Encode().empty(), "fragments");
    check.Expect(NgapPduSessionResourceModifyRequest().Encode().empty(), "no session");
    check.Expect(NgapMbsDistributionSetupResponseTransfer().Encode().empty(), "no flow");
    NgapMbsDistributionSetupRequestTransfer request;
    request.sharedNguUnicastTnlInformation = NgapGtpTunnel();
    check.Expect(request.Encode().empty(), "no address");
    NgapUplinkNasTransport uplink;
    uplink.userLocationInformation.tai.tac = 1U << 24;
    check.Expect(uplink.Encode().empty(), "TAC of 25 bits");
    uplink.userLocationInformation.tai.tac = 0;
    uplink.userLocationInformation.nrCgi.nrCellIdentity = 1ULL << 36;
    check.Expect(uplink.Encode().empty(), "cell of 37 bits");
    NgapMulticastSessionUpdateRequestTransfer update;
    update.mbsQosFlowToReleaseList.resize(65);
    check.Expect(update.Encode().empty(), "65 flows");
    NgapErrorIndication error;
    error.cause = NgapCause{static_cast<NgapCauseGroup>(5), 0};
    check.Expect(error.Encode().empty(), "a cause without group");
}

void
TruncatedSamplesAreRefused(Check& check)
{
    for (const Sample& sample : AllSamples())
    {
        for (std::size_t size = 0; size < sample.octets.size(); ++size)
        {
            // a copy, so that a memory checker sees every read behind its end
            const Bytes part = ByteView(sample.octets).Sub(0, size).ToBytes();
            check.Expect(!sample.recode(part), sample.name + " cut to " + std::to_string(size));
        }
        Bytes longer = sample.octets;
        longer.push_back(0);
        check.Expect(sample.recode(longer).Error() == DecodeError::TRAILING,
                     sample.name + " with an octet more");
    }
}

void
MutatedSamplesAreSafe(Check& check)
{
    std::minstd_rand random(1);
    std::size_t accepted = 0;
    std::size_t stable = 0;
    for (const Sample& sample : AllSamples())
    {
        for (int i = 0; i < 2000; ++i)
        {
            Bytes octets = sample.octets;
            if (i % 4 == 3)
            {
                octets.resize(random() % 64);
                for (uint8_t& octet : octets)
                {
                    octet = static_cast<uint8_t>(random() >> 8);
                }
            }
            for (int flips = i % 4; flips > 0 && !octets.empty(); --flips)
            {
                octets[random() % octets.size()] ^= static_cast<uint8_t>(1U << (random() % 8));
            }
            const auto again = sample.recode(octets);
            if (again && !again->empty())
            {
                ++accepted;
                const auto third = sample.recode(*again);
                stable += third && SameBytes(*third, *again) ? 1 : 0;
            }
        }
    }
    check.Expect(accepted > 0, "some mutations are only other values");
    check.Equal(stable, accepted, "what was accepted is encoded and decoded to the same");
}

} // namespace

void AddNgapTests(MbsTestSuite& suite);

void
AddNgapTests(MbsTestSuite& suite)
{
    const std::vector<std::pair<const char*, FunctionTestCase::Body>> tests{
        {"NGAP: samples have the octets that an independent dissector has read",
         SamplesHaveTheirOctets},
        {"NGAP: every message and transfer survives a round trip", SamplesSurviveARoundTrip},
        {"NGAP: a PDU is named without decoding it", SamplesAreNamed},
        {"NGAP: a downlink message of another implementation", DownlinkOfAnotherImplementation},
        {"NGAP: an uplink message put together by hand", UplinkByHand},
        {"NGAP: fields come back as they went", FieldsComeBack},
        {"NGAP: unknown IEs go by their criticality, missing ones are refused",
         UnknownAndMissingIes},
        {"NGAP: the envelope is checked", EnvelopesAreChecked},
        {"NGAP: alternatives that are not ours are refused", AlternativesThatAreNotOurs},
        {"NGAP: a value that the standard does not allow is not sent", WrongValuesAreNotSent},
        {"NGAP: every truncation is refused", TruncatedSamplesAreRefused},
        {"NGAP: mutated and random octets are safe", MutatedSamplesAreSafe},
    };
    for (const auto& [name, body] : tests)
    {
        suite.Add(new FunctionTestCase(name, body));
    }
}

} // namespace ns3::mbs
