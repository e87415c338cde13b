// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-moving-ues.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-mobility-options.h"
#include "ns3/mbs-rrc.h"
#include "ns3/mbs-scheduled-job.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

using Cause = MobilityLedger::Cause;

/** From one look at the radio links to the next. */
const Time INTERVAL = MilliSeconds(20);

/** @param seconds a time @return the first look at the radio links behind it */
Time
NextLook(double seconds)
{
    return MovingUes::NextLook(seconds, INTERVAL);
}

/** @param settings get an attribute of the monitor @param name of it @param value of it */
void
Set(SystemSettings& settings, const std::string& name, const std::string& value)
{
    settings.attributes.emplace_back("ns3::mbs::RadioLinkMonitor::" + name, value);
}

void
ALinkFailsT310AfterItsThreshold(Check& check)
{
    const double speed = 40;
    const double start = 250;
    const double crossing = (MovingUes::DistanceOfSnr(-8) - start) / speed;
    for (const uint32_t n310 : {1, 4, 20})
    {
        for (const int64_t t310 : {0, 500, 1000})
        {
            SystemSettings settings = MovingUes::Settings({0, 600}, start, speed);
            Set(settings, "N310", std::to_string(n310));
            Set(settings, "T310", std::to_string(t310) + "ms");
            SystemRun run(check, settings);
            run.Run();
            const auto& rows = run.Results().GetMobility().Rows();
            check.Equal(rows.size(), std::size_t{1}, "one radio link failure");
            if (rows.empty())
            {
                continue;
            }
            const Time closed = NextLook(crossing) + INTERVAL * (n310 - 1) + MilliSeconds(t310);
            check.Equal(rows[0].lost, closed.GetNanoSeconds(), "radio link failure, ns");
            check.Expect(rows[0].cause == Cause::RADIO_LINK_FAILURE, "that is the cause");
            check.Equal(rows[0].found.value_or(0),
                        (closed + MilliSeconds(200)).GetNanoSeconds(),
                        "cell found, ns");
            check.Equal(rows[0].next.value_or(9), 1U, "the cell ahead");
            check.Equal(run.Network().GetGnbOf(0), 1U, "it serves the UE in the end");
            check.Expect(run.Network().GetUes()[0]->IsMember(run.Network().GetTmgi()),
                         "which is a member still");
        }
    }
}

void
ALinkThatRecoversDoesNotFail(Check& check)
{
    // From out of coverage towards the cell.
    const double speed = -40;
    const double start = 420;
    const double recovers = (MovingUes::DistanceOfSnr(-6) - start) / speed;
    for (const uint32_t n311 : {1, 2, 5})
    {
        SystemSettings settings = MovingUes::Settings({0}, start, speed);
        Set(settings, "T310", "2s");
        Set(settings, "N311", std::to_string(n311));
        SystemRun run(check, settings);
        std::vector<Time> times;
        const Ptr<RadioLinkMonitor> monitor = run.Network().GetRadioLinkMonitor();
        for (const char* trace : {"T310Started", "T310Stopped"})
        {
            run.On<uint32_t, uint32_t>(monitor, trace, [&](uint32_t, uint32_t) {
                times.push_back(Simulator::Now());
            });
        }
        run.Run();
        check.Expect(run.Results().GetMobility().Rows().empty(), "it keeps its cell");
        check.Equal(times.size(), std::size_t{2}, "T310 ran once");
        if (times.size() == 2)
        {
            check.Equal(times[0].GetNanoSeconds(), INTERVAL.GetNanoSeconds(), "started, ns");
            check.Equal(times[1].GetNanoSeconds(),
                        (NextLook(recovers) + INTERVAL * (n311 - 1)).GetNanoSeconds(),
                        "stopped, ns");
        }
    }
}

