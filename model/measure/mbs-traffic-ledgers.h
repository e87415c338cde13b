// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRAFFIC_LEDGERS_H
#define MBS_TRAFFIC_LEDGERS_H

#include "mbs-traffic-ledger.h"

#include "ns3/mbs-tmgi.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The traffic ledgers of several MBS sessions, and whose a packet is.
 *
 * Each session's packets are conserved for each UE by themselves. Links and radio know a packet by
 * its uid only, so this class finds the session that it is of. Sessions are numbered from 0 in the
 * order in which they were added.
 */
class TrafficLedgers
{
  public:
    /** Names a packet. */
    struct Place
    {
        uint32_t session{0}; //!< number of its session
        uint64_t index{0};   //!< which of the session's packets
    };

    /**
     * @brief Adds a session; nothing happens if it is there.
     * @param tmgi its name
     */
    void AddSession(const Tmgi& tmgi);

    /** @return how many sessions there are */
    std::size_t GetCount() const;

    /** @param session number of a session @return its name */
    const Tmgi& GetTmgi(uint32_t session) const;

    /** @param session number of a session @return its ledger */
    TrafficLedger& Get(uint32_t session);
    /** @param session number of a session @return its ledger */
    const TrafficLedger& Get(uint32_t session) const;

    /** @param tmgi name of a session @return its ledger, null if it was not added */
    TrafficLedger* Find(const Tmgi& tmgi);
    /** @param tmgi name of a session @return its ledger, null if it was not added */
    const TrafficLedger* Find(const Tmgi& tmgi) const;

    /**
     * @brief The MBSTF sends a protected packet; ignored for a session that was not added.
     * @param tmgi name of the session
     * @param index 0 for the session's first packet, then one more each time
     * @param uid what its copies are recognised by
     * @param now simulated time
     */
    void PacketSent(const Tmgi& tmgi, uint64_t index, uint64_t uid, const Time& now);

    /**
     * @param uid a packet's uid
     * @return the ledger of the session that it may be of; null if it is of none
     */
    TrafficLedger* LedgerOf(uint64_t uid);

    /** @param uid a packet's uid @return which packet it is; nothing if it is of no session */
    std::optional<Place> PlaceOf(uint64_t uid) const;

    /** @param now simulated time at which the run ended; to be called once */
    void Finish(const Time& now);

    /** @param parcel gets rows and intervals of all sessions, behind Finish() */
    void Export(ResultParcel& parcel) const;

    /** @param parcel what Export() of ledgers of the same sessions and other UEs wrote there */
    void Absorb(ResultParcel& parcel);

    /** @return true if every packet of every UE and session was found in exactly one place */
    bool Conserved() const;

    /** @return a sentence about the first thing that was wrong, empty if nothing was */
    std::string FirstViolation() const;

    /** @return the sum over all sessions and UEs */
    TrafficCounts Total() const;

    /** @return the intervals of all sessions together */
    std::vector<TrafficLedger::Bin> Bins() const;

  private:
    /** A packet and whose it is. */
    struct Sent
    {
        uint64_t uid;     //!< of the packet
        uint32_t session; //!< number of its session
    };

    /** @param uid a packet's uid @return number of its session, if it is known */
    std::optional<uint32_t> SessionOf(uint64_t uid) const;

    std::vector<Tmgi> m_tmgis;                             //!< by number
    std::vector<std::unique_ptr<TrafficLedger>> m_ledgers; //!< by number
    std::map<Tmgi, uint32_t> m_numbers;                    //!< by name
    std::vector<Sent> m_sent;                              //!< by uid, while they ascend
    std::unordered_map<uint64_t, uint32_t> m_strays;       //!< session by uid, if they do not
};

} // namespace ns3::mbs

#endif // MBS_TRAFFIC_LEDGERS_H
