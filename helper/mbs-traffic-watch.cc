// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-watch.h"

#include "ns3/mbs-multicast-radio-bearer.h"

#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <map>
#include <memory>

namespace ns3::mbs
{

namespace
{

/** Packets that a UE may keep while it goes from cell to cell, at most. */
constexpr uint64_t HELD_AT_MOST = 65536;

/** Follows the copies of packets over one link, on which they are from MacTx to one of the others.
 */
class LinkWatch
{
  public:
    /**
     * @param ledgers are told
     * @param gnb the gNB that the link leads to, or nothing if it leads to several
     * @param sender the device at the near end
     */
    LinkWatch(TrafficLedgers& ledgers, std::optional<uint32_t> gnb, const Ptr<NetDevice>& sender)
        : m_ledgers(ledgers),
          m_gnb(gnb),
          m_sender(PeekPointer(sender))
    {
    }

    /** @param packet enters */
    void Enter(Ptr<const Packet> packet)
    {
        TrafficLedger* ledger = m_ledgers.LedgerOf(packet->GetUid());
        if (ledger != nullptr && m_gnb)
        {
            ledger->CellCopyEntered(packet->GetUid(), *m_gnb);
        }
        else if (ledger != nullptr)
        {
            ledger->CopyEntered(packet->GetUid());
        }
    }

    /** @param packet leaves */
    void Leave(Ptr<const Packet> packet)
    {
        TrafficLedger* ledger = m_ledgers.LedgerOf(packet->GetUid());
        if (ledger != nullptr && m_gnb)
        {
            ledger->CellCopyLeft(packet->GetUid(), *m_gnb);
        }
        else if (ledger != nullptr)
        {
            ledger->CopyLeft(packet->GetUid());
        }
    }

    /** @param packet could not enter, because the queue is full, or was never in, with no link */
    void Refuse(Ptr<const Packet> packet)
    {
        if (m_sender->IsLinkUp())
        {
            Leave(packet);
        }
    }

