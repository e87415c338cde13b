// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-multicast-radio-bearer.h"
#include "ns3/mbs-pdcp-status-report.h"
#include "ns3/mbs-scheduled-job.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** @param setting of a MulticastRadioBearer @param value of it @return as SystemSettings has it */
std::pair<std::string, std::string>
Bearer(const std::string& setting, const std::string& value)
{
    return {"ns3::mbs::MulticastRadioBearer::" + setting, value};
}

/** @return two UEs of two gNBs, 1000 packets a second, and handovers that lose nothing */
SystemSettings
Recovering()
{
    SystemSettings settings;
    settings.ues = 2;
    settings.gnbs = 2;
    settings.traffic = "cbr:3200kbps:400";
    settings.duration = Seconds(3);
    settings.handovers = true;
    settings.attributes = {Bearer("HandoverRecovery", "status-report")};
    return settings;
}

/** What UE 0 receives, and what it says. */
struct Ear
{
    /** @param run one that has not begun */
    explicit Ear(SystemRun& run)
    {
        const MbsHelper& network = run.Network();
        run.On<uint32_t, Ptr<const Packet>, ByteView>(
            network.GetUes()[0],
            "Delivered",
            [this](uint32_t, Ptr<const Packet>, ByteView rtp) {
                const auto number = static_cast<uint16_t>(rtp[2] << 8 | rtp[3]);
                if (!at.empty())
                {
                    gaps += static_cast<uint16_t>(number - last - 1);
                }
                last = number;
                at.push_back(Simulator::Now());
            });
        run.On<uint32_t, const Tmgi&, Reception>(
            network.GetRadioChannel(),
            "ReceptionChanged",
            [this](uint32_t ue, const Tmgi&, Reception reception) {
                if (ue == 0 && reception == Reception::LISTENING)
                {
                    listens = Simulator::Now();
                }
                else if (ue == 0)
                {
                    left = Simulator::Now();
                }
            });
        for (const Ptr<Gnb>& gnb : network.GetGnbs())
        {
            run.On<uint32_t, uint32_t, const Tmgi&, const PdcpStatusReport&>(
                gnb,
                "StatusReported",
                [this](uint32_t, uint32_t, const Tmgi&, const PdcpStatusReport& report) {
                    reported = Simulator::Now();
                    octets = report.Encode().size();
                });
        }
        run.On<uint32_t, Ptr<const Packet>>(network.GetGnbs()[1],
                                            "N3mbReceived",
                                            [this](uint32_t, Ptr<const Packet> packet) {
                                                atTarget.push_back(Simulator::Now());
                                                size = packet->GetSize();
                                            });
    }

    /** @param from when @param to when @return packets that came to gNB 1 in between */
    uint64_t AtTarget(Time from, Time to) const
    {
        return static_cast<uint64_t>(std::count_if(atTarget.begin(), atTarget.end(), [&](Time one) {
            return one > from && one <= to;
        }));
    }

    std::vector<Time> at;       //!< when its application got packets
    uint64_t gaps{0};           //!< packets that it missed, or got in another order
    uint16_t last{0};           //!< RTP sequence number
    Time left;                  //!< when it ceased to listen
    Time listens;               //!< when it began to listen
    Time reported;              //!< when its status report had arrived
    std::size_t octets{0};      //!< of the same
    std::vector<Time> atTarget; //!< when packets came to gNB 1
    uint32_t size{0};           //!< octets of such a packet
};

/** @param run a run @return packets sent again in its cells */
uint64_t
Recoveries(const SystemRun& run)
{
    uint64_t sum = 0;
    for (const Ptr<GnbRadioDevice>& cell : run.Network().GetCells())
    {
        for (const auto& [gRnti, bearer] : cell->GetBearers())
        {
            sum += bearer->GetCounts().recoveries;
        }
    }
    return sum;
}

/** @param run one that has ended @return what was dropped, as text */
std::string
Drops(const SystemRun& run)
{
    std::string text;
    for (const auto& [what, count] : run.Results().GetDrops())
    {
        text += what + " x" + std::to_string(count) + "; ";
    }
    return text;
}

