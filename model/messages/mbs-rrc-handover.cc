// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rrc-handover.h"

namespace ns3::mbs
{

namespace
{

/** CHOICE criticalExtensions with its second alternative, an empty SEQUENCE, and padding. */
constexpr uint8_t CRITICAL_EXTENSIONS_FUTURE = 0x80;

} // namespace

Bytes
HandoverPreparationInformation::Encode() const
{
    ByteWriter writer;
    writer.U8(CRITICAL_EXTENSIONS_FUTURE).U32(source.cell).U32(source.cRnti).U16(ueId);
    return writer.Release();
}

Decoded<HandoverPreparationInformation>
HandoverPreparationInformation::Decode(ByteView octets)
{
    ByteReader reader(octets);
    HandoverPreparationInformation information;
    const uint8_t first = reader.U8();
    information.source.cell = reader.U32();
    information.source.cRnti = reader.U32();
    information.ueId = reader.U16();
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (!reader.Done())
    {
        return DecodeError::TRAILING;
    }
    if (first != CRITICAL_EXTENSIONS_FUTURE)
    {
        return DecodeError::UNSUPPORTED;
    }
    return information;
}

Bytes
HandoverCommand::Encode() const
{
    ByteWriter writer;
    writer.U8(CRITICAL_EXTENSIONS_FUTURE).Append(rrcReconfiguration);
    return writer.Release();
}

Decoded<HandoverCommand>
HandoverCommand::Decode(ByteView octets)
{
    ByteReader reader(octets);
    if (reader.U8() != CRITICAL_EXTENSIONS_FUTURE)
    {
        return reader.Ok() ? DecodeError::UNSUPPORTED : DecodeError::TRUNCATED;
    }
    HandoverCommand command;
    command.rrcReconfiguration = octets.Sub(1).ToBytes();
    const auto inside = RrcMessage::Decode(command.rrcReconfiguration);
    if (!inside)
    {
        return inside.Error();
    }
    if (inside->type != RrcType::RECONFIGURATION_WITH_SYNC)
    {
        return DecodeError::UNSUPPORTED;
    }
    return command;
}

} // namespace ns3::mbs
