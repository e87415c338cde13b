// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-samples.h"
#include "mbs-ngap-values.h"
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

void
SamplesHaveTheirOctets(Check& check)
{
    std::size_t found = 0;
    for (const NgapValue& sample : NgapValues())
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
    for (const NgapValue& sample : NgapValues())
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
                    std::string(sample.name).substr(0, std::string(sample.name).find('/')),
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
    if (!message)
    {
        return;
    }
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
    const Bytes pdu = Hex("002e402a 000004"
                          "000a 00 02 0001"
                          "0055 00 02 0001"
                          "0026 00 04 037e0044"
                          "0079 40 0f 40 000110 0000011000 000110 000075");
    const auto message = NgapUplinkNasTransport::Decode(pdu);
    check.Expect(static_cast<bool>(message), "decoded");
    if (!message)
    {
        return;
    }
    const auto& location = message->userLocationInformation;
    check.Equal(location.nrCgi.plmn.Mcc() + location.nrCgi.plmn.Mnc(),
                std::string("001010"),
                "PLMN");
    check.Equal(location.nrCgi.nrCellIdentity, 0x0000011000U >> 4, "cell");
    check.Equal(location.tai.tac, 0x75U, "TAC");
    check.Expect(!location.timeStamp.has_value(), "no time stamp");
    check.Equal(ToHex(message->Encode()), ToHex(pdu), "encoded again");
}

void
FieldsComeBack(Check& check)
{
    NgapMbsDistributionSetupResponseTransfer sent;
    const PlmnId plmn = PlmnId::From("262", "01").value_or(PlmnId());
    sent.mbsSessionId.tmgi = Tmgi(0x00A1B2, plmn);
    sent.sharedNguMulticastTnlInformation =
        NgapSharedNguMulticastTnlInformation{{Ipv4Address("232.1.2.3"), {}},
                                             {Ipv4Address("10.0.0.1"), Ipv6Address("2001:db8::2")},
                                             0xC0FFEE01};
    NgapQosFlowLevelQosParameters qos;
    qos.fiveQi = 4;
    qos.maximumDataBurstVolume = 5000;
    qos.gbr = NgapGbrQosInformation();
    qos.gbr->maximumFlowBitRateDl = 4000000000000;
    qos.reflectiveQos = true;
    sent.mbsQosFlowsToBeSetupList = {{2, qos}};
    sent.mbsServiceArea = NgapMbsServiceArea();
    sent.mbsServiceArea->locationDependent = {{1, {{{plmn, 0x123456789}}, {}}},
                                              {70, {{}, {{plmn, 0x75}}}}};
    const auto got = NgapMbsDistributionSetupResponseTransfer::Decode(sent.Encode());
    check.Expect(static_cast<bool>(got), "decoded");
    if (!got)
    {
        return;
    }
    check.Expect(got->mbsSessionId.tmgi == sent.mbsSessionId.tmgi, "TMGI");
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
    check.Equal(area.at(0).information.cells.at(0).nrCellIdentity, 0x123456789U, "cell");
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
    // cause with alternative choice-Extensions: 0 0 0 101
    check.Expect(NgapPduSessionResourceModifyUnsuccessfulTransfer::Decode(Hex("1400")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "cause");
    // TMGI whose PLMN has a nibble that is no digit
    check.Expect(
        NgapMulticastSessionActivationRequestTransfer::Decode(Hex("00 000001 abcdef")).Error() ==
            DecodeError::OUT_OF_RANGE,
        "TMGI");
    // PDUSessionResourceModifyResponseTransfer with additionalDLQosFlowPerTNLInformation
    check.Expect(NgapPduSessionResourceModifyResponseTransfer::Decode(Hex("0800")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "additional tunnels");
    // an address of 8 bits (0 00 0 00000111), and one longer than the root allows (0 00 1)
    const std::string head = "20 00a1b262f210 ";
    check.Expect(
        NgapMbsDistributionSetupRequestTransfer::Decode(Hex(head + "0070 0a 00000001")).Error() ==
            DecodeError::OUT_OF_RANGE,
        "address of eight bits");
    check.Expect(NgapMbsDistributionSetupRequestTransfer::Decode(Hex(head + "1000")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "address of more than 160 bits");
    // service area (its IE and its length of 1 in front) with the third alternative: 10
    check.Expect(NgapMulticastSessionUpdateRequestTransfer::Decode(
                     Hex("000002 012b00 07 0000a1b262f210 012a00 01 80"))
                         .Error() == DecodeError::UNSUPPORTED,
                 "service area");
    // a tunnel that is no GTP tunnel: 1
    check.Expect(NgapMbsDistributionSetupRequestTransfer::Decode(Hex(head + "8000")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "tunnel");
    // a transfer of a later release: an extension to be passed over and an addition behind the root
    const auto later = NgapMulticastSessionActivationRequestTransfer::Decode(
        Hex("c0 00a1b262f210 0000 ffff40 0100 01 01aa"));
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
    for (const NgapValue& sample : NgapValues())
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
    for (const NgapValue& sample : NgapValues())
    {
        for (int i = 0; i < 600; ++i)
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
