// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_DECIMAL_H
#define MBS_DECIMAL_H

#include <cstdint>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A whole number of units as a decimal fraction, whatever the locale says.
 *
 * Result files of equal runs must be equal octet by octet, so numbers are written from integers.
 *
 * @param value the number, in units of 10^-decimals
 * @param decimals digits behind the point, 0 to 18; 0 writes no point
 * @return the digits, with a minus sign in front of negative numbers
 */
std::string FixedPoint(int64_t value, unsigned decimals);

/**
 * @ingroup mbs
 * @brief A time as the result files write it: seconds with nine decimals.
 * @param nanoseconds the time
 * @return the digits
 */
std::string SecondsText(int64_t nanoseconds);

/**
 * @ingroup mbs
 * @brief A latency as the result files write it: milliseconds with six decimals.
 * @param nanoseconds the latency
 * @return the digits
 */
std::string MillisecondsText(int64_t nanoseconds);

/**
 * @ingroup mbs
 * @brief A number rounded half away from zero, whatever the locale says.
 * @param value the number
 * @param decimals digits behind the point, 0 to 9
 * @return the digits, or "-" if the value is no number or too large to be written so
 */
std::string RoundedText(double value, unsigned decimals);

} // namespace ns3::mbs

#endif // MBS_DECIMAL_H
