// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-moving-ues.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/constant-velocity-mobility-model.h"
#include "ns3/simulator.h"

#include <cmath>
#include <sstream>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

using Cause = MobilityLedger::Cause;

/** From one measurement to the next. */
const Time INTERVAL = MilliSeconds(40);

/** Between the cells of a run with two of them, m. */
constexpr double DISTANCE = 600;

/** @param x where the UE is at time 0, m @param speed m/s @return a UE that reports event A3 */
SystemSettings
BetweenTwoCells(double x, double speed)
{
    SystemSettings settings = MovingUes::Settings({0, DISTANCE}, x, speed);
    settings.mobility = Mobility::EVENT_A3;
    return settings;
}

/** @param settings get an attribute of the measurements @param name of it @param value of it */
void
Set(SystemSettings& settings, const std::string& name, const std::string& value)
{
    settings.attributes.emplace_back("ns3::mbs::UeMeasurements::" + name, value);
}

/** The reports of UE 0. */
struct Reports
{
    /** @param run a run that has not begun */
    explicit Reports(SystemRun& run)
    {
        run.On<uint32_t, uint32_t, const RrcMeasurementReport&>(
            run.Network().GetMeasurements(),
            "ReportSent",
            [this](uint32_t ue, uint32_t gnb, const RrcMeasurementReport& report) {
                if (ue == 0)
                {
                    times.push_back(Simulator::Now());
                    gnbs.push_back(gnb);
                    reports.push_back(report);
                }
            });
    }

    std::vector<Time> times;                   //!< when it sent them
    std::vector<uint32_t> gnbs;                //!< to whom
    std::vector<RrcMeasurementReport> reports; //!< what they say
};

void
AReportComesTimeToTriggerAfterItsThreshold(Check& check)
{
    const double speed = 40;
    const double start = 50;
    for (const auto& [offset, hysteresis] :
         {std::make_pair(3.0, 1.0), std::make_pair(0.0, 0.0), std::make_pair(6.0, 2.0)})
    {
        for (const int64_t timeToTrigger : {0, 160, 640, 1024})
        {
            SystemSettings settings = BetweenTwoCells(start, speed);
            Set(settings, "FilterCoefficient", "0");
            Set(settings, "A3Offset", std::to_string(offset));
            Set(settings, "Hysteresis", std::to_string(hysteresis));
            Set(settings, "TimeToTrigger", std::to_string(timeToTrigger) + "ms");
            SystemRun run(check, settings);
            const Reports sent(run);
            run.Run();
            // Where 40 lg(x / (DISTANCE - x)) is offset and hysteresis.
            const double ratio = std::pow(10, (offset + hysteresis) / 40);
            const double crossing = (DISTANCE * ratio / (1 + ratio) - start) / speed;
            const Time entered = MovingUes::NextLook(crossing, INTERVAL);
            const int64_t looks =
                (timeToTrigger + INTERVAL.GetMilliSeconds() - 1) / INTERVAL.GetMilliSeconds();
            check.Expect(!sent.times.empty(), "there is a report");
            if (sent.times.empty())
            {
                continue;
            }
            const Time closed = entered + INTERVAL * looks;
            check.Equal(sent.times[0].GetNanoSeconds(), closed.GetNanoSeconds(), "report, ns");
            check.Equal(sent.gnbs[0], 0U, "to its own gNB");
            const double x = start + speed * closed.GetSeconds();
            RrcMeasurementReport byHand;
            byHand.servingRsrp = ToRsrpRange(MovingUes::RsrpAt(x));
            byHand.neighbours = {{1, ToRsrpRange(MovingUes::RsrpAt(DISTANCE - x))}};
            check.Equal(ToHex(sent.reports[0].Encode()), ToHex(byHand.Encode()), "what it says");
            const MobilityLedger& mobility = run.Results().GetMobility();
            check.Equal(mobility.Count(Cause::HANDOVER), 1U, "one handover");
            check.Equal(mobility.Rows().size(), std::size_t{1}, "and nothing else");
            check.Equal(run.Network().GetGnbOf(0), 1U, "it is in the cell ahead");
            check.Equal(sent.times.size(), std::size_t{1}, "and reports no more");
            check.Equal(run.Messages("Uu", "MeasurementReport"), 1U, "which is counted");
        }
    }
}

