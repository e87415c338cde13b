// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace ns3::mbs
{

namespace
{

/** Radio PDUs with fewer octets are signalling, MIKEY messages or empty; traffic here is larger. */
constexpr uint32_t SMALL = 1000;
/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";
constexpr int64_t PACKETS_PER_SECOND = 100;

/** @param run a run @return messages by interface and name, those of HTTP/2 itself left out */
std::map<std::pair<std::string, std::string>, uint64_t>
Signalling(const SystemRun& run)
{
    std::map<std::pair<std::string, std::string>, uint64_t> counts;
    for (const SignallingCounter::Row& row : run.Results().GetSignalling().Rows())
    {
        if (row.interface != "SBI")
        {
            counts[{row.interface, row.message}] = row.count;
        }
    }
    return counts;
}

/** @param ledger a run's @param outcome which @return rows of MSKs with it */
std::size_t
CountMsk(const SystemRun& run, KeyOutcome outcome)
{
    return run.Results().GetKeyUpdates().Count(KeyKind::MSK, outcome);
}

/** @param row of the ledger @param leg which @return when it ended */
int64_t
Reached(const KeyUpdateLedger::Row& row, KeyLeg leg)
{
    return row.reached[static_cast<std::size_t>(leg)];
}

void
MskUpdateReachesEverySmfAndUeOnce(Check& check)
{
    SystemSettings settings;
    settings.ues = 7;
    settings.unauthorized = 1;
    settings.gnbs = 3;
    settings.smfs = 2;
    settings.duration = Seconds(10);
    settings.mskInterval = Seconds(3);
    SystemRun run(check, settings);
    run.Run();

    constexpr uint64_t UPDATES = 3;
    const std::string command = "PDU SESSION MODIFICATION COMMAND";
    check.Equal(run.Messages("Nmb1", "Nmbsmf_MBSSession_Update"), UPDATES, "session updates");
    check.Equal(run.Messages("N16mb", "Nmbsmf_MBSSession_ContextStatusNotify"),
                2 * UPDATES,
                "notifications, one for each of two SMFs");
    // One to each of the seven that asked to join, and one to each of the six joined per update.
    check.Equal(run.Messages("N1", command), 7 + 6 * UPDATES, "COMMANDs");
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION COMPLETE"),
                7 + 6 * UPDATES,
                "COMPLETEs");
    check.Equal(run.Messages("N2", "DownlinkNASTransport"), 1 + 6 * UPDATES, "NGAP messages");
    check.Equal(run.Messages("Nmb9", "MIKEY MTK message"), 0U, "MIKEY messages");
    check.Equal(CountMsk(run, KeyOutcome::INSTALLED), 6 * UPDATES, "MSKs installed");
    check.Expect(run.Results().GetDrops().empty(), "nothing is dropped");
}

void
MtkUpdateRaisesNoSignalling(Check& check)
{
    const auto signalling = [&check](Time mtkInterval, uint64_t& mtks) {
        SystemSettings settings;
        settings.ues = 4;
        settings.gnbs = 2;
        settings.smfs = 2;
        settings.duration = MilliSeconds(5500);
        settings.mtkInterval = mtkInterval;
        SystemRun run(check, settings);
        run.Run();
        mtks = run.Results().GetKeyUpdates().Count(KeyKind::MTK, KeyOutcome::INSTALLED);
        return Signalling(run);
    };
    uint64_t mtks = 0;
    const auto without = signalling(Seconds(0), mtks);
    check.Equal(mtks, 0U, "MTK updates without an interval");
    auto with = signalling(Seconds(1), mtks);
    check.Equal(mtks, 5U * 4U, "MTKs installed");

    const std::pair<std::string, std::string> mikey{"Nmb9", "MIKEY MTK message"};
    const std::string notify = "Nmbstf_MBSDistributionSession_StatusNotify";
    check.Equal(with[mikey], 5U * 3U, "MIKEY messages, two of three repetitions");
    check.Equal(with[std::make_pair("Nmb2", notify)], 5U, "the MBSF is told");
    with.erase(mikey);
    with.erase({"Nmb2", notify});
    with.erase({"Nmb2", notify + " response"});
    check.Expect(with == without,
                 "MTK updates add nothing to Nmb1, N16mb, N11, N2, N1 or any other interface");
}

void
NoUeAnswersMikey(Check& check)
{
    SystemSettings settings;
    settings.ues = 3;
    settings.scripted = true;
    settings.duration = MilliSeconds(5500);
    settings.mtkInterval = Seconds(1);
    SystemRun run(check, settings);
    uint32_t mikey = 0;
    uint64_t messages = 0;
    run.On<const Tmgi&, Ptr<const Packet>, uint32_t>(
        run.Network().GetMbstf(),
        "MtkMessageSent",
        [&](const Tmgi&, Ptr<const Packet> packet, uint32_t) {
            mikey = packet->GetSize();
            ++messages;
        });
    uint64_t transmissions = 0;
    uint64_t others = 0;
    run.SetRadioScript([&](uint32_t, uint32_t octets) {
        // All have joined by then.
        if (Simulator::Now() > MilliSeconds(900))
        {
            ++(octets == mikey ? transmissions : others);
        }
        return false;
    });
    run.Run();
    check.Equal(messages, 15U, "MIKEY messages");
    check.Equal(transmissions, 3 * messages, "receptions of MIKEY messages by three UEs");
    check.Equal(others, 0U, "other transmissions on the air, in either direction");
}

void
UnauthorizedUeGetsNoKey(Check& check)
{
    SystemSettings settings;
    settings.ues = 4;
    settings.unauthorized = 2;
    settings.gnbs = 2;
    settings.traffic = TRAFFIC;
    settings.mskInterval = Seconds(2);
    settings.mtkInterval = MilliSeconds(700);
    SystemRun run(check, settings);
    std::set<uint32_t> withKeys;
    std::set<uint32_t> delivered;
    const auto note = [&withKeys](uint32_t ue, const Tmgi&, const Mki&) { withKeys.insert(ue); };
    for (const auto& ue : run.Network().GetUes())
    {
        run.On<uint32_t, const Tmgi&, const Mki&>(ue, "MskInstalled", note);
        run.On<uint32_t, const Tmgi&, const Mki&>(ue, "MtkInstalled", note);
        run.On<uint32_t, Ptr<const Packet>, ByteView>(
            ue,
            "Delivered",
            [&delivered](uint32_t number, Ptr<const Packet>, ByteView) {
                delivered.insert(number);
            });
    }
    run.Run();
    const std::set<uint32_t> allowed{0, 1};
    check.Expect(withKeys == allowed, "only UEs that may join get keys");
    check.Expect(delivered == allowed, "only UEs that may join deliver packets");
    for (const JoinLedger::Row& row : run.Results().GetJoins().Rows())
    {
        const bool may = allowed.count(row.ue) > 0;
        check.Equal(row.refusal.value_or("none"),
                    std::string(may ? "none" : "not_authorized"),
                    "refusal of UE " + std::to_string(row.ue));
        check.Equal(row.installed.has_value(), may, "UE " + std::to_string(row.ue) + " joined");
        check.Equal(run.Network().GetUes()[row.ue]->IsMember(run.Network().GetTmgi()),
                    may,
                    "membership of UE " + std::to_string(row.ue));
    }
    for (const TrafficLedger::Row& row : run.Results().GetTraffic().Rows())
    {
        check.Equal(row.counts.expected > 0,
                    allowed.count(row.ue) > 0,
                    "UE " + std::to_string(row.ue) + " expects packets");
    }
}

void
UnknownSessionIsRefused(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    SystemRun run(check, settings);
    const Tmgi& known = run.Network().GetTmgi();
    const Tmgi unknown(known.ServiceId() + 7, known.Plmn());
    std::vector<std::string> causes;
    run.On<uint32_t, const Tmgi&, const std::string&>(
        run.Network().GetUes()[1],
        "JoinRejected",
        [&](uint32_t ue, const Tmgi& tmgi, const std::string& cause) {
            check.Expect(ue == 1 && tmgi == unknown, "it is UE 1 and the unknown session");
            causes.push_back(cause);
        });
    // Twice: that the SMF has forgotten the first question must not hinder the second.
    Simulator::Schedule(Seconds(1), &Ue::Join, run.Network().GetUes()[1], unknown);
    Simulator::Schedule(Seconds(2), &Ue::Join, run.Network().GetUes()[1], unknown);
    run.Run();
    check.Expect(causes == std::vector<std::string>{"context_not_found", "context_not_found"},
                 "an unknown TMGI is refused with its cause");
    check.Expect(run.Network().GetUes()[1]->IsMember(known), "the UE stays in the known session");
    check.Expect(!run.Network().GetUes()[1]->IsMember(unknown), "and is not in the other");
}

void
LostCommandIsSentAgainAfterT3591(Check& check)
{
    SystemSettings settings;
    settings.scripted = true;
    settings.duration = Seconds(8);
    settings.mskInterval = Seconds(2);
    settings.attributes = {{"ns3::mbs::GnbRadioDevice::SignallingRetransmissions", "0"},
                           {"ns3::mbs::UeRadioDevice::SignallingRetransmissions", "0"},
                           {"ns3::mbs::Smf::T3591", "300ms"}};
    SystemRun run(check, settings);
    uint64_t retransmitted = 0;
    run.On<const std::string&>(run.Network().GetSmfs()[0],
                               "CommandRetransmitted",
                               [&](const std::string&) { ++retransmitted; });
    // Of the third update the first two COMMANDs are lost on the air.
    uint32_t losses = 0;
    run.SetRadioScript(
        [&](uint32_t, uint32_t) { return Simulator::Now() > Seconds(6) && ++losses <= 2; });
    run.Run();
    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 3U, "MSK updates");
    check.Equal(CountMsk(run, KeyOutcome::INSTALLED), 3U, "MSKs installed");
    check.Equal(retransmitted, 2U, "retransmissions");
    check.Equal(rows.at(2).Latency() - rows.at(1).Latency(),
                int64_t(2) * 300000000,
                "ns that two losses add: twice T3591");
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION COMMAND"), 6U, "COMMANDs");
}

