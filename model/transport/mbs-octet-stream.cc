// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-octet-stream.h"

#include "mbs-ideal-transport.h"
#include "mbs-tcp-stream.h"

#include "ns3/assert.h"

#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Listeners of several kinds that are one to their user. */
class ListenerGroup : public OctetListener
{
  public:
    /** @param listeners those that end with this one */
    explicit ListenerGroup(std::vector<Ptr<OctetListener>> listeners)
        : m_listeners(std::move(listeners))
    {
    }

  private:
    std::vector<Ptr<OctetListener>> m_listeners; //!< one for each kind
};

} // namespace

StreamParcel::~StreamParcel() = default;

OctetStream::OctetStream(Ipv4Address peer, uint16_t port, bool up)
    : m_up(up),
      m_peer(peer),
      m_port(port)
{
}

OctetStream::~OctetStream() = default;

Ptr<OctetStream>
OctetStream::Connect(Ptr<Node> node, Ipv4Address peer, uint16_t port, Events events)
{
    const Ptr<IdealTransport> ideal = node->GetObject<IdealTransport>();
    if (ideal && ideal->Reaches(peer))
    {
        return ideal->Connect(peer, port, std::move(events));
    }
    return TcpStream::Connect(node, peer, port, std::move(events));
}

void
OctetStream::SetEvents(Events events)
{
    m_events = std::move(events);
}

bool
OctetStream::TakesParcels() const
{
    return false;
}

void
OctetStream::Hand(std::unique_ptr<StreamParcel> /* parcel */)
{
    NS_ASSERT_MSG(false, "OctetStream::Hand needs a stream that takes parcels");
}

void
OctetStream::Give(Bytes octets)
{
    Write(octets);
}

bool
OctetStream::IsUp() const
{
    return m_up;
}

Ipv4Address
OctetStream::Peer() const
{
    return m_peer;
}

uint16_t
OctetStream::PeerPort() const
{
    return m_port;
}

OctetListener::OctetListener() = default;

OctetListener::~OctetListener() = default;

Ptr<OctetListener>
OctetListener::Listen(Ptr<Node> node, uint16_t port, Accepted accepted)
{
    const Ptr<OctetListener> tcp = TcpListener::Listen(node, port, accepted);
    const Ptr<IdealTransport> ideal = node->GetObject<IdealTransport>();
    if (!ideal)
    {
        return tcp;
    }
    return Create<ListenerGroup>(
        std::vector<Ptr<OctetListener>>{tcp, ideal->Listen(port, std::move(accepted))});
}

} // namespace ns3::mbs
