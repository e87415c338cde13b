// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_WIPING_ALLOCATOR_H
#define MBS_WIPING_ALLOCATOR_H

#include <cstddef>
#include <memory>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Overwrites memory in a way that the compiler may not leave out.
 * @param data first octet
 * @param size how many octets
 */
void SecureWipe(void* data, std::size_t size);

/**
 * @ingroup mbs
 * @brief Overwrites memory before it is given back.
 *
 * A key passes through many buffers on its way: NAS messages, bodies, frames. Each of them grows,
 * is moved and goes, so that nobody could wipe all of them by hand.
 *
 * @tparam T what is held, without a destructor of its own
 * @tparam Base where the memory comes from
 */
template <typename T, typename Base = std::allocator<T>>
class WipingAllocator
{
  public:
    /** What is held. */
    using value_type = T;

    /** The same for something else. @tparam U what is held */
    template <typename U>
    struct rebind
    {
        /** The allocator. */
        using other =
            WipingAllocator<U, typename std::allocator_traits<Base>::template rebind_alloc<U>>;
    };

    /** @brief All are alike. */
    WipingAllocator() = default;

    /** @brief All are alike. */
    template <typename U, typename OtherBase>
    WipingAllocator(const WipingAllocator<U, OtherBase>&)
    {
    }

    /** @param count how many @return memory for them */
    T* allocate(std::size_t count)
    {
        Base base;
        return std::allocator_traits<Base>::allocate(base, count);
    }

    /** @param memory what allocate() gave @param count how many it was asked for */
    void deallocate(T* memory, std::size_t count)
    {
        SecureWipe(memory, count * sizeof(T));
        Base base;
        std::allocator_traits<Base>::deallocate(base, memory, count);
    }
};

/** @return true: what one has allocated any other can give back */
template <typename T, typename U, typename A, typename B>
bool
operator==(const WipingAllocator<T, A>&, const WipingAllocator<U, B>&)
{
    return true;
}

/** @return false */
template <typename T, typename U, typename A, typename B>
bool
operator!=(const WipingAllocator<T, A>&, const WipingAllocator<U, B>&)
{
    return false;
}

/**
 * @ingroup mbs
 * @brief Text that may have a key in it. What is too short for memory of its own (15 characters or
 * so) is not wiped; a key in base64 or hexadecimal is longer.
 */
using SecretText = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

} // namespace ns3::mbs

#endif // MBS_WIPING_ALLOCATOR_H
