// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_SCENARIO_H
#define MBS_RADIO_SCENARIO_H

#include "ns3/mobility-model.h"
#include "ns3/random-variable-stream.h"
#include "ns3/vector.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief For which places a path loss model is made, and what a layout for it looks like.
 */
struct PathLossProfile
{
    std::string type;       //!< TypeId of the ns3::PropagationLossModel
    double minDistance{0};  //!< horizontal, between a UE and any gNB, m
    double maxDistance{0};  //!< horizontal, between a UE and the nearest gNB, m
    double minGnbZ{0};      //!< least height of a gNB, m
    double maxGnbZ{0};      //!< greatest height of a gNB, m
    double minUeZ{0};       //!< least height of a UE, m
    double maxUeZ{0};       //!< greatest height of a UE, m
    double gnbZ{0};         //!< height of a gNB in a layout, m
    double ueZ{0};          //!< height of a UE in a layout, m
    uint32_t distance{0};   //!< between sites of a layout, m
    double dropDistance{0}; //!< horizontal, a UE in a layout is at least this far from sites, m

    /**
     * @brief The profile of a model.
     * @param name uma, umi, rma or indoor (TR 38.901 table 7.4.1-1 and clause 7.2), or a TypeId
     * @return the profile, or nothing if there is no such model
     */
    static std::optional<PathLossProfile> Of(const std::string& name);
};

/**
 * @ingroup mbs
 * @brief Where gNBs and UEs are.
 */
struct RadioScenario
{
    /** A cell. */
    struct Cell
    {
        Vector place;                  //!< of its antenna, m
        std::optional<double> azimuth; //!< where it points, degrees from the x axis
    };

    std::vector<Cell> cells; //!< by gNB number
    std::vector<Vector> ues; //!< by number, at the beginning, m
    double speed{0};         //!< of all UEs, m/s; 0 if they stay where they are
    /** Of UEs that go straight on for ever, by number, m/s; speed has no meaning then. */
    std::vector<Vector> velocities;
    double maxX{0};   //!< a UE that moves turns around at plus and minus this, m
    double maxY{0};   //!< the same across
    double walk{100}; //!< how far a UE goes before it turns, m

    /** @return true if UEs do not stay where they are at the beginning */
    bool Moves() const
    {
        return speed > 0 || !velocities.empty();
    }

    /** First of the random streams of places, path loss and shadowing; far from all others. */
    static constexpr int64_t FIRST_STREAM = int64_t{1} << 40;

    /**
     * @brief The sites of a hexagonal layout: one, and rings around it.
     * @param sites 1, 3, 7 or 19
     * @param distance between neighbours, m
     * @param z height, m
     * @return where they are
     */
    static std::vector<Vector> HexagonalSites(uint32_t sites, double distance, double z);

    /**
     * @brief A hexagonal layout with UEs spread at random, evenly over the area.
     * @param sites 1, 3, 7 or 19
     * @param sectors cells of a site, 1 or 3
     * @param ues how many UEs
     * @param distance between neighbouring sites, m
     * @param profile of the path loss
     * @param stream random stream for the places
     * @return the scenario
     */
    static RadioScenario Hexagonal(uint32_t sites,
                                   uint32_t sectors,
                                   uint32_t ues,
                                   double distance,
                                   const PathLossProfile& profile,
                                   int64_t stream = FIRST_STREAM);

    /**
     * @brief Looks for places that the path loss model is not made for.
     * @param profile of the path loss
     * @return which one and why, as a sentence without its stop, or nothing
     */
    std::string WhyNot(const PathLossProfile& profile) const;

    /**
     * @param ue number of a UE
     * @param stream random stream for its way
     * @return a new mobility model for it
     */
    Ptr<MobilityModel> MakeUeMobility(uint32_t ue, int64_t stream) const;
};

} // namespace ns3::mbs

#endif // MBS_RADIO_SCENARIO_H
