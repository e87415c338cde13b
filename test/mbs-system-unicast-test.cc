// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/data-rate.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/udp-socket-factory.h"

#include <algorithm>
#include <map>
#include <set>

namespace ns3::mbs
{

namespace
{

/** UDP and IPv4 of a packet. */
constexpr uint32_t IP_OVERHEAD = 28;
/** GTP-U 8, sequence number, N-PDU number and extension type 4, PDU Session Container 4. */
constexpr uint32_t GTPU_OVERHEAD = 16;
/** PPP, IPv4 and UDP of a packet on a link. */
constexpr uint32_t LINK_UDP = 30;
/** PPP of a packet on a link. */
constexpr uint32_t LINK_IP = 2;
/** Port of the tests' servers. */
constexpr uint16_t PORT = 4000;

/** @return settings of UEs with IP stacks, whose links are all different */
SystemSettings
WithStacks()
{
    SystemSettings settings;
    settings.attributes = {{"ns3::mbs::Ue::IpStack", "true"},
                           {"ns3::mbs::CoreTopology::N3Delay", "2900us"},
                           {"ns3::mbs::CoreTopology::N3DataRate", "50Mbps"},
                           {"ns3::mbs::CoreTopology::N6Delay", "3100us"},
                           {"ns3::mbs::CoreTopology::N6DataRate", "40Mbps"},
                           {"ns3::mbs::RadioChannel::Delay", "3300us"},
                           {"ns3::mbs::GnbRadioDevice::DataRate", "30Mbps"},
                           {"ns3::mbs::UeRadioDevice::DataRate", "7Mbps"}};
    return settings;
}

/** @param rate a rate @param octets of a frame @return how long it takes to send */
int64_t
Serialisation(const char* rate, uint32_t octets)
{
    return DataRate(rate).CalculateBytesTxTime(octets).GetNanoSeconds();
}

/** A UDP socket that notes when what came. */
class UdpPeer
{
  public:
    /** @param node where @param port on which port @param address to bind to */
    explicit UdpPeer(Ptr<Node> node, uint16_t port = 0, Ipv4Address address = Ipv4Address::GetAny())
        : m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId()))
    {
        m_socket->Bind(InetSocketAddress(address, port));
        m_socket->SetRecvCallback(MakeCallback(&UdpPeer::Receive, this));
    }

    ~UdpPeer()
    {
        m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
    }

    UdpPeer(const UdpPeer&) = delete;
    UdpPeer& operator=(const UdpPeer&) = delete;

    /** @param to whom @param port which @param octets payload */
    void Send(Ipv4Address to, uint16_t port, uint32_t octets)
    {
        m_socket->SendTo(Create<Packet>(octets), 0, InetSocketAddress(to, port));
    }

    bool echo{false};                 //!< whether to send back what comes
    std::vector<Time> times;          //!< when something came
    std::vector<uint32_t> sizes;      //!< its payload
    std::vector<Bytes> octets;        //!< the same
    std::vector<Ipv4Address> senders; //!< from whom

  private:
    void Receive(Ptr<Socket> socket)
    {
        ns3::Address from;
        while (const Ptr<Packet> packet = socket->RecvFrom(from))
        {
            times.push_back(Simulator::Now());
            sizes.push_back(packet->GetSize());
            Bytes copy(packet->GetSize());
            packet->CopyData(copy.data(), packet->GetSize());
            octets.push_back(std::move(copy));
            senders.push_back(InetSocketAddress::ConvertFrom(from).GetIpv4());
            if (echo)
            {
                socket->SendTo(packet->Copy(), 0, from);
            }
        }
    }

    Ptr<Socket> m_socket; //!< the socket
};

/** A server in the data network. */
struct Server
{
    /** @param run the network that it is connected to */
    explicit Server(const SystemRun& run)
        : node(CreateObject<Node>())
    {
        run.Network().GetTopology()->InstallStack(node);
        address = run.Network().ConnectServer("server", node);
    }

    Ptr<Node> node;      //!< where it is
    Ipv4Address address; //!< where UEs reach it
};

