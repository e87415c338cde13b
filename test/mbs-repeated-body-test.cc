// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-repeated-body.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** A body that counts how often one is decoded: any text that is not empty. */
struct CountedBody
{
    /** @param body octets @return they as text, or TRUNCATED */
    static Decoded<CountedBody> Decode(ByteView body)
    {
        ++decoded;
        if (body.empty())
        {
            return DecodeError::TRUNCATED;
        }
        return CountedBody{std::string(body.begin(), body.end())};
    }

    std::string text; //!< what the body says

    static int decoded; //!< how often
};

int CountedBody::decoded = 0;

/** @param text of a body @return its octets */
ByteView
BodyOf(const std::string& text)
{
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

void
AlikeOnesAreReadOnce(Check& check)
{
    CountedBody::decoded = 0;
    sbi::RepeatedBody<CountedBody> bodies;
    for (int i = 0; i < 10; ++i)
    {
        const std::string text = i % 2 == 0 ? "one" : "other";
        const auto result = bodies.Decode(BodyOf(text));
        check.Expect(*result && (*result)->text == text, "says what its own octets say");
    }
    check.Expect(CountedBody::decoded == 2, "two bodies, read once each");
}

void
OnesThatDifferInAnOctetAreNotAlike(Check& check)
{
    sbi::RepeatedBody<CountedBody> bodies;
    for (const std::string text : {"abc", "abd", "ab", "abcd", "bbc"})
    {
        const auto result = bodies.Decode(BodyOf(text));
        check.Expect(*result && (*result)->text == text, "not taken for another: " + text);
    }
}

void
RefusedOnesStayRefused(Check& check)
{
    sbi::RepeatedBody<CountedBody> bodies;
    for (int i = 0; i < 2; ++i)
    {
        const auto result = bodies.Decode({});
        check.Expect(!*result && result->Error() == DecodeError::TRUNCATED, "refused each time");
    }
}

void
ManyAndLongOnesAreNotKept(Check& check)
{
    CountedBody::decoded = 0;
    sbi::RepeatedBody<CountedBody> bodies;
    const auto first = bodies.Decode(BodyOf("0"));
    for (int i = 1; i <= 100; ++i)
    {
        bodies.Decode(BodyOf(std::to_string(i)));
    }
    bodies.Decode(BodyOf("0"));
    check.Expect(CountedBody::decoded == 102, "the first one was forgotten meanwhile");
    check.Expect((*first)->text == "0", "what somebody holds stays as it was");
    const std::string longText(sbi::RepeatedBody<CountedBody>::LONGEST + 1, 'x');
    bodies.Decode(BodyOf(longText));
    bodies.Decode(BodyOf(longText));
    check.Expect(CountedBody::decoded == 104, "a long one is read each time");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of bodies that come again and again */
void AddRepeatedBodyTests(MbsTestSuite& suite);

void
AddRepeatedBodyTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(
            new FunctionTestCase(std::string("bodies that come again and again ") + name, body));
    };
    add("are read once if they are alike", AlikeOnesAreReadOnce);
    add("are told apart by one octet", OnesThatDifferInAnOctetAreNotAlike);
    add("are refused each time if they are refused", RefusedOnesStayRefused);
    add("are not kept if they are many or long", ManyAndLongOnesAreNotKept);
}

} // namespace ns3::mbs
