// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-pfcp.h"

#include "mbs-pfcp-codec.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

namespace
{

constexpr std::size_t LENGTH_BASE = 4; //!< octets that the length field does not count
constexpr uint8_t VERSION_1 = 0x20;    //!< in the upper three bits
constexpr uint8_t FLAG_FO = 0x04;      //!< another message follows in the datagram
constexpr uint8_t FLAG_S = 0x01;       //!< there is a SEID
constexpr uint8_t SMREQ_DETEID = 0x20; //!< PFCPSMReq-Flags (TS 29.244 clause 8.2.31)

/**
 * @param type message type
 * @param seid receiver's session; nothing for node messages
 * @param sequence sequence number
 * @return a writer behind the header
 */
ByteWriter
Begin(PfcpType type, std::optional<uint64_t> seid, uint32_t sequence)
{
    NS_ASSERT_MSG(sequence <= PfcpHeader::MAX_SEQUENCE, "sequence numbers have 24 bits");
    ByteWriter writer;
    writer.U8(seid ? VERSION_1 | FLAG_S : VERSION_1).U8(static_cast<uint8_t>(type)).U16(0);
    if (seid)
    {
        writer.U64(*seid);
    }
    writer.U24(sequence).U8(0);
    return writer;
}

/** @param writer a whole message @return its octets, length set */
Bytes
Finish(ByteWriter& writer)
{
    NS_ASSERT_MSG(writer.Size() - LENGTH_BASE <= UINT16_MAX, "PFCP message too long");
    writer.PatchU16(2, static_cast<uint16_t>(writer.Size() - LENGTH_BASE));
    return writer.Release();
}

/**
 * @brief Checks the header and finds the elements.
 * @param datagram a UDP payload
 * @param type what it must be
 * @param hasSeid true for session messages
 * @param header where the header goes
 * @return the elements
 */
Decoded<ByteView>
Open(ByteView datagram, PfcpType type, bool hasSeid, PfcpHeader& header)
{
    const auto peeked = PfcpHeader::Peek(datagram);
    if (!peeked)
    {
        return peeked.Error();
    }
    header = *peeked;
    if (header.type != type)
    {
        return DecodeError::UNSUPPORTED;
    }
    if (header.seid.has_value() != hasSeid)
    {
        return DecodeError::MALFORMED;
    }
    return datagram.Sub(hasSeid ? 16 : 8);
}

/** @param value of a Cause @return the cause; MALFORMED if it is not one octet or 0 */
Decoded<PfcpCause>
ReadCause(ByteView value)
{
    if (value.size() != 1 || value[0] == 0)
    {
        return DecodeError::MALFORMED;
    }
    return static_cast<PfcpCause>(value[0]);
}

/** @param writer where to @param cause what */
void
WriteCause(ByteWriter& writer, PfcpCause cause)
{
    WritePfcpU8(writer, PfcpIe::CAUSE, static_cast<uint8_t>(cause));
}

/**
 * @brief The elements that are not rules, of all messages.
 */
struct Plain
{
    std::optional<PfcpNodeId> nodeId;          //!< Node ID
    std::optional<PfcpFSeid> fSeid;            //!< F-SEID of either side
    std::optional<PfcpCause> cause;            //!< Cause
    std::optional<uint32_t> recoveryTimeStamp; //!< Recovery Time Stamp

