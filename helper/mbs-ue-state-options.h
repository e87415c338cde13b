// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UE_STATE_OPTIONS_H
#define MBS_UE_STATE_OPTIONS_H

#include "mbs-program-options.h"

#include "ns3/mbs-run-results.h"

#include "ns3/nstime.h"

#include <string>

namespace ns3::mbs
{

class MbsHelper;

/**
 * @ingroup mbs
 * @brief The options of a program that say whether and how UEs sleep.
 */
class UeStateOptions
{
  public:
    /** @param options of the program; keeps references to this object */
    void Register(ProgramOptions& options);

    /**
     * @brief Sets the attributes that were asked for; to be called behind ProgramOptions::Parse().
     * @param options of the program
     * @param userPlane true with the user-plane procedure, for which UEs must be awake
     * @throws UserError if the options do not go together
     */
    void Apply(const ProgramOptions& options, bool userPlane) const;

    /**
     * @brief Says in the results how UEs sleep, if they do.
     * @param network as it was built
     * @param scenario of the results
     */
    static void Describe(const MbsHelper& network, Scenario& scenario);

  private:
    std::string m_state{"connected"};    //!< to which they are sent
    Time m_inactivityTimer{Seconds(10)}; //!< after which silence
    std::string m_drxCycle{"1280ms"};    //!< how often they listen for paging
    std::string m_sleepers{"1"};         //!< which share of them
    bool m_inactiveReception{false};     //!< multicast in RRC_INACTIVE
};

} // namespace ns3::mbs

#endif // MBS_UE_STATE_OPTIONS_H
