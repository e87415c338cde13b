// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-n4-transport.h"

#include "mbs-transport-anchor.h"

#include "ns3/abort.h"
#include "ns3/inet-socket-address.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <deque>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(N4Endpoint);

namespace
{

/** What this class reads of a header. */
struct PfcpHeader
{
    uint8_t type{0};               //!< message type
    uint32_t sequence{0};          //!< sequence number
    std::size_t sequenceOffset{0}; //!< where it is
};

/** Octets before the length counts, and of SEID (TS 29.244 clause 7.2.2). */
constexpr std::size_t FIXED_SIZE = 4;
constexpr std::size_t SEID_SIZE = 8;

/** Version 1 in the three highest bits; the S flag in the lowest. */
constexpr uint8_t VERSION_MASK = 0xe0;
constexpr uint8_t VERSION_1 = 0x20;
constexpr uint8_t FLAG_S = 0x01;

/** Sequence numbers have 24 bits. */
constexpr uint32_t SEQUENCE_MASK = 0xffffff;

/**
 * @param message octets
 * @return the header, or nothing if it is none or the length is not the message's
 */
std::optional<PfcpHeader>
ReadHeader(ByteView message)
{
    ByteReader reader(message);
    PfcpHeader header;
    const uint8_t flags = reader.U8();
    header.type = reader.U8();
    const uint16_t length = reader.U16();
    if ((flags & FLAG_S) != 0)
    {
        reader.Take(SEID_SIZE);
    }
    header.sequenceOffset = reader.Position();
    header.sequence = reader.U24();
    reader.U8();
    if (!reader.Ok() || (flags & VERSION_MASK) != VERSION_1 ||
        length + FIXED_SIZE != message.size())
    {
        return std::nullopt;
    }
    return header;
}

/** @param type of a request @return type of its response, which is the next one */
uint8_t
ResponseTo(uint8_t type)
{
    return static_cast<uint8_t>(type + 1);
}

/**
 * @param message where to write
 * @param header of it
 * @param sequence what to write
 */
void
WriteSequence(Bytes& message, const PfcpHeader& header, uint32_t sequence)
{
    message[header.sequenceOffset] = static_cast<uint8_t>(sequence >> 16);
    message[header.sequenceOffset + 1] = static_cast<uint8_t>(sequence >> 8);
    message[header.sequenceOffset + 2] = static_cast<uint8_t>(sequence);
}

} // namespace

/** @brief What an endpoint does, apart from being an ns-3 Object. */
class N4Endpoint::Impl : public std::enable_shared_from_this<N4Endpoint::Impl>
{
  public:
    /** Names a transaction: the other end and the sequence number. */
    using Key = std::pair<Ipv4Address, uint32_t>;

    /** A request of this end. */
    struct Request
    {
        Bytes message;    //!< to be repeated
        uint8_t type{0};  //!< its type; the answer's is one more
        std::string name; //!< for the counters
        Done done;        //!< who waits
        uint32_t left{0}; //!< how often it may still be repeated
        EventId timer;    //!< T1
    };

    /** A request of the other end. */
    struct Served
    {
        uint8_t type{0};      //!< its type
        bool answered{false}; //!< there is an answer
        Bytes response;       //!< the answer, to be repeated
    };

    /** @param owner the object */
    explicit Impl(N4Endpoint& owner)
        : m_owner(owner)
    {
    }

    void Install(Ptr<Node> node)
    {
        NS_ABORT_MSG_IF(m_node, "N4Endpoint::Install may be called once only");
        m_node = node;
        TransportAnchor::Attach(node, &m_owner);
    }

