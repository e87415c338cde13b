// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-program-options.h"

#include "ns3/config.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
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

/**
 * @param area gNBs in the service area, all if empty
 * @return two UEs at each of three gNBs with two AMFs, in the user-plane procedure
 */
SystemSettings
Broadcast(const std::vector<uint32_t>& area = {})
{
    SystemSettings settings;
    settings.ues = 6;
    settings.gnbs = 3;
    settings.amfs = 2;
    settings.smfs = 2;
    settings.broadcast = area;
    settings.duration = Seconds(12);
    settings.traffic = TRAFFIC;
    settings.attributes = {{"ns3::mbs::Mbsf::Procedure", "up"},
                           {"ns3::mbs::Mbstf::Procedure", "up"},
                           {"ns3::mbs::Mbstf::MtkRetransmissionInterval", "500ms"}};
    return settings;
}

/** Counts what each UE decrypts from a time on. */
struct Late
{
    /** @param ue number of a UE @return how many it decrypted */
    uint32_t Of(uint32_t ue) const
    {
        const auto it = packets.find(ue);
        return it == packets.end() ? 0 : it->second;
    }

    /** @param run where @param from since when */
    Late(SystemRun& run, Time from)
    {
        for (const Ptr<Ue>& ue : run.Network().GetUes())
        {
            run.On<uint32_t, Ptr<const Packet>, ByteView>(
                ue,
                "Delivered",
                [this, from](uint32_t number, Ptr<const Packet>, ByteView) {
                    packets[number] += Simulator::Now() > from ? 1 : 0;
                });
        }
    }

    std::map<uint32_t, uint32_t> packets; //!< by UE
};

/** Notes in which order messages of some names were first sent, over all links. */
struct Order
{
    /** @param run where @param wanted names of messages */
    Order(SystemRun& run, const std::vector<std::string>& wanted)
        : names(wanted.begin(), wanted.end())
    {
        const MbsHelper& network = run.Network();
        const auto note = [this](const SbiOperation& operation, bool isResponse, uint32_t) {
            const std::string name = std::string(operation.name) + (isResponse ? " response" : "");
            if (names.count(name) > 0 && std::find(seen.begin(), seen.end(), name) == seen.end())
            {
                seen.push_back(name);
            }
        };
        std::vector<Ptr<Object>> sources{network.GetMbsf()->GetSbi(),
                                         network.GetMbSmf()->GetSbi(),
                                         network.GetMbSmf()->GetN4()};
        for (const auto& amf : network.GetAmfs())
        {
            sources.push_back(amf->GetSbi());
            sources.push_back(amf->GetN2());
        }
        for (const auto& gnb : network.GetGnbs())
        {
            sources.push_back(gnb->GetN2());
        }
        for (const auto& client : network.GetMbsfClients())
        {
            sources.push_back(client);
        }
        for (const Ptr<Object>& source : sources)
        {
            run.On<const SbiOperation&, bool, uint32_t>(source, "MessageSent", note);
        }
    }

    std::set<std::string> names;   //!< that are of interest
    std::vector<std::string> seen; //!< in order of their first time
};

/** @param check where to report */
void
Starts(Check& check)
{
    const std::vector<std::string> steps{"Nmbsmf_MBSSession_Create",
                                         "PFCP Session Establishment Request",
                                         "Nmbsmf_MBSSession_Create response",
                                         "Namf_MBSBroadcast_ContextCreate",
                                         "BroadcastSessionSetupRequest",
                                         "BroadcastSessionSetupResponse",
                                         "Namf_MBSBroadcast_ContextCreate response",
                                         "MBMS registration"};
    SystemRun run(check, Broadcast());
    const Order order(run, steps);
    run.Run();
    std::string seen;
    for (const std::string& name : order.seen)
    {
        seen += name + "\n";
    }
    std::string expected;
    for (const std::string& name : steps)
    {
        expected += name + "\n";
    }
    check.Equal(seen, expected, "steps");
    check.Equal(run.Messages("N11mb", "Namf_MBSBroadcast_ContextCreate"), 2U, "one for each AMF");
    check.Equal(run.Messages("N11mb", "Namf_MBSBroadcast_ContextStatusNotify"),
                1U,
                "the second gNB of the first AMF answers in a notification");
    check.Equal(run.Messages("N2", "BroadcastSessionSetupRequest"), 3U, "one for each gNB");
    check.Equal(run.Messages("N2", "BroadcastSessionSetupResponse"), 3U, "answered");
    check.Equal(run.Messages("N2", "DistributionSetupRequest"), 0U, "gNBs ask for nothing");
}

