// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-profile.h"

namespace ns3::mbs
{

const char*
ToString(SrtpProfile profile)
{
    switch (profile)
    {
    case SrtpProfile::AES_CM_128_HMAC_SHA1_80:
        return "AES_CM_128_HMAC_SHA1_80";
    case SrtpProfile::AES_CM_128_HMAC_SHA1_32:
        return "AES_CM_128_HMAC_SHA1_32";
    case SrtpProfile::AEAD_AES_128_GCM:
        return "AEAD_AES_128_GCM";
    case SrtpProfile::AEAD_AES_256_GCM:
        return "AEAD_AES_256_GCM";
    case SrtpProfile::NULL_HMAC_SHA1_80:
        return "NULL_HMAC_SHA1_80";
    case SrtpProfile::NULL_NULL:
        return "NULL_NULL";
    }
    return "unknown";
}

} // namespace ns3::mbs
