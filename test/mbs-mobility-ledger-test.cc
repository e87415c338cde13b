// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-mobility-ledger.h"
#include "ns3/mbs-result-writer.h"

#include <sstream>

namespace ns3::mbs
{

namespace
{

using Cause = MobilityLedger::Cause;

/** @return two UEs: one that changes its cell at the second try, and one that finds none */
MobilityLedger
TwoUes()
{
    MobilityLedger ledger;
    ledger.Listening(3, Seconds(1));
    ledger.CellFound(3, 0, Seconds(1));
    ledger.CellLost(3, 0, Cause::RADIO_LINK_FAILURE, Seconds(2));
    ledger.Listening(3, MilliSeconds(2100));
    ledger.CellLost(1, 0, Cause::OUTAGE, MilliSeconds(2500));
    ledger.CellFound(3, 0, Seconds(3));
    ledger.CellLost(3, 0, Cause::ACCESS_FAILURE, Seconds(4));
    ledger.CellFound(3, 2, Seconds(5));
    ledger.Listening(3, MilliSeconds(5500));
    ledger.Listening(3, MilliSeconds(5600));
    return ledger;
}

void
AnInterruptionBeginsWithTheFirstLoss(Check& check)
{
    const MobilityLedger ledger = TwoUes();
    check.Equal(ledger.Rows().size(), std::size_t{3}, "a row per loss");
    check.Equal(ledger.Interruptions().Count(), 1U, "one interruption has ended");
    check.Equal(ledger.Interruptions().MaxMs().value_or(0), 3500.0, "from the first loss on, ms");
    check.Equal(ledger.Count(Cause::RADIO_LINK_FAILURE), 1U, "radio link failures");
    check.Equal(ledger.Count(Cause::ACCESS_FAILURE), 1U, "access failures");
    check.Equal(ledger.Count(Cause::OUTAGE), 1U, "outages");
    check.Equal(ledger.CountChanges(), 1U, "the second cell was another one");
    check.Equal(ledger.CountOpen(), 1U, "one UE has no cell in the end");
}

void
ARowSaysWhatIsKnown(Check& check)
{
    std::ostringstream csv;
    WriteMobility(csv, TwoUes());
    check.Equal(csv.str(),
                std::string("ue,gnb,lost_s,cause,next_gnb,found_s,listening_s,interruption_ms\n"
                            "3,0,2.000000000,rlf,0,3.000000000,,\n"
                            "1,0,2.500000000,outage,,,,\n"
                            "3,0,4.000000000,access,2,5.000000000,5.500000000,3500.000000\n"),
                "mobility.csv");
}

} // namespace

/** @param suite gets the tests of the ledger of mobility */
void AddMobilityLedgerTests(MbsTestSuite& suite);

void
AddMobilityLedgerTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("an interruption begins with the first loss of a cell",
        AnInterruptionBeginsWithTheFirstLoss);
    add("mobility.csv has a row per loss, with what is known of it", ARowSaysWhatIsKnown);
}

} // namespace ns3::mbs
