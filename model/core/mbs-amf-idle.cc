// SPDX-License-Identifier: GPL-2.0-only

// Idle UEs at an AMF: release of their connections, paging and service requests (TS 23.502 clauses
// 4.2.3.2, 4.2.3.3 and 4.2.6, TS 24.501 clauses 5.6.1 and 5.6.2).

#include "mbs-amf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-nas-service.h"
#include "ns3/mbs-ngap-multicast.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace ns3::mbs
{

namespace
{

/** UE_ID is 5G-S-TMSI modulo this. */
constexpr uint32_t UE_IDS = 1024;

/** How many UEs a MULTICAST GROUP PAGING names (maxnoofUEsforPaging). */
constexpr std::size_t MAX_GROUP_UES = 4096;

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
        if (IsHandedOver(ue.amfUeNgapId))
        {
            Hold(ue.amfUeNgapId, std::move(transfer));
            return;
        }
        SendTransfer(ue, std::move(transfer));
        return;
    }
    idle->second.waiting.push_back(std::move(transfer));
    if (idle->second.pagings == 0)
    {
        idle->second.t3513.Cancel();
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
        for (const auto& [address, gnb] : m_gnbs)
        {
            gnbs.insert(address);
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
    if (m_switching.count(ue->amfUeNgapId) > 0)
    {
        Drop(NgapMessageName(message.TYPE), "the UE is on its way to another gNB");
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
    UeContext* const known = FindTmsi(request->tmsi.fiveGTmsi);
    if (known == nullptr || request->tmsi.amfSetId != 0 || request->tmsi.amfPointer != 0)
    {
        Drop("SERVICE REQUEST", "unknown 5G-S-TMSI");
        return;
    }
    UeContext& ue = *known;
    m_previousGnb.erase(ue.amfUeNgapId);
    if (!IsIdle(ue) && (ue.gnb != gnb || ue.ranUeNgapId != message.ranUeNgapId))
    {
        // The UE has lost the cell in which it was connected (TS 23.502 clause 4.2.3.2: the AMF
        // releases the connection before).
        NgapUeContextReleaseCommand release;
        release.amfUeNgapId = ue.amfUeNgapId;
        release.ranUeNgapId = ue.ranUeNgapId;
        release.cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_CONNECTION_WITH_UE_LOST};
        SendNgap(ue.gnb, release.Encode(), release.TYPE);
    }
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

Amf::UeContext*
Amf::FindTmsi(uint32_t tmsi)
{
    // Where no UE ever sleeps nobody asks, and a million UEs do without the index.
    if (m_byTmsi.size() != m_ues.size())
    {
        m_byTmsi.resize(m_ues.size());
        std::iota(m_byTmsi.begin(), m_byTmsi.end(), 0);
        std::stable_sort(m_byTmsi.begin(), m_byTmsi.end(), [this](uint32_t a, uint32_t b) {
            return m_ues[a].fiveGTmsi < m_ues[b].fiveGTmsi;
        });
    }
    const auto place = std::lower_bound(
        m_byTmsi.begin(),
        m_byTmsi.end(),
        tmsi,
        [this](uint32_t ue, uint32_t wanted) { return m_ues[ue].fiveGTmsi < wanted; });
    return place == m_byTmsi.end() || m_ues[*place].fiveGTmsi != tmsi ? nullptr : &m_ues[*place];
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
    std::vector<Transfer> waiting = std::move(found->second.waiting);
    m_idle.erase(found);
    for (Transfer& transfer : waiting)
    {
        SendTransfer(ue, std::move(transfer));
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
    const auto n2 = parts->Find(*body->n2SmInfo);
    if (!n2 || body->n2SmInfoType != nsmf::N2SmInfoType::PDU_RES_MOD_REQ)
    {
        Drop("UpdateSMContext", "an answer with N2 information of another kind");
        return;
    }
    const UeContext& ue = m_ues[amfUeNgapId - 1];
    if (!IsIdle(ue))
    {
        SendTransfer(ue, {std::nullopt, n2->ToBytes()});
    }
}

void
Amf::EnableGroupReachability(const SbiRequest& request, const Responder& respond)
{
    const auto body = namf::EnableGroupReachabilityReqData::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    namf::EnableGroupReachabilityRspData answer;
    std::map<Ipv4Address, std::vector<uint64_t>> idle;
    for (const namf::UeInfo& info : body->ueInfoList)
    {
        for (const std::string& supi : info.ueList)
        {
            const UeContext* known = FindSupi(supi);
            if (known == nullptr)
            {
                Drop("EnableGroupReachability", "no such UE context");
                continue;
            }
            const UeContext& ue = *known;
            if (IsIdle(ue))
            {
                idle[ue.gnb].push_back(ue.amfUeNgapId);
            }
            else
            {
                answer.ueConnectedList.push_back(supi);
            }
        }
    }
    respond(JsonResponse(200, answer.Encode()));
    PageGroup(body->tmgi, idle);
}

void
Amf::PageGroup(const Tmgi& tmgi, const std::map<Ipv4Address, std::vector<uint64_t>>& ues)
{
    for (const auto& [gnb, ids] : ues)
    {
        for (std::size_t first = 0; first < ids.size(); first += MAX_GROUP_UES)
        {
            NgapMulticastGroupPaging paging;
            paging.mbsSessionId.tmgi = tmgi;
            NgapMulticastGroupPagingAreaItem area;
            area.mbsAreaTaiList.emplace_back();
            const std::size_t end = std::min(ids.size(), first + MAX_GROUP_UES);
            for (std::size_t i = first; i < end; ++i)
            {
                NgapUePagingItem item;
                item.ueIdentityIndexValue =
                    static_cast<uint16_t>(m_ues[ids[i] - 1].fiveGTmsi % UE_IDS);
                area.uePagingList.push_back(item);
            }
            paging.multicastGroupPagingAreaList.push_back(std::move(area));
            SendNgap(gnb, paging.Encode(), paging.TYPE);
        }
        for (const uint64_t id : ids)
        {
            IdleUe& idle = m_idle.at(id);
            if (idle.pagings == 0)
            {
                // Who does not answer to its group is paged alone.
                idle.t3513.Cancel();
                idle.t3513 = Simulator::Schedule(m_t3513, &Amf::PageUe, this, id);
            }
        }
    }
}

} // namespace ns3::mbs
