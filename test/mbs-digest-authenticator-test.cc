// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-text-octets.h"

#include "ns3/mbs-digest-authenticator.h"

#include <string>

namespace ns3::mbs
{

namespace
{

using Verdict = DigestAuthenticator::Verdict;

/** A server with one user, and what a client needs to make requests of it. */
struct Scene
{
    /** @param algorithm of the challenges */
    explicit Scene(HashFunction algorithm = HashFunction::MD5)
        : server("realm", algorithm, Seconds(10))
    {
    }

    /** @param now simulated time @return a challenge */
    DigestChallenge Challenge(Time now = Seconds(0))
    {
        ByteWriter nonce;
        nonce.U64(1).U64(++nonces);
        return *DigestChallenge::Decode(server.Challenge(nonce.Get(), false, now));
    }

    /**
     * @param challenge of the server
     * @param count requests with its nonce
     * @param user who asks
     * @param password of the user
     * @return credentials for the request
     */
    DigestCredentials Credentials(const DigestChallenge& challenge,
                                  uint32_t count = 1,
                                  const std::string& user = "ue",
                                  const std::string& password = "secret") const
    {
        DigestCredentials credentials;
        credentials.username = user;
        credentials.realm = challenge.realm;
        credentials.nonce = challenge.nonce;
        credentials.uri = "/path";
        credentials.qop = "auth-int";
        credentials.cnonce = "c";
        credentials.nonceCount = count;
        credentials.algorithm = challenge.algorithm;
        credentials.response = credentials.Compute(Octets(password), "POST", body);
        return credentials;
    }

    /** @param authorization a header @param now simulated time @return what the server thinks */
    DigestAuthenticator::Result Check(const std::string& authorization, Time now = Seconds(0))
    {
        return server.Check(
            authorization,
            "POST",
            "/path",
            body,
            [](const std::string& user) {
                return user == "ue" ? std::optional<Bytes>(Octets("secret")) : std::nullopt;
            },
            now);
    }

