// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MOBILITY_OPTIONS_H
#define MBS_MOBILITY_OPTIONS_H

#include "mbs-helper.h"
#include "mbs-program-options.h"

#include "ns3/mbs-run-results.h"

#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The options of a program that say how UEs that move get from cell to cell, and what
 * becomes of packets that they miss there.
 */
class MobilityOptions
{
  public:
    /** @param options of the program; keeps references to this object */
    void Register(ProgramOptions& options);

    /** What there is that mobility needs or cannot do with. */
    struct Limits
    {
        bool moves{false};     //!< UEs are somewhere and move
        uint32_t amfs{1};      //!< how many AMFs
        bool unicast{false};   //!< there is a UPF
        std::string reason;    //!< the option that asks for it
        bool sleep{false};     //!< UEs are sent to sleep
        bool hasEvents{false}; //!< UEs are taken out of coverage or handed over by events
        bool handsOver{false}; //!< UEs are handed over by events
    };

    /**
     * @brief Looks for what does not go together.
     * @param limits of the network, once it is built
     * @throws UserError naming the option, the value and the fix
     */
    void Validate(const Limits& limits) const;

    /** @param network is told, before it is built; @param moves whether UEs move */
    void Apply(MbsHelper& network, bool moves) const;

    /**
     * @brief Says in the results how UEs get from cell to cell, if they do.
     * @param network as it was built
     * @param scenario of the results
     */
    static void Describe(const MbsHelper& network, Scenario& scenario);

    /**
     * @param moves whether UEs move
     * @param gnbs how many cells there are
     * @return what a user may not expect, a sentence without full stop, or nothing
     */
    std::string Warning(bool moves, uint32_t gnbs) const;

  private:
    /** @return what was asked for */
    Mobility Get() const;

    /** @param limits of the network @throws UserError if nothing could be recovered */
    void ValidateRecovery(const Limits& limits) const;

    std::string m_mobility{"none"}; //!< how
    std::string m_recovery{"none"}; //!< what becomes of packets that handovers cost
};

} // namespace ns3::mbs

#endif // MBS_MOBILITY_OPTIONS_H
