// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-endpoint.h"

#include "mbs-http2-session.h"
#include "mbs-tcp-stream.h"
#include "mbs-transport-anchor.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <deque>
#include <map>
#include <sstream>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(SbiEndpoint);

namespace
{

/** Octets pulled out of a session at a time: a few frames, so that control frames get between. */
constexpr std::size_t PULL_SIZE = 1U << 16;

/** HTTP statuses used here (RFC 9110 clause 15). */
constexpr int STATUS_BAD_REQUEST = 400;
constexpr int STATUS_NOT_FOUND = 404;
constexpr int STATUS_METHOD_NOT_ALLOWED = 405;
constexpr int STATUS_GATEWAY_TIMEOUT = 504;

/**
 * @param path a path, possibly with a query
 * @return its segments
 */
std::vector<std::string>
Split(const std::string& path)
{
    std::vector<std::string> segments;
    const std::string plain = path.substr(0, path.find('?'));
    std::size_t at = 0;
    while (at < plain.size())
    {
        const std::size_t slash = std::min(plain.find('/', at + 1), plain.size());
        segments.push_back(plain.substr(at + 1, slash - at - 1));
        at = slash;
    }
    return segments;
}

/**
 * @param segment of a template
 * @return true if it stands for any text
 */
bool
IsVariable(const std::string& segment)
{
    return segment.size() >= 2 && segment.front() == '{' && segment.back() == '}';
}

/**
 * @param method HTTP method
 * @return true if doing it twice is as good as once (RFC 9110 clause 9.2.2)
 */
bool
IsIdempotent(const std::string& method)
{
    return method != "POST" && method != "PATCH";
}

/**
 * @param fields header fields
 * @param name lower-case name
 * @return its value, empty when it is not there
 */
std::string
FieldValue(const std::vector<Http2Session::Field>& fields, const std::string& name)
{
    const auto field = std::find_if(fields.begin(), fields.end(), [&name](const auto& entry) {
        return entry.first == name;
    });
    return field == fields.end() ? std::string() : field->second;
}

/**
 * @param text a decimal status
 * @return it, 0 if it is none
 */
int
StatusFrom(const std::string& text)
{
    int status = 0;
    for (const char c : text)
    {
        if (c < '0' || c > '9' || status > 99)
        {
            return 0;
        }
        status = status * 10 + (c - '0');
    }
    return status;
}

} // namespace

/** @brief What an endpoint does, apart from being an ns-3 Object. */
class SbiEndpoint::Impl : public std::enable_shared_from_this<SbiEndpoint::Impl>
{
  public:
    /** Address and port of a server. */
    using PeerKey = std::pair<Ipv4Address, uint16_t>;

    /** @param owner the object */
    explicit Impl(SbiEndpoint& owner)
        : m_owner(owner)
    {
    }

    /** Where to find a handler. */
    struct Route
    {
        std::string method;                //!< HTTP method
        std::vector<std::string> segments; //!< of the template
        SbiOperation operation;            //!< name for the counters
        Handler handler;                   //!< what to do
    };

    /** A request without answer. */
    struct Pending
    {
        PeerKey peer;           //!< to whom
        SbiRequest request;     //!< what
        Done done;              //!< who waits
        EventId timeout;        //!< end of patience
        uint64_t connection{0}; //!< on which connection it is, 0 for none
        int32_t stream{0};      //!< on which stream
        bool sent{false};       //!< wholly given to TCP
        uint32_t retries{0};    //!< how often it was sent again
    };

    /** A connection. */
    struct Connection : public SimpleRefCount<Connection>
    {
        /**
         * @param number its name in m_connections
         * @param role which end
         * @param limits what the other end may do
         */
        Connection(uint64_t number, Http2Session::Role role, const Http2Session::Limits& limits)
            : id(number),
              client(role == Http2Session::Role::CLIENT),
              session(role, limits)
        {
        }

