// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FAULT_PLAN_H
#define MBS_FAULT_PLAN_H

#include "ns3/nstime.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3::mbs
{

enum class Interface : uint8_t;

/**
 * @ingroup mbs
 * @brief A fault and when it comes, as a command line names it.
 *
 *     TARGET:ACTION[=ARGUMENT]@TIME[+DURATION]        mbsmf:restart@20s   n11:down@20s+5s
 *
 * A target is a function (`mbsf`, `mbstf`, `mbssf`, `mbsmf`, `mbupf`, `amf`, `smf-0`, `gnb-0`,
 * `ue-0`) or the links of a reference point (`n16mb`), or one of these (`n16mb-0`: that of smf-0).
 */
struct FaultPlan
{
    /** What happens. */
    enum class Action : uint8_t
    {
        RESTART,  //!< a function stops and comes back with what it knew
        FORGET,   //!< a function stops and comes back without it (restart=forget)
        DELAY,    //!< a function handles each message later
        REJECT,   //!< a function answers each request with an error
        DOWN,     //!< nothing passes a link
        DROP,     //!< packets are lost on a link
        DUPLICATE //!< packets come twice over a link
    };

    /** What reading a text gives: a plan, or what is wrong. */
    struct Result;

    std::string text;               //!< as it was given
    std::string target;             //!< without number, such as `smf` or `n16mb`
    std::optional<uint32_t> number; //!< which of them
    Action action{Action::DOWN};    //!< what happens
    Time start;                     //!< when, simulated time
    Time duration;                  //!< how long; 0 if it is over at once
    Time delay;                     //!< DELAY: how much later
    uint32_t count{0};              //!< DROP, DUPLICATE: how many packets, in each direction
    double rate{0};                 //!< DROP, DUPLICATE: or with which probability
    uint32_t status{0};             //!< REJECT: HTTP status

    /** @return how long a function that restarts is away, unless that is said */
    static Time DefaultDowntime();

    /**
     * @brief Reads a fault.
     * @param text as above
     * @return the plan, or a clause that can follow `--fault=text: `
     */
    static Result FromText(const std::string& text);

    /** @param interface a reference point @return what a target calls its links */
    static std::string LinkName(Interface interface);

    /** @return true if the target is a link */
    bool IsLink() const;
};

/** @brief What FaultPlan::FromText() gives. */
struct FaultPlan::Result
{
    std::optional<FaultPlan> plan; //!< empty if something is wrong
    std::string error;             //!< what is wrong, empty if nothing is
};

} // namespace ns3::mbs

#endif // MBS_FAULT_PLAN_H
