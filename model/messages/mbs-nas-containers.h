// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NAS_CONTAINERS_H
#define MBS_NAS_CONTAINERS_H

#include "mbs-ssm.h"

#include "ns3/mbs-key-id.h"
#include "ns3/mbs-secret.h"
#include "ns3/mbs-tmgi.h"

#include <variant>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a UE asks for (TS 24.501 table 9.11.4.30.1).
 */
enum class MbsOperation : uint8_t
{
    JOIN = 1, //!< join the multicast MBS session
    LEAVE = 2 //!< leave it
};

/** A source specific multicast address of either IP version. */
using Ssm = std::variant<SsmIpv4, SsmIpv6>;

/** How a UE names a multicast MBS session: by TMGI or by source specific multicast address. */
using N1MbsSessionId = std::variant<Tmgi, SsmIpv4, SsmIpv6>;

/**
 * @ingroup mbs
 * @brief Multicast MBS session information: one request of a UE (TS 24.501 figure 9.11.4.30.2).
 */
struct MbsSessionRequest
{
    MbsOperation operation{MbsOperation::JOIN}; //!< what is asked for
    N1MbsSessionId sessionId;                   //!< of which session
};

/**
 * @ingroup mbs
 * @brief Requested MBS container (TS 24.501 clause 9.11.4.30): a UE joins or leaves.
 *
 * One block per session, without the IE's own identifier and length:
 *
 *     +------------------+---------------+----------------+
 *     |     0  0  0  0   | MBS operation | Type of ID     |
 *     +------------------+---------------+----------------+
 *     | type 1: 06, MBS service ID (3), PLMN (3)          |
 *     | type 2, 3: source address, destination address    |
 *     +---------------------------------------------------+
 */
struct RequestedMbsContainer
{
    /** Information element identifier in a PDU SESSION MODIFICATION REQUEST. */
    static constexpr uint8_t IEI = 0x70;

    std::vector<MbsSessionRequest> requests; //!< at least one

    /** @return the contents of the information element */
    Bytes Encode() const;

    /**
     * @param contents of the information element
     * @return the requests; OUT_OF_RANGE for a reserved operation or a network that is none,
     * UNSUPPORTED for a reserved type of session ID or a TMGI without network
     */
    static Decoded<RequestedMbsContainer> Decode(ByteView contents);
};

/**
 * @ingroup mbs
 * @brief MBS decision of the network (TS 24.501 table 9.11.4.31.1).
 */
enum class MbsDecision : uint8_t
{
    NONE = 0,                //!< unused values are read as this
    SERVICE_AREA_UPDATE = 1, //!< the MBS service area changed
    JOIN_ACCEPTED = 2,       //!< MBS join is accepted
    JOIN_REJECTED = 3,       //!< MBS join is rejected
    REMOVED = 4,             //!< the UE is removed from the session
    SECURITY_UPDATE = 5      //!< the keys changed
};

/**
 * @ingroup mbs
 * @brief Why a join was rejected or a UE removed (TS 24.501 table 9.11.4.31.1).
 */
enum class MbsRejectionCause : uint8_t
{
    NONE = 0,                   //!< no additional information; unused values are read as this
    INSUFFICIENT_RESOURCES = 1, //!< insufficient resources
    NOT_AUTHORIZED = 2,         //!< user is not authorized to use the MBS service
    NOT_STARTED = 3,            //!< the session has not started or will not start soon
    OUTSIDE_SERVICE_AREA = 4,   //!< the user is outside of the local MBS service area
    CONTEXT_NOT_FOUND = 5,      //!< session context not found
    SESSION_RELEASED = 6        //!< the session is released
};

/**
 * @ingroup mbs
 * @param decision an MBS decision
 * @return its name in lower case, for traces and results
 */
const char* ToString(MbsDecision decision);

/**
 * @ingroup mbs
 * @param cause a rejection cause
 * @return its name in lower case, for traces and results
 */
const char* ToString(MbsRejectionCause cause);

/**
 * @ingroup mbs
 * @brief Tracking area identity (TS 24.501 clause 9.11.3.8).
 */
struct Tai
{
    PlmnId plmn;     //!< the network
    uint32_t tac{0}; //!< tracking area code, 24 bits

    /** @param other another @return true if the same */
    bool operator==(const Tai& other) const
    {
        return plmn == other.plmn && tac == other.tac;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const Tai& other) const
    {
        return !(*this == other);
    }
};

/**
 * @ingroup mbs
 * @brief NR cell global identity (TS 24.501 figure 9.11.4.31.7).
 */
struct NrCgi
{
    uint64_t cellId{0}; //!< NR Cell ID, 36 bits
    PlmnId plmn;        //!< the network of the cell

    /** @param other another @return true if the same */
    bool operator==(const NrCgi& other) const
    {
        return plmn == other.plmn && cellId == other.cellId;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const NrCgi& other) const
    {
        return !(*this == other);
    }
};

/**
 * @ingroup mbs
 * @brief MBS start time: when a session begins, as TS 24.008 clause 10.5.3.9 codes octets 2 to 7.
 */
struct MbsStartTime
{
    /** Year, month, day, hour, minute, second; two digits each, the low nibble first. */
    std::array<uint8_t, 6> octets{};
};

/**
 * @ingroup mbs
 * @brief MBS back-off timer: how long not to ask again, as GPRS timer 3 (TS 24.008 10.5.7.4a).
 */
