// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz-capture.h"
#include "mbs-fuzz.h"

#include "ns3/mbs-traffic-plan.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @brief Builds packets of a plan, over the end of its loop. @param plan the plan */
void
Play(const TrafficPlan& plan)
{
    Time before;
    Bytes packet;
    const uint64_t loop = plan.PacketsPerLoop();
    for (const uint64_t n : {uint64_t{0}, uint64_t{1}, loop, loop + 1, uint64_t{1} << 32})
    {
        const Time offset = plan.OffsetOf(n);
        Require(offset >= before, "a packet is sent before the one before it");
        before = offset;
        plan.Build(n, packet);
        const auto rtp = ParseRtp(packet);
        Require(rtp && rtp->ssrc == plan.Ssrc(), "what is sent is no packet of the stream");
        Require(packet.size() <= plan.LargestPacket(), "a packet is longer than the longest");
    }
    Require(plan.MeanRate() > 0, "a stream without a rate");
}

/** @param octets an input: a file, or the text of a plan @return true if it was accepted */
bool
Run(ByteView octets)
{
    const std::string text(octets.begin(), octets.end());
    if (text.compare(0, 4, "cbr:") == 0)
    {
        const TrafficPlanResult result = TrafficPlan::FromText(text);
        Require(result.plan.has_value() == result.error.empty(), "refused without a reason");
        if (result.plan)
        {
            Play(*result.plan);
        }
        return result.plan.has_value();
    }
    RtpCaptureResult result = ReadRtpCapture(octets);
    Require(result.capture.has_value() == result.error.empty(), "refused without a reason");
    if (!result.capture)
    {
        return false;
    }
    Require(result.capture->packets.size() >= 2 &&
                result.capture->period > result.capture->packets.back().offset,
            "a stream that cannot be looped");
    Play(TrafficPlan::Replay(std::move(*result.capture)));
    return true;
}

/** @return files and texts */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds = CaptureFiles();
    seeds.push_back(Octets("cbr:2Mbps:1000"));
    seeds.push_back(Octets("cbr:100Gbps:13"));
    return seeds;
}

const Target TARGET("rtp-capture", 1024, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
