// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_ROUTER_H
#define MBS_SBI_ROUTER_H

#include "mbs-sbi-message.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ns3::mbs
{

/** Gives the answer to a request, at once or later; only the first call counts. */
using SbiResponder = std::function<void(const SbiResponse& response)>;

/**
 * Handles a request, which it may keep. `id` holds what stood for the `{...}` segments of the
 * template, as it was in the path, separated by `/` if there are several.
 */
using SbiHandler =
    std::function<void(SbiRequest request, const std::string& id, SbiResponder respond)>;

/**
 * @ingroup mbs
 * @brief Finds who handles a request: resources by their path, handlers by method.
 */
class SbiRouter
{
  public:
    /** Who handles what. */
    struct Route
    {
        std::string method;                //!< HTTP method
        std::vector<std::string> segments; //!< of the template
        std::vector<bool> variable;        //!< which of them stand for any text
        SbiOperation operation;            //!< name for the counters
        /** What to do; shared since it may forget itself with Clear() while it is at it. */
        std::shared_ptr<const SbiHandler> handler;
    };

    /** What was found for a request. */
    struct Match
    {
        const Route* route{nullptr}; //!< who handles it, or null
        std::string id;              //!< what stood for the variable segments
        std::string allowed;         //!< without a route: methods of the resource, if there is one
    };

    /**
     * @brief Adds a handler.
     * @param method HTTP method
     * @param pathTemplate absolute path whose segments are literal or `{name}`
     * @param operation name for the counters
     * @param handler what to do
     */
    void Add(const std::string& method,
             const std::string& pathTemplate,
             SbiOperation operation,
             SbiHandler handler);

    /**
     * @brief Finds the handler of a request. Where two templates fit a path, the one that is
     * literal in the first differing segment wins.
     * @param method HTTP method
     * @param path absolute path, perhaps with a query
     * @return what was found; its route is good until Add() or Clear()
     */
    Match Find(const std::string& method, const std::string& path) const;

    /** @brief Forgets all handlers. */
    void Clear();

  private:
    std::vector<Route> m_routes; //!< in the order of Add()
};

} // namespace ns3::mbs

#endif // MBS_SBI_ROUTER_H
