// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SHARED_BYTES_H
#define MBS_SHARED_BYTES_H

#include "mbs-bytes.h"

#include <memory>
#include <utility>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Octets that do not change any more and are kept once, however many have them.
 *
 * The content of a request is kept by who may have to send it again and by what frames it, and a
 * key update is the same for very many UEs. They are wiped when nobody has them any more.
 */
class SharedBytes
{
  public:
    /** @brief No octets. */
    SharedBytes() = default;

    /** @param bytes the octets */
    SharedBytes(Bytes bytes)
        : m_bytes(bytes.empty() ? nullptr : std::make_shared<const Bytes>(std::move(bytes)))
    {
    }

    /** @return the octets */
    const Bytes& Get() const
    {
        static const Bytes NONE;
        return m_bytes ? *m_bytes : NONE;
    }

    /** @return the octets */
    operator const Bytes&() const
    {
        return Get();
    }

    /** @return a view of them, good as long as somebody has them */
    operator ByteView() const
    {
        return Get();
    }

    /** @return the first octet */
    const uint8_t* data() const
    {
        return Get().data();
    }

    /** @return how many octets */
    std::size_t size() const
    {
        return m_bytes ? m_bytes->size() : 0;
    }

    /** @return true if there are none */
    bool empty() const
    {
        return !m_bytes;
    }

    /** @param other others @return true if they are the same octets */
    bool operator==(const SharedBytes& other) const
    {
        return m_bytes == other.m_bytes || Get() == other.Get();
    }

  private:
    std::shared_ptr<const Bytes> m_bytes; //!< null if there are none
};

} // namespace ns3::mbs

#endif // MBS_SHARED_BYTES_H
