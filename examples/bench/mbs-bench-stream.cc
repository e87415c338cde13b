// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-bench-stream.h"

#include "mbs-bench-figures.h"

#include "ns3/mbs-helper.h"
#include "ns3/mbs-program-options.h"
#include "ns3/mbs-results-helper.h"

#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** When the first UE asks to join. */
constexpr int64_t JOIN_START_MS = 500;

/**
 * From the end of the time in which UEs ask to join until the stream begins: their answers have
 * come, and timers that were stopped have left ns-3's queue of events.
 */
constexpr int64_t QUIET_S = 20;

/** Workers that gNB and AMF get for each SMF. */
constexpr uint32_t WORKERS = 4;

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

/** Defaults of attributes, as long as a stream is measured. */
class Defaults
{
  public:
    Defaults() = default;
    Defaults(const Defaults&) = delete;
    Defaults& operator=(const Defaults&) = delete;

    ~Defaults()
    {
        for (const auto& [name, value] : m_before)
        {
            Config::SetDefault(name, *value);
        }
    }

    /** @param type a class @param attribute of it @param text the new default */
    void Set(const std::string& type, const std::string& attribute, const std::string& text)
    {
        TypeId::AttributeInformation known;
        TypeId::LookupByName(type).LookupAttributeByName(attribute, &known);
        const std::string name = type + "::" + attribute;
        m_before.emplace_back(name, known.initialValue);
        Config::SetDefault(name, StringValue(text));
    }

  private:
    std::vector<std::pair<std::string, Ptr<const AttributeValue>>> m_before; //!< by name
};

/** @param plan of a stream @return over how long its UEs ask to join */
Time
JoinWindow(const StreamPlan& plan)
{
    // Not more than the core can bear without a queue that is longer than the timers.
    return MicroSeconds(std::max<uint32_t>(plan.ues, 10000) * int64_t{100});
}

/** @param plan of a stream @return when its first packet is sent */
Time
StreamStart(const StreamPlan& plan)
{
    return MilliSeconds(JOIN_START_MS) + JoinWindow(plan) + Seconds(QUIET_S);
}

/** @param plan what is sent to whom: as defaults of attributes @param defaults take them */
void
SetDefaults(const StreamPlan& plan, Defaults& defaults)
{
    defaults.Set("ns3::mbs::Mbsf", "MskInterval", "0s");
    defaults.Set("ns3::mbs::Mbstf", "MtkInterval", "0s");
    defaults.Set("ns3::mbs::Mbstf", "SrtpProfile", plan.crypto);
    defaults.Set("ns3::mbs::Ue", "SrtpProfile", plan.crypto);
    defaults.Set("ns3::mbs::Ue", "SharedUnprotect", plan.shared ? "true" : "false");
    // How they join is not what is measured. The one gNB and AMF bear as much as all SMFs.
    defaults.Set("ns3::mbs::CoreTopology", "Transport", "ideal");
    const std::string workers = std::to_string(WORKERS * plan.smfs);
    defaults.Set("ns3::mbs::Gnb", "Workers", workers);
    defaults.Set("ns3::mbs::Amf", "Workers", workers);
    defaults.Set("ns3::mbs::Af",
                 "TrafficStart",
                 std::to_string(StreamStart(plan).GetMicroSeconds()) + "us");
    if (!plan.scheduler.empty())
    {
        GlobalValue::Bind("SchedulerType", StringValue(plan.scheduler));
    }
}

/**
 * @brief Runs the simulation until the stream is about to begin.
 * @param network the network
 * @param start when that is
 * @throws UserError if not all UEs have joined then
 */
void
AwaitJoins(const MbsHelper& network, Time start)
{
    Simulator::Stop(start - MicroSeconds(1) - Simulator::Now());
    Simulator::Run();
    const auto& ues = network.GetUes();
    const auto joined = std::count_if(ues.begin(), ues.end(), [&network](const Ptr<Ue>& ue) {
        return ue->IsMember(network.GetTmgi());
    });
    if (static_cast<std::size_t>(joined) != ues.size())
    {
        throw UserError("--ues=" + std::to_string(ues.size()) + ": only " + std::to_string(joined) +
                        " have joined " + std::to_string(QUIET_S) +
                        " s after the last one asked; give fewer UEs");
    }
}

} // namespace

StreamRun
RunStream(const StreamPlan& plan)
{
    Defaults defaults;
    SetDefaults(plan, defaults);
    StreamRun run;
    const auto before = LiveHeap();
    const BenchClocks joining;
    MbsHelper network;
    network.SetCounts(plan.ues, 1, plan.smfs);
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
    network.JoinAll(MilliSeconds(JOIN_START_MS), JoinWindow(plan));
    MbsResultsHelper measurement(network);
    measurement.Connect();
    Count count;
    network.GetRadioChannel()->TraceConnectWithoutContext(
        "GroupReceived",
        MakeBoundCallback(&CountVerdicts, &count));
    AwaitJoins(network, StreamStart(plan));
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
