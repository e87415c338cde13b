// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRAFFIC_LEDGER_H
#define MBS_TRAFFIC_LEDGER_H

#include "mbs-loss-memory.h"
#include "mbs-result-parcel.h"
#include "mbs-traffic-counts.h"

#include "ns3/mbs-foresight.h"

#include "ns3/nstime.h"

#include <array>
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
 * @brief Packet conservation of one MBS session: where each UE's packets went.
 *
 * The MBSTF sends packets 0, 1, 2, ... Each UE expects those sent while it is a member, and each
 * of them must be found in exactly one place, which the ledger counts there and never works out
 * as a remainder:
 *
 *     sent --> links --> gNB --> queue, air --> UE: delivered, or lost by a cause
 *                |                   |
 *                |                   +-- InRadio(): in flight
 *                +-- a copy on a link: in flight;  no copy anywhere: lost_core
 *
 * What the radio sends to a UE apart from the others of its cell (alone, or again) is told by
 * Awaited(), and in flight for this UE until its verdict.
 *
 * Besides comparing the numbers, the ledger proves without a bitmap per UE that no packet has two
 * places or none: each packet has a 64-bit fingerprint, and the sum of the fingerprints found in
 * all places must equal the sum of those sent. A packet counted twice and another not at all
 * leave the numbers right and the sums wrong (they agree by chance once in 2^64).
 *
 * What was sent before a UE joined counts nowhere for it, even when the UE receives it. When a UE
 * leaves, its account is closed: what is under way to it then is in flight for good. When it
 * moves to another gNB, what is under way to it is lost by HANDOVER, and it joins there.
 *
 * A packet that a UE has lost may be sent to it again behind a handover. Where KeepLosses() says
 * that this happens, Resent() takes the loss back: the packet is in flight, and its next verdict
 * decides.
 *
 * The order of reports about one packet must be that of the events: PacketSent() before the first
 * link takes it, CopyEntered() before CopyLeft(), ArrivedAtGnb() before a verdict. A copy inside a
 * box that keeps it for some time (a queue in front of a worker) is on a link too: between two
 * links that are left and entered in one event nothing needs to be told.
 *
 * UEs and gNBs are numbered from 0 without gaps. Memory: about 200 octets per UE, 8 per packet,
 * and for packets that some gNB still lacks 8 per gNB. Reports about uids that are not of this
 * session are ignored, so links may report everything they carry.
 */
class TrafficLedger
{
  public:
    /** One UE. */
    struct Row
    {
        uint32_t ue;          //!< number of the UE
        uint32_t gnb;         //!< number of its (last) gNB
        TrafficCounts counts; //!< what became of its packets
    };

    /** The packets sent in one interval, of all UEs together. */
    struct Bin
    {
        int64_t start;        //!< nanoseconds; beginning of the interval
        TrafficCounts counts; //!< what became of the packets sent in it
    };

    /**
     * @param binWidth length of the intervals of Bins(), greater than zero
     */
    explicit TrafficLedger(const Time& binWidth = MilliSeconds(100));

    /**
     * @brief Makes sure that a UE has a row, even if it never becomes a member.
     * @param ue number of the UE
     * @param gnb number of its gNB
     */
    void AddUe(uint32_t ue, uint32_t gnb);

    /**
     * @brief A UE becomes a member: it expects what is sent from now on. Moves a member.
     * @param ue number of the UE
     * @param gnb number of its gNB
     */
    void MemberJoined(uint32_t ue, uint32_t gnb);

    /**
     * @brief A UE is served by another gNB from now on. Ignored if it has no row.
     * @param ue number of the UE
     * @param gnb number of its gNB
     */
    void MemberMoved(uint32_t ue, uint32_t gnb);

    /**
     * @brief A UE leaves: it expects nothing more. Ignored if it is no member.
     * @param ue number of the UE
     */
    void MemberLeft(uint32_t ue);

    /**
     * @brief The MBSTF sends a protected packet.
     * @param index 0 for the session's first packet, then one more each time
     * @param uid what its copies are recognised by, the same for all of them
     * @param now simulated time, never less than that of the packet before
     */
    void PacketSent(uint64_t index, uint64_t uid, const Time& now);

