// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-cipher-suite.h"

#include "mbs-key-derivation.h"

#include "ns3/assert.h"

#include <cstring>

namespace ns3::mbs
{

namespace
{

/**
 * @brief XORs a number into octets, most significant octet first.
 * @param[in,out] octets where
 * @param size how many octets
 * @param value the number
 */
void
XorNumber(uint8_t* octets, std::size_t size, uint64_t value)
{
    for (std::size_t i = size; i-- > 0; value >>= 8)
    {
        octets[i] ^= static_cast<uint8_t>(value);
    }
}

} // namespace

SrtpSessionKeys
SrtpSessionKeys::Derive(Use use, SrtpProfile profile, ByteView masterKey, ByteView masterSalt)
{
    NS_ASSERT(masterKey.size() == SrtpKeyLength(profile) &&
              masterSalt.size() == SrtpSaltLength(profile));
    const bool rtp = use == Use::RTP;
    const auto derive = [&](SrtpKeyLabel label, uint8_t* out, std::size_t size) {
        SrtpKdf(masterKey, masterSalt, label, out, size);
    };
    SrtpSessionKeys keys;
    derive(rtp ? SrtpKeyLabel::RTP_ENCRYPTION : SrtpKeyLabel::RTCP_ENCRYPTION,
           keys.encryption.Data(),
           masterKey.size());
    derive(rtp ? SrtpKeyLabel::RTP_AUTHENTICATION : SrtpKeyLabel::RTCP_AUTHENTICATION,
           keys.authentication.Data(),
           keys.authentication.SIZE);
    derive(rtp ? SrtpKeyLabel::RTP_SALT : SrtpKeyLabel::RTCP_SALT,
           keys.salt.Data(),
           masterSalt.size());
    return keys;
}

SrtpCipherSuite::SrtpCipherSuite(SrtpProfile profile, const SrtpSessionKeys& keys)
    : m_profile(profile)
{
    const ByteView key = keys.encryption.View().Sub(0, SrtpKeyLength(profile));
    std::memcpy(m_salt.Data(), keys.salt.View().data(), SrtpSaltLength(profile));
    if (IsAead(profile))
    {
        m_gcm.emplace(key);
        return;
    }
    if (profile == SrtpProfile::AES_CM_128_HMAC_SHA1_80 ||
        profile == SrtpProfile::AES_CM_128_HMAC_SHA1_32)
    {
        m_counter.emplace(key);
    }
    if (profile != SrtpProfile::NULL_NULL)
    {
        m_mac.emplace(keys.authentication.View());
    }
}

void
SrtpCipherSuite::Crypt(uint32_t ssrc, uint64_t index, ByteView in, uint8_t* out)
{
    if (!m_counter)
    {
        if (out != in.data() && !in.empty())
        {
            std::memcpy(out, in.data(), in.size());
        }
        return;
    }
    // RFC 3711 clause 4.1.1: (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16).
    //
    //     octet  0        4          8                14  16
    //            +--------+----------+-----------------+---+
    //            | 0      |   SSRC   |   index (6)     | 0 |   XOR   | salt (14) | 0 (2) |
    //            +--------+----------+-----------------+---+
    AesCounter::Block block;
    std::memcpy(block.data(), m_salt.View().data(), block.size());
    XorNumber(&block[4], 4, ssrc);
    XorNumber(&block[8], 6, index);
    m_counter->Apply(block, in.data(), out, in.size());
}

void
SrtpCipherSuite::Mac(ByteView data, uint32_t word, std::array<uint8_t, HmacSha1::TAG_SIZE>& mac)
{
    std::array<uint8_t, 4> octets{};
    XorNumber(octets.data(), octets.size(), word);
    m_mac->Start();
    m_mac->Update(data);
    m_mac->Update(octets);
    m_mac->Finish(mac.data());
}

AesGcm::Iv
SrtpCipherSuite::GcmIv(uint32_t ssrc, uint64_t index) const
{
    AesGcm::Iv iv;
    std::memcpy(iv.data(), m_salt.View().data(), iv.size());
    XorNumber(&iv[2], 4, ssrc);
    XorNumber(&iv[6], 6, index);
    return iv;
}

void
SrtpCipherSuite::Seal(uint32_t ssrc,
                      uint64_t index,
                      ByteView associated,
                      ByteView more,
                      ByteView plain,
                      uint8_t* out)
{
    m_gcm->Seal(GcmIv(ssrc, index), associated, more, plain, out);
}

bool
SrtpCipherSuite::Open(uint32_t ssrc,
                      uint64_t index,
                      ByteView associated,
                      ByteView more,
                      ByteView sealed,
                      uint8_t* out)
{
    return m_gcm->Open(GcmIv(ssrc, index), associated, more, sealed, out);
}

} // namespace ns3::mbs
