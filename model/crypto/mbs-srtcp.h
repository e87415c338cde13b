// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SRTCP_H
#define MBS_SRTCP_H

#include "mbs-srtp.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief SRTCP under one master key (RFC 3711 clause 3.4, RFC 7714 clause 9), both directions.
 *
 * For a model of one's own that sends RTCP: the functions of this module send none.
 *
 *     octet  0            8
 *            +------------+-------------------+---+-----------+-----+-----+
 *            | RTCP header| encrypted rest    | E | index (31)| MKI | tag |   AES-CM, null
 *            +------------+-------------------+---+-----------+-----+-----+
 *            |<- the tag covers this ------------------------>|
 *
 *            +------------+-------------------+-----+---+-----------+-----+
 *            | RTCP header| encrypted rest    | tag | E | index (31)| MKI |   AES-GCM
 *            +------------+-------------------+-----+---+-----------+-----+
 *
 * A receiver knows the index from the packet, so nothing has to be estimated and a late joiner
 * needs nothing; it keeps an SrtpReplayWindow of its own for it. The tag has 10 octets also with
 * AES_CM_128_HMAC_SHA1_32 (RFC 5764 clause 4.1.2). RFC 3711 demands a tag; NULL_NULL has none
 * here either, to measure what it costs. RFC 4771 does not concern SRTCP.
 */
class SrtcpTransform
{
  public:
    /** The most octets of an MKI. */
    static constexpr std::size_t MAX_MKI = SrtpTransform::MAX_MKI;

    /** The highest index. */
    static constexpr uint32_t MAX_INDEX = 0x7fffffff;

    /**
     * @brief Derives the session keys.
     * @param profile which ciphers
     * @param masterKey SrtpKeyLength() octets
     * @param masterSalt SrtpSaltLength() octets
     * @param mki what to put into packets and to expect there, up to MAX_MKI octets; empty for none
     * @return the transform, or null if a length does not fit
     */
    static std::unique_ptr<SrtcpTransform> Create(SrtpProfile profile,
                                                  ByteView masterKey,
                                                  ByteView masterSalt,
                                                  ByteView mki);

    /**
     * @brief Takes session keys as they are, as the examples of RFC 7714 do.
     * @param profile which ciphers
     * @param keys session keys
     * @param mki the MKI, up to MAX_MKI octets
     */
    SrtcpTransform(SrtpProfile profile, const SrtpSessionKeys& keys, ByteView mki);

    /** @return by how many octets a packet grows: E flag and index, MKI and tag */
    std::size_t Overhead() const;

    /**
     * @brief Turns an RTCP compound packet into an SRTCP packet.
     *
     * The caller must never protect two packets of one SSRC and index under one key; the index
     * counts up by 1 and does not begin anew when the key changes.
     *
     * @param rtcp the RTCP packet, 8 octets or more
     * @param index its index, up to MAX_INDEX
     * @param encrypt false to leave it readable; a profile without encryption leaves it anyhow
     * @param[out] out where the SRTCP packet goes, rtcp.size() + Overhead() octets; may be
     * rtcp.data() but not overlap with it otherwise
     * @param[out] outSize octets of the SRTCP packet
     * @return false if @p rtcp has no RTCP header or is longer than SrtpTransform::MAX_PAYLOAD
     */
    bool Protect(ByteView rtcp, uint32_t index, bool encrypt, uint8_t* out, std::size_t& outSize);

    /**
     * @brief Checks an SRTCP packet and turns it back into an RTCP packet.
     * @param srtcp the SRTCP packet
     * @param[out] index its index, set when the status is OK
     * @param[out] out where the RTCP packet goes, srtcp.size() octets; may be srtcp.data() but not
     * overlap with it otherwise. With AES-GCM it holds nothing of use unless the status is OK
     * @param[out] outSize octets of the RTCP packet, 0 unless the status is OK
     * @return what became of it
     */
    SrtpStatus Unprotect(ByteView srtcp, uint32_t& index, uint8_t* out, std::size_t& outSize);

  private:
    SrtpCipherSuite m_suite;              //!< session keys in their contexts
    std::array<uint8_t, MAX_MKI> m_mki{}; //!< the MKI
    std::size_t m_mkiSize{0};             //!< octets of the MKI
};

/**
 * @ingroup mbs
 * @brief Reads the MKI of an SRTCP packet, to find the key by.
 * @param srtcp the packet
 * @param profile how it is protected
 * @return the MKI, or nothing if the packet is too short
 */
std::optional<Mki> PeekSrtcpMki(ByteView srtcp, SrtpProfile profile);

} // namespace ns3::mbs

#endif // MBS_SRTCP_H
