// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-amf.h"

#include "mbs-sbi-operations.h"

#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-ngap-multicast.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Amf);

namespace
{

/**
 * @brief The answer to an SMF that has something for a UE; every key update of every UE gets one.
 * @param paging whether the UE has to be paged first
 * @return the answer, made once
 */
const SbiResponse&
TransferAnswer(bool paging)
{
    const auto make = [](int status, const char* cause) {
        namf::N1N2MessageTransferRspData answer;
        answer.cause = cause;
        return JsonResponse(status, answer.Encode());
    };
    static const SbiResponse INITIATED =
        make(200, namf::N1N2MessageTransferCause::N1_N2_TRANSFER_INITIATED);
    static const SbiResponse PAGING =
        make(202, namf::N1N2MessageTransferCause::ATTEMPTING_TO_REACH_UE);
    return paging ? PAGING : INITIATED;
}

} // namespace

TypeId
Amf::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Amf")
            .SetParent<SbiFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Amf>()
            .AddAttribute("T3513",
                          "How long the AMF waits for an idle UE that it paged (TS 24.501 table "
                          "10.2.2, which leaves it to the network).",
                          TimeValue(Seconds(6)),
                          MakeTimeAccessor(&Amf::m_t3513),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MaxPagings",
                          "How often the AMF pages a UE before what waits for it is dropped: first "
                          "where it was last, then in all of the tracking area.",
                          UintegerValue(3),
                          MakeUintegerAccessor(&Amf::m_maxPagings),
                          MakeUintegerChecker<uint32_t>(1, 1000))
            .AddAttribute("PathSwitchTimeout",
                          "How long the AMF waits for the SMF to switch the path of a UE that was "
                          "handed over, before it tells the gNB that this failed.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&Amf::m_pathSwitchTimeout),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("HandoverGuardTime",
                          "How long the AMF keeps a NAS message that a gNB did not deliver since "
                          "the UE is leaving it, before it is sent to where the UE is then.",
                          TimeValue(Seconds(2)),
                          MakeTimeAccessor(&Amf::m_handoverGuardTime),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddTraceSource("N1Received",
                            "A 5GSM message for a UE has arrived from an SMF.",
                            MakeTraceSourceAccessor(&Amf::m_n1Received),
                            "ns3::mbs::Amf::N1ReceivedCallback"));
    return tid;
}

Amf::Amf()
    : m_n2(CreateObject<N2Endpoint>())
{
}

Amf::~Amf() = default;

void
Amf::DoDispose()
{
    m_n2->Dispose();
    ForgetPaging();
    ForgetHandovers();
    m_idle.clear();
    m_ueOfSupi.Clear();
    m_ues.clear();
    m_broadcast.clear();
    SbiFunction::DoDispose();
}

void
Amf::SetMbSmf(const SbiPeer& peer)
{
    m_mbSmf = peer;
}

void
Amf::AddUe(const UeContext& context)
{
    NS_ASSERT_MSG(context.amfUeNgapId == m_ues.size() + 1, "identities are given out in order");
    m_ues.push_back(context);
    m_ueOfSupi.Add(m_ues.back().supi, m_ues.back());
}

const Amf::UeContext*
Amf::FindSupi(const std::string& supi) const
{
    return m_ueOfSupi.Find(supi, [](const UeContext& ue) { return std::string_view(ue.supi); });
}

Ptr<N2Endpoint>
Amf::GetN2() const
{
    return m_n2;
}

void
Amf::StartApplication()
{
    SbiFunction::StartApplication();
    m_n2->Install(GetNode());
    m_n2->SetReceiver([this](Ipv4Address gnb, Bytes pdu) { ReceiveNgap(gnb, std::move(pdu)); });
    m_n2->Listen();
    Connect(m_mbSmf);
}

