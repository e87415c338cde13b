// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TMGI_H
#define MBS_TMGI_H

#include "mbs-bytes.h"

#include <iosfwd>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A mobile network: country code and network code (TS 23.003 clause 2.2).
 */
class PlmnId
{
  public:
    /** Octets of the coded form. */
    static constexpr std::size_t SIZE = 3;

    /** @brief The test network 001/01. */
    PlmnId() = default;

    /**
     * @brief Reads the two codes as digits.
     * @param mcc mobile country code, three digits
     * @param mnc mobile network code, two or three digits
     * @return the network, or nothing if a text is not such digits
     */
    static std::optional<PlmnId> From(const std::string& mcc, const std::string& mnc);

    /**
     * @brief Reads the three octets of TS 24.008 figure 10.5.154 (octets 6 to 8): BCD, F as filler.
     * @param octets the coded form
     * @return the network, or nothing if a nibble is no digit
     */
    static std::optional<PlmnId> Decode(const std::array<uint8_t, SIZE>& octets);

    /** @return the coded form of TS 24.008 figure 10.5.154 */
    std::array<uint8_t, SIZE> Encode() const;

    /** @return the mobile country code, three digits */
    std::string Mcc() const;

    /** @return the mobile network code, two or three digits */
    std::string Mnc() const;

    /** @param other another @return true if the same */
    bool operator==(const PlmnId& other) const;
    /** @param other another @return true if not the same */
    bool operator!=(const PlmnId& other) const;
    /** @param other another @return true if this sorts before it */
    bool operator<(const PlmnId& other) const;

  private:
    /** Country code, then network code, with 0 for a third digit that is not there. */
    std::array<char, 6> m_digits{'0', '0', '1', '0', '1', '\0'};
};

/**
 * @ingroup mbs
 * @brief Temporary Mobile Group Identity: the name of an MBS session (TS 23.003 clause 15.2).
 */
class Tmgi
{
  public:
    /** Octets of the coded form without its length octet. */
    static constexpr std::size_t SIZE = 6;

    /** @brief Service 000000 in network 001/01. */
    Tmgi() = default;

    /**
     * @param serviceId MBS service ID, 24 bits; higher bits are ignored
     * @param plmn the network that gave it out
     */
    Tmgi(uint32_t serviceId, const PlmnId& plmn);

    /**
     * @brief Reads octets 3 to 8 of TS 24.008 figure 10.5.154.
     * @param octets the coded form
     * @return the TMGI, or nothing if the network's digits are no digits
     */
    static std::optional<Tmgi> Decode(const std::array<uint8_t, SIZE>& octets);

    /** @return octets 3 to 8 of TS 24.008 figure 10.5.154 */
    std::array<uint8_t, SIZE> Encode() const;

    /** @return the MBS service ID, 24 bits */
    uint32_t ServiceId() const;

    /** @return the MBS service ID as TS 29.571 writes it: six hexadecimal digits, upper case */
    std::string ServiceIdText() const;

    /** @return the network */
    const PlmnId& Plmn() const;

    /** @param other another @return true if the same */
    bool operator==(const Tmgi& other) const;
    /** @param other another @return true if not the same */
    bool operator!=(const Tmgi& other) const;
    /** @param other another @return true if this sorts before it */
    bool operator<(const Tmgi& other) const;

  private:
    uint32_t m_serviceId{0}; //!< MBS service ID, 24 bits
    PlmnId m_plmn;           //!< the network
};

/**
 * @brief Writes `00A1B2-001-01`.
 * @param os where to
 * @param tmgi what
 * @return os
 */
std::ostream& operator<<(std::ostream& os, const Tmgi& tmgi);

} // namespace ns3::mbs

#endif // MBS_TMGI_H
