// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-nr-bler.h"
#include "ns3/mbs-scheduled-job.h"
#include "ns3/mbs-sinr-radio-link.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/boolean.h"
#include "ns3/constant-position-mobility-model.h"
#include "ns3/constant-velocity-mobility-model.h"
#include "ns3/double.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/three-gpp-propagation-loss-model.h"
#include "ns3/uinteger.h"

#include <cmath>

namespace ns3::mbs
{

namespace
{

/** Path loss of 1 dB per metre, that counts how often it is asked. */
class MetreLoss : public PropagationLossModel
{
  public:
    /** How often it was asked. */
    uint32_t Asked() const
    {
        return m_asked;
    }

  private:
    double DoCalcRxPower(double power, Ptr<MobilityModel> a, Ptr<MobilityModel> b) const override
    {
        ++m_asked;
        return power - a->GetDistanceFrom(b);
    }

    int64_t DoAssignStreams(int64_t /* stream */) override
    {
        return 0;
    }

    mutable uint32_t m_asked{0}; //!< how often it was asked
};

/** @param x along @param y across @param z up @return a place on a node that never changes */
Ptr<MobilityModel>
Place(double x, double y = 0, double z = 0)
{
    const Ptr<ConstantPositionMobilityModel> place = CreateObject<ConstantPositionMobilityModel>();
    place->SetPosition(Vector(x, y, z));
    CreateObject<Node>()->AggregateObject(place);
    return place;
}

/** @param interference which power other cells send with @return a link over MetreLoss */
Ptr<SinrRadioLink>
MakeLink(const std::string& interference, Ptr<MetreLoss> loss = CreateObject<MetreLoss>())
{
    const Ptr<SinrRadioLink> link = CreateObject<SinrRadioLink>();
    link->SetAttribute("PathLoss", PointerValue(loss));
    link->SetAttribute("Interference", StringValue(interference));
    link->SetCarrier(CreateObject<NrCarrier>());
    link->AssignStreams(3);
    return link;
}

/** @param value what was found @param expected what should be @return true if about the same */
bool
Near(double value, double expected)
{
    return std::abs(value - expected) < 1e-3;
}

/** Received power, noise and interference by hand. */
void
SinrByHand(Check& check)
{
    // 40 MHz at 30 kHz: 106 resource blocks of 360 kHz.
    const double noise = -174 + 9 + 10 * std::log10(106 * 360e3);
    const double uplinkNoise = -174 + 5 + 3 + 10 * std::log10(10 * 360e3);
    const auto build = [](const Ptr<SinrRadioLink>& link) {
        link->AddCell(Place(0), std::nullopt);
        link->AddCell(Place(200), std::nullopt);
        return link->AddUe(Place(80));
    };
    const Ptr<SinrRadioLink> none = MakeLink("none");
    check.Equal(build(none), 0U, "the nearer cell serves");
    check.Expect(Near(none->GetReceivedPowerDbm(0), 46 + 8 - 80), "received power");
    check.Expect(Near(none->GetSinrOf(0, RadioDirection::DOWNLINK), 46 + 8 - 80 - noise), "SNR");
    check.Expect(Near(none->GetSinrOf(0, RadioDirection::UPLINK), 23 + 8 - 80 - uplinkNoise),
                 "uplink");
    const Ptr<SinrRadioLink> full = MakeLink("full");
    build(full);
    const double noiseMw = std::pow(10, noise / 10);
    const double other = std::pow(10, (46 + 8 - 120) / 10.0);
    const auto expected = [&](double load) {
        return 46 + 8 - 80 - 10 * std::log10(noiseMw + load * other);
    };
    check.Expect(Near(full->GetSinrOf(0, RadioDirection::DOWNLINK), expected(1)), "full");

    // In proportion to the load, as often as it is asked for.
    const Ptr<SinrRadioLink> loaded = MakeLink("load");
    build(loaded);
    uint32_t asked = 0;
    loaded->SetLoadSource([&asked](uint32_t cell) {
        ++asked;
        return cell == 1 ? 0.25 : 0.9;
    });
    check.Expect(Near(loaded->GetSinrOf(0, RadioDirection::DOWNLINK), expected(0)),
                 "idle at first");
    ScheduleJob(MilliSeconds(150), [&] {
        check.Expect(Near(loaded->GetSinrOf(0, RadioDirection::DOWNLINK), expected(0.25)),
                     "a quarter of the power");
        loaded->GetSinrOf(0, RadioDirection::DOWNLINK);
        check.Equal(asked, 2U, "each cell was asked once");
    });
    Simulator::Run();
    Simulator::Destroy();
}

/** UEs that stay are measured once, those that move at an interval, whoever asks. */
void
MeasuredWhenItMatters(Check& check)
{
    const Ptr<MetreLoss> loss = CreateObject<MetreLoss>();
    const Ptr<SinrRadioLink> link = MakeLink("none", loss);
    link->AddCell(Place(0), std::nullopt);
    link->AddUe(Place(50));
    const Ptr<ConstantVelocityMobilityModel> moving = CreateObject<ConstantVelocityMobilityModel>();
    moving->SetPosition(Vector(50, 0, 0));
    moving->SetVelocity(Vector(10, 0, 0));
    CreateObject<Node>()->AggregateObject(moving);
    link->AddUe(moving);
    check.Equal(loss->Asked(), 2U, "once each");
    for (int i = 1; i <= 1000; ++i)
    {
        ScheduleJob(MilliSeconds(i), [&] {
            check.Expect(Near(link->GetReceivedPowerDbm(0), 46 + 8 - 50), "stays");
            const double age = 46 + 8 - 50 - 10 * Simulator::Now().GetSeconds();
            const double power = link->GetReceivedPowerDbm(1);
            check.Expect(power >= age - 1e-3 && power < age + 1, "at most 100 ms old");
        });
    }
    Simulator::Run();
    check.Equal(loss->Asked(), 2U + 10U, "ten times in a second");
    Simulator::Destroy();
}

/** Transmissions are lost as often as the block error rate says; certain fates need no draw. */
void
LostAsOftenAsTheCurveSays(Check& check)
{
    const Ptr<SinrRadioLink> link = MakeLink("none");
    link->AddCell(Place(0), std::nullopt);
    const double zero = 46 + 8 + 174 - 9 - 10 * std::log10(106 * 360e3);
    const Ptr<UeRadioDevice> ue = CreateObject<UeRadioDevice>();
    const Ptr<const Packet> packet = Create<Packet>(1000);
    RadioTransmission transmission;
    transmission.mcs = 10;
    transmission.blocks = {8000};
    for (const double target : {0.02, 0.3, 0.9})
    {
        double sinr = -10;
        while (NrBlockErrorRate(10, 8000, sinr) > target)
        {
            sinr += 0.001;
        }
        ue->SetUe(link->AddUe(Place(zero - sinr)) + ue->GetUe());
        const auto lossRate = [&](uint32_t attempt, std::size_t blocks) {
            transmission.copies = attempt;
            transmission.blocks.assign(blocks, 8000);
            uint32_t lost = 0;
            for (int i = 0; i < 20000; ++i)
            {
                lost += link->IsTransmissionLost(*ue, packet, transmission) ? 1 : 0;
            }
            return lost / 20000.0;
        };
        const double rate =
            NrBlockErrorRate(10, 8000, link->GetSinrDb(*ue, RadioDirection::DOWNLINK));
        const auto expect = [&](double measured, double expected, const char* what) {
            const double deviation = std::sqrt(expected * (1 - expected) / 20000) + 1e-4;
            check.Expect(std::abs(measured - expected) < 4 * deviation, what);
        };
        expect(lossRate(1, 1), rate, "one transport block");
        expect(lossRate(1, 3), 1 - std::pow(1 - rate, 3), "three transport blocks");
        expect(
            lossRate(2, 1),
            NrBlockErrorRate(10,
                             8000,
                             link->GetSinrDb(*ue, RadioDirection::DOWNLINK) + 10 * std::log10(2.0)),
            "energy of two attempts");
        ue->SetUe(ue->GetUe() + 1);
    }
    link->AddUe(Place(zero - 40));
    link->AddUe(Place(zero + 40));
    ue->SetUe(3);
    transmission.copies = 1;
    transmission.blocks = {8000};
    check.Expect(!link->IsTransmissionLost(*ue, packet, transmission), "40 dB: received");
    check.Expect(!link->IsLost(*ue, packet), "without a scheduler: received");
    ue->SetUe(4);
    check.Expect(link->IsTransmissionLost(*ue, packet, transmission), "-40 dB: lost");
    check.Expect(link->IsLost(*ue, packet), "without a scheduler: lost");
}

/** TR 38.901 table 7.4.1-1, UMa with line of sight, and the antenna of table 7.3-1. */
void
PathLossOfTheStandard(Check& check)
{
    const Ptr<SinrRadioLink> link = CreateObject<SinrRadioLink>();
    const Ptr<ThreeGppUmaPropagationLossModel> uma =
        CreateObject<ThreeGppUmaPropagationLossModel>();
    uma->SetAttribute("ShadowingEnabled", BooleanValue(false));
    uma->SetChannelConditionModel(CreateObject<AlwaysLosChannelConditionModel>());
    link->SetAttribute("PathLoss", PointerValue(uma));
    link->SetCarrier(CreateObject<NrCarrier>());
    check.Expect(link->AssignPropagationStreams(1) > 0, "it draws");
    const Ptr<MobilityModel> site = Place(0, 0, 25);
    link->AddCell(site, std::nullopt);
    link->AddUe(Place(100, 0, 1.5));
    const double loss = 28 + 22 * std::log10(std::hypot(100, 23.5)) + 20 * std::log10(3.5);
    check.Expect(Near(link->GetReceivedPowerDbm(0), 46 + 8 - loss), "PL1");

    // A sector: full gain where it points, 3 dB less at half its beam width, at most 30 dB less.
    const Ptr<SinrRadioLink> sectors = MakeLink("none");
    sectors->AddCell(Place(0), 0.0);
    const auto gain = [&sectors](double degrees, uint32_t ue) {
        const double angle = degrees * M_PI / 180;
        sectors->AddUe(Place(100 * std::cos(angle), 100 * std::sin(angle)));
        return sectors->GetReceivedPowerDbm(ue) - (46 - 100);
    };
    check.Expect(Near(gain(0, 0), 8), "ahead");
    check.Expect(Near(gain(32.5, 1), 8 - 3), "half of the half-power beam width");
    check.Expect(Near(gain(-65, 2), 8 - 12), "the other side");
    check.Expect(Near(gain(180, 3), 8 - 30), "behind");

    // Ten elements that point 12 degrees down: 10 dB more there, nothing where their sum is zero.
    const Ptr<SinrRadioLink> column = MakeLink("none");
    column->SetAttribute("GnbAntennaElements", UintegerValue(10));
    column->SetAttribute("GnbDowntilt", DoubleValue(12));
    column->AddCell(Place(0), 0.0);
    const auto below = [&column](double sine, uint32_t ue) {
        const double down = std::asin(sine);
        column->AddUe(Place(100 * std::cos(down), 0, -100 * sine));
        const double degrees = down * 180 / M_PI;
        const double element = 8 - 12 * degrees * degrees / (65 * 65);
        return column->GetReceivedPowerDbm(ue) - (46 - 100) - element;
    };
    const double tilt = std::sin(12 * M_PI / 180);
    check.Expect(Near(below(tilt, 0), 10), "where it points");
    check.Expect(Near(below(tilt + 0.2, 1), -60), "a zero of the pattern");
    const double phase = M_PI * 0.1;
    const double side = std::pow(std::sin(5 * phase) / std::sin(phase / 2), 2) / 10;
    check.Expect(Near(below(tilt - 0.1, 2), 10 * std::log10(side)), "half way to the other one");
}

/** All models of TR 38.901 work, and others; each gets the carrier's frequency. */
void
ModelsGetTheFrequency(Check& check)
{
    for (const char* name : {"Uma", "UmiStreetCanyon", "Rma", "IndoorOffice"})
    {
        const Ptr<SinrRadioLink> link = CreateObject<SinrRadioLink>();
        link->SetAttribute(
            "PathLoss",
            StringValue("ns3::ThreeGpp" + std::string(name) + "PropagationLossModel"));
        link->SetCarrier(CreateObject<NrCarrier>());
        link->AssignPropagationStreams(1);
        link->AddCell(Place(0, 0, 10), std::nullopt);
        link->AddUe(Place(50, 0, 1.5));
        const double power = link->GetReceivedPowerDbm(0);
        check.Expect(power > -120 && power < 0, std::string(name) + ": a plausible loss");
        link->Dispose();
    }
    const Ptr<SinrRadioLink> link = CreateObject<SinrRadioLink>();
    link->SetAttribute("PathLoss", StringValue("ns3::FriisPropagationLossModel"));
    link->SetCarrier(CreateObject<NrCarrier>());
    link->AddCell(Place(0), std::nullopt);
    link->AddUe(Place(1000));
    // Free space: 20 log10(4 pi d f / c), at the carrier's frequency.
    const double loss = 20 * std::log10(4 * M_PI * 1000 * 3.5e9 / 299792458.0);
    check.Expect(Near(link->GetReceivedPowerDbm(0), 46 + 8 - loss), "Friis");
}

} // namespace

/** @param suite gets the tests of the radio link */
void
AddSinrRadioLinkTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("SINR is signal over noise and the interference of busy cells", SinrByHand);
    add("UEs that stay are measured once, those that move at an interval", MeasuredWhenItMatters);
    add("transmissions are lost as often as their block error rate says",
        LostAsOftenAsTheCurveSays);
    add("path loss and antennas are those of TR 38.901", PathLossOfTheStandard);
    add("path loss models get the carrier's frequency", ModelsGetTheFrequency);
}

} // namespace ns3::mbs
