// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_EARS_H
#define MBS_RADIO_EARS_H

#include "ns3/mbs-group-receiver.h"
#include "ns3/mbs-multicast-frame.h"

#include <functional>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief The user of a UE's radio device, which hands what comes to functions of a test.
 */
struct RadioEars final : public UeRadioUser, public GroupReceiver
{
    void ReceiveSignalling(Ptr<const Packet> pdu) override
    {
        if (signalling)
        {
            signalling(pdu);
        }
    }

    GroupReceiver* ReceiverOf(uint16_t /* gRnti */) override
    {
        return this;
    }

    GroupReception ReceiveGroup(const MulticastFrame& frame) override
    {
        if (group)
        {
            group(frame);
        }
        return {GroupOutcome::DELIVERED, frame.GetPacket()->GetSize()};
    }

    std::function<void(Ptr<const Packet>)> signalling; //!< gets RRC PDUs
    std::function<void(const MulticastFrame&)> group;  //!< gets multicast, of whichever group
};

} // namespace ns3::mbs

#endif // MBS_RADIO_EARS_H
