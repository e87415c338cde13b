// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_COMMON_H
#define MBS_SBI_BODY_COMMON_H

#include "mbs-nas-containers.h"
#include "mbs-sbi-body-json.h"
#include "mbs-ssm.h"

#include "ns3/mbs-key-material.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs::sbi
{

/**
 * @ingroup mbs
 * @brief Type of an MBS session (TS 29.571 clause 5.9.3.1); an open enumeration.
 */
struct MbsServiceType
{
    static constexpr const char* MULTICAST = "MULTICAST"; //!< UEs join
    static constexpr const char* BROADCAST = "BROADCAST"; //!< sent to an area
};

/**
 * @ingroup mbs
 * @brief State of a multicast session (TS 29.571 clause 5.9.3.2); an open enumeration.
 */
struct MbsSessionActivityStatus
{
    static constexpr const char* ACTIVE = "ACTIVE";     //!< data may flow
    static constexpr const char* INACTIVE = "INACTIVE"; //!< no data, no radio resources
};

/**
 * @ingroup mbs
 * @brief A network slice (TS 29.571 clause 5.4.4.2).
 */
struct Snssai
{
    uint8_t sst{1};             //!< Slice/Service Type
    std::optional<uint32_t> sd; //!< Slice Differentiator, 24 bits

    /** @param other another @return true if the same */
    bool operator==(const Snssai& other) const
    {
        return sst == other.sst && sd == other.sd;
    }
};

/**
 * @ingroup mbs
 * @brief Name of an MBS session: TMGI, source specific multicast address or both
 *        (TS 29.571 clause 5.9.4.1). Of addresses, IPv4 only.
 */
struct MbsSessionId
{
    std::optional<Tmgi> tmgi;   //!< Temporary Mobile Group Identity
    std::optional<SsmIpv4> ssm; //!< source specific multicast address

    /** @return the name as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the name, or why not; UNSUPPORTED for IPv6 */
    static Decoded<MbsSessionId> Decode(ByteView body);

    /** @param other another @return true if the same */
    bool operator==(const MbsSessionId& other) const
    {
        return tmgi == other.tmgi && ssm == other.ssm;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const MbsSessionId& other) const
    {
        return !(*this == other);
    }
};

/**
 * @ingroup mbs
 * @brief Where a UDP tunnel ends (TS 29.571 clause 5.9.4.2). IPv4 only.
 */
struct TunnelAddress
{
    Ipv4Address ipv4Addr;   //!< address
    uint16_t portNumber{0}; //!< UDP port

    /** @return the address as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the address, or why not; UNSUPPORTED if it is IPv6 only */
    static Decoded<TunnelAddress> Decode(ByteView body);

    /** @param other another @return true if the same */
    bool operator==(const TunnelAddress& other) const
    {
        return ipv4Addr == other.ipv4Addr && portNumber == other.portNumber;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const TunnelAddress& other) const
    {
        return !(*this == other);
    }
};

/**
 * @ingroup mbs
 * @brief A bit rate (TS 29.571 clause 5.5.2), written with the largest unit that needs no decimals.
 */
struct BitRate
{
    uint64_t bps{0}; //!< bits per second

    /** @return for example `2 Mbps` */
    std::string ToText() const;

    /** @param text for example `1.5 Mbps` @return the rate, fractions of a bit per second cut off
     */
    static std::optional<BitRate> FromText(const std::string& text);

    /** @param other another @return true if the same */
    bool operator==(const BitRate& other) const
    {
        return bps == other.bps;
    }
};

/**
 * @ingroup mbs
 * @brief A gNB's name (TS 29.571 clause 5.4.4.28, GlobalRanNodeId with gNbId).
 */
struct GlobalRanNodeId
{
    PlmnId plmnId;         //!< the network
    uint32_t gNbValue{0};  //!< gNB ID, its bits right-aligned
    uint8_t bitLength{24}; //!< length of the gNB ID, 22 to 32 bits

    /** @param other another @return true if the same */
    bool operator==(const GlobalRanNodeId& other) const
    {
        return plmnId == other.plmnId && gNbValue == other.gNbValue && bitLength == other.bitLength;
    }
};

/**
 * @ingroup mbs
 * @brief Where an MBS session is offered (TS 29.571 clause 5.9.4.4).
 */
struct MbsServiceArea
{
    /** Cells of one tracking area. */
    struct NcgiTai
    {
        Tai tai;                     //!< the tracking area
        std::vector<NrCgi> cellList; //!< cells, at least one
    };

    std::vector<NcgiTai> ncgiList; //!< cells by tracking area; absent when empty
    std::vector<Tai> taiList;      //!< whole tracking areas; absent when empty
};

/**
 * @ingroup mbs
 * @brief Points to a binary part of a multipart body (TS 29.571 clause 5.2.4.9).
 */
struct RefToBinaryData
{
    std::string contentId; //!< Content-Id of the part, without angle brackets

    /** @param other another @return true if the same */
    bool operator==(const RefToBinaryData& other) const
    {
        return contentId == other.contentId;
    }
};

/**
 * @ingroup mbs
 * @brief One operation of a JSON patch (RFC 6902, TS 29.571 PatchItem).
 */
struct PatchItem
{
    std::string op;                  //!< add, copy, move, remove, replace or test
    std::string path;                //!< JSON pointer, for example `/mbsSecurityContext`
    std::optional<std::string> from; //!< JSON pointer, of copy and move only
    std::optional<SecretText> value; //!< JSON text, of add, replace and test only

    /**
     * @param path JSON pointer
     * @param value JSON text, wiped
     * @return an operation that replaces
     */
    static PatchItem Replace(const std::string& path, std::string value);

    /** @param other another @return true if the same */
    bool operator==(const PatchItem& other) const
    {
        return op == other.op && path == other.path && from == other.from && value == other.value;
    }
};

/**
 * @ingroup mbs
 * @param items at least one operation
 * @return the JSON array
 */
std::string EncodePatch(const std::vector<PatchItem>& items);

/**
 * @ingroup mbs
 * @param body JSON text
 * @return the operations in order, or why not; UNSUPPORTED for an unknown operation
 */
Decoded<std::vector<PatchItem>> DecodePatch(ByteView body);

/**
 * @ingroup mbs
 * @brief Writes keys as MbsSecurityContext (TS 29.571 clause 5.9.4.12).
 *
 * The map's keys are `k1`, `k2`, ..., with zeros in front where there are more than nine, so that
 * their order by text is the order of the vector.
 *
 * @param context at least one key set
 * @return the JSON text
 */
std::string EncodeSecurityContext(const SecurityContext& context);

/**
 * @ingroup mbs
 * @brief Reads keys out of MbsSecurityContext.
 *
 * An MTK needs its ID and the reverse: one alone is MALFORMED. A wrong length is MALFORMED.
 *
 * @param body JSON text
 * @return the key sets by the order of the map's keys, or why not
 */
Decoded<SecurityContext> DecodeSecurityContext(ByteView body);

/**
 * @ingroup mbs
 * @brief Takes the value of a patch operation that adds or replaces.
 * @param item the operation
 * @param target where to; left alone when the operation is refused
 * @return DecodeError::NONE, or why not; UNSUPPORTED for other operations
 */
template <typename T>
DecodeError
TakePatchValue(const PatchItem& item, T& target)
{
    if ((item.op != "add" && item.op != "replace") || !item.value)
    {
        return DecodeError::UNSUPPORTED;
    }
    Decoded<T> value = DecodeJson<T>(ViewOfSecret(*item.value));
    if (value)
    {
        target = std::move(*value);
    }
    return value.Error();
}

/** @copydoc TakePatchValue(const PatchItem&,T&) */
template <typename T>
DecodeError
TakePatchValue(const PatchItem& item, std::optional<T>& target)
{
    T value;
    const DecodeError error = TakePatchValue(item, value);
    if (error == DecodeError::NONE)
    {
        target = std::move(value);
    }
    return error;
}

/**
 * @ingroup mbs
 * @brief A parameter that was refused (TS 29.571 clause 5.2.4.2).
 */
struct InvalidParam
{
    std::string param;  //!< its name, for JSON a pointer
    std::string reason; //!< why; absent when empty
};

/**
 * @ingroup mbs
 * @brief An error answer (TS 29.571 clause 5.2.4.1). Every member may be absent (empty).
 */
struct ProblemDetails
{
    std::string type;               //!< URI that names the problem type
    std::string title;              //!< short summary
    std::optional<uint16_t> status; //!< HTTP status
    std::string detail;             //!< explanation for a person
    std::string instance;           //!< URI of this occurrence
    std::string cause;              //!< cause for a machine, for example `CONTEXT_NOT_FOUND`
    std::vector<InvalidParam> invalidParams; //!< what was wrong

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the error, or why it cannot be read */
    static Decoded<ProblemDetails> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief NF instance ID of a node (TS 29.571 clause 5.3.2): a UUID of version 8 (RFC 9562), so that
 *        the same scenario always gives the same bytes.
 * @param node number of the node
 * @return for example `6d627300-0000-8000-8000-00000000002a`
 */
std::string NfInstanceIdFor(uint32_t node);

/**
 * @ingroup mbs
 * @param text any text
 * @return true if it has the form of a UUID
 */
bool IsUuid(const std::string& text);

/**
 * @name How these types become JSON
 * @{
 */
/** @param archive where from @param value key sets */
void Describe(JsonReader& archive, SecurityContext& value);
/** @param archive where to @param value key sets */
void Describe(JsonWriter& archive, const SecurityContext& value);
/** @param archive where from @param value a slice */
void Describe(JsonReader& archive, Snssai& value);
/** @param archive where to @param value a slice */
void Describe(JsonWriter& archive, const Snssai& value);
/** @param archive where from @param value a TMGI */
void Describe(JsonReader& archive, Tmgi& value);
/** @param archive where to @param value a TMGI */
void Describe(JsonWriter& archive, const Tmgi& value);
/** @param archive where from @param value a source specific multicast address */
void Describe(JsonReader& archive, SsmIpv4& value);
/** @param archive where to @param value a source specific multicast address */
void Describe(JsonWriter& archive, const SsmIpv4& value);
/** @param archive where from @param value a session's name */
void Describe(JsonReader& archive, MbsSessionId& value);
/** @param archive where to @param value a session's name */
void Describe(JsonWriter& archive, const MbsSessionId& value);
/** @param archive where from @param value a tunnel's end */
void Describe(JsonReader& archive, TunnelAddress& value);
/** @param archive where to @param value a tunnel's end */
void Describe(JsonWriter& archive, const TunnelAddress& value);
/** @param archive where from @param value a bit rate */
void Describe(JsonReader& archive, BitRate& value);
/** @param archive where to @param value a bit rate */
void Describe(JsonWriter& archive, const BitRate& value);
/** @param archive where from @param value a gNB's name */
void Describe(JsonReader& archive, GlobalRanNodeId& value);
/** @param archive where to @param value a gNB's name */
void Describe(JsonWriter& archive, const GlobalRanNodeId& value);
/** @param archive where from @param value an area */
void Describe(JsonReader& archive, MbsServiceArea& value);
/** @param archive where to @param value an area */
void Describe(JsonWriter& archive, const MbsServiceArea& value);
/** @param archive where from @param value a reference */
void Describe(JsonReader& archive, RefToBinaryData& value);
/** @param archive where to @param value a reference */
void Describe(JsonWriter& archive, const RefToBinaryData& value);
/** @param archive where from @param value an operation */
void Describe(JsonReader& archive, PatchItem& value);
/** @param archive where to @param value an operation */
void Describe(JsonWriter& archive, const PatchItem& value);
/** @param archive where from @param value an error */
void Describe(JsonReader& archive, ProblemDetails& value);
/** @param archive where to @param value an error */
void Describe(JsonWriter& archive, const ProblemDetails& value);
/** @} */

/**
 * @ingroup mbs
 * @brief Reads the member mbsSecurityContext.
 * @param archive of the object that has it
 * @param context where to; stays empty if there is none
 */
void OptionalSecurityContext(JsonReader& archive, SecurityContext& context);

/**
 * @ingroup mbs
 * @brief Writes the member mbsSecurityContext, unless there is no key set.
 * @param archive of the object that has it
 * @param context the keys
 */
void OptionalSecurityContext(JsonWriter& archive, const SecurityContext& context);

/**
 * @ingroup mbs
 * @brief Reads a member that is an IP address and must be there; IPv6 is UNSUPPORTED.
 * @param archive of the object that has it
 * @param name of the member
 * @param address where to
 */
void RequiredIpAddr(JsonReader& archive, const char* name, Ipv4Address& address);

/**
 * @ingroup mbs
 * @brief Writes a member that is an IP address.
 * @param archive of the object that has it
 * @param name of the member
 * @param address the address
 */
void RequiredIpAddr(JsonWriter& archive, const char* name, const Ipv4Address& address);

/**
 * @ingroup mbs
 * @brief Reads a member that is an NF instance ID and must be there.
 * @param archive of the object that has it
 * @param name of the member
 * @param id where to
 */
void RequiredNfInstanceId(JsonReader& archive, const char* name, std::string& id);

/**
 * @ingroup mbs
 * @brief Writes a member that is an NF instance ID.
 * @param archive of the object that has it
 * @param name of the member
 * @param id the ID
 */
void RequiredNfInstanceId(JsonWriter& archive, const char* name, const std::string& id);

} // namespace ns3::mbs::sbi

#endif // MBS_SBI_BODY_COMMON_H
