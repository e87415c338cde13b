// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MULTICAST_FRAME_H
#define MBS_MULTICAST_FRAME_H

#include "mbs-traffic-key-store.h"

#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-rrc.h"
#include "ns3/mbs-srtp.h"

#include "ns3/packet.h"

#include <list>
#include <optional>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief One multicast packet as all UEs of a cell receive it.
 *
 * What is equal for all receivers is worked out once and kept here: the parsed headers, and the
 * result of unprotecting the packet with a given key. Whether a UE holds that key, and whether the
 * packet is a replay for it, is the UE's own business.
 */
class MulticastFrame
{
  public:
    /**
     * @param gRnti the group that it was sent to
     * @param packet the IP packet
     */
    MulticastFrame(uint16_t gRnti, Ptr<const Packet> packet);

    MulticastFrame(const MulticastFrame&) = delete;
    MulticastFrame& operator=(const MulticastFrame&) = delete;

    /** @return the group that it was sent to */
    uint16_t GetGRnti() const;

    /** @return the IP packet */
    const Ptr<const Packet>& GetPacket() const;

    /** @return IP and UDP headers and the UDP payload, or nothing if the packet is no such thing */
    const std::optional<InnerUdp>& GetUdp() const;

    /** @return the RTP header of the UDP payload, or nothing if it has none */
    const std::optional<SrtpHeaderView>& GetRtp() const;

    /** @return the RRC message that it is if it was sent on the MCCH, or why it is none */
    const Decoded<RrcMessage>& GetRrc() const;

    /** What an SRTP packet says behind its payload. */
    struct SrtpNames
    {
        std::optional<Mki> mki;      //!< the key, or nothing if the packet is too short
        std::optional<uint32_t> roc; //!< the ROC if it carries one; not authentic yet
    };

    /**
     * @brief The key and the ROC that the packet names.
     * @param policy how it is protected, which says where in the packet they stand
     * @return what was found; valid until the next call
     */
    const SrtpNames& GetSrtpNames(const SrtpPolicy& policy) const;

    /** What unprotecting gave. */
    struct Plain
    {
        SrtpStatus status{SrtpStatus::MALFORMED}; //!< whether it worked
        ByteView rtp;                             //!< the RTP packet if it did
    };

    /**
     * @brief Unprotects the packet, or finds that this was done before with the same key object.
     * @param key the key
     * @param roc the roll-over counter that the receiver expects
     * @return the result; its octets are valid as long as the frame, of a key that is not shared
     * until the next call
     */
    Plain Unprotect(const Ptr<TrafficKey>& key, uint32_t roc) const;

    /** What the packet was for the UE before: delivered. For most others it is the same. */
    struct Precedent
    {
        const TrafficKey* key; //!< shared; null if there is no precedent yet
        SrtpPolicy policy;     //!< how it is protected
        uint16_t port;         //!< to which it was sent
        Mki mki;               //!< name of the key
        uint32_t ssrc;         //!< whose packet
        uint64_t index;        //!< which of them
        ByteView rtp;          //!< what the application got
    };

    /** @return what it was for the UE before */
    const Precedent& GetPrecedent() const
    {
        return m_precedent;
    }

    /**
     * @brief Notes that a UE has decrypted the packet with a key that others may have, too.
     * @param key the key, which is kept as long as the frame
     * @param policy how the packet is protected
     * @param index its index
     * @param rtp as Unprotect() gave it
     */
    void SetPrecedent(const TrafficKey& key,
                      const SrtpPolicy& policy,
                      uint64_t index,
                      ByteView rtp) const;

    /** What reading the names in an MTK message gave. */
    using MtkHeader = Decoded<MikeyMtkHeader>;

    /** @return the names of the keys in the packet if it is a MIKEY MTK message, or why it is not
     */
    const MtkHeader& GetMtkHeader() const;

    /** What opening an MTK message gave. */
    using MtkMessage = MikeyOpened<MikeyMtkMessage>;

    /**
     * @brief Verifies and decrypts a MIKEY MTK message.
     * @param msk the MSK that it should be protected with
     * @param shared true to use, or leave, a result for other UEs that hold the same MSK
     * @param rand RAND of the MSK message, for an MTK message that has none; one for each MSK
     * @return the message, or why not; valid until the next call
     */
    const MtkMessage& OpenMtkMessage(const Key128& msk,
                                     bool shared,
                                     ByteView rand = ByteView()) const;

  private:
    /** A result that other UEs can use. */
    struct SharedPlain
    {
        Ptr<TrafficKey> key; //!< with which key
        uint32_t roc;        //!< with which roll-over counter
        SrtpStatus status;   //!< whether it worked
        Bytes rtp;           //!< the RTP packet
    };

    uint16_t m_gRnti;                                 //!< the group
    Ptr<const Packet> m_packet;                       //!< the IP packet
    Bytes m_octets;                                   //!< the same in one piece
    std::optional<InnerUdp> m_udp;                    //!< its headers
    std::optional<SrtpHeaderView> m_rtp;              //!< the RTP header
    mutable std::list<SharedPlain> m_plains;          //!< results so far, which stay where they are
    mutable Precedent m_precedent{};                  //!< of the UE before
    mutable Bytes m_scratch;                          //!< the result for a key that is not shared
    mutable std::optional<Decoded<RrcMessage>> m_rrc; //!< the RRC message
    mutable std::optional<MtkHeader> m_mtkHeader;     //!< names in the message
    mutable std::optional<std::pair<Key128, MtkMessage>> m_mtkMessage;   //!< MSK and result
    mutable std::optional<std::pair<SrtpPolicy, SrtpNames>> m_srtpNames; //!< policy and names
};

} // namespace ns3::mbs

#endif // MBS_MULTICAST_FRAME_H
