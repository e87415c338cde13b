// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_REPORT_FEED_H
#define MBS_REPORT_FEED_H

#include "mbs-core-report.h"
#include "mbs-ranks.h"

#include "ns3/mbs-result-parcel.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Has the ledgers of every rank hear of core and cells in the order in which things
 * happened.
 *
 *     each rank   core --> Tell() -----+--> kept meanwhile --+
 *                 cells -> Locally() --|-->                  +--> merged by time --> ledgers
 *                                      |       received -----+
 *                                      |         ^
 *                                      +---------|---> reports to other ranks, with the time
 *                                                      up to which they are all
 *
 * The ranks that have functions of the core tell the others what happens there. What happens on a
 * rank it keeps until the others have said all that happened in their parts of the core until then;
 * of the same instant the others' come first. A rank that no other one tells anything, as the first
 * one if it has all of the core, passes everything on at once. Ledgers of a rank so know the UEs of
 * its cells only, and all of the core that these need.
 *
 * This takes no part in the simulation: its only events, if several ranks have a part of the core,
 * send and receive reports, and nothing waits before Finish().
 */
class ReportFeed
{
  public:
    /** Gets the reports. */
    using Sink = std::function<void(const CoreReport&)>;

    /**
     * @param sink tells the ledgers of this rank what happened in the core
     * @param reporters the ranks that have functions of the core
     */
    ReportFeed(Sink sink, const std::set<uint32_t>& reporters);

    ~ReportFeed();
    ReportFeed(const ReportFeed&) = delete;
    ReportFeed& operator=(const ReportFeed&) = delete;

    /**
     * @param report of something that has just happened in the core, at a function of this rank
     * @param rank whose ledgers need it; nothing for all
     */
    void Tell(CoreReport report, std::optional<uint32_t> rank = std::nullopt);

    /**
     * @brief Something has just happened in a cell of this rank.
     * @tparam Job can be called
     * @param job tells the ledgers; what it needs it must own, since it may be called later
     */
    template <typename Job>
    void Locally(Job&& job)
    {
        if (IsAtOnce())
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
    bool IsAtOnce() const
    {
        return m_sources.empty();
    }

    /** @return when that happened which the ledgers are being told of */
    Time Now() const;

    /** @brief The run is over: the ledgers are told all that there is to tell. */
    void Finish();

  private:
    /** Something that happened on this rank. */
    struct Kept
    {
        int64_t at;                //!< nanoseconds
        std::function<void()> job; //!< tells the ledgers
    };

    /** Another rank that tells this one something. */
    struct Source
    {
        uint32_t rank;                   //!< its number
        std::deque<CoreReport> received; //!< reports not passed on yet
        int64_t complete{0};             //!< nanoseconds; before that all reports have come
    };

    /** What another rank is told. */
    struct Listener
    {
        uint32_t rank;        //!< its number
        ResultParcel reports; //!< not sent yet
    };

    /** @return nanoseconds of simulated time */
    static int64_t CurrentTime();

    /** @brief Sends the other ranks the reports that were not sent yet. @param last that come */
    void Ship(bool last);

    /** @brief Sends and passes on what there is, and does so again a little later. */
    void Beat();

    /** @brief Takes the reports that have come. @param wait for all */
    void Receive(bool wait);

    /** @return the source with the earliest report, or null if there is no report */
    Source* Earliest();

    /** @brief Passes on what has come, as far as its order is certain. @param wait for all */
    void Merge(bool wait);

    Sink m_sink;                       //!< tells the ledgers
    std::vector<Source> m_sources;     //!< by rank
    std::vector<Listener> m_listeners; //!< by rank
    int64_t m_lastShipped{0};          //!< nanoseconds; when reports were sent
    std::deque<Kept> m_kept;           //!< what happened on this rank, not passed on yet
    std::size_t m_lookAgain{1};        //!< how much must be kept for another look
    int64_t m_now{-1};                 //!< nanoseconds; of what is being passed on, -1 for now
    EventId m_beat;                    //!< the next Beat(), if several ranks report
};

} // namespace ns3::mbs

#endif // MBS_REPORT_FEED_H
