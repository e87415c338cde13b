// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-router.h"

#include <algorithm>
#include <string_view>

namespace ns3::mbs
{

namespace
{

/** More segments than any path has, but for those that are wrong. */
constexpr std::size_t USUAL_SEGMENTS = 16;

/**
 * @param path a path, possibly with a query; must outlive what is returned
 * @return its segments
 */
std::vector<std::string_view>
Split(std::string_view path)
{
    std::vector<std::string_view> segments;
    segments.reserve(USUAL_SEGMENTS);
    const std::string_view plain = path.substr(0, path.find('?'));
    std::size_t at = 0;
    while (at < plain.size())
    {
        const std::size_t slash = std::min(plain.find('/', at + 1), plain.size());
        segments.push_back(plain.substr(at + 1, slash - at - 1));
        at = slash;
    }
    return segments;
}

/**
 * @param segment of a template
 * @return true if it stands for any text
 */
bool
IsVariable(const std::string& segment)
{
    return segment.size() >= 2 && segment.front() == '{' && segment.back() == '}';
}

/**
 * @param route segments of a template
 * @param path segments of a path
 * @return true if the path fits the template
 */
bool
Fits(const std::vector<std::string>& route, const std::vector<std::string_view>& path)
{
    return std::equal(route.begin(),
                      route.end(),
                      path.begin(),
                      path.end(),
                      [](const std::string& wanted, std::string_view segment) {
                          return IsVariable(wanted) ? !segment.empty() : segment == wanted;
                      });
}

} // namespace

void
SbiRouter::Add(const std::string& method,
               const std::string& pathTemplate,
               SbiOperation operation,
               SbiHandler handler)
{
    const auto segments = Split(pathTemplate);
    m_routes.push_back({method,
                        std::vector<std::string>(segments.begin(), segments.end()),
                        std::move(operation),
                        std::move(handler)});
}

void
SbiRouter::Clear()
{
    m_routes.clear();
}

SbiRouter::Match
SbiRouter::Find(const std::string& method, const std::string& path) const
{
    Match match;
    if (path.empty() || path.front() != '/')
    {
        return match;
    }
    const auto segments = Split(path);
    std::vector<bool> best;
    std::vector<const Route*> resource;
    for (const Route& route : m_routes)
    {
        if (!Fits(route.segments, segments))
        {
            continue;
        }
        std::vector<bool> variable;
        variable.reserve(segments.size());
        for (const std::string& segment : route.segments)
        {
            variable.push_back(IsVariable(segment));
        }
        if (resource.empty() || variable < best)
        {
            resource.clear();
            best = variable;
        }
        if (variable == best)
        {
            resource.push_back(&route);
        }
    }
    for (const Route* route : resource)
    {
        match.allowed += (match.allowed.empty() ? "" : ", ") + route->method;
        if (route->method == method)
        {
            match.route = route;
        }
    }
    if (match.route != nullptr)
    {
        for (std::size_t i = 0; i < segments.size(); ++i)
        {
            if (best[i])
            {
                match.id += match.id.empty() ? "" : "/";
                match.id += segments[i];
            }
        }
    }
    return match;
}

} // namespace ns3::mbs