        uint64_t id;                              //!< name
        bool client;                              //!< opened here
        PeerKey peer;                             //!< the other end
        Http2Session session;                     //!< the protocol
        Ptr<TcpStream> stream;                    //!< the transport
        bool wasUp{false};                        //!< it came up once
        bool running{false};                      //!< Run() is at work on it
        std::map<int32_t, uint64_t> requests;     //!< client: stream to m_pending
        std::map<int32_t, SbiOperation> received; //!< server: requests not yet wholly answered
    };

    /** What is known of a server. */
    struct Peer
    {
        uint64_t connection{0};       //!< the one for new requests, 0 for none
        std::deque<uint64_t> waiting; //!< requests until the next attempt
        EventId attempt;              //!< the next attempt
    };

    void Install(Ptr<Node> node)
    {
        NS_ABORT_MSG_IF(m_node, "SbiEndpoint::Install may be called once only");
        m_node = node;
        TransportAnchor::Attach(node, &m_owner);
    }

    void Listen(uint16_t port)
    {
        NS_ABORT_MSG_UNLESS(m_node, "SbiEndpoint::Install must come before Listen");
        NS_ABORT_MSG_IF(m_listener, "SbiEndpoint::Listen was called already");
        m_listener =
            TcpListener::Listen(m_node, port, [this](Ptr<Socket> socket, const Address& from) {
                Accept(socket, from);
            });
    }

    void StopListening()
    {
        const Ptr<SbiEndpoint> self(&m_owner);
        m_listener = nullptr;
        std::vector<Ptr<Connection>> servers;
        for (const auto& entry : m_connections)
        {
            if (!entry.second->client)
            {
                servers.push_back(entry.second);
            }
        }
        for (const auto& connection : servers)
        {
            connection->session.Terminate();
            connection->stream->Write(connection->session.Pull(PULL_SIZE));
            Run(connection);
            Remove(connection, true);
        }
    }

    void Dispose()
    {
        for (auto& entry : m_pending)
        {
            entry.second.timeout.Cancel();
        }
        for (auto& entry : m_peers)
        {
            entry.second.attempt.Cancel();
        }
        m_listener = nullptr;
        for (auto& entry : m_connections)
        {
            entry.second->stream->Abandon();
        }
        m_connections.clear();
        m_pending.clear();
        m_peers.clear();
        m_routes.clear();
        if (m_node)
        {
            TransportAnchor::Detach(m_node, &m_owner);
            m_node = nullptr;
        }
        m_disposed = true;
    }

    void Connect(const PeerKey& peer)
    {
        if (m_disposed)
        {
            return;
        }
        NS_ABORT_MSG_UNLESS(m_node, "SbiEndpoint::Install must come before Connect and Send");
        Peer& entry = m_peers[peer];
        if (entry.connection == 0 && entry.attempt.IsExpired())
        {
            Open(peer, entry);
        }
    }

    void Send(const PeerKey& peer, SbiRequest request, Done done)
    {
        if (m_disposed)
        {
            // An event of a node that is being taken down; nobody is there to hear the answer.
            return;
        }
        Connect(peer);
        const uint64_t id = ++m_lastId;
        Pending& pending = m_pending[id];
        pending.peer = peer;
        pending.request = std::move(request);
        pending.done = std::move(done);
        pending.timeout = Simulator::Schedule(m_owner.m_requestTimeout, &Impl::OnTimeout, this, id);
        Submit(id);
    }

    std::vector<Route> m_routes;                       //!< handlers
    std::map<uint64_t, Ptr<Connection>> m_connections; //!< by number
    std::map<uint64_t, Pending> m_pending;             //!< by number

  private:
    /** @param peer a server @param entry what is known of it */
    void Open(const PeerKey& peer, Peer& entry)
    {
        const auto connection = NewConnection(Http2Session::Role::CLIENT);
        connection->peer = peer;
        entry.connection = connection->id;
        connection->stream =
            TcpStream::Connect(m_node, peer.first, peer.second, MakeEvents(connection->id));
    }

    /** @param socket a connection from a client @param from the client */
    void Accept(Ptr<Socket> socket, const Address& from)
    {
        const auto connection = NewConnection(Http2Session::Role::SERVER);
        connection->stream = TcpStream::Adopt(socket, from, MakeEvents(connection->id));
        connection->peer = {connection->stream->Peer(), connection->stream->PeerPort()};
        connection->wasUp = true;
        Run(connection);
    }

