// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-inner-packet.h"

#include "mbs-internet-checksum.h"
#include "mbs-ipv4-packet.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

namespace
{

constexpr uint16_t DONT_FRAGMENT = 0x4000; //!< flag DF

/**
 * @param source IP source address
 * @param destination IP destination address
 * @param head UDP header and perhaps more, an even number of octets
 * @param rest what is behind that
 * @return the checksum over pseudo header and datagram (RFC 768)
 */
uint16_t
UdpChecksum(Ipv4Address source, Ipv4Address destination, ByteView head, ByteView rest)
{
    InternetChecksum sum;
    for (const Ipv4Address address : {source, destination})
    {
        sum.Add(static_cast<uint16_t>(address.Get() >> 16));
        sum.Add(static_cast<uint16_t>(address.Get()));
    }
    sum.Add(IP_PROTOCOL_UDP).Add(static_cast<uint16_t>(head.size() + rest.size()));
    return sum.Add(head).Add(rest).Get();
}

/** The headers of a packet. */
using Header = std::array<uint8_t, InnerUdp::HEADER_SIZE>;

/** @param header where to @param at position there @param value 16 bits */
void
Put16(Header& header, std::size_t at, uint16_t value)
{
    header[at] = static_cast<uint8_t>(value >> 8);
    header[at + 1] = static_cast<uint8_t>(value);
}

/** @param header where to @param at position there @param address of IPv4 */
void
PutAddress(Header& header, std::size_t at, Ipv4Address address)
{
    Put16(header, at, static_cast<uint16_t>(address.Get() >> 16));
    Put16(header, at + 2, static_cast<uint16_t>(address.Get()));
}

} // namespace

std::array<uint8_t, InnerUdp::HEADER_SIZE>
EncodeInnerUdpHeader(const InnerUdp& packet)
{
    NS_ASSERT_MSG(packet.payload.size() <= InnerUdp::MAX_PAYLOAD, "payload too long for UDP");
    const auto udpLength = static_cast<uint16_t>(UDP_HEADER_SIZE + packet.payload.size());

    // An atomic datagram needs no identification of its own (RFC 6864 clause 4.1).
    Header header{};
    header[0] = 0x45; // version 4, five words; then default forwarding
    Put16(header, 2, static_cast<uint16_t>(IPV4_HEADER_SIZE + udpLength));
    Put16(header, 6, DONT_FRAGMENT);
    header[8] = packet.ttl;
    header[9] = IP_PROTOCOL_UDP;
    PutAddress(header, 12, packet.source);
    PutAddress(header, 16, packet.destination);
    Put16(header, 10, InternetChecksum().Add(ByteView(header).Sub(0, IPV4_HEADER_SIZE)).Get());

    Put16(header, IPV4_HEADER_SIZE, packet.sourcePort);
    Put16(header, IPV4_HEADER_SIZE + 2, packet.destinationPort);
    Put16(header, IPV4_HEADER_SIZE + 4, udpLength);
    const uint16_t checksum = UdpChecksum(packet.source,
                                          packet.destination,
                                          ByteView(header).Sub(IPV4_HEADER_SIZE),
                                          packet.payload);
    // A computed zero is sent as all ones, for zero means "no checksum" (RFC 768).
    Put16(header, IPV4_HEADER_SIZE + 6, checksum == 0 ? 0xffff : checksum);
    return header;
}

Bytes
EncodeInnerUdp(const InnerUdp& packet)
{
    const Header header = EncodeInnerUdpHeader(packet);
    Bytes octets;
    octets.reserve(header.size() + packet.payload.size());
    octets.assign(header.begin(), header.end());
    octets.insert(octets.end(), packet.payload.begin(), packet.payload.end());
    return octets;
}

Decoded<InnerUdp>
ParseInnerUdp(ByteView bytes)
{
    ByteReader reader(bytes);
    const uint8_t versionAndLength = reader.U8();
    reader.U8();
    const std::size_t totalLength = reader.U16();
    reader.U16();
    const uint16_t fragment = reader.U16();
    InnerUdp packet;
    packet.ttl = reader.U8();
    const uint8_t protocol = reader.U8();
    reader.U16();
    packet.source = Ipv4Address(reader.U32());
    packet.destination = Ipv4Address(reader.U32());
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (versionAndLength >> 4 != 4)
    {
        return DecodeError::UNSUPPORTED;
    }
    const std::size_t headerSize = std::size_t{4} * (versionAndLength & 0x0f);
    if (headerSize < IPV4_HEADER_SIZE || totalLength < headerSize)
    {
        return DecodeError::MALFORMED;
    }
    if (bytes.size() != totalLength)
    {
        return bytes.size() < totalLength ? DecodeError::TRUNCATED : DecodeError::TRAILING;
    }
    if (InternetChecksum().Add(bytes.Sub(0, headerSize)).Get() != 0)
    {
        return DecodeError::MALFORMED;
    }
    if (protocol != IP_PROTOCOL_UDP || (fragment & IPV4_FRAGMENT_MASK) != 0)
    {
        return DecodeError::UNSUPPORTED;
    }

    const ByteView datagram = bytes.Sub(headerSize);
    ByteReader udp(datagram);
    packet.sourcePort = udp.U16();
    packet.destinationPort = udp.U16();
    const uint16_t udpLength = udp.U16();
    const uint16_t checksum = udp.U16();
    if (!udp.Ok() || udpLength != datagram.size())
    {
        return DecodeError::MALFORMED;
    }
    if (checksum != 0 && UdpChecksum(packet.source, packet.destination, datagram, {}) != 0)
    {
        return DecodeError::MALFORMED;
    }
    packet.payload = udp.Rest();
    return packet;
}

} // namespace ns3::mbs
