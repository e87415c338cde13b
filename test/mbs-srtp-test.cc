// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-crypto-primitives.h"
#include "ns3/mbs-key-derivation.h"
#include "ns3/mbs-srtp.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <openssl/crypto.h>
#include <set>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Every profile. */
constexpr std::array<SrtpProfile, 6> ALL_PROFILES{SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                  SrtpProfile::AES_CM_128_HMAC_SHA1_32,
                                                  SrtpProfile::AEAD_AES_128_GCM,
                                                  SrtpProfile::AEAD_AES_256_GCM,
                                                  SrtpProfile::NULL_HMAC_SHA1_80,
                                                  SrtpProfile::NULL_NULL};

/** Master key of RFC 3711 appendix B.3 and of libsrtp's tests. */
constexpr char MASTER_KEY[] = "E1F97A0D3E018BE0D64FA32C06DE4139";
/** Master salt of RFC 3711 appendix B.3 and of libsrtp's tests. */
constexpr char MASTER_SALT[] = "0EC675AD498AFEEBB6960B3AABE6";
/** RTP packet of libsrtp's tests. */
constexpr char RTP[] = "800f1234decafbadcafebabe abababababababababababababababab";
/** RTP header of RFC 7714 clause 16. */
constexpr char RTP_7714[] = "8040f17b8041f8d35501a0b2";
/** Payload of RFC 7714 clause 16. */
constexpr char TEXT_7714[] = "Gallia est omnis divisa in partes tres";

/**
 * @param text hexadecimal digits
 * @return the octets
 */
Bytes
Hex(const std::string& text)
{
    return *FromHex(text);
}

/**
 * @param text some text
 * @return its octets
 */
Bytes
Octets(const std::string& text)
{
    return Bytes(text.begin(), text.end());
}

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

/**
 * @param a some octets
 * @param b more octets
 * @return both, one behind the other
 */
