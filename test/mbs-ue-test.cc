// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-ran-samples.h"

#include "ns3/mbs-gnb-radio-device.h"
#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-nas-5gsm.h"
#include "ns3/mbs-ue.h"

#include "ns3/boolean.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <memory>
#include <string>
#include <variant>

namespace ns3::mbs
{

namespace
{

/** G-RNTI of the session. */
constexpr uint16_t GROUP = 5;

/** The first keys. */
const Mki FIRST = SampleMki(1, 1);

/** A UE without a network: a gNB's device that the test speaks through. */
struct LoneUe
{
    /** @param shared attribute SharedUnprotect */
    explicit LoneUe(bool shared = true)
        : channel(CreateObject<RadioChannel>()),
          cell(CreateObject<GnbRadioDevice>()),
          device(CreateObject<UeRadioDevice>()),
          ue(CreateObject<Ue>())
    {
        channel->SetAttribute("Link", PointerValue(CreateObject<IdealRadioLink>()));
        channel->AddGnb(cell);
        channel->AddUe(device);
        device->SetUe(3);
        cell->Attach(device);
        cell->SetSignallingCallback(MakeCallback(&LoneUe::Heard, this));
        ue->SetNumber(3);
        ue->SetDevice(device);
        ue->SetAttribute("SharedUnprotect", BooleanValue(shared));
        ue->SetAttribute("KeyRetention", TimeValue(Seconds(1)));
        ue->TraceConnectWithoutContext("Dropped", MakeCallback(&LoneUe::Dropped, this));
        ue->TraceConnectWithoutContext("JoinRequested", MakeCallback(&LoneUe::Requested, this));
        ue->TraceConnectWithoutContext("Joined", MakeCallback(&LoneUe::Joined, this));
        ue->TraceConnectWithoutContext("LeaveRequested", MakeCallback(&LoneUe::Leaving, this));
        ue->TraceConnectWithoutContext("Left", MakeCallback(&LoneUe::Left, this));
        ue->TraceConnectWithoutContext("Removed", MakeCallback(&LoneUe::Removed, this));
        ue->TraceConnectWithoutContext("JoinRejected", MakeCallback(&LoneUe::Rejected, this));
        ue->TraceConnectWithoutContext("MskInstalled", MakeCallback(&LoneUe::Msk, this));
        ue->TraceConnectWithoutContext("MtkInstalled", MakeCallback(&LoneUe::Mtk, this));
        ue->TraceConnectWithoutContext("KeyFirstUsed", MakeCallback(&LoneUe::Used, this));
        ue->TraceConnectWithoutContext("Delivered", MakeCallback(&LoneUe::Delivered, this));
        ue->TraceConnectWithoutContext("Lost", MakeCallback(&LoneUe::Lost, this));
        ue->TraceConnectWithoutContext("MtkMessageRefused", MakeCallback(&LoneUe::Refused, this));
    }

    ~LoneUe()
    {
        ue->Dispose();
        device->Dispose();
        cell->Dispose();
        channel->Dispose();
        Simulator::Destroy();
    }

    LoneUe(const LoneUe&) = delete;
    LoneUe& operator=(const LoneUe&) = delete;

    void Heard(uint32_t /* rnti */, Ptr<const Packet> pdu)
    {
        Bytes octets(pdu->GetSize());
        pdu->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
        const auto rrc = RrcMessage::Decode(octets);
        if (rrc && rrc->type == RrcType::RECONFIGURATION_COMPLETE)
        {
            configured.push_back(rrc->transaction);
            return;
        }
        const auto nas = rrc ? UlNasTransport::Decode(rrc->nas) : DecodeError::MALFORMED;
        if (nas)
        {
            said.push_back(nas->payload);
            saidAt.push_back(Simulator::Now());
        }
    }

    void Dropped(const std::string& what, const std::string& why)
    {
        dropped.push_back(what + ": " + why);
    }

    void Log(const std::string& event)
    {
        events.push_back(event);
    }

    void Requested(uint32_t /* ue */, const Tmgi& /* tmgi */)
    {
        Log("requested");
    }

    void Joined(uint32_t /* ue */, const Tmgi& /* tmgi */)
    {
        Log("joined");
    }

    void Leaving(uint32_t /* ue */, const Tmgi& /* tmgi */)
    {
        Log("leaving");
    }

    void Left(uint32_t /* ue */, const Tmgi& /* tmgi */)
    {
        Log("left");
    }

    void Removed(uint32_t /* ue */, const Tmgi& /* tmgi */, const std::string& /* cause */)
    {
        Log("removed");
    }

    void Rejected(uint32_t /* ue */, const Tmgi& /* tmgi */, const std::string& cause)
    {
        Log("rejected: " + cause);
    }

    void Msk(uint32_t /* ue */, const Tmgi& /* tmgi */, const Mki& mki)
    {
        Log("MSK " + ToHex(mki.Encode()));
    }

    void Mtk(uint32_t /* ue */, const Tmgi& /* tmgi */, const Mki& mki)
    {
        Log("MTK " + ToHex(mki.Encode()));
    }

    void Used(uint32_t /* ue */, const Tmgi& /* tmgi */, const Mki& mki)
    {
        Log("used " + ToHex(mki.Encode()));
    }

    void Delivered(uint32_t /* ue */, Ptr<const Packet> /* packet */, ByteView rtp)
    {
        Log("delivered " + ToHex(rtp));
    }

    void Lost(uint32_t /* ue */, Ptr<const Packet> /* packet */, UeLoss cause)
    {
        static const char* const NAMES[] = {"no key", "stale key", "auth", "replay"};
        Log(std::string("lost: ") + NAMES[static_cast<int>(cause)]);
    }

