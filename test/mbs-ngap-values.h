// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_VALUES_H
#define MBS_NGAP_VALUES_H

#include "ns3/mbs-ngap-types.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief An NGAP or XnAP message or transfer with its type forgotten.
 */
struct NgapValue
{
    std::string name; //!< its name in NGAP_SAMPLES or XNAP_SAMPLES; empty for a transfer
    Bytes octets;     //!< what it encodes to
    /** Decodes octets and encodes the result: the octets, or why they were refused. */
    std::function<Decoded<Bytes>(ByteView)> recode;
};

/**
 * @ingroup mbs-tests
 * @param name a name
 * @param value a message or transfer
 * @return the sample
 */
template <typename T>
NgapValue
MakeNgapValue(const std::string& name, const T& value)
{
    return {name, value.Encode(), [](ByteView octets) -> Decoded<Bytes> {
                const auto decoded = T::Decode(octets);
                if (!decoded)
                {
                    return decoded.Error();
                }
                return decoded->Encode();
            }};
}

/** @return QoS with every optional part */
NgapQosFlowLevelQosParameters FullQos();

/** @return diagnostics with every optional part */
NgapCriticalityDiagnostics FullDiagnostics();

/** @return every message and transfer of the module at least once, optional parts included */
std::vector<NgapValue> NgapValues();

/** @return every message of XnAP at least once, optional parts included */
std::vector<NgapValue> XnapValues();

} // namespace ns3::mbs

#endif // MBS_NGAP_VALUES_H
