// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SRTP_CIPHER_SUITE_H
#define MBS_SRTP_CIPHER_SUITE_H

#include "mbs-crypto-primitives.h"
#include "mbs-srtp-profile.h"

#include "ns3/mbs-secret.h"

#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The session keys of SRTP or SRTCP (RFC 3711 clause 4.3).
 */
struct SrtpSessionKeys
{
    Secret<32> encryption;     //!< SrtpKeyLength() octets count
    Secret<20> authentication; //!< for HMAC-SHA1
    Secret<14> salt;           //!< SrtpSaltLength() octets count

    /** Which of the two protocols the keys are for. */
    enum class Use : uint8_t
    {
        RTP, //!< SRTP: labels 0 to 2
        RTCP //!< SRTCP: labels 3 to 5
    };

    /**
     * @brief Derives the session keys; key derivation rate 0.
     * @param use for what
     * @param profile which ciphers
     * @param masterKey SrtpKeyLength() octets
     * @param masterSalt SrtpSaltLength() octets
     * @return the keys
     */
    static SrtpSessionKeys Derive(Use use,
                                  SrtpProfile profile,
                                  ByteView masterKey,
                                  ByteView masterSalt);
};

/**
 * @ingroup mbs
 * @brief Session keys in their contexts, and what SRTP and SRTCP do alike with them.
 *
 * Contexts are made when the object is; using them allocates nothing.
 */
class SrtpCipherSuite
{
  public:
    /** The most octets of a payload: 2^16 blocks of key stream (RFC 3711 clause 4.1.1). */
    static constexpr std::size_t MAX_PAYLOAD = 16 * 65536;

    /**
     * @param profile which ciphers
     * @param keys session keys
     */
    SrtpCipherSuite(SrtpProfile profile, const SrtpSessionKeys& keys);

    /** @return which ciphers */
    SrtpProfile Profile() const
    {
        return m_profile;
    }

    /** @return true if there is AES-CM: Crypt() may be called */
    bool Encrypts() const
    {
        return m_counter.has_value();
    }

    /**
     * @brief Encrypts or decrypts with AES-CM; with a profile without encryption it copies.
     * @param ssrc of the packet
     * @param index of the packet: ROC * 2^16 + SEQ, or SRTCP index
     * @param in the octets
     * @param[out] out where they go, in.size() octets; may be in.data()
     */
    void Crypt(uint32_t ssrc, uint64_t index, ByteView in, uint8_t* out);

    /**
     * @brief HMAC-SHA1 over two parts; only with a profile that has one.
     * @param data one part
     * @param word the other: ROC, or E flag and SRTCP index, as four octets
     * @param[out] mac the whole MAC, of which packets carry the front
     */
    void Mac(ByteView data, uint32_t word, std::array<uint8_t, HmacSha1::TAG_SIZE>& mac);

    /**
     * @brief AES-GCM encrypts; only with an AEAD profile.
     * @param ssrc of the packet
     * @param index of the packet
     * @param associated see AesGcm::Seal()
     * @param more see AesGcm::Seal()
     * @param plain see AesGcm::Seal()
     * @param[out] out see AesGcm::Seal()
     */
    void Seal(uint32_t ssrc,
              uint64_t index,
              ByteView associated,
              ByteView more,
              ByteView plain,
              uint8_t* out);

    /**
     * @brief AES-GCM decrypts; only with an AEAD profile.
     * @param ssrc of the packet
     * @param index of the packet
     * @param associated see AesGcm::Open()
     * @param more see AesGcm::Open()
     * @param sealed see AesGcm::Open()
     * @param[out] out see AesGcm::Open()
     * @return see AesGcm::Open()
     */
    bool Open(uint32_t ssrc,
              uint64_t index,
              ByteView associated,
              ByteView more,
              ByteView sealed,
              uint8_t* out);

  private:
    /**
     * @brief RFC 7714 clauses 8.1 and 9.1: salt XOR (0000 || SSRC || index, 48 bits).
     * @param ssrc of the packet
     * @param index of the packet
     * @return the IV
     */
    AesGcm::Iv GcmIv(uint32_t ssrc, uint64_t index) const;

    SrtpProfile m_profile;               //!< which ciphers
    Secret<16> m_salt;                   //!< session salt: 14 or 12 octets, then zeros
    std::optional<AesCounter> m_counter; //!< AES-CM
    std::optional<HmacSha1> m_mac;       //!< HMAC-SHA1
    std::optional<AesGcm> m_gcm;         //!< AES-GCM
};

} // namespace ns3::mbs

#endif // MBS_SRTP_CIPHER_SUITE_H
