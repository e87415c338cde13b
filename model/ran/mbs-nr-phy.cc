// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-nr-phy.h"

#include "ns3/assert.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ns3::mbs
{

namespace
{

/** TS 38.214 table 5.1.3.1-1: Q_m, R times 1024. */
constexpr std::array<NrMcs, NR_MCS_COUNT> MCS_TABLE{
    {{2, 120}, {2, 157}, {2, 193}, {2, 251}, {2, 308}, {2, 379}, {2, 449}, {2, 526},
     {2, 602}, {2, 679}, {4, 340}, {4, 378}, {4, 434}, {4, 490}, {4, 553}, {4, 616},
     {4, 658}, {6, 438}, {6, 466}, {6, 517}, {6, 567}, {6, 616}, {6, 666}, {6, 719},
     {6, 772}, {6, 822}, {6, 873}, {6, 910}, {6, 948}}};

/** TS 38.214 table 5.1.3.2-1: sizes of small transport blocks, bits. */
constexpr std::array<uint16_t, 93> SMALL_SIZES{
    24,   32,   40,   48,   56,   64,   72,   80,   88,   96,   104,  112,  120,  128,  136,  144,
    152,  160,  168,  176,  184,  192,  208,  224,  240,  256,  272,  288,  304,  320,  336,  352,
    368,  384,  408,  432,  456,  480,  504,  528,  552,  576,  608,  640,  672,  704,  736,  768,
    808,  848,  888,  928,  984,  1032, 1064, 1128, 1160, 1192, 1224, 1256, 1288, 1320, 1352, 1416,
    1480, 1544, 1608, 1672, 1736, 1800, 1864, 1928, 2024, 2088, 2152, 2216, 2280, 2408, 2472, 2536,
    2600, 2664, 2728, 2792, 2856, 2976, 3104, 3240, 3368, 3496, 3624, 3752, 3824};

/** A width of channel and its resource blocks. */
struct ChannelWidth
{
    uint16_t bandwidthMhz;   //!< width
    uint16_t resourceBlocks; //!< N_RB
};

/** @param numerology 0 to 3 @return its channels, by width; none for another numerology */
const std::vector<ChannelWidth>&
Channels(uint32_t numerology)
{
    static const std::array<std::vector<ChannelWidth>, 4> CHANNELS{
        {{{5, 25}, {10, 52}, {15, 79}, {20, 106}, {25, 133}, {30, 160}, {40, 216}, {50, 270}},
         {{5, 11},
          {10, 24},
          {15, 38},
          {20, 51},
          {25, 65},
          {30, 78},
          {40, 106},
          {50, 133},
          {60, 162},
          {70, 189},
          {80, 217},
          {90, 245},
          {100, 273}},
         {{10, 11},
          {15, 18},
          {20, 24},
          {25, 31},
          {30, 38},
          {40, 51},
          {50, 65},
          {60, 79},
          {70, 93},
          {80, 107},
          {90, 121},
          {100, 135}},
         {{50, 32}, {100, 66}, {200, 132}, {400, 264}}}};
    static const std::vector<ChannelWidth> NONE;
    return numerology < CHANNELS.size() ? CHANNELS[numerology] : NONE;
}

/** @param dividend of whole numbers @param divisor above 0 @return the quotient, rounded up */
uint32_t
CeilDiv(uint32_t dividend, uint32_t divisor)
{
    return (dividend + divisor - 1) / divisor;
}

/** @param value above 0 @return the whole part of its logarithm to base 2 */
int
FloorLog2(double value)
{
    return std::ilogb(value);
}

} // namespace

const NrMcs&
GetNrMcs(uint8_t index)
{
    NS_ASSERT_MSG(index < NR_MCS_COUNT, "no such MCS");
    return MCS_TABLE[index];
}

uint32_t
NrTransportBlockSize(uint32_t resourceElementsPerBlock,
                     uint32_t resourceBlocks,
                     uint8_t mcs,
                     uint32_t layers)
{
    const NrMcs& scheme = GetNrMcs(mcs);
    // Step 1: no more than 156 resource elements of a block count.
    const uint64_t elements =
        uint64_t{std::min<uint32_t>(156, resourceElementsPerBlock)} * resourceBlocks;
    // Step 2, in units of 1/1024 bit so that nothing is rounded.
    const uint64_t information = elements * scheme.targetCodeRate * scheme.modulationOrder * layers;
    const double bits = static_cast<double>(information) / 1024.0;
    if (information == 0)
    {
        return 0;
    }
    if (bits <= 3824)
    {
        // Step 3.
        const int n = std::max(3, FloorLog2(bits) - 6);
        const auto floored = static_cast<uint32_t>(bits) >> n << n;
        const uint32_t quantized = std::max<uint32_t>(24, floored);
        return *std::lower_bound(SMALL_SIZES.begin(), SMALL_SIZES.end(), quantized);
    }
    // Step 4. Ties are rounded up.
    const int n = FloorLog2(bits - 24) - 5;
    const double unit = std::ldexp(1.0, n);
    const auto quantized =
        std::max<uint32_t>(3840,
                           static_cast<uint32_t>(std::floor((bits - 24) / unit + 0.5) * unit));
    uint32_t codeBlocks = 1;
    if (scheme.targetCodeRate <= 256)
    {
        codeBlocks = CeilDiv(quantized + 24, 3816);
    }
    else if (quantized > 8424)
    {
        codeBlocks = CeilDiv(quantized + 24, 8424);
    }
    return 8 * codeBlocks * CeilDiv(quantized + 24, 8 * codeBlocks) - 24;
}

std::optional<uint32_t>
NrResourceBlocks(uint32_t numerology, uint32_t bandwidthMhz)
{
    for (const ChannelWidth& channel : Channels(numerology))
    {
        if (channel.bandwidthMhz == bandwidthMhz)
        {
            return channel.resourceBlocks;
        }
    }
    return std::nullopt;
}

std::vector<uint32_t>
NrBandwidths(uint32_t numerology)
{
    std::vector<uint32_t> bandwidths;
    for (const ChannelWidth& channel : Channels(numerology))
    {
        bandwidths.push_back(channel.bandwidthMhz);
    }
    return bandwidths;
}

Time
NrSlotDuration(uint32_t numerology)
{
    NS_ASSERT_MSG(numerology <= 3, "no such numerology");
    return NanoSeconds(1000000 >> numerology);
}

double
NrMaximumDataRate(uint32_t numerology,
                  uint32_t resourceBlocks,
                  uint32_t modulationOrder,
                  uint32_t layers,
                  double overhead)
{
    const double maximumCodeRate = 948.0 / 1024.0;
    const double symbolsPerSecond = 14.0 * 1000.0 * std::ldexp(1.0, static_cast<int>(numerology));
    return layers * modulationOrder * maximumCodeRate * resourceBlocks * 12 * symbolsPerSecond *
           (1.0 - overhead);
}

} // namespace ns3::mbs
