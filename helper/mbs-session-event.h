// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SESSION_EVENT_H
#define MBS_SESSION_EVENT_H

#include "mbs-helper.h"

#include "ns3/nstime.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Something that happens to sessions after their set-up, as a command line names it.
 *
 *     deactivate@TIME    the AF has the session deactivated
 *     activate@TIME      the AF has it activated again
 *     qos=5QI@TIME       the AF asks for another treatment of its packets
 *     area@TIME          the AF gives it a service area, that of all gNBs
 *     leave=UE@TIME      a UE leaves
 *     remove=UE@TIME     the network removes a UE, as if its subscription had changed
 *     outage=UE@TIME+TIME        a UE is out of coverage for some time, and comes back to its cell
 *     outage=UE:GNB@TIME+TIME    or to that of another gNB
 *     handover=UE:GNB@TIME       its gNB hands a UE over to another one
 */
struct SessionEvent
{
    /** What happens. */
    enum class Kind : uint8_t
    {
        DEACTIVATE, //!< the session becomes inactive
        ACTIVATE,   //!< the session becomes active again
        QOS,        //!< another 5QI
        AREA,       //!< a service area
        LEAVE,      //!< a UE leaves
        REMOVE,     //!< a UE is removed
        OUTAGE,     //!< a UE is out of coverage for some time
        HANDOVER    //!< a UE is handed over
    };

    /** What reading a text gives: an event, or what is wrong. */
    struct Result;

    std::string text;            //!< as it was given
    Kind kind{Kind::DEACTIVATE}; //!< what happens
    uint32_t number{0};          //!< 5QI, or number of the UE
    Time at;                     //!< when, simulated time
    Time duration;               //!< of an outage
    std::optional<uint32_t> gnb; //!< where an outage (its own cell, if none) or handover ends

    /**
     * @brief Reads an event.
     * @param text as above
     * @return the event, or a clause that can follow `--event=text: `
     */
    static Result FromText(const std::string& text);

    /**
     * @brief Looks for what cannot happen: a UE that does not exist, a session activated that was
     * not deactivated before.
     * @param events of one run
     * @param ues how many UEs there are
     * @throws UserError about the first event that cannot happen
     */
    static void Validate(std::vector<SessionEvent> events, uint32_t ues);

    /** What there is that an outage or a handover needs or cannot do with. */
    struct MoveLimits
    {
        uint32_t gnbs;      //!< how many gNBs there are
        uint32_t amfs;      //!< how many AMFs there are
        bool unicast;       //!< UEs have a unicast path
        const char* reason; //!< an option that gives them one, with its value
        bool sleep;         //!< UEs are sent to sleep
    };

    /**
     * @brief Looks for outages and handovers that cannot happen.
     * @param events of one run
     * @param limits what there is
     * @throws UserError about the first event that cannot happen
     */
    static void ValidateMoves(std::vector<SessionEvent> events, const MoveLimits& limits);

    /** @param events of one run @param kind of event @return true if there is one among them */
    static bool Has(const std::vector<SessionEvent>& events, Kind kind);

    /**
     * @brief Looks for events that make no sense with broadcast sessions.
     * @param events all events
     * @throws UserError naming the event, the clause and the fix
     */
    static void ValidateForBroadcast(const std::vector<SessionEvent>& events);

    /** @param network a built one, in all of whose sessions this is going to happen */
    void Schedule(const MbsHelper& network) const;

  private:
    /** @param argument UE or UE:GNB @return false if it is neither */
    bool ReadMove(const std::string& argument);

    /** @param limits what there is @throws UserError if this outage or handover cannot happen */
    void ValidateMove(const MoveLimits& limits) const;

    /** @param clause what is wrong @throws UserError that says so */
    [[noreturn]] void Refuse(const std::string& clause) const;

    /** @param af to which this is going to happen @param plmn network of the session's cells */
    void ScheduleAt(const Ptr<Af>& af, const PlmnId& plmn) const;
};

/** @brief What SessionEvent::FromText() gives. */
struct SessionEvent::Result
{
    std::optional<SessionEvent> event; //!< empty if something is wrong
    std::string error;                 //!< what is wrong, empty if nothing is
};

} // namespace ns3::mbs

#endif // MBS_SESSION_EVENT_H
