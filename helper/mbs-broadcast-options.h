// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_BROADCAST_OPTIONS_H
#define MBS_BROADCAST_OPTIONS_H

#include "mbs-helper.h"
#include "mbs-network-options.h"
#include "mbs-program-options.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What programs share of broadcast sessions: --service and --serviceArea.
 */
struct BroadcastOptions
{
    std::string service{"multicast"}; //!< multicast or broadcast
    std::string area;                 //!< the gNBs, as they were typed
    std::vector<uint32_t> gnbs;       //!< read from area; all if empty

    /** @param options get --service and --serviceArea; they keep references to this object */
    void Register(ProgramOptions& options);

    /** @return true if sessions are broadcast */
    bool IsBroadcast() const;

    /**
     * @brief Checks what the two mean together.
     * @param options the command line
     * @param network how large the network is, and how UEs join
     * @throws UserError if they do not go together
     */
    void Check(const ProgramOptions& options, const NetworkOptions& network) const;

    /** @param network is told, before it is built */
    void Apply(MbsHelper& network) const;

  private:
    /**
     * @brief Refuses attributes of the radio bearer that broadcast has no use for.
     * @throws UserError naming the option that sets them
     */
    static void CheckDelivery();
};

} // namespace ns3::mbs

#endif // MBS_BROADCAST_OPTIONS_H
