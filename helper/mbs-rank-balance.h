// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RANK_BALANCE_H
#define MBS_RANK_BALANCE_H

#include <cstdint>

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
};

/**
 * @ingroup mbs
 * @brief Shares out cells so that a run takes the least time.
 *
 * The process with the core has that too. But none is ahead of the others by more than a link's
 * delay, so that each kind of work must be shared by itself: where the core has to do most, as for
 * joins and MSK updates, the others wait for it, and are no quicker with a packet that all cells
 * deliver next. What is least in sum is therefore often an even share. What a join, an MSK update
 * and a packet take in the core and in the cells was measured once; on other machines all are
 * quicker or slower, but much the same in ratio.
 *
 * @param size of the run
 * @param ranks how many processes, 1 to as many as gNBs
 * @return how many cells the process with the core shall have: none to as many as the others
 */
uint32_t BalanceGnbs(const RunSize& size, uint32_t ranks);

} // namespace ns3::mbs

#endif // MBS_RANK_BALANCE_H
