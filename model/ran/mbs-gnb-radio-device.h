// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_GNB_RADIO_DEVICE_H
#define MBS_GNB_RADIO_DEVICE_H

#include "mbs-cell-scheduler.h"
#include "mbs-multicast-radio-bearer.h"
#include "mbs-pdcp-receiver.h"
#include "mbs-radio-device.h"
#include "mbs-radio-transmitter.h"

#include <map>
#include <memory>
#include <set>

namespace ns3::mbs
{

class UeRadioDevice;

/**
 * @ingroup mbs
 * @brief A cell: sends signalling and data to single UEs and multicast to groups through one queue.
 *
 * Signalling is sent again when it is lost, as RLC acknowledged mode does, and so is the data of
 * PDU sessions unless `DataRetransmissions` is 0 (unacknowledged mode). How multicast is sent is
 * the business of a MulticastRadioBearer for each group.
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
     * @brief Gives the cell a scheduler, in place of its queue of a constant rate.
     * @param carrier of the cell
     */
    void UseCarrier(Ptr<const NrCarrier> carrier);

    /** @return the cell's scheduler, or null */
    Ptr<CellScheduler> GetScheduler() const;

    /**
     * @brief Makes this the serving cell of a UE, which may come from another one.
     * @param ue the UE's device
     * @return the RNTI that it got; here not bound to 16 bits, so that cells can be large. It is
     * never given to another UE, and who comes back gets it again
     */
    uint32_t Attach(Ptr<UeRadioDevice> ue);

    /** @return an RNTI for a UE that is going to come by handover */
    uint32_t ReserveRnti();

    /**
     * @param rnti any number
     * @return true if ReserveRnti() gave it out and no UE has come for it
     */
    bool IsReserved(uint32_t rnti) const;

    /**
     * @brief Makes this the serving cell of a UE that comes by handover.
     * @param ue the UE's device
     * @param rnti that ReserveRnti() gave out for it, see IsReserved()
     */
    void Attach(Ptr<UeRadioDevice> ue, uint32_t rnti);

    /**
     * @param rnti a radio identity
     * @return the UE's device if the cell serves it, else null
     */
    Ptr<UeRadioDevice> FindUe(uint32_t rnti) const;

    /**
     * @param rnti a radio identity that a UE has been attached with
     * @return number of the UE that has it, or had it before it went to another cell
     */
    uint32_t GetUeOf(uint32_t rnti) const;

    /**
     * @brief Sends signalling to one UE.
     * @param rnti to whom
     * @param pdu the RRC PDU
     */
    void SendToUe(uint32_t rnti, Ptr<Packet> pdu);

    /**
     * @brief Sends an IP packet to one UE on the data radio bearer of its PDU session.
     * @param rnti to whom
     * @param packet the IP packet
     */
    void SendData(uint32_t rnti, Ptr<const Packet> packet);

    /**
     * @brief Sends an IP packet to all UEs that listen to a G-RNTI.
     * @param gRnti the group
     * @param packet the IP packet
     * @param number DL MBS QFI sequence number of it, see MulticastRadioBearer::Send()
     */
    void SendToGroup(uint16_t gRnti,
                     Ptr<const Packet> packet,
                     std::optional<uint32_t> number = std::nullopt);

    /** @param gRnti a group that the cell gives up, see RadioChannel::EndGroup() */
    void EndGroup(uint16_t gRnti);

    /**
     * @brief Tells whether a UE is in RRC_INACTIVE: then what it listens to reaches it by PTM
     * alone, and it gives no feedback.
     * @param rnti which UE
     * @param asleep true if it is
     */
    void SetAsleep(uint32_t rnti, bool asleep);

    /** @return true if some UE is in RRC_INACTIVE */
    bool HasSleepers() const;

    /** @param ue a UE of the cell @return true if it is in RRC_INACTIVE */
    bool IsAsleep(const UeRadioDevice& ue) const;

    /** @param gRnti a group @return its radio bearer in this cell */
    Ptr<MulticastRadioBearer> GetBearer(uint16_t gRnti);

    /** @return the radio bearers of groups, by G-RNTI */
    const std::map<uint16_t, Ptr<MulticastRadioBearer>>& GetBearers() const;

    /**
     * @brief Sends something to a group, once: for its bearer.
     * @param request what; its traffic is multicast
     * @return false if the queue has no room
     */
    bool TransmitToGroup(CellScheduler::Request request);

    /**
     * @brief Sends a multicast packet to one UE (PTP): for its bearer.
     * @param ue to whom
     * @param pdu the packet
     * @param retransmissions how often RLC may send it again
     */
    void SendPduToUe(const UeRadioDevice& ue,
                     const std::shared_ptr<const GroupPdu>& pdu,
                     uint32_t retransmissions);

