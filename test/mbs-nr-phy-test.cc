// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-nr-bler.h"
#include "ns3/mbs-nr-phy.h"

#include <cmath>

#ifndef MBS_HAVE_LTE
#define MBS_HAVE_LTE 0
#endif

#if MBS_HAVE_LTE
#include "ns3/lte-mi-error-model.h"
#include "ns3/spectrum-value.h"
#endif

namespace ns3::mbs
{

namespace
{

/** Sizes worked out by hand from TS 38.214 clause 5.1.3.2, a case of each branch. */
void
TransportBlockSizes(Check& check)
{
    struct Example
    {
        uint32_t elements; //!< N'_RE
        uint32_t blocks;   //!< n_PRB
        uint8_t mcs;       //!< I_MCS
        uint32_t layers;   //!< number of layers
        uint32_t bits;     //!< the size
        const char* what;  //!< which branch
    };

    const Example examples[]{
        {144, 0, 28, 1, 0, "nothing allocated"},
        {144, 1, 0, 1, 32, "33.75 bits of information: 32"},
        {6, 1, 0, 1, 24, "1.4 bits of information: the least size"},
        {132, 25, 2, 1, 1256, "1243.9 bits: 1232, then the next of the table"},
        {144, 60, 5, 1, 6400, "one code block: 50 x 128"},
        {144, 273, 0, 1, 9216, "rate below 1/4: three code blocks"},
        {144, 273, 28, 1, 217128, "26 code blocks"},
        {168, 100, 10, 1, NrTransportBlockSize(156, 100, 10, 1), "at most 156 elements count"},
    };
    for (const Example& example : examples)
    {
        check.Equal(
            NrTransportBlockSize(example.elements, example.blocks, example.mcs, example.layers),
            example.bits,
            example.what);
    }
}

/** More resource blocks or a faster scheme never carry less. */
void
TransportBlockSizesAscend(Check& check)
{
    for (uint8_t mcs = 0; mcs < NR_MCS_COUNT; ++mcs)
    {
        uint32_t before = 0;
        for (uint32_t blocks = 1; blocks <= 273; ++blocks)
        {
            const uint32_t bits = NrTransportBlockSize(144, blocks, mcs, 1);
            check.Expect(bits >= before && bits % 8 == 0, "sizes ascend and are octets");
            before = bits;
            const double information = 144.0 * blocks * GetNrMcs(mcs).modulationOrder *
                                       GetNrMcs(mcs).targetCodeRate / 1024.0;
            // Step 3 quantizes by up to 2^-6 of the size, or 8 bits, and then goes up in the table.
            check.Expect(std::abs(bits - information) <= 32 + information / 16,
                         "a size is near its information bits");
        }
    }
}

/** TS 38.101-1 and TS 38.101-2, table 5.3.2-1: what is in it, and what is not. */
void
ResourceBlocks(Check& check)
{
    check.Equal(NrResourceBlocks(0, 50).value_or(0), 270U, "50 MHz, 15 kHz");
    check.Equal(NrResourceBlocks(1, 100).value_or(0), 273U, "100 MHz, 30 kHz");
    check.Equal(NrResourceBlocks(2, 100).value_or(0), 135U, "100 MHz, 60 kHz");
    check.Equal(NrResourceBlocks(3, 400).value_or(0), 264U, "400 MHz, 120 kHz");
    check.Expect(!NrResourceBlocks(0, 100), "100 MHz with 15 kHz does not exist");
    check.Expect(!NrResourceBlocks(1, 42), "42 MHz does not exist");
    check.Expect(!NrResourceBlocks(4, 100), "numerology 4 carries no data");
    for (uint32_t numerology = 0; numerology <= 3; ++numerology)
    {
        for (const uint32_t bandwidth : NrBandwidths(numerology))
        {
            // At least 2 % of the channel are guard bands (TS 38.101-1 table 5.3.3-1: 805 kHz of 50
            // MHz are the least), and no channel wastes more than a fifth and 1 MHz.
            const double used =
                NrResourceBlocks(numerology, bandwidth).value_or(0) * 0.18 * (1 << numerology);
            check.Expect(used < bandwidth && used > 0.8 * bandwidth - 1, "blocks fill the channel");
        }
    }
    check.Equal(NrSlotDuration(0), MilliSeconds(1), "15 kHz");
    check.Equal(NrSlotDuration(3), MicroSeconds(125), "120 kHz");
}

/** One transport block per slot gives the rate of TS 38.306 clause 4.1.2, for each channel. */
void
RateOfTheStandard(Check& check)
{
    // The figure for 100 MHz, 4 layers, 64QAM in the downlink of FR1: 1.75 Gbit/s.
    const double known = NrMaximumDataRate(1, 273, 6, 4, 0.14);
    check.Expect(std::abs(known - 1.7529e9) < 1e6, "TS 38.306: 1.753 Gbit/s");
    for (uint32_t numerology = 0; numerology <= 3; ++numerology)
    {
        for (const uint32_t bandwidth : NrBandwidths(numerology))
        {
            const uint32_t blocks = NrResourceBlocks(numerology, bandwidth).value_or(0);
            const double rate =
                NrTransportBlockSize(144, blocks, 28, 1) / NrSlotDuration(numerology).GetSeconds();
            const double standard = NrMaximumDataRate(numerology, blocks, 6, 1, 1.0 - 144.0 / 168);
            check.Expect(std::abs(rate / standard - 1.0) < 0.02, "within the quantization");
        }
    }
}

/** The error rate falls with the ratio, and rises with scheme; near its ends it is 1 and 0. */
void
ErrorRatesAreOrdered(Check& check)
{
    for (const uint32_t bits : {40U, 320U, 1256U, 6144U, 6145U, 20000U, 217128U})
    {
        double previousThreshold = -100;
        for (uint8_t mcs = 0; mcs < NR_MCS_COUNT; ++mcs)
        {
            double before = 1.0;
            double threshold = -100;
            for (double sinr = -20; sinr <= 30; sinr += 0.05)
            {
                const double rate = NrBlockErrorRate(mcs, bits, sinr);
                check.Expect(rate >= 0 && rate <= before + 1e-12, "falls with the ratio");
                threshold = rate > 0.1 ? sinr : threshold;
                before = rate;
            }
            check.Expect(NrBlockErrorRate(mcs, bits, -20) > 0.999, "nothing arrives at -20 dB");
            check.Expect(before < 1e-6, "all arrives at 30 dB");
            // The two schemes of about the same efficiency where the modulation changes may cross.
            check.Expect(threshold > previousThreshold - 0.7, "a faster scheme needs more");
            previousThreshold = threshold;
        }
    }
}

/** Link adaptation takes the fastest scheme that keeps the target. */
void
LinkAdaptation(Check& check)
{
    for (double sinr = -10; sinr <= 30; sinr += 0.5)
    {
        const uint8_t mcs = NrSelectMcs(8000, sinr, 0.1);
        if (mcs > 0)
        {
            check.Expect(NrBlockErrorRate(mcs, 8000, sinr) <= 0.1, "keeps the target");
        }
        for (uint8_t faster = mcs + 1; faster < NR_MCS_COUNT; ++faster)
        {
            check.Expect(NrBlockErrorRate(faster, 8000, sinr) > 0.1, "a faster one would not");
        }
    }
    check.Equal(+NrSelectMcs(8000, -30, 0.1), 0, "the slowest one when none does");
    check.Equal(+NrSelectMcs(8000, 40, 0.1), 28, "the fastest one when all do");
}

#if MBS_HAVE_LTE

/** @param rate falls with the ratio, dB @return where it is 0.1 */
template <typename Function>
double
TenPercent(const Function& rate)
{
    double low = -20;
    double high = 30;
    for (int i = 0; i < 40; ++i)
    {
        const double middle = (low + high) / 2;
        (rate(middle) > 0.1 ? low : high) = middle;
    }
    return high;
}

/** Where NR and LTE have about the same code rate, the curves are those of ns-3's LTE model. */
void
ErrorRatesAreThoseOfLte(Check& check)
{
    const Ptr<SpectrumModel> model = Create<SpectrumModel>(std::vector<double>{2e9});
    // I_MCS of NR, MCS of LTE: code rates differ by 0.006 at most.
    const std::pair<uint8_t, uint8_t> alike[]{
        {1, 3},   {2, 4},   {3, 5},   {4, 6},   {5, 7},   {6, 8},   {7, 9},   {10, 11}, {11, 12},
        {12, 13}, {13, 14}, {14, 15}, {15, 16}, {17, 17}, {18, 18}, {19, 19}, {20, 20}, {21, 21},
        {22, 22}, {23, 23}, {24, 24}, {25, 25}, {26, 26}, {27, 27}, {28, 28}};
    for (const auto& [nr, lte] : alike)
    {
        for (const uint16_t octets : {60, 200, 700, 1500, 5000})
        {
            const double ours = TenPercent(
                [&, nr = nr](double sinr) { return NrBlockErrorRate(nr, octets * 8, sinr); });
            const double theirs = TenPercent([&, lte = lte](double sinr) {
                SpectrumValue value(model);
                value[0] = std::pow(10.0, sinr / 10);
                return LteMiErrorModel::GetTbDecodificationStats(value, {0}, octets, lte, {}).tbler;
            });
            check.Expect(std::abs(ours - theirs) < 0.25,
                         "MCS " + std::to_string(nr) + ", " + std::to_string(octets) +
                             " octets: 10 % at " + std::to_string(ours) + " dB, LTE at " +
                             std::to_string(theirs) + " dB");
        }
    }
}

#endif

} // namespace

/** @param suite gets the tests of the physical layer's tables */
void
AddNrPhyTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("transport blocks have the sizes of TS 38.214", TransportBlockSizes);
    add("transport blocks grow with allocation and scheme", TransportBlockSizesAscend);
    add("channels have the resource blocks of TS 38.101", ResourceBlocks);
    add("a full slot gives the rate of TS 38.306", RateOfTheStandard);
    add("block error rates fall with the SINR and rise with the scheme", ErrorRatesAreOrdered);
    add("link adaptation takes the fastest scheme within the target", LinkAdaptation);
#if MBS_HAVE_LTE
    add("block error rates are those of ns-3's LTE model", ErrorRatesAreThoseOfLte);
#endif
}

} // namespace ns3::mbs
