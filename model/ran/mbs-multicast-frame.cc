// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-multicast-frame.h"

#include <algorithm>

namespace ns3::mbs
{

MulticastFrame::MulticastFrame(uint16_t gRnti, Ptr<const Packet> packet)
    : m_gRnti(gRnti),
      m_packet(packet),
      m_octets(packet->GetSize())
{
    m_packet->CopyData(m_octets.data(), static_cast<uint32_t>(m_octets.size()));
    const auto udp = ParseInnerUdp(m_octets);
    if (udp)
    {
        m_udp = *udp;
        m_rtp = SrtpHeaderView::Parse(m_udp->payload);
    }
}

uint16_t
MulticastFrame::GetGRnti() const
{
    return m_gRnti;
}

const Ptr<const Packet>&
MulticastFrame::GetPacket() const
{
    return m_packet;
}

const std::optional<InnerUdp>&
MulticastFrame::GetUdp() const
{
    return m_udp;
}

const std::optional<SrtpHeaderView>&
MulticastFrame::GetRtp() const
{
    return m_rtp;
}

const Decoded<RrcMessage>&
MulticastFrame::GetRrc() const
{
    if (!m_rrc)
    {
        m_rrc = RrcMessage::Decode(m_octets);
    }
    return *m_rrc;
}

const MulticastFrame::SrtpNames&
MulticastFrame::GetSrtpNames(const SrtpPolicy& policy) const
{
    if (!m_srtpNames || m_srtpNames->first != policy)
    {
        const ByteView srtp = m_udp ? m_udp->payload : ByteView();
        m_srtpNames.emplace(policy, SrtpNames{PeekMki(srtp, policy), PeekRoc(srtp, policy)});
    }
    return m_srtpNames->second;
}

MulticastFrame::Plain
MulticastFrame::Unprotect(const Ptr<TrafficKey>& key, uint32_t roc) const
{
    if (!m_udp)
    {
        return {};
    }
    const auto unprotect = [&](Bytes& out) {
        std::size_t size = 0;
        out.resize(m_udp->payload.size());
        const SrtpStatus status =
            key->GetTransform().Unprotect(m_udp->payload, roc, out.data(), size);
        out.resize(status == SrtpStatus::OK ? size : 0);
        return status;
    };
    if (!key->IsShared())
    {
        const SrtpStatus status = unprotect(m_scratch);
        return {status, m_scratch};
    }
    const auto known = std::find_if(m_plains.begin(), m_plains.end(), [&](const SharedPlain& p) {
        return p.key == key && p.roc == roc;
    });
    if (known != m_plains.end())
    {
        return {known->status, known->rtp};
    }
    SharedPlain& plain = m_plains.emplace_back(SharedPlain{key, roc, SrtpStatus::MALFORMED, {}});
    plain.status = unprotect(plain.rtp);
    return {plain.status, plain.rtp};
}

void
MulticastFrame::SetPrecedent(const TrafficKey& key,
                             const SrtpPolicy& policy,
                             uint64_t index,
                             ByteView rtp) const
{
    // What was decrypted with a key that is shared stays, and so does the key.
    NS_ASSERT_MSG(key.IsShared() && m_udp && m_rtp, "no precedent for others");
    m_precedent = {&key, policy, m_udp->destinationPort, key.GetMki(), m_rtp->ssrc, index, rtp};
}

const MulticastFrame::MtkHeader&
MulticastFrame::GetMtkHeader() const
{
    if (!m_mtkHeader)
    {
        m_mtkHeader =
            m_udp ? MikeyMtkMessage::Peek(m_udp->payload) : MtkHeader(DecodeError::MALFORMED);
    }
    return *m_mtkHeader;
}

const MulticastFrame::MtkMessage&
MulticastFrame::OpenMtkMessage(const Key128& msk, bool shared, ByteView rand) const
{
    if (!shared || !m_mtkMessage || m_mtkMessage->first != msk)
    {
        m_mtkMessage.emplace(msk,
                             m_udp ? MikeyMtkMessage::Open(m_udp->payload, msk, rand)
                                   : MtkMessage(DecodeError::MALFORMED));
    }
    return m_mtkMessage->second;
}

} // namespace ns3::mbs
