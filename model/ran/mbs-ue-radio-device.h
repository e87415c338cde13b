// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UE_RADIO_DEVICE_H
#define MBS_UE_RADIO_DEVICE_H

#include "mbs-group-receiver.h"
#include "mbs-multicast-frame.h"
#include "mbs-pdcp-receiver.h"
#include "mbs-radio-device.h"
#include "mbs-radio-transmitter.h"

#include "ns3/mbs-lazy-traced-callback.h"
#include "ns3/mbs-pdcp-status-report.h"

#include <forward_list>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ns3::mbs
{

class GnbRadioDevice;

/**
 * @ingroup mbs
 * @brief The radio of a UE: signalling to and from its serving gNB, multicast from it, and the IP
 * packets of the UE's PDU session in both directions.
 *
 * To an IP stack on the UE's node it is the network device of the PDU session: what the stack sends
 * goes over the data radio bearer to the gNB and through the gNB's tunnel to the UPF. There are no
 * link-layer addresses on that way (PDU session type IPv4), hence no ARP.
 */
class UeRadioDevice : public RadioDevice
{
  public:
    /** @return the TypeId ns3::mbs::UeRadioDevice */
    static TypeId GetTypeId();

    UeRadioDevice();
    ~UeRadioDevice() override;

    /**
     * @brief Its node will have no IP stack: what comes for one is dropped, and what the node needs
     * to be told of packets takes no memory. Must come before the device is added to the node.
     */
    void ForgoIpStack();

    /** @param ue number of the UE, from 0 */
    void SetUe(uint32_t ue);

    /** @return number of the UE */
    uint32_t GetUe() const;

    /**
     * @brief Tells the device which cell serves it; GnbRadioDevice::Attach() does. The data radio
     * bearer begins anew, and what waits to be sent to the cell before is given up.
     * @param gnb the cell
     * @param rnti the UE's identity there
     */
    void SetServingGnb(Ptr<GnbRadioDevice> gnb, uint32_t rnti);

    /** @return the serving cell, null before the device was attached */
    Ptr<GnbRadioDevice> GetServingGnb() const;

    /** @return the UE's identity in its cell */
    uint32_t GetRnti() const;

    /** @return how often it was attached to a cell; RLC begins anew each time */
    uint32_t GetAttachment() const;

    /** @param covered false while nothing that the UE sends or is sent arrives */
    void SetInCoverage(bool covered);

    /** @return false while nothing that the UE sends or is sent arrives */
    bool IsInCoverage() const;

    /**
     * @brief Sends signalling to the serving gNB.
     * @param pdu the RRC PDU
     */
    void SendToGnb(Ptr<Packet> pdu);

    /**
     * @brief Sends an IP packet on the data radio bearer of the PDU session.
     * @param packet the IP packet
     */
    void SendData(Ptr<const Packet> packet);

    /** @param user gets what the gNB sends to this UE; null for nobody */
    void SetUser(UeRadioUser* user);

    /** @return who gets what the gNB sends to this UE, or null */
    UeRadioUser* GetUser() const;

    /** @param pdu signalling that has arrived */
    void ReceiveSignalling(Ptr<const Packet> pdu);

    /**
     * @brief The UE begins to listen to a group whose packets have numbers.
     * @param gRnti the group
     * @param first number of the first packet that it waits for (initialRX-DELIV of TS 38.331);
     * nothing for the first one that comes
     * @param tReordering how long packets wait for those before them
     */
    void BeginGroup(uint16_t gRnti, std::optional<uint32_t> first, Time tReordering);

    /** @param gRnti a group that the UE no longer listens to; it gets what waits for others yet */
    void EndGroup(uint16_t gRnti);

    /** @brief The UE fails: what waits for others is gone. */
    void DropGroups();

    /**
     * @brief The UE leaves the cell and keeps what it knows about a group's bearer: t-Reordering
     * goes on, and what waits for others is handed on when that runs out.
     * @param gRnti a group that it listens to
     */
    void SuspendGroup(uint16_t gRnti);

    /**
     * @brief The UE listens to a group in another cell, and goes on with a bearer that it has kept.
     * @param user who gets the packets
     * @param gRnti the group, to which it listens since now
     * @return false if there is none, or the other cell's numbers are others
     */
    bool ResumeGroup(const GroupReceiver* user, uint16_t gRnti);

    /** @param user whose bearer is kept no longer; it gets what waits for others yet */
    void EndSuspended(const GroupReceiver* user);

    /** @param gRnti a group that the UE listens to @return what it lacks; nothing if it has had no
     * packet */
    std::optional<PdcpStatusReport> MakeStatusReport(uint16_t gRnti) const;

    /** @param gRnti a group that the UE listens to @param report is sent to the gNB */
    void SendStatusReport(uint16_t gRnti, const PdcpStatusReport& report);

    /**
     * @brief A multicast packet with a number has arrived.
     * @param pdu the packet
     * @return true if it waits for others now
     */
    bool ReceiveGroupPdu(const std::shared_ptr<const GroupPdu>& pdu);

    /** What became of multicast on the air for one UE, by leg. */
    struct GroupCounts
    {
        uint64_t ptmReceived{0}; //!< packets decoded that came to the group, as of the last
                                 //!< RadioChannel::SettleGroupCounts()
        uint64_t ptmLost{0};     //!< packets given up that were sent to the group last
        uint64_t ptpReceived{0}; //!< packets decoded that came to this UE alone
        uint64_t ptpLost{0};     //!< packets given up that were sent to this UE last
        uint64_t discarded{0};   //!< packets decoded that came twice, or too late
    };

    /** @return what became of multicast, for who carries it to change */
    GroupCounts& GetGroupCounts()
    {
        return m_groupCounts;
    }

    /** @param pdu an IP packet of the PDU session that has arrived */
    void ReceiveData(const RadioPdu& pdu);

    /**
     * @brief Hands an IP packet to the IP stack of the node, if there is one.
     * @param packet the IP packet; one whose lengths are wrong is dropped, see the trace source
     * `DataDropped`
     */
    void HandUp(Ptr<const Packet> packet);

    /**
     * @brief Sends what the IP stack wants to be sent.
     * @param packet the IPv4 packet
     * @param dest ignored, as the bearer has one other end
     * @param protocolNumber EtherType, IPv4
     * @return false if it is not IPv4
     */
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;
    void SetReceiveCallback(ReceiveCallback callback) override;
    void SetPromiscReceiveCallback(PromiscReceiveCallback callback) override;

    /**
     * @brief Callback of the trace source `SignallingLost`.
     * @param ue number of the UE
     * @param pdu the RRC PDU
     */
    using SignallingLostCallback = void (*)(uint32_t ue, Ptr<const Packet> pdu);

    /**
     * @brief Callback of the trace sources `DataSent` and `DataReceived`.
     * @param ue number of the UE
     * @param packet the IP packet
     */
    using DataTraceCallback = void (*)(uint32_t ue, Ptr<const Packet> packet);

    /**
     * @brief Callback of the trace source `DataLost`.
     * @param ue number of the UE
     * @param packet the IP packet
     * @param cause why it is lost
     */
    using DataLostCallback = void (*)(uint32_t ue, Ptr<const Packet> packet, DataLoss cause);

    /**
     * @brief Callback of the trace source `DataDropped`.
     * @param ue number of the UE
     * @param packet what should be an IP packet
     * @param why one clause of a sentence
     */
    using DataDroppedCallback = void (*)(uint32_t ue,
                                         Ptr<const Packet> packet,
                                         const std::string& why);

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Gives an IP packet to the node, in the node's own context.
     * @param packet the IP packet
     * @param type to whom it is addressed
     */
    void PassToNode(Ptr<const Packet> packet, PacketType type);

    /** The receiving end of a group's radio bearer. */
    struct Group
    {
        GroupReceiver* user{nullptr};                      //!< gets the packets
        std::optional<uint32_t> first;                     //!< number that it began with
        std::unique_ptr<PdcpReceiver> receiver;            //!< puts packets in order
        std::vector<std::shared_ptr<const GroupPdu>> held; //!< what is in it
    };

    /** @param group gives a packet up or hands it on @param packet the packet @return with all */
    static std::shared_ptr<const GroupPdu> Release(Group& group, const Ptr<const Packet>& packet);

    /** @param group in which a packet's turn has come @param packet the packet */
    void HandOn(Group& group, const Ptr<const Packet>& packet);

    /** A PDU on its way to the gNB. */
    struct Transmission
    {
        RadioPdu pdu;            //!< what is sent
        uint32_t attemptsLeft;   //!< how often it may be sent again
        uint32_t attachment{0};  //!< to which it belongs
        uint32_t harqAttempt{1}; //!< how often HARQ has sent it, this time included
        uint8_t mcs{0};          //!< with which scheme HARQ sent it
    };

    /** @param pdu is sent @param retransmissions of RLC at most */
    void Begin(const RadioPdu& pdu, uint32_t retransmissions);

    /** @param transmission is sent for the first or a further time */
    void TrySendToGnb(Transmission transmission);

    /** @param transmission has reached the end of its way */
    void EndSendToGnb(Transmission transmission);

    /** @param transmission gets its number if it needs one and has none */
    void Count(Transmission& transmission);

    /** @param transmission waits for slots of the cell, once it has a grant */
    void ScheduleToGnb(Transmission transmission);

    /** @param transmission has its grant */
    void Granted(Transmission transmission);

    /** @param transmission has reached the end of its way @param sent how it was sent */
    void EndScheduled(Transmission transmission, const RadioTransmission& sent);

    /** @param transmission was lost on the air; RLC sends it again or gives up */
    void RepeatOrGiveUp(Transmission transmission);

    /** @param transmission will not arrive @param cause why */
    void GiveUp(const Transmission& transmission, DataLoss cause);

    /** @param packet an IP packet of the PDU session, in order */
    void DeliverData(Ptr<const Packet> packet);

    /** @param rate attribute: of the uplink, above 0 */
    void SetRate(DataRate rate);

    /** @return the same */
    DataRate GetRate() const;

    /** @param octets attribute: what may wait, what is being sent included */
    void SetLimit(uint32_t octets);

    /** @return the same, octets */
    uint32_t GetLimit() const;

    uint32_t m_ue{0};                         //!< number of the UE
    uint32_t m_rnti{0};                       //!< identity in the cell
    uint32_t m_attachment{0};                 //!< how often it was attached to a cell
    bool m_covered{true};                     //!< the cell can be reached
    Ptr<GnbRadioDevice> m_gnb;                //!< the serving cell
    RadioTransmitter m_transmitter;           //!< the uplink's queue and rate
    uint32_t m_waiting{0};                    //!< octets that wait for slots or are in them
    uint32_t m_retransmissions{0};            //!< how often lost signalling is sent again
    uint32_t m_dataRetransmissions{0};        //!< how often lost data is sent again
    Time m_retransmissionDelay;               //!< from a loss to the next attempt
    Time m_tReordering;                       //!< how long data waits for data before it
    uint32_t m_nextCount{0};                  //!< number of the next packet of the PDU session
    std::unique_ptr<PdcpReceiver> m_receiver; //!< puts what comes for it in order
    std::map<uint16_t, std::unique_ptr<Group>> m_groups;   //!< by G-RNTI
    std::forward_list<std::unique_ptr<Group>> m_suspended; //!< of the cell that it has left
    GroupCounts m_groupCounts;                             //!< multicast
    UeRadioUser* m_user{nullptr};                          //!< gets signalling and multicast
    bool m_forgoesIpStack{false};                          //!< the node will have none
    ReceiveCallback m_receive;                             //!< the node's, for the IP stack
    PromiscReceiveCallback m_promisc; //!< the node's, for those who listen to all

    LazyTracedCallback<uint32_t, Ptr<const Packet>> m_signallingLost;     //!< UE, RRC PDU
    LazyTracedCallback<uint32_t, Ptr<const Packet>> m_dataSent;           //!< UE, IP packet
    LazyTracedCallback<uint32_t, Ptr<const Packet>> m_dataReceived;       //!< UE, IP packet
    LazyTracedCallback<uint32_t, Ptr<const Packet>, DataLoss> m_dataLost; //!< and cause
    LazyTracedCallback<uint32_t, Ptr<const Packet>, const std::string&> m_dataDropped; //!< and why
};

} // namespace ns3::mbs

#endif // MBS_UE_RADIO_DEVICE_H
