// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-program-options.h"

#include "mbs-attribute-options.h"

#include "ns3/mbs-quantity.h"

#include "ns3/assert.h"

#include <algorithm>
#include <map>
#include <ostream>

namespace ns3::mbs
{

namespace
{

/** The value of an option that stands for not being given. */
constexpr char DEFAULT[] = "default";

/** What all classes' names start with. */
constexpr char NAMESPACE[] = "ns3::";

/** Columns of the options in the help. */
constexpr std::size_t MAX_OPTION_COLUMN = 34;

/** @param text a text @param start what it may start with @return true if it does */
bool
StartsWith(const std::string& text, const std::string& start)
{
    return text.compare(0, start.size(), start) == 0;
}

/** @param time a time @return its text */
std::string
TimeText(Time time)
{
    return FormatNanoseconds(time.GetNanoSeconds());
}

/** @param names some names @return such as `a, b or c` */
std::string
Join(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
    {
        text += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
    }
    return text;
}

} // namespace

ProgramOptions::ProgramOptions(const std::string& program, const std::string& summary)
    : m_program(program),
      m_summary(summary)
{
}

void
ProgramOptions::CheckNew(const std::string& name) const
{
    const bool isNew = std::none_of(m_options.begin(), m_options.end(), [&](const Option& option) {
        return option.name == name;
    });
    NS_ASSERT_MSG(!name.empty() && name != "help" && name != "describe" && !IsGlobalValue(name) &&
                      isNew,
                  "option " << name << " is registered twice");
    static_cast<void>(isNew);
}

void
ProgramOptions::AddCount(const std::string& name,
                         uint32_t& value,
                         uint32_t min,
                         uint32_t max,
                         const std::string& help)
{
    CheckNew(name);
    Option option;
    option.name = name;
    option.syntax = "N";
    option.type = "count";
    option.value = std::to_string(value);
    option.min = std::to_string(min);
    option.max = std::to_string(max);
    option.shownDefault =
        std::to_string(value) + ", from " + std::to_string(min) + " to " + std::to_string(max);
    option.help = help;
    option.need = "must be a whole number from " + std::to_string(min) + " to " +
                  std::to_string(max) + "; for example --" + name + "=" + std::to_string(value);
    option.set = [&value, min, max, need = option.need](const std::string& text) {
        const auto number = ParseWholeNumber(text);
        if (!number || *number < min || *number > max)
        {
            return need;
        }
        value = static_cast<uint32_t>(*number);
        return std::string();
    };
    m_options.push_back(option);
}

void
ProgramOptions::AddTime(const std::string& name,
                        Time& value,
                        Time min,
                        Time max,
                        const std::string& help)
{
    CheckNew(name);
    Option option;
    option.name = name;
    option.syntax = "T";
    option.type = "time";
    option.value = TimeText(value);
    option.min = TimeText(min);
    option.max = TimeText(max);
    option.shownDefault = TimeText(value) + ", from " + TimeText(min) + " to " + TimeText(max);
    option.help = help;
    option.need = "must be a time from " + TimeText(min) + " to " + TimeText(max) +
                  ", a number with ns, us, ms, s, min or h; for example --" + name + "=" +
                  TimeText(value);
    option.set = [&value, min, max, need = option.need](const std::string& text) {
        const auto nanoseconds = ParseNanoseconds(text);
        // A minus sign is refused even before a time too short to count.
        const bool wrongSign = !text.empty() && text.front() == '-' && !min.IsStrictlyNegative();
        const bool zero = min.IsZero() && nanoseconds && *nanoseconds == 0;
        if (!nanoseconds || (wrongSign && !zero) || NanoSeconds(*nanoseconds) < min ||
            NanoSeconds(*nanoseconds) > max)
        {
            return need;
        }
        value = NanoSeconds(*nanoseconds);
        return std::string();
    };
    m_options.push_back(option);
}

void
ProgramOptions::AddFlag(const std::string& name, bool& value, const std::string& help)
{
    CheckNew(name);
    Option option;
    option.name = name;
    option.flag = true;
    option.type = "flag";
    option.value = value ? "true" : "false";
    option.shownDefault = value ? "on" : "off";
    option.help = help;
    option.need = "must be true or false; for example --" + name + "=true";
    option.set = [&value, need = option.need](const std::string& text) {
        // As Python writes them too.
        const bool on = text == "true" || text == "True";
        if (!on && text != "false" && text != "False")
        {
            return need;
        }
        value = on;
        return std::string();
    };
    m_options.push_back(option);
}

void
ProgramOptions::AddChoice(const std::string& name,
                          std::string& value,
                          const std::vector<std::string>& choices,
                          const std::string& help)
{
    CheckNew(name);
    NS_ASSERT(std::find(choices.begin(), choices.end(), value) != choices.end());
    Option option;
    option.name = name;
    option.type = "choice";
    option.value = value;
    option.choices = choices;
    for (const std::string& choice : choices)
    {
        option.syntax += (option.syntax.empty() ? "" : "|") + choice;
    }
    option.shownDefault = value;
    option.help = help;
    option.need = "must be " + Join(choices) + "; for example --" + name + "=" + value;
    option.set = [&value, choices, need = option.need](const std::string& text) {
        if (std::find(choices.begin(), choices.end(), text) == choices.end())
        {
            return need;
        }
        value = text;
        return std::string();
    };
    m_options.push_back(option);
}

void
ProgramOptions::AddText(const std::string& name,
                        std::string& value,
                        const std::string& syntax,
                        const Validator& validator,
                        const std::string& help,
                        const std::string& shownDefault)
{
    CheckNew(name);
    Option option;
    option.name = name;
    option.syntax = syntax;
    option.type = "text";
    option.value = value;
    option.shownDefault = shownDefault.empty() ? value : shownDefault;
    option.help = help;
    option.need = "must be " + syntax;
    option.set = [&value, validator, need = option.need](const std::string& text) {
        std::string wrong = validator ? validator(text) : "";
        if (wrong.empty() && text.empty())
        {
            return need;
        }
        if (wrong.empty())
        {
            value = text;
        }
        return wrong;
    };
    m_options.push_back(option);
}

void
ProgramOptions::SetRepeatable(const std::string& name)
{
    const auto option = std::find_if(m_options.begin(),
                                     m_options.end(),
                                     [&name](const Option& known) { return known.name == name; });
    NS_ASSERT_MSG(option != m_options.end(), "there is no option " << name);
    option->repeatable = true;
}

void
ProgramOptions::SetResultFiles(const std::vector<std::string>& files)
{
    m_resultFiles = files;
}

UserError
ProgramOptions::Error(const std::string& name, const std::string& value, const std::string& clause)
{
    return UserError("--" + name + "=" + value + ": " + clause);
}

std::string
ProgramOptions::Nearest(const std::string& name) const
{
    std::vector<std::string> names;
    for (const Option& option : m_options)
    {
        names.push_back(option.name);
    }
    for (const std::string& global : GlobalValueNames())
    {
        names.push_back(global);
    }
    names.emplace_back("help");
    names.emplace_back("PrintAttributes");
    names.emplace_back("describe");
    names.emplace_back("PrintHelp");
    names.emplace_back("PrintGlobals");
    return NearestName(name, names);
}

bool
ProgramOptions::ParseWord(const std::string& word, std::ostream& out)
{
    if (word == "--help" || word == "-h")
    {
        PrintHelp(out);
        return false;
    }
    if (word == "--describe")
    {
        PrintDescription(out);
        return false;
    }
    if (word == "--PrintHelp")
    {
        PrintNs3Help(out);
        return false;
    }
    if (word == "--PrintGlobals")
    {
        PrintNs3Globals(out);
        return false;
    }
    if (!StartsWith(word, "--"))
    {
        const std::string bare = word.substr(std::min(word.find_first_not_of('-'), word.size()));
        const std::string name = bare.substr(0, bare.find('='));
        const std::string nearest = Nearest(name);
        throw UserError("'" + word + "': not an option, options look like --name=value" +
                        (nearest.empty() ? "" : "; did you mean --" + nearest + "?") +
                        " (--help lists all)");
    }
    const std::size_t equal = word.find('=');
    const std::string name = word.substr(2, equal == std::string::npos ? equal : equal - 2);
    const bool hasValue = equal != std::string::npos;
    const std::string value = hasValue ? word.substr(equal + 1) : "";
    const auto it = std::find_if(m_options.begin(), m_options.end(), [&](const Option& option) {
        return option.name == name;
    });
    std::string wrong;
    if (it != m_options.end())
    {
        if (value == DEFAULT)
        {
            return true;
        }
        it->given = true;
        wrong = hasValue   ? it->set(value)
                : it->flag ? it->set("true")
                           : "needs a value, " + it->need;
    }
    else if (name == "PrintAttributes")
    {
        const std::string prefix = hasValue ? value : "ns3::mbs::";
        if (PrintAttributes(out, prefix) > 0 || !hasValue)
        {
            return false;
        }
        wrong =
            "no class with attributes has such a name; for example --PrintAttributes=ns3::mbs::";
    }
    else if (StartsWith(name, NAMESPACE))
    {
        wrong = hasValue ? SetAttributeDefault(name, value)
                         : "needs a value; for example --" + name + "=VALUE";
        m_others.insert(name);
    }
    else if (IsGlobalValue(name))
    {
        wrong = hasValue ? SetGlobalValue(name, value)
                         : "needs a value; for example --" + name + "=VALUE";
        m_others.insert(name);
    }
    else
    {
        const std::string nearest = Nearest(name);
        wrong = "no such option" + (nearest.empty() ? "" : "; did you mean --" + nearest + "?") +
                " (--help lists all)";
    }
    if (!wrong.empty())
    {
        throw UserError(word + ": " + wrong);
    }
    return true;
}

bool
ProgramOptions::Parse(const std::vector<std::string>& words, std::ostream& out)
{
    std::map<std::string, std::string> before;
    const auto checkOnce = [&](const std::string& word) {
        const std::string name = word.substr(0, word.find('='));
        const bool repeatable =
            std::any_of(m_options.begin(), m_options.end(), [&name](const Option& option) {
                return option.repeatable && "--" + option.name == name;
            });
        if (repeatable || word == name + "=" + DEFAULT)
        {
            return;
        }
        const auto [earlier, isFirst] = before.emplace(name, word);
        if (!isFirst)
        {
            throw UserError(word + ": " + earlier->second + " was given before; give " + name +
                            " once");
        }
    };
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        checkOnce(word);
        return ParseWord(word, out);
    });
}

