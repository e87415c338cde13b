// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-ledgers.h"

#include <algorithm>
#include <sstream>

namespace ns3::mbs
{

void
TrafficLedgers::AddSession(const Tmgi& tmgi)
{
    const auto number = static_cast<uint32_t>(m_tmgis.size());
    if (m_numbers.emplace(tmgi, number).second)
    {
        m_tmgis.push_back(tmgi);
        m_ledgers.push_back(std::make_unique<TrafficLedger>());
    }
}

std::size_t
TrafficLedgers::GetCount() const
{
    return m_tmgis.size();
}

const Tmgi&
TrafficLedgers::GetTmgi(uint32_t session) const
{
    return m_tmgis.at(session);
}

TrafficLedger&
TrafficLedgers::Get(uint32_t session)
{
    return *m_ledgers.at(session);
}

const TrafficLedger&
TrafficLedgers::Get(uint32_t session) const
{
    return *m_ledgers.at(session);
}

TrafficLedger*
TrafficLedgers::Find(const Tmgi& tmgi)
{
    const auto found = m_numbers.find(tmgi);
    return found == m_numbers.end() ? nullptr : m_ledgers[found->second].get();
}

const TrafficLedger*
TrafficLedgers::Find(const Tmgi& tmgi) const
{
    const auto found = m_numbers.find(tmgi);
    return found == m_numbers.end() ? nullptr : m_ledgers[found->second].get();
}

void
TrafficLedgers::PacketSent(const Tmgi& tmgi, uint64_t index, uint64_t uid, const Time& now)
{
    const auto found = m_numbers.find(tmgi);
    if (found == m_numbers.end())
    {
        return;
    }
    m_ledgers[found->second]->PacketSent(index, uid, now);
    if (m_sent.empty() || uid > m_sent.back().uid)
    {
        m_sent.push_back({uid, found->second});
    }
    else
    {
        m_strays[uid] = found->second;
    }
}

std::optional<uint32_t>
TrafficLedgers::SessionOf(uint64_t uid) const
{
    // What is under way was sent lately: steps of growing width from the end find its part fast.
    std::size_t width = 1;
    while (width < m_sent.size() && m_sent[m_sent.size() - width].uid > uid)
    {
        width *= 2;
    }
    const auto from = m_sent.end() - static_cast<std::ptrdiff_t>(std::min(width, m_sent.size()));
    const auto place = std::lower_bound(from, m_sent.end(), uid, [](const Sent& sent, uint64_t u) {
        return sent.uid < u;
    });
    if (place != m_sent.end() && place->uid == uid)
    {
        return place->session;
    }
    const auto stray = m_strays.find(uid);
    return stray == m_strays.end() ? std::nullopt : std::make_optional(stray->second);
}

TrafficLedger*
TrafficLedgers::LedgerOf(uint64_t uid)
{
    if (m_ledgers.size() == 1)
    {
        // It ignores packets that are not its own.
        return m_ledgers.front().get();
    }
    const auto session = SessionOf(uid);
    return session ? m_ledgers[*session].get() : nullptr;
}

std::optional<TrafficLedgers::Place>
TrafficLedgers::PlaceOf(uint64_t uid) const
{
    const auto session = SessionOf(uid);
    const auto index = session ? m_ledgers[*session]->IndexOf(uid) : std::nullopt;
    return index ? std::make_optional(Place{*session, *index}) : std::nullopt;
}

void
TrafficLedgers::Finish(const Time& now)
{
    for (const auto& ledger : m_ledgers)
    {
        ledger->Finish(now);
    }
}

void
TrafficLedgers::Export(ResultParcel& parcel) const
{
    for (const auto& ledger : m_ledgers)
    {
        ledger->Export(parcel);
    }
}

void
TrafficLedgers::Absorb(ResultParcel& parcel)
{
    for (const auto& ledger : m_ledgers)
    {
        ledger->Absorb(parcel);
    }
}

bool
TrafficLedgers::Conserved() const
{
    return std::all_of(m_ledgers.begin(), m_ledgers.end(), [](const auto& ledger) {
        return ledger->Conserved();
    });
}

std::string
TrafficLedgers::FirstViolation() const
{
    for (std::size_t session = 0; session < m_ledgers.size(); ++session)
    {
        if (!m_ledgers[session]->Conserved())
        {
            std::ostringstream text;
            if (m_ledgers.size() > 1)
            {
                text << "session " << m_tmgis[session] << ": ";
            }
            text << m_ledgers[session]->FirstViolation();
            return text.str();
        }
    }
    return "";
}

TrafficCounts
TrafficLedgers::Total() const
{
    TrafficCounts total;
    for (const auto& ledger : m_ledgers)
    {
        total += ledger->Total();
    }
    return total;
}

std::vector<TrafficLedger::Bin>
TrafficLedgers::Bins() const
{
    std::vector<TrafficLedger::Bin> bins;
    for (const auto& ledger : m_ledgers)
    {
        const std::vector<TrafficLedger::Bin>& own = ledger->Bins();
        for (std::size_t i = 0; i < own.size(); ++i)
        {
            if (i == bins.size())
            {
                bins.push_back({own[i].start, {}});
            }
            bins[i].counts += own[i].counts;
        }
    }
    return bins;
}

} // namespace ns3::mbs
