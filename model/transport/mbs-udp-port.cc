// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-udp-port.h"

#include "ns3/inet-socket-address.h"
#include "ns3/integer.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <utility>

namespace ns3::mbs
{

namespace
{

/**
 * @param socket a UDP socket
 * @return true if none of its attributes asks for what the short way does not do
 */
bool
IsPlain(const Socket& socket)
{
    UintegerValue ttl;
    socket.GetAttribute("IpTtl", ttl);
    UintegerValue multicastTtl;
    socket.GetAttribute("IpMulticastTtl", multicastTtl);
    IntegerValue multicastInterface;
    socket.GetAttribute("IpMulticastIf", multicastInterface);
    // It is emptied at once, so that it need not hold more than the largest datagram.
    UintegerValue buffer;
    socket.GetAttribute("RcvBufSize", buffer);
    return ttl.Get() == 0 && multicastTtl.Get() == 0 && multicastInterface.Get() == -1 &&
           buffer.Get() >= UINT16_MAX;
}

} // namespace

Ptr<UdpPort>
UdpPort::Open(const Ptr<Node>& node, Ipv4Address address, uint16_t port, Receiver receiver)
{
    const Ptr<Socket> socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    if (socket->Bind(InetSocketAddress(address, port)) != 0)
    {
        return nullptr;
    }
    const Ptr<UdpFastPath> fastPath = IsPlain(*socket) ? node->GetObject<UdpFastPath>() : nullptr;
    // Not through Create(), for which the constructor would have to be public.
    return Ptr<UdpPort>(new UdpPort(socket, fastPath, std::move(receiver)), false);
}

UdpPort::UdpPort(const Ptr<Socket>& socket, const Ptr<UdpFastPath>& fastPath, Receiver receiver)
    : m_socket(socket),
      m_fastPath(fastPath),
      m_receiver(std::move(receiver))
{
    Address bound;
    m_socket->GetSockName(bound);
    const InetSocketAddress own = InetSocketAddress::ConvertFrom(bound);
    m_ends.source = own.GetIpv4();
    m_ends.sourcePort = own.GetPort();
    if (!m_receiver)
    {
        return;
    }
    m_socket->SetRecvCallback(MakeCallback(&UdpPort::Receive, this));
    if (m_fastPath)
    {
        m_fastPath->Listen(m_ends.source, m_ends.sourcePort, this);
    }
}

UdpPort::~UdpPort()
{
    Close();
}

void
UdpPort::SendTo(const Ptr<Packet>& packet, Ipv4Address address, uint16_t port)
{
    if (!m_socket)
    {
        return;
    }
    m_ends.destination = address;
    m_ends.destinationPort = port;
    if (!m_fastPath || !m_fastPath->Send(packet, m_ends))
    {
        m_socket->SendTo(packet, 0, InetSocketAddress(address, port));
    }
}

void
UdpPort::Close()
{
    if (m_fastPath && m_receiver)
    {
        m_fastPath->StopListening(m_ends.source, m_ends.sourcePort);
    }
    m_fastPath = nullptr;
    if (m_socket)
    {
        m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
        m_socket->Close();
        // Later versions of ns-3 give a closed socket another port when it is used again.
        m_socket = nullptr;
    }
}

void
UdpPort::Receive(Ptr<Socket> socket)
{
    // Whoever gets a packet may close the port.
    const Ptr<UdpPort> self(this);
    while (const Ptr<Packet> packet = socket->Recv())
    {
        m_receiver(packet);
    }
}

void
UdpPort::Deliver(const Ptr<Packet>& packet) const
{
    m_receiver(packet);
}

} // namespace ns3::mbs
