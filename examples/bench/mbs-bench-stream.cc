// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-bench-stream.h"

#include "mbs-bench-figures.h"

#include "ns3/mbs-helper.h"
#include "ns3/mbs-program-options.h"
#include "ns3/mbs-results-helper.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <memory>

namespace ns3::mbs
{

namespace
{

/** How long all may take to join, simulated seconds. */
constexpr int64_t PATIENCE_S = 600;

/** Packets in a second of the stream: at 1,000 octets 2 Mbit/s. */
constexpr uint64_t PACKETS_PER_SECOND = 250;

/** Fewer packets than these would measure how a stream begins. */
constexpr uint64_t FEWEST_PACKETS = 10;

/** What leaves the channel. */
struct Count
{
    uint64_t packets{0};    //!< multicast transmissions
    uint64_t deliveries{0}; //!< verified by a UE
};

/** @param count counter @param gnb ignored @param packet ignored @param verdicts of all UEs */
void
CountVerdicts(Count* count,
              uint32_t /* gnb */,
              Ptr<const Packet> /* packet */,
              const std::vector<GroupVerdict>& verdicts)
{
    ++count->packets;
    count->deliveries += static_cast<uint64_t>(
        std::count_if(verdicts.begin(), verdicts.end(), [](const GroupVerdict& verdict) {
            return verdict.reception.outcome == GroupOutcome::DELIVERED;
        }));
}

/** @param plan what is sent to whom: as defaults of attributes */
void
SetDefaults(const StreamPlan& plan)
{
    Config::SetDefault("ns3::mbs::Mbsf::MskInterval", StringValue("0s"));
    Config::SetDefault("ns3::mbs::Mbstf::MtkInterval", StringValue("0s"));
    Config::SetDefault("ns3::mbs::Mbstf::SrtpProfile", StringValue(plan.crypto));
    Config::SetDefault("ns3::mbs::Ue::SrtpProfile", StringValue(plan.crypto));
    Config::SetDefault("ns3::mbs::Ue::SharedUnprotect", BooleanValue(plan.shared));
    if (!plan.scheduler.empty())
    {
        GlobalValue::Bind("SchedulerType", StringValue(plan.scheduler));
    }
}

/**
 * @brief Runs the simulation until all UEs have joined and are quiet.
 * @param network the network
 */
void
AwaitJoins(const MbsHelper& network)
{
    const auto& ues = network.GetUes();
    std::size_t first = 0;
    while (true)
    {
        while (first < ues.size() && ues[first]->IsMember(network.GetTmgi()))
        {
            ++first;
        }
        if (first == ues.size())
        {
            break;
        }
        if (Simulator::Now() > Seconds(PATIENCE_S))
        {
            throw UserError("--ues=" + std::to_string(ues.size()) + ": after " +
                            std::to_string(PATIENCE_S) +
                            " s simulated not all have joined; give fewer UEs");
        }
        Simulator::Stop(MilliSeconds(100));
        Simulator::Run();
    }
    // The last UEs' answers are still on their way.
    Simulator::Stop(MilliSeconds(500));
    Simulator::Run();
}

} // namespace

StreamRun
RunStream(const StreamPlan& plan)
{
    SetDefaults(plan);
    StreamRun run;
    const auto before = LiveHeap();
    const BenchClocks joining;
    MbsHelper network;
    network.SetCounts(plan.ues, 1, 1);
    const uint64_t rate = PACKETS_PER_SECOND * StreamPlan::SIZE * 8;
    const auto traffic = TrafficPlan::FromText("cbr:" + std::to_string(rate) +
                                               "bps:" + std::to_string(StreamPlan::SIZE));
    network.SetTraffic(std::make_shared<TrafficPlan>(*traffic.plan));
    ObjectFactory ideal;
    ideal.SetTypeId("ns3::mbs::IdealRadioLink");
    network.SetRadioLink(ideal);
    network.CheckAttributes();
    network.Build();
    network.AssignStreams(1);
    // Not more than the core can bear without a queue that is longer than the timers.
    network.JoinAll(MilliSeconds(500), MicroSeconds(std::max<uint32_t>(plan.ues, 10000) * 100));
    MbsResultsHelper measurement(network);
    measurement.Connect();
    Count count;
    network.GetRadioChannel()->TraceConnectWithoutContext(
        "GroupReceived",
        MakeBoundCallback(&CountVerdicts, &count));
    AwaitJoins(network);
    run.joinCpu = joining.Cpu();
    const auto joined = LiveHeap();
    if (before && joined)
    {
        run.octetsPerUe = static_cast<double>(*joined - *before) / plan.ues;
    }

    const Count begin = count;
    const BenchClocks streaming;
    const uint64_t packets = std::max(FEWEST_PACKETS, plan.deliveries / plan.ues);
    Simulator::Stop(MilliSeconds(static_cast<int64_t>(packets * 1000 / PACKETS_PER_SECOND)));
    Simulator::Run();
    run.cpu = streaming.Cpu();
    run.events = streaming.Events();
    run.packets = count.packets - begin.packets;
    run.deliveries = count.deliveries - begin.deliveries;

    measurement.Finish();
    const RunResults results = measurement.MakeResults();
    Simulator::Destroy();
    network.Clear();
    if (!results.conserved)
    {
        throw UserError("packets are not conserved, the figures are void: " + results.violation);
    }
    return run;
}

} // namespace ns3::mbs
