// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-tcp-stream.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Octets of either buffer of a socket. */
constexpr uint32_t BUFFER_SIZE = 1U << 20;

/** Octets of a segment: 1500 less 20 of IP, 20 of TCP and 12 of the time stamp option. */
constexpr uint32_t SEGMENT_SIZE = 1448;

/** Segments of the initial congestion window (RFC 6928). */
constexpr uint32_t INITIAL_WINDOW = 10;

/** Seconds until the first SYN is repeated (RFC 6298 clause 2.1; ns-3's default is 3). */
constexpr int64_t SYN_TIMEOUT = 1;

/** Octets already taken that are kept in the buffer before it is moved up. */
constexpr std::size_t COMPACT_LIMIT = 1U << 16;

} // namespace

TcpStream::TcpStream(Ptr<Socket> socket, const InetSocketAddress& peer, bool up)
    : OctetStream(peer.GetIpv4(), peer.GetPort(), up),
      m_socket(socket)
{
    Attach();
}

Ptr<TcpStream>
TcpStream::Connect(Ptr<Node> node, Ipv4Address peer, uint16_t port, Events events)
{
    const Ptr<Socket> socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
    Configure(socket);
    const Ptr<TcpStream> stream(new TcpStream(socket, InetSocketAddress(peer, port), false), false);
    stream->SetEvents(std::move(events));
    // As an event of its own: before the simulation runs, devices and queues are not ready to send.
    Simulator::ScheduleNow(&TcpStream::Open, stream);
    return stream;
}

Ptr<TcpStream>
TcpStream::Adopt(Ptr<Socket> socket, const Address& from)
{
    return {new TcpStream(socket, InetSocketAddress::ConvertFrom(from), true), false};
}

void
TcpStream::Configure(Ptr<Socket> socket)
{
    socket->SetAttribute("SndBufSize", UintegerValue(BUFFER_SIZE));
    socket->SetAttribute("RcvBufSize", UintegerValue(BUFFER_SIZE));
    socket->SetAttribute("SegmentSize", UintegerValue(SEGMENT_SIZE));
    socket->SetAttribute("InitialCwnd", UintegerValue(INITIAL_WINDOW));
    socket->SetAttribute("ConnTimeout", TimeValue(Seconds(SYN_TIMEOUT)));
    socket->SetAttribute("TcpNoDelay", BooleanValue(true));
}

TcpStream::~TcpStream()
{
    Abandon();
}

void
TcpStream::Write(ByteView octets)
{
    if (!m_socket)
    {
        return;
    }
    Append(m_waiting, octets);
    Flush();
}

std::size_t
TcpStream::Waiting() const
{
    return m_waiting.size() - m_taken;
}

void
TcpStream::Close()
{
    if (m_socket)
    {
        Ptr<Socket> socket = m_socket;
        Abandon();
        socket->Close();
    }
}

void
TcpStream::Abandon()
{
    if (m_socket)
    {
        Detach();
        m_socket = nullptr;
    }
    m_up = false;
    m_events = Events();
}

void
TcpStream::Open()
{
    if (m_socket &&
        (m_socket->Bind() != 0 || m_socket->Connect(InetSocketAddress(Peer(), PeerPort())) != 0))
    {
        // No route; the user learns it as it learns of any connection that does not come up.
        OnClosed(m_socket);
    }
}

void
TcpStream::Attach()
{
    m_socket->SetConnectCallback(MakeCallback(&TcpStream::OnConnected, this),
                                 MakeCallback(&TcpStream::OnClosed, this));
    m_socket->SetCloseCallbacks(MakeCallback(&TcpStream::OnClosed, this),
                                MakeCallback(&TcpStream::OnClosed, this));
    m_socket->SetRecvCallback(MakeCallback(&TcpStream::OnReceive, this));
    m_socket->SetSendCallback(MakeCallback(&TcpStream::OnSpace, this));
}

