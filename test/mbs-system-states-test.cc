// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-nas-service.h"
#include "ns3/mbs-ngap-ue-context.h"
#include "ns3/mbs-paging-channel.h"
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

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";

/** @param state of UEs that are silent @param drx DRX cycle @return settings */
SystemSettings
Sleepy(const std::string& state, const std::string& drx = "1280ms")
{
    SystemSettings settings;
    settings.ues = 4;
    settings.gnbs = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(16);
    settings.mskInterval = Seconds(10);
    settings.attributes = {{"ns3::mbs::Gnb::SleepState", state},
                           {"ns3::mbs::Gnb::InactivityTimer", "2s"},
                           {"ns3::mbs::PagingChannel::DrxCycle", drx}};
    return settings;
}

/** @param run a run @return the states of its UEs, a letter each */
std::string
States(const SystemRun& run)
{
    std::string states;
    for (const auto& ue : run.Network().GetUes())
    {
        states += "CNI"[static_cast<int>(ue->GetRrcState())];
    }
    return states;
}

/**
 * @brief Looks at the states of UEs in the midst of a run.
 * @param run a run
 * @param at when
 * @param states gets them
 */
void
LookAt(const SystemRun& run, Time at, std::string& states)
{
    ScheduleJob(at, [&run, &states] { states = States(run); });
}

/** @param row a key update @param leg of it @return when it ended, ns */
int64_t
At(const KeyUpdateLedger::Row& row, KeyLeg leg)
{
    return row.reached[static_cast<std::size_t>(leg)];
}

/**
 * @param row of a UE
 * @param reached when its page was ordered, ns
 * @param drx its DRX cycle, frames
 * @return when its paging frame begins, ns
 */
int64_t
PagingFrameAfter(const KeyUpdateLedger::Row& row, int64_t reached, uint32_t drx)
{
    const uint32_t ueId = RadioNetwork::TmsiOf(row.ue) % PagingCycle::UE_IDS;
    const PagingCycle cycle{drx, drx};
    return PagingCycle::StartOf(cycle.NextFrame(ueId, NanoSeconds(reached))).GetNanoSeconds();
}

/** @param ms milliseconds @return nanoseconds */
constexpr int64_t
Ms(int64_t ms)
{
    return ms * 1000000;
}

/** What the messages of a connection take to serialise, at most. */
constexpr int64_t SERIALISATION = 150000;

void
AnInactiveUeIsPagedByItsGnb(Check& check)
{
    SystemSettings settings = Sleepy("inactive");
    SystemRun run(check, settings);
    std::string before;
    std::string after;
    LookAt(run, Seconds(9), before);
    LookAt(run, Seconds(16) - MilliSeconds(1), after);
    run.Run();
    check.Equal(before, std::string("NNNN"), "two seconds after the join all sleep");
    check.Equal(after, std::string("NNNN"), "and two seconds after the key again");
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 4U, "one new MSK");
    for (const auto& row : rows)
    {
        check.Expect(row.outcome == KeyOutcome::INSTALLED, "installed");
        // Paging 4 ms, up to the next occasion of random access (each 10 ms), 5 ms, then RESUME
        // REQUEST, RESUME, RESUME COMPLETE and COMMAND of 4 ms each.
        const int64_t paged = PagingFrameAfter(row, At(row, KeyLeg::GNB), 128);
        const int64_t closed = paged + Ms(10 + 5 + 4 * 4);
        check.Expect(At(row, KeyLeg::UE) >= closed && At(row, KeyLeg::UE) < closed + SERIALISATION,
                     "UE " + std::to_string(row.ue) + " has it " +
                         std::to_string(At(row, KeyLeg::UE) - closed) +
                         " ns after the closed form");
    }
    check.Equal(run.Messages("N2", "Paging"), 0U, "the core knows nothing of it");
    check.Equal(run.Messages("Uu", "Paging"), 4U, "one page for each UE");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
