// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mobility-ledger.h"

#include "ns3/assert.h"

#include <algorithm>

namespace ns3::mbs
{

void
MobilityLedger::CellLost(uint32_t ue, uint32_t gnb, Cause cause, const Time& now)
{
    const int64_t lost = now.GetNanoSeconds();
    const auto open = m_open.insert({ue, {m_rows.size(), lost}});
    open.first->second.row = m_rows.size();
    Row row;
    row.ue = ue;
    row.gnb = gnb;
    row.cause = cause;
    row.lost = lost;
    m_rows.push_back(row);
}

void
MobilityLedger::CellFound(uint32_t ue, uint32_t gnb, const Time& now)
{
    const auto open = m_open.find(ue);
    if (open != m_open.end())
    {
        Row& row = m_rows[open->second.row];
        row.next = gnb;
        row.found = now.GetNanoSeconds();
    }
}

void
MobilityLedger::Listening(uint32_t ue, const Time& now)
{
    const auto open = m_open.find(ue);
    if (open == m_open.end() || !m_rows[open->second.row].found)
    {
        return;
    }
    Row& row = m_rows[open->second.row];
    row.listening = now.GetNanoSeconds();
    row.interruption = *row.listening - open->second.since;
    m_open.erase(open);
}

const std::vector<MobilityLedger::Row>&
MobilityLedger::Rows() const
{
    return m_rows;
}

uint64_t
MobilityLedger::Count(Cause cause) const
{
    return static_cast<uint64_t>(
        std::count_if(m_rows.begin(), m_rows.end(), [cause](const Row& row) {
            return row.cause == cause;
        }));
}

uint64_t
MobilityLedger::CountChanges() const
{
    return static_cast<uint64_t>(std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) {
        return row.next && *row.next != row.gnb;
    }));
}

uint64_t
MobilityLedger::CountOpen() const
{
    return m_open.size();
}

LatencyStatistics
MobilityLedger::Interruptions() const
{
    LatencyStatistics statistics;
    for (const Row& row : m_rows)
    {
        if (row.interruption)
        {
            statistics.AddNanoseconds(*row.interruption);
        }
    }
    return statistics;
}

const char*
ToString(MobilityLedger::Cause cause)
{
    switch (cause)
    {
    case MobilityLedger::Cause::OUTAGE:
        return "outage";
    case MobilityLedger::Cause::RADIO_LINK_FAILURE:
        return "rlf";
    case MobilityLedger::Cause::ACCESS_FAILURE:
        return "access";
    case MobilityLedger::Cause::HANDOVER:
        return "handover";
    case MobilityLedger::Cause::HANDOVER_FAILURE:
        return "t304";
    }
    NS_ASSERT_MSG(false, "a cause is missing");
    return "";
}

} // namespace ns3::mbs
