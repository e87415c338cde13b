// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-paging-channel.h"

#include "mbs-gnb-radio-device.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-scheduled-job.h"

#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(PagingChannel);

namespace
{

/** Bits of an AMF pointer and of a 5G-TMSI. */
constexpr uint32_t POINTER_BITS = 6;
constexpr uint32_t TMSI_BITS = 32;

} // namespace

PagingIdentity
PagingIdentityOf(const NgapFiveGSTmsi& tmsi)
{
    const uint64_t amf = uint64_t{tmsi.amfSetId} << POINTER_BITS | tmsi.amfPointer;
    return {PagingIdentity::Kind::NG_5G_S_TMSI, amf << TMSI_BITS | tmsi.fiveGTmsi};
}

TypeId
PagingChannel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::PagingChannel")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<PagingChannel>()
            .AddAttribute("DrxCycle",
                          "How often a sleeping UE listens for paging, T of TS 38.304 clause 7.1.",
                          StringValue("1280ms"),
                          MakeEnumAttributeAccessor(&PagingChannel::m_drx),
                          MakeEnumAttributeChecker(Drx::MS320,
                                                   "320ms",
                                                   Drx::MS640,
                                                   "640ms",
                                                   Drx::MS1280,
                                                   "1280ms",
                                                   Drx::MS2560,
                                                   "2560ms"))
            .AddAttribute("PagingFrames",
                          "How many of the frames of a DRX cycle are paging frames, N of TS 38.304 "
                          "clause 7.1.",
                          StringValue("oneT"),
                          MakeEnumAttributeAccessor(&PagingChannel::m_pagingFrames),
                          MakeEnumAttributeChecker(Frames::ONE_T,
                                                   "oneT",
                                                   Frames::HALF_T,
                                                   "halfT",
                                                   Frames::QUARTER_T,
                                                   "quarterT",
                                                   Frames::ONE_EIGHTH_T,
                                                   "oneEighthT",
                                                   Frames::ONE_SIXTEENTH_T,
                                                   "oneSixteenthT"))
            .AddAttribute("MaxRecords",
                          "How many UEs a paging message names at most; further ones are paged a "
                          "cycle later.",
                          UintegerValue(RrcPaging::MAX_RECORDS),
                          MakeUintegerAccessor(&PagingChannel::m_maxRecords),
                          MakeUintegerChecker<uint32_t>(1, RrcPaging::MAX_RECORDS))
            .AddTraceSource("Sent",
                            "The cell sends a paging message.",
                            MakeTraceSourceAccessor(&PagingChannel::m_sent),
                            "ns3::mbs::PagingChannel::SentCallback");
    return tid;
}

PagingChannel::PagingChannel() = default;
PagingChannel::~PagingChannel() = default;

void
PagingChannel::DoDispose()
{
    m_messages.clear();
    m_campers.clear();
    m_cell = nullptr;
    Object::DoDispose();
}

void
PagingChannel::Install(const Ptr<GnbRadioDevice>& cell)
{
    m_cell = cell;
    cell->AggregateObject(this);
}

PagingCycle
PagingChannel::GetCycle() const
{
    const auto frames = static_cast<uint32_t>(m_drx);
    return {frames, frames / static_cast<uint32_t>(m_pagingFrames)};
}

void
PagingChannel::Camp(Ptr<UeRadioDevice> ue, uint32_t ueId, std::vector<PagingIdentity> identities)
{
    m_campers[GetCycle().OffsetOf(ueId)].push_back({ue, std::move(identities)});
}

void
PagingChannel::Leave(const Ptr<UeRadioDevice>& ue, uint32_t ueId)
{
    std::vector<Camper>& campers = m_campers[GetCycle().OffsetOf(ueId)];
    const auto isIt = [&ue](const Camper& camper) { return camper.ue == ue; };
    campers.erase(std::remove_if(campers.begin(), campers.end(), isIt), campers.end());
}

