// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-helper.h"

#include "mbs-program-options.h"
#include "mbs-random-variable-check.h"

#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-node-keys.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <iomanip>
#include <sstream>

namespace ns3::mbs
{

namespace
{

/** Of every UE. */
constexpr uint8_t PDU_SESSION_ID = 1;

/**
 * What a packet of the AF grows by on N3mb at most: MKI and tag 22, IP and UDP of the session 28,
 * GTP-U with its extension header 20, IP and UDP of the tunnel 28.
 */
constexpr std::size_t ENCAPSULATION_OCTETS = 98;

/** TCP port of the MBSTF's services where it shares a node, and so an address, with the MBSF. */
constexpr uint16_t SHARED_NODE_PORT = 81;

/**
 * @param object any object
 * @param name one of its attributes
 * @return its value as text
 */
std::string
TextOf(const Ptr<Object>& object, const std::string& name)
{
    StringValue value;
    object->GetAttribute(name, value);
    return value.Get();
}

/** @param procedure cp or up @return which one */
SecurityProcedure
ProcedureFrom(const std::string& procedure)
{
    return procedure == "up" ? SecurityProcedure::USER_PLANE : SecurityProcedure::CONTROL_PLANE;
}

/** @param placement mbsf or mbstf @return which one */
MbssfPlacement
PlacementFrom(const std::string& placement)
{
    return placement == "mbstf" ? MbssfPlacement::MBSTF : MbssfPlacement::MBSF;
}

/** @param keys push, pull or internal @return which one */
Nmb2Keys
Nmb2KeysFrom(const std::string& keys)
{
    return keys == "pull"       ? Nmb2Keys::PULL
           : keys == "internal" ? Nmb2Keys::INTERNAL
                                : Nmb2Keys::PUSH;
}

/**
 * @param seconds a random variable, whatever its values
 * @return a value of it as a time from 0 to what no run lasts, 1e9 s: ns-3's Time would overflow
 */
Time
DrawnTime(const Ptr<RandomVariableStream>& seconds)
{
    const double value = seconds->GetValue();
    return Seconds(value > 0.0 ? std::min(value, 1e9) : 0.0);
}

} // namespace

MbsHelper::MbsHelper()
    : m_bootstrapping(CreateObject<KeyGenerator>()),
      m_joinTimes(CreateObject<UniformRandomVariable>())
{
}

void
MbsHelper::SetCounts(uint32_t ues, uint32_t gnbs, uint32_t smfs)
{
    NS_ASSERT_MSG(gnbs >= 1 && smfs >= 1 && ues >= gnbs && ues >= smfs, "wrong counts");
    m_ueCount = ues;
    m_gnbCount = gnbs;
    m_smfCount = smfs;
}

void
MbsHelper::SetUnauthorized(uint32_t ues)
{
    m_unauthorized = ues;
}

void
MbsHelper::SetTraffic(std::shared_ptr<const TrafficPlan> traffic)
{
    m_traffic = std::move(traffic);
}

void
MbsHelper::SetRadioLink(const ObjectFactory& factory)
{
    m_radioLink = factory;
}

void
MbsHelper::EnableUnicast()
{
    m_unicast = true;
}

void
MbsHelper::CheckAttributes() const
{
    // What is looked at are the defaults, which a command line sets.
    const auto check = [](const std::string& type,
                          const std::string& attribute,
                          const std::function<std::string(const std::string&)>& wrong) {
        TypeId::AttributeInformation information;
        TypeId::LookupByName(type).LookupAttributeByName(attribute, &information);
        const std::string value = information.initialValue->SerializeToString(information.checker);
        const std::string clause = wrong(value);
        if (!clause.empty())
        {
            throw ProgramOptions::Error(type + "::" + attribute, value, clause);
        }
    };
    // Each was looked at when it was given; the defaults of its class may have been given later.
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const TypeId tid = TypeId::GetRegistered(i);
        TypeId::AttributeInformation information;
        if (!tid.IsChildOf(NetworkFunction::GetTypeId()) ||
            !tid.LookupAttributeByName("ServiceTime", &information))
        {
            continue;
        }
        const auto made = information.checker->CreateValidValue(*information.initialValue);
        const auto* object = dynamic_cast<const PointerValue*>(PeekPointer(made));
        NS_ASSERT(object != nullptr);
        check(tid.GetName(), "ServiceTime", [object](const std::string&) {
            return FindRandomVariableFault(*object->Get<RandomVariableStream>());
        });
    }
    // Between keys this near to each other no message gets through, and the run would not end.
    const auto shortest = [](const std::string& value) {
        const Time interval(value);
        return interval.IsZero() || interval >= MilliSeconds(1)
                   ? std::string()
                   : std::string("must be 0s for never or at least 1ms; for example 5s");
    };
    check("ns3::mbs::Mbsf", "MskInterval", shortest);
    check("ns3::mbs::Mbstf", "MtkInterval", shortest);
    const auto aboveZero = [](const std::string& value) {
        return DataRate(value).GetBitRate() > 0
                   ? std::string()
                   : std::string("must be a rate above 0bps; for example 1Gbps");
    };
    const std::string topology = "ns3::mbs::CoreTopology";
    for (std::size_t i = 0; i < INTERFACE_COUNT; ++i)
    {
        const std::string interface = ToString(static_cast<Interface>(i));
        check(topology, interface + "DataRate", aboveZero);
    }
    check("ns3::mbs::GnbRadioDevice", "DataRate", aboveZero);
    check("ns3::mbs::UeRadioDevice", "DataRate", aboveZero);