    /**
     * @brief Keeps an element if it is one of these.
     * @param collect where errors go
     * @param ie the element
     */
    void Read(PfcpIeCollector& collect, const PfcpIeReader& ie)
    {
        switch (ie.Type())
        {
        case PfcpIe::NODE_ID:
            collect.Once(nodeId, PfcpNodeId::Decode(ie.Value()));
            break;
        case PfcpIe::F_SEID:
            collect.Once(fSeid, PfcpFSeid::Decode(ie.Value()));
            break;
        case PfcpIe::CAUSE:
            collect.Once(cause, ReadCause(ie.Value()));
            break;
        case PfcpIe::RECOVERY_TIME_STAMP:
            collect.Once(recoveryTimeStamp, ReadPfcpInteger<uint32_t>(ie.Value()));
            break;
        default:
            break;
        }
    }
};

/**
 * @brief Reads the plain elements of a message that has no others.
 * @param elements of the message
 * @param collect where errors go
 * @return the elements
 */
Plain
ReadPlain(ByteView elements, PfcpIeCollector& collect)
{
    Plain plain;
    PfcpIeReader reader(elements);
    while (reader.Next())
    {
        plain.Read(collect, reader);
    }
    collect.Refuse(reader.Error());
    return plain;
}

/** @param type message type @param message with sequence and time stamp @return the octets */
template <typename T>
Bytes
EncodeHeartbeat(PfcpType type, const T& message)
{
    ByteWriter writer = Begin(type, std::nullopt, message.sequence);
    WritePfcpU32(writer, PfcpIe::RECOVERY_TIME_STAMP, message.recoveryTimeStamp);
    return Finish(writer);
}

/** @param datagram a UDP payload @param type what it must be @return its parts */
template <typename T>
Decoded<T>
DecodeHeartbeat(ByteView datagram, PfcpType type)
{
    PfcpHeader header;
    const auto elements = Open(datagram, type, false, header);
    if (!elements)
    {
        return elements.Error();
    }
    PfcpIeCollector collect;
    Plain plain = ReadPlain(*elements, collect);
    T message;
    message.sequence = header.sequence;
    collect.Mandatory(message.recoveryTimeStamp, plain.recoveryTimeStamp);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return message;
}

/** @param type message type @param message with SEID, sequence, cause @return the octets */
template <typename T>
Bytes
EncodeCauseOnly(PfcpType type, const T& message)
{
    ByteWriter writer = Begin(type, message.seid, message.sequence);
    WriteCause(writer, message.cause);
    return Finish(writer);
}

/** @param datagram a UDP payload @param type what it must be @return its parts */
template <typename T>
Decoded<T>
DecodeCauseOnly(ByteView datagram, PfcpType type)
{
    PfcpHeader header;
    const auto elements = Open(datagram, type, true, header);
    if (!elements)
    {
        return elements.Error();
    }
    PfcpIeCollector collect;
    Plain plain = ReadPlain(*elements, collect);
    T message;
    message.seid = *header.seid;
    message.sequence = header.sequence;
    collect.Mandatory(message.cause, plain.cause);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return message;
}

/** @param value of MBS Session N4mb Information @return what it holds, if anything known */
Decoded<std::optional<PfcpMulticastTransport>>
ReadN4mbInformation(ByteView value)
{
    PfcpIeCollector collect;
    std::optional<PfcpMulticastTransport> transport;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        if (reader.Type() == PfcpIe::MULTICAST_TRANSPORT_INFORMATION)
        {
            collect.Once(transport, PfcpMulticastTransport::Decode(reader.Value()));
        }
    }
    collect.Refuse(reader.Error());
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return transport;
}

} // namespace

const char*
ToString(PfcpType type)
{
    switch (type)
    {
    case PfcpType::HEARTBEAT_REQUEST:
        return "PFCP Heartbeat Request";
    case PfcpType::HEARTBEAT_RESPONSE:
        return "PFCP Heartbeat Response";
    case PfcpType::ASSOCIATION_SETUP_REQUEST:
        return "PFCP Association Setup Request";
    case PfcpType::ASSOCIATION_SETUP_RESPONSE:
        return "PFCP Association Setup Response";
    case PfcpType::SESSION_ESTABLISHMENT_REQUEST:
        return "PFCP Session Establishment Request";
    case PfcpType::SESSION_ESTABLISHMENT_RESPONSE:
        return "PFCP Session Establishment Response";
    case PfcpType::SESSION_MODIFICATION_REQUEST:
        return "PFCP Session Modification Request";
    case PfcpType::SESSION_MODIFICATION_RESPONSE:
        return "PFCP Session Modification Response";
    case PfcpType::SESSION_DELETION_REQUEST:
        return "PFCP Session Deletion Request";
    case PfcpType::SESSION_DELETION_RESPONSE:
        return "PFCP Session Deletion Response";
    }
    return "unknown PFCP message";
}

