// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ssm-router.h"

#include "mbs-transport-anchor.h"
#include "mbs-udp-fast-path.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-packet-info-tag.h"
#include "ns3/ipv4-raw-socket-factory.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(SsmMember);
NS_OBJECT_ENSURE_REGISTERED(SsmRouter);

namespace
{

/** TTL of reports (RFC 3376 clause 4). */
constexpr uint8_t REPORT_TTL = 1;

/**
 * @param node where
 * @return a raw socket for IGMP
 */
Ptr<Socket>
CreateIgmpSocket(Ptr<Node> node)
{
    Ptr<Socket> socket = Socket::CreateSocket(node, Ipv4RawSocketFactory::GetTypeId());
    socket->SetAttribute("Protocol", UintegerValue(IgmpReport::PROTOCOL));
    return socket;
}

/** @param address an address @return true if packets can come from it */
bool
IsSender(Ipv4Address address)
{
    return !address.IsAny() && !address.IsBroadcast() && !address.IsMulticast();
}

} // namespace

TypeId
SsmMember::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::SsmMember")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<SsmMember>()
            .AddAttribute("RobustnessVariable",
                          "How often each change of membership is reported (number, RFC 3376 8.1).",
                          UintegerValue(2),
                          MakeUintegerAccessor(&SsmMember::m_robustness),
                          MakeUintegerChecker<uint32_t>(1, 7))
            .AddAttribute("UnsolicitedReportInterval",
                          "Time between the reports of one change (time, RFC 3376 8.11).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&SsmMember::m_interval),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddTraceSource("MessageSent",
                            "A membership report was sent.",
                            MakeTraceSourceAccessor(&SsmMember::m_sentTrace),
                            "ns3::mbs::SsmMember::MessageCallback");
    return tid;
}

SsmMember::SsmMember() = default;

SsmMember::~SsmMember() = default;

void
SsmMember::Install(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(m_node, "SsmMember::Install may be called once only");
    m_node = node;
    TransportAnchor::Attach(node, this);
}

void
SsmMember::Join(Ipv4Address source, Ipv4Address group, uint32_t interface)
{
    const Key key{source, group, interface};
    const auto entry = m_channels.find(key);
    if (entry == m_channels.end() || !entry->second.joined)
    {
        Change(key, true);
    }
}

void
SsmMember::Leave(Ipv4Address source, Ipv4Address group, uint32_t interface)
{
    const Key key{source, group, interface};
    const auto entry = m_channels.find(key);
    if (entry != m_channels.end() && entry->second.joined)
    {
        Change(key, false);
    }
}

void
SsmMember::DoDispose()
{
    for (auto& entry : m_channels)
    {
        entry.second.timer.Cancel();
    }
    m_channels.clear();
    for (auto& entry : m_sockets)
    {
        entry.second->Close();
    }
    m_sockets.clear();
    if (m_node)
    {
        TransportAnchor::Detach(m_node, this);
        m_node = nullptr;
    }
    Object::DoDispose();
}

void
SsmMember::Change(const Key& key, bool joined)
{
    NS_ABORT_MSG_UNLESS(m_node, "SsmMember::Install must come before Join");
    Channel& channel = m_channels[key];
    channel.timer.Cancel();
    channel.joined = joined;
    channel.left = m_robustness;
    // As an event of its own: before the simulation runs, devices are not ready to send.
    channel.timer = Simulator::ScheduleNow(&SsmMember::Report, this, key);
}

void
SsmMember::Report(Key key)
{
    const Ipv4Address source = std::get<0>(key);
    const Ipv4Address group = std::get<1>(key);
    const uint32_t interface = std::get<2>(key);
    Channel& channel = m_channels[key];
    const Bytes report = IgmpReport::ForSource(channel.joined ? IgmpRecordType::ALLOW_NEW_SOURCES
                                                              : IgmpRecordType::BLOCK_OLD_SOURCES,
                                               source,
                                               group)
                             .Encode();
    Ptr<Socket>& socket = m_sockets[interface];
    if (!socket)
    {
        const Ptr<Ipv4> ipv4 = m_node->GetObject<Ipv4>();
        NS_ABORT_MSG_IF(interface >= ipv4->GetNInterfaces(),
                        "SsmMember: node " << m_node->GetId() << " has no IPv4 interface "
                                           << interface << "; it has 0 to "
                                           << ipv4->GetNInterfaces() - 1);
        socket = CreateIgmpSocket(m_node);
        socket->Bind();
        socket->BindToNetDevice(ipv4->GetNetDevice(interface));
        // It is there to send; reports of others are not read.
        socket->ShutdownRecv();
    }
    const Ptr<Packet> packet = Create<Packet>(report.data(), report.size());
    SocketIpTtlTag ttl;
    ttl.SetTtl(REPORT_TTL);
    packet->AddPacketTag(ttl);
    socket->SendTo(packet, 0, InetSocketAddress(IgmpReport::REPORT_ADDRESS, 0));

    if (--channel.left > 0)
    {
        channel.timer = Simulator::Schedule(m_interval, &SsmMember::Report, this, key);
    }
    else if (!channel.joined)
    {
        m_channels.erase(key);
    }
    m_sentTrace(SbiOperation{"N3mb", "IGMPv3 Membership Report"},
                false,
                static_cast<uint32_t>(report.size()));
}

