// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_INNER_PACKET_H
#define MBS_INNER_PACKET_H

#include "ns3/mbs-bytes.h"

#include "ns3/ipv4-address.h"

#include <array>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a GTP-U tunnel or the Nmb9 tunnel carries: one IPv4 packet with one UDP datagram.
 */
struct InnerUdp
{
    /** Largest payload: 65535 octets less the IPv4 (20) and the UDP header (8). */
    static constexpr std::size_t MAX_PAYLOAD = 65507;

    /** Octets of both headers. */
    static constexpr std::size_t HEADER_SIZE = 28;

    Ipv4Address source;          //!< IP source address
    Ipv4Address destination;     //!< IP destination address, the group of the MBS session
    uint16_t sourcePort{0};      //!< UDP source port
    uint16_t destinationPort{0}; //!< UDP destination port
    ByteView payload;            //!< UDP payload; belongs to somebody else
    uint8_t ttl{64};             //!< time to live, hops
};

/**
 * @ingroup mbs
 * @brief Builds what stands before the payload in the packet that EncodeInnerUdp() builds.
 * @param packet what to build it for
 * @return the headers, with the checksum over the payload
 */
std::array<uint8_t, InnerUdp::HEADER_SIZE> EncodeInnerUdpHeader(const InnerUdp& packet);

/**
 * @ingroup mbs
 * @brief Builds an IPv4 packet (RFC 791, no options, don't fragment) around a UDP datagram
 * (RFC 768), both checksums set.
 * @param packet what to build; payload of at most InnerUdp::MAX_PAYLOAD octets
 * @return the octets of the packet
 */
Bytes EncodeInnerUdp(const InnerUdp& packet);

/**
 * @ingroup mbs
 * @brief Takes an IPv4 packet with a UDP datagram apart and checks lengths and checksums.
 *
 * A UDP checksum of zero means that the sender made none (RFC 768) and is accepted.
 *
 * @param bytes the packet, nothing before and nothing behind it
 * @return the parts, the payload being a view into @p bytes; TRUNCATED or TRAILING if the total
 * length does not fit, MALFORMED on a wrong header length or checksum, UNSUPPORTED if it is not
 * IPv4, not UDP or a fragment
 */
Decoded<InnerUdp> ParseInnerUdp(ByteView bytes);

} // namespace ns3::mbs

#endif // MBS_INNER_PACKET_H
