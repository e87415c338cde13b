// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-igmp.h"
#include "ns3/mbs-internet-checksum.h"

namespace ns3::mbs
{

namespace
{

/** ALLOW_NEW_SOURCES, source 10.0.0.2, group 232.1.1.1; checksum added up by hand. */
constexpr char JOIN[] = "22 00 e5f8 0000 0001 05 00 0001 e8010101 0a000002";

/** @param check where to report */
void
TestJoinAndLeave(Check& check)
{
    const Ipv4Address source("10.0.0.2");
    const Ipv4Address group("232.1.1.1");
    const auto join = IgmpReport::ForSource(IgmpRecordType::ALLOW_NEW_SOURCES, source, group);
    check.Equal(ToHex(join.Encode()), ToHex(Hex(JOIN)), "join");
    const auto leave = IgmpReport::ForSource(IgmpRecordType::BLOCK_OLD_SOURCES, source, group);
    // One more in the type's half of the word takes 0100 off the checksum.
    check.Equal(ToHex(leave.Encode()),
                ToHex(Hex("22 00 e4f8 0000 0001 06 00 0001 e8010101 0a000002")),
                "leave");
    const auto answer = IgmpReport::ForSource(IgmpRecordType::MODE_IS_INCLUDE, source, group);
    const auto read = IgmpReport::Decode(answer.Encode());
    check.Expect(bool(read), "accepted");
    check.Equal(read->records.size(), 1u, "one record");
    check.Expect(read->records[0].type == IgmpRecordType::MODE_IS_INCLUDE, "type");
    check.Equal(read->records[0].group, group, "group");
    check.Equal(read->records[0].sources.at(0), source, "source");
}

/** @param bytes a report whose checksum field is zero @return with the checksum in it */
Bytes
WithChecksum(Bytes bytes)
{
    const uint16_t checksum = InternetChecksum().Add(ByteView(bytes)).Get();
    bytes[2] = static_cast<uint8_t>(checksum >> 8);
    bytes[3] = static_cast<uint8_t>(checksum);
    return bytes;
}

/** @param check where to report */
void
TestTolerance(Check& check)
{
    // A record of unknown type with auxiliary data and two sources, one of no source, two octets
    // more.
    const auto read = IgmpReport::Decode(
        WithChecksum(Hex("22 00 0000 0000 0002 07 01 0002 e8010101 0a000001 0a000002 aaaaaaaa"
                         "03 00 0000 e8010102 ffff")));
    check.Expect(bool(read), "accepted");
    check.Equal(read->records.size(), 1u, "the unknown record is left out");
    check.Expect(read->records[0].type == IgmpRecordType::CHANGE_TO_INCLUDE_MODE, "the other");
    check.Expect(read->records[0].sources.empty(), "has no source");
}

/** @param check where to report */
void
TestRefusals(Check& check)
{
    const auto error = [](const Bytes& bytes) { return IgmpReport::Decode(bytes).Error(); };
    Bytes wrong = Hex(JOIN);
    wrong.back() ^= 1;
    check.Expect(error(wrong) == DecodeError::MALFORMED, "checksum");
    check.Expect(error(WithChecksum(Hex("16 00 0000 e8010101"))) == DecodeError::UNSUPPORTED,
                 "an IGMPv2 report");
    check.Expect(error(WithChecksum(Hex("22 00 0000 0000 0002 05 00 0001 e8010101 0a000002"))) ==
                     DecodeError::TRUNCATED,
                 "a record is missing");
    check.Expect(error(WithChecksum(Hex("22 00 0000 0000 0001 05 01 0001 e8010101 0a000002"))) ==
                     DecodeError::TRUNCATED,
                 "auxiliary data is missing");
    ExpectPrefixesRefused(check, Hex(JOIN), &IgmpReport::Decode);
    ExpectSurvivesNoise(check, Hex(JOIN), &IgmpReport::Decode, [](const IgmpReport& report) {
        return report.Encode();
    });
}

} // namespace

void AddIgmpTests(MbsTestSuite& suite);

void
AddIgmpTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("IGMP: ") + name, body));
    };
    add("a source of a group is joined and left", &TestJoinAndLeave);
    add("what a receiver must ignore is ignored", &TestTolerance);
    add("wrong checksums and cut reports are refused", &TestRefusals);
}

} // namespace ns3::mbs
