// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-key-update-ledger.h"

#include "ns3/assert.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

namespace
{

/**
 * @param value an enumeration's value
 * @return its position
 */
template <typename E>
constexpr std::size_t
IndexOf(E value)
{
    return static_cast<std::size_t>(value);
}

/**
 * @param name a key's name
 * @return its IDs as one number; of an MSK only the MSK ID
 */
uint64_t
IdNumber(const KeyName& name)
{
    const uint64_t msk = uint64_t{name.mki.msk.Group()} << 16 | name.mki.msk.Number();
    return name.kind == KeyKind::MSK ? msk : msk << 16 | name.mki.mtk.Number();
}

/**
 * @brief Notes a first arrival in a table that grows as needed.
 * @param times the table
 * @param index where
 * @param now when
 */
void
NoteFirst(std::vector<int64_t>& times, std::size_t index, const Time& now)
{
    if (index >= times.size())
    {
        times.resize(index + 1, KeyUpdateLedger::NEVER);
    }
    if (times[index] == KeyUpdateLedger::NEVER)
    {
        times[index] = now.GetNanoSeconds();
    }
}

/**
 * @param times a table
 * @param index where
 * @return what is there, NEVER behind its end
 */
int64_t
Lookup(const std::vector<int64_t>& times, std::size_t index)
{
    return index < times.size() ? times[index] : KeyUpdateLedger::NEVER;
}

} // namespace

const char*
ToString(KeyKind kind)
{
    return kind == KeyKind::MSK ? "msk" : "mtk";
}

const char*
ToString(KeyProcedure procedure)
{
    return procedure == KeyProcedure::CONTROL_PLANE ? "cp" : "up";
}

const char*
ToString(KeyLeg leg)
{
    static constexpr std::array<const char*, KEY_LEGS> NAMES{"MB-SMF", "SMF", "AMF", "gNB", "UE"};
    return NAMES[IndexOf(leg)];
}

const char*
ToString(KeyOutcome outcome)
{
    static constexpr std::array<const char*, KEY_OUTCOMES> NAMES{"installed",
                                                                 "lost",
                                                                 "rejected",
                                                                 "left",
                                                                 "pending"};
    return NAMES[IndexOf(outcome)];
}

int64_t
KeyUpdateLedger::Row::Latency() const
{
    const int64_t installed = reached[IndexOf(KeyLeg::UE)];
    return installed == NEVER ? NEVER : installed - generated;
}

void
KeyUpdateLedger::MemberJoined(const Tmgi& tmgi, uint32_t ue, uint32_t gnb, uint32_t smf)
{
    Session& session = m_sessions[tmgi];
    if (ue >= session.ues.size())
    {
        session.ues.resize(ue + std::size_t{1});
    }
    Serving& serving = session.ues[ue];
    serving.gnb = gnb;
    serving.smf = smf;
    serving.member = true;
    session.members.reset();
}

void
KeyUpdateLedger::MemberMoved(const Tmgi& tmgi, uint32_t ue, uint32_t gnb)
{
    Session* session = FindSession(tmgi);
    if (session != nullptr && ue < session->ues.size() && session->ues[ue].member &&
        session->ues[ue].gnb != gnb)
    {
        session->ues[ue].gnb = gnb;
        session->members.reset();
    }
}

void
KeyUpdateLedger::MemberLeft(const Tmgi& tmgi, uint32_t ue)
{
    Session* session = FindSession(tmgi);
    if (session != nullptr && ue < session->ues.size() && session->ues[ue].member)
    {
        session->ues[ue].member = false;
        session->ues[ue].leftAt = session->keys;
        session->members.reset();
    }
}

void
KeyUpdateLedger::KeyGenerated(const KeyName& key, KeyProcedure procedure, const Time& now)
{
    Session& session = m_sessions[key.tmgi];
    if (session.members == nullptr)
    {
        auto members = std::make_shared<Membership>();
        members->rowOfUe.assign(session.ues.size(), NO_ROW);
        for (uint32_t ue = 0; ue < session.ues.size(); ++ue)
        {
            if (session.ues[ue].member)
            {
                members->rowOfUe[ue] = static_cast<uint32_t>(members->ues.size());
                members->ues.push_back(ue);
                members->serving.push_back(session.ues[ue]);
            }
        }
        session.members = std::move(members);
    }
    session.keyOf[IndexOf(key.kind)][IdNumber(key)] = m_keys.size();
    m_recent[IndexOf(key.kind)] = m_keys.size();

    Key made{};
    made.name = key;
    made.procedure = procedure;
    made.generated = now.GetNanoSeconds();
    made.session = &session;
    made.ordinal = session.keys++;
    made.members = session.members;
    made.mbsmf = NEVER;
    made.state.assign(made.members->ues.size(), 0);
    m_keys.push_back(std::move(made));
}

void
KeyUpdateLedger::KeyReachedMbSmf(const KeyName& key, const Time& now)
{
    if (Key* known = Find(key))
    {
        if (known->mbsmf == NEVER)
        {
            known->mbsmf = now.GetNanoSeconds();
        }
    }
}

