// SPDX-License-Identifier: GPL-2.0-only

// How a gNB sends silent UEs to sleep, and wakes them when something is for them (TS 38.331 clauses
// 5.3.3, 5.3.8 and 5.3.13; TS 38.300 clause 9.2.2; TS 23.502 clauses 4.2.3.3 and 4.2.6).

#include "mbs-gnb-handover.h"
#include "mbs-gnb.h"
#include "mbs-paging-channel.h"

#include "ns3/mbs-nas-service.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

void
Gnb::AddSleeper(uint32_t rnti, uint32_t fiveGTmsi, uint8_t pduSessionId)
{
    GnbUeConnection& connection = m_connections[rnti];
    connection.ueId = fiveGTmsi % PagingCycle::UE_IDS;
    connection.pduSessionId = pduSessionId;
}

bool
Gnb::MaySleep(uint32_t fiveGTmsi) const
{
    // As good as a random choice, the same in each run, and even over the UEs.
    return m_sleepState != RrcState::CONNECTED &&
           static_cast<double>(fiveGTmsi) < m_sleeperShare * 4294967296.0;
}

GnbUeConnection*
Gnb::FindConnection(uint32_t rnti)
{
    const auto it = m_connections.find(rnti);
    return it == m_connections.end() ? nullptr : &it->second;
}

void
Gnb::StartInactivityTimers()
{
    for (auto& [rnti, connection] : m_connections)
    {
        NoteActivity(rnti, connection);
    }
}

void
Gnb::CancelConnectionTimers()
{
    for (auto& [rnti, connection] : m_connections)
    {
        connection.timer.Cancel();
        connection.rlfRelease.Cancel();
        connection.pagings = 0;
        connection.releasing = false;
    }
}

void
Gnb::NoteActivity(uint32_t rnti, GnbUeConnection& connection)
{
    connection.lastActive = Simulator::Now();
    if (m_sleepState != RrcState::CONNECTED && connection.state == RrcState::CONNECTED &&
        connection.timer.IsExpired())
    {
        connection.timer =
            Simulator::Schedule(m_inactivityTimer, &Gnb::InactivityExpired, this, rnti);
    }
}

bool
Gnb::IsBusy(uint32_t rnti) const
{
    const auto pending = m_pending.lower_bound({rnti, 0});
    const bool configures = pending != m_pending.end() && pending->first.first == rnti;
    const bool waits =
        std::any_of(m_waiting.begin(), m_waiting.end(), [rnti](const ModifyRequest& request) {
            return request.rnti == rnti;
        });
    const bool hearsAsleep = m_sleepState == RrcState::INACTIVE && m_multicastInInactive;
    const bool listens = m_keepWhileActive && !hearsAsleep &&
                         std::any_of(m_sessions.begin(), m_sessions.end(), [rnti](const auto& one) {
                             return one.second.active && one.second.members.Contains(rnti);
                         });
    return configures || waits || listens;
}

void
Gnb::InactivityExpired(uint32_t rnti)
{
    GnbUeConnection& connection = m_connections.at(rnti);
    if (connection.state != RrcState::CONNECTED || connection.releasing || IsDown())
    {
        return;
    }
    const Time left = connection.lastActive + m_inactivityTimer - Simulator::Now();
    if (left.IsStrictlyPositive() || IsBusy(rnti) || connection.amfUnknown)
    {
        connection.timer = Simulator::Schedule(left.IsStrictlyPositive() ? left : m_inactivityTimer,
                                               &Gnb::InactivityExpired,
                                               this,
                                               rnti);
        return;
    }
    if (m_sleepState == RrcState::INACTIVE)
    {
        Suspend(rnti, connection);
        return;
    }
    RequestRelease(rnti, NgapCause::RADIO_USER_INACTIVITY);
}

std::vector<MrbConfig>
Gnb::BearersOf(uint32_t rnti) const
{
    std::vector<MrbConfig> bearers;
    for (const auto& [tmgi, session] : m_sessions)
    {
        if (session.state == Session::State::UP && session.members.Contains(rnti))
        {
            bearers.push_back(BearerOf(tmgi, session));
        }
    }
    return bearers;
}

void
Gnb::Suspend(uint32_t rnti, GnbUeConnection& connection)
{
    RrcMessage message;
    message.type = RrcType::SUSPEND;
    if (m_multicastInInactive)
    {
        message.bearers = BearersOf(rnti);
    }
    SendPdu(rnti, message.Encode());
    // Paging says from now on whether it can be reached.
    connection.rlfRelease.Cancel();
    connection.state = RrcState::INACTIVE;
    m_device->SetAsleep(rnti, true);
}

