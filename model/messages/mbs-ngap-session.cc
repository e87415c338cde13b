// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-session.h"

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-ngap-ie-id.h"

namespace ns3::mbs
{

namespace
{

constexpr auto REJECT = NgapCriticality::REJECT;
constexpr auto IGNORE = NgapCriticality::IGNORE;

/** Layout of AssociatedMBSQosFlowSetuporModifyRequestItem. */
constexpr auto ASSOCIATED_FLOW = [](auto& coder, auto& item) {
    NGAP_CODE_QFI_PAIR(coder, item.mbsQosFlowIdentifier, item.associatedUnicastQosFlowIdentifier);
};

/** Layout of MBSSessionSetuporModifyRequestItem. */
constexpr auto SETUP_OR_MODIFY_REQUEST_ITEM = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.mbsAreaSessionId.has_value(),
                                       !item.associatedQosFlows.empty(),
                                       !item.qosFlowsToRelease.empty()});
    Code(coder, item.mbsSessionId);
    coder.Optional(sequence.present[0], item.mbsAreaSessionId, NGAP_CODE_AREA_SESSION_ID);
    if (sequence.present[1])
    {
        coder.List(item.associatedQosFlows, 1, NGAP_MAX_QOS_FLOWS, ASSOCIATED_FLOW);
    }
    if (sequence.present[2])
    {
        coder.List(item.qosFlowsToRelease, 1, NGAP_MAX_QOS_FLOWS, NGAP_CODE);
    }
    coder.End(sequence);
};

/** Layout of MBSSessionToReleaseItem. */
constexpr auto TO_RELEASE_ITEM = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({});
    Code(coder, item.mbsSessionId);
    Code(coder, item.cause);
    coder.End(sequence);
};

/** Layout of QosFlowAddOrModifyRequestItem. */
constexpr auto ADD_OR_MODIFY_REQUEST_ITEM = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.parameters.has_value(), item.eRabId.has_value()});
    NGAP_CODE_QFI(coder, item.qosFlowIdentifier);
    coder.Optional(sequence.present[0], item.parameters, NGAP_CODE);
    coder.Optional(sequence.present[1], item.eRabId, NGAP_CODE_E_RAB_ID);
    coder.End(sequence);
};

/** Layout of MBSSessionSetupResponseItem. */
constexpr auto SETUP_RESPONSE_ITEM = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.mbsAreaSessionId.has_value()});
    Code(coder, item.mbsSessionId);
    coder.Optional(sequence.present[0], item.mbsAreaSessionId, NGAP_CODE_AREA_SESSION_ID);
    coder.End(sequence);
};

/** Layout of MBSSessionFailedtoSetupItem. */
constexpr auto FAILED_TO_SETUP_ITEM = [](auto& coder, auto& item) {
    const auto sequence = coder.Begin({item.mbsAreaSessionId.has_value()});
    Code(coder, item.mbsSessionId);
    coder.Optional(sequence.present[0], item.mbsAreaSessionId, NGAP_CODE_AREA_SESSION_ID);
    Code(coder, item.cause);
    coder.End(sequence);
};

/** @param maximum largest size @param item an item's layout @return layout of the list */
template <typename F>
constexpr auto
ListOf(uint64_t maximum, F item)
{
    return [maximum, item](auto& coder, auto& list) { coder.List(list, 1, maximum, item); };
}

constexpr auto MODIFY_REQUEST = [](auto& ies, auto& transfer) {
    ies.OptionalList(NgapIeId::QOS_FLOW_ADD_OR_MODIFY_REQUEST_LIST,
                     REJECT,
                     transfer.qosFlowAddOrModifyRequestList,
                     ListOf(NGAP_MAX_QOS_FLOWS, ADD_OR_MODIFY_REQUEST_ITEM));
    ies.OptionalList(NgapIeId::QOS_FLOW_TO_RELEASE_LIST,
                     REJECT,
                     transfer.qosFlowToReleaseList,
                     NgapCodeList(NGAP_MAX_QOS_FLOWS));
    ies.OptionalList(NgapIeId::MBS_SESSION_SETUP_OR_MODIFY_REQUEST_LIST,
                     IGNORE,
                     transfer.mbsSessionSetupOrModifyRequestList,
                     ListOf(NGAP_MAX_MBS_SESSIONS, SETUP_OR_MODIFY_REQUEST_ITEM));
    ies.OptionalList(NgapIeId::MBS_SESSION_TO_RELEASE_LIST,
                     IGNORE,
                     transfer.mbsSessionToReleaseList,
                     ListOf(NGAP_MAX_MBS_SESSIONS, TO_RELEASE_ITEM));
};

