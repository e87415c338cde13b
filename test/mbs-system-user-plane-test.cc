// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-fault-injector.h"
#include "ns3/mbs-program-options.h"

#include "ns3/point-to-point-net-device.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <optional>
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

/** Who makes keys and how they travel. */
struct Deployment
{
    const char* procedure; //!< cp or up
    const char* placement; //!< mbsf or mbstf
    const char* nmb2;      //!< push, pull or internal

    /** @return a name for reports */
    std::string Name() const
    {
        return std::string(procedure) + " " + placement + " " + nmb2;
    }
};

/** All that make sense. */
constexpr Deployment DEPLOYMENTS[] = {{"cp", "mbsf", "push"},
                                      {"cp", "mbsf", "pull"},
                                      {"cp", "mbsf", "internal"},
                                      {"cp", "mbstf", "push"},
                                      {"cp", "mbstf", "internal"},
                                      {"up", "mbsf", "push"},
                                      {"up", "mbsf", "pull"},
                                      {"up", "mbsf", "internal"},
                                      {"up", "mbstf", "internal"}};

/** @param deployment which @param settings what to run it with @return settings for it */
SystemSettings
With(const Deployment& deployment, SystemSettings settings = SystemSettings())
{
    settings.attributes.emplace_back("ns3::mbs::Mbsf::Procedure", deployment.procedure);
    settings.attributes.emplace_back("ns3::mbs::Mbstf::Procedure", deployment.procedure);
    settings.attributes.emplace_back("ns3::mbs::Mbsf::MbssfPlacement", deployment.placement);
    settings.attributes.emplace_back("ns3::mbs::Mbstf::MbssfPlacement", deployment.placement);
    settings.attributes.emplace_back("ns3::mbs::Mbsf::Nmb2Keys", deployment.nmb2);
    // UEs get the MSK at any time, and the MTK with its next transmission.
    settings.attributes.insert(settings.attributes.begin(),
                               {"ns3::mbs::Mbstf::MtkRetransmissionInterval", "1s"});
    return settings;
}

/** @param settings what to run in the user-plane procedure @return settings for it */
SystemSettings
UserPlane(SystemSettings settings = SystemSettings())
{
    return With({"up", "mbsf", "push"}, std::move(settings));
}

/** All that passed on the links of a reference point. */
struct Wire
{
    /** @param run where @param interface which reference point */
    Wire(const SystemRun& run, Interface interface)
    {
        for (const CoreLink& link : run.Network().GetTopology()->GetLinks())
        {
            if (link.interface == interface)
            {
                ++links;
                for (const auto& device : {link.deviceA, link.deviceB})
                {
                    device->TraceConnectWithoutContext("PhyTxEnd", MakeCallback(&Wire::Sent, this));
                }
            }
        }
    }

    void Sent(Ptr<const Packet> packet)
    {
        Bytes octets(packet->GetSize());
        packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
        text.append(octets.begin(), octets.end());
    }

    /** @param key a key @return true if it passed, as JSON has it */
    bool Saw(const Key128& key) const
    {
        return text.find(ToBase64(key.View())) != std::string::npos;
    }

    uint32_t links{0}; //!< how many there are
    std::string text;  //!< what passed
};

