// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-network-plan.h"
#include "ns3/mbs-scheduled-job.h"

#include "ns3/simulator.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";

/** @param check where to report */
void
SharesGoRound(Check& check)
{
    NetworkPlan plan;
    plan.ues = 10;
    plan.sessions = 5;
    check.Equal(plan.SessionsOf(3).size(), std::size_t{5}, "without a share a UE is for all");
    plan.sessionsPerUe = 2;
    std::map<uint32_t, uint32_t> members;
    for (uint32_t ue = 0; ue < plan.ues; ++ue)
    {
        const std::vector<uint32_t> sessions = plan.SessionsOf(ue);
        check.Equal(sessions.size(), std::size_t{2}, "a UE's share");
        check.Expect(sessions[0] < sessions[1], "no session twice, ascending");
        for (const uint32_t session : sessions)
        {
            ++members[session];
        }
    }
    check.Equal(members.size(), std::size_t{5}, "every session has members");
    plan.sessionsPerUe = 3;
    for (uint32_t ue = 0; ue < 100; ++ue)
    {
        const std::vector<uint32_t> sessions = plan.SessionsOf(ue);
        check.Equal(std::set<uint32_t>(sessions.begin(), sessions.end()).size(),
                    std::size_t{3},
                    "no session twice where a round ends within a share");
    }
    for (const auto& [session, count] : members)
    {
        check.Equal(count, 4U, "UEs of session " + std::to_string(session));
    }
}

/**
 * @brief Sessions share a network and nothing else: a UE gets keys and packets of those that it is
 * for, and each of them goes its own way.
 * @param check where to report
 * @param procedure cp or up
 * @param staggered whether the sessions start one after the other
 */
void
SessionsAreApart(Check& check, const std::string& procedure, bool staggered)
{
    constexpr uint32_t SESSIONS = 4;
    constexpr uint32_t UES = 8;
    SystemSettings settings;
    settings.ues = UES;
    settings.gnbs = 2;
    settings.smfs = 2;
    settings.sessions = SESSIONS;
    settings.sessionsPerUe = 2;
    settings.sessionStagger = staggered ? MilliSeconds(50) : Seconds(0);
    settings.duration = Seconds(8);
    settings.mskInterval = Seconds(3);
    settings.mtkInterval = Seconds(1);
    settings.traffic = TRAFFIC;
    settings.attributes = {{"ns3::mbs::Mbsf::Procedure", procedure},
                           {"ns3::mbs::Mbstf::Procedure", procedure}};
    SystemRun run(check, settings);
    std::map<Tmgi, std::set<MskId>> msks;
    run.On<const Tmgi&, const KeySet&, bool>(
        run.Network().GetMbsf(),
        "MskGenerated",
        [&](const Tmgi& tmgi, const KeySet& keys, bool) { msks[tmgi].insert(keys.mskId); });
    run.Run();

    check.Equal(msks.size(), std::size_t{SESSIONS}, "sessions with keys");
    std::set<uint16_t> groups;
    for (const auto& [tmgi, ids] : msks)
    {
        check.Expect(ids.size() >= 2, "each session renews its MSK");
        groups.insert(ids.begin()->Group());
    }
    check.Equal(groups.size(), std::size_t{SESSIONS}, "each has a Key Group of its own");

    const TrafficLedgers& traffic = run.Results().GetAllTraffic();
    std::map<uint32_t, std::set<uint32_t>> sessionsOf;
    for (uint32_t session = 0; session < SESSIONS; ++session)
    {
        check.Equal(run.Network().GetTmgi(session), traffic.GetTmgi(session), "sessions by number");
        for (const TrafficLedger::Row& row : traffic.Get(session).Rows())
        {
            const std::string name =
                "UE " + std::to_string(row.ue) + " in session " + std::to_string(session);
            sessionsOf[row.ue].insert(session);
            check.Expect(row.counts.expected > 600, name + " expects packets");
            if (procedure == "cp")
            {
                check.Equal(row.counts.delivered + row.counts.inFlight,
                            row.counts.expected,
                            name + " gets them all");
            }
            else
            {
                check.Equal(row.counts.Lost(),
                            row.counts.Lost(LossCause::NO_KEY),
                            name + " loses only what came before its keys");
                check.Expect(row.counts.delivered > 500, name + " gets packets");
            }
        }
    }
    for (uint32_t ue = 0; ue < UES; ++ue)
    {
        const std::vector<uint32_t> wanted = run.Network().GetSessionsOf(ue);
        check.Expect(sessionsOf[ue] == std::set<uint32_t>(wanted.begin(), wanted.end()),
                     "UE " + std::to_string(ue) + " has rows for its sessions and no others");
        for (uint32_t session = 0; session < SESSIONS; ++session)
        {
            check.Equal(run.Network().GetUes()[ue]->IsMember(run.Network().GetTmgi(session)),
                        sessionsOf[ue].count(session) > 0,
                        "member of session " + std::to_string(session));
        }
    }
    // Every session renews its MSK twice for its four members.
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        check.Expect(row.outcome == KeyOutcome::INSTALLED, "every MSK update arrives");
    }
    check.Equal(run.Rows(KeyKind::MSK).size(), std::size_t{SESSIONS * 4 * 2}, "MSK updates");
    if (procedure == "cp")
    {
        check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusSubscribe"),
                    uint64_t{SESSIONS * 2},
                    "each SMF subscribes once for each session");
    }
    check.Equal(run.Messages("N11mb", "Nmbsmf_MBSSession_ContextUpdate"),
                uint64_t{SESSIONS * 2},
                "each gNB sets shared delivery up once for each session");
}

