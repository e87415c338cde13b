// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-faulty-network.h"
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/simulator.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Attributes of the user-plane procedure. */
const std::vector<std::pair<std::string, std::string>> USER_PLANE{
    {"ns3::mbs::Mbsf::Procedure", "up"},
    {"ns3::mbs::Mbstf::Procedure", "up"}};

/** @param more attributes @return with the MBSSF in the MBSTF, in the user-plane procedure */
std::vector<std::pair<std::string, std::string>>
WithMbssfInMbstf()
{
    auto attributes = USER_PLANE;
    attributes.emplace_back("ns3::mbs::Mbsf::MbssfPlacement", "mbstf");
    attributes.emplace_back("ns3::mbs::Mbstf::MbssfPlacement", "mbstf");
    attributes.emplace_back("ns3::mbs::Mbsf::Nmb2Keys", "internal");
    return attributes;
}

/** @param way how keys cross Nmb2 @return attributes */
std::vector<std::pair<std::string, std::string>>
Nmb2(const char* way)
{
    return {{"ns3::mbs::Mbsf::Nmb2Keys", way}};
}

// With memory. The second new MSK is made at 10 s or just after, which is when the function is away
// or has just come back.

void
MbsfRestarts(Check& check)
{
    Survive(check, {"mbsf:restart@9900ms"});
    Survive(check, {"mbsf:restart@9900ms"}, Nmb2("pull"));
    Survive(check, {"mbsf:restart@9900ms"}, USER_PLANE);
}

void
MbstfRestarts(Check& check)
{
    Survive(check, {"mbstf:restart@9900ms", 5, 0.5, 2});
    Survive(check, {"mbstf:restart@9900ms"}, WithMbssfInMbstf());
}

void
MbSmfRestarts(Check& check)
{
    Survive(check, {"mbsmf:restart@9900ms", 5, 0.5, 2});
}

void
SmfRestarts(Check& check)
{
    Survive(check, {"smf-0:restart@9900ms", 5, 0.5, 2, false, true});
}

void
AmfRestarts(Check& check)
{
    Survive(check, {"amf:restart@9900ms", 5, 0.5, 2});
}

void
GnbRestarts(Check& check)
{
    Survive(check, {"gnb-0:restart@9900ms", 5, 0.5, 17, false, true});
}

void
MbUpfRestarts(Check& check)
{
    Survive(check, {"mbupf:restart@9900ms"});
}

void
MbssfRestarts(Check& check)
{
    Survive(check, {"mbssf:restart@9900ms", 5, 0.5, 2}, USER_PLANE);
    Survive(check, {"mbssf:restart@9900ms", 5, 0.5, 2}, WithMbssfInMbstf());
}

void
UeRestarts(Check& check)
{
    Survive(check, {"ue-1:restart@9900ms", 5, 0, 1, true});
    Survive(check, {"ue-1:restart@9900ms", 5, 0, 1, true}, USER_PLANE);
}

// Without memory. The function is back before the second new MSK is made at 10 s, or while it is
// made.

void
MbsfForgets(Check& check)
{
    Survive(check, {"mbsf:restart=forget@8s"});
    Survive(check, {"mbsf:restart=forget@8s"}, Nmb2("pull"));
    Survive(check, {"mbsf:restart=forget@8s"}, Nmb2("internal"));
    Survive(check, {"mbsf:restart=forget@8s"}, USER_PLANE);
    Survive(check, {"mbsf:restart=forget@8s"}, WithMbssfInMbstf());
}

void
MbstfForgets(Check& check)
{
    Survive(check, {"mbstf:restart=forget@8s"});
    Survive(check, {"mbstf:restart=forget@9900ms", 5, 0, 3});
    Survive(check, {"mbstf:restart=forget@8s"}, Nmb2("pull"));
    Survive(check, {"mbstf:restart=forget@8s"}, Nmb2("internal"));
    Survive(check, {"mbstf:restart=forget@8s"}, USER_PLANE);
    Survive(check, {"mbstf:restart=forget@8s"}, WithMbssfInMbstf());
}

void
MbSmfForgets(Check& check)
{
    // The SMFs ask for the session after 1 s, when the MBSF has not created it yet, and after 2 s.
    Survive(check, {"mbsmf:restart=forget@8s", 5, 0.5, 2});
    Survive(check, {"mbsmf:restart=forget@9900ms", 5, 0.5, 4});
    Survive(check, {"mbsmf:restart=forget@8s"}, USER_PLANE);
    Survive(check,
            {"mbsmf:restart=forget@8s", 5, 0.5, 2},
            {{"ns3::mbs::Gnb::N3mbTransport", "unicast"}});
}

void
SmfForgets(Check& check)
{
    const std::pair<std::string, std::string> patience{"ns3::mbs::Ue::MissingMskTimeout", "3s"};
    Survive(check, {"smf-0:restart=forget@8s", 5, 3, 4.5, false, true}, {patience});
}

void
AmfForgets(Check& check)
{
    Survive(check, {"amf:restart=forget@8s"});
}

void
OneAmfOfTwoForgets(Check& check)
{
    SystemSettings settings = Faulty({"amf-1:restart=forget@8s"});
    settings.amfs = 2;
    SystemRun run(check, settings);
    run.Run();
    ExpectAllKeys(check, run, 3);
    check.Equal(run.Messages("N2", "DistributionSetupRequest"),
                3U,
                "two gNBs ask for the session, and that of the second AMF once more");
}

void
GnbForgets(Check& check)
{
    Survive(check, {"gnb-0:restart=forget@8s"});
    Survive(check, {"gnb-0:restart=forget@8s"}, {{"ns3::mbs::Gnb::N3mbTransport", "unicast"}});
}

