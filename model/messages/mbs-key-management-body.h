// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_MANAGEMENT_BODY_H
#define MBS_KEY_MANAGEMENT_BODY_H

#include "ns3/mbs-key-id.h"

#include <string>
#include <vector>

/**
 * @ingroup mbs
 * @brief What a UE and the MBSSF say to each other over HTTP in the user-plane procedure (TS 33.246
 * clause 6.3.2, TS 26.346 clause 11).
 *
 * A request is a POST whose query says what is wanted, `requesttype=register`, `deregister` or
 * `msk-request`, with one of these bodies. An answer of status 200 has a status of its own for each
 * thing that was asked for (TS 33.246 clause 6.3.2.4).
 *
 * The media types are registered, and the namespace of the MSK response stands in TS 26.346 annex
 * C.12. **Names of elements, the other namespaces and the values of requesttype are from memory**,
 * not checked against the text of TS 26.346 and TS 33.246. So that another peer's documents are
 * read too, unknown elements are passed over.
 */
namespace ns3::mbs::keymanagement
{

/** Media type of a registration. */
inline constexpr const char* REGISTER_TYPE = "application/mbms-register+xml";
/** Media type of the answer to a registration or deregistration. */
inline constexpr const char* REGISTER_RESPONSE_TYPE = "application/mbms-register-response+xml";
/** Media type of a deregistration. */
inline constexpr const char* DEREGISTER_TYPE = "application/mbms-deregister+xml";
/** Media type of a request for MSKs. */
inline constexpr const char* MSK_TYPE = "application/mbms-msk+xml";
/** Media type of the answer to a request for MSKs. */
inline constexpr const char* MSK_RESPONSE_TYPE = "application/mbms-msk-response+xml";

/** Path at the MBSSF; the standard leaves it to the service announcement. */
inline constexpr const char* PATH = "/keymanagement";

/**
 * @ingroup mbs
 * @brief What a request wants: the value of `requesttype`.
 */
enum class RequestType : uint8_t
{
    REGISTER,   //!< get keys of services from now on
    DEREGISTER, //!< get them no more
    MSK_REQUEST //!< get certain MSKs now
};

/** @param type a request type @return its text in the query */
const char* ToString(RequestType type);

/** @param type a request type @return path and query of such a request */
std::string RequestPath(RequestType type);

/**
 * @param path path and query
 * @return what is wanted, or nothing if the query does not say so
 */
std::optional<RequestType> RequestTypeOf(const std::string& path);

/**
 * @ingroup mbs
 * @brief Names the user services that a UE registers for, or for which it wants no more keys.
 */
struct ServiceList
{
    std::vector<std::string> serviceIds; //!< user service IDs (TS 26.502), 1 to 64

    /**
     * @param type REGISTER or DEREGISTER
     * @return the document
     */
    std::string Encode(RequestType type) const;

    /**
     * @param type REGISTER or DEREGISTER
     * @param body the document
     * @return the list, or why not
     */
    static Decoded<ServiceList> Decode(RequestType type, ByteView body);
};

/**
 * @ingroup mbs
 * @brief The answer: a status for each user service.
 */
struct ServiceStatusList
{
    /** One of them. */
    struct Entry
    {
        std::string serviceId; //!< user service ID
        int status{0};         //!< as an HTTP status: 200, 403 or 404
    };

    std::vector<Entry> entries; //!< 1 to 64

    /** @return the document */
    std::string Encode() const;

    /** @param body the document @return the list, or why not */
    static Decoded<ServiceStatusList> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Names an MSK: Key Number part 0 means the current one of its group.
 */
struct MskName
{
    KeyDomainId keyDomainId; //!< whose key
    MskId mskId;             //!< its name

    /** @param other another @return true if the same */
    bool operator==(const MskName& other) const
    {
        return keyDomainId == other.keyDomainId && mskId == other.mskId;
    }
};

/**
 * @ingroup mbs
 * @brief A request for MSKs.
 */
struct MskRequest
{
    std::vector<MskName> msks; //!< 1 to 64

    /** @return the document */
    std::string Encode() const;

    /** @param body the document @return the request, or why not */
    static Decoded<MskRequest> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief The answer: a status for each MSK. The MSKs themselves follow in MIKEY.
 */
struct MskStatusList
{
    /** One of them. */
    struct Entry
    {
        MskName msk;   //!< as it was asked for
        int status{0}; //!< as an HTTP status: 200, 403 or 404
    };

    std::vector<Entry> entries; //!< 1 to 64

    /** @return the document */
    std::string Encode() const;

    /** @param body the document @return the list, or why not */
    static Decoded<MskStatusList> Decode(ByteView body);
};

} // namespace ns3::mbs::keymanagement

#endif // MBS_KEY_MANAGEMENT_BODY_H
