// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-multicast-radio-bearer.h"

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-scheduled-job.h"

#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(MulticastRadioBearer);

TypeId
MulticastRadioBearer::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::MulticastRadioBearer")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<MulticastRadioBearer>()
            .AddAttribute("Delivery",
                          "How multicast goes to the UEs of a cell: ptm (once, to the group), ptp "
                          "(to each UE by itself) or auto (ptp for few UEs, ptm for many).",
                          StringValue("ptm"),
                          MakeEnumAttributeAccessor(&MulticastRadioBearer::m_delivery),
                          MakeEnumAttributeChecker(Delivery::PTM,
                                                   "ptm",
                                                   Delivery::PTP,
                                                   "ptp",
                                                   Delivery::AUTO,
                                                   "auto"))
            .AddAttribute("SwitchThreshold",
                          "With auto: for how many UEs of the cell, at most, ptp is meant.",
                          UintegerValue(5),
                          MakeUintegerAccessor(&MulticastRadioBearer::m_threshold),
                          MakeUintegerChecker<uint32_t>(0, 1000000))
            .AddAttribute("SwitchHysteresis",
                          "With auto: how many UEs more than SwitchThreshold there must be before "
                          "ptp is changed to ptm, and how many fewer before ptm is changed to ptp.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&MulticastRadioBearer::m_hysteresis),
                          MakeUintegerChecker<uint32_t>(0, 1000000))
            .AddAttribute("Harq",
                          "Feedback to what is sent to the group: off, nack-only (all UEs share a "
                          "resource) or ack-nack (each has its own); what a UE lacks is sent "
                          "again.",
                          StringValue("off"),
                          MakeEnumAttributeAccessor(&MulticastRadioBearer::m_harq),
                          MakeEnumAttributeChecker(Harq::OFF,
                                                   "off",
                                                   Harq::NACK_ONLY,
                                                   "nack-only",
                                                   Harq::ACK_NACK,
                                                   "ack-nack"))
            .AddAttribute("HarqTransmissions",
                          "How often a packet is sent to the group before UEs that lack it lose "
                          "it, the first time included.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&MulticastRadioBearer::m_transmissions),
                          MakeUintegerChecker<uint32_t>(1, 32))
            .AddAttribute("UnicastRetransmissionUes",
                          "With ack-nack: if no more UEs than these lack a packet it is sent "
                          "again to each of them and not to the group; 0 is always to the group.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&MulticastRadioBearer::m_unicastUes),
                          MakeUintegerChecker<uint32_t>(0, 1000000))
            .AddAttribute("Repetitions",
                          "In how many slots in a row what is sent to the group is sent, whether "
                          "or not it arrives (pdsch-AggregationFactor is 2, 4 or 8); 1 is once.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&MulticastRadioBearer::m_repetitions),
                          MakeUintegerChecker<uint32_t>(1, 16))
            .AddAttribute("PtpRetransmissions",
                          "How often a packet that was lost on its way to a single UE is sent "
                          "again (RLC acknowledged mode); 0 is RLC unacknowledged mode.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&MulticastRadioBearer::m_ptpRetransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("TReordering",
                          "How long a UE that received a packet waits for those before it (PDCP "
                          "t-Reordering); 0s hands packets on as they come. Without effect with "
                          "ptm and without HARQ and HandoverRecovery, where nothing is sent again.",
                          TimeValue(MilliSeconds(100)),
                          MakeTimeAccessor(&MulticastRadioBearer::m_tReordering),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("HandoverRecovery",
                          "What becomes of packets that a UE misses in a handover: none (they are "
                          "lost) or status-report (the UE tells the target cell which ones it "
                          "lacks, and gets those that RecoveryBuffer holds). Needs a TReordering "
                          "above 0s; what is broadcast is not recovered.",
                          StringValue("none"),
                          MakeEnumAttributeAccessor(&MulticastRadioBearer::m_handoverRecovery),
                          MakeEnumAttributeChecker(HandoverRecovery::NONE,
                                                   "none",
                                                   HandoverRecovery::STATUS_REPORT,
                                                   "status-report"))
            .AddAttribute("RecoveryBuffer",
                          "With HandoverRecovery: how many packets a cell keeps of each session "
                          "for UEs that come; half of what 18 bits number at most.",
                          UintegerValue(1024),
                          MakeUintegerAccessor(&MulticastRadioBearer::m_recoveryBuffer),
                          MakeUintegerChecker<uint32_t>(1, MrbRecoveryBuffer::WINDOW))
            .AddAttribute("RecoveryRetransmissions",
                          "With HandoverRecovery: how often such a packet that was lost on its way "
                          "to the UE is sent again (RLC acknowledged mode).",
                          UintegerValue(8),
                          MakeUintegerAccessor(&MulticastRadioBearer::m_recoveryRetransmissions),
                          MakeUintegerChecker<uint32_t>(1, 1000));
    return tid;
}

