// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-message.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

namespace ns3::mbs
{

namespace
{

/** More parts than this are refused; the standard's messages have at most a handful. */
constexpr std::size_t MAX_PARTS = 64;

/** RFC 2046 clause 5.1.1: at most 70 characters. */
constexpr std::size_t MAX_BOUNDARY = 70;

/** Parts for which there is room at once: JSON, N1 and N2. */
constexpr std::size_t USUAL_PARTS = 3;

/** What the delimiters of bodies that are made here begin with; a number follows. */
constexpr std::string_view DASH_BOUNDARY = "--mbs-part-";

/** The same without the dashes, which are no part of a boundary. */
constexpr std::string_view BOUNDARY = DASH_BOUNDARY.substr(2);

/** Characters of most Content-Types of such bodies, and more. */
constexpr std::size_t USUAL_TYPE_SIZE = 80;

/** More digits than the lowest free number of a boundary can have. */
constexpr std::size_t MAX_BOUNDARY_DIGITS = 9;

/** @param c a character @return true if it is a blank or a tab */
bool
IsBlank(char c)
{
    return c == ' ' || c == '\t';
}

/**
 * @param text any text
 * @return the same without blanks and tabs at both ends
 */
std::string_view
Trim(std::string_view text)
{
    // The library's searches for one of several characters call a function for each of the text.
    while (!text.empty() && IsBlank(text.front()))
    {
        text.remove_prefix(1);
    }
    while (!text.empty() && IsBlank(text.back()))
    {
        text.remove_suffix(1);
    }
    return text;
}

/**
 * @param text any text
 * @param lower a text in lower case
 * @return true if they are the same but for A to Z
 */
bool
IsSameButCase(std::string_view text, std::string_view lower)
{
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char c, char l) {
        return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == l;
    });
}

/**
 * @param text a Content-ID
 * @return the same without angle brackets, and without blanks in them, however often
 */
std::string_view
StripBrackets(std::string_view text)
{
    std::string_view id = Trim(text);
    while (id.size() >= 2 && id.front() == '<' && id.back() == '>')
    {
        id = Trim(id.substr(1, id.size() - 2));
    }
    return id;
}

/**
 * @brief Finds a parameter of a header field (RFC 9110 clause 5.6.6).
 * @param field value with parameters
 * @param name lower-case name
 * @return its value without quotes; empty when it is not there
 */
std::string
Parameter(std::string_view field, std::string_view name)
{
    std::size_t at = field.find(';');
    while (at < field.size())
    {
        const std::size_t first = ++at;
        while (at < field.size() && field[at] != '=' && field[at] != ';')
        {
            ++at;
        }
        if (at == field.size() || field[at] == ';')
        {
            continue;
        }
        const bool wanted = IsSameButCase(Trim(field.substr(first, at - first)), name);
        ++at;
        while (at < field.size() && IsBlank(field[at]))
        {
            ++at;
        }
        std::string value;
        if (at < field.size() && field[at] == '"')
        {
            for (++at; at < field.size() && field[at] != '"'; ++at)
            {
                if (field[at] == '\\' && at + 1 < field.size())
                {
                    ++at;
                }
                if (wanted)
                {
                    value.push_back(field[at]);
                }
            }
            at = std::min(field.find(';', at), field.size());
        }
        else
        {
            const std::size_t end = std::min(field.find(';', at), field.size());
            if (wanted)
            {
                value = Trim(field.substr(at, end - at));
            }
            at = end;
        }
        if (wanted)
        {
            return value;
        }
    }
    return {};
}

/**
 * @param value a parameter's value
 * @return it as a quoted string (RFC 9110 clause 5.6.4), which Parameter() reads back
 */
std::string
Quoted(std::string_view value)
{
    std::string text = "\"";
    text.reserve(value.size() + 2);
    for (const char c : value)
    {
        if (c == '"' || c == '\\')
        {
            text.push_back('\\');
        }
        text.push_back(c);
    }
    text.push_back('"');
    return text;
}

