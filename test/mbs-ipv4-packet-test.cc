// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-ipv4-packet.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/**
 * @param protocol of what is inside
 * @param inside what is behind a header without options
 * @param fragment flags and fragment offset
 * @return an IPv4 packet without checksum, as ns-3 writes it
 */
Bytes
Ipv4(uint8_t protocol, const Bytes& inside, uint16_t fragment = 0)
{
    ByteWriter writer;
    writer.U8(0x45).U8(0).U16(static_cast<uint16_t>(20 + inside.size()));
    writer.U16(0).U16(fragment).U8(64).U8(protocol).U16(0);
    writer.U32(0x64400002).U32(0x0a000001).Append(inside);
    return writer.Release();
}

/** @param packet octets @return what PeekIpv4() finds wrong */
DecodeError
Wrong(const Bytes& packet)
{
    const auto head = PeekIpv4(packet, packet.size());
    return head ? DecodeError::NONE : head.Error();
}

/** @param octets how many @param first the first one @return octets, all but the first 0 */
Bytes
Filled(std::size_t octets, uint8_t first = 0)
{
    Bytes bytes(octets);
    if (octets > 0)
    {
        bytes[0] = first;
    }
    return bytes;
}

/** @param words data offset @param octets of the segment @return a TCP segment */
Bytes
Tcp(uint8_t words, std::size_t octets)
{
    Bytes bytes(octets);
    if (octets > 12)
    {
        bytes[12] = static_cast<uint8_t>(words << 4);
    }
    return bytes;
}

/** @param check where to report */
void
TestAddresses(Check& check)
{
    const Bytes packet = Ipv4(17, Filled(8));
    const auto head = PeekIpv4(packet, packet.size());
    check.Expect(bool(head), "accepted");
    check.Equal(head->source, Ipv4Address("100.64.0.2"), "source");
    check.Equal(head->destination, Ipv4Address("10.0.0.1"), "destination");
    check.Equal(int(head->protocol), 17, "protocol");

    InnerUdp udp;
    const Bytes payload(1000);
    udp.payload = payload;
    const Bytes large = EncodeInnerUdp(udp);
    const ByteView first = ByteView(large).Sub(0, Ipv4PacketHead::MAX_SIZE);
    check.Expect(bool(PeekIpv4(first, large.size())), "the first octets of a packet are enough");
    check.Expect(!PeekIpv4(first.Sub(0, 119), large.size()), "but fewer are not");
}

/** @param check where to report */
void
TestLengths(Check& check)
{
    Bytes packet = Ipv4(17, Filled(8));
    check.Expect(Wrong(Bytes(packet.begin(), packet.begin() + 27)) == DecodeError::TRUNCATED,
                 "cut");
    check.Expect(Wrong(Bytes(packet.begin(), packet.begin() + 19)) == DecodeError::TRUNCATED,
                 "cut within the header");
    packet.push_back(0);
    check.Expect(Wrong(packet) == DecodeError::TRAILING, "something behind it");
    packet.pop_back();
    for (const uint8_t first : {0x65, 0x05})
    {
        packet[0] = first;
        check.Expect(Wrong(packet) == DecodeError::UNSUPPORTED, "another version");
    }
    packet[0] = 0x44;
    check.Expect(Wrong(packet) == DecodeError::MALFORMED, "header of four words");
    packet[0] = 0x48;
    check.Expect(Wrong(packet) == DecodeError::MALFORMED, "header longer than the packet");
    packet[0] = 0x47;
    check.Expect(Wrong(packet) == DecodeError::MALFORMED, "options leave no room for UDP");
}

