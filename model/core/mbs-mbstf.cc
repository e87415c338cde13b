// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mbstf.h"

#include "mbs-node-keys.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-msk-bundle.h"
#include "ns3/mbs-mtk-transform.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/inet-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Mbstf);

namespace
{

/** RFC 3830 clause 6.11 advises at least 16 octets. */
constexpr std::size_t RAND_LENGTH = 16;

/** After how long an MSK is asked for again that did not come. */
const Time MSK_REQUEST_INTERVAL = Seconds(1);

} // namespace

TypeId
Mbstf::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Mbstf")
            .SetParent<SbiFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Mbstf>()
            .AddAttribute("MtkInterval",
                          "Time between new MTKs; 0s makes no new one until the MSK changes.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&Mbstf::m_mtkInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MtkRepetitions",
                          "How often a MIKEY message with an MTK is sent again.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&Mbstf::m_mtkRepetitions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("MtkRepetitionInterval",
                          "Time between two transmissions of the same MIKEY message.",
                          TimeValue(MilliSeconds(200)),
                          MakeTimeAccessor(&Mbstf::m_mtkRepetitionInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MtkRetransmissionInterval",
                          "Time between further transmissions of the newest MTK's MIKEY message, "
                          "for UEs that joined meanwhile; 0s sends none.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&Mbstf::m_mtkRetransmissionInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("ActivationDelay",
                          "From the moment a key is given out to its first use.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&Mbstf::m_activationDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("SrtpProfile",
                          "How the traffic is protected; must be that of the UEs.",
                          StringValue("aes-cm"),
                          MakeEnumAttributeAccessor(&Mbstf::m_srtpProfile),
                          MakeSrtpProfileChecker())
            .AddAttribute("SrtpRocMode",
                          "Whether and how packets carry the roll-over counter (RFC 4771); must "
                          "be that of the UEs.",
                          StringValue("auto"),
                          MakeEnumAttributeAccessor(&Mbstf::m_srtpRocMode),
                          MakeSrtpRocChoiceChecker())
            .AddAttribute("SrtpRocRate",
                          "RFC 4771's R: packets whose sequence number is 0 mod R carry it; must "
                          "be that of the UEs.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&Mbstf::m_srtpRocRate),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("Procedure",
                          "How keys reach the UEs: cp is the control-plane procedure of TS 33.501 "
                          "W.4.1.2, up the user-plane procedure of W.4.1.3; must be that of the "
                          "MBSF.",
                          StringValue("cp"),
                          MakeEnumAttributeAccessor(&Mbstf::m_procedure),
                          MakeSecurityProcedureChecker())
            .AddAttribute("MbssfPlacement",
                          "Which function has the MBSSF and makes the MSKs, mbsf or mbstf; must be "
                          "that of the MBSF.",
                          StringValue("mbsf"),
                          MakeEnumAttributeAccessor(&Mbstf::m_placement),
                          MakeMbssfPlacementChecker())
            .AddAttribute("MtkMessageInterval",
                          "In the user-plane procedure: time between two transmissions of the "
                          "newest MTK's MIKEY message for UEs that have got the MSK since.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&Mbstf::m_mtkMessageInterval),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MikeyPort",
                          "UDP port to which MIKEY messages are sent.",
                          UintegerValue(2269),
                          MakeUintegerAccessor(&Mbstf::m_mikeyPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("FirstIngestPort",
                          "UDP port at which the first session's packets come from the AF; "
                          "further sessions take those that follow.",
                          UintegerValue(30000),
                          MakeUintegerAccessor(&Mbstf::m_firstIngestPort),
                          MakeUintegerChecker<uint16_t>(1024, 60000))
            .AddTraceSource("MtkGenerated",
                            "A new MTK was made.",
                            MakeTraceSourceAccessor(&Mbstf::m_mtkGenerated),
                            "ns3::mbs::Mbstf::MtkGeneratedCallback")
            .AddTraceSource("MskGenerated",
                            "A new MSK was made here, since the MBSSF is in the MBSTF.",
                            MakeTraceSourceAccessor(&Mbstf::m_mskGenerated),
                            "ns3::mbs::Mbstf::MskGeneratedCallback")
            .AddTraceSource("KeyActivated",
                            "Another key protects the packets from now on.",
                            MakeTraceSourceAccessor(&Mbstf::m_keyActivated),
                            "ns3::mbs::Mbstf::KeyActivatedCallback")
            .AddTraceSource("TrafficSent",
                            "A traffic packet was protected and goes to the MB-UPF.",
                            MakeTraceSourceAccessor(&Mbstf::m_trafficSent),
                            "ns3::mbs::Mbstf::TrafficSentCallback")
            .AddTraceSource("MtkMessageSent",
                            "A MIKEY message with an MTK goes to the MB-UPF.",
                            MakeTraceSourceAccessor(&Mbstf::m_mtkMessageSent),
                            "ns3::mbs::Mbstf::MtkMessageSentCallback"));
    return tid;
}

Mbstf::Mbstf()
    : m_keys(CreateObject<KeyGenerator>())
{
}

Mbstf::~Mbstf() = default;

void
Mbstf::DoDispose()
{
    for (auto& [ref, session] : m_sessions)
    {
        session.renewal.Cancel();
        session.mskRequest.Cancel();
        session.mtkMessageAgain.Cancel();
        session.retransmission.Cancel();
    }
    m_sessions.clear();
    m_tunnel = nullptr;
    m_keys->Dispose();
    SbiFunction::DoDispose();
}

void
Mbstf::SetNmb8(Ipv4Address address)
{
    m_nmb8Address = address;
}

void
Mbstf::SetNmb9(Ipv4Address address)
{
    m_nmb9Address = address;
}

int64_t
Mbstf::AssignStreams(int64_t stream)
{
    const int64_t taken = SbiFunction::AssignStreams(stream);
    return taken + m_keys->AssignStreams(stream + taken);
}

void
Mbstf::OfferServices()
{
    m_tunnel = Socket::CreateSocket(GetNode(), UdpSocketFactory::GetTypeId());
    m_tunnel->Bind(InetSocketAddress(m_nmb9Address, 0));

    using namespace operations;
    Serve("POST",
          sbi::path::DIST_SESSIONS,
          DIST_SESSION_CREATE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              CreateSession(request, respond);
          });
    Serve("PATCH",
          sbi::path::DIST_SESSION,
          DIST_SESSION_UPDATE,
          [this](const SbiRequest& request, const std::string& ref, const Responder& respond) {
              UpdateSession(ref, request, respond);
          });
    Serve("DELETE",
          sbi::path::DIST_SESSION,
          DIST_SESSION_DESTROY,
          [this](const SbiRequest&, const std::string& ref, const Responder& respond) {
              DestroySession(ref, respond);
          });
    Serve("POST",
          sbi::path::DIST_SESSION_SUBSCRIPTIONS,
          DIST_SESSION_STATUS_SUBSCRIBE,
          [this](const SbiRequest& request, const std::string& ref, const Responder& respond) {
              Subscribe(ref, request, respond);
          });
}

