// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_TRANSMITTER_H
#define MBS_RADIO_TRANSMITTER_H

#include "ns3/data-rate.h"
#include "ns3/nstime.h"

#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A first-come-first-served queue before a transmitter of a constant rate.
 *
 * The queue holds no packets: the moment at which a packet will have left follows from what is
 * before it, so that a transmission needs one event, that of its arrival.
 */
class RadioTransmitter
{
  public:
    /** @param rate of the transmitter; must be above 0 */
    void SetRate(DataRate rate);

    /** @return the rate */
    DataRate GetRate() const;

    /** @param octets how much may wait, what is being sent included */
    void SetLimit(uint32_t octets);

    /** @return how much may wait */
    uint32_t GetLimit() const;

    /**
     * @brief Queues a packet.
     * @param octets its length
     * @param now simulated time
     * @return how long it takes until its last bit has left, or nothing if there is no room
     */
    std::optional<Time> Enqueue(uint32_t octets, Time now);

  private:
    DataRate m_rate{"100Mbps"}; //!< of the transmitter
    uint32_t m_limit{1000000};  //!< octets that may wait
    Time m_busyUntil;           //!< until when what was queued so far takes
};

} // namespace ns3::mbs

#endif // MBS_RADIO_TRANSMITTER_H
