// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-octets-header.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(OctetsHeader);

TypeId
OctetsHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::OctetsHeader")
                            .SetParent<Header>()
                            .SetGroupName("Mbs")
                            .AddConstructor<OctetsHeader>();
    return tid;
}

OctetsHeader::OctetsHeader(Bytes octets)
    : m_octets(std::move(octets))
{
}

TypeId
OctetsHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

uint32_t
OctetsHeader::GetSerializedSize() const
{
    return static_cast<uint32_t>(m_octets.size());
}

void
OctetsHeader::Serialize(Buffer::Iterator start) const
{
    start.Write(m_octets.data(), static_cast<uint32_t>(m_octets.size()));
}

uint32_t
OctetsHeader::Deserialize(Buffer::Iterator start)
{
    start.Read(m_octets.data(), static_cast<uint32_t>(m_octets.size()));
    return static_cast<uint32_t>(m_octets.size());
}

void
OctetsHeader::Print(std::ostream& os) const
{
    os << m_octets.size() << " octets";
}

} // namespace ns3::mbs
