// SPDX-License-Identifier: GPL-2.0-only

// When the MBSF makes a new MSK or asks for a new MTK: when one is due, and when the MB-SMF wants
// new keys (TS 33.501 W.4.1.2). And what it does when UEs have them.

#include "mbs-mbsf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-sbi-body-nmbsmf.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** How long the next MSK waits for the MBSTF to report an MTK under the last one. */
const Time MTK_TIMEOUT = Seconds(10);

} // namespace

void
Mbsf::KeyWanted(const std::string& id, const SbiRequest& request, const Responder& respond)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "SUBSCRIPTION_NOT_FOUND", "no such subscription"));
        return;
    }
    const auto body = nmbsmf::StatusNotifyReqData::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    respond(NoContent());
    if (!it->second.active)
    {
        return;
    }
    for (const nmbsmf::MbsSessionEvent& event : body->eventList.eventReportList)
    {
        if (event.eventType == nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST)
        {
            RenewMskNow(id);
        }
        else if (event.eventType == nmbsmf::MbsSessionEventType::MTK_UPDATE_REQUEST)
        {
            RequestMtk(it->second);
        }
        else if (event.eventType == nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED)
        {
            // It may be late, and be about an MSK that has a successor by now.
            const Session& session = it->second;
            if (session.told == session.keys.mskId &&
                event.timeStamp.value_or(session.mskMade) >= session.mskMade)
            {
                OrderActivation(session);
            }
        }
    }
}

void
Mbsf::Renew(const Tmgi& tmgi)
{
    for (const auto& [id, session] : m_sessions)
    {
        if (session.tmgi == tmgi && session.active)
        {
            RenewMskNow(id);
            return;
        }
    }
}

void
Mbsf::RenewMskNow(const std::string& id)
{
    Session& session = m_sessions.at(id);
    if (!session.reported && !session.deactivated)
    {
        // One is on its way, and who wants another one may have joined or left since it was made.
        session.renewAgain = true;
        if (session.renewal.IsExpired())
        {
            // There may be no other renewal that would follow if this one never gets through.
            session.renewal =
                Simulator::Schedule(Max(Patience(session), Seconds(0)), &Mbsf::RenewMsk, this, id);
        }
        return;
    }
    session.renewal.Cancel();
    RenewMsk(id);
}

void
Mbsf::MskRequested(Session& session, const nmbstf::DistSessionEventReport& report)
{
    const MskId named =
        report.mbsSecurityContext.empty() ? MskId() : report.mbsSecurityContext.front().mskId;
    const bool answered = session.keys.mskId != MskId() && named != session.keys.mskId;
    if (answered && session.reported && named != MskId())
    {
        // A repetition: the next one is in use already.
        return;
    }
    if (!answered || session.reported)
    {
        MakeMsk(session);
    }
    UpdateDistSession(session, 0);
}

Time
Mbsf::Patience(const Session& session)
{
    return session.mskMade + MTK_TIMEOUT - Simulator::Now();
}

void
Mbsf::RenewMsk(const std::string& id)
{
    Session& session = m_sessions.at(id);
    if (session.deactivated)
    {
        // TS 33.501 W.4.1.2 note 1: it is given out when the session is active again.
        session.mskHeldBack = true;
        return;
    }
    const Time patience = Patience(session);
    if (!session.reported && patience.IsStrictlyPositive())
    {
        // The newest MSK is not with the MB-SMF yet; when it is, this is called again.
        session.renewal = Simulator::Schedule(patience, &Mbsf::RenewMsk, this, id);
        return;
    }
    MakeMsk(session);
    UpdateDistSession(session, 0);
}

void
Mbsf::RequestMtk(const Session& session)
{
    // Named without its key, an MSK is one that the MBSTF has: what is new must be the MTK.
    KeySet names;
    names.keyDomainId = session.keys.keyDomainId;
    names.mskId = session.keys.mskId;
    TellMbstf(session, names);
}

void
Mbsf::OrderActivation(const Session& session)
{
    if (session.last == MskId() || !session.reported)
    {
        // There was none before, or what is reported is about an MSK that has a successor by now.
        return;
    }
    KeySet over;
    over.keyDomainId = session.keys.keyDomainId;
    over.mskId = session.last;
    over.mskLifetime = Simulator::Now();
    TellMbstf(session, over);
}

void
Mbsf::TellMbstf(const Session& session, const KeySet& keys)
{
    nmbstf::DistSessionPatch patch;
    patch.mbsSecurityContext = {keys};
    Request(m_mbstf,
            PatchRequest(session.distSessionPath, patch.Encode(), operations::DIST_SESSION_UPDATE),
            [this](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop("Nmbstf_MBSDistributionSession_Update",
                         "the MBSTF answered " + StatusText(response));
                }
            });
}

} // namespace ns3::mbs
