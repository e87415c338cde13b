// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-results-helper.h"

#include "ns3/mbs-cell-results.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-nas-5gsm.h"
#include "ns3/mbs-nas-service.h"

#include "ns3/simulator.h"

#include <set>

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

/** @param network is built @return the ranks that have functions of its core */
std::set<uint32_t>
RanksOfCore(const MbsHelper& network)
{
    std::set<uint32_t> ranks{network.GetMbSmf()->GetNode()->GetSystemId()};
    for (const auto& amf : network.GetAmfs())
    {
        ranks.insert(amf->GetNode()->GetSystemId());
    }
    for (const auto& smf : network.GetSmfs())
    {
        ranks.insert(smf->GetNode()->GetSystemId());
    }
    return ranks;
}

} // namespace

MbsResultsHelper::MbsResultsHelper(const MbsHelper& network)
    : m_network(network),
      m_feed([this](const CoreReport& report) { Enter(report); }, RanksOfCore(network)),
      m_traffic(network, m_feed)
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
    for (uint32_t ue = 0; ue < ues; ++ue)
    {
        m_ueOfSupi[m_network.GetSupiOf(ue)] = ue;
    }
    m_network.GetRadioChannel()->TraceConnectWithoutContext(
        "UeAttached",
        MakeCallback(&MbsResultsHelper::UeAttached, this));
    ConnectKeys();
    m_traffic.Connect();
    if (m_network.HasOutages())
    {
        m_mobility.Connect(m_network);
    }
    if (const Ptr<UeMeasurements> measurements = m_network.GetMeasurements())
    {
        measurements->TraceConnectWithoutContext("ReportSent",
                                                 MakeCallback(&MbsResultsHelper::ReportSent, this));
    }
    ConnectSignalling();
    ConnectMbssf();

    for (const auto& af : m_network.GetAfs())
    {
        ConnectDrops(af, "AF");
    }
    ConnectDrops(m_network.GetMbsf(), "MBSF");
    ConnectDrops(m_network.GetMbstf(), "MBSTF");
    ConnectDrops(m_network.GetMbSmf(), "MB-SMF");
    ConnectDrops(m_network.GetMbUpf(), "MB-UPF");
    for (const auto& amf : m_network.GetAmfs())
    {
        ConnectDrops(amf, "AMF");
    }
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
    const CallbackBase ueSink = DropSink("UE");
    for (const auto& ue : m_network.GetUes())
    {
        ue->TraceConnectWithoutContext("Dropped", ueSink);
    }
}

CallbackBase
MbsResultsHelper::DropSink(const std::string& name)
{
    using Sink =
        void (*)(std::pair<MbsResultsHelper*, std::string>, const std::string&, const std::string&);
    const Sink sink = [](std::pair<MbsResultsHelper*, std::string> self,
                         const std::string& what,
                         const std::string& why) {
        ++self.first->m_drops[self.second + ": " + what + ": " + why];
    };
    return MakeBoundCallback(sink, std::make_pair(this, name));
}

void
MbsResultsHelper::ConnectDrops(const Ptr<NetworkFunction>& function, const std::string& name)
{
    function->TraceConnectWithoutContext("Dropped", DropSink(name));
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
    connect(m_network.GetMbstf(), "KeyActivated", MakeCallback(&Self::KeyActivated, this));
    connect(m_network.GetMbstf(), "TrafficSent", MakeCallback(&Self::TrafficSent, this));
    connect(m_network.GetMbstf(), "MtkMessageSent", MakeCallback(&Self::MtkMessageSent, this));
    connect(m_network.GetMbSmf(),
            "SecurityContextReceived",
            MakeCallback(&Self::ReachedMbSmf, this));
    for (const auto& amf : m_network.GetAmfs())
    {
        connect(amf, "N1Received", MakeCallback(&Self::ReachedAmf, this));
    }
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
        connect(gnb, "StatusReported", MakeCallback(&Self::StatusReported, this));
    }
    // A callback takes hundreds of octets; all UEs share these.
    const std::pair<const char*, CallbackBase> ueSinks[] = {
        {"JoinRequested", MakeCallback(&Self::JoinRequested, this)},
        {"Joined", MakeCallback(&Self::Joined, this)},
        {"Left", MakeCallback(&Self::Left, this)},
        {"Removed", MakeCallback(&Self::Removed, this)},
        {"JoinRejected", MakeCallback(&Self::JoinRejected, this)},
        {"MskInstalled", MakeCallback(&Self::MskInstalled, this)},
        {"MtkInstalled", MakeCallback(&Self::MtkInstalled, this)},
        {"KeyFirstUsed", MakeCallback(&Self::KeyFirstUsed, this)}};
    for (const auto& ue : m_network.GetUes())
    {
        for (const auto& [trace, sink] : ueSinks)
        {
            connect(ue, trace, sink);
        }
    }
}

