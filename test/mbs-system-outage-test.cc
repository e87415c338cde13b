// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-paging-channel.h"
#include "ns3/mbs-radio-network.h"
#include "ns3/mbs-scheduled-job.h"
#include "ns3/mbs-session-event.h"
#include "ns3/mbs-ue.h"

#include "ns3/data-rate.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";

/** @return two UEs of two gNBs, with traffic and no renewals */
SystemSettings
Two()
{
    SystemSettings settings;
    settings.ues = 2;
    settings.gnbs = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(12);
    settings.outages = true;
    return settings;
}

/** @param run a run @param event what happens in it */
void
Schedule(SystemRun& run, const std::string& event)
{
    SessionEvent::FromText(event).event.value_or(SessionEvent()).Schedule(run.Network());
}

/** How many packets UE 0 gets late in a run. */
struct LateDeliveries
{
    /** @param run a run that has not begun @param since when it is late */
    LateDeliveries(SystemRun& run, Time since)
    {
        run.On<uint32_t, Ptr<const Packet>, ByteView>(
            run.Network().GetUes()[0],
            "Delivered",
            [this, since](uint32_t, Ptr<const Packet>, ByteView) {
                count += Simulator::Now() > since ? 1 : 0;
            });
    }

    LateDeliveries(const LateDeliveries&) = delete;
    LateDeliveries& operator=(const LateDeliveries&) = delete;

    uint64_t count{0}; //!< of packets
};

/** What UE 0 does about session 0: when it stops to listen and begins again. */
struct Interruption
{
    /** @param run a run that has not begun */
    explicit Interruption(SystemRun& run)
    {
        run.On<uint32_t, const Tmgi&, Reception>(
            run.Network().GetRadioChannel(),
            "ReceptionChanged",
            [this](uint32_t ue, const Tmgi&, Reception reception) {
                if (ue == 0 && reception == Reception::NO_CELL)
                {
                    stopped = Simulator::Now();
                }
                else if (ue == 0 && reception == Reception::LISTENING &&
                         stopped.IsStrictlyPositive() && started.IsZero())
                {
                    started = Simulator::Now();
                }
            });
        run.On<uint32_t, Ptr<const Packet>>(run.Network().GetRadioChannel(),
                                            "GroupDelivered",
                                            [this](uint32_t gnb, Ptr<const Packet>) {
                                                if (gnb == 0 && stopped.IsStrictlyPositive() &&
                                                    started.IsZero())
                                                {
                                                    ++passed;
                                                }
                                            });
    }

    Time stopped;       //!< when it lost its cell
    Time started;       //!< when it listened again
    uint64_t passed{0}; //!< packets that came to the others in cell 0 meanwhile
};

/** @param octets of a PDU @param rate of a queue @return how long it takes */
Time
Serialised(uint32_t octets, const char* rate)
{
    return DataRate(rate).CalculateBytesTxTime(octets);
}