    const std::size_t needed = (m_traffic ? m_traffic->LargestPacket() : 0) + ENCAPSULATION_OCTETS;
    check(topology, "Mtu", [needed](const std::string& value) {
        return std::stoul(value) >= needed
                   ? std::string()
                   : "must be at least " + std::to_string(needed) +
                         " octets to carry the largest packet of the traffic in its tunnels";
    });
    bool stack = false;
    check("ns3::mbs::Ue", "IpStack", [&stack](const std::string& value) {
        stack = value == "true";
        return std::string();
    });
    check("ns3::mbs::Ue", "MulticastToIpStack", [stack](const std::string& value) {
        return stack || value != "true"
                   ? std::string()
                   : std::string("needs the IP stack; give --ns3::mbs::Ue::IpStack=true too");
    });
    if (m_unicast || stack)
    {
        check("ns3::mbs::Upf", "PoolNetwork", [&](const std::string& network) {
            std::string wrong;
            check("ns3::mbs::Upf", "PoolMask", [&](const std::string& mask) {
                const auto clauses = UnicastPath::CheckPool(Ipv4Address(network.c_str()),
                                                            Ipv4Mask(mask.c_str()),
                                                            m_ueCount);
                wrong = clauses.first;
                return clauses.second;
            });
            return wrong;
        });
    }
    const auto digits = [](bool good, const char* clause) {
        return good ? std::string() : std::string(clause);
    };
    check("ns3::mbs::MbSmf", "Mcc", [&](const std::string& value) {
        return digits(PlmnId::From(value, "01").has_value(),
                      "must be three digits; for example 001");
    });
    check("ns3::mbs::MbSmf", "Mnc", [&](const std::string& value) {
        return digits(PlmnId::From("001", value).has_value(),
                      "must be two or three digits; for example 01");
    });
    // Two uses of one port cannot be told apart.
    check("ns3::mbs::N2Endpoint", "Port", [](const std::string& value) {
        return value != "80" ? std::string()
                             : std::string("must not be that of the AMF's service-based "
                                           "interfaces, 80; for example 38412");
    });
    const auto otherThan = [&check](const std::string& type,
                                    const std::string& attribute,
                                    const std::string& otherType,
                                    const std::string& otherAttribute) {
        check(otherType, otherAttribute, [&](const std::string& taken) {
            check(type, attribute, [&](const std::string& value) {
                return value != taken ? std::string()
                                      : "must differ from " + otherType + "::" + otherAttribute +
                                            ", which is " + taken + " too; give another port";
            });
            return std::string();
        });
    };
    // Both ends read packets by these; on the control plane nothing tells a UE what the MBSTF does,
    // and in the user-plane procedure the MBSSF does.
    const auto asMbstf = [&check](const std::string& type, const std::string& attribute) {
        check("ns3::mbs::Mbstf", attribute, [&](const std::string& sent) {
            check(type, attribute, [&](const std::string& value) {
                return value == sent ? std::string()
                                     : "must be that of ns3::mbs::Mbstf::" + attribute +
                                           ", which is " + sent + "; give both the same";
            });
            return std::string();
        });
    };
    for (const char* attribute : {"SrtpProfile", "SrtpRocMode", "SrtpRocRate"})
    {
        check("ns3::mbs::Mbstf", "Procedure", [&](const std::string& procedure) {
            asMbstf(procedure == "up" ? "ns3::mbs::Mbssf" : "ns3::mbs::Ue", attribute);
            return std::string();
        });
    }
    check("ns3::mbs::Mbstf", "SrtpProfile", [&](const std::string& profile) {
        check("ns3::mbs::Mbstf", "SrtpRocMode", [&](const std::string& mode) {
            const bool hasHmac = profile.find("aes-cm") == 0 || profile == "null-hmac";
            return hasHmac || (mode != "RCCm1" && mode != "RCCm2")
                       ? std::string()
                       : "must be auto, none or RCCm3 with SrtpProfile " + profile +
                             ", which has no HMAC; for example auto";
        });
        return std::string();
    });
    const auto same = [&check](const std::string& attribute) {
        check("ns3::mbs::Mbsf", attribute, [&](const std::string& wanted) {
            check("ns3::mbs::Mbstf", attribute, [&](const std::string& value) {
                return value == wanted ? std::string()
                                       : "must be that of ns3::mbs::Mbsf, which is " + wanted +
                                             "; give both the same";
            });
            return std::string();
        });
    };
    same("Procedure");
    same("MbssfPlacement");
    check("ns3::mbs::Mbsf", "Procedure", [&](const std::string& procedure) {
        check("ns3::mbs::Mbsf", "MbssfPlacement", [&](const std::string& placement) {
            check("ns3::mbs::Mbsf", "Nmb2Keys", [&](const std::string& keys) {
                return WhyNotAllowed(ProcedureFrom(procedure),
                                     PlacementFrom(placement),
                                     Nmb2KeysFrom(keys));
            });
            return std::string();
        });
        return std::string();
    });
    otherThan("ns3::mbs::Mbssf", "HttpPort", "ns3::mbs::SbiEndpoint", "Port");
    otherThan("ns3::mbs::Mbstf", "MikeyPort", "ns3::mbs::Mbsf", "TrafficPort");
    otherThan("ns3::mbs::Ue", "MikeyPort", "ns3::mbs::Mbsf", "TrafficPort");
    for (const char* type : {"ns3::mbs::MbUpf", "ns3::mbs::Mbsf"})
    {
        check(type, "FirstGroup", [](const std::string& value) {
            const bool ssm =
                Ipv4Mask("255.0.0.0").IsMatch(Ipv4Address(value.c_str()), Ipv4Address("232.0.0.0"));
            return ssm ? std::string()
                       : std::string("must be a source-specific multicast address from 232.0.0.0 "
                                     "to 232.255.255.255; for example 232.0.1.0");
        });
    }
}

