// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ran-samples.h"
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-gnb.h"
#include "ns3/mbs-gtpu.h"
#include "ns3/mbs-n3-relay.h"
#include "ns3/mbs-radio-channel.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/inet-socket-address.h"
#include "ns3/pointer.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Number of the gNB. */
constexpr uint32_t GNB = 3;
/** TEID of the first UE's uplink tunnel. */
constexpr uint32_t UPLINK = 0xa1;
/** QoS flow of the first UE's PDU session. */
constexpr uint8_t QFI = 7;

/** Loses as many transmissions as a test says. */
class CountedLoss : public RadioLink
{
  public:
    bool IsLost(const UeRadioDevice& /* ue */, const Ptr<const Packet>& /* packet */) override
    {
        ++asked;
        return asked <= losses;
    }

    int64_t AssignStreams(int64_t /* stream */) override
    {
        return 0;
    }

    uint32_t losses{0}; //!< how many are lost, from the first one on
    uint32_t asked{0};  //!< transmissions so far
};

/** A gNB with a unicast user plane and two UEs' devices, and a node that plays the UPF. */
struct LoneRelay
{
    /** @param stop when the gNB stops, 0 for never */
    explicit LoneRelay(Time stop = Seconds(0))
        : link(CreateObject<CountedLoss>()),
          channel(CreateObject<RadioChannel>()),
          cell(CreateObject<GnbRadioDevice>()),
          gnb(CreateObject<Gnb>()),
          upf(Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId()))
    {
        channel->SetAttribute("Link", PointerValue(link));
        channel->AddGnb(cell);
        net.At(0)->AddDevice(cell);
        cell->TraceConnectWithoutContext("DataLost", MakeCallback(&LoneRelay::LostDown, this));
        cell->TraceConnectWithoutContext("DataSent", MakeCallback(&LoneRelay::CellSent, this));
        cell->TraceConnectWithoutContext("DataReceived", MakeCallback(&LoneRelay::CellHeard, this));
        handedUp.resize(2);
        for (uint32_t i = 0; i < 2; ++i)
        {
            ues.push_back(CreateObject<UeRadioDevice>());
            ues[i]->SetUe(i);
            channel->AddUe(ues[i]);
            cell->Attach(ues[i]);
            ues[i]->SetReceiveCallback(MakeCallback(&LoneRelay::HandedUp, this));
            ues[i]->TraceConnectWithoutContext("DataLost", MakeCallback(&LoneRelay::LostUp, this));
            ues[i]->TraceConnectWithoutContext("DataDropped",
                                               MakeCallback(&LoneRelay::UeDropped, this));
        }
        gnb->SetCell(GNB, cell);
        gnb->SetAmf(net.Address(1));
        gnb->SetN3mb(net.Address(0), 1);
        gnb->SetN3(net.Address(0));
        downlink = gnb->GetN3()->AddPduSession(1, {net.Address(1), UPLINK, QFI});
        gnb->TraceConnectWithoutContext("Dropped", MakeCallback(&LoneRelay::Dropped, this));
        gnb->SetStopTime(stop);
        net.At(0)->AddApplication(gnb);
        upf->Bind(InetSocketAddress(net.Address(1), GTPU_PORT));
        Run();
    }

    ~LoneRelay()
    {
        for (const auto& ue : ues)
        {
            ue->Dispose();
        }
        channel->Dispose();
    }

    LoneRelay(const LoneRelay&) = delete;
    LoneRelay& operator=(const LoneRelay&) = delete;

    void Dropped(const std::string& what, const std::string& why)
    {
        dropped.push_back(what + ": " + why);
    }

    void UeDropped(uint32_t ue, Ptr<const Packet> /* packet */, const std::string& why)
    {
        dropped.push_back("UE " + std::to_string(ue) + ": " + why);
    }

    bool HandedUp(Ptr<NetDevice> device, Ptr<const Packet> packet, uint16_t type, const Address&)
    {
        const auto ue = DynamicCast<UeRadioDevice>(device)->GetUe();
        handedUp[ue].push_back(packet->GetSize());
        lastType = type;
        return true;
    }

    void LostDown(uint32_t rnti, Ptr<const Packet> /* packet */, DataLoss cause)
    {
        lost.push_back("down " + std::to_string(rnti) +
                       (cause == DataLoss::QUEUE ? " queue" : " radio"));
    }

    void LostUp(uint32_t ue, Ptr<const Packet> /* packet */, DataLoss cause)
    {
        lost.push_back("up " + std::to_string(ue) +
                       (cause == DataLoss::QUEUE ? " queue" : " radio"));
    }

    void CellSent(uint32_t number, uint32_t rnti, Ptr<const Packet> packet)
    {
        seen.push_back("sent " + std::to_string(number) + " " + std::to_string(rnti) + " " +
                       std::to_string(packet->GetSize()));
    }

    void CellHeard(uint32_t number, uint32_t rnti, Ptr<const Packet> packet)
    {
        seen.push_back("heard " + std::to_string(number) + " " + std::to_string(rnti) + " " +
                       std::to_string(packet->GetSize()));
    }

    /** @brief Runs for a second. */
    static void Run()
    {
        TwoNodes::RunUntil(Simulator::Now().GetSeconds() + 1);
    }

    /** @param octets the UPF sends to the gNB's GTP-U port */
    void SendN3(const Bytes& octets)
    {
        upf->SendTo(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())),
                    0,
                    InetSocketAddress(net.Address(0), GTPU_PORT));
        Run();
    }

    /** @param teid of the tunnel @param payload of a downlink packet */
    void SendDownlink(uint32_t teid, const Bytes& payload)
    {
        GtpuPdu pdu;
        pdu.teid = teid;
        pdu.session = DlPduSessionInformation();
        pdu.payload = payload;
        SendN3(EncodeGtpu(pdu));
    }

    /** @return the drop seen last, or nothing */
    std::string LastDrop() const
    {
        return dropped.empty() ? "nothing" : dropped.back();
    }

    TwoNodes net;                                //!< gNB and UPF
    Ptr<CountedLoss> link;                       //!< decides what is lost
    Ptr<RadioChannel> channel;                   //!< the air
    Ptr<GnbRadioDevice> cell;                    //!< of the gNB
    std::vector<Ptr<UeRadioDevice>> ues;         //!< radios
    Ptr<Gnb> gnb;                                //!< whose relay is under test
    Ptr<Socket> upf;                             //!< GTP-U of the UPF
    uint32_t downlink{0};                        //!< TEID of the first UE's downlink tunnel
    std::vector<std::vector<uint32_t>> handedUp; //!< sizes of what a UE's IP stack gets
    uint16_t lastType{0};                        //!< its EtherType
    std::vector<std::string> dropped;            //!< trace sources Dropped and DataDropped
    std::vector<std::string> lost;               //!< trace sources DataLost
    std::vector<std::string> seen;               //!< trace sources of the cell
};

