// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_HPACK_SIZER_H
#define MBS_HPACK_SIZER_H

#include "mbs-http2-session.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Says how long the header fields of messages are once HPACK (RFC 7541) has compressed them.
 *
 * What was sent before on the connection makes later messages shorter, so that each is to be asked
 * for once, in the order of sending. The compressor is nghttp2's.
 */
class HpackSizer
{
  public:
    HpackSizer();
    ~HpackSizer();

    HpackSizer(const HpackSizer&) = delete;
    HpackSizer& operator=(const HpackSizer&) = delete;

    /** @param fields the header fields of the next message @return octets of their field block */
    uint32_t Next(const std::vector<Http2Session::Field>& fields);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl; //!< keeps nghttp2 out of this header
};

} // namespace ns3::mbs

#endif // MBS_HPACK_SIZER_H
