// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-multicast.h"

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

/** Layout of the transfers that hold nothing but the session's name. */
constexpr auto SESSION_ID_TRANSFER = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({});
    Code(coder, transfer.mbsSessionId);
    coder.End(sequence);
};

constexpr auto UPDATE_REQUEST_TRANSFER_IES = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_SERVICE_AREA, REJECT, message.mbsServiceArea, NGAP_CODE);
    ies.OptionalList(NgapIeId::MBS_QOS_FLOWS_TO_BE_SETUP_MOD_LIST,
                     REJECT,
                     message.mbsQosFlowsToBeSetupModList,
                     NgapCodeList(NGAP_MAX_QOS_FLOWS));
    ies.OptionalList(NgapIeId::MBS_QOS_FLOW_TO_RELEASE_LIST,
                     REJECT,
                     message.mbsQosFlowToReleaseList,
                     NgapCodeList(NGAP_MAX_QOS_FLOWS));
    ies.Optional(NgapIeId::MBS_SESSION_TNL_INFO_5GC,
                 REJECT,
                 message.mbsSessionTnlInfo5Gc,
                 NGAP_CODE);
};

constexpr auto ACTIVATION_REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Mandatory(NgapIeId::MULTICAST_SESSION_ACTIVATION_REQUEST_TRANSFER,
                  REJECT,
                  message.transfer,
                  NGAP_CODE_OCTET_STRING);
};

constexpr auto DEACTIVATION_REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Mandatory(NgapIeId::MULTICAST_SESSION_DEACTIVATION_REQUEST_TRANSFER,
                  REJECT,
                  message.transfer,
                  NGAP_CODE_OCTET_STRING);
};

/** Activation and deactivation answer alike. */
constexpr auto ACTIVATION_RESPONSE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

constexpr auto ACTIVATION_FAILURE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

constexpr auto UPDATE_REQUEST = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_AREA_SESSION_ID,
                 REJECT,
                 message.mbsAreaSessionId,
                 NGAP_CODE_AREA_SESSION_ID);
    ies.Mandatory(NgapIeId::MULTICAST_SESSION_UPDATE_REQUEST_TRANSFER,
                  REJECT,
                  message.transfer,
                  NGAP_CODE_OCTET_STRING);
};

constexpr auto UPDATE_RESPONSE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_AREA_SESSION_ID,
                 REJECT,
                 message.mbsAreaSessionId,
                 NGAP_CODE_AREA_SESSION_ID);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

constexpr auto UPDATE_FAILURE = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, REJECT, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_AREA_SESSION_ID,
                 REJECT,
                 message.mbsAreaSessionId,
                 NGAP_CODE_AREA_SESSION_ID);
    ies.Mandatory(NgapIeId::CAUSE, IGNORE, message.cause, NGAP_CODE);
    ies.Optional(NgapIeId::CRITICALITY_DIAGNOSTICS,
                 IGNORE,
                 message.criticalityDiagnostics,
                 NGAP_CODE);
};

/** Layout of UE-PagingItem. */
constexpr auto UE_PAGING_ITEM = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.pagingDrx.has_value()});
    coder.Choice(0, 2);
    coder.FixedBits(item.ueIdentityIndexValue, 10);
    coder.Optional(sequence.present[0], item.pagingDrx, NGAP_CODE_PAGING_DRX);
    coder.End(sequence);
};

/** Layout of MulticastGroupPagingAreaItem. */
constexpr auto PAGING_AREA_ITEM = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({!item.uePagingList.empty()});
    const auto area = coder.Begin({});
    coder.List(item.mbsAreaTaiList, 1, NGAP_MAX_PAGING_TAIS, NGAP_CODE);
    coder.End(area);
    if (sequence.present[0])
    {
        coder.List(item.uePagingList, 1, 4096, UE_PAGING_ITEM);
    }
    coder.End(sequence);
};

/** Layout of MulticastGroupPagingAreaList. */
constexpr auto PAGING_AREA_LIST = [](auto& coder, auto& list) {
    coder.List(list, 1, 64, PAGING_AREA_ITEM);
};

constexpr auto GROUP_PAGING = [](auto& ies, auto& message) {
    ies.Mandatory(NgapIeId::MBS_SESSION_ID, IGNORE, message.mbsSessionId, NGAP_CODE);
    ies.Optional(NgapIeId::MBS_SERVICE_AREA, IGNORE, message.mbsServiceArea, NGAP_CODE);
    ies.Mandatory(NgapIeId::MULTICAST_GROUP_PAGING_AREA_LIST,
                  IGNORE,
                  message.multicastGroupPagingAreaList,
                  PAGING_AREA_LIST);
};

} // namespace

