// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-ledger.h"

#include "ns3/abort.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

TrafficLedger::TrafficLedger(const Time& binWidth)
    : m_binWidth(binWidth.GetNanoSeconds())
{
    NS_ABORT_MSG_IF(m_binWidth <= 0,
                    "bin width " << binWidth << " of the traffic ledger: must be greater than 0s");
}

void
TrafficLedger::AddUe(uint32_t ue, uint32_t gnb)
{
    if (ue >= m_accounts.size())
    {
        m_accounts.resize(ue + std::size_t{1});
        m_lost.resize(ue + std::size_t{1});
        m_memberships.resize(ue + std::size_t{1});
    }
    m_memberships[ue].known = true;
    if (m_accounts[ue].gnb == NO_GNB)
    {
        m_accounts[ue].gnb = gnb;
    }
}

void
TrafficLedger::MemberJoined(uint32_t ue, uint32_t gnb)
{
    if (m_finished)
    {
        return;
    }
    AddUe(ue, gnb);
    MemberLeft(ue);
    Enter(ue, gnb);
}

void
TrafficLedger::Enter(uint32_t ue, uint32_t gnb)
{
    const auto deaf = CellOf(m_accounts[ue].gnb).deaf.extract(ue);
    if (!deaf.empty())
    {
        CellOf(gnb).deaf[ue] = deaf.mapped();
    }
    Cell& cell = CellOf(gnb);
    Account& account = m_accounts[ue];
    account.firstIndex = m_sent;
    account.gnb = gnb;
    Membership& membership = m_memberships[ue];
    membership.sentBefore = m_sentFingerprint;
    membership.position = static_cast<uint32_t>(cell.members.size());
    cell.members.push_back(ue);
    ++m_members;
}

void
TrafficLedger::MemberLeft(uint32_t ue)
{
    if (m_finished || ue >= m_accounts.size() || m_accounts[ue].firstIndex == NO_MEMBER)
    {
        return;
    }
    Leave(ue, std::nullopt);
}

void
TrafficLedger::Leave(uint32_t ue, std::optional<LossCause> cause)
{
    Cell& cell = m_cells[m_accounts[ue].gnb];
    Close(ue, cell.waiting, cause);
    const uint32_t last = cell.members.back();
    cell.members[m_memberships[ue].position] = last;
    m_memberships[last].position = m_memberships[ue].position;
    cell.members.pop_back();
    if (cell.members.empty())
    {
        // Nobody is left to give verdicts.
        cell.waiting.clear();
    }
    --m_members;
}

void
TrafficLedger::PacketSent(uint64_t index, uint64_t uid, const Time& now)
{
    if (m_finished)
    {
        return;
    }
    if (index != m_sent)
    {
        Violate("packet " + std::to_string(index) + " was sent when packet " +
                std::to_string(m_sent) + " was next");
        return;
    }
    ExtendBins(now.GetNanoSeconds());
    m_bins.back().counts.expected += m_members;
    const bool ascends = m_uids.empty() || uid > m_uids.back();
    m_uids.push_back(ascends ? uid : m_uids.back());
    if (!ascends)
    {
        m_strayUids[uid] = index;
    }
    m_sentFingerprint += Fingerprint(index);
    ++m_sent;
    ++m_version;

    if (m_members > 0)
    {
        Packet packet;
        packet.index = index;
        packet.ways.resize(m_cells.size());
        for (std::size_t gnb = 0; gnb < m_cells.size(); ++gnb)
        {
            packet.ways[gnb].due = !m_cells[gnb].members.empty();
            packet.missing += packet.ways[gnb].due ? 1 : 0;
        }
        m_packets[uid] = std::move(packet);
    }
}

std::optional<uint64_t>
TrafficLedger::IndexOf(uint64_t uid) const
{
    // A stray uid's place holds the uid before it again, which is found at its own place first.
    const auto place = std::lower_bound(m_uids.begin(), m_uids.end(), uid);
    if (place != m_uids.end() && *place == uid)
    {
        return static_cast<uint64_t>(place - m_uids.begin());
    }
    const auto stray = m_strayUids.find(uid);
    return stray == m_strayUids.end() ? std::nullopt : std::make_optional(stray->second);
}

void
TrafficLedger::CopyEntered(uint64_t uid)
{
    if (Packet* packet = Find(uid))
    {
        ++packet->copies;
        ++m_version;
    }
}

void
TrafficLedger::CopyLeft(uint64_t uid)
{
    if (Packet* packet = Find(uid))
    {
        ++m_version;
        if (packet->copies == 0)
        {
            Violate("a copy of packet " + std::to_string(packet->index) +
                    " left a link that it had not entered");
            return;
        }
        --packet->copies;
    }
}

void
TrafficLedger::CellCopyEntered(uint64_t uid, uint32_t gnb)
{
    if (Way* way = FindWay(uid, gnb))
    {
        ++way->copies;
        ++m_version;
    }
}

