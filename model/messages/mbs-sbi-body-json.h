// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_JSON_H
#define MBS_SBI_BODY_JSON_H

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-secret.h"

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/**
 * @ingroup mbs
 * @brief Common data types of the service-based interface (TS 29.571) and how bodies become JSON.
 *
 * Every structured type has one function `Describe(archive, value)` that lists its members by the
 * names of the OpenAPI file. With a JsonReader the members are read, with a JsonWriter they are
 * written, so that the two directions cannot drift apart.
 */
namespace ns3::mbs::sbi
{

/** How deep arrays and objects of a body may nest; no body of the standard comes near it. */
inline constexpr std::size_t MAX_JSON_DEPTH = 32;

/**
 * @ingroup mbs
 * @brief Writes one JSON value: a scalar, or an object member by member, in the order of the calls.
 *
 * Text that is not UTF-8 is written with replacement characters. What is written is wiped when it
 * goes, since it may be a key. All writers of a body append to the same text: bodies are written
 * for every UE, and a text of its own for each value would be most of the cost.
 */
class JsonWriter
{
  public:
    /** This archive only looks at the values. */
    static constexpr bool READING = false;

    /** @param text where the value is appended; must outlive the writer */
    explicit JsonWriter(SecretText& text)
        : m_text(text),
          m_begin(text.size())
    {
    }

    /** @param json text of a whole JSON value, which becomes this value */
    void SetRaw(std::string_view json);

    /** @param text becomes this value, as a JSON string */
    void SetString(std::string_view text);

    /** @param bytes become this value, in base64; the text in between is wiped */
    void SetBase64(ByteView bytes);

    /** @param values become this value, as an array */
    template <typename T>
    void SetArray(const std::vector<T>& values)
    {
        m_text += '[';
        for (const T& value : values)
        {
            if (&value != &values.front())
            {
                m_text += ',';
            }
            Append(value);
        }
        m_text += ']';
    }

    /** @param name of a member @param json its value */
    void Member(const char* name, const SecretText& json);

    /** @brief Writes a member. @param name its name @param value its value */
    template <typename T>
    void Required(const char* name, const T& value)
    {
        Name(name);
        Append(value);
    }

    /** @brief Writes a member if there is a value. @param name its name @param value its value */
    template <typename T>
    void Optional(const char* name, const std::optional<T>& value)
    {
        if (value)
        {
            Required(name, *value);
        }
    }

    /** @brief Writes a string unless it is empty. @param name of the member @param text its value
     */
    void OptionalText(const char* name, const std::string& text);

    /** @brief Writes a Boolean unless it is false, the default. @param name member @param flag
     * value */
    void Flag(const char* name, bool flag);

    /** @brief Writes an array. @param name of the member @param values the elements */
    template <typename T>
    void List(const char* name, const std::vector<T>& values)
    {
        Required(name, values);
    }

    /** @brief Writes an array unless it is empty. @param name member @param values the elements */
    template <typename T>
    void OptionalList(const char* name, const std::vector<T>& values)
    {
        if (!values.empty())
        {
            List(name, values);
        }
    }

    /** @brief Writes an object used as a map. @param name of the member @param values the entries
     */
    template <typename T>
    void Map(const char* name, const std::map<std::string, T>& values)
    {
        Name(name);
        JsonWriter writer(m_text);
        for (const auto& [key, value] : values)
        {
            writer.Required(key.c_str(), value);
        }
        writer.End();
    }

    /** @brief A rule that a reader enforces; a writer is told by its caller's type. */
    void Expect(bool, DecodeError = DecodeError::OUT_OF_RANGE)
    {
    }

    /** @brief Appends a value of its own. @param value any describable value */
    template <typename T>
    void Append(const T& value)
    {
        JsonWriter writer(m_text);
        Describe(writer, value);
        writer.End();
    }

  private:
    /** @brief Begins a member. @param name its name */
    void Name(const char* name);

    /** @brief Ends the value: an object without members if nothing was written. */
    void End();

    SecretText& m_text;     //!< where the value is appended
    std::size_t m_begin;    //!< where it begins
    bool m_isObject{false}; //!< a member was written
};

/**
 * @ingroup mbs
 * @brief Reads one JSON value. The first error sticks, and is seen by all readers of the document.
 */
class JsonReader
{
  public:
    /** This archive fills the values. */
    static constexpr bool READING = true;

    /**
     * @brief Parses a whole body.
     * @param body UTF-8 text; a failed parse gives a reader that has failed
     */
    explicit JsonReader(ByteView body);

    /** @return why something was refused, DecodeError::NONE while all is well */
    DecodeError Error() const;

