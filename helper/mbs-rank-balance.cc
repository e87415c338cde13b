// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rank-balance.h"

#include "mbs-ranks.h"

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
    double first; //!< in what only the first process has
    double smf;   //!< in SMFs, all together
    double amf;   //!< in AMFs, all together
    double cell;  //!< in cells, all together
};

/** How many shares are tried at most, so that very many cells do not take long. */
constexpr uint32_t CANDIDATES = 1000;

/** A UE joins a session. */
constexpr Cost JOIN{5, 55, 90, 40};

/** A UE gets an MSK. */
constexpr Cost MSK_UPDATE{2, 22, 38, 20};

/** A packet of a session, whatever becomes of it. */
constexpr Cost PACKET{45, 0, 0, 0};

/** A packet reaches a cell. */
constexpr Cost COPY{1.7, 0, 0, 7};

/** A UE gets a packet. */
constexpr Cost DELIVERY{0, 0, 0, 0.06};

/** What a process has, of all that there is. */
struct Part
{
    double smfs{0};  //!< of the UEs, those of its SMFs
    double amfs{0};  //!< of the UEs, those of its AMFs
    double cells{0}; //!< of the cells
};

/** The parts of all processes. */
using Parts = std::vector<Part>;

/** @param size of the run @param amf number of an AMF @return how many gNBs it has */
uint32_t
GnbsOfAmf(const RunSize& size, uint32_t amf)
{
    return size.gnbs / size.amfs + (amf < size.gnbs % size.amfs ? 1 : 0);
}

/** @param size of the run @param amf number of an AMF @return place of its first gNB in the row */
uint32_t
PlaceOfAmf(const RunSize& size, uint32_t amf)
{
    return amf * (size.gnbs / size.amfs) + std::min(amf, size.gnbs % size.amfs);
}

/**
 * @param cost of something
 * @param parts of the processes
 * @param rank a process
 * @return microseconds that it has to do for it
 */
double
WorkOf(const Cost& cost, const Parts& parts, uint32_t rank)
{
    const Part& part = parts[rank];
    return (rank == 0 ? cost.first : 0) + part.smfs * cost.smf + part.amfs * cost.amf +
           part.cells * cost.cell;
}

/**
 * @param cost of something that happens in all cells at about the same instant
 * @param parts of the processes
 * @return microseconds until all processes have done it
 */
double
WorkLasts(const Cost& cost, const Parts& parts)
{
    double longest = 0;
    for (uint32_t rank = 0; rank < parts.size(); ++rank)
    {
        longest = std::max(longest, WorkOf(cost, parts, rank));
    }
    return longest;
}

/**
 * @param size of the run
 * @param parts of the processes
 * @return microseconds that the run takes
 */
double
RunLasts(const RunSize& size, const Parts& parts)
{
    const double receivers = size.memberships / size.sessions;
    const Cost packet{PACKET.first + size.gnbs * COPY.first,
                      0,
                      0,
                      size.gnbs * COPY.cell + receivers * DELIVERY.cell};
    return size.memberships *
               (WorkLasts(JOIN, parts) + size.mskUpdates * WorkLasts(MSK_UPDATE, parts)) +
           size.sessions * size.packets * WorkLasts(packet, parts);
}

/**
 * @brief Gives the cells and the AMFs to processes.
 * @param size of the run
 * @param share gets them
 * @param ranks how many processes
 * @param first how many cells the first one gets
 * @return what each has now
 */
Parts
ShareCells(const RunSize& size, RankShare& share, uint32_t ranks, uint32_t first)
{
    Parts parts(ranks);
    const auto rankAt = [&](uint32_t place) {
        return Ranks::OfPlace(place, size.gnbs, first, ranks);
    };
    share.gnbs.resize(size.gnbs);
    for (uint32_t gnb = 0; gnb < size.gnbs; ++gnb)
    {
        share.gnbs[gnb] = rankAt(PlaceOfAmf(size, gnb % size.amfs) + gnb / size.amfs);
        parts[share.gnbs[gnb]].cells += 1.0 / size.gnbs;
    }
    share.amfs.assign(size.amfs, 0);
    for (uint32_t amf = 0; amf < size.amfs; ++amf)
    {
        if (size.sharesCore)
        {
            share.amfs[amf] = rankAt(PlaceOfAmf(size, amf) + GnbsOfAmf(size, amf) / 2);
        }
        parts[share.amfs[amf]].amfs += static_cast<double>(GnbsOfAmf(size, amf)) / size.gnbs;
    }
    return parts;
}

/**
 * @brief Gives the SMFs to processes.
 * @param size of the run
 * @param share gets them
 * @param parts what each process has
 */
void
ShareSmfs(const RunSize& size, RankShare& share, Parts& parts)
{
    share.smfs.assign(size.smfs, 0);
    for (uint32_t& of : share.smfs)
    {
        for (uint32_t rank = 1; size.sharesCore && rank < parts.size(); ++rank)
        {
            if (WorkOf(JOIN, parts, rank) < WorkOf(JOIN, parts, of))
            {
                of = rank;
            }
        }
        parts[of].smfs += 1.0 / size.smfs;
    }
    // Where there are as many AMFs, a UE with an AMF of low number has such an SMF too.
    std::sort(share.smfs.begin(), share.smfs.end());
}

/**
 * @brief Gives everything to processes.
 * @param size of the run
 * @param share gets it
 * @param ranks how many processes
 * @param first how many cells the first one gets
 * @return microseconds that the run takes
 */
double
ShareAll(const RunSize& size, RankShare& share, uint32_t ranks, uint32_t first)
{
    Parts parts = ShareCells(size, share, ranks, first);
    ShareSmfs(size, share, parts);
    return RunLasts(size, parts);
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
    const uint32_t step = 1 + size.gnbs / ranks / CANDIDATES;
    for (uint32_t tried = 0; tried <= size.gnbs / ranks; tried += step)
    {
        const uint32_t first = size.gnbs / ranks - tried;
        RankShare share;
        const double lasts = ShareAll(size, share, ranks, first);
        if (lasts < least)
        {
            best = first;
            least = lasts;
        }
    }
    return best;
}

RankShare
ShareOut(const RunSize& size, uint32_t ranks, std::optional<uint32_t> gnbsWithCore)
{
    RankShare share;
    ShareAll(size, share, ranks, gnbsWithCore ? *gnbsWithCore : BalanceGnbs(size, ranks));
    return share;
}

} // namespace ns3::mbs
