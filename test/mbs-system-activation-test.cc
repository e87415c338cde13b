// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <set>
#include <string>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";

/** Radio PDUs with fewer octets are signalling, MIKEY messages or empty; traffic here is larger. */
constexpr uint32_t SMALL = 1000;

/**
 * @param share of UEs that must have a new MSK
 * @param limit until it is used in any case
 * @return four UEs of two SMFs, and an MSK every 3 s
 */
SystemSettings
Waiting(const std::string& share, const std::string& limit)
{
    SystemSettings settings;
    settings.ues = 4;
    settings.smfs = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(8);
    settings.mskInterval = Seconds(3);
    settings.attributes = {{"ns3::mbs::Mbsf::OrderMskActivation", "true"},
                           {"ns3::mbs::Smf::MskCompletionShare", share},
                           {"ns3::mbs::Mbssf::MskCompletionShare", share},
                           {"ns3::mbs::Mbstf::ActivationDelay", limit},
                           {"ns3::mbs::Mbstf::MtkActivationDelay", "1s"}};
    return settings;
}

/** @param row of the ledger @return when the UE had the key, nanoseconds */
int64_t
Installed(const KeyUpdateLedger::Row& row)
{
    return row.reached[static_cast<std::size_t>(KeyLeg::UE)];
}

/** @param run with several keys @param index which one @return when it was first used */
int64_t
UsedAt(const SystemRun& run, std::size_t index)
{
    return run.Activations().at(index).second.GetNanoSeconds();
}

void
AllCompletes(Check& check)
{
    SystemSettings settings = Waiting("1", "2s");
    // UE by UE, 50 ms each: the MSK that is used at once would cost 5, 10 packets and so on.
    settings.attributes.emplace_back("ns3::mbs::Smf::ServiceTime",
                                     "ns3::ConstantRandomVariable[Constant=0.05]");
    SystemRun run(check, settings);
    run.Run();
    check.Equal(run.Activations().size(), 3U, "keys in use: the first and two more");
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 8U, "updates of four UEs");
    for (std::size_t update = 0; update < 2; ++update)
    {
        int64_t last = 0;
        for (std::size_t i = 4 * update; i < 4 * update + 4; ++i)
        {
            last = std::max(last, Installed(rows.at(i)));
        }
        // COMPLETE on its way over radio, N2 and N11, 50 ms in the SMF, then N16mb, Nmb1, Nmb2; the
        // first time the MB-SMF opens a connection to the MBSF. The rest is serialisation.
        const auto delay = [&run](Interface interface) {
            return run.Network().GetTopology()->GetDelay(interface).GetNanoSeconds();
        };
        const int64_t way = UsedAt(run, update + 1) - last;
        const int64_t delays = MilliSeconds(54).GetNanoSeconds() + delay(Interface::N2) +
                               delay(Interface::N11) + delay(Interface::N16MB) +
                               delay(Interface::NMB1) * (update == 0 ? 3 : 1) +
                               delay(Interface::NMB2);
        check.Expect(way > delays && way < delays + 500000,
                     std::to_string(way) + " ns from the last UE to the use of the MSK");
    }
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusSubscribeMod"),
                4U,
                "each SMF tells once per MSK");
    check.Equal(run.Messages("Nmb1", "Nmbsmf_MBSSession_StatusNotify"),
                2U,
                "the MB-SMF tells once per MSK");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

/**
 * @brief Lets UE 3 hear no signalling behind its join.
 * @param settings what to run
 * @return settings with such a radio
 */
SystemSettings
WithDeadUe(SystemSettings settings)
{
    settings.scripted = true;
    settings.duration = Seconds(6);
    settings.attributes.emplace_back("ns3::mbs::GnbRadioDevice::SignallingRetransmissions", "0");
    return settings;
}

/** @param ue a UE @param octets of a transmission to it @return whether it is lost */
bool
LosesSignalling(uint32_t ue, uint32_t octets)
{
    return ue == 3 && octets < SMALL && Simulator::Now() > Seconds(2);
}

