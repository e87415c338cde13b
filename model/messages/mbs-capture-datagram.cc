// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-capture-datagram.h"

#include "mbs-ipv4-packet.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

constexpr uint16_t ETHERTYPE_IPV4 = 0x0800;          //!< IPv4
constexpr uint16_t ETHERTYPE_IPV6 = 0x86dd;          //!< IPv6
constexpr uint16_t ETHERTYPE_VLAN = 0x8100;          //!< 802.1Q tag
constexpr uint16_t ETHERTYPE_QINQ = 0x88a8;          //!< 802.1ad tag
constexpr uint16_t ETHERTYPE_OLD_QINQ = 0x9100;      //!< the same before it was standardized
constexpr uint16_t ETHERTYPE_PPPOE_SESSION = 0x8864; //!< PPPoE (RFC 2516)
constexpr uint16_t PPP_IPV4 = 0x0021;                //!< IPv4 in PPP
constexpr uint16_t PPP_IPV6 = 0x0057;                //!< IPv6 in PPP

constexpr uint8_t PROTOCOL_HOP_BY_HOP = 0;      //!< IPv6 extension header
constexpr uint8_t PROTOCOL_ROUTING = 43;        //!< IPv6 extension header
constexpr uint8_t PROTOCOL_FRAGMENT = 44;       //!< IPv6 extension header
constexpr uint8_t PROTOCOL_AUTHENTICATION = 51; //!< AH (RFC 4302)
constexpr uint8_t PROTOCOL_DESTINATION = 60;    //!< IPv6 extension header

/**
 * @brief Reads a UDP datagram.
 * @param ip what the IP packet carries, as far as it was captured
 * @param size how much it carries
 * @param[in,out] datagram gets ports and payload
 * @return UDP, UDP_CUT or OTHER
 */
CapturedKind
ReadUdp(ByteView ip, std::size_t size, CapturedDatagram& datagram)
{
    ByteReader reader(ip.Sub(0, size));
    datagram.sourcePort = reader.U16();
    datagram.destinationPort = reader.U16();
    const std::size_t length = reader.U16();
    reader.U16(); // checksum
    if (!reader.Ok())
    {
        return size > ip.size() && size >= UDP_HEADER_SIZE ? CapturedKind::UDP_CUT
                                                           : CapturedKind::OTHER;
    }
    if (length < UDP_HEADER_SIZE || length > size)
    {
        return CapturedKind::OTHER;
    }
    datagram.payload = reader.Take(length - UDP_HEADER_SIZE);
    return reader.Ok() ? CapturedKind::UDP : CapturedKind::UDP_CUT;
}

/** @param octets an IPv4 packet @param[in,out] datagram what is found @return what it is */
CapturedKind
ReadIpv4(ByteView octets, CapturedDatagram& datagram)
{
    ByteReader reader(octets);
    const std::size_t headerSize = 4 * (reader.U8() & 0x0f);
    reader.U8(); // type of service
    const std::size_t totalSize = reader.U16();
    reader.U16(); // identification
    const uint16_t fragment = reader.U16();
    reader.U8(); // time to live
    const uint8_t protocol = reader.U8();
    reader.U16(); // checksum
    const auto source = reader.Array<4>();
    const auto destination = reader.Array<4>();
    if (!reader.Ok() || headerSize < 20 || totalSize < headerSize || protocol != IP_PROTOCOL_UDP)
    {
        return CapturedKind::OTHER;
    }
    if ((fragment & 0x3fff) != 0)
    {
        return CapturedKind::FRAGMENT;
    }
    datagram.ipVersion = 4;
    std::copy(source.begin(), source.end(), datagram.source.begin());
    std::copy(destination.begin(), destination.end(), datagram.destination.begin());
    return ReadUdp(octets.Sub(headerSize), totalSize - headerSize, datagram);
}

