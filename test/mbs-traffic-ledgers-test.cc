// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-result-writer.h"
#include "ns3/mbs-traffic-ledgers.h"

#include <sstream>
#include <string>

namespace ns3::mbs
{

namespace
{

/** @param number of a session @return its name */
Tmgi
Session(uint32_t number)
{
    return Tmgi(number + 1, PlmnId());
}

/**
 * @brief Makes sessions whose packets are sent in turn, 10 ms apart: packet i of session s has uid
 * 100 + i x sessions + s.
 * @param ledgers gets them
 * @param sessions how many
 * @param packets of each session
 */
void
SendInTurn(TrafficLedgers& ledgers, uint32_t sessions, uint64_t packets)
{
    for (uint64_t index = 0; index < packets; ++index)
    {
        for (uint32_t session = 0; session < sessions; ++session)
        {
            ledgers.PacketSent(Session(session),
                               index,
                               100 + index * sessions + session,
                               MilliSeconds(10 * static_cast<int64_t>(index)));
        }
    }
}

/** @param check where to report */
void
PacketsAreFoundByTheirUid(Check& check)
{
    constexpr uint32_t SESSIONS = 3;
    constexpr uint64_t PACKETS = 200;
    TrafficLedgers ledgers;
    for (uint32_t session = 0; session < SESSIONS; ++session)
    {
        ledgers.AddSession(Session(session));
    }
    ledgers.AddSession(Session(0));
    check.Equal(ledgers.GetCount(), std::size_t{SESSIONS}, "a session is added once");
    SendInTurn(ledgers, SESSIONS, PACKETS);
    for (uint64_t index = 0; index < PACKETS; ++index)
    {
        for (uint32_t session = 0; session < SESSIONS; ++session)
        {
            const uint64_t uid = 100 + index * SESSIONS + session;
            const auto place = ledgers.PlaceOf(uid);
            const std::string name = "packet with uid " + std::to_string(uid);
            check.Expect(place.has_value(), name + " is known");
            check.Equal(place->session, session, name + ": session");
            check.Equal(place->index, index, name + ": index");
            check.Expect(ledgers.LedgerOf(uid) == &ledgers.Get(session), name + ": ledger");
        }
    }
    for (const uint64_t uid : {uint64_t{0}, uint64_t{99}, 100 + PACKETS * SESSIONS})
    {
        check.Expect(!ledgers.PlaceOf(uid) && ledgers.LedgerOf(uid) == nullptr,
                     "uid " + std::to_string(uid) + " is of no session");
    }
    // A uid below those before it: the packet waited before it was sent.
    ledgers.PacketSent(Session(1), PACKETS, 50, Seconds(3));
    check.Equal(ledgers.PlaceOf(50)->session, 1U, "a stray uid: session");
    check.Equal(ledgers.PlaceOf(50)->index, PACKETS, "a stray uid: index");
    ledgers.PacketSent(Session(7), 0, 5000, Seconds(3));
    check.Expect(!ledgers.PlaceOf(5000), "a session that was not added is ignored");
}

/** @param check where to report */
void
SessionsAreCountedApartAndTogether(Check& check)
{
    TrafficLedgers ledgers;
    ledgers.AddSession(Session(0));
    ledgers.AddSession(Session(1));
    ledgers.Find(Session(0))->MemberJoined(4, 0);
    ledgers.Find(Session(1))->MemberJoined(4, 0);
    ledgers.Find(Session(1))->MemberJoined(5, 0);
    SendInTurn(ledgers, 2, 3);
    for (uint64_t uid = 100; uid < 106; ++uid)
    {
        TrafficLedger& ledger = *ledgers.LedgerOf(uid);
        const auto place = *ledgers.PlaceOf(uid);
        ledger.ArrivedAtGnb(uid, 0);
        ledger.Delivered(4, place.index, 1000);
        if (place.session == 1)
        {
            ledger.Lost(5, place.index, LossCause::RADIO);
        }
    }
    ledgers.Finish(MilliSeconds(250));
    check.Expect(ledgers.Conserved(), "conserved: " + ledgers.FirstViolation());
    check.Equal(ledgers.Total().expected, 9U, "expected, all sessions and UEs");
    check.Equal(ledgers.Total().delivered, 6U, "delivered, all sessions and UEs");
    check.Equal(ledgers.Get(1).Total().Lost(LossCause::RADIO), 3U, "lost in session 1");
    const auto bins = ledgers.Bins();
    check.Equal(bins.size(), std::size_t{3}, "intervals of 100 ms");
    check.Equal(bins.front().counts.expected, 9U, "the first one has all packets");
    std::ostringstream csv;
    WriteTraffic(csv, ledgers);
    check.Equal(csv.str(),
                "ue,gnb,expected,delivered,in_flight,lost_core,lost_queue,lost_radio,lost_no_key,"
                "lost_stale_key,lost_auth,lost_replay,delivered_bytes,tmgi\n"
                "4,0,3,3,0,0,0,0,0,0,0,0,3000,000001-001-01\n"
                "4,0,3,3,0,0,0,0,0,0,0,0,3000,000002-001-01\n"
                "5,0,3,0,0,0,0,3,0,0,0,0,0,000002-001-01\n",
                "traffic.csv has a row per session and UE");
}

/** @param check where to report */
void
AViolationNamesItsSession(Check& check)
{
    TrafficLedgers ledgers;
    ledgers.AddSession(Session(0));
    ledgers.AddSession(Session(1));
    for (uint32_t session = 0; session < 2; ++session)
    {
        ledgers.Get(session).MemberJoined(0, 0);
    }
    SendInTurn(ledgers, 2, 1);
    for (uint64_t uid = 100; uid < 102; ++uid)
    {
        ledgers.LedgerOf(uid)->ArrivedAtGnb(uid, 0);
    }
    ledgers.Get(0).Delivered(0, 0, 1000);
    ledgers.Finish(Seconds(1));
    check.Expect(!ledgers.Conserved(), "a packet without a verdict is missed");
    check.Expect(ledgers.FirstViolation().find("session 000002-001-01: UE 0 expected 1") == 0,
                 "its session is named: " + ledgers.FirstViolation());
}

} // namespace

/** @param suite gets the tests of the ledgers of several sessions */
void AddTrafficLedgersTests(MbsTestSuite& suite);

void
AddTrafficLedgersTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("packets of several sessions are found by their uid",
                                   PacketsAreFoundByTheirUid));
    suite.Add(new FunctionTestCase("packets of several sessions are counted apart and together",
                                   SessionsAreCountedApartAndTogether));
    suite.Add(new FunctionTestCase("a packet that is counted nowhere makes its session be named",
                                   AViolationNamesItsSession));
}

} // namespace ns3::mbs
