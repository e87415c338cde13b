// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MIKEY_H
#define MBS_MIKEY_H

#include "mbs-mikey-payload.h"

#include "ns3/mbs-key-id.h"
#include "ns3/mbs-key-material.h"

#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Why a MIKEY message was refused.
 */
enum class MikeyError : uint8_t
{
    NONE,         //!< it was not refused
    TRUNCATED,    //!< it ends before it should
    TRAILING,     //!< it goes on behind its end
    MALFORMED,    //!< a length or the order of payloads is wrong, or a payload is missing
    UNSUPPORTED,  //!< well formed, but of another key exchange or with unknown options
    OUT_OF_RANGE, //!< a field has a value that the standard does not allow
    NO_RAND,      //!< it carries no RAND and none is known from an MSK message
    AUTH_FAILED   //!< its MAC is wrong: forged, damaged, or under another key
};

/**
 * @ingroup mbs
 * @param error an error
 * @return its name in lower case
 */
const char* ToString(MikeyError error);

/**
 * @ingroup mbs
 * @param error why octets could not be decoded
 * @return the same among MikeyError
 */
MikeyError ToMikeyError(DecodeError error);

/**
 * @ingroup mbs
 * @brief What opening a MIKEY message gives: the message, or why there is none.
 * @tparam T the message
 */
template <typename T>
class MikeyOpened
{
  public:
    /** @param value the message */
    MikeyOpened(T value)
        : m_value(std::move(value))
    {
    }

    /** @param error why there is none, not MikeyError::NONE */
    MikeyOpened(MikeyError error)
        : m_error(error)
    {
    }

    /** @param error why there is none, not DecodeError::NONE */
    MikeyOpened(DecodeError error)
        : m_error(ToMikeyError(error))
    {
    }

    /** @return true if there is a message */
    explicit operator bool() const
    {
        return m_value.has_value();
    }

    /** @return why there is none; MikeyError::NONE if there is one */
    MikeyError Error() const
    {
        return m_error;
    }

    /** @return the message; only when there is one */
    const T& operator*() const
    {
        return *m_value;
    }

    /** @return the message's members; only when there is one */
    const T* operator->() const
    {
        return &*m_value;
    }

  private:
    std::optional<T> m_value;             //!< the message
    MikeyError m_error{MikeyError::NONE}; //!< why there is none
};

/**
 * @ingroup mbs
 * @brief Which of the MBMS messages a MIKEY message is (TS 33.246 clause 6.3, from memory).
 */
enum class MikeyKind : uint8_t
{
    MSK,         //!< names an MSK and no MTK
    MTK,         //!< names an MTK
    VERIFICATION //!< answers an MSK message
};

/**
 * @ingroup mbs
 * @brief Tells messages that come to one UDP port apart; nothing is authenticated.
 * @param octets a MIKEY message
 * @return which one it is, or why it is none
 */
Decoded<MikeyKind> PeekMikeyKind(ByteView octets);

/**
 * @ingroup mbs
 * @brief The keys that protect one MIKEY message in the pre-shared key mode (RFC 3830 clause
 * 4.1.4): PRF(key, constant || 0xff || CSB ID || RAND).
 */
struct MikeyMessageKeys
{
    Secret<16> encryption;     //!< AES-CM-128; constant 0x150533e1
    Secret<20> authentication; //!< HMAC-SHA-1-160; constant 0x2d22ac75
    Secret<14> salt;           //!< salt of AES-CM; constant 0x29b88916

    /**
     * @brief Derives them.
     * @param preSharedKey MUK or MSK
     * @param csbId crypto session bundle
     * @param rand RAND
     * @return the keys
     */
    static MikeyMessageKeys Derive(ByteView preSharedKey, uint32_t csbId, ByteView rand);

    /**
     * @brief AES-CM-128 with IV = (salt XOR (0000 || CSB ID || T)) || 0000 (RFC 3830 clause
     * 4.2.3).
     * @param csbId crypto session bundle
     * @param timestamp T; a counter padded with zeros on the left
     * @param[in,out] octets what to encrypt or decrypt
     */
    void Crypt(uint32_t csbId, uint64_t timestamp, Bytes& octets) const;

    /**
     * @brief HMAC-SHA-1-160.
     * @param octets what it covers
     * @return the MAC
     */
    std::array<uint8_t, 20> Mac(ByteView octets) const;
};

/**
 * @ingroup mbs
 * @brief What an MTK message shows without a key; not authentic.
 */
struct MikeyMtkHeader
{
    uint32_t csbId{0};       //!< crypto session bundle
    KeyDomainId keyDomainId; //!< whose keys
    MskId mskId;             //!< the MSK that protects the message
    MtkId mtkId;             //!< the MTK in it
    uint32_t counter{0};     //!< T: replay counter, one per MSK
    bool hasRand{false};     //!< it carries RAND itself
};

