// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-text-octets.h"

#include "ns3/mbs-crypto-primitives.h"
#include "ns3/mbs-http-digest.h"
#include "ns3/mbs-key-derivation.h"
#include "ns3/mbs-key-generator.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/**
 * @param size how many
 * @param first the first value
 * @return octets that count up
 */
Bytes
Counting(std::size_t size, uint8_t first)
{
    Bytes bytes(size);
    for (auto& octet : bytes)
    {
        octet = first++;
    }
    return bytes;
}

/** @return a key that counts up from 0 */
Key256
CountingKey()
{
    return *Key256::From(Counting(32, 0));
}

/** @param check where to report */
void
SrtpKeys(Check& check)
{
    const Bytes key = *FromHex("E1F97A0D3E018BE0D64FA32C06DE4139");
    const Bytes salt = *FromHex("0EC675AD498AFEEBB6960B3AABE6");
    const auto derive = [&](SrtpKeyLabel label, std::size_t size) {
        Bytes out(size);
        SrtpKdf(key, salt, label, out.data(), size);
        return ToHex(out);
    };
    check.Equal(derive(SrtpKeyLabel::RTP_ENCRYPTION, 16),
                std::string("c61e7a93744f39ee10734afe3ff7a087"),
                "cipher key");
    check.Equal(derive(SrtpKeyLabel::RTP_SALT, 14),
                std::string("30cbbc08863d8c85d49db34a9ae1"),
                "cipher salt");
    check.Equal(derive(SrtpKeyLabel::RTP_AUTHENTICATION, 94),
                std::string("cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
                            "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc25"
                            "6d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2"),
                "auth key");
}

/** @param check where to report */
void
SrtpKeysOfGcm(Check& check)
{
    Bytes out(16);
    SrtpKdf(Counting(16, 0),
            Counting(12, 0xa0),
            SrtpKeyLabel::RTP_ENCRYPTION,
            out.data(),
            out.size());
    check.Equal(ToHex(out), std::string("077c6143cb221bc355ff23d5f984a16e"), "session key");
    out.resize(12);
    SrtpKdf(Counting(16, 0), Counting(12, 0xa0), SrtpKeyLabel::RTP_SALT, out.data(), out.size());
    check.Equal(ToHex(out), std::string("9af3e95364ebac9c99c5a7c4"), "session salt");

    // Computed with another implementation: a master key of 256 bits, and an index DIV rate.
    out.resize(32);
    SrtpKdf(Counting(32, 0),
            Counting(12, 0xa0),
            SrtpKeyLabel::RTP_ENCRYPTION,
            out.data(),
            out.size());
    check.Equal(ToHex(out),
                std::string("b7a435ce454463b760dc82c838468a115c699625af4b93a0f8220a2a6119c5d0"),
                "session key of 256 bits");
    out.resize(14);
    SrtpKdf(Counting(16, 0),
            Counting(14, 0xa0),
            SrtpKeyLabel::RTP_SALT,
            out.data(),
            out.size(),
            0x010203040506);
    check.Equal(ToHex(out), std::string("306b7f562148d1805d25c5aa7cdc"), "with an index");
}

/** @param check where to report */
void
MikeyPrfVectors(Check& check)
{
    // Computed with another implementation: a key of three blocks, the last one short.
    Bytes out(50);
    MikeyPrf(Counting(75, 0), Octets("label"), out.data(), out.size());
    check.Equal(ToHex(out),
                std::string("cee56161ca04b8108c41a3d0d2842d0764c9c209e749273453808242a5745376"
                            "f6c6d8ae188761d2f1e544d1e68ce2d9fdf8"),
                "long key");
    out.resize(1);
    MikeyPrf(Octets("k"), Octets("label"), out.data(), out.size());
    check.Equal(ToHex(out), std::string("f7"), "one octet");
}