AnIdleUeIsPagedByItsAmf(Check& check)
{
    SystemSettings settings = Sleepy("idle");
    SystemRun run(check, settings);
    std::string before;
    LookAt(run, Seconds(9), before);
    run.Run();
    check.Equal(before, std::string("III").append("I"), "all are idle");
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 4U, "one new MSK");
    for (const auto& row : rows)
    {
        check.Expect(row.outcome == KeyOutcome::INSTALLED, "installed");
        // The AMF pages: N2 takes some milliseconds to the gNB. Paging 4 ms, random access 6 + 5,
        // SETUP REQUEST, SETUP, SETUP COMPLETE 4 ms each, N2 and back, then the COMMAND is at the
        // gNB.
        const int64_t n2 = Ms(2);
        const int64_t paged = PagingFrameAfter(row, At(row, KeyLeg::AMF) + n2, 128);
        const int64_t closed = paged + Ms(10 + 5 + 3 * 4) + 2 * n2;
        check.Expect(At(row, KeyLeg::GNB) >= closed &&
                         At(row, KeyLeg::GNB) < closed + SERIALISATION,
                     "the gNB has it " + std::to_string(At(row, KeyLeg::GNB) - closed) +
                         " ns after the closed form");
        check.Expect(At(row, KeyLeg::UE) > At(row, KeyLeg::GNB) + Ms(4) &&
                         At(row, KeyLeg::UE) < At(row, KeyLeg::GNB) + Ms(4) + SERIALISATION,
                     "and the UE 4 ms later");
    }
    check.Equal(run.Messages("N2", "Paging"), 4U, "PAGING to the last gNB of each UE");
    check.Equal(run.Messages("N2", "InitialUEMessage"), 4U, "INITIAL UE MESSAGE");
    check.Equal(run.Messages("N1", "SERVICE REQUEST"), 4U, "SERVICE REQUEST");
    check.Equal(run.Messages("N1", "SERVICE ACCEPT"), 4U, "SERVICE ACCEPT");
    for (const char* message :
         {"UEContextReleaseRequest", "UEContextReleaseCommand", "UEContextReleaseComplete"})
    {
        check.Equal(run.Messages("N2", message), 8U, std::string(message) + ", twice per UE");
    }
    check.Equal(run.Messages("N2", "DistributionReleaseRequest"),
                4U,
                "a gNB whose UEs are all idle leaves the session");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
TheMeanWaitIsHalfACycle(Check& check)
{
    for (const auto& [drx, frames] : {std::make_pair("320ms", 32U), std::make_pair("2560ms", 256U)})
    {
        SystemSettings settings = Sleepy("inactive", drx);
        settings.ues = 512;
        settings.gnbs = 1;
        settings.traffic.clear();
        SystemRun run(check, settings);
        run.Run();
        double sum = 0;
        uint32_t count = 0;
        for (const auto& row : run.Rows(KeyKind::MSK))
        {
            if (row.outcome == KeyOutcome::INSTALLED)
            {
                sum += static_cast<double>(PagingFrameAfter(row, At(row, KeyLeg::GNB), frames) -
                                           At(row, KeyLeg::GNB)) /
                       1e6;
                ++count;
            }
        }
        check.Equal(count, 512U, std::string("MSKs installed with ") + drx);
        // Uniform over the cycle, of standard deviation T / sqrt(12): 4 standard errors.
        const double cycle = frames * 10.0;
        check.Expect(std::abs(sum / count - cycle / 2) < 4 * cycle / std::sqrt(12.0 * count),
                     "mean wait " + std::to_string(sum / count) + " ms of a cycle of " +
                         std::to_string(cycle));
        // UEs of one occasion share a message, 32 at most.
        check.Expect(run.Messages("Uu", "Paging") <= frames + 1, "one page for each occasion");
    }
}

