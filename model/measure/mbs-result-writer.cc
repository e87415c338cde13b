// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-result-writer.h"

#include "mbs-csv-writer.h"
#include "mbs-decimal.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <string>

namespace ns3::mbs
{

namespace
{

using Json = nlohmann::ordered_json;

/**
 * @param all rows or intervals with counts
 * @return what they come to, which says what their table has columns for
 */
template <typename T>
TrafficCounts
Sum(const std::vector<T>& all)
{
    TrafficCounts total;
    for (const T& one : all)
    {
        total += one.counts;
    }
    return total;
}

/** @param total of the rows @return the headings of traffic.csv */
std::string
TrafficHeading(const TrafficCounts& total)
{
    return "ue,gnb," + CsvWriter::CountsHeading(total.CausesShown()) + ",delivered_bytes" +
           (total.recovered > 0 ? ",recovered" : "");
}

/**
 * @brief Writes the rows of one session.
 * @param csv where to
 * @param rows what
 * @param total of the rows of all sessions
 * @param tmgi name of the session, null for no such column
 */
void
WriteTrafficRows(CsvWriter& csv,
                 const std::vector<TrafficLedger::Row>& rows,
                 const TrafficCounts& total,
                 const Tmgi* tmgi)
{
    for (const TrafficLedger::Row& row : rows)
    {
        csv.Integer(row.ue).Integer(row.gnb);
        csv.Counts(row.counts, total.CausesShown());
        csv.Integer(row.counts.octets);
        if (total.recovered > 0)
        {
            csv.Integer(row.counts.recovered);
        }
        if (tmgi != nullptr)
        {
            csv.Session(*tmgi);
        }
        csv.EndLine();
    }
}

/**
 * @param value a number of milliseconds, if there is one
 * @return it with at most six decimals, or null
 */
Json
Milliseconds(std::optional<double> value)
{
    constexpr double MICROS = 1e6;
    return value ? Json(std::round(*value * MICROS) / MICROS) : Json(nullptr);
}

/**
 * @param statistics of times
 * @return what the summary says of them
 */
Json
StatisticsSummary(const LatencyStatistics& statistics)
{
    return {{"mean", Milliseconds(statistics.MeanMs())},
            {"p50", Milliseconds(statistics.QuantileMs(50))},
            {"p95", Milliseconds(statistics.QuantileMs(95))},
            {"p99", Milliseconds(statistics.QuantileMs(99))},
            {"max", Milliseconds(statistics.MaxMs())}};
}

/**
 * @param ledger finished
 * @param kind a kind of key
 * @return what the summary says of its updates
 */
Json
KeyUpdateSummary(const KeyUpdateLedger& ledger, KeyKind kind)
{
    const LatencyStatistics latencies = ledger.Latencies(kind);
    Json json;
    json["count"] = ledger.Count(kind);
    json["installed"] = ledger.Count(kind, KeyOutcome::INSTALLED);
    json["latency_ms"] = StatisticsSummary(latencies);
    return json;
}

/**
 * @brief How UEs lost their cells.
 * @param ledger of the run
 * @return the object in summary.json
 */
Json
MobilitySummary(const MobilityLedger& ledger)
{
    using Cause = MobilityLedger::Cause;
    Json json;
    json["radio_link_failures"] = ledger.Count(Cause::RADIO_LINK_FAILURE);
    json["access_failures"] = ledger.Count(Cause::ACCESS_FAILURE);
    json["outages"] = ledger.Count(Cause::OUTAGE);
    json["handovers"] = ledger.Count(Cause::HANDOVER);
    json["handover_failures"] = ledger.Count(Cause::HANDOVER_FAILURE);
    json["cell_changes"] = ledger.CountChanges();
    json["interrupted_at_end"] = ledger.CountOpen();
    json["interruption_ms"] = StatisticsSummary(ledger.Interruptions());
    return json;
}

/**
 * @brief What UEs could decrypt without being members, over all memberships.
 * @param sessions the memberships of each session
 * @return the object in summary.json
 */
Json
MembershipSummary(const std::vector<SessionMemberships>& sessions)
{
    using Row = MembershipLedger::Row;
    const auto forEachRow = [&sessions](const auto& visit) {
        for (const SessionMemberships& session : sessions)
        {
            for (const Row& row : session.ledger->Rows())
            {
                visit(row);
            }
        }
    };
    Json json;
    uint64_t count = 0;
    uint64_t left = 0;
    uint64_t removed = 0;
    forEachRow([&](const Row& row) {
        ++count;
        left += row.ending == MembershipLedger::Ending::LEFT ? 1 : 0;
        removed += row.ending == MembershipLedger::Ending::REMOVED ? 1 : 0;
    });
    json["count"] = count;
    json["left"] = left;
    json["removed"] = removed;
    const auto add = [&](const char* name, MembershipLedger::Exposure Row::*which, bool ended) {
        int64_t sum = 0;
        int64_t max = 0;
        uint64_t packets = 0;
        uint64_t rows = 0;
        forEachRow([&](const Row& row) {
            if (ended && !row.left)
            {
                return;
            }
            ++rows;
            sum += (row.*which).time;
            max = std::max(max, (row.*which).time);
            packets += (row.*which).packets;
        });
        const auto seconds = [](double ns) { return std::round(ns) / 1e9; };
        json[name] = {{"mean_s", rows == 0 ? 0.0 : seconds(static_cast<double>(sum) / rows)},
                      {"max_s", seconds(static_cast<double>(max))},
                      {"packets", packets}};
    };
    add("exposed_after", &Row::after, true);
    add("exposed_before", &Row::before, false);
    add("exposed_before_recorded", &Row::recorded, false);
    return json;
}

} // namespace

void
WriteKeyUpdates(std::ostream& os, const KeyUpdateLedger& ledger, bool severalSessions)
{
    CsvWriter csv(os,
                  std::string("kind,procedure,msk_id,mtk_id,ue,gnb,generated_s,mbsmf_s,smf_s,"
                              "amf_s,gnb_s,installed_s,first_use_s,latency_ms,outcome") +
                      (severalSessions ? CsvWriter::SESSION_COLUMN : ""));
    ledger.ForEachRow([&csv, severalSessions](const KeyUpdateLedger::Row& row) {
        csv.Text(ToString(row.kind)).Text(ToString(row.procedure)).Hex(row.mki.msk.Encode());
        // MTK ID 0 names no key: the MSK travelled alone.
        csv.Text(row.mki.mtk.Number() == 0 ? "" : ToHex(row.mki.mtk.Encode()));
        csv.Integer(row.ue).Integer(row.gnb).Seconds(row.generated);
        for (const int64_t reached : row.reached)
        {
            csv.Seconds(reached);
        }
        csv.Seconds(row.firstUse).Milliseconds(row.Latency()).Text(ToString(row.outcome));
        if (severalSessions)
        {
            csv.Session(row.tmgi);
        }
        csv.EndLine();
    });
}

void
WriteTraffic(std::ostream& os, const std::vector<TrafficLedger::Row>& rows)
{
    const TrafficCounts total = Sum(rows);
    CsvWriter csv(os, TrafficHeading(total));
    WriteTrafficRows(csv, rows, total, nullptr);
}

void
WriteTraffic(std::ostream& os, const TrafficLedgers& ledgers)
{
    const bool several = ledgers.GetCount() > 1;
    const TrafficCounts total = ledgers.Total();
    CsvWriter csv(os, TrafficHeading(total) + (several ? CsvWriter::SESSION_COLUMN : ""));
    for (uint32_t session = 0; session < ledgers.GetCount(); ++session)
    {
        WriteTrafficRows(csv,
                         ledgers.Get(session).Rows(),
                         total,
                         several ? &ledgers.GetTmgi(session) : nullptr);
    }
}

void
WriteTrafficOverTime(std::ostream& os, const std::vector<TrafficLedger::Bin>& bins)
{
    const std::size_t causes = Sum(bins).CausesShown();
    CsvWriter csv(os, "time_s," + CsvWriter::CountsHeading(causes));
    for (const TrafficLedger::Bin& bin : bins)
    {
        csv.Seconds(bin.start);
        csv.Counts(bin.counts, causes);
        csv.EndLine();
    }
}

void
WriteSignalling(std::ostream& os, const SignallingCounter& counter)
{
    CsvWriter csv(os, "interface,message,count,bytes");
    for (const SignallingCounter::Row& row : counter.Rows())
    {
        csv.Text(row.interface).Text(row.message).Integer(row.count).Integer(row.octets);
        csv.EndLine();
    }
}

void
WriteMemberships(std::ostream& os, const std::vector<SessionMemberships>& sessions)
{
    const bool several = sessions.size() > 1;
    CsvWriter csv(os,
                  std::string("ue,gnb,joined_s,left_s,ending,exposed_after_s,"
                              "exposed_after_packets,exposed_before_s,exposed_before_packets,"
                              "exposed_before_recorded_s,exposed_before_recorded_packets") +
                      (several ? CsvWriter::SESSION_COLUMN : ""));
    for (const SessionMemberships& session : sessions)
    {
        for (const MembershipLedger::Row& row : session.ledger->Rows())
        {
            csv.Integer(row.ue).Integer(row.gnb).Seconds(row.joined);
            csv.Seconds(row.left.value_or(KeyUpdateLedger::NEVER)).Text(ToString(row.ending));
            if (row.left)
            {
                csv.Seconds(row.after.time).Integer(row.after.packets);
            }
            else
            {
                csv.Text("").Text("");
            }
            csv.Seconds(row.before.time).Integer(row.before.packets);
            csv.Seconds(row.recorded.time).Integer(row.recorded.packets);
            if (several)
            {
                csv.Session(session.tmgi);
            }
            csv.EndLine();
        }
    }
}

void
WriteJoins(std::ostream& os, const JoinLedger& ledger)
{
    CsvWriter csv(os, "ue,gnb,requested_s,installed_s,latency_ms,outcome,refused_s,tmgi");
    for (const JoinLedger::Row& row : ledger.Rows())
    {
        csv.Integer(row.ue).Integer(row.gnb).Seconds(row.requested);
        csv.Seconds(row.installed.value_or(KeyUpdateLedger::NEVER));
        csv.Milliseconds(row.installed ? *row.installed - row.requested : KeyUpdateLedger::NEVER);
        csv.Text(row.installed ? "joined" : row.refusal ? "rejected:" + *row.refusal : "pending");
        csv.Seconds(row.refused.value_or(KeyUpdateLedger::NEVER));
        csv.Session(row.tmgi);
        csv.EndLine();
    }
}

void
WriteMobility(std::ostream& os, const MobilityLedger& ledger)
{
    constexpr int64_t NEVER = KeyUpdateLedger::NEVER;
    CsvWriter csv(os, "ue,gnb,lost_s,cause,next_gnb,found_s,listening_s,interruption_ms");
    for (const MobilityLedger::Row& row : ledger.Rows())
    {
        csv.Integer(row.ue).Integer(row.gnb).Seconds(row.lost).Text(ToString(row.cause));
        csv.Text(row.next ? std::to_string(*row.next) : "").Seconds(row.found.value_or(NEVER));
        csv.Seconds(row.listening.value_or(NEVER));
        csv.Milliseconds(row.interruption.value_or(NEVER));
        csv.EndLine();
    }
}

void
WriteSummary(std::ostream& os, const RunResults& results)
{
    Json json;
    json["scenario"] = Json::object();
    for (const auto& [name, value] : results.scenario.Values())
    {
        json["scenario"][name] = std::visit([](const auto& held) { return Json(held); }, value);
    }

    const Provenance& provenance = results.provenance;
    json["provenance"] = {{"module_version", provenance.moduleVersion},
                          {"git_commit", provenance.gitCommit},
                          {"ns3_version", provenance.ns3Version},
                          {"compiler", provenance.compiler},
                          {"compiler_flags", provenance.compilerFlags},
                          {"openssl", provenance.openssl},
                          {"command_line", provenance.commandLine},
                          {"rng_seed", provenance.rngSeed},
                          {"rng_run", provenance.rngRun}};

    json["key_updates"]["msk"] = KeyUpdateSummary(*results.keyUpdates, KeyKind::MSK);
    json["key_updates"]["mtk"] = KeyUpdateSummary(*results.keyUpdates, KeyKind::MTK);

    json["membership"] = MembershipSummary(results.memberships);
    if (results.mobility != nullptr)
    {
        json["mobility"] = MobilitySummary(*results.mobility);
    }

    Json& traffic = json["traffic"];
    traffic["expected"] = results.traffic.expected;
    traffic["delivered"] = results.traffic.delivered;
    traffic["in_flight"] = results.traffic.inFlight;
    for (std::size_t cause = 0; cause < results.traffic.CausesShown(); ++cause)
    {
        traffic[std::string("lost_") + ToString(static_cast<LossCause>(cause))] =
            results.traffic.lost[cause];
    }
    if (results.traffic.recovered > 0)
    {
        traffic["recovered"] = results.traffic.recovered;
    }
    traffic["conserved"] = results.conserved;

    const SignallingCounter::Row total = results.signalling->Total();
    json["signalling"] = {{"messages", total.count}, {"bytes", total.octets}};

    const Performance& performance = results.performance;
    json["performance"] = {{"wall_s", performance.wallSeconds},
                           {"events", performance.events},
                           {"deliveries", performance.deliveries},
                           {"deliveries_per_s", std::round(performance.DeliveriesPerSecond())},
                           {"peak_rss_bytes", performance.peakRssBytes}};
    if (performance.ranks > 1)
    {
        json["performance"]["ranks"] = performance.ranks;
    }

    // Octets of a command line that are no UTF-8 are replaced; the default would throw.
    const std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    os.write(text.data(), static_cast<std::streamsize>(text.size()));
}

KeyLogWriter::KeyLogWriter(std::ostream& os)
    : m_os(os)
{
    const CsvWriter heading(os, "time_s,tmgi,key_domain_id,msk_id,msk,mtk_id,mtk,salt");
}

void
KeyLogWriter::Append(const Tmgi& tmgi, const KeySet& keys, ByteView salt, const Time& now)
{
    std::ostringstream session;
    session << tmgi;
    std::string line = SecondsText(now.GetNanoSeconds()) + ',' + session.str() + ',' +
                       ToHex(keys.keyDomainId.Encode()) + ',' + ToHex(keys.mskId.Encode()) + ',' +
                       (keys.msk ? ToHex(keys.msk->View()) : "") + ',';
    line += keys.mtk ? ToHex(keys.mtk->id.Encode()) + ',' + ToHex(keys.mtk->key.View()) : ",";
    line += ',' + ToHex(salt) + '\n';
    m_os.write(line.data(), static_cast<std::streamsize>(line.size()));
}

} // namespace ns3::mbs