void
Gnb::RequestRelease(uint32_t rnti, uint8_t cause)
{
    GnbUeConnection& connection = m_connections.at(rnti);
    connection.releasing = true;
    connection.releaseCause = cause;
    NgapUeContextReleaseRequest request;
    request.amfUeNgapId = m_amfUeNgapIds[rnti - 1];
    request.ranUeNgapId = rnti;
    request.cause = {NgapCauseGroup::RADIO_NETWORK, cause};
    SendNgap(request.Encode(), request.TYPE);
}

void
Gnb::Handle(const NgapUeContextReleaseCommand& message)
{
    if (!Knows(message.ranUeNgapId, message.amfUeNgapId, message.TYPE))
    {
        return;
    }
    const uint32_t rnti = message.ranUeNgapId;
    GnbUeConnection* connection = &m_connections[rnti];
    const bool lost = message.cause.group == NgapCauseGroup::RADIO_NETWORK &&
                      message.cause.value == NgapCause::RADIO_CONNECTION_WITH_UE_LOST;
    // There is nobody to be told who is in another cell now. Whom this gNB takes to be lost may
    // hear it, who only had bad luck.
    const bool asked = connection->releasing &&
                       connection->releaseCause == NgapCause::RADIO_CONNECTION_WITH_UE_LOST;
    const bool gone = (lost && !asked) || (m_handovers && m_handovers->IsOnItsWay(rnti));
    if (connection->state == RrcState::CONNECTED && !gone)
    {
        RrcMessage release;
        release.type = RrcType::RELEASE_TO_IDLE;
        SendPdu(rnti, release.Encode());
    }
    ForgetConnection(rnti, *connection);
    connection->state = RrcState::IDLE;
    m_device->SetAsleep(rnti, false);
    NgapUeContextReleaseComplete complete;
    complete.amfUeNgapId = message.amfUeNgapId;
    complete.ranUeNgapId = rnti;
    SendNgap(complete.Encode(), complete.TYPE);
}

void
Gnb::ForgetConnection(uint32_t rnti, GnbUeConnection& connection)
{
    connection.timer.Cancel();
    connection.rlfRelease.Cancel();
    connection.releasing = false;
    connection.pagings = 0;
    connection.waiting.clear();
    if (m_handovers)
    {
        m_handovers->ConnectionEnded(rnti);
    }
    m_amfUeNgapIds[rnti - 1] = 0;
    ForgetUe(rnti);
}

void
Gnb::ForgetUe(uint32_t rnti)
{
    const auto isIts = [rnti](const ModifyRequest& request) { return request.rnti == rnti; };
    m_waiting.erase(std::remove_if(m_waiting.begin(), m_waiting.end(), isIts), m_waiting.end());
    for (auto it = m_pending.lower_bound({rnti, 0});
         it != m_pending.end() && it->first.first == rnti;)
    {
        it = m_pending.erase(it);
    }
    for (auto& [tmgi, session] : m_sessions)
    {
        session.members.Erase(rnti);
        ReleaseIfUnused(tmgi);
    }
}

bool
Gnb::HoldsBack(uint32_t rnti, const Bytes& octets)
{
    GnbUeConnection* connection = FindConnection(rnti);
    if (connection == nullptr)
    {
        return false;
    }
    if (connection->state == RrcState::CONNECTED)
    {
        NoteActivity(rnti, *connection);
        return false;
    }
    connection->waiting.push_back(octets);
    if (connection->pagings == 0)
    {
        PageInactive(rnti);
    }
    return true;
}

void
Gnb::PageInactive(uint32_t rnti)
{
    GnbUeConnection& connection = m_connections.at(rnti);
    if (connection.state != RrcState::INACTIVE || connection.waiting.empty())
    {
        connection.pagings = 0;
        return;
    }
    if (connection.pagings >= m_maxRanPagings)
    {
        Drop("RAN paging", "the UE does not answer");
        connection.pagings = 0;
        connection.waiting.clear();
        RequestRelease(rnti, NgapCause::RADIO_CONNECTION_WITH_UE_LOST);
        return;
    }
    ++connection.pagings;
    m_device->GetObject<PagingChannel>()->Page({PagingIdentity::Kind::FULL_I_RNTI, rnti},
                                               connection.ueId);
    connection.timer = Simulator::Schedule(m_ranPagingTimer, &Gnb::PageInactive, this, rnti);
}

