// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-digest-authenticator.h"
#include "ns3/mbs-http-digest.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @tparam T a header's class @param octets its text @return true if it was accepted */
template <typename T>
bool
ReadHeader(ByteView octets)
{
    return bool(Recode(
        octets,
        [](ByteView text) { return T::Decode(std::string(text.begin(), text.end())); },
        [](const T& value) { return Octets(value.Encode()); }));
}

/** The password of every user. */
const Bytes PASSWORD = Octets("password");

/**
 * @brief Has a server judge credentials that answer its challenge, and a client its proof.
 * @param credentials read from an input
 */
void
Authenticate(DigestCredentials credentials)
{
    DigestAuthenticator server("mbs.example", credentials.algorithm, Seconds(1));
    const auto challenge =
        DigestChallenge::Decode(server.Challenge(Bytes(16, 0x42), false, Time()));
    Require(bool(challenge), "a server's own challenge is refused");
    credentials.realm = challenge->realm;
    credentials.nonce = challenge->nonce;
    credentials.qop = "auth-int";
    credentials.cnonce += "c"; // with auth-int there must be one
    credentials.response = credentials.Compute(PASSWORD, "POST");
    const auto check = [&server, &credentials] {
        return server.Check(
            credentials.Encode(),
            "POST",
            credentials.uri,
            ByteView(),
            [](const std::string&) { return std::optional<Bytes>(PASSWORD); },
            Time());
    };
    using Verdict = DigestAuthenticator::Verdict;
    const Verdict verdict = check().verdict;
    Require(verdict == (credentials.nonceCount > 0 ? Verdict::ACCEPTED : Verdict::REPLAYED),
            "credentials with the right proof are refused");
    Require(check().verdict == Verdict::REPLAYED, "a request is accepted twice");
    const std::string proof = DigestAuthenticator::Sign(credentials, PASSWORD, ByteView());
    Require(DigestAuthenticator::IsSigned(proof, credentials, PASSWORD, ByteView()),
            "a server's proof is refused");
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const std::string text(octets.begin(), octets.end());
    DigestAuthenticator::IsSigned(text, DigestCredentials(), PASSWORD, ByteView());
    DigestAuthenticator("mbs.example", HashFunction::MD5, Seconds(1))
        .Check(
            text,
            "GET",
            "/",
            ByteView(),
            [](const std::string&) { return std::nullopt; },
            Time());
    const bool challenge = ReadHeader<DigestChallenge>(octets);
    auto credentials = DigestCredentials::Decode(text);
    if (!ReadHeader<DigestCredentials>(octets))
    {
        return challenge;
    }
    credentials->Verify(PASSWORD, "GET");
    credentials->response = credentials->Compute(PASSWORD, "GET");
    Require(credentials->Verify(PASSWORD, "GET"), "a proof is not accepted");
    credentials->ComputeServerProof(PASSWORD);
    Authenticate(*credentials);
    return true;
}

/** @return headers */
std::vector<Bytes>
Seeds()
{
    DigestChallenge challenge{"mbs.example", "nonce", "opaque", "auth,auth-int", {}, true};
    DigestCredentials credentials;
    credentials.username = "ue \"1\"";
    credentials.realm = "mbs.example";
    credentials.nonce = "nonce";
    credentials.uri = "/keys";
    credentials.response = "00112233445566778899aabbccddeeff";
    std::vector<Bytes> seeds{Octets(challenge.Encode()), Octets(credentials.Encode())};
    credentials.algorithm = HashFunction::SHA_256;
    credentials.opaque = "opaque";
    credentials.qop = "auth-int";
    credentials.cnonce = "cnonce";
    seeds.push_back(Octets(credentials.Encode()));
    seeds.push_back(Octets("Digest rspauth=\"00\", realm=r, nonce=n"));
    seeds.push_back(Octets("digest Realm=\"\",nonce=n ,\tstale=TRUE,algorithm=md5"));
    return seeds;
}

const Target TARGET("http-digest", 384, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
