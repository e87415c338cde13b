// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRAFFIC_PLAN_H
#define MBS_TRAFFIC_PLAN_H

#include "mbs-rtp-capture.h"

#include "ns3/nstime.h"

#include <memory>

namespace ns3::mbs
{

struct TrafficPlanResult;

/**
 * @ingroup mbs
 * @brief The endless RTP stream that the AF sends: a capture in a loop, or packets of one size at a
 * constant rate.
 *
 * Packet n (from 0 on) is worked out from n alone, in constant time; how often a capture was gone
 * through needs no memory. Copies share the capture.
 */
class TrafficPlan
{
  public:
    /** Smallest packet of constant-rate traffic, octets: an RTP header and one octet. */
    static constexpr std::size_t MIN_CBR_SIZE = 13;
    /** Highest rate of constant-rate traffic, bits a second. */
    static constexpr uint64_t MAX_CBR_RATE = 100000000000;
    /** SSRC of constant-rate traffic. */
    static constexpr uint32_t CBR_SSRC = 0x4d425302;
    /** Payload type of constant-rate traffic: the first dynamic one (RFC 3551 clause 6). */
    static constexpr uint8_t CBR_PAYLOAD_TYPE = 96;
    /** Clock rate of constant-rate traffic, units of RTP timestamp in a second. */
    static constexpr uint32_t CBR_CLOCK_RATE = 90000;

    /**
     * @brief Reads what `--traffic=` takes.
     * @param text path of a capture file, or `cbr:RATE:SIZE` with a RATE such as `2Mbps` (octets of
     * RTP packets count) and the SIZE of RTP packets with header, 13 to 8900 octets
     * @return the plan, or why there is none
     */
    static TrafficPlanResult FromText(const std::string& text);

    /**
     * @brief Replays a capture.
     * @param capture as ReadRtpCapture() gives it
     * @return the plan
     */
    static TrafficPlan Replay(RtpCapture capture);

    /**
     * @brief Sends packets of one size at a constant rate; octet i of the payload is i modulo 256.
     * @param rate bits of RTP packets a second, 1 to MAX_CBR_RATE
     * @param size octets of an RTP packet, MIN_CBR_SIZE to RtpCapture::MAX_PACKET
     * @return the plan
     */
    static TrafficPlan ConstantRate(uint64_t rate, std::size_t size);

    /**
     * @param n which packet, from 0 on
     * @return when it is sent, after the first; Time::Max() if that is beyond what Time holds
     */
    Time OffsetOf(uint64_t n) const;

    /**
     * @brief Builds a packet.
     * @param n which packet, from 0 on
     * @param[out] packet its octets; the vector's memory is used again
     */
    void Build(uint64_t n, Bytes& packet) const;

    /** @param n which packet, from 0 on @return its octets */
    Bytes PacketAt(uint64_t n) const;

    /** @return the SSRC of all packets */
    uint32_t Ssrc() const;

    /** @return the payload type of most packets */
    uint8_t PayloadType() const;

    /** @return units of RTP timestamp in a second */
    uint32_t ClockRate() const;

    /** @return octets of the largest packet */
    std::size_t LargestPacket() const;

    /** @return packets until the plan repeats itself; 1 for a constant rate */
    uint64_t PacketsPerLoop() const;

    /** @return time until the plan repeats itself */
    Time Period() const;

    /** @return bits of RTP packets a second, the mean over a loop */
    double MeanRate() const;

    /** @return sentences about what of a capture is not replayed */
    const std::vector<std::string>& Warnings() const;

  private:
    TrafficPlan() = default;

    /** @param n which packet @return n times bits of a packet over rate, ns; negative if too large
     */
    int64_t ConstantRateOffset(uint64_t n) const;

    std::shared_ptr<const RtpCapture> m_capture; //!< null for a constant rate
    Bytes m_template;                            //!< packet 0 of a constant rate
    uint64_t m_rate{0};                          //!< of a constant rate, bits a second
    std::size_t m_largest{0};                    //!< largest packet, octets
    double m_meanRate{0};                        //!< bits a second
};

/**
 * @ingroup mbs
 * @brief A plan, or one clause that says why there is none and what to give instead.
 */
struct TrafficPlanResult
{
    std::optional<TrafficPlan> plan; //!< the plan
    std::string error;               //!< without option and value; empty if there is a plan
};

} // namespace ns3::mbs

#endif // MBS_TRAFFIC_PLAN_H
