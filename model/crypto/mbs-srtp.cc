// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp.h"

#include "mbs-crypto-primitives.h"
#include "mbs-key-derivation.h"

#include <algorithm>
#include <cstring>

namespace ns3::mbs
{

namespace
{

/** Octets of the HMAC-SHA1 key (RFC 3711 clause 5.2, n_a). */
constexpr std::size_t AUTH_KEY_SIZE = 20;

/** Octets of a roll-over counter. */
constexpr std::size_t ROC_SIZE = 4;

/**
 * @param profile a profile
 * @return true if encryption and tag are one operation
 */
bool
IsAead(SrtpProfile profile)
{
    return profile == SrtpProfile::AEAD_AES_128_GCM || profile == SrtpProfile::AEAD_AES_256_GCM;
}

/**
 * @param roc a roll-over counter
 * @return its octets
 */
std::array<uint8_t, ROC_SIZE>
RocOctets(uint32_t roc)
{
    return {static_cast<uint8_t>(roc >> 24),
            static_cast<uint8_t>(roc >> 16),
            static_cast<uint8_t>(roc >> 8),
            static_cast<uint8_t>(roc)};
}

/** How the tag of one packet is made up. */
struct TagLayout
{
    std::size_t roc; //!< octets of the ROC at its front
    std::size_t mac; //!< octets of the MAC behind

    /** @return octets of both */
    std::size_t Size() const
    {
        return roc + mac;
    }
};

/**
 * @brief What tag a packet has (RFC 4771 clause 2).
 * @param profile how it is protected
 * @param carriage whether and how packets carry the ROC
 * @param seq its sequence number
 * @return the make-up of the tag
 */
TagLayout
LayoutOf(SrtpProfile profile, const SrtpRocCarriage& carriage, uint16_t seq)
{
    const std::size_t tag = SrtpTagLength(profile);
    if (carriage.mode == SrtpRocMode::NONE)
    {
        return {0, tag};
    }
    const bool carries = seq % carriage.rate == 0;
    if (carriage.mode == SrtpRocMode::RCC3)
    {
        return {carries ? ROC_SIZE : 0, 0};
    }
    if (carries)
    {
        return {ROC_SIZE, tag - ROC_SIZE};
    }
    return {0, carriage.mode == SrtpRocMode::RCC2 ? tag : 0};
}

/**
 * @param profile how packets are protected
 * @param carriage whether and how packets are to carry the ROC
 * @return true if RFC 4771 allows that
 */
bool
IsValid(SrtpProfile profile, const SrtpRocCarriage& carriage)
{
    return carriage.mode == SrtpRocMode::NONE ||
           (carriage.rate > 0 && !IsAead(profile) && SrtpTagLength(profile) >= ROC_SIZE);
}

/**
 * @brief The rule of RFC 3711 appendix A.
 * @param highest the highest index so far
 * @param seq a sequence number
 * @return the index with this sequence number that is nearest to highest
 */
uint64_t
EstimateIndex(uint64_t highest, uint16_t seq)
{
    const auto last = static_cast<uint16_t>(highest);
    uint32_t roc = RocOf(highest);
    if (last < 0x8000)
    {
        if (seq - last > 0x8000 && roc > 0)
        {
            --roc;
        }
    }
    else if (last - 0x8000 > seq)
    {
        ++roc;
    }
    return static_cast<uint64_t>(roc) << 16 | seq;
}

} // namespace

const char*
ToString(SrtpProfile profile)
{
    switch (profile)
    {
    case SrtpProfile::AES_CM_128_HMAC_SHA1_80:
        return "AES_CM_128_HMAC_SHA1_80";
    case SrtpProfile::AES_CM_128_HMAC_SHA1_32:
        return "AES_CM_128_HMAC_SHA1_32";
    case SrtpProfile::AEAD_AES_128_GCM:
        return "AEAD_AES_128_GCM";
    case SrtpProfile::AEAD_AES_256_GCM:
        return "AEAD_AES_256_GCM";
    case SrtpProfile::NULL_HMAC_SHA1_80:
        return "NULL_HMAC_SHA1_80";
    case SrtpProfile::NULL_NULL:
        return "NULL_NULL";
    }
    return "unknown";
}

std::size_t
SrtpKeyLength(SrtpProfile profile)
{
    return profile == SrtpProfile::AEAD_AES_256_GCM ? 32 : 16;
}

std::size_t
SrtpSaltLength(SrtpProfile profile)
{
    return IsAead(profile) ? 12 : 14;
}

std::size_t
SrtpTagLength(SrtpProfile profile)
{
    switch (profile)
    {
    case SrtpProfile::AES_CM_128_HMAC_SHA1_80:
    case SrtpProfile::NULL_HMAC_SHA1_80:
        return 10;
    case SrtpProfile::AES_CM_128_HMAC_SHA1_32:
        return 4;
    case SrtpProfile::AEAD_AES_128_GCM:
    case SrtpProfile::AEAD_AES_256_GCM:
        return 16;
    case SrtpProfile::NULL_NULL:
        break;
    }
    return 0;
}

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

std::optional<SrtpHeaderView>
SrtpHeaderView::Parse(ByteView packet)
{
    static constexpr uint8_t VERSION = 2;
    ByteReader reader(packet);
    const uint8_t first = reader.U8();
    reader.U8();
    SrtpHeaderView header;
    header.seq = reader.U16();
    header.timestamp = reader.U32();
    header.ssrc = reader.U32();
    const std::size_t sources = first & 0x0f;
    reader.Take(4 * sources);
    if ((first & 0x10) != 0)
    {
        reader.U16();
        const std::size_t words = reader.U16();
        reader.Take(4 * words);
    }
    if (!reader.Ok() || first >> 6 != VERSION)
    {
        return std::nullopt;
    }
    header.headerLength = reader.Position();
    return header;
}

std::optional<Mki>
PeekMki(ByteView srtp, SrtpProfile profile, const SrtpRocCarriage& carriage)
{
    const auto header = SrtpHeaderView::Parse(srtp);
    if (!header || !IsValid(profile, carriage))
    {
        return std::nullopt;
    }
    const std::size_t tag = LayoutOf(profile, carriage, header->seq).Size();
    if (srtp.size() < header->headerLength + Mki::SIZE + tag)
    {
        return std::nullopt;
    }
    const std::size_t behind = IsAead(profile) ? 0 : tag;
    ByteReader reader(srtp.Sub(srtp.size() - behind - Mki::SIZE));
    return Mki::Decode(reader.Array<Mki::SIZE>());
}

std::optional<uint32_t>
PeekRoc(ByteView srtp, SrtpProfile profile, const SrtpRocCarriage& carriage)
{
    const auto header = SrtpHeaderView::Parse(srtp);
    if (!header || !IsValid(profile, carriage))
    {
        return std::nullopt;
    }
    const TagLayout layout = LayoutOf(profile, carriage, header->seq);
    if (layout.roc == 0 || srtp.size() < header->headerLength + layout.Size())
    {
        return std::nullopt;
    }
    ByteReader reader(srtp.Sub(srtp.size() - layout.Size()));
    return reader.U32();
}

/** @brief Session keys in their contexts, and what goes into every packet. */
struct SrtpTransform::Impl
{
    /** @param wanted which ciphers */
    explicit Impl(SrtpProfile wanted)
        : profile(wanted)
    {
    }