TypeId
SsmRouter::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::SsmRouter")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<SsmRouter>()
            .AddAttribute("Proxy",
                          "Whether to join upstream when the source is behind another router "
                          "(RFC 4605).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&SsmRouter::m_proxy),
                          MakeBooleanChecker())
            .AddTraceSource("RouteChanged",
                            "The interfaces with members of a channel changed.",
                            MakeTraceSourceAccessor(&SsmRouter::m_routeTrace),
                            "ns3::mbs::SsmRouter::RouteCallback")
            .AddTraceSource("Dropped",
                            "A report or one of its records was wrong.",
                            MakeTraceSourceAccessor(&SsmRouter::m_droppedTrace),
                            "ns3::mbs::SsmRouter::DroppedCallback");
    return tid;
}

SsmRouter::SsmRouter() = default;

SsmRouter::~SsmRouter() = default;

void
SsmRouter::Install(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(m_node, "SsmRouter::Install may be called once only");
    const Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    m_routing = ipv4 ? Ipv4StaticRoutingHelper().GetStaticRouting(ipv4) : nullptr;
    NS_ABORT_MSG_UNLESS(m_routing,
                        "SsmRouter: node " << node->GetId()
                                           << " has no Ipv4StaticRouting; install the internet "
                                              "stack first");
    m_node = node;
    TransportAnchor::Attach(node, this);
    m_upstream = CreateObject<SsmMember>();
    m_upstream->Install(node);
    m_socket = CreateIgmpSocket(node);
    m_socket->SetRecvPktInfo(true);
    m_socket->Bind();
    m_socket->SetRecvCallback(MakeCallback(&SsmRouter::OnReceive, this));
}

std::set<uint32_t>
SsmRouter::Outputs(Ipv4Address source, Ipv4Address group) const
{
    std::set<uint32_t> outputs;
    const auto entry = m_channels.find({group, source});
    if (entry != m_channels.end())
    {
        for (const auto& members : entry->second)
        {
            outputs.insert(members.first);
        }
    }
    return outputs;
}

uint64_t
SsmRouter::DroppedCount() const
{
    return m_dropped;
}

void
SsmRouter::DoDispose()
{
    if (m_socket)
    {
        m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
        m_socket->Close();
        m_socket = nullptr;
    }
    if (m_upstream)
    {
        m_upstream->Dispose();
        m_upstream = nullptr;
    }
    m_routing = nullptr;
    m_channels.clear();
    m_joined.clear();
    m_routes.clear();
    if (m_node)
    {
        TransportAnchor::Detach(m_node, this);
        m_node = nullptr;
    }
    Object::DoDispose();
}

void
SsmRouter::OnReceive(Ptr<Socket> socket)
{
    Address from;
    while (const Ptr<Packet> packet = socket->RecvFrom(from))
    {
        Ipv4PacketInfoTag info;
        packet->RemovePacketTag(info);
        Ipv4Header header;
        packet->RemoveHeader(header);
        const int32_t interface =
            m_node->GetObject<Ipv4>()->GetInterfaceForDevice(m_node->GetDevice(info.GetRecvIf()));
        Bytes octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        const auto report = IgmpReport::Decode(octets);
        if (!report)
        {
            Drop(header.GetSource(),
                 std::string("the octets are no IGMPv3 report: ") + ToString(report.Error()));
            continue;
        }
        for (const IgmpGroupRecord& record : report->records)
        {
            OnRecord(record, header.GetSource(), static_cast<uint32_t>(interface));
        }
    }
}

void
SsmRouter::OnRecord(const IgmpGroupRecord& record, Ipv4Address member, uint32_t interface)
{
    if (!record.group.IsMulticast() || record.group.IsLocalMulticast() ||
        !std::all_of(record.sources.begin(), record.sources.end(), &IsSender))
    {
        Drop(member, "a record names a group or source that cannot be routed");
        return;
    }
    switch (record.type)
    {
    case IgmpRecordType::CHANGE_TO_INCLUDE_MODE: {
        // These sources only: the others of this group are left.
        std::vector<Channel> left;
        for (const auto& entry : m_channels)
        {
            if (entry.first.first == record.group &&
                std::find(record.sources.begin(), record.sources.end(), entry.first.second) ==
                    record.sources.end())
            {
                left.push_back(entry.first);
            }
        }
        for (const Channel& channel : left)
        {
            Change(channel, member, interface, false);
        }
        [[fallthrough]];
    }
    case IgmpRecordType::MODE_IS_INCLUDE:
    case IgmpRecordType::ALLOW_NEW_SOURCES:
        for (const Ipv4Address source : record.sources)
        {
            Change({record.group, source}, member, interface, true);
        }
        break;
    case IgmpRecordType::BLOCK_OLD_SOURCES:
        for (const Ipv4Address source : record.sources)
        {
            Change({record.group, source}, member, interface, false);
        }
        break;
    case IgmpRecordType::MODE_IS_EXCLUDE:
    case IgmpRecordType::CHANGE_TO_EXCLUDE_MODE:
        Drop(member, "a record asks for any source, which is not source-specific multicast");
        break;
    }
}

