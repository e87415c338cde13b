// SPDX-License-Identifier: GPL-2.0-only

// Members of a session that do not listen to it: what reaches their cell meanwhile is lost for
// them, and so is what never comes to their gNB because nobody there listens.

#include "mbs-traffic-ledger.h"

#include <algorithm>

namespace ns3::mbs
{

void
TrafficLedger::ReceptionStopped(uint32_t ue, LossCause cause)
{
    if (m_finished || ue >= m_accounts.size() || m_accounts[ue].gnb == NO_GNB)
    {
        return;
    }
    ReceptionStarted(ue);
    const uint32_t gnb = m_accounts[ue].gnb;
    CellOf(gnb).deaf[ue] = cause;
    if (cause == LossCause::ASLEEP || cause == LossCause::HANDOVER)
    {
        // What is still on its way to the gNB reaches it after that, or never.
        uint64_t first = m_sent;
        for (const Missing& missing : MissingAt(gnb))
        {
            first = missing.inFlight ? std::min(first, missing.index) : first;
        }
        m_silences[ue].push_back({cause, first, UINT64_MAX});
    }
}

void
TrafficLedger::ReceptionStarted(uint32_t ue)
{
    if (m_finished || ue >= m_accounts.size() || m_accounts[ue].gnb == NO_GNB)
    {
        return;
    }
    Cell& cell = CellOf(m_accounts[ue].gnb);
    const auto deaf = cell.deaf.find(ue);
    if (deaf == cell.deaf.end())
    {
        return;
    }
    if (deaf->second == LossCause::ASLEEP || deaf->second == LossCause::HANDOVER)
    {
        m_silences[ue].back().end = m_sent;
    }
    cell.deaf.erase(deaf);
}

void
TrafficLedger::LostOnAir(uint32_t ue, uint64_t index)
{
    LossCause cause = LossCause::RADIO;
    if (ue < m_accounts.size() && m_accounts[ue].gnb < m_cells.size())
    {
        const auto& deaf = m_cells[m_accounts[ue].gnb].deaf;
        const auto found = deaf.find(ue);
        cause = found == deaf.end() ? cause : found->second;
    }
    Lost(ue, index, cause);
}

void
TrafficLedger::CellDelivered(uint32_t gnb, uint64_t index)
{
    if (gnb >= m_cells.size())
    {
        return;
    }
    Serve(m_cells[gnb], index);
    for (const auto& [ue, cause] : m_cells[gnb].deaf)
    {
        Lost(ue, index, cause);
    }
}

LossCause
TrafficLedger::CauseOfMissing(uint32_t ue, uint64_t index) const
{
    const auto silences = m_silences.find(ue);
    if (silences == m_silences.end())
    {
        return LossCause::CORE;
    }
    const auto silence = std::find_if(
        silences->second.begin(),
        silences->second.end(),
        [index](const Silence& known) { return index >= known.first && index < known.end; });
    return silence == silences->second.end() ? LossCause::CORE : silence->cause;
}

void
TrafficLedger::MemberMoved(uint32_t ue, uint32_t gnb)
{
    if (m_finished || ue >= m_accounts.size() || m_accounts[ue].gnb == NO_GNB ||
        m_accounts[ue].gnb == gnb)
    {
        return;
    }
    if (m_accounts[ue].firstIndex != NO_MEMBER)
    {
        Leave(ue, LossCause::HANDOVER);
        Enter(ue, gnb);
        return;
    }
    const auto deaf = CellOf(m_accounts[ue].gnb).deaf.extract(ue);
    if (!deaf.empty())
    {
        CellOf(gnb).deaf[ue] = deaf.mapped();
    }
    m_accounts[ue].gnb = gnb;
}

} // namespace ns3::mbs