void
LatencyIsDelaysAndSerialisations(Check& check)
{
    SystemSettings settings = WithStacks();
    settings.ues = 5;
    settings.gnbs = 2;
    SystemRun run(check, settings);
    Server server(run);
    UdpPeer echo(server.node, PORT);
    echo.echo = true;
    std::vector<std::unique_ptr<UdpPeer>> ues;
    for (uint32_t i = 0; i < 5; ++i)
    {
        ues.push_back(std::make_unique<UdpPeer>(run.Network().GetUes()[i]->GetNode()));
        // Each at an instant of its own, so that none waits for another.
        At(MilliSeconds(3000 + 100 * i), [&, i] { ues[i]->Send(server.address, PORT, 200 + i); });
    }
    run.Run();

    check.Equal(echo.times.size(), 5U, "packets at the server");
    for (uint32_t i = 0; i < 5; ++i)
    {
        const uint32_t ip = 200 + i + IP_OVERHEAD;
        const int64_t delays = 2900000 + 3100000 + 3300000;
        const int64_t core = Serialisation("50Mbps", ip + GTPU_OVERHEAD + LINK_UDP) +
                             Serialisation("40Mbps", ip + LINK_IP);
        const int64_t up = Serialisation("7Mbps", ip) + core + delays;
        const int64_t down = Serialisation("30Mbps", ip) + core + delays;
        const int64_t sent = (3000 + 100 * static_cast<int64_t>(i)) * 1000000;
        check.Equal(echo.times[i].GetNanoSeconds() - sent, up, "ns to the server");
        check.Equal(echo.senders[i],
                    run.Network().GetUeAddress(i),
                    "the server sees the address of the UE");
        check.Equal(ues[i]->times.size(), 1U, "one answer");
        check.Equal(ues[i]->times[0].GetNanoSeconds() - sent, up + down, "ns there and back");
        check.Equal(ues[i]->sizes[0], 200 + i, "octets of the answer");
    }
}

void
BothPlacesOfTheMbssfAreReached(Check& check)
{
    SystemRun run(check, WithStacks());
    const MbsHelper& network = run.Network();
    UdpPeer mbsf(network.GetMbsf()->GetNode(), PORT);
    UdpPeer mbstf(network.GetMbstf()->GetNode(), PORT);
    UdpPeer ue(network.GetUes()[0]->GetNode(), 2269);
    At(Seconds(3), [&] { ue.Send(network.GetMbsfN6(), PORT, 10); });
    At(Seconds(3), [&] { ue.Send(network.GetMbstfN6(), PORT, 20); });
    // Where no request came before: the address is enough.
    At(Seconds(4), [&] { mbsf.Send(network.GetUeAddress(0), 2269, 30); });
    At(Seconds(4), [&] { mbstf.Send(network.GetUeAddress(0), 2269, 40); });
    run.Run();
    check.Expect(mbsf.sizes == std::vector<uint32_t>{10}, "from the UE to the MBSF");
    check.Expect(mbstf.sizes == std::vector<uint32_t>{20}, "from the UE to the MBSTF");
    check.Expect(ue.sizes == std::vector<uint32_t>({30, 40}), "from both to the UE");
    check.Equal(ue.senders.at(0), network.GetMbsfN6(), "sender is the MBSF");
    check.Equal(ue.senders.at(1), network.GetMbstfN6(), "sender is the MBSTF");
}

void
UesReachOneAnother(Check& check)
{
    SystemSettings settings = WithStacks();
    settings.ues = 4;
    settings.gnbs = 2;
    SystemRun run(check, settings);
    const MbsHelper& network = run.Network();
    std::vector<std::unique_ptr<UdpPeer>> ues;
    for (const auto& ue : network.GetUes())
    {
        ues.push_back(std::make_unique<UdpPeer>(ue->GetNode(), PORT));
    }
    At(Seconds(3), [&] { ues[0]->Send(network.GetUeAddress(3), PORT, 100); });
    At(Seconds(3), [&] { ues[1]->Send(network.GetUeAddress(3), PORT, 101); });
    run.Run();
    check.Equal(ues[3]->sizes.size(), 2U, "from a UE of another cell and from one of its own");
    check.Equal(ues[0]->sizes.size() + ues[1]->sizes.size() + ues[2]->sizes.size(),
                0U,
                "nobody else hears it");
}

