// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-mikey.h"
#include "ns3/mbs-mtk-wrap.h"

#include <set>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

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

/** @return the MSK of the worked examples */
Key128
ExampleMsk()
{
    return *Key128::From(Counting(16, 0x00));
}

/** @return the MUK of the worked examples */
Bytes
ExampleMuk()
{
    return Counting(32, 0x80);
}

/** @return the RAND of the worked examples */
Bytes
ExampleRand()
{
    return Counting(16, 0x30);
}

/** @return the MTK message of the worked examples, without RAND */
MikeyMtkMessage
ExampleMtk()
{
    MikeyMtkMessage message;
    message.csbId = 0xa0a1a2a3;
    message.keyDomainId = KeyDomainId({0x00, 0xf1, 0x10});
    message.mskId = MskId(1, 1);
    message.mtkId = MtkId(1);
    message.counter = 1;
    message.mtk = *Key128::From(Counting(16, 0x40));
    message.salt = *Salt112::From(Counting(14, 0x50));
    return message;
}

/** @return the MSK message of the worked examples */
MikeyMskMessage
ExampleMskMessage()
{
    MikeyMskMessage message;
    message.verify = true;
    message.csbId = 0xa0a1a2a3;
    message.sessions = {{0, 0xcafebabe, 2}};
    message.keyDomainId = KeyDomainId({0x00, 0xf1, 0x10});
    message.mskId = MskId(1, 1);
    message.counter = 7;
    message.rand = ExampleRand();
    message.initiator = {MikeyIdentity::Type::URI, "bmsc.example.org"};
    message.responder = {MikeyIdentity::Type::NAI, "user@example.org"};
    message.policy = MikeySrtpPolicy();
    message.msk = ExampleMsk();
    message.seqLow = MtkId(0);
    message.seqHigh = MtkId(255);
    return message;
}

/** The worked MTK message of the user-plane procedure. */
constexpr char MTK_MESSAGE[] =
    "01001500a0a1a2a30001"
    "0503000f000300f110010400010001020200 01"
    "010200000001"
    "00010024 9b49c3f7f68900a13ec8eb3fcac415cb5a05f67194056a5679dd4b4430f93dc22fffca2f 01"
    "cd3fd7d368b530a728d4c10e32ab8505c9b06044";

/** The same with RAND, as in the control-plane procedure; computed with another implementation. */
constexpr char MTK_MESSAGE_WITH_RAND[] =
    "01001500a0a1a2a30001"
    "0503000f000300f11001040001000102020001"
    "0b0200000001"
    "0110303132333435363738393a3b3c3d3e3f"
    "00010024 9b49c3f7f68900a13ec8eb3fcac415cb5a05f67194056a5679dd4b4430f93dc22fffca2f 01"
    "d48c43f64cc5c0af81e007d21cbaf204701726df";

/** The same with the salt that follows from the MTK: what the MBSTF sends; the manual explains it.
 */
constexpr char MTK_MESSAGE_CONTROL_PLANE[] =
    "01001500a0a1a2a30001"
    "0503000f000300f11001040001000102020001"
    "0b0200000001"
    "0110303132333435363738393a3b3c3d3e3f"
    "00010024 9b49c3f7f68900a13ec8eb3fcac415cb5a05f671940568e7ecde692eccd9da9ac8ad1023 01"
    "6bf46a28c2cb4728d720b9a6022a03fcd720d2c3";

/** The same with a key for download, without salt; computed with another implementation. */
constexpr char MTK_MESSAGE_WITHOUT_SALT[] = "01001500a0a1a2a30001"
                                            "0503000f000300f11001040001000102020001"
                                            "010200000001"
                                            "00010014 9b59c3f7f68900a13ec8eb3fcac415cb5a05f671 01"
                                            "9c1224835f83c9fd9ab505de64471fa16f4aaa31";

/** The worked MSK message; computed with another implementation. */
constexpr char MSK_MESSAGE[] = "01001580a0a1a2a30100 00cafebabe00000002"
                               "0503000b000300f110010400010001"
                               "0b0200000007"
                               "0610303132333435363738393a3b3c3d3e3f"
                               "06010010626d73632e6578616d706c652e6f7267"
                               "0a00001075736572406578616d706c652e6f7267"
                               "010000001200010101011004010e0201010301140b010a"
                               "0001001a ac745127ed68b1622ca3b139894fcf861a2ba1bc57d1bcf3bcbf 01"
                               "0a33ae44bf55df1e4675ba21896e8f2afd8e934d";

/** The verification message that answers it; computed with another implementation. */
constexpr char VERIFICATION_MESSAGE[] = "01010500a0a1a2a30001"
                                        "060200000007"
                                        "0900001075736572406578616d706c652e6f7267"
                                        "0001 1f53042ac9d6ae806844b10dffa7de5cb51fe5a9";

