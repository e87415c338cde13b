// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-packet.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/**
 * @brief Two octets as they are in a packet. Every packet is parsed, so that a ByteReader, which
 * checks each step, would be a tenth of what AES-GCM costs.
 * @param octets where they are
 * @return the number
 */
uint16_t
Load16(const uint8_t* octets)
{
    return static_cast<uint16_t>(octets[0] << 8 | octets[1]);
}

/**
 * @param octets where four octets are
 * @return the number
 */
uint32_t
Load32(const uint8_t* octets)
{
    return static_cast<uint32_t>(Load16(octets)) << 16 | Load16(octets + 2);
}

} // namespace

std::optional<SrtpHeaderView>
SrtpHeaderView::Parse(ByteView packet)
{
    static constexpr uint8_t VERSION = 2;
    static constexpr std::size_t FIXED = 12;
    static constexpr std::size_t EXTENSION = 4;
    const uint8_t* octets = packet.data();
    if (packet.size() < FIXED || octets[0] >> 6 != VERSION)
    {
        return std::nullopt;
    }
    std::size_t length = FIXED + 4 * static_cast<std::size_t>(octets[0] & 0x0f);
    if ((octets[0] & 0x10) != 0)
    {
        if (packet.size() < length + EXTENSION)
        {
            return std::nullopt;
        }
        length += EXTENSION + 4 * static_cast<std::size_t>(Load16(octets + length + 2));
    }
    if (packet.size() < length)
    {
        return std::nullopt;
    }
    SrtpHeaderView header;
    header.seq = Load16(octets + 2);
    header.timestamp = Load32(octets + 4);
    header.ssrc = Load32(octets + 8);
    header.headerLength = length;
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
    std::array<uint8_t, Mki::SIZE> mki;
    std::copy_n(srtp.data() + srtp.size() - trailer.roc - trailer.mac - Mki::SIZE,
                Mki::SIZE,
                mki.begin());
    return Mki::Decode(mki);
}

std::optional<uint32_t>
PeekRoc(ByteView srtp, const SrtpPolicy& policy)
{
    if (policy.carriage.mode == SrtpRocMode::NONE)
    {
        return std::nullopt;
    }
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
    return Load32(srtp.data() + srtp.size() - trailer.roc - trailer.mac);
}

} // namespace ns3::mbs
