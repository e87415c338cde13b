// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-quantity.h"
#include "ns3/mbs-rtp.h"

namespace ns3::mbs
{

namespace
{

/** @param hex digits @return the octets */
Bytes
Hex(const std::string& hex)
{
    return *FromHex(hex);
}

void
PlainPacketIsTakenApart(Check& check)
{
    // RFC 3550 clause 5.1: V=2, M=1, PT=96, then number, timestamp, SSRC and payload.
    const Bytes octets = Hex("80 e0 1234 01020304 a1a2a3a4 beef");
    const auto packet = ParseRtp(octets);
    check.Expect(static_cast<bool>(packet), "parsed");
    check.Expect(packet->marker, "marker");
    check.Equal(int{packet->payloadType}, 96, "payload type");
    check.Equal(packet->sequenceNumber, 0x1234, "sequence number");
    check.Equal(packet->timestamp, 0x01020304u, "timestamp");
    check.Equal(packet->ssrc, 0xa1a2a3a4u, "SSRC");
    check.Equal(ToHex(packet->payload), "beef", "payload");
    check.Expect(packet->csrcs.empty() && !packet->extension && packet->paddingSize == 0,
                 "nothing else");
    check.Expect(EncodeRtp(*packet) == octets, "written as read");
}

void
EveryPartIsTakenApart(Check& check)
{
    // P, X, two CSRCs, an extension of one word, payload, three octets of padding.
    const Bytes octets = Hex("b2 08 ffff 00000000 00000001 00000002 00000003"
                             "bede0001 10ff0000 cafe 000003");
    const auto packet = ParseRtp(octets);
    check.Expect(static_cast<bool>(packet), "parsed");
    check.Expect(!packet->marker, "no marker");
    check.Equal(packet->csrcs.size(), 2u, "CSRCs");
    check.Equal(packet->csrcs.at(1), 3u, "second CSRC");
    check.Equal(packet->extension->profile, 0xbede, "profile");
    check.Equal(ToHex(packet->extension->data), "10ff0000", "extension");
    check.Equal(ToHex(packet->payload), "cafe", "payload");
    check.Equal(int{packet->paddingSize}, 3, "padding");
    check.Expect(EncodeRtp(*packet) == octets, "written as read");
}

void
WrongPacketsAreRefused(Check& check)
{
    const Bytes full = Hex("b2 08 ffff 00000000 00000001 00000002 00000003"
                           "bede0001 10ff0000 01");
    check.Expect(static_cast<bool>(ParseRtp(full)), "whole");
    for (std::size_t size = 0; size + 1 < full.size(); ++size)
    {
        const Bytes part(full.begin(), full.begin() + static_cast<std::ptrdiff_t>(size));
        check.Expect(ParseRtp(part).Error() == DecodeError::TRUNCATED, "cut to a part");
    }
    const Bytes noPadding(full.begin(), full.end() - 1);
    check.Expect(ParseRtp(noPadding).Error() == DecodeError::MALFORMED, "padding is missing");
    for (const char* first : {"00", "40", "c0"})
    {
        const Bytes octets = Hex(std::string(first) + "6000000000000000000000 00");
        check.Expect(ParseRtp(octets).Error() == DecodeError::UNSUPPORTED, "another version");
    }
    check.Expect(ParseRtp(Hex("a060000000000000000000000000")).Error() == DecodeError::MALFORMED,
                 "padding of 0");
    check.Expect(ParseRtp(Hex("a060000000000000000000000003")).Error() == DecodeError::MALFORMED,
                 "more padding than there is");
    check.Expect(static_cast<bool>(ParseRtp(Hex("a060000000000000000000000002"))), "all padding");
}

void
RtcpIsToldFromRtp(Check& check)
{
    check.Expect(LooksLikeRtcp(Hex("80c80006")), "sender report");
    check.Expect(LooksLikeRtcp(Hex("81cf0006")), "extended report");
    check.Expect(!LooksLikeRtcp(Hex("80c7")) && !LooksLikeRtcp(Hex("80d0")), "beside the range");
    check.Expect(!LooksLikeRtcp(Hex("00c8")) && !LooksLikeRtcp(Hex("80")), "neither");
    check.Expect(!LooksLikeRtcp(Hex("80e0")), "payload type 96 with the marker");
}

void
PacketIsRewrittenInPlace(Check& check)
{
    Bytes octets = Hex("80e0123401020304a1a2a3a4beef");
    check.Expect(RewriteRtp(octets, 0xfedc, 0x11223344, 0x55667788), "rewritten");
    check.Equal(ToHex(octets), "80e0fedc1122334455667788beef", "octets");
    Bytes shortOne(11, 0x80);
    check.Expect(!RewriteRtp(shortOne, 0, 0, 0) && shortOne == Bytes(11, 0x80), "too short");
}

void
NumbersAreReadStrictly(Check& check)
{
    check.Expect(ParseWholeNumber("0") == 0u && ParseWholeNumber("007") == 7u, "digits");
    check.Expect(ParseWholeNumber("18446744073709551615") == UINT64_MAX, "largest");
    for (const char* text :
         {"", "-1", "+1", " 1", "1 ", "12abc", "1.0", "1e3", "0x10", "18446744073709551616", "nan"})
    {
        check.Expect(!ParseWholeNumber(text), std::string("no whole number: ") + text);
    }
    check.Expect(ParseDecimalNumber("-1.5e-3") == -0.0015, "decimal");
    check.Expect(ParseDecimalNumber(".5") == 0.5 && ParseDecimalNumber("5.") == 5.0, "bare point");
    check.Expect(ParseDecimalNumber("1e-9999") == 0.0, "next to nothing");
    for (const char* text : {"",
                             ".",
                             "e5",
                             "1e",
                             "1e+",
                             "nan",
                             "inf",
                             "-inf",
                             "0x1p3",
                             "1e9999",
                             "-1e9999",
                             "1,5",
                             "1.2.3",
                             "1 "})
    {
        check.Expect(!ParseDecimalNumber(text), std::string("no number: ") + text);
    }
    check.Equal(GroupDigits(0), "0", "one digit");
    check.Equal(GroupDigits(999), "999", "three");
    check.Equal(GroupDigits(1234567), "1,234,567", "seven");
}

void
TimesAreReadExactly(Check& check)
{
    /** A text and what it means. */
    struct Sample
    {
        const char* text; //!< the text
        int64_t value;    //!< nanoseconds
    };

    for (const Sample& sample : {Sample{"5", 5000000000},
                                 {"0", 0},
                                 {"-1s", -1000000000},
                                 {"1.5us", 1500},
                                 {"100ns", 100},
                                 {"0.9ns", 0},
                                 {"2min", 120000000000},
                                 {"1h", 3600000000000},
                                 {"1e-3s", 1000000},
                                 {"+20ms", 20000000},
                                 {"0.000000000000000000000001e24ns", 1},
                                 {"123456789.123456789s", 123456789123456789},
                                 {"9223372036854775807ns", INT64_MAX},
                                 {"0e9999s", 0},
                                 {"1e-9999s", 0},
                                 {"100000000000000000000e-20s", 1000000000}})
    {
        const auto value = ParseNanoseconds(sample.text);
        check.Expect(value == sample.value, std::string("time ") + sample.text);
    }
    for (const char* text : {"",
                             "s",
                             "5 s",
                             "5sec",
                             "nan",
                             "inf",
                             "1e9999s",
                             "9223372036854775808ns",
                             "1e30h",
                             "5S",
                             "--5s",
                             "5m",
                             "1e"})
    {
        check.Expect(!ParseNanoseconds(text), std::string("no time: ") + text);
    }
    check.Equal(FormatNanoseconds(0), "0s", "zero");
    check.Equal(FormatNanoseconds(60000000000), "60s", "a minute");
    check.Equal(FormatNanoseconds(1500000000), "1500ms", "no fraction");
    check.Equal(FormatNanoseconds(7200000000000), "2h", "hours");
    check.Equal(FormatNanoseconds(1), "1ns", "a nanosecond");
    check.Equal(FormatNanoseconds(-5000), "-5us", "negative");
}

void
RatesAreReadAsNs3WritesThem(Check& check)
{
    check.Expect(ParseBitRate("2Mbps") == 2000000u && ParseBitRate("2Mb/s") == 2000000u, "mega");
    check.Expect(ParseBitRate("2Mbit/s") == 2000000u, "bit/s");
    check.Expect(ParseBitRate("1.5kbps") == 1500u && ParseBitRate("1Kbps") == 1000u, "kilo");
    check.Expect(ParseBitRate("10Gbps") == 10000000000u, "giga");
    check.Expect(ParseBitRate("8bps") == 8u && ParseBitRate("1B/s") == 8u, "no prefix");
    check.Expect(ParseBitRate("1KiBps") == 8192u && ParseBitRate("1Mib/s") == 1048576u, "binary");
    for (const char* text : {"", "2", "Mbps", "-2Mbps", "2mbps", "2Mbpss", "2 Mbps", "1e20Gbps"})
    {
        check.Expect(!ParseBitRate(text), std::string("no rate: ") + text);
    }
}

} // namespace

/** @param suite gets the tests of RTP packets and of quantities */
void AddRtpTests(MbsTestSuite& suite);

void
AddRtpTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a plain RTP packet is taken apart", PlainPacketIsTakenApart);
    add("CSRCs, extension and padding of RTP are taken apart", EveryPartIsTakenApart);
    add("truncated and malformed RTP is refused", WrongPacketsAreRefused);
    add("RTCP is told from RTP", RtcpIsToldFromRtp);
    add("an RTP packet is rewritten in place", PacketIsRewrittenInPlace);
    add("numbers are read strictly", NumbersAreReadStrictly);
    add("times are read exactly", TimesAreReadExactly);
    add("bit rates are read as ns-3 writes them", RatesAreReadAsNs3WritesThem);
}

} // namespace ns3::mbs
