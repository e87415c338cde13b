// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PFCP_H
#define MBS_PFCP_H

#include "mbs-pfcp-rules.h"

namespace ns3::mbs
{

/** UDP port of PFCP (TS 29.244 clause 6.2.2). */
constexpr uint16_t PFCP_PORT = 8805;

/**
 * @ingroup mbs
 * @brief PFCP message types that this module speaks (TS 29.244 table 7.3-1).
 */
enum class PfcpType : uint8_t
{
    HEARTBEAT_REQUEST = 1,               //!< is the peer alive?
    HEARTBEAT_RESPONSE = 2,              //!< it is
    ASSOCIATION_SETUP_REQUEST = 5,       //!< MB-SMF and MB-UPF get to know each other
    ASSOCIATION_SETUP_RESPONSE = 6,      //!< answer
    SESSION_ESTABLISHMENT_REQUEST = 50,  //!< a new MBS session
    SESSION_ESTABLISHMENT_RESPONSE = 51, //!< answer, with what the MB-UPF chose
    SESSION_MODIFICATION_REQUEST = 52,   //!< gNBs come and go, the session is (de)activated
    SESSION_MODIFICATION_RESPONSE = 53,  //!< answer
    SESSION_DELETION_REQUEST = 54,       //!< the MBS session is over
    SESSION_DELETION_RESPONSE = 55       //!< answer
};

/**
 * @ingroup mbs
 * @param type a message type
 * @return its name as TS 29.244 writes it, for traces and counters
 */
const char* ToString(PfcpType type);

/**
 * @ingroup mbs
 * @brief What every PFCP message begins with (TS 29.244 clause 7.2.2).
 *
 *     +---------+---+---+----+----+---+
 *     | 0  0  1 | 0 | 0 | FO | MP | S |
 *     +---------+---+---+----+----+---+
 *     | Message type                  |
 *     | Message length (2)            |  all behind these four octets
 *     | SEID (8, if S)                |  the receiver's; 0 while it is not known
 *     | Sequence number (3)           |
 *     | Spare, or message priority    |
 *     +-------------------------------+
 */
struct PfcpHeader
{
    /** Largest sequence number: 24 bits. */
    static constexpr uint32_t MAX_SEQUENCE = 0xffffff;

    PfcpType type{PfcpType::HEARTBEAT_REQUEST}; //!< message type
    std::optional<uint64_t> seid;               //!< receiver's session; only session messages
    uint32_t sequence{0};                       //!< pairs request and response, 24 bits