void
WhatIsSentToSleepersIsLost(Check& check)
{
    for (const char* state : {"inactive", "idle"})
    {
        SystemSettings settings = Sleepy(state);
        settings.mskInterval = Seconds(0);
        settings.ues = 2;
        settings.duration = Seconds(10);
        SystemRun run(check, settings);
        std::vector<Time> asleep;
        run.On<uint32_t, const Tmgi&, Reception>(
            run.Network().GetRadioChannel(),
            "ReceptionChanged",
            [&asleep](uint32_t, const Tmgi&, Reception reception) {
                if (reception == Reception::ASLEEP)
                {
                    asleep.push_back(Simulator::Now());
                }
            });
        run.Run();
        check.Equal(asleep.size(), 2U, "both fell asleep");
        double expected = 0;
        for (const Time& since : asleep)
        {
            expected += 100 * (Seconds(10) - since).GetSeconds();
        }
        const auto lost = static_cast<double>(run.Lost(LossCause::ASLEEP));
        // Those that are on their way when the run ends are in flight.
        check.Expect(lost > expected - 5 && lost < expected + 2,
                     std::string(state) + ": lost " + std::to_string(lost) + ", rate x time " +
                         std::to_string(expected));
        check.Equal(run.Total().Lost(), run.Lost(LossCause::ASLEEP), "nothing for another reason");
        check.Expect(run.Csv().find("lost_replay,lost_asleep") != std::string::npos,
                     "the results have a column for it");
    }
}

void
SleepersAreConservedInEveryDelivery(Check& check)
{
    for (const char* delivery : {"ptp", "auto", "ptm"})
    {
        SystemSettings settings = Sleepy("inactive");
        settings.loss = 0.2;
        settings.attributes.emplace_back("ns3::mbs::MulticastRadioBearer::Delivery", delivery);
        settings.attributes.emplace_back("ns3::mbs::MulticastRadioBearer::Harq", "nack-only");
        SystemRun run(check, settings);
        run.Run();
        check.Expect(run.Lost(LossCause::ASLEEP) > 1000, std::string(delivery) + ": lost asleep");
        check.Expect(run.Total().delivered > 800, "and delivered awake");
    }
}

void
SleepersOfAForgetfulCellAreConserved(Check& check)
{
    // They listen on while they sleep, and know nothing of the restart; of two sessions one is set
    // up again by those who are awake, under another G-RNTI.
    SystemSettings settings = Sleepy("inactive", "320ms");
    settings.ues = 7;
    settings.gnbs = 3;
    settings.sessions = 2;
    settings.duration = Seconds(4);
    settings.mskInterval = MilliSeconds(500);
    settings.attributes.emplace_back("ns3::mbs::Gnb::MulticastInInactive", "true");
    settings.attributes.emplace_back("ns3::mbs::Gnb::InactivityTimer", "100ms");
    settings.faults = {"gnb-0:restart=forget@2s+10ms"};
    SystemRun run(check, settings);
    for (uint32_t ue = 0; ue < settings.ues; ++ue)
    {
        run.Network().LeaveAt(ue, MilliSeconds(1200 + 210 * ue), ue % 2);
    }
    run.Run();
    check.Expect(run.Total().delivered > 500, "packets are delivered before and after");
}

void
MulticastInInactiveLosesNothing(Check& check)
{
    SystemSettings settings = Sleepy("inactive");
    settings.attributes.emplace_back("ns3::mbs::Gnb::MulticastInInactive", "true");
    // Used when the last UE has it for certain, a DRX cycle after it was given out.
    settings.attributes.emplace_back("ns3::mbs::Mbstf::ActivationDelay", "2s");
    SystemRun run(check, settings);
    std::string before;
    LookAt(run, Seconds(9), before);
    run.Run();
    check.Equal(before, std::string("NNNN"), "all sleep");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    check.Equal(run.Results().GetKeyUpdates().Count(KeyKind::MSK, KeyOutcome::INSTALLED),
                4U,
                "MSKs installed");
    check.Expect(run.Csv().find("lost_asleep") == std::string::npos, "no column without a loss");

    // Used at once, it is not there yet: what comes until it is, is lost for want of the key.
    settings.attributes.back().second = "0s";
    SystemRun early(check, settings);
    early.Run();
    double expected = 0;
    for (const auto& row : early.Rows(KeyKind::MSK))
    {
        expected += static_cast<double>(At(row, KeyLeg::UE) - row.generated) * 1e-9 * 100;
    }
    const auto lost = static_cast<double>(early.Lost(LossCause::NO_KEY));
    // A packet is some 7 ms on its way, and there is one each 10 ms.
    check.Expect(std::abs(lost - expected) < 2 * 4,
                 "lost for want of the key " + std::to_string(lost) + ", rate x wait " +
                     std::to_string(expected));
}