void
Amf::OfferServices()
{
    Serve(
        "POST",
        sbi::path::N1_N2_MESSAGES,
        operations::N1N2_MESSAGE_TRANSFER,
        [this](const SbiRequest& request, const std::string& supi, const Responder& respond) {
            TransferN1N2(supi, request, respond);
        },
        [this](const SbiRequest& request, const std::string& supi) { TraceN1(supi, request); });
    Serve("POST",
          sbi::path::ENABLE_GROUP_REACHABILITY,
          operations::ENABLE_GROUP_REACHABILITY,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              EnableGroupReachability(request, respond);
          });
    Serve("POST",
          sbi::path::MBS_N2_TRANSFER,
          operations::MBS_N2_MESSAGE_TRANSFER,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              TransferMbsN2(request, respond);
          });
    Serve("POST",
          sbi::path::BROADCAST_CONTEXTS,
          operations::BROADCAST_CONTEXT_CREATE,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              CreateBroadcast(request, respond);
          });
    Serve("POST",
          sbi::path::BROADCAST_CONTEXT_UPDATE,
          operations::BROADCAST_CONTEXT_UPDATE,
          [this](const SbiRequest& request, const std::string& ref, const Responder& respond) {
              UpdateBroadcast(ref, request, respond);
          });
    Serve("DELETE",
          sbi::path::BROADCAST_CONTEXT,
          operations::BROADCAST_CONTEXT_RELEASE,
          [this](const SbiRequest&, const std::string& ref, const Responder& respond) {
              ReleaseBroadcast(ref, respond);
          });
}

void
Amf::TraceN1(const std::string& supi, const SbiRequest& request)
{
    if (m_n1Received.IsEmpty())
    {
        return;
    }
    const auto parts = SbiParts::Read(request.contentType, request.body);
    const auto body = parts ? namf::N1N2MessageTransferReqData::Decode(parts->json)
                            : Decoded<namf::N1N2MessageTransferReqData>(parts.Error());
    if (body && body->n1MessageContainer)
    {
        if (const auto n1 = parts->Find(body->n1MessageContainer->n1MessageContent))
        {
            m_n1Received(supi, *n1);
        }
    }
}

void
Amf::TransferN1N2(const std::string& supi, const SbiRequest& request, const Responder& respond)
{
    const UeContext* known = FindSupi(supi);
    if (known == nullptr)
    {
        respond(Problem(404, "CONTEXT_NOT_FOUND", "no such UE context"));
        return;
    }
    const UeContext& ue = *known;
    const auto parts = SbiParts::Read(request.contentType, request.body);
    const auto read = parts ? m_transferBodies.Decode(parts->json) : nullptr;
    if (!read || !*read)
    {
        const DecodeError error = read ? read->Error() : parts.Error();
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(error)));
        return;
    }
    const namf::N1N2MessageTransferReqData* body = &**read;
    std::optional<ByteView> n1;
    if (body->n1MessageContainer)
    {
        n1 = parts->Find(body->n1MessageContainer->n1MessageContent);
    }
    std::optional<ByteView> n2;
    if (body->n2InfoContainer && body->n2InfoContainer->smInfo &&
        body->n2InfoContainer->smInfo->n2InfoContent)
    {
        n2 = parts->Find(body->n2InfoContainer->smInfo->n2InfoContent->ngapData);
    }
    if (!n1 && !n2)
    {
        respond(Problem(400, "MANDATORY_IE_MISSING", "neither N1 nor N2"));
        return;
    }
    respond(TransferAnswer(IsIdle(ue)));
    Transfer transfer;
    if (n1)
    {
        transfer.n1 = n1->ToBytes();
    }
    if (n2)
    {
        transfer.n2 = n2->ToBytes();
    }
    SendOrPage(ue, std::move(transfer));
}

void
Amf::SendTransfer(const UeContext& ue, Transfer transfer)
{
    Bytes nas;
    if (transfer.n1)
    {
        DlNasTransport transport;
        transport.payload = std::move(*transfer.n1);
        transport.pduSessionId = ue.pduSessionId;
        nas = transport.Encode();
    }
    if (!transfer.n2)
    {
        NgapDownlinkNasTransport message;
        message.amfUeNgapId = ue.amfUeNgapId;
        message.ranUeNgapId = ue.ranUeNgapId;
        message.nasPdu = std::move(nas);
        SendNgap(ue.gnb, message.Encode(), message.TYPE);
        return;
    }
    NgapPduSessionResourceModifyRequest message;
    message.amfUeNgapId = ue.amfUeNgapId;
    message.ranUeNgapId = ue.ranUeNgapId;
    NgapPduSessionResourceModifyItemModReq& item = message.sessions.emplace_back();
    item.pduSessionId = ue.pduSessionId;
    if (transfer.n1)
    {
        item.nasPdu = std::move(nas);
    }
    item.transfer = std::move(*transfer.n2);
    SendNgap(ue.gnb, message.Encode(), message.TYPE);
}

