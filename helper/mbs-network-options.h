// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NETWORK_OPTIONS_H
#define MBS_NETWORK_OPTIONS_H

#include "mbs-helper.h"
#include "mbs-program-options.h"

#include "ns3/mbs-traffic-plan.h"

#include <memory>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The options of a program that say how large a network is, what is sent in it and when UEs
 * join. A program sets other defaults before it registers those options that it has.
 */
struct NetworkOptions
{
    /** As many sessions as fit into the ingest ports of the MBSTF with their default. */
    static constexpr uint32_t MAX_SESSIONS = 5000;

    uint32_t ues{100};                       //!< how many UEs
    uint32_t gnbs{3};                        //!< how many gNBs
    uint32_t smfs{1};                        //!< how many SMFs
    uint32_t amfs{1};                        //!< how many AMFs
    uint32_t sessions{1};                    //!< how many MBS sessions
    uint32_t sessionsPerUe{0};               //!< how many each UE joins, 0 for all
    Time sessionStagger{MilliSeconds(10)};   //!< from the start of one session to the next
    bool joinTogether{false};                //!< one request for all sessions of a UE
    uint32_t unauthorized{0};                //!< how many UEs may not join
    Time joinStart{MilliSeconds(500)};       //!< when UEs begin to join
    Time joinWindow{MilliSeconds(500)};      //!< over how long they spread it
    std::string transport{"tcp"};            //!< what carries SBI and N2 messages
    std::string traffic;                     //!< what the AF sends, as it was typed
    std::shared_ptr<const TrafficPlan> plan; //!< read from traffic

    /** @param options get --ues, --gnbs, --smfs and --amfs; they keep references to this object */
    void RegisterCounts(ProgramOptions& options);

    /** @param options get --sessions and what belongs to them, and --unauthorized */
    void RegisterSessions(ProgramOptions& options);

    /** @param options get --joinStart and --joinWindow */
    void RegisterJoins(ProgramOptions& options);

    /** @param options get --transport */
    void RegisterTransport(ProgramOptions& options);

    /** @param options get --traffic */
    void RegisterTraffic(ProgramOptions& options);

    /** @brief Checks counts against each other. @throws UserError if they do not go together */
    void CheckCounts() const;

    /**
     * @brief Refuses a network that the machine has no memory for.
     * @param userPlane whether UEs get keys in the user-plane procedure
     * @param accounts whether it is measured what becomes of each UE's keys and packets
     * @throws UserError if it does not fit
     */
    void CheckSize(bool userPlane, bool accounts = true) const;

    /**
     * @brief Reads the bundled stream if no traffic was given.
     * @throws UserError if it cannot be read
     */
    void LoadTraffic();

    /** @param network gets counts, sessions, transport and traffic, before it is built */
    void Apply(MbsHelper& network) const;
};

} // namespace ns3::mbs

#endif // MBS_NETWORK_OPTIONS_H
