// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"

#include "ns3/mbs-result-writer.h"
#include "ns3/mbs-run-meter.h"
#include "ns3/mbs-traffic-plan.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/pointer.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <sstream>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(ScriptedRadioLink);

TypeId
ScriptedRadioLink::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::ScriptedRadioLink")
                            .SetParent<RadioLink>()
                            .SetGroupName("Mbs")
                            .AddConstructor<ScriptedRadioLink>();
    return tid;
}

void
ScriptedRadioLink::SetScript(Script script)
{
    m_script = std::move(script);
}

bool
ScriptedRadioLink::IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet)
{
    return m_script && m_script(ue.GetUe(), packet->GetSize());
}

int64_t
ScriptedRadioLink::AssignStreams(int64_t /* stream */)
{
    return 0;
}

void
SystemRun::SetAttributes(const SystemSettings& settings)
{
    Config::SetDefault("ns3::mbs::Mbsf::MskInterval", TimeValue(settings.mskInterval));
    Config::SetDefault("ns3::mbs::Mbstf::MtkInterval", TimeValue(settings.mtkInterval));
    Config::SetDefault("ns3::mbs::Mbstf::MtkRetransmissionInterval", TimeValue(Seconds(0)));
    Config::SetDefault("ns3::mbs::Mbstf::SrtpProfile", StringValue(settings.crypto));
    Config::SetDefault("ns3::mbs::Ue::SrtpProfile", StringValue(settings.crypto));
    if (!settings.serviceTime.empty())
    {
        NetworkFunction::SetDefaultOfAll(
            "ServiceTime",
            StringValue("ns3::ConstantRandomVariable[Constant=" + settings.serviceTime + "]"));
    }
    for (const auto& [name, value] : settings.attributes)
    {
        Config::SetDefault(name, StringValue(value));
    }
}

SystemRun::SystemRun(Check& check, const SystemSettings& settings)
    : m_check(check),
      m_duration(settings.duration)
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(settings.rngRun);
    // Before the network, since a helper may make objects with the defaults of the moment.
    SetAttributes(settings);
    m_network = std::make_unique<MbsHelper>();

    ObjectFactory radio;
    if (!settings.errorModel.empty())
    {
        radio.SetTypeId("ns3::mbs::ErrorModelRadioLink");
        radio.Set("Model", StringValue(settings.errorModel));
    }
    else if (settings.scripted)
    {
        radio.SetTypeId(ScriptedRadioLink::GetTypeId());
    }
    else if (settings.scenario)
    {
        radio.SetTypeId("ns3::mbs::SinrRadioLink");
        m_network->SetRadioScenario(settings.scenario);
    }
    else
    {
        radio.SetTypeId("ns3::mbs::FixedLossRadioLink");
        radio.Set("LossRate", DoubleValue(settings.loss));
    }
    if (!settings.traffic.empty())
    {
        const TrafficPlanResult plan = TrafficPlan::FromText(
            settings.traffic == "bundled" ? GetBundledTraffic() : settings.traffic);
        check.Expect(plan.plan.has_value(), settings.traffic + " " + plan.error);
        m_network->SetTraffic(plan.plan ? std::make_shared<TrafficPlan>(*plan.plan) : nullptr);
    }
    m_network->SetCounts(settings.ues, settings.gnbs, settings.smfs, settings.amfs);
    m_network->SetUnauthorized(settings.unauthorized);
    if (settings.joinTogether)
    {
        m_network->JoinTogether();
    }
    m_network->SetSessions(settings.sessions, settings.sessionsPerUe, settings.sessionStagger);
    if (settings.broadcast)
    {
        m_network->SetBroadcast(*settings.broadcast);
    }
    m_network->SetRadioLink(radio);
    if (settings.handovers)
    {
        m_network->EnableHandovers();
    }
    if (settings.outages)
    {
        m_network->EnableOutages();
    }
    m_network->SetMobility(settings.mobility);
    m_network->CheckAttributes();
    m_network->Build();
    const int64_t streams = m_network->AssignStreams(1);
    m_faults = CreateObject<FaultInjector>();
    m_faults->Install(*m_network);
    for (const std::string& fault : settings.faults)
    {
        const FaultPlan::Result plan = FaultPlan::FromText(fault);
        check.Expect(plan.plan.has_value(), fault + " " + plan.error);
        m_faults->Schedule(plan.plan.value_or(FaultPlan()));
    }
    m_faults->AssignStreams(1 + streams);
    m_network->JoinAll(settings.joinStart, settings.joinWindow);

    m_results = std::make_unique<MbsResultsHelper>(*m_network);
    m_results->Connect();
    m_results->EnableKeyLog();
    On<const Tmgi&, const Mki&>(m_network->GetMbstf(),
                                "KeyActivated",
                                [this](const Tmgi& tmgi, const Mki& mki) {
                                    if (tmgi == m_network->GetTmgi())
                                    {
                                        m_activations.emplace_back(mki, Simulator::Now());
                                    }
                                });
    On<const Tmgi&, Ptr<const Packet>, uint64_t>(
        m_network->GetMbstf(),
        "TrafficSent",
        [this](const Tmgi& tmgi, Ptr<const Packet> packet, uint64_t index) {
            if (tmgi != m_network->GetTmgi())
            {
                return;
            }
            m_check.Equal(index, m_sent.size(), "indices count up");
            m_sent.push_back({Simulator::Now(),
                              packet->GetUid(),
                              packet->GetSize(),
                              m_activations.back().first});
        });
}