void
NothingIsLost(Check& check)
{
    for (const char* delivery : {"ptm", "ptp", "auto"})
    {
        const std::string which = std::string(delivery) + ": ";
        SystemSettings settings = Recovering();
        settings.attributes.push_back(Bearer("Delivery", delivery));
        SystemRun run(check, settings);
        Ear ear(run);
        run.Network().HandOverAt(0, MilliSeconds(2003), 1);
        run.Run();
        check.Equal(run.Total().Lost(), 0U, which + "nothing is lost; " + Drops(run));
        check.Equal(ear.gaps, 0U, which + "in order, each once");
        check.Expect(ear.listens - ear.left > MilliSeconds(50), which + "it was away");
        // What the target cell had sent when the UE began to listen.
        const Time air = run.Network().GetRadioChannel()->GetDelay();
        const uint64_t passed = ear.AtTarget(ear.left - MilliSeconds(1), ear.listens - air);
        check.Expect(run.Total().recovered + 8 >= passed && run.Total().recovered <= passed + 8,
                     which + "recovered " + std::to_string(run.Total().recovered) + " of " +
                         std::to_string(passed));
        check.Equal(Recoveries(run), run.Total().recovered, which + "each was sent again once");
        check.Equal(run.Messages("Uu", "PdcpStatusReport"), 1U, which + "one status report");
        check.Equal(ear.octets, PdcpStatusReport::HEAD_SIZE, which + "without a gap");
        check.Expect(run.Csv().find(",recovered") != std::string::npos, which + "in the results");
        if (delivery == std::string("ptm"))
        {
            check.Equal(run.Network().GetRadio(1)->GetGroupCounts().ptpReceived,
                        0U,
                        "the other UE gets no copy");
            check.Equal(run.Network().GetRadio(1)->GetGroupCounts().discarded, 0U, "nor twice");
        }
    }
}

void
TheFirstComesAfterTheReport(Check& check)
{
    SystemRun run(check, Recovering());
    Ear ear(run);
    run.Network().HandOverAt(0, MilliSeconds(2003), 1);
    run.Run();
    const Time air = run.Network().GetRadioChannel()->GetDelay();
    DataRateValue uplink;
    DataRateValue downlink;
    run.Network().GetRadio(0)->GetAttribute("DataRate", uplink);
    run.Network().GetCells()[1]->GetAttribute("DataRate", downlink);
    // RECONFIGURATION COMPLETE has 5 octets, too.
    const Time up = uplink.Get().CalculateBytesTxTime(5) + uplink.Get().CalculateBytesTxTime(5);
    check.Equal(ear.reported.GetNanoSeconds(),
                (ear.listens + up + air).GetNanoSeconds(),
                "the report arrives");
    const Time sent = downlink.Get().CalculateBytesTxTime(ear.size);
    const auto first =
        std::find_if(ear.at.begin(), ear.at.end(), [&ear](Time one) { return one > ear.listens; });
    // One packet of the group may be before it in the queue.
    const Time least = ear.reported + sent + air;
    check.Expect(*first >= least && *first <= least + sent,
                 "the first one comes " + std::to_string((*first - ear.listens).GetNanoSeconds()) +
                     " ns after the UE listens");
    const auto recovered = static_cast<std::ptrdiff_t>(run.Total().recovered);
    const Time all = *(first + recovered - 1) - *first;
    check.Expect(all >= sent * (recovered - 1) && all <= sent * (recovered + 4),
                 "the others follow at the rate of the cell: " +
                     std::to_string(all.GetNanoSeconds()) + " ns");
}

void
ABufferTooShort(Check& check)
{
    uint64_t missed = 0;
    for (const uint32_t buffer : {1024U, 30U, 5U, 1U})
    {
        const std::string which = "a buffer of " + std::to_string(buffer) + ": ";
        SystemSettings settings = Recovering();
        settings.attributes.push_back(Bearer("RecoveryBuffer", std::to_string(buffer)));
        SystemRun run(check, settings);
        Ear ear(run);
        run.Network().HandOverAt(0, MilliSeconds(2003), 1);
        run.Run();
        if (buffer == 1024)
        {
            missed = run.Total().recovered;
            check.Equal(run.Total().Lost(), 0U, which + "nothing is lost");
            continue;
        }
        // Kept when the report arrives, but for what reaches the UE anyway since it was on the air.
        DataRateValue downlink;
        run.Network().GetCells()[1]->GetAttribute("DataRate", downlink);
        const Time air = run.Network().GetRadioChannel()->GetDelay() +
                         downlink.Get().CalculateBytesTxTime(ear.size);
        const uint64_t later = ear.AtTarget(ear.listens - air, ear.reported);
        const uint64_t kept = buffer > later ? buffer - later : 0;
        check.Equal(run.Total().recovered, kept, which + "recovered");
        check.Equal(run.Lost(LossCause::HANDOVER), missed - kept, which + "the rest is lost");
        check.Equal(run.Total().Lost(), missed - kept, which + "and nothing else");
        check.Equal(ear.gaps, missed - kept, which + "in order");
    }
}

