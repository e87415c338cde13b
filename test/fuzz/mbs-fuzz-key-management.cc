// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-key-management-body.h"
#include "ns3/mbs-xml.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an input @param type REGISTER or DEREGISTER @return true if it was accepted */
bool
ReadServices(ByteView octets, keymanagement::RequestType type)
{
    return bool(Recode(
        octets,
        [type](ByteView body) { return keymanagement::ServiceList::Decode(type, body); },
        [type](const keymanagement::ServiceList& list) { return Octets(list.Encode(type)); }));
}

/** @tparam T an answer or request @param octets an input @return true if it was accepted */
template <typename T>
bool
ReadBody(ByteView octets)
{
    return bool(Recode(octets, &T::Decode, [](const T& value) { return Octets(value.Encode()); }));
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    keymanagement::RequestTypeOf(std::string(octets.begin(), octets.end()));
    const bool xml = bool(
        Recode(octets, &DecodeXml, [](const XmlElement& root) { return Octets(EncodeXml(root)); }));
    bool body = ReadServices(octets, keymanagement::RequestType::REGISTER);
    body = ReadServices(octets, keymanagement::RequestType::DEREGISTER) || body;
    body = ReadBody<keymanagement::ServiceStatusList>(octets) || body;
    body = ReadBody<keymanagement::MskRequest>(octets) || body;
    body = ReadBody<keymanagement::MskStatusList>(octets) || body;
    Require(xml || !body, "a body is accepted that is no XML");
    return xml;
}

/** @return documents */
std::vector<Bytes>
Seeds()
{
    const keymanagement::ServiceList services{{"stream.example", "news & <more>"}};
    const keymanagement::MskName name{KeyDomainId({0x00, 0xf1, 0x10}), MskId(1, 2)};
    return {Octets(services.Encode(keymanagement::RequestType::REGISTER)),
            Octets(services.Encode(keymanagement::RequestType::DEREGISTER)),
            Octets(keymanagement::ServiceStatusList{{{"a", 200}, {"b", 403}}}.Encode()),
            Octets(keymanagement::MskRequest{{name}}.Encode()),
            Octets(keymanagement::MskStatusList{{{name, 200}, {name, 404}}}.Encode()),
            Octets("<?xml version='1.0'?><a:r xmlns:a='urn:x'><a:c>&#65;&#13; b</a:c> t</a:r>")};
}

const Target TARGET("key-management", 1024, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