/** An MSK message without a key; computed with another implementation. */
constexpr char SOLICITED_PULL[] = "01001500a0a1a2a30001"
                                  "0503000b000300f110010400010000"
                                  "0b0200000008"
                                  "0610303132333435363738393a3b3c3d3e3f"
                                  "06010010626d73632e6578616d706c652e6f7267"
                                  "0100001075736572406578616d706c652e6f7267"
                                  "0000000001"
                                  "4212c8fdd776d300a9ac3a4739b4d7a5d4eac349";

/** @param check where to report */
void
WorkedKeys(Check& check)
{
    const auto keys = MikeyMessageKeys::Derive(ExampleMsk().View(), 0xa0a1a2a3, ExampleRand());
    check.Equal(ToHex(keys.encryption.View()),
                std::string("9293022c039dd3d5dc26bf69851dd8af"),
                "encryption key");
    check.Equal(ToHex(keys.authentication.View()),
                std::string("924c8e64436e64d6c60d3de5007e0086889fff1e"),
                "authentication key");
    check.Equal(ToHex(keys.salt.View()), std::string("0b701d9151b8c7be5deda516537c"), "salt");
}

/** @param check where to report */
void
WorkedMtk(Check& check)
{
    const Bytes octets = ExampleMtk().Encode(ExampleMsk(), ExampleRand());
    check.Equal(octets.size(), std::size_t{96}, "size");
    check.Equal(ToHex(octets), ToHex(Hex(MTK_MESSAGE)), "message");

    const auto header = MikeyMtkMessage::Peek(octets);
    check.Expect(static_cast<bool>(header), "header can be read");
    check.Equal(header->csbId, 0xa0a1a2a3, "CSB ID");
    check.Equal(header->keyDomainId, KeyDomainId({0x00, 0xf1, 0x10}), "Key Domain ID");
    check.Equal(header->mskId, MskId(1, 1), "MSK ID");
    check.Equal(header->mtkId, MtkId(1), "MTK ID");
    check.Equal(header->counter, 1U, "counter");
    check.Expect(!header->hasRand, "no RAND");

    const auto opened = MikeyMtkMessage::Open(octets, ExampleMsk(), ExampleRand());
    check.Expect(static_cast<bool>(opened), "opens");
    check.Expect(opened->mtk == ExampleMtk().mtk, "MTK");
    check.Expect(opened->salt && *opened->salt == *ExampleMtk().salt, "salt");
    check.Expect(opened->csbId == 0xa0a1a2a3 && opened->mskId == MskId(1, 1) &&
                     opened->mtkId == MtkId(1) && opened->counter == 1 && opened->rand.empty() &&
                     opened->keyDomainId == KeyDomainId({0x00, 0xf1, 0x10}),
                 "names");
    check.Expect(MikeyMtkMessage::Open(octets, ExampleMsk()).Error() == MikeyError::NO_RAND,
                 "without RAND it cannot be opened");
}

/** @param check where to report */
void
WorkedMtkWithRand(Check& check)
{
    MikeyMtkMessage message = ExampleMtk();
    message.rand = ExampleRand();
    const Bytes octets = message.Encode(ExampleMsk());
    check.Equal(ToHex(octets), ToHex(Hex(MTK_MESSAGE_WITH_RAND)), "message");
    check.Expect(MikeyMtkMessage::Peek(octets)->hasRand, "RAND is seen");
    const auto opened = MikeyMtkMessage::Open(octets, ExampleMsk(), Counting(16, 0));
    check.Expect(opened && opened->mtk == message.mtk && opened->rand == message.rand,
                 "opens with the RAND that it carries");
}

/** @param check where to report */
void
WorkedMtkOfTheControlPlane(Check& check)
{
    MikeyMtkMessage message = ExampleMtk();
    message.rand = ExampleRand();
    message.salt =
        DeriveTrafficSalt(message.mtk, message.keyDomainId, message.mskId, message.mtkId);
    check.Equal(ToHex(message.salt->View()), std::string("52e0c750763faa77bf01bd098651"), "salt");
    check.Equal(ToHex(message.Encode(ExampleMsk())),
                ToHex(Hex(MTK_MESSAGE_CONTROL_PLANE)),
                "message");
}

/** @param check where to report */
void
WorkedMtkWithoutSalt(Check& check)
{
    MikeyMtkMessage message = ExampleMtk();
    message.salt.reset();
    const Bytes octets = message.Encode(ExampleMsk(), ExampleRand());
    check.Equal(ToHex(octets), ToHex(Hex(MTK_MESSAGE_WITHOUT_SALT)), "message");
    const auto opened = MikeyMtkMessage::Open(octets, ExampleMsk(), ExampleRand());
    check.Expect(opened && opened->mtk == message.mtk && !opened->salt, "opens");
}

