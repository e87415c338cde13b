// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_LATENCY_STATISTICS_H
#define MBS_LATENCY_STATISTICS_H

#include "ns3/nstime.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Mean, extremes and exact quantiles of a set of latencies.
 *
 * Every sample is kept (eight octets each) and nothing is estimated. Quantiles interpolate
 * linearly between the two nearest samples: with the samples sorted as x[0] to x[n-1], the
 * quantile of p percent is the value at position p (n - 1) / 100. That is the default of NumPy,
 * pandas and R (type 7), so a reader who works out a quantile of the CSV column gets the number
 * in the summary.
 *
 * The order in which samples are added has no influence on any result.
 */
class LatencyStatistics
{
  public:
    /**
     * @brief Adds a sample.
     * @param latency the sample, rounded down to nanoseconds; may be zero or negative
     */
    void Add(const Time& latency);

    /**
     * @brief Adds a sample.
     * @param nanoseconds the sample; may be zero or negative
     */
    void AddNanoseconds(int64_t nanoseconds);

    /** @return the number of samples */
    uint64_t Count() const;

    /** @return the mean in milliseconds; nothing without samples */
    std::optional<double> MeanMs() const;

    /** @return the smallest sample in milliseconds; nothing without samples */
    std::optional<double> MinMs() const;

    /** @return the largest sample in milliseconds; nothing without samples */
    std::optional<double> MaxMs() const;

    /**
     * @param percent which quantile, 0 to 100; more counts as 100
     * @return the quantile in milliseconds; nothing without samples
     */
    std::optional<double> QuantileMs(unsigned percent) const;

  private:
    /** @brief Sorts what was added since the last time. */
    void Sort() const;

    mutable std::vector<int64_t> m_samples; //!< nanoseconds
    mutable bool m_sorted{true};            //!< m_samples is in ascending order
    int64_t m_sumSeconds{0};     //!< whole seconds of the sum; apart, so that it cannot overflow
    int64_t m_sumNanoseconds{0}; //!< the rest of the sum, less than a second either way
};

} // namespace ns3::mbs

#endif // MBS_LATENCY_STATISTICS_H
