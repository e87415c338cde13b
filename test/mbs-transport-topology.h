// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRANSPORT_TOPOLOGY_H
#define MBS_TRANSPORT_TOPOLOGY_H

#include "ns3/mbs-bytes.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-interface-container.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

#include <functional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief Two nodes with IPv4 on a point-to-point link; the simulation ends with this object.
 */
struct TwoNodes
{
    /** Bits per second of the link. */
    static constexpr uint64_t RATE = 100000000;

    /** Octets before a TCP payload on the link: PPP 2, IPv4 20, TCP 20, time stamp option 12. */
    static constexpr uint32_t TCP_OVERHEAD = 54;

    /** Octets before a UDP payload on the link: PPP 2, IPv4 20, UDP 8. */
    static constexpr uint32_t UDP_OVERHEAD = 30;

    /** @param milliseconds delay of the link */
    explicit TwoNodes(uint32_t milliseconds = 5);
    ~TwoNodes();

    TwoNodes(const TwoNodes&) = delete;
    TwoNodes& operator=(const TwoNodes&) = delete;

    /** @param index 0 or 1 @return the node */
    Ptr<Node> At(uint32_t index) const;

    /** @param index 0 or 1 @return its address */
    Ipv4Address Address(uint32_t index) const;

    /** @param octets of a frame on the link @return how long they take to arrive */
    Time OneWay(uint32_t octets) const;

    /**
     * @brief Loses frames on their way into a node.
     * @param index which node
     * @param frames which of the frames that arrive there, the first being 0
     */
    void Lose(uint32_t index, const std::list<uint32_t>& frames) const;

    /** @param seconds until when to run, from the beginning */
    static void RunUntil(double seconds);

    NodeContainer nodes;               //!< both
    NetDeviceContainer devices;        //!< of the link
    Ipv4InterfaceContainer interfaces; //!< addresses
    Time delay;                        //!< of the link
};

/**
 * @ingroup mbs-tests
 * @brief Calls a function at an instant, on every version of ns-3.
 * @param when simulated time from now
 * @param what the function
 */
void At(Time when, std::function<void()> what);

/**
 * @ingroup mbs-tests
 * @brief A TCP peer of raw octets, to say what a well-behaved one would not.
 */
class RawTcpPeer
{
  public:
    /**
     * @brief Connects and says something.
     * @param node where
     * @param to server
     * @param port its port
     * @param octets what to say
     */
    void Connect(Ptr<Node> node, Ipv4Address to, uint16_t port, Bytes octets);

    /**
     * @brief Listens and says something to whoever says something.
     * @param node where
     * @param port on which port
     * @param octets what to say; nothing to close the connection instead
     */
    void Listen(Ptr<Node> node, uint16_t port, Bytes octets);

    /** @brief Says more on the connection made by Connect(). @param octets what */
    void Say(const Bytes& octets);

    /** @brief Ends the connection made by Connect(). */
    void Close();

    bool closed{false};   //!< the other end closed the connection
    Bytes heard;          //!< all that was received
    uint32_t accepted{0}; //!< connections accepted by Listen()

  private:
    void OnConnect(Ptr<Socket> socket);
    void OnAccept(Ptr<Socket> socket, const ns3::Address& from);
    void OnReceive(Ptr<Socket> socket);
    void OnClose(Ptr<Socket> socket);

    Ptr<Socket> m_socket;  //!< the connection or the listener
    bool m_listens{false}; //!< this is a server
    Bytes m_octets;        //!< what to say
};

/**
 * @ingroup mbs-tests
 * @brief Adds up the TCP payload that an interface sends or receives.
 */
struct TcpOctets
{
    /** @param node the node, with one link */
    explicit TcpOctets(Ptr<Node> node);

    uint64_t sent{0};     //!< octets of payload
    uint64_t received{0}; //!< octets of payload
};

} // namespace ns3::mbs

#endif // MBS_TRANSPORT_TOPOLOGY_H
