// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RANKS_H
#define MBS_RANKS_H

#include "ns3/nstime.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The processes of one run, each of which simulates a part of the network.
 *
 *     rank 0:  core, backhaul router, first cells
 *     rank 1:  next cells, their AMFs, SMFs         all ranks build the whole network,
 *     ...                                           each runs the functions on its own nodes
 *
 * A program that mpirun started is one rank of several: ns-3's MPI engine (ns-3 manual, "MPI for
 * Distributed Simulation") carries packets over the links that the cut goes through: N2 and N3mb,
 * and those of AMFs and SMFs. This class says which rank this is and carries what was measured. In
 * a build without MPI, and in a program that was started by itself, there is one rank, number 0.
 */
class Ranks
{
  public:
    /** @return true if this build can run on several ranks */
    static bool IsAvailable();

    /** @return how many processes mpirun started, as it tells them; 1 without it */
    static uint32_t StartedByMpi();

    /**
     * @brief Joins the other processes that mpirun started, if it started several. Before anything
     * else of ns-3 is used. Only the first one prints results from then on.
     */
    static void Join();

    /** @brief Parts from the other processes; without others nothing happens. */
    static void Part();

    /** @return how many ranks there are, 1 if Join() was not called */
    static uint32_t GetCount();

    /** @return the number of this one */
    static uint32_t GetOwn();

    /** @return true if this rank has the sessions' sources, and writes the results */
    static bool IsFirst();

    /**
     * @param place of a gNB in a row of all
     * @param gnbs how many there are
     * @param ofFirst how many of them the first rank has; each other one must be left with one
     * @param ranks how many ranks there are
     * @return the rank that has it; each has a part of the row, and those behind the first as even
     * as it goes
     */
    static uint32_t OfPlace(uint32_t place, uint32_t gnbs, uint32_t ofFirst, uint32_t ranks);

    /** @return how many ranks are on this machine */
    static uint32_t GetCountHere();

    /**
     * @brief Sends octets to another rank and does not wait until they are there.
     * @param rank number of the other one
     * @param octets what is sent
     */
    static void Send(uint32_t rank, const std::vector<uint8_t>& octets);

    /**
     * @brief Takes octets that another rank sent, in the order in which it did.
     * @param rank number of the other one
     * @param wait whether to wait for them
     * @return the octets; nothing if there are none
     */
    static std::optional<std::vector<uint8_t>> Receive(uint32_t rank, bool wait);

    /**
     * @brief Ends the run because of an error on this rank. If all ranks have one, as with a wrong
     * option, each returns from here, and the first one says which; otherwise this one says that,
     * with its number, and ends all others.
     * @param program its name
     * @param sentence what is wrong
     */
    static void Fail(const std::string& program, const std::string& sentence);
};

} // namespace ns3::mbs

#endif // MBS_RANKS_H