/** @param check where to report */
void
NobodyJoins(Check& check)
{
    SystemSettings settings = Broadcast();
    settings.mskInterval = Seconds(4);
    settings.mtkInterval = MilliSeconds(1500);
    SystemRun run(check, settings);
    const Late late(run, Seconds(4));
    run.Run();
    for (const char* message : {"PDU SESSION MODIFICATION REQUEST",
                                "PDU SESSION MODIFICATION COMMAND",
                                "PDU SESSION MODIFICATION COMPLETE"})
    {
        check.Equal(run.Messages("Uu", message), 0U, message);
    }
    check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusSubscribe"), 0U, "no SMF");
    check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusNotify"),
                0U,
                "an MSK update tells no SMF");
    check.Equal(run.Messages("N11", "Namf_Communication_N1N2MessageTransfer"), 0U, "nor a UE");
    check.Equal(run.Messages("Nmb1", "Nmbsmf_MBSSession_Update"), 0U, "nor the MB-SMF");
    check.Equal(run.Messages("MBS-10", "MBMS registration"), 12U, "each UE registers, with digest");
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 12U, "two new MSKs for each UE");
    check.Expect(std::all_of(rows.begin(),
                             rows.end(),
                             [](const KeyUpdateLedger::Row& row) {
                                 return row.outcome == KeyOutcome::INSTALLED;
                             }),
                 "all installed");
    for (uint32_t ue = 0; ue < 6; ++ue)
    {
        check.Expect(late.Of(ue) >= 799,
                     "UE " + std::to_string(ue) + " decrypts all from 4 s on, got " +
                         std::to_string(late.Of(ue)));
    }
}

/** @param check where to report */
void
FoundOnTheMcch(Check& check)
{
    std::map<uint32_t, Time> rest;
    for (const uint32_t period : {100, 640})
    {
        SystemSettings settings = Broadcast();
        settings.duration = Seconds(3);
        settings.attributes.emplace_back("ns3::mbs::Gnb::McchRepetitionPeriod",
                                         std::to_string(period) + "ms");
        SystemRun run(check, settings);
        std::map<uint32_t, Time> setUp;
        for (const auto& gnb : run.Network().GetGnbs())
        {
            run.On<Ipv4Address, ByteView>(
                gnb->GetN2(),
                "PduSent",
                [&setUp, number = gnb->GetNumber()](Ipv4Address, ByteView) {
                    setUp.emplace(number, Simulator::Now());
                });
        }
        std::map<uint32_t, Time> joined;
        for (const Ptr<Ue>& ue : run.Network().GetUes())
        {
            run.On<uint32_t, const Tmgi&>(ue, "Joined", [&joined](uint32_t number, const Tmgi&) {
                joined.emplace(number, Simulator::Now());
            });
        }
        run.Run();
        check.Equal(joined.size(), 6U, "all find it");
        const Time wait = MilliSeconds(period);
        for (const auto& [ue, at] : joined)
        {
            // The first message on the MCCH that begins after the UE listens, at 500 ms.
            const Time first = setUp.at(run.Network().GetGnbOf(ue));
            const int64_t messages =
                (Seconds(0.5) - first).GetNanoSeconds() / wait.GetNanoSeconds() + 1;
            const Time onAir = at - first - wait * messages;
            const auto [known, isNew] = rest.emplace(0, onAir);
            check.Equal(onAir.GetNanoSeconds(),
                        known->second.GetNanoSeconds(),
                        "whole periods, and the time on the air");
        }
    }
    check.Expect(rest.at(0) > Seconds(0) && rest.at(0) < MilliSeconds(20), "which is short");
}

