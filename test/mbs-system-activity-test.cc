// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-scheduled-job.h"
#include "ns3/mbs-session-event.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";

/** @return four UEs of two gNBs and two SMFs, with traffic and no renewals */
SystemSettings
Quiet()
{
    SystemSettings settings;
    settings.ues = 4;
    settings.gnbs = 2;
    settings.smfs = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(12);
    return settings;
}

/** @param run a run @param events what happens in it */
void
Schedule(SystemRun& run, const std::vector<std::string>& events)
{
    for (const std::string& text : events)
    {
        SessionEvent::FromText(text).event.value_or(SessionEvent()).Schedule(run.Network());
    }
}

/** @param run a run @param from @param until @return packets sent in between */
uint64_t
SentBetween(const SystemRun& run, Time from, Time until)
{
    return static_cast<uint64_t>(
        std::count_if(run.Sent().begin(), run.Sent().end(), [&](const SentPacket& packet) {
            return packet.at >= from && packet.at < until;
        }));
}

void
NothingIsExpectedWhileInactive(Check& check)
{
    SystemSettings settings = Quiet();
    SystemRun run(check, settings);
    Schedule(run, {"deactivate@4s", "activate@8s"});
    std::map<Time, bool> seen;
    for (const Time& at : {Seconds(3), Seconds(6), Seconds(9)})
    {
        ScheduleJob(at, [&run, &seen, at = at] {
            bool active = true;
            for (const auto& gnb : run.Network().GetGnbs())
            {
                active = active && gnb->IsActive(run.Network().GetTmgi());
            }
            seen[at] = active;
        });
    }
    run.Run();
    check.Expect(seen[Seconds(3)] && !seen[Seconds(6)] && seen[Seconds(9)],
                 "gNBs are told when packets flow");
    // The AF stops at once; what it sent before is 1 ms away from the MBSTF.
    check.Equal(SentBetween(run, Seconds(4) + MilliSeconds(2), Seconds(8)), 0U, "packets");
    check.Expect(SentBetween(run, Seconds(8), Seconds(12)) > 390, "then they flow again");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    for (const char* message : {"MulticastSessionActivationRequest",
                                "MulticastSessionActivationResponse",
                                "MulticastSessionDeactivationRequest",
                                "MulticastSessionDeactivationResponse"})
    {
        check.Equal(run.Messages("N2", message), 2U, std::string(message) + ", one per gNB");
    }
    check.Equal(run.Messages("N11mb", "Namf_MBSCommunication_N2MessageTransfer"),
                2U,
                "one to the AMF each time");
    check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusNotify"),
                4U,
                "one to each SMF each time");
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION COMMAND"), 4U, "joins only");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
KeysAreHeldBackWhileInactive(Check& check)
{
    SystemSettings settings = Quiet();
    settings.mskInterval = Seconds(3);
    settings.mtkInterval = Seconds(1);
    SystemRun run(check, settings);
    Schedule(run, {"deactivate@5s", "activate@10s"});
    std::vector<Time> commands;
    std::vector<Time> messages;
    run.On<const std::string&, ByteView>(
        run.Network().GetAmf(),
        "N1Received",
        [&commands](const std::string&, ByteView) { commands.push_back(Simulator::Now()); });
    run.On<const Tmgi&, Ptr<const Packet>, uint32_t>(
        run.Network().GetMbstf(),
        "MtkMessageSent",
        [&messages](const Tmgi&, Ptr<const Packet>, uint32_t) {
            messages.push_back(Simulator::Now());
        });
    run.Run();
    const auto between = [](const std::vector<Time>& times, Time from, Time until) {
        return std::count_if(times.begin(), times.end(), [&](const Time& at) {
            return at >= from && at < until;
        });
    };
    check.Equal(between(commands, Seconds(5), Seconds(10)), 0, "COMMANDs while inactive");
    // Repetitions of a message that was sent before end within 400 ms.
    check.Equal(between(messages, Seconds(5) + MilliSeconds(400), Seconds(10)),
                0,
                "MIKEY messages while inactive");
    check.Equal(between(commands, Seconds(10), Seconds(10) + MilliSeconds(200)),
                4,
                "the MSK that was due at 6 s reaches all UEs when the session is active again");
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 8U, "MSKs of 3 s and 10 s at four UEs");
    check.Equal(run.Results().GetKeyUpdates().Count(KeyKind::MSK, KeyOutcome::INSTALLED),
                8U,
                "MSKs installed");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
