// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FORESEEING_SCHEDULER_H
#define MBS_FORESEEING_SCHEDULER_H

#include "ns3/priority-queue-scheduler.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief ns-3's PriorityQueueScheduler, which has the processor fetch the next event while one is
 * at work. Of very many UEs' events most lie in memory and not in its caches. The order of events
 * is the same.
 */
class ForeseeingScheduler : public PriorityQueueScheduler
{
  public:
    /** @return the TypeId ns3::mbs::ForeseeingScheduler */
    static TypeId GetTypeId();

    /** @return the next event, which is not in the queue any more */
    Event RemoveNext() override;
};

} // namespace ns3::mbs

#endif // MBS_FORESEEING_SCHEDULER_H
