// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_BYTES_H
#define MBS_BYTES_H

#include "mbs-wiping-allocator.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/**
 * @defgroup mbs Security of 5G Multicast-Broadcast Services
 */

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief An owned string of octets, in transmission order. Its memory is wiped when it is given
 * back, since any message may have a key in it.
 */
using Bytes = std::vector<uint8_t, WipingAllocator<uint8_t>>;

/**
 * @ingroup mbs
 * @brief Octets that somebody else owns; valid only as long as the owner leaves them alone.
 */
class ByteView
{
  public:
    /** @brief The empty view. */
    constexpr ByteView() = default;

    /**
     * @brief A view of @p size octets from @p data on.
     * @param data the first octet (may be null when size is 0)
     * @param size how many octets
     */
    constexpr ByteView(const uint8_t* data, std::size_t size)
        : m_data(data),
          m_size(size)
    {
    }

    /**
     * @brief A view of a whole vector.
     * @param bytes the owner
     */
    ByteView(const Bytes& bytes)
        : m_data(bytes.data()),
          m_size(bytes.size())
    {
    }

    /**
     * @brief A view of a whole array.
     * @param bytes the owner
     */
    template <std::size_t N>
    constexpr ByteView(const std::array<uint8_t, N>& bytes)
        : m_data(bytes.data()),
          m_size(N)
    {
    }

    /** @return the first octet */
    constexpr const uint8_t* data() const
    {
        return m_data;
    }

    /** @return the number of octets */
    constexpr std::size_t size() const
    {
        return m_size;
    }

    /** @return true if there is no octet */
    constexpr bool empty() const
    {
        return m_size == 0;
    }

    /** @return the first octet, for range-based loops */
    constexpr const uint8_t* begin() const
    {
        return m_data;
    }

    /** @return one past the last octet */
    constexpr const uint8_t* end() const
    {
        return m_data + m_size;
    }

    /**
     * @param index position, smaller than size()
     * @return the octet there
     */
    constexpr uint8_t operator[](std::size_t index) const
    {
        return m_data[index];
    }

    /**
     * @brief A part of the view, cut short where the view ends.
     * @param offset first octet of the part
     * @param count how many octets at most
     * @return the part, empty when offset lies behind the end
     */
    constexpr ByteView Sub(std::size_t offset, std::size_t count = SIZE_MAX) const
    {
        if (offset >= m_size)
        {
            return {};
        }
        const std::size_t rest = m_size - offset;
        return {m_data + offset, count < rest ? count : rest};
    }

    /** @return an owned copy */
    Bytes ToBytes() const;

  private:
    const uint8_t* m_data{nullptr}; //!< first octet
    std::size_t m_size{0};          //!< number of octets
};

/**
 * @ingroup mbs
 * @brief Appends octets. The library's insert() copies them one by one, and its resize() those that
 * are there already, since the allocator is not its own.
 * @param bytes where to append
 * @param more what; not a part of @p bytes
 */
void Append(Bytes& bytes, ByteView more);

/**
 * @ingroup mbs
 * @brief Equality of two octet strings (not in constant time: for public values only).
 * @param a one
 * @param b the other
 * @return true if they are the same
 */
bool SameBytes(ByteView a, ByteView b);

/**
 * @ingroup mbs
 * @brief Lower-case hexadecimal digits, two an octet, without separators.
 * @param bytes what to write
 * @return the digits
 */
std::string ToHex(ByteView bytes);

/**
 * @ingroup mbs
 * @brief Reads hexadecimal digits of either case; white space is passed over.
 * @param text the digits
 * @return the octets, or nothing if a character is no digit or the number of digits is odd
 */
std::optional<Bytes> FromHex(const std::string& text);

/**
 * @ingroup mbs
 * @brief Base64 with padding (RFC 4648 section 4), as OpenAPI's format `byte` wants it.
 * @param bytes what to write
 * @return the text
 */
std::string ToBase64(ByteView bytes);

/**
 * @ingroup mbs
 * @brief Reads padded base64 (RFC 4648 section 4), strictly.
 * @param text the text
 * @return the octets, or nothing if the text is not exactly what ToBase64() could have written
 */
std::optional<Bytes> FromBase64(const std::string& text);

/**
 * @ingroup mbs
 * @brief Why a byte string from a peer was refused.
 */
enum class DecodeError : uint8_t
{
    NONE,        //!< it was not refused
    TRUNCATED,   //!< it ends before it should
    TRAILING,    //!< it goes on behind its end
    MALFORMED,   //!< a length, a tag or the syntax is wrong
    UNSUPPORTED, //!< well formed, but a type, version or option that this module does not know
    OUT_OF_RANGE //!< a field has a value that the standard does not allow
};

/**
 * @ingroup mbs
 * @param error an error
 * @return its name in lower case, for traces and messages
 */
const char* ToString(DecodeError error);

/**
 * @ingroup mbs
 * @brief What a decoder returns: the value, or why there is none.
 * @tparam T the value type
 */
template <typename T>
class Decoded
{
  public:
    /**
     * @brief Success.
     * @param value what was decoded
     */
    Decoded(T value)
        : m_value(std::move(value))
    {
    }

    /**
     * @brief Failure.
     * @param error why, not DecodeError::NONE
     */
    Decoded(DecodeError error)
        : m_error(error)
    {
    }