/** @param check where to report */
void
ControlPlaneSessionsAreApart(Check& check)
{
    SessionsAreApart(check, "cp", false);
}

/** @param check where to report */
void
UserPlaneSessionsAreApart(Check& check)
{
    SessionsAreApart(check, "up", true);
}

/** @param check where to report */
void
OneSessionEndsWhileOthersGoOn(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    settings.sessions = 2;
    settings.duration = Seconds(6);
    settings.mtkInterval = Seconds(1);
    settings.traffic = TRAFFIC;
    SystemRun run(check, settings);
    run.Network().LeaveAt(0, Seconds(2), 1);
    run.Network().RemoveAt(1, Seconds(3), 1);
    run.Run();
    const TrafficLedgers& traffic = run.Results().GetAllTraffic();
    for (const TrafficLedger::Row& row : traffic.Get(0).Rows())
    {
        check.Expect(row.counts.expected > 500,
                     "session 0 goes on for UE " + std::to_string(row.ue));
        check.Equal(row.counts.Lost(), 0U, "and it loses nothing");
    }
    const auto rows = traffic.Get(1).Rows();
    check.Expect(rows.at(0).counts.expected > 140 && rows.at(0).counts.expected < 155,
                 "UE 0 left session 1 after 1.5 s");
    check.Expect(rows.at(1).counts.expected > 240 && rows.at(1).counts.expected < 255,
                 "UE 1 was removed from session 1 after 2.5 s");
    const Ptr<Gnb> gnb = run.Network().GetGnbs().front();
    check.Expect(gnb->HasSharedDelivery(run.Network().GetTmgi(0)), "session 0 is still delivered");
    check.Expect(!gnb->HasSharedDelivery(run.Network().GetTmgi(1)), "session 1 is not");
    check.Equal(run.Results().GetMemberships(1).Rows().size(), std::size_t{2}, "memberships of 1");
    check.Expect(run.Results().GetMemberships(1).Rows().at(0).left.has_value(), "they ended");
    check.Expect(!run.Results().GetMemberships(0).Rows().at(0).left, "those of session 0 did not");
}

/** @param check where to report */
void
SeveralSessionsAreJoinedTogether(Check& check)
{
    SystemSettings settings;
    settings.ues = 4;
    settings.unauthorized = 1;
    settings.gnbs = 2;
    settings.sessions = 40;
    settings.joinTogether = true;
    settings.duration = Seconds(3);
    SystemRun run(check, settings);
    run.Run();
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION REQUEST"),
                8U,
                "a request names 32 sessions, so that each UE sends two");
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION COMMAND"), 8U, "each has one answer");
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION COMPLETE"), 8U, "and is completed");
    for (const Tmgi& tmgi : run.Network().GetTmgis())
    {
        for (uint32_t ue = 0; ue < 4; ++ue)
        {
            check.Equal(run.Network().GetUes()[ue]->IsMember(tmgi), ue < 3, "who may is in");
        }
    }
    uint32_t rejected = 0;
    for (const JoinLedger::Row& row : run.Results().GetJoins().Rows())
    {
        rejected += row.refusal ? 1 : 0;
        check.Expect(row.installed || row.refusal, "every join has an outcome");
    }
    check.Equal(rejected, 40U, "the UE that may not join is told so for each session");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

