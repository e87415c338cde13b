// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_AP_PDU_H
#define MBS_AP_PDU_H

#include "mbs-aper.h"
#include "mbs-ngap-types.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * The outermost CHOICE that NGAP-PDU (TS 38.413 clause 9.4.3) and XnAP-PDU (TS 38.423 clause 9.3.3)
 * have in common: kind of message, procedure code, criticality of the procedure, message.
 */

/**
 * @ingroup mbs
 * @brief What a PDU holds.
 */
struct ApPdu
{
    NgapPduKind kind{NgapPduKind::INITIATING_MESSAGE}; //!< which of the procedure's messages
    uint8_t procedureCode{0};                          //!< which procedure
    ByteView message;                                  //!< encoding of the message, within the PDU
};

/**
 * @brief Looks into a PDU.
 * @param pdu the octets
 * @return what it holds; DecodeError::TRUNCATED, TRAILING or UNSUPPORTED (an alternative of a later
 *         release) when it is no PDU
 */
Decoded<ApPdu> ApOpen(ByteView pdu);

/**
 * @brief Begins a PDU: what is written next, to AperWriter::EndOpenType(), is its message.
 * @param writer of nothing so far
 * @param kind which of the procedure's messages
 * @param procedureCode which procedure
 * @param criticality of the procedure
 * @return what EndOpenType() is to be given
 */
std::size_t ApBegin(AperWriter& writer,
                    NgapPduKind kind,
                    uint8_t procedureCode,
                    NgapCriticality criticality);

/**
 * @brief Looks which message a PDU is, without decoding it.
 * @tparam Protocol whose PDU it is
 * @param pdu the octets
 * @return its type, or why it is no PDU
 */
template <typename Protocol>
Decoded<ApMessageType<Protocol>>
ApPeek(ByteView pdu)
{
    const auto opened = ApOpen(pdu);
    if (!opened)
    {
        return opened.Error();
    }
    return ApMessageType<Protocol>{opened->kind, opened->procedureCode};
}

/**
 * @brief Takes a message out of a PDU.
 * @param type which message it should be
 * @param pdu the octets
 * @return its encoding within the PDU; DecodeError::UNSUPPORTED if it is another message
 */
template <typename Protocol>
Decoded<ByteView>
ApUnwrap(const ApMessageType<Protocol>& type, ByteView pdu)
{
    const auto opened = ApOpen(pdu);
    if (!opened)
    {
        return opened.Error();
    }
    if (ApMessageType<Protocol>{opened->kind, opened->procedureCode} != type)
    {
        return DecodeError::UNSUPPORTED;
    }
    return opened->message;
}

/**
 * @ingroup mbs
 * @brief Names of a procedure's messages.
 */
struct ApMessageNames
{
    uint8_t procedureCode;           //!< which procedure
    std::array<const char*, 3> name; //!< of the initiating message and the outcomes, null if none
};

/**
 * @param names of all procedures of a protocol
 * @param type a message
 * @return its name, "unknown" if it is not among them
 */
template <typename Names, typename Protocol>
const char*
ApMessageName(const Names& names, const ApMessageType<Protocol>& type)
{
    for (const ApMessageNames& entry : names)
    {
        const char* name = entry.name[static_cast<std::size_t>(type.kind)];
        if (entry.procedureCode == type.procedureCode && name != nullptr)
        {
            return name;
        }
    }
    return "unknown";
}

} // namespace ns3::mbs

#endif // MBS_AP_PDU_H
