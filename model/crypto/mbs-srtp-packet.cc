// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-packet.h"

namespace ns3::mbs
{

std::optional<SrtpHeaderView>
SrtpHeaderView::Parse(ByteView packet)
{
    static constexpr uint8_t VERSION = 2;
    ByteReader reader(packet);
    const uint8_t first = reader.U8();
    reader.U8();
    SrtpHeaderView header;
    header.seq = reader.U16();
    header.timestamp = reader.U32();
    header.ssrc = reader.U32();
    const std::size_t sources = first & 0x0f;
    reader.Take(4 * sources);
    if ((first & 0x10) != 0)
    {
        reader.U16();
        const std::size_t words = reader.U16();
        reader.Take(4 * words);
    }
    if (!reader.Ok() || first >> 6 != VERSION)
    {
        return std::nullopt;
    }
    header.headerLength = reader.Position();
    return header;
}

std::optional<Mki>
PeekMki(ByteView srtp, const SrtpPolicy& policy)
{
    const auto header = SrtpHeaderView::Parse(srtp);
    if (!header || !policy.IsValid())
    {
        return std::nullopt;
    }
    const auto trailer = policy.TrailerOf(header->seq);
    if (srtp.size() < header->headerLength + Mki::SIZE + trailer.Size())
    {
        return std::nullopt;
    }
    ByteReader reader(srtp.Sub(srtp.size() - trailer.roc - trailer.mac - Mki::SIZE));
    return Mki::Decode(reader.Array<Mki::SIZE>());
}

std::optional<uint32_t>
PeekRoc(ByteView srtp, const SrtpPolicy& policy)
{
    const auto header = SrtpHeaderView::Parse(srtp);
    if (!header || !policy.IsValid())
    {
        return std::nullopt;
    }
    const auto trailer = policy.TrailerOf(header->seq);
    if (trailer.roc == 0 || srtp.size() < header->headerLength + trailer.Size())
    {
        return std::nullopt;
    }
    ByteReader reader(srtp.Sub(srtp.size() - trailer.roc - trailer.mac));
    return reader.U32();
}

} // namespace ns3::mbs
