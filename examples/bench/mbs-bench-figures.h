// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_BENCH_FIGURES_H
#define MBS_BENCH_FIGURES_H

#include "ns3/simulator.h"

#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/** A line of the result of mbs-bench. */
struct BenchFigure
{
    std::string benchCase; //!< which case
    std::string name;      //!< what was measured
    double value{0};       //!< how much
    std::string unit;      //!< of what; "x" for a ratio
};

/** Collects lines under the name of a case. */
class BenchFigures
{
  public:
    /** @param all gets them @param benchCase name of the case */
    BenchFigures(std::vector<BenchFigure>& all, const std::string& benchCase)
        : m_all(all),
          m_case(benchCase)
    {
    }

    /** @param name what was measured @param value how much @param unit of what */
    void Add(const std::string& name, double value, const std::string& unit)
    {
        m_all.push_back({m_case, name, value, unit});
    }

  private:
    std::vector<BenchFigure>& m_all; //!< gets them
    std::string m_case;              //!< name of the case
};

/** When the clocks were read. */
struct BenchClocks
{
    std::chrono::steady_clock::time_point wall{std::chrono::steady_clock::now()}; //!< time of day
    std::clock_t cpu{std::clock()};              //!< of the process
    uint64_t events{Simulator::GetEventCount()}; //!< that the simulator has executed

    /** @return seconds of wall-clock time since */
    double Wall() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
    }

    /** @return seconds of this process's time since */
    double Cpu() const
    {
        return static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    }

    /** @return events since */
    uint64_t Events() const
    {
        return Simulator::GetEventCount() - events;
    }
};

/** @return octets of the heap that are in use, if the allocator can tell */
std::optional<uint64_t> LiveHeap();

} // namespace ns3::mbs

#endif // MBS_BENCH_FIGURES_H
