// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MTK_TRANSFORM_H
#define MBS_MTK_TRANSFORM_H

#include "mbs-mtk-wrap.h"
#include "mbs-srtp.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief SRTP under an MTK: what an MBSTF sends with and UEs receive with.
 *
 * The MTK is the master key and the salt that came with it the master salt. AES-GCM takes the first
 * 96 bits of the salt (GcmTrafficSalt()), and AEAD_AES_256_GCM a master key derived from the MTK
 * (ExpandTrafficKey()), since an MTK has 128 bits.
 *
 * @param policy which ciphers, and whether packets carry the ROC; valid
 * @param keyDomainId whose keys
 * @param mki names of the MSK and of the MTK; every packet carries it
 * @param mtk the MTK
 * @param salt the salt that belongs to it
 * @return the transform, never null
 */
std::unique_ptr<SrtpTransform> MakeMtkTransform(const SrtpPolicy& policy,
                                                const KeyDomainId& keyDomainId,
                                                const Mki& mki,
                                                const Key128& mtk,
                                                const Salt112& salt);

} // namespace ns3::mbs

#endif // MBS_MTK_TRANSFORM_H
