// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz-ap.h"

#include "ns3/mbs-ngap-pdu.h"
#include "ns3/mbs-ngap.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @tparam T a message @param octets a PDU @return its encoding, or why it was refused */
template <typename T>
Decoded<Bytes>
ReadMessage(ByteView octets)
{
    const auto type = NgapPeek(octets);
    if (type)
    {
        NgapMessageName(*type);
    }
    return RecodeAp<T>(type, octets);
}

/** All of them; the first octet of an input says as which one the rest is read. */
constexpr ReadAp READS[] = {
    &ReadMessage<NgapDownlinkNasTransport>,
    &ReadMessage<NgapUplinkNasTransport>,
    &ReadMessage<NgapPduSessionResourceModifyRequest>,
    &ReadMessage<NgapPduSessionResourceModifyResponse>,
    &ReadMessage<NgapPaging>,
    &ReadMessage<NgapErrorIndication>,
    &ReadMessage<NgapDistributionSetupRequest>,
    &ReadMessage<NgapDistributionSetupResponse>,
    &ReadMessage<NgapDistributionSetupFailure>,
    &ReadMessage<NgapDistributionReleaseRequest>,
    &ReadMessage<NgapDistributionReleaseResponse>,
    &ReadMessage<NgapMulticastSessionActivationRequest>,
    &ReadMessage<NgapMulticastSessionActivationResponse>,
    &ReadMessage<NgapMulticastSessionActivationFailure>,
    &ReadMessage<NgapMulticastSessionDeactivationRequest>,
    &ReadMessage<NgapMulticastSessionDeactivationResponse>,
    &ReadMessage<NgapMulticastSessionUpdateRequest>,
    &ReadMessage<NgapMulticastSessionUpdateResponse>,
    &ReadMessage<NgapMulticastSessionUpdateFailure>,
    &ReadMessage<NgapMulticastGroupPaging>,
    &Recode<NgapPduSessionResourceModifyRequestTransfer>,
    &Recode<NgapPduSessionResourceModifyResponseTransfer>,
    &Recode<NgapPduSessionResourceModifyUnsuccessfulTransfer>,
    &Recode<NgapMbsDistributionSetupRequestTransfer>,
    &Recode<NgapMbsDistributionSetupResponseTransfer>,
    &Recode<NgapMbsDistributionSetupUnsuccessfulTransfer>,
    &Recode<NgapMbsDistributionReleaseRequestTransfer>,
    &Recode<NgapMulticastSessionActivationRequestTransfer>,
    &Recode<NgapMulticastSessionDeactivationRequestTransfer>,
    &Recode<NgapMulticastSessionUpdateRequestTransfer>,
    &ReadMessage<NgapNgReset>,
    &ReadMessage<NgapNgResetAcknowledge>,
    &ReadMessage<NgapBroadcastSessionSetupRequest>,
    &ReadMessage<NgapBroadcastSessionSetupResponse>,
    &ReadMessage<NgapBroadcastSessionSetupFailure>,
    &ReadMessage<NgapBroadcastSessionModificationRequest>,
    &ReadMessage<NgapBroadcastSessionModificationResponse>,
    &ReadMessage<NgapBroadcastSessionModificationFailure>,
    &ReadMessage<NgapBroadcastSessionReleaseRequest>,
    &ReadMessage<NgapBroadcastSessionReleaseResponse>,
    &ReadMessage<NgapBroadcastSessionReleaseRequired>,
    &Recode<NgapMbsSessionSetupOrModRequestTransfer>,
    &Recode<NgapMbsSessionSetupOrModResponseTransfer>,
    &Recode<NgapMbsSessionSetupOrModFailureTransfer>,
    &Recode<NgapMbsSessionReleaseResponseTransfer>,
    &ReadMessage<NgapInitialUeMessage>,
    &ReadMessage<NgapUeContextReleaseRequest>,
    &ReadMessage<NgapUeContextReleaseCommand>,
    &ReadMessage<NgapUeContextReleaseComplete>,
    &ReadMessage<NgapPathSwitchRequest>,
    &ReadMessage<NgapPathSwitchRequestAcknowledge>,
    &ReadMessage<NgapPathSwitchRequestFailure>,
    &ReadMessage<NgapNasNonDeliveryIndication>,
    &Recode<NgapPathSwitchRequestTransfer>,
    &Recode<NgapPathSwitchRequestAcknowledgeTransfer>,
    &Recode<NgapPathSwitchRequestCauseTransfer>,
};

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    return RunAp(READS, octets);
}

/** @return every message and transfer */
std::vector<Bytes>
Seeds()
{
    return ApSeeds(READS, NgapValues());
}

const Target TARGET("ngap", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
