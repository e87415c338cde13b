// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-bench-figures.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace ns3::mbs
{

std::optional<uint64_t>
LiveHeap()
{
#if defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 33))
    const struct mallinfo2 heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
#else
    return std::nullopt;
#endif
}

} // namespace ns3::mbs
