// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_ENDPOINT_H
#define MBS_SBI_ENDPOINT_H

#include "mbs-sbi-message.h"
#include "mbs-sbi-router.h"

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <functional>
#include <memory>

namespace ns3::mbs
{

class OctetListener;

/**
 * @ingroup mbs
 * @brief A node's end of the service-based interface: HTTP/2 over ns-3 TCP (TS 29.500 clause 5).
 *
 * Client and server at once, one object on a node. Cleartext with prior knowledge (RFC 9113 clause
 * 3.3): TLS would hide from captures what the module is there to show. The first request to a peer
 * opens a connection, all later ones share it as streams.
 *
 * A request is sent again on a new connection when the old one was lost before the answer. Where
 * the peer cannot have acted on it (not wholly sent, or refused by the peer) that is always safe;
 * otherwise the method decides: GET, PUT and DELETE are idempotent (RFC 9110 clause 9.2.2), POST
 * and PATCH are not and may then be acted on twice, which `RetryNonIdempotent` allows or forbids.
 *
 * Each octet given to TCP is in exactly one `MessageSent`, at the end of its message: HEADERS,
 * CONTINUATION and DATA frames with their frame headers. Frames of the connection (preface with
 * SETTINGS, WINDOW_UPDATE, PING, RST_STREAM, GOAWAY) and frames of messages that were broken off
 * come under ControlOperation().
 *
 * Nothing is sent when the object is disposed of, because its node's devices may be gone already;
 * StopListening() says goodbye to clients.
 */
class SbiEndpoint : public Object
{
  public:
    /** Answers a request. */
    using Responder = SbiResponder;

    /** Handles a request. */
    using Handler = SbiHandler;

    /** Gets the answer to a request, exactly once unless the endpoint is disposed of before. */
    using Done = std::function<void(const SbiResponse& response)>;

    /**
     * @brief Callback of the trace sources `MessageSent` and `MessageReceived`.
     * @param operation what the message is; for a response the request's
     * @param isResponse true for a response
     * @param octets octets of the HTTP/2 frames
     */
    using MessageCallback = void (*)(const SbiOperation& operation,
                                     bool isResponse,
                                     uint32_t octets);

    /**
     * @brief Callback of the trace source `Dropped`.
     * @param peer who sent it
     * @param reason what was wrong, one clause of a sentence
     */
    using DroppedCallback = void (*)(Ipv4Address peer, const std::string& reason);

    /**
     * @brief Callback of the trace source `TimedOut`.
     * @param operation the request
     * @param peer who did not answer
     */
    using TimedOutCallback = void (*)(const SbiOperation& operation, Ipv4Address peer);

    /** @return the TypeId ns3::mbs::SbiEndpoint */
    static TypeId GetTypeId();

    /** @return what frames that belong to no message are counted as: `SBI`, `HTTP/2 control` */
    static const SbiOperation& ControlOperation();

    /** @return what requests for unknown resources are counted as: `SBI`, `unknown request` */
    static const SbiOperation& UnknownOperation();

    SbiEndpoint();
    ~SbiEndpoint() override;

    /**
     * @brief Says on which node this endpoint is. Once, before all else.
     *
     * The endpoint is disposed of together with the node.
     *
     * @param node a node with an IPv4 stack
     */
    void Install(Ptr<Node> node);

    /**
     * @brief Accepts connections.
     * @param port TCP port; 0 for the attribute `Port`
     */
    void Listen(uint16_t port = 0);

    /**
     * @brief Closes the port and all connections that clients opened, with GOAWAY and FIN.
     *
     * Listen() opens it again: a server's restart.
     */
    void StopListening();

    /**
     * @brief Ends as a process does that dies: the port and all connections are closed without a
     * goodbye, and what was asked and not answered is forgotten; nobody is told here.
     *
     * Handlers stay, so that Listen() is all that a new process has to do.
     */
    void ShutDown();

    /** Hears that a connection to a server has ended which had been up. */
    using PeerLost = std::function<void(Ipv4Address peer)>;

    /** @param peerLost called when a connection to a server was lost, but not by ShutDown() */
    void SetPeerLost(PeerLost peerLost);

    /**
     * @brief Says who handles a request.
     *
     * The template is an absolute path whose segments are literal or `{name}`. Where two templates
     * fit a path, the one that is literal in the first differing segment wins. A path without
     * template is answered with 404, a path without this method with 405.
     *
     * @param method HTTP method
     * @param pathTemplate for example `/nmbsmf-mbssession/v1/mbs-sessions/{mbsSessionRef}`
     * @param operation what the counters call request and answer
     * @param handler what to do
     */
    void On(const std::string& method,
            const std::string& pathTemplate,
            SbiOperation operation,
            Handler handler);

    /**
     * @brief Opens a connection, so that the first request does not wait for it.
     * @param peer address
     * @param port TCP port; 0 for the attribute `Port`
     */
    void Connect(Ipv4Address peer, uint16_t port = 0);

    /**
     * @brief Sends a request.
     *
     * When no answer comes, @p done gets one made here (SbiResponse::local): 504 with cause
     * TIMED_OUT_REQUEST or TARGET_NF_NOT_REACHABLE (TS 29.500 table 5.2.7.2-1).
     *
     * @param peer address
     * @param port TCP port; 0 for the attribute `Port`
     * @param request what
     * @param done gets the answer; never called before this function has returned
     */
    void Send(Ipv4Address peer, uint16_t port, SbiRequest request, Done done);

    /** @return how many requests wait for an answer */
    uint32_t Outstanding() const;

    /** @return how many connections are open or being opened, either way */
    uint32_t Connections() const;

    /** @return how many times something wrong came from a peer and was dropped */
    uint64_t DroppedCount() const;

  protected:
    void DoDispose() override;

  private:
    class ConnectionPool;
    class Client;
    class Server;

    /** @param peer who sent it @param reason what was wrong */
    void Drop(Ipv4Address peer, const std::string& reason);

    std::unique_ptr<ConnectionPool> m_connections; //!< HTTP/2 on TCP
    std::unique_ptr<Client> m_client;              //!< asks
    std::shared_ptr<Server> m_server;              //!< is asked
    Ptr<Node> m_node;                              //!< where this runs
    Ptr<OctetListener> m_listener;                 //!< null when not listening
    PeerLost m_peerLost;                           //!< hears of lost servers
    bool m_disposed{false};                        //!< nothing may be done any more

    uint16_t m_port{80};                     //!< default port
    Time m_requestTimeout{Seconds(10)};      //!< how long a request waits
    uint32_t m_maxConcurrentStreams{1000};   //!< requests at once that a server allows
    uint32_t m_windowSize{1U << 20};         //!< flow-control windows, octets
    uint32_t m_maxBodySize{1U << 24};        //!< largest accepted content, octets
    uint32_t m_maxRetries{3};                //!< how often a request is sent again
    Time m_retryInterval{MilliSeconds(100)}; //!< pause after a connection that did not come up
    bool m_retryNonIdempotent{true};         //!< also POST and PATCH are sent again
    uint64_t m_dropped{0};                   //!< calls of `Dropped`

    TracedCallback<const SbiOperation&, bool, uint32_t> m_sentTrace;     //!< MessageSent
    TracedCallback<const SbiOperation&, bool, uint32_t> m_receivedTrace; //!< MessageReceived
    TracedCallback<Ipv4Address, const std::string&> m_droppedTrace;      //!< Dropped
    TracedCallback<const SbiOperation&, Ipv4Address> m_timedOutTrace;    //!< TimedOut
};

} // namespace ns3::mbs

#endif // MBS_SBI_ENDPOINT_H
