// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-udp-fast-path.h"

#include "mbs-udp-port.h"

#include "ns3/mbs-ipv4-packet.h"

#include "ns3/assert.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/node.h"
#include "ns3/queue-disc.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(UdpFastPath);

namespace
{

constexpr uint32_t IP_SIZE = 20; //!< octets of an IPv4 header without options
constexpr uint32_t UDP_SIZE = 8; //!< octets of a UDP header

} // namespace

TypeId
UdpFastPath::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::UdpFastPath")
                            .SetParent<Object>()
                            .SetGroupName("Mbs")
                            .AddConstructor<UdpFastPath>();
    return tid;
}

UdpFastPath::UdpFastPath() = default;
UdpFastPath::~UdpFastPath() = default;

void
UdpFastPath::DoDispose()
{
    m_ipv4 = nullptr;
    m_inputs.clear();
    m_takers.clear();
    m_paths.clear();
    m_groups.clear();
    Object::DoDispose();
}

void
UdpFastPath::Attach(Ptr<NetDevice> device)
{
    if (Node::ChecksumEnabled())
    {
        return;
    }
    const Ptr<Node> node = device->GetNode();
    Ptr<UdpFastPath> self = node->GetObject<UdpFastPath>();
    if (!self)
    {
        self = CreateObject<UdpFastPath>();
        self->m_ipv4 = node->GetObject<Ipv4>();
        UintegerValue ttl;
        self->m_ipv4->GetAttribute("DefaultTtl", ttl);
        self->m_ttl = static_cast<uint8_t>(ttl.Get());
        node->AggregateObject(self);
    }
    const int32_t interface = self->m_ipv4->GetInterfaceForDevice(device);
    NS_ASSERT_MSG(interface >= 0, "the device has no IPv4 interface");
    const auto number = static_cast<uint32_t>(interface);
    if (device->GetIfIndex() >= self->m_inputs.size())
    {
        self->m_inputs.resize(device->GetIfIndex() + std::size_t{1});
    }
    self->m_inputs[device->GetIfIndex()] = {true,
                                            number,
                                            self->m_ipv4->GetAddress(number, 0).GetLocal()};
    device->SetReceiveCallback(MakeCallback(&UdpFastPath::Receive, PeekPointer(self)));
}

bool
UdpFastPath::Receive(Ptr<NetDevice> device,
                     Ptr<const Packet> packet,
                     uint16_t protocol,
                     const Address& from)
{
    if (protocol != Ipv4L3Protocol::PROT_NUMBER || !Take(*device, packet))
    {
        // What the node would do: these links carry nothing but IPv4.
        const Ptr<Ipv4L3Protocol> stack = m_ipv4->GetObject<Ipv4L3Protocol>();
        stack
            ->Receive(device, packet, protocol, from, device->GetAddress(), NetDevice::PACKET_HOST);
    }
    return true;
}

void
UdpFastPath::Listen(Ipv4Address address, uint16_t port, UdpPort* taker)
{
    m_takers[{address, port}] = taker;
}

void
UdpFastPath::StopListening(Ipv4Address address, uint16_t port)
{
    m_takers.erase({address, port});
}

bool
UdpFastPath::Send(const Ptr<Packet>& packet, const Ends& ends)
{
    Path* path = FindPath(ends.source, ends.destination);
    const uint32_t size = packet->GetSize() + UDP_SIZE;
    if (path == nullptr || size + IP_SIZE > UINT16_MAX)
    {
        return false;
    }
    UdpHeader udp;
    udp.SetSourcePort(ends.sourcePort);
    udp.SetDestinationPort(ends.destinationPort);
    packet->AddHeader(udp);
    Ipv4Header ip;
    ip.SetSource(path->source);
    ip.SetDestination(ends.destination);
    ip.SetProtocol(UdpL4Protocol::PROT_NUMBER);
    ip.SetPayloadSize(static_cast<uint16_t>(size));
    ip.SetTtl(m_ttl);
    ip.SetMayFragment();
    ip.SetIdentification(path->identification++);
    if (CanLeave(path->output, size + IP_SIZE))
    {
        packet->AddHeader(ip);
        path->output.device->Send(packet, path->output.everybody, Ipv4L3Protocol::PROT_NUMBER);
    }
    else
    {
        // IPv4 makes fragments, or says why it cannot send.
        m_ipv4->SendWithHeader(packet, ip, path->route);
    }
    return true;
}

void
UdpFastPath::AddMulticastRoute(Ipv4Address group,
                               uint32_t input,
                               const std::vector<uint32_t>& outputs)
{
    std::vector<Output> found;
    for (const uint32_t interface : outputs)
    {
        const auto output = MakeOutput(interface);
        if (!output)
        {
            // The IP stack knows the route as well.
            return;
        }
        found.push_back(*output);
    }
    m_groups[{group, input}] = std::move(found);
}

void
UdpFastPath::RemoveMulticastRoutes(Ipv4Address group)
{
    m_groups.erase(m_groups.lower_bound({group, 0}), m_groups.upper_bound({group, UINT32_MAX}));
}

