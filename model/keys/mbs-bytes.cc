// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-bytes.h"

#include <algorithm>
#include <cstring>

namespace ns3::mbs
{

namespace
{

/** RFC 4648 table 1. */
constexpr char BASE64_ALPHABET[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * @param c a character
 * @return its value as a hexadecimal digit, or -1
 */
int
HexDigit(char c)
{
    if (c >= '0' && c <= '9')
    {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f')
    {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F')
    {
        return c - 'A' + 10;
    }
    return -1;
}

/**
 * @param c a character
 * @return its value as a base64 digit, or -1
 */
int
Base64Digit(char c)
{
    const char* at = c == '\0' ? nullptr : std::strchr(BASE64_ALPHABET, c);
    return at == nullptr ? -1 : static_cast<int>(at - BASE64_ALPHABET);
}

/** @param bytes octets, moved together @param room for how many there is room from now on */
void
Grow(Bytes& bytes, std::size_t room)
{
    Bytes larger;
    larger.reserve(room);
    larger.resize(bytes.size());
    std::copy(bytes.begin(), bytes.end(), larger.data());
    bytes.swap(larger);
}

} // namespace

Bytes
ByteView::ToBytes() const
{
    Bytes bytes(m_size);
    std::copy(begin(), end(), bytes.data());
    return bytes;
}

void
Append(Bytes& bytes, ByteView more)
{
    const std::size_t size = bytes.size();
    const std::size_t whole = size + more.size();
    if (size > 0 && whole > bytes.capacity())
    {
        Grow(bytes, std::max(whole, 2 * size));
    }
    bytes.resize(whole);
    std::copy(more.begin(), more.end(), bytes.data() + size);
}

bool
SameBytes(ByteView a, ByteView b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

std::string
ToHex(ByteView bytes)
{
    static constexpr char DIGITS[] = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const uint8_t octet : bytes)
    {
        text.push_back(DIGITS[octet >> 4]);
        text.push_back(DIGITS[octet & 0x0f]);
    }
    return text;
}

std::optional<Bytes>
FromHex(const std::string& text)
{
    Bytes bytes;
    int high = -1;
    for (const char c : text)
    {
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r')
        {
            continue;
        }
        const int digit = HexDigit(c);
        if (digit < 0)
        {
            return std::nullopt;
        }
        if (high < 0)
        {
            high = digit;
        }
        else
        {
            bytes.push_back(static_cast<uint8_t>(high << 4 | digit));
            high = -1;
        }
    }
    if (high >= 0)
    {
        return std::nullopt;
    }
    return bytes;
}

std::string
ToBase64(ByteView bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3)
    {
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        uint32_t group = bytes[i] << 16;
        group |= have > 1 ? bytes[i + 1] << 8 : 0;
        group |= have > 2 ? bytes[i + 2] : 0;
        text.push_back(BASE64_ALPHABET[group >> 18 & 0x3f]);
        text.push_back(BASE64_ALPHABET[group >> 12 & 0x3f]);
        text.push_back(have > 1 ? BASE64_ALPHABET[group >> 6 & 0x3f] : '=');
        text.push_back(have > 2 ? BASE64_ALPHABET[group & 0x3f] : '=');
    }
    return text;
}

std::optional<Bytes>
FromBase64(const std::string& text)
{
    if (text.size() % 4 != 0)
    {
        return std::nullopt;
    }
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4)
    {
        const bool last = i + 4 == text.size();
        std::size_t padding = 0;
        if (last && text[i + 3] == '=')
        {
            padding = text[i + 2] == '=' ? 2 : 1;
        }
        uint32_t group = 0;
        for (std::size_t k = 0; k < 4; ++k)
        {
            const int digit = k < 4 - padding ? Base64Digit(text[i + k]) : 0;
            if (digit < 0)
            {
                return std::nullopt;
            }
            group = group << 6 | static_cast<uint32_t>(digit);
        }
        // The bits that padding leaves unused must be zero, or two texts would mean the same.
        if ((padding == 1 && (group & 0xff) != 0) || (padding == 2 && (group & 0xffff) != 0))
        {
            return std::nullopt;
        }
        bytes.push_back(static_cast<uint8_t>(group >> 16));
        if (padding < 2)
        {
            bytes.push_back(static_cast<uint8_t>(group >> 8));
        }
        if (padding < 1)
        {
            bytes.push_back(static_cast<uint8_t>(group));
        }
    }
    return bytes;
}

void
SecureWipe(void* data, std::size_t size)
{
    if (size > 0)
    {
        std::memset(data, 0, size);
        // Pretends to read what was written, so that it must have been.
        __asm__ __volatile__("" : : "r"(data) : "memory");
    }
}

const char*
ToString(DecodeError error)
{
    switch (error)
    {
    case DecodeError::NONE:
        return "none";
    case DecodeError::TRUNCATED:
        return "truncated";
    case DecodeError::TRAILING:
        return "trailing octets";
    case DecodeError::MALFORMED:
        return "malformed";
    case DecodeError::UNSUPPORTED:
        return "unsupported";
    case DecodeError::OUT_OF_RANGE:
        return "out of range";
    }
    return "unknown";
}

ByteReader::ByteReader(ByteView bytes)
    : m_bytes(bytes)
{
}

uint8_t
ByteReader::U8()
{
    const ByteView v = Take(1);
    return v.empty() ? 0 : v[0];
}

uint16_t
ByteReader::U16()
{
    const auto v = Array<2>();
    return static_cast<uint16_t>(v[0] << 8 | v[1]);
}

uint32_t
ByteReader::U24()
{
    const auto v = Array<3>();
    return static_cast<uint32_t>(v[0]) << 16 | static_cast<uint32_t>(v[1]) << 8 | v[2];
}

uint32_t
ByteReader::U32()
{
    const auto v = Array<4>();
    return static_cast<uint32_t>(v[0]) << 24 | static_cast<uint32_t>(v[1]) << 16 |
           static_cast<uint32_t>(v[2]) << 8 | v[3];
}

uint64_t
ByteReader::U64()
{
    if (Left() < 8)
    {
        Fail();
        return 0;
    }
    const uint64_t high = U32();
    return high << 32 | U32();
}

ByteView
ByteReader::Take(std::size_t count)
{
    if (count > Left())
    {
        Fail();
        return {};
    }
    const ByteView view(m_bytes.data() + m_position, count);
    m_position += count;
    return view;
}

ByteView
ByteReader::Rest()
{
    return Take(Left());
}

std::size_t
ByteReader::Left() const
{
    return m_ok ? m_bytes.size() - m_position : 0;
}

std::size_t
ByteReader::Position() const
{
    return m_position;
}

bool
ByteReader::Ok() const
{
    return m_ok;
}

bool
ByteReader::Done() const
{
    return m_ok && Left() == 0;
}

void
ByteReader::Fail()
{
    m_ok = false;
}

ByteWriter&
ByteWriter::U64(uint64_t value)
{
    return U32(static_cast<uint32_t>(value >> 32)).U32(static_cast<uint32_t>(value));
}

void
ByteWriter::PatchU16(std::size_t position, uint16_t value)
{
    PatchU8(position, static_cast<uint8_t>(value >> 8));
    PatchU8(position + 1, static_cast<uint8_t>(value));
}

void
ByteWriter::PatchU8(std::size_t position, uint8_t value)
{
    m_bytes.at(position) = value;
}

std::size_t
ByteWriter::Size() const
{
    return m_bytes.size();
}

const Bytes&
ByteWriter::Get() const
{
    return m_bytes;
}

Bytes
ByteWriter::Release()
{
    return std::move(m_bytes);
}

} // namespace ns3::mbs
