// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RANK_BALANCE_H
#define MBS_RANK_BALANCE_H

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What of a run decides how much there is to do in the core, and how much in the cells.
 */
struct RunSize
{
    double memberships{0}; //!< UEs, each as often as it joins a session
    double mskUpdates{0};  //!< of a session, in the whole run
    double packets{0};     //!< of a session, in the whole run
    uint32_t sessions{1};  //!< how many
    uint32_t gnbs{1};      //!< how many
    uint32_t amfs{1};      //!< how many, at most as many as gNBs; see NetworkPlan::AmfOfGnb()
    uint32_t smfs{1};      //!< how many
    bool sharesCore{true}; //!< whether AMFs and SMFs may be in other processes than the first
};

/**
 * @ingroup mbs
 * @brief Which process has what, see Ranks. All else is in the first one.
 */
struct RankShare
{
    std::vector<uint32_t> gnbs; //!< by number: the process that has the gNB and its UEs
    std::vector<uint32_t> amfs; //!< by number: the process that has the AMF
    std::vector<uint32_t> smfs; //!< by number: the process that has the SMF
};

/**
 * @ingroup mbs
 * @brief Shares out cells, AMFs and SMFs so that a run takes the least time.
 *
 *     row of cells    AMF 0: 0 2 4 6 | AMF 1: 1 3 5 7
 *     processes       0 0 0 1 1 1 1 1        1 has most cells of AMF 1, and has it too
 *
 * Cells are in a row, those of an AMF side by side, and each process has a part of the row; the
 * first one the beginning, and at most as much as the others, which have the same each. An AMF is
 * where the middle one of its cells is, so that most of its N2 is not cut. SMFs, whose UEs are in
 * all cells, are given one after the other to the process with the least to do when UEs join.
 *
 * No process is ahead of the others by more than a link's delay, so that each kind of work must be
 * shared by itself: where one has most to do, as for joins and MSK updates that with the core, the
 * others wait for it, and are no quicker with a packet that all cells deliver next. What is least
 * in sum is therefore often an even share. What a join, an MSK update and a packet take in the
 * functions of the core and in the cells was measured once; on other machines all are quicker or
 * slower, but much the same in ratio.
 *
 * @param size of the run
 * @param ranks how many processes, 1 to as many as gNBs
 * @param gnbsWithCore how many cells the first process shall have, so that one is left for each
 * other one; nothing for as many as are best
 * @return who has what
 */
RankShare ShareOut(const RunSize& size,
                   uint32_t ranks,
                   std::optional<uint32_t> gnbsWithCore = std::nullopt);

/**
 * @ingroup mbs
 * @param size of the run
 * @param ranks how many processes, 1 to as many as gNBs
 * @return how many cells the first process shall have, so that the run takes the least time: none
 * to as many as the others
 */
uint32_t BalanceGnbs(const RunSize& size, uint32_t ranks);

} // namespace ns3::mbs

#endif // MBS_RANK_BALANCE_H
