// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-nas-5gsm.h"
#include "ns3/mbs-rrc.h"
#include "ns3/mbs-scheduled-job.h"
#include "ns3/mbs-session-event.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 1000 packets a second. */
constexpr const char* TRAFFIC = "cbr:3200kbps:400";

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* SLOW = "cbr:960kbps:1200";

/** @return two UEs of two gNBs, with traffic and no renewals */
SystemSettings
Two()
{
    SystemSettings settings;
    settings.ues = 2;
    settings.gnbs = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(10);
    settings.handovers = true;
    return settings;
}

/** @param run a run @param event what happens in it */
void
Schedule(SystemRun& run, const std::string& event)
{
    const SessionEvent::Result result = SessionEvent::FromText(event);
    NS_ASSERT_MSG(result.event, event << " " << result.error);
    result.event->Schedule(run.Network());
}

/** @param run a run @param ue of this UE @param gnb in this gNB's cell @param at then: handover */
void
HandOver(SystemRun& run, uint32_t ue, uint32_t gnb, Time at)
{
    run.Network().HandOverAt(ue, at, gnb);
}

/** @param run a run in which UE 0 may change cells though nothing in it says so */
void
LetMove(SystemRun& run)
{
    HandOver(run, 0, 1, Hours(1));
}

/** What becomes of UE 0's handovers. */
struct Watch
{
    /** @param run a run that has not begun @param late from when on deliveries are counted */
    explicit Watch(SystemRun& run, Time late = Seconds(9))
    {
        run.On<uint32_t, const Tmgi&, Reception>(run.Network().GetRadioChannel(),
                                                 "ReceptionChanged",
                                                 [this](uint32_t ue, const Tmgi&, Reception to) {
                                                     if (ue == 0)
                                                     {
                                                         Changed(to);
                                                     }
                                                 });
        run.On<uint32_t, Ptr<const Packet>, ByteView>(
            run.Network().GetUes()[0],
            "Delivered",
            [this, late](uint32_t, Ptr<const Packet>, ByteView) {
                delivered += Simulator::Now() > late ? 1 : 0;
            });
        for (const Ptr<Gnb>& gnb : run.Network().GetGnbs())
        {
            run.On<uint32_t, uint32_t, uint32_t>(
                gnb,
                "HandoverStarted",
                [this](uint32_t, uint32_t, uint32_t) { began = Simulator::Now(); });
            run.On<uint32_t, uint32_t, uint32_t>(
                gnb,
                "HandoverCompleted",
                [this](uint32_t, uint32_t, uint32_t) { ++completed; });
            run.On<uint32_t, uint32_t, uint32_t, const std::string&>(
                gnb,
                "HandoverFailed",
                [this](uint32_t at, uint32_t, uint32_t, const std::string& why) {
                    failures.insert(std::to_string(at) + ": " + why);
                    failed = Simulator::Now();
                });
        }
    }

    /** @param to what UE 0 does from now on */
    void Changed(Reception to)
    {
        if (to == Reception::NO_CELL && !away)
        {
            stopped = Simulator::Now();
            away = true;
        }
        else if (to == Reception::LISTENING && away)
        {
            started = Simulator::Now();
            total += started - stopped;
            away = false;
        }
    }

    /** @return how long UE 0 did not listen the last time */
    Time Took() const
    {
        return started - stopped;
    }

    /** @param gnb number of one @param why a clause @return true if it has said so */
    bool Failed(uint32_t gnb, const std::string& why) const
    {
        return failures.count(std::to_string(gnb) + ": " + why) > 0;
    }

    Time stopped;                   //!< when it left its cell last
    Time started;                   //!< when it listened again
    Time total;                     //!< how long it was without a cell, all in all
    bool away{false};               //!< it has left its cell
    uint64_t delivered{0};          //!< packets that it has decrypted late in the run
    Time began;                     //!< when HANDOVER REQUEST was sent last
    Time failed;                    //!< when a handover failed last
    uint32_t completed{0};          //!< paths switched
    std::set<std::string> failures; //!< gNB and why
};

/** @param run one that has ended @return what was dropped, as text */
std::string
Drops(const SystemRun& run)
{
    std::string text;
    for (const auto& [what, count] : run.Results().GetDrops())
    {
        text += what + " x" + std::to_string(count) + "; ";
    }
    return text;
}

