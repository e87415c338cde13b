// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-network.h"

#include "mbs-alike-objects.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/boolean.h"
#include "ns3/constant-position-mobility-model.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Of every UE. */
constexpr uint8_t PDU_SESSION_ID = 1;

/** Random streams of path loss and shadowing, behind that of the places. */
constexpr int64_t PROPAGATION_STREAM = RadioScenario::FIRST_STREAM + 1;

/** Random streams of the ways of UEs, ten for each. */
constexpr int64_t FIRST_WAY_STREAM = RadioScenario::FIRST_STREAM + 1000;

} // namespace

RadioNetwork::RadioNetwork(const NetworkPlan& plan, CoreNetwork& core)
    : m_channel(CreateObject<RadioChannel>())
{
    if (plan.radioLink)
    {
        m_channel->SetAttribute("Link", PointerValue(plan.radioLink->Create<RadioLink>()));
    }
    m_sinr = DynamicCast<SinrRadioLink>(m_channel->GetLink());
    NS_ASSERT_MSG((m_sinr != nullptr) == (plan.radioScenario != nullptr),
                  "a SinrRadioLink needs a RadioScenario, and nothing else does");
    if (m_sinr)
    {
        PrepareAir(plan);
    }
    BuildGnbs(plan, core);
    if (plan.handovers)
    {
        ConnectNeighbours(plan, core);
    }
    BuildUes(plan, core);
    if (plan.mobility != Mobility::NONE)
    {
        WatchRadioLinks();
    }
    if (plan.mobility == Mobility::EVENT_A3)
    {
        Measure();
    }
}

RadioNetwork::~RadioNetwork()
{
    if (m_monitor)
    {
        m_monitor->Dispose();
    }
    if (m_measurements)
    {
        m_measurements->Dispose();
    }
    if (m_sinr)
    {
        m_sinr->SetLoadSource(nullptr);
    }
}

void
RadioNetwork::PrepareAir(const NetworkPlan& plan)
{
    NS_ASSERT_MSG(plan.radioScenario->cells.size() == plan.gnbs &&
                      plan.radioScenario->ues.size() == plan.ues,
                  "there must be a place for each gNB and UE");
    if (!m_channel->GetCarrier())
    {
        m_channel->SetAttribute("Carrier", PointerValue(CreateObject<NrCarrier>()));
    }
    m_sinr->SetCarrier(m_channel->GetCarrier());
    m_sinr->AssignPropagationStreams(PROPAGATION_STREAM);
    m_sinr->SetLoadSource(
        [this](uint32_t cell) { return m_cells[cell]->GetScheduler()->TakeLoad(); });
}

void
RadioNetwork::PlaceCell(const RadioScenario& scenario, uint32_t cell, const Ptr<Node>& node)
{
    const Vector place = scenario.cells[cell].place;
    const Ptr<MobilityModel> mobility = CreateObject<ConstantPositionMobilityModel>();
    mobility->SetPosition(place);
    node->AggregateObject(mobility);
    m_places.push_back(mobility);
    // Cells at one place are one site: path loss and shadowing towards them are the same.
    const auto first = std::find_if(m_places.begin(), m_places.end(), [&place](const auto& other) {
        const Vector there = other->GetPosition();
        return there.x == place.x && there.y == place.y && there.z == place.z;
    });
    m_sinr->AddCell(*first, scenario.cells[cell].azimuth);
}

uint32_t
RadioNetwork::PlaceUe(const NetworkPlan& plan, uint32_t ue, const Ptr<Node>& node)
{
    if (!m_sinr)
    {
        return plan.GnbOf(ue);
    }
    const Ptr<MobilityModel> mobility =
        plan.radioScenario->MakeUeMobility(ue, FIRST_WAY_STREAM + int64_t{10} * ue);
    node->AggregateObject(mobility);
    return m_sinr->AddUe(mobility);
}