void
AUeWaitsForASuitableCell(Check& check)
{
    const double speed = -40;
    const double start = 420;
    for (const double qRxLevMin : {-120.0, -124.0})
    {
        SystemSettings settings = MovingUes::Settings({0}, start, speed);
        Set(settings, "QRxLevMin", std::to_string(qRxLevMin));
        SystemRun run(check, settings);
        double rsrp = 0;
        run.On<uint32_t, uint32_t, double>(run.Network().GetRadioLinkMonitor(),
                                           "CellSelected",
                                           [&rsrp](uint32_t, uint32_t, double dbm) { rsrp = dbm; });
        run.Run();
        const auto& rows = run.Results().GetMobility().Rows();
        check.Equal(rows.size(), std::size_t{1}, "one radio link failure");
        if (rows.empty())
        {
            continue;
        }
        const Time failed = INTERVAL + Seconds(1);
        const Time suitable = NextLook((MovingUes::DistanceOfRsrp(qRxLevMin) - start) / speed);
        check.Equal(rows[0].lost, failed.GetNanoSeconds(), "T310 runs out, ns");
        check.Equal(rows[0].found.value_or(0),
                    std::max(failed + MilliSeconds(200), suitable).GetNanoSeconds(),
                    "cell selected, ns");
        check.Expect(rsrp > qRxLevMin && rsrp < qRxLevMin + 0.2,
                     "RSRP " + std::to_string(rsrp) + " dBm");
        check.Expect(rows[0].listening.has_value(), "and it listens in the end");
    }
}

void
TheStrongestCellIsSelected(Check& check)
{
    SystemSettings settings = MovingUes::Settings({0, 2000, 800, 620}, 250, 40);
    settings.duration = Seconds(8);
    SystemRun run(check, settings);
    bool selected = false;
    run.On<uint32_t, uint32_t, double>(
        run.Network().GetRadioLinkMonitor(),
        "CellSelected",
        [&](uint32_t, uint32_t gnb, double rsrp) {
            selected = true;
            const double x = 250 + 40 * Simulator::Now().GetSeconds();
            check.Equal(gnb, 3U, "the nearest one");
            check.Expect(std::abs(rsrp - MovingUes::RsrpAt(620 - x)) < 1e-3, "RSRP by hand");
        });
    run.Run();
    check.Expect(selected, "a cell is selected");
}

void
WhoGoesForGoodLosesTheRest(Check& check)
{
    SystemSettings settings = MovingUes::Settings({0}, 300, 40);
    settings.traffic = "cbr:96kbps:1200";
    settings.duration = Seconds(20);
    SystemRun run(check, settings);
    run.Run();
    const MobilityLedger& mobility = run.Results().GetMobility();
    check.Equal(mobility.Count(Cause::RADIO_LINK_FAILURE), 1U, "one failure");
    check.Equal(mobility.CountOpen(), 1U, "no cell in the end");
    if (!mobility.Rows().empty())
    {
        // Ten packets a second.
        const double without = 20 - mobility.Rows()[0].lost * 1e-9;
        const auto lost = static_cast<double>(run.Lost(LossCause::HANDOVER));
        check.Expect(std::abs(lost - 10 * without) <= 2,
                     "lost " + std::to_string(lost) + " in " + std::to_string(without) + " s");
    }
}

void
ACellThatDoesNotTakeAUeIsLost(Check& check)
{
    SystemSettings settings = MovingUes::Settings({0, 600}, 250, 40);
    // The UE is in the second cell at 5.2 s.
    settings.faults = {"gnb-1:restart@4s+5s"};
    settings.duration = Seconds(20);
    SystemRun run(check, settings);
    run.Run();
    const MobilityLedger& mobility = run.Results().GetMobility();
    check.Equal(mobility.Count(Cause::RADIO_LINK_FAILURE), 1U, "one failure");
    const auto& rows = mobility.Rows();
    check.Equal(mobility.Count(Cause::ACCESS_FAILURE), 1U, "the cell does not take it");
    if (rows.size() == 2)
    {
        check.Equal(rows[1].lost - rows[0].found.value_or(0), int64_t{1000000000}, "T301, ns");
    }
    check.Equal(run.Messages("N1", "SERVICE REQUEST"), 1U, "then it is idle and asks for service");
    check.Equal(mobility.CountOpen(), 0U, "until the gNB is back");
    check.Equal(mobility.Interruptions().Count(), 1U, "one interruption");
}

