// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

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

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const bool challenge = ReadHeader<DigestChallenge>(octets);
    auto credentials = DigestCredentials::Decode(std::string(octets.begin(), octets.end()));
    if (!ReadHeader<DigestCredentials>(octets))
    {
        return challenge;
    }
    credentials->Verify("password", "GET");
    credentials->response = credentials->Compute("password", "GET");
    Require(credentials->Verify("password", "GET"), "a proof is not accepted");
    credentials->ComputeServerProof("password");
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
    seeds.push_back(Octets("digest Realm=\"\",nonce=n ,\tstale=TRUE,algorithm=md5"));
    return seeds;
}

const Target TARGET("http-digest", 384, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
