// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_CODER_H
#define MBS_NGAP_CODER_H

#include "mbs-aper.h"
#include "mbs-ngap-types.h"

#include <initializer_list>
#include <limits>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Preamble of a SEQUENCE: which optional parts are there.
 */
struct NgapSequence
{
    bool extended{false};          //!< additions follow behind the root
    bool ieExtensions{false};      //!< an iE-Extensions container ends the root
    std::array<bool, 8> present{}; //!< the other optional parts, in their order
};

/** Octets of a key of NG-RAN: KgNB, NH. */
constexpr std::size_t KEY_SIZE = 32;

class NgapIeEncoder;
class NgapIeDecoder;

/**
 * @ingroup mbs
 * @brief Writes the types of NGAP; has the same members as NgapDecoder.
 *
 * A type's layout is written down once, as a function template `Code(coder, value)` that works with
 * either coder, so that what is written and what is read cannot drift apart.
 */
class NgapEncoder
{
  public:
    /** What Code() gets to see of a value: here it only reads it. */
    template <typename T>
    using Field = const T&;

    /** How Code() handles the IEs of a container. */
    using Ies = NgapIeEncoder;

    /**
     * @brief Writes the preamble of an extensible SEQUENCE that ends in iE-Extensions.
     * @param optionals which of the other optional parts are there
     * @param ieExtensions whether an extension of ours is there
     * @return the same
     */
    NgapSequence Begin(std::initializer_list<bool> optionals, bool ieExtensions = false)
    {
        m_writer.Bits(0, 1);
        NgapSequence sequence;
        std::size_t count = 0;
        for (const bool optional : optionals)
        {
            m_writer.Bits(optional ? 1 : 0, 1);
            sequence.present[count++] = optional;
        }
        m_writer.Bits(ieExtensions ? 1 : 0, 1);
        sequence.ieExtensions = ieExtensions;
        return sequence;
    }

    /** @brief Ends a SEQUENCE that has no extension of ours. */
    void End(const NgapSequence&)
    {
    }

    /**
     * @brief Ends a SEQUENCE with its iE-Extensions.
     * @param sequence what Begin() gave
     * @param code takes the coder of the extensions
     */
    template <typename F>
    void End(const NgapSequence& sequence, F code);

    /** @brief Writes the preamble of a SEQUENCE of nothing but IEs. @return false */
    bool BeginIesOnly()
    {
        m_writer.Bits(0, 1);
        return false;
    }

    /** @brief Ends a SEQUENCE of nothing but IEs. */
    void EndIesOnly(bool)
    {
    }

    /**
     * @brief A list of IEs.
     * @param lower smallest number of IEs: 0 in messages, 1 in extensions
     * @param code takes the coder of the IEs
     */
    template <typename F>
    void Container(uint64_t lower, F code);

    /** @param value the number @param lower smallest allowed @param upper largest allowed */
    template <typename T>
    void Integer(const T& value, uint64_t lower, uint64_t upper)
    {
        m_writer.Constrained(value, lower, upper);
    }

    /** @param value the number @param lower smallest of the root @param upper largest of it */
    template <typename T>
    void ExtensibleInteger(const T& value, uint64_t lower, uint64_t upper)
    {
        m_writer.ExtensibleInteger(value, lower, upper);
    }

    /** @param value position in the list @param rootCount size of the root @param extensible or not
     */
    template <typename T>
    void Enumerated(const T& value, uint64_t rootCount, bool extensible)
    {
        m_writer.Enumerated(static_cast<uint64_t>(value), rootCount, extensible);
    }

    /** @brief An optional ENUMERATED with one value. @param value whether it is there */
    void Flag(bool, const bool& value)
    {
        if (value)
        {
            m_writer.Enumerated(0, 1, true);
        }
    }

    /** @brief The only alternative we know. @param index which @param count how many there are */
    void Choice(uint64_t index, uint64_t count)
    {
        m_writer.Enumerated(index, count, false);
    }

