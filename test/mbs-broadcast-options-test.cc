// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-broadcast-options.h"
#include "ns3/mbs-network-options.h"

#include "ns3/config.h"
#include "ns3/string.h"

#include <sstream>
#include <string>
#include <tuple>
#include <vector>

namespace ns3::mbs
{

namespace
{

/**
 * @param words of a command line
 * @return what is wrong in them with three gNBs, or nothing
 */
std::string
Complaint(const std::vector<std::string>& words)
{
    BroadcastOptions broadcast;
    ProgramOptions options("test", "a test");
    broadcast.Register(options);
    std::ostringstream help;
    try
    {
        options.Parse(words, help);
        broadcast.Check(options, NetworkOptions());
    }
    catch (const UserError& error)
    {
        return error.what();
    }
    return "";
}

void
TheServiceAreaNamesGnbs(Check& check)
{
    check.Equal(Complaint({"--service=broadcast", "--serviceArea=0,2"}), std::string(), "two");
    const auto refused = [&check](const std::vector<std::string>& words, const std::string& why) {
        const std::string complaint = Complaint(words);
        check.Expect(complaint.find(why) != std::string::npos, words.back() + ": " + complaint);
    };
    refused({"--serviceArea=0"}, "give --service=broadcast too");
    refused({"--service=broadcast", "--serviceArea=3"}, "must name gNBs from 0 to 2");
    refused({"--service=broadcast", "--serviceArea=0,0"}, "each once");
    refused({"--service=broadcast", "--serviceArea=0,"}, "with commas in between");
}

void
BroadcastHasOneDelivery(Check& check)
{
    const std::string bearer = "ns3::mbs::MulticastRadioBearer::";
    for (const auto& [attribute, value, option] :
         {std::make_tuple("Delivery", "ptp", "--delivery=ptp"),
          std::make_tuple("Delivery", "auto", "--delivery=auto"),
          std::make_tuple("Harq", "nack-only", "--groupHarq=nack-only")})
    {
        Config::SetDefault(bearer + attribute, StringValue(value));
        const std::string complaint = Complaint({"--service=broadcast"});
        check.Expect(complaint.find(option) != std::string::npos &&
                         complaint.find("TS 38.300 clause 16.10") != std::string::npos,
                     complaint);
        check.Equal(Complaint({}), std::string(), "multicast may have it");
        Config::Reset();
    }
    check.Equal(Complaint({"--service=broadcast"}), std::string(), "the defaults are right");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of the options about broadcast sessions.
 * @param suite where to
 */
void AddBroadcastOptionsTests(MbsTestSuite& suite);

void
AddBroadcastOptionsTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a service area names gNBs that there are, for broadcast", TheServiceAreaNamesGnbs);
    add("broadcast is refused PTP and HARQ", BroadcastHasOneDelivery);
}

} // namespace ns3::mbs