void
MbsResultsHelper::ConnectSignalling()
{
    const auto sink = MakeCallback(&MbsResultsHelper::MessageSent, this);
    for (const Ptr<SbiFunction>& function :
         std::initializer_list<Ptr<SbiFunction>>{m_network.GetMbsf(),
                                                 m_network.GetMbstf(),
                                                 m_network.GetMbSmf()})
    {
        function->GetSbi()->TraceConnectWithoutContext("MessageSent", sink);
    }
    for (const auto& af : m_network.GetAfs())
    {
        af->GetSbi()->TraceConnectWithoutContext("MessageSent", sink);
    }
    for (const auto& smf : m_network.GetSmfs())
    {
        smf->GetSbi()->TraceConnectWithoutContext("MessageSent", sink);
    }
    const auto n4Sink = MakeCallback(&MbsResultsHelper::N4MessageSent, this);
    m_network.GetMbSmf()->GetN4()->TraceConnectWithoutContext("MessageSent", n4Sink);
    m_network.GetMbUpf()->GetN4()->TraceConnectWithoutContext("MessageSent", n4Sink);
    for (const auto& amf : m_network.GetAmfs())
    {
        amf->GetSbi()->TraceConnectWithoutContext("MessageSent", sink);
        amf->GetN2()->TraceConnectWithoutContext("MessageSent", sink);
    }
    for (const auto& gnb : m_network.GetGnbs())
    {
        gnb->GetN2()->TraceConnectWithoutContext("MessageSent", sink);
        gnb->GetSsm()->TraceConnectWithoutContext("MessageSent", sink);
        if (gnb->GetXn())
        {
            gnb->GetXn()->TraceConnectWithoutContext("MessageSent", sink);
        }
    }
    for (const auto& cell : m_network.GetCells())
    {
        if (const auto paging = cell->GetObject<PagingChannel>())
        {
            paging->TraceConnectWithoutContext("Sent",
                                               MakeCallback(&MbsResultsHelper::PagingSent, this));
        }
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
    const CallbackBase drops = DropSink("MBSF Client");
    for (const auto& client : m_network.GetMbsfClients())
    {
        client->TraceConnectWithoutContext("Dropped", drops);
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
            TellOfUe(CoreReport::Kind::KEY_GIVEN_UP, {KeyKind::MSK, tmgi, {mskId, FIRST_MTK}}, ue);
        }
    }
}

void
MbsResultsHelper::MessageSent(const SbiOperation& operation, bool isResponse, uint32_t octets)
{
    const std::string name(operation.name);
    m_signalling.Count(std::string(operation.interface),
                       isResponse ? name + " response" : name,
                       octets);
}

void
MbsResultsHelper::N4MessageSent(const SbiOperation& operation,
                                bool /* isResponse */,
                                uint32_t octets)
{
    m_signalling.Count(std::string(operation.interface), std::string(operation.name), octets);
}

std::optional<uint32_t>
MbsResultsHelper::UeOf(const std::string& supi) const
{
    const auto it = m_ueOfSupi.find(supi);
    return it == m_ueOfSupi.end() ? std::nullopt : std::optional<uint32_t>(it->second);
}

void
MbsResultsHelper::MskGenerated(const Tmgi& tmgi, const KeySet& keys, bool first)
{
    // The first MSK is no update: UEs get it when they join.
    if (!first)
    {
        TellOfKey(CoreReport::Kind::KEY_GENERATED, MskName(tmgi, keys));
    }
}

