// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-security-attributes.h"

#include "ns3/mbs-enum-attribute.h"

namespace ns3::mbs
{

const MtkWrap&
GetMtkWrap(MtkWrapMethod method)
{
    static const AesBlockMtkWrap aesBlock;
    static const AesCmMtkWrap aesCm;
    if (method == MtkWrapMethod::AES_CM)
    {
        return aesCm;
    }
    return aesBlock;
}

Ptr<const AttributeChecker>
MakeMtkWrapChecker()
{
    return MakeEnumAttributeChecker(MtkWrapMethod::AES_BLOCK,
                                    "aes-block",
                                    MtkWrapMethod::AES_CM,
                                    "aes-cm");
}

Ptr<const AttributeChecker>
MakeSrtpProfileChecker()
{
    return MakeEnumAttributeChecker(SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                    "aes-cm",
                                    SrtpProfile::AES_CM_128_HMAC_SHA1_32,
                                    "aes-cm-32",
                                    SrtpProfile::AEAD_AES_128_GCM,
                                    "aes-gcm",
                                    SrtpProfile::AEAD_AES_256_GCM,
                                    "aes-gcm-256",
                                    SrtpProfile::NULL_HMAC_SHA1_80,
                                    "null-hmac",
                                    SrtpProfile::NULL_NULL,
                                    "null");
}

Ptr<const AttributeChecker>
MakeSrtpRocChoiceChecker()
{
    return MakeEnumAttributeChecker(SrtpRocChoice::AUTO,
                                    "auto",
                                    SrtpRocChoice::NONE,
                                    "none",
                                    SrtpRocChoice::RCC1,
                                    "RCCm1",
                                    SrtpRocChoice::RCC2,
                                    "RCCm2",
                                    SrtpRocChoice::RCC3,
                                    "RCCm3");
}

SrtpPolicy
MakeSrtpPolicy(SrtpProfile profile, SrtpRocChoice choice, uint16_t rate)
{
    SrtpRocMode mode = SrtpRocMode::NONE;
    switch (choice)
    {
    case SrtpRocChoice::AUTO:
        mode = IsAead(profile)                     ? SrtpRocMode::RCC3
               : profile == SrtpProfile::NULL_NULL ? SrtpRocMode::NONE
                                                   : SrtpRocMode::RCC2;
        break;
    case SrtpRocChoice::NONE:
        break;
    case SrtpRocChoice::RCC1:
        mode = SrtpRocMode::RCC1;
        break;
    case SrtpRocChoice::RCC2:
        mode = SrtpRocMode::RCC2;
        break;
    case SrtpRocChoice::RCC3:
        mode = SrtpRocMode::RCC3;
        break;
    }
    return SrtpPolicy(profile, {mode, rate});
}

} // namespace ns3::mbs
