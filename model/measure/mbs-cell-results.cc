// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-cell-results.h"

#include "mbs-csv-writer.h"

#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace ns3::mbs
{

namespace
{

/** The headings of WriteLatencies(). */
constexpr const char* LATENCIES_HEADING =
    "latency_mean_ms,latency_p50_ms,latency_p95_ms,latency_p99_ms,latency_max_ms";

/** @param csv where to @param latencies what */
void
WriteLatencies(CsvWriter& csv, const LatencyStatistics& latencies)
{
    csv.Milliseconds(latencies.MeanMs());
    for (const unsigned percent : {50U, 95U, 99U})
    {
        csv.Milliseconds(latencies.QuantileMs(percent));
    }
    csv.Milliseconds(latencies.MaxMs());
}

/** The updates of a key in a cell. */
struct CellUpdates
{
    std::array<uint64_t, KEY_OUTCOMES> outcomes{}; //!< how many came to what
    LatencyStatistics latencies;                   //!< of those that were installed
};

/** The updates of a key by gNB. */
struct KeyByCell
{
    KeyUpdateLedger::Row key{};            //!< any row of the key
    std::map<uint32_t, CellUpdates> cells; //!< by gNB
};

/** Tells keys of one instant apart: session, kind, MSK and MTK, in an order of its own. */
using KeyOrder = std::tuple<Tmgi, KeyKind, uint64_t, uint64_t>;

/** @param csv where to @param keys of one instant @param severalSessions whether to name them */
void
WriteKeys(CsvWriter& csv, const std::map<KeyOrder, KeyByCell>& keys, bool severalSessions)
{
    for (const auto& [order, byCell] : keys)
    {
        const KeyUpdateLedger::Row& key = byCell.key;
        for (const auto& [gnb, updates] : byCell.cells)
        {
            csv.Text(ToString(key.kind)).Text(ToString(key.procedure));
            csv.Hex(key.mki.msk.Encode());
            // MTK ID 0 names no key: the MSK travelled alone.
            csv.Text(key.mki.mtk.Number() == 0 ? "" : ToHex(key.mki.mtk.Encode()));
            csv.Integer(gnb).Seconds(key.generated);
            for (const uint64_t count : updates.outcomes)
            {
                csv.Integer(count);
            }
            WriteLatencies(csv, updates.latencies);
            if (severalSessions)
            {
                csv.Session(key.tmgi);
            }
            csv.EndLine();
        }
    }
}

/** What became of a session's attempts to join in a cell. */
struct CellJoins
{
    uint64_t joined{0};          //!< got keys
    uint64_t rejected{0};        //!< were told that they may not
    uint64_t pending{0};         //!< neither
    LatencyStatistics latencies; //!< from the request to the keys
};

} // namespace

void
WriteKeyUpdatesByCell(std::ostream& os, const KeyUpdateLedger& ledger, bool severalSessions)
{
    std::string heading = "kind,procedure,msk_id,mtk_id,gnb,generated_s,";
    for (std::size_t outcome = 0; outcome < KEY_OUTCOMES; ++outcome)
    {
        heading += std::string(ToString(static_cast<KeyOutcome>(outcome))) + ",";
    }
    CsvWriter csv(os,
                  heading + LATENCIES_HEADING + (severalSessions ? CsvWriter::SESSION_COLUMN : ""));
    // The rows of one instant are next to one another.
    std::map<KeyOrder, KeyByCell> keys;
    ledger.ForEachRow([&](const KeyUpdateLedger::Row& row) {
        if (!keys.empty() && keys.begin()->second.key.generated != row.generated)
        {
            WriteKeys(csv, keys, severalSessions);
            keys.clear();
        }
        const KeyOrder order{row.tmgi, row.kind, row.mki.msk.Number(), row.mki.mtk.Number()};
        const auto [key, isNew] = keys.try_emplace(order);
        if (isNew)
        {
            key->second.key = row;
        }
        CellUpdates& updates = key->second.cells[row.gnb];
        ++updates.outcomes[static_cast<std::size_t>(row.outcome)];
        if (row.outcome == KeyOutcome::INSTALLED)
        {
            updates.latencies.AddNanoseconds(row.Latency());
        }
    });
    WriteKeys(csv, keys, severalSessions);
}

void
WriteTrafficByCell(std::ostream& os, const TrafficLedgers& ledgers)
{
    const bool several = ledgers.GetCount() > 1;
    const std::size_t causes = ledgers.Total().CausesShown();
    CsvWriter csv(os,
                  "gnb,ues," + CsvWriter::CountsHeading(causes) + ",delivered_bytes" +
                      (several ? CsvWriter::SESSION_COLUMN : ""));
    for (uint32_t session = 0; session < ledgers.GetCount(); ++session)
    {
        std::map<uint32_t, std::pair<uint64_t, TrafficCounts>> cells;
        for (const TrafficLedger::Row& row : ledgers.Get(session).Rows())
        {
            auto& [ues, counts] = cells[row.gnb];
            ++ues;
            counts += row.counts;
        }
        for (const auto& [gnb, cell] : cells)
        {
            csv.Integer(gnb).Integer(cell.first).Counts(cell.second, causes);
            csv.Integer(cell.second.octets);
            if (several)
            {
                csv.Session(ledgers.GetTmgi(session));
            }
            csv.EndLine();
        }
    }
}

void
WriteJoinsByCell(std::ostream& os, const JoinLedger& ledger)
{
    std::map<std::pair<Tmgi, uint32_t>, CellJoins> cells;
    for (const JoinLedger::Row& row : ledger.Rows())
    {
        CellJoins& cell = cells[{row.tmgi, row.gnb}];
        if (row.installed)
        {
            ++cell.joined;
            cell.latencies.AddNanoseconds(*row.installed - row.requested);
        }
        else
        {
            ++(row.refusal ? cell.rejected : cell.pending);
        }
    }
    CsvWriter csv(os, std::string("gnb,joined,rejected,pending,") + LATENCIES_HEADING + ",tmgi");
    for (const auto& [name, cell] : cells)
    {
        csv.Integer(name.second).Integer(cell.joined).Integer(cell.rejected);
        csv.Integer(cell.pending);
        WriteLatencies(csv, cell.latencies);
        csv.Session(name.first);
        csv.EndLine();
    }
}

} // namespace ns3::mbs
