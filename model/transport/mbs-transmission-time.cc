// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-transmission-time.h"

#include <array>

namespace ns3::mbs
{

namespace
{

/** What was calculated before. */
struct Known
{
    uint64_t bitRate{0}; //!< bits in a second; 0 if nothing is known
    uint32_t octets{0};  //!< how many
    int64_t steps{0};    //!< the time that they take
};

/** How many are remembered; those with the same place replace each other. */
constexpr std::size_t PLACES = 256;

} // namespace

Time
TransmissionTime(const DataRate& rate, uint32_t octets)
{
    static std::array<Known, PLACES> all;
    Known& known = all[(octets ^ (rate.GetBitRate() >> 16)) % PLACES];
    if (known.bitRate != rate.GetBitRate() || known.octets != octets)
    {
        known = {rate.GetBitRate(), octets, rate.CalculateBytesTxTime(octets).GetTimeStep()};
    }
    return TimeStep(static_cast<uint64_t>(known.steps));
}

} // namespace ns3::mbs