/** @param check where to report */
void
Deployments(Check& check)
{
    for (const Deployment& deployment : DEPLOYMENTS)
    {
        const std::string name = deployment.Name() + ": ";
        SystemSettings settings;
        settings.ues = 3;
        settings.gnbs = 2;
        settings.duration = Seconds(12);
        settings.mskInterval = Seconds(4);
        settings.mtkInterval = MilliSeconds(1500);
        settings.traffic = TRAFFIC;
        settings.serviceTime = "";
        SystemRun run(check, With(deployment, settings));
        const Wire nmb2(run, Interface::NMB2);
        const Wire nmb1(run, Interface::NMB1);
        std::vector<Key128> msks;
        std::vector<Key128> mtks;
        const auto note = [&msks](const Tmgi&, const KeySet& keys, bool) {
            msks.push_back(*keys.msk);
        };
        const bool atMbsf = std::string(deployment.placement) == "mbsf";
        run.On<const Tmgi&, const KeySet&, bool>(atMbsf ? Ptr<Object>(run.Network().GetMbsf())
                                                        : Ptr<Object>(run.Network().GetMbstf()),
                                                 "MskGenerated",
                                                 note);
        run.On<const Tmgi&, const KeySet&, ByteView, bool>(
            run.Network().GetMbstf(),
            "MtkGenerated",
            [&mtks](const Tmgi&, const KeySet& keys, ByteView, bool) {
                mtks.push_back(keys.mtk->key);
            });
        run.Run();

        const bool userPlane = std::string(deployment.procedure) == "up";
        const auto& ledger = run.Results().GetKeyUpdates();
        check.Equal(msks.size(), 3u, name + "one MSK each 4 s, made where the MBSSF is");
        check.Equal(ledger.Count(KeyKind::MSK), 6u, name + "two updates for each of three UEs");
        check.Equal(ledger.Count(KeyKind::MSK, KeyOutcome::INSTALLED), 6u, name + "MSKs arrive");
        check.Equal(ledger.Count(KeyKind::MTK, KeyOutcome::INSTALLED),
                    ledger.Count(KeyKind::MTK),
                    name + "MTKs arrive");
        for (const auto& row : run.Rows(KeyKind::MSK))
        {
            check.Expect(row.procedure ==
                             (userPlane ? KeyProcedure::USER_PLANE : KeyProcedure::CONTROL_PLANE),
                         name + "procedure in key-updates.csv");
            for (const KeyLeg leg : {KeyLeg::MBSMF, KeyLeg::SMF, KeyLeg::AMF})
            {
                check.Equal(row.reached[static_cast<std::size_t>(leg)] == KeyUpdateLedger::NEVER,
                            userPlane,
                            name + "an MSK passes MB-SMF, SMF and AMF on the control plane only");
            }
        }
        if (!userPlane)
        {
            check.Equal(run.Lost(LossCause::NO_KEY), 0u, name + "no packet is lost for a key");
        }
        check.Equal(run.Lost(LossCause::AUTH), 0u, name + "all decrypt with the right key");
        check.Equal(run.Messages("MBS-10", "MBMS registration"),
                    userPlane ? 6u : 0u,
                    name + "registrations: one without and one with credentials");

        // What crosses which wire.
        const auto seen = [](const Wire& wire, const std::vector<Key128>& keys) {
            return static_cast<std::size_t>(
                std::count_if(keys.begin(), keys.end(), [&wire](const Key128& key) {
                    return wire.Saw(key);
                }));
        };
        const bool internal = std::string(deployment.nmb2) == "internal";
        check.Equal(seen(nmb2, msks), internal ? 0u : msks.size(), name + "MSKs on Nmb2");
        check.Equal(seen(nmb2, mtks), internal ? 0u : mtks.size(), name + "MTKs on Nmb2");
        check.Equal(nmb2.links,
                    internal && !(userPlane && !atMbsf) ? 0u : 1u,
                    name + "Nmb2 is a wire unless both functions are one node");
        check.Equal(seen(nmb1, msks), userPlane ? 0u : msks.size(), name + "MSKs on Nmb1");
    }
}

/** @param check where to report */
void
Nonsense(Check& check)
{
    const auto why = [](SecurityProcedure procedure, MbssfPlacement placement, Nmb2Keys keys) {
        return WhyNotAllowed(procedure, placement, keys);
    };
    const auto cp = SecurityProcedure::CONTROL_PLANE;
    const auto up = SecurityProcedure::USER_PLANE;
    for (const auto procedure : {cp, up})
    {
        for (const auto keys : {Nmb2Keys::PUSH, Nmb2Keys::PULL, Nmb2Keys::INTERNAL})
        {
            check.Equal(why(procedure, MbssfPlacement::MBSF, keys), "", "MBSSF in the MBSF");
        }
        check.Equal(why(procedure, MbssfPlacement::MBSTF, Nmb2Keys::INTERNAL), "", "internal");
    }
    check.Equal(why(cp, MbssfPlacement::MBSTF, Nmb2Keys::PUSH), "", "the MBSTF pushes");
    check.Expect(why(cp, MbssfPlacement::MBSTF, Nmb2Keys::PULL).find("W.4.1.2") !=
                     std::string::npos,
                 "who makes MSKs does not ask for them");
    for (const auto keys : {Nmb2Keys::PUSH, Nmb2Keys::PULL})
    {
        check.Expect(why(up, MbssfPlacement::MBSTF, keys).find("W.4.1.3") != std::string::npos,
                     "the MBSF has no use for keys");
    }
}

