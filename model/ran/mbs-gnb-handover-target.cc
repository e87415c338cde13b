// SPDX-License-Identifier: GPL-2.0-only

// What a gNB does as the target of a handover: it admits the UE, takes it when it comes, and has
// its path switched (TS 38.300 clauses 9.2.3.2.1 and 16.10.5.3, TS 23.247 clause 7.2.3.2).

#include "mbs-gnb-handover.h"
#include "mbs-gnb.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

namespace
{

/** QoS flow of every PDU session here. */
constexpr uint8_t TARGET_QFI = 1;

/** For how many UEs that do not come a radio identity is kept before one is given out again. */
constexpr std::size_t UNUSED_RNTIS = 1024;

} // namespace

void
GnbHandoverControl::Handle(uint32_t neighbour, const XnapHandoverRequest& message)
{
    const auto information = HandoverPreparationInformation::Decode(message.rrcContext);
    std::optional<XnapCause> refused;
    if (message.targetCell.nrCellIdentity != m_gnb.m_number)
    {
        refused = {XnapCauseGroup::RADIO_NETWORK, XnapCause::RADIO_CELL_NOT_AVAILABLE};
    }
    else if (!information)
    {
        refused = {XnapCauseGroup::PROTOCOL, XnapCause::PROTOCOL_TRANSFER_SYNTAX_ERROR};
    }
    else if (!m_gnb.m_admitsHandovers || CountAwaited(neighbour) >= m_gnb.m_maxAwaitedUes)
    {
        refused = {XnapCauseGroup::RADIO_NETWORK,
                   XnapCause::RADIO_NO_RADIO_RESOURCES_IN_TARGET_CELL};
    }
    if (refused)
    {
        XnapHandoverPreparationFailure failure;
        failure.sourceUeXnapId = message.sourceUeXnapId;
        failure.cause = *refused;
        failure.requestedTargetCell = message.targetCell;
        Send(neighbour, failure.Encode(), failure.TYPE);
        return;
    }
    if (const uint32_t before = FindAwaited(neighbour, message.sourceUeXnapId))
    {
        // The source has forgotten that it has asked: what it did not cancel is void.
        Dismiss(before);
    }
    IncomingHandover handover;
    handover.source = neighbour;
    handover.sourceUeXnapId = message.sourceUeXnapId;
    handover.info = *information;
    handover.amfUeNgapId = message.amfUeNgapId;
    handover.pduSessionId = message.pduSessions.front().pduSessionId;
    const RrcMessage order = Admit(message, std::move(handover));
    XnapHandoverRequestAcknowledge acknowledge;
    acknowledge.sourceUeXnapId = message.sourceUeXnapId;
    acknowledge.targetUeXnapId = order.sync.newUeIdentity;
    acknowledge.admitted.push_back(
        {message.pduSessions.front().pduSessionId, false, {TARGET_QFI}, {}});
    for (const XnapMbsSessionInformation& session : message.mbsSessions)
    {
        acknowledge.mbsSessions.push_back({session.mbsSessionId, {}});
    }
    acknowledge.targetToSourceContainer = HandoverCommand{order.Encode()}.Encode();
    Send(neighbour, acknowledge.Encode(), acknowledge.TYPE);
}

RrcMessage
GnbHandoverControl::Admit(const XnapHandoverRequest& request, IncomingHandover handover)
{
    const uint32_t rnti = TakeRnti();
    RrcMessage order;
    order.type = RrcType::RECONFIGURATION_WITH_SYNC;
    order.transaction = m_gnb.m_nextTransaction++;
    order.sync.cell = m_gnb.m_number;
    order.sync.newUeIdentity = rnti;
    order.sync.t304 = static_cast<uint16_t>(m_gnb.m_t304.GetMilliSeconds());
    Gnb::ModifyRequest later;
    later.rnti = rnti;
    for (const XnapMbsSessionInformation& wanted : request.mbsSessions)
    {
        const Tmgi& tmgi = wanted.mbsSessionId.tmgi;
        const auto session = m_gnb.m_sessions.find(tmgi);
        if (session != m_gnb.m_sessions.end() && session->second.broadcast)
        {
            // What is broadcast is found on the MCCH.
            continue;
        }
        if (m_gnb.HasSharedDelivery(tmgi))
        {
            session->second.members.Insert(rnti);
            order.bearers.push_back(m_gnb.BearerOf(tmgi, session->second));
        }
        else if (m_gnb.RequestDistribution(tmgi))
        {
            later.setUp.push_back(tmgi);
        }
    }
    if (!later.setUp.empty())
    {
        m_gnb.m_waiting.push_back(later);
    }
    handover.transaction = order.transaction;
    handover.timer =
        Simulator::Schedule(m_gnb.m_txnRelocOverall, &GnbHandoverControl::Dismiss, this, rnti);
    m_incoming[rnti] = std::move(handover);
    return order;
}