    /** @param role which end @return a connection without transport */
    Ptr<Connection> NewConnection(Http2Session::Role role)
    {
        Http2Session::Limits limits;
        limits.maxConcurrentStreams = m_owner.m_maxConcurrentStreams;
        limits.windowSize = m_owner.m_windowSize;
        limits.maxBodySize = m_owner.m_maxBodySize;
        const uint64_t id = ++m_lastId;
        const auto connection = Create<Connection>(id, role, limits);
        m_connections[id] = connection;
        return connection;
    }

    /** @param id a connection @return it, or null if it is gone */
    Ptr<Connection> Find(uint64_t id) const
    {
        const auto entry = m_connections.find(id);
        return entry == m_connections.end() ? nullptr : entry->second;
    }

    /** @param id a connection @return what its transport calls */
    TcpStream::Events MakeEvents(uint64_t id)
    {
        TcpStream::Events events;
        events.connected = [this, id]() {
            const Ptr<Connection> connection = Find(id);
            connection->wasUp = true;
            Run(connection);
        };
        events.received = [this, id](ByteView octets) {
            const Ptr<Connection> connection = Find(id);
            connection->session.Receive(octets);
            Run(connection);
        };
        events.writable = [this, id]() { Run(Find(id)); };
        events.closed = [this, id]() { Remove(Find(id), false); };
        return events;
    }

    /**
     * @brief Puts a request on the connection to its peer, or lets it wait for one.
     * @param id the request
     */
    void Submit(uint64_t id)
    {
        Pending& pending = m_pending.at(id);
        Peer& peer = m_peers[pending.peer];
        if (peer.connection != 0 && !Find(peer.connection)->session.TakesRequests())
        {
            // It said goodbye or ran out of streams: it lives on for the answers it owes.
            peer.connection = 0;
        }
        if (peer.connection == 0)
        {
            if (!peer.attempt.IsExpired())
            {
                peer.waiting.push_back(id);
                return;
            }
            Open(pending.peer, peer);
        }
        const Ptr<Connection> connection = Find(peer.connection);
        const SbiRequest& request = pending.request;
        std::ostringstream authority;
        authority << pending.peer.first << ':' << pending.peer.second;
        std::vector<Http2Session::Field> fields = {{":method", request.method},
                                                   {":scheme", "http"},
                                                   {":authority", authority.str()},
                                                   {":path", request.path}};
        if (!request.body.empty())
        {
            fields.emplace_back("content-type", request.contentType);
            fields.emplace_back("content-length", std::to_string(request.body.size()));
        }
        pending.sent = false;
        pending.connection = connection->id;
        pending.stream = connection->session.Request(fields, request.body);
        connection->requests[pending.stream] = id;
        Run(connection);
    }

