// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-aper.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** @param value a number @return how many bits it takes, 0 for 0 */
unsigned BitLength(uint64_t value)
{
    unsigned bits = 0;
    while (value != 0)
    {
        ++bits;
        value >>= 1;
    }
    return bits;
}

/** @param value a number @return how many octets it takes, at least 1 */
unsigned OctetLength(uint64_t value)
{
    return std::max(1U, (BitLength(value) + 7) / 8);
}

/** Largest offset of a constrained whole number that is a bit-field (X.691 clause 11.5.7.1). */
constexpr uint64_t BIT_FIELD_MAX = 254;
/** Largest offset that takes one aligned octet (X.691 clause 11.5.7.2). */
constexpr uint64_t ONE_OCTET_MAX = 255;
/** Largest offset that takes two aligned octets (X.691 clause 11.5.7.3). */
constexpr uint64_t TWO_OCTETS_MAX = 65535;
/** Numbers below this are normally small (X.691 clause 11.6.1). */
constexpr uint64_t NORMALLY_SMALL_LIMIT = 64;
/** A fixed OCTET STRING of at most so many octets is not aligned (X.691 clause 17.6). */
constexpr std::size_t UNALIGNED_OCTETS = 2;
/** A fixed BIT STRING of at most so many bits is not aligned (X.691 clause 16.9). */
constexpr unsigned UNALIGNED_BITS = 16;

} // namespace

void AperWriter::Bits(uint64_t value, unsigned count)
{
    while (count > 0)
    {
        if (m_free == 0)
        {
            m_bytes.push_back(0);
            m_free = 8;
        }
        const unsigned take = std::min(count, m_free);
        count -= take;
        m_free -= take;
        const auto part = static_cast<uint8_t>((value >> count) & ((1U << take) - 1));
        m_bytes.back() |= static_cast<uint8_t>(part << m_free);
    }
}

void AperWriter::Align()
{
    m_free = 0;
}

void AperWriter::Number(uint64_t value, unsigned octets)
{
    Align();
    Bits(value, octets * 8);
}

void AperWriter::Append(ByteView octets)
{
    m_bytes.insert(m_bytes.end(), octets.begin(), octets.end());
}

void AperWriter::Constrained(uint64_t value, uint64_t lower, uint64_t upper)
{
    if (value < lower || value > upper)
    {
        return Fail();
    }
    const uint64_t span = upper - lower;
    const uint64_t offset = value - lower;
    if (span <= BIT_FIELD_MAX)
    {
        Bits(offset, BitLength(span));
    }
    else if (span <= ONE_OCTET_MAX)
    {
        Number(offset, 1);
    }
    else if (span <= TWO_OCTETS_MAX)
    {
        Number(offset, 2);
    }
    else
    {
        const unsigned octets = OctetLength(offset);
        Constrained(octets, 1, OctetLength(span));
        Number(offset, octets);
    }
}

void AperWriter::SemiConstrained(uint64_t value, uint64_t lower)
{
    if (value < lower)
    {
        return Fail();
    }
    const unsigned octets = OctetLength(value - lower);
    Length(octets);
    Number(value - lower, octets);
}

void AperWriter::Unconstrained(int64_t value)
{
    // two's complement in as few octets as keep the sign
    const auto raw = static_cast<uint64_t>(value);
    const unsigned octets = BitLength(value < 0 ? ~raw : raw) / 8 + 1;
    Length(octets);
    Number(raw, octets);
}

void AperWriter::ExtensibleInteger(uint64_t value, uint64_t lower, uint64_t upper)
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

