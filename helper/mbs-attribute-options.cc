// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-attribute-options.h"

#include "mbs-random-variable-check.h"

#include "ns3/mbs-quantity.h"

#include "ns3/global-value.h"
#include "ns3/object.h"
#include "ns3/pointer.h"
#include "ns3/scheduler.h"
#include "ns3/simulator-impl.h"
#include "ns3/string.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <ostream>
#include <sstream>

namespace ns3::mbs
{

namespace
{

/** The range of a number or a time, as a checker tells it. */
struct Range
{
    std::string min; //!< smallest value, empty if there is no bound
    std::string max; //!< largest value, empty if there is no bound
};

/**
 * @brief Takes apart what a checker says of itself, such as `uint8_t 0:255`.
 * @param checker the checker
 * @return the bounds
 */
Range
RangeOf(const AttributeChecker& checker)
{
    if (!checker.HasUnderlyingTypeInformation())
    {
        return {};
    }
    const std::string text = checker.GetUnderlyingTypeInformation();
    const std::size_t space = text.find(' ');
    const std::size_t colon = text.find(':', space == std::string::npos ? 0 : space);
    if (space == std::string::npos || colon == std::string::npos)
    {
        return {};
    }
    Range range{text.substr(space + 1, colon - space - 1), text.substr(colon + 1)};
    for (std::string* bound : {&range.min, &range.max})
    {
        if (!bound->empty() && bound->front() == '+')
        {
            bound->erase(0, 1);
        }
        // The largest double and the largest Time are no bounds that mean anything.
        const bool unbounded = bound->find("1.79769e+308") != std::string::npos ||
                               bound->find("9.22337e+18") != std::string::npos;
        if (unbounded)
        {
            bound->clear();
        }
        else if (const auto time = ParseNanoseconds(*bound))
        {
            // What has no unit is a number.
            if (std::isalpha(static_cast<unsigned char>(bound->back())) != 0)
            {
                *bound = FormatNanoseconds(*time);
            }
        }
    }
    return range;
}

/** @param range bounds @return such as ` from 0 to 255`, empty without bounds */
std::string
RangeText(const Range& range)
{
    if (!range.min.empty() && !range.max.empty())
    {
        return " from " + range.min + " to " + range.max;
    }
    if (!range.min.empty())
    {
        return " of at least " + range.min;
    }
    return range.max.empty() ? "" : " of at most " + range.max;
}

/**
 * @brief Splits at a character.
 * @param text the text
 * @param separator where to split
 * @return the parts, at least one
 */
std::vector<std::string>
Split(const std::string& text, char separator)
{
    std::vector<std::string> parts(1);
    for (const char c : text)
    {
        if (c == separator)
        {
            parts.emplace_back();
        }
        else
        {
            parts.back().push_back(c);
        }
    }
    return parts;
}

/** @param part of a class's name @return all classes whose name starts with it, by name */
std::map<std::string, TypeId>
ClassesStartingWith(const std::string& part)
{
    std::map<std::string, TypeId> classes;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const TypeId tid = TypeId::GetRegistered(i);
        if (tid.GetName().compare(0, part.size(), part) == 0)
        {
            classes.emplace(tid.GetName(), tid);
        }
    }
    return classes;
}

/** @param classes some classes @return their names */
std::vector<std::string>
NamesOf(const std::map<std::string, TypeId>& classes)
{
    std::vector<std::string> names;
    for (const auto& entry : classes)
    {
        names.push_back(entry.first);
    }
    return names;
}

/**
 * @brief Finds an attribute that a class itself has.
 * @param tid the class
 * @param name the attribute
 * @return its index, or nothing
 */
std::optional<std::size_t>
OwnAttribute(TypeId tid, const std::string& name)
{
    for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
    {
        if (tid.GetAttribute(i).name == name)
        {
            return i;
        }
    }
    return std::nullopt;
}

/**
 * @brief Finds the class, this one or one it is derived from, that has an attribute.
 * @param tid the class
 * @param name the attribute
 * @return the class that has it, or nothing
 */
std::optional<TypeId>
OwnerOf(TypeId tid, const std::string& name)
{
    while (true)
    {
        if (OwnAttribute(tid, name))
        {
            return tid;
        }
        if (!tid.HasParent() || tid.GetParent() == tid)
        {
            return std::nullopt;
        }
        tid = tid.GetParent();
    }
}

/** @param tid a class @param ancestor another @return true if it is that or derived from it */
bool
IsA(TypeId tid, TypeId ancestor)
{
    return tid == ancestor || tid.IsChildOf(ancestor);
}

/** @param name `Class` or `Class::Attribute` @return hint at the nearest, or empty */
std::string
DidYouMean(const std::string& name, const std::vector<std::string>& names)
{
    const std::string nearest = NearestName(name, names);
    return nearest.empty() ? "" : "; did you mean " + nearest + "?";
}

std::string CheckText(const std::string& value, const Ptr<const AttributeChecker>& checker);

/**
 * @brief Checks `ns3::Class[Attribute=value|Attribute=value]`.
 * @param value the text
 * @param base what the object must be
 * @return what is wrong, or empty
 */
std::string
CheckObjectText(const std::string& value, TypeId base)
{
    const std::string form = IsA(base, RandomVariableStream::GetTypeId())
                                 ? "must be a class with its attributes such as "
                                   "ns3::ConstantRandomVariable[Constant=0.001]"
                                 : "must be the name of a class derived from " + base.GetName();
    const std::size_t open = value.find('[');
    const std::string name = value.substr(0, open);
    TypeId tid;
    if (name.empty() || !TypeId::LookupByNameFailSafe(name, &tid))
    {
        return form + DidYouMean(name, NamesOf(ClassesStartingWith("")));
    }
    // These get their values from code only, and ns-3 ends the program when they have none.
    const auto codeOnly = [](const std::string& one) {
        return one == "ns3::DeterministicRandomVariable" || one == "ns3::EmpiricalRandomVariable";
    };
    if (!IsA(tid, base) || !tid.HasConstructor() || codeOnly(tid.GetName()))
    {
        std::string names;
        for (const auto& entry : ClassesStartingWith(""))
        {
            if (IsA(entry.second, base) && entry.second.HasConstructor() && !codeOnly(entry.first))
            {
                names += (names.empty() ? " such as " : ", ") + entry.first;
            }
        }
        return "must be a kind of " + base.GetName() + names;
    }
    if (open == std::string::npos)
    {
        return value.find(']') == std::string::npos ? "" : form;
    }
    const std::string inside = value.substr(open + 1, value.size() - open - 2);
    if (value.back() != ']' || value.size() < open + 2 ||
        inside.find_first_of("[] \t\n") != std::string::npos)
    {
        return form + ", without brackets or blanks inside";
    }
    if (inside.empty())
    {
        return "";
    }
    for (const std::string& part : Split(inside, '|'))
    {
        const std::size_t equal = part.find('=');
        const std::string attribute = part.substr(0, equal);
        const auto owner = OwnerOf(tid, attribute);
        if (equal == std::string::npos || !owner)
        {
            std::vector<std::string> names;
            for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
            {
                names.push_back(tid.GetAttribute(i).name);
            }
            return form + "; " + name + " has no attribute " + attribute +
                   DidYouMean(attribute, names);
        }
        const auto information = owner->GetAttribute(*OwnAttribute(*owner, attribute));
        const std::string wrong = CheckText(part.substr(equal + 1), information.checker);
        if (!wrong.empty())
        {
            return attribute + " " + wrong;
        }
    }
    return "";
}

/**
 * @brief Checks an Internet or a MAC address.
 * @param value the text
 * @param type name of the attribute's type
 * @return what it must be, or empty if it is or the type is another
 */
std::string
CheckAddress(const std::string& value, const std::string& type)
{
    unsigned char octets[sizeof(in6_addr)];
    if (type == "Ipv4AddressValue" && inet_pton(AF_INET, value.c_str(), octets) != 1)
    {
        return "must be an IPv4 address such as 10.0.0.1";
    }
    if (type == "Ipv4MaskValue" && inet_pton(AF_INET, value.c_str(), octets) != 1)
    {
        return "must be an IPv4 mask such as 255.255.255.0";
    }
    if (type == "Ipv6AddressValue" && inet_pton(AF_INET6, value.c_str(), octets) != 1)
    {
        return "must be an IPv6 address such as 2001:db8::1";
    }
    if (type == "Mac48AddressValue")
    {
        bool ok = value.size() == 17;
        for (std::size_t i = 0; i < value.size() && ok; ++i)
        {
            ok = i % 3 == 2 ? value[i] == ':'
                            : std::isxdigit(static_cast<unsigned char>(value[i])) != 0;
        }
        return ok ? "" : "must be a MAC address such as 00:00:00:00:00:01";
    }
    return "";
}

/**
 * @brief Checks the syntax of a value that is not an object.
 * @param value the text
 * @param type name of the attribute's type
 * @param checker the attribute's checker
 * @return what it must be, or empty if it is
 */
std::string
CheckPlainText(const std::string& value, const std::string& type, const AttributeChecker& checker)
{
    const bool negative = !value.empty() && value.front() == '-';
    if (type == "UintegerValue" && !ParseWholeNumber(value))
    {
        return "must be a whole number" + RangeText(RangeOf(checker));
    }
    if (type == "IntegerValue" && !ParseWholeNumber(value.substr(negative ? 1 : 0)))
    {
        return "must be a whole number" + RangeText(RangeOf(checker));
    }
    if (type == "DoubleValue" && !ParseDecimalNumber(value))
    {
        return "must be a number" + RangeText(RangeOf(checker));
    }
    if (type == "TimeValue" && !ParseNanoseconds(value))
    {
        return "must be a time" + RangeText(RangeOf(checker)) +
               ", a number with ns, us, ms, s, min or h";
    }
    if (type == "DataRateValue" &&
        (!ParseBitRate(value) || value.find("bit/s") != std::string::npos ||
         value.find_first_of("eE+") != std::string::npos))
    {
        return "must be a bit rate such as 100Mbps or 10Gbps";
    }
    if (type == "BooleanValue" && value != "true" && value != "false" && value != "1" &&
        value != "0")
    {
        return "must be true or false";
    }
    if (type.compare(0, 9, "EnumValue") == 0 && checker.HasUnderlyingTypeInformation())
    {
        const auto names = Split(checker.GetUnderlyingTypeInformation(), '|');
        if (std::find(names.begin(), names.end(), value) == names.end())
        {
            std::string list;
            for (std::size_t i = 0; i < names.size(); ++i)
            {
                list += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
            }
            return "must be " + list;
        }
    }
    if (type == "VectorValue" || type == "Vector3DValue" || type == "Vector2DValue")
    {
        const auto parts = Split(value, ':');
        const bool ok = parts.size() == (type == "Vector2DValue" ? 2 : 3) &&
                        std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
                            return ParseDecimalNumber(part).has_value();
                        });
        if (!ok)
        {
            return "must be metres with colons between such as 0:0:1.5";
        }
    }
    TypeId tid;
    if (type == "TypeIdValue" && !TypeId::LookupByNameFailSafe(value, &tid))
    {
        return "must be the name of a class" + DidYouMean(value, NamesOf(ClassesStartingWith("")));
    }
    if (type == "CallbackValue" || type == "ObjectPtrContainerValue" || type == "ObjectMapValue" ||
        type == "ObjectVectorValue")
    {
        return "cannot be set by a text";
    }
    return CheckAddress(value, type);
}

