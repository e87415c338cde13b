// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PAGING_CYCLE_H
#define MBS_PAGING_CYCLE_H

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief When UEs listen for paging: the paging frames of TS 38.304 clause 7.1.
 *
 *     (SFN + PF_offset) mod T = (T div N) * (UE_ID mod N)
 *
 * with PF_offset 0 and one paging occasion in a paging frame (Ns = 1), at its beginning. The frame
 * with SFN 0 begins at simulated time 0.
 */
struct PagingCycle
{
    static constexpr int64_t FRAME_NS = 10000000; //!< a radio frame, 10 ms
    static constexpr uint32_t UE_IDS = 1024;      //!< UE_ID is 5G-S-TMSI modulo this

    uint32_t frames{128};       //!< T, the DRX cycle in radio frames: 32, 64, 128 or 256
    uint32_t pagingFrames{128}; //!< N, paging frames in a cycle: T, T/2, T/4, T/8 or T/16

    /**
     * @param ueId UE_ID of a UE
     * @return which frame of a cycle is its paging frame, 0 to T - 1
     */
    uint32_t OffsetOf(uint32_t ueId) const
    {
        return frames / pagingFrames * (ueId % pagingFrames);
    }

    /**
     * @param ueId UE_ID of a UE
     * @param now simulated time
     * @return number of its first paging frame that has not begun before now, counted from time 0
     */
    int64_t NextFrame(uint32_t ueId, const Time& now) const
    {
        const int64_t next = (now.GetNanoSeconds() + FRAME_NS - 1) / FRAME_NS;
        const int64_t wait = (int64_t{OffsetOf(ueId)} - next) % frames;
        return next + (wait < 0 ? wait + frames : wait);
    }

    /** @param frame number of a frame @return when it begins */
    static Time StartOf(int64_t frame)
    {
        return NanoSeconds(frame * FRAME_NS);
    }

    /** @return T as a time */
    Time Length() const
    {
        return NanoSeconds(frames * FRAME_NS);
    }
};

} // namespace ns3::mbs

#endif // MBS_PAGING_CYCLE_H