bool
ProgramOptions::Parse(int argc, const char* const* argv, std::ostream& out)
{
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i)
    {
        words.emplace_back(argv[i]);
    }
    return Parse(words, out);
}

bool
ProgramOptions::IsGiven(const std::string& name) const
{
    return m_others.count(name) > 0 ||
           std::any_of(m_options.begin(), m_options.end(), [&](const Option& option) {
               return option.name == name && option.given;
           });
}

void
ProgramOptions::PrintHelp(std::ostream& out) const
{
    /** A line of the table: what to type and what it does. */
    struct Line
    {
        std::string left;  //!< what to type
        std::string right; //!< what it does
    };

    std::vector<Line> lines;
    for (const Option& option : m_options)
    {
        lines.push_back({"--" + option.name + (option.flag ? "" : "=" + option.syntax),
                         option.help + " [" + option.shownDefault + "]"});
    }
    const std::size_t own = lines.size();
    lines.push_back({"--RngRun=N", "number of the run: other numbers, other random values [1]"});
    lines.push_back({"--RngSeed=N", "seed of all random values [1]"});
    lines.push_back({"--ns3::Class::Attribute=VALUE", "default of an attribute of any class"});
    lines.push_back({"--PrintAttributes[=CLASS]",
                     "list the attributes of this module or of CLASS, with defaults, and end"});
    lines.push_back({"--describe", "print options, versions and attributes as JSON and end"});
    lines.push_back({"--PrintHelp", "print the options as ns-3's own programs do and end"});
    lines.push_back({"--help", "print this and end"});

    std::size_t column = 0;
    for (const Line& line : lines)
    {
        if (line.left.size() + 4 <= MAX_OPTION_COLUMN)
        {
            column = std::max(column, line.left.size() + 4);
        }
    }
    out << "Usage: " << m_program << " [--option=value ...]\n\n";
    PrintWrapped(out, m_summary, 0, 0);
    out << "\nOptions [default, range]:\n";
    for (std::size_t i = 0; i < lines.size(); ++i)
    {
        if (i == own)
        {
            out << "\nOptions of every program:\n";
        }
        out << "  " << lines[i].left;
        if (lines[i].left.size() + 4 > column)
        {
            out << "\n" << std::string(column, ' ');
        }
        else
        {
            out << std::string(column - lines[i].left.size() - 2, ' ');
        }
        PrintWrapped(out, lines[i].right, column, column);
    }
    out << "\n";
    PrintWrapped(out,
                 "N is a whole number. T is a time: a number with ns, us, ms, s, min or h; without "
                 "a unit, seconds. With the value default an option is as if it were not given.",
                 0,
                 0);
}

} // namespace ns3::mbs