void
TheFilterForgetsByHalves(Check& check)
{
    // With k = 4 half of a step is left after 200 ms, however often it is measured.
    for (const int64_t interval : {200, 100, 40})
    {
        SystemSettings settings = BetweenTwoCells(100, 0);
        settings.duration = Seconds(3);
        Set(settings, "Interval", std::to_string(interval) + "ms");
        SystemRun run(check, settings);
        const auto place = run.Network().GetUes()[0]->GetNode()->GetObject<MobilityModel>();
        // Right behind a measurement, so that the next one is the first of the new place.
        ScheduleJob(Seconds(1) + MicroSeconds(1), [place] { place->SetPosition({200, 0, 0}); });
        const double before = MovingUes::RsrpAt(100);
        const double after = MovingUes::RsrpAt(200);
        for (const int periods : {1, 2, 5})
        {
            ScheduleJob(Seconds(1) + MilliSeconds(200 * periods) + MicroSeconds(2),
                        [&check, &run, before, after, periods] {
                            const double left = (before - after) / std::pow(2, periods);
                            const double rsrp =
                                run.Network().GetMeasurements()->GetFilteredRsrpDbm(0, 0);
                            check.Expect(std::abs(rsrp - after - left) < 1e-3,
                                         std::to_string(periods) + " times 200 ms: " +
                                             std::to_string(rsrp - after) + " dB are left");
                        });
        }
        run.Run();
    }
}

/**
 * @param check where failures are reported
 * @param name of an attribute of the measurements
 * @param value of it
 * @return how often a UE is handed over that swings 15 m to both sides of the middle, 2 s each
 */
uint64_t
HandoversOfASwing(Check& check, const std::string& name, const std::string& value)
{
    const double swing = 15;
    SystemSettings settings = BetweenTwoCells(DISTANCE / 2 - swing, swing);
    settings.duration = Seconds(20);
    for (const char* zero : {"FilterCoefficient", "A3Offset", "Hysteresis"})
    {
        Set(settings, zero, "0");
    }
    Set(settings, "TimeToTrigger", "0ms");
    Set(settings, name, value);
    SystemRun run(check, settings);
    const auto ue =
        run.Network().GetUes()[0]->GetNode()->GetObject<ConstantVelocityMobilityModel>();
    for (int turn = 1; turn < 10; ++turn)
    {
        ScheduleJob(Seconds(2 * turn), [ue, turn, swing] {
            ue->SetVelocity({turn % 2 == 0 ? swing : -swing, 0, 0});
        });
    }
    run.Run();
    return run.Results().GetMobility().Count(Cause::HANDOVER);
}

void
HysteresisAndTimeToTriggerPreventPingPong(Check& check)
{
    check.Equal(HandoversOfASwing(check, "Hysteresis", "0"), 10U, "one each time in the middle");
    // The last one would come behind the end. At 15 m from the middle the other cell is 40 lg(315 /
    // 285) = 1.74 dB better, for 2 s.
    check.Equal(HandoversOfASwing(check, "Hysteresis", "1.7"), 9U, "hysteresis below that");
    check.Equal(HandoversOfASwing(check, "Hysteresis", "1.8"), 0U, "hysteresis above that");
    check.Equal(HandoversOfASwing(check, "TimeToTrigger", "1.8s"), 9U, "less time than that");
    check.Equal(HandoversOfASwing(check, "TimeToTrigger", "2.1s"), 0U, "more time than that");
}

