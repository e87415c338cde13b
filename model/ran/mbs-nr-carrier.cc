// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-nr-carrier.h"

#include "mbs-nr-phy.h"

#include "ns3/double.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(NrCarrier);

TypeId
NrCarrier::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::NrCarrier")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<NrCarrier>()
            .AddAttribute("Numerology",
                          "Subcarriers are 15 kHz times 2 to this power apart, 0 to 3 (TS 38.211 "
                          "table 4.2-1).",
                          UintegerValue(1),
                          MakeUintegerAccessor(&NrCarrier::m_numerology),
                          MakeUintegerChecker<uint32_t>(0, 3))
            .AddAttribute("Bandwidth",
                          "Width of the channel, MHz; one that the numerology has (TS 38.101-1 "
                          "table 5.3.2-1, TS 38.101-2 table 5.3.2-1).",
                          UintegerValue(40),
                          MakeUintegerAccessor(&NrCarrier::m_bandwidth),
                          MakeUintegerChecker<uint32_t>(5, 400))
            .AddAttribute("Frequency",
                          "Frequency of the carrier, Hz.",
                          DoubleValue(3.5e9),
                          MakeDoubleAccessor(&NrCarrier::m_frequency),
                          MakeDoubleChecker<double>(0.5e9, 100e9))
            .AddAttribute("TddPattern",
                          "Directions of the slots, repeated from time 0: D downlink, U uplink, S "
                          "neither, F both.",
                          StringValue("DDDDDDDSUU"),
                          MakeStringAccessor(&NrCarrier::m_pattern),
                          MakeStringChecker())
            .AddAttribute("Symbols",
                          "Symbols of a slot that carry data and its reference signals; the others "
                          "carry control channels.",
                          UintegerValue(13),
                          MakeUintegerAccessor(&NrCarrier::m_symbols),
                          MakeUintegerChecker<uint32_t>(2, 14))
            .AddAttribute("DmrsElements",
                          "Resource elements of a resource block and slot that reference signals "
                          "take (N_DMRS of TS 38.214 clause 5.1.3.2).",
                          UintegerValue(12),
                          MakeUintegerAccessor(&NrCarrier::m_dmrs),
                          MakeUintegerChecker<uint32_t>(0, 23))
            .AddAttribute("Layers",
                          "Spatial layers; the SINR is that of each.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&NrCarrier::m_layers),
                          MakeUintegerChecker<uint32_t>(1, 4));
    return tid;
}

NrCarrier::NrCarrier() = default;
NrCarrier::~NrCarrier() = default;

std::string
NrCarrier::WhyNot() const
{
    if (!NrResourceBlocks(m_numerology, m_bandwidth))
    {
        std::string widths;
        for (const uint32_t width : NrBandwidths(m_numerology))
        {
            widths += (widths.empty() ? "" : ", ") + std::to_string(width);
        }
        return "Bandwidth=" + std::to_string(m_bandwidth) + ": there is no such channel with " +
               "Numerology=" + std::to_string(m_numerology) + ", which has " + widths +
               " MHz; give one of these";
    }
    if (m_pattern.find_first_not_of("DUSF") != std::string::npos || m_pattern.size() > 1000)
    {
        return "TddPattern=" + m_pattern +
               ": must be at most 1000 letters D (downlink), U (uplink), S (neither) or F (both); "
               "for example DDDDDDDSUU, or F for frequency-division duplex";
    }
    if (m_pattern.find_first_of("DF") == std::string::npos ||
        m_pattern.find_first_of("UF") == std::string::npos)
    {
        return "TddPattern=" + m_pattern +
               ": must have a slot of each direction, since nothing could be sent in one of them; "
               "for example DDDDDDDSUU";
    }
    return "";
}

uint32_t
NrCarrier::GetResourceBlocks() const
{
    return NrResourceBlocks(m_numerology, m_bandwidth).value_or(0);
}

double
NrCarrier::GetOccupiedBandwidth() const
{
    return GetResourceBlocks() * 12 * 15e3 * (1U << m_numerology);
}

double
NrCarrier::GetFrequency() const
{
    return m_frequency;
}

Time
NrCarrier::GetSlotDuration() const
{
    return NrSlotDuration(m_numerology);
}

namespace
{

/** @param slot letter of a slot @param direction of a transmission @return true if it may be there
 */
bool
Carries(char slot, RadioDirection direction)
{
    return slot == 'F' || slot == (direction == RadioDirection::DOWNLINK ? 'D' : 'U');
}

} // namespace

double
NrCarrier::GetShare(RadioDirection direction) const
{
    const auto slots = std::count_if(m_pattern.begin(), m_pattern.end(), [direction](char slot) {
        return Carries(slot, direction);
    });
    return static_cast<double>(slots) / static_cast<double>(m_pattern.size());
}

Time
NrCarrier::GetNextSlot(RadioDirection direction, Time from) const
{
    const int64_t duration = GetSlotDuration().GetNanoSeconds();
    int64_t slot = (from.GetNanoSeconds() + duration - 1) / duration;
    while (!Carries(m_pattern[static_cast<std::size_t>(slot) % m_pattern.size()], direction))
    {
        ++slot;
    }
    return NanoSeconds(slot * duration);
}

const std::vector<uint32_t>&
NrCarrier::GetSizes(uint8_t mcs) const
{
    std::vector<uint32_t>& sizes = m_sizes.at(mcs);
    if (sizes.empty())
    {
        const uint32_t elements = 12 * m_symbols - m_dmrs;
        for (uint32_t blocks = 0; blocks <= GetResourceBlocks(); ++blocks)
        {
            sizes.push_back(NrTransportBlockSize(elements, blocks, mcs, m_layers));
        }
    }
    return sizes;
}

} // namespace ns3::mbs
