// SPDX-License-Identifier: GPL-2.0-only

// How UEs get out of multicast sessions: they leave, they are removed, or the session is released
// (TS 23.247 clause 7.2.2).

#include "mbs-sbi-operations.h"
#include "mbs-smf.h"

#include "ns3/mbs-ngap-session.h"
#include "ns3/mbs-sbi-paths.h"

#include <algorithm>

namespace ns3::mbs
{

bool
Smf::Forget(const Tmgi& tmgi, State& state)
{
    const auto it = state.joined.find(tmgi);
    if (it == state.joined.end())
    {
        return false;
    }
    const auto session = m_sessions.find(tmgi);
    if (session != m_sessions.end())
    {
        session->second.joined.Remove(it->second);
    }
    state.joined.erase(it);
    return true;
}

void
Smf::Leave(const Tmgi& tmgi, State& state, uint8_t pti)
{
    StopWaiting(state, tmgi);
    if (Forget(tmgi, state))
    {
        ReportMembership(tmgi, false);
    }
    SendRemoval(tmgi, state, pti, MbsRejectionCause::NONE);
}

void
Smf::RemoveUe(const std::string& ref, const Tmgi& tmgi, MbsRejectionCause cause)
{
    State* found = FindState(ref);
    NS_ASSERT_MSG(found != nullptr, "one of those that were added");
    State& state = *found;
    auto allowed = std::make_shared<AllowedSessions>(*state.context.allowed);
    allowed->erase(tmgi);
    state.context.allowed = std::move(allowed);
    if (Forget(tmgi, state))
    {
        ReportMembership(tmgi, false);
        SendRemoval(tmgi, state, NasSmHeader::PTI_UNASSIGNED, cause);
    }
}

void
Smf::SendRemoval(const Tmgi& tmgi, State& state, uint8_t pti, MbsRejectionCause cause)
{
    // Keys that still wait for their turn are not for this UE any more.
    if (!state.procedures.empty())
    {
        const bool underWay = state.procedures.front().sent > 0;
        for (auto waiting = state.procedures.begin() + (underWay ? 1 : 0);
             waiting != state.procedures.end();)
        {
            if (!waiting->plan->IsKeyUpdate(tmgi))
            {
                ++waiting;
                continue;
            }
            CountAnswer(waiting->plan->mskUpdate, false);
            waiting = state.procedures.erase(waiting);
        }
    }
    ReceivedMbsInformation information;
    information.decision = MbsDecision::REMOVED;
    information.cause = cause;
    information.tmgi = tmgi;
    Plan plan;
    plan.command = MakeCommand(state, pti, information);

    NgapPduSessionResourceModifyRequestTransfer transfer;
    NgapMbsSessionToReleaseItem item;
    item.mbsSessionId.tmgi = tmgi;
    item.cause = {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE};
    transfer.mbsSessionToReleaseList.push_back(item);
    plan.n2 = transfer.Encode();
    plan.leaving.push_back(tmgi);
    Begin(state, std::move(plan));
}

void
Smf::SessionReleased(const Tmgi& tmgi)
{
    // The subscription is gone with the session.
    auto node = m_sessions.extract(tmgi);
    Session& session = node.mapped();
    for (const Waiting& ue : session.waiting)
    {
        Resume(*ue.state, tmgi, MbsRejectionCause::SESSION_RELEASED);
    }
    session.joined.ForEach([&](State& state) {
        state.joined.erase(tmgi);
        SendRemoval(tmgi, state, NasSmHeader::PTI_UNASSIGNED, MbsRejectionCause::SESSION_RELEASED);
    });
}

void
Smf::ReportMembership(const Tmgi& tmgi, bool joined)
{
    if (!m_reportMembership)
    {
        return;
    }
    nmbsmf::ContextUpdateReqData update;
    update.nfcInstanceId = GetNfInstanceId();
    update.mbsSessionId.tmgi = tmgi;
    update.requestedAction =
        joined ? nmbsmf::ContextUpdateAction::START : nmbsmf::ContextUpdateAction::TERMINATE;
    Request(m_mbSmf,
            JsonRequest("POST",
                        sbi::path::CONTEXT_UPDATE,
                        update.Encode(),
                        operations::CONTEXT_UPDATE_BY_SMF),
            [this](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop("ContextUpdate", "the MB-SMF answered " + StatusText(response));
                }
            });
}

void
Smf::UnsubscribeIfUnused(const Tmgi& tmgi)
{
    const auto it = m_sessions.find(tmgi);
    if (it == m_sessions.end() || !it->second.known || it->second.joined.Size() != 0 ||
        !it->second.waiting.empty())
    {
        return;
    }
    Request(m_mbSmf,
            DeleteRequest(it->second.subscription, operations::CONTEXT_STATUS_UNSUBSCRIBE),
            [this](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop("ContextStatusUnSubscribe", "the MB-SMF answered " + StatusText(response));
                }
            });
    m_sessions.erase(it);
}

} // namespace ns3::mbs
