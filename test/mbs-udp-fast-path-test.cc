// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-ssm-router.h"
#include "ns3/mbs-udp-fast-path.h"
#include "ns3/mbs-udp-port.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

using Check = FunctionTestCase::Checker;

const Ipv4Address GROUP("232.1.1.1");
constexpr uint16_t PORT = 2152;

/** Large enough to be a packet by itself, and for the last one to be two fragments. */
constexpr uint32_t MTU = 1500;

/** sender 0 -p2p- router 1 -p2p- receivers 2 and 3. Interface 0 is the loopback. */
struct Network
{
    /** @param fast whether links take datagrams past the IP stack */
    explicit Network(bool fast)
    {
        nodes.Create(4);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(nodes);
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
        PointToPointHelper helper;
        helper.SetDeviceAttribute("DataRate", StringValue("10Mbps"));
        helper.SetDeviceAttribute("Mtu", UintegerValue(MTU));
        helper.SetQueue("ns3::DropTailQueue<Packet>", "MaxSize", StringValue("4p"));
        const std::vector<std::pair<uint32_t, uint32_t>> links = {{0, 1}, {1, 2}, {1, 3}};
        for (const auto& [a, b] : links)
        {
            const NetDeviceContainer ends = helper.Install(nodes.Get(a), nodes.Get(b));
            for (uint32_t end = 0; end < 2; ++end)
            {
                const Ptr<Ipv4> ipv4 = ends.Get(end)->GetNode()->GetObject<Ipv4>();
                const uint32_t interface = ipv4->AddInterface(ends.Get(end));
                ipv4->AddAddress(interface,
                                 Ipv4InterfaceAddress(addresses.NewAddress(), "255.255.255.252"));
                ipv4->SetUp(interface);
                ends.Get(end)->TraceConnectWithoutContext(
                    "PhyTxBegin",
                    MakeBoundCallback(&Network::Sent, &frames, devices.GetN() + end));
                if (fast)
                {
                    UdpFastPath::Attach(ends.Get(end));
                }
            }
            addresses.NewNetwork();
            devices.Add(ends);
        }
        for (uint32_t i = 0; i < nodes.GetN(); ++i)
        {
            for (const char* trace : {"Tx", "Rx"})
            {
                nodes.Get(i)->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
                    trace,
                    MakeBoundCallback(&Network::PassedStack, &stackPackets));
            }
        }
        Ipv4StaticRoutingHelper routing;
        const auto sender = routing.GetStaticRouting(nodes.Get(0)->GetObject<Ipv4>());
        sender->SetDefaultRoute(Address(1, 1), 1);
        sender->SetDefaultMulticastRoute(1);
        for (const uint32_t receiver : {2, 3})
        {
            routing.GetStaticRouting(nodes.Get(receiver)->GetObject<Ipv4>())
                ->SetDefaultRoute(Address(1, receiver), 1);
            members.push_back(CreateObject<SsmMember>());
            members.back()->Install(nodes.Get(receiver));
            ports.push_back(UdpPort::Open(
                nodes.Get(receiver),
                Ipv4Address::GetAny(),
                PORT,
                [this, receiver](const Ptr<Packet>& packet) { Received(receiver, packet); }));
        }
        router = CreateObject<SsmRouter>();
        router->SetAttribute("Proxy", BooleanValue(false));
        router->Install(nodes.Get(1));
        port = UdpPort::Open(nodes.Get(0), Ipv4Address::GetAny(), 0);
    }

    ~Network()
    {
        // Ports go before their nodes.
        port = nullptr;
        ports.clear();
        Simulator::Destroy();
    }

    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;

    /** @param node which @param interface of it @return its address there */
    Ipv4Address Address(uint32_t node, uint32_t interface) const
    {
        return nodes.Get(node)->GetObject<Ipv4>()->GetAddress(interface, 0).GetLocal();
    }

    /** @param octets of a payload @param to where it goes @param number UDP port */
    void Send(uint32_t octets, Ipv4Address to, uint16_t number = PORT)
    {
        const Bytes payload(octets, static_cast<uint8_t>(octets));
        port->SendTo(Create<Packet>(payload.data(), octets), to, number);
    }

    /** @param list gets a line @param device which @param packet frame that it sends */
    static void Sent(std::vector<std::string>* list, uint32_t device, Ptr<const Packet> packet)
    {
        Bytes octets(packet->GetSize());
        packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
        list->push_back(std::to_string(Simulator::Now().GetNanoSeconds()) + " " +
                        std::to_string(device) + " " + ToHex(octets));
    }

    /** @param count of packets @param packet ignored @param ipv4 ignored @param number ignored */
    static void PassedStack(uint32_t* count,
                            Ptr<const Packet> /* packet */,
                            Ptr<Ipv4> /* ipv4 */,
                            uint32_t /* number */)
    {
        ++*count;
    }

    /** @param node who got it @param packet payload */
    void Received(uint32_t node, const Ptr<Packet>& packet)
    {
        received.push_back(std::to_string(Simulator::Now().GetNanoSeconds()) + " " +
                           std::to_string(node) + " " + std::to_string(packet->GetSize()));
        if (closes)
        {
            ports.at(node - 2)->Close();
        }
    }

    NodeContainer nodes;                 //!< in that order
    NetDeviceContainer devices;          //!< both ends of each link
    std::vector<std::string> frames;     //!< time, device, octets
    std::vector<std::string> received;   //!< time, node, octets of a payload
    uint32_t stackPackets{0};            //!< that IPv4 sent or got, at any node
    bool closes{false};                  //!< whoever gets a packet closes its port
    Ptr<SsmRouter> router;               //!< at node 1
    std::vector<Ptr<SsmMember>> members; //!< at nodes 2 and 3
    std::vector<Ptr<UdpPort>> ports;     //!< likewise
    Ptr<UdpPort> port;                   //!< at node 0
};

