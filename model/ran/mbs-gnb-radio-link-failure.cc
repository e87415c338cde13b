// SPDX-License-Identifier: GPL-2.0-only

// What a gNB does when RLC gives up what it has to tell a UE: it says so to the AMF (TS 38.413
// clause 8.6.4), and has a UE released that does not come back (TS 38.413 clause 8.3.2, TS 23.502
// clause 4.2.6).

#include "mbs-gnb-handover.h"
#include "mbs-gnb.h"

#include "ns3/simulator.h"

#include <utility>

namespace ns3::mbs
{

namespace
{

/** Why the AMF is told. */
const NgapCause LOST{NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_CONNECTION_WITH_UE_LOST};

} // namespace

void
Gnb::SignallingUndelivered(uint32_t rnti, Ptr<const Packet> pdu, bool isBack)
{
    if (IsDown())
    {
        return;
    }
    Bytes octets(pdu->GetSize());
    pdu->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    const auto message = RrcMessage::Decode(octets);
    NS_ASSERT_MSG(message, "what this gNB has sent");
    if (m_handovers && m_handovers->Undelivered(rnti, *message))
    {
        return;
    }
    if (rnti > m_amfUeNgapIds.size() || m_amfUeNgapIds[rnti - 1] == 0)
    {
        // The AMF knows nothing of a connection here.
        return;
    }
    if (message->type == RrcType::DL_INFORMATION_TRANSFER)
    {
        NgapNasNonDeliveryIndication indication;
        indication.amfUeNgapId = m_amfUeNgapIds[rnti - 1];
        indication.ranUeNgapId = rnti;
        indication.nasPdu = message->nas;
        indication.cause = LOST;
        SendNgap(indication.Encode(), indication.TYPE);
    }
    GnbUeConnection* connection = FindConnection(rnti);
    if (connection == nullptr)
    {
        // It has no way back, and stays; who asked for it tries again.
        if (message->type == RrcType::RECONFIGURATION)
        {
            ReconfigurationUndelivered(rnti, message->transaction);
        }
        return;
    }
    // What it was to be told about bearers it is told when it re-establishes its connection.
    if (!isBack && connection->state == RrcState::CONNECTED && !connection->releasing &&
        connection->rlfRelease.IsExpired())
    {
        connection->rlfRelease =
            Simulator::Schedule(m_rlfReleaseTimer, &Gnb::RadioLinkLost, this, rnti);
    }
}

void
Gnb::ReconfigurationUndelivered(uint32_t rnti, uint8_t transaction)
{
    const auto pending = m_pending.find({rnti, transaction});
    if (pending == m_pending.end())
    {
        return;
    }
    const ModifyRequest request = std::move(pending->second);
    m_pending.erase(pending);
    if (request.pduSessionId != 0)
    {
        Respond(request, LOST);
    }
    for (const Tmgi& tmgi : request.added)
    {
        const auto session = m_sessions.find(tmgi);
        if (session != m_sessions.end())
        {
            session->second.members.Erase(rnti);
            ReleaseIfUnused(tmgi);
        }
    }
}

void
Gnb::RadioLinkLost(uint32_t rnti)
{
    GnbUeConnection& connection = m_connections.at(rnti);
    if (IsDown() || connection.state != RrcState::CONNECTED || connection.releasing ||
        m_amfUeNgapIds[rnti - 1] == 0 || (m_handovers && m_handovers->IsOnItsWay(rnti)))
    {
        return;
    }
    if (m_handovers && m_handovers->IsSwitching(rnti))
    {
        // To the AMF the UE is elsewhere until then.
        connection.rlfRelease =
            Simulator::Schedule(m_rlfReleaseTimer, &Gnb::RadioLinkLost, this, rnti);
        return;
    }
    Drop("RRC connection", "RLC does not reach the UE, and it does not come back");
    RequestRelease(rnti, NgapCause::RADIO_CONNECTION_WITH_UE_LOST);
}

} // namespace ns3::mbs
