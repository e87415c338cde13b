// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-join-schedule.h"

#include "mbs-ranks.h"

#include "ns3/mbs-foresight.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

namespace
{

/**
 * @param seconds a random variable, whatever its values
 * @return a value of it as a time from 0 to what no run lasts, 1e9 s: ns-3's Time would overflow
 */
Time
DrawnTime(const Ptr<RandomVariableStream>& seconds)
{
    const double value = seconds->GetValue();
    return Seconds(value > 0.0 ? std::min(value, 1e9) : 0.0);
}

/** @param ue a UE @return true if its node is one of this process's */
bool
IsHere(const Ptr<Ue>& ue)
{
    return ue->GetNode()->GetSystemId() == Ranks::GetOwn();
}

} // namespace

JoinSchedule::JoinSchedule()
    : m_joinTimes(CreateObject<UniformRandomVariable>())
{
}

void
JoinSchedule::SetStay(const Ptr<RandomVariableStream>& stay, const Ptr<RandomVariableStream>& away)
{
    m_stay = stay;
    m_away = away;
}

void
JoinSchedule::JoinAll(const NetworkPlan& plan,
                      const std::vector<Ptr<Ue>>& ues,
                      const std::vector<Tmgi>& sessions,
                      Time start,
                      Time window)
{
    m_ues = ues;
    m_begin = plan.broadcastGnbs ? &Ue::Receive : &Ue::Join;
    const auto beginnings = std::make_shared<Beginnings>();
    beginnings->plan = plan;
    beginnings->begin = m_begin;
    beginnings->ues = ues;
    beginnings->sessions = sessions;
    const auto add = [&](const Ptr<Ue>& ue, uint32_t session) {
        const Time drawn = Seconds(m_joinTimes->GetValue(0.0, window.GetSeconds()));
        if (IsHere(ue))
        {
            beginnings->inOrder.push_back(
                {start + plan.sessionStagger * session + drawn, ue->GetNumber(), session});
        }
    };
    for (const auto& ue : m_ues)
    {
        if (m_stay)
        {
            ue->TraceConnectWithoutContext("Joined", MakeCallback(&JoinSchedule::Joined, this));
        }
        if (m_away)
        {
            ue->TraceConnectWithoutContext("Left", MakeCallback(&JoinSchedule::Left, this));
        }
        if (plan.joinTogether)
        {
            // Once the last of its sessions has started.
            add(ue, plan.sessions - 1);
            continue;
        }
        for (const uint32_t session : plan.SessionsOf(ue->GetNumber()))
        {
            add(ue, session);
        }
    }
    std::stable_sort(beginnings->inOrder.begin(),
                     beginnings->inOrder.end(),
                     [](const Beginning& a, const Beginning& b) { return a.at < b.at; });
    for (Beginning& beginning : beginnings->inOrder)
    {
        beginning.at += Simulator::Now();
    }
    ScheduleNext(beginnings);
}

void
JoinSchedule::ScheduleNext(const std::shared_ptr<Beginnings>& beginnings)
{
    if (beginnings->next < beginnings->inOrder.size())
    {
        const Time at = beginnings->inOrder[beginnings->next].at;
        Simulator::Schedule(at - Simulator::Now(), &JoinSchedule::BeginNext, beginnings);
    }
}

void
JoinSchedule::BeginNext(std::shared_ptr<Beginnings> beginnings)
{
    auto& [inOrder, next, plan, begin, ues, sessions] = *beginnings;
    while (next < inOrder.size() && inOrder[next].at <= Simulator::Now())
    {
        // The UEs come in no order in which they lie in memory.
        if (next + 2 < inOrder.size())
        {
            Foresee(&ues[inOrder[next + 2].ue], sizeof(Ptr<Ue>));
            Foresee(PeekPointer(ues[inOrder[next + 1].ue]), sizeof(Ue));
        }
        const Beginning& beginning = inOrder[next++];
        const Ptr<Ue>& ue = ues.at(beginning.ue);
        if (plan.joinTogether)
        {
            JoinTogether(plan, ue, sessions);
        }
        else
        {
            (PeekPointer(ue)->*begin)(sessions.at(beginning.session));
        }
    }
    ScheduleNext(beginnings);
}

void
JoinSchedule::JoinTogether(const NetworkPlan& plan,
                           const Ptr<Ue>& ue,
                           const std::vector<Tmgi>& sessions)
{
    std::vector<Tmgi> wanted;
    for (const uint32_t session : plan.SessionsOf(ue->GetNumber()))
    {
        wanted.push_back(sessions.at(session));
        if (wanted.size() == Ue::MAX_TOGETHER)
        {
            ue->JoinTogether(std::exchange(wanted, {}));
        }
    }
    if (!wanted.empty())
    {
        ue->JoinTogether(wanted);
    }
}

int64_t
JoinSchedule::AssignStreams(int64_t stream)
{
    const int64_t first = stream;
    m_joinTimes->SetStream(stream++);
    for (const auto& variable : {m_stay, m_away})
    {
        if (variable)
        {
            variable->SetStream(stream);
        }
        ++stream;
    }
    return stream - first;
}

void
JoinSchedule::Joined(uint32_t ue, const Tmgi& tmgi)
{
    Simulator::Schedule(DrawnTime(m_stay), &Ue::Leave, m_ues.at(ue), tmgi);
}

void
JoinSchedule::Left(uint32_t ue, const Tmgi& tmgi)
{
    Simulator::Schedule(DrawnTime(m_away), m_begin, m_ues.at(ue), tmgi);
}

} // namespace ns3::mbs
