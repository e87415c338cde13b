// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SRTP_PROFILE_H
#define MBS_SRTP_PROFILE_H

#include <cstddef>
#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Which ciphers protect RTP and RTCP.
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
 * @return true if encryption and tag are one operation (RFC 7714)
 */
constexpr bool
IsAead(SrtpProfile profile)
{
    return profile == SrtpProfile::AEAD_AES_128_GCM || profile == SrtpProfile::AEAD_AES_256_GCM;
}

/**
 * @ingroup mbs
 * @param profile a profile
 * @return octets of its master key and of its session key: 16 or 32
 */
constexpr std::size_t
SrtpKeyLength(SrtpProfile profile)
{
    return profile == SrtpProfile::AEAD_AES_256_GCM ? 32 : 16;
}

/**
 * @ingroup mbs
 * @param profile a profile
 * @return octets of its master salt and of its session salt: 12 or 14
 */
constexpr std::size_t
SrtpSaltLength(SrtpProfile profile)
{
    return IsAead(profile) ? 12 : 14;
}

/**
 * @ingroup mbs
 * @param profile a profile
 * @return octets of the MAC that an SRTP packet has by it: 0, 4, 10 or 16
 */
constexpr std::size_t
SrtpTagLength(SrtpProfile profile)
{
    return IsAead(profile)                                   ? 16
           : profile == SrtpProfile::AES_CM_128_HMAC_SHA1_32 ? 4
           : profile == SrtpProfile::NULL_NULL               ? 0
                                                             : 10;
}

/**
 * @ingroup mbs
 * @brief The modes in which SRTP packets carry the roll-over counter (RFC 4771 clause 3).
 *
 * Behind the MKI of a packet whose sequence number is 0 mod R stands
 *
 *     +--------------+------------------------------+
 *     | ROC (4)      | MAC_tr (as long as the MAC   |    modes 1 and 2
 *     |              | of the profile)              |
 *     +--------------+------------------------------+
 *     | ROC (4)      |                                   mode 3
 *     +--------------+
 *
 * RFC 4771 counts the ROC in the length of the tag and advises 14 octets with HMAC-SHA1-80, so that
 * the MAC keeps its 10: here the tag of modes 1 and 2 is always 4 octets longer than the profile's.
 * In mode 2 a packet without the ROC has all 14 for its MAC.
 *
 * Mode 3 leaves MACs out altogether. With AES-GCM it is the only mode: RFC 7714 clause 7.1 keeps
 * the field of the tag, behind the AEAD's own, for no other purpose. The ROC is then as good as
 * authentic, since it goes into the IV.
 */
enum class SrtpRocMode : uint8_t
{
    NONE, //!< RFC 3711 alone
    RCC1, //!< only packets with the ROC have a MAC
    RCC2, //!< all packets have one
    RCC3  //!< none has one
};

/**
 * @ingroup mbs
 * @brief Whether and how SRTP packets carry the roll-over counter (RFC 4771).
 */
struct SrtpRocCarriage
{
    SrtpRocMode mode{SrtpRocMode::NONE}; //!< what packets carry
    uint16_t rate{1};                    //!< R: packets with SEQ = 0 mod R carry it, 1 to 65535

    /** @param other another @return true if the same */
    bool operator==(const SrtpRocCarriage& other) const
    {
        return mode == other.mode && rate == other.rate;
    }
};

/**
 * @ingroup mbs
 * @brief What sender and receivers of SRTP have to agree on beside the key.
 */
struct SrtpPolicy
{
    /** Octets of a roll-over counter. */
    static constexpr std::size_t ROC_SIZE = 4;

    /**
     * @brief A profile alone is a policy too.
     * @param withProfile which ciphers
     * @param withCarriage whether packets carry the ROC
     */
    SrtpPolicy(SrtpProfile withProfile = SrtpProfile::AES_CM_128_HMAC_SHA1_80,
               const SrtpRocCarriage& withCarriage = SrtpRocCarriage())
        : profile(withProfile),
          carriage(withCarriage)
    {
    }

    SrtpProfile profile;      //!< which ciphers
    SrtpRocCarriage carriage; //!< whether packets carry the ROC

    /**
     * @return true unless packets are to carry the ROC at rate 0, or in modes 1 or 2 without an
     * HMAC-SHA1 in the profile, which these modes need
     */
    bool IsValid() const
    {
        switch (carriage.mode)
        {
        case SrtpRocMode::NONE:
            return true;
        case SrtpRocMode::RCC1:
        case SrtpRocMode::RCC2:
            return carriage.rate > 0 && !IsAead(profile) && SrtpTagLength(profile) > 0;
        case SrtpRocMode::RCC3:
            return carriage.rate > 0;
        }
        return false;
    }

    /** What stands behind the payload of one packet. */
    struct Trailer
    {
        std::size_t aead; //!< octets of the AEAD's tag, before the MKI
        std::size_t roc;  //!< octets of the ROC, behind the MKI
        std::size_t mac;  //!< octets of the MAC, behind the ROC

        /** @return octets of all but the MKI */
        std::size_t Size() const
        {
            return aead + roc + mac;
        }
    };

    /** @param seq sequence number of a packet @return its trailer */
    Trailer TrailerOf(uint16_t seq) const
    {
        const std::size_t tag = SrtpTagLength(profile);
        const std::size_t aead = IsAead(profile) ? tag : 0;
        if (carriage.mode == SrtpRocMode::NONE)
        {
            return {aead, 0, tag - aead};
        }
        // A division costs more than all the rest.
        const bool carries = carriage.rate == 1 || seq % carriage.rate == 0;
        if (carriage.mode == SrtpRocMode::RCC3)
        {
            return {aead, carries ? ROC_SIZE : 0, 0};
        }
        if (carries)
        {
            return {0, ROC_SIZE, tag};
        }
        return {0, 0, carriage.mode == SrtpRocMode::RCC2 ? ROC_SIZE + tag : 0};
    }

    /** @return the most octets that a trailer has beside the MKI */
    std::size_t MaxTrailer() const
    {
        return TrailerOf(0).Size();
    }

    /** @param other another @return true if the same */
    bool operator==(const SrtpPolicy& other) const
    {
        return profile == other.profile && carriage == other.carriage;
    }

    /** @param other another @return true if not the same */
    bool operator!=(const SrtpPolicy& other) const
    {
        return !(*this == other);
    }
};

} // namespace ns3::mbs

#endif // MBS_SRTP_PROFILE_H