Bytes
Concat(Bytes a, const Bytes& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/**
 * @brief A transform with a key that follows from a seed.
 * @param profile which ciphers
 * @param seed first octet of the key
 * @param mki the MKI
 * @param carriage how the ROC is carried
 * @return the transform
 */
std::unique_ptr<SrtpTransform>
Make(SrtpProfile profile,
     uint8_t seed,
     const Bytes& mki = {},
     const SrtpRocCarriage& carriage = SrtpRocCarriage())
{
    return SrtpTransform::Create(profile,
                                 Counting(SrtpKeyLength(profile), seed),
                                 Counting(SrtpSaltLength(profile), 0xa0),
                                 mki,
                                 carriage);
}

/**
 * @param transform the transform
 * @param rtp an RTP packet
 * @param roc its ROC
 * @return the SRTP packet, empty if refused
 */
Bytes
Protect(SrtpTransform& transform, const Bytes& rtp, uint32_t roc = 0)
{
    Bytes out(rtp.size() + transform.Overhead());
    std::size_t size = 0;
    out.resize(transform.Protect(rtp, roc, out.data(), size) ? size : 0);
    return out;
}

/**
 * @param transform the transform
 * @param srtp an SRTP packet
 * @param roc its ROC
 * @param[out] status what became of it
 * @return the RTP packet
 */
Bytes
Unprotect(SrtpTransform& transform, const Bytes& srtp, uint32_t roc, SrtpStatus& status)
{
    Bytes out(srtp.size() + 1);
    std::size_t size = 0;
    status = transform.Unprotect(srtp, roc, out.data(), size);
    out.resize(size);
    return out;
}

/**
 * @param seq sequence number
 * @param payload octets of payload
 * @return an RTP packet
 */
Bytes
Rtp(uint16_t seq, std::size_t payload)
{
    ByteWriter writer;
    writer.U16(0x8021).U16(seq).U32(90000).U32(0xcafebabe).Append(Counting(payload, 1));
    return writer.Release();
}

/**
 * @param key a key
 * @param data a message
 * @return its HMAC-SHA1
 */
Bytes
MacOf(ByteView key, ByteView data)
{
    HmacSha1 mac(key);
    Bytes tag(HmacSha1::TAG_SIZE);
    mac.Start();
    mac.Update(data);
    mac.Finish(tag.data());
    return tag;
}

/** @param check where to report */
void
AesCmKeyStream(Check& check)
{
    // RFC 3711 appendix B.2 lists the first three and three later blocks of one key stream.
    const Bytes key = Hex("2B7E151628AED2A6ABF7158809CF4F3C");
    AesCounter counter(key);
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
LibsrtpValidate(Check& check)
{
    const auto transform = SrtpTransform::Create(SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                 Hex(MASTER_KEY),
                                                 Hex(MASTER_SALT),
                                                 {});
    check.Equal(ToHex(Protect(*transform, Hex(RTP))),
                std::string("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402"
                            "b78d6acc99ea179b8dbb"),
                "SRTP packet");
    SrtpStatus status;
    check.Equal(ToHex(Unprotect(*transform, Protect(*transform, Hex(RTP)), 0, status)),
                ToHex(Hex(RTP)),
                "RTP packet");
}

/** @param check where to report */
void
LibsrtpValidateMki(Check& check)
{
    const auto transform = SrtpTransform::Create(SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                 Hex(MASTER_KEY),
                                                 Hex(MASTER_SALT),
                                                 Hex("e1f97a0d"));
    check.Equal(ToHex(Protect(*transform, Hex(RTP))),
                std::string("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402"
                            "e1f97a0d"
                            "b78d6acc99ea179b8dbb"),
                "SRTP packet: the tag is as without an MKI");
}

/** @param check where to report */
void
LibsrtpValidateGcm(Check& check)
{
    const auto transform = SrtpTransform::Create(SrtpProfile::AEAD_AES_128_GCM,
                                                 Counting(16, 0),
                                                 Counting(12, 0xa0),
                                                 {});
    check.Equal(ToHex(Protect(*transform, Hex(RTP))),
                std::string("800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06e"
                            "d2976826f796b201df3131a127e8a392"),
                "SRTP packet");
}

/** @param check where to report */
void
LibsrtpRtcpKeys(Check& check)
{
    // libsrtp's SRTCP vector: packet 81c8000bcafebabe + ab * 16, SRTCP index 1, E flag.
    std::array<uint8_t, 16> cipherKey;
    std::array<uint8_t, 20> authKey;
    AesCounter::Block block{};
    const Bytes key = Hex(MASTER_KEY);
    const Bytes salt = Hex(MASTER_SALT);
    SrtpKdf(key, salt, SrtpKeyLabel::RTCP_ENCRYPTION, cipherKey.data(), cipherKey.size());
    SrtpKdf(key, salt, SrtpKeyLabel::RTCP_AUTHENTICATION, authKey.data(), authKey.size());
    SrtpKdf(key, salt, SrtpKeyLabel::RTCP_SALT, block.data(), 14);
    const Bytes mask = Hex("00000000cafebabe0000000000010000");
    for (std::size_t i = 0; i < mask.size(); ++i)
    {
        block[i] ^= mask[i];
    }
    Bytes packet = Hex("81c8000bcafebabe abababababababababababababababab");
    AesCounter(ByteView(cipherKey)).Apply(block, packet.data() + 8, packet.data() + 8, 16);
    packet = Concat(packet, Hex("80000001"));
    check.Equal(ToHex(packet) + ToHex(ByteView(MacOf(authKey, packet)).Sub(0, 10)),
                std::string("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001"
                            "993e08cd54d6c1230798"),
                "SRTCP packet made with the keys of labels 03 to 05");
}

/**
 * @brief RFC 7714 clause 16: session key and salt are given, so the cipher is tested by itself.
 * @param check where to report
 * @param keySize octets of the key
 * @param sealed what encryption should give
 * @param tagOnly what tagging header and text should give
 */
void
Rfc7714(Check& check, std::size_t keySize, const std::string& sealed, const std::string& tagOnly)
{
    AesGcm gcm(Counting(keySize, 0));
    AesGcm::Iv iv;
    const Bytes octets = Hex("51753c6580c2726f20718414");
    std::copy(octets.begin(), octets.end(), iv.begin());
    const Bytes header = Hex(RTP_7714);
    const Bytes text = Octets(TEXT_7714);
    Bytes out(text.size() + AesGcm::TAG_SIZE);
    gcm.Seal(iv, header, text, out.data());
    check.Equal(ToHex(out), ToHex(Hex(sealed)), "encrypted and tagged");
    Bytes back(text.size());
    check.Expect(gcm.Open(iv, header, out, back.data()) && back == text, "opens again");
    out.back() ^= 1;
    check.Expect(!gcm.Open(iv, header, out, back.data()), "a wrong tag is refused");
    check.Expect(!gcm.Open(iv, header, ByteView(out).Sub(0, 15), back.data()),
                 "less than a tag is refused");

    std::array<uint8_t, AesGcm::TAG_SIZE> tag;
    gcm.Seal(iv, Concat(header, text), {}, tag.data());
    check.Equal(ToHex(tag), tagOnly, "tag only");
    check.Expect(gcm.Open(iv, Concat(header, text), tag, back.data()), "tag only opens");
    gcm.Seal(iv, {}, text, out.data());
    check.Expect(gcm.Open(iv, {}, out, back.data()) && back == text, "no associated data opens");
}

/** @param check where to report */
void
Rfc7714Aes128(Check& check)
{
    Rfc7714(check,
            16,
            "f24de3a3fb34de6cacba861c9d7e4bca be633bd50d294e6f42a5f47a51c7d19b 36de3adf8833"
            "899d7f27beb16a9152cf765ee4390cce",
            "22493f82d2bce397e9d79e3b19aa4216");
}

/** @param check where to report */
void
Rfc7714Aes256(Check& check)
{
    Rfc7714(check,
            32,
            "32b1de78a822fe12ef9f78fa332e33aa b18012389a58e2f3b50b2a0276ffae0f 1ba63799b87b"
            "7aa3db36dfffd6b0f9bb7878d7a76c13",
            "a866d5910f887463067ceefec45215d4");
}

/** @param check where to report */
void
RoundTrips(Check& check)
{
    const Bytes mki = Hex("000100020003");
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        for (const std::size_t payload : {0, 1, 15, 16, 17, 1000, 65000})
        {
            const auto transform = Make(profile, 1, mki);
            const Bytes rtp = Rtp(65535, payload);
            const Bytes srtp = Protect(*transform, rtp, 7);
            const std::string name = std::string(ToString(profile)) + " " + std::to_string(payload);
            check.Equal(srtp.size(), rtp.size() + transform->Overhead(), name + ": size");
            check.Equal(transform->Overhead(), 6 + SrtpTagLength(profile), name + ": overhead");
            SrtpStatus status;
            check.Expect(Unprotect(*transform, srtp, 7, status) == rtp, name + ": comes back");

            Bytes inPlace = rtp;
            inPlace.resize(srtp.size());
            std::size_t size = 0;
            check.Expect(
                transform->Protect(ByteView(inPlace.data(), rtp.size()), 7, inPlace.data(), size) &&
                    inPlace == srtp,
                name + ": protects in place");
            check.Expect(transform->Unprotect(inPlace, 7, inPlace.data(), size) == SrtpStatus::OK &&
                             SameBytes(ByteView(inPlace.data(), size), rtp),
                         name + ": unprotects in place");
            const auto peeked = PeekMki(srtp, profile);
            check.Expect(peeked && SameBytes(peeked->Encode(), mki), name + ": MKI is found");
        }
    }
}

/** @param check where to report */
void
HeaderStaysClear(Check& check)
{
    // Two CSRC, and an extension of one word.
    const Bytes header = Hex("92 21 0001 00000002 cafebabe 11111111 22222222 bede 0001 33333333");
    const Bytes rtp = Concat(header, Counting(40, 0));
    const auto view = SrtpHeaderView::Parse(rtp);
    check.Expect(view.has_value(), "parses");
    check.Equal(view->headerLength, header.size(), "header length");
    check.Equal(view->seq, 1, "sequence number");
    check.Equal(view->timestamp, 2U, "timestamp");
    check.Equal(view->ssrc, 0xcafebabe, "SSRC");
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        const auto transform = Make(profile, 1);
        const Bytes srtp = Protect(*transform, rtp);
        check.Expect(std::equal(header.begin(), header.end(), srtp.begin()),
                     "header with CSRC and extension stays clear");
        const bool encrypts =
            profile != SrtpProfile::NULL_HMAC_SHA1_80 && profile != SrtpProfile::NULL_NULL;
        check.Equal(std::equal(rtp.begin(), rtp.end(), srtp.begin()),
                    !encrypts,
                    std::string(ToString(profile)) + ": payload is clear");
        SrtpStatus status;
        check.Expect(Unprotect(*transform, srtp, 0, status) == rtp, "comes back");
    }
}

