// SPDX-License-Identifier: GPL-2.0-only

// The user plane of MBS sessions at a gNB: from the tunnel of N3mb to the radio bearer of the cell,
// and what UEs say about that bearer (TS 38.323 clause 5.4).

#include "mbs-gnb.h"
#include "mbs-ue-radio-device.h"

#include "ns3/mbs-gtpu.h"

#include <algorithm>

namespace ns3::mbs
{

MrbConfig
Gnb::BearerOf(const Tmgi& tmgi, const Session& session) const
{
    return {tmgi, session.gRnti, false, m_device->GetBearer(session.gRnti)->RecoversHandovers()};
}

void
Gnb::ReceivePdcpControl(uint32_t rnti, uint16_t gRnti, Ptr<const Packet> pdu)
{
    if (IsDown())
    {
        return;
    }
    const auto session = std::find_if(m_sessions.begin(), m_sessions.end(), [=](const auto& one) {
        return one.second.gRnti == gRnti && one.second.members.Contains(rnti);
    });
    const Ptr<UeRadioDevice> ue = m_device->FindUe(rnti);
    if (session == m_sessions.end() || !ue)
    {
        Drop("PDCP control PDU", "no such bearer of the UE");
        return;
    }
    Bytes octets(pdu->GetSize());
    pdu->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    const auto report = PdcpStatusReport::Decode(octets);
    if (!report)
    {
        Drop("PDCP control PDU", ToString(report.Error()));
        return;
    }
    const Ptr<MulticastRadioBearer> bearer = m_device->GetBearer(gRnti);
    if (!bearer->RecoversHandovers())
    {
        Drop("PDCP STATUS REPORT", "the UE was not told to send one");
        return;
    }
    if (!bearer->IsInWindow(*report))
    {
        Drop("PDCP STATUS REPORT", "FMC is further away than sequence numbers can tell");
        return;
    }
    if (GnbUeConnection* connection = FindConnection(rnti))
    {
        NoteActivity(rnti, *connection);
    }
    m_statusReported(m_number, rnti, session->first, *report);
    bearer->Recover(*ue, *report);
}

void
Gnb::ReceiveN3mb(const Ptr<Packet>& datagram)
{
    Bytes octets(datagram->GetSize());
    datagram->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    const auto gtpu = DecodeGtpu(octets);
    if (!gtpu || gtpu->uplink || gtpu->payload.empty())
    {
        Drop("GTP-U packet",
             !gtpu          ? ToString(gtpu.Error())
             : gtpu->uplink ? "not one that an MB-UPF sends"
                            : "nothing is in it");
        return;
    }
    const auto it = m_tmgiOfTeid.find(gtpu->teid);
    if (it == m_tmgiOfTeid.end())
    {
        Drop("GTP-U packet", "unknown TEID");
        return;
    }
    const Session& session = m_sessions.at(it->second);
    if (session.state != Session::State::UP)
    {
        // Nobody listens any more.
        return;
    }
    const auto number = gtpu->session ? gtpu->session->mbsSequenceNumber : std::nullopt;
    if (!number && m_device->GetBearer(session.gRnti)->RecoversHandovers())
    {
        Drop("GTP-U packet", "no DL MBS QFI sequence number to take COUNT from");
        return;
    }
    // The packet inside keeps its identity, so that measurement can follow it.
    datagram->RemoveAtStart(static_cast<uint32_t>(octets.size() - gtpu->payload.size()));
    m_n3mbReceived(m_number, datagram);
    m_device->SendToGroup(session.gRnti, datagram, number);
}

} // namespace ns3::mbs
