// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NR_BLER_H
#define MBS_NR_BLER_H

#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief How likely a transport block cannot be decoded, at a signal-to-interference-and-noise
 * ratio that is the same in all of it.
 *
 * The curves are those of ns-3's LteMiErrorModel (mutual information per bit, then a curve per code
 * rate and size of code block), worked out once by utils/mbs-bler-curves.cc and put at the code
 * rates of NR's table; see mbs-nr-bler-curves.h. The code is thus LTE's turbo code and no LDPC
 * code.
 *
 * @param mcs I_MCS of TS 38.214 table 5.1.3.1-1, 0 to 28
 * @param bits size of the transport block, at least 1
 * @param sinrDb the ratio, dB
 * @return probability, 0 to 1
 */
double NrBlockErrorRate(uint8_t mcs, uint32_t bits, double sinrDb);

/**
 * @ingroup mbs
 * @brief Link adaptation: the fastest scheme whose block error rate is not above a target.
 * @param bits size of the transport block that the rate is wanted for
 * @param sinrDb the ratio, dB
 * @param target block error rate, above 0 and below 1
 * @return I_MCS, 0 to 28; 0 if even that one exceeds the target
 */
uint8_t NrSelectMcs(uint32_t bits, double sinrDb, double target);

} // namespace ns3::mbs

#endif // MBS_NR_BLER_H
