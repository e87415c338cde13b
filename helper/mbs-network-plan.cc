// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-network-plan.h"

#include <algorithm>

namespace ns3::mbs
{

std::vector<uint32_t>
NetworkPlan::SessionsOf(uint32_t ue) const
{
    const uint32_t count =
        sessionsPerUe == 0 || sessionsPerUe > sessions ? sessions : sessionsPerUe;
    std::vector<uint32_t> numbers;
    for (uint32_t i = 0; i < count; ++i)
    {
        // Each round begins one further, so that the sessions of a UE do not follow from its cell.
        const uint64_t place = uint64_t{ue} * count + i;
        const uint64_t round = place / sessions;
        numbers.push_back(static_cast<uint32_t>((place + round) % sessions));
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

} // namespace ns3::mbs
