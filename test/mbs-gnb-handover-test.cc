// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-radio-ears.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-gnb-handover.h"
#include "ns3/mbs-gnb.h"
#include "ns3/mbs-radio-channel.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/boolean.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** AMF UE NGAP ID of the UE. */
constexpr uint64_t UE = 100;

/** A gNB, number 4, with one UE, RNTI 1, and a node that plays its AMF and a neighbour, number 5.
 */
struct LoneGnb
{
    /** @param neighbour whether the gNB is told of the neighbour */
    explicit LoneGnb(bool neighbour = true)
    {
        channel->SetAttribute("Link", PointerValue(CreateObject<IdealRadioLink>()));
        channel->AddGnb(cell);
        channel->AddUe(ue);
        cell->Attach(ue);
        ears.signalling = [this](Ptr<const Packet> pdu) {
            Bytes octets(pdu->GetSize());
            pdu->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
            heard.push_back(octets);
        };
        ue->SetUser(&ears);
        gnb->SetCell(4, cell);
        gnb->SetAmf(net.Address(1));
        gnb->SetN3mb(net.Address(0), 1);
        gnb->AddUe(1, UE);
        gnb->AddSleeper(1, 7, 5);
        if (neighbour)
        {
            gnb->AddNeighbour(5, net.Address(1));
        }
        gnb->TraceConnectWithoutContext("Dropped", MakeCallback(&LoneGnb::Dropped, this));
        gnb->TraceConnectWithoutContext("HandoverFailed", MakeCallback(&LoneGnb::Failed, this));
        net.At(0)->AddApplication(gnb);
        amf->Install(net.At(1));
        amf->Listen();
        amf->SetReceiver([this](Ipv4Address, Bytes pdu) { ngap.push_back(std::move(pdu)); });
        xn->Install(net.At(1));
        xn->Listen();
        xn->SetReceiver([this](Ipv4Address, Bytes pdu) { xnap.push_back(std::move(pdu)); });
        Run();
    }

    ~LoneGnb()
    {
        amf->Dispose();
        xn->Dispose();
        ue->Dispose();
        cell->Dispose();
        channel->Dispose();
    }

    LoneGnb(const LoneGnb&) = delete;
    LoneGnb& operator=(const LoneGnb&) = delete;

    void Dropped(const std::string& what, const std::string& why)
    {
        dropped = what + ": " + why;
    }

    void Failed(uint32_t /* gnb */, uint32_t /* rnti */, uint32_t other, const std::string& why)
    {
        failures.push_back(std::to_string(other) + ": " + why);
    }

    /** @brief Runs for a fifth of a second. */
    static void Run()
    {
        TwoNodes::RunUntil(Simulator::Now().GetSeconds() + 0.2);
    }

    /** @param pdu XnAP, from the neighbour @return what was dropped last, if anything was */
    std::string Send(const Bytes& pdu)
    {
        dropped = "nothing";
        xn->Send(net.Address(0), pdu, "test");
        Run();
        return dropped;
    }

    /** @param pdu NGAP, from the AMF @return what was dropped last, if anything was */
    std::string SendNgap(const Bytes& pdu)
    {
        dropped = "nothing";
        amf->Send(net.Address(0), pdu, "test");
        Run();
        return dropped;
    }

    TwoNodes net;                                             //!< gNB and the rest
    Ptr<RadioChannel> channel{CreateObject<RadioChannel>()};  //!< the air
    Ptr<GnbRadioDevice> cell{CreateObject<GnbRadioDevice>()}; //!< of the gNB
    Ptr<UeRadioDevice> ue{CreateObject<UeRadioDevice>()};     //!< radio of the UE
    RadioEars ears;                                           //!< what it hears
    Ptr<Gnb> gnb{CreateObject<Gnb>()};                        //!< under test
    Ptr<N2Endpoint> amf{CreateObject<N2Endpoint>()};          //!< the AMF's end
    Ptr<XnEndpoint> xn{CreateObject<XnEndpoint>()};           //!< the neighbour's end
    std::vector<Bytes> ngap;                                  //!< from the gNB
    std::vector<Bytes> xnap;                                  //!< from the gNB
    std::vector<Bytes> heard;                                 //!< RRC PDUs to the UE
    std::string dropped;                                      //!< last one
    std::vector<std::string> failures;                        //!< handovers that failed
};