void
OnlyAShareSleeps(Check& check)
{
    SystemSettings settings = Sleepy("idle");
    settings.ues = 200;
    settings.gnbs = 2;
    settings.traffic.clear();
    settings.attributes.emplace_back("ns3::mbs::Gnb::SleeperShare", "0.25");
    SystemRun run(check, settings);
    std::string states;
    LookAt(run, Seconds(9), states);
    run.Run();
    const auto idle = std::count(states.begin(), states.end(), 'I');
    check.Expect(idle >= 48 && idle <= 52, "a quarter sleeps: " + std::to_string(idle));
    check.Equal(run.Messages("N2", "Paging"), uint64_t(idle), "and only it is paged");
    check.Equal(run.Results().GetKeyUpdates().Count(KeyKind::MSK, KeyOutcome::INSTALLED),
                200U,
                "MSKs installed");
}

void
ASleeperWakesToSpeak(Check& check)
{
    for (const char* state : {"inactive", "idle"})
    {
        SystemSettings settings = Sleepy(state);
        settings.mskInterval = Seconds(0);
        settings.duration = Seconds(12);
        settings.joinStart = Seconds(5);
        SystemRun run(check, settings);
        std::string before;
        std::string joined;
        LookAt(run, Seconds(4), before);
        LookAt(run, Seconds(6), joined);
        run.Network().LeaveAt(0, Seconds(10));
        run.Run();
        check.Equal(before,
                    std::string(state[2] == 'a' ? "NNNN" : "IIII"),
                    "they sleep before they join");
        check.Equal(joined, std::string("CCCC"), "and are awake when they have");
        const auto& joins = run.Results().GetJoins();
        check.Equal(joins.Rows().size(), 4U, "joins");
        check.Expect(!run.Network().GetUes()[0]->IsMember(run.Network().GetTmgi()),
                     "one has woken to leave");
        check.Equal(run.Messages("Uu", "Paging") + run.Messages("N2", "Paging"),
                    0U,
                    "nobody was paged");
        check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
    }
}

void
LostPagesAreRepeated(Check& check)
{
    for (const char* state : {"inactive", "idle"})
    {
        SystemSettings settings = Sleepy(state, "320ms");
        settings.scripted = true;
        settings.traffic.clear();
        settings.gnbs = 1;
        settings.ues = 2;
        settings.duration = Seconds(40);
        settings.attributes.emplace_back("ns3::mbs::Smf::T3591", "100s");
        SystemRun run(check, settings);
        // A page of one record is 10 octets long, and nothing else is. UE 0 misses the first one,
        // UE 1 all.
        uint32_t missed = 0;
        run.SetRadioScript([&missed](uint32_t ue, uint32_t octets) {
            if (octets != 10 || Simulator::Now() < Seconds(10))
            {
                return false;
            }
            return ue == 1 || ++missed == 1;
        });
        run.Run();
        const auto rows = run.Rows(KeyKind::MSK);
        uint32_t installed = 0;
        for (const auto& row : rows)
        {
            installed += row.outcome == KeyOutcome::INSTALLED && row.ue == 0 ? 1 : 0;
            check.Expect(row.ue == 0 || row.outcome != KeyOutcome::INSTALLED, "UE 1 hears nothing");
        }
        check.Expect(installed > 0, std::string(state) + ": UE 0 hears the second page");
        const auto& drops = run.Results().GetDrops();
        const bool reported = std::any_of(drops.begin(), drops.end(), [](const auto& drop) {
            return drop.first.find("the UE does not answer") != std::string::npos;
        });
        check.Expect(reported, "that UE 1 does not answer is reported");
    }
}