template <typename Function>
Ptr<Function>
MbsHelper::MakeFunction(bool withStack)
{
    const Ptr<Node> node = CreateObject<Node>();
    if (withStack)
    {
        m_topology->InstallStack(node);
    }
    const Ptr<Function> function = CreateObject<Function>();
    node->AddApplication(function);
    return function;
}

void
MbsHelper::Build()
{
    m_topology = CreateObject<CoreTopology>();
    m_af = MakeFunction<Af>();
    m_mbsf = MakeFunction<Mbsf>();
    ReadDeployment();
    if (m_oneNode)
    {
        m_mbstf = CreateObject<Mbstf>();
        m_mbsf->GetNode()->AddApplication(m_mbstf);
        m_mbstf->GetSbi()->SetAttribute("Port", UintegerValue(SHARED_NODE_PORT));
        NodeKeys::Install(m_mbsf->GetNode());
    }
    else
    {
        m_mbstf = MakeFunction<Mbstf>();
    }
    m_mbSmf = MakeFunction<MbSmf>();
    m_mbUpf = MakeFunction<MbUpf>();
    m_amf = MakeFunction<Amf>();
    for (uint32_t i = 0; i < m_smfCount; ++i)
    {
        m_smfs.push_back(MakeFunction<Smf>());
        m_smfs.back()->SetNumber(i);
    }
    uint32_t instance = 0;
    for (const Ptr<SbiFunction>& function :
         std::initializer_list<Ptr<SbiFunction>>{m_af, m_mbsf, m_mbstf, m_mbSmf, m_amf})
    {
        function->SetInstance(instance++);
    }
    for (const Ptr<Smf>& smf : m_smfs)
    {
        smf->SetInstance(instance++);
    }

    StringValue mcc;
    StringValue mnc;
    UintegerValue serviceId;
    m_mbSmf->GetAttribute("Mcc", mcc);
    m_mbSmf->GetAttribute("Mnc", mnc);
    m_mbSmf->GetAttribute("FirstServiceId", serviceId);
    m_tmgi = Tmgi(static_cast<uint32_t>(serviceId.Get()),
                  PlmnId::From(mcc.Get(), mnc.Get()).value_or(PlmnId()));
    m_af->SetTmgi(m_tmgi);
    m_af->SetRestricted(true);
    m_af->SetTraffic(m_traffic);

    ConnectCore();
    m_channel = CreateObject<RadioChannel>();
    if (m_radioLink)
    {
        m_channel->SetAttribute("Link", PointerValue(m_radioLink->Create<RadioLink>()));
    }
    BuildGnbs();
    BuildUes();
    BooleanValue stack;
    m_ues.front()->GetAttribute("IpStack", stack);
    if (m_unicast || stack.Get())
    {
        BuildUnicast();
    }
    if (m_procedure == SecurityProcedure::USER_PLANE)
    {
        BuildMbssf();
    }
}

