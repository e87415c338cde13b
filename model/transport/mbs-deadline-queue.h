// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_DEADLINE_QUEUE_H
#define MBS_DEADLINE_QUEUE_H

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <iterator>
#include <utility>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Very many timers of one owner, with one event of the simulator for all of them.
 *
 * ns-3 keeps an event that was cancelled until the time for which it was scheduled. A timer that is
 * nearly always stopped long before it runs out, one for each message, would fill its queue with
 * them; here a timer that is stopped leaves only its place, and of places without a timer there are
 * at most as many as of others, and a few. Places lie in a row, since most timers run equally long
 * and begin one after the other: a tree of very many would be read and mended in many places, all
 * of them far from the processor, for each timer.
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
        auto next = m_places.end();
        while (next != m_places.begin() && std::prev(next)->timer > timer)
        {
            --next;
        }
        m_places.insert(next, {timer, subject, true});
        ++m_running;
        if (m_event.IsExpired() || timer.first < m_wakes)
        {
            Wake();
        }
        return timer;
    }

    /** @param timer is stopped and names none from now on; may name none */
    void Stop(Timer& timer)
    {
        const auto place = Find(timer);
        timer = Timer();
        if (place != m_places.end())
        {
            place->runs = false;
            --m_running;
            TidyUp();
        }
    }

    /** @brief Stops all timers. */
    void Clear()
    {
        m_places.clear();
        m_running = 0;
        m_event.Cancel();
        m_event = EventId();
    }

    /** @return how many timers run */
    std::size_t Size() const
    {
        return m_running;
    }

  private:
    /** Places without a timer that are never worth the work of closing ranks. */
    static constexpr std::size_t FEW = 64;

    /** Where a timer is, or was until it was stopped. */
    struct Place
    {
        Timer timer;     //!< its name, greater than that of the place before
        Subject subject; //!< what it is for
        bool runs;       //!< it was not stopped
    };

    /** @param timer may name none @return its place, or the end if it does not run */
    typename std::deque<Place>::iterator Find(const Timer& timer)
    {
        if (m_places.empty())
        {
            return m_places.end();
        }
        // Where no timer between was shorter, and no ranks were closed, this is the place.
        const uint64_t guess = timer.second - m_places.front().timer.second;
        auto place = m_places.end();
        if (guess < m_places.size() && m_places[guess].timer == timer)
        {
            place = m_places.begin() + static_cast<std::ptrdiff_t>(guess);
        }
        else
        {
            place = std::lower_bound(
                m_places.begin(),
                m_places.end(),
                timer,
                [](const Place& one, const Timer& sought) { return one.timer < sought; });
        }
        return place != m_places.end() && place->timer == timer && place->runs ? place
                                                                               : m_places.end();
    }

    /** @brief Makes the first place one whose timer runs, and closes ranks if most do not. */
    void TidyUp()
    {
        while (!m_places.empty() && !m_places.front().runs)
        {
            m_places.pop_front();
        }
        if (m_places.size() > 2 * m_running + FEW)
        {
            m_places.erase(std::remove_if(m_places.begin(),
                                          m_places.end(),
                                          [](const Place& place) { return !place.runs; }),
                           m_places.end());
        }
    }

    /** @brief Has the simulator call when the first timer runs out. */
    void Wake()
    {
        m_event.Cancel();
        m_wakes = m_places.front().timer.first;
        m_event = Simulator::Schedule(m_wakes - Simulator::Now(), &DeadlineQueue::Expire, this);
    }

    /** @brief Ends the first timer if it has run out by now. */
    void Expire()
    {
        if (m_places.empty())
        {
            return;
        }
        if (m_places.front().timer.first > Simulator::Now())
        {
            // The one for which the event was is stopped.
            Wake();
            return;
        }
        const Subject subject = m_places.front().subject;
        m_places.pop_front();
        --m_running;
        TidyUp();
        if (!m_places.empty())
        {
            Wake();
        }
        // Who is called may let go of this queue.
        const Expired expired = m_expired;
        expired(subject);
    }

    Expired m_expired;          //!< called when a timer runs out
    std::deque<Place> m_places; //!< in the order in which they run out; the first one runs
    std::size_t m_running{0};   //!< how many of them run
    EventId m_event;            //!< at or before the time at which the first runs out
    Time m_wakes;               //!< when that is
    uint64_t m_last{0};         //!< number of the last timer
};

} // namespace ns3::mbs

#endif // MBS_DEADLINE_QUEUE_H
