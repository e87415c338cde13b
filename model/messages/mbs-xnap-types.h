// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_XNAP_TYPES_H
#define MBS_XNAP_TYPES_H

#include "mbs-ngap-types.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * Types of XnAP (TS 38.423). Where NGAP has a type of the same layout, that one is used: NgapNrCgi,
 * NgapGuami, NgapSnssai, NgapGtpTunnel, NgapMbsSessionId, NgapMbsServiceArea and others.
 */

/**
 * @ingroup mbs
 * @brief The protocol of Xn (TS 38.423), for ApMessageType.
 */
struct XnapProtocol;

/**
 * @ingroup mbs
 * @brief Names a message of XnAP.
 */
using XnapMessageType = ApMessageType<XnapProtocol>;

/**
 * @ingroup mbs
 * @brief Procedure codes of the messages that this module knows (TS 38.423 clause 9.3.7).
 */
struct XnapProcedureCode
{
    /** Handover preparation. */
    static constexpr uint8_t HANDOVER_PREPARATION = 0;
    /** Handover cancel. */
    static constexpr uint8_t HANDOVER_CANCEL = 2;
    /** UE context release. */
    static constexpr uint8_t UE_CONTEXT_RELEASE = 6;
};

/**
 * @ingroup mbs
 * @brief Alternatives of XnAP's Cause IE (TS 38.423 clause 9.2.3.2), in the order of the CHOICE.
 */
enum class XnapCauseGroup : uint8_t
{
    RADIO_NETWORK, //!< radio network layer
    TRANSPORT,     //!< transport layer
    PROTOCOL,      //!< the message itself was wrong
    MISC           //!< anything else
};

/**
 * @ingroup mbs
 * @brief XnAP's Cause IE (TS 38.423 clause 9.2.3.2).
 *
 * The constants are the values this module uses; a cause from a peer may have any other.
 */
struct XnapCause
{
    /** Radio network: there is no such cell. */
    static constexpr uint8_t RADIO_CELL_NOT_AVAILABLE = 0;
    /** Radio network: the UE hears the other cell better. */
    static constexpr uint8_t RADIO_HANDOVER_DESIRABLE_FOR_RADIO_REASONS = 1;
    /** Radio network: not into this cell. */
    static constexpr uint8_t RADIO_HANDOVER_TARGET_NOT_ALLOWED = 2;
    /** Radio network: the target cell is full. */
    static constexpr uint8_t RADIO_NO_RADIO_RESOURCES_IN_TARGET_CELL = 4;
    /** Radio network: TXnRELOCoverall has expired. */
    static constexpr uint8_t RADIO_TXNRELOCOVERALL_EXPIRY = 9;
    /** Radio network: TXnRELOCprep has expired. */
    static constexpr uint8_t RADIO_TXNRELOCPREP_EXPIRY = 10;
    /** Radio network: the target has no connection with that AMF. */
    static constexpr uint8_t RADIO_UNKNOWN_GUAMI_ID = 11;
    /** Radio network: the receiver does not know the UE. */
    static constexpr uint8_t RADIO_UNKNOWN_LOCAL_UE_XNAP_ID = 12;
    /** Radio network: none of the others. */
    static constexpr uint8_t RADIO_UNSPECIFIED = 52;
    /** Protocol: the octets cannot be decoded. */
    static constexpr uint8_t PROTOCOL_TRANSFER_SYNTAX_ERROR = 0;
    /** Miscellaneous: none of the others. */
    static constexpr uint8_t MISC_UNSPECIFIED = 4;

    XnapCauseGroup group{XnapCauseGroup::MISC}; //!< alternative of the CHOICE
    uint8_t value{MISC_UNSPECIFIED};            //!< position in the group's ENUMERATED
};

/**
 * @ingroup mbs
 * @brief Alternatives of MRB-ProgressInformation.
 */
enum class XnapPdcpSnSize : uint8_t
{
    SN12, //!< sequence numbers of 12 bits
    SN18  //!< sequence numbers of 18 bits
};

/**
 * @ingroup mbs
 * @brief MRB-ProgressInformation: a PDCP sequence number of a multicast radio bearer.
 */
struct XnapMrbProgress
{
    XnapPdcpSnSize size{XnapPdcpSnSize::SN18}; //!< of the bearer's sequence numbers
    uint32_t pdcpSn{0};                        //!< sequence number
};

/**
 * @ingroup mbs
 * @brief Looks which message a PDU is, without decoding it.
 *
 * Compare the answer with the TYPE of a message, then call its Decode().
 *
 * @param pdu an XnAP-PDU
 * @return its type, also when this module does not know the procedure; DecodeError::TRUNCATED,
 *         TRAILING or UNSUPPORTED (an alternative of a later release) when it is no XnAP-PDU
 */
Decoded<XnapMessageType> XnapPeek(ByteView pdu);

/**
 * @ingroup mbs
 * @param type a message
 * @return the message's name in TS 38.423 clause 9.3.3, for traces; "unknown" if it is none of ours
 */
const char* XnapMessageName(const XnapMessageType& type);

} // namespace ns3::mbs

#endif // MBS_XNAP_TYPES_H
