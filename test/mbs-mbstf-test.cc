// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-lone-function.h"

#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-mbstf.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-rtp.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/inet-socket-address.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** The session of the tests. */
const Tmgi SESSION(0x123456, PlmnId());

/** UDP port of the MB-UPF's tunnel. */
constexpr uint16_t TUNNEL = 20000;

/** @param number Key Number part of the MSK ID @return an MSK without MTK */
KeySet
Msk(uint16_t number)
{
    KeySet keys;
    keys.keyDomainId = KeyDomainId(PlmnId());
    keys.mskId = MskId(1, number);
    keys.msk = Key128({static_cast<uint8_t>(number), 2, 3});
    return keys;
}

/** An MBSTF, and a node that plays AF, MBSF and MB-UPF. */
struct LoneMbstf : LoneFunction<Mbstf>
{
    LoneMbstf()
    {
        function->SetNmb8(net.Address(0));
        function->SetNmb9(net.Address(0));
        function->AssignStreams(1);
        function->SetAttribute("MtkInterval", TimeValue(Seconds(0)));
        function->SetAttribute("MtkRetransmissionInterval", TimeValue(Seconds(0)));
        function->TraceConnectWithoutContext("MtkGenerated",
                                             MakeCallback(&LoneMbstf::MtkMade, this));
        function->TraceConnectWithoutContext("KeyActivated",
                                             MakeCallback(&LoneMbstf::Activated, this));
        function->TraceConnectWithoutContext("TrafficSent",
                                             MakeCallback(&LoneMbstf::TrafficSent, this));
        function->TraceConnectWithoutContext("MtkMessageSent",
                                             MakeCallback(&LoneMbstf::MtkMessageSent, this));
        On("POST", "/notify", NoContent());
        upf = Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId());
        upf->Bind(InetSocketAddress(Ipv4Address::GetAny(), TUNNEL));
        upf->SetRecvCallback(MakeCallback(&LoneMbstf::Received, this));
    }

    void MtkMade(const Tmgi& /* tmgi */, const KeySet& keys, ByteView /* salt */, bool alone)
    {
        mtks.push_back(keys);
        mtksAlone += alone ? 1 : 0;
        mtkAt.push_back(Simulator::Now());
    }

    void Activated(const Tmgi& /* tmgi */, const Mki& mki)
    {
        activated.emplace_back(mki, Simulator::Now());
    }

    void TrafficSent(const Tmgi& /* tmgi */, Ptr<const Packet> /* packet */, uint64_t index)
    {
        sent.push_back(index);
    }

    void MtkMessageSent(const Tmgi& /* tmgi */, Ptr<const Packet> packet, uint32_t octets)
    {
        Bytes ip(packet->GetSize());
        packet->CopyData(ip.data(), static_cast<uint32_t>(ip.size()));
        const auto udp = ParseInnerUdp(ip);
        mikey.push_back(udp && udp->payload.size() == octets ? udp->payload.ToBytes() : Bytes());
    }

    void Received(Ptr<Socket> socket)
    {
        while (socket->Recv())
        {
            ++tunnelled;
        }
    }

    /** @return a request for a session @param keys of it @param state of it */
    nmbstf::CreateReqData Wanted(const SecurityContext& keys,
                                 const std::string& state = nmbstf::DistSessionState::ACTIVE) const
    {
        nmbstf::CreateReqData request;
        nmbstf::DistSession& session = request.distSession;
        session.distSessionId = "x";
        session.distSessionState = state;
        session.mbUpfTunAddr = sbi::TunnelAddress{net.Address(1), TUNNEL};
        session.mbr = sbi::BitRate{1000};
        session.mbsSessionId.emplace();
        session.mbsSessionId->tmgi = SESSION;
        session.upTrafficFlowInfo = nmbstf::UpTrafficFlowInfo{Ipv4Address("232.1.0.1"), 5004};
        session.pktDistributionData.pktIngestMethod = nmbstf::PktIngestMethod::UNICAST;
        session.mbsSecurityContext = keys;
        return request;
    }

    /** @param request for a session @return the answer */
    SbiResponse Create(const nmbstf::CreateReqData& request)
    {
        return Ask("POST", sbi::path::DIST_SESSIONS, request.Encode());
    }

    /** @param keys new ones @param state new one, or empty @param ref the session @return answer */
    SbiResponse Update(const SecurityContext& keys,
                       const std::string& state = "",
                       const std::string& ref = "1")
    {
        nmbstf::DistSessionPatch patch;
        patch.mbsSecurityContext = keys;
        if (!state.empty())
        {
            patch.distSessionState = state;
        }
        return Ask("PATCH", sbi::path::DistSession(ref), patch.Encode());
    }

    /** @param uri where to notify @param ref the session @return the answer */
    SbiResponse Subscribe(const std::string& uri = "http://10.1.0.2:80/notify",
                          const std::string& ref = "1")
    {
        nmbstf::StatusSubscribeReqData request;
        request.subscription.eventList = {nmbstf::DistSessionEventType::V17_MTK_UPDATE};
        request.subscription.notifyUri = uri;
        request.subscription.notifyCorrelationId = "mine";
        return Ask("POST", sbi::path::DistSessionSubscriptions(ref), request.Encode());
    }

    /** @param payload UDP payload, from the AF */
    void SendTraffic(const Bytes& payload)
    {
        const Ptr<Socket> socket = Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId());
        socket->SendTo(PacketOf(payload), 0, InetSocketAddress(net.Address(0), 30000));
        Run(0.1);
    }

    /** @param octets of a packet @return the packet */
    static Ptr<Packet> PacketOf(const Bytes& octets)
    {
        return ns3::Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size()));
    }

    Ptr<Socket> upf;                             //!< the MB-UPF's end of the tunnel
    std::vector<KeySet> mtks;                    //!< trace source MtkGenerated
    std::vector<Time> mtkAt;                     //!< when
    uint32_t mtksAlone{0};                       //!< of them, without a new MSK
    std::vector<std::pair<Mki, Time>> activated; //!< trace source KeyActivated
    std::vector<uint64_t> sent;                  //!< trace source TrafficSent
    std::vector<Bytes> mikey;                    //!< trace source MtkMessageSent
    uint32_t tunnelled{0};                       //!< datagrams at the MB-UPF
};

