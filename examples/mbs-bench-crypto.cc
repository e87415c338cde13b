// SPDX-License-Identifier: GPL-2.0-only
//
// What the cryptography of this module costs, and how that compares with libsrtp in the same
// process. libsrtp is needed for nothing else in the module but tests.

#include "ns3/mbs-build-info.h"
#include "ns3/mbs-decimal.h"
#include "ns3/mbs-key-ring.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-mtk-transform.h"
#include "ns3/mbs-nas-containers.h"
#include "ns3/mbs-output-folder.h"
#include "ns3/mbs-program-options.h"

#include "ns3/abort.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iomanip>
#include <iostream>
#include <vector>

// Set by the build if libsrtp is there.
#ifndef MBS_HAVE_LIBSRTP
#define MBS_HAVE_LIBSRTP 0
#endif

#if MBS_HAVE_LIBSRTP
#include <srtp2/srtp.h>
#endif

using namespace ns3;
using namespace ns3::mbs;

namespace
{

#if MBS_HAVE_LIBSRTP

/** What the command line sets. */
struct Settings
{
    uint32_t rounds{301};                        //!< of every measurement
    uint32_t packets{200};                       //!< a round
    uint32_t size{1000};                         //!< octets of an RTP packet
    std::string out{"results/mbs-bench-crypto"}; //!< where results go
};

/** One line of the result. */
struct Row
{
    std::string operation; //!< what was done
    std::string profile;   //!< with which ciphers; empty if that plays no part
    double ns{0};          //!< median time
    double libsrtpNs{0};   //!< the same of libsrtp; 0 if it has no such operation
    double ratio{0};       //!< median of the ratios of the rounds
    std::string limit;     //!< what the module is meant to keep
};

/**
 * @param work what to do
 * @param count how often it does something
 * @return nanoseconds for one time
 */
template <typename Work>
double
Clock(const Work& work, uint32_t count)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
    return took.count() / count;
}

/**
 * @param values some, not empty
 * @return the one in the middle
 */
double
Median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/** Name of the key of all packets. */
const Mki MKI{MskId(1, 1), MtkId(1)};

/** Source of all packets. */
constexpr uint32_t SSRC = 0xcafebabe;

/**
 * @param number of the packet in its stream
 * @param size octets
 * @return an RTP packet
 */
Bytes
MakeRtp(uint32_t number, uint32_t size)
{
    ByteWriter writer;
    writer.U16(0x8060).U16(static_cast<uint16_t>(number)).U32(90 * number).U32(SSRC);
    Bytes packet = writer.Release();
    for (std::size_t i = packet.size(); i < size; ++i)
    {
        packet.push_back(static_cast<uint8_t>(31 * i + number));
    }
    return packet;
}

/**
 * @param octets how many
 * @return a key or salt; which one plays no part
 */
Bytes
MakeKey(std::size_t octets)
{
    Bytes key(octets);
    for (std::size_t i = 0; i < octets; ++i)
    {
        key[i] = static_cast<uint8_t>(17 * i + 3);
    }
    return key;
}

/** @brief libsrtp with one key. */
class Peer
{
  public:
    /**
     * @param profile which ciphers
     * @param sends true to protect, false to unprotect
     */
    Peer(SrtpProfile profile, bool sends)
        : m_key(MakeKey(SrtpKeyLength(profile)))
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
        policy.ssrc.type = ssrc_specific;
        policy.ssrc.value = SSRC;
        policy.window_size = SrtpReplayWindow::SIZE;
        const Bytes salt = MakeKey(SrtpSaltLength(profile));
        m_key.insert(m_key.end(), salt.begin(), salt.end());
        const auto mki = MKI.Encode();
        m_mki.assign(mki.begin(), mki.end());
        srtp_master_key_t key{};
        key.key = m_key.data();
        key.mki_id = m_mki.data();
        key.mki_size = static_cast<unsigned>(m_mki.size());
        srtp_master_key_t* keys = &key;
        policy.keys = &keys;
        policy.num_master_keys = 1;
        NS_ABORT_MSG_UNLESS(initialised && srtp_create(&m_session, &policy) == srtp_err_status_ok,
                            "libsrtp refused " << ToString(profile)
                                               << (sends ? "" : " to receive"));
    }

    ~Peer()
    {
        srtp_dealloc(m_session);
    }

    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /**
     * @param[in,out] packet with room for the trailer
     * @param size octets of the RTP packet
     * @return octets of the SRTP packet, 0 if refused
     */
    int Protect(uint8_t* packet, int size)
    {
        return srtp_protect_mki(m_session, packet, &size, 1, 0) == srtp_err_status_ok ? size : 0;
    }

    /**
     * @param[in,out] packet an SRTP packet
     * @param size its octets
     * @return octets of the RTP packet, 0 if refused
     */
    int Unprotect(uint8_t* packet, int size)
    {
        return srtp_unprotect_mki(m_session, packet, &size, 1) == srtp_err_status_ok ? size : 0;
    }

  private:
    srtp_t m_session{nullptr}; //!< libsrtp's state
    Bytes m_key;               //!< master key with salt
    Bytes m_mki;               //!< its name
};

