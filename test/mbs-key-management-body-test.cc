// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-text-octets.h"

#include "ns3/mbs-key-management-body.h"
#include "ns3/mbs-xml.h"

#include <string>

namespace ns3::mbs
{

namespace
{

namespace km = keymanagement;

/** @param text a document @return why it is refused */
DecodeError
XmlError(const std::string& text)
{
    return DecodeXml(Octets(text)).Error();
}

/** @param check where to report */
void
Xml(Check& check)
{
    const auto root = DecodeXml(Octets("<?xml version='1.0'?><a:r xmlns:a='urn:x' q='1'> one "
                                       "<a:c>&lt;&#65;&amp;</a:c><c>other</c><a:c/> two</a:r>"));
    check.Expect(bool(root), "a document is read");
    check.Equal(root->name, "r", "local name");
    check.Equal(root->space, "urn:x", "namespace");
    check.Equal(root->text, "one  two", "text of the element itself");
    check.Equal(root->FindAll("c").size(), 2u, "children in the namespace of their parent");
    check.Equal(root->Find("c")->text, "<A&", "characters that are escaped");
    check.Expect(root->Find("d") == nullptr, "a child that is not there");

    XmlElement element;
    element.space = "urn:\"<&";
    element.name = "r";
    element.Add("c", "a<b>&\"");
    const auto again = DecodeXml(Octets(EncodeXml(element)));
    check.Expect(bool(again), "what is written can be read");
    check.Equal(again->space, element.space, "namespace that has to be escaped");
    check.Equal(again->Find("c")->text, "a<b>&\"", "text that has to be escaped");
}

/** @param check where to report */
void
XmlRefused(Check& check)
{
    check.Expect(XmlError("") == DecodeError::MALFORMED, "nothing");
    check.Expect(XmlError("<a>") == DecodeError::MALFORMED, "an element without end");
    check.Expect(XmlError("<a></b>") == DecodeError::MALFORMED, "the end of another");
    check.Expect(XmlError("<a/><a/>") == DecodeError::MALFORMED, "two roots");
    check.Expect(XmlError("<a>\xff</a>") == DecodeError::MALFORMED, "no UTF-8");
    check.Expect(XmlError("<p:a/>") == DecodeError::MALFORMED, "a prefix without namespace");
    check.Expect(XmlError("<!DOCTYPE a [<!ENTITY e 'ha'>]><a>&e;</a>") == DecodeError::UNSUPPORTED,
                 "an entity of the peer's own");
    check.Expect(XmlError("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>") ==
                     DecodeError::UNSUPPORTED,
                 "a document type from elsewhere");
    std::string deep;
    std::string wide = "<a>";
    for (int i = 0; i < 33; ++i)
    {
        deep += "<a>";
    }
    for (int i = 0; i < 4096; ++i)
    {
        wide += "<b/>";
    }
    check.Expect(XmlError(deep) == DecodeError::OUT_OF_RANGE, "33 levels");
    check.Expect(XmlError(wide + "</a>") == DecodeError::OUT_OF_RANGE, "4097 elements");
    const std::string space(256, 'n');
    check.Expect(XmlError("<a xmlns=\"" + space + "\"/>") == DecodeError::OUT_OF_RANGE,
                 "a namespace that would be repeated for every element");
}

/** @param check where to report */
void
RequestTypes(Check& check)
{
    for (const auto type :
         {km::RequestType::REGISTER, km::RequestType::DEREGISTER, km::RequestType::MSK_REQUEST})
    {
        check.Expect(km::RequestTypeOf(km::RequestPath(type)) == type, km::ToString(type));
    }
    check.Expect(km::RequestTypeOf("/x?a=b&requesttype=deregister") == km::RequestType::DEREGISTER,
                 "behind another parameter");
    check.Expect(!km::RequestTypeOf("/keymanagement"), "no query");
    check.Expect(!km::RequestTypeOf("/keymanagement?requesttype=give"), "another type");
    check.Expect(!km::RequestTypeOf("/requesttype=register"), "in the path");
}

/** @param check where to report */
void
Bodies(Check& check)
{
    const km::ServiceList services{{"stream.example", "news <1>"}};
    for (const auto type : {km::RequestType::REGISTER, km::RequestType::DEREGISTER})
    {
        const auto read = km::ServiceList::Decode(type, Octets(services.Encode(type)));
        check.Expect(read && read->serviceIds == services.serviceIds, km::ToString(type));
        const auto other = type == km::RequestType::REGISTER ? km::RequestType::DEREGISTER
                                                             : km::RequestType::REGISTER;
        check.Expect(km::ServiceList::Decode(other, Octets(services.Encode(type))).Error() ==
                         DecodeError::UNSUPPORTED,
                     "a document of the other request is another document");
    }

    const km::ServiceStatusList statuses{{{"a", 200}, {"b", 403}, {"c", 404}, {"d", 500}}};
    const auto readStatuses = km::ServiceStatusList::Decode(Octets(statuses.Encode()));
    check.Expect(readStatuses && readStatuses->entries.size() == 4, "a status for each service");
    check.Equal(readStatuses->entries[1].serviceId, "b", "its service");
    check.Equal(readStatuses->entries[1].status, 403, "its status");
    check.Equal(readStatuses->entries[3].status, 500, "one without a reason");

    const km::MskName name{KeyDomainId({0x00, 0xf1, 0x10}), MskId(1, 2)};
    const km::MskRequest request{{name, {name.keyDomainId, MskId(3, MskId::CURRENT)}}};
    check.Equal(request.Encode(),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                "<mbmsMSK xmlns=\"urn:3GPP:metadata:2005:MBMS:msk\">"
                "<msk><keyDomainID>APEQ</keyDomainID><mskID>AAEAAg==</mskID></msk>"
                "<msk><keyDomainID>APEQ</keyDomainID><mskID>AAMAAA==</mskID></msk></mbmsMSK>",
                "the document of the manual");
    const auto readRequest = km::MskRequest::Decode(Octets(request.Encode()));
    check.Expect(readRequest && readRequest->msks == request.msks, "MSKs");

    const km::MskStatusList msks{{{name, 200}, {request.msks[1], 403}}};
    const auto readMsks = km::MskStatusList::Decode(Octets(msks.Encode()));
    check.Expect(readMsks && readMsks->entries.size() == 2 && readMsks->entries[0].msk == name &&
                     readMsks->entries[1].status == 403,
                 "a status for each MSK");
}

/** @param check where to report */
void
BodiesRefused(Check& check)
{
    const std::string ns = " xmlns='urn:3GPP:metadata:2005:MBMS:";
    const auto services = [&](const std::string& content) {
        return km::ServiceList::Decode(km::RequestType::REGISTER,
                                       Octets("<mbmsSecurityRegister" + ns +
                                              "securityRegistration'>" + content +
                                              "</mbmsSecurityRegister>"))
            .Error();
    };
    check.Expect(services("<serviceID>a</serviceID>") == DecodeError::NONE, "a service");
    check.Expect(services("<more/><serviceID>a</serviceID>") == DecodeError::NONE,
                 "an unknown element is passed over");
    check.Expect(services("") == DecodeError::OUT_OF_RANGE, "no service");
    check.Expect(services("<serviceID xmlns=''>a</serviceID>") == DecodeError::OUT_OF_RANGE,
                 "a service in no namespace");
    check.Expect(services("<serviceID/>") == DecodeError::MALFORMED, "a service without a name");
    std::string many;
    for (int i = 0; i < 65; ++i)
    {
        many += "<serviceID>a</serviceID>";
    }
    check.Expect(services(many) == DecodeError::OUT_OF_RANGE, "65 services");

    const auto msk = [&](const std::string& content) {
        return km::MskRequest::Decode(
                   Octets("<mbmsMSK" + ns + "msk'><msk>" + content + "</msk></mbmsMSK>"))
            .Error();
    };
    const std::string domain = "<keyDomainID>APEQ</keyDomainID>";
    const std::string id = "<mskID>AAEAAg==</mskID>";
    check.Expect(msk(id + domain) == DecodeError::NONE, "in any order");
    check.Expect(msk(id) == DecodeError::MALFORMED, "no Key Domain ID");
    check.Expect(msk(domain) == DecodeError::MALFORMED, "no MSK ID");
    check.Expect(msk(domain + "<mskID>AAEA</mskID>") == DecodeError::MALFORMED, "three octets");
    check.Expect(msk(domain + "<mskID>AAEAAg</mskID>") == DecodeError::MALFORMED, "no base64");
    check.Expect(msk("<keyDomainID>APEQAA==</keyDomainID>" + id) == DecodeError::MALFORMED,
                 "a Key Domain ID of four octets");

    const auto status = [&](const std::string& code) {
        return km::ServiceStatusList::Decode(
                   Octets("<mbmsSecurityRegisterResponse" + ns +
                          "securityRegistrationResponse'><response><serviceID>a</serviceID>" +
                          code + "</response></mbmsSecurityRegisterResponse>"))
            .Error();
    };
    check.Expect(status("<responseCode>200 OK</responseCode>") == DecodeError::NONE, "a code");
    check.Expect(status("<responseCode>200</responseCode>") == DecodeError::NONE, "no reason");
    check.Expect(status("") == DecodeError::MALFORMED, "no code");
    check.Expect(status("<responseCode>2000</responseCode>") == DecodeError::MALFORMED, "2000");
    check.Expect(status("<responseCode>0x1</responseCode>") == DecodeError::MALFORMED, "0x1");
    check.Expect(status("<responseCode>099</responseCode>") == DecodeError::MALFORMED, "099");
    check.Expect(km::MskStatusList::Decode(
                     Octets("<mbmsMSKResponse" + ns +
                            "mskResponse'><response><responseCode>200</responseCode></response>"
                            "</mbmsMSKResponse>"))
                         .Error() == DecodeError::MALFORMED,
                 "a status of no MSK");
}

/** @param check where to report */
void
Noise(Check& check)
{
    const km::MskRequest request{{{KeyDomainId({0x00, 0xf1, 0x10}), MskId(1, 2)}}};
    const Bytes good = Octets(request.Encode());
    for (std::size_t i = 0; i < good.size(); ++i)
    {
        Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(i));
        check.Expect(!km::MskRequest::Decode(cut), "cut off at " + std::to_string(i));
        for (int bit = 0; bit < 8; ++bit)
        {
            Bytes flipped = good;
            flipped[i] = static_cast<uint8_t>(flipped[i] ^ (1U << bit));
            const auto read = km::MskRequest::Decode(flipped);
            check.Expect(!read || read->msks.size() == 1, "a flipped bit");
        }
    }
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of key management bodies */
void
AddKeyManagementBodyTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("MBS-10: ") + name, body));
    };
    add("an XML document comes back with names, namespaces and text", Xml);
    add("an XML document with entities, too deep, too wide or malformed is refused", XmlRefused);
    add("the query says what a request wants", RequestTypes);
    add("every body comes back as it was", Bodies);
    add("bodies with missing or wrong parts are refused, unknown parts passed over", BodiesRefused);
    add("a body cut off anywhere is refused, a flipped bit does no harm", Noise);
}

} // namespace ns3::mbs
