// SPDX-License-Identifier: GPL-2.0-only

// How an SMF goes on when it or the MB-SMF has failed, and what it does with keys that it may have.

#include "mbs-smf.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** How often an SMF tries to subscribe to a session that the MB-SMF does not know any more. */
constexpr uint32_t MAX_ATTEMPTS = 8;

/**
 * @param held keys
 * @param come keys
 * @return true if the ones that come were made before the ones that are held
 */
bool
AreOlder(const SecurityContext& held, const SecurityContext& come)
{
    // The newest MSK is the last one of a context.
    return !held.empty() && !come.empty() &&
           held.back().mskId.Group() == come.back().mskId.Group() &&
           static_cast<int16_t>(come.back().mskId.Number() - held.back().mskId.Number()) < 0;
}

} // namespace

void
Smf::GoDown(Memory memory)
{
    SbiFunction::GoDown(memory);
    ForgetTurns();
    for (const auto& each : m_states)
    {
        State& state = *each;
        m_t3591s.Stop(state.t3591);
        if (memory == Memory::LOST)
        {
            // The PDU session itself is configuration; who is in which MBS session is not.
            KeptContext context = std::move(state.context);
            state = State();
            state.context = std::move(context);
        }
    }
    if (memory == Memory::LOST)
    {
        m_sessions.clear();
    }
}

void
Smf::ComeUp(Memory memory)
{
    SbiFunction::ComeUp(memory);
    for (const auto& [tmgi, session] : m_sessions)
    {
        // What the MB-SMF notified meanwhile comes with the answer, even if it gave up.
        SubscribeContext(tmgi);
    }
    // What was to be sent while this function was down was not.
    ForgetTurns();
    std::vector<State*> underWay;
    for (const auto& state : m_states)
    {
        if (!state->procedures.empty())
        {
            underWay.push_back(state.get());
        }
    }
    std::sort(underWay.begin(), underWay.end(), [](const State* a, const State* b) {
        return a->context.ref < b->context.ref;
    });
    for (State* state : underWay)
    {
        SendCommand(*state);
    }
}

void
Smf::PeerLost(Ipv4Address peer)
{
    if (peer != m_mbSmf.remote)
    {
        return;
    }
    // The MB-SMF may have forgotten the subscriptions.
    for (auto& [tmgi, session] : m_sessions)
    {
        if (session.known)
        {
            session.attempts = 0;
            SubscribeLater(tmgi);
        }
    }
}

bool
Smf::SubscribeLater(const Tmgi& tmgi)
{
    Session& session = m_sessions[tmgi];
    if (!session.known)
    {
        return false;
    }
    if (session.attempts >= MAX_ATTEMPTS)
    {
        SessionReleased(tmgi);
        return true;
    }
    TryLater(session.attempts++, [this, tmgi] {
        if (m_sessions.count(tmgi) > 0)
        {
            SubscribeContext(tmgi);
        }
    });
    return true;
}

void
Smf::UpdateKeys(const Tmgi& tmgi, Session& session, const SecurityContext& security)
{
    // An answer may be overtaken by a notification, and either may be repeated.
    if (AreOlder(session.security, security))
    {
        return;
    }
    // Who is in has the keys that were in the context before.
    const SecurityContext known = session.security;
    SetSecurity(session, security);
    ReceivedMbsInformation information;
    information.decision = MbsDecision::SECURITY_UPDATE;
    information.tmgi = tmgi;
    information.keySets = MakeKeySets(session, known);
    if (information.keySets.empty())
    {
        return;
    }
    const auto update = BeginMskUpdate(tmgi, session.joined.Size(), information.keySets.back());
    TellAll(session, information, update);
    if (update)
    {
        ReportCompletion(*update);
    }
}

void
Smf::AbortKeyUpdates(const Tmgi& tmgi, State& state)
{
    const auto isKeyUpdate = [&tmgi](const Procedure& procedure) {
        return procedure.plan->IsKeyUpdate(tmgi);
    };
    if (state.procedures.empty())
    {
        return;
    }
    for (const Procedure& procedure : state.procedures)
    {
        if (isKeyUpdate(procedure))
        {
            CountAnswer(procedure.plan->mskUpdate, false);
        }
    }
    const bool underWay = isKeyUpdate(state.procedures.front());
    if (underWay)
    {
        m_t3591s.Stop(state.t3591);
    }
    state.procedures.erase(std::remove_if(state.procedures.begin() + (underWay ? 0 : 1),
                                          state.procedures.end(),
                                          isKeyUpdate),
                           state.procedures.end());
}

} // namespace ns3::mbs
