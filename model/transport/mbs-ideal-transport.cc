// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ideal-transport.h"

#include "mbs-transmission-time.h"

#include "ns3/abort.h"
#include "ns3/assert.h"
#include "ns3/channel.h"
#include "ns3/ipv4.h"
#include "ns3/net-device.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(IdealTransport);

namespace
{

/** First of the ports that name the end of a client (RFC 6335 clause 6), and how many there are. */
constexpr uint16_t FIRST_CLIENT_PORT = 49152;
constexpr uint16_t CLIENT_PORTS = 16384;

/**
 * @param device a device
 * @return the one at the other end of its link, null if the link has not two ends
 */
Ptr<NetDevice>
FarEnd(const Ptr<NetDevice>& device)
{
    const Ptr<Channel> channel = device->GetChannel();
    if (!channel || channel->GetNDevices() != 2)
    {
        return nullptr;
    }
    return channel->GetDevice(channel->GetDevice(0) == device ? 1 : 0);
}

} // namespace

/** @brief One end of a connection. */
class IdealStream : public OctetStream
{
  public:
    /**
     * @param transport of this end's node
     * @param peer address of the other end
     * @param port port of the other end
     * @param remote number of the other end, 0 if it is not known yet
     */
    IdealStream(Ptr<IdealTransport> transport, Ipv4Address peer, uint16_t port, uint64_t remote)
        : OctetStream(peer, port, remote != 0),
          m_transport(transport),
          m_number(++transport->m_lastStream),
          m_remote(remote)
    {
        transport->m_streams[m_number] = this;
    }

    ~IdealStream() override
    {
        Forget();
    }

    /** @return the number of this end */
    uint64_t Number() const
    {
        return m_number;
    }

    /** @brief Asks for the connection. @param port port of the listener */
    void Open(uint16_t port)
    {
        Send(IdealTransport::Frame::Kind::OPEN, port, {});
    }

    /** @param frame has arrived for this end; the user may let go of the stream */
    void Receive(const IdealTransport::Frame& frame)
    {
        using Kind = IdealTransport::Frame::Kind;
        const Ptr<IdealStream> self(this);
        if (frame.kind == Kind::ACCEPT)
        {
            m_remote = frame.from;
            m_up = true;
            if (!m_waiting.empty())
            {
                Send(Kind::DATA, m_remote, std::move(m_waiting));
                m_waiting.clear();
            }
            Call(m_events.connected);
        }
        else if (frame.kind == Kind::DATA && frame.parcel)
        {
            const auto arrived = m_events.arrived;
            if (arrived)
            {
                arrived(*frame.parcel);
            }
        }
        else if (frame.kind == Kind::DATA)
        {
            const auto received = m_events.received;
            if (received)
            {
                received(frame.octets);
            }
        }
        else
        {
            const auto closed = m_events.closed;
            Abandon();
            Call(closed);
        }
    }

    void Write(ByteView octets) override
    {
        if (m_up && !octets.empty())
        {
            Send(IdealTransport::Frame::Kind::DATA, m_remote, octets.ToBytes());
        }
        else if (m_transport)
        {
            Append(m_waiting, octets);
        }
    }

    void Give(Bytes octets) override
    {
        if (m_up && !octets.empty())
        {
            Send(IdealTransport::Frame::Kind::DATA, m_remote, std::move(octets));
            return;
        }
        Write(octets);
    }

    bool TakesParcels() const override
    {
        return true;
    }

    void Hand(std::unique_ptr<StreamParcel> parcel) override
    {
        NS_ASSERT_MSG(m_up || !m_transport, "IdealStream::Hand needs a connection that is up");
        if (m_up)
        {
            m_transport->Send(
                Peer(),
                {IdealTransport::Frame::Kind::DATA, m_number, m_remote, {}, {}, std::move(parcel)});
        }
    }

    std::size_t Waiting() const override
    {
        return m_waiting.size();
    }

    void Close() override
    {
        // A connection that is not up yet ends when its ACCEPT finds nobody.
        if (m_up)
        {
            Send(IdealTransport::Frame::Kind::END, m_remote, {});
        }
        Abandon();
    }

    void Abandon() override
    {
        Forget();
        m_waiting.clear();
        m_up = false;
        m_events = Events();
    }

  private:
    /** @param event to be called, if there is one; by value, since it may replace itself */
    static void Call(const std::function<void()> event)
    {
        if (event)
        {
            event();
        }
    }

    /** @param kind of the frame @param to the receiver's number @param octets its content */
    void Send(IdealTransport::Frame::Kind kind, uint64_t to, Bytes octets)
    {
        m_transport->Send(Peer(), {kind, m_number, to, {}, std::move(octets), nullptr});
    }

    /** @brief No frame arrives here any more. */
    void Forget()
    {
        if (m_transport)
        {
            m_transport->m_streams.erase(m_number);
            m_transport = nullptr;
        }
    }

    Ptr<IdealTransport> m_transport; //!< null after the end
    uint64_t m_number;               //!< of this end
    uint64_t m_remote;               //!< of the other end, 0 before it is known
    Bytes m_waiting;                 //!< written before the connection was up
};

/** @brief Keeps a port open. */
class IdealListener : public OctetListener
{
  public:
    /** @param transport whose port @param port which */
    IdealListener(Ptr<IdealTransport> transport, uint16_t port)
        : m_transport(transport),
          m_port(port)
    {
    }

    ~IdealListener() override
    {
        m_transport->m_ports.erase(m_port);
    }

  private:
    Ptr<IdealTransport> m_transport; //!< whose port
    uint16_t m_port;                 //!< which
};

