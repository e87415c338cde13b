// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MRB_RECOVERY_BUFFER_H
#define MBS_MRB_RECOVERY_BUFFER_H

#include "mbs-group-pdu.h"

#include "ns3/mbs-pdcp-status-report.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The packets that a multicast radio bearer has sent lately, for UEs that come by handover
 * and lack them, and their numbers, which are the same in all cells.
 *
 * PDCP COUNT is the DL MBS QFI sequence number with which the MB-UPF sent the packet (TS 38.300
 * clause 16.10.5.3, from memory). When that begins anew, since the MB-UPF has restarted, COUNT goes
 * on from where it was.
 *
 * A UE gets what is sent while it listens in the same way as the others of the cell; what had been
 * sent before is what can be sent to it again.
 */
class MrbRecoveryBuffer
{
  public:
    /** Sequence numbers have 18 bits: no more packets than half of them can be told apart. */
    static constexpr uint32_t WINDOW = uint32_t{1} << 17;

    /**
     * @param number DL MBS QFI sequence number of a packet that is about to be sent
     * @return its COUNT
     */
    uint32_t CountOf(uint32_t number);

    /** @return COUNT of the packet that comes next; nothing if none has come */
    std::optional<uint32_t> GetNext() const;

    /**
     * @brief Keeps a packet.
     * @param pdu the packet; its COUNT is of CountOf()
     * @param limit how many packets are kept, at least 1
     */
    void Keep(const std::shared_ptr<const GroupPdu>& pdu, uint32_t limit);

    /** @param count COUNT of a packet that has been sent: who listens has got it, or lost it */
    void NoteSent(uint32_t count);

    /** @param ue number of a UE that begins to listen */
    void ListenerBegan(uint32_t ue);

    /** @param ue number of a UE that listens no more */
    void ListenerEnded(uint32_t ue);

    /**
     * @param ue number of a UE that listens
     * @param report what it lacks
     * @return what of that is kept and was sent before the UE began to listen, in the order of
     * COUNT
     */
    std::vector<std::shared_ptr<const GroupPdu>> FindMissing(uint32_t ue,
                                                             const PdcpStatusReport& report) const;

    /** @brief The bearer ends. */
    void Clear();

  private:
    /** A packet. */
    struct Entry
    {
        std::shared_ptr<const GroupPdu> pdu; //!< with its COUNT
        uint64_t sent{0};                    //!< as which one it was sent, from 1; 0: not yet
    };

    std::optional<uint32_t> m_next;           //!< COUNT of the next packet
    uint32_t m_offset{0};                     //!< of COUNT from the MB-UPF's numbers
    std::deque<Entry> m_entries;              //!< in the order in which they came
    uint64_t m_sent{0};                       //!< how many packets were sent
    std::map<uint32_t, uint64_t> m_listeners; //!< how many were when a UE began, by its number
};

} // namespace ns3::mbs

#endif // MBS_MRB_RECOVERY_BUFFER_H