void
RadioNetwork::BuildGnbs(const NetworkPlan& plan, CoreNetwork& core)
{
    for (uint32_t i = 0; i < plan.gnbs; ++i)
    {
        const Ptr<Gnb> gnb = MakeFunction<Gnb>(core.GetTopology(), plan.RankOfGnb(i));
        const Ptr<GnbRadioDevice> cell = CreateObject<GnbRadioDevice>();
        gnb->GetNode()->AddDevice(cell);
        m_channel->AddGnb(cell);
        gnb->SetCell(i, cell);
        if (m_sinr)
        {
            PlaceCell(*plan.radioScenario, i, gnb->GetNode());
        }
        const CoreNetwork::GnbLinks links = core.ConnectGnb(i, gnb->GetNode());
        gnb->SetAmf(links.amf);
        gnb->SetTai(core.GetTai());
        gnb->SetN3mb(links.n3mb, links.n3mbInterface);
        if (gnb->MaySleep(0) || plan.outages || plan.handovers)
        {
            CreateObject<PagingChannel>()->Install(cell);
            m_access.push_back(CreateObject<RandomAccess>());
            m_access.back()->Install(cell);
        }
        m_gnbs.push_back(gnb);
        m_cells.push_back(cell);
        m_gnbAddresses.push_back(links.n2);
    }
    core.StartRouter();
}

void
RadioNetwork::BuildUes(const NetworkPlan& plan, CoreNetwork& core)
{
    const bool userPlane = core.GetDeployment().procedure == SecurityProcedure::USER_PLANE;
    AlikeObjects ues(Ue::GetTypeId());
    AlikeObjects devices(UeRadioDevice::GetTypeId());
    m_ues.reserve(plan.ues);
    m_radios.reserve(plan.ues);
    for (uint32_t i = 0; i < plan.ues; ++i)
    {
        const Ptr<Ue> ue = ues.Make<Ue>();
        CreateObject<Node>(plan.RankOfGnb(plan.GnbOf(i)))->AddApplication(ue);
        const Ptr<UeRadioDevice> device = devices.Make<UeRadioDevice>();
        if (userPlane)
        {
            ue->SetAttribute("IpStack", BooleanValue(true));
        }
        if (!ue->HasIpStack())
        {
            device->ForgoIpStack();
        }
        ue->GetNode()->AddDevice(device);
        device->SetUe(i);
        m_channel->AddUe(device);
        const uint32_t gnb = PlaceUe(plan, i, ue->GetNode());
        const uint32_t rnti = m_cells[gnb]->Attach(device);
        ue->SetNumber(i);
        ue->SetPduSessionId(PDU_SESSION_ID);
        ue->SetDevice(device);
        m_ues.push_back(ue);
        m_radios.push_back(device);
        const CoreNetwork::UeContext
            context{i, core.SupiOf(i), rnti, TmsiOf(i), gnb, m_gnbAddresses[gnb], PDU_SESSION_ID};
        m_gnbs[gnb]->AddUe(rnti, core.AddUe(context));
        LetSleep(i, gnb, rnti);
    }
}

uint32_t
RadioNetwork::TmsiOf(uint32_t ue)
{
    // Multiples of an odd number run through all of 2^32, and evenly (Knuth, TAOCP 3, 6.4). From 1,
    // so that none is 0.
    return (ue + 1) * 2654435761U;
}

int64_t
RadioNetwork::AssignAccessStreams(int64_t stream)
{
    const int64_t first = stream;
    for (const Ptr<RandomAccess>& access : m_access)
    {
        stream += access->AssignStreams(stream);
    }
    return stream - first;
}

void
RadioNetwork::LetSleep(uint32_t number, uint32_t gnb, uint32_t rnti)
{
    const uint32_t tmsi = TmsiOf(number);
    if (m_gnbs[gnb]->MaySleep(tmsi))
    {
        m_gnbs[gnb]->AddSleeper(rnti, tmsi, PDU_SESSION_ID);
        m_ues[number]->SetTemporaryIdentity({0, 0, tmsi});
    }
}

uint32_t
RadioNetwork::GetGnbOf(uint32_t ue) const
{
    return m_radios.at(ue)->GetServingGnb()->GetGnb();
}

