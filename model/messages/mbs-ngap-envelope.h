// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_ENVELOPE_H
#define MBS_NGAP_ENVELOPE_H

#include "mbs-ap-pdu.h"
#include "mbs-ngap-container.h"
#include "mbs-ngap-pdu.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Begins an NGAP-PDU with its procedure's criticality.
 * @param writer of nothing so far
 * @param type which message follows
 * @return what AperWriter::EndOpenType() is to be given behind the message
 */
std::size_t ApBegin(AperWriter& writer, const NgapMessageType& type);

/**
 * @brief Layout of a message: an extensible SEQUENCE of nothing but a ProtocolIE-Container.
 * @param code layout of the IEs: takes their coder and the message
 * @return the layout
 */
template <typename F>
auto
NgapIesOnly(F code)
{
    return [code](auto& coder, auto& message) {
        const bool extended = coder.BeginIesOnly();
        coder.Container(0, [&](auto& ies) { code(ies, message); });
        coder.EndIesOnly(extended);
    };
}

/**
 * @brief Writes a message as a PDU of the protocol that its TYPE belongs to.
 * @param message the message
 * @param code layout of its IEs
 * @return the PDU; empty if a value is not allowed
 */
template <typename T, typename F>
Bytes
NgapEncodeMessage(const T& message, F code)
{
    NgapEncoder coder;
    const std::size_t begin = ApBegin(coder.Aper(), T::TYPE);
    NgapIesOnly(code)(coder, message);
    coder.Aper().EndOpenType(begin);
    return coder.Aper().Release();
}

/**
 * @brief Reads a message out of a PDU.
 * @tparam T type of the message
 * @param pdu the PDU
 * @param code layout of the message's IEs
 * @return the message, or why there is none
 */
template <typename T, typename F>
Decoded<T>
NgapDecodeMessage(ByteView pdu, F code)
{
    const Decoded<ByteView> message = ApUnwrap(T::TYPE, pdu);
    if (!message)
    {
        return message.Error();
    }
    return NgapDecode<T>(*message, NgapIesOnly(code));
}

} // namespace ns3::mbs

#endif // MBS_NGAP_ENVELOPE_H