/** @param payload UDP payload @return an IP packet */
Bytes
IpPacket(std::size_t payload)
{
    InnerUdp udp;
    udp.source = Ipv4Address("10.0.0.1");
    udp.destination = Ipv4Address("100.64.0.2");
    const Bytes octets(payload);
    udp.payload = octets;
    return EncodeInnerUdp(udp);
}

/** @param octets of a packet @return the packet */
Ptr<Packet>
PacketOf(const Bytes& octets)
{
    return Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size()));
}

void
RelaysBothWays(Check& check)
{
    LoneRelay lone;
    lone.SendDownlink(lone.downlink, IpPacket(100));
    check.Expect(lone.handedUp[0] == std::vector<uint32_t>{128}, "the UE's IP stack gets it");
    check.Equal(lone.lastType, 0x0800, "as IPv4");
    check.Equal(lone.handedUp[1].size(), 0U, "no other UE does");

    const Bytes answer = IpPacket(50);
    check.Expect(lone.ues[0]->Send(PacketOf(answer), lone.ues[0]->GetBroadcast(), 0x0800),
                 "the UE's device takes IPv4");
    LoneRelay::Run();
    const Ptr<Packet> datagram = lone.upf->Recv();
    check.Expect(datagram != nullptr, "the UPF gets a datagram");
    Bytes octets(datagram->GetSize());
    datagram->CopyData(octets.data(), datagram->GetSize());
    const auto gtpu = DecodeGtpu(octets);
    check.Expect(gtpu && gtpu->uplink && !gtpu->session, "with uplink PDU session information");
    check.Equal(gtpu->teid, UPLINK, "in the UE's tunnel");
    check.Equal(int(gtpu->uplink->qfi), int(QFI), "QFI");
    check.Equal(ToHex(gtpu->payload), ToHex(answer), "the packet as the UE sent it");
    check.Expect(lone.seen == std::vector<std::string>({"sent 3 1 128", "heard 3 1 78"}),
                 "the cell's traces");
    check.Equal(lone.LastDrop(), "nothing", "nothing was dropped");
}

