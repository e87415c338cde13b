// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-link-monitor.h"

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include "ns3/double.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <utility>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(RadioLinkMonitor);

TypeId
RadioLinkMonitor::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::RadioLinkMonitor")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<RadioLinkMonitor>()
            .AddAttribute("Interval",
                          "From one indication of out-of-sync or in-sync to the next.",
                          TimeValue(MilliSeconds(20)),
                          MakeTimeAccessor(&RadioLinkMonitor::m_interval),
                          MakeTimeChecker(MilliSeconds(1), Seconds(10)))
            .AddAttribute("QOut",
                          "SINR below which the radio link is out of sync, dB.",
                          DoubleValue(-8),
                          MakeDoubleAccessor(&RadioLinkMonitor::m_qOut),
                          MakeDoubleChecker<double>(-50, 50))
            .AddAttribute("QIn",
                          "SINR above which the radio link is in sync, dB; at least QOut.",
                          DoubleValue(-6),
                          MakeDoubleAccessor(&RadioLinkMonitor::m_qIn),
                          MakeDoubleChecker<double>(-50, 50))
            .AddAttribute("N310",
                          "How many indications of out-of-sync in a row start T310.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&RadioLinkMonitor::m_n310),
                          MakeUintegerChecker<uint32_t>(1, 20))
            .AddAttribute("N311",
                          "How many indications of in-sync in a row stop T310.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&RadioLinkMonitor::m_n311),
                          MakeUintegerChecker<uint32_t>(1, 10))
            .AddAttribute("T310",
                          "How long the radio link may have problems before it has failed; 0 = not "
                          "at all.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&RadioLinkMonitor::m_t310),
                          MakeTimeChecker(Seconds(0), Seconds(4)))
            .AddAttribute("QRxLevMin",
                          "RSRP above which a cell may be selected (q-RxLevMin), dBm.",
                          DoubleValue(-124),
                          MakeDoubleAccessor(&RadioLinkMonitor::m_qRxLevMin),
                          MakeDoubleChecker<double>(-140, -44))
            .AddAttribute("SearchTime",
                          "How long a UE without a cell needs at least to find one and to read its "
                          "system information.",
                          TimeValue(MilliSeconds(200)),
                          MakeTimeAccessor(&RadioLinkMonitor::m_searchTime),
                          MakeTimeChecker(Seconds(0), Seconds(60)))
            .AddAttribute("QHyst",
                          "By how much a neighbour must be stronger for an idle UE to go there, "
                          "dB.",
                          DoubleValue(4),
                          MakeDoubleAccessor(&RadioLinkMonitor::m_qHyst),
                          MakeDoubleChecker<double>(0, 24))
            .AddAttribute("TReselection",
                          "For how long it must be so.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&RadioLinkMonitor::m_tReselection),
                          MakeTimeChecker(Seconds(0), Seconds(7)))
            .AddTraceSource("T310Started",
                            "The radio link of a UE has problems.",
                            MakeTraceSourceAccessor(&RadioLinkMonitor::m_t310Started),
                            "ns3::mbs::RadioLinkMonitor::T310Callback")
            .AddTraceSource("T310Stopped",
                            "The radio link of a UE has recovered before it failed.",
                            MakeTraceSourceAccessor(&RadioLinkMonitor::m_t310Stopped),
                            "ns3::mbs::RadioLinkMonitor::T310Callback")
            .AddTraceSource(
                "CellSelected",
                "A UE without a cell has found one, and will ask it for its connection; or an idle "
                "one goes to another cell.",
                MakeTraceSourceAccessor(&RadioLinkMonitor::m_cellSelected),
                "ns3::mbs::RadioLinkMonitor::CellSelectedCallback");
    return tid;
}

RadioLinkMonitor::RadioLinkMonitor() = default;

RadioLinkMonitor::~RadioLinkMonitor() = default;

void
RadioLinkMonitor::DoDispose()
{
    m_tick.Cancel();
    m_watched.clear();
    m_cells.clear();
    m_link = nullptr;
    Object::DoDispose();
}

void
RadioLinkMonitor::SetRadio(Ptr<SinrRadioLink> link, std::vector<Ptr<GnbRadioDevice>> cells)
{
    m_link = std::move(link);
    m_cells = std::move(cells);
}

void
RadioLinkMonitor::Watch(Ptr<Ue> ue, Ptr<UeRadioDevice> device)
{
    NS_ASSERT_MSG(m_link && !m_cells.empty(), "a UE needs something to receive");
    NS_ASSERT_MSG(ue->MayLoseCell(), "a UE that may lose its cell has a temporary identity");
    if (m_watched.empty())
    {
        m_tick = Simulator::Schedule(m_interval, &RadioLinkMonitor::Tick, this);
    }
    ue->LetCellsBeSelected();
    Watched watched;
    watched.ue = std::move(ue);
    watched.device = std::move(device);
    m_watched.push_back(std::move(watched));
}

bool
RadioLinkMonitor::IsSuitable(uint32_t ue, uint32_t cell) const
{
    // Srxlev without offsets and compensation of the UE's power.
    return m_link->GetRsrpDbm(ue, cell) > m_qRxLevMin;
}