void
AllKeysComeThroughHeavyLoss(Check& check)
{
    SystemSettings settings;
    settings.ues = 20;
    settings.gnbs = 2;
    settings.loss = 0.4;
    settings.duration = Seconds(23);
    settings.mskInterval = Seconds(5);
    settings.attributes = {{"ns3::mbs::GnbRadioDevice::SignallingRetransmissions", "0"},
                           {"ns3::mbs::UeRadioDevice::SignallingRetransmissions", "0"},
                           {"ns3::mbs::Smf::T3591", "100ms"},
                           {"ns3::mbs::Smf::MaxCommandRetransmissions", "1000"},
                           {"ns3::mbs::Ue::T3581", "100ms"},
                           {"ns3::mbs::Ue::MaxRequestRetransmissions", "1000"}};
    SystemRun run(check, settings);
    uint64_t retransmitted = 0;
    run.On<const std::string&>(run.Network().GetSmfs()[0],
                               "CommandRetransmitted",
                               [&](const std::string&) { ++retransmitted; });
    run.Run();
    check.Equal(run.Rows(KeyKind::MSK).size(), 20U * 4U, "MSK updates of 20 UEs");
    check.Equal(CountMsk(run, KeyOutcome::INSTALLED), 20U * 4U, "MSKs installed");
    // A COMMAND and its COMPLETE both arrive with 0.36: 1.8 retransmissions each, joins included.
    check.Expect(retransmitted > 90 && retransmitted < 270,
                 std::to_string(retransmitted) + " retransmissions, expected about 178");
    for (const auto& ue : run.Network().GetUes())
    {
        check.Expect(ue->IsMember(run.Network().GetTmgi()), "every UE has joined");
    }
}

