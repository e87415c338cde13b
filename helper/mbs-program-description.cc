// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-attribute-options.h"
#include "mbs-build-info.h"
#include "mbs-program-options.h"

#include "ns3/global-value.h"
#include "ns3/string.h"

#include <nlohmann/json.hpp>
#include <ostream>

namespace ns3::mbs
{

void
ProgramOptions::PrintDescription(std::ostream& out) const
{
    using Json = nlohmann::ordered_json;
    const BuildInfo& build = GetBuildInfo();
    Json json;
    json["program"] = m_program;
    json["summary"] = m_summary;
    json["module_version"] = build.moduleVersion;
    json["git_commit"] = build.gitCommit;
    json["ns3_version"] = build.ns3Version;
    json["compiler"] = build.compiler;
    json["compiler_flags"] = build.compilerFlags;
    json["result_files"] = m_resultFiles;
    json["options"] = Json::array();
    for (const Option& option : m_options)
    {
        Json entry;
        entry["name"] = option.name;
        entry["type"] = option.type;
        entry["default"] = option.value;
        entry["shown_default"] = option.shownDefault;
        entry["syntax"] = option.flag ? "true|false" : option.syntax;
        if (!option.min.empty())
        {
            entry["min"] = option.min;
            entry["max"] = option.max;
        }
        if (!option.choices.empty())
        {
            entry["choices"] = option.choices;
        }
        if (option.type == "time")
        {
            entry["unit"] = "s";
        }
        if (option.repeatable)
        {
            entry["repeatable"] = true;
        }
        entry["help"] = option.help;
        json["options"].push_back(entry);
    }
    json["global_values"] = Json::array();
    for (const std::string& name : GlobalValueNames())
    {
        StringValue value;
        GlobalValue::GetValueByName(name, value);
        json["global_values"].push_back({{"name", name}, {"default", value.Get()}});
    }
    json["attributes"] = Json::array();
    for (const AttributeDefault& attribute : AttributeDefaults("ns3::mbs::"))
    {
        json["attributes"].push_back({{"name", attribute.name},
                                      {"type", attribute.type},
                                      {"default", attribute.value},
                                      {"help", attribute.help}});
    }
    const std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

} // namespace ns3::mbs