    /**
     * @brief Goes on with HARQ of a packet that was sent to a group, to one UE.
     * @param ue to whom
     * @param pdu the packet
     * @param retransmissions how often RLC may send it again
     * @param copies how often it was sent before
     * @param mcs with which scheme
     */
    void SendAgainToUe(const UeRadioDevice& ue,
                       const std::shared_ptr<const GroupPdu>& pdu,
                       uint32_t retransmissions,
                       uint32_t copies,
                       uint8_t mcs);

    /**
     * @brief Sends one UE a multicast packet that was sent before it came to the cell: for its
     * bearer.
     * @param ue to whom
     * @param pdu the packet
     * @param retransmissions how often RLC may send it again
     */
    void SendOnceMoreToUe(const UeRadioDevice& ue,
                          const std::shared_ptr<const GroupPdu>& pdu,
                          uint32_t retransmissions);

    /** @return from the arrival of what cannot be decoded to its next request for slots */
    Time GetHarqDelay() const;

    /** @param packet an IP packet for a group that was taken into the queue */
    void ReportGroupQueued(Ptr<const Packet> packet);

    /** @param packet an IP packet for a group that found no room in the queue */
    void ReportGroupDropped(Ptr<const Packet> packet);

    /** @param ue a UE @param packet an IP packet of a group that the queue has no room for */
    void ReportPtpDropped(const UeRadioDevice& ue, Ptr<const Packet> packet);

    /** @brief What the gNB wants to be called with: RNTI and RRC PDU. */
    using SignallingCallback = Callback<void, uint32_t, Ptr<const Packet>>;

    /** @param callback gets what UEs send */
    void SetSignallingCallback(SignallingCallback callback);

    /**
     * @brief What the gNB wants to be called with: RNTI, RRC PDU, and true if RLC has not sent it
     * as often as it may, but has begun anew since the UE has come back.
     */
    using UndeliveredCallback = Callback<void, uint32_t, Ptr<const Packet>, bool>;

    /** @param callback gets what was to be sent to UEs and was given up */
    void SetUndeliveredCallback(UndeliveredCallback callback);

    /**
     * @brief Signalling of a UE has arrived.
     * @param rnti from whom
     * @param pdu the RRC PDU
     */
    void ReceiveSignalling(uint32_t rnti, Ptr<const Packet> pdu);

    /** @brief What the gNB wants to be called with: RNTI, G-RNTI and PDCP control PDU. */
    using PdcpControlCallback = Callback<void, uint32_t, uint16_t, Ptr<const Packet>>;

    /** @param callback gets what UEs say about multicast radio bearers */
    void SetPdcpControlCallback(PdcpControlCallback callback);

    /**
     * @brief A PDCP control PDU of a UE has arrived.
     * @param rnti from whom
     * @param pdu the PDU and whose bearer it is about
     */
    void ReceivePdcpControl(uint32_t rnti, const RadioPdu& pdu);

    /** @brief What the gNB wants to be called with: RNTI and IP packet. */
    using DataCallback = Callback<void, uint32_t, Ptr<const Packet>>;

    /** @param callback gets what UEs send on data radio bearers */
    void SetDataCallback(DataCallback callback);

    /**
     * @brief Data of a UE has arrived.
     * @param rnti from whom
     * @param pdu the IP packet
     */
    void ReceiveData(uint32_t rnti, const RadioPdu& pdu);

    /**
     * @brief Refuses: what goes to UEs goes through bearers and groups.
     * @param packet the packet
     * @param dest ignored
     * @param protocolNumber ignored
     * @return false
     */
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

