// SPDX-License-Identifier: GPL-2.0-only

// How an MB-UPF stops and comes back (TS 23.527 clause 4.3, TS 29.244 clause 6.2.6).

#include "mbs-mb-upf.h"
#include "mbs-pfcp-recovery.h"

#include "ns3/mbs-gtpu.h"

#include "ns3/assert.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

void
MbUpf::OpenGtpu()
{
    m_gtpu = UdpPort::Open(GetNode(), m_n3mbAddress, GTPU_PORT);
    NS_ASSERT_MSG(m_gtpu, "something else at this node has the port of GTP-U");
}

Ptr<UdpPort>
MbUpf::OpenIngress(uint64_t seid, uint16_t port)
{
    return UdpPort::Open(GetNode(), m_nmb9Address, port, [this, seid](const Ptr<Packet>& packet) {
        ReceiveIngress(seid, packet);
    });
}

void
MbUpf::ForgetSessions()
{
    for (auto& [seid, session] : m_sessions)
    {
        session.ingress->Close();
    }
    m_sessions.clear();
}

uint32_t
MbUpf::NumberOf(const Tmgi& tmgi)
{
    const auto it = m_numbers.find(tmgi);
    const auto isInUse = [this](uint32_t number) {
        return std::any_of(m_sessions.begin(), m_sessions.end(), [number](const auto& entry) {
            return entry.second.multicast.cTeid == number + 1;
        });
    };
    if (it != m_numbers.end() && !isInUse(it->second))
    {
        return it->second;
    }
    return m_nextNumber++;
}

void
MbUpf::GoDown(Memory memory)
{
    m_n4->ShutDown();
    m_gtpu->Close();
    for (auto& [seid, session] : m_sessions)
    {
        session.ingress->Close();
    }
    if (memory == Memory::LOST)
    {
        m_sessions.clear();
        m_cpRecovery.reset();
    }
}

void
MbUpf::ComeUp(Memory memory)
{
    m_n4->Listen();
    OpenGtpu();
    for (auto& [seid, session] : m_sessions)
    {
        session.ingress = OpenIngress(seid, session.port);
    }
    if (memory == Memory::LOST)
    {
        m_began = Simulator::Now();
        Associate();
    }
}

void
MbUpf::Associate()
{
    if (m_mbSmf == Ipv4Address())
    {
        // Nobody has used this function yet.
        return;
    }
    RequestPfcpAssociation(m_n4,
                           m_n4mbAddress,
                           m_mbSmf,
                           m_began,
                           [this](std::optional<uint32_t> stamp) {
                               if (!stamp)
                               {
                                   Drop(ToString(PfcpType::ASSOCIATION_SETUP_RESPONSE),
                                        "no association with the MB-SMF");
                                   return;
                               }
                               m_cpRecovery = *stamp;
                           });
}

} // namespace ns3::mbs
