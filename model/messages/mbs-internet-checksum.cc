// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-internet-checksum.h"

#include <array>
#include <cstring>

namespace ns3::mbs
{

namespace
{

/** @param sum of 16-bit words @return the same with its carries added in */
uint16_t
Fold(uint64_t sum)
{
    while (sum > UINT16_MAX)
    {
        sum = (sum & UINT16_MAX) + (sum >> 16);
    }
    return static_cast<uint16_t>(sum);
}

} // namespace

InternetChecksum&
InternetChecksum::Add(uint16_t word)
{
    m_sum += word;
    return *this;
}

InternetChecksum&
InternetChecksum::Add(ByteView bytes)
{
    // Words of the machine's own, eight octets at a time: in which order octets stand in a word
    // does not matter before the end (RFC 1071 clause 2 B).
    uint64_t sum = 0;
    std::size_t i = 0;
    for (; i + sizeof(uint64_t) <= bytes.size(); i += sizeof(uint64_t))
    {
        uint64_t words;
        std::memcpy(&words, bytes.data() + i, sizeof(words));
        sum += (words & UINT32_MAX) + (words >> 32);
    }
    const uint16_t folded = Fold(sum);
    std::array<uint8_t, sizeof(folded)> octets;
    std::memcpy(octets.data(), &folded, sizeof(folded));
    m_sum += static_cast<uint32_t>(octets[0]) << 8 | octets[1];
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
    return static_cast<uint16_t>(~Fold(m_sum));
}

} // namespace ns3::mbs
