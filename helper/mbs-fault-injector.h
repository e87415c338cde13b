// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FAULT_INJECTOR_H
#define MBS_FAULT_INJECTOR_H

#include "mbs-fault-plan.h"
#include "mbs-helper.h"
#include "mbs-link-fault.h"

#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <map>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Makes functions and links of a network fail at given times.
 *
 * It acts from outside, as an operator or a digger would: on links by the receive error models of
 * their devices, on functions by their attributes and by having them
 * restart. No function is told of another's fault; it finds out from what arrives, or does not.
 */
class FaultInjector : public Object
{
  public:
    /** @return the TypeId ns3::mbs::FaultInjector */
    static TypeId GetTypeId();

    FaultInjector();
    ~FaultInjector() override;

    /**
     * @brief Says in which network. Once, before all else.
     * @param network built already
     */
    void Install(const MbsHelper& network);

    /**
     * @brief Has a fault happen at its time.
     * @param plan which
     * @throws UserError if the network has no such function or link
     */
    void Schedule(const FaultPlan& plan);

    /**
     * @brief Gives the random variables fixed streams; after all Schedule().
     * @param stream first stream
     * @return how many streams were taken
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * @brief Callback of the trace sources `FaultBegan` and `FaultEnded`.
     * @param fault as it was given
     */
    using FaultCallback = void (*)(const std::string& fault);

  protected:
    void DoDispose() override;

  private:
    /**
     * @param plan whose target is a function
     * @return the function
     * @throws UserError if there is none
     */
    Ptr<NetworkFunction> FindFunction(const FaultPlan& plan) const;

    /**
     * @param plan whose target is a link
     * @return what goes wrong at both ends of each link that is meant
     * @throws UserError if there is none
     */
    std::vector<Ptr<LinkFault>> FindLinks(const FaultPlan& plan);

    /** @param device one end of a link @return what goes wrong there */
    Ptr<LinkFault> FaultOf(const Ptr<PointToPointNetDevice>& device);

    /** @param plan begins @param function its target */
    void BeginAtFunction(const FaultPlan& plan, const Ptr<NetworkFunction>& function);
    /** @param plan RESTART or FORGET @param function its target */
    void Restart(const FaultPlan& plan, const Ptr<NetworkFunction>& function);
    /** @param plan ends @param function its target */
    void EndAtFunction(const FaultPlan& plan, const Ptr<NetworkFunction>& function);
    /** @param plan begins @param links its target */
    void BeginAtLinks(const FaultPlan& plan, const std::vector<Ptr<LinkFault>>& links);
    /** @param plan ends @param links its target */
    void EndAtLinks(const FaultPlan& plan, const std::vector<Ptr<LinkFault>>& links);

    std::map<std::string, std::vector<Ptr<NetworkFunction>>> m_functions; //!< by kind
    std::vector<Ptr<NetworkFunction>> m_clients;                          //!< of the UEs, if any
    std::vector<CoreLink> m_links;                                        //!< of the network
    SignallingTransport m_transport{SignallingTransport::TCP};            //!< what crosses them
    std::vector<std::pair<Ptr<PointToPointNetDevice>, Ptr<LinkFault>>> m_linkFaults; //!< by device

    TracedCallback<const std::string&> m_began; //!< the fault
    TracedCallback<const std::string&> m_ended; //!< the fault
};

} // namespace ns3::mbs

#endif // MBS_FAULT_INJECTOR_H