/** @param check where to report */
void
BadHeaders(Check& check)
{
    const auto transform = Make(SrtpProfile::AES_CM_128_HMAC_SHA1_80, 1);
    for (const char* text : {"",
                             "80",
                             "80210001000000020000",
                             "400f1234decafbadcafebabe 0000000000000000000000000000",
                             "810f1234decafbadcafebabe",
                             "900f1234decafbadcafebabe bede",
                             "900f1234decafbadcafebabe bede0001"})
    {
        const Bytes packet = Hex(text);
        check.Expect(!SrtpHeaderView::Parse(packet), "no header");
        check.Expect(Protect(*transform, packet).empty(), "is not protected");
        SrtpStatus status;
        Unprotect(*transform, packet, 0, status);
        check.Expect(status == SrtpStatus::MALFORMED, "is malformed");
        check.Expect(!PeekMki(packet, SrtpProfile::NULL_NULL), "has no MKI");
        check.Expect(!PeekRoc(packet, SrtpProfile::AES_CM_128_HMAC_SHA1_80, {SrtpRocMode::RCC1, 1}),
                     "has no ROC");
    }
    const Bytes huge = Rtp(1, SrtpTransform::MAX_PAYLOAD + 1);
    check.Expect(Protect(*transform, huge).empty(), "too long to be protected");
    SrtpStatus status;
    Unprotect(*transform, Concat(huge, Bytes(10)), 0, status);
    check.Expect(status == SrtpStatus::MALFORMED, "too long to be unprotected");
}

