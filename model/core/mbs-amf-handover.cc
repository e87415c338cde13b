// SPDX-License-Identifier: GPL-2.0-only

// How an AMF follows a UE to another of its gNBs (TS 23.502 clause 4.9.1.2, TS 38.413 clauses 8.4.4
// and 8.6.4), and what it does with NAS messages that were under way to the old one.

#include "mbs-amf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"

#include <utility>

namespace ns3::mbs
{

namespace
{

/** @param value of the radio network layer @return the transfer that says so */
Bytes
CauseTransfer(uint8_t value)
{
    NgapPathSwitchRequestCauseTransfer transfer;
    transfer.cause = {NgapCauseGroup::RADIO_NETWORK, value};
    return transfer.Encode();
}

} // namespace

const Amf::UeContext*
Amf::FindUeAtEither(uint64_t amfUeNgapId, Ipv4Address gnb, const NgapMessageType& type)
{
    const auto previous = m_previousGnb.find(amfUeNgapId);
    const bool left = previous != m_previousGnb.end() && previous->second == gnb;
    return left ? &m_ues[amfUeNgapId - 1] : FindUe(amfUeNgapId, gnb, type);
}

void
Amf::Handle(Ipv4Address gnb, const NgapPathSwitchRequest& message)
{
    const uint64_t id = message.sourceAmfUeNgapId;
    PathSwitch request;
    request.gnb = gnb;
    request.ranUeNgapId = message.ranUeNgapId;
    request.number = m_nextPathSwitch++;
    if (id == 0 || id > m_ues.size() || IsIdle(m_ues[id - 1]))
    {
        Drop(NgapMessageName(message.TYPE), "no such UE, or it is idle");
        for (const NgapPduSessionTransferItem& item : message.toBeSwitched)
        {
            request.released.push_back(item.pduSessionId);
        }
        FailPathSwitch(id, request, NgapCause::RADIO_UNKNOWN_LOCAL_UE_NGAP_ID);
        return;
    }
    const UeContext& ue = m_ues[id - 1];
    const Bytes* transfer = nullptr;
    for (const NgapPduSessionTransferItem& item : message.toBeSwitched)
    {
        if (item.pduSessionId == ue.pduSessionId)
        {
            transfer = &item.transfer;
        }
        else
        {
            request.released.push_back(item.pduSessionId);
        }
    }
    if (transfer == nullptr)
    {
        Drop(NgapMessageName(message.TYPE), "it does not have the UE's PDU session");
        FailPathSwitch(id, request, NgapCause::RADIO_UNKNOWN_PDU_SESSION_ID);
        return;
    }
    request.guard = Simulator::Schedule(m_pathSwitchTimeout,
                                        &Amf::PathSwitchTimedOut,
                                        this,
                                        id,
                                        request.number);
    PathSwitch& stored = m_switching[id];
    stored.guard.Cancel();
    stored = request;
    nsmf::SmContextUpdateData update;
    update.toBeSwitched = true;
    update.n2SmInfo = sbi::RefToBinaryData{SBI_N2_PART};
    update.n2SmInfoType = nsmf::N2SmInfoType::PATH_SWITCH_REQ;
    Request(ue.smf,
            MultipartRequest(sbi::path::SmContextModify(ue.smContextRef),
                             update.Encode(),
                             {{SBI_NGAP_TYPE, SBI_N2_PART, *transfer}},
                             operations::UPDATE_SM_CONTEXT),
            [this, id, number = request.number](const SbiResponse& response) {
                PathSwitchAnswered(id, number, response);
            });
}

void
Amf::PathSwitchTimedOut(uint64_t amfUeNgapId, uint32_t number)
{
    const auto found = m_switching.find(amfUeNgapId);
    if (found == m_switching.end() || found->second.number != number)
    {
        return;
    }
    const PathSwitch request = found->second;
    m_switching.erase(found);
    Drop("UpdateSMContext", "the SMF does not answer; the path is not switched");
    RefusePathSwitch(amfUeNgapId, request);
}

void
Amf::PathSwitchAnswered(uint64_t amfUeNgapId, uint32_t number, const SbiResponse& response)
{
    const auto found = m_switching.find(amfUeNgapId);
    if (found == m_switching.end() || found->second.number != number)
    {
        // The gNB was told that it failed, or has asked again.
        return;
    }
    PathSwitch request = found->second;
    m_switching.erase(found);
    request.guard.Cancel();
    const auto parts = SbiParts::Read(response.contentType, response.body);
    const auto body = IsSuccess(response) && parts
                          ? nsmf::SmContextUpdatedData::Decode(parts->json)
                          : Decoded<nsmf::SmContextUpdatedData>(DecodeError::MALFORMED);
    const auto n2 =
        body && body->n2SmInfo && body->n2SmInfoType == nsmf::N2SmInfoType::PATH_SWITCH_REQ_ACK
            ? parts->Find(*body->n2SmInfo)
            : std::nullopt;
    if (!n2)
    {
        Drop("UpdateSMContext", "the SMF answered " + StatusText(response));
        RefusePathSwitch(amfUeNgapId, request);
        return;
    }
    UeContext& ue = m_ues[amfUeNgapId - 1];
    if (ue.gnb != request.gnb)
    {
        m_previousGnb[amfUeNgapId] = ue.gnb;
    }
    ue.gnb = request.gnb;
    ue.ranUeNgapId = request.ranUeNgapId;
    NgapPathSwitchRequestAcknowledge message;
    message.amfUeNgapId = amfUeNgapId;
    message.ranUeNgapId = request.ranUeNgapId;
    message.switched.push_back({ue.pduSessionId, n2->ToBytes()});
    for (const uint8_t session : request.released)
    {
        message.released.push_back(
            {session, CauseTransfer(NgapCause::RADIO_UNKNOWN_PDU_SESSION_ID)});
    }
    message.allowedNssai.push_back({1, std::nullopt}); // the slice of all PDU sessions here
    SendNgap(ue.gnb, message.Encode(), message.TYPE);
    SendHeld(amfUeNgapId);
}

void
Amf::RefusePathSwitch(uint64_t amfUeNgapId, PathSwitch request)
{
    request.released.push_back(m_ues[amfUeNgapId - 1].pduSessionId);
    FailPathSwitch(amfUeNgapId, request, NgapCause::RADIO_UNSPECIFIED);
    // The gNB that has the UE gets what has waited.
    SendHeld(amfUeNgapId);
}

void
Amf::FailPathSwitch(uint64_t amfUeNgapId, const PathSwitch& request, uint8_t cause)
{
    NgapPathSwitchRequestFailure message;
    message.amfUeNgapId = amfUeNgapId;
    message.ranUeNgapId = request.ranUeNgapId;
    for (const uint8_t session : request.released)
    {
        message.released.push_back({session, CauseTransfer(cause)});
    }
    SendNgap(request.gnb, message.Encode(), message.TYPE);
}

void
Amf::Handle(Ipv4Address gnb, const NgapNasNonDeliveryIndication& message)
{
    const UeContext* ue = FindUeAtEither(message.amfUeNgapId, gnb, message.TYPE);
    if (ue == nullptr)
    {
        return;
    }
    const bool handover =
        message.cause.group == NgapCauseGroup::RADIO_NETWORK &&
        (message.cause.value == NgapCause::RADIO_NG_INTRA_SYSTEM_HANDOVER_TRIGGERED ||
         message.cause.value == NgapCause::RADIO_XN_HANDOVER_TRIGGERED);
    const auto transport = DlNasTransport::Decode(message.nasPdu);
    if (!handover || !transport)
    {
        // Whoever sent the message repeats it.
        Drop(NgapMessageName(message.TYPE), "the UE did not get a NAS message");
        return;
    }
    Transfer transfer;
    transfer.n1 = transport->payload;
    if (ue->gnb != gnb && m_switching.count(ue->amfUeNgapId) == 0)
    {
        // The UE has come to its new gNB before this message said that it goes.
        SendOrPage(*ue, std::move(transfer));
        return;
    }
    Hold(ue->amfUeNgapId, std::move(transfer));
}

bool
Amf::IsHandedOver(uint64_t amfUeNgapId) const
{
    return m_switching.count(amfUeNgapId) > 0 || m_held.count(amfUeNgapId) > 0;
}

void
Amf::Hold(uint64_t amfUeNgapId, Transfer transfer)
{
    Held& held = m_held[amfUeNgapId];
    if (held.transfers.empty())
    {
        held.guard = Simulator::Schedule(m_handoverGuardTime, &Amf::SendHeld, this, amfUeNgapId);
    }
    held.transfers.push_back(std::move(transfer));
}

void
Amf::SendHeld(uint64_t amfUeNgapId)
{
    const auto found = m_held.find(amfUeNgapId);
    if (found == m_held.end())
    {
        return;
    }
    found->second.guard.Cancel();
    const std::vector<Transfer> transfers = std::move(found->second.transfers);
    m_held.erase(found);
    for (const Transfer& transfer : transfers)
    {
        // The UE may have fallen asleep meanwhile.
        SendOrPage(m_ues[amfUeNgapId - 1], transfer);
    }
}

void
Amf::ForgetHandovers()
{
    for (auto& [id, request] : m_switching)
    {
        request.guard.Cancel();
    }
    m_switching.clear();
    for (auto& [id, held] : m_held)
    {
        held.guard.Cancel();
    }
    m_held.clear();
}

} // namespace ns3::mbs