    /** @brief Makes the writer fail, for a Code() that found a wrong value. */
    void Fail(DecodeError)
    {
        m_writer.Fail();
    }

    /** @param value the string as a number @param bits its size */
    template <typename T>
    void FixedBits(const T& value, unsigned bits)
    {
        m_writer.FixedBits(value, bits);
    }

    /** @param value the string as a number @param octets its size, at most 8 */
    template <typename T>
    void FixedOctets(const T& value, unsigned octets)
    {
        if (octets < sizeof(T) && static_cast<uint64_t>(value) >> (8 * octets) != 0)
        {
            m_writer.Fail();
        }
        std::array<uint8_t, sizeof(uint64_t)> bytes{};
        for (unsigned i = 0; i < octets; ++i)
        {
            bytes[i] = static_cast<uint8_t>(value >> (8 * (octets - 1 - i)));
        }
        m_writer.FixedOctets({bytes.data(), octets});
    }

    /** @param value an OCTET STRING without size constraint */
    void OctetString(const Bytes& value)
    {
        m_writer.OctetString(value);
    }

    /** @param value a BIT STRING of 256 bits, as 32 octets */
    void Key(const Bytes& value)
    {
        if (value.size() != KEY_SIZE)
        {
            m_writer.Fail();
        }
        m_writer.FixedOctets(value);
    }

    /** @param present whether it is there @param value an optional part @param code its layout */
    template <typename T, typename F>
    void Optional(bool present, const std::optional<T>& value, F code)
    {
        if (present)
        {
            code(*this, *value);
        }
    }

    /** @param list a SEQUENCE OF @param lower, upper bounds of its size @param code an item's */
    template <typename T, typename F>
    void List(const std::vector<T>& list, uint64_t lower, uint64_t upper, F code)
    {
        m_writer.Constrained(list.size(), lower, upper);
        for (const T& item : list)
        {
            code(*this, item);
        }
    }

    /** @return what writes the octets */
    AperWriter& Aper()
    {
        return m_writer;
    }

  private:
    AperWriter m_writer; //!< what writes the octets
};

/**
 * @ingroup mbs
 * @brief Reads the types of NGAP; has the same members as NgapEncoder.
 */
class NgapDecoder
{
  public:
    /** What Code() gets to see of a value: here it fills it in. */
    template <typename T>
    using Field = T&;

    /** How Code() handles the IEs of a container. */
    using Ies = NgapIeDecoder;

    /** @param bytes what to read; must outlive the decoder */
    explicit NgapDecoder(ByteView bytes)
        : m_reader(bytes)
    {
    }

    /**
     * @brief Reads the preamble of an extensible SEQUENCE that ends in iE-Extensions.
     * @param optionals as many as it has other optional parts
     * @return which are there
     */
    NgapSequence Begin(std::initializer_list<bool> optionals, bool = false)
    {
        NgapSequence sequence;
        sequence.extended = m_reader.Bit();
        for (std::size_t i = 0; i < optionals.size(); ++i)
        {
            sequence.present[i] = m_reader.Bit();
        }
        sequence.ieExtensions = m_reader.Bit();
        return sequence;
    }

    /** @brief Ends a SEQUENCE without extension of ours. @param sequence what Begin() gave */
    void End(const NgapSequence& sequence)
    {
        End(sequence, [](NgapIeDecoder&) {});
    }

    /**
     * @brief Ends a SEQUENCE with its iE-Extensions.
     * @param sequence what Begin() gave
     * @param code takes the coder of the extensions
     */
    template <typename F>
    void End(const NgapSequence& sequence, F code);

    /** @brief Reads the preamble of a SEQUENCE of nothing but IEs. @return whether it goes on */
    bool BeginIesOnly()
    {
        return m_reader.Bit();
    }

    /** @brief Ends a SEQUENCE of nothing but IEs. @param extended what BeginIesOnly() gave */
    void EndIesOnly(bool extended)
    {
        if (extended)
        {
            m_reader.SkipExtensionAdditions();
        }
    }