/** @param check where to report */
void
EveryTruncation(Check& check)
{
    const Bytes mki = Hex("000100020003");
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        const auto transform = Make(profile, 1, mki);
        const Bytes srtp = Protect(*transform, Rtp(5, 32));
        for (std::size_t size = 0; size < srtp.size(); ++size)
        {
            const Bytes cut(srtp.begin(), srtp.begin() + static_cast<std::ptrdiff_t>(size));
            SrtpStatus status;
            const Bytes out = Unprotect(*transform, cut, 0, status);
            check.Expect(status != SrtpStatus::OK && out.empty(),
                         std::string(ToString(profile)) + " cut to " + std::to_string(size));
            check.Equal(PeekMki(cut, profile).has_value(),
                        size >= 12 + 6 + SrtpTagLength(profile),
                        "MKI can be read at " + std::to_string(size));
        }
    }
}

/** @param check where to report */
void
EveryBitFlip(Check& check)
{
    const Bytes mki = Hex("000100020003");
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        if (profile == SrtpProfile::NULL_NULL)
        {
            continue;
        }
        const auto transform = Make(profile, 1, mki);
        const Bytes srtp = Protect(*transform, Rtp(5, 32));
        for (std::size_t bit = 0; bit < 8 * srtp.size(); ++bit)
        {
            Bytes flipped = srtp;
            flipped[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
            SrtpStatus status;
            Unprotect(*transform, flipped, 0, status);
            check.Expect(status != SrtpStatus::OK,
                         std::string(ToString(profile)) + " bit " + std::to_string(bit));
        }
    }
}

/** @param check where to report */
void
WrongKeyOrRoc(Check& check)
{
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        const auto right = Make(profile, 1);
        const auto wrong = Make(profile, 2);
        const Bytes srtp = Protect(*right, Rtp(5, 32), 1);
        const bool checks = profile != SrtpProfile::NULL_NULL;
        const SrtpStatus refused = checks ? SrtpStatus::AUTH_FAILED : SrtpStatus::OK;
        SrtpStatus status;
        Unprotect(*wrong, srtp, 1, status);
        check.Expect(status == refused, std::string(ToString(profile)) + ": other key");
        Unprotect(*right, srtp, 0, status);
        check.Expect(status == refused, std::string(ToString(profile)) + ": other ROC");
        const auto otherMki = Make(profile, 1, Hex("000100020004"));
        Unprotect(*otherMki,
                  Protect(*Make(profile, 1, Hex("000100020003")), Rtp(5, 32)),
                  0,
                  status);
        check.Expect(status == SrtpStatus::AUTH_FAILED,
                     std::string(ToString(profile)) + ": other MKI");
    }
}

