// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_GROUP_RECEIVER_H
#define MBS_GROUP_RECEIVER_H

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3::mbs
{

class MulticastFrame;

/**
 * @ingroup mbs
 * @brief What became of a multicast packet at a UE that listens to its group.
 */
enum class GroupOutcome : uint8_t
{
    NO_TRAFFIC, //!< it was a key message, or nobody took it
    DELIVERED,  //!< decrypted
    NO_KEY,     //!< the key that it names never was in the UE's ring
    STALE_KEY,  //!< the key that it names was in the ring and is gone
    AUTH,       //!< it is malformed or its tag is wrong
    REPLAY      //!< it came before, or is too old to tell
};

/**
 * @ingroup mbs
 * @brief What a UE made of a multicast packet.
 */
struct GroupReception
{
    GroupOutcome outcome{GroupOutcome::NO_TRAFFIC}; //!< what became of it
    uint32_t octets{0};                             //!< that the UE's application gets
};

/**
 * @ingroup mbs
 * @brief The same with the UE's number.
 */
struct GroupVerdict
{
    uint32_t ue{0};           //!< number of the UE
    GroupReception reception; //!< what it made of the packet
};

/**
 * @ingroup mbs
 * @brief Gets the packets of one group at one UE.
 *
 * The channel keeps these in a row for each group of a cell, so that the way from a transmission
 * to what a UE knows of its session is one call.
 */
class GroupReceiver
{
  public:
    /**
     * @brief Takes a packet that arrived.
     * @param frame the packet
     * @return what became of it
     */
    virtual GroupReception ReceiveGroup(const MulticastFrame& frame) = 0;

    /** @brief The cell has given up the group: nothing comes there any more. */
    virtual void GroupEnded()
    {
    }

  protected:
    ~GroupReceiver() = default;

  private:
    friend class RadioChannel;

    /** The channel's note where it has this receiver in a row. */
    struct Place
    {
        uint32_t gnb{0};   //!< number of the gNB of the cell
        uint16_t gRnti{0}; //!< the group
        bool onAir{false}; //!< it has it anywhere
    };

    Place m_place; //!< where the channel has it
};

/**
 * @ingroup mbs
 * @brief Whom a UE's radio device serves.
 */
class UeRadioUser
{
  public:
    /** @param pdu an RRC PDU that the serving gNB sent to this UE */
    virtual void ReceiveSignalling(Ptr<const Packet> pdu) = 0;

    /**
     * @param gRnti a group that the UE begins to listen to
     * @return who gets its packets as long as it does; must stay where it is. Null for nobody
     */
    virtual GroupReceiver* ReceiverOf(uint16_t gRnti) = 0;

    /**
     * @brief The UE has left the cell before this arrived there.
     * @param pdu an RRC PDU that was to be sent
     */
    virtual void SignallingUndelivered(Ptr<const Packet> pdu)
    {
        static_cast<void>(pdu);
    }

  protected:
    ~UeRadioUser() = default;
};

} // namespace ns3::mbs

#endif // MBS_GROUP_RECEIVER_H