RrcPaging&
PagingChannel::MessageIn(int64_t frame)
{
    const auto [it, isNew] = m_messages.try_emplace(frame);
    if (isNew)
    {
        Simulator::Schedule(PagingCycle::StartOf(frame) - Simulator::Now(),
                            &PagingChannel::Transmit,
                            Ptr<PagingChannel>(this),
                            frame);
    }
    return it->second;
}

void
PagingChannel::Page(const PagingIdentity& identity, uint32_t ueId)
{
    const PagingCycle cycle = GetCycle();
    int64_t frame = cycle.NextFrame(ueId, Simulator::Now());
    for (; MessageIn(frame).records.size() >= m_maxRecords; frame += cycle.frames)
    {
        const std::vector<PagingIdentity>& records = MessageIn(frame).records;
        if (std::find(records.begin(), records.end(), identity) != records.end())
        {
            return;
        }
    }
    std::vector<PagingIdentity>& records = MessageIn(frame).records;
    if (std::find(records.begin(), records.end(), identity) == records.end())
    {
        records.push_back(identity);
    }
}

void
PagingChannel::PageGroup(const Tmgi& tmgi, const std::vector<uint32_t>& ueIds)
{
    const PagingCycle cycle = GetCycle();
    for (const uint32_t ueId : ueIds)
    {
        int64_t frame = cycle.NextFrame(ueId, Simulator::Now());
        const auto hasRoom = [this, &tmgi](int64_t at) {
            const std::vector<Tmgi>& groups = MessageIn(at).groups;
            return groups.size() < RrcPaging::MAX_GROUPS ||
                   std::find(groups.begin(), groups.end(), tmgi) != groups.end();
        };
        while (!hasRoom(frame))
        {
            frame += cycle.frames;
        }
        std::vector<Tmgi>& groups = MessageIn(frame).groups;
        if (std::find(groups.begin(), groups.end(), tmgi) == groups.end())
        {
            groups.push_back(tmgi);
        }
    }
}

void
PagingChannel::Transmit(int64_t frame)
{
    const auto it = m_messages.find(frame);
    if (!m_cell || it == m_messages.end())
    {
        return;
    }
    RrcPaging message = std::move(it->second);
    m_messages.erase(it);
    const Bytes octets = message.Encode();
    const auto pdu = Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size()));
    m_sent(m_cell->GetGnb(), message, pdu->GetSize());
    const auto offset = static_cast<uint32_t>(frame % GetCycle().frames);
    ScheduleJob(m_cell->GetRadioChannel()->GetDelay(),
                [self = Ptr<PagingChannel>(this), offset, message = std::move(message), pdu] {
                    self->Deliver(offset, message, pdu);
                });
}

void
PagingChannel::Deliver(uint32_t offset, const RrcPaging& message, Ptr<const Packet> pdu)
{
    const auto found = m_campers.find(offset);
    if (found == m_campers.end())
    {
        return;
    }
    // A UE that wakes leaves the list.
    std::vector<Ptr<UeRadioDevice>> called;
    for (const Camper& camper : found->second)
    {
        const auto isNamed = [&camper](const PagingIdentity& identity) {
            return std::find(camper.identities.begin(), camper.identities.end(), identity) !=
                   camper.identities.end();
        };
        if (IsLost(*camper.ue, pdu))
        {
            continue;
        }
        // Who is not named reads it as well, and sleeps on.
        if (!message.groups.empty() ||
            std::any_of(message.records.begin(), message.records.end(), isNamed))
        {
            called.push_back(camper.ue);
        }
    }
    for (const Ptr<UeRadioDevice>& ue : called)
    {
        ue->ReceiveSignalling(pdu);
    }
}

bool
PagingChannel::IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& pdu)
{
    const Ptr<RadioChannel> channel = ue.GetRadioChannel();
    if (!channel->GetCarrier())
    {
        return channel->GetLink()->IsLost(ue, pdu);
    }
    // With the most robust scheme, in one transport block.
    RadioTransmission transmission;
    transmission.octets = pdu->GetSize();
    transmission.blocks = {8 * pdu->GetSize()};
    return channel->GetLink()->IsTransmissionLost(ue, pdu, transmission);
}

} // namespace ns3::mbs