/**
 * @brief Says what a value that a checker refuses must be.
 * @param value the text, of the right syntax
 * @param checker the checker
 * @return the clause
 */
std::string
OutOfRange(const std::string& value, const AttributeChecker& checker)
{
    const std::string range = RangeText(RangeOf(checker));
    std::string type = checker.GetValueTypeName();
    const bool time = type.find("Time") != std::string::npos;
    return std::string("must be a ") + (time ? "time" : "number") +
           (range.empty() ? " other than " + value : range);
}

std::string
CheckText(const std::string& value, const Ptr<const AttributeChecker>& checker)
{
    std::string type = checker->GetValueTypeName();
    if (type.compare(0, 5, "ns3::") == 0)
    {
        type.erase(0, 5);
    }
    if (const auto* pointer = dynamic_cast<const PointerChecker*>(PeekPointer(checker)))
    {
        const TypeId base = pointer->GetPointeeTypeId();
        const std::string wrong = CheckObjectText(value, base);
        if (!wrong.empty() || !IsA(base, RandomVariableStream::GetTypeId()))
        {
            return wrong;
        }
        const auto made = checker->CreateValidValue(StringValue(value));
        const auto* object = dynamic_cast<const PointerValue*>(PeekPointer(made));
        return object == nullptr ? ""
                                 : FindRandomVariableFault(*object->Get<RandomVariableStream>());
    }
    const std::string wrong = CheckPlainText(value, type, *checker);
    if (!wrong.empty())
    {
        return wrong;
    }
    if (!checker->CreateValidValue(StringValue(value)))
    {
        return OutOfRange(value, *checker);
    }
    return "";
}