/** @param check where to report @param run after it @param what whose packets: rate x time */
void
ExpectLoss(Check& check, const SystemRun& run, Time time, const std::string& what)
{
    const auto lost = double(run.Lost(LossCause::HANDOVER));
    const double closed = 1000 * time.GetSeconds();
    check.Expect(std::abs(lost - closed) <= 3,
                 what + ": lost " + std::to_string(lost) + ", rate x time " +
                     std::to_string(closed));
    check.Equal(run.Total().Lost(), run.Lost(LossCause::HANDOVER), what + ": nothing else");
}

void
TheInterruptionIsAClosedForm(Check& check)
{
    for (const int64_t ms : {0, 42, 250})
    {
        SystemSettings settings = Two();
        settings.attributes = {{"ns3::mbs::Ue::HandoverInterruption", std::to_string(ms) + "ms"}};
        SystemRun run(check, settings);
        Watch watch(run);
        Schedule(run, "handover=0:1@8003ms");
        run.Run();
        // The next occasion of random access after that, every 10 ms, and the grant 5 ms later.
        const int64_t ready = (watch.stopped + MilliSeconds(ms)).GetNanoSeconds();
        const int64_t occasion = (ready + 9999999) / 10000000 * 10000000;
        check.Equal(watch.started.GetNanoSeconds(),
                    occasion + 5000000,
                    "listens again, with " + std::to_string(ms) + " ms");
        ExpectLoss(check, run, watch.Took(), std::to_string(ms) + " ms");
        check.Equal(run.Network().GetGnbOf(0), 1U, "it is in the other cell");
        check.Equal(watch.completed, 1U, "and its path is switched");
        check.Expect(watch.delivered > 990, "it receives in the last second");
        check.Equal(Drops(run), "", "nothing is dropped");
        for (const char* message :
             {"HandoverRequest", "HandoverRequestAcknowledge", "UEContextRelease"})
        {
            check.Equal(run.Messages("Xn", message), 1U, message);
        }
        for (const char* message : {"PathSwitchRequest", "PathSwitchRequestAcknowledge"})
        {
            check.Equal(run.Messages("N2", message), 1U, message);
        }
        check.Equal(run.Messages("N2", "DistributionReleaseRequest"), 1U, "the source has no UE");
        check.Expect(run.Csv().find("\n0,1,") != std::string::npos, "the last gNB in the results");
    }
}

void
ATargetWithoutTheSessionAsks(Check& check)
{
    // UE 1 may not join, so that the session is not in cell 1. The response comes before the UE if
    // its answer takes no longer than the interruption, else after it.
    for (const bool late : {false, true})
    {
        SystemSettings settings = Two();
        settings.unauthorized = 1;
        if (late)
        {
            settings.faults = {"mbsmf:delay=200ms@7900ms+1s"};
        }
        SystemRun run(check, settings);
        Watch watch(run);
        Time answered;
        run.On<Ipv4Address, ByteView>(run.Network().GetGnbs()[1]->GetN2(),
                                      "PduReceived",
                                      [&answered](Ipv4Address, ByteView pdu) {
                                          const auto type = NgapPeek(pdu);
                                          if (type && *type == NgapDistributionSetupResponse::TYPE)
                                          {
                                              answered = Simulator::Now();
                                          }
                                      });
        Schedule(run, "handover=0:1@8003ms");
        run.Run();
        check.Expect(answered.IsStrictlyPositive(), "DISTRIBUTION SETUP RESPONSE");
        if (late)
        {
            check.Expect(watch.started > answered && watch.started - answered < MilliSeconds(5),
                         "it listens as soon as the session is there and it was told");
        }
        else
        {
            check.Expect(watch.Took() < MilliSeconds(67), "it was there before the UE was told");
        }
        ExpectLoss(check, run, watch.Took(), late ? "late" : "at once");
        check.Expect(watch.delivered > 990, "it receives in the last second");
        check.Equal(Drops(run), "", "nothing is dropped");
    }
}

