// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-repeated-content.h"
#include "ns3/mbs-sbi-message.h"

#include <optional>
#include <string>

namespace ns3::mbs
{

namespace
{

/** A JSON part that counts how often one is decoded: any text that is not empty. */
struct CountedPart
{
    /** @param body octets @return they as text, or TRUNCATED */
    static Decoded<CountedPart> Decode(ByteView body)
    {
        ++decoded;
        if (body.empty())
        {
            return DecodeError::TRUNCATED;
        }
        return CountedPart{std::string(body.begin(), body.end())};
    }

    std::string text; //!< what the part says

    static int decoded; //!< how often
};

int CountedPart::decoded = 0;

/** @param text any @return its octets */
Bytes
OctetsOf(const std::string& text)
{
    return {text.begin(), text.end()};
}

/** @param json first part @param nas second part @return both in a body */
SbiMultipart
ContentOf(const std::string& json, const std::string& nas)
{
    const Bytes first = OctetsOf(json);
    const Bytes second = OctetsOf(nas);
    return EncodeMultipart({{SBI_JSON_TYPE, "json", first}, {SBI_NAS_TYPE, "n1msg", second}});
}

void
AlikeOnesAreTakenApartOnce(Check& check)
{
    CountedPart::decoded = 0;
    RepeatedContent<CountedPart> contents;
    for (int i = 0; i < 10; ++i)
    {
        // Made anew each time: other memory, as from another UE.
        const SbiMultipart content = ContentOf("{}", i % 2 == 0 ? "one" : "other");
        const auto read = contents.Read(content.contentType, content.body);
        check.Expect(*read && (*read)->body.text == "{}", "its JSON part");
        const auto nas = *read ? (*read)->parts.Find({"n1msg"}) : std::nullopt;
        check.Expect(nas && nas->ToBytes() == OctetsOf(i % 2 == 0 ? "one" : "other"),
                     "its own binary part");
    }
    check.Equal(CountedPart::decoded, 2, "two contents, read once each");
}

void
OnesOfAnotherTypeAreNotAlike(Check& check)
{
    RepeatedContent<CountedPart> contents;
    const SbiMultipart content = ContentOf("{}", "nas");
    const auto parts = contents.Read(content.contentType, content.body);
    check.Expect(*parts && (*parts)->body.text == "{}", "as its type says, in parts");
    const auto whole = contents.Read(SBI_JSON_TYPE, content.body);
    check.Expect(*whole && SameBytes(OctetsOf((*whole)->body.text), content.body),
                 "the same octets without parts");
    const auto strange = contents.Read("multipart/related; boundary=none-such", content.body);
    check.Expect(!*strange, "a delimiter that is not in them");
    check.Expect(contents.Read(content.contentType, content.body) == parts, "and again in parts");
}

void
BrokenOnesStayRefused(Check& check)
{
    RepeatedContent<CountedPart> contents;
    for (int i = 0; i < 2; ++i)
    {
        const auto none = contents.Read(SBI_JSON_TYPE, {});
        check.Expect(!*none && none->Error() == DecodeError::TRUNCATED, "the JSON part's error");
        const auto read = SbiParts::Read("multipart/related", OctetsOf("x"));
        const auto broken = contents.Read("multipart/related", OctetsOf("x"));
        check.Expect(!read && !*broken && broken->Error() == read.Error(), "that of the parts");
    }
}

void
LongOnesAreReadEachTime(Check& check)
{
    CountedPart::decoded = 0;
    RepeatedContent<CountedPart> contents;
    const SharedBytes longest = Bytes(RepeatedContent<CountedPart>::LONGEST, 'x');
    const SharedBytes longer = Bytes(RepeatedContent<CountedPart>::LONGEST + 1, 'x');
    for (int i = 0; i < 3; ++i)
    {
        contents.Read(SBI_JSON_TYPE, longest);
        contents.Read(SBI_JSON_TYPE, longer);
    }
    check.Equal(CountedPart::decoded, 4, "the longer one three times");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of contents that come again and again */
void AddRepeatedContentTests(MbsTestSuite& suite);

void
AddRepeatedContentTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(
            new FunctionTestCase(std::string("contents that come again and again ") + name, body));
    };
    add("are taken apart once if they are alike", AlikeOnesAreTakenApartOnce);
    add("are not alike if their types differ", OnesOfAnotherTypeAreNotAlike);
    add("are refused each time if they are broken", BrokenOnesStayRefused);
    add("are read each time if they are long", LongOnesAreReadEachTime);
}

} // namespace ns3::mbs