    /** @return true while nothing was refused */
    bool Ok() const
    {
        return Error() == DecodeError::NONE;
    }

    /** @brief Refuses the document, unless it was refused before. @param error why */
    void Fail(DecodeError error);

    /** @brief Refuses the document unless a rule holds. @param rule what must hold @param error why
     */
    void Expect(bool rule, DecodeError error = DecodeError::OUT_OF_RANGE)
    {
        if (!rule)
        {
            Fail(error);
        }
    }

    /** @return the string that this value is; empty and failed if it is none */
    std::string AsString();

    /** @return the Boolean that this value is; false and failed if it is none */
    bool AsBool();

    /**
     * @param max greatest value allowed
     * @return the number that this value is; 0 and failed if it is no integer of 0 to max
     */
    uint64_t AsInteger(uint64_t max);

    /**
     * @brief Decodes base64 and wipes the text that it came from, so it can be read only once.
     * @param size how many octets there must be
     * @return the octets; nothing and failed if this is not the base64 of so many
     */
    Bytes TakeBase64(std::size_t size);

    /** @return the text of this value, whatever it is */
    SecretText AsRaw() const;

    /** @return the elements of the array that this value is; none and failed if it is no array */
    std::vector<JsonReader> AsArray();

    /** @return the members of the object that this value is, sorted by name (failed if none) */
    std::vector<std::pair<std::string, JsonReader>> AsObject();

    /**
     * @param name of a member
     * @return the member, or nothing if there is none; failed if this value is no object
     */
    std::optional<JsonReader> Find(const char* name);

    /** @brief Reads a member that must be there. @param name its name @param value where to */
    template <typename T>
    void Required(const char* name, T& value)
    {
        if (std::optional<JsonReader> member = Find(name))
        {
            Describe(*member, value);
        }
        else
        {
            Fail(DecodeError::MALFORMED);
        }
    }

    /** @brief Reads a member that may be there. @param name its name @param value where to */
    template <typename T>
    void Optional(const char* name, std::optional<T>& value)
    {
        if (std::optional<JsonReader> member = Find(name))
        {
            Describe(*member, value.emplace());
        }
    }

    /** @brief Reads a string, empty if it is not there. @param name member @param text where to */
    void OptionalText(const char* name, std::string& text);

    /** @brief Reads a Boolean, false if it is not there. @param name member @param flag where to */
    void Flag(const char* name, bool& flag);

    /** @brief Reads an array of at least one element. @param name member @param values where to */
    template <typename T>
    void List(const char* name, std::vector<T>& values)
    {
        Required(name, values);
    }

    /** @brief Reads an array that, if there, is not empty. @param name member @param values where
     * to */
    template <typename T>
    void OptionalList(const char* name, std::vector<T>& values)
    {
        if (std::optional<JsonReader> member = Find(name))
        {
            Describe(*member, values);
        }
    }

    /** @brief Reads a map of at least one entry. @param name member @param values where to */
    template <typename T>
    void Map(const char* name, std::map<std::string, T>& values)
    {
        if (std::optional<JsonReader> member = Find(name))
        {
            for (auto& [key, value] : member->AsObject())
            {
                Describe(value, values[key]);
            }
            Expect(!values.empty());
        }
        else
        {
            Fail(DecodeError::MALFORMED);
        }
    }

  private:
    struct Document; //!< the parsed text and the error that sticks

    /** @param document of the value @param value a value in it */
    JsonReader(std::shared_ptr<Document> document, void* value);

