// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SHARED_BYTES_H
#define MBS_SHARED_BYTES_H

#include "mbs-bytes.h"

#include <algorithm>
#include <boost/smart_ptr/allocate_local_shared_array.hpp>
#include <boost/smart_ptr/local_shared_ptr.hpp>
#include <cstddef>
#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Octets that do not change any more and are kept once, however many have them.
 *
 * The content of a request is kept by who may have to send it again and by what frames it, and a
 * key update is the same for very many UEs. They are wiped when nobody has them any more.
 *
 * There is one of these in every message: the octets lie behind their count of owners, in one piece
 * of memory.
 */
class SharedBytes
{
  public:
    /** @brief No octets. */
    SharedBytes() = default;

    /**
     * @brief Octets that are written here.
     * @param size how many
     * @param write gets where the first one goes; writes all of them
     */
    template <typename F>
    SharedBytes(std::size_t size, const F& write)
        : m_size(size)
    {
        if (size > 0)
        {
            const auto octets =
                boost::allocate_local_shared_noinit<uint8_t[]>(WipingAllocator<uint8_t>(), size);
            write(octets.get());
            m_octets = octets;
        }
    }

    /** @param bytes the octets, copied */
    SharedBytes(ByteView bytes)
        : SharedBytes(bytes.size(),
                      [bytes](uint8_t* to) { std::copy(bytes.begin(), bytes.end(), to); })
    {
    }

    /** @param bytes the octets, copied */
    SharedBytes(const Bytes& bytes)
        : SharedBytes(ByteView(bytes))
    {
    }

    /** @return a view of them, good as long as somebody has them */
    ByteView Get() const
    {
        return {data(), size()};
    }

    /** @return a view of them, good as long as somebody has them */
    operator ByteView() const
    {
        return Get();
    }

    /** @return the first octet */
    const uint8_t* data() const
    {
        return m_octets.get();
    }

    /** @return how many octets */
    std::size_t size() const
    {
        // One that was moved away has none.
        return m_octets ? m_size : 0;
    }

    /** @return true if there are none */
    bool empty() const
    {
        return !m_octets;
    }

    /** @param other others @return true if they are the same octets */
    bool operator==(const SharedBytes& other) const
    {
        return data() == other.data() ? size() == other.size() : SameBytes(*this, other);
    }

  private:
    boost::local_shared_ptr<const uint8_t[]> m_octets; //!< null if there are none
    std::size_t m_size{0};                             //!< how many
};

} // namespace ns3::mbs

#endif // MBS_SHARED_BYTES_H
