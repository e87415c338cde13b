// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UNICAST_PATH_H
#define MBS_UNICAST_PATH_H

#include "mbs-core-topology.h"

#include "ns3/mbs-gnb.h"
#include "ns3/mbs-ue.h"
#include "ns3/mbs-upf.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Builds what lets UEs exchange unicast IP packets over their PDU sessions: a UPF, its N3
 * link to each gNB, its N6 links, and for each UE an address, tunnels and perhaps an IP stack.
 *
 *     UE ))) gNB --N3-- UPF --N6-- MBSF
 *                         \---N6-- MBSTF
 *                         \---N6-- other servers
 *
 * The PDU sessions are established when the run begins. A single route leads to all UEs: that to
 * the subnet of their addresses, which every node at N6 gets.
 */
class UnicastPath
{
  public:
    /**
     * @param topology lays the links
     * @param gnbs all gNBs, which get an N3 link each
     */
    UnicastPath(Ptr<CoreTopology> topology, const std::vector<Ptr<Gnb>>& gnbs);

    /**
     * @brief Looks at the subnet of UE addresses.
     * @param network attribute `Upf::PoolNetwork`
     * @param mask attribute `Upf::PoolMask`
     * @param ues how many UEs there are
     * @return what is wrong with network and mask, or nothing, as clauses for a UserError
     */
    static std::pair<std::string, std::string> CheckPool(Ipv4Address network,
                                                         Ipv4Mask mask,
                                                         uint32_t ues);

    /**
     * @brief Connects a node to the UPF at N6. It can then talk to all UEs.
     * @param name of the node, for the name of the link
     * @param node has an IP stack
     * @return the link; the node is its end b
     */
    CoreLink ConnectN6(const std::string& name, Ptr<Node> node);

    /**
     * @brief Establishes the PDU session of a UE. The UE's attribute `IpStack` says whether its
     * node gets an IP stack.
     * @param ue the UE, with its device set
     * @param device its radio, attached to a cell
     * @param gnb number of its gNB
     * @return the UE's address
     */
    Ipv4Address AddUe(const Ptr<Ue>& ue, const Ptr<UeRadioDevice>& device, uint32_t gnb);

    /** @return the UPF */
    Ptr<Upf> GetUpf() const;

    /** @param ue number of a UE @return its address */
    Ipv4Address GetUeAddress(uint32_t ue) const;

  private:
    /**
     * @brief Gives a UE's node an IP stack on its radio.
     * @param device the radio
     * @param address of the UE
     */
    void InstallStack(const Ptr<UeRadioDevice>& device, Ipv4Address address) const;

    Ptr<CoreTopology> m_topology;            //!< lays the links
    std::vector<Ptr<Gnb>> m_gnbs;            //!< by number
    std::vector<Ipv4Address> m_gnbAddresses; //!< on N3, by number of the gNB
    std::vector<Ipv4Address> m_upfAddresses; //!< on N3, by number of the gNB
    std::vector<Ipv4Address> m_ueAddresses;  //!< by number of the UE
    Ptr<Upf> m_upf;                          //!< the UPF
    uint16_t m_mtu{0};                       //!< of PDU sessions
};

} // namespace ns3::mbs

#endif // MBS_UNICAST_PATH_H