void
WhoFindsNoCellInT311IsIdle(Check& check)
{
    for (const bool inTime : {true, false})
    {
        // The cell is suitable in time, or some seconds too late.
        SystemSettings settings = MovingUes::Settings({0}, 420, -40);
        Set(settings, "QRxLevMin", "-110");
        settings.attributes.emplace_back("ns3::mbs::Ue::T311", inTime ? "20s" : "1s");
        SystemRun run(check, settings);
        run.Run();
        const std::string which = inTime ? "in time: " : "too late: ";
        const MobilityLedger& mobility = run.Results().GetMobility();
        check.Equal(mobility.Rows().size(), std::size_t{1}, which + "one radio link failure");
        check.Equal(mobility.CountOpen(), 0U, which + "it listens in the end");
        check.Equal(run.Messages("N1", "SERVICE REQUEST"),
                    inTime ? 0U : 1U,
                    which + "re-establishment, or a new connection");
        check.Expect(run.Network().GetUes()[0]->GetRrcState() == RrcState::CONNECTED,
                     which + "it is connected");
        check.Expect(run.Network().GetUes()[0]->IsMember(run.Network().GetTmgi()),
                     which + "it is a member still");
        std::size_t given = 0;
        for (const auto& [what, count] : run.Results().GetDrops())
        {
            given += what.find("not re-established") != std::string::npos ? count : 0;
        }
        check.Equal(given, std::size_t(inTime ? 0 : 1), which + "what is dropped");
    }
}