/** @param seq sequence number @return an RTP packet */
Bytes
Rtp(uint16_t seq)
{
    RtpPacket packet;
    packet.sequenceNumber = seq;
    packet.ssrc = 1;
    return EncodeRtp(packet);
}

void
RefusesRequests(Check& check)
{
    LoneMbstf lone;
    lone.Start();
    LoneMbstf::ExpectProblem(check,
                             lone.Ask("POST", sbi::path::DIST_SESSIONS, "{}"),
                             400,
                             "no session");
    nmbstf::CreateReqData request = lone.Wanted({});
    request.distSession.mbsSessionId.reset();
    LoneMbstf::ExpectProblem(check, lone.Create(request), 400, "no name of the MBS session");
    request = lone.Wanted({});
    request.distSession.upTrafficFlowInfo->portNumber.reset();
    LoneMbstf::ExpectProblem(check, lone.Create(request), 400, "no UDP port");
    LoneMbstf::ExpectProblem(check, lone.Update({}), 404, "update of an unknown session");
    LoneMbstf::ExpectProblem(check, lone.Subscribe(), 404, "subscription to an unknown one");
    const SbiResponse created = lone.Create(lone.Wanted({}));
    check.Equal(created.status, 201, "a session without keys");
    LoneMbstf::ExpectProblem(check,
                             lone.Ask("PATCH", created.location, "rubbish"),
                             400,
                             "no patch");
    LoneMbstf::ExpectProblem(check, lone.Subscribe("https://10.1.0.2/notify"), 400, "no http URI");
    LoneMbstf::ExpectProblem(check,
                             lone.Ask("POST", sbi::path::DistSessionSubscriptions("1"), "{}"),
                             400,
                             "no subscription");
    const auto body = nmbstf::StatusSubscribeRspData::Decode(lone.Subscribe().body);
    check.Expect(body && !body->reportList, "without keys there is nothing to report");
    check.Equal(lone.mtks.size(), 0u, "and no MTK is made");
}