void
MbsHelper::ReadDeployment()
{
    m_procedure = ProcedureFrom(TextOf(m_mbsf, "Procedure"));
    m_placement = PlacementFrom(TextOf(m_mbsf, "MbssfPlacement"));
    m_oneNode = IsOneNode(m_procedure, m_placement, Nmb2KeysFrom(TextOf(m_mbsf, "Nmb2Keys")));
    m_unicast = m_unicast || m_procedure == SecurityProcedure::USER_PLANE;
}

void
MbsHelper::ConnectCore()
{
    const auto connect = [this](Interface interface,
                                const std::string& name,
                                const Ptr<Application>& a,
                                const Ptr<Application>& b) {
        return m_topology->Connect(interface, name, a->GetNode(), b->GetNode());
    };
    const CoreLink nmb10 = connect(Interface::NMB10, "af", m_af, m_mbsf);
    m_af->SetMbsf({nmb10.addressA, nmb10.addressB});
    const CoreLink nmb8 = connect(Interface::NMB8, "af", m_af, m_mbstf);
    m_mbstf->SetNmb8(nmb8.addressB);
    if (m_oneNode)
    {
        m_mbsf->SetMbstf(
            {Ipv4Address::GetLoopback(), Ipv4Address::GetLoopback(), SHARED_NODE_PORT});
    }
    else
    {
        const CoreLink nmb2 = connect(Interface::NMB2, "mbsf", m_mbsf, m_mbstf);
        m_mbsf->SetMbstf({nmb2.addressA, nmb2.addressB});
    }
    const CoreLink nmb1 = connect(Interface::NMB1, "mbsf", m_mbsf, m_mbSmf);
    m_mbsf->SetMbSmf({nmb1.addressA, nmb1.addressB});
    const CoreLink nmb9 = connect(Interface::NMB9, "mbstf", m_mbstf, m_mbUpf);
    m_mbstf->SetNmb9(nmb9.addressA);
    m_mbUpf->SetNmb9(nmb9.addressB);
    const CoreLink n4mb = connect(Interface::N4MB, "mb-smf", m_mbSmf, m_mbUpf);
    m_mbSmf->SetMbUpf({n4mb.addressA, n4mb.addressB});
    m_mbUpf->SetN4mb(n4mb.addressB);
    const CoreLink n11mb = connect(Interface::N11MB, "amf", m_amf, m_mbSmf);
    m_amf->SetMbSmf({n11mb.addressA, n11mb.addressB});
    for (const Ptr<Smf>& smf : m_smfs)
    {
        const std::string name = "smf-" + std::to_string(smf->GetNumber());
        const CoreLink n16mb = connect(Interface::N16MB, name, smf, m_mbSmf);
        smf->SetMbSmf({n16mb.addressA, n16mb.addressB});
        const CoreLink n11 = connect(Interface::N11, name, smf, m_amf);
        m_amfOfSmf.push_back({n11.addressA, n11.addressB});
    }

    m_router = CreateObject<Node>();
    m_topology->InstallStack(m_router);
    m_ssmRouter = CreateObject<SsmRouter>();
    m_ssmRouter->SetAttribute("Proxy", BooleanValue(false));
    const CoreLink n3mb =
        m_topology->Connect(Interface::N3MB, "mb-upf", m_mbUpf->GetNode(), m_router);
    m_mbUpf->SetN3mb(n3mb.addressA);
    const Ptr<Ipv4StaticRouting> routing =
        Ipv4StaticRoutingHelper().GetStaticRouting(m_mbUpf->GetNode()->GetObject<Ipv4>());
    routing->SetDefaultRoute(n3mb.addressB, n3mb.interfaceA);
    routing->SetDefaultMulticastRoute(n3mb.interfaceA);
}