/** @param check where to report */
void
NoLinkInOneNode(Check& check)
{
    SystemRun run(check, With({"cp", "mbsf", "internal"}));
    const Ptr<FaultInjector> faults = CreateObject<FaultInjector>();
    faults->Install(run.Network());
    std::string said;
    try
    {
        faults->Schedule(*FaultPlan::FromText("nmb2:down@1s+1s").plan);
    }
    catch (const UserError& error)
    {
        said = error.what();
    }
    check.Expect(said.find("one node") != std::string::npos, "a fault of that link: " + said);
    faults->Dispose();
}

/** @param check where to report */
void
PushLatency(Check& check)
{
    SystemSettings settings;
    settings.mskInterval = Seconds(3);
    settings.duration = Seconds(5);
    settings.attributes.emplace_back("ns3::mbs::Mbssf::Verification", "false");
    SystemRun run(check, UserPlane(settings));
    uint32_t octets = 0;
    run.On<const std::string&, const MskId&, uint32_t, bool>(
        run.Network().GetMbssf(),
        "MskMessageSent",
        [&octets](const std::string&, const MskId&, uint32_t size, bool) { octets = size; });
    run.Run();
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 1u, "one update");
    // The packet: MIKEY behind UDP 8 and IPv4 20. N6 adds PPP 2; N3 adds GTP-U 16, UDP 8, IPv4 20
    // and PPP 2. 10 Gbit/s and 1 ms, 1 Gbit/s and 1 ms, 100 Mbit/s and 4 ms.
    const uint32_t packet = octets + 28;
    const int64_t n6 = 1000000 + (int64_t{packet} + 2) * 8 / 10;
    const int64_t n3 = 1000000 + (int64_t{packet} + 46) * 8;
    const int64_t radio = 4000000 + int64_t{packet} * 80;
    const int64_t expected = n6 + n3 + radio;
    check.Expect(std::abs(rows.at(0).Latency() - expected) <= 1,
                 "made -> installed is the unicast path, to the nanosecond: " +
                     std::to_string(rows.at(0).Latency()) + ", expected " +
                     std::to_string(expected));
}

/** @param check where to report */
void
LateMtk(Check& check)
{
    // Who joins waits for the next transmission of the MTK: half an interval on average.
    SystemSettings settings;
    settings.ues = 200;
    settings.duration = Seconds(8);
    settings.joinStart = Seconds(2);
    settings.joinWindow = Seconds(4);
    settings.traffic = TRAFFIC;
    settings.attributes.emplace_back("ns3::mbs::Mbstf::MtkRetransmissionInterval", "1s");
    SystemRun run(check, UserPlane(settings));
    run.Run();
    const double perUe = static_cast<double>(run.Lost(LossCause::NO_KEY)) / settings.ues;
    // 100 packets a second for uniform 0 to 1 s: 50 on average with a standard error of
    // 100 / sqrt(12 * 200) = 2; getting the MSK takes about 50 ms more, 5 packets.
    check.Expect(perUe > 50 - 8 && perUe < 55 + 8,
                 "half an interval's packets are lost, " + std::to_string(perUe));
}