MulticastRadioBearer::MulticastRadioBearer() = default;
MulticastRadioBearer::~MulticastRadioBearer() = default;

void
MulticastRadioBearer::DoDispose()
{
    m_cell = nullptr;
    Object::DoDispose();
}

void
MulticastRadioBearer::SetCell(GnbRadioDevice* cell, uint16_t gRnti)
{
    m_cell = cell;
    m_gRnti = gRnti;
}

void
MulticastRadioBearer::SetBroadcast()
{
    m_broadcast = true;
}

bool
MulticastRadioBearer::KeepsOrder() const
{
    return !m_broadcast &&
           (m_delivery != Delivery::PTM || m_harq != Harq::OFF || RecoversHandovers());
}

std::optional<uint32_t>
MulticastRadioBearer::GetNextCount() const
{
    return RecoversHandovers() ? m_recent.GetNext() : m_nextCount;
}

bool
MulticastRadioBearer::RecoversHandovers() const
{
    // Who waits for nothing before it hands packets on does not know what it lacks.
    return !m_broadcast && m_handoverRecovery == HandoverRecovery::STATUS_REPORT &&
           m_tReordering.IsStrictlyPositive();
}

void
MulticastRadioBearer::ListenerBegan(uint32_t ue)
{
    if (RecoversHandovers())
    {
        m_recent.ListenerBegan(ue);
    }
}

void
MulticastRadioBearer::ListenerEnded(uint32_t ue)
{
    m_recent.ListenerEnded(ue);
}

bool
MulticastRadioBearer::IsInWindow(const PdcpStatusReport& report) const
{
    // Distances modulo 2^32: half of them are ahead, half behind.
    const uint32_t behind = m_recent.GetNext().value_or(report.fmc) - report.fmc;
    return behind <= MrbRecoveryBuffer::WINDOW || -behind <= MrbRecoveryBuffer::WINDOW;
}

void
MulticastRadioBearer::Recover(const UeRadioDevice& ue, const PdcpStatusReport& report)
{
    ++m_counts.statusReports;
    for (const auto& pdu : m_recent.FindMissing(ue.GetUe(), report))
    {
        ++m_counts.recoveries;
        m_cell->SendOnceMoreToUe(ue, pdu, m_recoveryRetransmissions);
    }
}

void
MulticastRadioBearer::End()
{
    m_recent.Clear();
}

std::shared_ptr<const GroupPdu>
MulticastRadioBearer::Number(Ptr<const Packet> packet, const std::optional<uint32_t>& number)
{
    if (RecoversHandovers())
    {
        NS_ASSERT_MSG(number, "a packet without a number on N3mb");
        return std::make_shared<const GroupPdu>(m_gRnti, m_recent.CountOf(*number), packet);
    }
    return std::make_shared<const GroupPdu>(m_gRnti, m_nextCount, packet);
}

Time
MulticastRadioBearer::GetTReordering() const
{
    return m_tReordering;
}

bool
MulticastRadioBearer::IsPointToPoint() const
{
    return m_ptp.value_or(false);
}

const MulticastRadioBearer::Counts&
MulticastRadioBearer::GetCounts() const
{
    return m_counts;
}