void
DropsWrongTunnelPackets(Check& check)
{
    LoneRelay lone;
    const Bytes good = IpPacket(10);
    std::size_t drops = 0;
    const auto expect = [&](const std::string& why) {
        check.Equal(lone.dropped.size(), ++drops, "drops, " + why);
        check.Equal(lone.LastDrop(), why, "why");
    };
    lone.SendDownlink(lone.downlink + 1, good);
    expect("GTP-U packet: unknown TEID");
    lone.SendDownlink(0, good);
    expect("GTP-U packet: unknown TEID");
    lone.SendN3(Bytes{0x30, 0xff, 0x00});
    expect("GTP-U packet: truncated");
    lone.SendDownlink(lone.downlink, Bytes());
    expect("GTP-U packet: nothing is in it");
    GtpuPdu pdu;
    pdu.teid = lone.downlink;
    pdu.payload = good;
    lone.SendN3(EncodeGtpu(pdu));
    expect("GTP-U packet: no downlink PDU session information");
    pdu.uplink = UlPduSessionInformation{1};
    lone.SendN3(EncodeGtpu(pdu));
    expect("GTP-U packet: no downlink PDU session information");
    // The gNB does not look into what it relays; the UE does.
    lone.SendDownlink(lone.downlink, Bytes(good.begin(), good.end() - 1));
    expect("UE 0: truncated");
    lone.SendDownlink(lone.downlink, Bytes{0x45});
    expect("UE 0: truncated");
    check.Equal(lone.handedUp[0].size(), 0U, "the UE's IP stack gets none of it");

    lone.ues[1]->SendData(PacketOf(good));
    LoneRelay::Run();
    expect("uplink packet: the UE has no PDU session");
    check.Expect(lone.upf->Recv() == nullptr, "nothing went to the UPF");
}

void
SessionsEnd(Check& check)
{
    LoneRelay lone;
    const uint32_t second = lone.gnb->GetN3()->AddPduSession(2, {lone.net.Address(1), 0xb2, 1});
    check.Expect(second != lone.downlink, "a tunnel of its own");
    lone.gnb->GetN3()->RemovePduSession(1);
    lone.gnb->GetN3()->RemovePduSession(1);
    lone.SendDownlink(lone.downlink, IpPacket(10));
    check.Equal(lone.LastDrop(), "GTP-U packet: unknown TEID", "its tunnel is gone");
    lone.SendDownlink(second, IpPacket(20));
    check.Expect(lone.handedUp[1] == std::vector<uint32_t>{48}, "the other one is there");
    const uint32_t third = lone.gnb->GetN3()->AddPduSession(1, {lone.net.Address(1), 0xc3, 1});
    check.Expect(third != lone.downlink && third != second, "a TEID is not used again");
}

void
StoppedGnbRelaysNothing(Check& check)
{
    LoneRelay lone(Seconds(2));
    LoneRelay::Run();
    LoneRelay::Run();
    lone.SendDownlink(lone.downlink, IpPacket(10));
    check.Equal(lone.handedUp[0].size(), 0U, "nothing goes down");
    lone.ues[0]->SendData(PacketOf(IpPacket(10)));
    LoneRelay::Run();
    check.Equal(lone.LastDrop(), "uplink packet: the gNB has stopped", "nothing goes up");
}

