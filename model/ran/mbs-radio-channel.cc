// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-channel.h"

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(RadioChannel);

TypeId
RadioChannel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::RadioChannel")
            .SetParent<Channel>()
            .SetGroupName("Mbs")
            .AddConstructor<RadioChannel>()
            .AddAttribute("Delay",
                          "From the end of a transmission at the sender to its end at the "
                          "receiver, with slot alignment and decoding.",
                          TimeValue(MilliSeconds(4)),
                          MakeTimeAccessor(&RadioChannel::m_delay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Link",
                          "Decides which transmissions are lost.",
                          StringValue("ns3::mbs::FixedLossRadioLink"),
                          MakePointerAccessor(&RadioChannel::m_link),
                          MakePointerChecker<RadioLink>())
            .AddTraceSource("GroupLost",
                            "A UE missed a multicast transmission that it listened for.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupLost),
                            "ns3::mbs::RadioChannel::GroupLostCallback")
            .AddTraceSource("GroupDelivered",
                            "A multicast transmission reached the end of its way in a cell.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupDelivered),
                            "ns3::mbs::RadioChannel::GroupDeliveredCallback");
    return tid;
}

RadioChannel::RadioChannel() = default;
RadioChannel::~RadioChannel() = default;

void
RadioChannel::DoDispose()
{
    m_listeners.clear();
    m_ues.clear();
    m_gnbs.clear();
    m_link = nullptr;
    Channel::DoDispose();
}

void
RadioChannel::AddGnb(Ptr<GnbRadioDevice> device)
{
    m_gnbs.push_back(device);
    device->SetChannel(this);
}

void
RadioChannel::AddUe(Ptr<UeRadioDevice> device)
{
    m_ues.push_back(device);
    device->SetChannel(this);
}

void
RadioChannel::Listen(Ptr<UeRadioDevice> ue, uint16_t gRnti)
{
    Listeners& listeners = m_listeners[{ue->GetServingGnb()->GetGnb(), gRnti}];
    if (listeners.known.insert(PeekPointer(ue)).second)
    {
        listeners.inOrder.push_back(ue);
    }
}

void
RadioChannel::StopListening(Ptr<UeRadioDevice> ue, uint16_t gRnti)
{
    Listeners& listeners = m_listeners[{ue->GetServingGnb()->GetGnb(), gRnti}];
    if (listeners.known.erase(PeekPointer(ue)) > 0)
    {
        auto& ues = listeners.inOrder;
        ues.erase(std::find(ues.begin(), ues.end(), ue));
    }
}

void
RadioChannel::DeliverToGroup(Ptr<GnbRadioDevice> gnb, uint16_t gRnti, Ptr<const Packet> packet)
{
    const auto it = m_listeners.find({gnb->GetGnb(), gRnti});
    if (it != m_listeners.end())
    {
        const uint32_t octets = packet->GetSize();
        const MulticastFrame frame(gRnti, packet);
        for (const auto& ue : it->second.inOrder)
        {
            if (m_link->IsLost(*ue, octets))
            {
                m_groupLost(ue->GetUe(), packet);
            }
            else
            {
                ue->ReceiveGroup(frame);
            }
        }
    }
    m_groupDelivered(gnb->GetGnb(), packet);
}

bool
RadioChannel::DeliverToUe(Ptr<GnbRadioDevice> gnb, uint32_t rnti, const RadioPdu& pdu)
{
    const Ptr<UeRadioDevice> ue = gnb->FindUe(rnti);
    if (!ue || m_link->IsLost(*ue, pdu.packet->GetSize()))
    {
        return false;
    }
    if (pdu.bearer == RadioBearer::DATA)
    {
        ue->ReceiveData(pdu);
    }
    else
    {
        ue->ReceiveSignalling(pdu.packet);
    }
    return true;
}

bool
RadioChannel::DeliverToGnb(Ptr<UeRadioDevice> ue, const RadioPdu& pdu)
{
    if (m_link->IsLost(*ue, pdu.packet->GetSize()))
    {
        return false;
    }
    if (pdu.bearer == RadioBearer::DATA)
    {
        ue->GetServingGnb()->ReceiveData(ue->GetRnti(), pdu);
    }
    else
    {
        ue->GetServingGnb()->ReceiveSignalling(ue->GetRnti(), pdu.packet);
    }
    return true;
}

Time
RadioChannel::GetDelay() const
{
    return m_delay;
}

TrafficKeyStore&
RadioChannel::GetKeyStore()
{
    return m_keyStore;
}

int64_t
RadioChannel::AssignStreams(int64_t stream)
{
    return m_link->AssignStreams(stream);
}

std::size_t
RadioChannel::GetNDevices() const
{
    return m_gnbs.size() + m_ues.size();
}

Ptr<NetDevice>
RadioChannel::GetDevice(std::size_t i) const
{
    if (i < m_gnbs.size())
    {
        return m_gnbs[i];
    }
    return m_ues.at(i - m_gnbs.size());
}

} // namespace ns3::mbs
