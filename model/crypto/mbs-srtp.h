// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SRTP_H
#define MBS_SRTP_H

#include "ns3/mbs-key-id.h"

#include <memory>
#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Which ciphers protect RTP.
 *
 * RFC 7714 is not among what TS 33.246 is known to refer to: AES-GCM for MBS is this module's
 * addition.
 */
enum class SrtpProfile : uint8_t
{
    AES_CM_128_HMAC_SHA1_80, //!< RFC 3711, the default of MIKEY and TS 33.246
    AES_CM_128_HMAC_SHA1_32, //!< RFC 3711 with a tag of 4 octets
    AEAD_AES_128_GCM,        //!< RFC 7714
    AEAD_AES_256_GCM,        //!< RFC 7714 with a master key of 32 octets
    NULL_HMAC_SHA1_80,       //!< no encryption, tag as in RFC 3711
    NULL_NULL                //!< neither: only framing and MKI, to measure what cryptography costs
};

/**
 * @ingroup mbs
 * @param profile a profile
 * @return its name as in RFC 5764 and RFC 7714
 */
const char* ToString(SrtpProfile profile);

/**
 * @ingroup mbs
 * @param profile a profile
 * @return octets of its master key: 16 or 32
 */
std::size_t SrtpKeyLength(SrtpProfile profile);

/**
 * @ingroup mbs
 * @param profile a profile
 * @return octets of its master salt: 12 or 14
 */
std::size_t SrtpSaltLength(SrtpProfile profile);

/**
 * @ingroup mbs
 * @param profile a profile
 * @return octets of its authentication tag: 0, 4, 10 or 16
 */
std::size_t SrtpTagLength(SrtpProfile profile);

/**
 * @ingroup mbs
 * @brief The modes in which SRTP packets carry the roll-over counter (RFC 4771).
 *
 * That mode 3 has no MAC at all is from memory of the RFC; libsrtp has none of the modes, so they
 * are not compared with another implementation.
 *
 * A packet whose sequence number is 0 mod R has the tag
 *
 *     +--------------+--------------------------------------+
 *     | ROC (4)      | the leftmost (tag length - 4) of MAC |   mode 1 and 2
 *     +--------------+--------------------------------------+
 *     | ROC (4)      |                                          mode 3
 *     +--------------+
 */
enum class SrtpRocMode : uint8_t
{
    NONE, //!< RFC 3711 alone
    RCC1, //!< only packets with the ROC have a tag
    RCC2, //!< the other packets have the tag of RFC 3711
    RCC3  //!< packets with the ROC have it without MAC, the others nothing
};

/**
 * @ingroup mbs
 * @brief How SRTP packets carry the roll-over counter (RFC 4771); with AES-CM and null only.
 */
struct SrtpRocCarriage
{
    SrtpRocMode mode{SrtpRocMode::NONE}; //!< what packets carry
    uint16_t rate{1};                    //!< R: packets with SEQ = 0 mod R carry it, 1 to 65535
};

/**
 * @ingroup mbs
 * @brief What became of an SRTP packet.
 */
enum class SrtpStatus : uint8_t
{
    OK,         //!< it is authentic and decrypted
    MALFORMED,  //!< too short, or no RTP version 2 header
    AUTH_FAILED //!< the tag is wrong or the MKI names another key
};

/**
 * @ingroup mbs
 * @param status a status
 * @return its name in lower case
 */
const char* ToString(SrtpStatus status);

/**
 * @ingroup mbs
 * @brief The fields of an RTP header that SRTP needs (RFC 3550 clause 5.1).
 *
 *     +-------+-+-+------+-+---------+-------------------+
 *     | V = 2 |P|X| CC   |M|   PT    |  sequence number  |   4 octets
 *     +-------+-+-+------+-+---------+-------------------+
 *     |                    timestamp                     |   4
 *     +--------------------------------------------------+
 *     |                       SSRC                       |   4
 *     +--------------------------------------------------+
 *     |                     CSRC * CC                    |   4 * CC
 *     +-------------------------+------------------------+
 *     | defined by profile (2)  | words that follow (2)  |   if X
 *     +-------------------------+------------------------+
 */
