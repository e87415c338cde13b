// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mikey-payload.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

namespace
{

/** The one version of MIKEY. */
constexpr uint8_t MIKEY_VERSION = 1;

/** CS ID map types: SRTP-ID (RFC 3830) and Empty (RFC 4563). */
constexpr uint8_t MAP_SRTP = 0;
constexpr uint8_t MAP_EMPTY = 1; //!< RFC 4563 clause 5

/** General Extension type of the key ID information (RFC 4563 clause 4). */
constexpr uint8_t EXT_KEY_IDS = 3;

/** Octets of HMAC-SHA-1-160. */
constexpr std::size_t MAC_SIZE = 20;

/** SRTP, in a security policy. */
constexpr uint8_t PROTOCOL_SRTP = 0;

/** Parameters of an SRTP security policy. */
enum SrtpParameter : uint8_t
{
    ENCRYPTION = 0,           //!< encryption algorithm
    ENCRYPTION_KEY = 1,       //!< octets of the session encryption key
    AUTHENTICATION = 2,       //!< authentication algorithm
    AUTHENTICATION_KEY = 3,   //!< octets of the session authentication key
    SALT = 4,                 //!< octets of the session salt
    PRF = 5,                  //!< key derivation
    KEY_RATE = 6,             //!< key derivation rate
    SRTP_ENCRYPTION = 7,      //!< SRTP encryption on
    SRTCP_ENCRYPTION = 8,     //!< SRTCP encryption on
    FEC_ORDER = 9,            //!< order of FEC and SRTP
    SRTP_AUTHENTICATION = 10, //!< SRTP authentication on
    TAG = 11,                 //!< octets of the tag
    PREFIX = 12,              //!< octets of the SRTP prefix
    ROC_RATE = 13,            //!< RFC 4771's R
    SRTP_ALGORITHM = 14,      //!< authentication algorithm of SRTP alone
    SRTCP_ALGORITHM = 15,     //!< authentication algorithm of SRTCP alone
    SRTP_KEY = 16,            //!< octets of the authentication key of SRTP alone
    SRTCP_KEY = 17,           //!< octets of the authentication key of SRTCP alone
    SRTP_TAG = 18,            //!< octets of the tag of SRTP alone
    SRTCP_TAG = 19,           //!< octets of the tag of SRTCP alone
    AEAD_TAG = 20             //!< octets of an AEAD's tag
};

constexpr uint8_t CIPHER_NULL = 0;   //!< encryption algorithm: none
constexpr uint8_t CIPHER_AES_CM = 1; //!< encryption algorithm: AES in counter mode
constexpr uint8_t CIPHER_GCM = 6;    //!< encryption algorithm: AES-GCM (RFC 7714)
constexpr uint8_t AUTH_NULL = 0;     //!< authentication algorithm: none
constexpr uint8_t AUTH_HMAC = 1;     //!< authentication algorithm: HMAC-SHA1
constexpr uint8_t AUTH_RCC3 = 4;     //!< authentication algorithm: the last of RFC 4771's modes

/** RFC 4771 clause 4 counts the ROC in the length of the tag. */
constexpr std::size_t ROC_SIZE = SrtpPolicy::ROC_SIZE;

/**
 * @brief Reads the header.
 * @param reader at the start of the message
 * @param[out] header the fields
 * @param[out] next type of the first payload
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodeHeader(ByteReader& reader, MikeyHeader& header, uint8_t& next)
{
    const uint8_t version = reader.U8();
    const uint8_t dataType = reader.U8();
    next = reader.U8();
    const uint8_t verifyAndPrf = reader.U8();
    header.csbId = reader.U32();
    const std::size_t sessions = reader.U8();
    const uint8_t mapType = reader.U8();
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (version != MIKEY_VERSION || (verifyAndPrf & 0x7f) != 0 ||
        (mapType != MAP_SRTP && mapType != MAP_EMPTY))
    {
        return DecodeError::UNSUPPORTED;
    }
    switch (static_cast<MikeyDataType>(dataType))
    {
    case MikeyDataType::PRE_SHARED:
    case MikeyDataType::PRE_SHARED_VERIFICATION:
    case MikeyDataType::ERROR:
        header.dataType = static_cast<MikeyDataType>(dataType);
        break;
    default:
        return DecodeError::UNSUPPORTED;
    }
    header.verify = (verifyAndPrf & 0x80) != 0;
    if (mapType == MAP_SRTP)
    {
        for (std::size_t i = 0; i < sessions && reader.Ok(); ++i)
        {
            MikeyCryptoSession session;
            session.policy = reader.U8();
            session.ssrc = reader.U32();
            session.roc = reader.U32();
            header.sessions.push_back(session);
        }
    }
    return reader.Ok() ? DecodeError::NONE : DecodeError::TRUNCATED;
}

/**
 * @brief Reads a General Extension payload behind its "next payload".
 * @param reader behind it
 * @param[in,out] ids set if it is a key ID information
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodeExtension(ByteReader& reader, std::optional<MikeyKeyIds>& ids)
{
    const uint8_t type = reader.U8();
    const std::size_t size = reader.U16();
    ByteReader inner(reader.Take(size));
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (type != EXT_KEY_IDS)
    {
        return DecodeError::NONE;
    }
    if (ids)
    {
        return DecodeError::MALFORMED;
    }
    ids.emplace();
    while (!inner.Done())
    {
        const uint8_t idType = inner.U8();
        const std::size_t idSize = inner.U8();
        const ByteView value = inner.Take(idSize);
        if (!inner.Ok())
        {
            return DecodeError::MALFORMED;
        }
        ByteReader id(value);
        if (idType == 0 && idSize == KeyDomainId::SIZE && !ids->keyDomainId)
        {
            ids->keyDomainId = KeyDomainId(id.Array<KeyDomainId::SIZE>());
        }
        else if (idType == 1 && idSize == MskId::SIZE && !ids->mskId)
        {
            ids->mskId = MskId::Decode(id.Array<MskId::SIZE>());
        }
        else if (idType == 2 && idSize == MtkId::SIZE && !ids->mtkId)
        {
            ids->mtkId = MtkId::Decode(id.Array<MtkId::SIZE>());
        }
        else
        {
            return idType <= 2 ? DecodeError::MALFORMED : DecodeError::UNSUPPORTED;
        }
    }
    return DecodeError::NONE;
}

/**
 * @brief Reads a timestamp payload behind its "next payload".
 * @param reader behind it
 * @param[in,out] timestamp what was read
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodeTimestamp(ByteReader& reader, std::optional<MikeyTimestamp>& timestamp)
{
    const uint8_t type = reader.U8();
    if (reader.Ok() && type > static_cast<uint8_t>(MikeyTimestamp::Type::COUNTER))
    {
        return DecodeError::UNSUPPORTED;
    }
    if (timestamp)
    {
        return DecodeError::MALFORMED;
    }
    timestamp.emplace();
    timestamp->type = static_cast<MikeyTimestamp::Type>(type);
    timestamp->value =
        timestamp->type == MikeyTimestamp::Type::COUNTER ? reader.U32() : reader.U64();
    return reader.Ok() ? DecodeError::NONE : DecodeError::TRUNCATED;
}

/**
 * @brief Reads an identity payload behind its "next payload".
 * @param reader behind it
 * @param[in,out] identities what was read is put at the end
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodeIdentity(ByteReader& reader, std::vector<MikeyIdentity>& identities)
{
    static constexpr std::size_t INITIATOR_AND_RESPONDER = 2;
    const uint8_t type = reader.U8();
    const std::size_t size = reader.U16();
    const ByteView text = reader.Take(size);
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (type > static_cast<uint8_t>(MikeyIdentity::Type::URI))
    {
        return DecodeError::UNSUPPORTED;
    }
    if (identities.size() == INITIATOR_AND_RESPONDER)
    {
        return DecodeError::MALFORMED;
    }
    identities.push_back(
        {static_cast<MikeyIdentity::Type>(type), std::string(text.begin(), text.end())});
    return DecodeError::NONE;
}

/**
 * @brief Reads a security policy payload behind its "next payload".
 * @param reader behind it
 * @param[in,out] policies what was read is put at the end
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodePolicy(ByteReader& reader, std::vector<MikeySrtpPolicy>& policies)
{
    const uint8_t number = reader.U8();
    const uint8_t protocol = reader.U8();
    const std::size_t size = reader.U16();
    const ByteView parameters = reader.Take(size);
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (protocol != PROTOCOL_SRTP)
    {
        return DecodeError::UNSUPPORTED;
    }
    auto policy = MikeySrtpPolicy::DecodeParameters(parameters);
    if (!policy)
    {
        return policy.Error();
    }
    policy->number = number;
    policies.push_back(*policy);
    return DecodeError::NONE;
}

/**
 * @brief Reads a KEMAC payload behind its "next payload".
 * @param reader behind it
 * @param octets the whole message
 * @param[in,out] message gets the payload and what its MAC covers
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodeKemac(ByteReader& reader, ByteView octets, MikeyMessage& message)
{
    MikeyKemac kemac;
    const uint8_t encryption = reader.U8();
    const std::size_t size = reader.U16();
    kemac.encrypted = reader.Take(size);
    const uint8_t mac = reader.U8();
    if (reader.Ok() && (encryption > static_cast<uint8_t>(MikeyKemac::Encryption::AES_KW_128) ||
                        mac > static_cast<uint8_t>(MikeyKemac::Mac::HMAC_SHA1_160)))
    {
        return DecodeError::UNSUPPORTED;
    }
    kemac.encryption = static_cast<MikeyKemac::Encryption>(encryption);
    kemac.macType = static_cast<MikeyKemac::Mac>(mac);
    message.authenticated = octets.Sub(0, reader.Position());
    kemac.mac = reader.Take(kemac.macType == MikeyKemac::Mac::NONE ? 0 : MAC_SIZE);
    message.kemac = kemac;
    return reader.Ok() ? DecodeError::NONE : DecodeError::TRUNCATED;
}

/**
 * @brief Reads a verification payload behind its "next payload".
 * @param reader behind it
 * @param octets the whole message
 * @param[in,out] message gets the payload and what its MAC covers
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodeVerification(ByteReader& reader, ByteView octets, MikeyMessage& message)
{
    const uint8_t mac = reader.U8();
    if (reader.Ok() && mac != static_cast<uint8_t>(MikeyKemac::Mac::HMAC_SHA1_160))
    {
        return DecodeError::UNSUPPORTED;
    }
    message.authenticated = octets.Sub(0, reader.Position());
    message.verification = reader.Take(MAC_SIZE);
    return reader.Ok() ? DecodeError::NONE : DecodeError::TRUNCATED;
}

/**
 * @brief Reads the payload of a type behind its "next payload".
 * @param type the type
 * @param reader behind it
 * @param octets the whole message
 * @param[in,out] message gets the payload
 * @return DecodeError::NONE, or what is wrong
 */
DecodeError
DecodePayload(uint8_t type, ByteReader& reader, ByteView octets, MikeyMessage& message)
{
    switch (static_cast<MikeyPayloadType>(type))
    {
    case MikeyPayloadType::KEMAC:
        return DecodeKemac(reader, octets, message);
    case MikeyPayloadType::T:
        return DecodeTimestamp(reader, message.timestamp);
    case MikeyPayloadType::ID:
        return DecodeIdentity(reader, message.identities);
    case MikeyPayloadType::V:
        return DecodeVerification(reader, octets, message);
    case MikeyPayloadType::SP:
        return DecodePolicy(reader, message.policies);
    case MikeyPayloadType::RAND: {
        const std::size_t size = reader.U8();
        if (message.rand)
        {
            return DecodeError::MALFORMED;
        }
        message.rand = reader.Take(size);
        return reader.Ok() ? DecodeError::NONE : DecodeError::TRUNCATED;
    }
    case MikeyPayloadType::ERR:
        message.error = reader.U8();
        reader.U16();
        return reader.Ok() ? DecodeError::NONE : DecodeError::TRUNCATED;
    case MikeyPayloadType::GENERAL_EXT:
        return DecodeExtension(reader, message.keyIds);
    case MikeyPayloadType::LAST:
    case MikeyPayloadType::KEY_DATA:
        break;
    }
    return DecodeError::UNSUPPORTED;
}

/** The parameters of an SRTP policy as they come, with SRTP's defaults (RFC 3711 clause 8.2). */
struct PolicyFields
{
    uint32_t cipher{CIPHER_AES_CM};     //!< encryption algorithm
    uint32_t cipherKey{16};             //!< octets of the session encryption key
    uint32_t authentication{AUTH_HMAC}; //!< authentication algorithm
    uint32_t authenticationKey{20};     //!< octets of the session authentication key
    std::optional<uint32_t> salt;       //!< octets of the session salt
    uint32_t prf{0};                    //!< key derivation
    uint32_t keyRate{0};                //!< key derivation rate
    uint32_t encrypts{1};               //!< SRTP encryption on
    uint32_t authenticates{1};          //!< SRTP authentication on
    uint32_t tag{10};                   //!< octets of the tag
    uint32_t prefix{0};                 //!< octets of the SRTP prefix
    uint32_t fecOrder{0};               //!< order of FEC and SRTP
    uint32_t rocRate{1};                //!< RFC 4771's R
    uint32_t aeadTag{16};               //!< octets of an AEAD's tag
    uint32_t ignored{0};                //!< what concerns SRTCP alone

