// SPDX-License-Identifier: GPL-2.0-only

// How an SMF sends PDU SESSION MODIFICATION COMMANDs: to each AMF no more than it answers, so that
// what waits is a list of PDU sessions and not of messages, and again until the UE answers
// (TS 24.501 clause 6.3.2.5, TS 29.518 clause 5.2.2.3.1).

#include "mbs-sbi-operations.h"
#include "mbs-smf.h"

#include "ns3/mbs-foresight.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

bool
Smf::Plan::IsKeyUpdate(const Tmgi& tmgi) const
{
    const ReceivedMbsInformation& information = command.receivedMbs->sessions.front();
    return information.tmgi == tmgi && information.decision == MbsDecision::SECURITY_UPDATE;
}

PduSessionModificationCommand
Smf::MakeCommand(const State& state, uint8_t pti, const ReceivedMbsInformation& information)
{
    PduSessionModificationCommand command;
    command.pduSessionId = state.context.pduSessionId;
    command.pti = pti;
    command.receivedMbs = ReceivedMbsContainer{{information}};
    return command;
}

void
Smf::TellAll(const Session& session,
             const ReceivedMbsInformation& information,
             const std::shared_ptr<MskUpdate>& update)
{
    std::map<uint8_t, std::shared_ptr<const Plan>> plans;
    session.joined.ForEach([&](State& state) {
        const uint8_t id = state.context.pduSessionId;
        std::shared_ptr<const Plan>& same = plans[id];
        if (!same)
        {
            Plan plan;
            plan.command = MakeCommand(state, NasSmHeader::PTI_UNASSIGNED, information);
            plan.mskUpdate = update;
            plan.transfer = MakeTransfer(id, plan.command.Encode(), {});
            same = std::make_shared<const Plan>(std::move(plan));
        }
        Begin(state, same);
    });
}

void
Smf::SendCommand(State& state)
{
    if (state.inTurn)
    {
        return;
    }
    Turns& turns = m_turns[state.context.amf.remote];
    if (turns.underWay < m_maxTransfers)
    {
        CommandLeaves(state);
        return;
    }
    state.inTurn = true;
    turns.waiting.push_back(&state);
}

void
Smf::CommandLeaves(State& state)
{
    Procedure& procedure = state.procedures.front();
    ++procedure.sent;
    procedure.lastSent = Simulator::Now();
    procedure.undelivered = false;
    procedure.pathSwitched = false;
    m_t3591s.Stop(state.t3591);
    state.t3591 = m_t3591s.Start(m_t3591, &state);
    const Ipv4Address amf = state.context.amf.remote;
    ++m_turns[amf].underWay;
    const Plan& plan = *procedure.plan;
    Transfer(state,
             plan.transfer.body.empty()
                 ? MakeTransfer(state.context.pduSessionId, plan.command.Encode(), plan.n2)
                 : plan.transfer,
             [this, amf] {
                 --m_turns[amf].underWay;
                 SendNext(amf);
             });
}

void
Smf::SendNext(Ipv4Address amf)
{
    Turns& turns = m_turns[amf];
    if (turns.sending)
    {
        // A transfer failed at once: the loop below goes on.
        return;
    }
    turns.sending = true;
    while (!turns.waiting.empty() && turns.underWay < m_maxTransfers)
    {
        if (turns.waiting.size() > FORESIGHT)
        {
            Foresee(turns.waiting[FORESIGHT], sizeof(State));
            Foresee(turns.waiting[FORESIGHT / 2]->procedures.data(), sizeof(Procedure));
        }
        State& state = *turns.waiting.front();
        turns.waiting.pop_front();
        state.inTurn = false;
        // What it waited for may have become needless meanwhile.
        if (!state.procedures.empty())
        {
            CommandLeaves(state);
        }
    }
    turns.sending = false;
}

void
Smf::ForgetTurns()
{
    for (auto& [amf, turns] : m_turns)
    {
        for (State* state : turns.waiting)
        {
            state->inTurn = false;
        }
    }
    m_turns.clear();
}

const std::string&
Smf::MakeTransferJson(uint8_t pduSessionId, bool hasN2)
{
    const TransferJson* made = m_transferJson.Find([&](const TransferJson& one) {
        return one.pduSessionId == pduSessionId && one.hasN2 == hasN2;
    });
    if (made != nullptr)
    {
        return made->json;
    }
    namf::N1N2MessageTransferReqData request;
    request.pduSessionId = pduSessionId;
    request.n1MessageContainer = namf::N1MessageContainer{namf::CLASS_SM, {SBI_N1_PART}};
    if (hasN2)
    {
        namf::N2SmInformation information;
        information.pduSessionId = pduSessionId;
        information.n2InfoContent =
            namf::N2InfoContent{namf::NgapIeType::PDU_RES_MOD_REQ, {SBI_N2_PART}};
        request.n2InfoContainer = namf::N2InfoContainer{namf::CLASS_SM, information};
    }
    return m_transferJson.Add({pduSessionId, hasN2, request.Encode()}).json;
}

SbiMultipart
Smf::MakeTransfer(uint8_t pduSessionId, const Bytes& n1, const Bytes& n2)
{
    std::vector<SbiPart> parts{
        {SBI_JSON_TYPE, "json", sbi::ViewOf(MakeTransferJson(pduSessionId, !n2.empty()))},
        {SBI_NAS_TYPE, SBI_N1_PART, n1}};
    if (!n2.empty())
    {
        parts.push_back({SBI_NGAP_TYPE, SBI_N2_PART, n2});
    }
    return EncodeMultipart(parts);
}

void
Smf::Transfer(const State& state, SbiMultipart content, std::function<void()> answered)
{
    Request(state.context.amf,
            {"POST",
             sbi::path::N1N2Messages(state.context.supi),
             std::move(content.contentType),
             std::move(content.body),
             operations::N1N2_MESSAGE_TRANSFER},
            [this, answered = std::move(answered)](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop("N1N2MessageTransfer", "the AMF answered " + StatusText(response));
                }
                if (answered)
                {
                    answered();
                }
            });
}

void
Smf::T3591Expired(State& state)
{
    state.t3591 = {};
    // What was owed would have come by now; had the answer been taken for it, the next one counts.
    state.owed = 0;
    if (state.procedures.front().sent <= m_maxRetransmissions)
    {
        m_commandRetransmitted(state.context.supi);
        SendCommand(state);
        return;
    }
    m_commandGivenUp(state.context.supi, state.procedures.front().plan->command.Encode());
    Abort(state);
}

} // namespace ns3::mbs
