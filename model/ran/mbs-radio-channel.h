// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_CHANNEL_H
#define MBS_RADIO_CHANNEL_H

#include "mbs-group-receiver.h"
#include "mbs-link-adaptation.h"
#include "mbs-multicast-frame.h"
#include "mbs-nr-carrier.h"
#include "mbs-radio-bearer.h"
#include "mbs-radio-link.h"
#include "mbs-rrc-state.h"
#include "mbs-traffic-key-store.h"

#include "ns3/mbs-lazy-traced-callback.h"

#include "ns3/channel.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/traced-callback.h"

#include <map>
#include <optional>
#include <vector>

namespace ns3::mbs
{

class GnbRadioDevice;
class GroupPdu;
class UeRadioDevice;

/**
 * @ingroup mbs
 * @brief The air: carries what a gNB's device sends to one UE or to all that listen to a G-RNTI,
 * and what a UE's device sends to its gNB.
 *
 * A multicast transmission is one event for the whole cell: the channel walks through the listening
 * UEs, asks the RadioLink for the fate of each, and hands all receivers the same MulticastFrame.
 */
class RadioChannel : public Channel
{
  public:
    /** @return the TypeId ns3::mbs::RadioChannel */
    static TypeId GetTypeId();

    RadioChannel();
    ~RadioChannel() override;

    /**
     * @brief Puts a gNB's device on the air.
     * @param device the device
     */
    void AddGnb(Ptr<GnbRadioDevice> device);

    /** @param cell NR cell identity @return the cell that has it, or null */
    Ptr<GnbRadioDevice> FindCell(uint32_t cell) const;

    /**
     * @brief Puts a UE's device on the air.
     * @param device the device
     */
    void AddUe(Ptr<UeRadioDevice> device);

    /**
     * @brief A UE's receiver starts to look for a G-RNTI of its cell. What comes for it goes to
     * the UeRadioUser::ReceiverOf() of the UE's device; nothing happens if that is null or listens.
     * @param ue the UE's device
     * @param gRnti the group
     */
    void Listen(Ptr<UeRadioDevice> ue, uint16_t gRnti);

    /**
     * @brief A UE's receiver stops to look for a G-RNTI.
     * @param ue the UE's device
     * @param gRnti the group
     */
    void StopListening(Ptr<UeRadioDevice> ue, uint16_t gRnti);

    /**
     * @brief A cell gives up a group. UEs that still listen to it are told, since its packets may
     * come under another G-RNTI from now on, and this one may be given to another session. In a
     * real cell they would not know, and hear as little.
     * @param gnb the cell
     * @param gRnti the group
     */
    void EndGroup(const GnbRadioDevice& gnb, uint16_t gRnti);

    /**
     * @brief Reports what a UE does about a session's packets, for the trace source
     * `ReceptionChanged`. It stands here and not at the UE so that it costs no memory per UE.
     * @param ue number of the UE
     * @param tmgi the session
     * @param reception what it does from now on
     */
    void ReportReception(uint32_t ue, const Tmgi& tmgi, Reception reception);

    /** @param ue has got another serving cell, or the same once more */
    void ReportAttached(const UeRadioDevice& ue);

    /** @param ue has left or lost its serving cell @param cause why */
    void ReportCellLost(const UeRadioDevice& ue, CellLoss cause);

    /**
     * @param gnb a cell
     * @param gRnti a group
     * @return how many UEs listen to it
     */
    std::size_t CountListeners(const GnbRadioDevice& gnb, uint16_t gRnti) const;

    /**
     * @param gnb a cell
     * @param gRnti a group
     * @return the UEs that listen to it, in the order in which they began
     */
    std::vector<Ptr<UeRadioDevice>> GetListeners(const GnbRadioDevice& gnb, uint16_t gRnti) const;

    /**
     * @param gnb a cell
     * @param ue a UE
     * @param gRnti a group
     * @return true if the UE listens to the group in this cell
     */
    bool IsListening(const GnbRadioDevice& gnb, const UeRadioDevice& ue, uint16_t gRnti) const;

    /**
     * @brief The end of a multicast transmission, without a number, at the UEs of a cell.
     * @param gnb who sent it
     * @param gRnti to which group
     * @param packet the IP packet
     * @param transmission how it was sent; has no blocks if no scheduler gave it slots
     */
    void DeliverToGroup(Ptr<GnbRadioDevice> gnb,
                        uint16_t gRnti,
                        Ptr<const Packet> packet,
                        const RadioTransmission& transmission);