    void Refused(uint32_t /* ue */, const std::string& why)
    {
        Log("refused: " + why);
    }

    /** @param seconds how long to run */
    static void Run(double seconds = 0.1)
    {
        Simulator::Stop(Seconds(seconds));
        Simulator::Run();
    }

    /** @param octets an RRC PDU, sent to the UE */
    void Send(const Bytes& octets)
    {
        cell->SendToUe(1, Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
        Run();
    }

    /** @param nas a NAS PDU, sent to the UE */
    void SendNas(const Bytes& nas)
    {
        RrcMessage rrc;
        rrc.type = RrcType::DL_INFORMATION_TRANSFER;
        rrc.nas = nas;
        Send(rrc.Encode());
    }

    /** @param sm a 5GSM message, sent to the UE */
    void SendSm(const Bytes& sm)
    {
        DlNasTransport transport;
        transport.payload = sm;
        transport.pduSessionId = 1;
        SendNas(transport.Encode());
    }

    /** @param packet sent to the session's group */
    void SendGroup(const Ptr<Packet>& packet)
    {
        cell->SendToGroup(GROUP, packet);
        Run();
    }

    /** @param srtp sent to the session's group */
    void SendTraffic(const Bytes& srtp)
    {
        SendGroup(SampleIp(SAMPLE_TRAFFIC_PORT, srtp));
    }

    /** @param mikey sent to the session's group */
    void SendMikey(const Bytes& mikey)
    {
        SendGroup(SampleIp(SAMPLE_MIKEY_PORT, mikey));
    }

    /** @brief Asks for the session, is accepted with the first keys and listens to the group. */
    void JoinFully();

    /** @param what an event @return how often it was seen */
    std::size_t Count(const std::string& what) const
    {
        return static_cast<std::size_t>(std::count(events.begin(), events.end(), what));
    }

    /** @return the event seen last, or nothing */
    std::string Last() const
    {
        return events.empty() ? "nothing" : events.back();
    }

    Ptr<RadioChannel> channel;        //!< the air
    Ptr<GnbRadioDevice> cell;         //!< what the test speaks through
    Ptr<UeRadioDevice> device;        //!< the UE's radio
    Ptr<Ue> ue;                       //!< under test
    std::vector<Bytes> said;          //!< 5GSM messages of the UE
    std::vector<Time> saidAt;         //!< when they came
    std::vector<uint8_t> configured;  //!< transactions of RECONFIGURATION COMPLETE
    std::vector<std::string> dropped; //!< trace source Dropped
    std::vector<std::string> events;  //!< the other trace sources
};

/** @param mki names @param msk the MSK @param mtk the MTK @return a key set of the N1 container */
N1KeySet
KeySetOf(const Mki& mki, const Key128& msk, const Key128& mtk)
{
    N1KeySet keySet;
    keySet.keyDomainId = SAMPLE_DOMAIN;
    keySet.mskId = mki.msk;
    keySet.msk = msk;
    keySet.mtk =
        N1EncryptedMtk{mki.mtk, AesBlockMtkWrap().Wrap(msk, SAMPLE_DOMAIN, mki.msk, mki.mtk, mtk)};
    return keySet;
}

/** @return the first keys: MSK a1.., MTK 01.. */
N1KeySet
FirstKeys()
{
    return KeySetOf(FIRST, FilledKey(0xa1), FilledKey(1));
}

/**
 * @param decision of the network
 * @param keySets keys
 * @param pti of the request
 * @param tmgi the session
 * @return PDU SESSION MODIFICATION COMMAND
 */
Bytes
Command(MbsDecision decision,
        const std::vector<N1KeySet>& keySets = {},
        uint8_t pti = 1,
        const Tmgi& tmgi = SAMPLE_TMGI)
{
    ReceivedMbsInformation information;
    information.decision = decision;
    information.tmgi = tmgi;
    information.keySets = keySets;
    if (decision == MbsDecision::JOIN_REJECTED)
    {
        information.cause = MbsRejectionCause::NOT_AUTHORIZED;
    }
    PduSessionModificationCommand command;
    command.pduSessionId = 1;
    command.pti = pti;
    command.receivedMbs = ReceivedMbsContainer{{information}};
    return command.Encode();
}

/**
 * @param gRnti the group
 * @param release true to stop
 * @param tmgi the session
 * @return RRC RECONFIGURATION, transaction 9
 */
Bytes
Reconfiguration(uint16_t gRnti, bool release = false, const Tmgi& tmgi = SAMPLE_TMGI)
{
    RrcMessage rrc;
    rrc.type = RrcType::RECONFIGURATION;
    rrc.transaction = 9;
    rrc.bearers.push_back({tmgi, gRnti, release});
    return rrc.Encode();
}

void
LoneUe::JoinFully()
{
    ue->Join(SAMPLE_TMGI);
    SendSm(Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()}));
    Send(Reconfiguration(GROUP));
}

/** @param check where to report @param lone a UE that should not have gained anything */
void
ExpectNothingGained(Check& check, const LoneUe& lone)
{
    check.Expect(!lone.ue->IsMember(SAMPLE_TMGI), "not in the session");
    for (const auto& event : lone.events)
    {
        check.Equal(event, "requested", "no event but the request");
    }
}

void
Joins(Check& check)
{
    LoneUe lone;
    check.Equal(lone.ue->GetNumber(), 3u, "number");
    check.Expect(!lone.ue->IsMember(SAMPLE_TMGI), "not in the session before");
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    check.Equal(lone.said.size(), 1u, "one message");
    const auto request = PduSessionModificationRequest::Decode(lone.said.at(0));
    check.Expect(request && request->pti == 1 && request->pduSessionId == 1 &&
                     request->requestedMbs && request->requestedMbs->requests.size() == 1 &&
                     request->requestedMbs->requests[0].operation == MbsOperation::JOIN &&
                     std::get<Tmgi>(request->requestedMbs->requests[0].sessionId) == SAMPLE_TMGI,
                 "PDU SESSION MODIFICATION REQUEST to join the session");
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    check.Equal(lone.said.size(), 1u, "it does not ask twice");

    lone.SendSm(Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()}));
    check.Expect(lone.ue->IsMember(SAMPLE_TMGI), "in the session");
    check.Equal(lone.Count("joined"), 1u, "joined");
    check.Equal(lone.Count("MSK 000100010001"), 1u, "MSK installed");
    const auto complete = PduSessionModificationComplete::Decode(lone.said.at(1));
    check.Expect(complete && complete->pti == 1 && complete->pduSessionId == 1, "COMPLETE");

    lone.SendSm(Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()}));
    check.Equal(lone.Count("joined"), 1u, "a command that was sent again changes nothing");
    check.Equal(lone.Count("MSK 000100010001"), 1u, "installs nothing");
    check.Equal(lone.said.size(), 3u, "but is completed again");
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run(20);
    check.Equal(lone.said.size(), 3u, "who is in does not ask, nor does T3581 run");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