struct SrtpHeaderView
{
    uint32_t ssrc{0};            //!< synchronisation source
    uint32_t timestamp{0};       //!< media time
    uint16_t seq{0};             //!< sequence number
    std::size_t headerLength{0}; //!< octets with CSRC list and extension, never encrypted

    /**
     * @brief Reads a header.
     * @param packet an RTP or SRTP packet
     * @return the fields, or nothing if the header is not version 2 or does not fit
     */
    static std::optional<SrtpHeaderView> Parse(ByteView packet);
};

/**
 * @ingroup mbs
 * @brief Reads the MKI of an SRTP packet, to find the key by.
 *
 * It lies between ciphertext and tag (RFC 3711 clause 3.1); with AES-GCM, whose tag is part of the
 * ciphertext, it is last (RFC 7714 clause 8.1).
 *
 * @param srtp the packet
 * @param profile how it is protected
 * @param carriage whether and how it carries the ROC
 * @return the MKI, or nothing if the packet has no RTP header or is too short
 */
std::optional<Mki> PeekMki(ByteView srtp,
                           SrtpProfile profile,
                           const SrtpRocCarriage& carriage = SrtpRocCarriage());

/**
 * @ingroup mbs
 * @brief Reads the ROC that an SRTP packet carries by RFC 4771. It is not authentic until
 * Unprotect() with it gives OK (modes 1 and 2), and never is in mode 3.
 *
 * @param srtp the packet
 * @param profile how it is protected
 * @param carriage how it carries the ROC
 * @return the ROC, or nothing if this packet carries none or is too short
 */
std::optional<uint32_t> PeekRoc(ByteView srtp,
                                SrtpProfile profile,
                                const SrtpRocCarriage& carriage);

/**
 * @ingroup mbs
 * @brief SRTP under one master key (RFC 3711, RFC 7714), both directions.
 *
 * The session keys are derived and OpenSSL's contexts made when the object is; per packet nothing
 * is allocated and nothing but the packet itself kept, so that one object serves every stream and
 * every receiver that has the key. Key derivation rate 0, no SRTCP.
 *
 *     AES-CM, null:  RTP header | encrypted payload | MKI | tag       tag over header, payload, ROC
 *     AES-GCM:       RTP header | encrypted payload | tag | MKI       tag over header, payload
 *
 * The MKI is not covered by the tag in either.
 */
class SrtpTransform
{
  public:
    /** The most octets of a payload: 2^16 blocks of key stream (RFC 3711 clause 4.1.1). */
    static constexpr std::size_t MAX_PAYLOAD = 16 * 65536;

    /** The most octets of an MKI. */
    static constexpr std::size_t MAX_MKI = 16;

    /**
     * @brief Derives the session keys.
     * @param profile which ciphers
     * @param masterKey SrtpKeyLength() octets
     * @param masterSalt SrtpSaltLength() octets
     * @param mki what to put into packets and to expect there, up to MAX_MKI octets; empty for none
     * @param carriage whether and how packets carry the ROC
     * @return the transform, or null if a length does not fit, the rate is 0, or an AEAD or an
     * untagged profile is to carry the ROC
     */
    static std::unique_ptr<SrtpTransform> Create(
        SrtpProfile profile,
        ByteView masterKey,
        ByteView masterSalt,
        ByteView mki,
        const SrtpRocCarriage& carriage = SrtpRocCarriage());

    ~SrtpTransform();
    /** @brief Moves; what is left behind may only be destroyed or assigned to. */
    SrtpTransform(SrtpTransform&&) noexcept;
    /** @brief Moves. @return this */
    SrtpTransform& operator=(SrtpTransform&&) noexcept;

    /** @return which ciphers */
    SrtpProfile Profile() const;

    /** @return by how many octets a packet grows at most: MKI and tag */
    std::size_t Overhead() const;

