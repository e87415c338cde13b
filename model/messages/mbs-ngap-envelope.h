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
 * @brief Puts a message into an NGAP-PDU with its procedure's criticality.
 * @param type which message
 * @param message its encoding
 * @return the PDU; empty if the encoding is empty or too long
 */
Bytes ApWrap(const NgapMessageType& type, ByteView message);

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
    return ApWrap(T::TYPE, NgapEncode(message, NgapIesOnly(code)));
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