    void Listen()
    {
        NS_ABORT_MSG_UNLESS(m_node, "N4Endpoint::Install must come before Listen");
        NS_ABORT_MSG_IF(m_socket, "N4Endpoint::Listen was called already");
        m_socket = Socket::CreateSocket(m_node, UdpSocketFactory::GetTypeId());
        NS_ABORT_MSG_IF(m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), m_owner.m_port)) !=
                            0,
                        "UDP port " << m_owner.m_port << " of node " << m_node->GetId()
                                    << " is in use already; choose another from 1 to 65535");
        m_socket->SetRecvCallback(MakeCallback(&Impl::OnReceive, this));
    }

    void ShutDown()
    {
        for (auto& entry : m_requests)
        {
            entry.second.timer.Cancel();
        }
        m_requests.clear();
        m_served.clear();
        m_expiry.clear();
        if (m_socket)
        {
            m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
            m_socket->Close();
            m_socket = nullptr;
        }
    }

    void Dispose()
    {
        ShutDown();
        m_handler = nullptr;
        if (m_node)
        {
            TransportAnchor::Detach(m_node, &m_owner);
            m_node = nullptr;
        }
        m_disposed = true;
    }

    void SendRequest(Ipv4Address peer, Bytes message, const std::string& name, Done done)
    {
        if (m_disposed)
        {
            return;
        }
        NS_ABORT_MSG_UNLESS(m_socket, "N4Endpoint::Listen must come before SendRequest");
        const auto header = ReadHeader(message);
        NS_ABORT_MSG_UNLESS(header && IsRequest(header->type),
                            "N4Endpoint::SendRequest was given octets that are no PFCP request");
        // A number that is still waiting is passed over; there are 2^24.
        Key key;
        do
        {
            m_sequence = (m_sequence + 1) & SEQUENCE_MASK;
            key = {peer, m_sequence};
        } while (m_requests.count(key) != 0);
        Request& request = m_requests[key];
        WriteSequence(message, *header, m_sequence);
        request.message = std::move(message);
        request.type = header->type;
        request.name = name.empty() ? std::string(MessageName(header->type)) : name;
        request.done = std::move(done);
        request.left = m_owner.m_n1;
        SendOut(key);
    }

    std::map<Key, Request> m_requests; //!< waiting for an answer
    RequestHandler m_handler;          //!< the user

  private:
    /** @param key a request to be sent, for the first time or again */
    void SendOut(const Key& key)
    {
        Request& request = m_requests.at(key);
        request.timer = Simulator::Schedule(m_owner.m_t1, &Impl::OnTimer, this, key);
        Transmit(key.first, request.message);
        m_owner.m_sentTrace(SbiOperation{m_owner.m_interface, request.name},
                            false,
                            static_cast<uint32_t>(request.message.size()));
    }

    /** @param key a request that was not answered in T1 */
    void OnTimer(Key key)
    {
        Request& request = m_requests.at(key);
        if (request.left > 0)
        {
            --request.left;
            SendOut(key);
            return;
        }
        const Done done = std::move(request.done);
        m_requests.erase(key);
        if (done)
        {
            done(std::nullopt);
        }
    }

    /** @param peer where to @param message what */
    void Transmit(Ipv4Address peer, const Bytes& message)
    {
        m_socket->SendTo(Create<Packet>(message.data(), message.size()),
                         0,
                         InetSocketAddress(peer, m_owner.m_port));
    }

    void OnReceive(Ptr<Socket> socket)
    {
        // A user may dispose of the endpoint and let go of it.
        const Ptr<N4Endpoint> self(&m_owner);
        Address from;
        while (Ptr<Packet> packet = m_socket ? socket->RecvFrom(from) : nullptr)
        {
            Bytes message(packet->GetSize());
            packet->CopyData(message.data(), message.size());
            Handle(InetSocketAddress::ConvertFrom(from).GetIpv4(), std::move(message));
        }
    }

    /** @param peer who sent it @param message what */
    void Handle(Ipv4Address peer, Bytes message)
    {
        const auto header = ReadHeader(message);
        if (!header)
        {
            Drop(peer, "the octets are no PFCP message");
        }
        else if (MessageName(header->type).empty())
        {
            Drop(peer, "the message type " + std::to_string(header->type) + " is not known");
        }
        else if (IsRequest(header->type))
        {
            HandleRequest(peer, *header, std::move(message));
        }
        else
        {
            HandleResponse(peer, *header, std::move(message));
        }
    }

    /** @param peer who sent it @param header its header @param message an answer */
    void HandleResponse(Ipv4Address peer, const PfcpHeader& header, Bytes message)
    {
        const auto entry = m_requests.find({peer, header.sequence});
        if (entry == m_requests.end() || ResponseTo(entry->second.type) != header.type)
        {
            Drop(peer, "an answer fits no request that waits");
            return;
        }
        Request request = std::move(entry->second);
        m_requests.erase(entry);
        request.timer.Cancel();
        m_owner.m_receivedTrace(SbiOperation{m_owner.m_interface, MessageName(header.type)},
                                true,
                                static_cast<uint32_t>(message.size()));
        if (request.done)
        {
            request.done(std::move(message));
        }
    }

    /** @param peer who sent it @param header its header @param message a request */
    void HandleRequest(Ipv4Address peer, const PfcpHeader& header, Bytes message)
    {
        const SbiOperation operation{m_owner.m_interface, MessageName(header.type)};
        m_owner.m_receivedTrace(operation, false, static_cast<uint32_t>(message.size()));
        Forget();
        const Key key{peer, header.sequence};
        const auto entry = m_served.find(key);
        if (entry != m_served.end() && entry->second.type == header.type)
        {
            if (entry->second.answered)
            {
                Transmit(peer, entry->second.response);
                m_owner.m_sentTrace(
                    SbiOperation{m_owner.m_interface, MessageName(ResponseTo(header.type))},
                    true,
                    static_cast<uint32_t>(entry->second.response.size()));
            }
            return;
        }
        if (!m_handler)
        {
            Drop(peer, "nobody handles requests here");
            return;
        }
        m_served[key] = Served{header.type, false, {}};
        m_expiry.emplace_back(Simulator::Now() + m_owner.m_t1 * (m_owner.m_n1 + 1), key);
        const std::weak_ptr<Impl> weak = weak_from_this();
        const RequestHandler handler = m_handler;
        handler(peer, std::move(message), [weak, key](Bytes response) {
            const std::shared_ptr<Impl> impl = weak.lock();
            if (impl)
            {
                impl->Respond(key, std::move(response));
            }
        });
    }

    /** @param key a request of the other end @param response its answer */
    void Respond(const Key& key, Bytes response)
    {
        const auto entry = m_served.find(key);
        if (m_disposed || entry == m_served.end() || entry->second.answered)
        {
            return;
        }
        const auto header = ReadHeader(response);
        NS_ABORT_MSG_UNLESS(header && header->type == ResponseTo(entry->second.type),
                            "N4Endpoint: an answer must be the PFCP response to its request");
        WriteSequence(response, *header, key.second);
        entry->second.answered = true;
        Transmit(key.first, response);
        m_owner.m_sentTrace(SbiOperation{m_owner.m_interface, MessageName(header->type)},
                            true,
                            static_cast<uint32_t>(response.size()));
        entry->second.response = std::move(response);
    }

    /** @brief Forgets requests that cannot be repeated any more. */
    void Forget()
    {
        while (!m_expiry.empty() && m_expiry.front().first <= Simulator::Now())
        {
            m_served.erase(m_expiry.front().second);
            m_expiry.pop_front();
        }
    }

    /** @param peer who sent it @param reason what was wrong */
    void Drop(Ipv4Address peer, const std::string& reason)
    {
        ++m_owner.m_dropped;
        m_owner.m_droppedTrace(peer, reason);
    }

    N4Endpoint& m_owner;                       //!< attributes and traces
    Ptr<Node> m_node;                          //!< where this runs
    Ptr<Socket> m_socket;                      //!< null before Listen()
    uint32_t m_sequence{0};                    //!< last number used
    std::map<Key, Served> m_served;            //!< requests of others
    std::deque<std::pair<Time, Key>> m_expiry; //!< until when they may be repeated
    bool m_disposed{false};                    //!< nothing may be done any more
};

