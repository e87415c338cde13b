// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SCHEDULED_JOB_H
#define MBS_SCHEDULED_JOB_H

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"

#include <functional>
#include <utility>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Runs a job; what a scheduled event calls.
 * @param job what is to be done
 */
inline void
RunJob(const std::function<void()>& job)
{
    job();
}

/**
 * @ingroup mbs
 * @brief Schedules anything that can be called. ns-3 itself takes lambdas since 3.36 only.
 * @param delay from now, 0 or more
 * @param job what is to be done
 * @return the event
 */
inline EventId
ScheduleJob(Time delay, std::function<void()> job)
{
    return Simulator::Schedule(delay, &RunJob, std::move(job));
}

} // namespace ns3::mbs

#endif /* MBS_SCHEDULED_JOB_H */
