// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-connection-pool.h"

#include "mbs-http2-ideal-session.h"
#include "mbs-http2-octet-session.h"
#include "mbs-sbi-client.h"
#include "mbs-sbi-server.h"

#include <vector>

namespace ns3::mbs
{

namespace
{

/** Octets pulled out of a session at a time: a few frames, so that control frames get between. */
constexpr std::size_t PULL_SIZE = 1U << 16;

} // namespace

SbiEndpoint::ConnectionPool::ConnectionPool(SbiEndpoint& owner)
    : m_owner(owner)
{
}

Ptr<SbiEndpoint::ConnectionPool::Connection>
SbiEndpoint::ConnectionPool::Make(Http2Session::Role role, uint64_t id, Ptr<OctetStream> stream)
{
    Http2Session::Limits limits;
    limits.maxConcurrentStreams = m_owner.m_maxConcurrentStreams;
    limits.windowSize = m_owner.m_windowSize;
    limits.maxBodySize = m_owner.m_maxBodySize;
    const auto connection = Create<Connection>();
    connection->id = id;
    connection->client = role == Http2Session::Role::CLIENT;
    if (stream->TakesParcels())
    {
        connection->session = std::make_unique<Http2IdealSession>(role, limits);
    }
    else
    {
        connection->session = std::make_unique<Http2OctetSession>(role, limits);
    }
    connection->stream = stream;
    connection->peer = {stream->Peer(), stream->PeerPort()};
    m_connections.emplace_hint(m_connections.end(), id, connection);
    return connection;
}

Ptr<SbiEndpoint::ConnectionPool::Connection>
SbiEndpoint::ConnectionPool::Open(const PeerKey& peer)
{
    const uint64_t id = ++m_lastId;
    return Make(Http2Session::Role::CLIENT,
                id,
                OctetStream::Connect(m_owner.m_node, peer.first, peer.second, MakeEvents(id)));
}

void
SbiEndpoint::ConnectionPool::Accept(Ptr<OctetStream> stream)
{
    const uint64_t id = ++m_lastId;
    stream->SetEvents(MakeEvents(id));
    const auto connection = Make(Http2Session::Role::SERVER, id, stream);
    connection->wasUp = true;
    Run(connection);
}

Ptr<SbiEndpoint::ConnectionPool::Connection>
SbiEndpoint::ConnectionPool::Find(uint64_t id) const
{
    const auto entry = m_connections.find(id);
    return entry == m_connections.end() ? nullptr : entry->second;
}

std::vector<Ptr<SbiEndpoint::ConnectionPool::Connection>>
SbiEndpoint::ConnectionPool::All() const
{
    std::vector<Ptr<Connection>> connections;
    connections.reserve(m_connections.size());
    for (const auto& entry : m_connections)
    {
        connections.push_back(entry.second);
    }
    return connections;
}

std::size_t
SbiEndpoint::ConnectionPool::Count() const
{
    return m_connections.size();
}

OctetStream::Events
SbiEndpoint::ConnectionPool::MakeEvents(uint64_t id)
{
    OctetStream::Events events;
    events.connected = [this, id]() {
        const Ptr<Connection> connection = Find(id);
        connection->wasUp = true;
        Run(connection);
    };
    events.received = [this, id](ByteView octets) {
        const Ptr<Connection> connection = Find(id);
        connection->session->Receive(octets);
        Run(connection);
    };
    events.arrived = [this, id](StreamParcel& parcel) {
        const Ptr<Connection> connection = Find(id);
        connection->session->Receive(parcel);
        Run(connection);
    };
    events.writable = [this, id]() { Run(Find(id)); };
    events.closed = [this, id]() { Remove(Find(id), false); };
    return events;
}

void
SbiEndpoint::ConnectionPool::Run(Ptr<Connection> connection)
{
    if (connection->running)
    {
        // Called from a handler below: the loop there goes on with it.
        return;
    }
    connection->running = true;
    // A handler may dispose of the endpoint and let go of it.
    const Ptr<SbiEndpoint> self(&m_owner);
    bool busy = true;
    while (busy)
    {
        busy = false;
        for (auto& event : connection->session->TakeEvents())
        {
            Handle(connection, event);
            if (m_abandoned)
            {
                return;
            }
            busy = true;
        }
        if (connection->session->WantsToSend() && connection->stream->IsUp() &&
            connection->stream->Waiting() == 0)
        {
            busy = connection->session->Send(*connection->stream, PULL_SIZE) || busy;
        }
    }
    connection->running = false;
    if (connection->session->Failed())
    {
        if (m_connections.count(connection->id) != 0)
        {
            m_owner.Drop(connection->peer.first,
                         "the peer broke HTTP/2 and its connection was closed");
            Remove(connection, true);
        }
    }
    else if (connection->session->IsDone())
    {
        Remove(connection, true);
    }
}

void
SbiEndpoint::ConnectionPool::Handle(const Ptr<Connection>& connection, Http2Session::Event& event)
{
    using Kind = Http2Session::Event::Kind;
    switch (event.kind)
    {
    case Kind::CONTROL_SENT:
        m_owner.m_sentTrace(ControlOperation(), false, event.octets);
        break;
    case Kind::CONTROL_RECEIVED:
        m_owner.m_receivedTrace(ControlOperation(), false, event.octets);
        break;
    case Kind::SENT:
        HandleSent(connection, event);
        break;
    case Kind::MESSAGE:
        if (connection->client)
        {
            m_owner.m_client->HandleResponse(connection, event);
        }
        else
        {
            m_owner.m_server->HandleRequest(connection, event);
        }
        break;
    case Kind::STREAM_CLOSED:
        if (connection->client)
        {
            m_owner.m_client->HandleClosed(connection, event);
        }
        else
        {
            m_owner.m_server->HandleClosed(connection, event);
        }
        break;
    }
}

void
SbiEndpoint::ConnectionPool::HandleSent(const Ptr<Connection>& connection,
                                        const Http2Session::Event& event)
{
    SbiOperation operation = UnknownOperation();
    if (connection->client)
    {
        const auto request = connection->requests.find(event.stream);
        if (request != connection->requests.end())
        {
            operation = m_owner.m_client->NoteSent(request->second);
        }
    }
    else
    {
        const auto request = connection->received.find(event.stream);
        if (request != connection->received.end())
        {
            operation = request->second;
        }
    }
    m_owner.m_sentTrace(operation, !connection->client, event.octets);
}

void
SbiEndpoint::ConnectionPool::Remove(Ptr<Connection> connection, bool close)
{
    if (m_connections.erase(connection->id) == 0)
    {
        return;
    }
    if (close)
    {
        connection->stream->Close();
    }
    if (connection->client)
    {
        m_owner.m_client->ConnectionLost(connection);
    }
}

void
SbiEndpoint::ConnectionPool::CloseServers()
{
    const Ptr<SbiEndpoint> self(&m_owner);
    for (const auto& connection : All())
    {
        if (connection->client)
        {
            continue;
        }
        connection->session->Terminate();
        connection->session->Send(*connection->stream, PULL_SIZE);
        Run(connection);
        Remove(connection, true);
    }
}

void
SbiEndpoint::ConnectionPool::CloseAll()
{
    for (const auto& connection : All())
    {
        connection->requests.clear();
        connection->received.clear();
        connection->stream->Close();
    }
    m_connections.clear();
}

void
SbiEndpoint::ConnectionPool::Abandon()
{
    for (const auto& connection : All())
    {
        connection->stream->Abandon();
    }
    m_connections.clear();
    m_abandoned = true;
}

} // namespace ns3::mbs