void
Mbstf::StopApplication()
{
    SbiFunction::StopApplication();
    for (auto& [ref, session] : m_sessions)
    {
        session.renewal.Cancel();
        session.mskRequest.Cancel();
        session.mtkMessageAgain.Cancel();
        session.retransmission.Cancel();
        session.ingest->Close();
    }
    if (m_tunnel)
    {
        m_tunnel->Close();
    }
}

void
Mbstf::CreateSession(const SbiRequest& request, const Responder& respond)
{
    const auto body = nmbstf::CreateReqData::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    const nmbstf::DistSession& wanted = body->distSession;
    if (!wanted.mbsSessionId || !wanted.mbsSessionId->tmgi || !wanted.upTrafficFlowInfo ||
        !wanted.upTrafficFlowInfo->portNumber)
    {
        respond(Problem(400, "MANDATORY_IE_MISSING", "mbsSessionId or upTrafficFlowInfo"));
        return;
    }
    const uint32_t number = m_nextRef++;
    const std::string ref = std::to_string(number);
    const auto port = static_cast<uint16_t>(m_firstIngestPort + number - 1);
    const Ptr<Socket> ingest = Socket::CreateSocket(GetNode(), UdpSocketFactory::GetTypeId());
    if (ingest->Bind(InetSocketAddress(m_nmb8Address, port)) != 0)
    {
        respond(Problem(500, "INSUFFICIENT_RESOURCES", "no ingest port is left"));
        return;
    }
    Session& session = m_sessions[ref];
    session.ref = ref;
    session.description = wanted;
    session.tmgi = *wanted.mbsSessionId->tmgi;
    session.csbId = m_keys->NewUint32();
    session.ingest = ingest;
    ingest->SetRecvCallback(MakeCallback(&Mbstf::ReceiveIngest, this).Bind(ref));

    nmbstf::CreateRspData created;
    created.distSession = wanted;
    created.distSession.mbsSecurityContext.clear();
    created.distSession.pktDistributionData.mbStfIngestAddr.mbStfListenAddr =
        sbi::TunnelAddress{m_nmb8Address, port};
    session.description.pktDistributionData = created.distSession.pktDistributionData;
    respond(JsonResponse(201, created.Encode(), sbi::path::DistSession(ref)));

    for (const KeySet& keys : wanted.mbsSecurityContext)
    {
        SetMsk(session, keys);
    }
}

