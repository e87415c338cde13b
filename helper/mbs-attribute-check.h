// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_ATTRIBUTE_CHECK_H
#define MBS_ATTRIBUTE_CHECK_H

#include "mbs-network-plan.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Looks for attribute values that ns-3's checkers let pass and that no network can be built
 * with: a rate of 0, packets larger than the links carry, digits that are none, groups that are not
 * multicast, ends that would not understand each other.
 * @param plan what is going to be built
 * @throws UserError naming the attribute, the value, what it must be, and the fix
 */
void CheckAttributes(const NetworkPlan& plan);

} // namespace ns3::mbs

#endif // MBS_ATTRIBUTE_CHECK_H