/** Layout of the extensions of PDUSessionResourceModifyResponseTransfer. */
constexpr auto MODIFY_RESPONSE_EXTENSIONS = [](auto& ies, auto& transfer) {
    ies.Optional(NgapIeId::MBS_SUPPORT_INDICATOR,
                 IGNORE,
                 transfer.mbsSupportIndicator,
                 NGAP_CODE_MBS_SUPPORT_INDICATOR);
    ies.OptionalList(NgapIeId::MBS_SESSION_SETUP_OR_MODIFY_RESPONSE_LIST,
                     IGNORE,
                     transfer.mbsSessionSetupOrModifyResponseList,
                     ListOf(NGAP_MAX_MBS_SESSIONS, SETUP_RESPONSE_ITEM));
    ies.OptionalList(NgapIeId::MBS_SESSION_FAILED_TO_SETUP_OR_MODIFY_LIST,
                     IGNORE,
                     transfer.mbsSessionFailedToSetupOrModifyList,
                     ListOf(NGAP_MAX_MBS_SESSIONS, FAILED_TO_SETUP_ITEM));
};

constexpr auto MODIFY_RESPONSE = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({transfer.dlNguUpTnlInformation.has_value(),
                                       transfer.ulNguUpTnlInformation.has_value(),
                                       !transfer.qosFlowAddOrModifyResponseList.empty(),
                                       false, // additionalDLQosFlowPerTNLInformation
                                       !transfer.qosFlowFailedToAddOrModifyList.empty()},
                                      transfer.mbsSupportIndicator.has_value() ||
                                          !transfer.mbsSessionSetupOrModifyResponseList.empty() ||
                                          !transfer.mbsSessionFailedToSetupOrModifyList.empty());
    coder.Optional(sequence.present[0], transfer.dlNguUpTnlInformation, NGAP_CODE);
    coder.Optional(sequence.present[1], transfer.ulNguUpTnlInformation, NGAP_CODE);
    if (sequence.present[2])
    {
        coder.List(transfer.qosFlowAddOrModifyResponseList,
                   1,
                   NGAP_MAX_QOS_FLOWS,
                   NGAP_CODE_QFI_ITEM);
    }
    if (sequence.present[3])
    {
        coder.Fail(DecodeError::UNSUPPORTED);
    }
    if (sequence.present[4])
    {
        coder.List(transfer.qosFlowFailedToAddOrModifyList, 1, NGAP_MAX_QOS_FLOWS, NGAP_CODE);
    }
    coder.End(sequence, [&](auto& ies) { MODIFY_RESPONSE_EXTENSIONS(ies, transfer); });
};

constexpr auto MODIFY_UNSUCCESSFUL = [](auto& coder, auto& transfer) {
    const auto sequence = coder.Begin({transfer.criticalityDiagnostics.has_value()});
    Code(coder, transfer.cause);
    coder.Optional(sequence.present[0], transfer.criticalityDiagnostics, NGAP_CODE);
    coder.End(sequence);
};

} // namespace

Bytes
NgapPduSessionResourceModifyRequestTransfer::Encode() const
{
    return NgapEncode(*this, NgapIesOnly(MODIFY_REQUEST));
}

Decoded<NgapPduSessionResourceModifyRequestTransfer>
NgapPduSessionResourceModifyRequestTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapPduSessionResourceModifyRequestTransfer>(bytes,
                                                                   NgapIesOnly(MODIFY_REQUEST));
}

Bytes
NgapPduSessionResourceModifyResponseTransfer::Encode() const
{
    return NgapEncode(*this, MODIFY_RESPONSE);
}

Decoded<NgapPduSessionResourceModifyResponseTransfer>
NgapPduSessionResourceModifyResponseTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapPduSessionResourceModifyResponseTransfer>(bytes, MODIFY_RESPONSE);
}

Bytes
NgapPduSessionResourceModifyUnsuccessfulTransfer::Encode() const
{
    return NgapEncode(*this, MODIFY_UNSUCCESSFUL);
}

Decoded<NgapPduSessionResourceModifyUnsuccessfulTransfer>
NgapPduSessionResourceModifyUnsuccessfulTransfer::Decode(ByteView bytes)
{
    return NgapDecode<NgapPduSessionResourceModifyUnsuccessfulTransfer>(bytes, MODIFY_UNSUCCESSFUL);
}

} // namespace ns3::mbs
