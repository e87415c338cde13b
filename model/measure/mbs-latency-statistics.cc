// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-latency-statistics.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

constexpr int64_t NANOSECONDS_PER_SECOND = 1000000000; //!< nanoseconds in a second
constexpr double NANOSECONDS_PER_MILLISECOND = 1e6;    //!< nanoseconds in a millisecond
constexpr double MILLISECONDS_PER_SECOND = 1e3;        //!< milliseconds in a second

} // namespace

void
LatencyStatistics::Add(const Time& latency)
{
    AddNanoseconds(latency.GetNanoSeconds());
}

void
LatencyStatistics::AddNanoseconds(int64_t nanoseconds)
{
    m_sorted = m_sorted && (m_samples.empty() || m_samples.back() <= nanoseconds);
    m_samples.push_back(nanoseconds);
    m_sumNanoseconds += nanoseconds % NANOSECONDS_PER_SECOND;
    m_sumSeconds += nanoseconds / NANOSECONDS_PER_SECOND;
    m_sumSeconds += m_sumNanoseconds / NANOSECONDS_PER_SECOND;
    m_sumNanoseconds %= NANOSECONDS_PER_SECOND;
}

uint64_t
LatencyStatistics::Count() const
{
    return m_samples.size();
}

std::optional<double>
LatencyStatistics::MeanMs() const
{
    if (m_samples.empty())
    {
        return std::nullopt;
    }
    const double sum = static_cast<double>(m_sumSeconds) * MILLISECONDS_PER_SECOND +
                       static_cast<double>(m_sumNanoseconds) / NANOSECONDS_PER_MILLISECOND;
    return sum / static_cast<double>(m_samples.size());
}

std::optional<double>
LatencyStatistics::MinMs() const
{
    return QuantileMs(0);
}

std::optional<double>
LatencyStatistics::MaxMs() const
{
    return QuantileMs(100);
}

std::optional<double>
LatencyStatistics::QuantileMs(unsigned percent) const
{
    if (m_samples.empty())
    {
        return std::nullopt;
    }
    Sort();
    // Whole numbers as far as possible, so that every compiler finds the same value.
    const uint64_t position = std::min(percent, 100U) * (m_samples.size() - 1);
    const std::size_t below = position / 100;
    const auto part = static_cast<double>(position % 100) / 100.0;
    double value = static_cast<double>(m_samples[below]);
    if (below + 1 < m_samples.size())
    {
        value += part * static_cast<double>(m_samples[below + 1] - m_samples[below]);
    }
    return value / NANOSECONDS_PER_MILLISECOND;
}

void
LatencyStatistics::Sort() const
{
    if (!m_sorted)
    {
        std::sort(m_samples.begin(), m_samples.end());
        m_sorted = true;
    }
}

} // namespace ns3::mbs
