// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_LOSS_MEMORY_H
#define MBS_LOSS_MEMORY_H

#include "mbs-traffic-counts.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Which packets UEs have lost lately, for a ledger that must take losses back: a packet that
 * a UE missed in a handover may be sent to it again.
 *
 *     lost --Note()--> known --Resend()--> under way --Take()--> delivered, or lost once more
 */
class LossMemory
{
  public:
    /** A packet that was lost and is under way, or still kept by its UE. */
    struct Late
    {
        LossCause cause;  //!< why it was lost
        bool again{true}; //!< it is sent again; false: it was on its way, or with the UE, all along
    };

    /** @param packets how far back a loss is remembered, at least */
    explicit LossMemory(uint64_t packets);

    /**
     * @brief A UE has lost a packet.
     * @param ue number of the UE
     * @param index which packet
     * @param cause why; what a late packet can make good for: else it is not remembered
     */
    void Note(uint32_t ue, uint64_t index, LossCause cause);

    /**
     * @brief Forgets a loss.
     * @param ue number of the UE
     * @param index which packet
     * @return why it was lost; nothing if it is not known to be
     */
    std::optional<LossCause> Forget(uint32_t ue, uint64_t index);

    /**
     * @brief A packet whose loss was forgotten is under way to its UE.
     * @param ue number of the UE
     * @param index which packet
     * @param late why it was lost, and whether it is sent again
     */
    void Resend(uint32_t ue, uint64_t index, Late late);

    /**
     * @param ue number of a UE
     * @param index a packet
     * @return how it stands, to be changed; null if it is not under way
     */
    Late* Find(uint32_t ue, uint64_t index);

    /**
     * @brief A packet that is under way has its verdict.
     * @param ue number of the UE
     * @param index which packet
     * @return how it stood; nothing if it is not under way
     */
    std::optional<Late> Take(uint32_t ue, uint64_t index);

    /** @param ue a UE @return what is under way to it, which ends */
    std::map<uint64_t, Late> TakeAll(uint32_t ue);

    /** @param ue a UE whose losses are final */
    void ForgetAll(uint32_t ue);

    /** @param cause why a packet was lost @return true if it never came to the UE's bearer */
    static bool Concerns(LossCause cause);

  private:
    /** A packet that a UE has lost. */
    struct Loss
    {
        uint64_t index;  //!< which packet
        LossCause cause; //!< why
    };

    /** Losses of a UE, ascending. */
    using Losses = std::vector<Loss>;

    /** @param known losses of a UE @param index a packet @return where it is, or belongs */
    static Losses::iterator PlaceOf(Losses& known, uint64_t index);

    uint64_t m_packets;                                   //!< how far back
    std::vector<Losses> m_known;                          //!< by UE
    std::map<uint32_t, std::map<uint64_t, Late>> m_again; //!< by UE and packet: under way
};

} // namespace ns3::mbs

#endif // MBS_LOSS_MEMORY_H
