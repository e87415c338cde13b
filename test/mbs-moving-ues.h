// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MOVING_UES_H
#define MBS_MOVING_UES_H

#include "mbs-system-run.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief Runs with UEs that move. Of the path loss of one on a straight line everything is known:
 * 40 dB per decade, from 46.6777 dB at 1 m.
 */
struct MovingUes
{
    /**
     * @param metres from a cell
     * @return RSRP of it, dBm
     */
    static double RsrpAt(double metres);

    /** @param rsrpDbm of a cell @return how far from it that is received, m */
    static double DistanceOfRsrp(double rsrpDbm);

    /** @param snrDb of a cell @return how far from it that is received, m */
    static double DistanceOfSnr(double snrDb);

    /**
     * @param seconds a time
     * @param interval from one look to the next
     * @return the first look behind that time
     */
    static Time NextLook(double seconds, Time interval);

    /**
     * @param cells where they are on the x axis, m
     * @param x where UE 0 is at time 0, m
     * @param speed of it along the x axis, m/s
     * @return a run with this UE and others, which stay beside their cells
     */
    static SystemSettings Settings(const std::vector<double>& cells, double x, double speed);

    /** @return twelve UEs of seven cells that walk fast */
    static SystemSettings Walkers();
};

} // namespace ns3::mbs

#endif // MBS_MOVING_UES_H