    /**
     * @brief A list of IEs; unknown ones are passed over or refused by their criticality.
     * @param lower smallest number of IEs: 0 in messages, 1 in extensions
     * @param code takes the coder of the IEs
     */
    template <typename F>
    void Container(uint64_t lower, F code);

    /** @param value the number @param lower smallest allowed @param upper largest allowed */
    template <typename T>
    void Integer(T& value, uint64_t lower, uint64_t upper)
    {
        Store(m_reader.Constrained(lower, upper), value);
    }

    /** @param value the number @param lower smallest of the root @param upper largest of it */
    template <typename T>
    void ExtensibleInteger(T& value, uint64_t lower, uint64_t upper)
    {
        Store(m_reader.ExtensibleInteger(lower, upper), value);
    }

    /** @param value position in the list @param rootCount size of the root @param extensible or not
     */
    template <typename T>
    void Enumerated(T& value, uint64_t rootCount, bool extensible)
    {
        uint8_t position = 0;
        Store(m_reader.Enumerated(rootCount, extensible), position);
        value = static_cast<T>(position);
    }

    /** @brief An optional ENUMERATED with one value. @param present, value whether it is there */
    void Flag(bool present, bool& value)
    {
        value = present;
        if (present)
        {
            m_reader.Enumerated(1, true);
        }
    }

    /** @brief The only alternative we know. @param index which @param count how many there are */
    void Choice(uint64_t index, uint64_t count)
    {
        if (m_reader.Enumerated(count, false) != index)
        {
            m_reader.Fail(DecodeError::UNSUPPORTED);
        }
    }

    /** @brief Makes the reader fail, for a Code() that found a wrong value. @param error why */
    void Fail(DecodeError error)
    {
        m_reader.Fail(error);
    }

    /** @param value the string as a number @param bits its size */
    template <typename T>
    void FixedBits(T& value, unsigned bits)
    {
        Store(m_reader.FixedBits(bits), value);
    }

    /** @param value the string as a number @param octets its size, at most 8 */
    template <typename T>
    void FixedOctets(T& value, unsigned octets)
    {
        std::array<uint8_t, sizeof(uint64_t)> bytes{};
        m_reader.FixedOctets(bytes.data(), octets);
        uint64_t number = 0;
        for (unsigned i = 0; i < octets; ++i)
        {
            number = number << 8 | bytes[i];
        }
        Store(number, value);
    }

    /** @param value an OCTET STRING without size constraint */
    void OctetString(Bytes& value)
    {
        value = m_reader.OctetString().ToBytes();
    }

    /** @param value a BIT STRING of 256 bits, as 32 octets */
    void Key(Bytes& value)
    {
        value = m_reader.FixedOctets(KEY_SIZE);
    }

    /** @param present whether it is there @param value an optional part @param code its layout */
    template <typename T, typename F>
    void Optional(bool present, std::optional<T>& value, F code)
    {
        if (present && m_reader.Ok())
        {
            code(*this, value.emplace());
        }
    }

    /** @param list a SEQUENCE OF @param lower, upper bounds of its size @param code an item's */
    template <typename T, typename F>
    void List(std::vector<T>& list, uint64_t lower, uint64_t upper, F code)
    {
        const uint64_t count = m_reader.Constrained(lower, upper);
        for (uint64_t i = 0; i < count && m_reader.Ok(); ++i)
        {
            code(*this, list.emplace_back());
        }
    }

    /** @return what reads the octets */
    AperReader& Aper()
    {
        return m_reader;
    }

  private:
    /** @param number what was read @param value where it goes, if it fits */
    template <typename T>
    void Store(uint64_t number, T& value)
    {
        if (number > std::numeric_limits<T>::max())
        {
            m_reader.Fail(DecodeError::OUT_OF_RANGE);
            return;
        }
        value = static_cast<T>(number);
    }

    AperReader m_reader; //!< what reads the octets
};

} // namespace ns3::mbs

#endif // MBS_NGAP_CODER_H
