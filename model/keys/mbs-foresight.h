// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FORESIGHT_H
#define MBS_FORESIGHT_H

#include <cstddef>
#include <cstdint>

namespace ns3::mbs
{

/** Octets that a processor fetches from memory at a time. */
constexpr std::size_t CACHE_LINE = 64;

/**
 * How many UEs ahead of the one at work memory is asked for: far enough that it has come by then,
 * near enough that it is still in the cache.
 */
constexpr std::size_t FORESIGHT = 24;

/**
 * @ingroup mbs
 * @brief Has the processor fetch what is read soon. Of very many UEs in a row most lie in memory
 * and not in its caches; asked for in time, one is fetched while others are at work.
 * @param object will be read and written soon; may be null
 * @param size how many octets of it
 */
inline void
Foresee(const void* object, std::size_t size)
{
#if defined(__GNUC__)
    const auto begin = reinterpret_cast<std::uintptr_t>(object);
    for (std::size_t i = 0; i < size; i += CACHE_LINE)
    {
        __builtin_prefetch(reinterpret_cast<const void*>(begin + i), 1);
    }
#else
    static_cast<void>(object);
    static_cast<void>(size);
#endif
}

} // namespace ns3::mbs

#endif // MBS_FORESIGHT_H
