// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_GNB_RADIO_DEVICE_H
#define MBS_GNB_RADIO_DEVICE_H

#include "mbs-radio-device.h"
#include "mbs-radio-transmitter.h"

namespace ns3::mbs
{

class UeRadioDevice;

/**
 * @ingroup mbs
 * @brief A cell: sends signalling to single UEs and multicast to groups through one queue.
 *
 * Signalling is sent again when it is lost, as RLC acknowledged mode does; multicast is not.
 */
class GnbRadioDevice : public RadioDevice
{
  public:
    /** @return the TypeId ns3::mbs::GnbRadioDevice */
    static TypeId GetTypeId();

    GnbRadioDevice();
    ~GnbRadioDevice() override;

    /** @param gnb number of the gNB, from 0 */
    void SetGnb(uint32_t gnb);

    /** @return number of the gNB */
    uint32_t GetGnb() const;

    /**
     * @brief Makes this the serving cell of a UE.
     * @param ue the UE's device
     * @return the RNTI that it got; here not bound to 16 bits, so that cells can be large
     */
    uint32_t Attach(Ptr<UeRadioDevice> ue);

    /**
     * @param rnti a radio identity
     * @return the UE's device, or null
     */
    Ptr<UeRadioDevice> FindUe(uint32_t rnti) const;

    /**
     * @brief Sends signalling to one UE.
     * @param rnti to whom
     * @param pdu the RRC PDU
     */
    void SendToUe(uint32_t rnti, Ptr<Packet> pdu);

    /**
     * @brief Sends an IP packet to all UEs that listen to a G-RNTI.
     * @param gRnti the group
     * @param packet the IP packet
     */
    void SendToGroup(uint16_t gRnti, Ptr<const Packet> packet);

    /** @brief What the gNB wants to be called with: RNTI and RRC PDU. */
    using SignallingCallback = Callback<void, uint32_t, Ptr<const Packet>>;

    /** @param callback gets what UEs send */
    void SetSignallingCallback(SignallingCallback callback);

    /**
     * @brief Signalling of a UE has arrived.
     * @param rnti from whom
     * @param pdu the RRC PDU
     */
    void ReceiveSignalling(uint32_t rnti, Ptr<const Packet> pdu);

    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

    /**
     * @brief Callback of the trace sources `GroupQueued` and `GroupDropped`.
     * @param gnb number of the gNB
     * @param packet the IP packet
     */
    using GroupCallback = void (*)(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief Callback of the trace source `SignallingLost`.
     * @param rnti to whom it was sent
     * @param pdu the RRC PDU
     */
    using SignallingLostCallback = void (*)(uint32_t rnti, Ptr<const Packet> pdu);

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Sends signalling for the first or a further time.
     * @param rnti to whom
     * @param pdu the RRC PDU
     * @param attemptsLeft how often it may be sent again after this
     */
    void TrySendToUe(uint32_t rnti, Ptr<const Packet> pdu, uint32_t attemptsLeft);

    /**
     * @brief Signalling has reached the end of its way.
     * @param rnti to whom
     * @param pdu the RRC PDU
     * @param attemptsLeft how often it may be sent again
     */
    void EndSendToUe(uint32_t rnti, Ptr<const Packet> pdu, uint32_t attemptsLeft);

    /** @param rate attribute: of the cell, above 0 */
    void SetRate(DataRate rate);

    /** @return the same */
    DataRate GetRate() const;

    /** @param octets attribute: what may wait, what is being sent included */
    void SetLimit(uint32_t octets);

    /** @return the same, octets */
    uint32_t GetLimit() const;

    uint32_t m_gnb{0};                          //!< number of the gNB
    RadioTransmitter m_transmitter;             //!< queue and rate of the cell
    uint32_t m_retransmissions{0};              //!< how often lost signalling is sent again
    Time m_retransmissionDelay;                 //!< from a loss to the next attempt
    std::vector<Ptr<UeRadioDevice>> m_attached; //!< by RNTI - 1
    SignallingCallback m_signalling;            //!< gets what UEs send

    TracedCallback<uint32_t, Ptr<const Packet>> m_groupQueued;    //!< gNB, IP packet
    TracedCallback<uint32_t, Ptr<const Packet>> m_groupDropped;   //!< gNB, IP packet
    TracedCallback<uint32_t, Ptr<const Packet>> m_signallingLost; //!< RNTI, RRC PDU
};

} // namespace ns3::mbs

#endif // MBS_GNB_RADIO_DEVICE_H