void
GnbResets(Check& check)
{
    SystemRun run(check, Faulty({"gnb-0:restart=forget@8s"}));
    run.Run();
    ExpectAllKeys(check, run, 3);
    check.Equal(run.Messages("N2", "NGReset"), 1U, "the gNB says that it has forgotten");
    check.Equal(run.Messages("N2", "NGResetAcknowledge"), 1U, "once, since it is answered");
    check.Equal(run.Messages("N2", "DistributionSetupRequest"), 3U, "and asks for the session");
}

void
MbUpfForgets(Check& check)
{
    Survive(check, {"mbupf:restart=forget@8s"});
    Survive(check, {"mbupf:restart=forget@8s"}, {{"ns3::mbs::Gnb::N3mbTransport", "unicast"}});
}

void
MbssfForgets(Check& check)
{
    Survive(check, {"mbssf:restart=forget@8s", 5, 0.5, 2.5}, USER_PLANE);
    Survive(check, {"mbssf:restart=forget@8s", 5, 0.5, 2.5}, WithMbssfInMbstf());
}

void
UeForgets(Check& check)
{
    Survive(check, {"ue-1:restart=forget@8s", 5, 0, 1, true});
    Survive(check, {"ue-1:restart=forget@8s", 5, 0, 1, true}, USER_PLANE);
}

void
LastGnb(Check& check)
{
    // While the MB-SMF is slow, UE 1's gNB asks for the session, and UE 0's gNB ends it.
    SystemSettings settings = Faulty({"mbsmf:delay=500ms@3900ms+2s"});
    settings.ues = 2;
    settings.smfs = 1;
    SystemRun run(check, settings);
    const Ptr<Ue> late = run.Network().GetUes().at(1);
    const Tmgi tmgi = run.Network().GetTmgi();
    run.Network().LeaveAt(1, Seconds(2));
    run.Network().LeaveAt(0, Seconds(4));
    ScheduleJob(Seconds(4), [late, tmgi] { late->Join(tmgi); });
    uint32_t delivered = 0;
    run.On<uint32_t, Ptr<const Packet>, ByteView>(
        late,
        "Delivered",
        [&delivered](uint32_t, Ptr<const Packet>, ByteView) {
            delivered += Simulator::Now() > Seconds(18) ? 1 : 0;
        });
    run.Run();
    check.Equal(run.Messages("N2", "DistributionReleaseRequest"), 2U, "both gNBs have released");
    check.Expect(delivered >= 99,
                 "the gNB that asked before the other one left receives, " +
                     std::to_string(delivered) + " packets in the last second");
}

void
RenewalWithoutInterval(Check& check)
{
    // Two leaves ask for MSKs that Nmb2 does not carry; no interval would make another one.
    SystemSettings settings = Faulty({"nmb2:down@2900ms+15s"});
    settings.duration = Seconds(29);
    settings.mskInterval = Seconds(0);
    settings.attributes = {{"ns3::mbs::Smf::ReportMembership", "true"},
                           {"ns3::mbs::MbSmf::RenewOnLeave", "each"}};
    SystemRun run(check, settings);
    run.Network().LeaveAt(0, Seconds(3));
    run.Network().LeaveAt(1, Seconds(4));
    run.Run();
    uint16_t newest = 0;
    uint32_t installed = 0;
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        if (row.mki.msk.Number() > newest)
        {
            newest = row.mki.msk.Number();
            installed = 0;
        }
        installed += row.outcome == KeyOutcome::INSTALLED && row.ue >= 2 ? 1 : 0;
    }
    check.Expect(newest >= 2, "an MSK for those who stayed");
    check.Equal(installed, 2U, "which both have");
}

} // namespace

/** @param suite gets the tests of functions that restart */
void AddSystemRestartTests(MbsTestSuite& suite);

void
AddSystemRestartTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("restart: ") + name, body));
    };
    add("an MBSF that restarts goes on with its keys", MbsfRestarts);
    add("an MBSTF that restarts goes on with its keys", MbstfRestarts);
    add("an MB-SMF that restarts goes on with its sessions", MbSmfRestarts);
    add("an SMF that restarts goes on with its commands", SmfRestarts);
    add("keys wait for an AMF that restarts and its gNBs' connections", AmfRestarts);
    add("what a gNB lost when it restarted is sent again after T3591", GnbRestarts);
    add("an MB-UPF that restarts goes on with its tunnels", MbUpfRestarts);
    add("an MBSSF that restarts sends what was not verified", MbssfRestarts);
    add("a UE that restarts joins again", UeRestarts);
    add("an MBSF that has forgotten its sessions gets them from the AF", MbsfForgets);
    add("an MBSTF that has forgotten its sessions gets them and a new MSK", MbstfForgets);
    add("an MB-SMF that has forgotten its sessions gets them and its subscribers", MbSmfForgets);
    add("UEs that their SMF has forgotten join again when they lack an MSK", SmfForgets);
    add("gNBs tell an AMF that has forgotten it what they receive", AmfForgets);
    add("an AMF that has forgotten is told by its own gNBs only", OneAmfOfTwoForgets);
    add("UEs that their gNB has forgotten join again at once", GnbForgets);
    add("a gNB that has forgotten its sessions resets N2", GnbResets);
    add("an MB-UPF that has forgotten its sessions gets them with their groups", MbUpfForgets);
    add("UEs that the MBSSF has forgotten register again when they lack an MSK", MbssfForgets);
    add("a UE that has lost its keys gets them again", UeForgets);
    add("a gNB that asks while the last other one releases is not forgotten", LastGnb);
    add("a renewal that Nmb2 lost is made up for without an interval", RenewalWithoutInterval);
}

} // namespace ns3::mbs
