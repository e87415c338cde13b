// SPDX-License-Identifier: GPL-2.0-only

// Broadcast sessions at the MB-SMF (TS 23.247 clauses 7.3.1 to 7.3.3, TS 29.518 Namf_MBSBroadcast):
// AMFs are asked as soon as the session is there, since nobody joins it.

#include "mbs-mb-smf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-ngap-broadcast.h"
#include "ns3/mbs-sbi-paths.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Between session and AMF in the path of notifications. */
constexpr char SEPARATOR = '_';

} // namespace

std::optional<SbiResponse>
MbSmf::WhyNotCreated(const nmbsmf::ExtMbsSession& wanted)
{
    if (wanted.serviceType != sbi::MbsServiceType::BROADCAST)
    {
        return std::nullopt;
    }
    if (!wanted.mbsServiceArea)
    {
        return Problem(400,
                       "MANDATORY_IE_MISSING",
                       "a broadcast session needs mbsServiceArea (TS 23.247 clause 7.3.1)");
    }
    if (!wanted.mbsSecurityContext.empty())
    {
        return Problem(400,
                       "OPTIONAL_IE_INCORRECT",
                       "keys of a broadcast session go by the user-plane procedure only (TS 33.501 "
                       "W.4.1.1)");
    }
    return std::nullopt;
}

std::optional<SbiResponse>
MbSmf::WhyNotUpdated(const Session& session, const nmbsmf::MbsSessionPatch& patch)
{
    if (!session.IsBroadcast())
    {
        return std::nullopt;
    }
    if (patch.activityStatus)
    {
        return Problem(403,
                       "MODIFICATION_NOT_ALLOWED",
                       "only multicast sessions are activated and deactivated (TS 23.247 clause "
                       "4.3)");
    }
    if (!patch.mbsSecurityContext.empty())
    {
        return Problem(403,
                       "MODIFICATION_NOT_ALLOWED",
                       "keys of a broadcast session go by the user-plane procedure only (TS 33.501 "
                       "W.4.1.1)");
    }
    return std::nullopt;
}

void
MbSmf::StartBroadcast(const Session& session)
{
    // Which AMFs serve the area an NRF would say; those that do not have nothing to do.
    for (const auto& [amf, peer] : m_amfs)
    {
        CreateBroadcastContext(session.ref, amf, 0);
    }
}

void
MbSmf::CreateBroadcastContext(const std::string& ref, const std::string& amf, uint32_t attempt)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        return;
    }
    const Session& session = it->second;
    const SbiPeer& peer = m_amfs.at(amf);
    namf::ContextCreateReqData create;
    create.mbsSessionId.tmgi = session.tmgi;
    create.mbsServiceArea = session.area;
    create.n2MbsSmInfo = {namf::BroadcastNgapIeType::MBS_SES_REQ, {MB_SMF_NGAP_PART}, {}};
    create.notifyUri =
        OwnUri(peer, sbi::path::Fill(BROADCAST_NOTIFY_PATH, {ref + SEPARATOR + amf}));
    create.maxResponseTime = static_cast<uint32_t>(m_broadcastResponseTime.GetSeconds());
    create.mbsmfId = GetNfInstanceId();
    const auto answered = [this, ref, amf, attempt, create, fiveQi = session.fiveQi](
                              const SbiResponse& response) {
        const auto parts = SbiParts::Read(response.contentType, response.body);
        const auto body = parts ? namf::ContextCreateRspData::Decode(parts->json)
                                : Decoded<namf::ContextCreateRspData>(parts.Error());
        if (response.status != 201 || response.location.empty() || !body)
        {
            Drop(operations::BROADCAST_CONTEXT_CREATE.name,
                 "the AMF answered " + StatusText(response));
            TryLater(attempt,
                     [this, ref, amf, attempt] { CreateBroadcastContext(ref, amf, attempt + 1); });
            return;
        }
        const auto it = m_sessions.find(ref);
        if (it == m_sessions.end())
        {
            // It was released meanwhile.
            ReleaseBroadcastContext(amf, response.location);
            return;
        }
        it->second.broadcast[amf] = response.location;
        TakeBroadcastAnswers(it->second, amf, *parts, body->n2MbsSmInfoList);
        namf::ContextCreateReqData now = create;
        now.mbsServiceArea = it->second.area;
        const bool moved = now.Encode() != create.Encode();
        if (moved || it->second.fiveQi != fiveQi)
        {
            // The AF has changed it while the AMF was at work.
            UpdateBroadcastContext(it->second, amf, moved, {});
        }
    };
    Request(peer,
            MultipartRequest(sbi::path::BROADCAST_CONTEXTS,
                             create.Encode(),
                             {{SBI_NGAP_TYPE, MB_SMF_NGAP_PART, BroadcastTransfer(session)}},
                             operations::BROADCAST_CONTEXT_CREATE),
            answered);
}

