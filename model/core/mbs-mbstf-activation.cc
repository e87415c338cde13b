// SPDX-License-Identifier: GPL-2.0-only

// When an MBSTF uses a new key.

#include "mbs-mbstf.h"

#include "ns3/mbs-enum-attribute.h"

#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>

namespace ns3::mbs
{

TypeId
Mbstf::AddActivationAttributes(TypeId tid)
{
    return tid
        .AddAttribute("ActivationDelay",
                      "From the moment a key is given out to its first use; with MskActivation or "
                      "MtkActivation time, at least; with Mbsf::OrderMskActivation, at most.",
                      TimeValue(Seconds(1)),
                      MakeTimeAccessor(&Mbstf::m_activationDelay),
                      MakeTimeChecker(Seconds(0)))
        .AddAttribute("MtkActivationDelay",
                      "The same for an MTK that comes without a new MSK; below 0s it is "
                      "ActivationDelay.",
                      TimeValue(Seconds(-1)),
                      MakeTimeAccessor(&Mbstf::m_mtkActivationDelay),
                      MakeTimeChecker())
        .AddAttribute("MskActivation",
                      "When a new MSK is used: delay, or time for a given time.",
                      StringValue("delay"),
                      MakeEnumAttributeAccessor(&Mbstf::m_mskActivation),
                      MakeKeyActivationChecker())
        .AddAttribute("MskActivationTime",
                      "With MskActivation time: the first time, from the start of the simulation.",
                      TimeValue(Seconds(0)),
                      MakeTimeAccessor(&Mbstf::m_mskActivationTime),
                      MakeTimeChecker(Seconds(0)))
        .AddAttribute("MskActivationPeriod",
                      "With MskActivation time: from one such time to the next; 0s is no further "
                      "one.",
                      TimeValue(Seconds(10)),
                      MakeTimeAccessor(&Mbstf::m_mskActivationPeriod),
                      MakeTimeChecker(Seconds(0)))
        .AddAttribute("MtkActivation",
                      "When an MTK is used that comes without a new MSK: delay, or time for a "
                      "given time.",
                      StringValue("delay"),
                      MakeEnumAttributeAccessor(&Mbstf::m_mtkActivation),
                      MakeKeyActivationChecker())
        .AddAttribute("MtkActivationTime",
                      "With MtkActivation time: the first time, from the start of the simulation.",
                      TimeValue(Seconds(0)),
                      MakeTimeAccessor(&Mbstf::m_mtkActivationTime),
                      MakeTimeChecker(Seconds(0)))
        .AddAttribute("MtkActivationPeriod",
                      "With MtkActivation time: from one such time to the next; 0s is no further "
                      "one.",
                      TimeValue(Seconds(10)),
                      MakeTimeAccessor(&Mbstf::m_mtkActivationPeriod),
                      MakeTimeChecker(Seconds(0)));
}

Time
Mbstf::UsedAt(bool withMsk) const
{
    KeyActivation activation{m_mskActivation,
                             m_activationDelay,
                             m_mskActivationTime,
                             m_mskActivationPeriod};
    if (!withMsk)
    {
        activation = {m_mtkActivation,
                      m_mtkActivationDelay.IsStrictlyNegative() ? m_activationDelay
                                                                : m_mtkActivationDelay,
                      m_mtkActivationTime,
                      m_mtkActivationPeriod};
    }
    return activation.UsedAt(Simulator::Now());
}

void
Mbstf::ActivateDue(const std::string& ref)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        // Disposed of since this was scheduled.
        return;
    }
    Session& session = it->second;
    auto& next = session.next;
    auto newest = next.end();
    for (auto key = next.begin(); key != next.end(); ++key)
    {
        if (key->due <= Simulator::Now())
        {
            newest = key;
        }
        else if (key->withMsk)
        {
            // What is behind it is under this MSK or a later one.
            break;
        }
    }
    if (newest == next.end())
    {
        return;
    }
    session.current = std::move(*newest);
    next.erase(next.begin(), newest + 1);
    m_keyActivated(session.tmgi, session.current->mki);
}

void
Mbstf::ActivateMsk(const std::string& ref)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        return;
    }
    Session& session = it->second;
    Time used = Simulator::Now();
    if (m_procedure == SecurityProcedure::USER_PLANE && !session.mikey.empty() &&
        session.description.distSessionState == nmbstf::DistSessionState::ACTIVE)
    {
        // UEs could not read the MTK message that came before the MSK.
        SendMtkMessages(session);
        used = UsedAt(false);
    }
    for (SendingKey& key : session.next)
    {
        if (key.withMsk)
        {
            key.due = std::min(key.due, used);
        }
    }
    After(used - Simulator::Now(), [this, ref] { ActivateDue(ref); });
}

void
Mbstf::MskCompleted(const Tmgi& tmgi, const MskId& mskId)
{
    for (const auto& [ref, session] : m_sessions)
    {
        if (session.tmgi == tmgi && session.keys.mskId == mskId)
        {
            ActivateMsk(ref);
        }
    }
}

void
Mbstf::EndMsk(Session& session, const KeySet& keys)
{
    if (keys.mskId == session.keys.mskId)
    {
        // Its successor is on its way.
        session.keys.mskLifetime = keys.mskLifetime;
        return;
    }
    After(Max(*keys.mskLifetime - Simulator::Now(), Seconds(0)),
          [this, ref = session.ref] { ActivateMsk(ref); });
}

} // namespace ns3::mbs
