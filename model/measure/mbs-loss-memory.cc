// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-loss-memory.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

namespace
{

/** Losses of a UE from which on it is worth while to look for those that are too old. */
constexpr std::size_t MANY = 64;

} // namespace

LossMemory::LossMemory(uint64_t packets)
    : m_packets(packets)
{
}

bool
LossMemory::Concerns(LossCause cause)
{
    return cause == LossCause::RADIO || cause == LossCause::QUEUE || cause == LossCause::HANDOVER;
}

LossMemory::Losses::iterator
LossMemory::PlaceOf(Losses& known, uint64_t index)
{
    return std::lower_bound(known.begin(),
                            known.end(),
                            index,
                            [](const Loss& loss, uint64_t wanted) { return loss.index < wanted; });
}

void
LossMemory::Note(uint32_t ue, uint64_t index, LossCause cause)
{
    if (!Concerns(cause))
    {
        return;
    }
    if (m_known.size() <= ue)
    {
        m_known.resize(ue + std::size_t{1});
    }
    Losses& known = m_known[ue];
    const auto half = static_cast<std::ptrdiff_t>(known.size() / 2);
    if (known.size() >= MANY && known[known.size() / 2].index + m_packets < index)
    {
        known.erase(known.begin(), known.begin() + half);
    }
    const auto place = PlaceOf(known, index);
    if (place == known.end() || place->index != index)
    {
        known.insert(place, {index, cause});
    }
}

std::optional<LossCause>
LossMemory::Forget(uint32_t ue, uint64_t index)
{
    if (m_known.size() <= ue)
    {
        return std::nullopt;
    }
    Losses& known = m_known[ue];
    const auto place = PlaceOf(known, index);
    if (place == known.end() || place->index != index)
    {
        return std::nullopt;
    }
    const LossCause cause = place->cause;
    known.erase(place);
    return cause;
}

void
LossMemory::Resend(uint32_t ue, uint64_t index, Late late)
{
    m_again[ue][index] = late;
}

LossMemory::Late*
LossMemory::Find(uint32_t ue, uint64_t index)
{
    const auto again = m_again.find(ue);
    if (again == m_again.end())
    {
        return nullptr;
    }
    const auto found = again->second.find(index);
    return found == again->second.end() ? nullptr : &found->second;
}

std::optional<LossMemory::Late>
LossMemory::Take(uint32_t ue, uint64_t index)
{
    const Late* found = Find(ue, index);
    if (found == nullptr)
    {
        return std::nullopt;
    }
    const Late late = *found;
    auto& again = m_again.at(ue);
    again.erase(index);
    if (again.empty())
    {
        m_again.erase(ue);
    }
    return late;
}

std::map<uint64_t, LossMemory::Late>
LossMemory::TakeAll(uint32_t ue)
{
    auto node = m_again.extract(ue);
    return node.empty() ? std::map<uint64_t, Late>() : std::move(node.mapped());
}

void
LossMemory::ForgetAll(uint32_t ue)
{
    if (ue < m_known.size())
    {
        m_known[ue].clear();
    }
}

} // namespace ns3::mbs
