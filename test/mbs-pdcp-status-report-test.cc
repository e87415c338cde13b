// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-pdcp-status-report.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** 0x01020304 is missing, and 0x01020306, 0x01020307 and all from 0x0102030e on; spare bits are 0.
 */
constexpr char GAPS[] = "00 01020304 9f 80";

void
AStatusReportHasItsOctets(Check& check)
{
    PdcpStatusReport report;
    report.fmc = 0x01020304;
    check.Equal(ToHex(report.Encode()), ToHex(Hex("00 01020304")), "nothing behind the gap");
    for (const uint32_t count : {0x0102030d, 0x01020305, 0x01020308, 0x01020309, 0x0102030a})
    {
        report.MarkReceived(count);
    }
    report.MarkReceived(0x0102030b);
    report.MarkReceived(0x0102030c);
    check.Equal(ToHex(report.Encode()), ToHex(Hex(GAPS)), "octets");
    const auto again = PdcpStatusReport::Decode(Hex(GAPS));
    check.Expect(again && again->fmc == report.fmc && again->bitmap == report.bitmap, "read back");
}

void
AStatusReportTellsWhatIsMissing(Check& check)
{
    const auto report = PdcpStatusReport::Decode(Hex(GAPS));
    for (uint32_t count = 0x01020300; count < 0x01020320; ++count)
    {
        const bool missing = count == 0x01020304 || count == 0x01020306 || count == 0x01020307 ||
                             count >= 0x0102030e;
        check.Equal(report->Lacks(count), missing, "COUNT " + std::to_string(count));
    }
    // COUNT wraps.
    PdcpStatusReport wrapped;
    wrapped.fmc = 0xfffffffe;
    wrapped.MarkReceived(0);
    check.Equal(ToHex(wrapped.Encode()), ToHex(Hex("00 fffffffe 40")), "bit 2 is COUNT 0");
    for (const auto& [count, missing] : {std::make_pair(0xfffffffdU, false),
                                         std::make_pair(0xfffffffeU, true),
                                         std::make_pair(0xffffffffU, true),
                                         std::make_pair(0U, false),
                                         std::make_pair(1U, true)})
    {
        check.Equal(wrapped.Lacks(count), missing, "COUNT " + std::to_string(count));
    }
}

void
ABitmapEndsWhereAControlPduDoes(Check& check)
{
    const uint32_t most = (PdcpStatusReport::MAX_SIZE - PdcpStatusReport::HEAD_SIZE) * 8;
    PdcpStatusReport report;
    report.MarkReceived(most + 1);
    check.Expect(report.bitmap.empty(), "no room for that");
    report.MarkReceived(most);
    check.Equal(report.Encode().size(), PdcpStatusReport::MAX_SIZE, "as long as can be");
    check.Expect(bool(PdcpStatusReport::Decode(report.Encode())), "and read");
    report.bitmap.push_back(0);
    const auto longer = PdcpStatusReport::Decode(report.Encode());
    check.Expect(!longer && longer.Error() == DecodeError::TRAILING, "an octet more is refused");
}

void
WhatIsNoStatusReportIsRefused(Check& check)
{
    const auto decode = [](ByteView octets) { return PdcpStatusReport::Decode(octets); };
    ExpectPrefixesRefused(check, Hex("00 01020304"), decode);
    for (const char* octets : {"80 01020304", "10 01020304", "70 01020304"})
    {
        const auto report = decode(Hex(octets));
        check.Expect(!report && report.Error() == DecodeError::UNSUPPORTED, octets);
    }
    check.Expect(bool(decode(Hex("0f 01020304"))), "reserved bits mean nothing");
    ExpectSurvivesNoise(check, Hex(GAPS), decode, [](const PdcpStatusReport& report) {
        return report.Encode();
    });
}

} // namespace

/** @param suite gets the tests of PDCP STATUS REPORT */
void AddPdcpStatusReportTests(MbsTestSuite& suite);

void
AddPdcpStatusReportTests(MbsTestSuite& suite)
{
    for (const auto& [name, body] :
         {std::make_pair("a PDCP STATUS REPORT has its octets", &AStatusReportHasItsOctets),
          std::make_pair("a PDCP STATUS REPORT tells which packets are missing",
                         &AStatusReportTellsWhatIsMissing),
          std::make_pair("the bitmap of a PDCP STATUS REPORT ends where a control PDU does",
                         &ABitmapEndsWhereAControlPduDoes),
          std::make_pair("what is no PDCP STATUS REPORT is refused",
                         &WhatIsNoStatusReportIsRefused)})
    {
        suite.Add(new FunctionTestCase(name, body));
    }
}

} // namespace ns3::mbs
