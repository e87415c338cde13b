// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-memory-check.h"

#include "mbs-program-options.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace ns3::mbs
{

namespace
{

/**
 * Octets at the peak of a run with a key update, all with about 15 % on top. Of networks and their
 * messages as `mbs-bench --case=rekey` took them with 5,000 to 100,000 UEs over both transports, of
 * accounts as mbs-key-update took them beside with 1,000 to 50,000.
 */
constexpr uint64_t OF_PROGRAM = 48000000;        //!< program and core
constexpr uint64_t OF_GNB = 61000;               //!< a gNB with its IP stack and links
constexpr uint64_t OF_UE = 1800;                 //!< a UE and its contexts everywhere
constexpr uint64_t OF_MEMBERSHIP = 1400;         //!< each session that it is in
constexpr uint64_t OF_UE_ACCOUNT = 1000;         //!< what is measured of a UE
constexpr uint64_t OF_MEMBERSHIP_ACCOUNT = 1500; //!< and in each session
constexpr uint64_t OF_IP_STACK = 7200;           //!< a UE's IP stack
constexpr uint64_t OF_KEY_CLIENT = 112000;       //!< TCP connections of the user-plane procedure

/**
 * @param octets how many
 * @return them as a person says it
 */
std::string
ToText(uint64_t octets)
{
    const bool large = octets >= 1000000000;
    const double value = static_cast<double>(octets) / (large ? 1e9 : 1e6);
    std::ostringstream text;
    // Two digits are as much as an estimate has.
    text << (value < 10 ? std::round(value * 10) / 10 : std::round(value))
         << (large ? " GB" : " MB");
    return text.str();
}

/**
 * @param path of a file
 * @return its text, empty if it cannot be read
 */
std::string
TextOf(const std::string& path)
{
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

/** @return the least `memory.max` of the process's control group and those above it (cgroup v2) */
std::optional<uint64_t>
ControlGroupLimit()
{
    std::optional<uint64_t> least;
    const std::string groups = TextOf("/proc/self/cgroup");
    const std::size_t at = groups.find("0::");
    if (at == std::string::npos)
    {
        return least;
    }
    std::string group = groups.substr(at + 3, groups.find('\n', at) - at - 3);
    while (!group.empty())
    {
        uint64_t limit = 0;
        // "max", which is no number, is no limit.
        if (std::istringstream(TextOf("/sys/fs/cgroup" + group + "/memory.max")) >> limit)
        {
            least = std::min(limit, least.value_or(limit));
        }
        group.erase(group.rfind('/'));
    }
    return least;
}

/** @return octets of address space that `ulimit -v` leaves, or nothing if it is not limited */
std::optional<uint64_t>
AddressSpaceLeft()
{
    struct rlimit limit = {};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    {
        return std::nullopt;
    }
    uint64_t pages = 0;
    std::istringstream(TextOf("/proc/self/statm")) >> pages;
    const uint64_t taken = pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
    return limit.rlim_cur > taken ? limit.rlim_cur - taken : 0;
}

} // namespace

uint64_t
EstimateMemory(const NetworkSize& size)
{
    const uint64_t ofAccounts =
        size.accounts ? OF_UE_ACCOUNT + size.sessions * OF_MEMBERSHIP_ACCOUNT : 0;
    const uint64_t ofUe = OF_UE + size.sessions * OF_MEMBERSHIP + ofAccounts +
                          (size.ipStack ? OF_IP_STACK : 0) + (size.userPlane ? OF_KEY_CLIENT : 0);
    return size.processes * (OF_PROGRAM + size.gnbs * OF_GNB + size.ues * ofUe);
}

std::optional<uint64_t>
AvailableMemory(const std::string& meminfo)
{
    std::optional<uint64_t> available;
    uint64_t swap = 0;
    std::istringstream lines(meminfo);
    for (std::string line; std::getline(lines, line);)
    {
        std::istringstream words(line);
        std::string name;
        uint64_t kibibytes = 0;
        if (!(words >> name >> kibibytes))
        {
            continue;
        }
        if (name == "MemAvailable:")
        {
            available = kibibytes * 1024;
        }
        else if (name == "SwapFree:")
        {
            swap = kibibytes * 1024;
        }
    }
    return available ? std::optional<uint64_t>(*available + swap) : std::nullopt;
}

std::optional<FreeMemory>
FindFreeMemory()
{
    std::optional<FreeMemory> least;
    const auto consider =
        [&least](const std::optional<uint64_t>& octets, const char* who, const char* rest = "") {
            if (octets && (!least || *octets < least->octets))
            {
                least = FreeMemory{*octets, who, rest};
            }
        };
    consider(AvailableMemory(TextOf("/proc/meminfo")), "the machine has", " free");
    consider(ControlGroupLimit(), "its control group allows");
    consider(AddressSpaceLeft(), "ulimit -v allows");
    return least;
}

void
CheckMemory(const NetworkSize& size, const std::optional<FreeMemory>& free)
{
    const uint64_t needed = EstimateMemory(size);
    if (!free || needed <= free->octets)
    {
        return;
    }
    NetworkSize one = size;
    one.ues = 1;
    NetworkSize none = size;
    none.ues = 0;
    const uint64_t ofUe = EstimateMemory(one) - EstimateMemory(none);
    const uint64_t rest = free->octets - std::min(free->octets, EstimateMemory(none));
    const uint64_t fit = rest / ofUe;
    const std::string fix = fit >= std::max<uint64_t>(1, size.gnbs)
                                ? "give at most --ues=" + std::to_string(fit)
                                : "give fewer --ues, --gnbs and --sessions";
    const std::string all =
        size.processes == 1 ? "" : " for " + std::to_string(size.processes) + " processes";
    throw ProgramOptions::Error("ues",
                                std::to_string(size.ues),
                                "needs about " + ToText(needed) + " of memory" + all + ", and " +
                                    free->who + " " + ToText(free->octets) + free->rest + "; " +
                                    fix);
}

} // namespace ns3::mbs
