// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MULTICAST_RADIO_BEARER_H
#define MBS_MULTICAST_RADIO_BEARER_H

#include "mbs-group-pdu.h"
#include "mbs-mrb-recovery-buffer.h"
#include "mbs-radio-bearer.h"

#include "ns3/nstime.h"
#include "ns3/object.h"

#include <memory>
#include <vector>

namespace ns3::mbs
{

class GnbRadioDevice;
class UeRadioDevice;

/**
 * @ingroup mbs
 * @brief The radio bearer of a multicast session in a cell (MRB, TS 38.300 clause 16.10): sends
 * each packet once to the group, under its G-RNTI (point-to-multipoint, PTM), or to each UE by
 * itself, under its C-RNTI (point-to-point, PTP).
 *
 *     packet --> PDCP: COUNT --+-- PTM leg: group scheme, repetitions, HARQ of the group --> all
 * UEs
 *                              |
 *                              +-- PTP leg: for each UE its scheme, HARQ, RLC --> that UE
 *
 * Both legs share one sequence of numbers, so that a UE that is changed from one to the other
 * neither misses a packet nor gets one twice. Without PTP and without HARQ nothing can overtake
 * anything else, and packets have no numbers.
 *
 * HARQ of the group: a UE that cannot decode a packet says so, and while there is one the packet is
 * sent to the group again; those that have it already ignore that. With `nack-only` all UEs share
 * one resource of the uplink for it, so that the gNB does not know who it was; with `ack-nack` each
 * has its own, and what few UEs miss can be sent again to them alone. The answers themselves are
 * never lost.
 *
 * A UE that stops to listen gets what has waited for others at once, and has lost what is under way
 * to it. UEs in RRC_INACTIVE have neither C-RNTI nor uplink: as long as one listens all packets go
 * by PTM, and what none but such UEs lack is not sent again.
 *
 * What is broadcast is for UEs in any state: it goes by PTM, without HARQ.
 *
 * With status reports a UE that comes by handover says which packets it lacks, and those that the
 * bearer has kept go to it once more by PTP, in RLC acknowledged mode. Then packets have numbers
 * that are the same in all cells, whichever way they go.
 */
class MulticastRadioBearer : public Object
{
  public:
    /** Which leg is used. */
    enum class Delivery : uint8_t
    {
        PTM, //!< always PTM
        PTP, //!< always PTP
        AUTO //!< PTP for few UEs, PTM for many
    };

    /** Which feedback UEs give to what is sent to the group. */
    enum class Harq : uint8_t
    {
        OFF,       //!< none
        NACK_ONLY, //!< one resource for all who could not decode it
        ACK_NACK   //!< a resource for each UE
    };

    /** What becomes of packets that a UE misses in a handover. */
    enum class HandoverRecovery : uint8_t
    {
        NONE,         //!< they are lost
        STATUS_REPORT //!< the UE says in the target cell which ones it lacks
    };

    /** What the bearer did so far. */
    struct Counts
    {
        uint64_t ptmPackets{0};         //!< packets sent by PTM
        uint64_t ptpPackets{0};         //!< packets sent by PTP
        uint64_t ptpCopies{0};          //!< what these were for single UEs
        uint64_t ptmRetransmissions{0}; //!< HARQ: sent to the group again
        uint64_t ptpRetransmissions{0}; //!< HARQ of the group: sent again to one UE
        uint64_t feedback{0};           //!< resources of the uplink for HARQ of the group
        uint64_t switches{0};           //!< changes of the leg
        uint64_t statusReports{0};      //!< PDCP STATUS REPORTs of UEs that came by handover
        uint64_t recoveries{0};         //!< packets sent to these once more
    };

    /** @return the TypeId ns3::mbs::MulticastRadioBearer */
    static TypeId GetTypeId();

    MulticastRadioBearer();
    ~MulticastRadioBearer() override;

    /**
     * @brief Says whose bearer it is.
     * @param cell the cell, which keeps the bearer
     * @param gRnti the group
     */
    void SetCell(GnbRadioDevice* cell, uint16_t gRnti);

    /** @brief What it carries is broadcast: no attribute of PTP or HARQ has an effect. */
    void SetBroadcast();

    /**
     * @param packet an IP packet for the group
     * @param number DL MBS QFI sequence number of it; must be there if RecoversHandovers()
     */
    void Send(Ptr<const Packet> packet, std::optional<uint32_t> number = std::nullopt);

