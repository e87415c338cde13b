// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-rtp.h"
#include "ns3/mbs-run-meter.h"
#include "ns3/mbs-traffic-plan.h"

#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace ns3::mbs
{

namespace
{

/** Constant-rate traffic of 100 packets a second. */
constexpr const char* TRAFFIC = "cbr:960kbps:1200";
/** Octets of IPv4, UDP and RTP headers of a packet of the session. */
constexpr std::size_t HEADERS = 40;

/** @param octets that begin with an RTP header @return the sequence number */
uint16_t
SequenceOf(ByteView octets)
{
    return static_cast<uint16_t>(octets[2] << 8 | octets[3]);
}

/** Compares what UEs deliver with what the AF sends. */
class Comparison
{
  public:
    /** @param check gets failures @param run a run that has not begun */
    Comparison(Check& check, SystemRun& run)
        : m_check(check),
          m_run(run)
    {
        run.On<uint64_t, ByteView>(run.Network().GetAf(),
                                   "RtpSent",
                                   [this](uint64_t index, ByteView rtp) {
                                       m_check.Equal(index, m_sent.size(), "the AF counts up");
                                       m_sent.push_back(rtp.ToBytes());
                                   });
        for (const auto& ue : run.Network().GetUes())
        {
            run.On<uint32_t, const Tmgi&>(ue, "Joined", [this](uint32_t number, const Tmgi&) {
                m_joined[number] = Simulator::Now();
            });
            run.On<uint32_t, Ptr<const Packet>, ByteView>(
                ue,
                "Delivered",
                [this](uint32_t number, Ptr<const Packet> packet, ByteView rtp) {
                    Delivered(number, packet, rtp);
                });
        }
    }

    /** @param ue number of a UE @return how many packets it delivered that were sent to a member */
    uint64_t CountOf(uint32_t ue) const
    {
        const auto it = m_count.find(ue);
        return it == m_count.end() ? 0 : it->second;
    }

    /** @return packets as the AF sent them */
    const std::vector<Bytes>& Sent() const
    {
        return m_sent;
    }

    /** @return how many delivered packets could be read on the air */
    uint64_t Readable() const
    {
        return m_readable;
    }

    /** @return how many differed from what the AF sent */
    uint64_t Different() const
    {
        return m_different;
    }

    /** @return how many did not continue the sequence of the UE's packet before */
    uint64_t Jumps() const
    {
        return m_jumps;
    }

  private:
    void Delivered(uint32_t ue, const Ptr<const Packet>& packet, ByteView rtp)
    {
        // The MBSTF numbers what it sends as the AF does: it refuses nothing.
        const auto index = m_run.Results().GetTraffic().IndexOf(packet->GetUid());
        if (!index || *index >= m_sent.size() || m_sent[*index] != rtp.ToBytes())
        {
            ++m_different;
            return;
        }
        // What was under way when the UE joined comes, but nobody expects it.
        const bool expected = m_run.Sent()[*index].at >= m_joined.at(ue);
        m_count[ue] += expected ? 1 : 0;
        const auto last = m_last.find(ue);
        if (last != m_last.end() && SequenceOf(rtp) != static_cast<uint16_t>(last->second + 1))
        {
            ++m_jumps;
        }
        m_last[ue] = SequenceOf(rtp);
        Bytes air(packet->GetSize());
        packet->CopyData(air.data(), packet->GetSize());
        const ByteView payload = rtp.Sub(HEADERS - 28, rtp.size() - (HEADERS - 28));
        const bool readable = std::equal(payload.begin(), payload.end(), air.begin() + HEADERS);
        m_readable += expected && readable ? 1 : 0;
    }

    Check& m_check;                       //!< gets failures
    SystemRun& m_run;                     //!< the run
    std::vector<Bytes> m_sent;            //!< by index
    std::map<uint32_t, Time> m_joined;    //!< by UE
    std::map<uint32_t, uint64_t> m_count; //!< packets by UE
    std::map<uint32_t, uint16_t> m_last;  //!< sequence number by UE
    uint64_t m_readable{0};               //!< packets whose payload went in clear
    uint64_t m_different{0};              //!< packets that differed
    uint64_t m_jumps{0};                  //!< gaps in sequence numbers
};

/** @param check gets failures @param crypto SRTP profile */
void
DeliverTheCapture(Check& check, const std::string& crypto)
{
    const auto plan = TrafficPlan::FromText(GetBundledTraffic());
    if (!plan.plan)
    {
        check.Expect(false, "the bundled capture " + plan.error);
        return;
    }
    SystemSettings settings;
    settings.ues = 3;
    settings.gnbs = 2;
    settings.traffic = "bundled";
    settings.crypto = crypto;
    settings.duration = plan.plan->Period() + Seconds(6);
    settings.mskInterval = Seconds(7);
    settings.mtkInterval = Seconds(2);
    SystemRun run(check, settings);
    const Comparison comparison(check, run);
    run.Run();

    check.Expect(comparison.Sent().size() > plan.plan->PacketsPerLoop() + 100,
                 "the capture was gone through more than once");
    for (std::size_t i = 1; i < comparison.Sent().size(); ++i)
    {
        if (SequenceOf(comparison.Sent()[i]) !=
            static_cast<uint16_t>(SequenceOf(comparison.Sent()[i - 1]) + 1))
        {
            check.Expect(false, "the sequence numbers of the AF run on at " + std::to_string(i));
            break;
        }
    }
    std::set<std::pair<uint16_t, uint16_t>> keys;
    for (const SentPacket& sent : run.Sent())
    {
        keys.insert({sent.mki.msk.Number(), sent.mki.mtk.Number()});
    }
    check.Expect(keys.size() >= 6 && keys.rbegin()->first >= 3,
                 std::to_string(keys.size()) + " keys under at least three MSKs were used");
    check.Equal(comparison.Different(), 0U, "packets that differ from what the AF sent");
    check.Equal(comparison.Jumps(), 0U, "gaps in the sequence numbers of delivered packets");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    uint64_t delivered = 0;
    for (uint32_t ue = 0; ue < settings.ues; ++ue)
    {
        delivered += comparison.CountOf(ue);
        check.Expect(comparison.CountOf(ue) > plan.plan->PacketsPerLoop(),
                     "UE " + std::to_string(ue) + " delivers more than a whole loop");
    }
    check.Equal(run.Total().delivered, delivered, "delivered packets in the ledger");
    check.Equal(comparison.Readable(),
                crypto == "null" ? delivered : 0U,
                "delivered packets that could be read on the air");
}

void
DeliversAesCm(Check& check)
{
    DeliverTheCapture(check, "aes-cm");
}

void
DeliversAesGcm(Check& check)
{
    DeliverTheCapture(check, "aes-gcm");
}

void
DeliversNull(Check& check)
{
    DeliverTheCapture(check, "null");
}

void
DeliversConstantRate(Check& check)
{
    // Fast enough for the sequence numbers to begin again at 0 in between.
    SystemSettings settings;
    settings.traffic = "cbr:16Mbps:200";
    settings.duration = MilliSeconds(6800);
    settings.mskInterval = Seconds(3);
    settings.mtkInterval = Seconds(1);
    SystemRun run(check, settings);
    const Comparison comparison(check, run);
    run.Run();
    check.Expect(comparison.Sent().size() > 67000, "the sequence numbers wrap");
    check.Equal(comparison.Different(), 0U, "packets that differ from what the AF sent");
    check.Equal(comparison.Jumps(), 0U, "gaps in the sequence numbers of delivered packets");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    check.Expect(comparison.CountOf(0) > 60000, "packets are delivered");
    check.Equal(run.Total().octets, 200 * comparison.CountOf(0), "octets delivered");
}

/** What crossed the MB-UPF's link to the backhaul in two seconds, and what was delivered. */
struct Crossing
{
    uint64_t frames{0};                                  //!< with traffic
    std::map<uint32_t, std::vector<uint16_t>> delivered; //!< sequence numbers by UE
};

/**
 * @param check gets failures
 * @param transport of N3mb, by gNB; each gNB's UEs join half a second behind those before
 * @return what crossed and was delivered
 */
Crossing
RunN3mb(Check& check, const std::array<const char*, 3>& transport)
{
    SystemSettings settings;
    settings.ues = 6;
    settings.gnbs = 3;
    settings.traffic = TRAFFIC;
    settings.mskInterval = Seconds(2);
    settings.joinStart = Seconds(100);
    SystemRun run(check, settings);
    for (std::size_t gnb = 0; gnb < transport.size(); ++gnb)
    {
        run.Network().GetGnbs()[gnb]->SetAttribute("N3mbTransport", StringValue(transport[gnb]));
    }
    for (uint32_t ue = 0; ue < settings.ues; ++ue)
    {
        Simulator::Schedule(MilliSeconds(500 * (1 + run.Network().GetGnbOf(ue))),
                            &Ue::Join,
                            run.Network().GetUes()[ue],
                            run.Network().GetTmgi());
    }
    Crossing crossing;
    const auto inside = [](Time at) { return at >= Seconds(2) && at < Seconds(4); };
    for (const CoreLink& link : run.Network().GetTopology()->GetLinks())
    {
        if (link.interface == Interface::N3MB && link.name == "mb-upf")
        {
            run.On<Ptr<const Packet>>(link.deviceA,
                                      "PhyTxBegin",
                                      [&crossing, inside](Ptr<const Packet> frame) {
                                          if (frame->GetSize() > 1200 && inside(Simulator::Now()))
                                          {
                                              ++crossing.frames;
                                          }
                                      });
        }
    }
    for (const auto& ue : run.Network().GetUes())
    {
        run.On<uint32_t, Ptr<const Packet>, ByteView>(
            ue,
            "Delivered",
            [&, inside](uint32_t number, Ptr<const Packet> packet, ByteView rtp) {
                const auto index = run.Results().GetTraffic().IndexOf(packet->GetUid());
                if (index && inside(run.Sent().at(*index).at))
                {
                    crossing.delivered[number].push_back(SequenceOf(rtp));
                }
            });
    }
    run.Run();
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    return crossing;
}

void
MulticastAndUnicastDeliverTheSame(Check& check)
{
    constexpr const char* M = "multicast";
    constexpr const char* U = "unicast";
    const Crossing multicast = RunN3mb(check, {M, M, M});
    const Crossing unicast = RunN3mb(check, {U, U, U});
    const Crossing unicastFirst = RunN3mb(check, {U, M, M});
    const Crossing multicastFirst = RunN3mb(check, {M, U, U});
    check.Equal(multicast.frames, 200U, "multicast: frames in two seconds, one per packet");
    check.Equal(unicast.frames, 600U, "unicast: frames in two seconds, one per packet and gNB");
    check.Equal(multicast.delivered.size(), 6U, "UEs that deliver");
    for (const auto& [ue, sequence] : multicast.delivered)
    {
        check.Equal(sequence.size(), 200U, "packets delivered by UE " + std::to_string(ue));
    }
    check.Equal(unicastFirst.frames, 400U, "a tunnel and a group: frames in two seconds");
    check.Equal(multicastFirst.frames, 600U, "a group and two tunnels: frames in two seconds");
    check.Expect(multicast.delivered == unicast.delivered &&
                     multicast.delivered == unicastFirst.delivered &&
                     multicast.delivered == multicastFirst.delivered,
                 "the same packets, in the same order");
}

void
SpreadsEvenlyAndLosesNothing(Check& check)
{
    SystemSettings settings;
    settings.ues = 11;
    settings.gnbs = 4;
    settings.smfs = 2;
    settings.traffic = "bundled";
    settings.serviceTime = "";
    settings.joinWindow = MilliSeconds(500);
    settings.duration = Seconds(9);
    settings.mskInterval = Seconds(4);
    settings.mtkInterval = Seconds(1);
    SystemRun run(check, settings);
    run.Run();
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    check.Expect(run.Total().delivered > 11 * 1000, "packets are delivered");
    std::map<uint32_t, uint32_t> atGnb;
    for (uint32_t ue = 0; ue < settings.ues; ++ue)
    {
        ++atGnb[run.Network().GetGnbOf(ue)];
        check.Expect(run.Network().GetUes()[ue]->IsMember(run.Network().GetTmgi()),
                     "UE " + std::to_string(ue) + " has joined");
    }
    check.Equal(atGnb.size(), 4U, "gNBs with UEs");
    for (const auto& [gnb, count] : atGnb)
    {
        check.Expect(count == 2 || count == 3,
                     std::to_string(count) + " UEs at gNB " + std::to_string(gnb));
    }
    check.Equal(run.Network().GetSmfs()[0]->GetJoinedCount(run.Network().GetTmgi()),
                6U,
                "UEs at the first SMF");
    check.Equal(run.Network().GetSmfs()[1]->GetJoinedCount(run.Network().GetTmgi()),
                5U,
                "UEs at the second SMF");
    const KeyUpdateLedger& keys = run.Results().GetKeyUpdates();
    check.Equal(keys.Count(KeyKind::MSK, KeyOutcome::INSTALLED), 2U * 11U, "MSKs installed");
    check.Equal(keys.Count(KeyKind::MTK, KeyOutcome::INSTALLED),
                keys.Count(KeyKind::MTK),
                "MTKs installed");
}

void
FullCellQueueIsCounted(Check& check)
{
    SystemSettings settings;
    settings.ues = 4;
    settings.gnbs = 2;
    settings.traffic = "bundled";
    settings.duration = Seconds(9);
    settings.mskInterval = Seconds(4);
    settings.mtkInterval = Seconds(1);
    settings.attributes = {{"ns3::mbs::GnbRadioDevice::DataRate", "2Mbps"},
                           {"ns3::mbs::GnbRadioDevice::QueueLimit", "20000"}};
    SystemRun run(check, settings);
    std::map<uint32_t, uint64_t> dropped;
    for (const auto& cell : run.Network().GetCells())
    {
        run.On<uint32_t, Ptr<const Packet>>(cell,
                                            "GroupDropped",
                                            [&](uint32_t gnb, Ptr<const Packet> packet) {
                                                // Two members a cell; MIKEY messages do not count.
                                                dropped[gnb] += packet->GetSize() > 200 ? 2 : 0;
                                            });
    }
    run.Run();
    check.Expect(run.Lost(LossCause::QUEUE) > 0, "bursts find the queue full");
    check.Expect(run.Total().delivered > 0, "and not always");
    check.Expect(run.Lost(LossCause::QUEUE) <= dropped[0] + dropped[1],
                 "no more is lost than was dropped before members");
    check.Equal(run.Total().Lost(),
                run.Lost(LossCause::QUEUE) + run.Lost(LossCause::NO_KEY) +
                    run.Lost(LossCause::STALE_KEY),
                "packets lost by any cause but the queue and keys that it lost");
}

/**
 * @brief Loses frames on their way over a link of N3mb.
 * @param run a run that has not begun
 * @param name of the link
 * @param rate probability
 */
void
SpoilN3mb(SystemRun& run, const std::string& name, double rate)
{
    for (const CoreLink& link : run.Network().GetTopology()->GetLinks())
    {
        if (link.interface == Interface::N3MB && link.name == name)
        {
            const auto errors = CreateObject<RateErrorModel>();
            errors->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
            errors->SetRate(rate);
            errors->AssignStreams(1000000);
            link.deviceB->SetReceiveErrorModel(errors);
        }
    }
}

void
CoreLossesAreCounted(Check& check)
{
    SystemSettings settings;
    settings.ues = 6;
    settings.gnbs = 3;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(10);
    {
        SystemRun run(check, settings);
        SpoilN3mb(run, "gnb-1", 0.2);
        run.Run();
        for (const TrafficLedger::Row& row : run.Results().GetTraffic().Rows())
        {
            const uint64_t lost = row.counts.Lost(LossCause::CORE);
            const std::string ue = "of UE " + std::to_string(row.ue);
            check.Equal(row.counts.Lost(), lost, "losses " + ue);
            if (row.gnb == 1)
            {
                // 950 packets, a fifth of them; five standard deviations are 62.
                check.Expect(lost > 128 && lost < 252, std::to_string(lost) + " core losses " + ue);
            }
            else
            {
                check.Equal(lost, 0U, "core losses " + ue);
            }
        }
    }
    SystemRun run(check, settings);
    SpoilN3mb(run, "mb-upf", 0.2);
    run.Run();
    const uint64_t first = run.Results().GetTraffic().Rows().front().counts.Lost(LossCause::CORE);
    check.Expect(first > 128 && first < 252, std::to_string(first) + " losses before the router");
    for (const TrafficLedger::Row& row : run.Results().GetTraffic().Rows())
    {
        check.Equal(row.counts.Lost(LossCause::CORE), first, "losses are the same for all UEs");
    }
}

void
SlowLinksHoldPacketsInFlight(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    settings.gnbs = 2;
    settings.traffic = "bundled";
    settings.attributes = {{"ns3::mbs::CoreTopology::N3mbDataRate", "1Mbps"}};
    SystemRun run(check, settings);
    run.Run();
    // About 2 Mbit/s go in and 1 Mbit/s comes out: nothing is lost, half is under way.
    check.Equal(run.Total().Lost(), 0U, "packets lost");
    check.Expect(run.Total().inFlight > run.Total().expected / 4, "many are in flight in the end");
}

void
ConservedWheneverARunEnds(Check& check)
{
    // 1 ms apart, so that packets are caught on each link, in the cell and on the air.
    std::set<uint64_t> inFlight;
    for (int i = 0; i < 20; ++i)
    {
        SystemSettings settings;
        settings.ues = 3;
        settings.gnbs = 2;
        settings.traffic = "cbr:3Mbps:1200";
        settings.loss = 0.1;
        settings.duration = MilliSeconds(2000 + i);
        settings.joinWindow = Seconds(1);
        settings.mskInterval = MilliSeconds(600);
        settings.mtkInterval = MilliSeconds(250);
        settings.attributes = {{"ns3::mbs::GnbRadioDevice::DataRate", "4Mbps"},
                               {"ns3::mbs::CoreTopology::N3mbDataRate", "5Mbps"},
                               {"ns3::mbs::CoreTopology::Nmb9DataRate", "5Mbps"}};
        SystemRun run(check, settings);
        run.Run();
        inFlight.insert(run.Total().inFlight);
    }
    check.Expect(inFlight.size() > 1, "runs end in different states");
}

void
LateJoinersExpectWhatIsSentFromThenOn(Check& check)
{
    SystemSettings settings;
    settings.ues = 12;
    settings.gnbs = 3;
    settings.smfs = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(10);
    settings.joinWindow = Seconds(8);
    settings.mskInterval = Seconds(3);
    // Who joins before a new MSK is in use gets that one only.
    settings.attributes = {{"ns3::mbs::Mbsf::MskOverlap", "0s"}};
    SystemRun run(check, settings);
    std::map<uint32_t, uint16_t> firstMsk;
    for (const auto& ue : run.Network().GetUes())
    {
        run.On<uint32_t, const Tmgi&, const Mki&>(
            ue,
            "MskInstalled",
            [&firstMsk](uint32_t number, const Tmgi&, const Mki& mki) {
                firstMsk.emplace(number, mki.msk.Number());
            });
    }
    run.Run();
    uint64_t tooEarly = 0;
    const auto rows = run.Results().GetTraffic().Rows();
    std::set<uint64_t> expectations;
    for (const JoinLedger::Row& join : run.Results().GetJoins().Rows())
    {
        if (!join.installed)
        {
            check.Expect(false, "UE " + std::to_string(join.ue) + " joins");
            continue;
        }
        // Who joins between the making of a key and its activation gets the new key only.
        uint64_t expected = 0;
        uint64_t under = 0;
        for (const SentPacket& packet : run.Sent())
        {
            const bool later = packet.at.GetNanoSeconds() >= *join.installed;
            expected += later ? 1 : 0;
            under += later && packet.mki.msk.Number() < firstMsk[join.ue] ? 1 : 0;
        }
        tooEarly += under;
        const TrafficCounts& counts = rows.at(join.ue).counts;
        const std::string ue = "UE " + std::to_string(join.ue);
        check.Equal(counts.expected, expected, "packets that " + ue + " expects");
        check.Equal(counts.Lost(LossCause::NO_KEY), under, "packets before the first key of " + ue);
        check.Equal(counts.delivered + counts.inFlight, expected - under, "packets to " + ue);
        expectations.insert(counts.expected);
    }
    check.Expect(expectations.size() > 6, "UEs join at different times");
    check.Expect(tooEarly > 0, "some of them before the key that they get is in use");
}

void
LateJoinerWaitsForTheNextMtk(Check& check)
{
    // An MTK that was multicast never goes to the MB-SMF, so that a UE that joins later gets the
    // one that its MSK came with and waits for the next MIKEY message.
    SystemSettings settings;
    settings.traffic = TRAFFIC;
    settings.joinStart = MilliSeconds(2500);
    settings.mtkInterval = Seconds(1);
    settings.attributes = {{"ns3::mbs::Mbstf::ActivationDelay", "0s"},
                           {"ns3::mbs::Mbstf::MtkRepetitions", "0"}};
    SystemRun run(check, settings);
    run.Run();
    const auto joins = run.Results().GetJoins().Rows();
    const int64_t joined = joins.at(0).installed.value_or(0);
    const auto rows = run.Rows(KeyKind::MTK);
    const auto sent =
        std::count_if(run.Sent().begin(), run.Sent().end(), [&](const SentPacket& packet) {
            const int64_t at = packet.at.GetNanoSeconds();
            return at >= joined && at < rows.at(0).generated;
        });
    check.Expect(rows.at(0).generated > joined && sent > 30, "it joins amid an interval");
    check.Equal(run.Lost(LossCause::NO_KEY),
                static_cast<uint64_t>(sent),
                "packets that were sent before the next MTK");
    check.Equal(run.Total().Lost(), run.Lost(LossCause::NO_KEY), "packets lost by any cause");
}

void
IntervalZeroNeverRenews(Check& check)
{
    SystemSettings settings;
    settings.ues = 2;
    settings.traffic = TRAFFIC;
    settings.duration = Seconds(120);
    SystemRun run(check, settings);
    run.Run();
    check.Equal(run.Results().GetKeyUpdates().Count(KeyKind::MSK), 0U, "MSK updates");
    check.Equal(run.Results().GetKeyUpdates().Count(KeyKind::MTK), 0U, "MTK updates");
    check.Equal(run.Activations().size(), 1U, "keys in use");
    check.Equal(run.Messages("Nmb1", "Nmbsmf_MBSSession_Update"), 0U, "session updates");
    check.Equal(run.Messages("Nmb9", "MIKEY MTK message"), 0U, "MIKEY messages");
    check.Equal(run.Total().Lost(), 0U, "packets lost");
}

} // namespace

/** @param suite gets the tests of traffic through a whole network */
void AddSystemTrafficTests(MbsTestSuite& suite);

void
AddSystemTrafficTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("with AES-CM UEs deliver the looped capture byte for byte",
                                   DeliversAesCm));
    suite.Add(new FunctionTestCase("with AES-GCM UEs deliver the looped capture byte for byte",
                                   DeliversAesGcm));
    suite.Add(new FunctionTestCase("without protection UEs deliver the looped capture byte for "
                                   "byte",
                                   DeliversNull));
    suite.Add(new FunctionTestCase("constant-rate traffic is delivered byte for byte while its "
                                   "sequence numbers wrap",
                                   DeliversConstantRate));
    suite.Add(new FunctionTestCase("N3mb multicast and unicast deliver the same, with one copy or "
                                   "one per gNB",
                                   MulticastAndUnicastDeliverTheSame));
    suite.Add(new FunctionTestCase("UEs are spread evenly over gNBs and SMFs and all is delivered",
                                   SpreadsEvenlyAndLosesNothing));
    suite.Add(
        new FunctionTestCase("what a full cell queue drops is counted", FullCellQueueIsCounted));
    suite.Add(new FunctionTestCase("what a link of the core loses is counted for the UEs behind it",
                                   CoreLossesAreCounted));
    suite.Add(new FunctionTestCase("what waits before a slow link is in flight",
                                   SlowLinksHoldPacketsInFlight));
    suite.Add(new FunctionTestCase("packets are conserved at whatever instant a run ends",
                                   ConservedWheneverARunEnds));
    suite.Add(new FunctionTestCase("UEs that join late expect what is sent from then on",
                                   LateJoinersExpectWhatIsSentFromThenOn));
    suite.Add(new FunctionTestCase("a UE that joins after an MTK was multicast waits for the next",
                                   LateJoinerWaitsForTheNextMtk));
    suite.Add(new FunctionTestCase("an interval of zero never renews", IntervalZeroNeverRenews));
}

} // namespace ns3::mbs
