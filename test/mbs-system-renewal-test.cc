// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/simulator.h"

#include <cmath>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";

/** @return a network with traffic and no renewal but those that a policy asks for */
SystemSettings
QuietNetwork()
{
    SystemSettings settings;
    settings.ues = 3;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(8);
    settings.attributes = {{"ns3::mbs::Smf::ReportMembership", "true"}};
    return settings;
}

/** @param run a run @param from @param until @return packets sent in between */
uint64_t
SentBetween(const SystemRun& run, int64_t from, int64_t until)
{
    uint64_t count = 0;
    for (const SentPacket& packet : run.Sent())
    {
        count += packet.at.GetNanoSeconds() >= from && packet.at.GetNanoSeconds() < until ? 1 : 0;
    }
    return count;
}

/** @param run a run @param ue number of a UE @return its first membership */
const MembershipLedger::Row&
FirstMembership(const SystemRun& run, uint32_t ue)
{
    static const MembershipLedger::Row NONE;
    for (const MembershipLedger::Row& row : run.Results().GetMemberships().Rows())
    {
        if (row.ue == ue)
        {
            return row;
        }
    }
    return NONE;
}

void
LeaverReadsOnWithoutRenewal(Check& check)
{
    SystemSettings settings = QuietNetwork();
    SystemRun run(check, settings);
    run.Network().LeaveAt(0, Seconds(3));
    run.Run();
    const auto& row = FirstMembership(run, 0);
    const int64_t end = settings.duration.GetNanoSeconds();
    check.Equal(row.after.time, end - row.left.value_or(0), "the rest of the run");
    check.Equal(row.after.packets, SentBetween(run, *row.left, end), "every packet of it");
    check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextUpdate"),
                4U,
                "the MB-SMF is told of three joins and a leave");
    check.Equal(run.Messages("Nmb1", "Nmbsmf_MBSSession_StatusNotify"), 0U, "and wants nothing");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
NewMskShutsALeaverOut(Check& check)
{
    SystemSettings settings = QuietNetwork();
    settings.attributes.emplace_back("ns3::mbs::MbSmf::RenewOnLeave", "each");
    SystemRun run(check, settings);
    run.Network().LeaveAt(0, Seconds(3));
    run.Network().RemoveAt(1, Seconds(5));
    run.Run();
    check.Equal(run.Activations().size(), 3U, "two new keys in use");
    for (uint32_t ue = 0; ue < 2; ++ue)
    {
        const auto& row = FirstMembership(run, ue);
        const int64_t activated = run.Activations().at(ue + 1).second.GetNanoSeconds();
        check.Equal(row.after.time,
                    activated - row.left.value_or(0),
                    "from the end of the membership to the use of the next MSK");
        check.Equal(row.after.packets, SentBetween(run, *row.left, activated), "and its packets");
        check.Expect(row.after.time < Seconds(1).GetNanoSeconds(),
                     "which is shorter than the activation delay, since the removal takes a while");
    }
    const KeyUpdateLedger& keys = run.Results().GetKeyUpdates();
    check.Equal(keys.Count(KeyKind::MSK, KeyOutcome::INSTALLED),
                3U,
                "two members get the first, one the second");
    check.Equal(keys.Count(KeyKind::MSK, KeyOutcome::LEFT),
                2U,
                "those that have not been told yet when it is made do not get it");
    check.Equal(run.Total().delivered + run.Total().inFlight,
                run.Total().expected,
                "who stays loses nothing");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
OneMskForABatch(Check& check)
{
    SystemSettings settings = QuietNetwork();
    settings.ues = 6;
    settings.attributes.emplace_back("ns3::mbs::MbSmf::RenewOnLeave", "batched");
    settings.attributes.emplace_back("ns3::mbs::MbSmf::RenewalBatch", "1s");
    SystemRun run(check, settings);
    for (uint32_t i = 0; i < 4; ++i)
    {
        run.Network().LeaveAt(i, MilliSeconds(3000 + 200 * i));
    }
    run.Network().LeaveAt(4, MilliSeconds(6000));
    run.Run();
    check.Equal(run.Messages("Nmb1", "Nmbsmf_MBSSession_StatusNotify"), 2U, "two renewals");
    std::vector<int64_t> made;
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        if (made.empty() || made.back() != row.generated)
        {
            made.push_back(row.generated);
        }
    }
    check.Equal(made.size(), 2U, "two MSKs: four leave within the batch of the first");
    const int64_t batch = Seconds(1).GetNanoSeconds();
    check.Expect(made.size() == 2 && made[0] > Seconds(3).GetNanoSeconds() + batch &&
                     made[0] < Seconds(3).GetNanoSeconds() + batch + 50000000 &&
                     made[1] > Seconds(6).GetNanoSeconds() + batch,
                 "a batch after the first one left, and again after the one that left later");
}