void
MbsResultsHelper::MtkGenerated(const Tmgi& tmgi, const KeySet& keys, ByteView salt, bool alone)
{
    if (m_keyLogWriter)
    {
        m_keyLogWriter->Append(tmgi, keys, salt, Simulator::Now());
    }
    std::optional<KeyName>& last = m_lastMtk[tmgi];
    if (last)
    {
        TellOfKey(CoreReport::Kind::KEY_SUPERSEDED, *last);
        last.reset();
    }
    if (alone)
    {
        last = KeyName{KeyKind::MTK, tmgi, {keys.mskId, keys.mtk->id}};
        TellOfKey(CoreReport::Kind::KEY_GENERATED, *last);
    }
}

void
MbsResultsHelper::ReachedMbSmf(const Tmgi& tmgi, const SecurityContext& context)
{
    for (const KeySet& keys : context)
    {
        TellOfKey(CoreReport::Kind::KEY_AT_MBSMF, MskName(tmgi, keys));
    }
}

void
MbsResultsHelper::ReachedSmf(uint32_t smf, const Tmgi& tmgi, const SecurityContext& context)
{
    for (const KeySet& keys : context)
    {
        TellOfKey(CoreReport::Kind::KEY_AT_SMF, MskName(tmgi, keys), smf);
    }
}

void
MbsResultsHelper::ReachedAmf(const std::string& supi, ByteView n1)
{
    const auto ue = UeOf(supi);
    if (ue)
    {
        ForEachUpdate(NamesInCommand(n1), [&](const KeyName& key) {
            TellOfUe(CoreReport::Kind::KEY_AT_AMF, key, *ue);
        });
    }
}

void
MbsResultsHelper::NasToUe(uint32_t gnb, uint32_t rnti, ByteView nas)
{
    const uint32_t ue = m_network.GetCells().at(gnb)->GetUeOf(rnti);
    ForEachUpdate(PeekN1KeyIds(nas), [&](const KeyName& key) {
        m_feed.Locally([this, key, ue] { m_keys.KeyReachedGnb(key, ue, m_feed.Now()); });
    });
    CountService(nas);
    if (const auto transport = DlNasTransport::Decode(nas))
    {
        if (const auto header = NasSmHeader::Peek(transport->payload))
        {
            m_signalling.Count("N1", ToString(header->type), nas.size());
        }
    }
}

void
MbsResultsHelper::UeAttached(uint32_t ue, uint32_t gnb)
{
    m_feed.Locally([this, ue, gnb] {
        for (const uint32_t session : m_network.GetSessionsOf(ue))
        {
            m_keys.MemberMoved(m_network.GetTmgi(session), ue, gnb);
        }
    });
}

void
MbsResultsHelper::NasFromUe(uint32_t /* gnb */, uint32_t /* rnti */, ByteView nas)
{
    CountService(nas);
    if (const auto transport = UlNasTransport::Decode(nas))
    {
        if (const auto header = NasSmHeader::Peek(transport->payload))
        {
            m_signalling.Count("N1", ToString(header->type), nas.size());
        }
    }
}

void
MbsResultsHelper::CountService(ByteView nas)
{
    if (const char* name = NasServiceMessageName(nas))
    {
        m_signalling.Count("N1", name, nas.size());
    }
}

void
MbsResultsHelper::PagingSent(uint32_t /* gnb */, const RrcPaging& /* message */, uint32_t octets)
{
    m_signalling.Count("Uu", "Paging", octets);
}

void
MbsResultsHelper::ReportSent(uint32_t /* ue */,
                             uint32_t /* gnb */,
                             const RrcMeasurementReport& report)
{
    m_signalling.Count("Uu", "MeasurementReport", report.Encode().size());
}

void
MbsResultsHelper::StatusReported(uint32_t /* gnb */,
                                 uint32_t /* rnti */,
                                 const Tmgi& /* tmgi */,
                                 const PdcpStatusReport& report)
{
    m_signalling.Count("Uu", "PdcpStatusReport", report.Encode().size());
}

void
MbsResultsHelper::N3mbReceived(uint32_t gnb, Ptr<const Packet> packet)
{
    m_feed.Locally([this, gnb, uid = packet->GetUid()] {
        if (m_traffic.ArrivedAtGnb(gnb, uid))
        {
            return;
        }
        const auto message = m_mtkMessages.find(uid);
        if (message != m_mtkMessages.end())
        {
            m_keys.KeyReachedCell(message->second, gnb, m_feed.Now());
        }
    });
}

