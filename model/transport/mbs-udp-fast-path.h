// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UDP_FAST_PATH_H
#define MBS_UDP_FAST_PATH_H

#include "ns3/address.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4.h"
#include "ns3/net-device-queue-interface.h"
#include "ns3/net-device.h"
#include "ns3/object.h"
#include "ns3/packet.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace ns3::mbs
{

class UdpPort;

/**
 * @ingroup mbs
 * @brief The user plane's short way through a node's IP stack: from a UdpPort to a link and back,
 * and from link to links for multicast.
 *
 *     UdpPort ----------------- UDP socket            packets that are
 *        |                          |                   unusual: fragments, options, errors,
 *        |                     Ipv4L3Protocol           ports of others, a device that is full
 *        |  UdpFastPath             |
 *        +------------- device -----+
 *
 * The same octets leave at the same instants as through ns3::UdpSocket, UdpL4Protocol,
 * Ipv4L3Protocol and TrafficControlLayer, which take many times as long: they look the route up
 * anew for each packet. What this does not know goes through them. Their trace sources do not see
 * the packets that take the short way; those of devices do.
 *
 * The route of a destination is looked up when the first packet goes there, and kept.
 */
class UdpFastPath : public Object
{
  public:
    /** @return the TypeId ns3::mbs::UdpFastPath */
    static TypeId GetTypeId();

    UdpFastPath();
    ~UdpFastPath() override;

    /**
     * @brief Lets datagrams take the short way over a link; does nothing if ns-3's
     * `ChecksumEnabled` is set. All else that comes by this link is given to IPv4, and to no other
     * protocol handler of the node.
     * @param device its end at a node, whose IPv4 has an interface with an address for it
     */
    static void Attach(Ptr<NetDevice> device);

    /**
     * @brief Takes what has come over a link.
     * @param device end of the link; past the IP stack goes only what comes by one given to
     * Attach()
     * @param packet what has come
     * @param protocol EtherType
     * @param from sender on the link
     * @return true, since it is taken
     */
    bool Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& from);

    /**
     * @param address own address at which datagrams are taken, or any
     * @param port UDP port
     * @param taker gets them, until it says StopListening()
     */
    void Listen(Ipv4Address address, uint16_t port, UdpPort* taker);

    /** @param address as given to Listen() @param port likewise */
    void StopListening(Ipv4Address address, uint16_t port);

    /** Between which ends a datagram goes. */
    struct Ends
    {
        Ipv4Address source;          //!< own address, or any for that of the interface it leaves by
        uint16_t sourcePort;         //!< own UDP port
        Ipv4Address destination;     //!< address of the peer or a group
        uint16_t destinationPort{0}; //!< UDP port of the peer
    };

    /**
     * @brief Sends a datagram if there is a short way to its destination. What that way cannot
     * take now goes through IPv4, with a header that continues the identifications of the others.
     * @param packet its payload; gets the headers if it is sent, and is left alone if not
     * @param ends from where to where
     * @return false if it must go through UDP
     */
    bool Send(const Ptr<Packet>& packet, const Ends& ends);

    /**
     * @brief Lets multicast that comes in by one interface go out by others.
     * @param group address of the group
     * @param input number of the interface
     * @param outputs numbers of the others, none twice
     */
    void AddMulticastRoute(Ipv4Address group, uint32_t input, const std::vector<uint32_t>& outputs);

    /** @param group whose routes end */
    void RemoveMulticastRoutes(Ipv4Address group);

  protected:
    void DoDispose() override;

  private:
    /** The near end of a link. */
    struct Input
    {
        bool attached{false}; //!< whether the others mean something
        uint32_t number{0};   //!< of the interface
        Ipv4Address address;  //!< own address there
    };

    /** Where packets leave. */
    struct Output
    {
        Ptr<NetDevice> device;     //!< end of a link
        uint32_t number{0};        //!< of its interface
        Address everybody;         //!< to whom frames go
        Ptr<NetDeviceQueue> queue; //!< says whether the device takes packets; may be null
    };

    /** How to reach a destination. */
    struct Path
    {
        Output output;              //!< by which link
        Ptr<Ipv4Route> route;       //!< the same for IPv4
        Ipv4Address source;         //!< own address
        uint16_t identification{0}; //!< of the next packet's IP header
    };

    /**
     * @param interface number of an interface
     * @return the way out by it, or nothing if that cannot be short
     */
    std::optional<Output> MakeOutput(uint32_t interface) const;

    /** @param output where @param size of an IP packet @return true if it can leave there now */
    bool CanLeave(const Output& output, uint32_t size) const;

    /**
     * @param source as in Ends
     * @param destination as in Ends
     * @return how to get there, null if that cannot be short
     */
    Path* FindPath(Ipv4Address source, Ipv4Address destination);

    /** @param destination address @param port UDP port @return who takes datagrams, or null */
    UdpPort* FindTaker(Ipv4Address destination, uint16_t port) const;

    /** @param device where @param packet has come @return true if it was for the short way */
    bool Take(const NetDevice& device, const Ptr<const Packet>& packet);

    /** @param packet IP packet that goes on @param outputs by these */
    static void Forward(const Ptr<const Packet>& packet, const std::vector<Output>& outputs);

    Ptr<Ipv4> m_ipv4;                                              //!< of the node
    uint8_t m_ttl{64};                                             //!< of the packets sent
    std::vector<Input> m_inputs;                                   //!< by number of the device
    std::map<std::pair<Ipv4Address, uint16_t>, UdpPort*> m_takers; //!< by address and port
    std::map<std::pair<Ipv4Address, Ipv4Address>, Path> m_paths;   //!< by source and
                                                                   //!< destination
    std::map<std::pair<Ipv4Address, uint32_t>, std::vector<Output>> m_groups; //!< by group, input
};

} // namespace ns3::mbs

#endif // MBS_UDP_FAST_PATH_H
