// SPDX-License-Identifier: GPL-2.0-only

// What the AF changes in a session that is set up (TS 23.247 clauses 7.2.5 and 7.2.6), and what
// that means for its keys (TS 33.501 W.4.1.2 notes 1 and 2).

#include "mbs-mbsf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-sbi-body-nmbsmf.h"

namespace ns3::mbs
{

void
Mbsf::ModifyIngestSession(const std::string& id,
                          const SbiRequest& request,
                          const Responder& respond)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end() || !it->second.active)
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such ingest session"));
        return;
    }
    const auto body = nmbsf::MbsUserDataIngSessionPatch::Decode(request.body);
    const Session& session = it->second;
    if (!body || body->mbsDisSessInfos.count(session.infoKey) == 0)
    {
        respond(Problem(400,
                        "INVALID_MSG_FORMAT",
                        body ? "no such distribution session" : ToString(body.Error())));
        return;
    }
    const nmbsf::MbsDistributionSessionInfo& info = body->mbsDisSessInfos.at(session.infoKey);
    if (session.broadcast && !info.mbsDistSessState.empty() &&
        info.mbsDistSessState != nmbstf::DistSessionState::ACTIVE)
    {
        respond(Problem(403,
                        "MODIFICATION_NOT_ALLOWED",
                        "only multicast sessions are activated and deactivated (TS 23.247 clause "
                        "4.3)"));
        return;
    }
    const auto thenState = [this, id, wanted = info.mbsDistSessState, respond] {
        ChangeState(id, wanted, respond);
    };
    if (!info.mbsServInfo && !info.tgtServAreas)
    {
        thenState();
        return;
    }
    nmbsmf::MbsSessionPatch patch;
    patch.mbsServInfo = info.mbsServInfo;
    patch.mbsServiceArea = info.tgtServAreas;
    PatchForAf(m_mbSmf,
               session.mbsSessionPath,
               patch.Encode(),
               operations::MBS_SESSION_UPDATE,
               respond,
               [this, id, info, thenState] {
                   KeepChange(id, info);
                   thenState();
               });
}

void
Mbsf::KeepChange(const std::string& id, const nmbsf::MbsDistributionSessionInfo& info)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
    {
        return;
    }
    auto& kept = it->second.request.mbsDisSessInfos.at(it->second.infoKey);
    kept.mbsServInfo = info.mbsServInfo ? info.mbsServInfo : kept.mbsServInfo;
    kept.tgtServAreas = info.tgtServAreas ? info.tgtServAreas : kept.tgtServAreas;
}

void
Mbsf::ChangeState(const std::string& id, const std::string& wanted, const Responder& respond)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "the session was released"));
    }
    else if (wanted == nmbstf::DistSessionState::INACTIVE && !it->second.deactivated)
    {
        Deactivate(id, respond);
    }
    else if (wanted == nmbstf::DistSessionState::ACTIVE && it->second.deactivated)
    {
        Activate(id, respond);
    }
    else
    {
        // It is as the AF wants it.
        respond(NoContent());
    }
}

void
Mbsf::PatchForAf(const SbiPeer& peer,
                 const std::string& path,
                 const std::string& patch,
                 const SbiOperation& operation,
                 const Responder& respond,
                 const std::function<void()>& then)
{
    Request(peer,
            PatchRequest(path, patch, operation),
            [this, name = operation.name, respond, then](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop(name, "the peer answered " + StatusText(response));
                    respond(Problem(504, "UPSTREAM_SERVER_ERROR", std::string(name) + " failed"));
                    return;
                }
                then();
            });
}

void
Mbsf::Deactivate(const std::string& id, const Responder& respond)
{
    Session& session = m_sessions.at(id);
    // From now on, so that no key leaves while the others are told.
    session.deactivated = true;
    nmbstf::DistSessionPatch stop;
    stop.distSessionState = nmbstf::DistSessionState::INACTIVE;
    nmbsmf::MbsSessionPatch inactive;
    inactive.activityStatus = sbi::MbsSessionActivityStatus::INACTIVE;
    // A session that could not be deactivated goes on.
    const Responder orGoOn = [this, id, respond](const SbiResponse& response) {
        respond(response);
        ReleaseHeldBack(id);
    };
    const Responder orStartAgain =
        [this, path = session.distSessionPath, orGoOn](const SbiResponse& response) {
            nmbstf::DistSessionPatch start;
            start.distSessionState = nmbstf::DistSessionState::ACTIVE;
            PatchForAf(m_mbstf,
                       path,
                       start.Encode(),
                       operations::DIST_SESSION_UPDATE,
                       orGoOn,
                       [response, orGoOn] { orGoOn(response); });
        };
    const auto tellMbSmf = [this,
                            path = session.mbsSessionPath,
                            patch = inactive.Encode(),
                            respond,
                            orStartAgain] {
        PatchForAf(m_mbSmf, path, patch, operations::MBS_SESSION_UPDATE, orStartAgain, [respond] {
            respond(NoContent());
        });
    };
    // First no more packets, then nobody who would receive them.
    PatchForAf(m_mbstf,
               session.distSessionPath,
               stop.Encode(),
               operations::DIST_SESSION_UPDATE,
               orGoOn,
               tellMbSmf);
}

void
Mbsf::Activate(const std::string& id, const Responder& respond)
{
    const Session& session = m_sessions.at(id);
    nmbstf::DistSessionPatch start;
    start.distSessionState = nmbstf::DistSessionState::ACTIVE;
    nmbsmf::MbsSessionPatch active;
    active.activityStatus = sbi::MbsSessionActivityStatus::ACTIVE;
    const auto tellMbstf =
        [this, id, path = session.distSessionPath, patch = start.Encode(), respond] {
            PatchForAf(m_mbstf,
                       path,
                       patch,
                       operations::DIST_SESSION_UPDATE,
                       respond,
                       [this, id, respond] {
                           respond(NoContent());
                           ReleaseHeldBack(id);
                       });
        };
    PatchForAf(m_mbSmf,
               session.mbsSessionPath,
               active.Encode(),
               operations::MBS_SESSION_UPDATE,
               respond,
               tellMbstf);
}

void
Mbsf::ReleaseHeldBack(const std::string& id)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
    {
        return;
    }
    Session& session = it->second;
    session.deactivated = false;
    if (session.updateHeldBack && m_procedure == SecurityProcedure::CONTROL_PLANE)
    {
        UpdateMbsSession(session, 0);
    }
    session.updateHeldBack = false;
    if (session.mskHeldBack)
    {
        session.mskHeldBack = false;
        RenewMsk(id);
    }
}

} // namespace ns3::mbs
