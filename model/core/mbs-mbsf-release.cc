// SPDX-License-Identifier: GPL-2.0-only

// How the AF ends a session (TS 23.247 clause 7.1.1.4, TS 29.580).

#include "mbs-mbsf.h"
#include "mbs-node-keys.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-paths.h"

#include <algorithm>

namespace ns3::mbs
{

void
Mbsf::DeleteUserService(const std::string& id, const Responder& respond)
{
    if (m_userServices.count(id) == 0)
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such MBS user service"));
        return;
    }
    const auto isOfIt = [&id](const auto& entry) {
        return entry.second.request.mbsUserServId == id;
    };
    if (std::any_of(m_sessions.begin(), m_sessions.end(), isOfIt))
    {
        respond(Problem(403, "MODIFICATION_NOT_ALLOWED", "the service has an ingest session"));
        return;
    }
    m_userServices.erase(id);
    respond(NoContent());
}

void
Mbsf::DeleteIngestSession(const std::string& id, const Responder& respond)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end() || !it->second.active)
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such ingest session"));
        return;
    }
    it->second.renewal.Cancel();
    Session session = std::move(it->second);
    m_sessions.erase(it);
    session.keys = KeySet();
    if (const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode()))
    {
        shared->Remove(session.tmgi);
    }
    Release(session, respond);
}

void
Mbsf::Delete(const SbiPeer& peer,
             const std::string& path,
             const SbiOperation& operation,
             const std::function<void()>& then)
{
    Request(peer,
            DeleteRequest(path, operation),
            [this, name = operation.name, then](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop(name, "the peer answered " + StatusText(response));
                }
                then();
            });
}

void
Mbsf::Release(const Session& session, const Responder& respond)
{
    const auto answer = [respond] { respond(NoContent()); };
    const auto giveTmgiBack = [this, session, answer] {
        if (!session.allocated)
        {
            answer();
            return;
        }
        Delete(m_mbSmf,
               sbi::path::TmgiDeallocate(nmbsmf::TmgiList{{session.tmgi}}.Encode()),
               operations::TMGI_DEALLOCATE,
               answer);
    };
    const auto releaseMbsSession = [this, session, giveTmgiBack] {
        Delete(m_mbSmf, session.mbsSessionPath, operations::MBS_SESSION_DELETE, giveTmgiBack);
    };
    Delete(m_mbstf, session.distSessionPath, operations::DIST_SESSION_DESTROY, releaseMbsSession);
}

} // namespace ns3::mbs