/**
 * @brief Measures protect and unprotect of one profile. libsrtp works on octets where they are and
 * copies nothing; this module gets an ns-3 packet and gives a new one.
 * @param profile which ciphers
 * @param settings of the command line
 * @param[out] rows the results are added to it
 */
void
MeasureSrtp(SrtpProfile profile, const Settings& settings, std::vector<Row>& rows)
{
    Peer sender(profile, true);
    Peer receiver(profile, false);
    const auto transform = SrtpTransform::Create(profile,
                                                 MakeKey(SrtpKeyLength(profile)),
                                                 MakeKey(SrtpSaltLength(profile)),
                                                 MKI.Encode());
    SrtpSequence sequence;
    SrtpReplayWindow window;
    std::array<std::vector<double>, 2> own;
    std::array<std::vector<double>, 2> peer;
    std::array<std::vector<double>, 2> ratio;
    uint32_t number = 0;
    const uint32_t count = settings.packets;
    const std::size_t room = settings.size + SRTP_MAX_TRAILER_LEN;
    Bytes buffer(room);
    bool good = true;
    for (uint32_t round = 0; round <= settings.rounds; ++round)
    {
        std::vector<Bytes> octets;
        std::vector<Ptr<Packet>> packets;
        std::vector<int> sizes(count);
        for (uint32_t i = 0; i < count; ++i)
        {
            octets.push_back(MakeRtp(number++, settings.size));
            packets.push_back(Create<Packet>(octets.back().data(), settings.size));
            octets.back().resize(room);
        }
        const auto protectOwn = [&] {
            for (Ptr<Packet>& packet : packets)
            {
                const uint32_t size = packet->CopyData(buffer.data(), settings.size);
                std::size_t outSize = 0;
                const uint16_t seq = static_cast<uint16_t>(buffer[2] << 8 | buffer[3]);
                good &= transform->Protect(ByteView(buffer.data(), size),
                                           RocOf(sequence.Next(seq)),
                                           buffer.data(),
                                           outSize);
                packet = Create<Packet>(buffer.data(), static_cast<uint32_t>(outSize));
            }
        };
        const auto protectPeer = [&] {
            for (uint32_t i = 0; i < count; ++i)
            {
                sizes[i] = sender.Protect(octets[i].data(), static_cast<int>(settings.size));
            }
        };
        const auto unprotectOwn = [&] {
            for (Ptr<Packet>& packet : packets)
            {
                const uint32_t size = packet->GetSize();
                packet->CopyData(buffer.data(), size);
                const ByteView srtp(buffer.data(), size);
                const auto mki = PeekMki(srtp, profile);
                const uint16_t seq = static_cast<uint16_t>(buffer[2] << 8 | buffer[3]);
                const uint64_t index = window.Estimate(seq);
                std::size_t outSize = 0;
                good &= mki == MKI && !window.IsReplay(index) &&
                        transform->Unprotect(srtp, RocOf(index), buffer.data(), outSize) ==
                            SrtpStatus::OK;
                window.Accept(index);
                packet = Create<Packet>(buffer.data(), static_cast<uint32_t>(outSize));
            }
        };
        const auto unprotectPeer = [&] {
            for (uint32_t i = 0; i < count; ++i)
            {
                sizes[i] = receiver.Unprotect(octets[i].data(), sizes[i]);
            }
        };
        const auto both = [&](std::size_t which, const auto& ownWork, const auto& peerWork) {
            // Each goes first as often as the other.
            double a = 0;
            double b = 0;
            if (round % 2 == 0)
            {
                a = Clock(ownWork, count);
            }
            b = Clock(peerWork, count);
            if (round % 2 == 1)
            {
                a = Clock(ownWork, count);
            }
            // The first round warms up.
            if (round > 0)
            {
                own[which].push_back(a);
                peer[which].push_back(b);
                ratio[which].push_back(a / b);
            }
        };
        both(0, protectOwn, protectPeer);
        for (uint32_t i = 0; i < count; ++i)
        {
            const uint32_t size = packets[i]->CopyData(buffer.data(), static_cast<uint32_t>(room));
            good &= static_cast<int>(size) == sizes[i] &&
                    std::equal(buffer.begin(), buffer.begin() + size, octets[i].begin());
        }
        both(1, unprotectOwn, unprotectPeer);
        for (uint32_t i = 0; i < count; ++i)
        {
            good &= sizes[i] == static_cast<int>(settings.size) &&
                    packets[i]->GetSize() == settings.size;
        }
    }
    NS_ABORT_MSG_UNLESS(good, "this module and libsrtp differ with " << ToString(profile));
    const bool limited =
        profile == SrtpProfile::AES_CM_128_HMAC_SHA1_80 || profile == SrtpProfile::AEAD_AES_128_GCM;
    for (const std::size_t which : {0, 1})
    {
        rows.push_back({which == 0 ? "protect" : "unprotect",
                        ToString(profile),
                        Median(own[which]),
                        Median(peer[which]),
                        Median(ratio[which]),
                        limited ? "1.1 x libsrtp" : ""});
    }
}

