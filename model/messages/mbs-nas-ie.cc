// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-nas-ie.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

std::optional<NasIe>
NasIeReader::Next()
{
    if (m_error != DecodeError::NONE || m_reader.Left() == 0)
    {
        return std::nullopt;
    }
    const ByteView whole = m_reader.Take(1);
    NasIe ie;
    ie.iei = whole[0];
    if ((ie.iei & 0x80) != 0)
    {
        ie.iei &= 0xf0;
        ie.value = whole;
        return ie;
    }
    for (std::size_t i = 0; i < m_fixedCount; ++i)
    {
        if (m_fixed[i].iei == ie.iei)
        {
            ie.value = m_reader.Take(m_fixed[i].valueSize);
            m_error = m_reader.Ok() ? DecodeError::NONE : DecodeError::TRUNCATED;
            return m_reader.Ok() ? std::optional<NasIe>(ie) : std::nullopt;
        }
    }
    if (ie.iei >> 4 == 0)
    {
        m_error = DecodeError::UNSUPPORTED;
        return std::nullopt;
    }
    const std::size_t length = ie.iei >> 4 == 7 ? m_reader.U16() : m_reader.U8();
    ie.value = m_reader.Take(length);
    if (!m_reader.Ok())
    {
        m_error = DecodeError::TRUNCATED;
        return std::nullopt;
    }
    return ie;
}

DecodeError
NasIeReader::Error() const
{
    return m_error;
}

void
WriteNasTlvE(ByteWriter& writer, uint8_t iei, ByteView value)
{
    NS_ASSERT_MSG(value.size() <= UINT16_MAX, "information element too long");
    writer.U8(iei).U16(static_cast<uint16_t>(value.size())).Append(value);
}

} // namespace ns3::mbs
