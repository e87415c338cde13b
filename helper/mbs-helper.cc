// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-helper.h"

#include "mbs-attribute-check.h"
#include "mbs-ranks.h"

#include "ns3/boolean.h"
#include "ns3/node-list.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** @param function a function @return true if its node is one of this process's */
bool
IsHere(const Ptr<Application>& function)
{
    return function->GetNode()->GetSystemId() == Ranks::GetOwn();
}

/** @brief Has no function start on a node that is another process's. */
void
SilenceOthers()
{
    // Later than any run ends, and what ns-3's Time can hold.
    const Time never = Hours(2000000);
    for (auto node = NodeList::Begin(); node != NodeList::End(); ++node)
    {
        for (uint32_t i = 0; i < (*node)->GetNApplications(); ++i)
        {
            if (!IsHere((*node)->GetApplication(i)))
            {
                (*node)->GetApplication(i)->SetStartTime(never);
            }
        }
    }
}

} // namespace

MbsHelper::MbsHelper()
    : m_joins(std::make_unique<JoinSchedule>())
{
}

MbsHelper::~MbsHelper() = default;

void
MbsHelper::SetCounts(uint32_t ues, uint32_t gnbs, uint32_t smfs, uint32_t amfs)
{
    NS_ASSERT_MSG(gnbs >= 1 && smfs >= 1 && ues >= gnbs && ues >= smfs, "wrong counts");
    NS_ASSERT_MSG(amfs >= 1 && gnbs >= amfs, "wrong counts");
    m_plan.amfs = amfs;
    m_plan.ues = ues;
    m_plan.gnbs = gnbs;
    m_plan.smfs = smfs;
}

void
MbsHelper::SetUnauthorized(uint32_t ues)
{
    m_plan.unauthorized = ues;
}

void
MbsHelper::SetSessions(uint32_t sessions, uint32_t perUe, Time stagger)
{
    NS_ASSERT_MSG(sessions >= 1 && perUe <= sessions, "wrong counts");
    m_plan.sessions = sessions;
    m_plan.sessionsPerUe = perUe;
    m_plan.sessionStagger = stagger;
}

void
MbsHelper::JoinTogether()
{
    m_plan.joinTogether = true;
}

void
MbsHelper::SetBroadcast(const std::vector<uint32_t>& gnbs)
{
    m_plan.broadcastGnbs = gnbs;
}

sbi::MbsServiceArea
MbsHelper::GetServiceArea(const std::vector<uint32_t>& gnbs) const
{
    return m_core->ServiceAreaOf(gnbs);
}

void
MbsHelper::SetTraffic(std::shared_ptr<const TrafficPlan> traffic)
{
    m_plan.traffic = std::move(traffic);
}

void
MbsHelper::SetRadioLink(const ObjectFactory& factory)
{
    m_plan.radioLink = factory;
}

void
MbsHelper::SetRadioScenario(std::shared_ptr<const RadioScenario> scenario)
{
    m_plan.radioScenario = std::move(scenario);
}

void
MbsHelper::EnableUnicast()
{
    m_plan.unicast = true;
}

void
MbsHelper::OrderArrivals()
{
    m_orderArrivals = true;
}

void
MbsHelper::SetRanks(const RankShare& share)
{
    m_plan.ranks = share;
}

void
MbsHelper::EnableOutages()
{
    m_plan.outages = true;
}

void
MbsHelper::SetMobility(Mobility mobility)
{
    m_plan.mobility = mobility;
    m_plan.outages = m_plan.outages || mobility != Mobility::NONE;
    m_plan.handovers = m_plan.handovers || mobility == Mobility::EVENT_A3;
}

Mobility
MbsHelper::GetMobility() const
{
    return m_plan.mobility;
}

Ptr<RadioLinkMonitor>
MbsHelper::GetRadioLinkMonitor() const
{
    return m_radio->GetMonitor();
}

Ptr<UeMeasurements>
MbsHelper::GetMeasurements() const
{
    return m_radio->GetMeasurements();
}

bool
MbsHelper::HasOutages() const
{
    return m_plan.outages;
}

void
MbsHelper::EnableHandovers()
{
    m_plan.outages = true;
    m_plan.handovers = true;
}

void
MbsHelper::CheckAttributes() const
{
    mbs::CheckAttributes(m_plan);
}

