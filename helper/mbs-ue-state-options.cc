// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ue-state-options.h"

#include "mbs-attribute-options.h"
#include "mbs-helper.h"

#include "ns3/mbs-paging-channel.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/string.h"

namespace ns3::mbs
{

void
UeStateOptions::Register(ProgramOptions& options)
{
    options.AddChoice("ueState",
                      m_state,
                      {"connected", "inactive", "idle"},
                      "to which state UEs are sent that have been silent: they stay connected, go "
                      "to RRC_INACTIVE or to RRC_IDLE; key messages for them then wait for paging");
    options.AddTime("inactivityTimer",
                    m_inactivityTimer,
                    MilliSeconds(1),
                    Hours(1000),
                    "with --ueState: how long a UE must have sent and received no signalling; "
                    "multicast does not count");
    options.AddChoice("drxCycle",
                      m_drxCycle,
                      {"320ms", "640ms", "1280ms", "2560ms"},
                      "with --ueState: how often a sleeping UE listens for paging");
    options.AddText(
        "sleepers",
        m_sleepers,
        "SHARE",
        [](const std::string& text) {
            const auto checker = MakeDoubleChecker<double>(0, 1);
            return CheckAttributeText(text, checker).empty()
                       ? ""
                       : "must be a number from 0 to 1; for example --sleepers=0.5";
        },
        "with --ueState: which share of the UEs sleeps");
    options.AddFlag("inactiveReception",
                    m_inactiveReception,
                    "with --ueState=inactive: sleeping UEs receive multicast (Release 18)");
}

void
UeStateOptions::Apply(const ProgramOptions& options, bool userPlane) const
{
    const bool sleep = m_state != "connected";
    for (const char* name : {"inactivityTimer", "drxCycle", "sleepers", "inactiveReception"})
    {
        if (options.IsGiven(name) && !sleep && !options.IsGiven("ns3::mbs::Gnb::SleepState"))
        {
            throw UserError("--" + std::string(name) +
                            ": is for UEs that sleep; give --ueState=inactive or --ueState=idle "
                            "too");
        }
    }
    if (m_inactiveReception && m_state == "idle")
    {
        throw UserError("--inactiveReception: an idle UE receives no multicast session; give "
                        "--ueState=inactive");
    }
    if (sleep && userPlane)
    {
        throw ProgramOptions::Error("ueState",
                                    m_state,
                                    "must be connected with --procedure=up, since the UPF cannot "
                                    "have UEs paged; give --procedure=cp or --ueState=connected");
    }
    if (options.IsGiven("ueState"))
    {
        Config::SetDefault("ns3::mbs::Gnb::SleepState", StringValue(m_state));
    }
    if (options.IsGiven("inactivityTimer"))
    {
        Config::SetDefault("ns3::mbs::Gnb::InactivityTimer", TimeValue(m_inactivityTimer));
    }
    if (options.IsGiven("drxCycle"))
    {
        Config::SetDefault("ns3::mbs::PagingChannel::DrxCycle", StringValue(m_drxCycle));
    }
    if (options.IsGiven("sleepers"))
    {
        Config::SetDefault("ns3::mbs::Gnb::SleeperShare", StringValue(m_sleepers));
    }
    if (options.IsGiven("inactiveReception"))
    {
        Config::SetDefault("ns3::mbs::Gnb::MulticastInInactive", BooleanValue(m_inactiveReception));
    }
}

void
UeStateOptions::Describe(const MbsHelper& network, Scenario& scenario)
{
    const Ptr<Gnb> gnb = network.GetGnbs().front();
    const auto paging = network.GetCells().front()->GetObject<PagingChannel>();
    if (!paging || !gnb->MaySleep(0))
    {
        return;
    }
    StringValue text;
    gnb->GetAttribute("SleepState", text);
    scenario.SetText("ue_state", text.Get());
    TimeValue time;
    gnb->GetAttribute("InactivityTimer", time);
    scenario.SetNumber("inactivity_timer_s", time.Get().GetSeconds());
    scenario.SetNumber("drx_cycle_s", paging->GetCycle().Length().GetSeconds());
    DoubleValue share;
    gnb->GetAttribute("SleeperShare", share);
    scenario.SetNumber("sleepers", share.Get());
    BooleanValue reception;
    gnb->GetAttribute("MulticastInInactive", reception);
    scenario.SetFlag("inactive_reception", reception.Get());
}

} // namespace ns3::mbs
