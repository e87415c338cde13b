// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UE_RADIO_DEVICE_H
#define MBS_UE_RADIO_DEVICE_H

#include "mbs-multicast-frame.h"
#include "mbs-radio-device.h"
#include "mbs-radio-transmitter.h"

namespace ns3::mbs
{

class GnbRadioDevice;

/**
 * @ingroup mbs
 * @brief The radio of a UE: signalling to and from its serving gNB, multicast from it.
 */
class UeRadioDevice : public RadioDevice
{
  public:
    /** @return the TypeId ns3::mbs::UeRadioDevice */
    static TypeId GetTypeId();

    UeRadioDevice();
    ~UeRadioDevice() override;

    /** @param ue number of the UE, from 0 */
    void SetUe(uint32_t ue);

    /** @return number of the UE */
    uint32_t GetUe() const;

    /**
     * @brief Tells the device which cell serves it; GnbRadioDevice::Attach() does.
     * @param gnb the cell
     * @param rnti the UE's identity there
     */
    void SetServingGnb(Ptr<GnbRadioDevice> gnb, uint32_t rnti);

    /** @return the serving cell, null before the device was attached */
    Ptr<GnbRadioDevice> GetServingGnb() const;

    /** @return the UE's identity in its cell */
    uint32_t GetRnti() const;

    /**
     * @brief Sends signalling to the serving gNB.
     * @param pdu the RRC PDU
     */
    void SendToGnb(Ptr<Packet> pdu);

    /** @brief What the UE wants to be called with: an RRC PDU. */
    using SignallingCallback = Callback<void, Ptr<const Packet>>;

    /** @brief What the UE wants to be called with: a multicast packet on the air. */
    using GroupCallback = Callback<void, const MulticastFrame&>;

    /** @param callback gets what the gNB sends to this UE */
    void SetSignallingCallback(SignallingCallback callback);

    /** @param callback gets what the gNB sends to groups that this UE listens to */
    void SetGroupCallback(GroupCallback callback);

    /** @param pdu signalling that has arrived */
    void ReceiveSignalling(Ptr<const Packet> pdu);

    /** @param frame a multicast packet that has arrived */
    void ReceiveGroup(const MulticastFrame& frame);

    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

    /**
     * @brief Callback of the trace source `SignallingLost`.
     * @param ue number of the UE
     * @param pdu the RRC PDU
     */
    using SignallingLostCallback = void (*)(uint32_t ue, Ptr<const Packet> pdu);

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Sends signalling for the first or a further time.
     * @param pdu the RRC PDU
     * @param attemptsLeft how often it may be sent again after this
     */
    void TrySendToGnb(Ptr<const Packet> pdu, uint32_t attemptsLeft);

    /**
     * @brief Signalling has reached the end of its way.
     * @param pdu the RRC PDU
     * @param attemptsLeft how often it may be sent again
     */
    void EndSendToGnb(Ptr<const Packet> pdu, uint32_t attemptsLeft);

    /** @param rate attribute: of the uplink, above 0 */
    void SetRate(DataRate rate);

    /** @return the same */
    DataRate GetRate() const;

    uint32_t m_ue{0};                //!< number of the UE
    uint32_t m_rnti{0};              //!< identity in the cell
    Ptr<GnbRadioDevice> m_gnb;       //!< the serving cell
    RadioTransmitter m_transmitter;  //!< the uplink's queue and rate
    uint32_t m_retransmissions{0};   //!< how often lost signalling is sent again
    Time m_retransmissionDelay;      //!< from a loss to the next attempt
    SignallingCallback m_signalling; //!< gets signalling
    GroupCallback m_group;           //!< gets multicast

    TracedCallback<uint32_t, Ptr<const Packet>> m_signallingLost; //!< UE, RRC PDU
};

} // namespace ns3::mbs

#endif // MBS_UE_RADIO_DEVICE_H
