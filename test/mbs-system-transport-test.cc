// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** @param check where failures are reported @param transport `tcp` or `ideal` @return the run */
std::unique_ptr<SystemRun>
KeysOver(Check& check, const std::string& transport)
{
    SystemSettings settings;
    settings.ues = 6;
    settings.gnbs = 2;
    settings.smfs = 2;
    settings.duration = Seconds(8);
    settings.joinWindow = MilliSeconds(500);
    settings.mskInterval = Seconds(3);
    settings.mtkInterval = Seconds(1);
    settings.traffic = "cbr:100kbps:500";
    settings.attributes.emplace_back("ns3::mbs::CoreTopology::Transport", transport);
    auto run = std::make_unique<SystemRun>(check, settings);
    run->Run();
    return run;
}

void
SameMessages(Check& check)
{
    // Both at once would share the simulator.
    const auto count = [&check](const std::string& transport) {
        const auto run = KeysOver(check, transport);
        std::map<std::string, uint64_t> counts;
        for (const auto& [interface, message] : std::vector<std::pair<std::string, std::string>>{
                 {"Nmb1", "Nmbsmf_MBSSession_Create"},
                 {"Nmb1", "Nmbsmf_MBSSession_Update"},
                 {"N16mb", "Nmbsmf_MBSSession_ContextStatusSubscribe"},
                 {"N16mb", "Nmbsmf_MBSSession_ContextStatusNotify"},
                 {"N11", "Namf_Communication_N1N2MessageTransfer"},
                 {"N1", "PDU SESSION MODIFICATION COMMAND"},
                 {"N1", "PDU SESSION MODIFICATION COMPLETE"}})
        {
            counts[interface + " " + message] = run->Messages(interface, message);
        }
        for (const KeyUpdateLedger::Row& row : run->Rows(KeyKind::MSK))
        {
            check.Expect(row.outcome == KeyOutcome::INSTALLED, "every UE gets every MSK");
        }
        counts["lost packets"] = run->Total().Lost();
        return counts;
    };
    const auto tcp = count("tcp");
    const auto ideal = count("ideal");
    check.Equal(ideal.at("N1 PDU SESSION MODIFICATION COMMAND"), 18U, "joins and two MSKs of six");
    for (const auto& [name, number] : tcp)
    {
        check.Equal(ideal.at(name), number, name);
    }
}

} // namespace

/** @param suite gets the tests of what carries signalling */
void AddSystemTransportTests(MbsTestSuite& suite);

void
AddSystemTransportTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("the core exchanges the same messages over the ideal transport "
                                   "as over TCP",
                                   SameMessages));
}

} // namespace ns3::mbs
