// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/simulator.h"

#include <set>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";

/** What is seen of one UE's membership. */
struct MemberWatch
{
    /** @param run where @param ue number of the UE */
    MemberWatch(SystemRun& run, uint32_t ue)
    {
        const Ptr<Ue> object = run.Network().GetUes().at(ue);
        const auto note = [this](const std::string& what) {
            return [this, what](uint32_t, const Tmgi&) {
                events.push_back(what);
                at.push_back(Simulator::Now());
            };
        };
        run.On<uint32_t, const Tmgi&>(object, "Joined", note("joined"));
        run.On<uint32_t, const Tmgi&>(object, "LeaveRequested", note("asks to leave"));
        run.On<uint32_t, const Tmgi&>(object, "Left", note("left"));
        const auto noteCause = [this](const std::string& what) {
            return [this, what](uint32_t, const Tmgi&, const std::string& cause) {
                events.push_back(what + cause);
                at.push_back(Simulator::Now());
            };
        };
        run.On<uint32_t, const Tmgi&, const std::string&>(object,
                                                          "Removed",
                                                          noteCause("removed: "));
        run.On<uint32_t, const Tmgi&, const std::string&>(object,
                                                          "JoinRejected",
                                                          noteCause("rejected: "));
        run.On<uint32_t, const Tmgi&, const Mki&>(
            object,
            "MskInstalled",
            [this](uint32_t, const Tmgi&, const Mki&) { msks.push_back(Simulator::Now()); });
    }

    /** @return the events, separated by commas */
    std::string Events() const
    {
        std::string text;
        for (const std::string& event : events)
        {
            text += (text.empty() ? "" : ", ") + event;
        }
        return text;
    }

    std::vector<std::string> events; //!< what happened
    std::vector<Time> at;            //!< when
    std::vector<Time> msks;          //!< when MSKs were installed
};

/** @param run a run @param from @param until @return packets sent in between */
uint64_t
SentBetween(const SystemRun& run, Time from, Time until)
{
    uint64_t count = 0;
    for (const SentPacket& packet : run.Sent())
    {
        count += packet.at >= from && packet.at < until ? 1 : 0;
    }
    return count;
}

void
LeaverIsOutOfItAll(Check& check)
{
    SystemSettings settings;
    settings.ues = 3;
    settings.traffic = TRAFFIC;
    settings.mskInterval = Seconds(2);
    settings.mtkInterval = MilliSeconds(700);
    settings.duration = Seconds(7);
    SystemRun run(check, settings);
    run.Network().LeaveAt(0, Seconds(3));
    MemberWatch leaver(run, 0);
    MemberWatch stayer(run, 1);
    run.Run();

    check.Equal(leaver.Events(), "joined, asks to leave, left", "the leaver's way");
    check.Expect(!run.Network().GetUes().at(0)->IsMember(run.Network().GetTmgi()), "it is out");
    check.Equal(run.Network().GetSmfs().at(0)->GetJoinedCount(run.Network().GetTmgi()),
                2U,
                "two UEs are left");
    check.Equal(leaver.msks.size(), 2U, "MSKs of the leaver: the first and one renewal");
    check.Equal(stayer.msks.size(), 4U, "MSKs of one who stays");
    const TrafficCounts leaverCounts = run.Results().GetTraffic().Rows().at(0).counts;
    check.Equal(leaverCounts.expected,
                SentBetween(run, leaver.at.at(0), leaver.at.at(2)),
                "the leaver expects what is sent while it is a member");
    check.Equal(leaverCounts.delivered + leaverCounts.inFlight,
                leaverCounts.expected,
                "and gets all but what is under way when it leaves");
    check.Expect(leaverCounts.inFlight <= 1, "which is a packet at most");
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION REQUEST"), 4U, "three joins, a leave");
    check.Equal(run.Messages("N2", "DistributionReleaseRequest"), 0U, "the gNB has UEs left");
    check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusUnSubscribe"),
                0U,
                "and so has the SMF");
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        check.Expect(row.ue != 0 || row.generated < Seconds(3).GetNanoSeconds(),
                     "keys made after it left are not for the leaver");
    }
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

