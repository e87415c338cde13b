// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TCP_STREAM_H
#define MBS_TCP_STREAM_H

#include "mbs-octet-stream.h"

#include "ns3/inet-socket-address.h"
#include "ns3/socket.h"

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
class TcpStream : public OctetStream
{
  public:
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
     * @return the stream, connected
     */
    static Ptr<TcpStream> Adopt(Ptr<Socket> socket, const Address& from);

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

    ~TcpStream() override;

    void Write(ByteView octets) override;
    std::size_t Waiting() const override;
    void Close() override;
    void Abandon() override;

  private:
    /** @param socket of the connection @param peer the other end @param up true if connected */
    TcpStream(Ptr<Socket> socket, const InetSocketAddress& peer, bool up);

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

    Ptr<Socket> m_socket;   //!< null after the end
    Bytes m_waiting;        //!< written, not yet taken
    std::size_t m_taken{0}; //!< how many of m_waiting TCP took
    Bytes m_read;           //!< buffer for OnReceive()
};

/**
 * @ingroup mbs
 * @brief Accepts TCP connections.
 */
class TcpListener : public OctetListener
{
  public:
    /**
     * @brief Starts to listen; stops the simulation with a sentence if the port is taken.
     * @param node where
     * @param port on which port of all its addresses
     * @param accepted what to call
     * @return the listener
     */
    static Ptr<TcpListener> Listen(Ptr<Node> node, uint16_t port, Accepted accepted);

    ~TcpListener() override;

  private:
    /** @param socket listens @param accepted what to call */
    TcpListener(Ptr<Socket> socket, Accepted accepted);

    /**
     * @brief A client has connected.
     * @param socket the new connection
     * @param from its address
     */
    void OnAccepted(Ptr<Socket> socket, const Address& from);

    Ptr<Socket> m_socket; //!< listens
    Accepted m_accepted;  //!< the user
};

} // namespace ns3::mbs

#endif // MBS_TCP_STREAM_H
