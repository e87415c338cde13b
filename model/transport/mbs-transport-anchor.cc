// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-transport-anchor.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(TransportAnchor);

TypeId
TransportAnchor::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::TransportAnchor")
                            .SetParent<Object>()
                            .SetGroupName("Mbs")
                            .AddConstructor<TransportAnchor>();
    return tid;
}

TransportAnchor::TransportAnchor() = default;

TransportAnchor::~TransportAnchor() = default;

void
TransportAnchor::Attach(Ptr<Node> node, Ptr<Object> endpoint)
{
    Ptr<TransportAnchor> anchor = node->GetObject<TransportAnchor>();
    if (!anchor)
    {
        anchor = CreateObject<TransportAnchor>();
        node->AggregateObject(anchor);
    }
    anchor->m_endpoints.push_back(endpoint);
}

void
TransportAnchor::Detach(Ptr<Node> node, const Object* endpoint)
{
    Ptr<TransportAnchor> anchor = node->GetObject<TransportAnchor>();
    if (!anchor)
    {
        return;
    }
    auto& list = anchor->m_endpoints;
    list.erase(std::remove_if(
                   list.begin(),
                   list.end(),
                   [endpoint](const Ptr<Object>& entry) { return PeekPointer(entry) == endpoint; }),
               list.end());
}

void
TransportAnchor::DoDispose()
{
    // Each endpoint detaches itself, so the list must not be the one that is walked.
    std::vector<Ptr<Object>> endpoints;
    endpoints.swap(m_endpoints);
    for (const Ptr<Object>& endpoint : endpoints)
    {
        endpoint->Dispose();
    }
    Object::DoDispose();
}

} // namespace ns3::mbs