void
AsksAgain(Check& check)
{
    LoneUe lone;
    lone.ue->SetAttribute("T3581", TimeValue(Seconds(2)));
    lone.ue->SetAttribute("MaxRequestRetransmissions", UintegerValue(3));
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run(7.999);
    check.Equal(lone.said.size(), 4u, "once and three times again");
    check.Equal(lone.Count("rejected: no answer"), 0u, "not given up before T3581 ran out");
    for (std::size_t i = 1; i < lone.said.size(); ++i)
    {
        check.Equal(lone.saidAt[i] - lone.saidAt[0],
                    Seconds(2.0 * static_cast<double>(i)),
                    "T3581 apart");
        check.Expect(lone.said[i] == lone.said[0], "the same octets");
    }
    LoneUe::Run(0.002);
    check.Equal(lone.Count("rejected: no answer"), 1u, "given up");
    LoneUe::Run(20);
    check.Equal(lone.said.size(), 4u, "and no more requests");
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    const auto request = PduSessionModificationRequest::Decode(lone.said.at(4));
    check.Expect(request && request->pti == 2, "a new request takes the next PTI");
}

void
PtiWrapsAround(Check& check)
{
    LoneUe lone;
    for (int i = 0; i < NasSmHeader::MAX_PTI; ++i)
    {
        lone.ue->Join(Tmgi(static_cast<uint32_t>(i), PlmnId()));
    }
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run(1);
    const auto last = PduSessionModificationRequest::Decode(lone.said.at(NasSmHeader::MAX_PTI - 1));
    check.Expect(last && last->pti == NasSmHeader::MAX_PTI, "the last PTI");
    const auto next = PduSessionModificationRequest::Decode(lone.said.at(NasSmHeader::MAX_PTI));
    check.Expect(next && next->pti == 1, "behind it comes 1");
}

void
CutOffMessages(Check& check)
{
    LoneUe lone;
    lone.ue->SetAttribute("T3581", TimeValue(Seconds(10000)));
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    const Bytes sm = Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()});
    DlNasTransport transport;
    transport.payload = sm;
    transport.pduSessionId = 1;
    const Bytes nas = transport.Encode();
    RrcMessage rrc;
    rrc.nas = nas;
    const Bytes whole = rrc.Encode();
    std::size_t expected = 0;
    for (std::size_t size = 1; size < whole.size(); ++size)
    {
        lone.Send(ByteView(whole).Sub(0, size).ToBytes());
        check.Equal(lone.dropped.size(), ++expected, "RRC of " + std::to_string(size) + " octets");
        check.Equal(lone.dropped.back().substr(0, 11), "RRC message", "as RRC");
    }
    for (std::size_t size = 1; size < nas.size(); ++size)
    {
        lone.SendNas(ByteView(nas).Sub(0, size).ToBytes());
        check.Equal(lone.dropped.size(), ++expected, "NAS of " + std::to_string(size) + " octets");
    }
    check.Equal(lone.said.size(), 1u, "so far the UE answered nothing");
    for (std::size_t size = 1; size < sm.size(); ++size)
    {
        const std::size_t before = lone.said.size();
        lone.SendSm(ByteView(sm).Sub(0, size).ToBytes());
        if (size < NasSmHeader::SIZE)
        {
            check.Equal(lone.dropped.size(), ++expected, "not even a header");
            check.Equal(lone.said.size(), before, "is not answered");
            continue;
        }
        check.Equal(lone.said.size(), before + 1, "a command is answered");
        if (size == NasSmHeader::SIZE)
        {
            continue; // a whole command that orders nothing
        }
        check.Equal(lone.dropped.size(), ++expected, "5GSM of " + std::to_string(size));
        const auto reject = PduSessionModificationCommandReject::Decode(lone.said.back());
        check.Expect(reject && reject->pti == 1 &&
                         reject->cause == NasSmCause::SEMANTICALLY_INCORRECT,
                     "COMMAND REJECT, cause 95");
    }
    ExpectNothingGained(check, lone);
}

