// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-counts.h"

#include <numeric>

namespace ns3::mbs
{

const char*
ToString(LossCause cause)
{
    static constexpr std::array<const char*, LOSS_CAUSES> NAMES{"core",
                                                                "queue",
                                                                "radio",
                                                                "no_key",
                                                                "stale_key",
                                                                "auth",
                                                                "replay",
                                                                "asleep",
                                                                "handover"};
    return NAMES[static_cast<std::size_t>(cause)];
}

uint64_t
TrafficCounts::Lost(LossCause cause) const
{
    return lost[static_cast<std::size_t>(cause)];
}

uint64_t
TrafficCounts::Lost() const
{
    return std::accumulate(lost.begin(), lost.end(), uint64_t{0});
}

std::size_t
TrafficCounts::CausesShown() const
{
    const std::size_t always = LOSS_CAUSES - 2;
    return Lost(LossCause::HANDOVER) > 0 ? always + 2
           : Lost(LossCause::ASLEEP) > 0 ? always + 1
                                         : always;
}

bool
TrafficCounts::Balanced() const
{
    return expected == delivered + inFlight + Lost();
}

TrafficCounts&
TrafficCounts::operator+=(const TrafficCounts& other)
{
    expected += other.expected;
    delivered += other.delivered;
    inFlight += other.inFlight;
    for (std::size_t cause = 0; cause < LOSS_CAUSES; ++cause)
    {
        lost[cause] += other.lost[cause];
    }
    octets += other.octets;
    recovered += other.recovered;
    return *this;
}

} // namespace ns3::mbs