SystemRun::~SystemRun()
{
    m_faults->Dispose();
    Simulator::Destroy();
    m_network->Clear();
    Config::Reset();
}

void
SystemRun::SetRadioScript(ScriptedRadioLink::Script script)
{
    PointerValue link;
    m_network->GetRadioChannel()->GetAttribute("Link", link);
    link.Get<ScriptedRadioLink>()->SetScript(std::move(script));
}

void
SystemRun::Run()
{
    Simulator::Stop(m_duration);
    Simulator::Run();
    m_results->Finish();
    const TrafficLedgers& traffic = m_results->GetAllTraffic();
    m_check.Expect(traffic.Conserved(), "packets are conserved: " + traffic.FirstViolation());
    for (uint32_t session = 0; session < traffic.GetCount(); ++session)
    {
        for (const TrafficLedger::Row& row : traffic.Get(session).Rows())
        {
            m_check.Expect(row.counts.Balanced(),
                           "the row of UE " + std::to_string(row.ue) + " balances");
        }
    }
}

const MbsHelper&
SystemRun::Network() const
{
    return *m_network;
}

const MbsResultsHelper&
SystemRun::Results() const
{
    return *m_results;
}

const std::vector<SentPacket>&
SystemRun::Sent() const
{
    return m_sent;
}

const std::vector<std::pair<Mki, Time>>&
SystemRun::Activations() const
{
    return m_activations;
}

std::vector<KeyUpdateLedger::Row>
SystemRun::Rows(KeyKind kind) const
{
    std::vector<KeyUpdateLedger::Row> rows;
    m_results->GetKeyUpdates().ForEachRow([&](const KeyUpdateLedger::Row& row) {
        if (row.kind == kind)
        {
            rows.push_back(row);
        }
    });
    return rows;
}

uint64_t
SystemRun::Messages(const std::string& interface, const std::string& message) const
{
    uint64_t count = 0;
    for (const SignallingCounter::Row& row : m_results->GetSignalling().Rows())
    {
        if (row.interface == interface && row.message == message)
        {
            count += row.count;
        }
    }
    return count;
}

uint64_t
SystemRun::Lost(LossCause cause) const
{
    return Total().Lost(cause);
}

TrafficCounts
SystemRun::Total() const
{
    return m_results->GetAllTraffic().Total();
}

std::string
SystemRun::Csv() const
{
    std::ostringstream text;
    const TrafficLedgers& traffic = m_results->GetAllTraffic();
    WriteKeyUpdates(text, m_results->GetKeyUpdates(), traffic.GetCount() > 1);
    WriteTraffic(text, traffic);
    WriteTrafficOverTime(text, traffic.Bins());
    WriteSignalling(text, m_results->GetSignalling());
    WriteJoins(text, m_results->GetJoins());
    WriteMemberships(text, m_results->MakeResults().memberships);
    return text.str();
}

} // namespace ns3::mbs