void
NoPortLeft(Check& check)
{
    LoneMbstf lone;
    lone.Start();
    const Ptr<Socket> squatter =
        Socket::CreateSocket(lone.net.At(0), UdpSocketFactory::GetTypeId());
    squatter->Bind(InetSocketAddress(lone.net.Address(0), 30000));
    LoneMbstf::ExpectProblem(check, lone.Create(lone.Wanted({})), 500, "no port for the AF");
    check.Equal(lone.Create(lone.Wanted({})).status, 201, "the next session has one again");
}

void
MakesMtkForMsk(Check& check)
{
    LoneMbstf lone;
    lone.Start();
    const auto created = lone.Create(lone.Wanted({Msk(1)}, nmbstf::DistSessionState::INACTIVE));
    const auto session = nmbstf::CreateRspData::Decode(created.body);
    check.Expect(session && session->distSession.mbsSecurityContext.empty(),
                 "the answer repeats no key");
    check.Equal(lone.mtks.size(), 1u, "an MTK");
    check.Expect(lone.mtks.at(0).mtk->id == MtkId(1) && lone.mtksAlone == 0, "MTK 1, not alone");
    check.Equal(lone.activated.size(), 1u, "used at once, since nobody has heard anything");
    check.Equal(lone.mikey.size(), 0u, "it is not multicast");
    const auto body = nmbstf::StatusSubscribeRspData::Decode(lone.Subscribe().body);
    check.Expect(body && body->reportList &&
                     body->reportList->eventReportList.at(0).mbsSecurityContext.at(0).mtk->key ==
                         lone.mtks[0].mtk->key,
                 "a subscriber gets it at once");

    lone.Update({Msk(2)});
    check.Equal(lone.mtks.size(), 2u, "a new MSK brings a new MTK");
    check.Expect(lone.mtks.at(1).mtk->id == MtkId(1) && lone.mtks[1].mskId == MskId(1, 2),
                 "MTK 1 under MSK 2");
    check.Equal(lone.heard.size(), 1u, "of which the MBSF is notified");
    LoneMbstf::Run();
    check.Expect(lone.activated.size() == 2 &&
                     lone.activated[1].second == lone.mtkAt[1] + Seconds(1),
                 "and which is used after the activation delay");
    KeySet nameless = Msk(3);
    nameless.msk.reset();
    lone.Update({nameless});
    check.Equal(lone.LastDrop(), "DistSession: a key set without MSK", "no MSK, no MTK");
    check.Equal(lone.mtks.size(), 2u, "no MTK");

    lone.On("POST", "/notify", Problem(404, "SUBSCRIPTION_NOT_FOUND", ""));
    lone.Update({Msk(4)});
    check.Equal(lone.LastDrop(),
                "StatusNotify: the MBSF answered status 404",
                "the MBSF's refusal is counted");
}

void
Traffic(Check& check)
{
    LoneMbstf lone;
    lone.Start();
    lone.Create(lone.Wanted({}));
    lone.SendTraffic(Rtp(1));
    check.Equal(lone.dropped.size(), 1u, "no key, no traffic");
    lone.Update({Msk(1)}, nmbstf::DistSessionState::INACTIVE);
    lone.SendTraffic(Rtp(2));
    check.Equal(lone.LastDrop(), "traffic packet: the session is not active", "not active");
    lone.Update({}, nmbstf::DistSessionState::ACTIVE);
    lone.SendTraffic(Rtp(3));
    check.Equal(lone.sent.size(), 1u, "active");
    check.Equal(lone.tunnelled, 1u, "it reaches the MB-UPF");
    for (const Bytes& rubbish : {Bytes{}, Bytes{1, 2, 3}, Bytes(100, 0x00), Bytes(11, 0x80)})
    {
        const std::size_t before = lone.dropped.size();
        lone.SendTraffic(rubbish);
        check.Equal(lone.dropped.size(), before + 1, "dropped");
        check.Equal(lone.LastDrop(), "traffic packet: it is not RTP", "no RTP");
    }
    lone.SendTraffic(Rtp(4));
    check.Equal(lone.sent.size(), 2u, "the next real packet");
    check.Equal(lone.sent.back(), 1u, "is counted behind the first");
    nmbstf::DistSessionPatch elsewhere;
    elsewhere.mbUpfTunAddr = sbi::TunnelAddress{lone.net.Address(1), TUNNEL + 1};
    lone.Ask("PATCH", sbi::path::DistSession("1"), elsewhere.Encode());
    lone.SendTraffic(Rtp(5));
    check.Equal(lone.sent.size(), 3u, "it goes where the tunnel is");
    check.Equal(lone.tunnelled, 2u, "and no longer where it was");
    lone.Update({}, nmbstf::DistSessionState::INACTIVE);
    lone.SendTraffic(Rtp(5));
    check.Equal(lone.sent.size(), 3u, "inactive again");
}

