// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-faulty-network.h"
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-program-options.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

void
LinkDown(Check& check)
{
    // The third MSK is made at 10.5 s or soon after, while no SMF reaches the AF.
    SystemRun run(check, Faulty({"n11:down@10s+3s"}));
    run.Run();
    ExpectAllKeys(check, run, 3);
    check.Expect(WorstMsk(run) > 2.0, "the MSK made meanwhile waits for the link");
    check.Expect(run.Lost(LossCause::NO_KEY) > 4 * 100,
                 "and costs what is sent under it: 100 packets a second for each of 4 UEs");
    check.Equal(run.Lost(LossCause::CORE), 0U, "the packets go another way");
}

void
LinkOfOneSmfDown(Check& check)
{
    SystemRun run(check, Faulty({"n16mb-1:down@10s+3s"}));
    run.Run();
    ExpectAllKeys(check, run, 3);
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        check.Expect(row.ue % 2 == 1 || row.Latency() < 100000000,
                     "UEs of the other SMF do not wait");
    }
    check.Expect(WorstMsk(run) > 2.0, "those of this SMF do");
}

void
PacketsLostAndDoubled(Check& check)
{
    SystemRun lossy(check, Faulty({"n16mb:drop=2@10s", "nmb1:drop=0.3@3s+10s"}));
    lossy.Run();
    ExpectAllKeys(check, lossy, 3);

    const auto csvOf = [&check](const std::vector<std::string>& faults) {
        SystemRun run(check, Faulty(faults));
        run.Run();
        ExpectAllKeys(check, run, 3);
        return std::to_string(run.Total().delivered);
    };
    check.Equal(csvOf({"n16mb:duplicate=1.0@3s+10s", "n4mb:duplicate=1.0@0s+10s"}),
                csvOf({}),
                "what comes twice in the core changes nothing at the UEs");
    SystemRun media(check, Faulty({"n3mb-0:drop=0.1@3s+10s", "nmb9:drop=0.1@3s+10s"}));
    media.Run();
    ExpectAllKeys(check, media, 3);
    check.Expect(media.Lost(LossCause::CORE) > 0, "what Nmb9 and N3mb lose is lost in the core");
}

void
LateFunction(Check& check)
{
    SystemRun run(check, Faulty({"smf-0:delay=2s@10s+5s"}));
    run.Run();
    ExpectAllKeys(check, run, 3);
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        const bool waits = row.ue % 2 == 0 && row.mki.msk.Number() == 3;
        check.Equal(row.Latency() > 2000000000, waits, "who waits for an SMF that is late");
        check.Expect(row.Latency() < 2100000000, "and not longer than it is late");
    }
}

void
Rejected(Check& check)
{
    for (const char* status : {"403", "429", "500", "503"})
    {
        SystemRun run(check, Faulty({std::string("mbsmf:reject=") + status + "@10s+2s"}));
        run.Run();
        ExpectAllKeys(check, run, 3);
        // Asked after 1 s and after 2 s more.
        check.Expect(WorstMsk(run) > 2.0 && WorstMsk(run) < 3.5,
                     std::string(status) + ": worst " + std::to_string(WorstMsk(run)));
    }
    SystemRun run(check, Faulty({"mbstf:reject=503@10s+2s"}));
    run.Run();
    ExpectAllKeys(check, run, 3);
}

void
LinksDownForLong(Check& check)
{
    // Longer than a request waits (10 s), so that it fails and is made once more.
    for (const char* link : {"nmb1", "nmb2", "n16mb"})
    {
        SystemSettings settings = Faulty({});
        settings.mskInterval = Seconds(25);
        settings.duration = Seconds(60);
        // The second MSK is made at 25 s.
        settings.faults = {std::string(link) + ":down@24s+14s"};
        SystemRun run(check, settings);
        run.Run();
        ExpectAllKeys(check, run, 2);
        check.Expect(WorstMsk(run) < 33.0,
                     std::string(link) + ": worst " + std::to_string(WorstMsk(run)));
    }
}

void
UnknownTargets(Check& check)
{
    for (const std::string fault :
         {"smf-2:delay=1s@1s+1s", "gnb-2:delay=1s@1s+1s", "n16mb-2:down@1s+1s"})
    {
        std::string error;
        SystemRun run(check, Faulty({}));
        const Ptr<FaultInjector> injector = CreateObject<FaultInjector>();
        injector->Install(run.Network());
        try
        {
            injector->Schedule(*FaultPlan::FromText(fault).plan);
        }
        catch (const UserError& wrong)
        {
            error = wrong.what();
        }
        injector->Dispose();
        check.Expect(error.find("--fault=" + fault) == 0, "a target that is not there: " + error);
    }
}

void
SameFaultsTwice(Check& check)
{
    std::vector<std::string> runs;
    for (int i = 0; i < 2; ++i)
    {
        SystemRun run(check, Faulty({"n2:drop=0.2@5s+10s", "mbsmf:delay=1s@9s+3s"}));
        run.Run();
        runs.push_back(run.Csv());
    }
    check.Expect(runs.at(0) == runs.at(1), "the same faults give the same octets");
}

} // namespace

/** @param suite gets the tests of faults in a whole network */
void AddSystemFaultsTests(MbsTestSuite& suite);

void
AddSystemFaultsTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("fault: ") + name, body));
    };
    add("an MSK waits for N11 to come back and reaches every UE", LinkDown);
    add("only UEs of the SMF whose link is down wait for their MSK", LinkOfOneSmfDown);
    add("lost and doubled packets cost no key", PacketsLostAndDoubled);
    add("an SMF that answers late delays its own UEs by as much", LateFunction);
    add("an MSK that the MB-SMF or the MBSTF rejects is offered again", Rejected);
    add("a request that failed since a link was down is made again", LinksDownForLong);
    add("functions and links that are not there are refused", UnknownTargets);
    add("faults are repeatable", SameFaultsTwice);
}

} // namespace ns3::mbs