void
KeyUpdateLedger::KeyReachedSmf(const KeyName& key, uint32_t smf, const Time& now)
{
    if (Key* known = Find(key))
    {
        NoteFirst(known->smf, smf, now);
    }
}

void
KeyUpdateLedger::KeyReachedAmf(const KeyName& key, uint32_t ue, const Time& now)
{
    Note(&Key::amf, key, ue, now);
}

void
KeyUpdateLedger::KeyReachedGnb(const KeyName& key, uint32_t ue, const Time& now)
{
    Note(&Key::gnb, key, ue, now);
}

void
KeyUpdateLedger::KeyReachedCell(const KeyName& key, uint32_t gnb, const Time& now)
{
    if (Key* known = Find(key))
    {
        NoteFirst(known->cell, gnb, now);
    }
}

void
KeyUpdateLedger::KeyInstalled(const KeyName& key, uint32_t ue, const Time& now)
{
    Note(&Key::installed, key, ue, now);
}

void
KeyUpdateLedger::KeyRejected(const KeyName& key, uint32_t ue)
{
    if (Key* known = Find(key))
    {
        const uint32_t row = OpenRow(*known, ue);
        if (row != NO_ROW)
        {
            known->state[row] |= MARK_REJECTED;
        }
    }
}

void
KeyUpdateLedger::KeyGivenUp(const KeyName& key, uint32_t ue)
{
    if (Key* known = Find(key))
    {
        const uint32_t row = OpenRow(*known, ue);
        if (row != NO_ROW)
        {
            known->state[row] |= MARK_GIVEN_UP;
        }
    }
}

void
KeyUpdateLedger::KeySuperseded(const KeyName& key)
{
    if (Key* known = Find(key))
    {
        known->superseded = true;
    }
}

void
KeyUpdateLedger::KeyFirstUsed(const Tmgi& tmgi, const Mki& mki, uint32_t ue, const Time& now)
{
    Note(&Key::firstUse, {KeyKind::MTK, tmgi, mki}, ue, now);
    Note(&Key::firstUse, {KeyKind::MSK, tmgi, mki}, ue, now);
}

void
KeyUpdateLedger::Finish()
{
    if (m_finished)
    {
        return;
    }
    // From the newest key to the oldest: by session and UE, which kinds the UE has a newer key of.
    std::map<const Session*, std::vector<uint8_t>> newer;
    for (auto key = m_keys.rbegin(); key != m_keys.rend(); ++key)
    {
        std::vector<uint8_t>& has = newer[key->session];
        has.resize(key->session->ues.size(), 0);
        const auto kindMark = static_cast<uint8_t>(1U << IndexOf(key->name.kind));
        // An MSK that brings an MTK along replaces older MTKs as well.
        const bool bringsMtk = key->name.mki.mtk.Number() != 0;
        const auto installMark =
            static_cast<uint8_t>(kindMark | (bringsMtk ? 1U << IndexOf(KeyKind::MTK) : 0U));
        for (uint32_t row = 0; row < key->state.size(); ++row)
        {
            const uint32_t ue = key->members->ues[row];
            const uint8_t marks = key->state[row];
            KeyOutcome outcome = KeyOutcome::PENDING;
            if (Lookup(key->installed, row) != NEVER)
            {
                outcome = KeyOutcome::INSTALLED;
            }
            else if ((marks & MARK_REJECTED) != 0)
            {
                outcome = KeyOutcome::REJECTED;
            }
            else if (OpenRow(*key, ue) == NO_ROW)
            {
                outcome = KeyOutcome::LEFT;
            }
            else if (key->superseded || (marks & MARK_GIVEN_UP) != 0 || (has[ue] & kindMark) != 0)
            {
                outcome = KeyOutcome::LOST;
            }
            key->state[row] = static_cast<uint8_t>(outcome);
            if (outcome == KeyOutcome::INSTALLED)
            {
                has[ue] |= installMark;
            }
        }
    }
    m_finished = true;
}

void
KeyUpdateLedger::ForEachRow(const std::function<void(const Row&)>& visit) const
{
    NS_ASSERT_MSG(m_finished, "rows have outcomes only after Finish()");
    std::vector<const Key*> keys;
    keys.reserve(m_keys.size());
    for (const Key& key : m_keys)
    {
        keys.push_back(&key);
    }
    std::stable_sort(keys.begin(), keys.end(), [](const Key* a, const Key* b) {
        return a->generated < b->generated;
    });
    for (std::size_t first = 0; first < keys.size();)
    {
        std::size_t last = first;
        std::vector<std::pair<const Key*, uint32_t>> rows;
        for (; last < keys.size() && keys[last]->generated == keys[first]->generated; ++last)
        {
            for (uint32_t row = 0; row < keys[last]->state.size(); ++row)
            {
                rows.emplace_back(keys[last], row);
            }
        }
        // The rows of one key are in the order of the UEs; only keys of one instant interleave.
        if (last - first > 1)
        {
            std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
                return a.first->members->ues[a.second] < b.first->members->ues[b.second];
            });
        }
        for (const auto& [key, row] : rows)
        {
            visit(MakeRow(*key, row));
        }
        first = last;
    }
}