void
CommandIsGivenUp(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    settings.traffic = TRAFFIC;
    settings.scripted = true;
    settings.duration = Seconds(6);
    settings.mskInterval = Seconds(3) + MilliSeconds(500);
    settings.attributes = {{"ns3::mbs::GnbRadioDevice::SignallingRetransmissions", "0"},
                           {"ns3::mbs::Smf::T3591", "100ms"},
                           {"ns3::mbs::Smf::MaxCommandRetransmissions", "2"}};
    SystemRun run(check, settings);
    run.SetRadioScript([](uint32_t ue, uint32_t octets) {
        return ue == 1 && octets < SMALL && Simulator::Now() > Seconds(3);
    });
    std::vector<Time> givenUp;
    run.On<const std::string&, ByteView>(
        run.Network().GetSmfs()[0],
        "CommandGivenUp",
        [&](const std::string& supi, ByteView) {
            check.Equal(supi, run.Network().GetSupiOf(1), "whose COMMAND it is");
            givenUp.push_back(Simulator::Now());
        });
    run.Run();

    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 2U, "rows of one MSK update");
    check.Equal(ToString(rows.at(0).outcome), std::string("installed"), "outcome of UE 0");
    check.Equal(ToString(rows.at(1).outcome), std::string("lost"), "outcome of UE 1");
    check.Equal(givenUp.size(), 1U, "COMMANDs given up");
    check.Equal(givenUp.at(0).GetNanoSeconds() - Reached(rows.at(1), KeyLeg::SMF),
                int64_t(3) * 100000000,
                "ns until it is given up: T3591 after the last of three");
    // Two to join, one for UE 0, three for UE 1.
    check.Equal(run.Messages("N1", "PDU SESSION MODIFICATION COMMAND"), 6U, "COMMANDs");

    const Mki& last = run.Activations().back().first;
    uint64_t withNewKey = 0;
    for (const SentPacket& sent : run.Sent())
    {
        withNewKey += sent.mki == last ? 1 : 0;
    }
    const TrafficCounts counts = run.Results().GetTraffic().Rows().at(1).counts;
    check.Expect(withNewKey > 100, "the new key is in use for more than a second");
    check.Equal(counts.Lost(LossCause::NO_KEY) + counts.inFlight,
                withNewKey,
                "packets under the key that UE 1 never got");
    check.Equal(counts.Lost(), counts.Lost(LossCause::NO_KEY), "UE 1 loses them by no other cause");
    check.Equal(run.Results().GetTraffic().Rows().at(0).counts.Lost(), 0U, "losses of UE 0");
}

