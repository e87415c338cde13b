// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-channel.h"

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include "ns3/mbs-foresight.h"

#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>
#include <limits>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(RadioChannel);

namespace
{

/** Octets of a UE's session, from its beginning, that a reception reads. */
constexpr std::size_t RECEPTION_SIZE = 2 * CACHE_LINE;

} // namespace

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
            .AddTraceSource("GroupResent",
                            "A multicast packet that a UE has lost in a handover is sent to it "
                            "again.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupResent),
                            "ns3::mbs::RadioChannel::GroupLostCallback")
            .AddTraceSource("GroupLost",
                            "A UE missed a multicast packet as often as it was sent, or listens no "
                            "more when it comes.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupLost),
                            "ns3::mbs::RadioChannel::GroupLostCallback")
            .AddTraceSource("ReceptionChanged",
                            "A UE began or ceased to listen to a session that it is in.",
                            MakeTraceSourceAccessor(&RadioChannel::m_reception),
                            "ns3::mbs::RadioChannel::ReceptionCallback")
            .AddTraceSource("UeAttached",
                            "A UE has got a serving cell: another one, or its own once more.",
                            MakeTraceSourceAccessor(&RadioChannel::m_attached),
                            "ns3::mbs::RadioChannel::UeAttachedCallback")
            .AddTraceSource("CellLost",
                            "A UE has left or lost its cell.",
                            MakeTraceSourceAccessor(&RadioChannel::m_cellLost),
                            "ns3::mbs::RadioChannel::CellLostCallback")
            .AddTraceSource("GroupAddressed",
                            "A multicast packet goes to each UE that listens, and to no other UE, "
                            "by PTP.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupAddressed),
                            "ns3::mbs::RadioChannel::GroupDeliveredCallback")
            .AddTraceSource("GroupReceived",
                            "UEs of a cell received a multicast packet, those that did at once "
                            "together: what became of it.",
                            MakeTraceSourceAccessor(&RadioChannel::m_groupReceived),
                            "ns3::mbs::RadioChannel::GroupReceivedCallback")
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
    SettleGroupCounts();
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

Ptr<GnbRadioDevice>
RadioChannel::FindCell(uint32_t cell) const
{
    const auto found = std::find_if(m_gnbs.begin(), m_gnbs.end(), [cell](const auto& gnb) {
        return gnb->GetGnb() == cell;
    });
    return found == m_gnbs.end() ? nullptr : *found;
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
    UeRadioUser* user = ue->GetUser();
    GroupReceiver* receiver = user == nullptr ? nullptr : user->ReceiverOf(gRnti);
    if (receiver == nullptr || receiver->m_place.onAir)
    {
        return;
    }
    const uint32_t gnb = ue->GetServingGnb()->GetGnb();
    receiver->m_place = {gnb, gRnti, true};
    Listeners& listeners = m_listeners[{gnb, gRnti}];
    listeners.inOrder.push_back({PeekPointer(ue), receiver, ue->GetUe(), 0});
    listeners.version.reset();
    const Ptr<MulticastRadioBearer> bearer = ue->GetServingGnb()->GetBearer(gRnti);
    if (bearer->KeepsOrder())
    {
        // What RRC would tell it.
        bearer->ListenerBegan(ue->GetUe());
        ue->BeginGroup(gRnti, bearer->GetNextCount(), bearer->GetTReordering());
    }
}

void
RadioChannel::StopListening(Ptr<UeRadioDevice> ue, uint16_t gRnti)
{
    Listeners& listeners = m_listeners[{ue->GetServingGnb()->GetGnb(), gRnti}];
    auto& all = listeners.inOrder;
    const auto it = std::find_if(all.begin(), all.end(), [&ue](const Listener& listener) {
        return listener.ue == PeekPointer(ue);
    });
    if (it != all.end())
    {
        it->receiver->m_place.onAir = false;
        it->Settle();
        all.erase(it);
        listeners.version.reset();
        ue->GetServingGnb()->GetBearer(gRnti)->ListenerEnded(ue->GetUe());
        ue->EndGroup(gRnti);
    }
}

void
RadioChannel::EndGroup(const GnbRadioDevice& gnb, uint16_t gRnti)
{
    const auto it = m_listeners.find({gnb.GetGnb(), gRnti});
    if (it == m_listeners.end())
    {
        return;
    }
    // Who is told takes itself from the list.
    const std::vector<Listener> listeners = it->second.inOrder;
    for (const Listener& listener : listeners)
    {
        listener.receiver->GroupEnded();
    }
}

void
RadioChannel::ReportReception(uint32_t ue, const Tmgi& tmgi, Reception reception)
{
    m_reception(ue, tmgi, reception);
}

void
RadioChannel::ReportAttached(const UeRadioDevice& ue)
{
    m_link->CellChanged(ue);
    m_attached(ue.GetUe(), ue.GetServingGnb()->GetGnb());
}

