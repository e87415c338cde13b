// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-channel.h"

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>
#include <limits>

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
            .AddAttribute(
                "Carrier",
                "Carrier of all cells, whose slots transmissions share; without one, each "
                "cell and each UE has a queue of a constant rate.",
                PointerValue(),
                MakePointerAccessor(&RadioChannel::m_carrier),
                MakePointerChecker<NrCarrier>())
            .AddTraceSource("GroupAwaited",
                            "A multicast packet is under way to a UE apart from others: sent to "
                            "it alone, to be sent again, or received and waiting for those "
                            "before it.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupAwaited),
                            "ns3::mbs::RadioChannel::GroupLostCallback")
            .AddTraceSource("GroupLost",
                            "A UE missed a multicast packet that it listened for, as often as it "
                            "was sent.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupLost),
                            "ns3::mbs::RadioChannel::GroupLostCallback")
            .AddTraceSource("ReceptionChanged",
                            "A UE began or ceased to listen to a session that it is in.",
                            MakeTraceSourceAccessor(&RadioChannel::m_reception),
                            "ns3::mbs::RadioChannel::ReceptionCallback")
            .AddTraceSource("GroupAddressed",
                            "A multicast packet goes to each UE that listens, and to no other UE, "
                            "by PTP.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupAddressed),
                            "ns3::mbs::RadioChannel::GroupDeliveredCallback")
            .AddTraceSource("GroupDelivered",
                            "A multicast transmission reached the end of its way in a cell.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupDelivered),
                            "ns3::mbs::RadioChannel::GroupDeliveredCallback");
    return tid;
}

RadioChannel::RadioChannel()
    : m_adaptation(CreateObject<LinkAdaptation>())
{
}

RadioChannel::~RadioChannel() = default;

void
RadioChannel::DoDispose()
{
    m_listeners.clear();
    m_ues.clear();
    m_gnbs.clear();
    m_link = nullptr;
    m_carrier = nullptr;
    Channel::DoDispose();
}

void
RadioChannel::AddGnb(Ptr<GnbRadioDevice> device)
{
    m_gnbs.push_back(device);
    device->SetChannel(this);
    if (m_carrier)
    {
        device->UseCarrier(m_carrier);
    }
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
        listeners.version.reset();
        const Ptr<MulticastRadioBearer> bearer = ue->GetServingGnb()->GetBearer(gRnti);
        if (bearer->KeepsOrder())
        {
            // What RRC would tell it.
            ue->BeginGroup(gRnti, bearer->GetNextCount(), bearer->GetTReordering());
        }
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
        listeners.version.reset();
        ue->EndGroup(gRnti);
    }
}

void
RadioChannel::ReportReception(uint32_t ue, const Tmgi& tmgi, Reception reception)
{
    m_reception(ue, tmgi, reception);
}

template <typename Verdict>
void
RadioChannel::Deliver(const GnbRadioDevice& gnb,
                      uint16_t gRnti,
                      Ptr<const Packet> packet,
                      const Verdict& isLost)
{
    const auto it = m_listeners.find({gnb.GetGnb(), gRnti});
    if (it != m_listeners.end())
    {
        const MulticastFrame frame(gRnti, packet);
        const auto& ues = it->second.inOrder;
        for (std::size_t i = 0; i < ues.size(); ++i)
        {
            const Ptr<UeRadioDevice>& ue = ues[i];
            if (isLost(*ue, i))
            {
                ++ue->GetGroupCounts().ptmLost;
                m_groupLost(ue->GetUe(), packet);
            }
            else
            {
                ++ue->GetGroupCounts().ptmReceived;
                ue->ReceiveGroup(frame);
            }
        }
    }
    m_groupDelivered(gnb.GetGnb(), packet);
}

void
RadioChannel::DeliverToGroup(Ptr<GnbRadioDevice> gnb,
                             uint16_t gRnti,
                             Ptr<const Packet> packet,
                             const RadioTransmission& transmission)
{
    if (transmission.blocks.empty())
    {
        Deliver(*gnb, gRnti, packet, [&](const UeRadioDevice& ue, std::size_t) {
            return m_link->IsTransmissionLost(ue, packet, transmission);
        });
        return;
    }
    Listeners& listeners = m_listeners[{gnb->GetGnb(), gRnti}];
    Measure(listeners);
    const std::vector<double>& sinrsDb = listeners.sinrsDb;
    const double certainDb = m_link->GetCertainSinrDb(transmission);
    Deliver(*gnb, gRnti, packet, [&](const UeRadioDevice& ue, std::size_t place) {
        return sinrsDb[place] < certainDb && m_link->IsTransmissionLost(ue, packet, transmission);
    });
}

const std::vector<Ptr<UeRadioDevice>>&
RadioChannel::GetListeners(const GnbRadioDevice& gnb, uint16_t gRnti) const
{
    static const std::vector<Ptr<UeRadioDevice>> NOBODY;
    const auto it = m_listeners.find({gnb.GetGnb(), gRnti});
    return it == m_listeners.end() ? NOBODY : it->second.inOrder;
}

bool
RadioChannel::IsListening(const GnbRadioDevice& gnb, const UeRadioDevice& ue, uint16_t gRnti) const
{
    const auto it = m_listeners.find({gnb.GetGnb(), gRnti});
    return it != m_listeners.end() && it->second.known.count(&ue) > 0;
}

