// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"

#include "ns3/mbs-positions-file.h"
#include "ns3/mbs-radio-options.h"
#include "ns3/mbs-radio-report.h"
#include "ns3/mbs-sinr-radio-link.h"

#include "ns3/config.h"
#include "ns3/node.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <fstream>
#include <sstream>
#include <tuple>

namespace ns3::mbs
{

namespace
{

/** @param a a place @param b another @return metres between them */
double
Distance(const Vector& a, const Vector& b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

/** Sites have six neighbours at the distance asked for, and UEs are in the cells. */
void
Layouts(Check& check)
{
    const std::pair<uint32_t, uint32_t> neighbours[]{{1, 0}, {3, 3}, {7, 12}, {19, 42}};
    for (const auto& [sites, pairs] : neighbours)
    {
        const auto places = RadioScenario::HexagonalSites(sites, 200, 10);
        check.Equal(places.size(), std::size_t{sites}, "as many sites as asked for");
        uint32_t near = 0;
        for (std::size_t i = 0; i < places.size(); ++i)
        {
            for (std::size_t j = 0; j < i; ++j)
            {
                const double distance = Distance(places[i], places[j]);
                check.Expect(distance > 200 - 1e-6, "no sites are nearer");
                near += distance < 200 + 1e-6 ? 1 : 0;
            }
        }
        check.Equal(near, pairs, "pairs of neighbours");
        const auto profile = PathLossProfile::Of("umi").value();
        const auto scenario = RadioScenario::Hexagonal(sites, 3, 500, 200, profile);
        check.Equal(scenario.cells.size(), std::size_t{sites} * 3, "three cells each");
        check.Equal(scenario.WhyNot(profile), "", "all places are within the model");
        double x = 0;
        for (const Vector& ue : scenario.ues)
        {
            double nearest = 1e9;
            for (const auto& cell : scenario.cells)
            {
                nearest = std::min(nearest, Distance(cell.place, ue));
            }
            check.Expect(nearest >= 10 && nearest <= 200 / std::sqrt(3.0) + 1e-6, "in a cell");
            check.Expect(std::abs(ue.x) <= scenario.maxX && std::abs(ue.y) <= scenario.maxY,
                         "within the bounds");
            x += ue.x;
        }
        check.Expect(std::abs(x / 500) < scenario.maxX / 5, "around the middle");
        const auto again = RadioScenario::Hexagonal(sites, 3, 500, 200, profile);
        check.Expect(again.ues.back() == scenario.ues.back(), "the same places each time");
    }
}

/** @param text of a file @return what reading it gave */
PositionsFile::Result
Read(const std::string& text)
{
    std::istringstream stream(text);
    return PositionsFile::Read(stream);
}

/** A good file, and what is said of each kind of wrong one. */
void
PositionsFromAFile(Check& check)
{
    const auto good = Read("name, z, node, azimuth, y, x\r\n"
                           "a,25,gnb-1,-90,0,500\r\n"
                           "b,25,gnb-0,,0,-500\r\n"
                           "\n"
                           "c,1.5,ue-0,,-20.5,1e2\n");
    check.Equal(good.error, "", "columns in any order");
    check.Equal(good.scenario.cells.size(), std::size_t{2}, "gNBs");
    check.Expect(!good.scenario.cells[0].azimuth, "no azimuth");
    check.Equal(good.scenario.cells[1].azimuth.value_or(0), -90.0, "azimuth");
    check.Expect(good.scenario.ues[0] == Vector(100, -20.5, 1.5), "UE");
    check.Equal(good.scenario.maxX, 500.0, "bounds");

    const std::pair<const char*, const char*> wrong[]{
        {"", "the column node is missing"},
        {"node,x,z\n", "the column y is missing; the first line must name the columns node,x,y,z"},
        {"node,x,y,z\ngnb-0,1,2\n", "line 2: has 3 fields, but there are 4 columns"},
        {"node,x,y,z\ngnb-0,1,two,3\n", "line 2: y is 'two', but must be a number of metres"},
        {"node,x,y,z\ngnb-0,1,2,1e9\n", "line 2: z is '1e9'"},
        {"node,x,y,z\ncell-0,1,2,3\n", "line 2: node is 'cell-0', but must be gnb-N or ue-N"},
        {"node,x,y,z\nue-,1,2,3\n", "line 2: node is 'ue-'"},
        {"node,x,y,z\ngnb-0,1,2,3\ngnb-0,1,2,3\n", "line 3: there is an earlier line for gnb-0"},
        {"node,x,y,z\ngnb-0,1,2,3\n", "there is no line for ue-0"},
        {"node,x,y,z\nue-0,1,2,3\n", "there is no line for gnb-0"},
        {"node,x,y,z\ngnb-1,1,2,3\nue-0,1,1,1\n", "there is no line for gnb-0, but one for gnb-1"},
        {"node,x,y,z,azimuth\ngnb-0,1,2,3,north\n", "line 2: azimuth is 'north'"}};
    for (const auto& [text, error] : wrong)
    {
        const std::string got = Read(text).error;
        check.Expect(got.find(error) == 0, std::string("got: ") + got);
    }
    check.Expect(PositionsFile::Read("/no/such/file").error.find("cannot be read: ") == 0,
                 "no such file");
    check.Expect(PositionsFile::Read("/").error.find("is a folder") == 0, "a folder");
}

/** @param words of a command line @param[out] options what they say @return what is wrong */
std::string
Finish(const std::vector<std::string>& words, RadioOptions& radio)
{
    uint32_t ues = 10;
    uint32_t gnbs = 3;
    ProgramOptions options("test", "A test.");
    options.AddCount("ues", ues, 1, 1000, "UEs");
    options.AddCount("gnbs", gnbs, 1, 1000, "gNBs");
    radio.Register(options);
    std::ostringstream out;
    try
    {
        options.Parse(words, out);
        radio.Finish(options, ues, gnbs);
    }
    catch (const UserError& error)
    {
        return error.what();
    }
    return "";
}

/** Options that do not go together, or that no model is made for, are refused with the fix. */
void
OptionsThatAreWrong(Check& check)
{
    const std::pair<std::vector<std::string>, const char*> wrong[]{
        {{"--radio=sinus"}, "--radio=sinus: must be ideal, sinr, fixed:LOSS"},
        {{"--radio=fixed:2"}, "--radio=fixed:2: must be ideal"},
        {{"--radio=ns3::Node"}, "--radio=ns3::Node: must be a kind of ns3::ErrorModel"},
        {{"--radio=ns3::RateErrorModel[Loss=1]"}, "--radio=ns3::RateErrorModel[Loss=1]: must be"},
        {{"--delivery=ptp", "--groupHarq=nack-only"},
         "--groupHarq=nack-only: is for what is sent to all of a cell, but"},
        {{"--delivery=both"}, "--delivery=both: must be ptm, ptp or auto"},
        {{"--speed=3"}, "--speed: is for UEs that are somewhere; give --radio=sinr too"},
        {{"--radio=sinr", "--layout=4"}, "--layout=4: must be 1, 3, 7 or 19"},
        {{"--radio=sinr", "--sectors=2"}, "--sectors=2: must be 1 or 3"},
        {{"--radio=sinr", "--isd=0"}, "--isd=0: must be a whole number of metres"},
        {{"--radio=sinr", "--isd=50"}, "--isd=50: must be from 140 to 8660 with --pathloss=uma"},
        {{"--radio=sinr", "--pathloss=umx"}, "--pathloss=umx: must be uma, umi, rma or indoor"},
        {{"--radio=sinr", "--pathloss=ns3::Node"}, "--pathloss=ns3::Node: must be uma"},
        {{"--radio=sinr", "--gnbs=5"}, "--gnbs=5: must be 1, 3, 7 or 19 times --sectors"},
        {{"--radio=sinr", "--gnbs=7", "--sectors=3"}, "--gnbs=7: must be 1, 3, 7 or 19 times"},
        {{"--radio=sinr", "--gnbs=5", "--layout=7"}, "--gnbs=5: must be 7, as many as there are"},
        {{"--radio=sinr", "--positions=/no/such"}, "--positions=/no/such: cannot be read"}};
    for (const auto& [words, error] : wrong)
    {
        RadioOptions radio;
        const std::string got = Finish(words, radio);
        check.Expect(got.find(error) == 0, "got: " + got);
        check.Expect(got.find('\n') == std::string::npos, "one line");
    }
    RadioOptions good;
    check.Equal(Finish({"--radio=sinr", "--layout=7", "--sectors=3", "--speed=36"}, good),
                "",
                "good");
    check.Equal(good.GetScenario()->cells.size(), std::size_t{21}, "cells");
    check.Equal(good.GetScenario()->speed, 10.0, "metres per second");
    check.Equal(good.Describe(), "uma, 7 sites of 3 cells, 500 m apart, 36 km/h", "in words");
    RadioOptions none;
    check.Equal(Finish({"--radio=ideal"}, none), "", "ideal");
    check.Expect(!none.GetScenario() && none.Describe().empty(), "no places");
}

/** @param path of a file @param text what is written to it */
void
WriteFile(const std::string& path, const std::string& text)
{
    std::ofstream(path) << text;
}

/** Places that a path loss model is not made for stop the program with the name of the node. */
void
PlacesOutsideTheModel(Check& check)
{
    const std::string path = "mbs-positions-test.csv";
    const std::pair<std::string, const char*> wrong[]{
        {"gnb-0,0,0,25\nue-0,5,0,1.5\n", "ue-0 is 5 m from the nearest gNB, but"},
        {"gnb-0,0,0,25\nue-0,6000,0,1.5\n", "ue-0 is 6000 m from the nearest gNB, but"},
        {"gnb-0,0,0,25\nue-0,100,0,30\n", "ue-0 is at a height of 30 m, but"},
        {"gnb-0,0,0,40\nue-0,100,0,1.5\n",
         "gnb-0 is at a height of 40 m, but the path loss model "
         "is made for 25 m there"}};
    for (const auto& [lines, error] : wrong)
    {
        WriteFile(path, "node,x,y,z\n" + lines);
        RadioOptions radio;
        const std::string got = Finish({"--radio=sinr", "--positions=" + path}, radio);
        check.Expect(got.find("--positions=" + path + ": " + error) == 0, "got: " + got);
    }
    WriteFile(path, "node,x,y,z\ngnb-0,0,0,25\nue-0,100,0,1.5\nue-1,200,0,1.5\n");
    RadioOptions file;
    check.Equal(Finish({"--radio=sinr", "--positions=" + path}, file), "", "good");
    check.Equal(file.GetScenario()->ues.size(), std::size_t{2}, "UEs of the file");
    RadioOptions more;
    check.Expect(Finish({"--radio=sinr", "--ues=3", "--positions=" + path}, more)
                         .find("--ues=3: must be 2, as many as there are places for") == 0,
                 "more UEs than places");
    RadioOptions both;
    check.Expect(Finish({"--radio=sinr", "--layout=1", "--positions=" + path}, both)
                         .find("--layout: has no meaning with places from a file") == 0,
                 "file and layout");
    std::remove(path.c_str());
}

/** Attributes that make no carrier stop the program before a network is built. */
void
CarriersThatDoNotExist(Check& check)
{
    const std::tuple<const char*, const char*, const char*> wrong[]{
        {"ns3::mbs::NrCarrier::Bandwidth", "41", "--ns3::mbs::NrCarrier::Bandwidth=41: there is"},
        {"ns3::mbs::NrCarrier::TddPattern", "D", "--ns3::mbs::NrCarrier::TddPattern=D: must have"},
        {"ns3::mbs::NrCarrier::Symbols",
         "2",
         "--ns3::mbs::CellScheduler::HeaderOctets=100: a slot"},
        {"ns3::mbs::RadioChannel::Carrier",
         "ns3::mbs::NrCarrier[Bandwidth=41]",
         "--ns3::mbs::RadioChannel::Carrier: Bandwidth=41: there is"},
        {"ns3::mbs::RadioChannel::Link",
         "ns3::mbs::SinrRadioLink",
         "--ns3::mbs::RadioChannel::Link=ns3::mbs::SinrRadioLink: needs places"}};
    for (const auto& [name, value, error] : wrong)
    {
        Config::SetDefault("ns3::mbs::CellScheduler::HeaderOctets", UintegerValue(100));
        Config::SetDefault(name, StringValue(value));
        std::string got;
        try
        {
            MbsHelper().CheckAttributes();
        }
        catch (const UserError& wrongAttribute)
        {
            got = wrongAttribute.what();
        }
        Config::Reset();
        check.Expect(got.find(error) == 0, "got: " + got);
    }
}

/** @return a network of seven cells that interfere, with UEs at their edges too */
SystemSettings
SevenCells()
{
    SystemSettings settings;
    settings.ues = 60;
    settings.gnbs = 7;
    settings.duration = Seconds(4);
    settings.traffic = "cbr:1Mbps:1000";
    settings.mskInterval = Seconds(2);
    settings.mtkInterval = Seconds(1);
    settings.attributes = {{"ns3::mbs::SinrRadioLink::Interference", "full"},
                           {"ns3::mbs::LinkAdaptation::GroupPercentile", "20"}};
    settings.scenario = std::make_shared<RadioScenario>(
        RadioScenario::Hexagonal(7, 1, 60, 500, PathLossProfile::Of("uma").value()));
    return settings;
}

/** UEs are served by the gNB that they receive best; those worse than the scheme lose packets. */
void
LossesFollowFromPlaces(Check& check)
{
    SystemRun run(check, SevenCells());
    run.Run();
    std::set<uint32_t> used;
    for (uint32_t ue = 0; ue < 60; ++ue)
    {
        used.insert(run.Network().GetGnbOf(ue));
    }
    check.Expect(used.size() > 4, "UEs are all over");
    const uint64_t lost = run.Lost(LossCause::RADIO);
    const TrafficCounts total = run.Total();
    check.Expect(lost > 0 && lost < total.expected / 3, "about a fifth of the UEs lose packets");
    std::ostringstream report;
    WriteRadioReport(report, run.Network());
    std::istringstream lines(report.str());
    std::string line;
    std::getline(lines, line);
    check.Equal(line,
                "ue,gnb,x_m,y_m,z_m,rsrp_dbm,sinr_db,uplink_sinr_db,ptm_received,ptm_lost,"
                "ptp_received,ptp_lost",
                "columns");
    uint32_t rows = 0;
    while (std::getline(lines, line))
    {
        ++rows;
    }
    check.Equal(rows, 60U, "a row per UE");
}

/** Whichever way multicast takes in the cells, packets are conserved, while UEs come and go. */
void
WaysOfMulticast(Check& check)
{
    const auto run = [&check](const std::vector<std::pair<std::string, std::string>>& attributes,
                              bool sleep = false) {
        SystemSettings settings = SevenCells();
        if (sleep)
        {
            settings.attributes.emplace_back("ns3::mbs::Gnb::SleepState", "inactive");
            settings.attributes.emplace_back("ns3::mbs::Gnb::InactivityTimer", "500ms");
            settings.attributes.emplace_back("ns3::mbs::Gnb::MulticastInInactive", "true");
        }
        settings.joinWindow = Seconds(1);
        for (const auto& [name, value] : attributes)
        {
            settings.attributes.emplace_back("ns3::mbs::MulticastRadioBearer::" + name, value);
        }
        SystemRun system(check, settings);
        for (uint32_t ue = 0; ue < 60; ue += 2)
        {
            system.Network().LeaveAt(ue, MilliSeconds(1600 + 31 * ue));
        }
        system.Run();
        std::ostringstream cells;
        WriteCellReport(cells, system.Network());
        const std::string text = cells.str();
        check.Equal(std::count(text.begin(), text.end(), '\n'),
                    std::ptrdiff_t{8},
                    "a row per cell");
        check.Equal(text.find("gnb,ptm_packets,ptp_packets,ptp_copies"), std::size_t{0}, "columns");
        uint64_t ptp = 0;
        uint64_t ptm = 0;
        system.Network().GetRadioChannel()->SettleGroupCounts();
        for (uint32_t ue = 0; ue < 60; ++ue)
        {
            const auto& counts = system.Network().GetRadio(ue)->GetGroupCounts();
            ptp += counts.ptpReceived;
            ptm += counts.ptmReceived;
        }
        const double loss =
            static_cast<double>(system.Lost(LossCause::RADIO)) / system.Total().expected;
        return std::make_tuple(ptm, ptp, loss);
    };
    const auto [ptm, noPtp, ptmLoss] = run({});
    check.Expect(ptm > 0 && noPtp == 0, "PTM alone");
    const auto [noPtm, ptp, ptpLoss] = run({{"Delivery", "ptp"}});
    check.Expect(noPtm == 0 && ptp > 0, "PTP alone");
    check.Expect(ptpLoss < ptmLoss / 10, "each UE has the scheme that suits it");
    const auto [some, others, autoLoss] = run({{"Delivery", "auto"}, {"Harq", "nack-only"}});
    check.Expect(some > 0 && others > 0, "large cells and small ones, and those that become small");
    check.Expect(autoLoss < ptmLoss, "loss " + std::to_string(autoLoss));
    const auto [asleep, awake, sleepersLoss] = run({{"Delivery", "ptp"}}, true);
    check.Expect(asleep > 0 && awake > 0, "PTP until UEs are in RRC_INACTIVE, then PTM");
    check.Expect(sleepersLoss > ptpLoss, "loss " + std::to_string(sleepersLoss));
    for (const std::string harq : {"nack-only", "ack-nack"})
    {
        const auto [all, alone, loss] = run({{"Harq", harq}, {"UnicastRetransmissionUes", "2"}});
        check.Expect(all > 0 && (alone > 0) == (harq == "ack-nack"), harq + ": to whom");
        check.Expect(loss < ptmLoss / 1.5,
                     harq + ": loss " + std::to_string(loss) + " and " + std::to_string(ptmLoss));
    }
}

/** The same command gives the same results, and another run other ones, also for UEs that move. */
void
SameSeedSamePlaces(Check& check)
{
    const auto results = [&check](uint64_t rngRun, double speed) {
        SystemSettings settings = SevenCells();
        settings.rngRun = rngRun;
        auto scenario = std::make_shared<RadioScenario>(*settings.scenario);
        scenario->speed = speed;
        settings.scenario = scenario;
        SystemRun run(check, settings);
        run.Run();
        std::ostringstream report;
        WriteRadioReport(report, run.Network());
        return run.Csv() + report.str();
    };
    for (const double speed : {0.0, 20.0})
    {
        const std::string first = results(1, speed);
        check.Expect(first == results(1, speed), "the same");
        check.Expect(first != results(2, speed), "another");
    }
}

} // namespace

/** @param suite gets the tests of places */
void
AddRadioScenarioTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("hexagonal layouts have their sites and UEs where they should be", Layouts);
    add("positions are read from a file, or it is said what is wrong", PositionsFromAFile);
    add("radio options that do not go together are refused", OptionsThatAreWrong);
    add("places that the path loss model is not made for are refused", PlacesOutsideTheModel);
    add("carriers that do not exist are refused", CarriersThatDoNotExist);
    add("losses on the radio follow from where the UEs are", LossesFollowFromPlaces);
    add("packets are conserved by PTM, PTP, auto and HARQ of groups", WaysOfMulticast);
    add("places, ways and losses are the same with the same seed", SameSeedSamePlaces);
}

} // namespace ns3::mbs
