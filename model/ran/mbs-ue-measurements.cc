// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ue-measurements.h"

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include "ns3/double.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(UeMeasurements);

namespace
{

/** The rate of measurements for which k is meant (TS 38.331 clause 5.5.3.2; TS 38.133 9.2.5). */
const Time FILTER_PERIOD = MilliSeconds(200);

} // namespace

TypeId
UeMeasurements::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::UeMeasurements")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<UeMeasurements>()
            .AddAttribute("Interval",
                          "From one measurement of all cells to the next.",
                          TimeValue(MilliSeconds(40)),
                          MakeTimeAccessor(&UeMeasurements::m_interval),
                          MakeTimeChecker(MilliSeconds(1), Seconds(10)))
            .AddAttribute("FilterCoefficient",
                          "k of the filter of layer 3 (TS 38.331 clause 5.5.3.2): of measurements "
                          "200 ms apart each counts 1/2^(k/4); 0 = no filter.",
                          DoubleValue(4),
                          MakeDoubleAccessor(&UeMeasurements::m_coefficient),
                          MakeDoubleChecker<double>(0, 19))
            .AddAttribute("A3Offset",
                          "By how much a neighbour must be better for event A3 (a3-Offset), dB.",
                          DoubleValue(3),
                          MakeDoubleAccessor(&UeMeasurements::m_offset),
                          MakeDoubleChecker<double>(-15, 15))
            .AddAttribute("Hysteresis",
                          "By how much more to begin, and less to end, dB.",
                          DoubleValue(1),
                          MakeDoubleAccessor(&UeMeasurements::m_hysteresis),
                          MakeDoubleChecker<double>(0, 15))
            .AddAttribute("TimeToTrigger",
                          "How long the condition of event A3 must be met.",
                          TimeValue(MilliSeconds(160)),
                          MakeTimeAccessor(&UeMeasurements::m_timeToTrigger),
                          MakeTimeChecker(Seconds(0), MilliSeconds(5120)))
            .AddAttribute("ReportInterval",
                          "From one report of event A3 to the next while it lasts.",
                          TimeValue(MilliSeconds(240)),
                          MakeTimeAccessor(&UeMeasurements::m_reportInterval),
                          MakeTimeChecker(MilliSeconds(1), Hours(1)))
            .AddAttribute("ReportAmount",
                          "How many reports of an event A3 there are at most; 0 = as long as it "
                          "lasts.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&UeMeasurements::m_reportAmount),
                          MakeUintegerChecker<uint32_t>(0, 64))
            .AddTraceSource("ReportSent",
                            "A UE sends a MEASUREMENT REPORT.",
                            MakeTraceSourceAccessor(&UeMeasurements::m_reportSent),
                            "ns3::mbs::UeMeasurements::ReportSentCallback");
    return tid;
}

UeMeasurements::UeMeasurements() = default;

UeMeasurements::~UeMeasurements() = default;

void
UeMeasurements::DoDispose()
{
    m_tick.Cancel();
    m_ues.clear();
    m_link = nullptr;
    Object::DoDispose();
}

void
UeMeasurements::SetRadio(Ptr<SinrRadioLink> link, uint32_t cells)
{
    m_link = std::move(link);
    m_cells = cells;
    // The share of a single step is such that those of 200 ms have that of k together.
    const double share = std::pow(2.0, -m_coefficient / 4);
    m_share = 1 - std::pow(1 - share, m_interval.GetSeconds() / FILTER_PERIOD.GetSeconds());
}

void
UeMeasurements::Add(Ptr<Ue> ue, Ptr<UeRadioDevice> device)
{
    NS_ASSERT_MSG(m_link && m_cells > 0, "a UE needs something to receive");
    if (m_ues.empty())
    {
        m_tick = Simulator::Schedule(m_interval, &UeMeasurements::Tick, this);
    }
    Measuring measuring;
    measuring.ue = std::move(ue);
    measuring.device = std::move(device);
    measuring.cells.resize(m_cells);
    m_ues.push_back(std::move(measuring));
}