Decoded<PfcpHeader>
PfcpHeader::Peek(ByteView datagram)
{
    ByteReader reader(datagram);
    const uint8_t flags = reader.U8();
    PfcpHeader header;
    header.type = static_cast<PfcpType>(reader.U8());
    const std::size_t length = reader.U16();
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if ((flags & 0xe0) != VERSION_1 || (flags & FLAG_FO) != 0)
    {
        return DecodeError::UNSUPPORTED;
    }
    if (reader.Left() != length)
    {
        return reader.Left() < length ? DecodeError::TRUNCATED : DecodeError::TRAILING;
    }
    if ((flags & FLAG_S) != 0)
    {
        header.seid = reader.U64();
    }
    header.sequence = reader.U24();
    reader.U8();
    if (!reader.Ok())
    {
        return DecodeError::MALFORMED; // the length field itself leaves no room for the header
    }
    return header;
}

Bytes
PfcpHeartbeatRequest::Encode() const
{
    return EncodeHeartbeat(PfcpType::HEARTBEAT_REQUEST, *this);
}

Decoded<PfcpHeartbeatRequest>
PfcpHeartbeatRequest::Decode(ByteView datagram)
{
    return DecodeHeartbeat<PfcpHeartbeatRequest>(datagram, PfcpType::HEARTBEAT_REQUEST);
}

Bytes
PfcpHeartbeatResponse::Encode() const
{
    return EncodeHeartbeat(PfcpType::HEARTBEAT_RESPONSE, *this);
}

Decoded<PfcpHeartbeatResponse>
PfcpHeartbeatResponse::Decode(ByteView datagram)
{
    return DecodeHeartbeat<PfcpHeartbeatResponse>(datagram, PfcpType::HEARTBEAT_RESPONSE);
}

Bytes
PfcpAssociationSetupRequest::Encode() const
{
    ByteWriter writer = Begin(PfcpType::ASSOCIATION_SETUP_REQUEST, std::nullopt, sequence);
    WritePfcpIe(writer, PfcpIe::NODE_ID, nodeId.Encode());
    WritePfcpU32(writer, PfcpIe::RECOVERY_TIME_STAMP, recoveryTimeStamp);
    return Finish(writer);
}

Decoded<PfcpAssociationSetupRequest>
PfcpAssociationSetupRequest::Decode(ByteView datagram)
{
    PfcpHeader header;
    const auto elements = Open(datagram, PfcpType::ASSOCIATION_SETUP_REQUEST, false, header);
    if (!elements)
    {
        return elements.Error();
    }
    PfcpIeCollector collect;
    Plain plain = ReadPlain(*elements, collect);
    PfcpAssociationSetupRequest message;
    message.sequence = header.sequence;
    collect.Mandatory(message.nodeId, plain.nodeId);
    collect.Mandatory(message.recoveryTimeStamp, plain.recoveryTimeStamp);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return message;
}

Bytes
PfcpAssociationSetupResponse::Encode() const
{
    ByteWriter writer = Begin(PfcpType::ASSOCIATION_SETUP_RESPONSE, std::nullopt, sequence);
    WritePfcpIe(writer, PfcpIe::NODE_ID, nodeId.Encode());
    WriteCause(writer, cause);
    WritePfcpU32(writer, PfcpIe::RECOVERY_TIME_STAMP, recoveryTimeStamp);
    return Finish(writer);
}

Decoded<PfcpAssociationSetupResponse>
PfcpAssociationSetupResponse::Decode(ByteView datagram)
{
    PfcpHeader header;
    const auto elements = Open(datagram, PfcpType::ASSOCIATION_SETUP_RESPONSE, false, header);
    if (!elements)
    {
        return elements.Error();
    }
    PfcpIeCollector collect;
    Plain plain = ReadPlain(*elements, collect);
    PfcpAssociationSetupResponse message;
    message.sequence = header.sequence;
    collect.Mandatory(message.nodeId, plain.nodeId);
    collect.Mandatory(message.cause, plain.cause);
    collect.Mandatory(message.recoveryTimeStamp, plain.recoveryTimeStamp);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return message;
}