void
RadioLinkMonitor::Tick()
{
    m_tick = Simulator::Schedule(m_interval, &RadioLinkMonitor::Tick, this);
    for (Watched& watched : m_watched)
    {
        if (watched.searching)
        {
            Search(watched);
        }
        else if (watched.ue->WantsCell())
        {
            BeginSearch(watched);
        }
        else if (watched.ue->HasLostCell())
        {
            // Who is handed over begins anew in the next cell (TS 38.331 clause 5.3.5.5.2).
            Reset(watched);
            AwaitAccess(watched);
        }
        else if (watched.ue->GetRrcState() == RrcState::IDLE)
        {
            Camp(watched);
        }
        else
        {
            watched.better.reset();
            watched.selected.reset();
            Monitor(watched);
        }
    }
}

void
RadioLinkMonitor::Monitor(Watched& watched)
{
    if (watched.ue->GetRrcState() != RrcState::CONNECTED)
    {
        Reset(watched);
        return;
    }
    // First, since a timer that was started before an indication runs out before it.
    if (watched.t310 && Simulator::Now() >= *watched.t310 + m_t310)
    {
        Lose(watched, CellLoss::RADIO_LINK_FAILURE);
        return;
    }
    const uint32_t ue = watched.device->GetUe();
    const uint32_t gnb = watched.device->GetServingGnb()->GetGnb();
    const double sinrDb = m_link->GetSinrOf(ue, RadioDirection::DOWNLINK);
    if (sinrDb < m_qOut)
    {
        watched.inSync = 0;
        if (!watched.t310 && ++watched.outOfSync >= m_n310)
        {
            watched.outOfSync = 0;
            watched.t310 = Simulator::Now();
            m_t310Started(ue, gnb);
            if (m_t310.IsZero())
            {
                Lose(watched, CellLoss::RADIO_LINK_FAILURE);
            }
        }
    }
    else if (sinrDb > m_qIn)
    {
        watched.outOfSync = 0;
        if (watched.t310 && ++watched.inSync >= m_n311)
        {
            watched.inSync = 0;
            watched.t310.reset();
            m_t310Stopped(ue, gnb);
        }
    }
}

void
RadioLinkMonitor::Reset(Watched& watched)
{
    watched.outOfSync = 0;
    watched.inSync = 0;
    watched.t310.reset();
}

void
RadioLinkMonitor::BeginSearch(Watched& watched)
{
    Reset(watched);
    watched.selected.reset();
    watched.better.reset();
    watched.searching = Simulator::Now();
}

void
RadioLinkMonitor::Lose(Watched& watched, CellLoss cause)
{
    BeginSearch(watched);
    watched.ue->LoseCell(cause);
}

void
RadioLinkMonitor::Camp(Watched& watched)
{
    Reset(watched);
    watched.selected.reset();
    if (!watched.device->IsInCoverage())
    {
        return;
    }
    const uint32_t ue = watched.device->GetUe();
    const uint32_t own = watched.device->GetServingGnb()->GetGnb();
    if (!IsSuitable(ue, own))
    {
        watched.ue->LeaveCampedCell();
        BeginSearch(watched);
        return;
    }
    // Who has begun to connect ends that first.
    const uint32_t best = m_link->GetStrongestCell(ue);
    if (watched.ue->IsAccessing() ||
        m_link->GetRsrpDbm(ue, best) <= m_link->GetRsrpDbm(ue, own) + m_qHyst)
    {
        watched.better.reset();
        return;
    }
    watched.better = watched.better.value_or(Simulator::Now());
    if (Simulator::Now() >= *watched.better + m_tReselection)
    {
        watched.better.reset();
        m_cellSelected(ue, best, m_link->GetRsrpDbm(ue, best));
        watched.ue->Reselect(m_cells.at(best));
    }
}

void
RadioLinkMonitor::Search(Watched& watched)
{
    if (Simulator::Now() < *watched.searching + m_searchTime)
    {
        return;
    }
    const uint32_t ue = watched.device->GetUe();
    const uint32_t cell = m_link->GetStrongestCell(ue);
    if (!IsSuitable(ue, cell))
    {
        if (Simulator::Now() >= *watched.searching + watched.ue->GetT311())
        {
            watched.ue->GiveUpReestablishment();
        }
        return;
    }
    watched.searching.reset();
    watched.selected = Simulator::Now();
    m_cellSelected(ue, cell, m_link->GetRsrpDbm(ue, cell));
    watched.ue->FindCell(m_cells.at(cell));
}

void
RadioLinkMonitor::AwaitAccess(Watched& watched)
{
    if (watched.ue->IsHandedOver() || !watched.device->IsInCoverage())
    {
        // T304 says how long that may take, or somebody else keeps it out of coverage.
        watched.selected.reset();
        return;
    }
    if (!watched.selected)
    {
        // Somebody else has found it a cell.
        watched.selected = Simulator::Now();
    }
    if (Simulator::Now() >= *watched.selected + MilliSeconds(T301_MS) ||
        !IsSuitable(watched.device->GetUe(), watched.device->GetServingGnb()->GetGnb()))
    {
        Lose(watched, CellLoss::ACCESS_FAILURE);
        watched.ue->GiveUpReestablishment();
    }
}

} // namespace ns3::mbs
