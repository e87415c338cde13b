// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RUN_RESULTS_H
#define MBS_RUN_RESULTS_H

#include "mbs-key-update-ledger.h"
#include "mbs-membership-ledger.h"
#include "mbs-mobility-ledger.h"
#include "mbs-signalling-counter.h"
#include "mbs-traffic-ledger.h"

#include "ns3/mbs-tmgi.h"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What was simulated: the options and their values, in the order in which they were set.
 */
class Scenario
{
  public:
    /** A value as JSON knows it. */
    using Value = std::variant<bool, int64_t, double, std::string>;

    /** @param name of the option @param value its value */
    void SetText(const std::string& name, const std::string& value)
    {
        m_values.emplace_back(name, value);
    }

    /** @param name of the option @param value its value */
    void SetInteger(const std::string& name, int64_t value)
    {
        m_values.emplace_back(name, value);
    }

    /** @param name of the option @param value its value, finite */
    void SetNumber(const std::string& name, double value)
    {
        m_values.emplace_back(name, value);
    }

    /** @param name of the option @param value its value */
    void SetFlag(const std::string& name, bool value)
    {
        m_values.emplace_back(name, value);
    }

    /** @return names and values */
    const std::vector<std::pair<std::string, Value>>& Values() const
    {
        return m_values;
    }

  private:
    std::vector<std::pair<std::string, Value>> m_values; //!< names and values
};

/**
 * @ingroup mbs
 * @brief With what a run was made.
 */
struct Provenance
{
    std::string moduleVersion; //!< of this module
    std::string gitCommit;     //!< of this module, empty if unknown
    std::string ns3Version;    //!< of the simulator
    std::string compiler;      //!< name and version
    std::string compilerFlags; //!< options that it was given
    std::string openssl;       //!< version of the library that was used
    std::string commandLine;   //!< as typed
    uint32_t rngSeed{0};       //!< RngSeedManager's seed
    uint64_t rngRun{0};        //!< RngSeedManager's run
};

/**
 * @ingroup mbs
 * @brief What a run cost.
 */
struct Performance
{
    double wallSeconds{0};    //!< wall-clock time of the simulation, seconds
    uint64_t events{0};       //!< simulator events
    uint64_t deliveries{0};   //!< packets handed to UEs' applications
    uint64_t peakRssBytes{0}; //!< largest resident memory, octets, of all processes together
    uint32_t ranks{1};        //!< processes

    /** @return deliveries in a second of wall-clock time, 0 if no time went by */
    double DeliveriesPerSecond() const
    {
        return wallSeconds > 0 ? static_cast<double>(deliveries) / wallSeconds : 0.0;
    }
};

/**
 * @ingroup mbs
 * @brief The memberships of one session.
 */
struct SessionMemberships
{
    Tmgi tmgi;                      //!< the session
    const MembershipLedger* ledger; //!< never null; finished
};

/**
 * @ingroup mbs
 * @brief Everything that the summary and the table are made of, after the run.
 *
 * The pointers but `mobility` are never null; all outlive this structure's use; the ledgers are
 * finished.
 */
struct RunResults
{
    Scenario scenario;                            //!< what was simulated
    Provenance provenance;                        //!< with what
    const KeyUpdateLedger* keyUpdates{nullptr};   //!< key updates of all sessions
    TrafficCounts traffic;                        //!< packets of all sessions and UEs
    bool conserved{false};                        //!< every session's ledger says so
    std::string violation;                        //!< first thing that was wrong, if not conserved
    const SignallingCounter* signalling{nullptr}; //!< messages
    std::vector<SessionMemberships> memberships;  //!< memberships, by session
    const MobilityLedger* mobility{nullptr};      //!< null if no UE may lose its cell
    Performance performance;                      //!< what it cost
};

} // namespace ns3::mbs

#endif // MBS_RUN_RESULTS_H
