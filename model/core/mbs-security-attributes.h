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
 *         `aes-gcm-256`, `null-hmac`, `null`
 */
Ptr<const AttributeChecker> MakeSrtpProfileChecker();

/**
 * @ingroup mbs
 * @brief Which mode of RFC 4771 a user asks for.
 */
enum class SrtpRocChoice : uint8_t
{
    AUTO, //!< one in which nothing is lost for want of the ROC and no MAC gets weaker
    NONE, //!< the ROC is not carried
    RCC1, //!< SrtpRocMode::RCC1
    RCC2, //!< SrtpRocMode::RCC2
    RCC3  //!< SrtpRocMode::RCC3
};

/**
 * @ingroup mbs
 * @return checks attributes of the type SrtpRocChoice: `auto`, `none`, `RCCm1`, `RCCm2`, `RCCm3`
 */
Ptr<const AttributeChecker> MakeSrtpRocChoiceChecker();

/**
 * @ingroup mbs
 * @brief What the attributes `SrtpProfile`, `SrtpRocMode` and `SrtpRocRate` stand for together.
 *
 * `auto` is RCCm2 with HMAC-SHA1, RCCm3 with AES-GCM (which has no other mode, and whose own tag
 * proves the ROC), and none without any tag, since nothing there depends on the ROC.
 *
 * @param profile which ciphers
 * @param choice which mode
 * @param rate R, 1 to 65535
 * @return the policy; not valid if the profile has no such mode
 */
SrtpPolicy MakeSrtpPolicy(SrtpProfile profile, SrtpRocChoice choice, uint16_t rate);

} // namespace ns3::mbs

#endif // MBS_SECURITY_ATTRIBUTES_H
