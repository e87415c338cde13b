// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RESULT_PARCEL_H
#define MBS_RESULT_PARCEL_H

#include "ns3/abort.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Octets in which the processes of one run hand each other what they measured.
 *
 * Values lie in it as they do in memory, one behind the other: both ends are the same program on
 * machines of the same kind, and nothing is kept. Who reads asks for the same types in the same
 * order as were written.
 */
class ResultParcel
{
  public:
    /** @brief An empty parcel. */
    ResultParcel() = default;

    /** @param octets of another parcel, to be read */
    explicit ResultParcel(std::vector<uint8_t> octets)
        : m_octets(std::move(octets))
    {
    }

    /** @tparam T a type that may be copied octet by octet @param value to be written */
    template <typename T>
    void Put(const T& value)
    {
        static_assert(std::is_trivially_copyable_v<T>, "such values are more than their octets");
        PutOctets(&value, sizeof(T));
    }

    /** @tparam T a type that may be copied octet by octet @param values to be written */
    template <typename T>
    void PutAll(const std::vector<T>& values)
    {
        static_assert(std::is_trivially_copyable_v<T>, "such values are more than their octets");
        Put(static_cast<uint64_t>(values.size()));
        PutOctets(values.data(), values.size() * sizeof(T));
    }

    /** @param text to be written */
    void PutText(const std::string& text)
    {
        Put(static_cast<uint64_t>(text.size()));
        PutOctets(text.data(), text.size());
    }

    /** @tparam T as it was written @return the next value */
    template <typename T>
    T Get()
    {
        T value{};
        GetOctets(&value, sizeof(T));
        return value;
    }

    /** @tparam T as it was written @return the next values */
    template <typename T>
    std::vector<T> GetAll()
    {
        std::vector<T> values(Expect(Get<uint64_t>(), sizeof(T)));
        GetOctets(values.data(), values.size() * sizeof(T));
        return values;
    }

    /** @return the next text */
    std::string GetText()
    {
        std::string text(Expect(Get<uint64_t>(), 1), '\0');
        GetOctets(text.data(), text.size());
        return text;
    }

    /** @return how many octets were not read yet */
    std::size_t Left() const
    {
        return m_octets.size() - m_read;
    }

    /** @return all octets, to be sent */
    const std::vector<uint8_t>& Octets() const
    {
        return m_octets;
    }

    /** @brief Begins anew with an empty parcel. */
    void Clear()
    {
        m_octets.clear();
        m_read = 0;
    }

  private:
    /** @param octets what to write @param count how many */
    void PutOctets(const void* octets, std::size_t count)
    {
        const auto* first = static_cast<const uint8_t*>(octets);
        m_octets.insert(m_octets.end(), first, first + count);
    }

    /** @param octets where to @param count how many */
    void GetOctets(void* octets, std::size_t count)
    {
        Expect(count, 1);
        if (count > 0)
        {
            std::memcpy(octets, m_octets.data() + m_read, count);
        }
        m_read += count;
    }

    /** @param count of values @param size of each, octets @return count, if they are there */
    std::size_t Expect(uint64_t count, std::size_t size) const
    {
        NS_ABORT_MSG_IF(count > Left() / size, "a parcel of results is shorter than it says");
        return static_cast<std::size_t>(count);
    }

    std::vector<uint8_t> m_octets; //!< what was written
    std::size_t m_read{0};         //!< how many of them were read
};

} // namespace ns3::mbs

#endif // MBS_RESULT_PARCEL_H
