// SPDX-License-Identifier: GPL-2.0-only

// Activation and deactivation of a session, and updates of QoS and service area (TS 23.247 clauses
// 7.2.5 and 7.2.6): SMFs, gNBs and the MB-UPF are told. No key is touched.

#include "mbs-mb-smf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-ngap-multicast.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** @param event see nmbsmf::ContextStatusEventType @return a report of it, still empty */
nmbsmf::ContextStatusEventReport
ReportOf(const char* event)
{
    nmbsmf::ContextStatusEventReport report;
    report.eventType = event;
    report.timeStamp = Simulator::Now();
    return report;
}

} // namespace

void
MbSmf::AddAmf(const std::string& nfInstanceId, const SbiPeer& peer)
{
    m_amfs[nfInstanceId] = peer;
}

const char*
MbSmf::StatusOf(bool active)
{
    return active ? sbi::MbsSessionActivityStatus::ACTIVE : sbi::MbsSessionActivityStatus::INACTIVE;
}

NgapMbsQosFlowsToBeSetupItem
MbSmf::FlowOf(const Session& session) const
{
    NgapMbsQosFlowsToBeSetupItem flow;
    flow.mbsQosFlowIdentifier = m_qfi;
    flow.mbsQosFlowLevelQosParameters.fiveQi = session.fiveQi;
    return flow;
}

void
MbSmf::SetActive(Session& session, bool active)
{
    if (session.active == active)
    {
        return;
    }
    session.active = active;
    nmbsmf::ContextStatusEventReport report = ReportOf(nmbsmf::ContextStatusEventType::STATUS_INFO);
    report.statusInfo = StatusOf(active);
    Notify(session, report);
    if (active)
    {
        NgapMulticastSessionActivationRequestTransfer transfer;
        transfer.mbsSessionId.tmgi = session.tmgi;
        TransferToRan(session, namf::NgapIeType::MBS_SES_ACT_REQ, transfer.Encode());
    }
    else
    {
        NgapMulticastSessionDeactivationRequestTransfer transfer;
        transfer.mbsSessionId.tmgi = session.tmgi;
        TransferToRan(session, namf::NgapIeType::MBS_SES_DEACT_REQ, transfer.Encode());
    }
    if (session.amfs.empty())
    {
        // Nothing is forwarded in any case.
        return;
    }
    ChooseAction(session);
    ModifyForwarding(
        session,
        PfcpUpdateFar(),
        [this](const SbiResponse& response) {
            Drop(ToString(PfcpType::SESSION_MODIFICATION_RESPONSE), StatusText(response));
        },
        [](const Session&) {},
        [](Session&) {});
}

std::optional<uint8_t>
MbSmf::FiveQiOf(const nmbsmf::MbsServiceInfo& service)
{
    if (service.mbsMediaComps.empty() || !service.mbsMediaComps.begin()->second.mbsQosReq)
    {
        return std::nullopt;
    }
    return service.mbsMediaComps.begin()->second.mbsQosReq->fiveQi;
}

void
MbSmf::SetQos(Session& session, const nmbsmf::MbsServiceInfo& service)
{
    const std::optional<uint8_t> fiveQi = FiveQiOf(service);
    if (!fiveQi)
    {
        return;
    }
    session.fiveQi = *fiveQi;
    nmbsmf::ContextStatusEventReport report = ReportOf(nmbsmf::ContextStatusEventType::QOS_INFO);
    nmbsmf::QosFlowAddModifyRequestItem item;
    item.qfi = m_qfi;
    item.qosFlowProfile.emplace();
    item.qosFlowProfile->fiveQi = session.fiveQi;
    report.qosInfo.emplace().qosFlowsAddModRequestList.push_back(item);
    Notify(session, report);
    if (session.IsBroadcast())
    {
        UpdateBroadcast(session, false);
        return;
    }
    NgapMulticastSessionUpdateRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = session.tmgi;
    transfer.mbsQosFlowsToBeSetupModList.push_back(FlowOf(session));
    TransferToRan(session, namf::NgapIeType::MBS_SES_UPD_REQ, transfer.Encode());
}

void
MbSmf::SetServiceArea(Session& session, const sbi::MbsServiceArea& area)
{
    session.area = area;
    nmbsmf::ContextStatusEventReport report =
        ReportOf(nmbsmf::ContextStatusEventType::SERVICE_AREA_INFO);
    report.mbsServiceArea = area;
    Notify(session, report);
    if (session.IsBroadcast())
    {
        UpdateBroadcast(session, true);
        return;
    }
    NgapMulticastSessionUpdateRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = session.tmgi;
    transfer.mbsServiceArea.emplace();
    for (const Tai& tai : area.taiList)
    {
        transfer.mbsServiceArea->locationIndependent.tais.push_back({tai.plmn, tai.tac});
    }
    TransferToRan(session, namf::NgapIeType::MBS_SES_UPD_REQ, transfer.Encode());
}

void
MbSmf::TransferToRan(const Session& session, const char* type, const Bytes& transfer)
{
    namf::MbsN2MessageTransferReqData request;
    request.mbsSessionId.tmgi = session.tmgi;
    request.n2MbsSmInfo = {type, {MB_SMF_NGAP_PART}};
    for (const std::string& instance : session.amfs)
    {
        const auto amf = m_amfs.find(instance);
        if (amf == m_amfs.end())
        {
            Drop(operations::MBS_N2_MESSAGE_TRANSFER.name, "an AMF whose address is not known");
            continue;
        }
        Request(amf->second,
                MultipartRequest(sbi::path::MBS_N2_TRANSFER,
                                 request.Encode(),
                                 {{SBI_NGAP_TYPE, MB_SMF_NGAP_PART, transfer}},
                                 operations::MBS_N2_MESSAGE_TRANSFER),
                [this](const SbiResponse& response) {
                    if (!IsSuccess(response))
                    {
                        Drop(operations::MBS_N2_MESSAGE_TRANSFER.name,
                             "the AMF answered " + StatusText(response));
                    }
                });
    }
}

} // namespace ns3::mbs