void
NoisyMessages(Check& check)
{
    LoneUe lone;
    lone.ue->SetAttribute("T3581", TimeValue(Seconds(10000)));
    lone.ue->Join(SAMPLE_TMGI);
    const Bytes sm = Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()});
    // A fixed generator: the same noise in every run.
    uint32_t state = 12345;
    const auto next = [&state] {
        state = state * 1664525 + 1013904223;
        return static_cast<uint8_t>(state >> 24);
    };
    for (int i = 0; i < 500; ++i)
    {
        Bytes octets(next() % 64);
        std::generate(octets.begin(), octets.end(), next);
        lone.Send(octets);
        lone.SendNas(octets.empty() ? Bytes{0} : octets);
        lone.SendSm(octets.empty() ? Bytes{0} : octets);
        lone.SendTraffic(octets);
        lone.SendMikey(octets);
    }
    ExpectNothingGained(check, lone);
    check.Expect(lone.dropped.size() >= 1400, "nearly all of it is dropped, and all is survived");
}

void
ForeignMessages(Check& check)
{
    LoneUe lone;
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    PduSessionModificationCommand foreign;
    foreign.pduSessionId = 2;
    foreign.pti = 1;
    lone.SendSm(foreign.Encode());
    check.Equal(lone.dropped.size(), 1u, "another PDU session");
    PduSessionModificationComplete complete;
    complete.pduSessionId = 1;
    complete.pti = 1;
    lone.SendSm(complete.Encode());
    check.Equal(lone.dropped.size(), 2u, "a message that only UEs send");
    RrcMessage rrc;
    rrc.type = RrcType::UL_INFORMATION_TRANSFER;
    rrc.nas = Bytes{1};
    lone.Send(rrc.Encode());
    check.Equal(lone.dropped.size(), 3u, "an RRC message that only UEs send");
    rrc.type = RrcType::DL_INFORMATION_TRANSFER;
    rrc.nas.clear();
    lone.Send(rrc.Encode());
    check.Equal(lone.dropped.size(), 3u, "an RRC message without NAS says nothing");
    check.Equal(lone.said.size(), 1u, "none is answered");
    ExpectNothingGained(check, lone);
}

void
UnaskedDecisions(Check& check)
{
    LoneUe lone;
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    const Tmgi other(0x999999, PlmnId());
    lone.SendSm(Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()}, 1, other));
    check.Equal(lone.dropped.size(), 1u, "a session that it did not ask for");
    check.Expect(!lone.ue->IsMember(other), "it is not in that session");
    lone.SendSm(Command(MbsDecision::SECURITY_UPDATE, {FirstKeys()}, 0));
    check.Equal(lone.dropped.size(), 2u, "keys of a session that it is not in yet");
    lone.SendSm(Command(MbsDecision::SERVICE_AREA_UPDATE));
    lone.SendSm(Command(MbsDecision::NONE));
    check.Equal(lone.dropped.size(), 2u, "what concerns no keys is passed over");
    lone.SendSm(Command(MbsDecision::REMOVED));
    ExpectNothingGained(check, lone);
}

void
Rejections(Check& check)
{
    LoneUe lone;
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    PduSessionModificationReject reject;
    reject.pduSessionId = 1;
    reject.pti = 77;
    reject.cause = NasSmCause::SERVICE_OPTION_NOT_SUPPORTED;
    lone.SendSm(reject.Encode());
    check.Equal(lone.dropped.size(), 1u, "a REJECT of no request of this UE");
    reject.pti = 1;
    Bytes cut = reject.Encode();
    cut.pop_back();
    lone.SendSm(cut);
    check.Equal(lone.dropped.size(), 2u, "a REJECT cut off");
    check.Equal(lone.Last(), "requested", "the UE still waits");
    lone.SendSm(reject.Encode());
    check.Equal(lone.Last(), "rejected: 5GSM cause 32", "the REJECT of its request");
    lone.SendSm(reject.Encode());
    check.Equal(lone.dropped.size(), 3u, "the same again");

    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    lone.SendSm(Command(MbsDecision::JOIN_REJECTED, {}, 2));
    check.Equal(lone.Last(),
                std::string("rejected: ") + ToString(MbsRejectionCause::NOT_AUTHORIZED),
                "JOIN_REJECTED in a command");
    check.Expect(!lone.ue->IsMember(SAMPLE_TMGI), "not in the session");
    lone.SendSm(Command(MbsDecision::JOIN_REJECTED, {}, 2));
    LoneUe::Run(100);
    check.Equal(lone.Count("rejected: no answer"), 0u, "T3581 no longer runs");
    check.Equal(lone.Count("requested"), 2u, "two requests");
}

void
Bearers(Check& check)
{
    LoneUe lone;
    lone.JoinFully();
    check.Equal(lone.configured.size(), 1u, "RECONFIGURATION COMPLETE");
    check.Equal(int(lone.configured.at(0)), 9, "of the same transaction");
    const auto send = [&](uint16_t group, uint16_t seq) {
        lone.cell->SendToGroup(
            group,
            SampleIp(SAMPLE_TRAFFIC_PORT, SampleSrtp(FIRST, FilledKey(1), SampleRtp(seq))));
        LoneUe::Run();
    };
    send(GROUP, 1);
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(1)), "byte-equal");
    lone.Send(Reconfiguration(6));
    send(GROUP, 2);
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(1)), "the old group is left");
    send(6, 3);
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(3)), "the new one is heard");
    lone.Send(Reconfiguration(6, false, Tmgi(9, PlmnId())));
    check.Equal(lone.dropped.size(), 1u, "a bearer of an unknown session is dropped");
    check.Equal(lone.configured.size(), 3u, "the message is completed all the same");
    lone.Send(Reconfiguration(0, true));
    send(6, 4);
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(3)), "released: nothing comes");
    check.Expect(lone.device->GetUser()->ReceiverOf(77) == nullptr, "nobody gets a foreign group");
    check.Equal(lone.Count("lost: auth") + lone.Count("lost: no key"), 0u, "nothing is lost");
}

