// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CAPTURE_READER_H
#define MBS_CAPTURE_READER_H

#include "ns3/mbs-bytes.h"

#include <functional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A packet in a capture file.
 */
struct CaptureRecord
{
    uint16_t linkType{0};     //!< what the octets start with (the registry's LINKTYPE_ number)
    bool hasTime{false};      //!< false for pcapng's Simple Packet Block
    uint64_t nanoseconds{0};  //!< since 1970, modulo 2^64
    ByteView octets;          //!< what was captured; a view into the file's octets
    uint32_t originalSize{0}; //!< octets on the wire, more than captured if a snap length cut it
};

/**
 * @ingroup mbs
 * @brief How the reading of a capture file ended.
 */
struct CaptureReading
{
    bool recognized{false}; //!< it starts as a pcap or pcapng file does
    std::string error;      //!< why it is not read at all, a clause; empty if it is
    std::string warning; //!< why the reading stopped before the end, a clause; empty if it did not
    uint64_t records{0}; //!< how many packets were read
};

/**
 * @ingroup mbs
 * @brief Reads the packets of a capture file: pcap (either byte order, microseconds or nanoseconds)
 * and pcapng (either byte order, several sections and interfaces; Enhanced, Simple and the obsolete
 * Packet Block; blocks of other types are passed over).
 *
 * No length in the file is believed before it was compared with what is there; nothing is
 * allocated for a packet. Reading stops at the first record that is cut off or damaged: packets
 * before it are given out and there is a warning.
 *
 * @param file the octets of the file
 * @param handler called for each packet, in the order of the file
 * @return how it went
 */
CaptureReading ReadCaptureRecords(ByteView file,
                                  const std::function<void(const CaptureRecord&)>& handler);

} // namespace ns3::mbs

#endif // MBS_CAPTURE_READER_H