void
ActivationCallsTheGroup(Check& check)
{
    for (const char* state : {"inactive", "idle"})
    {
        SystemSettings settings = Sleepy(state);
        settings.mskInterval = Seconds(0);
        settings.attributes.emplace_back("ns3::mbs::Gnb::KeepWhileActive", "true");
        SystemRun run(check, settings);
        for (const char* text : {"deactivate@5s", "activate@10s"})
        {
            SessionEvent::FromText(text).event.value_or(SessionEvent()).Schedule(run.Network());
        }
        std::string active;
        std::string inactive;
        std::string again;
        LookAt(run, Seconds(5), active);
        LookAt(run, MilliSeconds(9900), inactive);
        LookAt(run, Seconds(12), again);
        run.Run();
        const bool idle = state[2] == 'l';
        check.Equal(active, std::string("CCCC"), "who is in an active session is kept awake");
        check.Equal(inactive, std::string(idle ? "IIII" : "NNNN"), "in an inactive one it is not");
        check.Equal(again, std::string("CCCC"), "and is called when it is active again");
        check.Equal(run.Messages("Uu", "Paging"), 4U, "in the occasion of each UE");
        check.Equal(run.Messages("N2", "MulticastGroupPaging"),
                    idle ? 2U : 0U,
                    "the AMF calls idle UEs, through each gNB");
        check.Equal(run.Messages("N11", "Namf_MT_EnableGroupReachability"), 1U, "as the SMF asks");
        check.Equal(run.Messages("N2", "Paging"), 0U, "nobody is paged alone");
        // The session flows before the last UE is awake.
        const uint64_t lost = run.Lost(LossCause::ASLEEP);
        check.Expect(lost > 0 && lost < 4 * 140, "lost until awake: " + std::to_string(lost));
        check.Equal(run.Total().Lost(), lost, "and nothing else");
        check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
    }
}

void
RestartsFindSleepers(Check& check)
{
    for (const char* state : {"inactive", "idle"})
    {
        for (const char* fault :
             {"gnb-0:restart@8s", "gnb-0:restart=forget@8s", "amf:restart@8s", "ue-0:restart@8s"})
        {
            SystemSettings settings = Sleepy(state);
            settings.duration = Seconds(20);
            settings.faults = {fault};
            SystemRun run(check, settings);
            run.Run();
            check.Equal(run.Results().GetKeyUpdates().Count(KeyKind::MSK, KeyOutcome::INSTALLED),
                        4U,
                        std::string(state) + ", " + fault + ": MSKs installed");
        }
    }
}

/** @param type of an RRC message @param nas in it @return its packet */
Ptr<Packet>
Rrc(RrcType type, const Bytes& nas = {})
{
    RrcMessage message;
    message.type = type;
    message.nas = nas;
    const Bytes octets = message.Encode();
    return Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size()));
}