void
MbsHelper::Build()
{
    // Until the first Run() ns-3 notes where every Time is, in case its unit changes; of a million
    // UEs that is more than half a GB. This run has nothing to do yet, and ends that.
    // ns-3's engine of several processes calls itself finished only when it was.
    if (Simulator::GetEventCount() == 0 && (Simulator::IsFinished() || Ranks::GetCount() > 1))
    {
        Simulator::Run();
    }
    if (Ranks::GetCount() > 1 && !m_plan.ranks)
    {
        RunSize size;
        size.gnbs = m_plan.gnbs;
        size.amfs = m_plan.amfs;
        size.smfs = m_plan.smfs;
        size.sharesCore = false;
        m_plan.ranks = ShareOut(size, Ranks::GetCount(), m_plan.gnbs / Ranks::GetCount());
    }
    m_core = std::make_unique<CoreNetwork>(m_plan);
    m_radio = std::make_unique<RadioNetwork>(m_plan, *m_core);
    const bool userPlane = GetProcedure() == SecurityProcedure::USER_PLANE;
    BooleanValue stack;
    GetUes().front()->GetAttribute("IpStack", stack);
    if (m_plan.unicast || userPlane || stack.Get())
    {
        BuildUnicast();
    }
    if (userPlane)
    {
        const bool atMbsf = m_core->GetDeployment().placement == MbssfPlacement::MBSF;
        m_userPlane = std::make_unique<UserPlaneSecurity>(m_plan,
                                                          *m_core,
                                                          GetUes(),
                                                          atMbsf ? m_mbsfN6 : m_mbstfN6);
    }
    if (Ranks::GetCount() > 1)
    {
        SilenceOthers();
    }
    if (m_orderArrivals || Ranks::GetCount() > 1)
    {
        m_arrivals = std::make_unique<OrderedArrivals>(GetTopology()->GetLinks());
    }
}

void
MbsHelper::BuildUnicast()
{
    m_path = std::make_unique<UnicastPath>(GetTopology(), GetGnbs());
    m_mbsfN6 = ConnectServer("mbsf", GetMbsf()->GetNode());
    m_mbstfN6 = ConnectServer("mbstf", GetMbstf()->GetNode());
    for (uint32_t i = 0; i < m_plan.ues; ++i)
    {
        m_path->AddUe(GetUes()[i], m_radio->GetRadios()[i], GetGnbOf(i));
    }
}

Ipv4Address
MbsHelper::ConnectServer(const std::string& name, Ptr<Node> server) const
{
    NS_ASSERT_MSG(m_path, "there is no unicast path");
    return m_path->ConnectN6(name, server).addressB;
}

int64_t
MbsHelper::AssignStreams(int64_t stream)
{
    const int64_t first = stream;
    stream += m_joins->AssignStreams(stream);
    stream += GetRadioChannel()->AssignStreams(stream);
    const auto assign = [&stream](const Ptr<NetworkFunction>& function) {
        stream += function->AssignStreams(stream);
    };
    for (const auto& af : GetAfs())
    {
        assign(af);
    }
    assign(GetMbsf());
    assign(GetMbstf());
    assign(GetMbSmf());
    assign(GetMbUpf());
    for (const auto& amf : GetAmfs())
    {
        assign(amf);
    }
    for (const auto& smf : GetSmfs())
    {
        assign(smf);
    }
    for (const auto& gnb : GetGnbs())
    {
        assign(gnb);
    }
    for (const auto& ue : GetUes())
    {
        assign(ue);
    }
    // Last, so that the others draw the same with and without.
    if (m_path)
    {
        assign(m_path->GetUpf());
    }
    if (m_userPlane)
    {
        stream += m_userPlane->AssignStreams(stream);
    }
    stream += m_radio->AssignAccessStreams(stream);
    return stream - first;
}

void
MbsHelper::SetStay(const Ptr<RandomVariableStream>& stay, const Ptr<RandomVariableStream>& away)
{
    m_joins->SetStay(stay, away);
}

void
MbsHelper::JoinAll(Time start, Time window)
{
    m_joins->JoinAll(m_plan, GetUes(), GetTmgis(), start, window);
}

void
MbsHelper::LeaveAt(uint32_t ue, Time at, uint32_t session) const
{
    if (IsHere(GetUes().at(ue)))
    {
        Simulator::Schedule(at, &Ue::Leave, GetUes().at(ue), GetTmgi(session));
    }
}

void
MbsHelper::LoseCellAt(uint32_t ue, Time at, Time duration, std::optional<uint32_t> gnb) const
{
    m_radio->LoseCellAt(ue, at, duration, gnb);
}

void
MbsHelper::HandOverAt(uint32_t ue, Time at, uint32_t gnb) const
{
    m_radio->HandOverAt(ue, at, gnb);
}

void
MbsHelper::RemoveAt(uint32_t ue, Time at, uint32_t session) const
{
    const Ptr<Smf>& smf = GetSmfs().at(GetSmfOf(ue));
    if (IsHere(smf))
    {
        Simulator::Schedule(at,
                            &Smf::RemoveUe,
                            smf,
                            GetSmContextRefOf(ue),
                            GetTmgi(session),
                            MbsRejectionCause::NOT_AUTHORIZED);
    }
}

void
MbsHelper::ReleaseAt(Time at) const
{
    for (const auto& af : GetAfs())
    {
        if (IsHere(af))
        {
            Simulator::Schedule(at, &Af::Release, af);
        }
    }
}

void
MbsHelper::EnablePcap(const PathOf& pathOf) const
{
    PointToPointHelper pointToPoint;
    for (const CoreLink& link : GetTopology()->GetLinks())
    {
        // One end sees all that passes, in both directions.
        pointToPoint.EnablePcap(
            pathOf("pcap/" + link.name + "-" + ToString(link.interface) + ".pcap"),
            link.deviceA,
            true,
            true);
    }
}

