// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ue-radio-device.h"

#include "mbs-gnb-radio-device.h"

#include "ns3/mbs-ipv4-packet.h"

#include "ns3/abort.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(UeRadioDevice);

TypeId
UeRadioDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::UeRadioDevice")
            .SetParent<RadioDevice>()
            .SetGroupName("Mbs")
            .AddConstructor<UeRadioDevice>()
            .AddAttribute("DataRate",
                          "Rate at which the UE sends, signalling and data together.",
                          DataRateValue(DataRate("10Mbps")),
                          MakeDataRateAccessor(&UeRadioDevice::SetRate, &UeRadioDevice::GetRate),
                          MakeDataRateChecker())
            .AddAttribute("QueueLimit",
                          "How many octets may wait in the UE's queue; what exceeds it is dropped.",
                          UintegerValue(1000000),
                          MakeUintegerAccessor(&UeRadioDevice::SetLimit, &UeRadioDevice::GetLimit),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("SignallingRetransmissions",
                          "How often signalling that was lost on the air is sent again (RLC "
                          "acknowledged mode); then it is given up.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&UeRadioDevice::m_retransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("DataRetransmissions",
                          "How often an IP packet of the PDU session that was lost on the air is "
                          "sent again (RLC acknowledged mode); then it is given up. 0 is RLC "
                          "unacknowledged mode.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&UeRadioDevice::m_dataRetransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("RetransmissionDelay",
                          "From the loss of signalling or data on the air to its next "
                          "transmission.",
                          TimeValue(MilliSeconds(10)),
                          MakeTimeAccessor(&UeRadioDevice::m_retransmissionDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("TReordering",
                          "How long a received IP packet waits for those before it that are sent "
                          "again (PDCP t-Reordering); 0s hands packets on as they come. Without "
                          "effect on what is sent in RLC unacknowledged mode.",
                          TimeValue(MilliSeconds(200)),
                          MakeTimeAccessor(&UeRadioDevice::m_tReordering),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("SignallingLost",
                            "Signalling to the gNB was given up.",
                            MakeTraceSourceAccessor(&UeRadioDevice::m_signallingLost),
                            "ns3::mbs::UeRadioDevice::SignallingLostCallback")
            .AddTraceSource("DataSent",
                            "An IP packet of the PDU session goes to the UE's queue.",
                            MakeTraceSourceAccessor(&UeRadioDevice::m_dataSent),
                            "ns3::mbs::UeRadioDevice::DataTraceCallback")
            .AddTraceSource("DataReceived",
                            "An IP packet of the PDU session has arrived.",
                            MakeTraceSourceAccessor(&UeRadioDevice::m_dataReceived),
                            "ns3::mbs::UeRadioDevice::DataTraceCallback")
            .AddTraceSource(
                "DataLost",
                "An IP packet of the PDU session found the UE's queue full or was given "
                "up, or one for it came too late.",
                MakeTraceSourceAccessor(&UeRadioDevice::m_dataLost),
                "ns3::mbs::UeRadioDevice::DataLostCallback")
            .AddTraceSource("DataDropped",
                            "What came for the UE's IP stack is no IPv4 packet, or its lengths are "
                            "wrong.",
                            MakeTraceSourceAccessor(&UeRadioDevice::m_dataDropped),
                            "ns3::mbs::UeRadioDevice::DataDroppedCallback");
    return tid;
}

UeRadioDevice::UeRadioDevice() = default;
UeRadioDevice::~UeRadioDevice() = default;

void
UeRadioDevice::DoDispose()
{
    m_gnb = nullptr;
    m_receiver = nullptr;
    DropGroups();
    m_user = nullptr;
    m_receive.Nullify();
    m_promisc.Nullify();
    RadioDevice::DoDispose();
}

void
UeRadioDevice::ForgoIpStack()
{
    NS_ASSERT_MSG(!GetNode(), "the node has told already where packets are to go");
    m_forgoesIpStack = true;
}

void
UeRadioDevice::SetUe(uint32_t ue)
{
    m_ue = ue;
}

uint32_t
UeRadioDevice::GetUe() const
{
    return m_ue;
}

void
UeRadioDevice::SetServingGnb(Ptr<GnbRadioDevice> gnb, uint32_t rnti)
{
    m_gnb = gnb;
    m_rnti = rnti;
    ++m_attachment;
    m_nextCount = 0;
    m_receiver = nullptr;
}

Ptr<GnbRadioDevice>
UeRadioDevice::GetServingGnb() const
{
    return m_gnb;
}

uint32_t
UeRadioDevice::GetRnti() const
{
    return m_rnti;
}

uint32_t
UeRadioDevice::GetAttachment() const
{
    return m_attachment;
}

void
UeRadioDevice::SetInCoverage(bool covered)
{
    m_covered = covered;
}

bool
UeRadioDevice::IsInCoverage() const
{
    return m_covered;
}

void
UeRadioDevice::Begin(const RadioPdu& pdu, uint32_t retransmissions)
{
    TrySendToGnb({pdu, retransmissions, m_attachment});
}

void
UeRadioDevice::SendToGnb(Ptr<Packet> pdu)
{
    Begin({RadioBearer::SIGNALLING, pdu, std::nullopt}, m_retransmissions);
}

void
UeRadioDevice::SendData(Ptr<const Packet> packet)
{
    m_dataSent(m_ue, packet);
    Begin({RadioBearer::DATA, packet, std::nullopt}, m_dataRetransmissions);
}

void
UeRadioDevice::TrySendToGnb(Transmission transmission)
{
    if (transmission.attachment != m_attachment)
    {
        // RLC has begun anew since.
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    if (m_gnb->GetScheduler())
    {
        ScheduleToGnb(std::move(transmission));
        return;
    }
    const auto departure =
        m_transmitter.Enqueue(transmission.pdu.packet->GetSize(), Simulator::Now());
    if (!departure)
    {
        GiveUp(transmission, DataLoss::QUEUE);
        return;
    }
    Count(transmission);
    Simulator::Schedule(*departure + GetRadioChannel()->GetDelay(),
                        &UeRadioDevice::EndSendToGnb,
                        Ptr<UeRadioDevice>(this),
                        std::move(transmission));
}

void
UeRadioDevice::Count(Transmission& transmission)
{
    // In unacknowledged mode RLC sends nothing again; without HARQ nothing is overtaken then.
    const Ptr<CellScheduler> scheduler = m_gnb->GetScheduler();
    const bool harq = scheduler && scheduler->GetHarqTransmissions() > 1;
    if (transmission.pdu.bearer == RadioBearer::DATA && !transmission.pdu.count &&
        (transmission.attemptsLeft > 0 || harq))
    {
        transmission.pdu.count = m_nextCount++;
    }
}

void
UeRadioDevice::ScheduleToGnb(Transmission transmission)
{
    const uint32_t octets = transmission.pdu.packet->GetSize();
    if (m_waiting + octets > GetLimit())
    {
        GiveUp(transmission, DataLoss::QUEUE);
        return;
    }
    m_waiting += octets;
    Count(transmission);
    Simulator::Schedule(m_gnb->GetScheduler()->GetGrantDelay(),
                        &UeRadioDevice::Granted,
                        Ptr<UeRadioDevice>(this),
                        std::move(transmission));
}

void
UeRadioDevice::Granted(Transmission transmission)
{
    if (transmission.attachment != m_attachment)
    {
        m_waiting -= transmission.pdu.packet->GetSize();
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    const Ptr<UeRadioDevice> self(this);
    CellScheduler::Request request;
    request.traffic = transmission.pdu.bearer == RadioBearer::DATA ? RadioTraffic::DATA
                                                                   : RadioTraffic::SIGNALLING;
    request.octets = transmission.pdu.packet->GetSize();
    request.earlier = transmission.harqAttempt - 1;
    request.selectMcs = [self, transmission](uint32_t bits) {
        // What is combined with an earlier attempt is sent in the same way.
        return transmission.harqAttempt > 1
                   ? transmission.mcs
                   : self->GetRadioChannel()->SelectMcs(*self, RadioDirection::UPLINK, bits);
    };
    request.done = [self, transmission](const RadioTransmission& sent) {
        self->EndScheduled(transmission, sent);
    };
    m_gnb->GetScheduler()->Enqueue(RadioDirection::UPLINK, std::move(request));
}

void
UeRadioDevice::EndScheduled(Transmission transmission, const RadioTransmission& sent)
{
    if (transmission.attachment != m_attachment)
    {
        m_waiting -= sent.octets;
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    if (GetRadioChannel()->DeliverToGnb(this, transmission.pdu, &sent))
    {
        m_waiting -= sent.octets;
        return;
    }
    const Ptr<CellScheduler> scheduler = m_gnb->GetScheduler();
    if (transmission.harqAttempt < scheduler->GetHarqTransmissions())
    {
        ++transmission.harqAttempt;
        transmission.mcs = sent.mcs;
        // The gNB asks for it: no new request of the UE's.
        Simulator::Schedule(scheduler->GetHarqDelay(),
                            &UeRadioDevice::Granted,
                            Ptr<UeRadioDevice>(this),
                            std::move(transmission));
        return;
    }
    m_waiting -= sent.octets;
    transmission.harqAttempt = 1;
    RepeatOrGiveUp(std::move(transmission));
}

void
UeRadioDevice::EndSendToGnb(Transmission transmission)
{
    if (transmission.attachment != m_attachment)
    {
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    if (GetRadioChannel()->DeliverToGnb(this, transmission.pdu))
    {
        return;
    }
    RepeatOrGiveUp(std::move(transmission));
}

void
UeRadioDevice::RepeatOrGiveUp(Transmission transmission)
{
    if (transmission.attemptsLeft == 0)
    {
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    --transmission.attemptsLeft;
    Simulator::Schedule(m_retransmissionDelay,
                        &UeRadioDevice::TrySendToGnb,
                        Ptr<UeRadioDevice>(this),
                        std::move(transmission));
}

void
UeRadioDevice::GiveUp(const Transmission& transmission, DataLoss cause)
{
    if (transmission.pdu.bearer == RadioBearer::DATA)
    {
        m_dataLost(m_ue, transmission.pdu.packet, cause);
    }
    else
    {
        m_signallingLost(m_ue, transmission.pdu.packet);
        if (m_user != nullptr && transmission.pdu.bearer == RadioBearer::SIGNALLING &&
            (transmission.attachment != m_attachment || !m_covered))
        {
            m_user->SignallingUndelivered(transmission.pdu.packet);
        }
    }
}

void
UeRadioDevice::SetUser(UeRadioUser* user)
{
    m_user = user;
}

UeRadioUser*
UeRadioDevice::GetUser() const
{
    return m_user;
}

void
UeRadioDevice::ReceiveSignalling(Ptr<const Packet> pdu)
{
    if (m_user != nullptr)
    {
        m_user->ReceiveSignalling(pdu);
    }
}

void
UeRadioDevice::ReceiveData(const RadioPdu& pdu)
{
    if (!pdu.count)
    {
        DeliverData(pdu.packet);
        return;
    }
    if (!m_receiver)
    {
        m_receiver = std::make_unique<PdcpReceiver>(
            m_tReordering,
            [this](Ptr<const Packet> packet) { DeliverData(packet); },
            [this](Ptr<const Packet> packet) { m_dataLost(m_ue, packet, DataLoss::LATE); });
    }
    m_receiver->Receive(*pdu.count, pdu.packet);
}

void
UeRadioDevice::DeliverData(Ptr<const Packet> packet)
{
    m_dataReceived(m_ue, packet);
    HandUp(packet);
}

void
UeRadioDevice::HandUp(Ptr<const Packet> packet)
{
    // ns-3's parsers check no lengths in release builds, and what is in a tunnel may be anything.
    std::array<uint8_t, Ipv4PacketHead::MAX_SIZE> octets;
    const uint32_t copied = packet->CopyData(octets.data(), octets.size());
    const auto head = PeekIpv4(ByteView(octets.data(), copied), packet->GetSize());
    if (!head)
    {
        m_dataDropped(m_ue, packet, ToString(head.Error()));
        return;
    }
    // What comes off the air runs in the context of the cell, or of another UE's node, and a node
    // takes packets in its own only.
    const PacketType type = head->destination.IsMulticast() ? PACKET_MULTICAST : PACKET_HOST;
    const Ptr<Node> node = GetNode();
    if (!node)
    {
        PassToNode(packet, type);
        return;
    }
    Simulator::ScheduleWithContext(node->GetId(),
                                   Time(0),
                                   &UeRadioDevice::PassToNode,
                                   Ptr<UeRadioDevice>(this),
                                   packet,
                                   type);
}

void
UeRadioDevice::PassToNode(Ptr<const Packet> packet, PacketType type)
{
    const uint16_t ipv4 = Ipv4L3Protocol::PROT_NUMBER;
    if (!m_promisc.IsNull())
    {
        m_promisc(this, packet->Copy(), ipv4, GetBroadcast(), GetAddress(), type);
    }
    if (!m_receive.IsNull())
    {
        m_receive(this, packet->Copy(), ipv4, GetBroadcast());
    }
    NS_ABORT_MSG_IF(m_forgoesIpStack && GetNode() && GetNode()->GetObject<Ipv4>(),
                    "UE " << m_ue
                          << " got an IP stack that its radio does not know of; set the attribute "
                          << "IpStack of ns3::mbs::Ue before the network is built");
}

bool
UeRadioDevice::Send(Ptr<Packet> packet, const Address& /* dest */, uint16_t protocol)
{
    if (protocol != Ipv4L3Protocol::PROT_NUMBER)
    {
        return false;
    }
    SendData(packet);
    return true;
}

void
UeRadioDevice::SetReceiveCallback(ReceiveCallback callback)
{
    if (!m_forgoesIpStack)
    {
        m_receive = callback;
    }
}

void
UeRadioDevice::SetPromiscReceiveCallback(PromiscReceiveCallback callback)
{
    m_promisc = callback;
}

void
UeRadioDevice::SetRate(DataRate rate)
{
    m_transmitter.SetRate(rate);
}

DataRate
UeRadioDevice::GetRate() const
{
    return m_transmitter.GetRate();
}

void
UeRadioDevice::SetLimit(uint32_t octets)
{
    m_transmitter.SetLimit(octets);
}

uint32_t
UeRadioDevice::GetLimit() const
{
    return m_transmitter.GetLimit();
}

} // namespace ns3::mbs
