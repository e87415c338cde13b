// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rrc.h"

namespace ns3::mbs
{

namespace
{

constexpr uint8_t RELEASE_FLAG = 1;       //!< the bearer ends
constexpr uint8_t STATUS_REPORT_FLAG = 2; //!< statusReportRequired

/** Octets of most messages besides the NAS message. */
constexpr std::size_t USUAL_SIZE = 32;

} // namespace

Bytes
RrcMessage::Encode() const
{
    ByteWriter writer(nas.size() + USUAL_SIZE);
    writer.U8(static_cast<uint8_t>(type)).U8(transaction);
    writer.U8(static_cast<uint8_t>(bearers.size()));
    for (const MrbConfig& bearer : bearers)
    {
        writer.U8(bearer.release ? RELEASE_FLAG : bearer.statusReport ? STATUS_REPORT_FLAG : 0);
        writer.Append(bearer.tmgi.Encode()).U16(bearer.gRnti);
    }
    writer.U16(static_cast<uint16_t>(nas.size())).Append(nas);
    if (type == RrcType::REESTABLISHMENT_REQUEST)
    {
        writer.U32(identity.cell).U32(identity.cRnti);
    }
    else if (type == RrcType::RECONFIGURATION_WITH_SYNC)
    {
        writer.U32(sync.cell).U32(sync.newUeIdentity).U16(sync.t304);
    }
    return writer.Release();
}

Decoded<RrcMessage>
RrcMessage::Decode(ByteView octets)
{
    ByteReader reader(octets);
    RrcMessage message;
    const uint8_t type = reader.U8();
    message.transaction = reader.U8();
    const uint8_t bearers = reader.U8();
    for (uint8_t i = 0; i < bearers && reader.Ok(); ++i)
    {
        MrbConfig bearer;
        const uint8_t flags = reader.U8();
        const auto tmgi = Tmgi::Decode(reader.Array<Tmgi::SIZE>());
        bearer.gRnti = reader.U16();
        if (reader.Ok() && (flags > STATUS_REPORT_FLAG || !tmgi))
        {
            return DecodeError::OUT_OF_RANGE;
        }
        bearer.release = flags == RELEASE_FLAG;
        bearer.statusReport = flags == STATUS_REPORT_FLAG;
        bearer.tmgi = tmgi.value_or(Tmgi());
        message.bearers.push_back(bearer);
    }
    message.nas = reader.Take(reader.U16()).ToBytes();
    if (type == static_cast<uint8_t>(RrcType::REESTABLISHMENT_REQUEST))
    {
        message.identity.cell = reader.U32();
        message.identity.cRnti = reader.U32();
    }
    else if (type == static_cast<uint8_t>(RrcType::RECONFIGURATION_WITH_SYNC))
    {
        message.sync.cell = reader.U32();
        message.sync.newUeIdentity = reader.U32();
        message.sync.t304 = reader.U16();
    }
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (!reader.Done())
    {
        return DecodeError::TRAILING;
    }
    if (type < static_cast<uint8_t>(RrcType::DL_INFORMATION_TRANSFER) ||
        type > static_cast<uint8_t>(RrcType::RECONFIGURATION_WITH_SYNC))
    {
        return DecodeError::UNSUPPORTED;
    }
    message.type = static_cast<RrcType>(type);
    return message;
}

} // namespace ns3::mbs