/**
 * @brief Measures something of which libsrtp knows nothing.
 * @param operation its name
 * @param profile which ciphers, or empty
 * @param limit what the module is meant to keep
 * @param settings of the command line
 * @param prepare called before each round, with its number
 * @param work called `packets` times a round, with a number below
 * @param[out] rows the result is added to it
 */
void
MeasureAlone(const std::string& operation,
             const std::string& profile,
             const std::string& limit,
             const Settings& settings,
             const std::function<void(uint32_t)>& prepare,
             const std::function<void(uint32_t)>& work,
             std::vector<Row>& rows)
{
    std::vector<double> times;
    for (uint32_t round = 0; round <= settings.rounds; ++round)
    {
        prepare(round);
        const double ns = Clock(
            [&] {
                for (uint32_t i = 0; i < settings.packets; ++i)
                {
                    work(i);
                }
            },
            settings.packets);
        if (round > 0)
        {
            times.push_back(ns);
        }
    }
    rows.push_back({operation, profile, Median(times), 0, 0, limit});
}

/**
 * @brief Measures what happens to keys.
 * @param settings of the command line
 * @param[out] rows the results are added to it
 */
void
MeasureKeys(const Settings& settings, std::vector<Row>& rows)
{
    const KeyDomainId domain{PlmnId()};
    const Key128 msk = *Key128::From(MakeKey(16));
    const Key128 mtk = *Key128::From(MakeKey(16));
    const Salt112 salt = *Salt112::From(MakeKey(14));
    const SrtpPolicy policy;
    bool good = true;
    const auto nothing = [](uint32_t) {};

    // What a UE does with a MIKEY MTK message: names, replay, MAC, decryption, contexts, key ring.
    using Ring = KeyRing<std::unique_ptr<SrtpTransform>, MikeyReplay>;
    std::vector<Bytes> messages;
    for (uint32_t i = 0; i < settings.packets; ++i)
    {
        MikeyMtkMessage message;
        message.csbId = 7;
        message.keyDomainId = domain;
        message.mskId = MKI.msk;
        message.mtkId = MtkId(static_cast<uint16_t>(i + 1));
        message.counter = i + 1;
        message.rand = MakeKey(16);
        message.mtk = mtk;
        message.salt = salt;
        messages.push_back(message.Encode(msk));
    }
    std::unique_ptr<Ring> ring;
    MeasureAlone(
        "MIKEY MTK decode and install",
        ToString(policy.profile),
        "10 us",
        settings,
        [&](uint32_t) {
            ring = std::make_unique<Ring>();
            ring->SetRetention(Seconds(0));
            ring->InstallMsk(domain, MKI.msk, msk);
        },
        [&](uint32_t i) {
            const auto header = MikeyMtkMessage::Peek(messages[i]);
            auto* held = ring->FindMsk(header->keyDomainId, header->mskId);
            good &=
                held->state.Check(header->mtkId, header->counter) == MikeyReplay::Verdict::FRESH;
            const auto message = MikeyMtkMessage::Open(messages[i], held->key);
            held->state.Accept(header->mtkId, header->counter);
            const Mki mki{header->mskId, header->mtkId};
            good &= ring->InstallMtk(
                mki,
                MakeMtkTransform(policy, domain, mki, message->mtk, *message->salt),
                MilliSeconds(i));
        },
        rows);

    ReceivedMbsContainer container;
    container.sessions.emplace_back();
    container.sessions[0].decision = MbsDecision::JOIN_ACCEPTED;
    container.sessions[0].tmgi = Tmgi(1, PlmnId());
    container.sessions[0].keySets.push_back({domain, MKI.msk, msk, N1EncryptedMtk()});
    const Bytes contents = container.Encode();
    MeasureAlone(
        "N1 MBS container decode",
        "",
        "1 us",
        settings,
        nothing,
        [&](uint32_t) {
            const auto decoded = ReceivedMbsContainer::Decode(contents);
            good &= decoded && decoded->sessions[0].keySets[0].msk == msk;
        },
        rows);

    for (const SrtpProfile profile : {SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                      SrtpProfile::AEAD_AES_128_GCM,
                                      SrtpProfile::AEAD_AES_256_GCM})
    {
        MeasureAlone(
            "key install",
            ToString(profile),
            "",
            settings,
            nothing,
            [&](uint32_t) { good &= MakeMtkTransform(profile, domain, MKI, mtk, salt) != nullptr; },
            rows);
    }
    NS_ABORT_MSG_UNLESS(good, "a key was refused");
}

