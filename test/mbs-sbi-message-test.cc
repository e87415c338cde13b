// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-text-octets.h"

#include "ns3/mbs-sbi-message.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

void
MultipartRoundTrip(Check& check)
{
    const Bytes json = Octets("{\"n1SmMsg\":{\"contentId\":\"n1\"}}");
    const Bytes nas = *FromHex("2e0101cb0d0a");
    const std::vector<SbiPart> parts = {{SBI_JSON_TYPE, "", json},
                                        {SBI_NAS_TYPE, "n1", nas},
                                        {SBI_NGAP_TYPE, "n2", {}}};
    const SbiMultipart encoded = EncodeMultipart(parts);
    check.Equal(encoded.contentType,
                "multipart/related; boundary=mbs-part-0; type=\"application/json\"",
                "content type");
    check.Equal(Text(encoded.body),
                std::string("--mbs-part-0\r\n"
                            "Content-Type: application/json\r\n"
                            "\r\n"
                            "{\"n1SmMsg\":{\"contentId\":\"n1\"}}\r\n"
                            "--mbs-part-0\r\n"
                            "Content-Type: application/vnd.3gpp.5gnas\r\n"
                            "Content-Id: n1\r\n"
                            "\r\n"
                            "\x2e\x01\x01\xcb\r\n\r\n"
                            "--mbs-part-0\r\n"
                            "Content-Type: application/vnd.3gpp.ngap\r\n"
                            "Content-Id: n2\r\n"
                            "\r\n"
                            "\r\n"
                            "--mbs-part-0--\r\n"),
                "body");
    const auto decoded = DecodeMultipart(encoded.contentType, encoded.body);
    check.Expect(static_cast<bool>(decoded), "decodes");
    check.Equal(decoded->size(), 3U, "parts");
    for (std::size_t i = 0; i < parts.size(); ++i)
    {
        check.Equal((*decoded)[i].contentType, parts[i].contentType, "content type");
        check.Equal((*decoded)[i].contentId, parts[i].contentId, "content ID");
        check.Expect(SameBytes((*decoded)[i].body, parts[i].body), "content");
    }
    // Every prefix is refused; only the last line end may be missing.
    for (std::size_t size = 0; size + 2 < encoded.body.size(); ++size)
    {
        check.Expect(!DecodeMultipart(encoded.contentType, ByteView(encoded.body).Sub(0, size)),
                     "prefix of " + std::to_string(size));
    }
    // A part that holds the boundary makes the next one be used.
    const SbiMultipart clash = EncodeMultipart({{"text/plain", "", Octets("x\r\n--mbs-part-0--")}});
    check.Expect(clash.contentType.find("mbs-part-1") != std::string::npos, "boundary moves on");
    // It is the lowest that no part holds, also as the beginning of a longer number.
    const auto boundary = [](const std::string& body) {
        const std::string type = EncodeMultipart({{"text/plain", "", Octets(body)}}).contentType;
        return type.substr(0, type.rfind(';'));
    };
    check.Equal(boundary("--mbs-part-12 --mbs-part-0 --mbs-part-03"),
                std::string("multipart/related; boundary=mbs-part-2"),
                "lowest free number");
    std::string many;
    for (int i = 0; i < 20000; ++i)
    {
        many += "--mbs-part-" + std::to_string(i);
    }
    check.Equal(boundary(many),
                std::string("multipart/related; boundary=mbs-part-20000"),
                "a part that holds all boundaries but one costs no more than another");
    check.Equal(Text(DecodeMultipart(clash.contentType, clash.body)->at(0).body),
                "x\r\n--mbs-part-0--",
                "content");
    check.Equal(EncodeMultipart({}).contentType,
                "multipart/related; boundary=mbs-part-0",
                "without parts");
}

