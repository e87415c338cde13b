// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ue-radio-device.h"

#include "mbs-gnb-radio-device.h"

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
                          "Rate at which the UE sends signalling.",
                          DataRateValue(DataRate("10Mbps")),
                          MakeDataRateAccessor(&UeRadioDevice::SetRate, &UeRadioDevice::GetRate),
                          MakeDataRateChecker())
            .AddAttribute("SignallingRetransmissions",
                          "How often signalling that was lost on the air is sent again (RLC "
                          "acknowledged mode); then it is given up.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&UeRadioDevice::m_retransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("RetransmissionDelay",
                          "From the loss of signalling on the air to its next transmission.",
                          TimeValue(MilliSeconds(10)),
                          MakeTimeAccessor(&UeRadioDevice::m_retransmissionDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("SignallingLost",
                            "Signalling to the gNB was given up.",
                            MakeTraceSourceAccessor(&UeRadioDevice::m_signallingLost),
                            "ns3::mbs::UeRadioDevice::SignallingLostCallback");
    return tid;
}

UeRadioDevice::UeRadioDevice() = default;
UeRadioDevice::~UeRadioDevice() = default;

void
UeRadioDevice::DoDispose()
{
    m_gnb = nullptr;
    m_signalling.Nullify();
    m_group.Nullify();
    RadioDevice::DoDispose();
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

void
UeRadioDevice::SendToGnb(Ptr<Packet> pdu)
{
    TrySendToGnb(pdu, m_retransmissions);
}

void
UeRadioDevice::TrySendToGnb(Ptr<const Packet> pdu, uint32_t attemptsLeft)
{
    const auto departure = m_transmitter.Enqueue(pdu->GetSize(), Simulator::Now());
    if (!departure)
    {
        m_signallingLost(m_ue, pdu);
        return;
    }
    Simulator::Schedule(*departure + GetRadioChannel()->GetDelay(),
                        &UeRadioDevice::EndSendToGnb,
                        Ptr<UeRadioDevice>(this),
                        pdu,
                        attemptsLeft);
}

void
UeRadioDevice::EndSendToGnb(Ptr<const Packet> pdu, uint32_t attemptsLeft)
{
    if (GetRadioChannel()->DeliverToGnb(this, pdu))
    {
        return;
    }
    if (attemptsLeft == 0)
    {
        m_signallingLost(m_ue, pdu);
        return;
    }
    Simulator::Schedule(m_retransmissionDelay,
                        &UeRadioDevice::TrySendToGnb,
                        Ptr<UeRadioDevice>(this),
                        pdu,
                        attemptsLeft - 1);
}

void
UeRadioDevice::SetSignallingCallback(SignallingCallback callback)
{
    m_signalling = callback;
}

void
UeRadioDevice::SetGroupCallback(GroupCallback callback)
{
    m_group = callback;
}

void
UeRadioDevice::ReceiveSignalling(Ptr<const Packet> pdu)
{
    if (!m_signalling.IsNull())
    {
        m_signalling(pdu);
    }
}

void
UeRadioDevice::ReceiveGroup(const MulticastFrame& frame)
{
    if (!m_group.IsNull())
    {
        m_group(frame);
    }
}

bool
UeRadioDevice::Send(Ptr<Packet> /* packet */, const Address& /* dest */, uint16_t /* protocol */)
{
    // There is no unicast data radio bearer: the device has no way to send this.
    return false;
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

} // namespace ns3::mbs
