// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-bench-figures.h"
#include "mbs-bench-stream.h"

// Set by the build if ns-3 has its modules csma and applications.
#ifndef MBS_HAVE_CSMA
#define MBS_HAVE_CSMA 0
#endif

#if MBS_HAVE_CSMA
#include "ns3/csma-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/node-container.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#endif

namespace ns3::mbs
{

#if MBS_HAVE_CSMA

namespace
{

/** UDP port of the group. */
constexpr uint16_t PORT = 5000;

/** @param socket of the sender */
void
SendOne(Ptr<Socket> socket)
{
    socket->SendTo(Create<Packet>(StreamPlan::SIZE), 0, InetSocketAddress("232.1.1.1", PORT));
}

} // namespace

std::optional<StockRun>
RunStockMulticast(uint32_t receivers, uint32_t packets)
{
    StockRun run;
    const auto before = LiveHeap();
    NodeContainer nodes;
    nodes.Create(receivers + 1);
    CsmaHelper csma;
    csma.SetChannelAttribute("DataRate", StringValue("10Gbps"));
    csma.SetChannelAttribute("Delay", StringValue("1us"));
    const NetDeviceContainer devices = csma.Install(nodes);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    Ipv4AddressHelper addresses("10.0.0.0", "255.0.0.0");
    addresses.Assign(devices);
    Ipv4StaticRoutingHelper().SetDefaultMulticastRoute(nodes.Get(0), devices.Get(0));
    PacketSinkHelper sink("ns3::UdpSocketFactory",
                          InetSocketAddress(Ipv4Address("232.1.1.1"), PORT));
    ApplicationContainer sinks;
    for (uint32_t i = 1; i <= receivers; ++i)
    {
        sinks.Add(sink.Install(nodes.Get(i)));
    }
    const Ptr<Socket> socket = Socket::CreateSocket(nodes.Get(0), UdpSocketFactory::GetTypeId());
    socket->Bind();
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    const auto built = LiveHeap();
    if (before && built)
    {
        run.octetsPerUe = static_cast<double>(*built - *before) / receivers;
    }
    for (uint32_t i = 0; i < packets; ++i)
    {
        Simulator::Schedule(MilliSeconds(4 * (i + 1)), &SendOne, socket);
    }
    const BenchClocks clocks;
    Simulator::Stop(MilliSeconds(4 * (packets + 10)));
    Simulator::Run();
    run.cpu = clocks.Cpu();
    for (uint32_t i = 0; i < sinks.GetN(); ++i)
    {
        run.deliveries += DynamicCast<PacketSink>(sinks.Get(i))->GetTotalRx() / StreamPlan::SIZE;
    }
    Simulator::Destroy();
    return run;
}

#else

std::optional<StockRun>
RunStockMulticast(uint32_t /* receivers */, uint32_t /* packets */)
{
    return std::nullopt;
}

#endif

} // namespace ns3::mbs
