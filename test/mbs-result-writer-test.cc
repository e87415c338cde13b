// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-result-table.h"
#include "ns3/mbs-result-writer.h"

#include <algorithm>
#include <limits>
#include <locale>
#include <sstream>
#include <string>

namespace ns3::mbs
{

namespace
{

/** Writes numbers as no result file may: 1.234.567,8 */
class OddPunctuation : public std::numpunct<char>
{
  private:
    char do_decimal_point() const override
    {
        return ',';
    }

    char do_thousands_sep() const override
    {
        return '.';
    }

    std::string do_grouping() const override
    {
        return "\3";
    }
};

/** @return a stream whose locale would spoil every number written through it */
std::ostringstream
OddStream()
{
    std::ostringstream os;
    os.imbue(std::locale(std::locale::classic(), new OddPunctuation));
    return os;
}

/** @return the session of these tests */
Tmgi
Session()
{
    return Tmgi(0xa1b2, PlmnId());
}

/** A small run with something of everything. */
struct SmallRun
{
    KeyUpdateLedger keys;         //!< two MSK updates of two UEs, one of them installed
    TrafficLedger traffic;        //!< two packets, one lost
    SignallingCounter signalling; //!< three messages
    JoinLedger joins;             //!< one of each outcome
    MembershipLedger memberships; //!< one that ended and one that did not
    RunResults results;           //!< all of it