void
SsmRouter::Change(const Channel& channel, Ipv4Address member, uint32_t interface, bool joined)
{
    const auto before = Outputs(channel.second, channel.first);
    if (joined)
    {
        m_channels[channel][interface].insert(member);
    }
    else
    {
        const auto entry = m_channels.find(channel);
        if (entry == m_channels.end())
        {
            return;
        }
        const auto members = entry->second.find(interface);
        if (members != entry->second.end())
        {
            members->second.erase(member);
            if (members->second.empty())
            {
                entry->second.erase(members);
            }
        }
        if (entry->second.empty())
        {
            m_channels.erase(entry);
        }
    }
    const auto after = Outputs(channel.second, channel.first);
    if (after != before)
    {
        Rebuild(channel.first);
        Upstream(channel);
        m_routeTrace(channel.second, channel.first, after);
    }
}

void
SsmRouter::Rebuild(Ipv4Address group)
{
    for (auto route = m_routes.begin(); route != m_routes.end();)
    {
        if (std::get<0>(*route) == group)
        {
            m_routing->RemoveMulticastRoute(std::get<1>(*route), group, std::get<2>(*route));
            route = m_routes.erase(route);
        }
        else
        {
            ++route;
        }
    }
    const Ptr<UdpFastPath> fastPath = m_node->GetObject<UdpFastPath>();
    if (fastPath)
    {
        fastPath->RemoveMulticastRoutes(group);
    }
    // By input interface, because ns-3's look-up does not see the source.
    std::map<uint32_t, std::pair<Ipv4Address, std::set<uint32_t>>> wanted;
    for (const auto& entry : m_channels)
    {
        if (entry.first.first != group)
        {
            continue;
        }
        const int32_t input = Towards(entry.first.second).first;
        if (input < 0)
        {
            Drop(entry.first.second, "there is no route towards this source");
            continue;
        }
        auto& route = wanted[static_cast<uint32_t>(input)];
        route.first = entry.first.second;
        for (const auto& members : entry.second)
        {
            // Never back to where the packets come from.
            if (members.first != static_cast<uint32_t>(input))
            {
                route.second.insert(members.first);
            }
        }
    }
    for (const auto& entry : wanted)
    {
        const std::vector<uint32_t> outputs(entry.second.second.begin(), entry.second.second.end());
        if (!outputs.empty())
        {
            m_routing->AddMulticastRoute(entry.second.first, group, entry.first, outputs);
            if (fastPath)
            {
                fastPath->AddMulticastRoute(group, entry.first, outputs);
            }
            m_routes.insert({group, entry.second.first, entry.first});
        }
    }
}

void
SsmRouter::Upstream(const Channel& channel)
{
    const auto joined = m_joined.find(channel);
    if (m_channels.count(channel) == 0)
    {
        if (joined != m_joined.end())
        {
            m_upstream->Leave(channel.second, channel.first, joined->second);
            m_joined.erase(joined);
        }
        return;
    }
    const auto towards = Towards(channel.second);
    // A source on a link of this router has no router before it.
    if (m_proxy && joined == m_joined.end() && towards.first >= 0 && !towards.second.IsAny())
    {
        m_joined[channel] = static_cast<uint32_t>(towards.first);
        m_upstream->Join(channel.second, channel.first, static_cast<uint32_t>(towards.first));
    }
}

std::pair<int32_t, Ipv4Address>
SsmRouter::Towards(Ipv4Address source) const
{
    const Ptr<Ipv4> ipv4 = m_node->GetObject<Ipv4>();
    Ipv4Header header;
    header.SetDestination(source);
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    const Ptr<Ipv4Route> route =
        ipv4->GetRoutingProtocol()->RouteOutput(nullptr, header, nullptr, error);
    if (!route)
    {
        return {-1, Ipv4Address::GetAny()};
    }
    return {ipv4->GetInterfaceForDevice(route->GetOutputDevice()), route->GetGateway()};
}

void
SsmRouter::Drop(Ipv4Address peer, const std::string& reason)
{
    ++m_dropped;
    m_droppedTrace(peer, reason);
}

} // namespace ns3::mbs
