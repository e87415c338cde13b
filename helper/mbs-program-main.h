// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PROGRAM_MAIN_H
#define MBS_PROGRAM_MAIN_H

#include <cstdint>
#include <functional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief In how many processes a program can run.
 */
enum class Processes : uint8_t
{
    ONE,    //!< in one
    SEVERAL //!< in as many as mpirun starts, see Ranks
};

/**
 * @ingroup mbs
 * @brief What main() of each program does: takes the scheduler that is quickest with many pending
 * events, unless `--SchedulerType` says otherwise, and prints what a user did wrong.
 * @param name of the program
 * @param body reads the command line and runs; gives the exit status
 * @param processes in how many processes it can run
 * @return the exit status; 1 after a UserError
 */
int RunProgram(const std::string& name,
               const std::function<int()>& body,
               Processes processes = Processes::ONE);

} // namespace ns3::mbs

#endif // MBS_PROGRAM_MAIN_H
