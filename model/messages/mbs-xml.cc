// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-xml.h"

#include <climits>
#include <cstring>
#include <expat.h>
#include <memory>

namespace ns3::mbs
{

namespace
{

/** Stands between a namespace and a local name in what Expat reports; no URI has it. */
constexpr XML_Char SEPARATOR = '\n';

/** How deep elements may be nested. */
constexpr std::size_t MAX_DEPTH = 32;

/** How many elements a document may have. */
constexpr std::size_t MAX_ELEMENTS = 4096;

/** Most octets of a name and its namespace. */
constexpr std::size_t MAX_NAME = 256;

/** @param text any @return the same without white space at both ends */
std::string
Trim(const std::string& text)
{
    static constexpr const char* WHITE = " \t\r\n";
    const std::size_t first = text.find_first_not_of(WHITE);
    return first == std::string::npos
               ? std::string()
               : text.substr(first, text.find_last_not_of(WHITE) - first + 1);
}

/** @param text character data @return the same with the characters escaped that XML reserves */
std::string
Escape(const std::string& text)
{
    std::string escaped;
    for (const char c : text)
    {
        switch (c)
        {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\t':
            // White space other than blanks would be read as something else.
            escaped += "&#9;";
            break;
        case '\n':
            escaped += "&#10;";
            break;
        case '\r':
            escaped += "&#13;";
            break;
        default:
            escaped += c;
        }
    }
    return escaped;
}

/** @param element to be written @param attributes of it @param[out] out where to */
void
Write(const XmlElement& element, const std::string& attributes, std::string& out)
{
    out += "<" + element.name + attributes + ">" + Escape(element.text);
    for (const XmlElement& child : element.children)
    {
        Write(child, "", out);
    }
    out += "</" + element.name + ">";
}

/** Builds the tree out of what Expat reports. */
struct Builder
{
    XML_Parser parser;                      //!< reports
    std::vector<XmlElement> open;           //!< elements that have begun, the root first
    std::optional<XmlElement> root;         //!< the root when it has ended
    std::size_t elements{0};                //!< begun so far
    DecodeError refused{DecodeError::NONE}; //!< why the document is refused, if it is

    /** @param error why nothing more is read */
    void Refuse(DecodeError error)
    {
        refused = error;
        XML_StopParser(parser, XML_FALSE);
    }
};

/** @param user the Builder @param name namespace and local name */
void XMLCALL
OnStart(void* user, const XML_Char* name, const XML_Char** /* attributes */)
{
    auto& builder = *static_cast<Builder*>(user);
    // The namespace is part of every name, whatever its length in the one place that declares it.
    if (builder.open.size() == MAX_DEPTH || builder.elements == MAX_ELEMENTS ||
        std::strlen(name) > MAX_NAME)
    {
        builder.Refuse(DecodeError::OUT_OF_RANGE);
        return;
    }
    ++builder.elements;
    const std::string whole = name;
    const std::size_t at = whole.rfind(SEPARATOR);
    XmlElement& element = builder.open.emplace_back();
    element.space = at == std::string::npos ? "" : whole.substr(0, at);
    element.name = at == std::string::npos ? whole : whole.substr(at + 1);
}

/** @param user the Builder */
void XMLCALL
OnEnd(void* user, const XML_Char* /* name */)
{
    auto& builder = *static_cast<Builder*>(user);
    if (builder.refused != DecodeError::NONE)
    {
        // Expat ends an empty element even if its begin stopped the parser.
        return;
    }
    XmlElement element = std::move(builder.open.back());
    builder.open.pop_back();
    element.text = Trim(element.text);
    if (builder.open.empty())
    {
        builder.root = std::move(element);
    }
    else
    {
        builder.open.back().children.push_back(std::move(element));
    }
}

/** @param user the Builder @param text character data @param length of it */
void XMLCALL
OnText(void* user, const XML_Char* text, int length)
{
    static_cast<Builder*>(user)->open.back().text.append(text, static_cast<std::size_t>(length));
}

/** @param user the Builder */
void XMLCALL
OnDoctype(void* user,
          const XML_Char* /* name */,
          const XML_Char* /* system */,
          const XML_Char* /* public */,
          int /* internal */)
{
    static_cast<Builder*>(user)->Refuse(DecodeError::UNSUPPORTED);
}

} // namespace

const XmlElement*
XmlElement::Find(const std::string& local) const
{
    for (const XmlElement& child : children)
    {
        if (child.name == local && child.space == space)
        {
            return &child;
        }
    }
    return nullptr;
}

std::vector<const XmlElement*>
XmlElement::FindAll(const std::string& local) const
{
    std::vector<const XmlElement*> found;
    for (const XmlElement& child : children)
    {
        if (child.name == local && child.space == space)
        {
            found.push_back(&child);
        }
    }
    return found;
}

XmlElement&
XmlElement::Add(const std::string& local, const std::string& content)
{
    XmlElement& child = children.emplace_back();
    child.space = space;
    child.name = local;
    child.text = content;
    return child;
}

std::string
EncodeXml(const XmlElement& root)
{
    std::string out = R"(<?xml version="1.0" encoding="UTF-8"?>)";
    Write(root, root.space.empty() ? "" : " xmlns=\"" + Escape(root.space) + "\"", out);
    return out;
}

Decoded<XmlElement>
DecodeXml(ByteView body)
{
    if (body.size() > INT_MAX)
    {
        return DecodeError::OUT_OF_RANGE;
    }
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS(nullptr, SEPARATOR),
        &XML_ParserFree);
    Builder builder{parser.get(), {}, {}, 0, DecodeError::NONE};
    XML_SetUserData(parser.get(), &builder);
    XML_SetElementHandler(parser.get(), &OnStart, &OnEnd);
    XML_SetCharacterDataHandler(parser.get(), &OnText);
    XML_SetStartDoctypeDeclHandler(parser.get(), &OnDoctype);
    // Not the process's random numbers: the tables of names must not differ between two runs.
    XML_SetHashSalt(parser.get(), 1);
    const XML_Status status = XML_Parse(parser.get(),
                                        reinterpret_cast<const char*>(body.data()),
                                        static_cast<int>(body.size()),
                                        XML_TRUE);
    if (builder.refused != DecodeError::NONE)
    {
        return builder.refused;
    }
    if (status != XML_STATUS_OK || !builder.root)
    {
        return DecodeError::MALFORMED;
    }
    return std::move(*builder.root);
}

} // namespace ns3::mbs
