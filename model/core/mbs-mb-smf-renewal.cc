// SPDX-License-Identifier: GPL-2.0-only

// When the MB-SMF asks for new keys because UEs join or leave (TS 33.501 W.4.1.2: local policy),
// and which of its keys are still of use.

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
    nmbsmf::StatusNotifyReqData notify;
    notify.eventList.eventReportList = {{msk ? nmbsmf::MbsSessionEventType::MSK_UPDATE_REQUEST
                                             : nmbsmf::MbsSessionEventType::MTK_UPDATE_REQUEST}};
    notify.eventList.notifyCorrelationId = session.creatorCorrelation;
    Request(session.creator->host,
            session.creator->port,
            JsonRequest("POST",
                        session.creator->path,
                        notify.Encode(),
                        operations::MBS_SESSION_STATUS_NOTIFY),
            [this](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop("StatusNotify", "the MBSF answered " + StatusText(response));
                }
            });
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