/**
 * @param cell that the UE shall come to
 * @param context of RRC
 * @param xnapId the UE at the source
 * @return HANDOVER REQUEST
 */
Bytes
Request(uint64_t cell, const Bytes& context, uint32_t xnapId = 33)
{
    XnapHandoverRequest request;
    request.sourceUeXnapId = xnapId;
    request.targetCell.nrCellIdentity = cell;
    request.amfUeNgapId = 200;
    request.cpTnlSource.ipv4 = Ipv4Address("10.0.0.1");
    XnapPduSessionToBeSetup session;
    session.pduSessionId = 5;
    session.ulNguTnlAtUpf.transportLayerAddress.ipv4 = Ipv4Address("10.0.0.1");
    session.qosFlowsToBeSetup = {{1, {}, {}}};
    request.pduSessions = {session};
    request.rrcContext = context;
    request.ueHistory = {{{}, XnapCellSize::MEDIUM, 0}};
    return request.Encode();
}

/** @param container of RRC @param xnapId of the UE @return HANDOVER REQUEST ACKNOWLEDGE */
Bytes
Acknowledge(const Bytes& container, uint32_t xnapId = 1)
{
    XnapHandoverRequestAcknowledge acknowledge;
    acknowledge.sourceUeXnapId = xnapId;
    acknowledge.targetUeXnapId = 44;
    acknowledge.admitted = {{5, false, {1}, {}}};
    acknowledge.targetToSourceContainer = container;
    return acknowledge.Encode();
}

void
MessagesWithoutAHandover(Check& check)
{
    NgapPathSwitchRequestAcknowledge switched;
    switched.amfUeNgapId = UE;
    switched.ranUeNgapId = 1;
    switched.switched = {{5, NgapPathSwitchRequestAcknowledgeTransfer().Encode()}};
    switched.allowedNssai = {{1, {}}};
    NgapPathSwitchRequestFailure refused;
    refused.amfUeNgapId = UE;
    refused.ranUeNgapId = 1;
    refused.released = {{5, NgapPathSwitchRequestCauseTransfer().Encode()}};
    {
        LoneGnb lone;
        check.Equal(lone.Send(Hex("ff")), "XnAP PDU: truncated", "noise");
        check.Equal(lone.Send(Hex("0002400100")),
                    "HandoverCancel: truncated",
                    "a message that cannot be decoded");
        check.Equal(lone.Send(Hex("0063000100")),
                    "unknown: not one that this gNB handles",
                    "another");
        check.Equal(lone.Send(XnapHandoverCancel{33, {}, {}}.Encode()),
                    "HandoverCancel: no such UE is awaited",
                    "nobody is awaited");
        check.Equal(lone.Send(XnapUeContextRelease{1, 44}.Encode()),
                    "UEContextRelease: no UE is on its way there",
                    "nobody has gone");
        check.Equal(lone.Send(XnapHandoverPreparationFailure{1, {}, {}, {}}.Encode()),
                    "HandoverPreparationFailure: no such handover is being prepared",
                    "nothing was asked for");
        check.Equal(lone.Send(Acknowledge({0x80})),
                    "HandoverRequestAcknowledge: no such handover is being prepared",
                    "nothing was asked for");
        check.Equal(lone.xnap.size(), 1U, "the UE that was admitted is not to wait");
        const auto cancel = XnapHandoverCancel::Decode(lone.xnap.empty() ? Bytes() : lone.xnap[0]);
        check.Expect(cancel && cancel->sourceUeXnapId == 1 && cancel->targetUeXnapId == 44U,
                     "CANCEL");
        check.Equal(lone.SendNgap(switched.Encode()),
                    "PathSwitchRequestAcknowledge: no path of such a UE is being switched",
                    "no UE has come");
        check.Equal(lone.SendNgap(refused.Encode()),
                    "PathSwitchRequestFailure: no path of such a UE is being switched",
                    "no UE has come");
    }
    LoneGnb alone(false);
    check.Equal(alone.SendNgap(switched.Encode()),
                "PathSwitchRequestAcknowledge: the gNB has no neighbours",
                "without neighbours");
    check.Equal(alone.SendNgap(refused.Encode()),
                "PathSwitchRequestFailure: the gNB has no neighbours",
                "without neighbours");
}

