// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fault-injector.h"

#include "mbs-program-options.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(FaultInjector);

namespace
{

/**
 * @brief Sets an attribute to what holds while a fault lasts, or back.
 * @param function whose
 * @param plan DELAY or REJECT
 * @param faulty true for the beginning
 */
void
SetFaultAttribute(const Ptr<NetworkFunction>& function, const FaultPlan& plan, bool faulty)
{
    if (plan.action == FaultPlan::Action::DELAY)
    {
        function->SetAttribute("HandlingDelay", TimeValue(faulty ? plan.delay : Seconds(0)));
    }
    else
    {
        function->SetAttribute("RejectStatus", UintegerValue(faulty ? plan.status : 0));
    }
}

} // namespace

TypeId
FaultInjector::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::FaultInjector")
                            .SetParent<Object>()
                            .SetGroupName("Mbs")
                            .AddConstructor<FaultInjector>()
                            .AddTraceSource("FaultBegan",
                                            "A fault has begun.",
                                            MakeTraceSourceAccessor(&FaultInjector::m_began),
                                            "ns3::mbs::FaultInjector::FaultCallback")
                            .AddTraceSource("FaultEnded",
                                            "A fault is over.",
                                            MakeTraceSourceAccessor(&FaultInjector::m_ended),
                                            "ns3::mbs::FaultInjector::FaultCallback");
    return tid;
}

FaultInjector::FaultInjector() = default;

FaultInjector::~FaultInjector() = default;

void
FaultInjector::DoDispose()
{
    m_functions.clear();
    m_clients.clear();
    m_links.clear();
    m_linkFaults.clear();
    Object::DoDispose();
}

void
FaultInjector::Install(const MbsHelper& network)
{
    m_functions["mbsf"] = {network.GetMbsf()};
    m_functions["mbstf"] = {network.GetMbstf()};
    m_functions["mbssf"].clear();
    if (network.GetMbssf())
    {
        m_functions["mbssf"] = {network.GetMbssf()};
    }
    m_clients.assign(network.GetMbsfClients().begin(), network.GetMbsfClients().end());
    m_functions["mbsmf"] = {network.GetMbSmf()};
    m_functions["mbupf"] = {network.GetMbUpf()};
    m_functions["amf"].assign(network.GetAmfs().begin(), network.GetAmfs().end());
    m_functions["smf"].assign(network.GetSmfs().begin(), network.GetSmfs().end());
    m_functions["gnb"].assign(network.GetGnbs().begin(), network.GetGnbs().end());
    m_functions["ue"].assign(network.GetUes().begin(), network.GetUes().end());
    m_links = network.GetTopology()->GetLinks();
    m_transport = network.GetTopology()->GetTransport();
}

Ptr<NetworkFunction>
FaultInjector::FindFunction(const FaultPlan& plan) const
{
    const auto& functions = m_functions.at(plan.target);
    const uint32_t number = plan.number.value_or(0);
    if (functions.empty())
    {
        throw ProgramOptions::Error("fault",
                                    plan.text,
                                    "must name a function of this network, and only the "
                                    "user-plane procedure has an MBSSF; for example "
                                    "--procedure=up");
    }
    if (number >= functions.size())
    {
        throw ProgramOptions::Error("fault",
                                    plan.text,
                                    "must name one of " + plan.target + "-0 to " + plan.target +
                                        "-" + std::to_string(functions.size() - 1) +
                                        ", which this network has");
    }
    return functions.at(number);
}

Ptr<LinkFault>
FaultInjector::FaultOf(const Ptr<PointToPointNetDevice>& device)
{
    for (const auto& [known, fault] : m_linkFaults)
    {
        if (known == device)
        {
            return fault;
        }
    }
    const Ptr<LinkFault> fault = CreateObject<LinkFault>();
    fault->Install(device);
    m_linkFaults.emplace_back(device, fault);
    return fault;
}