void
Mbstf::UpdateSession(const std::string& ref, const SbiRequest& request, const Responder& respond)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such distribution session"));
        return;
    }
    const auto body = nmbstf::DistSessionPatch::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    respond(NoContent());
    Session& session = it->second;
    if (body->mbUpfTunAddr)
    {
        session.description.mbUpfTunAddr = body->mbUpfTunAddr;
    }
    if (body->distSessionState)
    {
        session.description.distSessionState = *body->distSessionState;
        ScheduleRenewal(session);
        if (m_procedure == SecurityProcedure::USER_PLANE && session.hasKeys)
        {
            DistributeMtk(session);
        }
    }
    for (const KeySet& keys : body->mbsSecurityContext)
    {
        if (!keys.msk && session.hasKeys && keys.mskId == session.keys.mskId)
        {
            // TS 33.501 W.4.1.2: the MBSF triggers the update of an MTK.
            if (session.description.distSessionState == nmbstf::DistSessionState::ACTIVE)
            {
                RenewMtk(ref);
            }
            continue;
        }
        SetMsk(session, keys);
        NotifyMtk(session);
    }
}

void
Mbstf::DestroySession(const std::string& ref, const Responder& respond)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such distribution session"));
        return;
    }
    it->second.renewal.Cancel();
    it->second.mskRequest.Cancel();
    it->second.mtkMessageAgain.Cancel();
    it->second.retransmission.Cancel();
    it->second.ingest->Close();
    if (const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode()))
    {
        shared->Remove(it->second.tmgi);
    }
    m_sessions.erase(it);
    respond(NoContent());
}

void
Mbstf::Subscribe(const std::string& ref, const SbiRequest& request, const Responder& respond)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such distribution session"));
        return;
    }
    const auto body = nmbstf::StatusSubscribeReqData::Decode(request.body);
    const auto uri = body ? SbiUri::FromText(body->subscription.notifyUri) : std::nullopt;
    if (!uri)
    {
        respond(Problem(400, "MANDATORY_IE_INCORRECT", "notifyUri is not an http URI"));
        return;
    }
    Session& session = it->second;
    session.notifyUri = *uri;
    session.correlationId = body->subscription.notifyCorrelationId;
    session.subscribed = true;
    const auto& events = body->subscription.eventList;
    session.asksForMsk =
        std::find(events.begin(), events.end(), nmbstf::DistSessionEventType::V17_MSK_REQUEST) !=
        events.end();
    nmbstf::StatusSubscribeRspData answer;
    answer.subscription = body->subscription;
    if (session.hasKeys)
    {
        answer.reportList.emplace();
        answer.reportList->eventReportList.push_back(MtkReport(session));
        answer.reportList->notifyCorrelationId = session.correlationId;
    }
    respond(JsonResponse(201, answer.Encode(), sbi::path::DistSessionSubscription(ref, "1")));
    if (session.asksForMsk && !session.hasKeys)
    {
        AskForMsk(ref);
    }
}

