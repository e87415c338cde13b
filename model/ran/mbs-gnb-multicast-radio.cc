// SPDX-License-Identifier: GPL-2.0-only

// What a cell does for the multicast radio bearers of its groups.

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include "ns3/mbs-rrc.h"
#include "ns3/mbs-scheduled-job.h"

#include "ns3/simulator.h"

#include <utility>

namespace ns3::mbs
{

void
GnbRadioDevice::SendToGroup(uint16_t gRnti,
                            Ptr<const Packet> packet,
                            std::optional<uint32_t> number)
{
    GetBearer(gRnti)->Send(packet, number);
}

void
GnbRadioDevice::EndGroup(uint16_t gRnti)
{
    GetRadioChannel()->EndGroup(*this, gRnti);
    GetBearer(gRnti)->End();
}

Ptr<MulticastRadioBearer>
GnbRadioDevice::GetBearer(uint16_t gRnti)
{
    Ptr<MulticastRadioBearer>& bearer = m_groups[gRnti];
    if (!bearer)
    {
        bearer = CreateObject<MulticastRadioBearer>();
        bearer->SetCell(this, gRnti);
        if (gRnti == MCCH_RNTI)
        {
            bearer->SetBroadcast();
        }
    }
    return bearer;
}

const std::map<uint16_t, Ptr<MulticastRadioBearer>>&
GnbRadioDevice::GetBearers() const
{
    return m_groups;
}

bool
GnbRadioDevice::TransmitToGroup(CellScheduler::Request request)
{
    request.traffic = RadioTraffic::MULTICAST;
    if (m_scheduler)
    {
        const uint32_t waiting =
            m_scheduler->GetWaiting(RadioDirection::DOWNLINK, RadioTraffic::MULTICAST);
        if (waiting + request.octets > LimitOf(RadioTraffic::MULTICAST))
        {
            return false;
        }
        m_scheduler->Enqueue(RadioDirection::DOWNLINK, std::move(request));
        return true;
    }
    const auto departure =
        m_transmitter.Enqueue(request.octets * request.repetitions, Simulator::Now());
    if (!departure)
    {
        return false;
    }
    RadioTransmission sent;
    sent.octets = request.octets;
    sent.repetitions = request.repetitions;
    ScheduleJob(*departure + GetRadioChannel()->GetDelay(),
                [done = std::move(request.done), sent] { done(sent); });
    return true;
}

void
GnbRadioDevice::SendPduToUe(const UeRadioDevice& ue,
                            const std::shared_ptr<const GroupPdu>& pdu,
                            uint32_t retransmissions)
{
    GetRadioChannel()->AwaitPacket(ue, pdu->GetPacket());
    SendPtp(ue, pdu, retransmissions);
}

void
GnbRadioDevice::SendOnceMoreToUe(const UeRadioDevice& ue,
                                 const std::shared_ptr<const GroupPdu>& pdu,
                                 uint32_t retransmissions)
{
    GetRadioChannel()->ResendPacket(ue, pdu->GetPacket());
    SendPtp(ue, pdu, retransmissions);
}

void
GnbRadioDevice::SendPtp(const UeRadioDevice& ue,
                        const std::shared_ptr<const GroupPdu>& pdu,
                        uint32_t retransmissions)
{
    m_ptpSent(m_gnb, ue.GetUe(), pdu->GetPacket());
    TrySendToUe({{RadioBearer::MULTICAST, pdu->GetPacket(), std::nullopt, pdu},
                 ue.GetRnti(),
                 retransmissions});
}

void
GnbRadioDevice::SendAgainToUe(const UeRadioDevice& ue,
                              const std::shared_ptr<const GroupPdu>& pdu,
                              uint32_t retransmissions,
                              uint32_t copies,
                              uint8_t mcs)
{
    Transmission transmission{{RadioBearer::MULTICAST, pdu->GetPacket(), std::nullopt, pdu},
                              ue.GetRnti(),
                              retransmissions};
    transmission.groupCopies = copies;
    transmission.mcs = mcs;
    TrySendToUe(std::move(transmission));
}

void
GnbRadioDevice::ReportGroupQueued(Ptr<const Packet> packet)
{
    m_groupQueued(m_gnb, packet);
}

void
GnbRadioDevice::ReportGroupDropped(Ptr<const Packet> packet)
{
    m_groupDropped(m_gnb, packet);
}

void
GnbRadioDevice::ReportPtpDropped(const UeRadioDevice& ue, Ptr<const Packet> packet)
{
    m_ptpDropped(m_gnb, ue.GetUe(), packet);
}

void
GnbRadioDevice::SetPdcpControlCallback(PdcpControlCallback callback)
{
    m_pdcpControl = callback;
}

void
GnbRadioDevice::ReceivePdcpControl(uint32_t rnti, const RadioPdu& pdu)
{
    if (!m_pdcpControl.IsNull())
    {
        m_pdcpControl(rnti, pdu.gRnti, pdu.packet);
    }
}

} // namespace ns3::mbs
