// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RESULT_WRITER_H
#define MBS_RESULT_WRITER_H

#include "mbs-join-ledger.h"
#include "mbs-key-update-ledger.h"
#include "mbs-mobility-ledger.h"
#include "mbs-run-results.h"
#include "mbs-signalling-counter.h"
#include "mbs-traffic-ledgers.h"

#include "ns3/mbs-key-material.h"

#include "ns3/nstime.h"

#include <iosfwd>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/*
 * The result files. Comma-separated values with one heading line, fields quoted where they must
 * be (RFC 4180 clause 2), lines ended by a line feed. Times are simulated seconds with nine
 * decimals, latencies milliseconds with six; an empty cell means "not applicable". Neither the
 * locale of the program nor that of the stream has an influence, and the same run gives the same
 * octets. A writer reports failure through the stream's state.
 */

/**
 * @ingroup mbs
 * @brief Writes key-updates.csv: a row per key and UE, by time of generation, then by UE.
 * @param os where to
 * @param ledger finished
 * @param severalSessions whether the last column names the session
 */
void WriteKeyUpdates(std::ostream& os, const KeyUpdateLedger& ledger, bool severalSessions = false);

/**
 * @ingroup mbs
 * @brief Writes traffic.csv: a row per UE.
 * @param os where to
 * @param rows of a finished ledger
 */
void WriteTraffic(std::ostream& os, const std::vector<TrafficLedger::Row>& rows);

/**
 * @ingroup mbs
 * @brief Writes traffic.csv: a row per session and UE. With more than one session the last column
 * names it.
 * @param os where to
 * @param ledgers of all sessions, finished
 */
void WriteTraffic(std::ostream& os, const TrafficLedgers& ledgers);

/**
 * @ingroup mbs
 * @brief Writes traffic-over-time.csv: a row per interval, by when the packets were sent.
 * @param os where to
 * @param bins of a finished ledger
 */
void WriteTrafficOverTime(std::ostream& os, const std::vector<TrafficLedger::Bin>& bins);

/**
 * @ingroup mbs
 * @brief Writes signalling.csv: a row per interface and message.
 * @param os where to
 * @param counter the counts
 */
void WriteSignalling(std::ostream& os, const SignallingCounter& counter);

/**
 * @ingroup mbs
 * @brief Writes membership.csv: a row per membership, with what could be decrypted without it. With
 * more than one session the last column names it.
 * @param os where to
 * @param sessions the memberships of each
 */
void WriteMemberships(std::ostream& os, const std::vector<SessionMemberships>& sessions);

/**
 * @ingroup mbs
 * @brief Writes joins.csv: a row per attempt to join.
 * @param os where to
 * @param ledger the attempts
 */
void WriteJoins(std::ostream& os, const JoinLedger& ledger);

/**
 * @ingroup mbs
 * @brief Writes mobility.csv: a row each time that a UE lost its cell.
 * @param os where to
 * @param ledger what UEs did
 */
void WriteMobility(std::ostream& os, const MobilityLedger& ledger);

/**
 * @ingroup mbs
 * @brief Writes summary.json.
 *
 * Two equal runs differ in "performance" at most (and in "provenance" if built differently).
 *
 * @param os where to
 * @param results everything
 */
void WriteSummary(std::ostream& os, const RunResults& results);

/**
 * @ingroup mbs
 * @brief Writes keys.csv, the one file that holds keys; only on the user's explicit wish.
 */
class KeyLogWriter
{
  public:
    /**
     * @brief Writes the heading.
     * @param os where to; outlives this object
     */
    explicit KeyLogWriter(std::ostream& os);

    /**
     * @brief Appends a line for a key set.
     * @param tmgi the session
     * @param keys the keys; what they lack stays empty
     * @param salt the SRTP master salt that goes with the MTK, may be empty
     * @param now simulated time
     */
    void Append(const Tmgi& tmgi, const KeySet& keys, ByteView salt, const Time& now);

  private:
    std::ostream& m_os; //!< where to
};

} // namespace ns3::mbs

#endif // MBS_RESULT_WRITER_H
