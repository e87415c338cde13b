// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-srtcp.h"
#include "ns3/mbs-srtp.h"

#ifndef MBS_HAVE_LIBSRTP
#define MBS_HAVE_LIBSRTP 0
#endif

#if MBS_HAVE_LIBSRTP
#include <algorithm>
#include <srtp2/srtp.h>
#include <vector>
#endif

namespace ns3::mbs
{

namespace
{

#if MBS_HAVE_LIBSRTP

/** Every profile. */
constexpr std::array<SrtpProfile, 6> ALL_PROFILES{SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                  SrtpProfile::AES_CM_128_HMAC_SHA1_32,
                                                  SrtpProfile::AEAD_AES_128_GCM,
                                                  SrtpProfile::AEAD_AES_256_GCM,
                                                  SrtpProfile::NULL_HMAC_SHA1_80,
                                                  SrtpProfile::NULL_NULL};

/** Names of the two keys of every test. */
const std::array<Bytes, 2> MKIS{Bytes{0, 1, 0, 1, 0, 1}, Bytes{0, 1, 0, 1, 0, 2}};

/**
 * @param size how many
 * @param first the first value
 * @return octets that count up
 */
Bytes
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
 * @param seq sequence number
 * @return an RTP packet whose size depends on it, some with CSRC and extension
 */
Bytes
Rtp(uint16_t seq)
{
    ByteWriter writer;
    writer.U16(seq % 5 == 0 ? 0x91a1 : 0x8021).U16(seq).U32(90000).U32(0xcafebabe);
    if (seq % 5 == 0)
    {
        writer.U32(0x01020304).U16(0xbede).U16(1).U32(0x10ff0000);
    }
    writer.Append(Counting(seq % 70, static_cast<uint8_t>(seq)));
    return writer.Release();
}

/** @brief libsrtp with both keys, as sender or as receiver. */
class Peer
{
  public:
    /**
     * @param profile which ciphers
     * @param isSender true to protect, false to unprotect
     * @param seed makes other keys
     */
    Peer(SrtpProfile profile, bool isSender, uint8_t seed = 1)
    {
        static const bool initialised = srtp_init() == srtp_err_status_ok;
        srtp_policy_t policy{};
        switch (profile)
        {
        case SrtpProfile::AES_CM_128_HMAC_SHA1_80:
            srtp_crypto_policy_set_rtp_default(&policy.rtp);
            break;
        case SrtpProfile::AES_CM_128_HMAC_SHA1_32:
            srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&policy.rtp);
            break;
        case SrtpProfile::AEAD_AES_128_GCM:
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
            break;
        case SrtpProfile::AEAD_AES_256_GCM:
            srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtp);
            break;
        case SrtpProfile::NULL_HMAC_SHA1_80:
            srtp_crypto_policy_set_null_cipher_hmac_sha1_80(&policy.rtp);
            break;
        case SrtpProfile::NULL_NULL:
            srtp_crypto_policy_set_null_cipher_hmac_null(&policy.rtp);
            break;
        }
        policy.rtcp = policy.rtp;
        if (profile == SrtpProfile::AES_CM_128_HMAC_SHA1_32)
        {
            // RFC 5764 clause 4.1.2: the short tag is for SRTP alone.
            srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
        }
        policy.ssrc.type = isSender ? ssrc_any_outbound : ssrc_any_inbound;
        policy.window_size = SrtpReplayWindow::SIZE;
        std::array<srtp_master_key_t, 2> keys{};
        std::array<srtp_master_key_t*, 2> pointers{};
        for (std::size_t i = 0; i < 2; ++i)
        {
            m_keys[i] = Counting(SrtpKeyLength(profile), static_cast<uint8_t>(seed + 0x40 * i));
            const Bytes salt = Counting(SrtpSaltLength(profile), 0xa0);
            m_keys[i].insert(m_keys[i].end(), salt.begin(), salt.end());
            m_mkis[i] = MKIS[i];
            keys[i].key = m_keys[i].data();
            keys[i].mki_id = m_mkis[i].data();
            keys[i].mki_size = static_cast<unsigned>(m_mkis[i].size());
            pointers[i] = &keys[i];
        }
        policy.keys = pointers.data();
        policy.num_master_keys = 2;
        m_ok = initialised && srtp_create(&m_session, &policy) == srtp_err_status_ok;
    }

