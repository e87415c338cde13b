// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NR_PHY_H
#define MBS_NR_PHY_H

#include "ns3/nstime.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A modulation and coding scheme: a row of TS 38.214 table 5.1.3.1-1 (up to 64QAM).
 */
struct NrMcs
{
    uint8_t modulationOrder; //!< bits per symbol, Q_m: 2, 4 or 6
    uint16_t targetCodeRate; //!< code rate R times 1024
};

/** How many modulation and coding schemes the table has. */
static constexpr uint8_t NR_MCS_COUNT = 29;

/**
 * @ingroup mbs
 * @param index I_MCS, 0 to 28
 * @return the row of TS 38.214 table 5.1.3.1-1
 */
const NrMcs& GetNrMcs(uint8_t index);

/**
 * @ingroup mbs
 * @brief The size of a transport block, TS 38.214 clause 5.1.3.2.
 * @param resourceElementsPerBlock resource elements for data in each resource block and slot, N'_RE
 * @param resourceBlocks how many resource blocks are allocated, n_PRB
 * @param mcs I_MCS, 0 to 28
 * @param layers number of layers, 1 to 4
 * @return bits; 0 if nothing is allocated
 */
uint32_t NrTransportBlockSize(uint32_t resourceElementsPerBlock,
                              uint32_t resourceBlocks,
                              uint8_t mcs,
                              uint32_t layers);

/**
 * @ingroup mbs
 * @brief How many resource blocks a carrier has, N_RB of TS 38.101-1 table 5.3.2-1 (numerology 0 to
 * 2) and TS 38.101-2 table 5.3.2-1 (numerology 3).
 * @param numerology 0 to 3: subcarriers 15, 30, 60 or 120 kHz apart
 * @param bandwidthMhz width of the channel, MHz
 * @return how many, or nothing if there is no such channel
 */
std::optional<uint32_t> NrResourceBlocks(uint32_t numerology, uint32_t bandwidthMhz);

/**
 * @ingroup mbs
 * @param numerology 0 to 3
 * @return the widths of channel that it has, MHz, ascending
 */
std::vector<uint32_t> NrBandwidths(uint32_t numerology);

/**
 * @ingroup mbs
 * @param numerology 0 to 3
 * @return how long a slot of 14 symbols lasts, TS 38.211 clause 4.3.2
 */
Time NrSlotDuration(uint32_t numerology);

/**
 * @ingroup mbs
 * @brief The greatest rate of a carrier, TS 38.306 clause 4.1.2, with scaling factor 1.
 * @param numerology 0 to 3
 * @param resourceBlocks N_PRB
 * @param modulationOrder Q_m
 * @param layers number of layers
 * @param overhead share of resource elements that carry no data, such as 0.14 in the downlink of
 *        FR1
 * @return bits per second
 */
double NrMaximumDataRate(uint32_t numerology,
                         uint32_t resourceBlocks,
                         uint32_t modulationOrder,
                         uint32_t layers,
                         double overhead);

} // namespace ns3::mbs

#endif // MBS_NR_PHY_H