    /** @param type a parameter @return where its value goes, or null if it is not known */
    uint32_t* At(uint8_t type)
    {
        switch (type)
        {
        case ENCRYPTION:
            return &cipher;
        case ENCRYPTION_KEY:
            return &cipherKey;
        case AUTHENTICATION:
        case SRTP_ALGORITHM:
            return &authentication;
        case AUTHENTICATION_KEY:
        case SRTP_KEY:
            return &authenticationKey;
        case SALT:
            salt = 0;
            return &*salt;
        case PRF:
            return &prf;
        case KEY_RATE:
            return &keyRate;
        case SRTP_ENCRYPTION:
            return &encrypts;
        case FEC_ORDER:
            return &fecOrder;
        case SRTP_AUTHENTICATION:
            return &authenticates;
        case TAG:
        case SRTP_TAG:
            return &tag;
        case PREFIX:
            return &prefix;
        case ROC_RATE:
            return &rocRate;
        case AEAD_TAG:
            return &aeadTag;
        case SRTCP_ENCRYPTION:
        case SRTCP_ALGORITHM:
        case SRTCP_KEY:
        case SRTCP_TAG:
            return &ignored;
        default:
            return nullptr;
        }
    }

    /** @return true if packets have a ROC and no MAC but an AEAD's (RFC 4771 clause 5, case 5) */
    bool IsRcc3() const
    {
        return authentication == AUTH_RCC3 && tag == ROC_SIZE;
    }

