// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_BEARER_H
#define MBS_RADIO_BEARER_H

#include "ns3/packet.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace ns3::mbs
{

class GroupPdu;

/**
 * @ingroup mbs
 * @brief What a transmission to or from a single UE belongs to (TS 38.331).
 */
enum class RadioBearer : uint8_t
{
    SIGNALLING, //!< signalling radio bearer: RRC PDUs
    DATA,       //!< data radio bearer of the PDU session: IP packets
    MULTICAST   //!< PTP leg of the radio bearer of a multicast session: IP packets; PDCP STATUS
                //!< REPORTs to the gNB
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
    std::shared_ptr<const GroupPdu> group{};     //!< the same with its number, of an MRB
    uint16_t gRnti{0}; //!< of a PDCP control PDU to a gNB: whose MRB (in place of its LCID)
};

/**
 * @ingroup mbs
 * @brief Which way a transmission goes.
 */
enum class RadioDirection : uint8_t
{
    DOWNLINK, //!< from a gNB
    UPLINK    //!< to a gNB
};

/**
 * @ingroup mbs
 * @brief How a packet was sent that a scheduler gave slots.
 */
struct RadioTransmission
{
    RadioDirection direction{RadioDirection::DOWNLINK}; //!< which way
    uint32_t octets{0};                                 //!< length of the packet
    uint8_t mcs{0};                                     //!< I_MCS of TS 38.214 table 5.1.3.1-1
    std::vector<uint32_t> blocks; //!< sizes of the transport blocks that carry it, bits
    uint32_t repetitions{1};      //!< in how many slots in a row each block was sent
    uint32_t copies{1};           //!< how often it was sent in all, earlier attempts included
};

} // namespace ns3::mbs

#endif // MBS_RADIO_BEARER_H