void
ALinkFailsWhoseReportsAreLost(Check& check)
{
    for (const uint32_t amount : {0, 3})
    {
        SystemSettings settings = BetweenTwoCells(50, 40);
        // Enough for 200 m and by far too little for the middle.
        settings.attributes.emplace_back("ns3::mbs::SinrRadioLink::UePower", "20");
        Set(settings, "ReportAmount", std::to_string(amount));
        SystemRun run(check, settings);
        const Reports sent(run);
        uint32_t heard = 0;
        run.On<uint32_t, uint32_t, const RrcMeasurementReport&>(
            run.Network().GetGnbs()[0],
            "MeasurementReported",
            [&heard](uint32_t, uint32_t, const RrcMeasurementReport&) { ++heard; });
        run.Run();
        const MobilityLedger& mobility = run.Results().GetMobility();
        check.Equal(heard, 0U, "the gNB hears nothing");
        check.Equal(mobility.Count(Cause::HANDOVER), 0U, "and orders nothing");
        check.Equal(mobility.Count(Cause::RADIO_LINK_FAILURE), 1U, "the radio link fails");
        check.Equal(run.Network().GetGnbOf(0), 1U, "the UE comes to the next cell by itself");
        check.Expect(amount == 0 ? sent.times.size() > 8 : sent.times.size() == amount,
                     std::to_string(sent.times.size()) + " reports");
        for (std::size_t i = 1; i < sent.times.size(); ++i)
        {
            check.Equal((sent.times[i] - sent.times[i - 1]).GetMilliSeconds(),
                        int64_t{240},
                        "each 240 ms");
        }
    }
}

void
ATargetThatRefusesIsAskedAgain(Check& check)
{
    SystemSettings settings = BetweenTwoCells(50, 40);
    settings.attributes.emplace_back("ns3::mbs::Gnb::AdmitHandovers", "false");
    SystemRun run(check, settings);
    uint32_t failed = 0;
    run.On<uint32_t, uint32_t, uint32_t, const std::string&>(
        run.Network().GetGnbs()[0],
        "HandoverFailed",
        [&failed](uint32_t, uint32_t, uint32_t, const std::string&) { ++failed; });
    run.Run();
    const MobilityLedger& mobility = run.Results().GetMobility();
    check.Expect(failed > 5, "asked " + std::to_string(failed) + " times");
    check.Equal(mobility.Count(Cause::HANDOVER), 0U, "never handed over");
    check.Equal(mobility.Count(Cause::RADIO_LINK_FAILURE), 1U, "the radio link fails");
    check.Equal(run.Network().GetGnbOf(0), 1U, "the UE comes to the next cell by itself");
}

void
KeysAndPacketsOfUesThatAreHandedOver(Check& check)
{
    for (const char* delivery : {"ptp", "auto", "ptm"})
    {
        SystemSettings settings = MovingUes::Walkers();
        settings.mobility = Mobility::EVENT_A3;
        settings.attributes = {{"ns3::mbs::MulticastRadioBearer::Delivery", delivery}};
        Set(settings, "TimeToTrigger", "40ms");
        SystemRun run(check, settings);
        run.Run();
        const MobilityLedger& mobility = run.Results().GetMobility();
        const std::string which = delivery;
        check.Expect(mobility.Count(Cause::HANDOVER) >= 8,
                     which + ": handovers " + std::to_string(mobility.Count(Cause::HANDOVER)));
        check.Equal(mobility.Count(Cause::RADIO_LINK_FAILURE), 0U, which + ": no link fails");
        for (const auto& row : run.Rows(KeyKind::MSK))
        {
            check.Expect(row.outcome == KeyOutcome::INSTALLED,
                         which + ": UE " + std::to_string(row.ue) + " has each MSK");
        }
        check.Equal(run.Lost(LossCause::NO_KEY), 0U, which + ": lost for want of a key");
    }
}

void
LinksFailBeforeALateReport(Check& check)
{
    for (const char* delivery : {"ptp", "auto", "ptm"})
    {
        SystemSettings settings = MovingUes::Walkers();
        settings.mobility = Mobility::EVENT_A3;
        settings.attributes = {{"ns3::mbs::MulticastRadioBearer::Delivery", delivery}};
        Set(settings, "TimeToTrigger", "2560ms");
        SystemRun run(check, settings);
        run.Run();
        const MobilityLedger& mobility = run.Results().GetMobility();
        check.Expect(mobility.Count(Cause::RADIO_LINK_FAILURE) > 0,
                     std::string(delivery) + ": some links fail");
        check.Expect(mobility.Count(Cause::HANDOVER) > 0,
                     std::string(delivery) + ": others do not");
        for (const Ptr<Ue>& ue : run.Network().GetUes())
        {
            check.Expect(ue->IsMember(run.Network().GetTmgi()), "all are members");
        }
    }
}

