// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rank-balance.h"

#include "ns3/assert.h"

#include <algorithm>
#include <cmath>

namespace ns3::mbs
{

namespace
{

/** What something takes, microseconds of processor time. */
struct Cost
{
    double core; //!< in the process with the core
    double cell; //!< in the process with the cell
};

/** A UE joins a session. */
constexpr Cost JOIN{150, 40};

/** A UE gets an MSK. */
constexpr Cost MSK_UPDATE{62, 20};

/** A packet of a session, whatever becomes of it. */
constexpr Cost PACKET{45, 0};

/** A packet reaches a cell. */
constexpr Cost COPY{1.7, 7};

/** A UE gets a packet. */
constexpr Cost DELIVERY{0, 0.06};

} // namespace

uint32_t
BalanceGnbs(const RunSize& size, uint32_t ranks)
{
    NS_ASSERT_MSG(ranks >= 1 && ranks <= size.gnbs, "each process must have a cell");
    const double packets = size.packets * size.sessions;
    const double copies = packets * size.gnbs;
    const auto sum = [&](double Cost::*where) {
        return size.memberships * (JOIN.*where + size.mskUpdates * MSK_UPDATE.*where +
                                   size.packets * DELIVERY.*where) +
               packets * PACKET.*where + copies * COPY.*where;
    };
    const double cells = sum(&Cost::cell);
    const double core = sum(&Cost::core);
    if (cells <= 0)
    {
        return size.gnbs / ranks;
    }
    // Of all that there is to do the first process has what is left beside the core.
    const double share = ((core + cells) / ranks - core) / cells;
    const double gnbs = std::round(std::clamp(share, 0.0, 1.0) * size.gnbs);
    // Each of the others must have a cell, and none fewer than the first.
    return std::min(static_cast<uint32_t>(gnbs), size.gnbs / ranks);
}

} // namespace ns3::mbs
