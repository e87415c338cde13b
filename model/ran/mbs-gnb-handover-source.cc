// SPDX-License-Identifier: GPL-2.0-only

// What a gNB does as the source of a handover: it asks the target, sends the UE away, and gives
// back what the UE does not get here any more (TS 38.300 clause 9.2.3.2.1, TS 38.413
// clauses 8.2.3.4 and 8.6.4).

#include "mbs-gnb-handover.h"
#include "mbs-gnb.h"
#include "mbs-ue-radio-device.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

namespace
{

/** QoS flow of every PDU session and MBS session here. */
constexpr uint8_t GNB_QFI = 1;

/** How often the AMF is asked to release a UE of which nothing is heard any more. */
constexpr uint32_t MAX_RELEASE_REQUESTS = 4;

} // namespace

std::string
GnbHandoverControl::WhyNot(uint32_t rnti, uint32_t target) const
{
    const auto neighbour = m_neighbours.find(target);
    const GnbUeConnection* connection = m_gnb.FindConnection(rnti);
    if (m_gnb.IsDown())
    {
        return "the gNB is down";
    }
    if (connection == nullptr || rnti > m_gnb.m_amfUeNgapIds.size() ||
        m_gnb.m_amfUeNgapIds[rnti - 1] == 0 || connection->amfUnknown || connection->releasing ||
        connection->state != RrcState::CONNECTED || connection->pduSessionId == 0)
    {
        return "the UE has no connection, or no PDU session that is known here";
    }
    if (IsLeaving(rnti) || m_incoming.count(rnti) > 0)
    {
        return "the UE is in a handover already";
    }
    if (neighbour == m_neighbours.end() || !m_xn->IsUp(neighbour->second))
    {
        return target == m_gnb.m_number          ? "the UE is there already"
               : neighbour == m_neighbours.end() ? "there is no Xn to that gNB"
                                                 : "Xn to that gNB is down";
    }
    return "";
}

void
GnbHandoverControl::Begin(uint32_t rnti, uint32_t target)
{
    const std::string wrong = WhyNot(rnti, target);
    if (!wrong.empty())
    {
        m_gnb.ReportHandoverFailure(rnti, target, wrong);
        return;
    }
    Erase(rnti);
    OutgoingHandover& handover = m_outgoing[rnti];
    handover.xnapId = m_nextXnapId++;
    m_rntiOf[handover.xnapId] = rnti;
    handover.target = target;
    handover.amfUeNgapId = m_gnb.m_amfUeNgapIds[rnti - 1];
    handover.pduSessionId = m_gnb.m_connections.at(rnti).pduSessionId;
    handover.timer = Simulator::Schedule(m_gnb.m_txnRelocPrep,
                                         &GnbHandoverControl::PreparationExpired,
                                         this,
                                         rnti);
    m_gnb.m_handoverStarted(m_gnb.m_number, rnti, target);
    const XnapHandoverRequest request = MakeRequest(rnti, handover);
    Send(target, request.Encode(), request.TYPE);
}

XnapHandoverRequest
GnbHandoverControl::MakeRequest(uint32_t rnti, const OutgoingHandover& handover) const
{
    XnapHandoverRequest request;
    request.sourceUeXnapId = handover.xnapId;
    request.cause = {XnapCauseGroup::RADIO_NETWORK,
                     XnapCause::RADIO_HANDOVER_DESIRABLE_FOR_RADIO_REASONS};
    request.targetCell = {m_gnb.m_tai.plmn, handover.target};
    request.amfUeNgapId = handover.amfUeNgapId;
    request.cpTnlSource.ipv4 = m_gnb.m_amf;
    XnapPduSessionToBeSetup pduSession;
    pduSession.pduSessionId = handover.pduSessionId;
    // Of a PDU session without a unicast user plane.
    pduSession.ulNguTnlAtUpf.transportLayerAddress.ipv4 = m_gnb.m_n3mbAddress;
    pduSession.qosFlowsToBeSetup.push_back({GNB_QFI, {}, {}});
    request.pduSessions.push_back(pduSession);
    HandoverPreparationInformation information;
    information.source = {m_gnb.m_number, rnti};
    information.ueId = static_cast<uint16_t>(m_gnb.m_connections.at(rnti).ueId);
    request.rrcContext = information.Encode();
    request.mbsSessions = SessionsOf(rnti);
    request.ueHistory.push_back({{m_gnb.m_tai.plmn, m_gnb.m_number}, XnapCellSize::MEDIUM, 0});
    return request;
}

