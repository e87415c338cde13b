// SPDX-License-Identifier: GPL-2.0-only

// Activation, deactivation and update of multicast sessions at a gNB (TS 23.247 clauses 7.2.5 and
// 7.2.6, TS 38.413). A session keeps its tunnel and its bearers while it is inactive.

#include "mbs-gnb.h"

namespace ns3::mbs
{

bool
Gnb::IsActive(const Tmgi& tmgi) const
{
    const auto it = m_sessions.find(tmgi);
    return it != m_sessions.end() && it->second.active;
}

uint8_t
Gnb::GetFiveQi(const Tmgi& tmgi) const
{
    const auto it = m_sessions.find(tmgi);
    return it == m_sessions.end() ? 0 : it->second.fiveQi.value_or(0);
}

void
Gnb::Handle(const NgapMulticastSessionActivationRequest& message)
{
    const auto it = m_sessions.find(message.mbsSessionId.tmgi);
    if (it == m_sessions.end())
    {
        NgapMulticastSessionActivationFailure failure;
        failure.mbsSessionId = message.mbsSessionId;
        failure.cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID};
        SendNgap(failure.Encode(), failure.TYPE);
        return;
    }
    it->second.active = true;
    PageMembers(it->first, it->second);
    NgapMulticastSessionActivationResponse response;
    response.mbsSessionId = message.mbsSessionId;
    SendNgap(response.Encode(), response.TYPE);
}

void
Gnb::Handle(const NgapMulticastSessionDeactivationRequest& message)
{
    const auto it = m_sessions.find(message.mbsSessionId.tmgi);
    if (it != m_sessions.end())
    {
        it->second.active = false;
    }
    // It knows no failure: a session that is not here is not active.
    NgapMulticastSessionDeactivationResponse response;
    response.mbsSessionId = message.mbsSessionId;
    SendNgap(response.Encode(), response.TYPE);
}

void
Gnb::Handle(const NgapMulticastSessionUpdateRequest& message)
{
    const auto it = m_sessions.find(message.mbsSessionId.tmgi);
    const auto transfer = NgapMulticastSessionUpdateRequestTransfer::Decode(message.transfer);
    if (it == m_sessions.end() || !transfer)
    {
        NgapMulticastSessionUpdateFailure failure;
        failure.mbsSessionId = message.mbsSessionId;
        failure.cause =
            transfer
                ? NgapCause{NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID}
                : NgapCause{NgapCauseGroup::PROTOCOL, NgapCause::PROTOCOL_TRANSFER_SYNTAX_ERROR};
        SendNgap(failure.Encode(), failure.TYPE);
        return;
    }
    for (const NgapMbsQosFlowsToBeSetupItem& flow : transfer->mbsQosFlowsToBeSetupModList)
    {
        it->second.fiveQi = flow.mbsQosFlowLevelQosParameters.fiveQi;
    }
    NgapMulticastSessionUpdateResponse response;
    response.mbsSessionId = message.mbsSessionId;
    SendNgap(response.Encode(), response.TYPE);
}

} // namespace ns3::mbs
