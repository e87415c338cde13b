// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-processing-queue.h"

#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(ProcessingQueue);

namespace
{

/** Seconds; what takes longer never ends in any run, and Time could not hold it. */
constexpr double LONGEST_SERVICE = 1e9;

} // namespace

TypeId
ProcessingQueue::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::ProcessingQueue")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<ProcessingQueue>()
            .AddTraceSource("Length",
                            "How many messages wait for a worker.",
                            MakeTraceSourceAccessor(&ProcessingQueue::m_length),
                            "ns3::TracedValueCallback::Uint32")
            .AddTraceSource("Served",
                            "A message was served: how long it waited and how long it took.",
                            MakeTraceSourceAccessor(&ProcessingQueue::m_served),
                            "ns3::mbs::ProcessingQueue::ServedCallback");
    return tid;
}

ProcessingQueue::ProcessingQueue() = default;
ProcessingQueue::~ProcessingQueue() = default;

void
ProcessingQueue::DoDispose()
{
    Clear();
    m_serviceTime = nullptr;
    Object::DoDispose();
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

void
ProcessingQueue::Submit(Job job)
{
    Entry entry{std::move(job), Simulator::Now()};
    // A job that submits while others wait finds its own worker free; the others come first.
    if (m_busy < m_workers && m_waiting.empty())
    {
        Start(std::move(entry));
    }
    else
    {
        m_waiting.push_back(std::move(entry));
        m_length = static_cast<uint32_t>(m_waiting.size());
    }
}

void
ProcessingQueue::Start(Entry entry)
{
    // Written so that what is no number counts as 0, as a negative value does.
    const double drawn = m_serviceTime ? m_serviceTime->GetValue() : 0.0;
    const Time duration = Seconds(drawn > 0.0 ? std::min(drawn, LONGEST_SERVICE) : 0.0);
    m_served(Simulator::Now() - entry.arrival, duration);
    if (duration.IsZero())
    {
        entry.job();
        return;
    }
    ++m_busy;
    const uint64_t number = m_nextService++;
    const EventId end = Simulator::Schedule(duration, &ProcessingQueue::Finish, this, number);
    m_inService.emplace(number, Service{std::move(entry.job), end});
}

void
ProcessingQueue::Finish(uint64_t service)
{
    const auto it = m_inService.find(service);
    const Job job = std::move(it->second.job);
    m_inService.erase(it);
    --m_busy;
    job();
    // The job may have cleared the queue or submitted to it.
    while (!m_waiting.empty() && m_busy < m_workers)
    {
        Entry next = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_length = static_cast<uint32_t>(m_waiting.size());
        Start(std::move(next));
    }
}

void
ProcessingQueue::Clear()
{
    for (auto& [number, service] : m_inService)
    {
        service.end.Cancel();
    }
    m_inService.clear();
    m_waiting.clear();
    m_length = 0;
    m_busy = 0;
}

uint32_t
ProcessingQueue::Waiting() const
{
    return static_cast<uint32_t>(m_waiting.size());
}

} // namespace ns3::mbs
