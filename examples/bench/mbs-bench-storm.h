// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_BENCH_STORM_H
#define MBS_BENCH_STORM_H

#include "ns3/mbs-network-options.h"

#include <cstdint>
#include <optional>

namespace ns3::mbs
{

/** What a storm of joins and an MSK update took. */
struct StormRun
{
    double buildCpu{0};              //!< seconds of the process to build the network
    double joinWall{0};              //!< seconds until all had joined
    double joinCpu{0};               //!< the same, of the process
    uint64_t joinEvents{0};          //!< of the simulator
    double joinSimulated{0};         //!< simulated seconds from the first request to the last join
    uint64_t memberships{0};         //!< UEs that joined, times sessions
    double rekeyWall{0};             //!< seconds until all had the new MSKs
    double rekeyCpu{0};              //!< the same, of the process
    uint64_t rekeyEvents{0};         //!< of the simulator
    uint64_t installed{0};           //!< new MSKs at UEs
    std::optional<uint64_t> atFirst; //!< live heap before there was a network
    std::optional<uint64_t> built;   //!< with all nodes, functions, UEs and their PDU sessions
    std::optional<uint64_t> joined;  //!< when all had joined and were quiet
};

/**
 * @brief Has all UEs join within the window, then one new MSK of each session reach them.
 * @param options how large the network is and when UEs join
 * @return what it took
 * @throws UserError if it takes too long
 */
StormRun RunStorm(const NetworkOptions& options);

/** @return nanoseconds of the process for an event of ns-3 that does nothing */
double EventBaseline();

/** @return octets of a node with ns-3's Internet stack and nothing else, if they can be told */
std::optional<double> NodeBaseline();

} // namespace ns3::mbs

#endif // MBS_BENCH_STORM_H
