// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-n3-relay.h"

#include "ns3/mbs-gtpu.h"
#include "ns3/mbs-octets-header.h"

#include "ns3/inet-socket-address.h"
#include "ns3/udp-socket-factory.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(N3Relay);

TypeId
N3Relay::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::N3Relay")
                            .SetParent<Object>()
                            .SetGroupName("Mbs")
                            .AddConstructor<N3Relay>();
    return tid;
}

N3Relay::N3Relay() = default;
N3Relay::~N3Relay() = default;

void
N3Relay::DoDispose()
{
    m_device = nullptr;
    m_socket = nullptr;
    m_drop = nullptr;
    m_sessions.clear();
    m_rntiOfTeid.clear();
    Object::DoDispose();
}

void
N3Relay::SetDropHandler(DropHandler handler)
{
    m_drop = std::move(handler);
}

void
N3Relay::SetUp(Ptr<GnbRadioDevice> device, Ipv4Address address)
{
    m_device = device;
    m_address = address;
    m_device->SetDataCallback(MakeCallback(&N3Relay::ReceiveData, this));
}

bool
N3Relay::IsSetUp() const
{
    return m_device != nullptr;
}

uint32_t
N3Relay::AddPduSession(uint32_t rnti, const Tunnel& uplink)
{
    NS_ASSERT_MSG(m_sessions.count(rnti) == 0, "a UE has one PDU session");
    const uint32_t teid = m_nextTeid++;
    m_sessions[rnti] = {teid, uplink};
    m_rntiOfTeid[teid] = rnti;
    return teid;
}

void
N3Relay::RemovePduSession(uint32_t rnti)
{
    const auto it = m_sessions.find(rnti);
    if (it != m_sessions.end())
    {
        m_rntiOfTeid.erase(it->second.downlinkTeid);
        m_sessions.erase(it);
    }
}

void
N3Relay::Start(Ptr<Node> node)
{
    // Bound to the address of N3: multicast of N3mb comes to the same port, and its TEIDs are
    // others.
    m_socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    m_socket->Bind(InetSocketAddress(m_address, GTPU_PORT));
    m_socket->SetRecvCallback(MakeCallback(&N3Relay::ReceiveN3, this));
}

void
N3Relay::Stop()
{
    if (m_socket)
    {
        m_socket->Close();
        m_socket = nullptr;
    }
}

void
N3Relay::ReceiveN3(Ptr<Socket> socket)
{
    while (const Ptr<Packet> datagram = socket->Recv())
    {
        Bytes octets(datagram->GetSize());
        datagram->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
        const auto gtpu = DecodeGtpu(octets);
        if (!gtpu)
        {
            m_drop("GTP-U packet", ToString(gtpu.Error()));
            continue;
        }
        const auto it = m_rntiOfTeid.find(gtpu->teid);
        if (it == m_rntiOfTeid.end())
        {
            m_drop("GTP-U packet", "unknown TEID");
            continue;
        }
        if (!gtpu->session || gtpu->payload.empty())
        {
            m_drop("GTP-U packet",
                   gtpu->session ? "nothing is in it" : "no downlink PDU session information");
            continue;
        }
        // The packet inside keeps its identity, so that measurement can follow it.
        datagram->RemoveAtStart(static_cast<uint32_t>(octets.size() - gtpu->payload.size()));
        m_device->SendData(it->second, datagram);
    }
}

void
N3Relay::ReceiveData(uint32_t rnti, Ptr<const Packet> packet)
{
    const auto it = m_sessions.find(rnti);
    if (it == m_sessions.end() || !m_socket)
    {
        m_drop("uplink packet", m_socket ? "the UE has no PDU session" : "the gNB has stopped");
        return;
    }
    const Tunnel& tunnel = it->second.uplink;
    const Ptr<Packet> copy = packet->Copy();
    copy->AddHeader(OctetsHeader(
        EncodeGtpuPrefix(tunnel.teid, UlPduSessionInformation{tunnel.qfi}, packet->GetSize())));
    m_socket->SendTo(copy, 0, InetSocketAddress(tunnel.address, GTPU_PORT));
}

} // namespace ns3::mbs