    ~Peer()
    {
        if (m_ok)
        {
            srtp_dealloc(m_session);
        }
    }

    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /**
     * @param rtp an RTP packet
     * @param key which key, 0 or 1
     * @return the SRTP packet, empty if refused
     */
    Bytes Protect(const Bytes& rtp, unsigned key)
    {
        Bytes packet = rtp;
        packet.resize(rtp.size() + SRTP_MAX_TRAILER_LEN);
        int size = static_cast<int>(rtp.size());
        const bool ok =
            m_ok && srtp_protect_mki(m_session, packet.data(), &size, 1, key) == srtp_err_status_ok;
        packet.resize(ok ? static_cast<std::size_t>(size) : 0);
        return packet;
    }

    /**
     * @param srtp an SRTP packet
     * @return the RTP packet, empty if refused
     */
    Bytes Unprotect(const Bytes& srtp)
    {
        Bytes packet = srtp;
        int size = static_cast<int>(srtp.size());
        const bool ok =
            m_ok && srtp_unprotect_mki(m_session, packet.data(), &size, 1) == srtp_err_status_ok;
        packet.resize(ok ? static_cast<std::size_t>(size) : 0);
        return packet;
    }

    /**
     * @param rtcp an RTCP packet
     * @param key which key, 0 or 1
     * @return the SRTCP packet, empty if refused
     */
    Bytes ProtectRtcp(const Bytes& rtcp, unsigned key)
    {
        Bytes packet = rtcp;
        packet.resize(rtcp.size() + SRTP_MAX_TRAILER_LEN + 4);
        int size = static_cast<int>(rtcp.size());
        const bool ok = m_ok && srtp_protect_rtcp_mki(m_session, packet.data(), &size, 1, key) ==
                                    srtp_err_status_ok;
        packet.resize(ok ? static_cast<std::size_t>(size) : 0);
        return packet;
    }

    /**
     * @param srtcp an SRTCP packet
     * @return the RTCP packet, empty if refused
     */
    Bytes UnprotectRtcp(const Bytes& srtcp)
    {
        Bytes packet = srtcp;
        int size = static_cast<int>(srtcp.size());
        const bool ok = m_ok && srtp_unprotect_rtcp_mki(m_session, packet.data(), &size, 1) ==
                                    srtp_err_status_ok;
        packet.resize(ok ? static_cast<std::size_t>(size) : 0);
        return packet;
    }

  private:
    srtp_t m_session{nullptr};   //!< libsrtp's state
    std::array<Bytes, 2> m_keys; //!< master keys with salts
    std::array<Bytes, 2> m_mkis; //!< their names
    bool m_ok{false};            //!< the session was made
};

/** @brief This module with both keys, as a sender or a receiver would use it. */
class Own
{
  public:
    /**
     * @param profile which ciphers
     * @param seed makes other keys
     */
    explicit Own(SrtpProfile profile, uint8_t seed = 1)
        : m_profile(profile)
    {
        for (std::size_t i = 0; i < 2; ++i)
        {
            m_transforms[i] = SrtpTransform::Create(
                profile,
                Counting(SrtpKeyLength(profile), static_cast<uint8_t>(seed + 0x40 * i)),
                Counting(SrtpSaltLength(profile), 0xa0),
                MKIS[i]);
        }
    }

    /**
     * @param rtp an RTP packet
     * @param key which key, 0 or 1
     * @return the SRTP packet, empty if refused
     */
    Bytes Protect(const Bytes& rtp, unsigned key)
    {
        const auto header = SrtpHeaderView::Parse(rtp);
        Bytes out(rtp.size() + m_transforms[key]->Overhead());
        std::size_t size = 0;
        m_transforms[key]->Protect(rtp, RocOf(m_sequence.Next(header->seq)), out.data(), size);
        out.resize(size);
        return out;
    }

