// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-internet-checksum.h"

namespace ns3::mbs
{

InternetChecksum&
InternetChecksum::Add(uint16_t word)
{
    m_sum += word;
    return *this;
}

InternetChecksum&
InternetChecksum::Add(ByteView bytes)
{
    std::size_t i = 0;
    for (; i + 1 < bytes.size(); i += 2)
    {
        m_sum += static_cast<uint32_t>(bytes[i]) << 8 | bytes[i + 1];
    }
    if (i < bytes.size())
    {
        m_sum += static_cast<uint32_t>(bytes[i]) << 8;
    }
    return *this;
}

uint16_t
InternetChecksum::Get() const
{
    uint64_t sum = m_sum;
    while (sum > 0xffff)
    {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<uint16_t>(~sum);
}

} // namespace ns3::mbs