/** Sends as much as a TCP socket takes until all is sent, then closes. */
struct TcpSender
{
    /** @param node where @param total how many octets */
    TcpSender(Ptr<Node> node, uint32_t total)
        : socket(Socket::CreateSocket(node, TcpSocketFactory::GetTypeId())),
          left(total)
    {
    }

    /** @param to whom @param port which */
    void Connect(Ipv4Address to, uint16_t port)
    {
        socket->SetConnectCallback(MakeCallback(&TcpSender::Connected, this),
                                   MakeNullCallback<void, Ptr<Socket>>());
        socket->SetSendCallback(MakeCallback(&TcpSender::Room, this));
        socket->Connect(InetSocketAddress(to, port));
    }

    void Connected(Ptr<Socket> /* socket */)
    {
        Room(socket, socket->GetTxAvailable());
    }

    void Room(Ptr<Socket> /* socket */, uint32_t /* room */)
    {
        while (left > 0 && socket->GetTxAvailable() > 0)
        {
            const uint32_t octets = std::min({left, socket->GetTxAvailable(), 1000U});
            if (socket->Send(Create<Packet>(octets)) <= 0)
            {
                return;
            }
            left -= octets;
        }
        if (left == 0)
        {
            socket->Close();
        }
    }

    Ptr<Socket> socket; //!< the connection
    uint32_t left;      //!< octets not yet given to it
};

/** Counts what comes on TCP connections. */
struct TcpReceiver
{
    /** @param node where @param port on which */
    TcpReceiver(Ptr<Node> node, uint16_t port)
        : listener(Socket::CreateSocket(node, TcpSocketFactory::GetTypeId()))
    {
        listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
        listener->Listen();
        listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const ns3::Address&>(),
                                    MakeCallback(&TcpReceiver::Accept, this));
    }

    void Accept(Ptr<Socket> socket, const ns3::Address& /* from */)
    {
        socket->SetRecvCallback(MakeCallback(&TcpReceiver::Receive, this));
        socket->SetCloseCallbacks(MakeCallback(&TcpReceiver::Close, this),
                                  MakeNullCallback<void, Ptr<Socket>>());
    }

    void Receive(Ptr<Socket> socket)
    {
        while (const Ptr<Packet> packet = socket->Recv())
        {
            octets += packet->GetSize();
        }
    }

    void Close(Ptr<Socket> socket)
    {
        socket->Close();
        closed = Simulator::Now();
    }

    Ptr<Socket> listener; //!< waits for connections
    uint64_t octets{0};   //!< received
    Time closed;          //!< when the other side had sent all
};

void
TcpCompletesOnALossyRadio(Check& check)
{
    static constexpr uint32_t OCTETS = 300000;
    const auto run = [&check](const std::string& retransmissions, double loss) {
        SystemSettings settings;
        settings.duration = Seconds(120);
        settings.loss = loss;
        settings.attributes = {{"ns3::mbs::Ue::IpStack", "true"},
                               {"ns3::mbs::GnbRadioDevice::DataRetransmissions", retransmissions},
                               {"ns3::mbs::UeRadioDevice::DataRetransmissions", retransmissions}};
        SystemRun system(check, settings);
        Server server(system);
        const Ptr<Node> ue = system.Network().GetUes()[0]->GetNode();
        uint32_t lost = 0;
        system.On<uint32_t, Ptr<const Packet>, DataLoss>(
            system.Network().GetCells()[0],
            "DataLost",
            [&](uint32_t, Ptr<const Packet>, DataLoss cause) {
                check.Expect(cause == DataLoss::RADIO, "lost on the radio");
                ++lost;
            });
        TcpReceiver down(ue, PORT);
        TcpReceiver up(server.node, PORT);
        TcpSender downSender(server.node, OCTETS);
        TcpSender upSender(ue, OCTETS);
        At(Seconds(2), [&] {
            downSender.Connect(system.Network().GetUeAddress(0), PORT);
            upSender.Connect(server.address, PORT);
        });
        system.Run();
        check.Equal(down.octets,
                    uint64_t(OCTETS),
                    "octets to the UE, retransmissions " + retransmissions);
        check.Equal(up.octets,
                    uint64_t(OCTETS),
                    "octets from the UE, retransmissions " + retransmissions);
        check.Expect(down.closed > Seconds(2) && up.closed > Seconds(2), "both ends are closed");
        return std::make_pair(lost, std::max(down.closed, up.closed));
    };
    const auto acknowledged = run("8", 0.1);
    check.Equal(acknowledged.first, 0U, "acknowledged mode leaves nothing for TCP to repair");
    const auto unacknowledged = run("0", 0.02);
    check.Expect(unacknowledged.first > 0, "in unacknowledged mode packets are lost");
}

