// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-network.h"

#include "ns3/boolean.h"
#include "ns3/pointer.h"

namespace ns3::mbs
{

namespace
{

/** Of every UE. */
constexpr uint8_t PDU_SESSION_ID = 1;

} // namespace

RadioNetwork::RadioNetwork(const NetworkPlan& plan, CoreNetwork& core)
    : m_channel(CreateObject<RadioChannel>())
{
    if (plan.radioLink)
    {
        m_channel->SetAttribute("Link", PointerValue(plan.radioLink->Create<RadioLink>()));
    }
    BuildGnbs(plan, core);
    BuildUes(plan, core);
}

void
RadioNetwork::BuildGnbs(const NetworkPlan& plan, CoreNetwork& core)
{
    for (uint32_t i = 0; i < plan.gnbs; ++i)
    {
        const Ptr<Gnb> gnb = MakeFunction<Gnb>(core.GetTopology());
        const Ptr<GnbRadioDevice> cell = CreateObject<GnbRadioDevice>();
        gnb->GetNode()->AddDevice(cell);
        m_channel->AddGnb(cell);
        gnb->SetCell(i, cell);
        const CoreNetwork::GnbLinks links = core.ConnectGnb(i, gnb->GetNode());
        gnb->SetAmf(links.amf);
        gnb->SetN3mb(links.n3mb, links.n3mbInterface);
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
    for (uint32_t i = 0; i < plan.ues; ++i)
    {
        const Ptr<Ue> ue = MakeFunction<Ue>(nullptr);
        const Ptr<UeRadioDevice> device = CreateObject<UeRadioDevice>();
        ue->GetNode()->AddDevice(device);
        device->SetUe(i);
        m_channel->AddUe(device);
        const uint32_t gnb = plan.GnbOf(i);
        const uint32_t rnti = m_cells[gnb]->Attach(device);
        ue->SetNumber(i);
        if (userPlane)
        {
            ue->SetAttribute("IpStack", BooleanValue(true));
        }
        ue->SetPduSessionId(PDU_SESSION_ID);
        ue->SetDevice(device);
        m_ues.push_back(ue);
        m_radios.push_back(device);
        const CoreNetwork::UeContext context{i,
                                             core.SupiOf(i),
                                             rnti,
                                             m_gnbAddresses[gnb],
                                             PDU_SESSION_ID};
        m_gnbs[gnb]->AddUe(rnti, core.AddUe(context));
    }
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
