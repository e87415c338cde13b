// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MIKEY_PAYLOAD_H
#define MBS_MIKEY_PAYLOAD_H

#include "mbs-srtp.h"

#include "ns3/mbs-key-id.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a MIKEY payload is (RFC 3830 clause 6.1, RFC 4563): the "next payload" of the one
 * before it.
 */
enum class MikeyPayloadType : uint8_t
{
    LAST = 0,        //!< no payload follows
    KEMAC = 1,       //!< encrypted keys and MAC, the last payload of a message
    T = 5,           //!< timestamp or counter
    ID = 6,          //!< identity
    V = 9,           //!< verification MAC, the last payload of a message
    SP = 10,         //!< security policy
    RAND = 11,       //!< random value that goes into all keys
    ERR = 12,        //!< error
    KEY_DATA = 20,   //!< a key, inside KEMAC only
    GENERAL_EXT = 21 //!< extension; type 3 is the key ID information of RFC 4563
};

/**
 * @ingroup mbs
 * @brief What a MIKEY message is (RFC 3830 clause 6.1), as far as the pre-shared key mode goes.
 */
enum class MikeyDataType : uint8_t
{
    PRE_SHARED = 0,              //!< initiator's message
    PRE_SHARED_VERIFICATION = 1, //!< responder's verification message
    ERROR = 6                    //!< error message
};

/**
 * @ingroup mbs
 * @brief One SRTP stream in the header's CS ID map (RFC 3830 clause 6.1.1).
 */
struct MikeyCryptoSession
{
    uint8_t policy{0}; //!< number of the SP payload that holds for it
    uint32_t ssrc{0};  //!< the stream
    uint32_t roc{0};   //!< its roll-over counter when the message was made
};

/**
 * @ingroup mbs
 * @brief Common header, HDR (RFC 3830 clause 6.1).
 *
 *     +---------+-----------+------+---------+--------+-----+----------+----------+
 *     | version | data type | next | V | PRF | CSB ID | #CS | map type | map info |
 *     | 1       | 1         | 1    | 1       | 4      | 1   | 1        | 9 * #CS  |
 *     +---------+-----------+------+---------+--------+-----+----------+----------+
 */
struct MikeyHeader
{
    MikeyDataType dataType{MikeyDataType::PRE_SHARED}; //!< what the message is
    bool verify{false};                                //!< V: a verification message is wanted
    uint32_t csbId{0};                                 //!< crypto session bundle
    std::vector<MikeyCryptoSession> sessions; //!< SRTP-ID map, at most 255; if empty, the Empty map
                                              //!< of RFC 4563 is written
};

/**
 * @ingroup mbs
 * @brief Identity payload (RFC 3830 clause 6.7).
 */
struct MikeyIdentity
{
    /** What the text is. */
    enum class Type : uint8_t
    {
        NAI = 0, //!< network access identifier
        URI = 1  //!< uniform resource identifier
    };

    Type type{Type::NAI}; //!< what the text is
    std::string text;     //!< the identity, at most 65535 octets

    /** @param other another @return true if the same */
    bool operator==(const MikeyIdentity& other) const
    {
        return type == other.type && text == other.text;
    }
};

/**
 * @ingroup mbs
 * @brief Timestamp payload (RFC 3830 clause 6.6).
 */
struct MikeyTimestamp
{
    /** How the value is coded. */
    enum class Type : uint8_t
    {
        NTP_UTC = 0, //!< 64 bits
        NTP = 1,     //!< 64 bits
        COUNTER = 2  //!< 32 bits; the one that MBMS uses
    };

    Type type{Type::COUNTER}; //!< how the value is coded
    uint64_t value{0};        //!< the value
};

/**
 * @ingroup mbs
 * @brief Key ID information, a General Extension payload of type 3 (RFC 4563 clause 4).
 *
 *     +------+----------+--------+---------------------------------------------+
 *     | next | type = 3 | length | { type (1) | length (1) | ID } ...          |
 *     | 1    | 1        | 2      | 0: Key Domain ID, 1: MSK ID, 2: MTK ID      |
 *     +------+----------+--------+---------------------------------------------+
 */
struct MikeyKeyIds
{
    std::optional<KeyDomainId> keyDomainId; //!< whose key
    std::optional<MskId> mskId;             //!< MBMS service key
    std::optional<MtkId> mtkId;             //!< MBMS traffic key
};

/**
 * @ingroup mbs
 * @brief Security policy payload for SRTP (RFC 3830 clause 6.10, RFC 4771, RFC 7714).
 *
 * Parameters that a received payload leaves out have SRTP's defaults. Parameters 13 (rate at which
 * the ROC is sent), 14, 16 and 18 (SRTP alone, where SRTCP differs) belong to RFC 4771, whose tags
 * are those of SrtpRocMode: 14 or 8 octets in modes 1 and 2, 4 in mode 3. In mode 3 it does not
 * matter which MAC the profile would have, so that AES-CM decodes as AES_CM_128_HMAC_SHA1_80 and
 * no encryption as NULL_NULL.
 */
struct MikeySrtpPolicy
{
    uint8_t number{0};                                         //!< what the CS ID map refers to
    SrtpProfile profile{SrtpProfile::AES_CM_128_HMAC_SHA1_80}; //!< which ciphers
    SrtpRocCarriage carriage;                                  //!< whether packets carry the ROC

    /** @return the parameters as type, length, value */
    Bytes EncodeParameters() const;

    /**
     * @param parameters type, length, value ...
     * @return the policy with number 0, or why not; DecodeError::UNSUPPORTED if well formed but no
     * profile of this module
     */
    static Decoded<MikeySrtpPolicy> DecodeParameters(ByteView parameters);
};

