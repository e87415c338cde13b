// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-key-store.h"

#include <algorithm>

namespace ns3::mbs
{

TrafficKey::TrafficKey(const KeyDomainId& keyDomainId,
                       const Mki& mki,
                       const Key128& key,
                       const Salt112& salt,
                       const SrtpPolicy& policy,
                       bool shared)
    : m_keyDomainId(keyDomainId),
      m_mki(mki),
      m_key(key),
      m_salt(salt),
      m_shared(shared),
      m_transform(MakeMtkTransform(policy, keyDomainId, mki, key, salt))
{
}

const Mki&
TrafficKey::GetMki() const
{
    return m_mki;
}

const SrtpPolicy&
TrafficKey::GetPolicy() const
{
    return m_transform->Policy();
}

SrtpTransform&
TrafficKey::GetTransform() const
{
    return *m_transform;
}

bool
TrafficKey::IsShared() const
{
    return m_shared;
}

bool
TrafficKey::IsMadeOf(const KeyDomainId& keyDomainId,
                     const Mki& mki,
                     const Key128& key,
                     const Salt112& salt,
                     const SrtpPolicy& policy) const
{
    return m_mki == mki && m_key == key && m_salt == salt && m_keyDomainId == keyDomainId &&
           GetPolicy() == policy;
}

Ptr<TrafficKey>
TrafficKeyStore::Intern(const KeyDomainId& keyDomainId,
                        const Mki& mki,
                        const Key128& key,
                        const Salt112& salt,
                        const SrtpPolicy& policy)
{
    // Nearly every caller installs the newest key, which is last.
    const auto it = std::find_if(m_keys.rbegin(), m_keys.rend(), [&](const auto& held) {
        return held->IsMadeOf(keyDomainId, mki, key, salt, policy);
    });
    if (it != m_keys.rend())
    {
        return *it;
    }
    Purge();
    m_keys.push_back(Create<TrafficKey>(keyDomainId, mki, key, salt, policy, true));
    return m_keys.back();
}

void
TrafficKeyStore::Purge()
{
    const auto unused = [](const auto& held) { return held->GetReferenceCount() == 1; };
    m_keys.erase(std::remove_if(m_keys.begin(), m_keys.end(), unused), m_keys.end());
}

std::size_t
TrafficKeyStore::Size() const
{
    return m_keys.size();
}

} // namespace ns3::mbs
