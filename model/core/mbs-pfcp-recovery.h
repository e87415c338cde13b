// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PFCP_RECOVERY_H
#define MBS_PFCP_RECOVERY_H

#include "ns3/mbs-n4-transport.h"

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Recovery Time Stamp of PFCP (TS 29.244 clause 8.2.65): when a node began, as NTP has it.
 * @param began simulated time; runs begin on 2026-01-01, as the module's dates do
 * @return seconds since 1900
 */
uint32_t PfcpRecoveryTimeStamp(Time began);

/**
 * @ingroup mbs
 * @brief Sets up a PFCP association, by which both ends learn when the other one began
 * (TS 29.244 clause 6.2.6).
 * @param n4 sends the request
 * @param local the requester's address on N4mb
 * @param peer whom it asks
 * @param began when the requester began
 * @param done gets the peer's recovery time stamp, or nothing if it did not accept; called once,
 * unless the endpoint is disposed of or shut down before
 */
void RequestPfcpAssociation(const Ptr<N4Endpoint>& n4,
                            Ipv4Address local,
                            Ipv4Address peer,
                            Time began,
                            std::function<void(std::optional<uint32_t>)> done);

} // namespace ns3::mbs

#endif // MBS_PFCP_RECOVERY_H
