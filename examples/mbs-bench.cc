// SPDX-License-Identifier: GPL-2.0-only

// What does the module cost on this machine, in time and in memory?
//
//     build ---> 10,000 UEs join within 1 s ---> one new MSK reaches them
//       |             |            |                   |
//     memory      join-storm     memory              rekey
//
//     AF --> MBSTF --> MB-UPF --> gNB ))) UEs that verify and decrypt: fan-out, flatness, ...
//
// All messages of the standard cross TCP over ns-3's links, or with --transport=ideal the links'
// delays and rates alone, as they always do in the cases of a stream, which begins when all have
// joined. Each case prints its figure and its ratio to a baseline that is measured in the same
// process, so that figures of two machines can be compared. A further case is a function and a line
// in the table CASES.

#include "bench/mbs-bench-figures.h"
#include "bench/mbs-bench-storm.h"
#include "bench/mbs-bench-stream.h"

#include "ns3/mbs-decimal.h"
#include "ns3/mbs-network-options.h"
#include "ns3/mbs-output-folder.h"
#include "ns3/mbs-program-main.h"
#include "ns3/mbs-program-options.h"

#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/string.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::mbs;

namespace
{

/** What the command line sets. */
struct Settings
{
    std::string benchCase{"all"};         //!< which case
    NetworkOptions network;               //!< how large, when UEs join
    uint32_t deliveries{2000000};         //!< that a stream is measured over, about
    std::string out{"results/mbs-bench"}; //!< where results go
};

/** UEs in the group with which stock ns-3 is compared. */
constexpr uint32_t STOCK_GROUP = 1000;

/** UEs that an SMF and an AMF get at most unless the command line says otherwise. */
constexpr uint32_t UES_PER_FUNCTION = 20000;

/** @param ues how many UEs @return how many SMFs, or AMFs, they want */
constexpr uint32_t
FunctionsFor(uint32_t ues)
{
    return 1 + (ues - 1) / UES_PER_FUNCTION;
}

/** UEs of a function that may ask to join within a second, so that none waits for T3581. */
constexpr uint32_t UES_PER_SECOND = 10000;

/** UEs at most with which schedulers are compared. */
constexpr uint32_t SCHEDULER_UES = 10000;

/** What cases use: each is measured once, when the first case wants it. */
class Measurements
{
  public:
    /** @param settings what the command line set */
    explicit Measurements(const Settings& settings)
        : m_settings(settings)
    {
    }

    /** @return what the command line set */
    const Settings& GetSettings() const
    {
        return m_settings;
    }

    /** @return joins and an MSK update */
    const StormRun& Storm()
    {
        if (!m_storm)
        {
            // Before the storm, so that the heap is as it would be without.
            NodeOctets();
            m_storm = RunStorm(m_settings.network);
        }
        return *m_storm;
    }

    /** @return nanoseconds for an event that does nothing */
    double EventNs()
    {
        if (!m_eventNs)
        {
            m_eventNs = EventBaseline();
        }
        return *m_eventNs;
    }

    /** @return octets of a node with an Internet stack, if they can be told */
    const std::optional<double>& NodeOctets()
    {
        if (!m_nodeKnown)
        {
            m_nodeOctets = NodeBaseline();
            m_nodeKnown = true;
        }
        return m_nodeOctets;
    }

    /**
     * @param ues in the cell
     * @param crypto SRTP profile
     * @param shared attribute SharedUnprotect
     * @return a stream to them
     */
    const StreamRun& Stream(uint32_t ues, const std::string& crypto = "aes-cm", bool shared = true)
    {
        const std::string key = std::to_string(ues) + crypto + (shared ? "" : " separate");
        auto it = m_streams.find(key);
        if (it == m_streams.end())
        {
            StreamPlan plan;
            plan.ues = ues;
            plan.smfs = FunctionsFor(ues);
            plan.crypto = crypto;
            plan.shared = shared;
            plan.deliveries = m_settings.deliveries;
            it = m_streams.emplace(key, RunStream(plan)).first;
        }
        return it->second;
    }

