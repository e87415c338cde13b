// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-node-keys.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(NodeKeys);

TypeId
NodeKeys::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::NodeKeys")
                            .SetParent<Object>()
                            .SetGroupName("Mbs")
                            .AddConstructor<NodeKeys>();
    return tid;
}

NodeKeys::NodeKeys() = default;
NodeKeys::~NodeKeys() = default;

Ptr<NodeKeys>
NodeKeys::Install(Ptr<Node> node)
{
    Ptr<NodeKeys> keys = Of(node);
    if (!keys)
    {
        keys = CreateObject<NodeKeys>();
        node->AggregateObject(keys);
    }
    return keys;
}

Ptr<NodeKeys>
NodeKeys::Of(Ptr<Node> node)
{
    return node->GetObject<NodeKeys>();
}

void
NodeKeys::Listen(Listener listener, Removed removed)
{
    ForEach(listener);
    m_listeners.push_back(std::move(listener));
    m_removed.push_back(std::move(removed));
}

void
NodeKeys::ForEach(const Listener& visitor) const
{
    for (const auto& [tmgi, keys] : m_keys)
    {
        visitor(tmgi, keys);
    }
}

void
NodeKeys::ListenForCompletion(CompletionListener listener)
{
    m_completionListeners.push_back(std::move(listener));
}

void
NodeKeys::Completed(const Tmgi& tmgi, const MskId& mskId)
{
    for (const CompletionListener& listener : m_completionListeners)
    {
        listener(tmgi, mskId);
    }
}

void
NodeKeys::Put(const Tmgi& tmgi, const KeySet& keys)
{
    const auto held = m_keys.find(tmgi);
    if (held != m_keys.end() && held->second.mskId.Group() == keys.mskId.Group() &&
        held->second.mskId.IsNewerThan(keys.mskId))
    {
        // An MTK under the MSK before, made while the next one is on its way.
        return;
    }
    m_keys[tmgi] = keys;
    for (const Listener& listener : m_listeners)
    {
        listener(tmgi, keys);
    }
}

const KeySet*
NodeKeys::Find(const Tmgi& tmgi, const MskId& mskId) const
{
    const auto it = m_keys.find(tmgi);
    return it != m_keys.end() && it->second.mskId == mskId ? &it->second : nullptr;
}

void
NodeKeys::Remove(const Tmgi& tmgi)
{
    if (m_keys.erase(tmgi) == 0)
    {
        return;
    }
    for (const Removed& removed : m_removed)
    {
        removed(tmgi);
    }
}

void
NodeKeys::DoDispose()
{
    m_listeners.clear();
    m_completionListeners.clear();
    m_removed.clear();
    m_keys.clear();
    Object::DoDispose();
}

} // namespace ns3::mbs
