// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-decimal.h"
#include "ns3/mbs-latency-statistics.h"

#include <limits>

namespace ns3::mbs
{

namespace
{

/**
 * @param check where to report
 * @param actual a statistic
 * @param expected its value, milliseconds
 * @param what it is
 */
void
Near(Check& check, std::optional<double> actual, double expected, const std::string& what)
{
    check.Expect(actual && std::abs(*actual - expected) < 1e-9, what);
}

/** @param check where to report */
void
NothingComesOfNoSamples(Check& check)
{
    const LatencyStatistics none;
    check.Equal(none.Count(), 0U, "count");
    check.Expect(!none.MeanMs() && !none.MinMs() && !none.MaxMs() && !none.QuantileMs(50),
                 "no statistic has a value");
}

/** @param check where to report */
void
OneSampleIsEveryStatistic(Check& check)
{
    LatencyStatistics one;
    one.Add(MicroSeconds(1500));
    for (const unsigned percent : {0U, 50U, 95U, 99U, 100U, 1000U})
    {
        Near(check, one.QuantileMs(percent), 1.5, "quantile " + std::to_string(percent));
    }
    Near(check, one.MeanMs(), 1.5, "mean");
}

/** @param check where to report */
void
QuantilesInterpolateAsNumpyDoes(Check& check)
{
    // numpy.percentile([15, 20, 35, 40, 50], [5, 30, 40, 50, 95, 99]), in any order of adding
    LatencyStatistics five;
    for (const int64_t ms : {35, 20, 50, 15, 40})
    {
        five.Add(MilliSeconds(ms));
    }
    Near(check, five.QuantileMs(5), 16.0, "p5");
    Near(check, five.QuantileMs(30), 23.0, "p30");
    Near(check, five.QuantileMs(40), 29.0, "p40");
    Near(check, five.QuantileMs(50), 35.0, "p50");
    Near(check, five.QuantileMs(95), 48.0, "p95");
    Near(check, five.QuantileMs(99), 49.6, "p99");
    Near(check, five.MinMs(), 15.0, "min");
    Near(check, five.MaxMs(), 50.0, "max");
    Near(check, five.MeanMs(), 32.0, "mean");
}

/** @param check where to report */
void
ASampleAddedAfterAQuestionCounts(Check& check)
{
    LatencyStatistics statistics;
    statistics.Add(MilliSeconds(9));
    statistics.Add(MilliSeconds(3));
    Near(check, statistics.MaxMs(), 9.0, "max of two");
    statistics.Add(MilliSeconds(1));
    Near(check, statistics.MinMs(), 1.0, "min of three");
    Near(check, statistics.QuantileMs(50), 3.0, "median of three");
}

/** @param check where to report */
void
ZeroAndNegativeSamplesCountAsTheyAre(Check& check)
{
    LatencyStatistics statistics;
    statistics.Add(MilliSeconds(-4));
    statistics.Add(Seconds(0));
    statistics.Add(MilliSeconds(-2));
    Near(check, statistics.MaxMs(), 0.0, "max");
    Near(check, statistics.MinMs(), -4.0, "min");
    Near(check, statistics.MeanMs(), -2.0, "mean");
    Near(check, statistics.QuantileMs(50), -2.0, "median");
}

/** @param check where to report */
void
TheSumOfManyLongLatenciesDoesNotOverflow(Check& check)
{
    // 200 times 200 years are more nanoseconds than 64 bits hold.
    LatencyStatistics statistics;
    const int64_t longest = 6300000000LL * 1000000000LL;
    for (int i = 0; i < 200; ++i)
    {
        statistics.AddNanoseconds(longest);
    }
    Near(check, statistics.MeanMs(), 6.3e12, "mean");
}

/** @param check where to report */
void
DecimalsAreExact(Check& check)
{
    check.Equal(SecondsText(0), "0.000000000", "zero");
    check.Equal(SecondsText(1), "0.000000001", "a nanosecond");
    check.Equal(SecondsText(60000000000), "60.000000000", "a minute");
    check.Equal(SecondsText(-1500000000), "-1.500000000", "negative");
    check.Equal(MillisecondsText(1234567), "1.234567", "milliseconds");
    check.Equal(FixedPoint(42, 0), "42", "no decimals");
    check.Equal(FixedPoint(std::numeric_limits<int64_t>::min(), 9),
                "-9223372036.854775808",
                "the smallest integer");
    check.Equal(RoundedText(2.0 / 3.0, 4), "0.6667", "rounded");
    check.Equal(RoundedText(-0.25, 1), "-0.3", "half away from zero");
    check.Equal(RoundedText(std::numeric_limits<double>::quiet_NaN(), 3), "-", "no number");
    check.Equal(RoundedText(std::numeric_limits<double>::infinity(), 3), "-", "infinite");
}

} // namespace

void AddLatencyStatisticsTests(MbsTestSuite& suite);

void
AddLatencyStatisticsTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("no samples give no statistics", NothingComesOfNoSamples));
    suite.Add(new FunctionTestCase("one sample is every statistic", OneSampleIsEveryStatistic));
    suite.Add(new FunctionTestCase("quantiles interpolate linearly, as numpy's default",
                                   QuantilesInterpolateAsNumpyDoes));
    suite.Add(new FunctionTestCase("a sample added after a question counts",
                                   ASampleAddedAfterAQuestionCounts));
    suite.Add(new FunctionTestCase("zero and negative latencies count as they are",
                                   ZeroAndNegativeSamplesCountAsTheyAre));
    suite.Add(new FunctionTestCase("the sum of many long latencies does not overflow",
                                   TheSumOfManyLongLatenciesDoesNotOverflow));
    suite.Add(new FunctionTestCase("decimals are written exactly", DecimalsAreExact));
}

} // namespace ns3::mbs
