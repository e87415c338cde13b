// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sinr-radio-link.h"

#include "mbs-gnb-radio-device.h"
#include "mbs-nr-bler.h"
#include "mbs-nr-phy.h"
#include "mbs-ue-radio-device.h"

#include "ns3/mbs-enum-attribute.h"

#include "ns3/constant-position-mobility-model.h"
#include "ns3/double.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/three-gpp-propagation-loss-model.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <utility>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(SinrRadioLink);

namespace
{

/** Power of thermal noise at 290 K, dBm in 1 Hz. */
constexpr double THERMAL_NOISE_DBM = -174.0;

/** How likely is what is taken for certain not. */
constexpr double NEGLIGIBLE = 1e-9;

/** Horizontal and vertical half-power beam width, and greatest attenuation (TR 38.901 table 7.3-1).
 */
constexpr double BEAM_WIDTH = 65.0;
constexpr double FRONT_TO_BACK_DB = 30.0;

constexpr double RADIAN = 57.29577951308232; //!< degrees

/** @param db a ratio, dB @return the same, linear */
double
FromDb(double db)
{
    return std::pow(10.0, db / 10.0);
}

/** @param ratio above 0 @return the same, dB */
double
ToDb(double ratio)
{
    return 10.0 * std::log10(ratio);
}

} // namespace

TypeId
SinrRadioLink::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::SinrRadioLink")
            .SetParent<RadioLink>()
            .SetGroupName("Mbs")
            .AddConstructor<SinrRadioLink>()
            .AddAttribute("PathLoss",
                          "Path loss and shadowing: any PropagationLossModel of ns-3.",
                          StringValue("ns3::ThreeGppUmaPropagationLossModel"),
                          MakePointerAccessor(&SinrRadioLink::m_pathLoss),
                          MakePointerChecker<PropagationLossModel>())
            .AddAttribute("GnbPower",
                          "Power of a cell over the whole carrier, dBm.",
                          DoubleValue(46),
                          MakeDoubleAccessor(&SinrRadioLink::m_gnbPower),
                          MakeDoubleChecker<double>(-30, 80))
            .AddAttribute("UePower",
                          "Power of a UE, dBm.",
                          DoubleValue(23),
                          MakeDoubleAccessor(&SinrRadioLink::m_uePower),
                          MakeDoubleChecker<double>(-50, 50))
            .AddAttribute("GnbAntennaGain",
                          "Greatest gain of an element of a cell's antenna, dBi.",
                          DoubleValue(8),
                          MakeDoubleAccessor(&SinrRadioLink::m_gnbGain),
                          MakeDoubleChecker<double>(-20, 60))
            .AddAttribute("GnbAntennaElements",
                          "Elements of the antenna of a cell that points somewhere, one above the "
                          "other, half a wavelength apart; each doubling adds 3 dB.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&SinrRadioLink::m_elements),
                          MakeUintegerChecker<uint32_t>(1, 64))
            .AddAttribute("GnbDowntilt",
                          "How far below the horizon such an antenna points by the phases of its "
                          "elements, degrees; of no effect with one element.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&SinrRadioLink::m_downtilt),
                          MakeDoubleChecker<double>(-90, 90))
            .AddAttribute("UeNoiseFigure",
                          "Noise figure of a UE's receiver, dB.",
                          DoubleValue(9),
                          MakeDoubleAccessor(&SinrRadioLink::m_ueNoiseFigure),
                          MakeDoubleChecker<double>(0, 50))
            .AddAttribute("GnbNoiseFigure",
                          "Noise figure of a cell's receiver, dB.",
                          DoubleValue(5),
                          MakeDoubleAccessor(&SinrRadioLink::m_gnbNoiseFigure),
                          MakeDoubleChecker<double>(0, 50))
            .AddAttribute("UplinkBlocks",
                          "Resource blocks that the power of a UE is spread over.",
                          UintegerValue(10),
                          MakeUintegerAccessor(&SinrRadioLink::m_uplinkBlocks),
                          MakeUintegerChecker<uint32_t>(1, 275))
            .AddAttribute(
                "UplinkInterference",
                "Interference over thermal noise in the uplink, dB: by how much noise and "
                "interference together exceed the noise.",
                DoubleValue(3),
                MakeDoubleAccessor(&SinrRadioLink::m_uplinkInterference),
                MakeDoubleChecker<double>(0, 50))
            .AddAttribute(
                "Interference",
                "Power with which other cells interfere: none, load (in proportion to the "
                "resource blocks that they used since the last refresh) or full.",
                StringValue("load"),
                MakeEnumAttributeAccessor(&SinrRadioLink::m_interference),
                MakeEnumAttributeChecker(Interference::NONE,
                                         "none",
                                         Interference::LOAD,
                                         "load",
                                         Interference::FULL,
                                         "full"))
            .AddAttribute("RefreshInterval",
                          "How old path loss of UEs that move, and the load of cells, may be.",
                          TimeValue(MilliSeconds(100)),
                          MakeTimeAccessor(&SinrRadioLink::m_refresh),
                          MakeTimeChecker(MicroSeconds(1)));
    return tid;
}

