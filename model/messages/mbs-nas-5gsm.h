// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NAS_5GSM_H
#define MBS_NAS_5GSM_H

#include "mbs-nas-containers.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief 5GSM message types that this module speaks (TS 24.501 clause 9.7).
 */
enum class NasSmType : uint8_t
{
    MODIFICATION_REQUEST = 0xc9,       //!< UE asks, with a Requested MBS container
    MODIFICATION_REJECT = 0xca,        //!< network refuses the request
    MODIFICATION_COMMAND = 0xcb,       //!< network orders, with a Received MBS container
    MODIFICATION_COMPLETE = 0xcc,      //!< UE has done it
    MODIFICATION_COMMAND_REJECT = 0xcd //!< UE refuses the order
};

/**
 * @ingroup mbs
 * @param type a message type
 * @return its name as TS 24.501 writes it, for traces and counters
 */
const char* ToString(NasSmType type);

/**
 * @ingroup mbs
 * @brief 5GSM cause (TS 24.501 clause 9.11.4.2); a message may carry values not named here.
 */
enum class NasSmCause : uint8_t
{
    INSUFFICIENT_RESOURCES = 26,        //!< insufficient resources
    REQUEST_REJECTED = 31,              //!< request rejected, unspecified
    SERVICE_OPTION_NOT_SUPPORTED = 32,  //!< service option not supported
    SERVICE_OPTION_NOT_SUBSCRIBED = 33, //!< requested service option not subscribed
    PTI_ALREADY_IN_USE = 35,            //!< PTI already in use
    REGULAR_DEACTIVATION = 36,          //!< regular deactivation
    NETWORK_FAILURE = 38,               //!< network failure
    INVALID_PDU_SESSION_ID = 43,        //!< invalid PDU session identity
    PTI_MISMATCH = 47,                  //!< PTI mismatch
    PDU_SESSION_DOES_NOT_EXIST = 54,    //!< PDU session does not exist
    INVALID_PTI = 81,                   //!< invalid PTI value
    SEMANTICALLY_INCORRECT = 95,        //!< semantically incorrect message
    INVALID_MANDATORY_INFORMATION = 96, //!< invalid mandatory information
    MESSAGE_TYPE_NOT_IMPLEMENTED = 97,  //!< message type non-existent or not implemented
    MESSAGE_TYPE_NOT_COMPATIBLE = 98,   //!< message type not compatible with protocol state
    INFORMATION_ELEMENT_UNKNOWN = 99,   //!< information element non-existent
    CONDITIONAL_ERROR = 100,            //!< conditional IE error
    MESSAGE_NOT_COMPATIBLE = 101,       //!< message not compatible with the protocol state
    PROTOCOL_ERROR = 111                //!< protocol error, unspecified
};

/**
 * @ingroup mbs
 * @brief What every 5GSM message begins with (TS 24.501 clause 9.1.1).
 *
 *     +----------------------------------+
 *     | Extended protocol discriminator  |  2e
 *     | PDU session identity             |
 *     | Procedure transaction identity   |
 *     | Message type                     |
 *     +----------------------------------+
 */
struct NasSmHeader
{
    /** Octets of the coded form. */
    static constexpr std::size_t SIZE = 4;
    /** Largest PDU session identity (TS 24.007 clause 11.2.3.1b). */
    static constexpr uint8_t MAX_PDU_SESSION_ID = 15;
    /** PTI of a procedure that the network began (TS 24.007 clause 11.2.3.1a). */
    static constexpr uint8_t PTI_UNASSIGNED = 0;
    /** Largest PTI; 255 is reserved. */
    static constexpr uint8_t MAX_PTI = 254;

    uint8_t pduSessionId{0};                         //!< PDU session identity, 1..15; 0 is none
    uint8_t pti{0};                                  //!< procedure transaction identity, 0..254
    NasSmType type{NasSmType::MODIFICATION_REQUEST}; //!< message type

