// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-sbi-body-common.h"

namespace ns3::mbs
{

namespace
{

using sbi::FromDateTime;
using sbi::ToDateTime;

/** A moment in both notations; the dates come from the calendar, not from this module. */
struct Moment
{
    int64_t nanoseconds; //!< simulated time
    const char* text;    //!< RFC 3339
};

constexpr int64_t SECOND = 1000000000;
constexpr int64_t DAY = 86400 * SECOND;

const Moment MOMENTS[] = {
    {0, "2026-01-01T00:00:00.000000000Z"},
    {1, "2026-01-01T00:00:00.000000001Z"},
    {-1, "2025-12-31T23:59:59.999999999Z"},
    {123456789, "2026-01-01T00:00:00.123456789Z"},
    {3661 * SECOND + 500000000, "2026-01-01T01:01:01.500000000Z"},
    {58 * DAY, "2026-02-28T00:00:00.000000000Z"},
    {59 * DAY, "2026-03-01T00:00:00.000000000Z"},
    {365 * DAY, "2027-01-01T00:00:00.000000000Z"},
    {(365 * 2 + 59) * DAY, "2028-02-29T00:00:00.000000000Z"},
    {(365 * 2 + 60) * DAY, "2028-03-01T00:00:00.000000000Z"},
    {27087 * DAY, "2100-03-01T00:00:00.000000000Z"},
    {-20454 * DAY, "1970-01-01T00:00:00.000000000Z"},
    {-20454 * DAY - SECOND, "1969-12-31T23:59:59.000000000Z"},
};

void
DatesAreExact(Check& check)
{
    for (const Moment& moment : MOMENTS)
    {
        check.Equal(ToDateTime(NanoSeconds(moment.nanoseconds)), moment.text, "written");
        const auto time = FromDateTime(moment.text);
        check.Expect(time.has_value(), std::string(moment.text) + " is read");
        check.Equal(time.value_or(Time()).GetNanoSeconds(), moment.nanoseconds, "read");
    }
    for (const int64_t edge : {INT64_MAX, INT64_MAX - 1, INT64_MIN, INT64_MIN + 1})
    {
        const auto time = FromDateTime(ToDateTime(NanoSeconds(edge)));
        check.Expect(time == NanoSeconds(edge), "the ends of 64 bits");
    }
    check.Equal(ToDateTime(NanoSeconds(INT64_MAX)), "2318-04-12T23:47:16.854775807Z", "last");
    check.Expect(!FromDateTime("2318-04-12T23:47:16.854775808Z"), "one more does not fit");
    check.Expect(!FromDateTime("2318-04-12T23:47:17Z"), "nor a second more");
    check.Equal(ToDateTime(NanoSeconds(INT64_MIN)), "1733-09-22T00:12:43.145224192Z", "first");
    check.Expect(!FromDateTime("1733-09-22T00:12:43.145224191Z"), "one less does not fit");
    check.Expect(!FromDateTime("1733-09-22T00:12:42.9Z"), "nor a second less");
}

void
OtherFormsOfDates(Check& check)
{
    const Moment forms[] = {
        {0, "2026-01-01T00:00:00Z"},
        {0, "2026-01-01t00:00:00z"},
        {500000000, "2026-01-01T00:00:00.5Z"},
        {123456789, "2026-01-01T00:00:00.1234567899Z"},
        {0, "2026-01-01T01:30:00+01:30"},
        {0, "2025-12-31T19:00:00-05:00"},
    };
    for (const Moment& form : forms)
    {
        const auto time = FromDateTime(form.text);
        check.Expect(time.has_value(), std::string(form.text) + " is read");
        check.Equal(time.value_or(Seconds(9)).GetNanoSeconds(), form.nanoseconds, form.text);
    }
}

void
WrongDatesAreRefused(Check& check)
{
    for (const char* text : {"",
                             "2026",
                             "2026-01-01",
                             "2026-01-01T00:00:00",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-02-29T00:00:00Z",
                             "2026-12-32T00:00:00Z",
                             "2026-01-00T00:00:00Z",
                             "2026-01-01T24:00:00Z",
                             "2026-01-01T00:60:00Z",
                             "2026-01-01T00:00:60Z",
                             "2026-01-01 00:00:00Z",
                             "2026/01-01T00:00:00Z",
                             "2026-01/01T00:00:00Z",
                             "2026-01-01T00.00:00Z",
                             "2026-01-01T00:00.00Z",
                             "2026-01-01T00:00:00.Z",
                             "2026-01-01T00:00:00ZZ",
                             "2026-01-01T00:00:00+1:00",
                             "2026-01-01T00:00:00*01:00",
                             "2026-01-01T00:00:00+01.00",
                             "2026-01-01T00:00:00+24:00",
                             "2026-01-01T00:00:00+01:60",
                             "x026-01-01T00:00:00Z",
                             "9999-12-31T23:59:59Z",
                             "0001-01-01T00:00:00Z"})
    {
        check.Expect(!FromDateTime(text), std::string("'") + text + "' is refused");
    }
}

void
AddressesAreStrict(Check& check)
{
    check.Expect(sbi::ParseIpv4Address("0.0.0.0") == Ipv4Address(0U), "lowest");
    check.Expect(sbi::ParseIpv4Address("255.255.255.255") == Ipv4Address(0xffffffffU), "highest");
    check.Expect(sbi::ParseIpv4Address("198.51.100.1") == Ipv4Address(0xc6336401U), "example");
    for (const char* text : {"",
                             "1",
                             "1.2.3",
                             "1.2.3.",
                             "1.2.3.4.",
                             "1.2.3.4.5",
                             "1.2.3.256",
                             "1.2.3.1000",
                             "01.2.3.4",
                             "1..3.4",
                             "1.2.3.-4",
                             " 1.2.3.4",
                             "1.2.3.4 ",
                             "a.b.c.d"})
    {
        check.Expect(!sbi::ParseIpv4Address(text), std::string("'") + text + "' is refused");
    }
}

void
StringsAreEscaped(Check& check)
{
    check.Equal(sbi::EncodeJson(std::string("a\"b\\c\n\x01/")),
                R"("a\"b\\c\n\u0001/")",
                "control characters");
    check.Equal(ToHex(sbi::ToBody("{}")), "7b7d", "octets of a body");
    check.Equal(sbi::EncodeJson(std::string("\xc3\xbc")), "\"\xc3\xbc\"", "UTF-8 stays");
    check.Equal(sbi::EncodeJson(std::string("\xff")), "\"\xef\xbf\xbd\"", "others are replaced");
    const auto text = sbi::DecodeJson<std::string>(sbi::ViewOf(R"("\u00fc\ud83d\ude00\u0000")"));
    check.Expect(text && *text == std::string("\xc3\xbc\xf0\x9f\x98\x80\0", 7), "escapes are read");
}

void
IntegersHaveBounds(Check& check)
{
    struct Case
    {
        const char* json;
        DecodeError error;
        uint16_t value;
    };

    for (const Case& c : {Case{"0", DecodeError::NONE, 0},
                          Case{"65535", DecodeError::NONE, 65535},
                          Case{"65536", DecodeError::OUT_OF_RANGE, 0},
                          Case{"-1", DecodeError::OUT_OF_RANGE, 0},
                          Case{"99999999999999999999999", DecodeError::MALFORMED, 0},
                          Case{"1e400", DecodeError::MALFORMED, 0},
                          Case{"1.0", DecodeError::MALFORMED, 0},
                          Case{"\"1\"", DecodeError::MALFORMED, 0},
                          Case{"true", DecodeError::MALFORMED, 0}})
    {
        const auto value = sbi::DecodeJson<uint16_t>(sbi::ViewOf(c.json));
        check.Equal(ToString(value.Error()), ToString(c.error), c.json);
        check.Equal(value ? *value : 0, c.value, c.json);
    }
    check.Equal(sbi::EncodeJson(uint8_t{255}), "255", "an octet is a number, no character");
    check.Equal(sbi::EncodeJson(uint32_t{4294967295U}), "4294967295", "32 bits");
}

void
OctetsAreBase64(Check& check)
{
    const std::array<uint8_t, 3> octets{0x00, 0xf1, 0x10};
    check.Equal(sbi::EncodeJson(octets), "\"APEQ\"", "written");
    const auto read = sbi::DecodeJson<std::array<uint8_t, 3>>(sbi::ViewOf("\"APEQ\""));
    check.Expect(read && *read == octets, "read");
    for (const char* json : {"\"APE=\"", "\"APEQAA==\"", "\"\"", "\"AP Q\"", "\"APEQ=\"", "7"})
    {
        const auto wrong = sbi::DecodeJson<std::array<uint8_t, 3>>(sbi::ViewOf(json));
        check.Equal(ToString(wrong.Error()), ToString(DecodeError::MALFORMED), json);
    }
}

void
TextThatIsNoJsonIsRefused(Check& check)
{
    struct Case
    {
        std::string body;
        DecodeError error;
    };

    const std::size_t million = 1000000;
    for (const Case& c :
         {Case{"", DecodeError::TRUNCATED},
          Case{" ", DecodeError::MALFORMED},
          Case{"{", DecodeError::MALFORMED},
          Case{"{}x", DecodeError::MALFORMED},
          Case{"{},{}", DecodeError::MALFORMED},
          Case{"\xef\xbb\xbf{}", DecodeError::MALFORMED},
          Case{"{\"type\":\"AAAAAAAAAAAAAAAAAAAAAAAA\"},{}", DecodeError::MALFORMED},
          Case{"{}],[{}", DecodeError::MALFORMED},
          Case{"{'type':1}", DecodeError::MALFORMED},
          Case{std::string("{}\0", 3), DecodeError::MALFORMED},
          Case{"{\"type\":\"\xff\"}", DecodeError::MALFORMED},
          Case{"{\"type\":\"\xc0\x80\"}", DecodeError::MALFORMED},
          Case{"{\"type\":\"\\ud800\"}", DecodeError::MALFORMED},
          Case{"{\"type\":\"" + std::string(million, '\\'), DecodeError::MALFORMED},
          Case{std::string(million, '['), DecodeError::OUT_OF_RANGE},
          Case{std::string(million, '[') + std::string(million, ']'), DecodeError::OUT_OF_RANGE},
          Case{std::string(million, ']'), DecodeError::MALFORMED},
          Case{"[]", DecodeError::MALFORMED},
          Case{"null", DecodeError::MALFORMED},
          Case{"7", DecodeError::MALFORMED}})
    {
        const auto problem = sbi::ProblemDetails::Decode(sbi::ViewOf(c.body));
        check.Equal(ToString(problem.Error()), ToString(c.error), c.body.substr(0, 20));
        check.Expect(!sbi::DecodePatch(sbi::ViewOf(c.body)), "no patch");
        check.Expect(!sbi::DecodeSecurityContext(sbi::ViewOf(c.body)), "no keys");
    }
}

void
NestingStopsAtTheLimit(Check& check)
{
    const auto body = [](std::size_t depth) {
        return R"({"type":"[[\"[[[","x":)" + std::string(depth, '[') + std::string(depth, ']') +
               "}";
    };
    check.Expect(bool(sbi::ProblemDetails::Decode(sbi::ViewOf(body(sbi::MAX_JSON_DEPTH - 1)))),
                 "an unknown member at the limit is passed over");
    check.Expect(sbi::ProblemDetails::Decode(sbi::ViewOf(body(sbi::MAX_JSON_DEPTH))).Error() ==
                     DecodeError::OUT_OF_RANGE,
                 "one more is too deep");
    std::string wide = R"({"invalidParams":[)";
    for (int i = 0; i < 1000; ++i)
    {
        wide += R"({"param":"a"},)";
    }
    wide.back() = ']';
    const auto many = sbi::ProblemDetails::Decode(sbi::ViewOf(wide + "}"));
    check.Expect(many && many->invalidParams.size() == 1000, "breadth is no depth");
}

} // namespace

/** @param suite where to add the tests of how bodies become JSON */
void AddSbiBodyJsonTests(MbsTestSuite& suite);

void
AddSbiBodyJsonTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("SBI: dates hold nanoseconds both ways", DatesAreExact));
    suite.Add(
        new FunctionTestCase("SBI: every RFC 3339 form of a date is read", OtherFormsOfDates));
    suite.Add(new FunctionTestCase("SBI: a wrong date is refused", WrongDatesAreRefused));
    suite.Add(new FunctionTestCase("SBI: an IPv4 address is read strictly", AddressesAreStrict));
    suite.Add(new FunctionTestCase("SBI: strings are escaped and unescaped", StringsAreEscaped));
    suite.Add(
        new FunctionTestCase("SBI: integers outside their range are refused", IntegersHaveBounds));
    suite.Add(new FunctionTestCase("SBI: base64 of the wrong length is refused", OctetsAreBase64));
    suite.Add(new FunctionTestCase("SBI: a body that is no JSON is refused without a throw",
                                   TextThatIsNoJsonIsRefused));
    suite.Add(
        new FunctionTestCase("SBI: nesting beyond the limit is refused", NestingStopsAtTheLimit));
}

} // namespace ns3::mbs
