// SPDX-License-Identifier: GPL-2.0-only

// Idle UEs at an AMF: release of their connections, paging and service requests (TS 23.502 clauses
// 4.2.3.2, 4.2.3.3 and 4.2.6, TS 24.501 clauses 5.6.1 and 5.6.2).

#include "mbs-amf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-nas-service.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"

#include <set>

namespace ns3::mbs
{

namespace
{

/** Content ID of the SMF's information for the gNB. */
constexpr const char* N2_PART = "n2info";

} // namespace

bool
Amf::IsIdle(const UeContext& ue) const
{
    return m_idle.count(ue.amfUeNgapId) > 0;
}

void
Amf::SendOrPage(const UeContext& ue, Transfer transfer)
{
    const auto idle = m_idle.find(ue.amfUeNgapId);
    if (idle == m_idle.end())
    {
        SendTransfer(ue, transfer);
        return;
    }
    idle->second.waiting.push_back(std::move(transfer));
    if (idle->second.pagings == 0)
    {
        PageUe(ue.amfUeNgapId);
    }
}

void
Amf::PageUe(uint64_t amfUeNgapId)
{
    const auto found = m_idle.find(amfUeNgapId);
    if (found == m_idle.end() || IsDown())
    {
        return;
    }
    IdleUe& idle = found->second;
    if (idle.pagings >= m_maxPagings)
    {
        Drop("PAGING", "the UE does not answer");
        idle.pagings = 0;
        idle.waiting.clear();
        return;
    }
    ++idle.pagings;
    const UeContext& ue = m_ues[amfUeNgapId - 1];
    NgapPaging paging;
    paging.uePagingIdentity = TmsiOf(ue);
    paging.taiListForPaging.emplace_back();
    const Bytes pdu = paging.Encode();
    std::set<Ipv4Address> gnbs{ue.gnb};
    if (idle.pagings > 1)
    {
        // It is not where it was: look for it in all of the tracking area.
        for (const UeContext& other : m_ues)
        {
            gnbs.insert(other.gnb);
        }
    }
    for (const Ipv4Address& gnb : gnbs)
    {
        SendNgap(gnb, pdu, paging.TYPE);
    }
    idle.t3513 = Simulator::Schedule(m_t3513, &Amf::PageUe, this, amfUeNgapId);
}

NgapFiveGSTmsi
Amf::TmsiOf(const UeContext& ue)
{
    NgapFiveGSTmsi tmsi;
    tmsi.fiveGTmsi = ue.fiveGTmsi;
    return tmsi;
}

void
Amf::Handle(Ipv4Address gnb, const NgapUeContextReleaseRequest& message)
{
    const UeContext* ue = FindUe(message.amfUeNgapId, gnb, message.TYPE);
    if (ue == nullptr)
    {
        return;
    }
    NgapUeContextReleaseCommand command;
    command.amfUeNgapId = ue->amfUeNgapId;
    command.ranUeNgapId = ue->ranUeNgapId;
    command.cause = message.cause;
    SendNgap(gnb, command.Encode(), command.TYPE);
    // What comes for the UE from now on makes the AMF page it, behind the command on N2.
    m_idle.try_emplace(ue->amfUeNgapId);
    ChangeUpConnection(*ue, nsmf::UpCnxState::DEACTIVATED);
}

void
Amf::Handle(Ipv4Address gnb, const NgapInitialUeMessage& message)
{
    const auto request = NasServiceRequest::Decode(message.nasPdu);
    if (!request)
    {
        Drop(NgapMessageName(message.TYPE), "no SERVICE REQUEST in it");
        return;
    }
    const auto known = m_ueOfTmsi.find(request->tmsi.fiveGTmsi);
    if (known == m_ueOfTmsi.end() || request->tmsi.amfSetId != 0 || request->tmsi.amfPointer != 0)
    {
        Drop("SERVICE REQUEST", "unknown 5G-S-TMSI");
        return;
    }
    UeContext& ue = m_ues[known->second];
    ue.gnb = gnb;
    ue.ranUeNgapId = message.ranUeNgapId;
    NgapDownlinkNasTransport accept;
    accept.amfUeNgapId = ue.amfUeNgapId;
    accept.ranUeNgapId = ue.ranUeNgapId;
    accept.nasPdu = NasServiceAccept().Encode();
    SendNgap(gnb, accept.Encode(), accept.TYPE);
    LeaveIdle(ue);
    ChangeUpConnection(ue, nsmf::UpCnxState::ACTIVATING);
}

void
Amf::LeaveIdle(const UeContext& ue)
{
    const auto found = m_idle.find(ue.amfUeNgapId);
    if (found == m_idle.end())
    {
        return;
    }
    found->second.t3513.Cancel();
    const std::vector<Transfer> waiting = std::move(found->second.waiting);
    m_idle.erase(found);
    for (const Transfer& transfer : waiting)
    {
        SendTransfer(ue, transfer);
    }
}

void
Amf::ForgetPaging()
{
    for (auto& [id, idle] : m_idle)
    {
        idle.t3513.Cancel();
        idle.pagings = 0;
        idle.waiting.clear();
    }
}

void
Amf::ChangeUpConnection(const UeContext& ue, const char* state)
{
    nsmf::SmContextUpdateData update;
    update.upCnxState = state;
    Request(ue.smf,
            MultipartRequest(sbi::path::SmContextModify(ue.smContextRef),
                             update.Encode(),
                             {},
                             operations::UPDATE_SM_CONTEXT),
            [this, id = ue.amfUeNgapId](const SbiResponse& response) {
                UpConnectionChanged(id, response);
            });
}

void
Amf::UpConnectionChanged(uint64_t amfUeNgapId, const SbiResponse& response)
{
    const auto parts = SbiParts::Read(response.contentType, response.body);
    const auto body = IsSuccess(response) && parts
                          ? nsmf::SmContextUpdatedData::Decode(parts->json)
                          : Decoded<nsmf::SmContextUpdatedData>(DecodeError::MALFORMED);
    if (!body)
    {
        Drop("UpdateSMContext", "the SMF answered " + StatusText(response));
        return;
    }
    if (!body->n2SmInfo)
    {
        return;
    }
    const Bytes* n2 = parts->Find(*body->n2SmInfo);
    if (n2 == nullptr || body->n2SmInfoType != nsmf::N2SmInfoType::PDU_RES_MOD_REQ)
    {
        Drop("UpdateSMContext", "an answer with N2 information of another kind");
        return;
    }
    const UeContext& ue = m_ues[amfUeNgapId - 1];
    if (!IsIdle(ue))
    {
        SendTransfer(ue, {std::nullopt, *n2});
    }
}

} // namespace ns3::mbs
