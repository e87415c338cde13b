// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-bench-storm.h"

#include "mbs-bench-figures.h"

#include "ns3/mbs-helper.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** When the first UE asks to join. */
constexpr int64_t JOIN_START_MS = 500;

/** How long all may take to join or to get a key, simulated seconds. */
constexpr int64_t PATIENCE_S = 300;

/** How long it takes until all is quiet when all have joined. */
const Time QUIET = Seconds(20);

/** How often it is looked whether all are there. */
const Time GLANCE = MilliSeconds(50);

/**
 * @brief Runs the simulation until something is so, or patience ends.
 * @param isSo asked from time to time
 * @return true if it is so
 */
bool
RunUntil(const std::function<bool()>& isSo)
{
    for (Time waited; waited < Seconds(PATIENCE_S); waited += GLANCE)
    {
        if (isSo())
        {
            return true;
        }
        Simulator::Stop(GLANCE);
        Simulator::Run();
    }
    return false;
}

/** Counts who has joined what; who has is not asked again, so that many glances cost little. */
class MemberCount
{
  public:
    /** @param network the network */
    explicit MemberCount(const MbsHelper& network)
        : m_ues(network.GetUes()),
          m_sessions(network.GetTmgis())
    {
    }

    /** @return true if all UEs are in all sessions */
    bool All()
    {
        while (m_first < m_ues.size() && SessionsOf(m_first) == m_sessions.size())
        {
            ++m_first;
        }
        return m_first == m_ues.size();
    }

    /** @return pairs of a UE and a session that it is in */
    uint64_t Count() const
    {
        uint64_t count = m_first * m_sessions.size();
        for (std::size_t ue = m_first; ue < m_ues.size(); ++ue)
        {
            count += SessionsOf(ue);
        }
        return count;
    }

  private:
    /** @param ue number of a UE @return how many of the sessions it is in */
    std::size_t SessionsOf(std::size_t ue) const
    {
        return static_cast<std::size_t>(
            std::count_if(m_sessions.begin(), m_sessions.end(), [&](const Tmgi& tmgi) {
                return m_ues[ue]->IsMember(tmgi);
            }));
    }

    const std::vector<Ptr<Ue>>& m_ues; //!< all UEs
    std::vector<Tmgi> m_sessions;      //!< all sessions
    std::size_t m_first{0};            //!< the UEs before it are in all sessions
};

/** @brief An event that does nothing but come again. @param left how often */
void
Tick(uint32_t left)
{
    if (left > 0)
    {
        Simulator::Schedule(MicroSeconds(1), &Tick, left - 1);
    }
}

} // namespace

StormRun
RunStorm(const NetworkOptions& options)
{
    StormRun run;
    run.atFirst = LiveHeap();
    const BenchClocks building;
    MbsHelper network;
    options.Apply(network);
    network.CheckAttributes();
    network.Build();
    network.AssignStreams(1);
    run.buildCpu = building.Cpu();
    run.built = LiveHeap();

    const uint64_t wanted = uint64_t{options.ues} * options.sessions;
    network.JoinAll(MilliSeconds(JOIN_START_MS), options.joinWindow);
    MemberCount members(network);
    const BenchClocks joining;
    if (!RunUntil([&] { return members.All(); }))
    {
        throw UserError("after " + std::to_string(PATIENCE_S) + " s simulated only " +
                        std::to_string(members.Count()) + " of " + std::to_string(wanted) +
                        " joins are done; give fewer --ues or a longer --joinWindow");
    }
    run.joinSimulated = Simulator::Now().GetSeconds() - JOIN_START_MS / 1e3;
    // The last UEs' answers are still on their way, and timers that were stopped stay in ns-3's
    // queue until they would have run out.
    Simulator::Stop(QUIET);
    Simulator::Run();
    run.joinWall = joining.Wall();
    run.joinCpu = joining.Cpu();
    run.joinEvents = joining.Events();
    run.memberships = wanted;
    run.joined = LiveHeap();

    uint64_t installed = 0;
    const auto count = [](uint64_t* counter, uint32_t, const Tmgi&, const Mki&) { ++*counter; };
    // One for all: a callback of its own for each UE would be memory of this program's.
    const CallbackBase counting = MakeBoundCallback(
        static_cast<void (*)(uint64_t*, uint32_t, const Tmgi&, const Mki&)>(count),
        &installed);
    for (const Ptr<Ue>& ue : network.GetUes())
    {
        ue->TraceConnectWithoutContext("MskInstalled", counting);
    }
    for (const Tmgi& tmgi : network.GetTmgis())
    {
        network.GetMbsf()->Renew(tmgi);
    }
    const BenchClocks renewing;
    if (!RunUntil([&] { return installed >= wanted; }))
    {
        throw UserError("after " + std::to_string(PATIENCE_S) + " s simulated only " +
                        std::to_string(installed) + " of " + std::to_string(wanted) +
                        " UEs have the new MSK; give fewer --ues");
    }
    Simulator::Stop(MilliSeconds(500));
    Simulator::Run();
    run.rekeyWall = renewing.Wall();
    run.rekeyCpu = renewing.Cpu();
    run.rekeyEvents = renewing.Events();
    run.installed = installed;
    Simulator::Destroy();
    network.Clear();
    return run;
}

double
EventBaseline()
{
    constexpr uint32_t EVENTS = 1000000;
    Tick(EVENTS);
    const BenchClocks clocks;
    Simulator::Run();
    const double took = clocks.Cpu();
    Simulator::Destroy();
    return took * 1e9 / EVENTS;
}

std::optional<double>
NodeBaseline()
{
    constexpr uint32_t NODES = 200;
    const auto before = LiveHeap();
    NodeContainer nodes;
    nodes.Create(NODES);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    const auto after = LiveHeap();
    Simulator::Destroy();
    return before && after ? std::optional<double>(static_cast<double>(*after - *before) / NODES)
                           : std::nullopt;
}

} // namespace ns3::mbs