void
MbsResultsHelper::JoinRequested(uint32_t ue, const Tmgi& tmgi)
{
    m_feed.Locally([this, ue, tmgi, gnb = m_network.GetGnbOf(ue)] {
        m_joins.Requested(tmgi, ue, gnb, m_feed.Now());
    });
}

void
MbsResultsHelper::Joined(uint32_t ue, const Tmgi& tmgi)
{
    m_feed.Locally([this, ue, tmgi, gnb = m_network.GetGnbOf(ue)] {
        m_joins.Joined(tmgi, ue, m_feed.Now());
        m_memberships[tmgi].Joined(ue, gnb, m_feed.Now());
        m_keys.MemberJoined(tmgi, ue, gnb, m_network.GetSmfOf(ue));
        m_traffic.MemberJoined(ue, tmgi, gnb);
    });
}

void
MbsResultsHelper::MembershipEnded(uint32_t ue, const Tmgi& tmgi, MembershipLedger::Ending ending)
{
    m_feed.Locally([this, ue, tmgi, ending] {
        m_keys.MemberLeft(tmgi, ue);
        m_traffic.MemberLeft(ue, tmgi);
        m_memberships[tmgi].Left(ue, ending, m_feed.Now());
    });
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
    m_feed.Locally([this, ue, tmgi, cause] { m_joins.Rejected(tmgi, ue, cause, m_feed.Now()); });
}

void
MbsResultsHelper::MskInstalled(uint32_t ue, const Tmgi& tmgi, const Mki& mki)
{
    m_feed.Locally([this, ue, tmgi, mki] {
        m_keys.KeyInstalled({KeyKind::MSK, tmgi, mki}, ue, m_feed.Now());
        m_memberships[tmgi].MskGiven(ue, mki);
    });
}

void
MbsResultsHelper::MtkInstalled(uint32_t ue, const Tmgi& tmgi, const Mki& mki)
{
    m_feed.Locally([this, ue, tmgi, mki] {
        m_keys.KeyInstalled({KeyKind::MTK, tmgi, mki}, ue, m_feed.Now());
    });
}

void
MbsResultsHelper::KeyFirstUsed(uint32_t ue, const Tmgi& tmgi, const Mki& mki)
{
    m_feed.Locally([this, ue, tmgi, mki] { m_keys.KeyFirstUsed(tmgi, mki, ue, m_feed.Now()); });
}

void
MbsResultsHelper::CommandGivenUp(const std::string& supi, ByteView command)
{
    ++m_drops["SMF: PDU SESSION MODIFICATION COMMAND: given up for " + supi];
    if (const auto ue = UeOf(supi))
    {
        ForEachUpdate(NamesInCommand(command), [&](const KeyName& key) {
            TellOfUe(CoreReport::Kind::KEY_GIVEN_UP, key, *ue);
        });
    }
}

void
MbsResultsHelper::CommandRejected(const std::string& supi, ByteView command)
{
    if (const auto ue = UeOf(supi))
    {
        ForEachUpdate(NamesInCommand(command), [&](const KeyName& key) {
            TellOfUe(CoreReport::Kind::KEY_REJECTED, key, *ue);
        });
    }
}

void
MbsResultsHelper::KeyActivated(const Tmgi& tmgi, const Mki& mki)
{
    TellOfKey(CoreReport::Kind::KEY_ACTIVATED, {KeyKind::MTK, tmgi, mki});
}

void
MbsResultsHelper::TrafficSent(const Tmgi& tmgi, Ptr<const Packet> packet, uint64_t index)
{
    CoreReport report;
    report.kind = CoreReport::Kind::PACKET_SENT;
    report.key.tmgi = tmgi;
    report.uid = packet->GetUid();
    report.index = index;
    m_feed.Tell(report);
}

void
MbsResultsHelper::MtkMessageSent(const Tmgi& tmgi, Ptr<const Packet> packet, uint32_t octets)
{
    const MulticastFrame frame(0, packet);
    if (const auto& header = frame.GetMtkHeader())
    {
        CoreReport report;
        report.kind = CoreReport::Kind::MTK_SENT;
        report.key = {KeyKind::MTK, tmgi, {header->mskId, header->mtkId}};
        report.uid = packet->GetUid();
        m_feed.Tell(report);
    }
    m_signalling.Count("Nmb9", "MIKEY MTK message", octets);
}

