// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-link-fault.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/channel.h"
#include "ns3/simulator.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(LinkFault);

namespace
{

/** EtherType of what links carry: IPv4. */
constexpr uint16_t IPV4 = 0x0800;

/** Octets of a PPP header as ns-3 has it. */
constexpr uint32_t PPP_SIZE = 2;

} // namespace

TypeId
LinkFault::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::LinkFault")
                            .SetParent<ErrorModel>()
                            .SetGroupName("Mbs")
                            .AddConstructor<LinkFault>();
    return tid;
}

LinkFault::LinkFault()
    : m_random(CreateObject<UniformRandomVariable>())
{
}

LinkFault::~LinkFault() = default;

void
LinkFault::Install(Ptr<PointToPointNetDevice> device)
{
    m_device = PeekPointer(device);
    device->SetReceiveErrorModel(Ptr<ErrorModel>(this));
}

void
LinkFault::SetDown(bool down)
{
    m_down = down;
}

void
LinkFault::DropNext(uint32_t packets)
{
    m_dropNext += packets;
}

void
LinkFault::SetDropRate(double rate)
{
    m_dropRate = rate;
}

void
LinkFault::DuplicateNext(uint32_t packets)
{
    m_duplicateNext += packets;
}

void
LinkFault::SetDuplicateRate(double rate)
{
    m_duplicateRate = rate;
}

int64_t
LinkFault::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

bool
LinkFault::IsMeant(uint32_t& next, double rate)
{
    if (next > 0)
    {
        --next;
        return true;
    }
    return rate > 0 && m_random->GetValue() < rate;
}

bool
LinkFault::DoCorrupt(Ptr<Packet> packet)
{
    if (m_down)
    {
        return true;
    }
    // A copy is what was doubled already; it may be lost, but is not doubled again.
    const bool copy = m_copies.erase(packet->GetUid()) != 0;
    if (IsMeant(m_dropNext, m_dropRate))
    {
        return true;
    }
    if (!copy && IsMeant(m_duplicateNext, m_duplicateRate))
    {
        SendAgain(packet);
    }
    return false;
}

void
LinkFault::SendAgain(Ptr<const Packet> packet)
{
    const Ptr<Channel> channel = m_device->GetChannel();
    const Ptr<NetDevice> far = channel->GetDevice(channel->GetDevice(0) == m_device ? 1 : 0);
    m_copies.insert(packet->GetUid());
    const Ptr<Packet> copy = packet->Copy();
    copy->RemoveAtStart(PPP_SIZE);
    // Not at once: the far device may be within its own transmission.
    ScheduleJob(Time(), [far, copy] { far->Send(copy, far->GetBroadcast(), IPV4); });
}

void
LinkFault::DoReset()
{
    m_down = false;
    m_dropNext = 0;
    m_dropRate = 0;
    m_duplicateNext = 0;
    m_duplicateRate = 0;
}

} // namespace ns3::mbs
