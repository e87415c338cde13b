// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-ue.h"

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

constexpr auto DOWNLINK_NAS_TRANSPORT = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, REJECT);
    ies.Mandatory(NgapIeId::NAS_PDU, REJECT, message.nasPdu, NGAP_CODE_OCTET_STRING);
};

constexpr auto UPLINK_NAS_TRANSPORT = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, REJECT);
    ies.Mandatory(NgapIeId::NAS_PDU, REJECT, message.nasPdu, NGAP_CODE_OCTET_STRING);
    ies.Mandatory(NgapIeId::USER_LOCATION_INFORMATION,
                  IGNORE,
                  message.userLocationInformation,
                  NGAP_CODE);
};

/** Layout of PDUSessionResourceModifyItemModReq. */
constexpr auto ITEM_MOD_REQ = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.nasPdu.has_value()}, item.sNssai.has_value());
    coder.Integer(item.pduSessionId, 0, UINT8_MAX);
    coder.Optional(sequence.present[0], item.nasPdu, NGAP_CODE_OCTET_STRING);
    coder.OctetString(item.transfer);
    coder.End(sequence,
              [&](auto& ies) { ies.Optional(NgapIeId::S_NSSAI, REJECT, item.sNssai, NGAP_CODE); });
};

/** Layout of PDUSessionResourceModifyItemModRes and ...FailedToModifyItemModRes. */
constexpr auto ITEM_MOD_RES = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({});
    coder.Integer(item.pduSessionId, 0, UINT8_MAX);
    coder.OctetString(item.transfer);
    coder.End(sequence);
};

constexpr auto LIST_MOD_REQ = [](auto& coder, auto& list) {
    coder.List(list, 1, NGAP_MAX_PDU_SESSIONS, ITEM_MOD_REQ);
};

constexpr auto LIST_MOD_RES = [](auto& coder, auto& list) {
    coder.List(list, 1, NGAP_MAX_PDU_SESSIONS, ITEM_MOD_RES);
};

constexpr auto MODIFY_REQUEST = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, REJECT);
    ies.Mandatory(NgapIeId::PDU_SESSION_RESOURCE_MODIFY_LIST_MOD_REQ,
                  REJECT,
                  message.sessions,
                  LIST_MOD_REQ);
};

constexpr auto MODIFY_RESPONSE = [](auto& ies, auto& message) {
    NgapCodeUeIds(ies, message, IGNORE);
    ies.OptionalList(NgapIeId::PDU_SESSION_RESOURCE_MODIFY_LIST_MOD_RES,
                     IGNORE,
                     message.modified,
                     LIST_MOD_RES);
    ies.OptionalList(NgapIeId::PDU_SESSION_RESOURCE_FAILED_TO_MODIFY_LIST_MOD_RES,
                     IGNORE,
                     message.failed,
                     LIST_MOD_RES);
    ies.Optional(NgapIeId::USER_LOCATION_INFORMATION,
                 IGNORE,
                 message.userLocationInformation,
                 NGAP_CODE);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

/** Layout of TAIListForPaging, whose items wrap a TAI. */
constexpr auto TAI_LIST_FOR_PAGING = [](auto& coder, auto& list) {
    coder.List(list, 1, NGAP_MAX_PAGING_TAIS, [](auto& c, auto& tai) {
        const auto sequence = c.Begin({});
        Code(c, tai);
        c.End(sequence);
    });
};

/** Layout of UEPagingIdentity. */
constexpr auto UE_PAGING_IDENTITY = [](auto& coder, auto& identity) {
    coder.Choice(0, 2);
    Code(coder, identity);
};

constexpr auto PAGING = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::UE_PAGING_IDENTITY,
                  IGNORE,
                  message.uePagingIdentity,
                  UE_PAGING_IDENTITY);
    ies.Optional(NgapIeId::PAGING_DRX, IGNORE, message.pagingDrx, NGAP_CODE_PAGING_DRX);
    ies.Mandatory(NgapIeId::TAI_LIST_FOR_PAGING,
                  IGNORE,
                  message.taiListForPaging,
                  TAI_LIST_FOR_PAGING);
};

constexpr auto ERROR_INDICATION = [](auto& ies, auto& message) {
    ies.Optional(NgapIeId::AMF_UE_NGAP_ID, IGNORE, message.amfUeNgapId, NGAP_CODE_AMF_UE_NGAP_ID);
    ies.Optional(NgapIeId::RAN_UE_NGAP_ID, IGNORE, message.ranUeNgapId, NGAP_CODE_RAN_UE_NGAP_ID);
    ies.Optional(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

} // namespace

Bytes
NgapDownlinkNasTransport::Encode() const
{
    return NgapEncodeMessage(*this, DOWNLINK_NAS_TRANSPORT);
}

Decoded<NgapDownlinkNasTransport>
NgapDownlinkNasTransport::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapDownlinkNasTransport>(pdu, DOWNLINK_NAS_TRANSPORT);
}

Bytes
NgapUplinkNasTransport::Encode() const
{
    return NgapEncodeMessage(*this, UPLINK_NAS_TRANSPORT);
}

Decoded<NgapUplinkNasTransport>
NgapUplinkNasTransport::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapUplinkNasTransport>(pdu, UPLINK_NAS_TRANSPORT);
}

Bytes
NgapPduSessionResourceModifyRequest::Encode() const
{
    return NgapEncodeMessage(*this, MODIFY_REQUEST);
}

Decoded<NgapPduSessionResourceModifyRequest>
NgapPduSessionResourceModifyRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapPduSessionResourceModifyRequest>(pdu, MODIFY_REQUEST);
}

Bytes
NgapPduSessionResourceModifyResponse::Encode() const
{
    return NgapEncodeMessage(*this, MODIFY_RESPONSE);
}

Decoded<NgapPduSessionResourceModifyResponse>
NgapPduSessionResourceModifyResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapPduSessionResourceModifyResponse>(pdu, MODIFY_RESPONSE);
}

Bytes
NgapPaging::Encode() const
{
    return NgapEncodeMessage(*this, PAGING);
}

Decoded<NgapPaging>
NgapPaging::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapPaging>(pdu, PAGING);
}

Bytes
NgapErrorIndication::Encode() const
{
    return NgapEncodeMessage(*this, ERROR_INDICATION);
}

Decoded<NgapErrorIndication>
NgapErrorIndication::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapErrorIndication>(pdu, ERROR_INDICATION);
}

} // namespace ns3::mbs
