// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-ssm-router.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-raw-socket-factory.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/packet.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

namespace
{

const Ipv4Address GROUP("232.1.1.1");
constexpr uint16_t PORT = 2152;

/**
 * source 0 -p2p- router 1 -p2p- router 2 -p2p- receivers 3 and 4, receiver 5 at router 1.
 * Interfaces: 0 is the loopback, the others in the order of the links.
 */
struct Tree
{
    Tree()
    {
        nodes.Create(6);
        InternetStackHelper stack;
        stack.Install(nodes);
        const std::vector<std::pair<uint32_t, uint32_t>> links = {{0, 1},
                                                                  {1, 2},
                                                                  {2, 3},
                                                                  {2, 4},
                                                                  {1, 5}};
        PointToPointHelper helper;
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
        for (const auto& link : links)
        {
            const auto devices = helper.Install(nodes.Get(link.first), nodes.Get(link.second));
            addresses.Assign(devices);
            addresses.NewNetwork();
        }
        source = Address(0, 1);
        Ipv4StaticRoutingHelper routing;
        // Towards the source: router 2 through router 1.
        routing.GetStaticRouting(nodes.Get(2)->GetObject<Ipv4>())
            ->AddNetworkRouteTo("10.0.0.0", "255.255.255.0", Address(1, 2), 1);
        routing.GetStaticRouting(nodes.Get(0)->GetObject<Ipv4>())->SetDefaultMulticastRoute(1);
        for (const uint32_t index : {1, 2})
        {
            routers.push_back(CreateObject<SsmRouter>());
            routers.back()->Install(nodes.Get(index));
            routers.back()->TraceConnectWithoutContext("Dropped",
                                                       MakeBoundCallback(&OnDropped, &dropped));
            routers.back()->TraceConnectWithoutContext("RouteChanged",
                                                       MakeBoundCallback(&OnRoute, &changes));
        }
        for (const uint32_t index : {3, 4, 5})
        {
            members[index] = CreateObject<SsmMember>();
            members[index]->Install(nodes.Get(index));
            members[index]->TraceConnectWithoutContext("MessageSent",
                                                       MakeBoundCallback(&OnSent, &reports));
            const Ptr<Socket> socket =
                Socket::CreateSocket(nodes.Get(index), UdpSocketFactory::GetTypeId());
            // Any address would do as well as the group's.
            socket->Bind(index == 3 ? InetSocketAddress(GROUP, PORT)
                                    : InetSocketAddress(Ipv4Address::GetAny(), PORT));
            socket->SetRecvCallback(MakeBoundCallback(&OnReceive, &received[index]));
            sockets.push_back(socket);
            nodes.Get(index)->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
                "Rx",
                MakeBoundCallback(&OnRx, &arrived[index]));
        }
        sender = Socket::CreateSocket(nodes.Get(0), UdpSocketFactory::GetTypeId());
        sender->Bind();
    }

    ~Tree()
    {
        Simulator::Destroy();
    }

    static void OnReceive(uint32_t* count, Ptr<Socket> socket)
    {
        while (socket->Recv())
        {
            ++*count;
        }
    }

