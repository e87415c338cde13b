// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rrc-paging.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

Bytes
RrcPaging::Encode() const
{
    NS_ASSERT_MSG(records.size() <= MAX_RECORDS && groups.size() <= MAX_GROUPS, "does not fit");
    ByteWriter writer;
    writer.U8(TYPE).U8(static_cast<uint8_t>(records.size()));
    for (const PagingIdentity& identity : records)
    {
        writer.U8(static_cast<uint8_t>(identity.kind));
        writer.U16(static_cast<uint16_t>(identity.value >> 32));
        writer.U32(static_cast<uint32_t>(identity.value));
    }
    writer.U8(static_cast<uint8_t>(groups.size()));
    for (const Tmgi& tmgi : groups)
    {
        writer.Append(tmgi.Encode());
    }
    return writer.Release();
}

Decoded<RrcPaging>
RrcPaging::Decode(ByteView octets)
{
    ByteReader reader(octets);
    if (reader.U8() != TYPE)
    {
        return octets.empty() ? DecodeError::TRUNCATED : DecodeError::UNSUPPORTED;
    }
    RrcPaging message;
    const uint8_t records = reader.U8();
    for (uint8_t i = 0; i < records && reader.Ok(); ++i)
    {
        const uint8_t kind = reader.U8();
        PagingIdentity identity;
        identity.kind = static_cast<PagingIdentity::Kind>(kind);
        identity.value = uint64_t{reader.U16()} << 32;
        identity.value |= reader.U32();
        if (reader.Ok() && (kind < 1 || kind > 2))
        {
            return DecodeError::OUT_OF_RANGE;
        }
        message.records.push_back(identity);
    }
    const uint8_t groups = reader.U8();
    for (uint8_t i = 0; i < groups && reader.Ok(); ++i)
    {
        const auto tmgi = Tmgi::Decode(reader.Array<Tmgi::SIZE>());
        if (reader.Ok() && !tmgi)
        {
            return DecodeError::OUT_OF_RANGE;
        }
        message.groups.push_back(tmgi.value_or(Tmgi()));
    }
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (!reader.Done())
    {
        return DecodeError::TRAILING;
    }
    if (message.records.size() > MAX_RECORDS || message.groups.size() > MAX_GROUPS)
    {
        return DecodeError::OUT_OF_RANGE;
    }
    return message;
}

} // namespace ns3::mbs
