// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/simulator.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

using Check = FunctionTestCase::Checker;

/** What a network did. */
struct Deeds
{
    std::vector<std::string> frames; //!< time, device, octets of all that crossed a link
    uint64_t delivered{0};           //!< packets, to all UEs
    uint32_t udp{0};                 //!< large UDP packets that IPv4 got, at any node
};

/** @param list gets a line @param device which @param packet frame that it sends */
void
NoteFrame(std::vector<std::string>* list, std::string device, Ptr<const Packet> packet)
{
    Bytes octets(packet->GetSize());
    packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    list->push_back(std::to_string(Simulator::Now().GetNanoSeconds()) + " " + device + " " +
                    ToHex(octets));
}

/** @param count of packets @param packet which IPv4 got @param ipv4 ignored @param number ignored
 */
void
NoteUdp(uint32_t* count, Ptr<const Packet> packet, Ptr<Ipv4> /* ipv4 */, uint32_t /* number */)
{
    constexpr uint32_t LARGE = 1000; // more than any PFCP message here
    Ipv4Header header;
    packet->PeekHeader(header);
    *count += header.GetProtocol() == 17 && packet->GetSize() > LARGE ? 1 : 0;
}

/** @param check where to report @param fast attribute UserPlaneFastPath @return what happened */
Deeds
Do(Check& check, const char* fast)
{
    SystemSettings settings;
    settings.ues = 4;
    settings.gnbs = 2;
    settings.traffic = "cbr:960kbps:1200";
    settings.mtkInterval = Seconds(1);
    settings.faults = {"mbupf:restart@2s+500ms", "n3mb:drop=0.1@3s+1s"};
    settings.attributes.emplace_back("ns3::mbs::CoreTopology::UserPlaneFastPath", fast);
    SystemRun run(check, settings);
    Deeds deeds;
    std::set<uint32_t> nodes;
    for (const CoreLink& link : run.Network().GetTopology()->GetLinks())
    {
        const std::string name = link.name + " " + ToString(link.interface);
        for (const auto& [device, end] :
             {std::make_pair(link.deviceA, " a"), std::make_pair(link.deviceB, " b")})
        {
            device->TraceConnectWithoutContext(
                "PhyTxBegin",
                MakeBoundCallback(&NoteFrame, &deeds.frames, name + end));
            const Ptr<Node> node = device->GetNode();
            if (nodes.insert(node->GetId()).second)
            {
                node->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
                    "Rx",
                    MakeBoundCallback(&NoteUdp, &deeds.udp));
            }
        }
    }
    run.Run();
    deeds.delivered = run.Results().MakeResults().traffic.delivered;
    return deeds;
}

void
SameFrames(Check& check)
{
    const Deeds fast = Do(check, "true");
    const Deeds slow = Do(check, "false");
    check.Equal(fast.frames.size(), slow.frames.size(), "frames");
    check.Expect(fast.frames == slow.frames, "the same octets at the same instants");
    check.Expect(fast.delivered > 100, "packets are delivered");
    check.Equal(fast.delivered, slow.delivered, "delivered packets");
    // For half a second no gNB wants packets yet, and for another the MB-UPF is away.
    check.Expect(fast.udp > 80 && fast.udp < 120,
                 "IPv4 gets " + std::to_string(fast.udp) + ", which nobody takes");
    check.Expect(slow.udp > 500, "all did, at MBSTF, MB-UPF, router and gNBs");
}

} // namespace

void AddSystemFastPathTests(MbsTestSuite& suite);

void
AddSystemFastPathTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("past the IP stack all links carry the same octets at the "
                                   "same instants",
                                   &SameFrames));
}

} // namespace ns3::mbs