void
JoinersGetFreshKeys(Check& check)
{
    for (const std::string key : {"msk", "mtk"})
    {
        SystemSettings settings = QuietNetwork();
        settings.attributes.emplace_back("ns3::mbs::MbSmf::RenewOnJoin", "each");
        settings.attributes.emplace_back("ns3::mbs::MbSmf::RenewedOnJoin", key);
        settings.ues = 2;
        SystemRun run(check, settings);
        // The second one leaves at once and comes back when all is quiet.
        run.Network().LeaveAt(1, Seconds(1));
        const Tmgi tmgi = run.Network().GetTmgi();
        Simulator::Schedule(Seconds(5), &Ue::Join, run.Network().GetUes().at(1), tmgi);
        run.Run();
        const auto& rows = run.Results().GetMemberships().Rows();
        check.Equal(rows.size(), 3U, key + ": three memberships");
        const auto& back = rows.at(2);
        if (key == "msk")
        {
            check.Expect(run.Rows(KeyKind::MSK).size() >= 3 && run.Rows(KeyKind::MTK).empty(),
                         "MSKs are renewed");
            check.Expect(back.before.packets > 0, "it can read what the newest key protected");
        }
        else
        {
            check.Expect(run.Rows(KeyKind::MSK).empty() && run.Rows(KeyKind::MTK).size() >= 3,
                         "MTKs are renewed, no MSK is");
            check.Expect(back.recorded.packets > back.before.packets,
                         "who has recorded MIKEY messages can read more than what it was given");
        }
        check.Expect(run.Results().GetDrops().empty(), key + ": nothing is dropped");
    }
}

void
LateJoinerWaitsForARetransmission(Check& check)
{
    const auto lost = [&check](const std::string& interval) {
        SystemSettings settings;
        settings.ues = 1;
        settings.traffic = TRAFFIC;
        settings.mtkInterval = Seconds(5);
        settings.joinStart = MilliSeconds(7510);
        settings.duration = Seconds(12);
        settings.attributes = {{"ns3::mbs::Mbstf::MtkRetransmissionInterval", interval},
                               {"ns3::mbs::Mbstf::MtkRepetitions", "0"}};
        SystemRun run(check, settings);
        run.Run();
        check.Equal(run.Lost(LossCause::NO_KEY) + run.Total().delivered + run.Total().inFlight,
                    run.Total().expected,
                    "what is lost is lost for want of a key");
        if (interval == "0s")
        {
            // MTK 1 came with the MSK, MTK 2 is in use, MTK 3 comes in time.
            check.Equal(run.Lost(LossCause::NO_KEY),
                        SentBetween(run,
                                    FirstMembership(run, 0).joined,
                                    run.Activations().at(2).second.GetNanoSeconds()),
                        "without, all that is sent until the next MTK is used");
        }
        return run.Lost(LossCause::NO_KEY);
    };
    const uint64_t without = lost("0s");
    check.Expect(without > 300, "which is more than three seconds: " + std::to_string(without));
    const uint64_t with = lost("200ms");
    check.Expect(with <= 21, "an interval of 200 ms at most: " + std::to_string(with));
    check.Expect(with > 0, "but not nothing");
}