/** @param check where to report */
void
OutOfArea(Check& check)
{
    SystemRun run(check, Broadcast({0, 2}));
    std::set<uint32_t> reached;
    for (const auto& gnb : run.Network().GetGnbs())
    {
        run.On<uint32_t, Ptr<const Packet>>(
            gnb,
            "N3mbReceived",
            [&reached](uint32_t number, Ptr<const Packet>) { reached.insert(number); });
    }
    run.Run();
    check.Equal(run.Messages("N2", "BroadcastSessionSetupRequest"), 2U, "two gNBs are asked");
    check.Expect(reached == std::set<uint32_t>{0, 2}, "and receive packets");
    const Tmgi& tmgi = run.Network().GetTmgi();
    for (uint32_t ue = 0; ue < 6; ++ue)
    {
        const bool inside = run.Network().GetGnbOf(ue) != 1;
        check.Expect(run.Network().GetUes()[ue]->IsMember(tmgi) == inside,
                     "UE " + std::to_string(ue) + " finds it in the area only");
    }
    check.Equal(run.Messages("MBS-10", "MBMS registration"),
                8U,
                "who does not find it asks for "
                "no keys");
}

/** @param check where to report */
void
Unicast(Check& check)
{
    SystemSettings settings = Broadcast();
    settings.attributes.emplace_back("ns3::mbs::Gnb::N3mbTransport", "unicast");
    SystemRun run(check, settings);
    const Late late(run, Seconds(4));
    run.Run();
    check.Equal(run.Messages("N3mb", "IGMPv3 report"), 0U, "no gNB joins a group");
    for (uint32_t ue = 0; ue < 6; ++ue)
    {
        check.Expect(late.Of(ue) >= 799, "each UE decrypts what came through tunnels");
    }
}

/** @param check where to report */
void
Updates(Check& check)
{
    SystemRun run(check, Broadcast({0, 1}));
    const MbsHelper& network = run.Network();
    Simulator::Schedule(Seconds(4), &Af::UpdateQos, network.GetAf(), uint8_t{5});
    Simulator::Schedule(Seconds(6),
                        &Af::UpdateServiceArea,
                        network.GetAf(),
                        network.GetServiceArea({1, 2}));
    std::map<std::string, uint32_t> removals;
    for (const Ptr<Ue>& ue : network.GetUes())
    {
        run.On<uint32_t, const Tmgi&, const std::string&>(
            ue,
            "Removed",
            [&removals](uint32_t, const Tmgi&, const std::string& cause) { ++removals[cause]; });
    }
    const Late late(run, Seconds(9));
    run.Run();
    const Tmgi& tmgi = network.GetTmgi();
    check.Equal(int(network.GetGnbs()[1]->GetFiveQi(tmgi)), 5, "the 5QI has reached a gNB");
    check.Equal(int(network.GetGnbs()[2]->GetFiveQi(tmgi)), 5, "also the one that came later");
    check.Equal(run.Messages("N11mb", "Namf_MBSBroadcast_ContextUpdate"), 4U, "two for each AMF");
    check.Equal(run.Messages("N2", "BroadcastSessionModificationRequest"), 3U, "QoS twice, area");
    check.Equal(run.Messages("N2", "BroadcastSessionModificationResponse"), 3U, "answered");
    check.Equal(run.Messages("N2", "BroadcastSessionReleaseRequest"), 1U, "gNB 0 is out");
    check.Equal(run.Messages("N2", "BroadcastSessionSetupRequest"), 3U, "gNB 2 is in");
    check.Equal(removals["not broadcast in the cell"], 2U, "the UEs at gNB 0 find that out");
    for (uint32_t ue = 0; ue < 6; ++ue)
    {
        const bool inside = network.GetGnbOf(ue) != 0;
        check.Expect(network.GetUes()[ue]->IsMember(tmgi) == inside, "members are where it is");
        check.Expect(inside ? late.Of(ue) >= 299 : late.Of(ue) == 0,
                     "UE " + std::to_string(ue) + " got " + std::to_string(late.Of(ue)));
    }
}

