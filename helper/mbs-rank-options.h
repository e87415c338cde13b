// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RANK_OPTIONS_H
#define MBS_RANK_OPTIONS_H

#include "mbs-helper.h"
#include "mbs-program-options.h"
#include "mbs-rank-balance.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The option `--ranks`: a run on several processes, see Ranks, and what cannot be cut.
 */
struct RankOptions
{
    uint32_t ranks{1};        //!< processes
    bool likeMany{false};     //!< results shall be those of any number of processes
    std::string gnbsWithCore; //!< how many gNBs the first one has; empty for a balance

    std::optional<uint32_t> withCore; //!< read from gnbsWithCore, if that is given

    /** @param options get --ranks and --gnbsWithCore; they keep a reference to this object */
    void Register(ProgramOptions& options);

    /**
     * @brief Checks that as many processes run as are asked for. If the option was given, the radio
     * draws in each cell by itself. Before the network is built.
     * @param options as they were parsed
     * @param gnbs how many gNBs
     * @param uncut options of the program that need all of the network in one process, with what
     * was typed; empty if they were not given
     * @throws UserError if the run cannot be cut so
     */
    void Apply(const ProgramOptions& options,
               uint32_t gnbs,
               const std::vector<std::pair<std::string, std::string>>& uncut);

    /**
     * @brief Shares out cells, AMFs and SMFs. Before the network is built.
     * @param size of the run
     * @param network is told
     */
    void Share(RunSize size, MbsHelper& network) const;

    /**
     * @brief Checks that nothing but packets on links crosses from one process to another.
     * @param network as it was built
     * @throws UserError if something else does
     */
    void Check(const MbsHelper& network) const;
};

} // namespace ns3::mbs

#endif // MBS_RANK_OPTIONS_H
