// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-attribute-check.h"
#include "ns3/mbs-gnb.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-paging-channel.h"
#include "ns3/mbs-ue-state-options.h"

#include "ns3/config.h"
#include "ns3/string.h"

#include <sstream>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/**
 * @param words of a command line
 * @param userPlane with the user-plane procedure
 * @return what is wrong in them, or nothing
 */
std::string
Complaint(const std::vector<std::string>& words, bool userPlane = false)
{
    UeStateOptions sleep;
    ProgramOptions options("test", "a test");
    sleep.Register(options);
    std::ostringstream help;
    try
    {
        options.Parse(words, help);
        sleep.Apply(options, userPlane);
    }
    catch (const UserError& error)
    {
        return error.what();
    }
    return "";
}

void
OptionsSetAttributes(Check& check)
{
    check.Equal(Complaint({"--ueState=inactive",
                           "--inactivityTimer=3s",
                           "--drxCycle=640ms",
                           "--sleepers=0.5",
                           "--inactiveReception"}),
                std::string(),
                "all together");
    const auto gnb = CreateObject<Gnb>();
    const auto paging = CreateObject<PagingChannel>();
    const auto text = [](const Ptr<Object>& object, const std::string& name) {
        StringValue value;
        object->GetAttribute(name, value);
        return value.Get();
    };
    check.Equal(text(gnb, "SleepState"), std::string("inactive"), "state");
    check.Equal(text(gnb, "InactivityTimer"), std::string("+3e+09ns"), "timer");
    check.Equal(text(gnb, "SleeperShare"), std::string("0.5"), "share");
    check.Equal(text(gnb, "MulticastInInactive"), std::string("true"), "reception");
    check.Equal(text(paging, "DrxCycle"), std::string("640ms"), "cycle");
    check.Expect(gnb->MaySleep(0x7fffffff) && !gnb->MaySleep(0x80000000), "half of the UEs sleep");
    gnb->Dispose();
    paging->Dispose();
    Config::Reset();
}

void
WhatDoesNotGoTogetherIsRefused(Check& check)
{
    const auto refused = [&check](const std::vector<std::string>& words,
                                  const std::string& why,
                                  bool userPlane = false) {
        const std::string complaint = Complaint(words, userPlane);
        check.Expect(complaint.find(why) != std::string::npos, words.back() + ": " + complaint);
        Config::Reset();
    };
    refused({"--drxCycle=640ms"}, "give --ueState=inactive or --ueState=idle too");
    refused({"--sleepers=0.5"}, "give --ueState=inactive or --ueState=idle too");
    refused({"--ueState=idle", "--inactiveReception"}, "an idle UE receives no multicast session");
    refused({"--ueState=idle"}, "must be connected with --procedure=up", true);
    refused({"--ueState=idle", "--sleepers=2"}, "must be a number from 0 to 1");
    refused({"--ueState=idle", "--sleepers=half"}, "must be a number from 0 to 1");
    refused({"--ueState=asleep"}, "connected");
    refused({"--ueState=idle", "--drxCycle=1s"}, "320ms");
}

void
NoUeWithUnicastSleeps(Check& check)
{
    const auto complaint = [](const std::string& attribute, const std::string& value) {
        Config::SetDefault("ns3::mbs::Gnb::SleepState", StringValue("idle"));
        Config::SetDefault(attribute, StringValue(value));
        std::string text;
        try
        {
            MbsHelper().CheckAttributes();
        }
        catch (const UserError& error)
        {
            text = error.what();
        }
        Config::Reset();
        return text;
    };
    check.Expect(complaint("ns3::mbs::Ue::IpStack", "true").find("cannot have UEs paged") !=
                     std::string::npos,
                 "with an IP stack");
    check.Equal(complaint("ns3::mbs::Ue::IpStack", "false"), std::string(), "without");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of the options about sleeping UEs.
 * @param suite where to
 */
void AddUeStateOptionsTests(MbsTestSuite& suite);

void
AddUeStateOptionsTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("options about sleep set the attributes of gNB and paging", OptionsSetAttributes);
    add("options about sleep that do not go together are refused", WhatDoesNotGoTogetherIsRefused);
    add("UEs with unicast cannot be sent to sleep", NoUeWithUnicastSleeps);
}

} // namespace ns3::mbs
