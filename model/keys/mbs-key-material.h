// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_MATERIAL_H
#define MBS_KEY_MATERIAL_H

#include "mbs-key-id.h"
#include "mbs-secret.h"
#include "mbs-tmgi.h"

#include "ns3/nstime.h"

#include <optional>
#include <vector>

namespace ns3::mbs
{

/** A 128-bit key: MSK or MTK. */
using Key128 = Secret<16>;

/** A 112-bit salt, the SRTP master salt of AES-CM (RFC 3711 clause 8.2). */
using Salt112 = Secret<14>;

/**
 * @ingroup mbs
 * @brief An MTK with its name.
 */
struct Mtk
{
    MtkId id;   //!< sequence number under its MSK
    Key128 key; //!< the SRTP master key

    /** @param other another @return true if name and key are the same */
    bool operator==(const Mtk& other) const
    {
        return id == other.id && key == other.key;
    }
};

/**
 * @ingroup mbs
 * @brief An MSK with its names and, if there is one, the newest MTK under it.
 *
 * One entry of MbsSecurityContext.keyList (TS 29.571 clause 5.9.4.13), one key set of the MBS
 * security container (TS 24.501 clause 9.11.4.31).
 */
struct KeySet
{
    KeyDomainId keyDomainId;         //!< whose keys
    MskId mskId;                     //!< name of the MSK
    std::optional<Key128> msk;       //!< the MSK; absent where a message only names it
    std::optional<Time> mskLifetime; //!< until when the MSK is valid, simulated time; towards MBSTF
    std::optional<Mtk> mtk;          //!< the newest MTK under it

    /** @param other another @return true if names, keys and lifetime are the same */
    bool operator==(const KeySet& other) const
    {
        return keyDomainId == other.keyDomainId && mskId == other.mskId && msk == other.msk &&
               mskLifetime == other.mskLifetime && mtk == other.mtk;
    }
};

/**
 * @ingroup mbs
 * @brief Multicast session security context without the session's name (TS 33.501 W.4.1.2).
 */
using SecurityContext = std::vector<KeySet>;

} // namespace ns3::mbs

#endif // MBS_KEY_MATERIAL_H
