// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-nas-service.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

void
RequestsAreReadBack(Check& check)
{
    NasServiceRequest request;
    request.serviceType = NasServiceType::MOBILE_TERMINATED_SERVICES;
    request.tmsi = {0x3ff, 0x3f, 0xdeadbeef};
    const std::string octets = "7e004c200007f4ffffdeadbeef";
    check.Equal(ToHex(request.Encode()), octets, "octets of TS 24.501 clause 8.2.16");
    // Spare bits, the ngKSI and optional elements behind it count for nothing.
    for (const std::string& text : {octets, std::string("7ef04c250007fcffffdeadbeef50020000")})
    {
        const auto again = NasServiceRequest::Decode(Hex(text.c_str()));
        check.Expect(again && again->serviceType == request.serviceType &&
                         again->tmsi.amfSetId == 0x3ff && again->tmsi.amfPointer == 0x3f &&
                         again->tmsi.fiveGTmsi == 0xdeadbeef,
                     "read: " + text);
    }
    request.tmsi = {1, 2, 3};
    const auto other = NasServiceRequest::Decode(request.Encode());
    check.Expect(other && other->tmsi.amfSetId == 1 && other->tmsi.amfPointer == 2, "AMF");
}

void
WrongRequestsAreRefused(Check& check)
{
    const std::vector<std::pair<const char*, DecodeError>> wrong = {
        {"", DecodeError::TRUNCATED},
        {"7e004c200007f4ffffdeadbe", DecodeError::TRUNCATED},
        {"2e004c200007f4ffffdeadbeef", DecodeError::UNSUPPORTED},
        {"7e014c200007f4ffffdeadbeef", DecodeError::UNSUPPORTED},
        {"7e0067200007f4ffffdeadbeef", DecodeError::UNSUPPORTED},
        {"7e004c300007f4ffffdeadbeef", DecodeError::UNSUPPORTED},
        {"7e004c200006f4ffffdeadbeef", DecodeError::MALFORMED},
        {"7e004c200007f2ffffdeadbeef", DecodeError::MALFORMED}};
    for (const auto& [text, error] : wrong)
    {
        const auto refused = NasServiceRequest::Decode(Hex(text));
        check.Expect(!refused && refused.Error() == error, std::string("refused: ") + text);
    }
}

void
AcceptsAreRead(Check& check)
{
    check.Equal(ToHex(NasServiceAccept().Encode()), "7e004e", "octets of clause 8.2.17");
    check.Expect(bool(NasServiceAccept::Decode(Hex("7e004e 50020000"))), "with more in it");
    check.Expect(NasServiceAccept::Decode(Hex("7e00")).Error() == DecodeError::TRUNCATED, "short");
    check.Expect(NasServiceAccept::Decode(Hex("7e0068")).Error() == DecodeError::UNSUPPORTED,
                 "another message");
    check.Equal(std::string(NasServiceMessageName(Hex("7e004e"))), "SERVICE ACCEPT", "name");
    check.Equal(std::string(NasServiceMessageName(NasServiceRequest().Encode())),
                "SERVICE REQUEST",
                "name");
    check.Expect(NasServiceMessageName(Hex("7e0068")) == nullptr, "none of these");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of SERVICE REQUEST and its answer.
 * @param suite where to
 */
void AddNasServiceTests(MbsTestSuite& suite);

void
AddNasServiceTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a SERVICE REQUEST has the octets of TS 24.501 and is read back", RequestsAreReadBack);
    add("what is no SERVICE REQUEST is refused", WrongRequestsAreRefused);
    add("a SERVICE ACCEPT is read", AcceptsAreRead);
}

} // namespace ns3::mbs
