// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_POSITIONS_FILE_H
#define MBS_POSITIONS_FILE_H

#include "mbs-radio-scenario.h"

#include <iosfwd>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Reads where gNBs and UEs are from a CSV file.
 *
 * The first line names the columns, in any order: `node` (`gnb-N` or `ue-N`), `x`, `y` and `z`
 * (metres), and optionally `azimuth` (degrees from the x axis, of a gNB; empty for an antenna that
 * points nowhere). Columns of other names are passed over. Numbers of nodes begin at 0 and have no
 * gaps.
 */
class PositionsFile
{
  public:
    /** What reading gave. */
    struct Result
    {
        RadioScenario scenario; //!< the places
        std::string error;      //!< what is wrong, or nothing
    };

    /**
     * @param path of the file
     * @return its places
     */
    static Result Read(const std::string& path);

    /**
     * @param text of a file
     * @return its places
     */
    static Result Read(std::istream& text);
};

} // namespace ns3::mbs

#endif // MBS_POSITIONS_FILE_H
