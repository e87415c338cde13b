// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-attribute-options.h"
#include "ns3/mbs-broadcast-options.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-network-options.h"
#include "ns3/mbs-program-options.h"

#include "ns3/global-value.h"
#include "ns3/string.h"

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>

namespace ns3::mbs::fuzz
{

namespace
{

/** Where the default of an attribute is kept. */
struct Default
{
    TypeId type;                       //!< class of the attribute
    std::size_t index{0};              //!< which of the class
    Ptr<const AttributeValue> value;   //!< what it is when the program starts
    Ptr<const AttributeChecker> check; //!< checks its values
};

/** @return the defaults of all attributes, by `--Class::Attribute` */
std::map<std::string, Default>
ReadDefaults()
{
    std::map<std::string, Default> defaults;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const TypeId type = TypeId::GetRegistered(i);
        for (std::size_t k = 0; k < type.GetAttributeN(); ++k)
        {
            const TypeId::AttributeInformation attribute = type.GetAttribute(k);
            defaults["--" + type.GetName() + "::" + attribute.name] =
                Default{type, k, attribute.initialValue, attribute.checker};
        }
    }
    return defaults;
}

/** @return the same at each call */
const std::map<std::string, Default>&
Defaults()
{
    static const std::map<std::string, Default> defaults = ReadDefaults();
    return defaults;
}

/** @param words of a command line; what they have changed is changed back */
void
Restore(const std::vector<std::string>& words)
{
    for (const std::string& word : words)
    {
        const auto entry = Defaults().find(word.substr(0, word.find('=')));
        if (entry != Defaults().end())
        {
            TypeId type = entry->second.type;
            type.SetAttributeInitialValue(entry->second.index, entry->second.value);
        }
    }
    for (auto global = GlobalValue::Begin(); global != GlobalValue::End(); ++global)
    {
        (*global)->ResetInitialValue();
    }
}

/** How many gNBs a service area can name. */
constexpr uint32_t GNBS = 7;

/** @param words of a command line @return true if they were accepted */
bool
Parse(const std::vector<std::string>& words)
{
    uint32_t count = 5;
    Time time = Seconds(1);
    bool flag = false;
    std::string choice = "one";
    std::string text = "text";
    ProgramOptions options("mbs-program", "Shows how options are read.");
    options.AddCount("count", count, 1, 1000, "how many");
    options.AddTime("time", time, Time(0), Hours(1), "how long");
    options.AddFlag("flag", flag, "whether");
    options.AddChoice("choice", choice, {"one", "two"}, "which");
    options.AddText("text", text, "TEXT", nullptr, "what");
    NetworkOptions network;
    network.gnbs = GNBS;
    BroadcastOptions broadcast;
    broadcast.Register(options);
    std::ostringstream out;
    try
    {
        options.Parse(words, out);
        broadcast.Check(options, network);
        MbsHelper().CheckAttributes();
    }
    catch (const UserError& error)
    {
        Require(std::string(error.what()).size() > 2, "refused without a sentence");
        return false;
    }
    Require(count >= 1 && count <= 1000, "a count outside of its range");
    Require(!time.IsStrictlyNegative() && time <= Hours(1), "a time outside of its range");
    Require(choice == "one" || choice == "two", "a choice that is none");
    Require(std::adjacent_find(broadcast.gnbs.begin(),
                               broadcast.gnbs.end(),
                               std::greater_equal<>()) == broadcast.gnbs.end(),
            "gNBs not ascending, or twice");
    Require(broadcast.gnbs.empty() || (broadcast.IsBroadcast() && broadcast.gnbs.back() < GNBS),
            "gNBs that there are not");
    return true;
}

/** @param octets an input: words of a command line, a line each @return true if accepted */
bool
Run(ByteView octets)
{
    Defaults();
    if (std::find(octets.begin(), octets.end(), 0) != octets.end())
    {
        return false; // no shell can give such a word
    }
    std::vector<std::string> words;
    std::istringstream lines(Input(octets).Text());
    for (std::string line; std::getline(lines, line);)
    {
        words.push_back(line);
    }
    if (words.size() > 1 && std::find(words.begin(), words.end(), "--describe") != words.end())
    {
        return false; // alone it prints as much, and takes most of the time as it is
    }
    try
    {
        const bool accepted = Parse(words);
        Restore(words);
        return accepted;
    }
    catch (...)
    {
        Restore(words);
        throw;
    }
}

/** @return words that set the module's attributes to their defaults, and other options */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds{Octets("--count=7\n--time=1500ms\n--flag\n--choice=two\n--text=a"),
                             Octets("--flag=false\n--RngRun=3\n--ChecksumEnabled=1"),
                             Octets("--service=broadcast\n--serviceArea=6,0,2"),
                             Octets("--help"),
                             Octets("--PrintAttributes=ns3::mbs::Smf")};
    for (const auto& [name, attribute] : Defaults())
    {
        const std::string value = attribute.value->SerializeToString(attribute.check);
        const std::string word = name + "=" + value;
        if (name.compare(0, 12, "--ns3::mbs::") == 0 && Run(Octets(word)))
        {
            seeds.push_back(Octets(word));
        }
    }
    return seeds;
}

const Target TARGET("options", 256, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
