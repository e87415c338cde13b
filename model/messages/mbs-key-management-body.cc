// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-key-management-body.h"

#include "mbs-xml.h"

namespace ns3::mbs::keymanagement
{

namespace
{

/** What all namespaces begin with (TS 26.346 annex C). */
constexpr const char* NAMESPACE = "urn:3GPP:metadata:2005:MBMS:";

/** How many services or MSKs a document may name. */
constexpr std::size_t MAX_ENTRIES = 64;

/**
 * @param space last part of the namespace
 * @param name local name
 * @return a root element
 */
XmlElement
Root(const std::string& space, const std::string& name)
{
    XmlElement root;
    root.space = NAMESPACE + space;
    root.name = name;
    return root;
}

/** @param type REGISTER or DEREGISTER @return the root element of such a request */
XmlElement
ServiceRoot(RequestType type)
{
    return type == RequestType::REGISTER ? Root("securityRegistration", "mbmsSecurityRegister")
                                         : Root("securityDeregistration", "mbmsSecurityDeregister");
}

/** @return the root element of the answer to it */
XmlElement
ServiceStatusRoot()
{
    return Root("securityRegistrationResponse", "mbmsSecurityRegisterResponse");
}

/** @return the root element of a request for MSKs */
XmlElement
MskRoot()
{
    return Root("msk", "mbmsMSK");
}

/** @return the root element of the answer to it */
XmlElement
MskStatusRoot()
{
    return Root("mskResponse", "mbmsMSKResponse");
}

/**
 * @brief Reads a document and finds the elements that matter in it.
 * @param body the document
 * @param wanted its root element should have this name and namespace
 * @param name local name of the elements
 * @param read called with each; gives false if it is malformed
 * @return why the document is refused, if it is
 */
template <typename Read>
DecodeError
ReadEach(ByteView body, const XmlElement& wanted, const std::string& name, Read read)
{
    const auto root = DecodeXml(body);
    if (!root)
    {
        return root.Error();
    }
    if (root->name != wanted.name || root->space != wanted.space)
    {
        return DecodeError::UNSUPPORTED;
    }
    const auto elements = root->FindAll(name);
    if (elements.empty() || elements.size() > MAX_ENTRIES)
    {
        return DecodeError::OUT_OF_RANGE;
    }
    for (const XmlElement* element : elements)
    {
        if (!read(*element))
        {
            return DecodeError::MALFORMED;
        }
    }
    return DecodeError::NONE;
}

/** @param element with names of an MSK @param name gets them */
void
WriteMsk(XmlElement& element, const MskName& name)
{
    element.Add("keyDomainID", ToBase64(name.keyDomainId.Encode()));
    element.Add("mskID", ToBase64(name.mskId.Encode()));
}

/**
 * @param element with the names of an MSK
 * @param[out] name them
 * @return false if one is missing or has another length
 */
bool
ReadMsk(const XmlElement& element, MskName& name)
{
    const XmlElement* domain = element.Find("keyDomainID");
    const XmlElement* id = element.Find("mskID");
    const auto domainOctets = domain ? FromBase64(domain->text) : std::nullopt;
    const auto idOctets = id ? FromBase64(id->text) : std::nullopt;
    if (!domainOctets || domainOctets->size() != KeyDomainId::SIZE || !idOctets ||
        idOctets->size() != MskId::SIZE)
    {
        return false;
    }
    name.keyDomainId = KeyDomainId(ByteReader(*domainOctets).Array<KeyDomainId::SIZE>());
    name.mskId = MskId::Decode(ByteReader(*idOctets).Array<MskId::SIZE>());
    return true;
}

/** @param status an HTTP status @return status and reason, as on a status line */
std::string
StatusLine(int status)
{
    const std::string reason = status == 200   ? " OK"
                               : status == 403 ? " Forbidden"
                               : status == 404 ? " Not Found"
                                               : "";
    return std::to_string(status) + reason;
}

/**
 * @param element with a child ResponseCode
 * @param[out] status the code in it
 * @return false if there is none
 */
bool
ReadStatus(const XmlElement& element, int& status)
{
    const XmlElement* code = element.Find("responseCode");
    if (code == nullptr || code->text.size() < 3 || (code->text.size() > 3 && code->text[3] != ' '))
    {
        return false;
    }
    status = 0;
    for (std::size_t i = 0; i < 3; ++i)
    {
        const char digit = code->text[i];
        if (digit < '0' || digit > '9')
        {
            return false;
        }
        status = 10 * status + (digit - '0');
    }
    return status >= 100;
}

} // namespace

const char*
ToString(RequestType type)
{
    switch (type)
    {
    case RequestType::REGISTER:
        return "register";
    case RequestType::DEREGISTER:
        return "deregister";
    case RequestType::MSK_REQUEST:
        break;
    }
    return "msk-request";
}

std::string
RequestPath(RequestType type)
{
    return std::string(PATH) + "?requesttype=" + ToString(type);
}

std::optional<RequestType>
RequestTypeOf(const std::string& path)
{
    const std::size_t query = path.find('?');
    std::size_t at = query;
    while (at != std::string::npos)
    {
        const std::size_t end = path.find('&', at + 1);
        const std::string field =
            path.substr(at + 1, end == std::string::npos ? end : end - at - 1);
        for (const RequestType type :
             {RequestType::REGISTER, RequestType::DEREGISTER, RequestType::MSK_REQUEST})
        {
            if (field == std::string("requesttype=") + ToString(type))
            {
                return type;
            }
        }
        at = end;
    }
    return std::nullopt;
}

std::string
ServiceList::Encode(RequestType type) const
{
    XmlElement root = ServiceRoot(type);
    for (const std::string& id : serviceIds)
    {
        root.Add("serviceID", id);
    }
    return EncodeXml(root);
}

Decoded<ServiceList>
ServiceList::Decode(RequestType type, ByteView body)
{
    ServiceList list;
    const DecodeError error =
        ReadEach(body, ServiceRoot(type), "serviceID", [&list](const XmlElement& element) {
            list.serviceIds.push_back(element.text);
            return !element.text.empty();
        });
    return error == DecodeError::NONE ? Decoded<ServiceList>(list) : Decoded<ServiceList>(error);
}

std::string
ServiceStatusList::Encode() const
{
    XmlElement root = ServiceStatusRoot();
    for (const Entry& entry : entries)
    {
        XmlElement& response = root.Add("response");
        response.Add("serviceID", entry.serviceId);
        response.Add("responseCode", StatusLine(entry.status));
    }
    return EncodeXml(root);
}

Decoded<ServiceStatusList>
ServiceStatusList::Decode(ByteView body)
{
    ServiceStatusList list;
    const DecodeError error =
        ReadEach(body, ServiceStatusRoot(), "response", [&list](const XmlElement& element) {
            const XmlElement* id = element.Find("serviceID");
            Entry& entry = list.entries.emplace_back();
            entry.serviceId = id ? id->text : "";
            return !entry.serviceId.empty() && ReadStatus(element, entry.status);
        });
    return error == DecodeError::NONE ? Decoded<ServiceStatusList>(list)
                                      : Decoded<ServiceStatusList>(error);
}

std::string
MskRequest::Encode() const
{
    XmlElement root = MskRoot();
    for (const MskName& name : msks)
    {
        WriteMsk(root.Add("msk"), name);
    }
    return EncodeXml(root);
}

Decoded<MskRequest>
MskRequest::Decode(ByteView body)
{
    MskRequest request;
    const DecodeError error =
        ReadEach(body, MskRoot(), "msk", [&request](const XmlElement& element) {
            return ReadMsk(element, request.msks.emplace_back());
        });
    return error == DecodeError::NONE ? Decoded<MskRequest>(request) : Decoded<MskRequest>(error);
}

std::string
MskStatusList::Encode() const
{
    XmlElement root = MskStatusRoot();
    for (const Entry& entry : entries)
    {
        XmlElement& response = root.Add("response");
        WriteMsk(response.Add("msk"), entry.msk);
        response.Add("responseCode", StatusLine(entry.status));
    }
    return EncodeXml(root);
}

Decoded<MskStatusList>
MskStatusList::Decode(ByteView body)
{
    MskStatusList list;
    const DecodeError error =
        ReadEach(body, MskStatusRoot(), "response", [&list](const XmlElement& element) {
            const XmlElement* msk = element.Find("msk");
            Entry& entry = list.entries.emplace_back();
            return msk != nullptr && ReadMsk(*msk, entry.msk) && ReadStatus(element, entry.status);
        });
    return error == DecodeError::NONE ? Decoded<MskStatusList>(list)
                                      : Decoded<MskStatusList>(error);
}

} // namespace ns3::mbs::keymanagement