/** @param check where to report */
void
LengthsOfKeys(Check& check)
{
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        const std::size_t key = SrtpKeyLength(profile);
        const std::size_t salt = SrtpSaltLength(profile);
        const auto make = [&](std::size_t k, std::size_t s, std::size_t m) {
            return SrtpTransform::Create(profile, Bytes(k), Bytes(s), Bytes(m)) != nullptr;
        };
        check.Expect(make(key, salt, 0) && make(key, salt, SrtpTransform::MAX_MKI), "fits");
        check.Expect(!make(key - 1, salt, 0) && !make(key + 1, salt, 0), "key does not fit");
        check.Expect(!make(key, salt - 1, 0) && !make(key, salt + 1, 0), "salt does not fit");
        check.Expect(!make(key, salt, SrtpTransform::MAX_MKI + 1), "MKI is too long");
        check.Expect(Make(profile, 1)->Profile() == profile, "profile");
    }
}

/** @param check where to report */
void
Names(Check& check)
{
    std::set<std::string> names;
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        names.insert(ToString(profile));
    }
    check.Equal(names.size(), ALL_PROFILES.size(), "every profile has a name of its own");
    check.Equal(std::string(ToString(static_cast<SrtpProfile>(99))),
                std::string("unknown"),
                "name");
    check.Equal(std::string(ToString(SrtpStatus::OK)), std::string("ok"), "name");
    check.Equal(std::string(ToString(SrtpStatus::MALFORMED)), std::string("malformed"), "name");
    check.Equal(std::string(ToString(SrtpStatus::AUTH_FAILED)),
                std::string("authentication failed"),
                "name");
    check.Equal(std::string(ToString(static_cast<SrtpStatus>(99))), std::string("unknown"), "name");
}

/** @param check where to report */
void
Moves(Check& check)
{
    const Bytes rtp = Rtp(1, 100);
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        const auto original = Make(profile, 1);
        const Bytes srtp = Protect(*original, rtp);
        SrtpTransform moved(std::move(*original));
        check.Expect(Protect(moved, rtp) == srtp, "a moved transform has the key");
        SrtpTransform other(std::move(*Make(profile, 2)));
        other = std::move(moved);
        check.Expect(Protect(other, rtp) == srtp, "an assigned transform has the key");
    }
    AesCounter counter(Counting(16, 0));
    AesCounter otherCounter(std::move(counter));
    counter = std::move(otherCounter);
    AesGcm gcm(Counting(16, 0));
    AesGcm otherGcm(std::move(gcm));
    gcm = std::move(otherGcm);
    HmacSha1 mac(Counting(1, 0));
    HmacSha1 otherMac(std::move(mac));
    mac = std::move(otherMac);
    std::array<uint8_t, HmacSha1::TAG_SIZE> tag;
    mac.Start();
    mac.Finish(tag.data());
    check.Expect(SameSecret(tag, MacOf(Counting(1, 0), {})), "a moved MAC has the key");
}

/** @param check where to report */
void
RollOver(Check& check)
{
    // A sender runs through two roll-overs; the receiver, told nothing, keeps up with it.
    const auto transform = Make(SrtpProfile::AES_CM_128_HMAC_SHA1_80, 1);
    SrtpSequence sender;
    SrtpReplayWindow receiver;
    std::size_t good = 0;
    uint32_t lastRoc = 0;
    for (uint32_t i = 65000; i < 65000 + 2 * 65536; i += 37)
    {
        const Bytes rtp = Rtp(static_cast<uint16_t>(i), 20);
        const uint64_t index = sender.Next(static_cast<uint16_t>(i));
        check.Equal(index, static_cast<uint64_t>(i), "the sender's index");
        const Bytes srtp = Protect(*transform, rtp, RocOf(index));
        const uint64_t guess = receiver.Estimate(static_cast<uint16_t>(i));
        SrtpStatus status;
        if (!receiver.IsReplay(guess) && Unprotect(*transform, srtp, RocOf(guess), status) == rtp)
        {
            receiver.Accept(guess);
            ++good;
        }
        lastRoc = RocOf(guess);
    }
    check.Equal(good, static_cast<std::size_t>((2 * 65536 + 36) / 37), "packets received");
    check.Equal(lastRoc, 2U, "roll-overs counted");
}

