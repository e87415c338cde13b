// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SINR_RADIO_LINK_H
#define MBS_SINR_RADIO_LINK_H

#include "mbs-nr-carrier.h"
#include "mbs-radio-link.h"

#include "ns3/mobility-model.h"
#include "ns3/propagation-loss-model.h"

#include <functional>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A radio link whose losses follow from where the UEs are: path loss and shadowing, noise
 * and the interference of other cells give a SINR, and that and the scheme a block error rate.
 *
 * Path loss and shadowing are those of an ns-3 PropagationLossModel, by default of TR 38.901's. A
 * UE that does not move has them worked out once; one that moves, at an interval. There is no fast
 * fading: the SINR is that of the mean over it, the same in all of the carrier.
 */
class SinrRadioLink : public RadioLink
{
  public:
    /** Which power other cells are taken to send with. */
    enum class Interference : uint8_t
    {
        NONE, //!< none
        LOAD, //!< in proportion to the resource blocks that they used lately
        FULL  //!< all of it, always
    };

    /** @return the TypeId ns3::mbs::SinrRadioLink */
    static TypeId GetTypeId();

    SinrRadioLink();
    ~SinrRadioLink() override;

    /**
     * @brief Makes the path loss model ready: it gets the carrier's frequency if it has one.
     * @param carrier of all cells
     */
    void SetCarrier(Ptr<const NrCarrier> carrier);

    /**
     * @brief Gives the random variables of path loss and shadowing fixed streams.
     * @param stream first stream
     * @return how many streams were taken
     */
    int64_t AssignPropagationStreams(int64_t stream);

    /**
     * @brief Adds a cell, the next one by gNB number.
     * @param place of its antenna; cells of one site share it
     * @param azimuth where its antenna points, degrees from the x axis, or nothing if it is the
     * same all around
     */
    void AddCell(Ptr<MobilityModel> place, std::optional<double> azimuth);

    /**
     * @brief Adds a UE, the next one by number, behind all cells.
     * @param place of the UE, on a node
     * @return number of the cell that it receives best
     */
    uint32_t AddUe(Ptr<MobilityModel> place);

    /**
     * @brief Tells how busy cells are, for the interference.
     * @param load called with the number of a cell; gives the share of its resource blocks that it
     *        used since the last call, 0 to 1
     */
    void SetLoadSource(std::function<double(uint32_t cell)> load);

    /**
     * @param ue number of a UE
     * @return power that it receives from its cell, over the whole carrier, dBm
     */
    double GetReceivedPowerDbm(uint32_t ue);

    /**
     * @brief Power of the reference signals of a cell at a UE (SS-RSRP of TS 38.215 clause 5.1.1):
     * what the UE receives of the cell in one resource element.
     * @param ue number of a UE
     * @param cell number of a cell
     * @return dBm
     */
    double GetRsrpDbm(uint32_t ue, uint32_t cell);

    /** @param ue number of a UE @return number of the cell that it receives best */
    uint32_t GetStrongestCell(uint32_t ue);

    /**
     * @param ue number of a UE
     * @param direction which way
     * @return signal to interference and noise, dB
     */
    double GetSinrOf(uint32_t ue, RadioDirection direction);

