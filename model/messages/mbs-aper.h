// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_APER_H
#define MBS_APER_H

#include "ns3/mbs-bytes.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Writes the aligned variant of basic PER (ITU-T X.691), bit by bit.
 *
 * The first value that its type does not allow makes the writer fail for good; a failed writer
 * hands out the empty string, so that nothing half right is ever sent.
 *
 * Fragments (X.691 clause 11.9.3.8) are not written: a part is at most MAX_LENGTH octets long.
 */
class AperWriter
{
  public:
    /** The longest octet string and open type: one octet more would need fragments. */
    static constexpr std::size_t MAX_LENGTH = 16383;

    /** @brief Nothing is written yet. */
    AperWriter()
    {
        m_bytes.reserve(USUAL_SIZE);
    }

    /**
     * @brief Writes a bit-field without alignment.
     * @param value its lowest bits are written, the highest of them first
     * @param count how many bits, 0 to 64
     */
    void Bits(uint64_t value, unsigned count);

    /** @brief Fills up the octet with zero bits. */
    void Align();

    /**
     * @brief A constrained whole number (X.691 clause 11.5).
     * @param value the number
     * @param lower smallest number allowed
     * @param upper largest number allowed
     */
    void Constrained(uint64_t value, uint64_t lower, uint64_t upper);

    /**
     * @brief A semi-constrained whole number with its length in front (X.691 clause 11.7).
     * @param value the number
     * @param lower smallest number allowed
     */
    void SemiConstrained(uint64_t value, uint64_t lower);

    /**
     * @brief An unconstrained whole number with its length in front (X.691 clause 11.8).
     * @param value the number
     */
    void Unconstrained(int64_t value);

    /**
     * @brief An INTEGER (lower..upper, ...) (X.691 clause 13.1).
     * @param value the number, from 0 to INT64_MAX; outside of the bounds it goes as an extension
     * @param lower smallest number of the root
     * @param upper largest number of the root
     */
    void ExtensibleInteger(uint64_t value, uint64_t lower, uint64_t upper);

    /**
     * @brief A normally small non-negative whole number (X.691 clause 11.6).
     * @param value the number
     */
    void NormallySmall(uint64_t value);

    /**
     * @brief An ENUMERATED (X.691 clause 14) or the index of a CHOICE (clause 23).
     * @param value position in the list, extensions behind the root
     * @param rootCount how many values the root has, at least 1
     * @param extensible whether the list ends in an extension marker
     */
    void Enumerated(uint64_t value, uint64_t rootCount, bool extensible);

    /**
     * @brief An unconstrained length determinant (X.691 clause 11.9.3.5 to 11.9.3.7).
     * @param length at most MAX_LENGTH
     */
    void Length(std::size_t length);

    /**
     * @brief An OCTET STRING of fixed size (X.691 clauses 17.6, 17.7): no length; aligned if it has
     * more than two octets.
     * @param octets the string, at most 65535 octets
     */
    void FixedOctets(ByteView octets);

    /**
     * @brief An OCTET STRING without size constraint (X.691 clause 17.8).
     * @param octets the string, at most MAX_LENGTH octets
     */
    void OctetString(ByteView octets);

    /**
     * @brief A BIT STRING of fixed size (X.691 clauses 16.9, 16.10): no length; aligned if it has
     * more than 16 bits.
     * @param value the bits, the last one in the lowest bit
     * @param count how many, 1 to 64
     */
    void FixedBits(uint64_t value, unsigned count);

    /**
     * @brief A BIT STRING (SIZE (lower..upper)) of whole octets (X.691 clause 16.11).
     * @param octets the string
     * @param lower smallest number of bits allowed
     * @param upper largest number of bits allowed, more than 16 and below 65536
     */
    void BitString(ByteView octets, uint64_t lower, uint64_t upper);

    /**
     * @brief An open type (X.691 clause 11.2).
     * @param encoding the complete encoding of its value, at most MAX_LENGTH octets
     */
    void OpenType(ByteView encoding);

    /**
     * @brief Begins an open type whose value is written next, by this writer: its encoding begins
     * at an octet boundary, here as well as on its own.
     * @return where the value begins, for EndOpenType()
     */
    std::size_t BeginOpenType();

    /** @brief Ends an open type. @param begin what BeginOpenType() gave */
    void EndOpenType(std::size_t begin);

    /**
     * @brief Leaves room for a number of two aligned octets that is known only afterwards.
     * @return where, for FillNumber()
     */
    std::size_t SkipNumber();

    /** @param position what SkipNumber() gave @param value the number */
    void FillNumber(std::size_t position, uint16_t value);

    /** @brief Makes the writer fail, for a caller that has no right value to write. */
    void Fail()
    {
        m_ok = false;
    }

    /** @return true while all values fitted their types */
    bool Ok() const
    {
        return m_ok;
    }

    /** @return the complete encoding (X.691 clause 11.1), moved out; empty when failed */
    Bytes Release();

