// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SRTP_INDEX_H
#define MBS_SRTP_INDEX_H

#include <array>
#include <cstdint>

namespace ns3::mbs
{

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

    /**
     * @brief Notes a packet that is a little ahead of all others, as nearly every one is: new for
     * certain, and the one whose index Estimate() guesses from its sequence number.
     * @param index its index
     * @return false if it is not ahead, or by much, or the first one; nothing is noted then
     */
    bool AcceptNext(uint64_t index)
    {
        const uint64_t forward = index - m_highest;
        if (!HasStarted() || forward - 1 >= 63)
        {
            return false;
        }
        m_seen = {m_seen[0] << forward | 1, m_seen[1] << forward | m_seen[0] >> (64 - forward)};
        m_highest = index;
        return true;
    }

    /** @return true if a packet has been accepted */
    bool HasStarted() const
    {
        // The newest packet's bit is always set.
        return m_seen[0] != 0;
    }

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

/**
 * @ingroup mbs
 * @param roc a roll-over counter
 * @param seq a sequence number
 * @return the index of the packet that has both
 */
constexpr uint64_t
IndexOf(uint32_t roc, uint16_t seq)
{
    return static_cast<uint64_t>(roc) << 16 | seq;
}

} // namespace ns3::mbs

#endif // MBS_SRTP_INDEX_H
