// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mikey.h"

#include "mbs-crypto-primitives.h"
#include "mbs-key-derivation.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

constexpr uint32_t LABEL_ENCRYPTION = 0x150533e1;     //!< RFC 3830 clause 4.1.4
constexpr uint32_t LABEL_AUTHENTICATION = 0x2d22ac75; //!< RFC 3830 clause 4.1.4
constexpr uint32_t LABEL_SALT = 0x29b88916;           //!< RFC 3830 clause 4.1.4

/**
 * @brief constant || 0xff || CSB ID || RAND.
 * @param constant which key
 * @param csbId crypto session bundle
 * @param rand RAND
 * @return the label
 */
Bytes
Label(uint32_t constant, uint32_t csbId, ByteView rand)
{
    ByteWriter writer;
    writer.U32(constant).U8(0xff).U32(csbId).Append(rand);
    return writer.Release();
}

/**
 * @brief Derives one key of a message.
 * @tparam N its octets
 * @param preSharedKey MUK or MSK
 * @param constant which key
 * @param csbId crypto session bundle
 * @param rand RAND
 * @return the key
 */
template <std::size_t N>
Secret<N>
DeriveOne(ByteView preSharedKey, uint32_t constant, uint32_t csbId, ByteView rand)
{
    Secret<N> key;
    MikeyPrf(preSharedKey, Label(constant, csbId, rand), key.Data(), N);
    return key;
}

/**
 * @brief Derives the keys that encrypt, for a message whose MAC has been checked.
 * @param preSharedKey MUK or MSK
 * @param csbId crypto session bundle
 * @param rand RAND
 * @return the keys, that of the MAC left out
 */
MikeyMessageKeys
DeriveForDecryption(ByteView preSharedKey, uint32_t csbId, ByteView rand)
{
    MikeyMessageKeys keys;
    keys.encryption = DeriveOne<16>(preSharedKey, LABEL_ENCRYPTION, csbId, rand);
    keys.salt = DeriveOne<14>(preSharedKey, LABEL_SALT, csbId, rand);
    return keys;
}

/**
 * @brief Checks a MAC before any other key is derived.
 * @param preSharedKey MUK or MSK
 * @param csbId crypto session bundle
 * @param rand RAND
 * @param octets what the MAC covers
 * @param mac the MAC
 * @return true if it is right
 */
bool
IsAuthentic(ByteView preSharedKey, uint32_t csbId, ByteView rand, ByteView octets, ByteView mac)
{
    const Secret<20> key = DeriveOne<20>(preSharedKey, LABEL_AUTHENTICATION, csbId, rand);
    HmacSha1 hmac(key.View());
    std::array<uint8_t, HmacSha1::TAG_SIZE> expected;
    hmac.Start();
    hmac.Update(octets);
    hmac.Finish(expected.data());
    return SameSecret(expected, mac);
}

/**
 * @brief What MSK and MTK messages have in common.
 * @param message a message taken apart
 * @return DecodeError::NONE if it is an initiator's message that names Key Domain and MSK, has a
 * counter, and its keys are protected as MBMS does
 */
DecodeError
CheckInitiator(const MikeyMessage& message)
{
    if (message.header.dataType != MikeyDataType::PRE_SHARED)
    {
        return DecodeError::UNSUPPORTED;
    }
    if (!message.keyIds || !message.keyIds->keyDomainId || !message.keyIds->mskId ||
        !message.timestamp || !message.kemac)
    {
        return DecodeError::MALFORMED;
    }
    if (message.timestamp->type != MikeyTimestamp::Type::COUNTER ||
        message.kemac->macType != MikeyKemac::Mac::HMAC_SHA1_160 ||
        (message.kemac->encryption != MikeyKemac::Encryption::AES_CM_128 &&
         !message.kemac->encrypted.empty()))
    {
        return DecodeError::UNSUPPORTED;
    }
    return DecodeError::NONE;
}

/**
 * @brief Takes an MTK message apart.
 * @param octets a message
 * @return its parts, or why it is none
 */