    /** @return which profile this is, if any */
    std::optional<SrtpProfile> Profile() const
    {
        if (prf != 0 || keyRate != 0 || prefix != 0 || fecOrder != 0)
        {
            return std::nullopt;
        }
        if (cipher == CIPHER_GCM)
        {
            if (aeadTag != 16 || salt.value_or(12) != 12 || encrypts == 0 ||
                (cipherKey != 16 && cipherKey != 32) || (authentication > AUTH_HMAC && !IsRcc3()))
            {
                return std::nullopt;
            }
            return cipherKey == 16 ? SrtpProfile::AEAD_AES_128_GCM : SrtpProfile::AEAD_AES_256_GCM;
        }
        const bool isNull = cipher == CIPHER_NULL || encrypts == 0;
        if (!isNull && (cipher != CIPHER_AES_CM || cipherKey != 16 || salt.value_or(14) != 14))
        {
            return std::nullopt;
        }
        if (authentication == AUTH_NULL || authenticates == 0)
        {
            return isNull ? std::optional<SrtpProfile>(SrtpProfile::NULL_NULL) : std::nullopt;
        }
        if (IsRcc3())
        {
            // Without MAC it does not matter which one the profile would have.
            return isNull ? SrtpProfile::NULL_NULL : SrtpProfile::AES_CM_128_HMAC_SHA1_80;
        }
        if (authentication >= AUTH_RCC3 || authenticationKey != 20)
        {
            return std::nullopt;
        }
        const std::size_t mac = tag - (authentication > AUTH_HMAC ? ROC_SIZE : 0);
        if (mac == 10)
        {
            return isNull ? SrtpProfile::NULL_HMAC_SHA1_80 : SrtpProfile::AES_CM_128_HMAC_SHA1_80;
        }
        if (mac == 4 && !isNull)
        {
            return SrtpProfile::AES_CM_128_HMAC_SHA1_32;
        }
        return std::nullopt;
    }
};

} // namespace