/** @param check where to report */
void
NobodyLeftInTheGroup(Check& check)
{
    uint64_t modifications[2];
    for (const bool nowhere : {false, true})
    {
        SystemRun run(check, Broadcast());
        if (nowhere)
        {
            sbi::MbsServiceArea area = run.Network().GetServiceArea({0});
            for (auto& cells : area.ncgiList)
            {
                cells.cellList.front().cellId = 4711;
            }
            Simulator::Schedule(Seconds(6), &Af::UpdateServiceArea, run.Network().GetAf(), area);
        }
        run.Run();
        check.Equal(run.Messages("N2", "BroadcastSessionReleaseResponse"),
                    nowhere ? 3U : 0U,
                    "gNBs that are out");
        modifications[nowhere] = run.Messages("N4mb", "PFCP Session Modification Request");
    }
    check.Equal(modifications[true], modifications[false] + 1, "the MB-UPF ceases to multicast");
}

/** @param check where to report */
void
AnswersAreNotLost(Check& check)
{
    SystemSettings settings = Broadcast({0});
    settings.duration = Seconds(14);
    settings.amfs = 1;
    settings.attributes.emplace_back("ns3::mbs::Gnb::N3mbTransport", "unicast");
    // gNB 1 answers when the MB-SMF takes no notification.
    settings.faults = {"gnb-1:delay=100ms@5900ms+500ms", "mbsmf:reject=503@6050ms+2s"};
    SystemRun run(check, settings);
    const MbsHelper& network = run.Network();
    Simulator::Schedule(Seconds(6),
                        &Af::UpdateServiceArea,
                        network.GetAf(),
                        network.GetServiceArea({0, 1}));
    const Late late(run, Seconds(12));
    run.Run();
    check.Expect(run.Messages("N11mb", "Namf_MBSBroadcast_ContextStatusNotify") >= 2,
                 "the notification is repeated");
    for (uint32_t ue = 0; ue < 6; ++ue)
    {
        const uint32_t least = network.GetGnbOf(ue) == 2 ? 0 : 199;
        check.Expect(late.Of(ue) >= least,
                     "UE " + std::to_string(ue) + " got " + std::to_string(late.Of(ue)));
    }
}

/** @param check where to report */
void
Release(Check& check)
{
    SystemRun run(check, Broadcast());
    const MbsHelper& network = run.Network();
    network.ReleaseAt(Seconds(6));
    network.LeaveAt(0, Seconds(4));
    run.Run();
    check.Equal(run.Messages("N11mb", "Namf_MBSBroadcast_ContextRelease"), 2U, "each AMF is told");
    check.Equal(run.Messages("N2", "BroadcastSessionReleaseRequest"), 3U, "each gNB is");
    check.Equal(run.Messages("N2", "BroadcastSessionReleaseResponse"), 3U, "and answers");
    for (const auto& amf : network.GetAmfs())
    {
        check.Equal(amf->GetBroadcastCount(), 0U, "the context is gone");
    }
    for (const auto& gnb : network.GetGnbs())
    {
        check.Expect(!gnb->HasSharedDelivery(network.GetTmgi()), "no gNB has it");
    }
    for (const auto& ue : network.GetUes())
    {
        check.Expect(!ue->IsMember(network.GetTmgi()), "no UE receives it");
    }
    check.Equal(run.Messages("MBS-10", "MBMS deregistration"), 6U, "all deregister");
}

/** @param check where to report */
void
ReleaseIsRepeated(Check& check)
{
    SystemSettings settings = Broadcast();
    settings.duration = Seconds(16);
    settings.faults = {"amf:reject=503@5s+3s"};
    SystemRun run(check, settings);
    const MbsHelper& network = run.Network();
    network.ReleaseAt(Seconds(6));
    run.Run();
    check.Equal(run.Messages("N2", "BroadcastSessionReleaseRequest"), 3U, "each gNB is told");
    for (const auto& gnb : network.GetGnbs())
    {
        check.Expect(!gnb->HasSharedDelivery(network.GetTmgi()), "no gNB has it");
    }
}

/**
 * @brief Fails unless all UEs decrypt all packets of the last second.
 * @param check where to report
 * @param fault as --fault has it
 * @param another a further one, or empty
 */
