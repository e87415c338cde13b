// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-options.h"

#include "mbs-attribute-options.h"
#include "mbs-positions-file.h"

#include "ns3/mbs-quantity.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

#include <cmath>

namespace ns3::mbs
{

namespace
{

/** How many sites a layout may have. */
constexpr uint32_t LAYOUTS[]{1, 3, 7, 19};

/** @param sites how many @return true if there is such a layout */
bool
IsLayout(uint32_t sites)
{
    return std::find(std::begin(LAYOUTS), std::end(LAYOUTS), sites) != std::end(LAYOUTS);
}

} // namespace

void
RadioOptions::Register(ProgramOptions& options)
{
    options.AddText(
        "radio",
        m_radio,
        "ideal|fixed:LOSS|sinr|ns3::MODEL[...]",
        [this](const std::string& text) { return ReadRadio(text); },
        "the radio leg: no loss, each transmission lost with probability LOSS, losses that "
        "follow from where the UEs are, or what an ErrorModel of ns-3 says for each UE, such as "
        "ns3::BurstErrorModel[ErrorRate=0.01]");
    options.AddChoice("delivery",
                      m_delivery,
                      {"ptm", "ptp", "auto"},
                      "how multicast goes to the UEs of a cell: once to all, to each by itself, or "
                      "as their number suggests");
    options.AddChoice("groupHarq",
                      m_groupHarq,
                      {"off", "nack-only", "ack-nack"},
                      "feedback of UEs to what is sent to all of a cell; what one lacks is sent "
                      "again");
    options.AddText(
        "pathloss",
        m_pathLoss,
        "uma|umi|rma|indoor|ns3::MODEL",
        [](const std::string& text) {
            return PathLossProfile::Of(text)
                       ? ""
                       : "must be uma, umi, rma or indoor (TR 38.901), or the name of a "
                         "PropagationLossModel; for example --pathloss=uma";
        },
        "with --radio=sinr: path loss and shadowing");
    options.AddText(
        "layout",
        m_layoutText,
        "1|3|7|19",
        [this](const std::string& text) {
            const auto sites = ParseWholeNumber(text);
            if (!sites || *sites > 19 || !IsLayout(static_cast<uint32_t>(*sites)))
            {
                return "must be 1, 3, 7 or 19; for example --layout=7";
            }
            m_layout = static_cast<uint32_t>(*sites);
            return "";
        },
        "with --radio=sinr: sites of a hexagonal layout");
    options.AddText(
        "sectors",
        m_sectorsText,
        "1|3",
        [this](const std::string& text) {
            if (text != "1" && text != "3")
            {
                return "must be 1 or 3; for example --sectors=3";
            }
            m_sectors = text == "1" ? 1 : 3;
            return "";
        },
        "with --radio=sinr: cells of a site, each a gNB of its own");
    options.AddText(
        "isd",
        m_distanceText,
        "N",
        [this](const std::string& text) {
            const auto distance = ParseWholeNumber(text);
            if (!distance || *distance < 1 || *distance > 100000)
            {
                return "must be a whole number of metres from 1 to 100000; for example --isd=500";
            }
            m_distance = static_cast<uint32_t>(*distance);
            return "";
        },
        "with --radio=sinr: metres between neighbouring sites");
    options.AddText(
        "positions",
        m_positions,
        "FILE.csv",
        [this](const std::string& text) {
            const PositionsFile::Result result = PositionsFile::Read(text);
            m_read = result.scenario;
            return result.error;
        },
        "with --radio=sinr: where gNBs and UEs are, in place of a layout; columns node,x,y,z",
        "none");
    options.AddCount("speed",
                     m_speed,
                     0,
                     1000,
                     "with --radio=sinr: speed of the UEs, km/h; 0 = they do not move");
}

std::string
RadioOptions::ReadRadio(const std::string& text)
{
    static const std::string FIXED = "fixed:";
    m_sinr = text == "sinr";
    if (text == "ideal")
    {
        m_link.emplace();
        m_link->SetTypeId("ns3::mbs::IdealRadioLink");
        return "";
    }
    if (m_sinr)
    {
        m_link.emplace();
        m_link->SetTypeId("ns3::mbs::SinrRadioLink");
        return "";
    }
    if (text.compare(0, 5, "ns3::") == 0)
    {
        m_link.emplace();
        m_link->SetTypeId("ns3::mbs::ErrorModelRadioLink");
        m_link->Set("Model", StringValue(text));
        const std::string wrong = CheckAttributeText(text, MakePointerChecker<ErrorModel>());
        return wrong.empty() ? ""
                             : wrong + "; for example --radio=ns3::BurstErrorModel[ErrorRate=0.01]";
    }
    double loss = -1;
    if (text.compare(0, FIXED.size(), FIXED) == 0)
    {
        std::istringstream number(text.substr(FIXED.size()));
        number.imbue(std::locale::classic());
        if (!(number >> loss) || number.peek() != std::istringstream::traits_type::eof())
        {
            loss = -1;
        }
    }
    if (!(loss >= 0.0 && loss <= 1.0))
    {
        return "must be ideal, sinr, fixed:LOSS with a LOSS from 0 to 1, or an ErrorModel of ns-3; "
               "for example --radio=fixed:0.01";
    }
    m_link.emplace();
    m_link->SetTypeId("ns3::mbs::FixedLossRadioLink");
    m_link->Set("LossRate", DoubleValue(loss));
    return "";
}

void
RadioOptions::SetDelivery(const ProgramOptions& options) const
{
    if (options.IsGiven("groupHarq") && m_groupHarq != "off" && m_delivery == "ptp")
    {
        throw ProgramOptions::Error("groupHarq",
                                    m_groupHarq,
                                    "is for what is sent to all of a cell, but with "
                                    "--delivery=ptp nothing is; give --delivery=ptm or auto, or "
                                    "leave it out");
    }
    const std::string bearer = "ns3::mbs::MulticastRadioBearer::";
    if (options.IsGiven("delivery"))
    {
        Config::SetDefault(bearer + "Delivery", StringValue(m_delivery));
    }
    if (options.IsGiven("groupHarq"))
    {
        Config::SetDefault(bearer + "Harq", StringValue(m_groupHarq));
    }
}

void
RadioOptions::Finish(const ProgramOptions& options, uint32_t& ues, uint32_t& gnbs)
{
    SetDelivery(options);
    if (!m_sinr)
    {
        for (const char* name : {"pathloss", "layout", "sectors", "isd", "positions", "speed"})
        {
            if (options.IsGiven(name))
            {
                throw UserError("--" + std::string(name) +
                                ": is for UEs that are somewhere; give --radio=sinr too");
            }
        }
        return;
    }
    m_profile = PathLossProfile::Of(m_pathLoss);
    if (options.IsGiven("pathloss"))
    {
        m_link->Set("PathLoss", StringValue(m_profile->type));
    }
    const auto differs = [&options](const char* name, uint32_t given, uint32_t needed) {
        if (options.IsGiven(name) && given != needed)
        {
            throw ProgramOptions::Error(name,
                                        std::to_string(given),
                                        "must be " + std::to_string(needed) +
                                            ", as many as there are places for; give that number, "
                                            "or leave it out");
        }
    };
    if (!m_positions.empty())
    {
        for (const char* name : {"layout", "sectors", "isd"})
        {
            if (options.IsGiven(name))
            {
                throw UserError("--" + std::string(name) +
                                ": has no meaning with places from a file; give either it or "
                                "--positions");
            }
        }
        m_scenario = std::make_shared<RadioScenario>(m_read);
        const auto cells = static_cast<uint32_t>(m_scenario->cells.size());
        const auto places = static_cast<uint32_t>(m_scenario->ues.size());
        differs("gnbs", gnbs, cells);
        differs("ues", ues, places);
        gnbs = cells;
        ues = places;
        const std::string wrong = m_scenario->WhyNot(*m_profile);
        if (!wrong.empty())
        {
            throw ProgramOptions::Error("positions", m_positions, wrong);
        }
    }
    else
    {
        if (m_layout == 0)
        {
            m_layout = gnbs / m_sectors;
        }
        else
        {
            differs("gnbs", gnbs, m_layout * m_sectors);
            gnbs = m_layout * m_sectors;
        }
        if (!IsLayout(m_layout) || gnbs != m_layout * m_sectors)
        {
            throw ProgramOptions::Error("gnbs",
                                        std::to_string(gnbs),
                                        "must be 1, 3, 7 or 19 times --sectors with --radio=sinr, "
                                        "the cells of a hexagonal layout; for example --gnbs=" +
                                            std::to_string(7 * m_sectors));
        }
        m_distance = m_distance > 0 ? m_distance : m_profile->distance;
        const double least = std::max(1.0, 4 * m_profile->dropDistance);
        const double most = std::floor(m_profile->maxDistance * std::sqrt(3.0));
        if (m_distance < least || m_distance > most)
        {
            throw ProgramOptions::Error("isd",
                                        std::to_string(m_distance),
                                        "must be from " + std::to_string(static_cast<int>(least)) +
                                            " to " + std::to_string(static_cast<int>(most)) +
                                            " with --pathloss=" + m_pathLoss +
                                            ", whose model is made for such cells; for example "
                                            "--isd=" +
                                            std::to_string(m_profile->distance));
        }
        m_scenario = std::make_shared<RadioScenario>(
            RadioScenario::Hexagonal(m_layout, m_sectors, ues, m_distance, *m_profile));
    }
    m_scenario->speed = m_speed / 3.6;
}

const std::optional<ObjectFactory>&
RadioOptions::GetLink() const
{
    return m_link;
}

std::shared_ptr<const RadioScenario>
RadioOptions::GetScenario() const
{
    return m_scenario;
}

std::string
RadioOptions::Describe() const
{
    if (!m_scenario)
    {
        return "";
    }
    const std::string where = m_positions.empty() ? std::to_string(m_layout) + " sites of " +
                                                        std::to_string(m_sectors) + " cells, " +
                                                        std::to_string(m_distance) + " m apart"
                                                  : m_positions;
    return m_pathLoss + ", " + where + ", " + std::to_string(m_speed) + " km/h";
}

} // namespace ns3::mbs
