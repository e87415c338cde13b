// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-hpack-sizer.h"

#include "mbs-wiping-malloc.h"

#include "ns3/mbs-bytes.h"

#include "ns3/assert.h"

#include <nghttp2/nghttp2.h>

namespace ns3::mbs
{

namespace
{

/** Octets of the table that a compressor keeps (RFC 9113 clause 6.5.2, SETTINGS_HEADER_TABLE_SIZE).
 */
constexpr std::size_t TABLE_SIZE = 4096;

} // namespace

/** @brief The part of a sizer that knows nghttp2. */
struct HpackSizer::Impl
{
    /** Where its memory comes from; it keeps a pointer to this. */
    nghttp2_mem memory{nullptr, &WipingMalloc, &WipingFree, &WipingCalloc, &WipingRealloc};
    nghttp2_hd_deflater* deflater{nullptr}; //!< the compressor
    std::vector<nghttp2_nv> fields;         //!< nghttp2's form, of the message at hand
    Bytes block;                            //!< what it writes, which nobody reads
};

HpackSizer::HpackSizer()
    : m_impl(std::make_unique<Impl>())
{
    nghttp2_hd_deflate_new2(&m_impl->deflater, TABLE_SIZE, &m_impl->memory);
}

HpackSizer::~HpackSizer()
{
    nghttp2_hd_deflate_del(m_impl->deflater);
}

uint32_t
HpackSizer::Next(const std::vector<Http2Session::Field>& fields)
{
    m_impl->fields.clear();
    for (const Http2Session::Field& field : fields)
    {
        // nghttp2 copies both and changes neither.
        m_impl->fields.push_back(
            {reinterpret_cast<uint8_t*>(const_cast<char*>(field.first.data())),
             reinterpret_cast<uint8_t*>(const_cast<char*>(field.second.data())),
             field.first.size(),
             field.second.size(),
             NGHTTP2_NV_FLAG_NONE});
    }
    const std::size_t bound =
        nghttp2_hd_deflate_bound(m_impl->deflater, m_impl->fields.data(), m_impl->fields.size());
    if (m_impl->block.size() < bound)
    {
        m_impl->block.resize(bound);
    }
    const ssize_t size = nghttp2_hd_deflate_hd(m_impl->deflater,
                                               m_impl->block.data(),
                                               m_impl->block.size(),
                                               m_impl->fields.data(),
                                               m_impl->fields.size());
    NS_ASSERT_MSG(size >= 0, "HPACK needs no more room than its bound");
    return static_cast<uint32_t>(size);
}

} // namespace ns3::mbs
