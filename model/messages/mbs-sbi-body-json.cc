// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-json.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

namespace ns3::mbs::sbi
{

namespace
{

/** The library's value, whose text is wiped when it goes. */
using Json = nlohmann::basic_json<std::map, std::vector, SecretText>;

/** 2026-01-01 in days since 1970-01-01. */
constexpr int64_t EPOCH_DAY = 20454;

/** Seconds of a day. */
constexpr int64_t DAY = 86400;

/** Blanks in a string, more than a key in base64 has characters with what may follow it. */
constexpr std::size_t PADDING = 64;

/** Characters of the shortest secret in base64, a salt of 14 octets. */
constexpr std::size_t SHORTEST_SECRET = 20;

/** Nanoseconds of a second. */
constexpr int64_t SECOND = 1000000000;

/**
 * @param c a character
 * @return true if it is one of base64, or of an escape by which one may be written
 */
bool
MayBeBase64(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '/' && c <= '9') || c == '+' ||
           c == '=' || c == '\\';
}

/**
 * @param body JSON text, right or wrong
 * @return true if a key in base64 may be in it
 */
bool
MayHoldSecret(ByteView body)
{
    std::size_t run = 0;
    for (const uint8_t c : body)
    {
        run = MayBeBase64(c) ? run + 1 : 0;
        if (run == SHORTEST_SECRET)
        {
            return true;
        }
    }
    return false;
}

/**
 * @brief Looks for what the parser is too kind to: nesting that recursive code (printing, copying)
 *        should not be given, and an octet 0, which it takes for the end of the text.
 * @param body JSON text, right or wrong
 * @return DecodeError::NONE if the parser may have it
 */
DecodeError
Screen(ByteView body)
{
    std::size_t depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < body.size(); ++i)
    {
        const uint8_t c = body[i];
        if (c == 0)
        {
            return DecodeError::MALFORMED;
        }
        if (inString)
        {
            i += c == '\\' ? 1 : 0;
            inString = c != '"';
        }
        else if (c == '"')
        {
            inString = true;
        }
        else if (c == '[' || c == '{')
        {
            if (++depth > MAX_JSON_DEPTH)
            {
                return DecodeError::OUT_OF_RANGE;
            }
        }
        else if ((c == ']' || c == '}') && depth > 0)
        {
            --depth;
        }
    }
    return DecodeError::NONE;
}

/**
 * @brief Parses a text so that the parser leaves no key behind.
 *
 * The parser keeps the characters that it has read since a string began in a buffer which it does
 * not wipe. So the text is made an element of an array: the long string before it makes that buffer
 * too long to be moved while it holds a key, the one behind it overwrites what the buffer held.
 * Most bodies have no text that could be a key, and are parsed as they are.
 *
 * @param body JSON text
 * @return the value; discarded if the text is wrong
 */
Json
Parse(ByteView body)
{
    // In front the parser would skip a byte order mark, which is no JSON (RFC 8259 clause 8.1).
    if (!MayHoldSecret(body) && body[0] != 0xef)
    {
        return Json::parse(body.begin(), body.end(), nullptr, false);
    }
    const std::string padding = '"' + std::string(PADDING, ' ') + '"';
    Bytes padded;
    padded.reserve(body.size() + 2 * padding.size() + 4);
    const auto append = [&padded](const auto& text) {
        padded.insert(padded.end(), text.begin(), text.end());
    };
    append('[' + padding + ',');
    append(body);
    append(',' + padding + ']');
    Json array = Json::parse(padded.begin(), padded.end(), nullptr, false);
    // A list of values is no value.
    const bool one = array.is_array() && array.size() == 3;
    return one ? std::move(array[1]) : Json(Json::value_t::discarded);
}

/**
 * @param out where to append a JSON string
 * @param text any octets, which it says
 */