void
Survives(Check& check, const std::string& fault, const std::string& another = "")
{
    SystemSettings settings = Broadcast();
    settings.duration = Seconds(24);
    settings.mskInterval = Seconds(5);
    settings.mtkInterval = Seconds(2);
    settings.faults = {fault};
    if (!another.empty())
    {
        settings.faults.push_back(another);
    }
    SystemRun run(check, settings);
    const Late late(run, Seconds(23));
    run.Run();
    for (uint32_t ue = 0; ue < 6; ++ue)
    {
        const uint32_t got = late.Of(ue);
        check.Expect(got >= 99,
                     fault + ": UE " + std::to_string(ue) + " got " + std::to_string(got) +
                         " packets at the end");
    }
}

/** @param check where to report */
void
GnbsRestart(Check& check)
{
    Survives(check, "gnb-0:restart@8s");
    Survives(check, "gnb-0:restart=forget@8s");
    // The MB-SMF does not want to hear of it at first.
    Survives(check, "gnb-0:restart=forget@8s", "mbsmf:reject=503@8s+5s");
}

/** @param check where to report */
void
AmfsRestart(Check& check)
{
    Survives(check, "amf:restart@8s");
    Survives(check, "amf:restart=forget@8s");
    Survives(check, "amf:restart=forget@20ms");
}

/** @param check where to report */
void
OthersRestart(Check& check)
{
    for (const char* fault : {"mbsmf:restart@8s",
                              "mbsmf:restart=forget@8s",
                              "mbupf:restart=forget@8s",
                              "mbsf:restart=forget@8s",
                              "mbstf:restart=forget@8s",
                              "ue-1:restart=forget@8s",
                              "n2:down@10ms+2s",
                              "n11mb:down@10ms+2s"})
    {
        Survives(check, fault);
    }
}

/** @param check where to report */
void
Refused(Check& check)
{
    Config::SetDefault("ns3::mbs::Mbsf::Procedure", StringValue("cp"));
    MbsHelper network;
    network.SetBroadcast({});
    std::string why;
    try
    {
        network.CheckAttributes();
    }
    catch (const UserError& error)
    {
        why = error.what();
    }
    check.Expect(why.find("Mbsf::Procedure") != std::string::npos &&
                     why.find("W.4.1.1") != std::string::npos,
                 "the control-plane procedure is not for broadcast: " + why);
    Config::Reset();

    SystemRun run(check, Broadcast());
    std::vector<std::string> dropped;
    run.On<const std::string&, const std::string&>(
        run.Network().GetAf(),
        "Dropped",
        [&dropped](const std::string& what, const std::string& reason) {
            dropped.push_back(what + ": " + reason);
        });
    Simulator::Schedule(Seconds(4), &Af::Deactivate, run.Network().GetAf());
    run.Run();
    check.Equal(dropped.size(), 1U, "the AF is told");
    check.Equal(dropped.empty() ? "" : dropped.front(),
                std::string("Nmbsf_MBSUserDataIngestSession_Update: the MBSF answered status 403"),
                "a broadcast session has no inactive state");
    check.Equal(run.Messages("Nmb2", "Nmbstf_MBSDistributionSession_Update"),
                1U,
                "the MBSTF hears nothing of it");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of broadcast sessions */
void
AddSystemBroadcastTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("broadcast: ") + name, body));
    };
    add("the MB-SMF starts the session at AMFs and gNBs, then UEs find it", Starts);
    add("UEs get keys without joining, and updates tell no SMF and no UE in NAS", NobodyJoins);
    add("a UE finds the session with the next message on the MCCH", FoundOnTheMcch);
    add("a gNB out of the service area gets nothing", OutOfArea);
    add("gNBs with tunnels of their own name them in their answers", Unicast);
    add("QoS and service area change at the gNBs concerned", Updates);
    add("when no gNB is left in the group the MB-UPF multicasts no more", NobodyLeftInTheGroup);
    add("an answer of a gNB that the MB-SMF did not take is passed on again", AnswersAreNotLost);
    add("a session that is released ends at AMFs, gNBs and UEs", Release);
    add("a release that an AMF rejects is asked for again", ReleaseIsRepeated);
    add("a gNB that restarts gets the session again", GnbsRestart);
    add("an AMF that restarts gets the session again", AmfsRestart);
    add("other functions restart and links are down without harm", OthersRestart);
    add("control-plane procedure and deactivation are refused", Refused);
}

} // namespace ns3::mbs