    bool IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet) override;
    bool IsTransmissionLost(const UeRadioDevice& ue,
                            const Ptr<const Packet>& packet,
                            const RadioTransmission& transmission) override;
    double GetSinrDb(const UeRadioDevice& ue, RadioDirection direction) override;
    std::optional<uint64_t> GetSinrVersion() override;
    double GetCertainSinrDb(const RadioTransmission& transmission) override;
    void CellChanged(const UeRadioDevice& ue) override;
    int64_t AssignStreams(int64_t stream) override;

  protected:
    void DoDispose() override;

  private:
    /** A cell. */
    struct Cell
    {
        uint32_t site;                 //!< which of the sites
        std::optional<double> azimuth; //!< where it points, degrees
        double load{1.0};              //!< share of its power that interferes
    };

    /** A UE. */
    struct Receiver
    {
        Ptr<MobilityModel> place;    //!< where it is
        uint32_t cell{0};            //!< its serving cell
        bool moves{false};           //!< may be elsewhere at the next refresh
        Time refreshed;              //!< when its powers were worked out
        uint32_t loads{0};           //!< with which loads its SINR was worked out
        double downlinkDb{0};        //!< SINR
        double uplinkDb{0};          //!< SINR
        std::vector<float> powersMw; //!< from each cell, over the whole carrier
    };

    /** How likely a transmission is lost at a SINR, as far as it need not be worked out. */
    struct Certainty
    {
        uint8_t mcs{255};             //!< for which scheme
        std::vector<uint32_t> blocks; //!< and transport blocks
        double lostDb{0};             //!< surely lost below
        double receivedDb{0};         //!< surely received above
    };

    /** @param receiver whose powers are worked out */
    void Measure(Receiver& receiver);

    /** @param receiver a UE @return number of the cell that it receives best */
    static uint32_t Strongest(const Receiver& receiver);

    /** @param receiver whose SINR is worked out from its powers */
    void Reckon(Receiver& receiver) const;

    /** @param ue number of a UE @return it, up to date */
    Receiver& UpToDate(uint32_t ue);

    /** @brief Asks for the loads of the cells if they are too old. */
    void UpdateLoads();

    /**
     * @brief What the elements of an antenna add up to, half a wavelength apart and with the same
     * power in all (TR 38.901 clause 7.3).
     * @param down how far below the horizon, degrees
     * @return gain beyond that of an element, dB
     */
    double ArrayGain(double down) const;

    /** @param cell a cell @param place of a UE @return gain of the antenna towards it, dBi */
    double AntennaGain(const Cell& cell, Vector place) const;

    /** @param transmission how something was sent @param sinrDb dB @return how likely it is lost */
    static double LossRate(const RadioTransmission& transmission, double sinrDb);

    /** @param transmission how something was sent @return where its fate is certain */
    const Certainty& CertaintyOf(const RadioTransmission& transmission);

    Ptr<PropagationLossModel> m_pathLoss; //!< attribute
    double m_gnbPower{46};                //!< dBm
    double m_uePower{23};                 //!< dBm
    double m_gnbGain{8};                  //!< of an element, dBi
    uint32_t m_elements{1};               //!< of an antenna, one above the other
    double m_downtilt{0};                 //!< degrees
    double m_ueNoiseFigure{9};            //!< dB
    double m_gnbNoiseFigure{5};           //!< dB
    uint32_t m_uplinkBlocks{10};          //!< resource blocks that a UE's power is spread over
    double m_uplinkInterference{3};       //!< over thermal noise, dB
    Interference m_interference{Interference::LOAD}; //!< attribute
    Time m_refresh;                                  //!< how often what moves is measured
    double m_downlinkNoiseMw{0};                     //!< in the carrier, at a UE
    double m_uplinkNoiseDbm{0};                      //!< in what a UE sends in, with interference
    double m_elementsDb{0};                          //!< subcarriers of the carrier, dB
    std::vector<Ptr<MobilityModel>> m_sites;         //!< where the antennas are
    std::vector<Cell> m_cells;                       //!< by number
    bool m_moving{false};                            //!< some UE moves
    std::vector<Receiver> m_ues;                     //!< by number
    std::function<double(uint32_t)> m_loadOf;        //!< asks for loads
    Time m_loadsTaken;                               //!< when they were
    uint32_t m_loads{0};                             //!< how often they were
    Certainty m_certainty;                           //!< of the last transmission
    Ptr<UniformRandomVariable> m_uniform;            //!< draws from 0 to 1
};

} // namespace ns3::mbs

#endif // MBS_SINR_RADIO_LINK_H
