// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_IPV4_PACKET_H
#define MBS_IPV4_PACKET_H

#include "ns3/mbs-bytes.h"

#include "ns3/ipv4-address.h"

namespace ns3::mbs
{

/** Octets of an IPv4 header without options (RFC 791). */
constexpr std::size_t IPV4_HEADER_SIZE = 20;
/** Of its word of fragmentation the flag MF and the offset: 0 if the packet is whole. */
constexpr uint16_t IPV4_FRAGMENT_MASK = 0x3fff;
/** IANA protocol number of UDP. */
constexpr uint8_t IP_PROTOCOL_UDP = 17;
/** Octets of a UDP header (RFC 768). */
constexpr std::size_t UDP_HEADER_SIZE = 8;

/**
 * @ingroup mbs
 * @brief What a PDU session's user plane must know of an IPv4 packet (RFC 791).
 */
struct Ipv4PacketHead
{
    /** As many octets as IPv4 header and the transport header behind it can take. */
    static constexpr std::size_t MAX_SIZE = 120;

    Ipv4Address source;      //!< IP source address
    Ipv4Address destination; //!< IP destination address
    uint8_t protocol{0};     //!< of what is inside, IANA number
};

/**
 * @ingroup mbs
 * @brief Reads the head of an IPv4 packet, and checks the lengths that ns-3's IP stack relies on
 * without a check of its own: IP header, total length, and the header of UDP, TCP or ICMP inside.
 *
 * Checksums are left to the stack, since ns-3 writes them only if `ChecksumEnabled` is set.
 *
 * @param head the first octets, all or at least Ipv4PacketHead::MAX_SIZE of them
 * @param size of the whole packet, octets
 * @return the addresses; TRUNCATED or TRAILING if the total length is not @p size, UNSUPPORTED if
 * it is not IPv4, MALFORMED if a header does not fit
 */
Decoded<Ipv4PacketHead> PeekIpv4(ByteView head, std::size_t size);

/**
 * @ingroup mbs
 * @brief What the short way through an IP stack must know of a UDP datagram in IPv4.
 */
struct PlainUdpHead
{
    /** Octets of the IPv4 header without options and of the UDP header. */
    static constexpr std::size_t SIZE = 28;

    Ipv4Address destination; //!< IP destination address
    uint16_t port{0};        //!< UDP destination port
    uint8_t ttl{0};          //!< time to live, hops
};

/**
 * @ingroup mbs
 * @brief Reads the headers of a UDP datagram as ns-3 sends it: no options, no fragment, and no
 * checksums, which ns-3 leaves out unless `ChecksumEnabled` is set.
 * @param head the first octets, PlainUdpHead::SIZE of them at least
 * @param size of the whole packet, octets
 * @return where it goes; TRUNCATED if headers are not whole, UNSUPPORTED if it is anything else
 */
Decoded<PlainUdpHead> PeekPlainUdp(ByteView head, std::size_t size);

} // namespace ns3::mbs

#endif // MBS_IPV4_PACKET_H