/** What of a key update is sent to and by UE 0. */
struct Commands
{
    /** @param run a run that has not begun @param since when it counts */
    Commands(SystemRun& run, Time since)
    {
        for (const Ptr<Gnb>& gnb : run.Network().GetGnbs())
        {
            const Ptr<GnbRadioDevice> cell = run.Network().GetCells()[gnb->GetNumber()];
            run.On<uint32_t, uint32_t, ByteView>(
                gnb,
                "NasToUe",
                [this, cell, since](uint32_t, uint32_t rnti, ByteView) {
                    if (cell->GetUeOf(rnti) == 0 && Simulator::Now() > since && first.IsZero())
                    {
                        first = Simulator::Now();
                    }
                });
            run.On<uint32_t, uint32_t, ByteView>(
                gnb,
                "NasFromUe",
                [this, cell, since](uint32_t, uint32_t rnti, ByteView nas) {
                    const auto transport = UlNasTransport::Decode(nas);
                    const auto header = transport ? NasSmHeader::Peek(transport->payload)
                                                  : Decoded<NasSmHeader>(DecodeError::MALFORMED);
                    if (cell->GetUeOf(rnti) == 0 && Simulator::Now() > since && header &&
                        header->type == NasSmType::MODIFICATION_COMPLETE)
                    {
                        ++completes;
                    }
                });
        }
        run.On<const std::string&>(run.Network().GetSmfs()[0],
                                   "CommandRetransmitted",
                                   [this](const std::string&) { ++repeated; });
    }

    Time first;            //!< when the first NAS PDU came to its gNB
    uint32_t completes{0}; //!< PDU SESSION MODIFICATION COMPLETE
    uint32_t repeated{0};  //!< times that T3591 ran out
};

void
AKeyUpdateMeetsEachPhase(Check& check)
{
    SystemSettings settings = Two();
    settings.mskInterval = Seconds(4);
    settings.duration = MilliSeconds(7500);
    settings.traffic.clear();
    Time command;
    {
        SystemRun still(check, settings);
        Commands commands(still, Seconds(3));
        still.Run();
        command = commands.first;
        check.Expect(command > Seconds(3), "there is a renewal");
    }
    std::set<std::string> ways;
    for (int64_t offset = -110; offset <= 30; offset += 2)
    {
        SystemRun run(check, settings);
        Watch watch(run);
        Commands commands(run, Seconds(3));
        HandOver(run, 0, 1, command + MilliSeconds(offset));
        run.Run();
        const std::string which = "COMMAND " + std::to_string(-offset) + " ms after the start: ";
        check.Equal(watch.completed, 1U, which + "handed over");
        check.Equal(commands.completes, 1U, which + "the UE answers once");
        check.Equal(commands.repeated, 0U, which + "without T3591");
        for (const auto& row : run.Rows(KeyKind::MSK))
        {
            check.Expect(row.outcome == KeyOutcome::INSTALLED &&
                             row.Latency() < MilliSeconds(250).GetNanoSeconds(),
                         which + "UE " + std::to_string(row.ue) + " after " +
                             std::to_string(row.Latency()) + " ns");
        }
        check.Equal(Drops(run), "", which + "nothing is dropped");
        ways.insert(run.Messages("N2", "PDUSessionResourceModifyResponse") > 0 ? "N2" : "N1");
        if (run.Messages("N2", "NASNonDeliveryIndication") > 0)
        {
            ways.insert("returned");
        }
    }
    check.Expect(ways.count("returned") == 1, "some were handed back");
}

void
UplinkDuringAHandoverIsRepeated(Check& check)
{
    // Handed over while UEs join: requests, commands and answers meet each phase.
    SystemSettings settings = Two();
    settings.duration = Seconds(4);
    settings.traffic = SLOW;
    for (int64_t at = 480; at <= 640; at += 4)
    {
        SystemRun run(check, settings);
        Watch watch(run, Seconds(3));
        HandOver(run, 0, 1, MilliSeconds(at));
        run.Run();
        const std::string which = "at " + std::to_string(at) + " ms: ";
        check.Equal(watch.completed, 1U, which + "handed over");
        check.Expect(watch.delivered > 95,
                     which + std::to_string(watch.delivered) + " in the last second; " +
                         Drops(run));
        check.Equal(run.Lost(LossCause::NO_KEY) + run.Lost(LossCause::STALE_KEY),
                    0U,
                    which + "with its keys");
    }
}

