// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-scheduled-job.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";

/**
 * @param check where to report
 * @param scenario where gNBs and UEs are, or null
 */
void
EveryUeIsServedByTheAmfOfItsGnb(Check& check, std::shared_ptr<const RadioScenario> scenario)
{
    SystemSettings settings;
    settings.scenario = std::move(scenario);
    settings.ues = 12;
    settings.gnbs = 4;
    settings.amfs = 2;
    settings.smfs = 3;
    settings.mskInterval = Seconds(2);
    settings.traffic = TRAFFIC;
    SystemRun run(check, settings);
    std::vector<std::set<std::string>> heard(2);
    for (uint32_t amf = 0; amf < 2; ++amf)
    {
        run.On<const std::string&, ByteView>(
            run.Network().GetAmf(amf),
            "N1Received",
            [&heard, amf](const std::string& supi, ByteView) { heard[amf].insert(supi); });
    }
    run.Run();
    for (uint32_t ue = 0; ue < settings.ues; ++ue)
    {
        const uint32_t amf = run.Network().GetGnbOf(ue) % 2;
        const std::string name = "UE " + std::to_string(ue);
        check.Equal(run.Network().GetAmfOf(ue), amf, name + " has the AMF of its gNB");
        const std::string supi = run.Network().GetSupiOf(ue);
        check.Equal(heard[amf].count(supi), std::size_t{1}, name + " is known to its AMF");
        check.Equal(heard[1 - amf].count(supi), std::size_t{0}, name + " is not to the other");
        check.Expect(run.Network().GetUes()[ue]->IsMember(run.Network().GetTmgi()),
                     name + " has joined");
    }
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        check.Expect(row.outcome == KeyOutcome::INSTALLED, "every MSK update arrives");
        check.Expect(row.reached[static_cast<std::size_t>(KeyLeg::AMF)] != KeyUpdateLedger::NEVER,
                     "over an AMF");
    }
    check.Equal(run.Rows(KeyKind::MSK).size(), std::size_t{24}, "two updates for each UE");
    check.Equal(run.Messages("N11mb", "Nmbsmf_MBSSession_ContextUpdate"),
                4U,
                "each gNB sets shared delivery up through its AMF");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

/** @param check where to report */
void
WithoutPlacesUesAreDealtOut(Check& check)
{
    EveryUeIsServedByTheAmfOfItsGnb(check, nullptr);
}

/**
 * @brief UEs are served by the cell that they stand in, which is another one than that which they
 * would be dealt to by their numbers.
 * @param check where to report
 */
void
WithPlacesTheCellCounts(Check& check)
{
    auto scenario = std::make_shared<RadioScenario>();
    for (uint32_t cell = 0; cell < 4; ++cell)
    {
        scenario->cells.push_back({Vector(1000.0 * cell, 0, 25), {}});
    }
    for (uint32_t ue = 0; ue < 12; ++ue)
    {
        scenario->ues.emplace_back(1000.0 * ((ue + 1) % 4), 50 + ue, 1.5);
    }
    EveryUeIsServedByTheAmfOfItsGnb(check, scenario);
}

/**
 * @brief UEs leave one after the other, in an order that has nothing to do with what serves them;
 * after each it is looked what is still up, and that must be what the UEs that are left need.
 * @param check where to report
 * @param transport of N3mb, multicast or unicast
 */
