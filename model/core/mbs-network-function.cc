// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-network-function.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/nstime.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(NetworkFunction);

TypeId
NetworkFunction::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::NetworkFunction")
            .SetParent<Application>()
            .SetGroupName("Mbs")
            .AddAttribute("HandlingDelay",
                          "Time by which each received message is handled later "
                          "than it could be; it keeps no worker busy (a fault).",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&NetworkFunction::m_handlingDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("WentDown",
                            "The function has stopped and will come back.",
                            MakeTraceSourceAccessor(&NetworkFunction::m_wentDown),
                            "ns3::mbs::NetworkFunction::RestartCallback")
            .AddTraceSource("CameUp",
                            "The function is back.",
                            MakeTraceSourceAccessor(&NetworkFunction::m_cameUp),
                            "ns3::mbs::NetworkFunction::RestartCallback")
            .AddTraceSource("QueueChanged",
                            "Another number of messages waits for a worker.",
                            MakeTraceSourceAccessor(&NetworkFunction::m_queueChanged),
                            "ns3::mbs::NetworkFunction::QueueChangedCallback")
            .AddTraceSource("Served",
                            "A worker begins to serve a message: how long it "
                            "waited and how long its service takes.",
                            MakeTraceSourceAccessor(&NetworkFunction::m_served),
                            "ns3::mbs::NetworkFunction::ServedCallback")
            .AddTraceSource("Dropped",
                            "Something wrong came from a peer and was dropped.",
                            MakeTraceSourceAccessor(&NetworkFunction::m_dropped),
                            "ns3::mbs::NetworkFunction::DroppedCallback");
    return tid;
}

TypeId
NetworkFunction::AddProcessingAttributes(TypeId tid)
{
    return tid
        .AddAttribute(
            "ServiceTime",
            "Time that a worker spends on one received message, in seconds; a negative value "
            "counts as 0, and none lasts longer than 1e9.",
            StringValue("ns3::ConstantRandomVariable[Constant=0.0002]"),
            MakePointerAccessor(&NetworkFunction::SetServiceTime, &NetworkFunction::GetServiceTime),
            MakePointerChecker<RandomVariableStream>())
        .AddAttribute(
            "Workers",
            "How many messages are worked on at the same time.",
            UintegerValue(4),
            MakeUintegerAccessor(&NetworkFunction::SetWorkers, &NetworkFunction::GetWorkers),
            MakeUintegerChecker<uint32_t>(1, 65536));
}

void
NetworkFunction::SetDefaultOfAll(const std::string& attribute,
                                 const AttributeValue& value,
                                 const std::function<bool(const std::string& name)>& keep)
{
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        TypeId tid = TypeId::GetRegistered(i);
        if (!tid.IsChildOf(GetTypeId()) || (keep && keep(tid.GetName() + "::" + attribute)))
        {
            continue;
        }
        for (std::size_t k = 0; k < tid.GetAttributeN(); ++k)
        {
            if (tid.GetAttribute(k).name == attribute)
            {
                // Kept as it is given: a text makes an object of its own for each function, where
                // Config::SetDefault() would make one for all.
                tid.SetAttributeInitialValue(k, value.Copy());
            }
        }
    }
}

NetworkFunction::NetworkFunction() = default;

NetworkFunction::~NetworkFunction() = default;

void
NetworkFunction::DoDispose()
{
    ++m_life;
    m_queue.Clear();
    m_queue.SetServiceTime(nullptr);
    m_serviceTime = nullptr;
    Application::DoDispose();
}

int64_t
NetworkFunction::AssignStreams(int64_t stream)
{
    // A constant draws nothing, and a generator for each of very many UEs takes memory.
    if (!DynamicCast<ConstantRandomVariable>(m_serviceTime))
    {
        m_serviceTime->SetStream(stream);
    }
    return 1;
}

uint32_t
NetworkFunction::Waiting() const
{
    return m_queue.Waiting();
}

void
NetworkFunction::Restart(Memory memory, Time downtime)
{
    NS_ASSERT_MSG(IsInitialized(), "a function that never started cannot restart");
    if (m_down)
    {
        return;
    }
    m_down = true;
    ++m_life;
    m_queue.Clear();
    m_wentDown(memory == Memory::LOST);
    GoDown(memory);
    After(downtime, [this, memory] {
        if (m_stopTime.IsStrictlyPositive() && Simulator::Now() >= m_stopTime)
        {
            // The application was to stop meanwhile.
            return;
        }
        m_down = false;
        ComeUp(memory);
        m_cameUp(memory == Memory::LOST);
    });
}

bool
NetworkFunction::IsDown() const
{
    return m_down;
}

void
NetworkFunction::GoDown(Memory /* memory */)
{
}

void
NetworkFunction::ComeUp(Memory /* memory */)
{
}

void
NetworkFunction::After(Time delay, std::function<void()> job)
{
    const Ptr<NetworkFunction> self(this);
    ScheduleJob(delay, [self, life = m_life, job = std::move(job)] {
        if (self->m_life == life)
        {
            job();
        }
    });
}

void
NetworkFunction::Process(ProcessingQueue::Job job)
{
    if (m_down)
    {
        return;
    }
    if (m_handlingDelay.IsZero())
    {
        m_queue.Submit(std::move(job));
        return;
    }
    After(m_handlingDelay, [this, job = std::move(job)] { m_queue.Submit(job); });
}

void
NetworkFunction::Drop(std::string_view what, const std::string& why)
{
    m_dropped(std::string(what), why);
}

void
NetworkFunction::SetServiceTime(Ptr<RandomVariableStream> serviceTime)
{
    m_serviceTime = serviceTime;
    m_queue.SetServiceTime(serviceTime);
}

Ptr<RandomVariableStream>
NetworkFunction::GetServiceTime() const
{
    return m_serviceTime;
}

void
NetworkFunction::SetWorkers(uint32_t workers)
{
    m_workers = workers;
    m_queue.SetWorkers(workers);
}

uint32_t
NetworkFunction::GetWorkers() const
{
    return m_workers;
}

} // namespace ns3::mbs
