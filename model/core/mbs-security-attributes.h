// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SECURITY_ATTRIBUTES_H
#define MBS_SECURITY_ATTRIBUTES_H

#include "ns3/mbs-mtk-wrap.h"
#include "ns3/mbs-srtp.h"

#include "ns3/attribute.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Which MtkWrap is meant.
 */
enum class MtkWrapMethod : uint8_t
{
    AES_BLOCK, //!< AesBlockMtkWrap
    AES_CM     //!< AesCmMtkWrap
};

/**
 * @ingroup mbs
 * @brief The one object of a method; it has no state.
 * @param method which
 * @return the object
 */
const MtkWrap& GetMtkWrap(MtkWrapMethod method);

/**
 * @ingroup mbs
 * @return checks attributes of the type MtkWrapMethod: `aes-block`, `aes-cm`
 */
Ptr<const AttributeChecker> MakeMtkWrapChecker();

/**
 * @ingroup mbs
 * @return checks attributes of the type SrtpProfile: `aes-cm`, `aes-cm-32`, `aes-gcm`,
 *         `null-hmac`, `null`. AES-256-GCM is not among them since an MTK has 128 bits.
 */
Ptr<const AttributeChecker> MakeSrtpProfileChecker();

} // namespace ns3::mbs

#endif // MBS_SECURITY_ATTRIBUTES_H
