// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PROCESSING_QUEUE_H
#define MBS_PROCESSING_QUEUE_H

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-value.h"

#include <functional>
#include <list>
#include <map>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The processing model of a network function: some workers in parallel, one queue before
 * them, first come first served.
 *
 * A message that finds all workers busy waits; the queue has no limit, so that a signalling storm
 * shows as delay and not as loss. With a service time of zero a message that finds a free worker is
 * worked on at once, within the same event: a run with fixed link delays then has exactly the
 * latency of its links.
 */
class ProcessingQueue : public Object
{
  public:
    /** What is done with a message once it has been served. */
    using Job = std::function<void()>;

    /** @return the TypeId ns3::mbs::ProcessingQueue */
    static TypeId GetTypeId();

    ProcessingQueue();
    ~ProcessingQueue() override;

    /**
     * @brief Sets the distribution of the time that a worker spends on one message.
     * @param serviceTime draws seconds; a negative draw counts as 0
     */
    void SetServiceTime(Ptr<RandomVariableStream> serviceTime);

    /**
     * @brief Sets how many messages are worked on at the same time.
     * @param workers at least 1
     */
    void SetWorkers(uint32_t workers);

    /**
     * @brief Queues a message.
     * @param job what is done when its service ends
     */
    void Submit(Job job);

    /** @brief Forgets all that waits and all that is being served, as a restart does. */
    void Clear();

    /** @return how many messages wait for a worker */
    uint32_t Waiting() const;

    /**
     * @brief Callback of the trace source `Served`.
     * @param waited from arrival to the start of the service
     * @param serviceTime how long the service took
     */
    using ServedCallback = void (*)(Time waited, Time serviceTime);

  protected:
    void DoDispose() override;

  private:
    /** A message and when it came. */
    struct Entry
    {
        Job job;      //!< what to do with it
        Time arrival; //!< when it came
    };

    /**
     * @brief Gives a message to a free worker.
     * @param entry the message
     */
    void Start(Entry entry);

    /**
     * @brief A worker is done: does the job, then takes the next message.
     * @param service the number of the service
     */
    void Finish(uint64_t service);

    Ptr<RandomVariableStream> m_serviceTime; //!< seconds for one message
    uint32_t m_workers{1};                   //!< messages worked on at the same time
    uint32_t m_busy{0};                      //!< workers at work
    std::list<Entry> m_waiting; //!< messages without a worker; takes no memory while there are none
    uint64_t m_nextService{0};  //!< numbers the services

    /** A message that is being worked on. */
    struct Service
    {
        Job job;     //!< what to do when it ends
        EventId end; //!< the end of the service
    };

    std::map<uint64_t, Service> m_inService; //!< being worked on, by number
    TracedValue<uint32_t> m_length{0};       //!< messages waiting
    TracedCallback<Time, Time> m_served;     //!< waited, served
};

} // namespace ns3::mbs

#endif // MBS_PROCESSING_QUEUE_H