void
TransportFollowsItsConsumers(Check& check, const std::string& transport)
{
    constexpr uint32_t UES = 12;
    constexpr int64_t STEP_MS = 200;
    SystemSettings settings;
    settings.ues = UES;
    settings.gnbs = 4;
    settings.amfs = 2;
    settings.smfs = 3;
    settings.sessions = 2;
    settings.duration = Seconds(6);
    settings.traffic = TRAFFIC;
    settings.attributes = {{"ns3::mbs::Gnb::N3mbTransport", transport}};
    SystemRun run(check, settings);
    const MbsHelper& network = run.Network();
    const Tmgi ending = network.GetTmgi(0);
    const Tmgi staying = network.GetTmgi(1);
    uint32_t copies = 0;
    run.On<const Tmgi&, Ptr<const Packet>, uint32_t>(
        network.GetMbUpf(),
        "Forwarded",
        [&](const Tmgi& tmgi, Ptr<const Packet>, uint32_t sent) {
            copies = tmgi == ending ? sent : copies;
        });
    for (uint32_t step = 0; step < UES; ++step)
    {
        const uint32_t ue = step * 5 % UES;
        network.LeaveAt(ue, Seconds(2) + MilliSeconds(STEP_MS * step));
    }
    for (uint32_t left = 0; left <= UES; ++left)
    {
        ScheduleJob(Seconds(2) + MilliSeconds(STEP_MS * left - 10), [&, left] {
            const std::string when = transport + ", " + std::to_string(left) + " have left: ";
            std::set<uint32_t> gnbs;
            std::vector<std::size_t> atSmf(3);
            for (uint32_t step = left; step < UES; ++step)
            {
                const uint32_t ue = step * 5 % UES;
                gnbs.insert(network.GetGnbOf(ue));
                ++atSmf[network.GetSmfOf(ue)];
            }
            for (uint32_t gnb = 0; gnb < 4; ++gnb)
            {
                const std::string name = when + "gNB " + std::to_string(gnb);
                check.Equal(network.GetGnbs()[gnb]->HasSharedDelivery(ending),
                            gnbs.count(gnb) > 0,
                            name);
                check.Expect(network.GetGnbs()[gnb]->HasSharedDelivery(staying),
                             name + " has the other session");
            }
            uint64_t unsubscribed = 0;
            for (uint32_t smf = 0; smf < 3; ++smf)
            {
                check.Equal(network.GetSmfs()[smf]->GetJoinedCount(ending),
                            atSmf[smf],
                            when + "SMF " + std::to_string(smf));
                unsubscribed += atSmf[smf] == 0 ? 1 : 0;
            }
            check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusUnSubscribe"),
                        unsubscribed,
                        when + "SMFs that unsubscribed");
            check.Equal(run.Messages("N2", "DistributionReleaseRequest"),
                        4 - gnbs.size(),
                        when + "gNBs that released");
            const auto wanted = transport == "unicast"
                                    ? static_cast<uint32_t>(gnbs.size())
                                    : static_cast<uint32_t>(gnbs.empty() ? 0 : 1);
            check.Equal(copies, wanted, when + "copies of a packet that leave the MB-UPF");
        });
    }
    run.Run();
    for (uint32_t session = 0; session < 2; ++session)
    {
        for (const TrafficLedger::Row& row : run.Results().GetTraffic(session).Rows())
        {
            check.Equal(row.counts.delivered + row.counts.inFlight,
                        row.counts.expected,
                        transport + ", UE " + std::to_string(row.ue) + " in session " +
                            std::to_string(session) + " loses nothing while it is in");
        }
    }
}

/** @param check where to report */
void
MulticastFollowsItsConsumers(Check& check)
{
    TransportFollowsItsConsumers(check, "multicast");
}

/** @param check where to report */
void
TunnelsFollowTheirConsumers(Check& check)
{
    TransportFollowsItsConsumers(check, "unicast");
}

} // namespace

/** @param suite gets the tests of several AMFs in a whole network */
void AddSystemAmfsTests(MbsTestSuite& suite);

void
AddSystemAmfsTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("every UE is served by the AMF of its gNB",
                                   WithoutPlacesUesAreDealtOut));
    suite.Add(new FunctionTestCase("every UE is served by the AMF of the gNB whose cell it is in",
                                   WithPlacesTheCellCounts));
    suite.Add(new FunctionTestCase("multicast on N3mb stays up until the last UE of the last AMF "
                                   "leaves, and no longer",
                                   MulticastFollowsItsConsumers));
    suite.Add(new FunctionTestCase("tunnels on N3mb stay up until the last UE of their gNB leaves, "
                                   "and no longer",
                                   TunnelsFollowTheirConsumers));
}

} // namespace ns3::mbs