void
MediaReachesSocketsOfTheUe(Check& check)
{
    for (const std::string shared : {"true", "false"})
    {
        SystemSettings settings;
        settings.ues = 3;
        settings.traffic = "cbr:200kbps:500";
        settings.attributes = {{"ns3::mbs::Ue::IpStack", "true"},
                               {"ns3::mbs::Ue::MulticastToIpStack", "true"},
                               {"ns3::mbs::Ue::SharedUnprotect", shared}};
        SystemRun run(check, settings);
        const MbsHelper& network = run.Network();
        const Ipv4Address group("232.1.0.1");
        std::vector<std::unique_ptr<UdpPeer>> sinks;
        for (const auto& ue : network.GetUes())
        {
            sinks.push_back(std::make_unique<UdpPeer>(ue->GetNode(), 5004));
        }
        UdpPeer bound(network.GetUes()[0]->GetNode(), 5004, group);
        UdpPeer other(network.GetUes()[1]->GetNode(), 5004, Ipv4Address("232.1.0.2"));
        std::map<uint32_t, std::vector<Bytes>> delivered;
        for (const auto& ue : network.GetUes())
        {
            run.On<uint32_t, Ptr<const Packet>, ByteView>(
                ue,
                "Delivered",
                [&](uint32_t number, Ptr<const Packet>, ByteView rtp) {
                    delivered[number].push_back(rtp.ToBytes());
                });
        }
        run.Run();
        check.Expect(delivered[0].size() > 100, "media was delivered");
        for (uint32_t i = 0; i < 3; ++i)
        {
            // A socket of the group's address hears the group before one that hears everything.
            const auto& sink = i == 0 && sinks[0]->octets.empty() ? bound : *sinks[i];
            check.Equal(sink.octets.size(), delivered[i].size(), "packets at the socket");
            check.Expect(sink.octets == delivered[i], "they are the RTP packets of the AF");
        }
        check.Equal(bound.octets.size(), delivered[0].size(), "a socket bound to the group");
        check.Equal(other.octets.size(), 0U, "another group hears nothing");
    }
}

void
UnicastLeavesMulticastAlone(Check& check)
{
    const auto csv = [&check](const std::string& stack, uint64_t rngRun) {
        SystemSettings settings;
        settings.ues = 6;
        settings.gnbs = 2;
        settings.smfs = 2;
        settings.traffic = "bundled";
        settings.loss = 0.02;
        settings.mskInterval = Seconds(2);
        settings.mtkInterval = MilliSeconds(700);
        settings.joinWindow = MilliSeconds(300);
        settings.rngRun = rngRun;
        settings.serviceTime = "";
        settings.attributes = {{"ns3::mbs::Ue::IpStack", stack}};
        SystemRun run(check, settings);
        run.Run();
        return run.Csv();
    };
    check.Expect(csv("true", 1) == csv("false", 1),
                 "a unicast path that nobody uses changes no octet of the results");
}

