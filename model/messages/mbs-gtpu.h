// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_GTPU_H
#define MBS_GTPU_H

#include "ns3/mbs-bytes.h"

namespace ns3::mbs
{

/** UDP port of GTP-U (TS 29.281 clause 4.4.2). */
constexpr uint16_t GTPU_PORT = 2152;

/**
 * @ingroup mbs
 * @brief GTP-U message types (TS 29.281 clause 6.1).
 */
enum class GtpuType : uint8_t
{
    ECHO_REQUEST = 1,                 //!< path management
    ECHO_RESPONSE = 2,                //!< path management
    ERROR_INDICATION = 26,            //!< the peer has no such tunnel
    SUPPORTED_EXTENSION_HEADERS = 31, //!< what the peer understands
    END_MARKER = 254,                 //!< last packet of a tunnel
    G_PDU = 255                       //!< user data
};

/**
 * @ingroup mbs
 * @brief DL PDU SESSION INFORMATION of the PDU Session Container (TS 38.415 clause 5.5.2.1).
 *
 *     +---------------+-----+-----+------+-------+
 *     | PDU Type = 0  | QMP | SNP | MSNP | Spare |  MSNP: MBS sequence number present (Rel-17)
 *     +-----+-----+---+-----+-----+------+-------+
 *     | PPP | RQI |              QFI             |
 *     +-----+-----+------------------------------+
 *     | PPI (if PPP), DL Sending Time Stamp (8, if QMP), DL QFI SN (3, if SNP),
 *     | DL MBS QFI Sequence Number (4, if MSNP), padding
 *
 * The text of TS 38.415 was not at hand: position and length of the MBS sequence number are as
 * several public decoders of Rel-17 and later have them.
 */
struct DlPduSessionInformation
{
    /** Largest QoS flow identifier. */
    static constexpr uint8_t MAX_QFI = 63;

    uint8_t qfi{0}; //!< QoS flow identifier, 0..63

    /** DL MBS QFI sequence number: counts the packets of one QoS flow of one MBS session. */
    std::optional<uint32_t> mbsSequenceNumber;
};

/**
 * @ingroup mbs
 * @brief UL PDU SESSION INFORMATION of the PDU Session Container (TS 38.415 clause 5.5.2.2), which
 * a gNB writes on N3.
 *
 *     +---------------+-----+-----+-----+-----+
 *     | PDU Type = 1  | QMP | DLD | ULD | SNP |  DLD, ULD: delay results follow
 *     +-------+-------+-----+-----+-----+-----+
 *     | N3/N9 | NewIE |          QFI          |
 *     +-------+-------+-----------------------+
 *     | what the flags announce, padding
 *
 * Written with all flags 0; what a peer's flags announce is passed over. From memory, as above.
 */
struct UlPduSessionInformation
{
    uint8_t qfi{0}; //!< QoS flow identifier, 0..63
};

/**
 * @ingroup mbs
 * @brief One GTP-U packet with user data (TS 29.281 clause 5).
 */
struct GtpuPdu
{
    uint32_t teid{0};                               //!< tunnel; on multicast N3mb the C-TEID
    std::optional<DlPduSessionInformation> session; //!< PDU Session Container of a downlink packet
    std::optional<UlPduSessionInformation> uplink;  //!< PDU Session Container of an uplink packet
    ByteView payload;                               //!< T-PDU; belongs to somebody else
};

/**
 * @ingroup mbs
 * @brief Builds the headers that go in front of a T-PDU.
 * @param teid tunnel
 * @param session PDU Session Container, if there is one; its qfi is cut to 6 bits
 * @param payloadSize octets of the T-PDU, so few that the length field holds (65535 less extension
 * headers)
 * @return the octets of GTP-U header and extension header
 */
Bytes EncodeGtpuPrefix(uint32_t teid,
                       const std::optional<DlPduSessionInformation>& session,
                       std::size_t payloadSize);

/**
 * @ingroup mbs
 * @brief Builds the headers that go in front of a T-PDU on its way from a gNB to a UPF.
 * @param teid tunnel
 * @param uplink PDU Session Container; its qfi is cut to 6 bits
 * @param payloadSize octets of the T-PDU, as above
 * @return the octets of GTP-U header and extension header
 */
Bytes EncodeGtpuPrefix(uint32_t teid,
                       const UlPduSessionInformation& uplink,
                       std::size_t payloadSize);

/**
 * @ingroup mbs
 * @brief Builds a whole G-PDU.
 * @param pdu headers and T-PDU; at most one of the two PDU Session Containers
 * @return the octets
 */
Bytes EncodeGtpu(const GtpuPdu& pdu);

/**
 * @ingroup mbs
 * @brief Reads the type of a GTP-U message, checking version and length only.
 * @param datagram a UDP payload
 * @return the type, also one that GtpuType has no name for; TRUNCATED or TRAILING if the length
 * field does not fit the datagram, UNSUPPORTED if it is not GTP version 1 or is GTP'
 */
Decoded<GtpuType> PeekGtpuType(ByteView datagram);

/**
 * @ingroup mbs
 * @brief Takes a G-PDU apart.
 *
 * An extension header that this module does not know is passed over unless its type has bit 8 set,
 * which asks the receiving endpoint to understand it (TS 29.281 clause 5.2.1).
 *
 * @param datagram a UDP payload
 * @return the parts, the payload being a view into @p datagram; errors as PeekGtpuType(), and
 * UNSUPPORTED for a message that is no G-PDU, an extension header or a PDU type that it would have
 * to understand, MALFORMED for an extension header of length zero or with fields that do not fit
 */
Decoded<GtpuPdu> DecodeGtpu(ByteView datagram);

} // namespace ns3::mbs

#endif // MBS_GTPU_H
