// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-foreseeing-scheduler.h"

#include "ns3/mbs-foresight.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(ForeseeingScheduler);

namespace
{

/** Octets of an event that are fetched: what most of them have. */
constexpr std::size_t EVENT_SIZE = 2 * CACHE_LINE;

} // namespace

TypeId
ForeseeingScheduler::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::ForeseeingScheduler")
                            .SetParent<PriorityQueueScheduler>()
                            .SetGroupName("Mbs")
                            .AddConstructor<ForeseeingScheduler>();
    return tid;
}

Scheduler::Event
ForeseeingScheduler::RemoveNext()
{
    const Event event = PriorityQueueScheduler::RemoveNext();
    if (!IsEmpty())
    {
        Foresee(PeekNext().impl, EVENT_SIZE);
    }
    return event;
}

} // namespace ns3::mbs
