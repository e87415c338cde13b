// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MTK_WRAP_H
#define MBS_MTK_WRAP_H

#include "ns3/mbs-key-id.h"
#include "ns3/mbs-key-material.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief How an MTK becomes the 16 octets of "Encrypted MTK" in the MBS security container of N1
 * (TS 24.501 clause 9.11.4.31).
 *
 * TS 24.501 says that the MTK is encrypted with the MSK as TS 33.246 has it, but TS 33.246 does it
 * in MIKEY, whose CSB ID, RAND and counter the container does not carry. The mapping from 16 octets
 * to 16 octets is therefore open. **The two concretes here are this module's reading, not 3GPP's.**
 * Neither protects integrity: the container relies on NAS security for that.
 */
class MtkWrap
{
  public:
    /** Octets of an encrypted MTK. */
    static constexpr std::size_t SIZE = 16;

    virtual ~MtkWrap() = default;

    /** @return the name that Create() knows it by */
    virtual std::string Name() const = 0;

    /**
     * @brief Encrypts an MTK.
     * @param msk the MSK
     * @param keyDomainId whose keys
     * @param mskId name of the MSK
     * @param mtkId name of the MTK
     * @param mtk the MTK
     * @return the encrypted MTK
     */
    virtual std::array<uint8_t, SIZE> Wrap(const Key128& msk,
                                           const KeyDomainId& keyDomainId,
                                           const MskId& mskId,
                                           const MtkId& mtkId,
                                           const Key128& mtk) const = 0;

    /**
     * @brief Decrypts an MTK. A wrong MSK or name gives a wrong MTK, unnoticed.
     * @param msk the MSK
     * @param keyDomainId whose keys
     * @param mskId name of the MSK
     * @param mtkId name of the MTK
     * @param wrapped the encrypted MTK
     * @return the MTK
     */
    virtual Key128 Unwrap(const Key128& msk,
                          const KeyDomainId& keyDomainId,
                          const MskId& mskId,
                          const MtkId& mtkId,
                          const std::array<uint8_t, SIZE>& wrapped) const = 0;

    /**
     * @param name one of Names()
     * @return the way of that name, or null if there is none
     */
    static std::unique_ptr<MtkWrap> Create(const std::string& name);

    /** @return the names that Create() knows, the default first */
    static std::vector<std::string> Names();
};

/**
 * @ingroup mbs
 * @brief "aes-block": the MTK as one block of AES-128 under the MSK; the names play no part.
 *
 * A random key is never encrypted twice with different meaning, so that one block needs no mode.
 */
class AesBlockMtkWrap : public MtkWrap
{
  public:
    /** The name that Create() knows it by. */
    static constexpr const char* NAME = "aes-block";

    std::string Name() const override;
    std::array<uint8_t, SIZE> Wrap(const Key128& msk,
                                   const KeyDomainId& keyDomainId,
                                   const MskId& mskId,
                                   const MtkId& mtkId,
                                   const Key128& mtk) const override;
    Key128 Unwrap(const Key128& msk,
                  const KeyDomainId& keyDomainId,
                  const MskId& mskId,
                  const MtkId& mtkId,
                  const std::array<uint8_t, SIZE>& wrapped) const override;
};

/**
 * @ingroup mbs
 * @brief "aes-cm": AES-CM-128 under the MSK with the names as initial counter block.
 *
 *     octet  0               3          7        9              16
 *            +---------------+----------+--------+--------------+
 *            | Key Domain ID |  MSK ID  | MTK ID | zeros        |
 *            +---------------+----------+--------+--------------+
 *
 * An MTK ID names one MTK under an MSK, so no block of key stream is used twice.
 */
class AesCmMtkWrap : public MtkWrap
{
  public:
    /** The name that Create() knows it by. */
    static constexpr const char* NAME = "aes-cm";

    std::string Name() const override;
    std::array<uint8_t, SIZE> Wrap(const Key128& msk,
                                   const KeyDomainId& keyDomainId,
                                   const MskId& mskId,
                                   const MtkId& mtkId,
                                   const Key128& mtk) const override;
    Key128 Unwrap(const Key128& msk,
                  const KeyDomainId& keyDomainId,
                  const MskId& mskId,
                  const MtkId& mtkId,
                  const std::array<uint8_t, SIZE>& wrapped) const override;
};

/**
 * @ingroup mbs
 * @brief The SRTP master salt that belongs to an MTK.
 *
 * The N1 container carries no salt, so it has to follow from what the container does carry:
 *
 *     salt = MIKEY PRF(MTK, "mbs-traffic-salt" || Key Domain ID || MSK ID || MTK ID), 112 bits
 *
 * MIKEY MTK messages carry the same salt, so that it does not matter which way an MTK came. This is
 * this module's reading, not 3GPP's.
 *
 * @param mtk the MTK
 * @param keyDomainId whose keys
 * @param mskId name of its MSK
 * @param mtkId its name
 * @return the salt of AES-CM
 */
Salt112 DeriveTrafficSalt(const Key128& mtk,
                          const KeyDomainId& keyDomainId,
                          const MskId& mskId,
                          const MtkId& mtkId);

/** A 96-bit salt, the SRTP master salt of AES-GCM (RFC 7714 clause 8.1). */
using Salt96 = Secret<12>;

/**
 * @ingroup mbs
 * @brief The master salt of AES-GCM: the first 12 octets of that of AES-CM.
 * @param salt the salt of AES-CM
 * @return the salt of AES-GCM
 */
Salt96 GcmTrafficSalt(const Salt112& salt);

/**
 * @ingroup mbs
 * @brief The 256-bit master key of AEAD_AES_256_GCM, for which an MTK is too short:
 * MIKEY PRF(MTK, "mbs-traffic-key-256" || Key Domain ID || MSK ID || MTK ID).
 *
 * This module's reading, not 3GPP's; it has the strength of the 128-bit MTK.
 *
 * @param mtk the MTK
 * @param keyDomainId whose keys
 * @param mskId name of its MSK
 * @param mtkId its name
 * @return the master key
 */
Secret<32> ExpandTrafficKey(const Key128& mtk,
                            const KeyDomainId& keyDomainId,
                            const MskId& mskId,
                            const MtkId& mtkId);

} // namespace ns3::mbs

#endif // MBS_MTK_WRAP_H