void
Amf::SendNgap(Ipv4Address gnb, const Bytes& pdu, const NgapMessageType& type)
{
    m_n2->Send(gnb, pdu, NgapMessageName(type));
}

template <typename Message>
void
Amf::DecodeAndHandle(Ipv4Address gnb, ByteView pdu)
{
    const auto message = Message::Decode(pdu);
    if (!message)
    {
        Drop(NgapMessageName(Message::TYPE), ToString(message.Error()));
        return;
    }
    Handle(gnb, *message);
}

void
Amf::ReceiveNgap(Ipv4Address gnb, Bytes pdu)
{
    const auto type = NgapPeek(pdu);
    if (!type)
    {
        Drop("NGAP PDU", ToString(type.Error()));
        return;
    }
    Process([this, gnb, type = *type, pdu = std::move(pdu)] {
        if (type == NgapUplinkNasTransport::TYPE)
        {
            DecodeAndHandle<NgapUplinkNasTransport>(gnb, pdu);
        }
        else if (type == NgapPduSessionResourceModifyResponse::TYPE)
        {
            DecodeAndHandle<NgapPduSessionResourceModifyResponse>(gnb, pdu);
        }
        else if (type == NgapDistributionSetupRequest::TYPE)
        {
            DecodeAndHandle<NgapDistributionSetupRequest>(gnb, pdu);
        }
        else if (type == NgapDistributionReleaseRequest::TYPE)
        {
            DecodeAndHandle<NgapDistributionReleaseRequest>(gnb, pdu);
        }
        else if (type == NgapPathSwitchRequest::TYPE)
        {
            DecodeAndHandle<NgapPathSwitchRequest>(gnb, pdu);
        }
        else if (type == NgapNasNonDeliveryIndication::TYPE)
        {
            DecodeAndHandle<NgapNasNonDeliveryIndication>(gnb, pdu);
        }
        else if (type == NgapNgReset::TYPE)
        {
            DecodeAndHandle<NgapNgReset>(gnb, pdu);
        }
        else if (type == NgapUeContextReleaseRequest::TYPE)
        {
            DecodeAndHandle<NgapUeContextReleaseRequest>(gnb, pdu);
        }
        else if (type == NgapInitialUeMessage::TYPE)
        {
            DecodeAndHandle<NgapInitialUeMessage>(gnb, pdu);
        }
        else if (type == NgapBroadcastSessionSetupResponse::TYPE)
        {
            DecodeAndHandle<NgapBroadcastSessionSetupResponse>(gnb, pdu);
        }
        else if (type == NgapBroadcastSessionSetupFailure::TYPE)
        {
            DecodeAndHandle<NgapBroadcastSessionSetupFailure>(gnb, pdu);
        }
        else if (type == NgapBroadcastSessionModificationResponse::TYPE)
        {
            DecodeAndHandle<NgapBroadcastSessionModificationResponse>(gnb, pdu);
        }
        else if (type == NgapBroadcastSessionModificationFailure::TYPE)
        {
            DecodeAndHandle<NgapBroadcastSessionModificationFailure>(gnb, pdu);
        }
        else if (type == NgapBroadcastSessionReleaseResponse::TYPE)
        {
            DecodeAndHandle<NgapBroadcastSessionReleaseResponse>(gnb, pdu);
        }
        else if (type == NgapMulticastSessionActivationFailure::TYPE ||
                 type == NgapMulticastSessionUpdateFailure::TYPE)
        {
            Drop(NgapMessageName(type), "a gNB could not do it");
        }
        else if (type == NgapMulticastSessionActivationResponse::TYPE ||
                 type == NgapMulticastSessionDeactivationResponse::TYPE ||
                 type == NgapMulticastSessionUpdateResponse::TYPE ||
                 type == NgapUeContextReleaseComplete::TYPE)
        {
            // Nobody waits for it: the MB-SMF was answered when the request went out, and a UE is
            // idle from the command on.
        }
        else
        {
            Drop(NgapMessageName(type), "not one that this AMF handles");
        }
    });
}

