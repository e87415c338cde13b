// SPDX-License-Identifier: GPL-2.0-only

// When the MB-SMF asks for new keys because UEs join or leave (TS 33.501 W.4.1.2: local policy),
// when it reports that UEs have a new one, and which of its keys are still of use.

#include "mbs-mb-smf.h"
#include "mbs-sbi-operations.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

void
MbSmf::MembershipChanged(Session& session, bool joined)
{
    const RenewalPolicy policy = joined ? m_renewOnJoin : m_renewOnLeave;
    // Who has left holds the MSK and with it every MTK that is multicast: only a new MSK helps.
    const bool msk = !joined || m_renewedOnJoin == RenewedKey::MSK;
    if (policy == RenewalPolicy::EACH)
    {
        RequestKey(session, msk);
    }
    else if (policy == RenewalPolicy::BATCHED)
    {
        session.batchWantsMsk = session.batchWantsMsk || msk;
        if (session.batch.IsExpired())
        {
            session.batch =
                Simulator::Schedule(m_renewalBatch, &MbSmf::BatchComplete, this, session.ref);
        }
    }
}

void
MbSmf::BatchComplete(const std::string& ref)
{
    Session& session = m_sessions.at(ref);
    RequestKey(session, session.batchWantsMsk);
    session.batchWantsMsk = false;
}

void
MbSmf::RequestKey(const Session& session, bool msk)
{
    if (!session.creator)
    {
        Drop("key update", "the session's creator did not say where to ask");
        return;
    }
    NotifyCreator(session,
                  {msk ? nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST
                       : nmbsmf::MbsSessionEventType::MTK_UPDATE_REQUEST,
                   Simulator::Now()});
}

void
MbSmf::NotifyCreator(const Session& session, const nmbsmf::MbsSessionEvent& event, uint32_t attempt)
{
    nmbsmf::StatusNotifyReqData notify;
    notify.eventList.eventReportList = {event};
    notify.eventList.notifyCorrelationId = session.creatorCorrelation;
    Request(session.creator->host,
            session.creator->port,
            JsonRequest("POST",
                        session.creator->path,
                        notify.Encode(),
                        operations::MBS_SESSION_STATUS_NOTIFY),
            [this, ref = session.ref, event, attempt](const SbiResponse& response) {
                if (IsSuccess(response))
                {
                    return;
                }
                Drop("StatusNotify", "the MBSF answered " + StatusText(response));
                if (response.status == 404)
                {
                    // It has forgotten the session, and makes a new MSK when it has it again.
                    return;
                }
                TryLater(attempt, [this, ref, event, attempt] {
                    const auto it = m_sessions.find(ref);
                    if (it != m_sessions.end())
                    {
                        NotifyCreator(it->second, event, attempt + 1);
                    }
                });
            });
}

void
MbSmf::AwaitCompletion(Session& session)
{
    session.incomplete.clear();
    if (!session.creatorWantsCompletion)
    {
        return;
    }
    for (const auto& [id, subscription] : session.subscriptions)
    {
        const auto& events = subscription.events;
        if (std::find(events.begin(),
                      events.end(),
                      nmbsmf::ContextStatusEventType::SECURITY_INFO) != events.end())
        {
            session.incomplete.insert(id);
        }
    }
    if (session.incomplete.empty())
    {
        NotifyCreator(session,
                      {nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED, Simulator::Now()});
    }
}

void
MbSmf::Completed(Session& session, const std::string& id)
{
    if (session.incomplete.erase(id) > 0 && session.incomplete.empty())
    {
        NotifyCreator(session,
                      {nmbsmf::MbsSessionEventType::MSK_UPDATE_COMPLETED, Simulator::Now()});
    }
}

void
MbSmf::ModifySubscription(const std::string& id,
                          const SbiRequest& request,
                          const Responder& respond)
{
    const auto it = m_subscribed.find(id);
    if (it == m_subscribed.end())
    {
        respond(Problem(404, "SUBSCRIPTION_NOT_FOUND", "no such subscription"));
        return;
    }
    const auto body = nmbsmf::ContextSubscriptionPatch::Decode(request.body);
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    Session& session = m_sessions.at(it->second);
    respond(JsonResponse(200, session.subscriptions.at(id).granted.Encode()));
    for (const KeySet& keys : body->mbsSecurityContext)
    {
        // Of an MSK that has a successor nobody wants to know any more.
        if (!session.security.empty() && keys.mskId == session.security.back().mskId)
        {
            Completed(session, id);
        }
    }
}

SecurityContext
MbSmf::ValidKeys(const Session& session)
{
    SecurityContext valid;
    std::copy_if(session.security.begin(),
                 session.security.end(),
                 std::back_inserter(valid),
                 [](const KeySet& keys) {
                     return !keys.mskLifetime || *keys.mskLifetime > Simulator::Now();
                 });
    return valid;
}

} // namespace ns3::mbs
