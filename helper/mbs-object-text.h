// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_OBJECT_TEXT_H
#define MBS_OBJECT_TEXT_H

#include "ns3/object.h"

#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @param object any object
 * @param name one of its attributes
 * @return its value as text
 */
std::string TextOf(const Ptr<Object>& object, const std::string& name);

} // namespace ns3::mbs

#endif // MBS_OBJECT_TEXT_H
