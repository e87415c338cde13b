// SPDX-License-Identifier: GPL-2.0-only

// What an AMF relays from the MB-SMF to the gNBs of a session (TS 23.247 clauses 7.2.5 and 7.2.6).

#include "mbs-amf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-ngap-multicast.h"
#include "ns3/mbs-sbi-body-namf.h"

namespace ns3::mbs
{

template <typename Message>
void
Amf::SendToGnbs(const NgapMbsSessionId& session, ByteView transfer)
{
    const auto receiving = m_receiving.find(session.tmgi);
    if (receiving == m_receiving.end())
    {
        return;
    }
    Message message;
    message.mbsSessionId = session;
    message.transfer = transfer.ToBytes();
    const Bytes pdu = message.Encode();
    for (const auto& [gnb, transfer] : receiving->second)
    {
        SendNgap(gnb, pdu, message.TYPE);
    }
}

void
Amf::TransferMbsN2(const SbiRequest& request, const Responder& respond)
{
    const auto parts = SbiParts::Read(request.contentType, request.body);
    const auto body = parts ? namf::MbsN2MessageTransferReqData::Decode(parts->json)
                            : Decoded<namf::MbsN2MessageTransferReqData>(parts.Error());
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    const auto transfer = parts->Find(body->n2MbsSmInfo.ngapData);
    if (!transfer || !body->mbsSessionId.tmgi)
    {
        respond(Problem(400, "MANDATORY_IE_MISSING", "no N2 information, or no TMGI"));
        return;
    }
    NgapMbsSessionId session;
    session.tmgi = *body->mbsSessionId.tmgi;
    const std::string& type = body->n2MbsSmInfo.ngapIeType;
    if (type == namf::NgapIeType::MBS_SES_ACT_REQ)
    {
        SendToGnbs<NgapMulticastSessionActivationRequest>(session, *transfer);
    }
    else if (type == namf::NgapIeType::MBS_SES_DEACT_REQ)
    {
        SendToGnbs<NgapMulticastSessionDeactivationRequest>(session, *transfer);
    }
    else if (type == namf::NgapIeType::MBS_SES_UPD_REQ)
    {
        SendToGnbs<NgapMulticastSessionUpdateRequest>(session, *transfer);
    }
    else
    {
        respond(Problem(400, "MANDATORY_IE_INCORRECT", "N2 information of another kind"));
        return;
    }
    respond(JsonResponse(200, namf::MbsN2MessageTransferRspData().Encode()));
}

} // namespace ns3::mbs
