// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MSK_BUNDLE_H
#define MBS_MSK_BUNDLE_H

#include "ns3/mbs-key-material.h"

#include <array>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What MSK and MTK messages of one MSK have in common in the user-plane procedure: CSB ID
 * and RAND (TS 33.246 clause 6.3.3.2, from memory).
 *
 * Whoever makes MSK messages (the MBSSF) and whoever makes MTK messages (the MBSTF) need the same
 * two values, and neither Nmb2 nor the standard has a field for them. So both derive them from the
 * MSK that they share; it is this module's reading:
 *
 *     CSB ID || RAND = MIKEY-PRF(MSK, "mbs-msk-bundle" || Key Domain ID || MSK ID), 4 + 16 octets
 *
 * Both are public: they stand in the clear in each MSK message.
 */
struct MskBundle
{
    /** RFC 3830 clause 6.11 advises at least 16 octets. */
    static constexpr std::size_t RAND_SIZE = 16;

    uint32_t csbId{0};                     //!< MIKEY crypto session bundle
    std::array<uint8_t, RAND_SIZE> rand{}; //!< MIKEY RAND

    /**
     * @param msk the MSK
     * @param keyDomainId whose key
     * @param mskId its name
     * @return both values
     */
    static MskBundle Derive(const Key128& msk, const KeyDomainId& keyDomainId, const MskId& mskId);
};

} // namespace ns3::mbs

#endif // MBS_MSK_BUNDLE_H