void
RequestsThatAreRefused(Check& check)
{
    const Bytes context = HandoverPreparationInformation{{5, 33}, 9}.Encode();
    const auto cause = [&check](const Bytes& request, bool admits) {
        LoneGnb lone;
        lone.gnb->SetAttribute("AdmitHandovers", BooleanValue(admits));
        lone.Send(request);
        const auto failure =
            XnapHandoverPreparationFailure::Decode(lone.xnap.empty() ? Bytes() : lone.xnap[0]);
        check.Expect(failure && failure->sourceUeXnapId == 33, "HANDOVER PREPARATION FAILURE");
        return failure ? int(failure->cause.group) * 100 + failure->cause.value : -1;
    };
    check.Equal(cause(Request(6, context), true),
                int(XnapCause::RADIO_CELL_NOT_AVAILABLE),
                "another cell");
    check.Equal(cause(Request(4, {0x80}), true),
                int(XnapCauseGroup::PROTOCOL) * 100 + XnapCause::PROTOCOL_TRANSFER_SYNTAX_ERROR,
                "nothing of RRC");
    check.Equal(cause(Request(4, context), false),
                int(XnapCause::RADIO_NO_RADIO_RESOURCES_IN_TARGET_CELL),
                "no admission");
    LoneGnb lone;
    check.Equal(lone.Send(Request(4, context)), "nothing", "a right one");
    const auto answer =
        XnapHandoverRequestAcknowledge::Decode(lone.xnap.empty() ? Bytes() : lone.xnap[0]);
    check.Expect(answer && answer->targetUeXnapId == 2 &&
                     HandoverCommand::Decode(answer->targetToSourceContainer),
                 "ACKNOWLEDGE with an order");
    check.Equal(lone.Send(XnapHandoverCancel{33, 2, {}}.Encode()),
                "Xn handover: the UE does not come",
                "it is cancelled");
    check.Equal(lone.cell->FindUe(2), nullptr, "nobody has the RNTI");
}

void
HandoversThatEndAtTheSource(Check& check)
{
    LoneGnb lone;
    lone.gnb->HandOver(2, 5);
    lone.gnb->HandOver(1, 6);
    lone.gnb->HandOver(1, 4);
    lone.gnb->HandOver(1, 5);
    check.Expect(lone.gnb->IsHandingOver(1), "the last one can be");
    lone.gnb->HandOver(1, 5);
    LoneGnb::Run();
    const auto request = XnapHandoverRequest::Decode(lone.xnap.empty() ? Bytes() : lone.xnap[0]);
    check.Expect(request && request->sourceUeXnapId == 1 && request->amfUeNgapId == UE &&
                     request->targetCell.nrCellIdentity == 5 && request->mbsSessions.empty() &&
                     request->pduSessions.at(0).pduSessionId == 5,
                 "HANDOVER REQUEST");
    check.Equal(lone.Send(Acknowledge({0x00, 0x01})),
                "Xn handover: no order for the UE in the target's answer",
                "an answer of no use");
    const auto cancel = XnapHandoverCancel::Decode(lone.xnap.back());
    check.Expect(cancel && cancel->targetUeXnapId == 44U, "CANCEL");
    check.Expect(!lone.gnb->IsHandingOver(1) && lone.heard.empty(), "the UE stays");
    lone.xn->Close();
    LoneGnb::Run();
    lone.gnb->HandOver(1, 5);
    const std::vector<std::string> expected{
        "5: the UE has no connection, or no PDU session that is known here",
        "6: there is no Xn to that gNB",
        "4: the UE is there already",
        "5: the UE is in a handover already",
        "5: no order for the UE in the target's answer",
        "5: Xn to that gNB is down"};
    check.Equal(lone.failures.size(), expected.size(), "failures");
    for (std::size_t i = 0; i < expected.size() && i < lone.failures.size(); ++i)
    {
        check.Equal(lone.failures[i], expected[i], "in order");
    }
}

