// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-radio-ears.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-gnb.h"
#include "ns3/mbs-gtpu.h"
#include "ns3/mbs-radio-channel.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/inet-socket-address.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

namespace ns3::mbs
{

namespace
{

/** The session of the tests. */
const Tmgi SESSION(0x123456, PlmnId());

/** AMF UE NGAP IDs of the two UEs. */
constexpr uint64_t FIRST_UE = 100;
constexpr uint64_t SECOND_UE = 200;

/** TEID of the multicast tunnel. */
constexpr uint32_t C_TEID = 77;

/** A gNB with two UEs' devices, and a node that plays AMF and MB-UPF. */
struct LoneGnb
{
    /** @param stop when the gNB stops, 0 for never */
    explicit LoneGnb(Time stop = Seconds(0))
        : channel(CreateObject<RadioChannel>()),
          cell(CreateObject<GnbRadioDevice>()),
          gnb(CreateObject<Gnb>()),
          amf(CreateObject<N2Endpoint>())
    {
        channel->SetAttribute("Link", PointerValue(CreateObject<IdealRadioLink>()));
        channel->AddGnb(cell);
        ues.resize(2);
        ears.resize(2);
        heard.resize(2);
        packets.resize(2);
        for (uint32_t i = 0; i < 2; ++i)
        {
            ues[i] = CreateObject<UeRadioDevice>();
            ues[i]->SetUe(i);
            channel->AddUe(ues[i]);
            cell->Attach(ues[i]);
            ears[i].signalling = [this, i](Ptr<const Packet> pdu) { Heard(i, pdu); };
            ears[i].group = [this, i](const MulticastFrame& frame) { Group(i, frame); };
            ues[i]->SetUser(&ears[i]);
        }
        gnb->SetCell(4, cell);
        gnb->SetAmf(net.Address(1));
        gnb->SetN3mb(net.Address(0), 1);
        gnb->AddUe(1, FIRST_UE);
        gnb->AddUe(2, SECOND_UE);
        gnb->TraceConnectWithoutContext("Dropped", MakeCallback(&LoneGnb::Dropped, this));
        gnb->SetStopTime(stop);
        net.At(0)->AddApplication(gnb);
        amf->Install(net.At(1));
        amf->Listen();
        amf->SetReceiver([this](Ipv4Address, Bytes pdu) { pdus.push_back(std::move(pdu)); });
        Run();
    }

    ~LoneGnb()
    {
        amf->Dispose();
        for (const auto& ue : ues)
        {
            ue->Dispose();
        }
        cell->Dispose();
        channel->Dispose();
    }

    LoneGnb(const LoneGnb&) = delete;
    LoneGnb& operator=(const LoneGnb&) = delete;

    void Dropped(const std::string& what, const std::string& why)
    {
        dropped.push_back(what + ": " + why);
    }

    void Heard(uint32_t ue, Ptr<const Packet> pdu)
    {
        Bytes octets(pdu->GetSize());
        pdu->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
        heard[ue].push_back(*RrcMessage::Decode(octets));
    }

    void Group(uint32_t ue, const MulticastFrame& frame)
    {
        packets[ue].push_back(frame.GetPacket()->GetSize());
    }

    void NasToUe(uint32_t /* gnb */, uint32_t rnti, ByteView nas)
    {
        nasTrace.push_back("to " + std::to_string(rnti) + " " + ToHex(nas));
    }

    void NasFromUe(uint32_t /* gnb */, uint32_t rnti, ByteView nas)
    {
        nasTrace.push_back("from " + std::to_string(rnti) + " " + ToHex(nas));
    }

    /** @brief Runs for a second. */
    static void Run()
    {
        TwoNodes::RunUntil(Simulator::Now().GetSeconds() + 1);
    }

    /** @param pdu NGAP, from the AMF */
    void Send(const Bytes& pdu)
    {
        amf->Send(net.Address(0), pdu, "test");
        Run();
    }

    /** @param ue 0 or 1 @param octets an RRC PDU */
    void SendRrc(uint32_t ue, const Bytes& octets)
    {
        ues[ue]->SendToGnb(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
        Run();
    }

    /** @param datagram sent to the gNB's GTP-U port */
    void SendGtpu(const Bytes& datagram)
    {
        const Ptr<Socket> socket = Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId());
        socket->SendTo(Create<Packet>(datagram.data(), static_cast<uint32_t>(datagram.size())),
                       0,
                       InetSocketAddress(net.Address(0), GTPU_PORT));
        Run();
    }

    /** @return the drop seen last, or nothing */
    std::string LastDrop() const
    {
        return dropped.empty() ? "nothing" : dropped.back();
    }