    ~Impl()
    {
        SecureWipe(salt.data(), salt.size());
    }

    SrtpProfile profile;                //!< which ciphers
    SrtpRocCarriage carriage;           //!< whether and how packets carry the ROC
    std::array<uint8_t, 16> salt{};     //!< session salt: 14 or 12 octets, then zeros
    std::array<uint8_t, MAX_MKI> mki{}; //!< the MKI
    std::size_t mkiSize{0};             //!< octets of the MKI
    std::optional<AesCounter> counter;  //!< AES-CM
    std::optional<HmacSha1> mac;        //!< HMAC-SHA1
    std::optional<AesGcm> gcm;          //!< AES-GCM

    /** @return the MKI */
    ByteView MkiView() const
    {
        return ByteView(mki.data(), mkiSize);
    }

    /**
     * @brief RFC 3711 clause 4.1.1: (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16).
     *
     *     octet  0        4          8        10  12  14  16
     *            +--------+----------+---------+---+---+
     *            | 0      |   SSRC   |   ROC   |SEQ| 0 |   XOR   | salt (14) | 0 (2) |
     *            +--------+----------+---------+---+---+
     *
     * @param header of the packet
     * @param roc of the packet
     * @return the first counter block
     */
    AesCounter::Block CounterBlock(const SrtpHeaderView& header, uint32_t roc) const
    {
        AesCounter::Block block = salt;
        const auto ssrc = RocOctets(header.ssrc);
        const auto rollOver = RocOctets(roc);
        for (std::size_t i = 0; i < 4; ++i)
        {
            block[4 + i] ^= ssrc[i];
            block[8 + i] ^= rollOver[i];
        }
        block[12] ^= static_cast<uint8_t>(header.seq >> 8);
        block[13] ^= static_cast<uint8_t>(header.seq);
        return block;
    }