Bytes
PfcpSessionEstablishmentRequest::Encode() const
{
    ByteWriter writer = Begin(PfcpType::SESSION_ESTABLISHMENT_REQUEST, seid, sequence);
    WritePfcpIe(writer, PfcpIe::NODE_ID, nodeId.Encode());
    WritePfcpIe(writer, PfcpIe::F_SEID, cpFSeid.Encode());
    for (const auto& pdr : createPdrs)
    {
        WritePfcpIe(writer, PfcpIe::CREATE_PDR, pdr.Encode());
    }
    for (const auto& far : createFars)
    {
        WritePfcpIe(writer, PfcpIe::CREATE_FAR, far.Encode());
    }
    for (const auto& qer : createQers)
    {
        WritePfcpIe(writer, PfcpIe::CREATE_QER, qer.Encode());
    }
    WritePfcpIe(writer, PfcpIe::MBS_SESSION_N4MB_CONTROL_INFORMATION, control.Encode());
    return Finish(writer);
}

Decoded<PfcpSessionEstablishmentRequest>
PfcpSessionEstablishmentRequest::Decode(ByteView datagram)
{
    PfcpHeader header;
    const auto elements = Open(datagram, PfcpType::SESSION_ESTABLISHMENT_REQUEST, true, header);
    if (!elements)
    {
        return elements.Error();
    }
    PfcpSessionEstablishmentRequest message;
    message.seid = *header.seid;
    message.sequence = header.sequence;
    PfcpIeCollector collect;
    Plain plain;
    std::optional<PfcpN4mbControl> control;
    PfcpIeReader reader(*elements);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::CREATE_PDR:
            collect.Many(message.createPdrs, PfcpCreatePdr::Decode(reader.Value()));
            break;
        case PfcpIe::CREATE_FAR:
            collect.Many(message.createFars, PfcpCreateFar::Decode(reader.Value()));
            break;
        case PfcpIe::CREATE_QER:
            collect.Many(message.createQers, PfcpCreateQer::Decode(reader.Value()));
            break;
        case PfcpIe::MBS_SESSION_N4MB_CONTROL_INFORMATION:
            collect.Once(control, PfcpN4mbControl::Decode(reader.Value()));
            break;
        default:
            plain.Read(collect, reader);
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(message.nodeId, plain.nodeId);
    collect.Mandatory(message.cpFSeid, plain.fSeid);
    collect.Mandatory(message.control, control);
    if (message.createPdrs.empty() || message.createFars.empty())
    {
        collect.Refuse(DecodeError::MALFORMED);
    }
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return message;
}

Bytes
PfcpSessionEstablishmentResponse::Encode() const
{
    ByteWriter writer = Begin(PfcpType::SESSION_ESTABLISHMENT_RESPONSE, seid, sequence);
    WritePfcpIe(writer, PfcpIe::NODE_ID, nodeId.Encode());
    WriteCause(writer, cause);
    if (upFSeid)
    {
        WritePfcpIe(writer, PfcpIe::F_SEID, upFSeid->Encode());
    }
    for (const auto& pdr : createdPdrs)
    {
        WritePfcpIe(writer, PfcpIe::CREATED_PDR, pdr.Encode());
    }
    if (multicast)
    {
        ByteWriter information;
        WritePfcpIe(information, PfcpIe::MULTICAST_TRANSPORT_INFORMATION, multicast->Encode());
        WritePfcpIe(writer, PfcpIe::MBS_SESSION_N4MB_INFORMATION, information.Get());
    }
    return Finish(writer);
}

