// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-pdcp-receiver.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

PdcpReceiver::PdcpReceiver(Time tReordering, Handler deliver, Handler discard)
    : m_tReordering(tReordering),
      m_deliver(std::move(deliver)),
      m_discard(std::move(discard))
{
}

PdcpReceiver::~PdcpReceiver()
{
    m_timer.Cancel();
}

void
PdcpReceiver::Receive(uint32_t count, Ptr<const Packet> packet)
{
    if (m_tReordering.IsZero())
    {
        m_deliver(packet);
        return;
    }
    if (count < m_rxDeliv || !m_stored.emplace(count, packet).second)
    {
        m_discard(packet);
        return;
    }
    m_rxNext = std::max(m_rxNext, count + 1);
    if (count == m_rxDeliv)
    {
        DeliverInOrder();
    }
    UpdateTimer();
}

void
PdcpReceiver::Release()
{
    m_timer.Cancel();
    const std::map<uint32_t, Ptr<const Packet>> stored = std::move(m_stored);
    m_stored.clear();
    for (const auto& [count, packet] : stored)
    {
        m_deliver(packet);
    }
}

uint32_t
PdcpReceiver::GetRxDeliv() const
{
    return m_rxDeliv;
}

uint32_t
PdcpReceiver::GetRxNext() const
{
    return m_rxNext;
}

std::vector<uint32_t>
PdcpReceiver::GetStored() const
{
    std::vector<uint32_t> counts;
    for (const auto& [count, packet] : m_stored)
    {
        counts.push_back(count);
    }
    return counts;
}

void
PdcpReceiver::DeliverInOrder()
{
    while (!m_stored.empty() && m_stored.begin()->first == m_rxDeliv)
    {
        const Ptr<const Packet> packet = m_stored.begin()->second;
        m_stored.erase(m_stored.begin());
        ++m_rxDeliv;
        m_deliver(packet);
    }
}

void
PdcpReceiver::UpdateTimer()
{
    if (!m_timer.IsExpired() && m_rxDeliv >= m_rxReord)
    {
        m_timer.Cancel();
    }
    if (m_timer.IsExpired() && m_rxDeliv < m_rxNext)
    {
        m_rxReord = m_rxNext;
        m_timer = Simulator::Schedule(m_tReordering, &PdcpReceiver::TimerExpired, this);
    }
}

void
PdcpReceiver::TimerExpired()
{
    while (!m_stored.empty() && m_stored.begin()->first < m_rxReord)
    {
        const Ptr<const Packet> packet = m_stored.begin()->second;
        m_stored.erase(m_stored.begin());
        m_deliver(packet);
    }
    m_rxDeliv = m_rxReord;
    DeliverInOrder();
    UpdateTimer();
}

} // namespace ns3::mbs