void
NewMsk(Check& check)
{
    LoneUe lone;
    lone.JoinFully();
    const Mki second = SampleMki(2, 1);
    lone.SendSm(Command(MbsDecision::SECURITY_UPDATE,
                        {KeySetOf(second, FilledKey(0xa2), FilledKey(2))},
                        0));
    check.Equal(lone.Last(), "MSK 000100020001", "MSK 2 came with MTK 1");
    const auto complete = PduSessionModificationComplete::Decode(lone.said.back());
    check.Expect(complete && complete->pti == 0, "COMPLETE with the PTI of the command");
    lone.SendTraffic(SampleSrtp(FIRST, FilledKey(1), SampleRtp(1)));
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(1)), "the old key still works");
    lone.SendTraffic(SampleSrtp(second, FilledKey(2), SampleRtp(2)));
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(2)), "the new one does");
    check.Equal(lone.Count("used 000100010001"), 1u, "first use of the old key");
    check.Equal(lone.Count("used 000100020001"), 1u, "first use of the new key");
    LoneUe::Run(1);
    lone.SendTraffic(SampleSrtp(FIRST, FilledKey(1), SampleRtp(3)));
    check.Equal(lone.Last(), "lost: stale key", "after the retention the old one does not");

    N1KeySet mskOnly = KeySetOf(SampleMki(3, 1), FilledKey(0xa3), FilledKey(3));
    mskOnly.mtk.reset();
    lone.SendSm(Command(MbsDecision::SECURITY_UPDATE, {mskOnly}, 0));
    check.Equal(lone.Last(), "MSK 000100030000", "an MSK without an MTK");
}

void
OtherPduSession(Check& check)
{
    LoneUe lone;
    lone.ue->SetPduSessionId(4);
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    const auto request = PduSessionModificationRequest::Decode(lone.said.at(0));
    check.Expect(request && request->pduSessionId == 4, "it asks for its own PDU session");
    lone.SendSm(Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()}));
    check.Equal(lone.dropped.size(), 1u, "a command for another one is dropped");
    ExpectNothingGained(check, lone);
}

void
OtherWrap(Check& check)
{
    LoneUe lone;
    lone.ue->SetAttribute("MtkWrap", StringValue("aes-cm"));
    lone.ue->SetAttribute("SrtpProfile", StringValue("aes-gcm"));
    lone.ue->Join(SAMPLE_TMGI);
    N1KeySet keys = FirstKeys();
    keys.mtk->encryptedMtk =
        AesCmMtkWrap().Wrap(keys.msk, SAMPLE_DOMAIN, FIRST.msk, FIRST.mtk, FilledKey(1));
    lone.SendSm(Command(MbsDecision::JOIN_ACCEPTED, {keys}));
    lone.Send(Reconfiguration(GROUP));
    lone.SendTraffic(
        SampleSrtp(FIRST,
                   FilledKey(1),
                   SampleRtp(1),
                   MakeSrtpPolicy(SrtpProfile::AEAD_AES_128_GCM, SrtpRocChoice::AUTO, 1)));
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(1)), "it fits the other end");
}

void
CarriedRoc(Check& check)
{
    // What a UE makes of RFC 4771, packet by packet; the rest of the network is in
    // mbs-system-roc-test.cc.
    const auto expect = [&check](LoneUe& lone, const Bytes& srtp, const std::string& event) {
        lone.SendTraffic(srtp);
        check.Equal(lone.Last(), event, "packet");
    };
    const auto send = [](const char* profile, const char* mode, const char* rate) {
        auto lone = std::make_unique<LoneUe>();
        lone->ue->SetAttribute("SrtpProfile", StringValue(profile));
        lone->ue->SetAttribute("SrtpRocMode", StringValue(mode));
        lone->ue->SetAttribute("SrtpRocRate", StringValue(rate));
        lone->JoinFully();
        return lone;
    };
    const Key128 mtk = FilledKey(1);
    const auto cm = SrtpProfile::AES_CM_128_HMAC_SHA1_80;
    const auto packet = [&mtk](const SrtpPolicy& policy, uint32_t roc, uint16_t seq) {
        return SampleSrtp(FIRST, mtk, SampleRtp(seq), policy, roc);
    };
    const auto delivered = [](uint16_t seq) { return "delivered " + ToHex(SampleRtp(seq)); };
    {
        const auto lone = send("aes-cm", "RCCm2", "10");
        const SrtpPolicy policy(cm, {SrtpRocMode::RCC2, 10});
        expect(*lone, packet(policy, 7, 9), "lost: auth");
        expect(*lone, packet(policy, 7, 10), delivered(10));
        expect(*lone, packet(policy, 7, 9), delivered(9));
        Bytes forged = packet(policy, 8, 20);
        forged.back() ^= 1;
        expect(*lone, forged, "lost: auth");
        expect(*lone, packet(policy, 7, 11), delivered(11));
        expect(*lone, packet(policy, 7, 10), "lost: replay");
        // Two rounds went by unheard.
        expect(*lone, packet(policy, 9, 21), "lost: auth");
        expect(*lone, packet(policy, 9, 30), delivered(30));
        expect(*lone, packet(policy, 9, 31), delivered(31));
        expect(*lone, packet(policy, 7, 40), "lost: replay");
    }
    {
        const auto lone = send("aes-cm", "RCCm1", "10");
        const SrtpPolicy policy(cm, {SrtpRocMode::RCC1, 10});
        expect(*lone, packet(policy, 0, 9), "lost: auth");
        expect(*lone, packet(policy, 0, 10), delivered(10));
        expect(*lone, packet(policy, 0, 11), delivered(11));
    }
    {
        const auto lone = send("aes-cm", "RCCm3", "1");
        const SrtpPolicy policy(cm, {SrtpRocMode::RCC3, 1});
        expect(*lone, packet(policy, 0, 9), delivered(9));
        expect(*lone, packet(policy, 0, 9), "lost: replay");
        // Nothing proves that a ROC is forged. The next packet brings the UE back.
        Bytes forged = packet(policy, 0, 10);
        forged[forged.size() - 4] ^= 0x40;
        lone->SendTraffic(forged);
        check.Expect(lone->Last() != delivered(10) && lone->Last().substr(0, 9) == "delivered",
                     "rubbish is taken for a packet");
        expect(*lone, packet(policy, 0, 11), delivered(11));
        expect(*lone, packet(policy, 0, 12), delivered(12));
    }
    {
        const auto lone = send("aes-gcm", "RCCm3", "10");
        const SrtpPolicy policy(SrtpProfile::AEAD_AES_128_GCM, {SrtpRocMode::RCC3, 10});
        expect(*lone, packet(policy, 0, 9), delivered(9));
        expect(*lone, packet(policy, 1, 11), "lost: auth");
        Bytes forged = packet(policy, 1, 20);
        forged[forged.size() - 1] ^= 1; // the ROC: it goes into the IV
        expect(*lone, forged, "lost: auth");
        expect(*lone, packet(policy, 1, 20), delivered(20));
    }
    {
        const auto lone = send("aes-gcm-256", "auto", "1");
        expect(*lone,
               packet(MakeSrtpPolicy(SrtpProfile::AEAD_AES_256_GCM, SrtpRocChoice::AUTO, 1), 3, 1),
               delivered(1));
    }
}