/** @param name of a global value @return it, or null */
GlobalValue*
FindGlobal(const std::string& name)
{
    for (auto it = GlobalValue::Begin(); it != GlobalValue::End(); ++it)
    {
        if ((*it)->GetName() == name)
        {
            return *it;
        }
    }
    return nullptr;
}

/** @param c a character @return in lower case */
char
Lower(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

} // namespace

std::string
CheckAttributeText(const std::string& value, const Ptr<const AttributeChecker>& checker)
{
    return CheckText(value, checker);
}

std::string
SetAttributeDefault(const std::string& name, const std::string& value)
{
    const std::size_t colons = name.rfind("::");
    const std::string className = name.substr(0, colons);
    TypeId tid;
    if (colons == std::string::npos || !TypeId::LookupByNameFailSafe(className, &tid))
    {
        return "no such class" + DidYouMean(className, NamesOf(ClassesStartingWith("ns3::"))) +
               " (--PrintAttributes lists what can be set)";
    }
    const std::string attribute = name.substr(colons + 2);
    const auto owner = OwnerOf(tid, attribute);
    if (!owner)
    {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
        {
            names.push_back(tid.GetAttribute(i).name);
        }
        const std::string nearest = NearestName(attribute, names);
        return className + " has no such attribute" +
               (nearest.empty() ? "" : "; did you mean --" + className + "::" + nearest + "?") +
               " (--PrintAttributes=" + className + " lists them)";
    }
    if (*owner != tid)
    {
        return "this attribute is one of " + owner->GetName() + "; give --" + owner->GetName() +
               "::" + attribute + "=" + value;
    }
    const std::size_t index = *OwnAttribute(tid, attribute);
    const auto information = tid.GetAttribute(index);
    const std::string wrong = CheckText(value, information.checker);
    if (!wrong.empty())
    {
        return wrong;
    }
    if (dynamic_cast<const PointerChecker*>(PeekPointer(information.checker)) != nullptr)
    {
        tid.SetAttributeInitialValue(index, ns3::Create<StringValue>(value));
    }
    else
    {
        tid.SetAttributeInitialValue(index,
                                     information.checker->CreateValidValue(StringValue(value)));
    }
    return "";
}