/** @param octets an IPv6 packet @param[in,out] datagram what is found @return what it is */
CapturedKind
ReadIpv6(ByteView octets, CapturedDatagram& datagram)
{
    ByteReader reader(octets);
    reader.U32(); // version, traffic class, flow label
    std::size_t size = reader.U16();
    uint8_t next = reader.U8();
    reader.U8(); // hop limit
    datagram.ipVersion = 6;
    datagram.source = reader.Array<16>();
    datagram.destination = reader.Array<16>();
    while (reader.Ok() && next != IP_PROTOCOL_UDP)
    {
        const uint8_t type = next;
        next = reader.U8();
        const std::size_t lengthField = reader.U8();
        std::size_t headerSize = 8 * (lengthField + 1);
        if (type == PROTOCOL_FRAGMENT)
        {
            headerSize = 8;
            const uint16_t fragment = reader.U16();
            if (reader.Ok() && (fragment & 0xfff9) != 0)
            {
                return next == IP_PROTOCOL_UDP ? CapturedKind::FRAGMENT : CapturedKind::OTHER;
            }
            reader.U32(); // identification
        }
        else if (type == PROTOCOL_AUTHENTICATION)
        {
            headerSize = 4 * (lengthField + 2);
            reader.Take(headerSize - 2);
        }
        else if (type == PROTOCOL_HOP_BY_HOP || type == PROTOCOL_ROUTING ||
                 type == PROTOCOL_DESTINATION)
        {
            reader.Take(headerSize - 2);
        }
        else
        {
            return CapturedKind::OTHER;
        }
        if (headerSize > size)
        {
            return CapturedKind::OTHER;
        }
        size -= headerSize;
    }
    if (!reader.Ok())
    {
        return CapturedKind::OTHER;
    }
    return ReadUdp(reader.Rest(), size, datagram);
}

/** @param octets an IP packet @param[in,out] datagram what is found @return what it is */
CapturedKind
ReadIp(ByteView octets, CapturedDatagram& datagram)
{
    const int version = octets.empty() ? 0 : octets[0] >> 4;
    if (version == 4)
    {
        return ReadIpv4(octets, datagram);
    }
    return version == 6 ? ReadIpv6(octets, datagram) : CapturedKind::OTHER;
}

/** @param octets a PPP frame @param[in,out] datagram what is found @return what it is */
CapturedKind
ReadPpp(ByteView octets, CapturedDatagram& datagram)
{
    // Address and control field may be left out (RFC 1661 clause 6.6).
    if (octets.size() >= 2 && octets[0] == 0xff && octets[1] == 0x03)
    {
        octets = octets.Sub(2);
    }
    ByteReader reader(octets);
    uint16_t protocol = reader.U8();
    // So may the first octet of the protocol; the last one is odd (clause 6.5).
    if (protocol % 2 == 0)
    {
        protocol = static_cast<uint16_t>(protocol << 8 | reader.U8());
    }
    return protocol == PPP_IPV4 || protocol == PPP_IPV6 ? ReadIp(reader.Rest(), datagram)
                                                        : CapturedKind::OTHER;
}

/**
 * @param type an Ethernet type
 * @param octets what follows it
 * @param[in,out] datagram what is found
 * @return what it is
 */
CapturedKind
ReadEtherType(uint16_t type, ByteView octets, CapturedDatagram& datagram)
{
    ByteReader reader(octets);
    while (type == ETHERTYPE_VLAN || type == ETHERTYPE_QINQ || type == ETHERTYPE_OLD_QINQ)
    {
        reader.U16(); // tag
        type = reader.U16();
    }
    if (type == ETHERTYPE_PPPOE_SESSION)
    {
        reader.Take(6); // version, type, code, session, length
        return ReadPpp(reader.Rest(), datagram);
    }
    return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6 ? ReadIp(reader.Rest(), datagram)
                                                            : CapturedKind::OTHER;
}

} // namespace

CapturedKind
FindDatagram(const CaptureRecord& record, CapturedDatagram& datagram)
{
    datagram = CapturedDatagram();
    ByteReader reader(record.octets);
    switch (record.linkType)
    {
    case 1: { // Ethernet
        reader.Take(12);
        const uint16_t type = reader.U16();
        return ReadEtherType(type, reader.Rest(), datagram);
    }
    case 113: { // Linux cooked
        reader.Take(14);
        const uint16_t type = reader.U16();
        return ReadEtherType(type, reader.Rest(), datagram);
    }
    case 276: { // Linux cooked, version 2
        const uint16_t type = reader.U16();
        reader.Take(18);
        return ReadEtherType(type, reader.Rest(), datagram);
    }
    case 9: // PPP
        return ReadPpp(reader.Rest(), datagram);
    case 0:
    case 108: // BSD loopback: the systems' numbers for IPv6 differ, the version octet does not
        reader.Take(4);
        return ReadIp(reader.Rest(), datagram);
    case 12:
    case 14:
    case 101:
    case 228:
    case 229: // raw IP
        return ReadIp(reader.Rest(), datagram);
    default:
        return CapturedKind::UNKNOWN_LINK_TYPE;
    }
}

} // namespace ns3::mbs