void
RadioNetwork::LoseCellAt(uint32_t ue, Time at, Time duration, std::optional<uint32_t> gnb) const
{
    NS_ASSERT_MSG(!m_access.empty(), "the plan says nothing of UEs that lose their cells");
    const Ptr<Ue>& who = m_ues.at(ue);
    LetMove(ue);
    Simulator::Schedule(at, &Ue::LoseCell, who, CellLoss::OUTAGE);
    const Ptr<GnbRadioDevice> to = gnb ? m_cells.at(*gnb) : nullptr;
    ScheduleJob(at + duration, [who, to, radio = m_radios[ue]] {
        who->FindCell(to ? to : radio->GetServingGnb());
    });
}

void
RadioNetwork::LetMove(uint32_t ue) const
{
    if (!m_ues.at(ue)->MayLoseCell())
    {
        const uint32_t tmsi = TmsiOf(ue);
        m_ues[ue]->SetTemporaryIdentity({0, 0, tmsi});
        m_gnbs[GetGnbOf(ue)]->AddSleeper(m_radios[ue]->GetRnti(), tmsi, PDU_SESSION_ID);
    }
}

void
RadioNetwork::WatchRadioLinks()
{
    NS_ASSERT_MSG(m_sinr, "without places no UE moves");
    m_monitor = CreateObject<RadioLinkMonitor>();
    m_monitor->SetRadio(m_sinr, m_cells);
    for (uint32_t ue = 0; ue < m_ues.size(); ++ue)
    {
        LetMove(ue);
        m_monitor->Watch(m_ues[ue], m_radios[ue]);
    }
}

Ptr<RadioLinkMonitor>
RadioNetwork::GetMonitor() const
{
    return m_monitor;
}

void
RadioNetwork::HandOverAt(uint32_t ue, Time at, uint32_t gnb) const
{
    LetMove(ue);
    ScheduleJob(at,
                [this, ue, gnb] { m_gnbs[GetGnbOf(ue)]->HandOver(m_radios[ue]->GetRnti(), gnb); });
}

void
RadioNetwork::ConnectNeighbours(const NetworkPlan& plan, CoreNetwork& core) const
{
    for (uint32_t a = 0; a < m_gnbs.size(); ++a)
    {
        for (uint32_t b = a + 1; b < m_gnbs.size(); ++b)
        {
            if (plan.AmfOfGnb(a) != plan.AmfOfGnb(b))
            {
                continue;
            }
            const CoreLink xn = core.GetTopology()->Connect(Interface::XN,
                                                            "gnb-" + std::to_string(a) + "-gnb-" +
                                                                std::to_string(b),
                                                            m_gnbs[a]->GetNode(),
                                                            m_gnbs[b]->GetNode());
            m_gnbs[a]->AddNeighbour(b, xn.addressB);
            m_gnbs[b]->AddNeighbour(a, xn.addressA);
        }
    }
}

void
RadioNetwork::Measure()
{
    m_measurements = CreateObject<UeMeasurements>();
    m_measurements->SetRadio(m_sinr, static_cast<uint32_t>(m_cells.size()));
    for (uint32_t ue = 0; ue < m_ues.size(); ++ue)
    {
        m_measurements->Add(m_ues[ue], m_radios[ue]);
    }
}

Ptr<UeMeasurements>
RadioNetwork::GetMeasurements() const
{
    return m_measurements;
}

Ptr<RadioChannel>
RadioNetwork::GetChannel() const
{
    return m_channel;
}

const std::vector<Ptr<Gnb>>&
RadioNetwork::GetGnbs() const
{
    return m_gnbs;
}

const std::vector<Ptr<GnbRadioDevice>>&
RadioNetwork::GetCells() const
{
    return m_cells;
}

const std::vector<Ptr<Ue>>&
RadioNetwork::GetUes() const
{
    return m_ues;
}

const std::vector<Ptr<UeRadioDevice>>&
RadioNetwork::GetRadios() const
{
    return m_radios;
}

} // namespace ns3::mbs
