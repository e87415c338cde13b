// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-endpoint.h"

#include "mbs-octet-stream.h"
#include "mbs-sbi-client.h"
#include "mbs-sbi-connection-pool.h"
#include "mbs-sbi-server.h"
#include "mbs-transport-anchor.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(SbiEndpoint);

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
    : m_connections(std::make_unique<ConnectionPool>(*this)),
      m_client(std::make_unique<Client>(*this)),
      m_server(std::make_shared<Server>(*this))
{
}

SbiEndpoint::~SbiEndpoint() = default;

void
SbiEndpoint::Install(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(m_node, "SbiEndpoint::Install may be called once only");
    m_node = node;
    TransportAnchor::Attach(node, this);
}

void
SbiEndpoint::Listen(uint16_t port)
{
    NS_ABORT_MSG_UNLESS(m_node, "SbiEndpoint::Install must come before Listen");
    NS_ABORT_MSG_IF(m_listener, "SbiEndpoint::Listen was called already");
    m_listener = OctetListener::Listen(
        m_node,
        port != 0 ? port : m_port,
        [this](const Ptr<OctetStream>& stream) { m_connections->Accept(stream); });
}

void
SbiEndpoint::StopListening()
{
    m_listener = nullptr;
    m_connections->CloseServers();
}

void
SbiEndpoint::ShutDown()
{
    m_listener = nullptr;
    m_client->Forget();
    m_connections->CloseAll();
}

void
SbiEndpoint::SetPeerLost(PeerLost peerLost)
{
    m_peerLost = std::move(peerLost);
}

void
SbiEndpoint::On(const std::string& method,
                const std::string& pathTemplate,
                SbiOperation operation,
                Handler handler)
{
    m_server->Router().Add(method, pathTemplate, std::move(operation), std::move(handler));
}

void
SbiEndpoint::Connect(Ipv4Address peer, uint16_t port)
{
    if (m_disposed)
    {
        return;
    }
    NS_ABORT_MSG_UNLESS(m_node, "SbiEndpoint::Install must come before Connect");
    m_client->Connect({peer, port != 0 ? port : m_port});
}

void
SbiEndpoint::Send(Ipv4Address peer, uint16_t port, SbiRequest request, Done done)
{
    if (m_disposed)
    {
        // An event of a node that is being taken down; nobody is there to hear the answer.
        return;
    }
    NS_ABORT_MSG_UNLESS(m_node, "SbiEndpoint::Install must come before Send");
    m_client->Send({peer, port != 0 ? port : m_port}, std::move(request), std::move(done));
}

uint32_t
SbiEndpoint::Outstanding() const
{
    return static_cast<uint32_t>(m_client->Outstanding());
}

uint32_t
SbiEndpoint::Connections() const
{
    return static_cast<uint32_t>(m_connections->Count());
}

uint64_t
SbiEndpoint::DroppedCount() const
{
    return m_dropped;
}

void
SbiEndpoint::Drop(Ipv4Address peer, const std::string& reason)
{
    ++m_dropped;
    m_droppedTrace(peer, reason);
}

void
SbiEndpoint::DoDispose()
{
    m_listener = nullptr;
    m_disposed = true;
    m_peerLost = nullptr;
    m_client->Forget();
    m_connections->Abandon();
    m_server->Router().Clear();
    if (m_node)
    {
        TransportAnchor::Detach(m_node, this);
        m_node = nullptr;
    }
    Object::DoDispose();
}

} // namespace ns3::mbs