    /** @return true if UEs that come by handover say what they lack, and get it */
    bool RecoversHandovers() const;

    /** @param ue number of a UE that begins to listen */
    void ListenerBegan(uint32_t ue);

    /** @param ue number of a UE that listens no more */
    void ListenerEnded(uint32_t ue);

    /**
     * @param report of a UE
     * @return true if the first packet that it lacks is as near to the next packet here that their
     * numbers can be told apart
     */
    bool IsInWindow(const PdcpStatusReport& report) const;

    /**
     * @brief Sends a UE what it lacks and is kept here.
     * @param ue the UE, which listens
     * @param report what it lacks
     */
    void Recover(const UeRadioDevice& ue, const PdcpStatusReport& report);

    /** @brief The group ends: nothing is kept of it. */
    void End();

    /** @return true if packets have numbers */
    bool KeepsOrder() const;

    /** @return number of the next packet: what a UE that begins to listen waits for first; nothing
     * if that is not known before it comes */
    std::optional<uint32_t> GetNextCount() const;

    /** @return how long a UE waits for packets that others have overtaken */
    Time GetTReordering() const;

    /** @return true if the last packet was sent by PTP */
    bool IsPointToPoint() const;

    /** @return what it did so far */
    const Counts& GetCounts() const;

  protected:
    void DoDispose() override;

  private:
    /** UEs in a row. */
    using Ues = std::vector<Ptr<UeRadioDevice>>;

    /** A packet on the PTM leg. */
    struct Attempt
    {
        std::shared_ptr<const GroupPdu> pdu; //!< the packet
        uint32_t number{1};                  //!< which transmission, from 1
        uint8_t mcs{0};                      //!< scheme of the first one
        Ues missing;                         //!< who lacks it; of the first one nobody yet
    };

    /** @param packet that is sent next @param number of it on N3mb @return with its COUNT */
    std::shared_ptr<const GroupPdu> Number(Ptr<const Packet> packet,
                                           const std::optional<uint32_t>& number);

    /** @brief Chooses the leg for the next packet. */
    void ChooseLeg();

    /** @param packet goes by PTM, and nobody says whether it arrived */
    void SendUnnumbered(Ptr<const Packet> packet);

    /** @param attempt is sent to the group @return false if the cell's queue has no room */
    bool SendToGroup(Attempt attempt);

    /** @param attempt has reached the end of its way @param sent how it was sent */
    void EndAttempt(Attempt attempt, const RadioTransmission& sent);

    /** @param attempt is to be made, after another one that some UE missed */
    void SendAgain(Attempt attempt);

    /** @param pdu goes to each UE by itself */
    void SendToEach(const std::shared_ptr<const GroupPdu>& pdu);

    /** @param ues some UEs @return how many of them are in RRC_CONNECTED */
    std::size_t CountAwake(const Ues& ues) const;

    /** @return how many of the UEs that listen are in RRC_CONNECTED */
    std::size_t CountAwakeListeners() const;

    /** @param attempt whose answers are counted */
    void CountFeedback(const Attempt& attempt);

    GnbRadioDevice* m_cell{nullptr};    //!< whose bearer it is
    uint16_t m_gRnti{0};                //!< the group
    bool m_broadcast{false};            //!< PTM without HARQ
    Delivery m_delivery{Delivery::PTM}; //!< attribute
    uint32_t m_threshold{5};            //!< UEs
    uint32_t m_hysteresis{1};           //!< UEs
    Harq m_harq{Harq::OFF};             //!< attribute
    uint32_t m_transmissions{4};        //!< bound
    uint32_t m_unicastUes{0};           //!< up to which they are sent a packet again one by one
    uint32_t m_repetitions{1};          //!< of each transmission to the group
    uint32_t m_ptpRetransmissions{0};   //!< of RLC
    Time m_tReordering;                 //!< attribute
    HandoverRecovery m_handoverRecovery{HandoverRecovery::NONE}; //!< attribute
    uint32_t m_recoveryBuffer{1024};                             //!< attribute, packets
    uint32_t m_recoveryRetransmissions{8};                       //!< attribute
    MrbRecoveryBuffer m_recent; //!< packets sent, with handover recovery
    std::optional<bool> m_ptp;  //!< the last packet was sent by PTP
    uint32_t m_nextCount{0};    //!< number of the next packet
    Counts m_counts;            //!< what was done
};

} // namespace ns3::mbs

#endif // MBS_MULTICAST_RADIO_BEARER_H
