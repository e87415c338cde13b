// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UDP_PORT_H
#define MBS_UDP_PORT_H

#include "mbs-udp-fast-path.h"

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/simple-ref-count.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A UDP port through which packets of the user plane come and go: a UDP socket of ns-3, and
 * the node's UdpFastPath for what can go past it, if the node has one.
 */
class UdpPort : public SimpleRefCount<UdpPort>
{
  public:
    /** Gets the payload of a datagram, as its own. */
    using Receiver = std::function<void(const Ptr<Packet>&)>;

    /**
     * @brief Opens a port.
     * @param node with an IP stack
     * @param address own address, or any
     * @param port number, or 0 for one that is free
     * @param receiver gets what comes; null for a port that only sends
     * @return the port, null if it is taken. It goes past the IP stack only if ns-3's attributes of
     * UDP sockets (TTL, interface of multicast, size of the receive buffer) are what they are by
     * default
     */
    static Ptr<UdpPort> Open(const Ptr<Node>& node,
                             Ipv4Address address,
                             uint16_t port,
                             Receiver receiver = nullptr);

    ~UdpPort();

    UdpPort(const UdpPort&) = delete;
    UdpPort& operator=(const UdpPort&) = delete;

    /**
     * @brief Sends a datagram.
     * @param packet its payload, of the caller no more: it may get headers
     * @param address of the peer, or of a group
     * @param port of the peer
     */
    void SendTo(const Ptr<Packet>& packet, Ipv4Address address, uint16_t port);

    /** @brief Neither sends nor receives any more. */
    void Close();

  private:
    friend class UdpFastPath;

    /** @param socket bound @param fastPath may be null @param receiver as given to Open() */
    UdpPort(const Ptr<Socket>& socket, const Ptr<UdpFastPath>& fastPath, Receiver receiver);

    /** @param socket has datagrams */
    void Receive(Ptr<Socket> socket);

    /** @param packet payload of a datagram that came the short way */
    void Deliver(const Ptr<Packet>& packet) const;

    Ptr<Socket> m_socket; //!< holds the port, and carries what is unusual; null after Close()
    Ptr<UdpFastPath> m_fastPath; //!< carries the rest; null after Close()
    UdpFastPath::Ends m_ends;    //!< own address and port, and the peer of the packet at hand
    Receiver m_receiver;         //!< may be null
};

} // namespace ns3::mbs

#endif // MBS_UDP_PORT_H