void
MtksOnlyWhileActive(Check& check)
{
    LoneMbstf lone;
    lone.function->SetAttribute("MtkInterval", TimeValue(Seconds(5)));
    lone.function->SetAttribute("MtkRepetitions", UintegerValue(2));
    lone.Start();
    lone.Create(lone.Wanted({Msk(1)}, nmbstf::DistSessionState::INACTIVE));
    LoneMbstf::Run(30);
    check.Equal(lone.mtks.size(), 1u, "none but the first while inactive");
    lone.Update({}, nmbstf::DistSessionState::ACTIVE);
    LoneMbstf::Run(10);
    check.Equal(lone.mtks.size(), 3u, "two in the next two intervals");
    check.Equal(lone.mtksAlone, 2u, "without a new MSK");
    check.Equal(lone.mikey.size(), 6u, "each multicast three times");
    check.Expect(lone.mikey.at(0) == lone.mikey.at(2) && lone.mikey.at(0) != lone.mikey.at(3),
                 "a repetition is the same message");
    const auto first = MikeyMtkMessage::Open(lone.mikey.at(0), *Msk(1).msk);
    const auto second = MikeyMtkMessage::Open(lone.mikey.at(3), *Msk(1).msk);
    check.Expect(first && first->mtk == lone.mtks.at(1).mtk->key && first->salt,
                 "the MTK under the MSK, with its salt");
    check.Expect(second && second->counter > first->counter && second->mtkId == MtkId(3),
                 "a higher counter");
    lone.Update({}, nmbstf::DistSessionState::INACTIVE);
    LoneMbstf::Run(30);
    check.Equal(lone.mtks.size(), 3u, "inactive again: none");
}

void
NoMtkAfterTheMsk(Check& check)
{
    LoneMbstf lone;
    lone.function->SetAttribute("MtkInterval", TimeValue(Seconds(5)));
    lone.Start();
    KeySet keys = Msk(1);
    keys.mskLifetime = Simulator::Now() + Seconds(12);
    lone.Create(lone.Wanted({keys}));
    LoneMbstf::Run(60);
    check.Equal(lone.mtks.size(), 3u, "two within the lifetime of the MSK, none after it");
    keys = Msk(2);
    keys.mskLifetime = Simulator::Now() + Seconds(7);
    lone.Update({keys});
    LoneMbstf::Run(60);
    check.Equal(lone.mtks.size(), 5u, "a new MSK lets it begin again");
    check.Expect(lone.mtks.back().mskId == MskId(1, 2) && lone.mtks.back().mtk->id == MtkId(2),
                 "with MTK 2 under it");
}

void
MtkIdsAreUsedUp(Check& check)
{
    LoneMbstf lone;
    lone.function->SetAttribute("MtkInterval", TimeValue(MicroSeconds(10)));
    lone.function->SetAttribute("MtkRepetitions", UintegerValue(0));
    lone.function->SetAttribute("ActivationDelay", TimeValue(Seconds(0)));
    lone.function->SetAttribute("SrtpProfile", StringValue("null"));
    lone.Start();
    lone.Create(lone.Wanted({Msk(1)}));
    check.Equal(lone.mtks.size(), std::size_t{UINT16_MAX}, "as many MTKs as there are IDs");
    check.Equal(lone.mtks.back().mtk->id.Number(), UINT16_MAX, "the last ID");
    check.Equal(lone.dropped.size(), 1u, "then no more");
    check.Equal(lone.LastDrop(), "MTK renewal: MTK IDs under this MSK are used up", "says why");
}