SinrRadioLink::SinrRadioLink()
    : m_uniform(CreateObject<UniformRandomVariable>())
{
}

SinrRadioLink::~SinrRadioLink() = default;

void
SinrRadioLink::DoDispose()
{
    m_loadOf = nullptr;
    m_ues.clear();
    m_cells.clear();
    m_sites.clear();
    m_pathLoss = nullptr;
    RadioLink::DoDispose();
}

void
SinrRadioLink::SetCarrier(Ptr<const NrCarrier> carrier)
{
    m_downlinkNoiseMw =
        FromDb(THERMAL_NOISE_DBM + m_ueNoiseFigure + ToDb(carrier->GetOccupiedBandwidth()));
    m_elementsDb = ToDb(12.0 * carrier->GetResourceBlocks());
    const double blockBandwidth = carrier->GetOccupiedBandwidth() / carrier->GetResourceBlocks();
    const uint32_t blocks = std::min(m_uplinkBlocks, carrier->GetResourceBlocks());
    m_uplinkNoiseDbm =
        THERMAL_NOISE_DBM + m_gnbNoiseFigure + m_uplinkInterference + ToDb(blockBandwidth * blocks);
    if (const auto model = DynamicCast<ThreeGppPropagationLossModel>(m_pathLoss))
    {
        model->SetFrequency(carrier->GetFrequency());
    }
    else
    {
        // ns-3's other models have their own attributes for it, if they know a frequency at all.
        m_pathLoss->SetAttributeFailSafe("Frequency", DoubleValue(carrier->GetFrequency()));
    }
}

int64_t
SinrRadioLink::AssignPropagationStreams(int64_t stream)
{
    int64_t taken = m_pathLoss->AssignStreams(stream);
    // ns-3 does not reckon the line of sight to the model of path loss that looks at it.
    const auto model = DynamicCast<ThreeGppPropagationLossModel>(m_pathLoss);
    if (model && model->GetChannelConditionModel())
    {
        taken += model->GetChannelConditionModel()->AssignStreams(stream + taken);
    }
    return taken;
}

void
SinrRadioLink::AddCell(Ptr<MobilityModel> place, std::optional<double> azimuth)
{
    const auto known = std::find(m_sites.begin(), m_sites.end(), place);
    const auto site = static_cast<uint32_t>(known - m_sites.begin());
    if (known == m_sites.end())
    {
        m_sites.push_back(place);
    }
    const bool silent = m_interference != Interference::FULL;
    m_cells.push_back({site, azimuth, silent ? 0.0 : 1.0});
}

uint32_t
SinrRadioLink::AddUe(Ptr<MobilityModel> place)
{
    NS_ASSERT_MSG(!m_cells.empty(), "there is no cell");
    Receiver receiver;
    receiver.place = place;
    receiver.moves = !DynamicCast<ConstantPositionMobilityModel>(place);
    m_moving = m_moving || receiver.moves;
    receiver.powersMw.resize(m_cells.size());
    Measure(receiver);
    receiver.cell = Strongest(receiver);
    Reckon(receiver);
    m_ues.push_back(std::move(receiver));
    return m_ues.back().cell;
}

void
SinrRadioLink::SetLoadSource(std::function<double(uint32_t)> load)
{
    m_loadOf = std::move(load);
}