Decoded<MikeyMessage>
DecodeMtk(ByteView octets)
{
    auto message = MikeyMessage::Decode(octets);
    if (!message)
    {
        return message;
    }
    const DecodeError error = CheckInitiator(*message);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    if (!message->keyIds->mtkId)
    {
        return DecodeError::MALFORMED;
    }
    return message;
}

/**
 * @brief Takes an MSK message apart.
 * @param octets a message
 * @return its parts, or why it is none
 */
Decoded<MikeyMessage>
DecodeMsk(ByteView octets)
{
    auto message = MikeyMessage::Decode(octets);
    if (!message)
    {
        return message;
    }
    const DecodeError error = CheckInitiator(*message);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    if (message->keyIds->mtkId || !message->rand || message->rand->empty() ||
        message->identities.size() != 2 || message->policies.size() > 1)
    {
        return DecodeError::MALFORMED;
    }
    return message;
}

/**
 * @brief What the MAC of a verification message covers behind the message itself.
 * @param octets the message up to its MAC
 * @param initiator IDi
 * @param responder IDr
 * @param counter T
 * @return all that the MAC covers
 */
Bytes
VerificationCover(ByteView octets,
                  const MikeyIdentity& initiator,
                  const MikeyIdentity& responder,
                  uint32_t counter)
{
    ByteWriter writer;
    writer.Append(octets)
        .Append(TextView(initiator.text))
        .Append(TextView(responder.text))
        .U32(counter);
    return writer.Release();
}

} // namespace

const char*
ToString(MikeyError error)
{
    switch (error)
    {
    case MikeyError::NONE:
        return "none";
    case MikeyError::TRUNCATED:
        return "truncated";
    case MikeyError::TRAILING:
        return "trailing octets";
    case MikeyError::MALFORMED:
        return "malformed";
    case MikeyError::UNSUPPORTED:
        return "unsupported";
    case MikeyError::OUT_OF_RANGE:
        return "out of range";
    case MikeyError::NO_RAND:
        return "no RAND";
    case MikeyError::AUTH_FAILED:
        return "authentication failed";
    }
    return "unknown";
}

MikeyError
ToMikeyError(DecodeError error)
{
    switch (error)
    {
    case DecodeError::NONE:
        return MikeyError::NONE;
    case DecodeError::TRUNCATED:
        return MikeyError::TRUNCATED;
    case DecodeError::TRAILING:
        return MikeyError::TRAILING;
    case DecodeError::UNSUPPORTED:
        return MikeyError::UNSUPPORTED;
    case DecodeError::OUT_OF_RANGE:
        return MikeyError::OUT_OF_RANGE;
    case DecodeError::MALFORMED:
        break;
    }
    return MikeyError::MALFORMED;
}

Decoded<MikeyKind>
PeekMikeyKind(ByteView octets)
{
    const auto message = MikeyMessage::Decode(octets);
    if (!message)
    {
        return message.Error();
    }
    if (message->header.dataType == MikeyDataType::PRE_SHARED_VERIFICATION)
    {
        return MikeyKind::VERIFICATION;
    }
    const DecodeError error = CheckInitiator(*message);
    if (error != DecodeError::NONE)
    {
        return error;
    }
    return message->keyIds->mtkId ? MikeyKind::MTK : MikeyKind::MSK;
}

MikeyMessageKeys
MikeyMessageKeys::Derive(ByteView preSharedKey, uint32_t csbId, ByteView rand)
{
    MikeyMessageKeys keys = DeriveForDecryption(preSharedKey, csbId, rand);
    keys.authentication = DeriveOne<20>(preSharedKey, LABEL_AUTHENTICATION, csbId, rand);
    return keys;
}

void
MikeyMessageKeys::Crypt(uint32_t csbId, uint64_t timestamp, Bytes& octets) const
{
    // octet  0   2        6                14  16
    //        +---+--------+----------------+---+
    //        | 0 | CSB ID |       T        | 0 |   XOR   | salt (14) | 0 (2) |
    //        +---+--------+----------------+---+
    AesCounter::Block iv{};
    std::copy(salt.View().begin(), salt.View().end(), iv.begin());
    for (std::size_t i = 0; i < 4; ++i)
    {
        iv[2 + i] ^= static_cast<uint8_t>(csbId >> (24 - 8 * i));
    }
    for (std::size_t i = 0; i < 8; ++i)
    {
        iv[6 + i] ^= static_cast<uint8_t>(timestamp >> (56 - 8 * i));
    }
    AesCounter(encryption.View()).Apply(iv, octets.data(), octets.data(), octets.size());
    SecureWipe(iv.data(), iv.size());
}

