// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RRC_MEASUREMENT_H
#define MBS_RRC_MEASUREMENT_H

#include "ns3/mbs-bytes.h"

#include <cstdint>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Power of a cell's reference signals as UEs report it (RSRP-Range of TS 38.331; TS 38.133
 * table 10.1.6.1-1, from memory), in steps of a decibel.
 * @param rsrpDbm RSRP, dBm
 * @return 0 below -156 dBm, 1 below -155 dBm and so on, 126 from -31 dBm on
 */
uint8_t ToRsrpRange(double rsrpDbm);

/**
 * @ingroup mbs
 * @brief What a UE measured of a neighbour cell (MeasResultNR of TS 38.331).
 */
struct MeasuredCell
{
    uint32_t cell{0}; //!< NR cell identity
    uint8_t rsrp{0};  //!< RSRP-Range, 0 to 127

    /** @param other another one @return true if both are the same */
    bool operator==(const MeasuredCell& other) const
    {
        return cell == other.cell && rsrp == other.rsrp;
    }
};

/**
 * @ingroup mbs
 * @brief MEASUREMENT REPORT (TS 38.331 clause 6.2.2): the UE tells its gNB how well it receives its
 * cell and others.
 *
 * The octets are this module's own, as those of RrcMessage; the first one is none of that type:
 *
 *     129 | measId 1 | RSRP of the serving cell 1 | cells 1 | { cell 4, RSRP 1 }*
 */
struct RrcMeasurementReport
{
    static constexpr uint8_t TYPE = 129;        //!< first octet
    static constexpr std::size_t MAX_CELLS = 8; //!< maxCellReport
    static constexpr uint8_t MAX_RSRP = 127;    //!< greatest value of RSRP-Range, "infinity"
    static constexpr uint8_t MAX_MEAS_ID = 64;  //!< maxNrofMeasId

    uint8_t measId{1};                    //!< which of its measurements, 1 to MAX_MEAS_ID
    uint8_t servingRsrp{0};               //!< RSRP-Range
    std::vector<MeasuredCell> neighbours; //!< strongest first, at most MAX_CELLS

    /** @return the octets */
    Bytes Encode() const;

    /** @param octets what arrived @return the message, or why it was refused */
    static Decoded<RrcMeasurementReport> Decode(ByteView octets);
};

} // namespace ns3::mbs

#endif // MBS_RRC_MEASUREMENT_H
