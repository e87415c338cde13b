// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-rank-balance.h"
#include "ns3/mbs-ranks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

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
    size.sharesCore = false;
    return size;
}

/** @param ranks some numbers @return their sum */
uint32_t
Sum(const std::vector<uint32_t>& ranks)
{
    return std::accumulate(ranks.begin(), ranks.end(), 0U);
}

/** @param ranks of some functions @param rank one of them @return how many functions it has */
uint32_t
CountOf(const std::vector<uint32_t>& ranks, uint32_t rank)
{
    return static_cast<uint32_t>(std::count(ranks.begin(), ranks.end(), rank));
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
    size.sharesCore = false;
    check.Equal(BalanceGnbs(size, 2), 2U, "where nothing is to be done they are shared evenly");
}

void
SharesCoreOut(Check& check)
{
    RunSize size = Stream();
    size.mskUpdates = 2;
    size.amfs = 5;
    size.smfs = 5;
    check.Equal(Sum(ShareOut(size, 2).amfs) + Sum(ShareOut(size, 2).smfs),
                0U,
                "links of the core that are too short to be cut");

    size.sharesCore = true;
    RankShare share = ShareOut(size, 2, 48);
    check.Equal(CountOf(share.gnbs, 0), 48U, "cells with the first process");
    check.Expect(share.amfs == std::vector<uint32_t>{0, 0, 1, 1, 1}, "AMFs where their cells are");
    check.Expect(share.smfs == std::vector<uint32_t>{0, 0, 0, 1, 1},
                 "SMFs where less is to be done");
    for (uint32_t gnb = 0; gnb < size.gnbs; ++gnb)
    {
        // Eight cells of AMF 2 are on the other side of the cut.
        const uint32_t expected = gnb % 5 == 2 && gnb / 5 < 8 ? 0 : share.amfs[gnb % 5];
        check.Equal(share.gnbs[gnb], expected, "a cell is with its AMF");
    }

    // One of each: they have about as much to do.
    size.amfs = 1;
    size.smfs = 1;
    share = ShareOut(size, 2);
    check.Equal(Sum(share.amfs) + Sum(share.smfs),
                1U,
                "the AMF and the SMF are not in one process");

    // More AMFs than fit into equal rows, and more processes than SMFs.
    size.gnbs = 11;
    size.amfs = 4;
    size.smfs = 2;
    share = ShareOut(size, 3, 0);
    check.Equal(CountOf(share.gnbs, 0), 0U, "the first process has no cells");
    check.Equal(CountOf(share.gnbs, 1) + CountOf(share.gnbs, 2), 11U, "the others have all");
    check.Expect(CountOf(share.gnbs, 1) - CountOf(share.gnbs, 2) <= 1, "as many each");
    check.Equal(CountOf(share.amfs, 0), 0U, "an AMF is where it has cells");
    for (uint32_t amf = 0; amf < size.amfs; ++amf)
    {
        uint32_t withIt = 0;
        uint32_t cells = 0;
        for (uint32_t gnb = amf; gnb < size.gnbs; gnb += size.amfs)
        {
            withIt += share.gnbs[gnb] == share.amfs[amf] ? 1 : 0;
            ++cells;
        }
        check.Expect(2 * withIt >= cells, "an AMF is where as many of its cells are as elsewhere");
    }
    check.Equal(Sum(share.smfs), 0U, "SMFs are with the process that has nothing else to do");
}

void
OneProcessHasAllCells(Check& check)
{
    for (uint32_t gnb = 0; gnb < 7; ++gnb)
    {
        check.Equal(Ranks::OfPlace(gnb, 7, 7, 1), 0U, "the rank of a gNB");
    }
    RunSize size;
    size.gnbs = 7;
    size.amfs = 3;
    size.smfs = 2;
    const RankShare share = ShareOut(size, 1);
    check.Equal(Sum(share.gnbs) + Sum(share.amfs) + Sum(share.smfs),
                0U,
                "all are in the first one");
    check.Equal(share.gnbs.size() + share.amfs.size() + share.smfs.size(),
                std::size_t{12},
                "each is somewhere");
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
    add("processes get AMFs with their cells, and SMFs by what there is to do", SharesCoreOut);
    add("one process has all cells", OneProcessHasAllCells);
}

} // namespace ns3::mbs
