// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-core-topology.h"
#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-exported-pdu.h"
#include "ns3/mbs-gnb.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-network-function.h"
#include "ns3/mbs-program-options.h"
#include "ns3/mbs-run-meter.h"
#include "ns3/mbs-ue.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <fstream>
#include <set>
#include <string>

namespace ns3::mbs
{

namespace
{

/** What an interface is built with unless the user says otherwise. */
struct Default
{
    Interface interface; //!< which
    const char* name;    //!< as the standard writes it
    Time delay;          //!< of a link
    uint64_t rate;       //!< of a link, bits per second
};

/** @return all interfaces */
std::vector<Default>
Defaults()
{
    const Time one = MilliSeconds(1);
    const uint64_t ten = 10000000000;
    return {{Interface::NMB10, "Nmb10", one, ten},
            {Interface::NMB8, "Nmb8", one, ten},
            {Interface::NMB2, "Nmb2", one, ten},
            {Interface::NMB1, "Nmb1", one, ten},
            {Interface::NMB9, "Nmb9", one, ten},
            {Interface::N4MB, "N4mb", one, ten},
            {Interface::N16MB, "N16mb", one, ten},
            {Interface::N11MB, "N11mb", one, ten},
            {Interface::N11, "N11", one, ten},
            {Interface::N2, "N2", MilliSeconds(2), 1000000000},
            {Interface::N3MB, "N3mb", one, 1000000000},
            {Interface::N3, "N3", one, 1000000000},
            {Interface::XN, "Xn", MilliSeconds(2), 1000000000},
            {Interface::N6, "N6", one, ten}};
}

void
RecordsOfExportedPdus(Check& check)
{
    const Bytes nas = Hex("7e0068");
    ExportedPdu pdu;
    pdu.dissector = "nas-5gs";
    pdu.octets = nas;
    check.Equal(ToHex(pdu.Encode()),
                ToHex(Hex("000c 0008 6e61732d35677300 0000 0000 7e0068")),
                "a name is padded to a multiple of four");
    pdu.direction = ExportedPdu::Direction::RECEIVED;
    pdu.dissector = "ipv4";
    check.Equal(ToHex(pdu.Encode()),
                ToHex(Hex("000c 0004 69707634 0023 0004 00000001 0000 0000 7e0068")),
                "one that needs no padding gets none; the direction is told");
    pdu.octets = ByteView();
    pdu.direction = ExportedPdu::Direction::SENT;
    pdu.dissector = "ip";
    check.Equal(ToHex(pdu.Encode()),
                ToHex(Hex("000c 0004 69700000 0023 0004 00000000 0000 0000")),
                "a PDU may be empty");
    pdu.direction.reset();
    pdu.source = Ipv4Address("10.0.0.1");
    pdu.destination = Ipv4Address("232.1.0.1");
    check.Equal(ToHex(pdu.Encode()),
                ToHex(Hex("000c 0004 69700000 0014 0004 0a000001 0015 0004 e8010001 0000 0000")),
                "addresses are told");
    pdu.sourcePort = 1;
    pdu.destinationPort = 2269;
    check.Equal(ToHex(pdu.Encode()),
                ToHex(Hex("000c 0004 69700000 0014 0004 0a000001 0015 0004 e8010001"
                          "0018 0004 00000003 0019 0004 00000001 001a 0004 000008dd 0000 0000")),
                "and UDP ports");
}

void
InterfaceAttributes(Check& check)
{
    const Ptr<CoreTopology> topology = CreateObject<CoreTopology>();
    check.Equal(Defaults().size(), INTERFACE_COUNT, "all interfaces");
    for (const Default& wanted : Defaults())
    {
        const std::string name = ToString(wanted.interface);
        check.Equal(name, wanted.name, "name");
        check.Equal(topology->GetDelay(wanted.interface), wanted.delay, name + " delay");
        check.Equal(topology->GetDataRate(wanted.interface).GetBitRate(),
                    wanted.rate,
                    name + " rate");
        topology->SetAttribute(name + "Delay", TimeValue(MicroSeconds(7)));
        topology->SetAttribute(name + "DataRate", StringValue("3Mbps"));
        check.Equal(topology->GetDelay(wanted.interface), MicroSeconds(7), name + " new delay");
        check.Equal(topology->GetDataRate(wanted.interface).GetBitRate(),
                    3000000u,
                    name + " new rate");
        TimeValue delay;
        topology->GetAttribute(name + "Delay", delay);
        check.Equal(delay.Get(), MicroSeconds(7), name + " delay as an attribute");
        DataRateValue rate;
        topology->GetAttribute(name + "DataRate", rate);
        check.Equal(rate.Get(), DataRate("3Mbps"), name + " rate as an attribute");
        check.Expect(!topology->SetAttributeFailSafe(name + "Delay", TimeValue(Seconds(-1))),
                     name + ": no negative delay");
        if (wanted.interface != Interface::N3MB)
        {
            const auto next = static_cast<Interface>(static_cast<int>(wanted.interface) + 1);
            check.Expect(topology->GetDelay(next) != MicroSeconds(7), name + " alone is changed");
        }
    }
    check.Expect(!topology->SetAttributeFailSafe("Mtu", UintegerValue(1499)), "no smaller MTU");
}

void
Links(Check& check)
{
    const Ptr<CoreTopology> topology = CreateObject<CoreTopology>();
    topology->SetAttribute("N16mbDelay", TimeValue(MilliSeconds(9)));
    topology->SetAttribute("N16mbDataRate", StringValue("1Mbps"));
    std::vector<Ptr<Node>> nodes;
    for (int i = 0; i < 3; ++i)
    {
        nodes.push_back(CreateObject<Node>());
        topology->InstallStack(nodes.back());
    }
    topology->Connect(Interface::N16MB, "smf-0", nodes[0], nodes[1]);
    topology->Connect(Interface::N16MB, "smf-1", nodes[0], nodes[2]);
    topology->Connect(Interface::N11, "amf", nodes[1], nodes[2]);
    check.Equal(topology->GetLinks().size(), 3u, "three links");
    std::set<uint32_t> subnets;
    for (const CoreLink& link : topology->GetLinks())
    {
        subnets.insert(link.addressA.Get() & ~3U);
        check.Equal(link.addressA.Get() & ~3U, link.addressB.Get() & ~3U, "one subnet of four");
        check.Expect(link.addressA != link.addressB, "two addresses");
        const Ptr<Ipv4> a = link.a->GetObject<Ipv4>();
        check.Expect(a->GetAddress(link.interfaceA, 0).GetLocal() == link.addressA, "at one end");
        const Ptr<Ipv4> b = link.b->GetObject<Ipv4>();
        check.Expect(b->GetAddress(link.interfaceB, 0).GetLocal() == link.addressB, "at the other");
        check.Expect(a->IsUp(link.interfaceA) && b->IsUp(link.interfaceB), "both up");
    }
    check.Equal(subnets.size(), 3u, "a subnet each");
    check.Equal(topology->GetLinks()[1].name, "smf-1", "name");

    // 1000 octets with UDP, IP and PPP headers at 1 Mbit/s, then 9 ms.
    const CoreLink& link = topology->GetLinks()[1];
    Time arrival;
    const Ptr<Socket> sink = Socket::CreateSocket(link.b, UdpSocketFactory::GetTypeId());
    sink->Bind(InetSocketAddress(link.addressB, 1000));

    struct Clock
    {
        static void Stop(Time* at, Ptr<Socket> socket)
        {
            socket->Recv();
            *at = Simulator::Now();
        }

        static void Send(Ptr<Socket> socket, Ipv4Address to)
        {
            socket->SendTo(Create<Packet>(1000), 0, InetSocketAddress(to, 1000));
        }
    };

    sink->SetRecvCallback(MakeCallback(&Clock::Stop).Bind(&arrival));
    const Ptr<Socket> source = Socket::CreateSocket(link.a, UdpSocketFactory::GetTypeId());
    Simulator::Schedule(Seconds(1), &Clock::Send, source, link.addressB);
    Simulator::Run();
    check.Equal(arrival, Seconds(1) + MicroSeconds(8 * 1030) + MilliSeconds(9), "rate and delay");
    Simulator::Destroy();
}

/** @param object an object @param attribute an enumeration @return its value as text */
std::string
TextOf(const Ptr<Object>& object, const std::string& attribute)
{
    StringValue value;
    object->GetAttribute(attribute, value);
    return value.Get();
}

void
EnumAttributes(Check& check)
{
    const Ptr<Ue> ue = CreateObject<Ue>();
    for (const char* profile : {"aes-cm", "aes-cm-32", "aes-gcm", "null-hmac", "null"})
    {
        check.Expect(ue->SetAttributeFailSafe("SrtpProfile", StringValue(profile)), profile);
        check.Equal(TextOf(ue, "SrtpProfile"), profile, "read back");
    }
    for (const char* wrap : {"aes-block", "aes-cm"})
    {
        check.Expect(ue->SetAttributeFailSafe("MtkWrap", StringValue(wrap)), wrap);
        check.Equal(TextOf(ue, "MtkWrap"), wrap, "read back");
    }
    const Ptr<Gnb> gnb = CreateObject<Gnb>();
    for (const char* transport : {"unicast", "multicast"})
    {
        check.Expect(gnb->SetAttributeFailSafe("N3mbTransport", StringValue(transport)), transport);
        check.Equal(TextOf(gnb, "N3mbTransport"), transport, "read back");
    }
    ue->Dispose();
    gnb->Dispose();
}

void
EnumAccessors(Check& check)
{
    TypeId::AttributeInformation information;
    Ue::GetTypeId().LookupAttributeByName("MtkWrap", &information);
    check.Expect(information.accessor->HasGetter() && information.accessor->HasSetter(),
                 "it can be read and written");
    const Ptr<Ue> ue = CreateObject<Ue>();
    const Ptr<Gnb> gnb = CreateObject<Gnb>();
    UintegerValue number(1);
    check.Expect(!information.accessor->Set(PeekPointer(ue), number), "not with a number");
    check.Expect(!information.accessor->Get(PeekPointer(ue), number), "nor into one");
    const Ptr<AttributeValue> value = information.checker->Create();
    check.Expect(information.accessor->Get(PeekPointer(ue), *value), "into a value of its kind");
    check.Expect(information.accessor->Set(PeekPointer(ue), *value), "and from it");
    check.Expect(!information.accessor->Get(PeekPointer(gnb), *value), "not of another object");
    check.Expect(!information.accessor->Set(PeekPointer(gnb), *value), "nor into one");
    ue->Dispose();
    gnb->Dispose();
}

/** @brief An event in which nothing happens. */
void
Nothing()
{
}

void
SrtpOfBothEndsIsTheSame(Check& check)
{
    const auto refused = [](const std::string& mbstf, const std::string& ue) {
        std::string message;
        for (const auto& [type, text] :
             {std::make_pair("Mbstf::", mbstf), std::make_pair("Ue::", ue)})
        {
            const std::size_t equals = text.find('=');
            if (equals != std::string::npos)
            {
                Config::SetDefault("ns3::mbs::" + (type + text.substr(0, equals)),
                                   StringValue(text.substr(equals + 1)));
            }
        }
        try
        {
            MbsHelper().CheckAttributes();
        }
        catch (const UserError& error)
        {
            message = error.what();
        }
        Config::Reset();
        return message;
    };
    const std::string ue = "--ns3::mbs::Ue::";
    check.Equal(refused("SrtpProfile=aes-gcm", ""),
                ue + "SrtpProfile=aes-cm: must be that of ns3::mbs::Mbstf::SrtpProfile, which is "
                     "aes-gcm; give both the same",
                "profile at one end");
    check.Equal(refused("", "SrtpRocMode=none"),
                ue + "SrtpRocMode=none: must be that of ns3::mbs::Mbstf::SrtpRocMode, which is "
                     "auto; give both the same",
                "mode at one end");
    check.Equal(refused("SrtpRocRate=5", "SrtpRocRate=6"),
                ue + "SrtpRocRate=6: must be that of ns3::mbs::Mbstf::SrtpRocRate, which is 5; "
                     "give both the same",
                "rates that differ");
    check.Equal(refused("SrtpRocMode=RCCm1", "SrtpRocMode=RCCm1"), "", "mode 1 with an HMAC");
    for (const char* type : {"ns3::mbs::Mbstf::", "ns3::mbs::Ue::"})
    {
        Config::SetDefault(std::string(type) + "SrtpProfile", StringValue("aes-gcm-256"));
    }
    check.Equal(refused("SrtpRocMode=RCCm2", "SrtpRocMode=RCCm2"),
                "--ns3::mbs::Mbstf::SrtpRocMode=RCCm2: must be auto, none or RCCm3 with "
                "SrtpProfile aes-gcm-256, which has no HMAC; for example auto",
                "mode 2 without one");
}

void
DefaultsThatCannotWorkAreRefused(Check& check)
{
    const auto refused = [] {
        try
        {
            MbsHelper().CheckAttributes();
        }
        catch (const UserError& error)
        {
            return std::string(error.what());
        }
        return std::string();
    };
    check.Equal(refused(), "", "the defaults of the module work");
    for (const char* interval : {"ns3::mbs::Mbstf::MtkInterval", "ns3::mbs::Mbsf::MskInterval"})
    {
        Config::SetDefault(interval, TimeValue(MicroSeconds(999)));
        check.Equal(refused(),
                    std::string("--") + interval +
                        "=+999000ns: must be 0s for never or at least 1ms; for example 5s",
                    "keys that come too often");
        for (const Time& good : {Seconds(0), MilliSeconds(1)})
        {
            Config::SetDefault(interval, TimeValue(good));
            check.Equal(refused(), "", "never, or the shortest");
        }
        Config::Reset();
    }
    // The class's default is given after the object that uses it.
    NetworkFunction::SetDefaultOfAll("ServiceTime", StringValue("ns3::ExponentialRandomVariable"));
    check.Equal(refused(), "", "without a bound");
    Config::SetDefault("ns3::ExponentialRandomVariable::Bound", DoubleValue(1e-12));
    check.Expect(refused().find("ServiceTime=ns3::ExponentialRandomVariable: Bound must be") !=
                     std::string::npos,
                 "a bound that nothing keeps");
    Config::Reset();
}

void
RefusesUeAddresses(Check& check)
{
    const auto refused = [](const std::vector<std::pair<std::string, std::string>>& attributes,
                            uint32_t ues) {
        std::string message;
        try
        {
            for (const auto& [name, value] : attributes)
            {
                Config::SetDefault("ns3::mbs::" + name, StringValue(value));
            }
            MbsHelper helper;
            helper.SetCounts(ues, 1, 1);
            helper.CheckAttributes();
        }
        catch (const UserError& error)
        {
            message = error.what();
        }
        Config::Reset();
        return message;
    };
    using Attributes = std::vector<std::pair<std::string, std::string>>;
    const auto pool = [&](const std::string& network, const std::string& mask, uint32_t ues = 5) {
        return refused(Attributes{{"Ue::IpStack", "true"},
                                  {"Upf::PoolNetwork", network},
                                  {"Upf::PoolMask", mask}},
                       ues);
    };
    check.Equal(refused(Attributes{{"Ue::IpStack", "true"}}, 1000000), "", "a million UEs");
    check.Equal(refused(Attributes{{"Ue::MulticastToIpStack", "true"}}, 1),
                "--ns3::mbs::Ue::MulticastToIpStack=true: needs the IP stack; give "
                "--ns3::mbs::Ue::IpStack=true too",
                "media for a stack that is not there");
    check.Equal(refused(Attributes{{"Ue::MulticastToIpStack", "true"}, {"Ue::IpStack", "true"}}, 1),
                "",
                "both");
    check.Equal(pool("172.16.0.0", "255.255.255.248"), "", "five UEs in a subnet of eight");
    check.Equal(
        pool("172.16.0.0", "255.255.255.248", 6),
        "--ns3::mbs::Upf::PoolMask=255.255.255.248: must leave room for the 6 UEs, the UPF, "
        "network and broadcast; for example 255.192.0.0",
        "a sixth one");
    check.Expect(pool("172.16.0.0", "255.255.255.255", 1).find("leave room") != std::string::npos,
                 "a single address");
#ifndef NS3_ASSERT_ENABLE
    // Where assertions are on, newer ns-3 ends the run when it reads such a mask.
    check.Expect(pool("172.16.0.0", "255.0.255.0").find("ones followed by zeros") !=
                     std::string::npos,
                 "a mask with holes");
#endif
    for (const char* mask : {"255.255.0.0", "255.0.0.0", "0.0.0.0"})
    {
        check.Expect(pool("10.200.0.0", mask).find("PoolNetwork=10.200.0.0: must not overlap") !=
                         std::string::npos,
                     std::string("where the core is, mask ") + mask);
    }
    for (const char* network : {"0.1.0.0", "127.5.0.0", "232.5.0.0"})
    {
        check.Expect(pool(network, "255.255.0.0").find("must be a network of unicast addresses") !=
                         std::string::npos,
                     network);
    }
    check.Equal(refused(Attributes{{"Upf::PoolNetwork", "10.0.0.0"}}, 1),
                "",
                "without a UPF its pool matters to nobody");
}

void
MeasuresItself(Check& check)
{
    const RunMeter meter;
    const uint64_t before = meter.Read(0).events;
    Simulator::Schedule(Seconds(1), &Nothing);
    Simulator::Run();
    const Performance performance = meter.Read(42);
    check.Equal(performance.events - before, 1u, "one event");
    check.Equal(performance.deliveries, 42u, "deliveries as told");
    check.Expect(performance.wallSeconds >= 0 && performance.wallSeconds < 3600, "wall time");
    check.Expect(performance.peakRssBytes > 1000000, "memory in octets");
    Simulator::Destroy();
    const Provenance provenance = MakeProvenance("mbs-key-update --ues=1");
    check.Equal(provenance.commandLine, "mbs-key-update --ues=1", "command line");
    check.Equal(provenance.rngRun, RngSeedManager::GetRun(), "run");
    check.Equal(provenance.rngSeed, RngSeedManager::GetSeed(), "seed");
    check.Expect(!provenance.moduleVersion.empty() && !provenance.ns3Version.empty() &&
                     !provenance.compiler.empty() &&
                     provenance.openssl.find("OpenSSL") != std::string::npos,
                 "versions");
    check.Expect(std::ifstream(GetBundledTraffic()).good(), "the bundled capture can be read");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of what builds networks and measures runs */
void
AddHelperTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a record of a PDU has the octets of Wireshark's format", RecordsOfExportedPdus);
    add("each interface has a delay and a rate of its own", InterfaceAttributes);
    add("each link is a subnet with the delay and rate of its interface", Links);
    add("an attribute that is an enumeration takes each of its names", EnumAttributes);
    add("an enumeration's accessor takes its own kind of value and object only", EnumAccessors);
    add("defaults that cannot work are refused", DefaultsThatCannotWorkAreRefused);
    add("SRTP that differs between MBSTF and UEs is refused", SrtpOfBothEndsIsTheSame);
    add("a pool of UE addresses that cannot work is refused", RefusesUeAddresses);
    add("a run is measured and says with what it was made", MeasuresItself);
}

} // namespace ns3::mbs