double
SinrRadioLink::AntennaGain(const Cell& cell, Vector place) const
{
    if (!cell.azimuth)
    {
        return m_gnbGain;
    }
    const Vector antenna = m_sites[cell.site]->GetPosition();
    const double x = place.x - antenna.x;
    const double y = place.y - antenna.y;
    const double off = std::remainder(std::atan2(y, x) * RADIAN - *cell.azimuth, 360.0);
    const double down = std::atan2(antenna.z - place.z, std::hypot(x, y)) * RADIAN;
    const auto attenuation = [](double angle) {
        return std::min(12.0 * angle * angle / (BEAM_WIDTH * BEAM_WIDTH), FRONT_TO_BACK_DB);
    };
    return m_gnbGain - std::min(attenuation(off) + attenuation(down), FRONT_TO_BACK_DB) +
           ArrayGain(down);
}

double
SinrRadioLink::ArrayGain(double down) const
{
    const double phase =
        M_PI * (std::sin(m_downtilt / RADIAN) - std::sin(down / RADIAN)); // from one to the next
    std::complex<double> sum = 0;
    for (uint32_t i = 0; i < m_elements; ++i)
    {
        sum += std::polar(1.0, i * phase);
    }
    // In a zero of the pattern nothing would be left of the logarithm.
    return ToDb(std::max(std::norm(sum) / m_elements, 1e-6));
}

uint32_t
SinrRadioLink::Strongest(const Receiver& receiver)
{
    // The first one, if two are as strong.
    const auto best = std::max_element(receiver.powersMw.begin(), receiver.powersMw.end());
    return static_cast<uint32_t>(best - receiver.powersMw.begin());
}

void
SinrRadioLink::Measure(Receiver& receiver)
{
    receiver.refreshed = Simulator::Now();
    std::vector<double> gains;
    for (const auto& site : m_sites)
    {
        gains.push_back(m_pathLoss->CalcRxPower(0.0, site, receiver.place));
    }
    const Vector place = receiver.place->GetPosition();
    for (std::size_t i = 0; i < m_cells.size(); ++i)
    {
        const Cell& cell = m_cells[i];
        receiver.powersMw[i] =
            static_cast<float>(FromDb(m_gnbPower + AntennaGain(cell, place) + gains[cell.site]));
    }
}

void
SinrRadioLink::Reckon(Receiver& receiver) const
{
    receiver.loads = m_loads;
    double unwanted = m_downlinkNoiseMw;
    if (m_interference != Interference::NONE)
    {
        for (std::size_t i = 0; i < m_cells.size(); ++i)
        {
            unwanted += i == receiver.cell ? 0.0 : m_cells[i].load * receiver.powersMw[i];
        }
    }
    const double wanted = receiver.powersMw[receiver.cell];
    receiver.downlinkDb = ToDb(wanted / unwanted);
    // The way back is as long: the same loss, another power.
    receiver.uplinkDb = ToDb(wanted) - m_gnbPower + m_uePower - m_uplinkNoiseDbm;
}

void
SinrRadioLink::UpdateLoads()
{
    // A cell alone has nobody to interfere with.
    if (!m_loadOf || m_interference != Interference::LOAD || m_cells.size() < 2 ||
        Simulator::Now() < m_loadsTaken + m_refresh)
    {
        return;
    }
    m_loadsTaken = Simulator::Now();
    ++m_loads;
    for (std::size_t i = 0; i < m_cells.size(); ++i)
    {
        m_cells[i].load = m_loadOf(static_cast<uint32_t>(i));
    }
}

SinrRadioLink::Receiver&
SinrRadioLink::UpToDate(uint32_t ue)
{
    UpdateLoads();
    Receiver& receiver = m_ues.at(ue);
    if (receiver.moves && Simulator::Now() >= receiver.refreshed + m_refresh)
    {
        Measure(receiver);
        Reckon(receiver);
    }
    else if (receiver.loads != m_loads)
    {
        Reckon(receiver);
    }
    return receiver;
}

double
SinrRadioLink::GetReceivedPowerDbm(uint32_t ue)
{
    const Receiver& receiver = UpToDate(ue);
    return ToDb(receiver.powersMw[receiver.cell]);
}