struct MbsBackOffTimer
{
    uint8_t octet{0}; //!< bits 8 to 6 the unit, bits 5 to 1 the value
};

/** The timer of a Received MBS information: none, the start time or the back-off timer. */
using MbsTimer = std::variant<std::monostate, MbsStartTime, MbsBackOffTimer>;

/**
 * @ingroup mbs
 * @brief Name and ciphertext of an MTK as N1 carries it.
 */
struct N1EncryptedMtk
{
    MtkId mtkId;                            //!< name of the MTK
    std::array<uint8_t, 16> encryptedMtk{}; //!< the MTK, encrypted with the MSK by somebody else
};

/**
 * @ingroup mbs
 * @brief MBS security keys set (TS 24.501 figure 9.11.4.31.11).
 *
 *     +---+---+---+---+---+---+---+------+
 *     | 0   0   0   0   0   0   0 | MTKI |  1
 *     +---------------------------+------+
 *     | Key domain ID                    |  3
 *     | MSK ID                           |  4
 *     | MSK                              |  16
 *     | MTK ID                 (if MTKI) |  2
 *     | Encrypted MTK          (if MTKI) |  16
 *     +----------------------------------+
 *
 * The MSK travels as such: NAS security alone protects it.
 */
struct N1KeySet
{
    KeyDomainId keyDomainId;           //!< whose keys
    MskId mskId;                       //!< name of the MSK
    Secret<16> msk;                    //!< the MSK
    std::optional<N1EncryptedMtk> mtk; //!< the newest MTK under it
};

/**
 * @ingroup mbs
 * @brief Received MBS information: what the network says of one session (TS 24.501 figure
 * 9.11.4.31.2).
 *
 *     +-----------------+-----------+----------------+
 *     | Rejection cause |   MSAI    |       MD       |
 *     +--------------+--+---+-------+--+------+------+
 *     | 0    0    0  | IPAT |   MSCI   | MTI  | IPAE |
 *     +--------------+------+----------+------+------+
 *     | TMGI: 06, MBS service ID (3), PLMN (3)       |
 *     | source and destination address  (if IPAE)    |
 *     | MBS service area                (if MSAI)    |
 *     | MBS timer                       (if MTI)     |
 *     | number of key sets, key sets    (if MSCI)    |
 *     +----------------------------------------------+
 */
struct ReceivedMbsInformation
{
    /** Most tracking areas of one service area (TS 24.501 clause 9.11.3.9). */
    static constexpr std::size_t MAX_TAIS = 16;
    /** Most cells of one service area, what the list's length octet can hold. */
    static constexpr std::size_t MAX_NR_CGIS = 31;
    /** Most key sets, what their number octet can hold. */
    static constexpr std::size_t MAX_KEY_SETS = 255;

    MbsDecision decision{MbsDecision::NONE}; //!< the network's decision

    /** Why; only with JOIN_REJECTED and REMOVED, else NONE is sent and read. */
    MbsRejectionCause cause{MbsRejectionCause::NONE};

    Tmgi tmgi;                     //!< the session
    std::optional<Ssm> ssm;        //!< its address, copied from the UE's request
    std::vector<Tai> taiList;      //!< service area by tracking area, at most MAX_TAIS
    std::vector<NrCgi> nrCgiList;  //!< service area by cell, at most MAX_NR_CGIS
    MbsTimer timer;                //!< start time or back-off timer
    std::vector<N1KeySet> keySets; //!< MBS security container, at most MAX_KEY_SETS
};

/**
 * @ingroup mbs
 * @brief Received MBS container (TS 24.501 clause 9.11.4.31), one block per session.
 *
 * The encoded form contains MSKs: wipe it (SecureWipe()) where it is no longer needed.
 */
struct ReceivedMbsContainer
{
    /** Information element identifier in a PDU SESSION MODIFICATION COMMAND. */
    static constexpr uint8_t IEI = 0x71;

    std::vector<ReceivedMbsInformation> sessions; //!< at least one

    /**
     * @brief Writes the contents; a list of tracking areas as partial lists of type 00.
     * @return the contents of the information element
     */
    Bytes Encode() const;

    /**
     * @brief Reads the contents; values that TS 24.501 does not use are read as 0, all three types
     * of partial tracking area lists are understood, areas behind the 16th are left out.
     * @param contents of the information element
     * @return the sessions; OUT_OF_RANGE for a network that is none, UNSUPPORTED for a TMGI without
     * network or a reserved type of list, MALFORMED for a length that cannot be
     */
    static Decoded<ReceivedMbsContainer> Decode(ByteView contents);
};

/**
 * @ingroup mbs
 * @brief The names of one key set, for measurement: no key bytes.
 */
struct N1KeyNames
{
    Tmgi tmgi;                               //!< the session
    MbsDecision decision{MbsDecision::NONE}; //!< why the keys were sent
    MskId mskId;                             //!< name of the MSK
    std::optional<MtkId> mtkId;              //!< name of the MTK, if there is one
};

/**
 * @ingroup mbs
 * @brief Reads the names of all key sets of a Received MBS container without copying keys.
 * @param contents of the information element
 * @return one entry per key set, in order; errors as ReceivedMbsContainer::Decode()
 */
Decoded<std::vector<N1KeyNames>> PeekKeyNames(ByteView contents);

} // namespace ns3::mbs

#endif // MBS_NAS_CONTAINERS_H