void
LeavingDuringAHandover(Check& check)
{
    SystemSettings settings = Two();
    settings.duration = Seconds(4);
    settings.traffic = SLOW;
    for (int64_t at = 1880; at <= 2060; at += 6)
    {
        SystemRun run(check, settings);
        Watch watch(run, Seconds(3));
        Schedule(run, "leave=0@2s");
        HandOver(run, 0, 1, MilliSeconds(at));
        run.Run();
        const std::string which = "at " + std::to_string(at) + " ms: ";
        check.Equal(watch.completed, 1U, which + "handed over");
        check.Expect(!run.Network().GetUes()[0]->IsMember(run.Network().GetTmgi()),
                     which + "it has left");
        check.Equal(watch.delivered, 0U, which + "and hears nothing more");
        check.Expect(!run.Network().GetGnbs()[0]->HasSharedDelivery(run.Network().GetTmgi()),
                     which + "nor does cell 0 send it");
    }
}

void
ATargetThatDoesNotTakeTheUe(Check& check)
{
    /** A way not to take a UE. */
    struct Way
    {
        std::vector<std::string> faults;                             //!< what goes wrong
        std::vector<std::pair<std::string, std::string>> attributes; //!< set for it
        std::string why;                                             //!< what the source says
        uint32_t cancels;                                            //!< HANDOVER CANCELs
    };

    const Way ways[] = {
        {{}, {{"ns3::mbs::Gnb::AdmitHandovers", "false"}}, "the target does not take the UE", 0},
        {{"gnb-1:restart@7s+2s"}, {}, "Xn to that gNB is down", 0},
        {{"gnb-1:delay=700ms@7900ms+500ms"}, {}, "no answer of the target within TXnRELOCprep", 2},
        {{"xn:down@7900ms+600ms"}, {}, "no answer of the target within TXnRELOCprep", 2}};
    for (const Way& way : ways)
    {
        SystemSettings settings = Two();
        settings.duration = Seconds(12);
        settings.faults = way.faults;
        settings.attributes = way.attributes;
        SystemRun run(check, settings);
        Watch watch(run, Seconds(11));
        Schedule(run, "handover=0:1@8s");
        run.Run();
        check.Expect(watch.Failed(0, way.why), "gNB 0 says: " + way.why);
        check.Equal(run.Network().GetGnbOf(0), 0U, way.why + ": the UE stays");
        check.Equal(run.Lost(LossCause::HANDOVER), 0U, way.why + ": and loses nothing");
        check.Expect(watch.delivered > 990, way.why + ": it receives on");
        check.Equal(watch.completed, 0U, way.why + ": no path is switched");
        check.Equal(run.Messages("Xn", "HandoverCancel"), way.cancels, way.why + ": CANCEL");
        if (way.cancels > 0)
        {
            check.Expect(watch.Failed(1, "the UE does not come"), way.why + ": at the target");
        }
        check.Expect(!run.Network().GetGnbs()[0]->IsHandingOver(1), way.why + ": it is over");
    }
}

void
WhatWaitedIsServedWhenTheUeStays(Check& check)
{
    // The COMMAND comes while the target is silent.
    SystemSettings settings = Two();
    settings.mskInterval = Seconds(4);
    settings.duration = MilliSeconds(7500);
    settings.faults = {"gnb-1:delay=3s@4s+200ms"};
    SystemRun run(check, settings);
    Watch watch(run);
    HandOver(run, 0, 1, Seconds(4) - MilliSeconds(1));
    Commands commands(run, Seconds(3));
    run.Run();
    check.Expect(watch.Failed(0, "no answer of the target within TXnRELOCprep"), "it stays");
    for (const auto& row : run.Rows(KeyKind::MSK))
    {
        check.Expect(row.ue == 1 || // in the cell of the silent target
                         (row.outcome == KeyOutcome::INSTALLED &&
                          row.Latency() < Seconds(1).GetNanoSeconds()),
                     "UE " + std::to_string(row.ue) + " has the key after " +
                         std::to_string(row.Latency()) + " ns");
    }
    check.Expect(commands.first > watch.began && commands.first < watch.failed,
                 "the COMMAND came between the two");
    check.Equal(commands.completes, 1U, "the UE answers once");
    check.Equal(commands.repeated, 0U, "without T3591");
}

