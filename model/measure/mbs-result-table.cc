// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-result-table.h"

#include "mbs-decimal.h"

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

constexpr std::size_t LABEL_WIDTH = 36;  //!< columns of the leftmost field
constexpr std::size_t NUMBER_WIDTH = 12; //!< columns of every other field
constexpr double PERCENT = 100.0;        //!< of one

/**
 * @param label the leftmost field; cut when too long
 * @param fields the others, set flush right
 * @return a line
 */
std::string
Line(const std::string& label, const std::vector<std::string>& fields)
{
    std::string line = label.substr(0, LABEL_WIDTH);
    line.resize(LABEL_WIDTH, ' ');
    for (const std::string& field : fields)
    {
        // Always a space in front, even if a number should be wider than its column.
        line.append(std::max(NUMBER_WIDTH, field.size() + 1) - field.size(), ' ');
        line += field;
    }
    line.resize(line.find_last_not_of(' ') + 1);
    return line.substr(0, RESULT_TABLE_WIDTH) + "\n";
}

/**
 * @param value a number, if there is one
 * @param decimals digits behind the point
 * @return the digits, or "-"
 */
std::string
Number(std::optional<double> value, unsigned decimals)
{
    return value ? RoundedText(*value, decimals) : "-";
}

/**
 * @param part of
 * @param whole this
 * @return the share in percent, or "-" of nothing
 */
std::string
Share(uint64_t part, uint64_t whole)
{
    return whole == 0
               ? "-"
               : RoundedText(PERCENT * static_cast<double>(part) / static_cast<double>(whole), 4) +
                     " %";
}

/**
 * @param label what the latencies are of
 * @param latencies the latencies
 * @return a line with n and the quantiles
 */
std::string
LatencyLine(const std::string& label, const LatencyStatistics& latencies)
{
    constexpr unsigned DECIMALS = 3;
    return Line(label,
                {std::to_string(latencies.Count()),
                 Number(latencies.QuantileMs(50), DECIMALS),
                 Number(latencies.QuantileMs(95), DECIMALS),
                 Number(latencies.QuantileMs(99), DECIMALS),
                 Number(latencies.MaxMs(), DECIMALS)});
}

/**
 * @param ledger finished
 * @param kind a kind of key
 * @return the lines on its updates
 */
std::string
KeyUpdateLines(const KeyUpdateLedger& ledger, KeyKind kind)
{
    const bool msk = kind == KeyKind::MSK;
    std::string text = LatencyLine(msk ? "MSK made -> installed" : "MTK made -> installed",
                                   ledger.Latencies(kind));
    std::string from = "made";
    for (std::size_t index = 0; index < KEY_LEGS; ++index)
    {
        const auto leg = static_cast<KeyLeg>(index);
        const LatencyStatistics durations = ledger.LegLatencies(kind, leg);
        if (durations.Count() > 0)
        {
            text += LatencyLine("  " + from + " -> " + ToString(leg), durations);
            from = ToString(leg);
        }
    }
    std::string outcomes;
    for (std::size_t index = 0; index < KEY_OUTCOMES; ++index)
    {
        const auto outcome = static_cast<KeyOutcome>(index);
        outcomes += (index == 0 ? "" : ", ") + std::to_string(ledger.Count(kind, outcome)) + " " +
                    ToString(outcome);
    }
    return text + "  of " + std::to_string(ledger.Count(kind)) + ": " + outcomes + "\n";
}

/**
 * @param ledger of the run
 * @return the lines on cells that UEs lost
 */
std::string
MobilityLines(const MobilityLedger& ledger)
{
    using Cause = MobilityLedger::Cause;
    std::string text = "\n" + Line("Mobility (times in ms)", {"n", "p50", "p95", "p99", "max"});
    text += LatencyLine("interruptions of reception", ledger.Interruptions());
    text += "  handovers " + std::to_string(ledger.Count(Cause::HANDOVER)) +
            ", handover failures " + std::to_string(ledger.Count(Cause::HANDOVER_FAILURE)) + "\n";
    text += "  radio link failures " + std::to_string(ledger.Count(Cause::RADIO_LINK_FAILURE)) +
            ", access failures " + std::to_string(ledger.Count(Cause::ACCESS_FAILURE)) +
            ", outages " + std::to_string(ledger.Count(Cause::OUTAGE)) + "\n";
    return text + "  cell changes " + std::to_string(ledger.CountChanges()) +
           ", interrupted at the end " + std::to_string(ledger.CountOpen()) + "\n";
}

/**
 * @param name as in a column's heading
 * @return for reading: blanks for underscores
 */
std::string
Readable(std::string name)
{
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

} // namespace

void
WriteResultTable(std::ostream& os, const RunResults& results)
{
    std::string text = Line("Key updates (latency in ms)", {"n", "p50", "p95", "p99", "max"});
    text += KeyUpdateLines(*results.keyUpdates, KeyKind::MSK);
    text += KeyUpdateLines(*results.keyUpdates, KeyKind::MTK);

    const TrafficCounts& traffic = results.traffic;
    const auto share = [&traffic](uint64_t part) { return Share(part, traffic.expected); };
    text += "\n" + Line("Packets (of all UEs)", {"packets", "share"});
    text += Line("expected", {std::to_string(traffic.expected), share(traffic.expected)});
    text += Line("delivered", {std::to_string(traffic.delivered), share(traffic.delivered)});
    if (traffic.recovered > 0)
    {
        text += Line("  of them recovered",
                     {std::to_string(traffic.recovered), share(traffic.recovered)});
    }
    text +=
        Line("in flight at the end", {std::to_string(traffic.inFlight), share(traffic.inFlight)});
    for (std::size_t cause = 0; cause < traffic.CausesShown(); ++cause)
    {
        text += Line("lost: " + Readable(ToString(static_cast<LossCause>(cause))),
                     {std::to_string(traffic.lost[cause]), share(traffic.lost[cause])});
    }
    text += results.conserved ? "conserved: yes\n" : "conserved: NO\n";
    if (!results.conserved)
    {
        text += ("  " + results.violation).substr(0, RESULT_TABLE_WIDTH) + "\n";
    }

    if (results.mobility != nullptr)
    {
        text += MobilityLines(*results.mobility);
    }
    text += "\n" + Line("Signalling", {"messages", "octets"});
    for (const SignallingCounter::Row& row : results.signalling->RowsByInterface())
    {
        text += Line(row.interface, {std::to_string(row.count), std::to_string(row.octets)});
    }
    const SignallingCounter::Row total = results.signalling->Total();
    text += Line("all", {std::to_string(total.count), std::to_string(total.octets)});

    const Performance& performance = results.performance;
    constexpr double OCTETS_PER_MEBIBYTE = 1024.0 * 1024.0;
    const double rate = performance.DeliveriesPerSecond();
    text += "\nRun: " + RoundedText(performance.wallSeconds, 2) + " s wall time, " +
            std::to_string(performance.events) + " events, " +
            std::to_string(performance.deliveries) + " deliveries (" +
            (rate > 0 ? RoundedText(rate, 0) : "-") + "/s), " +
            RoundedText(static_cast<double>(performance.peakRssBytes) / OCTETS_PER_MEBIBYTE, 1) +
            " MiB\n";
    os.write(text.data(), static_cast<std::streamsize>(text.size()));
}

} // namespace ns3::mbs