void
DeadUeHoldsUpUntilTheLimit(Check& check)
{
    SystemRun run(check, WithDeadUe(Waiting("1", "1500ms")));
    run.SetRadioScript(LosesSignalling);
    Time made;
    run.On<const Tmgi&, const KeySet&, ByteView, bool>(
        run.Network().GetMbstf(),
        "MtkGenerated",
        [&made](const Tmgi&, const KeySet&, ByteView, bool) { made = Simulator::Now(); });
    run.Run();
    check.Equal(UsedAt(run, 1) - made.GetNanoSeconds(),
                Seconds(1.5).GetNanoSeconds(),
                "ns from giving out to use: the limit");
    const auto counts = run.Results().GetTraffic().Rows().at(3).counts;
    uint64_t withNewKey = 0;
    for (const SentPacket& sent : run.Sent())
    {
        withNewKey += sent.mki == run.Activations().back().first ? 1 : 0;
    }
    check.Equal(counts.Lost(LossCause::NO_KEY) + counts.inFlight,
                withNewKey,
                "the dead UE loses what is sent under the key that it does not have");
    check.Equal(run.Total().Lost(), counts.Lost(), "the others lose nothing");
}

void
DeadUeIsNotWaitedForByAShare(Check& check)
{
    // Of the two UEs of its SMF one is enough.
    SystemRun run(check, WithDeadUe(Waiting("0.5", "3s")));
    run.SetRadioScript(LosesSignalling);
    run.Run();
    const auto rows = run.Rows(KeyKind::MSK);
    const int64_t way = UsedAt(run, 1) - rows.at(0).generated;
    check.Expect(way < Seconds(0.2).GetNanoSeconds(),
                 std::to_string(way) + " ns from MSK to use, far below the limit");
    for (const TrafficLedger::Row& row : run.Results().GetTraffic().Rows())
    {
        check.Equal(row.counts.Lost() > 0, row.ue == 3, "only the dead UE loses packets");
    }
}

void
LeaversAreNotWaitedFor(Check& check)
{
    SystemSettings settings = WithDeadUe(Waiting("1", "3s"));
    settings.duration = Seconds(8);
    SystemRun run(check, settings);
    run.SetRadioScript(LosesSignalling);
    // UE 3 still owes the COMPLETE of the first new MSK when the second one is made.
    const Time removal = Seconds(7);
    run.Network().RemoveAt(3, removal);
    run.Run();
    check.Equal(run.Rows(KeyKind::MSK).size(), 8U, "it is a member when both are made");
    check.Equal(run.Activations().size(), 3U, "keys in use");
    // N16mb, Nmb1 and Nmb2, 1 ms each, and a connection at Nmb1 that is opened for the first time.
    const int64_t way = UsedAt(run, 2) - removal.GetNanoSeconds();
    check.Expect(way > 5000000 && way < 5500000,
                 std::to_string(way) + " ns from its removal to the use of the second");
}

void
GivenTime(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(20);
    settings.mskInterval = Seconds(6);
    settings.mtkInterval = MilliSeconds(1700);
    settings.attributes = {{"ns3::mbs::Mbstf::MskActivation", "time"},
                           {"ns3::mbs::Mbstf::MskActivationTime", "1s"},
                           {"ns3::mbs::Mbstf::MskActivationPeriod", "4s"},
                           {"ns3::mbs::Mbstf::MtkActivationDelay", "300ms"},
                           {"ns3::mbs::Mbsf::MskOverlap", "6s"},
                           {"ns3::mbs::Ue::KeyRetention", "6s"}};
    SystemRun run(check, settings);
    run.Run();
    MskId msk = run.Activations().front().first.msk;
    std::size_t changes = 0;
    for (const auto& [mki, at] : run.Activations())
    {
        if (mki.msk != msk)
        {
            ++changes;
            check.Equal((at - Seconds(1)).GetNanoSeconds() % Seconds(4).GetNanoSeconds(),
                        0,
                        "an MSK is used at 1 s, 5 s, 9 s and so on");
            check.Expect(mki.mtk != MtkId(1), "with the newest MTK that is due under it");
            msk = mki.msk;
        }
    }
    check.Equal(changes, 2U, "MSKs in use one after the other");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
}

