// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRAFFIC_COUNTS_H
#define MBS_TRAFFIC_COUNTS_H

#include <array>
#include <cstddef>
#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Why a UE did not get a packet, in the order of the columns of the result files.
 */
enum class LossCause : uint8_t
{
    CORE,      //!< no copy ever came to the UE's gNB and none is on its way
    QUEUE,     //!< the gNB had no room for it
    RADIO,     //!< the radio channel spoilt it
    NO_KEY,    //!< the key it names never was in the UE's key ring
    STALE_KEY, //!< the key it names was in the key ring and is gone
    AUTH,      //!< its authentication tag is wrong
    REPLAY,    //!< the replay window refused it
    ASLEEP,    //!< the UE did not listen, since it slept
    HANDOVER   //!< the UE did not listen, since it had lost its cell and not got the next one
};

/** Number of causes. */
static constexpr std::size_t LOSS_CAUSES = 9;

/** @param cause a cause @return its name as in a column's heading: "core", "no_key" ... */
const char* ToString(LossCause cause);

/**
 * @ingroup mbs
 * @brief What became of a number of packets.
 */
struct TrafficCounts
{
    uint64_t expected{0};                     //!< sent while the UE was a member
    uint64_t delivered{0};                    //!< handed to the UE's application
    uint64_t inFlight{0};                     //!< on the way when the run ended or the UE left
    std::array<uint64_t, LOSS_CAUSES> lost{}; //!< by cause
    uint64_t octets{0};                       //!< handed to the UE's application
    uint64_t recovered{0}; //!< of those delivered: lost at first, and sent again to the UE

    /** @param cause a cause @return packets lost by it */
    uint64_t Lost(LossCause cause) const;

    /** @return packets lost by any cause */
    uint64_t Lost() const;

    /**
     * @return how many of the causes results name: up to REPLAY, up to ASLEEP if packets were lost
     * so, or all if packets were lost by HANDOVER
     */
    std::size_t CausesShown() const;

    /** @return true if expected = delivered + in flight + lost */
    bool Balanced() const;

    /** @param other counts of other packets @return this, with those added */
    TrafficCounts& operator+=(const TrafficCounts& other);
};

} // namespace ns3::mbs

#endif // MBS_TRAFFIC_COUNTS_H
