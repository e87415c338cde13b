// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UE_SESSION_H
#define MBS_UE_SESSION_H

#include "mbs-group-receiver.h"
#include "mbs-traffic-key-store.h"

#include "ns3/mbs-key-ring.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-msk-bundle.h"
#include "ns3/mbs-srtp.h"

#include "ns3/event-id.h"

#include <optional>

namespace ns3::mbs
{

class Ue;

/**
 * @ingroup mbs
 * @brief What a UE keeps for one MBS session.
 *
 * What a packet's arrival reads and writes comes first and together, as it is done for very many
 * UEs in a row: with the head of a list's node these are two cache lines.
 */
struct UeSession final : public GroupReceiver
{
    /** How far the UE got. */
    enum class State : uint8_t
    {
        IDLE,      //!< not in the session
        JOINING,   //!< asked to join, no answer yet
        JOINED,    //!< accepted
        DEPARTING, //!< accepted, leaves the user service before it asks to leave
        LEAVING,   //!< accepted, has asked to leave, no answer yet
        REJOINING, //!< accepted, has asked to join once more since its keys or bearer are gone
        SEARCHING  //!< of a broadcast session: waits for the cell to have it
    };

    /** An SRTP stream: replay window and roll-over counter belong to an SSRC. */
    struct Stream
    {
        SrtpReplayWindow window; //!< which of its packets came
        uint32_t ssrc{0};        //!< whose packets
        bool known{false};       //!< there is one
    };

    /** What a UE keeps beside an MSK: replay state, and RAND if it came in an MSK message. */
    struct MskState : public MikeyReplay
    {
        std::array<uint8_t, MskBundle::RAND_SIZE> rand{}; //!< of the MSK message
        bool hasRand{false};                              //!< there was one

        /** @return RAND that MTK messages without one are protected with; empty for none */
        ByteView Rand() const
        {
            return hasRand ? ByteView(rand) : ByteView();
        }
    };

    /** @param owner whose session it is */
    explicit UeSession(Ue& owner)
        : ue(owner)
    {
    }

    UeSession(const UeSession&) = delete;
    UeSession& operator=(const UeSession&) = delete;

    GroupReception ReceiveGroup(const MulticastFrame& frame) override;
    void GroupEnded() override;

    /** @brief Nothing is waited for any more. */
    void StopTimer()
    {
        t3581.Cancel();
        // The event is only freed when nobody names it.
        t3581 = EventId();
    }

    SrtpPolicy policy;                       //!< how the traffic is protected
    uint16_t mikeyPort{0};                   //!< to which its MTK messages come
    std::optional<Mki> used;                 //!< the key used last
    bool toIpStack{false};                   //!< its packets are handed to the UE's IP stack
    State state{State::IDLE};                //!< how far the UE got
    bool broadcast{false};                   //!< a broadcast session, which nobody joins
    bool keysFromN1{false};                  //!< it got keys from the SMF
    bool leaveWanted{false};                 //!< to leave as soon as it has joined
    bool statusReport{false};                //!< its bearer is kept in handovers
    uint8_t pti{0};                          //!< of the request
    Stream stream;                           //!< the stream received last
    KeyRing<Ptr<TrafficKey>, MskState> keys; //!< MSKs and MTKs

    Ue& ue;                        //!< whose
    Tmgi tmgi;                     //!< the session
    std::optional<uint16_t> gRnti; //!< where its traffic comes
    EventId t3581;                 //!< runs while JOINING, LEAVING or REJOINING
    Time missingSince;             //!< since when it waits for an MSK that it lacks
    std::optional<MskId> missing;  //!< the newest one of those
    uint16_t requests{0};          //!< how often the request was sent

    /**
     * @brief Takes a packet that is for it what it was for the UE before: the next one of a stream
     * that it knows, under the same key, which it has used.
     * @param frame the packet
     * @return false if all of that must be looked at
     */
    bool TakeAsBefore(const MulticastFrame& frame);

    /** @return true if the UE was accepted and is not out again */
    bool IsMember() const
    {
        return state == State::JOINED || state == State::DEPARTING || state == State::LEAVING ||
               state == State::REJOINING;
    }
};

} // namespace ns3::mbs

#endif // MBS_UE_SESSION_H
