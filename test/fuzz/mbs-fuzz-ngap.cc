// SPDX-License-Identifier: GPL-2.0-only
#include "../mbs-ngap-values.h"
#include "mbs-fuzz.h"

#include "ns3/mbs-ngap-pdu.h"
#include "ns3/mbs-ngap.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** Takes octets as one type of message or transfer. */
using Read = Decoded<Bytes> (*)(ByteView octets);

/** @tparam T a message @param octets a PDU @return its encoding, or why it was refused */
template <typename T>
Decoded<Bytes>
ReadMessage(ByteView octets)
{
    const auto type = NgapPeek(octets);
    const auto once = Recode<T>(octets);
    Require(!once || (type && *type == T::TYPE), "a PDU is of another type at a glance");
    return once;
}

/** All of them; the first octet of an input says as which one the rest is read. */
constexpr Read READS[] = {
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
};

/** How many there are. */
constexpr std::size_t COUNT = std::size(READS);

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    Input input(octets);
    const Read read = READS[input.Choose(COUNT)];
    if (const auto type = NgapPeek(input.Rest()))
    {
        NgapMessageName(*type);
    }
    return bool(read(input.Rest()));
}

/** @return every message and transfer */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds;
    for (const NgapValue& value : NgapValues())
    {
        for (std::size_t i = 0; i < COUNT; ++i)
        {
            if (READS[i](value.octets))
            {
                seeds.push_back(Prefixed(Choice(i, COUNT), value.octets));
            }
        }
    }
    return seeds;
}

const Target TARGET("ngap", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
