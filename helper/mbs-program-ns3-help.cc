// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-attribute-options.h"
#include "mbs-program-options.h"

#include "ns3/global-value.h"
#include "ns3/string.h"

#include <algorithm>
#include <ostream>

namespace ns3::mbs
{

namespace
{

/**
 * Readers of this form, such as SEM, take the last name behind two dashes in a line for the option
 * and the last brackets for its default.
 * @param text help of an option
 * @return the same without dashes and brackets of its own, in one line
 */
std::string
PlainHelp(std::string text)
{
    for (std::size_t at = text.find("--"); at != std::string::npos; at = text.find("--"))
    {
        text.erase(at, 2);
    }
    std::replace(text.begin(), text.end(), '[', '(');
    std::replace(text.begin(), text.end(), ']', ')');
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

/** @param name of a global value @return it as text */
std::string
GlobalText(const std::string& name)
{
    StringValue value;
    GlobalValue::GetValueByName(name, value);
    return value.Get();
}

} // namespace

void
ProgramOptions::PrintNs3Help(std::ostream& out) const
{
    out << m_program << " [Program Options] [General Arguments]\n\nProgram Options:\n";
    for (const Option& option : m_options)
    {
        // Numbers that a reader turns into others, such as 100.0, would not come back as they are:
        // "default" does.
        out << "    --" << option.name << ":  " << PlainHelp(option.help) << "; without it "
            << PlainHelp(option.shownDefault) << " [default]\n";
    }
    out << "\nGeneral Arguments:\n"
           "    --PrintGlobals:              Print the list of globals.\n"
           "    --PrintAttributes=[typeid]:  Print the attributes of the classes whose names begin "
           "so.\n"
           "    --PrintHelp:                 Print this help message.\n";
}

void
PrintNs3Globals(std::ostream& out)
{
    out << "Global values:\n";
    for (const std::string& name : GlobalValueNames())
    {
        out << "    --" << name << "=[" << GlobalText(name) << "]\n";
    }
}

} // namespace ns3::mbs
