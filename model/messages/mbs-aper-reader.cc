// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-aper-rules.h"
#include "mbs-aper.h"

namespace ns3::mbs
{

namespace
{

/**
 * @param bytes where to read
 * @param position of the first bit
 * @param count how many bits, 0 to 64, all of them there
 * @return the bits
 */
uint64_t
Gather(ByteView bytes, std::size_t position, unsigned count)
{
    if (count > 56)
    {
        // So many may reach into nine octets, which no number holds.
        const unsigned first = count - 32;
        return Gather(bytes, position, first) << 32 | Gather(bytes, position + first, 32);
    }
    const std::size_t end = (position + count + 7) / 8;
    uint64_t octets = 0;
    for (std::size_t i = position / 8; i < end; ++i)
    {
        octets = octets << 8 | bytes[i];
    }
    return octets >> (end * 8 - position - count) & ((uint64_t{1} << count) - 1);
}

} // namespace

AperReader::AperReader(ByteView bytes)
    : m_bytes(bytes)
{
}

uint64_t
AperReader::Bits(unsigned count)
{
    if (!Ok() || m_bytes.size() * 8 - m_position < count)
    {
        Fail(DecodeError::TRUNCATED);
        return 0;
    }
    const std::size_t position = m_position;
    m_position += count;
    const unsigned before = position % 8;
    if (count > 0 && before + count <= 8)
    {
        // Most fields are few bits, or one octet.
        return m_bytes[position / 8] >> (8 - before - count) & ((1U << count) - 1);
    }
    return Gather(m_bytes, position, count);
}

void
AperReader::Align()
{
    m_position = (m_position + 7) / 8 * 8;
}

uint64_t
AperReader::Number(std::size_t octets)
{
    if (octets == 0 || octets > 8)
    {
        Fail(octets == 0 ? DecodeError::MALFORMED : DecodeError::OUT_OF_RANGE);
        return 0;
    }
    Align();
    return Bits(static_cast<unsigned>(octets) * 8);
}

ByteView
AperReader::Take(std::size_t count)
{
    Align();
    if (!Ok() || m_bytes.size() - m_position / 8 < count)
    {
        Fail(DecodeError::TRUNCATED);
        return {};
    }
    const ByteView view = m_bytes.Sub(m_position / 8, count);
    m_position += count * 8;
    return view;
}

uint64_t
AperReader::Constrained(uint64_t lower, uint64_t upper)
{
    const uint64_t span = upper - lower;
    uint64_t offset = 0;
    if (span <= APER_BIT_FIELD_MAX)
    {
        offset = Bits(AperBitLength(span));
    }
    else if (span <= APER_ONE_OCTET_MAX)
    {
        offset = Number(1);
    }
    else if (span <= APER_TWO_OCTETS_MAX)
    {
        offset = Number(2);
    }
    else
    {
        const uint64_t octets = Constrained(1, AperOctetLength(span));
        offset = Ok() ? Number(octets) : 0;
    }
    if (offset > span)
    {
        Fail(DecodeError::OUT_OF_RANGE);
    }
    return Ok() ? lower + offset : 0;
}

uint64_t
AperReader::SemiConstrained(uint64_t lower)
{
    const std::size_t octets = Length();
    const uint64_t offset = Ok() ? Number(octets) : 0;
    if (offset > UINT64_MAX - lower)
    {
        Fail(DecodeError::OUT_OF_RANGE);
    }
    return Ok() ? lower + offset : 0;
}

int64_t
AperReader::Unconstrained()
{
    const std::size_t octets = Length();
    uint64_t raw = Ok() ? Number(octets) : 0;
    if (Ok() && octets < 8 && raw >> (octets * 8 - 1) != 0)
    {
        raw |= UINT64_MAX << (octets * 8);
    }
    return static_cast<int64_t>(raw);
}

uint64_t
AperReader::ExtensibleInteger(uint64_t lower, uint64_t upper)
{
    if (!Bit())
    {
        return Constrained(lower, upper);
    }
    const int64_t value = Unconstrained();
    if (value < 0)
    {
        Fail(DecodeError::OUT_OF_RANGE);
        return 0;
    }
    return static_cast<uint64_t>(value);
}

uint64_t
AperReader::NormallySmall()
{
    return Bit() ? SemiConstrained(0) : Bits(6);
}

uint64_t
AperReader::Enumerated(uint64_t rootCount, bool extensible)
{
    if (!extensible || !Bit())
    {
        return Constrained(0, rootCount - 1);
    }
    const uint64_t extension = NormallySmall();
    if (extension > UINT64_MAX - rootCount)
    {
        Fail(DecodeError::OUT_OF_RANGE);
    }
    return Ok() ? rootCount + extension : 0;
}

std::size_t
AperReader::Length()
{
    Align();
    const auto first = static_cast<std::size_t>(Bits(8));
    if (first < 0x80)
    {
        return first;
    }
    if (first >= 0xC0)
    {
        Fail(DecodeError::UNSUPPORTED);
        return 0;
    }
    const auto second = static_cast<std::size_t>(Bits(8));
    return Ok() ? (first & 0x3F) << 8 | second : 0;
}

void
AperReader::FixedOctets(uint8_t* octets, std::size_t count)
{
    if (count > APER_UNALIGNED_OCTETS)
    {
        const ByteView view = Take(count);
        std::fill(std::copy(view.begin(), view.end(), octets), octets + count, 0);
        return;
    }
    for (std::size_t i = 0; i < count; ++i)
    {
        octets[i] = static_cast<uint8_t>(Bits(8));
    }
}

Bytes
AperReader::FixedOctets(std::size_t count)
{
    Bytes octets(count);
    FixedOctets(octets.data(), count);
    return octets;
}

ByteView
AperReader::OctetString()
{
    return Take(Length());
}

uint64_t
AperReader::FixedBits(unsigned count)
{
    if (count > APER_UNALIGNED_BITS)
    {
        Align();
    }
    return Bits(count);
}

ByteView
AperReader::BitString(uint64_t lower, uint64_t upper)
{
    const uint64_t bits = Constrained(lower, upper);
    if (bits % 8 != 0)
    {
        Fail(DecodeError::UNSUPPORTED);
    }
    return bits == 0 ? ByteView() : Take(bits / 8);
}

ByteView
AperReader::OpenType()
{
    return OctetString();
}

void
AperReader::SkipExtensionAdditions()
{
    // the number of additions is a normally small length (X.691 clause 11.9.3.4), at least 1
    const std::size_t count = Bit() ? Length() : static_cast<std::size_t>(Bits(6)) + 1;
    std::size_t present = 0;
    for (std::size_t i = 0; i < count && Ok(); ++i)
    {
        present += Bit() ? 1 : 0;
    }
    for (std::size_t i = 0; i < present && Ok(); ++i)
    {
        OpenType();
    }
}

void
AperReader::Finish()
{
    Align();
    if (m_position / 8 < m_bytes.size())
    {
        Fail(DecodeError::TRAILING);
    }
}

} // namespace ns3::mbs
