// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SSM_H
#define MBS_SSM_H

#include "ns3/ipv4-address.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Source specific IPv4 multicast address: who sends, and to which group.
 */
struct SsmIpv4
{
    /** Octets of both addresses. */
    static constexpr std::size_t SIZE = 8;

    Ipv4Address source;      //!< IP unicast address of the sender
    Ipv4Address destination; //!< IP multicast address, the group

    /** @param other another @return true if the same */
    bool operator==(const SsmIpv4& other) const
    {
        return source == other.source && destination == other.destination;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const SsmIpv4& other) const
    {
        return !(*this == other);
    }
};

/**
 * @ingroup mbs
 * @brief Source specific IPv6 multicast address, carried but not routed by this module.
 */
struct SsmIpv6
{
    /** Octets of both addresses. */
    static constexpr std::size_t SIZE = 32;

    std::array<uint8_t, 16> source{};      //!< IP unicast address of the sender
    std::array<uint8_t, 16> destination{}; //!< IP multicast address, the group

    /** @param other another @return true if the same */
    bool operator==(const SsmIpv6& other) const
    {
        return source == other.source && destination == other.destination;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const SsmIpv6& other) const
    {
        return !(*this == other);
    }
};

} // namespace ns3::mbs

#endif // MBS_SSM_H