std::optional<UdpFastPath::Output>
UdpFastPath::MakeOutput(uint32_t interface) const
{
    const Ptr<NetDevice> device = m_ipv4->GetNetDevice(interface);
    const Ptr<TrafficControlLayer> control = m_ipv4->GetObject<TrafficControlLayer>();
    if (!device->IsPointToPoint() || device->NeedsArp() ||
        (control && control->GetRootQueueDiscOnDevice(device)))
    {
        return std::nullopt;
    }
    const auto queues = device->GetObject<NetDeviceQueueInterface>();
    if (queues && queues->GetNTxQueues() != 1)
    {
        return std::nullopt;
    }
    return Output{device,
                  interface,
                  device->GetBroadcast(),
                  queues ? queues->GetTxQueue(0) : nullptr};
}

bool
UdpFastPath::CanLeave(const Output& output, uint32_t size) const
{
    return (!output.queue || !output.queue->IsStopped()) && size <= output.device->GetMtu() &&
           m_ipv4->IsUp(output.number);
}

UdpFastPath::Path*
UdpFastPath::FindPath(Ipv4Address source, Ipv4Address destination)
{
    const auto known = m_paths.find({source, destination});
    if (known != m_paths.end())
    {
        return &known->second;
    }
    if (!m_ipv4 || destination.IsBroadcast() || m_ipv4->GetInterfaceForAddress(destination) >= 0)
    {
        return nullptr;
    }
    Ipv4Header header;
    header.SetDestination(destination);
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    const Ptr<Ipv4Route> route =
        m_ipv4->GetRoutingProtocol()->RouteOutput(nullptr, header, nullptr, error);
    const int32_t interface = route ? m_ipv4->GetInterfaceForDevice(route->GetOutputDevice()) : -1;
    const auto output = interface < 0 ? std::nullopt : MakeOutput(static_cast<uint32_t>(interface));
    if (!output)
    {
        return nullptr;
    }
    const Path path{*output, route, source.IsAny() ? route->GetSource() : source};
    return &m_paths.emplace(std::make_pair(source, destination), path).first->second;
}

UdpPort*
UdpFastPath::FindTaker(Ipv4Address destination, uint16_t port) const
{
    auto taker = m_takers.find({destination, port});
    if (taker == m_takers.end())
    {
        taker = m_takers.find({Ipv4Address::GetAny(), port});
    }
    return taker == m_takers.end() ? nullptr : taker->second;
}

bool
UdpFastPath::Take(const NetDevice& device, const Ptr<const Packet>& packet)
{
    const uint32_t place = device.GetIfIndex();
    if (place >= m_inputs.size() || !m_inputs[place].attached)
    {
        return false;
    }
    const Input& input = m_inputs[place];
    std::array<uint8_t, PlainUdpHead::SIZE> octets;
    const uint32_t copied = packet->CopyData(octets.data(), octets.size());
    const auto head = PeekPlainUdp(ByteView(octets.data(), copied), packet->GetSize());
    if (!head)
    {
        return false;
    }
    const bool multicast = head->destination.IsMulticast();
    if ((!multicast && head->destination != input.address) || !m_ipv4->IsUp(input.number))
    {
        return false;
    }
    const std::pair<Ipv4Address, uint32_t> group{head->destination, input.number};
    const auto route = multicast ? m_groups.find(group) : m_groups.end();
    const bool forward = route != m_groups.end();
    if (forward)
    {
        if (!m_ipv4->IsForwarding(input.number))
        {
            return false;
        }
        const auto& outputs = route->second;
        const bool all =
            head->ttl > 1 && std::all_of(outputs.begin(), outputs.end(), [&](const Output& one) {
                return CanLeave(one, packet->GetSize());
            });
        if (!all)
        {
            return false;
        }
    }
    const Ptr<UdpPort> taker(FindTaker(head->destination, head->port));
    if (taker)
    {
        const Ptr<Packet> payload = packet->Copy();
        payload->RemoveAtStart(PlainUdpHead::SIZE);
        taker->Deliver(payload);
    }
    if (forward)
    {
        // Who has taken it may have changed the routes.
        const auto still = taker ? m_groups.find(group) : route;
        if (still != m_groups.end())
        {
            Forward(packet, still->second);
        }
    }
    return taker || forward;
}

void
UdpFastPath::Forward(const Ptr<const Packet>& packet, const std::vector<Output>& outputs)
{
    const Ptr<Packet> onward = packet->Copy();
    Ipv4Header ip;
    onward->RemoveHeader(ip);
    ip.SetTtl(static_cast<uint8_t>(ip.GetTtl() - 1));
    onward->AddHeader(ip);
    for (std::size_t i = 0; i < outputs.size(); ++i)
    {
        // The last one needs no copy.
        outputs[i].device->Send(i + 1 < outputs.size() ? onward->Copy() : onward,
                                outputs[i].everybody,
                                Ipv4L3Protocol::PROT_NUMBER);
    }
}

} // namespace ns3::mbs
