// SPDX-License-Identifier: GPL-2.0-only

// Packets that a UE has lost and gets late: what it missed in a handover is sent to it again, or
// was on its way, or with it, while it changed cells. Their fingerprints were entered with the
// loss, so that taking one back moves a packet from one place to another and changes no sum.

#include "mbs-traffic-ledger.h"

namespace ns3::mbs
{

void
TrafficLedger::KeepLosses(uint64_t packets)
{
    m_losses = std::make_unique<LossMemory>(packets);
}

void
TrafficLedger::Resent(uint32_t ue, uint64_t index)
{
    if (!m_finished && ue < m_accounts.size() && m_accounts[ue].firstIndex != NO_MEMBER)
    {
        TakeLossBack(ue, index, true);
    }
}

void
TrafficLedger::CountLoss(uint32_t ue, uint64_t index, LossCause cause, int change)
{
    const auto place = static_cast<std::size_t>(cause);
    // Unsigned numbers: adding the greatest one takes one away.
    if (index >= m_accounts[ue].firstIndex)
    {
        m_lost[ue][place] += static_cast<uint32_t>(change);
    }
    else
    {
        m_memberships[ue].closed.lost[place] += static_cast<uint64_t>(change);
    }
    BinOf(index).lost[place] += static_cast<uint64_t>(change);
}

bool
TrafficLedger::TakeLossBack(uint32_t ue, uint64_t index, bool again)
{
    if (!m_losses)
    {
        return false;
    }
    if (LossMemory::Late* late = m_losses->Find(ue, index))
    {
        late->again = late->again || again;
        return true;
    }
    const auto cause = m_losses->Forget(ue, index);
    if (!cause)
    {
        return false;
    }
    CountLoss(ue, index, *cause, -1);
    m_losses->Resend(ue, index, {*cause, again});
    return true;
}

bool
TrafficLedger::DeliveredLate(uint32_t ue, uint64_t index, uint32_t octets)
{
    if (m_finished || ue >= m_accounts.size() || m_accounts[ue].firstIndex == NO_MEMBER ||
        (m_losses->Find(ue, index) == nullptr && !TakeLossBack(ue, index, false)))
    {
        return false;
    }
    Account& account = m_accounts[ue];
    TrafficCounts& closed = m_memberships[ue].closed;
    TrafficCounts& bin = BinOf(index);
    if (index >= account.firstIndex)
    {
        ++account.delivered;
        account.octets += octets;
    }
    else
    {
        ++closed.delivered;
        closed.octets += octets;
    }
    ++bin.delivered;
    bin.octets += octets;
    if (m_losses->Take(ue, index)->again)
    {
        ++closed.recovered;
        ++bin.recovered;
    }
    return true;
}

bool
TrafficLedger::LostAgain(uint32_t ue, uint64_t index, LossCause cause)
{
    if (m_finished || ue >= m_accounts.size() || m_accounts[ue].firstIndex == NO_MEMBER)
    {
        return false;
    }
    const auto late = m_losses->Take(ue, index);
    if (!late)
    {
        return false;
    }
    // What never came to the UE is lost for the reason for which it was sent again.
    const LossCause why = LossMemory::Concerns(cause) ? late->cause : cause;
    CountLoss(ue, index, why, 1);
    m_losses->Note(ue, index, why);
    return true;
}

void
TrafficLedger::CloseLate(uint32_t ue, TrafficCounts& counts, std::optional<LossCause> cause)
{
    if (!m_losses)
    {
        return;
    }
    for (const auto& [index, late] : m_losses->TakeAll(ue))
    {
        TrafficCounts& where =
            index >= m_accounts[ue].firstIndex ? counts : m_memberships[ue].closed;
        for (TrafficCounts* all : {&where, &BinOf(index)})
        {
            ++(cause ? all->lost[static_cast<std::size_t>(*cause)] : all->inFlight);
        }
        if (cause)
        {
            m_losses->Note(ue, index, *cause);
        }
    }
    if (!cause)
    {
        m_losses->ForgetAll(ue);
    }
}

} // namespace ns3::mbs
