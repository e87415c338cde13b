// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRAFFIC_WATCH_H
#define MBS_TRAFFIC_WATCH_H

#include "mbs-helper.h"
#include "mbs-report-feed.h"

#include "ns3/mbs-traffic-ledgers.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Follows the packets of all sessions from the MBSTF over links, gNBs and the air to the
 * UEs, and keeps the sessions' ledgers.
 */
class TrafficWatch
{
  public:
    /**
     * @param network what is measured; must outlive this object
     * @param feed brings the ledgers what happened; must outlive this object
     */
    TrafficWatch(const MbsHelper& network, ReportFeed& feed);

    TrafficWatch(const TrafficWatch&) = delete;
    TrafficWatch& operator=(const TrafficWatch&) = delete;

    /** @brief Connects to all trace sources. */
    void Connect();

    /** @param report of a packet in the core, told to the ledgers */
    void Enter(const CoreReport& report);

    /** @param parcel what the ledgers of another process wrote there, taken over after Finish() */
    void Absorb(ResultParcel& parcel);

    /**
     * @param ue number of a UE
     * @param tmgi the session that it is in from now on
     * @param gnb number of its gNB
     */
    void MemberJoined(uint32_t ue, const Tmgi& tmgi, uint32_t gnb);

    /** @param ue number of a UE @param tmgi the session that it is in no more */
    void MemberLeft(uint32_t ue, const Tmgi& tmgi);

    /**
     * @brief A packet of an MBS session has arrived at a gNB.
     * @param gnb number of the gNB
     * @param uid of the IP packet
     * @return true if it is traffic
     */
    bool ArrivedAtGnb(uint32_t gnb, uint64_t uid);

    /** @brief Closes the accounts, at the simulated time at which the run ended. */
    void Finish();

    /** @return the ledgers */
    const TrafficLedgers& GetLedgers() const;

  private:
    /** @brief Follows packets over the links on which they travel. */
    void WatchLinks();

    /**
     * @param uid of a packet of an MBS session
     * @return which one it is among the traffic, or nothing if it is no traffic
     */
    const std::optional<TrafficLedgers::Place>& PlaceOf(uint64_t uid);

    /**
     * @brief Gives the ledger what became of a packet.
     * @param uid of the packet
     * @param verdicts of UEs of a cell
     */
    void EnterVerdicts(uint64_t uid, const std::vector<GroupVerdict>& verdicts);

    /**
     * @brief UEs of a cell received a packet.
     * @param gnb number of the gNB
     * @param packet the IP packet
     * @param verdicts what became of it
     */
    void GroupReceived(uint32_t gnb,
                       Ptr<const Packet> packet,
                       const std::vector<GroupVerdict>& verdicts);

    /**
     * @brief The radio spoilt a packet for a UE.
     * @param ue number of the UE
     * @param packet the IP packet
     */
    void GroupLost(uint32_t ue, Ptr<const Packet> packet);

    /**
     * @brief A packet is under way to a UE apart from others.
     * @param ue number of the UE
     * @param packet the IP packet
     */
    void GroupAwaited(uint32_t ue, Ptr<const Packet> packet);

    /**
     * @brief A packet that a UE has lost is sent to it again.
     * @param ue number of the UE
     * @param packet the IP packet
     */
    void GroupResent(uint32_t ue, Ptr<const Packet> packet);

    /** @brief Has the ledgers know which losses a handover may make good for. */
    void KeepLosses();

    /**
     * @brief A packet for a UE alone found its cell's queue full.
     * @param gnb number of the gNB
     * @param ue number of the UE
     * @param packet the IP packet
     */
    void PtpDropped(uint32_t gnb, uint32_t ue, Ptr<const Packet> packet);

    /**
     * @brief A packet was taken into a cell's queue.
     * @param gnb number of the gNB
     * @param packet the IP packet
     */
    void GroupQueued(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief A packet found a cell's queue full.
     * @param gnb number of the gNB
     * @param packet the IP packet
     */
    void GroupDropped(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief A packet's transmission in a cell has ended.
     * @param gnb number of the gNB
     * @param packet the IP packet
     */
    void GroupDelivered(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief A UE has got a serving cell.
     * @param ue number of the UE
     * @param gnb number of its gNB
     */
    void UeAttached(uint32_t ue, uint32_t gnb);

    /**
     * @brief A packet goes to the UEs of a cell that listen, each by itself.
     * @param gnb number of the gNB
     * @param packet the IP packet
     */
    void GroupAddressed(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief A UE began or ceased to listen.
     * @param ue number of the UE
     * @param tmgi to which session
     * @param reception what it does from now on
     */
    void ReceptionChanged(uint32_t ue, const Tmgi& tmgi, Reception reception);

    const MbsHelper& m_network; //!< what is measured
    ReportFeed& m_feed;         //!< brings the ledgers what happened
    TrafficLedgers m_ledgers;   //!< packets
    std::vector<std::set<std::pair<uint32_t, uint64_t>>>
        m_inRadio;                                      //!< by gNB: queued or on the air
    uint64_t m_recentUid{UINT64_MAX};                   //!< of the packet looked up last
    std::optional<TrafficLedgers::Place> m_recentPlace; //!< which one it is
    TrafficLedger* m_recentLedger{nullptr};             //!< its session's
};

} // namespace ns3::mbs

#endif // MBS_TRAFFIC_WATCH_H
