// SPDX-License-Identifier: GPL-2.0-only

// How many multicast packets does a cell deliver in a second of one core?
//
//     AF --> MBSTF --> MB-UPF --> gNB ))) 10,000 UEs: radio, key ring, SRTP, replay window, ledger
//
// All UEs are in one cell and do not move. For each radio the network is built and the UEs join;
// then only the stream is measured, in time of the process, with nothing renewed.

#include "ns3/mbs-decimal.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-memory-check.h"
#include "ns3/mbs-output-folder.h"
#include "ns3/mbs-program-main.h"
#include "ns3/mbs-program-options.h"
#include "ns3/mbs-radio-options.h"
#include "ns3/mbs-results-helper.h"

#include "ns3/config.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <ctime>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::mbs;

namespace
{

/** How long all may take to join, simulated seconds. */
constexpr int64_t PATIENCE_S = 300;

/** The radios that are measured, as --radio of mbs-key-update has them. */
constexpr const char* RADIOS[] = {"ideal", "fixed:0.01", "sinr"};

/** What the command line sets. */
struct Settings
{
    uint32_t ues{10000};                        //!< how many UEs
    Time duration{Seconds(2)};                  //!< simulated time that is measured
    std::string out{"results/mbs-bench-radio"}; //!< where results go
};

/** What a radio took. */
struct Figure
{
    std::string radio;      //!< as --radio of mbs-key-update has it
    uint64_t deliveries{0}; //!< packets that were decrypted by a UE
    uint64_t losses{0};     //!< packets that a UE missed on the radio
    double cpu{0};          //!< seconds of the process
};

/** Counts what leaves the channel. */
struct Count
{
    uint64_t packets{0}; //!< multicast transmissions
    uint64_t losses{0};  //!< UEs that missed one
};

/** @param count counter @param gnb ignored @param packet ignored */
void
CountPacket(Count* count, uint32_t /* gnb */, Ptr<const Packet> /* packet */)
{
    ++count->packets;
}

/** @param count counter @param ue ignored @param packet ignored */
void
CountLoss(Count* count, uint32_t /* ue */, Ptr<const Packet> /* packet */)
{
    ++count->losses;
}

/**
 * @brief Measures a radio.
 * @param settings what the command line set
 * @param radio as --radio of mbs-key-update has it
 * @return what it took
 */
Figure
Measure(const Settings& settings, const std::string& radio)
{
    Config::SetDefault("ns3::mbs::Mbsf::MskInterval", StringValue("0s"));
    Config::SetDefault("ns3::mbs::Mbstf::MtkInterval", StringValue("0s"));
    ProgramOptions options("mbs-bench-radio", "");
    uint32_t ues = settings.ues;
    uint32_t gnbs = 1;
    RadioOptions radioOptions;
    radioOptions.Register(options);
    options.Parse({"--radio=" + radio}, std::cout);
    radioOptions.Finish(options, ues, gnbs);

    MbsHelper network;
    network.SetCounts(ues, gnbs, 1);
    network.SetTraffic(
        std::make_shared<TrafficPlan>(*TrafficPlan::FromText("cbr:2Mbps:1000").plan));
    network.SetRadioLink(*radioOptions.GetLink());
    network.SetRadioScenario(radioOptions.GetScenario());
    network.CheckAttributes();
    network.Build();
    network.AssignStreams(1);
    network.JoinAll(MilliSeconds(500), Seconds(1));
    MbsResultsHelper measurement(network);
    measurement.Connect();
    Count count;
    const Ptr<RadioChannel> channel = network.GetRadioChannel();
    channel->TraceConnectWithoutContext("GroupDelivered", MakeBoundCallback(&CountPacket, &count));
    channel->TraceConnectWithoutContext("GroupLost", MakeBoundCallback(&CountLoss, &count));

    const auto joined = [&network] {
        const auto& all = network.GetUes();
        return std::all_of(all.begin(), all.end(), [&network](const Ptr<Ue>& ue) {
            return ue->IsMember(network.GetTmgi());
        });
    };
    while (!joined())
    {
        if (Simulator::Now() > Seconds(PATIENCE_S))
        {
            throw UserError("--ues=" + std::to_string(ues) + ": after " +
                            std::to_string(PATIENCE_S) +
                            " s simulated not all have joined; give fewer UEs");
        }
        Simulator::Stop(MilliSeconds(100));
        Simulator::Run();
    }
    // The last UEs' answers are still on their way.
    Simulator::Stop(MilliSeconds(500));
    Simulator::Run();
    const Count before = count;
    const std::clock_t begin = std::clock();
    Simulator::Stop(settings.duration);
    Simulator::Run();
    Figure figure;
    figure.cpu = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    measurement.Finish();
    const bool conserved = measurement.MakeResults().conserved;
    Simulator::Destroy();
    network.Clear();
    if (!conserved)
    {
        throw UserError("--radio=" + radio + ": packets are not conserved; the figures are void");
    }
    figure.radio = radio;
    figure.losses = count.losses - before.losses;
    figure.deliveries = (count.packets - before.packets) * ues - figure.losses;
    return figure;
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
    ProgramOptions options("mbs-bench-radio",
                           "How many multicast packets a cell delivers in a second of one core, "
                           "with each radio: all UEs in one cell, SRTP and measurement included.");
    options.AddCount("ues", settings.ues, 1, 100000000, "UEs in the cell");
    options.AddTime("duration",
                    settings.duration,
                    MilliSeconds(10),
                    Hours(1),
                    "simulated time that is measured");
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
    NetworkSize size;
    size.ues = settings.ues;
    size.gnbs = 1;
    CheckMemory(size, FindFreeMemory());
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
    std::ostream& file = folder.Open("bench-radio.csv");
    file << "radio,ues,deliveries,lost_radio,cpu_s,deliveries_per_s\n";
    for (const char* radio : RADIOS)
    {
        const Figure figure = Measure(settings, radio);
        const double rate = static_cast<double>(figure.deliveries) / figure.cpu;
        file << figure.radio << "," << settings.ues << "," << figure.deliveries << ","
             << figure.losses << "," << RoundedText(figure.cpu, 3) << "," << RoundedText(rate, 0)
             << "\n";
        std::cout << std::left << std::setw(12) << figure.radio << std::right << std::setw(12)
                  << figure.deliveries << " deliveries in " << std::setw(8)
                  << RoundedText(figure.cpu, 3) << " s of CPU time, " << std::setw(10)
                  << RoundedText(rate, 0) << " a second\n";
    }
    folder.Commit();
    std::cout << "Results are in " << folder.Path() << "\n";
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("mbs-bench-radio", [argc, argv] {
        Settings settings;
        if (ReadCommandLine(argc, argv, settings))
        {
            Run(settings);
        }
        return 0;
    });
}
