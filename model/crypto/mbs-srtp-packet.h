// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SRTP_PACKET_H
#define MBS_SRTP_PACKET_H

#include "mbs-srtp-profile.h"

#include "ns3/mbs-key-id.h"

#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The fields of an RTP header that SRTP needs (RFC 3550 clause 5.1).
 *
 *     +-------+-+-+------+-+---------+-------------------+
 *     | V = 2 |P|X| CC   |M|   PT    |  sequence number  |   4 octets
 *     +-------+-+-+------+-+---------+-------------------+
 *     |                    timestamp                     |   4
 *     +--------------------------------------------------+
 *     |                       SSRC                       |   4
 *     +--------------------------------------------------+
 *     |                     CSRC * CC                    |   4 * CC
 *     +-------------------------+------------------------+
 *     | defined by profile (2)  | words that follow (2)  |   if X
 *     +-------------------------+------------------------+
 */
struct SrtpHeaderView
{
    uint32_t ssrc{0};            //!< synchronisation source
    uint32_t timestamp{0};       //!< media time
    uint16_t seq{0};             //!< sequence number
    std::size_t headerLength{0}; //!< octets with CSRC list and extension, never encrypted

    /**
     * @brief Reads a header.
     * @param packet an RTP or SRTP packet
     * @return the fields, or nothing if the header is not version 2 or does not fit
     */
    static std::optional<SrtpHeaderView> Parse(ByteView packet);
};

/**
 * @ingroup mbs
 * @brief Reads the MKI of an SRTP packet, to find the key by.
 *
 * It lies between ciphertext and tag (RFC 3711 clause 3.1); with AES-GCM, whose tag is part of the
 * ciphertext, it is last but for a ROC (RFC 7714 clause 8.2).
 *
 * @param srtp the packet
 * @param policy how it is protected
 * @return the MKI, or nothing if the packet has no RTP header or is too short
 */
std::optional<Mki> PeekMki(ByteView srtp, const SrtpPolicy& policy);

/**
 * @ingroup mbs
 * @brief Reads the ROC that an SRTP packet carries by RFC 4771. It is not authentic until
 * SrtpTransform::Unprotect() with it gives SrtpStatus::OK, and with AES-CM in mode 3 never is.
 *
 * @param srtp the packet
 * @param policy how it is protected
 * @return the ROC, or nothing if this packet carries none or is too short
 */
std::optional<uint32_t> PeekRoc(ByteView srtp, const SrtpPolicy& policy);

} // namespace ns3::mbs

#endif // MBS_SRTP_PACKET_H