void
AppendQuoted(SecretText& out, std::string_view text)
{
    // Almost all text of these bodies needs no escape, and the library's printer is slow to set up.
    const auto plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), plain))
    {
        out += '"';
        out += text;
        out += '"';
        return;
    }
    out += Json(SecretText(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/**
 * @brief Proleptic Gregorian calendar, by eras of 400 years that begin on 1 March.
 * @param year the year
 * @param month 1 to 12
 * @param day 1 to 31
 * @return days since 1970-01-01
 */
int64_t
DayOf(int64_t year, int64_t month, int64_t day)
{
    const int64_t y = month > 2 ? year : year - 1;
    const int64_t era = (y >= 0 ? y : y - 399) / 400;
    const int64_t yearOfEra = y - era * 400;
    const int64_t dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

/**
 * @brief Reads decimal digits.
 * @param text where from
 * @param position of the first digit
 * @param count how many
 * @return the number, or -1 if a character is no digit
 */
int64_t
Digits(const std::string& text, std::size_t position, std::size_t count)
{
    int64_t value = 0;
    for (std::size_t i = position; i < position + count; ++i)
    {
        if (i >= text.size() || text[i] < '0' || text[i] > '9')
        {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

/** A parsed body. */
struct JsonReader::Document
{
    Json root;                            //!< the whole of it
    DecodeError error{DecodeError::NONE}; //!< the first thing that was wrong
};

void
JsonWriter::SetRaw(std::string_view json)
{
    m_text += json;
}

void
JsonWriter::SetString(std::string_view text)
{
    AppendQuoted(m_text, text);
}

void
JsonWriter::SetBase64(ByteView bytes)
{
    std::string text = ToBase64(bytes);
    m_text += '"';
    m_text += text;
    m_text += '"';
    SecureWipe(text.data(), text.size());
}

void
JsonWriter::Member(const char* name, const SecretText& json)
{
    Name(name);
    m_text += json;
}

void
JsonWriter::Name(const char* name)
{
    m_text += m_isObject ? ',' : '{';
    m_isObject = true;
    AppendQuoted(m_text, name);
    m_text += ':';
}

void
JsonWriter::End()
{
    if (m_isObject)
    {
        m_text += '}';
    }
    else if (m_text.size() == m_begin)
    {
        m_text += "{}";
    }
}

void
JsonWriter::OptionalText(const char* name, const std::string& text)
{
    if (!text.empty())
    {
        Required(name, text);
    }
}

void
JsonWriter::Flag(const char* name, bool flag)
{
    if (flag)
    {
        Name(name);
        m_text += "true";
    }
}

JsonReader::JsonReader(ByteView body)
    : m_document(std::make_shared<Document>()),
      m_value(&m_document->root)
{
    m_document->error = body.empty() ? DecodeError::TRUNCATED : Screen(body);
    if (!Ok())
    {
        return;
    }
    m_document->root = Parse(body);
    Expect(!m_document->root.is_discarded(), DecodeError::MALFORMED);
}

JsonReader::JsonReader(std::shared_ptr<Document> document, void* value)
    : m_document(std::move(document)),
      m_value(value)
{
}

DecodeError
JsonReader::Error() const
{
    return m_document->error;
}

void
JsonReader::Fail(DecodeError error)
{
    if (Ok())
    {
        m_document->error = error;
    }
}

std::string
JsonReader::AsString()
{
    const auto* text = static_cast<Json*>(m_value)->get_ptr<const Json::string_t*>();
    Expect(text, DecodeError::MALFORMED);
    return text ? std::string(text->data(), text->size()) : std::string();
}

bool
JsonReader::AsBool()
{
    const auto* flag = static_cast<Json*>(m_value)->get_ptr<const Json::boolean_t*>();
    Expect(flag, DecodeError::MALFORMED);
    return flag && *flag;
}

uint64_t
JsonReader::AsInteger(uint64_t max)
{
    const Json& value = *static_cast<Json*>(m_value);
    if (!value.is_number_integer())
    {
        Fail(DecodeError::MALFORMED);
        return 0;
    }
    // The parser keeps every integer that is not negative as an unsigned one.
    const auto* number = value.get_ptr<const Json::number_unsigned_t*>();
    if (!number || *number > max)
    {
        Fail(DecodeError::OUT_OF_RANGE);
        return 0;
    }
    return *number;
}

Bytes
JsonReader::TakeBase64(std::size_t size)
{
    auto* text = static_cast<Json*>(m_value)->get_ptr<Json::string_t*>();
    if (!text)
    {
        Fail(DecodeError::MALFORMED);
        return {};
    }
    std::string copy(text->data(), text->size());
    std::optional<Bytes> bytes = FromBase64(copy);
    SecureWipe(copy.data(), copy.size());
    SecureWipe(text->data(), text->size());
    if (!bytes || bytes->size() != size)
    {
        Fail(DecodeError::MALFORMED);
        return {};
    }
    return std::move(*bytes);
}

SecretText
JsonReader::AsRaw() const
{
    return static_cast<Json*>(m_value)->dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<JsonReader>
JsonReader::AsArray()
{
    std::vector<JsonReader> elements;
    auto* array = static_cast<Json*>(m_value)->get_ptr<Json::array_t*>();
    Expect(array, DecodeError::MALFORMED);
    if (array)
    {
        elements.reserve(array->size());
        for (Json& element : *array)
        {
            elements.push_back(JsonReader(m_document, &element));
        }
    }
    return elements;
}

std::vector<std::pair<std::string, JsonReader>>
JsonReader::AsObject()
{
    std::vector<std::pair<std::string, JsonReader>> members;
    auto* object = static_cast<Json*>(m_value)->get_ptr<Json::object_t*>();
    Expect(object, DecodeError::MALFORMED);
    if (object)
    {
        for (auto& [name, member] : *object)
        {
            members.emplace_back(std::string(name.data(), name.size()),
                                 JsonReader(m_document, &member));
        }
    }
    return members;
}

std::optional<JsonReader>
JsonReader::Find(const char* name)
{
    auto* object = static_cast<Json*>(m_value)->get_ptr<Json::object_t*>();
    Expect(object, DecodeError::MALFORMED);
    if (object)
    {
        const auto member = object->find(name);
        if (member != object->end())
        {
            return JsonReader(m_document, &member->second);
        }
    }
    return std::nullopt;
}

void
JsonReader::OptionalText(const char* name, std::string& text)
{
    if (std::optional<JsonReader> member = Find(name))
    {
        text = member->AsString();
    }
}

void
JsonReader::Flag(const char* name, bool& flag)
{
    if (std::optional<JsonReader> member = Find(name))
    {
        flag = member->AsBool();
    }
}

void
Describe(JsonReader& archive, std::string& value)
{
    value = archive.AsString();
}

void
Describe(JsonWriter& archive, const std::string& value)
{
    archive.SetString(value);
}

void
Describe(JsonReader& archive, uint8_t& value)
{
    value = static_cast<uint8_t>(archive.AsInteger(UINT8_MAX));
}

void
Describe(JsonReader& archive, uint16_t& value)
{
    value = static_cast<uint16_t>(archive.AsInteger(UINT16_MAX));
}

void
Describe(JsonReader& archive, uint32_t& value)
{
    value = static_cast<uint32_t>(archive.AsInteger(UINT32_MAX));
}

void
Describe(JsonWriter& archive, const uint8_t& value)
{
    archive.SetRaw(std::to_string(value));
}

void
Describe(JsonWriter& archive, const uint16_t& value)
{
    archive.SetRaw(std::to_string(value));
}

void
Describe(JsonWriter& archive, const uint32_t& value)
{
    archive.SetRaw(std::to_string(value));
}

void
Describe(JsonReader& archive, Time& value)
{
    const std::optional<Time> time = FromDateTime(archive.AsString());
    archive.Expect(time.has_value(), DecodeError::MALFORMED);
    value = time.value_or(Time());
}

void
Describe(JsonWriter& archive, const Time& value)
{
    archive.SetString(ToDateTime(value));
}

void
Describe(JsonReader& archive, Ipv4Address& value)
{
    const std::optional<Ipv4Address> address = ParseIpv4Address(archive.AsString());
    archive.Expect(address.has_value(), DecodeError::MALFORMED);
    value = address.value_or(Ipv4Address());
}

void
Describe(JsonWriter& archive, const Ipv4Address& value)
{
    std::ostringstream text;
    value.Print(text);
    archive.SetString(text.str());
}

std::string
ToDateTime(Time time)
{
    const int64_t nanoseconds = time.GetNanoSeconds();
    int64_t second = nanoseconds / SECOND;
    int64_t fraction = nanoseconds % SECOND;
    if (fraction < 0)
    {
        fraction += SECOND;
        --second;
    }
    int64_t day = second / DAY;
    int64_t secondOfDay = second % DAY;
    if (secondOfDay < 0)
    {
        secondOfDay += DAY;
        --day;
    }
    // The reverse of DayOf(). 64 bits of nanoseconds reach from 1733 to 2318: no negative era.
    const int64_t shifted = day + EPOCH_DAY + 719468;
    const int64_t era = shifted / 146097;
    const int64_t dayOfEra = shifted % 146097;
    const int64_t yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int64_t monthFromMarch = (5 * dayOfYear + 2) / 153;
    const int64_t dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    const int64_t month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    const int64_t year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);

    char text[64];
    std::snprintf(text,
                  sizeof(text),
                  "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ",
                  static_cast<int>(year),
                  static_cast<int>(month),
                  static_cast<int>(dayOfMonth),
                  static_cast<int>(secondOfDay / 3600),
                  static_cast<int>(secondOfDay / 60 % 60),
                  static_cast<int>(secondOfDay % 60),
                  static_cast<int>(fraction));
    return text;
}

std::optional<Time>
FromDateTime(const std::string& text)
{
    const int64_t year = Digits(text, 0, 4);
    const int64_t month = Digits(text, 5, 2);
    const int64_t day = Digits(text, 8, 2);
    const int64_t hour = Digits(text, 11, 2);
    const int64_t minute = Digits(text, 14, 2);
    const int64_t second = Digits(text, 17, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59 || second < 0 || second > 59 || text[4] != '-' || text[7] != '-' ||
        (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
    {
        return std::nullopt;
    }
    const int64_t nextMonth = month == 12 ? DayOf(year + 1, 1, 1) : DayOf(year, month + 1, 1);
    if (day > nextMonth - DayOf(year, month, 1))
    {
        return std::nullopt;
    }

    std::size_t position = 19;
    int64_t fraction = 0;
    if (position < text.size() && text[position] == '.')
    {
        std::size_t digits = 0;
        for (++position; Digits(text, position, 1) >= 0; ++position, ++digits)
        {
            fraction = digits < 9 ? fraction * 10 + Digits(text, position, 1) : fraction;
        }
        if (digits == 0)
        {
            return std::nullopt;
        }
        for (; digits < 9; ++digits)
        {
            fraction *= 10;
        }
    }

    int64_t offset = 0;
    const std::string zone = text.substr(position);
    if (zone != "Z" && zone != "z")
    {
        const int64_t hours = Digits(zone, 1, 2);
        const int64_t minutes = Digits(zone, 4, 2);
        if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || hours < 0 ||
            hours > 23 || minutes < 0 || minutes > 59)
        {
            return std::nullopt;
        }
        offset = (zone[0] == '+' ? 1 : -1) * (hours * 3600 + minutes * 60);
    }

    const int64_t seconds =
        (DayOf(year, month, day) - EPOCH_DAY) * DAY + hour * 3600 + minute * 60 + second - offset;
    // Whole seconds and the rest with the same sign, so that neither step overflows.
    const int64_t whole = seconds < 0 ? seconds + 1 : seconds;
    const int64_t rest = seconds < 0 ? fraction - SECOND : fraction;
    constexpr int64_t MOST = INT64_MAX / SECOND;
    if (whole > MOST || whole < -MOST || (whole == MOST && rest > INT64_MAX % SECOND) ||
        (whole == -MOST && rest < INT64_MIN % SECOND))
    {
        return std::nullopt;
    }
    return NanoSeconds(whole * SECOND + rest);
}

std::optional<Ipv4Address>
ParseIpv4Address(const std::string& text)
{
    uint32_t address = 0;
    std::size_t position = 0;
    for (int octet = 0; octet < 4; ++octet)
    {
        if (octet > 0 && (position >= text.size() || text[position++] != '.'))
        {
            return std::nullopt;
        }
        std::size_t digits = 0;
        int64_t value = 0;
        while (digits < 3 && Digits(text, position + digits, 1) >= 0)
        {
            value = value * 10 + Digits(text, position + digits, 1);
            ++digits;
        }
        if (digits == 0 || value > 255 || (digits > 1 && text[position] == '0'))
        {
            return std::nullopt;
        }
        address = address << 8 | static_cast<uint32_t>(value);
        position += digits;
    }
    if (position != text.size())
    {
        return std::nullopt;
    }
    return Ipv4Address(address);
}

ByteView
ViewOf(const std::string& text)
{
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

ByteView
ViewOfSecret(const SecretText& text)
{
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

Bytes
ToBody(const std::string& text)
{
    return ViewOf(text).ToBytes();
}

} // namespace ns3::mbs::sbi
