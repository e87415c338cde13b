// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-run-meter.h"

#include "mbs-build-info.h"
#include "mbs-ranks.h"

#include "ns3/mbs-crypto-primitives.h"
#include "ns3/mbs-result-parcel.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <sys/resource.h>

namespace ns3::mbs
{

RunMeter::RunMeter()
    : m_began(std::chrono::steady_clock::now())
{
}

Performance
RunMeter::Read(uint64_t deliveries) const
{
    Performance performance;
    performance.wallSeconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - m_began).count();
    performance.events = Simulator::GetEventCount();
    performance.deliveries = deliveries;
    rusage usage{};
    if (getrusage(RUSAGE_SELF, &usage) == 0)
    {
        // ru_maxrss counts kibibytes on Linux.
        performance.peakRssBytes = static_cast<uint64_t>(usage.ru_maxrss) * 1024;
    }
    performance.ranks = Ranks::GetCount();
    if (!Ranks::IsFirst())
    {
        ResultParcel parcel;
        parcel.Put(performance.events);
        parcel.Put(performance.peakRssBytes);
        Ranks::Send(0, parcel.Octets());
        return performance;
    }
    for (uint32_t rank = 1; rank < performance.ranks; ++rank)
    {
        ResultParcel parcel(*Ranks::Receive(rank, true));
        performance.events += parcel.Get<uint64_t>();
        performance.peakRssBytes += parcel.Get<uint64_t>();
    }
    return performance;
}

Provenance
MakeProvenance(const std::string& commandLine)
{
    const BuildInfo& build = GetBuildInfo();
    Provenance provenance;
    provenance.moduleVersion = build.moduleVersion;
    provenance.gitCommit = build.gitCommit;
    provenance.ns3Version = build.ns3Version;
    provenance.compiler = build.compiler;
    provenance.compilerFlags = build.compilerFlags;
    provenance.openssl = CryptoLibraryVersion();
    provenance.commandLine = commandLine;
    provenance.rngSeed = RngSeedManager::GetSeed();
    provenance.rngRun = RngSeedManager::GetRun();
    return provenance;
}

std::string
GetBundledTraffic()
{
    return GetBuildInfo().sourceFolder + "/examples/data/h264-rtp.pcap";
}

} // namespace ns3::mbs