    TwoNodes net;                               //!< gNB and the rest
    Ptr<RadioChannel> channel;                  //!< the air
    Ptr<GnbRadioDevice> cell;                   //!< of the gNB
    std::vector<Ptr<UeRadioDevice>> ues;        //!< radios
    std::vector<RadioEars> ears;                //!< what they hear
    Ptr<Gnb> gnb;                               //!< under test
    Ptr<N2Endpoint> amf;                        //!< the AMF's end
    std::vector<Bytes> pdus;                    //!< NGAP from the gNB
    std::vector<std::vector<RrcMessage>> heard; //!< by UE
    std::vector<std::vector<uint32_t>> packets; //!< sizes of multicast packets, by UE
    std::vector<std::string> dropped;           //!< trace source Dropped
    std::vector<std::string> nasTrace;          //!< trace sources of NAS
};

/**
 * @param amfId AMF UE NGAP ID
 * @param ranId RAN UE NGAP ID
 * @param setUp sessions to set up
 * @param release sessions to release
 * @return PDU SESSION RESOURCE MODIFY REQUEST with NAS
 */
Bytes
Modify(uint64_t amfId,
       uint32_t ranId,
       const std::vector<Tmgi>& setUp,
       const std::vector<Tmgi>& release = {})
{
    NgapPduSessionResourceModifyRequestTransfer transfer;
    for (const Tmgi& tmgi : setUp)
    {
        NgapMbsSessionSetupOrModifyRequestItem item;
        item.mbsSessionId.tmgi = tmgi;
        transfer.mbsSessionSetupOrModifyRequestList.push_back(item);
    }
    for (const Tmgi& tmgi : release)
    {
        NgapMbsSessionToReleaseItem item;
        item.mbsSessionId.tmgi = tmgi;
        transfer.mbsSessionToReleaseList.push_back(item);
    }
    NgapPduSessionResourceModifyRequest request;
    request.amfUeNgapId = amfId;
    request.ranUeNgapId = ranId;
    NgapPduSessionResourceModifyItemModReq item;
    item.pduSessionId = 3;
    item.nasPdu = Bytes{0x7e, 0x00, 0x68};
    item.transfer = transfer.Encode();
    request.sessions.push_back(item);
    return request.Encode();
}

/** @return a downlink NAS message @param amfId AMF UE NGAP ID @param ranId RAN UE NGAP ID */
Bytes
Downlink(uint64_t amfId, uint32_t ranId)
{
    NgapDownlinkNasTransport message;
    message.amfUeNgapId = amfId;
    message.ranUeNgapId = ranId;
    message.nasPdu = Bytes{0x7e, 0x01};
    return message.Encode();
}

/** @param multicast true to name a group @param tmgi the session @return SETUP RESPONSE */
Bytes
SetupResponse(bool multicast, const Tmgi& tmgi = SESSION)
{
    NgapMbsDistributionSetupResponseTransfer transfer;
    transfer.mbsSessionId.tmgi = tmgi;
    NgapMbsQosFlowsToBeSetupItem flow;
    flow.mbsQosFlowIdentifier = 1;
    transfer.mbsQosFlowsToBeSetupList.push_back(flow);
    if (multicast)
    {
        NgapSharedNguMulticastTnlInformation information;
        information.ipMulticastAddress.ipv4 = Ipv4Address("232.0.1.0");
        information.ipSourceAddress.ipv4 = Ipv4Address("10.1.0.2");
        information.gtpTeid = C_TEID;
        transfer.sharedNguMulticastTnlInformation = information;
    }
    NgapDistributionSetupResponse response;
    response.mbsSessionId.tmgi = tmgi;
    response.transfer = transfer.Encode();
    return response.Encode();
}

/** @param tmgi the session @return SETUP FAILURE */
Bytes
SetupFailure(const Tmgi& tmgi = SESSION)
{
    NgapDistributionSetupFailure failure;
    failure.mbsSessionId.tmgi = tmgi;
    failure.cause = {NgapCauseGroup::RADIO_NETWORK, NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID};
    NgapMbsDistributionSetupUnsuccessfulTransfer transfer;
    transfer.mbsSessionId.tmgi = tmgi;
    transfer.cause = failure.cause;
    failure.transfer = transfer.Encode();
    return failure.Encode();
}

/** @param transaction of the request @return RRC RECONFIGURATION COMPLETE */
Bytes
Complete(uint8_t transaction)
{
    RrcMessage rrc;
    rrc.type = RrcType::RECONFIGURATION_COMPLETE;
    rrc.transaction = transaction;
    return rrc.Encode();
}

void
RelaysNas(Check& check)
{
    LoneGnb lone;
    check.Equal(lone.gnb->GetNumber(), 4u, "number");
    check.Equal(lone.cell->GetGnb(), 4u, "its cell has the same");
    check.Expect(lone.gnb->GetN2() && lone.gnb->GetSsm(), "endpoints for trace sources");
    lone.gnb->TraceConnectWithoutContext("NasToUe", MakeCallback(&LoneGnb::NasToUe, &lone));
    lone.gnb->TraceConnectWithoutContext("NasFromUe", MakeCallback(&LoneGnb::NasFromUe, &lone));
    lone.Send(Downlink(SECOND_UE, 2));
    check.Equal(lone.heard[0].size(), 0u, "not to the first UE");
    check.Equal(lone.heard[1].size(), 1u, "to the second UE");
    check.Expect(lone.heard[1].at(0).type == RrcType::DL_INFORMATION_TRANSFER, "as RRC");
    check.Equal(ToHex(lone.heard[1].at(0).nas), "7e01", "the octets");
    RrcMessage rrc;
    rrc.type = RrcType::UL_INFORMATION_TRANSFER;
    rrc.nas = Bytes{0x7e, 0x02};
    lone.SendRrc(1, rrc.Encode());
    const auto up = NgapUplinkNasTransport::Decode(lone.pdus.at(0));
    check.Expect(up && up->amfUeNgapId == SECOND_UE && up->ranUeNgapId == 2 &&
                     up->nasPdu == rrc.nas,
                 "UPLINK NAS TRANSPORT of the second UE");
    lone.Send(Modify(FIRST_UE, 1, {}));
    check.Equal(lone.nasTrace.size(), 3u, "NAS seen");
    check.Equal(lone.nasTrace.at(0), "to 2 7e01", "down");
    check.Equal(lone.nasTrace.at(1), "from 2 7e02", "up");
    check.Equal(lone.nasTrace.at(2), "to 1 7e0068", "down with a change of bearers");
}

void
DropsWrongNgap(Check& check)
{
    LoneGnb lone;
    const auto expectDropped = [&](const Bytes& pdu, const std::string& why) {
        const std::size_t before = lone.dropped.size();
        lone.Send(pdu);
        check.Equal(lone.dropped.size(), before + 1, why);
        check.Expect(lone.LastDrop().find(why) != std::string::npos, lone.LastDrop());
    };
    expectDropped(Downlink(FIRST_UE, 2), "unknown UE NGAP IDs");
    expectDropped(Downlink(FIRST_UE, 0), "unknown UE NGAP IDs");
    expectDropped(Downlink(FIRST_UE, 3), "unknown UE NGAP IDs");
    expectDropped(Modify(999, 1, {SESSION}), "unknown UE NGAP IDs");
    expectDropped(Bytes{0xff, 0xff, 0xff, 0xff}, "NGAP PDU");
    NgapErrorIndication indication;
    indication.cause = NgapCause();
    expectDropped(indication.Encode(), "not one that this gNB handles");
    expectDropped(SetupResponse(true), "shared delivery was not asked for");
    expectDropped(SetupFailure(), "shared delivery was not asked for");

    NgapPduSessionResourceModifyRequest request;
    request.amfUeNgapId = FIRST_UE;
    request.ranUeNgapId = 1;
    NgapPduSessionResourceModifyItemModReq item;
    item.pduSessionId = 3;
    item.transfer = Bytes{0xff, 0xff, 0xff};
    request.sessions.push_back(item);
    expectDropped(request.Encode(), "PDU Session Resource Modify Request Transfer");

    // An envelope of the right type with no IE in it.
    for (const Bytes& whole : {Downlink(FIRST_UE, 1),
                               Modify(FIRST_UE, 1, {SESSION}),
                               SetupResponse(true),
                               SetupFailure()})
    {
        Bytes empty{whole[0], whole[1], whole[2], 3, 0, 0, 0};
        expectDropped(empty, "");
    }

    // Whatever is cut off, nothing reaches a UE and nothing goes back.
    for (const Bytes& whole :
         {Downlink(FIRST_UE, 1), Modify(FIRST_UE, 1, {SESSION}), SetupResponse(true)})
    {
        for (std::size_t size = 1; size < whole.size(); ++size)
        {
            const std::size_t before = lone.dropped.size();
            lone.Send(ByteView(whole).Sub(0, size).ToBytes());
            check.Equal(lone.dropped.size(), before + 1, "cut off to " + std::to_string(size));
        }
    }
    check.Equal(lone.heard[0].size() + lone.heard[1].size(), 0u, "no UE hears of it");
    check.Equal(lone.pdus.size(), 0u, "and the AMF neither");
}

void
DropsWrongRrc(Check& check)
{
    LoneGnb lone;
    RrcMessage rrc;
    lone.SendRrc(0, Bytes{1, 2, 3});
    check.Equal(lone.dropped.size(), 1u, "no RRC message");
    lone.SendRrc(0, Complete(0));
    check.Equal(lone.LastDrop(),
                "RRC RECONFIGURATION COMPLETE: no such transaction",
                "a COMPLETE of nothing");
    rrc.type = RrcType::UL_INFORMATION_TRANSFER;
    lone.SendRrc(0, rrc.Encode());
    check.Equal(lone.LastDrop(), "RRC message: not one that a UE sends", "no NAS in it");
    rrc.type = RrcType::RECONFIGURATION;
    lone.SendRrc(0, rrc.Encode());
    check.Equal(lone.dropped.size(), 4u, "a message that only gNBs send");
    const Ptr<UeRadioDevice> stranger = CreateObject<UeRadioDevice>();
    lone.channel->AddUe(stranger);
    lone.cell->Attach(stranger);
    rrc.type = RrcType::UL_INFORMATION_TRANSFER;
    rrc.nas = Bytes{1};
    const Bytes octets = rrc.Encode();
    stranger->SendToGnb(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
    LoneGnb::Run();
    check.Equal(lone.LastDrop(), "RRC message: unknown RNTI", "a UE that the AMF does not know");
    check.Equal(lone.pdus.size(), 0u, "none reaches the AMF");
    stranger->Dispose();
}

void
SharedDeliveryOnce(Check& check)
{
    LoneGnb lone;
    lone.Send(Modify(FIRST_UE, 1, {SESSION}));
    check.Equal(lone.pdus.size(), 1u, "DISTRIBUTION SETUP REQUEST for the first UE");
    const auto request = NgapDistributionSetupRequest::Decode(lone.pdus.at(0));
    check.Expect(request && request->mbsSessionId.tmgi == SESSION, "for the session");
    const auto wanted = NgapMbsDistributionSetupRequestTransfer::Decode(request->transfer);
    check.Expect(wanted && !wanted->sharedNguUnicastTnlInformation, "without a unicast tunnel");
    lone.Send(Modify(SECOND_UE, 2, {SESSION}));
    check.Equal(lone.pdus.size(), 1u, "but not for the second");
    check.Equal(lone.heard[0].size() + lone.heard[1].size(), 0u, "both wait");
    check.Expect(!lone.gnb->HasSharedDelivery(SESSION), "no shared delivery yet");
    lone.Send(SetupResponse(true));
    check.Expect(lone.gnb->HasSharedDelivery(SESSION), "shared delivery");
    check.Equal(lone.heard[0].size(), 1u, "the first UE is configured");
    check.Equal(lone.heard[1].size(), 1u, "and the second");
    const RrcMessage& rrc = lone.heard[0].at(0);
    check.Expect(rrc.type == RrcType::RECONFIGURATION && rrc.bearers.size() == 1 &&
                     rrc.bearers[0].tmgi == SESSION && !rrc.bearers[0].release,
                 "with a bearer of the session");
    check.Equal(ToHex(rrc.nas), "7e0068", "and the NAS message");
    check.Equal(lone.heard[1].at(0).bearers.at(0).gRnti,
                rrc.bearers[0].gRnti,
                "the same group for both");
    check.Equal(lone.pdus.size(), 1u, "no answer before the UE has completed");

    lone.SendRrc(0, Complete(rrc.transaction));
    check.Equal(lone.pdus.size(), 2u, "MODIFY RESPONSE");
    const auto response = NgapPduSessionResourceModifyResponse::Decode(lone.pdus.at(1));
    check.Expect(response && response->amfUeNgapId == FIRST_UE && response->modified.size() == 1 &&
                     response->modified[0].pduSessionId == 3 && response->failed.empty(),
                 "for the first UE");
    lone.SendRrc(0, Complete(rrc.transaction));
    check.Equal(lone.pdus.size(), 2u, "a second COMPLETE is not answered");
    lone.SendRrc(0, Complete(lone.heard[1].at(0).transaction));
    check.Equal(lone.dropped.size(), 2u, "nor one in another UE's name");
    lone.Send(SetupResponse(true));
    check.Equal(lone.dropped.size(), 3u, "a second SETUP RESPONSE is dropped");

    lone.Send(Modify(FIRST_UE, 1, {}, {SESSION}));
    check.Expect(lone.heard[0].size() == 2 && lone.heard[0][1].bearers.at(0).release,
                 "a release reaches the UE");
}

void
AUeThatIsNotReached(Check& check)
{
    LoneGnb lone;
    // The first UE is in the session, and is told so again.
    lone.Send(Modify(FIRST_UE, 1, {SESSION}));
    lone.Send(SetupResponse(true));
    lone.SendRrc(0, Complete(lone.heard[0].at(0).transaction));
    for (const auto& ue : lone.ues)
    {
        ue->SetInCoverage(false);
    }
    lone.pdus.clear();
    lone.Send(Downlink(SECOND_UE, 2));
    const auto nas = NgapNasNonDeliveryIndication::Decode(lone.pdus.at(0));
    check.Expect(nas && nas->amfUeNgapId == SECOND_UE && nas->ranUeNgapId == 2 &&
                     nas->nasPdu == Bytes{0x7e, 0x01} &&
                     nas->cause.value == NgapCause::RADIO_CONNECTION_WITH_UE_LOST,
                 "NAS NON DELIVERY INDICATION");
    const Tmgi other(0x123457, PlmnId());
    for (const auto& [id, rnti, session] :
         {std::make_tuple(FIRST_UE, 1U, SESSION), std::make_tuple(SECOND_UE, 2U, other)})
    {
        lone.pdus.clear();
        lone.Send(Modify(id, rnti, {session}));
        if (session == other)
        {
            lone.Send(SetupResponse(true, other));
        }
        check.Expect(std::any_of(lone.pdus.begin(),
                                 lone.pdus.end(),
                                 [rnti = rnti](const Bytes& pdu) {
                                     const auto answer =
                                         NgapPduSessionResourceModifyResponse::Decode(pdu);
                                     return answer && answer->ranUeNgapId == rnti &&
                                            answer->failed.size() == 1;
                                 }),
                     "MODIFY RESPONSE: it failed");
    }
    check.Expect(bool(NgapDistributionReleaseRequest::Decode(lone.pdus.back())),
                 "the second UE is not in its session");
    check.Expect(lone.gnb->HasSharedDelivery(SESSION), "the first one stays in it");
    TwoNodes::RunUntil(Simulator::Now().GetSeconds() + 10);
    check.Expect(std::none_of(lone.pdus.begin(),
                              lone.pdus.end(),
                              [](const Bytes& pdu) {
                                  return bool(NgapUeContextReleaseRequest::Decode(pdu));
                              }),
                 "who has no way back is not released");
}

void
SetupFailureIsAnswered(Check& check)
{
    LoneGnb lone;
    const Tmgi other(0x999, PlmnId());
    lone.Send(Modify(FIRST_UE, 1, {SESSION}));
    lone.Send(Modify(SECOND_UE, 2, {SESSION, other}));
    lone.Send(Modify(FIRST_UE, 1, {other}));
    check.Equal(lone.pdus.size(), 2u, "two sessions are asked for");
    lone.Send(SetupFailure());
    check.Equal(lone.pdus.size(), 4u, "both UEs that wait for the session are answered");
    for (std::size_t i = 2; i < lone.pdus.size(); ++i)
    {
        const auto response = NgapPduSessionResourceModifyResponse::Decode(lone.pdus.at(i));
        check.Expect(response && response->modified.empty() && response->failed.size() == 1,
                     "with failure");
        const auto transfer = NgapPduSessionResourceModifyUnsuccessfulTransfer::Decode(
            response->failed.at(0).transfer);
        check.Expect(transfer && transfer->cause.value == NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID,
                     "and the cause of the AMF");
    }
    check.Equal(lone.heard[0].size() + lone.heard[1].size(), 0u, "no UE is configured");
    lone.Send(SetupResponse(true, other));
    check.Equal(lone.heard[0].size(), 1u, "who waits for the other session is served");
    check.Equal(lone.heard[1].size(), 0u, "who was refused is not");
    lone.Send(Modify(SECOND_UE, 2, {SESSION}));
    check.Equal(lone.pdus.size(), 5u, "the next UE makes the gNB ask again");
}

void
UselessSetupResponses(Check& check)
{
    LoneGnb lone;
    NgapDistributionSetupResponse garbled;
    garbled.mbsSessionId.tmgi = SESSION;
    garbled.transfer = Bytes{0xff};
    std::size_t pdus = 0;
    for (const Bytes& useless : {garbled.Encode(), SetupResponse(false)})
    {
        lone.Send(Modify(FIRST_UE, 1, {SESSION}));
        check.Equal(lone.pdus.size(), pdus + 1, "the gNB asks for shared delivery");
        lone.Send(useless);
        pdus += 2;
        check.Equal(lone.pdus.size(), pdus, "and answers for the UE that waits");
        const auto response = NgapPduSessionResourceModifyResponse::Decode(lone.pdus.back());
        check.Expect(response && response->failed.size() == 1, "that it failed");
        check.Expect(!lone.gnb->HasSharedDelivery(SESSION), "no shared delivery");
    }
    check.Equal(lone.dropped.size(), 2u, "both are dropped");
    check.Equal(lone.LastDrop(),
                "DistributionSetupResponse: neither a multicast group nor a tunnel",
                "and the reason is told");
    check.Equal(lone.heard[0].size(), 0u, "the UE is not configured");
    lone.Send(Modify(FIRST_UE, 1, {SESSION}));
    lone.Send(SetupResponse(true));
    check.Equal(lone.heard[0].size(), 1u, "until a good answer comes");
}

/** @param lone a gNB without sessions @return the G-RNTI after the first UE joined */
uint16_t
JoinFirstUe(LoneGnb& lone, bool multicast)
{
    lone.Send(Modify(FIRST_UE, 1, {SESSION}));
    lone.Send(SetupResponse(multicast));
    const uint16_t group = lone.heard[0].at(0).bearers.at(0).gRnti;
    lone.channel->Listen(lone.ues[0], group);
    return group;
}

/**
 * @param teid tunnel
 * @param size of the packet inside
 * @param number DL MBS QFI sequence number
 * @return GTP-U datagram
 */
Bytes
GtpuOf(uint32_t teid, std::size_t size, std::optional<uint32_t> number = 42)
{
    const Bytes inner(size, 0x45);
    GtpuPdu pdu;
    pdu.teid = teid;
    pdu.payload = inner;
    pdu.session = DlPduSessionInformation{1, number};
    return EncodeGtpu(pdu);
}

void
CountNeedsANumber(Check& check)
{
    LoneGnb lone;
    const uint16_t group = JoinFirstUe(lone, true);
    lone.SendGtpu(GtpuOf(C_TEID, 100, std::nullopt));
    check.Equal(lone.packets[0].size(), 1u, "a packet needs no number");
    const auto bearer = lone.cell->GetBearer(group);
    bearer->SetAttribute("HandoverRecovery", StringValue("status-report"));
    lone.channel->StopListening(lone.ues[0], group);
    lone.channel->Listen(lone.ues[0], group);
    lone.SendGtpu(GtpuOf(C_TEID, 100, std::nullopt));
    check.Equal(lone.LastDrop(),
                "GTP-U packet: no DL MBS QFI sequence number to take COUNT from",
                "but where it gives COUNT");
    lone.SendGtpu(GtpuOf(C_TEID, 100, 77));
    check.Equal(lone.packets[0].size(), 2u, "with one it is sent");
    check.Equal(bearer->GetNextCount().value_or(0), 78u, "COUNT");
}

void
UserPlane(Check& check)
{
    LoneGnb lone;
    lone.SendGtpu(GtpuOf(C_TEID, 100));
    check.Equal(lone.LastDrop(), "GTP-U packet: unknown TEID", "before the session");
    JoinFirstUe(lone, true);
    lone.SendGtpu(GtpuOf(C_TEID, 100));
    check.Equal(lone.packets[0].size(), 1u, "the packet reaches the UE that listens");
    check.Equal(lone.packets[0].at(0), 100u, "without the tunnel's header");
    check.Equal(lone.packets[1].size(), 0u, "and not the other");
    const std::size_t before = lone.dropped.size();
    lone.SendGtpu(GtpuOf(C_TEID + 1, 100));
    check.Equal(lone.dropped.size(), before + 1, "unknown TEID");
    lone.SendGtpu(Bytes{1, 2, 3});
    check.Equal(lone.dropped.size(), before + 2, "no GTP-U");
    lone.SendGtpu(Hex("32 01 0004 00000000 00000000"));
    check.Equal(lone.dropped.size(), before + 3, "an ECHO REQUEST");
    const Bytes whole = GtpuOf(C_TEID, 20);
    for (std::size_t size = 0; size < whole.size(); ++size)
    {
        lone.SendGtpu(ByteView(whole).Sub(0, size).ToBytes());
        check.Equal(lone.dropped.size(), before + 4 + size, "cut off");
    }
    check.Equal(lone.packets[0].size(), 1u, "none of it reaches the UE");
}

void
EmptyTunnelPacket(Check& check)
{
    LoneGnb lone;
    JoinFirstUe(lone, true);
    for (const Bytes& datagram : {Hex("30 ff 0000 0000004d"), GtpuOf(C_TEID, 0)})
    {
        const std::size_t before = lone.dropped.size();
        lone.SendGtpu(datagram);
        check.Equal(lone.dropped.size(), before + 1, "dropped");
    }
    check.Equal(lone.packets[0].size(), 0u, "there is nothing to send");
    lone.SendGtpu(GtpuOf(C_TEID, 100));
    check.Equal(lone.packets[0].size(), 1u, "the next packet is");
}

void
UnicastTunnel(Check& check)
{
    LoneGnb lone;
    lone.gnb->SetAttribute("N3mbTransport", StringValue("unicast"));
    JoinFirstUe(lone, false);
    const auto request = NgapDistributionSetupRequest::Decode(lone.pdus.at(0));
    const auto wanted = NgapMbsDistributionSetupRequestTransfer::Decode(request->transfer);
    check.Expect(wanted && wanted->sharedNguUnicastTnlInformation, "it offers a tunnel");
    const NgapGtpTunnel& tunnel = *wanted->sharedNguUnicastTnlInformation;
    check.Expect(tunnel.transportLayerAddress.ipv4 == lone.net.Address(0), "at its address");
    lone.SendGtpu(GtpuOf(tunnel.gtpTeid, 60));
    check.Equal(lone.packets[0].size(), 1u, "whose packets reach the UE");
}

/** @param tmgi the session @return RELEASE RESPONSE */
Bytes
ReleaseResponse(const Tmgi& tmgi = SESSION)
{
    NgapDistributionReleaseResponse response;
    response.mbsSessionId.tmgi = tmgi;
    return response.Encode();
}

/** @param lone a gNB @param ue 0 or 1 @brief The UE completes what it was told last. */
void
CompleteLast(LoneGnb& lone, uint32_t ue)
{
    lone.SendRrc(ue, Complete(lone.heard[ue].back().transaction));
}

void
ReleasesForTheLastUe(Check& check)
{
    LoneGnb lone;
    lone.Send(ReleaseResponse());
    check.Equal(lone.LastDrop(),
                "DistributionReleaseResponse: no release was asked for",
                "an answer to nothing");
    JoinFirstUe(lone, true);
    CompleteLast(lone, 0);
    lone.Send(Modify(SECOND_UE, 2, {SESSION}));
    CompleteLast(lone, 1);
    lone.Send(Modify(FIRST_UE, 1, {}, {SESSION}));
    const std::size_t before = lone.pdus.size();
    CompleteLast(lone, 0);
    check.Equal(lone.pdus.size(), before + 1, "a MODIFY RESPONSE and nothing else");
    check.Expect(lone.gnb->HasSharedDelivery(SESSION), "the second UE still listens");
    lone.Send(Modify(SECOND_UE, 2, {}, {SESSION}));
    CompleteLast(lone, 1);
    check.Expect(!lone.gnb->HasSharedDelivery(SESSION), "shared delivery goes with it");
    const auto request = NgapDistributionReleaseRequest::Decode(lone.pdus.back());
    check.Expect(request && request->mbsSessionId.tmgi == SESSION, "DISTRIBUTION RELEASE REQUEST");
    const auto transfer = NgapMbsDistributionReleaseRequestTransfer::Decode(request->transfer);
    check.Expect(transfer && !transfer->sharedNguUnicastTnlInformation, "of the multicast group");
    const std::size_t packets = lone.packets[0].size();
    const std::size_t dropped = lone.dropped.size();
    lone.SendGtpu(GtpuOf(C_TEID, 100));
    check.Equal(lone.packets[0].size(), packets, "what still comes is not put on the air");
    check.Equal(lone.dropped.size(), dropped, "and is nobody's fault");

    lone.Send(Modify(FIRST_UE, 1, {SESSION}));
    const std::size_t pdus = lone.pdus.size();
    check.Expect(!NgapDistributionSetupRequest::Decode(lone.pdus.back()),
                 "a UE that comes back waits for the answer");
    lone.Send(ReleaseResponse());
    check.Equal(lone.pdus.size(), pdus + 1, "then shared delivery is asked for again");
    lone.Send(SetupResponse(true));
    check.Expect(lone.gnb->HasSharedDelivery(SESSION), "and set up");
}

void
ReleasesItsTunnel(Check& check)
{
    LoneGnb lone;
    lone.gnb->SetAttribute("N3mbTransport", StringValue("unicast"));
    JoinFirstUe(lone, false);
    CompleteLast(lone, 0);
    const auto setup = NgapMbsDistributionSetupRequestTransfer::Decode(
        NgapDistributionSetupRequest::Decode(lone.pdus.at(0))->transfer);
    lone.Send(Modify(FIRST_UE, 1, {}, {SESSION}));
    CompleteLast(lone, 0);
    const auto request = NgapDistributionReleaseRequest::Decode(lone.pdus.back());
    const auto transfer = request
                              ? NgapMbsDistributionReleaseRequestTransfer::Decode(request->transfer)
                              : DecodeError::MALFORMED;
    check.Expect(transfer && transfer->sharedNguUnicastTnlInformation &&
                     transfer->sharedNguUnicastTnlInformation->gtpTeid ==
                         setup->sharedNguUnicastTnlInformation->gtpTeid,
                 "the tunnel that it had offered");
    lone.Send(ReleaseResponse());
    lone.SendGtpu(GtpuOf(setup->sharedNguUnicastTnlInformation->gtpTeid, 60));
    check.Equal(lone.LastDrop(), "GTP-U packet: unknown TEID", "which is gone");
}

void
UnusedAfterFailure(Check& check)
{
    LoneGnb lone;
    const Tmgi other(0x999, PlmnId());
    lone.Send(Modify(FIRST_UE, 1, {SESSION, other}));
    lone.Send(SetupResponse(true));
    check.Expect(lone.gnb->HasSharedDelivery(SESSION), "one of two sessions is up");
    lone.Send(SetupFailure(other));
    const auto request = NgapDistributionReleaseRequest::Decode(lone.pdus.back());
    check.Expect(request && request->mbsSessionId.tmgi == SESSION,
                 "it is released when the other one fails");
}

void
ActivityAndUpdates(Check& check)
{
    LoneGnb lone;
    NgapMulticastSessionActivationRequest activate;
    activate.mbsSessionId.tmgi = SESSION;
    NgapMulticastSessionActivationRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = SESSION;
    activate.transfer = transfer.Encode();
    lone.Send(activate.Encode());
    const auto failure = NgapMulticastSessionActivationFailure::Decode(lone.pdus.back());
    check.Expect(failure && failure->cause.value == NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID,
                 "a session that is not here cannot be activated");
    NgapMulticastSessionDeactivationRequest deactivate;
    deactivate.mbsSessionId.tmgi = SESSION;
    NgapMulticastSessionDeactivationRequestTransfer stop;
    stop.mbsSessionId.tmgi = SESSION;
    deactivate.transfer = stop.Encode();
    lone.Send(deactivate.Encode());
    check.Expect(bool(NgapMulticastSessionDeactivationResponse::Decode(lone.pdus.back())),
                 "but is inactive");
    NgapMulticastSessionUpdateRequest update;
    update.mbsSessionId.tmgi = SESSION;
    NgapMulticastSessionUpdateRequestTransfer qos;
    qos.mbsSessionId.tmgi = SESSION;
    NgapMbsQosFlowsToBeSetupItem flow;
    flow.mbsQosFlowIdentifier = 1;
    flow.mbsQosFlowLevelQosParameters.fiveQi = 7;
    qos.mbsQosFlowsToBeSetupModList.push_back(flow);
    update.transfer = qos.Encode();
    lone.Send(update.Encode());
    const auto unknown = NgapMulticastSessionUpdateFailure::Decode(lone.pdus.back());
    check.Expect(unknown && unknown->cause.value == NgapCause::RADIO_UNKNOWN_MBS_SESSION_ID,
                 "nor updated");
    check.Equal(static_cast<int>(lone.gnb->GetFiveQi(SESSION)), 0, "it has no QoS here");
    JoinFirstUe(lone, true);
    check.Expect(lone.gnb->IsActive(SESSION), "one that is here is active");
    lone.Send(deactivate.Encode());
    check.Expect(!lone.gnb->IsActive(SESSION), "not any more");
    lone.Send(activate.Encode());
    check.Expect(lone.gnb->IsActive(SESSION) &&
                     NgapMulticastSessionActivationResponse::Decode(lone.pdus.back()),
                 "and again");
    lone.Send(update.Encode());
    check.Expect(lone.gnb->GetFiveQi(SESSION) == 7 &&
                     NgapMulticastSessionUpdateResponse::Decode(lone.pdus.back()),
                 "its QoS changes");
    update.transfer = {0xff};
    lone.Send(update.Encode());
    const auto garbled = NgapMulticastSessionUpdateFailure::Decode(lone.pdus.back());
    check.Expect(garbled && garbled->cause.group == NgapCauseGroup::PROTOCOL, "rubbish does not");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

void
NobodyIsLeftWhenItIsSetUp(Check& check)
{
    // A second session fails, for which the UE waits too; the first one is set up after that.
    LoneGnb lone;
    const Tmgi other(0x999, PlmnId());
    lone.Send(Modify(FIRST_UE, 1, {SESSION, other}));
    check.Equal(lone.pdus.size(), 2u, "both are asked for");
    lone.Send(SetupFailure(other));
    lone.pdus.clear();
    lone.Send(SetupResponse(true));
    check.Equal(lone.pdus.size(), 1u, "an answer");
    check.Expect(!lone.pdus.empty() && NgapDistributionReleaseRequest::Decode(lone.pdus.back()),
                 "it is released at once");
    check.Expect(!lone.gnb->HasSharedDelivery(SESSION), "no shared delivery");
}

void
AReleaseOfWhatIsNotThereLeavesNothing(Check& check)
{
    LoneGnb lone;
    lone.Send(Modify(FIRST_UE, 1, {}, {SESSION}));
    check.Equal(lone.heard[0].size(), 1u, "the UE is told");
    lone.pdus.clear();
    lone.gnb->Restart(NetworkFunction::Memory::KEPT, MilliSeconds(100));
    LoneGnb::Run();
    for (int i = 0; i < 5; ++i)
    {
        LoneGnb::Run();
    }
    const bool asked = std::any_of(lone.pdus.begin(), lone.pdus.end(), [](const Bytes& pdu) {
        return static_cast<bool>(NgapDistributionSetupRequest::Decode(pdu));
    });
    check.Expect(!asked, "no shared delivery is asked for when it is back");
}

void
Stops(Check& check)
{
    LoneGnb lone(Seconds(10));
    JoinFirstUe(lone, true);
    TwoNodes::RunUntil(11);
    lone.SendGtpu(GtpuOf(C_TEID, 100));
    check.Equal(lone.packets[0].size(), 0u, "a stopped gNB forwards nothing");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of a gNB alone */
void
AddGnbTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("a gNB ") + name, body));
    };
    add("relays NAS both ways to the right UE", RelaysNas);
    add("drops NGAP that is wrong, cut off or about unknown UEs", DropsWrongNgap);
    add("drops RRC that is wrong or from unknown UEs", DropsWrongRrc);
    add("asks for shared delivery once, then configures all that wait", SharedDeliveryOnce);
    add("tells the AMF what a UE could not be told", AUeThatIsNotReached);
    add("answers all that wait when shared delivery fails", SetupFailureIsAnswered);
    add("takes a SETUP RESPONSE that is of no use for a failure", UselessSetupResponses);
    add("sends what comes through the tunnel to the group and drops the rest", UserPlane);
    add("drops a tunnel packet with nothing inside", EmptyTunnelPacket);
    add("drops a tunnel packet without a number if it is to give COUNT", CountNeedsANumber);
    add("offers a tunnel of its own when it shall", UnicastTunnel);
    add("releases shared delivery when its last UE is gone, and only then", ReleasesForTheLastUe);
    add("releases the tunnel of its own that it had offered", ReleasesItsTunnel);
    add("releases a session that nobody can use because another one failed", UnusedAfterFailure);
    add("takes sessions for active or not, and changes their QoS, as it is told",
        ActivityAndUpdates);
    add("releases what is set up when nobody waits for it any more", NobodyIsLeftWhenItIsSetUp);
    add("keeps nothing of a session that it was to release and did not have",
        AReleaseOfWhatIsNotThereLeavesNothing);
    add("forwards nothing after it stopped", Stops);
}

} // namespace ns3::mbs