void
WhoDoesNotGetThereSelectsACell(Check& check)
{
    SystemSettings settings = BetweenTwoCells(50, 40);
    // Less than an occasion of random access and its answer take.
    settings.attributes.emplace_back("ns3::mbs::Gnb::T304", "5ms");
    settings.attributes.emplace_back("ns3::mbs::Ue::HandoverInterruption", "1ms");
    SystemRun run(check, settings);
    run.Run();
    const MobilityLedger& mobility = run.Results().GetMobility();
    check.Equal(mobility.Count(Cause::HANDOVER), 1U, "it is told once");
    check.Equal(mobility.Count(Cause::HANDOVER_FAILURE), 1U, "in vain");
    check.Equal(mobility.Rows().size(), std::size_t{2}, "and nothing else");
    check.Equal(mobility.CountOpen(), 0U, "the UE listens in the end");
    check.Equal(run.Network().GetGnbOf(0), 1U, "in the better cell");
    if (mobility.Rows().size() == 2)
    {
        const auto& row = mobility.Rows()[1];
        check.Equal(row.next.value_or(9), 1U, "which it has selected");
        const int64_t took = row.found.value_or(0) - row.lost;
        check.Expect(took >= MilliSeconds(200).GetNanoSeconds() &&
                         took <= MilliSeconds(220).GetNanoSeconds(),
                     "SearchTime from the next look on: " + std::to_string(took));
    }
    std::ostringstream csv;
    WriteMobility(csv, mobility);
    check.Expect(csv.str().find(",t304,1,") != std::string::npos, "the results say so");
}

void
WhatIsNoReportIsDropped(Check& check)
{
    SystemSettings settings = BetweenTwoCells(50, 0);
    settings.duration = Seconds(2);
    SystemRun run(check, settings);
    const Bytes cut{RrcMeasurementReport::TYPE, 1, 40, 1};
    ScheduleJob(Seconds(1), [&run, &cut] {
        run.Network().GetRadio(0)->SendToGnb(
            Create<Packet>(cut.data(), static_cast<uint32_t>(cut.size())));
    });
    run.Run();
    const auto& drops = run.Results().GetDrops();
    check.Equal(drops.size(), std::size_t{1}, "one thing is dropped");
    check.Expect(!drops.empty() &&
                     drops.begin()->first.find("RRC MEASUREMENT REPORT") != std::string::npos,
                 "the report");
}

void
SameSeedSameHandovers(Check& check)
{
    const auto results = [&check](uint64_t rngRun) {
        SystemSettings settings = MovingUes::Walkers();
        settings.mobility = Mobility::EVENT_A3;
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

} // namespace

/** @param suite gets the tests of measurements and of the handovers that they lead to */
void AddSystemMeasurementTests(MbsTestSuite& suite);

void
AddSystemMeasurementTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("event A3 is reported time-to-trigger after offset and hysteresis are exceeded",
        AReportComesTimeToTriggerAfterItsThreshold);
    add("half of a step of RSRP is left in the filter after 200 ms with k = 4",
        TheFilterForgetsByHalves);
    add("hysteresis and time-to-trigger prevent ping-pong",
        HysteresisAndTimeToTriggerPreventPingPong);
    add("a UE whose reports are lost changes its cell when its radio link fails",
        ALinkFailsWhoseReportsAreLost);
    add("a target that refuses a UE is asked again with each report",
        ATargetThatRefusesIsAskedAgain);
    add("UEs that walk and are handed over get each key", KeysAndPacketsOfUesThatAreHandedOver);
    add("links fail before a report that comes late", LinksFailBeforeALateReport);
    add("a UE that does not get there in T304 selects the best cell",
        WhoDoesNotGetThereSelectsACell);
    add("a measurement report that is cut off is dropped", WhatIsNoReportIsDropped);
    add("UEs that are handed over are so alike with the same seed", SameSeedSameHandovers);
}

} // namespace ns3::mbs
