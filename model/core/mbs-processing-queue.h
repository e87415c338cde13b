// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PROCESSING_QUEUE_H
#define MBS_PROCESSING_QUEUE_H

#include "ns3/mbs-lazy-traced-callback.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/random-variable-stream.h"

#include <functional>
#include <list>
#include <memory>

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
 *
 * Every UE has one: it takes little memory while it is idle.
 */
class ProcessingQueue
{
  public:
    /** What is done with a message once it has been served. */
    using Job = std::function<void()>;

    /** Gets how many messages waited and how many wait now. */
    using LengthTrace = LazyTracedCallback<uint32_t, uint32_t>;

    /** Gets how long a message waited and how long its service takes. */
    using ServedTrace = LazyTracedCallback<Time, Time>;

    /**
     * @param length is told when another number of messages waits; must outlive the queue
     * @param served is told when a service begins; must outlive the queue
     */
    ProcessingQueue(const LengthTrace& length, const ServedTrace& served);
    ~ProcessingQueue();

    ProcessingQueue(const ProcessingQueue&) = delete;
    ProcessingQueue& operator=(const ProcessingQueue&) = delete;

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

  private:
    /** A message and when it came. */
    struct Entry
    {
        Job job;      //!< what to do with it
        Time arrival; //!< when it came
    };

    /** A message that is being worked on. */
    struct Service
    {
        Job job;     //!< what to do when it ends
        EventId end; //!< the end of the service
    };

    /**
     * @brief Gives a message to a free worker.
     * @param entry the message
     */
    void Start(Entry entry);

    /**
     * @brief A worker is done: does the job, then takes the next message.
     * @param service what he has worked on
     */
    void Finish(std::list<Service>::iterator service);

    /** All messages, while there are any. */
    struct Work
    {
        std::list<Entry> waiting;     //!< without a worker
        std::list<Service> inService; //!< being worked on
    };

    /** @return the messages, made if there are none */
    Work& Begin();

    /** @brief Gives the memory back if there are no messages. */
    void EndIfIdle();

    /** @brief Tells how many messages wait. @param before how many did */
    void TraceLength(uint32_t before) const;

    Ptr<RandomVariableStream> m_serviceTime; //!< seconds for one message
    uint32_t m_workers{1};                   //!< messages worked on at the same time
    std::unique_ptr<Work> m_work;            //!< null while there are no messages
    const LengthTrace& m_length;             //!< is told how many wait
    const ServedTrace& m_served;             //!< is told of services
};

} // namespace ns3::mbs

#endif // MBS_PROCESSING_QUEUE_H