void
TheAmfEndsTheConnection(Check& check)
{
    for (const bool away : {false, true})
    {
        LoneGnb lone;
        lone.gnb->HandOver(1, 5);
        LoneGnb::Run();
        RrcMessage order;
        order.type = RrcType::RECONFIGURATION_WITH_SYNC;
        order.sync = {5, 44, 1000};
        if (away)
        {
            lone.Send(Acknowledge(HandoverCommand{order.Encode()}.Encode()));
            check.Equal(lone.heard.size(), 1U, "the UE has been told");
            check.Equal(ToHex(lone.heard.at(0)), ToHex(order.Encode()), "as the target wants it");
        }
        NgapUeContextReleaseCommand command;
        command.amfUeNgapId = UE;
        command.ranUeNgapId = 1;
        command.cause = {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE};
        check.Equal(lone.SendNgap(command.Encode()),
                    "Xn handover: the UE's connection has ended",
                    "it is over");
        check.Equal(lone.heard.size(), 1U, away ? "who has gone is told nothing" : "it is told");
        check.Expect(bool(XnapHandoverCancel::Decode(lone.xnap.back())), "CANCEL");
        check.Expect(bool(NgapUeContextReleaseComplete::Decode(lone.ngap.back())), "COMPLETE");
    }
}

/** @return HANDOVER COMMAND that sends a UE to gNB 5 */
Bytes
Order()
{
    RrcMessage order;
    order.type = RrcType::RECONFIGURATION_WITH_SYNC;
    order.sync = {5, 44, 1000};
    return HandoverCommand{order.Encode()}.Encode();
}

/** @return a NAS message for the UE */
Bytes
Nas()
{
    NgapDownlinkNasTransport message;
    message.amfUeNgapId = UE;
    message.ranUeNgapId = 1;
    message.nasPdu = Bytes{0x7e, 0x01};
    return message.Encode();
}