/** @param check where to report */
void
SequenceEdges(Check& check)
{
    SrtpReplayWindow window;
    check.Equal(window.Estimate(65535), uint64_t{65535}, "the first packet is in ROC 0");
    window.Accept(65535);
    check.Equal(window.Estimate(0), uint64_t{65536}, "65535 then 0: the ROC goes up");
    window.Accept(65536);
    check.Equal(window.Estimate(65535), uint64_t{65535}, "0 then 65535: the round before");
    check.Equal(window.Estimate(0x8000), uint64_t{0x18000}, "half a round ahead is this round");
    check.Equal(window.Estimate(0x8001), uint64_t{0x8001}, "more than half is the round before");
    check.Equal(window.Highest(), uint64_t{65536}, "highest");

    SrtpReplayWindow early;
    early.Accept(3);
    check.Equal(early.Estimate(65530), uint64_t{65530}, "there is no round before ROC 0");

    SrtpReplayWindow late(41);
    check.Expect(!late.HasStarted(), "has not started");
    check.Equal(late.Estimate(9), uint64_t{41 * 65536 + 9}, "a late joiner starts where told");
    late.Accept(41 * 65536 + 9);
    check.Equal(late.Estimate(8), uint64_t{41 * 65536 + 8}, "and goes on from there");

    SrtpSequence sequence(5);
    check.Equal(sequence.Next(65534), uint64_t{5 * 65536 + 65534}, "first");
    check.Equal(sequence.Next(1), uint64_t{6 * 65536 + 1}, "rolled over with two lost");
    check.Equal(sequence.Next(65535), uint64_t{5 * 65536 + 65535}, "out of order");
    check.Equal(sequence.Next(2), uint64_t{6 * 65536 + 2}, "goes on");
}

/** @param check where to report */
void
WindowAgainstSet(Check& check)
{
    // The window against a set of all that was accepted, over a walk with jumps and late packets.
    SrtpReplayWindow window;
    std::set<uint64_t> accepted;
    uint64_t highest = 0;
    uint32_t state = 1;
    uint64_t at = 1000;
    for (int i = 0; i < 20000; ++i)
    {
        state = state * 1664525 + 1013904223;
        const uint32_t draw = state >> 16;
        const uint64_t jump = draw % 50 == 0 ? 200 : draw % 50 == 1 ? 100 : draw % 3;
        at += jump;
        const uint64_t index = at - std::min<uint64_t>(at, (state >> 8) % 150);
        const bool expected =
            !accepted.empty() && (accepted.count(index) > 0 ||
                                  (index < highest && highest - index >= SrtpReplayWindow::SIZE));
        check.Equal(window.IsReplay(index), expected, "replay of " + std::to_string(index));
        if (!expected)
        {
            window.Accept(index);
            accepted.insert(index);
            highest = std::max(highest, index);
            check.Equal(window.Highest(), highest, "highest");
        }
    }
    window.Accept(highest - SrtpReplayWindow::SIZE);
    check.Equal(window.Highest(), highest, "a packet older than the window changes nothing");
    check.Expect(sizeof(SrtpReplayWindow) <= 32, "a window is at most 32 octets");
}

/** @param check where to report */
void
ReplayRefused(Check& check)
{
    SrtpReplayWindow window;
    check.Expect(!window.IsReplay(10), "nothing was accepted yet");
    window.Accept(10);
    check.Expect(window.IsReplay(10), "accepted once, refused twice");
    check.Expect(!window.IsReplay(9), "an older one that was not there yet passes");
    window.Accept(9);
    check.Expect(window.IsReplay(9), "and then not again");
    window.Accept(10 + 63);
    check.Expect(window.IsReplay(10) && window.IsReplay(9) && !window.IsReplay(11), "after 63");
    window.Accept(10 + 64);
    check.Expect(window.IsReplay(10) && window.IsReplay(9) && !window.IsReplay(11), "after 64");
    window.Accept(10 + 127);
    check.Expect(window.IsReplay(10), "still in the window");
    check.Expect(window.IsReplay(9), "too old to tell");
    check.Expect(!window.IsReplay(11), "in the window and never there");
}