void
RunsRepeat(Check& check)
{
    const auto trace = [&check](uint64_t rngRun) {
        SystemSettings settings;
        settings.ues = 4;
        settings.gnbs = 2;
        settings.loss = 0.2;
        settings.rngRun = rngRun;
        settings.traffic = "cbr:200kbps:500";
        settings.attributes = {{"ns3::mbs::Ue::IpStack", "true"}};
        SystemRun run(check, settings);
        Server server(run);
        UdpPeer echo(server.node, PORT);
        echo.echo = true;
        std::vector<std::unique_ptr<UdpPeer>> ues;
        for (uint32_t i = 0; i < 4; ++i)
        {
            ues.push_back(std::make_unique<UdpPeer>(run.Network().GetUes()[i]->GetNode()));
            for (uint32_t k = 0; k < 50; ++k)
            {
                At(MilliSeconds(1000 + 50 * k),
                   [&, i] { ues[i]->Send(server.address, PORT, 100 + i); });
            }
        }
        run.Run();
        std::string text = run.Csv();
        for (const auto& ue : ues)
        {
            for (const Time& time : ue->times)
            {
                text += std::to_string(time.GetNanoSeconds()) + " ";
            }
        }
        return text;
    };
    const std::string first = trace(1);
    check.Expect(first == trace(1), "the same run gives the same instants");
    check.Expect(first != trace(2), "another run gives others");
}

void
LossesAreCountedByCause(Check& check)
{
    SystemSettings settings = WithStacks();
    settings.scripted = true;
    settings.attributes.emplace_back("ns3::mbs::GnbRadioDevice::DataRetransmissions", "2");
    settings.attributes.emplace_back("ns3::mbs::UeRadioDevice::DataRetransmissions", "2");
    settings.attributes.emplace_back("ns3::mbs::UeRadioDevice::QueueLimit", "2000");
    SystemRun run(check, settings);
    const MbsHelper& network = run.Network();
    Server server(run);
    // Downlink packets of 1000 octets of payload and uplink ones of 500 never pass.
    run.SetRadioScript([](uint32_t, uint32_t octets) { return octets == 1028 || octets == 528; });
    UdpPeer at(server.node, PORT);
    UdpPeer ue(network.GetUes()[0]->GetNode(), PORT);
    std::map<std::string, uint32_t> counts;
    run.On<uint32_t, Ptr<const Packet>, DataLoss>(
        network.GetCells()[0],
        "DataLost",
        [&](uint32_t, Ptr<const Packet>, DataLoss cause) {
            ++counts[cause == DataLoss::RADIO ? "down radio" : "down queue"];
        });
    const Ptr<NetDevice> radio = network.GetUes()[0]->GetNode()->GetDevice(0);
    run.On<uint32_t, Ptr<const Packet>, DataLoss>(
        radio,
        "DataLost",
        [&](uint32_t, Ptr<const Packet>, DataLoss cause) {
            ++counts[cause == DataLoss::RADIO ? "up radio" : "up queue"];
        });
    run.On<const std::string&, const std::string&>(
        network.GetUpf(),
        "Dropped",
        [&](const std::string& what, const std::string& why) { ++counts[what + ": " + why]; });
    At(Seconds(3), [&] {
        at.Send(network.GetUeAddress(0), PORT, 1000);
        at.Send(network.GetUeAddress(0), PORT, 900);
        ue.Send(server.address, PORT, 500);
        ue.Send(server.address, PORT, 600);
    });
    At(Seconds(4), [&] {
        for (uint32_t i = 0; i < 5; ++i)
        {
            ue.Send(server.address, PORT, 572);
        }
        at.Send(Ipv4Address("100.64.9.9"), PORT, 50);
    });
    run.Run();
    check.Equal(counts["down radio"], 1U, "given up after three attempts, downlink");
    check.Equal(counts["up radio"], 1U, "given up after three attempts, uplink");
    check.Equal(counts["up queue"], 2U, "three of 600 octets fit into 2000");
    check.Equal(counts["downlink packet: no PDU session has its destination address"],
                1U,
                "an address that no UE has");
    check.Equal(ue.sizes.size(), 1U, "what arrived at the UE");
    check.Equal(at.sizes.size(), 4U, "what arrived at the server");
    check.Equal(counts.size(), 4U, "no other loss");
}