/**
 * @brief Runs all measurements and writes what they gave.
 * @param settings of the command line
 */
void
Run(const Settings& settings)
{
    OutputFolder folder(settings.out);
    std::vector<Row> rows;
    for (const SrtpProfile profile : {SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                      SrtpProfile::AES_CM_128_HMAC_SHA1_32,
                                      SrtpProfile::AEAD_AES_128_GCM,
                                      SrtpProfile::AEAD_AES_256_GCM,
                                      SrtpProfile::NULL_HMAC_SHA1_80,
                                      SrtpProfile::NULL_NULL})
    {
        MeasureSrtp(profile, settings, rows);
    }
    MeasureKeys(settings, rows);

    std::ostream& csv = folder.Open("bench-crypto.csv");
    csv << "operation,profile,ns,libsrtp_ns,ratio,limit\n";
    std::cout << CryptoLibraryVersion() << ", " << srtp_get_version_string() << "; RTP packets of "
              << settings.size << " octets; medians of " << settings.rounds << " rounds of "
              << settings.packets << "\n\n"
              << std::left << std::setw(30) << "operation" << std::setw(26) << "profile"
              << std::right << std::setw(9) << "ns" << std::setw(12) << "libsrtp ns" << std::setw(8)
              << "ratio"
              << "  limit\n";
    for (const Row& row : rows)
    {
        const bool compared = row.libsrtpNs > 0;
        const std::string ns = RoundedText(row.ns, 0);
        const std::string peer = compared ? RoundedText(row.libsrtpNs, 0) : "";
        const std::string ratio = compared ? RoundedText(row.ratio, 3) : "";
        csv << row.operation << "," << row.profile << "," << ns << "," << peer << "," << ratio
            << "," << row.limit << "\n";
        std::cout << std::left << std::setw(30) << row.operation << std::setw(26) << row.profile
                  << std::right << std::setw(9) << ns << std::setw(12) << peer << std::setw(8)
                  << ratio << "  " << row.limit << "\n";
    }
    folder.Commit();
    std::cout << "\nResults are in " << folder.Path() << "\n";
}

#endif

} // namespace

int
main(int argc, char* argv[])
{
    try
    {
#if MBS_HAVE_LIBSRTP
        Settings settings;
        ProgramOptions options("mbs-bench-crypto",
                               "What SRTP, MIKEY and key installation cost on this machine, and "
                               "SRTP's ratio to libsrtp in the same process.");
        options.AddCount("rounds", settings.rounds, 1, 100000, "rounds, whose median is taken");
        options.AddCount("packets", settings.packets, 1, 10000, "packets or keys in a round");
        options.AddCount("size", settings.size, 12, 8900, "octets of an RTP packet");
        options.AddText(
            "out",
            settings.out,
            "DIR",
            [](const std::string& text) {
                return text.empty() ? std::string("must be a folder; for example --out=results/x")
                                    : std::string();
            },
            "where bench-crypto.csv goes");
        if (options.Parse(argc, argv, std::cout))
        {
            Run(settings);
        }
        return 0;
#else
        (void)argc;
        (void)argv;
        throw UserError("this build has no libsrtp to compare with; install libsrtp2-dev, then "
                        "configure the build again: cmake build");
#endif
    }
    catch (const UserError& error)
    {
        std::cerr << "mbs-bench-crypto: " << error.what() << "\n";
        return 1;
    }
}
