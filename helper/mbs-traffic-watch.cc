// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-watch.h"

#include "ns3/mbs-foresight.h"
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
     * @param ledgers are told of what leaves at a gNB
     * @param feed is told of all else, and brings the ledgers all
     * @param gnb the gNB that the link leads to, or nothing if it leads to several
     * @param sender the device at the near end
     */
    LinkWatch(TrafficLedgers& ledgers,
              ReportFeed& feed,
              std::optional<uint32_t> gnb,
              const Ptr<NetDevice>& sender)
        : m_ledgers(ledgers),
          m_feed(feed),
          m_gnb(gnb),
          m_sender(PeekPointer(sender))
    {
    }

    /** @param packet enters */
    void Enter(Ptr<const Packet> packet)
    {
        Tell(m_gnb ? CoreReport::Kind::CELL_COPY_ENTERED : CoreReport::Kind::COPY_ENTERED, packet);
    }

    /** @param packet leaves at the near end, or in the core */
    void Leave(Ptr<const Packet> packet)
    {
        Tell(m_gnb ? CoreReport::Kind::CELL_COPY_LEFT : CoreReport::Kind::COPY_LEFT, packet);
    }

    /** @param packet leaves at the far end, which may be another process's gNB */
    void Arrive(Ptr<const Packet> packet)
    {
        if (!m_gnb)
        {
            Leave(packet);
            return;
        }
        m_feed.Locally([&ledgers = m_ledgers, gnb = *m_gnb, uid = packet->GetUid()] {
            if (TrafficLedger* ledger = ledgers.LedgerOf(uid))
            {
                ledger->CellCopyLeft(uid, gnb);
            }
        });
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
    /** @param kind what happened @param packet to which packet */
    void Tell(CoreReport::Kind kind, const Ptr<const Packet>& packet)
    {
        CoreReport report;
        report.kind = kind;
        report.uid = packet->GetUid();
        report.number = m_gnb.value_or(0);
        m_feed.Tell(report);
    }

    TrafficLedgers& m_ledgers;     //!< are told
    ReportFeed& m_feed;            //!< is told
    std::optional<uint32_t> m_gnb; //!< where the link leads
    NetDevice* m_sender;           //!< near end; it keeps this object, not the other way round
};

/**
 * @brief Watches one direction of a link.
 * @param watch what follows the packets
 * @param sender near end
 * @param receiver far end
 */
void
WatchLink(const std::shared_ptr<LinkWatch>& watch,
          const Ptr<NetDevice>& sender,
          const Ptr<NetDevice>& receiver)
{
    // The callbacks share the watch and so keep it alive.
    const auto enter = [](std::shared_ptr<LinkWatch> w, Ptr<const Packet> p) { w->Enter(p); };
    const auto leave = [](std::shared_ptr<LinkWatch> w, Ptr<const Packet> p) { w->Leave(p); };
    const auto arrive = [](std::shared_ptr<LinkWatch> w, Ptr<const Packet> p) { w->Arrive(p); };
    const auto refuse = [](std::shared_ptr<LinkWatch> w, Ptr<const Packet> p) { w->Refuse(p); };
    using Sink = void (*)(std::shared_ptr<LinkWatch>, Ptr<const Packet>);
    sender->TraceConnectWithoutContext("MacTx", MakeBoundCallback(Sink(enter), watch));
    sender->TraceConnectWithoutContext("MacTxDrop", MakeBoundCallback(Sink(refuse), watch));
    sender->TraceConnectWithoutContext("PhyTxDrop", MakeBoundCallback(Sink(leave), watch));
    receiver->TraceConnectWithoutContext("PhyRxDrop", MakeBoundCallback(Sink(arrive), watch));
    receiver->TraceConnectWithoutContext("MacRx", MakeBoundCallback(Sink(arrive), watch));
}

} // namespace

TrafficWatch::TrafficWatch(const MbsHelper& network, ReportFeed& feed)
    : m_network(network),
      m_feed(feed)
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
        if (ue->GetNode()->GetSystemId() != Ranks::GetOwn())
        {
            continue;
        }
        for (const uint32_t session : m_network.GetSessionsOf(number))
        {
            m_ledgers.Get(session).AddUe(number, m_network.GetGnbOf(number));
        }
    }
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
        const auto to = gnb == gnbOfNode.end() ? std::nullopt : std::make_optional(gnb->second);
        WatchLink(std::make_shared<LinkWatch>(m_ledgers, m_feed, to, link.deviceA),
                  link.deviceA,
                  link.deviceB);
    }
}

void
TrafficWatch::Enter(const CoreReport& report)
{
    if (report.kind == CoreReport::Kind::PACKET_SENT)
    {
        m_ledgers.PacketSent(report.key.tmgi, report.index, report.uid, m_feed.Now());
        return;
    }
    TrafficLedger* ledger = m_ledgers.LedgerOf(report.uid);
    if (ledger == nullptr)
    {
        return;
    }
    switch (report.kind)
    {
    case CoreReport::Kind::COPY_ENTERED:
        ledger->CopyEntered(report.uid);
        break;
    case CoreReport::Kind::COPY_LEFT:
        ledger->CopyLeft(report.uid);
        break;
    case CoreReport::Kind::CELL_COPY_ENTERED:
        ledger->CellCopyEntered(report.uid, report.number);
        break;
    case CoreReport::Kind::CELL_COPY_LEFT:
        ledger->CellCopyLeft(report.uid, report.number);
        break;
    default:
        NS_ASSERT_MSG(false, "no report of a packet");
    }
}

