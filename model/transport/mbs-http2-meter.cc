// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-http2-meter.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Frame types that belong to messages (RFC 9113 clause 6). */
constexpr uint8_t FRAME_DATA = 0x0;
constexpr uint8_t FRAME_HEADERS = 0x1;
constexpr uint8_t FRAME_CONTINUATION = 0x9;

/** Frame flags (RFC 9113 clause 6). */
constexpr uint8_t FLAG_END_STREAM = 0x1;
constexpr uint8_t FLAG_END_HEADERS = 0x4;

} // namespace

Http2Meter::Http2Meter(uint32_t preface)
    : m_preface(preface),
      m_carried(preface)
{
}

void
Http2Meter::Feed(ByteView octets, const Complete& complete, const Control& control)
{
    std::size_t at = std::min<std::size_t>(m_preface, octets.size());
    m_preface -= at;
    while (at < octets.size())
    {
        if (m_held < FRAME_HEADER_SIZE)
        {
            const std::size_t more =
                std::min<std::size_t>(FRAME_HEADER_SIZE - m_held, octets.size() - at);
            std::copy_n(octets.begin() + at, more, m_header.begin() + m_held);
            at += more;
            m_held += more;
            if (m_held < FRAME_HEADER_SIZE)
            {
                return;
            }
            m_payload = ByteReader(m_header).U24();
            m_size = m_payload + FRAME_HEADER_SIZE;
        }
        const std::size_t step = std::min<std::size_t>(m_payload, octets.size() - at);
        at += step;
        m_payload -= step;
        if (m_payload == 0)
        {
            EndFrame(complete, control);
            m_held = 0;
        }
    }
}

void
Http2Meter::EndFrame(const Complete& complete, const Control& control)
{
    ByteReader reader(m_header);
    reader.U24();
    const uint8_t type = reader.U8();
    const uint8_t flags = reader.U8();
    const auto stream = static_cast<int32_t>(reader.U32() & 0x7fffffff);
    if (stream == 0 || (type != FRAME_DATA && type != FRAME_HEADERS && type != FRAME_CONTINUATION))
    {
        control(m_size + m_carried);
        m_carried = 0;
        return;
    }
    uint32_t& total = m_open[stream];
    total += m_size;
    bool end = (flags & FLAG_END_STREAM) != 0 && type != FRAME_CONTINUATION;
    if (type != FRAME_DATA)
    {
        // With END_HEADERS missing, the message goes on in CONTINUATION frames.
        end = end || m_ending;
        m_ending = end && (flags & FLAG_END_HEADERS) == 0;
        end = end && !m_ending;
    }
    if (end)
    {
        const uint32_t octets = total;
        m_open.erase(stream);
        complete(stream, octets);
    }
}

uint32_t
Http2Meter::Forget(int32_t stream)
{
    const auto entry = m_open.find(stream);
    if (entry == m_open.end())
    {
        return 0;
    }
    const uint32_t octets = entry->second;
    m_open.erase(entry);
    return octets;
}

std::vector<int32_t>
Http2Meter::Open() const
{
    std::vector<int32_t> streams;
    streams.reserve(m_open.size());
    for (const auto& entry : m_open)
    {
        streams.push_back(entry.first);
    }
    return streams;
}

} // namespace ns3::mbs