/** What the change from one key to the next does to the packets that are sent around it. */
struct ChangeOver
{
    uint64_t early{0}; //!< packets under the new key, at the UE before that key
    uint64_t late{0};  //!< packets under the old key, at the UE after the new key
    double gap{0};     //!< seconds during which they are sent, all updates together
};

/**
 * @brief Works out from send times and installation times which packets cannot be decrypted.
 * @param run with one UE, an ideal radio and packets of one size
 * @param kind whose updates
 * @param path nanoseconds from the MBSTF to the UE
 * @return the counts
 */
ChangeOver
Expected(const SystemRun& run, KeyKind kind, int64_t path)
{
    ChangeOver result;
    std::map<std::pair<uint32_t, uint16_t>, int64_t> activated;
    const auto nameOf = [](const Mki& mki) {
        return std::make_pair(static_cast<uint32_t>(mki.msk.Number()), mki.mtk.Number());
    };
    for (const auto& [mki, at] : run.Activations())
    {
        activated[nameOf(mki)] = at.GetNanoSeconds();
    }
    for (const KeyUpdateLedger::Row& row : run.Rows(kind))
    {
        const int64_t installed = Reached(row, KeyLeg::UE);
        const auto used = activated.find(nameOf(row.mki));
        if (used == activated.end())
        {
            continue;
        }
        result.gap += std::abs(static_cast<double>(installed - path - used->second)) / 1e9;
        for (const SentPacket& sent : run.Sent())
        {
            const int64_t arrival = sent.at.GetNanoSeconds() + path;
            const bool isNew = sent.mki == row.mki;
            const bool isOld = sent.at.GetNanoSeconds() < used->second;
            result.early += isNew && arrival < installed ? 1 : 0;
            result.late += isOld && arrival >= installed ? 1 : 0;
        }
    }
    return result;
}

