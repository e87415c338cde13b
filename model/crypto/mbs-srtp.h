// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SRTP_H
#define MBS_SRTP_H

#include "mbs-srtp-cipher-suite.h"
#include "mbs-srtp-index.h"
#include "mbs-srtp-packet.h"
#include "mbs-srtp-profile.h"

#include <memory>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What became of an SRTP or SRTCP packet.
 */
enum class SrtpStatus : uint8_t
{
    OK,         //!< it is authentic and decrypted
    MALFORMED,  //!< too short, or no RTP version 2 header
    AUTH_FAILED //!< the tag is wrong or the MKI names another key
};

/**
 * @ingroup mbs
 * @param status a status
 * @return its name in lower case
 */
const char* ToString(SrtpStatus status);

/**
 * @ingroup mbs
 * @brief SRTP under one master key (RFC 3711, RFC 7714, RFC 4771), both directions.
 *
 * The session keys are derived and OpenSSL's contexts made when the object is; per packet nothing
 * is allocated and nothing but the packet itself kept, so that one object serves every stream and
 * every receiver that has the key. Key derivation rate 0. SrtcpTransform is its like for RTCP.
 *
 *     AES-CM, null:  RTP header | encrypted payload | MKI | tag       tag over header, payload, ROC
 *     AES-GCM:       RTP header | encrypted payload | tag | MKI       tag over header, payload
 *
 * The MKI is not covered by the tag in either. By RFC 4771 a ROC follows the MKI, see SrtpRocMode.
 */
class SrtpTransform
{
  public:
    /** The most octets of a payload. */
    static constexpr std::size_t MAX_PAYLOAD = SrtpCipherSuite::MAX_PAYLOAD;

    /** The most octets of an MKI. */
    static constexpr std::size_t MAX_MKI = 16;

    /**
     * @brief Derives the session keys.
     * @param policy which ciphers, and whether packets carry the ROC
     * @param masterKey SrtpKeyLength() octets
     * @param masterSalt SrtpSaltLength() octets
     * @param mki what to put into packets and to expect there, up to MAX_MKI octets; empty for none
     * @return the transform, or null if a length does not fit or the policy is not valid
     */
    static std::unique_ptr<SrtpTransform> Create(const SrtpPolicy& policy,
                                                 ByteView masterKey,
                                                 ByteView masterSalt,
                                                 ByteView mki);

    /**
     * @brief Takes session keys as they are, as the examples of RFC 7714 do.
     * @param policy which ciphers, and whether packets carry the ROC; valid
     * @param keys session keys
     * @param mki the MKI, up to MAX_MKI octets
     */
    SrtpTransform(const SrtpPolicy& policy, const SrtpSessionKeys& keys, ByteView mki);

    /** @return which ciphers, and whether packets carry the ROC */
    const SrtpPolicy& Policy() const;

    /** @return by how many octets a packet grows at most: MKI and tag */
    std::size_t Overhead() const;

    /**
     * @brief Turns an RTP packet into an SRTP packet.
     *
     * The caller must never protect two packets of one SSRC, ROC and sequence number under one key.
     *
     * @param rtp the RTP packet
     * @param roc how often the sequence number has rolled over
     * @param[out] out where the SRTP packet goes, rtp.size() + Overhead() octets; may be rtp.data()
     * but not overlap with it otherwise
     * @param[out] outSize octets of the SRTP packet
     * @return false if @p rtp has no RTP header or more payload than MAX_PAYLOAD
     */
    bool Protect(ByteView rtp, uint32_t roc, uint8_t* out, std::size_t& outSize);

    /**
     * @brief Checks an SRTP packet and turns it back into an RTP packet.
     * @param srtp the SRTP packet
     * @param roc how often the sequence number has rolled over: what the packet carries
     * (PeekRoc()), else the receiver's estimate
     * @param[out] out where the RTP packet goes, srtp.size() octets; may be srtp.data() but not
     * overlap with it otherwise. With AES-GCM it holds nothing of use unless the status is OK
     * @param[out] outSize octets of the RTP packet, 0 unless the status is OK
     * @return what became of it
     */
    SrtpStatus Unprotect(ByteView srtp, uint32_t roc, uint8_t* out, std::size_t& outSize);

  private:
    /** @return the MKI */
    ByteView MkiView() const
    {
        return ByteView(m_mki.data(), m_mkiSize);
    }

    SrtpPolicy m_policy;                  //!< which ciphers, and whether packets carry the ROC
    SrtpCipherSuite m_suite;              //!< session keys in their contexts
    std::array<uint8_t, MAX_MKI> m_mki{}; //!< the MKI
    std::size_t m_mkiSize{0};             //!< octets of the MKI
};

} // namespace ns3::mbs

#endif // MBS_SRTP_H