void
JoinerBeforeTheSwitchGetsBothKeys(Check& check)
{
    for (const bool overlap : {true, false})
    {
        SystemSettings settings;
        settings.ues = 2;
        settings.traffic = TRAFFIC;
        settings.mskInterval = Seconds(3);
        settings.duration = Seconds(6);
        settings.attributes = {{"ns3::mbs::Mbsf::MskOverlap", overlap ? "2s" : "0s"}};
        SystemRun run(check, settings);
        const Tmgi tmgi = run.Network().GetTmgi();
        run.Network().LeaveAt(1, Seconds(1));
        // After the new MSK was made and before it is used.
        Simulator::Schedule(MilliSeconds(3500), &Ue::Join, run.Network().GetUes().at(1), tmgi);
        run.Run();
        const auto& back = run.Results().GetMemberships().Rows().at(2);
        const int64_t activated = run.Activations().at(1).second.GetNanoSeconds();
        check.Expect(back.joined > Seconds(3).GetNanoSeconds() && back.joined < activated,
                     "it joins in between");
        const uint64_t gap = SentBetween(run, back.joined, activated);
        check.Expect(gap > 10, "packets are sent under the old key");
        const uint64_t lost =
            run.Results().GetTraffic().Rows().at(1).counts.Lost(LossCause::NO_KEY);
        check.Equal(lost,
                    overlap ? 0U : gap,
                    overlap ? "which it can read" : "which it cannot read");
        check.Equal(back.before.packets > 0, overlap, "nor anything from before");
        for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
        {
            check.Equal(static_cast<int>(row.outcome),
                        static_cast<int>(KeyOutcome::INSTALLED),
                        "updates go on");
        }
        check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
    }
}

void
StormOfLeavesIsNotAStormOfKeys(Check& check)
{
    SystemSettings settings = QuietNetwork();
    settings.ues = 20;
    settings.attributes.emplace_back("ns3::mbs::MbSmf::RenewOnLeave", "each");
    SystemRun run(check, settings);
    for (uint32_t ue = 0; ue < 19; ++ue)
    {
        run.Network().LeaveAt(ue, Seconds(3));
    }
    run.Run();
    std::vector<int64_t> made;
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        if (made.empty() || made.back() != row.generated)
        {
            made.push_back(row.generated);
        }
    }
    check.Expect(made.size() >= 2 && made.size() < 19,
                 "what is asked for while an MSK is on its way is one more MSK: " +
                     std::to_string(made.size()));
    const int64_t last = run.Activations().back().second.GetNanoSeconds();
    for (uint32_t ue = 0; ue < 19; ++ue)
    {
        const auto& row = FirstMembership(run, ue);
        check.Expect(row.left && *row.left + row.after.time <= last, "all are shut out in the end");
    }
    check.Equal(run.Total().delivered + run.Total().inFlight,
                run.Total().expected,
                "and nobody loses a packet");
}

} // namespace

/** @param suite gets the tests of keys that are renewed for joins and leaves */
void AddSystemRenewalTests(MbsTestSuite& suite);

void
AddSystemRenewalTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("without renewal a leaver can read the rest of the key's life",
                                   LeaverReadsOnWithoutRenewal));
    suite.Add(new FunctionTestCase("a new MSK shuts a leaver out as soon as it is used",
                                   NewMskShutsALeaverOut));
    suite.Add(new FunctionTestCase("a batch of leaves costs one MSK", OneMskForABatch));
    suite.Add(
        new FunctionTestCase("who joins makes the MSK or the MTK be renewed", JoinersGetFreshKeys));
    suite.Add(new FunctionTestCase("a late joiner waits for a retransmission of the MTK at most",
                                   LateJoinerWaitsForARetransmission));
    suite.Add(new FunctionTestCase("who joins between a new MSK and its use gets both MSKs",
                                   JoinerBeforeTheSwitchGetsBothKeys));
    suite.Add(new FunctionTestCase("many leaves at once do not make as many MSKs",
                                   StormOfLeavesIsNotAStormOfKeys));
}

} // namespace ns3::mbs
