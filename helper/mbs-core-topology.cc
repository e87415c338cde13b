// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-core-topology.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-ideal-transport.h"
#include "ns3/mbs-udp-fast-path.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(CoreTopology);

namespace
{

/** The subnets are /30 networks out of this one. */
constexpr uint32_t FIRST_SUBNET = 0x0a000000; // 10.0.0.0

/** @param interface a reference point @return its place in an array */
constexpr std::size_t
Index(Interface interface)
{
    return static_cast<std::size_t>(interface);
}

} // namespace

const char*
ToString(Interface interface)
{
    static constexpr std::array<const char*, INTERFACE_COUNT> NAMES{"Nmb10",
                                                                    "Nmb8",
                                                                    "Nmb2",
                                                                    "Nmb1",
                                                                    "Nmb9",
                                                                    "N4mb",
                                                                    "N16mb",
                                                                    "N11mb",
                                                                    "N11",
                                                                    "N2",
                                                                    "N3mb",
                                                                    "N3",
                                                                    "Xn",
                                                                    "N6"};
    return NAMES.at(Index(interface));
}

template <Interface I>
TypeId
CoreTopology::AddInterface(TypeId tid, const char* delay, const char* rate)
{
    const std::string name = ToString(I);
    return tid
        .AddAttribute(name + "Delay",
                      "Propagation delay of a link at " + name + ".",
                      StringValue(delay),
                      MakeTimeAccessor(&CoreTopology::SetDelayOf<I>, &CoreTopology::GetDelayOf<I>),
                      MakeTimeChecker(Seconds(0)))
        .AddAttribute(
            name + "DataRate",
            "Rate of a link at " + name + ".",
            StringValue(rate),
            MakeDataRateAccessor(&CoreTopology::SetDataRateOf<I>, &CoreTopology::GetDataRateOf<I>),
            MakeDataRateChecker());
}

TypeId
CoreTopology::GetTypeId()
{
    static TypeId tid = [] {
        TypeId t = TypeId("ns3::mbs::CoreTopology")
                       .SetParent<Object>()
                       .SetGroupName("Mbs")
                       .AddConstructor<CoreTopology>()
                       .AddAttribute("Mtu",
                                     "Largest IP packet that a link carries, in octets.",
                                     UintegerValue(9216),
                                     MakeUintegerAccessor(&CoreTopology::m_mtu),
                                     MakeUintegerChecker<uint16_t>(1500, 65535))
                       .AddAttribute("Transport",
                                     "What carries the messages of service-based interfaces and N2 "
                                     "between neighbours: ns-3's TCP, or nothing but each link's "
                                     "delay and rate (IdealTransport).",
                                     StringValue("tcp"),
                                     MakeEnumAttributeAccessor(&CoreTopology::m_transport),
                                     MakeEnumAttributeChecker(SignallingTransport::TCP,
                                                              "tcp",
                                                              SignallingTransport::IDEAL,
                                                              "ideal"));
        t.AddAttribute("UserPlaneFastPath",
                       "Whether packets of MBS sessions go past ns-3's UDP and IPv4 at the ends of "
                       "Nmb8, Nmb9 and N3mb (UdpFastPath). The same octets cross the links at the "
                       "same instants; trace sources of UDP and IPv4 do not see them.",
                       BooleanValue(true),
                       MakeBooleanAccessor(&CoreTopology::m_fastPath),
                       MakeBooleanChecker());
        t = AddInterface<Interface::NMB10>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::NMB8>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::NMB2>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::NMB1>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::NMB9>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::N4MB>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::N16MB>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::N11MB>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::N11>(t, "1ms", "10Gbps");
        t = AddInterface<Interface::N2>(t, "2ms", "1Gbps");
        t = AddInterface<Interface::N3MB>(t, "1ms", "1Gbps");
        t = AddInterface<Interface::N3>(t, "1ms", "1Gbps");
        t = AddInterface<Interface::XN>(t, "2ms", "1Gbps");
        t = AddInterface<Interface::N6>(t, "1ms", "10Gbps");
        return t;
    }();
    return tid;
}

