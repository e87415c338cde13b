// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RUN_METER_H
#define MBS_RUN_METER_H

#include "ns3/mbs-run-results.h"

#include <chrono>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Measures what a run costs, from its construction on.
 */
class RunMeter
{
  public:
    /** @brief Starts the clock. */
    RunMeter();

    /**
     * @param deliveries packets handed to UEs' applications
     * @return wall time, events so far and largest memory
     */
    Performance Read(uint64_t deliveries) const;

  private:
    std::chrono::steady_clock::time_point m_began; //!< when the clock was started
};

/**
 * @ingroup mbs
 * @brief Says with what a result was made.
 * @param commandLine as typed
 * @return versions, command line, seed and run
 */
Provenance MakeProvenance(const std::string& commandLine);

/**
 * @ingroup mbs
 * @return path of the RTP capture that comes with the module
 */
std::string GetBundledTraffic();

} // namespace ns3::mbs

#endif // MBS_RUN_METER_H