void
LossyRadioKeepsTheOrder(Check& check)
{
    const auto inversions = [&check](const std::string& tReordering) {
        SystemSettings settings;
        settings.loss = 0.2;
        settings.attributes = {{"ns3::mbs::Ue::IpStack", "true"},
                               {"ns3::mbs::UeRadioDevice::TReordering", tReordering},
                               {"ns3::mbs::GnbRadioDevice::TReordering", tReordering}};
        SystemRun run(check, settings);
        Server server(run);
        const MbsHelper& network = run.Network();
        UdpPeer at(server.node, PORT);
        UdpPeer ue(network.GetUes()[0]->GetNode(), PORT);
        for (uint32_t k = 0; k < 300; ++k)
        {
            At(MilliSeconds(1000 + 5 * k), [&, k] {
                at.Send(network.GetUeAddress(0), PORT, 100 + k);
                ue.Send(server.address, PORT, 100 + k);
            });
        }
        run.Run();
        uint32_t count = 0;
        for (const auto* sizes : {&at.sizes, &ue.sizes})
        {
            check.Equal(sizes->size(), 300U, "nothing is given up");
            for (std::size_t i = 1; i < sizes->size(); ++i)
            {
                count += (*sizes)[i] < (*sizes)[i - 1] ? 1 : 0;
            }
        }
        return count;
    };
    check.Equal(inversions("200ms"), 0U, "packets that came before those sent ahead of them");
    check.Expect(inversions("0s") > 20, "without t-Reordering there are many");
}

/** What became of the packets of one direction, counted by trace sources. */
struct Account
{
    uint32_t sent{0};      //!< taken by the bearer
    uint32_t received{0};  //!< came to its other end
    uint32_t queue{0};     //!< found the queue full
    uint32_t radio{0};     //!< given up
    std::set<uint64_t> on; //!< identities of packets that are on their way
};