    SmallRun()
    {
        const KeyName msk{KeyKind::MSK, Session(), {MskId(0x0a0b, 2), MtkId(1)}};
        const KeyName mtk{KeyKind::MTK, Session(), {MskId(0x0a0b, 2), MtkId(0x1f)}};
        keys.MemberJoined(Session(), 0, 0);
        keys.MemberJoined(Session(), 1200, 1);
        keys.KeyGenerated(msk, KeyProcedure::CONTROL_PLANE, Seconds(20));
        keys.KeyReachedMbSmf(msk, Seconds(20) + NanoSeconds(1));
        keys.KeyReachedSmf(msk, 0, MilliSeconds(20001));
        keys.KeyReachedAmf(msk, 0, MilliSeconds(20002));
        keys.KeyReachedGnb(msk, 0, MilliSeconds(20003));
        keys.KeyInstalled(msk, 0, Seconds(20) + NanoSeconds(12345678));
        keys.KeyFirstUsed(Session(), msk.mki, 0, MilliSeconds(20100));
        keys.MemberLeft(Session(), 1200);
        keys.KeyGenerated(mtk, KeyProcedure::USER_PLANE, Seconds(25));
        keys.Finish();

        traffic.MemberJoined(0, 2);
        traffic.PacketSent(0, 1, MilliSeconds(0));
        traffic.ArrivedAtGnb(1, 2);
        traffic.Delivered(0, 0, 1400);
        traffic.PacketSent(1, 2, MilliSeconds(150));
        traffic.ArrivedAtGnb(2, 2);
        traffic.Lost(0, 1, LossCause::STALE_KEY);
        traffic.Finish(MilliSeconds(200));

        signalling.Count("N2", "UPLINK NAS TRANSPORT", 1000000);
        signalling.Count("N16mb", "Nmbsmf_MBSSession_ContextStatusNotify", 300);
        signalling.Count("N16mb", "Nmbsmf_MBSSession_ContextStatusNotify", 302);

        joins.Requested(Session(), 2, 0, Seconds(2));
        joins.Requested(Session(), 1, 0, Seconds(2));
        joins.Requested(Session(), 1, 0, Seconds(3)); // again: the same attempt
        joins.Requested(Session(), 0, 1, Seconds(1));
        joins.Joined(Session(), 0, MilliSeconds(1010));
        joins.Joined(Session(), 0, MilliSeconds(1020));
        joins.Joined(Session(), 77, MilliSeconds(1020));
        joins.Rejected(Session(), 2, "not, \"allowed\"", MilliSeconds(2030));
        joins.Rejected(Session(), 2, "again", MilliSeconds(2040));
        joins.Requested(Tmgi(9, PlmnId()), 1, 0, Seconds(4)); // another session: another attempt
        joins.Joined(Tmgi(9, PlmnId()), 1, MilliSeconds(4005));

        results.scenario.SetText("procedure", "cp");
        results.scenario.SetInteger("ues", 1000000);
        results.scenario.SetNumber("loss", 0.01);
        results.scenario.SetFlag("pcap", false);
        results.provenance = {"0.1", "abc", "3.37", "gcc 12", "-O2", "3.0", "x --a=\xff", 1, 7};
        memberships.KeyActivated({MskId(1, 1), MtkId(1)}, Seconds(0));
        memberships.MskGiven(3, {MskId(1, 1), MtkId(1)});
        memberships.PacketSent();
        memberships.Joined(3, 1, Seconds(1));
        memberships.Left(3, MembershipLedger::Ending::REMOVED, Seconds(2));
        memberships.PacketSent();
        memberships.PacketSent();
        memberships.Joined(4, 0, MilliSeconds(2500));
        memberships.Finish(Seconds(5));
        results.memberships = {{Tmgi(), &memberships}};
        results.keyUpdates = &keys;
        results.traffic = traffic.Total();
        results.conserved = traffic.Conserved();
        results.violation = traffic.FirstViolation();
        results.signalling = &signalling;
        results.performance = {0.5, 123456789, 1000, 1048576};
    }
};

/** @param check where to report */
void
KeyUpdatesAreWrittenAsTheContractSays(Check& check)
{
    const SmallRun run;
    std::ostringstream os = OddStream();
    WriteKeyUpdates(os, run.keys);
    check.Equal(os.str(),
                "kind,procedure,msk_id,mtk_id,ue,gnb,generated_s,mbsmf_s,smf_s,amf_s,gnb_s,"
                "installed_s,first_use_s,latency_ms,outcome\n"
                "msk,cp,0a0b0002,0001,0,0,20.000000000,20.000000001,20.001000000,20.002000000,"
                "20.003000000,20.012345678,20.100000000,12.345678,installed\n"
                "msk,cp,0a0b0002,0001,1200,1,20.000000000,20.000000001,20.001000000,,,,,,left\n"
                "mtk,up,0a0b0002,001f,0,0,25.000000000,,,,,,,,pending\n",
                "key-updates.csv");
}

/** @param check where to report */
void
AnMskThatTravelsAloneHasNoMtkId(Check& check)
{
    KeyUpdateLedger keys;
    keys.MemberJoined(Session(), 0, 0);
    keys.KeyGenerated({KeyKind::MSK, Session(), {MskId(1, 1), MtkId()}},
                      KeyProcedure::USER_PLANE,
                      Seconds(0));
    keys.Finish();
    std::ostringstream os;
    WriteKeyUpdates(os, keys);
    check.Expect(os.str().find("\nmsk,up,00010001,,0,0,0.000000000,") != std::string::npos,
                 "an empty cell: " + os.str());
}

/** @param check where to report */
void
TrafficIsWrittenAsTheContractSays(Check& check)
{
    const SmallRun run;
    std::ostringstream os = OddStream();
    WriteTraffic(os, run.traffic.Rows());
    check.Equal(os.str(),
                "ue,gnb,expected,delivered,in_flight,lost_core,lost_queue,lost_radio,lost_no_key,"
                "lost_stale_key,lost_auth,lost_replay,delivered_bytes\n"
                "0,2,2,1,0,0,0,0,0,1,0,0,1400\n",
                "traffic.csv");
    std::ostringstream time = OddStream();
    WriteTrafficOverTime(time, run.traffic.Bins());
    check.Equal(time.str(),
                "time_s,expected,delivered,in_flight,lost_core,lost_queue,lost_radio,lost_no_key,"
                "lost_stale_key,lost_auth,lost_replay\n"
                "0.000000000,1,1,0,0,0,0,0,0,0,0\n"
                "0.100000000,1,0,0,0,0,0,0,1,0,0\n",
                "traffic-over-time.csv");
}

/** @param check where to report */
void
SignallingIsSortedAndSummedUp(Check& check)
{
    const SmallRun run;
    std::ostringstream os = OddStream();
    WriteSignalling(os, run.signalling);
    check.Equal(os.str(),
                "interface,message,count,bytes\n"
                "N16mb,Nmbsmf_MBSSession_ContextStatusNotify,2,602\n"
                "N2,UPLINK NAS TRANSPORT,1,1000000\n",
                "signalling.csv");
    const auto rows = run.signalling.RowsByInterface();
    check.Equal(rows.size(), 2U, "interfaces");
    check.Equal(rows[0].octets, 602U, "octets of the first");
    check.Equal(run.signalling.Total().count, 3U, "messages");
}

/** @param check where to report */
void
JoinsAreOrderedByRequestAndUe(Check& check)
{
    const SmallRun run;
    std::ostringstream os = OddStream();
    WriteJoins(os, run.joins);
    check.Equal(os.str(),
                "ue,gnb,requested_s,installed_s,latency_ms,outcome,refused_s,tmgi\n"
                "0,1,1.000000000,1.010000000,10.000000,joined,,00A1B2-001-01\n"
                "1,0,2.000000000,,,pending,,00A1B2-001-01\n"
                "2,0,2.000000000,,,\"rejected:not, \"\"allowed\"\"\",2.030000000,00A1B2-001-01\n"
                "1,0,4.000000000,4.005000000,5.000000,joined,,000009-001-01\n",
                "joins.csv");
}

/** @param check where to report */
void
TheSummaryIsWrittenAsTheContractSays(Check& check)
{
    const SmallRun run;
    std::ostringstream os = OddStream();
    WriteSummary(os, run.results);
    const std::string expected = R"({
  "scenario": {
    "procedure": "cp",
    "ues": 1000000,
    "loss": 0.01,
    "pcap": false
  },
  "provenance": {
    "module_version": "0.1",
    "git_commit": "abc",
    "ns3_version": "3.37",
    "compiler": "gcc 12",
    "compiler_flags": "-O2",
    "openssl": "3.0",
    "command_line": "x --a=)"
                                 "\xef\xbf\xbd"
                                 R"(",
    "rng_seed": 1,
    "rng_run": 7
  },
  "key_updates": {
    "msk": {
      "count": 2,
      "installed": 1,
      "latency_ms": {
        "mean": 12.345678,
        "p50": 12.345678,
        "p95": 12.345678,
        "p99": 12.345678,
        "max": 12.345678
      }
    },
    "mtk": {
      "count": 1,
      "installed": 0,
      "latency_ms": {
        "mean": null,
        "p50": null,
        "p95": null,
        "p99": null,
        "max": null
      }
    }
  },
  "membership": {
    "count": 2,
    "left": 0,
    "removed": 1,
    "exposed_after": {
      "mean_s": 3.0,
      "max_s": 3.0,
      "packets": 2
    },
    "exposed_before": {
      "mean_s": 0.5,
      "max_s": 1.0,
      "packets": 1
    },
    "exposed_before_recorded": {
      "mean_s": 0.5,
      "max_s": 1.0,
      "packets": 1
    }
  },
  "traffic": {
    "expected": 2,
    "delivered": 1,
    "in_flight": 0,
    "lost_core": 0,
    "lost_queue": 0,
    "lost_radio": 0,
    "lost_no_key": 0,
    "lost_stale_key": 1,
    "lost_auth": 0,
    "lost_replay": 0,
    "conserved": true
  },
  "signalling": {
    "messages": 3,
    "bytes": 1000602
  },
  "performance": {
    "wall_s": 0.5,
    "events": 123456789,
    "deliveries": 1000,
    "deliveries_per_s": 2000.0,
    "peak_rss_bytes": 1048576
  }
}
)";
    check.Equal(os.str(), expected, "summary.json");
}