    static void OnRx(uint32_t* count, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
    {
        Ipv4Header header;
        packet->PeekHeader(header);
        *count += header.GetDestination().IsMulticast() ? 1 : 0;
    }

    static void OnDropped(std::vector<std::string>* list, Ipv4Address, const std::string& reason)
    {
        list->push_back(reason);
    }

    static void OnRoute(uint32_t* count, Ipv4Address, Ipv4Address, const std::set<uint32_t>&)
    {
        ++*count;
    }

    static void OnSent(std::vector<std::pair<Time, uint32_t>>* list,
                       const SbiOperation&,
                       bool,
                       uint32_t octets)
    {
        list->emplace_back(Simulator::Now(), octets);
    }

    /** @param node which @param interface which @return its address */
    Ipv4Address Address(uint32_t node, uint32_t interface) const
    {
        return nodes.Get(node)->GetObject<Ipv4>()->GetAddress(interface, 0).GetLocal();
    }

    /** @param seconds when the source sends a packet to @param group */
    void Packet(double seconds, Ipv4Address group = GROUP)
    {
        At(Seconds(seconds) - Simulator::Now(), [this, group]() {
            sender->SendTo(Create<ns3::Packet>(100), 0, InetSocketAddress(group, PORT));
        });
    }

    /** @param seconds when @param what happens */
    void When(double seconds, std::function<void()> what) const
    {
        At(Seconds(seconds), std::move(what));
    }

    /** @param router 1 or 2 @return how many multicast routes it has */
    uint32_t Routes(uint32_t router) const
    {
        return Ipv4StaticRoutingHelper()
            .GetStaticRouting(nodes.Get(router)->GetObject<Ipv4>())
            ->GetNMulticastRoutes();
    }

    /** @brief What receivers 3, 4 and 5 got since the last call. @return counts as text */
    std::string Got()
    {
        std::string text;
        for (auto& entry : received)
        {
            text += std::to_string(entry.second) + " ";
            entry.second = 0;
        }
        return text;
    }

    /** @param from node @param octets an IGMP message sent to the routers */
    void SendRaw(uint32_t from, const Bytes& octets) const
    {
        const Ptr<Socket> socket =
            Socket::CreateSocket(nodes.Get(from), Ipv4RawSocketFactory::GetTypeId());
        socket->SetAttribute("Protocol", UintegerValue(2));
        socket->Bind();
        socket->BindToNetDevice(nodes.Get(from)->GetObject<Ipv4>()->GetNetDevice(1));
        socket->SendTo(Create<ns3::Packet>(octets.data(), octets.size()),
                       0,
                       InetSocketAddress("224.0.0.22", 0));
        socket->Close();
    }

    NodeContainer nodes;                                           //!< as pictured
    Ipv4Address source;                                            //!< address of node 0
    std::vector<Ptr<SsmRouter>> routers;                           //!< at nodes 1 and 2
    std::map<uint32_t, Ptr<SsmMember>> members;                    //!< at nodes 3, 4 and 5
    std::vector<Ptr<Socket>> sockets;                              //!< of the receivers
    Ptr<Socket> sender;                                            //!< of the source
    std::map<uint32_t, uint32_t> received{{3, 0}, {4, 0}, {5, 0}}; //!< datagrams at sockets
    std::map<uint32_t, uint32_t> arrived{{3, 0}, {4, 0}, {5, 0}};  //!< multicast packets at nodes
    std::vector<std::string> dropped;                              //!< at routers
    uint32_t changes{0};                                           //!< of routes
    std::vector<std::pair<Time, uint32_t>> reports;                //!< of members
};

void
JoinAndLeave(Check& check)
{
    Tree tree;
    std::vector<std::string> got;
    tree.Packet(0.5);
    tree.When(0.9, [&]() { got.push_back(tree.Got()); });
    tree.When(1, [&]() { tree.members[3]->Join(tree.source, GROUP, 1); });
    tree.Packet(1.5);
    tree.When(1.9, [&]() { got.push_back(tree.Got()); });
    tree.When(3, [&]() {
        tree.members[4]->Join(tree.source, GROUP, 1);
        tree.members[5]->Join(tree.source, GROUP, 1);
    });
    tree.Packet(5);
    tree.When(5.5, [&]() {
        got.push_back(tree.Got());
        tree.members[3]->Leave(tree.source, GROUP, 1);
    });
    tree.Packet(8);
    tree.When(8.5, [&]() {
        got.push_back(tree.Got());
        tree.members[4]->Leave(tree.source, GROUP, 1);
    });
    tree.Packet(12);
    tree.When(12.5, [&]() {
        got.push_back(tree.Got());
        tree.members[5]->Leave(tree.source, GROUP, 1);
    });
    tree.Packet(16);
    TwoNodes::RunUntil(20);
    got.push_back(tree.Got());
    check.Equal(got.at(0), "0 0 0 ", "nobody has joined");
    check.Equal(got.at(1), "1 0 0 ", "one has joined, through two routers");
    check.Equal(got.at(2), "1 1 1 ", "all have joined");
    check.Equal(got.at(3), "0 1 1 ", "one has left");
    check.Equal(got.at(4), "0 0 1 ", "the second router has left upstream");
    check.Equal(got.at(5), "0 0 0 ", "all have left");
    check.Equal(tree.arrived[3], 2U, "nothing else came over the link of receiver 3");
    check.Equal(tree.Routes(1) + tree.Routes(2), 0U, "no route is left");
    check.Equal(tree.dropped.size(), 0U, "nothing dropped");
}

void
ReportsAreRepeated(Check& check)
{
    Tree tree;
    tree.When(1, [&]() {
        tree.members[5]->Join(tree.source, GROUP, 1);
        tree.members[5]->Join(tree.source, GROUP, 1);
        tree.members[5]->Leave(tree.source, "232.9.9.9", 1);
    });
    tree.When(5, [&]() { tree.members[5]->Leave(tree.source, GROUP, 1); });
    // A change cancels the repetition of the one before.
    tree.When(5.5, [&]() { tree.members[5]->Join(tree.source, GROUP, 1); });
    TwoNodes::RunUntil(10);
    check.Equal(tree.reports.size(), 5U, "reports");
    std::string times;
    for (const auto& report : tree.reports)
    {
        times += std::to_string(report.first.GetMilliSeconds()) + " ";
        // Header 8, one record 8 with one source 4 (RFC 3376 clause 4.2).
        check.Equal(report.second, 20U, "octets");
    }
    check.Equal(times, "1000 2000 5000 5500 6500 ", "when");
    check.Equal(tree.routers.at(0)->Outputs(tree.source, GROUP).size(), 1U, "joined at the end");
    check.Equal(tree.changes, 3U, "a repetition changes nothing");
}

void
OtherRecords(Check& check)
{
    Tree tree;
    const Ipv4Address other("10.0.0.77");
    const auto send =
        [&](double when, IgmpRecordType type, Ipv4Address group, std::vector<Ipv4Address> sources) {
            tree.When(when, [&tree, type, group, sources]() {
                IgmpReport report;
                report.records.push_back({type, group, sources});
                tree.SendRaw(5, report.Encode());
            });
        };
    send(1, IgmpRecordType::MODE_IS_INCLUDE, GROUP, {tree.source});
    send(2, IgmpRecordType::ALLOW_NEW_SOURCES, GROUP, {other});
    send(3, IgmpRecordType::CHANGE_TO_INCLUDE_MODE, GROUP, {other});
    send(4, IgmpRecordType::BLOCK_OLD_SOURCES, GROUP, {tree.source, "10.0.0.99"});
    send(5, IgmpRecordType::MODE_IS_EXCLUDE, GROUP, {});
    send(6, IgmpRecordType::ALLOW_NEW_SOURCES, "224.0.0.5", {other});
    send(7, IgmpRecordType::ALLOW_NEW_SOURCES, "10.0.0.1", {other});
    send(8, IgmpRecordType::ALLOW_NEW_SOURCES, GROUP, {"255.255.255.255"});
    send(9, IgmpRecordType::ALLOW_NEW_SOURCES, "232.7.7.7", {"203.0.113.1"});
    tree.When(10, [&]() {
        tree.SendRaw(5, *FromHex("2200"));
        tree.SendRaw(5, *FromHex("1100ee9b00000000"));
    });
    std::vector<std::string> outputs;
    for (int second = 1; second <= 4; ++second)
    {
        tree.When(second + 0.5, [&]() {
            outputs.push_back(
                std::to_string(tree.routers.at(0)->Outputs(tree.source, GROUP).size()) +
                std::to_string(tree.routers.at(0)->Outputs(other, GROUP).size()) +
                std::to_string(tree.Routes(1)));
        });
    }
    TwoNodes::RunUntil(12);
    check.Equal(outputs.at(0), "101", "MODE_IS_INCLUDE joins");
    check.Equal(outputs.at(1), "111", "two sources behind one interface share a route");
    check.Equal(outputs.at(2), "011", "CHANGE_TO_INCLUDE_MODE leaves the others");
    check.Equal(outputs.at(3), "011", "leaving what was not joined does nothing");
    check.Equal(tree.dropped.size(), 7U, "what cannot be routed or read is dropped");
    check.Equal(tree.routers.at(0)->DroppedCount(), 7U, "counted");
}

void
MembersAreToldApart(Check& check)
{
    // Two members behind one interface: the second's report is made to look like another's.
    Tree tree;
    Ptr<Ipv4> ipv4 = tree.nodes.Get(5)->GetObject<Ipv4>();
    tree.When(1, [&]() { tree.members[5]->Join(tree.source, GROUP, 1); });
    tree.When(4, [&]() {
        ipv4->RemoveAddress(1, 0);
        ipv4->AddAddress(1, Ipv4InterfaceAddress("10.0.4.9", "255.255.255.0"));
        tree.SendRaw(
            5,
            IgmpReport::ForSource(IgmpRecordType::ALLOW_NEW_SOURCES, tree.source, GROUP).Encode());
    });
    tree.When(5, [&]() {
        tree.SendRaw(
            5,
            IgmpReport::ForSource(IgmpRecordType::BLOCK_OLD_SOURCES, tree.source, GROUP).Encode());
    });
    TwoNodes::RunUntil(6);
    check.Equal(tree.routers.at(0)->Outputs(tree.source, GROUP).size(), 1U, "the first stays");
}

void
ProxyCanBeOff(Check& check)
{
    Tree tree;
    tree.routers.at(1)->SetAttribute("Proxy", BooleanValue(false));
    tree.When(1, [&]() { tree.members[3]->Join(tree.source, GROUP, 1); });
    tree.Packet(3);
    TwoNodes::RunUntil(4);
    check.Equal(tree.Got(), "0 0 0 ", "the first router knows of nobody");
    check.Equal(tree.Routes(2), 1U, "the second does");
}

void
DisposedWhileBusy(Check& check)
{
    Tree tree;
    tree.When(1, [&]() { tree.members[3]->Join(tree.source, GROUP, 1); });
    tree.When(1.5, [&]() {
        tree.members[3]->Dispose();
        tree.routers.at(1)->Dispose();
    });
    tree.When(1.6, [&]() { tree.members[4]->Join(tree.source, GROUP, 1); });
    TwoNodes::RunUntil(1.7);
    check.Equal(tree.routers.at(1)->Outputs(tree.source, GROUP).size(),
                0U,
                "it knows nothing more");
    check.Equal(tree.reports.size(), 2U, "no repetition after Dispose()");
}

} // namespace

void AddSsmRouterTests(MbsTestSuite& suite);

void
AddSsmRouterTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("SSM: " + name, body));
    };
    add("only who has joined gets packets, through two routers", &JoinAndLeave);
    add("reports are repeated and a change cancels the repetition", &ReportsAreRepeated);
    add("other records are understood or dropped", &OtherRecords);
    add("members behind one interface are told apart", &MembersAreToldApart);
    add("a router may be kept from joining upstream", &ProxyCanBeOff);
    add("members and routers may go while reports are due", &DisposedWhileBusy);
}

} // namespace ns3::mbs