    /**
     * @brief Reads the header only, and checks the length.
     * @param datagram a UDP payload
     * @return the header, its type possibly one that PfcpType has no name for; TRUNCATED or
     * TRAILING if the length does not fit, UNSUPPORTED if it is not version 1 or bundles messages
     */
    static Decoded<PfcpHeader> Peek(ByteView datagram);
};

// All Decode() below answer: errors of PfcpHeader::Peek(), UNSUPPORTED for another message type,
// MALFORMED for a missing mandatory element or a SEID where none belongs, else the error of the
// element that is wrong. Elements that N4mb does not need are passed over.

/**
 * @ingroup mbs
 * @brief Heartbeat Request (TS 29.244 clause 7.4.2.1).
 */
struct PfcpHeartbeatRequest
{
    uint32_t sequence{0};          //!< sequence number
    uint32_t recoveryTimeStamp{0}; //!< when the sender started, seconds since 1900 (NTP)

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpHeartbeatRequest> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Heartbeat Response (TS 29.244 clause 7.4.2.2).
 */
struct PfcpHeartbeatResponse
{
    uint32_t sequence{0};          //!< of the request
    uint32_t recoveryTimeStamp{0}; //!< when the sender started, seconds since 1900 (NTP)

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpHeartbeatResponse> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Association Setup Request (TS 29.244 clause 7.4.4.1).
 */
struct PfcpAssociationSetupRequest
{
    uint32_t sequence{0};          //!< sequence number
    PfcpNodeId nodeId;             //!< the sender
    uint32_t recoveryTimeStamp{0}; //!< when the sender started, seconds since 1900 (NTP)

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpAssociationSetupRequest> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Association Setup Response (TS 29.244 clause 7.4.4.2).
 */
struct PfcpAssociationSetupResponse
{
    uint32_t sequence{0};                 //!< of the request
    PfcpNodeId nodeId;                    //!< the sender
    PfcpCause cause{PfcpCause::ACCEPTED}; //!< accepted or why not
    uint32_t recoveryTimeStamp{0};        //!< when the sender started, seconds since 1900 (NTP)

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpAssociationSetupResponse> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Session Establishment Request on N4mb (TS 29.244 clauses 7.5.2 and 5.34.2.2).
 */
struct PfcpSessionEstablishmentRequest
{
    uint64_t seid{0};                      //!< 0: the MB-UPF's is not known yet
    uint32_t sequence{0};                  //!< sequence number
    PfcpNodeId nodeId;                     //!< the MB-SMF
    PfcpFSeid cpFSeid;                     //!< the session at the MB-SMF
    std::vector<PfcpCreatePdr> createPdrs; //!< which packets; at least one
    std::vector<PfcpCreateFar> createFars; //!< what to do with them; at least one
    std::vector<PfcpCreateQer> createQers; //!< what to write into them
    PfcpN4mbControl control;               //!< which MBS session

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpSessionEstablishmentRequest> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Session Establishment Response on N4mb (TS 29.244 clause 7.5.3).
 */
struct PfcpSessionEstablishmentResponse
{
    uint64_t seid{0};                                //!< the MB-SMF's
    uint32_t sequence{0};                            //!< of the request
    PfcpNodeId nodeId;                               //!< the MB-UPF
    PfcpCause cause{PfcpCause::ACCEPTED};            //!< accepted or why not
    std::optional<PfcpFSeid> upFSeid;                //!< the session at the MB-UPF, if accepted
    std::vector<PfcpCreatedPdr> createdPdrs;         //!< ingress tunnels chosen
    std::optional<PfcpMulticastTransport> multicast; //!< lower layer SSM and C-TEID chosen

    /** @return the octets */
    Bytes Encode() const;
    /**
     * @param datagram a UDP payload
     * @return its parts; MALFORMED also if it accepts without an F-SEID
     */
    static Decoded<PfcpSessionEstablishmentResponse> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Session Modification Request on N4mb (TS 29.244 clauses 7.5.4 and 5.34.2).
 */
struct PfcpSessionModificationRequest
{
    uint64_t seid{0};                      //!< the MB-UPF's
    uint32_t sequence{0};                  //!< sequence number
    std::vector<PfcpUpdateFar> updateFars; //!< tunnels to add and remove, action to change
    bool deleteUnicastTunnels{false};      //!< DETEID: forget all unicast tunnels

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpSessionModificationRequest> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Session Modification Response (TS 29.244 clause 7.5.5).
 */
struct PfcpSessionModificationResponse
{
    uint64_t seid{0};                     //!< the MB-SMF's
    uint32_t sequence{0};                 //!< of the request
    PfcpCause cause{PfcpCause::ACCEPTED}; //!< accepted or why not

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpSessionModificationResponse> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Session Deletion Request (TS 29.244 clause 7.5.6).
 */
struct PfcpSessionDeletionRequest
{
    uint64_t seid{0};     //!< the MB-UPF's
    uint32_t sequence{0}; //!< sequence number

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpSessionDeletionRequest> Decode(ByteView datagram);
};

/**
 * @ingroup mbs
 * @brief Session Deletion Response (TS 29.244 clause 7.5.7).
 */
struct PfcpSessionDeletionResponse
{
    uint64_t seid{0};                     //!< the MB-SMF's
    uint32_t sequence{0};                 //!< of the request
    PfcpCause cause{PfcpCause::ACCEPTED}; //!< accepted or why not

    /** @return the octets */
    Bytes Encode() const;
    /** @param datagram a UDP payload @return its parts */
    static Decoded<PfcpSessionDeletionResponse> Decode(ByteView datagram);
};

} // namespace ns3::mbs

#endif // MBS_PFCP_H
