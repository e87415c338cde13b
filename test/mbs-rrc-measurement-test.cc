// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-rrc-measurement.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** Of measurement 1: the cell at -100 dBm, cell 2 at -95 dBm and cell 0x10203 at -97 dBm. */
constexpr char TWO_NEIGHBOURS[] = "81 01 39 02"
                                  "00000002 3e"
                                  "00010203 3c";

void
AReportHasItsOctets(Check& check)
{
    RrcMeasurementReport report;
    report.servingRsrp = ToRsrpRange(-100);
    report.neighbours = {{2, ToRsrpRange(-95)}, {0x10203, ToRsrpRange(-97)}};
    check.Equal(ToHex(report.Encode()), ToHex(Hex(TWO_NEIGHBOURS)), "octets");
    const auto again = RrcMeasurementReport::Decode(Hex(TWO_NEIGHBOURS));
    check.Expect(again && again->measId == 1 && again->servingRsrp == 57 &&
                     again->neighbours == report.neighbours,
                 "read back");
}

void
RsrpIsReportedInDecibels(Check& check)
{
    for (const auto& [dbm, range] : {std::make_pair(-200.0, 0),
                                     std::make_pair(-156.01, 0),
                                     std::make_pair(-156.0, 1),
                                     std::make_pair(-155.01, 1),
                                     std::make_pair(-155.0, 2),
                                     std::make_pair(-31.01, 125),
                                     std::make_pair(-31.0, 126),
                                     std::make_pair(0.0, 126)})
    {
        check.Equal(int(ToRsrpRange(dbm)), range, std::to_string(dbm) + " dBm");
    }
}

void
WhatIsNoReportIsRefused(Check& check)
{
    const auto decode = [](ByteView octets) { return RrcMeasurementReport::Decode(octets); };
    ExpectPrefixesRefused(check, Hex(TWO_NEIGHBOURS), decode);
    for (const auto& [octets, error] :
         {std::make_pair("81 01 39 00 00", DecodeError::TRAILING),
          std::make_pair("80 01 39 00", DecodeError::UNSUPPORTED),
          std::make_pair("81 00 39 00", DecodeError::OUT_OF_RANGE),
          std::make_pair("81 41 39 00", DecodeError::OUT_OF_RANGE),
          std::make_pair("81 01 80 00", DecodeError::OUT_OF_RANGE),
          std::make_pair("81 01 39 01 00000001 80", DecodeError::OUT_OF_RANGE)})
    {
        const auto report = decode(Hex(octets));
        check.Expect(!report && report.Error() == error, std::string(octets));
    }
    RrcMeasurementReport many;
    many.neighbours.resize(RrcMeasurementReport::MAX_CELLS + 1);
    check.Expect(decode(many.Encode()).Error() == DecodeError::OUT_OF_RANGE,
                 "more cells than a report has room for");
    ExpectSurvivesNoise(check, Hex(TWO_NEIGHBOURS), decode, [](const RrcMeasurementReport& report) {
        return report.Encode();
    });
}

} // namespace

/** @param suite gets the tests of measurement reports */
void AddRrcMeasurementTests(MbsTestSuite& suite);

void
AddRrcMeasurementTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a measurement report has the octets of its documentation", AReportHasItsOctets);
    add("RSRP is reported in steps of a decibel", RsrpIsReportedInDecibels);
    add("what is no measurement report is refused", WhatIsNoReportIsRefused);
}

} // namespace ns3::mbs
