// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-digest-authenticator.h"

namespace ns3::mbs
{

namespace
{

/** How many nonces are remembered. */
constexpr std::size_t MAX_NONCES = 65536;

/** What the server's proof is called in Authentication-Info. */
constexpr const char* PROOF = "rspauth=\"";

} // namespace

const char*
ToString(DigestAuthenticator::Verdict verdict)
{
    switch (verdict)
    {
    case DigestAuthenticator::Verdict::NONE:
        return "no credentials";
    case DigestAuthenticator::Verdict::MALFORMED:
        return "malformed credentials";
    case DigestAuthenticator::Verdict::STALE:
        return "stale nonce";
    case DigestAuthenticator::Verdict::UNKNOWN_USER:
        return "unknown user";
    case DigestAuthenticator::Verdict::WRONG_PROOF:
        return "wrong digest";
    case DigestAuthenticator::Verdict::REPLAYED:
        return "replayed request";
    case DigestAuthenticator::Verdict::ACCEPTED:
        break;
    }
    return "accepted";
}

DigestAuthenticator::DigestAuthenticator(std::string realm, HashFunction algorithm, Time lifetime)
    : m_realm(std::move(realm)),
      m_algorithm(algorithm),
      m_lifetime(lifetime)
{
}

void
DigestAuthenticator::Expire(Time now)
{
    while (!m_inOrder.empty() && m_nonces.at(m_inOrder.begin()->second).until <= now)
    {
        ForgetOldest();
    }
}

void
DigestAuthenticator::ForgetOldest()
{
    const auto oldest = m_inOrder.begin();
    m_nonces.erase(oldest->second);
    m_inOrder.erase(oldest);
}

std::string
DigestAuthenticator::Challenge(ByteView random, bool stale, Time now)
{
    Expire(now);
    while (m_inOrder.size() >= MAX_NONCES)
    {
        ForgetOldest();
    }
    DigestChallenge challenge;
    challenge.realm = m_realm;
    challenge.nonce = ToBase64(random);
    challenge.qop = "auth-int";
    challenge.algorithm = m_algorithm;
    challenge.stale = stale;
    m_nonces[challenge.nonce] = {m_next, now + m_lifetime, 0};
    m_inOrder[m_next++] = challenge.nonce;
    return challenge.Encode();
}

DigestAuthenticator::Result
DigestAuthenticator::Check(const std::string& authorization,
                           const std::string& method,
                           const std::string& path,
                           ByteView body,
                           const PasswordOf& passwordOf,
                           Time now)
{
    Result result;
    if (authorization.empty())
    {
        return result;
    }
    const auto credentials = DigestCredentials::Decode(authorization);
    // The challenge offers one algorithm and one quality of protection; anything less is an attempt
    // to do without it.
    if (!credentials || credentials->realm != m_realm || credentials->uri != path ||
        credentials->algorithm != m_algorithm || credentials->qop != "auth-int")
    {
        result.verdict = Verdict::MALFORMED;
        return result;
    }
    Expire(now);
    const auto nonce = m_nonces.find(credentials->nonce);
    if (nonce == m_nonces.end())
    {
        result.verdict = Verdict::STALE;
        return result;
    }
    const auto password = passwordOf(credentials->username);
    if (!password)
    {
        result.verdict = Verdict::UNKNOWN_USER;
        return result;
    }
    if (!credentials->Verify(*password, method, body))
    {
        result.verdict = Verdict::WRONG_PROOF;
        return result;
    }
    if (credentials->nonceCount <= nonce->second.lastCount)
    {
        result.verdict = Verdict::REPLAYED;
        return result;
    }
    nonce->second.lastCount = credentials->nonceCount;
    result.verdict = Verdict::ACCEPTED;
    result.user = credentials->username;
    result.credentials = *credentials;
    return result;
}

std::string
DigestAuthenticator::Sign(const DigestCredentials& credentials, ByteView password, ByteView body)
{
    ByteWriter count;
    count.U32(credentials.nonceCount);
    return "qop=" + credentials.qop + ", " + PROOF +
           credentials.ComputeServerProof(password, body) + "\", cnonce=\"" + credentials.cnonce +
           "\", nc=" + ToHex(count.Get());
}

bool
DigestAuthenticator::IsSigned(const std::string& info,
                              const DigestCredentials& credentials,
                              ByteView password,
                              ByteView body)
{
    const std::size_t at = info.find(PROOF);
    if (at == std::string::npos)
    {
        return false;
    }
    const std::size_t begin = at + std::char_traits<char>::length(PROOF);
    const std::string proof = info.substr(begin, info.find('"', begin) - begin);
    return SameSecret(TextView(proof), TextView(credentials.ComputeServerProof(password, body)));
}

} // namespace ns3::mbs