    /**
     * @param srtp an SRTP packet
     * @return the RTP packet, empty if refused
     */
    Bytes Unprotect(const Bytes& srtp)
    {
        const auto header = SrtpHeaderView::Parse(srtp);
        const auto mki = PeekMki(srtp, m_profile);
        if (!header || !mki)
        {
            return {};
        }
        const uint64_t index = m_window.Estimate(header->seq);
        for (std::size_t i = 0; i < 2; ++i)
        {
            if (SameBytes(mki->Encode(), MKIS[i]) && !m_window.IsReplay(index))
            {
                Bytes out(srtp.size());
                std::size_t size = 0;
                if (m_transforms[i]->Unprotect(srtp, RocOf(index), out.data(), size) ==
                    SrtpStatus::OK)
                {
                    m_window.Accept(index);
                    out.resize(size);
                    return out;
                }
            }
        }
        return {};
    }

  private:
    SrtpProfile m_profile;                                      //!< which ciphers
    std::array<std::unique_ptr<SrtpTransform>, 2> m_transforms; //!< one per key
    SrtpSequence m_sequence;                                    //!< the sender's roll-overs
    SrtpReplayWindow m_window;                                  //!< the receiver's
};

/** @brief One profile through one course of keys and sequence numbers, both directions. */
class PeerTestCase : public TestCase
{
  public:
    /** What happens to the keys and packets. */
    enum class Course
    {
        ONE_KEY,        //!< nothing
        SWITCH,         //!< the second key from the middle on
        ROLL_OVER,      //!< the sequence number goes from 65535 to 0
        SWITCH_AT_ROLL, //!< both at the same packet
        LOSS_AT_SWITCH, //!< ten packets around a switch near the roll-over never arrive
        LATE_OLD_KEY,   //!< packets of the old key arrive after those of the new one
        BACK_AND_FORTH  //!< the key changes with every packet
    };

    /** A course and its name. */
    using Named = std::pair<Course, const char*>;

    /** All courses. */
    static const std::vector<Named>& Courses()
    {
        static const std::vector<Named> courses{
            {Course::ONE_KEY, "one key"},
            {Course::SWITCH, "switch"},
            {Course::ROLL_OVER, "roll-over"},
            {Course::SWITCH_AT_ROLL, "switch at roll-over"},
            {Course::LOSS_AT_SWITCH, "loss across the switch"},
            {Course::LATE_OLD_KEY, "late packets of the old key"},
            {Course::BACK_AND_FORTH, "back and forth"}};
        return courses;
    }

    /**
     * @param profile which ciphers
     * @param course what happens
     */
    PeerTestCase(SrtpProfile profile, const Named& course)
        : TestCase(std::string("libsrtp agrees: ") + ToString(profile) + ", " + course.second),
          m_profile(profile),
          m_course(course.first)
    {
    }