void
TheWayBackIsAccessAndReestablishment(Check& check)
{
    SystemSettings settings = Two();
    settings.traffic.clear();
    settings.attributes = {{"ns3::mbs::GnbRadioDevice::DataRate", "80Mbps"}};
    SystemRun run(check, settings);
    Interruption interruption(run);
    Schedule(run, "outage=0@8003ms+1s");
    run.Run();
    // Found at 9.003 s: the next occasion of random access is at 9.01 s, the grant 5 ms later. Then
    // REESTABLISHMENT REQUEST, REESTABLISHMENT, its COMPLETE and RECONFIGURATION, 4 ms each.
    const Time closed = Seconds(1) + MilliSeconds(7 + 5 + 4 * 4) + Serialised(5 + 8, "10Mbps") +
                        Serialised(5, "80Mbps") + Serialised(5, "10Mbps") +
                        Serialised(5 + 9, "80Mbps");
    check.Equal((interruption.started - interruption.stopped).GetNanoSeconds(),
                closed.GetNanoSeconds(),
                "interruption, ns");
    check.Equal(run.Messages("N2", "InitialUEMessage"), 0U, "the AMF knows nothing of it");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
WhatIsSentMeanwhileIsLost(Check& check)
{
    for (const char* delivery : {"ptm", "ptp"})
    {
        SystemSettings settings = Two();
        settings.ues = 4;
        settings.attributes = {{"ns3::mbs::MulticastRadioBearer::Delivery", delivery}};
        SystemRun run(check, settings);
        Interruption interruption(run);
        Schedule(run, "outage=0@8003ms+1s");
        run.Run();
        const uint64_t lost = run.Lost(LossCause::HANDOVER);
        check.Expect(lost >= 101 && lost <= 105, "rate x time: " + std::to_string(lost));
        check.Equal(run.Total().Lost(), lost, "nothing for another reason");
        if (std::string(delivery) == "ptm")
        {
            check.Equal(lost, interruption.passed, "all that came to the others");
        }
        check.Expect(run.Csv().find("lost_asleep,lost_handover") != std::string::npos,
                     "the results have a column for it");
    }
    SystemRun still(check, Two());
    still.Run();
    check.Equal(still.Lost(LossCause::HANDOVER), 0U, "no UE lost its cell");
    check.Expect(still.Csv().find("lost_handover") == std::string::npos,
                 "no column without a loss");
}

/**
 * @brief UE 0 does not get its cell back as it was.
 * @param check the test
 * @param settings of a run of 25 s, with what keeps UE 0 from re-establishing its connection
 * @param event its outage
 * @param asks whether it is to ask for service then
 * @param gaveUp how often a UE gives up its connection
 */
void
ComesBack(Check& check,
          SystemSettings settings,
          const std::string& event,
          bool asks,
          std::size_t gaveUp)
{
    settings.duration = Seconds(25);
    SystemRun run(check, settings);
    const LateDeliveries late(run, Seconds(24));
    Schedule(run, event);
    run.Run();
    check.Equal(run.Messages("N1", "SERVICE REQUEST"),
                asks ? 1U : 0U,
                event + ": asks for service");
    check.Expect(late.count > 90,
                 event + ": " + std::to_string(late.count) + " packets in the last second");
    std::size_t given = 0;
    for (const auto& [what, count] : run.Results().GetDrops())
    {
        given += what.find("not re-established") != std::string::npos ? count : 0;
    }
    check.Equal(given, gaveUp, event + ": gives up its connection");
    check.Expect(run.Network().GetUes()[0]->IsMember(run.Network().GetTmgi()),
                 event + ": it is a member still");
}

void
ALongOutageMakesAUeIdle(Check& check)
{
    for (const bool inTime : {true, false})
    {
        SystemSettings settings = Two();
        settings.attributes = {{"ns3::mbs::Ue::T311", inTime ? "4s" : "2s"}};
        ComesBack(check, settings, "outage=0@8s+3s", !inTime, inTime ? 0 : 1);
        ComesBack(check, settings, "outage=0:1@8s+3s", true, inTime ? 0 : 1);
    }
}

void
ACellThatDoesNotAnswerInT301(Check& check)
{
    for (const char* until : {"400ms", "900ms", "2s", "5s"})
    {
        // Down when the UE comes back, at 9 s, but for the first.
        const bool inTime = std::string(until) == "400ms";
        SystemSettings settings = Two();
        settings.faults = {std::string("gnb-0:restart@8500ms+") + until};
        ComesBack(check, settings, "outage=0@8s+1s", !inTime, inTime ? 0 : 1);
    }
    // A UE that is down itself meanwhile, in its cell or on its way to it.
    for (const char* fault : {"ue-0:restart@8500ms+4s", "ue-0:restart@9001ms+4s"})
    {
        SystemSettings settings = Two();
        settings.faults = {fault};
        ComesBack(check, settings, "outage=0@8s+1s", true, 1);
        settings.attributes = {{"ns3::mbs::Ue::T311", "500ms"}};
        ComesBack(check, settings, "outage=0@8s+1s", true, 1);
    }
}

void
AUeThatWasDownIsPaged(Check& check)
{
    // It restarts only, long before its outage; T301 ends meanwhile; T311 ends meanwhile, and then
    // its access in the cell.
    for (const auto& [outage, t311] : {std::make_pair("outage=0@16s+500ms", "10s"),
                                       std::make_pair("outage=0@8s+1s", "10s"),
                                       std::make_pair("outage=0@8s+1s", "700ms")})
    {
        const std::string when = std::string(outage) + ", T311 " + t311;
        SystemSettings settings = Two();
        settings.duration = Seconds(17);
        settings.faults = {"ue-0:restart@8500ms+4s"};
        settings.attributes = {{"ns3::mbs::Ue::T311", t311}};
        SystemRun run(check, settings);
        // It has nothing to ask for when it is back.
        Schedule(run, "leave=0@6s");
        Schedule(run, outage);
        ScheduleJob(Seconds(14), [&run, &check, &when] {
            check.Expect(run.Network().GetUes()[0]->GetRrcState() == RrcState::IDLE,
                         when + ": it is idle");
            check.Equal(run.Messages("N1", "SERVICE REQUEST"), 0U, when + ": and silent");
            NgapFiveGSTmsi tmsi;
            tmsi.fiveGTmsi = RadioNetwork::TmsiOf(0);
            run.Network().GetCells()[0]->GetObject<PagingChannel>()->Page(PagingIdentityOf(tmsi),
                                                                          tmsi.fiveGTmsi %
                                                                              PagingCycle::UE_IDS);
        });
        run.Run();
        check.Equal(run.Messages("N1", "SERVICE REQUEST"), 1U, when + ": it answers a page");
    }
}

void
T311IsNotShortened(Check& check)
{
    const auto ue = CreateObject<Ue>();
    for (const auto& [asked, ms] :
         {std::make_pair("1ms", 1), std::make_pair("1500us", 2), std::make_pair("60s", 60000)})
    {
        ue->SetAttribute("T311", StringValue(asked));
        check.Equal(ue->GetT311().GetMilliSeconds(), int64_t{ms}, std::string(asked) + ", ms");
    }
    ue->Dispose();
}

void
AUeThatIsNotReachedIsReleased(Check& check)
{
    for (const bool waits : {true, false})
    {
        SystemSettings settings = Two();
        settings.mskInterval = Seconds(10);
        settings.attributes = {
            {"ns3::mbs::Gnb::RlfReleaseTimer", waits ? "10s" : "2s"},
            {"ns3::mbs::Ue::MissingMskTimeout", "2s"},
        };
        // The MSK of 10 s does not reach it.
        ComesBack(check, settings, "outage=0@9500ms+5s", !waits, 0);
    }
}

void
AnotherCellAsksTheCore(Check& check)
{
    Time with;
    Time without;
    for (const bool shared : {true, false})
    {
        SystemSettings settings = Two();
        settings.unauthorized = shared ? 0 : 1;
        SystemRun run(check, settings);
        Interruption interruption(run);
        Time asked;
        Time answered;
        const Ptr<Gnb> target = run.Network().GetGnbs()[1];
        run.On<Ipv4Address, ByteView>(target->GetN2(), "PduSent", [&](Ipv4Address, ByteView pdu) {
            const auto type = NgapPeek(pdu);
            if (type && *type == NgapDistributionSetupRequest::TYPE)
            {
                asked = Simulator::Now();
            }
        });
        run.On<Ipv4Address, ByteView>(target->GetN2(),
                                      "PduReceived",
                                      [&](Ipv4Address, ByteView pdu) {
                                          const auto type = NgapPeek(pdu);
                                          if (type && *type == NgapDistributionSetupResponse::TYPE)
                                          {
                                              answered = Simulator::Now();
                                          }
                                      });
        Schedule(run, "outage=0:1@8003ms+1s");
        run.Run();
        const Time took = interruption.started - interruption.stopped;
        check.Equal(run.Network().GetGnbOf(0), 1U, "it is in the other cell");
        check.Equal(run.Messages("N2", "InitialUEMessage"), 1U, "INITIAL UE MESSAGE");
        check.Equal(run.Messages("N1", "SERVICE ACCEPT"), 1U, "SERVICE ACCEPT");
        check.Equal(run.Messages("N2", "UEContextReleaseCommand"), 1U, "to the gNB before");
        check.Equal(run.Messages("N2", "UEContextReleaseComplete"), 1U, "its answer");
        check.Equal(run.Messages("N2", "DistributionReleaseRequest"), 1U, "and it leaves");
        check.Expect(!run.Network().GetGnbs()[0]->HasSharedDelivery(run.Network().GetTmgi()),
                     "the gNB before has no use for the session");
        check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
        check.Expect(run.Csv().find("\n0,1,") != std::string::npos,
                     "the results name its last gNB");
        const uint64_t lost = run.Lost(LossCause::HANDOVER);
        const double closed = 100 * took.GetSeconds();
        check.Expect(double(lost) > closed - 3 && double(lost) < closed + 3,
                     "lost " + std::to_string(lost) + ", rate x time " + std::to_string(closed));
        check.Equal(run.Total().Lost(), lost, "nothing for another reason");
        (shared ? with : without) = took;
        if (!shared)
        {
            check.Equal((without - with).GetMicroSeconds() / 100,
                        (answered - asked).GetMicroSeconds() / 100,
                        "without the session there, its set-up is waited for");
        }
    }
}

void
AnOldKeyIsReplaced(Check& check)
{
    for (const char* event : {"outage=0@9500ms+3s", "outage=0:1@9500ms+3s"})
    {
        for (const int64_t timeout : {2, 60})
        {
            SystemSettings settings = Two();
            settings.mskInterval = Seconds(10);
            settings.duration = Seconds(29);
            settings.attributes = {
                {"ns3::mbs::Ue::MissingMskTimeout", std::to_string(timeout) + "s"}};
            SystemRun run(check, settings);
            Interruption interruption(run);
            const LateDeliveries late(run, Seconds(28));
            Schedule(run, event);
            run.Run();
            const std::string which = std::string(event) + ", " + std::to_string(timeout) + " s: ";
            Time made;
            for (const auto& row : run.Rows(KeyKind::MSK))
            {
                made = made.IsZero() ? NanoSeconds(row.generated) : made;
                check.Expect(row.outcome == KeyOutcome::INSTALLED,
                             which + "UE " + std::to_string(row.ue) + " has it");
            }
            check.Expect(late.count > 95,
                         which + std::to_string(late.count) + " packets in the last second");
            // The COMMAND was lost. The UE asks when it has waited for it, or T3591 runs out after
            // 16 s.
            const Time asks = interruption.started + Seconds(timeout);
            const Time until = std::min(asks, made + Seconds(16));
            const double closed = 100 * (until - interruption.started).GetSeconds();
            const auto lost = double(run.Lost(LossCause::NO_KEY));
            check.Expect(lost > closed - 3 && lost < closed + 8,
                         which + std::to_string(lost) + " lost with the old key, closed form " +
                             std::to_string(closed));
            check.Expect(run.Total().Lost() ==
                             run.Lost(LossCause::NO_KEY) + run.Lost(LossCause::HANDOVER),
                         "nothing is lost for another reason");
        }
    }
}

void
PacketsOfMovingUesAreConserved(Check& check)
{
    for (const char* delivery : {"ptp", "auto", "ptm"})
    {
        for (const char* harq : {"off", "nack-only", "ack-nack"})
        {
            SystemSettings settings = Two();
            settings.ues = 8;
            settings.loss = 0.2;
            settings.attributes = {{"ns3::mbs::MulticastRadioBearer::Delivery", delivery},
                                   {"ns3::mbs::MulticastRadioBearer::Harq", harq},
                                   {"ns3::mbs::RadioChannel::Carrier", "ns3::mbs::NrCarrier"}};
            SystemRun run(check, settings);
            for (const char* event : {"outage=0@4s+1ns",
                                      "outage=0:1@5s+1ms",
                                      "outage=0:0@6s+200ms",
                                      "outage=2:1@5s+3s",
                                      "outage=3:0@6s+20s",
                                      "outage=4@200ms+2s"})
            {
                Schedule(run, event);
            }
            run.Run();
            check.Expect(run.Lost(LossCause::HANDOVER) > 0,
                         std::string(delivery) + " with HARQ " + harq + ": lost handover");
            check.Equal(run.Network().GetGnbOf(0), 0U, "there and back");
        }
    }
}

void
RestartsAndOutagesMeet(Check& check)
{
    for (const char* fault : {"ue-0:restart=forget@7s+1s",
                              "ue-0:restart=forget@7s+3s",
                              "ue-0:restart=forget@5s+1s",
                              "ue-0:restart=forget@12s+1s",
                              "gnb-0:restart=forget@7s+500ms",
                              "gnb-1:restart=forget@8900ms+1s"})
    {
        for (const char* event : {"outage=0@6500ms+2s", "outage=0:1@6500ms+2s"})
        {
            SystemSettings settings = Two();
            settings.duration = Seconds(20);
            settings.faults = {fault};
            SystemRun run(check, settings);
            const LateDeliveries late(run, Seconds(19));
            Schedule(run, event);
            run.Run();
            check.Expect(late.count > 90,
                         std::string(fault) + ", " + event + ": " + std::to_string(late.count) +
                             " packets in the last second");
        }
    }
}

void
ABroadcastIsReceivedAgain(Check& check)
{
    SystemSettings settings = Two();
    settings.broadcast.emplace();
    settings.attributes = {{"ns3::mbs::Mbsf::Procedure", "up"},
                           {"ns3::mbs::Mbstf::Procedure", "up"},
                           {"ns3::mbs::Mbstf::MtkRetransmissionInterval", "500ms"}};
    SystemRun run(check, settings);
    const LateDeliveries late(run, Seconds(11));
    Schedule(run, "outage=0@6s+2s");
    run.Run();
    check.Expect(late.count > 95, std::to_string(late.count) + " packets in the last second");
    check.Expect(run.Lost(LossCause::HANDOVER) >= 200, "and none before");
}

void
WhatCannotHappenIsRefused(Check& check)
{
    const auto refusal = [](const std::vector<std::string>& texts,
                            const SessionEvent::MoveLimits& limits) -> std::string {
        std::vector<SessionEvent> events;
        for (const std::string& text : texts)
        {
            events.push_back(SessionEvent::FromText(text).event.value_or(SessionEvent()));
        }
        try
        {
            SessionEvent::ValidateMoves(events, limits);
        }
        catch (const UserError& error)
        {
            return error.what();
        }
        return "";
    };
    const SessionEvent::MoveLimits plain{2, 1, false, "", false};
    check.Equal(refusal({"outage=0:1@2s+1s", "outage=0@3s+1s"}, plain), "", "one behind the other");
    const auto says = [&check](const std::string& error, const std::string& clause) {
        check.Expect(error.find(clause) != std::string::npos, "says: " + error);
    };
    says(refusal({"outage=0@3s+1s", "outage=0:1@2s+2s"}, plain), "is out of coverage already");
    says(refusal({"outage=0:2@2s+1s"}, plain), "one of the gNBs 0 to 1");
    says(refusal({"outage=0:1@2s+1s"}, {2, 2, false, "", false}), "give --amfs=1");
    says(refusal({"outage=0:1@2s+1s"}, {2, 1, true, "--procedure=up", false}),
         "the UE must come back to its own cell");
    says(refusal({"outage=0@2s+1s"}, {2, 1, false, "", true}), "leave out --ueState");
    for (const char* wrong : {"outage=0@2s",
                              "outage=0@2s+0s",
                              "outage=@2s+1s",
                              "outage=0:@2s+1s",
                              "outage=0:1:2@2s+1s",
                              "outage=x@2s+1s",
                              "outage@2s+1s",
                              "outage=0@2s+1s+1s",
                              "outage=0+1s",
                              "leave=0@2s+1s"})
    {
        check.Expect(!SessionEvent::FromText(wrong).event, wrong);
    }
    const auto event = SessionEvent::FromText("outage=3:7@2s+500ms").event;
    check.Expect(event && event->number == 3 && event->gnb == 7U && event->at == Seconds(2) &&
                     event->duration == MilliSeconds(500),
                 "and what is right is understood");
}

} // namespace

