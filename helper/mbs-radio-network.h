// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_NETWORK_H
#define MBS_RADIO_NETWORK_H

#include "mbs-core-network.h"

#include "ns3/mbs-gnb.h"
#include "ns3/mbs-paging-channel.h"
#include "ns3/mbs-radio-link-monitor.h"
#include "ns3/mbs-random-access.h"
#include "ns3/mbs-sinr-radio-link.h"
#include "ns3/mbs-ue-measurements.h"
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
    ~RadioNetwork();

    RadioNetwork(const RadioNetwork&) = delete;
    RadioNetwork& operator=(const RadioNetwork&) = delete;

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

    /**
     * @param ue number of a UE
     * @return its 5G-TMSI; those of all UEs are spread evenly over the paging occasions
     */
    static uint32_t TmsiOf(uint32_t ue);

    /**
     * @brief Gives random access fixed streams.
     * @param stream first stream
     * @return how many streams were taken
     */
    int64_t AssignAccessStreams(int64_t stream);

    /** @param ue number of a UE @return number of the gNB that serves it now, or did last */
    uint32_t GetGnbOf(uint32_t ue) const;

    /** @return what watches over the radio links of UEs that move, or null */
    Ptr<RadioLinkMonitor> GetMonitor() const;

    /** @return what measures for UEs that report event A3, or null */
    Ptr<UeMeasurements> GetMeasurements() const;

    /**
     * @brief Has a UE lose its cell and come back.
     * @param ue number of the UE
     * @param at when it loses it
     * @param duration how long it is out of coverage
     * @param gnb in whose cell it comes back; the one that it lost, if none
     */
    void LoseCellAt(uint32_t ue, Time at, Time duration, std::optional<uint32_t> gnb) const;

    /**
     * @brief Has the gNB that serves a UE hand it over to another one.
     * @param ue number of the UE
     * @param at when it begins
     * @param gnb number of the gNB that it shall go to
     */
    void HandOverAt(uint32_t ue, Time at, uint32_t gnb) const;

    /** @param ue number of a UE that may lose its cell or be handed over from now on */
    void LetMove(uint32_t ue) const;

  private:
    /** @param core lays Xn between all gNBs with the same AMF @param plan says which those are */
    void ConnectNeighbours(const NetworkPlan& plan, CoreNetwork& core) const;
    /** @param plan what is built; makes carrier and path loss ready if it has places */
    void PrepareAir(const NetworkPlan& plan);
    /** @param scenario where things are @param cell number of a cell @param node of its gNB */
    void PlaceCell(const RadioScenario& scenario, uint32_t cell, const Ptr<Node>& node);
    /** @param plan what is built @param ue number of a UE @param node of the UE @return its gNB */
    uint32_t PlaceUe(const NetworkPlan& plan, uint32_t ue, const Ptr<Node>& node);
    /** @param plan what is built @param core gets the gNBs */
    void BuildGnbs(const NetworkPlan& plan, CoreNetwork& core);
    /** @param number of a UE @param gnb its gNB @param rnti its identity there */
    void LetSleep(uint32_t number, uint32_t gnb, uint32_t rnti);
    /** @brief Has the radio links of all UEs watched over. */
    void WatchRadioLinks();
    /** @brief Lets all UEs measure and report event A3. */
    void Measure();
    /** @param plan what is built @param core gets the UEs */
    void BuildUes(const NetworkPlan& plan, CoreNetwork& core);

    Ptr<RadioChannel> m_channel;              //!< the air
    Ptr<SinrRadioLink> m_sinr;                //!< the link if places count, or null
    std::vector<Ptr<MobilityModel>> m_places; //!< of the cells
    std::vector<Ptr<Gnb>> m_gnbs;             //!< by number
    std::vector<Ptr<GnbRadioDevice>> m_cells; //!< by gNB
    std::vector<Ipv4Address> m_gnbAddresses;  //!< on N2, by gNB
    std::vector<Ptr<Ue>> m_ues;               //!< by number
    std::vector<Ptr<UeRadioDevice>> m_radios; //!< of the UEs, by number
    std::vector<Ptr<RandomAccess>> m_access;  //!< of the cells, if UEs may sleep or lose them
    Ptr<RadioLinkMonitor> m_monitor;          //!< of the UEs if they may move away, or null
    Ptr<UeMeasurements> m_measurements;       //!< of the UEs if they report them, or null
};

} // namespace ns3::mbs

#endif // MBS_RADIO_NETWORK_H
