// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-pfcp-recovery.h"

#include "ns3/mbs-pfcp.h"

#include <utility>

namespace ns3::mbs
{

uint32_t
PfcpRecoveryTimeStamp(Time began)
{
    constexpr uint32_t RUN_BEGINS = 3976214400U;
    return RUN_BEGINS + static_cast<uint32_t>(began.GetSeconds());
}

void
RequestPfcpAssociation(const Ptr<N4Endpoint>& n4,
                       Ipv4Address local,
                       Ipv4Address peer,
                       Time began,
                       std::function<void(std::optional<uint32_t>)> done)
{
    PfcpAssociationSetupRequest request;
    request.nodeId.address = local;
    request.recoveryTimeStamp = PfcpRecoveryTimeStamp(began);
    n4->SendRequest(peer,
                    request.Encode(),
                    ToString(PfcpType::ASSOCIATION_SETUP_REQUEST),
                    [done = std::move(done)](const std::optional<Bytes>& answer) {
                        const auto response = answer ? PfcpAssociationSetupResponse::Decode(*answer)
                                                     : DecodeError::TRUNCATED;
                        done(response && response->cause == PfcpCause::ACCEPTED
                                 ? std::optional<uint32_t>(response->recoveryTimeStamp)
                                 : std::nullopt);
                    });
}

} // namespace ns3::mbs
