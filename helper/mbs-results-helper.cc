// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-results-helper.h"

#include "ns3/mbs-mikey.h"
#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-nas-5gsm.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** The first MTK under every MSK, which travels with it (TS 33.246 clause 6.3.3.1). */
const MtkId FIRST_MTK(1);

/** @param tmgi session @param keys with an MSK @return how the ledger calls the MSK */
KeyName
MskName(const Tmgi& tmgi, const KeySet& keys)
{
    return {KeyKind::MSK, tmgi, {keys.mskId, keys.mtk ? keys.mtk->id : FIRST_MTK}};
}

/**
 * @brief Calls a function for every key that a 5GSM message updates.
 * @param names the keys in it
 * @param visit gets the ledger's name of each
 */
template <typename Visit>
void
ForEachUpdate(const std::vector<N1KeyNames>& names, Visit visit)
{
    for (const N1KeyNames& keys : names)
    {
        if (keys.decision == MbsDecision::SECURITY_UPDATE)
        {
            visit(KeyName{KeyKind::MSK, keys.tmgi, {keys.mskId, keys.mtkId.value_or(MtkId())}});
        }
    }
}

/** @param n1 a 5GSM message @return the keys in it, none if it is not for MBS */
std::vector<N1KeyNames>
NamesInCommand(ByteView n1)
{
    if (const auto container = FindReceivedMbsContainer(n1))
    {
        if (auto names = PeekKeyNames(*container))
        {
            return std::move(*names);
        }
    }
    return {};
}

/** @param cause as the UE has it @return as the ledger has it */
LossCause
ToLossCause(UeLoss cause)
{
    switch (cause)
    {
    case UeLoss::NO_KEY:
        return LossCause::NO_KEY;
    case UeLoss::STALE_KEY:
        return LossCause::STALE_KEY;
    case UeLoss::REPLAY:
        return LossCause::REPLAY;
    case UeLoss::AUTH:
        break;
    }
    return LossCause::AUTH;
}

/** Follows the copies of packets over one link, on which they are from MacTx to one of the others.
 */
class LinkWatch
{
  public:
    /**
     * @param ledger is told
     * @param gnb the gNB that the link leads to, or nothing if it leads to several
     * @param sender the device at the near end
     */
    LinkWatch(TrafficLedger& ledger, std::optional<uint32_t> gnb, const Ptr<NetDevice>& sender)
        : m_ledger(ledger),
          m_gnb(gnb),
          m_sender(PeekPointer(sender))
    {
    }

    /** @param packet enters */
    void Enter(Ptr<const Packet> packet)
    {
        if (m_gnb)
        {
            m_ledger.CellCopyEntered(packet->GetUid(), *m_gnb);
        }
        else
        {
            m_ledger.CopyEntered(packet->GetUid());
        }
    }