void
WrongMessagesAreDropped(Check& check)
{
    SystemSettings settings = Sleepy("idle");
    settings.mskInterval = Seconds(0);
    settings.traffic.clear();
    settings.ues = 2;
    settings.gnbs = 1;
    settings.duration = Seconds(6);
    SystemRun run(check, settings);
    const Ptr<GnbRadioDevice> cell = run.Network().GetCells()[0];
    const Ptr<UeRadioDevice> ue = cell->FindUe(1);
    ScheduleJob(MilliSeconds(1500), [ue] {
        // The UE is awake.
        ue->ReceiveSignalling(Rrc(RrcType::SETUP));
        ue->ReceiveSignalling(Rrc(RrcType::RESUME));
        ue->ReceiveSignalling(Rrc(RrcType::SETUP_REQUEST));
        const uint8_t paging = RrcPaging::TYPE;
        ue->ReceiveSignalling(Create<Packet>(&paging, 1));
    });
    Ipv4Address amf;
    for (const CoreLink& link : run.Network().GetTopology()->GetLinks())
    {
        amf = link.interface == Interface::N2 ? link.addressB : amf;
    }
    ScheduleJob(Seconds(5), [&run, cell, ue, amf] {
        // It sleeps.
        ue->ReceiveSignalling(Rrc(RrcType::DL_INFORMATION_TRANSFER, {0x7e}));
        cell->ReceiveSignalling(1, Rrc(RrcType::SETUP_COMPLETE, {0x7e}));
        cell->ReceiveSignalling(1, Rrc(RrcType::SUSPEND));
        cell->ReceiveSignalling(1, Rrc(RrcType::UL_INFORMATION_TRANSFER, {0x7e}));
        const Ptr<N2Endpoint> n2 = run.Network().GetGnbs()[0]->GetN2();
        NgapInitialUeMessage initial;
        initial.nasPdu = {0x7e};
        n2->Send(amf, initial.Encode(), "test");
        NasServiceRequest request;
        request.tmsi.fiveGTmsi = 5;
        initial.nasPdu = request.Encode();
        n2->Send(amf, initial.Encode(), "test");
        NgapUeContextReleaseRequest release;
        release.amfUeNgapId = 77;
        n2->Send(amf, release.Encode(), "test");
    });
    run.Run();
    const auto& drops = run.Results().GetDrops();
    for (const char* what : {"RRC SETUP: the UE did not ask for it",
                             "RRC RESUME: the UE did not ask for it",
                             "RRC message: not one that a gNB sends",
                             "Paging: ",
                             "RRC message: the UE sleeps",
                             "RRC SETUP COMPLETE: no SERVICE REQUEST in it",
                             "RRC message: not one that a UE sends",
                             "UL INFORMATION TRANSFER: the UE has no connection to the AMF",
                             "InitialUEMessage: no SERVICE REQUEST in it",
                             "SERVICE REQUEST: unknown 5G-S-TMSI",
                             "UEContextReleaseRequest: unknown AMF UE NGAP ID"})
    {
        const bool dropped = std::any_of(drops.begin(), drops.end(), [what](const auto& drop) {
            return drop.first.find(what) != std::string::npos;
        });
        check.Expect(dropped, what);
    }
    check.Equal(States(run), std::string("II"), "and nobody has woken");
}

void
WhatIsUnderWayToASleeperIsAccountedFor(Check& check)
{
    for (const auto& [name, value] :
         {std::make_pair("Delivery", "ptp"), std::make_pair("Harq", "ack-nack")})
    {
        SystemSettings settings = Sleepy("inactive");
        settings.loss = 0.3;
        settings.attributes.push_back(
            {std::string("ns3::mbs::MulticastRadioBearer::") + name, value});
        settings.attributes.push_back({"ns3::mbs::MulticastRadioBearer::TReordering", "1s"});
        settings.mskInterval = Seconds(0);
        SystemRun run(check, settings);
        std::string end;
        LookAt(run, Seconds(16) - MilliSeconds(1), end);
        run.Run();
        check.Equal(end, std::string("NNNN"), "all sleep at the end");
        const TrafficCounts total = run.Total();
        check.Expect(total.delivered > 0 && total.Lost(LossCause::ASLEEP) > 0, "awake and asleep");
        // Of what waits for one that comes no more there would be up to a second for each UE.
        check.Expect(total.inFlight < 4 * 5, std::string(value) + ": only the last packets");
    }
}

void
WhoResumesGoesOnWithItsBearers(Check& check)
{
    SystemSettings settings = Sleepy("inactive");
    settings.attributes.push_back({"ns3::mbs::Gnb::MulticastInInactive", "true"});
    SystemRun run(check, settings);
    uint32_t changes = 0;
    run.On<uint32_t, const Tmgi&, Reception>(
        run.Network().GetRadioChannel(),
        "ReceptionChanged",
        [&changes](uint32_t, const Tmgi&, Reception) { ++changes; });
    run.Run();
    check.Equal(run.Rows(KeyKind::MSK).size(), 4U, "all were woken for a key");
    check.Equal(changes, 4U, "each began to listen once, when it joined");
}

