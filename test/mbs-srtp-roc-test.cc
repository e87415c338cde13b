// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-mikey-payload.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** All modes of RFC 4771. */
constexpr std::array<SrtpRocMode, 3> MODES{SrtpRocMode::RCC1, SrtpRocMode::RCC2, SrtpRocMode::RCC3};

/** A ROC that cannot be guessed. */
constexpr uint32_t ROC = 0x01020304;

/**
 * @param profile which ciphers
 * @return true if packets have an HMAC-SHA1
 */
bool
HasHmac(SrtpProfile profile)
{
    return !IsAead(profile) && profile != SrtpProfile::NULL_NULL;
}

/**
 * @brief What RFC 4771 clause 2 makes of a packet of RFC 3711, worked out from that packet and the
 * whole HMAC-SHA1 over it.
 * @param policy which ciphers and which mode
 * @param seq sequence number
 * @param rtp the RTP packet
 * @param mki the MKI
 * @return the SRTP packet
 */
Bytes
Expected(const SrtpPolicy& policy, uint16_t seq, const Bytes& rtp, const Bytes& mki)
{
    const std::size_t macSize = HasHmac(policy.profile) ? SrtpTagLength(policy.profile) : 0;
    Bytes packet = Protect(*SampleTransform(policy.profile, 1, mki), rtp, ROC);
    packet.resize(packet.size() - macSize);
    const bool carries = seq % policy.carriage.rate == 0;
    if (carries)
    {
        packet = Concat(packet, Hex("01020304"));
    }
    if (policy.carriage.mode == SrtpRocMode::RCC3 ||
        (policy.carriage.mode == SrtpRocMode::RCC1 && !carries))
    {
        return packet;
    }
    const auto keys = SrtpSessionKeys::Derive(SrtpSessionKeys::Use::RTP,
                                              policy.profile,
                                              Counting(16, 1),
                                              Counting(14, 0xa0));
    HmacSha1 hmac(keys.authentication.View());
    Bytes mac(HmacSha1::TAG_SIZE);
    hmac.Start();
    hmac.Update(ByteView(packet).Sub(0, rtp.size()));
    hmac.Update(Hex("01020304"));
    hmac.Finish(mac.data());
    // A tag of n octets with the ROC has room for n - 4 of the MAC, one without for n.
    mac.resize(macSize + (carries ? 0 : 4));
    return Concat(packet, mac);
}

/** @brief One profile in one mode. */
class RocModeTestCase : public TestCase
{
  public:
    /**
     * @param profile which ciphers
     * @param mode which mode
     */
    RocModeTestCase(SrtpProfile profile, SrtpRocMode mode)
        : TestCase(std::string("RFC 4771 mode ") + std::to_string(static_cast<int>(mode)) + ": " +
                   ToString(profile)),
          m_policy(profile, {mode, 4})
    {
    }

  private:
    void DoRun() override
    {
        const Bytes mki = Hex("000100020003");
        const SrtpProfile profile = m_policy.profile;
        const auto transform = SampleTransform(profile, 1, mki, m_policy.carriage);
        const bool possible = m_policy.carriage.mode == SrtpRocMode::RCC3 || HasHmac(profile);
        NS_TEST_ASSERT_MSG_EQ((transform != nullptr), possible, "modes 1 and 2 need an HMAC");
        NS_TEST_ASSERT_MSG_EQ(m_policy.IsValid(), possible, "and the policy says so");
        if (!possible)
        {
            const Bytes rtp = CountingRtp(0, 30);
            NS_TEST_ASSERT_MSG_EQ(PeekMki(rtp, m_policy).has_value(), false, "no MKI to read");
            NS_TEST_ASSERT_MSG_EQ(PeekRoc(rtp, m_policy).has_value(), false, "no ROC to read");
            return;
        }
        for (uint16_t seq = 0; seq < 9; ++seq)
        {
            Packet(*transform, seq, mki);
        }
    }

