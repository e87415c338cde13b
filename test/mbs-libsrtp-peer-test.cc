// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

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
        for (const auto& [rtp, srtp] : sent)
        {
            for (std::size_t bit = 0; bit < 8 * srtp.size(); bit += 13)
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

/** @param check where to report */
void
WrongKeyAndTruncation(Check& check)
{
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        if (profile == SrtpProfile::NULL_NULL)
        {
            continue;
        }
        Own own(profile);
        Own other(profile, 9);
        Peer peer(profile, false);
        Peer otherPeer(profile, false, 9);
        const Bytes srtp = own.Protect(Rtp(68), 0);
        check.Expect(other.Unprotect(srtp).empty(), "another key refuses");
        check.Expect(otherPeer.Unprotect(srtp).empty(), "libsrtp with another key refuses");
        for (std::size_t size = 12; size < srtp.size(); ++size)
        {
            const Bytes cut(srtp.begin(), srtp.begin() + static_cast<std::ptrdiff_t>(size));
            check.Expect(own.Unprotect(cut).empty(), "cut packet");
            check.Expect(peer.Unprotect(cut).empty(), "cut packet at libsrtp");
        }
        check.Expect(peer.Unprotect(srtp) == Rtp(68), "the whole packet passes");
    }
}

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
    }
    suite.Add(
        new FunctionTestCase("libsrtp agrees: wrong key and truncation", WrongKeyAndTruncation));
#else
    suite.Add(new FunctionTestCase("libsrtp agrees: SKIPPED, built without libsrtp2", Skipped));
#endif
}

} // namespace ns3::mbs