std::vector<XnapMbsSessionInformation>
GnbHandoverControl::SessionsOf(uint32_t rnti) const
{
    const auto leaves = [this, rnti](const Tmgi& tmgi) {
        return std::any_of(m_gnb.m_pending.lower_bound({rnti, 0}),
                           m_gnb.m_pending.upper_bound({rnti, UINT8_MAX}),
                           [&tmgi](const auto& one) {
                               const auto& release = one.second.release;
                               return std::find(release.begin(), release.end(), tmgi) !=
                                      release.end();
                           });
    };
    std::vector<XnapMbsSessionInformation> sessions;
    for (const auto& [tmgi, session] : m_gnb.m_sessions)
    {
        if (session.broadcast || !session.members.Contains(rnti) || leaves(tmgi))
        {
            continue;
        }
        XnapMbsSessionInformation information;
        information.mbsSessionId.tmgi = tmgi;
        if (session.active)
        {
            NgapMbsQosFlowsToBeSetupItem flow;
            flow.mbsQosFlowIdentifier = GNB_QFI;
            flow.mbsQosFlowLevelQosParameters.fiveQi =
                session.fiveQi.value_or(flow.mbsQosFlowLevelQosParameters.fiveQi);
            information.active.emplace();
            information.active->qosFlowsToAdd.push_back(flow);
        }
        sessions.push_back(information);
    }
    return sessions;
}

bool
GnbHandoverControl::IsLeaving(uint32_t rnti) const
{
    const auto found = m_outgoing.find(rnti);
    return found != m_outgoing.end() && found->second.state != OutgoingHandover::State::DONE;
}

bool
GnbHandoverControl::IsOnItsWay(uint32_t rnti) const
{
    const auto found = m_outgoing.find(rnti);
    return found != m_outgoing.end() && found->second.state == OutgoingHandover::State::EXECUTING;
}

OutgoingHandover*
GnbHandoverControl::FindLeaving(uint32_t rnti)
{
    return IsLeaving(rnti) ? &m_outgoing.at(rnti) : nullptr;
}

uint32_t
GnbHandoverControl::FindOutgoing(uint32_t neighbour,
                                 uint32_t xnapId,
                                 OutgoingHandover::State state) const
{
    const auto found = m_rntiOf.find(xnapId);
    if (found == m_rntiOf.end())
    {
        return 0;
    }
    const OutgoingHandover& handover = m_outgoing.at(found->second);
    return handover.target == neighbour && handover.state == state ? found->second : 0;
}

uint32_t
GnbHandoverControl::FindPreparing(uint32_t neighbour, uint32_t xnapId, const XnapMessageType& type)
{
    const uint32_t rnti = FindOutgoing(neighbour, xnapId, OutgoingHandover::State::PREPARING);
    if (rnti == 0)
    {
        m_gnb.Drop(XnapMessageName(type), "no such handover is being prepared");
    }
    return rnti;
}

void
GnbHandoverControl::Erase(uint32_t rnti)
{
    const auto found = m_outgoing.find(rnti);
    if (found != m_outgoing.end())
    {
        m_rntiOf.erase(found->second.xnapId);
        m_outgoing.erase(found);
    }
}

void
GnbHandoverControl::Handle(uint32_t neighbour, const XnapHandoverRequestAcknowledge& message)
{
    const uint32_t rnti = FindPreparing(neighbour, message.sourceUeXnapId, message.TYPE);
    if (rnti == 0)
    {
        if (m_rntiOf.count(message.sourceUeXnapId) == 0)
        {
            // It comes late, and perhaps HANDOVER CANCEL has overtaken the request.
            SendCancel(neighbour,
                       message.sourceUeXnapId,
                       message.targetUeXnapId,
                       XnapCause::RADIO_UNSPECIFIED);
        }
        return;
    }
    OutgoingHandover* handover = &m_outgoing.at(rnti);
    handover->targetUeXnapId = message.targetUeXnapId;
    const auto command = HandoverCommand::Decode(message.targetToSourceContainer);
    if (!command)
    {
        Cancel(rnti, XnapCause::RADIO_UNSPECIFIED);
        Fail(rnti, "no order for the UE in the target's answer");
        return;
    }
    handover->timer.Cancel();
    handover->state = OutgoingHandover::State::EXECUTING;
    handover->timer = Simulator::Schedule(m_gnb.m_txnRelocOverall,
                                          &GnbHandoverControl::OverallExpired,
                                          this,
                                          rnti);
    m_gnb.SendPdu(rnti, command->rrcReconfiguration);
    ReturnWaiting(rnti, *handover);
    // What has waited goes back.
    const auto waiting = std::move(handover->waiting);
    handover->waiting.clear();
    for (const auto& serve : waiting)
    {
        serve();
    }
}

