// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-pfcp-rules.h"

#include "mbs-pfcp-codec.h"

namespace ns3::mbs
{

namespace
{

constexpr uint8_t INTERFACE_MASK = 0x0f;   //!< the upper half is spare
constexpr uint8_t REMOVE_UDP_IPV4 = 2;     //!< TS 29.244 table 8.2.64-1
constexpr uint16_t CREATE_LL_SSM = 0x0004; //!< TS 29.244 table 8.2.56-1, octet 6 bit 3
constexpr uint8_t GATE_MASK = 0x03;        //!< DL gate; the UL gate is above it
constexpr uint8_t GATE_CLOSED = 0x01;      //!< 2 and 3 are read as closed
constexpr uint8_t QFI_MASK = 0x3f;         //!< the upper two bits are spare
constexpr uint8_t IQFISN = 0x01;           //!< TS 29.244 clause 8.2.216
constexpr uint8_t PLLSSM = 0x01;           //!< TS 29.244 clause 8.2.208
constexpr uint8_t JMBSSM = 0x02;           //!< TS 29.244 clause 8.2.208
constexpr uint8_t MBS_RESTI = 0x04;        //!< TS 29.244 clause 8.2.208

/** @param value of a Source or Destination Interface @return the interface */
Decoded<PfcpInterface>
ReadInterface(ByteView value)
{
    const auto number = ReadPfcpInteger<uint8_t>(value);
    if (!number)
    {
        return number.Error();
    }
    const uint8_t interface = *number & INTERFACE_MASK;
    if (interface > static_cast<uint8_t>(PfcpInterface::CP))
    {
        return DecodeError::UNSUPPORTED;
    }
    return static_cast<PfcpInterface>(interface);
}

/** @param writer where to @param type of the element @param interface value */
void
WriteInterface(ByteWriter& writer, PfcpIe type, PfcpInterface interface)
{
    WritePfcpU8(writer, type, static_cast<uint8_t>(interface));
}

/** @param value of an Outer Header Removal @return true if it takes UDP/IPv4 off */
Decoded<bool>
ReadRemoval(ByteView value)
{
    const auto description = ReadPfcpInteger<uint8_t>(value);
    if (!description)
    {
        return description.Error();
    }
    if (*description != REMOVE_UDP_IPV4)
    {
        return DecodeError::UNSUPPORTED;
    }
    return true;
}

/**
 * @param value of a PDI
 * @param pdr where to
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
ReadPdi(ByteView value, PfcpCreatePdr& pdr)
{
    PfcpIeCollector collect;
    std::optional<PfcpInterface> interface;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::SOURCE_INTERFACE:
            collect.Once(interface, ReadInterface(reader.Value()));
            break;
        case PfcpIe::LOCAL_INGRESS_TUNNEL:
            collect.Once(pdr.localIngressTunnel, PfcpLocalIngressTunnel::Decode(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(pdr.sourceInterface, interface);
    return collect.Error();
}

/** @param value of Remove MBS Unicast Parameters @return the ID */
Decoded<uint16_t>
ReadRemoveUnicast(ByteView value)
{
    PfcpIeCollector collect;
    std::optional<uint16_t> id;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        if (reader.Type() == PfcpIe::MBS_UNICAST_PARAMETERS_ID)
        {
            collect.Once(id, ReadPfcpInteger<uint16_t>(reader.Value()));
        }
    }
    collect.Refuse(reader.Error());
    uint16_t out = 0;
    collect.Mandatory(out, id);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return out;
}

} // namespace

Bytes
PfcpCreatePdr::Encode() const
{
    ByteWriter pdi;
    WriteInterface(pdi, PfcpIe::SOURCE_INTERFACE, sourceInterface);
    if (localIngressTunnel)
    {
        WritePfcpIe(pdi, PfcpIe::LOCAL_INGRESS_TUNNEL, localIngressTunnel->Encode());
    }
    ByteWriter writer;
    WritePfcpU16(writer, PfcpIe::PDR_ID, pdrId);
    WritePfcpU32(writer, PfcpIe::PRECEDENCE, precedence);
    WritePfcpIe(writer, PfcpIe::PDI, pdi.Get());
    if (removeUdpIpv4)
    {
        WritePfcpU8(writer, PfcpIe::OUTER_HEADER_REMOVAL, REMOVE_UDP_IPV4);
    }
    if (farId)
    {
        WritePfcpU32(writer, PfcpIe::FAR_ID, *farId);
    }
    for (const uint32_t qerId : qerIds)
    {
        WritePfcpU32(writer, PfcpIe::QER_ID, qerId);
    }
    return writer.Release();
}

