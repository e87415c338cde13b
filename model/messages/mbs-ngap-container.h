// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_CONTAINER_H
#define MBS_NGAP_CONTAINER_H

#include "mbs-ngap-coder.h"

#include <boost/container/small_vector.hpp>

namespace ns3::mbs
{

/** maxProtocolIEs and maxProtocolExtensions (TS 38.413 clause 9.4.7). */
constexpr uint64_t NGAP_MAX_IES = 65535;

/**
 * @ingroup mbs
 * @brief Writes the IEs of a ProtocolIE-Container or ProtocolExtensionContainer.
 */
class NgapIeEncoder
{
  public:
    /** @param coder where the container goes */
    explicit NgapIeEncoder(NgapEncoder& coder)
        : m_coder(coder),
          m_start(coder.Aper().SkipNumber())
    {
    }

    /**
     * @brief Writes an IE.
     * @param id IE ID
     * @param criticality its criticality
     * @param value its value
     * @param code its layout
     */
    template <typename T, typename F>
    void Mandatory(uint16_t id, NgapCriticality criticality, const T& value, F code)
    {
        AperWriter& writer = m_coder.Aper();
        writer.Constrained(id, 0, UINT16_MAX);
        writer.Enumerated(static_cast<uint64_t>(criticality), 3, false);
        const std::size_t begin = writer.BeginOpenType();
        code(m_coder, value);
        writer.EndOpenType(begin);
        ++m_count;
    }

    /** @brief Writes an IE if there is a value. @copydetails Mandatory */
    template <typename T, typename F>
    void Optional(uint16_t id, NgapCriticality criticality, const std::optional<T>& value, F code)
    {
        if (value)
        {
            Mandatory(id, criticality, *value, code);
        }
    }

    /** @brief Writes an IE if the list, or octet string, is not empty. @copydetails Mandatory */
    template <typename L, typename F>
    void OptionalList(uint16_t id, NgapCriticality criticality, const L& value, F code)
    {
        if (!value.empty())
        {
            Mandatory(id, criticality, value, code);
        }
    }

    /** @brief Writes how many IEs there are. @param lower smallest number of IEs, 0 or 1 */
    void Finish(uint64_t lower);

  private:
    NgapEncoder& m_coder; //!< writes the container, IE by IE
    std::size_t m_start;  //!< where the number of IEs goes
    uint64_t m_count{0};  //!< how many
};

/**
 * @ingroup mbs
 * @brief Reads the IEs of a ProtocolIE-Container or ProtocolExtensionContainer.
 */
class NgapIeDecoder
{
  public:
    /** @param reader at the container @param lower smallest number of IEs */
    NgapIeDecoder(AperReader& reader, uint64_t lower);

    /**
     * @brief Reads an IE; a missing one is an error.
     * @param id IE ID
     * @param value its value
     * @param code its layout
     */
    template <typename T, typename F>
    void Mandatory(uint16_t id, NgapCriticality, T& value, F code)
    {
        if (!Read(id, value, code))
        {
            m_reader.Fail(DecodeError::MALFORMED);
        }
    }

    /** @brief Reads an IE if it is there. @copydetails Mandatory */
    template <typename T, typename F>
    void Optional(uint16_t id, NgapCriticality, std::optional<T>& value, F code)
    {
        T read{};
        if (Read(id, read, code))
        {
            value = std::move(read);
        }
    }

    /** @brief Reads an IE if it is there. @copydetails Mandatory */
    template <typename L, typename F>
    void OptionalList(uint16_t id, NgapCriticality, L& value, F code)
    {
        Read(id, value, code);
    }

    /** @brief Fails if an IE with criticality reject was asked for by nobody. */
    void Finish();

  private:
    /** One IE as it came. */
    struct Ie
    {
        uint16_t id{0};                                       //!< IE ID
        NgapCriticality criticality{NgapCriticality::REJECT}; //!< its criticality
        ByteView value;                                       //!< its encoding
        bool known{false};                                    //!< somebody asked for it
    };

    /** @param id IE ID @return the IE, or null */
    Ie* Find(uint16_t id);

    /** @param id IE ID @param value where to @param code its layout @return whether it is there */
    template <typename T, typename F>
    bool Read(uint16_t id, T& value, F code)
    {
        Ie* ie = Find(id);
        if (ie == nullptr)
        {
            return false;
        }
        ie->known = true;
        NgapDecoder inner(ie->value);
        code(inner, value);
        inner.Aper().Finish();
        if (!inner.Aper().Ok())
        {
            m_reader.Fail(inner.Aper().Error());
        }
        return true;
    }

    /** More IEs than most containers have. */
    static constexpr std::size_t USUAL_IES = 8;

    AperReader& m_reader;                                //!< gets the errors
    boost::container::small_vector<Ie, USUAL_IES> m_ies; //!< in their order
};

template <typename F>
void
NgapEncoder::Container(uint64_t lower, F code)
{
    NgapIeEncoder ies(*this);
    code(ies);
    ies.Finish(lower);
}

template <typename F>
void
NgapEncoder::End(const NgapSequence& sequence, F code)
{
    if (sequence.ieExtensions)
    {
        Container(1, code);
    }
}

template <typename F>
void
NgapDecoder::Container(uint64_t lower, F code)
{
    NgapIeDecoder ies(m_reader, lower);
    code(ies);
    ies.Finish();
}

template <typename F>
void
NgapDecoder::End(const NgapSequence& sequence, F code)
{
    if (sequence.ieExtensions)
    {
        Container(1, code);
    }
    if (sequence.extended)
    {
        m_reader.SkipExtensionAdditions();
    }
}

/** Layout of a type that has a function template Code(coder, value). */
inline constexpr auto NGAP_CODE = [](auto& coder, auto& value) { Code(coder, value); };

/**
 * @brief Writes a value as a complete encoding.
 * @param value the value
 * @param code its layout
 * @return the encoding; empty if the value is not allowed
 */
template <typename T, typename F>
Bytes
NgapEncode(const T& value, F code)
{
    NgapEncoder coder;
    code(coder, value);
    return coder.Aper().Release();
}

/**
 * @brief Reads a complete encoding.
 * @tparam T type of the value
 * @param bytes the encoding, all of it
 * @param code the type's layout
 * @return the value, or why there is none
 */
template <typename T, typename F>
Decoded<T>
NgapDecode(ByteView bytes, F code)
{
    NgapDecoder coder(bytes);
    T value;
    code(coder, value);
    coder.Aper().Finish();
    if (!coder.Aper().Ok())
    {
        return coder.Aper().Error();
    }
    return value;
}

} // namespace ns3::mbs

#endif // MBS_NGAP_CONTAINER_H