/** @param check where to report @param transport of N3mb, multicast or unicast */
void
LastOneOut(Check& check, const std::string& transport)
{
    SystemSettings settings;
    settings.ues = 4;
    settings.gnbs = 2;
    settings.smfs = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(8);
    settings.attributes = {{"ns3::mbs::Gnb::N3mbTransport", transport}};
    SystemRun run(check, settings);
    const Tmgi tmgi = run.Network().GetTmgi();
    uint32_t copies = 0;
    run.On<const Tmgi&, Ptr<const Packet>, uint32_t>(
        run.Network().GetMbUpf(),
        "Forwarded",
        [&copies](const Tmgi&, Ptr<const Packet>, uint32_t sent) { copies = sent; });
    // UEs 0 and 2 are in the first cell and at the first SMF, 1 and 3 in and at the second.
    const uint32_t order[] = {0, 1, 2, 3};
    for (uint32_t i = 0; i < 4; ++i)
    {
        run.Network().LeaveAt(order[i], Seconds(2 + i));
    }

    struct Picture
    {
        bool first;       //!< the first gNB has shared delivery
        bool second;      //!< the second gNB has
        uint64_t release; //!< DISTRIBUTION RELEASE REQUESTs
        uint64_t gone;    //!< ContextStatusUnSubscribes
        uint32_t copies;  //!< of a packet that leave the MB-UPF
    };

    const bool multicast = transport == "multicast";
    const Picture expected[] = {{true, true, 0, 0, multicast ? 1U : 2U},
                                {true, true, 0, 0, multicast ? 1U : 2U},
                                {true, true, 0, 0, multicast ? 1U : 2U},
                                {false, true, 1, 1, 1},
                                {false, false, 2, 2, 0}};
    for (uint32_t i = 0; i < 5; ++i)
    {
        ScheduleJob(MilliSeconds(1900) + Seconds(i), [&, i] {
            const std::string when = transport + ", " + std::to_string(i) + " UEs have left: ";
            const Picture& picture = expected[i];
            const auto& gnbs = run.Network().GetGnbs();
            check.Equal(gnbs[0]->HasSharedDelivery(tmgi), picture.first, when + "first gNB");
            check.Equal(gnbs[1]->HasSharedDelivery(tmgi), picture.second, when + "second gNB");
            check.Equal(run.Messages("N2", "DistributionReleaseRequest"),
                        picture.release,
                        when + "releases");
            check.Equal(run.Messages("N2", "DistributionReleaseResponse"),
                        picture.release,
                        when + "answers to releases");
            check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusUnSubscribe"),
                        picture.gone,
                        when + "subscriptions that ended");
            check.Equal(copies, picture.copies, when + "copies");
        });
    }
    run.Run();
    for (const TrafficLedger::Row& row : run.Results().GetTraffic().Rows())
    {
        check.Equal(row.counts.Lost(LossCause::CORE), 0U, "nobody loses by another's leaving");
        check.Equal(row.counts.delivered + row.counts.inFlight, row.counts.expected, "nor at all");
    }
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
SharedTransportStaysForTheLast(Check& check)
{
    LastOneOut(check, "multicast");
    LastOneOut(check, "unicast");
}

void
LeaverComesBack(Check& check)
{
    for (const Time& pause : {MilliSeconds(5), MilliSeconds(8), MilliSeconds(12), Seconds(1)})
    {
        SystemSettings settings;
        settings.traffic = TRAFFIC;
        settings.duration = Seconds(5);
        SystemRun run(check, settings);
        MemberWatch watch(run, 0);
        run.Network().LeaveAt(0, Seconds(2));
        // The radio takes the request while shared delivery is being released or after that.
        run.On<uint32_t, const Tmgi&>(
            run.Network().GetUes().at(0),
            "Left",
            [&run, pause](uint32_t, const Tmgi& tmgi) {
                Simulator::Schedule(pause, &Ue::Join, run.Network().GetUes().at(0), tmgi);
            });
        run.Run();
        check.Equal(watch.Events(), "joined, asks to leave, left, joined", "out and in again");
        const TrafficCounts counts = run.Total();
        check.Equal(counts.delivered + counts.inFlight, counts.expected, "nothing is lost");
        check.Equal(counts.expected,
                    SentBetween(run, watch.at.at(0), watch.at.at(2)) +
                        SentBetween(run, watch.at.at(3), Seconds(5)),
                    "expected are the packets of both memberships");
        check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
    }
}