void
MulticastRadioBearer::ChooseLeg()
{
    const std::size_t ues = m_cell->GetRadioChannel()->CountListeners(*m_cell, m_gRnti);
    bool ptp = m_delivery == Delivery::PTP;
    if (CountAwakeListeners() < ues)
    {
        ptp = false;
    }
    else if (m_delivery == Delivery::AUTO)
    {
        const bool many = ues > uint64_t{m_threshold} + (IsPointToPoint() ? m_hysteresis : 0);
        const bool few = ues + (m_ptp && !*m_ptp ? m_hysteresis : 0) <= m_threshold;
        ptp = many ? false : few ? true : IsPointToPoint();
    }
    m_counts.switches += m_ptp && *m_ptp != ptp ? 1 : 0;
    m_ptp = ptp;
}

void
MulticastRadioBearer::Send(Ptr<const Packet> packet, std::optional<uint32_t> number)
{
    if (!KeepsOrder())
    {
        SendUnnumbered(packet);
        return;
    }
    ChooseLeg();
    const auto pdu = Number(packet, number);
    if (RecoversHandovers())
    {
        m_recent.Keep(pdu, m_recoveryBuffer);
    }
    if (*m_ptp)
    {
        ++m_nextCount;
        SendToEach(pdu);
        if (RecoversHandovers())
        {
            m_recent.NoteSent(pdu->GetCount());
        }
        return;
    }
    if (SendToGroup({pdu, 1, 0, {}}))
    {
        // What is never sent gets no number here, so that nobody waits for it.
        ++m_nextCount;
        ++m_counts.ptmPackets;
        m_cell->ReportGroupQueued(packet);
    }
    else
    {
        m_cell->ReportGroupDropped(packet);
    }
}

void
MulticastRadioBearer::SendUnnumbered(Ptr<const Packet> packet)
{
    const Ptr<MulticastRadioBearer> self(this);
    CellScheduler::Request request;
    request.octets = packet->GetSize();
    request.repetitions = m_repetitions;
    // What is done at the end keeps this object until then.
    request.selectMcs = [this](uint32_t bits) {
        return m_cell->GetRadioChannel()->SelectGroupMcs(m_cell, m_gRnti, bits);
    };
    request.done = [self, packet](const RadioTransmission& sent) {
        self->m_cell->GetRadioChannel()->DeliverToGroup(self->m_cell, self->m_gRnti, packet, sent);
    };
    if (m_cell->TransmitToGroup(std::move(request)))
    {
        ++m_counts.ptmPackets;
        m_cell->ReportGroupQueued(packet);
    }
    else
    {
        m_cell->ReportGroupDropped(packet);
    }
}

bool
MulticastRadioBearer::SendToGroup(Attempt attempt)
{
    const Ptr<MulticastRadioBearer> self(this);
    CellScheduler::Request request;
    request.octets = attempt.pdu->GetPacket()->GetSize();
    request.repetitions = m_repetitions;
    request.earlier = (attempt.number - 1) * m_repetitions;
    request.selectMcs = [self, first = attempt.number == 1, mcs = attempt.mcs](uint32_t bits) {
        // What is combined with an earlier transmission is sent in the same way.
        return first ? self->m_cell->GetRadioChannel()->SelectGroupMcs(self->m_cell,
                                                                       self->m_gRnti,
                                                                       bits)
                     : mcs;
    };
    request.done = [self, attempt = std::move(attempt)](const RadioTransmission& sent) {
        self->EndAttempt(attempt, sent);
    };
    return m_cell->TransmitToGroup(std::move(request));
}

void
MulticastRadioBearer::EndAttempt(Attempt attempt, const RadioTransmission& sent)
{
    const Ptr<RadioChannel> channel = m_cell->GetRadioChannel();
    const bool last = m_harq == Harq::OFF || attempt.number >= m_transmissions;
    const bool first = attempt.number == 1;
    CountFeedback(attempt);
    if (first)
    {
        attempt.missing = channel->GetListeners(*m_cell, m_gRnti);
        if (RecoversHandovers())
        {
            m_recent.NoteSent(attempt.pdu->GetCount());
        }
    }
    attempt.missing = channel->DeliverPdu(*m_cell, attempt.pdu, attempt.missing, sent, last);
    if (first)
    {
        channel->ReportGroupDelivered(*m_cell, attempt.pdu->GetPacket());
    }
    if (CountAwake(attempt.missing) == 0)
    {
        // Nobody asks for it.
        for (const Ptr<UeRadioDevice>& ue : attempt.missing)
        {
            ++ue->GetGroupCounts().ptmLost;
            channel->LosePacket(*ue, attempt.pdu->GetPacket());
        }
        return;
    }
    ++attempt.number;
    attempt.mcs = sent.mcs;
    ScheduleJob(m_cell->GetHarqDelay(),
                [self = Ptr<MulticastRadioBearer>(this), attempt = std::move(attempt)] {
                    self->SendAgain(attempt);
                });
}