/**
 * @ingroup mbs
 * @brief MIKEY message with an MTK under an MSK, multicast to all (TS 33.246 clause 6.3.3.2).
 *
 *     user plane:     HDR, EXT(Key Domain ID, MSK ID, MTK ID), T, KEMAC(TEK [+ salt])
 *     control plane:  HDR, EXT(Key Domain ID, MSK ID, MTK ID), T, RAND, KEMAC(TEK [+ salt])
 *
 * In the user-plane procedure RAND and CSB ID are those of the MSK message. The control-plane
 * procedure has no MSK message, so there the message carries RAND as RFC 3830 has it: this module's
 * reading. The order of payloads is from memory of TS 33.246, not checked against its text.
 */
struct MikeyMtkMessage
{
    uint32_t csbId{0};           //!< crypto session bundle
    KeyDomainId keyDomainId;     //!< whose keys
    MskId mskId;                 //!< the MSK that protects the message
    MtkId mtkId;                 //!< the MTK in it
    uint32_t counter{0};         //!< T: must grow from message to message under one MSK
    Bytes rand;                  //!< RAND if the message carries it, else empty; at most 255 octets
    Key128 mtk;                  //!< the MTK: SRTP master key
    std::optional<Salt112> salt; //!< SRTP master salt; without it the key is for download

    /**
     * @brief Writes, encrypts and authenticates the message.
     * @param msk the MSK
     * @param sessionRand RAND of the MSK message; only used if @c rand is empty
     * @return the message
     */
    Bytes Encode(const Key128& msk, ByteView sessionRand = ByteView()) const;

    /**
     * @brief Reads the names of the keys and the counter, to find the MSK by.
     * @param octets a message
     * @return what it shows, or why it is no MTK message
     */
    static Decoded<MikeyMtkHeader> Peek(ByteView octets);

    /**
     * @brief Checks the MAC and decrypts. Whether the MTK ID and the counter are acceptable is
     * MikeyReplay's to say.
     * @param octets a message
     * @param msk the MSK that Peek() named
     * @param sessionRand RAND of the MSK message; only used if the message carries none
     * @return the message, or why not
     */
    static MikeyOpened<MikeyMtkMessage> Open(ByteView octets,
                                             const Key128& msk,
                                             ByteView sessionRand = ByteView());
};

/**
 * @ingroup mbs
 * @brief What an MSK message shows without a key; not authentic.
 */
struct MikeyMskHeader
{
    uint32_t csbId{0};       //!< crypto session bundle
    bool verify{false};      //!< a verification message is wanted
    KeyDomainId keyDomainId; //!< whose keys
    MskId mskId;             //!< the MSK in it
    uint32_t counter{0};     //!< T: replay counter, one per MUK
    bool hasKey{false};      //!< it carries a key; if not, it solicits a request for one
};

/**
 * @ingroup mbs
 * @brief MIKEY message with an MSK under a MUK, unicast to one UE (TS 33.246 clause 6.3.2.3).
 *
 *     HDR, EXT(Key Domain ID, MSK ID), T, RAND, IDi, IDr, {SP}, KEMAC(TGK, interval SEQl to SEQu)
 *
 * Without a key (KEMAC of length 0, MSK ID with Key Number part 0) it asks the UE to request the
 * MSK: the solicited pull of clause 6.3.2.2.4. The order of payloads, the key type and the meaning
 * of the interval are from memory of TS 33.246, not checked against its text.
 */
struct MikeyMskMessage
{
    bool verify{false};                       //!< V: a verification message is wanted
    uint32_t csbId{0};                        //!< crypto session bundle, also of the MTK messages
    std::vector<MikeyCryptoSession> sessions; //!< the SRTP streams with their ROC; empty: download
    KeyDomainId keyDomainId;                  //!< whose keys
    MskId mskId;                              //!< name of the MSK
    uint32_t counter{0};     //!< T: must grow from message to message under one MUK
    Bytes rand;              //!< RAND, also of the MTK messages; 1 to 255 octets, 16 advised
    MikeyIdentity initiator; //!< IDi: the BM-SC's or MBSSF's FQDN
    MikeyIdentity responder; //!< IDr: B-TID or A-KID of the UE
    std::optional<MikeySrtpPolicy> policy; //!< SP: which ciphers the MTKs are for
    std::optional<Key128> msk;             //!< the MSK; none to solicit a request
    MtkId seqLow;                          //!< SEQl: MTK IDs above it are valid
    MtkId seqHigh;                         //!< SEQu: the last valid MTK ID

    /**
     * @brief Writes, encrypts and authenticates the message.
     * @param muk the MUK, of any length
     * @return the message
     */
    Bytes Encode(ByteView muk) const;

    /**
     * @brief Reads the names of the key and the counter.
     * @param octets a message
     * @return what it shows, or why it is no MSK message
     */
    static Decoded<MikeyMskHeader> Peek(ByteView octets);

    /**
     * @brief Checks the MAC and decrypts. Whether the counter is acceptable is MikeyReplay's to
     * say.
     * @param octets a message
     * @param muk the MUK
     * @return the message, or why not
     */
    static MikeyOpened<MikeyMskMessage> Open(ByteView octets, ByteView muk);
};