  private:
    void DoRun() override
    {
        Peer peerSends(m_profile, true);
        Peer peerReceives(m_profile, false);
        Own own(m_profile);
        Own ownReceives(m_profile);
        const bool rolls = m_course != Course::ONE_KEY && m_course != Course::SWITCH;
        const uint32_t first = rolls ? 65476 : 100;
        std::vector<std::pair<Bytes, Bytes>> sent;
        for (uint32_t i = 0; i < 120; ++i)
        {
            const Bytes rtp = Rtp(static_cast<uint16_t>(first + i));
            const unsigned key = KeyOf(i);
            const Bytes theirs = peerSends.Protect(rtp, key);
            const Bytes ours = own.Protect(rtp, key);
            NS_TEST_ASSERT_MSG_EQ(ToHex(ours), ToHex(theirs), "packet " << i << " byte for byte");
            if (m_course == Course::LOSS_AT_SWITCH && i >= 55 && i < 65)
            {
                continue;
            }
            sent.emplace_back(rtp, ours);
        }
        if (m_course == Course::LATE_OLD_KEY)
        {
            std::rotate(sent.begin() + 50, sent.begin() + 60, sent.begin() + 75);
        }
        for (std::size_t number = 0; number < sent.size(); ++number)
        {
            const auto& [rtp, srtp] = sent[number];
            // Every bit and every length of the first packet and of some around the change, where
            // the state of both receivers is the interesting one; some bits of the others.
            const bool thorough = number == 0 || (number >= 53 && number < 63);
            if (thorough && m_profile != SrtpProfile::NULL_NULL)
            {
                WrongKeyAndEveryLength(srtp, ownReceives, peerReceives);
            }
            for (std::size_t bit = 0; bit < 8 * srtp.size(); bit += thorough ? 1 : 13)
            {
                // Without a tag a changed packet cannot be told from a good one.
                Bytes flipped = srtp;
                flipped[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
                if (m_profile != SrtpProfile::NULL_NULL)
                {
                    NS_TEST_ASSERT_MSG_EQ(ownReceives.Unprotect(flipped).empty(),
                                          true,
                                          "flipped bit " << bit);
                    NS_TEST_ASSERT_MSG_EQ(peerReceives.Unprotect(flipped).empty(),
                                          true,
                                          "flipped bit " << bit << " at libsrtp");
                }
            }
            NS_TEST_ASSERT_MSG_EQ(ToHex(ownReceives.Unprotect(srtp)), ToHex(rtp), "we receive");
            NS_TEST_ASSERT_MSG_EQ(ToHex(peerReceives.Unprotect(srtp)),
                                  ToHex(rtp),
                                  "libsrtp receives");
            NS_TEST_ASSERT_MSG_EQ(ownReceives.Unprotect(srtp).empty(), true, "replayed to us");
            NS_TEST_ASSERT_MSG_EQ(peerReceives.Unprotect(srtp).empty(),
                                  true,
                                  "replayed to libsrtp");
        }
    }

    /**
     * @brief What neither receiver may take, whatever it has received before.
     * @param srtp a packet that has not been received
     * @param own this module
     * @param peer libsrtp
     */
    void WrongKeyAndEveryLength(const Bytes& srtp, Own& own, Peer& peer)
    {
        Own other(m_profile, 9);
        Peer otherPeer(m_profile, false, 9);
        NS_TEST_ASSERT_MSG_EQ(other.Unprotect(srtp).empty(), true, "another key");
        NS_TEST_ASSERT_MSG_EQ(otherPeer.Unprotect(srtp).empty(), true, "another key at libsrtp");
        for (std::size_t size = 0; size < srtp.size(); ++size)
        {
            const Bytes cut(srtp.begin(), srtp.begin() + static_cast<std::ptrdiff_t>(size));
            NS_TEST_ASSERT_MSG_EQ(own.Unprotect(cut).empty(), true, "cut to " << size);
            // libsrtp takes a whole header for granted.
            if (size >= 12)
            {
                NS_TEST_ASSERT_MSG_EQ(peer.Unprotect(cut).empty(),
                                      true,
                                      "cut to " << size << " at libsrtp");
            }
        }
    }

    /** @param packet its place in the course @return which key it is protected with */
    unsigned KeyOf(uint32_t packet) const
    {
        switch (m_course)
        {
        case Course::ONE_KEY:
        case Course::ROLL_OVER:
            return 0;
        case Course::BACK_AND_FORTH:
            return packet % 2;
        default:
            return packet < 60 ? 0 : 1;
        }
    }

    SrtpProfile m_profile; //!< which ciphers
    Course m_course;       //!< what happens
};

/** @brief SRTCP of one profile, both directions, with a change of key. */
class PeerRtcpTestCase : public TestCase
{
  public:
    /** @param profile which ciphers */
    explicit PeerRtcpTestCase(SrtpProfile profile)
        : TestCase(std::string("libsrtp agrees: SRTCP, ") + ToString(profile)),
          m_profile(profile)
    {
    }