void
AKeyUpdateInTheMidstOfIt(Check& check)
{
    // Both keys are renewed at the same instant; the traffic changes over to the new ones while the
    // UE is away, so that packets of both come late.
    uint32_t changed = 0;
    for (int64_t at = 2900; at <= 3020; at += 12)
    {
        SystemSettings settings = Recovering();
        settings.duration = Seconds(5);
        settings.mtkInterval = Seconds(1);
        settings.mskInterval = Seconds(3);
        SystemRun run(check, settings);
        Ear ear(run);
        run.Network().HandOverAt(0, MilliSeconds(at), 1);
        run.Run();
        const std::string which = "at " + std::to_string(at) + " ms: ";
        check.Equal(run.Total().Lost(), 0U, which + "nothing is lost; " + Drops(run));
        check.Equal(ear.gaps, 0U, which + "in order, each once");
        check.Expect(run.Total().recovered > 30, which + "recovered");
        for (const KeyKind kind : {KeyKind::MSK, KeyKind::MTK})
        {
            for (const auto& row : run.Rows(kind))
            {
                check.Expect(row.outcome == KeyOutcome::INSTALLED ||
                                 row.outcome == KeyOutcome::PENDING,
                             which + "the UE has the key");
            }
        }
        for (const auto& [mki, activated] : run.Activations())
        {
            changed += activated > ear.left && activated < ear.listens ? 1 : 0;
        }
    }
    check.Expect(changed > 3,
                 "keys were changed while the UE was away: " + std::to_string(changed));
}

void
SeveralSessions(Check& check)
{
    SystemSettings settings = Recovering();
    settings.sessions = 2;
    settings.attributes.push_back(Bearer("Delivery", "auto"));
    SystemRun run(check, settings);
    run.Network().HandOverAt(0, MilliSeconds(2003), 1);
    run.Run();
    check.Equal(run.Total().Lost(), 0U, "nothing is lost; " + Drops(run));
    check.Expect(run.Total().recovered > 100, "of both sessions");
    check.Equal(run.Messages("Uu", "PdcpStatusReport"), 2U, "a report for each bearer");
}

void
ALossyRadio(Check& check)
{
    // What the radio spoils while the UE listens is another matter, but for what it lacks when it
    // leaves.
    SystemSettings settings = Recovering();
    settings.loss = 0.1;
    settings.ues = 4; // so that both cells have the session all the time
    SystemRun run(check, settings);
    Ear ear(run);
    for (int64_t at = 1500; at < 2900; at += 200)
    {
        run.Network().HandOverAt(0, MilliSeconds(at), at % 400 == 300 ? 1 : 0);
    }
    run.Run();
    check.Equal(run.Lost(LossCause::HANDOVER), 0U, "handovers cost nothing; " + Drops(run));
    check.Expect(run.Lost(LossCause::RADIO) > 0, "the radio does");
    check.Equal(run.Total().Lost(), run.Lost(LossCause::RADIO), "and nothing else");
    check.Expect(run.Total().recovered > 300, "recovered");
    check.Expect(ear.octets > PdcpStatusReport::HEAD_SIZE, "with a bitmap of what it has");
}

void
AllWaysAreConserved(Check& check)
{
    for (const char* delivery : {"ptp", "auto", "ptm"})
    {
        for (const char* harq : {"off", "nack-only", "ack-nack"})
        {
            SystemSettings settings = Recovering();
            settings.ues = 8;
            settings.duration = Seconds(5);
            settings.loss = 0.2;
            settings.traffic = "cbr:960kbps:1200";
            settings.attributes.push_back(Bearer("Delivery", delivery));
            settings.attributes.push_back(Bearer("Harq", harq));
            settings.attributes.emplace_back("ns3::mbs::RadioChannel::Carrier",
                                             "ns3::mbs::NrCarrier");
            std::string first;
            for (uint32_t times = harq == std::string("off") ? 2 : 1; times > 0; --times)
            {
                SystemRun run(check, settings);
                for (uint32_t ue = 0; ue < 6; ++ue)
                {
                    run.Network().HandOverAt(ue,
                                             Seconds(2) + NanoSeconds(1234567) * ue,
                                             1 - ue % 2);
                    run.Network().HandOverAt(ue, Seconds(4) + NanoSeconds(7654321) * ue, ue % 2);
                }
                run.Run();
                const std::string which = std::string(delivery) + " with HARQ " + harq;
                check.Expect(run.Total().recovered > 0, which + ": recovered; " + Drops(run));
                if (!first.empty())
                {
                    check.Expect(run.Csv() == first, which + ": the same bytes again");
                }
                first = run.Csv();
            }
        }
    }
}

