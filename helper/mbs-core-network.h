// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CORE_NETWORK_H
#define MBS_CORE_NETWORK_H

#include "mbs-core-topology.h"
#include "mbs-deployment.h"
#include "mbs-network-plan.h"

#include "ns3/mbs-af.h"
#include "ns3/mbs-amf.h"
#include "ns3/mbs-mb-smf.h"
#include "ns3/mbs-mb-upf.h"
#include "ns3/mbs-mbsf.h"
#include "ns3/mbs-mbstf.h"
#include "ns3/mbs-smf.h"
#include "ns3/mbs-ssm-router.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The functions of the core.
 */
struct CoreFunctions
{
    std::vector<Ptr<Af>> afs;   //!< AF, an application for each session, on one node
    Ptr<Mbsf> mbsf;             //!< MBSF
    Ptr<Mbstf> mbstf;           //!< MBSTF
    Ptr<MbSmf> mbSmf;           //!< MB-SMF
    Ptr<MbUpf> mbUpf;           //!< MB-UPF
    std::vector<Ptr<Amf>> amfs; //!< by number
    std::vector<Ptr<Smf>> smfs; //!< by number

    /** @return those with service-based interfaces, in a fixed order */
    std::vector<Ptr<SbiFunction>> WithSbi() const;
};

/**
 * @ingroup mbs
 * @brief Makes a function on a node of its own.
 * @tparam Function its class
 * @param topology gives the node an IP stack; null for none
 * @param rank which of several processes the node belongs to, see Ranks
 * @return the function
 */
template <typename Function>
Ptr<Function>
MakeFunction(const Ptr<CoreTopology>& topology, uint32_t rank = 0)
{
    const Ptr<Node> node = CreateObject<Node>(rank);
    if (topology)
    {
        topology->InstallStack(node);
    }
    const Ptr<Function> function = CreateObject<Function>();
    node->AddApplication(function);
    return function;
}

/**
 * @ingroup mbs
 * @brief Builds the functions of the core, each on a node of its own, the links between them, and
 * the backhaul router to which gNBs are connected.
 *
 * Where the keys that cross Nmb2 are internal, MBSF and MBSTF may share one node; they then talk
 * over its loopback.
 */
class CoreNetwork
{
  public:
    /** A gNB's links to the core. */
    struct GnbLinks
    {
        Ipv4Address amf;           //!< the AMF's end of N2
        Ipv4Address n2;            //!< the gNB's end of N2
        Ipv4Address n3mb;          //!< the gNB's end of N3mb
        uint32_t n3mbInterface{0}; //!< number of the gNB's IP interface there
    };

    /** An MBS session. */
    struct Session
    {
        Tmgi tmgi;             //!< its name
        std::string serviceId; //!< name of its user service
        uint16_t keyGroup{0};  //!< of its MSKs
    };

    /** A UE with its PDU session. */
    struct UeContext
    {
        uint32_t ue{0};          //!< number of the UE
        std::string supi;        //!< its name
        uint32_t rnti{0};        //!< its radio identity
        uint32_t fiveGTmsi{0};   //!< its identity at the AMF, towards the radio
        uint32_t gnb{0};         //!< number of its gNB
        Ipv4Address gnbAddress;  //!< its gNB's end of N2
        uint8_t pduSessionId{1}; //!< which PDU session
    };

    /** @param plan what is built */
    explicit CoreNetwork(const NetworkPlan& plan);

    /**
     * @brief Lays the links of a gNB.
     * @param number of the gNB
     * @param gnb a node with an IP stack
     * @return its links
     */
    GnbLinks ConnectGnb(uint32_t number, const Ptr<Node>& gnb);

    /** @brief Begins to route multicast, once all gNBs are connected. */
    void StartRouter();

    /**
     * @brief Makes AMF and SMF know a UE and its PDU session. UEs are added by number.
     * @param context of the UE
     * @return the UE's identity at the AMF
     */
    uint64_t AddUe(const UeContext& context);

    /** @param ue number of a UE @return name of its PDU session at its SMF */
    static std::string SmContextRefOf(uint32_t ue);

    /** @param ue number of a UE @return its name in the core */
    std::string SupiOf(uint32_t ue) const;

    /** @return the functions */
    const CoreFunctions& GetFunctions() const;

    /** @return the IP network */
    Ptr<CoreTopology> GetTopology() const;

    /** @return the tracking area that all cells are in */
    Tai GetTai() const;

    /** @param gnbs numbers of gNBs, all if empty @return their cells as a service area */
    sbi::MbsServiceArea ServiceAreaOf(const std::vector<uint32_t>& gnbs) const;

    /** @return who makes keys and how they travel */
    const Deployment& GetDeployment() const;

    /** @return the MBS sessions, by number */
    const std::vector<Session>& GetSessions() const;

  private:
    /** @brief Makes the functions. */
    void MakeFunctions();
    /** @brief Describes the sessions to their AFs, and numbers them for the MBSF. */
    void PrepareSessions();
    /** @brief Connects the AFs to MBSF and MBSTF. */
    void ConnectAfs();
    /** @brief Connects the AMFs to the MB-SMF, and the SMFs to it and to every AMF. */
    void ConnectSessionManagement();
    /** @param amf number of an AMF @return what its links are called */
    std::string AmfName(uint32_t amf) const;
    /** @brief Lays the links between the functions and tells them their addresses. */
    void ConnectFunctions();
    /** @brief Makes the backhaul router and its link to the MB-UPF. */
    void MakeRouter();

    NetworkPlan m_plan;                            //!< what is built
    Ptr<CoreTopology> m_topology;                  //!< the IP network
    Deployment m_deployment;                       //!< who makes keys and how they travel
    std::vector<Session> m_sessions;               //!< by number
    CoreFunctions m_functions;                     //!< what was made
    std::vector<std::vector<SbiPeer>> m_amfsOfSmf; //!< the AMFs as each SMF sees them
    std::vector<uint64_t> m_uesOfAmf;              //!< how many UEs each AMF has
    Ptr<Node> m_router;                            //!< backhaul router
    Ptr<SsmRouter> m_ssmRouter;                    //!< its multicast routes
};

} // namespace ns3::mbs

#endif // MBS_CORE_NETWORK_H
