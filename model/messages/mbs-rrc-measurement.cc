// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rrc-measurement.h"

#include <algorithm>
#include <cmath>

namespace ns3::mbs
{

uint8_t
ToRsrpRange(double rsrpDbm)
{
    // 1 stands for -156 dBm to -155 dBm.
    constexpr double OFFSET = 157;
    constexpr double MOST = RrcMeasurementReport::MAX_RSRP - 1;
    return static_cast<uint8_t>(std::clamp(std::floor(rsrpDbm + OFFSET), 0.0, MOST));
}

Bytes
RrcMeasurementReport::Encode() const
{
    ByteWriter writer;
    writer.U8(TYPE).U8(measId).U8(servingRsrp).U8(static_cast<uint8_t>(neighbours.size()));
    for (const MeasuredCell& neighbour : neighbours)
    {
        writer.U32(neighbour.cell).U8(neighbour.rsrp);
    }
    return writer.Release();
}

Decoded<RrcMeasurementReport>
RrcMeasurementReport::Decode(ByteView octets)
{
    ByteReader reader(octets);
    RrcMeasurementReport report;
    const uint8_t type = reader.U8();
    report.measId = reader.U8();
    report.servingRsrp = reader.U8();
    const uint8_t cells = reader.U8();
    bool inRange = report.measId >= 1 && report.measId <= MAX_MEAS_ID &&
                   report.servingRsrp <= MAX_RSRP && cells <= MAX_CELLS;
    for (uint8_t i = 0; i < cells && reader.Ok(); ++i)
    {
        MeasuredCell neighbour;
        neighbour.cell = reader.U32();
        neighbour.rsrp = reader.U8();
        inRange = inRange && neighbour.rsrp <= MAX_RSRP;
        report.neighbours.push_back(neighbour);
    }
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (!reader.Done())
    {
        return DecodeError::TRAILING;
    }
    if (type != TYPE)
    {
        return DecodeError::UNSUPPORTED;
    }
    if (!inRange)
    {
        return DecodeError::OUT_OF_RANGE;
    }
    return report;
}

} // namespace ns3::mbs
