// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_ORDERED_ARRIVALS_H
#define MBS_ORDERED_ARRIVALS_H

#include "mbs-core-topology.h"

#include "ns3/net-device.h"
#include "ns3/packet.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Has packets that reach the ends of links between processes at the same instant arrive in
 * the order of the links: N2, N3mb, N11, N16mb and N11mb, whether they are cut or not.
 *
 * ns-3 lets what happens at the same instant happen in the order in which it was scheduled. With
 * several processes that is not the order of one process, and with more than two another one each
 * time: packets of other processes are handed over as they come. In the order of links all runs are
 * alike, however many processes they have.
 */
class OrderedArrivals
{
  public:
    /** @param links those of the network, which is built */
    explicit OrderedArrivals(const std::vector<CoreLink>& links);

    OrderedArrivals(const OrderedArrivals&) = delete;
    OrderedArrivals& operator=(const OrderedArrivals&) = delete;

  private:
    /** Which end of which link, by its place among all. */
    using Place = std::pair<OrderedArrivals*, std::size_t>;

    /** A packet that has arrived. */
    struct Arrival
    {
        std::size_t place;        //!< of the device among all
        Ptr<NetDevice> device;    //!< where
        Ptr<const Packet> packet; //!< what
        uint16_t protocol;        //!< EtherType
        Address from;             //!< sender on the link
    };

    /**
     * @brief What a device gives its packets to.
     * @param place of the device
     * @param device where a packet has arrived
     * @param packet the packet
     * @param protocol EtherType
     * @param from sender on the link
     * @return true, since it is taken
     */
    static bool Arrive(Place place,
                       Ptr<NetDevice> device,
                       Ptr<const Packet> packet,
                       uint16_t protocol,
                       const Address& from);

    /** @brief Hands on what has arrived at this instant. */
    void HandOn();

    /** @param arrival given to the IP stack of its node */
    static void Receive(const Arrival& arrival);

    std::vector<Arrival> m_arrivals; //!< at this instant
};

} // namespace ns3::mbs

#endif // MBS_ORDERED_ARRIVALS_H
