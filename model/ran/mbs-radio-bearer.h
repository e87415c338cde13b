// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_BEARER_H
#define MBS_RADIO_BEARER_H

#include "ns3/packet.h"

#include <cstdint>
#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a transmission to or from a single UE belongs to (TS 38.331).
 */
enum class RadioBearer : uint8_t
{
    SIGNALLING, //!< signalling radio bearer: RRC PDUs
    DATA        //!< data radio bearer of the PDU session: IP packets
};

/**
 * @ingroup mbs
 * @brief Why a packet of a data radio bearer did not arrive.
 */
enum class DataLoss : uint8_t
{
    QUEUE, //!< found no room in the sender's queue
    RADIO, //!< was lost on the air as often as it may be sent
    LATE   //!< came when the receiver did not wait for it any more
};

/**
 * @ingroup mbs
 * @brief What a transmission to or from a single UE carries.
 */
struct RadioPdu
{
    RadioBearer bearer{RadioBearer::SIGNALLING}; //!< to which it belongs
    Ptr<const Packet> packet;                    //!< the RRC PDU or IP packet
    std::optional<uint32_t> count;               //!< its number on a bearer that keeps the order
};

} // namespace ns3::mbs

#endif // MBS_RADIO_BEARER_H
