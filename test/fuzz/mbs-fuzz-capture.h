// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FUZZ_CAPTURE_H
#define MBS_FUZZ_CAPTURE_H

#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-rtp.h"

#include <vector>

namespace ns3::mbs::fuzz
{

/** @param value a number @return its octets, the lowest first */
inline Bytes
Little(uint32_t value)
{
    return {static_cast<uint8_t>(value),
            static_cast<uint8_t>(value >> 8),
            static_cast<uint8_t>(value >> 16),
            static_cast<uint8_t>(value >> 24)};
}

/** @param number of the packet @return an RTP packet over UDP */
inline Bytes
CapturedPacket(uint16_t number)
{
    const Bytes payload(6, 0x55);
    RtpPacket rtp;
    rtp.payloadType = 96;
    rtp.sequenceNumber = number;
    rtp.timestamp = 3600U * number;
    rtp.payload = payload;
    const Bytes octets = EncodeRtp(rtp);
    InnerUdp packet;
    packet.source = Ipv4Address("10.0.0.1");
    packet.destination = Ipv4Address("232.1.1.1");
    packet.sourcePort = 5004;
    packet.destinationPort = 5004;
    packet.payload = octets;
    return EncodeInnerUdp(packet);
}

/** @param linkType of the packets @param header in front of each @return a pcap file */
inline Bytes
PcapFile(uint32_t linkType, const Bytes& header)
{
    ByteWriter file;
    file.Append(Little(0xa1b2c3d4)).Append(Little(0x00040002)).U64(0).Append(Little(65535));
    file.Append(Little(linkType));
    for (uint16_t number = 0; number < 3; ++number)
    {
        const Bytes packet = CapturedPacket(number);
        const auto size = static_cast<uint32_t>(header.size() + packet.size());
        file.Append(Little(1700000000)).Append(Little(40000U * number));
        file.Append(Little(size)).Append(Little(size)).Append(header).Append(packet);
    }
    return file.Release();
}

/** @return a pcapng file of raw IP packets, one in a Simple Packet Block */
inline Bytes
PcapngFile()
{
    ByteWriter file;
    const auto block = [&file](uint32_t type, Bytes body) {
        body.resize((body.size() + 3) / 4 * 4);
        const auto size = static_cast<uint32_t>(body.size() + 12);
        file.Append(Little(type)).Append(Little(size)).Append(body).Append(Little(size));
    };
    block(0x0a0d0d0a,
          ByteWriter().Append(Little(0x1a2b3c4d)).Append(Little(1)).U64(UINT64_MAX).Release());
    // Interface: raw IP, any length, time stamps in units of 10^-9 s.
    block(1,
          ByteWriter()
              .Append(Little(101))
              .U32(0)
              .Append(Little(0x00010009))
              .Append(Little(9))
              .U32(0)
              .Release());
    for (uint16_t number = 0; number < 3; ++number)
    {
        const Bytes packet = CapturedPacket(number);
        const auto size = static_cast<uint32_t>(packet.size());
        block(6,
              ByteWriter()
                  .U32(0)
                  .U32(0)
                  .Append(Little(40000000U * number))
                  .Append(Little(size))
                  .Append(Little(size))
                  .Append(packet)
                  .Release());
    }
    block(3, ByteWriter().Append(Little(46)).Append(CapturedPacket(3)).Release());
    return file.Release();
}

/** @return pcap files of several link types, and a pcapng file */
inline std::vector<Bytes>
CaptureFiles()
{
    Bytes ethernet(12);
    ethernet.insert(ethernet.end(), {0x81, 0x00, 0x00, 0x05, 0x08, 0x00});
    Bytes cooked(14);
    cooked.insert(cooked.end(), {0x08, 0x00});
    return {PcapFile(101, {}),
            PcapFile(1, ethernet),
            PcapFile(113, cooked),
            PcapFile(9, {0xff, 0x03, 0x00, 0x21}),
            PcapFile(0, {2, 0, 0, 0}),
            PcapngFile()};
}

} // namespace ns3::mbs::fuzz

#endif // MBS_FUZZ_CAPTURE_H