Decoded<PfcpSessionEstablishmentResponse>
PfcpSessionEstablishmentResponse::Decode(ByteView datagram)
{
    PfcpHeader header;
    const auto elements = Open(datagram, PfcpType::SESSION_ESTABLISHMENT_RESPONSE, true, header);
    if (!elements)
    {
        return elements.Error();
    }
    PfcpSessionEstablishmentResponse message;
    message.seid = *header.seid;
    message.sequence = header.sequence;
    PfcpIeCollector collect;
    Plain plain;
    std::optional<std::optional<PfcpMulticastTransport>> information;
    PfcpIeReader reader(*elements);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::CREATED_PDR:
            collect.Many(message.createdPdrs, PfcpCreatedPdr::Decode(reader.Value()));
            break;
        case PfcpIe::MBS_SESSION_N4MB_INFORMATION:
            collect.Once(information, ReadN4mbInformation(reader.Value()));
            break;
        default:
            plain.Read(collect, reader);
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(message.nodeId, plain.nodeId);
    collect.Mandatory(message.cause, plain.cause);
    message.upFSeid = plain.fSeid;
    message.multicast = information.value_or(std::nullopt);
    if (message.cause == PfcpCause::ACCEPTED && !message.upFSeid)
    {
        collect.Refuse(DecodeError::MALFORMED);
    }
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return message;
}

Bytes
PfcpSessionModificationRequest::Encode() const
{
    ByteWriter writer = Begin(PfcpType::SESSION_MODIFICATION_REQUEST, seid, sequence);
    for (const auto& far : updateFars)
    {
        WritePfcpIe(writer, PfcpIe::UPDATE_FAR, far.Encode());
    }
    if (deleteUnicastTunnels)
    {
        WritePfcpU8(writer, PfcpIe::SM_REQ_FLAGS, SMREQ_DETEID);
    }
    return Finish(writer);
}

Decoded<PfcpSessionModificationRequest>
PfcpSessionModificationRequest::Decode(ByteView datagram)
{
    PfcpHeader header;
    const auto elements = Open(datagram, PfcpType::SESSION_MODIFICATION_REQUEST, true, header);
    if (!elements)
    {
        return elements.Error();
    }
    PfcpSessionModificationRequest message;
    message.seid = *header.seid;
    message.sequence = header.sequence;
    PfcpIeCollector collect;
    std::optional<uint8_t> flags;
    PfcpIeReader reader(*elements);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::UPDATE_FAR:
            collect.Many(message.updateFars, PfcpUpdateFar::Decode(reader.Value()));
            break;
        case PfcpIe::SM_REQ_FLAGS:
            collect.Once(flags, ReadPfcpInteger<uint8_t>(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    message.deleteUnicastTunnels = (flags.value_or(0) & SMREQ_DETEID) != 0;
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return message;
}

Bytes
PfcpSessionModificationResponse::Encode() const
{
    return EncodeCauseOnly(PfcpType::SESSION_MODIFICATION_RESPONSE, *this);
}

Decoded<PfcpSessionModificationResponse>
PfcpSessionModificationResponse::Decode(ByteView datagram)
{
    return DecodeCauseOnly<PfcpSessionModificationResponse>(
        datagram,
        PfcpType::SESSION_MODIFICATION_RESPONSE);
}

Bytes
PfcpSessionDeletionRequest::Encode() const
{
    ByteWriter writer = Begin(PfcpType::SESSION_DELETION_REQUEST, seid, sequence);
    return Finish(writer);
}

Decoded<PfcpSessionDeletionRequest>
PfcpSessionDeletionRequest::Decode(ByteView datagram)
{
    PfcpHeader header;
    const auto elements = Open(datagram, PfcpType::SESSION_DELETION_REQUEST, true, header);
    if (!elements)
    {
        return elements.Error();
    }
    PfcpIeCollector collect;
    ReadPlain(*elements, collect);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    PfcpSessionDeletionRequest message;
    message.seid = *header.seid;
    message.sequence = header.sequence;
    return message;
}

Bytes
PfcpSessionDeletionResponse::Encode() const
{
    return EncodeCauseOnly(PfcpType::SESSION_DELETION_RESPONSE, *this);
}

Decoded<PfcpSessionDeletionResponse>
PfcpSessionDeletionResponse::Decode(ByteView datagram)
{
    return DecodeCauseOnly<PfcpSessionDeletionResponse>(datagram,
                                                        PfcpType::SESSION_DELETION_RESPONSE);
}

} // namespace ns3::mbs
