// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-upf.h"

#include "mbs-octets-header.h"

#include "ns3/mbs-gtpu.h"
#include "ns3/mbs-ipv4-packet.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/mac48-address.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Upf);

TypeId
Upf::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Upf")
            .SetParent<NetworkFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Upf>()
            .AddAttribute("PoolNetwork",
                          "First address of the subnet that UE addresses are taken from; the UPF "
                          "has the next one, then come the UEs.",
                          Ipv4AddressValue("100.64.0.0"),
                          MakeIpv4AddressAccessor(&Upf::m_poolNetwork),
                          MakeIpv4AddressChecker())
            .AddAttribute("PoolMask",
                          "Mask of that subnet.",
                          Ipv4MaskValue("255.192.0.0"),
                          MakeIpv4MaskAccessor(&Upf::m_poolMask),
                          MakeIpv4MaskChecker())
            .AddAttribute("Qfi",
                          "QoS flow identifier of the PDU sessions' only QoS flow, 1 to 63.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&Upf::m_qfi),
                          MakeUintegerChecker<uint8_t>(1, 63))
            .AddTraceSource("UplinkForwarded",
                            "A packet of a UE came out of its tunnel and is routed.",
                            MakeTraceSourceAccessor(&Upf::m_uplinkForwarded),
                            "ns3::mbs::Upf::ForwardedCallback")
            .AddTraceSource("DownlinkForwarded",
                            "A packet for a UE goes into its tunnel.",
                            MakeTraceSourceAccessor(&Upf::m_downlinkForwarded),
                            "ns3::mbs::Upf::ForwardedCallback"));
    return tid;
}

Upf::Upf()
    : m_pool(CreateObject<VirtualNetDevice>())
{
}

Upf::~Upf() = default;

void
Upf::DoDispose()
{
    // The callback holds a reference to this object.
    m_pool->SetSendCallback(VirtualNetDevice::SendCallback());
    m_pool = nullptr;
    m_n3.clear();
    m_sessions.clear();
    m_teidOfUe.clear();
    NetworkFunction::DoDispose();
}

void
Upf::AddN3(Ipv4Address local, Ipv4Address gnb)
{
    m_n3[gnb].local = local;
}

Ipv4Address
Upf::GetPoolAddress() const
{
    return Ipv4Address(m_poolNetwork.CombineMask(m_poolMask).Get() + 1);
}

Ipv4Mask
Upf::GetPoolMask() const
{
    return m_poolMask;
}

uint32_t
Upf::GetPoolSize() const
{
    // All but network and broadcast address and that of the UPF.
    const uint32_t addresses = ~m_poolMask.Get();
    return addresses > 2 ? addresses - 2 : 0;
}

Ipv4Address
Upf::AllocateUeAddress()
{
    NS_ASSERT_MSG(m_allocated < GetPoolSize(), "the pool has no address left");
    return Ipv4Address(GetPoolAddress().Get() + ++m_allocated);
}

void
Upf::SetMtu(uint16_t mtu)
{
    m_pool->SetMtu(mtu);
}

uint32_t
Upf::AddPduSession(Ipv4Address ue)
{
    NS_ASSERT_MSG(m_teidOfUe.count(ue) == 0, "two PDU sessions of one address");
    const uint32_t teid = m_nextTeid++;
    m_sessions[teid].ue = ue;
    m_teidOfUe[ue] = teid;
    return teid;
}

void
Upf::SetDownlink(uint32_t uplinkTeid, Ipv4Address gnb, uint32_t teid, uint8_t qfi)
{
    NS_ASSERT_MSG(m_sessions.count(uplinkTeid) == 1, "no such PDU session");
    NS_ASSERT_MSG(m_n3.count(gnb) == 1, "no N3 link to this gNB");
    PduSession& session = m_sessions[uplinkTeid];
    session.gnb = gnb;
    session.teid = teid;
    session.qfi = qfi;
}

void
Upf::RemovePduSession(uint32_t uplinkTeid)
{
    const auto it = m_sessions.find(uplinkTeid);
    if (it != m_sessions.end())
    {
        m_teidOfUe.erase(it->second.ue);
        m_sessions.erase(it);
    }
}

