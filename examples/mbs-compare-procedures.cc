// SPDX-License-Identifier: GPL-2.0-only

// What do the two procedures, the two places of the MBSSF and the three ways of keys over Nmb2
// cost?
//
// The same scenario is run once for each combination that TS 33.501 allows: the same UEs join at
// the same instants, get the same stream and the same key intervals. A row per combination says how
// long key updates took, how many packets were lost for want of a key, and how many messages it
// took. The rows are printed and written to comparison.csv; `mbs plot` draws them.

#include "ns3/mbs-broadcast-options.h"
#include "ns3/mbs-decimal.h"
#include "ns3/mbs-deployment.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-network-options.h"
#include "ns3/mbs-output-folder.h"
#include "ns3/mbs-program-main.h"
#include "ns3/mbs-program-options.h"
#include "ns3/mbs-results-helper.h"
#include "ns3/mbs-run-meter.h"
#include "ns3/mbs-traffic-plan.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <iomanip>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <vector>

using namespace ns3;
using namespace ns3::mbs;

namespace
{

/** What the command line sets. */
struct Settings
{
    NetworkOptions network;                            //!< how large, what is sent, when UEs join
    BroadcastOptions broadcast;                        //!< multicast or broadcast, and where
    Time duration{Seconds(60)};                        //!< simulated time of each run
    Time mskInterval{Seconds(20)};                     //!< between MSKs
    Time mtkInterval{Seconds(5)};                      //!< between MTKs
    std::string auth{"akma"};                          //!< where user-plane keys come from
    std::string out{"results/mbs-compare-procedures"}; //!< where results go
    bool quiet{false};                                 //!< print no table
};

/** A row of the result: values by their column. */
using Row = std::vector<std::pair<std::string, std::string>>;

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
    ProgramOptions options("mbs-compare-procedures",
                           "What both key procedures cost, with the MBSSF in either place and each "
                           "way of keys over Nmb2, in the same scenario.");
    settings.network.RegisterCounts(options);
    settings.broadcast.Register(options);
    options.AddTime("duration",
                    settings.duration,
                    MilliSeconds(1),
                    Hours(1000),
                    "simulated time of each run");
    options.AddTime("mskInterval",
                    settings.mskInterval,
                    MilliSeconds(1),
                    Hours(1000),
                    "time between new MSKs");
    options.AddTime("mtkInterval",
                    settings.mtkInterval,
                    MilliSeconds(1),
                    Hours(1000),
                    "time between new MTKs");
    settings.network.RegisterJoins(options);
    options.AddChoice("auth",
                      settings.auth,
                      {"gba", "akma"},
                      "user-plane procedure: where the UEs' keys towards the MBSSF come from");
    settings.network.RegisterTraffic(options);
    settings.network.RegisterTransport(options);
    options.AddFlag("quiet", settings.quiet, "print neither progress nor the table");
    options.AddText(
        "out",
        settings.out,
        "DIR",
        [](const std::string& text) {
            return text.empty() ? "must be a folder; for example --out=results/mine" : "";
        },
        "folder for the result file");
    if (!options.Parse(argc, argv, std::cout))
    {
        return false;
    }
    settings.network.CheckCounts();
    settings.broadcast.Check(options, settings.network);
    settings.network.CheckSize(true);
    settings.network.LoadTraffic();
    return true;
}

/**
 * @param row gets columns on the updates of a kind of key
 * @param ledger finished
 * @param kind which
 */
void
AddLatencies(Row& row, const KeyUpdateLedger& ledger, KeyKind kind)
{
    const std::string name = ToString(kind);
    const LatencyStatistics latencies = ledger.Latencies(kind);
    const auto number = [](std::optional<double> value) {
        return value ? RoundedText(*value, 6) : std::string();
    };
    row.emplace_back(name + "_updates", std::to_string(ledger.Count(kind)));
    row.emplace_back(name + "_installed",
                     std::to_string(ledger.Count(kind, KeyOutcome::INSTALLED)));
    row.emplace_back(name + "_p50_ms", number(latencies.QuantileMs(50)));
    row.emplace_back(name + "_p95_ms", number(latencies.QuantileMs(95)));
    row.emplace_back(name + "_max_ms", number(latencies.MaxMs()));
}

/**
 * @brief Runs the scenario in one way.
 * @param settings what the command line set
 * @param deployment which way
 * @return its row
 */