    /**
     * @brief RFC 7714 clause 8.1: salt XOR (0000 || SSRC || ROC || SEQ).
     * @param header of the packet
     * @param roc of the packet
     * @return the IV
     */
    AesGcm::Iv GcmIv(const SrtpHeaderView& header, uint32_t roc) const
    {
        AesGcm::Iv iv;
        std::copy_n(salt.begin(), iv.size(), iv.begin());
        const auto ssrc = RocOctets(header.ssrc);
        const auto rollOver = RocOctets(roc);
        for (std::size_t i = 0; i < 4; ++i)
        {
            iv[2 + i] ^= ssrc[i];
            iv[6 + i] ^= rollOver[i];
        }
        iv[10] ^= static_cast<uint8_t>(header.seq >> 8);
        iv[11] ^= static_cast<uint8_t>(header.seq);
        return iv;
    }

    /**
     * @brief RFC 3711 clause 4.2: HMAC-SHA1 over header, ciphertext and ROC.
     * @param authenticated header and ciphertext
     * @param roc of the packet
     * @param[out] tag the whole MAC, of which packets carry the front
     */
    void Mac(ByteView authenticated, uint32_t roc, std::array<uint8_t, 20>& tag)
    {
        const auto rollOver = RocOctets(roc);
        mac->Start();
        mac->Update(authenticated);
        mac->Update(rollOver);
        mac->Finish(tag.data());
    }
};

SrtpTransform::SrtpTransform(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

SrtpTransform::~SrtpTransform() = default;
SrtpTransform::SrtpTransform(SrtpTransform&&) noexcept = default;
SrtpTransform& SrtpTransform::operator=(SrtpTransform&&) noexcept = default;

std::unique_ptr<SrtpTransform>
SrtpTransform::Create(SrtpProfile profile,
                      ByteView masterKey,
                      ByteView masterSalt,
                      ByteView mki,
                      const SrtpRocCarriage& carriage)
{
    if (masterKey.size() != SrtpKeyLength(profile) ||
        masterSalt.size() != SrtpSaltLength(profile) || mki.size() > MAX_MKI ||
        !IsValid(profile, carriage))
    {
        return nullptr;
    }
    auto impl = std::make_unique<Impl>(profile);
    impl->carriage = carriage;
    impl->mkiSize = mki.size();
    std::copy(mki.begin(), mki.end(), impl->mki.begin());

    std::array<uint8_t, 32> key{};
    if (profile != SrtpProfile::NULL_NULL)
    {
        const ByteView cipherKey(key.data(), masterKey.size());
        SrtpKdf(masterKey,
                masterSalt,
                SrtpKeyLabel::RTP_SALT,
                impl->salt.data(),
                masterSalt.size());
        SrtpKdf(masterKey, masterSalt, SrtpKeyLabel::RTP_ENCRYPTION, key.data(), masterKey.size());
        if (IsAead(profile))
        {
            impl->gcm.emplace(cipherKey);
        }
        else
        {
            if (profile != SrtpProfile::NULL_HMAC_SHA1_80)
            {
                impl->counter.emplace(cipherKey);
            }
            SrtpKdf(masterKey,
                    masterSalt,
                    SrtpKeyLabel::RTP_AUTHENTICATION,
                    key.data(),
                    AUTH_KEY_SIZE);
            impl->mac.emplace(ByteView(key.data(), AUTH_KEY_SIZE));
        }
    }
    SecureWipe(key.data(), key.size());
    return std::unique_ptr<SrtpTransform>(new SrtpTransform(std::move(impl)));
}

SrtpProfile
SrtpTransform::Profile() const
{
    return m_impl->profile;
}

std::size_t
SrtpTransform::Overhead() const
{
    return m_impl->mkiSize + SrtpTagLength(m_impl->profile);
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
    const ByteView payload = rtp.Sub(headerLength);
    const ByteView mki = m_impl->MkiView();
    if (out != rtp.data())
    {
        std::memcpy(out, rtp.data(), headerLength);
    }
    uint8_t* next = out + rtp.size();
    if (m_impl->gcm)
    {
        m_impl->gcm->Seal(m_impl->GcmIv(*header, roc),
                          ByteView(out, headerLength),
                          payload,
                          out + headerLength);
        next += AesGcm::TAG_SIZE;
        next = std::copy(mki.begin(), mki.end(), next);
        outSize = static_cast<std::size_t>(next - out);
        return true;
    }
    if (m_impl->counter)
    {
        m_impl->counter->Apply(m_impl->CounterBlock(*header, roc),
                               payload.data(),
                               out + headerLength,
                               payload.size());
    }
    else if (out != rtp.data())
    {
        std::copy(payload.begin(), payload.end(), out + headerLength);
    }
    next = std::copy(mki.begin(), mki.end(), next);
    const TagLayout layout = LayoutOf(m_impl->profile, m_impl->carriage, header->seq);
    if (layout.roc > 0)
    {
        const auto rollOver = RocOctets(roc);
        next = std::copy(rollOver.begin(), rollOver.end(), next);
    }
    if (layout.mac > 0)
    {
        std::array<uint8_t, 20> tag;
        m_impl->Mac(ByteView(out, rtp.size()), roc, tag);
        next = std::copy_n(tag.begin(), layout.mac, next);
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
    const TagLayout layout = LayoutOf(m_impl->profile, m_impl->carriage, header->seq);
    const std::size_t headerLength = header->headerLength;
    const std::size_t trailer = m_impl->mkiSize + layout.Size();
    if (srtp.size() < headerLength + trailer || srtp.size() - headerLength - trailer > MAX_PAYLOAD)
    {
        return SrtpStatus::MALFORMED;
    }
    const std::size_t rtpSize = srtp.size() - trailer;
    const ByteView payload = srtp.Sub(headerLength, rtpSize - headerLength);
    const std::size_t mkiAt = m_impl->gcm ? rtpSize + AesGcm::TAG_SIZE : rtpSize;
    if (!SameBytes(srtp.Sub(mkiAt, m_impl->mkiSize), m_impl->MkiView()))
    {
        return SrtpStatus::AUTH_FAILED;
    }
    if (m_impl->gcm)
    {
        if (!m_impl->gcm->Open(m_impl->GcmIv(*header, roc),
                               srtp.Sub(0, headerLength),
                               srtp.Sub(headerLength, payload.size() + AesGcm::TAG_SIZE),
                               out + headerLength))
        {
            return SrtpStatus::AUTH_FAILED;
        }
    }
    else
    {
        const ByteView tag = srtp.Sub(rtpSize + m_impl->mkiSize);
        if (layout.roc > 0 && !SameBytes(tag.Sub(0, ROC_SIZE), RocOctets(roc)))
        {
            return SrtpStatus::AUTH_FAILED;
        }
        if (layout.mac > 0)
        {
            std::array<uint8_t, 20> expected;
            m_impl->Mac(srtp.Sub(0, rtpSize), roc, expected);
            if (!SameSecret(tag.Sub(layout.roc), ByteView(expected.data(), layout.mac)))
            {
                return SrtpStatus::AUTH_FAILED;
            }
        }
        if (m_impl->counter)
        {
            m_impl->counter->Apply(m_impl->CounterBlock(*header, roc),
                                   payload.data(),
                                   out + headerLength,
                                   payload.size());
        }
        else if (out != srtp.data())
        {
            std::copy(payload.begin(), payload.end(), out + headerLength);
        }
    }
    if (out != srtp.data())
    {
        std::memcpy(out, srtp.data(), headerLength);
    }
    outSize = rtpSize;
    return SrtpStatus::OK;
}

SrtpReplayWindow::SrtpReplayWindow(uint32_t roc)
    : m_highest(static_cast<uint64_t>(roc) << 16)
{
}

uint64_t
SrtpReplayWindow::Estimate(uint16_t seq) const
{
    return HasStarted() ? EstimateIndex(m_highest, seq) : m_highest | seq;
}

bool
SrtpReplayWindow::IsReplay(uint64_t index) const
{
    if (!HasStarted() || index > m_highest)
    {
        return false;
    }
    const uint64_t back = m_highest - index;
    return back >= SIZE || (m_seen[back / 64] >> (back % 64) & 1) != 0;
}

void
SrtpReplayWindow::Accept(uint64_t index)
{
    if (!HasStarted() || index >= m_highest + SIZE)
    {
        m_seen = {1, 0};
        m_highest = index;
        return;
    }
    if (index <= m_highest)
    {
        const uint64_t back = m_highest - index;
        if (back < SIZE)
        {
            m_seen[back / 64] |= uint64_t{1} << (back % 64);
        }
        return;
    }
    const uint64_t forward = index - m_highest;
    if (forward >= 64)
    {
        m_seen = {0, m_seen[0] << (forward - 64)};
    }
    else
    {
        m_seen = {m_seen[0] << forward, m_seen[1] << forward | m_seen[0] >> (64 - forward)};
    }
    m_seen[0] |= 1;
    m_highest = index;
}

bool
SrtpReplayWindow::HasStarted() const
{
    // The newest packet's bit is always set.
    return m_seen[0] != 0;
}

uint64_t
SrtpReplayWindow::Highest() const
{
    return m_highest;
}

SrtpSequence::SrtpSequence(uint32_t roc)
    : m_highest(static_cast<uint64_t>(roc) << 16)
{
}

uint64_t
SrtpSequence::Next(uint16_t seq)
{
    const uint64_t index = m_hasStarted ? EstimateIndex(m_highest, seq) : m_highest | seq;
    m_hasStarted = true;
    m_highest = std::max(m_highest, index);
    return index;
}

} // namespace ns3::mbs
