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

bool
SrtpPolicy::IsValid() const
{
    switch (carriage.mode)
    {
    case SrtpRocMode::NONE:
        return true;
    case SrtpRocMode::RCC1:
    case SrtpRocMode::RCC2:
        return carriage.rate > 0 && !IsAead(profile) && SrtpTagLength(profile) > 0;
    case SrtpRocMode::RCC3:
        return carriage.rate > 0;
    }
    return false;
}

SrtpPolicy::Trailer
SrtpPolicy::TrailerOf(uint16_t seq) const
{
    const std::size_t tag = SrtpTagLength(profile);
    const std::size_t aead = IsAead(profile) ? tag : 0;
    if (carriage.mode == SrtpRocMode::NONE)
    {
        return {aead, 0, tag - aead};
    }
    const bool carries = seq % carriage.rate == 0;
    if (carriage.mode == SrtpRocMode::RCC3)
    {
        return {aead, carries ? ROC_SIZE : 0, 0};
    }
    if (carries)
    {
        return {0, ROC_SIZE, tag};
    }
    return {0, 0, carriage.mode == SrtpRocMode::RCC2 ? ROC_SIZE + tag : 0};
}

std::size_t
SrtpPolicy::MaxTrailer() const
{
    return carriage.mode == SrtpRocMode::NONE ? SrtpTagLength(profile) : TrailerOf(0).Size();
}

} // namespace ns3::mbs