void
PacketsAreConserved(Check& check)
{
    SystemSettings settings;
    settings.ues = 3;
    settings.loss = 0.3;
    settings.duration = MilliSeconds(2500);
    settings.traffic = "cbr:1Mbps:1000";
    settings.mtkInterval = MilliSeconds(500);
    settings.attributes = {{"ns3::mbs::Ue::IpStack", "true"},
                           {"ns3::mbs::GnbRadioDevice::DataRate", "5Mbps"},
                           {"ns3::mbs::GnbRadioDevice::QueueLimit", "6000"},
                           {"ns3::mbs::GnbRadioDevice::DataRetransmissions", "1"},
                           {"ns3::mbs::UeRadioDevice::DataRate", "1Mbps"},
                           {"ns3::mbs::UeRadioDevice::QueueLimit", "3000"},
                           {"ns3::mbs::UeRadioDevice::DataRetransmissions", "1"}};
    // Run() checks that the multicast packets are conserved beside them.
    SystemRun run(check, settings);
    Server server(run);
    const MbsHelper& network = run.Network();
    Account down;
    Account up;
    const auto end = [&check](Account& account, uint64_t uid, uint32_t& count) {
        ++count;
        check.Equal(account.on.erase(uid), 1U, "what ends is on its way");
    };
    const auto lost = [end](Account& account, uint64_t uid, DataLoss cause) {
        end(account, uid, cause == DataLoss::QUEUE ? account.queue : account.radio);
    };
    const auto begin = [&check](Account& account, uint64_t uid) {
        ++account.sent;
        check.Expect(account.on.insert(uid).second, "what begins is new");
    };
    const Ptr<GnbRadioDevice> cell = network.GetCells()[0];
    run.On<uint32_t, uint32_t, Ptr<const Packet>>(
        cell,
        "DataSent",
        [&](uint32_t, uint32_t, Ptr<const Packet> packet) { begin(down, packet->GetUid()); });
    run.On<uint32_t, Ptr<const Packet>, DataLoss>(
        cell,
        "DataLost",
        [&](uint32_t, Ptr<const Packet> packet, DataLoss cause) {
            check.Expect(cause != DataLoss::LATE, "what is not given up is not late");
            lost(down, packet->GetUid(), cause);
        });
    run.On<uint32_t, uint32_t, Ptr<const Packet>>(
        cell,
        "DataReceived",
        [&](uint32_t, uint32_t, Ptr<const Packet> packet) {
            end(up, packet->GetUid(), up.received);
        });
    std::vector<std::unique_ptr<UdpPeer>> ues;
    for (const auto& ue : network.GetUes())
    {
        const Ptr<NetDevice> radio = ue->GetNode()->GetDevice(0);
        run.On<uint32_t, Ptr<const Packet>>(radio,
                                            "DataReceived",
                                            [&](uint32_t, Ptr<const Packet> packet) {
                                                end(down, packet->GetUid(), down.received);
                                            });
        run.On<uint32_t, Ptr<const Packet>>(
            radio,
            "DataSent",
            [&](uint32_t, Ptr<const Packet> packet) { begin(up, packet->GetUid()); });
        run.On<uint32_t, Ptr<const Packet>, DataLoss>(
            radio,
            "DataLost",
            [&](uint32_t, Ptr<const Packet> packet, DataLoss cause) {
                check.Expect(cause != DataLoss::LATE, "what is not given up is not late");
                lost(up, packet->GetUid(), cause);
            });
        ues.push_back(std::make_unique<UdpPeer>(ue->GetNode(), PORT));
    }
    UdpPeer at(server.node, PORT);
    for (uint32_t k = 0; k < 200; ++k)
    {
        At(MilliSeconds(1000 + 8 * k), [&] {
            for (uint32_t i = 0; i < 3; ++i)
            {
                at.Send(network.GetUeAddress(i), PORT, 1400);
                ues[i]->Send(server.address, PORT, 900);
            }
        });
    }
    run.Run();
    for (const std::string what : {"down", "up"})
    {
        const Account& account = what == "down" ? down : up;
        check.Expect(account.queue > 0 && account.radio > 0 && account.received > 0,
                     "there is something of each: " + what);
        check.Equal(account.sent,
                    account.received + account.queue + account.radio +
                        static_cast<uint32_t>(account.on.size()),
                    "sent = received + lost + on the way: " + what);
    }
    // Between gNB and server nothing is lost: what is missing at the end is on the links.
    check.Expect(up.received >= at.sizes.size() && up.received - at.sizes.size() <= 3,
                 "what the gNB gets the server gets");
    check.Equal(down.received,
                ues[0]->sizes.size() + ues[1]->sizes.size() + ues[2]->sizes.size(),
                "what the UEs' devices get their sockets get");
}

} // namespace

/** @param suite gets the tests of unicast over PDU sessions */
void AddSystemUnicastTests(MbsTestSuite& suite);

void
AddSystemUnicastTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("a UDP packet between UE and server takes its links' delays and "
                                   "serialisations, to the nanosecond",
                                   LatencyIsDelaysAndSerialisations));
    suite.Add(new FunctionTestCase("UEs reach MBSF and MBSTF and are reached by them",
                                   BothPlacesOfTheMbssfAreReached));
    suite.Add(new FunctionTestCase("UEs reach one another through the UPF", UesReachOneAnother));
    suite.Add(new FunctionTestCase("TCP completes over a lossy radio, in either mode of RLC",
                                   TcpCompletesOnALossyRadio));
    suite.Add(new FunctionTestCase("decrypted media reaches sockets of the UE's node",
                                   MediaReachesSocketsOfTheUe));
    suite.Add(new FunctionTestCase("an unused unicast path changes no result",
                                   UnicastLeavesMulticastAlone));
    suite.Add(new FunctionTestCase("runs with unicast traffic repeat", RunsRepeat));
    suite.Add(
        new FunctionTestCase("lost unicast packets are counted by cause", LossesAreCountedByCause));
    suite.Add(new FunctionTestCase("packets that are sent again on the radio keep their place",
                                   LossyRadioKeepsTheOrder));
    suite.Add(new FunctionTestCase("unicast packets are conserved on an overloaded, lossy radio",
                                   PacketsAreConserved));
}

} // namespace ns3::mbs