void
MultipartFromOthers(Check& check)
{
    // Quoted boundary with a blank, preamble, epilogue, blanks behind the boundary, a line that
    // only begins like the boundary, lower-case and unknown fields, root named by start.
    const std::string type = "Multipart/Related; charset=\"a;b\\\"c\"; x; Boundary=\"gc0p 4Jq\" ; "
                             "start=\"<root>\"";
    const Bytes body = Octets("preamble\r\n"
                              "--gc0p 4Jqx\r\n"
                              "--gc0p 4Jq \t\r\n"
                              "content-id:< <n1 >>\r\n"
                              "CONTENT-TYPE:  application/vnd.3gpp.5gnas\r\n"
                              "\r\n"
                              "ab\r\n--gc0p 4Jqy\r\n"
                              "--gc0p 4Jq\r\n"
                              "Content-Type: application/json; charset=utf-8\r\n"
                              "X-Other: 1\r\n"
                              "Content-ID: root\r\n"
                              "\r\n"
                              "{}\r\n"
                              "--gc0p 4Jq\r\n"
                              "\r\n"
                              "bare\r\n"
                              "--gc0p 4Jq--\r\nepilogue");
    const auto parts = DecodeMultipart(type, body);
    check.Expect(static_cast<bool>(parts), "decodes");
    check.Equal(parts->size(), 3U, "parts");
    check.Equal((*parts)[0].contentId, "root", "the root comes first");
    check.Expect(IsMediaType((*parts)[0].contentType, SBI_JSON_TYPE), "type without parameter");
    check.Equal((*parts)[1].contentId, "n1", "angle brackets are no part of it");
    check.Equal(Text((*parts)[1].body), "ab\r\n--gc0p 4Jqy", "content up to the delimiter");
    check.Equal(Text((*parts)[2].body), "bare", "a part may have no fields");

    // A type with a quoted parameter of its own, in the quoted parameter of the whole.
    const Bytes empty = Octets("{}");
    const SbiPart quoted{"application/json; profile=\"a;\\\"b\"", "", empty};
    const SbiMultipart whole = EncodeMultipart({quoted});
    const auto again = DecodeMultipart(whole.contentType, whole.body);
    check.Expect(again && (*again)[0].contentType == quoted.contentType, "quotes within quotes");

    const auto error = [&check](const std::string& contentType,
                                const std::string& text,
                                DecodeError expected,
                                const std::string& what) {
        const auto result = DecodeMultipart(contentType, Octets(text));
        check.Equal(std::string(ToString(result.Error())), ToString(expected), what);
    };
    const std::string plain = "multipart/related; boundary=b";
    error("application/json", "{}", DecodeError::UNSUPPORTED, "another type");
    error("multipart/related", "--b--", DecodeError::MALFORMED, "no boundary");
    error("multipart/related; boundary", "--b--", DecodeError::MALFORMED, "no value");
    error("multipart/related; boundary=" + std::string(71, 'b'),
          "",
          DecodeError::MALFORMED,
          "boundary too long");
    error(plain, "", DecodeError::TRUNCATED, "nothing");
    error(plain, "--b--", DecodeError::OUT_OF_RANGE, "no part");
    error(plain, "--b\r\n--b--", DecodeError::MALFORMED, "no empty line, no content");
    error(plain, "--b\r\nno colon\r\n\r\n\r\n--b--", DecodeError::MALFORMED, "field without colon");
    error(plain, "--b\r\nA: b\r\n--b--", DecodeError::MALFORMED, "fields without end");
    error(plain, "--b\r\nA: \x01\r\n\r\n\r\n--b--", DecodeError::MALFORMED, "control character");
    error(plain + "; start=x", "--b\r\n\r\n\r\n--b--", DecodeError::MALFORMED, "no such root");
    std::string many;
    for (int i = 0; i < 65; ++i)
    {
        many += "--b\r\n\r\nx\r\n";
    }
    error(plain, many + "--b--", DecodeError::OUT_OF_RANGE, "65 parts");
    error("multipart/related; boundary=\"b",
          "--b\r\n\r\nx\r\n--b--",
          DecodeError::NONE,
          "a quote left open");
}

void
ProblemDetails(Check& check)
{
    const SbiResponse full = Problem(403, "MODIFICATION_NOT_ALLOWED", "not this one");
    check.Equal(full.status, 403, "status");
    check.Equal(full.contentType, "application/problem+json", "content type");
    check.Equal(
        Text(full.body),
        "{\"cause\":\"MODIFICATION_NOT_ALLOWED\",\"detail\":\"not this one\",\"status\":403}",
        "body");
    check.Equal(Text(Problem(500, "", "").body), "{\"status\":500}", "members may be missing");
    check.Expect(!Problem(400, "", "\xff\xfe").body.empty(), "octets that are no UTF-8");
    check.Expect(!IsMediaType("application/jsonx", "application/json"), "a longer type");
    check.Expect(IsMediaType(" Application/JSON ;q=1", "application/json"), "case and blanks");
    const SbiOperation create{"Nmb1", "Nmbsmf_MBSSession_Create"};
    check.Expect(create == SbiOperation{"Nmb1", "Nmbsmf_MBSSession_Create"}, "operations alike");
    check.Expect(create != SbiOperation{"Nmb1", "Nmbsmf_MBSSession_Update"}, "operations differ");
}

} // namespace

/** @param suite gets the tests of multipart bodies and errors */
void AddSbiMessageTests(MbsTestSuite& suite);

void
AddSbiMessageTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("SBI: " + name, body));
    };
    add("multipart bodies are written octet by octet as expected", &MultipartRoundTrip);
    add("multipart bodies of other writers are read, wrong ones refused", &MultipartFromOthers);
    add("errors are ProblemDetails", &ProblemDetails);
}

} // namespace ns3::mbs