    DigestAuthenticator server; //!< under test
    Bytes body{1, 2, 3};        //!< of every request
    uint64_t nonces{0};         //!< given out
};

/** @param check where to report */
void
Accepted(Check& check)
{
    for (const HashFunction algorithm : {HashFunction::MD5, HashFunction::SHA_256})
    {
        Scene scene(algorithm);
        const DigestChallenge challenge = scene.Challenge();
        check.Equal(challenge.qop, "auth-int", "the body is protected");
        check.Expect(challenge.algorithm == algorithm, "algorithm");
        for (const uint32_t count : {1U, 2U, 7U})
        {
            const auto result = scene.Check(scene.Credentials(challenge, count).Encode());
            check.Expect(result.verdict == Verdict::ACCEPTED, "growing counts");
            check.Equal(result.user, "ue", "who it is");
        }
        const DigestCredentials sent = scene.Credentials(challenge, 8);
        const auto result = scene.Check(sent.Encode());
        const Bytes answer{9};
        const std::string info =
            DigestAuthenticator::Sign(result.credentials, Octets("secret"), answer);
        check.Expect(DigestAuthenticator::IsSigned(info, sent, Octets("secret"), answer),
                     "the server proves itself");
        check.Expect(!DigestAuthenticator::IsSigned(info, sent, Octets("secret"), Bytes{8}),
                     "not with another answer");
        check.Expect(!DigestAuthenticator::IsSigned(info, sent, Octets("other"), answer),
                     "not with another password");
        check.Expect(!DigestAuthenticator::IsSigned("qop=auth-int", sent, Octets("secret"), answer),
                     "not without a proof");
    }
}

/** @param check where to report */
void
Refused(Check& check)
{
    Scene scene;
    const DigestChallenge challenge = scene.Challenge();
    const auto verdict = [&scene](const DigestCredentials& credentials) {
        return scene.Check(credentials.Encode()).verdict;
    };
    check.Expect(scene.Check("").verdict == Verdict::NONE, "no header");
    check.Expect(scene.Check("Basic dWU6c2VjcmV0").verdict == Verdict::MALFORMED, "basic");
    check.Expect(verdict(scene.Credentials(challenge, 1, "ue", "guess")) == Verdict::WRONG_PROOF,
                 "a wrong password");
    check.Expect(verdict(scene.Credentials(challenge, 1, "nobody")) == Verdict::UNKNOWN_USER,
                 "an unknown user");
    check.Expect(verdict(scene.Credentials(challenge, 3)) == Verdict::ACCEPTED, "right");
    check.Expect(verdict(scene.Credentials(challenge, 3)) == Verdict::REPLAYED, "again");
    check.Expect(verdict(scene.Credentials(challenge, 2)) == Verdict::REPLAYED, "an older one");

    DigestCredentials other = scene.Credentials(challenge, 4);
    other.uri = "/elsewhere";
    check.Expect(verdict(other) == Verdict::MALFORMED, "made for another target");
    other = scene.Credentials(challenge, 4);
    other.qop = "auth";
    other.response = other.Compute(Octets("secret"), "POST");
    check.Expect(verdict(other) == Verdict::MALFORMED, "the body left unprotected");
    other = scene.Credentials(challenge, 4);
    other.algorithm = HashFunction::SHA_256;
    check.Expect(verdict(other) == Verdict::MALFORMED, "another algorithm");
    other = scene.Credentials(challenge, 4);
    other.realm = "elsewhere";
    check.Expect(verdict(other) == Verdict::MALFORMED, "another realm");

    const DigestCredentials good = scene.Credentials(challenge, 5);
    scene.body.push_back(4);
    check.Expect(verdict(good) == Verdict::WRONG_PROOF, "another body");
    for (const Verdict each : {Verdict::NONE,
                               Verdict::MALFORMED,
                               Verdict::STALE,
                               Verdict::UNKNOWN_USER,
                               Verdict::WRONG_PROOF,
                               Verdict::REPLAYED,
                               Verdict::ACCEPTED})
    {
        check.Expect(std::string(ToString(each)).size() > 5, "every verdict has its words");
    }
}

/** @param check where to report */
void
Stale(Check& check)
{
    Scene scene;
    const DigestChallenge challenge = scene.Challenge(Seconds(1));
    const auto at = [&](Time now, uint32_t count) {
        return scene.Check(scene.Credentials(challenge, count).Encode(), now).verdict;
    };
    check.Expect(at(Seconds(11) - NanoSeconds(1), 1) == Verdict::ACCEPTED, "until its end");
    check.Expect(at(Seconds(11), 2) == Verdict::STALE, "not from then on");
    DigestChallenge invented = challenge;
    invented.nonce = "invented";
    check.Expect(scene.Check(scene.Credentials(invented).Encode()).verdict == Verdict::STALE,
                 "a nonce that was never given out");

    const DigestChallenge first = scene.Challenge(Seconds(20));
    for (uint32_t i = 0; i < 65535; ++i)
    {
        scene.Challenge(Seconds(20));
    }
    check.Expect(scene.Check(scene.Credentials(first).Encode(), Seconds(20)).verdict ==
                     Verdict::ACCEPTED,
                 "65535 newer ones leave it");
    scene.Challenge(Seconds(20));
    check.Expect(scene.Check(scene.Credentials(first, 2).Encode(), Seconds(20)).verdict ==
                     Verdict::STALE,
                 "65536 newer ones push it out");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the server's side of HTTP digest */
void
AddDigestAuthenticatorTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("HTTP digest server: ") + name, body));
    };
    add("the right password is accepted and answered with a proof", Accepted);
    add("wrong, replayed and weakened credentials are refused", Refused);
    add("a nonce becomes stale with time, and when there are too many", Stale);
}

} // namespace ns3::mbs
