// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TEXT_OCTETS_H
#define MBS_TEXT_OCTETS_H

#include "ns3/mbs-bytes.h"

#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @param text some text
 * @return its octets
 */
inline Bytes
Octets(const std::string& text)
{
    return Bytes(text.begin(), text.end());
}

/**
 * @ingroup mbs-tests
 * @param bytes some octets
 * @return them as characters
 */
inline std::string
Text(ByteView bytes)
{
    return std::string(bytes.begin(), bytes.end());
}

} // namespace ns3::mbs

#endif /* MBS_TEXT_OCTETS_H */