/**
 * @brief Adds the tests of UEs that are out of coverage for some time.
 * @param suite where to
 */
void AddSystemOutageTests(MbsTestSuite& suite);

void
AddSystemOutageTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a UE is back in its cell after random access and re-establishment",
        TheWayBackIsAccessAndReestablishment);
    add("what is sent while a UE has no cell is lost_handover, rate x time",
        WhatIsSentMeanwhileIsLost);
    add("a UE that is out of coverage for longer than T311 asks for service",
        ALongOutageMakesAUeIdle);
    add("a UE that its cell does not answer in T301 asks for service",
        ACellThatDoesNotAnswerInT301);
    add("a UE that was down is paged when it is back", AUeThatWasDownIsPaged);
    add("a T311 that is no whole number of milliseconds is rounded up", T311IsNotShortened);
    add("a UE that a key does not reach is released, and comes back by a service request",
        AUeThatIsNotReachedIsReleased);
    add("another cell takes a UE by a service request, and sets the session up if it has it not",
        AnotherCellAsksTheCore);
    add("a UE that comes back from out of coverage with an old key decrypts again",
        AnOldKeyIsReplaced);
    add("packets of UEs that lose their cells are conserved by PTM, PTP and HARQ",
        PacketsOfMovingUesAreConserved);
    add("UEs out of coverage come back though they or gNBs restarted", RestartsAndOutagesMeet);
    add("a broadcast session is received again after an outage", ABroadcastIsReceivedAgain);
    add("outages that cannot happen are refused in one sentence", WhatCannotHappenIsRefused);
}

} // namespace ns3::mbs