void
RadioChannel::ReportCellLost(const UeRadioDevice& ue, CellLoss cause)
{
    m_cellLost(ue.GetUe(), ue.GetServingGnb()->GetGnb(), cause);
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
        m_verdicts.clear();
        auto& all = it->second.inOrder;
        for (std::size_t i = 0; i < all.size(); ++i)
        {
            if (i + FORESIGHT < all.size())
            {
                // What a UE keeps for a session begins with what a reception needs.
                Foresee(all[i + FORESIGHT].receiver, RECEPTION_SIZE);
            }
            Listener& listener = all[i];
            const uint32_t number = listener.number;
            if (isLost(*listener.ue, i))
            {
                ++listener.ue->GetGroupCounts().ptmLost;
                m_groupLost(number, packet);
            }
            else
            {
                ++listener.received;
                // The UE may change the row.
                m_verdicts.push_back({number, listener.receiver->ReceiveGroup(frame)});
            }
        }
        m_groupReceived(gnb.GetGnb(), packet, m_verdicts);
    }
    m_groupDelivered(gnb.GetGnb(), packet);
}

void
RadioChannel::DeliverToGroup(Ptr<GnbRadioDevice> gnb,
                             uint16_t gRnti,
                             Ptr<const Packet> packet,
                             const RadioTransmission& transmission)
{
    if (m_link->LosesNothing())
    {
        Deliver(*gnb, gRnti, packet, [](const UeRadioDevice&, std::size_t) { return false; });
        return;
    }
    const uint32_t cell = gnb->GetGnb();
    if (transmission.blocks.empty())
    {
        Deliver(*gnb, gRnti, packet, [&](const UeRadioDevice& ue, std::size_t) {
            return m_link->IsGroupTransmissionLost(cell, ue, packet, transmission);
        });
        return;
    }
    Listeners& listeners = m_listeners[{cell, gRnti}];
    Measure(listeners);
    const std::vector<double>& sinrsDb = listeners.sinrsDb;
    const double certainDb = m_link->GetCertainSinrDb(transmission);
    Deliver(*gnb, gRnti, packet, [&](const UeRadioDevice& ue, std::size_t place) {
        return sinrsDb[place] < certainDb &&
               m_link->IsGroupTransmissionLost(cell, ue, packet, transmission);
    });
}

void
RadioChannel::Listener::Settle()
{
    ue->GetGroupCounts().ptmReceived += received;
    received = 0;
}

void
RadioChannel::SettleGroupCounts()
{
    for (auto& [group, listeners] : m_listeners)
    {
        for (Listener& listener : listeners.inOrder)
        {
            listener.Settle();
        }
    }
}

std::size_t
RadioChannel::CountListeners(const GnbRadioDevice& gnb, uint16_t gRnti) const
{
    const auto it = m_listeners.find({gnb.GetGnb(), gRnti});
    return it == m_listeners.end() ? 0 : it->second.inOrder.size();
}

std::vector<Ptr<UeRadioDevice>>
RadioChannel::GetListeners(const GnbRadioDevice& gnb, uint16_t gRnti) const
{
    std::vector<Ptr<UeRadioDevice>> ues;
    const auto it = m_listeners.find({gnb.GetGnb(), gRnti});
    if (it != m_listeners.end())
    {
        for (const Listener& listener : it->second.inOrder)
        {
            ues.emplace_back(listener.ue);
        }
    }
    return ues;
}

bool
RadioChannel::IsListening(const GnbRadioDevice& gnb, const UeRadioDevice& ue, uint16_t gRnti) const
{
    UeRadioUser* user = ue.GetUser();
    const GroupReceiver* receiver = user == nullptr ? nullptr : user->ReceiverOf(gRnti);
    return receiver != nullptr && receiver->m_place.onAir &&
           receiver->m_place.gnb == gnb.GetGnb() && receiver->m_place.gRnti == gRnti;
}

std::vector<Ptr<UeRadioDevice>>
RadioChannel::DeliverPdu(const GnbRadioDevice& gnb,
                         const std::shared_ptr<const GroupPdu>& pdu,
                         const std::vector<Ptr<UeRadioDevice>>& ues,
                         const RadioTransmission& transmission,
                         bool last)
{
    std::vector<Ptr<UeRadioDevice>> missing;
    for (const Ptr<UeRadioDevice>& ue : ues)
    {
        if (!IsListening(gnb, *ue, pdu->GetGRnti()))
        {
            LosePacket(*ue, pdu->GetPacket());
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
RadioChannel::ReportVerdict(const UeRadioDevice& ue,
                            const MulticastFrame& frame,
                            const GroupReception& reception)
{
    m_verdicts.assign(1, {ue.GetUe(), reception});
    m_groupReceived(ue.GetServingGnb()->GetGnb(), frame.GetPacket(), m_verdicts);
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
RadioChannel::ResendPacket(const UeRadioDevice& ue, Ptr<const Packet> packet)
{
    m_groupResent(ue.GetUe(), packet);
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
    for (const Listener& listener : listeners.inOrder)
    {
        listeners.sinrsDb.push_back(m_link->GetSinrDb(*listener.ue, RadioDirection::DOWNLINK));
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
    if (multicast && ue && !IsListening(*gnb, *ue, pdu.group->GetGRnti()))
    {
        // Nobody waits for it any more, so that it is not sent again.
        LosePacket(*ue, pdu.packet);
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
    else if (pdu.bearer == RadioBearer::MULTICAST)
    {
        ue->GetServingGnb()->ReceivePdcpControl(ue->GetRnti(), pdu);
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
    if (!ue.IsInCoverage())
    {
        return true;
    }
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
