// SPDX-License-Identifier: GPL-2.0-only

// How an MBSSF knows, and tells the functions of its node, that UEs have a new MSK.

#include "mbs-mbssf.h"
#include "mbs-node-keys.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

void
Mbssf::BeginMskUpdate(const Tmgi& tmgi, Session& session)
{
    session.unconfirmed.clear();
    for (const auto& [id, user] : m_users)
    {
        if (user.registered.count(session.serviceId) > 0)
        {
            session.unconfirmed.insert(id);
        }
    }
    session.progress = MskProgress(m_mskCompletionShare, session.unconfirmed.size());
    if (session.unconfirmed.empty())
    {
        // Not at once: the function that makes the MSK has not sent it on yet.
        Simulator::ScheduleNow(&Mbssf::ReportCompletion, Ptr<Mbssf>(this), tmgi);
    }
}

void
Mbssf::CountUser(const Tmgi& tmgi, const std::string& id, bool confirmed)
{
    Session& session = m_sessions.at(tmgi);
    if (session.unconfirmed.erase(id) == 0)
    {
        return;
    }
    if (confirmed)
    {
        session.progress.Confirmed();
    }
    else
    {
        session.progress.GoneAway();
    }
    ReportCompletion(tmgi);
}

void
Mbssf::ReportCompletion(Tmgi tmgi)
{
    const auto session = m_sessions.find(tmgi);
    const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode());
    if (session != m_sessions.end() && session->second.keys && shared && m_mskCompletionShare > 0 &&
        session->second.progress.IsNewlyReached())
    {
        shared->Completed(tmgi, session->second.keys->mskId);
    }
}

} // namespace ns3::mbs
