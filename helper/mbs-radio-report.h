// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_REPORT_H
#define MBS_RADIO_REPORT_H

#include <iosfwd>

namespace ns3::mbs
{

class MbsHelper;

/**
 * @ingroup mbs
 * @brief Writes where UEs are, how well they are served and what multicast they got: a row per
 * UE.
 * @param out where to write
 * @param network with a SinrRadioLink
 */
void WriteRadioReport(std::ostream& out, const MbsHelper& network);

/**
 * @ingroup mbs
 * @brief Writes what cells sent, and how: a row per cell.
 * @param out where to write
 * @param network whose cells have slots
 */
void WriteCellReport(std::ostream& out, const MbsHelper& network);

} // namespace ns3::mbs

#endif // MBS_RADIO_REPORT_H
