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
                                    SrtpProfile::NULL_HMAC_SHA1_80,
                                    "null-hmac",
                                    SrtpProfile::NULL_NULL,
                                    "null");
}

} // namespace ns3::mbs