JoinersAndLeaversWhileInactive(Check& check)
{
    SystemSettings settings = Quiet();
    settings.joinStart = Seconds(1);
    settings.attributes = {{"ns3::mbs::Smf::ReportMembership", "true"},
                           {"ns3::mbs::MbSmf::RenewOnLeave", "each"},
                           {"ns3::mbs::Gnb::N3mbTransport", "unicast"}};
    SystemRun run(check, settings);
    Schedule(run, {"deactivate@3s", "leave=1@4s", "remove=3@4500ms", "activate@8s"});
    Simulator::Schedule(Seconds(6), &Ue::Join, run.Network().GetUes()[1], run.Network().GetTmgi());
    run.Run();
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 3U, "one MSK for both that left, when the session is active again");
    check.Expect(rows.at(0).generated > Seconds(8).GetNanoSeconds(), "not before");
    check.Expect(run.Network().GetUes()[1]->IsMember(run.Network().GetTmgi()),
                 "a UE may join an inactive session");
    check.Expect(!run.Network().GetUes()[3]->IsMember(run.Network().GetTmgi()), "UE 3 is out");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
}

void
HeldBackInEveryProcedure(Check& check)
{
    for (const Deployment& deployment : Deployment::All())
    {
        SystemSettings settings = Quiet();
        settings.mskInterval = Seconds(3);
        settings.mtkInterval = Seconds(1);
        settings.attributes = {{"ns3::mbs::Mbsf::Procedure", deployment.ProcedureText()},
                               {"ns3::mbs::Mbstf::Procedure", deployment.ProcedureText()},
                               {"ns3::mbs::Mbsf::MbssfPlacement", deployment.PlacementText()},
                               {"ns3::mbs::Mbstf::MbssfPlacement", deployment.PlacementText()},
                               {"ns3::mbs::Mbsf::Nmb2Keys", deployment.KeysText()},
                               {"ns3::mbs::Mbstf::MtkRetransmissionInterval", "1s"}};
        SystemRun run(check, settings);
        Schedule(run, {"deactivate@5s", "activate@10s"});
        run.Run();
        const std::string where = std::string(" (") + deployment.ProcedureText() + ", " +
                                  deployment.PlacementText() + ", " + deployment.KeysText() + ")";
        const auto rows = run.Rows(KeyKind::MSK);
        check.Equal(rows.size(), 8U, "two MSKs at four UEs" + where);
        for (const KeyUpdateLedger::Row& row : rows)
        {
            check.Expect(row.generated < Seconds(5).GetNanoSeconds() ||
                             row.generated >= Seconds(10).GetNanoSeconds(),
                         "none is made in between" + where);
            check.Equal(ToString(row.outcome), std::string("installed"), "outcome" + where);
        }
        uint64_t late = 0;
        for (const TrafficLedger::Bin& bin : run.Results().GetTraffic().Bins())
        {
            late += bin.start >= Seconds(3).GetNanoSeconds() ? bin.counts.Lost() : 0;
        }
        check.Equal(late, 0U, "packets lost once all have joined" + where);
    }
}

