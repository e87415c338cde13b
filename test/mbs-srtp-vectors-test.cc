// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-key-derivation.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Master key of RFC 3711 appendix B.3 and of libsrtp's tests. */
constexpr char MASTER_KEY[] = "E1F97A0D3E018BE0D64FA32C06DE4139";
/** Master salt of RFC 3711 appendix B.3 and of libsrtp's tests. */
constexpr char MASTER_SALT[] = "0EC675AD498AFEEBB6960B3AABE6";
/** RTP packet of libsrtp's tests. */
constexpr char RTP[] = "800f1234decafbadcafebabe abababababababababababababababab";
/** RTCP packet of libsrtp's tests. */
constexpr char RTCP[] = "81c8000bcafebabe abababababababababababababababab";
/** RTP header of RFC 7714 clause 16. */
constexpr char RTP_7714[] = "8040f17b8041f8d35501a0b2";
/** Payload of RFC 7714 clause 16. */
constexpr char TEXT_7714[] = "Gallia est omnis divisa in partes tres";
/** RTCP packet of RFC 7714 clause 17. */
constexpr char RTCP_7714[] = "81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930"
                             "4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef";
/** SRTCP index of RFC 7714 clause 17. */
constexpr uint32_t INDEX_7714 = 0x5d4;

/**
 * @brief The session keys of RFC 7714 clauses 16 and 17: key 00 01 02 ..., salt "Quid pro quo".
 * @return the keys
 */
SrtpSessionKeys
Keys7714()
{
    SrtpSessionKeys keys;
    const Bytes key = Counting(32, 0);
    const Bytes salt = Octets("Quid pro quo");
    std::copy(key.begin(), key.end(), keys.encryption.Data());
    std::copy(salt.begin(), salt.end(), keys.salt.Data());
    return keys;
}

/**
 * @brief Protects and unprotects a packet of RFC 7714 clause 16 with the clause's session keys.
 * @param check where to report
 * @param profile which AEAD
 * @param sealed what encryption should give
 */
void
Rfc7714Srtp(Check& check, SrtpProfile profile, const std::string& sealed)
{
    SrtpTransform transform(profile, Keys7714(), {});
    const Bytes rtp = Concat(Hex(RTP_7714), Octets(TEXT_7714));
    const Bytes srtp = Protect(transform, rtp);
    check.Equal(ToHex(srtp), RTP_7714 + ToHex(Hex(sealed)), "SRTP packet");
    SrtpStatus status;
    check.Equal(ToHex(Unprotect(transform, srtp, 0, status)), ToHex(rtp), "RTP packet");
}

/**
 * @brief Tags header and text of RFC 7714 clause 16 without encrypting them. No SRTP packet does
 * that, since an AEAD profile always encrypts, so the cipher is tested by itself.
 * @param check where to report
 * @param keySize octets of the key
 * @param expected the tag
 */
void
Rfc7714TagOnly(Check& check, std::size_t keySize, const std::string& expected)
{
    AesGcm gcm(Counting(keySize, 0));
    AesGcm::Iv iv;
    const Bytes octets = Hex("51753c6580c2726f20718414");
    std::copy(octets.begin(), octets.end(), iv.begin());
    const Bytes associated = Concat(Hex(RTP_7714), Octets(TEXT_7714));
    std::array<uint8_t, AesGcm::TAG_SIZE> tag;
    gcm.Seal(iv, associated, {}, {}, tag.data());
    check.Equal(ToHex(tag), expected, "tag");
    gcm.Seal(iv, ByteView(associated).Sub(0, 5), ByteView(associated).Sub(5), {}, tag.data());
    check.Equal(ToHex(tag), expected, "tag over two parts");
    uint8_t none = 0;
    check.Expect(gcm.Open(iv, associated, {}, tag, &none), "verifies");
    tag[0] ^= 1;
    check.Expect(!gcm.Open(iv, associated, {}, tag, &none), "a wrong tag is refused");
    check.Expect(!gcm.Open(iv, associated, {}, ByteView(tag).Sub(0, 15), &none),
                 "less than a tag is refused");
    const Bytes text = Octets(TEXT_7714);
    Bytes out(text.size() + AesGcm::TAG_SIZE);
    gcm.Seal(iv, {}, {}, text, out.data());
    check.Expect(gcm.Open(iv, {}, {}, out, out.data()), "no associated data opens");
    out.resize(text.size());
    check.Equal(ToHex(out), ToHex(text), "no associated data, text");
}

/**
 * @brief Protects and unprotects the packet of RFC 7714 clause 17.
 * @param check where to report
 * @param profile which AEAD
 * @param encrypt whether E is set
 * @param expected the SRTCP packet
 */
