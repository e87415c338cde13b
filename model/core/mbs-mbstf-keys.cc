// SPDX-License-Identifier: GPL-2.0-only

// The keys of an MBSTF: MSKs that it gets or makes, MTKs that it makes, reports and multicasts
// (TS 33.501 W.4.1.2 and W.4.1.3, TS 33.246 clause 6.3.3.2).

#include "mbs-mbstf.h"
#include "mbs-node-keys.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-mikey.h"
#include "ns3/mbs-msk-bundle.h"
#include "ns3/mbs-mtk-transform.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** RFC 3830 clause 6.11 advises at least 16 octets. */
constexpr std::size_t RAND_LENGTH = 16;

/** After how long an MSK is asked for again that did not come. */
const Time MSK_REQUEST_INTERVAL = Seconds(1);

} // namespace

void
Mbstf::StateChanged(Session& session)
{
    if (session.description.distSessionState != nmbstf::DistSessionState::ACTIVE)
    {
        session.renewal.Cancel();
        return;
    }
    // TS 33.501 W.4.1.2 notes 1 and 2: what was due meanwhile is given out now.
    const bool passed = m_mtkInterval.IsStrictlyPositive() &&
                        session.renewalDue.IsStrictlyPositive() &&
                        session.renewalDue <= Simulator::Now();
    const bool renew = session.hasKeys && (session.mtkHeldBack || passed);
    session.mtkHeldBack = false;
    if (session.hasKeys && session.asksForMsk && session.keys.mskLifetime &&
        *session.keys.mskLifetime <= Simulator::Now())
    {
        AskForMsk(session.ref);
    }
    if (renew)
    {
        RenewMtk(session.ref);
        return;
    }
    ScheduleRenewal(session);
    if (m_procedure == SecurityProcedure::USER_PLANE && session.hasKeys)
    {
        DistributeMtk(session);
    }
}

void
Mbstf::AskForMsk(const std::string& ref)
{
    Session& session = m_sessions.at(ref);
    if (session.hasKeys && session.description.distSessionState != nmbstf::DistSessionState::ACTIVE)
    {
        // It is asked for when the session is active again.
        return;
    }
    nmbstf::DistSessionEventReport report;
    report.eventType = nmbstf::DistSessionEventType::V17_MSK_REQUEST;
    report.timeStamp = Simulator::Now();
    // It names the MSK that is not valid any more; before the first one, none.
    KeySet name;
    name.keyDomainId =
        session.hasKeys ? session.keys.keyDomainId : KeyDomainId(session.tmgi.Plmn());
    name.mskId = session.keys.mskId;
    report.mbsSecurityContext.push_back(name);
    Notify(session, report);
    session.mskRequest = Simulator::Schedule(MSK_REQUEST_INTERVAL, &Mbstf::AskForMsk, this, ref);
}

void
Mbstf::ScheduleMskRequest(Session& session)
{
    session.mskRequest.Cancel();
    if (session.asksForMsk && session.keys.mskLifetime)
    {
        session.mskRequest =
            Simulator::Schedule(Max(*session.keys.mskLifetime - Simulator::Now(), Seconds(0)),
                                &Mbstf::AskForMsk,
                                this,
                                session.ref);
    }
}

void
Mbstf::SetMsk(Session& session, const KeySet& keys)
{
    KeySet complete = keys;
    const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode());
    if (!keys.msk && m_placement == MbssfPlacement::MBSTF)
    {
        complete.msk = m_keys->NewKey();
        m_mskGenerated(session.tmgi, complete, !session.lasting->hadKeys);
    }
    else if (!keys.msk && shared)
    {
        const KeySet* found = shared->Find(session.tmgi, keys.mskId);
        complete.msk = found != nullptr ? found->msk : std::nullopt;
    }
    if (!complete.msk)
    {
        Drop("DistSession", "a key set without MSK");
        return;
    }
    if (session.hasKeys && complete.keyDomainId == session.keys.keyDomainId &&
        complete.mskId == session.keys.mskId && *complete.msk == *session.keys.msk)
    {
        // The MBSF does not know whether it arrived; another MTK 1 under it would be another key
        // by the same name.
        return;
    }
    session.keys = complete;
    session.keys.mtk.reset();
    session.mtkCounter = 0;
    session.mikey.clear();
    session.retransmission.Cancel();
    session.hasKeys = true;
    session.lasting->hadKeys = true;
    ScheduleMskRequest(session);
    const bool multicast = m_procedure == SecurityProcedure::USER_PLANE;
    MakeMtk(session, multicast);
    if (multicast)
    {
        DistributeMtk(session);
    }
    ScheduleRenewal(session);
}