TypeId
N4Endpoint::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::N4Endpoint")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<N4Endpoint>()
            .AddAttribute("Port",
                          "UDP port of this endpoint and of its peers.",
                          UintegerValue(PORT),
                          MakeUintegerAccessor(&N4Endpoint::m_port),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("T1",
                          "How long a request waits for its answer before it is repeated (time).",
                          TimeValue(Seconds(3)),
                          MakeTimeAccessor(&N4Endpoint::m_t1),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("N1",
                          "How often a request is repeated at most (number).",
                          UintegerValue(3),
                          MakeUintegerAccessor(&N4Endpoint::m_n1),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("Interface",
                          "Reference point under which messages are counted.",
                          StringValue("N4mb"),
                          MakeStringAccessor(&N4Endpoint::m_interface),
                          MakeStringChecker())
            .AddTraceSource("MessageSent",
                            "A message was sent, for the first time or again.",
                            MakeTraceSourceAccessor(&N4Endpoint::m_sentTrace),
                            "ns3::mbs::N4Endpoint::MessageCallback")
            .AddTraceSource("MessageReceived",
                            "A message arrived, for the first time or again.",
                            MakeTraceSourceAccessor(&N4Endpoint::m_receivedTrace),
                            "ns3::mbs::N4Endpoint::MessageCallback")
            .AddTraceSource("Dropped",
                            "Something wrong came from a peer.",
                            MakeTraceSourceAccessor(&N4Endpoint::m_droppedTrace),
                            "ns3::mbs::N4Endpoint::DroppedCallback");
    return tid;
}

std::string_view
N4Endpoint::MessageName(uint8_t type)
{
    switch (type)
    {
    case 1:
        return "PFCP Heartbeat Request";
    case 2:
        return "PFCP Heartbeat Response";
    case 5:
        return "PFCP Association Setup Request";
    case 6:
        return "PFCP Association Setup Response";
    case 50:
        return "PFCP Session Establishment Request";
    case 51:
        return "PFCP Session Establishment Response";
    case 52:
        return "PFCP Session Modification Request";
    case 53:
        return "PFCP Session Modification Response";
    case 54:
        return "PFCP Session Deletion Request";
    case 55:
        return "PFCP Session Deletion Response";
    case 56:
        return "PFCP Session Report Request";
    case 57:
        return "PFCP Session Report Response";
    default:
        return {};
    }
}

bool
N4Endpoint::IsRequest(uint8_t type)
{
    // Node messages have odd requests, session messages even ones.
    return !MessageName(type).empty() && (type < 50 ? type % 2 == 1 : type % 2 == 0);
}

N4Endpoint::N4Endpoint()
    : m_impl(std::make_shared<Impl>(*this))
{
}

N4Endpoint::~N4Endpoint() = default;

void
N4Endpoint::Install(Ptr<Node> node)
{
    m_impl->Install(node);
}

void
N4Endpoint::Listen()
{
    m_impl->Listen();
}

void
N4Endpoint::ShutDown()
{
    m_impl->ShutDown();
}

void
N4Endpoint::SendRequest(Ipv4Address peer, Bytes message, const std::string& name, Done done)
{
    m_impl->SendRequest(peer, std::move(message), name, std::move(done));
}

void
N4Endpoint::SetRequestHandler(RequestHandler handler)
{
    m_impl->m_handler = std::move(handler);
}

uint32_t
N4Endpoint::Outstanding() const
{
    return static_cast<uint32_t>(m_impl->m_requests.size());
}

uint64_t
N4Endpoint::DroppedCount() const
{
    return m_dropped;
}

void
N4Endpoint::DoDispose()
{
    m_impl->Dispose();
    Object::DoDispose();
}

} // namespace ns3::mbs