void
Mbstf::AskForMsk(const std::string& ref)
{
    Session& session = m_sessions.at(ref);
    nmbstf::DistSessionEventReport report;
    report.eventType = nmbstf::DistSessionEventType::V17_MSK_REQUEST;
    report.timeStamp = Simulator::Now();
    // It names the MSK that is not valid any more; before the first one, none.
    KeySet name;
    name.keyDomainId =
        session.hasKeys ? session.keys.keyDomainId : KeyDomainId(session.tmgi.Plmn());
    name.mskId = session.keys.mskId;
    report.mbsSecurityContext.push_back(name);
    Notify(session, report);
    session.mskRequest = Simulator::Schedule(MSK_REQUEST_INTERVAL, &Mbstf::AskForMsk, this, ref);
}

void
Mbstf::SetMsk(Session& session, const KeySet& keys)
{
    KeySet complete = keys;
    const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode());
    if (!keys.msk && m_placement == MbssfPlacement::MBSTF)
    {
        complete.msk = m_keys->NewKey();
        m_mskGenerated(session.tmgi, complete, !session.hasKeys);
    }
    else if (!keys.msk && shared)
    {
        const KeySet* found = shared->Find(session.tmgi, keys.mskId);
        complete.msk = found != nullptr ? found->msk : std::nullopt;
    }
    if (!complete.msk)
    {
        Drop("DistSession", "a key set without MSK");
        return;
    }
    if (session.hasKeys && complete.keyDomainId == session.keys.keyDomainId &&
        complete.mskId == session.keys.mskId && *complete.msk == *session.keys.msk)
    {
        // The MBSF does not know whether it arrived; another MTK 1 under it would be another key
        // by the same name.
        return;
    }
    session.keys = complete;
    session.keys.mtk.reset();
    session.mtkCounter = 0;
    session.mikey.clear();
    session.retransmission.Cancel();
    session.hasKeys = true;
    session.mskRequest.Cancel();
    if (session.asksForMsk && session.keys.mskLifetime)
    {
        session.mskRequest =
            Simulator::Schedule(Max(*session.keys.mskLifetime - Simulator::Now(), Seconds(0)),
                                &Mbstf::AskForMsk,
                                this,
                                session.ref);
    }
    const bool multicast = m_procedure == SecurityProcedure::USER_PLANE;
    MakeMtk(session, multicast);
    if (multicast)
    {
        DistributeMtk(session);
    }
    ScheduleRenewal(session);
}

void
Mbstf::MakeMtk(Session& session, bool alone)
{
    KeySet& keys = session.keys;
    const uint16_t last = keys.mtk ? keys.mtk->id.Number() : 0;
    keys.mtk = Mtk{MtkId(static_cast<uint16_t>(last + 1)), m_keys->NewKey()};
    session.salt = DeriveTrafficSalt(keys.mtk->key, keys.keyDomainId, keys.mskId, keys.mtk->id);
    const ByteView salt = session.salt.View().Sub(0, SrtpSaltLength(m_srtpProfile));
    const SrtpPolicy policy = MakeSrtpPolicy(m_srtpProfile, m_srtpRocMode, m_srtpRocRate);
    const Mki mki{keys.mskId, keys.mtk->id};
    session.next.push_back(
        {mki, MakeMtkTransform(policy, keys.keyDomainId, mki, keys.mtk->key, session.salt)});
    m_mtkGenerated(session.tmgi, keys, salt, alone);
    if (const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode()))
    {
        shared->Put(session.tmgi, keys);
    }
    if (!session.current)
    {
        // Nothing was sent yet, so that there is nobody to wait for.
        Activate(session.ref);
    }
    else
    {
        Simulator::Schedule(m_activationDelay, &Mbstf::Activate, Ptr<Mbstf>(this), session.ref);
    }
}

void
Mbstf::Activate(const std::string& ref)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        // Disposed of since this was scheduled.
        return;
    }
    Session& session = it->second;
    session.current = std::move(session.next.front());
    session.next.pop_front();
    m_keyActivated(session.tmgi, session.current->mki);
}

nmbstf::DistSessionEventReport
Mbstf::MtkReport(const Session& session) const
{
    nmbstf::DistSessionEventReport report;
    report.eventType = nmbstf::DistSessionEventType::V17_MTK_UPDATE;
    report.timeStamp = Simulator::Now();
    KeySet keys = session.keys;
    keys.mskLifetime.reset();
    if (NodeKeys::Of(GetNode()))
    {
        // The keys are in this node, for the functions that have a use for them; names are enough.
        keys.msk.reset();
        keys.mtk.reset();
    }
    report.mbsSecurityContext.push_back(keys);
    return report;
}

