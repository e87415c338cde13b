// SPDX-License-Identifier: GPL-2.0-only

// What an SMF hears of gNBs: whether they did what they were asked to, and that a UE has come to
// another one (TS 23.502 clause 4.9.1.2, TS 23.247 clause 7.2.3.2).

#include "mbs-smf.h"

#include "ns3/mbs-ngap-path-switch.h"
#include "ns3/mbs-sbi-body-nsmf.h"

namespace ns3::mbs
{

namespace
{

/** @param n2 PDU Session Resource Modify Unsuccessful Transfer @return true if the UE is leaving */
bool
IsHandover(ByteView n2)
{
    const auto transfer = NgapPduSessionResourceModifyUnsuccessfulTransfer::Decode(n2);
    return transfer && transfer->cause.group == NgapCauseGroup::RADIO_NETWORK &&
           (transfer->cause.value == NgapCause::RADIO_NG_INTRA_SYSTEM_HANDOVER_TRIGGERED ||
            transfer->cause.value == NgapCause::RADIO_XN_HANDOVER_TRIGGERED);
}

} // namespace

void
Smf::HandleN2(State& state, ByteView n2, const std::string& type)
{
    if (type == nsmf::N2SmInfoType::PDU_RES_MOD_FAIL && IsHandover(n2))
    {
        if (state.procedures.empty())
        {
            return;
        }
        Procedure& procedure = state.procedures.front();
        procedure.undelivered = true;
        if (procedure.pathSwitched)
        {
            // The old gNB said so after the new one had switched the path.
            SendAgain(state);
        }
        return;
    }
    if (type != nsmf::N2SmInfoType::PDU_RES_MOD_RSP)
    {
        // The UE has not been told either, since the gNB sends the command with the bearer's
        // configuration: T3591 tries again.
        Drop("PDU SESSION RESOURCE MODIFY RESPONSE", "failure for " + state.context.supi);
        return;
    }
    const auto transfer = NgapPduSessionResourceModifyResponseTransfer::Decode(n2);
    if (!transfer)
    {
        Drop("PDU Session Resource Modify Response Transfer", ToString(transfer.Error()));
    }
}

void
Smf::SwitchPath(State& state, ByteView n2, const Responder& respond)
{
    const auto transfer = NgapPathSwitchRequestTransfer::Decode(n2);
    if (!transfer)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(transfer.Error())));
        return;
    }
    nsmf::SmContextUpdatedData answer;
    answer.upCnxState = nsmf::UpCnxState::ACTIVATED;
    answer.n2SmInfo = sbi::RefToBinaryData{SBI_N2_PART};
    answer.n2SmInfoType = nsmf::N2SmInfoType::PATH_SWITCH_REQ_ACK;
    // The tunnel at the UPF stays.
    respond(MultipartResponse(
        answer.Encode(),
        {{SBI_NGAP_TYPE, SBI_N2_PART, NgapPathSwitchRequestAcknowledgeTransfer().Encode()}}));
    m_pathSwitched(state.context.supi,
                   transfer->dlNguUpTnlInformation,
                   transfer->mbsSupportIndicator.has_value());
    if (state.procedures.empty())
    {
        return;
    }
    Procedure& procedure = state.procedures.front();
    procedure.pathSwitched = true;
    if (procedure.undelivered)
    {
        SendAgain(state);
    }
}

void
Smf::SendAgain(State& state)
{
    // The UE did not get the last one: T3591 starts anew, and that one does not count.
    m_t3591s.Stop(state.t3591);
    --state.procedures.front().sent;
    SendCommand(state);
}

} // namespace ns3::mbs