/** @param bytes octets @return the same as text */
std::string_view
TextOf(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/**
 * @param bytes where to search
 * @param from first position
 * @param what what to search
 * @return position of the first occurrence, or bytes.size()
 */
std::size_t
Find(ByteView bytes, std::size_t from, std::string_view what)
{
    return std::min(TextOf(bytes).find(what, from), bytes.size());
}

/**
 * @param bytes where to look
 * @param at position
 * @param what what should stand there
 * @return true if it does
 */
bool
StandsAt(ByteView bytes, std::size_t at, std::string_view what)
{
    return at <= bytes.size() && bytes.size() - at >= what.size() &&
           std::memcmp(bytes.data() + at, what.data(), what.size()) == 0;
}

/** What stands behind a dash-boundary. */
enum class Delimiter : uint8_t
{
    NONE, //!< something else: the boundary was only the beginning of a longer text
    NEXT, //!< a part follows
    LAST  //!< no part follows
};

/**
 * @brief Reads what stands behind a dash-boundary.
 * @param body the body
 * @param at position behind the boundary; moved behind the line when a part follows
 * @return what it was
 */
Delimiter
BehindBoundary(ByteView body, std::size_t& at)
{
    if (StandsAt(body, at, "--"))
    {
        return Delimiter::LAST;
    }
    std::size_t end = at;
    while (end < body.size() && IsBlank(static_cast<char>(body[end])))
    {
        ++end;
    }
    if (!StandsAt(body, end, "\r\n"))
    {
        return Delimiter::NONE;
    }
    at = end + 2;
    return Delimiter::NEXT;
}

/** @param c an octet @return true if it is a control character other than the tab */
bool
IsControl(uint8_t c)
{
    return (c < 0x20 && c != '\t') || c == 0x7f;
}

/**
 * @brief Reads a part: header fields, empty line, content.
 * @param bytes from behind one delimiter to before the next
 * @return the part, or nothing if it is none
 */
std::optional<SbiPart>
ReadPart(ByteView bytes)
{
    SbiPart part;
    std::size_t at = 0;
    while (!StandsAt(bytes, at, "\r\n"))
    {
        // RFC 9110 clause 5.5: no control character but the tab stands in a field. So the first one
        // is its end, or wrong.
        const auto end = static_cast<std::size_t>(
            std::find_if(bytes.begin() + at, bytes.end(), &IsControl) - bytes.begin());
        const std::string_view line = TextOf(bytes).substr(at, end - at);
        const std::size_t colon = line.find(':');
        if (!StandsAt(bytes, end, "\r\n") || colon == std::string_view::npos)
        {
            return std::nullopt;
        }
        const std::string_view name = Trim(line.substr(0, colon));
        const std::string_view value = Trim(line.substr(colon + 1));
        if (IsSameButCase(name, "content-type"))
        {
            part.contentType = value;
        }
        else if (IsSameButCase(name, "content-id"))
        {
            part.contentId = StripBrackets(value);
        }
        at = end + 2;
    }
    part.body = bytes.Sub(at + 2);
    return part;
}

/**
 * @brief Finds a boundary that occurs in no part, in one pass: what is in the parts may come from a
 * peer, who could otherwise make one search after the other necessary.
 * @param parts the parts
 * @return the lowest number of such a boundary
 */
uint32_t
FreeBoundary(const std::vector<SbiPart>& parts)
{
    std::set<uint32_t> taken;
    for (const SbiPart& part : parts)
    {
        const ByteView body = part.body;
        for (std::size_t at = Find(body, 0, DASH_BOUNDARY); at != body.size();
             at = Find(body, at, DASH_BOUNDARY))
        {
            at += DASH_BOUNDARY.size();
            // Of "--mbs-part-120" the boundaries 1, 12 and 120 are the beginning.
            const std::size_t end = std::min(body.size(), at + MAX_BOUNDARY_DIGITS);
            uint32_t number = 0;
            for (std::size_t i = at; i < end && body[i] >= '0' && body[i] <= '9'; ++i)
            {
                number = 10 * number + (body[i] - '0');
                taken.insert(number);
                if (number == 0)
                {
                    break; // no number begins with 0 and goes on
                }
            }
        }
    }
    uint32_t number = 0;
    while (taken.count(number) != 0)
    {
        ++number;
    }
    return number;
}

/**
 * @brief Says what a body consists of.
 * @param parts the parts
 * @param boundary what is between them
 * @param append takes one piece of text after the other
 */
template <typename F>
void
Compose(const std::vector<SbiPart>& parts, std::string_view boundary, F append)
{
    for (const SbiPart& part : parts)
    {
        append("--");
        append(boundary);
        append("\r\nContent-Type: ");
        append(part.contentType);
        if (!part.contentId.empty())
        {
            append("\r\nContent-Id: ");
            append(part.contentId);
        }
        append("\r\n\r\n");
        append(TextOf(part.body));
        append("\r\n");
    }
    append("--");
    append(boundary);
    append("--\r\n");
}

} // namespace