void
AnAnswerOfAnEarlierHandover(Check& check)
{
    LoneGnb lone;
    const auto begin = [&lone] {
        lone.gnb->HandOver(1, 5);
        LoneGnb::Run();
        const auto request = XnapHandoverRequest::Decode(lone.xnap.back());
        return request ? request->sourceUeXnapId : 0;
    };
    const uint32_t first = begin();
    TwoNodes::RunUntil(Simulator::Now().GetSeconds() + 0.5);
    check.Equal(lone.failures.back(), "5: no answer of the target within TXnRELOCprep", "given up");
    const uint32_t second = begin();
    check.Expect(first != 0 && second != 0 && first != second, "another name on Xn each time");
    check.Equal(lone.Send(Acknowledge(Order(), first)),
                "HandoverRequestAcknowledge: no such handover is being prepared",
                "late, of the first one");
    const auto cancel = XnapHandoverCancel::Decode(lone.xnap.back());
    check.Expect(cancel && cancel->sourceUeXnapId == first && cancel->targetUeXnapId == 44U,
                 "CANCEL");
    check.Expect(lone.heard.empty() && lone.gnb->IsHandingOver(1), "the second one waits on");
    check.Equal(lone.Send(Acknowledge(Order(), second)), "nothing", "its own answer");
    check.Equal(lone.heard.size(), 1U, "the UE has been told");
    // It comes back, and is sent away once more, when the target reports the second one done.
    RrcMessage back;
    back.type = RrcType::REESTABLISHMENT_REQUEST;
    back.identity = {4, 1};
    const Bytes octets = back.Encode();
    lone.ue->SendToGnb(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
    LoneGnb::Run();
    check.Equal(lone.failures.back(), "5: the UE has come back", "it is here");
    const uint32_t third = begin();
    lone.Send(Acknowledge(Order(), third));
    check.Equal(lone.Send(XnapUeContextRelease{second, 44}.Encode()),
                "UEContextRelease: no UE is on its way there",
                "of the second one");
    check.Expect(lone.gnb->IsHandingOver(1), "the third one goes on");
    check.Equal(lone.Send(XnapUeContextRelease{third, 44}.Encode()), "nothing", "of the third one");
    check.Expect(!lone.gnb->IsHandingOver(1), "it is done");
}

void
AnAmfThatDoesNotReleaseTheUe(Check& check)
{
    for (const bool answers : {false, true})
    {
        LoneGnb lone;
        lone.gnb->SetAttribute("TXnRelocOverall", TimeValue(MilliSeconds(300)));
        lone.gnb->HandOver(1, 5);
        LoneGnb::Run();
        lone.Send(Acknowledge(Order()));
        uint32_t asked = 0;
        lone.amf->SetReceiver([&](Ipv4Address gnb, Bytes pdu) {
            const auto request = NgapUeContextReleaseRequest::Decode(pdu);
            asked += request ? 1 : 0;
            if (request && answers && asked == 2)
            {
                NgapUeContextReleaseCommand command;
                command.amfUeNgapId = UE;
                command.ranUeNgapId = 1;
                command.cause = request->cause;
                lone.amf->Send(gnb, command.Encode(), "test");
            }
        });
        TwoNodes::RunUntil(Simulator::Now().GetSeconds() + 5);
        check.Equal(asked, answers ? 2U : 4U, "UE CONTEXT RELEASE REQUESTs");
        check.Equal(lone.failures.size(), std::size_t{1}, "reported once");
        check.Expect(!lone.gnb->IsHandingOver(1),
                     "it is over when the AMF says so, or says nothing");
        check.Equal(lone.dropped,
                    answers ? "Xn handover: no UE CONTEXT RELEASE within TXnRELOCoverall"
                            : "UE context: released without the AMF's command",
                    "and that is counted");
        check.Equal(lone.SendNgap(Nas()),
                    "DownlinkNASTransport: unknown UE NGAP IDs",
                    "nothing is sent to the UE any more");
    }
}

void
AUeThatRlcDoesNotReach(Check& check)
{
    // It never comes back; it hears again, and has noticed nothing; it re-establishes.
    for (const std::string back : {"never", "hears", "re-establishes"})
    {
        LoneGnb lone;
        lone.gnb->SetAttribute("RlfReleaseTimer", TimeValue(Seconds(2)));
        const double sent = Simulator::Now().GetSeconds();
        double asked = 0;
        lone.amf->SetReceiver([&](Ipv4Address gnb, Bytes pdu) {
            const auto request = NgapUeContextReleaseRequest::Decode(pdu);
            if (request && request->cause.group == NgapCauseGroup::RADIO_NETWORK &&
                request->cause.value == NgapCause::RADIO_CONNECTION_WITH_UE_LOST)
            {
                asked = Simulator::Now().GetSeconds();
                NgapUeContextReleaseCommand command;
                command.amfUeNgapId = UE;
                command.ranUeNgapId = 1;
                command.cause = request->cause;
                lone.amf->Send(gnb, command.Encode(), "test");
            }
            lone.ngap.push_back(std::move(pdu));
        });
        lone.ue->SetInCoverage(false);
        lone.SendNgap(Nas());
        const auto indication =
            NgapNasNonDeliveryIndication::Decode(lone.ngap.empty() ? Bytes() : lone.ngap[0]);
        check.Expect(indication && indication->ranUeNgapId == 1 &&
                         indication->nasPdu == Bytes{0x7e, 0x01} &&
                         indication->cause.value == NgapCause::RADIO_CONNECTION_WITH_UE_LOST,
                     back + ": NAS NON DELIVERY INDICATION");
        lone.SendNgap(Nas());
        lone.ue->SetInCoverage(back != "never");
        if (back == "re-establishes")
        {
            RrcMessage request;
            request.type = RrcType::REESTABLISHMENT_REQUEST;
            request.identity = {4, 1};
            const Bytes octets = request.Encode();
            lone.ue->SendToGnb(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
        }
        TwoNodes::RunUntil(sent + 5);
        if (back == "re-establishes")
        {
            check.Equal(asked, 0.0, "who comes back is not released");
            check.Equal(lone.SendNgap(Nas()), "nothing", "and gets what comes next");
            continue;
        }
        // RLC's nine attempts take some tenths of a second.
        check.Expect(asked > sent + 2 && asked < sent + 2.3,
                     back + ": asked after " + std::to_string(asked - sent) + " s");
        check.Expect(bool(NgapUeContextReleaseComplete::Decode(lone.ngap.back())),
                     back + ": COMPLETE, and nothing more");
        const auto release = RrcMessage::Decode(lone.heard.empty() ? Bytes() : lone.heard.back());
        check.Equal(release && release->type == RrcType::RELEASE_TO_IDLE,
                    back == "hears",
                    back + ": RRC RELEASE");
        check.Equal(lone.SendNgap(Nas()),
                    "DownlinkNASTransport: unknown UE NGAP IDs",
                    back + ": its context is gone");
    }
}

void
AUeThatSleepsOrAnswersIsNotLost(Check& check)
{
    for (const bool sleeps : {true, false})
    {
        const std::string when = sleeps ? "suspended" : "connected";
        LoneGnb lone;
        check.Expect(!lone.gnb->SetAttributeFailSafe("RlfReleaseTimer", TimeValue(Seconds(0))),
                     "the gNB waits for some time at least");
        lone.gnb->SetAttribute("RlfReleaseTimer", TimeValue(Seconds(2)));
        lone.gnb->SetAttribute("SleepState", StringValue(sleeps ? "inactive" : "connected"));
        lone.gnb->SetAttribute("InactivityTimer", TimeValue(Seconds(1)));
        const auto send = [&lone](RrcType type) {
            RrcMessage message;
            message.type = type;
            const Bytes octets = message.Encode();
            lone.ue->SendToGnb(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
            LoneGnb::Run();
        };
        const auto heard = [&lone](RrcType type) {
            const auto last = RrcMessage::Decode(lone.heard.empty() ? Bytes() : lone.heard.back());
            return last && last->type == type;
        };
        const double begin = Simulator::Now().GetSeconds();
        lone.ue->SetInCoverage(false);
        lone.SendNgap(Nas());
        check.Expect(lone.ngap.size() == 1 &&
                         bool(NgapNasNonDeliveryIndication::Decode(lone.ngap[0])),
                     when + ": RLC has given up");
        lone.ue->SetInCoverage(true);
        TwoNodes::RunUntil(begin + 1.5);
        check.Equal(heard(RrcType::SUSPEND), sleeps, when + ": the gNB sends it to sleep");
        if (sleeps)
        {
            send(RrcType::RESUME_REQUEST);
            check.Expect(heard(RrcType::RESUME), when + ": it is taken");
        }
        send(RrcType::RESUME_COMPLETE);
        // It is awake until 2.7 s at least; the gNB would ask 2 s after RLC has given up.
        TwoNodes::RunUntil(begin + 5);
        check.Equal(lone.ngap.size(),
                    std::size_t{1},
                    when + ": the AMF is not asked to release it");
        check.Equal(lone.dropped, "nothing", when + ": and nothing is given up");
    }
}

void
NeighboursThatAskForTooMuch(Check& check)
{
    const Bytes context = HandoverPreparationInformation{{5, 33}, 9}.Encode();
    LoneGnb lone;
    lone.gnb->SetAttribute("MaxAwaitedUes", UintegerValue(3));
    const auto admits = [&](uint32_t xnapId) {
        lone.Send(Request(4, context, xnapId));
        return bool(XnapHandoverRequestAcknowledge::Decode(lone.xnap.back()));
    };
    check.Expect(admits(1) && admits(2) && admits(3), "three are awaited");
    check.Expect(!admits(4), "not a fourth one");
    const auto failure = XnapHandoverPreparationFailure::Decode(lone.xnap.back());
    check.Expect(failure &&
                     failure->cause.value == XnapCause::RADIO_NO_RADIO_RESOURCES_IN_TARGET_CELL,
                 "for want of room");
    check.Expect(lone.failures.empty(), "none has failed");
    lone.Send(XnapHandoverCancel{2, {}, {}}.Encode());
    check.Expect(admits(5), "there is room once one is cancelled");
    // One that is asked for once more takes the place of itself.
    check.Expect(!admits(6), "and no more of it");
    lone.Send(XnapHandoverCancel{5, {}, {}}.Encode());
    check.Expect(admits(1), "asked for again");
    check.Equal(lone.failures.size(), std::size_t{3}, "the first one is not awaited any more");
    check.Expect(admits(7) && !admits(8), "and takes no room");
    lone.Send(XnapHandoverCancel{1, {}, {}}.Encode());
    check.Equal(lone.Send(XnapHandoverCancel{1, {}, {}}.Encode()),
                "HandoverCancel: no such UE is awaited",
                "there was one only");
}

void
UesThatNeverCome(Check& check)
{
    const Bytes context = HandoverPreparationInformation{{5, 33}, 9}.Encode();
    LoneGnb lone;
    constexpr uint32_t TIMES = 1200;
    for (uint32_t i = 1; i <= TIMES; ++i)
    {
        lone.xn->Send(lone.net.Address(0), Request(4, context, i), "test");
        lone.xn->Send(lone.net.Address(0), XnapHandoverCancel{i, {}, {}}.Encode(), "test");
    }
    LoneGnb::Run();
    check.Equal(lone.failures.size(), std::size_t{TIMES}, "none comes");
    std::set<uint32_t> identities;
    for (const Bytes& pdu : lone.xnap)
    {
        if (const auto answer = XnapHandoverRequestAcknowledge::Decode(pdu))
        {
            identities.insert(answer->targetUeXnapId);
        }
    }
    check.Equal(lone.xnap.size(), std::size_t{TIMES}, "all are answered");
    check.Equal(identities.size(), std::size_t{1025}, "with identities of those before");
    check.Equal(identities.empty() ? 0 : *identities.begin(), 2U, "never that of the UE here");
}

void
SessionsThatNobodyKnows(Check& check)
{
    // More of them than there are identities of groups, and then one that there is.
    LoneGnb lone;
    lone.gnb->SetAttribute("TXnRelocOverall", TimeValue(Hours(1)));
    std::set<uint16_t> identities;
    uint32_t orders = 0;
    lone.xn->SetReceiver([&](Ipv4Address, Bytes pdu) {
        const auto answer = XnapHandoverRequestAcknowledge::Decode(pdu);
        const auto command = answer ? HandoverCommand::Decode(answer->targetToSourceContainer)
                                    : Decoded<HandoverCommand>(DecodeError::MALFORMED);
        const auto order = command ? RrcMessage::Decode(command->rrcReconfiguration)
                                   : Decoded<RrcMessage>(DecodeError::MALFORMED);
        for (const MrbConfig& bearer : order ? order->bearers : std::vector<MrbConfig>())
        {
            identities.insert(bearer.gRnti);
            ++orders;
        }
    });
    bool accept = true;
    lone.amf->SetReceiver([&](Ipv4Address gnb, Bytes pdu) {
        const auto request = NgapDistributionSetupRequest::Decode(pdu);
        if (!request)
        {
            return;
        }
        if (accept)
        {
            NgapMbsDistributionSetupResponseTransfer transfer;
            transfer.mbsSessionId = request->mbsSessionId;
            transfer.mbsQosFlowsToBeSetupList.emplace_back();
            transfer.mbsQosFlowsToBeSetupList.back().mbsQosFlowIdentifier = 1;
            transfer.sharedNguMulticastTnlInformation.emplace();
            auto& tunnel = *transfer.sharedNguMulticastTnlInformation;
            tunnel.ipMulticastAddress.ipv4 =
                Ipv4Address(0xe8010100 + request->mbsSessionId.tmgi.ServiceId());
            tunnel.ipSourceAddress.ipv4 = Ipv4Address("10.9.9.9");
            tunnel.gtpTeid = request->mbsSessionId.tmgi.ServiceId();
            NgapDistributionSetupResponse response;
            response.mbsSessionId = request->mbsSessionId;
            response.transfer = transfer.Encode();
            lone.amf->Send(gnb, response.Encode(), "test");
            return;
        }
        NgapDistributionSetupFailure failure;
        failure.mbsSessionId = request->mbsSessionId;
        failure.cause = {NgapCauseGroup::MISC, NgapCause::MISC_UNSPECIFIED};
        lone.amf->Send(gnb, failure.Encode(), "test");
    });
    uint32_t name = 0;
    const auto ask = [&](uint32_t first, uint32_t count) {
        const auto decoded = XnapHandoverRequest::Decode(
            Request(4, HandoverPreparationInformation{{5, 33}, 9}.Encode(), ++name));
        XnapHandoverRequest request = *decoded;
        for (uint32_t i = first; i < first + count; ++i)
        {
            XnapMbsSessionInformation session;
            session.mbsSessionId.tmgi = Tmgi(i, PlmnId());
            request.mbsSessions.push_back(session);
        }
        lone.xn->Send(lone.net.Address(0), request.Encode(), "test");
    };
    // Two that stay.
    ask(1, 2);
    LoneGnb::Run();
    accept = false;
    // So many that 0 would be the next one.
    constexpr uint32_t AT_A_TIME = 256;
    for (uint32_t left = 0xfffd; left > 0; left -= std::min(left, AT_A_TIME))
    {
        ask(100 + left, std::min(left, AT_A_TIME));
        LoneGnb::Run();
    }
    accept = true;
    ask(3, 4);
    LoneGnb::Run();
    ask(1, 6);
    LoneGnb::Run();
    check.Equal(orders, 6U, "all of these sessions are there");
    check.Equal(identities.size(), std::size_t{6}, "each with its own identity");
    check.Expect(identities.count(0) == 0 && identities.count(MCCH_RNTI) == 0,
                 "none that means something else");
}

void
AGnbThatGoesDownSaysWhatFails(Check& check)
{
    const Bytes context = HandoverPreparationInformation{{5, 33}, 9}.Encode();
    for (const auto memory : {NetworkFunction::Memory::KEPT, NetworkFunction::Memory::LOST})
    {
        LoneGnb lone;
        lone.Send(Request(4, context));
        lone.gnb->HandOver(1, 5);
        LoneGnb::Run();
        lone.gnb->Restart(memory, MilliSeconds(100));
        const std::vector<std::string> both{"5: the gNB has gone down", "5: the gNB has gone down"};
        check.Expect(lone.failures == both, "one that is prepared and one that is awaited");
        LoneGnb::Run();
    }
    for (const auto memory : {NetworkFunction::Memory::KEPT, NetworkFunction::Memory::LOST})
    {
        LoneGnb lone;
        lone.gnb->HandOver(1, 5);
        LoneGnb::Run();
        lone.Send(Acknowledge(Order()));
        lone.gnb->Restart(memory, MilliSeconds(100));
        const bool forgets = memory == NetworkFunction::Memory::LOST;
        check.Equal(lone.failures.size(), std::size_t(forgets ? 1 : 0), "one that goes on or not");
        LoneGnb::Run();
    }
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of a gNB in handovers */
void AddGnbHandoverTests(MbsTestSuite& suite);

void
AddGnbHandoverTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("gNB in a handover: ") + name, body));
    };
    add("messages that belong to none are dropped", MessagesWithoutAHandover);
    add("requests that it cannot serve are refused with a cause", RequestsThatAreRefused);
    add("what cannot begin or go on ends with the UE where it is", HandoversThatEndAtTheSource);
    add("one of a UE that the AMF releases is cancelled", TheAmfEndsTheConnection);
    add("what belongs to an earlier one of the same UE is not taken for this one",
        AnAnswerOfAnEarlierHandover);
    add("the AMF is asked again to release a UE of which nothing is heard, and then done without",
        AnAmfThatDoesNotReleaseTheUe);
    add("a UE in none that RLC does not reach is released unless it re-establishes its connection",
        AUeThatRlcDoesNotReach);
    add("a UE in none that RLC did not reach stays if it is suspended or answers before that",
        AUeThatSleepsOrAnswersIsNotLost);
    add("a neighbour that asks for too many UEs is refused", NeighboursThatAskForTooMuch);
    add("radio identities of UEs that do not come are given out again", UesThatNeverCome);
    add("sessions that nobody knows do not use up the identities of groups",
        SessionsThatNobodyKnows);
    add("a gNB that goes down says which ones fail", AGnbThatGoesDownSaysWhatFails);
}

} // namespace ns3::mbs
