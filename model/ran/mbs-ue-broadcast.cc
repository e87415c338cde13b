// SPDX-License-Identifier: GPL-2.0-only

// How a UE receives broadcast sessions (TS 23.247 clause 7.3, TS 38.331 clause 5.9.2): it asks for
// nothing, and listens to what its cell says on the MCCH.

#include "mbs-ue.h"

#include "ns3/nstime.h"

#include <algorithm>

namespace ns3::mbs
{

void
Ue::Receive(Tmgi tmgi)
{
    UeSession& session = Keep(tmgi);
    if (session.state != UeSession::State::IDLE)
    {
        return;
    }
    session.broadcast = true;
    session.state = UeSession::State::SEARCHING;
    m_joinRequested(m_number, tmgi);
    ListenToMcch();
}

void
Ue::ListenToMcch()
{
    const bool wanted =
        std::any_of(m_sessions.begin(), m_sessions.end(), [](const UeSession& session) {
            return session.broadcast && session.state != UeSession::State::IDLE;
        });
    if (wanted && !m_mcch)
    {
        m_mcch = std::make_unique<McchReceiver>(*this);
        if (m_device->IsInCoverage())
        {
            m_device->GetRadioChannel()->Listen(m_device, MCCH_RNTI);
        }
    }
    else if (!wanted && m_mcch)
    {
        m_device->GetRadioChannel()->StopListening(m_device, MCCH_RNTI);
        m_mcch.reset();
    }
}

GroupReception
Ue::McchReceiver::ReceiveGroup(const MulticastFrame& frame)
{
    ue.ReceiveMcch(frame);
    return {};
}

void
Ue::ReceiveMcch(const MulticastFrame& frame)
{
    // What the message is was found out once for all UEs of the cell.
    const auto& message = frame.GetRrc();
    if (!message || message->type != RrcType::MBS_BROADCAST_CONFIGURATION)
    {
        Drop("MCCH message",
             message ? "not one that a gNB sends there" : ToString(message.Error()));
        return;
    }
    const auto& bearers = message->bearers;
    const bool news =
        std::any_of(m_sessions.begin(), m_sessions.end(), [&bearers](const UeSession& session) {
            if (!session.broadcast || session.state == UeSession::State::IDLE)
            {
                return false;
            }
            const auto bearer =
                std::find_if(bearers.begin(), bearers.end(), [&session](const MrbConfig& offered) {
                    return offered.tmgi == session.tmgi;
                });
            return bearer == bearers.end() ? session.state == UeSession::State::JOINED
                                           : session.gRnti != bearer->gRnti;
        });
    if (news)
    {
        // The channel is going through those that listen, so that nobody may begin or end now.
        After(Seconds(0), [this, bearers] { FollowMcch(bearers); });
    }
}

void
Ue::FollowMcch(const std::vector<MrbConfig>& bearers)
{
    if (!m_device->IsInCoverage())
    {
        // It has lost the cell that told it so.
        return;
    }
    for (UeSession& session : m_sessions)
    {
        if (!session.broadcast || session.state == UeSession::State::IDLE)
        {
            continue;
        }
        const auto bearer =
            std::find_if(bearers.begin(), bearers.end(), [&session](const MrbConfig& offered) {
                return offered.tmgi == session.tmgi;
            });
        if (bearer == bearers.end())
        {
            if (session.state == UeSession::State::JOINED)
            {
                Lose(session, "not broadcast in the cell");
                session.state = UeSession::State::SEARCHING;
            }
            continue;
        }
        if (session.gRnti != bearer->gRnti)
        {
            StopListening(session);
            Listen(session, bearer->gRnti);
        }
        if (session.state == UeSession::State::SEARCHING)
        {
            session.state = UeSession::State::JOINED;
            m_joined(m_number, session.tmgi);
        }
    }
}

void
Ue::StopReceiving(UeSession& session)
{
    const bool receives = session.state == UeSession::State::JOINED;
    if (receives)
    {
        m_leaveRequested(m_number, session.tmgi);
    }
    StopListening(session);
    Forget(session);
    if (receives)
    {
        m_left(m_number, session.tmgi);
    }
    ListenToMcch();
}

} // namespace ns3::mbs