/** @param check where to report */
void
TestTransportHeaders(Check& check)
{
    const auto fits = [](const Bytes& packet) { return Wrong(packet) == DecodeError::NONE; };
    check.Expect(fits(Ipv4(17, Filled(8))) && !fits(Ipv4(17, Filled(7))), "UDP: 8 octets");
    check.Expect(fits(Ipv4(6, Tcp(5, 20))) && !fits(Ipv4(6, Tcp(5, 19))), "TCP: 20 octets");
    check.Expect(fits(Ipv4(6, Tcp(6, 24))) && !fits(Ipv4(6, Tcp(6, 23))), "TCP with options");
    check.Expect(!fits(Ipv4(6, Tcp(4, 40))), "TCP with a data offset of four words");
    check.Expect(!fits(Ipv4(6, Bytes())), "TCP without anything");
    check.Expect(fits(Ipv4(1, Filled(8, 8))) && !fits(Ipv4(1, Filled(7, 8))), "ICMP: 8 octets");
    const auto quoting = [](std::size_t size, uint8_t error, uint8_t quotedHead) {
        Bytes packet = Filled(size, error);
        packet[8] = quotedHead;
        return packet;
    };
    for (const uint8_t error : {3, 11})
    {
        check.Expect(fits(Ipv4(1, quoting(36, error, 0x45))) &&
                         !fits(Ipv4(1, quoting(35, error, 0x45))),
                     "an ICMP error quotes 28 octets");
        check.Expect(fits(Ipv4(1, quoting(76, error, 0x4f))) &&
                         !fits(Ipv4(1, quoting(75, error, 0x4f))),
                     "and more, if the quoted header has options");
        check.Expect(!fits(Ipv4(1, quoting(36, error, 0x44))) &&
                         !fits(Ipv4(1, quoting(36, error, 0x65))),
                     "what is quoted must be IPv4");
    }
    check.Expect(!fits(Ipv4(1, Bytes())), "ICMP without anything");
    check.Expect(fits(Ipv4(50, Bytes())), "what ns-3 does not parse may be empty");
    check.Expect(fits(Ipv4(17, Filled(1), 1)), "a later fragment has no transport header");
    check.Expect(!fits(Ipv4(17, Filled(1), 0x2000)), "the first one has");
}

/** @param check where to report */
void
TestNoise(Check& check)
{
    // With sanitizers on, reading beyond the end fails.
    uint64_t state = 0x9e3779b97f4a7c15;
    const Bytes whole = Ipv4(6, Tcp(5, 40));
    std::size_t accepted = 0;
    for (int i = 0; i < 20000; ++i)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Bytes packet(whole.begin(), whole.begin() + state % (whole.size() + 1));
        if (!packet.empty())
        {
            packet[(state >> 8) % packet.size()] = static_cast<uint8_t>(state >> 16);
        }
        accepted += PeekIpv4(packet, packet.size()) ? 1 : 0;
    }
    check.Expect(accepted > 0 && accepted < 20000, "some pass and some do not");
}

void
TestPlainUdp(Check& check)
{
    // 10.0.0.1 to 232.1.1.1, port 2152, TTL 63, two octets of payload.
    const Bytes plain = Hex("4500001e 00070000 3f110000 0a000001 e8010101 c0000868 000a0000 aabb");
    const auto head = PeekPlainUdp(plain, plain.size());
    check.Expect(bool(head), "as ns-3 sends it");
    check.Equal(head->destination, Ipv4Address("232.1.1.1"), "destination");
    check.Equal(head->port, 2152, "port");
    check.Equal(uint32_t{head->ttl}, 63U, "TTL");
    check.Expect(bool(PeekPlainUdp(ByteView(plain).Sub(0, PlainUdpHead::SIZE), plain.size())),
                 "its headers are enough");
    check.Expect(!PeekPlainUdp(ByteView(plain).Sub(0, PlainUdpHead::SIZE - 1), plain.size()),
                 "and needed");
    check.Expect(!PeekPlainUdp(plain, plain.size() + 1), "lengths count");
    // Version, total length, flag MF, offset, protocol, both checksums, UDP length.
    for (const std::size_t at : {0, 3, 6, 7, 9, 10, 27, 25})
    {
        Bytes other = plain;
        other[at] ^= 0x21;
        check.Expect(!PeekPlainUdp(other, other.size()), "octet " + std::to_string(at));
    }
    Bytes whole = plain;
    whole[6] = 0x40;
    check.Expect(bool(PeekPlainUdp(whole, whole.size())), "it may say that it is not to be cut");
}

} // namespace

/** @param suite gets the tests of the head of IPv4 packets */
void AddIpv4PacketTests(MbsTestSuite& suite);

void
AddIpv4PacketTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("IPv4: ") + name, body));
    };
    add("addresses are read from the first octets", &TestAddresses);
    add("packets whose lengths are wrong are refused", &TestLengths);
    add("packets too short for their transport header are refused", &TestTransportHeaders);
    add("noise is read safely", &TestNoise);
    add("a datagram as ns-3 sends it is told from all others", &TestPlainUdp);
}

} // namespace ns3::mbs
