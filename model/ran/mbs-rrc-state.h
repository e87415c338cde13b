// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RRC_STATE_H
#define MBS_RRC_STATE_H

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-ngap-types.h"
#include "ns3/mbs-rrc.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"

#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief States of RRC (TS 38.331 clause 4.2.1). Who is in IDLE is in CM-IDLE at the AMF too.
 */
enum class RrcState : uint8_t
{
    CONNECTED, //!< it receives and sends at any time
    INACTIVE,  //!< it sleeps; the gNB has kept its context and pages it
    IDLE       //!< it sleeps; the gNB has forgotten it, and the AMF pages it
};

/**
 * @ingroup mbs
 * @brief What a UE does about a session's packets on the air.
 */
enum class Reception : uint8_t
{
    LISTENING, //!< it listens to the session's G-RNTI
    NO_BEARER, //!< it does not know where to listen
    ASLEEP,    //!< it has stopped to listen since it sleeps
    NO_CELL    //!< it has lost its cell, or does not know yet where to listen in the next one
};

/**
 * @ingroup mbs
 * @brief Why a UE has left or lost its cell.
 */
enum class CellLoss : uint8_t
{
    OUTAGE,             //!< it is out of coverage, as somebody wants it to be
    RADIO_LINK_FAILURE, //!< its radio link has failed (TS 38.331 clause 5.3.10.3)
    ACCESS_FAILURE,     //!< the cell that it found did not take it in T301
    HANDOVER,           //!< its gNB has told it to go to another one
    HANDOVER_FAILURE    //!< it did not get there in T304, or could not go there at all
};

/** T301: how long a UE waits for the answer to a request for re-establishment, ms. */
inline constexpr int64_t T301_MS = 1000;

/**
 * @ingroup mbs
 * @brief A handover that a UE is in the midst of (TS 38.331 clause 5.3.5.5).
 */
struct UeHandover
{
    RrcMessage command; //!< RRC RECONFIGURATION with sync
    EventId arrival;    //!< when the UE has the target cell
    EventId t304;       //!< when it gives up
};

/**
 * @ingroup mbs
 * @brief What a UE that may sleep or change cells knows about its connection.
 */
struct UeConnection
{
    NgapFiveGSTmsi tmsi;                 //!< its identity at the AMF
    RrcState state{RrcState::CONNECTED}; //!< of its RRC
    bool accessing{false};               //!< it has begun to wake
    bool paged{false};                   //!< since it was paged
    uint32_t access{0};                  //!< number of the random access that it waits for
    bool cellLost{false};                //!< it was connected and has no cell that has taken it
    bool restoring{false};               //!< it waits for the bearers of before
    bool selects{false};                 //!< somebody says which cells are suitable
    bool wantsCell{false};               //!< such a cell is to be selected
    bool recovers{false};                //!< its NAS wants back a connection that has failed
    ReestablishmentIdentity lost;        //!< which cell it has lost, and who it was there
    std::optional<UeHandover> handover;  //!< it has left that cell for another one
    uint32_t serviceRequests{0};         //!< SERVICE REQUESTs without an answer so far
    EventId guard;                       //!< until it gives up to wake, or asks for service again
    std::vector<Bytes> waiting;          //!< RRC PDUs to be sent once it is awake
};

/**
 * @ingroup mbs
 * @brief What a gNB knows about the connection of a UE that may sleep or change cells.
 */
struct GnbUeConnection
{
    uint32_t ueId{0};                    //!< UE_ID, for its paging occasions
    RrcState state{RrcState::CONNECTED}; //!< of its RRC
    uint8_t pduSessionId{0};             //!< its PDU session, 0 if that is not known
    bool amfUnknown{false};              //!< connected, and the AMF has not answered yet
    bool releasing{false};               //!< UE CONTEXT RELEASE REQUEST is not answered yet
    uint8_t releaseCause{0};             //!< in that request, of the radio network
    Time lastActive;                     //!< when something was sent to or by it
    uint32_t pagings{0};                 //!< how often it was paged without an answer
    EventId timer;                       //!< of inactivity, or of paging
    EventId rlfRelease;                  //!< when the UE is lost, since RLC does not reach it
    std::vector<Bytes> waiting;          //!< RRC PDUs to be sent once it is awake
};

} // namespace ns3::mbs

#endif // MBS_RRC_STATE_H