/** @param check where to report */
void
TheKeyLogLeavesEmptyWhatAKeySetLacks(Check& check)
{
    std::ostringstream os = OddStream();
    KeyLogWriter log(os);
    KeySet keys;
    keys.keyDomainId = KeyDomainId(std::array<uint8_t, 3>{0x00, 0xf1, 0x10});
    keys.mskId = MskId(1, 2);
    log.Append(Session(), keys, {}, MilliSeconds(500));
    std::array<uint8_t, 16> octets{};
    octets[15] = 0xaa;
    keys.msk = Key128(octets);
    octets[0] = 0xbb;
    keys.mtk = Mtk{MtkId(3), Key128(octets)};
    const Bytes salt(14, 0x11);
    log.Append(Session(), keys, salt, Seconds(1));
    check.Equal(os.str(),
                "time_s,tmgi,key_domain_id,msk_id,msk,mtk_id,mtk,salt\n"
                "0.500000000,00A1B2-001-01,00f110,00010002,,,,\n"
                "1.000000000,00A1B2-001-01,00f110,00010002,000000000000000000000000000000aa,0003,"
                "bb0000000000000000000000000000aa,1111111111111111111111111111\n",
                "keys.csv");
}

/** @param check where to report */
void
ManyRowsAreWrittenCompletely(Check& check)
{
    std::vector<TrafficLedger::Row> rows(5000);
    for (uint32_t ue = 0; ue < rows.size(); ++ue)
    {
        rows[ue].ue = ue;
        rows[ue].counts.octets = std::numeric_limits<uint64_t>::max();
    }
    std::ostringstream os;
    WriteTraffic(os, rows);
    const std::string text = os.str();
    check.Equal(std::count(text.begin(), text.end(), '\n'), 5001, "lines");
    const std::string last = "\n4999,0,0,0,0,0,0,0,0,0,0,0,18446744073709551615\n";
    check.Equal(text.substr(text.size() - last.size()), last, "the last line");
}

/** @param text lines @return the length of the longest */
std::size_t
Widest(const std::string& text)
{
    std::size_t widest = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
    {
        widest = std::max(widest, line.size());
    }
    return widest;
}

