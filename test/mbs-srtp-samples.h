// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SRTP_SAMPLES_H
#define MBS_SRTP_SAMPLES_H

#include "mbs-text-octets.h"

#include "ns3/mbs-srtcp.h"
#include "ns3/mbs-srtp.h"

#include <string>

namespace ns3::mbs
{

/** Every profile. */
constexpr std::array<SrtpProfile, 6> ALL_SRTP_PROFILES{SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                       SrtpProfile::AES_CM_128_HMAC_SHA1_32,
                                                       SrtpProfile::AEAD_AES_128_GCM,
                                                       SrtpProfile::AEAD_AES_256_GCM,
                                                       SrtpProfile::NULL_HMAC_SHA1_80,
                                                       SrtpProfile::NULL_NULL};

/**
 * @ingroup mbs-tests
 * @param text hexadecimal digits
 * @return the octets
 */
inline Bytes
Hex(const std::string& text)
{
    return *FromHex(text);
}

/**
 * @ingroup mbs-tests
 * @param size how many
 * @param first the first value
 * @return octets that count up
 */
inline Bytes
Counting(std::size_t size, uint8_t first)
{
    Bytes bytes(size);
    for (auto& octet : bytes)
    {
        octet = first++;
    }
    return bytes;
}

/**
 * @ingroup mbs-tests
 * @param a some octets
 * @param b more octets
 * @return both, one behind the other
 */
inline Bytes
Concat(Bytes a, const Bytes& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/**
 * @ingroup mbs-tests
 * @brief A transform with a key that follows from a seed.
 * @param profile which ciphers
 * @param seed first octet of the key
 * @param mki the MKI
 * @param carriage how the ROC is carried
 * @return the transform
 */
inline std::unique_ptr<SrtpTransform>
SampleTransform(SrtpProfile profile,
                uint8_t seed,
                const Bytes& mki = {},
                const SrtpRocCarriage& carriage = SrtpRocCarriage())
{
    return SrtpTransform::Create({profile, carriage},
                                 Counting(SrtpKeyLength(profile), seed),
                                 Counting(SrtpSaltLength(profile), 0xa0),
                                 mki);
}

/**
 * @ingroup mbs-tests
 * @param transform the transform
 * @param rtp an RTP packet
 * @param roc its ROC
 * @return the SRTP packet, empty if refused
 */
inline Bytes
Protect(SrtpTransform& transform, const Bytes& rtp, uint32_t roc = 0)
{
    Bytes out(rtp.size() + transform.Overhead());
    std::size_t size = 0;
    out.resize(transform.Protect(rtp, roc, out.data(), size) ? size : 0);
    return out;
}

/**
 * @ingroup mbs-tests
 * @param transform the transform
 * @param srtp an SRTP packet
 * @param roc its ROC
 * @param[out] status what became of it
 * @return the RTP packet
 */
inline Bytes
Unprotect(SrtpTransform& transform, const Bytes& srtp, uint32_t roc, SrtpStatus& status)
{
    Bytes out(srtp.size() + 1);
    std::size_t size = 0;
    status = transform.Unprotect(srtp, roc, out.data(), size);
    out.resize(size);
    return out;
}

/**
 * @ingroup mbs-tests
 * @param seq sequence number
 * @param payload octets of payload
 * @return an RTP packet
 */
inline Bytes
CountingRtp(uint16_t seq, std::size_t payload)
{
    ByteWriter writer;
    writer.U16(0x8021).U16(seq).U32(90000).U32(0xcafebabe).Append(Counting(payload, 1));
    return writer.Release();
}

/**
 * @ingroup mbs-tests
 * @param key a key
 * @param data a message
 * @return its HMAC-SHA1
 */
inline Bytes
MacOf(ByteView key, ByteView data)
{
    HmacSha1 mac(key);
    Bytes tag(HmacSha1::TAG_SIZE);
    mac.Start();
    mac.Update(data);
    mac.Finish(tag.data());
    return tag;
}

} // namespace ns3::mbs

#endif // MBS_SRTP_SAMPLES_H