void
ARunThatEndsInTheMidstOfIt(Check& check)
{
    uint64_t inFlight = 0;
    for (int64_t end = 2060; end <= 2090; end += 2)
    {
        SystemSettings settings = Recovering();
        settings.duration = MilliSeconds(end);
        SystemRun run(check, settings);
        run.Network().HandOverAt(0, MilliSeconds(2003), 1);
        run.Run();
        inFlight = std::max(inFlight, run.Total().inFlight);
    }
    check.Expect(inFlight > 40, "what is sent again is in flight: " + std::to_string(inFlight));
}

void
ATargetWithoutTheSession(Check& check)
{
    SystemSettings settings = Recovering();
    settings.unauthorized = 1;
    SystemRun run(check, settings);
    Ear ear(run);
    run.Network().HandOverAt(0, MilliSeconds(2003), 1);
    run.Run();
    // Nothing is forwarded: what passed before the session was there is lost.
    check.Expect(!ear.atTarget.empty() && ear.atTarget.front() > ear.left, "it was set up then");
    const Time air = run.Network().GetRadioChannel()->GetDelay();
    const uint64_t kept = ear.AtTarget(ear.left, ear.listens - air);
    check.Expect(run.Total().recovered + 2 >= kept && run.Total().recovered <= kept,
                 "recovered " + std::to_string(run.Total().recovered) + " of " +
                     std::to_string(kept) + " that it has");
    check.Expect(run.Lost(LossCause::HANDOVER) > 0, "and the others are lost");
    check.Equal(run.Total().Lost(), run.Lost(LossCause::HANDOVER), "and nothing else");
}

void
BackAtTheSource(Check& check)
{
    SystemSettings settings = Recovering();
    settings.attributes.emplace_back("ns3::mbs::Gnb::T304", "50ms");
    settings.attributes.emplace_back("ns3::mbs::Ue::HandoverInterruption", "200ms");
    SystemRun run(check, settings);
    Ear ear(run);
    run.Network().HandOverAt(0, MilliSeconds(2003), 1);
    run.Run();
    check.Equal(run.Network().GetGnbOf(0), 0U, "it is back");
    check.Equal(run.Total().Lost(), 0U, "and has lost nothing; " + Drops(run));
    check.Equal(ear.gaps, 0U, "in order, each once");
    check.Expect(run.Total().recovered > 60, "recovered");
}

void
RestartsMeetRecovery(Check& check)
{
    for (const char* fault : {"ue-0:restart=forget@2030ms+300ms",
                              "ue-0:restart@2070ms+300ms",
                              "gnb-0:restart=forget@2030ms+300ms",
                              "gnb-1:restart@2030ms+300ms",
                              "gnb-1:restart=forget@2030ms+300ms",
                              "gnb-1:restart=forget@2066ms+300ms",
                              "gnb-1:restart@2070ms+300ms",
                              "mbupf:restart@2030ms+10ms",
                              "mbupf:restart=forget@2030ms+10ms",
                              "mbupf:restart=forget@1500ms+300ms"})
    {
        SystemSettings settings = Recovering();
        // A UE that nobody knows any more is paged when there is a new key.
        settings.duration = Seconds(36);
        settings.mskInterval = Seconds(20);
        settings.traffic = "cbr:960kbps:1200";
        settings.faults = {fault};
        SystemRun run(check, settings);
        Ear ear(run);
        run.Network().HandOverAt(0, MilliSeconds(2003), 1);
        run.Run();
        const auto late =
            std::count_if(ear.at.begin(), ear.at.end(), [](Time one) { return one > Seconds(35); });
        check.Expect(late > 95,
                     std::string(fault) + ": " + std::to_string(late) +
                         " packets in the last second; " + Drops(run));
    }
}

