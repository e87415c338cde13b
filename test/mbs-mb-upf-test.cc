// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-gtpu.h"
#include "ns3/mbs-mb-upf.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/udp-socket-factory.h"

#include <sstream>
#include <string>

namespace ns3::mbs
{

namespace
{

/** The session of the tests. */
const Tmgi SESSION(0x123456, PlmnId());

/** An MB-UPF, and a node that plays MB-SMF, MBSTF and gNBs. */
struct LoneMbUpf
{
    /** @param stop when the MB-UPF stops, 0 for never */
    explicit LoneMbUpf(Time stop = Seconds(0))
        : upf(CreateObject<MbUpf>()),
          smf(CreateObject<N4Endpoint>())
    {
        upf->SetN4mb(net.Address(0));
        upf->SetNmb9(net.Address(0));
        upf->SetN3mb(net.Address(0));
        upf->SetStopTime(stop);
        upf->TraceConnectWithoutContext("Dropped", MakeCallback(&LoneMbUpf::Dropped, this));
        upf->TraceConnectWithoutContext("Forwarded", MakeCallback(&LoneMbUpf::Forwarded, this));
        net.At(0)->AddApplication(upf);
        Ipv4StaticRoutingHelper()
            .GetStaticRouting(net.At(0)->GetObject<Ipv4>())
            ->SetDefaultMulticastRoute(1);
        smf->Install(net.At(1));
        smf->Listen();
        gnb = Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId());
        gnb->Bind(InetSocketAddress(Ipv4Address::GetAny(), GTPU_PORT));
        gnb->SetRecvCallback(MakeCallback(&LoneMbUpf::Received, this));
        Run();
    }

    ~LoneMbUpf()
    {
        smf->Dispose();
    }

    LoneMbUpf(const LoneMbUpf&) = delete;
    LoneMbUpf& operator=(const LoneMbUpf&) = delete;

    void Dropped(const std::string& what, const std::string& why)
    {
        dropped.push_back(what + ": " + why);
    }

    void Forwarded(const Tmgi& tmgi, Ptr<const Packet> packet, uint32_t count)
    {
        std::ostringstream text;
        text << tmgi << ' ' << packet->GetSize() << ' ' << count;
        forwarded.push_back(text.str());
        copies.push_back(count);
    }

    void Received(Ptr<Socket> socket)
    {
        while (const Ptr<Packet> packet = socket->Recv())
        {
            Bytes octets(packet->GetSize());
            packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
            tunnelled.push_back(octets);
        }
    }

    /** @brief Runs for a second. */
    static void Run()
    {
        TwoNodes::RunUntil(Simulator::Now().GetSeconds() + 1);
    }

    /** @tparam Response what is expected @param request PFCP @return the answer */
    template <typename Response, typename Request>
    Decoded<Response> Ask(Request request)
    {
        request.sequence = ++sequence;
        std::optional<Bytes> answer;
        smf->SendRequest(net.Address(0),
                         request.Encode(),
                         "test",
                         [&answer](std::optional<Bytes> response) { answer = response; });
        Run();
        if (!answer)
        {
            return DecodeError::TRUNCATED;
        }
        return Response::Decode(*answer);
    }

    /** @return the answer to a request for a session with group and sequence numbers */
    Decoded<PfcpSessionEstablishmentResponse> Establish(bool withGroup = true, bool withQer = true)
    {
        PfcpSessionEstablishmentRequest request;
        request.cpFSeid = PfcpFSeid{55, net.Address(1)};
        PfcpCreatePdr pdr;
        pdr.pdrId = 1;
        pdr.localIngressTunnel = PfcpLocalIngressTunnel();
        request.createPdrs.push_back(pdr);
        PfcpCreateFar far;
        far.farId = 1;
        far.action.multicast = true;
        far.multicast = PfcpMulticastParameters();
        request.createFars.push_back(far);
        if (withQer)
        {
            PfcpCreateQer qer;
            qer.qerId = 1;
            qer.qfi = 9;
            qer.insertSequenceNumber = true;
            request.createQers.push_back(qer);
        }
        request.control.sessionId.tmgi = SESSION;
        request.control.provideLlSsm = withGroup;
        return Ask<PfcpSessionEstablishmentResponse>(request);
    }

    /** @param port of the session's tunnel @param size of the packet */
    void SendTraffic(uint16_t port, uint32_t size)
    {
        const Ptr<Socket> socket = Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId());
        socket->SendTo(Create<Packet>(size), 0, InetSocketAddress(net.Address(0), port));
        Run();
    }

    /** @param octets sent to the PFCP port as they are */
    void SendRaw(const Bytes& octets)
    {
        const Ptr<Socket> socket = Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId());
        socket->SendTo(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())),
                       0,
                       InetSocketAddress(net.Address(0), PFCP_PORT));
        Run();
    }

    TwoNodes net;                       //!< the MB-UPF and the rest
    Ptr<MbUpf> upf;                     //!< under test
    Ptr<N4Endpoint> smf;                //!< the MB-SMF's end
    Ptr<Socket> gnb;                    //!< GTP-U on the other node
    uint32_t sequence{0};               //!< of the last PFCP request
    std::vector<Bytes> tunnelled;       //!< GTP-U to the other node's own address
    std::vector<std::string> dropped;   //!< trace source Dropped
    std::vector<std::string> forwarded; //!< trace source Forwarded
    std::vector<uint32_t> copies;       //!< trace source Forwarded
};

