// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_DEADLINE_QUEUE_H
#define MBS_DEADLINE_QUEUE_H

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Very many timers of one owner, with one event of the simulator for all of them.
 *
 * ns-3 keeps an event that was cancelled until the time for which it was scheduled. A timer that is
 * nearly always stopped long before it runs out, one for each message, would fill its queue with
 * them; here a timer that is stopped is gone at once.
 *
 * @tparam Subject what a timer is for: small, copied
 */
template <typename Subject>
class DeadlineQueue
{
  public:
    /** Names a timer; the default names none. */
    using Timer = std::pair<Time, uint64_t>;

    /** Called with the subject of a timer that ran out, which is gone by then. */
    using Expired = std::function<void(Subject subject)>;

    /** @param expired called when a timer runs out */
    explicit DeadlineQueue(Expired expired)
        : m_expired(std::move(expired))
    {
    }

    ~DeadlineQueue()
    {
        m_event.Cancel();
    }

    DeadlineQueue(const DeadlineQueue&) = delete;
    DeadlineQueue& operator=(const DeadlineQueue&) = delete;

    /**
     * @brief Starts a timer.
     * @param delay from now on, 0 or more
     * @param subject what it is for
     * @return its name
     */
    Timer Start(Time delay, Subject subject)
    {
        const Timer timer{Simulator::Now() + delay, ++m_last};
        // Most run equally long, so that the new one is the last.
        m_running.emplace_hint(m_running.end(), timer, subject);
        if (m_event.IsExpired() || timer.first < m_wakes)
        {
            Wake();
        }
        return timer;
    }

    /** @param timer is stopped and names none from now on; may name none */
    void Stop(Timer& timer)
    {
        m_running.erase(timer);
        timer = Timer();
    }

    /** @brief Stops all timers. */
    void Clear()
    {
        m_running.clear();
        m_event.Cancel();
        m_event = EventId();
    }

    /** @return how many timers run */
    std::size_t Size() const
    {
        return m_running.size();
    }

  private:
    /** @brief Has the simulator call when the first timer runs out. */
    void Wake()
    {
        m_event.Cancel();
        m_wakes = m_running.begin()->first.first;
        m_event = Simulator::Schedule(m_wakes - Simulator::Now(), &DeadlineQueue::Expire, this);
    }

    /** @brief Ends the first timer if it has run out by now. */
    void Expire()
    {
        const auto first = m_running.begin();
        if (first == m_running.end())
        {
            return;
        }
        if (first->first.first > Simulator::Now())
        {
            // The one for which the event was is stopped.
            Wake();
            return;
        }
        const Subject subject = first->second;
        m_running.erase(first);
        if (!m_running.empty())
        {
            Wake();
        }
        // Who is called may let go of this queue.
        const Expired expired = m_expired;
        expired(subject);
    }

    Expired m_expired;                  //!< called when a timer runs out
    std::map<Timer, Subject> m_running; //!< in the order in which they run out
    EventId m_event;                    //!< at or before the time at which the first runs out
    Time m_wakes;                       //!< when that is
    uint64_t m_last{0};                 //!< number of the last timer
};

} // namespace ns3::mbs

#endif // MBS_DEADLINE_QUEUE_H
