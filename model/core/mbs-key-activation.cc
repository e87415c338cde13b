// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-key-activation.h"

#include "ns3/mbs-enum-attribute.h"

namespace ns3::mbs
{

Ptr<const AttributeChecker>
MakeKeyActivationChecker()
{
    return MakeEnumAttributeChecker(KeyActivationPolicy::DELAY,
                                    "delay",
                                    KeyActivationPolicy::TIME,
                                    "time");
}

Time
KeyActivation::UsedAt(Time now) const
{
    const Time earliest = now + delay;
    if (policy == KeyActivationPolicy::DELAY)
    {
        return earliest;
    }
    if (earliest <= time)
    {
        return time;
    }
    if (!period.IsStrictlyPositive())
    {
        return earliest;
    }
    const int64_t step = period.GetNanoSeconds();
    const int64_t since = (earliest - time).GetNanoSeconds();
    return time + NanoSeconds((since + step - 1) / step * step);
}

} // namespace ns3::mbs