    /**
     * @brief The end of a multicast transmission, with a number, at some UEs of a cell.
     * @param gnb who sent it
     * @param pdu the packet
     * @param ues who lack it; those that no longer listen have lost it
     * @param transmission how it was sent; has no blocks if no scheduler gave it slots
     * @param last true if who misses it now has lost it
     * @return who missed it and gets it again
     */
    std::vector<Ptr<UeRadioDevice>> DeliverPdu(const GnbRadioDevice& gnb,
                                               const std::shared_ptr<const GroupPdu>& pdu,
                                               const std::vector<Ptr<UeRadioDevice>>& ues,
                                               const RadioTransmission& transmission,
                                               bool last);

    /**
     * @brief A UE took a packet that it received by itself, or that had waited.
     * @param ue the UE
     * @param frame the packet
     * @param reception what became of it
     */
    void ReportVerdict(const UeRadioDevice& ue,
                       const MulticastFrame& frame,
                       const GroupReception& reception);

    /** @param gnb who sent it @param packet an IP packet whose way to the group has ended */
    void ReportGroupDelivered(const GnbRadioDevice& gnb, Ptr<const Packet> packet);

    /**
     * @brief Reports that a packet goes to those that listen now, each by itself.
     * @param gnb who sends it
     * @param packet the IP packet
     */
    void ReportGroupAddressed(const GnbRadioDevice& gnb, Ptr<const Packet> packet);

    /**
     * @brief Enters into UeRadioDevice::GetGroupCounts() of all UEs what the channel has counted
     * beside, where it is at hand for each packet. To be called before ptmReceived is read.
     */
    void SettleGroupCounts();

    /** @param ue a UE @param packet an IP packet that is under way to it, apart from others */
    void AwaitPacket(const UeRadioDevice& ue, Ptr<const Packet> packet);

    /** @param ue a UE @param packet an IP packet that it has lost, and that is sent to it again */
    void ResendPacket(const UeRadioDevice& ue, Ptr<const Packet> packet);

    /** @param ue a UE @param packet an IP packet of a group that it will not get */
    void LosePacket(const UeRadioDevice& ue, Ptr<const Packet> packet);

    /**
     * @brief The end of a transmission to one UE.
     * @param gnb who sent it
     * @param rnti to whom
     * @param pdu what it carries
     * @param transmission how it was sent, or null without a scheduler
     * @return false if it was lost and is still wanted
     */
    bool DeliverToUe(Ptr<GnbRadioDevice> gnb,
                     uint32_t rnti,
                     const RadioPdu& pdu,
                     const RadioTransmission* transmission = nullptr);

    /**
     * @brief The end of a transmission to a gNB.
     * @param ue who sent it
     * @param pdu what it carries
     * @param transmission how it was sent, or null without a scheduler
     * @return false if it was lost
     */
    bool DeliverToGnb(Ptr<UeRadioDevice> ue,
                      const RadioPdu& pdu,
                      const RadioTransmission* transmission = nullptr);

    /**
     * @brief The modulation and coding scheme for a multicast transmission.
     * @param gnb who sends it
     * @param gRnti to which group
     * @param bits size of the transport block
     * @return I_MCS
     */
    uint8_t SelectGroupMcs(Ptr<GnbRadioDevice> gnb, uint16_t gRnti, uint32_t bits);

    /**
     * @param ue a UE
     * @param direction which way
     * @param bits size of the transport block
     * @return I_MCS for a transmission to or from the UE
     */
    uint8_t SelectMcs(const UeRadioDevice& ue, RadioDirection direction, uint32_t bits) const;

    /** @return what decides about losses */
    Ptr<RadioLink> GetLink() const;

    /** @return the carrier of all cells, or null if they have queues of a constant rate */
    Ptr<NrCarrier> GetCarrier() const;

    /** @return how long a transmission is on the way after it left the sender's queue */
    Time GetDelay() const;

    /**
     * @brief Where the UEs on this channel keep the traffic keys that several of them hold.
     *
     * The store is a device of the simulator and not knowledge of a node: a UE finds in it only
     * what it puts in, see TrafficKeyStore.
     *
     * @return the store
     */
    TrafficKeyStore& GetKeyStore();

    /**
     * @brief Gives the random variables fixed streams.
     * @param stream first stream
     * @return how many streams were taken
     */
    int64_t AssignStreams(int64_t stream);

    std::size_t GetNDevices() const override;
    Ptr<NetDevice> GetDevice(std::size_t i) const override;

    /**
     * @brief Callback of the trace sources `GroupAwaited`, `GroupResent` and `GroupLost`.
     * @param ue number of the UE
     * @param packet the IP packet
     */
    using GroupLostCallback = void (*)(uint32_t ue, Ptr<const Packet> packet);

    /**
     * @brief Callback of the trace source `ReceptionChanged`.
     * @param ue number of the UE
     * @param tmgi the session
     * @param reception what the UE does about its packets from now on
     */
    using ReceptionCallback = void (*)(uint32_t ue, const Tmgi& tmgi, Reception reception);