Bytes
MikeySrtpPolicy::EncodeParameters() const
{
    ByteWriter writer;
    const auto one = [&writer](uint8_t type, std::size_t value) {
        writer.U8(type).U8(1).U8(static_cast<uint8_t>(value));
    };
    const bool isGcm = IsAead(profile);
    const bool isNull =
        profile == SrtpProfile::NULL_HMAC_SHA1_80 || profile == SrtpProfile::NULL_NULL;
    one(ENCRYPTION, isGcm ? CIPHER_GCM : isNull ? CIPHER_NULL : CIPHER_AES_CM);
    one(ENCRYPTION_KEY, isNull ? 0 : SrtpKeyLength(profile));
    if (isGcm)
    {
        one(AUTHENTICATION, AUTH_NULL);
        one(SALT, SrtpSaltLength(profile));
        one(AEAD_TAG, SrtpTagLength(profile));
    }
    else
    {
        one(SALT, SrtpSaltLength(profile));
    }
    if (profile == SrtpProfile::NULL_NULL)
    {
        one(AUTHENTICATION, AUTH_NULL);
    }
    if (carriage.mode != SrtpRocMode::NONE)
    {
        // RFC 4771 clause 4: the ROC travels in SRTP, not in SRTCP, so their algorithms differ.
        const bool hasMac = carriage.mode != SrtpRocMode::RCC3;
        writer.U8(ROC_RATE).U8(2).U16(carriage.rate);
        one(SRTP_ALGORITHM, AUTH_HMAC + static_cast<std::size_t>(carriage.mode));
        if (hasMac)
        {
            one(SRTP_KEY, 20);
        }
        one(SRTP_TAG, ROC_SIZE + (hasMac ? SrtpTagLength(profile) : 0));
    }
    else if (!isGcm && profile != SrtpProfile::NULL_NULL)
    {
        one(AUTHENTICATION, AUTH_HMAC);
        one(AUTHENTICATION_KEY, 20);
        one(TAG, SrtpTagLength(profile));
    }
    return writer.Release();
}

