// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_PATHS_H
#define MBS_SBI_PATHS_H

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/**
 * @ingroup mbs
 * @brief Resource paths of the services, as templates with `{name}` where a reference goes.
 */
namespace ns3::mbs::sbi::path
{

/** Nmbsf_MBSUserService: collection, POST creates. */
inline constexpr const char* MBS_USER_SERVICES = "/nmbsf-mbs-us/v1/mbs-user-services";
/** Nmbsf_MBSUserService: one service. */
inline constexpr const char* MBS_USER_SERVICE =
    "/nmbsf-mbs-us/v1/mbs-user-services/{mbsUserServId}";
/** Nmbsf_MBSUserDataIngestSession: collection, POST creates. */
inline constexpr const char* INGEST_SESSIONS = "/nmbsf-mbs-ud-ingest/v1/sessions";
/** Nmbsf_MBSUserDataIngestSession: one session. */
inline constexpr const char* INGEST_SESSION = "/nmbsf-mbs-ud-ingest/v1/sessions/{sessionId}";
/** Nmbstf_DistSession: collection, POST creates. */
inline constexpr const char* DIST_SESSIONS = "/nmbstf-distsession/v1/dist-sessions";
/** Nmbstf_DistSession: one session, PATCH updates, DELETE destroys. */
inline constexpr const char* DIST_SESSION = "/nmbstf-distsession/v1/dist-sessions/{distSessionRef}";
/** Nmbstf_DistSession: subscriptions to one session, POST subscribes. */
inline constexpr const char* DIST_SESSION_SUBSCRIPTIONS =
    "/nmbstf-distsession/v1/dist-sessions/{distSessionRef}/subscriptions";
/** Nmbstf_DistSession: one subscription, DELETE ends it. */
inline constexpr const char* DIST_SESSION_SUBSCRIPTION =
    "/nmbstf-distsession/v1/dist-sessions/{distSessionRef}/subscriptions/{subscriptionId}";
/** Nmbsmf_TMGI: POST allocates, DELETE with query `tmgi-list` deallocates. */
inline constexpr const char* TMGI = "/nmbsmf-tmgi/v1/tmgi";
/** Nmbsmf_MBSSession: collection, POST creates. */
inline constexpr const char* MBS_SESSIONS = "/nmbsmf-mbssession/v1/mbs-sessions";
/** Nmbsmf_MBSSession: one session, PATCH updates, DELETE releases. */
inline constexpr const char* MBS_SESSION = "/nmbsmf-mbssession/v1/mbs-sessions/{mbsSessionRef}";
/** Nmbsmf_MBSSession: POST updates a context. */
inline constexpr const char* CONTEXT_UPDATE = "/nmbsmf-mbssession/v1/mbs-sessions/contexts/update";
/** Nmbsmf_MBSSession: subscriptions to contexts, POST subscribes. */
inline constexpr const char* CONTEXT_SUBSCRIPTIONS =
    "/nmbsmf-mbssession/v1/mbs-sessions/contexts/subscriptions";
/** Nmbsmf_MBSSession: one subscription to a context, DELETE ends it. */
inline constexpr const char* CONTEXT_SUBSCRIPTION =
    "/nmbsmf-mbssession/v1/mbs-sessions/contexts/subscriptions/{subscriptionId}";
/** Namf_Communication: POST transfers N1 and N2 messages of a UE. */
inline constexpr const char* N1_N2_MESSAGES =
    "/namf-comm/v1/ue-contexts/{ueContextId}/n1-n2-messages";
/** Namf_MT: POST has UEs of a multicast session made reachable. */
inline constexpr const char* ENABLE_GROUP_REACHABILITY =
    "/namf-mt/v1/ue-contexts/enable-group-reachability";
/** Namf_MBSCommunication: POST transfers an N2 message of an MBS session. */
inline constexpr const char* MBS_N2_TRANSFER = "/namf-mbs-comm/v1/n2-messages/transfer";
/** Namf_MBSBroadcast: collection, POST creates. */
inline constexpr const char* BROADCAST_CONTEXTS = "/namf-mbs-bc/v1/mbs-contexts";
/** Namf_MBSBroadcast: one context, DELETE releases. */
inline constexpr const char* BROADCAST_CONTEXT = "/namf-mbs-bc/v1/mbs-contexts/{mbsContextRef}";
/** Namf_MBSBroadcast: POST updates a context. */
inline constexpr const char* BROADCAST_CONTEXT_UPDATE =
    "/namf-mbs-bc/v1/mbs-contexts/{mbsContextRef}/update";
/** Nsmf_PDUSession: POST updates an SM context. */
inline constexpr const char* SM_CONTEXT_MODIFY =
    "/nsmf-pdusession/v1/sm-contexts/{smContextRef}/modify";

/**
 * @ingroup mbs
 * @brief Percent-encodes all but the unreserved characters (RFC 3986 clause 2.3).
 * @param out where to append text fit for a path segment or a query value
 * @param text any octets
 */
inline void
AppendPercentEncoded(std::string& out, std::string_view text)
{
    static constexpr const char* HEX = "0123456789ABCDEF";
    for (const char c : text)
    {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~')
        {
            out += c;
        }
        else
        {
            const auto octet = static_cast<unsigned char>(c);
            out += '%';
            out += HEX[octet >> 4];
            out += HEX[octet & 0xf];
        }
    }
}

/**
 * @ingroup mbs
 * @param text any octets
 * @return the same as AppendPercentEncoded() appends
 */
inline std::string
PercentEncode(std::string_view text)
{
    std::string out;
    AppendPercentEncoded(out, text);
    return out;
}

/**
 * @ingroup mbs
 * @brief The reverse of PercentEncode().
 * @param text what came in a path or query
 * @return the octets, or nothing if a `%` is not followed by two hexadecimal digits
 */
inline std::optional<std::string>
PercentDecode(const std::string& text)
{
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                      : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        if (text[i] != '%')
        {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
        {
            return std::nullopt;
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

/**
 * @ingroup mbs
 * @brief Puts references into a template, from left to right, percent-encoded.
 * @param pattern a path of this file
 * @param references one for each `{name}`; a missing one leaves an empty segment
 * @return the path
 */
inline std::string
Fill(std::string_view pattern, std::initializer_list<std::string_view> references)
{
    std::size_t size = pattern.size();
    for (const std::string_view reference : references)
    {
        size += reference.size();
    }
    std::string path;
    path.reserve(size);
    auto reference = references.begin();
    std::size_t open = pattern.find('{');
    while (open != std::string_view::npos)
    {
        path += pattern.substr(0, open);
        if (reference != references.end())
        {
            AppendPercentEncoded(path, *reference++);
        }
        const std::size_t close = std::min(pattern.find('}', open), pattern.size() - 1);
        pattern.remove_prefix(close + 1);
        open = pattern.find('{');
    }
    path += pattern;
    return path;
}

/**
 * @ingroup mbs
 * @brief Compares a request's path with a template. A query and a scheme with authority are not
 *        part of a path: cut them off before.
 * @param pattern a path of this file
 * @param path what was asked for
 * @return the references from left to right, or nothing if the path is another one
 */
inline std::optional<std::vector<std::string>>
Match(const std::string& pattern, const std::string& path)
{
    std::vector<std::string> references;
    std::size_t p = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i)
    {
        if (pattern[i] != '{')
        {
            if (p >= path.size() || path[p++] != pattern[i])
            {
                return std::nullopt;
            }
            continue;
        }
        i = std::min(pattern.find('}', i), pattern.size() - 1);
        const std::size_t end = path.find('/', p);
        const std::string segment = path.substr(p, end == std::string::npos ? end : end - p);
        const std::optional<std::string> reference = PercentDecode(segment);
        if (segment.empty() || !reference)
        {
            return std::nullopt;
        }
        references.push_back(*reference);
        p += segment.size();
    }
    if (p != path.size())
    {
        return std::nullopt;
    }
    return references;
}

/** @param mbsUserServId reference @return path of one user service */
inline std::string
MbsUserService(const std::string& mbsUserServId)
{
    return Fill(MBS_USER_SERVICE, {mbsUserServId});
}

/** @param sessionId reference @return path of one ingest session */
inline std::string
IngestSession(const std::string& sessionId)
{
    return Fill(INGEST_SESSION, {sessionId});
}

/** @param distSessionRef reference @return path of one distribution session */
inline std::string
DistSession(const std::string& distSessionRef)
{
    return Fill(DIST_SESSION, {distSessionRef});
}

/** @param distSessionRef reference @return path of its subscriptions */
inline std::string
DistSessionSubscriptions(const std::string& distSessionRef)
{
    return Fill(DIST_SESSION_SUBSCRIPTIONS, {distSessionRef});
}

/**
 * @param distSessionRef reference of the session
 * @param subscriptionId reference of the subscription
 * @return path of one subscription
 */
inline std::string
DistSessionSubscription(const std::string& distSessionRef, const std::string& subscriptionId)
{
    return Fill(DIST_SESSION_SUBSCRIPTION, {distSessionRef, subscriptionId});
}

/**
 * @param tmgiList the JSON text of nmbsmf::TmgiList
 * @return path and query that deallocate these TMGIs
 */
inline std::string
TmgiDeallocate(const std::string& tmgiList)
{
    return std::string(TMGI) + "?tmgi-list=" + PercentEncode(tmgiList);
}

/** @param mbsSessionRef reference @return path of one MBS session */
inline std::string
MbsSession(const std::string& mbsSessionRef)
{
    return Fill(MBS_SESSION, {mbsSessionRef});
}

/** @param subscriptionId reference @return path of one subscription to a context */
inline std::string
ContextSubscription(const std::string& subscriptionId)
{
    return Fill(CONTEXT_SUBSCRIPTION, {subscriptionId});
}

/** @param ueContextId for example `imsi-001010000000001` @return path of the UE's N1/N2 messages */
inline std::string
N1N2Messages(const std::string& ueContextId)
{
    return Fill(N1_N2_MESSAGES, {ueContextId});
}

/** @param mbsContextRef reference @return path of one broadcast context */
inline std::string
BroadcastContext(const std::string& mbsContextRef)
{
    return Fill(BROADCAST_CONTEXT, {mbsContextRef});
}

/** @param smContextRef reference @return path that updates one SM context */
inline std::string
SmContextModify(const std::string& smContextRef)
{
    return Fill(SM_CONTEXT_MODIFY, {smContextRef});
}

} // namespace ns3::mbs::sbi::path

#endif // MBS_SBI_PATHS_H