void
Upf::StartApplication()
{
    m_pool->SetAddress(Mac48Address::Allocate());
    m_pool->SetSendCallback(MakeCallback(&Upf::SendDownlink, this));
    GetNode()->AddDevice(m_pool);
    const Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(m_pool);
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(GetPoolAddress(), m_poolMask));
    ipv4->SetUp(interface);
    // A socket per link: GTP-U is not heard on N6.
    for (auto& [gnb, link] : m_n3)
    {
        link.socket = Socket::CreateSocket(GetNode(), UdpSocketFactory::GetTypeId());
        link.socket->Bind(InetSocketAddress(link.local, GTPU_PORT));
        link.socket->SetRecvCallback(MakeCallback(&Upf::ReceiveN3, this));
    }
}

void
Upf::StopApplication()
{
    for (auto& [gnb, link] : m_n3)
    {
        if (link.socket)
        {
            link.socket->Close();
            link.socket = nullptr;
        }
    }
}

void
Upf::ReceiveN3(Ptr<Socket> socket)
{
    while (const Ptr<Packet> datagram = socket->Recv())
    {
        Bytes octets(datagram->GetSize());
        datagram->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
        const auto gtpu = DecodeGtpu(octets);
        if (!gtpu)
        {
            Drop("GTP-U packet", ToString(gtpu.Error()));
            continue;
        }
        const auto it = m_sessions.find(gtpu->teid);
        if (it == m_sessions.end())
        {
            Drop("GTP-U packet", "unknown TEID");
            continue;
        }
        if (!gtpu->uplink)
        {
            Drop("GTP-U packet", "no uplink PDU session information");
            continue;
        }
        const std::string wrong = CheckUplink(it->second, gtpu->payload);
        if (!wrong.empty())
        {
            Drop("uplink packet", wrong);
            continue;
        }
        // The packet inside keeps its identity, so that measurement can follow it.
        datagram->RemoveAtStart(static_cast<uint32_t>(octets.size() - gtpu->payload.size()));
        m_uplinkForwarded(it->second.ue, datagram);
        m_pool->Receive(datagram,
                        Ipv4L3Protocol::PROT_NUMBER,
                        m_pool->GetBroadcast(),
                        m_pool->GetAddress(),
                        NetDevice::PACKET_HOST);
    }
}

std::string
Upf::CheckUplink(const PduSession& session, ByteView packet) const
{
    const auto head = PeekIpv4(packet, packet.size());
    if (!head)
    {
        return ToString(head.Error());
    }
    if (head->source != session.ue)
    {
        return "its source is not the address of the PDU session";
    }
    // Whoever could reach the UPF itself could send GTP-U inside GTP-U.
    const Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    if (ipv4->GetInterfaceForAddress(head->destination) >= 0)
    {
        return "its destination is the UPF";
    }
    if (head->destination.IsMulticast() || head->destination.IsBroadcast() ||
        head->destination.IsSubnetDirectedBroadcast(m_poolMask))
    {
        return "its destination is not a single host";
    }
    return "";
}

bool
Upf::SendDownlink(Ptr<Packet> packet,
                  const Address& /* source */,
                  const Address& /* destination */,
                  uint16_t /* protocol */)
{
    std::array<uint8_t, Ipv4PacketHead::MAX_SIZE> octets;
    const uint32_t copied = packet->CopyData(octets.data(), octets.size());
    const auto head = PeekIpv4(ByteView(octets.data(), copied), packet->GetSize());
    if (!head)
    {
        Drop("downlink packet", ToString(head.Error()));
        return true;
    }
    const auto teid = m_teidOfUe.find(head->destination);
    if (teid == m_teidOfUe.end())
    {
        Drop("downlink packet", "no PDU session has its destination address");
        return true;
    }
    const PduSession& session = m_sessions[teid->second];
    const auto link = m_n3.find(session.gnb);
    if (session.teid == 0 || link == m_n3.end() || !link->second.socket)
    {
        Drop("downlink packet", "the PDU session has no tunnel to a gNB");
        return true;
    }
    m_downlinkForwarded(session.ue, packet);
    DlPduSessionInformation information;
    information.qfi = session.qfi;
    packet->AddHeader(OctetsHeader(EncodeGtpuPrefix(session.teid, information, packet->GetSize())));
    link->second.socket->SendTo(packet, 0, InetSocketAddress(session.gnb, GTPU_PORT));
    return true;
}

} // namespace ns3::mbs