std::vector<Ptr<LinkFault>>
FaultInjector::FindLinks(const FaultPlan& plan)
{
    if (m_transport == SignallingTransport::IDEAL)
    {
        throw ProgramOptions::Error("fault",
                                    plan.text,
                                    "must not be one of a link where --transport=ideal carries "
                                    "messages, because these are no packets that a link could "
                                    "lose; give --transport=tcp");
    }
    std::vector<Ptr<LinkFault>> faults;
    const bool ofSmf = plan.target == "n16mb" || plan.target == "n11";
    for (const CoreLink& link : m_links)
    {
        const std::string name =
            plan.number ? (ofSmf ? "smf-" : "gnb-") + std::to_string(*plan.number) : link.name;
        // An SMF has an N11 link to each AMF.
        const bool named = link.name == name || link.name.rfind(name + "-amf-", 0) == 0;
        if (FaultPlan::LinkName(link.interface) == plan.target && named)
        {
            faults.push_back(FaultOf(link.deviceA));
            faults.push_back(FaultOf(link.deviceB));
        }
    }
    if (faults.empty() && plan.target == "nmb2")
    {
        throw ProgramOptions::Error("fault",
                                    plan.text,
                                    "must name a link of this network, in which MBSF and MBSTF are "
                                    "one node with no link between them; for example "
                                    "--nmb2=push");
    }
    if (faults.empty() && plan.target == "xn")
    {
        throw ProgramOptions::Error("fault",
                                    plan.text,
                                    "must name a link of this network, in which gNBs are connected "
                                    "by Xn only if UEs are handed over; give --mobility=a3, or for "
                                    "example --event=handover=0:1@20s");
    }
    if (faults.empty())
    {
        throw ProgramOptions::Error(
            "fault",
            plan.text,
            "must name a link of this network, which has " +
                std::to_string(m_functions.at(ofSmf ? "smf" : "gnb").size()) + " at " +
                plan.target + ", numbered from 0");
    }
    return faults;
}

void
FaultInjector::Schedule(const FaultPlan& plan)
{
    const Ptr<FaultInjector> self(this);
    const bool ends = plan.duration.IsStrictlyPositive();
    if (plan.IsLink())
    {
        const auto links = FindLinks(plan);
        ScheduleJob(plan.start, [self, plan, links] { self->BeginAtLinks(plan, links); });
        if (ends)
        {
            ScheduleJob(plan.start + plan.duration,
                        [self, plan, links] { self->EndAtLinks(plan, links); });
        }
        return;
    }
    const auto function = FindFunction(plan);
    ScheduleJob(plan.start, [self, plan, function] { self->BeginAtFunction(plan, function); });
    ScheduleJob(plan.start + plan.duration,
                [self, plan, function] { self->EndAtFunction(plan, function); });
}

void
FaultInjector::BeginAtFunction(const FaultPlan& plan, const Ptr<NetworkFunction>& function)
{
    m_began(plan.text);
    if (plan.action == FaultPlan::Action::RESTART || plan.action == FaultPlan::Action::FORGET)
    {
        Restart(plan, function);
        return;
    }
    SetFaultAttribute(function, plan, true);
}

void
FaultInjector::Restart(const FaultPlan& plan, const Ptr<NetworkFunction>& function)
{
    const auto memory = plan.action == FaultPlan::Action::FORGET ? NetworkFunction::Memory::LOST
                                                                 : NetworkFunction::Memory::KEPT;
    if (plan.target == "ue" && !m_clients.empty())
    {
        // The UE's other half, before it: it has no chance to say goodbye.
        m_clients.at(*plan.number)->Restart(memory, plan.duration);
    }
    function->Restart(memory, plan.duration);
}

void
FaultInjector::EndAtFunction(const FaultPlan& plan, const Ptr<NetworkFunction>& function)
{
    if (plan.action == FaultPlan::Action::DELAY || plan.action == FaultPlan::Action::REJECT)
    {
        SetFaultAttribute(function, plan, false);
    }
    m_ended(plan.text);
}

void
FaultInjector::BeginAtLinks(const FaultPlan& plan, const std::vector<Ptr<LinkFault>>& links)
{
    m_began(plan.text);
    for (const Ptr<LinkFault>& fault : links)
    {
        switch (plan.action)
        {
        case FaultPlan::Action::DROP:
            fault->DropNext(plan.count);
            fault->SetDropRate(plan.rate);
            break;
        case FaultPlan::Action::DUPLICATE:
            fault->DuplicateNext(plan.count);
            fault->SetDuplicateRate(plan.rate);
            break;
        default:
            fault->SetDown(true);
            break;
        }
    }
}

void
FaultInjector::EndAtLinks(const FaultPlan& plan, const std::vector<Ptr<LinkFault>>& links)
{
    for (const Ptr<LinkFault>& fault : links)
    {
        switch (plan.action)
        {
        case FaultPlan::Action::DROP:
            fault->SetDropRate(0);
            break;
        case FaultPlan::Action::DUPLICATE:
            fault->SetDuplicateRate(0);
            break;
        default:
            fault->SetDown(false);
            break;
        }
    }
    m_ended(plan.text);
}

int64_t
FaultInjector::AssignStreams(int64_t stream)
{
    int64_t taken = 0;
    for (const auto& [device, fault] : m_linkFaults)
    {
        taken += fault->AssignStreams(stream + taken);
    }
    return taken;
}

} // namespace ns3::mbs
