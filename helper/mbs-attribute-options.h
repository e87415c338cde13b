// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_ATTRIBUTE_OPTIONS_H
#define MBS_ATTRIBUTE_OPTIONS_H

#include "ns3/type-id.h"

#include <iosfwd>
#include <limits>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Checks the text of an attribute's value before ns-3 parses it.
 *
 * ns-3's own parsers end the program on a wrong text in most versions. Ranges are checked as well.
 *
 * @param value the text
 * @param checker the attribute's checker
 * @return what it must be, a clause such as `must be a time with a unit, ...`, or empty if it is
 */
std::string CheckAttributeText(const std::string& value,
                               const Ptr<const AttributeChecker>& checker);

/**
 * @ingroup mbs
 * @brief Sets the default of an attribute, by its full name.
 *
 * The default of an attribute that holds an object is kept as text, so that each node makes an
 * object of its own: with ns-3's Config::SetDefault() all nodes would share one.
 *
 * @param name such as `ns3::mbs::Smf::ServiceTime`
 * @param value its text
 * @return what is wrong, a clause, or empty if it was set
 */
std::string SetAttributeDefault(const std::string& name, const std::string& value);

/**
 * @ingroup mbs
 * @brief Sets one of ns-3's global values.
 * @param name such as `RngRun`
 * @param value its text
 * @return what is wrong, a clause, or empty if it was set
 */
std::string SetGlobalValue(const std::string& name, const std::string& value);

/** @param name a name @return true if ns-3 has a global value of this name */
bool IsGlobalValue(const std::string& name);

/** @return the names of all global values, sorted */
std::vector<std::string> GlobalValueNames();

/**
 * @ingroup mbs
 * @brief Lists the global values with help and value in the form of ns3::CommandLine.
 * @param out where to
 */
void PrintNs3Globals(std::ostream& out);

/**
 * @ingroup mbs
 * @brief Lists attributes with default and help.
 * @param out where to
 * @param prefix what the class's name starts with, such as `ns3::mbs::`
 * @return how many attributes were listed
 */
std::size_t PrintAttributes(std::ostream& out, const std::string& prefix);

/** An attribute of a class, as it is in this process. */
struct AttributeDefault
{
    std::string name;  //!< such as `ns3::mbs::Smf::ServiceTime`
    std::string value; //!< default that new objects get; empty if that has no text
    std::string type;  //!< ns-3's name of the value's type
    std::string help;  //!< what it means
};

/**
 * @ingroup mbs
 * @brief Lists attributes with the defaults that are in force: those that were set count.
 * @param prefix what the class's name starts with, such as `ns3::mbs::`
 * @return the attributes, by name of the class, then in its order
 */
std::vector<AttributeDefault> AttributeDefaults(const std::string& prefix);

/**
 * @ingroup mbs
 * @brief Writes attributes.csv: all attributes of all classes and the global values, as they are.
 * @param out where to
 */
void WriteAttributes(std::ostream& out);

/**
 * @ingroup mbs
 * @brief How many characters must be inserted, removed, exchanged or swapped with their neighbour
 * to make one text of another; the case of letters does not count.
 * @param a one
 * @param b the other
 * @param limit from which on the number does not matter, which saves time
 * @return the number, or the limit if that is smaller
 */
std::size_t EditDistance(const std::string& a,
                         const std::string& b,
                         std::size_t limit = std::numeric_limits<std::size_t>::max());

/**
 * @ingroup mbs
 * @brief Finds the name that was probably meant.
 * @param name the wrong name
 * @param names the right names
 * @return the nearest of them, the first if several are, or empty if none is near
 */
std::string NearestName(const std::string& name, const std::vector<std::string>& names);

/**
 * @ingroup mbs
 * @brief Writes text in lines.
 * @param out where to
 * @param text words with spaces between
 * @param indent columns to leave free before each line but the first
 * @param column column that the first line starts at
 * @param width columns of a line
 */
void PrintWrapped(std::ostream& out,
                  const std::string& text,
                  std::size_t indent,
                  std::size_t column,
                  std::size_t width = 100);

} // namespace ns3::mbs

#endif // MBS_ATTRIBUTE_OPTIONS_H