std::size_t
MulticastRadioBearer::CountAwake(const Ues& ues) const
{
    if (!m_cell->HasSleepers())
    {
        return ues.size();
    }
    return static_cast<std::size_t>(
        std::count_if(ues.begin(), ues.end(), [this](const Ptr<UeRadioDevice>& ue) {
            return !m_cell->IsAsleep(*ue);
        }));
}

std::size_t
MulticastRadioBearer::CountAwakeListeners() const
{
    const Ptr<RadioChannel> channel = m_cell->GetRadioChannel();
    return m_cell->HasSleepers() ? CountAwake(channel->GetListeners(*m_cell, m_gRnti))
                                 : channel->CountListeners(*m_cell, m_gRnti);
}

void
MulticastRadioBearer::CountFeedback(const Attempt& attempt)
{
    const std::size_t ues =
        attempt.number == 1 ? CountAwakeListeners() : CountAwake(attempt.missing);
    m_counts.feedback += m_harq == Harq::ACK_NACK ? ues : m_harq == Harq::NACK_ONLY && ues > 0;
}

void
MulticastRadioBearer::SendAgain(Attempt attempt)
{
    const Ptr<const Packet> packet = attempt.pdu->GetPacket();
    const Ptr<RadioChannel> channel = m_cell->GetRadioChannel();
    const auto gone = std::stable_partition(attempt.missing.begin(),
                                            attempt.missing.end(),
                                            [this, &channel](const Ptr<UeRadioDevice>& ue) {
                                                return channel->IsListening(*m_cell, *ue, m_gRnti);
                                            });
    std::for_each(gone, attempt.missing.end(), [&](const Ptr<UeRadioDevice>& ue) {
        channel->LosePacket(*ue, packet);
    });
    attempt.missing.erase(gone, attempt.missing.end());
    if (attempt.missing.empty())
    {
        return;
    }
    if (m_harq == Harq::ACK_NACK && CountAwake(attempt.missing) <= m_unicastUes)
    {
        for (const Ptr<UeRadioDevice>& ue : attempt.missing)
        {
            if (m_cell->IsAsleep(*ue))
            {
                ++ue->GetGroupCounts().ptmLost;
                channel->LosePacket(*ue, packet);
                continue;
            }
            ++m_counts.ptpRetransmissions;
            m_cell->SendAgainToUe(*ue,
                                  attempt.pdu,
                                  m_ptpRetransmissions,
                                  (attempt.number - 1) * m_repetitions,
                                  attempt.mcs);
        }
        return;
    }
    const Ues missing = attempt.missing;
    if (SendToGroup(std::move(attempt)))
    {
        ++m_counts.ptmRetransmissions;
        return;
    }
    for (const Ptr<UeRadioDevice>& ue : missing)
    {
        m_cell->ReportPtpDropped(*ue, packet);
    }
}

void
MulticastRadioBearer::SendToEach(const std::shared_ptr<const GroupPdu>& pdu)
{
    ++m_counts.ptpPackets;
    // A copy: what one UE does with the packet may end that it listens.
    const Ues ues = m_cell->GetRadioChannel()->GetListeners(*m_cell, m_gRnti);
    for (const Ptr<UeRadioDevice>& ue : ues)
    {
        ++m_counts.ptpCopies;
        m_cell->SendPduToUe(*ue, pdu, m_ptpRetransmissions);
    }
    m_cell->GetRadioChannel()->ReportGroupAddressed(*m_cell, pdu->GetPacket());
}

} // namespace ns3::mbs