TypeId
IdealTransport::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::IdealTransport")
                            .SetParent<Object>()
                            .SetGroupName("Mbs")
                            .AddConstructor<IdealTransport>();
    return tid;
}

IdealTransport::IdealTransport() = default;

IdealTransport::~IdealTransport() = default;

bool
IdealTransport::Reaches(Ipv4Address peer)
{
    return RouteTo(peer).peer != nullptr;
}

Ptr<OctetStream>
IdealTransport::Connect(Ipv4Address peer, uint16_t port, OctetStream::Events events)
{
    NS_ABORT_MSG_UNLESS(Reaches(peer), "IdealTransport::Connect needs an address that it reaches");
    const Ptr<IdealStream> stream = Create<IdealStream>(this, peer, port, 0);
    stream->SetEvents(std::move(events));
    stream->Open(port);
    return stream;
}

Ptr<OctetListener>
IdealTransport::Listen(uint16_t port, OctetListener::Accepted accepted)
{
    NS_ABORT_MSG_UNLESS(m_ports.emplace(port, std::move(accepted)).second,
                        "port " << port << " of an IdealTransport is in use already; choose "
                                << "another from 1 to 65535");
    return Create<IdealListener>(this, port);
}

IdealTransport::Route&
IdealTransport::RouteTo(Ipv4Address peer)
{
    const auto known = m_routes.find(peer.Get());
    if (known != m_routes.end())
    {
        return known->second;
    }
    Route route = FindRoute(peer);
    if (!route.peer)
    {
        // A link or its transport may still come.
        static Route none;
        return none;
    }
    return m_routes[peer.Get()] = std::move(route);
}

IdealTransport::Route
IdealTransport::FindRoute(Ipv4Address peer)
{
    Route route;
    const Ptr<Ipv4> ipv4 = GetObject<Ipv4>();
    if (!ipv4)
    {
        return route;
    }
    if (peer.IsLocalhost() || ipv4->GetInterfaceForAddress(peer) >= 0)
    {
        route.peer = this;
        route.node = GetObject<Node>()->GetId();
        route.local = peer;
        route.end = std::make_shared<Time>();
        return route;
    }
    for (uint32_t i = 1; i < ipv4->GetNInterfaces(); ++i)
    {
        const Ptr<NetDevice> device = ipv4->GetNetDevice(i);
        const Ptr<NetDevice> far = FarEnd(device);
        const Ptr<Node> node = far ? far->GetNode() : nullptr;
        const Ptr<Ipv4> there = node ? node->GetObject<Ipv4>() : nullptr;
        if (!there || there->GetInterfaceForAddress(peer) < 0 || ipv4->GetNAddresses(i) == 0)
        {
            continue;
        }
        route.peer = node->GetObject<IdealTransport>();
        route.node = node->GetId();
        route.local = ipv4->GetAddress(i, 0).GetLocal();
        TimeValue delay;
        if (device->GetChannel()->GetAttributeFailSafe("Delay", delay))
        {
            route.delay = delay.Get();
        }
        DataRateValue rate;
        if (device->GetAttributeFailSafe("DataRate", rate))
        {
            route.rate = rate.Get();
        }
        std::shared_ptr<Time>& end = m_busy[i];
        end = end ? end : std::make_shared<Time>();
        route.end = end;
        break;
    }
    return route;
}

void
IdealTransport::Send(Ipv4Address peer, Frame frame)
{
    const Route& route = RouteTo(peer);
    if (!route.peer)
    {
        return; // the node is being taken down
    }
    Time wait;
    if (route.rate.GetBitRate() != 0)
    {
        const Time start = std::max(*route.end, Simulator::Now());
        *route.end = start + TransmissionTime(route.rate, frame.Size());
        wait = *route.end - Simulator::Now();
    }
    frame.fromNode = route.local;
    Simulator::ScheduleWithContext(route.node,
                                   wait + route.delay,
                                   &IdealTransport::Receive,
                                   route.peer,
                                   std::make_shared<Frame>(std::move(frame)));
}

void
IdealTransport::Receive(const std::shared_ptr<Frame>& frame)
{
    if (frame->kind == Frame::Kind::OPEN)
    {
        Accept(*frame);
        return;
    }
    const auto stream = m_streams.find(frame->to);
    if (stream != m_streams.end())
    {
        stream->second->Receive(*frame);
    }
    else if (frame->kind != Frame::Kind::END)
    {
        // The end here is gone without a word: its node restarted.
        Send(frame->fromNode, {Frame::Kind::END, 0, frame->from, {}, {}, nullptr});
    }
}

void
IdealTransport::Accept(const Frame& frame)
{
    const auto port = m_ports.find(static_cast<uint16_t>(frame.to));
    if (port == m_ports.end() || !Reaches(frame.fromNode))
    {
        Send(frame.fromNode, {Frame::Kind::END, 0, frame.from, {}, {}, nullptr});
        return;
    }
    const auto clientPort = static_cast<uint16_t>(FIRST_CLIENT_PORT + frame.from % CLIENT_PORTS);
    const auto stream = Create<IdealStream>(this, frame.fromNode, clientPort, frame.from);
    Send(frame.fromNode, {Frame::Kind::ACCEPT, stream->Number(), frame.from, {}, {}, nullptr});
    // The user may let go of the listener.
    const auto accepted = port->second;
    accepted(stream);
}

void
IdealTransport::DoDispose()
{
    while (!m_streams.empty())
    {
        m_streams.begin()->second->Abandon();
    }
    m_ports.clear();
    m_routes.clear();
    m_busy.clear();
    Object::DoDispose();
}

} // namespace ns3::mbs