void
T304SendsTheUeBack(Check& check)
{
    SystemSettings settings = Two();
    settings.attributes = {{"ns3::mbs::Gnb::T304", "50ms"},
                           {"ns3::mbs::Ue::HandoverInterruption", "200ms"}};
    SystemRun run(check, settings);
    Watch watch(run);
    Schedule(run, "handover=0:1@8003ms");
    run.Run();
    check.Equal(run.Network().GetGnbOf(0), 0U, "it is back");
    check.Expect(watch.Failed(0, "the UE has come back"), "the source says so");
    check.Expect(watch.Failed(1, "the UE does not come"), "the target has been told");
    check.Expect(watch.delivered > 990, "it receives again");
    check.Equal(run.Messages("N2", "PathSwitchRequest"), 0U, "the core knows nothing of it");
    // T304, then as after an outage: occasion, grant, and four RRC messages.
    check.Expect(watch.Took() > MilliSeconds(50 + 5 + 16) &&
                     watch.Took() < MilliSeconds(50 + 15 + 17),
                 "T304 and re-establishment: " + std::to_string(watch.Took().GetMicroSeconds()));
    ExpectLoss(check, run, watch.Took(), "T304");
}

void
AnOrderWithAnIdentityThatNobodyReserved(Check& check)
{
    // None, that of another UE, and one that the cell has never given to anybody.
    for (const uint32_t identity : {0U, 1U, 77U, UINT32_MAX})
    {
        SystemRun run(check, Two());
        Watch watch(run);
        LetMove(run);
        ScheduleJob(Seconds(8), [&run, identity] {
            RrcMessage order;
            order.type = RrcType::RECONFIGURATION_WITH_SYNC;
            order.sync.cell = 1;
            order.sync.newUeIdentity = identity;
            order.sync.t304 = 100;
            const Bytes octets = order.Encode();
            run.Network().GetCells()[0]->SendToUe(
                run.Network().GetRadio(0)->GetRnti(),
                Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
        });
        run.Run();
        const std::string name = "identity " + std::to_string(identity);
        check.Equal(run.Results().GetMobility().Count(MobilityLedger::Cause::HANDOVER_FAILURE),
                    1U,
                    name + ": it has left");
        check.Equal(run.Network().GetGnbOf(0), 0U, name + ": the UE is back after T304");
        check.Equal(run.Network().GetGnbOf(1), 1U, name + ": the other UE is where it was");
        check.Expect(watch.delivered > 990, name + ": it receives again");
    }
}

void
AnOrderThatTheUeCannotFollow(Check& check)
{
    // Its own cell, and one that there is not.
    for (const uint32_t cell : {0U, 9U})
    {
        SystemRun run(check, Two());
        Watch watch(run);
        LetMove(run);
        ScheduleJob(Seconds(8), [&run, cell] {
            RrcMessage order;
            order.type = RrcType::RECONFIGURATION_WITH_SYNC;
            order.sync = {cell, 2, 100};
            const Bytes octets = order.Encode();
            run.Network().GetCells()[0]->SendToUe(
                run.Network().GetRadio(0)->GetRnti(),
                Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
        });
        run.Run();
        const std::string name = "cell " + std::to_string(cell);
        check.Equal(run.Network().GetGnbOf(0), 0U, name + ": the UE is where it was");
        check.Equal(run.Results().GetMobility().Count(MobilityLedger::Cause::HANDOVER_FAILURE),
                    1U,
                    name + ": re-establishes its connection");
        check.Expect(watch.Took().IsStrictlyPositive() && watch.Took() < MilliSeconds(32),
                     name + ": at once");
        check.Expect(watch.delivered > 990, name + ": it receives again");
    }
}

void
ATargetThatRestartsBehindTheArrival(Check& check)
{
    // The UE has come, and the session for it is not there yet.
    SystemSettings settings = Two();
    settings.unauthorized = 1;
    settings.faults = {"mbsmf:delay=200ms@7900ms+1s", "gnb-1:restart@8120ms+300ms"};
    settings.duration = Seconds(16);
    SystemRun run(check, settings);
    Watch watch(run, Seconds(15));
    Schedule(run, "handover=0:1@8003ms");
    run.Run();
    check.Equal(run.Network().GetGnbOf(0), 1U, "it is there");
    check.Expect(watch.delivered > 990,
                 "it receives: " + std::to_string(watch.delivered) + "; " + Drops(run));
}

void
APathThatIsNotSwitched(Check& check)
{
    // The SMF does not answer: the target lets the UE go, the source takes it to be lost, and the
    // next key update pages it.
    SystemSettings settings = Two();
    settings.mskInterval = Seconds(20);
    settings.duration = Seconds(28);
    settings.traffic = SLOW;
    settings.faults = {"smf-0:delay=8s@8s+1s"};
    settings.attributes = {{"ns3::mbs::Amf::PathSwitchTimeout", "1s"}};
    SystemRun run(check, settings);
    Watch watch(run, Seconds(27));
    Schedule(run, "handover=0:1@8s");
    run.Run();
    check.Expect(watch.Failed(1, "the AMF does not switch the path"), "the target says so");
    check.Expect(watch.Failed(0, "no UE CONTEXT RELEASE within TXnRELOCoverall"),
                 "the source says so");
    check.Equal(run.Messages("N2", "PathSwitchRequestFailure"), 1U, "FAILURE");
    check.Equal(run.Messages("N2", "UEContextReleaseCommand"), 1U, "the AMF ends the connection");
    check.Expect(run.Messages("N2", "Paging") >= 1, "the UE is paged");
    check.Equal(run.Network().GetGnbOf(0), 1U, "it answers where it is");
    for (const auto& row : run.Rows(KeyKind::MSK))
    {
        check.Expect(row.outcome == KeyOutcome::INSTALLED,
                     "UE " + std::to_string(row.ue) + " has the new key");
    }
    check.Expect(watch.delivered > 95,
                 "it receives again: " + std::to_string(watch.delivered) + "; " + Drops(run));
}

void
WhatRlcHasNotDeliveredGoesBack(Check& check)
{
    SystemSettings settings = Two();
    settings.mskInterval = Seconds(4);
    settings.duration = MilliSeconds(7500);
    settings.traffic.clear();
    settings.scripted = true;
    Time command;
    for (const bool moves : {false, true})
    {
        SystemRun run(check, settings);
        Watch watch(run);
        Commands commands(run, Seconds(3));
        if (moves)
        {
            // The first COMMAND is under way when the UE is told to go, and lost each time.
            HandOver(run, 0, 1, command + MilliSeconds(1));
            run.SetRadioScript([&run, command](uint32_t ue, uint32_t octets) {
                return ue == 0 && octets > 60 && Simulator::Now() > command &&
                       run.Network().GetGnbOf(0) == 0;
            });
        }
        run.Run();
        command = commands.first;
        check.Equal(run.Messages("N2", "NASNonDeliveryIndication"), moves ? 1U : 0U, "returned");
        check.Equal(watch.completed, moves ? 1U : 0U, "handed over");
        check.Equal(commands.completes, 1U, "the UE answers once");
        check.Equal(commands.repeated, 0U, "without T3591");
        for (const auto& row : run.Rows(KeyKind::MSK))
        {
            check.Expect(row.outcome == KeyOutcome::INSTALLED, "the key is there");
        }
    }
}

void
AnOrderThatIsLostEndsTheHandover(Check& check)
{
    SystemSettings settings = Two();
    settings.traffic = SLOW;
    settings.scripted = true;
    SystemRun run(check, settings);
    Watch watch(run);
    run.SetRadioScript([](uint32_t ue, uint32_t octets) {
        constexpr uint32_t ORDER = 5 + 9 + 10; // with one bearer
        return ue == 0 && octets == ORDER;
    });
    Schedule(run, "handover=0:1@8s");
    run.Run();
    check.Expect(watch.Failed(0, "the UE could not be told"), "the source says so");
    check.Expect(watch.Failed(1, "the UE does not come"), "the target has been told");
    check.Equal(run.Network().GetGnbOf(0), 0U, "it stays");
    check.Equal(run.Lost(LossCause::HANDOVER), 0U, "and loses nothing");
}

void
AUeThatComesTooLateIsReleased(Check& check)
{
    SystemSettings settings = Two();
    settings.duration = Seconds(36);
    settings.traffic = SLOW;
    settings.mskInterval = Seconds(20);
    settings.attributes = {{"ns3::mbs::Gnb::TXnRelocOverall", "20ms"}};
    SystemRun run(check, settings);
    Watch watch(run, Seconds(35));
    Schedule(run, "handover=0:1@8s");
    run.Run();
    check.Expect(watch.Failed(1, "the UE does not come"), "the target has given it up");
    check.Expect(watch.Failed(0, "no UE CONTEXT RELEASE within TXnRELOCoverall"), "the source too");
    check.Equal(run.Network().GetGnbOf(0), 1U, "it has come");
    check.Expect(run.Messages("N2", "Paging") >= 1, "and is paged");
    check.Expect(watch.delivered > 95, "it receives again");
}

void
ThereAndBack(Check& check)
{
    SystemSettings settings = Two();
    SystemRun run(check, settings);
    Watch watch(run);
    for (const char* event : {"handover=0:1@4s",
                              "handover=0:0@6s",
                              "handover=0:1@7s",
                              "handover=0:1@7001ms",
                              "handover=0:1@8s",
                              "handover=0:0@8200ms"})
    {
        Schedule(run, event);
    }
    run.Run();
    check.Equal(watch.completed, 4U, "handed over");
    check.Expect(watch.Failed(0, "the UE is in a handover already"), "one at a time");
    check.Expect(watch.Failed(1, "the UE is there already"), "not into its own cell");
    check.Equal(run.Network().GetGnbOf(0), 0U, "where it began");
    ExpectLoss(check, run, watch.total, "four times");
    check.Expect(watch.delivered > 990, "it receives in the last second");
}

void
PacketsOfUesHandedOverAreConserved(Check& check)
{
    for (const char* delivery : {"ptp", "auto", "ptm"})
    {
        for (const char* harq : {"off", "nack-only", "ack-nack"})
        {
            SystemSettings settings = Two();
            settings.ues = 8;
            settings.duration = Seconds(6);
            settings.loss = 0.2;
            settings.traffic = SLOW;
            settings.attributes = {{"ns3::mbs::MulticastRadioBearer::Delivery", delivery},
                                   {"ns3::mbs::MulticastRadioBearer::Harq", harq},
                                   {"ns3::mbs::RadioChannel::Carrier", "ns3::mbs::NrCarrier"}};
            SystemRun run(check, settings);
            Watch watch(run);
            for (uint32_t ue = 0; ue < 6; ++ue)
            {
                HandOver(run, ue, 1 - ue % 2, Seconds(2) + NanoSeconds(1234567) * ue);
                HandOver(run, ue, ue % 2, Seconds(4) + NanoSeconds(7654321) * ue);
            }
            run.Run();
            const std::string which = std::string(delivery) + " with HARQ " + harq;
            check.Equal(watch.completed, 12U, which + ": handed over; " + Drops(run));
            check.Expect(run.Lost(LossCause::HANDOVER) > 0, which + ": lost handover");
        }
    }
}

void
RestartsMeetHandovers(Check& check)
{
    for (const char* fault : {"ue-0:restart=forget@8030ms+300ms",
                              "ue-0:restart=forget@8053ms+300ms",
                              "gnb-0:restart@8030ms+300ms",
                              "gnb-0:restart=forget@8030ms+300ms",
                              "gnb-1:restart@8030ms+300ms",
                              "gnb-1:restart=forget@8030ms+300ms",
                              "gnb-1:restart@8068ms+300ms",
                              "gnb-1:restart=forget@8068ms+300ms",
                              "gnb-1:restart=forget@8071ms+300ms",
                              "gnb-1:restart=forget@8075ms+300ms",
                              "gnb-1:restart=forget@8077ms+300ms",
                              "amf:restart@8040ms+300ms"})
    {
        SystemSettings settings = Two();
        settings.duration = Seconds(36);
        settings.traffic = SLOW;
        settings.faults = {fault};
        settings.mskInterval = Seconds(20);
        SystemRun run(check, settings);
        Watch watch(run, Seconds(35));
        Schedule(run, "handover=0:1@8s");
        run.Run();
        check.Expect(watch.delivered > 95,
                     std::string(fault) + ": " + std::to_string(watch.delivered) +
                         " packets in the last second; " + Drops(run));
    }
}

void
ImpossibleHandoversAreRefused(Check& check)
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
    check.Equal(refusal({"handover=0:1@2s", "outage=0@3s+1s"}, plain), "", "one behind the other");
    const auto says = [&check](const std::string& error, const std::string& clause) {
        check.Expect(error.find(clause) != std::string::npos, "says: " + error);
    };
    says(refusal({"outage=0@2s+2s", "handover=0:1@3s"}, plain), "is out of coverage already");
    says(refusal({"handover=0:2@2s"}, plain), "one of the gNBs 0 to 1");
    says(refusal({"handover=0:1@2s"}, {2, 2, false, "", false}), "give --amfs=1");
    says(refusal({"handover=0:1@2s"}, {2, 1, true, "--procedure=up", false}),
         "cannot be handed over");
    says(refusal({"handover=0:1@2s"}, {2, 1, false, "", true}), "leave out --ueState");
    for (const char* wrong :
         {"handover=0@2s", "handover=0:1@2s+1s", "handover@2s", "handover=0:x@2s", "handover=0:1"})
    {
        check.Expect(!SessionEvent::FromText(wrong).event, wrong);
    }
    SystemSettings settings = Two();
    settings.handovers = false;
    settings.outages = true;
    settings.duration = Seconds(1);
    SystemRun run(check, settings);
    Watch watch(run);
    run.Network().GetGnbs()[0]->HandOver(1, 1);
    run.Run();
    check.Expect(watch.Failed(0, "the gNB has no neighbours"), "without Xn");
    check.Equal(run.Messages("Xn", "HandoverRequest"), 0U, "and nothing is sent");
}

} // namespace

