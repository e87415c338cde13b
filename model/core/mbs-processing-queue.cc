// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-processing-queue.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Seconds; what takes longer never ends in any run, and Time could not hold it. */
constexpr double LONGEST_SERVICE = 1e9;

/**
 * @param drawn seconds, whatever they are
 * @return them as a time, 0 for what is negative or no number
 */
Time
ServiceTime(double drawn)
{
    // Most functions take equally long for every message, and ns-3 makes a time of a number slowly.
    static double last = 0.0;
    static int64_t steps = 0;
    if (!(drawn > 0.0))
    {
        return Time();
    }
    if (drawn != last)
    {
        last = drawn;
        steps = Seconds(std::min(drawn, LONGEST_SERVICE)).GetTimeStep();
    }
    return TimeStep(static_cast<uint64_t>(steps));
}

} // namespace

ProcessingQueue::ProcessingQueue(const LengthTrace& length, const ServedTrace& served)
    : m_length(length),
      m_served(served)
{
}

ProcessingQueue::~ProcessingQueue()
{
    Clear();
}

void
ProcessingQueue::SetServiceTime(Ptr<RandomVariableStream> serviceTime)
{
    m_serviceTime = serviceTime;
}

void
ProcessingQueue::SetWorkers(uint32_t workers)
{
    NS_ASSERT_MSG(workers > 0, "a network function needs a worker");
    m_workers = workers;
}

ProcessingQueue::Work&
ProcessingQueue::Begin()
{
    if (!m_work)
    {
        m_work = std::make_unique<Work>();
    }
    return *m_work;
}

void
ProcessingQueue::EndIfIdle()
{
    if (m_work && m_work->inService.empty() && m_work->waiting.empty())
    {
        m_work.reset();
    }
}

void
ProcessingQueue::TraceLength(uint32_t before) const
{
    m_length(before, Waiting());
}

void
ProcessingQueue::Submit(Job job)
{
    Entry entry{std::move(job), Simulator::Now()};
    // A job that submits while others wait finds its own worker free; the others come first.
    if (!m_work || (m_work->inService.size() < m_workers && m_work->waiting.empty()))
    {
        Start(std::move(entry));
        return;
    }
    m_work->waiting.push_back(std::move(entry));
    TraceLength(Waiting() - 1);
}

void
ProcessingQueue::Start(Entry entry)
{
    const Time duration = m_serviceTime ? ServiceTime(m_serviceTime->GetValue()) : Time();
    m_served(Simulator::Now() - entry.arrival, duration);
    if (duration.IsZero())
    {
        entry.job();
        return;
    }
    Work& work = Begin();
    const auto service = work.inService.insert(work.inService.end(), {std::move(entry.job), {}});
    service->end = Simulator::Schedule(duration, &ProcessingQueue::Finish, this, service);
}

void
ProcessingQueue::Finish(std::list<Service>::iterator service)
{
    const Job job = std::move(service->job);
    m_work->inService.erase(service);
    job();
    // The job may have cleared the queue or submitted to it.
    while (m_work && !m_work->waiting.empty() && m_work->inService.size() < m_workers)
    {
        Entry next = std::move(m_work->waiting.front());
        m_work->waiting.pop_front();
        TraceLength(Waiting() + 1);
        Start(std::move(next));
    }
    EndIfIdle();
}

void
ProcessingQueue::Clear()
{
    if (!m_work)
    {
        return;
    }
    const uint32_t before = Waiting();
    for (Service& service : m_work->inService)
    {
        service.end.Cancel();
    }
    m_work.reset();
    if (before > 0)
    {
        TraceLength(before);
    }
}

uint32_t
ProcessingQueue::Waiting() const
{
    return m_work ? static_cast<uint32_t>(m_work->waiting.size()) : 0;
}

} // namespace ns3::mbs