    /**
     * @brief Turns an RTP packet into an SRTP packet.
     *
     * The caller must never protect two packets of one SSRC, ROC and sequence number under one key.
     *
     * @param rtp the RTP packet
     * @param roc how often the sequence number has rolled over
     * @param[out] out where the SRTP packet goes, rtp.size() + Overhead() octets; may be rtp.data()
     * but not overlap with it otherwise
     * @param[out] outSize octets of the SRTP packet
     * @return false if @p rtp has no RTP header or more payload than MAX_PAYLOAD
     */
    bool Protect(ByteView rtp, uint32_t roc, uint8_t* out, std::size_t& outSize);

    /**
     * @brief Checks an SRTP packet and turns it back into an RTP packet.
     * @param srtp the SRTP packet
     * @param roc how often the sequence number has rolled over, by the receiver's estimate
     * @param[out] out where the RTP packet goes, srtp.size() octets; may be srtp.data() but not
     * overlap with it otherwise. With AES-GCM it holds nothing of use unless the status is OK
     * @param[out] outSize octets of the RTP packet, 0 unless the status is OK
     * @return what became of it
     */
    SrtpStatus Unprotect(ByteView srtp, uint32_t roc, uint8_t* out, std::size_t& outSize);

  private:
    struct Impl; //!< keys and contexts

    /** @param impl keys and contexts */
    explicit SrtpTransform(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl; //!< keys and contexts
};

/**
 * @ingroup mbs
 * @brief Which packets of one SSRC a receiver has had (RFC 3711 clause 3.3.1 and 3.3.2).
 *
 * A packet's index is ROC * 2^16 + SEQ. The first packet accepted sets the place; the window then
 * moves with the highest index. A change of key leaves the ROC and so this object as they are.
 * An object is 24 octets and a value: a UE holds one per stream.
 */
class SrtpReplayWindow
{
  public:
    /** Packets that the window looks back, the newest included (RFC 3711 asks for 64 or more). */
    static constexpr uint64_t SIZE = 128;

    /**
     * @brief No packet yet.
     * @param roc the ROC to assume for the first packet: 0, or what a late joiner was told
     */
    explicit SrtpReplayWindow(uint32_t roc = 0);

    /**
     * @brief Guesses a packet's index from its sequence number (RFC 3711 appendix A).
     * @param seq the sequence number
     * @return the index nearest to the highest one accepted; its upper part is the ROC. Never below
     * ROC 0: a stream has no packets before its first round
     */
    uint64_t Estimate(uint16_t seq) const;

    /**
     * @param index a packet's index
     * @return true if it was accepted before or is too old to tell
     */
    bool IsReplay(uint64_t index) const;

    /**
     * @brief Notes a packet. Only for one whose tag was right and that IsReplay() let pass.
     * @param index its index
     */
    void Accept(uint64_t index);

    /** @return true if a packet has been accepted */
    bool HasStarted() const;

    /** @return the highest index accepted; before that ROC * 2^16 */
    uint64_t Highest() const;

  private:
    uint64_t m_highest;               //!< highest index accepted
    std::array<uint64_t, 2> m_seen{}; //!< bit i: index m_highest - i was accepted; 0 = none yet
};

/**
 * @ingroup mbs
 * @brief Counts roll-overs at the sender: gives each packet of one SSRC its index.
 *
 * RTP packets may reach the sender out of order, so it estimates as a receiver does.
 */
class SrtpSequence
{
  public:
    /** @param roc the ROC of the first packet */
    explicit SrtpSequence(uint32_t roc = 0);

    /**
     * @brief Takes the next packet.
     * @param seq its sequence number
     * @return its index, ROC * 2^16 + SEQ
     */
    uint64_t Next(uint16_t seq);

  private:
    uint64_t m_highest;       //!< highest index so far
    bool m_hasStarted{false}; //!< a packet was taken
};

/**
 * @ingroup mbs
 * @param index a packet's index
 * @return its upper 32 bits: the roll-over counter
 */
constexpr uint32_t
RocOf(uint64_t index)
{
    return static_cast<uint32_t>(index >> 16);
}

} // namespace ns3::mbs

#endif // MBS_SRTP_H