std::vector<Ptr<UeRadioDevice>>
RadioChannel::DeliverPdu(const GnbRadioDevice& gnb,
                         const std::shared_ptr<const GroupPdu>& pdu,
                         const std::vector<Ptr<UeRadioDevice>>& ues,
                         const RadioTransmission& transmission,
                         bool last)
{
    std::vector<Ptr<UeRadioDevice>> missing;
    const Listeners& listeners = m_listeners[{gnb.GetGnb(), pdu->GetGRnti()}];
    for (const Ptr<UeRadioDevice>& ue : ues)
    {
        if (listeners.known.count(PeekPointer(ue)) == 0)
        {
            continue;
        }
        if (!m_link->IsTransmissionLost(*ue, pdu->GetPacket(), transmission))
        {
            ++ue->GetGroupCounts().ptmReceived;
            Receive(*ue, pdu);
        }
        else if (last)
        {
            ++ue->GetGroupCounts().ptmLost;
            LosePacket(*ue, pdu->GetPacket());
        }
        else
        {
            AwaitPacket(*ue, pdu->GetPacket());
            missing.push_back(ue);
        }
    }
    return missing;
}

void
RadioChannel::Receive(UeRadioDevice& ue, const std::shared_ptr<const GroupPdu>& pdu)
{
    if (ue.ReceiveGroupPdu(pdu))
    {
        AwaitPacket(ue, pdu->GetPacket());
    }
}

void
RadioChannel::ReportGroupDelivered(const GnbRadioDevice& gnb, Ptr<const Packet> packet)
{
    m_groupDelivered(gnb.GetGnb(), packet);
}

void
RadioChannel::ReportGroupAddressed(const GnbRadioDevice& gnb, Ptr<const Packet> packet)
{
    m_groupAddressed(gnb.GetGnb(), packet);
}

void
RadioChannel::AwaitPacket(const UeRadioDevice& ue, Ptr<const Packet> packet)
{
    m_groupAwaited(ue.GetUe(), packet);
}

void
RadioChannel::LosePacket(const UeRadioDevice& ue, Ptr<const Packet> packet)
{
    m_groupLost(ue.GetUe(), packet);
}

void
RadioChannel::Measure(Listeners& listeners) const
{
    const std::optional<uint64_t> version = m_link->GetSinrVersion();
    if (listeners.version && version == listeners.version)
    {
        return;
    }
    listeners.version = version;
    listeners.sinrsDb.clear();
    for (const auto& ue : listeners.inOrder)
    {
        listeners.sinrsDb.push_back(m_link->GetSinrDb(*ue, RadioDirection::DOWNLINK));
    }
    if (!listeners.sinrsDb.empty())
    {
        listeners.groupSinrDb = m_adaptation->GetGroupSinrDb(listeners.sinrsDb);
    }
}

bool
RadioChannel::DeliverToUe(Ptr<GnbRadioDevice> gnb,
                          uint32_t rnti,
                          const RadioPdu& pdu,
                          const RadioTransmission* transmission)
{
    const Ptr<UeRadioDevice> ue = gnb->FindUe(rnti);
    const bool multicast = pdu.bearer == RadioBearer::MULTICAST;
    if (multicast && (!ue || !IsListening(*gnb, *ue, pdu.group->GetGRnti())))
    {
        // Nobody waits for it any more.
        return true;
    }
    if (!ue || IsLost(*ue, pdu, transmission))
    {
        return false;
    }
    if (multicast)
    {
        ++ue->GetGroupCounts().ptpReceived;
        Receive(*ue, pdu.group);
    }
    else if (pdu.bearer == RadioBearer::DATA)
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
RadioChannel::DeliverToGnb(Ptr<UeRadioDevice> ue,
                           const RadioPdu& pdu,
                           const RadioTransmission* transmission)
{
    if (IsLost(*ue, pdu, transmission))
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

bool
RadioChannel::IsLost(const UeRadioDevice& ue,
                     const RadioPdu& pdu,
                     const RadioTransmission* transmission) const
{
    return transmission ? m_link->IsTransmissionLost(ue, pdu.packet, *transmission)
                        : m_link->IsLost(ue, pdu.packet);
}

uint8_t
RadioChannel::SelectGroupMcs(Ptr<GnbRadioDevice> gnb, uint16_t gRnti, uint32_t bits)
{
    const auto it = m_listeners.find({gnb->GetGnb(), gRnti});
    if (it == m_listeners.end() || it->second.inOrder.empty())
    {
        // Nobody hears it: as fast as can be, unless the scheme is fixed.
        return m_adaptation->SelectGroupMcs(bits, std::numeric_limits<double>::infinity());
    }
    Measure(it->second);
    return m_adaptation->SelectGroupMcs(bits, it->second.groupSinrDb);
}

uint8_t
RadioChannel::SelectMcs(const UeRadioDevice& ue, RadioDirection direction, uint32_t bits) const
{
    return m_adaptation->SelectMcs(bits, m_link->GetSinrDb(ue, direction));
}

Ptr<RadioLink>
RadioChannel::GetLink() const
{
    return m_link;
}

Ptr<NrCarrier>
RadioChannel::GetCarrier() const
{
    return m_carrier;
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