/** @param check where to report */
void
LostPushes(Check& check)
{
    for (const bool verification : {true, false})
    {
        SystemSettings settings;
        settings.ues = 20;
        settings.duration = Seconds(40);
        settings.mskInterval = Seconds(15);
        settings.traffic = TRAFFIC;
        settings.loss = 0.3;
        settings.attributes = {{"ns3::mbs::GnbRadioDevice::DataRetransmissions", "0"},
                               {"ns3::mbs::UeRadioDevice::DataRetransmissions", "8"},
                               {"ns3::mbs::Mbssf::Verification", verification ? "true" : "false"},
                               {"ns3::mbs::MbsfClient::RetryInterval", "2s"}};
        SystemRun run(check, UserPlane(settings));
        uint32_t repetitions = 0;
        run.On<const std::string&, const MskId&, uint32_t, bool>(
            run.Network().GetMbssf(),
            "MskMessageSent",
            [&repetitions](const std::string&, const MskId&, uint32_t, bool repetition) {
                repetitions += repetition ? 1 : 0;
            });
        run.Run();
        const auto& ledger = run.Results().GetKeyUpdates();
        const std::string name = verification ? "with V: " : "without V: ";
        check.Equal(ledger.Count(KeyKind::MSK), 40u, name + "two updates for each of 20 UEs");
        check.Equal(ledger.Count(KeyKind::MSK, KeyOutcome::INSTALLED),
                    40u,
                    name + "every UE gets every MSK, though three of ten pushes are lost");
        check.Equal(repetitions > 0, verification, name + "MSKs are repeated for verification");
        check.Expect(verification || run.Messages("MBS-10", "MSK request") > 0,
                     name + "UEs request the MSKs that they lack");
    }
}

/** @param check where to report */
void
Membership(Check& check)
{
    SystemSettings settings;
    settings.ues = 3;
    settings.unauthorized = 1;
    settings.duration = Seconds(10);
    settings.mskInterval = Seconds(6);
    settings.traffic = TRAFFIC;
    SystemRun run(check, UserPlane(settings));
    run.Network().LeaveAt(0, Seconds(4));
    uint32_t sent = 0;
    run.On<const std::string&, const MskId&, uint32_t, bool>(
        run.Network().GetMbssf(),
        "MskMessageSent",
        [&sent](const std::string&, const MskId&, uint32_t, bool) { ++sent; });
    run.Run();
    check.Equal(run.Messages("MBS-10", "MBMS registration"), 4u, "two UEs register");
    check.Equal(run.Messages("MBS-10", "MBMS deregistration"), 1u, "who leaves deregisters");
    check.Equal(sent, 3u, "two first MSKs, and the next one only for who is left");
    check.Expect(run.Network().GetMbsfClients().at(1)->IsRegistered(run.Network().GetTmgi()),
                 "who stays is registered");
    check.Equal(run.Results().GetTraffic().Rows().at(2).counts.delivered,
                0u,
                "who may not join gets nothing");
}

/** @param check where to report */
void
RenewalAtEachLeave(Check& check)
{
    SystemSettings settings;
    settings.ues = 3;
    settings.duration = Seconds(8);
    settings.traffic = TRAFFIC;
    settings.attributes = {{"ns3::mbs::Smf::ReportMembership", "true"},
                           {"ns3::mbs::MbSmf::RenewOnLeave", "each"}};
    SystemRun run(check, UserPlane(settings));
    run.Network().LeaveAt(0, Seconds(3));
    std::vector<std::pair<std::string, uint32_t>> order;
    const auto note = [&order](const std::string& what) {
        return [&order, what](uint32_t ue, const Tmgi&) { order.emplace_back(what, ue); };
    };
    run.On<uint32_t, const Tmgi&>(run.Network().GetMbsfClients().at(0),
                                  "Deregistered",
                                  note("deregistered"));
    for (const Ptr<Ue>& ue : run.Network().GetUes())
    {
        run.On<uint32_t, const Tmgi&>(ue, "LeaveRequested", note("asked"));
        run.On<uint32_t, const Tmgi&>(ue, "Left", note("left"));
    }
    run.Run();
    const std::vector<std::pair<std::string, uint32_t>> expected = {{"asked", 0},
                                                                    {"deregistered", 0},
                                                                    {"left", 0}};
    check.Expect(order == expected, "it deregisters before it is out");
    check.Equal(run.Messages("MBS-10", "MBMS deregistration"), 1U, "once");
    check.Equal(run.Activations().size(), 2U, "one new key in use");
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        check.Equal(row.outcome == KeyOutcome::INSTALLED, row.ue != 0, "for those that stay");
    }
    const auto& rows = run.Results().GetMemberships().Rows();
    const auto leaver =
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.ue == 0; });
    check.Expect(leaver != rows.end() && leaver->left &&
                     *leaver->left + leaver->after.time <=
                         run.Activations().back().second.GetNanoSeconds(),
                 "who left reads nothing under the new key");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