bool
GnbHandoverControl::IsSwitching(uint32_t rnti) const
{
    const auto found = m_incoming.find(rnti);
    return found != m_incoming.end() && found->second.state == IncomingHandover::State::SWITCHING;
}

std::size_t
GnbHandoverControl::CountAwaited(uint32_t neighbour) const
{
    return static_cast<std::size_t>(
        std::count_if(m_incoming.begin(), m_incoming.end(), [neighbour](const auto& one) {
            return one.second.source == neighbour &&
                   one.second.state == IncomingHandover::State::ADMITTED;
        }));
}

uint32_t
GnbHandoverControl::TakeRnti()
{
    while (m_unused.size() > UNUSED_RNTIS)
    {
        const uint32_t rnti = m_unused.front();
        m_unused.pop_front();
        // It may have come after all.
        if (m_gnb.m_device->IsReserved(rnti))
        {
            m_gnb.m_connections.erase(rnti);
            return rnti;
        }
    }
    const uint32_t rnti = m_gnb.m_device->ReserveRnti();
    m_gnb.m_amfUeNgapIds.resize(std::max<std::size_t>(m_gnb.m_amfUeNgapIds.size(), rnti));
    return rnti;
}

uint32_t
GnbHandoverControl::FindAwaited(uint32_t neighbour, uint32_t xnapId) const
{
    const auto found = std::find_if(m_incoming.begin(), m_incoming.end(), [&](const auto& one) {
        return one.second.source == neighbour && one.second.sourceUeXnapId == xnapId &&
               one.second.state == IncomingHandover::State::ADMITTED;
    });
    return found == m_incoming.end() ? 0 : found->first;
}

bool
GnbHandoverControl::IsBetween(uint32_t rnti) const
{
    const auto found = m_incoming.find(rnti);
    return IsLeaving(rnti) ||
           (found != m_incoming.end() && found->second.state == IncomingHandover::State::ADMITTED);
}

void
GnbHandoverControl::Handle(uint32_t neighbour, const XnapHandoverCancel& message)
{
    const uint32_t rnti = FindAwaited(neighbour, message.sourceUeXnapId);
    if (rnti == 0)
    {
        m_gnb.Drop(XnapMessageName(message.TYPE), "no such UE is awaited");
        return;
    }
    Dismiss(rnti);
}

void
GnbHandoverControl::Dismiss(uint32_t rnti)
{
    const auto found = m_incoming.find(rnti);
    const uint32_t source = found->second.source;
    found->second.timer.Cancel();
    Disown(rnti, found->second);
    m_incoming.erase(found);
    m_unused.push_back(rnti);
    m_gnb.ForgetUe(rnti);
    m_gnb.ReportHandoverFailure(rnti, source, "the UE does not come");
}

void
GnbHandoverControl::Disown(uint32_t rnti, const IncomingHandover& handover)
{
    // Then it can have a new connection.
    GnbUeConnection& connection = m_gnb.m_connections[rnti];
    connection.ueId = handover.info.ueId;
    connection.state = RrcState::IDLE;
}

bool
GnbHandoverControl::Arrived(uint32_t rnti, uint8_t transaction)
{
    const auto found = m_incoming.find(rnti);
    if (found == m_incoming.end() || found->second.state != IncomingHandover::State::ADMITTED ||
        found->second.transaction != transaction)
    {
        return false;
    }
    IncomingHandover& handover = found->second;
    handover.timer.Cancel();
    handover.state = IncomingHandover::State::SWITCHING;
    m_gnb.m_amfUeNgapIds[rnti - 1] = handover.amfUeNgapId;
    GnbUeConnection& connection = m_gnb.m_connections[rnti];
    connection.ueId = handover.info.ueId;
    connection.pduSessionId = handover.pduSessionId;
    connection.state = RrcState::CONNECTED;
    m_gnb.NoteActivity(rnti, connection);
    SendPathSwitchRequest(rnti, handover);
    // It gets what could not be ready when it was admitted.
    m_gnb.ServeWaiting();
    return true;
}

