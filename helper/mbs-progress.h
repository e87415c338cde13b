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
 * @brief Says how far a long run is: on a terminal in one line, once a second of wall time from
 * the third on; elsewhere, such as in a log, in a line of its own every ten seconds.
 *
 * It looks at the clock a thousand times in a run and changes nothing in the network.
 */
class Progress
{
  public:
    /**
     * @param duration of the run, simulated time
     * @param out where to write; null for nowhere
     * @param terminal true if lines can be written over
     */
    Progress(Time duration, std::ostream* out, bool terminal);

    /** @brief Clears the line that was written last. */
    ~Progress();

    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

  private:
    /** Wall time. */
    using Clock = std::chrono::steady_clock;

    /** @brief Writes if it is time to, and comes again. */
    void Look();

    Time m_duration;           //!< of the run
    std::ostream* m_out;       //!< where to write
    bool m_terminal;           //!< lines can be written over
    Clock::time_point m_began; //!< when the run began
    Clock::time_point m_next;  //!< when to write again
    bool m_written{false};     //!< there is a line to clear
    EventId m_event;           //!< the next look
};

} // namespace ns3::mbs

#endif // MBS_PROGRESS_H
