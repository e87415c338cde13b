// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-gnb-radio-device.h"

#include "mbs-ue-radio-device.h"

#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

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
                          "Rate at which the cell sends, multicast and signalling together.",
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
            .AddAttribute("SignallingRetransmissions",
                          "How often signalling that was lost on the air is sent again (RLC "
                          "acknowledged mode); then it is given up.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&GnbRadioDevice::m_retransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("RetransmissionDelay",
                          "From the loss of signalling on the air to its next transmission.",
                          TimeValue(MilliSeconds(10)),
                          MakeTimeAccessor(&GnbRadioDevice::m_retransmissionDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("GroupQueued",
                            "A multicast packet was taken into the cell's queue.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_groupQueued),
                            "ns3::mbs::GnbRadioDevice::GroupCallback")
            .AddTraceSource("GroupDropped",
                            "A multicast packet found the cell's queue full.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_groupDropped),
                            "ns3::mbs::GnbRadioDevice::GroupCallback")
            .AddTraceSource("SignallingLost",
                            "Signalling to a UE was given up.",
                            MakeTraceSourceAccessor(&GnbRadioDevice::m_signallingLost),
                            "ns3::mbs::GnbRadioDevice::SignallingLostCallback");
    return tid;
}

GnbRadioDevice::GnbRadioDevice() = default;
GnbRadioDevice::~GnbRadioDevice() = default;

void
GnbRadioDevice::DoDispose()
{
    m_attached.clear();
    m_signalling.Nullify();
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

uint32_t
GnbRadioDevice::Attach(Ptr<UeRadioDevice> ue)
{
    m_attached.push_back(ue);
    const auto rnti = static_cast<uint32_t>(m_attached.size());
    ue->SetServingGnb(this, rnti);
    return rnti;
}

Ptr<UeRadioDevice>
GnbRadioDevice::FindUe(uint32_t rnti) const
{
    if (rnti == 0 || rnti > m_attached.size())
    {
        return nullptr;
    }
    return m_attached[rnti - 1];
}

void
GnbRadioDevice::SendToUe(uint32_t rnti, Ptr<Packet> pdu)
{
    TrySendToUe(rnti, pdu, m_retransmissions);
}

void
GnbRadioDevice::TrySendToUe(uint32_t rnti, Ptr<const Packet> pdu, uint32_t attemptsLeft)
{
    const auto departure = m_transmitter.Enqueue(pdu->GetSize(), Simulator::Now());
    if (!departure)
    {
        m_signallingLost(rnti, pdu);
        return;
    }
    Simulator::Schedule(*departure + GetRadioChannel()->GetDelay(),
                        &GnbRadioDevice::EndSendToUe,
                        Ptr<GnbRadioDevice>(this),
                        rnti,
                        pdu,
                        attemptsLeft);
}

void
GnbRadioDevice::EndSendToUe(uint32_t rnti, Ptr<const Packet> pdu, uint32_t attemptsLeft)
{
    if (GetRadioChannel()->DeliverToUe(this, rnti, pdu))
    {
        return;
    }
    if (attemptsLeft == 0)
    {
        m_signallingLost(rnti, pdu);
        return;
    }
    Simulator::Schedule(m_retransmissionDelay,
                        &GnbRadioDevice::TrySendToUe,
                        Ptr<GnbRadioDevice>(this),
                        rnti,
                        pdu,
                        attemptsLeft - 1);
}

void
GnbRadioDevice::SendToGroup(uint16_t gRnti, Ptr<const Packet> packet)
{
    const auto departure = m_transmitter.Enqueue(packet->GetSize(), Simulator::Now());
    if (!departure)
    {
        m_groupDropped(m_gnb, packet);
        return;
    }
    m_groupQueued(m_gnb, packet);
    Simulator::Schedule(*departure + GetRadioChannel()->GetDelay(),
                        &RadioChannel::DeliverToGroup,
                        GetRadioChannel(),
                        Ptr<GnbRadioDevice>(this),
                        gRnti,
                        packet);
}

void
GnbRadioDevice::SetSignallingCallback(SignallingCallback callback)
{
    m_signalling = callback;
}

void
GnbRadioDevice::ReceiveSignalling(uint32_t rnti, Ptr<const Packet> pdu)
{
    if (!m_signalling.IsNull())
    {
        m_signalling(rnti, pdu);
    }
}

bool
GnbRadioDevice::Send(Ptr<Packet> /* packet */, const Address& /* dest */, uint16_t /* protocol */)
{
    // There is no unicast data radio bearer: the device has no way to send this.
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