/** What happens in a network. */
using Story = void (*)(Network& network);

/** What came of it. */
struct Outcome
{
    std::vector<std::string> frames;   //!< as Network has it
    std::vector<std::string> received; //!< as Network has it
    uint32_t stackPackets;             //!< as Network has it
};

/** @param story what happens @param fast whether past the IP stack @return what came of it */
Outcome
Tell(Story story, bool fast)
{
    Network network(fast);
    story(network);
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    return {network.frames, network.received, network.stackPackets};
}

/**
 * @brief Fails the test unless a story goes the same with and without the short way.
 * @param check where to report
 * @param story what happens
 * @param payloads how many datagrams receivers get
 * @return how many packets fewer pass the IP stack
 */
uint32_t
GoesTheSame(Check& check, Story story, std::size_t payloads)
{
    const Outcome fast = Tell(story, true);
    const Outcome slow = Tell(story, false);
    check.Equal(fast.frames.size(), slow.frames.size(), "frames");
    check.Expect(fast.frames == slow.frames, "the same octets at the same instants");
    check.Expect(fast.received == slow.received, "the same datagrams at the same instants");
    check.Equal(slow.received.size(), payloads, "datagrams");
    return slow.stackPackets - fast.stackPackets;
}

void
Unicast(Check& check)
{
    const uint32_t spared = GoesTheSame(
        check,
        [](Network& network) {
            for (const uint32_t octets : {0, 1, 1000, 1472})
            {
                At(Seconds(1) + MilliSeconds(octets),
                   [&network, octets] { network.Send(octets, network.Address(2, 1)); });
                At(MilliSeconds(1 + octets), [&network, octets] {
                    network.Send(octets, network.Address(2, 1));
                    network.Send(octets, network.Address(3, 1));
                });
            }
        },
        12);
    // Out at the sender and in at the receiver; a router looks the route up.
    check.Equal(spared, 24U, "packets that do not pass the IP stack");
}

void
Multicast(Check& check)
{
    const uint32_t spared = GoesTheSame(
        check,
        [](Network& network) {
            const Ipv4Address source = network.Address(0, 1);
            network.members[0]->Join(source, GROUP, 1);
            At(Seconds(1), [&network] { network.Send(1000, GROUP); });
            At(Seconds(2), [&network, source] { network.members[1]->Join(source, GROUP, 1); });
            At(Seconds(3), [&network] { network.Send(1001, GROUP); });
            At(Seconds(4), [&network, source] { network.members[0]->Leave(source, GROUP, 1); });
            At(Seconds(6), [&network] { network.Send(1002, GROUP); });
            At(Seconds(7), [&network, source] { network.members[1]->Leave(source, GROUP, 1); });
            At(Seconds(9), [&network] { network.Send(1003, GROUP); });
        },
        4);
    // Four leave the sender; the router takes three and sends four, which receivers get.
    check.Equal(spared, 15U, "packets that do not pass the IP stack");
}

void
Fragments(Check& check)
{
    GoesTheSame(
        check,
        [](Network& network) {
            network.members[0]->Join(network.Address(0, 1), GROUP, 1);
            At(Seconds(1), [&network] { network.Send(1473, network.Address(2, 1)); });
            At(Seconds(2), [&network] { network.Send(3000, GROUP); });
            At(Seconds(3), [&network] { network.Send(100, GROUP); });
            At(Seconds(4), [&network] { network.Send(2000, GROUP); });
            At(Seconds(5), [&network] { network.Send(100, network.Address(2, 1)); });
        },
        5);
}

void
FullQueue(Check& check)
{
    GoesTheSame(
        check,
        [](Network& network) {
            network.members[0]->Join(network.Address(0, 1), GROUP, 1);
            At(Seconds(1), [&network] {
                for (uint32_t i = 0; i < 20; ++i)
                {
                    network.Send(1000, i % 2 == 0 ? GROUP : network.Address(3, 1));
                }
            });
            At(Seconds(2), [&network] {
                network.Send(1000, GROUP);
                network.Send(1000, network.Address(3, 1));
            });
        },
        7);
}