/**
 * @ingroup mbs
 * @brief A UE's answer to an MSK message with V set (RFC 3830 clause 3.1).
 *
 *     HDR, T, IDr, V
 *
 * V is a MAC under the keys of the MSK message over the message up to V's MAC, then the texts of
 * IDi and IDr and the four octets of T, as they were in the MSK message.
 */
struct MikeyVerification
{
    uint32_t csbId{0};       //!< crypto session bundle
    uint32_t counter{0};     //!< T of the MSK message
    MikeyIdentity responder; //!< IDr of the MSK message

    /**
     * @brief Answers an MSK message.
     * @param message the MSK message, as it was opened
     * @param muk the MUK
     * @return the verification message
     */
    static Bytes Answer(const MikeyMskMessage& message, ByteView muk);

    /**
     * @brief Reads whose answer it is; not authentic.
     * @param octets a message
     * @return what it shows, or why it is no verification message
     */
    static Decoded<MikeyVerification> Peek(ByteView octets);

    /**
     * @brief Checks an answer.
     * @param octets a message
     * @param message the MSK message that was sent
     * @param muk the MUK
     * @return MikeyError::NONE if this is the answer to that message
     */
    static MikeyError Check(ByteView octets, const MikeyMskMessage& message, ByteView muk);
};

/**
 * @ingroup mbs
 * @brief What a receiver of MTK messages remembers of one MSK (TS 33.246 clause 6.3.3.2, from
 * memory): which MTK IDs and which counter values it may still accept.
 *
 * A message whose MAC is right is accepted if SEQl < MTK ID <= SEQu and its counter is above the
 * last one accepted; then SEQl becomes the MTK ID. Only authentic messages are ever noted. With
 * SEQl > SEQu the MSK is invalid and nothing is accepted.
 *
 *                   Accept(), Skip(): SEQl rises
 *                        +--------+
 *                        v        |
 *     MSK message --> has room ---+--> SEQl = SEQu: used up --Renew()--> has room
 *                        |
 *                        +-- Renew() with SEQu below SEQl --> invalid
 *
 * Both procedures keep one per MSK: in the control-plane procedure with all MTK IDs, since an N1
 * container carries no interval, in the user-plane procedure with that of the MSK message.
 */
class MikeyReplay
{
  public:
    /** What the rule says. */
    enum class Verdict : uint8_t
    {
        FRESH,           //!< it may be accepted
        OLD_COUNTER,     //!< its counter is not above the last one: a replay
        OUTSIDE_INTERVAL //!< its MTK ID is not above SEQl, or is above SEQu
    };

    /** @brief All MTK IDs but 0, any counter: for an MSK that came without an interval. */
    MikeyReplay() = default;

    /**
     * @param seqLow SEQl
     * @param seqHigh SEQu
     */
    MikeyReplay(MtkId seqLow, MtkId seqHigh);

    /** @return false if SEQl > SEQu, which makes the MSK invalid */
    bool IsValid() const;

    /**
     * @brief Judges an authentic message.
     * @param mtkId its MTK ID
     * @param counter its counter
     * @return what the rule says
     */
    Verdict Check(MtkId mtkId, uint32_t counter) const;

    /**
     * @brief Judges an authentic message and notes it if it is fresh.
     * @param mtkId its MTK ID
     * @param counter its counter
     * @return what the rule says
     */
    Verdict Accept(MtkId mtkId, uint32_t counter);

    /**
     * @brief Notes an MTK that came another way, such as in an N1 container.
     * @param mtkId its MTK ID
     */
    void Skip(MtkId mtkId);

    /**
     * @brief Takes the interval of a further MSK message with the same MSK. SEQu becomes the new
     * one. SEQl becomes the new one only if that is above the last MTK ID accepted, so that no MTK
     * message is accepted twice; the counter goes on.
     * @param seqLow SEQl of the message
     * @param seqHigh SEQu of the message
     * @return IsValid() of what results
     */
    bool Renew(MtkId seqLow, MtkId seqHigh);

    /** @return true while there are MTK IDs left that may be accepted */
    bool HasRoom() const;

    /** @return SEQl */
    MtkId SeqLow() const;

    /** @return SEQu */
    MtkId SeqHigh() const;

  private:
    MtkId m_seqLow{0};           //!< SEQl
    MtkId m_seqHigh{UINT16_MAX}; //!< SEQu
    uint64_t m_nextCounter{0};   //!< the lowest counter to accept
};

/**
 * @ingroup mbs
 * @brief The same for MSK messages: one counter per MUK.
 */
class MikeyCounter
{
  public:
    /**
     * @brief Judges an authentic message and notes it if it is fresh.
     * @param counter its counter
     * @return true if it is above all accepted before
     */
    bool Accept(uint32_t counter);

  private:
    uint64_t m_next{0}; //!< the lowest counter to accept
};

} // namespace ns3::mbs

#endif // MBS_MIKEY_H
