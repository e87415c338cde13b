// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-object-text.h"

#include "ns3/string.h"

namespace ns3::mbs
{

std::string
TextOf(const Ptr<Object>& object, const std::string& name)
{
    StringValue value;
    object->GetAttribute(name, value);
    return value.Get();
}

} // namespace ns3::mbs