/** @param check where to report */
void
AkmaKeys(Check& check)
{
    // Computed with another implementation of HMAC-SHA-256; no published vectors are known.
    const std::string supi = "imsi-001010000000001";
    const Key256 kAkma = DeriveKAkma(CountingKey(), supi);
    check.Equal(ToHex(kAkma.View()),
                std::string("bba5e95f1205d4f1c217b91e08ec3509ad62cfbf43f474c6bf495da83132c95e"),
                "K_AKMA");
    check.Equal(ToHex(DeriveATid(CountingKey(), supi).View()),
                std::string("67d8dee47b7d74e6f457b7b23d5806746ed87b920aa8035f37b494c1bfc5d83b"),
                "A-TID");
    const Key256 kAf = DeriveKAf(kAkma, NafId("mbssf.example.org"));
    check.Equal(ToHex(kAf.View()),
                std::string("6c66f97430e9f0b2707500650317dea133eb0d8f1dd673f763e38fd84c74dad9"),
                "K_AF");
    const MbsUserKeys keys = UserKeysFromAkma(kAf);
    check.Equal(ToHex(keys.mrk.View()),
                std::string("ae235885014907a92cff2076d05c036db61f3e0d29791df431fd1e171aa7b6de"),
                "MRK");
    check.Expect(keys.muk == kAf, "MUK is K_AF");
    // TS 33.501 annex A.7.0: the SUPI enters without its type.
    check.Equal(SupiForKdf("imsi-001010000000001"), std::string("001010000000001"), "IMSI");
    check.Equal(SupiForKdf("nai-user@example.org"), std::string("user@example.org"), "NAI");
    check.Equal(SupiForKdf("user@example.org"), std::string("user@example.org"), "no type");
    check.Equal(ToHex(DeriveKAkma(CountingKey(), "nai-user@example.org").View()),
                std::string("c450e614c7bb1d55f48d0b2e3dccafce055d602cac18acfd7f0c0607fec997a5"),
                "K_AKMA of a NAI");
}

/** @param check where to report */
void
GbaKeys(Check& check)
{
    std::array<uint8_t, 16> rand;
    const Bytes counting = Counting(16, 0x30);
    std::copy(counting.begin(), counting.end(), rand.begin());
    const std::string impi = "001010000000001@ims.mnc001.mcc001.3gppnetwork.org";
    const Bytes nafId = NafId("mbssf.example.org");
    const Key256 ksNaf = DeriveKsNaf(GbaKey::KS_NAF, CountingKey(), rand, impi, nafId);
    const Key256 ksInt = DeriveKsNaf(GbaKey::KS_INT_NAF, CountingKey(), rand, impi, nafId);
    check.Equal(ToHex(ksNaf.View()),
                std::string("bf7d64a17db7ec543e6887bad48ed423f7dfde90be9cfc3550a13647a54549b0"),
                "Ks_NAF");
    check.Equal(ToHex(ksInt.View()),
                std::string("3e34f3e9ba8566c02f3a6a435d17254439b0b2b1a84fc0ea7a3bb14c7ac14d4b"),
                "Ks_int_NAF");
    const MbsUserKeys me = UserKeysFromGbaMe(ksNaf);
    check.Expect(me.muk == ksNaf && me.mrk == DeriveMrk(ksNaf), "GBA_ME");
    const MbsUserKeys u = UserKeysFromGbaU(ksNaf, ksInt);
    check.Expect(u.mrk == ksNaf && u.muk == ksInt, "GBA_U");
}

/** @return the answer in the example of RFC 2617 clause 3.5 */
DigestCredentials
Example2617()
{
    DigestCredentials credentials;
    credentials.username = "Mufasa";
    credentials.realm = "testrealm@host.com";
    credentials.nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    credentials.uri = "/dir/index.html";
    credentials.qop = "auth";
    credentials.nonceCount = 1;
    credentials.cnonce = "0a4f113b";
    credentials.opaque = "5ccc069c403ebaf9f0171e9517f40e41";
    return credentials;
}

/** @param check where to report */
void
Digest2617(Check& check)
{
    check.Equal(Example2617().Compute(Octets("Circle Of Life"), "GET"),
                std::string("6629fae49393a05397450978507c4ef1"),
                "response");
}

