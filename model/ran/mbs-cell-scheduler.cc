// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-cell-scheduler.h"

#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(CellScheduler);

namespace
{

/** @param traffic a kind @return its place in arrays */
constexpr std::size_t
IndexOf(RadioTraffic traffic)
{
    return static_cast<std::size_t>(traffic);
}

} // namespace

TypeId
CellScheduler::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::CellScheduler")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<CellScheduler>()
            .AddAttribute("MulticastPriority",
                          "Rank of multicast in a slot; the least number is served first.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&CellScheduler::m_multicastPriority),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("PtpPriority",
                          "Rank of multicast that goes to UEs one by one in a slot; the least "
                          "number is served first.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&CellScheduler::m_ptpPriority),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("SignallingPriority",
                          "Rank of signalling in a slot; the least number is served first.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&CellScheduler::m_signallingPriority),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("DataPriority",
                          "Rank of the data of PDU sessions in a slot; the least number is served "
                          "first.",
                          UintegerValue(3),
                          MakeUintegerAccessor(&CellScheduler::m_dataPriority),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("HeaderOctets",
                          "Octets of SDAP, PDCP, RLC and MAC in each transport block.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&CellScheduler::m_header),
                          MakeUintegerChecker<uint32_t>(0, 100))
            .AddAttribute("ProcessingDelay",
                          "From the end of the slot to the packet at the receiver.",
                          TimeValue(MicroSeconds(500)),
                          MakeTimeAccessor(&CellScheduler::m_processing),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("UplinkGrantDelay",
                          "From when a UE has something to send to when it waits for slots: "
                          "scheduling request, buffer status report and grant.",
                          TimeValue(MilliSeconds(5)),
                          MakeTimeAccessor(&CellScheduler::m_grantDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("HarqTransmissions",
                          "How often signalling and data are sent before RLC is told that they are "
                          "lost, the first time included; 1 is no HARQ.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&CellScheduler::m_harqTransmissions),
                          MakeUintegerChecker<uint32_t>(1, 32))
            .AddAttribute("HarqDelay",
                          "From the arrival of what cannot be decoded to when it waits for slots "
                          "again.",
                          TimeValue(MilliSeconds(2)),
                          MakeTimeAccessor(&CellScheduler::m_harqDelay),
                          MakeTimeChecker(Seconds(0)));
    return tid;
}

CellScheduler::CellScheduler() = default;
CellScheduler::~CellScheduler() = default;

void
CellScheduler::DoDispose()
{
    for (Side& side : m_sides)
    {
        side.queues.clear();
        side.repeated.clear();
    }
    m_carrier = nullptr;
    Object::DoDispose();
}

void
CellScheduler::SetCarrier(Ptr<const NrCarrier> carrier)
{
    m_carrier = carrier;
}

CellScheduler::Side&
CellScheduler::SideOf(RadioDirection direction)
{
    return m_sides[static_cast<std::size_t>(direction)];
}

uint8_t
CellScheduler::PriorityOf(RadioTraffic traffic) const
{
    return traffic == RadioTraffic::MULTICAST        ? m_multicastPriority
           : traffic == RadioTraffic::POINT_TO_POINT ? m_ptpPriority
           : traffic == RadioTraffic::SIGNALLING     ? m_signallingPriority
                                                     : m_dataPriority;
}

void
CellScheduler::Enqueue(RadioDirection direction, Request request)
{
    Side& side = SideOf(direction);
    Job job;
    job.left = request.octets;
    job.transmission.direction = direction;
    job.transmission.octets = request.octets;
    job.transmission.repetitions = request.repetitions;
    job.transmission.copies = request.earlier + request.repetitions;
    job.request = std::move(request);
    side.waiting[IndexOf(job.request.traffic)] += job.left;
    side.queues[PriorityOf(job.request.traffic)].push_back(std::move(job));
    Wake(direction, Simulator::Now());
}

uint32_t
CellScheduler::GetWaiting(RadioDirection direction, RadioTraffic traffic) const
{
    return m_sides[static_cast<std::size_t>(direction)].waiting[IndexOf(traffic)];
}

const CellScheduler::Usage&
CellScheduler::GetUsage(RadioDirection direction, RadioTraffic traffic) const
{
    return m_sides[static_cast<std::size_t>(direction)].usage[IndexOf(traffic)];
}

void
CellScheduler::Wake(RadioDirection direction, Time from)
{
    Side& side = SideOf(direction);
    if (!side.awake)
    {
        side.awake = true;
        const Time at = m_carrier->GetNextSlot(direction, from);
        Simulator::Schedule(at - Simulator::Now(),
                            &CellScheduler::Slot,
                            Ptr<CellScheduler>(this),
                            direction);
    }
}

void
CellScheduler::Slot(RadioDirection direction)
{
    Side& side = SideOf(direction);
    side.awake = false;
    const uint32_t blocks = m_carrier->GetResourceBlocks();
    std::vector<Job> complete;
    uint32_t free = blocks - Repeat(side, complete);
    while (free > 0 && !side.queues.empty())
    {
        const auto first = side.queues.begin();
        Job& job = first->second.front();
        const uint32_t taken = Allocate(side, job, free);
        if (taken == 0)
        {
            break;
        }
        free -= taken;
        const uint32_t repetitions = job.request.repetitions;
        const bool whole = job.left == 0;
        if (repetitions > 1)
        {
            side.repeated.push_back({taken, repetitions - 1, std::nullopt});
        }
        if (whole)
        {
            if (repetitions > 1)
            {
                side.repeated.back().job = std::move(job);
            }
            else
            {
                complete.push_back(std::move(job));
            }
            first->second.pop_front();
            if (first->second.empty())
            {
                side.queues.erase(first);
            }
        }
    }
    if (direction == RadioDirection::DOWNLINK)
    {
        m_usedBlocks += blocks - free;
    }
    const Time duration = m_carrier->GetSlotDuration();
    if (!complete.empty())
    {
        Simulator::Schedule(duration + m_processing, &CellScheduler::Arrive, std::move(complete));
    }
    if (!side.queues.empty() || !side.repeated.empty())
    {
        Wake(direction, Simulator::Now() + duration);
    }
}

uint32_t
CellScheduler::Repeat(Side& side, std::vector<Job>& complete)
{
    // They were in the slot before, so that all of them have room in this one.
    uint32_t taken = 0;
    for (Repeated& repeated : side.repeated)
    {
        taken += repeated.blocks;
        if (--repeated.left == 0 && repeated.job)
        {
            complete.push_back(std::move(*repeated.job));
        }
    }
    const auto over = std::remove_if(side.repeated.begin(),
                                     side.repeated.end(),
                                     [](const Repeated& repeated) { return repeated.left == 0; });
    side.repeated.erase(over, side.repeated.end());
    return taken;
}

uint32_t
CellScheduler::Allocate(Side& side, Job& job, uint32_t free) const
{
    RadioTransmission& transmission = job.transmission;
    if (transmission.blocks.empty())
    {
        transmission.mcs = job.request.selectMcs((job.request.octets + m_header) * 8);
    }
    const std::vector<uint32_t>& sizes = m_carrier->GetSizes(transmission.mcs);
    uint32_t& waiting = side.waiting[IndexOf(job.request.traffic)];
    Usage& usage = side.usage[IndexOf(job.request.traffic)];
    const auto use = [&job, &usage](uint32_t blocks, uint32_t bits) {
        usage.blocks += uint64_t{job.request.repetitions} * blocks;
        usage.octets += uint64_t{job.request.repetitions} * bits / 8;
    };
    const uint32_t wanted = (job.left + m_header) * 8;
    const auto enough = std::lower_bound(sizes.begin(), sizes.end(), wanted);
    const auto needed = static_cast<uint32_t>(std::distance(sizes.begin(), enough));
    if (needed <= free)
    {
        transmission.blocks.push_back(*enough);
        use(needed, *enough);
        ++usage.transmissions;
        waiting -= job.left;
        job.left = 0;
        return needed;
    }
    // A segment: unless what is free holds headers only and the whole slot would hold more.
    const uint32_t octets = sizes[free] / 8;
    if (octets <= m_header)
    {
        NS_ASSERT_MSG(free + 1 < sizes.size(), "a slot does not hold the headers of a block");
        return 0;
    }
    transmission.blocks.push_back(sizes[free]);
    use(free, sizes[free]);
    waiting -= octets - m_header;
    job.left -= octets - m_header;
    return free;
}

void
CellScheduler::Arrive(const std::vector<Job>& jobs)
{
    for (const Job& job : jobs)
    {
        job.request.done(job.transmission);
    }
}

std::string
CellScheduler::WhyNot(const NrCarrier& carrier) const
{
    if (carrier.GetSizes(0).back() <= (m_header + 1) * 8)
    {
        return "HeaderOctets=" + std::to_string(m_header) +
               ": a slot of the carrier holds no more than " +
               std::to_string(carrier.GetSizes(0).back() / 8) +
               " octets at the slowest scheme; give fewer, or the carrier more bandwidth or "
               "symbols";
    }
    return "";
}

Time
CellScheduler::GetGrantDelay() const
{
    return m_grantDelay;
}

uint32_t
CellScheduler::GetHarqTransmissions() const
{
    return m_harqTransmissions;
}

Time
CellScheduler::GetHarqDelay() const
{
    return m_harqDelay;
}

double
CellScheduler::TakeLoad()
{
    const Time now = Simulator::Now();
    const double slots = (now - m_loadTaken).GetSeconds() /
                         m_carrier->GetSlotDuration().GetSeconds() *
                         m_carrier->GetShare(RadioDirection::DOWNLINK);
    const double available = slots * m_carrier->GetResourceBlocks();
    const double load = available > 0 ? std::min(1.0, m_usedBlocks / available) : 0.0;
    m_usedBlocks = 0;
    m_loadTaken = now;
    return load;
}

} // namespace ns3::mbs
