// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CAPTURE_DATAGRAM_H
#define MBS_CAPTURE_DATAGRAM_H

#include "mbs-capture-reader.h"

#include <array>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A UDP datagram found in a captured packet.
 */
struct CapturedDatagram
{
    std::array<uint8_t, 16> source{};      //!< IPv6 address, or IPv4 address and zeros
    std::array<uint8_t, 16> destination{}; //!< IPv6 address, or IPv4 address and zeros
    uint8_t ipVersion{0};                  //!< 4 or 6
    uint16_t sourcePort{0};                //!< UDP source port
    uint16_t destinationPort{0};           //!< UDP destination port
    ByteView payload;                      //!< a view into the captured octets
};

/**
 * @ingroup mbs
 * @brief What a captured packet turned out to be.
 */
enum class CapturedKind : uint8_t
{
    UDP,              //!< a whole UDP datagram
    UDP_CUT,          //!< a UDP datagram of which the snap length kept only a part
    FRAGMENT,         //!< a fragment of an IP packet
    OTHER,            //!< neither: ARP, TCP, a damaged header and so on
    UNKNOWN_LINK_TYPE //!< of a link type that is not read here
};

/**
 * @ingroup mbs
 * @brief Looks for a UDP datagram in a captured packet.
 *
 * Link types: Ethernet (1) with any number of 802.1Q and 802.1ad tags and with PPPoE, raw IP (12,
 * 14, 101, 228, 229), Linux cooked (113, 276), BSD loopback (0, 108), PPP (9). IPv4 with options;
 * IPv6 with hop-by-hop, routing, destination, authentication and fragment headers. Checksums are
 * not looked at: sending machines leave them to the network card.
 *
 * @param record the captured packet
 * @param[out] datagram set if UDP is returned
 * @return what it is
 */
CapturedKind FindDatagram(const CaptureRecord& record, CapturedDatagram& datagram);

} // namespace ns3::mbs

#endif // MBS_CAPTURE_DATAGRAM_H
