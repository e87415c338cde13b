// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_SERVER_H
#define MBS_SBI_SERVER_H

#include "mbs-sbi-connection-pool.h"
#include "mbs-sbi-router.h"

#include <memory>
#include <vector>

namespace ns3::mbs
{

/** @brief The half of an endpoint that is asked: finds handlers, and puts answers on the wire. */
class SbiEndpoint::Server : public std::enable_shared_from_this<SbiEndpoint::Server>
{
  public:
    /** A connection. */
    using Connection = ConnectionPool::Connection;

    /** @param owner whose attributes and traces */
    explicit Server(SbiEndpoint& owner);

    /** @return who handles what */
    SbiRouter& Router();

    /** @param connection where @param event a request */
    void HandleRequest(const Ptr<Connection>& connection, Http2Session::Event& event);

    /** @param connection where @param event a stream that ended */
    void HandleClosed(const Ptr<Connection>& connection, const Http2Session::Event& event);

  private:
    /**
     * @brief Answers a request, unless its connection or stream is gone.
     * @param number the connection
     * @param stream the stream
     * @param response the answer
     * @param more further header fields
     */
    void Respond(uint64_t number,
                 int32_t stream,
                 const SbiResponse& response,
                 const std::vector<Http2Session::FieldView>& more);

    SbiEndpoint& m_owner; //!< attributes and traces
    SbiRouter m_router;   //!< who handles what
};

} // namespace ns3::mbs

#endif // MBS_SBI_SERVER_H
