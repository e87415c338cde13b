// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-traffic-ledger.h"

#include <random>
#include <vector>

namespace ns3::mbs
{

namespace
{

constexpr uint64_t UID = 1000; //!< uid of packet 0 in these tests; the others follow

/**
 * @brief Sends packets 10 ms apart, straight to the gNBs.
 * @param ledger the ledger
 * @param first packet
 * @param end one past the last packet
 * @param gnbs how many gNBs get them
 */
void
SendToGnbs(TrafficLedger& ledger, uint64_t first, uint64_t end, uint32_t gnbs)
{
    for (uint64_t index = first; index < end; ++index)
    {
        ledger.PacketSent(index, UID + index, MilliSeconds(10 * static_cast<int64_t>(index)));
        for (uint32_t gnb = 0; gnb < gnbs; ++gnb)
        {
            ledger.ArrivedAtGnb(UID + index, gnb);
        }
    }
}

/**
 * @param ledger finished
 * @param ue one of its UEs
 * @return that UE's counts
 */
TrafficCounts
Of(const TrafficLedger& ledger, uint32_t ue)
{
    for (const auto& row : ledger.Rows())
    {
        if (row.ue == ue)
        {
            return row.counts;
        }
    }
    return {};
}

/** What the radio sends to a UE apart from others is in flight for this UE until its verdict. */
void
AwaitedPacketsAreInFlightForOneUe(Check& check)
{
    TrafficLedger ledger;
    ledger.Awaited(7, 0); // no such UE
    ledger.MemberJoined(0, 0);
    ledger.MemberJoined(1, 0);
    ledger.MemberJoined(2, 0);
    SendToGnbs(ledger, 0, 3, 1);
    for (uint64_t index = 0; index < 3; ++index)
    {
        ledger.Delivered(0, index, 10);
        ledger.Awaited(1, index);
        ledger.Awaited(1, index); // told again
        ledger.Awaited(2, 2 - index);
    }
    ledger.Delivered(1, 1, 10);
    ledger.Lost(1, 0, LossCause::RADIO);
    ledger.MemberLeft(2);
    ledger.Delivered(2, 0, 10); // too late
    ledger.MemberJoined(2, 0);
    ledger.Awaited(2, 1); // not expected any more
    ledger.Finish(Seconds(1));
    ledger.Awaited(1, 2);
    check.Equal(Of(ledger, 0).delivered, 3U, "who has all");
    check.Equal(Of(ledger, 1).delivered, 1U, "delivered in the end");
    check.Equal(Of(ledger, 1).Lost(LossCause::RADIO), 1U, "lost in the end");
    check.Equal(Of(ledger, 1).inFlight, 1U, "in flight when the run ended");
    check.Equal(Of(ledger, 2).inFlight, 3U, "in flight when the UE left");
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
}

/** @param check where to report */
void
EveryVerdictIsCountedUnderItsCause(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    SendToGnbs(ledger, 0, 11, 1);
    ledger.Delivered(0, 0, 100);
    ledger.Delivered(0, 1, 50);
    ledger.QueueDropped(0, 2);
    ledger.QueueDropped(9, 2); // no such cell
    ledger.Lost(0, 3, LossCause::RADIO);
    ledger.Lost(0, 4, LossCause::NO_KEY);
    ledger.Lost(0, 5, LossCause::STALE_KEY);
    ledger.Lost(0, 6, LossCause::AUTH);
    ledger.Lost(0, 7, LossCause::REPLAY);
    ledger.Lost(0, 9, LossCause::ASLEEP);
    ledger.Lost(0, 10, LossCause::HANDOVER);
    ledger.InRadio(0, 8);
    ledger.Finish(Seconds(1));
    const TrafficCounts counts = Of(ledger, 0);
    check.Equal(counts.expected, 11U, "expected");
    check.Equal(counts.delivered, 2U, "delivered");
    check.Equal(counts.octets, 150U, "octets");
    check.Equal(counts.inFlight, 1U, "in flight");
    check.Equal(counts.Lost(LossCause::CORE), 0U, "lost in the core");
    for (std::size_t cause = 1; cause < LOSS_CAUSES; ++cause)
    {
        check.Equal(counts.lost[cause], 1U, ToString(static_cast<LossCause>(cause)));
    }
    check.Equal(counts.Lost(), 8U, "lost");
    check.Equal(counts.CausesShown(), LOSS_CAUSES, "all causes are shown");
    check.Expect(counts.Balanced(), "balanced");
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
}

/** @param check where to report */
void
SleepersMissWhatReachesTheirCell(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    ledger.MemberJoined(1, 0);
    ledger.MemberJoined(2, 1);
    SendToGnbs(ledger, 0, 2, 2);
    ledger.Delivered(0, 0, 1);
    ledger.Delivered(1, 0, 1);
    ledger.CellDelivered(0, 0);
    ledger.Delivered(2, 0, 1);
    // UE 0 falls asleep while packet 1 is on the air, UE 1 has lost its bearer.
    ledger.ReceptionStopped(0, LossCause::ASLEEP);
    ledger.ReceptionStopped(1, LossCause::RADIO);
    ledger.CellDelivered(0, 1);
    ledger.CellDelivered(9, 1); // no such cell
    ledger.Delivered(2, 1, 1);
    // UE 2 is alone in its cell: what its gNB does not fetch while it sleeps is lost for that.
    ledger.ReceptionStopped(2, LossCause::ASLEEP);
    SendToGnbs(ledger, 2, 3, 1);
    ledger.CellDelivered(0, 2);
    ledger.ReceptionStarted(0);
    ledger.ReceptionStarted(1);
    ledger.ReceptionStarted(1);
    ledger.ReceptionStarted(2);
    SendToGnbs(ledger, 3, 4, 1);
    ledger.Delivered(0, 3, 1);
    ledger.Delivered(1, 3, 1);
    ledger.CellDelivered(0, 3);
    ledger.ReceptionStopped(7, LossCause::ASLEEP); // no such UE
    ledger.ReceptionStarted(7);
    ledger.Finish(Seconds(1));
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
    check.Equal(Of(ledger, 0).Lost(LossCause::ASLEEP), 2U, "asleep");
    check.Equal(Of(ledger, 0).delivered, 2U, "before and after");
    check.Equal(Of(ledger, 1).Lost(LossCause::RADIO), 2U, "without a bearer");
    check.Equal(Of(ledger, 2).Lost(LossCause::ASLEEP), 1U, "what never came, asleep");
    check.Equal(Of(ledger, 2).Lost(LossCause::CORE), 1U, "what never came, awake");
    check.Equal(ledger.Total().CausesShown(), LOSS_CAUSES - 1, "shown where it happened");
    check.Equal(TrafficCounts().CausesShown(), LOSS_CAUSES - 2, "and only there");
}

/** @param check where to report */
void
WhatIsUnderWayToASleeperIsLostAsleep(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    SendToGnbs(ledger, 0, 2, 1);
    ledger.Awaited(0, 0);
    ledger.Awaited(0, 1);
    ledger.LostOnAir(0, 0);
    ledger.ReceptionStopped(0, LossCause::ASLEEP);
    ledger.LostOnAir(0, 1);
    ledger.LostOnAir(5, 1); // no such UE
    ledger.Finish(Seconds(1));
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
    check.Equal(Of(ledger, 0).Lost(LossCause::RADIO), 1U, "while it listened");
    check.Equal(Of(ledger, 0).Lost(LossCause::ASLEEP), 1U, "when it slept");
    check.Equal(Of(ledger, 0).inFlight, 0U, "nothing is under way");
}

/** @param check where to report */
void
ASleeperThatMovesSleepsOn(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    ledger.ReceptionStopped(0, LossCause::ASLEEP);
    ledger.MemberJoined(0, 1);
    SendToGnbs(ledger, 0, 1, 2);
    ledger.CellDelivered(0, 0);
    ledger.CellDelivered(1, 0);
    ledger.Finish(Seconds(1));
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
    check.Equal(Of(ledger, 0).Lost(LossCause::ASLEEP), 1U, "in its new cell, once");
}

/** @param check where to report */
void
WhatIsUnderWayToAUeThatMovesIsLost(Check& check)
{
    TrafficLedger ledger;
    ledger.AddUe(3, 0);
    ledger.MemberMoved(3, 1); // no member yet
    ledger.MemberMoved(9, 1); // no such UE
    ledger.MemberJoined(0, 0);
    ledger.MemberJoined(1, 0);
    ledger.MemberJoined(2, 1);
    // Packet 0 is on the air of cell 0, 1 awaited by UE 0, 2 on its way to the gNBs.
    SendToGnbs(ledger, 0, 2, 2);
    ledger.Awaited(0, 1);
    ledger.Awaited(1, 1);
    ledger.PacketSent(2, UID + 2, MilliSeconds(20));
    ledger.CopyEntered(UID + 2);
    ledger.ReceptionStopped(0, LossCause::HANDOVER);
    ledger.MemberMoved(0, 1);
    ledger.CellDelivered(0, 0);
    ledger.Delivered(1, 0, 1);
    ledger.Delivered(1, 1, 1);
    // It comes to cell 1 and is not expected there any more.
    ledger.ArrivedAtGnb(UID + 2, 0);
    ledger.ArrivedAtGnb(UID + 2, 1);
    ledger.CopyLeft(UID + 2);
    ledger.CellDelivered(1, 2);
    ledger.Delivered(1, 2, 1);
    for (uint64_t index = 0; index < 3; ++index)
    {
        ledger.Delivered(2, index, 1);
    }
    // One that reaches cell 1 before the UE listens there, and one that reaches the UE.
    SendToGnbs(ledger, 3, 4, 2);
    ledger.CellDelivered(1, 3);
    ledger.ReceptionStarted(0);
    SendToGnbs(ledger, 4, 5, 2);
    ledger.Delivered(0, 4, 1);
    for (uint64_t index = 3; index < 5; ++index)
    {
        ledger.Delivered(1, index, 1);
        ledger.Delivered(2, index, 1);
    }
    ledger.Finish(Seconds(1));
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
    check.Equal(Of(ledger, 0).expected, 5U, "expected");
    check.Equal(Of(ledger, 0).Lost(LossCause::HANDOVER), 4U, "without a cell");
    check.Equal(Of(ledger, 0).delivered, 1U, "in its new cell");
    check.Equal(Of(ledger, 0).inFlight, 0U, "none left under way");
    check.Equal(Of(ledger, 1).delivered, 5U, "who stayed has all");
    check.Equal(ledger.Rows()[0].gnb, 1U, "its last gNB");
    check.Equal(ledger.Rows()[3].gnb, 1U, "that of a UE that never joined");
}

/** @param check where to report */
void
WhatALatecomerGetsByItselfOthersStillWaitFor(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    SendToGnbs(ledger, 0, 2, 1);
    ledger.MemberJoined(1, 0);
    // Sent to it alone, as behind a handover, before it is sent to the group.
    ledger.Delivered(1, 1, 10);
    ledger.Awaited(1, 0);
    ledger.MemberLeft(0);
    ledger.Finish(Seconds(1));
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
    check.Equal(Of(ledger, 0).inFlight, 2U, "both wait for the air");
    check.Equal(Of(ledger, 1).expected, 0U, "the latecomer expects neither");
}

/** @param check where to report */
void
OnlyPacketsSentDuringMembershipAreExpected(Check& check)
{
    TrafficLedger ledger;
    ledger.AddUe(3, 0);
    ledger.MemberJoined(0, 0);
    SendToGnbs(ledger, 0, 10, 1);
    ledger.MemberJoined(1, 0);
    for (uint64_t index = 0; index < 10; ++index)
    {
        ledger.Delivered(0, index, 1);
        ledger.Delivered(1, index, 1); // it hears what was sent before it joined
        ledger.Delivered(2, index, 1); // no member at all
        ledger.Delivered(3, index, 1); // known, no member
    }
    SendToGnbs(ledger, 10, 15, 1);
    for (uint64_t index = 10; index < 15; ++index)
    {
        ledger.Delivered(0, index, 1);
        ledger.Delivered(1, index, 1);
    }
    ledger.MemberLeft(0);
    ledger.MemberLeft(0);
    ledger.MemberLeft(42);
    SendToGnbs(ledger, 15, 20, 1);
    ledger.Delivered(0, 15, 1); // it has left
    for (uint64_t index = 15; index < 20; ++index)
    {
        ledger.Delivered(1, index, 1);
    }
    ledger.Finish(Seconds(1));
    check.Equal(Of(ledger, 0).expected, 15U, "expected by the one who left");
    check.Equal(Of(ledger, 0).delivered, 15U, "delivered to it");
    check.Equal(Of(ledger, 1).expected, 10U, "expected by the one who came");
    check.Equal(Of(ledger, 1).delivered, 10U, "delivered to it");
    check.Equal(Of(ledger, 3).expected, 0U, "expected by the one who never joined");
    check.Equal(ledger.Rows().size(), 3U, "rows");
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
}

/** @param check where to report */
void
CopiesOnLinksAreInFlightAndTheRestIsLostInTheCore(Check& check)
{
    TrafficLedger ledger;
    for (uint32_t ue = 0; ue < 3; ++ue)
    {
        ledger.MemberJoined(ue, ue);
    }
    ledger.PacketSent(0, UID, Seconds(0));
    ledger.PacketSent(1, UID + 1, Seconds(0));
    ledger.PacketSent(2, UID + 2, Seconds(0));
    ledger.CopyEntered(5); // somebody else's traffic
    ledger.CopyLeft(5);
    ledger.ArrivedAtGnb(5, 0);
    ledger.CopyEntered(UID); // packet 0 is on a shared link for ever
    ledger.CopyEntered(UID + 1);
    ledger.CopyLeft(UID + 1);
    for (const uint32_t gnb : {0U, 1U, 2U})
    {
        ledger.CellCopyEntered(UID + 1, gnb);
    }
    ledger.CellCopyLeft(UID + 1, 0); // arrives
    ledger.ArrivedAtGnb(UID + 1, 0);
    ledger.ArrivedAtGnb(UID + 1, 0); // a second copy changes nothing
    ledger.CellCopyLeft(UID + 1, 0);
    ledger.CellCopyLeft(UID + 1, 1); // is dropped; that for gNB 2 stays
    ledger.Delivered(0, 1, 10);
    ledger.Finish(Seconds(1));
    // Packet 2 was sent and seen no more.
    const std::vector<std::vector<uint64_t>> expected{{1, 1, 1}, {0, 1, 2}, {0, 2, 1}};
    for (uint32_t ue = 0; ue < 3; ++ue)
    {
        const TrafficCounts counts = Of(ledger, ue);
        const std::string name = " of UE " + std::to_string(ue);
        check.Equal(counts.delivered, expected[ue][0], "delivered" + name);
        check.Equal(counts.inFlight, expected[ue][1], "in flight" + name);
        check.Equal(counts.Lost(LossCause::CORE), expected[ue][2], "lost" + name);
    }
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
}

/** @param check where to report */
void
WhatIsOnTheWayWhenAUeLeavesIsInFlight(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    ledger.MemberJoined(1, 0);
    SendToGnbs(ledger, 0, 3, 1);
    ledger.PacketSent(3, UID + 3, MilliSeconds(30));
    ledger.CopyEntered(UID + 3);
    ledger.Delivered(0, 0, 1);
    ledger.Delivered(1, 0, 1);
    ledger.MemberLeft(0); // 1 and 2 wait at the gNB, 3 is on a link
    ledger.CopyLeft(UID + 3);
    ledger.ArrivedAtGnb(UID + 3, 0);
    for (const uint64_t index : {1, 2, 3})
    {
        ledger.Delivered(1, index, 1);
    }
    ledger.MemberLeft(1); // the last one
    SendToGnbs(ledger, 4, 6, 1);
    ledger.MemberJoined(1, 0);
    SendToGnbs(ledger, 6, 7, 1);
    ledger.Delivered(1, 6, 1);
    ledger.Finish(Seconds(1));
    check.Equal(Of(ledger, 0).expected, 4U, "expected");
    check.Equal(Of(ledger, 0).delivered, 1U, "delivered");
    check.Equal(Of(ledger, 0).inFlight, 3U, "in flight");
    check.Equal(Of(ledger, 1).expected, 5U, "expected in two memberships");
    check.Equal(Of(ledger, 1).delivered, 5U, "delivered in two memberships");
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
}

/** @param check where to report */
void
AUeThatMovesTakesItsAccountAlong(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    SendToGnbs(ledger, 0, 2, 2);
    ledger.Delivered(0, 0, 1);
    ledger.Delivered(0, 1, 1);
    ledger.MemberJoined(0, 1);
    SendToGnbs(ledger, 2, 3, 2);
    ledger.Delivered(0, 2, 1);
    ledger.Finish(Seconds(1));
    check.Equal(ledger.Rows()[0].gnb, 1U, "its gNB");
    check.Equal(Of(ledger, 0).delivered, 3U, "delivered");
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
}

/**
 * @brief One UE, three packets that came to its gNB, and a radio that makes a mistake.
 * @param radio gives the verdicts
 * @return the sentence about it
 */
std::string
Violation(void (*radio)(TrafficLedger&))
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    SendToGnbs(ledger, 0, 3, 1);
    radio(ledger);
    ledger.Finish(Seconds(1));
    return ledger.Conserved() ? "none" : ledger.FirstViolation();
}

/** @param check where to report */
void
EveryMistakeOfAccountIsFound(Check& check)
{
    check.Equal(Violation([](TrafficLedger& ledger) {
                    ledger.Delivered(0, 0, 1);
                    ledger.Delivered(0, 1, 1);
                }),
                "UE 0 expected 3 packets and 2 were found",
                "a packet without a verdict");
    check.Equal(Violation([](TrafficLedger& ledger) {
                    for (const uint64_t index : {0, 1, 1, 2})
                    {
                        ledger.Delivered(0, index, 1);
                    }
                }),
                "UE 0 expected 3 packets and 4 were found",
                "two verdicts on a packet");
    check.Equal(Violation([](TrafficLedger& ledger) {
                    for (const uint64_t index : {0, 1, 1})
                    {
                        ledger.Delivered(0, index, 1);
                    }
                }),
                "UE 0 expected 3 packets and 3 were found, but not the same ones",
                "two verdicts on one packet and none on another");
    check.Equal(Violation([](TrafficLedger& ledger) { ledger.Delivered(0, 3, 1); }),
                "packet 3 was reported by the radio but never sent",
                "a verdict on an unknown packet");
    check.Equal(Violation([](TrafficLedger& ledger) {
                    ledger.MemberJoined(0, 0);
                    ledger.Awaited(0, 3);
                }),
                "packet 3 was reported by the radio but never sent",
                "an unknown packet on the way to a UE");
    check.Equal(Violation([](TrafficLedger& ledger) { ledger.InRadio(0, 3); }),
                "packet 3 was reported by the radio but never sent",
                "an unknown packet in the radio");
    check.Equal(Violation([](TrafficLedger& ledger) {
                    ledger.PacketSent(3, UID + 3, MilliSeconds(30));
                    ledger.CopyLeft(UID + 3);
                }),
                "a copy of packet 3 left a link that it had not entered",
                "a copy from nowhere");
    check.Equal(Violation([](TrafficLedger& ledger) {
                    ledger.PacketSent(3, UID + 3, MilliSeconds(30));
                    ledger.CellCopyLeft(UID + 3, 0);
                }),
                "a copy of packet 3 left a link to gNB 0 that it had not entered",
                "a copy for one gNB from nowhere");
    check.Equal(Violation([](TrafficLedger& ledger) { ledger.PacketSent(7, UID + 7, Seconds(1)); }),
                "packet 7 was sent when packet 3 was next",
                "a packet out of turn");
}

/** @param check where to report */
void
AVerdictOnWhatNeverCameIsFound(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    ledger.PacketSent(0, UID, Seconds(0));
    ledger.Delivered(0, 0, 1);
    ledger.Finish(Seconds(1));
    check.Expect(!ledger.Conserved(), "delivered and lost in the core at once");
}

/** @param check where to report */
void
IntervalsHoldWhatWasSentInThem(Check& check)
{
    TrafficLedger ledger(MilliSeconds(100));
    ledger.MemberJoined(0, 0);
    ledger.MemberJoined(1, 0);
    SendToGnbs(ledger, 0, 15, 1); // ten packets in the first interval, five in the second
    ledger.PacketSent(15, UID + 15, MilliSeconds(450));
    for (uint64_t index = 0; index < 15; ++index)
    {
        ledger.Delivered(0, index, 10);
        ledger.Lost(1, index, LossCause::RADIO);
    }
    ledger.Lost(0, 3, LossCause::REPLAY); // once too often, to look back
    ledger.Finish(Seconds(1));
    const auto& bins = ledger.Bins();
    check.Equal(bins.size(), 10U, "intervals in a second");
    check.Equal(bins[4].start, 400000000, "start of the fifth");
    check.Equal(bins[0].counts.expected, 20U, "expected of the first");
    check.Equal(bins[0].counts.delivered, 10U, "delivered of the first");
    check.Equal(bins[0].counts.octets, 100U, "octets of the first");
    check.Equal(bins[0].counts.Lost(LossCause::REPLAY), 1U, "the look back");
    check.Equal(bins[1].counts.Lost(LossCause::RADIO), 5U, "lost of the second");
    check.Equal(bins[2].counts.expected, 0U, "an empty one");
    check.Equal(bins[4].counts.Lost(LossCause::CORE), 2U, "lost in the core, one for each UE");
    TrafficCounts sum;
    for (const auto& bin : bins)
    {
        sum += bin.counts;
    }
    const TrafficCounts total = ledger.Total();
    check.Expect(sum.expected == total.expected && sum.lost == total.lost &&
                     sum.delivered == total.delivered && sum.inFlight == total.inFlight,
                 "intervals and rows have the same sum");
}

/** @param check where to report */
void
UidsAreFoundEvenOutOfOrder(Check& check)
{
    TrafficLedger ledger;
    const std::vector<uint64_t> uids{10, 20, 15, 30, 5};
    for (uint64_t index = 0; index < uids.size(); ++index)
    {
        ledger.PacketSent(index, uids[index], Seconds(0));
    }
    for (uint64_t index = 0; index < uids.size(); ++index)
    {
        check.Equal(ledger.IndexOf(uids[index]).value_or(99), index, "index of a uid");
    }
    check.Expect(!ledger.IndexOf(16) && !ledger.IndexOf(31), "unknown uids");
}

/** @param check where to report */
void
NothingMovesAfterTheEnd(Check& check)
{
    TrafficLedger ledger;
    ledger.MemberJoined(0, 0);
    ledger.PacketSent(0, UID, Seconds(0));
    ledger.CopyEntered(UID);
    ledger.Finish(Seconds(0));
    ledger.Finish(Seconds(2));
    ledger.MemberJoined(1, 0);
    ledger.MemberLeft(0);
    ledger.PacketSent(1, UID + 1, Seconds(1));
    ledger.CopyLeft(UID);
    ledger.ArrivedAtGnb(UID, 0);
    ledger.Delivered(0, 0, 1);
    ledger.InRadio(0, 0);
    check.Equal(ledger.Total().expected, 1U, "expected");
    check.Equal(ledger.Total().inFlight, 1U, "in flight");
    check.Equal(ledger.Rows().size(), 1U, "rows");
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
}

/** @param check where to report */
void
ARandomRunGivesWhatASlowBookkeeperFinds(Check& check)
{
    std::mt19937 random(1);
    constexpr uint32_t GNBS = 4;
    constexpr uint32_t UES = 40;
    constexpr uint64_t PACKETS = 400;
    TrafficLedger ledger(MilliSeconds(70));
    // The slow bookkeeper looks at every packet of every UE.
    std::vector<TrafficCounts> truth(UES);
    std::vector<uint64_t> joinedAt(UES);
    for (uint32_t ue = 0; ue < UES; ++ue)
    {
        joinedAt[ue] = random() % (PACKETS / 2);
    }
    for (uint64_t index = 0; index < PACKETS; ++index)
    {
        for (uint32_t ue = 0; ue < UES; ++ue)
        {
            if (joinedAt[ue] == index)
            {
                ledger.MemberJoined(ue, ue % GNBS);
            }
        }
        ledger.PacketSent(index, UID + index, MilliSeconds(static_cast<int64_t>(index)));
        for (uint32_t gnb = 0; gnb < GNBS; ++gnb)
        {
            const auto way = random() % 10;
            if (way == 0)
            {
                ledger.CellCopyEntered(UID + index, gnb);
            }
            else if (way > 1)
            {
                ledger.ArrivedAtGnb(UID + index, gnb);
                if (way == 2)
                {
                    ledger.InRadio(gnb, index);
                }
            }
            for (uint32_t ue = gnb; ue < UES; ue += GNBS)
            {
                const bool member = joinedAt[ue] <= index;
                truth[ue].expected += member ? 1 : 0;
                if (way <= 2)
                {
                    truth[ue].inFlight += member && way != 1 ? 1 : 0;
                    truth[ue].lost[0] += member && way == 1 ? 1 : 0;
                    continue;
                }
                const std::size_t verdict = random() % LOSS_CAUSES;
                if (verdict == 0)
                {
                    ledger.Delivered(ue, index, 7);
                    truth[ue].delivered += member ? 1 : 0;
                }
                else
                {
                    ledger.Lost(ue, index, static_cast<LossCause>(verdict));
                    truth[ue].lost[verdict] += member ? 1 : 0;
                }
            }
        }
    }
    ledger.Finish(Seconds(1));
    check.Expect(ledger.Conserved(), ledger.FirstViolation());
    TrafficCounts bins;
    for (const auto& bin : ledger.Bins())
    {
        bins += bin.counts;
        check.Expect(bin.counts.Balanced(), "every interval is balanced");
    }
    check.Equal(bins.expected, ledger.Total().expected, "sum of the intervals");
    for (uint32_t ue = 0; ue < UES; ++ue)
    {
        const TrafficCounts counts = Of(ledger, ue);
        check.Expect(counts.expected == truth[ue].expected &&
                         counts.delivered == truth[ue].delivered &&
                         counts.inFlight == truth[ue].inFlight && counts.lost == truth[ue].lost,
                     "counts of UE " + std::to_string(ue));
    }
}

} // namespace