void
NodeMessages(Check& check)
{
    LoneMbUpf lone;
    check.Expect(lone.upf->GetN4() != nullptr, "endpoint for trace sources");
    const auto heartbeat = lone.Ask<PfcpHeartbeatResponse>(PfcpHeartbeatRequest());
    check.Expect(heartbeat && heartbeat->sequence == 1, "a heartbeat is answered");
    const auto association = lone.Ask<PfcpAssociationSetupResponse>(PfcpAssociationSetupRequest());
    check.Expect(association && association->cause == PfcpCause::ACCEPTED &&
                     association->nodeId.address == lone.net.Address(0),
                 "an association is accepted");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

void
UnknownSessions(Check& check)
{
    LoneMbUpf lone;
    PfcpSessionModificationRequest modification;
    modification.seid = 99;
    const auto modified = lone.Ask<PfcpSessionModificationResponse>(modification);
    check.Expect(modified && modified->cause == PfcpCause::SESSION_NOT_FOUND, "modification");
    PfcpSessionDeletionRequest deletion;
    deletion.seid = 99;
    const auto deleted = lone.Ask<PfcpSessionDeletionResponse>(deletion);
    check.Expect(deleted && deleted->cause == PfcpCause::SESSION_NOT_FOUND, "deletion");
}

void
Rubbish(Check& check)
{
    LoneMbUpf lone;
    // Right headers with contents missing: each kind of request is dropped by its name.
    lone.SendRaw(Hex("20 01 0004 000001 00"));
    lone.SendRaw(Hex("20 05 0004 000002 00"));
    lone.SendRaw(Hex("21 32 000c 0000000000000000 000003 00"));
    lone.SendRaw(Hex("21 34 000e 0000000000000001 000004 00 000a"));
    lone.SendRaw(Hex("21 36 000e 0000000000000001 000005 00 000a"));
    check.Equal(lone.dropped.size(), 5u, "five kinds of requests");
    lone.SendRaw(Hex("ff ff ff ff"));
    lone.SendRaw(Hex("20 63 0004 000006 00"));
    lone.SendRaw(Hex("20 02 000c 000007 00 0060 0004 00000000"));
    lone.SendRaw({});
    check.Equal(lone.upf->GetN4()->DroppedCount(), 4u, "what is no request stops before it");
    check.Equal(lone.dropped.size(), 5u, "and does not count twice");
    const auto session = lone.Establish();
    check.Expect(session && session->cause == PfcpCause::ACCEPTED, "afterwards it still works");
}

void
CutOffEstablishment(Check& check)
{
    LoneMbUpf lone;
    PfcpSessionEstablishmentRequest request;
    request.sequence = 1;
    request.createPdrs.emplace_back();
    request.createFars.emplace_back();
    const Bytes whole = request.Encode();
    for (std::size_t size = 0; size < whole.size(); ++size)
    {
        lone.SendRaw(ByteView(whole).Sub(0, size).ToBytes());
    }
    check.Equal(lone.dropped.size() + lone.upf->GetN4()->DroppedCount(),
                whole.size(),
                "all are dropped");
    lone.SendTraffic(20000, 100);
    check.Equal(lone.forwarded.size(), 0u, "no session came of it");
}

void
Forwards(Check& check)
{
    LoneMbUpf lone;
    const auto session = lone.Establish();
    check.Expect(session && session->cause == PfcpCause::ACCEPTED && session->seid == 55 &&
                     session->upFSeid && session->multicast && session->createdPdrs.size() == 1,
                 "established with all that the MB-SMF needs");
    const auto& ingress = session->createdPdrs.at(0).localIngressTunnel;
    check.Expect(ingress && ingress->port == 20000 && ingress->address == lone.net.Address(0),
                 "a tunnel for the MBSTF");
    check.Expect(session->multicast->llSsm.destination == Ipv4Address("232.0.1.0"), "a group");
    const auto second = lone.Establish(false);
    check.Expect(second && !second->multicast, "no group for who wants none");
    check.Equal(second->createdPdrs.at(0).localIngressTunnel->port, 20001u, "the next tunnel");

    lone.SendTraffic(20000, 100);
    check.Equal(lone.forwarded.size(), 1u, "a packet");
    check.Equal(lone.copies.at(0), 1u, "goes to the group only");
    check.Equal(lone.tunnelled.size(), 1u, "where the other node hears it");
    const auto multicast = DecodeGtpu(lone.tunnelled.at(0));
    check.Expect(multicast && multicast->teid == session->multicast->cTeid && multicast->session &&
                     multicast->session->mbsSequenceNumber == 0,
                 "under the C-TEID, with sequence number 0");
    lone.tunnelled.clear();

    PfcpSessionModificationRequest change;
    change.seid = session->upFSeid->seid;
    PfcpUpdateFar far;
    far.farId = 1;
    far.action.emplace();
    far.action->unicast = true;
    PfcpAddUnicast add;
    add.tunnel = {0xabcd, lone.net.Address(1)};
    for (uint16_t id = 1; id <= 3; ++id)
    {
        add.id = id;
        far.addUnicast.push_back(add);
    }
    change.updateFars.push_back(far);
    const auto changed = lone.Ask<PfcpSessionModificationResponse>(change);
    check.Expect(changed && changed->cause == PfcpCause::ACCEPTED && changed->seid == 55,
                 "three tunnels");
    lone.SendTraffic(20000, 100);
    check.Equal(lone.tunnelled.size(), 3u, "three copies, and none to the group");
    const auto gtpu = DecodeGtpu(lone.tunnelled.at(0));
    check.Expect(gtpu && gtpu->teid == 0xabcd && gtpu->payload.size() == 100 && gtpu->session &&
                     gtpu->session->qfi == 9 && gtpu->session->mbsSequenceNumber == 1,
                 "in the tunnel, with QFI and the session's second sequence number");

    change.updateFars[0].addUnicast.clear();
    change.updateFars[0].removeUnicast = {2, 99};
    change.updateFars[0].action.reset();
    lone.Ask<PfcpSessionModificationResponse>(change);
    lone.SendTraffic(20000, 100);
    check.Equal(lone.tunnelled.size(), 5u, "one tunnel less, the action unchanged");
    change.updateFars.clear();
    change.deleteUnicastTunnels = true;
    lone.Ask<PfcpSessionModificationResponse>(change);
    lone.SendTraffic(20000, 100);
    check.Equal(lone.tunnelled.size(), 5u, "no tunnel left");
    check.Equal(lone.copies.back(), 0u, "no copy");

    PfcpSessionDeletionRequest deletion;
    deletion.seid = session->upFSeid->seid;
    const auto deleted = lone.Ask<PfcpSessionDeletionResponse>(deletion);
    check.Expect(deleted && deleted->cause == PfcpCause::ACCEPTED && deleted->seid == 55,
                 "deleted");
    const std::size_t before = lone.forwarded.size();
    lone.SendTraffic(20000, 100);
    check.Equal(lone.forwarded.size(), before, "what comes for it is gone");
    const auto again = lone.Ask<PfcpSessionDeletionResponse>(deletion);
    check.Expect(again && again->cause == PfcpCause::SESSION_NOT_FOUND, "deleted once");
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

void
WithoutQfi(Check& check)
{
    LoneMbUpf lone;
    const auto session = lone.Establish(true, false);
    PfcpSessionModificationRequest change;
    change.seid = session->upFSeid->seid;
    PfcpUpdateFar far;
    far.action.emplace();
    far.action->unicast = true;
    PfcpAddUnicast add;
    add.tunnel = {1, lone.net.Address(1)};
    far.addUnicast.push_back(add);
    change.updateFars.push_back(far);
    lone.Ask<PfcpSessionModificationResponse>(change);
    lone.SendTraffic(20000, 10);
    const auto gtpu = DecodeGtpu(lone.tunnelled.at(0));
    check.Expect(gtpu && !gtpu->session && gtpu->payload.size() == 10, "a plain G-PDU");
}

void
NoPortLeft(Check& check)
{
    LoneMbUpf lone;
    const Ptr<Socket> squatter =
        Socket::CreateSocket(lone.net.At(0), UdpSocketFactory::GetTypeId());
    squatter->Bind(InetSocketAddress(lone.net.Address(0), 20000));
    const auto session = lone.Establish();
    check.Expect(session && session->cause == PfcpCause::NO_RESOURCES && !session->upFSeid,
                 "rejected: no resources available");
    const auto next = lone.Establish();
    check.Expect(next && next->cause == PfcpCause::ACCEPTED, "the next session has a port again");
}

void
Stops(Check& check)
{
    LoneMbUpf lone(Seconds(5));
    const auto session = lone.Establish();
    check.Expect(bool(session), "a session");
    TwoNodes::RunUntil(6);
    lone.SendTraffic(20000, 100);
    check.Equal(lone.forwarded.size(), 0u, "a stopped MB-UPF forwards nothing");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of an MB-UPF alone */
void
AddMbUpfTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an MB-UPF ") + name, body));
    };
    add("answers heartbeats and accepts an association", NodeMessages);
    add("rejects changes of sessions that it does not know", UnknownSessions);
    add("drops rubbish and goes on", Rubbish);
    add("drops an establishment cut off anywhere", CutOffEstablishment);
    add("forwards to the group and to the tunnels that it is told", Forwards);
    add("writes no QFI when it was told none", WithoutQfi);
    add("rejects a session when no port is left", NoPortLeft);
    add("forwards nothing after it stopped", Stops);
}

} // namespace ns3::mbs
