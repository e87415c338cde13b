// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_BEARER_H
#define MBS_RADIO_BEARER_H

#include <cstdint>

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
    RADIO  //!< was lost on the air as often as it may be sent
};

} // namespace ns3::mbs

#endif // MBS_RADIO_BEARER_H
