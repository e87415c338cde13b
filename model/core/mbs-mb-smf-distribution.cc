// SPDX-License-Identifier: GPL-2.0-only

// How the MB-SMF begins and ends to send a session's packets to gNBs (TS 23.247 clauses 7.2.1.4 and
// 7.2.2.4), and how a session and what was asked for it end (clause 7.1.1.4).

#include "mbs-mb-smf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** The one FAR of an MBS session. */
constexpr uint16_t FAR_ID = 1;

/** What the query of Nmbsmf_TMGI_Deallocate begins with. */
const std::string TMGI_LIST = "?tmgi-list=";

} // namespace

void
MbSmf::ChooseAction(Session& session)
{
    session.action = PfcpApplyAction();
    session.action.multicast = session.active && !session.multicastAmfs.empty();
    session.action.unicast = session.active && !session.unicast.empty();
    session.action.drop = !session.action.multicast && !session.action.unicast;
}

void
MbSmf::StartDistribution(Session& session,
                         const std::string& amf,
                         ByteView transfer,
                         const Responder& respond)
{
    const auto request = NgapMbsDistributionSetupRequestTransfer::Decode(transfer);
    if (!request)
    {
        respond(Problem(400, "MANDATORY_IE_INCORRECT", ToString(request.Error())));
        return;
    }
    session.amfs.insert(amf);
    const auto& tunnel = request->sharedNguUnicastTnlInformation;
    if (tunnel && tunnel->transportLayerAddress.ipv4)
    {
        AddUnicastTunnel(session, {tunnel->gtpTeid, *tunnel->transportLayerAddress.ipv4}, respond);
        return;
    }
    session.multicastAmfs.insert(amf);
    const auto answer = [this, respond](const Session& answered) {
        AnswerDistributionSetup(answered, respond, true);
    };
    if (session.action.multicast)
    {
        answer(session);
        return;
    }
    ChooseAction(session);
    ModifyForwarding(session, PfcpUpdateFar(), respond, answer, [amf](Session& failed) {
        failed.multicastAmfs.erase(amf);
    });
}

void
MbSmf::AddUnicastTunnel(Session& session, const PfcpGtpuTunnel& tunnel, const Responder& respond)
{
    PfcpUpdateFar far;
    ExchangeUnicast(session, tunnel, far);
    if (far.addUnicast.empty())
    {
        // Its AMF, or this function, has forgotten the answer.
        AnswerDistributionSetup(session, respond, false);
        return;
    }
    // Where all gNBs have tunnels of their own there is nobody to multicast to.
    ChooseAction(session);
    ModifyForwarding(
        session,
        far,
        respond,
        [this, respond](const Session& answered) {
            AnswerDistributionSetup(answered, respond, false);
        },
        [id = far.addUnicast.front().id](Session& failed) { failed.unicast.erase(id); });
}

void
MbSmf::ExchangeUnicast(Session& session, const PfcpGtpuTunnel& tunnel, PfcpUpdateFar& far)
{
    const auto known =
        std::find_if(session.unicast.begin(), session.unicast.end(), [&tunnel](const auto& entry) {
            return entry.second.address == tunnel.address;
        });
    if (known != session.unicast.end() && known->second.teid == tunnel.teid)
    {
        return;
    }
    if (known != session.unicast.end())
    {
        // The gNB has forgotten its tunnel, and has another one.
        far.removeUnicast.push_back(known->first);
        session.unicast.erase(known);
    }
    PfcpAddUnicast add;
    add.id = m_nextUnicastId++;
    add.tunnel = tunnel;
    session.unicast[add.id] = tunnel;
    far.addUnicast.push_back(add);
}

void
MbSmf::EndDistribution(Session& session,
                       const nmbsmf::ContextUpdateReqData& body,
                       ByteView transfer,
                       const Responder& respond)
{
    const auto request = NgapMbsDistributionReleaseRequestTransfer::Decode(transfer);
    if (!request)
    {
        respond(Problem(400, "MANDATORY_IE_INCORRECT", ToString(request.Error())));
        return;
    }
    if (body.leaveInd)
    {
        session.amfs.erase(body.nfcInstanceId);
        session.multicastAmfs.erase(body.nfcInstanceId);
    }
    PfcpUpdateFar far;
    if (const auto& tunnel = request->sharedNguUnicastTnlInformation)
    {
        const auto it =
            std::find_if(session.unicast.begin(),
                         session.unicast.end(),
                         [&tunnel](const auto& known) {
                             return known.second.teid == tunnel->gtpTeid &&
                                    known.second.address == tunnel->transportLayerAddress.ipv4;
                         });
        if (it != session.unicast.end())
        {
            far.removeUnicast.push_back(it->first);
            session.unicast.erase(it);
        }
    }
    const PfcpApplyAction before = session.action;
    ChooseAction(session);
    if (far.removeUnicast.empty() && session.action.multicast == before.multicast)
    {
        respond(NoContent());
        return;
    }
    ModifyForwarding(
        session,
        far,
        respond,
        [respond](const Session&) { respond(NoContent()); },
        [](Session&) {});
}

