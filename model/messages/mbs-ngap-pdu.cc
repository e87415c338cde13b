// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-pdu.h"

#include "mbs-ngap-envelope.h"

namespace ns3::mbs
{

namespace
{

/** Alternatives of NGAP-PDU. */
constexpr uint64_t PDU_KINDS = 3;

/** What an NGAP-PDU holds. */
struct Envelope
{
    NgapMessageType type; //!< which message
    ByteView message;     //!< its encoding
};

/** @param pdu an NGAP-PDU @return what it holds */
Decoded<Envelope>
Open(ByteView pdu)
{
    AperReader reader(pdu);
    const uint64_t kind = reader.Enumerated(PDU_KINDS, true);
    if (kind >= PDU_KINDS)
    {
        return DecodeError::UNSUPPORTED;
    }
    Envelope envelope;
    envelope.type.kind = static_cast<NgapPduKind>(kind);
    envelope.type.procedureCode = static_cast<uint8_t>(reader.Constrained(0, UINT8_MAX));
    reader.Enumerated(3, false); // the procedure's criticality is known
    envelope.message = reader.OpenType();
    reader.Finish();
    if (!reader.Ok())
    {
        return reader.Error();
    }
    return envelope;
}

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
    case NgapProcedureCode::PAGING:
    case NgapProcedureCode::MULTICAST_GROUP_PAGING:
        return NgapCriticality::IGNORE;
    default:
        return NgapCriticality::REJECT;
    }
}

/** A message's name. */
struct Name
{
    uint8_t procedureCode;                   //!< its procedure
    std::array<const char*, PDU_KINDS> name; //!< of the initiating message and the outcomes
};

/** Names of the messages this module knows. */
constexpr std::array<Name, 19> NAMES{{
    {NgapProcedureCode::DOWNLINK_NAS_TRANSPORT, {"DownlinkNASTransport", nullptr, nullptr}},
    {NgapProcedureCode::ERROR_INDICATION, {"ErrorIndication", nullptr, nullptr}},
    {NgapProcedureCode::INITIAL_UE_MESSAGE, {"InitialUEMessage", nullptr, nullptr}},
    {NgapProcedureCode::NG_RESET, {"NGReset", "NGResetAcknowledge", nullptr}},
    {NgapProcedureCode::PAGING, {"Paging", nullptr, nullptr}},
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
    const auto envelope = Open(pdu);
    if (!envelope)
    {
        return envelope.Error();
    }
    return envelope->type;
}

const char*
NgapMessageName(const NgapMessageType& type)
{
    for (const Name& entry : NAMES)
    {
        const char* name = entry.name[static_cast<std::size_t>(type.kind)];
        if (entry.procedureCode == type.procedureCode && name != nullptr)
        {
            return name;
        }
    }
    return "unknown";
}

Bytes
NgapWrap(const NgapMessageType& type, ByteView message)
{
    AperWriter writer;
    writer.Enumerated(static_cast<uint64_t>(type.kind), PDU_KINDS, true);
    writer.Constrained(type.procedureCode, 0, UINT8_MAX);
    writer.Enumerated(static_cast<uint64_t>(ProcedureCriticality(type.procedureCode)), 3, false);
    writer.OpenType(message);
    return message.empty() ? Bytes() : writer.Release();
}

Decoded<ByteView>
NgapUnwrap(const NgapMessageType& type, ByteView pdu)
{
    const auto envelope = Open(pdu);
    if (!envelope)
    {
        return envelope.Error();
    }
    if (envelope->type != type)
    {
        return DecodeError::UNSUPPORTED;
    }
    return envelope->message;
}

} // namespace ns3::mbs
