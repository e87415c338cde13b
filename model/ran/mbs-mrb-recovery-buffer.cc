// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mrb-recovery-buffer.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** An MB-UPF counts from 0; of the first packets behind a restart so many may be lost. */
constexpr uint32_t FIRST_NUMBERS = 64;

} // namespace

uint32_t
MrbRecoveryBuffer::CountOf(uint32_t number)
{
    uint32_t count = number + m_offset;
    // Distances modulo 2^32: half of them are ahead, half behind.
    if (m_next && *m_next - count - 1 < WINDOW)
    {
        if (number >= FIRST_NUMBERS)
        {
            // Others have overtaken it, or it comes twice.
            return count;
        }
        m_offset += *m_next - count;
        count = *m_next;
    }
    m_next = count + 1;
    return count;
}

std::optional<uint32_t>
MrbRecoveryBuffer::GetNext() const
{
    return m_next;
}

void
MrbRecoveryBuffer::Keep(const std::shared_ptr<const GroupPdu>& pdu, uint32_t limit)
{
    const uint32_t count = pdu->GetCount();
    // One that follows the last one is new, as nearly all are.
    const bool newest = m_entries.empty() || count - m_entries.back().pdu->GetCount() == 1;
    if (!newest && std::any_of(m_entries.begin(), m_entries.end(), [count](const Entry& entry) {
            return entry.pdu->GetCount() == count;
        }))
    {
        return;
    }
    m_entries.push_back({pdu, 0});
    while (m_entries.size() > limit)
    {
        m_entries.pop_front();
    }
}

void
MrbRecoveryBuffer::NoteSent(uint32_t count)
{
    ++m_sent;
    const auto found =
        std::find_if(m_entries.rbegin(), m_entries.rend(), [count](const Entry& entry) {
            return entry.pdu->GetCount() == count;
        });
    if (found != m_entries.rend())
    {
        found->sent = m_sent;
    }
}

void
MrbRecoveryBuffer::ListenerBegan(uint32_t ue)
{
    m_listeners[ue] = m_sent;
}

void
MrbRecoveryBuffer::ListenerEnded(uint32_t ue)
{
    m_listeners.erase(ue);
}

std::vector<std::shared_ptr<const GroupPdu>>
MrbRecoveryBuffer::FindMissing(uint32_t ue, const PdcpStatusReport& report) const
{
    std::vector<std::shared_ptr<const GroupPdu>> missing;
    const auto began = m_listeners.find(ue);
    if (began == m_listeners.end())
    {
        return missing;
    }
    for (const Entry& entry : m_entries)
    {
        if (entry.sent > 0 && entry.sent <= began->second && report.Lacks(entry.pdu->GetCount()))
        {
            missing.push_back(entry.pdu);
        }
    }
    std::stable_sort(missing.begin(), missing.end(), [&report](const auto& one, const auto& other) {
        return one->GetCount() - report.fmc < other->GetCount() - report.fmc;
    });
    return missing;
}

void
MrbRecoveryBuffer::Clear()
{
    *this = MrbRecoveryBuffer();
}

} // namespace ns3::mbs
