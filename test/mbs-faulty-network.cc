// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-faulty-network.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

SystemSettings
Faulty(const std::vector<std::string>& faults)
{
    SystemSettings settings;
    settings.ues = 4;
    settings.gnbs = 2;
    settings.smfs = 2;
    settings.duration = Seconds(19);
    settings.mskInterval = Seconds(5);
    settings.mtkInterval = Seconds(2);
    settings.traffic = "cbr:960kbps:1200";
    settings.faults = faults;
    return settings;
}

void
ExpectAllKeys(Check& check, const SystemRun& run, uint32_t msks)
{
    const auto rows = run.Rows(KeyKind::MSK);
    const auto ues = static_cast<uint32_t>(run.Network().GetUes().size());
    check.Equal(rows.size(), msks * ues, "a row for each MSK and UE");
    for (const KeyUpdateLedger::Row& row : rows)
    {
        check.Expect(row.outcome == KeyOutcome::INSTALLED,
                     "UE " + std::to_string(row.ue) + " got its MSK");
    }
}

double
WorstMsk(const SystemRun& run)
{
    int64_t worst = 0;
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        worst = std::max(worst, row.Latency());
    }
    return static_cast<double>(worst) * 1e-9;
}

void
Survive(Check& check,
        const Survival& survival,
        const std::vector<std::pair<std::string, std::string>>& attributes)
{
    SystemSettings settings = Faulty({survival.fault});
    settings.duration = Seconds(29);
    settings.attributes = attributes;
    SystemRun run(check, settings);
    std::vector<uint32_t> late(settings.ues, 0);
    for (const Ptr<Ue>& ue : run.Network().GetUes())
    {
        run.On<uint32_t, Ptr<const Packet>, ByteView>(
            ue,
            "Delivered",
            [&late](uint32_t number, Ptr<const Packet>, ByteView) {
                late[number] += Simulator::Now() > Seconds(28) ? 1 : 0;
            });
    }
    run.Run();
    const auto name = [&survival](uint32_t ue) {
        return survival.fault + ": UE " + std::to_string(ue);
    };
    for (const Ptr<Ue>& ue : run.Network().GetUes())
    {
        const uint32_t number = ue->GetNumber();
        check.Expect(ue->IsMember(run.Network().GetTmgi()), name(number) + " is a member");
        check.Expect(late[number] >= 99,
                     name(number) + " got " + std::to_string(late[number]) + " packets at the end");
    }
    const auto rows = run.Rows(KeyKind::MSK);
    check.Expect(survival.mayLeave || rows.size() == survival.msks * settings.ues,
                 survival.fault + ": a row for each MSK and UE, got " +
                     std::to_string(rows.size()));
    for (const KeyUpdateLedger::Row& row : rows)
    {
        const std::string what = name(row.ue) + " and MSK " + std::to_string(row.mki.msk.Number());
        check.Expect(row.outcome == KeyOutcome::INSTALLED ||
                         (survival.mayLeave && row.outcome == KeyOutcome::LEFT),
                     what + ": installed");
        check.Expect(!survival.halfWaits || row.ue % 2 == 0 || row.Latency() < 100000000,
                     what + ": it does not wait");
    }
    const double worst = WorstMsk(run);
    check.Expect(worst >= survival.least && worst < survival.worst,
                 survival.fault + ": the longest wait for an MSK was " + std::to_string(worst));
}

} // namespace ns3::mbs
