// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_INTERNET_CHECKSUM_H
#define MBS_INTERNET_CHECKSUM_H

#include "ns3/mbs-bytes.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The Internet checksum over several parts (RFC 1071): ones' complement of the ones'
 * complement sum of 16-bit words.
 *
 * Every part but the last must have an even number of octets; the last is padded with a zero.
 */
class InternetChecksum
{
  public:
    /**
     * @brief Adds one word.
     * @param word 16 bits
     * @return this sum
     */
    InternetChecksum& Add(uint16_t word);

    /**
     * @brief Adds octets; an odd one at the end is the high half of a word.
     * @param bytes any number of octets
     * @return this sum
     */
    InternetChecksum& Add(ByteView bytes);

    /** @return the checksum; 0 over octets that contain their own right checksum */
    uint16_t Get() const;

  private:
    uint64_t m_sum{0}; //!< sum of the words, carries not yet folded in
};

} // namespace ns3::mbs

#endif // MBS_INTERNET_CHECKSUM_H
