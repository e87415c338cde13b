// SPDX-License-Identifier: GPL-2.0-only

// The heap of the programs lies in huge pages. What is known of a million UEs is three GB, of which
// a key update reads nearly all, and in pages of 4 KiB hardly any of it is in reach of the TLB.
// Linux gives a program 2 MiB pages where it asks for them.

#include <cstddef>
#include <cstdint>
#include <gperftools/malloc_extension.h>
#include <new>
#include <sys/mman.h>

namespace ns3::mbs
{
namespace
{

/** Gives tcmalloc memory that Linux may back with huge pages. */
class HugePageAllocator final : public SysAllocator
{
  public:
    void* Alloc(std::size_t size, std::size_t* actualSize, std::size_t alignment) override;

  private:
    /** A huge page of x86-64, and of arm64 with pages of 4 KiB. */
    static constexpr std::size_t HUGE_PAGE = std::size_t{1} << 21;

    /** How much address space is asked for at a time; Linux backs what is touched. */
    static constexpr std::size_t RESERVE = std::size_t{1} << 25;

    /**
     * @param size how much at least
     * @return true if m_next to m_end is that much now
     */
    bool Reserve(std::size_t size);

    uintptr_t m_next{0}; //!< what has not been given yet begins here
    uintptr_t m_end{0};  //!< and ends here
};

bool
HugePageAllocator::Reserve(std::size_t size)
{
    auto map = [](std::size_t length) {
        const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
        return mmap(nullptr, length, PROT_READ | PROT_WRITE, flags, -1, 0);
    };
    std::size_t length = (size > RESERVE ? size : RESERVE) + HUGE_PAGE;
    void* start = map(length);
    if (start == MAP_FAILED)
    {
        // There may be a limit on the address space.
        length = size + HUGE_PAGE;
        start = map(length);
    }
    if (start == MAP_FAILED)
    {
        return false;
    }
    // Without huge pages, as in some containers, the memory is as good as any other.
    madvise(start, length, MADV_HUGEPAGE);
    m_next = reinterpret_cast<uintptr_t>(start);
    m_end = m_next + length;
    return true;
}

void*
HugePageAllocator::Alloc(std::size_t size, std::size_t* actualSize, std::size_t alignment)
{
    const std::size_t step = alignment > HUGE_PAGE ? alignment : HUGE_PAGE;
    // Whole huge pages, so that the next ones begin where these end.
    const std::size_t length = (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    auto aligned = [step](uintptr_t at) { return (at + step - 1) / step * step; };
    if (length < size || length > SIZE_MAX / 2)
    {
        return nullptr;
    }
    if (m_next == 0 || aligned(m_next) > m_end || m_end - aligned(m_next) < length)
    {
        if (!Reserve(length + (step > HUGE_PAGE ? step : 0)))
        {
            return nullptr;
        }
    }
    const uintptr_t given = aligned(m_next);
    m_next = given + length;
    if (actualSize != nullptr)
    {
        *actualSize = length;
    }
    return reinterpret_cast<void*>(given);
}

/** Sets the allocator when the program starts; never destroyed, as the heap outlives everything. */
[[maybe_unused]] const bool g_hugePages = [] {
    alignas(HugePageAllocator) static unsigned char place[sizeof(HugePageAllocator)];
    MallocExtension::instance()->SetSystemAllocator(new (place) HugePageAllocator);
    // Memory that is given back page by page breaks huge pages up, and is soon wanted again.
    MallocExtension::instance()->SetMemoryReleaseRate(0);
    return true;
}();

} // namespace
} // namespace ns3::mbs
