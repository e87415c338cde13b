// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ipv4-packet.h"

namespace ns3::mbs
{

namespace
{

constexpr std::size_t TCP_HEADER_SIZE = 20; //!< without options
constexpr std::size_t ICMP_HEADER_SIZE = 8; //!< type, code, checksum, four octets by type
constexpr std::size_t ICMP_QUOTED = 28;     //!< IP header and eight octets that an error quotes
constexpr uint16_t OFFSET_MASK = 0x1fff;    //!< fragment offset
constexpr uint8_t VERSION_4_PLAIN = 0x45;   //!< version 4, a header of 20 octets
constexpr uint8_t PROTOCOL_ICMP = 1;        //!< IANA protocol number
constexpr uint8_t PROTOCOL_TCP = 6;         //!< IANA protocol number
constexpr uint8_t ICMP_UNREACHABLE = 3;     //!< type
constexpr uint8_t ICMP_TIME_EXCEEDED = 11;  //!< type

/**
 * @param protocol IANA protocol number
 * @param head the first octets behind the IP header
 * @param size of all that is behind the IP header
 * @return true if the transport header is whole
 */
bool
HasTransportHeader(uint8_t protocol, ByteView head, std::size_t size)
{
    switch (protocol)
    {
    case IP_PROTOCOL_UDP:
        return size >= UDP_HEADER_SIZE;
    case PROTOCOL_TCP: {
        const std::size_t length = size >= TCP_HEADER_SIZE ? std::size_t{4} * (head[12] >> 4) : 0;
        return length >= TCP_HEADER_SIZE && length <= size;
    }
    case PROTOCOL_ICMP: {
        const bool error =
            size > 0 && (head[0] == ICMP_UNREACHABLE || head[0] == ICMP_TIME_EXCEEDED);
        if (!error)
        {
            return size >= ICMP_HEADER_SIZE;
        }
        if (size < ICMP_HEADER_SIZE + ICMP_QUOTED)
        {
            return false;
        }
        // ns-3 skips as much as the quoted header says that it is long, then takes 8 octets.
        const uint8_t quoted = head[ICMP_HEADER_SIZE];
        const std::size_t length = std::size_t{4} * (quoted & 0x0f);
        return quoted >> 4 == 4 && length >= IPV4_HEADER_SIZE &&
               size >= ICMP_HEADER_SIZE + length + ICMP_QUOTED - IPV4_HEADER_SIZE;
    }
    default:
        return true;
    }
}

} // namespace

Decoded<Ipv4PacketHead>
PeekIpv4(ByteView head, std::size_t size)
{
    ByteReader reader(head);
    const uint8_t versionAndLength = reader.U8();
    reader.U8();
    const std::size_t totalLength = reader.U16();
    reader.U16();
    const uint16_t fragment = reader.U16();
    reader.U8();
    Ipv4PacketHead packet;
    packet.protocol = reader.U8();
    reader.U16();
    packet.source = Ipv4Address(reader.U32());
    packet.destination = Ipv4Address(reader.U32());
    if (!reader.Ok() || (head.size() < size && head.size() < Ipv4PacketHead::MAX_SIZE))
    {
        return DecodeError::TRUNCATED;
    }
    if (versionAndLength >> 4 != 4)
    {
        return DecodeError::UNSUPPORTED;
    }
    if (totalLength != size)
    {
        return size < totalLength ? DecodeError::TRUNCATED : DecodeError::TRAILING;
    }
    const std::size_t headerLength = std::size_t{4} * (versionAndLength & 0x0f);
    if (headerLength < IPV4_HEADER_SIZE || headerLength > size)
    {
        return DecodeError::MALFORMED;
    }
    const bool first = (fragment & OFFSET_MASK) == 0;
    if (first && !HasTransportHeader(packet.protocol, head.Sub(headerLength), size - headerLength))
    {
        return DecodeError::MALFORMED;
    }
    return packet;
}

Decoded<PlainUdpHead>
PeekPlainUdp(ByteView head, std::size_t size)
{
    if (head.size() < PlainUdpHead::SIZE || size < PlainUdpHead::SIZE)
    {
        return DecodeError::TRUNCATED;
    }
    // By their places: this is done for every packet of a stream at every hop.
    const auto word = [&head](std::size_t at) { return head[at] << 8 | head[at + 1]; };
    const auto length = static_cast<std::size_t>(word(2));
    const auto udpLength = static_cast<std::size_t>(word(IPV4_HEADER_SIZE + 4));
    const bool checksums = word(10) != 0 || word(IPV4_HEADER_SIZE + 6) != 0;
    if (head[0] != VERSION_4_PLAIN || length != size || (word(6) & IPV4_FRAGMENT_MASK) != 0 ||
        head[9] != IP_PROTOCOL_UDP || udpLength != size - IPV4_HEADER_SIZE || checksums)
    {
        return DecodeError::UNSUPPORTED;
    }
    PlainUdpHead datagram;
    datagram.destination =
        Ipv4Address(static_cast<uint32_t>(word(16)) << 16 | static_cast<uint32_t>(word(18)));
    datagram.port = static_cast<uint16_t>(word(IPV4_HEADER_SIZE + 2));
    datagram.ttl = head[8];
    return datagram;
}

} // namespace ns3::mbs
