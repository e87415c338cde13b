// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RTP_H
#define MBS_RTP_H

#include "ns3/mbs-bytes.h"

#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief An RTP packet in its parts (RFC 3550 clause 5.1).
 *
 * @verbatim
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---+-+-+-------+-+-------------+-------------------------------+
 *  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *  +---+-+-+-------+-+-------------+-------------------------------+
 *  |                           timestamp                           |
 *  +---------------------------------------------------------------+
 *  |                             SSRC                              |
 *  +---------------------------------------------------------------+
 *  |                     CSRC, CC times (0 - 15)                   |
 *  +-------------------------------+-------------------------------+
 *  |      profile (if X)           |  length in words (if X)       |
 *  +-------------------------------+-------------------------------+
 *  |                extension words, payload, padding              |
 * @endverbatim
 */
struct RtpPacket
{
    /** The only version there is. */
    static constexpr uint8_t VERSION = 2;
    /** Octets of the fixed part of the header. */
    static constexpr std::size_t HEADER_SIZE = 12;
    /** CSRCs that the four-bit count can name. */
    static constexpr std::size_t MAX_CSRCS = 15;

    /** A header extension (RFC 3550 clause 5.3.1). */
    struct Extension
    {
        uint16_t profile{0}; //!< what the profile defines it to be
        ByteView data;       //!< a multiple of four octets, at most 262140; somebody else's
    };

    bool marker{false};                 //!< M: for video, the last packet of a frame
    uint8_t payloadType{0};             //!< PT, 0 to 127
    uint16_t sequenceNumber{0};         //!< one more with every packet
    uint32_t timestamp{0};              //!< sampling instant in units of the payload's clock
    uint32_t ssrc{0};                   //!< synchronization source
    std::vector<uint32_t> csrcs;        //!< contributing sources, at most MAX_CSRCS
    std::optional<Extension> extension; //!< the header extension, if X is set
    ByteView payload;                   //!< without padding; belongs to somebody else
    uint8_t paddingSize{0};             //!< octets of padding behind the payload, 0 if P is clear
};

/**
 * @ingroup mbs
 * @brief Takes an RTP packet apart (RFC 3550 clause 5.1, checks of appendix A.1).
 * @param bytes the packet, nothing before and nothing behind it
 * @return the parts, payload and extension being views into @p bytes; TRUNCATED if a part that the
 * header promises is missing, UNSUPPORTED if the version is not 2, MALFORMED if the padding count
 * is 0 or larger than what is there
 */
Decoded<RtpPacket> ParseRtp(ByteView bytes);

/**
 * @ingroup mbs
 * @brief Builds an RTP packet (RFC 3550 clause 5.1); padding is zeros and the count.
 * @param packet the parts, within the ranges named at RtpPacket
 * @return the octets
 */
Bytes EncodeRtp(const RtpPacket& packet);

/**
 * @ingroup mbs
 * @brief Whether the octets could be RTCP multiplexed with RTP (RFC 5761 clause 4).
 * @param bytes a packet
 * @return true if the second octet is an RTCP packet type, 200 (SR) to 207 (XR)
 */
bool LooksLikeRtcp(ByteView bytes);

/**
 * @ingroup mbs
 * @brief Overwrites sequence number, timestamp and SSRC of a packet where it lies.
 * @param[in,out] packet the octets of a packet
 * @param sequenceNumber the new sequence number
 * @param timestamp the new timestamp
 * @param ssrc the new SSRC
 * @return false, and nothing is changed, if @p packet is shorter than RtpPacket::HEADER_SIZE
 */
bool RewriteRtp(Bytes& packet, uint16_t sequenceNumber, uint32_t timestamp, uint32_t ssrc);

} // namespace ns3::mbs

#endif // MBS_RTP_H
