// SPDX-License-Identifier: GPL-2.0-only

// How an MBSF goes on when it, the AF, the MBSTF or the MB-SMF has failed (TS 23.527 clause 6).

#include "mbs-mbsf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <iterator>

namespace ns3::mbs
{

void
Mbsf::GoDown(Memory memory)
{
    SbiFunction::GoDown(memory);
    for (auto it = m_sessions.begin(); it != m_sessions.end();)
    {
        it->second.renewal.Cancel();
        it->second.restoring = false;
        // What is being set up is begun anew by the AF, which repeats its request.
        const bool kept = memory == Memory::KEPT && it->second.active;
        it = kept ? std::next(it) : m_sessions.erase(it);
    }
    if (memory == Memory::LOST)
    {
        // Names of resources are never given out twice, so that an old one cannot mean a new one.
        m_userServices.clear();
    }
}

void
Mbsf::ComeUp(Memory memory)
{
    SbiFunction::ComeUp(memory);
    for (auto& [id, session] : m_sessions)
    {
        ScheduleRenewal(session);
        // Whether the newest keys have arrived is not known any more.
        CheckDistSession(id, 0);
        CheckMbsSession(id);
    }
}

void
Mbsf::PeerLost(Ipv4Address peer)
{
    // It may have restarted without its memory. TS 23.527 has the NRF tell of that, which does not
    // exist here; so the peer is asked.
    for (const auto& [id, session] : m_sessions)
    {
        if (session.active && peer == m_mbstf.remote)
        {
            TryLater(0, [this, id = id] { CheckDistSession(id, 0); });
        }
        if (session.active && peer == m_mbSmf.remote)
        {
            TryLater(0, [this, id = id] { CheckMbsSession(id); });
        }
    }
}

bool
Mbsf::Repeats(const nmbsf::MbsUserDataIngSession& request, const Responder& respond)
{
    const Tmgi& tmgi = *request.mbsDisSessInfos.begin()->second.mbsSessionId->tmgi;
    const auto it = std::find_if(m_sessions.begin(), m_sessions.end(), [&tmgi](const auto& entry) {
        return entry.second.tmgi == tmgi;
    });
    if (it == m_sessions.end())
    {
        return false;
    }
    auto& [id, session] = *it;
    if (session.request.mbsUserServId != request.mbsUserServId)
    {
        respond(Problem(403, "MBS_DIST_SESSION_ALREADY_CREATED", "the TMGI is in use"));
    }
    else if (session.active)
    {
        respond(JsonResponse(201, Describe(session).Encode(), sbi::path::IngestSession(id)));
    }
    else
    {
        // The connection of the first one is gone, and with it the way of its answer.
        session.respond = respond;
    }
    return true;
}

void
Mbsf::RetrieveIngestSession(const std::string& id, const Responder& respond) const
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end() || !it->second.active)
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such ingest session"));
        return;
    }
    respond(JsonResponse(200, Describe(it->second).Encode()));
}

void
Mbsf::CheckDistSession(const std::string& id, uint32_t attempt)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
    {
        return;
    }
    Request(m_mbstf,
            GetRequest(it->second.distSessionPath, operations::DIST_SESSION_RETRIEVE),
            [this, id, attempt, path = it->second.distSessionPath](const SbiResponse& response) {
                const auto it = m_sessions.find(id);
                if (it == m_sessions.end() || it->second.distSessionPath != path)
                {
                    return;
                }
                if (response.status == 404)
                {
                    RestoreDistSession(it->second);
                }
                else if (!IsSuccess(response))
                {
                    TryLater(attempt, [this, id, attempt] { CheckDistSession(id, attempt + 1); });
                }
                else if (!it->second.reported)
                {
                    UpdateDistSession(it->second, 0);
                }
            });
}

void
Mbsf::RestoreDistSession(Session& session)
{
    if (session.restoring)
    {
        return;
    }
    Drop("Nmbstf_MBSDistributionSession", "the MBSTF has forgotten it; it is created anew");
    session.restoring = true;
    CreateDistSession(session.id);
}

void
Mbsf::DistSessionRestored(Session& session)
{
    session.restoring = false;
    ActivateDistSession(session.id, session.tunnel);
    session.updateHeldBack = session.deactivated;
    if (session.reported && !session.deactivated && m_procedure == SecurityProcedure::CONTROL_PLANE)
    {
        UpdateMbsSession(session, 0);
    }
}