const Amf::UeContext*
Amf::FindUe(uint64_t amfUeNgapId, Ipv4Address gnb, const NgapMessageType& type)
{
    if (amfUeNgapId == 0 || amfUeNgapId > m_ues.size() || m_ues[amfUeNgapId - 1].gnb != gnb)
    {
        Drop(NgapMessageName(type), "unknown AMF UE NGAP ID");
        return nullptr;
    }
    return &m_ues[amfUeNgapId - 1];
}

void
Amf::Handle(Ipv4Address gnb, const NgapUplinkNasTransport& message)
{
    // What a UE says last at its old gNB may come after its path was switched.
    const UeContext* ue = FindUeAtEither(message.amfUeNgapId, gnb, message.TYPE);
    if (ue == nullptr)
    {
        return;
    }
    const auto transport = UlNasTransport::Decode(message.nasPdu);
    if (!transport)
    {
        Drop("UL NAS TRANSPORT", ToString(transport.Error()));
        return;
    }
    if (transport->pduSessionId != ue->pduSessionId)
    {
        Drop("UL NAS TRANSPORT", "unknown PDU session");
        return;
    }
    UpdateSmContext(*ue, transport->payload, {});
}

void
Amf::Handle(Ipv4Address gnb, const NgapPduSessionResourceModifyResponse& message)
{
    const UeContext* ue = FindUeAtEither(message.amfUeNgapId, gnb, message.TYPE);
    if (ue == nullptr)
    {
        return;
    }
    for (const auto& item : message.modified)
    {
        UpdateSmContext(*ue, {}, item.transfer);
    }
    for (const auto& item : message.failed)
    {
        UpdateSmContext(*ue, {}, item.transfer, false);
    }
}

SbiMultipart
Amf::MakeUpdate(const Bytes& n1, const Bytes& n2, bool modified)
{
    const UpdateContent* made = m_updates.Find([&](const UpdateContent& one) {
        return one.n1 == n1 && one.n2 == n2 && one.modified == modified;
    });
    if (made != nullptr)
    {
        return made->content;
    }
    nsmf::SmContextUpdateData update;
    std::vector<SbiPart> parts;
    parts.reserve(2);
    if (!n1.empty())
    {
        update.n1SmMsg = sbi::RefToBinaryData{SBI_N1_PART};
        parts.push_back({SBI_NAS_TYPE, SBI_N1_PART, n1});
    }
    if (!n2.empty())
    {
        update.n2SmInfo = sbi::RefToBinaryData{SBI_N2_PART};
        update.n2SmInfoType =
            modified ? nsmf::N2SmInfoType::PDU_RES_MOD_RSP : nsmf::N2SmInfoType::PDU_RES_MOD_FAIL;
        parts.push_back({SBI_NGAP_TYPE, SBI_N2_PART, n2});
    }
    SbiRequest message =
        MultipartRequest("", update.Encode(), parts, operations::UPDATE_SM_CONTEXT);
    SbiMultipart content{std::move(message.contentType), std::move(message.body)};
    return m_updates.Add({n1, n2, modified, std::move(content)}).content;
}

void
Amf::UpdateSmContext(const UeContext& ue, const Bytes& n1, const Bytes& n2, bool modified)
{
    SbiMultipart content = MakeUpdate(n1, n2, modified);
    Request(ue.smf,
            {"POST",
             sbi::path::SmContextModify(ue.smContextRef),
             std::move(content.contentType),
             std::move(content.body),
             operations::UPDATE_SM_CONTEXT},
            [this](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop("UpdateSMContext", "the SMF answered " + StatusText(response));
                }
            });
}

void
Amf::StartDistribution(Ipv4Address gnb,
                       const NgapMbsSessionId& mbsSession,
                       const Bytes& transfer,
                       const Done& done)
{
    nmbsmf::ContextUpdateReqData update;
    update.nfcInstanceId = GetNfInstanceId();
    update.mbsSessionId.tmgi = mbsSession.tmgi;
    update.requestedAction = nmbsmf::ContextUpdateAction::START;
    update.n2MbsSmInfo = nmbsmf::N2MbsSmInfo{nmbsmf::NgapIeType::MBS_DIS_SETUP_REQ, {SBI_N2_PART}};
    // From now on, not from the answer on: another gNB that releases meanwhile is not the last.
    m_receiving[mbsSession.tmgi][gnb] = transfer;
    Request(m_mbSmf,
            MultipartRequest(sbi::path::CONTEXT_UPDATE,
                             update.Encode(),
                             {{SBI_NGAP_TYPE, SBI_N2_PART, transfer}},
                             operations::CONTEXT_UPDATE),
            done);
}