void
RenewsAnMtkWhenAsked(Check& check)
{
    LoneMbstf lone;
    lone.Start();
    lone.Create(lone.Wanted({Msk(1)}));
    KeySet names = Msk(1);
    names.msk.reset();
    check.Equal(lone.Update({names}).status, 204, "a new MTK is wanted");
    check.Expect(lone.mtks.size() == 2 && lone.mtks[1].mtk->id == MtkId(2) &&
                     lone.mtks[1].mskId == Msk(1).mskId,
                 "it is made under the same MSK");
    check.Equal(lone.mtksAlone, 1u, "and multicast");
    lone.Update({}, nmbstf::DistSessionState::INACTIVE);
    lone.Update({names});
    check.Equal(lone.mtks.size(), 2u, "not while the session is inactive");
    KeySet unknown = Msk(7);
    unknown.msk.reset();
    lone.Update({unknown});
    check.Equal(lone.LastDrop(), "DistSession: a key set without MSK", "nor under another MSK");
}

void
UsesAnMskWhenTheLastOneEnds(Check& check)
{
    LoneMbstf lone;
    lone.function->SetAttribute("ActivationDelay", TimeValue(Seconds(60)));
    lone.Start();
    lone.Create(lone.Wanted({Msk(1)}));
    lone.Update({Msk(2)});
    check.Equal(lone.activated.size(), 1u, "the second MSK waits");
    KeySet over = Msk(1);
    over.msk.reset();
    over.mskLifetime = Simulator::Now() + Seconds(5);
    check.Equal(lone.Update({over}).status, 204, "the first one ends in 5 s");
    check.Equal(lone.activated.size(), 1u, "not yet");
    LoneMbstf::Run(5);
    check.Equal(lone.activated.size(), 2u, "then");
    check.Expect(lone.activated.back().first.msk == Msk(2).mskId &&
                     lone.activated.back().second == *over.mskLifetime,
                 "the second is used, to the nanosecond");
    check.Equal(lone.mtks.size(), 2u, "and no MTK was made for that");
    KeySet end = Msk(2);
    end.msk.reset();
    end.mskLifetime = Simulator::Now();
    lone.Update({end});
    check.Equal(lone.mtks.size(), 2u, "the newest MSK may end too, which makes no MTK either");
    LoneMbstf::Run(120);
    check.Equal(lone.activated.size(), 2u, "and there is nothing else to use");
}

void
RetransmitsForLateJoiners(Check& check)
{
    LoneMbstf lone;
    lone.function->SetAttribute("MtkRetransmissionInterval", TimeValue(Seconds(1)));
    lone.function->SetAttribute("MtkRepetitions", UintegerValue(0));
    lone.Start();
    lone.Create(lone.Wanted({Msk(1)}));
    LoneMbstf::Run(5);
    check.Equal(lone.mikey.size(), 0u, "the first MTK is in no MIKEY message");
    KeySet names = Msk(1);
    names.msk.reset();
    lone.Update({names});
    LoneMbstf::Run(3.5);
    check.Equal(lone.mikey.size(), 5u, "one message and one each second");
    check.Expect(!lone.mikey[0].empty() && lone.mikey[0] == lone.mikey.back(), "the same octets");
    lone.Update({}, nmbstf::DistSessionState::INACTIVE);
    const std::size_t before = lone.mikey.size();
    LoneMbstf::Run(3);
    check.Expect(lone.mikey.size() <= before + 1, "none while the session is inactive");
    lone.Update({Msk(2)}, nmbstf::DistSessionState::ACTIVE);
    const std::size_t last = lone.mikey.size();
    LoneMbstf::Run(3);
    check.Equal(lone.mikey.size(), last, "none under an MSK that is over");
}