/** @param check where to report */
void
WorkedMsk(Check& check)
{
    const MikeyMskMessage message = ExampleMskMessage();
    const Bytes octets = message.Encode(ExampleMuk());
    check.Equal(ToHex(octets), ToHex(Hex(MSK_MESSAGE)), "message");
    const auto header = MikeyMskMessage::Peek(octets);
    check.Expect(header && header->csbId == message.csbId && header->verify && header->hasKey &&
                     header->keyDomainId == message.keyDomainId && header->mskId == message.mskId &&
                     header->counter == 7,
                 "header");
    const auto opened = MikeyMskMessage::Open(octets, ExampleMuk());
    check.Expect(static_cast<bool>(opened), "opens");
    check.Expect(opened->msk && *opened->msk == ExampleMsk(), "MSK");
    check.Expect(opened->seqLow == MtkId(0) && opened->seqHigh == MtkId(255), "interval");
    check.Expect(opened->rand == message.rand && opened->initiator == message.initiator &&
                     opened->responder == message.responder && opened->verify &&
                     opened->csbId == message.csbId && opened->counter == 7 &&
                     opened->mskId == message.mskId && opened->keyDomainId == message.keyDomainId,
                 "other fields");
    check.Expect(opened->policy &&
                     opened->policy->profile == SrtpProfile::AES_CM_128_HMAC_SHA1_80 &&
                     opened->policy->carriage.mode == SrtpRocMode::NONE,
                 "policy");
    check.Expect(opened->sessions.size() == 1 && opened->sessions[0].ssrc == 0xcafebabe &&
                     opened->sessions[0].roc == 2 && opened->sessions[0].policy == 0,
                 "a late joiner learns the ROC");
    check.Expect(MikeyMskMessage::Open(octets, Counting(32, 0x81)).Error() ==
                     MikeyError::AUTH_FAILED,
                 "another MUK does not open it");
}

/** @param check where to report */
void
SolicitedPull(Check& check)
{
    MikeyMskMessage message = ExampleMskMessage();
    message.verify = false;
    message.sessions.clear();
    message.policy.reset();
    message.msk.reset();
    message.mskId = MskId(1, MskId::CURRENT);
    message.counter = 8;
    const Bytes octets = message.Encode(ExampleMuk());
    check.Equal(ToHex(octets), ToHex(Hex(SOLICITED_PULL)), "message");
    const auto header = MikeyMskMessage::Peek(octets);
    check.Expect(header && !header->hasKey && !header->verify, "carries no key");
    const auto opened = MikeyMskMessage::Open(octets, ExampleMuk());
    check.Expect(opened && !opened->msk && !opened->policy && opened->sessions.empty(), "opens");
}

/** @param check where to report */
void
Verification(Check& check)
{
    const MikeyMskMessage message = ExampleMskMessage();
    const Bytes octets = MikeyVerification::Answer(message, ExampleMuk());
    check.Equal(ToHex(octets), ToHex(Hex(VERIFICATION_MESSAGE)), "message");
    const auto peeked = MikeyVerification::Peek(octets);
    check.Expect(peeked && peeked->csbId == message.csbId && peeked->counter == 7 &&
                     peeked->responder == message.responder,
                 "whose answer it is");
    const auto verdict = [&](const MikeyMskMessage& sent) {
        return MikeyVerification::Check(octets, sent, ExampleMuk());
    };
    check.Expect(verdict(message) == MikeyError::NONE, "is accepted");
    MikeyMskMessage other = message;
    other.counter = 8;
    check.Expect(verdict(other) == MikeyError::AUTH_FAILED, "another counter is refused");
    other = message;
    other.csbId = 1;
    check.Expect(verdict(other) == MikeyError::AUTH_FAILED, "another bundle is refused");
    other = message;
    other.responder.text = "else@example.org";
    check.Expect(verdict(other) == MikeyError::AUTH_FAILED, "another UE is refused");
    other = message;
    other.initiator.text = "bmsd.example.org";
    check.Expect(verdict(other) == MikeyError::AUTH_FAILED, "another server is refused");
    check.Expect(MikeyVerification::Check(octets, message, Counting(32, 0)) ==
                     MikeyError::AUTH_FAILED,
                 "another MUK is refused");
    check.Expect(MikeyVerification::Check(Hex(MSK_MESSAGE), message, ExampleMuk()) ==
                     MikeyError::UNSUPPORTED,
                 "an MSK message is no answer");
    check.Expect(MikeyVerification::Peek(Hex("01010500a0a1a2a30001 000200000007")).Error() ==
                     DecodeError::MALFORMED,
                 "an answer without IDr and V is refused");
}

