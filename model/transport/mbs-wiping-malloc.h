// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_WIPING_MALLOC_H
#define MBS_WIPING_MALLOC_H

#include <cstddef>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief As malloc(), for a library written in C that is told where to take memory from: what it
 * handles may have keys in it, and is wiped when it is given back.
 * @param size octets
 * @param user what the library was told to pass on; not used
 * @return memory, or null if there is none
 */
void* WipingMalloc(std::size_t size, void* user);

/**
 * @ingroup mbs
 * @brief As free().
 * @param memory what one of these functions gave, or null
 * @param user not used
 */
void WipingFree(void* memory, void* user);

/**
 * @ingroup mbs
 * @brief As calloc().
 * @param count how many
 * @param size octets of each
 * @param user not used
 * @return memory full of zeros, or null if there is none
 */
void* WipingCalloc(std::size_t count, std::size_t size, void* user);

/**
 * @ingroup mbs
 * @brief As realloc().
 * @param memory what one of these functions gave, or null
 * @param size octets
 * @param user not used
 * @return memory that begins with what was in @p memory, which is given back; null if there is none
 */
void* WipingRealloc(void* memory, std::size_t size, void* user);

} // namespace ns3::mbs

#endif // MBS_WIPING_MALLOC_H