Decoded<MikeySrtpPolicy>
MikeySrtpPolicy::DecodeParameters(ByteView parameters)
{
    PolicyFields fields;
    ByteReader reader(parameters);
    while (!reader.Done())
    {
        const uint8_t type = reader.U8();
        const std::size_t size = reader.U8();
        const ByteView value = reader.Take(size);
        if (!reader.Ok())
        {
            return DecodeError::TRUNCATED;
        }
        uint32_t* field = fields.At(type);
        if (field == nullptr)
        {
            return DecodeError::UNSUPPORTED;
        }
        if (size == 0 || size > 4)
        {
            return DecodeError::MALFORMED;
        }
        *field = 0;
        for (const uint8_t octet : value)
        {
            *field = *field << 8 | octet;
        }
    }
    const auto profile = fields.Profile();
    if (!profile)
    {
        return DecodeError::UNSUPPORTED;
    }
    MikeySrtpPolicy policy;
    policy.profile = *profile;
    if (fields.authentication > AUTH_HMAC && fields.authenticates != 0)
    {
        if (fields.rocRate == 0 || fields.rocRate > UINT16_MAX)
        {
            return DecodeError::OUT_OF_RANGE;
        }
        policy.carriage.mode = static_cast<SrtpRocMode>(fields.authentication - AUTH_HMAC);
        policy.carriage.rate = static_cast<uint16_t>(fields.rocRate);
    }
    return policy;
}