void
WhoRestartsWhileItWakesAsksOnce(Check& check)
{
    SystemSettings settings = Sleepy("idle");
    settings.ues = 1;
    settings.gnbs = 1;
    settings.mskInterval = Seconds(0);
    settings.traffic.clear();
    settings.duration = Seconds(11);
    // It sleeps by then, and the next occasion of random access is at 8.01 s.
    settings.joinStart = MilliSeconds(8001);
    SystemRun run(check, settings);
    const Ptr<Ue> ue = run.Network().GetUes()[0];
    ScheduleJob(MilliSeconds(8002),
                [ue] { ue->Restart(NetworkFunction::Memory::KEPT, MilliSeconds(1)); });
    run.Run();
    const auto& drops = run.Results().GetDrops();
    check.Expect(std::none_of(drops.begin(),
                              drops.end(),
                              [](const auto& drop) {
                                  return drop.first.find("RRC connection") != std::string::npos;
                              }),
                 "it does not give up to wake after it has woken");
    check.Expect(ue->IsMember(run.Network().GetTmgi()), "and joins");
}

void
ReleasesThatTheAmfMissedAreAskedForAgain(Check& check)
{
    SystemSettings settings = Sleepy("idle");
    settings.mskInterval = Seconds(0);
    settings.duration = Seconds(14);
    settings.faults = {"amf:delay=50ms@2s+10s"};
    SystemRun run(check, settings);
    // The AMF fails when it has the requests and has not handled them.
    const Ptr<Amf> amf = run.Network().GetAmfs()[0];
    bool failed = false;
    for (const auto& gnb : run.Network().GetGnbs())
    {
        run.On<const SbiOperation&, bool, uint32_t>(
            gnb->GetN2(),
            "MessageSent",
            [amf, &failed](const SbiOperation& operation, bool, uint32_t) {
                if (operation.name == "UEContextReleaseRequest" && !failed)
                {
                    failed = true;
                    ScheduleJob(MilliSeconds(20),
                                [amf] { amf->Restart(NetworkFunction::Memory::KEPT, Seconds(1)); });
                }
            });
    }
    run.Run();
    check.Expect(failed, "a release is asked for");
    check.Equal(States(run), std::string("IIII"), "all have been sent to sleep");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of UEs that sleep.
 * @param suite where to
 */
void AddSystemStatesTests(MbsTestSuite& suite);

void
AddSystemStatesTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("an inactive UE has a new MSK its paging occasion and a resumption later",
        AnInactiveUeIsPagedByItsGnb);
    add("an idle UE has a new MSK its paging occasion and a service request later",
        AnIdleUeIsPagedByItsAmf);
    add("UEs wait half a DRX cycle for a new MSK on average", TheMeanWaitIsHalfACycle);
    add("what is sent while UEs sleep is lost, rate x time", WhatIsSentToSleepersIsLost);
    add("packets of sleepers are conserved by PTM, PTP and between the two",
        SleepersAreConservedInEveryDelivery);
    add("packets of sleepers are conserved when their gNB has forgotten their sessions",
        SleepersOfAForgetfulCellAreConserved);
    add("UEs that receive multicast in RRC_INACTIVE lose nothing but what the key comes late for",
        MulticastInInactiveLosesNothing);
    add("what is under way to a UE that falls asleep is delivered or lost",
        WhatIsUnderWayToASleeperIsAccountedFor);
    add("a UE that resumes goes on with the bearers that it kept", WhoResumesGoesOnWithItsBearers);
    add("a UE that restarts while it wakes asks for one connection",
        WhoRestartsWhileItWakesAsksOnce);
    add("a release of a UE that the AMF missed is asked for again",
        ReleasesThatTheAmfMissedAreAskedForAgain);
    add("only a share of the UEs sleeps", OnlyAShareSleeps);
    add("a sleeping UE wakes to join and to leave", ASleeperWakesToSpeak);
    add("pages that were lost are repeated, and given up in the end", LostPagesAreRepeated);
    add("the activation of a session calls the UEs in it that sleep", ActivationCallsTheGroup);
    add("messages about sleep that are wrong are dropped", WrongMessagesAreDropped);
    add("sleeping UEs get keys after gNB, AMF or they themselves restarted", RestartsFindSleepers);
}

} // namespace ns3::mbs
