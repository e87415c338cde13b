// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-n2-transport.h"

#include "mbs-octet-stream.h"
#include "mbs-transport-anchor.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(N2Endpoint);

TypeId
N2Endpoint::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::N2Endpoint")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<N2Endpoint>()
            .AddAttribute("Port",
                          "TCP port on which an AMF listens and to which a gNB connects.",
                          UintegerValue(PORT),
                          MakeUintegerAccessor(&N2Endpoint::m_port),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("ReconnectInterval",
                          "Pause before a client opens a connection that was lost again (time).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&N2Endpoint::m_reconnectInterval),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddTraceSource("MessageSent",
                            "A PDU was given to TCP, or is kept until the connection is up.",
                            MakeTraceSourceAccessor(&N2Endpoint::m_sentTrace),
                            "ns3::mbs::N2Endpoint::MessageCallback")
            .AddTraceSource("PduSent",
                            "A PDU was given to TCP, or is kept until the connection is up.",
                            MakeTraceSourceAccessor(&N2Endpoint::m_pduSentTrace),
                            "ns3::mbs::N2Endpoint::PduCallback")
            .AddTraceSource("PduReceived",
                            "A whole PDU came from a peer.",
                            MakeTraceSourceAccessor(&N2Endpoint::m_pduReceivedTrace),
                            "ns3::mbs::N2Endpoint::PduCallback")
            .AddTraceSource("Dropped",
                            "Something wrong came from a peer, or a PDU could not be sent.",
                            MakeTraceSourceAccessor(&N2Endpoint::m_droppedTrace),
                            "ns3::mbs::N2Endpoint::DroppedCallback");
    return tid;
}

N2Endpoint::N2Endpoint() = default;

N2Endpoint::~N2Endpoint() = default;

void
N2Endpoint::Install(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(m_node, "N2Endpoint::Install may be called once only");
    m_node = node;
    TransportAnchor::Attach(node, this);
}

void
N2Endpoint::Listen()
{
    NS_ABORT_MSG_UNLESS(m_node, "N2Endpoint::Install must come before Listen");
    m_listener = OctetListener::Listen(m_node, m_port, [this](const Ptr<OctetStream>& stream) {
        Adopt(stream->Peer(), stream);
    });
}

void
N2Endpoint::Close()
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
N2Endpoint::Connect(Ipv4Address peer)
{
    NS_ABORT_MSG_UNLESS(m_node, "N2Endpoint::Install must come before Connect");
    if (m_peers.count(peer) == 0)
    {
        m_peers[peer].client = true;
        Open(peer);
    }
}

bool
N2Endpoint::Send(Ipv4Address peer, ByteView pdu, const std::string& messageName)
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
    ByteWriter writer;
    writer.U32(static_cast<uint32_t>(pdu.size())).Append(pdu);
    if (connection.stream)
    {
        connection.stream->Write(writer.Get());
    }
    else
    {
        connection.out.insert(connection.out.end(), writer.Get().begin(), writer.Get().end());
    }
    m_pduSentTrace(peer, pdu);
    m_sentTrace(SbiOperation{"N2", messageName}, false, static_cast<uint32_t>(writer.Size()));
    return true;
}

void
N2Endpoint::SetReceiver(Receiver receiver)
{
    m_receiver = std::move(receiver);
}

void
N2Endpoint::SetConnected(Connected connected)
{
    m_connected = std::move(connected);
}

bool
N2Endpoint::IsUp(Ipv4Address peer) const
{
    const auto entry = m_peers.find(peer);
    return entry != m_peers.end() && entry->second.stream && entry->second.stream->IsUp();
}

uint64_t
N2Endpoint::DroppedCount() const
{
    return m_dropped;
}

void
N2Endpoint::DoDispose()
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
N2Endpoint::Open(Ipv4Address peer)
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
N2Endpoint::Adopt(Ipv4Address peer, Ptr<OctetStream> stream)
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
N2Endpoint::OnReceived(Ipv4Address peer, ByteView octets)
{
    // The receiver may close or dispose of this endpoint and let go of it.
    const Ptr<N2Endpoint> self(this);
    const Ptr<OctetStream> stream = m_peers[peer].stream;
    m_peers[peer].in.Append(octets);
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
N2Endpoint::OnClosed(Ipv4Address peer)
{
    Connection& connection = m_peers[peer];
    connection.stream = nullptr;
    connection.in.Clear();
    if (connection.client)
    {
        connection.attempt =
            Simulator::Schedule(m_reconnectInterval, &N2Endpoint::Open, this, peer);
    }
    else
    {
        m_peers.erase(peer);
    }
}

void
N2Endpoint::Lose(Ipv4Address peer)
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
N2Endpoint::Drop(Ipv4Address peer, const std::string& reason)
{
    ++m_dropped;
    m_droppedTrace(peer, reason);
}

} // namespace ns3::mbs
