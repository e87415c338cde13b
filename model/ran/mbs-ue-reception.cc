// SPDX-License-Identifier: GPL-2.0-only

// What a UE does with what comes from the air to its groups: MTK messages and traffic.

#include "mbs-ue.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** @param outcome one that is a loss at the UE @return the same as the trace source `Lost` has it
 */
UeLoss
ToUeLoss(GroupOutcome outcome)
{
    switch (outcome)
    {
    case GroupOutcome::NO_KEY:
        return UeLoss::NO_KEY;
    case GroupOutcome::STALE_KEY:
        return UeLoss::STALE_KEY;
    case GroupOutcome::REPLAY:
        return UeLoss::REPLAY;
    case GroupOutcome::NO_TRAFFIC:
    case GroupOutcome::DELIVERED:
    case GroupOutcome::AUTH:
        break;
    }
    return UeLoss::AUTH;
}

} // namespace

Ptr<TrafficKey>
Ue::MakeTrafficKey(const UeSession& session,
                   const KeyDomainId& keyDomainId,
                   const Mki& mki,
                   const Key128& key,
                   const Salt112& salt)
{
    if (m_sharedUnprotect)
    {
        return m_device->GetRadioChannel()->GetKeyStore().Intern(keyDomainId,
                                                                 mki,
                                                                 key,
                                                                 salt,
                                                                 session.policy);
    }
    return Create<TrafficKey>(keyDomainId, mki, key, salt, session.policy, false);
}

Ptr<TrafficKey>
Ue::MakeTrafficKey(const UeSession& session, const N1KeySet& keySet)
{
    const MtkWrap& wrap = GetMtkWrap(m_mtkWrap);
    if (m_sharedUnprotect)
    {
        return m_device->GetRadioChannel()->GetKeyStore().Intern(wrap, keySet, session.policy);
    }
    const UnwrappedMtk mtk(wrap, keySet);
    return Create<TrafficKey>(keySet.keyDomainId,
                              Mki{keySet.mskId, keySet.mtk->mtkId},
                              mtk.key,
                              mtk.salt,
                              session.policy,
                              false);
}

GroupReception
UeSession::ReceiveGroup(const MulticastFrame& frame)
{
    if (TakeAsBefore(frame))
    {
        return {GroupOutcome::DELIVERED, static_cast<uint32_t>(frame.GetPrecedent().rtp.size())};
    }
    return ue.ReceiveGroup(*this, frame);
}

bool
UeSession::TakeAsBefore(const MulticastFrame& frame)
{
    const MulticastFrame::Precedent& before = frame.GetPrecedent();
    const Ptr<TrafficKey>* newest = keys.GetLasting();
    if (before.key == nullptr || newest == nullptr || PeekPointer(*newest) != before.key ||
        used != before.mki || policy != before.policy || before.port == mikeyPort ||
        !stream.known || stream.ssrc != before.ssrc || !stream.window.AcceptNext(before.index))
    {
        return false;
    }
    // Of very many UEs what they keep elsewhere is not looked at unless somebody wants it.
    if (toIpStack || Ue::AreDeliveriesTraced())
    {
        ue.HandOn(frame, before.rtp);
    }
    return true;
}

GroupReception
Ue::ReceiveGroup(UeSession& session, const MulticastFrame& frame)
{
    if (frame.GetUdp() && frame.GetUdp()->destinationPort == m_mikeyPort)
    {
        ReceiveMtkMessage(session, frame);
        return {};
    }
    const GroupReception reception = ReceiveTraffic(session, frame);
    if (reception.outcome != GroupOutcome::DELIVERED)
    {
        m_lost(m_number, frame.GetPacket(), ToUeLoss(reception.outcome));
    }
    return reception;
}

