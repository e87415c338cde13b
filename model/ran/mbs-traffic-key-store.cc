// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-key-store.h"

#include "ns3/mbs-crypto-primitives.h"

#include <algorithm>
#include <utility>

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

const KeyDomainId&
TrafficKey::GetKeyDomainId() const
{
    return m_keyDomainId;
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

UnwrappedMtk::UnwrappedMtk(const MtkWrap& wrap, const N1KeySet& keySet)
    : key(wrap.Unwrap(keySet.msk,
                      keySet.keyDomainId,
                      keySet.mskId,
                      keySet.mtk->mtkId,
                      keySet.mtk->encryptedMtk)),
      salt(DeriveTrafficSalt(key, keySet.keyDomainId, keySet.mskId, keySet.mtk->mtkId))
{
}

TrafficKeyStore::Entry&
TrafficKeyStore::Find(const KeyDomainId& keyDomainId,
                      const Mki& mki,
                      const Key128& key,
                      const Salt112& salt,
                      const SrtpPolicy& policy)
{
    // Nearly every caller installs the newest key, which is last.
    const auto it = std::find_if(m_keys.rbegin(), m_keys.rend(), [&](const Entry& held) {
        return held.key->IsMadeOf(keyDomainId, mki, key, salt, policy);
    });
    if (it != m_keys.rend())
    {
        return *it;
    }
    Purge();
    m_keys.push_back({Create<TrafficKey>(keyDomainId, mki, key, salt, policy, true), {}});
    return m_keys.back();
}

Ptr<TrafficKey>
TrafficKeyStore::Intern(const KeyDomainId& keyDomainId,
                        const Mki& mki,
                        const Key128& key,
                        const Salt112& salt,
                        const SrtpPolicy& policy)
{
    return Find(keyDomainId, mki, key, salt, policy).key;
}

Ptr<TrafficKey>
TrafficKeyStore::Intern(const MtkWrap& wrap, const N1KeySet& keySet, const SrtpPolicy& policy)
{
    const Mki mki{keySet.mskId, keySet.mtk->mtkId};
    Bytes source;
    source.reserve(Key128::SIZE + keySet.mtk->encryptedMtk.size());
    Append(source, keySet.msk.View());
    Append(source, keySet.mtk->encryptedMtk);
    Bytes digest = Digest(HashFunction::SHA_256, source);
    const auto it = std::find_if(m_keys.rbegin(), m_keys.rend(), [&](const Entry& held) {
        return held.origin && held.key->GetMki() == mki && held.origin->wrap == &wrap &&
               held.origin->digest == digest && held.key->GetKeyDomainId() == keySet.keyDomainId &&
               held.key->GetPolicy() == policy;
    });
    if (it != m_keys.rend())
    {
        return it->key;
    }
    const UnwrappedMtk mtk(wrap, keySet);
    Entry& entry = Find(keySet.keyDomainId, mki, mtk.key, mtk.salt, policy);
    entry.origin = Origin{&wrap, std::move(digest)};
    return entry.key;
}

void
TrafficKeyStore::Purge()
{
    const auto unused = [](const Entry& held) { return held.key->GetReferenceCount() == 1; };
    m_keys.erase(std::remove_if(m_keys.begin(), m_keys.end(), unused), m_keys.end());
}

std::size_t
TrafficKeyStore::Size() const
{
    return m_keys.size();
}

} // namespace ns3::mbs
