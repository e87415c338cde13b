// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-wiping-malloc.h"

#include "ns3/mbs-wiping-allocator.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace ns3::mbs
{

namespace
{

/** Octets before what is given out; they hold its size and keep it aligned. */
constexpr std::size_t MEMORY_HEADER = alignof(std::max_align_t);

} // namespace

void*
WipingMalloc(std::size_t size, void* /* user */)
{
    auto* memory = static_cast<uint8_t*>(std::malloc(MEMORY_HEADER + size));
    if (memory == nullptr)
    {
        return nullptr;
    }
    std::memcpy(memory, &size, sizeof(size));
    return memory + MEMORY_HEADER;
}

void
WipingFree(void* memory, void* /* user */)
{
    if (memory != nullptr)
    {
        auto* begin = static_cast<uint8_t*>(memory) - MEMORY_HEADER;
        std::size_t size = 0;
        std::memcpy(&size, begin, sizeof(size));
        SecureWipe(begin, MEMORY_HEADER + size);
        std::free(begin);
    }
}

void*
WipingCalloc(std::size_t count, std::size_t size, void* user)
{
    void* memory = WipingMalloc(count * size, user);
    return memory == nullptr ? nullptr : std::memset(memory, 0, count * size);
}

void*
WipingRealloc(void* memory, std::size_t size, void* user)
{
    void* larger = WipingMalloc(size, user);
    if (larger != nullptr && memory != nullptr)
    {
        std::size_t before = 0;
        std::memcpy(&before, static_cast<uint8_t*>(memory) - MEMORY_HEADER, sizeof(before));
        std::memcpy(larger, memory, std::min(before, size));
        WipingFree(memory, user);
    }
    return larger;
}

} // namespace ns3::mbs