void AperWriter::NormallySmall(uint64_t value)
{
    const bool small = value < NORMALLY_SMALL_LIMIT;
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

void AperWriter::Enumerated(uint64_t value, uint64_t rootCount, bool extensible)
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

void AperWriter::Length(std::size_t length)
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

void AperWriter::FixedOctets(ByteView octets)
{
    if (octets.size() > UNALIGNED_OCTETS)
    {
        Align();
        Append(octets);
        return;
    }
    for (const uint8_t octet : octets)
    {
        Bits(octet, 8);
    }
}

void AperWriter::OctetString(ByteView octets)
{
    Length(octets.size());
    Append(octets);
}

void AperWriter::FixedBits(uint64_t value, unsigned count)
{
    if (count < 64 && value >> count != 0)
    {
        return Fail();
    }
    if (count > UNALIGNED_BITS)
    {
        Align();
    }
    Bits(value, count);
}

void AperWriter::BitString(ByteView octets, uint64_t lower, uint64_t upper)
{
    Constrained(octets.size() * 8, lower, upper);
    if (!octets.empty())
    {
        Align();
        Append(octets);
    }
}

void AperWriter::OpenType(ByteView encoding)
{
    // a complete encoding has at least one octet (X.691 clause 11.1.3)
    static constexpr std::array<uint8_t, 1> NOTHING{};
    OctetString(encoding.empty() ? ByteView(NOTHING) : encoding);
}

void AperWriter::Fail()
{
    m_ok = false;
}

bool AperWriter::Ok() const
{
    return m_ok;
}

Bytes AperWriter::Release()
{
    return m_ok ? std::move(m_bytes) : Bytes();
}

AperReader::AperReader(ByteView bytes)
    : m_bytes(bytes)
{
}

uint64_t AperReader::Bits(unsigned count)
{
    if (!Ok() || m_bytes.size() * 8 - m_position < count)
    {
        Fail(DecodeError::TRUNCATED);
        return 0;
    }
    uint64_t value = 0;
    while (count > 0)
    {
        const unsigned available = 8 - m_position % 8;
        const unsigned take = std::min(count, available);
        const unsigned octet = m_bytes[m_position / 8];
        value = value << take | ((octet >> (available - take)) & ((1U << take) - 1));
        m_position += take;
        count -= take;
    }
    return value;
}

bool AperReader::Bit()
{
    return Bits(1) != 0;
}

void AperReader::Align()
{
    m_position = (m_position + 7) / 8 * 8;
}

uint64_t AperReader::Number(std::size_t octets)
{
    if (octets == 0 || octets > 8)
    {
        Fail(octets == 0 ? DecodeError::MALFORMED : DecodeError::OUT_OF_RANGE);
        return 0;
    }
    Align();
    return Bits(static_cast<unsigned>(octets) * 8);
}

ByteView AperReader::Take(std::size_t count)
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

uint64_t AperReader::Constrained(uint64_t lower, uint64_t upper)
{
    const uint64_t span = upper - lower;
    uint64_t offset = 0;
    if (span <= BIT_FIELD_MAX)
    {
        offset = Bits(BitLength(span));
    }
    else if (span <= ONE_OCTET_MAX)
    {
        offset = Number(1);
    }
    else if (span <= TWO_OCTETS_MAX)
    {
        offset = Number(2);
    }
    else
    {
        const uint64_t octets = Constrained(1, OctetLength(span));
        offset = Ok() ? Number(octets) : 0;
    }
    if (offset > span)
    {
        Fail(DecodeError::OUT_OF_RANGE);
    }
    return Ok() ? lower + offset : 0;
}

uint64_t AperReader::SemiConstrained(uint64_t lower)
{
    const std::size_t octets = Length();
    const uint64_t offset = Ok() ? Number(octets) : 0;
    if (offset > UINT64_MAX - lower)
    {
        Fail(DecodeError::OUT_OF_RANGE);
    }
    return Ok() ? lower + offset : 0;
}

int64_t AperReader::Unconstrained()
{
    const std::size_t octets = Length();
    uint64_t raw = Ok() ? Number(octets) : 0;
    if (Ok() && octets < 8 && raw >> (octets * 8 - 1) != 0)
    {
        raw |= UINT64_MAX << (octets * 8);
    }
    return static_cast<int64_t>(raw);
}

uint64_t AperReader::ExtensibleInteger(uint64_t lower, uint64_t upper)
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

uint64_t AperReader::NormallySmall()
{
    return Bit() ? SemiConstrained(0) : Bits(6);
}

uint64_t AperReader::Enumerated(uint64_t rootCount, bool extensible)
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

std::size_t AperReader::Length()
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

Bytes AperReader::FixedOctets(std::size_t count)
{
    Bytes octets;
    if (count > UNALIGNED_OCTETS)
    {
        octets = Take(count).ToBytes();
    }
    else
    {
        for (std::size_t i = 0; i < count; ++i)
        {
            octets.push_back(static_cast<uint8_t>(Bits(8)));
        }
    }
    octets.resize(count);
    return octets;
}

ByteView AperReader::OctetString()
{
    return Take(Length());
}

uint64_t AperReader::FixedBits(unsigned count)
{
    if (count > UNALIGNED_BITS)
    {
        Align();
    }
    return Bits(count);
}

ByteView AperReader::BitString(uint64_t lower, uint64_t upper)
{
    const uint64_t bits = Constrained(lower, upper);
    if (bits % 8 != 0)
    {
        Fail(DecodeError::UNSUPPORTED);
    }
    return bits == 0 ? ByteView() : Take(bits / 8);
}

ByteView AperReader::OpenType()
{
    return OctetString();
}

void AperReader::SkipExtensionAdditions()
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

bool AperReader::Ok() const
{
    return m_error == DecodeError::NONE;
}

DecodeError AperReader::Error() const
{
    return m_error;
}

void AperReader::Fail(DecodeError error)
{
    if (Ok())
    {
        m_error = error;
    }
}

void AperReader::Finish()
{
    Align();
    if (m_position / 8 < m_bytes.size())
    {
        Fail(DecodeError::TRAILING);
    }
}

} // namespace ns3::mbs