void
TrafficLedger::CellCopyLeft(uint64_t uid, uint32_t gnb)
{
    if (Way* way = FindWay(uid, gnb))
    {
        ++m_version;
        if (way->copies == 0)
        {
            Violate("a copy of packet " + std::to_string(m_packets[uid].index) +
                    " left a link to gNB " + std::to_string(gnb) + " that it had not entered");
            return;
        }
        --way->copies;
    }
}

void
TrafficLedger::ArrivedAtGnb(uint64_t uid, uint32_t gnb)
{
    Way* way = FindWay(uid, gnb);
    if (way == nullptr)
    {
        return;
    }
    ++m_version;
    way->due = false;
    const auto packet = m_packets.find(uid);
    if (!m_cells[gnb].members.empty())
    {
        m_cells[gnb].waiting.push_back(packet->second.index);
    }
    if (--packet->second.missing == 0)
    {
        m_packets.erase(packet);
    }
}

void
TrafficLedger::QueueDropped(uint32_t gnb, uint64_t index)
{
    if (gnb < m_cells.size())
    {
        for (const uint32_t ue : m_cells[gnb].members)
        {
            Lost(ue, index, LossCause::QUEUE);
        }
    }
}

void
TrafficLedger::Awaited(uint32_t ue, uint64_t index)
{
    if (m_finished || ue >= m_accounts.size() || m_accounts[ue].firstIndex == NO_MEMBER)
    {
        return;
    }
    if (index >= m_sent)
    {
        ReportUnknownPacket(index);
        return;
    }
    if (TakeLossBack(ue, index, false))
    {
        return;
    }
    if (index < m_accounts[ue].firstIndex)
    {
        return;
    }
    Cell& cell = m_cells[m_accounts[ue].gnb];
    if (cell.served != index)
    {
        Serve(cell, index);
    }
    if (m_awaited.size() < m_accounts.size())
    {
        m_awaited.resize(m_accounts.size());
    }
    std::vector<uint64_t>& awaited = m_awaited[ue];
    const auto place = std::lower_bound(awaited.begin(), awaited.end(), index);
    if (place == awaited.end() || *place != index)
    {
        awaited.insert(place, index);
    }
}

void
TrafficLedger::StopAwaiting(uint32_t ue, uint64_t index)
{
    if (ue < m_awaited.size())
    {
        std::vector<uint64_t>& awaited = m_awaited[ue];
        const auto place = std::lower_bound(awaited.begin(), awaited.end(), index);
        if (place != awaited.end() && *place == index)
        {
            awaited.erase(place);
        }
    }
}

void
TrafficLedger::InRadio(uint32_t gnb, uint64_t index)
{
    if (m_finished)
    {
        return;
    }
    if (index >= m_sent)
    {
        ReportUnknownPacket(index);
        return;
    }
    CellOf(gnb).inRadio.push_back(index);
}

void
TrafficLedger::Finish(const Time& now)
{
    if (m_finished)
    {
        return;
    }
    if (now.IsStrictlyPositive())
    {
        // An interval that would begin at the very end is no part of the run.
        ExtendBins(now.GetNanoSeconds() - 1);
    }
    for (uint32_t ue = 0; ue < m_accounts.size(); ++ue)
    {
        if (m_accounts[ue].firstIndex != NO_MEMBER)
        {
            Close(ue, m_cells[m_accounts[ue].gnb].inRadio);
        }
    }
    m_finished = true;
}

bool
TrafficLedger::Conserved() const
{
    return m_violation.empty();
}

const std::string&
TrafficLedger::FirstViolation() const
{
    return m_violation;
}

std::vector<TrafficLedger::Row>
TrafficLedger::Rows() const
{
    std::vector<Row> rows;
    rows.reserve(m_accounts.size());
    for (uint32_t ue = 0; ue < m_accounts.size(); ++ue)
    {
        if (m_memberships[ue].known)
        {
            const uint32_t gnb = m_accounts[ue].gnb;
            rows.push_back({ue, gnb, m_memberships[ue].closed});
        }
    }
    return rows;
}

TrafficCounts
TrafficLedger::Total() const
{
    TrafficCounts total;
    for (const Membership& membership : m_memberships)
    {
        total += membership.closed;
    }
    return total;
}

const std::vector<TrafficLedger::Bin>&
TrafficLedger::Bins() const
{
    return m_bins;
}

void
TrafficLedger::FindBin(uint64_t index)
{
    // Of intervals that begin with the same packet all but the last are empty.
    const auto after = std::upper_bound(m_binFirst.begin(), m_binFirst.end(), index);
    m_recentBin = static_cast<std::size_t>(after - m_binFirst.begin()) - 1;
    m_recentFirst = m_binFirst[m_recentBin];
    m_recentCount = (after == m_binFirst.end() ? m_sent : *after) - m_recentFirst;
}

