// SPDX-License-Identifier: GPL-2.0-only

// Broadcast sessions at a gNB (TS 23.247 clauses 7.3.1 to 7.3.3, TS 38.413): the network sets them
// up for the cell, whoever listens, and the cell says on the MCCH what it broadcasts.

#include "mbs-gnb.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** What an RRC message has room for. */
constexpr std::size_t MAX_BROADCAST_SESSIONS = 255;

} // namespace

bool
Gnb::IsInArea(const NgapMbsServiceArea& area) const
{
    const auto& cells = area.locationIndependent.cells;
    const auto& tais = area.locationIndependent.tais;
    return std::any_of(cells.begin(),
                       cells.end(),
                       [this](const NgapNrCgi& cell) {
                           return cell.plmn == m_tai.plmn && cell.nrCellIdentity == m_number;
                       }) ||
           std::any_of(tais.begin(), tais.end(), [this](const NgapTai& tai) {
               return tai.plmn == m_tai.plmn && tai.tac == m_tai.tac;
           });
}

Bytes
Gnb::TakeBroadcast(const Tmgi& tmgi,
                   Session& session,
                   const NgapMbsSessionSetupOrModRequestTransfer& transfer)
{
    NgapMbsSessionSetupOrModResponseTransfer answer;
    m_tmgiOfTeid.erase(session.teid);
    const auto& offered = transfer.mbsSessionTnlInfo5Gc;
    const auto* multicast =
        offered && offered->locationDependent.empty() ? &offered->locationIndependent : nullptr;
    if (m_n3mbTransport == N3mbTransport::MULTICAST && multicast != nullptr &&
        multicast->ipMulticastAddress.ipv4 && multicast->ipSourceAddress.ipv4)
    {
        session.teid = multicast->gtpTeid;
        const std::pair<Ipv4Address, Ipv4Address> group{*multicast->ipSourceAddress.ipv4,
                                                        *multicast->ipMulticastAddress.ipv4};
        if (session.group != group)
        {
            LeaveGroup(session);
            session.group = group;
            m_ssm->Join(group.first, group.second, m_n3mbInterface);
        }
    }
    else
    {
        LeaveGroup(session);
        session.ownTeid = session.ownTeid == 0 ? m_nextTeid++ : session.ownTeid;
        session.teid = session.ownTeid;
        answer.mbsSessionTnlInfoNgRan.emplace();
        NgapGtpTunnel& tunnel = answer.mbsSessionTnlInfoNgRan->locationIndependent;
        tunnel.transportLayerAddress.ipv4 = m_n3mbAddress;
        tunnel.gtpTeid = session.ownTeid;
    }
    m_tmgiOfTeid[session.teid] = tmgi;
    session.fiveQi =
        transfer.mbsQosFlowsToBeSetupModList.front().mbsQosFlowLevelQosParameters.fiveQi;
    return answer.Encode();
}

void
Gnb::Handle(const NgapBroadcastSessionSetupRequest& message)
{
    const Tmgi& tmgi = message.mbsSessionId.tmgi;
    const auto transfer = NgapMbsSessionSetupOrModRequestTransfer::Decode(message.transfer);
    const auto known = m_sessions.find(tmgi);
    std::optional<NgapCause> cause;
    if (!transfer)
    {
        cause = {NgapCauseGroup::PROTOCOL, NgapCause::PROTOCOL_TRANSFER_SYNTAX_ERROR};
    }
    else if (!IsInArea(message.mbsServiceArea))
    {
        cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_MBS_AREA_NOT_SERVED};
    }
    else if (known == m_sessions.end() ? m_sessions.size() >= MAX_BROADCAST_SESSIONS
                                       : !known->second.broadcast)
    {
        cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_RESOURCES_NOT_AVAILABLE};
    }
    if (cause)
    {
        NgapBroadcastSessionSetupFailure failure;
        failure.mbsSessionId = message.mbsSessionId;
        failure.cause = *cause;
        NgapMbsSessionSetupOrModFailureTransfer why;
        why.cause = *cause;
        failure.transfer = why.Encode();
        SendNgap(failure.Encode(), failure.TYPE);
        return;
    }
    // A session that is there already is one that AMF or MB-SMF had forgotten: it goes on as it is
    // asked for now.
    Session& session = m_sessions[tmgi];
    if (!session.broadcast)
    {
        session.broadcast = true;
        session.state = Session::State::UP;
        session.gRnti = TakeGRnti();
        m_device->GetBearer(session.gRnti)->SetBroadcast();
    }
    NgapBroadcastSessionSetupResponse response;
    response.mbsSessionId = message.mbsSessionId;
    response.transfer = TakeBroadcast(tmgi, session, *transfer);
    SendNgap(response.Encode(), response.TYPE);
    StartMcch();
}