std::array<uint8_t, 20>
MikeyMessageKeys::Mac(ByteView octets) const
{
    HmacSha1 hmac(authentication.View());
    std::array<uint8_t, HmacSha1::TAG_SIZE> mac;
    hmac.Start();
    hmac.Update(octets);
    hmac.Finish(mac.data());
    return mac;
}

Bytes
MikeyMtkMessage::Encode(const Key128& msk, ByteView sessionRand) const
{
    const auto keys =
        MikeyMessageKeys::Derive(msk.View(), csbId, rand.empty() ? sessionRand : ByteView(rand));
    MikeyHeader header;
    header.csbId = csbId;
    MikeyWriter writer(header);
    writer.KeyIds({keyDomainId, mskId, mtkId});
    writer.Timestamp({MikeyTimestamp::Type::COUNTER, counter});
    if (!rand.empty())
    {
        writer.Rand(rand);
    }
    MikeyKeyData data;
    data.type = salt ? MikeyKeyData::Type::TEK_SALT : MikeyKeyData::Type::TEK;
    data.key = mtk.View();
    data.salt = salt ? salt->View() : ByteView();
    Bytes encrypted = data.Encode();
    keys.Crypt(csbId, counter, encrypted);
    writer.Kemac(MikeyKemac::Encryption::AES_CM_128, encrypted);
    const auto mac = keys.Mac(writer.Get());
    return writer.Finish(mac);
}

Decoded<MikeyMtkHeader>
MikeyMtkMessage::Peek(ByteView octets)
{
    const auto message = DecodeMtk(octets);
    if (!message)
    {
        return message.Error();
    }
    MikeyMtkHeader header;
    header.csbId = message->header.csbId;
    header.keyDomainId = *message->keyIds->keyDomainId;
    header.mskId = *message->keyIds->mskId;
    header.mtkId = *message->keyIds->mtkId;
    header.counter = static_cast<uint32_t>(message->timestamp->value);
    header.hasRand = message->rand.has_value();
    return header;
}

MikeyOpened<MikeyMtkMessage>
MikeyMtkMessage::Open(ByteView octets, const Key128& msk, ByteView sessionRand)
{
    const auto message = DecodeMtk(octets);
    if (!message)
    {
        return message.Error();
    }
    const ByteView useRand = message->rand ? *message->rand : sessionRand;
    if (useRand.empty())
    {
        return MikeyError::NO_RAND;
    }
    const uint32_t bundle = message->header.csbId;
    if (!IsAuthentic(msk.View(), bundle, useRand, message->authenticated, message->kemac->mac))
    {
        return MikeyError::AUTH_FAILED;
    }
    Bytes plain = message->kemac->encrypted.ToBytes();
    DeriveForDecryption(msk.View(), bundle, useRand)
        .Crypt(bundle, message->timestamp->value, plain);
    const auto data = MikeyKeyData::Decode(plain);
    MikeyMtkMessage opened;
    opened.csbId = bundle;
    opened.keyDomainId = *message->keyIds->keyDomainId;
    opened.mskId = *message->keyIds->mskId;
    opened.mtkId = *message->keyIds->mtkId;
    opened.counter = static_cast<uint32_t>(message->timestamp->value);
    opened.rand = message->rand ? message->rand->ToBytes() : Bytes();
    DecodeError error = data.Error();
    if (data)
    {
        const auto key = Key128::From(data->key);
        const bool isTek = data->type == MikeyKeyData::Type::TEK;
        const bool isTekSalt = data->type == MikeyKeyData::Type::TEK_SALT;
        opened.salt = Salt112::From(data->salt);
        if (!key || !(isTek || (isTekSalt && opened.salt)))
        {
            error = DecodeError::UNSUPPORTED;
        }
        else
        {
            opened.mtk = *key;
        }
    }
    SecureWipe(plain.data(), plain.size());
    if (error != DecodeError::NONE)
    {
        return error;
    }
    return opened;
}