CoreTopology::CoreTopology() = default;
CoreTopology::~CoreTopology() = default;

template <Interface I>
void
CoreTopology::SetDelayOf(Time delay)
{
    m_delay[Index(I)] = delay;
}

template <Interface I>
Time
CoreTopology::GetDelayOf() const
{
    return m_delay[Index(I)];
}

template <Interface I>
void
CoreTopology::SetDataRateOf(DataRate rate)
{
    m_rate[Index(I)] = rate;
}

template <Interface I>
DataRate
CoreTopology::GetDataRateOf() const
{
    return m_rate[Index(I)];
}

Time
CoreTopology::GetDelay(Interface interface) const
{
    return m_delay[Index(interface)];
}

DataRate
CoreTopology::GetDataRate(Interface interface) const
{
    return m_rate[Index(interface)];
}

void
CoreTopology::InstallStack(Ptr<Node> node)
{
    // Static routing only: global routing would grow with the square of the network. The list
    // around it is what delivers multicast to sockets of the node itself.
    Ipv4ListRoutingHelper routing;
    routing.Add(Ipv4StaticRoutingHelper(), 0);
    InternetStackHelper stack;
    stack.SetRoutingHelper(routing);
    stack.SetIpv6StackInstall(false);
    stack.Install(node);
    if (m_transport == SignallingTransport::IDEAL)
    {
        node->AggregateObject(CreateObject<IdealTransport>());
    }
}

CoreLink
CoreTopology::Connect(Interface interface, const std::string& name, Ptr<Node> a, Ptr<Node> b)
{
    PointToPointHelper pointToPoint;
    pointToPoint.SetDeviceAttribute("DataRate", DataRateValue(m_rate[Index(interface)]));
    pointToPoint.SetDeviceAttribute("Mtu", UintegerValue(m_mtu));
    pointToPoint.SetChannelAttribute("Delay", TimeValue(m_delay[Index(interface)]));
    pointToPoint.SetQueue("ns3::DropTailQueue<Packet>", "MaxSize", StringValue("10000p"));
    const NetDeviceContainer devices = pointToPoint.Install(a, b);

    const auto subnet = static_cast<uint32_t>(FIRST_SUBNET + 4 * m_links.size());
    CoreLink link{interface,
                  name,
                  a,
                  b,
                  Ipv4Address(subnet + 1),
                  Ipv4Address(subnet + 2),
                  0,
                  0,
                  DynamicCast<PointToPointNetDevice>(devices.Get(0)),
                  DynamicCast<PointToPointNetDevice>(devices.Get(1))};
    const auto configure = [](Ptr<Node> node, Ptr<NetDevice> device, Ipv4Address address) {
        const Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
        const uint32_t number = ipv4->AddInterface(device);
        ipv4->AddAddress(number, Ipv4InterfaceAddress(address, Ipv4Mask("255.255.255.252")));
        ipv4->SetUp(number);
        return number;
    };
    link.interfaceA = configure(a, link.deviceA, link.addressA);
    link.interfaceB = configure(b, link.deviceB, link.addressB);
    if (m_fastPath && (interface == Interface::NMB8 || interface == Interface::NMB9 ||
                       interface == Interface::N3MB))
    {
        UdpFastPath::Attach(link.deviceA);
        UdpFastPath::Attach(link.deviceB);
    }
    m_links.push_back(link);
    return link;
}

SignallingTransport
CoreTopology::GetTransport() const
{
    return m_transport;
}

uint16_t
CoreTopology::GetMtu() const
{
    return m_mtu;
}

const std::vector<CoreLink>&
CoreTopology::GetLinks() const
{
    return m_links;
}

} // namespace ns3::mbs