void
AnIdleUeReselects(Check& check)
{
    const double speed = 40;
    const double start = 50;
    for (const auto& [hysteresis, seconds] : {std::make_pair(4.0, 1), std::make_pair(0.0, 0)})
    {
        SystemSettings settings = MovingUes::Settings({0, 600}, start, speed);
        // Its own cell is suitable all the time.
        Set(settings, "QRxLevMin", "-140");
        Set(settings, "QHyst", std::to_string(hysteresis));
        Set(settings, "TReselection", std::to_string(seconds) + "s");
        SystemRun run(check, settings);
        ScheduleJob(Seconds(2), [&run] {
            RrcMessage release;
            release.type = RrcType::RELEASE_TO_IDLE;
            const Bytes octets = release.Encode();
            run.Network().GetCells()[0]->SendToUe(
                run.Network().GetRadio(0)->GetRnti(),
                Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
        });
        std::vector<Time> times;
        run.On<uint32_t, uint32_t, double>(
            run.Network().GetRadioLinkMonitor(),
            "CellSelected",
            [&times](uint32_t, uint32_t, double) { times.push_back(Simulator::Now()); });
        run.Run();
        // Where 40 lg(x / (600 - x)) is the hysteresis.
        const double ratio = std::pow(10, hysteresis / 40);
        const double crossing = (600 * ratio / (1 + ratio) - start) / speed;
        check.Equal(times.size(), std::size_t{1}, "one other cell");
        if (!times.empty())
        {
            check.Equal(times[0].GetNanoSeconds(),
                        (NextLook(crossing) + Seconds(seconds)).GetNanoSeconds(),
                        "selected, ns");
        }
        check.Equal(run.Network().GetGnbOf(0), 1U, "it camps there");
        check.Expect(run.Network().GetUes()[0]->GetRrcState() == RrcState::IDLE, "and is idle");
        check.Expect(run.Results().GetMobility().Rows().empty(), "no cell was lost");
    }
}

void
AnIdleUeWithoutACellAsksInTheNext(Check& check)
{
    // Its cell is not suitable from 400 m on, the next one not before 500 m; it has to leave
    // meanwhile.
    SystemSettings settings = MovingUes::Settings({0, 900}, 50, 40);
    settings.duration = Seconds(16);
    Set(settings, "QRxLevMin", std::to_string(MovingUes::RsrpAt(400)));
    SystemRun run(check, settings);
    const Ptr<Ue> ue = run.Network().GetUes()[0];
    ScheduleJob(Seconds(2), [&run] {
        RrcMessage release;
        release.type = RrcType::RELEASE_TO_IDLE;
        const Bytes octets = release.Encode();
        run.Network().GetCells()[0]->SendToUe(
            run.Network().GetRadio(0)->GetRnti(),
            Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
    });
    const Tmgi tmgi = run.Network().GetTmgi();
    ScheduleJob(Seconds(10), [&check, ue, tmgi] {
        check.Expect(ue->GetRrcState() == RrcState::IDLE, "it is idle");
        ue->Leave(tmgi);
        check.Expect(!ue->IsAccessing(), "it has nobody to ask");
    });
    ScheduleJob(Seconds(11), [&check, ue, tmgi] {
        check.Expect(ue->IsMember(tmgi), "it has not left while it had no cell");
    });
    run.Run();
    check.Equal(run.Network().GetGnbOf(0), 1U, "it is in the next cell");
    check.Expect(!ue->IsMember(tmgi), "and has left the session");
    check.Equal(run.Messages("N1", "SERVICE REQUEST"), 1U, "with a new connection");
}

void
PacketsOfUesThatChangeCellsAreConserved(Check& check)
{
    for (const char* delivery : {"ptp", "auto", "ptm"})
    {
        for (const char* harq : {"off", "nack-only", "ack-nack"})
        {
            SystemSettings settings = MovingUes::Walkers();
            settings.attributes = {{"ns3::mbs::MulticastRadioBearer::Delivery", delivery},
                                   {"ns3::mbs::MulticastRadioBearer::Harq", harq}};
            SystemRun run(check, settings);
            run.Run();
            const std::string which = std::string(delivery) + " with HARQ " + harq;
            const MobilityLedger& mobility = run.Results().GetMobility();
            check.Expect(mobility.CountChanges() >= 5,
                         which + ": changes " + std::to_string(mobility.CountChanges()));
            check.Expect(mobility.CountOpen() <= 3, which + ": UEs come back");
            check.Expect(run.Lost(LossCause::HANDOVER) > 0, which + ": lost handover");
            for (const Ptr<Ue>& ue : run.Network().GetUes())
            {
                check.Expect(ue->IsMember(run.Network().GetTmgi()), which + ": all are members");
            }
        }
    }
}

void
SameSeedSameWays(Check& check)
{
    const auto results = [&check](uint64_t rngRun) {
        SystemSettings settings = MovingUes::Walkers();
        settings.rngRun = rngRun;
        SystemRun run(check, settings);
        run.Run();
        std::ostringstream csv;
        WriteMobility(csv, run.Results().GetMobility());
        return run.Csv() + csv.str();
    };
    const std::string first = results(1);
    check.Expect(first == results(1), "the same");
    check.Expect(first != results(2), "another");
}

void
WhoDoesNotMoveIsNotWatched(Check& check)
{
    SystemSettings settings = MovingUes::Walkers();
    settings.duration = Seconds(2);
    settings.mobility = Mobility::NONE;
    SystemRun run(check, settings);
    run.Run();
    check.Expect(!run.Network().GetRadioLinkMonitor(), "no monitor");
    check.Expect(!run.Network().GetUes()[0]->MayLoseCell(), "and nothing kept for it");
    check.Expect(run.Results().MakeResults().mobility == nullptr, "and no results");
}

void
OptionsThatDoNotGoTogether(Check& check)
{
    const auto refusal = [](const char* word, const MobilityOptions::Limits& limits) {
        MobilityOptions mobility;
        ProgramOptions options("test", "A test.");
        mobility.Register(options);
        std::ostringstream out;
        try
        {
            options.Parse({word}, out);
            mobility.Validate(limits);
        }
        catch (const UserError& error)
        {
            return std::string(error.what());
        }
        return std::string();
    };
    const MobilityOptions::Limits good{true, 1, false, "", false, false};
    check.Equal(refusal("--mobility=rlf", good), "", "what goes together");
    check.Equal(refusal("--mobility=none", {false, 2, true, "--procedure=up", true, true}),
                "",
                "none goes with everything");
    const auto says = [&check](const std::string& error, const std::string& clause) {
        check.Expect(error.find(clause) != std::string::npos, "says: " + error);
        check.Expect(error.find('\n') == std::string::npos, "one line");
    };
    says(refusal("--mobility=fast", good), "--mobility=fast: must be none, rlf or a3");
    says(refusal("--mobility=rlf", {false, 1, false, "", false, false}), "a --speed above 0");
    says(refusal("--mobility=rlf", {true, 2, false, "", false, false}), "give --amfs=1");
    says(refusal("--mobility=rlf", {true, 1, true, "--procedure=up", false, false}),
         "must be none with --procedure=up");
    says(refusal("--mobility=rlf", {true, 1, false, "", true, false}), "leave out --ueState");
    says(refusal("--mobility=rlf", {true, 1, false, "", false, true}), "leave out --event=outage");
    says(refusal("--handoverRecovery=status-report", {false, 1, false, "", false, false, false}),
         "give --mobility=a3 or an --event=handover too");
    says(refusal("--handoverRecovery=some", good),
         "--handoverRecovery=some: must be none or status-report");
    check.Equal(
        refusal("--handoverRecovery=status-report", {false, 1, false, "", false, true, true}),
        "",
        "with handovers by events");
    Config::SetDefault("ns3::mbs::MulticastRadioBearer::HandoverRecovery",
                       StringValue("status-report"));
    Config::SetDefault("ns3::mbs::MulticastRadioBearer::TReordering", TimeValue(Seconds(0)));
    says(refusal("--mobility=rlf", good), "TReordering=0s: must be above 0s");
    Config::Reset();
    const MobilityOptions none;
    says(none.Warning(true, 2), "UEs keep the cell in which they begin");
    check.Equal(none.Warning(true, 1), "", "there is no other cell");
    check.Equal(none.Warning(false, 2), "", "nobody moves");
    Config::SetDefault("ns3::mbs::RadioLinkMonitor::QIn", DoubleValue(-9));
    says(refusal("--mobility=rlf", good), "QIn=-9: must be at least QOut");
    Config::Reset();
}

} // namespace

/** @param suite gets the tests of UEs that move from cell to cell */
void AddSystemMobilityTests(MbsTestSuite& suite);

void
AddSystemMobilityTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a radio link fails N310 intervals and T310 after its SINR falls below Qout",
        ALinkFailsT310AfterItsThreshold);
    add("N311 intervals above Qin stop T310", ALinkThatRecoversDoesNotFail);
    add("a UE without a cell waits until one is suitable", AUeWaitsForASuitableCell);
    add("the strongest cell is selected", TheStrongestCellIsSelected);
    add("what a UE misses that finds no cell is lost_handover", WhoGoesForGoodLosesTheRest);
    add("a cell that does not take a UE in T301 is lost", ACellThatDoesNotTakeAUeIsLost);
    add("a UE that finds no cell in T311 is idle and asks for a new connection",
        WhoFindsNoCellInT311IsIdle);
    add("an idle UE goes to a neighbour that is better by the hysteresis for long enough",
        AnIdleUeReselects);
    add("an idle UE without a cell says in the next one what it has to say",
        AnIdleUeWithoutACellAsksInTheNext);
    add("packets of UEs that change cells are conserved by PTM, PTP and HARQ",
        PacketsOfUesThatChangeCellsAreConserved);
    add("UEs that change cells do so alike with the same seed", SameSeedSameWays);
    add("UEs that keep their cells are not watched", WhoDoesNotMoveIsNotWatched);
    add("mobility that cannot be is refused in one sentence", OptionsThatDoNotGoTogether);
}

} // namespace ns3::mbs
