// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-pdcp-status-report.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

constexpr uint8_t D_C_AND_TYPE = 0xf0;       //!< D/C 1 bit, PDU type 3 bits
constexpr uint8_t STATUS_REPORT = 0x00;      //!< a control PDU of type 000
constexpr uint8_t FIRST_BIT = 0x80;          //!< bit 1 of the bitmap is the highest of its octet
constexpr uint32_t HALF = uint32_t{1} << 31; //!< of all COUNTs

} // namespace

void
PdcpStatusReport::MarkReceived(uint32_t count)
{
    const uint32_t bit = count - fmc - 1;
    if (bit / 8 >= MAX_SIZE - HEAD_SIZE)
    {
        return;
    }
    bitmap.resize(std::max<std::size_t>(bitmap.size(), bit / 8 + 1));
    bitmap[bit / 8] |= static_cast<uint8_t>(FIRST_BIT >> bit % 8);
}

bool
PdcpStatusReport::Lacks(uint32_t count) const
{
    const uint32_t behind = count - fmc;
    if (behind >= HALF)
    {
        return false;
    }
    if (behind == 0 || (behind - 1) / 8 >= bitmap.size())
    {
        return true;
    }
    return (bitmap[(behind - 1) / 8] & (FIRST_BIT >> (behind - 1) % 8)) == 0;
}

Bytes
PdcpStatusReport::Encode() const
{
    ByteWriter writer;
    writer.U8(STATUS_REPORT).U32(fmc).Append(bitmap);
    return writer.Release();
}

Decoded<PdcpStatusReport>
PdcpStatusReport::Decode(ByteView octets)
{
    ByteReader reader(octets);
    PdcpStatusReport report;
    const uint8_t type = reader.U8();
    report.fmc = reader.U32();
    if (reader.Ok() && (type & D_C_AND_TYPE) != STATUS_REPORT)
    {
        return DecodeError::UNSUPPORTED;
    }
    report.bitmap = reader.Rest().ToBytes();
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (octets.size() > MAX_SIZE)
    {
        return DecodeError::TRAILING;
    }
    return report;
}

} // namespace ns3::mbs
