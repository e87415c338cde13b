// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RAN_SAMPLES_H
#define MBS_RAN_SAMPLES_H

#include "ns3/mbs-inner-packet.h"
#include "ns3/mbs-key-material.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-mtk-transform.h"
#include "ns3/mbs-rtp.h"
#include "ns3/mbs-security-attributes.h"

#include "ns3/packet.h"

namespace ns3::mbs
{

/** The MBS session of the radio tests. */
inline const Tmgi SAMPLE_TMGI{0x123456, PlmnId()};

/** Its key domain. */
inline const KeyDomainId SAMPLE_DOMAIN{PlmnId()};

/** UDP port of its traffic. */
constexpr uint16_t SAMPLE_TRAFFIC_PORT = 5004;

/** UDP port of its MIKEY messages, the default of the attribute. */
constexpr uint16_t SAMPLE_MIKEY_PORT = 2269;

/**
 * @ingroup mbs-tests
 * @param fill every octet
 * @return a key
 */
inline Key128
FilledKey(uint8_t fill)
{
    std::array<uint8_t, Key128::SIZE> octets;
    octets.fill(fill);
    return Key128(octets);
}

/**
 * @ingroup mbs-tests
 * @param msk Key Number part of the MSK ID
 * @param mtk MTK ID
 * @return a key's name, in key group 1
 */
inline Mki
SampleMki(uint16_t msk, uint16_t mtk)
{
    return {MskId(1, msk), MtkId(mtk)};
}

/**
 * @ingroup mbs-tests
 * @param mki a key's name
 * @param mtk the key
 * @return the salt that belongs to it when it came in an N1 container
 */
inline Salt112
SampleSalt(const Mki& mki, const Key128& mtk)
{
    return DeriveTrafficSalt(mtk, SAMPLE_DOMAIN, mki.msk, mki.mtk);
}

/**
 * @ingroup mbs-tests
 * @param seq sequence number
 * @param ssrc source
 * @return an RTP packet
 */
inline Bytes
SampleRtp(uint16_t seq, uint32_t ssrc = 0x1234)
{
    const Bytes media{'m', 'e', 'd', 'i', 'a', static_cast<uint8_t>(seq)};
    RtpPacket packet;
    packet.payloadType = 96;
    packet.sequenceNumber = seq;
    packet.ssrc = ssrc;
    packet.payload = media;
    return EncodeRtp(packet);
}

/**
 * @ingroup mbs-tests
 * @param mki name of the key
 * @param mtk the key
 * @param rtp what is protected
 * @param policy how; by default as the attributes have it
 * @param roc roll-over counter
 * @return an SRTP packet
 */
inline Bytes
SampleSrtp(const Mki& mki,
           const Key128& mtk,
           ByteView rtp,
           const SrtpPolicy& policy = MakeSrtpPolicy(SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                     SrtpRocChoice::AUTO,
                                                     1),
           uint32_t roc = 0)
{
    const auto transform = MakeMtkTransform(policy, SAMPLE_DOMAIN, mki, mtk, SampleSalt(mki, mtk));
    Bytes srtp(rtp.size() + transform->Overhead());
    std::size_t size = 0;
    transform->Protect(rtp, roc, srtp.data(), size);
    srtp.resize(size);
    return srtp;
}

/**
 * @ingroup mbs-tests
 * @param mki names of the keys
 * @param mtk the MTK
 * @param counter replay counter
 * @return a MIKEY message with the salt that an N1 container would imply
 */
inline MikeyMtkMessage
SampleMtkMessage(const Mki& mki, const Key128& mtk, uint32_t counter)
{
    MikeyMtkMessage message;
    message.csbId = 0x01020304;
    message.keyDomainId = SAMPLE_DOMAIN;
    message.mskId = mki.msk;
    message.mtkId = mki.mtk;
    message.counter = counter;
    message.rand = Bytes(16, 0x5a);
    message.mtk = mtk;
    message.salt = SampleSalt(mki, mtk);
    return message;
}

/**
 * @ingroup mbs-tests
 * @param port UDP destination port
 * @param payload UDP payload
 * @return an IP packet of the session
 */
inline Ptr<Packet>
SampleIp(uint16_t port, ByteView payload)
{
    InnerUdp udp;
    udp.source = Ipv4Address("10.9.9.9");
    udp.destination = Ipv4Address("232.1.0.1");
    udp.sourcePort = port;
    udp.destinationPort = port;
    udp.payload = payload;
    const Bytes octets = EncodeInnerUdp(udp);
    return Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size()));
}

} // namespace ns3::mbs

#endif // MBS_RAN_SAMPLES_H
