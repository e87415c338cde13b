// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_CLIENT_H
#define MBS_SBI_CLIENT_H

#include "mbs-deadline-queue.h"
#include "mbs-sbi-connection-pool.h"

#include "ns3/event-id.h"

#include <boost/container/flat_map.hpp>
#include <deque>
#include <string>
#include <unordered_map>

namespace ns3::mbs
{

/** @brief The half of an endpoint that asks: requests without answer, time-outs, repetitions. */
class SbiEndpoint::Client
{
  public:
    /** Address and port of a server. */
    using PeerKey = ConnectionPool::PeerKey;

    /** A connection. */
    using Connection = ConnectionPool::Connection;

    /** @param owner whose attributes and traces */
    explicit Client(SbiEndpoint& owner);

    /** @param peer a server to which there shall be a connection */
    void Connect(const PeerKey& peer);

    /** @param peer a server @param request what @param done gets the answer */
    void Send(const PeerKey& peer, SbiRequest request, Done done);

    /** @return how many requests wait for an answer */
    std::size_t Outstanding() const;

    /** @brief Forgets all requests; nobody is told. */
    void Forget();

    /** @param id a request that was wholly given to TCP @return what it is */
    const SbiOperation& NoteSent(uint64_t id);

    /** @param connection where @param event an answer */
    void HandleResponse(const Ptr<Connection>& connection, Http2Session::Event& event);

    /** @param connection where @param event a stream that ended */
    void HandleClosed(const Ptr<Connection>& connection, const Http2Session::Event& event);

    /** @param connection that is gone, so that its requests move on */
    void ConnectionLost(const Ptr<Connection>& connection);

  private:
    /** When requests, by number, are given up. */
    using Timeouts = DeadlineQueue<uint64_t>;

    /** A request without answer. */
    struct Pending
    {
        PeerKey peer;            //!< to whom
        SbiRequest request;      //!< what
        Done done;               //!< who waits
        Timeouts::Timer timeout; //!< end of patience
        uint64_t connection{0};  //!< on which connection it is, 0 for none
        int32_t stream{0};       //!< on which stream
        bool sent{false};        //!< wholly given to TCP
        uint32_t retries{0};     //!< how often it was sent again
    };

    /** What is known of a server. */
    struct Peer
    {
        uint64_t connection{0};       //!< the one for new requests, 0 for none
        std::deque<uint64_t> waiting; //!< requests until the next attempt
        std::string authority;        //!< as HTTP calls it, once it was asked
        EventId attempt;              //!< the next attempt
    };

    /**
     * @brief Puts a request on the connection to its peer, or lets it wait for one.
     * @param id the request
     */
    void Submit(uint64_t id);

    /**
     * @brief The end of a request.
     * @param id which
     * @param response its answer
     */
    void Finish(uint64_t id, const SbiResponse& response);

    /**
     * @brief Sends a request again, if it may be.
     * @param id which
     */
    void Again(uint64_t id);

    /** @param id a request that cannot be answered @param why a clause */
    void Fail(uint64_t id, const std::string& why);

    /** @param id a request that has waited long enough */
    void OnTimeout(uint64_t id);

    /** @param peer a server to be tried again */
    void OnAttempt(PeerKey peer);

    SbiEndpoint& m_owner;                              //!< attributes and traces
    Timeouts m_timeouts;                               //!< of the requests in m_pending
    std::unordered_map<uint64_t, Pending> m_pending;   //!< by number
    boost::container::flat_map<PeerKey, Peer> m_peers; //!< servers talked to
    uint64_t m_lastId{0};                              //!< last number given to a request
};

} // namespace ns3::mbs

#endif // MBS_SBI_CLIENT_H
