// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_VALUES_H
#define MBS_NGAP_VALUES_H

#include "ns3/mbs-bytes.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief An NGAP message or transfer with its type forgotten.
 */
struct NgapValue
{
    std::string name; //!< its name in NGAP_SAMPLES; empty for a transfer
    Bytes octets;     //!< what it encodes to
    /** Decodes octets and encodes the result: the octets, or why they were refused. */
    std::function<Decoded<Bytes>(ByteView)> recode;
};

/** @return every message and transfer of the module at least once, optional parts included */
std::vector<NgapValue> NgapValues();

} // namespace ns3::mbs

#endif // MBS_NGAP_VALUES_H