void
Mbsf::AbandonDistSession(const SbiResponse& created)
{
    if (created.status == 201 && !created.location.empty())
    {
        Delete(m_mbstf, created.location, operations::DIST_SESSION_DESTROY, [] {});
    }
}

void
Mbsf::CheckMbsSession(const std::string& id)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
    {
        return;
    }
    if (m_procedure == SecurityProcedure::USER_PLANE)
    {
        // There are no keys to be told: an MB-SMF that has the session says where it is.
        CreateMbsSession(id);
    }
    else if (it->second.reported && !it->second.updateHeldBack)
    {
        UpdateMbsSession(it->second, 0);
    }
}

void
Mbsf::FailOrCheck(const std::string& id, const std::string& step, const SbiResponse& response)
{
    Session& session = m_sessions.at(id);
    if (!session.active)
    {
        Fail(id, step, response);
        return;
    }
    Drop(step, "the peer answered " + StatusText(response));
    session.restoring = false;
    TryLater(1, [this, id] {
        CheckDistSession(id, 1);
        CheckMbsSession(id);
    });
}

void
Mbsf::UpdateDistSession(const Session& session, uint32_t attempt)
{
    nmbstf::DistSessionPatch patch;
    patch.mbsSecurityContext = {KeysForMbstf(session)};
    Request(
        m_mbstf,
        PatchRequest(session.distSessionPath, patch.Encode(), operations::DIST_SESSION_UPDATE),
        [this, id = session.id, msk = session.keys.mskId, attempt](const SbiResponse& response) {
            if (IsSuccess(response))
            {
                return;
            }
            Drop("Nmbstf_MBSDistributionSession_Update",
                 "the MBSTF answered " + StatusText(response));
            // A newer MSK goes there by itself; an MTK under this one shows that it came.
            const auto isDue = [this, id, msk] {
                const auto it = m_sessions.find(id);
                return it != m_sessions.end() && it->second.keys.mskId == msk &&
                       !it->second.reported;
            };
            if (response.status == 404 && isDue())
            {
                RestoreDistSession(m_sessions.at(id));
                return;
            }
            TryLater(attempt, [this, id, isDue, attempt] {
                if (isDue())
                {
                    UpdateDistSession(m_sessions.at(id), attempt + 1);
                }
            });
        });
}

SecurityContext
Mbsf::KeysForMbSmf(const Session& session)
{
    SecurityContext keys;
    // The last MSK has an end here, the newest has none: its lifetime is told towards the MBSTF
    // only (TS 33.501 W.4.1.2).
    if (session.previous && *session.previous->mskLifetime > Simulator::Now())
    {
        keys.push_back(*session.previous);
    }
    keys.push_back(session.keys);
    keys.back().mskLifetime.reset();
    return keys;
}

void
Mbsf::UpdateMbsSession(const Session& session, uint32_t attempt)
{
    nmbsmf::MbsSessionPatch patch;
    patch.mbsSecurityContext = KeysForMbSmf(session);
    Request(
        m_mbSmf,
        PatchRequest(session.mbsSessionPath, patch.Encode(), operations::MBS_SESSION_UPDATE),
        [this, id = session.id, msk = session.keys.mskId, attempt](const SbiResponse& response) {
            const auto session = m_sessions.find(id);
            if (IsSuccess(response))
            {
                if (session != m_sessions.end())
                {
                    session->second.told = msk;
                }
                return;
            }
            Drop("Nmbsmf_MBSSession_Update", "the MB-SMF answered " + StatusText(response));
            // A newer MSK goes there by itself, when its MTK is known.
            const auto isNewest = [this, id, msk] {
                const auto it = m_sessions.find(id);
                return it != m_sessions.end() && it->second.keys.mskId == msk;
            };
            if (response.status == 404 && isNewest())
            {
                CreateMbsSession(id);
                return;
            }
            TryLater(attempt, [this, id, isNewest, attempt] {
                if (isNewest())
                {
                    UpdateMbsSession(m_sessions.at(id), attempt + 1);
                }
            });
        });
}

} // namespace ns3::mbs