void
GnbHandoverControl::SendPathSwitchRequest(uint32_t rnti, const IncomingHandover& handover) const
{
    NgapPathSwitchRequestTransfer transfer;
    // Of a PDU session without a unicast user plane.
    transfer.dlNguUpTnlInformation.transportLayerAddress.ipv4 = m_gnb.m_n3mbAddress;
    transfer.qosFlowsAccepted.push_back(TARGET_QFI);
    transfer.mbsSupportIndicator = NgapMbsSupportIndicator::MULTICAST_SUPPORTED;
    NgapPathSwitchRequest request;
    request.ranUeNgapId = rnti;
    request.sourceAmfUeNgapId = handover.amfUeNgapId;
    request.userLocationInformation.nrCgi = {m_gnb.m_tai.plmn, m_gnb.m_number};
    request.toBeSwitched.push_back({handover.pduSessionId, transfer.Encode()});
    m_gnb.SendNgap(request.Encode(), request.TYPE);
}

void
GnbHandoverControl::N2Connected()
{
    for (const auto& [rnti, handover] : m_incoming)
    {
        if (handover.state == IncomingHandover::State::SWITCHING)
        {
            SendPathSwitchRequest(rnti, handover);
        }
    }
}

bool
GnbHandoverControl::TakeUplink(uint32_t rnti, const Bytes& nas)
{
    const auto found = m_incoming.find(rnti);
    if (found == m_incoming.end())
    {
        return false;
    }
    found->second.uplink.push_back(nas);
    return true;
}

IncomingHandover*
GnbHandoverControl::FindSwitching(uint32_t rnti, uint64_t amfUeNgapId, const NgapMessageType& type)
{
    const auto found = m_incoming.find(rnti);
    if (found == m_incoming.end() || found->second.state != IncomingHandover::State::SWITCHING ||
        found->second.amfUeNgapId != amfUeNgapId)
    {
        m_gnb.Drop(NgapMessageName(type), "no path of such a UE is being switched");
        return nullptr;
    }
    return &found->second;
}

void
GnbHandoverControl::Handle(const NgapPathSwitchRequestAcknowledge& message)
{
    const uint32_t rnti = message.ranUeNgapId;
    const IncomingHandover* switching = FindSwitching(rnti, message.amfUeNgapId, message.TYPE);
    if (switching == nullptr)
    {
        return;
    }
    const IncomingHandover handover = *switching;
    m_incoming.erase(rnti);
    XnapUeContextRelease release;
    release.sourceUeXnapId = handover.sourceUeXnapId;
    release.targetUeXnapId = rnti;
    Send(handover.source, release.Encode(), release.TYPE);
    m_gnb.m_handoverCompleted(m_gnb.m_number, rnti, handover.source);
    for (const Bytes& nas : handover.uplink)
    {
        m_gnb.SendUplinkNas(rnti, nas);
    }
}

void
GnbHandoverControl::Handle(const NgapPathSwitchRequestFailure& message)
{
    const uint32_t rnti = message.ranUeNgapId;
    const IncomingHandover* switching = FindSwitching(rnti, message.amfUeNgapId, message.TYPE);
    if (switching == nullptr)
    {
        return;
    }
    const uint32_t source = switching->source;
    m_gnb.ReportHandoverFailure(rnti, source, "the AMF does not switch the path");
    // Nothing of the UE comes along: it is of no use here (TS 23.502 clause 4.9.1.2.2).
    RrcMessage release;
    release.type = RrcType::RELEASE_TO_IDLE;
    m_gnb.SendPdu(rnti, release.Encode());
    GnbUeConnection& connection = m_gnb.m_connections.at(rnti);
    m_gnb.ForgetConnection(rnti, connection);
    connection.state = RrcState::IDLE;
}

} // namespace ns3::mbs