bool
IsGlobalValue(const std::string& name)
{
    return FindGlobal(name) != nullptr;
}

std::vector<std::string>
GlobalValueNames()
{
    std::vector<std::string> names;
    for (auto it = GlobalValue::Begin(); it != GlobalValue::End(); ++it)
    {
        names.push_back((*it)->GetName());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string
SetGlobalValue(const std::string& name, const std::string& value)
{
    GlobalValue* global = FindGlobal(name);
    if (global == nullptr)
    {
        return "no such option";
    }
    if (name == "RngRun" && !ParseWholeNumber(value))
    {
        return "must be a whole number from 0 to 18446744073709551615; for example --RngRun=2";
    }
    if (name == "RngSeed")
    {
        const auto seed = ParseWholeNumber(value);
        // The moduli of ns-3's generator are a little below 2^32.
        if (!seed || *seed == 0 || *seed > 4294944442)
        {
            return "must be a whole number from 1 to 4294944442; for example --RngSeed=2";
        }
    }
    if (name == "SchedulerType" || name == "SimulatorImplementationType")
    {
        const TypeId base =
            name == "SchedulerType" ? Scheduler::GetTypeId() : SimulatorImpl::GetTypeId();
        const std::string wrong = CheckObjectText(value, base);
        if (!wrong.empty() || value.find('[') != std::string::npos)
        {
            return wrong.empty() ? "must be a class without attributes" : wrong;
        }
    }
    const std::string wrong = CheckText(value, global->GetChecker());
    if (wrong.empty())
    {
        global->SetValue(StringValue(value));
    }
    return wrong;
}

std::vector<AttributeDefault>
AttributeDefaults(const std::string& prefix)
{
    std::vector<AttributeDefault> attributes;
    for (const auto& [name, tid] : ClassesStartingWith(prefix))
    {
        for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
        {
            const auto information = tid.GetAttribute(i);
            const std::string type = information.checker->GetValueTypeName();
            // An object's text would be its address in memory.
            const bool plain = dynamic_cast<const PointerValue*>(
                                   PeekPointer(information.initialValue)) == nullptr &&
                               type.find("Container") == std::string::npos;
            attributes.push_back(
                {name + "::" + information.name,
                 plain ? information.initialValue->SerializeToString(information.checker) : "",
                 type,
                 information.help});
        }
    }
    return attributes;
}

std::size_t
PrintAttributes(std::ostream& out, const std::string& prefix)
{
    const auto attributes = AttributeDefaults(prefix);
    for (const AttributeDefault& attribute : attributes)
    {
        out << "--" << attribute.name << (attribute.value.empty() ? "" : "=") << attribute.value
            << "\n    ";
        PrintWrapped(out, attribute.help, 4, 4);
    }
    return attributes.size();
}

void
WriteAttributes(std::ostream& out)
{
    const auto write = [&out](const std::string& name, const std::string& value) {
        std::string text = name + ',';
        if (value.find_first_of(",\"\r\n") == std::string::npos)
        {
            text += value;
        }
        else
        {
            text += '"';
            for (const char c : value)
            {
                text += c == '"' ? "\"\"" : std::string(1, c);
            }
            text += '"';
        }
        text += '\n';
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
    };
    write("attribute", "value");
    for (const AttributeDefault& attribute : AttributeDefaults("ns3::"))
    {
        write(attribute.name, attribute.value);
    }
    for (const std::string& name : GlobalValueNames())
    {
        StringValue value;
        GlobalValue::GetValueByName(name, value);
        write(name, value.Get());
    }
}

namespace
{

/** @param a a text @param b another @return how many characters of the one the other lacks */
std::size_t
CharactersMissing(const std::string& a, const std::string& b)
{
    std::array<uint32_t, 256> has{};
    for (const char c : b)
    {
        ++has[static_cast<unsigned char>(Lower(c))];
    }
    std::size_t missing = 0;
    for (const char c : a)
    {
        uint32_t& left = has[static_cast<unsigned char>(Lower(c))];
        missing += left == 0 ? 1 : 0;
        left -= std::min(left, 1U);
    }
    return missing;
}

} // namespace

std::size_t
EditDistance(const std::string& a, const std::string& b, std::size_t limit)
{
    // Each change brings one character in and takes one out at most; most names are far by that.
    if (std::max(CharactersMissing(a, b), CharactersMissing(b, a)) >= limit)
    {
        return limit;
    }
    // Three rows of the table of distances of all beginnings (optimal string alignment).
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
    {
        last[j] = j;
    }
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t i = 1; i <= a.size(); ++i)
    {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j)
        {
            const bool same = Lower(a[i - 1]) == Lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && Lower(a[i - 1]) == Lower(b[j - 2]) &&
                Lower(a[i - 2]) == Lower(b[j - 1]))
            {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        // No later row has a number below the least of this one.
        if (*std::min_element(row.begin(), row.end()) >= limit)
        {
            return limit;
        }
        before.swap(last);
        last.swap(row);
    }
    return std::min(last.back(), limit);
}

std::string
NearestName(const std::string& name, const std::vector<std::string>& names)
{
    std::string nearest;
    std::size_t least = std::max<std::size_t>(2, name.size() / 4) + 1;
    for (const std::string& candidate : names)
    {
        // A name that was begun only, such as dur for duration, is near too.
        const bool begun = name.size() >= 3 && candidate.compare(0, name.size(), name) == 0;
        const std::size_t distance =
            EditDistance(name, candidate, begun ? std::min<std::size_t>(least, 2) : least);
        if (distance < least && distance < std::max(name.size(), candidate.size()))
        {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

void
PrintWrapped(std::ostream& out,
             const std::string& text,
             std::size_t indent,
             std::size_t column,
             std::size_t width)
{
    std::istringstream words(text);
    std::string word;
    bool first = true;
    while (words >> word)
    {
        if (!first && column + 1 + word.size() > width)
        {
            out << "\n" << std::string(indent, ' ');
            column = indent;
            first = true;
        }
        out << (first ? "" : " ") << word;
        column += word.size() + (first ? 0 : 1);
        first = false;
    }
    out << "\n";
}

} // namespace ns3::mbs
