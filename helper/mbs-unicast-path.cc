// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-unicast-path.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

namespace
{

/** GTP-U with PDU Session Container 16, UDP 8, IPv4 20: what N3 adds to a packet. */
constexpr uint16_t N3_OVERHEAD = 44;

} // namespace

UnicastPath::UnicastPath(Ptr<CoreTopology> topology, const std::vector<Ptr<Gnb>>& gnbs)
    : m_topology(topology),
      m_gnbs(gnbs),
      m_upf(CreateObject<Upf>()),
      m_mtu(static_cast<uint16_t>(topology->GetMtu() - N3_OVERHEAD))
{
    const Ptr<Node> node = CreateObject<Node>();
    m_topology->InstallStack(node);
    node->AddApplication(m_upf);
    m_upf->SetMtu(m_mtu);
    for (const Ptr<Gnb>& gnb : m_gnbs)
    {
        const CoreLink n3 = m_topology->Connect(Interface::N3,
                                                "gnb-" + std::to_string(gnb->GetNumber()),
                                                node,
                                                gnb->GetNode());
        m_upf->AddN3(n3.addressA, n3.addressB);
        gnb->SetN3(n3.addressB);
        m_upfAddresses.push_back(n3.addressA);
        m_gnbAddresses.push_back(n3.addressB);
    }
}

std::pair<std::string, std::string>
UnicastPath::CheckPool(Ipv4Address network, Ipv4Mask mask, uint32_t ues)
{
    const uint32_t hosts = ~mask.Get();
    if ((hosts & (hosts + 1)) != 0)
    {
        return {"", "must be ones followed by zeros; for example 255.192.0.0"};
    }
    // The links of the core are subnets of 10.0.0.0/8; a pool that holds one hides it.
    const Ipv4Mask core("255.0.0.0");
    const uint32_t wider = mask.Get() & core.Get();
    if ((network.Get() & wider) == (Ipv4Address("10.0.0.0").Get() & wider))
    {
        return {"must not overlap 10.0.0.0/8, which the links of the core have; for example "
                "100.64.0.0",
                ""};
    }
    const auto unicast = [](Ipv4Address address) {
        return address.Get() >= 0x01000000 && address.Get() < 0xe0000000 &&
               address.Get() >> 24 != 127;
    };
    if (!unicast(network))
    {
        return {"must be a network of unicast addresses; for example 100.64.0.0", ""};
    }
    // Network, broadcast and UPF have an address each.
    if (hosts < 2 || hosts - 2 < ues)
    {
        return {"",
                "must leave room for the " + std::to_string(ues) +
                    " UEs, the UPF, network and broadcast; for example 255.192.0.0"};
    }
    return {};
}

CoreLink
UnicastPath::ConnectN6(const std::string& name, Ptr<Node> node)
{
    const CoreLink n6 = m_topology->Connect(Interface::N6, name, m_upf->GetNode(), node);
    Ipv4StaticRoutingHelper()
        .GetStaticRouting(node->GetObject<Ipv4>())
        ->AddNetworkRouteTo(m_upf->GetPoolAddress().CombineMask(m_upf->GetPoolMask()),
                            m_upf->GetPoolMask(),
                            n6.addressA,
                            n6.interfaceB);
    return n6;
}

Ipv4Address
UnicastPath::AddUe(const Ptr<Ue>& ue, const Ptr<UeRadioDevice>& device, uint32_t gnb)
{
    const Ipv4Address address = m_upf->AllocateUeAddress();
    m_ueAddresses.push_back(address);
    UintegerValue qfi;
    m_upf->GetAttribute("Qfi", qfi);
    const auto flow = static_cast<uint8_t>(qfi.Get());
    const uint32_t uplink = m_upf->AddPduSession(address);
    const uint32_t downlink =
        m_gnbs[gnb]->GetN3()->AddPduSession(device->GetRnti(), {m_upfAddresses[gnb], uplink, flow});
    m_upf->SetDownlink(uplink, m_gnbAddresses[gnb], downlink, flow);

    BooleanValue stack;
    ue->GetAttribute("IpStack", stack);
    if (stack.Get())
    {
        InstallStack(device, address);
    }
    return address;
}

void
UnicastPath::InstallStack(const Ptr<UeRadioDevice>& device, Ipv4Address address) const
{
    const Ptr<Node> node = device->GetNode();
    m_topology->InstallStack(node);
    device->SetMtu(m_mtu);
    const Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    // A UE is a host: it does not forward.
    ipv4->SetAttribute("IpForward", BooleanValue(false));
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, Ipv4Mask::GetOnes()));
    ipv4->SetUp(interface);
    Ipv4StaticRoutingHelper().GetStaticRouting(ipv4)->SetDefaultRoute(m_upf->GetPoolAddress(),
                                                                      interface);
}

Ptr<Upf>
UnicastPath::GetUpf() const
{
    return m_upf;
}

Ipv4Address
UnicastPath::GetUeAddress(uint32_t ue) const
{
    return m_ueAddresses.at(ue);
}

} // namespace ns3::mbs
