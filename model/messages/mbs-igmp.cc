// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-igmp.h"

#include "mbs-internet-checksum.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

namespace
{

constexpr uint8_t TYPE_REPORT_V3 = 0x22;   //!< RFC 3376 clause 4
constexpr std::size_t CHECKSUM_OFFSET = 2; //!< octets before the checksum
constexpr std::size_t HEADER_SIZE = 8;     //!< octets before the first record

} // namespace

IgmpReport
IgmpReport::ForSource(IgmpRecordType type, Ipv4Address source, Ipv4Address group)
{
    IgmpReport report;
    report.records.push_back({type, group, {source}});
    return report;
}

Bytes
IgmpReport::Encode() const
{
    NS_ASSERT_MSG(records.size() <= UINT16_MAX, "too many group records");
    ByteWriter writer;
    writer.U8(TYPE_REPORT_V3).U8(0).U16(0).U16(0).U16(static_cast<uint16_t>(records.size()));
    for (const auto& record : records)
    {
        NS_ASSERT_MSG(record.sources.size() <= UINT16_MAX, "too many sources");
        writer.U8(static_cast<uint8_t>(record.type)).U8(0);
        writer.U16(static_cast<uint16_t>(record.sources.size())).U32(record.group.Get());
        for (const auto& source : record.sources)
        {
            writer.U32(source.Get());
        }
    }
    writer.PatchU16(CHECKSUM_OFFSET, InternetChecksum().Add(writer.Get()).Get());
    return writer.Release();
}

Decoded<IgmpReport>
IgmpReport::Decode(ByteView bytes)
{
    ByteReader reader(bytes);
    const uint8_t type = reader.U8();
    reader.Take(5);
    const uint16_t count = reader.U16();
    if (bytes.size() < HEADER_SIZE)
    {
        return DecodeError::TRUNCATED;
    }
    if (type != TYPE_REPORT_V3)
    {
        return DecodeError::UNSUPPORTED;
    }
    IgmpReport report;
    for (uint16_t i = 0; i < count; ++i)
    {
        IgmpGroupRecord record;
        const uint8_t recordType = reader.U8();
        record.type = static_cast<IgmpRecordType>(recordType);
        const std::size_t auxiliarySize = std::size_t{4} * reader.U8();
        const uint16_t sources = reader.U16();
        record.group = Ipv4Address(reader.U32());
        for (uint16_t k = 0; k < sources && reader.Ok(); ++k)
        {
            record.sources.emplace_back(reader.U32());
        }
        reader.Take(auxiliarySize);
        if (!reader.Ok())
        {
            return DecodeError::TRUNCATED;
        }
        if (recordType >= 1 && recordType <= 6)
        {
            report.records.push_back(std::move(record));
        }
    }
    if (InternetChecksum().Add(bytes).Get() != 0)
    {
        return DecodeError::MALFORMED;
    }
    return report;
}

} // namespace ns3::mbs
