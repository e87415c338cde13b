// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-decimal.h"

#include <cmath>

namespace ns3::mbs
{

std::string
FixedPoint(int64_t value, unsigned decimals)
{
    const bool negative = value < 0;
    // Negated as unsigned, so that the smallest integer has a magnitude too.
    const uint64_t magnitude =
        negative ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
    std::string text = std::to_string(magnitude);
    if (decimals > 0)
    {
        if (text.size() <= decimals)
        {
            text.insert(0, decimals + 1 - text.size(), '0');
        }
        text.insert(text.size() - decimals, 1, '.');
    }
    if (negative)
    {
        text.insert(0, 1, '-');
    }
    return text;
}

std::string
SecondsText(int64_t nanoseconds)
{
    return FixedPoint(nanoseconds, 9);
}

std::string
MillisecondsText(int64_t nanoseconds)
{
    return FixedPoint(nanoseconds, 6);
}

std::string
RoundedText(double value, unsigned decimals)
{
    const double scaled = value * std::pow(10.0, static_cast<int>(decimals));
    // Written so that a value that is no number fails the comparison.
    if (!(std::fabs(scaled) < 9e18))
    {
        return "-";
    }
    return FixedPoint(std::llround(scaled), decimals);
}

} // namespace ns3::mbs
