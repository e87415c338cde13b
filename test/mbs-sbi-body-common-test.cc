// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-sbi-body-common.h"
#include "ns3/mbs-sbi-paths.h"

namespace ns3::mbs
{

namespace
{

/** A body and what its decoder must say. */
struct Refusal
{
    const char* json;  //!< the body
    DecodeError error; //!< the answer
};

constexpr DecodeError NONE = DecodeError::NONE;
constexpr DecodeError MALFORMED = DecodeError::MALFORMED;
constexpr DecodeError OUT_OF_RANGE = DecodeError::OUT_OF_RANGE;
constexpr DecodeError UNSUPPORTED = DecodeError::UNSUPPORTED;

/** @param check where to report @param refusals bodies that T is asked to decode */
template <typename T>
void
ExpectRefusals(Check& check, std::initializer_list<Refusal> refusals)
{
    for (const Refusal& refusal : refusals)
    {
        const auto value = sbi::DecodeJson<T>(sbi::ViewOf(refusal.json));
        check.Equal(ToString(value.Error()), ToString(refusal.error), refusal.json);
    }
}

void
KeysAreRead(Check& check)
{
    const auto keys = sbi::DecodeSecurityContext(sbi::ViewOf(
        R"({"keyList":{"z":{"keyDomainId":"APEQ","mskId":"AAEAAQ=="},)"
        R"("a":{"keyDomainId":"APEQ","mskId":"AAEAAg==","msk":"AAECAwQFBgcICQoLDA0ODw==",)"
        R"("mskLifetime":"2026-01-01T00:00:10.000000001Z",)"
        R"("mtkId":"AQI=","mtk":"EREREREREREREREREREREQ=="}}})"));
    check.Expect(keys && keys->size() == 2, "two key sets");
    if (!keys || keys->size() != 2)
    {
        return;
    }
    const KeySet& first = (*keys)[0];
    check.Expect(first.keyDomainId == KeyDomainId(std::array<uint8_t, 3>{0x00, 0xf1, 0x10}),
                 "domain");
    check.Expect(first.mskId == MskId(1, 2), "sorted by the map's keys, not as written");
    check.Expect(first.msk && ToHex(first.msk->View()) == "000102030405060708090a0b0c0d0e0f",
                 "MSK");
    check.Expect(first.mskLifetime == NanoSeconds(10000000001), "lifetime to the nanosecond");
    check.Expect(first.mtk && first.mtk->id == MtkId(0x0102), "MTK ID");
    check.Expect(first.mtk && ToHex(first.mtk->key.View()) == std::string(32, '1'), "MTK");
    const KeySet& second = (*keys)[1];
    check.Expect(second.mskId == MskId(1, 1) && !second.msk && !second.mtk && !second.mskLifetime,
                 "the other one only names its MSK");
}

void
WrongKeysAreRefused(Check& check)
{
    const std::string head = R"({"keyList":{"k":{)";
    const std::string ids = R"("keyDomainId":"APEQ","mskId":"AAEAAQ==")";

    struct Case
    {
        std::string members;
        DecodeError error;
    };

    for (const Case& c :
         {Case{ids, NONE},
          Case{ids + R"(,"unknown":{"x":[]})", NONE},
          Case{R"("keyDomainId":"APEQ")", MALFORMED},
          Case{R"("mskId":"AAEAAQ==")", MALFORMED},
          Case{R"("keyDomainId":"APE=","mskId":"AAEAAQ==")", MALFORMED},
          Case{R"("keyDomainId":"APEQAA==","mskId":"AAEAAQ==")", MALFORMED},
          Case{R"("keyDomainId":"APEQ","mskId":"AAEA")", MALFORMED},
          Case{R"("keyDomainId":"APEQ","mskId":"AAEAAQA=")", MALFORMED},
          Case{R"("keyDomainId":3,"mskId":"AAEAAQ==")", MALFORMED},
          Case{ids + R"(,"msk":"EREREREREREREREREREQ")", MALFORMED},
          Case{ids + R"(,"msk":"ERERERERERERERERERERERER")", MALFORMED},
          Case{ids + R"(,"msk":"not base64")", MALFORMED},
          Case{ids + R"(,"msk":null)", MALFORMED},
          Case{ids + R"(,"mtkId":"AAE=")", MALFORMED},
          Case{ids + R"(,"mtk":"EREREREREREREREREREREQ==")", MALFORMED},
          Case{ids + R"(,"mtkId":"AA==","mtk":"EREREREREREREREREREREQ==")", MALFORMED},
          Case{ids + R"(,"mtkId":"AAEC","mtk":"EREREREREREREREREREREQ==")", MALFORMED},
          Case{ids + R"(,"mtkId":"AAE=","mtk":"ERER")", MALFORMED},
          Case{ids + R"(,"mskLifetime":"never")", MALFORMED},
          Case{ids + R"(,"mskLifetime":0)", MALFORMED}})
    {
        const auto keys = sbi::DecodeSecurityContext(sbi::ViewOf(head + c.members + "}}}"));
        check.Equal(ToString(keys.Error()), ToString(c.error), c.members);
    }
    ExpectRefusals<SecurityContext>(check,
                                    {{R"({})", MALFORMED},
                                     {R"({"keyList":{}})", OUT_OF_RANGE},
                                     {R"({"keyList":[]})", MALFORMED},
                                     {R"({"keyList":{"k":[]}})", MALFORMED}});
}

void
NamesAndAddresses(Check& check)
{
    ExpectRefusals<sbi::Snssai>(check,
                                {{R"({"sst":255,"sd":"00aBcD"})", NONE},
                                 {R"({"sst":256})", OUT_OF_RANGE},
                                 {R"({"sst":1,"sd":"12345"})", MALFORMED},
                                 {R"({"sst":1,"sd":"1234567"})", MALFORMED},
                                 {R"({"sst":1,"sd":"12345g"})", MALFORMED},
                                 {R"({"sd":"123456"})", MALFORMED}});
    const auto slice = sbi::DecodeJson<sbi::Snssai>(sbi::ViewOf(R"({"sst":2,"sd":"00aBcD"})"));
    check.Expect(slice && *slice == sbi::Snssai{2, 0x00abcd}, "hexadecimal digits of either case");

    ExpectRefusals<Tmgi>(
        check,
        {{R"({"mbsServiceId":"00A1B2","plmnId":{"mcc":"001","mnc":"01"}})", NONE},
         {R"({"mbsServiceId":"A1B2","plmnId":{"mcc":"001","mnc":"01"}})", MALFORMED},
         {R"({"mbsServiceId":"00A1B2","plmnId":{"mcc":"01","mnc":"01"}})", MALFORMED},
         {R"({"mbsServiceId":"00A1B2","plmnId":{"mcc":"001","mnc":"1"}})", MALFORMED},
         {R"({"mbsServiceId":"00A1B2","plmnId":{"mcc":"001"}})", MALFORMED},
         {R"({"mbsServiceId":"00A1B2"})", MALFORMED}});

    ExpectRefusals<sbi::MbsSessionId>(
        check,
        {{R"({})", MALFORMED},
         {R"({"nid":"0"})", MALFORMED},
         {R"({"ssm":{"sourceIpAddr":{"ipv4Addr":"10.0.0.1"}}})", MALFORMED},
         {R"({"ssm":{"sourceIpAddr":{"ipv6Addr":"2001:db8::1"},"destIpAddr":{"ipv6Addr":"ff3e::1"}}})",
          UNSUPPORTED},
         {R"({"ssm":{"sourceIpAddr":{"ipv6Prefix":"2001:db8::/64"},"destIpAddr":{}}})",
          UNSUPPORTED},
         {R"({"ssm":{"sourceIpAddr":{},"destIpAddr":{}}})", MALFORMED},
         {R"({"ssm":{"sourceIpAddr":{"ipv4Addr":"10.0.0.256"},"destIpAddr":{"ipv4Addr":"232.0.0.1"}}})",
          MALFORMED}});
    sbi::MbsSessionId a;
    a.tmgi = Tmgi(1, PlmnId());
    sbi::MbsSessionId b = a;
    b.ssm = SsmIpv4{Ipv4Address("10.0.0.1"), Ipv4Address("232.0.0.1")};
    check.Expect(a == a && a != b, "names compare");

    ExpectRefusals<sbi::TunnelAddress>(
        check,
        {{R"({"ipv4Addr":"10.0.0.1","portNumber":65535})", NONE},
         {R"({"ipv4Addr":"10.0.0.1","portNumber":65536})", OUT_OF_RANGE},
         {R"({"ipv4Addr":"10.0.0.1","portNumber":-1})", OUT_OF_RANGE},
         {R"({"ipv4Addr":"10.0.0.1"})", MALFORMED},
         {R"({"ipv6Addr":"2001:db8::1","portNumber":1})", UNSUPPORTED},
         {R"({"portNumber":1})", MALFORMED},
         {R"("10.0.0.1:1")", MALFORMED}});
    const auto both = sbi::TunnelAddress::Decode(
        sbi::ViewOf(R"({"ipv4Addr":"10.0.0.1","ipv6Addr":"2001:db8::1","portNumber":7})"));
    check.Expect(both && *both == sbi::TunnelAddress{Ipv4Address("10.0.0.1"), 7},
                 "IPv4 of the two");
    check.Expect(both && *both != sbi::TunnelAddress{Ipv4Address("10.0.0.1"), 8}, "ports compare");

    ExpectRefusals<sbi::GlobalRanNodeId>(
        check,
        {{R"({"plmnId":{"mcc":"001","mnc":"01"},"gNbId":{"bitLength":22,"gNBValue":"3fffff"}})",
          NONE},
         {R"({"plmnId":{"mcc":"001","mnc":"01"},"gNbId":{"bitLength":22,"gNBValue":"400000"}})",
          OUT_OF_RANGE},
         {R"({"plmnId":{"mcc":"001","mnc":"01"},"gNbId":{"bitLength":21,"gNBValue":"000000"}})",
          OUT_OF_RANGE},
         {R"({"plmnId":{"mcc":"001","mnc":"01"},"gNbId":{"bitLength":255,"gNBValue":"000000"}})",
          OUT_OF_RANGE},
         {R"({"plmnId":{"mcc":"001","mnc":"01"},"gNbId":{"bitLength":24,"gNBValue":"00000"}})",
          MALFORMED},
         {R"({"plmnId":{"mcc":"001","mnc":"01"},"ngeNbId":"MacroNGeNB-abcde"})", UNSUPPORTED}});

    ExpectRefusals<sbi::MbsServiceArea>(
        check,
        {{R"({"taiList":[{"plmnId":{"mcc":"001","mnc":"01"},"tac":"0001"}]})", NONE},
         {R"({"taiList":[{"plmnId":{"mcc":"001","mnc":"01"},"tac":"001"}]})", MALFORMED},
         {R"({"taiList":[]})", OUT_OF_RANGE},
         {R"({"ncgiList":[{"tai":{"plmnId":{"mcc":"001","mnc":"01"},"tac":"0001"}}]})", MALFORMED},
         {R"({})", MALFORMED}});
}

void
BitRates(Check& check)
{
    struct Case
    {
        uint64_t bps;
        const char* text;
    };

    for (const Case& c : {Case{0, "0 bps"},
                          Case{1, "1 bps"},
                          Case{1500, "1500 bps"},
                          Case{64000, "64 Kbps"},
                          Case{1500000, "1500 Kbps"},
                          Case{2000000, "2 Mbps"},
                          Case{3000000000, "3 Gbps"},
                          Case{5000000000000, "5 Tbps"},
                          Case{7000000000000000, "7000 Tbps"}})
    {
        check.Equal(sbi::BitRate{c.bps}.ToText(), c.text, "written");
        check.Expect(sbi::BitRate::FromText(c.text) == sbi::BitRate{c.bps}, c.text);
    }
    for (const Case& c : {Case{1500000, "1.5 Mbps"},
                          Case{1, "0.0015 Kbps"},
                          Case{2, "2.9 bps"},
                          Case{UINT64_MAX, "18446744073709551615 bps"}})
    {
        check.Expect(sbi::BitRate::FromText(c.text) == sbi::BitRate{c.bps}, c.text);
    }
    for (const char* text : {"",
                             "1",
                             "1 ",
                             " bps",
                             "1 kbps",
                             "1  bps",
                             ".5 Mbps",
                             "1. Mbps",
                             "1.2.3 Mbps",
                             "-1 bps",
                             "1e3 bps",
                             "18446744073709551616 bps",
                             "18446744073709551615 Tbps"})
    {
        check.Expect(!sbi::BitRate::FromText(text), std::string("'") + text + "' is refused");
    }
    ExpectRefusals<sbi::BitRate>(check, {{R"("fast")", MALFORMED}, {"1000", MALFORMED}});
}

void
Patches(Check& check)
{
    const auto patch = sbi::DecodePatch(sbi::ViewOf(
        R"([{"op":"add","path":"/a/0","value":{"b": [1, 2]}},{"op":"test","path":"","value":null},)"
        R"({"op":"copy","path":"/c","from":"/d"},{"op":"remove","path":"/e"}])"));
    check.Expect(patch && patch->size() == 4, "four operations");
    if (patch && patch->size() == 4)
    {
        check.Equal((*patch)[0].value.value_or(""), R"({"b":[1,2]})", "compact text of the value");
        check.Equal((*patch)[1].value.value_or(""), "null", "null is a value");
        check.Equal((*patch)[2].from.value_or(""), "/d", "from");
        check.Expect(!(*patch)[3].value && !(*patch)[3].from, "remove has neither");
    }
    ExpectRefusals<std::vector<sbi::PatchItem>>(check,
                                                {{R"([])", OUT_OF_RANGE},
                                                 {R"({})", MALFORMED},
                                                 {R"([{"op":"replace","path":"/a"}])", MALFORMED},
                                                 {R"([{"op":"move","path":"/a"}])", MALFORMED},
                                                 {R"([{"op":"remove"}])", MALFORMED},
                                                 {R"([{"path":"/a"}])", MALFORMED},
                                                 {R"([{"op":"remove","path":"a"}])", MALFORMED},
                                                 {R"([{"op":"merge","path":"/a"}])", UNSUPPORTED}});

    std::optional<sbi::TunnelAddress> target;
    sbi::PatchItem item = sbi::PatchItem::Replace("/mbUpfTunAddr", "{}");
    check.Expect(sbi::TakePatchValue(item, target) == MALFORMED && !target, "wrong value");
    item.value = R"({"ipv4Addr":"10.0.0.1","portNumber":1})";
    item.op = "test";
    check.Expect(sbi::TakePatchValue(item, target) == UNSUPPORTED && !target, "other operation");
    item.op = "add";
    check.Expect(sbi::TakePatchValue(item, target) == NONE && target, "right value");
    check.Expect(item == item, "operations compare");
}

void
InstanceIds(Check& check)
{
    check.Equal(sbi::NfInstanceIdFor(42), "6d627300-0000-8000-8000-00000000002a", "node 42");
    check.Equal(sbi::NfInstanceIdFor(UINT32_MAX), "6d627300-0000-8000-8000-0000ffffffff", "last");
    check.Expect(sbi::IsUuid(sbi::NfInstanceIdFor(7)), "has the form of a UUID");
    check.Expect(sbi::IsUuid("ABCDEF01-2345-6789-abcd-ef0123456789"), "digits of either case");
    for (const char* text : {"",
                             "6d627300-0000-8000-8000-00000000002",
                             "6d627300-0000-8000-8000-00000000002aa",
                             "6d627300x0000-8000-8000-00000000002a",
                             "6d627300-0000-8000-8000-00000000002g",
                             "6d6273000-000-8000-8000-00000000002a"})
    {
        check.Expect(!sbi::IsUuid(text), std::string("'") + text + "' is none");
    }
}

void
Problems(Check& check)
{
    const auto problem = sbi::ProblemDetails::Decode(sbi::ViewOf(
        R"({"status":403,"cause":"MODIFICATION_NOT_ALLOWED","invalidParams":[{"param":"/p"}],"x":1})"));
    check.Expect(problem && problem->status == 403 &&
                     problem->cause == "MODIFICATION_NOT_ALLOWED" &&
                     problem->invalidParams.size() == 1 && problem->invalidParams[0].param == "/p",
                 "read");
    check.Expect(bool(sbi::ProblemDetails::Decode(sbi::ViewOf("{}"))), "all may be absent");
    ExpectRefusals<sbi::ProblemDetails>(check,
                                        {{R"({"status":"403"})", MALFORMED},
                                         {R"({"status":70000})", OUT_OF_RANGE},
                                         {R"({"cause":[]})", MALFORMED},
                                         {R"({"invalidParams":[]})", OUT_OF_RANGE},
                                         {R"({"invalidParams":[{}]})", MALFORMED}});
}

void
Paths(Check& check)
{
    namespace path = sbi::path;
    check.Equal(path::MbsUserService("a"), "/nmbsf-mbs-us/v1/mbs-user-services/a", "user service");
    check.Equal(path::IngestSession("a"), "/nmbsf-mbs-ud-ingest/v1/sessions/a", "ingest session");
    check.Equal(path::DistSession("7"), "/nmbstf-distsession/v1/dist-sessions/7", "session");
    check.Equal(path::DistSessionSubscriptions("7"),
                "/nmbstf-distsession/v1/dist-sessions/7/subscriptions",
                "subscriptions");
    check.Equal(path::DistSessionSubscription("7", "8"),
                "/nmbstf-distsession/v1/dist-sessions/7/subscriptions/8",
                "two references");
    check.Equal(path::MbsSession("9"), "/nmbsmf-mbssession/v1/mbs-sessions/9", "MBS session");
    check.Equal(path::ContextSubscription("9"),
                "/nmbsmf-mbssession/v1/mbs-sessions/contexts/subscriptions/9",
                "context");
    check.Equal(path::N1N2Messages("imsi-001010000000001"),
                "/namf-comm/v1/ue-contexts/imsi-001010000000001/n1-n2-messages",
                "UE");
    check.Equal(path::SmContextModify("3"),
                "/nsmf-pdusession/v1/sm-contexts/3/modify",
                "SM context");
    check.Equal(path::TmgiDeallocate(R"([{"a"}])"),
                "/nmbsmf-tmgi/v1/tmgi?tmgi-list=%5B%7B%22a%22%7D%5D",
                "query");
    check.Equal(path::Fill(path::MBS_SESSION, {"a/b c"}),
                "/nmbsmf-mbssession/v1/mbs-sessions/a%2Fb%20c",
                "encoded");
    check.Equal(path::Fill("/x/{y}", {}), "/x/", "a reference too few");
    check.Equal(path::Fill("/x/{y", {"z"}), "/x/z", "an open brace ends");

    const auto two = path::Match(path::DIST_SESSION_SUBSCRIPTION,
                                 path::DistSessionSubscription("a/b", "\xc3\xbc"));
    check.Expect(two == std::vector<std::string>{"a/b", "\xc3\xbc"}, "references come back");
    check.Expect(path::Match(path::MBS_SESSIONS, path::MBS_SESSIONS)->empty(), "no reference");
    for (const char* wrong : {"",
                              "/",
                              "/nmbsmf-mbssession/v1/mbs-sessions",
                              "/nmbsmf-mbssession/v1/mbs-sessions/",
                              "/nmbsmf-mbssession/v1/mbs-sessions/1/2",
                              "/nmbsmf-mbssession/v2/mbs-sessions/1",
                              "/nmbsmf-mbssession/v1/mbs-sessions/%4",
                              "/nmbsmf-mbssession/v1/mbs-sessions/%zz"})
    {
        check.Expect(!path::Match(path::MBS_SESSION, wrong),
                     std::string(wrong) + " is another one");
    }
    check.Expect(!path::Match(path::SM_CONTEXT_MODIFY, "/nsmf-pdusession/v1/sm-contexts/3"),
                 "the rest is missing");
    check.Equal(path::PercentDecode("%7b%7D.~-_a+").value_or(""), "{}.~-_a+", "decoded");
}

} // namespace

/** @param suite where to add the tests of common types and of paths */
void AddSbiBodyCommonTests(MbsTestSuite& suite);

void
AddSbiBodyCommonTests(MbsTestSuite& suite)
{
    suite.Add(
        new FunctionTestCase("SBI: key sets come in the order of the map's keys", KeysAreRead));
    suite.Add(new FunctionTestCase("SBI: key material of a wrong length is refused",
                                   WrongKeysAreRefused));
    suite.Add(
        new FunctionTestCase("SBI: wrong names and addresses are refused", NamesAndAddresses));
    suite.Add(new FunctionTestCase("SBI: bit rates keep their value in every unit", BitRates));
    suite.Add(new FunctionTestCase("SBI: a patch needs the members of its operation", Patches));
    suite.Add(new FunctionTestCase("SBI: NF instance IDs follow from the node", InstanceIds));
    suite.Add(new FunctionTestCase("SBI: ProblemDetails are read", Problems));
    suite.Add(new FunctionTestCase("SBI: paths are filled and matched", Paths));
}

} // namespace ns3::mbs