Bytes
MikeyMskMessage::Encode(ByteView muk) const
{
    const auto keys = MikeyMessageKeys::Derive(muk, csbId, rand);
    MikeyHeader header;
    header.verify = verify;
    header.csbId = csbId;
    header.sessions = sessions;
    MikeyWriter writer(header);
    writer.KeyIds({keyDomainId, mskId, std::nullopt});
    writer.Timestamp({MikeyTimestamp::Type::COUNTER, counter});
    writer.Rand(rand);
    writer.Identity(initiator);
    writer.Identity(responder);
    if (policy)
    {
        writer.Policy(*policy);
    }
    if (msk)
    {
        const auto low = seqLow.Encode();
        const auto high = seqHigh.Encode();
        MikeyKeyData data;
        data.type = MikeyKeyData::Type::TGK;
        data.validity = MikeyKeyData::Validity::INTERVAL;
        data.key = msk->View();
        data.from = low;
        data.to = high;
        Bytes encrypted = data.Encode();
        keys.Crypt(csbId, counter, encrypted);
        writer.Kemac(MikeyKemac::Encryption::AES_CM_128, encrypted);
    }
    else
    {
        writer.Kemac(MikeyKemac::Encryption::NONE, ByteView());
    }
    const auto mac = keys.Mac(writer.Get());
    return writer.Finish(mac);
}

Decoded<MikeyMskHeader>
MikeyMskMessage::Peek(ByteView octets)
{
    const auto message = DecodeMsk(octets);
    if (!message)
    {
        return message.Error();
    }
    MikeyMskHeader header;
    header.csbId = message->header.csbId;
    header.verify = message->header.verify;
    header.keyDomainId = *message->keyIds->keyDomainId;
    header.mskId = *message->keyIds->mskId;
    header.counter = static_cast<uint32_t>(message->timestamp->value);
    header.hasKey = !message->kemac->encrypted.empty();
    return header;
}

MikeyOpened<MikeyMskMessage>
MikeyMskMessage::Open(ByteView octets, ByteView muk)
{
    const auto message = DecodeMsk(octets);
    if (!message)
    {
        return message.Error();
    }
    const uint32_t bundle = message->header.csbId;
    if (!IsAuthentic(muk, bundle, *message->rand, message->authenticated, message->kemac->mac))
    {
        return MikeyError::AUTH_FAILED;
    }
    MikeyMskMessage opened;
    opened.verify = message->header.verify;
    opened.csbId = bundle;
    opened.sessions = message->header.sessions;
    opened.keyDomainId = *message->keyIds->keyDomainId;
    opened.mskId = *message->keyIds->mskId;
    opened.counter = static_cast<uint32_t>(message->timestamp->value);
    opened.rand = message->rand->ToBytes();
    opened.initiator = message->identities[0];
    opened.responder = message->identities[1];
    if (!message->policies.empty())
    {
        opened.policy = message->policies[0];
    }
    if (message->kemac->encrypted.empty())
    {
        return opened;
    }
    Bytes plain = message->kemac->encrypted.ToBytes();
    DeriveForDecryption(muk, bundle, *message->rand)
        .Crypt(bundle, message->timestamp->value, plain);
    const auto data = MikeyKeyData::Decode(plain);
    DecodeError error = data.Error();
    if (data)
    {
        opened.msk = Key128::From(data->key);
        if (data->type != MikeyKeyData::Type::TGK ||
            data->validity != MikeyKeyData::Validity::INTERVAL || !opened.msk ||
            data->from.size() != MtkId::SIZE || data->to.size() != MtkId::SIZE)
        {
            error = DecodeError::UNSUPPORTED;
        }
        else
        {
            opened.seqLow = MtkId::Decode({data->from[0], data->from[1]});
            opened.seqHigh = MtkId::Decode({data->to[0], data->to[1]});
        }
    }
    SecureWipe(plain.data(), plain.size());
    if (error != DecodeError::NONE)
    {
        return error;
    }
    return opened;
}

