// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-pfcp-ie.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

namespace
{

// F-SEID flags (TS 29.244 clause 8.2.37).
constexpr uint8_t FSEID_V6 = 0x01;
constexpr uint8_t FSEID_V4 = 0x02;

constexpr uint8_t NODE_ID_TYPE_MASK = 0x0f;
constexpr uint8_t NODE_ID_IPV4 = 0;

// Apply Action (TS 29.244 clause 8.2.26), octet 5 in the high half.
constexpr uint16_t ACTION_DROP = 0x0100;
constexpr uint16_t ACTION_FORW = 0x0200;
constexpr uint16_t ACTION_BUFF = 0x0400;
constexpr uint16_t ACTION_NOCP = 0x0800;
constexpr uint16_t ACTION_IPMA = 0x2000;
constexpr uint16_t ACTION_IPMD = 0x4000;
constexpr uint16_t ACTION_FSSM = 0x0008;
constexpr uint16_t ACTION_MBSU = 0x0010;

// Outer Header Creation Description (TS 29.244 table 8.2.56-1), octet 5 in the high half.
constexpr uint16_t CREATE_GTPU_UDP_IPV4 = 0x0100;

// MBS Session Identifier flags (TS 29.244 clause 8.2.206).
constexpr uint8_t ID_TMGI = 0x01;
constexpr uint8_t ID_SSMI = 0x02;
constexpr uint8_t ID_NIDI = 0x04;

constexpr uint8_t ADDRESS_IPV4 = 0x04;        //!< address type 0, length 4
constexpr uint8_t ADDRESS_IPV6 = 0x40 | 0x10; //!< address type 1, length 16

// Local Ingress Tunnel flags (TS 29.244 clause 8.2.209).
constexpr uint8_t INGRESS_V4 = 0x01;
constexpr uint8_t INGRESS_V6 = 0x02;
constexpr uint8_t INGRESS_CH = 0x04;

/** @param writer where to @param ssm group first, then source (TS 29.244 clause 8.2.207) */
void
WriteGroupAndSource(ByteWriter& writer, const SsmIpv4& ssm)
{
    writer.U8(ADDRESS_IPV4).U32(ssm.destination.Get());
    writer.U8(ADDRESS_IPV4).U32(ssm.source.Get());
}

/**
 * @param reader where from
 * @param ssm where to
 * @return DecodeError::NONE, or why not
 */
DecodeError
ReadSsm(ByteReader& reader, SsmIpv4& ssm)
{
    for (Ipv4Address* address : {&ssm.destination, &ssm.source})
    {
        const uint8_t kind = reader.U8();
        if (reader.Ok() && kind != ADDRESS_IPV4)
        {
            return kind == ADDRESS_IPV6 ? DecodeError::UNSUPPORTED : DecodeError::MALFORMED;
        }
        *address = Ipv4Address(reader.U32());
    }
    return reader.Ok() ? DecodeError::NONE : DecodeError::MALFORMED;
}

} // namespace

Bytes
PfcpFSeid::Encode() const
{
    ByteWriter writer;
    writer.U8(FSEID_V4).U64(seid).U32(address.Get());
    return writer.Release();
}

Decoded<PfcpFSeid>
PfcpFSeid::Decode(ByteView value)
{
    ByteReader reader(value);
    const uint8_t flags = reader.U8();
    PfcpFSeid endpoint;
    endpoint.seid = reader.U64();
    if (reader.Ok() && (flags & FSEID_V4) == 0)
    {
        return (flags & FSEID_V6) != 0 ? DecodeError::UNSUPPORTED : DecodeError::MALFORMED;
    }
    endpoint.address = Ipv4Address(reader.U32());
    reader.Take((flags & FSEID_V6) != 0 ? 16 : 0);
    if (!reader.Ok())
    {
        return DecodeError::MALFORMED;
    }
    return endpoint;
}

Bytes
PfcpNodeId::Encode() const
{
    ByteWriter writer;
    writer.U8(NODE_ID_IPV4).U32(address.Get());
    return writer.Release();
}

Decoded<PfcpNodeId>
PfcpNodeId::Decode(ByteView value)
{
    ByteReader reader(value);
    const uint8_t type = reader.U8() & NODE_ID_TYPE_MASK;
    if (reader.Ok() && type != NODE_ID_IPV4)
    {
        return DecodeError::UNSUPPORTED;
    }
    PfcpNodeId node;
    node.address = Ipv4Address(reader.U32());
    if (!reader.Ok())
    {
        return DecodeError::MALFORMED;
    }
    return node;
}

Bytes
PfcpApplyAction::Encode() const
{
    const int flags = (drop ? ACTION_DROP : 0) | (forward ? ACTION_FORW : 0) |
                      (buffer ? ACTION_BUFF : 0) | (notify ? ACTION_NOCP : 0) |
                      (multicast ? ACTION_FSSM : 0) | (unicast ? ACTION_MBSU : 0);
    ByteWriter writer;
    writer.U16(static_cast<uint16_t>(flags));
    return writer.Release();
}

Decoded<PfcpApplyAction>
PfcpApplyAction::Decode(ByteView value)
{
    if (value.empty())
    {
        return DecodeError::MALFORMED;
    }
    // The second octet is an extension that early releases do not send.
    const int flags = value[0] << 8 | (value.size() > 1 ? value[1] : 0);
    if ((flags & (ACTION_IPMA | ACTION_IPMD)) != 0)
    {
        return DecodeError::UNSUPPORTED;
    }
    PfcpApplyAction action;
    action.drop = (flags & ACTION_DROP) != 0;
    action.forward = (flags & ACTION_FORW) != 0;
    action.buffer = (flags & ACTION_BUFF) != 0;
    action.notify = (flags & ACTION_NOCP) != 0;
    action.multicast = (flags & ACTION_FSSM) != 0;
    action.unicast = (flags & ACTION_MBSU) != 0;
    const int kinds = (action.drop ? 1 : 0) + (action.forward ? 1 : 0) + (action.buffer ? 1 : 0) +
                      (action.multicast || action.unicast ? 1 : 0);
    if (kinds != 1 || (action.notify && !action.buffer))
    {
        return DecodeError::OUT_OF_RANGE;
    }
    return action;
}