void
TrafficWatch::Absorb(ResultParcel& parcel)
{
    m_ledgers.Absorb(parcel);
}

void
TrafficWatch::MemberJoined(uint32_t ue, const Tmgi& tmgi, uint32_t gnb)
{
    if (TrafficLedger* ledger = m_ledgers.Find(tmgi))
    {
        ledger->MemberJoined(ue, gnb);
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
TrafficWatch::PlaceOf(uint64_t uid)
{
    // All UEs of a cell ask for the same packet in a row.
    if (uid != m_recentUid)
    {
        m_recentUid = uid;
        m_recentPlace = m_ledgers.PlaceOf(m_recentUid);
        m_recentLedger = m_recentPlace ? &m_ledgers.Get(m_recentPlace->session) : nullptr;
    }
    return m_recentPlace;
}

bool
TrafficWatch::ArrivedAtGnb(uint32_t gnb, uint64_t uid)
{
    if (!PlaceOf(uid))
    {
        return false;
    }
    m_recentLedger->ArrivedAtGnb(uid, gnb);
    return true;
}

void
TrafficWatch::GroupReceived(uint32_t /* gnb */,
                            Ptr<const Packet> packet,
                            const std::vector<GroupVerdict>& verdicts)
{
    const uint64_t uid = packet->GetUid();
    if (m_feed.IsAtOnce())
    {
        EnterVerdicts(uid, verdicts);
        return;
    }
    m_feed.Locally([this, uid, verdicts] { EnterVerdicts(uid, verdicts); });
}

void
TrafficWatch::EnterVerdicts(uint64_t uid, const std::vector<GroupVerdict>& verdicts)
{
    const auto& place = PlaceOf(uid);
    if (!place)
    {
        return;
    }
    const uint64_t index = place->index;
    TrafficLedger& ledger = *m_recentLedger;
    for (std::size_t i = 0; i < verdicts.size(); ++i)
    {
        if (i + FORESIGHT < verdicts.size())
        {
            ledger.ForeseeVerdict(verdicts[i + FORESIGHT].ue);
        }
        const auto& [ue, reception] = verdicts[i];
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
    m_feed.Locally([this, ue, uid = packet->GetUid()] {
        if (const auto& place = PlaceOf(uid))
        {
            m_recentLedger->LostOnAir(ue, place->index);
        }
    });
}

void
TrafficWatch::GroupAwaited(uint32_t ue, Ptr<const Packet> packet)
{
    m_feed.Locally([this, ue, uid = packet->GetUid()] {
        if (const auto& place = PlaceOf(uid))
        {
            m_recentLedger->Awaited(ue, place->index);
        }
    });
}

void
TrafficWatch::GroupResent(uint32_t ue, Ptr<const Packet> packet)
{
    m_feed.Locally([this, ue, uid = packet->GetUid()] {
        if (const auto& place = PlaceOf(uid))
        {
            m_recentLedger->Resent(ue, place->index);
        }
    });
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
    m_feed.Locally([this, ue, uid = packet->GetUid()] {
        if (const auto& place = PlaceOf(uid))
        {
            m_recentLedger->Lost(ue, place->index, LossCause::QUEUE);
        }
    });
}

void
TrafficWatch::GroupQueued(uint32_t gnb, Ptr<const Packet> packet)
{
    m_feed.Locally([this, gnb, uid = packet->GetUid()] {
        if (const auto& place = PlaceOf(uid))
        {
            m_inRadio.at(gnb).insert({place->session, place->index});
        }
    });
}

void
TrafficWatch::GroupDropped(uint32_t gnb, Ptr<const Packet> packet)
{
    m_feed.Locally([this, gnb, uid = packet->GetUid()] {
        if (const auto& place = PlaceOf(uid))
        {
            m_recentLedger->QueueDropped(gnb, place->index);
        }
    });
}

void
TrafficWatch::GroupDelivered(uint32_t gnb, Ptr<const Packet> packet)
{
    m_feed.Locally([this, gnb, uid = packet->GetUid()] {
        if (const auto& place = PlaceOf(uid))
        {
            m_inRadio.at(gnb).erase({place->session, place->index});
            m_recentLedger->CellDelivered(gnb, place->index);
        }
    });
}

void
TrafficWatch::GroupAddressed(uint32_t gnb, Ptr<const Packet> packet)
{
    m_feed.Locally([this, gnb, uid = packet->GetUid()] {
        if (const auto& place = PlaceOf(uid))
        {
            m_recentLedger->CellDelivered(gnb, place->index);
        }
    });
}

void
TrafficWatch::ReceptionChanged(uint32_t ue, const Tmgi& tmgi, Reception reception)
{
    TrafficLedger* ledger = m_ledgers.Find(tmgi);
    if (ledger == nullptr)
    {
        return;
    }
    m_feed.Locally([ledger, ue, reception] {
        if (reception == Reception::LISTENING)
        {
            ledger->ReceptionStarted(ue);
            return;
        }
        ledger->ReceptionStopped(ue,
                                 reception == Reception::ASLEEP    ? LossCause::ASLEEP
                                 : reception == Reception::NO_CELL ? LossCause::HANDOVER
                                                                   : LossCause::RADIO);
    });
}

void
TrafficWatch::UeAttached(uint32_t ue, uint32_t gnb)
{
    m_feed.Locally([this, ue, gnb] {
        for (const uint32_t session : m_network.GetSessionsOf(ue))
        {
            m_ledgers.Get(session).MemberMoved(ue, gnb);
        }
    });
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
