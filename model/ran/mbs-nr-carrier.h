// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NR_CARRIER_H
#define MBS_NR_CARRIER_H

#include "mbs-radio-bearer.h"

#include "ns3/nstime.h"
#include "ns3/object.h"

#include <array>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief An NR carrier: its width and numerology, which slots belong to which direction, and how
 * much of a slot carries data. All cells of a channel use the same one.
 *
 * The pattern of slots begins at time 0 and repeats. `D` is a slot of the downlink, `U` one of the
 * uplink, `S` one that carries no data (the change of direction); `F` carries both directions
 * (frequency-division duplex).
 */
class NrCarrier : public Object
{
  public:
    /** @return the TypeId ns3::mbs::NrCarrier */
    static TypeId GetTypeId();

    NrCarrier();
    ~NrCarrier() override;

    /**
     * @brief Whether numerology, bandwidth and pattern are such that there is a carrier.
     * @return what is wrong with an attribute, or nothing
     */
    std::string WhyNot() const;

    /** @return how many resource blocks it has; 0 if there is no such carrier */
    uint32_t GetResourceBlocks() const;

    /** @return how wide what carries data is, Hz */
    double GetOccupiedBandwidth() const;

    /** @return its frequency, Hz */
    double GetFrequency() const;

    /** @return how long a slot lasts */
    Time GetSlotDuration() const;

    /** @param direction of the transmission @return the share of slots, 0 to 1 */
    double GetShare(RadioDirection direction) const;

    /**
     * @param direction of the transmission
     * @param from simulated time
     * @return when the first slot of the direction begins, not before @p from
     */
    Time GetNextSlot(RadioDirection direction, Time from) const;

    /**
     * @brief Sizes of transport blocks, by number of resource blocks from 0 to all.
     * @param mcs I_MCS, 0 to 28
     * @return the sizes, bits, ascending
     */
    const std::vector<uint32_t>& GetSizes(uint8_t mcs) const;

  private:
    uint32_t m_numerology{1};            //!< subcarrier spacing 15 kHz times 2 to this power
    uint32_t m_bandwidth{40};            //!< width of the channel, MHz
    double m_frequency{3.5e9};           //!< Hz
    std::string m_pattern{"DDDDDDDSUU"}; //!< directions of the slots
    uint32_t m_symbols{13};              //!< of a slot, for data and DM-RS
    uint32_t m_dmrs{12};                 //!< resource elements of a block with DM-RS
    uint32_t m_layers{1};                //!< spatial layers
    mutable std::array<std::vector<uint32_t>, 29> m_sizes; //!< by I_MCS, as they were asked for
};

} // namespace ns3::mbs

#endif // MBS_NR_CARRIER_H
