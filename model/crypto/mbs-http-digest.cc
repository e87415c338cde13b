// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-http-digest.h"

#include <cctype>
#include <map>

namespace ns3::mbs
{

namespace
{

/** Parameters of a header, by their name in lower case. */
using Parameters = std::map<std::string, std::string>;

/**
 * @param text some text
 * @return it in lower case
 */
std::string
Lower(std::string text)
{
    for (char& c : text)
    {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return text;
}

/**
 * @param c a character
 * @return true if it may be in a token (RFC 7230 clause 3.2.6)
 */
bool
IsTokenChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string("!#$%&'*+-.^_`|~").find(c) != std::string::npos;
}

/**
 * @brief Reads `Digest name=value, name="value", ...`.
 * @param text a header's value
 * @param[out] parameters what was read
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodeParameters(const std::string& text, Parameters& parameters)
{
    static constexpr std::size_t SCHEME = 6;
    if (Lower(text.substr(0, SCHEME)) != "digest" || text.size() == SCHEME || text[SCHEME] != ' ')
    {
        return DecodeError::UNSUPPORTED;
    }
    std::size_t at = SCHEME;
    const auto skip = [&](const char* what) {
        while (at < text.size() && std::string(what).find(text[at]) != std::string::npos)
        {
            ++at;
        }
    };
    skip(" \t,");
    while (at < text.size())
    {
        std::string name;
        while (at < text.size() && IsTokenChar(text[at]))
        {
            name.push_back(text[at++]);
        }
        skip(" \t");
        if (name.empty() || at == text.size() || text[at++] != '=')
        {
            return DecodeError::MALFORMED;
        }
        skip(" \t");
        std::string value;
        if (at < text.size() && text[at] == '"')
        {
            ++at;
            while (at < text.size() && text[at] != '"')
            {
                if (text[at] == '\\' && at + 1 < text.size())
                {
                    ++at;
                }
                value.push_back(text[at++]);
            }
            if (at == text.size())
            {
                return DecodeError::TRUNCATED;
            }
            ++at;
        }
        else
        {
            while (at < text.size() && IsTokenChar(text[at]))
            {
                value.push_back(text[at++]);
            }
        }
        if (!parameters.emplace(Lower(name), value).second)
        {
            return DecodeError::MALFORMED;
        }
        const std::size_t end = at;
        skip(" \t,");
        if (at < text.size() && text.substr(end, at - end).find(',') == std::string::npos)
        {
            return DecodeError::MALFORMED;
        }
    }
    return DecodeError::NONE;
}

/**
 * @param name what the header says, or nothing
 * @param[out] algorithm the hash function
 * @return true if it is known
 */
bool
DecodeAlgorithm(const std::string& name, HashFunction& algorithm)
{
    const std::string lower = Lower(name);
    if (lower.empty() || lower == "md5")
    {
        algorithm = HashFunction::MD5;
        return true;
    }
    algorithm = HashFunction::SHA_256;
    return lower == "sha-256";
}

/**
 * @param algorithm the hash function
 * @return its name in headers
 */
const char*
AlgorithmName(HashFunction algorithm)
{
    return algorithm == HashFunction::SHA_256 ? "SHA-256" : "MD5";
}

/**
 * @param text some text
 * @return it between quotation marks
 */
std::string
Quote(const std::string& text)
{
    std::string quoted = "\"";
    for (const char c : text)
    {
        if (c == '"' || c == '\\')
        {
            quoted.push_back('\\');
        }
        quoted.push_back(c);
    }
    return quoted + '"';
}

/**
 * @param algorithm the hash function
 * @param data what to hash
 * @return the digest, hexadecimal
 */
std::string
HexDigest(HashFunction algorithm, ByteView data)
{
    return ToHex(Digest(algorithm, data));
}

/**
 * @param count how many requests used a nonce
 * @return eight hexadecimal digits
 */
std::string
CountText(uint32_t count)
{
    ByteWriter writer;
    writer.U32(count);
    return ToHex(writer.Get());
}

/**
 * @brief RFC 7616 clause 3.4.1 with A2 beginning with the method, or with nothing for the server.
 * @param credentials the answer
 * @param password the password
 * @param method the method, empty for the server's proof
 * @param body the body
 * @return the proof, hexadecimal
 */
std::string
Proof(const DigestCredentials& credentials,
      ByteView password,
      const std::string& method,
      ByteView body)
{
    const HashFunction hash = credentials.algorithm;
    ByteWriter a1;
    a1.Append(TextView(credentials.username + ':' + credentials.realm + ':'));
    a1.Append(password);
    // RFC 7616 calls H(A1) as good as the password within its realm.
    std::string ha1 = HexDigest(hash, a1.Get());
    std::string a2 = method + ':' + credentials.uri;
    if (credentials.qop == "auth-int")
    {
        a2 += ':' + HexDigest(hash, body);
    }
    std::string rest = ':' + credentials.nonce + ':';
    if (!credentials.qop.empty())
    {
        rest += CountText(credentials.nonceCount) + ':' + credentials.cnonce + ':' +
                credentials.qop + ':';
    }
    rest += HexDigest(hash, TextView(a2));
    ByteWriter text;
    text.Append(TextView(ha1));
    text.Append(TextView(rest));
    SecureWipe(ha1.data(), ha1.size());
    return HexDigest(hash, text.Get());
}

} // namespace

std::string
DigestChallenge::Encode() const
{
    std::string text = "Digest realm=" + Quote(realm) + ", nonce=" + Quote(nonce);
    if (!qop.empty())
    {
        text += ", qop=" + Quote(qop);
    }
    text += std::string(", algorithm=") + AlgorithmName(algorithm);
    if (!opaque.empty())
    {
        text += ", opaque=" + Quote(opaque);
    }
    return stale ? text + ", stale=true" : text;
}

Decoded<DigestChallenge>
DigestChallenge::Decode(const std::string& value)
{
    Parameters parameters;
    const DecodeError error = DecodeParameters(value, parameters);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    DigestChallenge challenge;
    if (!DecodeAlgorithm(parameters["algorithm"], challenge.algorithm))
    {
        return DecodeError::UNSUPPORTED;
    }
    if (parameters.count("realm") == 0 || parameters["nonce"].empty())
    {
        return DecodeError::MALFORMED;
    }
    challenge.realm = parameters["realm"];
    challenge.nonce = parameters["nonce"];
    challenge.opaque = parameters["opaque"];
    challenge.qop = parameters["qop"];
    challenge.stale = Lower(parameters["stale"]) == "true";
    return challenge;
}

std::string
DigestCredentials::Encode() const
{
    std::string text = "Digest username=" + Quote(username) + ", realm=" + Quote(realm) +
                       ", nonce=" + Quote(nonce) + ", uri=" + Quote(uri) +
                       ", algorithm=" + AlgorithmName(algorithm) + ", response=" + Quote(response);
    if (!qop.empty())
    {
        text += ", qop=" + qop + ", nc=" + CountText(nonceCount) + ", cnonce=" + Quote(cnonce);
    }
    return opaque.empty() ? text : text + ", opaque=" + Quote(opaque);
}

Decoded<DigestCredentials>
DigestCredentials::Decode(const std::string& value)
{
    Parameters parameters;
    const DecodeError error = DecodeParameters(value, parameters);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    DigestCredentials credentials;
    if (!DecodeAlgorithm(parameters["algorithm"], credentials.algorithm))
    {
        return DecodeError::UNSUPPORTED;
    }
    for (const char* name : {"username", "realm", "nonce", "uri", "response"})
    {
        if (parameters.count(name) == 0)
        {
            return DecodeError::MALFORMED;
        }
    }
    credentials.username = parameters["username"];
    credentials.realm = parameters["realm"];
    credentials.nonce = parameters["nonce"];
    credentials.uri = parameters["uri"];
    credentials.response = parameters["response"];
    credentials.opaque = parameters["opaque"];
    credentials.qop = parameters["qop"];
    if (credentials.qop.empty())
    {
        return credentials;
    }
    if (credentials.qop != "auth" && credentials.qop != "auth-int")
    {
        return DecodeError::UNSUPPORTED;
    }
    const auto count = FromHex(parameters["nc"]);
    if (parameters["nc"].size() != 8 || !count || count->size() != 4 ||
        parameters["cnonce"].empty())
    {
        return DecodeError::MALFORMED;
    }
    credentials.nonceCount = ByteReader(*count).U32();
    credentials.cnonce = parameters["cnonce"];
    return credentials;
}

std::string
DigestCredentials::Compute(ByteView password, const std::string& method, ByteView body) const
{
    return Proof(*this, password, method, body);
}

std::string
DigestCredentials::ComputeServerProof(ByteView password, ByteView body) const
{
    return Proof(*this, password, "", body);
}

bool
DigestCredentials::Verify(ByteView password, const std::string& method, ByteView body) const
{
    return SameSecret(TextView(Compute(password, method, body)), TextView(Lower(response)));
}

Bytes
DigestPassword(const Secret<32>& mrk)
{
    std::string text = ToBase64(mrk.View());
    const ByteView octets = TextView(text);
    Bytes password(octets.begin(), octets.end());
    SecureWipe(text.data(), text.size());
    return password;
}

} // namespace ns3::mbs
