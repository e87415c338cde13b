// SPDX-License-Identifier: GPL-2.0-only

// What a UE is told by its SMF: commands about its sessions, with their keys, and refusals
// (TS 24.501 clauses 6.3.2 and 6.4.2), and how it installs keys.

#include "mbs-ue.h"

#include "ns3/mbs-nas-5gmm.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <string>

namespace ns3::mbs
{

void
Ue::HandleNas(ByteView nas)
{
    if (HandleService(nas))
    {
        return;
    }
    const auto transport = DlNasTransport::Decode(nas);
    if (!transport)
    {
        Drop("DL NAS TRANSPORT", ToString(transport.Error()));
        return;
    }
    const auto header = NasSmHeader::Peek(transport->payload);
    if (!header)
    {
        Drop("5GSM message", ToString(header.Error()));
        return;
    }
    if (header->pduSessionId != m_pduSessionId)
    {
        Drop(ToString(header->type), "not for a PDU session of this UE");
        return;
    }
    if (header->type == NasSmType::MODIFICATION_COMMAND)
    {
        const auto command = PduSessionModificationCommand::Decode(transport->payload);
        if (!command)
        {
            Drop(ToString(header->type), ToString(command.Error()));
            PduSessionModificationCommandReject reject;
            reject.pduSessionId = m_pduSessionId;
            reject.pti = header->pti;
            reject.cause = NasSmCause::SEMANTICALLY_INCORRECT;
            SendSm(reject.Encode());
            return;
        }
        HandleCommand(*command);
    }
    else if (header->type == NasSmType::MODIFICATION_REJECT)
    {
        const auto reject = PduSessionModificationReject::Decode(transport->payload);
        if (!reject)
        {
            Drop(ToString(header->type), ToString(reject.Error()));
            return;
        }
        HandleReject(*reject);
    }
    else
    {
        Drop(ToString(header->type), "not one that a network sends");
    }
}

void
Ue::HandleCommand(const PduSessionModificationCommand& command)
{
    if (command.receivedMbs)
    {
        for (const ReceivedMbsInformation& information : command.receivedMbs->sessions)
        {
            HandleDecision(information);
        }
    }
    for (UeSession& session : m_sessions)
    {
        // A request is answered once; a session that has lost its timer would wait for ever.
        if (session.state == UeSession::State::JOINING && session.pti == command.pti &&
            session.t3581.IsExpired())
        {
            session.state = UeSession::State::IDLE;
            session.leaveWanted = false;
            m_joinRejected(m_number, session.tmgi, "not in the answer");
        }
    }
    PduSessionModificationComplete complete;
    complete.pduSessionId = m_pduSessionId;
    complete.pti = command.pti;
    SendSm(complete.Encode());
    for (UeSession& session : m_sessions)
    {
        if (session.leaveWanted && session.state == UeSession::State::JOINED)
        {
            Leave(session.tmgi);
        }
    }
}

void
Ue::HandleReject(const PduSessionModificationReject& reject)
{
    bool known = false;
    for (UeSession& session : m_sessions)
    {
        // Of the sessions of one request the first has the timer.
        const bool waits = !session.t3581.IsExpired() || session.state == UeSession::State::JOINING;
        if (session.pti != reject.pti || !waits)
        {
            continue;
        }
        known = true;
        session.StopTimer();
        const std::string cause = "5GSM cause " + std::to_string(static_cast<int>(reject.cause));
        if (session.state == UeSession::State::LEAVING)
        {
            session.state = UeSession::State::JOINED;
            Drop("PDU SESSION MODIFICATION REJECT", "the UE cannot leave: " + cause);
            if (m_service != nullptr)
            {
                m_service->StayInService(session.tmgi);
            }
            return;
        }
        if (session.state == UeSession::State::REJOINING)
        {
            Lose(session, cause);
            return;
        }
        session.state = UeSession::State::IDLE;
        session.leaveWanted = false;
        m_joinRejected(m_number, session.tmgi, cause);
    }
    if (!known)
    {
        Drop("PDU SESSION MODIFICATION REJECT", "no request with this PTI");
    }
}

void
Ue::HandleDecision(const ReceivedMbsInformation& information)
{
    UeSession* session = Find(information.tmgi);
    if (session == nullptr)
    {
        Drop("Received MBS container", "session that the UE did not ask for");
        return;
    }
    switch (information.decision)
    {
    case MbsDecision::JOIN_ACCEPTED:
        InstallKeySets(*session, information.keySets);
        // A command that was sent again finds the UE joined, or about to leave.
        if (!session->IsMember())
        {
            session->StopTimer();
            session->state = UeSession::State::JOINED;
            m_joined(m_number, session->tmgi);
        }
        else if (session->state == UeSession::State::REJOINING)
        {
            session->StopTimer();
            session->state = UeSession::State::JOINED;
        }
        break;
    case MbsDecision::SECURITY_UPDATE:
        if (!session->IsMember())
        {
            Drop("Received MBS container", "security update for a session that the UE is not in");
            return;
        }
        InstallKeySets(*session, information.keySets);
        break;
    case MbsDecision::JOIN_REJECTED:
        if (session->state == UeSession::State::JOINING)
        {
            session->StopTimer();
            session->state = UeSession::State::IDLE;
            session->leaveWanted = false;
            m_joinRejected(m_number, session->tmgi, ToString(information.cause));
        }
        else if (session->state == UeSession::State::REJOINING)
        {
            Lose(*session, ToString(information.cause));
        }
        break;
    case MbsDecision::REMOVED:
        // A command that was sent again finds the UE out, or about to join once more.
        if (session->IsMember())
        {
            const bool asked = session->state == UeSession::State::LEAVING;
            Forget(*session);
            if (asked)
            {
                m_left(m_number, session->tmgi);
            }
            else
            {
                m_removed(m_number, session->tmgi, ToString(information.cause));
            }
        }
        break;
    case MbsDecision::SERVICE_AREA_UPDATE:
    case MbsDecision::NONE:
        // Nothing that concerns keys.
        break;
    }
}

void
Ue::InstallKeySets(UeSession& session, const std::vector<N1KeySet>& keySets)
{
    for (const N1KeySet& keySet : keySets)
    {
        session.keysFromN1 = true;
        const bool newMsk = session.keys.InstallMsk(keySet.keyDomainId, keySet.mskId, keySet.msk);
        Mki mki{keySet.mskId, MtkId()};
        if (keySet.mtk)
        {
            mki.mtk = keySet.mtk->mtkId;
            session.keys.InstallMtk(mki, MakeTrafficKey(session, keySet), Simulator::Now());
            // MIKEY messages with this MTK or older ones are of no more use.
            session.keys.FindMsk(keySet.keyDomainId, keySet.mskId)->state.Skip(mki.mtk);
        }
        if (newMsk)
        {
            m_mskInstalled(m_number, session.tmgi, mki);
        }
    }
}

bool
Ue::InstallMsk(const Tmgi& tmgi, const MikeyMskMessage& message)
{
    UeSession* session = Find(tmgi);
    if (session == nullptr || !session->IsMember() || !message.msk)
    {
        return false;
    }
    if (!session->keys.InstallMsk(message.keyDomainId, message.mskId, *message.msk))
    {
        // The UE holds it already; its interval may be a new one.
        session->keys.FindMsk(message.keyDomainId, message.mskId)
            ->state.Renew(message.seqLow, message.seqHigh);
        return false;
    }
    UeSession::MskState state;
    static_cast<MikeyReplay&>(state) = MikeyReplay(message.seqLow, message.seqHigh);
    state.hasRand = message.rand.size() == state.rand.size();
    if (state.hasRand)
    {
        std::copy(message.rand.begin(), message.rand.end(), state.rand.begin());
    }
    session->keys.FindMsk(message.keyDomainId, message.mskId)->state = state;
    if (message.policy)
    {
        // RFC 4563 clause 3: the policy travels with the MSK, and a change of it means a new one.
        session->policy = SrtpPolicy(message.policy->profile, message.policy->carriage);
    }
    m_mskInstalled(m_number, tmgi, {message.mskId, MtkId()});
    return true;
}

} // namespace ns3::mbs
