// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-internet-checksum.h"
#include "ns3/mbs-ipv4-packet.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an IP packet @return with lengths and checksums that let it in */
Bytes
Repaired(ByteView octets)
{
    Bytes packet = octets.ToBytes();
    const std::size_t header = packet.empty() ? 0 : 4 * (packet[0] & 0x0f);
    if (header < 20 || packet.size() < header + 8)
    {
        return packet;
    }
    const auto patch = [&packet](std::size_t at, std::size_t value) {
        packet[at] = static_cast<uint8_t>(value >> 8);
        packet[at + 1] = static_cast<uint8_t>(value);
    };
    patch(2, packet.size());
    patch(10, 0);
    patch(10, InternetChecksum().Add(ByteView(packet).Sub(0, header)).Get());
    patch(header + 4, packet.size() - header);
    patch(header + 6, 0);
    return packet;
}

/** @param packet an IP packet @return the same as ns-3 sends it */
Bytes
WithoutChecksums(Bytes packet)
{
    for (const std::size_t at : {10, 11, 26, 27})
    {
        if (at < packet.size())
        {
            packet[at] = 0;
        }
    }
    return packet;
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const auto encode = [](const InnerUdp& packet) { return EncodeInnerUdp(packet); };
    Recode(octets, &ParseInnerUdp, encode);
    const Bytes repaired = Repaired(octets);
    const auto head = PeekIpv4(repaired, repaired.size());
    const auto packet = ParseInnerUdp(repaired);
    Require(!packet || (head && head->source == packet->source &&
                        head->destination == packet->destination),
            "an IP packet is another at a glance");
    PeekIpv4(octets.Sub(0, Ipv4PacketHead::MAX_SIZE), octets.size());
    for (const Bytes& datagram : {octets.ToBytes(), WithoutChecksums(repaired)})
    {
        const auto whole = PeekIpv4(datagram, datagram.size());
        const auto plain =
            PeekPlainUdp(ByteView(datagram).Sub(0, PlainUdpHead::SIZE), datagram.size());
        Require(!plain ||
                    (whole && whole->protocol == 17 && whole->destination == plain->destination),
                "a plain datagram is another at a second glance");
    }
    return bool(Recode(repaired, &ParseInnerUdp, encode));
}

/** @return packets */
std::vector<Bytes>
Seeds()
{
    const Bytes payload(20, 0x55);
    InnerUdp packet;
    packet.source = Ipv4Address("10.0.0.2");
    packet.destination = Ipv4Address("232.1.1.1");
    packet.sourcePort = 5004;
    packet.destinationPort = 5004;
    std::vector<Bytes> seeds{EncodeInnerUdp(packet)};
    packet.payload = payload;
    seeds.push_back(EncodeInnerUdp(packet));
    return seeds;
}

const Target TARGET("inner-packet", 256, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
