// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PDCP_RECEIVER_H
#define MBS_PDCP_RECEIVER_H

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Puts the packets of a data radio bearer in order again that were overtaken while they were
 * sent once more: the receiving PDCP entity (TS 38.323 clause 5.2.2.2, from memory).
 *
 * A packet that follows a gap waits until the gap is filled or t-Reordering runs out. The variables
 * have the names of the standard.
 */
class PdcpReceiver
{
  public:
    /** Is called with a packet. */
    using Handler = std::function<void(Ptr<const Packet> packet)>;

    /**
     * @param tReordering how long a packet waits for those before it; 0 hands packets on as they
     * come
     * @param deliver gets the packets in order
     * @param discard gets what comes twice, or later than it was waited for
     */
    PdcpReceiver(Time tReordering, Handler deliver, Handler discard);
    ~PdcpReceiver();

    PdcpReceiver(const PdcpReceiver&) = delete;
    PdcpReceiver& operator=(const PdcpReceiver&) = delete;

    /**
     * @brief Takes a packet from the air.
     * @param count its number, from 0
     * @param packet the packet
     */
    void Receive(uint32_t count, Ptr<const Packet> packet);

    /**
     * @brief The bearer ends or is suspended: hands on what is stored, in order, and waits for
     * nothing any more (TS 38.323 clauses 5.1.3 and 5.1.4).
     */
    void Release();

    /** @return RX_DELIV: number of the first packet that it has neither handed on nor given up */
    uint32_t GetRxDeliv() const;

    /** @return RX_NEXT: number behind the greatest one that came */
    uint32_t GetRxNext() const;

    /** @return numbers of the packets that wait for others, ascending */
    std::vector<uint32_t> GetStored() const;

  private:
    /** @brief Hands on what is stored from RX_DELIV on, up to the next gap. */
    void DeliverInOrder();

    /** @brief Starts or stops t-Reordering as the variables want it. */
    void UpdateTimer();

    /** @brief Waits no longer for what is before RX_REORD. */
    void TimerExpired();

    Time m_tReordering;                             //!< how long a packet waits
    Handler m_deliver;                              //!< gets packets in order
    Handler m_discard;                              //!< gets what is of no use
    std::map<uint32_t, Ptr<const Packet>> m_stored; //!< by number
    uint32_t m_rxNext{0};                           //!< RX_NEXT: above all that came
    uint32_t m_rxDeliv{0};                          //!< RX_DELIV: first that is waited for
    uint32_t m_rxReord{0};                          //!< RX_REORD: what started t-Reordering
    EventId m_timer;                                //!< t-Reordering
};

} // namespace ns3::mbs

#endif // MBS_PDCP_RECEIVER_H