void
Mbstf::MakeMtk(Session& session, bool alone)
{
    KeySet& keys = session.keys;
    const uint16_t last = keys.mtk ? keys.mtk->id.Number() : 0;
    keys.mtk = Mtk{MtkId(static_cast<uint16_t>(last + 1)), m_keys->NewKey()};
    session.salt = DeriveTrafficSalt(keys.mtk->key, keys.keyDomainId, keys.mskId, keys.mtk->id);
    const ByteView salt = session.salt.View().Sub(0, SrtpSaltLength(m_srtpProfile));
    const SrtpPolicy policy = MakeSrtpPolicy(m_srtpProfile, m_srtpRocMode, m_srtpRocRate);
    const Mki mki{keys.mskId, keys.mtk->id};
    SendingKey key;
    key.mki = mki;
    key.transform = MakeMtkTransform(policy, keys.keyDomainId, mki, keys.mtk->key, session.salt);
    key.withMsk = last == 0;
    // If nothing was sent yet, there is nobody to wait for.
    key.due = session.current ? UsedAt(key.withMsk) : Simulator::Now();
    const Time wait = key.due - Simulator::Now();
    session.next.push_back(std::move(key));
    m_mtkGenerated(session.tmgi, keys, salt, alone);
    if (const Ptr<NodeKeys> shared = NodeKeys::Of(GetNode()))
    {
        shared->Put(session.tmgi, keys);
    }
    if (!session.current)
    {
        ActivateDue(session.ref);
    }
    else
    {
        After(wait, [this, ref = session.ref] { ActivateDue(ref); });
    }
}

nmbstf::DistSessionEventReport
Mbstf::MtkReport(const Session& session) const
{
    nmbstf::DistSessionEventReport report;
    report.eventType = nmbstf::DistSessionEventType::V17_MTK_UPDATE;
    report.timeStamp = Simulator::Now();
    KeySet keys = session.keys;
    keys.mskLifetime.reset();
    if (NodeKeys::Of(GetNode()))
    {
        // The keys are in this node, for the functions that have a use for them; names are enough.
        keys.msk.reset();
        keys.mtk.reset();
    }
    report.mbsSecurityContext.push_back(keys);
    return report;
}

void
Mbstf::NotifyMtk(const Session& session, uint32_t attempt)
{
    if (session.subscribed)
    {
        Notify(session, MtkReport(session), attempt);
    }
}

void
Mbstf::Notify(const Session& session,
              const nmbstf::DistSessionEventReport& report,
              uint32_t attempt)
{
    nmbstf::StatusNotifyReqData notify;
    notify.reportList.eventReportList.push_back(report);
    notify.reportList.notifyCorrelationId = session.correlationId;
    Request(session.notifyUri.host,
            session.notifyUri.port,
            JsonRequest("POST",
                        session.notifyUri.path,
                        notify.Encode(),
                        operations::DIST_SESSION_STATUS_NOTIFY),
            [this,
             ref = session.ref,
             event = report.eventType,
             msk = session.keys.mskId,
             mtk = session.keys.mtk ? session.keys.mtk->id : MtkId(),
             attempt](const SbiResponse& response) {
                if (IsSuccess(response))
                {
                    return;
                }
                Drop("StatusNotify", "the MBSF answered " + StatusText(response));
                // An MSK is asked for again in any case, see AskForMsk().
                if (response.status == 404 || event != nmbstf::DistSessionEventType::V17_MTK_UPDATE)
                {
                    return;
                }
                TryLater(attempt, [this, ref, msk, mtk, attempt] {
                    const auto it = m_sessions.find(ref);
                    // A newer MTK is reported by itself.
                    if (it != m_sessions.end() && it->second.keys.mskId == msk &&
                        it->second.keys.mtk && it->second.keys.mtk->id == mtk)
                    {
                        NotifyMtk(it->second, attempt + 1);
                    }
                });
            });
}

