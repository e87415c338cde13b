// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-positions-file.h"

#include "ns3/mbs-quantity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

namespace ns3::mbs
{

namespace
{

/** A number in a file is no larger, m or degrees. */
constexpr double LARGEST_NUMBER = 1e6;

/** @param line of a file @return its fields, without blanks around them */
std::vector<std::string>
Fields(const std::string& line)
{
    static const std::string BLANK = " \t\r";
    std::vector<std::string> fields(1);
    for (const char character : line)
    {
        if (character == ',')
        {
            fields.emplace_back();
        }
        else
        {
            fields.back() += character;
        }
    }
    for (std::string& field : fields)
    {
        const std::size_t first = field.find_first_not_of(BLANK);
        field = first == std::string::npos
                    ? std::string()
                    : field.substr(first, field.find_last_not_of(BLANK) - first + 1);
    }
    return fields;
}

/** @param text of a field @return the number, or nothing */
std::optional<double>
Number(const std::string& text)
{
    const bool negative = !text.empty() && text.front() == '-';
    const auto number = ParseDecimalNumber(negative ? text.substr(1) : text);
    if (!number || *number > LARGEST_NUMBER)
    {
        return std::nullopt;
    }
    return negative ? -*number : *number;
}

/** @param text such as `ue-7` @param kind such as `ue-` @return the number, or nothing */
std::optional<uint32_t>
NodeNumber(const std::string& text, const std::string& kind)
{
    if (text.compare(0, kind.size(), kind) != 0)
    {
        return std::nullopt;
    }
    const auto number = ParseWholeNumber(text.substr(kind.size()));
    if (!number || *number > 1000000)
    {
        return std::nullopt;
    }
    return static_cast<uint32_t>(*number);
}

/**
 * @param places by number
 * @param kind of node, such as `ue-`
 * @param error set if a number is missing
 * @return them in order
 */
template <typename Place>
std::vector<Place>
InOrder(const std::map<uint32_t, Place>& places, const std::string& kind, std::string& error)
{
    std::vector<Place> inOrder;
    for (const auto& [number, place] : places)
    {
        if (number != inOrder.size())
        {
            error = "there is no line for " + kind + std::to_string(inOrder.size()) +
                    ", but one for " + kind + std::to_string(number) +
                    "; numbers must begin at 0 and have no gaps";
            return {};
        }
        inOrder.push_back(place);
    }
    if (inOrder.empty())
    {
        error = "there is no line for " + kind + "0; there must be a gNB and a UE at least";
    }
    return inOrder;
}

/** Where a column is, or nothing. */
using Column = std::optional<std::size_t>;

/** @param header names of the columns @param name one of them @return where it is, or nothing */
Column
FindColumn(const std::vector<std::string>& header, const std::string& name)
{
    const auto found = std::find(header.begin(), header.end(), name);
    return found == header.end() ? Column() : Column(found - header.begin());
}

} // namespace

PositionsFile::Result
PositionsFile::Read(const std::string& path)
{
    std::error_code none;
    if (std::filesystem::is_directory(path, none))
    {
        return {{}, "is a folder; give a CSV file with the columns node,x,y,z"};
    }
    std::ifstream file(path);
    if (!file)
    {
        return {{}, std::string("cannot be read: ") + std::strerror(errno)};
    }
    return Read(file);
}

PositionsFile::Result
PositionsFile::Read(std::istream& text)
{
    std::string line;
    std::getline(text, line);
    const std::vector<std::string> header = Fields(line);
    const Column azimuthColumn = FindColumn(header, "azimuth");
    std::map<std::string, std::size_t> columns;
    for (const char* name : {"node", "x", "y", "z"})
    {
        const Column column = FindColumn(header, name);
        if (!column)
        {
            return {{},
                    std::string("the column ") + name +
                        " is missing; the first line must name the columns node,x,y,z"};
        }
        columns[name] = *column;
    }
    std::map<uint32_t, RadioScenario::Cell> cells;
    std::map<uint32_t, Vector> ues;
    for (std::size_t number = 2; std::getline(text, line); ++number)
    {
        const std::vector<std::string> fields = Fields(line);
        if (fields == std::vector<std::string>{""})
        {
            continue;
        }
        const std::string where = "line " + std::to_string(number) + ": ";
        if (fields.size() != header.size())
        {
            return {{},
                    where + "has " + std::to_string(fields.size()) + " fields, but there are " +
                        std::to_string(header.size()) + " columns"};
        }
        std::array<double, 3> place{};
        for (std::size_t i = 0; i < place.size(); ++i)
        {
            const std::string name(1, static_cast<char>('x' + i));
            const auto value = Number(fields[columns[name]]);
            if (!value)
            {
                return {{},
                        where + name + " is '" + fields[columns[name]] +
                            "', but must be a number of metres from -1000000 to 1000000"};
            }
            place[i] = *value;
        }
        const Vector vector(place[0], place[1], place[2]);
        const std::string& node = fields[columns["node"]];
        bool isNew = true;
        if (const auto ue = NodeNumber(node, "ue-"))
        {
            isNew = ues.emplace(*ue, vector).second;
        }
        else if (const auto gnb = NodeNumber(node, "gnb-"))
        {
            RadioScenario::Cell cell{vector, std::nullopt};
            if (azimuthColumn && !fields[*azimuthColumn].empty())
            {
                cell.azimuth = Number(fields[*azimuthColumn]);
                if (!cell.azimuth)
                {
                    return {{},
                            where + "azimuth is '" + fields[*azimuthColumn] +
                                "', but must be a number of degrees, or empty"};
                }
            }
            isNew = cells.emplace(*gnb, cell).second;
        }
        else
        {
            return {{},
                    where + "node is '" + node + "', but must be gnb-N or ue-N; for example ue-0"};
        }
        if (!isNew)
        {
            return {{}, where + "there is an earlier line for " + node};
        }
    }
    Result result;
    result.scenario.cells = InOrder(cells, "gnb-", result.error);
    if (result.error.empty())
    {
        result.scenario.ues = InOrder(ues, "ue-", result.error);
    }
    for (const auto& [number, cell] : cells)
    {
        result.scenario.maxX = std::max(result.scenario.maxX, std::abs(cell.place.x));
        result.scenario.maxY = std::max(result.scenario.maxY, std::abs(cell.place.y));
    }
    for (const auto& [number, place] : ues)
    {
        result.scenario.maxX = std::max(result.scenario.maxX, std::abs(place.x));
        result.scenario.maxY = std::max(result.scenario.maxY, std::abs(place.y));
    }
    return result;
}

} // namespace ns3::mbs
