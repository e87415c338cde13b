// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-report-feed.h"

#include "ns3/simulator.h"

#include <limits>
#include <optional>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** So many octets of reports are sent at once. */
constexpr std::size_t SHIPMENT = 32768;

/** No report waits longer than so many nanoseconds of simulated time for others. */
constexpr int64_t LONGEST_WAIT = 20000000;

/** After so much more that happened in cells it is looked for reports again. */
constexpr std::size_t LOOK_INTERVAL = 256;

/** The end of all times. */
constexpr int64_t END = std::numeric_limits<int64_t>::max();

} // namespace

ReportFeed::ReportFeed(Sink sink)
    : m_sink(std::move(sink))
{
}

int64_t
ReportFeed::CurrentTime()
{
    return Simulator::Now().GetNanoSeconds();
}

Time
ReportFeed::Now() const
{
    return m_now < 0 ? Simulator::Now() : NanoSeconds(m_now);
}

void
ReportFeed::Tell(CoreReport report)
{
    report.at = CurrentTime();
    m_sink(report);
    if (Ranks::GetCount() == 1)
    {
        return;
    }
    if (m_unsent.Octets().empty())
    {
        m_firstUnsent = report.at;
    }
    else if (m_unsent.Octets().size() >= SHIPMENT || report.at >= m_firstUnsent + LONGEST_WAIT)
    {
        Ship(false);
        m_firstUnsent = report.at;
    }
    m_unsent.Put(report);
}

void
ReportFeed::Ship(bool last)
{
    // Of this very instant there may be more.
    ResultParcel shipment;
    shipment.Put(last ? END : CurrentTime());
    shipment.PutAll(m_unsent.Octets());
    for (uint32_t rank = 1; rank < Ranks::GetCount(); ++rank)
    {
        Ranks::Send(rank, shipment.Octets());
    }
    m_unsent.Clear();
}

void
ReportFeed::Merge(bool wait)
{
    while (m_complete != END)
    {
        const auto octets = Ranks::Receive(0, wait);
        if (!octets)
        {
            break;
        }
        ResultParcel shipment(*octets);
        m_complete = shipment.Get<int64_t>();
        ResultParcel reports(shipment.GetAll<uint8_t>());
        while (reports.Left() > 0)
        {
            m_received.push_back(reports.Get<CoreReport>());
        }
    }
    // What happens in cells from now on is behind this instant's reports.
    const int64_t now = wait ? END : CurrentTime();
    while (true)
    {
        const int64_t core = m_received.empty() ? END : m_received.front().at;
        const int64_t cell = m_kept.empty() ? END : m_kept.front().at;
        if (!m_received.empty() && core <= cell && core <= now)
        {
            m_now = core;
            m_sink(m_received.front());
            m_received.pop_front();
        }
        else if (!m_kept.empty() && cell < core && cell < m_complete)
        {
            m_now = cell;
            m_kept.front().job();
            m_kept.pop_front();
        }
        else
        {
            break;
        }
    }
    m_now = -1;
    m_lookAgain = m_kept.size() + LOOK_INTERVAL;
}

void
ReportFeed::Finish()
{
    if (Ranks::GetCount() == 1)
    {
        return;
    }
    if (Ranks::IsFirst())
    {
        Ship(true);
    }
    else
    {
        Merge(true);
    }
}

} // namespace ns3::mbs
