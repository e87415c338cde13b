// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SYSTEM_RUN_H
#define MBS_SYSTEM_RUN_H

#include "mbs-test-suite.h"

#include "ns3/mbs-fault-injector.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-radio-link.h"
#include "ns3/mbs-results-helper.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief A packet of the session as the MBSTF sent it.
 */
struct SentPacket
{
    Time at;         //!< when
    uint64_t uid;    //!< of the ns-3 packet
    uint32_t octets; //!< of the IP packet of the MBS session
    Mki mki;         //!< the key that protects it
};

/**
 * @ingroup mbs-tests
 * @brief What a test wants to be run. Unlike the program's, the defaults are a network in which
 * nothing happens by chance: one UE, an ideal radio, no service times, no renewals, no traffic.
 */
struct SystemSettings
{
    uint32_t ues{1};                 //!< how many UEs
    uint32_t gnbs{1};                //!< how many gNBs
    uint32_t smfs{1};                //!< how many SMFs
    uint32_t amfs{1};                //!< how many AMFs
    uint32_t unauthorized{0};        //!< how many UEs may not join
    uint32_t sessions{1};            //!< how many MBS sessions
    uint32_t sessionsPerUe{0};       //!< how many each UE joins, 0 for all
    Time sessionStagger{Seconds(0)}; //!< from the start of one session to the next
    bool joinTogether{false};        //!< each UE asks for all its sessions in one request
    /** If the sessions are broadcast: gNBs in the service area, all if empty. */
    std::optional<std::vector<uint32_t>> broadcast;
    Time duration{Seconds(5)};         //!< simulated time
    Time joinStart{MilliSeconds(500)}; //!< when the first UE may ask to join
    Time joinWindow{Seconds(0)};       //!< over which they are spread
    Time mskInterval{Seconds(0)};      //!< between MSKs, 0 for one only
    Time mtkInterval{Seconds(0)};      //!< between MTKs, 0 for one per MSK only
    std::string traffic;               //!< as --traffic= takes it, `bundled`, or empty for none
    std::string crypto{"aes-cm"};      //!< SRTP profile
    double loss{0};                    //!< probability on the radio
    std::string errorModel;            //!< of each UE, in place of that
    bool scripted{false};              //!< SetRadioScript() says what is lost instead
    bool outages{false};               //!< UEs may lose their cells
    Mobility mobility{Mobility::NONE}; //!< what UEs that move do
    bool handovers{false};             //!< UEs may be handed over
    /** Where gNBs and UEs are; their places then say what is lost. */
    std::shared_ptr<const RadioScenario> scenario;
    std::string serviceTime{"0"};    //!< of all functions, seconds; empty for the defaults
    uint64_t rngRun{1};              //!< which random numbers
    std::vector<std::string> faults; //!< as --fault= takes them

    /** Attributes and their values, such as {"ns3::mbs::Ue::KeyRetention", "0s"}. */
    std::vector<std::pair<std::string, std::string>> attributes;
};

/**
 * @ingroup mbs-tests
 * @brief A radio link on which a test says what is lost, and which so hears all that is sent.
 */
class ScriptedRadioLink : public RadioLink
{
  public:
    /** @return the TypeId ns3::mbs::ScriptedRadioLink */
    static TypeId GetTypeId();

    /** Gets the UE at one end and the octets of a transmission, says whether it is lost. */
    using Script = std::function<bool(uint32_t ue, uint32_t octets)>;

    /** @param script from now on; without one nothing is lost */
    void SetScript(Script script);

    bool IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet) override;
    int64_t AssignStreams(int64_t stream) override;

  private:
    Script m_script; //!< says what is lost
};

/**
 * @ingroup mbs-tests
 * @brief What listens to a trace source. The detour keeps C++ from guessing the parameters.
 * @tparam Args parameters of the trace source
 */
template <typename... Args>
struct SinkOf
{
    using Type = std::function<void(Args...)>; //!< the function
};

/**
 * @ingroup mbs-tests
 * @brief A whole network in this process, its measurement, and the clean-up behind it.
 *
 * The constructor builds, Run() runs and checks that packets were conserved, and the destructor
 * ends the simulation and sets all attributes back, so that tests do not influence one another.
 */
class SystemRun
{
  public:
    /**
     * @param check where failures are reported
     * @param settings what to build
     */
    SystemRun(Check& check, const SystemSettings& settings);
    ~SystemRun();

    SystemRun(const SystemRun&) = delete;
    SystemRun& operator=(const SystemRun&) = delete;

    /** @param script what a scripted radio loses */
    void SetRadioScript(ScriptedRadioLink::Script script);

    /** @brief Runs to the end, closes the accounts and checks that they balance. */
    void Run();

    /** @return the network */
    const MbsHelper& Network() const;

    /** @return the measurement */
    const MbsResultsHelper& Results() const;

    /** @return what the MBSTF sent in session 0, by index */
    const std::vector<SentPacket>& Sent() const;

    /** @return the name of every key of session 0 and when the MBSTF began to use it, the first one
     * included */
    const std::vector<std::pair<Mki, Time>>& Activations() const;

    /** @param kind a kind of key @return the rows of key-updates.csv of that kind */
    std::vector<KeyUpdateLedger::Row> Rows(KeyKind kind) const;

    /**
     * @param interface reference point
     * @param message name
     * @return how many such messages were sent
     */
    uint64_t Messages(const std::string& interface, const std::string& message) const;

    /** @param cause a cause @return packets lost by it, all UEs together */
    uint64_t Lost(LossCause cause) const;

    /** @return the sum over all UEs */
    TrafficCounts Total() const;

    /** @return the CSV files of the contract, one behind the other, but for the keys */
    std::string Csv() const;

    /**
     * @brief Connects a function to a trace source.
     * @tparam Args parameters of the trace source, exactly
     * @param object which object
     * @param source name of the trace source
     * @param function called with what is traced
     */
    template <typename... Args>
    void On(const Ptr<Object>& object,
            const std::string& source,
            typename SinkOf<Args...>::Type function)
    {
        using Function = std::shared_ptr<typename SinkOf<Args...>::Type>;
        void (*sink)(Function, Args...) = [](Function f, Args... args) { (*f)(args...); };
        const bool connected = object->TraceConnectWithoutContext(
            source,
            MakeBoundCallback(sink, Function(new typename SinkOf<Args...>::Type(function))));
        m_check.Expect(connected, "no trace source " + source);
    }

  private:
    /** @param settings sets the defaults of attributes */
    static void SetAttributes(const SystemSettings& settings);

    Check& m_check;                                  //!< where failures are reported
    Time m_duration;                                 //!< simulated time
    std::unique_ptr<MbsHelper> m_network;            //!< the network
    Ptr<FaultInjector> m_faults;                     //!< what goes wrong
    std::unique_ptr<MbsResultsHelper> m_results;     //!< the measurement
    std::vector<SentPacket> m_sent;                  //!< by index
    std::vector<std::pair<Mki, Time>> m_activations; //!< of keys, in order
};

} // namespace ns3::mbs

#endif // MBS_SYSTEM_RUN_H