    /**
     * @brief Reads the header only.
     * @param message a 5GSM message
     * @return the header, its type possibly one that NasSmType has no name for; UNSUPPORTED if it
     * is another protocol, OUT_OF_RANGE for a reserved identity
     */
    static Decoded<NasSmHeader> Peek(ByteView message);
};

// All Decode() below answer: errors of NasSmHeader::Peek(), UNSUPPORTED for another message type or
// an unknown element that must be understood, the container's error if there is one. An element
// that comes twice counts once, the first one (TS 24.501 clause 7.6.3); unknown ones are skipped.
// A container with wrong contents refuses the message, where clause 7.7.1 would let a receiver
// act as if the container were absent: a simulation shall not hide that a peer sent it wrong.

/**
 * @ingroup mbs
 * @brief PDU SESSION MODIFICATION REQUEST (TS 24.501 clause 8.3.7), UE to SMF.
 */
struct PduSessionModificationRequest
{
    uint8_t pduSessionId{0};                           //!< PDU session identity, 1..15
    uint8_t pti{0};                                    //!< procedure transaction identity, 1..254
    std::optional<NasSmCause> cause;                   //!< 5GSM cause
    std::optional<RequestedMbsContainer> requestedMbs; //!< what to join and leave

    /** @return the octets */
    Bytes Encode() const;
    /** @param message a 5GSM message @return its parts */
    static Decoded<PduSessionModificationRequest> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @brief PDU SESSION MODIFICATION REJECT (TS 24.501 clause 8.3.8), SMF to UE.
 */
struct PduSessionModificationReject
{
    uint8_t pduSessionId{0};                        //!< PDU session identity, 1..15
    uint8_t pti{0};                                 //!< PTI of the request
    NasSmCause cause{NasSmCause::REQUEST_REJECTED}; //!< why

    /** @return the octets */
    Bytes Encode() const;
    /** @param message a 5GSM message @return its parts */
    static Decoded<PduSessionModificationReject> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @brief PDU SESSION MODIFICATION COMMAND (TS 24.501 clause 8.3.9), SMF to UE: brings the keys.
 *
 * The encoded form contains MSKs: wipe it (SecureWipe()) where it is no longer needed.
 */
struct PduSessionModificationCommand
{
    uint8_t pduSessionId{0};                         //!< PDU session identity, 1..15
    uint8_t pti{0};                                  //!< PTI of the request; 0 if there was none
    std::optional<NasSmCause> cause;                 //!< 5GSM cause
    std::optional<ReceivedMbsContainer> receivedMbs; //!< decisions and keys

    /** @return the octets */
    Bytes Encode() const;
    /** @param message a 5GSM message @return its parts */
    static Decoded<PduSessionModificationCommand> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @brief PDU SESSION MODIFICATION COMPLETE (TS 24.501 clause 8.3.10), UE to SMF.
 */
struct PduSessionModificationComplete
{
    uint8_t pduSessionId{0}; //!< PDU session identity, 1..15
    uint8_t pti{0};          //!< PTI of the command

    /** @return the octets */
    Bytes Encode() const;
    /** @param message a 5GSM message @return its parts */
    static Decoded<PduSessionModificationComplete> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @brief PDU SESSION MODIFICATION COMMAND REJECT (TS 24.501 clause 8.3.11), UE to SMF.
 */
struct PduSessionModificationCommandReject
{
    uint8_t pduSessionId{0};                        //!< PDU session identity, 1..15
    uint8_t pti{0};                                 //!< PTI of the command
    NasSmCause cause{NasSmCause::REQUEST_REJECTED}; //!< why

    /** @return the octets */
    Bytes Encode() const;
    /** @param message a 5GSM message @return its parts */
    static Decoded<PduSessionModificationCommandReject> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @brief Finds the Received MBS container of a PDU SESSION MODIFICATION COMMAND.
 * @param message a 5GSM message
 * @return the contents, a view into @p message, empty if the command has no container; errors as
 * the Decode() functions
 */
Decoded<ByteView> FindReceivedMbsContainer(ByteView message);

} // namespace ns3::mbs

#endif // MBS_NAS_5GSM_H