  private:
    /**
     * @brief Writes aligned octets of a number.
     * @param value the number
     * @param octets how many
     */
    void Number(uint64_t value, unsigned octets);

    /** Octets for which there is room at once: most messages about a UE fit. */
    static constexpr std::size_t USUAL_SIZE = 192;

    Bytes m_bytes;      //!< what was written
    unsigned m_free{0}; //!< unused bits in the last octet, 0 to 7
    bool m_ok{true};    //!< no value was refused yet
};

/**
 * @ingroup mbs
 * @brief Reads the aligned variant of basic PER (ITU-T X.691) and never past the end.
 *
 * The first read that does not fit makes the reader fail for good: from then on every read gives
 * zeros or an empty view. Padding bits are passed over whatever they are. Fragments
 * (X.691 clause 11.9.3.8) are refused as DecodeError::UNSUPPORTED.
 */
class AperReader
{
  public:
    /** @param bytes what to read; must outlive the reader */
    explicit AperReader(ByteView bytes);

    /**
     * @brief Reads a bit-field without alignment.
     * @param count how many bits, 0 to 64
     * @return the bits, the last one in the lowest bit; 0 when failed
     */
    uint64_t Bits(unsigned count);

    /** @return one bit; false when failed */
    bool Bit()
    {
        return Bits(1) != 0;
    }

    /** @brief Goes to the next octet boundary. */
    void Align();

    /**
     * @param lower smallest number allowed
     * @param upper largest number allowed
     * @return a constrained whole number; 0 when failed
     */
    uint64_t Constrained(uint64_t lower, uint64_t upper);

    /**
     * @param lower smallest number allowed
     * @return a semi-constrained whole number; 0 when failed
     */
    uint64_t SemiConstrained(uint64_t lower);

    /** @return an unconstrained whole number; 0 when failed */
    int64_t Unconstrained();

    /**
     * @brief An INTEGER (lower..upper, ...); a negative extension value is refused.
     * @param lower smallest number of the root
     * @param upper largest number of the root
     * @return the number, which may lie outside of the root; 0 when failed
     */
    uint64_t ExtensibleInteger(uint64_t lower, uint64_t upper);

    /** @return a normally small non-negative whole number; 0 when failed */
    uint64_t NormallySmall();

    /**
     * @param rootCount how many values the root has, at least 1
     * @param extensible whether the list ends in an extension marker
     * @return position in the list, extensions behind the root; 0 when failed
     */
    uint64_t Enumerated(uint64_t rootCount, bool extensible);

    /** @return an unconstrained length determinant; 0 when failed */
    std::size_t Length();

    /**
     * @brief An OCTET STRING of fixed size.
     * @param octets where its octets go; zeros when failed
     * @param count its size, at most 65535
     */
    void FixedOctets(uint8_t* octets, std::size_t count);

    /**
     * @param count size of the OCTET STRING, at most 65535
     * @return its octets, of the size asked for; zeros when failed
     */
    Bytes FixedOctets(std::size_t count);

    /** @return an OCTET STRING without size constraint; empty when failed */
    ByteView OctetString();

    /**
     * @param count size of the BIT STRING, 1 to 64
     * @return its bits, the last one in the lowest bit; 0 when failed
     */
    uint64_t FixedBits(unsigned count);

    /**
     * @brief A BIT STRING (SIZE (lower..upper)); one that is not whole octets is refused.
     * @param lower smallest number of bits allowed
     * @param upper largest number of bits allowed, more than 16 and below 65536
     * @return its octets; empty when failed
     */
    ByteView BitString(uint64_t lower, uint64_t upper);

    /** @return the encoding of an open type's value; empty when failed */
    ByteView OpenType();

    /** @brief Passes over the extension additions of a SEQUENCE (X.691 clause 19.7 to 19.9). */
    void SkipExtensionAdditions();

    /** @return true while no read failed */
    bool Ok() const
    {
        return m_error == DecodeError::NONE;
    }

    /** @return why the reader failed; DecodeError::NONE if it did not */
    DecodeError Error() const
    {
        return m_error;
    }

    /**
     * @brief Makes the reader fail, for a parser that found a wrong value; the first error stays.
     * @param error why
     */
    void Fail(DecodeError error)
    {
        if (Ok())
        {
            m_error = error;
        }
    }

    /** @brief Fails with DecodeError::TRAILING if an octet is left that no read has touched. */
    void Finish();

  private:
    /**
     * @param octets how many, at most 8
     * @return an aligned number of that many octets; 0 when failed
     */
    uint64_t Number(std::size_t octets);

    /**
     * @param count how many octets
     * @return a view of them, at an octet boundary; empty when failed
     */
    ByteView Take(std::size_t count);

    ByteView m_bytes;                       //!< what is read
    std::size_t m_position{0};              //!< next bit
    DecodeError m_error{DecodeError::NONE}; //!< why it failed
};

} // namespace ns3::mbs

#endif // MBS_APER_H
