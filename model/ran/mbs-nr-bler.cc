// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-nr-bler.h"

#include "mbs-nr-bler-curves.h"
#include "mbs-nr-phy.h"

#include "ns3/assert.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace ns3::mbs
{

namespace
{

using namespace bler;

/** Bits of the largest code block, and of a code block's CRC (TS 36.212 clause 5.1.2). */
constexpr uint32_t LARGEST_CODE_BLOCK = 6144;
constexpr uint32_t CODE_BLOCK_CRC = 24;

/** @param bits wanted @return the interleaver's size step there (TS 36.212 table 5.1.3-3) */
uint32_t
StepAt(uint32_t bits)
{
    return bits <= 512 ? 8 : bits <= 1024 ? 16 : bits <= 2048 ? 32 : 64;
}

/** @param bits wanted @return size of the smallest code block that takes them */
uint32_t
CodeBlockFor(uint32_t bits)
{
    const uint32_t step = StepAt(bits);
    return std::max<uint32_t>(40, (bits + step - 1) / step * step);
}

/**
 * @param mcs I_MCS
 * @param codeBlock size of the code block, bits
 * @param sinrDb the ratio, dB
 * @return how likely it cannot be decoded
 */
double
CodeBlockErrorRate(uint8_t mcs, uint32_t codeBlock, double sinrDb)
{
    const auto above = std::upper_bound(SIZES.begin(), SIZES.end(), codeBlock);
    const auto size = static_cast<std::size_t>(std::distance(SIZES.begin(), above)) - 1;
    const auto& curve = CURVES[mcs][size];
    const double x = sinrDb * 100.0;
    // The first knot above, or the last one: beyond the ends the outermost pieces go on.
    std::size_t right = 1;
    while (right + 1 < curve.size() && x > curve[right])
    {
        ++right;
    }
    const double from = curve[right - 1];
    const double width = curve[right] - from;
    const double deviate = FIRST_DEVIATE + static_cast<double>(right - 1) + (x - from) / width;
    return 0.5 * std::erfc(deviate / std::sqrt(2.0));
}

} // namespace

double
NrBlockErrorRate(uint8_t mcs, uint32_t bits, double sinrDb)
{
    NS_ASSERT_MSG(mcs < NR_MCS_COUNT && bits > 0, "no such transport block");
    if (bits <= LARGEST_CODE_BLOCK)
    {
        return CodeBlockErrorRate(mcs, CodeBlockFor(bits), sinrDb);
    }
    // Segmentation into blocks of two sizes that follow each other.
    const uint32_t each = LARGEST_CODE_BLOCK - CODE_BLOCK_CRC;
    const uint32_t blocks = (bits + each - 1) / each;
    const uint32_t coded = bits + blocks * CODE_BLOCK_CRC;
    const uint32_t larger = CodeBlockFor((coded + blocks - 1) / blocks);
    const uint32_t step = StepAt(larger);
    const uint32_t smallerBlocks = (blocks * larger - coded) / step;
    const double right =
        std::pow(1.0 - CodeBlockErrorRate(mcs, larger, sinrDb), blocks - smallerBlocks) *
        std::pow(1.0 - CodeBlockErrorRate(mcs, larger - step, sinrDb), smallerBlocks);
    return 1.0 - right;
}

uint8_t
NrSelectMcs(uint32_t bits, double sinrDb, double target)
{
    for (uint8_t mcs = NR_MCS_COUNT - 1; mcs > 0; --mcs)
    {
        if (NrBlockErrorRate(mcs, bits, sinrDb) <= target)
        {
            return mcs;
        }
    }
    return 0;
}

} // namespace ns3::mbs
