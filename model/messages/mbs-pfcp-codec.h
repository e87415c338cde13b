// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PFCP_CODEC_H
#define MBS_PFCP_CODEC_H

#include "mbs-pfcp-ie.h"

#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Collects what a PFCP message or grouped element consists of, and the first thing wrong.
 */
class PfcpIeCollector
{
  public:
    /** @return the first error, DecodeError::NONE if there was none */
    DecodeError Error() const
    {
        return m_error;
    }

    /** @param error what went wrong */
    void Refuse(DecodeError error)
    {
        if (m_error == DecodeError::NONE)
        {
            m_error = error;
        }
    }

    /**
     * @brief Keeps the first of an element that should come once.
     * @param where where to keep it
     * @param value the element
     */
    template <typename T>
    void Once(std::optional<T>& where, Decoded<T> value)
    {
        if (!value)
        {
            Refuse(value.Error());
        }
        else if (!where)
        {
            where = std::move(*value);
        }
    }

    /**
     * @brief Keeps an element that may come several times.
     * @param where where to append it
     * @param value the element
     */
    template <typename T>
    void Many(std::vector<T>& where, Decoded<T> value)
    {
        if (!value)
        {
            Refuse(value.Error());
        }
        else
        {
            where.push_back(std::move(*value));
        }
    }

    /**
     * @brief Moves a mandatory element to its place.
     * @param where where to
     * @param value the element
     */
    template <typename T>
    void Mandatory(T& where, std::optional<T>& value)
    {
        if (!value)
        {
            Refuse(DecodeError::MALFORMED);
        }
        else
        {
            where = std::move(*value);
        }
    }

  private:
    DecodeError m_error{DecodeError::NONE}; //!< the first error
};

/**
 * @ingroup mbs
 * @brief Reads an element that is one big-endian integer at its front.
 * @tparam T uint8_t, uint16_t or uint32_t
 * @param value of the element
 * @return the integer; MALFORMED if the value is too short
 */
template <typename T>
Decoded<T>
ReadPfcpInteger(ByteView value)
{
    if (value.size() < sizeof(T))
    {
        return DecodeError::MALFORMED;
    }
    uint32_t number = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
    {
        number = number << 8 | value[i];
    }
    return static_cast<T>(number);
}

/** @param writer where to @param type of the element @param value one octet */
inline void
WritePfcpU8(ByteWriter& writer, PfcpIe type, uint8_t value)
{
    WritePfcpIe(writer, type, std::array<uint8_t, 1>{value});
}

/** @param writer where to @param type of the element @param value two octets */
inline void
WritePfcpU16(ByteWriter& writer, PfcpIe type, uint16_t value)
{
    WritePfcpIe(writer, type, ByteWriter().U16(value).Get());
}

/** @param writer where to @param type of the element @param value four octets */
inline void
WritePfcpU32(ByteWriter& writer, PfcpIe type, uint32_t value)
{
    WritePfcpIe(writer, type, ByteWriter().U32(value).Get());
}

} // namespace ns3::mbs

#endif // MBS_PFCP_CODEC_H
