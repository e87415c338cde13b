// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CELL_RESULTS_H
#define MBS_CELL_RESULTS_H

#include "mbs-join-ledger.h"
#include "mbs-key-update-ledger.h"
#include "mbs-traffic-ledgers.h"

#include <iosfwd>

namespace ns3::mbs
{

/*
 * The result files of runs with so many UEs that a row for each is too much: a row for each cell.
 * As in the other files (see mbs-result-writer.h) times are simulated seconds, latencies
 * milliseconds, and an empty cell of the table means "not applicable".
 */

/**
 * @ingroup mbs
 * @brief Writes key-updates-by-cell.csv: a row per key and gNB, by time of generation, key and gNB,
 * with the outcomes of its updates and the latencies of those that were installed.
 * @param os where to
 * @param ledger finished
 * @param severalSessions whether the last column names the session
 */
void WriteKeyUpdatesByCell(std::ostream& os,
                           const KeyUpdateLedger& ledger,
                           bool severalSessions = false);

/**
 * @ingroup mbs
 * @brief Writes traffic-by-cell.csv: a row per session and gNB, sums over the UEs that were last
 * served by it. With more than one session the last column names it.
 * @param os where to
 * @param ledgers of all sessions, finished
 */
void WriteTrafficByCell(std::ostream& os, const TrafficLedgers& ledgers);

/**
 * @ingroup mbs
 * @brief Writes joins-by-cell.csv: a row per session and gNB, with what became of the attempts to
 * join and how long those took that got keys.
 * @param os where to
 * @param ledger the attempts
 */
void WriteJoinsByCell(std::ostream& os, const JoinLedger& ledger);

} // namespace ns3::mbs

#endif // MBS_CELL_RESULTS_H
