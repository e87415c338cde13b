// SPDX-License-Identifier: GPL-2.0-only

// The receiving ends of multicast radio bearers whose packets have numbers: in a cell, and from one
// cell to the next (TS 38.323 clauses 5.1.2 and 5.4).

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

namespace
{

/** How many packets a cell may be behind another one; more means that it counts from elsewhere. */
constexpr uint32_t MAX_LAG = 2048;

} // namespace

void
UeRadioDevice::BeginGroup(uint16_t gRnti, std::optional<uint32_t> first, Time tReordering)
{
    auto& place = m_groups[gRnti];
    place = std::make_unique<Group>();
    Group& group = *place;
    group.user = m_user == nullptr ? nullptr : m_user->ReceiverOf(gRnti);
    group.first = first;
    // Wherever the group is kept, it stays at its address.
    group.receiver = std::make_unique<PdcpReceiver>(
        tReordering,
        [this, &group](Ptr<const Packet> packet) { HandOn(group, packet); },
        [this, &group](Ptr<const Packet> packet) {
            Release(group, packet);
            ++m_groupCounts.discarded;
            GetRadioChannel()->LosePacket(*this, packet);
        });
}

void
UeRadioDevice::HandOn(Group& group, const Ptr<const Packet>& packet)
{
    const std::shared_ptr<const GroupPdu> pdu = Release(group, packet);
    if (group.user != nullptr)
    {
        const MulticastFrame& frame = pdu->GetFrame();
        GetRadioChannel()->ReportVerdict(*this, frame, group.user->ReceiveGroup(frame));
    }
}

void
UeRadioDevice::EndGroup(uint16_t gRnti)
{
    const auto group = m_groups.find(gRnti);
    if (group != m_groups.end())
    {
        group->second->receiver->Release();
        m_groups.erase(group);
    }
}

void
UeRadioDevice::DropGroups()
{
    m_groups.clear();
    m_suspended.clear();
}

void
UeRadioDevice::SuspendGroup(uint16_t gRnti)
{
    const auto group = m_groups.find(gRnti);
    if (group != m_groups.end() && group->second->first)
    {
        m_suspended.push_front(std::move(group->second));
        m_groups.erase(group);
    }
}

bool
UeRadioDevice::ResumeGroup(const GroupReceiver* user, uint16_t gRnti)
{
    const auto kept = std::find_if(m_suspended.begin(),
                                   m_suspended.end(),
                                   [user](const auto& group) { return group->user == user; });
    const auto fresh = m_groups.find(gRnti);
    if (kept == m_suspended.end() || fresh == m_groups.end())
    {
        return false;
    }
    if (const std::optional<uint32_t> next = fresh->second->first)
    {
        // Distances modulo 2^32: half of them are ahead, half behind.
        const uint32_t ahead = *(*kept)->first + (*kept)->receiver->GetRxNext() - *next;
        if (ahead > MAX_LAG && ahead < uint32_t{1} << 31)
        {
            return false;
        }
    }
    fresh->second = std::move(*kept);
    m_suspended.remove(nullptr);
    for (const auto& pdu : fresh->second->held)
    {
        GetRadioChannel()->AwaitPacket(*this, pdu->GetPacket());
    }
    return true;
}

void
UeRadioDevice::EndSuspended(const GroupReceiver* user)
{
    const auto kept = std::find_if(m_suspended.begin(),
                                   m_suspended.end(),
                                   [user](const auto& group) { return group->user == user; });
    if (kept != m_suspended.end())
    {
        const std::unique_ptr<Group> group = std::move(*kept);
        m_suspended.remove(nullptr);
        group->receiver->Release();
    }
}

std::optional<PdcpStatusReport>
UeRadioDevice::MakeStatusReport(uint16_t gRnti) const
{
    const auto found = m_groups.find(gRnti);
    if (found == m_groups.end() || !found->second->first)
    {
        return std::nullopt;
    }
    const Group& group = *found->second;
    PdcpStatusReport report;
    report.fmc = *group.first + group.receiver->GetRxDeliv();
    for (const uint32_t count : group.receiver->GetStored())
    {
        report.MarkReceived(*group.first + count);
    }
    return report;
}

void
UeRadioDevice::SendStatusReport(uint16_t gRnti, const PdcpStatusReport& report)
{
    const Bytes octets = report.Encode();
    RadioPdu pdu;
    pdu.bearer = RadioBearer::MULTICAST;
    pdu.packet = Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size()));
    pdu.gRnti = gRnti;
    Begin(pdu, m_retransmissions);
}

std::shared_ptr<const GroupPdu>
UeRadioDevice::Release(Group& group, const Ptr<const Packet>& packet)
{
    const auto held =
        std::find_if(group.held.begin(), group.held.end(), [&packet](const auto& pdu) {
            return pdu->GetPacket() == packet;
        });
    NS_ASSERT_MSG(held != group.held.end(), "what is handed on was received");
    std::shared_ptr<const GroupPdu> pdu = *held;
    group.held.erase(held);
    return pdu;
}

bool
UeRadioDevice::ReceiveGroupPdu(const std::shared_ptr<const GroupPdu>& pdu)
{
    const auto found = m_groups.find(pdu->GetGRnti());
    if (found == m_groups.end())
    {
        return false;
    }
    Group& group = *found->second;
    group.first = group.first.value_or(pdu->GetCount());
    if (pdu->GetCount() < *group.first)
    {
        // Sent before the UE was told about the bearer.
        GetRadioChannel()->LosePacket(*this, pdu->GetPacket());
        return false;
    }
    group.held.push_back(pdu);
    group.receiver->Receive(pdu->GetCount() - *group.first, pdu->GetPacket());
    return !group.held.empty() && group.held.back() == pdu;
}

} // namespace ns3::mbs
