// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-mikey.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** Octets of the MAC, which is last. */
constexpr std::size_t MAC_SIZE = 20;

/** The MSK and MUK of all inputs. */
const Key128 KEY;

/** RAND of an MSK message that was opened before. */
const std::array<uint8_t, 16> SESSION_RAND{1, 2, 3};

/**
 * @brief Encrypts and authenticates a message as one who knows the key, so that what it carries is
 * read: octets that come from nobody but a peer.
 * @param octets a message, its keys in the clear
 * @return the message
 */
Bytes
Sealed(ByteView octets)
{
    const auto message = MikeyMessage::Decode(octets);
    if (!message || !message->kemac || message->kemac->mac.size() != MAC_SIZE ||
        !message->timestamp)
    {
        return octets.ToBytes();
    }
    const ByteView rand = message->rand ? *message->rand : ByteView(SESSION_RAND);
    const auto keys = MikeyMessageKeys::Derive(KEY.View(), message->header.csbId, rand);
    Bytes encrypted = message->kemac->encrypted.ToBytes();
    keys.Crypt(message->header.csbId, message->timestamp->value, encrypted);
    const std::size_t at = message->kemac->encrypted.data() - octets.data();
    Bytes sealed = octets.ToBytes();
    std::copy(encrypted.begin(), encrypted.end(), sealed.begin() + (encrypted.empty() ? 0 : at));
    sealed.resize(sealed.size() - MAC_SIZE);
    const auto mac = keys.Mac(sealed);
    sealed.insert(sealed.end(), mac.begin(), mac.end());
    return sealed;
}

/** @param octets a message @return what Sealed() makes it from */
Bytes
Unsealed(ByteView octets)
{
    // The cipher is its own inverse, and the MAC is written anew.
    return Sealed(octets);
}

/** @param octets an MTK message @return true if it was accepted */
bool
OpenMtk(ByteView octets)
{
    const auto header = MikeyMtkMessage::Peek(octets);
    const auto opened = MikeyMtkMessage::Open(octets, KEY, SESSION_RAND);
    if (!opened)
    {
        return false;
    }
    Require(header && header->mtkId == opened->mtkId && header->counter == opened->counter,
            "a glance at an MTK message shows another");
    const Bytes again = opened->Encode(KEY, SESSION_RAND);
    const auto second = MikeyMtkMessage::Open(again, KEY, SESSION_RAND);
    Require(second && second->mtk == opened->mtk && second->salt == opened->salt &&
                second->mtkId == opened->mtkId && second->mskId == opened->mskId &&
                second->keyDomainId == opened->keyDomainId && second->rand == opened->rand,
            "an MTK message that was opened and encoded is another");
    return true;
}

/** @param octets an MSK message @return true if it was accepted */
bool
OpenMsk(ByteView octets)
{
    const auto header = MikeyMskMessage::Peek(octets);
    const auto opened = MikeyMskMessage::Open(octets, KEY.View());
    if (!opened)
    {
        return false;
    }
    Require(header && header->mskId == opened->mskId && header->hasKey == opened->msk.has_value() &&
                header->verify == opened->verify,
            "a glance at an MSK message shows another");
    const auto second = MikeyMskMessage::Open(opened->Encode(KEY.View()), KEY.View());
    Require(second && second->msk == opened->msk && second->mskId == opened->mskId &&
                second->seqLow == opened->seqLow && second->seqHigh == opened->seqHigh &&
                second->initiator == opened->initiator && second->responder == opened->responder &&
                second->sessions.size() == opened->sessions.size(),
            "an MSK message that was opened and encoded is another");
    const Bytes answer = MikeyVerification::Answer(*opened, KEY.View());
    Require(MikeyVerification::Check(answer, *opened, KEY.View()) == MikeyError::NONE,
            "an answer to an MSK message is refused");
    return true;
}

/** @return an MSK message with all that it can carry */
MikeyMskMessage
MskMessage()
{
    MikeyMskMessage message;
    message.verify = true;
    message.csbId = 7;
    message.sessions = {{0, 1, 2}};
    message.keyDomainId = KeyDomainId(PlmnId());
    message.mskId = MskId(1, 2);
    message.counter = 3;
    message.rand = Bytes(16, 4);
    message.initiator = {MikeyIdentity::Type::NAI, "mbssf.example"};
    message.responder = {MikeyIdentity::Type::NAI, "ue.example"};
    message.policy.emplace();
    message.msk = KEY;
    message.seqHigh = MtkId(100);
    return message;
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    static const MikeyMskMessage sent = MskMessage();
    const auto kind = PeekMikeyKind(octets);
    const bool answer = bool(MikeyVerification::Peek(octets));
    MikeyVerification::Check(octets, sent, KEY.View());
    Require(!answer || (kind && *kind == MikeyKind::VERIFICATION), "an answer is none at a glance");
    if (!kind)
    {
        return false;
    }
    const Bytes sealed = Sealed(octets);
    const bool mtk = OpenMtk(sealed);
    const bool msk = OpenMsk(sealed);
    Require(!mtk || *kind == MikeyKind::MTK, "an MTK message is none at a glance");
    Require(!msk || *kind == MikeyKind::MSK, "an MSK message is none at a glance");
    return mtk || msk || answer;
}

/** @return messages, their keys in the clear */
std::vector<Bytes>
Seeds()
{
    MikeyMtkMessage mtk;
    mtk.csbId = 7;
    mtk.keyDomainId = KeyDomainId(PlmnId());
    mtk.mskId = MskId(1, 2);
    mtk.mtkId = MtkId(3);
    mtk.salt.emplace();
    std::vector<Bytes> seeds{Unsealed(mtk.Encode(KEY, SESSION_RAND))};
    mtk.rand = Bytes(16, 5);
    mtk.salt.reset();
    seeds.push_back(Unsealed(mtk.Encode(KEY)));
    MikeyMskMessage msk = MskMessage();
    seeds.push_back(Unsealed(msk.Encode(KEY.View())));
    seeds.push_back(MikeyVerification::Answer(msk, KEY.View()));
    msk.msk.reset();
    msk.mskId = MskId(1, MskId::CURRENT);
    seeds.push_back(Unsealed(msk.Encode(KEY.View())));
    return seeds;
}

const Target TARGET("mikey", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
