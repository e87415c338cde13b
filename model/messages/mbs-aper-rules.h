// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_APER_RULES_H
#define MBS_APER_RULES_H

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace ns3::mbs
{

/** @param value a number @return how many bits it takes, 0 for 0 */
inline unsigned
AperBitLength(uint64_t value)
{
    return value == 0 ? 0 : 64 - static_cast<unsigned>(__builtin_clzll(value));
}

/** @param value a number @return how many octets it takes, at least 1 */
inline unsigned
AperOctetLength(uint64_t value)
{
    return std::max(1U, (AperBitLength(value) + 7) / 8);
}

/** Largest offset of a constrained whole number that is a bit-field (X.691 clause 11.5.7.1). */
constexpr uint64_t APER_BIT_FIELD_MAX = 254;
/** Largest offset that takes one aligned octet (X.691 clause 11.5.7.2). */
constexpr uint64_t APER_ONE_OCTET_MAX = 255;
/** Largest offset that takes two aligned octets (X.691 clause 11.5.7.3). */
constexpr uint64_t APER_TWO_OCTETS_MAX = 65535;
/** Numbers below this are normally small (X.691 clause 11.6.1). */
constexpr uint64_t APER_NORMALLY_SMALL_LIMIT = 64;
/** A fixed OCTET STRING of at most so many octets is not aligned (X.691 clause 17.6). */
constexpr std::size_t APER_UNALIGNED_OCTETS = 2;
/** A fixed BIT STRING of at most so many bits is not aligned (X.691 clause 16.9). */
constexpr unsigned APER_UNALIGNED_BITS = 16;

} // namespace ns3::mbs

#endif // MBS_APER_RULES_H