void
Mbstf::ScheduleRenewal(Session& session)
{
    session.renewal.Cancel();
    // TS 33.501 W.4.1.2 note 2: no MTK is distributed while the session is not active.
    if (m_mtkInterval.IsStrictlyPositive() && session.hasKeys &&
        session.description.distSessionState == nmbstf::DistSessionState::ACTIVE)
    {
        session.renewal = Simulator::Schedule(m_mtkInterval, &Mbstf::RenewMtk, this, session.ref);
        session.renewalDue = Simulator::Now() + m_mtkInterval;
    }
}

void
Mbstf::RenewMtk(const std::string& ref)
{
    Session& session = m_sessions.at(ref);
    if (session.keys.mskLifetime && Simulator::Now() >= *session.keys.mskLifetime)
    {
        // The next MSK is on its way and brings an MTK with it.
        return;
    }
    if (session.keys.mtk->id.Number() == UINT16_MAX)
    {
        Drop("MTK renewal", "MTK IDs under this MSK are used up");
        return;
    }
    MakeMtk(session, true);
    NotifyMtk(session);
    DistributeMtk(session);
    ScheduleRenewal(session);
}

void
Mbstf::DistributeMtk(Session& session)
{
    session.retransmission.Cancel();
    if (session.description.distSessionState != nmbstf::DistSessionState::ACTIVE)
    {
        // TS 33.501 W.4.1.2 note 2; it is distributed when the session becomes active.
        return;
    }
    const KeySet& keys = session.keys;
    const bool userPlane = m_procedure == SecurityProcedure::USER_PLANE;
    const MskBundle bundle = MskBundle::Derive(*keys.msk, keys.keyDomainId, keys.mskId);
    MikeyMtkMessage message;
    message.csbId = userPlane ? bundle.csbId : session.csbId;
    message.keyDomainId = keys.keyDomainId;
    message.mskId = keys.mskId;
    message.mtkId = keys.mtk->id;
    message.counter = ++session.mtkCounter;
    if (!userPlane)
    {
        // The UE has no RAND of an MSK message: on the control plane there is none.
        message.rand = m_keys->Octets(RAND_LENGTH);
    }
    message.mtk = keys.mtk->key;
    message.salt = session.salt;
    session.mikey = message.Encode(*keys.msk, bundle.rand);
    SendMtkMessages(session);
}

void
Mbstf::SendMtkMessages(Session& session)
{
    SendMtkMessage(session.ref, session.mikey);
    ScheduleRetransmission(session);
    for (uint32_t i = 1; i <= m_mtkRepetitions; ++i)
    {
        After(m_mtkRepetitionInterval * i,
              [this, ref = session.ref, octets = session.mikey] { SendMtkMessage(ref, octets); });
    }
}

void
Mbstf::ScheduleRetransmission(Session& session)
{
    session.retransmission.Cancel();
    if (m_mtkRetransmissionInterval.IsStrictlyPositive())
    {
        session.retransmission = Simulator::Schedule(m_mtkRetransmissionInterval,
                                                     &Mbstf::RetransmitMtk,
                                                     this,
                                                     session.ref);
    }
}

void
Mbstf::RetransmitMtk(const std::string& ref)
{
    Session& session = m_sessions.at(ref);
    // The same octets: who has the MTK finds the counter used and drops them before the MAC.
    if (session.description.distSessionState == nmbstf::DistSessionState::ACTIVE)
    {
        SendMtkMessage(ref, session.mikey);
    }
    ScheduleRetransmission(session);
}

void
Mbstf::SendMtkMessage(const std::string& ref, const Bytes& octets)
{
    const auto it = m_sessions.find(ref);
    if (it == m_sessions.end())
    {
        // Disposed of since this was scheduled.
        return;
    }
    const Session& session = it->second;
    std::copy(octets.begin(), octets.end(), PlaceForPayload(octets.size()));
    const Ptr<Packet> packet = MakeIpPacket(session, m_mikeyPort, octets.size());
    m_mtkMessageSent(session.tmgi, packet, static_cast<uint32_t>(octets.size()));
    SendToMbUpf(session, packet);
}

} // namespace ns3::mbs