void AddTrafficLedgerTests(MbsTestSuite& suite);

void
AddTrafficLedgerTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("every verdict is counted under its cause",
                                   EveryVerdictIsCountedUnderItsCause));
    suite.Add(new FunctionTestCase("what is sent to one UE apart is in flight for that UE",
                                   AwaitedPacketsAreInFlightForOneUe));
    suite.Add(new FunctionTestCase(
        "who sleeps misses what reaches its cell, and what its gNB does not fetch",
        SleepersMissWhatReachesTheirCell));
    suite.Add(new FunctionTestCase("what is under way to a UE that falls asleep is lost for that",
                                   WhatIsUnderWayToASleeperIsLostAsleep));
    suite.Add(new FunctionTestCase("a sleeper that moves sleeps on", ASleeperThatMovesSleepsOn));
    suite.Add(new FunctionTestCase("what is under way to a UE that moves is lost",
                                   WhatIsUnderWayToAUeThatMovesIsLost));
    suite.Add(new FunctionTestCase("only packets sent during a membership are expected",
                                   OnlyPacketsSentDuringMembershipAreExpected));
    suite.Add(new FunctionTestCase("copies on links are in flight, the rest is lost in the core",
                                   CopiesOnLinksAreInFlightAndTheRestIsLostInTheCore));
    suite.Add(new FunctionTestCase("what is on the way when a UE leaves is in flight",
                                   WhatIsOnTheWayWhenAUeLeavesIsInFlight));
    suite.Add(new FunctionTestCase("a UE that moves takes its account along",
                                   AUeThatMovesTakesItsAccountAlong));
    suite.Add(
        new FunctionTestCase("every mistake of account is found", EveryMistakeOfAccountIsFound));
    suite.Add(new FunctionTestCase("a verdict on a packet that never came is found",
                                   AVerdictOnWhatNeverCameIsFound));
    suite.Add(new FunctionTestCase("intervals hold what was sent in them",
                                   IntervalsHoldWhatWasSentInThem));
    suite.Add(new FunctionTestCase("uids are found even when they do not ascend",
                                   UidsAreFoundEvenOutOfOrder));
    suite.Add(new FunctionTestCase("what a latecomer gets by itself others still wait for",
                                   WhatALatecomerGetsByItselfOthersStillWaitFor));
    suite.Add(new FunctionTestCase("nothing moves after the end", NothingMovesAfterTheEnd));
    suite.Add(new FunctionTestCase("a random run gives what a slow bookkeeper finds",
                                   ARandomRunGivesWhatASlowBookkeeperFinds));
}

} // namespace ns3::mbs
