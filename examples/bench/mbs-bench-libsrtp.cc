// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-bench-figures.h"
#include "mbs-bench-stream.h"

// Set by the build if libsrtp is there.
#ifndef MBS_HAVE_LIBSRTP
#define MBS_HAVE_LIBSRTP 0
#endif

#if MBS_HAVE_LIBSRTP
#include "ns3/abort.h"

#include <algorithm>
#include <array>
#include <srtp2/srtp.h>
#include <vector>
#endif

namespace ns3::mbs
{

#if MBS_HAVE_LIBSRTP

namespace
{

/** SSRC of the packets. */
constexpr uint32_t SSRC = 0x6d627321;

/** Packets between two looks at the clock, and how often it is looked at. */
constexpr std::size_t PACKETS = 500;
constexpr std::size_t ROUNDS = 41;

/** Octets of a packet with room for tag and MKI. */
using Buffer = std::array<uint8_t, StreamPlan::SIZE + SRTP_MAX_TRAILER_LEN>;

/** @return a session of libsrtp with AES-CM, HMAC-SHA1 and an MKI of 6 octets, as streams have */
srtp_t
MakeSession()
{
    static const bool initialised = srtp_init() == srtp_err_status_ok;
    std::array<uint8_t, SRTP_AES_ICM_128_KEY_LEN_WSALT> keyAndSalt{};
    keyAndSalt.fill(0x5a);
    std::array<uint8_t, 6> mki{1, 2, 3, 4, 5, 6};
    srtp_master_key_t key{};
    key.key = keyAndSalt.data();
    key.mki_id = mki.data();
    key.mki_size = static_cast<unsigned>(mki.size());
    srtp_master_key_t* keys = &key;
    srtp_policy_t policy{};
    srtp_crypto_policy_set_rtp_default(&policy.rtp);
    policy.rtcp = policy.rtp;
    policy.ssrc.type = ssrc_specific;
    policy.ssrc.value = SSRC;
    policy.window_size = 64;
    policy.keys = &keys;
    policy.num_master_keys = 1;
    srtp_t session = nullptr;
    NS_ABORT_MSG_UNLESS(initialised && srtp_create(&session, &policy) == srtp_err_status_ok,
                        "libsrtp refused a session");
    return session;
}

} // namespace

std::optional<double>
LibsrtpUnprotectNs()
{
    srtp_t sender = MakeSession();
    srtp_t receiver = MakeSession();
    std::vector<Buffer> packets(PACKETS);
    std::vector<int> sizes(PACKETS);
    std::vector<double> rounds;
    uint16_t sequence = 0;
    bool good = true;
    for (std::size_t round = 0; round < ROUNDS; ++round)
    {
        for (std::size_t i = 0; i < PACKETS; ++i)
        {
            Buffer& packet = packets[i];
            packet = {0x80,
                      33,
                      static_cast<uint8_t>(sequence >> 8),
                      static_cast<uint8_t>(sequence)};
            ++sequence;
            for (int octet = 0; octet < 4; ++octet)
            {
                packet[8 + octet] = static_cast<uint8_t>(SSRC >> (24 - 8 * octet));
            }
            sizes[i] = StreamPlan::SIZE;
            good &= srtp_protect_mki(sender, packet.data(), &sizes[i], 1, 0) == srtp_err_status_ok;
        }
        const BenchClocks clocks;
        for (std::size_t i = 0; i < PACKETS; ++i)
        {
            good &=
                srtp_unprotect_mki(receiver, packets[i].data(), &sizes[i], 1) == srtp_err_status_ok;
        }
        rounds.push_back(clocks.Cpu() * 1e9 / PACKETS);
    }
    srtp_dealloc(sender);
    srtp_dealloc(receiver);
    NS_ABORT_MSG_UNLESS(good, "libsrtp refused a packet of its own");
    std::nth_element(rounds.begin(), rounds.begin() + ROUNDS / 2, rounds.end());
    return rounds[ROUNDS / 2];
}

#else

std::optional<double>
LibsrtpUnprotectNs()
{
    return std::nullopt;
}

#endif

} // namespace ns3::mbs