void
MbsHelper::Clear()
{
    m_arrivals.reset();
    m_userPlane.reset();
    m_path.reset();
    m_radio.reset();
    m_core.reset();
    m_joins = std::make_unique<JoinSchedule>();
    m_plan = NetworkPlan();
}

const Tmgi&
MbsHelper::GetTmgi(uint32_t session) const
{
    return m_core->GetSessions().at(session).tmgi;
}

std::vector<Tmgi>
MbsHelper::GetTmgis() const
{
    std::vector<Tmgi> tmgis;
    for (const CoreNetwork::Session& session : m_core->GetSessions())
    {
        tmgis.push_back(session.tmgi);
    }
    return tmgis;
}

std::vector<uint32_t>
MbsHelper::GetSessionsOf(uint32_t ue) const
{
    return m_plan.SessionsOf(ue);
}

Ptr<CoreTopology>
MbsHelper::GetTopology() const
{
    return m_core->GetTopology();
}

Ptr<RadioChannel>
MbsHelper::GetRadioChannel() const
{
    return m_radio->GetChannel();
}

Ptr<Af>
MbsHelper::GetAf(uint32_t session) const
{
    return GetAfs().at(session);
}

const std::vector<Ptr<Af>>&
MbsHelper::GetAfs() const
{
    return m_core->GetFunctions().afs;
}

Ptr<Mbsf>
MbsHelper::GetMbsf() const
{
    return m_core->GetFunctions().mbsf;
}

Ptr<Mbstf>
MbsHelper::GetMbstf() const
{
    return m_core->GetFunctions().mbstf;
}

Ptr<MbSmf>
MbsHelper::GetMbSmf() const
{
    return m_core->GetFunctions().mbSmf;
}

Ptr<MbUpf>
MbsHelper::GetMbUpf() const
{
    return m_core->GetFunctions().mbUpf;
}

Ptr<Amf>
MbsHelper::GetAmf(uint32_t amf) const
{
    return GetAmfs().at(amf);
}

const std::vector<Ptr<Amf>>&
MbsHelper::GetAmfs() const
{
    return m_core->GetFunctions().amfs;
}

Ptr<Mbssf>
MbsHelper::GetMbssf() const
{
    return m_userPlane ? m_userPlane->GetMbssf() : nullptr;
}

const std::vector<Ptr<MbsfClient>>&
MbsHelper::GetMbsfClients() const
{
    static const std::vector<Ptr<MbsfClient>> NONE;
    return m_userPlane ? m_userPlane->GetClients() : NONE;
}

std::string
MbsHelper::GetUserIdOf(uint32_t ue) const
{
    return m_userPlane ? m_userPlane->GetUserIdOf(ue) : std::string();
}

SecurityProcedure
MbsHelper::GetProcedure() const
{
    return m_core->GetDeployment().procedure;
}

Ptr<Upf>
MbsHelper::GetUpf() const
{
    return m_path ? m_path->GetUpf() : nullptr;
}

Ipv4Address
MbsHelper::GetUeAddress(uint32_t ue) const
{
    NS_ASSERT_MSG(m_path, "there is no unicast path");
    return m_path->GetUeAddress(ue);
}

Ipv4Address
MbsHelper::GetMbsfN6() const
{
    return m_mbsfN6;
}

Ipv4Address
MbsHelper::GetMbstfN6() const
{
    return m_mbstfN6;
}

const std::vector<Ptr<Smf>>&
MbsHelper::GetSmfs() const
{
    return m_core->GetFunctions().smfs;
}

const std::vector<Ptr<Gnb>>&
MbsHelper::GetGnbs() const
{
    return m_radio->GetGnbs();
}

Ptr<UeRadioDevice>
MbsHelper::GetRadio(uint32_t ue) const
{
    return m_radio->GetRadios().at(ue);
}

const std::vector<Ptr<GnbRadioDevice>>&
MbsHelper::GetCells() const
{
    return m_radio->GetCells();
}

const std::vector<Ptr<Ue>>&
MbsHelper::GetUes() const
{
    return m_radio->GetUes();
}

uint32_t
MbsHelper::GetGnbOf(uint32_t ue) const
{
    return m_radio->GetGnbOf(ue);
}

uint32_t
MbsHelper::GetAmfOf(uint32_t ue) const
{
    return m_plan.AmfOfGnb(GetGnbOf(ue));
}

uint32_t
MbsHelper::GetSmfOf(uint32_t ue) const
{
    return m_plan.SmfOf(ue);
}

std::string
MbsHelper::GetSmContextRefOf(uint32_t ue)
{
    return CoreNetwork::SmContextRefOf(ue);
}

std::string
MbsHelper::GetSupiOf(uint32_t ue) const
{
    return m_core->SupiOf(ue);
}

} // namespace ns3::mbs
