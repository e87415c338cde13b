// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_MESSAGE_H
#define MBS_SBI_MESSAGE_H

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-shared-bytes.h"

#include "ns3/ipv4-address.h"

#include <string>
#include <string_view>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Names a message for the signalling counters; it is not on the wire.
 *
 * The texts are somebody else's, mostly constants, and must outlive it: every message on its way
 * has one, and copies of it shall cost nothing.
 */
struct SbiOperation
{
    std::string_view interface; //!< reference point, for example `Nmb1`
    std::string_view name; //!< message or service operation, for example `Nmbsmf_MBSSession_Create`

    /** @param other another @return true if the same */
    bool operator==(const SbiOperation& other) const
    {
        return interface == other.interface && name == other.name;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const SbiOperation& other) const
    {
        return !(*this == other);
    }
};

/**
 * @ingroup mbs
 * @brief One part of a multipart/related body (TS 29.500 clause 5.2.2 and 6.1, RFC 2387).
 *
 * It only refers to what somebody else owns: to the body that was taken apart, or to what is going
 * to be put into one. Every update of a UE's context has parts, and copies of them cost more than
 * finding them.
 */
struct SbiPart
{
    std::string_view contentType; //!< for example `application/vnd.3gpp.5gnas`
    std::string_view contentId;   //!< what the JSON part calls it by; without angle brackets
    ByteView body;                //!< the content
};

/**
 * @ingroup mbs
 * @brief A request on the service-based interface (TS 29.500).
 */
struct SbiRequest
{
    std::string method;      //!< `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
    std::string path;        //!< absolute path, with the query if there is one
    std::string contentType; //!< of the body; empty when there is no body
    SharedBytes body;        //!< the content, possibly empty
    SbiOperation operation;  //!< what the counters call it; not on the wire

    std::string authorization{}; //!< the Authorization header, empty when there is none
    Ipv4Address peer{};          //!< of a request that was received: who sent it; not on the wire
};

/**
 * @ingroup mbs
 * @brief The answer to an SbiRequest.
 */
struct SbiResponse
{
    int status{0};           //!< HTTP status, 100 to 599
    std::string contentType; //!< of the body; empty when there is no body
    std::string location;    //!< the Location header, empty when there is none
    SharedBytes body;        //!< the content, possibly empty
    bool local{false};       //!< true when no peer sent it: made here because the request failed

    std::string wwwAuthenticate{};    //!< the WWW-Authenticate header, empty when there is none
    std::string authenticationInfo{}; //!< the Authentication-Info header, empty when there is none
    SbiOperation operation{}; //!< of an answer to be sent: what the counters call it, if not as the
                              //!< resource; not on the wire
};

/**
 * @ingroup mbs
 * @brief A body with the Content-Type that says how to read it.
 */
struct SbiMultipart
{
    std::string contentType; //!< `multipart/related` with its parameters
    SharedBytes body;        //!< the parts between their delimiters
};

/** Content type of NAS messages in a multipart body (TS 29.502 clause 6.1.2.4). */
inline constexpr const char* SBI_NAS_TYPE = "application/vnd.3gpp.5gnas";

/** Content type of NGAP information elements in a multipart body (TS 29.502 clause 6.1.2.4). */
inline constexpr const char* SBI_NGAP_TYPE = "application/vnd.3gpp.ngap";

/** Content type of JSON bodies. */
inline constexpr const char* SBI_JSON_TYPE = "application/json";

/** Content type of error bodies (TS 29.571 clause 5.2.4.1). */
inline constexpr const char* SBI_PROBLEM_TYPE = "application/problem+json";

/** Content type of PATCH bodies (RFC 6902). */
inline constexpr const char* SBI_PATCH_TYPE = "application/json-patch+json";

/**
 * @ingroup mbs
 * @brief Puts parts into one body.
 *
 * The boundary is a fixed text with the lowest number that makes it occur in no part, so that the
 * same parts always give the same octets.
 *
 * @param parts the parts, the JSON one first
 * @return the body and its Content-Type
 */
SbiMultipart EncodeMultipart(const std::vector<SbiPart>& parts);

/**
 * @ingroup mbs
 * @brief Takes a multipart/related body apart (RFC 2046 clause 5.1.1, RFC 2387).
 *
 * When a `start` parameter names another part than the first as the root, that part is put first.
 *
 * @param contentType the Content-Type with its boundary parameter
 * @param body the body, which must outlive the parts
 * @return 1 to 64 parts, or why not: UNSUPPORTED when the type is not multipart/related, TRUNCATED
 *         when the closing delimiter is missing, MALFORMED or OUT_OF_RANGE (number of parts)
 */
Decoded<std::vector<SbiPart>> DecodeMultipart(std::string_view contentType, ByteView body);

/**
 * @ingroup mbs
 * @brief Compares the media type and leaves parameters aside.
 * @param contentType a Content-Type, for example `application/json; charset=utf-8`
 * @param type lower-case type and subtype, for example `application/json`
 * @return true if it is of that type
 */
bool IsMediaType(std::string_view contentType, std::string_view type);

/**
 * @ingroup mbs
 * @brief An error answer: ProblemDetails (TS 29.571 clause 5.2.4.1).
 * @param status HTTP status, 400 to 599
 * @param cause machine-readable cause (TS 29.500 clause 5.2.7.2); left out when empty
 * @param detail a sentence for a person; left out when empty
 * @return the answer
 */
SbiResponse Problem(int status, const std::string& cause, const std::string& detail);

} // namespace ns3::mbs

#endif // MBS_SBI_MESSAGE_H
