// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-index.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/**
 * @brief The rule of RFC 3711 appendix A.
 * @param highest the highest index so far
 * @param seq a sequence number
 * @return the index with this sequence number that is nearest to highest
 */
uint64_t
EstimateIndex(uint64_t highest, uint16_t seq)
{
    const auto last = static_cast<uint16_t>(highest);
    uint32_t roc = RocOf(highest);
    if (last < 0x8000)
    {
        if (seq - last > 0x8000 && roc > 0)
        {
            --roc;
        }
    }
    else if (last - 0x8000 > seq)
    {
        ++roc;
    }
    return static_cast<uint64_t>(roc) << 16 | seq;
}

} // namespace

SrtpReplayWindow::SrtpReplayWindow(uint32_t roc)
    : m_highest(static_cast<uint64_t>(roc) << 16)
{
}

uint64_t
SrtpReplayWindow::Estimate(uint16_t seq) const
{
    return HasStarted() ? EstimateIndex(m_highest, seq) : m_highest | seq;
}

bool
SrtpReplayWindow::IsReplay(uint64_t index) const
{
    if (!HasStarted() || index > m_highest)
    {
        return false;
    }
    const uint64_t back = m_highest - index;
    return back >= SIZE || (m_seen[back / 64] >> (back % 64) & 1) != 0;
}

void
SrtpReplayWindow::Accept(uint64_t index)
{
    if (!HasStarted() || index >= m_highest + SIZE)
    {
        m_seen = {1, 0};
        m_highest = index;
        return;
    }
    if (index <= m_highest)
    {
        const uint64_t back = m_highest - index;
        if (back < SIZE)
        {
            m_seen[back / 64] |= uint64_t{1} << (back % 64);
        }
        return;
    }
    const uint64_t forward = index - m_highest;
    if (forward >= 64)
    {
        m_seen = {0, m_seen[0] << (forward - 64)};
    }
    else
    {
        m_seen = {m_seen[0] << forward, m_seen[1] << forward | m_seen[0] >> (64 - forward)};
    }
    m_seen[0] |= 1;
    m_highest = index;
}

uint64_t
SrtpReplayWindow::Highest() const
{
    return m_highest;
}

SrtpSequence::SrtpSequence(uint32_t roc)
    : m_highest(static_cast<uint64_t>(roc) << 16)
{
}

uint64_t
SrtpSequence::Next(uint16_t seq)
{
    const uint64_t index = m_hasStarted ? EstimateIndex(m_highest, seq) : m_highest | seq;
    m_hasStarted = true;
    m_highest = std::max(m_highest, index);
    return index;
}

} // namespace ns3::mbs
