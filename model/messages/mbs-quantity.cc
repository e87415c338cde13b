// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-quantity.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <locale>
#include <sstream>

namespace ns3::mbs
{

namespace
{

/** A decimal number as it was written: mantissa times ten to the exponent. */
struct Decimal
{
    bool negative{false};  //!< there was a minus sign
    uint64_t mantissa{0};  //!< all digits
    int64_t exponent{0};   //!< power of ten
    std::size_t length{0}; //!< characters that were read
};

/** Exponents are cut off here: what is beyond is zero or too large anyway. */
constexpr int64_t MAX_EXPONENT = 100000;

/** @param c a character @return true if it is a decimal digit, whatever the locale */
bool
IsDigit(char c)
{
    return c >= '0' && c <= '9';
}

/**
 * @brief Reads the number that a text starts with.
 * @param text the text
 * @return the number, or nothing if the text does not start with one
 */
std::optional<Decimal>
ReadDecimal(const std::string& text)
{
    Decimal decimal;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
    {
        decimal.negative = text[at] == '-';
        ++at;
    }
    bool point = false;
    bool digits = false;
    for (; at < text.size() && (IsDigit(text[at]) || (text[at] == '.' && !point)); ++at)
    {
        if (text[at] == '.')
        {
            point = true;
            continue;
        }
        digits = true;
        if (decimal.mantissa > (std::numeric_limits<uint64_t>::max() - 9) / 10)
        {
            // Nineteen digits are more than any result holds; the rest only counts as a power.
            decimal.exponent += point ? 0 : 1;
            continue;
        }
        decimal.mantissa = 10 * decimal.mantissa + static_cast<uint64_t>(text[at] - '0');
        decimal.exponent -= point ? 1 : 0;
    }
    if (!digits)
    {
        return std::nullopt;
    }
    decimal.length = at;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E'))
    {
        ++at;
        bool negative = false;
        if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        {
            negative = text[at] == '-';
            ++at;
        }
        int64_t power = 0;
        const std::size_t start = at;
        for (; at < text.size() && IsDigit(text[at]); ++at)
        {
            power = power < MAX_EXPONENT ? 10 * power + (text[at] - '0') : MAX_EXPONENT;
        }
        if (at == start)
        {
            return std::nullopt;
        }
        decimal.exponent += negative ? -power : power;
        decimal.length = at;
    }
    return decimal;
}

/**
 * @brief Multiplies out, exactly, cutting off what is behind the point.
 * @param decimal the number, its sign is not looked at
 * @param factor what to multiply with, at most 2^42
 * @return the product, or nothing if it does not fit into 63 bits
 */
std::optional<uint64_t>
Multiply(const Decimal& decimal, uint64_t factor)
{
    __extension__ using Wide = unsigned __int128;
    constexpr Wide LIMIT = std::numeric_limits<int64_t>::max();
    Wide product = static_cast<Wide>(decimal.mantissa) * factor;
    for (int64_t i = decimal.exponent; i < 0 && product > 0; ++i)
    {
        product /= 10;
    }
    for (int64_t i = decimal.exponent; i > 0 && product > 0; --i)
    {
        if (product > LIMIT)
        {
            return std::nullopt;
        }
        product *= 10;
    }
    if (product > LIMIT)
    {
        return std::nullopt;
    }
    return static_cast<uint64_t>(product);
}

/** A unit of time. */
struct TimeUnit
{
    const char* name;     //!< as it is written
    uint64_t nanoseconds; //!< its length
};

/** The units, longest first. */
constexpr TimeUnit TIME_UNITS[] = {{"h", 3600000000000},
                                   {"min", 60000000000},
                                   {"s", 1000000000},
                                   {"ms", 1000000},
                                   {"us", 1000},
                                   {"ns", 1}};

/** A prefix of a unit of bit rate. */
struct RatePrefix
{
    const char* name; //!< as it is written
    uint64_t factor;  //!< what it multiplies with
};

/** The prefixes, the empty one last. */
constexpr RatePrefix RATE_PREFIXES[] = {{"Ki", 1024},
                                        {"Mi", 1024 * 1024},
                                        {"Gi", 1024 * 1024 * 1024},
                                        {"k", 1000},
                                        {"K", 1000},
                                        {"M", 1000000},
                                        {"G", 1000000000},
                                        {"", 1}};

} // namespace

std::optional<uint64_t>
ParseWholeNumber(const std::string& text)
{
    constexpr uint64_t MAX = std::numeric_limits<uint64_t>::max();
    uint64_t value = 0;
    for (const char c : text)
    {
        if (!IsDigit(c))
        {
            return std::nullopt;
        }
        const auto digit = static_cast<uint64_t>(c - '0');
        if (value > (MAX - digit) / 10)
        {
            return std::nullopt;
        }
        value = 10 * value + digit;
    }
    return text.empty() ? std::nullopt : std::optional<uint64_t>(value);
}

std::optional<double>
ParseDecimalNumber(const std::string& text)
{
    const auto decimal = ReadDecimal(text);
    if (!decimal || decimal->length != text.size())
    {
        return std::nullopt;
    }
    std::istringstream stream(text);
    stream.imbue(std::locale::classic());
    double value = 0;
    stream >> value;
    if (!std::isfinite(value) || (stream.fail() && std::abs(value) >= 1))
    {
        return std::nullopt;
    }
    return value;
}

std::optional<int64_t>
ParseNanoseconds(const std::string& text)
{
    const auto decimal = ReadDecimal(text);
    if (!decimal)
    {
        return std::nullopt;
    }
    const std::string name = text.substr(decimal->length);
    for (const TimeUnit& unit : TIME_UNITS)
    {
        if (name == unit.name || (name.empty() && std::string("s") == unit.name))
        {
            const auto value = Multiply(*decimal, unit.nanoseconds);
            if (!value)
            {
                return std::nullopt;
            }
            const auto nanoseconds = static_cast<int64_t>(*value);
            return decimal->negative ? -nanoseconds : nanoseconds;
        }
    }
    return std::nullopt;
}

std::string
FormatNanoseconds(int64_t nanoseconds)
{
    if (nanoseconds == 0)
    {
        return "0s";
    }
    for (const TimeUnit& unit : TIME_UNITS)
    {
        const auto length = static_cast<int64_t>(unit.nanoseconds);
        // Two minutes is better known as 120s.
        const bool common = unit.nanoseconds <= 1000000000 || nanoseconds >= 3600000000000;
        if (common && nanoseconds % length == 0)
        {
            return std::to_string(nanoseconds / length) + unit.name;
        }
    }
    return std::to_string(nanoseconds) + "ns";
}

std::optional<uint64_t>
ParseBitRate(const std::string& text)
{
    const auto decimal = ReadDecimal(text);
    if (!decimal || decimal->negative)
    {
        return std::nullopt;
    }
    const std::string name = text.substr(decimal->length);
    for (const RatePrefix& prefix : RATE_PREFIXES)
    {
        const std::string start = prefix.name;
        if (name.compare(0, start.size(), start) != 0)
        {
            continue;
        }
        const std::string unit = name.substr(start.size());
        if (unit == "bps" || unit == "b/s" || unit == "bit/s")
        {
            return Multiply(*decimal, prefix.factor);
        }
        if (unit == "Bps" || unit == "B/s")
        {
            return Multiply(*decimal, 8 * prefix.factor);
        }
    }
    return std::nullopt;
}

std::string
GroupDigits(uint64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;)
    {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

} // namespace ns3::mbs
