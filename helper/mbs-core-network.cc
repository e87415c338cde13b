// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-core-network.h"

#include "mbs-object-text.h"

#include "ns3/mbs-node-keys.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <iomanip>
#include <sstream>

namespace ns3::mbs
{

namespace
{

/** TCP port of the MBSTF's services where it shares a node, and so an address, with the MBSF. */
constexpr uint16_t SHARED_NODE_PORT = 81;

/**
 * @param function with service-based interfaces
 * @return the TCP port at which it offers them
 */
uint16_t
PortOf(const Ptr<SbiFunction>& function)
{
    UintegerValue port;
    function->GetSbi()->GetAttribute("Port", port);
    return static_cast<uint16_t>(port.Get());
}

/**
 * @param first the port of session 0's AF
 * @param session number of a session
 * @return the port of its AF: the AFs share a node, and so have a port each
 */
uint16_t
AfPort(uint16_t first, uint32_t session)
{
    return static_cast<uint16_t>((first - 1 + session) % UINT16_MAX + 1);
}

} // namespace

std::vector<Ptr<SbiFunction>>
CoreFunctions::WithSbi() const
{
    std::vector<Ptr<SbiFunction>> all(afs.begin(), afs.end());
    all.insert(all.end(), {mbsf, mbstf, mbSmf});
    all.insert(all.end(), amfs.begin(), amfs.end());
    all.insert(all.end(), smfs.begin(), smfs.end());
    return all;
}

CoreNetwork::CoreNetwork(const NetworkPlan& plan)
    : m_plan(plan),
      m_topology(CreateObject<CoreTopology>())
{
    MakeFunctions();
    PrepareSessions();
    ConnectAfs();
    ConnectFunctions();
    ConnectSessionManagement();
    MakeRouter();
}

void
CoreNetwork::MakeFunctions()
{
    CoreFunctions& made = m_functions;
    made.afs.push_back(MakeFunction<Af>(m_topology));
    for (uint32_t i = 1; i < m_plan.sessions; ++i)
    {
        made.afs.push_back(CreateObject<Af>());
        made.afs.front()->GetNode()->AddApplication(made.afs.back());
        made.afs.back()->GetSbi()->SetAttribute("Port",
                                                UintegerValue(AfPort(PortOf(made.afs.front()), i)));
    }
    made.mbsf = MakeFunction<Mbsf>(m_topology);
    m_deployment = Deployment::Of(TextOf(made.mbsf, "Procedure"),
                                  TextOf(made.mbsf, "MbssfPlacement"),
                                  TextOf(made.mbsf, "Nmb2Keys"));
    if (m_deployment.IsOneNode())
    {
        made.mbstf = CreateObject<Mbstf>();
        made.mbsf->GetNode()->AddApplication(made.mbstf);
        made.mbstf->GetSbi()->SetAttribute("Port", UintegerValue(SHARED_NODE_PORT));
        NodeKeys::Install(made.mbsf->GetNode());
    }
    else
    {
        made.mbstf = MakeFunction<Mbstf>(m_topology);
    }
    made.mbSmf = MakeFunction<MbSmf>(m_topology);
    made.mbUpf = MakeFunction<MbUpf>(m_topology);
    for (uint32_t i = 0; i < m_plan.amfs; ++i)
    {
        made.amfs.push_back(MakeFunction<Amf>(m_topology, m_plan.RankOfAmf(i)));
    }
    m_uesOfAmf.resize(m_plan.amfs);
    for (uint32_t i = 0; i < m_plan.smfs; ++i)
    {
        made.smfs.push_back(MakeFunction<Smf>(m_topology, m_plan.RankOfSmf(i)));
        made.smfs.back()->SetNumber(i);
    }
    uint32_t instance = 0;
    for (const Ptr<SbiFunction>& function : made.WithSbi())
    {
        function->SetInstance(instance++);
    }
}

void
CoreNetwork::PrepareSessions()
{
    const Ptr<MbSmf>& mbSmf = m_functions.mbSmf;
    UintegerValue firstServiceId;
    mbSmf->GetAttribute("FirstServiceId", firstServiceId);
    UintegerValue firstKeyGroup;
    m_functions.mbsf->GetAttribute("KeyGroup", firstKeyGroup);
    const PlmnId plmn = PlmnId::From(TextOf(mbSmf, "Mcc"), TextOf(mbSmf, "Mnc")).value_or(PlmnId());
    for (uint32_t i = 0; i < m_plan.sessions; ++i)
    {
        const Ptr<Af>& af = m_functions.afs[i];
        if (i > 0)
        {
            af->SetAttribute("ServiceId",
                             StringValue(TextOf(af, "ServiceId") + "-" + std::to_string(i)));
        }
        const Session session{Tmgi(static_cast<uint32_t>(firstServiceId.Get()) + i, plmn),
                              TextOf(af, "ServiceId"),
                              static_cast<uint16_t>(firstKeyGroup.Get() + i)};
        af->SetTmgi(session.tmgi);
        af->SetRestricted(true);
        af->SetTraffic(m_plan.traffic);
        m_sessions.push_back(session);
        if (m_plan.broadcastGnbs)
        {
            af->SetBroadcast(ServiceAreaOf(*m_plan.broadcastGnbs));
        }
        af->SetStartTime(m_plan.sessionStagger * i);
        m_functions.mbsf->NumberSession(session.tmgi, i);
    }
}

Tai
CoreNetwork::GetTai() const
{
    return {m_sessions.front().tmgi.Plmn(), 0};
}

sbi::MbsServiceArea
CoreNetwork::ServiceAreaOf(const std::vector<uint32_t>& gnbs) const
{
    sbi::MbsServiceArea area;
    if (gnbs.empty())
    {
        area.taiList = {GetTai()};
        return area;
    }
    sbi::MbsServiceArea::NcgiTai cells;
    cells.tai = GetTai();
    for (const uint32_t gnb : gnbs)
    {
        cells.cellList.push_back({gnb, GetTai().plmn});
    }
    area.ncgiList = {cells};
    return area;
}

void
CoreNetwork::ConnectAfs()
{
    const CoreFunctions& core = m_functions;
    const Ptr<Node> node = core.afs.front()->GetNode();
    const CoreLink nmb10 = m_topology->Connect(Interface::NMB10, "af", node, core.mbsf->GetNode());
    const CoreLink nmb8 = m_topology->Connect(Interface::NMB8, "af", node, core.mbstf->GetNode());
    core.mbstf->SetNmb8(nmb8.addressB);
    for (const Ptr<Af>& af : core.afs)
    {
        af->SetMbsf({nmb10.addressA, nmb10.addressB, PortOf(core.mbsf)});
    }
}

void
CoreNetwork::ConnectFunctions()
{
    const auto connect = [this](Interface interface,
                                const std::string& name,
                                const Ptr<Application>& a,
                                const Ptr<Application>& b) {
        return m_topology->Connect(interface, name, a->GetNode(), b->GetNode());
    };
    const CoreFunctions& core = m_functions;
    if (m_deployment.IsOneNode())
    {
        core.mbsf->SetMbstf(
            {Ipv4Address::GetLoopback(), Ipv4Address::GetLoopback(), SHARED_NODE_PORT});
    }
    else
    {
        const CoreLink nmb2 = connect(Interface::NMB2, "mbsf", core.mbsf, core.mbstf);
        core.mbsf->SetMbstf({nmb2.addressA, nmb2.addressB});
    }
    const CoreLink nmb1 = connect(Interface::NMB1, "mbsf", core.mbsf, core.mbSmf);
    core.mbsf->SetMbSmf({nmb1.addressA, nmb1.addressB});
    const CoreLink nmb9 = connect(Interface::NMB9, "mbstf", core.mbstf, core.mbUpf);
    core.mbstf->SetNmb9(nmb9.addressA);
    core.mbUpf->SetNmb9(nmb9.addressB);
    const CoreLink n4mb = connect(Interface::N4MB, "mb-smf", core.mbSmf, core.mbUpf);
    core.mbSmf->SetMbUpf({n4mb.addressA, n4mb.addressB});
    core.mbUpf->SetN4mb(n4mb.addressB);
}

std::string
CoreNetwork::AmfName(uint32_t amf) const
{
    return m_plan.amfs == 1 ? "amf" : "amf-" + std::to_string(amf);
}

void
CoreNetwork::ConnectSessionManagement()
{
    const CoreFunctions& core = m_functions;
    const Ptr<Node> mbSmf = core.mbSmf->GetNode();
    for (uint32_t i = 0; i < m_plan.amfs; ++i)
    {
        const CoreLink n11mb =
            m_topology->Connect(Interface::N11MB, AmfName(i), core.amfs[i]->GetNode(), mbSmf);
        core.amfs[i]->SetMbSmf({n11mb.addressA, n11mb.addressB});
        core.mbSmf->AddAmf(core.amfs[i]->GetNfInstanceId(), {n11mb.addressB, n11mb.addressA});
    }
    for (const Ptr<Smf>& smf : core.smfs)
    {
        const std::string name = "smf-" + std::to_string(smf->GetNumber());
        const CoreLink n16mb = m_topology->Connect(Interface::N16MB, name, smf->GetNode(), mbSmf);
        smf->SetMbSmf({n16mb.addressA, n16mb.addressB});
        m_amfsOfSmf.emplace_back();
        for (uint32_t i = 0; i < m_plan.amfs; ++i)
        {
            const CoreLink n11 =
                m_topology->Connect(Interface::N11,
                                    m_plan.amfs == 1 ? name : name + "-" + AmfName(i),
                                    smf->GetNode(),
                                    core.amfs[i]->GetNode());
            m_amfsOfSmf.back().push_back({n11.addressA, n11.addressB});
        }
    }
}

void
CoreNetwork::MakeRouter()
{
    m_router = CreateObject<Node>();
    m_topology->InstallStack(m_router);
    m_ssmRouter = CreateObject<SsmRouter>();
    m_ssmRouter->SetAttribute("Proxy", BooleanValue(false));
    const Ptr<Node> mbUpf = m_functions.mbUpf->GetNode();
    const CoreLink n3mb = m_topology->Connect(Interface::N3MB, "mb-upf", mbUpf, m_router);
    m_functions.mbUpf->SetN3mb(n3mb.addressA);
    const Ptr<Ipv4StaticRouting> routing =
        Ipv4StaticRoutingHelper().GetStaticRouting(mbUpf->GetObject<Ipv4>());
    routing->SetDefaultRoute(n3mb.addressB, n3mb.interfaceA);
    routing->SetDefaultMulticastRoute(n3mb.interfaceA);
}

CoreNetwork::GnbLinks
CoreNetwork::ConnectGnb(uint32_t number, const Ptr<Node>& gnb)
{
    const std::string name = "gnb-" + std::to_string(number);
    const Ptr<Amf>& amf = m_functions.amfs[m_plan.AmfOfGnb(number)];
    const CoreLink n2 = m_topology->Connect(Interface::N2, name, gnb, amf->GetNode());
    amf->AddGnb({n2.addressA, {GetTai().plmn, number, 32}, GetTai(), number});
    const CoreLink n3mb = m_topology->Connect(Interface::N3MB, name, m_router, gnb);
    return {n2.addressB, n2.addressA, n3mb.addressB, n3mb.interfaceB};
}

void
CoreNetwork::StartRouter()
{
    m_ssmRouter->Install(m_router);
}

uint64_t
CoreNetwork::AddUe(const UeContext& context)
{
    const uint32_t smf = m_plan.SmfOf(context.ue);
    const uint32_t amf = m_plan.AmfOfGnb(context.gnb);
    const SbiPeer& amfOfSmf = m_amfsOfSmf[smf][amf];
    Amf::UeContext ue;
    ue.supi = context.supi;
    ue.amfUeNgapId = ++m_uesOfAmf[amf];
    ue.ranUeNgapId = context.rnti;
    ue.fiveGTmsi = context.fiveGTmsi;
    ue.gnb = context.gnbAddress;
    ue.pduSessionId = context.pduSessionId;
    ue.smf = {amfOfSmf.remote, amfOfSmf.local};
    ue.smContextRef = SmContextRefOf(context.ue);
    m_functions.amfs[amf]->AddUe(ue);
    Smf::SmContext session;
    session.ref = ue.smContextRef;
    session.supi = ue.supi;
    session.pduSessionId = ue.pduSessionId;
    session.amf = amfOfSmf;
    if (m_plan.IsAuthorized(context.ue))
    {
        for (const Session& allowed : m_sessions)
        {
            session.allowed.insert(allowed.tmgi);
        }
    }
    m_functions.smfs[smf]->AddSmContext(session);
    return ue.amfUeNgapId;
}

std::string
CoreNetwork::SmContextRefOf(uint32_t ue)
{
    return std::to_string(ue + 1);
}

std::string
CoreNetwork::SupiOf(uint32_t ue) const
{
    std::ostringstream supi;
    const PlmnId& plmn = m_sessions.front().tmgi.Plmn();
    const std::string prefix = plmn.Mcc() + plmn.Mnc();
    supi << "imsi-" << prefix << std::setw(static_cast<int>(15 - prefix.size()))
         << std::setfill('0') << ue + 1;
    return supi.str();
}

const CoreFunctions&
CoreNetwork::GetFunctions() const
{
    return m_functions;
}

Ptr<CoreTopology>
CoreNetwork::GetTopology() const
{
    return m_topology;
}

const Deployment&
CoreNetwork::GetDeployment() const
{
    return m_deployment;
}

const std::vector<CoreNetwork::Session>&
CoreNetwork::GetSessions() const
{
    return m_sessions;
}

} // namespace ns3::mbs