void
RemovedUe(Check& check)
{
    LoneUe lone;
    lone.JoinFully();
    lone.SendTraffic(SampleSrtp(FIRST, FilledKey(1), SampleRtp(1)));
    lone.SendSm(Command(MbsDecision::REMOVED, {}, 0));
    check.Equal(lone.Last(), "removed", "removed");
    check.Expect(!lone.ue->IsMember(SAMPLE_TMGI), "not in the session");
    lone.SendTraffic(SampleSrtp(FIRST, FilledKey(1), SampleRtp(2)));
    check.Equal(lone.Last(), "lost: no key", "its keys are forgotten");
    lone.SendMikey(SampleMtkMessage(SampleMki(1, 2), FilledKey(2), 1).Encode(FilledKey(0xa1)));
    check.Equal(lone.Last(), "refused: the UE does not hold its MSK", "the MSK too");
    lone.SendSm(Command(MbsDecision::REMOVED, {}, 0));
    check.Equal(lone.Count("removed"), 1u, "once");
    lone.ue->Join(SAMPLE_TMGI);
    lone.SendSm(Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()}, 2));
    lone.SendTraffic(SampleSrtp(FIRST, FilledKey(1), SampleRtp(3)));
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(3)), "it can come back");
}

void
Leaves(Check& check)
{
    LoneUe lone;
    lone.ue->Leave(SAMPLE_TMGI);
    check.Equal(lone.events.size(), 0u, "who is not in does not leave");
    lone.JoinFully();
    lone.SendTraffic(SampleSrtp(FIRST, FilledKey(1), SampleRtp(1)));
    check.Equal(lone.channel->GetKeyStore().Size(), 1u, "it has an MTK");
    lone.ue->Leave(SAMPLE_TMGI);
    lone.ue->Leave(SAMPLE_TMGI);
    lone.ue->Join(SAMPLE_TMGI);
    LoneUe::Run();
    check.Equal(lone.Count("leaving"), 1u, "asked once");
    const auto request = PduSessionModificationRequest::Decode(lone.said.back());
    check.Expect(request && request->pti == 2 && request->requestedMbs &&
                     request->requestedMbs->requests.at(0).operation == MbsOperation::LEAVE,
                 "PDU SESSION MODIFICATION REQUEST to leave");
    check.Expect(lone.ue->IsMember(SAMPLE_TMGI), "a member until it is answered");
    lone.SendTraffic(SampleSrtp(FIRST, FilledKey(1), SampleRtp(2)));
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(2)), "with keys");
    lone.SendSm(Command(MbsDecision::JOIN_ACCEPTED, {FirstKeys()}));
    check.Equal(lone.Count("joined"), 1u, "an old command does not bring it back");
    lone.SendSm(Command(MbsDecision::REMOVED, {}, 2));
    check.Equal(lone.Last(), "left", "it has left");
    check.Equal(lone.Count("removed"), 0u, "by itself");
    check.Expect(!lone.ue->IsMember(SAMPLE_TMGI), "not in the session");
    check.Equal(lone.channel->GetKeyStore().Size(), 0u, "the MTK is wiped");
    lone.SendTraffic(SampleSrtp(FIRST, FilledKey(1), SampleRtp(3)));
    check.Equal(lone.Last(), "lost: no key", "its keys are forgotten");
    const auto complete = PduSessionModificationComplete::Decode(lone.said.back());
    check.Expect(complete && complete->pti == 2, "and the command is completed");
}