  private:
    TrafficLedgers& m_ledgers;     //!< are told
    std::optional<uint32_t> m_gnb; //!< where the link leads
    NetDevice* m_sender;           //!< near end; it keeps this object, not the other way round
};

/**
 * @brief Watches one direction of a link.
 * @param ledgers are told
 * @param gnb the gNB that the link leads to, or nothing if it leads to several
 * @param sender near end
 * @param receiver far end
 */
void
WatchLink(TrafficLedgers& ledgers,
          std::optional<uint32_t> gnb,
          const Ptr<NetDevice>& sender,
          const Ptr<NetDevice>& receiver)
{
    // The callbacks share the watch and so keep it alive.
    const auto watch = std::make_shared<LinkWatch>(ledgers, gnb, sender);
    const auto enter = [](std::shared_ptr<LinkWatch> w, Ptr<const Packet> p) { w->Enter(p); };
    const auto leave = [](std::shared_ptr<LinkWatch> w, Ptr<const Packet> p) { w->Leave(p); };
    const auto refuse = [](std::shared_ptr<LinkWatch> w, Ptr<const Packet> p) { w->Refuse(p); };
    using Sink = void (*)(std::shared_ptr<LinkWatch>, Ptr<const Packet>);
    sender->TraceConnectWithoutContext("MacTx", MakeBoundCallback(Sink(enter), watch));
    sender->TraceConnectWithoutContext("MacTxDrop", MakeBoundCallback(Sink(refuse), watch));
    sender->TraceConnectWithoutContext("PhyTxDrop", MakeBoundCallback(Sink(leave), watch));
    receiver->TraceConnectWithoutContext("PhyRxDrop", MakeBoundCallback(Sink(leave), watch));
    receiver->TraceConnectWithoutContext("MacRx", MakeBoundCallback(Sink(leave), watch));
}

} // namespace

TrafficWatch::TrafficWatch(const MbsHelper& network)
    : m_network(network)
{
}

void
TrafficWatch::Connect()
{
    m_inRadio.resize(m_network.GetGnbs().size());
    for (const Tmgi& tmgi : m_network.GetTmgis())
    {
        m_ledgers.AddSession(tmgi);
    }
    KeepLosses();
    using Self = TrafficWatch;
    for (const Ptr<Ue>& ue : m_network.GetUes())
    {
        const uint32_t number = ue->GetNumber();
        for (const uint32_t session : m_network.GetSessionsOf(number))
        {
            m_ledgers.Get(session).AddUe(number, m_network.GetGnbOf(number));
        }
    }
    m_network.GetMbstf()->TraceConnectWithoutContext("TrafficSent",
                                                     MakeCallback(&Self::TrafficSent, this));
    const Ptr<RadioChannel> channel = m_network.GetRadioChannel();
    channel->TraceConnectWithoutContext("GroupReceived", MakeCallback(&Self::GroupReceived, this));
    channel->TraceConnectWithoutContext("GroupLost", MakeCallback(&Self::GroupLost, this));
    channel->TraceConnectWithoutContext("GroupAwaited", MakeCallback(&Self::GroupAwaited, this));
    channel->TraceConnectWithoutContext("GroupResent", MakeCallback(&Self::GroupResent, this));
    channel->TraceConnectWithoutContext("GroupDelivered",
                                        MakeCallback(&Self::GroupDelivered, this));
    channel->TraceConnectWithoutContext("GroupAddressed",
                                        MakeCallback(&Self::GroupAddressed, this));
    channel->TraceConnectWithoutContext("ReceptionChanged",
                                        MakeCallback(&Self::ReceptionChanged, this));
    channel->TraceConnectWithoutContext("UeAttached", MakeCallback(&Self::UeAttached, this));
    for (const auto& cell : m_network.GetCells())
    {
        cell->TraceConnectWithoutContext("GroupQueued", MakeCallback(&Self::GroupQueued, this));
        cell->TraceConnectWithoutContext("GroupDropped", MakeCallback(&Self::GroupDropped, this));
        cell->TraceConnectWithoutContext("PtpDropped", MakeCallback(&Self::PtpDropped, this));
    }
    WatchLinks();
}

void
TrafficWatch::WatchLinks()
{
    std::map<Ptr<Node>, uint32_t> gnbOfNode;
    for (const auto& gnb : m_network.GetGnbs())
    {
        gnbOfNode[gnb->GetNode()] = gnb->GetNumber();
    }
    for (const CoreLink& link : m_network.GetTopology()->GetLinks())
    {
        if (link.interface != Interface::NMB9 && link.interface != Interface::N3MB)
        {
            continue;
        }
        const auto gnb = gnbOfNode.find(link.b);
        WatchLink(m_ledgers,
                  gnb == gnbOfNode.end() ? std::nullopt : std::optional<uint32_t>(gnb->second),
                  link.deviceA,
                  link.deviceB);
    }
}

void
TrafficWatch::MemberJoined(uint32_t ue, const Tmgi& tmgi)
{
    if (TrafficLedger* ledger = m_ledgers.Find(tmgi))
    {
        ledger->MemberJoined(ue, m_network.GetGnbOf(ue));
    }
}

void
TrafficWatch::MemberLeft(uint32_t ue, const Tmgi& tmgi)
{
    if (TrafficLedger* ledger = m_ledgers.Find(tmgi))
    {
        ledger->MemberLeft(ue);
    }
}

const std::optional<TrafficLedgers::Place>&
TrafficWatch::PlaceOf(const Ptr<const Packet>& packet)
{
    // All UEs of a cell ask for the same packet in a row.
    if (packet->GetUid() != m_recentUid)
    {
        m_recentUid = packet->GetUid();
        m_recentPlace = m_ledgers.PlaceOf(m_recentUid);
        m_recentLedger = m_recentPlace ? &m_ledgers.Get(m_recentPlace->session) : nullptr;
    }
    return m_recentPlace;
}

bool
TrafficWatch::ArrivedAtGnb(uint32_t gnb, const Ptr<const Packet>& packet)
{
    if (!PlaceOf(packet))
    {
        return false;
    }
    m_recentLedger->ArrivedAtGnb(packet->GetUid(), gnb);
    return true;
}

void
TrafficWatch::TrafficSent(const Tmgi& tmgi, Ptr<const Packet> packet, uint64_t index)
{
    m_ledgers.PacketSent(tmgi, index, packet->GetUid(), Simulator::Now());
}

void
TrafficWatch::GroupReceived(uint32_t /* gnb */,
                            Ptr<const Packet> packet,
                            const std::vector<GroupVerdict>& verdicts)
{
    const auto& place = PlaceOf(packet);
    if (!place)
    {
        return;
    }
    const uint64_t index = place->index;
    TrafficLedger& ledger = *m_recentLedger;
    for (const auto& [ue, reception] : verdicts)
    {
        switch (reception.outcome)
        {
        case GroupOutcome::DELIVERED:
            ledger.Delivered(ue, index, reception.octets);
            break;
        case GroupOutcome::NO_KEY:
            ledger.Lost(ue, index, LossCause::NO_KEY);
            break;
        case GroupOutcome::STALE_KEY:
            ledger.Lost(ue, index, LossCause::STALE_KEY);
            break;
        case GroupOutcome::AUTH:
            ledger.Lost(ue, index, LossCause::AUTH);
            break;
        case GroupOutcome::REPLAY:
            ledger.Lost(ue, index, LossCause::REPLAY);
            break;
        case GroupOutcome::NO_TRAFFIC:
            break;
        }
    }
}

void
TrafficWatch::GroupLost(uint32_t ue, Ptr<const Packet> packet)
{
    if (const auto& place = PlaceOf(packet))
    {
        m_recentLedger->LostOnAir(ue, place->index);
    }
}

void
TrafficWatch::GroupAwaited(uint32_t ue, Ptr<const Packet> packet)
{
    if (const auto& place = PlaceOf(packet))
    {
        m_recentLedger->Awaited(ue, place->index);
    }
}

void
TrafficWatch::GroupResent(uint32_t ue, Ptr<const Packet> packet)
{
    if (const auto& place = PlaceOf(packet))
    {
        m_recentLedger->Resent(ue, place->index);
    }
}

void
TrafficWatch::KeepLosses()
{
    // Bearers come into being when they are needed; all are set as this one is.
    const Ptr<MulticastRadioBearer> bearer = CreateObject<MulticastRadioBearer>();
    if (!bearer->RecoversHandovers())
    {
        return;
    }
    UintegerValue buffer;
    bearer->GetAttribute("RecoveryBuffer", buffer);
    for (uint32_t session = 0; session < m_ledgers.GetCount(); ++session)
    {
        m_ledgers.Get(session).KeepLosses(buffer.Get() + HELD_AT_MOST);
    }
}

void
TrafficWatch::PtpDropped(uint32_t /* gnb */, uint32_t ue, Ptr<const Packet> packet)
{
    if (const auto& place = PlaceOf(packet))
    {
        m_recentLedger->Lost(ue, place->index, LossCause::QUEUE);
    }
}

void
TrafficWatch::GroupQueued(uint32_t gnb, Ptr<const Packet> packet)
{
    if (const auto& place = PlaceOf(packet))
    {
        m_inRadio.at(gnb).insert({place->session, place->index});
    }
}

void
TrafficWatch::GroupDropped(uint32_t gnb, Ptr<const Packet> packet)
{
    if (const auto& place = PlaceOf(packet))
    {
        m_recentLedger->QueueDropped(gnb, place->index);
    }
}

void
TrafficWatch::GroupDelivered(uint32_t gnb, Ptr<const Packet> packet)
{
    if (const auto& place = PlaceOf(packet))
    {
        m_inRadio.at(gnb).erase({place->session, place->index});
        m_recentLedger->CellDelivered(gnb, place->index);
    }
}

void
TrafficWatch::GroupAddressed(uint32_t gnb, Ptr<const Packet> packet)
{
    if (const auto& place = PlaceOf(packet))
    {
        m_recentLedger->CellDelivered(gnb, place->index);
    }
}

void
TrafficWatch::ReceptionChanged(uint32_t ue, const Tmgi& tmgi, Reception reception)
{
    TrafficLedger* ledger = m_ledgers.Find(tmgi);
    if (ledger != nullptr && reception == Reception::LISTENING)
    {
        ledger->ReceptionStarted(ue);
    }
    else if (ledger != nullptr)
    {
        ledger->ReceptionStopped(ue,
                                 reception == Reception::ASLEEP    ? LossCause::ASLEEP
                                 : reception == Reception::NO_CELL ? LossCause::HANDOVER
                                                                   : LossCause::RADIO);
    }
}

void
TrafficWatch::UeAttached(uint32_t ue, uint32_t gnb)
{
    for (const uint32_t session : m_network.GetSessionsOf(ue))
    {
        m_ledgers.Get(session).MemberMoved(ue, gnb);
    }
}

void
TrafficWatch::Finish()
{
    for (std::size_t gnb = 0; gnb < m_inRadio.size(); ++gnb)
    {
        for (const auto& [session, index] : m_inRadio[gnb])
        {
            m_ledgers.Get(session).InRadio(static_cast<uint32_t>(gnb), index);
        }
    }
    m_ledgers.Finish(Simulator::Now());
}

const TrafficLedgers&
TrafficWatch::GetLedgers() const
{
    return m_ledgers;
}

} // namespace ns3::mbs
