// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-gtpu.h"
#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-upf.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/udp-socket-factory.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Port of the server in the data network. */
constexpr uint16_t PORT = 4000;
/** TEID of the downlink tunnel. */
constexpr uint32_t DOWNLINK = 0x01020304;
/** QoS flow of the PDU session. */
constexpr uint8_t QFI = 5;

/** A UPF, and on the other node both a gNB and a server of the data network. */
struct LoneUpf
{
    /** @param stop when the UPF stops, 0 for never */
    explicit LoneUpf(Time stop = Seconds(0))
        : upf(CreateObject<Upf>()),
          gnb(Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId())),
          server(Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId()))
    {
        upf->TraceConnectWithoutContext("Dropped", MakeCallback(&LoneUpf::Dropped, this));
        upf->TraceConnectWithoutContext("UplinkForwarded", MakeCallback(&LoneUpf::Up, this));
        upf->TraceConnectWithoutContext("DownlinkForwarded", MakeCallback(&LoneUpf::Down, this));
        upf->AddN3(net.Address(0), net.Address(1));
        ue = upf->AllocateUeAddress();
        uplink = upf->AddPduSession(ue);
        upf->SetStopTime(stop);
        net.At(0)->AddApplication(upf);
        gnb->Bind(InetSocketAddress(net.Address(1), GTPU_PORT));
        server->Bind(InetSocketAddress(net.Address(1), PORT));
        Ipv4StaticRoutingHelper()
            .GetStaticRouting(net.At(1)->GetObject<ns3::Ipv4>())
            ->AddNetworkRouteTo(Ipv4Address("100.64.0.0"),
                                Ipv4Mask("255.192.0.0"),
                                net.Address(0),
                                1);
        Run();
    }

    LoneUpf(const LoneUpf&) = delete;
    LoneUpf& operator=(const LoneUpf&) = delete;

    void Dropped(const std::string& what, const std::string& why)
    {
        dropped.push_back(what + ": " + why);
    }

    void Up(Ipv4Address address, Ptr<const Packet> /* packet */)
    {
        up.push_back(address);
    }

    void Down(Ipv4Address address, Ptr<const Packet> /* packet */)
    {
        down.push_back(address);
    }

    /** @brief Runs for a second. */
    static void Run()
    {
        TwoNodes::RunUntil(Simulator::Now().GetSeconds() + 1);
    }

    /** @param octets the gNB sends to the UPF's GTP-U port */
    void SendN3(const Bytes& octets)
    {
        gnb->SendTo(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())),
                    0,
                    InetSocketAddress(net.Address(0), GTPU_PORT));
        Run();
    }

    /** @param payload of an uplink packet @param teid of its tunnel */
    void SendUplink(const Bytes& payload, uint32_t teid)
    {
        GtpuPdu pdu;
        pdu.teid = teid;
        pdu.uplink = UlPduSessionInformation{QFI};
        pdu.payload = payload;
        SendN3(EncodeGtpu(pdu));
    }

    /** @param source of the packet @param destination of the packet @return a UDP packet */
    static Bytes UdpPacket(Ipv4Address source, Ipv4Address destination)
    {
        static const Bytes PAYLOAD{'h', 'e', 'l', 'l', 'o'};
        InnerUdp udp;
        udp.source = source;
        udp.destination = destination;
        udp.sourcePort = 7;
        udp.destinationPort = PORT;
        udp.payload = PAYLOAD;
        return EncodeInnerUdp(udp);
    }

    /** @param socket of gNB or server @return what it has received, octets */
    static Bytes Heard(const Ptr<Socket>& socket)
    {
        const Ptr<Packet> packet = socket->Recv();
        Bytes octets(packet ? packet->GetSize() : 0);
        if (packet)
        {
            packet->CopyData(octets.data(), packet->GetSize());
        }
        return octets;
    }

    /** @return the drop seen last, or nothing */
    std::string LastDrop() const
    {
        return dropped.empty() ? "nothing" : dropped.back();
    }

    TwoNodes net;                     //!< UPF and the rest
    Ptr<Upf> upf;                     //!< under test
    Ptr<Socket> gnb;                  //!< GTP-U of the gNB
    Ptr<Socket> server;               //!< in the data network
    Ipv4Address ue;                   //!< address of the UE
    uint32_t uplink{0};               //!< TEID of the uplink tunnel
    std::vector<std::string> dropped; //!< trace source Dropped
    std::vector<Ipv4Address> up;      //!< trace source UplinkForwarded
    std::vector<Ipv4Address> down;    //!< trace source DownlinkForwarded
};

