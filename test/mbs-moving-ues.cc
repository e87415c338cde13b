// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-moving-ues.h"

#include <cmath>
#include <memory>
#include <optional>

namespace ns3::mbs
{

namespace
{

/** What a UE at 1 m of a cell receives of it, dBm over the carrier: power, gain and path loss. */
constexpr double AT_ONE_METRE_DBM = 46 + 8 - 46.6777;

/** Subcarriers of 106 resource blocks, dB. */
const double SUBCARRIERS_DB = 10 * std::log10(12 * 106.0);

/** Noise of a UE in 106 resource blocks of 360 kHz, dBm. */
const double NOISE_DBM = -174 + 9 + 10 * std::log10(106 * 360e3);

} // namespace

double
MovingUes::RsrpAt(double metres)
{
    return AT_ONE_METRE_DBM - 40 * std::log10(metres) - SUBCARRIERS_DB;
}

double
MovingUes::DistanceOfRsrp(double rsrpDbm)
{
    return std::pow(10, (AT_ONE_METRE_DBM - SUBCARRIERS_DB - rsrpDbm) / 40);
}

double
MovingUes::DistanceOfSnr(double snrDb)
{
    return std::pow(10, (AT_ONE_METRE_DBM - NOISE_DBM - snrDb) / 40);
}

Time
MovingUes::NextLook(double seconds, Time interval)
{
    return interval * static_cast<int64_t>(std::floor(seconds / interval.GetSeconds()) + 1);
}

SystemSettings
MovingUes::Settings(const std::vector<double>& cells, double x, double speed)
{
    SystemSettings settings;
    settings.gnbs = static_cast<uint32_t>(cells.size());
    settings.duration = Seconds(12);
    settings.mobility = Mobility::RADIO_LINK_FAILURE;
    settings.attributes = {
        {"ns3::mbs::SinrRadioLink::PathLoss",
         "ns3::LogDistancePropagationLossModel[Exponent=4|ReferenceLoss=46.6777]"},
        {"ns3::mbs::SinrRadioLink::UePower", "46"},
        {"ns3::mbs::SinrRadioLink::Interference", "none"},
        {"ns3::mbs::SinrRadioLink::RefreshInterval", "1us"}};
    RadioScenario scenario;
    for (const double cell : cells)
    {
        scenario.cells.push_back({Vector(cell, 0, 0), std::nullopt});
    }
    scenario.ues = {Vector(x, 0, 0)};
    scenario.velocities = {Vector(speed, 0, 0)};
    // As many UEs as gNBs at least.
    settings.ues = settings.gnbs;
    for (std::size_t i = 1; i < cells.size(); ++i)
    {
        scenario.ues.emplace_back(cells[i] + 20, 0, 0);
        scenario.velocities.emplace_back(0, 0, 0);
    }
    settings.scenario = std::make_shared<RadioScenario>(scenario);
    return settings;
}

SystemSettings
MovingUes::Walkers()
{
    SystemSettings settings;
    settings.ues = 12;
    settings.gnbs = 7;
    settings.duration = Seconds(20);
    settings.traffic = "cbr:400kbps:1000";
    settings.mskInterval = Seconds(5);
    settings.mtkInterval = Seconds(2);
    settings.mobility = Mobility::RADIO_LINK_FAILURE;
    RadioScenario scenario =
        RadioScenario::Hexagonal(7, 1, settings.ues, 500, PathLossProfile::Of("uma").value());
    scenario.speed = 70;
    settings.scenario = std::make_shared<RadioScenario>(scenario);
    return settings;
}

} // namespace ns3::mbs
