// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-nas-5gsm.h"

#include "mbs-nas-ie.h"

namespace ns3::mbs
{

namespace
{

constexpr uint8_t IEI_CAUSE = 0x59; //!< 5GSM cause

/** TV elements of the REQUEST (TS 24.501 table 8.3.7.1.1): cause, packet filters, data rate. */
constexpr std::array<NasFixedIe, 3> FIXED_OF_REQUEST{{{IEI_CAUSE, 1}, {0x55, 2}, {0x13, 2}}};

/** TV elements of the COMMAND (TS 24.501 table 8.3.9.1.1): cause, RQ timer. */
constexpr std::array<NasFixedIe, 2> FIXED_OF_COMMAND{{{IEI_CAUSE, 1}, {0x56, 1}}};

/** TV elements of the COMPLETE: the cause that UEs of version 15.3.0 may add (clause 8.3.10.1). */
constexpr std::array<NasFixedIe, 1> FIXED_OF_COMPLETE{{{IEI_CAUSE, 1}}};

/** REJECT and COMMAND REJECT have no TV elements. */
constexpr std::array<NasFixedIe, 0> FIXED_OF_REJECT{};

/** @param writer where to @param type message type @param message has both identities */
template <typename T>
void
WriteHeader(ByteWriter& writer, NasSmType type, const T& message)
{
    writer.U8(NAS_EPD_5GSM).U8(message.pduSessionId).U8(message.pti);
    writer.U8(static_cast<uint8_t>(type));
}

/**
 * @param message a 5GSM message
 * @param type what it must be
 * @param parts where the identities go
 * @return DecodeError::NONE if it is that
 */
template <typename T>
DecodeError
ReadHeader(ByteView message, NasSmType type, T& parts)
{
    const auto header = NasSmHeader::Peek(message);
    if (!header)
    {
        return header.Error();
    }
    if (header->type != type)
    {
        return DecodeError::UNSUPPORTED;
    }
    parts.pduSessionId = header->pduSessionId;
    parts.pti = header->pti;
    return DecodeError::NONE;
}

/**
 * @brief Passes over all optional elements.
 * @param bytes the optional part
 * @param fixed TV elements of the message
 * @return DecodeError::NONE if they are well formed
 */
template <std::size_t N>
DecodeError
SkipElements(ByteView bytes, const std::array<NasFixedIe, N>& fixed)
{
    NasIeReader elements(bytes, fixed);
    while (elements.Next())
    {
    }
    return elements.Error();
}

/** @param type message type @param message has both identities and a cause @return the octets */
template <typename T>
Bytes
EncodeWithCause(NasSmType type, const T& message)
{
    ByteWriter writer;
    WriteHeader(writer, type, message);
    writer.U8(static_cast<uint8_t>(message.cause));
    return writer.Release();
}

/** @param message a 5GSM message @param type what it must be @return its parts */
template <typename T>
Decoded<T>
DecodeWithCause(ByteView message, NasSmType type)
{
    T parts;
    DecodeError error = ReadHeader(message, type, parts);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    if (message.size() == NasSmHeader::SIZE)
    {
        return DecodeError::TRUNCATED;
    }
    parts.cause = static_cast<NasSmCause>(message[NasSmHeader::SIZE]);
    error = SkipElements(message.Sub(NasSmHeader::SIZE + 1), FIXED_OF_REJECT);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    return parts;
}

/**
 * @brief What matters of the optional part of REQUEST and COMMAND.
 */
struct Elements
{
    std::optional<NasSmCause> cause;      //!< 5GSM cause
    std::optional<ByteView> container;    //!< the MBS container
    DecodeError error{DecodeError::NONE}; //!< what was wrong
};

/**
 * @param bytes the optional part
 * @param fixed TV elements of the message
 * @param containerIei which container to look for
 * @return the first of each
 */
template <std::size_t N>
Elements
ReadElements(ByteView bytes, const std::array<NasFixedIe, N>& fixed, uint8_t containerIei)
{
    Elements found;
    NasIeReader elements(bytes, fixed);
    while (const auto ie = elements.Next())
    {
        if (ie->iei == IEI_CAUSE && !found.cause)
        {
            found.cause = static_cast<NasSmCause>(ie->value[0]);
        }
        else if (ie->iei == containerIei && !found.container)
        {
            found.container = ie->value;
        }
    }
    found.error = elements.Error();
    return found;
}

/**
 * @param writer where to
 * @param cause optional 5GSM cause
 */
void
WriteCause(ByteWriter& writer, const std::optional<NasSmCause>& cause)
{
    if (cause)
    {
        writer.U8(IEI_CAUSE).U8(static_cast<uint8_t>(*cause));
    }
}

} // namespace

const char*
ToString(NasSmType type)
{
    switch (type)
    {
    case NasSmType::MODIFICATION_REQUEST:
        return "PDU SESSION MODIFICATION REQUEST";
    case NasSmType::MODIFICATION_REJECT:
        return "PDU SESSION MODIFICATION REJECT";
    case NasSmType::MODIFICATION_COMMAND:
        return "PDU SESSION MODIFICATION COMMAND";
    case NasSmType::MODIFICATION_COMPLETE:
        return "PDU SESSION MODIFICATION COMPLETE";
    case NasSmType::MODIFICATION_COMMAND_REJECT:
        return "PDU SESSION MODIFICATION COMMAND REJECT";
    }
    return "unknown 5GSM message";
}

Decoded<NasSmHeader>
NasSmHeader::Peek(ByteView message)
{
    ByteReader reader(message);
    const uint8_t discriminator = reader.U8();
    NasSmHeader header;
    header.pduSessionId = reader.U8();
    header.pti = reader.U8();
    header.type = static_cast<NasSmType>(reader.U8());
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (discriminator != NAS_EPD_5GSM)
    {
        return DecodeError::UNSUPPORTED;
    }
    if (header.pduSessionId > MAX_PDU_SESSION_ID || header.pti > MAX_PTI)
    {
        return DecodeError::OUT_OF_RANGE;
    }
    return header;
}

Bytes
PduSessionModificationRequest::Encode() const
{
    ByteWriter writer;
    WriteHeader(writer, NasSmType::MODIFICATION_REQUEST, *this);
    WriteCause(writer, cause);
    if (requestedMbs)
    {
        WriteNasTlvE(writer, RequestedMbsContainer::IEI, requestedMbs->Encode());
    }
    return writer.Release();
}

Decoded<PduSessionModificationRequest>
PduSessionModificationRequest::Decode(ByteView message)
{
    PduSessionModificationRequest parts;
    const DecodeError error = ReadHeader(message, NasSmType::MODIFICATION_REQUEST, parts);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    const Elements found =
        ReadElements(message.Sub(NasSmHeader::SIZE), FIXED_OF_REQUEST, RequestedMbsContainer::IEI);
    if (found.error != DecodeError::NONE)
    {
        return found.error;
    }
    parts.cause = found.cause;
    if (found.container)
    {
        auto container = RequestedMbsContainer::Decode(*found.container);
        if (!container)
        {
            return container.Error();
        }
        parts.requestedMbs = std::move(*container);
    }
    return parts;
}

Bytes
PduSessionModificationReject::Encode() const
{
    return EncodeWithCause(NasSmType::MODIFICATION_REJECT, *this);
}

Decoded<PduSessionModificationReject>
PduSessionModificationReject::Decode(ByteView message)
{
    return DecodeWithCause<PduSessionModificationReject>(message, NasSmType::MODIFICATION_REJECT);
}

Bytes
PduSessionModificationCommand::Encode() const
{
    ByteWriter writer;
    WriteHeader(writer, NasSmType::MODIFICATION_COMMAND, *this);
    WriteCause(writer, cause);
    if (receivedMbs)
    {
        Bytes contents = receivedMbs->Encode();
        WriteNasTlvE(writer, ReceivedMbsContainer::IEI, contents);
        SecureWipe(contents.data(), contents.size());
    }
    return writer.Release();
}

Decoded<PduSessionModificationCommand>
PduSessionModificationCommand::Decode(ByteView message)
{
    PduSessionModificationCommand parts;
    const DecodeError error = ReadHeader(message, NasSmType::MODIFICATION_COMMAND, parts);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    const Elements found =
        ReadElements(message.Sub(NasSmHeader::SIZE), FIXED_OF_COMMAND, ReceivedMbsContainer::IEI);
    if (found.error != DecodeError::NONE)
    {
        return found.error;
    }
    parts.cause = found.cause;
    if (found.container)
    {
        auto container = ReceivedMbsContainer::Decode(*found.container);
        if (!container)
        {
            return container.Error();
        }
        parts.receivedMbs = std::move(*container);
    }
    return parts;
}

Bytes
PduSessionModificationComplete::Encode() const
{
    ByteWriter writer;
    WriteHeader(writer, NasSmType::MODIFICATION_COMPLETE, *this);
    return writer.Release();
}

Decoded<PduSessionModificationComplete>
PduSessionModificationComplete::Decode(ByteView message)
{
    PduSessionModificationComplete parts;
    DecodeError error = ReadHeader(message, NasSmType::MODIFICATION_COMPLETE, parts);
    if (error == DecodeError::NONE)
    {
        error = SkipElements(message.Sub(NasSmHeader::SIZE), FIXED_OF_COMPLETE);
    }
    if (error != DecodeError::NONE)
    {
        return error;
    }
    return parts;
}

Bytes
PduSessionModificationCommandReject::Encode() const
{
    return EncodeWithCause(NasSmType::MODIFICATION_COMMAND_REJECT, *this);
}

Decoded<PduSessionModificationCommandReject>
PduSessionModificationCommandReject::Decode(ByteView message)
{
    return DecodeWithCause<PduSessionModificationCommandReject>(
        message,
        NasSmType::MODIFICATION_COMMAND_REJECT);
}

Decoded<ByteView>
FindReceivedMbsContainer(ByteView message)
{
    NasSmHeader header;
    const DecodeError error = ReadHeader(message, NasSmType::MODIFICATION_COMMAND, header);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    const Elements found =
        ReadElements(message.Sub(NasSmHeader::SIZE), FIXED_OF_COMMAND, ReceivedMbsContainer::IEI);
    if (found.error != DecodeError::NONE)
    {
        return found.error;
    }
    return found.container.value_or(ByteView());
}

} // namespace ns3::mbs