void
TrafficLedger::ExtendBins(int64_t nanoseconds)
{
    while (static_cast<int64_t>(m_bins.size()) <= nanoseconds / m_binWidth)
    {
        m_bins.push_back({static_cast<int64_t>(m_bins.size()) * m_binWidth, {}});
        m_binFirst.push_back(m_sent);
    }
}

void
TrafficLedger::Serve(Cell& cell, uint64_t index)
{
    cell.served = index;
    const auto place = std::find(cell.waiting.begin(), cell.waiting.end(), index);
    if (place != cell.waiting.end())
    {
        cell.waiting.erase(place);
    }
}

TrafficLedger::Packet*
TrafficLedger::Find(uint64_t uid)
{
    const auto found = m_packets.find(uid);
    return found == m_packets.end() || m_finished ? nullptr : &found->second;
}

TrafficLedger::Way*
TrafficLedger::FindWay(uint64_t uid, uint32_t gnb)
{
    Packet* packet = Find(uid);
    if (packet == nullptr || gnb >= packet->ways.size() || !packet->ways[gnb].due)
    {
        return nullptr;
    }
    return &packet->ways[gnb];
}

TrafficLedger::Cell&
TrafficLedger::CellOf(uint32_t gnb)
{
    if (gnb >= m_cells.size())
    {
        m_cells.resize(gnb + std::size_t{1});
    }
    return m_cells[gnb];
}

const std::vector<TrafficLedger::Missing>&
TrafficLedger::MissingAt(uint32_t gnb)
{
    Cell& cell = m_cells[gnb];
    if (cell.missingVersion != m_version)
    {
        cell.missingVersion = m_version;
        cell.missing.clear();
        for (const auto& [uid, packet] : m_packets)
        {
            if (gnb < packet.ways.size() && packet.ways[gnb].due)
            {
                const bool inFlight = packet.copies > 0 || packet.ways[gnb].copies > 0;
                cell.missing.push_back({packet.index, inFlight});
            }
        }
    }
    return cell.missing;
}

void
TrafficLedger::Close(uint32_t ue,
                     const std::vector<uint64_t>& inRadio,
                     std::optional<LossCause> cause)
{
    Account& account = m_accounts[ue];
    TrafficCounts counts;
    counts.expected = m_sent - account.firstIndex;
    counts.delivered = account.delivered;
    counts.octets = account.octets;
    std::copy(m_lost[ue].begin(), m_lost[ue].end(), counts.lost.begin());
    uint64_t found = account.found;

    const auto underWay = [&cause](TrafficCounts& where) -> uint64_t& {
        return cause ? where.lost[static_cast<std::size_t>(*cause)] : where.inFlight;
    };
    for (const Missing& missing : MissingAt(account.gnb))
    {
        if (missing.index >= account.firstIndex)
        {
            const auto why = static_cast<std::size_t>(CauseOfMissing(ue, missing.index));
            found += Fingerprint(missing.index);
            TrafficCounts& bin = BinOf(missing.index);
            ++(missing.inFlight ? underWay(counts) : counts.lost[why]);
            ++(missing.inFlight ? underWay(bin) : bin.lost[why]);
            if (cause)
            {
                NoteLoss(ue, missing.index, missing.inFlight ? *cause : LossCause(why));
            }
        }
    }
    const auto inFlight = [&](const std::vector<uint64_t>& indices) {
        for (const uint64_t index : indices)
        {
            if (index >= account.firstIndex)
            {
                found += Fingerprint(index);
                ++underWay(counts);
                ++underWay(BinOf(index));
                if (cause)
                {
                    NoteLoss(ue, index, *cause);
                }
            }
        }
    };
    inFlight(inRadio);
    if (ue < m_awaited.size())
    {
        inFlight(m_awaited[ue]);
        m_awaited[ue].clear();
    }
    CloseLate(ue, counts, cause);

    const uint64_t sent = m_sentFingerprint - m_memberships[ue].sentBefore;
    if (!counts.Balanced() || found != sent)
    {
        Violate("UE " + std::to_string(ue) + " expected " + std::to_string(counts.expected) +
                " packets and " +
                std::to_string(counts.delivered + counts.inFlight + counts.Lost()) + " were found" +
                (counts.Balanced() ? ", but not the same ones" : ""));
    }
    m_memberships[ue].closed += counts;
    const uint32_t gnb = account.gnb;
    account = Account{};
    m_lost[ue] = Losses{};
    account.gnb = gnb;
}

void
TrafficLedger::Violate(const std::string& sentence)
{
    if (m_violation.empty())
    {
        m_violation = sentence;
    }
}

void
TrafficLedger::ReportUnknownPacket(uint64_t index)
{
    Violate("packet " + std::to_string(index) + " was reported by the radio but never sent");
}

} // namespace ns3::mbs
