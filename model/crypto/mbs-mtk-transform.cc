// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mtk-transform.h"

#include "ns3/abort.h"

namespace ns3::mbs
{

std::unique_ptr<SrtpTransform>
MakeMtkTransform(const SrtpPolicy& policy,
                 const KeyDomainId& keyDomainId,
                 const Mki& mki,
                 const Key128& mtk,
                 const Salt112& salt)
{
    NS_ABORT_MSG_UNLESS(policy.IsValid(),
                        "SrtpRocMode: SRTP profile "
                            << ToString(policy.profile)
                            << " has no such mode of RFC 4771, of which RCCm1 and RCCm2 need an "
                               "HMAC and all a rate from 1; give auto, none or RCCm3");
    const ByteView masterSalt = salt.View().Sub(0, SrtpSaltLength(policy.profile));
    if (policy.profile == SrtpProfile::AEAD_AES_256_GCM)
    {
        const Secret<32> key = ExpandTrafficKey(mtk, keyDomainId, mki.msk, mki.mtk);
        return SrtpTransform::Create(policy, key.View(), masterSalt, mki.Encode());
    }
    return SrtpTransform::Create(policy, mtk.View(), masterSalt, mki.Encode());
}

} // namespace ns3::mbs
