// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-process-hooks.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-af.h"
#include "ns3/mbs-amf.h"
#include "ns3/mbs-octets-header.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-function.h"
#include "ns3/mbs-security-attributes.h"

#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/uinteger.h"

#include <sstream>
#include <string>

namespace ns3::mbs
{

namespace
{

/** @param text characters @return the same as octets */
Bytes
BytesOf(const std::string& text)
{
    return Bytes(text.begin(), text.end());
}

void
UriBothWays(Check& check)
{
    const SbiUri uri{Ipv4Address("10.0.0.1"), 8080, "/nsmf/x"};
    check.Equal(uri.ToText(), "http://10.0.0.1:8080/nsmf/x", "as text");
    for (const char* text :
         {"http://10.0.0.1:8080/nsmf/x", "http://0.0.0.0:1/", "http://255.255.255.255:65535/a/b"})
    {
        const auto read = SbiUri::FromText(text);
        check.Expect(read.has_value(), std::string(text) + " is read");
        check.Equal(read ? read->ToText() : "", text, "and written again");
    }
    const auto noPort = SbiUri::FromText("http://10.0.0.1/x");
    check.Expect(noPort && noPort->port == 80 && noPort->path == "/x", "port 80 if there is none");
}

void
WrongUris(Check& check)
{
    for (const char* text : {"",
                             "/",
                             "http",
                             "http:/10.0.0.1/",
                             "https://10.0.0.1/x",
                             "ftp://10.0.0.1/x",
                             "10.0.0.1/x",
                             "http://",
                             "http:///x",
                             "http://10.0.0.1",
                             "http://10.0.0.1:80",
                             "http://10.0.0/x",
                             "http://10.0.0./x",
                             "http://10..0.1/x",
                             "http://.10.0.1/x",
                             "http://10.0.0.1.2/x",
                             "http://10.0.0.256/x",
                             "http://999.0.0.1/x",
                             "http://10.0.0.99999999999999999999/x",
                             "http://10.0.0.1:/x",
                             "http://10.0.0.1:0/x",
                             "http://10.0.0.1:65536/x",
                             "http://10.0.0.1:99999999999999999999/x",
                             "http://10.0.0.1:80a/x",
                             "http://10.0.0.1:8 0/x",
                             "http://10.0.0.1a/x",
                             "http://10.0.0.-1/x",
                             "http://mbsmf.example/x",
                             "http://[::1]/x",
                             " http://10.0.0.1/x",
                             "http://user@10.0.0.1/x"})
    {
        check.Expect(!SbiUri::FromText(text), std::string("refused: ") + text);
    }
}

void
Parts(Check& check)
{
    const Bytes empty = BytesOf("{}");
    const auto plain = SbiParts::Read(SBI_JSON_TYPE, empty);
    check.Expect(plain && SameBytes(plain->json, empty) && plain->binary.empty(),
                 "an ordinary body is its own JSON part");
    check.Expect(plain && !plain->Find({"n1"}), "without binary parts");
    const SbiOperation operation{"N11", "Test"};
    const SbiRequest json = MultipartRequest("/p", "{}", {}, operation);
    check.Expect(json.method == "POST" && json.path == "/p" && json.contentType == SBI_JSON_TYPE &&
                     json.body == BytesOf("{}") && json.operation == operation,
                 "a request without binary parts is not multipart");

    const SbiRequest request = MultipartRequest(
        "/p",
        R"({"a":1})",
        {{SBI_NAS_TYPE, "n1", Bytes{0, 1, 2}}, {SBI_NGAP_TYPE, "n2", BytesOf("\r\n--x--\r\n")}},
        operation);
    check.Expect(IsMediaType(request.contentType, "multipart/related"), "media type");
    const auto parts = SbiParts::Read(request.contentType, request.body);
    check.Expect(parts && SameBytes(parts->json, BytesOf(R"({"a":1})")), "the JSON part");
    const auto holds = [](const Decoded<SbiParts>& read, const char* id, const Bytes& octets) {
        const auto part = read->Find({id});
        return part && SameBytes(*part, octets);
    };
    check.Expect(parts && holds(parts, "n1", {0, 1, 2}), "n1");
    check.Expect(parts && holds(parts, "n2", BytesOf("\r\n--x--\r\n")),
                 "a part that looks like a delimiter");
    check.Expect(parts && !parts->Find({"n3"}), "a part that is not there");
    check.Expect(parts && !parts->Find({"json"}), "the JSON part is no binary part");

    check.Expect(!SbiParts::Read("multipart/related", request.body), "no boundary");
    for (std::size_t size = 0; size < request.body.size() - 4; ++size)
    {
        const auto cut = SbiParts::Read(request.contentType, ByteView(request.body).Sub(0, size));
        check.Expect(
            !cut || cut->binary.size() < 2 ||
                (holds(cut, "n1", {0, 1, 2}) && holds(cut, "n2", BytesOf("\r\n--x--\r\n"))),
            "cut off to " + std::to_string(size));
    }
    const Bytes twice = BytesOf("--b\r\n\r\n{}\r\n"
                                "--b\r\nContent-Id: n1\r\n\r\nx\r\n"
                                "--b\r\nContent-Id: n1\r\n\r\ny\r\n--b--");
    const auto same = SbiParts::Read("multipart/related; boundary=b", twice);
    check.Expect(same && holds(same, "n1", BytesOf("y")), "of two with one name the last counts");

    const SbiMultipart none = EncodeMultipart({});
    check.Expect(!SbiParts::Read(none.contentType, none.body), "no part at all");
}

void
Answers(Check& check)
{
    const SbiOperation operation{"N11", "Test"};
    const auto patch = PatchRequest("/p", "[]", operation);
    check.Expect(patch.method == "PATCH" && patch.contentType == SBI_PATCH_TYPE, "patch");
    check.Equal(JsonRequest("PUT", "/p", "{}", operation).method, "PUT", "method");
    const auto created = JsonResponse(201, "{}", "/p/1");
    check.Expect(created.status == 201 && created.location == "/p/1" && IsSuccess(created),
                 "created");
    check.Expect(NoContent().status == 204 && NoContent().body.empty() && IsSuccess(NoContent()),
                 "no content");
    for (const int status : {100, 199, 300, 404, 504})
    {
        check.Expect(!IsSuccess(JsonResponse(status, "{}")), std::to_string(status));
    }
    check.Equal(StatusText(JsonResponse(404, "{}")), "status 404", "text for traces");
}

void
FunctionAttributes(Check& check)
{
    const Ptr<Af> af = CreateObject<Af>();
    af->SetInstance(7);
    check.Equal(af->GetNfInstanceId(), sbi::NfInstanceIdFor(7), "NF instance ID");
    check.Expect(sbi::IsUuid(af->GetNfInstanceId()), "a UUID");
    check.Equal(af->Waiting(), 0u, "nothing waits");
    check.Equal(af->AssignStreams(5), 1, "one stream: that of the service time");
    UintegerValue workers;
    af->GetAttribute("Workers", workers);
    af->SetAttribute("Workers", UintegerValue(workers.Get() + 1));
    UintegerValue more;
    af->GetAttribute("Workers", more);
    check.Equal(more.Get(), workers.Get() + 1, "workers");
    for (const uint64_t wrong : {0, 65537})
    {
        check.Expect(!af->SetAttributeFailSafe("Workers", UintegerValue(wrong)), "1 to 65536");
    }
    PointerValue time;
    af->GetAttribute("ServiceTime", time);
    check.Expect(time.Get<RandomVariableStream>() != nullptr, "a service time by default");
    const Ptr<ConstantRandomVariable> constant = CreateObject<ConstantRandomVariable>();
    af->SetAttribute("ServiceTime", PointerValue(constant));
    af->GetAttribute("ServiceTime", time);
    check.Expect(time.Get<RandomVariableStream>() == constant, "another service time");
    check.Expect(!af->SetAttributeFailSafe("ServiceTime", PointerValue(CreateObject<Amf>())),
                 "no service time but a random variable");
    af->Dispose();
}

void
DefaultsOfAll(Check& check)
{
    NetworkFunction::SetDefaultOfAll("Workers", UintegerValue(9));
    for (const Ptr<NetworkFunction>& function :
         {Ptr<NetworkFunction>(CreateObject<Af>()), Ptr<NetworkFunction>(CreateObject<Amf>())})
    {
        UintegerValue workers;
        function->GetAttribute("Workers", workers);
        check.Equal(workers.Get(), 9u, "the new default of every function");
        function->Dispose();
    }
    NetworkFunction::SetDefaultOfAll("Workers", UintegerValue(7), [](const std::string& name) {
        return name == "ns3::mbs::Amf::Workers";
    });
    for (const auto& [function, expected] :
         {std::make_pair(Ptr<NetworkFunction>(CreateObject<Af>()), 7u),
          std::make_pair(Ptr<NetworkFunction>(CreateObject<Amf>()), 9u)})
    {
        UintegerValue workers;
        function->GetAttribute("Workers", workers);
        check.Equal(workers.Get(), expected, "but of those that are to keep theirs");
        function->Dispose();
    }
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        TypeId tid = TypeId::GetRegistered(i);
        for (std::size_t k = 0; k < tid.GetAttributeN(); ++k)
        {
            const auto attribute = tid.GetAttribute(k);
            if (tid.IsChildOf(NetworkFunction::GetTypeId()) && attribute.name == "Workers")
            {
                tid.SetAttributeInitialValue(k, attribute.originalInitialValue);
            }
        }
    }
}

void
Wraps(Check& check)
{
    check.Equal(GetMtkWrap(MtkWrapMethod::AES_BLOCK).Name(), "aes-block", "AES block");
    check.Equal(GetMtkWrap(MtkWrapMethod::AES_CM).Name(), "aes-cm", "AES-CM");
    check.Expect(&GetMtkWrap(MtkWrapMethod::AES_CM) == &GetMtkWrap(MtkWrapMethod::AES_CM),
                 "one object each");
}

void
HeaderOfOctets(Check& check)
{
    const Ptr<Packet> packet = Create<Packet>(10);
    const uint64_t uid = packet->GetUid();
    packet->AddHeader(OctetsHeader(Bytes{1, 2, 3}));
    check.Equal(packet->GetSize(), 13u, "three octets in front");
    check.Equal(packet->GetUid(), uid, "of the same packet");
    Bytes octets(3);
    packet->CopyData(octets.data(), 3);
    check.Expect(octets == Bytes({1, 2, 3}), "the octets");
    OctetsHeader header(Bytes{0, 0, 0});
    check.Equal(packet->RemoveHeader(header), 3u, "taken off");
    check.Equal(packet->GetSize(), 10u, "the rest");
    std::ostringstream text;
    header.Print(text);
    check.Equal(text.str(), "3 octets", "printed");
    check.Expect(header.GetInstanceTypeId() == OctetsHeader::GetTypeId(), "type");
}

/** @param check where to report */
void
BodiesLeaveNoKeys(Check& check)
{
    const Key128 msk({0x3a, 0x5c, 0x91, 0x07, 0xee, 0x42, 0x18, 0xb3, 1, 2, 3, 4, 5, 6, 7, 8});
    KeySet keys;
    keys.keyDomainId = KeyDomainId(PlmnId());
    keys.mskId = MskId(1, 1);
    keys.msk = msk;
    keys.mtk = Mtk{MtkId(1), msk};
    const Bytes base64 = BytesOf(ToBase64(msk.View()));
    FreedSecrets freed;
    freed.Watch(msk.View());
    freed.Watch(base64);
    {
        // Written into a body, a patch and a multipart body, sent and read again.
        nmbsmf::MbsSessionPatch patch;
        patch.mbsSecurityContext = {keys};
        const SbiRequest request = PatchRequest("/x", patch.Encode(), {});
        check.Equal(freed.Found(), uint64_t{0}, "a patch that is written");
        const auto read = nmbsmf::MbsSessionPatch::Decode(request.body);
        check.Expect(read && read->mbsSecurityContext.front().msk == msk, "a patch is read");
    }
    check.Equal(freed.Found(), uint64_t{0}, "a patch that is gone");
    {
        nmbsmf::ContextStatusNotifyReqData notify;
        nmbsmf::ContextStatusEventReport report;
        report.eventType = nmbsmf::ContextStatusEventType::SECURITY_INFO;
        report.mbsSecurityContext = {keys};
        notify.reportList.push_back(report);
        const SbiRequest request =
            MultipartRequest("/x", notify.Encode(), {{SBI_NAS_TYPE, "n1", Bytes(3, 7)}}, {});
        const auto parts = SbiParts::Read(request.contentType, request.body);
        const auto read = nmbsmf::ContextStatusNotifyReqData::Decode(parts->json);
        check.Expect(read && read->reportList.front().mbsSecurityContext.front().msk == msk,
                     "a notification is read");
        const SbiResponse response = JsonResponse(200, notify.Encode());
        check.Expect(SameBytes(response.body, parts->json), "an answer is the same");
    }
    check.Equal(freed.Found(), uint64_t{0}, "a notification and an answer that are gone");
    {
        const std::string text = ToBase64(msk.View());
    }
    check.Equal(freed.Found(), HasProcessHooks() ? uint64_t{1} : uint64_t{0}, "text is found");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of what functions share */
void
AddSbiFunctionTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("an http URI is written and read", UriBothWays);
    add("what is no http URI of an IPv4 address with a path is refused", WrongUris);
    add("a body is taken apart into JSON and binary parts", Parts);
    add("requests and answers have the types that the standard names", Answers);
    add("a function has a service time, workers and an instance ID", FunctionAttributes);
    add("a default can be set for all functions at once", DefaultsOfAll);
    add("each way to encrypt an MTK has one object", Wraps);
    add("bodies with keys leave no key behind in memory", BodiesLeaveNoKeys);
    add("octets can be put in front of a packet", HeaderOfOctets);
}

} // namespace ns3::mbs
