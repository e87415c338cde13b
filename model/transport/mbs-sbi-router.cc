// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-router.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/**
 * @param path a path, possibly with a query
 * @return its segments
 */
std::vector<std::string>
Split(const std::string& path)
{
    std::vector<std::string> segments;
    const std::string plain = path.substr(0, path.find('?'));
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

} // namespace

void
SbiRouter::Add(const std::string& method,
               const std::string& pathTemplate,
               SbiOperation operation,
               SbiHandler handler)
{
    m_routes.push_back({method, Split(pathTemplate), std::move(operation), std::move(handler)});
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
        if (route.segments.size() != segments.size())
        {
            continue;
        }
        std::vector<bool> variable;
        for (std::size_t i = 0; i < segments.size(); ++i)
        {
            const bool any = IsVariable(route.segments[i]);
            if (any ? segments[i].empty() : segments[i] != route.segments[i])
            {
                break;
            }
            variable.push_back(any);
        }
        if (variable.size() != segments.size())
        {
            continue;
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
                match.id += (match.id.empty() ? "" : "/") + segments[i];
            }
        }
    }
    return match;
}

} // namespace ns3::mbs