Bytes
NgapMulticastSessionActivationRequestTransfer::Encode() const
{
    return NgapEncode(*this, SESSION_ID_TRANSFER);
}

Decoded<NgapMulticastSessionActivationRequestTransfer>
NgapMulticastSessionActivationRequestTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMulticastSessionActivationRequestTransfer>(bytes, SESSION_ID_TRANSFER);
}

Bytes
NgapMulticastSessionDeactivationRequestTransfer::Encode() const
{
    return NgapEncode(*this, SESSION_ID_TRANSFER);
}

Decoded<NgapMulticastSessionDeactivationRequestTransfer>
NgapMulticastSessionDeactivationRequestTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMulticastSessionDeactivationRequestTransfer>(bytes, SESSION_ID_TRANSFER);
}

Bytes
NgapMulticastSessionUpdateRequestTransfer::Encode() const
{
    return NgapEncode(*this, NgapIesOnly(UPDATE_REQUEST_TRANSFER_IES));
}

Decoded<NgapMulticastSessionUpdateRequestTransfer>
NgapMulticastSessionUpdateRequestTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapMulticastSessionUpdateRequestTransfer>(
        bytes,
        NgapIesOnly(UPDATE_REQUEST_TRANSFER_IES));
}

Bytes
NgapMulticastSessionActivationRequest::Encode() const
{
    return NgapEncodeMessage(*this, ACTIVATION_REQUEST);
}

Decoded<NgapMulticastSessionActivationRequest>
NgapMulticastSessionActivationRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastSessionActivationRequest>(pdu, ACTIVATION_REQUEST);
}

Bytes
NgapMulticastSessionActivationResponse::Encode() const
{
    return NgapEncodeMessage(*this, ACTIVATION_RESPONSE);
}

Decoded<NgapMulticastSessionActivationResponse>
NgapMulticastSessionActivationResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastSessionActivationResponse>(pdu, ACTIVATION_RESPONSE);
}

Bytes
NgapMulticastSessionActivationFailure::Encode() const
{
    return NgapEncodeMessage(*this, ACTIVATION_FAILURE);
}

Decoded<NgapMulticastSessionActivationFailure>
NgapMulticastSessionActivationFailure::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastSessionActivationFailure>(pdu, ACTIVATION_FAILURE);
}

Bytes
NgapMulticastSessionDeactivationRequest::Encode() const
{
    return NgapEncodeMessage(*this, DEACTIVATION_REQUEST);
}

Decoded<NgapMulticastSessionDeactivationRequest>
NgapMulticastSessionDeactivationRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastSessionDeactivationRequest>(pdu, DEACTIVATION_REQUEST);
}

Bytes
NgapMulticastSessionDeactivationResponse::Encode() const
{
    return NgapEncodeMessage(*this, ACTIVATION_RESPONSE);
}

Decoded<NgapMulticastSessionDeactivationResponse>
NgapMulticastSessionDeactivationResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastSessionDeactivationResponse>(pdu, ACTIVATION_RESPONSE);
}

Bytes
NgapMulticastSessionUpdateRequest::Encode() const
{
    return NgapEncodeMessage(*this, UPDATE_REQUEST);
}

Decoded<NgapMulticastSessionUpdateRequest>
NgapMulticastSessionUpdateRequest::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastSessionUpdateRequest>(pdu, UPDATE_REQUEST);
}

Bytes
NgapMulticastSessionUpdateResponse::Encode() const
{
    return NgapEncodeMessage(*this, UPDATE_RESPONSE);
}

Decoded<NgapMulticastSessionUpdateResponse>
NgapMulticastSessionUpdateResponse::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastSessionUpdateResponse>(pdu, UPDATE_RESPONSE);
}

Bytes
NgapMulticastSessionUpdateFailure::Encode() const
{
    return NgapEncodeMessage(*this, UPDATE_FAILURE);
}

Decoded<NgapMulticastSessionUpdateFailure>
NgapMulticastSessionUpdateFailure::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastSessionUpdateFailure>(pdu, UPDATE_FAILURE);
}

Bytes
NgapMulticastGroupPaging::Encode() const
{
    return NgapEncodeMessage(*this, GROUP_PAGING);
}

Decoded<NgapMulticastGroupPaging>
NgapMulticastGroupPaging::Decode(ByteView pdu)
{
    return NgapDecodeMessage<NgapMulticastGroupPaging>(pdu, GROUP_PAGING);
}

} // namespace ns3::mbs