    /** @param packet leaves */
    void Leave(Ptr<const Packet> packet)
    {
        if (m_gnb)
        {
            m_ledger.CellCopyLeft(packet->GetUid(), *m_gnb);
        }
        else
        {
            m_ledger.CopyLeft(packet->GetUid());
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
    TrafficLedger& m_ledger;       //!< is told
    std::optional<uint32_t> m_gnb; //!< where the link leads
    NetDevice* m_sender;           //!< near end; it keeps this object, not the other way round
};

/**
 * @brief Watches one direction of a link.
 * @param ledger is told
 * @param gnb the gNB that the link leads to, or nothing if it leads to several
 * @param sender near end
 * @param receiver far end
 */
void
WatchLink(TrafficLedger& ledger,
          std::optional<uint32_t> gnb,
          const Ptr<NetDevice>& sender,
          const Ptr<NetDevice>& receiver)
{
    // The callbacks share the watch and so keep it alive.
    const auto watch = std::make_shared<LinkWatch>(ledger, gnb, sender);
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

MbsResultsHelper::MbsResultsHelper(const MbsHelper& network)
    : m_network(network)
{
}

MbsResultsHelper::~MbsResultsHelper() = default;

void
MbsResultsHelper::EnableKeyLog()
{
    m_keyLogWriter = std::make_unique<KeyLogWriter>(m_keyLog);
}

void
MbsResultsHelper::Connect()
{
    const auto ues = static_cast<uint32_t>(m_network.GetUes().size());
    m_ueOfRnti.resize(m_network.GetGnbs().size());
    m_inRadio.resize(m_network.GetGnbs().size());
    for (uint32_t ue = 0; ue < ues; ++ue)
    {
        const uint32_t gnb = m_network.GetGnbOf(ue);
        m_ueOfSupi[m_network.GetSupiOf(ue)] = ue;
        m_ueOfRnti[gnb].push_back(ue);
        m_traffic.AddUe(ue, gnb);
    }
    ConnectKeys();
    ConnectTraffic();
    ConnectSignalling();
    ConnectMbssf();

    ConnectDrops(m_network.GetAf(), "AF");
    ConnectDrops(m_network.GetMbsf(), "MBSF");
    ConnectDrops(m_network.GetMbstf(), "MBSTF");
    ConnectDrops(m_network.GetMbSmf(), "MB-SMF");
    ConnectDrops(m_network.GetMbUpf(), "MB-UPF");
    ConnectDrops(m_network.GetAmf(), "AMF");
    if (m_network.GetUpf())
    {
        ConnectDrops(m_network.GetUpf(), "UPF");
    }
    for (const auto& smf : m_network.GetSmfs())
    {
        ConnectDrops(smf, "SMF");
    }
    for (const auto& gnb : m_network.GetGnbs())
    {
        ConnectDrops(gnb, "gNB");
    }
    for (const auto& ue : m_network.GetUes())
    {
        ConnectDrops(ue, "UE");
    }
}

void
MbsResultsHelper::ConnectDrops(const Ptr<NetworkFunction>& function, const std::string& name)
{
    using Sink =
        void (*)(std::pair<MbsResultsHelper*, std::string>, const std::string&, const std::string&);
    const Sink sink = [](std::pair<MbsResultsHelper*, std::string> self,
                         const std::string& what,
                         const std::string& why) {
        ++self.first->m_drops[self.second + ": " + what + ": " + why];
    };
    function->TraceConnectWithoutContext("Dropped",
                                         MakeBoundCallback(sink, std::make_pair(this, name)));
}

void
MbsResultsHelper::ConnectKeys()
{
    using Self = MbsResultsHelper;
    const auto connect =
        [](const Ptr<Object>& object, const char* trace, const CallbackBase& sink) {
            const bool connected = object->TraceConnectWithoutContext(trace, sink);
            NS_ASSERT_MSG(connected, "no trace source " << trace);
            (void)connected;
        };
    connect(m_network.GetMbsf(), "MskGenerated", MakeCallback(&Self::MskGenerated, this));
    connect(m_network.GetMbstf(), "MskGenerated", MakeCallback(&Self::MskGenerated, this));
    connect(m_network.GetMbstf(), "MtkGenerated", MakeCallback(&Self::MtkGenerated, this));
    connect(m_network.GetMbSmf(),
            "SecurityContextReceived",
            MakeCallback(&Self::ReachedMbSmf, this));
    connect(m_network.GetAmf(), "N1Received", MakeCallback(&Self::ReachedAmf, this));
    for (const auto& smf : m_network.GetSmfs())
    {
        connect(smf, "SecurityContextReceived", MakeCallback(&Self::ReachedSmf, this));
        connect(smf, "CommandGivenUp", MakeCallback(&Self::CommandGivenUp, this));
        connect(smf, "CommandRejected", MakeCallback(&Self::CommandRejected, this));
    }
    for (const auto& gnb : m_network.GetGnbs())
    {
        connect(gnb, "NasToUe", MakeCallback(&Self::NasToUe, this));
        connect(gnb, "NasFromUe", MakeCallback(&Self::NasFromUe, this));
        connect(gnb, "N3mbReceived", MakeCallback(&Self::N3mbReceived, this));
    }
    for (const auto& ue : m_network.GetUes())
    {
        connect(ue, "JoinRequested", MakeCallback(&Self::JoinRequested, this));
        connect(ue, "Joined", MakeCallback(&Self::Joined, this));
        connect(ue, "Left", MakeCallback(&Self::Left, this));
        connect(ue, "Removed", MakeCallback(&Self::Removed, this));
        connect(ue, "JoinRejected", MakeCallback(&Self::JoinRejected, this));
        connect(ue, "MskInstalled", MakeCallback(&Self::MskInstalled, this));
        connect(ue, "MtkInstalled", MakeCallback(&Self::MtkInstalled, this));
        connect(ue, "KeyFirstUsed", MakeCallback(&Self::KeyFirstUsed, this));
        connect(ue, "Delivered", MakeCallback(&Self::Delivered, this));
        connect(ue, "Lost", MakeCallback(&Self::Lost, this));
    }
}

void
MbsResultsHelper::ConnectTraffic()
{
    using Self = MbsResultsHelper;
    const Ptr<Mbstf> mbstf = m_network.GetMbstf();
    mbstf->TraceConnectWithoutContext("KeyActivated", MakeCallback(&Self::KeyActivated, this));
    mbstf->TraceConnectWithoutContext("TrafficSent", MakeCallback(&Self::TrafficSent, this));
    mbstf->TraceConnectWithoutContext("MtkMessageSent", MakeCallback(&Self::MtkMessageSent, this));
    const Ptr<RadioChannel> channel = m_network.GetRadioChannel();
    channel->TraceConnectWithoutContext("GroupLost", MakeCallback(&Self::GroupLost, this));
    channel->TraceConnectWithoutContext("GroupDelivered",
                                        MakeCallback(&Self::GroupDelivered, this));
    for (const auto& cell : m_network.GetCells())
    {
        cell->TraceConnectWithoutContext("GroupQueued", MakeCallback(&Self::GroupQueued, this));
        cell->TraceConnectWithoutContext("GroupDropped", MakeCallback(&Self::GroupDropped, this));
    }
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
        WatchLink(m_traffic,
                  gnb == gnbOfNode.end() ? std::nullopt : std::optional<uint32_t>(gnb->second),
                  link.deviceA,
                  link.deviceB);
    }
}

void
MbsResultsHelper::ConnectSignalling()
{
    const auto sink = MakeCallback(&MbsResultsHelper::MessageSent, this);
    for (const Ptr<SbiFunction>& function :
         std::initializer_list<Ptr<SbiFunction>>{m_network.GetAf(),
                                                 m_network.GetMbsf(),
                                                 m_network.GetMbstf(),
                                                 m_network.GetMbSmf(),
                                                 m_network.GetAmf()})
    {
        function->GetSbi()->TraceConnectWithoutContext("MessageSent", sink);
    }
    for (const auto& smf : m_network.GetSmfs())
    {
        smf->GetSbi()->TraceConnectWithoutContext("MessageSent", sink);
    }
    const auto n4Sink = MakeCallback(&MbsResultsHelper::N4MessageSent, this);
    m_network.GetMbSmf()->GetN4()->TraceConnectWithoutContext("MessageSent", n4Sink);
    m_network.GetMbUpf()->GetN4()->TraceConnectWithoutContext("MessageSent", n4Sink);
    m_network.GetAmf()->GetN2()->TraceConnectWithoutContext("MessageSent", sink);
    for (const auto& gnb : m_network.GetGnbs())
    {
        gnb->GetN2()->TraceConnectWithoutContext("MessageSent", sink);
        gnb->GetSsm()->TraceConnectWithoutContext("MessageSent", sink);
    }
}

void
MbsResultsHelper::ConnectMbssf()
{
    const Ptr<Mbssf> mbssf = m_network.GetMbssf();
    if (!mbssf)
    {
        return;
    }
    using Self = MbsResultsHelper;
    const auto sink = MakeCallback(&Self::MessageSent, this);
    ConnectDrops(mbssf, "MBSSF");
    mbssf->GetSbi()->TraceConnectWithoutContext("MessageSent", sink);
    mbssf->TraceConnectWithoutContext("MskMessageSent", MakeCallback(&Self::MskMessageSent, this));
    mbssf->TraceConnectWithoutContext("MskGivenUp", MakeCallback(&Self::MskGivenUp, this));
    for (const auto& client : m_network.GetMbsfClients())
    {
        ConnectDrops(client, "MBSF Client");
        client->TraceConnectWithoutContext("MessageSent", sink);
    }
}

KeyProcedure
MbsResultsHelper::Procedure() const
{
    return m_network.GetProcedure() == SecurityProcedure::USER_PLANE ? KeyProcedure::USER_PLANE
                                                                     : KeyProcedure::CONTROL_PLANE;
}

void
MbsResultsHelper::MskMessageSent(const std::string& /* user */,
                                 const MskId& /* mskId */,
                                 uint32_t octets,
                                 bool /* repetition */)
{
    m_signalling.Count("MBS-10", "MIKEY MSK message", octets);
}

void
MbsResultsHelper::MskGivenUp(const std::string& user, const Tmgi& tmgi, const MskId& mskId)
{
    for (uint32_t ue = 0; ue < m_network.GetUes().size(); ++ue)
    {
        if (m_network.GetUserIdOf(ue) == user)
        {
            m_keys.KeyGivenUp({KeyKind::MSK, tmgi, {mskId, FIRST_MTK}}, ue);
        }
    }
}

void
MbsResultsHelper::MessageSent(const SbiOperation& operation, bool isResponse, uint32_t octets)
{
    m_signalling.Count(operation.interface,
                       isResponse ? operation.name + " response" : operation.name,
                       octets);
}

void
MbsResultsHelper::N4MessageSent(const SbiOperation& operation,
                                bool /* isResponse */,
                                uint32_t octets)
{
    m_signalling.Count(operation.interface, operation.name, octets);
}

std::optional<uint32_t>
MbsResultsHelper::UeOf(const std::string& supi) const
{
    const auto it = m_ueOfSupi.find(supi);
    return it == m_ueOfSupi.end() ? std::nullopt : std::optional<uint32_t>(it->second);
}

std::optional<uint64_t>
MbsResultsHelper::IndexOf(const Ptr<const Packet>& packet)
{
    // All UEs of a cell ask for the same packet in a row.
    if (packet->GetUid() != m_recentUid)
    {
        m_recentUid = packet->GetUid();
        m_recentIndex = m_traffic.IndexOf(m_recentUid);
    }
    return m_recentIndex;
}

void
MbsResultsHelper::MskGenerated(const Tmgi& tmgi, const KeySet& keys, bool first)
{
    // The first MSK is no update: UEs get it when they join.
    if (!first)
    {
        m_keys.KeyGenerated(MskName(tmgi, keys), Procedure(), Simulator::Now());
    }
}

void
MbsResultsHelper::MtkGenerated(const Tmgi& tmgi, const KeySet& keys, ByteView salt, bool alone)
{
    if (m_keyLogWriter)
    {
        m_keyLogWriter->Append(tmgi, keys, salt, Simulator::Now());
    }
    if (m_lastMtk)
    {
        m_keys.KeySuperseded(*m_lastMtk);
        m_lastMtk.reset();
    }
    if (alone)
    {
        m_lastMtk = KeyName{KeyKind::MTK, tmgi, {keys.mskId, keys.mtk->id}};
        m_keys.KeyGenerated(*m_lastMtk, Procedure(), Simulator::Now());
    }
}

void
MbsResultsHelper::ReachedMbSmf(const Tmgi& tmgi, const SecurityContext& context)
{
    for (const KeySet& keys : context)
    {
        m_keys.KeyReachedMbSmf(MskName(tmgi, keys), Simulator::Now());
    }
}

void
MbsResultsHelper::ReachedSmf(uint32_t smf, const Tmgi& tmgi, const SecurityContext& context)
{
    for (const KeySet& keys : context)
    {
        m_keys.KeyReachedSmf(MskName(tmgi, keys), smf, Simulator::Now());
    }
}

void
MbsResultsHelper::ReachedAmf(const std::string& supi, ByteView n1)
{
    const auto ue = UeOf(supi);
    if (ue)
    {
        ForEachUpdate(NamesInCommand(n1), [&](const KeyName& key) {
            m_keys.KeyReachedAmf(key, *ue, Simulator::Now());
        });
    }
}

void
MbsResultsHelper::NasToUe(uint32_t gnb, uint32_t rnti, ByteView nas)
{
    const uint32_t ue = m_ueOfRnti.at(gnb).at(rnti - 1);
    ForEachUpdate(PeekN1KeyIds(nas),
                  [&](const KeyName& key) { m_keys.KeyReachedGnb(key, ue, Simulator::Now()); });
    if (const auto transport = DlNasTransport::Decode(nas))
    {
        if (const auto header = NasSmHeader::Peek(transport->payload))
        {
            m_signalling.Count("N1", ToString(header->type), nas.size());
        }
    }
}

void
MbsResultsHelper::NasFromUe(uint32_t /* gnb */, uint32_t /* rnti */, ByteView nas)
{
    if (const auto transport = UlNasTransport::Decode(nas))
    {
        if (const auto header = NasSmHeader::Peek(transport->payload))
        {
            m_signalling.Count("N1", ToString(header->type), nas.size());
        }
    }
}

void
MbsResultsHelper::N3mbReceived(uint32_t gnb, Ptr<const Packet> packet)
{
    if (IndexOf(packet))
    {
        m_traffic.ArrivedAtGnb(packet->GetUid(), gnb);
        return;
    }
    const MulticastFrame frame(0, packet);
    if (const auto& header = frame.GetMtkHeader())
    {
        m_keys.KeyReachedCell({KeyKind::MTK, m_network.GetTmgi(), {header->mskId, header->mtkId}},
                              gnb,
                              Simulator::Now());
    }
}

void
MbsResultsHelper::JoinRequested(uint32_t ue, const Tmgi& tmgi)
{
    m_joins.Requested(tmgi, ue, m_network.GetGnbOf(ue), Simulator::Now());
}

void
MbsResultsHelper::Joined(uint32_t ue, const Tmgi& tmgi)
{
    const uint32_t gnb = m_network.GetGnbOf(ue);
    m_joins.Joined(tmgi, ue, Simulator::Now());
    m_memberships.Joined(ue, gnb, Simulator::Now());
    m_keys.MemberJoined(tmgi, ue, gnb, m_network.GetSmfOf(ue));
    m_traffic.MemberJoined(ue, gnb);
}

void
MbsResultsHelper::MembershipEnded(uint32_t ue, const Tmgi& tmgi, MembershipLedger::Ending ending)
{
    m_keys.MemberLeft(tmgi, ue);
    m_traffic.MemberLeft(ue);
    m_memberships.Left(ue, ending, Simulator::Now());
}

void
MbsResultsHelper::Left(uint32_t ue, const Tmgi& tmgi)
{
    MembershipEnded(ue, tmgi, MembershipLedger::Ending::LEFT);
}

void
MbsResultsHelper::Removed(uint32_t ue, const Tmgi& tmgi, const std::string& /* cause */)
{
    MembershipEnded(ue, tmgi, MembershipLedger::Ending::REMOVED);
}

void
MbsResultsHelper::JoinRejected(uint32_t ue, const Tmgi& tmgi, const std::string& cause)
{
    m_joins.Rejected(tmgi, ue, cause);
}

void
MbsResultsHelper::MskInstalled(uint32_t ue, const Tmgi& tmgi, const Mki& mki)
{
    m_keys.KeyInstalled({KeyKind::MSK, tmgi, mki}, ue, Simulator::Now());
    m_memberships.MskGiven(ue, mki);
}

void
MbsResultsHelper::MtkInstalled(uint32_t ue, const Tmgi& tmgi, const Mki& mki)
{
    m_keys.KeyInstalled({KeyKind::MTK, tmgi, mki}, ue, Simulator::Now());
}

void
MbsResultsHelper::KeyFirstUsed(uint32_t ue, const Tmgi& tmgi, const Mki& mki)
{
    m_keys.KeyFirstUsed(tmgi, mki, ue, Simulator::Now());
}

void
MbsResultsHelper::CommandGivenUp(const std::string& supi, ByteView command)
{
    ++m_drops["SMF: PDU SESSION MODIFICATION COMMAND: given up for " + supi];
    if (const auto ue = UeOf(supi))
    {
        ForEachUpdate(NamesInCommand(command),
                      [&](const KeyName& key) { m_keys.KeyGivenUp(key, *ue); });
    }
}

void
MbsResultsHelper::CommandRejected(const std::string& supi, ByteView command)
{
    if (const auto ue = UeOf(supi))
    {
        ForEachUpdate(NamesInCommand(command),
                      [&](const KeyName& key) { m_keys.KeyRejected(key, *ue); });
    }
}

void
MbsResultsHelper::KeyActivated(const Tmgi& /* tmgi */, const Mki& mki)
{
    m_memberships.KeyActivated(mki, Simulator::Now());
}

void
MbsResultsHelper::TrafficSent(const Tmgi& /* tmgi */, Ptr<const Packet> packet, uint64_t index)
{
    m_memberships.PacketSent();
    m_traffic.PacketSent(index, packet->GetUid(), Simulator::Now());
}

void
MbsResultsHelper::MtkMessageSent(const Tmgi& /* tmgi */, Ptr<const Packet> packet, uint32_t octets)
{
    const MulticastFrame frame(0, packet);
    if (const auto& header = frame.GetMtkHeader())
    {
        m_memberships.MtkMulticast({header->mskId, header->mtkId});
    }
    m_signalling.Count("Nmb9", "MIKEY MTK message", octets);
}

void
MbsResultsHelper::Delivered(uint32_t ue, Ptr<const Packet> packet, ByteView rtp)
{
    if (const auto index = IndexOf(packet))
    {
        m_traffic.Delivered(ue, *index, static_cast<uint32_t>(rtp.size()));
    }
}

void
MbsResultsHelper::Lost(uint32_t ue, Ptr<const Packet> packet, UeLoss cause)
{
    if (const auto index = IndexOf(packet))
    {
        m_traffic.Lost(ue, *index, ToLossCause(cause));
    }
}

void
MbsResultsHelper::GroupLost(uint32_t ue, Ptr<const Packet> packet)
{
    if (const auto index = IndexOf(packet))
    {
        m_traffic.Lost(ue, *index, LossCause::RADIO);
    }
}

void
MbsResultsHelper::GroupQueued(uint32_t gnb, Ptr<const Packet> packet)
{
    if (const auto index = IndexOf(packet))
    {
        m_inRadio.at(gnb).insert(*index);
    }
}

void
MbsResultsHelper::GroupDropped(uint32_t gnb, Ptr<const Packet> packet)
{
    if (const auto index = IndexOf(packet))
    {
        m_traffic.QueueDropped(gnb, *index);
    }
}

void
MbsResultsHelper::GroupDelivered(uint32_t gnb, Ptr<const Packet> packet)
{
    if (const auto index = IndexOf(packet))
    {
        m_inRadio.at(gnb).erase(*index);
    }
}

void
MbsResultsHelper::Finish()
{
    for (std::size_t gnb = 0; gnb < m_inRadio.size(); ++gnb)
    {
        for (const uint64_t index : m_inRadio[gnb])
        {
            m_traffic.InRadio(static_cast<uint32_t>(gnb), index);
        }
    }
    m_traffic.Finish(Simulator::Now());
    m_keys.Finish();
    m_memberships.Finish(Simulator::Now());
}

const KeyUpdateLedger&
MbsResultsHelper::GetKeyUpdates() const
{
    return m_keys;
}

const TrafficLedger&
MbsResultsHelper::GetTraffic() const
{
    return m_traffic;
}

const SignallingCounter&
MbsResultsHelper::GetSignalling() const
{
    return m_signalling;
}

const JoinLedger&
MbsResultsHelper::GetJoins() const
{
    return m_joins;
}

const MembershipLedger&
MbsResultsHelper::GetMemberships() const
{
    return m_memberships;
}

const std::map<std::string, uint64_t>&
MbsResultsHelper::GetDrops() const
{
    return m_drops;
}

void
MbsResultsHelper::PrintDrops(std::ostream& os) const
{
    for (const auto& [what, times] : m_drops)
    {
        os << "Dropped " << times << (times == 1 ? " time by " : " times by ") << what << "\n";
    }
}

RunResults
MbsResultsHelper::MakeResults() const
{
    RunResults results;
    results.keyUpdates = &m_keys;
    results.traffic = m_traffic.Total();
    results.conserved = m_traffic.Conserved();
    results.violation = m_traffic.FirstViolation();
    results.signalling = &m_signalling;
    results.memberships = &m_memberships;
    results.performance.deliveries = results.traffic.delivered;
    return results;
}

void
MbsResultsHelper::Write(OutputFolder& folder, const RunResults& results) const
{
    WriteSummary(folder.Open("summary.json"), results);
    WriteKeyUpdates(folder.Open("key-updates.csv"), m_keys);
    WriteTraffic(folder.Open("traffic.csv"), m_traffic.Rows());
    WriteTrafficOverTime(folder.Open("traffic-over-time.csv"), m_traffic.Bins());
    WriteSignalling(folder.Open("signalling.csv"), m_signalling);
    WriteJoins(folder.Open("joins.csv"), m_joins);
    WriteMemberships(folder.Open("membership.csv"), m_memberships);
    if (m_keyLogWriter)
    {
        folder.Open("keys.csv") << m_keyLog.str();
    }
}

} // namespace ns3::mbs