  private:
    const Settings& m_settings;                 //!< what the command line set
    std::optional<StormRun> m_storm;            //!< joins and an MSK update
    std::optional<double> m_eventNs;            //!< an event that does nothing
    bool m_nodeKnown{false};                    //!< it was tried to measure a node
    std::optional<double> m_nodeOctets;         //!< a node with an Internet stack
    std::map<std::string, StreamRun> m_streams; //!< by what was sent to whom
};

/** @param measured what there is @param figures gets the case's */
void
JoinStorm(Measurements& measured, BenchFigures& figures)
{
    const StormRun& run = measured.Storm();
    const auto joins = static_cast<double>(run.memberships);
    figures.Add("joins", joins, "");
    figures.Add("simulated time until all had joined", run.joinSimulated, "s");
    figures.Add("wall time", run.joinWall, "s");
    figures.Add("CPU time", run.joinCpu, "s");
    figures.Add("CPU time of a join", run.joinCpu * 1e6 / joins, "us");
    figures.Add("the same in events that do nothing",
                run.joinCpu * 1e9 / joins / measured.EventNs(),
                "x");
    figures.Add("events of a join", static_cast<double>(run.joinEvents) / joins, "");
}

/** @param measured what there is @param figures gets the case's */
void
Rekey(Measurements& measured, BenchFigures& figures)
{
    const StormRun& run = measured.Storm();
    const auto updates = static_cast<double>(run.installed);
    figures.Add("MSK updates", updates, "");
    figures.Add("wall time", run.rekeyWall, "s");
    figures.Add("CPU time", run.rekeyCpu, "s");
    figures.Add("CPU time of an update", run.rekeyCpu * 1e6 / updates, "us");
    figures.Add("the same in events that do nothing",
                run.rekeyCpu * 1e9 / updates / measured.EventNs(),
                "x");
    figures.Add("events of an update", static_cast<double>(run.rekeyEvents) / updates, "");
    figures.Add("joins and update together, wall time", run.joinWall + run.rekeyWall, "s");
}

/** @param measured what there is @param figures gets the case's */
void
Memory(Measurements& measured, BenchFigures& figures)
{
    const StormRun& run = measured.Storm();
    if (!run.atFirst || !run.built || !run.joined || !measured.NodeOctets())
    {
        std::cerr << "mbs-bench: the case memory needs tcmalloc, or mallinfo2 of the C library; "
                     "it is left out\n";
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
    figures.Add("the same in nodes with an Internet stack", all / *measured.NodeOctets(), "x");
}

/** @param run a stream @param figures get what it took */
void
AddStream(const StreamRun& run, BenchFigures& figures)
{
    figures.Add("deliveries", static_cast<double>(run.deliveries), "");
    figures.Add("CPU time", run.cpu, "s");
    figures.Add("CPU time of a delivery", run.NsPerDelivery(), "ns");
    figures.Add("events of a packet",
                static_cast<double>(run.events) / static_cast<double>(run.packets),
                "");
    if (run.octetsPerUe)
    {
        figures.Add("live heap of a UE, measurement included", *run.octetsPerUe, "octets");
    }
}

/** @param measured what there is @param figures gets the case's */
void
FanOut(Measurements& measured, BenchFigures& figures)
{
    const uint32_t ues = measured.GetSettings().network.ues;
    const StreamRun& large = measured.Stream(ues);
    figures.Add("UEs in the cell", ues, "");
    AddStream(large, figures);
    figures.Add("verified deliveries in a second", large.Rate() / 1e6, "million");

    const uint32_t group = std::min(ues, STOCK_GROUP);
    const StreamRun& small = measured.Stream(group);
    const uint32_t packets = std::max<uint32_t>(10, 200000 / group);
    const auto stock = RunStockMulticast(group, packets);
    if (!stock)
    {
        std::cerr << "mbs-bench: this ns-3 has no csma and applications; fan-out is not compared\n";
        return;
    }
    figures.Add("UEs of the comparison", group, "");
    figures.Add("CPU time of a delivery to those", small.NsPerDelivery(), "ns");
    const double stockNs = stock->cpu * 1e9 / static_cast<double>(stock->deliveries);
    figures.Add("the same of ns-3's UDP multicast over CSMA, no cryptography", stockNs, "ns");
    figures.Add("deliveries in a second, in those of ns-3's multicast",
                stockNs / small.NsPerDelivery(),
                "x");
    if (stock->octetsPerUe)
    {
        figures.Add("live heap of a receiver of ns-3's multicast", *stock->octetsPerUe, "octets");
    }
}

/** @param measured what there is @param figures gets the case's */
void
Flatness(Measurements& measured, BenchFigures& figures)
{
    const uint32_t most = measured.GetSettings().network.ues;
    std::vector<uint32_t> sizes;
    for (uint32_t size = 100; size < most; size *= 10)
    {
        sizes.push_back(size);
    }
    sizes.push_back(most);
    double cheapest = 0;
    double dearest = 0;
    for (const uint32_t size : sizes)
    {
        const double ns = measured.Stream(size).NsPerDelivery();
        cheapest = cheapest == 0 ? ns : std::min(cheapest, ns);
        dearest = std::max(dearest, ns);
        figures.Add("CPU time of a delivery to " + std::to_string(size) + " UEs", ns, "ns");
    }
    figures.Add("the dearest in the cheapest", dearest / cheapest, "x");
}

/** @param measured what there is @param figures gets the case's */
void
NullCrypto(Measurements& measured, BenchFigures& figures)
{
    const uint32_t ues = measured.GetSettings().network.ues;
    const StreamRun& null = measured.Stream(ues, "null");
    AddStream(null, figures);
    const StreamRun& secured = measured.Stream(ues);
    figures.Add("CPU time of a secured delivery", secured.NsPerDelivery(), "ns");
    figures.Add("the same in deliveries without cipher and tag",
                secured.NsPerDelivery() / null.NsPerDelivery(),
                "x");
}

/** @param measured what there is @param figures gets the case's */
void
SeparateUnprotect(Measurements& measured, BenchFigures& figures)
{
    const uint32_t ues = measured.GetSettings().network.ues;
    const StreamRun& separate = measured.Stream(ues, "aes-cm", false);
    AddStream(separate, figures);
    const StreamRun& shared = measured.Stream(ues);
    figures.Add("CPU time of a delivery with shared unprotect", shared.NsPerDelivery(), "ns");
    figures.Add("separate in shared", separate.NsPerDelivery() / shared.NsPerDelivery(), "x");

    const auto libsrtp = LibsrtpUnprotectNs();
    if (!libsrtp)
    {
        std::cerr << "mbs-bench: built without libsrtp (Debian's libsrtp2-dev); "
                     "separate-unprotect is not compared with it\n";
        return;
    }
    const double null = measured.Stream(ues, "null").NsPerDelivery();
    figures.Add("CPU time of a delivery without cipher and tag", null, "ns");
    figures.Add("CPU time of libsrtp to unprotect such a packet", *libsrtp, "ns");
    figures.Add("separate in the sum of these two",
                separate.NsPerDelivery() / (null + *libsrtp),
                "x");
}

/** @param measured what there is @param figures gets the case's */
void
Schedulers(Measurements& measured, BenchFigures& figures)
{
    NetworkOptions network = measured.GetSettings().network;
    network.ues = std::min(network.ues, SCHEDULER_UES);
    network.gnbs = std::min(network.gnbs, network.ues);
    StringValue before;
    GlobalValue::GetValueByName("SchedulerType", before);
    double first = 0;
    for (const std::string scheduler : {"ns3::PriorityQueueScheduler",
                                        "ns3::mbs::ForeseeingScheduler",
                                        "ns3::MapScheduler",
                                        "ns3::HeapScheduler",
                                        "ns3::CalendarScheduler"})
    {
        GlobalValue::Bind("SchedulerType", StringValue(scheduler));
        const double eventNs = EventBaseline();
        const StormRun run = RunStorm(network);
        const double us = (run.joinCpu + run.rekeyCpu) * 1e6 / static_cast<double>(run.memberships);
        const std::string name = scheduler.substr(scheduler.rfind(':') + 1);
        figures.Add("an event that does nothing, " + name, eventNs, "ns");
        figures.Add("CPU time of a join and an MSK update, " + name, us, "us");
        first = first == 0 ? us : first;
        figures.Add("the same in those with PriorityQueueScheduler, " + name, us / first, "x");
    }
    GlobalValue::Bind("SchedulerType", before);
}

/** A case by its name. */
struct Case
{
    const char* name;                             //!< as --case takes it
    const char* help;                             //!< what it measures
    void (*report)(Measurements&, BenchFigures&); //!< adds its figures
    bool accounts;                                //!< whether it keeps accounts of UEs' packets
};

/** All cases. */
constexpr Case CASES[] = {
    {"join-storm", "what it takes that all UEs join within --joinWindow", &JoinStorm, false},
    {"rekey", "what it takes that one new MSK reaches all UEs through the core", &Rekey, false},
    {"memory", "live octets of the heap for a UE and session when all have joined", &Memory, false},
    {"fan-out",
     "verified deliveries of a stream to one cell, against ns-3's multicast",
     &FanOut,
     true},
    {"flatness", "what a delivery costs to 100 UEs, ten times as many, ... --ues", &Flatness, true},
    {"null-crypto", "what a delivery costs without cipher and tag", &NullCrypto, true},
    {"separate-unprotect",
     "what it costs if every UE decrypts by itself",
     &SeparateUnprotect,
     true},
    {"scheduler", "joins and an MSK update with each queue of events", &Schedulers, false},
};

/**
 * @brief Gives very many UEs a core that can bear them, where the command line does not say what
 * core they get: more functions, and longer to join. Otherwise messages would wait for longer than
 * timers run.
 * @param options the command line
 * @param network what it set
 */
void
GrowCore(const ProgramOptions& options, NetworkOptions& network)
{
    const uint32_t functions = FunctionsFor(network.ues);
    for (const auto& [name, count, wanted] :
         {std::make_tuple("smfs", &network.smfs, functions),
          std::make_tuple("amfs", &network.amfs, functions),
          std::make_tuple("gnbs", &network.gnbs, std::max(network.gnbs, 2 * functions))})
    {
        *count = options.IsGiven(name) ? *count : wanted;
    }
    network.gnbs = options.IsGiven("gnbs") ? network.gnbs : std::min(network.gnbs, network.ues);
    const uint32_t each = network.ues / std::min(network.smfs, network.amfs);
    if (!options.IsGiven("joinWindow") && each > UES_PER_SECOND)
    {
        network.joinWindow = MicroSeconds(200) * each;
    }
}

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
                           "What the module costs on this machine: joins, MSK updates, memory, "
                           "and deliveries of a stream.");
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
                    "simulated time over which the UEs ask to join, each at a random instant; "
                    "longer for more than 10,000 UEs of an SMF unless it is given");
    options.AddCount("deliveries",
                     settings.deliveries,
                     1,
                     1000000000,
                     "over about how many deliveries a stream is measured");
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
    GrowCore(options, settings.network);
    settings.network.CheckCounts();
    const bool accounts = std::any_of(std::begin(CASES), std::end(CASES), [&](const Case& one) {
        return one.accounts && (settings.benchCase == "all" || settings.benchCase == one.name);
    });
    settings.network.CheckSize(false, accounts);
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
    Measurements measured(settings);
    std::vector<BenchFigure> all;
    for (const Case& one : CASES)
    {
        if (settings.benchCase == "all" || settings.benchCase == one.name)
        {
            BenchFigures figures(all, one.name);
            one.report(measured, figures);
        }
    }
    std::ostream& file = folder.Open("bench.csv");
    file << "case,figure,value,unit\n";
    for (const BenchFigure& figure : all)
    {
        const std::string value = RoundedText(figure.value, 3);
        file << figure.benchCase << ",\"" << figure.name << "\"," << value << "," << figure.unit
             << "\n";
        std::cout << std::left << std::setw(20) << figure.benchCase << std::setw(62) << figure.name
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