void
PacketsGoBothWays(Check& check)
{
    LoneUpf lone;
    check.Equal(lone.ue, Ipv4Address("100.64.0.2"), "the first UE address");
    lone.upf->SetDownlink(lone.uplink, lone.net.Address(1), DOWNLINK, QFI);
    lone.SendUplink(LoneUpf::UdpPacket(lone.ue, lone.net.Address(1)), lone.uplink);
    check.Equal(ToHex(LoneUpf::Heard(lone.server)), "68656c6c6f", "the server hears the UE");
    check.Equal(lone.up.size(), 1U, "one packet up");
    check.Equal(lone.up.at(0), lone.ue, "of the UE");

    const Bytes answer{1, 2, 3};
    lone.server->SendTo(Create<Packet>(answer.data(), 3), 0, InetSocketAddress(lone.ue, 7));
    LoneUpf::Run();
    const Bytes octets = LoneUpf::Heard(lone.gnb);
    const auto gtpu = DecodeGtpu(octets);
    check.Expect(bool(gtpu), "the gNB hears GTP-U");
    check.Equal(gtpu->teid, DOWNLINK, "in the downlink tunnel");
    check.Expect(gtpu->session && !gtpu->uplink, "with downlink PDU session information");
    check.Equal(int(gtpu->session->qfi), int(QFI), "QFI");
    check.Equal(gtpu->payload.size(), 31U, "IP header, UDP header, three octets");
    check.Equal(ToHex(gtpu->payload.Sub(16, 4)), "64400002", "to the UE");
    check.Equal(ToHex(gtpu->payload.Sub(28)), "010203", "what the server sent");
    check.Equal(lone.down.size(), 1U, "one packet down");
    check.Equal(lone.LastDrop(), "nothing", "nothing was dropped");
}

void
WrongPacketsAreDropped(Check& check)
{
    LoneUpf lone;
    lone.upf->SetDownlink(lone.uplink, lone.net.Address(1), DOWNLINK, QFI);
    const Ipv4Address server = lone.net.Address(1);
    const Bytes good = LoneUpf::UdpPacket(lone.ue, server);
    std::size_t drops = 0;
    const auto expect = [&](const std::string& why) {
        check.Equal(lone.dropped.size(), ++drops, "drops, " + why);
        check.Equal(lone.LastDrop(), why, "why");
        check.Equal(LoneUpf::Heard(lone.server).size(), 0U, "nothing goes on, " + why);
    };
    lone.SendUplink(good, lone.uplink + 1);
    expect("GTP-U packet: unknown TEID");
    lone.SendUplink(good, 0);
    expect("GTP-U packet: unknown TEID");
    lone.SendN3(Bytes{0x30});
    expect("GTP-U packet: truncated");
    lone.SendN3(Bytes());
    // ns-3 does not hand empty datagrams up.
    drops = lone.dropped.size();

    GtpuPdu pdu;
    pdu.teid = lone.uplink;
    pdu.payload = good;
    lone.SendN3(EncodeGtpu(pdu));
    expect("GTP-U packet: no uplink PDU session information");
    pdu.session = DlPduSessionInformation();
    lone.SendN3(EncodeGtpu(pdu));
    expect("GTP-U packet: no uplink PDU session information");

    lone.SendUplink(Bytes(), lone.uplink);
    expect("uplink packet: truncated");
    lone.SendUplink(Bytes(good.begin(), good.end() - 1), lone.uplink);
    expect("uplink packet: truncated");
    Bytes six = good;
    six[0] = 0x65;
    lone.SendUplink(six, lone.uplink);
    expect("uplink packet: unsupported");
    lone.SendUplink(LoneUpf::UdpPacket(Ipv4Address("100.64.0.3"), server), lone.uplink);
    expect("uplink packet: its source is not the address of the PDU session");
    lone.SendUplink(LoneUpf::UdpPacket(lone.ue, lone.net.Address(0)), lone.uplink);
    expect("uplink packet: its destination is the UPF");
    lone.SendUplink(LoneUpf::UdpPacket(lone.ue, Ipv4Address("100.64.0.1")), lone.uplink);
    expect("uplink packet: its destination is the UPF");
    for (const char* many : {"232.1.0.1", "255.255.255.255", "100.127.255.255"})
    {
        lone.SendUplink(LoneUpf::UdpPacket(lone.ue, Ipv4Address(many)), lone.uplink);
        expect("uplink packet: its destination is not a single host");
    }
    lone.SendUplink(LoneUpf::UdpPacket(lone.ue, Ipv4Address("100.64.0.99")), lone.uplink);
    expect("downlink packet: no PDU session has its destination address");
    check.Equal(lone.down.size(), 0U, "nothing went down");
}