    std::shared_ptr<Document> m_document; //!< shared by all readers of a body
    void* m_value;                        //!< the value, owned by the document
};

/** A value as an archive wants it: to fill for a reader, to look at for a writer. */
template <typename Archive, typename T>
using Of = std::conditional_t<Archive::READING, T, const T>;

/**
 * @name Values that are no objects
 * @{
 */
/** @param archive where from or to @param value a string */
void Describe(JsonReader& archive, std::string& value);
/** @copydoc Describe(JsonReader&,std::string&) */
void Describe(JsonWriter& archive, const std::string& value);
/** @param archive where from or to @param value an integer of 0 to 255 */
void Describe(JsonReader& archive, uint8_t& value);
/** @param archive where from or to @param value an integer of 0 to 65535 */
void Describe(JsonReader& archive, uint16_t& value);
/** @param archive where from or to @param value an integer of 0 to 2^32 - 1 */
void Describe(JsonReader& archive, uint32_t& value);
/** @param archive where to @param value an integer */
void Describe(JsonWriter& archive, const uint8_t& value);
/** @copydoc Describe(JsonWriter&,const uint8_t&) */
void Describe(JsonWriter& archive, const uint16_t& value);
/** @copydoc Describe(JsonWriter&,const uint8_t&) */
void Describe(JsonWriter& archive, const uint32_t& value);
/** @param archive where from or to @param value a DateTime, simulated time */
void Describe(JsonReader& archive, Time& value);
/** @copydoc Describe(JsonReader&,Time&) */
void Describe(JsonWriter& archive, const Time& value);
/** @param archive where from or to @param value an address in dotted decimal */
void Describe(JsonReader& archive, Ipv4Address& value);
/** @copydoc Describe(JsonReader&,Ipv4Address&) */
void Describe(JsonWriter& archive, const Ipv4Address& value);

/** @param archive where from @param value elements of an array, at least one */
template <typename T>
void
Describe(JsonReader& archive, std::vector<T>& value)
{
    for (JsonReader& element : archive.AsArray())
    {
        Describe(element, value.emplace_back());
    }
    archive.Expect(!value.empty());
}

/** @param archive where to @param value elements of an array */
template <typename T>
void
Describe(JsonWriter& archive, const std::vector<T>& value)
{
    archive.SetArray(value);
}

/** @param archive where from @param value N octets in base64 */
template <std::size_t N>
void
Describe(JsonReader& archive, std::array<uint8_t, N>& value)
{
    const Bytes bytes = archive.TakeBase64(N);
    std::copy(bytes.begin(), bytes.end(), value.begin());
}

/** @param archive where to @param value N octets, written in base64 */
template <std::size_t N>
void
Describe(JsonWriter& archive, const std::array<uint8_t, N>& value)
{
    archive.SetBase64(ByteView(value));
}

/** @param archive where from @param value N octets in base64, which leave no copy */
template <std::size_t N>
void
Describe(JsonReader& archive, Secret<N>& value)
{
    const Bytes bytes = archive.TakeBase64(N);
    std::copy(bytes.begin(), bytes.end(), value.Data());
}

/** @param archive where to @param value N octets, written in base64 */
template <std::size_t N>
void
Describe(JsonWriter& archive, const Secret<N>& value)
{
    archive.SetBase64(value.View());
}

/** @} */

/**
 * @ingroup mbs
 * @param value any describable value
 * @return its compact JSON text; whoever takes a text with a key in it wipes it
 */
template <typename T>
std::string
EncodeJson(const T& value)
{
    // Room for most bodies, so that the text seldom has to move.
    constexpr std::size_t USUAL_SIZE = 512;
    SecretText text;
    text.reserve(USUAL_SIZE);
    JsonWriter(text).Append(value);
    return std::string(text.data(), text.size());
}

/**
 * @ingroup mbs
 * @tparam T any describable type
 * @param body JSON text
 * @return the value, or why not: TRUNCATED (no text at all), MALFORMED (no JSON, a member missing
 *         or of the wrong type), OUT_OF_RANGE, UNSUPPORTED
 */
template <typename T>
Decoded<T>
DecodeJson(ByteView body)
{
    JsonReader reader(body);
    T value;
    if (reader.Ok())
    {
        Describe(reader, value);
    }
    if (!reader.Ok())
    {
        return reader.Error();
    }
    return value;
}

/**
 * @ingroup mbs
 * @brief Simulated time as a date: 2026-01-01T00:00:00Z is the start of every simulation.
 * @param time simulated time
 * @return the date with nine decimals, for example `2026-01-01T00:00:01.500000000Z`
 */
std::string ToDateTime(Time time);

/**
 * @ingroup mbs
 * @brief A date as simulated time (RFC 3339; decimals behind the ninth are cut off).
 * @param text the date, with any offset from UTC
 * @return simulated time, negative before 2026; or nothing if the text is no date, or one that
 *         does not fit 64 bits of nanoseconds
 */
std::optional<Time> FromDateTime(const std::string& text);

/**
 * @ingroup mbs
 * @param text dotted decimal without leading zeros
 * @return the address, or nothing
 */
std::optional<Ipv4Address> ParseIpv4Address(const std::string& text);

/**
 * @ingroup mbs
 * @param text the owner
 * @return its octets, valid as long as the owner is left alone
 */
ByteView ViewOf(const std::string& text);

/** @copydoc ViewOf(const std::string&) */
ByteView ViewOfSecret(const SecretText& text);

/**
 * @ingroup mbs
 * @param text an encoded body
 * @return its octets, for SbiRequest::body
 */
Bytes ToBody(const std::string& text);

} // namespace ns3::mbs::sbi

#endif // MBS_SBI_BODY_JSON_H
