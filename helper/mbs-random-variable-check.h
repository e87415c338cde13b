// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RANDOM_VARIABLE_CHECK_H
#define MBS_RANDOM_VARIABLE_CHECK_H

#include "ns3/random-variable-stream.h"

#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Finds parameters with which a random variable has no values, or none within reasonable
 * time.
 *
 * ns-3 takes any number for a parameter. With some it gives numbers that mean nothing, and those
 * that draw again until a bound is kept may do so forever: a bound must let one draw in a thousand
 * pass. Kinds of random variables that ns-3 adds later are not looked at.
 *
 * @param variable any
 * @return what is wrong, such as `Bound must be ...`; empty if nothing is
 */
std::string FindRandomVariableFault(const RandomVariableStream& variable);

} // namespace ns3::mbs

#endif // MBS_RANDOM_VARIABLE_CHECK_H