void
DestroysSessions(Check& check)
{
    LoneMbstf lone;
    lone.function->SetAttribute("MtkInterval", TimeValue(Seconds(1)));
    lone.Start();
    LoneMbstf::ExpectProblem(check,
                             lone.Ask("DELETE", sbi::path::DistSession("1"), ""),
                             404,
                             "unknown session");
    lone.Create(lone.Wanted({Msk(1)}));
    LoneMbstf::Run(2.5);
    const std::size_t before = lone.mtks.size();
    check.Expect(before >= 3, "it made MTKs before");
    check.Equal(lone.Ask("DELETE", sbi::path::DistSession("1"), "").status, 204, "destroyed");
    const std::size_t messages = lone.mikey.size();
    lone.SendTraffic(Rtp(1));
    LoneMbstf::Run(10);
    check.Equal(lone.mtks.size(), before, "no more MTKs");
    check.Equal(lone.mikey.size(), messages, "nor a repetition of one");
    check.Equal(lone.sent.size(), 0u, "and nothing is sent");
    LoneMbstf::ExpectProblem(check, lone.Update({Msk(2)}), 404, "it is gone");
}

void
Stops(Check& check)
{
    LoneMbstf lone;
    lone.function->SetAttribute("MtkInterval", TimeValue(Seconds(1)));
    lone.Start(Seconds(10));
    lone.Create(lone.Wanted({Msk(1)}));
    TwoNodes::RunUntil(11);
    const std::size_t before = lone.mtks.size();
    lone.SendTraffic(Rtp(1));
    LoneMbstf::Run(10);
    check.Expect(before >= 8, "it made MTKs before");
    check.Equal(lone.mtks.size(), before, "a stopped MBSTF makes none");
    check.Equal(lone.sent.size(), 0u, "and sends nothing");
}

void
ReplacesSessions(Check& check)
{
    LoneMbstf lone;
    lone.Start();
    const SbiResponse first = lone.Create(lone.Wanted({Msk(1)}));
    lone.SendTraffic(Rtp(1));
    const SbiResponse second = lone.Create(lone.Wanted({Msk(2)}));
    check.Expect(second.status == 201 && second.location != first.location,
                 "a session of the same name is another one");
    check.Equal(lone.Ask("GET", first.location, "").status, 404, "the first one is gone");
    const SbiResponse retrieved = lone.Ask("GET", second.location, "");
    const auto session = nmbstf::DistSession::Decode(retrieved.body);
    check.Expect(retrieved.status == 200 && session && session->mbsSessionId->tmgi == SESSION &&
                     session->mbsSecurityContext.empty(),
                 "the second one can be retrieved, without its keys");
    lone.SendTraffic(Rtp(2));
    check.Equal(lone.sent.size(), 2u, "it has the address of the first one");
    check.Equal(lone.sent.back(), 1u, "and goes on counting");
    check.Expect(lone.activated.back().first.msk == MskId(1, 2), "with its own keys");
    check.Equal(lone.function->GetSbi()->DroppedCount(), 0u, "which is nothing wrong");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of an MBSTF alone */
void
AddMbstfTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an MBSTF ") + name, body));
    };
    add("refuses requests about unknown resources and of rubbish", RefusesRequests);
    add("refuses a session when no port is left", NoPortLeft);
    add("makes an MTK for every MSK and tells the MBSF", MakesMtkForMsk);
    add("drops traffic that is not RTP or comes before the session is active", Traffic);
    add("makes and multicasts MTKs only while the session is active", MtksOnlyWhileActive);
    add("makes no MTK after the lifetime of the MSK", NoMtkAfterTheMsk);
    add("makes no MTK when the IDs under an MSK are used up", MtkIdsAreUsedUp);
    add("makes an MTK when the MBSF asks for one", RenewsAnMtkWhenAsked);
    add("uses a new MSK when the lifetime of the last one ends", UsesAnMskWhenTheLastOneEnds);
    add("sends the newest MTK again for late joiners", RetransmitsForLateJoiners);
    add("destroys a session, after which nothing is made or sent for it", DestroysSessions);
    add("makes and sends nothing after it stopped", Stops);
    add("replaces a session when one of the same name is created", ReplacesSessions);
}

} // namespace ns3::mbs
