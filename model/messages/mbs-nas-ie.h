// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NAS_IE_H
#define MBS_NAS_IE_H

#include "ns3/mbs-bytes.h"

namespace ns3::mbs
{

/** Extended protocol discriminators (TS 24.007 clause 11.2.3.1.1A). */
constexpr uint8_t NAS_EPD_5GMM = 0x7e;
/** Extended protocol discriminators (TS 24.007 clause 11.2.3.1.1A). */
constexpr uint8_t NAS_EPD_5GSM = 0x2e;
/** Security header type of a message that is not protected (TS 24.501 clause 9.3.1). */
constexpr uint8_t NAS_PLAIN = 0;

/**
 * @ingroup mbs
 * @brief An optional information element of a 5GS NAS message.
 */
struct NasIe
{
    uint8_t iei{0}; //!< identifier; of a one-octet element its high half, low half zero
    ByteView value; //!< value; of a one-octet element that octet itself
};

/**
 * @ingroup mbs
 * @brief An information element of format TV with a value of whole octets: its length is nowhere in
 * the message, so a receiver must know it.
 */
struct NasFixedIe
{
    uint8_t iei{0};       //!< identifier
    uint8_t valueSize{0}; //!< octets behind the identifier
};

/**
 * @ingroup mbs
 * @brief Walks the optional information elements at the end of a 5GS NAS message.
 *
 * The format of an element that a receiver does not know follows from its identifier (TS 24.007
 * clause 11.2.4): bit 8 set is a single octet, 7x is TLV-E with a length of two octets, all others
 * are TLV with a length of one octet. An unknown element with bits 8 to 5 all zero must not be
 * passed over (clause 11.2.5).
 */
class NasIeReader
{
  public:
    /**
     * @brief Begins a walk.
     * @param bytes the optional part of the message
     * @param fixed the TV elements that this message can have; must outlive the reader
     */
    template <std::size_t N>
    NasIeReader(ByteView bytes, const std::array<NasFixedIe, N>& fixed)
        : m_reader(bytes),
          m_fixed(fixed.data()),
          m_fixedCount(N)
    {
    }

    /** @return the next element, or nothing at the end or at an error */
    std::optional<NasIe> Next();

    /** @return DecodeError::NONE while all that was read is well formed */
    DecodeError Error() const;

  private:
    ByteReader m_reader;                    //!< what is left
    const NasFixedIe* m_fixed;              //!< TV elements of the message
    std::size_t m_fixedCount;               //!< how many
    DecodeError m_error{DecodeError::NONE}; //!< first error
};

/**
 * @ingroup mbs
 * @brief Writes an information element of format TLV-E.
 * @param writer where to
 * @param iei its identifier
 * @param value at most 65535 octets
 */
void WriteNasTlvE(ByteWriter& writer, uint8_t iei, ByteView value);

} // namespace ns3::mbs

#endif // MBS_NAS_IE_H