void
LeaveIsRefused(Check& check)
{
    LoneUe lone;
    lone.JoinFully();
    lone.ue->Leave(SAMPLE_TMGI);
    PduSessionModificationReject reject;
    reject.pduSessionId = 1;
    reject.pti = 2;
    reject.cause = NasSmCause::SERVICE_OPTION_NOT_SUPPORTED;
    lone.SendSm(reject.Encode());
    check.Equal(lone.dropped.size(), 1u, "counted");
    check.Expect(lone.ue->IsMember(SAMPLE_TMGI), "it stays in");
    LoneUe::Run(100);
    check.Equal(lone.said.size(), 3u, "and asks no more: join, complete, leave");
    lone.ue->Leave(SAMPLE_TMGI);
    LoneUe::Run();
    check.Equal(lone.said.size(), 4u, "unless it is told to again");
}

/** @param check where to report @param shared attribute SharedUnprotect @return all events */
std::vector<std::string>
MtkMessages(Check& check, bool shared)
{
    LoneUe lone(shared);
    lone.JoinFully();
    const Key128 msk = FilledKey(0xa1);
    const Mki second = SampleMki(1, 2);
    const MikeyMtkMessage message = SampleMtkMessage(second, FilledKey(2), 1);
    const auto traffic = SampleSrtp(second, FilledKey(2), SampleRtp(1));
    const auto expectRefused = [&](const std::string& why) {
        check.Equal(lone.Last(), "refused: " + why, "refused");
        check.Equal(lone.Count("MTK 000100010002"), 0u, "not installed");
    };
    lone.SendTraffic(traffic);
    check.Equal(lone.Last(), "lost: no key", "MTK 2 has not come yet");

    const Bytes octets = message.Encode(msk);
    for (std::size_t size = 0; size < octets.size(); ++size)
    {
        lone.SendMikey(ByteView(octets).Sub(0, size).ToBytes());
        check.Equal(lone.Last().substr(0, 9), "refused: ", "cut off is refused");
    }
    // The MAC comes last.
    for (const std::size_t place : {octets.size() - 1, octets.size() - 20})
    {
        Bytes forged = octets;
        forged[place] ^= 1;
        lone.SendMikey(forged);
        expectRefused(ToString(MikeyError::AUTH_FAILED));
    }
    lone.SendMikey(message.Encode(FilledKey(0xee)));
    expectRefused(ToString(MikeyError::AUTH_FAILED));
    lone.SendMikey(SampleMtkMessage(SampleMki(2, 1), FilledKey(9), 1).Encode(msk));
    expectRefused("the UE does not hold its MSK");
    MikeyMtkMessage download = message;
    download.salt.reset();
    lone.SendMikey(download.Encode(msk));
    expectRefused("its key is not one for streaming");
    lone.SendMikey(SampleMtkMessage(FIRST, FilledKey(9), 5).Encode(msk));
    expectRefused("it came before");

    lone.SendMikey(octets);
    check.Equal(lone.Last(), "MTK 000100010002", "none of that stood in the way of the real one");
    lone.SendTraffic(traffic);
    check.Equal(lone.Last(), "delivered " + ToHex(SampleRtp(1)), "it can be used");
    lone.SendMikey(octets);
    check.Equal(lone.Last(), "refused: it came before", "its repetition");
    lone.SendMikey(SampleMtkMessage(SampleMki(1, 3), FilledKey(3), 1).Encode(msk));
    check.Equal(lone.Last(), "refused: it came before", "a counter that came before");
    lone.SendMikey(SampleMtkMessage(SampleMki(1, 1), FilledKey(1), 2).Encode(msk));
    check.Equal(lone.Last(), "refused: it came before", "an MTK ID that came before");
    lone.SendMikey(SampleMtkMessage(SampleMki(1, 3), FilledKey(3), 2).Encode(msk));
    check.Equal(lone.Last(), "MTK 000100010003", "the next one");
    check.Equal(lone.said.size(), 2u, "no MIKEY message is ever answered");
    check.Equal(lone.dropped.size(), 0u, "nor counted as dropped signalling");
    return lone.events;
}