/**
 * @ingroup mbs
 * @brief Key data sub-payload (RFC 3830 clause 6.13), the plaintext of a KEMAC payload.
 *
 *     +------+----------------+---------+-----+--------------+---------------------------+
 *     | next | type 4 | KV 4  | length  | key | length, salt | validity                  |
 *     | 1    | 1              | 2       |     | 2, if +SALT  | SPI: 1 + n                |
 *     |      |                |         |     |              | interval: 1 + n, 1 + n    |
 *     +------+----------------+---------+-----+--------------+---------------------------+
 *
 * The views are valid as long as the octets that they were read from.
 */
struct MikeyKeyData
{
    /** What kind of key it is. */
    enum class Type : uint8_t
    {
        TGK = 0,      //!< traffic keys are derived from it; an MSK
        TGK_SALT = 1, //!< the same with a salt
        TEK = 2,      //!< a traffic key; an MTK without salt
        TEK_SALT = 3  //!< a traffic key with its salt; an MTK for SRTP
    };

    /** How its validity is given. */
    enum class Validity : uint8_t
    {
        NONE = 0,    //!< not
        SPI = 1,     //!< by an SPI or MKI
        INTERVAL = 2 //!< from a value to a value; for an MSK these are MTK IDs
    };

    Type type{Type::TGK};              //!< what kind of key it is
    Validity validity{Validity::NONE}; //!< how its validity is given
    ByteView key;                      //!< the key
    ByteView salt;                     //!< the salt, if the type has one
    ByteView from;                     //!< the SPI, or where the interval begins
    ByteView to;                       //!< where the interval ends

    /** @return the octets; the caller wipes them */
    Bytes Encode() const;

    /**
     * @param octets the plaintext of a KEMAC payload
     * @return the key, or why not; DecodeError::UNSUPPORTED if there is more than one
     */
    static Decoded<MikeyKeyData> Decode(ByteView octets);
};

/**
 * @ingroup mbs
 * @brief Key data transport payload (RFC 3830 clause 6.2).
 */
struct MikeyKemac
{
    /** How the keys are encrypted. */
    enum class Encryption : uint8_t
    {
        NONE = 0,       //!< not
        AES_CM_128 = 1, //!< AES in counter mode
        AES_KW_128 = 2  //!< AES key wrap
    };

    /** What the MAC is. */
    enum class Mac : uint8_t
    {
        NONE = 0,         //!< none
        HMAC_SHA1_160 = 1 //!< 20 octets
    };

    Encryption encryption{Encryption::AES_CM_128}; //!< how the keys are encrypted
    ByteView encrypted;                            //!< the encrypted keys
    Mac macType{Mac::HMAC_SHA1_160};               //!< what the MAC is
    ByteView mac;                                  //!< the MAC
};

/**
 * @ingroup mbs
 * @brief A MIKEY message taken apart, nothing checked but its syntax.
 *
 * The views are valid as long as the octets that they were read from.
 */
struct MikeyMessage
{
    MikeyHeader header;                      //!< HDR
    std::optional<MikeyKeyIds> keyIds;       //!< EXT of type 3; other extensions are passed over
    std::optional<MikeyTimestamp> timestamp; //!< T
    std::optional<ByteView> rand;            //!< RAND
    std::vector<MikeyIdentity> identities;   //!< ID, in their order: IDi, IDr; at most two
    std::vector<MikeySrtpPolicy> policies;   //!< SP, in their order
    std::optional<MikeyKemac> kemac;         //!< KEMAC
    std::optional<ByteView> verification;    //!< V: its MAC
    std::optional<uint8_t> error;            //!< ERR: its number
    ByteView authenticated;                  //!< all octets before the MAC of KEMAC or V

    /**
     * @brief Takes a message apart.
     * @param octets the message
     * @return its parts, or why not. A payload twice where one is allowed, or behind KEMAC or V, is
     * DecodeError::MALFORMED; a payload of another key exchange is DecodeError::UNSUPPORTED
     */
    static Decoded<MikeyMessage> Decode(ByteView octets);
};

/**
 * @ingroup mbs
 * @brief Puts a MIKEY message together, payload by payload.
 */
class MikeyWriter
{
  public:
    /** @param header HDR */
    explicit MikeyWriter(const MikeyHeader& header);

    /** @param ids EXT of type 3 */
    void KeyIds(const MikeyKeyIds& ids);
    /** @param timestamp T */
    void Timestamp(const MikeyTimestamp& timestamp);
    /** @param rand RAND, at most 255 octets; RFC 3830 advises 16 or more */
    void Rand(ByteView rand);
    /** @param identity ID */
    void Identity(const MikeyIdentity& identity);
    /** @param policy SP */
    void Policy(const MikeySrtpPolicy& policy);
    /** @param number ERR with this number */
    void Error(uint8_t number);

    /**
     * @brief KEMAC up to where its MAC goes.
     * @param encryption how the keys are encrypted
     * @param encrypted the encrypted keys, at most 65535 octets
     */
    void Kemac(MikeyKemac::Encryption encryption, ByteView encrypted);

    /** @brief V up to where its MAC goes. */
    void Verification();

    /** @return what was written so far: what the MAC is computed over */
    const Bytes& Get() const;

    /**
     * @brief Puts the MAC behind KEMAC or V and hands the message over.
     * @param mac the MAC, 20 octets
     * @return the message
     */
    Bytes Finish(ByteView mac);

  private:
    /**
     * @brief Begins a payload: writes its type into the payload before.
     * @param type its type
     */
    void Begin(MikeyPayloadType type);

    ByteWriter m_writer;     //!< the message so far
    std::size_t m_nextAt{0}; //!< where the type of the next payload goes
};

} // namespace ns3::mbs

#endif // MBS_MIKEY_PAYLOAD_H