void
GnbHandoverControl::ReturnWaiting(uint32_t rnti, const OutgoingHandover& handover)
{
    std::vector<Tmgi> sessions;
    auto& waiting = m_gnb.m_waiting;
    for (auto it = waiting.begin(); it != waiting.end();)
    {
        if (it->rnti != rnti)
        {
            ++it;
            continue;
        }
        if (it->pduSessionId != 0)
        {
            ReturnModify(rnti, handover, it->pduSessionId);
        }
        sessions.insert(sessions.end(), it->setUp.begin(), it->setUp.end());
        it = waiting.erase(it);
    }
    for (const Tmgi& tmgi : sessions)
    {
        m_gnb.ReleaseIfUnused(tmgi);
    }
}

void
GnbHandoverControl::Handle(uint32_t neighbour, const XnapHandoverPreparationFailure& message)
{
    const uint32_t rnti = FindPreparing(neighbour, message.sourceUeXnapId, message.TYPE);
    if (rnti != 0)
    {
        Fail(rnti, "the target does not take the UE");
    }
}

void
GnbHandoverControl::Handle(uint32_t neighbour, const XnapUeContextRelease& message)
{
    const uint32_t rnti =
        FindOutgoing(neighbour, message.sourceUeXnapId, OutgoingHandover::State::EXECUTING);
    if (rnti == 0)
    {
        m_gnb.Drop(XnapMessageName(message.TYPE), "no UE is on its way there");
        return;
    }
    OutgoingHandover& handover = m_outgoing.at(rnti);
    handover.timer.Cancel();
    handover.state = OutgoingHandover::State::DONE;
    for (auto it = m_gnb.m_pending.lower_bound({rnti, 0});
         it != m_gnb.m_pending.end() && it->first.first == rnti;
         ++it)
    {
        if (it->second.pduSessionId != 0)
        {
            // RLC has delivered it, the UE has left before its answer arrived.
            m_gnb.Respond(it->second, std::nullopt);
        }
    }
    GnbUeConnection& connection = m_gnb.m_connections.at(rnti);
    m_gnb.ForgetConnection(rnti, connection);
    connection.state = RrcState::IDLE;
}

void
GnbHandoverControl::Cancel(uint32_t rnti, uint8_t cause) const
{
    const OutgoingHandover& handover = m_outgoing.at(rnti);
    SendCancel(handover.target, handover.xnapId, handover.targetUeXnapId, cause);
}

void
GnbHandoverControl::SendCancel(uint32_t neighbour,
                               uint32_t xnapId,
                               const std::optional<uint32_t>& targetUeXnapId,
                               uint8_t cause) const
{
    XnapHandoverCancel cancel;
    cancel.sourceUeXnapId = xnapId;
    cancel.targetUeXnapId = targetUeXnapId;
    cancel.cause = {XnapCauseGroup::RADIO_NETWORK, cause};
    Send(neighbour, cancel.Encode(), cancel.TYPE);
}

void
GnbHandoverControl::Fail(uint32_t rnti, const std::string& why)
{
    OutgoingHandover handover = std::move(m_outgoing.at(rnti));
    Erase(rnti);
    handover.timer.Cancel();
    m_gnb.ReportHandoverFailure(rnti, handover.target, why);
    // The UE is here to get what has waited.
    for (const auto& serve : handover.waiting)
    {
        serve();
    }
    m_gnb.ServeWaiting();
}

void
GnbHandoverControl::PreparationExpired(uint32_t rnti)
{
    Cancel(rnti, XnapCause::RADIO_TXNRELOCPREP_EXPIRY);
    Fail(rnti, "no answer of the target within TXnRELOCprep");
}

void
GnbHandoverControl::OverallExpired(uint32_t rnti)
{
    // The AMF's command ends it, or that none comes.
    OutgoingHandover& handover = m_outgoing.at(rnti);
    if (handover.overdue == 0)
    {
        m_gnb.ReportHandoverFailure(rnti,
                                    handover.target,
                                    "no UE CONTEXT RELEASE within TXnRELOCoverall");
    }
    if (handover.overdue++ >= MAX_RELEASE_REQUESTS)
    {
        // The AMF has the UE elsewhere, or not at all: nothing of it is kept here.
        m_gnb.Drop("UE context", "released without the AMF's command");
        GnbUeConnection& connection = m_gnb.m_connections.at(rnti);
        m_gnb.ForgetConnection(rnti, connection);
        connection.state = RrcState::IDLE;
        return;
    }
    // An AMF that was about to switch the path ignores a request.
    handover.timer = Simulator::Schedule(m_gnb.m_txnRelocOverall,
                                         &GnbHandoverControl::OverallExpired,
                                         this,
                                         rnti);
    m_gnb.RequestRelease(rnti, NgapCause::RADIO_TXNRELOCOVERALL_EXPIRY);
}

