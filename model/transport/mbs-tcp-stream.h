// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TCP_STREAM_H
#define MBS_TCP_STREAM_H

#include "ns3/mbs-bytes.h"

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/simple-ref-count.h"
#include "ns3/socket.h"

#include <functional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief An octet stream over an ns-3 TCP socket.
 *
 * Keeps what the socket's send buffer does not take, tells of space, and makes sure that after
 * Close() or Abandon() no event arrives any more. ns-3's TCP sends 1 ns after it was given data,
 * but at once what it is given from within `received`; nothing is added to that here.
 */
class TcpStream : public SimpleRefCount<TcpStream>
{
  public:
    /** What a stream tells its user. */
    struct Events
    {
        std::function<void()> connected;        //!< the connection is up
        std::function<void(ByteView)> received; //!< octets, in order
        std::function<void()> writable;         //!< TCP took all that was written
        std::function<void()> closed;           //!< the connection ended or could not be made
    };

    /**
     * @brief Opens a connection.
     * @param node where the stream starts
     * @param peer address of the listener
     * @param port port of the listener
     * @param events what to call; never called before this function has returned
     * @return the stream, not yet connected
     */
    static Ptr<TcpStream> Connect(Ptr<Node> node, Ipv4Address peer, uint16_t port, Events events);

    /**
     * @brief Takes over a connection that a listener accepted.
     * @param socket the connection
     * @param from the other end
     * @param events what to call
     * @return the stream, connected
     */
    static Ptr<TcpStream> Adopt(Ptr<Socket> socket, const Address& from, Events events);

    /**
     * @brief Sets buffers, segment size and initial window of a socket that is not yet connected.
     *
     * Segments of 1448 octets fill an Ethernet frame with TCP time stamps on; an initial window of
     * 10 segments is RFC 6928's; Nagle's algorithm is off, as in HTTP/2 implementations; a SYN is
     * repeated after 1 s, 2 s, 4 s and so on (RFC 6298), also when the port is closed: ns-3's TCP
     * does not notice the RST that says so.
     *
     * @param socket a TCP socket
     */
    static void Configure(Ptr<Socket> socket);

    ~TcpStream();

    /** @param events what to call from now on */
    void SetEvents(Events events);

    /** @return true between the connection's establishment and its end */
    bool IsUp() const;

    /** @return address of the other end */
    Ipv4Address Peer() const;

    /** @return port of the other end */
    uint16_t PeerPort() const;

    /**
     * @brief Sends octets, as soon as the connection is up and TCP takes them.
     * @param octets what to send
     */
    void Write(ByteView octets);

    /** @return how many written octets TCP did not take yet */
    std::size_t Waiting() const;

    /**
     * @brief Closes the connection after what TCP took; octets that still wait are dropped.
     *
     * No event is called any more.
     */
    void Close();

    /** @brief Lets go of the socket without a word to the other end; no event any more. */
    void Abandon();

  private:
    friend class SimpleRefCount<TcpStream>;

    TcpStream() = default;

    /** @brief Connects to the peer. */
    void Open();

    /** @brief Connects the socket's callbacks to this object. */
    void Attach();

    /** @brief Takes them off. */
    void Detach();

    /** @brief Gives TCP what it has room for. */
    void Flush();

    /**
     * @brief The connection is up.
     * @param socket the socket
     */
    void OnConnected(Ptr<Socket> socket);

    /**
     * @brief Octets have arrived.
     * @param socket has them
     */
    void OnReceive(Ptr<Socket> socket);

    /**
     * @brief TCP has room again.
     * @param socket the socket
     * @param space octets
     */
    void OnSpace(Ptr<Socket> socket, uint32_t space);

    /**
     * @brief The connection has ended or did not come up.
     * @param socket the socket
     */
    void OnClosed(Ptr<Socket> socket);

    Ptr<Socket> m_socket;                      //!< null after the end
    Events m_events;                           //!< the user
    Ipv4Address m_peer{Ipv4Address::GetAny()}; //!< the other end
    uint16_t m_port{0};                        //!< the other end
    bool m_up{false};                          //!< connected
    Bytes m_waiting;                           //!< written, not yet taken
    std::size_t m_taken{0};                    //!< how many of m_waiting TCP took
    Bytes m_read;                              //!< buffer for OnReceive()
};

/**
 * @ingroup mbs
 * @brief Accepts TCP connections.
 */
class TcpListener : public SimpleRefCount<TcpListener>
{
  public:
    /** Called for each connection with its socket and the other end. */
    using Accepted = std::function<void(Ptr<Socket> socket, const Address& from)>;

    /**
     * @brief Starts to listen; stops the simulation with a sentence if the port is taken.
     * @param node where
     * @param port on which port of all its addresses
     * @param accepted what to call
     * @return the listener
     */
    static Ptr<TcpListener> Listen(Ptr<Node> node, uint16_t port, Accepted accepted);

    ~TcpListener();

    /** @brief Accepts no more connections; those accepted go on. */
    void Close();

  private:
    friend class SimpleRefCount<TcpListener>;

    TcpListener() = default;

    /**
     * @brief A client has connected.
     * @param socket the new connection
     * @param from its address
     */
    void OnAccepted(Ptr<Socket> socket, const Address& from);

    Ptr<Socket> m_socket; //!< null when closed
    Accepted m_accepted;  //!< the user
};

} // namespace ns3::mbs

#endif // MBS_TCP_STREAM_H
