// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PROGRESS_H
#define MBS_PROGRESS_H

#include "ns3/event-id.h"
#include "ns3/nstime.h"

#include <chrono>
#include <ostream>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Says on a terminal how far a long run is: once a second of wall time, from the third on.
 *
 * It looks at the clock a thousand times in a run and changes nothing in the network.
 */
class Progress
{
  public:
    /**
     * @param duration of the run, simulated time
     * @param out where to write; null for nowhere
     */
    Progress(Time duration, std::ostream* out);

    /** @brief Clears the line that was written last. */
    ~Progress();

    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

  private:
    using Clock = std::chrono::steady_clock;

    /** @brief Writes if it is time to, and comes again. */
    void Look();

    Time m_duration;           //!< of the run
    std::ostream* m_out;       //!< where to write
    Clock::time_point m_began; //!< when the run began
    Clock::time_point m_next;  //!< when to write again
    bool m_written{false};     //!< there is a line to clear
    EventId m_event;           //!< the next look
};

} // namespace ns3::mbs

#endif // MBS_PROGRESS_H
