// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-bench-figures.h"

#if defined(MBS_HAVE_TCMALLOC)
#include <gperftools/malloc_extension_c.h>
#elif defined(__GLIBC__)
#include <malloc.h>
#endif

namespace ns3::mbs
{

std::optional<uint64_t>
LiveHeap()
{
#if defined(MBS_HAVE_TCMALLOC)
    std::size_t octets = 0;
    if (MallocExtension_GetNumericProperty("generic.current_allocated_bytes", &octets) == 0)
    {
        return std::nullopt;
    }
    return octets;
#elif defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 33))
    const struct mallinfo2 heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
#else
    return std::nullopt;
#endif
}

} // namespace ns3::mbs
