// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ap-transport.h"

#include "mbs-octet-stream.h"
#include "mbs-transport-anchor.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(ApEndpoint);

TypeId
ApEndpoint::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::ApEndpoint").SetParent<Object>().SetGroupName("Mbs");
    return tid;
}

TypeId
ApEndpoint::AddTransportAttributes(TypeId tid, uint16_t port)
{
    return tid
        .AddAttribute("Port",
                      "TCP port on which the one side listens and to which the other connects.",
                      UintegerValue(port),
                      MakeUintegerAccessor(&ApEndpoint::m_port),
                      MakeUintegerChecker<uint16_t>(1))
        .AddAttribute("ReconnectInterval",
                      "Pause before a client opens a connection that was lost again (time).",
                      TimeValue(Seconds(1)),
                      MakeTimeAccessor(&ApEndpoint::m_reconnectInterval),
                      MakeTimeChecker(NanoSeconds(1)))
        .AddTraceSource("MessageSent",
                        "A PDU was given to TCP, or is kept until the connection is up.",
                        MakeTraceSourceAccessor(&ApEndpoint::m_sentTrace),
                        "ns3::mbs::ApEndpoint::MessageCallback")
        .AddTraceSource("PduSent",
                        "A PDU was given to TCP, or is kept until the connection is up.",
                        MakeTraceSourceAccessor(&ApEndpoint::m_pduSentTrace),
                        "ns3::mbs::ApEndpoint::PduCallback")
        .AddTraceSource("PduReceived",
                        "A whole PDU came from a peer.",
                        MakeTraceSourceAccessor(&ApEndpoint::m_pduReceivedTrace),
                        "ns3::mbs::ApEndpoint::PduCallback")
        .AddTraceSource("Dropped",
                        "Something wrong came from a peer, or a PDU could not be sent.",
                        MakeTraceSourceAccessor(&ApEndpoint::m_droppedTrace),
                        "ns3::mbs::ApEndpoint::DroppedCallback");
}

ApEndpoint::ApEndpoint(std::string_view interface)
    : m_interface(interface)
{
}

ApEndpoint::~ApEndpoint() = default;

void
ApEndpoint::Install(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(m_node, "ApEndpoint::Install may be called once only");
    m_node = node;
    TransportAnchor::Attach(node, this);
}

void
ApEndpoint::Listen()
{
    NS_ABORT_MSG_UNLESS(m_node, "ApEndpoint::Install must come before Listen");
    m_listener = OctetListener::Listen(m_node, m_port, [this](const Ptr<OctetStream>& stream) {
        Adopt(stream->Peer(), stream);
    });
}

void
ApEndpoint::Close()
{
    m_listener = nullptr;
    std::map<Ipv4Address, Connection> peers;
    peers.swap(m_peers);
    for (auto& entry : peers)
    {
        entry.second.attempt.Cancel();
        if (entry.second.stream)
        {
            entry.second.stream->Close();
        }
    }
}

void
ApEndpoint::Connect(Ipv4Address peer)
{
    NS_ABORT_MSG_UNLESS(m_node, "ApEndpoint::Install must come before Connect");
    if (m_peers.count(peer) == 0)
    {
        m_peers[peer].client = true;
        Open(peer);
    }
}

bool
ApEndpoint::Send(Ipv4Address peer, ByteView pdu, std::string_view messageName)
{
    const auto entry = m_peers.find(peer);
    if (entry == m_peers.end() || pdu.empty() || pdu.size() > MAX_PDU_SIZE)
    {
        Drop(peer,
             entry == m_peers.end() ? "a PDU was to be sent without a connection"
                                    : "a PDU was to be sent that is empty or too long");
        return false;
    }
    Connection& connection = entry->second;
    ByteWriter writer(PREFIX_SIZE + pdu.size());
    writer.U32(static_cast<uint32_t>(pdu.size())).Append(pdu);
    if (connection.stream)
    {
        connection.stream->Write(writer.Get());
    }
    else
    {
        Append(connection.out, writer.Get());
    }
    m_pduSentTrace(peer, pdu);
    m_sentTrace(SbiOperation{m_interface, messageName},
                false,
                static_cast<uint32_t>(writer.Size()));
    return true;
}

