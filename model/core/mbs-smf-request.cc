// SPDX-License-Identifier: GPL-2.0-only

// How an SMF answers a request of a UE that may name several sessions: one COMMAND has a Received
// MBS information for each (TS 24.501 clauses 6.4.2.3 and 9.11.4.31), so that it waits until all of
// them are known.

#include "mbs-smf.h"

#include "ns3/mbs-ngap-code.h"
#include "ns3/mbs-ngap-session.h"

#include <algorithm>

namespace ns3::mbs
{

void
Smf::HandleRequest(State& state, const PduSessionModificationRequest& request)
{
    if (!request.requestedMbs || request.requestedMbs->requests.empty())
    {
        Drop("PDU SESSION MODIFICATION REQUEST", "it asks for nothing about multicast");
        return;
    }
    if (IsUnderWay(state, request.pti))
    {
        Drop("PDU SESSION MODIFICATION REQUEST", "a repetition; its answer is on the way");
        return;
    }
    Pending pending;
    pending.pti = request.pti;
    pending.wanted = request.requestedMbs->requests;
    std::vector<MbsSessionRequest>& wanted = pending.wanted;
    // Only TMGIs can be named in an answer.
    const auto isUnnamed = [](const MbsSessionRequest& one) {
        return !std::holds_alternative<Tmgi>(one.sessionId);
    };
    wanted.erase(std::remove_if(wanted.begin(), wanted.end(), isUnnamed), wanted.end());
    if (wanted.empty() || wanted.size() > NGAP_MAX_MBS_SESSIONS)
    {
        PduSessionModificationReject reject;
        reject.pduSessionId = request.pduSessionId;
        reject.pti = request.pti;
        // The other reason: the gNB cannot be told of so many at once (TS 38.413).
        reject.cause = wanted.empty() ? NasSmCause::SERVICE_OPTION_NOT_SUPPORTED
                                      : NasSmCause::INSUFFICIENT_RESOURCES;
        Transfer(state, MakeTransfer(reject.pduSessionId, reject.Encode(), {}), nullptr);
        return;
    }
    if (wanted.size() < request.requestedMbs->requests.size())
    {
        Drop("PDU SESSION MODIFICATION REQUEST", "a session in it has no TMGI");
    }
    // What an earlier request waits for, that one is answered for.
    const auto isAwaited = [&state](const MbsSessionRequest& one) {
        return one.operation != MbsOperation::LEAVE && state.unanswered &&
               state.unanswered->waiting.count(std::get<Tmgi>(one.sessionId)) > 0;
    };
    wanted.erase(std::remove_if(wanted.begin(), wanted.end(), isAwaited), wanted.end());
    if (Await(state, pending))
    {
        state.Wait().pending.push_back(std::move(pending));
    }
    else if (!wanted.empty())
    {
        Answer(state, pending);
    }
}

bool
Smf::Await(State& state, const Pending& pending)
{
    std::vector<Tmgi> joins;
    std::vector<Tmgi> unknown;
    for (const MbsSessionRequest& wanted : pending.wanted)
    {
        const Tmgi& tmgi = std::get<Tmgi>(wanted.sessionId);
        if (wanted.operation == MbsOperation::LEAVE || !state.context.multicastAllowed ||
            pending.refused.count(tmgi) > 0)
        {
            continue;
        }
        joins.push_back(tmgi);
        const auto session = m_sessions.find(tmgi);
        if (session == m_sessions.end())
        {
            m_sessions[tmgi];
            unknown.push_back(tmgi);
            SubscribeContext(tmgi);
        }
        else if (!session->second.known)
        {
            unknown.push_back(tmgi);
        }
    }
    if (unknown.empty())
    {
        return false;
    }
    for (const Tmgi& tmgi : joins)
    {
        if (state.Wait().waiting.insert(tmgi).second)
        {
            m_sessions[tmgi].waiting.push_back({&state, pending.pti});
        }
    }
    return true;
}

void
Smf::Answer(State& state, const Pending& pending)
{
    const uint8_t pti = pending.pti;
    for (const MbsSessionRequest& wanted : pending.wanted)
    {
        if (wanted.operation != MbsOperation::LEAVE)
        {
            StopHolding(state, std::get<Tmgi>(wanted.sessionId));
        }
    }
    Plan answer;
    m_answer = &answer;
    for (const MbsSessionRequest& wanted : pending.wanted)
    {
        const Tmgi& tmgi = std::get<Tmgi>(wanted.sessionId);
        const auto refused = pending.refused.find(tmgi);
        if (wanted.operation == MbsOperation::LEAVE)
        {
            Leave(tmgi, state, pti);
        }
        else if (!state.context.multicastAllowed)
        {
            RejectJoin(tmgi, state, pti, MbsRejectionCause::NOT_AUTHORIZED);
        }
        else if (refused != pending.refused.end())
        {
            RejectJoin(tmgi, state, pti, refused->second);
        }
        else
        {
            Decide(tmgi, m_sessions.at(tmgi), state, pti);
        }
    }
    m_answer = nullptr;
    Begin(state, std::move(answer));
}

void
Smf::Resume(State& state, const Tmgi& tmgi, const std::optional<MbsRejectionCause>& refusal)
{
    if (!state.unanswered)
    {
        return;
    }
    state.unanswered->waiting.erase(tmgi);
    std::vector<Pending> all = std::move(state.unanswered->pending);
    state.unanswered->pending.clear();
    state.EndWait();
    for (Pending& pending : all)
    {
        if (refusal)
        {
            pending.refused.emplace(tmgi, *refusal);
        }
        // A session that was known may have been forgotten meanwhile, and is asked for again.
        if (Await(state, pending))
        {
            state.Wait().pending.push_back(std::move(pending));
        }
        else
        {
            Answer(state, pending);
        }
    }
}

bool
Smf::StopHolding(State& state, const Tmgi& tmgi)
{
    if (!state.unanswered || state.unanswered->waiting.erase(tmgi) == 0)
    {
        return false;
    }
    state.EndWait();
    const auto session = m_sessions.find(tmgi);
    if (session != m_sessions.end())
    {
        auto& waiting = session->second.waiting;
        waiting.erase(std::remove_if(waiting.begin(),
                                     waiting.end(),
                                     [&state](const Waiting& ue) { return ue.state == &state; }),
                      waiting.end());
    }
    return true;
}

void
Smf::StopWaiting(State& state, const Tmgi& tmgi)
{
    if (!StopHolding(state, tmgi))
    {
        return;
    }
    if (!state.unanswered)
    {
        return;
    }
    // The UE has given up waiting.
    std::vector<Pending>& all = state.unanswered->pending;
    for (Pending& pending : all)
    {
        auto& wanted = pending.wanted;
        wanted.erase(std::remove_if(wanted.begin(),
                                    wanted.end(),
                                    [&tmgi](const MbsSessionRequest& one) {
                                        return std::get<Tmgi>(one.sessionId) == tmgi;
                                    }),
                     wanted.end());
    }
    all.erase(std::remove_if(all.begin(),
                             all.end(),
                             [](const Pending& pending) { return pending.wanted.empty(); }),
              all.end());
    state.EndWait();
}

void
Smf::Merge(Plan& whole, const Plan& part)
{
    using Transfer = NgapPduSessionResourceModifyRequestTransfer;
    if (!whole.command.receivedMbs)
    {
        whole = part;
        return;
    }
    auto& sessions = whole.command.receivedMbs->sessions;
    const auto& more = part.command.receivedMbs->sessions;
    sessions.insert(sessions.end(), more.begin(), more.end());
    whole.joining.insert(whole.joining.end(), part.joining.begin(), part.joining.end());
    whole.leaving.insert(whole.leaving.end(), part.leaving.begin(), part.leaving.end());
    if (part.n2.empty() || whole.n2.empty())
    {
        whole.n2 = whole.n2.empty() ? part.n2 : whole.n2;
        return;
    }
    auto transfer = Transfer::Decode(whole.n2);
    const auto added = Transfer::Decode(part.n2);
    NS_ASSERT_MSG(transfer && added, "this function has encoded them");
    auto& setUp = transfer->mbsSessionSetupOrModifyRequestList;
    setUp.insert(setUp.end(),
                 added->mbsSessionSetupOrModifyRequestList.begin(),
                 added->mbsSessionSetupOrModifyRequestList.end());
    auto& release = transfer->mbsSessionToReleaseList;
    release.insert(release.end(),
                   added->mbsSessionToReleaseList.begin(),
                   added->mbsSessionToReleaseList.end());
    whole.n2 = transfer->Encode();
}

void
Smf::Begin(State& state, Plan plan)
{
    if (m_answer != nullptr)
    {
        Merge(*m_answer, plan);
        return;
    }
    Begin(state, std::make_shared<const Plan>(std::move(plan)));
}

void
Smf::Begin(State& state, std::shared_ptr<const Plan> plan)
{
    state.procedures.emplace_back();
    state.procedures.back().plan = std::move(plan);
    // The one before it may be gone without an end.
    if (state.procedures.front().sent == 0)
    {
        SendCommand(state);
    }
}

} // namespace ns3::mbs
