// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MEMORY_CHECK_H
#define MBS_MEMORY_CHECK_H

#include <cstdint>
#include <optional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What of a network decides how much memory a run takes.
 */
struct NetworkSize
{
    uint64_t ues{0};       //!< how many UEs
    uint64_t gnbs{0};      //!< how many gNBs
    uint64_t sessions{1};  //!< that each UE joins
    bool ipStack{false};   //!< UEs have an IP stack
    bool userPlane{false}; //!< UEs get keys in the user-plane procedure, over TCP
    bool accounts{true};   //!< it is measured what becomes of each UE's keys and packets
    uint64_t processes{1}; //!< on this machine that build the network, each all of it
};

/**
 * @ingroup mbs
 * @brief Memory that a run may take.
 */
struct FreeMemory
{
    uint64_t octets{0}; //!< how much
    std::string who;    //!< who has or allows it, as a sentence begins
    std::string rest{}; //!< how the sentence ends
};

/**
 * @ingroup mbs
 * @brief Estimates from what runs of up to 100,000 UEs took at most.
 * @param size of the network
 * @return octets that a run takes at its peak, about
 */
uint64_t EstimateMemory(const NetworkSize& size);

/**
 * @ingroup mbs
 * @brief Reads how much memory Linux can give without moving anything else out of it.
 * @param meminfo as /proc/meminfo has it
 * @return octets: MemAvailable and SwapFree, or nothing if it does not say
 */
std::optional<uint64_t> AvailableMemory(const std::string& meminfo);

/**
 * @ingroup mbs
 * @brief Looks at the memory of the machine, at the process's `ulimit -v` and at the limit of its
 * control group.
 * @return the least of them, or nothing where none can be told
 */
std::optional<FreeMemory> FindFreeMemory();

/**
 * @ingroup mbs
 * @brief Refuses a network that does not fit.
 * @param size of the network
 * @param free what there is, or nothing if that is not known
 * @throws UserError with the estimate, what there is, and how many UEs would fit
 */
void CheckMemory(const NetworkSize& size, const std::optional<FreeMemory>& free);

} // namespace ns3::mbs

#endif // MBS_MEMORY_CHECK_H