    /** @return true if there is a value */
    explicit operator bool() const
    {
        return m_value.has_value();
    }

    /** @return why there is no value; DecodeError::NONE if there is one */
    DecodeError Error() const
    {
        return m_error;
    }

    /** @return the value; only when there is one */
    const T& operator*() const
    {
        return *m_value;
    }

    /** @return the value; only when there is one */
    T& operator*()
    {
        return *m_value;
    }

    /** @return the value's members; only when there is one */
    const T* operator->() const
    {
        return &*m_value;
    }

    /** @return the value's members; only when there is one */
    T* operator->()
    {
        return &*m_value;
    }

  private:
    std::optional<T> m_value;               //!< the value
    DecodeError m_error{DecodeError::NONE}; //!< why there is none
};

/**
 * @ingroup mbs
 * @brief Reads octets front to back and never past the end.
 *
 * The first read that does not fit makes the reader fail for good: from then on every read gives
 * zeros or an empty view. A parser reads a run of fields and asks Ok() once behind them.
 * Integers are big-endian.
 */
class ByteReader
{
  public:
    /**
     * @param bytes what to read; must outlive the reader
     */
    explicit ByteReader(ByteView bytes);

    /** @return one octet, 0 when failed */
    uint8_t U8();
    /** @return two octets, 0 when failed */
    uint16_t U16();
    /** @return three octets, 0 when failed */
    uint32_t U24();
    /** @return four octets, 0 when failed */
    uint32_t U32();
    /** @return eight octets, 0 when failed */
    uint64_t U64();

    /**
     * @param count how many octets
     * @return a view of them, empty when failed
     */
    ByteView Take(std::size_t count);

    /**
     * @brief Copies N octets.
     * @return the octets, zeros when failed
     */
    template <std::size_t N>
    std::array<uint8_t, N> Array()
    {
        std::array<uint8_t, N> out{};
        const ByteView view = Take(N);
        for (std::size_t i = 0; i < view.size(); ++i)
        {
            out[i] = view[i];
        }
        return out;
    }

    /** @return a view of all that is left; reads it */
    ByteView Rest();

    /** @return how many octets are left */
    std::size_t Left() const;

    /** @return how many octets were read */
    std::size_t Position() const;

    /** @return true while no read went past the end */
    bool Ok() const;

    /** @return true if no read went past the end and nothing is left */
    bool Done() const;

    /** @brief Makes the reader fail, for a parser that found a wrong value. */
    void Fail();

  private:
    ByteView m_bytes;          //!< what is read
    std::size_t m_position{0}; //!< next octet
    bool m_ok{true};           //!< no read failed yet
};

/**
 * @ingroup mbs
 * @brief Writes octets front to back. Integers are big-endian.
 */
class ByteWriter
{
  public:
    /** @brief Nothing is written yet. */
    ByteWriter() = default;

    /** @param room for how many octets there is room, if somebody knows how long it gets */
    explicit ByteWriter(std::size_t room)
    {
        m_bytes.reserve(room);
    }

    /**
     * @param value one octet
     * @return this writer
     */
    ByteWriter& U8(uint8_t value)
    {
        MakeRoom(1);
        m_bytes.push_back(value);
        return *this;
    }

    /**
     * @param value two octets
     * @return this writer
     */
    ByteWriter& U16(uint16_t value)
    {
        return U8(static_cast<uint8_t>(value >> 8)).U8(static_cast<uint8_t>(value));
    }

    /**
     * @param value three octets; the highest eight bits are ignored
     * @return this writer
     */
    ByteWriter& U24(uint32_t value)
    {
        return U8(static_cast<uint8_t>(value >> 16)).U16(static_cast<uint16_t>(value));
    }

    /**
     * @param value four octets
     * @return this writer
     */
    ByteWriter& U32(uint32_t value)
    {
        return U16(static_cast<uint16_t>(value >> 16)).U16(static_cast<uint16_t>(value));
    }

    /**
     * @param value eight octets
     * @return this writer
     */
    ByteWriter& U64(uint64_t value);

    /**
     * @param bytes any number of octets
     * @return this writer
     */
    ByteWriter& Append(ByteView bytes)
    {
        MakeRoom(bytes.size());
        mbs::Append(m_bytes, bytes);
        return *this;
    }

    /**
     * @brief Overwrites two octets written before, for a length known only afterwards.
     * @param position of the first of them
     * @param value what goes there
     */
    void PatchU16(std::size_t position, uint16_t value);

    /**
     * @brief Overwrites one octet written before.
     * @param position of the octet
     * @param value what goes there
     */
    void PatchU8(std::size_t position, uint8_t value);

    /** @return how many octets were written */
    std::size_t Size() const;

    /** @return what was written so far */
    const Bytes& Get() const;

    /** @return what was written, moved out */
    Bytes Release();

  private:
    /** Octets for which there is room when the first one is written. */
    static constexpr std::size_t USUAL_SIZE = 64;

    /** @param count how many octets come next */
    void MakeRoom(std::size_t count)
    {
        if (m_bytes.capacity() == 0)
        {
            // Most messages fit; growing by doubling from one octet would take seven allocations.
            m_bytes.reserve(std::max(count, USUAL_SIZE));
        }
    }

    Bytes m_bytes; //!< what was written
};

} // namespace ns3::mbs

#endif // MBS_BYTES_H
