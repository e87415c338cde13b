// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-key-id.h"

#include <ostream>

namespace ns3::mbs
{

std::ostream&
operator<<(std::ostream& os, const KeyDomainId& id)
{
    return os << ToHex(id.Encode());
}

std::ostream&
operator<<(std::ostream& os, const MskId& id)
{
    return os << ToHex(id.Encode());
}

std::ostream&
operator<<(std::ostream& os, const MtkId& id)
{
    return os << ToHex(id.Encode());
}

std::ostream&
operator<<(std::ostream& os, const Mki& mki)
{
    return os << ToHex(mki.Encode());
}

} // namespace ns3::mbs
