// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-mikey-payload.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param message a message that was taken apart @return it put together again */
Bytes
Write(const MikeyMessage& message)
{
    MikeyWriter writer(message.header);
    if (message.keyIds)
    {
        writer.KeyIds(*message.keyIds);
    }
    if (message.timestamp)
    {
        writer.Timestamp(*message.timestamp);
    }
    if (message.rand)
    {
        writer.Rand(*message.rand);
    }
    for (const MikeyIdentity& identity : message.identities)
    {
        writer.Identity(identity);
    }
    for (const MikeySrtpPolicy& policy : message.policies)
    {
        writer.Policy(policy);
    }
    if (message.error)
    {
        writer.Error(*message.error);
    }
    const Bytes mac(20);
    if (message.kemac)
    {
        writer.Kemac(message.kemac->encryption, message.kemac->encrypted);
        return writer.Finish(mac);
    }
    if (message.verification)
    {
        writer.Verification();
        return writer.Finish(mac);
    }
    return writer.Get();
}

/** @param octets an input: what it is, and the octets @return true if it was accepted */
bool
Run(ByteView octets)
{
    Input input(octets);
    switch (input.Choose(3))
    {
    case 0:
        return bool(Recode<MikeyKeyData>(input.Rest()));
    case 1:
        return bool(
            Recode(input.Rest(),
                   &MikeySrtpPolicy::DecodeParameters,
                   [](const MikeySrtpPolicy& policy) { return policy.EncodeParameters(); }));
    default: {
        const auto message = MikeyMessage::Decode(input.Rest());
        // Of the MACs, the writer knows HMAC-SHA-1-160 only.
        if (message && !(message->kemac && message->kemac->macType == MikeyKemac::Mac::NONE))
        {
            Recode(input.Rest(), &MikeyMessage::Decode, &Write);
        }
        return bool(message);
    }
    }
}

/** @return payloads and messages */
std::vector<Bytes>
Seeds()
{
    const Bytes key(16, 0x11);
    const Bytes interval(2, 0x22);
    MikeyKeyData data;
    data.type = MikeyKeyData::Type::TEK_SALT;
    data.key = key;
    data.salt = key;
    data.validity = MikeyKeyData::Validity::INTERVAL;
    data.from = interval;
    data.to = interval;
    const auto choice = [](std::size_t kind) { return Choice(kind, 3); };
    std::vector<Bytes> seeds{Prefixed(choice(0), data.Encode())};
    data.type = MikeyKeyData::Type::TGK;
    data.validity = MikeyKeyData::Validity::SPI;
    seeds.push_back(Prefixed(choice(0), data.Encode()));

    MikeySrtpPolicy policy;
    seeds.push_back(Prefixed(choice(1), policy.EncodeParameters()));
    policy.profile = SrtpProfile::NULL_HMAC_SHA1_80;
    policy.carriage = {SrtpRocMode::RCC1, 5};
    seeds.push_back(Prefixed(choice(1), policy.EncodeParameters()));

    MikeyMessage message;
    message.header.verify = true;
    message.header.sessions = {{0, 1, 2}, {0, 3, 4}};
    message.keyIds = MikeyKeyIds{KeyDomainId(PlmnId()), MskId(1, 2), MtkId(3)};
    message.timestamp = MikeyTimestamp{MikeyTimestamp::Type::COUNTER, 7};
    message.rand = key;
    message.identities = {{MikeyIdentity::Type::URI, "mbssf"}, {MikeyIdentity::Type::NAI, "ue"}};
    message.policies = {policy};
    message.kemac =
        MikeyKemac{MikeyKemac::Encryption::AES_CM_128, key, MikeyKemac::Mac::HMAC_SHA1_160, key};
    seeds.push_back(Prefixed(choice(2), Write(message)));
    MikeyMessage answer;
    answer.header.dataType = MikeyDataType::PRE_SHARED_VERIFICATION;
    answer.timestamp = message.timestamp;
    answer.identities = {{MikeyIdentity::Type::NAI, "ue"}};
    answer.verification = key;
    seeds.push_back(Prefixed(choice(2), Write(answer)));
    MikeyMessage error;
    error.header.dataType = MikeyDataType::ERROR;
    error.timestamp = message.timestamp;
    error.error = 0;
    seeds.push_back(Prefixed(choice(2), Write(error)));
    return seeds;
}

const Target TARGET("mikey-payload", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