/** @param check where to report */
void
KeyChangeKeepsRoc(Check& check)
{
    // Every tagged profile: keys change at sequence number 65534 of ROC 0, packets cross the
    // roll-over under the new key, one late packet of the old key arrives after it.
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        const Bytes mkiOld = Hex("000100010001");
        const Bytes mkiNew = Hex("000100010002");
        const auto oldKey = Make(profile, 1, mkiOld);
        const auto newKey = Make(profile, 2, mkiNew);
        SrtpSequence sender;
        SrtpReplayWindow receiver;
        std::vector<Bytes> sent;
        for (uint32_t i = 65530; i < 65545; ++i)
        {
            const auto seq = static_cast<uint16_t>(i);
            const uint64_t index = sender.Next(seq);
            sent.push_back(Protect(i < 65534 ? *oldKey : *newKey, Rtp(seq, 50), RocOf(index)));
        }
        std::swap(sent[3], sent[9]); // the last packet of the old key comes after the roll-over
        std::size_t good = 0;
        for (const Bytes& srtp : sent)
        {
            const auto mki = PeekMki(srtp, profile);
            const auto header = SrtpHeaderView::Parse(srtp);
            const uint64_t guess = receiver.Estimate(header->seq);
            SrtpTransform& key = SameBytes(mki->Encode(), mkiOld) ? *oldKey : *newKey;
            SrtpStatus status;
            if (!receiver.IsReplay(guess) &&
                Unprotect(key, srtp, RocOf(guess), status) == Rtp(header->seq, 50))
            {
                receiver.Accept(guess);
                ++good;
            }
            check.Expect(receiver.IsReplay(guess), "a second copy is refused");
        }
        check.Equal(good, sent.size(), std::string(ToString(profile)) + ": packets received");
        check.Equal(RocOf(receiver.Highest()), 1U, "ROC goes on across the change of key");
    }
}