void
Rfc7714Srtcp(Check& check, SrtpProfile profile, bool encrypt, const std::string& expected)
{
    SrtcpTransform transform(profile, Keys7714(), {});
    const Bytes rtcp = Hex(RTCP_7714);
    Bytes packet(rtcp.size() + transform.Overhead());
    std::size_t size = 0;
    check.Expect(transform.Protect(rtcp, INDEX_7714, encrypt, packet.data(), size), "is sent");
    packet.resize(size);
    check.Equal(ToHex(packet), ToHex(Hex(expected)), "SRTCP packet");
    uint32_t index = 0;
    const SrtpStatus status = transform.Unprotect(Hex(expected), index, packet.data(), size);
    packet.resize(size);
    check.Expect(status == SrtpStatus::OK, "is received");
    check.Equal(index, INDEX_7714, "index");
    check.Equal(ToHex(packet), ToHex(rtcp), "RTCP packet");
}

/** @param check where to report */
void
Rfc3711AesF8(Check& check)
{
    // No profile of this module has AES-f8. Its example still shows that one block of AES is right:
    // S(j) = E(k, IV' XOR S(j-1) XOR j), IV' = E(k XOR m, IV).
    const Bytes key = Hex("234829008467be186c3de14aae72d62c");
    const Bytes mask = Hex("32f2870d555555555555555555555555");
    const Bytes text =
        Hex("70736575646f72616e646f6d6e6573732069732074686520 6e65787420626573 74207468696e67");
    std::array<uint8_t, 16> block;
    const Bytes iv = Hex("006e5cba50681de55c621599d462564a");
    std::copy(iv.begin(), iv.end(), block.begin());
    Bytes masked = key;
    for (std::size_t i = 0; i < 16; ++i)
    {
        masked[i] ^= mask[i];
    }
    const auto start = AesEncryptBlock(masked, block);
    check.Equal(ToHex(start), std::string("595b699bbd3bc0df26062093c1ad8f73"), "IV'");
    std::array<uint8_t, 16> stream{};
    Bytes cipher = text;
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        if (at % 16 == 0)
        {
            block = start;
            block[15] ^= static_cast<uint8_t>(at / 16);
            for (std::size_t i = 0; i < 16; ++i)
            {
                block[i] ^= stream[i];
            }
            stream = AesEncryptBlock(key, block);
        }
        cipher[at] ^= stream[at % 16];
    }
    check.Equal(ToHex(cipher),
                std::string("019ce7a26e7854014a6366aa95d4eefd1ad4172a14f9faf455b7f1d4b62bd08f"
                            "562c0eef7c4802"),
                "ciphertext");
}

/** @param check where to report */
void
Rfc3711AesCm(Check& check)
{
    // The first three and three later blocks of one key stream are listed.
    AesCounter counter(Hex("2B7E151628AED2A6ABF7158809CF4F3C"));
    AesCounter::Block first{};
    const Bytes start = Hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000");
    std::copy(start.begin(), start.end(), first.begin());
    Bytes stream(0xff02 * 16, 0);
    counter.Apply(first, stream.data(), stream.data(), stream.size());
    check.Equal(ToHex(ByteView(stream).Sub(0, 48)),
                std::string("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                            "41e95b3bb0a2e8dd477901e4fca894c0"),
                "blocks 0000 to 0002");
    check.Equal(ToHex(ByteView(stream).Sub(0xfeff * 16, 48)),
                std::string("ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae"
                            "6a2cc3787889374fbeb4c81b17ba6c44"),
                "blocks feff to ff01");
}

/** @param check where to report */
void
Rfc3711KeyDerivation(Check& check)
{
    const Bytes key = Hex(MASTER_KEY);
    const Bytes salt = Hex(MASTER_SALT);
    const auto keys = SrtpSessionKeys::Derive(SrtpSessionKeys::Use::RTP,
                                              SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                              key,
                                              salt);
    check.Equal(ToHex(keys.encryption.View().Sub(0, 16)),
                std::string("c61e7a93744f39ee10734afe3ff7a087"),
                "cipher key");
    check.Equal(ToHex(keys.salt.View()), std::string("30cbbc08863d8c85d49db34a9ae1"), "salt");
    const std::string authentication =
        "cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6c"
        "dbcee049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5f"
        "bcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db"
        "60dbdfb2";
    check.Equal(ToHex(keys.authentication.View()), authentication.substr(0, 40), "auth key");
    Bytes whole(94);
    SrtpKdf(key, salt, SrtpKeyLabel::RTP_AUTHENTICATION, whole.data(), whole.size());
    check.Equal(ToHex(whole), authentication, "all 94 octets of the auth key");
}

/** @param check where to report */
void
LibsrtpValidate(Check& check)
{
    const auto transform = SrtpTransform::Create(SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                 Hex(MASTER_KEY),
                                                 Hex(MASTER_SALT),
                                                 {});
    const Bytes srtp = Hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402"
                           "b78d6acc99ea179b8dbb");
    check.Equal(ToHex(Protect(*transform, Hex(RTP))), ToHex(srtp), "SRTP packet");
    SrtpStatus status;
    check.Equal(ToHex(Unprotect(*transform, srtp, 0, status)), ToHex(Hex(RTP)), "RTP packet");
}