/** @param check where to report */
void
AnswersToLostJoinsComeForAll(Check& check)
{
    SystemSettings settings;
    settings.sessions = 2;
    settings.joinTogether = true;
    settings.duration = Seconds(90);
    settings.faults = {"n11-0:down@0s+85s"};
    SystemRun run(check, settings);
    uint32_t refused = 0;
    run.On<uint32_t, const Tmgi&, const std::string&>(
        run.Network().GetUes().front(),
        "JoinRejected",
        [&refused](uint32_t, const Tmgi&, const std::string& cause) {
            refused += cause == "no answer" ? 1 : 0;
        });
    run.Run();
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION REQUEST"),
                5U,
                "the request is sent again four times for both sessions");
    check.Equal(refused, 2U, "then the UE gives both up");
}

/** @param check where to report */
void
AnMskIsRenewedOnDemand(Check& check)
{
    SystemSettings settings;
    settings.ues = 4;
    settings.sessions = 2;
    settings.sessionsPerUe = 1;
    SystemRun run(check, settings);
    const Ptr<Mbsf> mbsf = run.Network().GetMbsf();
    const Tmgi tmgi = run.Network().GetTmgi(1);
    ScheduleJob(Seconds(2), [mbsf, tmgi] {
        mbsf->Renew(tmgi);
        mbsf->Renew(Tmgi(77, PlmnId()));
    });
    run.Run();
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), std::size_t{2}, "the two UEs of session 1 get a new MSK");
    for (const KeyUpdateLedger::Row& row : rows)
    {
        check.Equal(row.tmgi, tmgi, "the key's session");
        check.Equal(run.Network().GetSessionsOf(row.ue).front(), 1U, "a UE that is for it");
        check.Expect(row.outcome == KeyOutcome::INSTALLED, "it is installed");
    }
}

/** @param check where to report */
void
SeveralSessionsRepeat(Check& check)
{
    const auto once = [&check] {
        SystemSettings settings;
        settings.ues = 6;
        settings.gnbs = 2;
        settings.sessions = 3;
        settings.sessionsPerUe = 2;
        settings.joinWindow = MilliSeconds(200);
        settings.mtkInterval = Seconds(1);
        settings.loss = 0.1;
        settings.traffic = TRAFFIC;
        SystemRun run(check, settings);
        run.Run();
        return run.Csv();
    };
    const std::string first = once();
    check.Expect(first.find("000003-001-01") != std::string::npos, "the files name sessions");
    check.Expect(first == once(), "the same settings give the same files");
}

} // namespace

/** @param suite gets the tests of several sessions in a whole network */
void AddSystemSessionsTests(MbsTestSuite& suite);

void
AddSystemSessionsTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("sessions are shared out evenly among UEs", SharesGoRound));
    suite.Add(new FunctionTestCase("each UE gets keys and packets of its sessions and no others",
                                   ControlPlaneSessionsAreApart));
    suite.Add(new FunctionTestCase("so it is in the user-plane procedure, with sessions that start "
                                   "one after the other",
                                   UserPlaneSessionsAreApart));
    suite.Add(new FunctionTestCase("a session that a UE is out of does not touch its other one",
                                   OneSessionEndsWhileOthersGoOn));
    suite.Add(new FunctionTestCase("a UE joins as many sessions at once as an answer has room for",
                                   SeveralSessionsAreJoinedTogether));
    suite.Add(new FunctionTestCase("a UE that hears nothing gives up all sessions of its request",
                                   AnswersToLostJoinsComeForAll));
    suite.Add(new FunctionTestCase("an MSK is renewed on demand, and no other session's",
                                   AnMskIsRenewedOnDemand));
    suite.Add(new FunctionTestCase("a run with several sessions repeats octet by octet",
                                   SeveralSessionsRepeat));
}

} // namespace ns3::mbs