    /**
     * @brief Acts on what happened on a connection and writes what it has to say, until neither is
     * left.
     * @param connection which
     */
    void Run(Ptr<Connection> connection)
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
            for (auto& event : connection->session.TakeEvents())
            {
                Handle(connection, event);
                if (m_disposed)
                {
                    return;
                }
                busy = true;
            }
            if (connection->stream && connection->stream->IsUp() &&
                connection->stream->Waiting() == 0)
            {
                const Bytes out = connection->session.Pull(PULL_SIZE);
                connection->stream->Write(out);
                busy = busy || !out.empty();
            }
        }
        connection->running = false;
        if (connection->session.Failed())
        {
            if (m_connections.count(connection->id) != 0)
            {
                Drop(connection->peer.first, "the peer broke HTTP/2 and its connection was closed");
                Remove(connection, true);
            }
        }
        else if (connection->session.IsDone())
        {
            Remove(connection, true);
        }
    }

    /** @param connection where @param event what happened */
    void Handle(const Ptr<Connection>& connection, Http2Session::Event& event)
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
                HandleResponse(connection, event);
            }
            else
            {
                HandleRequest(connection, event);
            }
            break;
        case Kind::STREAM_CLOSED:
            HandleClosed(connection, event);
            break;
        }
    }

    /** @param connection where @param event a message that was serialised */
    void HandleSent(const Ptr<Connection>& connection, const Http2Session::Event& event)
    {
        SbiOperation operation = UnknownOperation();
        if (connection->client)
        {
            const auto request = connection->requests.find(event.stream);
            if (request != connection->requests.end())
            {
                Pending& pending = m_pending.at(request->second);
                pending.sent = true;
                operation = pending.request.operation;
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

    /** @param connection where @param event an answer */
    void HandleResponse(const Ptr<Connection>& connection, Http2Session::Event& event)
    {
        const auto request = connection->requests.find(event.stream);
        if (request == connection->requests.end())
        {
            // The answer crossed the timeout's cancellation.
            m_owner.m_receivedTrace(ControlOperation(), false, event.octets);
            return;
        }
        const uint64_t id = request->second;
        m_owner.m_receivedTrace(m_pending.at(id).request.operation, true, event.octets);
        SbiResponse response;
        response.status = StatusFrom(FieldValue(event.fields, ":status"));
        response.contentType = FieldValue(event.fields, "content-type");
        response.location = FieldValue(event.fields, "location");
        response.body = std::move(event.body);
        Finish(id, response);
    }

    /**
     * @brief The end of a request.
     * @param id which
     * @param response its answer
     */
    void Finish(uint64_t id, const SbiResponse& response)
    {
        const auto entry = m_pending.find(id);
        Pending pending = std::move(entry->second);
        m_pending.erase(entry);
        pending.timeout.Cancel();
        const Ptr<Connection> connection = Find(pending.connection);
        if (connection)
        {
            connection->requests.erase(pending.stream);
        }
        if (pending.done)
        {
            pending.done(response);
        }
    }

    /** @param connection where @param event a request */
    void HandleRequest(const Ptr<Connection>& connection, Http2Session::Event& event)
    {
        SbiRequest request;
        request.method = FieldValue(event.fields, ":method");
        request.path = FieldValue(event.fields, ":path");
        request.contentType = FieldValue(event.fields, "content-type");
        request.body = std::move(event.body);

        std::string allowed;
        std::string id;
        const Route* route = FindRoute(request, id, allowed);
        request.operation = route != nullptr ? route->operation : UnknownOperation();
        connection->received[event.stream] = request.operation;
        m_owner.m_receivedTrace(request.operation, false, event.octets);
        if (route != nullptr)
        {
            const std::weak_ptr<Impl> weak = weak_from_this();
            const uint64_t number = connection->id;
            const int32_t stream = event.stream;
            const Handler handler = route->handler;
            handler(request, id, [weak, number, stream](const SbiResponse& response) {
                const std::shared_ptr<Impl> impl = weak.lock();
                if (impl)
                {
                    impl->Respond(number, stream, response, {});
                }
            });
            return;
        }
        if (allowed.empty())
        {
            Drop(connection->peer.first, "a request named no resource of this endpoint");
            const bool isPath = !request.path.empty() && request.path.front() == '/';
            Respond(connection->id,
                    event.stream,
                    isPath ? Problem(STATUS_NOT_FOUND,
                                     "RESOURCE_URI_STRUCTURE_NOT_FOUND",
                                     "no resource " + request.path)
                           : Problem(STATUS_BAD_REQUEST, "INVALID_API", "no path"),
                    {});
            return;
        }
        Drop(connection->peer.first, "a request used a method its resource does not have");
        Respond(connection->id,
                event.stream,
                Problem(STATUS_METHOD_NOT_ALLOWED, "", request.path + " has " + allowed),
                {{"allow", allowed}});
    }

    /**
     * @brief Finds the handler of a request.
     * @param request the request
     * @param id what stood for the variable segments
     * @param allowed methods of the resource, empty when there is no such resource
     * @return the handler, or null
     */
    const Route* FindRoute(const SbiRequest& request, std::string& id, std::string& allowed) const
    {
        if (request.path.empty() || request.path.front() != '/')
        {
            return nullptr;
        }
        const auto segments = Split(request.path);
        std::vector<bool> best;
        std::vector<const Route*> resource;
        for (const Route& route : m_routes)
        {
            if (route.segments.size() != segments.size())
            {
                continue;
            }
            std::vector<bool> variable;
            for (std::size_t i = 0; i < segments.size(); ++i)
            {
                const bool any = IsVariable(route.segments[i]);
                if (any ? segments[i].empty() : segments[i] != route.segments[i])
                {
                    break;
                }
                variable.push_back(any);
            }
            if (variable.size() != segments.size())
            {
                continue;
            }
            if (resource.empty() || variable < best)
            {
                resource.clear();
                best = variable;
            }
            if (variable == best)
            {
                resource.push_back(&route);
            }
        }
        const Route* found = nullptr;
        for (const Route* route : resource)
        {
            allowed += (allowed.empty() ? "" : ", ") + route->method;
            if (route->method == request.method)
            {
                found = route;
            }
        }
        if (found != nullptr)
        {
            for (std::size_t i = 0; i < segments.size(); ++i)
            {
                if (best[i])
                {
                    id += (id.empty() ? "" : "/") + segments[i];
                }
            }
        }
        return found;
    }

    /**
     * @brief Answers a request, unless its connection or stream is gone.
     * @param number the connection
     * @param stream the stream
     * @param response the answer
     * @param more further header fields
     */
    void Respond(uint64_t number,
                 int32_t stream,
                 const SbiResponse& response,
                 const std::vector<Http2Session::Field>& more)
    {
        const Ptr<Connection> connection = Find(number);
        if (!connection)
        {
            return;
        }
        std::vector<Http2Session::Field> fields = {{":status", std::to_string(response.status)}};
        if (!response.body.empty())
        {
            fields.emplace_back("content-type", response.contentType);
            fields.emplace_back("content-length", std::to_string(response.body.size()));
        }
        if (!response.location.empty())
        {
            fields.emplace_back("location", response.location);
        }
        fields.insert(fields.end(), more.begin(), more.end());
        if (connection->session.Respond(stream, fields, response.body))
        {
            Run(connection);
        }
    }

    /** @param connection where @param event a stream that ended */
    void HandleClosed(const Ptr<Connection>& connection, const Http2Session::Event& event)
    {
        if (!connection->client)
        {
            connection->received.erase(event.stream);
            if (event.error != Http2Session::NO_ERROR_CODE && event.error != Http2Session::CANCEL)
            {
                Drop(connection->peer.first,
                     "a request was reset, HTTP/2 error " + std::to_string(event.error));
            }
            return;
        }
        const auto request = connection->requests.find(event.stream);
        if (request == connection->requests.end())
        {
            return;
        }
        const uint64_t id = request->second;
        connection->requests.erase(request);
        Pending& pending = m_pending.at(id);
        pending.connection = 0;
        if (event.error == Http2Session::REFUSED_STREAM)
        {
            pending.sent = false;
        }
        if (!pending.sent)
        {
            Again(id);
            return;
        }
        Drop(connection->peer.first,
             "an answer was reset, HTTP/2 error " + std::to_string(event.error));
        Fail(id, "the answer was reset");
    }

    /**
     * @brief Sends a request again, if it may be.
     * @param id which
     */
    void Again(uint64_t id)
    {
        Pending& pending = m_pending.at(id);
        const bool safe = !pending.sent || IsIdempotent(pending.request.method);
        if (pending.retries >= m_owner.m_maxRetries || !(safe || m_owner.m_retryNonIdempotent))
        {
            Fail(id, "the connection was lost before the answer");
            return;
        }
        ++pending.retries;
        Submit(id);
    }

    /** @param id a request that cannot be answered @param why a clause */
    void Fail(uint64_t id, const std::string& why)
    {
        SbiResponse response = Problem(STATUS_GATEWAY_TIMEOUT, "TARGET_NF_NOT_REACHABLE", why);
        response.local = true;
        Finish(id, response);
    }

    /** @param id a request that has waited long enough */
    void OnTimeout(uint64_t id)
    {
        Pending& pending = m_pending.at(id);
        const Ptr<Connection> connection = Find(pending.connection);
        if (connection)
        {
            connection->session.Cancel(pending.stream);
            connection->requests.erase(pending.stream);
            pending.connection = 0;
        }
        auto& waiting = m_peers[pending.peer].waiting;
        waiting.erase(std::remove(waiting.begin(), waiting.end(), id), waiting.end());

        const Ptr<SbiEndpoint> self(&m_owner);
        m_owner.m_timedOutTrace(pending.request.operation, pending.peer.first);
        SbiResponse response =
            Problem(STATUS_GATEWAY_TIMEOUT, "TIMED_OUT_REQUEST", "no answer in time");
        response.local = true;
        Finish(id, response);
        if (connection && !m_disposed)
        {
            Run(connection);
        }
    }

    /**
     * @brief The end of a connection.
     * @param connection which
     * @param close true to close the transport, false when it is closed
     */
    void Remove(Ptr<Connection> connection, bool close)
    {
        if (m_connections.erase(connection->id) == 0)
        {
            return;
        }
        if (close)
        {
            connection->stream->Close();
        }
        if (!connection->client)
        {
            return;
        }
        Peer& peer = m_peers[connection->peer];
        if (peer.connection == connection->id)
        {
            peer.connection = 0;
            if (!connection->wasUp && !connection->requests.empty())
            {
                // Nobody listens there now; the requests' own timeouts bound how often this goes
                // on.
                peer.attempt = Simulator::Schedule(m_owner.m_retryInterval,
                                                   &Impl::OnAttempt,
                                                   this,
                                                   connection->peer);
            }
        }
        const Ptr<SbiEndpoint> self(&m_owner);
        std::map<int32_t, uint64_t> requests;
        requests.swap(connection->requests);
        for (const auto& request : requests)
        {
            const auto pending = m_pending.find(request.second);
            if (m_disposed || pending == m_pending.end())
            {
                continue;
            }
            pending->second.connection = 0;
            if (connection->wasUp)
            {
                Again(request.second);
            }
            else
            {
                Submit(request.second);
            }
        }
    }

    /** @param peer a server to be tried again */
    void OnAttempt(PeerKey peer)
    {
        std::deque<uint64_t> waiting;
        waiting.swap(m_peers[peer].waiting);
        for (const uint64_t id : waiting)
        {
            Submit(id);
        }
    }

    /** @param peer who sent it @param reason what was wrong */
    void Drop(Ipv4Address peer, const std::string& reason)
    {
        ++m_owner.m_dropped;
        m_owner.m_droppedTrace(peer, reason);
    }

    SbiEndpoint& m_owner;            //!< attributes and traces
    Ptr<Node> m_node;                //!< where this runs
    Ptr<TcpListener> m_listener;     //!< null when not listening
    std::map<PeerKey, Peer> m_peers; //!< servers talked to
    uint64_t m_lastId{0};            //!< last number given to a connection or request
    bool m_disposed{false};          //!< nothing may be done any more
};

TypeId
SbiEndpoint::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::SbiEndpoint")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<SbiEndpoint>()
            .AddAttribute("Port",
                          "TCP port on which this endpoint listens and finds its peers, unless "
                          "another is given.",
                          UintegerValue(80),
                          MakeUintegerAccessor(&SbiEndpoint::m_port),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("RequestTimeout",
                          "How long a request waits for its answer, connection set-up and "
                          "repetitions included (time).",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(&SbiEndpoint::m_requestTimeout),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("MaxConcurrentStreams",
                          "How many requests a client may have open on one connection; further "
                          "ones wait at the client (number).",
                          UintegerValue(1000),
                          MakeUintegerAccessor(&SbiEndpoint::m_maxConcurrentStreams),
                          MakeUintegerChecker<uint32_t>(1, 0x7fffffff))
            .AddAttribute("WindowSize",
                          "HTTP/2 flow-control window of a stream and of the connection (octets).",
                          UintegerValue(1U << 20),
                          MakeUintegerAccessor(&SbiEndpoint::m_windowSize),
                          MakeUintegerChecker<uint32_t>(65535, 0x7fffffff))
            .AddAttribute("MaxBodySize",
                          "Largest content that is accepted; a longer message is reset (octets).",
                          UintegerValue(1U << 24),
                          MakeUintegerAccessor(&SbiEndpoint::m_maxBodySize),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("MaxRetries",
                          "How often a request is sent again when its connection is lost before "
                          "the answer (number).",
                          UintegerValue(3),
                          MakeUintegerAccessor(&SbiEndpoint::m_maxRetries),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("RetryInterval",
                          "Pause before a connection that could not be made is tried again (time).",
                          TimeValue(MilliSeconds(100)),
                          MakeTimeAccessor(&SbiEndpoint::m_retryInterval),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("RetryNonIdempotent",
                          "Whether POST and PATCH requests that the peer may have acted on are "
                          "sent again too.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&SbiEndpoint::m_retryNonIdempotent),
                          MakeBooleanChecker())
            .AddTraceSource("MessageSent",
                            "The last frame of a message was given to TCP.",
                            MakeTraceSourceAccessor(&SbiEndpoint::m_sentTrace),
                            "ns3::mbs::SbiEndpoint::MessageCallback")
            .AddTraceSource("MessageReceived",
                            "A whole message arrived.",
                            MakeTraceSourceAccessor(&SbiEndpoint::m_receivedTrace),
                            "ns3::mbs::SbiEndpoint::MessageCallback")
            .AddTraceSource("Dropped",
                            "Something wrong came from a peer.",
                            MakeTraceSourceAccessor(&SbiEndpoint::m_droppedTrace),
                            "ns3::mbs::SbiEndpoint::DroppedCallback")
            .AddTraceSource("TimedOut",
                            "A request was not answered in time.",
                            MakeTraceSourceAccessor(&SbiEndpoint::m_timedOutTrace),
                            "ns3::mbs::SbiEndpoint::TimedOutCallback");
    return tid;
}

const SbiOperation&
SbiEndpoint::ControlOperation()
{
    static const SbiOperation operation{"SBI", "HTTP/2 control"};
    return operation;
}

const SbiOperation&
SbiEndpoint::UnknownOperation()
{
    static const SbiOperation operation{"SBI", "unknown request"};
    return operation;
}

SbiEndpoint::SbiEndpoint()
    : m_impl(std::make_shared<Impl>(*this))
{
}

SbiEndpoint::~SbiEndpoint() = default;

void
SbiEndpoint::Install(Ptr<Node> node)
{
    m_impl->Install(node);
}

void
SbiEndpoint::Listen(uint16_t port)
{
    m_impl->Listen(port != 0 ? port : m_port);
}

void
SbiEndpoint::StopListening()
{
    m_impl->StopListening();
}

void
SbiEndpoint::On(const std::string& method,
                const std::string& pathTemplate,
                SbiOperation operation,
                Handler handler)
{
    m_impl->m_routes.push_back(
        {method, Split(pathTemplate), std::move(operation), std::move(handler)});
}

void
SbiEndpoint::Connect(Ipv4Address peer, uint16_t port)
{
    m_impl->Connect({peer, port != 0 ? port : m_port});
}

void
SbiEndpoint::Send(Ipv4Address peer, uint16_t port, SbiRequest request, Done done)
{
    m_impl->Send({peer, port != 0 ? port : m_port}, std::move(request), std::move(done));
}

uint32_t
SbiEndpoint::Outstanding() const
{
    return static_cast<uint32_t>(m_impl->m_pending.size());
}

uint32_t
SbiEndpoint::Connections() const
{
    return static_cast<uint32_t>(m_impl->m_connections.size());
}

uint64_t
SbiEndpoint::DroppedCount() const
{
    return m_dropped;
}

void
SbiEndpoint::DoDispose()
{
    m_impl->Dispose();
    Object::DoDispose();
}

} // namespace ns3::mbs