Decoded<PfcpCreatePdr>
PfcpCreatePdr::Decode(ByteView value)
{
    PfcpIeCollector collect;
    PfcpCreatePdr pdr;
    std::optional<uint16_t> pdrId;
    std::optional<uint32_t> precedence;
    std::optional<ByteView> pdi;
    std::optional<bool> removal;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::PDR_ID:
            collect.Once(pdrId, ReadPfcpInteger<uint16_t>(reader.Value()));
            break;
        case PfcpIe::PRECEDENCE:
            collect.Once(precedence, ReadPfcpInteger<uint32_t>(reader.Value()));
            break;
        case PfcpIe::PDI:
            collect.Once(pdi, Decoded<ByteView>(reader.Value()));
            break;
        case PfcpIe::OUTER_HEADER_REMOVAL:
            collect.Once(removal, ReadRemoval(reader.Value()));
            break;
        case PfcpIe::FAR_ID:
            collect.Once(pdr.farId, ReadPfcpInteger<uint32_t>(reader.Value()));
            break;
        case PfcpIe::QER_ID:
            collect.Many(pdr.qerIds, ReadPfcpInteger<uint32_t>(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(pdr.pdrId, pdrId);
    collect.Mandatory(pdr.precedence, precedence);
    pdr.removeUdpIpv4 = removal.value_or(false);
    // A missing PDI is an empty one: its mandatory interface is missing.
    collect.Refuse(ReadPdi(pdi.value_or(ByteView()), pdr));
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return pdr;
}

Bytes
PfcpCreatedPdr::Encode() const
{
    ByteWriter writer;
    WritePfcpU16(writer, PfcpIe::PDR_ID, pdrId);
    if (localIngressTunnel)
    {
        WritePfcpIe(writer, PfcpIe::LOCAL_INGRESS_TUNNEL, localIngressTunnel->Encode());
    }
    return writer.Release();
}

Decoded<PfcpCreatedPdr>
PfcpCreatedPdr::Decode(ByteView value)
{
    PfcpIeCollector collect;
    PfcpCreatedPdr pdr;
    std::optional<uint16_t> pdrId;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::PDR_ID:
            collect.Once(pdrId, ReadPfcpInteger<uint16_t>(reader.Value()));
            break;
        case PfcpIe::LOCAL_INGRESS_TUNNEL:
            collect.Once(pdr.localIngressTunnel, PfcpLocalIngressTunnel::Decode(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(pdr.pdrId, pdrId);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return pdr;
}

Bytes
PfcpMulticastParameters::Encode() const
{
    ByteWriter writer;
    WriteInterface(writer, PfcpIe::DESTINATION_INTERFACE, destinationInterface);
    WritePfcpU16(writer, PfcpIe::OUTER_HEADER_CREATION, CREATE_LL_SSM);
    return writer.Release();
}

Decoded<PfcpMulticastParameters>
PfcpMulticastParameters::Decode(ByteView value)
{
    PfcpIeCollector collect;
    PfcpMulticastParameters parameters;
    std::optional<PfcpInterface> interface;
    std::optional<uint16_t> creation;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::DESTINATION_INTERFACE:
            collect.Once(interface, ReadInterface(reader.Value()));
            break;
        case PfcpIe::OUTER_HEADER_CREATION:
            collect.Once(creation, ReadPfcpInteger<uint16_t>(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(parameters.destinationInterface, interface);
    uint16_t description = 0;
    collect.Mandatory(description, creation);
    if ((description & CREATE_LL_SSM) == 0)
    {
        collect.Refuse(DecodeError::UNSUPPORTED);
    }
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return parameters;
}

Bytes
PfcpAddUnicast::Encode() const
{
    ByteWriter writer;
    WriteInterface(writer, PfcpIe::DESTINATION_INTERFACE, destinationInterface);
    WritePfcpU16(writer, PfcpIe::MBS_UNICAST_PARAMETERS_ID, id);
    WritePfcpIe(writer, PfcpIe::OUTER_HEADER_CREATION, tunnel.Encode());
    return writer.Release();
}

Decoded<PfcpAddUnicast>
PfcpAddUnicast::Decode(ByteView value)
{
    PfcpIeCollector collect;
    PfcpAddUnicast parameters;
    std::optional<PfcpInterface> interface;
    std::optional<uint16_t> id;
    std::optional<PfcpGtpuTunnel> tunnel;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::DESTINATION_INTERFACE:
            collect.Once(interface, ReadInterface(reader.Value()));
            break;
        case PfcpIe::MBS_UNICAST_PARAMETERS_ID:
            collect.Once(id, ReadPfcpInteger<uint16_t>(reader.Value()));
            break;
        case PfcpIe::OUTER_HEADER_CREATION:
            collect.Once(tunnel, PfcpGtpuTunnel::Decode(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(parameters.destinationInterface, interface);
    collect.Mandatory(parameters.id, id);
    collect.Mandatory(parameters.tunnel, tunnel);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return parameters;
}

Bytes
PfcpCreateFar::Encode() const
{
    ByteWriter writer;
    WritePfcpU32(writer, PfcpIe::FAR_ID, farId);
    WritePfcpIe(writer, PfcpIe::APPLY_ACTION, action.Encode());
    if (multicast)
    {
        WritePfcpIe(writer, PfcpIe::MBS_MULTICAST_PARAMETERS, multicast->Encode());
    }
    for (const auto& unicast : addUnicast)
    {
        WritePfcpIe(writer, PfcpIe::ADD_MBS_UNICAST_PARAMETERS, unicast.Encode());
    }
    return writer.Release();
}

Decoded<PfcpCreateFar>
PfcpCreateFar::Decode(ByteView value)
{
    PfcpIeCollector collect;
    PfcpCreateFar far;
    std::optional<uint32_t> farId;
    std::optional<PfcpApplyAction> action;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::FAR_ID:
            collect.Once(farId, ReadPfcpInteger<uint32_t>(reader.Value()));
            break;
        case PfcpIe::APPLY_ACTION:
            collect.Once(action, PfcpApplyAction::Decode(reader.Value()));
            break;
        case PfcpIe::MBS_MULTICAST_PARAMETERS:
            collect.Once(far.multicast, PfcpMulticastParameters::Decode(reader.Value()));
            break;
        case PfcpIe::ADD_MBS_UNICAST_PARAMETERS:
            collect.Many(far.addUnicast, PfcpAddUnicast::Decode(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(far.farId, farId);
    collect.Mandatory(far.action, action);
    if (far.action.multicast && !far.multicast)
    {
        collect.Refuse(DecodeError::MALFORMED);
    }
    if (far.action.unicast && far.addUnicast.empty())
    {
        collect.Refuse(DecodeError::MALFORMED);
    }
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return far;
}

Bytes
PfcpUpdateFar::Encode() const
{
    ByteWriter writer;
    WritePfcpU32(writer, PfcpIe::FAR_ID, farId);
    if (action)
    {
        WritePfcpIe(writer, PfcpIe::APPLY_ACTION, action->Encode());
    }
    for (const auto& unicast : addUnicast)
    {
        WritePfcpIe(writer, PfcpIe::ADD_MBS_UNICAST_PARAMETERS, unicast.Encode());
    }
    for (const uint16_t id : removeUnicast)
    {
        ByteWriter inner;
        WritePfcpU16(inner, PfcpIe::MBS_UNICAST_PARAMETERS_ID, id);
        WritePfcpIe(writer, PfcpIe::REMOVE_MBS_UNICAST_PARAMETERS, inner.Get());
    }
    return writer.Release();
}

Decoded<PfcpUpdateFar>
PfcpUpdateFar::Decode(ByteView value)
{
    PfcpIeCollector collect;
    PfcpUpdateFar far;
    std::optional<uint32_t> farId;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::FAR_ID:
            collect.Once(farId, ReadPfcpInteger<uint32_t>(reader.Value()));
            break;
        case PfcpIe::APPLY_ACTION:
            collect.Once(far.action, PfcpApplyAction::Decode(reader.Value()));
            break;
        case PfcpIe::ADD_MBS_UNICAST_PARAMETERS:
            collect.Many(far.addUnicast, PfcpAddUnicast::Decode(reader.Value()));
            break;
        case PfcpIe::REMOVE_MBS_UNICAST_PARAMETERS:
            collect.Many(far.removeUnicast, ReadRemoveUnicast(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(far.farId, farId);
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return far;
}

Bytes
PfcpCreateQer::Encode() const
{
    ByteWriter writer;
    WritePfcpU32(writer, PfcpIe::QER_ID, qerId);
    WritePfcpU8(writer, PfcpIe::GATE_STATUS, downlinkOpen ? 0 : GATE_CLOSED);
    if (qfi)
    {
        WritePfcpU8(writer, PfcpIe::QFI, *qfi & QFI_MASK);
    }
    if (insertSequenceNumber)
    {
        WritePfcpU8(writer, PfcpIe::QER_INDICATIONS, IQFISN);
    }
    return writer.Release();
}

Decoded<PfcpCreateQer>
PfcpCreateQer::Decode(ByteView value)
{
    PfcpIeCollector collect;
    PfcpCreateQer qer;
    std::optional<uint32_t> qerId;
    std::optional<uint8_t> gate;
    std::optional<uint8_t> indications;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::QER_ID:
            collect.Once(qerId, ReadPfcpInteger<uint32_t>(reader.Value()));
            break;
        case PfcpIe::GATE_STATUS:
            collect.Once(gate, ReadPfcpInteger<uint8_t>(reader.Value()));
            break;
        case PfcpIe::QFI:
            collect.Once(qer.qfi, ReadPfcpInteger<uint8_t>(reader.Value()));
            break;
        case PfcpIe::QER_INDICATIONS:
            collect.Once(indications, ReadPfcpInteger<uint8_t>(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(qer.qerId, qerId);
    uint8_t gates = 0;
    collect.Mandatory(gates, gate);
    qer.downlinkOpen = (gates & GATE_MASK) == 0;
    if (qer.qfi)
    {
        qer.qfi = *qer.qfi & QFI_MASK;
    }
    qer.insertSequenceNumber = (indications.value_or(0) & IQFISN) != 0;
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return qer;
}

Bytes
PfcpN4mbControl::Encode() const
{
    ByteWriter writer;
    WritePfcpIe(writer, PfcpIe::MBS_SESSION_IDENTIFIER, sessionId.Encode());
    if (areaSessionId)
    {
        WritePfcpU16(writer, PfcpIe::AREA_SESSION_ID, *areaSessionId);
    }
    const int flags =
        (provideLlSsm ? PLLSSM : 0) | (joinSsm ? JMBSSM : 0) | (restoration ? MBS_RESTI : 0);
    if (flags != 0)
    {
        WritePfcpU8(writer, PfcpIe::MBS_N4MB_REQ_FLAGS, static_cast<uint8_t>(flags));
    }
    return writer.Release();
}

Decoded<PfcpN4mbControl>
PfcpN4mbControl::Decode(ByteView value)
{
    PfcpIeCollector collect;
    PfcpN4mbControl control;
    std::optional<PfcpMbsSessionId> sessionId;
    std::optional<uint8_t> flags;
    PfcpIeReader reader(value);
    while (reader.Next())
    {
        switch (reader.Type())
        {
        case PfcpIe::MBS_SESSION_IDENTIFIER:
            collect.Once(sessionId, PfcpMbsSessionId::Decode(reader.Value()));
            break;
        case PfcpIe::AREA_SESSION_ID:
            collect.Once(control.areaSessionId, ReadPfcpInteger<uint16_t>(reader.Value()));
            break;
        case PfcpIe::MBS_N4MB_REQ_FLAGS:
            collect.Once(flags, ReadPfcpInteger<uint8_t>(reader.Value()));
            break;
        default:
            break;
        }
    }
    collect.Refuse(reader.Error());
    collect.Mandatory(control.sessionId, sessionId);
    control.provideLlSsm = (flags.value_or(0) & PLLSSM) != 0;
    control.joinSsm = (flags.value_or(0) & JMBSSM) != 0;
    control.restoration = (flags.value_or(0) & MBS_RESTI) != 0;
    if (collect.Error() != DecodeError::NONE)
    {
        return collect.Error();
    }
    return control;
}

} // namespace ns3::mbs
