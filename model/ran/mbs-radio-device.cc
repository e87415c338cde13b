// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-device.h"

#include "ns3/node.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(RadioDevice);

TypeId
RadioDevice::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::RadioDevice").SetParent<NetDevice>().SetGroupName("Mbs");
    return tid;
}

RadioDevice::RadioDevice()
    : m_address(Mac48Address::Allocate())
{
}

RadioDevice::~RadioDevice() = default;

void
RadioDevice::DoDispose()
{
    m_channel = nullptr;
    m_node = nullptr;
    NetDevice::DoDispose();
}

void
RadioDevice::SetChannel(Ptr<RadioChannel> channel)
{
    m_channel = channel;
}

Ptr<RadioChannel>
RadioDevice::GetRadioChannel() const
{
    return m_channel;
}

void
RadioDevice::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

uint32_t
RadioDevice::GetIfIndex() const
{
    return m_ifIndex;
}

Ptr<Channel>
RadioDevice::GetChannel() const
{
    return m_channel;
}

void
RadioDevice::SetAddress(Address address)
{
    m_address = Mac48Address::ConvertFrom(address);
}

Address
RadioDevice::GetAddress() const
{
    return m_address;
}

bool
RadioDevice::SetMtu(const uint16_t mtu)
{
    m_mtu = mtu;
    return true;
}

uint16_t
RadioDevice::GetMtu() const
{
    return m_mtu;
}

bool
RadioDevice::IsLinkUp() const
{
    return m_channel != nullptr;
}

void
RadioDevice::AddLinkChangeCallback(Callback<void> /* callback */)
{
    // The link is up from the moment the device is on the channel, and never changes.
}

bool
RadioDevice::IsBroadcast() const
{
    return false;
}

Address
RadioDevice::GetBroadcast() const
{
    return Mac48Address::GetBroadcast();
}

bool
RadioDevice::IsMulticast() const
{
    return true;
}

Address
RadioDevice::GetMulticast(Ipv4Address multicastGroup) const
{
    return Mac48Address::GetMulticast(multicastGroup);
}

Address
RadioDevice::GetMulticast(Ipv6Address addr) const
{
    return Mac48Address::GetMulticast(addr);
}

bool
RadioDevice::IsBridge() const
{
    return false;
}

bool
RadioDevice::IsPointToPoint() const
{
    return false;
}

bool
RadioDevice::SendFrom(Ptr<Packet> /* packet */,
                      const Address& /* source */,
                      const Address& /* dest */,
                      uint16_t /* protocolNumber */)
{
    // No frame on the air bears the address of a device.
    return false;
}

Ptr<Node>
RadioDevice::GetNode() const
{
    return m_node;
}

void
RadioDevice::SetNode(Ptr<Node> node)
{
    m_node = node;
}

bool
RadioDevice::NeedsArp() const
{
    return false;
}

void
RadioDevice::SetReceiveCallback(ReceiveCallback /* cb */)
{
    // The node sets it when the device is added; to a cell nothing comes for it.
}

void
RadioDevice::SetPromiscReceiveCallback(PromiscReceiveCallback /* cb */)
{
    // As with the other callback, nothing comes for it.
}

bool
RadioDevice::SupportsSendFrom() const
{
    return false;
}

} // namespace ns3::mbs
