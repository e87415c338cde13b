// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Packets of one round of the sequence number. */
constexpr std::size_t ROUND = 65536;

/** How many UEs join after the roll-over. */
constexpr uint32_t UES = 5;

/** @brief UEs join after the sequence number has rolled over, and what became of it. */
class RollOverRun
{
  public:
    /**
     * @param check where failures are reported
     * @param profile attribute SrtpProfile
     * @param mode attribute SrtpRocMode
     * @param rate attribute SrtpRocRate
     */
    RollOverRun(Check& check,
                const std::string& profile,
                const std::string& mode,
                const std::string& rate)
        : m_run(check, Settings(profile, mode, rate))
    {
        m_run.Run();
        if (m_run.Sent().size() <= ROUND)
        {
            check.Expect(false, "the sequence number rolls over");
            return;
        }
        for (const JoinLedger::Row& join : m_run.Results().GetJoins().Rows())
        {
            const Time joined = NanoSeconds(join.installed.value_or(0));
            check.Expect(joined > m_run.Sent()[ROUND].at, "a UE joins after the roll-over");
            const auto first =
                std::find_if(m_run.Sent().begin(),
                             m_run.Sent().end(),
                             [joined](const SentPacket& packet) { return packet.at >= joined; });
            firstSeq.push_back(static_cast<uint64_t>(first - m_run.Sent().begin()) % ROUND);
            expected += static_cast<uint64_t>(m_run.Sent().end() - first);
        }
        check.Equal(firstSeq.size(), std::size_t{UES}, "UEs that join");
    }

    /** @return the run */
    const SystemRun& Run() const
    {
        return m_run;
    }

    std::vector<uint64_t> firstSeq; //!< sequence number of the first packet for each UE
    uint64_t expected{0};           //!< packets sent to UEs

  private:
    /** @return 16,000 packets a second: the roll-over comes before the joins */
    static SystemSettings Settings(const std::string& profile,
                                   const std::string& mode,
                                   const std::string& rate)
    {
        SystemSettings settings;
        settings.ues = UES;
        settings.traffic = "cbr:12800kbps:100";
        settings.duration = Seconds(5);
        settings.joinStart = MilliSeconds(4300);
        settings.joinWindow = MilliSeconds(500);
        settings.crypto = profile;
        for (const std::string function : {"ns3::mbs::Mbstf::", "ns3::mbs::Ue::"})
        {
            settings.attributes.emplace_back(function + "SrtpRocMode", mode);
            settings.attributes.emplace_back(function + "SrtpRocRate", rate);
        }
        return settings;
    }

    SystemRun m_run; //!< the run
};

/**
 * @brief Nobody loses a packet, whenever it joins.
 * @param check where to report
 * @param profile attribute SrtpProfile
 */
void
LateJoins(Check& check, const char* profile)
{
    const RollOverRun run(check, profile, "auto", "1");
    check.Equal(run.Run().Total().Lost(), uint64_t{0}, "packets lost by any cause");
    check.Expect(run.Run().Total().delivered > 1000, "packets were delivered");
}

/** @param check where to report */
void
LateJoinsAesCm(Check& check)
{
    LateJoins(check, "aes-cm");
}

/** @param check where to report */
void
LateJoinsAesGcm(Check& check)
{
    LateJoins(check, "aes-gcm");
}

/** @param check where to report */
void
WithoutCarriage(Check& check)
{
    const RollOverRun run(check, "aes-cm", "none", "1");
    const TrafficCounts total = run.Run().Total();
    check.Equal(total.Lost(), total.Lost(LossCause::AUTH), "packets lost by any cause");
    // What was under way at the end of the run is not lost.
    check.Expect(total.Lost() <= run.expected && total.Lost() + total.inFlight >= run.expected,
                 "everything is lost");
}

/** @param check where to report */
void
SparseCarriage(Check& check)
{
    // RFC 4771 clause 2: a UE that does not know the ROC is told it by the next packet with SEQ = 0
    // mod R; what comes before has a MAC (mode 2) under a ROC that it does not know.
    constexpr uint64_t RATE = 1000;
    const RollOverRun run(check, "aes-cm", "RCCm2", std::to_string(RATE));
    uint64_t untold = 0;
    for (const uint64_t seq : run.firstSeq)
    {
        untold += (RATE - seq % RATE) % RATE;
    }
    check.Expect(untold > 0, "some UEs wait");
    check.Equal(run.Run().Lost(LossCause::AUTH), untold, "packets before the first with the ROC");
    check.Equal(run.Run().Total().Lost(), untold, "packets lost by any cause");
}

/** @param check where to report */
void
UnprovenPackets(Check& check)
{
    // In mode 1 packets without the ROC have no MAC: nobody who does not know the ROC takes them,
    // not even in the first round.
    constexpr uint64_t RATE = 300;
    SystemSettings settings;
    settings.ues = 8;
    settings.traffic = "cbr:960kbps:1200";
    settings.duration = Seconds(20);
    settings.joinWindow = Seconds(12);
    for (const std::string function : {"ns3::mbs::Mbstf::", "ns3::mbs::Ue::"})
    {
        settings.attributes.emplace_back(function + "SrtpRocMode", "RCCm1");
        settings.attributes.emplace_back(function + "SrtpRocRate", std::to_string(RATE));
    }
    SystemRun run(check, settings);
    run.Run();
    uint64_t untold = 0;
    for (const JoinLedger::Row& join : run.Results().GetJoins().Rows())
    {
        const auto& sent = run.Sent();
        const auto first =
            std::find_if(sent.begin(), sent.end(), [&join](const SentPacket& packet) {
                return packet.at.GetNanoSeconds() >= join.installed.value_or(0);
            });
        const auto seq = static_cast<uint64_t>(first - sent.begin());
        untold += (RATE - seq % RATE) % RATE;
    }
    check.Expect(untold > 0, "some UEs wait");
    check.Equal(run.Lost(LossCause::AUTH), untold, "packets before the first with the ROC");
    check.Equal(run.Total().Lost(), untold, "packets lost by any cause");
}

} // namespace

/** @param suite gets the tests of the roll-over counter in a whole network */
void AddSystemRocTests(MbsTestSuite& suite);

void
AddSystemRocTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("UEs that join after the sequence number rolled over lose "
                                   "nothing: AES-CM",
                                   LateJoinsAesCm));
    suite.Add(new FunctionTestCase("UEs that join after the sequence number rolled over lose "
                                   "nothing: AES-GCM",
                                   LateJoinsAesGcm));
    suite.Add(new FunctionTestCase("without RFC 4771 UEs that join after the sequence number "
                                   "rolled over lose everything",
                                   WithoutCarriage));
    suite.Add(new FunctionTestCase("with RFC 4771 in few packets late UEs lose what comes before "
                                   "the first of them",
                                   SparseCarriage));
    suite.Add(new FunctionTestCase("packets without MAC count only for UEs that know the ROC",
                                   UnprovenPackets));
}

} // namespace ns3::mbs
