// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_N4_TRANSPORT_H
#define MBS_N4_TRANSPORT_H

#include "mbs-sbi-message.h"

#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/socket.h"
#include "ns3/traced-callback.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A node's end of N4 or N4mb: PFCP over UDP with repetition (TS 29.244 clauses 6.2, 6.4).
 *
 * Of a message this class reads and writes the header only:
 *
 *     +-------------------+------+-----------+- - - - - - -+-----------------+-------+
 *     | version, flags, S | type | length, 2 | SEID, 8 (S) | sequence no., 3 | spare |
 *     +-------------------+------+-----------+- - - - - - -+-----------------+-------+
 *
 * The sequence number is this class's affair: whatever stands in a message's field is overwritten,
 * in a request with the next number, in an answer with the request's.
 *
 * A request without answer is repeated after T1, N1 times at most. An answer is kept for as long
 * as its request may be repeated, and given again to a repeated request without asking the user.
 */
class N4Endpoint : public Object
{
  public:
    /** UDP port (TS 29.244 clause 6.4.2). */
    static constexpr uint16_t PORT = 8805;

    /** Gets the answer, or nothing when none came. */
    using Done = std::function<void(std::optional<Bytes> response)>;

    /** Gives the answer to a request, at once or later; only the first call counts. */
    using Responder = std::function<void(Bytes response)>;

    /** Handles a request. */
    using RequestHandler = std::function<void(Ipv4Address peer, Bytes request, Responder respond)>;

    /**
     * @brief Callback of the trace sources `MessageSent` and `MessageReceived`.
     * @param operation interface and the message's name, see MessageName()
     * @param isResponse true for an answer
     * @param octets UDP payload
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

    /** @return the TypeId ns3::mbs::N4Endpoint */
    static TypeId GetTypeId();

    /**
     * @param type message type (TS 29.244 table 7.3-1)
     * @return name such as `PFCP Session Report Request`, empty if the type is not known
     */
    static std::string_view MessageName(uint8_t type);

    /** @param type message type @return true for a request that MessageName() knows */
    static bool IsRequest(uint8_t type);

    N4Endpoint();
    ~N4Endpoint() override;

    /**
     * @brief Says on which node this endpoint is. Once, before all else.
     * @param node a node with an IPv4 stack; the endpoint is disposed of with it
     */
    void Install(Ptr<Node> node);

    /** @brief Opens the UDP port. Needed to send as well: both sides use the same port. */
    void Listen();

    /**
     * @brief Ends as a process does that dies: the port is closed, requests that wait are
     * forgotten, and nobody is told. Listen() opens it again.
     */
    void ShutDown();

    /**
     * @brief Sends a request and repeats it until it is answered or given up.
     * @param peer address
     * @param message a PFCP request; its sequence number is overwritten
     * @param name what the counters call the request; MessageName() when empty
     * @param done gets the answer; called once, unless the endpoint is disposed of before
     */
    void SendRequest(Ipv4Address peer, Bytes message, const std::string& name, Done done);

    /** @param handler handles requests from peers */
    void SetRequestHandler(RequestHandler handler);

    /** @return how many requests wait for an answer */
    uint32_t Outstanding() const;

    /** @return how many received messages were dropped */
    uint64_t DroppedCount() const;

  protected:
    void DoDispose() override;

  private:
    class Impl;

    std::shared_ptr<Impl> m_impl; //!< requests and answers

    uint16_t m_port{PORT};           //!< UDP port
    Time m_t1{Seconds(3)};           //!< until a request is repeated
    uint32_t m_n1{3};                //!< repetitions
    std::string m_interface{"N4mb"}; //!< name for the counters
    uint64_t m_dropped{0};           //!< calls of `Dropped`

    TracedCallback<const SbiOperation&, bool, uint32_t> m_sentTrace;     //!< MessageSent
    TracedCallback<const SbiOperation&, bool, uint32_t> m_receivedTrace; //!< MessageReceived
    TracedCallback<Ipv4Address, const std::string&> m_droppedTrace;      //!< Dropped
};

} // namespace ns3::mbs

#endif // MBS_N4_TRANSPORT_H
