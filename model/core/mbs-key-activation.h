// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_ACTIVATION_H
#define MBS_KEY_ACTIVATION_H

#include "ns3/attribute.h"
#include "ns3/nstime.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief When the MBSTF uses a new key.
 */
enum class KeyActivationPolicy : uint8_t
{
    DELAY, //!< a delay after it was given out; none is at once
    TIME   //!< at a given time, or the next of several
};

/**
 * @ingroup mbs
 * @return checks attributes of the type KeyActivationPolicy: `delay`, `time`
 */
Ptr<const AttributeChecker> MakeKeyActivationChecker();

/**
 * @ingroup mbs
 * @brief A policy with its times.
 */
struct KeyActivation
{
    KeyActivationPolicy policy{KeyActivationPolicy::DELAY}; //!< which
    Time delay;  //!< DELAY: from giving out to use; TIME: at least
    Time time;   //!< TIME: the first one, from the start of the simulation
    Time period; //!< TIME: from one to the next; 0 if there is only one

    /**
     * @param now when the key is given out
     * @return when it is used; with TIME and no such time to come, after the delay
     */
    Time UsedAt(Time now) const;
};

} // namespace ns3::mbs

#endif // MBS_KEY_ACTIVATION_H
