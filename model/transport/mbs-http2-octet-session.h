// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_HTTP2_OCTET_SESSION_H
#define MBS_HTTP2_OCTET_SESSION_H

#include "mbs-http2-session.h"

#include <memory>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief One end of an HTTP/2 connection as octets: framing, HPACK and flow control are nghttp2's.
 */
class Http2OctetSession : public Http2Session
{
  public:
    /**
     * @param role which end
     * @param limits what the other end may do
     */
    Http2OctetSession(Role role, const Limits& limits);
    ~Http2OctetSession() override;

    void Receive(ByteView octets) override;
    void Receive(StreamParcel& parcel) override;
    bool Send(OctetStream& stream, std::size_t limit) override;

    /**
     * @brief Octets to be sent, at least one frame when there is one that flow control lets go.
     * @param limit stop once there are so many
     * @return the octets
     */
    Bytes Pull(std::size_t limit);

    int32_t Request(const std::vector<FieldView>& fields, SharedBytes body) override;
    bool Respond(int32_t stream, const std::vector<FieldView>& fields, SharedBytes body) override;
    void Cancel(int32_t stream) override;
    void Terminate() override;
    bool WantsToSend() const override;
    bool TakesRequests() const override;
    bool Failed() const override;
    bool IsDone() const override;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl; //!< keeps nghttp2 out of this header
};

} // namespace ns3::mbs

#endif // MBS_HTTP2_OCTET_SESSION_H
