// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-common.h"

#include <cstdio>
#include <iterator>

namespace ns3::mbs
{

/**
 * @param archive where from
 * @param value where to: a network (TS 29.571 clause 5.4.4.3)
 */
static void
Describe(sbi::JsonReader& archive, PlmnId& value)
{
    std::string mcc;
    std::string mnc;
    archive.Required("mcc", mcc);
    archive.Required("mnc", mnc);
    const std::optional<PlmnId> plmn = PlmnId::From(mcc, mnc);
    archive.Expect(plmn.has_value(), DecodeError::MALFORMED);
    value = plmn.value_or(PlmnId());
}

/**
 * @param archive where to
 * @param value a network
 */
static void
Describe(sbi::JsonWriter& archive, const PlmnId& value)
{
    archive.Required("mcc", value.Mcc());
    archive.Required("mnc", value.Mnc());
}

} // namespace ns3::mbs

namespace ns3::mbs::sbi
{

namespace
{

/** Units of a bit rate, each a thousand times the one before. */
constexpr const char* UNITS[] = {"bps", "Kbps", "Mbps", "Gbps", "Tbps"};

/**
 * @brief Reads a member that is a number in hexadecimal digits.
 * @param archive of the object
 * @param name of the member
 * @param minDigits fewest digits allowed
 * @param maxDigits most digits allowed
 * @return the number, 0 and failed if it is none
 */
uint64_t
RequiredHex(JsonReader& archive, const char* name, std::size_t minDigits, std::size_t maxDigits)
{
    std::string text;
    archive.Required(name, text);
    uint64_t value = 0;
    bool good = text.size() >= minDigits && text.size() <= maxDigits;
    for (const char c : text)
    {
        const bool digit = c >= '0' && c <= '9';
        const bool upper = c >= 'A' && c <= 'F';
        const bool lower = c >= 'a' && c <= 'f';
        good = good && (digit || upper || lower);
        value = value << 4 | static_cast<uint64_t>((digit ? c - '0' : (c & 0xf) + 9) & 0xf);
    }
    archive.Expect(good, DecodeError::MALFORMED);
    return good ? value : 0;
}

/**
 * @param value a number
 * @param digits how many hexadecimal digits, at most 16
 * @return that many, upper case
 */
std::string
Hex(uint64_t value, std::size_t digits)
{
    char text[17];
    std::snprintf(text, sizeof(text), "%016llX", static_cast<unsigned long long>(value));
    return std::string(text).substr(16 - digits);
}

/** An IP address that must be IPv4 (TS 29.571 clause 5.2.4.7 IpAddr). */
struct IpAddr
{
    Ipv4Address address; //!< the address
};

/** The entries of MbsSecurityContext by their keys. */
struct KeyList
{
    std::map<std::string, KeySet> keyList; //!< sorted by key
};

/** A gNB ID (TS 29.571 clause 5.4.4.29). */
struct GnbId
{
    uint32_t value{0};     //!< the ID
    uint8_t bitLength{24}; //!< its length
};

} // namespace

// The types of the anonymous namespace take part in argument-dependent lookup through the archive.

/** @param archive where from @param value where to */
static void
Describe(JsonReader& archive, IpAddr& value)
{
    if (archive.Find("ipv4Addr"))
    {
        archive.Required("ipv4Addr", value.address);
    }
    else
    {
        const bool ipv6 = archive.Find("ipv6Addr") || archive.Find("ipv6Prefix");
        archive.Fail(ipv6 ? DecodeError::UNSUPPORTED : DecodeError::MALFORMED);
    }
}

/** @param archive where to @param value an address */
static void
Describe(JsonWriter& archive, const IpAddr& value)
{
    archive.Required("ipv4Addr", value.address);
}

/** @param archive where from @param value where to */
static void
Describe(JsonReader& archive, GnbId& value)
{
    archive.Required("bitLength", value.bitLength);
    const uint64_t id = RequiredHex(archive, "gNBValue", 6, 8);
    archive.Expect(value.bitLength >= 22 && value.bitLength <= 32 && id >> value.bitLength == 0);
    value.value = static_cast<uint32_t>(id);
}

/** @param archive where to @param value a gNB ID */
static void
Describe(JsonWriter& archive, const GnbId& value)
{
    archive.Required("bitLength", value.bitLength);
    archive.Required("gNBValue", Hex(value.value, (value.bitLength + 3) / 4));
}

/** @param archive where from @param value where to */
static void
Describe(JsonReader& archive, KeySet& value)
{
    std::array<uint8_t, KeyDomainId::SIZE> keyDomainId{};
    std::array<uint8_t, MskId::SIZE> mskId{};
    std::optional<std::array<uint8_t, MtkId::SIZE>> mtkId;
    std::optional<Key128> mtk;
    archive.Required("keyDomainId", keyDomainId);
    archive.Required("mskId", mskId);
    archive.Optional("msk", value.msk);
    archive.Optional("mskLifetime", value.mskLifetime);
    archive.Optional("mtkId", mtkId);
    archive.Optional("mtk", mtk);
    archive.Expect(mtkId.has_value() == mtk.has_value(), DecodeError::MALFORMED);
    value.keyDomainId = KeyDomainId(keyDomainId);
    value.mskId = MskId::Decode(mskId);
    if (mtkId && mtk)
    {
        value.mtk = Mtk{MtkId::Decode(*mtkId), *mtk};
    }
}

/** @param archive where to @param value a key set */
static void
Describe(JsonWriter& archive, const KeySet& value)
{
    archive.Required("keyDomainId", value.keyDomainId.Encode());
    archive.Required("mskId", value.mskId.Encode());
    archive.Optional("msk", value.msk);
    archive.Optional("mskLifetime", value.mskLifetime);
    if (value.mtk)
    {
        archive.Required("mtkId", value.mtk->id.Encode());
        archive.Required("mtk", value.mtk->key);
    }
}

/** @param archive where from or to @param value entries of MbsSecurityContext */
template <typename Archive>
void
DescribeKeyList(Archive& archive, Of<Archive, KeyList>& value)
{
    archive.Map("keyList", value.keyList);
}

void
Describe(JsonReader& archive, SecurityContext& value)
{
    KeyList keys;
    DescribeKeyList(archive, keys);
    for (const auto& entry : keys.keyList)
    {
        value.push_back(entry.second);
    }
}

void
Describe(JsonWriter& archive, const SecurityContext& value)
{
    const std::size_t width = std::to_string(value.size()).size();
    KeyList keys;
    for (std::size_t i = 0; i < value.size(); ++i)
    {
        const std::string number = std::to_string(i + 1);
        keys.keyList["k" + std::string(width - number.size(), '0') + number] = value[i];
    }
    DescribeKeyList(archive, keys);
}

/** @param archive where from @param value where to */
static void
Describe(JsonReader& archive, Tai& value)
{
    archive.Required("plmnId", value.plmn);
    value.tac = static_cast<uint32_t>(RequiredHex(archive, "tac", 4, 6));
}

/** @param archive where to @param value a tracking area */
static void
Describe(JsonWriter& archive, const Tai& value)
{
    archive.Required("plmnId", value.plmn);
    archive.Required("tac", Hex(value.tac, 6));
}

/** @param archive where from @param value where to */
static void
Describe(JsonReader& archive, NrCgi& value)
{
    archive.Required("plmnId", value.plmn);
    value.cellId = RequiredHex(archive, "nrCellId", 9, 9);
}

/** @param archive where to @param value a cell */
static void
Describe(JsonWriter& archive, const NrCgi& value)
{
    archive.Required("plmnId", value.plmn);
    archive.Required("nrCellId", Hex(value.cellId, 9));
}

/** @param archive where from or to @param value cells of one tracking area */
template <typename Archive>
void
Describe(Archive& archive, Of<Archive, MbsServiceArea::NcgiTai>& value)
{
    archive.Required("tai", value.tai);
    archive.List("cellList", value.cellList);
}

/** @param archive where from or to @param value a parameter that was refused */
template <typename Archive>
void
Describe(Archive& archive, Of<Archive, InvalidParam>& value)
{
    archive.Required("param", value.param);
    archive.OptionalText("reason", value.reason);
}

/** @param archive where from or to @param value one operation of a patch */
template <typename Archive>
void
DescribePatchItem(Archive& archive, Of<Archive, PatchItem>& value)
{
    archive.Required("op", value.op);
    archive.Required("path", value.path);
    archive.Optional("from", value.from);
}

void
Describe(JsonReader& archive, PatchItem& value)
{
    DescribePatchItem(archive, value);
    if (const std::optional<JsonReader> member = archive.Find("value"))
    {
        value.value = member->AsRaw();
    }
    // RFC 6902 clause 4: each operation has its own mandatory members.
    const bool hasValue = value.op == "add" || value.op == "replace" || value.op == "test";
    const bool hasFrom = value.op == "copy" || value.op == "move";
    archive.Expect(hasValue || hasFrom || value.op == "remove", DecodeError::UNSUPPORTED);
    archive.Expect((!hasValue || value.value) && (!hasFrom || value.from), DecodeError::MALFORMED);
    archive.Expect(value.path.empty() || value.path[0] == '/', DecodeError::MALFORMED);
}

void
Describe(JsonWriter& archive, const PatchItem& value)
{
    DescribePatchItem(archive, value);
    if (value.value)
    {
        archive.Member("value", *value.value);
    }
}

void
Describe(JsonReader& archive, Snssai& value)
{
    archive.Required("sst", value.sst);
    if (archive.Find("sd"))
    {
        value.sd = static_cast<uint32_t>(RequiredHex(archive, "sd", 6, 6));
    }
}

void
Describe(JsonWriter& archive, const Snssai& value)
{
    archive.Required("sst", value.sst);
    if (value.sd)
    {
        archive.Required("sd", Hex(*value.sd, 6));
    }
}

void
Describe(JsonReader& archive, Tmgi& value)
{
    PlmnId plmn;
    const uint64_t service = RequiredHex(archive, "mbsServiceId", 6, 6);
    archive.Required("plmnId", plmn);
    value = Tmgi(static_cast<uint32_t>(service), plmn);
}

void
Describe(JsonWriter& archive, const Tmgi& value)
{
    archive.Required("mbsServiceId", value.ServiceIdText());
    archive.Required("plmnId", value.Plmn());
}

void
Describe(JsonReader& archive, SsmIpv4& value)
{
    RequiredIpAddr(archive, "sourceIpAddr", value.source);
    RequiredIpAddr(archive, "destIpAddr", value.destination);
}

void
Describe(JsonWriter& archive, const SsmIpv4& value)
{
    RequiredIpAddr(archive, "sourceIpAddr", value.source);
    RequiredIpAddr(archive, "destIpAddr", value.destination);
}

/** @param archive where from or to @param value a session's name */
template <typename Archive>
void
DescribeMbsSessionId(Archive& archive, Of<Archive, MbsSessionId>& value)
{
    archive.Optional("tmgi", value.tmgi);
    archive.Optional("ssm", value.ssm);
    archive.Expect(value.tmgi || value.ssm, DecodeError::MALFORMED);
}

void
Describe(JsonReader& archive, MbsSessionId& value)
{
    DescribeMbsSessionId(archive, value);
}

void
Describe(JsonWriter& archive, const MbsSessionId& value)
{
    DescribeMbsSessionId(archive, value);
}

void
Describe(JsonReader& archive, TunnelAddress& value)
{
    IpAddr address;
    Describe(archive, address);
    archive.Required("portNumber", value.portNumber);
    value.ipv4Addr = address.address;
}

void
Describe(JsonWriter& archive, const TunnelAddress& value)
{
    Describe(archive, IpAddr{value.ipv4Addr});
    archive.Required("portNumber", value.portNumber);
}

void
Describe(JsonReader& archive, BitRate& value)
{
    const std::optional<BitRate> rate = BitRate::FromText(archive.AsString());
    archive.Expect(rate.has_value(), DecodeError::MALFORMED);
    value = rate.value_or(BitRate());
}

void
Describe(JsonWriter& archive, const BitRate& value)
{
    archive.SetString(value.ToText());
}

void
Describe(JsonReader& archive, GlobalRanNodeId& value)
{
    GnbId gnb;
    archive.Required("plmnId", value.plmnId);
    // The other kinds of node (N3IWF, ng-eNB, ...) have members of their own.
    archive.Expect(archive.Find("gNbId").has_value(), DecodeError::UNSUPPORTED);
    archive.Required("gNbId", gnb);
    value.gNbValue = gnb.value;
    value.bitLength = gnb.bitLength;
}

void
Describe(JsonWriter& archive, const GlobalRanNodeId& value)
{
    archive.Required("plmnId", value.plmnId);
    archive.Required("gNbId", GnbId{value.gNbValue, value.bitLength});
}

/** @param archive where from or to @param value an area */
template <typename Archive>
void
DescribeMbsServiceArea(Archive& archive, Of<Archive, MbsServiceArea>& value)
{
    archive.OptionalList("ncgiList", value.ncgiList);
    archive.OptionalList("taiList", value.taiList);
    archive.Expect(!value.ncgiList.empty() || !value.taiList.empty(), DecodeError::MALFORMED);
}

void
Describe(JsonReader& archive, MbsServiceArea& value)
{
    DescribeMbsServiceArea(archive, value);
}

void
Describe(JsonWriter& archive, const MbsServiceArea& value)
{
    DescribeMbsServiceArea(archive, value);
}

void
Describe(JsonReader& archive, RefToBinaryData& value)
{
    archive.Required("contentId", value.contentId);
}

void
Describe(JsonWriter& archive, const RefToBinaryData& value)
{
    archive.Required("contentId", value.contentId);
}

/** @param archive where from or to @param value an error */
template <typename Archive>
void
DescribeProblemDetails(Archive& archive, Of<Archive, ProblemDetails>& value)
{
    archive.OptionalText("type", value.type);
    archive.OptionalText("title", value.title);
    archive.Optional("status", value.status);
    archive.OptionalText("detail", value.detail);
    archive.OptionalText("instance", value.instance);
    archive.OptionalText("cause", value.cause);
    archive.OptionalList("invalidParams", value.invalidParams);
}

void
Describe(JsonReader& archive, ProblemDetails& value)
{
    DescribeProblemDetails(archive, value);
}

void
Describe(JsonWriter& archive, const ProblemDetails& value)
{
    DescribeProblemDetails(archive, value);
}

void
OptionalSecurityContext(JsonReader& archive, SecurityContext& context)
{
    if (std::optional<JsonReader> member = archive.Find("mbsSecurityContext"))
    {
        Describe(*member, context);
    }
}

void
OptionalSecurityContext(JsonWriter& archive, const SecurityContext& context)
{
    if (!context.empty())
    {
        archive.Required("mbsSecurityContext", context);
    }
}

void
RequiredIpAddr(JsonReader& archive, const char* name, Ipv4Address& address)
{
    IpAddr value;
    archive.Required(name, value);
    address = value.address;
}

void
RequiredIpAddr(JsonWriter& archive, const char* name, const Ipv4Address& address)
{
    archive.Required(name, IpAddr{address});
}

void
RequiredNfInstanceId(JsonReader& archive, const char* name, std::string& id)
{
    archive.Required(name, id);
    archive.Expect(IsUuid(id), DecodeError::MALFORMED);
}

void
RequiredNfInstanceId(JsonWriter& archive, const char* name, const std::string& id)
{
    archive.Required(name, id);
}

std::string
MbsSessionId::Encode() const
{
    return EncodeJson(*this);
}

Decoded<MbsSessionId>
MbsSessionId::Decode(ByteView body)
{
    return DecodeJson<MbsSessionId>(body);
}

std::string
TunnelAddress::Encode() const
{
    return EncodeJson(*this);
}

Decoded<TunnelAddress>
TunnelAddress::Decode(ByteView body)
{
    return DecodeJson<TunnelAddress>(body);
}

std::string
BitRate::ToText() const
{
    uint64_t value = bps;
    std::size_t unit = 0;
    while (value != 0 && value % 1000 == 0 && unit + 1 < std::size(UNITS))
    {
        value /= 1000;
        ++unit;
    }
    return std::to_string(value) + " " + UNITS[unit];
}

std::optional<BitRate>
BitRate::FromText(const std::string& text)
{
    const std::size_t space = text.find(' ');
    std::size_t unit = 0;
    while (unit < std::size(UNITS) &&
           (space == std::string::npos || text.substr(space + 1) != UNITS[unit]))
    {
        ++unit;
    }
    if (unit == std::size(UNITS))
    {
        return std::nullopt;
    }
    // The number without its point, and how far the unit moves the point to the right.
    const std::string number = text.substr(0, space);
    const std::size_t point = number.find('.');
    std::string digits = number.substr(0, point);
    std::string decimals = point == std::string::npos ? "0" : number.substr(point + 1);
    if (digits.empty() || decimals.empty() ||
        (digits + decimals).find_first_not_of("0123456789") != std::string::npos)
    {
        return std::nullopt;
    }
    decimals.resize(3 * unit, '0');
    uint64_t bps = 0;
    for (const char c : digits + decimals)
    {
        const uint64_t digit = static_cast<uint64_t>(c - '0');
        if (bps > (UINT64_MAX - digit) / 10)
        {
            return std::nullopt;
        }
        bps = bps * 10 + digit;
    }
    return BitRate{bps};
}

PatchItem
PatchItem::Replace(const std::string& path, std::string value)
{
    PatchItem item;
    item.op = "replace";
    item.path = path;
    item.value.emplace(value.data(), value.size());
    SecureWipe(value.data(), value.size());
    return item;
}

std::string
EncodePatch(const std::vector<PatchItem>& items)
{
    return EncodeJson(items);
}

Decoded<std::vector<PatchItem>>
DecodePatch(ByteView body)
{
    return DecodeJson<std::vector<PatchItem>>(body);
}

std::string
EncodeSecurityContext(const SecurityContext& context)
{
    return EncodeJson(context);
}

Decoded<SecurityContext>
DecodeSecurityContext(ByteView body)
{
    return DecodeJson<SecurityContext>(body);
}

std::string
ProblemDetails::Encode() const
{
    return EncodeJson(*this);
}

Decoded<ProblemDetails>
ProblemDetails::Decode(ByteView body)
{
    return DecodeJson<ProblemDetails>(body);
}

std::string
NfInstanceIdFor(uint32_t node)
{
    char text[37];
    std::snprintf(text, sizeof(text), "6d627300-0000-8000-8000-0000%08x", node);
    return text;
}

bool
IsUuid(const std::string& text)
{
    bool good = text.size() == 36;
    for (std::size_t i = 0; good && i < text.size(); ++i)
    {
        const char c = text[i];
        const bool digit =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        good = i == 8 || i == 13 || i == 18 || i == 23 ? c == '-' : digit;
    }
    return good;
}

} // namespace ns3::mbs::sbi