void
Ue::ReceiveMtkMessage(UeSession& session, const MulticastFrame& frame)
{
    // TS 33.501 W.4.1.2: no error message is sent in answer to an MTK message.
    const auto& header = frame.GetMtkHeader();
    if (!header)
    {
        m_mtkMessageRefused(m_number, ToString(header.Error()));
        return;
    }
    auto* msk = session.keys.FindMsk(header->keyDomainId, header->mskId);
    if (msk == nullptr)
    {
        m_mtkMessageRefused(m_number, "the UE does not hold its MSK");
        NoteMissingMsk(session, header->mskId);
        return;
    }
    // The order of RFC 3830 clause 5.4: replay, then MAC, then the rest.
    if (msk->state.Check(header->mtkId, header->counter) != MikeyReplay::Verdict::FRESH)
    {
        m_mtkMessageRefused(m_number, "it came before");
        return;
    }
    const auto& message = frame.OpenMtkMessage(msk->key, m_sharedUnprotect, msk->state.Rand());
    if (!message)
    {
        m_mtkMessageRefused(m_number, ToString(message.Error()));
        return;
    }
    if (!message->salt)
    {
        m_mtkMessageRefused(m_number, "its key is not one for streaming");
        return;
    }
    msk->state.Accept(header->mtkId, header->counter);
    const Mki mki{header->mskId, header->mtkId};
    const Ptr<TrafficKey> key =
        MakeTrafficKey(session, header->keyDomainId, mki, message->mtk, *message->salt);
    if (session.keys.InstallMtk(mki, key, Simulator::Now()))
    {
        m_mtkInstalled(m_number, session.tmgi, mki);
    }
}

GroupReception
Ue::ReceiveTraffic(UeSession& session, const MulticastFrame& frame)
{
    const auto& rtp = frame.GetRtp();
    const auto& [mki, carriedRoc] = frame.GetSrtpNames(session.policy);
    if (!rtp || !mki)
    {
        return {GroupOutcome::AUTH};
    }
    const Ptr<TrafficKey>* key = nullptr;
    const KeyState state = session.keys.FindMtk(*mki, Simulator::Now(), key);
    if (state != KeyState::HELD)
    {
        if (state == KeyState::NEVER && !session.keys.HoldsMsk(mki->msk))
        {
            NoteMissingMsk(session, mki->msk);
        }
        return {state == KeyState::NEVER ? GroupOutcome::NO_KEY : GroupOutcome::STALE_KEY};
    }
    // Another SSRC starts a stream of its own, but only once a packet of it has proved genuine.
    const bool newStream = !session.stream.known || session.stream.ssrc != rtp->ssrc;
    UeSession::Stream fresh{SrtpReplayWindow(), rtp->ssrc, true};
    UeSession::Stream& stream = newStream ? fresh : session.stream;
    // RFC 4771 clause 2: a ROC in the packet stands for the local one. Without either, ROC 0 is a
    // guess, good only if a MAC can prove it wrong.
    const SrtpPolicy::Trailer trailer = session.policy.TrailerOf(rtp->seq);
    const bool proves = trailer.aead + trailer.mac > 0;
    if (newStream && session.policy.carriage.mode != SrtpRocMode::NONE && !carriedRoc && !proves)
    {
        return {GroupOutcome::AUTH};
    }
    const uint64_t index =
        carriedRoc ? IndexOf(*carriedRoc, rtp->seq) : stream.window.Estimate(rtp->seq);
    if (carriedRoc && !proves && index + SrtpReplayWindow::SIZE <= stream.window.Highest())
    {
        // RFC 4771 clause 5: without MACs a forged ROC does its harm until the next correct one.
        stream.window = SrtpReplayWindow(*carriedRoc);
    }
    if (stream.window.IsReplay(index))
    {
        return {GroupOutcome::REPLAY};
    }
    const auto plain = frame.Unprotect(*key, RocOf(index));
    if (plain.status != SrtpStatus::OK)
    {
        return {GroupOutcome::AUTH};
    }
    stream.window.Accept(index);
    if (newStream)
    {
        session.stream = stream;
    }
    if (session.used != mki)
    {
        session.used = mki;
        m_keyFirstUsed(m_number, session.tmgi, *mki);
    }
    if ((*key)->IsShared())
    {
        frame.SetPrecedent(**key, session.policy, index, plain.rtp);
    }
    HandOn(frame, plain.rtp);
    return {GroupOutcome::DELIVERED, static_cast<uint32_t>(plain.rtp.size())};
}

bool
Ue::AreDeliveriesTraced()
{
    return decltype(m_delivered)::IsAnyUsed();
}

void
Ue::HandOn(const MulticastFrame& frame, ByteView rtp)
{
    m_delivered(m_number, frame.GetPacket(), rtp);
    if (m_multicastToIpStack)
    {
        HandToIpStack(*frame.GetUdp(), rtp);
    }
}

void
Ue::HandToIpStack(InnerUdp udp, ByteView rtp)
{
    udp.payload = rtp;
    const Bytes octets = EncodeInnerUdp(udp);
    m_device->HandUp(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
}

} // namespace ns3::mbs
