// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_QUANTITY_H
#define MBS_QUANTITY_H

#include <cstdint>
#include <optional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Reads a whole number, decimal digits and nothing else.
 * @param text such as `100`
 * @return the number, or nothing if there is another character, no digit or more than 64 bits
 */
std::optional<uint64_t> ParseWholeNumber(const std::string& text);

/**
 * @ingroup mbs
 * @brief Reads a decimal number: sign, digits with at most one point, exponent.
 * @param text such as `-1.5e-3`
 * @return the number, or nothing if there is another character (`nan`, `inf` and hexadecimal
 * included), no digit, or a number too large for a double
 */
std::optional<double> ParseDecimalNumber(const std::string& text);

/**
 * @ingroup mbs
 * @brief Reads a time: a decimal number and a unit (ns, us, ms, s, min, h; none means s).
 *
 * The arithmetic is exact; a part of a nanosecond is cut off.
 *
 * @param text such as `500ms` or `1.5`
 * @return nanoseconds, or nothing if the text is no time or does not fit into 63 bits
 */
std::optional<int64_t> ParseNanoseconds(const std::string& text);

/**
 * @ingroup mbs
 * @brief Writes a time in the largest unit that needs no fraction.
 * @param nanoseconds the time
 * @return such as `60s` or `1500ms`
 */
std::string FormatNanoseconds(int64_t nanoseconds);

/**
 * @ingroup mbs
 * @brief Reads a bit rate as ns-3's DataRate writes it: a number and bps, b/s or bit/s, or Bps or
 * B/s for octets, with k, K, M, G (thousands) or Ki, Mi, Gi (1024s) in front.
 * @param text such as `2Mbps`
 * @return bits a second, or nothing if the text is no rate or does not fit into 63 bits
 */
std::optional<uint64_t> ParseBitRate(const std::string& text);

/**
 * @ingroup mbs
 * @brief Writes a whole number with a comma between groups of three digits.
 * @param number the number
 * @return such as `1,234`
 */
std::string GroupDigits(uint64_t number);

} // namespace ns3::mbs

#endif // MBS_QUANTITY_H