void
LostDataIsSentAgain(Check& check)
{
    // Down, then up: three losses, and as many attempts as are allowed.
    for (const bool up : {false, true})
    {
        for (const uint32_t allowed : {0, 2, 3})
        {
            LoneRelay lone;
            lone.cell->SetAttribute("DataRetransmissions", UintegerValue(allowed));
            lone.ues[0]->SetAttribute("DataRetransmissions", UintegerValue(allowed));
            // What signalling may do has no say.
            lone.cell->SetAttribute("SignallingRetransmissions", UintegerValue(1));
            lone.ues[0]->SetAttribute("SignallingRetransmissions", UintegerValue(1));
            lone.link->losses = 3;
            if (up)
            {
                lone.ues[0]->SendData(PacketOf(IpPacket(10)));
            }
            else
            {
                lone.cell->SendData(1, PacketOf(IpPacket(10)));
            }
            LoneRelay::Run();
            const std::string what = std::string(up ? "up" : "down") + " with " +
                                     std::to_string(allowed) + " repetitions";
            check.Equal(lone.link->asked, allowed + 1, "transmissions, " + what);
            const bool arrived = up ? lone.upf->Recv() != nullptr : !lone.handedUp[0].empty();
            check.Equal(arrived, allowed == 3, "arrival, " + what);
            check.Equal(lone.lost.size(), allowed == 3 ? 0U : 1U, "losses, " + what);
            if (allowed < 3)
            {
                check.Equal(lone.lost[0], up ? "up 0 radio" : "down 1 radio", "cause, " + what);
            }
        }
    }
}

void
QueuesAreLimited(Check& check)
{
    LoneRelay lone;
    lone.cell->SetAttribute("QueueLimit", UintegerValue(300));
    lone.ues[0]->SetAttribute("QueueLimit", UintegerValue(200));
    UintegerValue limit;
    lone.ues[0]->GetAttribute("QueueLimit", limit);
    check.Equal(limit.Get(), 200U, "limit of a UE");
    for (int i = 0; i < 4; ++i)
    {
        lone.cell->SendData(1, PacketOf(IpPacket(72)));
        lone.ues[0]->SendData(PacketOf(IpPacket(72)));
    }
    LoneRelay::Run();
    check.Equal(lone.handedUp[0].size(), 3U, "three of 100 octets fit into 300");
    uint32_t up = 0;
    while (lone.upf->Recv())
    {
        ++up;
    }
    check.Equal(up, 2U, "two fit into 200");
    check.Expect(lone.lost ==
                     std::vector<std::string>({"up 0 queue", "down 1 queue", "up 0 queue"}),
                 "the rest is lost in the queues");
}

/** Counts what a promiscuous listener hears. */
struct Promiscuous
{
    bool Hear(Ptr<NetDevice>,
              Ptr<const Packet>,
              uint16_t,
              const Address&,
              const Address&,
              NetDevice::PacketType type)
    {
        types.push_back(type);
        return true;
    }

    std::vector<NetDevice::PacketType> types; //!< of what it heard
};

void
PromiscuousListenersHearAll(Check& check)
{
    LoneRelay lone;
    Promiscuous ear;
    lone.ues[0]->SetPromiscReceiveCallback(MakeCallback(&Promiscuous::Hear, &ear));
    lone.SendDownlink(lone.downlink, IpPacket(10));
    lone.ues[0]->HandUp(SampleIp(5004, Bytes{1, 2, 3}));
    check.Expect(ear.types == std::vector<NetDevice::PacketType>(
                                  {NetDevice::PACKET_HOST, NetDevice::PACKET_MULTICAST}),
                 "unicast and multicast, each as what it is");
    check.Equal(lone.handedUp[0].size(), 2U, "and so does the IP stack");
}

} // namespace

/** @param suite gets the tests of a gNB's unicast user plane */
void AddN3RelayTests(MbsTestSuite& suite);

void
AddN3RelayTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a gNB relays packets between tunnels and data radio bearers", RelaysBothWays);
    add("a gNB and a UE drop unicast packets that are wrong", DropsWrongTunnelPackets);
    add("PDU sessions of a gNB end and begin anew", SessionsEnd);
    add("a stopped gNB relays no unicast", StoppedGnbRelaysNothing);
    add("lost data is sent again as often as the attribute says", LostDataIsSentAgain);
    add("unicast packets wait in limited queues", QueuesAreLimited);
    add("promiscuous listeners hear all packets of a UE's device", PromiscuousListenersHearAll);
}

} // namespace ns3::mbs
