// SPDX-License-Identifier: GPL-2.0-only

// What does the control plane cost on this machine, in time and in memory?
//
//     build ---> 10,000 UEs join within 1 s ---> one new MSK reaches them
//       |             |            |                   |
//     memory      join-storm     memory              rekey
//
// All messages of the standard cross TCP over ns-3's links, or with --transport=ideal the links'
// delays and rates alone. Each case prints its figure and its
// ratio to a baseline that is measured in the same process, so that figures of two machines can be
// compared. A further case is a function and a line in the table CASES.

#include "ns3/mbs-decimal.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-network-options.h"
#include "ns3/mbs-output-folder.h"
#include "ns3/mbs-program-main.h"
#include "ns3/mbs-program-options.h"

#include "ns3/config.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"

#include <chrono>
#include <ctime>
#include <functional>
#include <iomanip>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

using namespace ns3;
using namespace ns3::mbs;

namespace
{

/** What the command line sets. */
struct Settings
{
    std::string benchCase{"all"};         //!< which case
    NetworkOptions network;               //!< how large, when UEs join
    std::string out{"results/mbs-bench"}; //!< where results go
};

/** A line of the result. */
struct Figure
{
    std::string benchCase; //!< which case
    std::string name;      //!< what was measured
    double value{0};       //!< how much
    std::string unit;      //!< of what
};

/** When the clocks were read. */
struct Clocks
{
    std::chrono::steady_clock::time_point wall{std::chrono::steady_clock::now()}; //!< time of day
    std::clock_t cpu{std::clock()};              //!< of the process
    uint64_t events{Simulator::GetEventCount()}; //!< that the simulator has executed

    /** @return seconds of wall-clock time since */
    double Wall() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
    }

    /** @return seconds of this process's time since */
    double Cpu() const
    {
        return static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    }

    /** @return events since */
    uint64_t Events() const
    {
        return Simulator::GetEventCount() - events;
    }
};

/** @return octets of the heap that are in use, if the C library can tell */
std::optional<uint64_t>
LiveHeap()
{
#if defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 33))
    const struct mallinfo2 heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
#else
    return std::nullopt;
#endif
}

/** What a run of the scenario gave. */
struct StormRun
{
    double buildCpu{0};              //!< seconds of the process to build the network
    double joinWall{0};              //!< seconds until all had joined
    double joinCpu{0};               //!< the same, of the process
    uint64_t joinEvents{0};          //!< of the simulator
    double joinSimulated{0};         //!< simulated seconds from the first request to the last join
    uint64_t memberships{0};         //!< UEs that joined, times sessions
    double rekeyWall{0};             //!< seconds until all had the new MSKs
    double rekeyCpu{0};              //!< the same, of the process
    uint64_t rekeyEvents{0};         //!< of the simulator
    uint64_t installed{0};           //!< new MSKs at UEs
    std::optional<uint64_t> atFirst; //!< live heap before there was a network
    std::optional<uint64_t> built;   //!< with all nodes, functions, UEs and their PDU sessions
    std::optional<uint64_t> joined;  //!< when all had joined and were quiet
};

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

/** @param network the network @return pairs of a UE and a session that it is in */
uint64_t
CountMembers(const MbsHelper& network)
{
    const std::vector<Tmgi> sessions = network.GetTmgis();
    uint64_t count = 0;
    for (const Ptr<Ue>& ue : network.GetUes())
    {
        for (const Tmgi& tmgi : sessions)
        {
            count += ue->IsMember(tmgi) ? 1 : 0;
        }
    }
    return count;
}

/**
 * @brief Has all UEs join within the window, then one new MSK of each session reach them.
 * @param settings what the command line set
 * @return what it took
 */
