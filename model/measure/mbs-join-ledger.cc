// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-join-ledger.h"

#include <algorithm>
#include <tuple>

namespace ns3::mbs
{

void
JoinLedger::Requested(uint32_t ue, uint32_t gnb, const Time& now)
{
    if (ue >= m_open.size())
    {
        m_open.resize(ue + std::size_t{1}, NONE);
    }
    if (m_open[ue] == NONE)
    {
        m_open[ue] = m_rows.size();
        m_rows.push_back({ue, gnb, now.GetNanoSeconds(), std::nullopt, std::nullopt});
    }
}

void
JoinLedger::Joined(uint32_t ue, const Time& now)
{
    if (Row* row = Close(ue))
    {
        row->installed = now.GetNanoSeconds();
    }
}

void
JoinLedger::Rejected(uint32_t ue, const std::string& cause)
{
    if (Row* row = Close(ue))
    {
        row->refusal = cause;
    }
}

std::vector<JoinLedger::Row>
JoinLedger::Rows() const
{
    std::vector<Row> rows = m_rows;
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::tie(a.requested, a.ue) < std::tie(b.requested, b.ue);
    });
    return rows;
}

JoinLedger::Row*
JoinLedger::Close(uint32_t ue)
{
    if (ue >= m_open.size() || m_open[ue] == NONE)
    {
        return nullptr;
    }
    Row* row = &m_rows[m_open[ue]];
    m_open[ue] = NONE;
    return row;
}

} // namespace ns3::mbs
