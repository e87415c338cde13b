// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-error-model-radio-link.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/config.h"
#include "ns3/string.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Packets that a test sends. */
constexpr uint32_t PACKETS = 20000;

/** @param model text of an error model @return a link with it */
Ptr<ErrorModelRadioLink>
LinkWith(const std::string& model)
{
    const Ptr<ErrorModelRadioLink> link = CreateObject<ErrorModelRadioLink>();
    link->SetAttribute("Model", StringValue(model));
    return link;
}

/**
 * @param link a link
 * @param ue number of a UE
 * @param octets of a packet
 * @return which of the packets are lost
 */
std::vector<bool>
Losses(const Ptr<ErrorModelRadioLink>& link, uint32_t ue, uint32_t octets = 100)
{
    const Ptr<UeRadioDevice> device = CreateObject<UeRadioDevice>();
    device->SetUe(ue);
    const Ptr<const Packet> packet = Create<Packet>(octets);
    std::vector<bool> losses;
    for (uint32_t i = 0; i < PACKETS; ++i)
    {
        losses.push_back(link->IsLost(*device, packet));
    }
    return losses;
}

/** @param losses by packet @return their share */
double
ShareOf(const std::vector<bool>& losses)
{
    return static_cast<double>(std::count(losses.begin(), losses.end(), true)) / PACKETS;
}

/** Rates per packet and per octet, bursts, and lists: losses are those of the closed forms. */
void
ModelsLoseWhatTheySay(Check& check)
{
    const auto near = [&check](double measured, double expected, const char* what) {
        // A burst's losses come together: fewer independent draws than packets.
        const double deviation = std::sqrt(expected * (1 - expected) * 5 / PACKETS);
        check.Expect(std::abs(measured - expected) < 4 * deviation,
                     std::string(what) + ": " + std::to_string(measured) + " and " +
                         std::to_string(expected));
    };
    near(ShareOf(
             Losses(LinkWith("ns3::RateErrorModel[ErrorRate=0.1|ErrorUnit=ERROR_UNIT_PACKET]"), 0)),
         0.1,
         "a rate per packet");
    near(ShareOf(Losses(LinkWith("ns3::RateErrorModel[ErrorRate=0.001|ErrorUnit=ERROR_UNIT_BYTE]"),
                        0,
                        200)),
         1 - std::pow(0.999, 200),
         "a rate per octet");
    Config::SetDefault("ns3::BurstErrorModel::BurstSize",
                       StringValue("ns3::ConstantRandomVariable[Constant=4]"));
    const auto losses = Losses(LinkWith("ns3::BurstErrorModel[ErrorRate=0.02]"), 0);
    Config::Reset();
    // Lost is what is at one of the four places behind a beginning.
    near(ShareOf(losses), 1 - std::pow(0.98, 4), "bursts of four");
    uint32_t shortest = PACKETS;
    uint32_t length = 0;
    for (const bool lost : losses)
    {
        if (!lost && length > 0)
        {
            shortest = std::min(shortest, length);
        }
        length = lost ? length + 1 : 0;
    }
    check.Equal(shortest, 4U, "no burst is shorter");
}

/** A list of packets is lost for each UE, and nothing else. */
void
ListsOfPackets(Check& check)
{
    const Ptr<ErrorModelRadioLink> link = LinkWith("ns3::ListErrorModel");
    const Ptr<ReceiveListErrorModel> model = CreateObject<ReceiveListErrorModel>();
    model->SetList({3, 4, 77});
    link->SetModelOf(1, model);
    check.Expect(ShareOf(Losses(link, 2)) == 0, "an empty list");
    std::vector<bool> expected(PACKETS, false);
    expected[3] = expected[4] = expected[77] = true;
    check.Expect(Losses(link, 1) == expected, "the receptions of the list");

    const Ptr<ListErrorModel> byUid = CreateObject<ListErrorModel>();
    const Ptr<const Packet> spoilt = Create<Packet>(10);
    byUid->SetList({static_cast<uint32_t>(spoilt->GetUid())});
    link->SetModelOf(0, byUid);
    const Ptr<UeRadioDevice> ue = CreateObject<UeRadioDevice>();
    check.Expect(link->IsLost(*ue, spoilt), "the packet of the list");
    check.Expect(!link->IsLost(*ue, Create<Packet>(10)), "another one");
    link->Dispose();
}

/** UEs have models of their own, with streams of their own, the same in each run. */
void
EachUeHasItsModel(Check& check)
{
    const std::string model = "ns3::BurstErrorModel[ErrorRate=0.05]";
    const Ptr<ErrorModelRadioLink> link = LinkWith(model);
    check.Equal(link->AssignStreams(1), int64_t{0}, "streams of their own");
    const auto second = Losses(link, 1);
    const auto first = Losses(link, 0);
    check.Expect(first != second, "UEs differ");
    const Ptr<ErrorModelRadioLink> again = LinkWith(model);
    check.Expect(Losses(again, 0) == first, "the same again, in whatever order UEs are asked");
    check.Expect(Losses(again, 1) == second, "for each UE");
    check.Equal(again->GetModel(), model, "its text");
}

/** A whole run with bursts on the radio conserves packets. */
void
BurstsInARun(Check& check)
{
    SystemSettings settings;
    settings.ues = 20;
    settings.duration = Seconds(10);
    settings.traffic = "cbr:1Mbps:1000";
    settings.mtkInterval = Seconds(1);
    settings.errorModel = "ns3::BurstErrorModel[ErrorRate=0.02]";
    SystemRun run(check, settings);
    run.Run();
    const double share = static_cast<double>(run.Lost(LossCause::RADIO)) / run.Total().expected;
    // Sizes 1 to 4 are equally likely. Without overlaps 2.5 * 0.02.
    check.Expect(share > 0.035 && share < 0.06, "bursts: " + std::to_string(share));
}

/** What names no error model stops a program before a network is built. */
void
WrongModels(Check& check)
{
    const std::pair<const char*, const char*> wrong[]{
        {"ns3::Node", "must be a kind of ns3::ErrorModel"},
        {"burst", "must be the name of a class derived from ns3::ErrorModel"},
        {"ns3::RateErrorModel[Rate=1]",
         "must be the name of a class derived from ns3::ErrorModel; "
         "ns3::RateErrorModel has no attribute Rate"}};
    for (const auto& [value, error] : wrong)
    {
        Config::SetDefault("ns3::mbs::ErrorModelRadioLink::Model", StringValue(value));
        std::string got;
        try
        {
            MbsHelper().CheckAttributes();
        }
        catch (const UserError& wrongModel)
        {
            got = wrongModel.what();
        }
        Config::Reset();
        check.Expect(got.find("--ns3::mbs::ErrorModelRadioLink::Model=" + std::string(value) +
                              ": " + error) == 0,
                     "got: " + got);
    }
}

} // namespace

/** @param suite gets the tests of error models on the radio */
void
AddErrorModelRadioLinkTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("error models of ns-3 lose what their closed forms say", ModelsLoseWhatTheySay);
    add("lists of lost packets lose those and no others", ListsOfPackets);
    add("each UE has an error model and random streams of its own", EachUeHasItsModel);
    add("bursts on the radio conserve packets", BurstsInARun);
    add("what names no error model is refused", WrongModels);
}

} // namespace ns3::mbs