double
SinrRadioLink::GetRsrpDbm(uint32_t ue, uint32_t cell)
{
    return ToDb(UpToDate(ue).powersMw.at(cell)) - m_elementsDb;
}

uint32_t
SinrRadioLink::GetStrongestCell(uint32_t ue)
{
    return Strongest(UpToDate(ue));
}

double
SinrRadioLink::GetSinrOf(uint32_t ue, RadioDirection direction)
{
    const Receiver& receiver = UpToDate(ue);
    return direction == RadioDirection::DOWNLINK ? receiver.downlinkDb : receiver.uplinkDb;
}

double
SinrRadioLink::GetSinrDb(const UeRadioDevice& ue, RadioDirection direction)
{
    return GetSinrOf(ue.GetUe(), direction);
}

double
SinrRadioLink::LossRate(const RadioTransmission& transmission, double sinrDb)
{
    double received = 1.0;
    for (const uint32_t bits : transmission.blocks)
    {
        received *= 1.0 - NrBlockErrorRate(transmission.mcs, bits, sinrDb);
    }
    return 1.0 - received;
}

const SinrRadioLink::Certainty&
SinrRadioLink::CertaintyOf(const RadioTransmission& transmission)
{
    if (m_certainty.mcs != transmission.mcs || m_certainty.blocks != transmission.blocks)
    {
        m_certainty.mcs = transmission.mcs;
        m_certainty.blocks = transmission.blocks;
        const auto whereAbove = [&transmission](double rate) {
            double low = -60.0;
            double high = 60.0;
            for (int i = 0; i < 20; ++i)
            {
                const double middle = (low + high) / 2;
                (LossRate(transmission, middle) > rate ? low : high) = middle;
            }
            return std::make_pair(low, high);
        };
        m_certainty.lostDb = whereAbove(1.0 - NEGLIGIBLE).first;
        m_certainty.receivedDb = whereAbove(NEGLIGIBLE).second;
    }
    return m_certainty;
}

std::optional<uint64_t>
SinrRadioLink::GetSinrVersion()
{
    UpdateLoads();
    return m_moving ? std::nullopt : std::optional<uint64_t>(m_loads);
}

double
SinrRadioLink::GetCertainSinrDb(const RadioTransmission& transmission)
{
    // What combining adds is left out: it is certain with less then.
    return CertaintyOf(transmission).receivedDb;
}

bool
SinrRadioLink::IsTransmissionLost(const UeRadioDevice& ue,
                                  const Ptr<const Packet>& packet,
                                  const RadioTransmission& transmission)
{
    if (transmission.blocks.empty())
    {
        return IsLost(ue, packet);
    }
    // Chase combining: what was received before adds its energy.
    const double sinr =
        GetSinrDb(ue, transmission.direction) +
        (transmission.copies > 1 ? ToDb(static_cast<double>(transmission.copies)) : 0.0);
    const Certainty& certainty = CertaintyOf(transmission);
    if (sinr >= certainty.receivedDb)
    {
        return false;
    }
    return sinr <= certainty.lostDb || m_uniform->GetValue(0.0, 1.0) < LossRate(transmission, sinr);
}

bool
SinrRadioLink::IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet)
{
    // Without a scheduler: one transport block, at the scheme that suits the UE.
    RadioTransmission transmission;
    transmission.octets = packet->GetSize();
    transmission.blocks = {std::max<uint32_t>(1, transmission.octets) * 8};
    transmission.mcs =
        NrSelectMcs(transmission.blocks.front(), GetSinrDb(ue, transmission.direction), 0.1);
    return IsTransmissionLost(ue, packet, transmission);
}

void
SinrRadioLink::CellChanged(const UeRadioDevice& ue)
{
    // Who is not known here has no place.
    if (ue.GetUe() < m_ues.size())
    {
        Receiver& receiver = m_ues[ue.GetUe()];
        receiver.cell = ue.GetServingGnb()->GetGnb();
        Reckon(receiver);
    }
}

int64_t
SinrRadioLink::AssignStreams(int64_t stream)
{
    m_uniform->SetStream(stream);
    return 1;
}

} // namespace ns3::mbs
