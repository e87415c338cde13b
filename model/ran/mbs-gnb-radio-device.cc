// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-gnb-radio-device.h"

#include "mbs-ue-radio-device.h"

#include "ns3/mbs-rrc.h"
#include "ns3/mbs-scheduled-job.h"

#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(GnbRadioDevice);

TypeId
GnbRadioDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::GnbRadioDevice")
            .SetParent<RadioDevice>()
            .SetGroupName("Mbs")
            .AddConstructor<GnbRadioDevice>()
            .AddAttribute("DataRate",
                          "Rate at which the cell sends, multicast, signalling and data together.",
                          DataRateValue(DataRate("100Mbps")),
                          MakeDataRateAccessor(&GnbRadioDevice::SetRate, &GnbRadioDevice::GetRate),
                          MakeDataRateChecker())
            .AddAttribute(
                "QueueLimit",
                "How many octets may wait in the cell's queue; what exceeds it is "
                "dropped.",
                UintegerValue(1000000),
                MakeUintegerAccessor(&GnbRadioDevice::SetLimit, &GnbRadioDevice::GetLimit),
                MakeUintegerChecker<uint32_t>(1))
            .AddAttribute(
                "MulticastQueueLimit",
                "How many octets of multicast may wait for slots, of PTM and of PTP each, "
                "in place of QueueLimit; 0 is as many as QueueLimit.",
                UintegerValue(0),
                MakeUintegerAccessor(&GnbRadioDevice::m_multicastLimit),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute("SignallingRetransmissions",
                          "How often signalling that was lost on the air is sent again (RLC "
                          "acknowledged mode); then it is given up.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&GnbRadioDevice::m_retransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute(
                "DataRetransmissions",
                "How often an IP packet of a PDU session that was lost on the air is sent "
                "again (RLC acknowledged mode); then it is given up. 0 is RLC "
                "unacknowledged mode.",
                UintegerValue(8),
                MakeUintegerAccessor(&GnbRadioDevice::m_dataRetransmissions),
                MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("RetransmissionDelay",
                          "From the loss of signalling or data on the air to its next "
                          "transmission.",
                          TimeValue(MilliSeconds(10)),
                          MakeTimeAccessor(&GnbRadioDevice::m_retransmissionDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("TReordering",
                          "How long a received IP packet waits for those before it that are sent "
                          "again (PDCP t-Reordering); 0s hands packets on as they come. Without "
                          "effect on what is sent in RLC unacknowledged mode.",
                          TimeValue(MilliSeconds(200)),
                          MakeTimeAccessor(&GnbRadioDevice::m_tReordering),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("GroupQueued",
                            "A multicast packet was taken into the cell's queue.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_groupQueued),
                            "ns3::mbs::GnbRadioDevice::GroupCallback")
            .AddTraceSource("GroupDropped",
                            "A multicast packet found the cell's queue full.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_groupDropped),
                            "ns3::mbs::GnbRadioDevice::GroupCallback")
            .AddTraceSource("PtpSent",
                            "A multicast packet for one UE goes to the cell's queue.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_ptpSent),
                            "ns3::mbs::GnbRadioDevice::PtpCallback")
            .AddTraceSource("PtpDropped",
                            "A multicast packet for one UE, or one that it lacks, found the "
                            "cell's queue full.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_ptpDropped),
                            "ns3::mbs::GnbRadioDevice::PtpCallback")
            .AddTraceSource("SignallingLost",
                            "Signalling to a UE was given up.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_signallingLost),
                            "ns3::mbs::GnbRadioDevice::SignallingLostCallback")
            .AddTraceSource("DataSent",
                            "An IP packet for a UE's PDU session goes to the cell's queue.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_dataSent),
                            "ns3::mbs::GnbRadioDevice::DataTraceCallback")
            .AddTraceSource("DataReceived",
                            "An IP packet of a UE's PDU session has arrived.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_dataReceived),
                            "ns3::mbs::GnbRadioDevice::DataTraceCallback")
            .AddTraceSource(
                "DataLost",
                "An IP packet for a UE's PDU session found the cell's queue full or was "
                "given up, or one from it came too late.",
                MakeTraceSourceAccessor(&GnbRadioDevice::m_dataLost),
                "ns3::mbs::GnbRadioDevice::DataLostCallback");
    return tid;
}

GnbRadioDevice::GnbRadioDevice() = default;
GnbRadioDevice::~GnbRadioDevice() = default;

void
GnbRadioDevice::DoDispose()
{
    if (m_scheduler)
    {
        m_scheduler->Dispose();
        m_scheduler = nullptr;
    }
    for (const auto& [gRnti, bearer] : m_groups)
    {
        bearer->Dispose();
    }
    m_groups.clear();
    m_attached.clear();
    m_bearers.clear();
    m_signalling.Nullify();
    m_undelivered.Nullify();
    m_data.Nullify();
    m_pdcpControl.Nullify();
    RadioDevice::DoDispose();
}

void
GnbRadioDevice::SetGnb(uint32_t gnb)
{
    m_gnb = gnb;
}

uint32_t
GnbRadioDevice::GetGnb() const
{
    return m_gnb;
}

void
GnbRadioDevice::UseCarrier(Ptr<const NrCarrier> carrier)
{
    m_scheduler = CreateObject<CellScheduler>();
    m_scheduler->SetCarrier(carrier);
}

Ptr<CellScheduler>
GnbRadioDevice::GetScheduler() const
{
    return m_scheduler;
}

uint32_t
GnbRadioDevice::Attach(Ptr<UeRadioDevice> ue)
{
    // Only a UE that has been somewhere can have been here; its last identity counts.
    const auto known = ue->GetServingGnb() ? std::find(m_attached.rbegin(), m_attached.rend(), ue)
                                           : m_attached.rend();
    if (known == m_attached.rend())
    {
        m_attached.push_back(ue);
        Serve(ue, static_cast<uint32_t>(m_attached.size()));
    }
    else
    {
        Serve(ue, static_cast<uint32_t>(m_attached.rend() - known));
    }
    return ue->GetRnti();
}

uint32_t
GnbRadioDevice::ReserveRnti()
{
    m_attached.push_back(nullptr);
    return static_cast<uint32_t>(m_attached.size());
}

bool
GnbRadioDevice::IsReserved(uint32_t rnti) const
{
    return rnti > 0 && rnti <= m_attached.size() && !m_attached[rnti - 1];
}

void
GnbRadioDevice::Attach(Ptr<UeRadioDevice> ue, uint32_t rnti)
{
    NS_ASSERT_MSG(IsReserved(rnti), "the RNTI is not reserved");
    m_attached[rnti - 1] = ue;
    Serve(ue, rnti);
}

void
GnbRadioDevice::Serve(const Ptr<UeRadioDevice>& ue, uint32_t rnti)
{
    m_bearers.erase(rnti);
    m_asleep.erase(rnti);
    ue->SetServingGnb(this, rnti);
    if (const Ptr<RadioChannel> channel = GetRadioChannel())
    {
        channel->ReportAttached(*ue);
    }
}

Ptr<UeRadioDevice>
GnbRadioDevice::FindUe(uint32_t rnti) const
{
    if (rnti == 0 || rnti > m_attached.size())
    {
        return nullptr;
    }
    const Ptr<UeRadioDevice>& ue = m_attached[rnti - 1];
    return ue && ue->GetServingGnb() == this && ue->GetRnti() == rnti ? ue : nullptr;
}

uint32_t
GnbRadioDevice::GetUeOf(uint32_t rnti) const
{
    return m_attached.at(rnti - 1)->GetUe();
}

void
GnbRadioDevice::SendToUe(uint32_t rnti, Ptr<Packet> pdu)
{
    TrySendToUe({{RadioBearer::SIGNALLING, pdu, std::nullopt}, rnti, m_retransmissions});
}

void
GnbRadioDevice::SendData(uint32_t rnti, Ptr<const Packet> packet)
{
    m_dataSent(m_gnb, rnti, packet);
    TrySendToUe({{RadioBearer::DATA, packet, std::nullopt}, rnti, m_dataRetransmissions});
}

void
GnbRadioDevice::TrySendToUe(Transmission transmission)
{
    if (HasBegunAnew(transmission))
    {
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    if (transmission.attachment == 0)
    {
        const Ptr<UeRadioDevice> ue = FindUe(transmission.rnti);
        transmission.attachment = ue ? ue->GetAttachment() : 0;
    }
    if (m_scheduler)
    {
        ScheduleToUe(std::move(transmission));
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
                        &GnbRadioDevice::EndSendToUe,
                        Ptr<GnbRadioDevice>(this),
                        std::move(transmission));
}

bool
GnbRadioDevice::HasBegunAnew(const Transmission& transmission) const
{
    if (transmission.attachment == 0)
    {
        return false;
    }
    const Ptr<UeRadioDevice> ue = FindUe(transmission.rnti);
    return ue && ue->GetAttachment() != transmission.attachment;
}

void
GnbRadioDevice::Count(Transmission& transmission)
{
    // In unacknowledged mode RLC sends nothing again; without HARQ nothing is overtaken then.
    const bool harq = m_scheduler && m_scheduler->GetHarqTransmissions() > 1;
    if (transmission.pdu.bearer == RadioBearer::DATA && !transmission.pdu.count &&
        (transmission.attemptsLeft > 0 || harq))
    {
        transmission.pdu.count = m_bearers[transmission.rnti].nextCount++;
    }
}

void
GnbRadioDevice::ScheduleToUe(Transmission transmission)
{
    const RadioBearer bearer = transmission.pdu.bearer;
    const RadioTraffic traffic = bearer == RadioBearer::DATA        ? RadioTraffic::DATA
                                 : bearer == RadioBearer::MULTICAST ? RadioTraffic::POINT_TO_POINT
                                                                    : RadioTraffic::SIGNALLING;
    const uint32_t octets = transmission.pdu.packet->GetSize();
    const Ptr<UeRadioDevice> ue = FindUe(transmission.rnti);
    if (!ue ||
        m_scheduler->GetWaiting(RadioDirection::DOWNLINK, traffic) + octets > LimitOf(traffic))
    {
        GiveUp(transmission, ue ? DataLoss::QUEUE : DataLoss::RADIO);
        return;
    }
    Count(transmission);
    CellScheduler::Request request;
    request.traffic = traffic;
    request.octets = octets;
    request.earlier = transmission.harqAttempt - 1 + transmission.groupCopies;
    request.selectMcs = [ue, channel = GetRadioChannel(), transmission](uint32_t bits) {
        // What is combined with an earlier attempt is sent in the same way.
        return transmission.harqAttempt > 1 || transmission.groupCopies > 0
                   ? transmission.mcs
                   : channel->SelectMcs(*ue, RadioDirection::DOWNLINK, bits);
    };
    request.done = [self = Ptr<GnbRadioDevice>(this), transmission](const RadioTransmission& sent) {
        self->EndScheduled(transmission, sent);
    };
    m_scheduler->Enqueue(RadioDirection::DOWNLINK, std::move(request));
}

uint32_t
GnbRadioDevice::LimitOf(RadioTraffic traffic) const
{
    const bool multicast =
        traffic == RadioTraffic::MULTICAST || traffic == RadioTraffic::POINT_TO_POINT;
    return multicast && m_multicastLimit > 0 ? m_multicastLimit : GetLimit();
}

void
GnbRadioDevice::EndScheduled(Transmission transmission, const RadioTransmission& sent)
{
    if (HasBegunAnew(transmission))
    {
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    if (GetRadioChannel()->DeliverToUe(this, transmission.rnti, transmission.pdu, &sent))
    {
        return;
    }
    if (transmission.harqAttempt < m_scheduler->GetHarqTransmissions())
    {
        ++transmission.harqAttempt;
        transmission.mcs = sent.mcs;
        Simulator::Schedule(m_scheduler->GetHarqDelay(),
                            &GnbRadioDevice::ScheduleToUe,
                            Ptr<GnbRadioDevice>(this),
                            std::move(transmission));
        return;
    }
    transmission.harqAttempt = 1;
    transmission.groupCopies = 0;
    RepeatOrGiveUp(std::move(transmission));
}

void
GnbRadioDevice::EndSendToUe(Transmission transmission)
{
    if (HasBegunAnew(transmission))
    {
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    if (GetRadioChannel()->DeliverToUe(this, transmission.rnti, transmission.pdu))
    {
        return;
    }
    RepeatOrGiveUp(std::move(transmission));
}

void
GnbRadioDevice::RepeatOrGiveUp(Transmission transmission)
{
    if (transmission.attemptsLeft == 0 || !FindUe(transmission.rnti))
    {
        // RLC ends with its attempts, or when the UE has gone to another cell.
        GiveUp(transmission, DataLoss::RADIO);
        return;
    }
    --transmission.attemptsLeft;
    Simulator::Schedule(m_retransmissionDelay,
                        &GnbRadioDevice::TrySendToUe,
                        Ptr<GnbRadioDevice>(this),
                        std::move(transmission));
}

void
GnbRadioDevice::GiveUp(const Transmission& transmission, DataLoss cause)
{
    if (transmission.pdu.bearer == RadioBearer::DATA)
    {
        m_dataLost(transmission.rnti, transmission.pdu.packet, cause);
    }
    else if (transmission.pdu.bearer == RadioBearer::SIGNALLING)
    {
        m_signallingLost(transmission.rnti, transmission.pdu.packet);
        if (!m_undelivered.IsNull())
        {
            m_undelivered(transmission.rnti, transmission.pdu.packet, HasBegunAnew(transmission));
        }
    }
    else if (const Ptr<UeRadioDevice> ue = FindUe(transmission.rnti))
    {
        if (cause == DataLoss::QUEUE)
        {
            ReportPtpDropped(*ue, transmission.pdu.packet);
        }
        else
        {
            ++ue->GetGroupCounts().ptpLost;
            GetRadioChannel()->LosePacket(*ue, transmission.pdu.packet);
        }
    }
}

void
GnbRadioDevice::SetAsleep(uint32_t rnti, bool asleep)
{
    if (asleep)
    {
        m_asleep.insert(rnti);
    }
    else
    {
        m_asleep.erase(rnti);
    }
}

bool
GnbRadioDevice::HasSleepers() const
{
    return !m_asleep.empty();
}

bool
GnbRadioDevice::IsAsleep(const UeRadioDevice& ue) const
{
    return m_asleep.count(ue.GetRnti()) > 0;
}

Time
GnbRadioDevice::GetHarqDelay() const
{
    return m_scheduler ? m_scheduler->GetHarqDelay() : m_retransmissionDelay;
}

void
GnbRadioDevice::SetSignallingCallback(SignallingCallback callback)
{
    m_signalling = callback;
}

void
GnbRadioDevice::SetUndeliveredCallback(UndeliveredCallback callback)
{
    m_undelivered = callback;
}

void
GnbRadioDevice::ReceiveSignalling(uint32_t rnti, Ptr<const Packet> pdu)
{
    if (!m_signalling.IsNull())
    {
        m_signalling(rnti, pdu);
    }
}

void
GnbRadioDevice::SetDataCallback(DataCallback callback)
{
    m_data = callback;
}

void
GnbRadioDevice::ReceiveData(uint32_t rnti, const RadioPdu& pdu)
{
    if (!pdu.count)
    {
        DeliverData(rnti, pdu.packet);
        return;
    }
    auto& receiver = m_bearers[rnti].receiver;
    if (!receiver)
    {
        receiver = std::make_unique<PdcpReceiver>(
            m_tReordering,
            [this, rnti](Ptr<const Packet> packet) { DeliverData(rnti, packet); },
            [this, rnti](Ptr<const Packet> packet) { m_dataLost(rnti, packet, DataLoss::LATE); });
    }
    receiver->Receive(*pdu.count, pdu.packet);
}

void
GnbRadioDevice::DeliverData(uint32_t rnti, Ptr<const Packet> packet)
{
    m_dataReceived(m_gnb, rnti, packet);
    if (!m_data.IsNull())
    {
        m_data(rnti, packet);
    }
}

bool
GnbRadioDevice::Send(Ptr<Packet> /* packet */, const Address& /* dest */, uint16_t /* protocol */)
{
    // A cell is no neighbour on an IP link: a packet from an IP stack here names no bearer.
    return false;
}

void
GnbRadioDevice::SetRate(DataRate rate)
{
    m_transmitter.SetRate(rate);
}

DataRate
GnbRadioDevice::GetRate() const
{
    return m_transmitter.GetRate();
}

void
GnbRadioDevice::SetLimit(uint32_t octets)
{
    m_transmitter.SetLimit(octets);
}

uint32_t
GnbRadioDevice::GetLimit() const
{
    return m_transmitter.GetLimit();
}

} // namespace ns3::mbs