/** @param check where to report */
void
RocCarried(Check& check)
{
    const Bytes mki = Hex("000100020003");
    for (const SrtpRocMode mode : {SrtpRocMode::RCC1, SrtpRocMode::RCC2, SrtpRocMode::RCC3})
    {
        const SrtpRocCarriage carriage{mode, 4};
        const auto profile = SrtpProfile::AES_CM_128_HMAC_SHA1_80;
        const auto transform = Make(profile, 1, mki, carriage);
        const auto plain = Make(profile, 1, mki);
        for (uint16_t seq = 0; seq < 9; ++seq)
        {
            const Bytes rtp = Rtp(seq, 30);
            const uint32_t roc = 0x01020304;
            const Bytes srtp = Protect(*transform, rtp, roc);
            const Bytes usual = Protect(*plain, rtp, roc);
            const Bytes body(usual.begin(), usual.end() - 10);
            const Bytes mac(usual.end() - 10, usual.end());
            Bytes expected = body;
            if (seq % 4 == 0)
            {
                expected = Concat(expected, Hex("01020304"));
                if (mode != SrtpRocMode::RCC3)
                {
                    expected = Concat(expected, Bytes(mac.begin(), mac.begin() + 6));
                }
            }
            else if (mode == SrtpRocMode::RCC2)
            {
                expected = usual;
            }
            check.Equal(ToHex(srtp), ToHex(expected), "packet " + std::to_string(seq));
            const auto found = PeekMki(srtp, profile, carriage);
            check.Expect(found && SameBytes(found->Encode(), mki), "MKI");
            const auto peeked = PeekRoc(srtp, profile, carriage);
            check.Equal(peeked.has_value(), seq % 4 == 0, "carries the ROC");
            check.Equal(peeked.value_or(roc), roc, "ROC");
            SrtpStatus status;
            check.Expect(Unprotect(*transform, srtp, peeked.value_or(roc), status) == rtp,
                         "a late joiner decrypts");
            Unprotect(*transform, srtp, roc + 1, status);
            check.Equal(status == SrtpStatus::OK,
                        seq % 4 != 0 && mode != SrtpRocMode::RCC2,
                        "another ROC goes unnoticed");
            if (seq % 4 == 0)
            {
                Bytes flipped = srtp;
                flipped[20] ^= 1;
                Unprotect(*transform, flipped, roc, status);
                check.Equal(status == SrtpStatus::OK,
                            mode == SrtpRocMode::RCC3,
                            "a change goes unnoticed");
                check.Expect(!PeekRoc(ByteView(srtp).Sub(0, 15), profile, carriage), "too short");
            }
        }
    }
    check.Expect(!Make(SrtpProfile::AES_CM_128_HMAC_SHA1_80, 1, {}, {SrtpRocMode::RCC1, 0}),
                 "rate 0 is refused");
    check.Expect(!Make(SrtpProfile::AEAD_AES_128_GCM, 1, {}, {SrtpRocMode::RCC1, 1}),
                 "an AEAD has no tag of its own");
    check.Expect(!Make(SrtpProfile::NULL_NULL, 1, {}, {SrtpRocMode::RCC1, 1}), "nor has none");
    check.Expect(
        !PeekMki(Rtp(1, 30), SrtpProfile::AEAD_AES_128_GCM, {SrtpRocMode::RCC1, 1}).has_value(),
        "nothing to peek at");
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

/** How often OpenSSL has asked for memory. */
std::size_t g_opensslAllocations = 0;

/** @cond OpenSSL's memory functions, counted */
void*
CountedMalloc(std::size_t size, const char* /* file */, int /* line */)
{
    ++g_opensslAllocations;
    return std::malloc(size);
}

void*
CountedRealloc(void* old, std::size_t size, const char* /* file */, int /* line */)
{
    ++g_opensslAllocations;
    return std::realloc(old, size);
}

void
CountedFree(void* old, const char* /* file */, int /* line */)
{
    std::free(old);
}

/** @endcond */

/** OpenSSL takes other memory functions only before it has first asked for memory. */
const bool g_opensslCounted =
    CRYPTO_set_mem_functions(CountedMalloc, CountedRealloc, CountedFree) == 1;

/** @param check where to report */
void
NoAllocationPerPacket(Check& check)
{
    if (!g_opensslCounted)
    {
        // Another library of this process has used OpenSSL before main().
        return;
    }
    for (const SrtpProfile profile : ALL_PROFILES)
    {
        const auto transform = Make(profile, 1, Hex("000100020003"));
        Bytes buffer = Rtp(1, 1000);
        const std::size_t rtpSize = buffer.size();
        buffer.resize(rtpSize + transform->Overhead());
        const std::size_t before = g_opensslAllocations;
        check.Expect(before > 0, "OpenSSL's allocations are counted");
        std::size_t size = 0;
        bool ok = true;
        for (uint32_t roc = 0; roc < 10; ++roc)
        {
            ok = transform->Protect(ByteView(buffer.data(), rtpSize), roc, buffer.data(), size) &&
                 transform->Unprotect(ByteView(buffer.data(), size), roc, buffer.data(), size) ==
                     SrtpStatus::OK &&
                 ok;
        }
        check.Expect(ok, "packets pass");
        check.Equal(g_opensslAllocations - before,
                    std::size_t{0},
                    std::string(ToString(profile)) + ": allocations by OpenSSL in 20 packets");
    }
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of SRTP and of the ciphers beneath.
 * @param suite where to
 */
void AddSrtpTests(MbsTestSuite& suite);

void
AddSrtpTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("RFC 3711 B.2: AES-CM key stream", AesCmKeyStream);
    add("libsrtp srtp_validate: AES-CM with HMAC-SHA1-80", LibsrtpValidate);
    add("libsrtp srtp_validate_mki: the MKI lies before the tag", LibsrtpValidateMki);
    add("libsrtp srtp_validate_gcm: AES-128-GCM from master key and salt", LibsrtpValidateGcm);
    add("libsrtp SRTCP packet: keys of labels 03 to 05", LibsrtpRtcpKeys);
    add("RFC 7714 16.1: AES-128-GCM, encrypted and tag only", Rfc7714Aes128);
    add("RFC 7714 16.2: AES-256-GCM, encrypted and tag only", Rfc7714Aes256);
    add("RFC 2202 and 4231: HMAC", HmacVectors);
    add("every profile and size of payload comes back, in place too", RoundTrips);
    add("header, CSRC list and extension stay clear and are covered", HeaderStaysClear);
    add("a packet without an RTP header is refused", BadHeaders);
    add("an SRTP packet cut at any length is refused", EveryTruncation);
    add("an SRTP packet with any bit flipped is refused", EveryBitFlip);
    add("another key, ROC or MKI is refused", WrongKeyOrRoc);
    add("keys and salts of a wrong length are refused", LengthsOfKeys);
    add("profiles and statuses have names", Names);
    add("a transform can be moved", Moves);
    add("two roll-overs of the sequence number are followed", RollOver);
    add("the index is estimated as in RFC 3711 appendix A", SequenceEdges);
    add("the replay window agrees with a set of all packets", WindowAgainstSet);
    add("a replayed packet is refused", ReplayRefused);
    add("a change of key keeps ROC and replay window", KeyChangeKeepsRoc);
    add("RFC 4771: a late joiner reads the ROC from the packets", RocCarried);
    add("no allocation by OpenSSL per packet", NoAllocationPerPacket);
}

} // namespace ns3::mbs
