// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_ID_H
#define MBS_KEY_ID_H

#include "mbs-bytes.h"
#include "mbs-tmgi.h"

#include <iosfwd>
#include <tuple>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Key Domain ID: whose keys these are (TS 33.246 clause 6.3.2.1), MCC and MNC in 3 octets.
 *
 * The octets are kept as they came: with MOCN sharing a UE must not read a network out of them
 * (TS 33.501 clause W.4.2 on sharing, TS 24.501 clause 9.11.4.31 note 2).
 */
class KeyDomainId
{
  public:
    /** Octets of the coded form. */
    static constexpr std::size_t SIZE = 3;

    /** @brief All zeros. */
    KeyDomainId() = default;

    /** @param octets the coded form */
    explicit KeyDomainId(const std::array<uint8_t, SIZE>& octets)
        : m_octets(octets)
    {
    }

    /** @param plmn the network whose codes form the domain */
    explicit KeyDomainId(const PlmnId& plmn)
        : m_octets(plmn.Encode())
    {
    }

    /** @return the coded form */
    const std::array<uint8_t, SIZE>& Encode() const
    {
        return m_octets;
    }

    /** @param other another @return true if the same */
    bool operator==(const KeyDomainId& other) const
    {
        return m_octets == other.m_octets;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const KeyDomainId& other) const
    {
        return !(*this == other);
    }

    /** @param other another @return true if this sorts before it */
    bool operator<(const KeyDomainId& other) const
    {
        return m_octets < other.m_octets;
    }

  private:
    std::array<uint8_t, SIZE> m_octets{}; //!< the coded form
};

/**
 * @ingroup mbs
 * @brief MSK ID: Key Group part and Key Number part (TS 33.246 clause 6.3.2.1), 4 octets.
 *
 *     +-------------------+--------------------+
 *     | Key Group part, 2 | Key Number part, 2 |
 *     +-------------------+--------------------+
 */
class MskId
{
  public:
    /** Octets of the coded form. */
    static constexpr std::size_t SIZE = 4;

    /** Key Number part that means "the current MSK" in a request, never a key. */
    static constexpr uint16_t CURRENT = 0;

    /** @brief Group 0, number 0. */
    MskId() = default;

    /**
     * @param group Key Group part
     * @param number Key Number part; 0 names no key
     */
    MskId(uint16_t group, uint16_t number)
        : m_group(group),
          m_number(number)
    {
    }

    /** @param octets the coded form @return the ID */
    static MskId Decode(const std::array<uint8_t, SIZE>& octets)
    {
        return {static_cast<uint16_t>(octets[0] << 8 | octets[1]),
                static_cast<uint16_t>(octets[2] << 8 | octets[3])};
    }

    /** @return the coded form */
    std::array<uint8_t, SIZE> Encode() const
    {
        return {static_cast<uint8_t>(m_group >> 8),
                static_cast<uint8_t>(m_group),
                static_cast<uint8_t>(m_number >> 8),
                static_cast<uint8_t>(m_number)};
    }

    /** @return the Key Group part */
    uint16_t Group() const
    {
        return m_group;
    }

    /** @return the Key Number part */
    uint16_t Number() const
    {
        return m_number;
    }

    /** @return the ID of the MSK that follows this one in its group; numbers run 1 to 65535 */
    MskId Next() const
    {
        return {m_group, static_cast<uint16_t>(m_number == UINT16_MAX ? 1 : m_number + 1)};
    }

    /**
     * @param other another of the same group
     * @return true if this one came later; numbers may have started anew in between
     */
    bool IsNewerThan(const MskId& other) const
    {
        return static_cast<int16_t>(m_number - other.m_number) > 0;
    }

    /** @param other another @return true if the same */
    bool operator==(const MskId& other) const
    {
        return m_group == other.m_group && m_number == other.m_number;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const MskId& other) const
    {
        return !(*this == other);
    }

