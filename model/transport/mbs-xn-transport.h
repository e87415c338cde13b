// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_XN_TRANSPORT_H
#define MBS_XN_TRANSPORT_H

#include "mbs-ap-transport.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A gNB's end of Xn-C: XnAP PDUs. Of two neighbours one connects and the other listens; both
 * may send then. That they are neighbours is configuration: there is no XN SETUP.
 */
class XnEndpoint : public ApEndpoint
{
  public:
    /** TCP port, SCTP's number for XnAP (TS 38.422 clause 7). */
    static constexpr uint16_t PORT = 38422;

    /** @return the TypeId ns3::mbs::XnEndpoint */
    static TypeId GetTypeId();

    XnEndpoint();
};

} // namespace ns3::mbs

#endif // MBS_XN_TRANSPORT_H
