// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-process-hooks.h"
#include "mbs-ran-samples.h"
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-multicast-frame.h"

#include <random>

namespace ns3::mbs
{

namespace
{

/** @param check where to report */
void
NoOsRandomness(Check& check)
{
    if (!HasProcessHooks())
    {
        return;
    }
    const uint64_t before = GetProcessCounts().randomness;
    for (const char* profile : {"aes-cm", "aes-gcm"})
    {
        SystemSettings settings;
        settings.ues = 6;
        settings.gnbs = 2;
        settings.smfs = 2;
        settings.duration = Seconds(10);
        settings.joinWindow = Seconds(1);
        settings.mskInterval = Seconds(3);
        settings.mtkInterval = Seconds(1);
        settings.traffic = "cbr:960kbps:1200";
        settings.crypto = profile;
        settings.loss = 0.1;
        settings.serviceTime = "";
        SystemRun run(check, settings);
        run.Run();
        check.Expect(run.Results().GetKeyUpdates().Count(KeyKind::MTK) > 0, "keys are renewed");
    }
    check.Equal(GetProcessCounts().randomness - before, uint64_t{0}, "a run asks nobody for it");
    // The control: what would be found.
    std::random_device device("/dev/urandom");
    check.Expect(GetProcessCounts().randomness > before, "and it would be noticed");
}

/** @param check where to report */
void
SharedUnprotect(Check& check)
{
    if (!HasProcessHooks())
    {
        return;
    }
    const Mki mki = SampleMki(1, 1);
    const SrtpPolicy policy =
        MakeSrtpPolicy(SrtpProfile::AES_CM_128_HMAC_SHA1_80, SrtpRocChoice::AUTO, 1);
    const MulticastFrame frame(
        9,
        SampleIp(SAMPLE_TRAFFIC_PORT, SampleSrtp(mki, FilledKey(1), SampleRtp(1))));
    const auto key = Create<TrafficKey>(SAMPLE_DOMAIN,
                                        mki,
                                        FilledKey(1),
                                        SampleSalt(mki, FilledKey(1)),
                                        policy,
                                        true);
    // The first UE of the cell works it out, the others do not even allocate.
    check.Expect(frame.Unprotect(key, *frame.GetSrtpNames(policy).roc).status == SrtpStatus::OK,
                 "unprotected");
    const ProcessCounts before = GetProcessCounts();
    bool ok = true;
    for (int ue = 0; ue < 100; ++ue)
    {
        ok &= frame.GetSrtpNames(policy).mki == mki &&
              frame.Unprotect(key, 0).status == SrtpStatus::OK;
    }
    const ProcessCounts after = GetProcessCounts();
    check.Expect(ok, "for everybody");
    check.Equal(after.allocations - before.allocations, uint64_t{0}, "operator new");
    check.Equal(after.opensslAllocations - before.opensslAllocations, uint64_t{0}, "OpenSSL");
}

} // namespace

/** @param suite gets the tests of what a whole network asks of the machine */
void AddSystemHygieneTests(MbsTestSuite& suite);

void
AddSystemHygieneTests(MbsTestSuite& suite)
{
    const std::string skipped = HasProcessHooks() ? "" : " (SKIPPED: no hooks in this build)";
    suite.Add(
        new FunctionTestCase("a whole run takes no randomness from OpenSSL or the system" + skipped,
                             NoOsRandomness));
    suite.Add(new FunctionTestCase("further UEs of a cell unprotect a packet without allocating" +
                                       skipped,
                                   SharedUnprotect));
}

} // namespace ns3::mbs
