// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PROCESS_HOOKS_H
#define MBS_PROCESS_HOOKS_H

#include "ns3/mbs-bytes.h"

#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief What this process has asked of its allocators, of OpenSSL and of the operating system.
 *
 * The hooks are functions of the same name as those that are watched, which the linker prefers;
 * they count and pass on. OpenSSL's own allocations come through CRYPTO_set_mem_functions().
 */
struct ProcessCounts
{
    uint64_t allocations{0};        //!< by operator new
    uint64_t opensslAllocations{0}; //!< by OpenSSL
    uint64_t fetches{0};            //!< of algorithms by EVP_*_fetch()
    uint64_t randomness{0};         //!< by RAND_bytes(), getrandom(), /dev/urandom and their like
};

/**
 * @ingroup mbs-tests
 * @return whether the hooks are there: not with sanitizers, which have hooks of their own, and not
 * if a library has used OpenSSL before them
 */
bool HasProcessHooks();

/** @ingroup mbs-tests @return the counts up to now */
ProcessCounts GetProcessCounts();

/**
 * @ingroup mbs-tests
 * @brief Looks, as long as it lives, for secrets in all memory that is given back by operator
 * delete or by OpenSSL.
 */
class FreedSecrets
{
  public:
    FreedSecrets();
    ~FreedSecrets();

    FreedSecrets(const FreedSecrets&) = delete;
    FreedSecrets& operator=(const FreedSecrets&) = delete;

    /** @param secret what to look for: its first 8 octets */
    void Watch(ByteView secret);

    /** @return in how many blocks secrets were found */
    uint64_t Found() const;

    /**
     * @param memory some octets
     * @param size how many
     * @return true if a secret is in them
     */
    bool IsIn(const void* memory, std::size_t size) const;
};

} // namespace ns3::mbs

#endif // MBS_PROCESS_HOOKS_H