void
GnbHandoverControl::ReturnNas(uint32_t rnti,
                              const OutgoingHandover& handover,
                              const Bytes& nas) const
{
    NgapNasNonDeliveryIndication indication;
    indication.amfUeNgapId = handover.amfUeNgapId;
    indication.ranUeNgapId = rnti;
    indication.nasPdu = nas;
    indication.cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_XN_HANDOVER_TRIGGERED};
    m_gnb.SendNgap(indication.Encode(), indication.TYPE);
}

void
GnbHandoverControl::ReturnModify(uint32_t rnti,
                                 const OutgoingHandover& handover,
                                 uint8_t pduSessionId) const
{
    NgapPduSessionResourceModifyUnsuccessfulTransfer transfer;
    transfer.cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_XN_HANDOVER_TRIGGERED};
    NgapPduSessionResourceModifyResponse response;
    response.amfUeNgapId = handover.amfUeNgapId;
    response.ranUeNgapId = rnti;
    response.failed.push_back({pduSessionId, transfer.Encode()});
    m_gnb.SendNgap(response.Encode(), response.TYPE);
}

bool
GnbHandoverControl::Take(const NgapDownlinkNasTransport& message)
{
    OutgoingHandover* handover = FindLeaving(message.ranUeNgapId);
    if (handover == nullptr)
    {
        return false;
    }
    if (handover->state == OutgoingHandover::State::PREPARING)
    {
        handover->waiting.emplace_back([this, message] { m_gnb.Handle(message); });
    }
    else
    {
        ReturnNas(message.ranUeNgapId, *handover, message.nasPdu);
    }
    return true;
}

bool
GnbHandoverControl::Take(const NgapPduSessionResourceModifyRequest& message)
{
    OutgoingHandover* handover = FindLeaving(message.ranUeNgapId);
    if (handover == nullptr)
    {
        return false;
    }
    if (handover->state == OutgoingHandover::State::PREPARING)
    {
        handover->waiting.emplace_back([this, message] { m_gnb.Handle(message); });
        return true;
    }
    for (const auto& item : message.sessions)
    {
        ReturnModify(message.ranUeNgapId, *handover, item.pduSessionId);
    }
    return true;
}

bool
GnbHandoverControl::Undelivered(uint32_t rnti, const RrcMessage& message)
{
    const auto found = m_outgoing.find(rnti);
    if (found == m_outgoing.end() || found->second.state == OutgoingHandover::State::PREPARING ||
        (found->second.state == OutgoingHandover::State::DONE && m_gnb.m_device->FindUe(rnti)))
    {
        return false;
    }
    if (message.type == RrcType::RECONFIGURATION_WITH_SYNC)
    {
        Cancel(rnti, XnapCause::RADIO_UNSPECIFIED);
        Fail(rnti, "the UE could not be told");
        return true;
    }
    if (message.type == RrcType::RECONFIGURATION)
    {
        const auto pending = m_gnb.m_pending.find({rnti, message.transaction});
        const bool asked = pending != m_gnb.m_pending.end() && pending->second.pduSessionId != 0;
        if (pending != m_gnb.m_pending.end())
        {
            m_gnb.m_pending.erase(pending);
        }
        if (asked || !message.nas.empty())
        {
            ReturnModify(rnti, found->second, found->second.pduSessionId);
        }
    }
    else if (!message.nas.empty())
    {
        ReturnNas(rnti, found->second, message.nas);
    }
    return true;
}

void
GnbHandoverControl::Returned(uint32_t rnti)
{
    const auto found = m_outgoing.find(rnti);
    if (found == m_outgoing.end())
    {
        return;
    }
    if (found->second.state == OutgoingHandover::State::DONE)
    {
        // It comes for the second time.
        Erase(rnti);
    }
    else if (found->second.state == OutgoingHandover::State::EXECUTING)
    {
        Cancel(rnti, XnapCause::RADIO_UNSPECIFIED);
        Fail(rnti, "the UE has come back");
    }
}

void
GnbHandoverControl::ConnectionEnded(uint32_t rnti)
{
    if (OutgoingHandover* handover = FindLeaving(rnti))
    {
        handover->waiting.clear();
        if (handover->overdue > 0)
        {
            // That has been reported.
            handover->timer.Cancel();
            Erase(rnti);
        }
        else
        {
            Cancel(rnti, XnapCause::RADIO_UNSPECIFIED);
            Fail(rnti, "the UE's connection has ended");
        }
    }
    const auto incoming = m_incoming.find(rnti);
    if (incoming != m_incoming.end())
    {
        incoming->second.timer.Cancel();
        m_incoming.erase(incoming);
    }
}

} // namespace ns3::mbs
