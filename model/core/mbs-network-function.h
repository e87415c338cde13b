// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NETWORK_FUNCTION_H
#define MBS_NETWORK_FUNCTION_H

#include "mbs-processing-queue.h"

#include "ns3/application.h"
#include "ns3/nstime.h"

#include <functional>
#include <string>
#include <string_view>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What all network functions, gNBs and UEs share: a processing model and a count of what
 * they had to drop.
 *
 * A network function is an ns-3 Application on a Node of its own. It knows what was configured and
 * what arrived in messages, nothing else.
 */
class NetworkFunction : public Application
{
  public:
    /** @return the TypeId ns3::mbs::NetworkFunction */
    static TypeId GetTypeId();

    NetworkFunction();
    ~NetworkFunction() override;

    /**
     * @brief Gives the random variables fixed streams.
     * @param stream first stream
     * @return how many streams were taken
     */
    virtual int64_t AssignStreams(int64_t stream);

    /** What a function still knows after a restart. */
    enum class Memory : uint8_t
    {
        KEPT, //!< its contexts, which it had stored; what it was in the midst of is lost
        LOST  //!< its configuration, and counters that must never go back
    };

    /**
     * @brief Stops at once, as a process that dies, and comes back after a while.
     *
     * Connections are closed, messages that wait or are being served are forgotten, and timers do
     * not run while it is away. Ignored while it is away already.
     *
     * @param memory what it knows when it comes back
     * @param downtime how long it is away
     */
    void Restart(Memory memory, Time downtime);

    /** @return true while it is away */
    bool IsDown() const;

    /**
     * @brief Callback of the trace sources `WentDown` and `CameUp`.
     * @param forgets true if it comes back without its contexts
     */
    using RestartCallback = void (*)(bool forgets);

    /** @return how many messages wait for a worker */
    uint32_t Waiting() const;

    /**
     * @brief Callback of the trace source `QueueChanged`.
     * @param before messages that waited
     * @param now messages that wait
     */
    using QueueChangedCallback = void (*)(uint32_t before, uint32_t now);

    /**
     * @brief Callback of the trace source `Served`.
     * @param waited from arrival to the start of the service
     * @param serviceTime how long the service takes
     */
    using ServedCallback = void (*)(Time waited, Time serviceTime);

    /**
     * @brief Sets the default of `ServiceTime` or `Workers` of every kind of function, as
     * Config::SetDefault() does for one.
     * @param attribute which of the two
     * @param value the default
     * @param keep asked with a name such as `ns3::mbs::Smf::Workers`: true leaves that default as
     * it is; none leaves no default
     */
    static void SetDefaultOfAll(const std::string& attribute,
                                const AttributeValue& value,
                                const std::function<bool(const std::string& name)>& keep = nullptr);

    /**
     * @brief Callback of the trace source `Dropped`.
     * @param what which message or PDU, by its standard name
     * @param why one clause of a sentence
     */
    using DroppedCallback = void (*)(const std::string& what, const std::string& why);

  protected:
    void DoDispose() override;

    /**
     * @brief Adds the attributes `ServiceTime` and `Workers`. Every function has its own, so that
     * their defaults can differ.
     * @param tid the function's TypeId
     * @return the same
     */
    static TypeId AddProcessingAttributes(TypeId tid);

    /**
     * @brief The function ends: closes what is open, stops timers, forgets what is to be forgotten.
     * @param memory what it shall know when it comes back
     */
    virtual void GoDown(Memory memory);

    /**
     * @brief The function is back: opens what it needs and goes on from what it knows.
     * @param memory what it knows
     */
    virtual void ComeUp(Memory memory);

    /**
     * @brief Does something later, unless the function restarts or is disposed of before.
     * @param delay how much later
     * @param job what
     */
    void After(Time delay, std::function<void()> job);

    /**
     * @brief Handles a received message after it has waited for a worker and been served.
     * @param job what is done with it
     */
    void Process(ProcessingQueue::Job job);

    /**
     * @brief Says that something wrong came from a peer and was dropped.
     * @param what which message or PDU, by its standard name
     * @param why one clause of a sentence
     */
    void Drop(std::string_view what, const std::string& why);

  private:
    /** @param serviceTime attribute: draws the seconds that a message takes */
    void SetServiceTime(Ptr<RandomVariableStream> serviceTime);

    /** @return the same */
    Ptr<RandomVariableStream> GetServiceTime() const;

    /** @param workers attribute: at least 1 */
    void SetWorkers(uint32_t workers);

    /** @return the same */
    uint32_t GetWorkers() const;

    LazyTracedCallback<const std::string&, const std::string&> m_dropped; //!< what, why
    LazyTracedCallback<bool> m_wentDown;                                  //!< whether it forgets
    LazyTracedCallback<bool> m_cameUp;           //!< whether it has forgotten
    ProcessingQueue::LengthTrace m_queueChanged; //!< messages that waited, that wait now
    ProcessingQueue::ServedTrace m_served;       //!< waited, served

    Ptr<RandomVariableStream> m_serviceTime;           //!< seconds for one message
    ProcessingQueue m_queue{m_queueChanged, m_served}; //!< before the workers
    Time m_handlingDelay;                              //!< attribute
    uint32_t m_workers{1};                             //!< messages worked on at the same time
    bool m_down{false};                                //!< away
    uint64_t m_life{0};                                //!< counts restarts, and the end
};

} // namespace ns3::mbs

#endif // MBS_NETWORK_FUNCTION_H
