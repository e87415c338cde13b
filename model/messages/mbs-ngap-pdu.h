// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_PDU_H
#define MBS_NGAP_PDU_H

#include "mbs-ngap-types.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Procedure codes of the messages that this module knows (TS 38.413 clause 9.4.7).
 */
struct NgapProcedureCode
{
    /** Downlink NAS transport. */
    static constexpr uint8_t DOWNLINK_NAS_TRANSPORT = 4;
    /** Error indication. */
    static constexpr uint8_t ERROR_INDICATION = 9;
    /** Initial UE message. */
    static constexpr uint8_t INITIAL_UE_MESSAGE = 15;
    /** NAS non delivery indication. */
    static constexpr uint8_t NAS_NON_DELIVERY_INDICATION = 19;
    /** NG reset. */
    static constexpr uint8_t NG_RESET = 20;
    /** Paging. */
    static constexpr uint8_t PAGING = 24;
    /** Path switch request. */
    static constexpr uint8_t PATH_SWITCH_REQUEST = 25;
    /** PDU session resource modify. */
    static constexpr uint8_t PDU_SESSION_RESOURCE_MODIFY = 26;
    /** UE context release. */
    static constexpr uint8_t UE_CONTEXT_RELEASE = 41;
    /** UE context release request. */
    static constexpr uint8_t UE_CONTEXT_RELEASE_REQUEST = 42;
    /** Uplink NAS transport. */
    static constexpr uint8_t UPLINK_NAS_TRANSPORT = 46;
    /** Broadcast session modification. */
    static constexpr uint8_t BROADCAST_SESSION_MODIFICATION = 66;
    /** Broadcast session release. */
    static constexpr uint8_t BROADCAST_SESSION_RELEASE = 67;
    /** Broadcast session setup. */
    static constexpr uint8_t BROADCAST_SESSION_SETUP = 68;
    /** Distribution setup. */
    static constexpr uint8_t DISTRIBUTION_SETUP = 69;
    /** Distribution release. */
    static constexpr uint8_t DISTRIBUTION_RELEASE = 70;
    /** Multicast session activation. */
    static constexpr uint8_t MULTICAST_SESSION_ACTIVATION = 71;
    /** Multicast session deactivation. */
    static constexpr uint8_t MULTICAST_SESSION_DEACTIVATION = 72;
    /** Multicast session update. */
    static constexpr uint8_t MULTICAST_SESSION_UPDATE = 73;
    /** Multicast group paging. */
    static constexpr uint8_t MULTICAST_GROUP_PAGING = 74;
    /** Broadcast session release required. */
    static constexpr uint8_t BROADCAST_SESSION_RELEASE_REQUIRED = 75;
};

/**
 * @ingroup mbs
 * @brief Looks which message a PDU is, without decoding it.
 *
 * Compare the answer with the TYPE of a message, then call its Decode().
 *
 * @param pdu an NGAP-PDU
 * @return its type, also when this module does not know the procedure; DecodeError::TRUNCATED,
 *         TRAILING or UNSUPPORTED (an alternative of a later release) when it is no NGAP-PDU
 */
Decoded<NgapMessageType> NgapPeek(ByteView pdu);

/**
 * @ingroup mbs
 * @param type a message
 * @return the message's name in TS 38.413 clause 9.4.3, for traces; "unknown" if it is none of ours
 */
const char* NgapMessageName(const NgapMessageType& type);

} // namespace ns3::mbs

#endif // MBS_NGAP_PDU_H