Bytes
PfcpGtpuTunnel::Encode() const
{
    ByteWriter writer;
    writer.U16(CREATE_GTPU_UDP_IPV4).U32(teid).U32(address.Get());
    return writer.Release();
}

Decoded<PfcpGtpuTunnel>
PfcpGtpuTunnel::Decode(ByteView value)
{
    ByteReader reader(value);
    const uint16_t description = reader.U16();
    if (reader.Ok() && (description & CREATE_GTPU_UDP_IPV4) == 0)
    {
        return DecodeError::UNSUPPORTED;
    }
    PfcpGtpuTunnel tunnel;
    tunnel.teid = reader.U32();
    tunnel.address = Ipv4Address(reader.U32());
    if (!reader.Ok())
    {
        return DecodeError::MALFORMED;
    }
    return tunnel;
}

Bytes
PfcpMbsSessionId::Encode() const
{
    ByteWriter writer;
    writer.U8(static_cast<uint8_t>((tmgi ? ID_TMGI : 0) | (ssm ? ID_SSMI : 0)));
    if (tmgi)
    {
        writer.Append(tmgi->Encode());
    }
    if (ssm)
    {
        WriteGroupAndSource(writer, *ssm);
    }
    return writer.Release();
}

Decoded<PfcpMbsSessionId>
PfcpMbsSessionId::Decode(ByteView value)
{
    ByteReader reader(value);
    const uint8_t flags = reader.U8();
    PfcpMbsSessionId id;
    if ((flags & ID_TMGI) != 0)
    {
        const auto octets = reader.Array<Tmgi::SIZE>();
        id.tmgi = Tmgi::Decode(octets);
        if (reader.Ok() && !id.tmgi)
        {
            return DecodeError::OUT_OF_RANGE;
        }
    }
    if ((flags & ID_SSMI) != 0)
    {
        id.ssm.emplace();
        const DecodeError error = ReadSsm(reader, *id.ssm);
        if (error != DecodeError::NONE)
        {
            return error;
        }
    }
    if (!reader.Ok() || (!id.tmgi && !id.ssm))
    {
        return DecodeError::MALFORMED;
    }
    // A session of a non-public network is not the session that the TMGI alone names.
    if ((flags & ID_NIDI) != 0)
    {
        return DecodeError::UNSUPPORTED;
    }
    return id;
}

Bytes
PfcpMulticastTransport::Encode() const
{
    ByteWriter writer;
    writer.U8(0).U32(cTeid);
    WriteGroupAndSource(writer, llSsm);
    return writer.Release();
}

Decoded<PfcpMulticastTransport>
PfcpMulticastTransport::Decode(ByteView value)
{
    ByteReader reader(value);
    reader.U8();
    PfcpMulticastTransport transport;
    transport.cTeid = reader.U32();
    const DecodeError error = ReadSsm(reader, transport.llSsm);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    return transport;
}

Bytes
PfcpLocalIngressTunnel::Encode() const
{
    ByteWriter writer;
    writer.U8(static_cast<uint8_t>(choose ? INGRESS_CH | INGRESS_V4 : INGRESS_V4));
    if (!choose)
    {
        writer.U16(port).U32(address.Get());
    }
    return writer.Release();
}

Decoded<PfcpLocalIngressTunnel>
PfcpLocalIngressTunnel::Decode(ByteView value)
{
    ByteReader reader(value);
    const uint8_t flags = reader.U8();
    const bool v4 = (flags & INGRESS_V4) != 0;
    const bool v6 = (flags & INGRESS_V6) != 0;
    if (!reader.Ok())
    {
        return DecodeError::MALFORMED;
    }
    if (v4 == v6)
    {
        return DecodeError::OUT_OF_RANGE;
    }
    if (v6)
    {
        return DecodeError::UNSUPPORTED;
    }
    PfcpLocalIngressTunnel tunnel;
    tunnel.choose = (flags & INGRESS_CH) != 0;
    if (!tunnel.choose)
    {
        tunnel.port = reader.U16();
        tunnel.address = Ipv4Address(reader.U32());
    }
    if (!reader.Ok())
    {
        return DecodeError::MALFORMED;
    }
    return tunnel;
}

PfcpIeReader::PfcpIeReader(ByteView bytes)
    : m_reader(bytes)
{
}

bool
PfcpIeReader::Next()
{
    if (m_reader.Left() == 0)
    {
        return false;
    }
    m_type = static_cast<PfcpIe>(m_reader.U16());
    const uint16_t length = m_reader.U16();
    m_value = m_reader.Take(length);
    return m_reader.Ok();
}

PfcpIe
PfcpIeReader::Type() const
{
    return m_type;
}

ByteView
PfcpIeReader::Value() const
{
    return m_value;
}

DecodeError
PfcpIeReader::Error() const
{
    return m_reader.Ok() ? DecodeError::NONE : DecodeError::TRUNCATED;
}

void
WritePfcpIe(ByteWriter& writer, PfcpIe type, ByteView value)
{
    NS_ASSERT_MSG(value.size() <= UINT16_MAX, "information element too long");
    writer.U16(static_cast<uint16_t>(type)).U16(static_cast<uint16_t>(value.size()));
    writer.Append(value);
}

} // namespace ns3::mbs
