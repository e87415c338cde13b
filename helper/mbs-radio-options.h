// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_OPTIONS_H
#define MBS_RADIO_OPTIONS_H

#include "mbs-program-options.h"
#include "mbs-radio-scenario.h"

#include "ns3/object-factory.h"

#include <memory>
#include <optional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The options of a program that say what the radio leg is like.
 */
class RadioOptions
{
  public:
    /**
     * @brief Registers the options.
     * @param options of the program; keeps references to this object
     */
    void Register(ProgramOptions& options);

    /**
     * @brief Works out where gNBs and UEs are; to be called behind ProgramOptions::Parse().
     * @param options of the program; must have options `ues` and `gnbs`
     * @param[in,out] ues how many UEs
     * @param[in,out] gnbs how many gNBs
     * @throws UserError if the options do not go together
     */
    void Finish(const ProgramOptions& options, uint32_t& ues, uint32_t& gnbs);

    /** @return makes the radio link, or nothing if --radio was not given */
    const std::optional<ObjectFactory>& GetLink() const;

    /** @return where gNBs and UEs are, or null if the radio does not ask for it */
    std::shared_ptr<const RadioScenario> GetScenario() const;

    /** @return path loss, layout and so on, as a sentence for results; empty without places */
    std::string Describe() const;

  private:
    /**
     * @brief Sets the attributes of multicast that options stand for.
     * @param options of the program
     * @throws UserError if the options do not go together
     */
    void SetDelivery(const ProgramOptions& options) const;

    /** @param text of --radio @return what is wrong, or nothing */
    std::string ReadRadio(const std::string& text);

    std::string m_radio{"fixed:0.01"};           //!< the radio leg
    std::string m_delivery{"ptm"};               //!< of multicast
    std::string m_groupHarq{"off"};              //!< of multicast to all of a cell
    std::string m_pathLoss{"uma"};               //!< path loss model
    uint32_t m_layout{0};                        //!< sites, if it was given
    uint32_t m_sectors{1};                       //!< cells of a site
    uint32_t m_distance{0};                      //!< of sites, m, if it was given
    std::string m_layoutText{"by --gnbs"};       //!< as it was given
    std::string m_distanceText{"by --pathloss"}; //!< as it was given
    std::string m_sectorsText{"1"};              //!< as it was given
    std::string m_positions;                     //!< file
    uint32_t m_speed{0};                         //!< of UEs, km/h
    bool m_sinr{false};                          //!< places count
    RadioScenario m_read;                        //!< from the file
    std::optional<PathLossProfile> m_profile;    //!< of the path loss model
    std::optional<ObjectFactory> m_link;         //!< makes the radio link
    std::shared_ptr<RadioScenario> m_scenario;   //!< places
};

} // namespace ns3::mbs

#endif // MBS_RADIO_OPTIONS_H