double
UeMeasurements::GetFilteredRsrpDbm(std::size_t place, uint32_t cell) const
{
    return m_ues.at(place).cells.at(cell).rsrpDbm;
}

void
UeMeasurements::Tick()
{
    m_tick = Simulator::Schedule(m_interval, &UeMeasurements::Tick, this);
    for (Measuring& measuring : m_ues)
    {
        Filter(measuring);
        const uint32_t serving = measuring.device->GetServingGnb()->GetGnb();
        const Ue& ue = *measuring.ue;
        if (ue.GetRrcState() != RrcState::CONNECTED || ue.HasLostCell() ||
            serving != measuring.serving)
        {
            Reset(measuring);
            measuring.serving = serving;
        }
        if (ue.GetRrcState() != RrcState::CONNECTED || ue.HasLostCell())
        {
            continue;
        }
        if (Evaluate(measuring))
        {
            measuring.reports = 0;
            measuring.nextReport = Simulator::Now();
        }
        if (measuring.nextReport && Simulator::Now() >= *measuring.nextReport)
        {
            Report(measuring);
        }
    }
}

void
UeMeasurements::Filter(Measuring& measuring) const
{
    const uint32_t ue = measuring.device->GetUe();
    const double share = measuring.measured ? m_share : 1.0;
    for (uint32_t cell = 0; cell < m_cells; ++cell)
    {
        double& filtered = measuring.cells[cell].rsrpDbm;
        filtered += share * (m_link->GetRsrpDbm(ue, cell) - filtered);
    }
    measuring.measured = true;
}

bool
UeMeasurements::Evaluate(Measuring& measuring) const
{
    const double least = measuring.cells[measuring.serving].rsrpDbm + m_offset;
    bool begins = false;
    bool lasts = false;
    for (uint32_t cell = 0; cell < m_cells; ++cell)
    {
        if (cell == measuring.serving)
        {
            continue;
        }
        Neighbour& neighbour = measuring.cells[cell];
        // A3-1, entering, and A3-2, leaving, without offsets of single cells and frequencies.
        const bool changes = neighbour.triggered ? neighbour.rsrpDbm + m_hysteresis < least
                                                 : neighbour.rsrpDbm - m_hysteresis > least;
        if (!changes)
        {
            neighbour.since.reset();
        }
        else if (!neighbour.since)
        {
            neighbour.since = Simulator::Now();
        }
        if (changes && Simulator::Now() >= *neighbour.since + m_timeToTrigger)
        {
            neighbour.since.reset();
            neighbour.triggered = !neighbour.triggered;
            begins = begins || neighbour.triggered;
        }
        lasts = lasts || neighbour.triggered;
    }
    if (!lasts)
    {
        measuring.nextReport.reset();
    }
    return begins;
}

void
UeMeasurements::Reset(Measuring& measuring)
{
    measuring.nextReport.reset();
    for (Neighbour& neighbour : measuring.cells)
    {
        neighbour.triggered = false;
        neighbour.since.reset();
    }
}

void
UeMeasurements::Report(Measuring& measuring)
{
    ++measuring.reports;
    measuring.nextReport.reset();
    if (m_reportAmount == 0 || measuring.reports < m_reportAmount)
    {
        measuring.nextReport = Simulator::Now() + m_reportInterval;
    }
    std::vector<uint32_t> order;
    for (uint32_t cell = 0; cell < m_cells; ++cell)
    {
        if (measuring.cells[cell].triggered)
        {
            order.push_back(cell);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&measuring](uint32_t a, uint32_t b) {
        return measuring.cells[a].rsrpDbm > measuring.cells[b].rsrpDbm;
    });
    order.resize(std::min(order.size(), RrcMeasurementReport::MAX_CELLS));
    RrcMeasurementReport report;
    report.servingRsrp = ToRsrpRange(measuring.cells[measuring.serving].rsrpDbm);
    for (const uint32_t cell : order)
    {
        report.neighbours.push_back({cell, ToRsrpRange(measuring.cells[cell].rsrpDbm)});
    }
    m_reportSent(measuring.device->GetUe(), measuring.serving, report);
    measuring.ue->SendMeasurementReport(report);
}

} // namespace ns3::mbs