void
MbSmf::ModifyForwarding(const Session& session,
                        PfcpUpdateFar far,
                        const Responder& respond,
                        const std::function<void(const Session&)>& answer,
                        const std::function<void(Session&)>& undo)
{
    far.farId = FAR_ID;
    far.action = session.action;
    PfcpSessionModificationRequest modify;
    modify.seid = session.upSeid;
    modify.updateFars.push_back(far);
    const auto answered = [this, ref = session.ref, respond, answer, undo](
                              const std::optional<Bytes>& octets) {
        const auto response =
            octets ? PfcpSessionModificationResponse::Decode(*octets) : DecodeError::TRUNCATED;
        const auto it = m_sessions.find(ref);
        if (it == m_sessions.end())
        {
            respond(Problem(404, "MBS_SESSION_NOT_FOUND", "the MBS session was released"));
            return;
        }
        if (!response || response->cause != PfcpCause::ACCEPTED)
        {
            undo(it->second);
            ChooseAction(it->second);
            respond(Problem(504, "UPSTREAM_SERVER_ERROR", "the MB-UPF did not change forwarding"));
            return;
        }
        answer(it->second);
    };
    m_n4->SendRequest(m_mbUpf.remote,
                      modify.Encode(),
                      ToString(PfcpType::SESSION_MODIFICATION_REQUEST),
                      answered);
}

void
MbSmf::Unsubscribe(const std::string& id, const Responder& respond)
{
    const auto it = m_subscribed.find(id);
    if (it == m_subscribed.end())
    {
        respond(Problem(404, "SUBSCRIPTION_NOT_FOUND", "no such subscription"));
        return;
    }
    Session& session = m_sessions.at(it->second);
    session.subscriptions.erase(id);
    m_subscribed.erase(it);
    respond(NoContent());
    Completed(session, id);
}

void
MbSmf::DeleteSession(const std::string& ref, const Responder& respond)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end() || it->second.upSeid == 0)
    {
        respond(Problem(404, "MBS_SESSION_NOT_FOUND", "no such MBS session"));
        return;
    }
    const Session& session = it->second;
    nmbsmf::ContextStatusEventReport report;
    report.eventType = nmbsmf::ContextStatusEventType::SESSION_RELEASE;
    report.timeStamp = Simulator::Now();
    Notify(session, report);

    PfcpSessionDeletionRequest request;
    request.seid = session.upSeid;
    m_n4->SendRequest(m_mbUpf.remote,
                      request.Encode(),
                      ToString(PfcpType::SESSION_DELETION_REQUEST),
                      [this, respond](const std::optional<Bytes>& answer) {
                          const auto response = answer
                                                    ? PfcpSessionDeletionResponse::Decode(*answer)
                                                    : DecodeError::TRUNCATED;
                          if (!response || response->cause != PfcpCause::ACCEPTED)
                          {
                              Drop(ToString(PfcpType::SESSION_DELETION_RESPONSE),
                                   answer ? "not accepted" : "it never came");
                          }
                          respond(NoContent());
                      });
    for (const auto& [amf, path] : session.broadcast)
    {
        ReleaseBroadcastContext(amf, path);
    }
    if (!session.amfs.empty() && !session.IsBroadcast())
    {
        m_released[session.tmgi] = session.amfs;
    }
    for (const auto& [id, subscription] : session.subscriptions)
    {
        m_subscribed.erase(id);
    }
    m_refOfTmgi.erase(session.tmgi);
    it->second.batch.Cancel();
    m_sessions.erase(it);
}

void
MbSmf::DeallocateTmgi(const SbiRequest& request, const Responder& respond)
{
    const std::size_t query = request.path.find(TMGI_LIST);
    const auto text = query == std::string::npos
                          ? std::nullopt
                          : sbi::path::PercentDecode(request.path.substr(query + TMGI_LIST.size()));
    const Bytes json = text ? Bytes(text->begin(), text->end()) : Bytes();
    const auto list = nmbsmf::TmgiList::Decode(json);
    if (!list)
    {
        respond(Problem(400, "MANDATORY_QUERY_PARAM_INCORRECT", "tmgi-list is no list of TMGIs"));
        return;
    }
    const auto isAllocated = [this](const Tmgi& tmgi) { return m_allocated.count(tmgi) > 0; };
    if (!std::all_of(list->tmgiList.begin(), list->tmgiList.end(), isAllocated))
    {
        respond(Problem(404, "RESOURCE_CONTEXT_NOT_FOUND", "a TMGI that was not allocated"));
        return;
    }
    for (const Tmgi& tmgi : list->tmgiList)
    {
        m_allocated.erase(tmgi);
    }
    respond(NoContent());
}

} // namespace ns3::mbs
