// SPDX-License-Identifier: GPL-2.0-only

// How an MBSTF stops and comes back, and what it does for an MBSF that has failed.

#include "mbs-mbstf.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

void
Mbstf::OpenTunnel()
{
    m_tunnel = UdpPort::Open(GetNode(), m_nmb9Address, 0);
}

Ptr<UdpPort>
Mbstf::OpenIngest(const std::string& ref, uint16_t port)
{
    return UdpPort::Open(GetNode(), m_nmb8Address, port, [this, ref](const Ptr<Packet>& packet) {
        ReceiveIngest(ref, *packet);
    });
}

void
Mbstf::CancelTimers(Session& session)
{
    session.renewal.Cancel();
    session.mskRequest.Cancel();
    session.retransmission.Cancel();
}

void
Mbstf::ReplaceSession(const Tmgi& tmgi)
{
    const auto it = std::find_if(m_sessions.begin(), m_sessions.end(), [&tmgi](const auto& entry) {
        return entry.second.tmgi == tmgi;
    });
    if (it != m_sessions.end())
    {
        CancelTimers(it->second);
        it->second.ingest->Close();
        m_sessions.erase(it);
    }
}

void
Mbstf::RetrieveSession(const std::string& ref, const Responder& respond) const
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        respond(Problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such distribution session"));
        return;
    }
    nmbstf::DistSession description = it->second.description;
    description.mbsSecurityContext.clear();
    respond(JsonResponse(200, description.Encode()));
}

void
Mbstf::GoDown(Memory memory)
{
    SbiFunction::GoDown(memory);
    for (auto& [ref, session] : m_sessions)
    {
        CancelTimers(session);
        session.ingest->Close();
    }
    m_tunnel->Close();
    if (memory == Memory::LOST)
    {
        m_sessions.clear();
    }
}

void
Mbstf::ComeUp(Memory memory)
{
    SbiFunction::ComeUp(memory);
    OpenTunnel();
    for (auto& [ref, session] : m_sessions)
    {
        session.ingest = OpenIngest(ref, session.lasting->ingestPort);
        // The timers for these are gone.
        for (const SendingKey& key : session.next)
        {
            After(Max(key.due - Simulator::Now(), Seconds(0)),
                  [this, ref = ref] { ActivateDue(ref); });
        }
        ScheduleRenewal(session);
        ScheduleMskRequest(session);
        if (session.hasKeys)
        {
            // Whether the MBSF and the UEs have heard of the newest MTK is not known any more.
            NotifyMtk(session);
            if (session.keys.mtk->id.Number() > 1 || m_procedure == SecurityProcedure::USER_PLANE)
            {
                DistributeMtk(session);
            }
        }
        else if (session.asksForMsk)
        {
            AskForMsk(ref);
        }
    }
}

} // namespace ns3::mbs
