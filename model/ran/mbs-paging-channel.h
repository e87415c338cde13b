// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PAGING_CHANNEL_H
#define MBS_PAGING_CHANNEL_H

#include "mbs-paging-cycle.h"
#include "mbs-ue-radio-device.h"

#include "ns3/mbs-ngap-types.h"
#include "ns3/mbs-rrc-paging.h"

#include "ns3/traced-callback.h"

#include <map>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @param tmsi identity of a UE at its AMF
 * @return the same on a paging channel
 */
PagingIdentity PagingIdentityOf(const NgapFiveGSTmsi& tmsi);

/**
 * @ingroup mbs
 * @brief The paging channel of a cell, aggregated to its GnbRadioDevice: sends paging messages in
 * paging occasions, and knows as the air does which receivers listen in which occasion.
 *
 * Records for UEs of one occasion share a message, 32 at most; what finds it full waits a DRX
 * cycle. A page is an event of the cell and not of its UEs. Paging has room of its own: it takes
 * nothing from the cell's queue or slots.
 */
class PagingChannel : public Object
{
  public:
    /** The DRX cycle T, in radio frames. */
    enum class Drx : uint16_t
    {
        MS320 = 32,
        MS640 = 64,
        MS1280 = 128,
        MS2560 = 256
    };

    /** What part of the frames of a cycle are paging frames: T/N. */
    enum class Frames : uint8_t
    {
        ONE_T = 1,
        HALF_T = 2,
        QUARTER_T = 4,
        ONE_EIGHTH_T = 8,
        ONE_SIXTEENTH_T = 16
    };

    /** @return the TypeId ns3::mbs::PagingChannel */
    static TypeId GetTypeId();

    PagingChannel();
    ~PagingChannel() override;

    /** @param cell that this is the paging channel of; it is aggregated to it */
    void Install(const Ptr<GnbRadioDevice>& cell);

    /** @return T and N, as the cell's system information has them */
    PagingCycle GetCycle() const;

    /**
     * @brief A UE begins to listen in its paging occasions.
     * @param ue its device
     * @param ueId its UE_ID
     * @param identities by which it may be called
     */
    void Camp(Ptr<UeRadioDevice> ue, uint32_t ueId, std::vector<PagingIdentity> identities);

    /**
     * @brief A UE does not listen for paging any more. Does nothing if it did not.
     * @param ue its device
     * @param ueId its UE_ID
     */
    void Leave(const Ptr<UeRadioDevice>& ue, uint32_t ueId);

    /**
     * @brief Pages a UE in its next occasion that has room.
     * @param identity of the UE
     * @param ueId its UE_ID
     */
    void Page(const PagingIdentity& identity, uint32_t ueId);

    /**
     * @brief Pages UEs of a session by its name, in the next occasion of each.
     * @param tmgi the session
     * @param ueIds UE_IDs of the UEs
     */
    void PageGroup(const Tmgi& tmgi, const std::vector<uint32_t>& ueIds);

    /**
     * @brief Callback of the trace source `Sent`.
     * @param gnb number of the gNB
     * @param message what is sent
     * @param octets its length
     */
    using SentCallback = void (*)(uint32_t gnb, const RrcPaging& message, uint32_t octets);

  protected:
    void DoDispose() override;

  private:
    /** A UE that listens. */
    struct Camper
    {
        Ptr<UeRadioDevice> ue;                  //!< its device
        std::vector<PagingIdentity> identities; //!< by which it may be called
    };

    /** @param frame a frame @return the message in it, made if need be */
    RrcPaging& MessageIn(int64_t frame);

    /** @param frame begins */
    void Transmit(int64_t frame);

    /** @param offset of the occasion @param message has reached the UEs @param pdu its octets */
    void Deliver(uint32_t offset, const RrcPaging& message, Ptr<const Packet> pdu);

    /** @param ue a UE @param pdu what is sent @return true if it is lost on the air */
    static bool IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& pdu);

    Drx m_drx{Drx::MS1280};                            //!< attribute
    Frames m_pagingFrames{Frames::ONE_T};              //!< attribute
    uint32_t m_maxRecords{RrcPaging::MAX_RECORDS};     //!< attribute
    Ptr<GnbRadioDevice> m_cell;                        //!< whose channel this is
    std::map<int64_t, RrcPaging> m_messages;           //!< to be sent, by frame
    std::map<uint32_t, std::vector<Camper>> m_campers; //!< by frame of the cycle

    TracedCallback<uint32_t, const RrcPaging&, uint32_t> m_sent; //!< gNB, message, octets
};

} // namespace ns3::mbs

#endif // MBS_PAGING_CHANNEL_H
