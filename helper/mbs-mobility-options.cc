// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mobility-options.h"

#include "ns3/mbs-multicast-radio-bearer.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/string.h"

namespace ns3::mbs
{

void
MobilityOptions::Register(ProgramOptions& options)
{
    options.AddChoice("mobility",
                      m_mobility,
                      {"none", "rlf", "a3"},
                      "with --radio=sinr and --speed: how UEs get from cell to cell: not at all, "
                      "however weak their cell becomes; when their radio link has failed; or "
                      "handed over by their gNB when they report that a neighbour is better "
                      "(event A3), and else when their radio link has failed");
    options.AddChoice("handoverRecovery",
                      m_recovery,
                      {"none", "status-report"},
                      "packets that a UE misses in a handover: lost, or sent again by the target "
                      "cell, which the UE tells what it lacks");
}

Mobility
MobilityOptions::Get() const
{
    return m_mobility == "a3"    ? Mobility::EVENT_A3
           : m_mobility == "rlf" ? Mobility::RADIO_LINK_FAILURE
                                 : Mobility::NONE;
}

void
MobilityOptions::ValidateRecovery(const Limits& limits) const
{
    const auto wrong = [this](const std::string& clause) {
        throw ProgramOptions::Error("handoverRecovery", m_recovery, clause);
    };
    if (m_recovery != "none" && Get() != Mobility::EVENT_A3 && !limits.handsOver)
    {
        wrong("is for UEs that are handed over; give --mobility=a3 or an --event=handover too, "
              "for example --event=handover=0:1@20s");
    }
    const Ptr<MulticastRadioBearer> bearer = CreateObject<MulticastRadioBearer>();
    StringValue recovery;
    bearer->GetAttribute("HandoverRecovery", recovery);
    if (recovery.Get() != "none" && !bearer->RecoversHandovers())
    {
        throw ProgramOptions::Error("ns3::mbs::MulticastRadioBearer::TReordering",
                                    "0s",
                                    "must be above 0s with --handoverRecovery=status-report, as a "
                                    "UE that waits for nothing does not know what it lacks; leave "
                                    "one of the two out");
    }
}

void
MobilityOptions::Validate(const Limits& limits) const
{
    ValidateRecovery(limits);
    if (Get() == Mobility::NONE)
    {
        return;
    }
    const auto wrong = [this](const std::string& clause) {
        throw ProgramOptions::Error("mobility", m_mobility, clause);
    };
    if (!limits.moves)
    {
        wrong("is for UEs that move; give --radio=sinr and a --speed above 0 too, for example "
              "--speed=30");
    }
    if (limits.amfs > 1)
    {
        wrong("UEs can change cells only where all gNBs have one AMF; give --amfs=1");
    }
    if (limits.unicast)
    {
        wrong("must be none with " + limits.reason +
              ", since the UPF's tunnel does not follow a UE to another cell; leave out one of the "
              "two");
    }
    if (limits.sleep)
    {
        wrong("is for UEs that stay connected; leave out --ueState");
    }
    if (limits.hasEvents)
    {
        wrong("lets the radio say when UEs change cells; leave out --event=outage and "
              "--event=handover");
    }
    DoubleValue out;
    DoubleValue in;
    const Ptr<RadioLinkMonitor> monitor = CreateObject<RadioLinkMonitor>();
    monitor->GetAttribute("QOut", out);
    monitor->GetAttribute("QIn", in);
    if (in.Get() < out.Get())
    {
        const auto text = [&monitor](const char* name) {
            StringValue value;
            monitor->GetAttribute(name, value);
            return value.Get();
        };
        throw ProgramOptions::Error("ns3::mbs::RadioLinkMonitor::QIn",
                                    text("QIn"),
                                    "must be at least QOut, which is " + text("QOut") +
                                        " dB; raise it, or lower "
                                        "--ns3::mbs::RadioLinkMonitor::QOut");
    }
}

std::string
MobilityOptions::Warning(bool moves, uint32_t gnbs) const
{
    return moves && gnbs > 1 && Get() == Mobility::NONE
               ? "--speed without --mobility: UEs keep the cell in which they begin, however weak "
                 "it becomes; give --mobility=a3 or --mobility=rlf to let them change cells"
               : "";
}

void
MobilityOptions::Apply(MbsHelper& network, bool moves) const
{
    // Without places there is nothing to watch; Validate() says so.
    network.SetMobility(moves ? Get() : Mobility::NONE);
    if (m_recovery != "none")
    {
        Config::SetDefault("ns3::mbs::MulticastRadioBearer::HandoverRecovery",
                           StringValue(m_recovery));
    }
}

void
MobilityOptions::Describe(const MbsHelper& network, Scenario& scenario)
{
    if (network.GetMobility() != Mobility::NONE)
    {
        scenario.SetText("mobility", network.GetMobility() == Mobility::EVENT_A3 ? "a3" : "rlf");
    }
    if (CreateObject<MulticastRadioBearer>()->RecoversHandovers())
    {
        scenario.SetText("handover_recovery", "status-report");
    }
}

} // namespace ns3::mbs
