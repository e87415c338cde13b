// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** @return settings in which packets are lost by all causes that chance and late keys can bring */
SystemSettings
EverythingHappens()
{
    SystemSettings settings;
    settings.ues = 25;
    settings.unauthorized = 2;
    settings.gnbs = 3;
    settings.smfs = 2;
    settings.duration = Seconds(8);
    settings.joinWindow = Seconds(2);
    settings.mskInterval = MilliSeconds(2300);
    settings.mtkInterval = MilliSeconds(600);
    settings.traffic = "bundled";
    settings.loss = 0.15;
    settings.serviceTime = "";
    settings.attributes = {
        {"ns3::mbs::Amf::ServiceTime", "ns3::ExponentialRandomVariable[Mean=0.002]"},
        {"ns3::mbs::Amf::Workers", "1"},
        {"ns3::mbs::Smf::ServiceTime", "ns3::ExponentialRandomVariable[Mean=0.01]"},
        {"ns3::mbs::Mbstf::ActivationDelay", "60ms"},
        {"ns3::mbs::Ue::KeyRetention", "10ms"}};
    return settings;
}

/** What a run leaves. */
struct Trail
{
    std::string csv;  //!< result files
    std::string keys; //!< every MTK and its salt
};

/** @param check gets failures @param settings of the run @return what it leaves */
Trail
RunAndRead(Check& check, const SystemSettings& settings)
{
    Trail trail;
    SystemRun run(check, settings);
    run.On<const Tmgi&, const KeySet&, ByteView, bool>(
        run.Network().GetMbstf(),
        "MtkGenerated",
        [&trail](const Tmgi&, const KeySet& keys, ByteView salt, bool) {
            trail.keys +=
                ToHex(keys.msk->View()) + ToHex(keys.mtk->key.View()) + ToHex(salt) + "\n";
        });
    run.Run();
    for (const LossCause cause : {LossCause::RADIO, LossCause::NO_KEY, LossCause::STALE_KEY})
    {
        check.Expect(run.Lost(cause) > 0, std::string("packets are lost by ") + ToString(cause));
    }
    check.Expect(run.Rows(KeyKind::MSK).size() > 40 && run.Rows(KeyKind::MTK).size() > 150,
                 "keys are renewed");
    trail.csv = run.Csv();
    return trail;
}

void
SharedUnprotectChangesNothing(Check& check)
{
    SystemSettings settings = EverythingHappens();
    settings.attributes.emplace_back("ns3::mbs::Ue::SharedUnprotect", "true");
    const Trail shared = RunAndRead(check, settings);
    settings.attributes.back().second = "false";
    const Trail alone = RunAndRead(check, settings);
    check.Expect(shared.csv == alone.csv, "the result files are the same");
    check.Expect(shared.csv.size() > 10000, "and not empty");
}

void
SameRunGivesTheSame(Check& check)
{
    const SystemSettings settings = EverythingHappens();
    const Trail first = RunAndRead(check, settings);
    const Trail second = RunAndRead(check, settings);
    check.Expect(first.csv == second.csv, "the result files are the same");
    check.Expect(first.keys == second.keys, "the keys are the same");
}

void
AnotherRunGivesOthers(Check& check)
{
    SystemSettings settings = EverythingHappens();
    const Trail first = RunAndRead(check, settings);
    settings.rngRun = 2;
    const Trail second = RunAndRead(check, settings);
    check.Expect(first.csv != second.csv, "the result files differ");
    check.Expect(first.keys != second.keys && !first.keys.empty(), "the keys differ");
}

void
ProfilesDeliverTheSame(Check& check)
{
    // Sizes differ by the tag's; with links this fast that moves no packet past a key change.
    const auto counts = [&check](const std::string& crypto) {
        SystemSettings settings;
        settings.ues = 10;
        settings.gnbs = 2;
        settings.loss = 0.1;
        settings.duration = Seconds(6);
        settings.mskInterval = MilliSeconds(2300);
        settings.mtkInterval = MilliSeconds(600);
        settings.traffic = "bundled";
        settings.crypto = crypto;
        SystemRun run(check, settings);
        run.Run();
        std::string text;
        for (const TrafficLedger::Row& row : run.Results().GetTraffic().Rows())
        {
            text += std::to_string(row.counts.expected) + " " +
                    std::to_string(row.counts.delivered) + "\n";
        }
        return text;
    };
    const std::string cm = counts("aes-cm");
    check.Equal(counts("aes-gcm"), cm, "packets by UE with AES-GCM");
    for (const char* profile : {"aes-cm-32", "aes-gcm", "aes-gcm-256", "null-hmac", "null"})
    {
        check.Equal(counts(profile), cm, std::string("packets by UE with ") + profile);
    }
}

} // namespace

/** @param suite gets the tests of what must not depend on how or how often a run is made */
void AddSystemRepeatTests(MbsTestSuite& suite);

void
AddSystemRepeatTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("sharing the unprotecting changes no result",
                                   SharedUnprotectChangesNothing));
    suite.Add(
        new FunctionTestCase("the same run gives the same results and keys", SameRunGivesTheSame));
    suite.Add(new FunctionTestCase("another run number gives other results and keys",
                                   AnotherRunGivesOthers));
    suite.Add(new FunctionTestCase("the SRTP profile does not change what is delivered",
                                   ProfilesDeliverTheSame));
}

} // namespace ns3::mbs
