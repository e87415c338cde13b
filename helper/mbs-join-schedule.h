// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_JOIN_SCHEDULE_H
#define MBS_JOIN_SCHEDULE_H

#include "mbs-network-plan.h"

#include "ns3/mbs-ue.h"

#include "ns3/random-variable-stream.h"

#include <memory>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief When UEs join, how long they stay, and when they come back. It must outlive the run, at a
 * fixed address.
 */
class JoinSchedule
{
  public:
    JoinSchedule();

    JoinSchedule(const JoinSchedule&) = delete;
    JoinSchedule& operator=(const JoinSchedule&) = delete;

    /**
     * @brief Lets every UE leave again, and come back; to be called before JoinAll().
     * @param stay draws how long it stays after it joined, seconds; null for ever
     * @param away draws how long it stays out after it left, seconds; null for ever
     */
    void SetStay(const Ptr<RandomVariableStream>& stay, const Ptr<RandomVariableStream>& away);

    /**
     * @brief Has every UE ask to join its sessions.
     * @param plan which those are, and by how much later each session starts
     * @param ues the UEs, by number
     * @param sessions names of the sessions, by number
     * @param start when the first one may ask for session 0
     * @param window over which they are spread, each at a random instant
     */
    void JoinAll(const NetworkPlan& plan,
                 const std::vector<Ptr<Ue>>& ues,
                 const std::vector<Tmgi>& sessions,
                 Time start,
                 Time window);

    /**
     * @brief Gives all random variables fixed streams.
     * @param stream first stream
     * @return how many streams were taken
     */
    int64_t AssignStreams(int64_t stream);

  private:
    /** A UE begins to ask. */
    struct Beginning
    {
        Time at;          //!< when
        uint32_t ue;      //!< number of the UE
        uint32_t session; //!< for which; not used if it asks for all its sessions at once
    };

    /**
     * UEs that are still to begin, with one event for all of them: an event each, made before the
     * run, would be what every other event of a large run is sorted among.
     */
    struct Beginnings
    {
        std::vector<Beginning> inOrder; //!< of time
        std::size_t next{0};            //!< of those the next one
        NetworkPlan plan;               //!< which sessions are whose
        void (Ue::*begin)(Tmgi);        //!< what a UE does to be in a session
        std::vector<Ptr<Ue>> ues;       //!< by number
        std::vector<Tmgi> sessions;     //!< their names, by number
    };

    /** @param beginnings whose next event is scheduled, if there is one left */
    static void ScheduleNext(const std::shared_ptr<Beginnings>& beginnings);

    /** @param beginnings those begin whose time has come */
    static void BeginNext(std::shared_ptr<Beginnings> beginnings);

    /**
     * @brief Has a UE ask for all its sessions at once.
     * @param plan which those are
     * @param ue the UE
     * @param sessions names of the sessions, by number
     */
    static void JoinTogether(const NetworkPlan& plan,
                             const Ptr<Ue>& ue,
                             const std::vector<Tmgi>& sessions);

    /** @param ue number of a UE that has joined @param tmgi the session; it leaves in time */
    void Joined(uint32_t ue, const Tmgi& tmgi);
    /** @param ue number of a UE that has left @param tmgi the session; it comes back in time */
    void Left(uint32_t ue, const Tmgi& tmgi);

    void (Ue::*m_begin)(Tmgi){&Ue::Join};   //!< what a UE does to be in a session
    std::vector<Ptr<Ue>> m_ues;             //!< by number
    Ptr<UniformRandomVariable> m_joinTimes; //!< when UEs join
    Ptr<RandomVariableStream> m_stay;       //!< how long they stay, seconds; null for ever
    Ptr<RandomVariableStream> m_away;       //!< how long they stay out, seconds; null for ever
};

} // namespace ns3::mbs

#endif // MBS_JOIN_SCHEDULE_H
