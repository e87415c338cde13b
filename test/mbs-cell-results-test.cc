// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-cell-results.h"

#include <sstream>
#include <string>

namespace ns3::mbs
{

namespace
{

/** @return the session of these tests */
Tmgi
Session()
{
    return Tmgi(0xa1b2, PlmnId());
}

/** The heading of latencies. */
const std::string LATENCIES =
    "latency_mean_ms,latency_p50_ms,latency_p95_ms,latency_p99_ms,latency_max_ms";

void
KeyUpdates(Check& check)
{
    // Cell 0 has UEs 0, 2, 4, cell 1 has UEs 1 and 3; an MSK and an MTK of the same instant.
    KeyUpdateLedger keys;
    for (uint32_t ue = 0; ue < 5; ++ue)
    {
        keys.MemberJoined(Session(), ue, ue % 2);
    }
    const KeyName msk{KeyKind::MSK, Session(), {MskId(0x0a0b, 2), MtkId(0)}};
    const KeyName mtk{KeyKind::MTK, Session(), {MskId(0x0a0b, 2), MtkId(0x1f)}};
    keys.KeyGenerated(mtk, KeyProcedure::USER_PLANE, Seconds(20));
    keys.KeyGenerated(msk, KeyProcedure::CONTROL_PLANE, Seconds(20));
    keys.KeyInstalled(msk, 0, Seconds(20) + MilliSeconds(10));
    keys.KeyInstalled(msk, 2, Seconds(20) + MilliSeconds(20));
    keys.KeyInstalled(msk, 4, Seconds(20) + MilliSeconds(60));
    keys.KeyRejected(msk, 1);
    keys.KeyInstalled(mtk, 3, Seconds(20) + MicroSeconds(1500));
    keys.MemberLeft(Session(), 3);
    keys.Finish();
    std::ostringstream os;
    WriteKeyUpdatesByCell(os, keys);
    check.Equal(os.str(),
                "kind,procedure,msk_id,mtk_id,gnb,generated_s,installed,lost,rejected,left,"
                "pending," +
                    LATENCIES +
                    "\n"
                    "msk,cp,0a0b0002,,0,20.000000000,3,0,0,0,0,30.000000,20.000000,56.000000,"
                    "59.200000,60.000000\n"
                    "msk,cp,0a0b0002,,1,20.000000000,0,0,1,1,0,,,,,\n"
                    "mtk,up,0a0b0002,001f,0,20.000000000,0,0,0,0,3,,,,,\n"
                    "mtk,up,0a0b0002,001f,1,20.000000000,1,0,0,0,1,1.500000,1.500000,1.500000,"
                    "1.500000,1.500000\n",
                "a row per key and cell");
}

void
Traffic(Check& check)
{
    TrafficLedgers ledgers;
    ledgers.AddSession(Session());
    ledgers.AddSession(Tmgi(9, PlmnId()));
    TrafficLedger& first = ledgers.Get(0);
    for (const uint32_t ue : {0U, 1U, 2U})
    {
        first.MemberJoined(ue, ue % 2);
    }
    first.PacketSent(0, 1, Seconds(0));
    first.ArrivedAtGnb(1, 0);
    first.ArrivedAtGnb(1, 1);
    first.Delivered(0, 0, 1000);
    first.Delivered(2, 0, 1000);
    first.Lost(1, 0, LossCause::NO_KEY);
    first.Finish(Seconds(1));
    ledgers.Get(1).Finish(Seconds(1));
    std::ostringstream os;
    WriteTrafficByCell(os, ledgers);
    std::ostringstream tmgi;
    tmgi << Session();
    check.Equal(os.str(),
                "gnb,ues,expected,delivered,in_flight,lost_core,lost_queue,lost_radio,lost_no_key,"
                "lost_stale_key,lost_auth,lost_replay,delivered_bytes,tmgi\n"
                "0,2,2,2,0,0,0,0,0,0,0,0,2000," +
                    tmgi.str() + "\n1,1,1,0,0,0,0,0,1,0,0,0,0," + tmgi.str() + "\n",
                "sums by cell, none for a session without UEs");
}

void
Joins(Check& check)
{
    JoinLedger joins;
    joins.Requested(Session(), 0, 0, Seconds(1));
    joins.Requested(Session(), 1, 1, Seconds(1));
    joins.Requested(Session(), 2, 0, Seconds(1));
    joins.Requested(Session(), 4, 0, Seconds(2));
    joins.Joined(Session(), 0, Seconds(1) + MilliSeconds(30));
    joins.Joined(Session(), 2, Seconds(1) + MilliSeconds(50));
    joins.Rejected(Session(), 1, "not allowed", Seconds(2));
    std::ostringstream os;
    WriteJoinsByCell(os, joins);
    std::ostringstream tmgi;
    tmgi << Session();
    check.Equal(os.str(),
                "gnb,joined,rejected,pending," + LATENCIES +
                    ",tmgi\n"
                    "0,2,0,1,40.000000,40.000000,49.000000,49.800000,50.000000," +
                    tmgi.str() + "\n1,0,1,0,,,,,," + tmgi.str() + "\n",
                "what became of attempts, by cell");
}

void
Nothing(Check& check)
{
    KeyUpdateLedger keys;
    keys.Finish();
    std::ostringstream os;
    WriteKeyUpdatesByCell(os, keys, true);
    check.Equal(os.str(),
                "kind,procedure,msk_id,mtk_id,gnb,generated_s,installed,lost,rejected,left,"
                "pending," +
                    LATENCIES + ",tmgi\n",
                "a heading alone");
}

} // namespace

/** @param suite gets the tests of results by cell */
void AddCellResultsTests(MbsTestSuite& suite);

void
AddCellResultsTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("results by cell: " + name, body));
    };
    add("updates of each key, with mean, quantiles and outcomes", &KeyUpdates);
    add("packets are summed over the UEs of a cell", &Traffic);
    add("attempts to join and their latencies", &Joins);
    add("a run without keys has a heading alone", &Nothing);
}

} // namespace ns3::mbs