void
TunnelsComeAndGo(Check& check)
{
    LoneUpf lone;
    const auto send = [&lone] {
        lone.server->SendTo(Create<Packet>(3), 0, InetSocketAddress(lone.ue, 7));
        LoneUpf::Run();
        return LoneUpf::Heard(lone.gnb);
    };
    check.Equal(send().size(), 0U, "no tunnel yet");
    check.Equal(lone.LastDrop(),
                "downlink packet: the PDU session has no tunnel to a gNB",
                "and it is said");
    lone.upf->SetDownlink(lone.uplink, lone.net.Address(1), DOWNLINK, QFI);
    const Bytes first = send();
    check.Equal(DecodeGtpu(first)->teid, DOWNLINK, "a tunnel");
    lone.upf->SetDownlink(lone.uplink, lone.net.Address(1), DOWNLINK + 1, QFI);
    const Bytes second = send();
    check.Equal(DecodeGtpu(second)->teid, DOWNLINK + 1, "another tunnel");
    lone.upf->RemovePduSession(lone.uplink);
    lone.upf->RemovePduSession(lone.uplink);
    check.Equal(send().size(), 0U, "no PDU session");
    check.Equal(lone.LastDrop(),
                "downlink packet: no PDU session has its destination address",
                "and it is said");
    lone.SendUplink(LoneUpf::UdpPacket(lone.ue, lone.net.Address(1)), lone.uplink);
    check.Equal(lone.LastDrop(), "GTP-U packet: unknown TEID", "nor does its uplink tunnel exist");
    check.Equal(lone.upf->AddPduSession(lone.ue), lone.uplink + 1, "a TEID is not used again");
}

void
StoppedUpfForwardsNothing(Check& check)
{
    LoneUpf lone(Seconds(2));
    lone.upf->SetDownlink(lone.uplink, lone.net.Address(1), DOWNLINK, QFI);
    LoneUpf::Run();
    LoneUpf::Run();
    lone.SendUplink(LoneUpf::UdpPacket(lone.ue, lone.net.Address(1)), lone.uplink);
    check.Equal(LoneUpf::Heard(lone.server).size(), 0U, "nothing goes up");
    lone.server->SendTo(Create<Packet>(3), 0, InetSocketAddress(lone.ue, 7));
    LoneUpf::Run();
    check.Equal(LoneUpf::Heard(lone.gnb).size(), 0U, "nothing goes down");
    check.Equal(lone.LastDrop(),
                "downlink packet: the PDU session has no tunnel to a gNB",
                "and it is said");
}

void
PoolGivesAddressesInOrder(Check& check)
{
    const Ptr<Upf> upf = CreateObject<Upf>();
    upf->SetAttribute("PoolNetwork", Ipv4AddressValue(Ipv4Address("172.16.5.9")));
    upf->SetAttribute("PoolMask", Ipv4MaskValue(Ipv4Mask("255.255.255.248")));
    check.Equal(upf->GetPoolAddress(), Ipv4Address("172.16.5.9"), "the UPF has the first address");
    check.Equal(upf->GetPoolSize(), 5U, "eight less network, broadcast and UPF");
    check.Equal(upf->AllocateUeAddress(), Ipv4Address("172.16.5.10"), "the first UE");
    check.Equal(upf->AllocateUeAddress(), Ipv4Address("172.16.5.11"), "the second");
    upf->SetAttribute("PoolMask", Ipv4MaskValue(Ipv4Mask("255.255.255.255")));
    check.Equal(upf->GetPoolSize(), 0U, "no room");
    upf->Dispose();
}

} // namespace

/** @param suite gets the tests of the UPF */
void AddUpfTests(MbsTestSuite& suite);

void
AddUpfTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("a UPF carries packets between N3 and N6", PacketsGoBothWays));
    suite.Add(new FunctionTestCase("a UPF drops unknown tunnels, wrong octets and forged addresses",
                                   WrongPacketsAreDropped));
    suite.Add(new FunctionTestCase("tunnels of a UPF come, change and go", TunnelsComeAndGo));
    suite.Add(new FunctionTestCase("a stopped UPF forwards nothing", StoppedUpfForwardsNothing));
    suite.Add(
        new FunctionTestCase("UE addresses are given out in order", PoolGivesAddressesInOrder));
}

} // namespace ns3::mbs