/** @param check where to report @param shared attribute SharedUnprotect @return all events */
std::vector<std::string>
Traffic(Check& check, bool shared)
{
    LoneUe lone(shared);
    lone.JoinFully();
    const Key128 mtk = FilledKey(1);
    const Bytes good = SampleSrtp(FIRST, mtk, SampleRtp(100));
    const auto expect = [&](const Bytes& srtp, const std::string& event, const char* what) {
        lone.SendTraffic(srtp);
        check.Equal(lone.Last(), event, what);
    };
    Bytes forged = good;
    forged.back() ^= 1;
    expect(forged, "lost: auth", "a wrong tag");
    forged = good;
    forged[14] ^= 1;
    expect(forged, "lost: auth", "a wrong payload");
    check.Equal(lone.Count("used 000100010001"), 0u, "the key was not used");
    expect(good, "delivered " + ToHex(SampleRtp(100)), "the genuine packet");
    expect(good, "lost: replay", "the same again");
    expect(SampleSrtp(FIRST, mtk, SampleRtp(99)),
           "delivered " + ToHex(SampleRtp(99)),
           "one that was overtaken");
    expect(SampleSrtp(FIRST, mtk, SampleRtp(300)),
           "delivered " + ToHex(SampleRtp(300)),
           "a jump ahead");
    expect(SampleSrtp(FIRST, mtk, SampleRtp(101)), "lost: replay", "too old to tell");
    for (std::size_t size = 0; size < good.size(); ++size)
    {
        const Bytes cut = ByteView(good).Sub(0, size).ToBytes();
        lone.SendTraffic(cut);
        check.Equal(lone.Last().substr(0, 5), "lost:", "cut off to " + std::to_string(size));
    }
    expect(ByteView(good).Sub(0, 11).ToBytes(), "lost: auth", "too short for RTP");
    expect(SampleSrtp(SampleMki(1, 7), FilledKey(7), SampleRtp(301)), "lost: no key", "MTK 7");
    expect(SampleSrtp(SampleMki(7, 1), FilledKey(7), SampleRtp(301)), "lost: no key", "MSK 7");
    expect(SampleSrtp(FIRST, FilledKey(7), SampleRtp(301)), "lost: auth", "another key so named");

    // A forged packet of another source must not make the UE forget what came.
    expect(SampleSrtp(FIRST, FilledKey(7), SampleRtp(1, 0x666)), "lost: auth", "forged source");
    expect(SampleSrtp(FIRST, mtk, SampleRtp(300)), "lost: replay", "the window is still there");
    expect(SampleSrtp(FIRST, mtk, SampleRtp(5, 0x777)),
           "delivered " + ToHex(SampleRtp(5, 0x777)),
           "a genuine new source");

    lone.SendMikey(SampleMtkMessage(SampleMki(1, 2), FilledKey(2), 1).Encode(FilledKey(0xa1)));
    expect(SampleSrtp(SampleMki(1, 2), FilledKey(2), SampleRtp(6, 0x777)),
           "delivered " + ToHex(SampleRtp(6, 0x777)),
           "the next key");
    expect(SampleSrtp(FIRST, mtk, SampleRtp(7, 0x777)),
           "delivered " + ToHex(SampleRtp(7, 0x777)),
           "the old key within its retention");
    LoneUe::Run(1);
    expect(SampleSrtp(FIRST, mtk, SampleRtp(8, 0x777)), "lost: stale key", "and after it");
    return lone.events;
}

void
MskIntervals(Check& check)
{
    LoneUe lone;
    lone.JoinFully();
    MikeyMskMessage msk;
    msk.keyDomainId = SAMPLE_DOMAIN;
    msk.mskId = MskId(1, 2);
    msk.msk = FilledKey(0xa2);
    msk.seqLow = MtkId(0);
    msk.seqHigh = MtkId(1);
    check.Expect(!lone.ue->InstallMsk(Tmgi(0xffffff, PlmnId()), msk), "of no session");
    check.Expect(lone.ue->InstallMsk(SAMPLE_TMGI, msk), "the UE did not hold it");
    const auto mtk = [](uint16_t id) {
        return SampleMtkMessage(SampleMki(2, id), FilledKey(static_cast<uint8_t>(id)), id)
            .Encode(FilledKey(0xa2));
    };
    lone.SendMikey(mtk(2));
    check.Equal(lone.Last(), "refused: it came before", "above SEQu");
    lone.SendMikey(mtk(1));
    check.Equal(lone.Last(), "MTK 000100020001", "within the interval");

    msk.seqHigh = MtkId(2);
    check.Expect(!lone.ue->InstallMsk(SAMPLE_TMGI, msk), "the UE holds it");
    lone.SendMikey(mtk(1));
    check.Equal(lone.Last(), "refused: it came before", "SEQl did not fall");
    lone.SendMikey(mtk(2));
    check.Equal(lone.Last(), "MTK 000100020002", "the interval is longer now");
}

void
MtkMessagesShared(Check& check)
{
    const auto shared = MtkMessages(check, true);
    check.Expect(shared == MtkMessages(check, false), "the same events without sharing");
}

void
TrafficShared(Check& check)
{
    const auto shared = Traffic(check, true);
    check.Expect(shared == Traffic(check, false), "the same events without sharing");
}

void
RubbishOnTheGroup(Check& check)
{
    LoneUe lone;
    lone.JoinFully();
    const std::size_t before = lone.events.size();
    lone.SendGroup(Create<Packet>());
    lone.SendGroup(Create<Packet>(100));
    check.Equal(lone.events.size(), before + 2, "two packets that are no UDP");
    check.Equal(lone.Count("lost: auth"), 2u, "are malformed traffic");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of a UE alone */
void
AddUeTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("a UE ") + name, body));
    };
    add("joins a session, installs its keys and completes the command", Joins);
    add("asks again when T3581 runs out, then gives up", AsksAgain);
    add("begins its PTIs anew behind the last one", PtiWrapsAround);
    add("gains nothing from messages cut off anywhere, and rejects such commands", CutOffMessages);
    add("gains nothing from noise, and survives it", NoisyMessages);
    add("drops messages that are not for it", ForeignMessages);
    add("drops decisions about sessions that it is not in", UnaskedDecisions);
    add("takes a rejection only of its own request", Rejections);
    add("listens where its bearer is, until it is released", Bearers);
    add("takes a new MSK and keeps the old key for the retention", NewMsk);
    add("belongs to the PDU session that it is told", OtherPduSession);
    add("with other attributes unwraps and decrypts accordingly", OtherWrap);
    add("takes the ROC from packets as RFC 4771 has it", CarriedRoc);
    add("that was removed forgets its keys", RemovedUe);
    add("leaves when it is answered, and wipes its keys", Leaves);
    add("stays in a session that it may not leave", LeaveIsRefused);
    add("refuses forged, replayed and foreign MTK messages, shared or not", MtkMessagesShared);
    add("takes the interval of MTK IDs from every MSK message", MskIntervals);
    add("counts each packet that it cannot deliver by cause, shared or not", TrafficShared);
    add("counts packets that are no UDP as malformed", RubbishOnTheGroup);
}

} // namespace ns3::mbs