void
MbsHelper::BuildGnbs()
{
    for (uint32_t i = 0; i < m_gnbCount; ++i)
    {
        const Ptr<Gnb> gnb = MakeFunction<Gnb>();
        const Ptr<GnbRadioDevice> cell = CreateObject<GnbRadioDevice>();
        gnb->GetNode()->AddDevice(cell);
        m_channel->AddGnb(cell);
        gnb->SetCell(i, cell);

        const std::string name = "gnb-" + std::to_string(i);
        const CoreLink n2 =
            m_topology->Connect(Interface::N2, name, gnb->GetNode(), m_amf->GetNode());
        gnb->SetAmf(n2.addressB);
        const CoreLink n3mb = m_topology->Connect(Interface::N3MB, name, m_router, gnb->GetNode());
        gnb->SetN3mb(n3mb.addressB, n3mb.interfaceB);
        m_gnbs.push_back(gnb);
        m_cells.push_back(cell);
        m_gnbAddresses.push_back(n2.addressA);
    }
    m_ssmRouter->Install(m_router);
}

void
MbsHelper::BuildUes()
{
    for (uint32_t i = 0; i < m_ueCount; ++i)
    {
        const Ptr<Ue> ue = MakeFunction<Ue>(false);
        const Ptr<UeRadioDevice> device = CreateObject<UeRadioDevice>();
        ue->GetNode()->AddDevice(device);
        device->SetUe(i);
        m_channel->AddUe(device);
        const uint32_t gnb = GetGnbOf(i);
        const uint32_t smf = GetSmfOf(i);
        const uint32_t rnti = m_cells[gnb]->Attach(device);
        ue->SetNumber(i);
        if (m_procedure == SecurityProcedure::USER_PLANE)
        {
            ue->SetAttribute("IpStack", BooleanValue(true));
        }
        ue->SetPduSessionId(PDU_SESSION_ID);
        ue->SetDevice(device);
        m_ues.push_back(ue);
        m_radios.push_back(device);

        const uint64_t amfUeNgapId = i + 1;
        const std::string ref = GetSmContextRefOf(i);
        m_gnbs[gnb]->AddUe(rnti, amfUeNgapId);
        Amf::UeContext ueContext;
        ueContext.supi = GetSupiOf(i);
        ueContext.amfUeNgapId = amfUeNgapId;
        ueContext.ranUeNgapId = rnti;
        ueContext.gnb = m_gnbAddresses[gnb];
        ueContext.pduSessionId = PDU_SESSION_ID;
        ueContext.smf = {m_amfOfSmf[smf].remote, m_amfOfSmf[smf].local};
        ueContext.smContextRef = ref;
        m_amf->AddUe(ueContext);
        Smf::SmContext smContext;
        smContext.ref = ref;
        smContext.supi = ueContext.supi;
        smContext.pduSessionId = PDU_SESSION_ID;
        smContext.amf = m_amfOfSmf[smf];
        if (i + m_unauthorized < m_ueCount)
        {
            smContext.allowed.insert(m_tmgi);
        }
        m_smfs[smf]->AddSmContext(smContext);
    }
}

