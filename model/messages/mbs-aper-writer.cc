// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-aper-rules.h"
#include "mbs-aper.h"

namespace ns3::mbs
{

void
AperWriter::Bits(uint64_t value, unsigned count)
{
    // First what the last octet has room for, then whole octets, then what is left.
    if (m_free > 0)
    {
        const unsigned take = std::min(count, m_free);
        count -= take;
        m_free -= take;
        m_bytes.back() |= static_cast<uint8_t>((value >> count & ((1U << take) - 1)) << m_free);
    }
    while (count >= 8)
    {
        count -= 8;
        m_bytes.push_back(static_cast<uint8_t>(value >> count));
    }
    if (count > 0)
    {
        m_free = 8 - count;
        m_bytes.push_back(static_cast<uint8_t>(value << m_free));
    }
}

void
AperWriter::Align()
{
    m_free = 0;
}

void
AperWriter::Number(uint64_t value, unsigned octets)
{
    Align();
    Bits(value, octets * 8);
}

void
AperWriter::Constrained(uint64_t value, uint64_t lower, uint64_t upper)
{
    if (value < lower || value > upper)
    {
        return Fail();
    }
    const uint64_t span = upper - lower;
    const uint64_t offset = value - lower;
    if (span <= APER_BIT_FIELD_MAX)
    {
        Bits(offset, AperBitLength(span));
    }
    else if (span <= APER_ONE_OCTET_MAX)
    {
        Number(offset, 1);
    }
    else if (span <= APER_TWO_OCTETS_MAX)
    {
        Number(offset, 2);
    }
    else
    {
        const unsigned octets = AperOctetLength(offset);
        Constrained(octets, 1, AperOctetLength(span));
        Number(offset, octets);
    }
}

void
AperWriter::SemiConstrained(uint64_t value, uint64_t lower)
{
    if (value < lower)
    {
        return Fail();
    }
    const unsigned octets = AperOctetLength(value - lower);
    Length(octets);
    Number(value - lower, octets);
}

void
AperWriter::Unconstrained(int64_t value)
{
    // two's complement in as few octets as keep the sign
    const auto raw = static_cast<uint64_t>(value);
    const unsigned octets = AperBitLength(value < 0 ? ~raw : raw) / 8 + 1;
    Length(octets);
    Number(raw, octets);
}

void
AperWriter::ExtensibleInteger(uint64_t value, uint64_t lower, uint64_t upper)
{
    const bool inRoot = value >= lower && value <= upper;
    Bits(inRoot ? 0 : 1, 1);
    if (inRoot)
    {
        Constrained(value, lower, upper);
    }
    else if (value <= INT64_MAX)
    {
        Unconstrained(static_cast<int64_t>(value));
    }
    else
    {
        Fail();
    }
}

void
AperWriter::NormallySmall(uint64_t value)
{
    const bool small = value < APER_NORMALLY_SMALL_LIMIT;
    Bits(small ? 0 : 1, 1);
    if (small)
    {
        Bits(value, 6);
    }
    else
    {
        SemiConstrained(value, 0);
    }
}

void
AperWriter::Enumerated(uint64_t value, uint64_t rootCount, bool extensible)
{
    const bool inRoot = value < rootCount;
    if (extensible)
    {
        Bits(inRoot ? 0 : 1, 1);
    }
    if (inRoot || !extensible)
    {
        Constrained(value, 0, rootCount - 1);
    }
    else
    {
        NormallySmall(value - rootCount);
    }
}

void
AperWriter::Length(std::size_t length)
{
    Align();
    if (length > MAX_LENGTH)
    {
        Fail();
    }
    else if (length < 0x80)
    {
        Bits(length, 8);
    }
    else
    {
        Bits(0x8000 | length, 16);
    }
}

void
AperWriter::FixedOctets(ByteView octets)
{
    if (octets.size() > APER_UNALIGNED_OCTETS)
    {
        Align();
        Append(m_bytes, octets);
        return;
    }
    for (const uint8_t octet : octets)
    {
        Bits(octet, 8);
    }
}

void
AperWriter::OctetString(ByteView octets)
{
    Length(octets.size());
    Append(m_bytes, octets);
}

void
AperWriter::FixedBits(uint64_t value, unsigned count)
{
    if (count < 64 && value >> count != 0)
    {
        return Fail();
    }
    if (count > APER_UNALIGNED_BITS)
    {
        Align();
    }
    Bits(value, count);
}

void
AperWriter::BitString(ByteView octets, uint64_t lower, uint64_t upper)
{
    Constrained(octets.size() * 8, lower, upper);
    if (!octets.empty())
    {
        Align();
        Append(m_bytes, octets);
    }
}

void
AperWriter::OpenType(ByteView encoding)
{
    // a complete encoding has at least one octet (X.691 clause 11.1.3)
    static constexpr std::array<uint8_t, 1> NOTHING{};
    OctetString(encoding.empty() ? ByteView(NOTHING) : encoding);
}

std::size_t
AperWriter::BeginOpenType()
{
    Align();
    m_bytes.push_back(0); // the length, if it is as short as most
    return m_bytes.size();
}

void
AperWriter::EndOpenType(std::size_t begin)
{
    Align();
    if (m_bytes.size() == begin)
    {
        m_bytes.push_back(0); // a complete encoding has at least one octet (X.691 clause 11.1.3)
    }
    const std::size_t length = m_bytes.size() - begin;
    if (length > MAX_LENGTH)
    {
        Fail();
    }
    else if (length < 0x80)
    {
        m_bytes[begin - 1] = static_cast<uint8_t>(length);
    }
    else
    {
        m_bytes[begin - 1] = static_cast<uint8_t>(0x80 | length >> 8);
        m_bytes.insert(m_bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                       static_cast<uint8_t>(length));
    }
}

std::size_t
AperWriter::SkipNumber()
{
    Number(0, 2);
    return m_bytes.size() - 2;
}

void
AperWriter::FillNumber(std::size_t position, uint16_t value)
{
    m_bytes[position] = static_cast<uint8_t>(value >> 8);
    m_bytes[position + 1] = static_cast<uint8_t>(value);
}

Bytes
AperWriter::Release()
{
    return m_ok ? std::move(m_bytes) : Bytes();
}

} // namespace ns3::mbs