/** @param check where to report */
void
Kinds(Check& check)
{
    const auto kind = [&](const char* text, MikeyKind expected) {
        const auto peeked = PeekMikeyKind(Hex(text));
        check.Expect(peeked && *peeked == expected, "kind of message");
    };
    kind(MTK_MESSAGE, MikeyKind::MTK);
    kind(MTK_MESSAGE_WITH_RAND, MikeyKind::MTK);
    kind(MSK_MESSAGE, MikeyKind::MSK);
    kind(SOLICITED_PULL, MikeyKind::MSK);
    kind(VERIFICATION_MESSAGE, MikeyKind::VERIFICATION);
    check.Expect(PeekMikeyKind({}).Error() == DecodeError::TRUNCATED, "nothing");
    check.Expect(PeekMikeyKind(Hex("01060500a0a1a2a30001 0c0200000007 0005 0000")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "an error message is none of them");
    check.Expect(!MikeyMtkMessage::Peek(Hex(MSK_MESSAGE)), "an MSK message has no MTK");
    check.Expect(!MikeyMskMessage::Peek(Hex(MTK_MESSAGE)), "an MTK message has no MSK");
    check.Expect(!MikeyMtkMessage::Open(Hex(VERIFICATION_MESSAGE), ExampleMsk(), ExampleRand()),
                 "an answer has no MTK");
    check.Expect(!MikeyMskMessage::Open(Hex(VERIFICATION_MESSAGE), ExampleMuk()),
                 "an answer has no MSK");
    check.Expect(!MikeyMskMessage::Open(Hex("0100"), ExampleMuk()), "two octets are no message");
    check.Expect(!MikeyMskMessage::Peek(Hex("0100")), "two octets are no message");
}

/** @param check where to report */
void
EveryTruncation(Check& check)
{
    for (const char* text : {MTK_MESSAGE, MTK_MESSAGE_WITH_RAND, MSK_MESSAGE, VERIFICATION_MESSAGE})
    {
        const Bytes whole = Hex(text);
        for (std::size_t size = 0; size < whole.size(); ++size)
        {
            const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            check.Expect(!MikeyMessage::Decode(cut), "cut to " + std::to_string(size));
            check.Expect(!MikeyMtkMessage::Open(cut, ExampleMsk(), ExampleRand()) &&
                             !MikeyMskMessage::Open(cut, ExampleMuk()) &&
                             !MikeyVerification::Peek(cut),
                         "opened when cut to " + std::to_string(size));
        }
        Bytes more = whole;
        more.push_back(0);
        check.Expect(MikeyMessage::Decode(more).Error() == DecodeError::TRAILING,
                     "an octet too many");
    }
}

/** @param check where to report */
void
EveryBitFlip(Check& check)
{
    const MikeyMskMessage sent = ExampleMskMessage();
    for (const char* text : {MTK_MESSAGE, MTK_MESSAGE_WITH_RAND, MSK_MESSAGE, VERIFICATION_MESSAGE})
    {
        const Bytes whole = Hex(text);
        for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit)
        {
            Bytes flipped = whole;
            flipped[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
            check.Expect(!MikeyMtkMessage::Open(flipped, ExampleMsk(), ExampleRand()) &&
                             !MikeyMskMessage::Open(flipped, ExampleMuk()) &&
                             MikeyVerification::Check(flipped, sent, ExampleMuk()) !=
                                 MikeyError::NONE,
                         "bit " + std::to_string(bit));
        }
        // A flip in the MAC itself is told apart from a malformed message.
        Bytes flipped = whole;
        flipped.at(flipped.size() - 1) ^= 1;
        if (text == MTK_MESSAGE)
        {
            check.Expect(MikeyMtkMessage::Open(flipped, ExampleMsk(), ExampleRand()).Error() ==
                             MikeyError::AUTH_FAILED,
                         "a wrong MAC says so");
        }
    }
}

/**
 * @brief Makes a message whose MAC is right, from a plaintext of the caller's.
 * @param psk the key
 * @param header HDR
 * @param ids EXT
 * @param plain what KEMAC holds
 * @param isMsk with identities, as an MSK message has them
 * @return the message
 */
Bytes
Forge(ByteView psk, const MikeyHeader& header, const MikeyKeyIds& ids, Bytes plain, bool isMsk)
{
    const auto keys = MikeyMessageKeys::Derive(psk, header.csbId, ExampleRand());
    MikeyWriter writer(header);
    writer.KeyIds(ids);
    writer.Timestamp({MikeyTimestamp::Type::COUNTER, 1});
    writer.Rand(ExampleRand());
    if (isMsk)
    {
        writer.Identity({});
        writer.Identity({});
    }
    keys.Crypt(header.csbId, 1, plain);
    writer.Kemac(MikeyKemac::Encryption::AES_CM_128, plain);
    const auto mac = keys.Mac(writer.Get());
    return writer.Finish(mac);
}

/** @param check where to report */
void
WrongKeyData(Check& check)
{
    const MikeyKeyIds mtkIds{KeyDomainId(), MskId(1, 1), MtkId(1)};
    const MikeyKeyIds mskIds{KeyDomainId(), MskId(1, 1), std::nullopt};
    const std::string key16 = "0010 000102030405060708090a0b0c0d0e0f";
    const auto mtk = [&](const std::string& plain) {
        return MikeyMtkMessage::Open(
                   Forge(ExampleMsk().View(), MikeyHeader(), mtkIds, Hex(plain), false),
                   ExampleMsk())
            .Error();
    };
    check.Expect(mtk("0020" + key16) == MikeyError::NONE, "TEK");
    check.Expect(mtk("") == MikeyError::TRUNCATED, "no key");
    check.Expect(mtk("0000" + key16) == MikeyError::UNSUPPORTED, "a TGK is no MTK");
    check.Expect(mtk("0020 0001 00") == MikeyError::UNSUPPORTED, "a key of one octet");
    check.Expect(mtk("0030" + key16 + "0001 00") == MikeyError::UNSUPPORTED, "salt of one octet");
    check.Expect(mtk("0030" + key16 + "0002 00") == MikeyError::TRUNCATED, "salt cut short");
    check.Expect(mtk("1420" + key16) == MikeyError::UNSUPPORTED, "two keys");
    check.Expect(mtk("0040" + key16) == MikeyError::UNSUPPORTED, "unknown type");
    check.Expect(mtk("0023" + key16) == MikeyError::UNSUPPORTED, "unknown validity");
    check.Expect(mtk("0020" + key16 + "00") == MikeyError::TRAILING, "an octet too many");
    check.Expect(mtk("0021" + key16 + "06 000100010001") == MikeyError::NONE, "with an MKI");

    const auto msk = [&](const std::string& plain) {
        return MikeyMskMessage::Open(Forge(ExampleMuk(), MikeyHeader(), mskIds, Hex(plain), true),
                                     ExampleMuk())
            .Error();
    };
    check.Expect(msk("0002" + key16 + "020000 020001") == MikeyError::NONE, "TGK with interval");
    check.Expect(msk("0000" + key16) == MikeyError::UNSUPPORTED, "no interval");
    check.Expect(msk("0022" + key16 + "020000 020001") == MikeyError::UNSUPPORTED, "a TEK");
    check.Expect(msk("0002" + key16 + "0100 0101") == MikeyError::UNSUPPORTED, "short interval");
    check.Expect(msk("0002" + key16 + "020000") == MikeyError::TRUNCATED, "half an interval");
    check.Expect(msk("0002 0001 00 020000 020001") == MikeyError::UNSUPPORTED, "a short key");
}

/** @param check where to report */
void
RefusedSyntax(Check& check)
{
    const auto error = [](const std::string& text) {
        return MikeyMessage::Decode(Hex(text)).Error();
    };
    const std::string header = "00a0a1a2a30001";
    check.Expect(error("010000" + header) == DecodeError::NONE, "a header alone is well formed");
    check.Expect(error("020000" + header) == DecodeError::UNSUPPORTED, "version 2");
    check.Expect(error("010200" + header) == DecodeError::UNSUPPORTED, "public-key mode");
    check.Expect(error("01000001a0a1a2a30001") == DecodeError::UNSUPPORTED, "another PRF");
    check.Expect(error("01000000a0a1a2a30002") == DecodeError::UNSUPPORTED, "another map");
    check.Expect(error("01000000a0a1a2a3ff00") == DecodeError::TRUNCATED, "map cut short");
    check.Expect(error("010003" + header + "00") == DecodeError::UNSUPPORTED, "Diffie-Hellman");
    check.Expect(error("010014" + header + "00") == DecodeError::UNSUPPORTED, "key outside KEMAC");
    check.Expect(error("010005" + header + "05 0200000001 00 0200000001") == DecodeError::MALFORMED,
                 "two timestamps");
    check.Expect(error("010005" + header + "00 03") == DecodeError::UNSUPPORTED, "timestamp type");
    check.Expect(error("010005" + header + "00 000000000000000001") == DecodeError::NONE, "NTP");
    check.Expect(error("01000b" + header + "0b 00 00 00") == DecodeError::MALFORMED, "two RAND");
    check.Expect(error("010006" + header + "06 000000 06 000000 00 000000") ==
                     DecodeError::MALFORMED,
                 "three identities");
    check.Expect(error("010006" + header + "00 020000") == DecodeError::UNSUPPORTED, "ID type");
    check.Expect(error("01000a" + header + "00 00 01 0000") == DecodeError::UNSUPPORTED,
                 "a policy not for SRTP");
    check.Expect(error("01000a" + header + "00 00 00 0003 000107") == DecodeError::UNSUPPORTED,
                 "an unknown cipher");
    check.Expect(error("010001" + header + "00 03 0000 00") == DecodeError::UNSUPPORTED,
                 "unknown encryption of keys");
    check.Expect(error("010001" + header + "00 00 0000 02") == DecodeError::UNSUPPORTED,
                 "unknown MAC");
    check.Expect(error("010001" + header + "00 00 0000 00") == DecodeError::NONE, "no MAC");
    check.Expect(error("010001" + header + "05 00 0000 00 00 0200000001") == DecodeError::MALFORMED,
                 "a payload behind KEMAC");
    check.Expect(error("010009" + header + "00 00") == DecodeError::UNSUPPORTED, "V without MAC");
    check.Expect(error("01000c" + header + "00 05 0000") == DecodeError::NONE, "error payload");
    check.Expect(error("010015" + header + "00 00 0001 07") == DecodeError::NONE,
                 "another extension is passed over");
    check.Expect(error("010015" + header + "00 03 0005 000300f110") == DecodeError::NONE, "one ID");
    check.Expect(error("010015" + header + "00 03 0004 000200f1") == DecodeError::MALFORMED,
                 "a Key Domain ID of two octets");
    check.Expect(error("010015" + header + "00 03 000a 000300f110000300f110") ==
                     DecodeError::MALFORMED,
                 "two Key Domain IDs");
    check.Expect(error("010015" + header + "00 03 0003 030100") == DecodeError::UNSUPPORTED,
                 "an unknown ID");
    check.Expect(error("010015" + header + "00 03 0001 00") == DecodeError::MALFORMED,
                 "half an ID");
    check.Expect(error("010015" + header + "15 03 0000 00 03 0000") == DecodeError::MALFORMED,
                 "key IDs twice");

    // What only MBMS messages must have.
    check.Expect(PeekMikeyKind(Hex("010005" + header + "00 0200000001")).Error() ==
                     DecodeError::MALFORMED,
                 "without key IDs");
    const std::string ids = "000300f110 010400010001";
    check.Expect(PeekMikeyKind(Hex("010015" + header + "05 03 000b" + ids +
                                   "01 00 0000000000000001 00 00 0000 00"))
                         .Error() == DecodeError::UNSUPPORTED,
                 "NTP instead of a counter");
    check.Expect(
        PeekMikeyKind(Hex("010015" + header + "05 03 000b" + ids + "01 02 00000001 00 00 0000 00"))
                .Error() == DecodeError::UNSUPPORTED,
        "no MAC");
    check.Expect(PeekMikeyKind(Hex("010015" + header + "05 03 000b" + ids +
                                   "01 02 00000001 00 00 0001 00 01" + std::string(40, '0')))
                         .Error() == DecodeError::UNSUPPORTED,
                 "keys in the clear");
    const std::string bare = "010015" + header + "05 03 000b" + ids +
                             "01 02 00000001 00 00 0000 01" + std::string(40, '0');
    check.Expect(MikeyMskMessage::Peek(Hex(bare)).Error() == DecodeError::MALFORMED,
                 "an MSK message without RAND and identities");
    check.Expect(MikeyMtkMessage::Peek(Hex(bare)).Error() == DecodeError::MALFORMED,
                 "an MTK message without an MTK ID");
}

/** @param check where to report */
void
PayloadRoundTrip(Check& check)
{
    MikeyHeader header;
    header.dataType = MikeyDataType::ERROR;
    header.csbId = 5;
    MikeyWriter writer(header);
    writer.Timestamp({MikeyTimestamp::Type::NTP_UTC, 0x0102030405060708});
    writer.Error(3);
    writer.Verification();
    const auto message = MikeyMessage::Decode(writer.Finish(Counting(20, 0)));
    check.Expect(message && message->header.dataType == MikeyDataType::ERROR &&
                     message->header.csbId == 5 && message->error == 3 &&
                     message->timestamp->type == MikeyTimestamp::Type::NTP_UTC &&
                     message->timestamp->value == 0x0102030405060708,
                 "an error message");

    MikeyKeyData data;
    const Bytes key = Counting(16, 0);
    const Bytes salt = Counting(14, 0x20);
    const Bytes spi = Counting(6, 0x40);
    data.type = MikeyKeyData::Type::TGK_SALT;
    data.validity = MikeyKeyData::Validity::SPI;
    data.key = key;
    data.salt = salt;
    data.from = spi;
    const Bytes octets = data.Encode();
    const auto decoded = MikeyKeyData::Decode(octets);
    check.Expect(decoded && decoded->type == data.type && decoded->validity == data.validity &&
                     SameBytes(decoded->key, key) && SameBytes(decoded->salt, salt) &&
                     SameBytes(decoded->from, spi) && decoded->to.empty(),
                 "key data with salt and SPI");
}

/** @param check where to report */
void
Policies(Check& check)
{
    for (const SrtpProfile profile : {SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                      SrtpProfile::AES_CM_128_HMAC_SHA1_32,
                                      SrtpProfile::AEAD_AES_128_GCM,
                                      SrtpProfile::AEAD_AES_256_GCM,
                                      SrtpProfile::NULL_HMAC_SHA1_80,
                                      SrtpProfile::NULL_NULL})
    {
        MikeySrtpPolicy policy;
        policy.profile = profile;
        const auto decoded = MikeySrtpPolicy::DecodeParameters(policy.EncodeParameters());
        check.Expect(decoded && decoded->profile == profile &&
                         decoded->carriage.mode == SrtpRocMode::NONE,
                     ToString(profile));
    }
    for (const SrtpRocMode mode : {SrtpRocMode::RCC1, SrtpRocMode::RCC2, SrtpRocMode::RCC3})
    {
        MikeySrtpPolicy policy;
        policy.carriage = {mode, 300};
        const auto decoded = MikeySrtpPolicy::DecodeParameters(policy.EncodeParameters());
        check.Expect(decoded && decoded->carriage.mode == mode && decoded->carriage.rate == 300,
                     "ROC carriage");
    }
    const auto error = [](const std::string& text) {
        return MikeySrtpPolicy::DecodeParameters(Hex(text)).Error();
    };
    check.Expect(MikeySrtpPolicy::DecodeParameters({})->profile ==
                     SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                 "no parameters: SRTP's defaults");
    check.Expect(MikeySrtpPolicy::DecodeParameters(Hex("070100 0a0100"))->profile ==
                     SrtpProfile::NULL_NULL,
                 "both switched off");
    check.Expect(error("080101 0f0101 110114 13010a 0c0100 090100 060100 050100") ==
                     DecodeError::NONE,
                 "what concerns SRTCP alone or is the default plays no part");
    for (const char* text : {"000107",
                             "000102",
                             "010118",
                             "04010c",
                             "020100",
                             "020105",
                             "030110",
                             "0b0108",
                             "050101",
                             "060101",
                             "0c0101",
                             "090101",
                             "150100",
                             "000106 010118",
                             "000106 14010c",
                             "000106 04010e",
                             "000106 070100",
                             "000100 0b0104",
                             "0e0102"})
    {
        check.Expect(error(text) == DecodeError::UNSUPPORTED, std::string("unsupported: ") + text);
    }
    check.Expect(error("0001") == DecodeError::TRUNCATED, "cut short");
    check.Expect(error("0000") == DecodeError::MALFORMED, "empty value");
    check.Expect(error("00050000000001") == DecodeError::MALFORMED, "value of five octets");
    check.Expect(error("0e0102 12010e 0d020000") == DecodeError::OUT_OF_RANGE, "rate 0");
    check.Expect(error("0e0102 12010e 0d0400010000") == DecodeError::OUT_OF_RANGE, "rate 65536");
}

/** @param check where to report */
void
ReplayRules(Check& check)
{
    using Verdict = MikeyReplay::Verdict;
    MikeyReplay replay(MtkId(4), MtkId(10));
    check.Expect(replay.IsValid(), "valid");
    check.Expect(replay.Check(MtkId(4), 0) == Verdict::OUTSIDE_INTERVAL, "SEQl itself is refused");
    check.Expect(replay.Check(MtkId(11), 0) == Verdict::OUTSIDE_INTERVAL, "above SEQu is refused");
    check.Expect(replay.Accept(MtkId(5), 0) == Verdict::FRESH, "first");
    check.Expect(replay.SeqLow() == MtkId(5) && replay.SeqHigh() == MtkId(10), "SEQl moves");
    check.Expect(replay.Accept(MtkId(5), 0) == Verdict::OLD_COUNTER, "the same message again");
    check.Expect(replay.Accept(MtkId(6), 0) == Verdict::OLD_COUNTER, "counter not above");
    check.Expect(replay.Accept(MtkId(5), 1) == Verdict::OUTSIDE_INTERVAL, "MTK again");
    check.Expect(replay.Accept(MtkId(10), 9) == Verdict::FRESH, "SEQu itself is accepted");
    check.Expect(replay.Accept(MtkId(9), 10) == Verdict::OUTSIDE_INTERVAL, "late message");
    check.Expect(!MikeyReplay(MtkId(2), MtkId(1)).IsValid(), "SEQl above SEQu");

    MikeyReplay open;
    check.Expect(open.Accept(MtkId(0), 1) == Verdict::OUTSIDE_INTERVAL, "0 names no key");
    open.Skip(MtkId(3));
    open.Skip(MtkId(2));
    check.Expect(open.Check(MtkId(3), 1) == Verdict::OUTSIDE_INTERVAL, "came another way");
    check.Expect(open.Accept(MtkId(4), UINT32_MAX) == Verdict::FRESH, "largest counter");
    check.Expect(open.Accept(MtkId(5), UINT32_MAX) == Verdict::OLD_COUNTER, "and not again");

    // A further MSK message with the same MSK.
    MikeyReplay renewed(MtkId(0), MtkId(3));
    check.Expect(renewed.HasRoom() && renewed.Accept(MtkId(3), 5) == Verdict::FRESH, "the last");
    check.Expect(!renewed.HasRoom() && renewed.IsValid(), "used up, yet valid");
    check.Expect(renewed.Renew(MtkId(0), MtkId(9)) && renewed.HasRoom(), "a longer interval");
    check.Expect(renewed.SeqLow() == MtkId(3), "SEQl never falls");
    check.Expect(renewed.Accept(MtkId(4), 5) == Verdict::OLD_COUNTER, "the counter goes on");
    check.Expect(renewed.Renew(MtkId(7), MtkId(9)) && renewed.SeqLow() == MtkId(7), "SEQl rises");
    check.Expect(!renewed.Renew(MtkId(0), MtkId(6)) && !renewed.HasRoom(), "SEQu below SEQl");
    check.Expect(renewed.Accept(MtkId(8), 6) == Verdict::OUTSIDE_INTERVAL, "an invalid MSK");

    MikeyCounter counter;
    check.Expect(counter.Accept(0) && !counter.Accept(0) && counter.Accept(7) &&
                     !counter.Accept(6) && counter.Accept(8),
                 "MSK messages");
}

/** @param check where to report */
void
Errors(Check& check)
{
    std::set<std::string> names;
    for (int i = 0; i <= static_cast<int>(MikeyError::AUTH_FAILED); ++i)
    {
        names.insert(ToString(static_cast<MikeyError>(i)));
    }
    check.Equal(names.size(), std::size_t{8}, "every error has a name of its own");
    check.Equal(std::string(ToString(static_cast<MikeyError>(99))), std::string("unknown"), "name");
    for (const DecodeError error : {DecodeError::NONE,
                                    DecodeError::TRUNCATED,
                                    DecodeError::TRAILING,
                                    DecodeError::MALFORMED,
                                    DecodeError::UNSUPPORTED,
                                    DecodeError::OUT_OF_RANGE})
    {
        check.Equal(std::string(ToString(ToMikeyError(error))),
                    std::string(ToString(error)),
                    "the same by another name");
    }
}

/** @param check where to report */
void
RandomOctets(Check& check)
{
    // Octets that a small generator makes, and valid messages with octets changed.
    uint32_t state = 7;
    const auto draw = [&state]() {
        state = state * 1664525 + 1013904223;
        return state >> 16;
    };
    const Bytes valid = Hex(MSK_MESSAGE);
    std::size_t opened = 0;
    for (int i = 0; i < 20000; ++i)
    {
        Bytes octets = valid;
        if (i % 2 == 0)
        {
            octets.resize(draw() % 120);
            for (auto& octet : octets)
            {
                octet = static_cast<uint8_t>(draw() % 24);
            }
        }
        else
        {
            for (uint32_t k = 0; k <= draw() % 4; ++k)
            {
                octets[draw() % octets.size()] = static_cast<uint8_t>(draw());
            }
        }
        opened += MikeyMskMessage::Open(octets, ExampleMuk()) && octets != valid ? 1 : 0;
        opened += MikeyMtkMessage::Open(octets, ExampleMsk(), ExampleRand()) ? 1 : 0;
        opened +=
            MikeyVerification::Check(octets, ExampleMskMessage(), ExampleMuk()) == MikeyError::NONE
                ? 1
                : 0;
    }
    check.Equal(opened, std::size_t{0}, "messages opened");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of MIKEY.
 * @param suite where to
 */
void AddMikeyTests(MbsTestSuite& suite);

void
AddMikeyTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("worked example: keys of a MIKEY message", WorkedKeys);
    add("worked example: MTK message of the user plane", WorkedMtk);
    add("worked example: MTK message of the control plane carries RAND", WorkedMtkWithRand);
    add("worked example: MTK message of the control plane has the derived salt",
        WorkedMtkOfTheControlPlane);
    add("worked example: MTK message for download has no salt", WorkedMtkWithoutSalt);
    add("worked example: MSK message with policy, interval and ROC", WorkedMsk);
    add("worked example: MSK message without key solicits a request", SolicitedPull);
    add("worked example: verification message", Verification);
    add("MIKEY messages on one port are told apart", Kinds);
    add("a MIKEY message cut at any length is refused", EveryTruncation);
    add("a MIKEY message with any bit flipped is refused", EveryBitFlip);
    add("an authentic MIKEY message with the wrong key data is refused", WrongKeyData);
    add("a MIKEY message against the syntax is refused", RefusedSyntax);
    add("MIKEY payloads come back", PayloadRoundTrip);
    add("SRTP policies come back, others are refused", Policies);
    add("MTK ID interval and counters stop replays", ReplayRules);
    add("MIKEY errors have names", Errors);
    add("random octets are no MIKEY message", RandomOctets);
}

} // namespace ns3::mbs
