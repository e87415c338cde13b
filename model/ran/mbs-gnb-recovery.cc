// SPDX-License-Identifier: GPL-2.0-only

// How a gNB stops and comes back, and what it does when its AMF has.

#include "mbs-gnb-handover.h"
#include "mbs-gnb.h"

#include "ns3/mbs-gtpu.h"

#include "ns3/assert.h"

#include <algorithm>
#include <vector>

namespace ns3::mbs
{

void
Gnb::OpenGtpu()
{
    m_gtpu = UdpPort::Open(GetNode(),
                           Ipv4Address::GetAny(),
                           GTPU_PORT,
                           [this](const Ptr<Packet>& datagram) { ReceiveN3mb(datagram); });
    NS_ASSERT_MSG(m_gtpu, "something else at this node has the port of GTP-U");
}

void
Gnb::LeaveGroup(Session& session)
{
    if (session.group)
    {
        m_ssm->Leave(session.group->first, session.group->second, m_n3mbInterface);
        session.group.reset();
    }
}

void
Gnb::RepeatDistributionRequests()
{
    for (auto& [tmgi, session] : m_sessions)
    {
        if (session.broadcast)
        {
            // It is the network's to ask.
            continue;
        }
        if (session.state == Session::State::RELEASING)
        {
            SendDistributionRelease(tmgi, session);
        }
        else
        {
            SendDistributionSetup(tmgi, session);
        }
    }
}

void
Gnb::GoDown(Memory memory)
{
    m_n2->Close();
    m_gtpu->Close();
    m_n3->Stop();
    if (m_handovers)
    {
        m_handovers->GoDown(memory);
    }
    CancelConnectionTimers();
    // The AMF asks again for what it wants; what a UE that came by handover still lacks nobody
    // does.
    m_waiting.erase(std::remove_if(m_waiting.begin(),
                                   m_waiting.end(),
                                   [this, memory](const ModifyRequest& request) {
                                       return request.pduSessionId != 0 || memory == Memory::LOST ||
                                              m_amfUeNgapIds[request.rnti - 1] == 0;
                                   }),
                    m_waiting.end());
    for (const auto& [key, request] : m_pending)
    {
        // The UE does what it was told, and its answer is lost.
        for (const Tmgi& tmgi : request.release)
        {
            const auto session = m_sessions.find(tmgi);
            if (session != m_sessions.end())
            {
                session->second.members.Erase(request.rnti);
            }
        }
    }
    m_pending.clear();
    for (auto& [tmgi, session] : m_sessions)
    {
        // With the process its sockets end, and with them the membership of groups.
        const auto group = session.group;
        LeaveGroup(session);
        if (session.broadcast)
        {
            session.group = group;
        }
    }
    m_mcch = false;
    if (memory == Memory::LOST)
    {
        for (const auto& [tmgi, session] : m_sessions)
        {
            m_device->EndGroup(session.gRnti);
        }
        m_sessions.clear();
        m_tmgiOfTeid.clear();
        for (auto& [rnti, connection] : m_connections)
        {
            connection.waiting.clear();
        }
    }
}

void
Gnb::ComeUp(Memory memory)
{
    OpenGtpu();
    if (m_n3->IsSetUp())
    {
        m_n3->Start(GetNode());
    }
    if (m_handovers)
    {
        m_handovers->ComeUp();
    }
    StartInactivityTimers();
    ResumeBroadcast();
    // What is to be told the AMF is told when the connection is up.
    m_resetting = m_resetting || memory == Memory::LOST;
    m_n2->Connect(m_amf);
}

void
Gnb::N2Connected()
{
    if (m_resetting)
    {
        NgapNgReset reset;
        reset.cause = {NgapCauseGroup::MISC, NgapCause::MISC_UNSPECIFIED};
        SendNgap(reset.Encode(), reset.TYPE);
        return;
    }
    RepeatDistributionRequests();
    if (m_handovers)
    {
        m_handovers->N2Connected();
    }
    for (const auto& [rnti, connection] : m_connections)
    {
        if (connection.releasing)
        {
            // The request, or the command that answers it, may have been lost.
            RequestRelease(rnti, connection.releaseCause);
        }
    }
}

void
Gnb::Handle(const NgapNgResetAcknowledge& message)
{
    if (!m_resetting)
    {
        Drop(NgapMessageName(message.TYPE), "no reset was asked for");
        return;
    }
    m_resetting = false;
    // Each UE finds that the gNB does not know it: it re-establishes its connection in vain
    // (TS 38.331 clause 5.3.7), and asks for its sessions again.
    for (uint32_t rnti = 1; rnti <= m_amfUeNgapIds.size(); ++rnti)
    {
        const GnbUeConnection* connection = FindConnection(rnti);
        if (connection != nullptr && connection->state == RrcState::IDLE)
        {
            // It gets its bearers when it connects.
            continue;
        }
        RrcMessage release;
        release.type = RrcType::RELEASE;
        SendRrc(rnti, release);
    }
}

} // namespace ns3::mbs