uint64_t
KeyUpdateLedger::Count(KeyKind kind) const
{
    uint64_t count = 0;
    for (const Key& key : m_keys)
    {
        count += key.name.kind == kind ? key.state.size() : 0;
    }
    return count;
}

uint64_t
KeyUpdateLedger::Count(KeyKind kind, KeyOutcome outcome) const
{
    NS_ASSERT_MSG(m_finished, "rows have outcomes only after Finish()");
    uint64_t count = 0;
    for (const Key& key : m_keys)
    {
        if (key.name.kind == kind)
        {
            count += std::count(key.state.begin(), key.state.end(), static_cast<uint8_t>(outcome));
        }
    }
    return count;
}

LatencyStatistics
KeyUpdateLedger::Latencies(KeyKind kind) const
{
    LatencyStatistics statistics;
    ForEachInstalled(kind,
                     [&statistics](const Row& row) { statistics.AddNanoseconds(row.Latency()); });
    return statistics;
}

LatencyStatistics
KeyUpdateLedger::LegLatencies(KeyKind kind, KeyLeg leg) const
{
    LatencyStatistics statistics;
    ForEachInstalled(kind, [&statistics, leg](const Row& row) {
        const int64_t end = row.reached[IndexOf(leg)];
        if (end == NEVER)
        {
            return;
        }
        int64_t begin = row.generated;
        for (std::size_t before = 0; before < IndexOf(leg); ++before)
        {
            begin = row.reached[before] == NEVER ? begin : row.reached[before];
        }
        statistics.AddNanoseconds(end - begin);
    });
    return statistics;
}

KeyUpdateLedger::Session*
KeyUpdateLedger::FindSession(const Tmgi& tmgi)
{
    const auto found = m_sessions.find(tmgi);
    return found == m_sessions.end() ? nullptr : &found->second;
}

KeyUpdateLedger::Key*
KeyUpdateLedger::Find(const KeyName& name)
{
    if (m_finished)
    {
        return nullptr;
    }
    // Reports come in storms about one key.
    std::size_t& recent = m_recent[IndexOf(name.kind)];
    if (recent < m_keys.size() && IdNumber(m_keys[recent].name) == IdNumber(name) &&
        m_keys[recent].name.tmgi == name.tmgi)
    {
        return &m_keys[recent];
    }
    Session* session = FindSession(name.tmgi);
    if (session == nullptr)
    {
        return nullptr;
    }
    const auto& keys = session->keyOf[IndexOf(name.kind)];
    const auto found = keys.find(IdNumber(name));
    if (found == keys.end())
    {
        return nullptr;
    }
    recent = found->second;
    return &m_keys[recent];
}

uint32_t
KeyUpdateLedger::OpenRow(const Key& key, uint32_t ue) const
{
    // The UE left when the session had more keys than were made before this one.
    if (ue >= key.members->rowOfUe.size() || key.session->ues[ue].leftAt > key.ordinal)
    {
        return NO_ROW;
    }
    return key.members->rowOfUe[ue];
}

void
KeyUpdateLedger::Note(std::vector<int64_t> Key::*times,
                      const KeyName& key,
                      uint32_t ue,
                      const Time& now)
{
    Key* known = Find(key);
    if (known == nullptr)
    {
        return;
    }
    const uint32_t row = OpenRow(*known, ue);
    if (row == NO_ROW)
    {
        return;
    }
    if ((known->*times).empty())
    {
        (known->*times).reserve(known->state.size());
    }
    NoteFirst(known->*times, row, now);
}

KeyUpdateLedger::Row
KeyUpdateLedger::MakeRow(const Key& key, uint32_t row) const
{
    const Serving& serving = key.members->serving[row];
    const int64_t gnb = Lookup(key.gnb, row);
    return {key.name.kind,
            key.procedure,
            key.name.tmgi,
            key.name.mki,
            key.members->ues[row],
            serving.gnb,
            key.generated,
            {key.mbsmf,
             Lookup(key.smf, serving.smf),
             Lookup(key.amf, row),
             gnb == NEVER ? Lookup(key.cell, serving.gnb) : gnb,
             Lookup(key.installed, row)},
            Lookup(key.firstUse, row),
            static_cast<KeyOutcome>(key.state[row])};
}

void
KeyUpdateLedger::ForEachInstalled(KeyKind kind, const std::function<void(const Row&)>& visit) const
{
    NS_ASSERT_MSG(m_finished, "rows have outcomes only after Finish()");
    for (const Key& key : m_keys)
    {
        for (uint32_t row = 0; key.name.kind == kind && row < key.state.size(); ++row)
        {
            if (key.state[row] == static_cast<uint8_t>(KeyOutcome::INSTALLED))
            {
                visit(MakeRow(key, row));
            }
        }
    }
}

} // namespace ns3::mbs
