// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-gnb.h"

#include "mbs-gnb-handover.h"

#include "ns3/inet-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/udp-socket-factory.h"

#include <algorithm>

namespace ns3::mbs
{

Gnb::Gnb()
    : m_n2(CreateObject<N2Endpoint>()),
      m_n3(CreateObject<N3Relay>()),
      m_ssm(CreateObject<SsmMember>())
{
}

Gnb::~Gnb() = default;

void
Gnb::DoDispose()
{
    m_n2->Dispose();
    m_n3->Dispose();
    m_ssm->Dispose();
    m_handovers.reset();
    m_gtpu = nullptr;
    m_device = nullptr;
    m_waiting.clear();
    m_pending.clear();
    CancelConnectionTimers();
    m_connections.clear();
    NetworkFunction::DoDispose();
}

void
Gnb::SetCell(uint32_t number, Ptr<GnbRadioDevice> device)
{
    m_number = number;
    m_device = device;
    m_device->SetGnb(number);
    m_device->SetSignallingCallback(MakeCallback(&Gnb::ReceiveSignalling, this));
    m_device->SetUndeliveredCallback(MakeCallback(&Gnb::SignallingUndelivered, this));
    m_device->SetPdcpControlCallback(MakeCallback(&Gnb::ReceivePdcpControl, this));
}

void
Gnb::SetTai(const Tai& tai)
{
    m_tai = tai;
}

uint32_t
Gnb::GetNumber() const
{
    return m_number;
}

Ptr<N2Endpoint>
Gnb::GetN2() const
{
    return m_n2;
}

Ptr<SsmMember>
Gnb::GetSsm() const
{
    return m_ssm;
}

void
Gnb::SetAmf(Ipv4Address address)
{
    m_amf = address;
}

void
Gnb::SetN3mb(Ipv4Address address, uint32_t interface)
{
    m_n3mbAddress = address;
    m_n3mbInterface = interface;
}

void
Gnb::SetN3(Ipv4Address address)
{
    m_n3->SetUp(m_device, address);
    m_n3->SetDropHandler(
        [this](const std::string& what, const std::string& why) { Drop(what, why); });
}

Ptr<N3Relay>
Gnb::GetN3() const
{
    return m_n3;
}

void
Gnb::AddUe(uint32_t rnti, uint64_t amfUeNgapId)
{
    NS_ASSERT_MSG(rnti == m_amfUeNgapIds.size() + 1, "RNTIs are given out in order");
    m_amfUeNgapIds.push_back(amfUeNgapId);
}

bool
Gnb::HasSharedDelivery(const Tmgi& tmgi) const
{
    const auto it = m_sessions.find(tmgi);
    return it != m_sessions.end() && it->second.state == Session::State::UP;
}

void
Gnb::StartApplication()
{
    m_n2->Install(GetNode());
    m_n2->SetReceiver([this](Ipv4Address, Bytes pdu) { ReceiveNgap(std::move(pdu)); });
    m_n2->SetConnected([this](Ipv4Address) { N2Connected(); });
    m_n2->Connect(m_amf);
    OpenGtpu();
    m_ssm->Install(GetNode());
    if (m_n3->IsSetUp())
    {
        m_n3->Start(GetNode());
    }
    if (m_handovers)
    {
        m_handovers->Start();
    }
    StartInactivityTimers();
}

void
Gnb::StopApplication()
{
    if (m_gtpu)
    {
        m_gtpu->Close();
    }
    m_n3->Stop();
}

template <typename Message>
void
Gnb::DecodeAndHandle(ByteView pdu)
{
    const auto message = Message::Decode(pdu);
    if (!message)
    {
        Drop(NgapMessageName(Message::TYPE), ToString(message.Error()));
        return;
    }
    Handle(*message);
}

void
Gnb::ReceiveNgap(Bytes pdu)
{
    const auto type = NgapPeek(pdu);
    if (!type)
    {
        Drop("NGAP PDU", ToString(type.Error()));
        return;
    }
    // What the AMF relays is reported when it arrives, before it waits for a worker.
    TraceNas(*type, pdu);
    Process([this, type = *type, pdu = std::move(pdu)] {
        if (type == NgapDownlinkNasTransport::TYPE)
        {
            DecodeAndHandle<NgapDownlinkNasTransport>(pdu);
        }
        else if (type == NgapPduSessionResourceModifyRequest::TYPE)
        {
            DecodeAndHandle<NgapPduSessionResourceModifyRequest>(pdu);
        }
        else if (type == NgapDistributionSetupResponse::TYPE)
        {
            DecodeAndHandle<NgapDistributionSetupResponse>(pdu);
        }
        else if (type == NgapDistributionSetupFailure::TYPE)
        {
            DecodeAndHandle<NgapDistributionSetupFailure>(pdu);
        }
        else if (type == NgapDistributionReleaseResponse::TYPE)
        {
            DecodeAndHandle<NgapDistributionReleaseResponse>(pdu);
        }
        else if (type == NgapNgResetAcknowledge::TYPE)
        {
            DecodeAndHandle<NgapNgResetAcknowledge>(pdu);
        }
        else if (type == NgapUeContextReleaseCommand::TYPE)
        {
            DecodeAndHandle<NgapUeContextReleaseCommand>(pdu);
        }
        else if (type == NgapPathSwitchRequestAcknowledge::TYPE)
        {
            DecodeAndHandle<NgapPathSwitchRequestAcknowledge>(pdu);
        }
        else if (type == NgapPathSwitchRequestFailure::TYPE)
        {
            DecodeAndHandle<NgapPathSwitchRequestFailure>(pdu);
        }
        else if (type == NgapPaging::TYPE)
        {
            DecodeAndHandle<NgapPaging>(pdu);
        }
        else if (type == NgapMulticastGroupPaging::TYPE)
        {
            DecodeAndHandle<NgapMulticastGroupPaging>(pdu);
        }
        else if (type == NgapMulticastSessionActivationRequest::TYPE)
        {
            DecodeAndHandle<NgapMulticastSessionActivationRequest>(pdu);
        }
        else if (type == NgapMulticastSessionDeactivationRequest::TYPE)
        {
            DecodeAndHandle<NgapMulticastSessionDeactivationRequest>(pdu);
        }
        else if (type == NgapMulticastSessionUpdateRequest::TYPE)
        {
            DecodeAndHandle<NgapMulticastSessionUpdateRequest>(pdu);
        }
        else if (type == NgapBroadcastSessionSetupRequest::TYPE)
        {
            DecodeAndHandle<NgapBroadcastSessionSetupRequest>(pdu);
        }
        else if (type == NgapBroadcastSessionModificationRequest::TYPE)
        {
            DecodeAndHandle<NgapBroadcastSessionModificationRequest>(pdu);
        }
        else if (type == NgapBroadcastSessionReleaseRequest::TYPE)
        {
            DecodeAndHandle<NgapBroadcastSessionReleaseRequest>(pdu);
        }
        else
        {
            Drop(NgapMessageName(type), "not one that this gNB handles");
        }
    });
}

void
Gnb::TraceNas(const NgapMessageType& type, ByteView pdu)
{
    if (m_nasToUe.IsEmpty())
    {
        return;
    }
    if (type == NgapDownlinkNasTransport::TYPE)
    {
        const auto message = NgapDownlinkNasTransport::Decode(pdu);
        if (message && IsServed(message->ranUeNgapId, message->amfUeNgapId))
        {
            m_nasToUe(m_number, message->ranUeNgapId, message->nasPdu);
        }
    }
    else if (type == NgapPduSessionResourceModifyRequest::TYPE)
    {
        const auto message = NgapPduSessionResourceModifyRequest::Decode(pdu);
        if (message && IsServed(message->ranUeNgapId, message->amfUeNgapId))
        {
            for (const auto& item : message->sessions)
            {
                if (item.nasPdu)
                {
                    m_nasToUe(m_number, message->ranUeNgapId, *item.nasPdu);
                }
            }
        }
    }
}

bool
Gnb::IsServed(uint32_t ranUeNgapId, uint64_t amfUeNgapId) const
{
    if (ranUeNgapId == 0 || ranUeNgapId > m_amfUeNgapIds.size())
    {
        return false;
    }
    // The first message of the AMF to a UE that has connected says how the AMF calls it.
    const auto connection = m_connections.find(ranUeNgapId);
    const uint64_t known = m_amfUeNgapIds[ranUeNgapId - 1];
    return (known != 0 && known == amfUeNgapId) ||
           (connection != m_connections.end() && connection->second.amfUnknown);
}

bool
Gnb::Knows(uint32_t ranUeNgapId, uint64_t amfUeNgapId, const NgapMessageType& type)
{
    if (!IsServed(ranUeNgapId, amfUeNgapId))
    {
        Drop(NgapMessageName(type), "unknown UE NGAP IDs");
        return false;
    }
    if (GnbUeConnection* connection = FindConnection(ranUeNgapId))
    {
        connection->amfUnknown = false;
        m_amfUeNgapIds[ranUeNgapId - 1] = amfUeNgapId;
    }
    return true;
}

void
Gnb::Handle(const NgapDownlinkNasTransport& message)
{
    if (!Knows(message.ranUeNgapId, message.amfUeNgapId, message.TYPE) ||
        (m_handovers && m_handovers->Take(message)))
    {
        return;
    }
    RrcMessage rrc;
    rrc.type = RrcType::DL_INFORMATION_TRANSFER;
    rrc.nas = message.nasPdu;
    SendRrc(message.ranUeNgapId, rrc);
}

void
Gnb::Handle(const NgapPduSessionResourceModifyRequest& message)
{
    if (!Knows(message.ranUeNgapId, message.amfUeNgapId, message.TYPE) ||
        (m_handovers && m_handovers->Take(message)))
    {
        return;
    }
    for (const auto& item : message.sessions)
    {
        if (GnbUeConnection* connection = FindConnection(message.ranUeNgapId))
        {
            connection->pduSessionId = item.pduSessionId;
        }
        const auto transfer = NgapPduSessionResourceModifyRequestTransfer::Decode(item.transfer);
        if (!transfer)
        {
            Drop("PDU Session Resource Modify Request Transfer", ToString(transfer.Error()));
            continue;
        }
        ModifyRequest request;
        request.rnti = message.ranUeNgapId;
        request.pduSessionId = item.pduSessionId;
        request.nas = item.nasPdu.value_or(Bytes());
        bool hasRoom = true;
        for (const auto& setUp : transfer->mbsSessionSetupOrModifyRequestList)
        {
            request.setUp.push_back(setUp.mbsSessionId.tmgi);
            hasRoom = RequestDistribution(setUp.mbsSessionId.tmgi) && hasRoom;
        }
        if (!hasRoom)
        {
            Respond(
                request,
                NgapCause{NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_RESOURCES_NOT_AVAILABLE});
            continue;
        }
        for (const auto& release : transfer->mbsSessionToReleaseList)
        {
            request.release.push_back(release.mbsSessionId.tmgi);
        }
        m_waiting.push_back(std::move(request));
    }
    ServeWaiting();
}

void
Gnb::ServeWaiting()
{
    std::vector<ModifyRequest> waiting = std::move(m_waiting);
    m_waiting.clear();
    for (ModifyRequest& request : waiting)
    {
        const bool ready =
            std::all_of(request.setUp.begin(), request.setUp.end(), [this](const Tmgi& tmgi) {
                return HasSharedDelivery(tmgi);
            });
        if (ready && !(m_handovers && m_handovers->IsBetween(request.rnti)))
        {
            Configure(request);
        }
        else
        {
            m_waiting.push_back(std::move(request));
        }
    }
}

void
Gnb::Configure(const ModifyRequest& request)
{
    RrcMessage rrc;
    rrc.type = RrcType::RECONFIGURATION;
    rrc.transaction = m_nextTransaction++;
    rrc.nas = request.nas;
    std::vector<Tmgi> added;
    for (const Tmgi& tmgi : request.setUp)
    {
        Session& session = m_sessions.at(tmgi);
        if (session.members.Insert(request.rnti))
        {
            added.push_back(tmgi);
        }
        rrc.bearers.push_back(BearerOf(tmgi, session));
    }
    for (const Tmgi& tmgi : request.release)
    {
        rrc.bearers.push_back({tmgi, 0, true});
    }
    // The NAS PDU, which may hold keys, is of no use to the gNB once it was sent.
    m_pending[{request.rnti, rrc.transaction}] =
        {request.rnti, request.pduSessionId, {}, request.setUp, request.release, std::move(added)};
    SendRrc(request.rnti, rrc);
}

void
Gnb::Respond(const ModifyRequest& request, const std::optional<NgapCause>& cause)
{
    NgapPduSessionResourceModifyResponse response;
    response.amfUeNgapId = m_amfUeNgapIds[request.rnti - 1];
    response.ranUeNgapId = request.rnti;
    if (cause)
    {
        NgapPduSessionResourceModifyUnsuccessfulTransfer transfer;
        transfer.cause = *cause;
        response.failed.push_back({request.pduSessionId, transfer.Encode()});
    }
    else
    {
        NgapPduSessionResourceModifyResponseTransfer transfer;
        transfer.mbsSupportIndicator = NgapMbsSupportIndicator::MULTICAST_SUPPORTED;
        for (const Tmgi& tmgi : request.setUp)
        {
            NgapMbsSessionSetupResponseItem item;
            item.mbsSessionId.tmgi = tmgi;
            transfer.mbsSessionSetupOrModifyResponseList.push_back(item);
        }
        response.modified.push_back({request.pduSessionId, transfer.Encode()});
    }
    SendNgap(response.Encode(), response.TYPE);
}

void
Gnb::ReceiveSignalling(uint32_t rnti, Ptr<const Packet> pdu)
{
    Bytes octets(pdu->GetSize());
    pdu->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    if (!octets.empty() && octets.front() == RrcMeasurementReport::TYPE)
    {
        ReceiveMeasurementReport(rnti, octets);
        return;
    }
    auto message = RrcMessage::Decode(octets);
    const bool isNew = message && (message->type == RrcType::REESTABLISHMENT_REQUEST ||
                                   message->type == RrcType::SETUP_REQUEST);
    if (!message || rnti == 0 || (rnti > m_amfUeNgapIds.size() && !isNew))
    {
        Drop("RRC message", message ? "unknown RNTI" : ToString(message.Error()));
        return;
    }
    if (GnbUeConnection* connection = FindConnection(rnti))
    {
        NoteActivity(rnti, *connection);
    }
    Process([this, rnti, rrc = std::move(*message)] { HandleRrc(rnti, rrc); });
}

void
Gnb::HandleRrc(uint32_t rnti, const RrcMessage& message)
{
    if (message.type == RrcType::RECONFIGURATION_COMPLETE)
    {
        if (m_handovers && m_handovers->Arrived(rnti, message.transaction))
        {
            return;
        }
        const auto it = m_pending.find({rnti, message.transaction});
        if (it == m_pending.end())
        {
            Drop("RRC RECONFIGURATION COMPLETE", "no such transaction");
            if (m_amfUeNgapIds[rnti - 1] == 0)
            {
                // It has come by a handover of which nothing is known any more.
                RrcMessage release;
                release.type = RrcType::RELEASE_TO_IDLE;
                SendPdu(rnti, release.Encode());
            }
            return;
        }
        const ModifyRequest done = std::move(it->second);
        m_pending.erase(it);
        if (done.pduSessionId != 0)
        {
            Respond(done, std::nullopt);
        }
        for (const Tmgi& tmgi : done.release)
        {
            const auto session = m_sessions.find(tmgi);
            if (session != m_sessions.end())
            {
                session->second.members.Erase(rnti);
                ReleaseIfUnused(tmgi);
            }
        }
        return;
    }
    if (message.type == RrcType::REESTABLISHMENT_REQUEST)
    {
        HandleReestablishment(rnti, message);
        return;
    }
    if (message.type == RrcType::SETUP_REQUEST)
    {
        Introduce(rnti);
    }
    if (message.type == RrcType::REESTABLISHMENT_COMPLETE)
    {
        RestoreBearers(rnti);
        return;
    }
    if (message.type >= RrcType::SUSPEND)
    {
        HandleConnection(rnti, message);
        return;
    }
    if (message.type != RrcType::UL_INFORMATION_TRANSFER || message.nas.empty())
    {
        Drop("RRC message", "not one that a UE sends");
        return;
    }
    if (m_amfUeNgapIds[rnti - 1] == 0)
    {
        Drop("UL INFORMATION TRANSFER", "the UE has no connection to the AMF");
        if (GnbUeConnection* connection = FindConnection(rnti))
        {
            ForgetConnection(rnti, *connection);
            connection->state = RrcState::IDLE;
            connection->amfUnknown = false;
        }
        RrcMessage release;
        release.type = RrcType::RELEASE_TO_IDLE;
        SendPdu(rnti, release.Encode());
        return;
    }
    if (!m_handovers || !m_handovers->TakeUplink(rnti, message.nas))
    {
        SendUplinkNas(rnti, message.nas);
    }
}

void
Gnb::SendUplinkNas(uint32_t rnti, const Bytes& nas)
{
    m_nasFromUe(m_number, rnti, nas);
    NgapUplinkNasTransport transport;
    transport.amfUeNgapId = m_amfUeNgapIds[rnti - 1];
    transport.ranUeNgapId = rnti;
    transport.nasPdu = nas;
    transport.userLocationInformation.nrCgi.nrCellIdentity = m_number;
    SendNgap(transport.Encode(), transport.TYPE);
}

void
Gnb::SendRrc(uint32_t rnti, const RrcMessage& message)
{
    const Bytes octets = message.Encode();
    if (!HoldsBack(rnti, octets))
    {
        SendPdu(rnti, octets);
    }
}

void
Gnb::SendPdu(uint32_t rnti, const Bytes& octets)
{
    m_device->SendToUe(rnti, Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
}

void
Gnb::SendNgap(const Bytes& pdu, const NgapMessageType& type)
{
    m_n2->Send(m_amf, pdu, NgapMessageName(type));
}

} // namespace ns3::mbs