void
MbsHelper::BuildUnicast()
{
    m_path = std::make_unique<UnicastPath>(m_topology, m_gnbs);
    m_mbsfN6 = ConnectServer("mbsf", m_mbsf->GetNode());
    m_mbstfN6 = ConnectServer("mbstf", m_mbstf->GetNode());
    for (uint32_t i = 0; i < m_ueCount; ++i)
    {
        m_path->AddUe(m_ues[i], m_radios[i], GetGnbOf(i));
    }
}

Ipv4Address
MbsHelper::ConnectServer(const std::string& name, Ptr<Node> server) const
{
    NS_ASSERT_MSG(m_path, "there is no unicast path");
    return m_path->ConnectN6(name, server).addressB;
}

void
MbsHelper::BuildMbssf()
{
    const bool atMbsf = m_placement == MbssfPlacement::MBSF;
    const Ptr<Node> node = atMbsf ? m_mbsf->GetNode() : m_mbstf->GetNode();
    const std::string serviceId = TextOf(m_af, "ServiceId");
    UintegerValue keyGroup;
    m_mbsf->GetAttribute("KeyGroup", keyGroup);
    NodeKeys::Install(node);
    m_mbssf = CreateObject<Mbssf>();
    node->AddApplication(m_mbssf);
    m_mbssf->AddService(serviceId, m_tmgi);
    for (uint32_t i = 0; i < m_ueCount; ++i)
    {
        const Ptr<MbsfClient> client = CreateObject<MbsfClient>();
        m_ues[i]->GetNode()->AddApplication(client);
        client->SetMbssf(atMbsf ? m_mbsfN6 : m_mbstfN6, m_mbssf->GetHttpPort());
        client->AddService(
            {serviceId, m_tmgi, KeyDomainId(m_tmgi.Plmn()), static_cast<uint16_t>(keyGroup.Get())});
        client->Attach(m_ues[i]);
        m_clients.push_back(client);
    }
    Bootstrap();
}

