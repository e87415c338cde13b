// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rtp.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

namespace
{

constexpr uint8_t PADDING_BIT = 0x20;       //!< P in the first octet
constexpr uint8_t EXTENSION_BIT = 0x10;     //!< X in the first octet
constexpr uint8_t CSRC_COUNT_MASK = 0x0f;   //!< CC in the first octet
constexpr uint8_t MARKER_BIT = 0x80;        //!< M in the second octet
constexpr uint8_t PAYLOAD_TYPE_MASK = 0x7f; //!< PT in the second octet
constexpr uint8_t FIRST_RTCP_TYPE = 200;    //!< SR (RFC 3550 clause 12.1)
constexpr uint8_t LAST_RTCP_TYPE = 207;     //!< XR (RFC 3611 clause 2)

} // namespace

Decoded<RtpPacket>
ParseRtp(ByteView bytes)
{
    ByteReader reader(bytes);
    const uint8_t first = reader.U8();
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (first >> 6 != RtpPacket::VERSION)
    {
        return DecodeError::UNSUPPORTED;
    }
    RtpPacket packet;
    const uint8_t second = reader.U8();
    packet.marker = (second & MARKER_BIT) != 0;
    packet.payloadType = second & PAYLOAD_TYPE_MASK;
    packet.sequenceNumber = reader.U16();
    packet.timestamp = reader.U32();
    packet.ssrc = reader.U32();
    for (int i = first & CSRC_COUNT_MASK; i > 0 && reader.Ok(); --i)
    {
        packet.csrcs.push_back(reader.U32());
    }
    if ((first & EXTENSION_BIT) != 0)
    {
        RtpPacket::Extension extension;
        extension.profile = reader.U16();
        const std::size_t words = reader.U16();
        extension.data = reader.Take(4 * words);
        packet.extension = extension;
    }
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    const ByteView rest = reader.Rest();
    if ((first & PADDING_BIT) != 0)
    {
        if (rest.empty())
        {
            return DecodeError::MALFORMED;
        }
        packet.paddingSize = rest[rest.size() - 1];
        if (packet.paddingSize == 0 || packet.paddingSize > rest.size())
        {
            return DecodeError::MALFORMED;
        }
    }
    packet.payload = rest.Sub(0, rest.size() - packet.paddingSize);
    return packet;
}

Bytes
EncodeRtp(const RtpPacket& packet)
{
    NS_ASSERT(packet.csrcs.size() <= RtpPacket::MAX_CSRCS);
    NS_ASSERT(packet.payloadType <= PAYLOAD_TYPE_MASK);
    ByteWriter writer;
    writer.U8(static_cast<uint8_t>(
        RtpPacket::VERSION << 6 | (packet.paddingSize > 0 ? PADDING_BIT : 0) |
        (packet.extension ? EXTENSION_BIT : 0) | (packet.csrcs.size() & CSRC_COUNT_MASK)));
    writer.U8(static_cast<uint8_t>((packet.marker ? MARKER_BIT : 0) |
                                   (packet.payloadType & PAYLOAD_TYPE_MASK)));
    writer.U16(packet.sequenceNumber).U32(packet.timestamp).U32(packet.ssrc);
    for (const uint32_t csrc : packet.csrcs)
    {
        writer.U32(csrc);
    }
    if (packet.extension)
    {
        NS_ASSERT(packet.extension->data.size() % 4 == 0);
        writer.U16(packet.extension->profile);
        writer.U16(static_cast<uint16_t>(packet.extension->data.size() / 4));
        writer.Append(packet.extension->data);
    }
    writer.Append(packet.payload);
    if (packet.paddingSize > 0)
    {
        writer.Append(Bytes(packet.paddingSize - 1, 0)).U8(packet.paddingSize);
    }
    return writer.Release();
}

bool
LooksLikeRtcp(ByteView bytes)
{
    return bytes.size() >= 2 && bytes[0] >> 6 == RtpPacket::VERSION &&
           bytes[1] >= FIRST_RTCP_TYPE && bytes[1] <= LAST_RTCP_TYPE;
}

bool
RewriteRtp(Bytes& packet, uint16_t sequenceNumber, uint32_t timestamp, uint32_t ssrc)
{
    if (packet.size() < RtpPacket::HEADER_SIZE)
    {
        return false;
    }
    packet[2] = static_cast<uint8_t>(sequenceNumber >> 8);
    packet[3] = static_cast<uint8_t>(sequenceNumber);
    for (int i = 0; i < 4; ++i)
    {
        packet[4 + i] = static_cast<uint8_t>(timestamp >> (24 - 8 * i));
        packet[8 + i] = static_cast<uint8_t>(ssrc >> (24 - 8 * i));
    }
    return true;
}

} // namespace ns3::mbs