Bytes
MbSmf::BroadcastTransfer(const Session& session) const
{
    NgapMbsSessionSetupOrModRequestTransfer transfer;
    NgapSharedNguMulticastTnlInformation multicast;
    multicast.ipMulticastAddress.ipv4 = session.multicast.llSsm.destination;
    multicast.ipSourceAddress.ipv4 = session.multicast.llSsm.source;
    multicast.gtpTeid = session.multicast.cTeid;
    transfer.mbsSessionTnlInfo5Gc = NgapMbsSessionTnlInfo5Gc{multicast, {}};
    transfer.mbsQosFlowsToBeSetupModList.push_back(FlowOf(session));
    return transfer.Encode();
}

void
MbSmf::UpdateBroadcast(const Session& session, bool area)
{
    for (const auto& [amf, path] : session.broadcast)
    {
        UpdateBroadcastContext(session, amf, area, {});
    }
}

void
MbSmf::UpdateBroadcastContext(const Session& session,
                              const std::string& amf,
                              bool area,
                              const std::vector<sbi::GlobalRanNodeId>& gnbs)
{
    namf::ContextUpdateReqData update;
    if (area)
    {
        update.mbsServiceArea = session.area;
    }
    update.n2MbsSmInfo =
        namf::BroadcastN2MbsSmInfo{namf::BroadcastNgapIeType::MBS_SES_REQ, {MB_SMF_NGAP_PART}, {}};
    update.ranIdList = gnbs;
    update.maxResponseTime = static_cast<uint32_t>(m_broadcastResponseTime.GetSeconds());
    Request(m_amfs.at(amf),
            MultipartRequest(session.broadcast.at(amf) + "/update",
                             update.Encode(),
                             {{SBI_NGAP_TYPE, MB_SMF_NGAP_PART, BroadcastTransfer(session)}},
                             operations::BROADCAST_CONTEXT_UPDATE),
            [this, ref = session.ref, amf](const SbiResponse& response) {
                const auto it = m_sessions.find(ref);
                if (it == m_sessions.end())
                {
                    return;
                }
                const auto parts = SbiParts::Read(response.contentType, response.body);
                const auto body = parts ? namf::ContextUpdateRspData::Decode(parts->json)
                                        : Decoded<namf::ContextUpdateRspData>(parts.Error());
                if (!IsSuccess(response) || !body)
                {
                    // The AMF does not know the session, or is away: it gets it anew, as it is now.
                    Drop(operations::BROADCAST_CONTEXT_UPDATE.name,
                         "the AMF answered " + StatusText(response));
                    TryLater(0, [this, ref, amf] { CreateBroadcastContext(ref, amf, 0); });
                    return;
                }
                TakeBroadcastAnswers(it->second, amf, *parts, body->n2MbsSmInfoList);
            });
}

void
MbSmf::ReleaseBroadcastContext(const std::string& amf, const std::string& path, uint32_t attempt)
{
    constexpr int STATUS_NOT_FOUND = 404;
    Request(m_amfs.at(amf),
            DeleteRequest(path, operations::BROADCAST_CONTEXT_RELEASE),
            [this, amf, path, attempt](const SbiResponse& response) {
                if (IsSuccess(response))
                {
                    return;
                }
                Drop(operations::BROADCAST_CONTEXT_RELEASE.name,
                     "the AMF answered " + StatusText(response));
                if (response.status != STATUS_NOT_FOUND)
                {
                    // Otherwise the cells would go on for ever.
                    TryLater(attempt, [this, amf, path, attempt] {
                        ReleaseBroadcastContext(amf, path, attempt + 1);
                    });
                }
            });
}