void
MbsHelper::Bootstrap()
{
    const bool akma = TextOf(m_mbssf, "Authentication") == "akma";
    const Bytes nafId = NafId(m_mbssf->GetFqdn());
    const PlmnId& plmn = m_tmgi.Plmn();
    const std::string mnc = std::string(3 - plmn.Mnc().size(), '0') + plmn.Mnc();
    const std::string home = "mnc" + mnc + ".mcc" + plmn.Mcc() + ".3gppnetwork.org";
    m_mbssf->ClearUsers();
    m_userIds.clear();
    for (uint32_t i = 0; i < m_ueCount; ++i)
    {
        MbssfUser user;
        const std::string supi = GetSupiOf(i);
        const Key256 root = m_bootstrapping->NewKey256();
        if (akma)
        {
            user.keys = UserKeysFromAkma(DeriveKAf(DeriveKAkma(root, supi), nafId));
            user.id = ToHex(DeriveATid(root, supi).View()) + "@5gc." + home;
        }
        else
        {
            const Bytes octets = m_bootstrapping->Octets(16);
            const auto rand = ByteReader(octets).Array<16>();
            const std::string impi = supi.substr(supi.find('-') + 1) + "@ims." + home;
            user.keys = UserKeysFromGbaMe(DeriveKsNaf(GbaKey::KS_NAF, root, rand, impi, nafId));
            user.id = ToBase64(octets) + "@bsf." + home;
        }
        if (i + m_unauthorized < m_ueCount)
        {
            user.services.insert(TextOf(m_af, "ServiceId"));
        }
        m_mbssf->AddUser(user);
        m_clients[i]->SetCredentials(user.id, user.keys);
        m_userIds.push_back(user.id);
    }
}

int64_t
MbsHelper::AssignStreams(int64_t stream)
{
    const int64_t first = stream;
    m_joinTimes->SetStream(stream++);
    for (const auto& variable : {m_stay, m_away})
    {
        if (variable)
        {
            variable->SetStream(stream);
        }
        ++stream;
    }
    stream += m_channel->AssignStreams(stream);
    const auto assign = [&stream](const Ptr<NetworkFunction>& function) {
        stream += function->AssignStreams(stream);
    };
    assign(m_af);
    assign(m_mbsf);
    assign(m_mbstf);
    assign(m_mbSmf);
    assign(m_mbUpf);
    assign(m_amf);
    for (const auto& smf : m_smfs)
    {
        assign(smf);
    }
    for (const auto& gnb : m_gnbs)
    {
        assign(gnb);
    }
    for (const auto& ue : m_ues)
    {
        assign(ue);
    }
    // Last, so that the others draw the same with and without.
    if (m_path)
    {
        assign(m_path->GetUpf());
    }
    if (m_mbssf)
    {
        assign(m_mbssf);
        for (const auto& client : m_clients)
        {
            assign(client);
        }
        stream += m_bootstrapping->AssignStreams(stream);
        Bootstrap();
    }
    return stream - first;
}

void
MbsHelper::SetStay(const Ptr<RandomVariableStream>& stay, const Ptr<RandomVariableStream>& away)
{
    m_stay = stay;
    m_away = away;
}

void
MbsHelper::UeJoined(uint32_t ue, const Tmgi& tmgi)
{
    Simulator::Schedule(DrawnTime(m_stay), &Ue::Leave, m_ues.at(ue), tmgi);
}

void
MbsHelper::UeLeft(uint32_t ue, const Tmgi& tmgi)
{
    Simulator::Schedule(DrawnTime(m_away), &Ue::Join, m_ues.at(ue), tmgi);
}

void
MbsHelper::JoinAll(Time start, Time window)
{
    for (const auto& ue : m_ues)
    {
        if (m_stay)
        {
            ue->TraceConnectWithoutContext("Joined", MakeCallback(&MbsHelper::UeJoined, this));
        }
        if (m_away)
        {
            ue->TraceConnectWithoutContext("Left", MakeCallback(&MbsHelper::UeLeft, this));
        }
        const Time at = start + Seconds(m_joinTimes->GetValue(0.0, window.GetSeconds()));
        Simulator::Schedule(at, &Ue::Join, ue, m_tmgi);
    }
}

void
MbsHelper::LeaveAt(uint32_t ue, Time at) const
{
    Simulator::Schedule(at, &Ue::Leave, m_ues.at(ue), m_tmgi);
}

void
MbsHelper::RemoveAt(uint32_t ue, Time at) const
{
    Simulator::Schedule(at,
                        &Smf::RemoveUe,
                        m_smfs.at(GetSmfOf(ue)),
                        GetSmContextRefOf(ue),
                        m_tmgi,
                        MbsRejectionCause::NOT_AUTHORIZED);
}