    /**
     * @param uid a packet's uid
     * @return its index; nothing if it is not of this session
     */
    std::optional<uint64_t> IndexOf(uint64_t uid) const;

    /**
     * @brief A copy enters a link on which it may be meant for any gNB.
     * @param uid the packet's uid
     */
    void CopyEntered(uint64_t uid);

    /**
     * @brief A copy leaves such a link at either end of its way: received or dropped.
     * @param uid the packet's uid
     */
    void CopyLeft(uint64_t uid);

    /**
     * @brief A copy for one gNB enters a link.
     * @param uid the packet's uid
     * @param gnb number of the gNB that it is on the way to
     */
    void CellCopyEntered(uint64_t uid, uint32_t gnb);

    /**
     * @brief A copy for one gNB leaves a link: received or dropped.
     * @param uid the packet's uid
     * @param gnb number of the gNB that it is on the way to
     */
    void CellCopyLeft(uint64_t uid, uint32_t gnb);

    /**
     * @brief A gNB takes a packet over: from now on the radio answers for it.
     * @param uid the packet's uid
     * @param gnb number of the gNB
     */
    void ArrivedAtGnb(uint64_t uid, uint32_t gnb);

    /** @param ue number of a UE; a verdict on it is told soon */
    void ForeseeVerdict(uint32_t ue) const
    {
        if (ue < m_accounts.size())
        {
            Foresee(&m_accounts[ue], sizeof(Account));
        }
    }

    /**
     * @brief Verdict: a UE's application gets a packet.
     * @param ue number of the UE
     * @param index which packet
     * @param octets how much the application gets
     */
    void Delivered(uint32_t ue, uint64_t index, uint32_t octets)
    {
        if (m_losses && DeliveredLate(ue, index, octets))
        {
            return;
        }
        if (Account* account = Admit(ue, index))
        {
            ++account->delivered;
            account->octets += octets;
            TrafficCounts& bin = BinOf(index);
            ++bin.delivered;
            bin.octets += octets;
        }
    }

    /**
     * @brief Verdict: a UE does not get a packet that its gNB had.
     * @param ue number of the UE
     * @param index which packet
     * @param cause why; not LossCause::CORE, which the ledger finds out by itself
     */
    void Lost(uint32_t ue, uint64_t index, LossCause cause)
    {
        if (m_losses && LostAgain(ue, index, cause))
        {
            return;
        }
        if (Admit(ue, index) != nullptr)
        {
            ++m_lost[ue][static_cast<std::size_t>(cause)];
            ++BinOf(index).lost[static_cast<std::size_t>(cause)];
            NoteLoss(ue, index, cause);
        }
    }

    /**
     * @brief Losses on the radio and in handovers may be taken back. To be called before the first
     * of them.
     * @param packets for how many packets sent since, at least
     */
    void KeepLosses(uint64_t packets);

    /**
     * @brief A packet that a UE has lost is sent to it again: in flight, until a verdict. If it is
     * lost once more, that is for the same cause, unless it came to the UE. Ignored if the loss is
     * not known.
     * @param ue number of the UE
     * @param index which packet
     */
    void Resent(uint32_t ue, uint64_t index);

    /**
     * @brief Verdict: a UE does not get a packet that was sent to it, for the reason for which it
     * does not listen or, if it does, since the radio channel spoilt it.
     * @param ue number of the UE
     * @param index which packet
     */
    void LostOnAir(uint32_t ue, uint64_t index);

    /**
     * @brief Verdict on all members in a cell: the gNB had no room for a packet.
     * @param gnb number of the gNB
     * @param index which packet
     */
    void QueueDropped(uint32_t gnb, uint64_t index);

    /**
     * @brief A packet that its gNB has is under way to one UE apart from the others of the cell,
     * until a verdict: in flight, if the run ends or the UE leaves before.
     * @param ue number of the UE
     * @param index which packet
     */
    void Awaited(uint32_t ue, uint64_t index);

