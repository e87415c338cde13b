// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-rtp.h"
#include "ns3/mbs-srtp.h"

#include <algorithm>

namespace ns3::mbs::fuzz
{

namespace
{

/** All ways to protect; the first octet of an input says which. */
const std::vector<SrtpPolicy> WAYS{
    {SrtpProfile::AES_CM_128_HMAC_SHA1_80},
    {SrtpProfile::AES_CM_128_HMAC_SHA1_80, {SrtpRocMode::RCC1, 2}},
    {SrtpProfile::AES_CM_128_HMAC_SHA1_80, {SrtpRocMode::RCC2, 2}},
    {SrtpProfile::AES_CM_128_HMAC_SHA1_80, {SrtpRocMode::RCC3, 2}},
    {SrtpProfile::AES_CM_128_HMAC_SHA1_32},
    {SrtpProfile::AES_CM_128_HMAC_SHA1_32, {SrtpRocMode::RCC1, 1}},
    {SrtpProfile::AEAD_AES_128_GCM},
    {SrtpProfile::AEAD_AES_128_GCM, {SrtpRocMode::RCC3, 2}},
    {SrtpProfile::AEAD_AES_256_GCM},
    {SrtpProfile::NULL_HMAC_SHA1_80},
    {SrtpProfile::NULL_HMAC_SHA1_80, {SrtpRocMode::RCC2, 3}},
    {SrtpProfile::NULL_NULL},
    {SrtpProfile::NULL_NULL, {SrtpRocMode::RCC3, 1}},
};

/** How many there are. */
const std::size_t COUNT = WAYS.size();

/** The MKI of all packets. */
const std::array<uint8_t, Mki::SIZE> MKI{0, 1, 0, 2, 0, 3};

/** @param way which @return a transform, made once for each */
SrtpTransform&
Transform(std::size_t way)
{
    static std::vector<std::unique_ptr<SrtpTransform>> transforms;
    if (transforms.empty())
    {
        const Bytes octets(32, 0x42);
        const ByteView view(octets);
        for (const SrtpPolicy& way : WAYS)
        {
            transforms.push_back(SrtpTransform::Create(way,
                                                       view.Sub(0, SrtpKeyLength(way.profile)),
                                                       view.Sub(0, SrtpSaltLength(way.profile)),
                                                       MKI));
        }
    }
    return *transforms.at(way);
}

/**
 * @brief Unprotects into a block of exactly the packet's size.
 * @param way which
 * @param srtp the packet
 * @param roc the ROC
 * @param rtp the RTP packet, if it was accepted
 * @return what became of it
 */
SrtpStatus
Unprotect(std::size_t way, ByteView srtp, uint32_t roc, Bytes& rtp)
{
    std::size_t size = 0;
    rtp.assign(srtp.size(), 0);
    const SrtpStatus status = Transform(way).Unprotect(srtp, roc, rtp.data(), size);
    Require(status != SrtpStatus::OK || size <= srtp.size(), "more came out than went in");
    rtp.resize(status == SrtpStatus::OK ? size : 0);
    return status;
}

/**
 * @brief Protects a packet, changes it, and unprotects it.
 * @param way which
 * @param rtp the packet
 * @param at where to change it
 * @param change what to change
 * @return true if it could be protected
 */
bool
Protect(std::size_t way, ByteView rtp, std::size_t at, uint8_t change)
{
    constexpr uint32_t ROC = 5;
    std::size_t size = 0;
    Bytes srtp(rtp.size() + Transform(way).Overhead());
    if (!Transform(way).Protect(rtp, ROC, srtp.data(), size))
    {
        return false;
    }
    srtp.resize(size);
    const auto header = SrtpHeaderView::Parse(rtp);
    Require(header.has_value(), "a packet is protected that is none");
    const SrtpPolicy& policy = WAYS[way];
    const auto mki = PeekMki(srtp, policy);
    Require(mki && mki->Encode() == MKI, "a packet names another key");
    const bool carries =
        policy.carriage.mode != SrtpRocMode::NONE && header->seq % policy.carriage.rate == 0;
    const auto roc = PeekRoc(srtp, policy);
    Require(carries ? roc == ROC : !roc, "a packet carries another ROC");

    Bytes back;
    Require(Unprotect(way, srtp, ROC, back) == SrtpStatus::OK && back == rtp.ToBytes(),
            "a packet that was protected is refused, or another");
    if (change == 0)
    {
        return true;
    }
    at %= srtp.size();
    srtp[at] ^= change;
    const SrtpStatus status = Unprotect(way, srtp, PeekRoc(srtp, policy).value_or(ROC), back);
    const bool authentic =
        IsAead(policy.profile) || policy.carriage.mode == SrtpRocMode::RCC2 ||
        (policy.carriage.mode == SrtpRocMode::NONE && policy.profile != SrtpProfile::NULL_NULL);
    Require(status != SrtpStatus::OK || !authentic, "a packet that was changed is accepted");
    return true;
}

/** @param octets an input: way, where and what to change, a packet @return true if accepted */
bool
Run(ByteView octets)
{
    Input input(octets);
    const std::size_t way = input.Choose(COUNT);
    const std::size_t at = input.Octet();
    const uint8_t change = input.Octet();
    PeekMki(input.Rest(), WAYS[way]);
    const uint32_t roc = PeekRoc(input.Rest(), WAYS[way]).value_or(0);
    Bytes rtp;
    Unprotect(way, input.Rest(), roc, rtp);
    return Protect(way, input.Rest(), at, change);
}

/** @return packets for every way */
std::vector<Bytes>
Seeds()
{
    const Bytes payload(20, 0x55);
    RtpPacket packet;
    packet.payloadType = 96;
    packet.sequenceNumber = 6;
    packet.payload = payload;
    std::vector<Bytes> seeds;
    for (std::size_t way = 0; way < COUNT; ++way)
    {
        packet.sequenceNumber++;
        seeds.push_back(
            ByteWriter().U8(Choice(way, COUNT)).U8(7).U8(way % 2).Append(EncodeRtp(packet)).Get());
    }
    return seeds;
}

const Target TARGET("srtp", 192, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