void
MbsHelper::ReleaseAt(Time at) const
{
    Simulator::Schedule(at, &Af::Release, m_af);
}

void
MbsHelper::EnablePcap(const PathOf& pathOf) const
{
    PointToPointHelper pointToPoint;
    for (const CoreLink& link : m_topology->GetLinks())
    {
        // One end sees all that passes, in both directions.
        pointToPoint.EnablePcap(
            pathOf("pcap/" + link.name + "-" + ToString(link.interface) + ".pcap"),
            link.deviceA,
            true,
            true);
    }
}

void
MbsHelper::Clear()
{
    *this = MbsHelper();
}

const Tmgi&
MbsHelper::GetTmgi() const
{
    return m_tmgi;
}

Ptr<CoreTopology>
MbsHelper::GetTopology() const
{
    return m_topology;
}

Ptr<RadioChannel>
MbsHelper::GetRadioChannel() const
{
    return m_channel;
}

Ptr<Af>
MbsHelper::GetAf() const
{
    return m_af;
}

Ptr<Mbsf>
MbsHelper::GetMbsf() const
{
    return m_mbsf;
}

Ptr<Mbstf>
MbsHelper::GetMbstf() const
{
    return m_mbstf;
}

Ptr<MbSmf>
MbsHelper::GetMbSmf() const
{
    return m_mbSmf;
}

Ptr<MbUpf>
MbsHelper::GetMbUpf() const
{
    return m_mbUpf;
}

Ptr<Amf>
MbsHelper::GetAmf() const
{
    return m_amf;
}

Ptr<Mbssf>
MbsHelper::GetMbssf() const
{
    return m_mbssf;
}

const std::vector<Ptr<MbsfClient>>&
MbsHelper::GetMbsfClients() const
{
    return m_clients;
}

std::string
MbsHelper::GetUserIdOf(uint32_t ue) const
{
    return m_mbssf ? m_userIds.at(ue) : std::string();
}

SecurityProcedure
MbsHelper::GetProcedure() const
{
    return m_procedure;
}

Ptr<Upf>
MbsHelper::GetUpf() const
{
    return m_path ? m_path->GetUpf() : nullptr;
}

Ipv4Address
MbsHelper::GetUeAddress(uint32_t ue) const
{
    NS_ASSERT_MSG(m_path, "there is no unicast path");
    return m_path->GetUeAddress(ue);
}

Ipv4Address
MbsHelper::GetMbsfN6() const
{
    return m_mbsfN6;
}

Ipv4Address
MbsHelper::GetMbstfN6() const
{
    return m_mbstfN6;
}

const std::vector<Ptr<Smf>>&
MbsHelper::GetSmfs() const
{
    return m_smfs;
}

const std::vector<Ptr<Gnb>>&
MbsHelper::GetGnbs() const
{
    return m_gnbs;
}

const std::vector<Ptr<GnbRadioDevice>>&
MbsHelper::GetCells() const
{
    return m_cells;
}

const std::vector<Ptr<Ue>>&
MbsHelper::GetUes() const
{
    return m_ues;
}

uint32_t
MbsHelper::GetGnbOf(uint32_t ue) const
{
    return ue % m_gnbCount;
}

uint32_t
MbsHelper::GetSmfOf(uint32_t ue) const
{
    return ue % m_smfCount;
}

std::string
MbsHelper::GetSmContextRefOf(uint32_t ue)
{
    return std::to_string(ue + 1);
}

std::string
MbsHelper::GetSupiOf(uint32_t ue) const
{
    std::ostringstream supi;
    const std::string prefix = m_tmgi.Plmn().Mcc() + m_tmgi.Plmn().Mnc();
    supi << "imsi-" << prefix << std::setw(static_cast<int>(15 - prefix.size()))
         << std::setfill('0') << ue + 1;
    return supi.str();
}

} // namespace ns3::mbs
