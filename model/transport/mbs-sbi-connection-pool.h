// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_CONNECTION_POOL_H
#define MBS_SBI_CONNECTION_POOL_H

#include "mbs-http2-session.h"
#include "mbs-octet-stream.h"
#include "mbs-sbi-endpoint.h"

#include "ns3/simple-ref-count.h"

#include <boost/container/flat_map.hpp>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/** @brief HTTP/2 on TCP: the connections of an endpoint, and what moves octets between the two. */
class SbiEndpoint::ConnectionPool
{
  public:
    /** Address and port of the other end. */
    using PeerKey = std::pair<Ipv4Address, uint16_t>;

    /** A connection. */
    struct Connection : public SimpleRefCount<Connection>
    {
        uint64_t id{0};                                 //!< name
        bool client{false};                             //!< opened here
        PeerKey peer;                                   //!< the other end
        std::unique_ptr<Http2Session> session;          //!< the protocol
        Ptr<OctetStream> stream;                        //!< the transport
        bool wasUp{false};                              //!< it came up once
        bool running{false};                            //!< Run() is at work on it
        std::unordered_map<int32_t, uint64_t> requests; //!< client: stream to request
        std::unordered_map<int32_t, SbiOperation>
            received; //!< server: requests not yet wholly answered
    };

    /** @param owner whose attributes and traces */
    explicit ConnectionPool(SbiEndpoint& owner);

    /**
     * @brief Opens a connection as a client.
     * @param peer the server
     * @return the connection, which is not up yet
     */
    Ptr<Connection> Open(const PeerKey& peer);

    /**
     * @brief Takes over a connection from a client.
     * @param stream the connection
     */
    void Accept(Ptr<OctetStream> stream);

    /** @param id a connection @return it, or null if it is gone */
    Ptr<Connection> Find(uint64_t id) const;

    /** @return how many there are */
    std::size_t Count() const;

    /**
     * @brief Acts on what happened on a connection and writes what it has to say, until neither is
     * left.
     * @param connection which
     */
    void Run(Ptr<Connection> connection);

    /** @brief Closes all that clients opened, with GOAWAY and FIN. */
    void CloseServers();

    /** @brief Closes all with FIN, and nothing else. */
    void CloseAll();

    /** @brief Lets go of all without a word. */
    void Abandon();

  private:
    /**
     * @param role which end
     * @param id its name
     * @param stream its transport
     * @return a connection
     */
    Ptr<Connection> Make(Http2Session::Role role, uint64_t id, Ptr<OctetStream> stream);

    /** @return all connections in the order in which they were made, to stay while they are closed
     */
    std::vector<Ptr<Connection>> All() const;

    /** @param id a connection @return what its transport calls */
    OctetStream::Events MakeEvents(uint64_t id);

    /** @param connection where @param event what happened */
    void Handle(const Ptr<Connection>& connection, Http2Session::Event& event);

    /** @param connection where @param event a message that was serialised */
    void HandleSent(const Ptr<Connection>& connection, const Http2Session::Event& event);

    /**
     * @brief The end of a connection.
     * @param connection which
     * @param close true to close the transport, false when it is closed
     */
    void Remove(Ptr<Connection> connection, bool close);

    SbiEndpoint& m_owner; //!< attributes and traces
    /** By name, and so in the order in which they were made; most endpoints have a few. */
    boost::container::flat_map<uint64_t, Ptr<Connection>> m_connections;
    uint64_t m_lastId{0};    //!< last name given
    bool m_abandoned{false}; //!< nothing may be done any more
};

} // namespace ns3::mbs

#endif // MBS_SBI_CONNECTION_POOL_H
