// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-random-access.h"

#include "mbs-gnb-radio-device.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(RandomAccess);

TypeId
RandomAccess::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::RandomAccess")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<RandomAccess>()
            .AddAttribute("Period",
                          "From one occasion for preambles to the next.",
                          TimeValue(MilliSeconds(10)),
                          MakeTimeAccessor(&RandomAccess::m_period),
                          MakeTimeChecker(MicroSeconds(1)))
            .AddAttribute("ResponseDelay",
                          "From a preamble to the end of the random access response with the "
                          "uplink grant, processing included.",
                          TimeValue(MilliSeconds(5)),
                          MakeTimeAccessor(&RandomAccess::m_responseDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Preambles",
                          "How many preambles UEs choose from at random; 0 = no two choose the "
                          "same.",
                          UintegerValue(54),
                          MakeUintegerAccessor(&RandomAccess::m_preambles),
                          MakeUintegerChecker<uint32_t>(0, 64))
            .AddAttribute("ContentionTimer",
                          "From a preamble to the instant at which its UE knows that it collided.",
                          TimeValue(MilliSeconds(48)),
                          MakeTimeAccessor(&RandomAccess::m_contentionTimer),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Backoff",
                          "A UE that collided waits a random time up to this one.",
                          TimeValue(MilliSeconds(20)),
                          MakeTimeAccessor(&RandomAccess::m_backoff),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MaxAttempts",
                          "How many preambles a UE sends before it gives up (preambleTransMax).",
                          UintegerValue(10),
                          MakeUintegerAccessor(&RandomAccess::m_maxAttempts),
                          MakeUintegerChecker<uint32_t>(1, 200))
            .AddTraceSource("Occasion",
                            "UEs have sent preambles.",
                            MakeTraceSourceAccessor(&RandomAccess::m_occasion),
                            "ns3::mbs::RandomAccess::OccasionCallback");
    return tid;
}

RandomAccess::RandomAccess()
    : m_uniform(CreateObject<UniformRandomVariable>())
{
}

RandomAccess::~RandomAccess() = default;

void
RandomAccess::DoDispose()
{
    m_occasions.clear();
    Object::DoDispose();
}

void
RandomAccess::Install(const Ptr<GnbRadioDevice>& cell)
{
    cell->AggregateObject(this);
}

int64_t
RandomAccess::AssignStreams(int64_t stream)
{
    m_uniform->SetStream(stream);
    return 1;
}

void
RandomAccess::Start(Done done)
{
    Enter({std::move(done), 1});
}

void
RandomAccess::Enter(Attempt attempt)
{
    const int64_t period = m_period.GetNanoSeconds();
    const int64_t now = Simulator::Now().GetNanoSeconds();
    const int64_t at = (now + period - 1) / period * period;
    const auto [it, isNew] = m_occasions.try_emplace(at);
    it->second.push_back(std::move(attempt));
    if (isNew)
    {
        Simulator::Schedule(NanoSeconds(at - now),
                            &RandomAccess::Occasion,
                            Ptr<RandomAccess>(this),
                            at);
    }
}

void
RandomAccess::Occasion(int64_t at)
{
    const auto it = m_occasions.find(at);
    if (it == m_occasions.end())
    {
        return;
    }
    std::vector<Attempt> attempts = std::move(it->second);
    m_occasions.erase(it);
    std::vector<uint32_t> choices(attempts.size(), 0);
    std::vector<uint32_t> chosen(m_preambles > 0 ? m_preambles : 1, 0);
    for (uint32_t& choice : choices)
    {
        // Who is alone cannot collide, whatever it chooses.
        if (m_preambles > 0 && attempts.size() > 1)
        {
            choice = m_uniform->GetInteger(0, m_preambles - 1);
            ++chosen[choice];
        }
    }
    uint32_t collided = 0;
    for (std::size_t i = 0; i < attempts.size(); ++i)
    {
        if (chosen[choices[i]] > 1)
        {
            ++collided;
            Collided(std::move(attempts[i]));
        }
        else
        {
            ScheduleJob(m_responseDelay, [done = std::move(attempts[i].done)] { done(true); });
        }
    }
    m_occasion(static_cast<uint32_t>(attempts.size()), collided);
}

void
RandomAccess::Collided(Attempt attempt)
{
    if (attempt.number >= m_maxAttempts)
    {
        ScheduleJob(m_contentionTimer, [done = std::move(attempt.done)] { done(false); });
        return;
    }
    ++attempt.number;
    const Time wait = m_contentionTimer + Seconds(m_uniform->GetValue(0, m_backoff.GetSeconds()));
    ScheduleJob(wait, [self = Ptr<RandomAccess>(this), attempt = std::move(attempt)] {
        self->Enter(attempt);
    });
}

} // namespace ns3::mbs