void
Gnb::PageMembers(const Tmgi& tmgi, const Session& session)
{
    std::vector<uint32_t> sleepers;
    for (const uint32_t rnti : session.members.All())
    {
        const GnbUeConnection* connection = FindConnection(rnti);
        if (connection != nullptr && connection->state == RrcState::INACTIVE)
        {
            sleepers.push_back(connection->ueId);
        }
    }
    if (!sleepers.empty() && !m_multicastInInactive)
    {
        m_device->GetObject<PagingChannel>()->PageGroup(tmgi, sleepers);
    }
}

void
Gnb::Handle(const NgapMulticastGroupPaging& message)
{
    const auto channel = m_device->GetObject<PagingChannel>();
    if (!channel)
    {
        Drop(NgapMessageName(message.TYPE), "no UE of this gNB sleeps");
        return;
    }
    std::vector<uint32_t> ueIds;
    for (const NgapMulticastGroupPagingAreaItem& area : message.multicastGroupPagingAreaList)
    {
        for (const NgapUePagingItem& item : area.uePagingList)
        {
            ueIds.push_back(item.ueIdentityIndexValue);
        }
    }
    channel->PageGroup(message.mbsSessionId.tmgi, ueIds);
}

void
Gnb::Handle(const NgapPaging& message)
{
    const auto channel = m_device->GetObject<PagingChannel>();
    if (!channel)
    {
        Drop(NgapMessageName(message.TYPE), "no UE of this gNB sleeps");
        return;
    }
    channel->Page(PagingIdentityOf(message.uePagingIdentity),
                  message.uePagingIdentity.fiveGTmsi % PagingCycle::UE_IDS);
}

void
Gnb::Connected(uint32_t rnti, GnbUeConnection& connection)
{
    connection.timer.Cancel();
    // What RLC gave up before says nothing about a UE that has just answered.
    connection.rlfRelease.Cancel();
    connection.state = RrcState::CONNECTED;
    m_device->SetAsleep(rnti, false);
    connection.pagings = 0;
    const std::vector<Bytes> waiting = std::move(connection.waiting);
    connection.waiting.clear();
    for (const Bytes& octets : waiting)
    {
        SendPdu(rnti, octets);
    }
    NoteActivity(rnti, connection);
}

void
Gnb::HandleConnection(uint32_t rnti, const RrcMessage& message)
{
    GnbUeConnection* connection = FindConnection(rnti);
    if (connection == nullptr)
    {
        Drop("RRC message", "the UE was never sent to sleep");
        return;
    }
    RrcMessage answer;
    switch (message.type)
    {
    case RrcType::RESUME_REQUEST:
        if (connection->state != RrcState::IDLE)
        {
            answer.type = RrcType::RESUME;
            answer.bearers = BearersOf(rnti);
            SendPdu(rnti, answer.Encode());
            break;
        }
        [[fallthrough]];
    case RrcType::SETUP_REQUEST:
        answer.type = RrcType::SETUP;
        SendPdu(rnti, answer.Encode());
        break;
    case RrcType::RESUME_COMPLETE:
        Connected(rnti, *connection);
        break;
    case RrcType::SETUP_COMPLETE:
        InitialUeMessage(rnti, *connection, message.nas);
        break;
    default:
        Drop("RRC message", "not one that a UE sends");
        break;
    }
}

void
Gnb::InitialUeMessage(uint32_t rnti, GnbUeConnection& connection, const Bytes& nas)
{
    const auto request = NasServiceRequest::Decode(nas);
    if (!request)
    {
        Drop("RRC SETUP COMPLETE", "no SERVICE REQUEST in it");
        return;
    }
    // What it had before, if anything, is over.
    ForgetConnection(rnti, connection);
    connection.amfUnknown = true;
    Connected(rnti, connection);
    m_nasFromUe(m_number, rnti, nas);
    NgapInitialUeMessage initial;
    initial.ranUeNgapId = rnti;
    initial.nasPdu = nas;
    initial.userLocationInformation.nrCgi.nrCellIdentity = m_number;
    initial.rrcEstablishmentCause =
        request->serviceType == NasServiceType::MOBILE_TERMINATED_SERVICES
            ? NgapRrcEstablishmentCause::MT_ACCESS
            : NgapRrcEstablishmentCause::MO_SIGNALLING;
    initial.fiveGSTmsi = request->tmsi;
    SendNgap(initial.Encode(), initial.TYPE);
}

} // namespace ns3::mbs