/** @param check where to report */
void
TheTableTellsLegsLossesSignallingAndConservation(Check& check)
{
    const SmallRun run;
    std::ostringstream os = OddStream();
    WriteResultTable(os, run.results);
    const std::string expected =
        "Key updates (latency in ms)                    n         p50         p95         p99"
        "         max\n"
        "MSK made -> installed                          1      12.346      12.346      12.346"
        "      12.346\n"
        "  made -> MB-SMF                               1       0.000       0.000       0.000"
        "       0.000\n"
        "  MB-SMF -> SMF                                1       1.000       1.000       1.000"
        "       1.000\n"
        "  SMF -> AMF                                   1       1.000       1.000       1.000"
        "       1.000\n"
        "  AMF -> gNB                                   1       1.000       1.000       1.000"
        "       1.000\n"
        "  gNB -> UE                                    1       9.346       9.346       9.346"
        "       9.346\n"
        "  of 2: 1 installed, 0 lost, 0 rejected, 1 left, 0 pending\n"
        "MTK made -> installed                          0           -           -           -"
        "           -\n"
        "  of 1: 0 installed, 0 lost, 0 rejected, 0 left, 1 pending\n"
        "\n"
        "Packets (of all UEs)                     packets       share\n"
        "expected                                       2  100.0000 %\n"
        "delivered                                      1   50.0000 %\n"
        "in flight at the end                           0    0.0000 %\n"
        "lost: core                                     0    0.0000 %\n"
        "lost: queue                                    0    0.0000 %\n"
        "lost: radio                                    0    0.0000 %\n"
        "lost: no key                                   0    0.0000 %\n"
        "lost: stale key                                1   50.0000 %\n"
        "lost: auth                                     0    0.0000 %\n"
        "lost: replay                                   0    0.0000 %\n"
        "conserved: yes\n"
        "\n"
        "Signalling                              messages      octets\n"
        "N16mb                                          2         602\n"
        "N2                                             1     1000000\n"
        "all                                            3     1000602\n"
        "\n"
        "Run: 0.50 s wall time, 123456789 events, 1000 deliveries (2000/s), 1.0 MiB\n";
    check.Equal(os.str(), expected, "table");
}

/** @param check where to report */
void
TheTableOfAnEmptyRunHasNoNumbersThatAreNone(Check& check)
{
    KeyUpdateLedger keys;
    keys.Finish();
    const SignallingCounter signalling;
    RunResults results;
    results.keyUpdates = &keys;
    results.signalling = &signalling;
    results.violation = std::string(300, 'x');
    results.traffic.expected = std::numeric_limits<uint64_t>::max();
    std::ostringstream os;
    WriteResultTable(os, results);
    const std::string text = os.str();
    check.Expect(text.find("nan") == std::string::npos && text.find("inf") == std::string::npos,
                 "no nan and no inf");
    check.Expect(text.find("conserved: NO\n  xxx") != std::string::npos, "says what is wrong");
    check.Expect(text.find("deliveries (-/s)") != std::string::npos, "no rate");
    check.Expect(Widest(text) <= RESULT_TABLE_WIDTH, "no line too long");
    results.traffic.expected = 0;
    std::ostringstream none;
    WriteResultTable(none, results);
    check.Expect(
        none.str().find("expected                                       0           -\n") !=
            std::string::npos,
        "no share of nothing");
}

} // namespace

void AddResultWriterTests(MbsTestSuite& suite);

void
AddResultWriterTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("key-updates.csv is written as the contract says",
                                   KeyUpdatesAreWrittenAsTheContractSays));
    suite.Add(new FunctionTestCase("an MSK that travels alone has no MTK ID",
                                   AnMskThatTravelsAloneHasNoMtkId));
    suite.Add(new FunctionTestCase("traffic files are written as the contract says",
                                   TrafficIsWrittenAsTheContractSays));
    suite.Add(new FunctionTestCase("signalling.csv is sorted and summed up",
                                   SignallingIsSortedAndSummedUp));
    suite.Add(
        new FunctionTestCase("joins.csv is ordered by request and UE and keeps sessions apart",
                             JoinsAreOrderedByRequestAndUe));
    suite.Add(new FunctionTestCase("summary.json is written as the contract says",
                                   TheSummaryIsWrittenAsTheContractSays));
    suite.Add(new FunctionTestCase("keys.csv leaves empty what a key set lacks",
                                   TheKeyLogLeavesEmptyWhatAKeySetLacks));
    suite.Add(
        new FunctionTestCase("many rows are written completely", ManyRowsAreWrittenCompletely));
    suite.Add(new FunctionTestCase("the table tells legs, losses, signalling and conservation",
                                   TheTableTellsLegsLossesSignallingAndConservation));
    suite.Add(new FunctionTestCase("the table of an empty run has no numbers that are none",
                                   TheTableOfAnEmptyRunHasNoNumbersThatAreNone));
}

} // namespace ns3::mbs
