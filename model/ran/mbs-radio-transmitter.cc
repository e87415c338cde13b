// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-transmitter.h"

#include "ns3/mbs-transmission-time.h"

#include <algorithm>

namespace ns3::mbs
{

void
RadioTransmitter::SetRate(DataRate rate)
{
    m_rate = rate;
}

DataRate
RadioTransmitter::GetRate() const
{
    return m_rate;
}

void
RadioTransmitter::SetLimit(uint32_t octets)
{
    m_limit = octets;
}

uint32_t
RadioTransmitter::GetLimit() const
{
    return m_limit;
}

std::optional<Time>
RadioTransmitter::Enqueue(uint32_t octets, Time now)
{
    const Time start = std::max(now, m_busyUntil);
    const Time end = start + TransmissionTime(m_rate, octets);
    // By itself a packet is within the limit if its octets are, without another division.
    const bool fits = start == now && octets <= m_limit;
    if (!fits && end - now > TransmissionTime(m_rate, m_limit))
    {
        return std::nullopt;
    }
    m_busyUntil = end;
    return end - now;
}

} // namespace ns3::mbs
