// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-rtp.h"
#include "ns3/mbs-srtp.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    LooksLikeRtcp(octets);
    Bytes packet = octets.ToBytes();
    const auto header = SrtpHeaderView::Parse(octets);
    const auto parsed = ParseRtp(octets);
    if (!Recode(octets, &ParseRtp, &EncodeRtp))
    {
        return false;
    }
    Require(header && header->seq == parsed->sequenceNumber && header->ssrc == parsed->ssrc &&
                header->timestamp == parsed->timestamp,
            "SRTP reads another header");
    Require(header->headerLength == octets.size() - parsed->payload.size() - parsed->paddingSize,
            "SRTP reads a header of another length");
    Require(RewriteRtp(packet, 1, 2, 3), "an RTP packet cannot be numbered");
    const auto rewritten = ParseRtp(packet);
    Require(rewritten && rewritten->sequenceNumber == 1 && rewritten->timestamp == 2 &&
                rewritten->ssrc == 3,
            "an RTP packet has other numbers than it was given");
    return true;
}

/** @return packets */
std::vector<Bytes>
Seeds()
{
    const Bytes data(8, 0x22);
    const Bytes payload(5, 0x55);
    RtpPacket packet;
    packet.payloadType = 96;
    packet.sequenceNumber = 1000;
    packet.payload = payload;
    std::vector<Bytes> seeds{EncodeRtp(packet)};
    packet.csrcs = {1, 2};
    packet.extension = RtpPacket::Extension{0xbede, data};
    packet.paddingSize = 3;
    seeds.push_back(EncodeRtp(packet));
    return seeds;
}

const Target TARGET("rtp", 256, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
