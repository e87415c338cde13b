// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-sbi-body-common.h"

#include <map>

namespace ns3::mbs::sbi
{

namespace
{

/** A value with members of every kind that bodies have. */
struct FuzzBody
{
    std::string text;                             //!< a string
    std::optional<uint8_t> small;                 //!< an integer
    std::optional<uint32_t> large;                //!< an integer
    bool flag{false};                             //!< true or absent
    std::vector<uint16_t> numbers;                //!< an array
    std::map<std::string, std::string> names;     //!< an object with any names
    std::optional<std::array<uint8_t, 6>> octets; //!< base64
    std::optional<Secret<16>> secret;             //!< base64
    std::optional<Time> time;                     //!< a date
    std::optional<Ipv4Address> address;           //!< an address
};

/** @param archive reader or writer @param value what is read or written */
template <typename Archive>
void
DescribeMembers(Archive& archive, Of<Archive, FuzzBody>& value)
{
    archive.OptionalText("text", value.text);
    archive.Optional("small", value.small);
    archive.Optional("large", value.large);
    archive.Flag("flag", value.flag);
    archive.OptionalList("numbers", value.numbers);
    archive.Map("names", value.names);
    archive.Optional("octets", value.octets);
    archive.Optional("secret", value.secret);
    archive.Optional("time", value.time);
    archive.Optional("address", value.address);
}

/** @param archive reader @param value what is read */
void
Describe(JsonReader& archive, FuzzBody& value)
{
    DescribeMembers(archive, value);
}

/** @param archive writer @param value what is written */
void
Describe(JsonWriter& archive, const FuzzBody& value)
{
    DescribeMembers(archive, value);
}

} // namespace

} // namespace ns3::mbs::sbi

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const auto body = Recode(octets, &sbi::DecodeJson<sbi::FuzzBody>, [](const auto& value) {
        return Octets(sbi::EncodeJson(value));
    });
    sbi::JsonReader reader(octets);
    if (!reader.Ok())
    {
        return false;
    }
    // Any JSON text means the same after it was read and written.
    const SecretText raw = reader.AsRaw();
    Require(sbi::JsonReader(sbi::ViewOfSecret(raw)).AsRaw() == raw,
            "JSON is another when read again");
    return bool(body);
}

/** @return a body */
std::vector<Bytes>
Seeds()
{
    sbi::FuzzBody body;
    body.text = "a \"b\" \xc3\xa4";
    body.small = 255;
    body.large = UINT32_MAX;
    body.flag = true;
    body.numbers = {1, 65535};
    body.names = {{"a", "b"}, {"c", "d"}};
    body.octets.emplace();
    body.secret.emplace();
    body.time = Seconds(1700000000);
    body.address = Ipv4Address("10.0.0.1");
    return {Octets(sbi::EncodeJson(body)), Octets("{\"names\":{\"\":\"\\u0000\\ud83d\\ude00\"}}")};
}

const Target TARGET("json", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