    /** @param other another @return true if this sorts before it */
    bool operator<(const MskId& other) const
    {
        return std::tie(m_group, m_number) < std::tie(other.m_group, other.m_number);
    }

  private:
    uint16_t m_group{0};  //!< Key Group part
    uint16_t m_number{0}; //!< Key Number part
};

/**
 * @ingroup mbs
 * @brief MTK ID: a sequence number under one MSK (TS 33.246 clause 6.3.3.1), 2 octets.
 */
class MtkId
{
  public:
    /** Octets of the coded form. */
    static constexpr std::size_t SIZE = 2;

    /** @brief Number 0, which names no key. */
    MtkId() = default;

    /** @param number sequence number */
    explicit MtkId(uint16_t number)
        : m_number(number)
    {
    }

    /** @param octets the coded form @return the ID */
    static MtkId Decode(const std::array<uint8_t, SIZE>& octets)
    {
        return MtkId(static_cast<uint16_t>(octets[0] << 8 | octets[1]));
    }

    /** @return the coded form */
    std::array<uint8_t, SIZE> Encode() const
    {
        return {static_cast<uint8_t>(m_number >> 8), static_cast<uint8_t>(m_number)};
    }

    /** @return the sequence number */
    uint16_t Number() const
    {
        return m_number;
    }

    /** @param other another @return true if the same */
    bool operator==(const MtkId& other) const
    {
        return m_number == other.m_number;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const MtkId& other) const
    {
        return m_number != other.m_number;
    }

    /** @param other another @return true if this sorts before it */
    bool operator<(const MtkId& other) const
    {
        return m_number < other.m_number;
    }

  private:
    uint16_t m_number{0}; //!< sequence number
};

/**
 * @ingroup mbs
 * @brief Names a traffic key in an SRTP packet: MKI = MSK ID || MTK ID (TS 33.246 clause 6.6.2).
 */
struct Mki
{
    /** Octets of the coded form. */
    static constexpr std::size_t SIZE = MskId::SIZE + MtkId::SIZE;

    MskId msk; //!< the MSK that protects the MTK
    MtkId mtk; //!< the MTK under it

    /** @param octets the coded form @return the MKI */
    static Mki Decode(const std::array<uint8_t, SIZE>& octets)
    {
        return {MskId::Decode({octets[0], octets[1], octets[2], octets[3]}),
                MtkId::Decode({octets[4], octets[5]})};
    }

    /** @return the coded form */
    std::array<uint8_t, SIZE> Encode() const
    {
        const auto a = msk.Encode();
        const auto b = mtk.Encode();
        return {a[0], a[1], a[2], a[3], b[0], b[1]};
    }

    /** @param other another @return true if the same */
    bool operator==(const Mki& other) const
    {
        return msk == other.msk && mtk == other.mtk;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const Mki& other) const
    {
        return !(*this == other);
    }

    /** @param other another @return true if this sorts before it */
    bool operator<(const Mki& other) const
    {
        return std::tie(msk, mtk) < std::tie(other.msk, other.mtk);
    }
};

/**
 * @brief Writes six hexadecimal digits.
 * @param os where to
 * @param id what
 * @return os
 */
std::ostream& operator<<(std::ostream& os, const KeyDomainId& id);

/**
 * @brief Writes eight hexadecimal digits.
 * @param os where to
 * @param id what
 * @return os
 */
std::ostream& operator<<(std::ostream& os, const MskId& id);

/**
 * @brief Writes four hexadecimal digits.
 * @param os where to
 * @param id what
 * @return os
 */
std::ostream& operator<<(std::ostream& os, const MtkId& id);

/**
 * @brief Writes twelve hexadecimal digits.
 * @param os where to
 * @param mki what
 * @return os
 */
std::ostream& operator<<(std::ostream& os, const Mki& mki);

} // namespace ns3::mbs

#endif // MBS_KEY_ID_H