    /**
     * @brief A UE does not listen to the session any more, or for another reason.
     * @param ue number of the UE, which has a row
     * @param cause of the loss of what reaches its cell from now on
     */
    void ReceptionStopped(uint32_t ue, LossCause cause);

    /**
     * @brief A UE listens again. Ignored if it does.
     * @param ue number of the UE
     */
    void ReceptionStarted(uint32_t ue);

    /**
     * @brief Verdict on the members in a cell that do not listen: a packet has reached the others.
     * @param gnb number of the gNB
     * @param index which packet
     */
    void CellDelivered(uint32_t gnb, uint64_t index);

    /**
     * @brief A packet is still queued at a gNB or on the air to all UEs; to be told just before
     * Finish().
     * @param gnb number of the gNB
     * @param index which packet
     */
    void InRadio(uint32_t gnb, uint64_t index);

    /**
     * @brief The run is over: closes the accounts of all members. To be called once.
     * @param now simulated time
     */
    void Finish(const Time& now);

    /**
     * @brief Writes rows and intervals for another ledger of the session, to be called behind
     * Finish().
     * @param parcel where to
     */
    void Export(ResultParcel& parcel) const;

    /**
     * @brief Takes over the rows of another ledger of the session. That was told of the same
     * packets, but of other UEs, and both are finished.
     * @param parcel what Export() wrote there
     */
    void Absorb(ResultParcel& parcel);

    /** @return true if every packet of every UE was found in exactly one place */
    bool Conserved() const;

    /** @return a sentence about the first thing that was wrong, empty if nothing was */
    const std::string& FirstViolation() const;

    /** @return a row per UE, ascending; complete after Finish() */
    std::vector<Row> Rows() const;

    /** @return the sum of all rows; complete after Finish() */
    TrafficCounts Total() const;

    /** @return the intervals from time zero to the end of the run; complete after Finish() */
    const std::vector<Bin>& Bins() const;

  private:
    /** First packet expected by a UE that is no member: none. */
    static constexpr uint64_t NO_MEMBER = UINT64_MAX;
    /** No packet at all. */
    static constexpr uint64_t NO_PACKET = UINT64_MAX;
    /** No gNB. */
    static constexpr uint32_t NO_GNB = UINT32_MAX;

    /** What every verdict on a UE touches, in half a cache line. */
    struct alignas(CACHE_LINE / 2) Account
    {
        uint64_t firstIndex{NO_MEMBER}; //!< first packet it expects
        uint64_t found{0};              //!< sum of the fingerprints of its verdicts
        uint64_t octets{0};             //!< delivered
        uint32_t gnb{NO_GNB};           //!< number of its gNB
        uint32_t delivered{0};          //!< verdicts
    };

    /** Verdicts on a UE by cause. */
    using Losses = std::array<uint32_t, LOSS_CAUSES>;

    /** The rest of a UE. */
    struct Membership
    {
        TrafficCounts closed;   //!< its memberships until now
        uint64_t sentBefore{0}; //!< sum of the fingerprints of what was sent before it joined
        uint32_t position{0};   //!< its place among the cell's members
        bool known{false};      //!< it has a row
    };

    /** A packet that some gNB still lacks, seen from one gNB. */
    struct Way
    {
        int32_t copies{0}; //!< on links that lead to this gNB
        bool due{false};   //!< the gNB had members when it was sent and lacks it
    };

    /** A packet that some gNB still lacks. */
    struct Packet
    {
        uint64_t index{0};     //!< which
        int32_t copies{0};     //!< on links that lead to any gNB
        uint32_t missing{0};   //!< how many gNBs lack it
        std::vector<Way> ways; //!< by gNB
    };

    /** A packet that never came to a gNB. */
    struct Missing
    {
        uint64_t index; //!< which
        bool inFlight;  //!< a copy is on its way
    };

    /** A time in which a UE slept or had no cell. */
    struct Silence
    {
        LossCause cause; //!< ASLEEP or HANDOVER
        uint64_t first;  //!< first packet that it missed
        uint64_t end;    //!< first one that it may not have missed
    };

