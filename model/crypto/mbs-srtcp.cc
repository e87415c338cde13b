// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtcp.h"

#include "ns3/assert.h"

#include <algorithm>
#include <cstring>

namespace ns3::mbs
{

namespace
{

/** Octets of the header that stay clear: version to length, SSRC. */
constexpr std::size_t HEADER = 8;

/** Octets of E flag and index. */
constexpr std::size_t INDEX = 4;

/** E flag: the packet is encrypted. */
constexpr uint32_t ENCRYPTED = 0x80000000;

/**
 * @param profile a profile
 * @return octets of the tag of SRTCP packets
 */
std::size_t
TagLength(SrtpProfile profile)
{
    return profile == SrtpProfile::AES_CM_128_HMAC_SHA1_32 ? 10 : SrtpTagLength(profile);
}

/**
 * @param packet an RTCP or SRTCP packet of HEADER octets or more
 * @param[out] ssrc its SSRC
 * @return true if its version is 2
 */
bool
ReadHeader(ByteView packet, uint32_t& ssrc)
{
    ByteReader reader(packet);
    const uint32_t first = reader.U32();
    ssrc = reader.U32();
    return first >> 30 == 2;
}

/**
 * @param[out] out where four octets go
 * @param word E flag and index
 */
void
WriteWord(uint8_t* out, uint32_t word)
{
    for (std::size_t i = 0; i < INDEX; ++i)
    {
        out[i] = static_cast<uint8_t>(word >> (24 - 8 * i));
    }
}

} // namespace

SrtcpTransform::SrtcpTransform(SrtpProfile profile, const SrtpSessionKeys& keys, ByteView mki)
    : m_suite(profile, keys),
      m_mkiSize(mki.size())
{
    NS_ASSERT(mki.size() <= MAX_MKI);
    std::copy(mki.begin(), mki.end(), m_mki.begin());
}

std::unique_ptr<SrtcpTransform>
SrtcpTransform::Create(SrtpProfile profile, ByteView masterKey, ByteView masterSalt, ByteView mki)
{
    if (masterKey.size() != SrtpKeyLength(profile) ||
        masterSalt.size() != SrtpSaltLength(profile) || mki.size() > MAX_MKI)
    {
        return nullptr;
    }
    return std::make_unique<SrtcpTransform>(
        profile,
        SrtpSessionKeys::Derive(SrtpSessionKeys::Use::RTCP, profile, masterKey, masterSalt),
        mki);
}

std::size_t
SrtcpTransform::Overhead() const
{
    return INDEX + m_mkiSize + TagLength(m_suite.Profile());
}

bool
SrtcpTransform::Protect(ByteView rtcp,
                        uint32_t index,
                        bool encrypt,
                        uint8_t* out,
                        std::size_t& outSize)
{
    outSize = 0;
    uint32_t ssrc = 0;
    if (rtcp.size() < HEADER || rtcp.size() > SrtpTransform::MAX_PAYLOAD || index > MAX_INDEX ||
        !ReadHeader(rtcp, ssrc))
    {
        return false;
    }
    const bool aead = IsAead(m_suite.Profile());
    encrypt = encrypt && (aead || m_suite.Encrypts());
    const uint32_t word = (encrypt ? ENCRYPTED : 0) | index;
    const std::size_t clear = encrypt ? HEADER : rtcp.size();
    if (out != rtcp.data())
    {
        std::memcpy(out, rtcp.data(), clear);
    }
    uint8_t* next = out + rtcp.size();
    if (aead)
    {
        // The associated data are not in one piece: E flag and index follow the ciphertext.
        std::array<uint8_t, INDEX> octets;
        WriteWord(octets.data(), word);
        m_suite.Seal(ssrc, index, ByteView(out, clear), octets, rtcp.Sub(clear), out + clear);
        next = std::copy(octets.begin(), octets.end(), next + AesGcm::TAG_SIZE);
        next = std::copy_n(m_mki.begin(), m_mkiSize, next);
    }
    else
    {
        if (encrypt)
        {
            m_suite.Crypt(ssrc, index, rtcp.Sub(HEADER), out + HEADER);
        }
        WriteWord(next, word);
        next = std::copy_n(m_mki.begin(), m_mkiSize, next + INDEX);
        if (const std::size_t tag = TagLength(m_suite.Profile()); tag > 0)
        {
            std::array<uint8_t, HmacSha1::TAG_SIZE> mac;
            m_suite.Mac(ByteView(out, rtcp.size()), word, mac);
            next = std::copy_n(mac.begin(), tag, next);
        }
    }
    outSize = static_cast<std::size_t>(next - out);
    return true;
}

SrtpStatus
SrtcpTransform::Unprotect(ByteView srtcp, uint32_t& index, uint8_t* out, std::size_t& outSize)
{
    outSize = 0;
    const SrtpProfile profile = m_suite.Profile();
    const std::size_t tag = TagLength(profile);
    uint32_t ssrc = 0;
    if (srtcp.size() < HEADER + Overhead() ||
        srtcp.size() - Overhead() > SrtpTransform::MAX_PAYLOAD || !ReadHeader(srtcp, ssrc))
    {
        return SrtpStatus::MALFORMED;
    }
    const bool aead = IsAead(profile);
    const std::size_t size = srtcp.size() - Overhead();
    const std::size_t wordAt = aead ? size + tag : size;
    const uint32_t word = ByteReader(srtcp.Sub(wordAt)).U32();
    const bool encrypted = (word & ENCRYPTED) != 0;
    if (!SameBytes(srtcp.Sub(wordAt + INDEX, m_mkiSize), ByteView(m_mki.data(), m_mkiSize)))
    {
        return SrtpStatus::AUTH_FAILED;
    }
    if (!aead && encrypted && !m_suite.Encrypts())
    {
        return SrtpStatus::MALFORMED;
    }
    const std::size_t clear = encrypted ? HEADER : size;
    if (aead)
    {
        if (!m_suite.Open(ssrc,
                          word & MAX_INDEX,
                          srtcp.Sub(0, clear),
                          srtcp.Sub(wordAt, INDEX),
                          srtcp.Sub(clear, size - clear + tag),
                          out + clear))
        {
            return SrtpStatus::AUTH_FAILED;
        }
    }
    else
    {
        if (tag > 0)
        {
            std::array<uint8_t, HmacSha1::TAG_SIZE> mac;
            m_suite.Mac(srtcp.Sub(0, size), word, mac);
            if (!SameSecret(srtcp.Sub(wordAt + INDEX + m_mkiSize), ByteView(mac.data(), tag)))
            {
                return SrtpStatus::AUTH_FAILED;
            }
        }
        if (encrypted)
        {
            m_suite.Crypt(ssrc, word & MAX_INDEX, srtcp.Sub(HEADER, size - HEADER), out + HEADER);
        }
    }
    if (out != srtcp.data())
    {
        std::memcpy(out, srtcp.data(), clear);
    }
    index = word & MAX_INDEX;
    outSize = size;
    return SrtpStatus::OK;
}

std::optional<Mki>
PeekSrtcpMki(ByteView srtcp, SrtpProfile profile)
{
    const std::size_t behind = IsAead(profile) ? 0 : TagLength(profile);
    const std::size_t before = IsAead(profile) ? TagLength(profile) : 0;
    if (srtcp.size() < HEADER + before + INDEX + Mki::SIZE + behind)
    {
        return std::nullopt;
    }
    ByteReader reader(srtcp.Sub(srtcp.size() - behind - Mki::SIZE));
    return Mki::Decode(reader.Array<Mki::SIZE>());
}

} // namespace ns3::mbs