    /**
     * @brief Callback of the trace sources `GroupQueued` and `GroupDropped`.
     * @param gnb number of the gNB
     * @param packet the IP packet
     */
    using GroupCallback = void (*)(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief Callback of the trace sources `PtpSent` and `PtpDropped`.
     * @param gnb number of the gNB
     * @param ue number of the UE
     * @param packet the IP packet
     */
    using PtpCallback = void (*)(uint32_t gnb, uint32_t ue, Ptr<const Packet> packet);

    /**
     * @brief Callback of the trace source `SignallingLost`.
     * @param rnti to whom it was sent
     * @param pdu the RRC PDU
     */
    using SignallingLostCallback = void (*)(uint32_t rnti, Ptr<const Packet> pdu);

    /**
     * @brief Callback of the trace sources `DataSent` and `DataReceived`.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param packet the IP packet
     */
    using DataTraceCallback = void (*)(uint32_t gnb, uint32_t rnti, Ptr<const Packet> packet);

    /**
     * @brief Callback of the trace source `DataLost`.
     * @param rnti to whom it was sent, or, if it came late, from whom
     * @param packet the IP packet
     * @param cause why it is lost
     */
    using DataLostCallback = void (*)(uint32_t rnti, Ptr<const Packet> packet, DataLoss cause);

  protected:
    void DoDispose() override;

  private:
    /** A PDU on its way to one UE. */
    struct Transmission
    {
        RadioPdu pdu;            //!< what is sent
        uint32_t rnti;           //!< to whom
        uint32_t attemptsLeft;   //!< how often it may be sent again
        uint32_t harqAttempt{1}; //!< how often HARQ has sent it, this time included
        uint8_t mcs{0};          //!< with which scheme HARQ sent it
        uint32_t groupCopies{0}; //!< how often it was sent to the group before
        uint32_t attachment{0};  //!< of the UE, to which it belongs; 0 if it is not known yet
    };

    /** The data radio bearer of a UE. */
    struct DataBearer
    {
        uint32_t nextCount{0};                  //!< number of the next packet to the UE
        std::unique_ptr<PdcpReceiver> receiver; //!< puts what comes from it in order
    };

    /** @param ue gets this cell @param rnti its identity here */
    void Serve(const Ptr<UeRadioDevice>& ue, uint32_t rnti);

    /** @param rnti from whom @param packet an IP packet, in order */
    void DeliverData(uint32_t rnti, Ptr<const Packet> packet);

    /** @param ue to whom @param pdu a multicast packet @param retransmissions of RLC at most */
    void SendPtp(const UeRadioDevice& ue,
                 const std::shared_ptr<const GroupPdu>& pdu,
                 uint32_t retransmissions);

    /** @param transmission is sent for the first or a further time */
    void TrySendToUe(Transmission transmission);

    /** @param transmission of before @return true if RLC of its UE has begun anew since */
    bool HasBegunAnew(const Transmission& transmission) const;

    /** @param transmission has reached the end of its way */
    void EndSendToUe(Transmission transmission);

    /** @param transmission gets its number if it needs one and has none */
    void Count(Transmission& transmission);

    /** @param transmission waits for slots */
    void ScheduleToUe(Transmission transmission);

    /** @param traffic a kind @return octets of it that may wait for slots */
    uint32_t LimitOf(RadioTraffic traffic) const;

    /** @param transmission has reached the end of its way @param sent how it was sent */
    void EndScheduled(Transmission transmission, const RadioTransmission& sent);

    /** @param transmission was lost on the air; RLC sends it again or gives up */
    void RepeatOrGiveUp(Transmission transmission);

    /** @param transmission will not arrive @param cause why */
    void GiveUp(const Transmission& transmission, DataLoss cause);

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
    Ptr<CellScheduler> m_scheduler;             //!< in its place, or null
    uint32_t m_multicastLimit{0};               //!< octets, 0 for that of all
    uint32_t m_retransmissions{0};              //!< how often lost signalling is sent again
    uint32_t m_dataRetransmissions{0};          //!< how often lost data is sent again
    Time m_retransmissionDelay;                 //!< from a loss to the next attempt
    Time m_tReordering;                         //!< how long data waits for data before it
    std::map<uint32_t, DataBearer> m_bearers;   //!< by RNTI
    std::vector<Ptr<UeRadioDevice>> m_attached; //!< by RNTI - 1; null: reserved
    std::set<uint32_t> m_asleep;                //!< RNTIs of UEs in RRC_INACTIVE
    std::map<uint16_t, Ptr<MulticastRadioBearer>> m_groups; //!< by G-RNTI
    SignallingCallback m_signalling;                        //!< gets what UEs send
    UndeliveredCallback m_undelivered;                      //!< gets what did not reach UEs
    PdcpControlCallback m_pdcpControl;                      //!< gets what UEs say about MRBs
    DataCallback m_data; //!< gets what UEs send on data radio bearers

    TracedCallback<uint32_t, Ptr<const Packet>> m_groupQueued;            //!< gNB, IP packet
    TracedCallback<uint32_t, Ptr<const Packet>> m_groupDropped;           //!< gNB, IP packet
    TracedCallback<uint32_t, uint32_t, Ptr<const Packet>> m_ptpSent;      //!< gNB, UE, IP packet
    TracedCallback<uint32_t, uint32_t, Ptr<const Packet>> m_ptpDropped;   //!< gNB, UE, IP packet
    TracedCallback<uint32_t, Ptr<const Packet>> m_signallingLost;         //!< RNTI, RRC PDU
    TracedCallback<uint32_t, uint32_t, Ptr<const Packet>> m_dataSent;     //!< gNB, RNTI, IP packet
    TracedCallback<uint32_t, uint32_t, Ptr<const Packet>> m_dataReceived; //!< gNB, RNTI, IP packet
    TracedCallback<uint32_t, Ptr<const Packet>, DataLoss> m_dataLost;     //!< RNTI, packet, cause
};

} // namespace ns3::mbs

#endif // MBS_GNB_RADIO_DEVICE_H
