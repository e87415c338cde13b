// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_REPORT_FEED_H
#define MBS_REPORT_FEED_H

#include "mbs-core-report.h"
#include "mbs-ranks.h"

#include "ns3/mbs-result-parcel.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <utility>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Has the ledgers of every rank hear of core and cells in the order in which things
 * happened.
 *
 *     rank 0   core --> Tell() --> ledgers        cells --> Locally() --> ledgers
 *                         |
 *                         +-- reports, with the time up to which they are all
 *                         v
 *     rank 1             merged by time  <------- cells --> Locally() --> kept meanwhile
 *                         |
 *                         +--> ledgers
 *
 * With one rank, and on the first of several, everything is passed on at once. The others keep what
 * happens in their cells until the first one has said all that happened in the core until then; of
 * the same instant the core comes first. Ledgers of a rank so know the UEs of its cells only, and
 * all of the core.
 *
 * This takes no part in the simulation: no event is made, and nothing waits before Finish().
 */
class ReportFeed
{
  public:
    /** Gets the reports. */
    using Sink = std::function<void(const CoreReport&)>;

    /** @param sink tells the ledgers of this rank what happened in the core */
    explicit ReportFeed(Sink sink);

    ReportFeed(const ReportFeed&) = delete;
    ReportFeed& operator=(const ReportFeed&) = delete;

    /** @param report of something that has just happened in the core, which is on this rank */
    void Tell(CoreReport report);

    /**
     * @brief Something has just happened in a cell of this rank.
     * @tparam Job can be called
     * @param job tells the ledgers; what it needs it must own, since it may be called later
     */
    template <typename Job>
    void Locally(Job&& job)
    {
        if (Ranks::IsFirst())
        {
            job();
            return;
        }
        m_kept.push_back({CurrentTime(), std::forward<Job>(job)});
        if (m_kept.size() >= m_lookAgain)
        {
            Merge(false);
        }
    }

    /** @return true if Locally() calls at once, so that a job need own nothing */
    static bool IsAtOnce()
    {
        return Ranks::IsFirst();
    }

    /** @return when that happened which the ledgers are being told of */
    Time Now() const;

    /** @brief The run is over: the ledgers are told all that there is to tell. */
    void Finish();

  private:
    /** Something that happened in a cell. */
    struct Kept
    {
        int64_t at;                //!< nanoseconds
        std::function<void()> job; //!< tells the ledgers
    };

    /** @return nanoseconds of simulated time */
    static int64_t CurrentTime();

    /** @brief Sends the other ranks the reports that were not sent yet. @param last that come */
    void Ship(bool last);

    /** @brief Passes on what has come, as far as its order is certain. @param wait for all */
    void Merge(bool wait);

    Sink m_sink;                       //!< tells the ledgers
    ResultParcel m_unsent;             //!< reports for the other ranks
    int64_t m_firstUnsent{0};          //!< nanoseconds; when the first of them was made
    std::deque<CoreReport> m_received; //!< reports not passed on yet
    std::deque<Kept> m_kept;           //!< what happened in cells, not passed on yet
    std::size_t m_lookAgain{1};        //!< how much must be kept for another look
    int64_t m_complete{0};             //!< nanoseconds; before that all reports have come
    int64_t m_now{-1};                 //!< nanoseconds; of what is being passed on, -1 for now
};

} // namespace ns3::mbs

#endif // MBS_REPORT_FEED_H
