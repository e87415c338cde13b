// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rank-balance.h"

#include "ns3/assert.h"

#include <algorithm>
#include <limits>

namespace ns3::mbs
{

namespace
{

/** What something takes, microseconds of processor time. */
struct Cost
{
    double core; //!< in the process with the core
    double cell; //!< in the processes with the cells, all together
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

/** How the cells are shared. */
struct Share
{
    double first; //!< of all cells, those with the core
    double most;  //!< of all cells, those of the other process that has the most
};

/**
 * @param cost of something that happens in all cells at about the same instant
 * @param share of the cells
 * @return microseconds until all processes have done it
 */
double
WorkLasts(const Cost& cost, const Share& share)
{
    return std::max(cost.core + share.first * cost.cell, share.most * cost.cell);
}

/**
 * @param size of the run
 * @param share of the cells
 * @return microseconds that the run takes
 */
double
RunLasts(const RunSize& size, const Share& share)
{
    const double receivers = size.memberships / size.sessions;
    const Cost packet{PACKET.core + size.gnbs * COPY.core,
                      size.gnbs * COPY.cell + receivers * DELIVERY.cell};
    return size.memberships *
               (WorkLasts(JOIN, share) + size.mskUpdates * WorkLasts(MSK_UPDATE, share)) +
           size.sessions * size.packets * WorkLasts(packet, share);
}

} // namespace

uint32_t
BalanceGnbs(const RunSize& size, uint32_t ranks)
{
    NS_ASSERT_MSG(ranks >= 1 && ranks <= size.gnbs, "each process must have a cell");
    if (ranks == 1)
    {
        return size.gnbs;
    }
    uint32_t best = size.gnbs / ranks;
    double least = std::numeric_limits<double>::infinity();
    for (uint32_t first = size.gnbs / ranks + 1; first-- > 0;)
    {
        // One of the others has the rest of the division too.
        const uint32_t most = 1 + (size.gnbs - first - 1) / (ranks - 1);
        const double lasts = RunLasts(
            size,
            {static_cast<double>(first) / size.gnbs, static_cast<double>(most) / size.gnbs});
        if (lasts < least)
        {
            best = first;
            least = lasts;
        }
    }
    return best;
}

} // namespace ns3::mbs