/** @param check where to report */
void
LibsrtpValidateMki(Check& check)
{
    const auto transform = SrtpTransform::Create(SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                 Hex(MASTER_KEY),
                                                 Hex(MASTER_SALT),
                                                 Hex("e1f97a0d"));
    const Bytes srtp = Hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402 e1f97a0d"
                           "b78d6acc99ea179b8dbb");
    check.Equal(ToHex(Protect(*transform, Hex(RTP))),
                ToHex(srtp),
                "SRTP packet: the tag is as without an MKI");
    SrtpStatus status;
    check.Equal(ToHex(Unprotect(*transform, srtp, 0, status)), ToHex(Hex(RTP)), "RTP packet");
}

/** @param check where to report */
void
LibsrtpSrtcp(Check& check)
{
    const auto transform = SrtcpTransform::Create(SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                  Hex(MASTER_KEY),
                                                  Hex(MASTER_SALT),
                                                  {});
    const Bytes rtcp = Hex(RTCP);
    const Bytes srtcp = Hex("81c8000bcafebabe7128035be487b9bdbef89041f977a5a8 80000001"
                            "993e08cd54d6c1230798");
    Bytes out(rtcp.size() + transform->Overhead());
    std::size_t size = 0;
    check.Expect(transform->Protect(rtcp, 1, true, out.data(), size), "is sent");
    out.resize(size);
    check.Equal(ToHex(out), ToHex(srtcp), "SRTCP packet");
    uint32_t index = 0;
    check.Expect(transform->Unprotect(srtcp, index, out.data(), size) == SrtpStatus::OK,
                 "is received");
    out.resize(size);
    check.Equal(index, 1u, "index");
    check.Equal(ToHex(out), ToHex(rtcp), "RTCP packet");
}

/** @param check where to report */
void
LibsrtpValidateGcm(Check& check)
{
    const Bytes key = Counting(16, 0);
    const Bytes salt = Counting(12, 0xa0);
    const auto keys = SrtpSessionKeys::Derive(SrtpSessionKeys::Use::RTP,
                                              SrtpProfile::AEAD_AES_128_GCM,
                                              key,
                                              salt);
    check.Equal(ToHex(keys.encryption.View().Sub(0, 16)),
                std::string("077c6143cb221bc355ff23d5f984a16e"),
                "session key");
    check.Equal(ToHex(keys.salt.View().Sub(0, 12)),
                std::string("9af3e95364ebac9c99c5a7c4"),
                "session salt");
    const auto transform = SrtpTransform::Create(SrtpProfile::AEAD_AES_128_GCM, key, salt, {});
    const Bytes srtp = Hex("800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06e"
                           "d2976826f796b201df3131a127e8a392");
    check.Equal(ToHex(Protect(*transform, Hex(RTP))), ToHex(srtp), "SRTP packet");
    SrtpStatus status;
    check.Equal(ToHex(Unprotect(*transform, srtp, 0, status)), ToHex(Hex(RTP)), "RTP packet");
}

/** @param check where to report */
void
Rfc7714Clause1611(Check& check)
{
    Rfc7714Srtp(check,
                SrtpProfile::AEAD_AES_128_GCM,
                "f24de3a3fb34de6cacba861c9d7e4bca be633bd50d294e6f42a5f47a51c7d19b 36de3adf8833"
                "899d7f27beb16a9152cf765ee4390cce");
}

/** @param check where to report */
void
Rfc7714Clause1613(Check& check)
{
    Rfc7714TagOnly(check, 16, "22493f82d2bce397e9d79e3b19aa4216");
}

/** @param check where to report */
void
Rfc7714Clause1621(Check& check)
{
    Rfc7714Srtp(check,
                SrtpProfile::AEAD_AES_256_GCM,
                "32b1de78a822fe12ef9f78fa332e33aa b18012389a58e2f3b50b2a0276ffae0f 1ba63799b87b"
                "7aa3db36dfffd6b0f9bb7878d7a76c13");
}

/** @param check where to report */
void
Rfc7714Clause1623(Check& check)
{
    Rfc7714TagOnly(check, 32, "a866d5910f887463067ceefec45215d4");
}