void
Mbstf::NotifyMtk(const Session& session, uint32_t attempt)
{
    if (session.subscribed)
    {
        Notify(session, MtkReport(session), attempt);
    }
}

void
Mbstf::Notify(const Session& session,
              const nmbstf::DistSessionEventReport& report,
              uint32_t attempt)
{
    nmbstf::StatusNotifyReqData notify;
    notify.reportList.eventReportList.push_back(report);
    notify.reportList.notifyCorrelationId = session.correlationId;
    Request(session.notifyUri.host,
            session.notifyUri.port,
            JsonRequest("POST",
                        session.notifyUri.path,
                        notify.Encode(),
                        operations::DIST_SESSION_STATUS_NOTIFY),
            [this,
             ref = session.ref,
             event = report.eventType,
             msk = session.keys.mskId,
             mtk = session.keys.mtk ? session.keys.mtk->id : MtkId(),
             attempt](const SbiResponse& response) {
                if (IsSuccess(response))
                {
                    return;
                }
                Drop("StatusNotify", "the MBSF answered " + StatusText(response));
                // An MSK is asked for again in any case, see AskForMsk().
                if (response.status == 404 || event != nmbstf::DistSessionEventType::V17_MTK_UPDATE)
                {
                    return;
                }
                TryLater(attempt, [this, ref, msk, mtk, attempt] {
                    const auto it = m_sessions.find(ref);
                    // A newer MTK is reported by itself.
                    if (it != m_sessions.end() && it->second.keys.mskId == msk &&
                        it->second.keys.mtk && it->second.keys.mtk->id == mtk)
                    {
                        NotifyMtk(it->second, attempt + 1);
                    }
                });
            });
}

void
Mbstf::ScheduleRenewal(Session& session)
{
    session.renewal.Cancel();
    // TS 33.501 W.4.1.2 note 2: no MTK is distributed while the session is not active.
    if (m_mtkInterval.IsStrictlyPositive() && session.hasKeys &&
        session.description.distSessionState == nmbstf::DistSessionState::ACTIVE)
    {
        session.renewal = Simulator::Schedule(m_mtkInterval, &Mbstf::RenewMtk, this, session.ref);
    }
}

void
Mbstf::RenewMtk(const std::string& ref)
{
    Session& session = m_sessions.at(ref);
    if (session.keys.mskLifetime && Simulator::Now() >= *session.keys.mskLifetime)
    {
        // The next MSK is on its way and brings an MTK with it.
        return;
    }
    if (session.keys.mtk->id.Number() == UINT16_MAX)
    {
        Drop("MTK renewal", "MTK IDs under this MSK are used up");
        return;
    }
    MakeMtk(session, true);
    NotifyMtk(session);
    DistributeMtk(session);
    ScheduleRenewal(session);
}

void
Mbstf::DistributeMtk(Session& session)
{
    session.mtkMessageAgain.Cancel();
    if (session.description.distSessionState != nmbstf::DistSessionState::ACTIVE)
    {
        // TS 33.501 W.4.1.2 note 2; it is distributed when the session becomes active.
        return;
    }
    const KeySet& keys = session.keys;
    const bool userPlane = m_procedure == SecurityProcedure::USER_PLANE;
    const MskBundle bundle = MskBundle::Derive(*keys.msk, keys.keyDomainId, keys.mskId);
    MikeyMtkMessage message;
    message.csbId = userPlane ? bundle.csbId : session.csbId;
    message.keyDomainId = keys.keyDomainId;
    message.mskId = keys.mskId;
    message.mtkId = keys.mtk->id;
    message.counter = ++session.mtkCounter;
    if (!userPlane)
    {
        // The UE has no RAND of an MSK message: on the control plane there is none.
        message.rand = m_keys->Octets(RAND_LENGTH);
    }
    message.mtk = keys.mtk->key;
    message.salt = session.salt;
    const Bytes octets = message.Encode(*keys.msk, bundle.rand);
    if (!userPlane)
    {
        session.mikey = octets;
        ScheduleRetransmission(session);
    }
    SendMtkMessage(session.ref, octets);
    if (userPlane)
    {
        session.mtkMessage = octets;
        session.mtkMessageAgain =
            Simulator::Schedule(m_mtkMessageInterval, &Mbstf::RepeatMtk, this, session.ref);
    }
    for (uint32_t i = 1; i <= m_mtkRepetitions; ++i)
    {
        Simulator::Schedule(m_mtkRepetitionInterval * i,
                            &Mbstf::SendMtkMessage,
                            Ptr<Mbstf>(this),
                            session.ref,
                            octets);
    }
}

