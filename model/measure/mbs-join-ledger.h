// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_JOIN_LEDGER_H
#define MBS_JOIN_LEDGER_H

#include "mbs-result-parcel.h"

#include "ns3/mbs-tmgi.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief How long each UE waited from its request to join a session to its first keys.
 *
 * A row is one attempt: it begins with the first request (a request sent again while none was
 * answered is no new attempt) and ends with the keys or with the refusal. A UE may attempt to join
 * several sessions at the same time.
 */
class JoinLedger
{
  public:
    /** One attempt. */
    struct Row
    {
        Tmgi tmgi;                          //!< the session
        uint32_t ue{0};                     //!< number of the UE
        uint32_t gnb{0};                    //!< number of its gNB
        int64_t requested{0};               //!< nanoseconds; the UE sent its request
        std::optional<int64_t> installed;   //!< nanoseconds; the UE had the keys
        std::optional<std::string> refusal; //!< cause, as the standard names it
        std::optional<int64_t> refused;     //!< nanoseconds; the UE knew that it may not join
    };

    /**
     * @brief A UE asks to join.
     * @param tmgi the session
     * @param ue number of the UE, counted from 0 without gaps
     * @param gnb number of its gNB
     * @param now simulated time
     */
    void Requested(const Tmgi& tmgi, uint32_t ue, uint32_t gnb, const Time& now);

    /**
     * @brief A UE has the keys; ignored if no attempt of it is open.
     * @param tmgi the session
     * @param ue number of the UE
     * @param now simulated time
     */
    void Joined(const Tmgi& tmgi, uint32_t ue, const Time& now);

    /**
     * @brief A UE was told that it may not join; ignored if no attempt of it is open.
     * @param tmgi the session
     * @param ue number of the UE
     * @param cause the standard's name of the cause
     * @param now simulated time
     */
    void Rejected(const Tmgi& tmgi, uint32_t ue, const std::string& cause, const Time& now);

    /** @param parcel gets the attempts, at the end of the run */
    void Export(ResultParcel& parcel) const;

    /** @param parcel what Export() of a ledger of other UEs wrote there */
    void Absorb(ResultParcel& parcel);

    /** @return the attempts by time of the request, then by UE, then by session */
    std::vector<Row> Rows() const;

  private:
    /**
     * @param tmgi a session
     * @param ue number of a UE
     * @return its open attempt, or null; closes it
     */
    Row* Close(const Tmgi& tmgi, uint32_t ue);

    std::vector<Row> m_rows; //!< every attempt, as they began
    std::map<std::pair<uint32_t, Tmgi>, std::size_t>
        m_open; //!< by UE and session: position of its open attempt
};

} // namespace ns3::mbs

#endif // MBS_JOIN_LEDGER_H