void
ReportsThatMakeNoSense(Check& check)
{
    for (const bool recovers : {true, false})
    {
        SystemSettings settings = Recovering();
        if (!recovers)
        {
            settings.attributes.clear();
        }
        SystemRun run(check, settings);
        std::vector<std::string> drops;
        run.On<const std::string&, const std::string&>(
            run.Network().GetGnbs()[0],
            "Dropped",
            [&drops](const std::string&, const std::string& why) { drops.push_back(why); });
        const Ptr<GnbRadioDevice> cell = run.Network().GetCells()[0];
        const auto send = [&](uint32_t rnti, uint16_t gRnti, const Bytes& octets) {
            RadioPdu pdu;
            pdu.bearer = RadioBearer::MULTICAST;
            pdu.packet = Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size()));
            pdu.gRnti = gRnti;
            cell->ReceivePdcpControl(rnti, pdu);
        };
        ScheduleJob(Seconds(2), [&] {
            const uint32_t rnti = run.Network().GetRadio(0)->GetRnti();
            const uint16_t group = cell->GetBearers().begin()->first;
            PdcpStatusReport report;
            const auto next = cell->GetBearers().begin()->second->GetNextCount().value_or(0);
            send(rnti, 999, report.Encode());
            send(rnti + 7, group, report.Encode());
            send(0, group, report.Encode());
            send(rnti, group, {});
            send(rnti, group, {0, 0, 0, 1});
            send(rnti, group, {0x80, 0, 0, 0, 0});
            report.fmc = next + MrbRecoveryBuffer::WINDOW + 1;
            send(rnti, group, report.Encode());
            report.fmc = next - MrbRecoveryBuffer::WINDOW - 1;
            send(rnti, group, report.Encode());
            // These are in order, and name packets that it never missed, or that never were.
            report.fmc = next + MrbRecoveryBuffer::WINDOW;
            send(rnti, group, report.Encode());
            report.fmc = next - 10;
            report.bitmap.assign(PdcpStatusReport::MAX_SIZE - PdcpStatusReport::HEAD_SIZE, 0);
            send(rnti, group, report.Encode());
        });
        run.Run();
        const std::string far = "FMC is further away than sequence numbers can tell";
        const std::string unasked = "the UE was not told to send one";
        const std::string unknown = "no such bearer of the UE";
        std::vector<std::string> expected{unknown,
                                          unknown,
                                          unknown,
                                          "truncated",
                                          "truncated",
                                          "unsupported"};
        if (recovers)
        {
            expected.insert(expected.end(), {far, far});
        }
        else
        {
            expected.insert(expected.end(), 4, unasked);
        }
        check.Equal(drops.size(), expected.size(), "reports that were dropped");
        for (std::size_t i = 0; i < std::min(drops.size(), expected.size()); ++i)
        {
            check.Equal(drops[i], expected[i], "report " + std::to_string(i));
        }
        check.Equal(Recoveries(run), 0U, "what the UE had while it listened is not sent again");
        check.Equal(run.Total().Lost(), 0U, "and nobody loses anything");
    }
}

} // namespace

/**
 * @brief Adds the tests of packets that a UE missed in a handover and gets in the target cell.
 * @param suite where to
 */
void AddSystemRecoveryTests(MbsTestSuite& suite);

void
AddSystemRecoveryTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a handover with status reports loses nothing, and what is recovered comes in order",
        NothingIsLost);
    add("recovered packets follow the status report at the rate of the cell",
        TheFirstComesAfterTheReport);
    add("what the target cell does not keep is lost, to the packet", ABufferTooShort);
    add("packets of both keys are recovered when keys change during a handover",
        AKeyUpdateInTheMidstOfIt);
    add("each session's bearer has its own status report", SeveralSessions);
    add("what the radio spoils while a UE listens is not recovered by a handover", ALossyRadio);
    add("recovered packets are conserved with each delivery and HARQ", AllWaysAreConserved);
    add("a packet that is being recovered when the run ends is in flight",
        ARunThatEndsInTheMidstOfIt);
    add("a target without the session has what it got before the UE came",
        ATargetWithoutTheSession);
    add("a UE that T304 sends back is sent what it missed", BackAtTheSource);
    add("restarts meet the recovery of packets", RestartsMeetRecovery);
    add("status reports that make no sense are dropped, and told", ReportsThatMakeNoSense);
}

} // namespace ns3::mbs
