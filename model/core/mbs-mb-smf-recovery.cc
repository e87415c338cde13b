// SPDX-License-Identifier: GPL-2.0-only

// The MB-SMF's sessions at the MB-UPF, and how it goes on when it, the MB-UPF, the MBSF or an SMF
// has failed (TS 23.527 clauses 4 and 6, TS 29.244 clauses 6.2.2 and 6.2.6).

#include "mbs-mb-smf.h"
#include "mbs-pfcp-recovery.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <iterator>

namespace ns3::mbs
{

namespace
{

/** The one PDR, FAR and QER of an MBS session. */
constexpr uint16_t RULE_ID = 1;

} // namespace

void
MbSmf::GoDown(Memory memory)
{
    SbiFunction::GoDown(memory);
    m_n4->ShutDown();
    for (auto it = m_sessions.begin(); it != m_sessions.end();)
    {
        Session& session = it->second;
        session.batched = !session.batch.IsExpired();
        session.batch.Cancel();
        // What is being set up is begun anew by the MBSF, which repeats its request.
        if (memory == Memory::LOST || session.upSeid == 0)
        {
            m_refOfTmgi.erase(session.tmgi);
            it = m_sessions.erase(it);
            continue;
        }
        ++it;
    }
    if (memory == Memory::LOST)
    {
        // Names of resources and TMGIs are never given out twice, so that an old one cannot mean a
        // new one.
        m_subscribed.clear();
        m_released.clear();
        m_allocated.clear();
        m_upfRecovery.reset();
    }
}

void
MbSmf::ComeUp(Memory memory)
{
    SbiFunction::ComeUp(memory);
    m_n4->Listen();
    ScheduleHeartbeat();
    if (memory == Memory::LOST)
    {
        m_began = Simulator::Now();
        Associate();
        return;
    }
    for (auto& [ref, session] : m_sessions)
    {
        // Whether the MB-UPF and the SMFs have heard of the newest state is not known any more.
        RepeatForwarding(session);
        if (session.IsBroadcast())
        {
            StartBroadcast(session);
        }
        if (!session.security.empty())
        {
            NotifySecurityContext(session);
        }
        if (session.batched)
        {
            BatchComplete(ref);
        }
    }
}

void
MbSmf::PeerLost(Ipv4Address peer)
{
    // An AMF may have restarted, and may have forgotten its broadcast sessions.
    for (const auto& [ref, session] : m_sessions)
    {
        for (const auto& [amf, path] : session.broadcast)
        {
            if (m_amfs.at(amf).remote == peer)
            {
                TryLater(0, [this, ref = ref, amf = amf] { CreateBroadcastContext(ref, amf, 0); });
            }
        }
    }
}

void
MbSmf::Associate()
{
    RequestPfcpAssociation(m_n4,
                           m_mbUpf.local,
                           m_mbUpf.remote,
                           m_began,
                           [this](std::optional<uint32_t> stamp) {
                               if (!stamp)
                               {
                                   Drop(ToString(PfcpType::ASSOCIATION_SETUP_RESPONSE),
                                        "no association with the MB-UPF");
                                   return;
                               }
                               NoteRecovery(*stamp);
                           });
}

void
MbSmf::ScheduleHeartbeat()
{
    if (m_heartbeatInterval.IsZero())
    {
        return;
    }
    After(m_heartbeatInterval, [this] {
        PfcpHeartbeatRequest request;
        request.recoveryTimeStamp = PfcpRecoveryTimeStamp(m_began);
        m_n4->SendRequest(m_mbUpf.remote,
                          request.Encode(),
                          ToString(PfcpType::HEARTBEAT_REQUEST),
                          [this](const std::optional<Bytes>& answer) {
                              const auto response = answer ? PfcpHeartbeatResponse::Decode(*answer)
                                                           : DecodeError::TRUNCATED;
                              if (response)
                              {
                                  NoteRecovery(response->recoveryTimeStamp);
                                  return;
                              }
                              Drop(ToString(PfcpType::HEARTBEAT_RESPONSE),
                                   answer ? ToString(response.Error()) : "it never came");
                          });
        ScheduleHeartbeat();
    });
}

void
MbSmf::HandlePfcp(const Bytes& octets, const N4Endpoint::Responder& respond)
{
    const auto request = PfcpAssociationSetupRequest::Decode(octets);
    if (!request)
    {
        Drop("PFCP message", ToString(request.Error()));
        return;
    }
    PfcpAssociationSetupResponse response;
    response.sequence = request->sequence;
    response.nodeId.address = m_mbUpf.local;
    response.recoveryTimeStamp = PfcpRecoveryTimeStamp(m_began);
    respond(response.Encode());
    NoteRecovery(request->recoveryTimeStamp);
}

void
MbSmf::NoteRecovery(uint32_t recoveryTimeStamp)
{
    const bool forgotten = m_upfRecovery && *m_upfRecovery != recoveryTimeStamp;
    m_upfRecovery = recoveryTimeStamp;
    if (!forgotten)
    {
        return;
    }
    // TS 23.527 clause 4.3: the MB-UPF has forgotten its sessions, and gets them once more.
    for (const auto& [ref, session] : m_sessions)
    {
        if (session.upSeid != 0)
        {
            Establish(session, true, [](bool) {});
        }
    }
}

std::vector<PfcpAddUnicast>
MbSmf::UnicastTunnels(const Session& session)
{
    std::vector<PfcpAddUnicast> tunnels;
    for (const auto& [id, tunnel] : session.unicast)
    {
        PfcpAddUnicast add;
        add.id = id;
        add.tunnel = tunnel;
        tunnels.push_back(add);
    }
    return tunnels;
}

void
MbSmf::RepeatForwarding(const Session& session)
{
    PfcpUpdateFar far;
    far.addUnicast = UnicastTunnels(session);
    ModifyForwarding(
        session,
        far,
        [](const SbiResponse&) {},
        [](const Session&) {},
        [](Session&) {});
}

void
MbSmf::Establish(const Session& session, bool restoration, const Established& done)
{
    PfcpSessionEstablishmentRequest establish;
    establish.nodeId.address = m_mbUpf.local;
    establish.cpFSeid = PfcpFSeid{session.number, m_mbUpf.local};
    PfcpCreatePdr pdr;
    pdr.pdrId = RULE_ID;
    pdr.localIngressTunnel = PfcpLocalIngressTunnel();
    pdr.removeUdpIpv4 = true;
    pdr.farId = RULE_ID;
    pdr.qerIds = {RULE_ID};
    establish.createPdrs.push_back(pdr);
    PfcpCreateFar far;
    far.farId = RULE_ID;
    far.action = session.action;
    far.multicast = PfcpMulticastParameters();
    far.addUnicast = UnicastTunnels(session);
    establish.createFars.push_back(far);
    PfcpCreateQer qer;
    qer.qerId = RULE_ID;
    qer.qfi = m_qfi;
    qer.insertSequenceNumber = true;
    establish.createQers.push_back(qer);
    establish.control.sessionId.tmgi = session.tmgi;
    establish.control.provideLlSsm = true;
    establish.control.restoration = restoration;
    const auto answered = [this, ref = session.ref, done](const std::optional<Bytes>& answer) {
        const auto it = m_sessions.find(ref);
        if (it == m_sessions.end())
        {
            return;
        }
        Session& session = it->second;
        const auto response =
            answer ? PfcpSessionEstablishmentResponse::Decode(*answer) : DecodeError::TRUNCATED;
        if (!response || response->cause != PfcpCause::ACCEPTED || !response->upFSeid ||
            !response->multicast || response->createdPdrs.empty() ||
            !response->createdPdrs.front().localIngressTunnel)
        {
            Drop(ToString(PfcpType::SESSION_ESTABLISHMENT_RESPONSE),
                 answer ? "not accepted, or something is missing in it" : "it never came");
            done(false);
            return;
        }
        const PfcpLocalIngressTunnel& ingress = *response->createdPdrs.front().localIngressTunnel;
        session.upSeid = response->upFSeid->seid;
        session.multicast = *response->multicast;
        session.ingress = {ingress.address, ingress.port};
        done(true);
    };
    m_n4->SendRequest(m_mbUpf.remote,
                      establish.Encode(),
                      ToString(PfcpType::SESSION_ESTABLISHMENT_REQUEST),
                      answered);
}

void
MbSmf::AnswerCreate(const Session& session, const Responder& respond)
{
    nmbsmf::CreateRspData created;
    created.mbsSession.mbsSessionId.emplace();
    created.mbsSession.mbsSessionId->tmgi = session.tmgi;
    created.mbsSession.serviceType = session.serviceType;
    created.mbsSession.ingressTunAddr.push_back(session.ingress);
    respond(JsonResponse(201, created.Encode(), sbi::path::MbsSession(session.ref)));
}

void
MbSmf::NoteCreator(Session& session, const nmbsmf::ExtMbsSession& wanted)
{
    if (!wanted.mbsSessionSubsc)
    {
        return;
    }
    session.creator = SbiUri::FromText(wanted.mbsSessionSubsc->notifyUri);
    session.creatorCorrelation = wanted.mbsSessionSubsc->notifyCorrelationId;
    const auto& events = wanted.mbsSessionSubsc->eventList;
    session.creatorWantsCompletion =
        std::any_of(events.begin(), events.end(), [](const nmbsmf::MbsSessionEvent& event) {
            return event.eventType == nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED;
        });
}

void
MbSmf::CreateAgain(Session& session, const nmbsmf::ExtMbsSession& wanted, const Responder& respond)
{
    Session creator;
    NoteCreator(creator, wanted);
    if (!creator.creator || !session.creator || creator.creator->host != session.creator->host ||
        creator.creator->port != session.creator->port)
    {
        respond(Problem(403, "MBS_SESSION_ALREADY_CREATED", "the TMGI is in use"));
        return;
    }
    NoteCreator(session, wanted);
    session.anyUe = wanted.anyUeInd;
    session.area = wanted.mbsServiceArea;
    if (!(wanted.mbsSecurityContext == session.security))
    {
        session.security = wanted.mbsSecurityContext;
        ++session.version;
        AwaitCompletion(session);
        NotifySecurityContext(session);
    }
    if (session.upSeid == 0)
    {
        // The connection of the first one is gone, and with it the way of its answer.
        session.respond = respond;
        return;
    }
    AnswerCreate(session, respond);
}

void
MbSmf::NotifySubscriber(const Session& session,
                        const std::string& id,
                        const nmbsmf::ContextStatusEventReport& report,
                        uint32_t attempt)
{
    const Subscription& subscription = session.subscriptions.at(id);
    nmbsmf::ContextStatusNotifyReqData notify;
    notify.reportList.push_back(report);
    notify.notifyCorrelationId = subscription.correlationId;
    const auto answered = [this, ref = session.ref, version = session.version, id, report, attempt](
                              const SbiResponse& response) {
        if (IsSuccess(response))
        {
            return;
        }
        Drop("ContextStatusNotify", "the SMF answered " + StatusText(response));
        if (response.status == 404)
        {
            // The SMF does not know the session any more, and asks anew when it needs it.
            const auto it = m_sessions.find(ref);
            if (it != m_sessions.end())
            {
                it->second.subscriptions.erase(id);
                Completed(it->second, id);
            }
            m_subscribed.erase(id);
            return;
        }
        TryLater(attempt, [this, ref, version, id, report, attempt] {
            const auto it = m_sessions.find(ref);
            // Newer keys are on their way by themselves, and so is another status.
            const bool obsolete =
                it == m_sessions.end() || it->second.version != version ||
                (!report.statusInfo.empty() && report.statusInfo != StatusOf(it->second.active));
            if (!obsolete && it->second.subscriptions.count(id) > 0)
            {
                NotifySubscriber(it->second, id, report, attempt + 1);
            }
        });
    };
    Request(subscription.notifyUri.host,
            subscription.notifyUri.port,
            JsonRequest("POST",
                        subscription.notifyUri.path,
                        notify.Encode(),
                        operations::CONTEXT_STATUS_NOTIFY),
            answered);
}

} // namespace ns3::mbs