void
Mbstf::RepeatMtk(const std::string& ref)
{
    Session& session = m_sessions.at(ref);
    if (session.description.distSessionState == nmbstf::DistSessionState::ACTIVE)
    {
        SendMtkMessage(ref, session.mtkMessage);
    }
    session.mtkMessageAgain =
        Simulator::Schedule(m_mtkMessageInterval, &Mbstf::RepeatMtk, this, ref);
}

void
Mbstf::ScheduleRetransmission(Session& session)
{
    session.retransmission.Cancel();
    if (m_mtkRetransmissionInterval.IsStrictlyPositive())
    {
        session.retransmission = Simulator::Schedule(m_mtkRetransmissionInterval,
                                                     &Mbstf::RetransmitMtk,
                                                     this,
                                                     session.ref);
    }
}

void
Mbstf::RetransmitMtk(const std::string& ref)
{
    Session& session = m_sessions.at(ref);
    // The same octets: who has the MTK finds the counter used and drops them before the MAC.
    if (session.description.distSessionState == nmbstf::DistSessionState::ACTIVE)
    {
        SendMtkMessage(ref, session.mikey);
    }
    ScheduleRetransmission(session);
}

void
Mbstf::SendMtkMessage(const std::string& ref, const Bytes& octets)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        // Disposed of since this was scheduled.
        return;
    }
    const Session& session = it->second;
    const Ptr<Packet> packet = MakeIpPacket(session, m_mikeyPort, octets);
    m_mtkMessageSent(session.tmgi, packet, static_cast<uint32_t>(octets.size()));
    SendToMbUpf(session, packet);
}

void
Mbstf::ReceiveIngest(std::string ref, Ptr<Socket> socket)
{
    while (const Ptr<Packet> packet = socket->Recv())
    {
        const auto it = m_sessions.find(ref);
        if (it == m_sessions.end() || !it->second.current ||
            it->second.description.distSessionState != nmbstf::DistSessionState::ACTIVE)
        {
            Drop("traffic packet", "the session is not active");
            continue;
        }
        Bytes rtp(packet->GetSize());
        packet->CopyData(rtp.data(), static_cast<uint32_t>(rtp.size()));
        SendTraffic(it->second, rtp);
    }
}

void
Mbstf::SendTraffic(Session& session, ByteView rtp)
{
    const auto header = SrtpHeaderView::Parse(rtp);
    if (!header)
    {
        Drop("traffic packet", "it is not RTP");
        return;
    }
    SrtpTransform& transform = *session.current->transform;
    m_buffer.resize(rtp.size() + transform.Overhead());
    std::size_t size = 0;
    if (!transform.Protect(rtp, RocOf(session.sequence.Next(header->seq)), m_buffer.data(), size))
    {
        Drop("traffic packet", "it cannot be protected");
        return;
    }
    const Ptr<Packet> packet = MakeIpPacket(session,
                                            *session.description.upTrafficFlowInfo->portNumber,
                                            ByteView(m_buffer.data(), size));
    m_trafficSent(session.tmgi, packet, session.sent++);
    SendToMbUpf(session, packet);
}

Ptr<Packet>
Mbstf::MakeIpPacket(const Session& session, uint16_t port, ByteView payload) const
{
    InnerUdp udp;
    udp.source = m_nmb9Address;
    udp.destination = session.description.upTrafficFlowInfo->destIpAddr;
    udp.sourcePort = port;
    udp.destinationPort = port;
    udp.payload = payload;
    const Bytes octets = EncodeInnerUdp(udp);
    return Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size()));
}

void
Mbstf::SendToMbUpf(const Session& session, Ptr<Packet> packet)
{
    const sbi::TunnelAddress& tunnel = *session.description.mbUpfTunAddr;
    m_tunnel->SendTo(packet, 0, InetSocketAddress(tunnel.ipv4Addr, tunnel.portNumber));
}

} // namespace ns3::mbs
