// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp.h"

#include "ns3/assert.h"

#include <algorithm>
#include <cstring>

namespace ns3::mbs
{

namespace
{

/**
 * @param roc a roll-over counter
 * @return its octets
 */
std::array<uint8_t, SrtpPolicy::ROC_SIZE>
RocOctets(uint32_t roc)
{
    return {static_cast<uint8_t>(roc >> 24),
            static_cast<uint8_t>(roc >> 16),
            static_cast<uint8_t>(roc >> 8),
            static_cast<uint8_t>(roc)};
}

} // namespace

const char*
ToString(SrtpStatus status)
{
    switch (status)
    {
    case SrtpStatus::OK:
        return "ok";
    case SrtpStatus::MALFORMED:
        return "malformed";
    case SrtpStatus::AUTH_FAILED:
        return "authentication failed";
    }
    return "unknown";
}

SrtpTransform::SrtpTransform(const SrtpPolicy& policy, const SrtpSessionKeys& keys, ByteView mki)
    : m_policy(policy),
      m_suite(policy.profile, keys),
      m_mkiSize(mki.size())
{
    NS_ASSERT(policy.IsValid() && mki.size() <= MAX_MKI);
    std::copy(mki.begin(), mki.end(), m_mki.begin());
}

std::unique_ptr<SrtpTransform>
SrtpTransform::Create(const SrtpPolicy& policy,
                      ByteView masterKey,
                      ByteView masterSalt,
                      ByteView mki)
{
    if (masterKey.size() != SrtpKeyLength(policy.profile) ||
        masterSalt.size() != SrtpSaltLength(policy.profile) || mki.size() > MAX_MKI ||
        !policy.IsValid())
    {
        return nullptr;
    }
    return std::make_unique<SrtpTransform>(
        policy,
        SrtpSessionKeys::Derive(SrtpSessionKeys::Use::RTP, policy.profile, masterKey, masterSalt),
        mki);
}

const SrtpPolicy&
SrtpTransform::Policy() const
{
    return m_policy;
}

std::size_t
SrtpTransform::Overhead() const
{
    return m_mkiSize + m_policy.MaxTrailer();
}

bool
SrtpTransform::Protect(ByteView rtp, uint32_t roc, uint8_t* out, std::size_t& outSize)
{
    outSize = 0;
    const auto header = SrtpHeaderView::Parse(rtp);
    if (!header || rtp.size() - header->headerLength > MAX_PAYLOAD)
    {
        return false;
    }
    const std::size_t headerLength = header->headerLength;
    const uint64_t index = IndexOf(roc, header->seq);
    const ByteView payload = rtp.Sub(headerLength);
    const auto trailer = m_policy.TrailerOf(header->seq);
    if (out != rtp.data())
    {
        std::memcpy(out, rtp.data(), headerLength);
    }
    if (trailer.aead > 0)
    {
        m_suite.Seal(header->ssrc,
                     index,
                     ByteView(out, headerLength),
                     {},
                     payload,
                     out + headerLength);
    }
    else
    {
        m_suite.Crypt(header->ssrc, index, payload, out + headerLength);
    }
    const ByteView mki = MkiView();
    uint8_t* next = std::copy(mki.begin(), mki.end(), out + rtp.size() + trailer.aead);
    if (trailer.roc > 0)
    {
        const auto rollOver = RocOctets(roc);
        next = std::copy(rollOver.begin(), rollOver.end(), next);
    }
    if (trailer.mac > 0)
    {
        std::array<uint8_t, HmacSha1::TAG_SIZE> mac;
        m_suite.Mac(ByteView(out, rtp.size()), roc, mac);
        next = std::copy_n(mac.begin(), trailer.mac, next);
    }
    outSize = static_cast<std::size_t>(next - out);
    return true;
}

SrtpStatus
SrtpTransform::Unprotect(ByteView srtp, uint32_t roc, uint8_t* out, std::size_t& outSize)
{
    outSize = 0;
    const auto header = SrtpHeaderView::Parse(srtp);
    if (!header)
    {
        return SrtpStatus::MALFORMED;
    }
    const auto trailer = m_policy.TrailerOf(header->seq);
    const std::size_t headerLength = header->headerLength;
    const std::size_t behind = m_mkiSize + trailer.Size();
    if (srtp.size() < headerLength + behind || srtp.size() - headerLength - behind > MAX_PAYLOAD)
    {
        return SrtpStatus::MALFORMED;
    }
    const uint64_t index = IndexOf(roc, header->seq);
    const std::size_t rtpSize = srtp.size() - behind;
    const std::size_t payloadSize = rtpSize - headerLength;
    const ByteView mki = srtp.Sub(rtpSize + trailer.aead, m_mkiSize);
    const ByteView tag = srtp.Sub(rtpSize + trailer.aead + m_mkiSize);
    if (!SameBytes(mki, MkiView()) ||
        (trailer.roc > 0 && !SameBytes(tag.Sub(0, trailer.roc), RocOctets(roc))))
    {
        return SrtpStatus::AUTH_FAILED;
    }
    if (trailer.mac > 0)
    {
        std::array<uint8_t, HmacSha1::TAG_SIZE> expected;
        m_suite.Mac(srtp.Sub(0, rtpSize), roc, expected);
        if (!SameSecret(tag.Sub(trailer.roc), ByteView(expected.data(), trailer.mac)))
        {
            return SrtpStatus::AUTH_FAILED;
        }
    }
    if (trailer.aead > 0)
    {
        if (!m_suite.Open(header->ssrc,
                          index,
                          srtp.Sub(0, headerLength),
                          {},
                          srtp.Sub(headerLength, payloadSize + trailer.aead),
                          out + headerLength))
        {
            return SrtpStatus::AUTH_FAILED;
        }
    }
    else
    {
        m_suite.Crypt(header->ssrc, index, srtp.Sub(headerLength, payloadSize), out + headerLength);
    }
    if (out != srtp.data())
    {
        std::memcpy(out, srtp.data(), headerLength);
    }
    outSize = rtpSize;
    return SrtpStatus::OK;
}

} // namespace ns3::mbs
