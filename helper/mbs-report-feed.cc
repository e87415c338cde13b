// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-report-feed.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <limits>

namespace ns3::mbs
{

namespace
{

/** So many octets of reports are sent at once. */
constexpr std::size_t SHIPMENT = 32768;

/** No report waits for others for longer, nanoseconds of simulated time. */
constexpr int64_t LONGEST_WAIT = 20000000;

/** After so much more that happened in cells it is looked for reports again. */
constexpr std::size_t LOOK_INTERVAL = 256;

/** The end of all times. */
constexpr int64_t END = std::numeric_limits<int64_t>::max();

} // namespace

ReportFeed::ReportFeed(Sink sink, const std::set<uint32_t>& reporters)
    : m_sink(std::move(sink))
{
    const uint32_t own = Ranks::GetOwn();
    const bool reports = reporters.count(own) > 0;
    for (uint32_t rank = 0; rank < Ranks::GetCount(); ++rank)
    {
        if (rank == own)
        {
            continue;
        }
        if (reporters.count(rank) > 0)
        {
            m_sources.push_back({rank, {}, 0});
        }
        if (reports)
        {
            m_listeners.push_back({rank, {}});
        }
    }
    if (reports && !m_sources.empty())
    {
        // Others wait for what this rank has to tell, also if that is nothing for long.
        m_beat = Simulator::Schedule(NanoSeconds(LONGEST_WAIT), &ReportFeed::Beat, this);
    }
}

ReportFeed::~ReportFeed()
{
    m_beat.Cancel();
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
ReportFeed::Tell(CoreReport report, std::optional<uint32_t> rank)
{
    report.at = CurrentTime();
    if (!rank || *rank == Ranks::GetOwn())
    {
        if (IsAtOnce())
        {
            m_sink(report);
        }
        else
        {
            m_kept.push_back({report.at, [this, report] { m_sink(report); }});
        }
    }
    // What happens later at this instant is in the next shipment.
    if (!m_listeners.empty() && report.at >= m_lastShipped + LONGEST_WAIT)
    {
        Ship(false);
    }
    bool enough = false;
    for (Listener& listener : m_listeners)
    {
        if (!rank || *rank == listener.rank)
        {
            listener.reports.Put(report);
            enough = enough || listener.reports.Octets().size() >= SHIPMENT;
        }
    }
    if (enough)
    {
        Ship(false);
    }
}

void
ReportFeed::Ship(bool last)
{
    m_lastShipped = CurrentTime();
    for (Listener& listener : m_listeners)
    {
        // Of this very instant there may be more.
        ResultParcel shipment;
        shipment.Put(last ? END : m_lastShipped);
        shipment.PutAll(listener.reports.Octets());
        Ranks::Send(listener.rank, shipment.Octets());
        listener.reports.Clear();
    }
}

void
ReportFeed::Beat()
{
    Ship(false);
    Merge(false);
    m_beat = Simulator::Schedule(NanoSeconds(LONGEST_WAIT), &ReportFeed::Beat, this);
}

void
ReportFeed::Receive(bool wait)
{
    for (Source& source : m_sources)
    {
        while (source.complete != END)
        {
            const auto octets = Ranks::Receive(source.rank, wait);
            if (!octets)
            {
                break;
            }
            ResultParcel shipment(*octets);
            source.complete = shipment.Get<int64_t>();
            ResultParcel reports(shipment.GetAll<uint8_t>());
            while (reports.Left() > 0)
            {
                source.received.push_back(reports.Get<CoreReport>());
            }
        }
    }
}

ReportFeed::Source*
ReportFeed::Earliest()
{
    Source* earliest = nullptr;
    for (Source& source : m_sources)
    {
        if (!source.received.empty() &&
            (earliest == nullptr || source.received.front().at < earliest->received.front().at))
        {
            earliest = &source;
        }
    }
    return earliest;
}

void
ReportFeed::Merge(bool wait)
{
    Receive(wait);
    // What happens on this rank from now on is behind this instant's reports.
    const int64_t now = wait ? END : CurrentTime();
    while (true)
    {
        Source* source = Earliest();
        const int64_t there = source == nullptr ? END : source->received.front().at;
        const int64_t here = m_kept.empty() ? END : m_kept.front().at;
        // Of a rank with reports the next one is known, of another one there may be one from here.
        int64_t certain = END;
        for (const Source& other : m_sources)
        {
            certain = other.received.empty() ? std::min(certain, other.complete) : certain;
        }
        if (source != nullptr && there <= here && there <= now && there < certain)
        {
            m_now = there;
            m_sink(source->received.front());
            source->received.pop_front();
        }
        else if (!m_kept.empty() && here < there && here < certain)
        {
            m_now = here;
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
    m_beat.Cancel();
    Ship(true);
    Merge(true);
}

} // namespace ns3::mbs
