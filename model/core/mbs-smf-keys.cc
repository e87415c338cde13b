// SPDX-License-Identifier: GPL-2.0-only

// What an SMF makes of the keys of a session for its UEs (TS 33.501 clause W.4.1.2).

#include "mbs-smf.h"

#include "ns3/mbs-mtk-wrap.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

namespace
{

/** @param context keys @param keys one of them? @return true if its MSK is in the context */
bool
Holds(const SecurityContext& context, const KeySet& keys)
{
    return std::any_of(context.begin(), context.end(), [&keys](const KeySet& held) {
        return held.keyDomainId == keys.keyDomainId && held.mskId == keys.mskId &&
               held.msk == keys.msk;
    });
}

} // namespace

void
Smf::SetSecurity(Session& session, const SecurityContext& security)
{
    session.security = security;
    session.mtks.reset();
}

Smf::EncryptedMtks
Smf::EncryptMtks(const SecurityContext& security) const
{
    const MtkWrap& wrap = GetMtkWrap(m_mtkWrap);
    EncryptedMtks encrypted{m_mtkWrap, {}};
    encrypted.mtks.resize(security.size());
    for (std::size_t i = 0; i < security.size(); ++i)
    {
        const KeySet& keys = security[i];
        if (keys.msk && keys.mtk)
        {
            encrypted.mtks[i] = N1EncryptedMtk{
                keys.mtk->id,
                wrap.Wrap(*keys.msk, keys.keyDomainId, keys.mskId, keys.mtk->id, keys.mtk->key)};
        }
    }
    return encrypted;
}

std::vector<N1KeySet>
Smf::MakeKeySets(Session& session, const SecurityContext& known) const
{
    if (!session.mtks || session.mtks->method != m_mtkWrap)
    {
        session.mtks = EncryptMtks(session.security);
    }
    std::vector<N1KeySet> keySets;
    for (std::size_t i = 0; i < session.security.size(); ++i)
    {
        const KeySet& keys = session.security[i];
        const bool isOver = keys.mskLifetime && *keys.mskLifetime <= Simulator::Now();
        if (!keys.msk || isOver || Holds(known, keys))
        {
            continue;
        }
        N1KeySet keySet;
        keySet.keyDomainId = keys.keyDomainId;
        keySet.mskId = keys.mskId;
        keySet.msk = *keys.msk;
        keySet.mtk = session.mtks->mtks[i];
        keySets.push_back(std::move(keySet));
    }
    return keySets;
}

} // namespace ns3::mbs
