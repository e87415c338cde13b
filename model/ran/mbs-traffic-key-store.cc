// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-traffic-key-store.h"

#include <algorithm>

namespace ns3::mbs
{

TrafficKey::TrafficKey(const Mki& mki,
                       const Key128& key,
                       const Salt112& salt,
                       SrtpProfile profile,
                       bool shared)
    : m_mki(mki),
      m_key(key),
      m_salt(salt),
      m_profile(profile),
      m_shared(shared),
      m_transform(SrtpTransform::Create(profile,
                                        key.View(),
                                        salt.View().Sub(0, SrtpSaltLength(profile)),
                                        mki.Encode()))
{
}

const Mki&
TrafficKey::GetMki() const
{
    return m_mki;
}

SrtpProfile
TrafficKey::GetProfile() const
{
    return m_profile;
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
TrafficKey::IsMadeOf(const Mki& mki,
                     const Key128& key,
                     const Salt112& salt,
                     SrtpProfile profile) const
{
    return m_mki == mki && m_profile == profile && m_key == key && m_salt == salt;
}

Ptr<TrafficKey>
TrafficKeyStore::Intern(const Mki& mki, const Key128& key, const Salt112& salt, SrtpProfile profile)
{
    // Nearly every caller installs the newest key, which is last.
    const auto it = std::find_if(m_keys.rbegin(), m_keys.rend(), [&](const auto& held) {
        return held->IsMadeOf(mki, key, salt, profile);
    });
    if (it != m_keys.rend())
    {
        return *it;
    }
    const auto unused = [](const auto& held) { return held->GetReferenceCount() == 1; };
    m_keys.erase(std::remove_if(m_keys.begin(), m_keys.end(), unused), m_keys.end());
    m_keys.push_back(Create<TrafficKey>(mki, key, salt, profile, true));
    return m_keys.back();
}

std::size_t
TrafficKeyStore::Size() const
{
    return m_keys.size();
}

} // namespace ns3::mbs
