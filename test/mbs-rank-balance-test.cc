// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-rank-balance.h"
#include "ns3/mbs-ranks.h"

#include <cstdint>

namespace ns3::mbs
{

namespace
{

using Check = FunctionTestCase::Checker;

/** @return a run in which the cells have nearly all there is to do */
RunSize
Stream()
{
    RunSize size;
    size.memberships = 1e7;
    size.packets = 1e6;
    size.gnbs = 100;
    return size;
}

void
SharesCellsOut(Check& check)
{
    RunSize size = Stream();
    check.Equal(BalanceGnbs(size, 1), 100U, "one process has them all");
    check.Equal(BalanceGnbs(size, 2), 50U, "a stream is all that there is");
    check.Equal(BalanceGnbs(size, 3), 32U, "three processes: 34, 34 and 32");
    check.Expect(BalanceGnbs(size, 100) <= 1, "as many processes as cells");

    // Whatever a packet costs the cells, the core does not work at anything else meanwhile.
    size.packets = 5000;
    size.mskUpdates = 1;
    check.Equal(BalanceGnbs(size, 2), 50U, "a stream that lasts longer than joins");
    // The more often keys are renewed, the more the other processes wait for the core.
    uint32_t before = 50;
    for (const double updates : {0.0, 3.0, 10.0, 30.0, 100.0})
    {
        size.mskUpdates = updates;
        const uint32_t now = BalanceGnbs(size, 2);
        check.Expect(now <= before, "more updates do not mean more cells with the core");
        before = now;
    }
    check.Equal(before, 0U, "the core alone is most of it");
    check.Equal(BalanceGnbs(size, 3), 0U, "and with three processes");
    // A third process has what the first one is spared.
    size = Stream();
    size.gnbs = 10;
    check.Equal(BalanceGnbs(size, 3), 2U, "four, four and two are as quick as three, three, four");
    size.gnbs = 1;
    check.Equal(BalanceGnbs(size, 1), 1U, "one process has all, however much that is");
    size = RunSize();
    size.gnbs = 4;
    check.Equal(BalanceGnbs(size, 2), 2U, "where nothing is to be done they are shared evenly");
}

void
OneProcessHasAllCells(Check& check)
{
    for (uint32_t gnb = 0; gnb < 7; ++gnb)
    {
        check.Equal(Ranks::OfGnb(gnb, 7, 7), 0U, "the rank of a gNB");
    }
    check.Equal(Ranks::GetCount(), 1U, "ranks of a program that nobody started several of");
    check.Equal(Ranks::GetCountHere(), 1U, "those on this machine");
    check.Expect(Ranks::IsFirst(), "it writes the results");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of how cells are shared by processes */
void AddRankBalanceTests(MbsTestSuite& suite);

void
AddRankBalanceTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("processes get cells by how much there is to do in the core", SharesCellsOut);
    add("one process has all cells", OneProcessHasAllCells);
}

} // namespace ns3::mbs
