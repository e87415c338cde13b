// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CELL_SCHEDULER_H
#define MBS_CELL_SCHEDULER_H

#include "mbs-nr-carrier.h"

#include "ns3/event-id.h"

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What shares the slots of a cell.
 */
enum class RadioTraffic : uint8_t
{
    MULTICAST,      //!< to groups (PTM leg of an MRB)
    POINT_TO_POINT, //!< multicast to single UEs (PTP leg of an MRB)
    SIGNALLING,     //!< to and from single UEs (SRB)
    DATA            //!< to and from single UEs (DRB)
};

/** Number of kinds. */
static constexpr std::size_t RADIO_TRAFFICS = 4;

/**
 * @ingroup mbs
 * @brief Gives the packets of a cell their slots, in both directions.
 *
 * Packets wait in a queue for each kind of traffic. In a slot the scheduler serves the kinds in the
 * order of their priorities, and packets of a kind, or of kinds of the same priority, as they came.
 * A packet takes as few resource blocks as the transport block that holds it needs (TS 38.214
 * clause 5.1.3.2); what does not fit into a slot goes on in the next one, in a further transport
 * block. A transport block has octets of one packet only. One that is repeated (slot aggregation)
 * has the same resource blocks in the next slots of its direction too, before anything else.
 *
 * A slot is an event only if something waits. All packets whose last transport block was in a slot
 * arrive in one event.
 */
class CellScheduler : public Object
{
  public:
    /** A packet that wants slots. */
    struct Request
    {
        RadioTraffic traffic{RadioTraffic::DATA}; //!< what it is
        uint32_t octets{0};                       //!< its length
        uint32_t earlier{0};     //!< how often the same blocks were sent before, for combining
        uint32_t repetitions{1}; //!< in how many slots in a row each block is sent
        /** Chooses I_MCS when the packet gets its first slot; called with its size in bits. */
        std::function<uint8_t(uint32_t bits)> selectMcs;
        /** Called when the transmission has arrived. */
        std::function<void(const RadioTransmission& transmission)> done;
    };

    /** What a kind of traffic took so far. */
    struct Usage
    {
        uint64_t transmissions{0}; //!< packets that were sent, each time they were
        uint64_t blocks{0};        //!< resource blocks of slots
        uint64_t octets{0};        //!< of transport blocks
    };

    /** @return the TypeId ns3::mbs::CellScheduler */
    static TypeId GetTypeId();

    CellScheduler();
    ~CellScheduler() override;

    /** @param carrier of the cell */
    void SetCarrier(Ptr<const NrCarrier> carrier);

    /**
     * @brief Whether a slot of a carrier can hold anything.
     * @param carrier a carrier that there is, see NrCarrier::WhyNot()
     * @return what is wrong with an attribute, or nothing
     */
    std::string WhyNot(const NrCarrier& carrier) const;

    /**
     * @brief Lets a packet wait for slots.
     * @param direction which way it goes
     * @param request the packet
     */
    void Enqueue(RadioDirection direction, Request request);

    /**
     * @param direction which way
     * @param traffic which kind
     * @return octets that wait, without what was sent already
     */
    uint32_t GetWaiting(RadioDirection direction, RadioTraffic traffic) const;

    /**
     * @param direction which way
     * @param traffic which kind
     * @return what it took so far
     */
    const Usage& GetUsage(RadioDirection direction, RadioTraffic traffic) const;

    /** @return from when a UE has something to send to when it waits in the cell */
    Time GetGrantDelay() const;

    /** @return how often a transport block may be sent, the first time included */
    uint32_t GetHarqTransmissions() const;

    /** @return from the failed arrival of a transport block to its next request for slots */
    Time GetHarqDelay() const;

    /**
     * @brief The share of the downlink's resource blocks that was used since the last call.
     * @return 0 to 1; 0 if no time has passed
     */
    double TakeLoad();

  protected:
    void DoDispose() override;

  private:
    /** A request, and how far it is. */
    struct Job
    {
        Request request;                //!< what is asked for
        uint32_t left{0};               //!< octets that have no slot yet
        RadioTransmission transmission; //!< what was sent so far
    };

    /** A transport block that is in the next slots too. */
    struct Repeated
    {
        uint32_t blocks{0};     //!< resource blocks in each of them
        uint32_t left{0};       //!< how many slots
        std::optional<Job> job; //!< of its last block: the packet, complete then
    };

    /** One direction. */
    struct Side
    {
        std::map<uint8_t, std::deque<Job>> queues;      //!< by priority
        std::vector<Repeated> repeated;                 //!< in the order in which they began
        std::array<uint32_t, RADIO_TRAFFICS> waiting{}; //!< octets, by kind of traffic
        std::array<Usage, RADIO_TRAFFICS> usage{};      //!< by kind of traffic
        bool awake{false};                              //!< an event for the next slot is pending
    };

    /** @param direction whose next slot becomes an event @param from not before then */
    void Wake(RadioDirection direction, Time from);

    /** @param direction whose slot begins */
    void Slot(RadioDirection direction);

    /**
     * @brief Gives a packet resource blocks of the slot.
     * @param side of the packet
     * @param job the packet
     * @param free resource blocks that are free
     * @return how many it took
     */
    uint32_t Allocate(Side& side, Job& job, uint32_t free) const;

    /**
     * @brief Gives repeated blocks their place in the slot.
     * @param side whose
     * @param complete gets packets that are complete with it
     * @return resource blocks that they take
     */
    static uint32_t Repeat(Side& side, std::vector<Job>& complete);

    /** @param traffic a kind @return its rank */
    uint8_t PriorityOf(RadioTraffic traffic) const;

    /** @param direction which way @return its queues */
    Side& SideOf(RadioDirection direction);

    /** @param jobs have arrived */
    static void Arrive(const std::vector<Job>& jobs);

    Ptr<const NrCarrier> m_carrier;  //!< of the cell
    uint8_t m_multicastPriority{2};  //!< the least is served first
    uint8_t m_ptpPriority{2};        //!< the least is served first
    uint8_t m_signallingPriority{1}; //!< the least is served first
    uint8_t m_dataPriority{3};       //!< the least is served first
    uint32_t m_header{8};            //!< octets that a transport block adds
    Time m_processing;               //!< from the end of a slot to the receiver
    Time m_grantDelay;               //!< before the uplink
    uint32_t m_harqTransmissions{4}; //!< bound
    Time m_harqDelay;                //!< until it is sent again
    std::array<Side, 2> m_sides;     //!< by direction
    double m_usedBlocks{0};          //!< of the downlink, since the load was taken
    Time m_loadTaken;                //!< when that was
};

} // namespace ns3::mbs

#endif // MBS_CELL_SCHEDULER_H