/** @param check where to report */
void
Digest7616(Check& check)
{
    DigestCredentials credentials;
    credentials.username = "Mufasa";
    credentials.realm = "http-auth@example.org";
    credentials.nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    credentials.uri = "/dir/index.html";
    credentials.qop = "auth";
    credentials.cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    check.Equal(credentials.Compute(Octets("Circle of Life"), "GET"),
                std::string("8ca523f5e9506fed4657c9700eebdbec"),
                "MD5");
    credentials.algorithm = HashFunction::SHA_256;
    check.Equal(credentials.Compute(Octets("Circle of Life"), "GET"),
                std::string("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
                "SHA-256");
}

/** @param check where to report */
void
DigestVerify(Check& check)
{
    const Bytes password = DigestPassword(CountingKey());
    check.Equal(ToHex(password),
                ToHex(Octets("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")),
                "password");
    const Bytes body = Octets("<xml/>");
    for (const char* qop : {"", "auth", "auth-int"})
    {
        for (const HashFunction hash : {HashFunction::MD5, HashFunction::SHA_256})
        {
            DigestCredentials credentials = Example2617();
            credentials.algorithm = hash;
            credentials.qop = qop;
            credentials.username = "a \"quoted\\\" name";
            credentials.response = credentials.Compute(password, "POST", body);
            const auto received = DigestCredentials::Decode(credentials.Encode());
            check.Expect(static_cast<bool>(received), "decodes");
            check.Expect(received->Verify(password, "POST", body), "is accepted");
            check.Expect(!received->Verify(Octets("x"), "POST", body), "other password");
            check.Expect(!received->Verify(password, "GET", body), "other method");
            check.Equal(received->Verify(password, "POST", Octets("<xm1/>")),
                        std::string(qop) != "auth-int",
                        "another body goes unnoticed");
            check.Expect(received->username == credentials.username &&
                             received->opaque == credentials.opaque && received->algorithm == hash,
                         "fields");
            check.Expect(received->ComputeServerProof(password, body) ==
                                 credentials.ComputeServerProof(password, body) &&
                             credentials.ComputeServerProof(password, body) != credentials.response,
                         "the server's proof is another one");
        }
    }
}

/** @param check where to report */
void
DigestHeaders(Check& check)
{
    DigestChallenge challenge;
    challenge.realm = "3GPP-bootstrapping@mbssf.example.org";
    challenge.nonce = "bm9uY2U=";
    challenge.opaque = "o";
    challenge.qop = "auth,auth-int";
    challenge.algorithm = HashFunction::SHA_256;
    challenge.stale = true;
    check.Equal(challenge.Encode(),
                std::string("Digest realm=\"3GPP-bootstrapping@mbssf.example.org\", "
                            "nonce=\"bm9uY2U=\", qop=\"auth,auth-int\", algorithm=SHA-256, "
                            "opaque=\"o\", stale=true"),
                "challenge");
    const auto back = DigestChallenge::Decode(challenge.Encode());
    check.Expect(back && back->realm == challenge.realm && back->nonce == challenge.nonce &&
                     back->opaque == "o" && back->qop == challenge.qop && back->stale &&
                     back->algorithm == HashFunction::SHA_256,
                 "challenge comes back");
    check.Expect(static_cast<bool>(
                     DigestChallenge::Decode("digest REALM = \"r\" ,, Nonce=n\t, algorithm=md5")),
                 "case, spaces, tokens and empty elements as HTTP allows them");
    const DigestChallenge plain{"r", "n", "", "", HashFunction::MD5, false};
    check.Equal(plain.Encode(),
                std::string("Digest realm=\"r\", nonce=\"n\", algorithm=MD5"),
                "only what must be there");

    const auto error = [](const std::string& text) {
        return DigestChallenge::Decode(text).Error();
    };
    check.Expect(error("Basic realm=\"r\"") == DecodeError::UNSUPPORTED, "another scheme");
    check.Expect(error("Digest") == DecodeError::UNSUPPORTED, "only a scheme");
    check.Expect(error("Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512") ==
                     DecodeError::UNSUPPORTED,
                 "another algorithm");
    check.Expect(error("Digest realm=\"r\"") == DecodeError::MALFORMED, "no nonce");
    check.Expect(error("Digest nonce=\"n\"") == DecodeError::MALFORMED, "no realm");
    check.Expect(error("Digest realm=\"r") == DecodeError::TRUNCATED, "open quotation mark");
    check.Expect(error("Digest realm") == DecodeError::MALFORMED, "no value");
    check.Expect(error("Digest realm;") == DecodeError::MALFORMED, "no equals sign");
    check.Expect(error("Digest ;") == DecodeError::MALFORMED, "no name");
    check.Expect(error("Digest realm=\"r\" nonce=\"n\"") == DecodeError::MALFORMED, "no comma");
    check.Expect(error("Digest realm=\"r\", realm=\"r\"") == DecodeError::MALFORMED, "twice");

    const auto answer = [](const std::string& text) {
        return DigestCredentials::Decode(text).Error();
    };
    const std::string needed =
        "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", response=\"00\"";
    check.Expect(answer(needed) == DecodeError::NONE, "without qop");
    check.Expect(answer("Basic") == DecodeError::UNSUPPORTED, "another scheme");
    check.Expect(answer(needed + ", algorithm=x") == DecodeError::UNSUPPORTED, "algorithm");
    check.Expect(answer(needed + ", qop=x") == DecodeError::UNSUPPORTED, "qop");
    check.Expect(answer(needed + ", qop=auth, nc=0000000g, cnonce=\"c\"") == DecodeError::MALFORMED,
                 "nc with a letter");
    check.Expect(answer(needed + ", qop=auth, nc=1, cnonce=\"c\"") == DecodeError::MALFORMED,
                 "short nc");
    check.Expect(answer(needed + ", qop=auth, nc=00000001") == DecodeError::MALFORMED, "cnonce");
    check.Expect(answer("Digest username=\"u\"") == DecodeError::MALFORMED, "too little");
}

/** @param check where to report */
void
Generator(Check& check)
{
    const Ptr<KeyGenerator> a = CreateObject<KeyGenerator>();
    const Ptr<KeyGenerator> b = CreateObject<KeyGenerator>();
    const Ptr<KeyGenerator> c = CreateObject<KeyGenerator>();
    check.Equal(a->AssignStreams(7), int64_t{1}, "streams used");
    b->AssignStreams(7);
    c->AssignStreams(8);
    const Key128 first = a->NewKey();
    check.Expect(first == b->NewKey(), "the same stream gives the same key");
    check.Expect(first != c->NewKey(), "another stream gives another key");
    check.Expect(first != a->NewKey(), "the next key is another one");
    check.Expect(a->NewKey256() != a->NewKey256(), "long keys");
    check.Expect(a->NewUint32() != a->NewUint32(), "numbers");
    check.Equal(a->Octets(5).size(), std::size_t{5}, "octets");

    // Chi-squared of 256 values over 256,000 draws: 255 degrees of freedom, 99.9 % below 330.5.
    std::array<int, 256> counts{};
    for (const uint8_t octet : a->Octets(256000))
    {
        ++counts[octet];
    }
    double chiSquared = 0;
    for (const int count : counts)
    {
        chiSquared += (count - 1000.0) * (count - 1000.0) / 1000.0;
    }
    check.Expect(chiSquared < 330.5, "octets are uniform: " + std::to_string(chiSquared));
    a->Dispose();
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of key derivation, HTTP digest and key generation.
 * @param suite where to
 */
void AddKeyDerivationTests(MbsTestSuite& suite);

void
AddKeyDerivationTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("RFC 3711 B.3: SRTP key derivation", SrtpKeys);
    add("SRTP key derivation for AES-GCM pads the salt on the right", SrtpKeysOfGcm);
    add("MIKEY PRF over a key of several blocks", MikeyPrfVectors);
    add("keys of AKMA down to MRK and MUK", AkmaKeys);
    add("keys of GBA down to MRK and MUK", GbaKeys);
    add("RFC 2617 3.5: HTTP digest", Digest2617);
    add("RFC 7616 3.9.1: HTTP digest with MD5 and SHA-256", Digest7616);
    add("an HTTP digest is verified for every qop and algorithm", DigestVerify);
    add("HTTP digest headers are read and written", DigestHeaders);
    add("keys come from the assigned random stream and are uniform", Generator);
}

} // namespace ns3::mbs