    /** One cell. */
    struct Cell
    {
        std::vector<uint32_t> members;      //!< numbers of the UEs, in no particular order
        std::vector<uint64_t> waiting;      //!< came to the gNB, no verdict yet
        std::vector<uint64_t> inRadio;      //!< told by InRadio()
        std::map<uint32_t, LossCause> deaf; //!< UEs that do not listen, and why
        uint64_t served{NO_PACKET};         //!< the packet of the last verdict
        std::vector<Missing> missing;       //!< what never came, as of missingVersion
        uint64_t missingVersion{0};         //!< state of the core that missing was made from
    };

    /**
     * @param index a packet
     * @return its fingerprint: 64 bits, as good as random (a bijection, the finaliser of
     * SplitMix64: Steele, Lea and Flood, OOPSLA 2014)
     */
    static uint64_t Fingerprint(uint64_t index)
    {
        uint64_t z = (index + 1) * 0x9e3779b97f4a7c15ULL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    /**
     * @brief Enters a verdict's fingerprint.
     * @param ue number of the UE
     * @param index which packet
     * @return the UE's account, or null if the verdict does not count
     */
    Account* Admit(uint32_t ue, uint64_t index)
    {
        if (ue >= m_accounts.size() || m_accounts[ue].firstIndex == NO_MEMBER)
        {
            return nullptr;
        }
        if (index >= m_sent)
        {
            ReportUnknownPacket(index);
            return nullptr;
        }
        Account& account = m_accounts[ue];
        // Of what was sent before, a UE may get a packet by itself that others still wait for.
        if (index < account.firstIndex)
        {
            return nullptr;
        }
        Cell& cell = m_cells[account.gnb];
        if (cell.served != index)
        {
            Serve(cell, index);
        }
        if (!m_awaited.empty())
        {
            StopAwaiting(ue, index);
        }
        account.found += Fingerprint(index);
        return &account;
    }

    /** @param ue number of a UE @param index a packet @param cause why the UE has lost it */
    void NoteLoss(uint32_t ue, uint64_t index, LossCause cause)
    {
        if (m_losses)
        {
            m_losses->Note(ue, index, cause);
        }
    }

    /**
     * @brief Delivered(), of a packet that had been lost.
     * @param ue number of the UE
     * @param index which packet
     * @param octets how much the application gets
     * @return false if it had not been
     */
    bool DeliveredLate(uint32_t ue, uint64_t index, uint32_t octets);

    /**
     * @brief Lost(), of a packet that had been lost and was under way again.
     * @param ue number of the UE
     * @param index which packet
     * @param cause why this time
     * @return false if it was not under way
     */
    bool LostAgain(uint32_t ue, uint64_t index, LossCause cause);

    /**
     * @brief A packet that a UE has lost is under way to it.
     * @param ue number of the UE
     * @param index which packet
     * @param again it is sent again; false: it was on its way, or with the UE, all along
     * @return false if its loss is not known
     */
    bool TakeLossBack(uint32_t ue, uint64_t index, bool again);

    /**
     * @param ue number of a UE
     * @param index a packet that it was sent, in this membership or one before
     * @param cause of a loss
     * @param change 1 for one more, -1 for one fewer
     */
    void CountLoss(uint32_t ue, uint64_t index, LossCause cause, int change);

    /**
     * @brief Closes a member's account of packets that had been lost and are under way again.
     * @param ue number of the UE
     * @param counts of its membership
     * @param cause of their loss; nothing if they are in flight
     */
    void CloseLate(uint32_t ue, TrafficCounts& counts, std::optional<LossCause> cause);

    /**
     * @brief A packet that may be awaited has its verdict.
     * @param ue number of the UE
     * @param index which packet
     */
    void StopAwaiting(uint32_t ue, uint64_t index);

    /**
     * @param index a packet that was sent
     * @return the counts of the interval in which it was sent
     */
    TrafficCounts& BinOf(uint64_t index)
    {
        // Unsigned: an index before the interval is far behind its end.
        if (index - m_recentFirst >= m_recentCount)
        {
            FindBin(index);
        }
        return m_bins[m_recentBin].counts;
    }

    /**
     * @brief Makes the interval of a packet the recent one.
     * @param index a packet that was sent
     */
    void FindBin(uint64_t index);

    /**
     * @brief Makes intervals up to the one that holds an instant.
     * @param nanoseconds the instant
     */
    void ExtendBins(int64_t nanoseconds);

    /**
     * @brief A cell begins to give verdicts on a packet.
     * @param cell the cell
     * @param index the packet
     */
    static void Serve(Cell& cell, uint64_t index);

    /**
     * @param uid a packet's uid
     * @return the packet, null if no gNB lacks it or it is not of this session
     */
    Packet* Find(uint64_t uid);

    /**
     * @param uid a packet's uid
     * @param gnb number of a gNB
     * @return how it stands there, null if the gNB does not lack it
     */
    Way* FindWay(uint64_t uid, uint32_t gnb);

    /**
     * @param gnb number of a gNB
     * @return its cell, made if need be
     */
    Cell& CellOf(uint32_t gnb);

    /**
     * @brief Finds out what never came to a gNB.
     * @param gnb number of the gNB
     * @return those packets
     */
    const std::vector<Missing>& MissingAt(uint32_t gnb);

    /**
     * @param ue number of a UE
     * @param index a packet that never came to its gNB
     * @return why: ASLEEP or HANDOVER if it did not listen when the packet was sent, else CORE
     */
    LossCause CauseOfMissing(uint32_t ue, uint64_t index) const;

    /**
     * @brief Closes a member's account.
     * @param ue number of the UE
     * @param inRadio packets that its cell has given no verdict on yet
     * @param cause of the loss of what is under way to it; nothing if that is in flight
     */
    void Close(uint32_t ue,
               const std::vector<uint64_t>& inRadio,
               std::optional<LossCause> cause = std::nullopt);

    /** @param ue a UE that becomes a member @param gnb number of its gNB */
    void Enter(uint32_t ue, uint32_t gnb);

    /** @param ue a member that is one no more @param cause see Close() */
    void Leave(uint32_t ue, std::optional<LossCause> cause);

    /**
     * @brief Notes that something is wrong.
     * @param sentence what
     */
    void Violate(const std::string& sentence);

    /** @param index a packet that a verdict names and nobody sent */
    void ReportUnknownPacket(uint64_t index);

    int64_t m_binWidth;                                  //!< nanoseconds
    std::vector<std::vector<uint64_t>> m_awaited;        //!< by UE, ascending; empty until one is
    std::unique_ptr<LossMemory> m_losses;                //!< if losses may be taken back
    std::vector<Account> m_accounts;                     //!< by UE
    std::vector<Losses> m_lost;                          //!< by UE
    std::vector<Membership> m_memberships;               //!< by UE
    std::map<uint32_t, std::vector<Silence>> m_silences; //!< of UEs that slept
    std::vector<Cell> m_cells;                           //!< by gNB
    std::vector<uint64_t> m_uids;                        //!< by index, while they ascend
    std::unordered_map<uint64_t, uint64_t> m_strayUids;  //!< index by uid, for those that do not
    std::unordered_map<uint64_t, Packet> m_packets;      //!< by uid: those that some gNB lacks
    std::vector<Bin> m_bins;                             //!< by start
    std::vector<uint64_t> m_binFirst; //!< by interval: first packet that it may hold
    uint64_t m_sent{0};               //!< packets sent
    uint64_t m_sentFingerprint{0};    //!< sum of their fingerprints
    uint64_t m_members{0};            //!< UEs that are members
    uint64_t m_version{1};            //!< changes with the state of the core
    uint64_t m_recentFirst{0};        //!< first packet of the recent interval
    uint64_t m_recentCount{0};        //!< packets in it
    std::size_t m_recentBin{0};       //!< the recent interval
    bool m_finished{false};           //!< Finish() was called
    std::string m_violation;          //!< the first thing that was wrong
};

} // namespace ns3::mbs

#endif // MBS_TRAFFIC_LEDGER_H