void
MtkHasItsOwnDelay(Check& check)
{
    SystemSettings settings;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(9);
    settings.mskInterval = Seconds(5);
    settings.mtkInterval = Seconds(2);
    settings.attributes = {{"ns3::mbs::Mbstf::ActivationDelay", "700ms"},
                           {"ns3::mbs::Mbstf::MtkActivationDelay", "0s"}};
    SystemRun run(check, settings);
    std::vector<std::pair<Mki, Time>> made;
    run.On<const Tmgi&, const KeySet&, ByteView, bool>(
        run.Network().GetMbstf(),
        "MtkGenerated",
        [&made](const Tmgi&, const KeySet& keys, ByteView, bool) {
            made.emplace_back(Mki{keys.mskId, keys.mtk->id}, Simulator::Now());
        });
    run.Run();
    check.Equal(made.size(), run.Activations().size(), "every key is used");
    for (std::size_t i = 1; i < made.size(); ++i)
    {
        check.Expect(made[i].first == run.Activations().at(i).first, "in the order of making");
        check.Equal(run.Activations().at(i).second - made[i].second,
                    made[i].first.mtk == MtkId(1) ? MilliSeconds(700) : Seconds(0),
                    "from giving out to use");
    }
}

void
AllVerifications(Check& check)
{
    for (const char* placement : {"mbsf", "mbstf"})
    {
        SystemSettings settings = Waiting("1", "2s");
        settings.duration = Seconds(9);
        for (const char* function : {"ns3::mbs::Mbsf::", "ns3::mbs::Mbstf::"})
        {
            settings.attributes.emplace_back(std::string(function) + "Procedure", "up");
            settings.attributes.emplace_back(std::string(function) + "MbssfPlacement", placement);
        }
        settings.attributes.emplace_back("ns3::mbs::Mbsf::Nmb2Keys", "internal");
        settings.attributes.emplace_back("ns3::mbs::Mbstf::MtkRetransmissionInterval", "1s");
        settings.attributes.emplace_back("ns3::mbs::Mbstf::MtkActivationDelay", "500ms");
        SystemRun run(check, settings);
        std::vector<Time> verified;
        run.On<const std::string&, const Tmgi&, const MskId&>(
            run.Network().GetMbssf(),
            "MskVerified",
            [&verified](const std::string&, const Tmgi&, const MskId&) {
                verified.push_back(Simulator::Now());
            });
        run.Run();
        const std::string where = std::string(" with the MBSSF in the ") + placement;
        check.Equal(verified.size(), 12U, "verifications of three MSKs" + where);
        check.Equal(run.Activations().size(), 3U, "keys in use" + where);
        for (std::size_t i = 1; i < 3; ++i)
        {
            // To the MBSTF over the loopback of the node, or not at all.
            const int64_t wait = UsedAt(run, i) - verified.at(4 * i + 3).GetNanoSeconds();
            check.Expect(wait >= 500000000 && wait <= 500000001,
                         std::to_string(wait) +
                             " ns from the last verification to the use: time for the MTK" + where);
        }
        const uint64_t early = run.Lost(LossCause::NO_KEY);
        uint64_t joining = 0;
        for (const TrafficLedger::Bin& bin : run.Results().GetTraffic().Bins())
        {
            joining +=
                bin.start < Seconds(3).GetNanoSeconds() ? bin.counts.Lost(LossCause::NO_KEY) : 0;
        }
        check.Equal(early, joining, "packets are lost by joiners only" + where);
    }
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of when new keys are used in a whole network.
 * @param suite where to
 */
void AddSystemActivationTests(MbsTestSuite& suite);

void
AddSystemActivationTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("an MSK that waits for all COMPLETEs costs nothing and is used one way behind the last",
        AllCompletes);
    add("a dead UE holds an MSK up until the limit, and no longer", DeadUeHoldsUpUntilTheLimit);
    add("a share of COMPLETEs does not wait for a dead UE", DeadUeIsNotWaitedForByAShare);
    add("a UE that left is not waited for", LeaversAreNotWaitedFor);
    add("MSKs are used at given times, with the newest MTK", GivenTime);
    add("an MTK alone has a delay of its own", MtkHasItsOwnDelay);
    add("in the user-plane procedure an MSK waits for all verifications", AllVerifications);
}

} // namespace ns3::mbs