void
ApEndpoint::SetReceiver(Receiver receiver)
{
    m_receiver = std::move(receiver);
}

void
ApEndpoint::SetConnected(Connected connected)
{
    m_connected = std::move(connected);
}

bool
ApEndpoint::IsUp(Ipv4Address peer) const
{
    const auto entry = m_peers.find(peer);
    return entry != m_peers.end() && entry->second.stream && entry->second.stream->IsUp();
}

uint64_t
ApEndpoint::DroppedCount() const
{
    return m_dropped;
}

void
ApEndpoint::DoDispose()
{
    // Nothing is sent from here: the node's devices may be gone already.
    m_listener = nullptr;
    for (auto& entry : m_peers)
    {
        entry.second.attempt.Cancel();
        if (entry.second.stream)
        {
            entry.second.stream->Abandon();
        }
    }
    m_peers.clear();
    m_receiver = nullptr;
    m_connected = nullptr;
    if (m_node)
    {
        TransportAnchor::Detach(m_node, this);
        m_node = nullptr;
    }
    Object::DoDispose();
}

void
ApEndpoint::Open(Ipv4Address peer)
{
    OctetStream::Events events;
    events.received = [this, peer](ByteView octets) { OnReceived(peer, octets); };
    events.closed = [this, peer]() { OnClosed(peer); };
    events.connected = [this, peer]() {
        const Connected connected = m_connected;
        if (connected)
        {
            connected(peer);
        }
    };
    Connection& connection = m_peers[peer];
    connection.stream = OctetStream::Connect(m_node, peer, m_port, events);
    connection.stream->Write(connection.out);
    connection.out.clear();
}

void
ApEndpoint::Adopt(Ipv4Address peer, Ptr<OctetStream> stream)
{
    Connection& connection = m_peers[peer];
    if (connection.stream)
    {
        // The peer opened a second connection: it has lost the first.
        connection.stream->Close();
        connection.in.Clear();
    }
    connection.attempt.Cancel();
    connection.client = false;
    OctetStream::Events events;
    events.received = [this, peer](ByteView octets) { OnReceived(peer, octets); };
    events.closed = [this, peer]() { OnClosed(peer); };
    stream->SetEvents(std::move(events));
    connection.stream = stream;
}

void
ApEndpoint::OnReceived(Ipv4Address peer, ByteView octets)
{
    // The receiver may close or dispose of this endpoint and let go of it.
    const Ptr<ApEndpoint> self(this);
    Connection& connection = m_peers[peer];
    const Ptr<OctetStream> stream = connection.stream;
    connection.in.Append(octets);
    while (true)
    {
        const auto entry = m_peers.find(peer);
        if (entry == m_peers.end() || entry->second.stream != stream)
        {
            return;
        }
        const auto next = entry->second.in.Next();
        if (!next && next.Error() == DecodeError::TRUNCATED)
        {
            return;
        }
        if (!next)
        {
            Drop(peer,
                 "a length of " + std::to_string(entry->second.in.NextSize()) +
                     " octets is out of range");
            Lose(peer);
            return;
        }
        Bytes pdu = next->ToBytes();
        m_pduReceivedTrace(peer, pdu);
        const Receiver receiver = m_receiver;
        if (receiver)
        {
            receiver(peer, std::move(pdu));
        }
    }
}

void
ApEndpoint::OnClosed(Ipv4Address peer)
{
    Connection& connection = m_peers[peer];
    connection.stream = nullptr;
    connection.in.Clear();
    if (connection.client)
    {
        connection.attempt =
            Simulator::Schedule(m_reconnectInterval, &ApEndpoint::Open, this, peer);
    }
    else
    {
        m_peers.erase(peer);
    }
}

void
ApEndpoint::Lose(Ipv4Address peer)
{
    const auto entry = m_peers.find(peer);
    if (entry != m_peers.end())
    {
        // The trace's listener may have closed everything already.
        entry->second.stream->Close();
        OnClosed(peer);
    }
}

void
ApEndpoint::Drop(Ipv4Address peer, const std::string& reason)
{
    ++m_dropped;
    m_droppedTrace(peer, reason);
}

} // namespace ns3::mbs
