// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ap-reader.h"

namespace ns3::mbs
{

void
ApReader::Append(ByteView octets)
{
    // Only here, once for all PDUs that came together: a move for each would add up.
    // A new string and not a shorter one, since PDUs may hold keys and a freed string is wiped.
    if (m_at > 0)
    {
        m_octets = Bytes(m_octets.begin() + static_cast<std::ptrdiff_t>(m_at), m_octets.end());
        m_at = 0;
    }
    mbs::Append(m_octets, octets);
}

Decoded<ByteView>
ApReader::Next()
{
    ByteReader reader(ByteView(m_octets).Sub(m_at));
    const uint32_t size = reader.U32();
    if (reader.Ok() && (size == 0 || size > MAX_PDU_SIZE))
    {
        return DecodeError::OUT_OF_RANGE;
    }
    const ByteView pdu = reader.Take(size);
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    m_at += PREFIX_SIZE + size;
    return pdu;
}

uint32_t
ApReader::NextSize() const
{
    return ByteReader(ByteView(m_octets).Sub(m_at)).U32();
}

void
ApReader::Clear()
{
    m_octets = Bytes();
    m_at = 0;
}

} // namespace ns3::mbs