void
TcpStream::Detach()
{
    const auto none = MakeNullCallback<void, Ptr<Socket>>();
    m_socket->SetConnectCallback(none, none);
    m_socket->SetCloseCallbacks(none, none);
    m_socket->SetRecvCallback(none);
    m_socket->SetSendCallback(MakeNullCallback<void, Ptr<Socket>, uint32_t>());
}

void
TcpStream::Flush()
{
    while (m_up && m_taken < m_waiting.size())
    {
        const std::size_t size =
            std::min<std::size_t>(m_socket->GetTxAvailable(), m_waiting.size() - m_taken);
        if (size == 0 || m_socket->Send(Create<Packet>(m_waiting.data() + m_taken, size)) < 0)
        {
            break;
        }
        m_taken += size;
    }
    if (m_taken == m_waiting.size())
    {
        // The memory is used again, but perhaps much later.
        SecureWipe(m_waiting.data(), m_waiting.size());
        m_waiting.clear();
        m_taken = 0;
    }
    else if (m_taken > COMPACT_LIMIT)
    {
        m_waiting = Bytes(m_waiting.begin() + m_taken, m_waiting.end());
        m_taken = 0;
    }
}

void
TcpStream::OnConnected(Ptr<Socket> /* socket */)
{
    // The user may let go of the stream, and with it of the function that is running.
    const Ptr<TcpStream> self(this);
    m_up = true;
    Flush();
    const auto connected = m_events.connected;
    if (connected)
    {
        connected();
    }
}

void
TcpStream::OnReceive(Ptr<Socket> /* socket */)
{
    const Ptr<TcpStream> self(this);
    while (m_socket)
    {
        const Ptr<Packet> packet = m_socket->Recv();
        if (!packet || packet->GetSize() == 0)
        {
            return;
        }
        m_read.resize(packet->GetSize());
        packet->CopyData(m_read.data(), packet->GetSize());
        const auto received = m_events.received;
        if (received)
        {
            received(m_read);
        }
        SecureWipe(m_read.data(), m_read.size());
    }
}

void
TcpStream::OnSpace(Ptr<Socket> /* socket */, uint32_t /* space */)
{
    const Ptr<TcpStream> self(this);
    Flush();
    if (m_up && m_waiting.empty())
    {
        const auto writable = m_events.writable;
        if (writable)
        {
            writable();
        }
    }
}

void
TcpStream::OnClosed(Ptr<Socket> socket)
{
    if (!m_socket)
    {
        return;
    }
    const Ptr<TcpStream> self(this);
    const auto closed = m_events.closed;
    Abandon();
    // The other end closed: so does this one. Not from within TCP's own processing of the FIN.
    Simulator::ScheduleNow(&Socket::Close, socket);
    if (closed)
    {
        closed();
    }
}

TcpListener::TcpListener(Ptr<Socket> socket, Accepted accepted)
    : m_socket(socket),
      m_accepted(std::move(accepted))
{
    m_socket->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                MakeCallback(&TcpListener::OnAccepted, this));
}

Ptr<TcpListener>
TcpListener::Listen(Ptr<Node> node, uint16_t port, Accepted accepted)
{
    const Ptr<Socket> socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
    TcpStream::Configure(socket);
    NS_ABORT_MSG_IF(socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port)) != 0,
                    "TCP port " << port << " of node " << node->GetId()
                                << " is in use already; choose another from 1 to 65535");
    socket->Listen();
    return {new TcpListener(socket, std::move(accepted)), false};
}

TcpListener::~TcpListener()
{
    m_socket->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                MakeNullCallback<void, Ptr<Socket>, const Address&>());
    // A listening socket closes without sending anything.
    m_socket->Close();
}

void
TcpListener::OnAccepted(Ptr<Socket> socket, const Address& from)
{
    // The user may let go of the listener.
    const auto accepted = m_accepted;
    accepted(TcpStream::Adopt(socket, from));
}

} // namespace ns3::mbs
