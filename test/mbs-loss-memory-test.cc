// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-traffic-ledger.h"

#include "ns3/nstime.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** A ledger of one UE that is in cell 0 and goes to cell 1. */
struct LoneLedger
{
    /** @param keeps whether losses may be taken back */
    explicit LoneLedger(bool keeps = true)
    {
        if (keeps)
        {
            ledger.KeepLosses(1000);
        }
        ledger.MemberJoined(0, 0);
    }

    /** @param packets that are sent and come to both gNBs */
    void Send(uint64_t packets)
    {
        for (; packets > 0; --packets)
        {
            ledger.PacketSent(sent, 100 + sent, Seconds(0));
            ledger.ArrivedAtGnb(100 + sent, 0);
            ledger.ArrivedAtGnb(100 + sent, 1);
            ++sent;
        }
    }

    /** @return what became of the UE's packets, once the run has ended */
    TrafficCounts Finish()
    {
        ledger.Finish(Seconds(1));
        return ledger.Rows().front().counts;
    }

    TrafficLedger ledger; //!< under test
    uint64_t sent{0};     //!< packets
};

void
LossesAreTakenBack(Check& check)
{
    LoneLedger lone;
    TrafficLedger& ledger = lone.ledger;
    lone.Send(6);
    ledger.Delivered(0, 0, 10);
    ledger.Lost(0, 1, LossCause::RADIO);
    ledger.Lost(0, 2, LossCause::HANDOVER);
    ledger.Lost(0, 3, LossCause::NO_KEY);
    ledger.Awaited(0, 4);
    // 4 and 5 are under way, and so lost by the move.
    ledger.MemberMoved(0, 1);
    lone.Send(1);
    ledger.ReceptionStopped(0, LossCause::HANDOVER);
    ledger.CellDelivered(1, 6);
    ledger.ReceptionStarted(0);
    for (uint64_t index = 0; index < 7; ++index)
    {
        ledger.Resent(0, index);
        ledger.Resent(0, index);
    }
    ledger.Resent(7, 1); // no such UE
    ledger.Delivered(0, 1, 10);
    ledger.Delivered(0, 6, 10);
    ledger.Lost(0, 2, LossCause::RADIO);
    ledger.Lost(0, 5, LossCause::STALE_KEY);
    const TrafficCounts counts = lone.Finish();
    check.Equal(counts.expected, 7U, "expected");
    check.Equal(counts.delivered, 3U, "delivered: 0, 1 and 6");
    check.Equal(counts.octets, 30U, "octets");
    check.Equal(counts.recovered, 2U, "of them recovered: 1 and 6");
    check.Equal(counts.Lost(LossCause::HANDOVER), 1U, "2 was lost once more, for the same cause");
    check.Equal(counts.Lost(LossCause::NO_KEY), 1U, "3 had come and is lost");
    check.Equal(counts.Lost(LossCause::STALE_KEY), 1U, "5 has come and is lost");
    check.Equal(counts.inFlight, 1U, "4 is under way");
    check.Expect(counts.Balanced(), "balanced");
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
    check.Equal(ledger.Bins().front().counts.delivered, 3U, "and the same over time");
    check.Equal(ledger.Bins().front().counts.inFlight, 1U, "in flight");
    check.Equal(ledger.Bins().front().counts.Lost(), 3U, "lost");
}

void
WhatTheUeKeptIsNotRecovered(Check& check)
{
    LoneLedger lone;
    lone.Send(3);
    lone.ledger.Awaited(0, 0);
    lone.ledger.Awaited(0, 1);
    lone.ledger.Awaited(0, 2);
    lone.ledger.MemberMoved(0, 1);
    lone.ledger.Delivered(0, 0, 10); // its turn came before the next cell
    lone.ledger.Awaited(0, 1);       // still kept
    lone.ledger.Delivered(0, 1, 10);
    const TrafficCounts counts = lone.Finish();
    check.Equal(counts.delivered, 2U, "delivered");
    check.Equal(counts.recovered, 0U, "they had come already");
    check.Equal(counts.Lost(LossCause::HANDOVER), 1U, "what the old cell had not sent");
    check.Expect(lone.ledger.Conserved(), lone.ledger.FirstViolation());
}

void
ASecondMoveMeetsRecovery(Check& check)
{
    LoneLedger lone;
    lone.Send(2);
    lone.ledger.Lost(0, 0, LossCause::RADIO);
    lone.ledger.Lost(0, 1, LossCause::RADIO);
    lone.ledger.Resent(0, 0);
    lone.ledger.MemberMoved(0, 1);
    lone.ledger.Resent(0, 0);
    lone.ledger.Resent(0, 1);
    lone.ledger.MemberMoved(0, 0);
    lone.ledger.Resent(0, 1);
    lone.ledger.Delivered(0, 1, 1);
    lone.ledger.Resent(0, 0);
    lone.ledger.MemberLeft(0);
    lone.ledger.Delivered(0, 0, 1); // too late
    lone.ledger.Lost(0, 0, LossCause::RADIO);
    lone.ledger.MemberJoined(0, 0);
    lone.ledger.Resent(0, 0); // of before it joined
    const TrafficCounts counts = lone.Finish();
    check.Equal(counts.delivered, 1U, "delivered");
    check.Equal(counts.recovered, 1U, "recovered");
    check.Equal(counts.inFlight, 1U, "under way when the UE left");
    check.Equal(counts.Lost(), 0U, "nothing is lost in the end");
    check.Expect(lone.ledger.Conserved(), lone.ledger.FirstViolation());
}

void
WithoutRecoveryLossesAreFinal(Check& check)
{
    LoneLedger lone(false);
    lone.Send(1);
    lone.ledger.Lost(0, 0, LossCause::HANDOVER);
    lone.ledger.Resent(0, 0);
    const TrafficCounts counts = lone.Finish();
    check.Equal(counts.Lost(LossCause::HANDOVER), 1U, "lost");
    check.Expect(lone.ledger.Conserved(), lone.ledger.FirstViolation());
}

void
OldLossesAreForgotten(Check& check)
{
    LossMemory memory(10);
    for (uint64_t index = 0; index < 1000; ++index)
    {
        memory.Note(3, index, LossCause::RADIO);
    }
    check.Expect(!memory.Forget(3, 0), "the first one");
    for (uint64_t index = 990; index < 1000; ++index)
    {
        check.Expect(memory.Forget(3, index) == LossCause::RADIO,
                     "packet " + std::to_string(index));
    }
    check.Expect(!memory.Forget(3, 999), "once only");
    check.Expect(!memory.Forget(4, 999), "of no other UE");
    memory.Note(3, 2000, LossCause::AUTH);
    check.Expect(!memory.Forget(3, 2000), "what had come to the UE is not remembered");
}

} // namespace

/** @param suite gets the tests of losses that are taken back */
void AddLossMemoryTests(MbsTestSuite& suite);

void
AddLossMemoryTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a packet that is sent again leaves its loss and is found in one place",
        LossesAreTakenBack);
    add("what a UE kept while it changed cells is delivered, not recovered",
        WhatTheUeKeptIsNotRecovered);
    add("a UE that moves on while packets are recovered keeps its balance",
        ASecondMoveMeetsRecovery);
    add("without recovery losses are final", WithoutRecoveryLossesAreFinal);
    add("losses are forgotten that are too old to be taken back", OldLossesAreForgotten);
}

} // namespace ns3::mbs
