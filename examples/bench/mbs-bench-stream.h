// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_BENCH_STREAM_H
#define MBS_BENCH_STREAM_H

#include <cstdint>
#include <optional>
#include <string>

namespace ns3::mbs
{

/** A stream to all UEs of one cell. */
struct StreamPlan
{
    uint32_t ues{1000};               //!< in the cell
    uint32_t smfs{1};                 //!< to which they are spread
    uint64_t deliveries{1000000};     //!< about so many are measured
    std::string crypto{"aes-cm"};     //!< SRTP profile
    bool shared{true};                //!< attribute SharedUnprotect of the UEs
    std::string scheduler;            //!< ns-3's class; empty for that of the command line
    static constexpr int SIZE = 1000; //!< octets of an RTP packet
};

/** What the stream took. */
struct StreamRun
{
    uint64_t deliveries{0};            //!< verified by a UE and entered in its account
    uint64_t packets{0};               //!< multicast transmissions
    double cpu{0};                     //!< seconds of the process
    uint64_t events{0};                //!< of the simulator
    double joinCpu{0};                 //!< seconds of the process to build and to join
    std::optional<double> octetsPerUe; //!< live heap for a UE, measurement included

    /** @return nanoseconds of the process for a delivery */
    double NsPerDelivery() const
    {
        return cpu * 1e9 / static_cast<double>(deliveries);
    }

    /** @return deliveries in a second of the process */
    double Rate() const
    {
        return static_cast<double>(deliveries) / cpu;
    }
};

/**
 * @brief Builds a network with one cell, has the UEs join with ideal transport, and then has the
 * stream begin and measures that only: from the AF over MBSTF and MB-UPF to UEs that verify and
 * decrypt, with an account for each.
 * @param plan what is sent to whom
 * @return what it took
 * @throws UserError if the UEs cannot join, or packets are not conserved
 */
StreamRun RunStream(const StreamPlan& plan);

/** What a user of ns-3 would write without this module. */
struct StockRun
{
    uint64_t deliveries{0};            //!< packets that a PacketSink got
    double cpu{0};                     //!< seconds of the process
    std::optional<double> octetsPerUe; //!< live heap for a receiver
};

/**
 * @brief UDP multicast over one CSMA channel of stock ns-3 to a PacketSink on each node, without
 * cryptography.
 * @param receivers how many
 * @param packets how many are sent
 * @return what it took, or nothing if this program was built without ns-3's csma and applications
 */
std::optional<StockRun> RunStockMulticast(uint32_t receivers, uint32_t packets);

/**
 * @brief libsrtp's unprotect of one packet of such a stream, AES-CM with HMAC-SHA1 and an MKI.
 * @return nanoseconds of the process, the median of many rounds, or nothing if this program was
 * built without libsrtp
 */
std::optional<double> LibsrtpUnprotectNs();

} // namespace ns3::mbs

#endif // MBS_BENCH_STREAM_H
