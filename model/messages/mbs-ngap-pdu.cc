// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-pdu.h"

#include "mbs-ngap-envelope.h"

namespace ns3::mbs
{

namespace
{

/** @param procedureCode one of ours @return its criticality (TS 38.413 clause 9.4.3) */
NgapCriticality
ProcedureCriticality(uint8_t procedureCode)
{
    switch (procedureCode)
    {
    case NgapProcedureCode::DOWNLINK_NAS_TRANSPORT:
    case NgapProcedureCode::UPLINK_NAS_TRANSPORT:
    case NgapProcedureCode::ERROR_INDICATION:
    case NgapProcedureCode::INITIAL_UE_MESSAGE:
    case NgapProcedureCode::UE_CONTEXT_RELEASE_REQUEST:
    case NgapProcedureCode::NAS_NON_DELIVERY_INDICATION:
    case NgapProcedureCode::PAGING:
    case NgapProcedureCode::MULTICAST_GROUP_PAGING:
        return NgapCriticality::IGNORE;
    default:
        return NgapCriticality::REJECT;
    }
}

/** Names of the messages this module knows. */
constexpr std::array<ApMessageNames, 21> NAMES{{
    {NgapProcedureCode::DOWNLINK_NAS_TRANSPORT, {"DownlinkNASTransport", nullptr, nullptr}},
    {NgapProcedureCode::ERROR_INDICATION, {"ErrorIndication", nullptr, nullptr}},
    {NgapProcedureCode::INITIAL_UE_MESSAGE, {"InitialUEMessage", nullptr, nullptr}},
    {NgapProcedureCode::NAS_NON_DELIVERY_INDICATION,
     {"NASNonDeliveryIndication", nullptr, nullptr}},
    {NgapProcedureCode::NG_RESET, {"NGReset", "NGResetAcknowledge", nullptr}},
    {NgapProcedureCode::PAGING, {"Paging", nullptr, nullptr}},
    {NgapProcedureCode::PATH_SWITCH_REQUEST,
     {"PathSwitchRequest", "PathSwitchRequestAcknowledge", "PathSwitchRequestFailure"}},
    {NgapProcedureCode::PDU_SESSION_RESOURCE_MODIFY,
     {"PDUSessionResourceModifyRequest", "PDUSessionResourceModifyResponse", nullptr}},
    {NgapProcedureCode::UE_CONTEXT_RELEASE,
     {"UEContextReleaseCommand", "UEContextReleaseComplete", nullptr}},
    {NgapProcedureCode::UE_CONTEXT_RELEASE_REQUEST, {"UEContextReleaseRequest", nullptr, nullptr}},
    {NgapProcedureCode::UPLINK_NAS_TRANSPORT, {"UplinkNASTransport", nullptr, nullptr}},
    {NgapProcedureCode::BROADCAST_SESSION_MODIFICATION,
     {"BroadcastSessionModificationRequest",
      "BroadcastSessionModificationResponse",
      "BroadcastSessionModificationFailure"}},
    {NgapProcedureCode::BROADCAST_SESSION_RELEASE,
     {"BroadcastSessionReleaseRequest", "BroadcastSessionReleaseResponse", nullptr}},
    {NgapProcedureCode::BROADCAST_SESSION_SETUP,
     {"BroadcastSessionSetupRequest",
      "BroadcastSessionSetupResponse",
      "BroadcastSessionSetupFailure"}},
    {NgapProcedureCode::DISTRIBUTION_SETUP,
     {"DistributionSetupRequest", "DistributionSetupResponse", "DistributionSetupFailure"}},
    {NgapProcedureCode::DISTRIBUTION_RELEASE,
     {"DistributionReleaseRequest", "DistributionReleaseResponse", nullptr}},
    {NgapProcedureCode::MULTICAST_SESSION_ACTIVATION,
     {"MulticastSessionActivationRequest",
      "MulticastSessionActivationResponse",
      "MulticastSessionActivationFailure"}},
    {NgapProcedureCode::MULTICAST_SESSION_DEACTIVATION,
     {"MulticastSessionDeactivationRequest", "MulticastSessionDeactivationResponse", nullptr}},
    {NgapProcedureCode::MULTICAST_SESSION_UPDATE,
     {"MulticastSessionUpdateRequest",
      "MulticastSessionUpdateResponse",
      "MulticastSessionUpdateFailure"}},
    {NgapProcedureCode::MULTICAST_GROUP_PAGING, {"MulticastGroupPaging", nullptr, nullptr}},
    {NgapProcedureCode::BROADCAST_SESSION_RELEASE_REQUIRED,
     {"BroadcastSessionReleaseRequired", nullptr, nullptr}},
}};

} // namespace

Decoded<NgapMessageType>
NgapPeek(ByteView pdu)
{
    return ApPeek<NgapProtocol>(pdu);
}

const char*
NgapMessageName(const NgapMessageType& type)
{
    return ApMessageName(NAMES, type);
}

std::size_t
ApBegin(AperWriter& writer, const NgapMessageType& type)
{
    return ApBegin(writer, type.kind, type.procedureCode, ProcedureCriticality(type.procedureCode));
}

} // namespace ns3::mbs
