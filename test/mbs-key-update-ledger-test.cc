// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-key-update-ledger.h"

#include <vector>

namespace ns3::mbs
{

namespace
{

using Row = KeyUpdateLedger::Row;

constexpr auto CP = KeyProcedure::CONTROL_PLANE; //!< shorthand

/** @return the session of these tests */
Tmgi
Session()
{
    return Tmgi(0xa1b2, PlmnId());
}

/**
 * @param number of the MSK
 * @param mtk number of the MTK that travels with it
 * @return its name
 */
KeyName
Msk(uint16_t number, uint16_t mtk = 0)
{
    return {KeyKind::MSK, Session(), {MskId(1, number), MtkId(mtk)}};
}

/**
 * @param msk number of the MSK
 * @param number of the MTK
 * @return its name
 */
KeyName
MtkName(uint16_t msk, uint16_t number)
{
    return {KeyKind::MTK, Session(), {MskId(1, msk), MtkId(number)}};
}

/** @param ledger finished @return all its rows */
std::vector<Row>
Rows(const KeyUpdateLedger& ledger)
{
    std::vector<Row> rows;
    ledger.ForEachRow([&rows](const Row& row) { rows.push_back(row); });
    return rows;
}

/** @param row a row @return its outcome's name */
std::string
Outcome(const Row& row)
{
    return ToString(row.outcome);
}

/** @param check where to report */
void
OnlyMembersAtGenerationHaveRows(Check& check)
{
    KeyUpdateLedger ledger;
    ledger.MemberJoined(Session(), 0, 0);
    ledger.MemberJoined(Session(), 2, 1);
    ledger.KeyGenerated(Msk(1), CP, Seconds(1));
    ledger.MemberJoined(Session(), 1, 0);
    ledger.KeyInstalled(Msk(1), 1, Seconds(2)); // what it got by joining
    ledger.KeyInstalled(Msk(1), 2, Seconds(2));
    ledger.KeyInstalled(Msk(1), 77, Seconds(2)); // never heard of
    ledger.Finish();
    const auto rows = Rows(ledger);
    check.Equal(rows.size(), 2U, "rows");
    check.Equal(rows[0].ue, 0U, "first UE");
    check.Equal(rows[1].ue, 2U, "second UE");
    check.Equal(rows[1].gnb, 1U, "its gNB");
    check.Equal(Outcome(rows[0]), "pending", "first outcome");
    check.Equal(Outcome(rows[1]), "installed", "second outcome");
    check.Equal(rows[1].Latency(), 1000000000, "latency");
    check.Equal(rows[0].Latency(), KeyUpdateLedger::NEVER, "latency of what never came");
}

/** @param check where to report */
void
TheFirstArrivalOfEachLegCounts(Check& check)
{
    KeyUpdateLedger ledger;
    ledger.MemberJoined(Session(), 0, 3, 1);
    ledger.MemberJoined(Session(), 1, 3, 0);
    ledger.KeyGenerated(Msk(1, 4), CP, MilliSeconds(10));
    for (const int64_t again : {0, 100})
    {
        ledger.KeyReachedMbSmf(Msk(1), MilliSeconds(11 + again));
        ledger.KeyReachedSmf(Msk(1), 1, MilliSeconds(13 + again));
        ledger.KeyReachedAmf(Msk(1), 0, MilliSeconds(16 + again));
        ledger.KeyReachedGnb(Msk(1), 0, MilliSeconds(20 + again));
        ledger.KeyInstalled(Msk(1), 0, MilliSeconds(25 + again));
        ledger.KeyFirstUsed(Session(), {MskId(1, 1), MtkId(4)}, 0, MilliSeconds(30 + again));
    }
    ledger.Finish();
    const auto rows = Rows(ledger);
    const int64_t ms = 1000000;
    const std::array<int64_t, KEY_LEGS> reached{11 * ms, 13 * ms, 16 * ms, 20 * ms, 25 * ms};
    check.Expect(rows[0].reached == reached, "first arrivals");
    check.Equal(rows[0].firstUse, 30 * ms, "first use of the MSK: of an MTK under it");
    check.Equal(rows[0].mki.mtk.Number(), 4U, "the MTK that came along");
    check.Equal(rows[1].reached[0], 11 * ms, "the MB-SMF's arrival is common");
    check.Equal(rows[1].reached[1], KeyUpdateLedger::NEVER, "the other SMF never had it");

    int64_t sum = 0;
    const std::array<double, KEY_LEGS> legs{1, 2, 3, 4, 5};
    for (std::size_t leg = 0; leg < KEY_LEGS; ++leg)
    {
        const auto statistics = ledger.LegLatencies(KeyKind::MSK, static_cast<KeyLeg>(leg));
        check.Equal(statistics.Count(), 1U, "only installed rows count");
        check.Equal(*statistics.MeanMs(), legs[leg], "duration of a leg");
        sum += static_cast<int64_t>(*statistics.MeanMs()) * ms;
    }
    check.Equal(sum, rows[0].Latency(), "the legs add up to the latency");
}

/** @param check where to report */
void
AnMtkReachesACellForAllItsUes(Check& check)
{
    KeyUpdateLedger ledger;
    ledger.MemberJoined(Session(), 0, 0);
    ledger.MemberJoined(Session(), 1, 1);
    ledger.KeyGenerated(MtkName(1, 1), CP, MilliSeconds(0));
    ledger.KeyReachedCell(MtkName(1, 1), 1, MilliSeconds(7));
    ledger.KeyReachedCell(MtkName(1, 1), 1, MilliSeconds(8));
    ledger.KeyInstalled(MtkName(1, 1), 1, MilliSeconds(9));
    ledger.Finish();
    const auto rows = Rows(ledger);
    check.Equal(rows[0].reached[3], KeyUpdateLedger::NEVER, "the other cell");
    check.Equal(rows[1].reached[3], 7000000, "the cell");
    check.Equal(rows[1].reached[2], KeyUpdateLedger::NEVER, "no AMF on this way");
    check.Equal(ledger.LegLatencies(KeyKind::MTK, KeyLeg::AMF).Count(), 0U, "no such leg");
    check.Equal(*ledger.LegLatencies(KeyKind::MTK, KeyLeg::GNB).MaxMs(), 7.0, "made to gNB");
    check.Equal(*ledger.LegLatencies(KeyKind::MTK, KeyLeg::UE).MaxMs(), 2.0, "gNB to UE");
    check.Equal(*ledger.Latencies(KeyKind::MTK).MaxMs(), 9.0, "whole latency");
    check.Equal(ledger.Latencies(KeyKind::MSK).Count(), 0U, "no MSK");
}

/** @param check where to report */
void
EachOutcomeHasItsReason(Check& check)
{
    KeyUpdateLedger ledger;
    for (uint32_t ue = 0; ue < 6; ++ue)
    {
        ledger.MemberJoined(Session(), ue, 0);
    }
    ledger.KeyGenerated(MtkName(1, 1), CP, Seconds(1));
    ledger.KeyInstalled(MtkName(1, 1), 0, Seconds(2));
    ledger.KeyRejected(MtkName(1, 1), 2);
    ledger.KeyRejected(MtkName(1, 1), 5); // and then a copy that is good
    ledger.KeyInstalled(MtkName(1, 1), 5, Seconds(3));
    ledger.MemberLeft(Session(), 3);
    ledger.KeyInstalled(MtkName(1, 1), 3, Seconds(3)); // too late: it has left
    ledger.KeyRejected(MtkName(1, 1), 3);
    ledger.KeyGenerated(MtkName(1, 2), CP, Seconds(5));
    ledger.KeyInstalled(MtkName(1, 2), 1, Seconds(6));
    ledger.Finish();
    const auto rows = Rows(ledger);
    check.Equal(rows.size(), 11U, "six rows, then five");
    const std::vector<std::string> outcomes{"installed",
                                            "lost",
                                            "rejected",
                                            "left",
                                            "pending",
                                            "installed"};
    for (std::size_t ue = 0; ue < outcomes.size(); ++ue)
    {
        check.Equal(Outcome(rows[ue]), outcomes[ue], "outcome of UE " + std::to_string(ue));
    }
    check.Equal(ledger.Count(KeyKind::MTK), 11U, "rows");
    check.Equal(ledger.Count(KeyKind::MTK, KeyOutcome::INSTALLED), 3U, "installed");
    check.Equal(ledger.Count(KeyKind::MTK, KeyOutcome::PENDING), 5U, "pending");
    check.Equal(ledger.Count(KeyKind::MSK), 0U, "of the other kind");
}

/** @param check where to report */
void
AKeyNobodySendsIsLostWhereItNeverCame(Check& check)
{
    KeyUpdateLedger ledger;
    for (uint32_t ue = 0; ue < 3; ++ue)
    {
        ledger.MemberJoined(Session(), ue, 0);
    }
    ledger.KeyGenerated(MtkName(1, 1), CP, Seconds(1));
    ledger.KeySuperseded(MtkName(1, 1));
    ledger.KeyInstalled(MtkName(1, 1), 1, Seconds(2)); // a copy was still on its way
    ledger.KeyGenerated(Msk(2), CP, Seconds(3));
    ledger.KeyGivenUp(Msk(2), 2);
    ledger.Finish();
    const auto rows = Rows(ledger);
    check.Equal(Outcome(rows[0]), "lost", "superseded");
    check.Equal(Outcome(rows[1]), "installed", "superseded, but come all the same");
    check.Equal(Outcome(rows[3]), "pending", "not given up");
    check.Equal(Outcome(rows[5]), "lost", "given up");
}

/** @param check where to report */
void
AnMskReplacesOlderMtksOnlyIfItBringsOne(Check& check)
{
    for (const uint16_t mtk : {0, 1})
    {
        KeyUpdateLedger ledger;
        ledger.MemberJoined(Session(), 0, 0);
        ledger.KeyGenerated(MtkName(1, 1), CP, Seconds(1));
        ledger.KeyGenerated(Msk(1), CP, Seconds(2));
        ledger.KeyGenerated(Msk(2, mtk), CP, Seconds(3));
        ledger.KeyInstalled(Msk(2, mtk), 0, Seconds(4));
        ledger.Finish();
        const auto rows = Rows(ledger);
        check.Equal(Outcome(rows[0]), mtk == 0 ? "pending" : "lost", "the older MTK");
        check.Equal(Outcome(rows[1]), "lost", "the older MSK");
    }
}

/** @param check where to report */
void
AUeThatComesBackStartsAfresh(Check& check)
{
    KeyUpdateLedger ledger;
    ledger.MemberJoined(Session(), 0, 0);
    ledger.KeyGenerated(Msk(1), CP, Seconds(1));
    ledger.MemberLeft(Session(), 0);
    ledger.MemberLeft(Session(), 0);
    ledger.MemberLeft(Session(), 9);
    ledger.MemberLeft(Tmgi(), 0);
    ledger.KeyGenerated(Msk(2), CP, Seconds(2)); // nobody is there
    ledger.MemberJoined(Session(), 0, 5);
    ledger.KeyInstalled(Msk(1), 0, Seconds(3)); // by joining
    ledger.KeyInstalled(Msk(2), 0, Seconds(3)); // by joining
    ledger.KeyGenerated(Msk(3), CP, Seconds(4));
    ledger.KeyInstalled(Msk(3), 0, Seconds(5));
    ledger.Finish();
    const auto rows = Rows(ledger);
    check.Equal(rows.size(), 2U, "rows");
    check.Equal(Outcome(rows[0]), "left", "the update it left before");
    check.Equal(Outcome(rows[1]), "installed", "the update after it came back");
    check.Equal(rows[1].gnb, 5U, "in its new cell");
}

/** @param check where to report */
void
KeysOfOneInstantAreOrderedByUe(Check& check)
{
    KeyUpdateLedger ledger;
    ledger.MemberJoined(Session(), 1, 0);
    ledger.MemberJoined(Session(), 0, 0);
    ledger.KeyGenerated(Msk(2, 1), CP, Seconds(3));
    ledger.KeyGenerated(MtkName(2, 1), KeyProcedure::USER_PLANE, Seconds(3));
    ledger.Finish();
    const auto rows = Rows(ledger);
    std::string order;
    for (const Row& row : rows)
    {
        order += std::to_string(row.ue) + ToString(row.kind) + ToString(row.procedure) + " ";
    }
    check.Equal(order, "0mskcp 0mtkup 1mskcp 1mtkup ", "order");
}

/** @param check where to report */
void
SessionsDoNotMix(Check& check)
{
    const Tmgi other(7, PlmnId());
    KeyUpdateLedger ledger;
    ledger.MemberJoined(Session(), 0, 0);
    ledger.MemberJoined(other, 0, 0);
    ledger.KeyGenerated(Msk(1), CP, Seconds(1));
    ledger.KeyGenerated({KeyKind::MSK, other, Msk(1).mki}, CP, Seconds(2));
    ledger.KeyInstalled({KeyKind::MSK, other, Msk(1).mki}, 0, Seconds(3));
    ledger.Finish();
    const auto rows = Rows(ledger);
    check.Equal(Outcome(rows[0]), "pending", "same MSK ID, other session");
    check.Equal(Outcome(rows[1]), "installed", "the one that was installed");
    check.Expect(rows[1].tmgi == other, "the session is told");
}

/** @param check where to report */
void
WhatIsNotKnownIsIgnored(Check& check)
{
    KeyUpdateLedger ledger;
    ledger.KeyInstalled(Msk(1), 0, Seconds(1));
    ledger.KeyGenerated(Msk(1), CP, Seconds(1));
    ledger.KeyReachedMbSmf(Msk(9), Seconds(2));
    ledger.KeyReachedSmf(Msk(9), 0, Seconds(2));
    ledger.KeyReachedCell(Msk(9), 0, Seconds(2));
    ledger.KeyReachedAmf(Msk(1), 0, Seconds(2));
    ledger.KeyRejected(Msk(1), 0);
    ledger.KeyRejected(Msk(9), 0);
    ledger.KeyGivenUp(Msk(1), 0);
    ledger.KeyGivenUp(Msk(9), 0);
    ledger.KeySuperseded(Msk(9));
    ledger.Finish();
    ledger.Finish();
    ledger.KeyInstalled(Msk(1), 0, Seconds(9));
    check.Equal(Rows(ledger).size(), 0U, "rows of a session without members");
}

/** @param check where to report */
void
NamesAreThoseOfTheResultFiles(Check& check)
{
    check.Equal(std::string(ToString(KeyLeg::MBSMF)), "MB-SMF", "leg");
    check.Equal(std::string(ToString(KeyLeg::UE)), "UE", "leg");
    check.Equal(std::string(ToString(KeyOutcome::REJECTED)), "rejected", "outcome");
}

} // namespace

void AddKeyUpdateLedgerTests(MbsTestSuite& suite);

void
AddKeyUpdateLedgerTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("only UEs that were members when a key was made have a row",
                                   OnlyMembersAtGenerationHaveRows));
    suite.Add(new FunctionTestCase("the first arrival of each leg counts",
                                   TheFirstArrivalOfEachLegCounts));
    suite.Add(new FunctionTestCase("an MTK reaches a cell for all UEs in it",
                                   AnMtkReachesACellForAllItsUes));
    suite.Add(new FunctionTestCase("each outcome has its reason", EachOutcomeHasItsReason));
    suite.Add(new FunctionTestCase("a key that nobody sends any more is lost where it never came",
                                   AKeyNobodySendsIsLostWhereItNeverCame));
    suite.Add(new FunctionTestCase("an MSK replaces older MTKs only if it brings one along",
                                   AnMskReplacesOlderMtksOnlyIfItBringsOne));
    suite.Add(new FunctionTestCase("a UE that leaves and comes back starts afresh",
                                   AUeThatComesBackStartsAfresh));
    suite.Add(new FunctionTestCase("keys made at one instant are ordered by UE",
                                   KeysOfOneInstantAreOrderedByUe));
    suite.Add(new FunctionTestCase("keys of different sessions do not mix", SessionsDoNotMix));
    suite.Add(
        new FunctionTestCase("what the ledger does not know it ignores", WhatIsNotKnownIsIgnored));
    suite.Add(new FunctionTestCase("legs and outcomes have the names of the result files",
                                   NamesAreThoseOfTheResultFiles));
}

} // namespace ns3::mbs