Row
RunOnce(const Settings& settings, const Deployment& deployment)
{
    deployment.SetDefaults();
    Config::SetDefault("ns3::mbs::Mbsf::MskInterval", TimeValue(settings.mskInterval));
    Config::SetDefault("ns3::mbs::Mbstf::MtkInterval", TimeValue(settings.mtkInterval));
    Config::SetDefault("ns3::mbs::Mbssf::Authentication", StringValue(settings.auth));

    MbsHelper network;
    settings.network.Apply(network);
    settings.broadcast.Apply(network);
    network.CheckAttributes();
    network.Build();
    network.AssignStreams(1);
    network.JoinAll(settings.network.joinStart, settings.network.joinWindow);
    Row row{{"procedure", deployment.ProcedureText()},
            {"mbssf", deployment.PlacementText()},
            {"nmb2", deployment.KeysText()}};
    {
        MbsResultsHelper measurement(network);
        measurement.Connect();
        Simulator::Stop(settings.duration);
        Simulator::Run();
        measurement.Finish();

        AddLatencies(row, measurement.GetKeyUpdates(), KeyKind::MSK);
        AddLatencies(row, measurement.GetKeyUpdates(), KeyKind::MTK);
        const RunResults results = measurement.MakeResults();
        row.emplace_back("expected", std::to_string(results.traffic.expected));
        row.emplace_back("delivered", std::to_string(results.traffic.delivered));
        row.emplace_back("lost_no_key", std::to_string(results.traffic.Lost(LossCause::NO_KEY)));
        row.emplace_back("conserved", results.conserved ? "yes" : "no");
        const SignallingCounter::Row total = measurement.GetSignalling().Total();
        row.emplace_back("messages", std::to_string(total.count));
        row.emplace_back("octets", std::to_string(total.octets));
        for (const char* interface : {"Nmb2", "MBS-10"})
        {
            uint64_t octets = 0;
            for (const SignallingCounter::Row& sum : measurement.GetSignalling().RowsByInterface())
            {
                octets += sum.interface == interface ? sum.octets : 0;
            }
            row.emplace_back(std::string(interface) + "_octets", std::to_string(octets));
        }
        Simulator::Destroy();
    }
    network.Clear();
    return row;
}

/** @param rows of all runs @param os where the table goes */
void
WriteTable(const std::vector<Row>& rows, std::ostream& os)
{
    // Column of the file, heading, digits behind the point that are kept.
    struct Column
    {
        const char* name;    //!< in the file
        const char* heading; //!< in the table
        bool text;           //!< left as it is
    };

    static constexpr Column COLUMNS[] = {{"procedure", "procedure", true},
                                         {"mbssf", "MBSSF", true},
                                         {"nmb2", "Nmb2", true},
                                         {"msk_p50_ms", "MSK p50", false},
                                         {"msk_max_ms", "max", false},
                                         {"mtk_p50_ms", "MTK p50", false},
                                         {"mtk_max_ms", "max", false},
                                         {"lost_no_key", "no key", true},
                                         {"messages", "messages", true},
                                         {"octets", "octets", true},
                                         {"conserved", "conserved", true}};
    const auto cell = [&os](const std::string& text) { os << std::setw(10) << text; };
    os << "Latency of key updates in ms, packets lost for want of a key, signalling\n";
    for (const Column& column : COLUMNS)
    {
        cell(column.heading);
    }
    os << "\n";
    for (const Row& row : rows)
    {
        for (const Column& column : COLUMNS)
        {
            for (const auto& [name, value] : row)
            {
                if (name == column.name)
                {
                    cell(value.empty() ? "-"
                         : column.text ? value
                                       : RoundedText(std::stod(value), 3));
                }
            }
        }
        os << "\n";
    }
}

/**
 * @brief Runs all combinations.
 * @param settings what the command line set
 */
void
Run(const Settings& settings)
{
    OutputFolder folder(settings.out);
    std::vector<Row> rows;
    for (const Deployment& deployment : Deployment::All())
    {
        if (settings.broadcast.IsBroadcast() && std::string(deployment.ProcedureText()) == "cp")
        {
            continue; // keys of broadcast sessions go by the user plane only (TS 33.501 W.4.1.1)
        }
        if (!settings.quiet)
        {
            std::cerr << "mbs-compare-procedures: procedure " << deployment.ProcedureText()
                      << ", MBSSF in the " << deployment.PlacementText() << ", Nmb2 "
                      << deployment.KeysText() << "\n";
        }
        rows.push_back(RunOnce(settings, deployment));
    }
    std::ostream& file = folder.Open("comparison.csv");
    for (std::size_t i = 0; i < rows.front().size(); ++i)
    {
        file << (i == 0 ? "" : ",") << rows.front()[i].first;
    }
    file << "\n";
    for (const Row& row : rows)
    {
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            file << (i == 0 ? "" : ",") << row[i].second;
        }
        file << "\n";
    }
    folder.Discard("comparison.png");
    folder.Commit();
    if (!settings.quiet)
    {
        WriteTable(rows, std::cout);
        std::cout << "Results are in " << folder.Path() << "\n";
    }
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("mbs-compare-procedures", [argc, argv] {
        Settings settings;
        if (ReadCommandLine(argc, argv, settings))
        {
            Run(settings);
        }
        return 0;
    });
}
