// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-join-ledger.h"

#include <algorithm>
#include <tuple>

namespace ns3::mbs
{

void
JoinLedger::Requested(const Tmgi& tmgi, uint32_t ue, uint32_t gnb, const Time& now)
{
    if (m_open.emplace(std::make_pair(ue, tmgi), m_rows.size()).second)
    {
        Row row;
        row.tmgi = tmgi;
        row.ue = ue;
        row.gnb = gnb;
        row.requested = now.GetNanoSeconds();
        m_rows.push_back(row);
    }
}

void
JoinLedger::Joined(const Tmgi& tmgi, uint32_t ue, const Time& now)
{
    if (Row* row = Close(tmgi, ue))
    {
        row->installed = now.GetNanoSeconds();
    }
}

void
JoinLedger::Rejected(const Tmgi& tmgi, uint32_t ue, const std::string& cause, const Time& now)
{
    if (Row* row = Close(tmgi, ue))
    {
        row->refusal = cause;
        row->refused = now.GetNanoSeconds();
    }
}

void
JoinLedger::Export(ResultParcel& parcel) const
{
    parcel.Put(static_cast<uint64_t>(m_rows.size()));
    for (const Row& row : m_rows)
    {
        parcel.Put(row.tmgi);
        parcel.Put(row.ue);
        parcel.Put(row.gnb);
        parcel.Put(row.requested);
        parcel.Put(row.installed);
        parcel.Put(row.refused);
        parcel.Put(row.refusal.has_value());
        parcel.PutText(row.refusal.value_or(""));
    }
}

void
JoinLedger::Absorb(ResultParcel& parcel)
{
    for (auto count = parcel.Get<uint64_t>(); count > 0; --count)
    {
        Row row;
        row.tmgi = parcel.Get<Tmgi>();
        row.ue = parcel.Get<uint32_t>();
        row.gnb = parcel.Get<uint32_t>();
        row.requested = parcel.Get<int64_t>();
        row.installed = parcel.Get<std::optional<int64_t>>();
        row.refused = parcel.Get<std::optional<int64_t>>();
        const bool refused = parcel.Get<bool>();
        const std::string cause = parcel.GetText();
        if (refused)
        {
            row.refusal = cause;
        }
        m_rows.push_back(std::move(row));
    }
}

std::vector<JoinLedger::Row>
JoinLedger::Rows() const
{
    std::vector<Row> rows = m_rows;
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::tie(a.requested, a.ue, a.tmgi) < std::tie(b.requested, b.ue, b.tmgi);
    });
    return rows;
}

JoinLedger::Row*
JoinLedger::Close(const Tmgi& tmgi, uint32_t ue)
{
    const auto open = m_open.find({ue, tmgi});
    if (open == m_open.end())
    {
        return nullptr;
    }
    Row* row = &m_rows[open->second];
    m_open.erase(open);
    return row;
}

} // namespace ns3::mbs