void
Amf::Handle(Ipv4Address gnb, const NgapDistributionSetupRequest& message)
{
    const NgapMbsSessionId mbsSession = message.mbsSessionId;
    StartDistribution(gnb,
                      mbsSession,
                      message.transfer,
                      [this, gnb, mbsSession](const SbiResponse& response) {
                          AnswerDistributionSetup(gnb, mbsSession, response);
                      });
}

void
Amf::EndDistribution(Ipv4Address gnb,
                     const Tmgi& tmgi,
                     const Bytes& transfer,
                     const std::function<void()>& done)
{
    const auto receiving = m_receiving.find(tmgi);
    const bool known = receiving != m_receiving.end() && receiving->second.erase(gnb) > 0;
    const bool last = known && receiving->second.empty();
    if (last)
    {
        m_receiving.erase(receiving);
    }
    nmbsmf::ContextUpdateReqData update;
    update.nfcInstanceId = GetNfInstanceId();
    update.mbsSessionId.tmgi = tmgi;
    update.requestedAction = nmbsmf::ContextUpdateAction::TERMINATE;
    update.n2MbsSmInfo = nmbsmf::N2MbsSmInfo{nmbsmf::NgapIeType::MBS_DIS_REL_REQ, {SBI_N2_PART}};
    update.leaveInd = last;
    Request(m_mbSmf,
            MultipartRequest(sbi::path::CONTEXT_UPDATE,
                             update.Encode(),
                             {{SBI_NGAP_TYPE, SBI_N2_PART, transfer}},
                             operations::CONTEXT_UPDATE),
            [this, done](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop("ContextUpdate", "the MB-SMF answered " + StatusText(response));
                }
                done();
            });
}

void
Amf::Handle(Ipv4Address gnb, const NgapDistributionReleaseRequest& message)
{
    EndDistribution(gnb,
                    message.mbsSessionId.tmgi,
                    message.transfer,
                    [this, gnb, mbsSession = message.mbsSessionId] {
                        // DISTRIBUTION RELEASE knows no failure: the gNB is out in any case.
                        NgapDistributionReleaseResponse answer;
                        answer.mbsSessionId = mbsSession;
                        SendNgap(gnb, answer.Encode(), answer.TYPE);
                    });
}

void
Amf::AnswerDistributionSetup(Ipv4Address gnb,
                             const NgapMbsSessionId& mbsSession,
                             const SbiResponse& response)
{
    const auto parts = SbiParts::Read(response.contentType, response.body);
    const auto body = parts ? nmbsmf::ContextUpdateRspData::Decode(parts->json)
                            : Decoded<nmbsmf::ContextUpdateRspData>(parts.Error());
    const auto transfer = IsSuccess(response) && body && body->n2MbsSmInfo
                              ? parts->Find(body->n2MbsSmInfo->ngapData)
                              : std::nullopt;
    if (transfer)
    {
        NgapDistributionSetupResponse message;
        message.mbsSessionId = mbsSession;
        message.transfer = transfer->ToBytes();
        SendNgap(gnb, message.Encode(), message.TYPE);
        return;
    }
    Drop("ContextUpdate", "the MB-SMF answered " + StatusText(response));
    const auto receiving = m_receiving.find(mbsSession.tmgi);
    if (receiving != m_receiving.end())
    {
        receiving->second.erase(gnb);
        if (receiving->second.empty())
        {
            m_receiving.erase(receiving);
        }
    }
    NgapDistributionSetupFailure message;
    message.mbsSessionId = mbsSession;
    message.cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID};
    NgapMbsDistributionSetupUnsuccessfulTransfer unsuccessful;
    unsuccessful.mbsSessionId = mbsSession;
    unsuccessful.cause = message.cause;
    message.transfer = unsuccessful.Encode();
    SendNgap(gnb, message.Encode(), message.TYPE);
}

} // namespace ns3::mbs