void
MbsResultsHelper::Finish()
{
    m_feed.Finish();
    m_traffic.Finish();
    m_keys.Finish();
    for (auto& [tmgi, memberships] : m_memberships)
    {
        memberships.Finish(Simulator::Now());
    }
    Gather();
}

const KeyUpdateLedger&
MbsResultsHelper::GetKeyUpdates() const
{
    return m_keys;
}

const TrafficLedger&
MbsResultsHelper::GetTraffic(uint32_t session) const
{
    return m_traffic.GetLedgers().Get(session);
}

const TrafficLedgers&
MbsResultsHelper::GetAllTraffic() const
{
    return m_traffic.GetLedgers();
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
MbsResultsHelper::GetMemberships(uint32_t session) const
{
    static const MembershipLedger NONE;
    const auto found = m_memberships.find(m_traffic.GetLedgers().GetTmgi(session));
    return found == m_memberships.end() ? NONE : found->second;
}

const MobilityLedger&
MbsResultsHelper::GetMobility() const
{
    return m_mobility.GetLedger();
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

std::vector<SessionMemberships>
MbsResultsHelper::Memberships() const
{
    std::vector<SessionMemberships> all;
    const TrafficLedgers& sessions = m_traffic.GetLedgers();
    for (uint32_t session = 0; session < sessions.GetCount(); ++session)
    {
        all.push_back({sessions.GetTmgi(session), &GetMemberships(session)});
    }
    return all;
}

RunResults
MbsResultsHelper::MakeResults() const
{
    RunResults results;
    results.keyUpdates = &m_keys;
    const TrafficLedgers& traffic = m_traffic.GetLedgers();
    results.traffic = traffic.Total();
    results.conserved = traffic.Conserved();
    results.violation = traffic.FirstViolation();
    results.signalling = &m_signalling;
    results.memberships = Memberships();
    results.mobility = m_network.HasOutages() ? &GetMobility() : nullptr;
    results.performance.deliveries = results.traffic.delivered;
    return results;
}

void
MbsResultsHelper::Write(OutputFolder& folder, const RunResults& results, Detail detail) const
{
    WriteSummary(folder.Open("summary.json"), results);
    const TrafficLedgers& traffic = m_traffic.GetLedgers();
    const bool several = traffic.GetCount() > 1;
    WriteTrafficOverTime(folder.Open("traffic-over-time.csv"), traffic.Bins());
    WriteSignalling(folder.Open("signalling.csv"), m_signalling);
    const auto open = [&folder, detail](Detail of, const char* name) {
        if (detail != of)
        {
            // An earlier run may have left it in the folder.
            folder.Discard(name);
        }
        return detail == of ? &folder.Open(name) : nullptr;
    };
    if (std::ostream* file = open(Detail::ALL, "key-updates.csv"))
    {
        WriteKeyUpdates(*file, m_keys, several);
    }
    if (std::ostream* file = open(Detail::ALL, "traffic.csv"))
    {
        WriteTraffic(*file, traffic);
    }
    if (std::ostream* file = open(Detail::ALL, "joins.csv"))
    {
        WriteJoins(*file, m_joins);
    }
    if (std::ostream* file = open(Detail::ALL, "membership.csv"))
    {
        WriteMemberships(*file, Memberships());
    }
    if (std::ostream* file = open(Detail::CELLS, "key-updates-by-cell.csv"))
    {
        WriteKeyUpdatesByCell(*file, m_keys, several);
    }
    if (std::ostream* file = open(Detail::CELLS, "traffic-by-cell.csv"))
    {
        WriteTrafficByCell(*file, traffic);
    }
    if (std::ostream* file = open(Detail::CELLS, "joins-by-cell.csv"))
    {
        WriteJoinsByCell(*file, m_joins);
    }
    if (results.mobility != nullptr && detail != Detail::NONE)
    {
        WriteMobility(folder.Open("mobility.csv"), *results.mobility);
    }
    else
    {
        folder.Discard("mobility.csv");
    }
    if (m_keyLogWriter)
    {
        folder.Open("keys.csv") << m_keyLog.str();
    }
}

} // namespace ns3::mbs