Bytes
MikeyKeyData::Encode() const
{
    Bytes octets;
    // One block of memory from the beginning: one that is outgrown would go with the key in it.
    octets.reserve(4 + key.size() + 2 + salt.size() + 1 + from.size() + 1 + to.size());
    const auto one = [&octets](std::size_t value) {
        octets.push_back(static_cast<uint8_t>(value));
    };
    const auto two = [&one](std::size_t value) {
        one(value >> 8);
        one(value);
    };
    const auto append = [&octets](ByteView more) {
        octets.insert(octets.end(), more.begin(), more.end());
    };
    one(static_cast<uint8_t>(MikeyPayloadType::LAST));
    one(static_cast<std::size_t>(type) << 4 | static_cast<std::size_t>(validity));
    two(key.size());
    append(key);
    if (type == Type::TGK_SALT || type == Type::TEK_SALT)
    {
        two(salt.size());
        append(salt);
    }
    if (validity != Validity::NONE)
    {
        one(from.size());
        append(from);
    }
    if (validity == Validity::INTERVAL)
    {
        one(to.size());
        append(to);
    }
    return octets;
}

Decoded<MikeyKeyData>
MikeyKeyData::Decode(ByteView octets)
{
    ByteReader reader(octets);
    MikeyKeyData data;
    const uint8_t next = reader.U8();
    const uint8_t typeAndValidity = reader.U8();
    const std::size_t keySize = reader.U16();
    data.key = reader.Take(keySize);
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (next != static_cast<uint8_t>(MikeyPayloadType::LAST) ||
        typeAndValidity >> 4 > static_cast<uint8_t>(Type::TEK_SALT) ||
        (typeAndValidity & 0x0f) > static_cast<uint8_t>(Validity::INTERVAL))
    {
        return DecodeError::UNSUPPORTED;
    }
    data.type = static_cast<Type>(typeAndValidity >> 4);
    data.validity = static_cast<Validity>(typeAndValidity & 0x0f);
    if (data.type == Type::TGK_SALT || data.type == Type::TEK_SALT)
    {
        const std::size_t size = reader.U16();
        data.salt = reader.Take(size);
    }
    if (data.validity != Validity::NONE)
    {
        const std::size_t size = reader.U8();
        data.from = reader.Take(size);
    }
    if (data.validity == Validity::INTERVAL)
    {
        const std::size_t size = reader.U8();
        data.to = reader.Take(size);
    }
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (!reader.Done())
    {
        return DecodeError::TRAILING;
    }
    return data;
}

Decoded<MikeyMessage>
MikeyMessage::Decode(ByteView octets)
{
    ByteReader reader(octets);
    MikeyMessage message;
    uint8_t type = 0;
    DecodeError error = DecodeHeader(reader, message.header, type);
    while (error == DecodeError::NONE && type != static_cast<uint8_t>(MikeyPayloadType::LAST))
    {
        if (message.kemac || message.verification)
        {
            return DecodeError::MALFORMED;
        }
        const uint8_t next = reader.U8();
        error = DecodePayload(type, reader, octets, message);
        type = next;
    }
    if (error != DecodeError::NONE)
    {
        return error;
    }
    if (!reader.Done())
    {
        return DecodeError::TRAILING;
    }
    return message;
}

MikeyWriter::MikeyWriter(const MikeyHeader& header)
{
    NS_ASSERT(header.sessions.size() <= UINT8_MAX);
    m_writer.U8(MIKEY_VERSION).U8(static_cast<uint8_t>(header.dataType));
    m_nextAt = m_writer.Size();
    m_writer.U8(static_cast<uint8_t>(MikeyPayloadType::LAST))
        .U8(header.verify ? 0x80 : 0)
        .U32(header.csbId)
        .U8(static_cast<uint8_t>(header.sessions.size()))
        .U8(header.sessions.empty() ? MAP_EMPTY : MAP_SRTP);
    for (const MikeyCryptoSession& session : header.sessions)
    {
        m_writer.U8(session.policy).U32(session.ssrc).U32(session.roc);
    }
}

