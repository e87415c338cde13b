// SPDX-License-Identifier: GPL-2.0-only

// A gNB's neighbours, and what a restart makes of handovers.

#include "mbs-gnb-handover.h"

#include "mbs-gnb.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ns3::mbs
{

namespace
{

/** Why handovers end when the gNB stops. */
constexpr const char* DOWN = "the gNB has gone down";

} // namespace

GnbHandoverControl::GnbHandoverControl(Gnb& gnb)
    : m_gnb(gnb),
      m_xn(CreateObject<XnEndpoint>())
{
}

GnbHandoverControl::~GnbHandoverControl()
{
    for (auto& [rnti, handover] : m_outgoing)
    {
        handover.timer.Cancel();
    }
    for (auto& [rnti, handover] : m_incoming)
    {
        handover.timer.Cancel();
    }
    m_xn->Dispose();
}

void
GnbHandoverControl::AddNeighbour(uint32_t gnb, Ipv4Address address)
{
    m_neighbours[gnb] = address;
}

Ptr<XnEndpoint>
GnbHandoverControl::GetXn() const
{
    return m_xn;
}

void
GnbHandoverControl::Start()
{
    m_xn->Install(m_gnb.GetNode());
    m_xn->SetReceiver([this](Ipv4Address peer, Bytes pdu) { Receive(peer, std::move(pdu)); });
    Open();
}

void
GnbHandoverControl::Open()
{
    m_xn->Listen();
    for (const auto& [gnb, address] : m_neighbours)
    {
        if (gnb > m_gnb.m_number)
        {
            m_xn->Connect(address);
        }
    }
}

void
GnbHandoverControl::GoDown(NetworkFunction::Memory memory)
{
    const bool forgets = memory == NetworkFunction::Memory::LOST;
    m_xn->Close();
    for (auto it = m_outgoing.begin(); it != m_outgoing.end();)
    {
        const auto one = it++;
        one->second.timer.Cancel();
        const auto state = one->second.state;
        if (state != OutgoingHandover::State::DONE &&
            (forgets || state == OutgoingHandover::State::PREPARING))
        {
            m_gnb.ReportHandoverFailure(one->first, one->second.target, DOWN);
        }
        if (forgets || state == OutgoingHandover::State::PREPARING)
        {
            Erase(one->first);
        }
    }
    for (auto it = m_incoming.begin(); it != m_incoming.end();)
    {
        it->second.timer.Cancel();
        if (it->second.state == IncomingHandover::State::ADMITTED || forgets)
        {
            m_gnb.ReportHandoverFailure(it->first, it->second.source, DOWN);
            for (auto& [tmgi, session] : m_gnb.m_sessions)
            {
                session.members.Erase(it->first);
            }
            Disown(it->first, it->second);
            // To the AMF it is here or at the source, which nobody here knows any more.
            m_gnb.m_amfUeNgapIds[it->first - 1] = 0;
            m_forgotten.push_back(it->first);
            it = m_incoming.erase(it);
        }
        else
        {
            ++it;
        }
    }
}

void
GnbHandoverControl::ComeUp()
{
    Open();
    for (const uint32_t rnti : m_forgotten)
    {
        // It may be here, and finds that it is unknown: it asks for its sessions again, and is sent
        // to RRC_IDLE, from where it can have a new connection.
        RrcMessage release;
        release.type = RrcType::RELEASE;
        m_gnb.SendPdu(rnti, release.Encode());
    }
    m_forgotten.clear();
    for (auto& [rnti, handover] : m_outgoing)
    {
        if (handover.state == OutgoingHandover::State::EXECUTING)
        {
            // Perhaps UE CONTEXT RELEASE came while nobody listened.
            handover.timer = Simulator::Schedule(m_gnb.m_txnRelocOverall,
                                                 &GnbHandoverControl::OverallExpired,
                                                 this,
                                                 rnti);
        }
    }
}

template <typename Message>
void
GnbHandoverControl::DecodeAndHandle(uint32_t neighbour, ByteView pdu)
{
    const auto message = Message::Decode(pdu);
    if (!message)
    {
        m_gnb.Drop(XnapMessageName(Message::TYPE), ToString(message.Error()));
        return;
    }
    Handle(neighbour, *message);
}

void
GnbHandoverControl::Receive(Ipv4Address peer, Bytes pdu)
{
    const auto type = XnapPeek(pdu);
    const auto from = std::find_if(m_neighbours.begin(),
                                   m_neighbours.end(),
                                   [&peer](const auto& one) { return one.second == peer; });
    if (!type || from == m_neighbours.end())
    {
        m_gnb.Drop("XnAP PDU", type ? "not from a neighbour" : ToString(type.Error()));
        return;
    }
    m_gnb.Process([this, neighbour = from->first, type = *type, pdu = std::move(pdu)] {
        if (type == XnapHandoverRequest::TYPE)
        {
            DecodeAndHandle<XnapHandoverRequest>(neighbour, pdu);
        }
        else if (type == XnapHandoverRequestAcknowledge::TYPE)
        {
            DecodeAndHandle<XnapHandoverRequestAcknowledge>(neighbour, pdu);
        }
        else if (type == XnapHandoverPreparationFailure::TYPE)
        {
            DecodeAndHandle<XnapHandoverPreparationFailure>(neighbour, pdu);
        }
        else if (type == XnapHandoverCancel::TYPE)
        {
            DecodeAndHandle<XnapHandoverCancel>(neighbour, pdu);
        }
        else if (type == XnapUeContextRelease::TYPE)
        {
            DecodeAndHandle<XnapUeContextRelease>(neighbour, pdu);
        }
        else
        {
            m_gnb.Drop(XnapMessageName(type), "not one that this gNB handles");
        }
    });
}

void
GnbHandoverControl::Send(uint32_t neighbour, const Bytes& pdu, const XnapMessageType& type) const
{
    m_xn->Send(m_neighbours.at(neighbour), pdu, XnapMessageName(type));
}

} // namespace ns3::mbs
