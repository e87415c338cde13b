// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RESULT_TABLE_H
#define MBS_RESULT_TABLE_H

#include "mbs-run-results.h"

#include <iosfwd>

namespace ns3::mbs
{

/** Longest line of WriteResultTable(), characters. */
static constexpr std::size_t RESULT_TABLE_WIDTH = 100;

/**
 * @ingroup mbs
 * @brief Writes a run's results as a table for a person at a terminal.
 *
 * Key updates and their legs (latency in milliseconds), packets lost by cause, signalling by
 * interface, whether packets were conserved, and what the run cost. Plain ASCII, at most
 * RESULT_TABLE_WIDTH columns; "-" where there is nothing to tell.
 *
 * @param os where to
 * @param results everything
 */
void WriteResultTable(std::ostream& os, const RunResults& results);

} // namespace ns3::mbs

#endif // MBS_RESULT_TABLE_H
