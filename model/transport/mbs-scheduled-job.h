// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SCHEDULED_JOB_H
#define MBS_SCHEDULED_JOB_H

#include "ns3/event-id.h"
#include "ns3/event-impl.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/simulator.h"

#include <type_traits>
#include <utility>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief An event that calls something, and holds it itself: one allocation for both.
 * @tparam Job can be called
 */
template <typename Job>
class JobEvent : public EventImpl
{
  public:
    /** @param job what is to be done */
    template <typename Given>
    explicit JobEvent(Given&& job)
        : m_job(std::forward<Given>(job))
    {
    }

  private:
    void Notify() override
    {
        m_job();
    }

    Job m_job; //!< what is to be done
};

/**
 * @ingroup mbs
 * @brief Schedules anything that can be called. ns-3 itself takes lambdas since 3.36 only.
 * @tparam Job can be called
 * @param delay from now, 0 or more
 * @param job what is to be done
 * @return the event
 */
template <typename Job>
EventId
ScheduleJob(Time delay, Job&& job)
{
    const Ptr<EventImpl> event(new JobEvent<std::decay_t<Job>>(std::forward<Job>(job)), false);
    return Simulator::Schedule(delay, event);
}

} // namespace ns3::mbs

#endif /* MBS_SCHEDULED_JOB_H */
