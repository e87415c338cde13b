// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_NETWORK_H
#define MBS_RADIO_NETWORK_H

#include "mbs-core-network.h"

#include "ns3/mbs-gnb.h"
#include "ns3/mbs-ue.h"

#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Builds the radio channel, the gNBs with a cell each, and the UEs, which it spreads evenly
 * over gNBs and SMFs.
 */
class RadioNetwork
{
  public:
    /**
     * @param plan what is built
     * @param core to which gNBs and UEs are connected
     */
    RadioNetwork(const NetworkPlan& plan, CoreNetwork& core);

    /** @return the air */
    Ptr<RadioChannel> GetChannel() const;

    /** @return the gNBs, by number */
    const std::vector<Ptr<Gnb>>& GetGnbs() const;

    /** @return the cells, by gNB */
    const std::vector<Ptr<GnbRadioDevice>>& GetCells() const;

    /** @return the UEs, by number */
    const std::vector<Ptr<Ue>>& GetUes() const;

    /** @return the radios of the UEs, by number */
    const std::vector<Ptr<UeRadioDevice>>& GetRadios() const;

  private:
    /** @param plan what is built @param core gets the gNBs */
    void BuildGnbs(const NetworkPlan& plan, CoreNetwork& core);
    /** @param plan what is built @param core gets the UEs */
    void BuildUes(const NetworkPlan& plan, CoreNetwork& core);

    Ptr<RadioChannel> m_channel;              //!< the air
    std::vector<Ptr<Gnb>> m_gnbs;             //!< by number
    std::vector<Ptr<GnbRadioDevice>> m_cells; //!< by gNB
    std::vector<Ipv4Address> m_gnbAddresses;  //!< on N2, by gNB
    std::vector<Ptr<Ue>> m_ues;               //!< by number
    std::vector<Ptr<UeRadioDevice>> m_radios; //!< of the UEs, by number
};

} // namespace ns3::mbs

#endif // MBS_RADIO_NETWORK_H
