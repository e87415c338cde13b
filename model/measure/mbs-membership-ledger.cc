// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-membership-ledger.h"

#include <algorithm>
#include <tuple>

namespace ns3::mbs
{

namespace
{

/** @param mki names an MTK @return the same as a number */
uint64_t
NumberOf(const Mki& mki)
{
    return uint64_t{mki.msk.Group()} << 32 | uint64_t{mki.msk.Number()} << 16 | mki.mtk.Number();
}

} // namespace

const char*
ToString(MembershipLedger::Ending ending)
{
    switch (ending)
    {
    case MembershipLedger::Ending::LEFT:
        return "left";
    case MembershipLedger::Ending::REMOVED:
        return "removed";
    case MembershipLedger::Ending::NONE:
        break;
    }
    return "";
}

void
MembershipLedger::KeyActivated(const Mki& mki, const Time& now)
{
    m_periods.push_back({mki, now.GetNanoSeconds(), m_sent});
}

void
MembershipLedger::PacketSent()
{
    ++m_sent;
}

void
MembershipLedger::MtkMulticast(const Mki& mki)
{
    m_multicast.insert(NumberOf(mki));
}

void
MembershipLedger::MskGiven(uint32_t ue, const Mki& mki)
{
    m_members[ue].keys.push_back(mki);
}

void
MembershipLedger::Joined(uint32_t ue, uint32_t gnb, const Time& now)
{
    Member& member = m_members[ue];
    if (member.row != SIZE_MAX)
    {
        return;
    }
    Mark mark;
    mark.joinIndex = m_sent;
    mark.atJoin = member.keys.size();
    mark.before = member.lastRow;
    if (member.lastRow != SIZE_MAX)
    {
        m_marks[member.lastRow].next = m_rows.size();
    }
    member.row = m_rows.size();
    Row row;
    row.ue = ue;
    row.gnb = gnb;
    row.joined = now.GetNanoSeconds();
    m_rows.push_back(row);
    m_marks.push_back(std::move(mark));
}

void
MembershipLedger::Left(uint32_t ue, Ending ending, const Time& now)
{
    const auto it = m_members.find(ue);
    if (it == m_members.end() || it->second.row == SIZE_MAX)
    {
        return;
    }
    Member& member = it->second;
    Row& row = m_rows[member.row];
    row.left = now.GetNanoSeconds();
    row.ending = ending;
    m_marks[member.row].leftIndex = m_sent;
    m_marks[member.row].keys = std::move(member.keys);
    member.keys.clear();
    member.lastRow = member.row;
    member.row = SIZE_MAX;
}

template <typename Readable>
MembershipLedger::Exposure
MembershipLedger::Sum(int64_t from,
                      int64_t until,
                      uint64_t first,
                      uint64_t last,
                      const Readable& readable) const
{
    Exposure sum;
    auto period =
        std::upper_bound(m_periods.begin(), m_periods.end(), from, [](int64_t t, const Period& p) {
            return t < p.begin;
        });
    if (period != m_periods.begin())
    {
        --period;
    }
    for (; period != m_periods.end() && period->begin < until; ++period)
    {
        if (!readable(period->mki))
        {
            continue;
        }
        const auto next = period + 1;
        const int64_t end = next == m_periods.end() ? m_end : next->begin;
        const uint64_t endIndex = next == m_periods.end() ? m_sent : next->firstIndex;
        sum.time += std::max<int64_t>(std::min(end, until) - std::max(period->begin, from), 0);
        const uint64_t begin = std::max(period->firstIndex, first);
        sum.packets += std::max(std::min(endIndex, last), begin) - begin;
    }
    return sum;
}

void
MembershipLedger::Finish(const Time& now)
{
    m_end = now.GetNanoSeconds();
    for (auto& [ue, member] : m_members)
    {
        if (member.row != SIZE_MAX)
        {
            m_marks[member.row].keys = member.keys;
        }
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i)
    {
        Row& row = m_rows[i];
        const Mark& mark = m_marks[i];
        const auto given = [](const std::vector<Mki>& keys, std::size_t count, const Mki& mki) {
            return std::find(keys.begin(),
                             keys.begin() + static_cast<std::ptrdiff_t>(count),
                             mki) != keys.begin() + static_cast<std::ptrdiff_t>(count);
        };
        const auto underMsk =
            [this](const std::vector<Mki>& keys, std::size_t count, const Mki& mki) {
                return m_multicast.count(NumberOf(mki)) > 0 &&
                       std::any_of(keys.begin(),
                                   keys.begin() + static_cast<std::ptrdiff_t>(count),
                                   [&mki](const Mki& key) { return key.msk == mki.msk; });
            };
        if (row.left)
        {
            const bool back = mark.next != SIZE_MAX;
            row.after = Sum(*row.left,
                            back ? m_rows[mark.next].joined : m_end,
                            mark.leftIndex,
                            back ? m_marks[mark.next].joinIndex : m_sent,
                            [&](const Mki& mki) {
                                return given(mark.keys, mark.keys.size(), mki) ||
                                       underMsk(mark.keys, mark.keys.size(), mki);
                            });
        }
        const bool wasIn = mark.before != SIZE_MAX;
        const int64_t from = wasIn ? *m_rows[mark.before].left : 0;
        const uint64_t first = wasIn ? m_marks[mark.before].leftIndex : 0;
        row.before = Sum(from, row.joined, first, mark.joinIndex, [&](const Mki& mki) {
            return given(mark.keys, mark.atJoin, mki);
        });
        row.recorded = Sum(from, row.joined, first, mark.joinIndex, [&](const Mki& mki) {
            return given(mark.keys, mark.atJoin, mki) || underMsk(mark.keys, mark.atJoin, mki);
        });
    }
    SortRows();
}

void
MembershipLedger::SortRows()
{
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row& a, const Row& b) {
        return std::tie(a.joined, a.ue) < std::tie(b.joined, b.ue);
    });
}

void
MembershipLedger::Export(ResultParcel& parcel) const
{
    parcel.PutAll(m_rows);
}

void
MembershipLedger::Absorb(ResultParcel& parcel)
{
    const auto rows = parcel.GetAll<Row>();
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    SortRows();
}

const std::vector<MembershipLedger::Row>&
MembershipLedger::Rows() const
{
    return m_rows;
}

} // namespace ns3::mbs