/**
 * @brief Learns how long packets are under way.
 * @param run a run that has not begun
 * @param path set to the nanoseconds that the last packet took
 */
void
MeasurePath(SystemRun& run, int64_t& path)
{
    run.On<uint32_t, Ptr<const Packet>, ByteView>(
        run.Network().GetUes()[0],
        "Delivered",
        [&run, &path](uint32_t, Ptr<const Packet> packet, ByteView) {
            for (auto sent = run.Sent().rbegin(); sent != run.Sent().rend(); ++sent)
            {
                if (sent->uid == packet->GetUid())
                {
                    path = (Simulator::Now() - sent->at).GetNanoSeconds();
                    return;
                }
            }
        });
}

void
LateMskCostsRateTimesGap(Check& check)
{
    SystemSettings settings;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(10);
    settings.mskInterval = MilliSeconds(1900);
    // 100 ms at the SMF make the key late by ten packets.
    settings.attributes = {
        {"ns3::mbs::Smf::ServiceTime", "ns3::ConstantRandomVariable[Constant=0.1]"},
        {"ns3::mbs::Mbstf::ActivationDelay", "0s"}};
    SystemRun run(check, settings);
    int64_t path = 0;
    MeasurePath(run, path);
    run.Run();
    const uint64_t lost = run.Lost(LossCause::NO_KEY);
    const ChangeOver expected = Expected(run, KeyKind::MSK, path);
    const double updates = 5;
    check.Equal(run.Rows(KeyKind::MSK).size(), 5U, "MSK updates");
    check.Equal(lost, expected.early, "packets sent under keys that the UE did not have yet");
    check.Expect(std::abs(static_cast<double>(lost) - PACKETS_PER_SECOND * expected.gap) <= updates,
                 std::to_string(lost) + " lost, rate x gap is " +
                     std::to_string(PACKETS_PER_SECOND * expected.gap));
    check.Expect(lost >= 45, "about ten packets for each of five updates");
    check.Equal(run.Total().Lost(), lost, "packets lost by any cause");
}

void
ActivationDelayAboveLatencyCostsNothing(Check& check)
{
    SystemSettings settings;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(10);
    settings.mskInterval = MilliSeconds(1900);
    settings.mtkInterval = MilliSeconds(700);
    settings.attributes = {
        {"ns3::mbs::Smf::ServiceTime", "ns3::ConstantRandomVariable[Constant=0.1]"},
        {"ns3::mbs::Mbstf::ActivationDelay", "300ms"}};
    SystemRun run(check, settings);
    run.Run();
    check.Expect(run.Rows(KeyKind::MSK).size() == 5 && run.Rows(KeyKind::MTK).size() > 5,
                 "keys of both kinds are renewed");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
}

void
NoRetentionCostsWhatIsSentUntilActivation(Check& check)
{
    SystemSettings settings;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(10);
    settings.mtkInterval = MilliSeconds(1900);
    settings.attributes = {{"ns3::mbs::Ue::KeyRetention", "0s"},
                           {"ns3::mbs::Mbstf::ActivationDelay", "250ms"}};
    SystemRun run(check, settings);
    int64_t path = 0;
    MeasurePath(run, path);
    run.Run();
    const uint64_t lost = run.Lost(LossCause::STALE_KEY);
    const ChangeOver expected = Expected(run, KeyKind::MTK, path);
    check.Equal(run.Rows(KeyKind::MTK).size(), 5U, "MTK updates");
    check.Equal(lost, expected.late, "packets sent under the old key that meet the new one");
    check.Expect(std::abs(static_cast<double>(lost) - PACKETS_PER_SECOND * expected.gap) <= 5,
                 std::to_string(lost) + " lost, rate x gap is " +
                     std::to_string(PACKETS_PER_SECOND * expected.gap));
    check.Expect(lost > 100, "about 25 packets for each of five updates");
    check.Equal(run.Total().Lost(), lost, "packets lost by any cause");
}

