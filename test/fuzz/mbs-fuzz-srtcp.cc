// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-srtcp.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** Ways to protect; the first octet of an input says which. */
constexpr SrtpProfile PROFILES[] = {SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                    SrtpProfile::AES_CM_128_HMAC_SHA1_32,
                                    SrtpProfile::AEAD_AES_128_GCM,
                                    SrtpProfile::AEAD_AES_256_GCM,
                                    SrtpProfile::NULL_HMAC_SHA1_80,
                                    SrtpProfile::NULL_NULL};

/** How many there are. */
constexpr std::size_t COUNT = std::size(PROFILES);

/** The MKI of all packets. */
const std::array<uint8_t, Mki::SIZE> MKI{0, 1, 0, 2, 0, 3};

/** @param way which @return a transform, made once for each */
SrtcpTransform&
Transform(std::size_t way)
{
    static std::vector<std::unique_ptr<SrtcpTransform>> transforms;
    if (transforms.empty())
    {
        const Bytes octets(32, 0x42);
        const ByteView view(octets);
        for (const SrtpProfile profile : PROFILES)
        {
            transforms.push_back(SrtcpTransform::Create(profile,
                                                        view.Sub(0, SrtpKeyLength(profile)),
                                                        view.Sub(0, SrtpSaltLength(profile)),
                                                        MKI));
        }
    }
    return *transforms.at(way);
}

/**
 * @brief Unprotects into a block of exactly the packet's size.
 * @param way which
 * @param srtcp the packet
 * @param index its index, if it was accepted
 * @param rtcp the RTCP packet, if it was accepted
 * @return what became of it
 */
SrtpStatus
Unprotect(std::size_t way, ByteView srtcp, uint32_t& index, Bytes& rtcp)
{
    std::size_t size = 0;
    rtcp.assign(srtcp.size(), 0);
    const SrtpStatus status = Transform(way).Unprotect(srtcp, index, rtcp.data(), size);
    Require(status != SrtpStatus::OK || size <= srtcp.size(), "more came out than went in");
    rtcp.resize(status == SrtpStatus::OK ? size : 0);
    return status;
}

/** @param octets an input: way, whether to encrypt, where and what to change, a packet
 * @return true if it was accepted */
bool
Run(ByteView octets)
{
    constexpr uint32_t INDEX = 0x01020304;
    Input input(octets);
    const std::size_t way = input.Choose(COUNT);
    const bool encrypt = input.Choose(2) == 1;
    const std::size_t at = input.Octet();
    const uint8_t change = input.Octet();
    PeekSrtcpMki(input.Rest(), PROFILES[way]);
    uint32_t index = 0;
    Bytes back;
    Unprotect(way, input.Rest(), index, back);

    const Bytes rtcp = input.Rest().ToBytes();
    std::size_t size = 0;
    Bytes srtcp(rtcp.size() + Transform(way).Overhead());
    if (!Transform(way).Protect(rtcp, INDEX, encrypt, srtcp.data(), size))
    {
        return false;
    }
    srtcp.resize(size);
    const auto mki = PeekSrtcpMki(srtcp, PROFILES[way]);
    Require(mki && mki->Encode() == MKI, "a packet names another key");
    Require(Unprotect(way, srtcp, index, back) == SrtpStatus::OK && back == rtcp && index == INDEX,
            "a packet that was protected is refused, or another");
    srtcp[at % srtcp.size()] ^= change;
    const SrtpStatus status = Unprotect(way, srtcp, index, back);
    Require(status != SrtpStatus::OK || change == 0 || PROFILES[way] == SrtpProfile::NULL_NULL,
            "a packet that was changed is accepted");
    return true;
}

/** @return packets for every way */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds;
    for (std::size_t way = 0; way < COUNT; ++way)
    {
        Bytes report{Choice(way, COUNT), static_cast<uint8_t>(way), 7, 1, 0x81, 0xc8, 0, 6};
        report.resize(32);
        seeds.push_back(report);
    }
    return seeds;
}

const Target TARGET("srtcp", 192, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