void
MbSmf::BroadcastNotified(const std::string& id, const SbiRequest& request, const Responder& respond)
{
    const std::size_t separator = id.find(SEPARATOR);
    const auto it = m_sessions.find(id.substr(0, separator));
    const std::string amf = separator == std::string::npos ? "" : id.substr(separator + 1);
    if (it == m_sessions.end() || m_amfs.count(amf) == 0)
    {
        respond(Problem(404, "CONTEXT_NOT_FOUND", "no such broadcast session"));
        return;
    }
    const auto parts = SbiParts::Read(request.contentType, request.body);
    const auto body = parts ? namf::ContextStatusNotification::Decode(parts->json)
                            : Decoded<namf::ContextStatusNotification>(parts.Error());
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    respond(NoContent());
    Session& session = it->second;
    TakeBroadcastAnswers(session, amf, *parts, body->n2MbsSmInfoList);
    std::vector<sbi::GlobalRanNodeId> restarted;
    for (const namf::OperationEvent& event : body->operationEvents)
    {
        for (const namf::NgranFailureEvent& failure : event.ngranFailureEventList)
        {
            if (failure.ngranFailureIndication ==
                namf::NgranFailureIndication::NG_RAN_RESTART_OR_START)
            {
                restarted.push_back(failure.ngranId);
            }
        }
    }
    if (!restarted.empty() && session.broadcast.count(amf) > 0)
    {
        UpdateBroadcastContext(session, amf, false, restarted);
    }
}

void
MbSmf::NoteListener(Session& session,
                    const std::string& amf,
                    const std::optional<sbi::GlobalRanNodeId>& gnb,
                    bool listens)
{
    std::vector<sbi::GlobalRanNodeId>& listeners = session.listeners[amf];
    const sbi::GlobalRanNodeId id = gnb.value_or(sbi::GlobalRanNodeId());
    listeners.erase(std::remove(listeners.begin(), listeners.end(), id), listeners.end());
    if (listens)
    {
        listeners.push_back(id);
    }
    if (listeners.empty())
    {
        session.multicastAmfs.erase(amf);
    }
    else
    {
        session.multicastAmfs.insert(amf);
    }
}

void
MbSmf::TakeBroadcastAnswers(Session& session,
                            const std::string& amf,
                            const SbiParts& parts,
                            const std::vector<namf::BroadcastN2MbsSmInfo>& answers)
{
    if (answers.empty())
    {
        // An AMF without gNBs there changes nothing.
        return;
    }
    const PfcpApplyAction before = session.action;
    PfcpUpdateFar far;
    for (const namf::BroadcastN2MbsSmInfo& answer : answers)
    {
        const auto octets = parts.Find(answer.ngapData);
        const bool success = answer.ngapIeType == namf::BroadcastNgapIeType::MBS_SES_RSP;
        const bool released = answer.ngapIeType == namf::BroadcastNgapIeType::MBS_SES_REL_RSP;
        if (!success && !released)
        {
            Drop("Namf_MBSBroadcast", "a gNB does not broadcast the session");
            continue;
        }
        // Both transfers are the same octets: the gNB's tunnel, or none.
        const auto transfer = octets ? NgapMbsSessionSetupOrModResponseTransfer::Decode(*octets)
                                     : DecodeError::TRUNCATED;
        if (!transfer)
        {
            Drop("Namf_MBSBroadcast", "N2 information: " + std::string(ToString(transfer.Error())));
            continue;
        }
        const auto& tunnels = transfer->mbsSessionTnlInfoNgRan;
        NoteListener(session, amf, answer.ranId, success && !tunnels);
        const auto address = tunnels ? tunnels->locationIndependent.transportLayerAddress.ipv4
                                     : std::optional<Ipv4Address>();
        if (success && address)
        {
            ExchangeUnicast(session, {tunnels->locationIndependent.gtpTeid, *address}, far);
        }
        else if (released && address)
        {
            const auto known =
                std::find_if(session.unicast.begin(),
                             session.unicast.end(),
                             [&](const auto& entry) {
                                 return entry.second.address == *address &&
                                        entry.second.teid == tunnels->locationIndependent.gtpTeid;
                             });
            if (known != session.unicast.end())
            {
                far.removeUnicast.push_back(known->first);
                session.unicast.erase(known);
            }
        }
        if (success)
        {
            session.amfs.insert(amf);
        }
    }
    ChooseAction(session);
    const bool same = far.addUnicast.empty() && far.removeUnicast.empty() &&
                      before.multicast == session.action.multicast &&
                      before.unicast == session.action.unicast;
    if (same)
    {
        return;
    }
    ModifyForwarding(
        session,
        far,
        [this](const SbiResponse& response) {
            Drop(ToString(PfcpType::SESSION_MODIFICATION_RESPONSE), StatusText(response));
        },
        [](const Session&) {},
        [](Session&) {});
}

} // namespace ns3::mbs