void
RetentionAboveActivationDelayCostsNothing(Check& check)
{
    SystemSettings settings;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(10);
    settings.mskInterval = MilliSeconds(4100);
    settings.mtkInterval = MilliSeconds(1900);
    settings.attributes = {{"ns3::mbs::Ue::KeyRetention", "260ms"},
                           {"ns3::mbs::Mbstf::ActivationDelay", "250ms"}};
    SystemRun run(check, settings);
    run.Run();
    check.Expect(run.Rows(KeyKind::MTK).size() >= 3, "keys are renewed");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
}

void
RepetitionsFindThoseThatMissed(Check& check)
{
    constexpr double LOSS = 0.3;
    for (const uint32_t repetitions : {0U, 1U, 2U})
    {
        SystemSettings settings;
        settings.ues = 300;
        settings.gnbs = 3;
        settings.loss = LOSS;
        settings.duration = MilliSeconds(11900);
        settings.mtkInterval = Seconds(1);
        settings.attributes = {{"ns3::mbs::Mbstf::MtkRepetitions", std::to_string(repetitions)},
                               {"ns3::mbs::Mbstf::MtkRepetitionInterval", "150ms"},
                               {"ns3::mbs::GnbRadioDevice::SignallingRetransmissions", "1000"},
                               {"ns3::mbs::UeRadioDevice::SignallingRetransmissions", "1000"}};
        SystemRun run(check, settings);
        run.Run();
        const auto rows = run.Rows(KeyKind::MTK);
        int64_t base = INT64_MAX;
        for (const KeyUpdateLedger::Row& row : rows)
        {
            base = row.Latency() == KeyUpdateLedger::NEVER ? base : std::min(base, row.Latency());
        }
        // The first key meets joins that are still being sent again.
        double total = 0;
        std::vector<double> after(repetitions + 1, 0);
        double missed = 0;
        for (const KeyUpdateLedger::Row& row : rows)
        {
            if (row.generated < 2000000000)
            {
                continue;
            }
            ++total;
            if (row.outcome != KeyOutcome::INSTALLED)
            {
                ++missed;
                continue;
            }
            const int64_t extra = row.Latency() - base;
            check.Expect(extra % 150000000 == 0 && extra / 150000000 <= repetitions,
                         std::to_string(extra) + " ns is a number of repetition intervals");
            ++after.at(static_cast<std::size_t>(extra / 150000000));
        }
        check.Expect(total >= 2700, "300 UEs, nine MTKs");
        const auto share = [&](double count, double p, const std::string& what) {
            // Five standard deviations of a binomial share.
            const double sigma = std::sqrt(p * (1 - p) / total);
            check.Expect(std::abs(count / total - p) < 5 * sigma,
                         what + ": " + std::to_string(count / total) + ", expected " +
                             std::to_string(p));
        };
        share(missed, std::pow(LOSS, repetitions + 1), "share that misses an MTK");
        for (uint32_t k = 0; k <= repetitions; ++k)
        {
            share(after[k],
                  std::pow(LOSS, k) * (1 - LOSS),
                  "share that gets it with repetition " + std::to_string(k));
        }
    }
}

