// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-internet-checksum.h"

namespace ns3::mbs
{

namespace
{

/** Three octets from 10.0.0.9:5000 to 232.5.6.7:6000; checksums computed by an independent script.
 */
constexpr char SAMPLE[] = "4500001f 00004000 401142b9 0a000009 e8050607 13881770 000b1868 616263";

/** @return the packet of SAMPLE; @param payload its payload */
InnerUdp
SamplePacket(const Bytes& payload)
{
    InnerUdp packet;
    packet.source = Ipv4Address("10.0.0.9");
    packet.destination = Ipv4Address("232.5.6.7");
    packet.sourcePort = 5000;
    packet.destinationPort = 6000;
    packet.payload = payload;
    return packet;
}

/** @param check where to report */
void
TestSample(Check& check)
{
    const Bytes payload = Hex("616263");
    check.Equal(ToHex(EncodeInnerUdp(SamplePacket(payload))), ToHex(Hex(SAMPLE)), "octets");
    const Bytes octets = Hex(SAMPLE);
    const auto read = ParseInnerUdp(octets);
    check.Expect(bool(read), "accepted");
    check.Equal(read->source, Ipv4Address("10.0.0.9"), "source");
    check.Equal(read->destination, Ipv4Address("232.5.6.7"), "destination");
    check.Equal(read->sourcePort, 5000, "source port");
    check.Equal(read->destinationPort, 6000, "destination port");
    check.Equal(int(read->ttl), 64, "time to live");
    check.Equal(ToHex(read->payload), "616263", "payload");
}

/** @param check where to report */
void
TestKnownHeader(Check& check)
{
    // A header often used to explain the checksum: 115 octets from 192.168.0.1 to 192.168.0.199.
    const Bytes payload(87, 0);
    InnerUdp packet;
    packet.source = Ipv4Address("192.168.0.1");
    packet.destination = Ipv4Address("192.168.0.199");
    packet.payload = payload;
    const Bytes octets = EncodeInnerUdp(packet);
    check.Equal(ToHex(ByteView(octets).Sub(0, 20)),
                "45000073000040004011b861c0a80001c0a800c7",
                "header");
}

/** @param check where to report */
void
TestZeroChecksum(Check& check)
{
    // These two octets make the UDP checksum zero, which must be sent as ffff.
    const Bytes payload = Hex("dccc");
    const Bytes octets = EncodeInnerUdp(SamplePacket(payload));
    check.Equal(ToHex(ByteView(octets).Sub(26, 2)), "ffff", "computed zero");
    check.Expect(bool(ParseInnerUdp(octets)), "is accepted");
    Bytes none = Hex(SAMPLE);
    none[26] = 0;
    none[27] = 0;
    check.Expect(bool(ParseInnerUdp(none)), "no checksum is accepted");
}

/** @param check where to report */
void
TestRefusals(Check& check)
{
    const Bytes good = Hex(SAMPLE);
    // Alters one octet, sets the header's checksum right again and tells how that is refused.
    const auto error = [&good](std::size_t at, uint8_t value) {
        Bytes bytes = good;
        bytes[at] = value;
        bytes[10] = 0;
        bytes[11] = 0;
        const uint16_t checksum = InternetChecksum().Add(ByteView(bytes).Sub(0, 20)).Get();
        bytes[10] = static_cast<uint8_t>(checksum >> 8);
        bytes[11] = static_cast<uint8_t>(checksum);
        return ParseInnerUdp(bytes).Error();
    };
    check.Expect(error(0, 0x65) == DecodeError::UNSUPPORTED, "IPv6");
    check.Expect(error(0, 0x44) == DecodeError::MALFORMED, "header of four words");
    check.Expect(error(0, 0x4f) == DecodeError::MALFORMED, "header longer than the packet");
    check.Expect(error(3, 0x1e) == DecodeError::TRAILING, "total length short");
    check.Expect(error(3, 0x20) == DecodeError::TRUNCATED, "total length long");
    check.Expect(error(6, 0x20) == DecodeError::UNSUPPORTED, "more fragments");
    check.Expect(error(7, 0x01) == DecodeError::UNSUPPORTED, "fragment offset");
    check.Expect(error(9, 6) == DecodeError::UNSUPPORTED, "TCP");
    check.Expect(error(25, 0x0c) == DecodeError::MALFORMED, "UDP length");
    check.Expect(error(30, 0x64) == DecodeError::MALFORMED, "UDP checksum");
    Bytes bad = good;
    bad[10] ^= 1;
    check.Expect(ParseInnerUdp(bad).Error() == DecodeError::MALFORMED, "header checksum");
    // An IPv4 header alone, right in itself.
    const Bytes bare = Hex("45000014 00004000 401142c4 0a000009 e8050607");
    check.Expect(ParseInnerUdp(bare).Error() == DecodeError::MALFORMED, "no UDP header");
}

/** @param check where to report */
void
TestOptions(Check& check)
{
    // Router alert in front of the same datagram; header checksum set by the module's own sum.
    Bytes bytes =
        Hex("46000023 00004000 40110000 0a000009 e8050607 94040000 13881770 000b1868 616263");
    const uint16_t checksum = InternetChecksum().Add(ByteView(bytes).Sub(0, 24)).Get();
    bytes[10] = static_cast<uint8_t>(checksum >> 8);
    bytes[11] = static_cast<uint8_t>(checksum);
    const auto read = ParseInnerUdp(bytes);
    check.Expect(bool(read), "a packet with options is accepted");
    check.Equal(ToHex(read->payload), "616263", "payload behind the options");
}

/** @param check where to report */
void
TestNoise(Check& check)
{
    ExpectPrefixesRefused(check, Hex(SAMPLE), &ParseInnerUdp);
    ExpectSurvivesNoise(check, Hex(SAMPLE), &ParseInnerUdp, &EncodeInnerUdp);
}

} // namespace

void AddInnerPacketTests(MbsTestSuite& suite);

void
AddInnerPacketTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("inner packet: ") + name, body));
    };
    add("a datagram has the octets of an independent computation", &TestSample);
    add("a well-known header has its well-known checksum", &TestKnownHeader);
    add("a UDP checksum of zero is sent as all ones", &TestZeroChecksum);
    add("wrong lengths, checksums and kinds are refused", &TestRefusals);
    add("IP options are passed over", &TestOptions);
    add("noise and cut packets are refused or read safely", &TestNoise);
}

} // namespace ns3::mbs