void
ClosedPort(Check& check)
{
    GoesTheSame(
        check,
        [](Network& network) {
            At(Seconds(1), [&network] { network.Send(10, network.Address(2, 1), PORT + 1); });
            At(Seconds(2), [&network] { network.ports[0]->Close(); });
            At(Seconds(3), [&network] { network.Send(11, network.Address(2, 1)); });
            At(Seconds(4), [&network] { network.Send(12, network.Address(3, 1)); });
            At(Seconds(5), [&network] {
                network.port->Close();
                network.Send(13, network.Address(3, 1));
            });
        },
        1);
    const Outcome outcome = Tell(
        [](Network& network) {
            At(Seconds(1), [&network] { network.Send(10, network.Address(2, 1), PORT + 1); });
        },
        true);
    check.Equal(outcome.frames.size(), 4U, "an ICMP message says that nobody listens");
}

void
ClosesItself(Check& check)
{
    GoesTheSame(
        check,
        [](Network& network) {
            network.closes = true;
            At(Seconds(1), [&network] { network.Send(10, network.Address(2, 1)); });
            At(Seconds(2), [&network] { network.Send(10, network.Address(2, 1)); });
        },
        1);
}

void
InterfaceDown(Check& check)
{
    GoesTheSame(
        check,
        [](Network& network) {
            const auto set = [&network](uint32_t node, bool up) {
                const Ptr<Ipv4> ipv4 = network.nodes.Get(node)->GetObject<Ipv4>();
                up ? ipv4->SetUp(1) : ipv4->SetDown(1);
            };
            At(Seconds(1), [&network] { network.Send(10, network.Address(2, 1)); });
            At(Seconds(2), [set] { set(2, false); });
            At(Seconds(3), [&network] { network.Send(11, network.Address(2, 1)); });
            At(Seconds(4), [set] { set(2, true); });
            At(Seconds(5), [&network] { network.Send(12, network.Address(2, 1)); });
        },
        2);
}

void
RouterThatDoesNotForward(Check& check)
{
    GoesTheSame(
        check,
        [](Network& network) {
            const Ipv4Address source = network.Address(0, 1);
            const auto forward = [&network](bool yes) {
                network.nodes.Get(1)->GetObject<Ipv4>()->SetAttribute("IpForward",
                                                                      BooleanValue(yes));
            };
            network.members[0]->Join(source, GROUP, 1);
            At(Seconds(1), [&network] { network.Send(1000, GROUP); });
            At(Seconds(2), [forward] { forward(false); });
            At(Seconds(3), [&network] { network.Send(1001, GROUP); });
            At(Seconds(4), [forward] { forward(true); });
            At(Seconds(5), [&network] { network.Send(1002, GROUP); });
        },
        2);
}

void
SocketAttributes(Check& check)
{
    /** An attribute of UDP sockets that is no default. */
    struct Case
    {
        const char* name;     //!< of the attribute
        uint64_t value;       //!< set
        uint64_t usual;       //!< its default
        std::size_t payloads; //!< that come
    };

    // A TTL of 1 does not pass the router; what is larger than the buffer is not received.
    for (const Case& one : {Case{"ns3::UdpSocket::IpMulticastTtl", 1, 0, 2},
                            Case{"ns3::UdpSocket::IpTtl", 1, 0, 2},
                            Case{"ns3::UdpSocket::RcvBufSize", 500, 131072, 2}})
    {
        Config::SetDefault(one.name, UintegerValue(one.value));
        GoesTheSame(
            check,
            [](Network& network) {
                network.members[0]->Join(network.Address(0, 1), GROUP, 1);
                At(Seconds(1), [&network] { network.Send(100, network.Address(2, 1)); });
                At(Seconds(2), [&network] { network.Send(101, GROUP); });
                At(Seconds(3), [&network] { network.Send(1000, network.Address(2, 1)); });
                At(Seconds(4), [&network] { network.Send(1001, GROUP); });
            },
            one.payloads);
        Config::SetDefault(one.name, UintegerValue(one.usual));
    }
}

} // namespace

void AddUdpFastPathTests(MbsTestSuite& suite);

void
AddUdpFastPathTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("UDP: " + name, body));
    };
    add("past the IP stack the same octets go to a host", &Unicast);
    add("past the IP stack the same octets go to a group", &Multicast);
    add("what needs fragments goes through the IP stack", &Fragments);
    add("a full device refuses the same packets", &FullQueue);
    add("a port that is closed gets nothing, and senders hear of it", &ClosedPort);
    add("who gets a packet may close the port", &ClosesItself);
    add("an interface that is down takes nothing", &InterfaceDown);
    add("a router that does not forward forwards nothing", &RouterThatDoesNotForward);
    add("attributes of ns-3's UDP sockets hold", &SocketAttributes);
}

} // namespace ns3::mbs