Bytes
MikeyVerification::Answer(const MikeyMskMessage& message, ByteView muk)
{
    MikeyHeader header;
    header.dataType = MikeyDataType::PRE_SHARED_VERIFICATION;
    header.csbId = message.csbId;
    MikeyWriter writer(header);
    writer.Timestamp({MikeyTimestamp::Type::COUNTER, message.counter});
    writer.Identity(message.responder);
    writer.Verification();
    const auto keys = MikeyMessageKeys::Derive(muk, message.csbId, message.rand);
    const auto mac = keys.Mac(
        VerificationCover(writer.Get(), message.initiator, message.responder, message.counter));
    return writer.Finish(mac);
}

Decoded<MikeyVerification>
MikeyVerification::Peek(ByteView octets)
{
    const auto message = MikeyMessage::Decode(octets);
    if (!message)
    {
        return message.Error();
    }
    if (message->header.dataType != MikeyDataType::PRE_SHARED_VERIFICATION)
    {
        return DecodeError::UNSUPPORTED;
    }
    if (!message->timestamp || message->timestamp->type != MikeyTimestamp::Type::COUNTER ||
        message->identities.size() != 1 || !message->verification)
    {
        return DecodeError::MALFORMED;
    }
    MikeyVerification verification;
    verification.csbId = message->header.csbId;
    verification.counter = static_cast<uint32_t>(message->timestamp->value);
    verification.responder = message->identities[0];
    return verification;
}

MikeyError
MikeyVerification::Check(ByteView octets, const MikeyMskMessage& message, ByteView muk)
{
    const auto answer = Peek(octets);
    if (!answer)
    {
        return ToMikeyError(answer.Error());
    }
    const auto parts = MikeyMessage::Decode(octets);
    const Bytes cover = VerificationCover(parts->authenticated,
                                          message.initiator,
                                          message.responder,
                                          message.counter);
    const bool isAnswer = answer->csbId == message.csbId && answer->counter == message.counter &&
                          answer->responder == message.responder;
    return isAnswer && IsAuthentic(muk, message.csbId, message.rand, cover, *parts->verification)
               ? MikeyError::NONE
               : MikeyError::AUTH_FAILED;
}

MikeyReplay::MikeyReplay(MtkId seqLow, MtkId seqHigh)
    : m_seqLow(seqLow),
      m_seqHigh(seqHigh)
{
}

bool
MikeyReplay::IsValid() const
{
    return m_seqLow.Number() <= m_seqHigh.Number();
}

MikeyReplay::Verdict
MikeyReplay::Check(MtkId mtkId, uint32_t counter) const
{
    if (counter < m_nextCounter)
    {
        return Verdict::OLD_COUNTER;
    }
    if (mtkId.Number() <= m_seqLow.Number() || mtkId.Number() > m_seqHigh.Number())
    {
        return Verdict::OUTSIDE_INTERVAL;
    }
    return Verdict::FRESH;
}

MikeyReplay::Verdict
MikeyReplay::Accept(MtkId mtkId, uint32_t counter)
{
    const Verdict verdict = Check(mtkId, counter);
    if (verdict == Verdict::FRESH)
    {
        m_seqLow = mtkId;
        m_nextCounter = uint64_t{counter} + 1;
    }
    return verdict;
}

void
MikeyReplay::Skip(MtkId mtkId)
{
    if (m_seqLow.Number() < mtkId.Number())
    {
        m_seqLow = mtkId;
    }
}

bool
MikeyReplay::Renew(MtkId seqLow, MtkId seqHigh)
{
    Skip(seqLow);
    m_seqHigh = seqHigh;
    return IsValid();
}

bool
MikeyReplay::HasRoom() const
{
    return m_seqLow.Number() < m_seqHigh.Number();
}

MtkId
MikeyReplay::SeqLow() const
{
    return m_seqLow;
}

MtkId
MikeyReplay::SeqHigh() const
{
    return m_seqHigh;
}

bool
MikeyCounter::Accept(uint32_t counter)
{
    if (counter < m_next)
    {
        return false;
    }
    m_next = uint64_t{counter} + 1;
    return true;
}

} // namespace ns3::mbs