/** @param check where to report */
void
Rfc7714Clause171(Check& check)
{
    Rfc7714Srtcp(check,
                 SrtpProfile::AEAD_AES_128_GCM,
                 true,
                 "81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d"
                 "c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872"
                 "45d9eade 800005d4");
}

/** @param check where to report */
void
Rfc7714Clause172(Check& check)
{
    Rfc7714Srtcp(check,
                 SrtpProfile::AEAD_AES_256_GCM,
                 true,
                 "81c8000d 4d617273 d50ae4d1 f5ce5d30 4ba297e4 7d470c28 2c3ece5d bffe0a50"
                 "a2eaa5c1 110555be 8415f658 c61de047 6f1b6fad 1d1eb30c 4446839f 57ff6f6c"
                 "b26ac3be 800005d4");
}

/** @param check where to report */
void
Rfc7714Clause173(Check& check)
{
    Rfc7714Srtcp(check,
                 SrtpProfile::AEAD_AES_128_GCM,
                 false,
                 std::string(RTCP_7714) + "841dd968 3dd78ec9 2ae58790 125f62b3 000005d4");
}

/** @param check where to report */
void
Rfc7714Clause174(Check& check)
{
    Rfc7714Srtcp(check,
                 SrtpProfile::AEAD_AES_256_GCM,
                 false,
                 std::string(RTCP_7714) + "91db4afb feee5a97 8fab4393 ed2615fe 000005d4");
}

/** @param check where to report */
void
HmacVectors(Check& check)
{
    // RFC 2202 test cases 1 and 6 for SHA-1, RFC 4231 test cases 2 and 6 for SHA-256.
    check.Equal(ToHex(MacOf(Bytes(20, 0x0b), Octets("Hi There"))),
                std::string("b617318655057264e28bc0b6fb378c8ef146be00"),
                "SHA-1");
    const Bytes text = Octets("Test Using Larger Than Block-Size Key - Hash Key First");
    check.Equal(ToHex(MacOf(Bytes(80, 0xaa), text)),
                std::string("aa4ae5e15272d00e95705637ce8a3b55ed402112"),
                "SHA-1, long key");
    std::array<uint8_t, 32> tag;
    const Bytes question = Octets("what do ya want for nothing?");
    HmacSha256(Octets("Jefe"), question, tag.data());
    check.Equal(ToHex(tag),
                std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
                "SHA-256");
    HmacSha256(Bytes(131, 0xaa), text, tag.data());
    check.Equal(ToHex(tag),
                std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
                "SHA-256, long key");
    check.Equal(ToHex(Digest(HashFunction::SHA_1, Octets("abc"))),
                std::string("a9993e364706816aba3e25717850c26c9cd0d89d"),
                "FIPS 180 SHA-1 of abc");
    check.Expect(SameSecret({}, {}) && !SameSecret(text, question) &&
                     SameSecret(question, Bytes(question)),
                 "comparison");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the published examples of SRTP, SRTCP and the ciphers beneath, each by its name.
 * @param suite where to
 */
void AddSrtpVectorTests(MbsTestSuite& suite);

void
AddSrtpVectorTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("RFC 3711 B.1: AES-f8, of which AES is ours", Rfc3711AesF8);
    add("RFC 3711 B.2: AES-CM key stream", Rfc3711AesCm);
    add("RFC 3711 B.3: session keys from master key and salt", Rfc3711KeyDerivation);
    add("libsrtp srtp_validate: AES-CM with HMAC-SHA1-80", LibsrtpValidate);
    add("libsrtp srtp_validate_mki: the MKI lies before the tag", LibsrtpValidateMki);
    add("libsrtp srtp_validate, SRTCP packet", LibsrtpSrtcp);
    add("libsrtp srtp_validate_gcm: AES-128-GCM from master key and salt", LibsrtpValidateGcm);
    add("RFC 7714 16.1.1 and 16.1.2: SRTP with AES-128-GCM", Rfc7714Clause1611);
    add("RFC 7714 16.1.3 and 16.1.4: tag of AES-128-GCM", Rfc7714Clause1613);
    add("RFC 7714 16.2.1 and 16.2.2: SRTP with AES-256-GCM", Rfc7714Clause1621);
    add("RFC 7714 16.2.3 and 16.2.4: tag of AES-256-GCM", Rfc7714Clause1623);
    add("RFC 7714 17.1: SRTCP encrypted with AES-128-GCM", Rfc7714Clause171);
    add("RFC 7714 17.2: SRTCP decrypted with AES-256-GCM", Rfc7714Clause172);
    add("RFC 7714 17.3: SRTCP tagged with AES-128-GCM", Rfc7714Clause173);
    add("RFC 7714 17.4: SRTCP verified with AES-256-GCM", Rfc7714Clause174);
    add("RFC 2202 and 4231: HMAC", HmacVectors);
}

} // namespace ns3::mbs
