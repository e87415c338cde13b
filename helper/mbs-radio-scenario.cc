// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-scenario.h"

#include "ns3/constant-position-mobility-model.h"
#include "ns3/constant-velocity-mobility-model.h"
#include "ns3/double.h"
#include "ns3/propagation-loss-model.h"
#include "ns3/random-walk-2d-mobility-model.h"
#include "ns3/rectangle.h"
#include "ns3/string.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <locale>
#include <sstream>

namespace ns3::mbs
{

namespace
{

/** No place is farther out, m. */
constexpr double FARTHEST = 1e6;

/** @param number any @return it as text, short */
std::string
Text(double number)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << number;
    return text.str();
}

/** @param number any @return it as text that gives the same number */
std::string
ExactText(double number)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text.precision(std::numeric_limits<double>::max_digits10);
    text << number;
    return text.str();
}

/** @param low bound @param high bound @param unit of both @return such as `25 m` or `1 to 10 m` */
std::string
RangeText(double low, double high, const std::string& unit)
{
    return (low == high ? Text(low) : "from " + Text(low) + " to " + Text(high)) + " " + unit;
}

/** @param x of a place @param y of the same @param radius of a hexagon @return true if within */
bool
IsInHexagon(double x, double y, double radius)
{
    // Its neighbours are at multiples of 60 degrees from the x axis, so that its corners lie
    // between them: no farther than half the distance of neighbours in these three directions.
    const double half = radius * std::sqrt(3.0) / 2;
    for (const double angle : {0.0, M_PI / 3, 2 * M_PI / 3})
    {
        if (std::abs(x * std::cos(angle) + y * std::sin(angle)) > half)
        {
            return false;
        }
    }
    return true;
}

} // namespace

std::optional<PathLossProfile>
PathLossProfile::Of(const std::string& name)
{
    if (name == "uma")
    {
        return PathLossProfile{"ns3::ThreeGppUmaPropagationLossModel",
                               10,
                               5000,
                               25,
                               25,
                               1.5,
                               22.5,
                               25,
                               1.5,
                               500,
                               35};
    }
    if (name == "umi")
    {
        return PathLossProfile{"ns3::ThreeGppUmiStreetCanyonPropagationLossModel",
                               10,
                               5000,
                               10,
                               10,
                               1.5,
                               22.5,
                               10,
                               1.5,
                               200,
                               10};
    }
    if (name == "rma")
    {
        return PathLossProfile{"ns3::ThreeGppRmaPropagationLossModel",
                               10,
                               10000,
                               10,
                               150,
                               1,
                               10,
                               35,
                               1.5,
                               1732,
                               35};
    }
    if (name == "indoor")
    {
        return PathLossProfile{"ns3::ThreeGppIndoorOfficePropagationLossModel",
                               0,
                               150,
                               1,
                               150,
                               0.5,
                               150,
                               3,
                               1,
                               20,
                               0};
    }
    TypeId tid;
    if (!TypeId::LookupByNameFailSafe(name, &tid) ||
        !tid.IsChildOf(PropagationLossModel::GetTypeId()) || !tid.HasConstructor())
    {
        return std::nullopt;
    }
    for (const char* known : {"uma", "umi", "rma", "indoor"})
    {
        const auto profile = Of(known);
        if (profile->type == name)
        {
            return profile;
        }
    }
    return PathLossProfile{name,
                           0,
                           FARTHEST,
                           -FARTHEST,
                           FARTHEST,
                           -FARTHEST,
                           FARTHEST,
                           25,
                           1.5,
                           500,
                           10};
}

std::vector<Vector>
RadioScenario::HexagonalSites(uint32_t sites, double distance, double z)
{
    if (sites == 3)
    {
        // A triangle around the origin.
        const double radius = distance / std::sqrt(3.0);
        std::vector<Vector> places;
        for (const double angle : {M_PI / 6, 5 * M_PI / 6, 9 * M_PI / 6})
        {
            places.emplace_back(radius * std::cos(angle), radius * std::sin(angle), z);
        }
        return places;
    }
    std::vector<Vector> places{{0, 0, z}};
    for (int ring = 1; places.size() < sites; ++ring)
    {
        for (int side = 0; side < 6; ++side)
        {
            const double from = side * M_PI / 3;
            const double along = from + 2 * M_PI / 3;
            for (int step = 0; step < ring; ++step)
            {
                places.emplace_back(distance * (ring * std::cos(from) + step * std::cos(along)),
                                    distance * (ring * std::sin(from) + step * std::sin(along)),
                                    z);
            }
        }
    }
    return places;
}

