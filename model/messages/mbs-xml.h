// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_XML_H
#define MBS_XML_H

#include "ns3/mbs-bytes.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief An element of an XML document without its attributes: names, text and what it contains.
 */
struct XmlElement
{
    std::string space;                //!< namespace name, empty for none
    std::string name;                 //!< local name
    std::string text;                 //!< its own character data, white space at both ends removed
    std::vector<XmlElement> children; //!< elements in it, in their order

    /**
     * @param local a local name
     * @return the first child of that name in this element's namespace, or null
     */
    const XmlElement* Find(const std::string& local) const;

    /**
     * @param local a local name
     * @return all children of that name in this element's namespace, in their order
     */
    std::vector<const XmlElement*> FindAll(const std::string& local) const;

    /**
     * @brief Adds a child without namespace of its own.
     * @param local its local name
     * @param content its character data
     * @return the child, valid until the next is added
     */
    XmlElement& Add(const std::string& local, const std::string& content = "");
};

/**
 * @ingroup mbs
 * @brief Writes a document whose elements are all in the root's namespace.
 * @param root the root element
 * @return the document in UTF-8, with its XML declaration
 */
std::string EncodeXml(const XmlElement& root);

/**
 * @ingroup mbs
 * @brief Reads a document with Expat.
 *
 * A document type declaration is refused, and with it every entity that a peer could define: no
 * body that this module knows has one. So are documents nested more than 32 levels deep or with
 * more than 4096 elements, or a name
 * that has more than 256 octets with its namespace.
 *
 * @param body the document
 * @return its root element, or why not
 */
Decoded<XmlElement> DecodeXml(ByteView body);

} // namespace ns3::mbs

#endif // MBS_XML_H
