// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-attribute-check.h"

#include "mbs-attribute-options.h"
#include "mbs-core-topology.h"
#include "mbs-deployment.h"
#include "mbs-program-options.h"
#include "mbs-random-variable-check.h"
#include "mbs-unicast-path.h"

#include "ns3/mbs-cell-scheduler.h"
#include "ns3/mbs-error-model-radio-link.h"
#include "ns3/mbs-network-function.h"
#include "ns3/mbs-sinr-radio-link.h"
#include "ns3/mbs-tmgi.h"

#include "ns3/data-rate.h"
#include "ns3/pointer.h"
#include "ns3/type-id.h"

#include <functional>
#include <string>

namespace ns3::mbs
{

namespace
{

/**
 * What a packet of the AF grows by on N3mb at most: MKI and tag 22, IP and UDP of the session 28,
 * GTP-U with its extension header 20, IP and UDP of the tunnel 28.
 */
constexpr std::size_t ENCAPSULATION_OCTETS = 98;

/**
 * @tparam T class of the object
 * @param type of an object
 * @param attribute one of its attributes, a pointer
 * @return what the attribute is by default, as a command line set it; null if it is no T
 */
template <typename T>
Ptr<T>
DefaultObject(const std::string& type, const std::string& attribute)
{
    TypeId::AttributeInformation information;
    TypeId::LookupByName(type).LookupAttributeByName(attribute, &information);
    const auto made = information.checker->CreateValidValue(*information.initialValue);
    const auto* object = dynamic_cast<const PointerValue*>(PeekPointer(made));
    return object ? object->Get<T>() : nullptr;
}

/**
 * @brief Looks for a carrier that does not exist, or that nothing fits into.
 * @throws UserError naming the attribute, the value, what it must be, and the fix
 */
void
CheckCarrier()
{
    const Ptr<NrCarrier> carrier = CreateObject<NrCarrier>();
    const std::string why = carrier->WhyNot();
    if (!why.empty())
    {
        throw UserError("--ns3::mbs::NrCarrier::" + why);
    }
    const auto ofChannel = DefaultObject<NrCarrier>("ns3::mbs::RadioChannel", "Carrier");
    if (ofChannel && !ofChannel->WhyNot().empty())
    {
        throw UserError("--ns3::mbs::RadioChannel::Carrier: " + ofChannel->WhyNot());
    }
    const std::string whyNoBlock =
        CreateObject<CellScheduler>()->WhyNot(ofChannel ? *ofChannel : *carrier);
    if (!whyNoBlock.empty())
    {
        throw UserError("--ns3::mbs::CellScheduler::" + whyNoBlock);
    }
}

} // namespace

void
CheckAttributes(const NetworkPlan& plan)
{
    CheckCarrier();
    // What is looked at are the defaults, which a command line sets.
    const auto check = [](const std::string& type,
                          const std::string& attribute,
                          const std::function<std::string(const std::string&)>& wrong) {
        TypeId::AttributeInformation information;
        TypeId tid;
        [[maybe_unused]] const bool known = TypeId::LookupByNameFailSafe(type, &tid) &&
                                            tid.LookupAttributeByName(attribute, &information);
        NS_ASSERT_MSG(known, type << " has no attribute " << attribute);
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
    if (!plan.radioLink && DefaultObject<SinrRadioLink>("ns3::mbs::RadioChannel", "Link"))
    {
        throw UserError("--ns3::mbs::RadioChannel::Link=ns3::mbs::SinrRadioLink: needs places for "
                        "gNBs and UEs; give --radio=sinr in its place");
    }
    // By its code, not its name: a static library leaves out a class that no code refers to.
    check(ErrorModelRadioLink::GetTypeId().GetName(), "Model", [](const std::string& value) {
        return CheckAttributeText(value, MakePointerChecker<ErrorModel>());
    });
    check("ns3::mbs::GnbRadioDevice", "DataRate", aboveZero);
    check("ns3::mbs::UeRadioDevice", "DataRate", aboveZero);

    const std::size_t needed =
        (plan.traffic ? plan.traffic->LargestPacket() : 0) + ENCAPSULATION_OCTETS;
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
    if (plan.unicast || stack)
    {
        check("ns3::mbs::Upf", "PoolNetwork", [&](const std::string& network) {
            std::string wrong;
            check("ns3::mbs::Upf", "PoolMask", [&](const std::string& mask) {
                const auto clauses = UnicastPath::CheckPool(Ipv4Address(network.c_str()),
                                                            Ipv4Mask(mask.c_str()),
                                                            plan.ues);
                wrong = clauses.first;
                return clauses.second;
            });
            return wrong;
        });
    }
    check("ns3::mbs::Gnb", "SleepState", [&](const std::string& state) {
        return state == "connected" || (!plan.unicast && !stack)
                   ? std::string()
                   : std::string(
                         "must be connected with ns3::mbs::Ue::IpStack, since the UPF cannot "
                         "have UEs paged; give one of the two only");
    });
    check("ns3::mbs::Mbsf", "Procedure", [&](const std::string& procedure) {
        check("ns3::mbs::Gnb", "SleepState", [&](const std::string& state) {
            return state == "connected" || procedure != "up"
                       ? std::string()
                       : std::string("must be connected in the user-plane procedure, since the UPF "
                                     "cannot have UEs paged; give --procedure=cp");
        });
        return std::string();
    });
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
    // Each session takes the number that follows the last one's.
    const auto room = [&](const std::string& type, const std::string& attribute, uint32_t last) {
        check(type, attribute, [&](const std::string& value) {
            return std::stoul(value) + plan.sessions - 1 <= last
                       ? std::string()
                       : "must be at most " + std::to_string(last - plan.sessions + 1) +
                             " to leave room for " + std::to_string(plan.sessions) +
                             " sessions; give a smaller number or fewer sessions";
        });
    };
    room("ns3::mbs::MbSmf", "FirstServiceId", 0xffffff);
    room("ns3::mbs::Mbsf", "KeyGroup", 0xffff);
    room("ns3::mbs::Mbstf", "FirstIngestPort", 0xffff);
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
                return Deployment::Of(procedure, placement, keys).WhyNotAllowed();
            });
            return std::string();
        });
        return std::string();
    });
    check("ns3::mbs::Mbsf", "Procedure", [&](const std::string& procedure) {
        return plan.broadcastGnbs && procedure == "cp"
                   ? std::string("must be up, since keys of a broadcast session go by the "
                                 "user-plane procedure only (TS 33.501 W.4.1.1)")
                   : std::string();
    });
    check("ns3::mbs::Mbsf", "OrderMskActivation", [&](const std::string& order) {
        check("ns3::mbs::Mbsf", "Procedure", [&](const std::string& procedure) {
            const std::string counter = procedure == "up" ? "ns3::mbs::Mbssf" : "ns3::mbs::Smf";
            check(counter, "MskCompletionShare", [&](const std::string& share) {
                return order != "true" || std::stod(share) > 0
                           ? std::string()
                           : std::string("must be above 0 with ns3::mbs::Mbsf::OrderMskActivation, "
                                         "which waits for UEs to have a new MSK; for example 1");
            });
            check("ns3::mbs::Mbssf", "Verification", [&](const std::string& verification) {
                return order != "true" || procedure != "up" || verification == "true"
                           ? std::string()
                           : std::string("must be true with ns3::mbs::Mbsf::OrderMskActivation, "
                                         "which waits for UEs to verify a new MSK");
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

} // namespace ns3::mbs