RadioScenario
RadioScenario::Hexagonal(uint32_t sites,
                         uint32_t sectors,
                         uint32_t ues,
                         double distance,
                         const PathLossProfile& profile,
                         int64_t stream)
{
    RadioScenario scenario;
    scenario.walk = distance;
    const double radius = distance / std::sqrt(3.0);
    const std::vector<Vector> places = HexagonalSites(sites, distance, profile.gnbZ);
    for (const Vector& place : places)
    {
        scenario.maxX = std::max(scenario.maxX, std::abs(place.x) + radius);
        scenario.maxY = std::max(scenario.maxY, std::abs(place.y) + radius);
        for (uint32_t sector = 0; sector < sectors; ++sector)
        {
            Cell cell{place, std::nullopt};
            if (sectors > 1)
            {
                cell.azimuth = 30.0 + 360.0 / sectors * sector;
            }
            scenario.cells.push_back(cell);
        }
    }
    const Ptr<UniformRandomVariable> uniform = CreateObject<UniformRandomVariable>();
    uniform->SetStream(stream);
    while (scenario.ues.size() < ues)
    {
        const Vector& site = places[uniform->GetInteger(0, static_cast<uint32_t>(sites - 1))];
        const double x = uniform->GetValue(-radius, radius);
        const double y = uniform->GetValue(-radius, radius);
        if (IsInHexagon(x, y, radius) && std::hypot(x, y) >= profile.dropDistance)
        {
            scenario.ues.emplace_back(site.x + x, site.y + y, profile.ueZ);
        }
    }
    return scenario;
}

std::string
RadioScenario::WhyNot(const PathLossProfile& profile) const
{
    const auto badHeight = [](const std::string& who, double z, double low, double high) {
        return who + " is at a height of " + Text(z) + " m, but the path loss model is made for " +
               RangeText(low, high, "m") + " there; move it, or choose another --pathloss";
    };
    for (std::size_t i = 0; i < cells.size(); ++i)
    {
        const double z = cells[i].place.z;
        if (z < profile.minGnbZ || z > profile.maxGnbZ)
        {
            return badHeight("gnb-" + std::to_string(i), z, profile.minGnbZ, profile.maxGnbZ);
        }
    }
    for (std::size_t i = 0; i < ues.size(); ++i)
    {
        const std::string who = "ue-" + std::to_string(i);
        if (ues[i].z < profile.minUeZ || ues[i].z > profile.maxUeZ)
        {
            return badHeight(who, ues[i].z, profile.minUeZ, profile.maxUeZ);
        }
        double nearest = std::numeric_limits<double>::max();
        for (const Cell& cell : cells)
        {
            nearest =
                std::min(nearest, std::hypot(cell.place.x - ues[i].x, cell.place.y - ues[i].y));
        }
        if (nearest < profile.minDistance || nearest > profile.maxDistance)
        {
            return who + " is " + Text(nearest) +
                   " m from the nearest gNB, but the path loss model " + "is made for " +
                   RangeText(profile.minDistance, profile.maxDistance, "m") +
                   "; move it, or choose another --pathloss";
        }
    }
    return "";
}

Ptr<MobilityModel>
RadioScenario::MakeUeMobility(uint32_t ue, int64_t stream) const
{
    if (!velocities.empty())
    {
        const Ptr<ConstantVelocityMobilityModel> straight =
            CreateObject<ConstantVelocityMobilityModel>();
        straight->SetPosition(ues.at(ue));
        straight->SetVelocity(velocities.at(ue));
        return straight;
    }
    if (speed == 0)
    {
        const Ptr<MobilityModel> still = CreateObject<ConstantPositionMobilityModel>();
        still->SetPosition(ues.at(ue));
        return still;
    }
    const Ptr<RandomWalk2dMobilityModel> walking = CreateObject<RandomWalk2dMobilityModel>();
    walking->SetAttribute("Bounds", RectangleValue(Rectangle(-maxX, maxX, -maxY, maxY)));
    walking->SetAttribute("Mode", StringValue("Distance"));
    walking->SetAttribute("Distance", DoubleValue(walk));
    walking->SetAttribute(
        "Speed",
        StringValue("ns3::ConstantRandomVariable[Constant=" + ExactText(speed) + "]"));
    walking->SetPosition(ues.at(ue));
    walking->AssignStreams(stream);
    return walking;
}

} // namespace ns3::mbs