void
MikeyWriter::Begin(MikeyPayloadType type)
{
    m_writer.PatchU8(m_nextAt, static_cast<uint8_t>(type));
    m_nextAt = m_writer.Size();
    m_writer.U8(static_cast<uint8_t>(MikeyPayloadType::LAST));
}

void
MikeyWriter::KeyIds(const MikeyKeyIds& ids)
{
    Begin(MikeyPayloadType::GENERAL_EXT);
    m_writer.U8(EXT_KEY_IDS);
    const std::size_t sizeAt = m_writer.Size();
    m_writer.U16(0);
    if (ids.keyDomainId)
    {
        m_writer.U8(0).U8(KeyDomainId::SIZE).Append(ids.keyDomainId->Encode());
    }
    if (ids.mskId)
    {
        m_writer.U8(1).U8(MskId::SIZE).Append(ids.mskId->Encode());
    }
    if (ids.mtkId)
    {
        m_writer.U8(2).U8(MtkId::SIZE).Append(ids.mtkId->Encode());
    }
    m_writer.PatchU16(sizeAt, static_cast<uint16_t>(m_writer.Size() - sizeAt - 2));
}

void
MikeyWriter::Timestamp(const MikeyTimestamp& timestamp)
{
    Begin(MikeyPayloadType::T);
    m_writer.U8(static_cast<uint8_t>(timestamp.type));
    if (timestamp.type == MikeyTimestamp::Type::COUNTER)
    {
        m_writer.U32(static_cast<uint32_t>(timestamp.value));
    }
    else
    {
        m_writer.U64(timestamp.value);
    }
}

void
MikeyWriter::Rand(ByteView rand)
{
    NS_ASSERT(rand.size() <= UINT8_MAX);
    Begin(MikeyPayloadType::RAND);
    m_writer.U8(static_cast<uint8_t>(rand.size())).Append(rand);
}

void
MikeyWriter::Identity(const MikeyIdentity& identity)
{
    NS_ASSERT(identity.text.size() <= UINT16_MAX);
    Begin(MikeyPayloadType::ID);
    m_writer.U8(static_cast<uint8_t>(identity.type))
        .U16(static_cast<uint16_t>(identity.text.size()))
        .Append(
            ByteView(reinterpret_cast<const uint8_t*>(identity.text.data()), identity.text.size()));
}

void
MikeyWriter::Policy(const MikeySrtpPolicy& policy)
{
    const Bytes parameters = policy.EncodeParameters();
    Begin(MikeyPayloadType::SP);
    m_writer.U8(policy.number)
        .U8(PROTOCOL_SRTP)
        .U16(static_cast<uint16_t>(parameters.size()))
        .Append(parameters);
}

void
MikeyWriter::Error(uint8_t number)
{
    Begin(MikeyPayloadType::ERR);
    m_writer.U8(number).U16(0);
}

void
MikeyWriter::Kemac(MikeyKemac::Encryption encryption, ByteView encrypted)
{
    NS_ASSERT(encrypted.size() <= UINT16_MAX);
    Begin(MikeyPayloadType::KEMAC);
    m_writer.U8(static_cast<uint8_t>(encryption))
        .U16(static_cast<uint16_t>(encrypted.size()))
        .Append(encrypted)
        .U8(static_cast<uint8_t>(MikeyKemac::Mac::HMAC_SHA1_160));
}

void
MikeyWriter::Verification()
{
    Begin(MikeyPayloadType::V);
    m_writer.U8(static_cast<uint8_t>(MikeyKemac::Mac::HMAC_SHA1_160));
}

const Bytes&
MikeyWriter::Get() const
{
    return m_writer.Get();
}

Bytes
MikeyWriter::Finish(ByteView mac)
{
    m_writer.Append(mac);
    return m_writer.Release();
}

} // namespace ns3::mbs