/**
 * @brief Adds the tests of UEs that are handed over by Xn.
 * @param suite where to
 */
void AddSystemHandoverTests(MbsTestSuite& suite);

void
AddSystemHandoverTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a handover interrupts reception for synchronisation and random access, to the nanosecond",
        TheInterruptionIsAClosedForm);
    add("a target without the session sets it up, and the UE listens when it is there",
        ATargetWithoutTheSessionAsks);
    add("a key update that meets any phase of a handover reaches the UE once, without T3591",
        AKeyUpdateMeetsEachPhase);
    add("a UE that is handed over while it joins is in the session and has its keys",
        UplinkDuringAHandoverIsRepeated);
    add("a UE that is handed over while it leaves has left", LeavingDuringAHandover);
    add("a target that refuses, is down or answers late leaves the UE where it is",
        ATargetThatDoesNotTakeTheUe);
    add("what came while a handover was prepared in vain is served",
        WhatWaitedIsServedWhenTheUeStays);
    add("T304 sends the UE back to the cell that it came from", T304SendsTheUeBack);
    add("an order with an identity that the target has not reserved sends the UE back",
        AnOrderWithAnIdentityThatNobodyReserved);
    add("a UE that cannot follow its order re-establishes its connection",
        AnOrderThatTheUeCannotFollow);
    add("a target that restarts gives a UE that has come the session that it lacks",
        ATargetThatRestartsBehindTheArrival);
    add("a UE whose path is not switched is released, and paged when something is for it",
        APathThatIsNotSwitched);
    add("a NAS message that RLC had not delivered when the UE left is sent to the target",
        WhatRlcHasNotDeliveredGoesBack);
    add("a handover ends when RLC cannot deliver the order", AnOrderThatIsLostEndsTheHandover);
    add("a UE that comes when the target has given it up is released, and paged",
        AUeThatComesTooLateIsReleased);
    add("a UE is handed over there and back, one handover at a time", ThereAndBack);
    add("packets of UEs that are handed over are conserved by PTM, PTP and HARQ",
        PacketsOfUesHandedOverAreConserved);
    add("UEs that are handed over receive again though they, gNBs or the AMF restarted",
        RestartsMeetHandovers);
    add("handovers that cannot happen are refused in one sentence", ImpossibleHandoversAreRefused);
}

} // namespace ns3::mbs