void
RemovedUeStaysOut(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    settings.traffic = TRAFFIC;
    settings.mskInterval = Seconds(2);
    SystemRun run(check, settings);
    MemberWatch removed(run, 0);
    run.Network().RemoveAt(0, Seconds(3));
    Simulator::Schedule(Seconds(4),
                        &Ue::Join,
                        run.Network().GetUes().at(0),
                        run.Network().GetTmgi());
    run.Run();
    check.Equal(removed.Events(),
                "joined, removed: not_authorized, rejected: not_authorized",
                "removed, and refused when it asks again");
    check.Equal(removed.msks.size(), 2U, "it gets no MSK after that");
    const TrafficCounts counts = run.Results().GetTraffic().Rows().at(0).counts;
    check.Equal(counts.expected,
                SentBetween(run, removed.at.at(0), removed.at.at(1)),
                "it expects what is sent while it is in");
}

void
ReleaseRemovesEverybody(Check& check)
{
    SystemSettings settings;
    settings.ues = 5;
    settings.gnbs = 2;
    settings.smfs = 2;
    settings.traffic = TRAFFIC;
    settings.mskInterval = Seconds(1);
    settings.mtkInterval = MilliSeconds(300);
    SystemRun run(check, settings);
    std::vector<std::unique_ptr<MemberWatch>> watches;
    for (uint32_t ue = 0; ue < settings.ues; ++ue)
    {
        watches.push_back(std::make_unique<MemberWatch>(run, ue));
    }
    Time released;
    run.On<const Tmgi&>(run.Network().GetAf(), "Released", [&released](const Tmgi&) {
        released = Simulator::Now();
    });
    run.Network().ReleaseAt(Seconds(3));
    run.Run();
    for (const auto& watch : watches)
    {
        check.Equal(watch->Events(),
                    "joined, removed: session_released",
                    "every UE is removed, with the cause");
        check.Expect(watch->msks.back() < Seconds(3), "and gets no more keys");
    }
    check.Expect(released > Seconds(3) && released < MilliSeconds(3100), "the AF is answered");
    check.Expect(run.Sent().back().at < released, "nothing is sent afterwards");
    check.Equal(run.Network().GetMbsf()->GetActiveSessionCount(), 0U, "the MBSF has forgotten it");
    check.Equal(run.Network().GetMbSmf()->GetSessionCount(), 0U, "the MB-SMF too");
    for (const auto& gnb : run.Network().GetGnbs())
    {
        check.Expect(!gnb->HasSharedDelivery(run.Network().GetTmgi()), "the gNBs too");
    }
    const auto once =
        [&](const std::string& interface, const std::string& message, uint64_t times) {
            check.Equal(run.Messages(interface, message), times, message);
        };
    once("Nmb10", "Nmbsf_MBSUserDataIngestSession_Delete", 1);
    once("Nmb10", "Nmbsf_MBSUserService_Delete", 1);
    once("Nmb2", "Nmbstf_MBSDistributionSession_Destroy", 1);
    once("Nmb1", "Nmbsmf_MBSSession_Delete", 1);
    once("N4mb", "PFCP Session Deletion Request", 1);
    once("N2", "DistributionReleaseRequest", 2);
    once("N16mb", "Nmbsmf_MBSSession_ContextStatusUnSubscribe", 0);
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
KeyUnderWayToALeaverIsLeft(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    settings.mskInterval = Seconds(2);
    settings.duration = Seconds(4);
    settings.attributes = {{"ns3::mbs::CoreTopology::N16mbDelay", "300ms"}};
    settings.joinStart = MilliSeconds(500);
    SystemRun run(check, settings);
    MemberWatch leaver(run, 0);
    std::vector<Time> made;
    run.On<const Tmgi&, const KeySet&, bool>(run.Network().GetMbsf(),
                                             "MskGenerated",
                                             [&](const Tmgi& tmgi, const KeySet&, bool first) {
                                                 if (!first)
                                                 {
                                                     made.push_back(Simulator::Now());
                                                     Simulator::Schedule(
                                                         MilliSeconds(100),
                                                         &Ue::Leave,
                                                         run.Network().GetUes().at(0),
                                                         tmgi);
                                                 }
                                             });
    run.Run();
    check.Equal(leaver.msks.size(), 1U, "the new MSK does not come to who left before it came");
    check.Equal(run.Results().GetKeyUpdates().Count(KeyKind::MSK, KeyOutcome::LEFT),
                1U,
                "its row says so");
    check.Equal(run.Results().GetKeyUpdates().Count(KeyKind::MSK, KeyOutcome::INSTALLED),
                1U,
                "the other UE has the key");
}

void
ImpatientUe(Check& check)
{
    SystemSettings settings;
    settings.duration = Seconds(3);
    SystemRun run(check, settings);
    MemberWatch watch(run, 0);
    // Before the answer to its request to join has come.
    run.Network().LeaveAt(0, settings.joinStart + MilliSeconds(1));
    run.Run();
    check.Equal(watch.Events(), "joined, asks to leave, left", "it joins first and leaves at once");
    check.Expect(!run.Network().GetGnbs().at(0)->HasSharedDelivery(run.Network().GetTmgi()),
                 "nothing stays behind");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
UnheardLeaver(Check& check)
{
    SystemSettings settings;
    settings.scripted = true;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(20);
    settings.attributes = {{"ns3::mbs::Ue::T3581", "2s"},
                           {"ns3::mbs::Ue::MaxRequestRetransmissions", "3"}};
    SystemRun run(check, settings);
    MemberWatch watch(run, 0);
    run.SetRadioScript([](uint32_t, uint32_t octets) {
        // All signalling is lost, traffic is not.
        return Simulator::Now() > Seconds(2) && octets < 1000;
    });
    run.Network().LeaveAt(0, Seconds(3));
    run.Run();
    check.Equal(watch.Events(), "joined, asks to leave, left", "it leaves without an answer");
    check.Equal(watch.at.back(), Seconds(3 + 4 * 2), "when T3581 has run out for the last time");
    const TrafficCounts counts = run.Total();
    check.Equal(counts.expected,
                SentBetween(run, watch.at.at(0), watch.at.back()),
                "until then it is a member");
    check.Expect(counts.delivered + counts.inFlight == counts.expected, "with keys");
}

} // namespace

/** @param suite gets the tests of leaving, removal and release in a whole network */
void AddSystemMembershipTests(MbsTestSuite& suite);

void
AddSystemMembershipTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("a UE that leaves expects nothing more and gets no more keys",
                                   LeaverIsOutOfItAll));
    suite.Add(new FunctionTestCase("shared transport stays up until its last consumer leaves",
                                   SharedTransportStaysForTheLast));
    suite.Add(new FunctionTestCase("a UE that left comes back, even while the gNB releases",
                                   LeaverComesBack));
    suite.Add(new FunctionTestCase("a UE that the network removed stays out", RemovedUeStaysOut));
    suite.Add(new FunctionTestCase("the release of a session removes every UE and all that was set "
                                   "up for it",
                                   ReleaseRemovesEverybody));
    suite.Add(new FunctionTestCase("a key under way to a UE that leaves does not come to it",
                                   KeyUnderWayToALeaverIsLeft));
    suite.Add(new FunctionTestCase("a UE that leaves before it has joined joins and leaves",
                                   ImpatientUe));
    suite.Add(new FunctionTestCase("a UE whose request to leave nobody hears leaves by itself",
                                   UnheardLeaver));
}

} // namespace ns3::mbs