  private:
    void DoRun() override
    {
        Peer peerSends(m_profile, true);
        Peer peerReceives(m_profile, false);
        Peer wrongPeer(m_profile, false, 9);
        std::array<std::unique_ptr<SrtcpTransform>, 2> own;
        for (std::size_t i = 0; i < 2; ++i)
        {
            own[i] = SrtcpTransform::Create(
                m_profile,
                Counting(SrtpKeyLength(m_profile), static_cast<uint8_t>(1 + 0x40 * i)),
                Counting(SrtpSaltLength(m_profile), 0xa0),
                MKIS[i]);
        }
        const auto wrong = SrtcpTransform::Create(m_profile,
                                                  Counting(SrtpKeyLength(m_profile), 9),
                                                  Counting(SrtpSaltLength(m_profile), 0xa0),
                                                  MKIS[0]);
        SrtpReplayWindow window;
        const auto unprotect = [&](const Bytes& srtcp, uint32_t& index) {
            const auto mki = PeekSrtcpMki(srtcp, m_profile);
            Bytes out(srtcp.size());
            std::size_t size = 0;
            for (std::size_t i = 0; mki && i < 2; ++i)
            {
                if (SameBytes(mki->Encode(), MKIS[i]))
                {
                    own[i]->Unprotect(srtcp, index, out.data(), size);
                }
            }
            out.resize(size);
            return out;
        };
        // libsrtp's first index is 1.
        for (uint32_t number = 1; number < 12; ++number)
        {
            const unsigned key = number < 6 ? 0 : 1;
            ByteWriter writer;
            writer.U16(0x81c8).U16(static_cast<uint16_t>(1 + number)).U32(0xcafebabe);
            writer.Append(Counting(4 * number, 7));
            const Bytes rtcp = writer.Release();
            Bytes ours(rtcp.size() + own[key]->Overhead());
            std::size_t size = 0;
            NS_TEST_ASSERT_MSG_EQ(own[key]->Protect(rtcp, number, true, ours.data(), size),
                                  true,
                                  "is sent");
            ours.resize(size);
            NS_TEST_ASSERT_MSG_EQ(ToHex(ours),
                                  ToHex(peerSends.ProtectRtcp(rtcp, key)),
                                  "packet " << number << " byte for byte");
            uint32_t index = 0;
            if (m_profile != SrtpProfile::NULL_NULL)
            {
                for (std::size_t bit = 0; bit < 8 * ours.size(); ++bit)
                {
                    Bytes flipped = ours;
                    flipped[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
                    NS_TEST_ASSERT_MSG_EQ(unprotect(flipped, index).empty(), true, "bit " << bit);
                    NS_TEST_ASSERT_MSG_EQ(peerReceives.UnprotectRtcp(flipped).empty(),
                                          true,
                                          "bit " << bit << " at libsrtp");
                }
                for (std::size_t cut = 0; cut < ours.size(); ++cut)
                {
                    const Bytes part = ByteView(ours).Sub(0, cut).ToBytes();
                    NS_TEST_ASSERT_MSG_EQ(unprotect(part, index).empty(), true, "cut " << cut);
                }
                Bytes out(ours.size());
                NS_TEST_ASSERT_MSG_EQ(
                    (wrong->Unprotect(ours, index, out.data(), size) == SrtpStatus::OK),
                    false,
                    "another key");
                NS_TEST_ASSERT_MSG_EQ(wrongPeer.UnprotectRtcp(ours).empty(),
                                      true,
                                      "another key at libsrtp");
            }
            NS_TEST_ASSERT_MSG_EQ(ToHex(unprotect(ours, index)), ToHex(rtcp), "we receive");
            NS_TEST_ASSERT_MSG_EQ(index, number, "index");
            NS_TEST_ASSERT_MSG_EQ(window.IsReplay(index), false, "it is new");
            window.Accept(index);
            NS_TEST_ASSERT_MSG_EQ(window.IsReplay(index), true, "and then not");
            // libsrtp 2.5 looks for the MKI of SRTCP where the tag of SRTP would put it, and so
            // refuses what it sent itself when the two tags differ in length (2.8 does not).
            if (m_profile != SrtpProfile::AES_CM_128_HMAC_SHA1_32)
            {
                NS_TEST_ASSERT_MSG_EQ(ToHex(peerReceives.UnprotectRtcp(ours)),
                                      ToHex(rtcp),
                                      "libsrtp receives");
            }
        }
    }

    SrtpProfile m_profile; //!< which ciphers
};

#else

/** @param check not used */
void
Skipped(Check& /* check */)
{
}

#endif

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the comparison with libsrtp, if this build has it.
 * @param suite where to
 */
void AddLibsrtpPeerTests(MbsTestSuite& suite);

void
AddLibsrtpPeerTests(MbsTestSuite& suite)
{
#if MBS_HAVE_LIBSRTP
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        for (const auto& course : PeerTestCase::Courses())
        {
            suite.Add(new PeerTestCase(profile, course));
        }
        suite.Add(new PeerRtcpTestCase(profile));
    }
#else
    suite.Add(new FunctionTestCase("libsrtp agrees: SKIPPED, built without libsrtp2", Skipped));
#endif
}

} // namespace ns3::mbs