void
Gnb::Handle(const NgapBroadcastSessionModificationRequest& message)
{
    const Tmgi& tmgi = message.mbsSessionId.tmgi;
    const auto it = m_sessions.find(tmgi);
    const auto transfer = message.transfer.empty()
                              ? NgapMbsSessionSetupOrModRequestTransfer()
                              : NgapMbsSessionSetupOrModRequestTransfer::Decode(message.transfer);
    std::optional<NgapCause> cause;
    if (!transfer)
    {
        cause = {NgapCauseGroup::PROTOCOL, NgapCause::PROTOCOL_TRANSFER_SYNTAX_ERROR};
    }
    else if (it == m_sessions.end() || !it->second.broadcast)
    {
        cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID};
    }
    else if (message.mbsServiceArea && !IsInArea(*message.mbsServiceArea))
    {
        cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_MBS_AREA_NOT_SERVED};
    }
    if (cause)
    {
        NgapBroadcastSessionModificationFailure failure;
        failure.mbsSessionId = message.mbsSessionId;
        failure.cause = *cause;
        NgapMbsSessionSetupOrModFailureTransfer why;
        why.cause = *cause;
        failure.transfer = why.Encode();
        SendNgap(failure.Encode(), failure.TYPE);
        return;
    }
    NgapBroadcastSessionModificationResponse response;
    response.mbsSessionId = message.mbsSessionId;
    if (!message.transfer.empty())
    {
        response.transfer = TakeBroadcast(tmgi, it->second, *transfer);
    }
    SendNgap(response.Encode(), response.TYPE);
}

void
Gnb::Handle(const NgapBroadcastSessionReleaseRequest& message)
{
    NgapBroadcastSessionReleaseResponse response;
    response.mbsSessionId = message.mbsSessionId;
    NgapMbsSessionReleaseResponseTransfer transfer;
    const auto it = m_sessions.find(message.mbsSessionId.tmgi);
    if (it != m_sessions.end() && it->second.broadcast)
    {
        Session& session = it->second;
        if (session.teid == session.ownTeid)
        {
            transfer.mbsSessionTnlInfoNgRan.emplace();
            NgapGtpTunnel& tunnel = transfer.mbsSessionTnlInfoNgRan->locationIndependent;
            tunnel.transportLayerAddress.ipv4 = m_n3mbAddress;
            tunnel.gtpTeid = session.ownTeid;
        }
        LeaveGroup(session);
        m_tmgiOfTeid.erase(session.teid);
        m_sessions.erase(it);
    }
    // It knows no failure: a session that is not here is not broadcast.
    response.transfer = transfer.Encode();
    SendNgap(response.Encode(), response.TYPE);
}

void
Gnb::ResumeBroadcast()
{
    for (auto& [tmgi, session] : m_sessions)
    {
        if (session.broadcast && session.group)
        {
            m_ssm->Join(session.group->first, session.group->second, m_n3mbInterface);
        }
        if (session.broadcast)
        {
            StartMcch();
        }
    }
}

void
Gnb::StartMcch()
{
    if (m_mcch)
    {
        return;
    }
    // It goes on when there is no session left, so that UEs find that out.
    m_mcch = true;
    After(m_mcchRepetitionPeriod, [this] {
        RrcMessage message;
        message.type = RrcType::MBS_BROADCAST_CONFIGURATION;
        for (const auto& [tmgi, session] : m_sessions)
        {
            if (session.broadcast)
            {
                message.bearers.push_back({tmgi, session.gRnti, false});
            }
        }
        const Bytes octets = message.Encode();
        m_device->SendToGroup(MCCH_RNTI,
                              Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
        m_mcch = false;
        StartMcch();
    });
}

} // namespace ns3::mbs