StormRun
Storm(const Settings& settings)
{
    StormRun run;
    run.atFirst = LiveHeap();
    const Clocks building;
    MbsHelper network;
    settings.network.Apply(network);
    network.CheckAttributes();
    network.Build();
    network.AssignStreams(1);
    run.buildCpu = building.Cpu();
    run.built = LiveHeap();

    const uint64_t wanted = uint64_t{settings.network.ues} * settings.network.sessions;
    network.JoinAll(MilliSeconds(JOIN_START_MS), settings.network.joinWindow);
    const Clocks joining;
    if (!RunUntil([&] { return CountMembers(network) == wanted; }))
    {
        throw UserError("after " + std::to_string(PATIENCE_S) + " s simulated only " +
                        std::to_string(CountMembers(network)) + " of " + std::to_string(wanted) +
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
    for (const Ptr<Ue>& ue : network.GetUes())
    {
        ue->TraceConnectWithoutContext(
            "MskInstalled",
            MakeBoundCallback(
                static_cast<void (*)(uint64_t*, uint32_t, const Tmgi&, const Mki&)>(count),
                &installed));
    }
    for (const Tmgi& tmgi : network.GetTmgis())
    {
        network.GetMbsf()->Renew(tmgi);
    }
    const Clocks renewing;
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

/** @brief An event that does nothing but come again. @param left how often */
void
Tick(uint32_t left)
{
    if (left > 0)
    {
        Simulator::Schedule(MicroSeconds(1), &Tick, left - 1);
    }
}

/** @return nanoseconds of the process for an event of ns-3 that does nothing */
double
EventBaseline()
{
    constexpr uint32_t EVENTS = 1000000;
    Tick(EVENTS);
    const Clocks clocks;
    Simulator::Run();
    const double took = clocks.Cpu();
    Simulator::Destroy();
    return took * 1e9 / EVENTS;
}

/** @return octets of a node with ns-3's Internet stack and nothing else, if they can be told */
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

/** Collects lines under the name of a case. */
class Figures
{
  public:
    /** @param all gets them @param benchCase name of the case */
    Figures(std::vector<Figure>& all, const std::string& benchCase)
        : m_all(all),
          m_case(benchCase)
    {
    }

    /** @param name what was measured @param value how much @param unit of what */
    void Add(const std::string& name, double value, const std::string& unit)
    {
        m_all.push_back({m_case, name, value, unit});
    }

  private:
    std::vector<Figure>& m_all; //!< gets them
    std::string m_case;         //!< name of the case
};

/** What a case may use: each is measured once, whatever number of cases wants it. */
struct Measured
{
    StormRun storm;                   //!< the scenario
    double eventNs{0};                //!< an event that does nothing
    std::optional<double> nodeOctets; //!< a node with an Internet stack
};

/** @param measured what there is @param figures gets the case's */
void
JoinStorm(const Measured& measured, Figures& figures)
{
    const StormRun& run = measured.storm;
    const auto joins = static_cast<double>(run.memberships);
    figures.Add("joins", joins, "");
    figures.Add("simulated time until all had joined", run.joinSimulated, "s");
    figures.Add("wall time", run.joinWall, "s");
    figures.Add("CPU time", run.joinCpu, "s");
    figures.Add("CPU time of a join", run.joinCpu * 1e6 / joins, "us");
    figures.Add("the same in events that do nothing",
                run.joinCpu * 1e9 / joins / measured.eventNs,
                "x");
    figures.Add("events of a join", static_cast<double>(run.joinEvents) / joins, "");
}

/** @param measured what there is @param figures gets the case's */
void
Rekey(const Measured& measured, Figures& figures)
{
    const StormRun& run = measured.storm;
    const auto updates = static_cast<double>(run.installed);
    figures.Add("MSK updates", updates, "");
    figures.Add("wall time", run.rekeyWall, "s");
    figures.Add("CPU time", run.rekeyCpu, "s");
    figures.Add("CPU time of an update", run.rekeyCpu * 1e6 / updates, "us");
    figures.Add("the same in events that do nothing",
                run.rekeyCpu * 1e9 / updates / measured.eventNs,
                "x");
    figures.Add("events of an update", static_cast<double>(run.rekeyEvents) / updates, "");
    figures.Add("joins and update together, wall time", run.joinWall + run.rekeyWall, "s");
}

/** @param measured what there is @param figures gets the case's */
void
Memory(const Measured& measured, Figures& figures)
{
    const StormRun& run = measured.storm;
    if (!run.atFirst || !run.built || !run.joined || !measured.nodeOctets)
    {
        std::cerr << "mbs-bench: the case memory needs the C library's mallinfo2; it is left out\n";
        return;
    }
    const auto memberships = static_cast<double>(run.memberships);
    const auto grown = [](uint64_t from, uint64_t to) {
        return static_cast<double>(to) - static_cast<double>(from);
    };
    const double all = grown(*run.atFirst, *run.joined) / memberships;
    figures.Add("of a UE and session, all functions and nodes counted", all, "octets");
    figures.Add("of that, before it joined",
                grown(*run.atFirst, *run.built) / memberships,
                "octets");
    figures.Add("of that, since it joined", grown(*run.built, *run.joined) / memberships, "octets");
    figures.Add("the same in nodes with an Internet stack", all / *measured.nodeOctets, "x");
}

/** A case by its name. */
struct Case
{
    const char* name;                          //!< as --case takes it
    const char* help;                          //!< what it measures
    void (*report)(const Measured&, Figures&); //!< adds its figures
};

/** All cases. */
constexpr Case CASES[] = {
    {"join-storm", "what it takes that all UEs join within --joinWindow", &JoinStorm},
    {"rekey", "what it takes that one new MSK reaches all UEs through the core", &Rekey},
    {"memory", "live octets of the heap for a UE and session when all have joined", &Memory},
};

/**
 * @brief Reads the command line.
 * @param argc as main() has it
 * @param argv as main() has it
 * @param settings what it sets
 * @return false if the program has done what was asked for, such as printing help
 * @throws UserError if something is wrong in it
 */
bool
ReadCommandLine(int argc, char* argv[], Settings& settings)
{
    std::vector<std::string> names{"all"};
    std::string help = "which case; all, or";
    for (const Case& one : CASES)
    {
        names.emplace_back(one.name);
        help += std::string(names.size() > 2 ? "; " : " ") + one.name + ": " + one.help;
    }
    ProgramOptions options("mbs-bench",
                           "What the control plane costs on this machine: joins, MSK updates and "
                           "memory.");
    options.AddChoice("case", settings.benchCase, names, help);
    settings.network.ues = 10000;
    settings.network.gnbs = 10;
    settings.network.sessionStagger = Seconds(0);
    settings.network.joinWindow = Seconds(1);
    settings.network.RegisterCounts(options);
    settings.network.RegisterTransport(options);
    options.AddCount("sessions",
                     settings.network.sessions,
                     1,
                     NetworkOptions::MAX_SESSIONS,
                     "MBS sessions that each UE joins");
    options.AddTime("joinWindow",
                    settings.network.joinWindow,
                    Seconds(0),
                    Hours(1),
                    "simulated time over which the UEs ask to join, each at a random instant");
    options.AddText(
        "out",
        settings.out,
        "DIR",
        [](const std::string& text) {
            return text.empty() ? "must be a folder; for example --out=results/mine" : "";
        },
        "folder for the result file, bench.csv");
    if (!options.Parse(argc, argv, std::cout))
    {
        return false;
    }
    settings.network.CheckCounts();
    // Keys are renewed when the benchmark says so, and not in between.
    Config::SetDefault("ns3::mbs::Mbsf::MskInterval", TimeValue(Seconds(0)));
    Config::SetDefault("ns3::mbs::Mbstf::MtkInterval", TimeValue(Seconds(0)));
    return true;
}

/**
 * @brief Measures, prints and writes.
 * @param settings what the command line set
 */
void
Run(const Settings& settings)
{
    OutputFolder folder(settings.out);
    Measured measured;
    measured.nodeOctets = NodeBaseline();
    measured.eventNs = EventBaseline();
    measured.storm = Storm(settings);
    std::vector<Figure> all;
    for (const Case& one : CASES)
    {
        if (settings.benchCase == "all" || settings.benchCase == one.name)
        {
            Figures figures(all, one.name);
            one.report(measured, figures);
        }
    }
    std::ostream& file = folder.Open("bench.csv");
    file << "case,figure,value,unit\n";
    for (const Figure& figure : all)
    {
        const std::string value = RoundedText(figure.value, 3);
        file << figure.benchCase << ",\"" << figure.name << "\"," << value << "," << figure.unit
             << "\n";
        std::cout << std::left << std::setw(12) << figure.benchCase << std::setw(54) << figure.name
                  << std::right << std::setw(12) << value << " " << figure.unit << "\n";
    }
    folder.Commit();
    std::cout << "Results are in " << folder.Path() << "\n";
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("mbs-bench", [argc, argv] {
        Settings settings;
        if (ReadCommandLine(argc, argv, settings))
        {
            Run(settings);
        }
        return 0;
    });
}
