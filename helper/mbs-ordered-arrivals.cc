// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ordered-arrivals.h"

#include "ns3/mbs-udp-fast-path.h"

#include "ns3/ipv4-l3-protocol.h"
#include "ns3/node.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** @param interface a reference point @return true if its ends may be in two processes */
bool
MayBeCut(Interface interface)
{
    switch (interface)
    {
    case Interface::N2:
    case Interface::N3MB:
    case Interface::N11:
    case Interface::N16MB:
    case Interface::N11MB:
        return true;
    default:
        return false;
    }
}

} // namespace

OrderedArrivals::OrderedArrivals(const std::vector<CoreLink>& links)
{
    std::size_t place = 0;
    for (const CoreLink& link : links)
    {
        if (!MayBeCut(link.interface))
        {
            continue;
        }
        for (const auto& device : {link.deviceA, link.deviceB})
        {
            device->SetReceiveCallback(MakeBoundCallback(&Arrive, Place(this, place++)));
        }
    }
}

bool
OrderedArrivals::Arrive(Place place,
                        Ptr<NetDevice> device,
                        Ptr<const Packet> packet,
                        uint16_t protocol,
                        const Address& from)
{
    auto& [self, number] = place;
    if (self->m_arrivals.empty())
    {
        // All others of this instant are events already: a link takes time.
        Simulator::ScheduleNow(&OrderedArrivals::HandOn, self);
    }
    self->m_arrivals.push_back({number, device, packet, protocol, from});
    return true;
}

void
OrderedArrivals::HandOn()
{
    std::stable_sort(m_arrivals.begin(), m_arrivals.end(), [](const Arrival& a, const Arrival& b) {
        return a.place < b.place;
    });
    for (const Arrival& arrival : m_arrivals)
    {
        Simulator::ScheduleWithContext(arrival.device->GetNode()->GetId(),
                                       Time(0),
                                       &OrderedArrivals::Receive,
                                       arrival);
    }
    m_arrivals.clear();
}

void
OrderedArrivals::Receive(const Arrival& arrival)
{
    if (const auto fastPath = arrival.device->GetNode()->GetObject<UdpFastPath>())
    {
        fastPath->Receive(arrival.device, arrival.packet, arrival.protocol, arrival.from);
        return;
    }
    // What the node would do: these links carry nothing but IPv4.
    arrival.device->GetNode()->GetObject<Ipv4L3Protocol>()->Receive(arrival.device,
                                                                    arrival.packet,
                                                                    arrival.protocol,
                                                                    arrival.from,
                                                                    arrival.device->GetAddress(),
                                                                    NetDevice::PACKET_HOST);
}

} // namespace ns3::mbs
