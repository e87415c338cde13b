// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MEMBERSHIP_LEDGER_H
#define MBS_MEMBERSHIP_LEDGER_H

#include "mbs-result-parcel.h"

#include "ns3/mbs-key-id.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a UE could decrypt of one session's traffic without being a member: after it left
 * (forward secrecy) and from before it joined (backward secrecy).
 *
 *     traffic   |--- MTK a ---|--- MTK b ---|--- MTK c ---|--- MTK d ---> under MSK 2
 *     member                       |-----------------|
 *                             |<-->|                 |<-->|
 *                             before                 after
 *
 * Reckoned from who was given which keys and from when which key protected the traffic, for a UE
 * that keeps its keys instead of wiping them and receives all that is on the air. It can read what
 * is under an MTK that it was given, and what is under an MTK that was multicast in a MIKEY message
 * under an MSK that it holds. Messages from before it joined help only one that recorded them,
 * which is counted apart.
 *
 * A row is a membership. What was sent while the UE was a member an earlier or a later time counts
 * nowhere. UEs are numbered from 0.
 */
class MembershipLedger
{
  public:
    /** How a membership ended. */
    enum class Ending : uint8_t
    {
        NONE,   //!< it has not
        LEFT,   //!< the UE left
        REMOVED //!< the network removed it
    };

    /** Traffic that could be decrypted. */
    struct Exposure
    {
        int64_t time{0};     //!< nanoseconds for which such traffic was being sent
        uint64_t packets{0}; //!< how many packets that were
    };

    /** One membership. */
    struct Row
    {
        uint32_t ue{0};              //!< number of the UE
        uint32_t gnb{0};             //!< number of its gNB
        int64_t joined{0};           //!< nanoseconds; the UE had the keys
        std::optional<int64_t> left; //!< nanoseconds; it was out
        Ending ending{Ending::NONE}; //!< how it ended
        Exposure after;              //!< from the end of the membership on
        Exposure before;             //!< from before it, with the keys given at the join
        Exposure recorded;           //!< the same, with recorded MIKEY messages beside
    };

    /**
     * @brief Another key protects the traffic from now on.
     * @param mki its name
     * @param now simulated time
     */
    void KeyActivated(const Mki& mki, const Time& now);

    /** @brief A packet is sent under that key. */
    void PacketSent();

    /** @param mki name of an MTK that is multicast in a MIKEY message under its MSK */
    void MtkMulticast(const Mki& mki);

    /**
     * @brief A UE is given an MSK, while it joins or as a member.
     * @param ue number of the UE
     * @param mki names the MSK and the MTK that came with it
     */
    void MskGiven(uint32_t ue, const Mki& mki);

    /**
     * @brief A UE becomes a member, with the keys given since it was one last. Ignored if it is
     * one.
     * @param ue number of the UE
     * @param gnb number of its gNB
     * @param now simulated time
     */
    void Joined(uint32_t ue, uint32_t gnb, const Time& now);

    /**
     * @brief A UE is a member no more. Ignored if it is none.
     * @param ue number of the UE
     * @param ending LEFT or REMOVED
     * @param now simulated time
     */
    void Left(uint32_t ue, Ending ending, const Time& now);

    /** @param now simulated time at which the run ended; to be called once */
    void Finish(const Time& now);

    /** @param parcel gets the memberships, behind Finish() */
    void Export(ResultParcel& parcel) const;

    /** @param parcel what Export() of a ledger of the same session and other UEs wrote there */
    void Absorb(ResultParcel& parcel);

    /** @return the memberships by beginning, then by UE; with exposures after Finish() */
    const std::vector<Row>& Rows() const;

  private:
    /** @brief Puts the rows in order. */
    void SortRows();

    /** A stretch of time in which one key protected the traffic. */
    struct Period
    {
        Mki mki;                //!< name of the key
        int64_t begin{0};       //!< nanoseconds
        uint64_t firstIndex{0}; //!< of the packets sent in it
    };

    /** What a UE knows and where its membership stands. */
    struct Member
    {
        std::vector<Mki> keys;         //!< MSKs that it was given, each with its first MTK
        std::size_t row{SIZE_MAX};     //!< its membership, if it is in one
        std::size_t lastRow{SIZE_MAX}; //!< its last one, if there was one
    };

    /** One end of a membership, until it can be reckoned. */
    struct Mark
    {
        uint64_t joinIndex{0};        //!< first packet sent after the join
        uint64_t leftIndex{0};        //!< first packet sent after the end
        std::size_t atJoin{0};        //!< how many of the keys came with the join
        std::size_t before{SIZE_MAX}; //!< the UE's membership before this one
        std::size_t next{SIZE_MAX};   //!< and the one after it
        std::vector<Mki> keys;        //!< all that it was given
    };

    /**
     * @brief Adds up what can be read of the traffic in a window.
     * @param from nanoseconds @param until nanoseconds
     * @param first packet of the window @param last packet behind it
     * @param readable says whether a key can be had
     * @return the sum
     */
    template <typename Readable>
    Exposure Sum(int64_t from,
                 int64_t until,
                 uint64_t first,
                 uint64_t last,
                 const Readable& readable) const;

    std::vector<Period> m_periods;        //!< in order
    std::set<uint64_t> m_multicast;       //!< MTKs in MIKEY messages, by name as a number
    std::map<uint32_t, Member> m_members; //!< by UE
    std::vector<Row> m_rows;              //!< as they began
    std::vector<Mark> m_marks;            //!< by row
    uint64_t m_sent{0};                   //!< packets
    int64_t m_end{0};                     //!< nanoseconds
};

/** @param ending how a membership ended @return "left", "removed", or nothing */
const char* ToString(MembershipLedger::Ending ending);

} // namespace ns3::mbs

#endif // MBS_MEMBERSHIP_LEDGER_H