SbiMultipart
EncodeMultipart(const std::vector<SbiPart>& parts)
{
    std::string boundary(BOUNDARY);
    boundary += std::to_string(FreeBoundary(parts));
    SbiMultipart out;
    out.contentType.reserve(USUAL_TYPE_SIZE);
    out.contentType += "multipart/related; boundary=";
    out.contentType += boundary;
    if (!parts.empty())
    {
        out.contentType += "; type=";
        out.contentType += Quoted(parts.front().contentType);
    }
    // The pieces are many and short: with their sum known first, each is one copy.
    std::size_t size = 0;
    Compose(parts, boundary, [&size](std::string_view piece) { size += piece.size(); });
    out.body = SharedBytes(size, [&](uint8_t* end) {
        Compose(parts, boundary, [&end](std::string_view piece) {
            const auto* octets = reinterpret_cast<const uint8_t*>(piece.data());
            end = std::copy(octets, octets + piece.size(), end);
        });
    });
    return out;
}

Decoded<std::vector<SbiPart>>
DecodeMultipart(std::string_view contentType, ByteView body)
{
    if (!IsMediaType(contentType, "multipart/related"))
    {
        return DecodeError::UNSUPPORTED;
    }
    const std::string boundary = Parameter(contentType, "boundary");
    if (boundary.empty() || boundary.size() > MAX_BOUNDARY)
    {
        return DecodeError::MALFORMED;
    }
    const std::string delimiter = "\r\n--" + boundary;
    const std::string_view dash = std::string_view(delimiter).substr(2);

    // The first delimiter may open the body; later ones follow a line end that belongs to them.
    std::size_t at = 0;
    Delimiter kind = Delimiter::NONE;
    if (StandsAt(body, 0, dash))
    {
        at = dash.size();
        kind = BehindBoundary(body, at);
    }
    while (kind == Delimiter::NONE)
    {
        at = Find(body, at, delimiter);
        if (at == body.size())
        {
            return DecodeError::TRUNCATED;
        }
        at += delimiter.size();
        kind = BehindBoundary(body, at);
    }

    std::vector<SbiPart> parts;
    parts.reserve(USUAL_PARTS);
    while (kind == Delimiter::NEXT)
    {
        const std::size_t first = at;
        // A part without header fields and content leaves no line end of its own before the next
        // delimiter, hence the search from two octets before.
        std::size_t end = at - 2;
        do
        {
            end = Find(body, end, delimiter);
            if (end == body.size())
            {
                return DecodeError::TRUNCATED;
            }
            at = end + delimiter.size();
            kind = BehindBoundary(body, at);
            if (kind == Delimiter::NONE)
            {
                ++end;
            }
        } while (kind == Delimiter::NONE);
        if (end < first)
        {
            return DecodeError::MALFORMED;
        }
        auto part = ReadPart(body.Sub(first, end - first));
        if (!part)
        {
            return DecodeError::MALFORMED;
        }
        if (parts.size() == MAX_PARTS)
        {
            return DecodeError::OUT_OF_RANGE;
        }
        parts.push_back(*part);
    }
    if (parts.empty())
    {
        return DecodeError::OUT_OF_RANGE;
    }

    const std::string root = Parameter(contentType, "start");
    const std::string_view start = StripBrackets(root);
    if (!start.empty())
    {
        const auto named = std::find_if(parts.begin(), parts.end(), [start](const SbiPart& part) {
            return part.contentId == start;
        });
        if (named == parts.end())
        {
            return DecodeError::MALFORMED;
        }
        std::rotate(parts.begin(), named, named + 1);
    }
    return parts;
}

bool
IsMediaType(std::string_view contentType, std::string_view type)
{
    return IsSameButCase(Trim(contentType.substr(0, contentType.find(';'))), type);
}

SbiResponse
Problem(int status, const std::string& cause, const std::string& detail)
{
    nlohmann::json json;
    json["status"] = status;
    if (!cause.empty())
    {
        json["cause"] = cause;
    }
    if (!detail.empty())
    {
        json["detail"] = detail;
    }
    // A detail may quote what a peer sent; octets that are no UTF-8 must not throw.
    const std::string text = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    SbiResponse response;
    response.status = status;
    response.contentType = SBI_PROBLEM_TYPE;
    response.body = ByteView(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    return response;
}

} // namespace ns3::mbs
