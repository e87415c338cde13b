// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-tmgi.h"

#include <algorithm>
#include <ostream>
#include <tuple>

namespace ns3::mbs
{

namespace
{

/** Digits of a mobile country code. */
constexpr std::size_t MCC_DIGITS = 3;

/** Stands where a two-digit network code has no third digit. */
constexpr uint8_t FILLER = 0x0f;

/**
 * @param text some text
 * @return true if every character is a decimal digit
 */
bool
AllDigits(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<PlmnId>
PlmnId::From(const std::string& mcc, const std::string& mnc)
{
    if (mcc.size() != 3 || mnc.size() < 2 || mnc.size() > 3 || !AllDigits(mcc) || !AllDigits(mnc))
    {
        return std::nullopt;
    }
    PlmnId plmn;
    plmn.m_digits.fill('\0');
    std::copy(mcc.begin(), mcc.end(), plmn.m_digits.begin());
    std::copy(mnc.begin(), mnc.end(), plmn.m_digits.begin() + MCC_DIGITS);
    return plmn;
}

std::optional<PlmnId>
PlmnId::Decode(const std::array<uint8_t, SIZE>& octets)
{
    // octet 6: MCC digit 2 | MCC digit 1; octet 7: MNC digit 3 | MCC digit 3;
    // octet 8: MNC digit 2 | MNC digit 1
    const std::array<int, 6> nibbles{octets[0] & 0x0f,
                                     octets[0] >> 4,
                                     octets[1] & 0x0f,
                                     octets[2] & 0x0f,
                                     octets[2] >> 4,
                                     octets[1] >> 4};
    PlmnId plmn;
    for (std::size_t i = 0; i < nibbles.size(); ++i)
    {
        const bool absent = i + 1 == nibbles.size() && nibbles[i] == FILLER;
        if (nibbles[i] > 9 && !absent)
        {
            return std::nullopt;
        }
        plmn.m_digits[i] = absent ? '\0' : static_cast<char>('0' + nibbles[i]);
    }
    return plmn;
}

std::array<uint8_t, PlmnId::SIZE>
PlmnId::Encode() const
{
    const auto value = [](char c) { return static_cast<uint8_t>(c - '0'); };
    const uint8_t third = m_digits[5] != '\0' ? value(m_digits[5]) : FILLER;
    return {static_cast<uint8_t>(value(m_digits[1]) << 4 | value(m_digits[0])),
            static_cast<uint8_t>(third << 4 | value(m_digits[2])),
            static_cast<uint8_t>(value(m_digits[4]) << 4 | value(m_digits[3]))};
}

std::string
PlmnId::Mcc() const
{
    return std::string(m_digits.data(), MCC_DIGITS);
}

std::string
PlmnId::Mnc() const
{
    const std::size_t digits = m_digits[5] != '\0' ? 3 : 2;
    return std::string(m_digits.data() + MCC_DIGITS, digits);
}

bool
PlmnId::operator==(const PlmnId& other) const
{
    return m_digits == other.m_digits;
}

bool
PlmnId::operator!=(const PlmnId& other) const
{
    return !(*this == other);
}

bool
PlmnId::operator<(const PlmnId& other) const
{
    return m_digits < other.m_digits;
}

Tmgi::Tmgi(uint32_t serviceId, const PlmnId& plmn)
    : m_serviceId(serviceId & 0xffffff),
      m_plmn(plmn)
{
}

std::optional<Tmgi>
Tmgi::Decode(const std::array<uint8_t, SIZE>& octets)
{
    const auto plmn = PlmnId::Decode({octets[3], octets[4], octets[5]});
    if (!plmn)
    {
        return std::nullopt;
    }
    return Tmgi(static_cast<uint32_t>(octets[0]) << 16 | octets[1] << 8 | octets[2], *plmn);
}

std::array<uint8_t, Tmgi::SIZE>
Tmgi::Encode() const
{
    const auto plmn = m_plmn.Encode();
    return {static_cast<uint8_t>(m_serviceId >> 16),
            static_cast<uint8_t>(m_serviceId >> 8),
            static_cast<uint8_t>(m_serviceId),
            plmn[0],
            plmn[1],
            plmn[2]};
}

uint32_t
Tmgi::ServiceId() const
{
    return m_serviceId;
}

std::string
Tmgi::ServiceIdText() const
{
    static constexpr char DIGITS[] = "0123456789ABCDEF";
    std::string text;
    for (int shift = 20; shift >= 0; shift -= 4)
    {
        text.push_back(DIGITS[m_serviceId >> shift & 0x0f]);
    }
    return text;
}

const PlmnId&
Tmgi::Plmn() const
{
    return m_plmn;
}

bool
Tmgi::operator==(const Tmgi& other) const
{
    return m_serviceId == other.m_serviceId && m_plmn == other.m_plmn;
}

bool
Tmgi::operator!=(const Tmgi& other) const
{
    return !(*this == other);
}

bool
Tmgi::operator<(const Tmgi& other) const
{
    return std::tie(m_serviceId, m_plmn) < std::tie(other.m_serviceId, other.m_plmn);
}

std::ostream&
operator<<(std::ostream& os, const Tmgi& tmgi)
{
    return os << tmgi.ServiceIdText() << '-' << tmgi.Plmn().Mcc() << '-' << tmgi.Plmn().Mnc();
}

} // namespace ns3::mbs
