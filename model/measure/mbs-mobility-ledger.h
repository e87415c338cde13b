// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MOBILITY_LEDGER_H
#define MBS_MOBILITY_LEDGER_H

#include "mbs-latency-statistics.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief When and why UEs left or lost their cells, which ones they found, and for how long they
 * did not listen to multicast.
 *
 *     listens --> cell lost --> cell found --> listens
 *                    |               \ cell lost once more: another row, the same interruption
 *                    |<---- interruption ---->|
 */
class MobilityLedger
{
  public:
    /** Why a UE left or lost its cell. */
    enum class Cause : uint8_t
    {
        OUTAGE,             //!< it was taken out of coverage
        RADIO_LINK_FAILURE, //!< its radio link failed
        ACCESS_FAILURE,     //!< the cell that it had found did not take it
        HANDOVER,           //!< it was told to go to another one
        HANDOVER_FAILURE    //!< it did not get there
    };

    /** One loss of a cell. */
    struct Row
    {
        uint32_t ue{0};                      //!< number of the UE
        uint32_t gnb{0};                     //!< number of the gNB of the cell
        Cause cause{Cause::OUTAGE};          //!< why
        int64_t lost{0};                     //!< nanoseconds
        std::optional<uint32_t> next;        //!< number of the gNB of the cell that it found
        std::optional<int64_t> found;        //!< nanoseconds
        std::optional<int64_t> listening;    //!< nanoseconds; it listened to a session again
        std::optional<int64_t> interruption; //!< nanoseconds since it had listened last
    };

    /**
     * @brief A UE loses its cell.
     * @param ue number of the UE
     * @param gnb number of the gNB of the cell
     * @param cause why
     * @param now simulated time
     */
    void CellLost(uint32_t ue, uint32_t gnb, Cause cause, const Time& now);

    /**
     * @brief A UE has found a cell; ignored if it has lost none.
     * @param ue number of the UE
     * @param gnb number of the gNB of the cell
     * @param now simulated time
     */
    void CellFound(uint32_t ue, uint32_t gnb, const Time& now);

    /**
     * @brief A UE listens to a session; ignored if it has not found a cell behind one that it lost.
     * @param ue number of the UE
     * @param now simulated time
     */
    void Listening(uint32_t ue, const Time& now);

    /** @return the losses in the order in which they happened */
    const std::vector<Row>& Rows() const;

    /** @param cause a cause @return how often a cell was lost by it */
    uint64_t Count(Cause cause) const;

    /** @return how often a UE that had lost its cell found another one */
    uint64_t CountChanges() const;

    /** @return how many UEs have lost their cell and do not listen again */
    uint64_t CountOpen() const;

    /** @return how long UEs did not listen */
    LatencyStatistics Interruptions() const;

  private:
    /** An interruption that goes on. */
    struct Open
    {
        std::size_t row; //!< place of the last loss
        int64_t since;   //!< nanoseconds; the first one
    };

    std::vector<Row> m_rows;         //!< as they happened
    std::map<uint32_t, Open> m_open; //!< by UE
};

/** @param cause a cause @return its name in results, such as rlf */
const char* ToString(MobilityLedger::Cause cause);

} // namespace ns3::mbs

#endif // MBS_MOBILITY_LEDGER_H
