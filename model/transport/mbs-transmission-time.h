// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRANSMISSION_TIME_H
#define MBS_TRANSMISSION_TIME_H

#include "ns3/data-rate.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief How long octets take at a rate: DataRate::CalculateBytesTxTime(), which divides with 128
 * bits, done once for rates and sizes that come again and again.
 * @param rate of a transmitter, not 0
 * @param octets how many
 * @return how long
 */
Time TransmissionTime(const DataRate& rate, uint32_t octets);

} // namespace ns3::mbs

#endif // MBS_TRANSMISSION_TIME_H
