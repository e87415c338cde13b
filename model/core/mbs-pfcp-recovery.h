// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PFCP_RECOVERY_H
#define MBS_PFCP_RECOVERY_H

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Recovery Time Stamp of PFCP (TS 29.244 clause 8.2.65): when a node began, as NTP has it.
 * @param began simulated time; runs begin on 2026-01-01, as the module's dates do
 * @return seconds since 1900
 */
inline uint32_t
PfcpRecoveryTimeStamp(Time began)
{
    constexpr uint32_t RUN_BEGINS = 3976214400U;
    return RUN_BEGINS + static_cast<uint32_t>(began.GetSeconds());
}

} // namespace ns3::mbs

#endif // MBS_PFCP_RECOVERY_H