    /**
     * @param transform under test
     * @param seq sequence number
     * @param mki the MKI
     */
    void Packet(SrtpTransform& transform, uint16_t seq, const Bytes& mki)
    {
        const bool carries = seq % 4 == 0;
        const Bytes rtp = CountingRtp(seq, 30);
        const Bytes srtp = Protect(transform, rtp, ROC);
        NS_TEST_ASSERT_MSG_EQ(ToHex(srtp),
                              ToHex(Expected(m_policy, seq, rtp, mki)),
                              "packet " << seq);
        NS_TEST_ASSERT_MSG_EQ((srtp.size() <= rtp.size() + transform.Overhead()),
                              true,
                              "no longer than announced");
        const auto found = PeekMki(srtp, m_policy);
        NS_TEST_ASSERT_MSG_EQ((found && SameBytes(found->Encode(), mki)), true, "MKI");
        const auto peeked = PeekRoc(srtp, m_policy);
        NS_TEST_ASSERT_MSG_EQ(peeked.has_value(), carries, "carries the ROC");
        NS_TEST_ASSERT_MSG_EQ(peeked.value_or(ROC), ROC, "which is the sender's");
        SrtpStatus status;
        NS_TEST_ASSERT_MSG_EQ((Unprotect(transform, srtp, peeked.value_or(ROC), status) == rtp),
                              true,
                              "a late joiner decrypts");
        const auto trailer = m_policy.TrailerOf(seq);
        const bool proven = trailer.aead + trailer.mac > 0;
        Unprotect(transform, srtp, ROC + 1, status);
        NS_TEST_ASSERT_MSG_EQ((status == SrtpStatus::OK),
                              (!carries && !proven),
                              "another ROC goes unnoticed only without ROC and MAC");
        for (std::size_t bit = 0; bit < 8 * srtp.size(); ++bit)
        {
            Bytes flipped = srtp;
            flipped[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
            const auto roc = PeekRoc(flipped, m_policy);
            Unprotect(transform, flipped, roc.value_or(ROC), status);
            // The first octets decide how long the packet is, so only a proven packet has a
            // verdict for all of its bits.
            NS_TEST_ASSERT_MSG_EQ((proven && status == SrtpStatus::OK),
                                  false,
                                  "bit " << bit << " flipped in packet " << seq);
        }
        for (std::size_t size = 0; size < srtp.size(); ++size)
        {
            Unprotect(transform, Bytes(srtp.begin(), srtp.begin() + size), ROC, status);
            NS_TEST_ASSERT_MSG_EQ((proven && status == SrtpStatus::OK),
                                  false,
                                  "packet " << seq << " cut to " << size);
        }
        NS_TEST_ASSERT_MSG_EQ(PeekRoc(ByteView(srtp).Sub(0, 15), m_policy).has_value(),
                              false,
                              "too short for a ROC");
    }

    SrtpPolicy m_policy; //!< which ciphers and which mode
};

/** @param check where to report */
void
NoRateZero(Check& check)
{
    for (const SrtpRocMode mode : MODES)
    {
        check.Expect(!SrtpPolicy(SrtpProfile::AES_CM_128_HMAC_SHA1_80, {mode, 0}).IsValid(),
                     "R = 0");
        check.Expect(!SampleTransform(SrtpProfile::AES_CM_128_HMAC_SHA1_80, 1, {}, {mode, 0}),
                     "no transform");
    }
    check.Expect(!SrtpPolicy(SrtpProfile::NULL_NULL, {static_cast<SrtpRocMode>(9), 1}).IsValid(),
                 "no such mode");
}

/** @param check where to report */
void
LongGap(Check& check)
{
    // A receiver that missed 2 roll-overs estimates the wrong index, and reads the right one.
    SrtpReplayWindow window;
    window.Accept(IndexOf(0, 100));
    const SrtpPolicy policy(SrtpProfile::AES_CM_128_HMAC_SHA1_80, {SrtpRocMode::RCC2, 1});
    const auto transform = SampleTransform(policy.profile, 1, {}, policy.carriage);
    const Bytes rtp = CountingRtp(5, 30);
    const Bytes srtp = Protect(*transform, rtp, 2);
    SrtpStatus status;
    Unprotect(*transform, srtp, RocOf(window.Estimate(5)), status);
    check.Expect(status == SrtpStatus::AUTH_FAILED, "the estimate is wrong");
    const uint64_t index = IndexOf(*PeekRoc(srtp, policy), 5);
    check.Expect(!window.IsReplay(index), "what the packet says is new");
    check.Expect(Unprotect(*transform, srtp, RocOf(index), status) == rtp, "and right");
    window.Accept(index);
    check.Equal(RocOf(window.Estimate(6)), 2u, "the receiver goes on from there");
}

/** @param check where to report */
void
MikeyPolicies(Check& check)
{
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        for (const SrtpRocMode mode :
             {SrtpRocMode::NONE, SrtpRocMode::RCC1, SrtpRocMode::RCC2, SrtpRocMode::RCC3})
        {
            MikeySrtpPolicy policy;
            policy.profile = profile;
            policy.carriage = {mode, static_cast<uint16_t>(mode == SrtpRocMode::NONE ? 1 : 300)};
            if (!SrtpPolicy(profile, policy.carriage).IsValid())
            {
                continue;
            }
            const auto decoded = MikeySrtpPolicy::DecodeParameters(policy.EncodeParameters());
            const std::string name = std::string(ToString(profile)) + " in mode " +
                                     std::to_string(static_cast<int>(mode));
            check.Expect(decoded && decoded->carriage == policy.carriage, name + ": mode, R");
            if (decoded)
            {
                const SrtpPolicy a(profile, policy.carriage);
                const SrtpPolicy b(decoded->profile, decoded->carriage);
                const auto sender = SampleTransform(a.profile, 1, {}, a.carriage);
                const auto receiver = SampleTransform(b.profile, 1, {}, b.carriage);
                SrtpStatus status;
                check.Expect(
                    Unprotect(*receiver, Protect(*sender, CountingRtp(300, 40), 3), 3, status) ==
                        CountingRtp(300, 40),
                    name + ": both ends mean the same");
            }
        }
    }
    // RFC 4771 clause 4 and 5: numbers and lengths.
    MikeySrtpPolicy policy;
    policy.carriage = {SrtpRocMode::RCC2, 300};
    check.Equal(ToHex(policy.EncodeParameters()),
                std::string("000101"
                            "010110"
                            "04010e"
                            "0d02012c"
                            "0e0103"
                            "100114"
                            "12010e"),
                "RCCm2 is 3, R has two octets, a tag with ROC has 14");
    policy.carriage.mode = SrtpRocMode::RCC3;
    check.Equal(ToHex(policy.EncodeParameters()),
                std::string("000101"
                            "010110"
                            "04010e"
                            "0d02012c"
                            "0e0104"
                            "120104"),
                "RCCm3 is 4, its tag has 4 octets");
    const auto refused = [](const std::string& hex) {
        return !MikeySrtpPolicy::DecodeParameters(Hex(hex));
    };
    check.Expect(refused("000101 010110 0e0104 12010a"), "a tag of 10 in mode 3");
    check.Expect(refused("000106 010110 0e0103 12010e"), "mode 2 with AES-GCM");
    check.Expect(refused("000101 010110 0e0103 12010e 0d020000"), "R = 0");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of the roll-over counter in packets.
 * @param suite where to
 */
void AddSrtpRocTests(MbsTestSuite& suite);

void
AddSrtpRocTests(MbsTestSuite& suite)
{
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        for (const SrtpRocMode mode : MODES)
        {
            suite.Add(new RocModeTestCase(profile, mode));
        }
    }
    suite.Add(new FunctionTestCase("RFC 4771: R is at least 1", NoRateZero));
    suite.Add(
        new FunctionTestCase("RFC 4771: the ROC brings a receiver back after a long gap", LongGap));
    suite.Add(new FunctionTestCase("RFC 4771: MIKEY conveys mode and rate", MikeyPolicies));
}

} // namespace ns3::mbs