    /**
     * @brief Callback of the trace source `UeAttached`.
     * @param ue number of the UE
     * @param gnb number of the gNB of its cell
     */
    using UeAttachedCallback = void (*)(uint32_t ue, uint32_t gnb);

    /**
     * @brief Callback of the trace source `CellLost`.
     * @param ue number of the UE
     * @param gnb number of the gNB of the cell
     * @param cause why
     */
    using CellLostCallback = void (*)(uint32_t ue, uint32_t gnb, CellLoss cause);

    /**
     * @brief Callback of the trace sources `GroupDelivered` and `GroupAddressed`.
     * @param gnb number of the gNB that sent it
     * @param packet the IP packet
     */
    using GroupDeliveredCallback = void (*)(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief Callback of the trace source `GroupReceived`.
     * @param gnb number of the gNB that sent it
     * @param packet the IP packet
     * @param verdicts of the UEs that received it, in the order in which they began to listen
     */
    using GroupReceivedCallback = void (*)(uint32_t gnb,
                                           Ptr<const Packet> packet,
                                           const std::vector<GroupVerdict>& verdicts);

  protected:
    void DoDispose() override;

  private:
    /** A UE that listens to a group. */
    struct Listener
    {
        UeRadioDevice* ue;       //!< its device, which m_ues keeps
        GroupReceiver* receiver; //!< gets the group's packets
        uint32_t number;         //!< of the UE
        uint32_t received;       //!< packets that are not in the device's counts yet

        /** @brief Enters them there. */
        void Settle();
    };

    /** The UEs that listen to one G-RNTI of one cell. */
    struct Listeners
    {
        std::vector<Listener> inOrder;   //!< in the order in which they began
        std::vector<double> sinrsDb;     //!< of the same, in the same order
        std::optional<uint64_t> version; //!< of these, nothing if they must be asked for
        double groupSinrDb{0};           //!< of the UE that counts
    };

    /** @param listeners get the SINRs that they have now */
    void Measure(Listeners& listeners) const;

    /** @param ue a UE @param pdu a packet of a group that it has decoded */
    void Receive(UeRadioDevice& ue, const std::shared_ptr<const GroupPdu>& pdu);

    /**
     * @param ue the UE at one end
     * @param pdu what is sent to or from it
     * @param transmission how it was sent, or null without a scheduler
     * @return true if it is lost
     */
    bool IsLost(const UeRadioDevice& ue,
                const RadioPdu& pdu,
                const RadioTransmission* transmission) const;

    /**
     * @brief Hands a packet to those of a group that receive it.
     * @tparam Verdict called with a UE's device and its place among the listeners
     * @param gnb who sent it
     * @param gRnti to which group
     * @param packet the IP packet
     * @param isLost decides
     */
    template <typename Verdict>
    void Deliver(const GnbRadioDevice& gnb,
                 uint16_t gRnti,
                 Ptr<const Packet> packet,
                 const Verdict& isLost);

    Ptr<RadioLink> m_link;                   //!< decides what is lost
    Ptr<NrCarrier> m_carrier;                //!< of all cells, or null
    Ptr<LinkAdaptation> m_adaptation;        //!< chooses schemes
    Time m_delay;                            //!< on the way
    TrafficKeyStore m_keyStore;              //!< one object for a key, however many hold it
    std::vector<Ptr<GnbRadioDevice>> m_gnbs; //!< by gNB number
    std::vector<Ptr<UeRadioDevice>> m_ues;   //!< in the order in which they were added
    std::map<std::pair<uint32_t, uint16_t>, Listeners> m_listeners; //!< by gNB number and G-RNTI

    std::vector<GroupVerdict> m_verdicts; //!< on the packet that is being handed out

    LazyTracedCallback<uint32_t, Ptr<const Packet>> m_groupAwaited; //!< UE, IP packet
    LazyTracedCallback<uint32_t, Ptr<const Packet>> m_groupResent;  //!< UE, IP packet
    LazyTracedCallback<uint32_t, Ptr<const Packet>> m_groupLost;    //!< UE, IP packet
    LazyTracedCallback<uint32_t, Ptr<const Packet>, const std::vector<GroupVerdict>&>
        m_groupReceived;                                          //!< gNB, IP packet, verdicts
    TracedCallback<uint32_t, Ptr<const Packet>> m_groupDelivered; //!< gNB, IP packet
    TracedCallback<uint32_t, Ptr<const Packet>> m_groupAddressed; //!< gNB, IP packet
    TracedCallback<uint32_t, const Tmgi&, Reception> m_reception; //!< UE, session, what it does
    TracedCallback<uint32_t, uint32_t> m_attached;                //!< UE, gNB
    TracedCallback<uint32_t, uint32_t, CellLoss> m_cellLost;      //!< UE, gNB, cause
};

} // namespace ns3::mbs

#endif // MBS_RADIO_CHANNEL_H
