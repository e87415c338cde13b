// SPDX-License-Identifier: GPL-2.0-only

// How a UE gets back what it lost: keys that it missed, bearers that the gNB forgot, or everything.

#include "mbs-ue.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

void
Ue::Rejoin(UeSession& session)
{
    m_rejoinRequested(m_number, session.tmgi);
    BeginRequest({&session}, UeSession::State::REJOINING);
}

void
Ue::Lose(UeSession& session, const std::string& why)
{
    // First, since it may get a last packet for which it needs its keys.
    StopListening(session);
    Forget(session);
    m_removed(m_number, session.tmgi, why);
}

void
Ue::HandleRelease()
{
    for (UeSession& session : m_sessions)
    {
        if (session.broadcast && session.state == UeSession::State::JOINED)
        {
            // It is looked for on the MCCH once more; until then it is not received.
            Lose(session, "connection released");
            session.state = UeSession::State::SEARCHING;
            continue;
        }
        StopListening(session);
        if (session.state == UeSession::State::JOINED)
        {
            Rejoin(session);
        }
    }
}

void
Ue::NoteMissingMsk(UeSession& session, const MskId& mskId)
{
    m_mskMissing(m_number, session.tmgi, mskId);
    // In the user-plane procedure the UE requests MSKs from the MBSSF.
    if (!session.keysFromN1 || m_missingMskTimeout.IsZero())
    {
        return;
    }
    const bool waits = session.missing && !session.keys.HoldsMsk(*session.missing);
    session.missing = mskId;
    if (waits)
    {
        return;
    }
    session.missingSince = Simulator::Now();
    After(m_missingMskTimeout, [this, tmgi = session.tmgi, since = session.missingSince] {
        UeSession& session = *Find(tmgi);
        if (!session.missing || session.missingSince != since)
        {
            return;
        }
        const bool missing = !session.keys.HoldsMsk(*session.missing);
        session.missing.reset();
        if (missing && session.state == UeSession::State::JOINED)
        {
            Rejoin(session);
        }
    });
}

void
Ue::GoDown(Memory memory)
{
    DropConnection();
    m_device->DropGroups();
    for (UeSession& session : m_sessions)
    {
        const bool member = session.IsMember();
        if (session.state != UeSession::State::IDLE &&
            session.state != UeSession::State::DEPARTING &&
            session.state != UeSession::State::LEAVING && !session.leaveWanted)
        {
            m_wanted.push_back(session.tmgi);
        }
        session.StopTimer();
        session.missing.reset();
        StopListening(session);
        if (memory == Memory::LOST)
        {
            Forget(session);
        }
        session.state = UeSession::State::IDLE;
        session.leaveWanted = false;
        if (member)
        {
            m_removed(m_number, session.tmgi, "restart");
        }
    }
    ListenToMcch();
}

void
Ue::ComeUp(Memory /* memory */)
{
    const std::vector<Tmgi> wanted = std::move(m_wanted);
    m_wanted.clear();
    for (const Tmgi& tmgi : wanted)
    {
        const UeSession* session = Find(tmgi);
        session != nullptr && session->broadcast ? Receive(tmgi) : Join(tmgi);
    }
    CampAfterRestart();
}

} // namespace ns3::mbs