void
UpdatesTouchNoKey(Check& check)
{
    SystemSettings settings = Quiet();
    SystemRun run(check, settings);
    Schedule(run, {"qos=7@4s", "area@6s"});
    uint32_t withKeys = 0;
    uint32_t all = 0;
    run.On<const std::string&, ByteView>(
        run.Network().GetAmf(),
        "N1Received",
        [&](const std::string&, ByteView n1) {
            const auto command = PduSessionModificationCommand::Decode(n1);
            if (command && command->receivedMbs && Simulator::Now() > Seconds(4))
            {
                const ReceivedMbsInformation& information = command->receivedMbs->sessions.at(0);
                ++all;
                withKeys += information.keySets.empty() ? 0 : 1;
                check.Expect(information.decision == MbsDecision::SERVICE_AREA_UPDATE &&
                                 information.taiList.size() == 1,
                             "a COMMAND names the new service area");
            }
        });
    run.Run();
    check.Equal(all, 4U, "COMMANDs: the area to each UE, the QoS to none");
    check.Equal(withKeys, 0U, "COMMANDs with keys");
    check.Equal(run.Messages("N2", "MulticastSessionUpdateRequest"), 4U, "two for each gNB");
    check.Equal(run.Messages("N2", "MulticastSessionUpdateResponse"), 4U, "all answered");
    for (const auto& gnb : run.Network().GetGnbs())
    {
        check.Equal(static_cast<int>(gnb->GetFiveQi(run.Network().GetTmgi())), 7, "5QI at the gNB");
    }
    check.Equal(run.Messages("Nmb2", "Nmbstf_MBSDistributionSession_Update"),
                1U,
                "the MBSTF has nothing to do with it: its set-up only");
    check.Equal(run.Rows(KeyKind::MSK).size() + run.Rows(KeyKind::MTK).size(), 0U, "new keys");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
EventsAreRead(Check& check)
{
    for (const char* text :
         {"deactivate@20s", "activate@0", "qos=255@1ms", "area@5s", "leave=0@1s", "remove=7@1h"})
    {
        const auto result = SessionEvent::FromText(text);
        check.Equal(result.error, std::string(), text);
        check.Expect(result.event && result.event->text == text, std::string(text) + " is one");
    }
    for (const char* text : {"",
                             "@",
                             "deactivate",
                             "deactivate@",
                             "deactivate@-1s",
                             "deactivate=1@1s",
                             "qos@1s",
                             "qos=0@1s",
                             "qos=256@1s",
                             "leave=x@1s",
                             "explode@1s"})
    {
        const auto result = SessionEvent::FromText(text);
        check.Expect(!result.event && result.error.find("must be") == 0, text);
    }
    const auto refused = [](const std::vector<std::string>& texts) {
        std::vector<SessionEvent> events;
        for (const std::string& text : texts)
        {
            events.push_back(*SessionEvent::FromText(text).event);
        }
        try
        {
            SessionEvent::Validate(events, 4);
        }
        catch (const UserError& error)
        {
            return std::string(error.what());
        }
        return std::string();
    };
    check.Equal(refused({"activate@9s", "deactivate@5s", "leave=3@1s"}), std::string(), "in time");
    check.Expect(refused({"activate@5s"}).find("active then") != std::string::npos, "active");
    check.Expect(refused({"deactivate@5s", "deactivate@6s"}).find("inactive then") !=
                     std::string::npos,
                 "inactive");
    check.Expect(refused({"remove=4@5s"}).find("UEs 0 to 3") != std::string::npos, "no such UE");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of what happens to a session after its set-up.
 * @param suite where to
 */
void AddSystemActivityTests(MbsTestSuite& suite);

void
AddSystemActivityTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("events of a session are read, and what cannot happen is refused", EventsAreRead);
    add("an inactive session sends and expects nothing", NothingIsExpectedWhileInactive);
    add("keys that are due while a session is inactive come when it is active again",
        KeysAreHeldBackWhileInactive);
    add("who joins or leaves an inactive session waits for its keys, not for more",
        JoinersAndLeaversWhileInactive);
    add("keys are held back in every procedure, place of the MBSSF and way over Nmb2",
        HeldBackInEveryProcedure);
    add("updates of QoS and service area touch no key", UpdatesTouchNoKey);
}

} // namespace ns3::mbs
