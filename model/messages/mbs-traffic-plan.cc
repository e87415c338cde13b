// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-plan.h"

#include "mbs-quantity.h"
#include "mbs-rtp.h"

#include "ns3/assert.h"

#include <algorithm>
#include <limits>

namespace ns3::mbs
{

namespace
{

/** Holds any product of two 64-bit numbers. */
__extension__ using Wide = unsigned __int128;

/** What starts the text of constant-rate traffic. */
constexpr char CBR[] = "cbr:";

/**
 * @param text `cbr:RATE:SIZE`
 * @return the plan, or why there is none
 */
TrafficPlanResult
ConstantRateFromText(const std::string& text)
{
    const std::string example = "; for example cbr:2Mbps:1000";
    const std::size_t start = std::string(CBR).size();
    const std::size_t colon = text.find(':', start);
    if (colon == std::string::npos)
    {
        return {std::nullopt, "must be cbr:RATE:SIZE" + example};
    }
    const auto rate = ParseBitRate(text.substr(start, colon - start));
    if (!rate || *rate < 1 || *rate > TrafficPlan::MAX_CBR_RATE)
    {
        return {std::nullopt, "RATE must be a bit rate from 1bps to 100Gbps" + example};
    }
    const auto size = ParseWholeNumber(text.substr(colon + 1));
    if (!size || *size < TrafficPlan::MIN_CBR_SIZE || *size > RtpCapture::MAX_PACKET)
    {
        return {std::nullopt,
                "SIZE must be octets of an RTP packet from " +
                    std::to_string(TrafficPlan::MIN_CBR_SIZE) + " to " +
                    std::to_string(RtpCapture::MAX_PACKET) + example};
    }
    return {TrafficPlan::ConstantRate(*rate, *size), ""};
}

} // namespace

TrafficPlanResult
TrafficPlan::FromText(const std::string& text)
{
    if (text.compare(0, std::string(CBR).size(), CBR) == 0)
    {
        return ConstantRateFromText(text);
    }
    RtpCaptureResult result = ReadRtpCaptureFile(text);
    if (!result.capture)
    {
        return {std::nullopt, result.error};
    }
    return {Replay(std::move(*result.capture)), ""};
}

TrafficPlan
TrafficPlan::Replay(RtpCapture capture)
{
    NS_ASSERT(!capture.packets.empty() && capture.period > capture.packets.back().offset);
    TrafficPlan plan;
    uint64_t octets = 0;
    for (const RtpCapture::Packet& packet : capture.packets)
    {
        octets += packet.octets.size();
        plan.m_largest = std::max(plan.m_largest, packet.octets.size());
    }
    plan.m_meanRate = 8e9 * static_cast<double>(octets) / static_cast<double>(capture.period);
    plan.m_capture = std::make_shared<const RtpCapture>(std::move(capture));
    return plan;
}

TrafficPlan
TrafficPlan::ConstantRate(uint64_t rate, std::size_t size)
{
    NS_ASSERT(rate > 0 && rate <= MAX_CBR_RATE);
    NS_ASSERT(size >= MIN_CBR_SIZE && size <= RtpCapture::MAX_PACKET);
    Bytes payload(size - RtpPacket::HEADER_SIZE);
    for (std::size_t i = 0; i < payload.size(); ++i)
    {
        payload[i] = static_cast<uint8_t>(i);
    }
    RtpPacket packet;
    packet.payloadType = CBR_PAYLOAD_TYPE;
    packet.ssrc = CBR_SSRC;
    packet.payload = payload;
    TrafficPlan plan;
    plan.m_template = EncodeRtp(packet);
    plan.m_rate = rate;
    plan.m_largest = size;
    plan.m_meanRate = static_cast<double>(rate);
    return plan;
}

int64_t
TrafficPlan::ConstantRateOffset(uint64_t n) const
{
    // Each offset is rounded by itself, so that errors do not add up.
    const Wide bits = static_cast<Wide>(n) * (8 * m_largest);
    const Wide seconds = bits / m_rate;
    if (seconds >= std::numeric_limits<int64_t>::max() / 1000000000)
    {
        return -1;
    }
    return static_cast<int64_t>(seconds * 1000000000 + bits % m_rate * 1000000000 / m_rate);
}

Time
TrafficPlan::OffsetOf(uint64_t n) const
{
    if (!m_capture)
    {
        const int64_t offset = ConstantRateOffset(n);
        return offset < 0 ? Time::Max() : NanoSeconds(offset);
    }
    const uint64_t loop = n / PacketsPerLoop();
    const Wide offset = static_cast<Wide>(loop) * static_cast<uint64_t>(m_capture->period) +
                        static_cast<uint64_t>(m_capture->packets[n % PacketsPerLoop()].offset);
    return offset > static_cast<Wide>(std::numeric_limits<int64_t>::max())
               ? Time::Max()
               : NanoSeconds(static_cast<uint64_t>(offset));
}

void
TrafficPlan::Build(uint64_t n, Bytes& packet) const
{
    if (!m_capture)
    {
        packet = m_template;
        const Wide ticks = static_cast<Wide>(n) * (8 * m_largest) * CBR_CLOCK_RATE / m_rate;
        RewriteRtp(packet, static_cast<uint16_t>(n), static_cast<uint32_t>(ticks), CBR_SSRC);
        return;
    }
    const uint64_t loop = n / PacketsPerLoop();
    const RtpCapture::Packet& captured = m_capture->packets[n % PacketsPerLoop()];
    packet = captured.octets;
    ByteReader reader(packet);
    reader.U32();
    const uint32_t timestamp = reader.U32();
    const uint64_t sequence = ByteReader(ByteView(m_capture->packets[0].octets).Sub(2)).U16() +
                              static_cast<uint64_t>(captured.sequence) +
                              loop * static_cast<uint64_t>(m_capture->sequenceIncrement);
    RewriteRtp(packet,
               static_cast<uint16_t>(sequence),
               static_cast<uint32_t>(timestamp + loop * m_capture->timestampIncrement),
               m_capture->ssrc);
}

Bytes
TrafficPlan::PacketAt(uint64_t n) const
{
    Bytes packet;
    Build(n, packet);
    return packet;
}

uint32_t
TrafficPlan::Ssrc() const
{
    return m_capture ? m_capture->ssrc : CBR_SSRC;
}

uint8_t
TrafficPlan::PayloadType() const
{
    return m_capture ? m_capture->payloadType : CBR_PAYLOAD_TYPE;
}

uint32_t
TrafficPlan::ClockRate() const
{
    return m_capture ? m_capture->clockRate : CBR_CLOCK_RATE;
}

std::size_t
TrafficPlan::LargestPacket() const
{
    return m_largest;
}

uint64_t
TrafficPlan::PacketsPerLoop() const
{
    return m_capture ? m_capture->packets.size() : 1;
}

Time
TrafficPlan::Period() const
{
    return NanoSeconds(m_capture ? m_capture->period : ConstantRateOffset(1));
}

double
TrafficPlan::MeanRate() const
{
    return m_meanRate;
}

const std::vector<std::string>&
TrafficPlan::Warnings() const
{
    static const std::vector<std::string> NONE;
    return m_capture ? m_capture->warnings : NONE;
}

} // namespace ns3::mbs