/** @param check where to report */
void
LeaveWithoutMbssf(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    settings.duration = Seconds(30);
    settings.faults = {"mbssf:restart@2s+26s"};
    SystemRun run(check, UserPlane(settings));
    run.Network().LeaveAt(0, Seconds(3));
    std::optional<Time> left;
    run.On<uint32_t, const Tmgi&>(run.Network().GetUes().at(0),
                                  "Left",
                                  [&left](uint32_t, const Tmgi&) { left = Simulator::Now(); });
    run.Run();
    check.Expect(left && *left < Seconds(28), "the UE is out before the MBSSF is back");
    check.Expect(!run.Network().GetUes().at(0)->IsMember(run.Network().GetTmgi()), "and stays out");
}

/** @param check where to report */
void
Repeatable(Check& check)
{
    const auto csv = [&check](const char* authentication, uint64_t rngRun) {
        SystemSettings settings;
        settings.ues = 10;
        settings.gnbs = 2;
        settings.duration = Seconds(8);
        settings.mskInterval = Seconds(3);
        settings.joinWindow = Seconds(1);
        settings.traffic = TRAFFIC;
        settings.loss = 0.1;
        settings.serviceTime = "";
        settings.rngRun = rngRun;
        settings.attributes.emplace_back("ns3::mbs::Mbssf::Authentication", authentication);
        SystemRun run(check, UserPlane(settings));
        run.Run();
        const auto& ledger = run.Results().GetKeyUpdates();
        check.Equal(ledger.Count(KeyKind::MSK, KeyOutcome::INSTALLED),
                    20u,
                    std::string(authentication) + " gives keys that work");
        std::set<std::string> ids;
        for (uint32_t ue = 0; ue < settings.ues; ++ue)
        {
            ids.insert(run.Network().GetUserIdOf(ue));
        }
        check.Equal(ids.size(), 10u, "each UE has a name of its own");
        return run.Csv();
    };
    const std::string akma = csv("akma", 1);
    check.Expect(csv("akma", 1) == akma, "the same run gives the same results");
    check.Expect(csv("akma", 2) != akma, "another gives others");
    csv("gba", 1);
}

/** @param check where to report */
void
PolicyOfTheMskMessage(Check& check)
{
    // The UEs are left at their default; what the SP payload says tells them where in a packet MKI
    // and ROC stand.
    SystemSettings settings;
    settings.ues = 2;
    settings.duration = Seconds(8);
    settings.traffic = TRAFFIC;
    for (const std::string function : {"ns3::mbs::Mbstf::", "ns3::mbs::Mbssf::"})
    {
        settings.attributes.emplace_back(function + "SrtpRocMode", "RCCm1");
        settings.attributes.emplace_back(function + "SrtpRocRate", "7");
    }
    SystemRun run(check, UserPlane(settings));
    run.Run();
    const TrafficCounts total = run.Total();
    check.Expect(total.delivered > 500, "packets are delivered");
    check.Expect(total.Lost(LossCause::AUTH) <= 2 * 6, "but those before the first ROC");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the user-plane procedure and of deployments */
void
AddSystemUserPlaneTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("UEs follow the SRTP policy of the MSK message", PolicyOfTheMskMessage);
    add("every procedure, place of the MBSSF and way over Nmb2 brings all keys to all UEs, and "
        "keys "
        "cross no wire that they should not",
        Deployments);
    add("combinations that make no sense are refused with the clause that says why", Nonsense);
    add("a fault of Nmb2 is refused where MBSF and MBSTF are one node", NoLinkInOneNode);
    add("a pushed MSK takes the unicast path's delays and serialisations, to the nanosecond",
        PushLatency);
    add("in the user-plane procedure a joiner waits half an MTK message interval", LateMtk);
    add("lost MSK pushes are made good, by repetition with V and by request without", LostPushes);
    add("in the user-plane procedure who leaves deregisters, and who may not join gets nothing",
        Membership);
    add("in the user-plane procedure a new MSK at each leave is not sent to who leaves",
        RenewalAtEachLeave);
    add("in the user-plane procedure a UE leaves although the MBSSF does not answer",
        LeaveWithoutMbssf);
    add("the user-plane procedure is repeatable, with keys of AKMA and of GBA", Repeatable);
}

} // namespace ns3::mbs
