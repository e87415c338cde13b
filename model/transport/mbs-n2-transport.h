// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_N2_TRANSPORT_H
#define MBS_N2_TRANSPORT_H

#include "mbs-ap-transport.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A node's end of N2: NGAP PDUs. A gNB connects, the AMF listens.
 */
class N2Endpoint : public ApEndpoint
{
  public:
    /** TCP port, SCTP's number for NGAP (TS 38.412 clause 7). */
    static constexpr uint16_t PORT = 38412;

    /** @return the TypeId ns3::mbs::N2Endpoint */
    static TypeId GetTypeId();

    N2Endpoint();
};

} // namespace ns3::mbs

#endif // MBS_N2_TRANSPORT_H
