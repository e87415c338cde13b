// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-transport-topology.h"

#include "ns3/error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-factory.h"

namespace ns3::mbs
{

namespace
{

/** @param what a function to call */
void
Call(std::function<void()> what)
{
    what();
}

/** @param packet with IPv4 and TCP headers @return octets behind them */
uint32_t
Payload(Ptr<const Packet> packet)
{
    const Ptr<Packet> copy = packet->Copy();
    Ipv4Header ip;
    copy->RemoveHeader(ip);
    if (ip.GetProtocol() != 6)
    {
        return 0;
    }
    TcpHeader tcp;
    copy->RemoveHeader(tcp);
    return copy->GetSize();
}

/** @param total where to add @param packet what */
void
AddPayload(uint64_t* total, Ptr<const Packet> packet, Ptr<Ipv4> /* ipv4 */, uint32_t /* iface */)
{
    *total += Payload(packet);
}

} // namespace

TwoNodes::TwoNodes(uint32_t milliseconds)
    : delay(MilliSeconds(milliseconds))
{
    nodes.Create(2);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue(std::to_string(RATE) + "bps"));
    link.SetChannelAttribute("Delay", TimeValue(delay));
    devices = link.Install(nodes);
    InternetStackHelper stack;
    stack.Install(nodes);
    Ipv4AddressHelper addresses("10.1.0.0", "255.255.255.0");
    interfaces = addresses.Assign(devices);
}

TwoNodes::~TwoNodes()
{
    Simulator::Destroy();
}

Ptr<Node>
TwoNodes::At(uint32_t index) const
{
    return nodes.Get(index);
}

Ipv4Address
TwoNodes::Address(uint32_t index) const
{
    return interfaces.GetAddress(index);
}

Time
TwoNodes::OneWay(uint32_t octets) const
{
    return delay + NanoSeconds(static_cast<uint64_t>(octets) * 8 * 1000000000 / RATE);
}

void
TwoNodes::Lose(uint32_t index, const std::list<uint32_t>& frames) const
{
    Ptr<ReceiveListErrorModel> errors = CreateObject<ReceiveListErrorModel>();
    errors->SetList(frames);
    devices.Get(index)->SetAttribute("ReceiveErrorModel", PointerValue(errors));
}

void
TwoNodes::RunUntil(double seconds)
{
    Simulator::Stop(Seconds(seconds) - Simulator::Now());
    Simulator::Run();
}

void
At(Time when, std::function<void()> what)
{
    Simulator::Schedule(when, &Call, what);
}

void
RawTcpPeer::Connect(Ptr<Node> node, Ipv4Address to, uint16_t port, Bytes octets)
{
    m_octets = std::move(octets);
    m_socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
    m_socket->SetConnectCallback(MakeCallback(&RawTcpPeer::OnConnect, this),
                                 MakeCallback(&RawTcpPeer::OnClose, this));
    m_socket->SetCloseCallbacks(MakeCallback(&RawTcpPeer::OnClose, this),
                                MakeCallback(&RawTcpPeer::OnClose, this));
    m_socket->SetRecvCallback(MakeCallback(&RawTcpPeer::OnReceive, this));
    m_socket->Bind();
    m_socket->Connect(InetSocketAddress(to, port));
}

void
RawTcpPeer::Listen(Ptr<Node> node, uint16_t port, Bytes octets)
{
    m_octets = std::move(octets);
    m_listens = true;
    m_socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
    m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
    m_socket->Listen();
    m_socket->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const ns3::Address&>(),
                                MakeCallback(&RawTcpPeer::OnAccept, this));
}

void
RawTcpPeer::Say(const Bytes& octets)
{
    m_socket->Send(Create<Packet>(octets.data(), octets.size()));
}

void
RawTcpPeer::Close()
{
    m_socket->Close();
}

void
RawTcpPeer::OnConnect(Ptr<Socket> /* socket */)
{
    Say(m_octets);
}

void
RawTcpPeer::OnAccept(Ptr<Socket> socket, const ns3::Address& /* from */)
{
    ++accepted;
    socket->SetRecvCallback(MakeCallback(&RawTcpPeer::OnReceive, this));
    socket->SetCloseCallbacks(MakeCallback(&RawTcpPeer::OnClose, this),
                              MakeCallback(&RawTcpPeer::OnClose, this));
}

void
RawTcpPeer::OnReceive(Ptr<Socket> socket)
{
    while (Ptr<Packet> packet = socket->Recv())
    {
        if (packet->GetSize() == 0)
        {
            break;
        }
        Bytes part(packet->GetSize());
        packet->CopyData(part.data(), part.size());
        heard.insert(heard.end(), part.begin(), part.end());
    }
    if (m_listens && m_octets.empty())
    {
        socket->Close();
    }
    else if (m_listens)
    {
        socket->Send(Create<Packet>(m_octets.data(), m_octets.size()));
    }
}

void
RawTcpPeer::OnClose(Ptr<Socket> /* socket */)
{
    closed = true;
}

TcpOctets::TcpOctets(Ptr<Node> node)
{
    const Ptr<Ipv4L3Protocol> ip = node->GetObject<Ipv4L3Protocol>();
    ip->TraceConnectWithoutContext("Tx", MakeBoundCallback(&AddPayload, &sent));
    ip->TraceConnectWithoutContext("Rx", MakeBoundCallback(&AddPayload, &received));
}

} // namespace ns3::mbs
