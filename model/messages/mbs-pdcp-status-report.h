// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PDCP_STATUS_REPORT_H
#define MBS_PDCP_STATUS_REPORT_H

#include "ns3/mbs-bytes.h"

#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief PDCP STATUS REPORT: which packets of a radio bearer a receiver lacks (TS 38.323 clauses
 * 5.4 and 6.2.3.1, from memory).
 *
 *     +-----+-----------------+-------------+
 *     | D/C | PDU Type = 000  | R R R R     |  D/C = 0: a control PDU
 *     +-----+-----------------+-------------+
 *     | FMC, 4 octets                       |  COUNT of the first missing packet
 *     +-------------------------------------+
 *     | Bitmap, 0 or more octets            |  bit i, from 1: was FMC + i received?
 *     +-------------------------------------+
 *
 * COUNTs are modulo 2^32. What is behind the bitmap was not received.
 */
struct PdcpStatusReport
{
    static constexpr std::size_t HEAD_SIZE = 5;   //!< octets before the bitmap
    static constexpr std::size_t MAX_SIZE = 9000; //!< greatest size of a PDCP control PDU, octets

    uint32_t fmc{0}; //!< first missing COUNT
    Bytes bitmap;    //!< at most MAX_SIZE - HEAD_SIZE octets

    /**
     * @brief Marks a packet behind the first missing one as received; the bitmap grows as far as it
     * may.
     * @param count COUNT of the packet
     */
    void MarkReceived(uint32_t count);

    /**
     * @param count COUNT of a packet, less than 2^31 before or behind the first missing one
     * @return true if it was not received
     */
    bool Lacks(uint32_t count) const;

    /** @return the octets */
    Bytes Encode() const;

    /**
     * @param octets a PDCP control PDU
     * @return the report; DecodeError::TRUNCATED, UNSUPPORTED for a data PDU or another control
     * PDU, TRAILING if it is longer than MAX_SIZE. Reserved bits are passed over
     */
    static Decoded<PdcpStatusReport> Decode(ByteView octets);
};

} // namespace ns3::mbs

#endif // MBS_PDCP_STATUS_REPORT_H
