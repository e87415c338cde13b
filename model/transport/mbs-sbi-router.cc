// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-router.h"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <iterator>
#include <string_view>

namespace ns3::mbs
{

namespace
{

/** More methods than a resource usually has. */
constexpr std::size_t USUAL_METHODS = 4;

/** More segments than any path has, but for those that are wrong. */
constexpr std::size_t USUAL_SEGMENTS = 16;

/** Segments of a path. */
using Segments = boost::container::small_vector<std::string_view, USUAL_SEGMENTS>;

/**
 * @param path a path, possibly with a query; must outlive what is returned
 * @return its segments
 */
Segments
Split(std::string_view path)
{
    Segments segments;
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
 * @param route a template
 * @param path segments of a path
 * @return true if the path fits the template
 */
bool
Fits(const SbiRouter::Route& route, const Segments& path)
{
    if (route.segments.size() != path.size())
    {
        return false;
    }
    for (std::size_t i = 0; i < path.size(); ++i)
    {
        if (route.variable[i] ? path[i].empty() : path[i] != route.segments[i])
        {
            return false;
        }
    }
    return true;
}

} // namespace

void
SbiRouter::Add(const std::string& method,
               const std::string& pathTemplate,
               SbiOperation operation,
               SbiHandler handler)
{
    const Segments parts = Split(pathTemplate);
    const std::vector<std::string> segments(parts.begin(), parts.end());
    std::vector<bool> variable;
    variable.reserve(segments.size());
    std::transform(segments.begin(), segments.end(), std::back_inserter(variable), &IsVariable);
    m_routes.push_back({method,
                        segments,
                        variable,
                        std::move(operation),
                        std::make_shared<const SbiHandler>(std::move(handler))});
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
    const Segments segments = Split(path);
    boost::container::small_vector<const Route*, USUAL_METHODS> resource;
    for (const Route& route : m_routes)
    {
        if (!Fits(route, segments))
        {
            continue;
        }
        if (!resource.empty() && route.variable < resource.front()->variable)
        {
            resource.clear();
        }
        if (resource.empty() || route.variable == resource.front()->variable)
        {
            resource.push_back(&route);
        }
    }
    for (const Route* route : resource)
    {
        if (route->method == method)
        {
            match.route = route;
        }
    }
    if (match.route == nullptr)
    {
        for (const Route* route : resource)
        {
            match.allowed += match.allowed.empty() ? "" : ", ";
            match.allowed += route->method;
        }
        return match;
    }
    for (std::size_t i = 0; i < segments.size(); ++i)
    {
        if (match.route->variable[i])
        {
            match.id += match.id.empty() ? "" : "/";
            match.id += segments[i];
        }
    }
    return match;
}

} // namespace ns3::mbs