void
JoinersWaitHalfAnMtkIntervalOnAverage(Check& check)
{
    // All join after the first MTK was replaced, and that one is what comes with the MSK.
    constexpr uint32_t UES = 400;
    constexpr double INTERVAL = 1.0;
    SystemSettings settings;
    settings.ues = UES;
    settings.gnbs = 2;
    settings.duration = Seconds(15);
    settings.joinStart = MilliSeconds(1500);
    settings.joinWindow = Seconds(10);
    settings.mtkInterval = Seconds(INTERVAL);
    settings.attributes = {{"ns3::mbs::Mbstf::MtkRepetitions", "0"}};
    SystemRun run(check, settings);
    std::map<uint32_t, Time> installed;
    for (const auto& ue : run.Network().GetUes())
    {
        run.On<uint32_t, const Tmgi&, const Mki&>(
            ue,
            "MtkInstalled",
            [&installed](uint32_t number, const Tmgi&, const Mki&) {
                installed.emplace(number, Simulator::Now());
            });
    }
    run.Run();
    check.Equal(installed.size(), UES, "UEs that get an MTK in a MIKEY message");
    double sum = 0;
    double longest = 0;
    for (const JoinLedger::Row& join : run.Results().GetJoins().Rows())
    {
        const double wait =
            installed[join.ue].GetSeconds() - static_cast<double>(join.installed.value_or(0)) / 1e9;
        sum += wait;
        longest = std::max(longest, wait);
    }
    // A uniform distribution's mean; five standard deviations of the mean of so many.
    const double tolerance = 5 * INTERVAL / std::sqrt(12.0 * UES);
    check.Expect(std::abs(sum / UES - INTERVAL / 2) < tolerance,
                 "mean wait: " + std::to_string(sum / UES) + " s");
    check.Expect(longest <= INTERVAL, "longest wait: " + std::to_string(longest) + " s");
}

} // namespace

/** @param suite gets the tests of key updates in a whole network */
void AddSystemKeysTests(MbsTestSuite& suite);

void
AddSystemKeysTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("an MSK update raises one notification per SMF and one COMMAND "
                                   "per joined UE",
                                   MskUpdateReachesEverySmfAndUeOnce));
    suite.Add(new FunctionTestCase("an MTK update raises no signalling beyond the MBSF",
                                   MtkUpdateRaisesNoSignalling));
    suite.Add(new FunctionTestCase("no UE answers a MIKEY message", NoUeAnswersMikey));
    suite.Add(new FunctionTestCase("a UE that is not authorized is refused, gets no key and "
                                   "delivers nothing",
                                   UnauthorizedUeGetsNoKey));
    suite.Add(new FunctionTestCase("a UE that asks for an unknown session is refused",
                                   UnknownSessionIsRefused));
    suite.Add(new FunctionTestCase("a lost COMMAND is sent again when T3591 runs out",
                                   LostCommandIsSentAgainAfterT3591));
    suite.Add(new FunctionTestCase("all keys come through a radio that loses four in ten",
                                   AllKeysComeThroughHeavyLoss));
    suite.Add(new FunctionTestCase("a COMMAND that is given up leaves a lost key and packets "
                                   "without a key",
                                   CommandIsGivenUp));
    suite.Add(new FunctionTestCase("a late MSK costs rate times gap", LateMskCostsRateTimesGap));
    suite.Add(new FunctionTestCase("keys that are activated after they came cost nothing",
                                   ActivationDelayAboveLatencyCostsNothing));
    suite.Add(new FunctionTestCase("without retention what is sent under the old key until the "
                                   "activation is lost",
                                   NoRetentionCostsWhatIsSentUntilActivation));
    suite.Add(new FunctionTestCase("a retention above the activation delay costs nothing",
                                   RetentionAboveActivationDelayCostsNothing));
    suite.Add(new FunctionTestCase("repetitions of an MTK reach those that missed it, an interval "
                                   "later each",
                                   RepetitionsFindThoseThatMissed));
    suite.Add(new FunctionTestCase("who joins amid MTKs waits half an interval on average",
                                   JoinersWaitHalfAnMtkIntervalOnAverage));
}

} // namespace ns3::mbs
